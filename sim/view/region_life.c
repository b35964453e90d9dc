/* region_life.c - the followed goroutine's biography, in the rooms' place: made by whom, where its time went, where it ran
 * and what it waited for. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

enum { MOST_ROWS = 9 };

/* The order of states here, with their places in the theme and the census's icons. */
static const struct {
    enum rp_span_kind span;
    enum rp_gstate state;
    enum ui_icon icon;
    const char *name;
} states[] = {{RP_SPAN_RUN, RP_G_RUNNING, UI_I_RUNNING, "ran"},
              {RP_SPAN_READY, RP_G_RUNNABLE, UI_I_READY, "ready"},
              {RP_SPAN_WAIT, RP_G_WAITING, UI_I_WAITING, "blocked"},
              {RP_SPAN_SYSCALL, RP_G_SYSCALL, UI_I_SYSCALL, "in calls"}};
enum { STATES = sizeof states / sizeof *states };

static int64_t whole(const struct rp_life *life) {
    int64_t all = 0;
    for (int i = 0; i < STATES; i++)
        all += life->ns[states[i].span];
    return all;
}

static void draw_shares(struct ui_stage *s, struct ui_list *l, struct ui_rect bar, const struct rp_life *life) {
    const struct ui_theme *t = s->th;
    int64_t all = whole(life);
    double x = bar.x, gap = 2;
    ui_rrect(l, bar, 3, t->well, 0, 0);
    for (int i = 0; i < STATES && all > 0; i++) {
        double w = bar.w * (double)life->ns[states[i].span] / (double)all;
        if (life->ns[states[i].span] == 0) continue;
        struct ui_rect part = {x, bar.y, fmax(1, w - (w > 6 ? gap : 0)), bar.h};
        ui_rrect(l, part, 2, t->state[states[i].state], 0, 0);
        if (states[i].span == RP_SPAN_SYSCALL && part.w >= 4) ui_hatch(l, part, 2, ui_fade(t->card, 0.45));
        x += w;
    }
    double cell = bar.w / STATES;
    for (int i = 0; i < STATES; i++) {
        double cx = bar.x + cell * i, y = bar.y + bar.h + 19;
        ui_rrect(l, (struct ui_rect){cx, y - 9.5, 10, 10}, 2, t->state[states[i].state], 0, 0);
        ui_draw_icon(l, states[i].icon, cx + 20, y - 4.5, 12.5, t->ink2);
        double part = all > 0 ? 100 * (double)life->ns[states[i].span] / (double)all : 0;
        cx += 29 + ui_textf(l, cx + 29, y, UI_MONO_700, 12.5, t->ink, UI_START, part > 0 && part < 1 ? "<1%%" : "%.0f%%", part);
        ui_text_fit(l, bar.x + cell * i, y + 17, UI_SANS_500, 12.5, t->ink2, cell - 4, states[i].name);
    }
}

static void stay_text(const struct ui_stage *s, const struct rp_stay *k, char *out, size_t n) {
    static const char *const calls[] = {"a system call", "write", "read", "nanosleep", "open", "a system call"};
    const struct rp_obj *o = k->kind == RP_SPAN_WAIT && k->obj ? rp_obj(s->st, k->obj) : NULL;
    if (k->kind == RP_SPAN_RUN && k->p >= 0) snprintf(out, n, "ran on P%d", k->p);
    else if (k->kind == RP_SPAN_RUN) snprintf(out, n, "ran on its own thread");
    else if (k->kind == RP_SPAN_READY) snprintf(out, n, "ready, in a queue");
    else if (k->kind == RP_SPAN_SYSCALL) snprintf(out, n, "in the kernel: %s", calls[k->obj < 6 ? k->obj : 5]);
    else
        snprintf(out, n, "%s%s%s", k->why ? rt_reason_text(k->why) : "waited", o ? " on " : "",
                 o ? ui_object_name(o) : "");
}

/* One line: what, how often, how long in all. A click goes to where the longest time of it began. */
static void draw_stay(struct ui_stage *s, struct ui_list *l, double x, double end, double y, const struct rp_stay *k) {
    const struct ui_theme *t = s->th;
    char text[120], d[32];
    int state = 0;
    while (state + 1 < STATES && states[state].span != k->kind)
        state++;
    ui_add_hit(s, (struct ui_rect){x - 4, y - 15, end - x + 8, 21}, UI_HIT_EVENT, k->longest_event + 1);
    ui_rrect(l, (struct ui_rect){x, y - 10, 4, 12}, 2, t->state[states[state].state], 0, 0);
    double w = ui_text(l, end, y, UI_MONO_600, 12.5, t->ink, UI_END, ui_duration_text(d, sizeof d, k->ns));
    double right = end - fmax(w, 66) - 8;
    right -= ui_textf(l, right, y, UI_MONO_400, 12.5, t->ink2, UI_END, "%llu\xc3\x97", (unsigned long long)k->times) + 8;
    stay_text(s, k, text, sizeof text);
    ui_text_fit(l, x + 12, y, UI_SANS_400, 13, t->ink, right - x - 12, text);
}

