#include <math.h>
#include <stdio.h>

#include "keys.h"
#include "page.h"
#include "parts.h"

static const char *speed_text(char *buf, size_t n, const struct ui_mode *m) {
    static const char *const slow[] = {"1", "½", "¼", "⅛", "1/16"};
    if (m->speed < 0) snprintf(buf, n, "%s\xc3\x97", slow[-m->speed < 4 ? -m->speed : 4]);
    else snprintf(buf, n, "%d\xc3\x97", 1 << m->speed);
    return buf;
}

/* At x going right; returns where it ends. */
static double slider(struct ui_stage *s, struct ui_list *l, double x, double cy, double w) {
    const struct ui_theme *t = s->th;
    char buf[16];
    double f = (double)(s->mode.speed - UI_SPEED_MIN) / (double)(UI_SPEED_MAX - UI_SPEED_MIN);
    ui_rrect(l, (struct ui_rect){x, cy - 2.5, w, 5}, 2.5, t->line2, 0, 0);
    ui_rrect(l, (struct ui_rect){x, cy - 2.5, w * f, 5}, 2.5, t->ink, 0, 0);
    ui_rrect(l, (struct ui_rect){x + w * f - 9, cy - 9, 18, 18}, 9, t->card, t->ink, 2.5);
    ui_add_hit(s, (struct ui_rect){x - 8, cy - 14, w + 16, 28}, UI_HIT_SPEED, (uint64_t)x);
    x += w + 14;
    return x + ui_text(l, x, cy + 5.5, UI_SANS_600, 15, t->ink, UI_START, speed_text(buf, sizeof buf, &s->mode));
}

void ui_draw_transport(struct ui_stage *s, struct ui_list *l) {
    if (s->mode.view == UI_VIEW_OUTCOMES || s->mode.view == UI_VIEW_COMPARE) {
        ui_draw_page_buttons(s, l);
        return;
    }
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_TRANSPORT];
    bool wide = b.w >= 1400, slim = b.w < 1180, tiny = b.w < 640;
    ui_panel(s, l, b, 6, false);
    double h = 32, y = b.y + (b.h - h) / 2, x = b.x + 12, cy = b.y + b.h / 2;
    x += ui_button(s, l, x, y, h, false, UI_I_BACK, slim ? "" : "Back", tiny ? "" : ui_key_shown(s->keys, UI_DO_BACK), false,
                   s->n == 0 && !s->fine.on, UI_HIT_ACTION, UI_DO_BACK) +
         7;
    x += ui_button(s, l, x, y, h, false, s->mode.playing ? UI_I_PAUSE : UI_I_PLAY, s->mode.playing ? "Pause" : "Play",
                   slim ? "" : "Space", true, false, UI_HIT_ACTION, UI_DO_PLAY) +
         7;
    x += ui_button(s, l, x, y, h, false, UI_I_FORWARD, slim ? "" : "Forward", tiny ? "" : ui_key_shown(s->keys, UI_DO_FORWARD), false,
                   s->n >= s->total, UI_HIT_ACTION, UI_DO_FORWARD) +
         (wide ? 25 : 12);
    static const char *const grains[UI_GRAINS] = {"event", "decision", "line", "instruction", "time"};
    if (wide) x += ui_text(l, x, cy + 5, UI_SANS_400, 13.5, t->ink2, UI_START, "step by") + 9;
    for (int i = 0; i < UI_GRAINS; i++) {
        char key[2] = {(char)('1' + i), 0};
        bool grey = s->live && (i == UI_BY_LINE || i == UI_BY_INSTRUCTION);
        const char *name = slim && i == UI_BY_INSTRUCTION ? "instr" : grains[i];
        if (b.w < 820 && (int)s->mode.grain != i) name = key; /* no room for more than their keys */
        x += ui_button(s, l, x, y, h, false, UI_I_NONE, name, slim ? "" : key, (int)s->mode.grain == i, grey,
                       UI_HIT_ACTION, (uint64_t)(UI_DO_GRAIN_EVENT + i)) +
             4;
    }
    double end = b.x + b.w - 12;
    end -=
        ui_button(s, l, end, y, h, true, UI_I_NONE, "Keys", "?", s->mode.keys_open, false, UI_HIT_ACTION, UI_DO_KEYS) +
        7;
    if (end - x > 96)
        end -= ui_button(s, l, end, y, h, true, UI_I_NONE, "Follow", "F", s->mode.follow != 0, false, UI_HIT_ACTION,
                         UI_DO_FOLLOW) +
               7;
    if (wide)
        end -= ui_button(s, l, end, y, h, true, UI_I_NONE, "Bookmark", "B", false, false, UI_HIT_ACTION, UI_DO_MARK) + 7;
    if (wide)
        end -= ui_button(s, l, end, y, h, true, UI_I_NONE, "Run again", "R", false, false, UI_HIT_ACTION,
                         UI_DO_RERUN_NEXT) +
               7;
    x += wide ? 21 : 10;
    double room = end - x;
    if (wide) x += ui_text(l, x, cy + 5, UI_SANS_400, 13.5, t->ink2, UI_START, "speed") + 15;
    double w = wide ? 150 : room - 60 > 120 ? 120 : room - 60;
    if (w >= 40) slider(s, l, x, cy, w);
}
