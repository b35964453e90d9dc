#include <stdio.h>

#include "parts.h"

/* When a P next looks at the global queue before its own: each 61st schedtick. */
static bool next_look(const struct ui_stage *s, unsigned *p, uint64_t *ticks) {
    bool found = false;
    for (unsigned i = 0; i < rp_np(s->st); i++) {
        const struct rp_p *q = rp_p(s->st, i);
        uint64_t left = q->tick % 61 == 0 ? 0 : 61 - q->tick % 61;
        if (q->state != RP_P_RUNNING || (found && left >= *ticks)) continue;
        *p = i;
        *ticks = left;
        found = true;
    }
    return found;
}

void ui_draw_global(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_GLOBAL];
    struct rp_ring q = rp_global(s->st);
    bool wide = b.w > 700, lit = s->has_event && (s->event.kind == RT_EV_GlobPut || s->event.kind == RT_EV_GlobGet ||
                                                  s->event.kind == RT_EV_RunqOverflow);
    ui_panel(s, l, b, 3, lit);
    bool foreign = rt_log_get_info(s->log)->foreign; /* its trace names no queues */
    double cy = b.y + b.h / 2, h = b.h >= 56 ? 38 : 30, size = wide ? 16 : 14.5;
    ui_text(l, b.x + (wide ? 18 : 12), cy + 6, UI_SANS_600, size, t->ink, UI_START, foreign ? "Ready, somewhere" : "Global queue");
    double x = b.x + (wide ? 186 : 124), room = wide ? 310 : 230;
    char buf[32];
    if (q.len == 0) {
        ui_slot(s, l, (struct ui_rect){x, cy - h / 2, room, h}, "empty");
    } else if (q.len <= 8) {
        size_t slots = q.len < 3 ? 3 : q.len;
        double w = (room - 5 * (double)(slots - 1)) / (double)slots;
        for (size_t i = 0; i < slots; i++) {
            struct ui_rect at = {x + (double)i * (w + 5), cy - h / 2, w, h};
            const struct rp_g *g = i < q.len ? rp_g(s->st, q.goids[i]) : NULL;
            if (g && g->system) ui_pill_at(s, l, g, (struct ui_rect){at.x + w / 2 - 6, cy - 6, 12, 12}, UI_R_GLOBAL, 1);
            else if (g) ui_pill_at(s, l, g, at, UI_R_GLOBAL, 1);
            else ui_rrect(l, at, h / 2, t->well, 0, 0);
        }
    } else {
        struct ui_rect bar = {x, cy - 11, room, 22};
        double top = 256;
        while (top < (double)q.len)
            top *= 2;
        ui_rrect(l, bar, 3, t->well, 0, 0);
        ui_rrect(l, (struct ui_rect){bar.x, bar.y, bar.w * (double)q.len / top, bar.h}, 3, ui_bar_color(s, &q), 0, 0);
        for (double mark = 256; mark < top && top <= 4096; mark += 256)
            ui_fill(l, (struct ui_rect){bar.x + bar.w * mark / top, bar.y, 1, bar.h}, ui_fade(t->card, 0.6));
    }
    double tx = x + room + (wide ? 16 : 12);
    tx += ui_text(l, tx, cy + 6, UI_MONO_600, 15, t->ink, UI_START, ui_count_text(buf, sizeof buf, q.len)) + 8;
    unsigned p = 0;
    uint64_t ticks = 0;
    if (foreign || !next_look(s, &p, &ticks)) return;
    char text[80];
    if (ticks == 0) snprintf(text, sizeof text, "P%u looks here first next time", p);
    else snprintf(text, sizeof text, "P%u looks here first in %u tick%s", p, (unsigned)ticks, ticks == 1 ? "" : "s");
    ui_text_fit(l, tx, cy + 5.5, UI_SANS_400, 13.5, t->ink2, b.x + b.w - 12 - tx, text);
}