static void draw_origin(struct ui_stage *s, struct ui_list *l, double x, double end, double y, const struct rp_g *g,
                        const struct rp_life *life) {
    const struct ui_theme *t = s->th;
    char a[32];
    double from = x;
    const struct rp_g *parent = g->parent ? rp_g(s->st, g->parent) : NULL;
    if (!parent) {
        ui_text_fit(l, x, y, UI_SANS_400, 13, t->ink2, end - x, g->parent ? "made by the runtime" : "there from the start");
        return;
    }
    x += ui_text(l, x, y, UI_SANS_400, 13, t->ink2, UI_START, "made by") + 7;
    x += ui_chip(s, l, parent, x, y - 4.5, 17) + 7;
    x += ui_textf(l, x, y, UI_SANS_400, 13, t->ink2, UI_START, "at line %u, at", RT_POS_LINE(g->created_at)) + 6;
    x += ui_text_fit(l, x, y, UI_MONO_500, 12.5, t->ink2, end - x, ui_duration_text(a, sizeof a, life->born));
    ui_add_hit(s, (struct ui_rect){from - 4, y - 15, x - from + 8, 21}, UI_HIT_EVENT, g->created_event + 1);
    ui_add_hit(s, (struct ui_rect){from + 50, y - 13, ui_chip_width(l, parent, 17), 17}, UI_HIT_G, parent->goid);
}

/* Who made it ready the last time. */
static bool draw_cause(struct ui_stage *s, struct ui_list *l, double x, double end, double y,
                       const struct rp_life *life) {
    const struct ui_theme *t = s->th;
    struct rt_event ev;
    if (life->cause == UINT64_MAX || !rt_log_get(s->log, life->cause, &ev) || ev.kind != RT_EV_GoUnblock) return false;
    const struct rp_g *by = ev.g ? rp_g(s->st, ev.g) : NULL;
    double from = x;
    x += ui_text(l, x, y, UI_SANS_400, 13, t->ink2, UI_START, by ? "last woken by" : "last woken by a timer or the poller") + 7;
    if (by) x += ui_chip(s, l, by, x, y - 4.5, 17) + 7;
    x += ui_textf(l, x, y, UI_SANS_400, 13, t->ink2, UI_START, "event %llu", (unsigned long long)life->cause + 1);
    ui_add_hit(s, (struct ui_rect){from - 4, y - 15, fmin(x, end) - from + 8, 21}, UI_HIT_EVENT, life->cause + 1);
    return true;
}

bool ui_draw_life(struct ui_stage *s, struct ui_list *l, struct ui_rect *b) {
    const struct ui_theme *t = s->th;
    const struct rp_g *g = s->mode.life && s->mode.follow ? rp_g(s->st, s->mode.follow) : NULL;
    struct rp_life life;
    if (!g || s->lay.cls == UI_PRESENTER || !rp_life(s->session, s->mode.follow, s->n, s->time, &s->book, &life))
        return false;
    size_t rows = life.nstays < MOST_ROWS ? life.nstays : MOST_ROWS, fits = b->h > 184 ? (size_t)((b->h - 184) / 21) : 0;
    if (rows > fits) rows = fits;
    bool more = rows < life.nstays || life.others;
    double h = 164 + 21 * (double)(rows + more), x = b->x + 16, end = b->x + b->w - 16, y = b->y + 28;
    if (h > b->h) return false;
    char id[24], name[96], d[32];
    struct ui_rect card = {b->x, b->y, b->w, h};
    ui_panel(s, l, card, 3, false);
    ui_label(s, g->goid, id, sizeof id, name, sizeof name);
    double w = ui_textf(l, end, y, UI_SANS_500, 13.5, t->ink2, UI_END, g->state == RP_G_DEAD ? "lived %s" : "for %s",
                        ui_duration_text(d, sizeof d, whole(&life)));
    x += ui_text(l, x, y, UI_MONO_700, 16, t->ink, UI_START, id) + 8;
    ui_text_fit(l, x, y, UI_SANS_600, 16, t->ink, end - w - 12 - x, name);
    x = b->x + 16;
    draw_origin(s, l, x, end, y + 24, g, &life);
    if (!draw_cause(s, l, x, end, y + 46, &life))
        ui_text(l, x, y + 46, UI_SANS_400, 13, t->ink3, UI_START, "never woken: it has not waited");
    draw_shares(s, l, (struct ui_rect){x, y + 60, b->w - 32, 14}, &life);
    y += 132;
    for (size_t i = 0; i < rows; i++, y += 21)
        draw_stay(s, l, x, end, y, &life.stays[i]);
    if (more)
        ui_textf(l, x + 12, y, UI_SANS_400, 13, t->ink3, UI_START, "and %llu more",
                 (unsigned long long)(life.nstays - rows + life.others));
    b->y += h + 8;
    b->h -= h + 8;
    return b->h < 60;
}
