#include <stdio.h>

#include "page.h"
#include "parts.h"

/* Caption and value, from the right; returns where the next one ends. */
static double pair(struct ui_stage *s, struct ui_list *l, double end, double y, const char *caption,
                   const char *value) {
    double w = ui_text(l, end, y, UI_MONO_600, 14, s->th->ink, UI_END, value);
    w += 8 + ui_text(l, end - w - 8, y, UI_SANS_400, 13.5, s->th->ink2, UI_END, caption);
    return end - w - 24;
}

/* The views, in the middle; returns where the title must end. Where there is no room only the one that shows is named. */
static double draw_views(struct ui_stage *s, struct ui_list *l, double end) {
    const struct ui_theme *t = s->th;
    double widths[UI_VIEWS], all = 0;
    if (!s->pages) return end;
    for (int i = 0; i < UI_VIEWS; i++) all += widths[i] = ui_width(l, UI_SANS_600, 14.5, ui_view_name((enum ui_view)i)) + 28;
    double x = s->lay.w / 2 - all / 2 - 12;
    if (x + all > end - 12) x = end - 12 - all;
    bool fits = x > 154 + 150;
    if (!fits) x = end - 12 - widths[s->mode.view];
    double from = x;
    for (int i = 0; i < UI_VIEWS; i++) {
        bool on = i == (int)s->mode.view;
        if (!fits && !on) continue;
        struct ui_rect at = {x, 8, widths[i], 28};
        if (on) ui_rrect(l, at, 4, t->ink, 0, 0);
        ui_text(l, x + widths[i] / 2, 27, UI_SANS_600, 14.5, on ? t->on_ink : t->ink2, UI_MIDDLE, ui_view_name((enum ui_view)i));
        ui_add_hit(s, at, UI_HIT_VIEW, fits ? (uint64_t)i : (uint64_t)((i + 1) % UI_VIEWS));
        x += widths[i];
    }
    return from;
}

/* Of the run on the stage: seed, event, time. */
static double one_run(struct ui_stage *s, struct ui_list *l, double x) {
    const struct rt_log_info *info = rt_log_get_info(s->log);
    char buf[64], of[32], value[120];
    x = pair(s, l, x, 27.5, "time", ui_clock_text(buf, sizeof buf, s->time));
    snprintf(value, sizeof value, "%s of %s", ui_count_text(buf, sizeof buf, s->n),
             ui_count_text(of, sizeof of, s->total));
    x = pair(s, l, x, 27.5, "event", value);
    if (!info || !info->choice || !info->choice[0]) return x;
    snprintf(value, sizeof value, "%llu", (unsigned long long)info->number);
    return pair(s, l, x, 27.5, info->choice, value);
}

/* Of the runs that the page counts: seeds, machine, how long they took. */
static double many_runs(struct ui_stage *s, struct ui_list *l, double x) {
    const struct rt_log_info *info = rt_log_get_info(s->log);
    const struct ui_tally *t = s->pages ? &s->pages->tally : NULL;
    char buf[32], value[64];
    if (!t || !t->rows) return x;
    snprintf(value, sizeof value, "%.2f s", t->seconds);
    x = pair(s, l, x, 27.5, "took", value);
    if (info && info->procs) {
        snprintf(value, sizeof value, "%u P, %u core%s", info->procs, info->cores, info->cores == 1 ? "" : "s");
        x = pair(s, l, x, 27.5, "machine", value);
    }
    snprintf(value, sizeof value, "1 to %s", ui_count_text(buf, sizeof buf, t->natural));
    return pair(s, l, x, 27.5, "seeds", value);
}

void ui_draw_header(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    const struct rt_log_info *info = rt_log_get_info(s->log);
    double w = s->lay.w;
    ui_fill(l, (struct ui_rect){0, 0, w, 44}, t->card);
    ui_fill(l, (struct ui_rect){0, 44, w, 1}, t->line);
    /* The mark: a goroutine, a thread, a processor. */
    ui_disc(l, 24, 22, 6, t->site[1].fill);
    ui_poly(l, (struct ui_point[]){{40, 15.5}, {47, 28}, {33, 28}}, 3, t->m, 0, 0);
    ui_rrect(l, (struct ui_rect){49.5, 15, 14, 14}, 2.5, 0, t->ink, 2);
    ui_text(l, 73, 28.5, UI_SANS_700, 19, t->ink, UI_START, "gosee");

    double x = s->mode.view == UI_VIEW_OUTCOMES ? many_runs(s, l, w - 16) : one_run(s, l, w - 16);
    const char *world = s->live ? "live" : info && info->world && info->world[0] ? info->world : "stepped";
    double bw = ui_width(l, UI_SANS_600, 13, world) + 20;
    ui_rrect(l, (struct ui_rect){x - bw, 12, bw, 21}, 10.5, s->live ? t->ok : t->well, s->live ? t->ok : t->line2, 1);
    ui_text(l, x - bw / 2, 27, UI_SANS_600, 13, s->live ? t->card : t->ink, UI_MIDDLE, world);
    if (s->live_note) ui_text(l, x - bw - 12, 27, UI_SANS_500, 13, t->ink2, UI_END, s->live_note);

    double room = draw_views(s, l, x - bw - 24) - 154 - 12;
    const char *title = s->scenario && s->scenario->title ? s->scenario->title : "";
    const struct rt_log_file *file = rt_log_file(s->log, 0);
    const char *name = file ? ui_base_name(file->name) : "";
    if (title[0] || name[0]) ui_fill(l, (struct ui_rect){140, 12, 1, 20}, t->line2);
    double title_w = title[0] ? ui_text_fit(l, 154, 28, UI_SANS_600, 16, t->ink, room, title) : 0;
    bool same = title[0] && name[0] && ui_width(l, UI_SANS_600, 16, title) == ui_width(l, UI_SANS_600, 16, name);
    if (!same && title_w + 14 + ui_width(l, UI_MONO_400, 13.5, name) < room)
        ui_text(l, 154 + (title_w > 0 ? title_w + 12 : 0), 28, UI_MONO_400, 13.5, t->ink2, UI_START, name);
}

static const char *const left_names[UI_LEFT_TABS] = {"Source", "Waiting"};
static const char *const only_names[UI_ONLY_TABS] = {"Stage", "Source", "Waiting", "Timeline", "Output"};

void ui_draw_tabs(struct ui_stage *s, struct ui_list *l) {
    bool single = s->lay.cls == UI_SINGLE;
    double x = s->lay.tabs.x, y = s->lay.tabs.y;
    unsigned n = single ? (unsigned)UI_ONLY_TABS : (unsigned)UI_LEFT_TABS;
    unsigned on = single ? (unsigned)s->mode.tabs.only : (unsigned)s->mode.tabs.left;
    for (unsigned i = 0; i < n; i++)
        x += ui_button(s, l, x, y, 26, false, UI_I_NONE, single ? only_names[i] : left_names[i], "", i == on, false,
                       UI_HIT_TAB, i) +
             4;
}
