#include "parts.h"

/* Counts of each state; with their icons they are the legend too. */
void ui_draw_census(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_CENSUS];
    struct rp_census c = rp_census(s->st);
    const struct {
        enum ui_icon icon;
        uint64_t n;
        const char *name, *brief;
    } row[] = {{UI_I_RUNNING, c.running, "running", "run"},
               {UI_I_READY, c.runnable, "ready", "ready"},
               {UI_I_WAITING, c.waiting, "waiting", "wait"},
               {UI_I_SYSCALL, c.syscall, "in a syscall", "syscall"}};
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
        ui_draw_icon(l, row[i].icon, x + 6, y - 4.5, 13.3, t->ink2);
        x += 16;
        x += ui_text(l, x, y, UI_MONO_700, 13, t->ink, UI_START, ui_count_text(buf, sizeof buf, row[i].n)) + 5;
        x += ui_text(l, x, y, UI_SANS_500, 13, t->ink2, UI_START, form ? row[i].brief : row[i].name) + gap + 4;
    }
}
