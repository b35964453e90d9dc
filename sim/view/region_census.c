#include "parts.h"

/* For a crowd: shares as a bar, and the same icons and counts below it. */
static void draw_states(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    struct rp_census c = rp_census(s->st);
    const struct {
        enum ui_icon icon;
        uint8_t state;
        uint64_t n;
        const char *name;
    } row[] = {{UI_I_RUNNING, RP_G_RUNNING, c.running, "running"},
               {UI_I_READY, RP_G_RUNNABLE, c.runnable, "ready"},
               {UI_I_WAITING, RP_G_WAITING, c.waiting, "waiting"},
               {UI_I_SYSCALL, RP_G_SYSCALL, c.syscall, "in a syscall"}};
    uint64_t all = c.running + c.runnable + c.waiting + c.syscall;
    char buf[32];
    ui_panel(s, l, b, 3, false);
    ui_text(l, b.x + 16, b.y + 24, UI_SANS_600, 16, t->ink, UI_START, "States");
    double nw = ui_text(l, b.x + b.w - 16, b.y + 24, UI_SANS_500, 13, t->ink2, UI_END, "goroutines");
    ui_text(l, b.x + b.w - 16 - nw - 6, b.y + 24, UI_MONO_500, 13, t->ink2, UI_END, ui_count_text(buf, sizeof buf, all));
    double x = b.x + 16, w = b.w - 32, room = w - 4 * 3;
    ui_rrect(l, (struct ui_rect){x, b.y + 35, w, 16}, 2, t->well, 0, 0);
    for (int i = 0; i < 4 && all > 0; i++) {
        if (row[i].n == 0) continue;
        double part = 3 + room * (double)row[i].n / (double)all;
        ui_fill(l, (struct ui_rect){x, b.y + 35, part - 1, 16}, t->state[row[i].state]);
        x += part;
    }
    for (int i = 0; i < 4; i++) {
        double half = (b.w - 32 - 20) / 2, lx = b.x + 16 + (i % 2) * (half + 20), y = b.y + 72 + (i / 2) * 22;
        ui_rrect(l, (struct ui_rect){lx, y - 10.5, 12, 12}, 2, t->state[row[i].state], 0, 0);
        ui_draw_icon(l, row[i].icon, lx + 24, y - 4.5, 13.3, t->ink2);
        ui_text(l, lx + 34, y, UI_SANS_500, 13, t->ink2, UI_START, row[i].name);
        ui_text(l, lx + half, y, UI_MONO_700, 13, t->ink, UI_END, ui_count_text(buf, sizeof buf, row[i].n));
    }
}

/* Counts of each state; with their icons they are the legend too. */
void ui_draw_census(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_CENSUS];
    if (b.h > 60) {
        draw_states(s, l, b);
        return;
    }
    struct rp_census c = rp_census(s->st);
    const struct {
        enum ui_icon icon;
        uint64_t n;
        const char *name, *brief;
        enum ui_word word;
    } row[] = {{UI_I_RUNNING, c.running, "running", "run", UI_WORD_RUNNING},
               {UI_I_READY, c.runnable, "ready", "ready", UI_WORD_READY},
               {UI_I_WAITING, c.waiting, "waiting", "wait", UI_WORD_WAITING},
               {UI_I_SYSCALL, c.syscall, "in a syscall", "syscall", UI_WORD_SYSCALL}};
    char buf[32];
    double need[2] = {0, 0};
    for (int form = 0; form < 2; form++)
        for (int i = 0; i < 4; i++)
            need[form] += 20 + ui_width(l, UI_MONO_700, 13, ui_count_text(buf, sizeof buf, row[i].n)) +
                          ui_width(l, UI_SANS_500, 13, form ? row[i].brief : row[i].name) + 5;
    int form = need[0] + 24 > b.w;
    double gap = (b.w - need[form]) / 3, x = b.x + 2, y = b.y + 16;
    if (gap > 22) gap = 22;
    for (int i = 0; i < 4; i++) {
        double from = x;
        ui_draw_icon(l, row[i].icon, x + 6, y - 4.5, 13.3, t->ink2);
        x += 16;
        x += ui_text(l, x, y, UI_MONO_700, 13, t->ink, UI_START, ui_count_text(buf, sizeof buf, row[i].n)) + 5;
        x += ui_text(l, x, y, UI_SANS_500, 13, t->ink2, UI_START, form ? row[i].brief : row[i].name) + gap + 4;
        ui_add_hit(s, (struct ui_rect){from, b.y, x - from, b.h}, UI_HIT_WORD, row[i].word);
    }
}
