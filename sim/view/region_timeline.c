/* region_timeline.c - the run as lanes of time, the playhead in it, and the whole run as a strip below. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

enum { MAX_SPANS = 400, BUCKET = 3, MAX_LANES = UI_MAX_LANES, ENOUGH_EVENTS = 12, STRIP_BARS = 512 };

struct axis {
    int64_t from, to, now, end;
    double x, w;
};

static double x_of(const struct axis *a, int64_t t) {
    if (t == INT64_MAX || t > a->to) t = a->to;
    if (t < a->from) t = a->from;
    return a->x + a->w * (double)(t - a->from) / (double)(a->to - a->from);
}

static int64_t run_end(const struct ui_stage *s) {
    struct rt_event last;
    int64_t end = s->total > 0 && rt_log_get(s->log, s->total - 1, &last) ? last.time : 0;
    return end > s->time ? end : s->time;
}

int64_t ui_round_125(int64_t v) {
    int64_t step = 1;
    while (step < v && step < INT64_MAX / 20) {
        if (step * 2 >= v) return step * 2;
        if (step * 5 >= v) return step * 5;
        step *= 10;
    }
    return step;
}

/* The narrowest span of round width that has enough events around the playhead; it turns pages, so that the picture
 * stands still while the playhead moves. A function of the moment alone. */
static void choose_span(struct ui_stage *s, struct axis *a) {
    int64_t end = a->end > 1000 ? a->end : 1000;
    a->from = 0, a->to = end;
    uint64_t want = s->total < ENOUGH_EVENTS ? s->total : ENOUGH_EVENTS;
    for (int64_t w = 1000; w < end; w = ui_round_125(w + 1)) {
        int64_t lo = s->time - w / 10 * 7, hi = s->time + w / 10 * 3;
        uint64_t n = rp_at_time(s->session, hi) - (lo > 0 ? rp_at_time(s->session, lo) : 0);
        if (n < want) continue;
        int64_t page = w / 10 * 6, back = s->time - w / 10;
        a->from = back > 0 ? back / page * page : 0;
        a->to = a->from + w;
        if (a->to > end + w / 20) { /* nothing comes after the end: show what was before it */
            a->to = end + w / 20;
            a->from = a->to > w ? a->to - w : 0;
        }
        return;
    }
    a->to = end + end / 50;
}

/* ---- axis --------------------------------------------------------------------------------------------------- */

static void time_unit(int64_t span, int64_t to, int64_t *unit, const char **name) {
    int64_t t = to > span * 1000 ? span * 1000 : to;
    *unit = t >= 1000000000 ? 1000000000 : t >= 1000000 ? 1000000 : t >= 1000 ? 1000 : 1;
    *name = *unit == 1000000000 ? "s" : *unit == 1000000 ? "ms" : *unit == 1000 ? "µs" : "ns";
}

static void tick_text(char *buf, size_t n, int64_t t, int64_t step, int64_t unit) {
    int places = 0;
    for (int64_t u = unit; u > step && places < 9; u /= 10)
        places++;
    snprintf(buf, n, "%.*f", places, (double)t / (double)unit);
}

static void draw_axis(struct ui_stage *s, struct ui_list *l, const struct axis *a, double y, double lanes_end,
                      const char **unit_name) {
    const struct ui_theme *t = s->th;
    int64_t span = a->to - a->from, step = ui_round_125(span / 8 > 0 ? span / 8 : 1), unit;
    time_unit(span, a->to, &unit, unit_name);
    double drawn = -1e9;
    for (int64_t v = (a->from + step - 1) / step * step; v <= a->to; v += step) {
        char buf[40];
        double x = x_of(a, v);
        tick_text(buf, sizeof buf, v, step, unit);
        double w = ui_width(l, UI_MONO_400, 12.5, buf), tx = x - w / 2;
        if (tx < a->x) tx = a->x;
        if (tx + w > a->x + a->w) tx = a->x + a->w - w;
        ui_fill(l, (struct ui_rect){x - 0.5, y + 5, 1, lanes_end - y - 5}, t->line);
        if (tx < drawn + 12) continue;
        ui_text(l, tx, y, UI_MONO_400, 12.5, t->ink2, UI_START, buf);
        drawn = tx + w;
    }
}

/* ---- lanes -------------------------------------------------------------------------------------------------- */

struct lane {
    enum rp_lane_by by;
    uint32_t id;
    bool syscalls; /* of all threads */
    bool named;    /* there is room for its name */
    bool arrow;    /* the current event's arrow begins or ends here */
    double y, h;
    char name[32];
};

static bool add_lane(struct lane *lanes, size_t *n, size_t max, enum rp_lane_by by, uint32_t id, const char *fmt) {
    if (*n >= max) return false;
    lanes[*n] = (struct lane){.by = by, .id = id};
    snprintf(lanes[*n].name, sizeof lanes[*n].name, "%s%u", fmt, id);
    ++*n;
    return true;
}

static bool has_long_calls(struct ui_stage *s, int64_t end) {
    struct rp_span few[64];
    for (unsigned m = 0; m < rp_nm(s->st); m++) {
        size_t n = rp_spans(s->session, RP_LANE_M, m, 0, end + 1, few, 64);
        for (size_t i = 0; i < n && i < 64; i++)
            if (few[i].kind == RP_SPAN_SYSCALL && (few[i].to == INT64_MAX || few[i].to - few[i].from >= 20000))
                return true;
    }
    return false;
}

static size_t choose_lanes(struct ui_stage *s, struct lane *lanes, size_t max, int64_t end) {
    size_t n = 0;
    switch (s->mode.lanes) {
    case RP_LANE_P: {
        bool calls = has_long_calls(s, end);
        const struct rt_log_info *info = rt_log_get_info(s->log);
        unsigned np = rp_np(s->st) > 0 ? rp_np(s->st) : info && info->procs > 0 ? info->procs : 1;
        for (unsigned i = 0; i < np; i++)
            if (!add_lane(lanes, &n, calls ? max - 1 : max, RP_LANE_P, i, "P")) break;
        if (calls && n < max) {
            lanes[n] = (struct lane){.by = RP_LANE_M, .syscalls = true, .name = "syscall"};
            n++;
        }
        break;
    }
    case RP_LANE_M:
        for (unsigned i = 0; i < rp_nm(s->st); i++)
            if (!add_lane(lanes, &n, max, RP_LANE_M, i, "M")) break;
        break;
    case RP_LANE_CORE:
        for (unsigned i = 0; i < rp_lane_count(s->session, RP_LANE_CORE); i++)
            if (!add_lane(lanes, &n, max, RP_LANE_CORE, i, "core ")) break;
        break;
    case RP_LANE_FN:
        for (unsigned i = 0; i < rp_lane_count(s->session, RP_LANE_FN); i++) {
            const struct rt_log_func *f = rt_log_func(s->log, rp_lane_fn(s->session, i));
            if (!add_lane(lanes, &n, max, RP_LANE_FN, i, "")) break;
            const char *dot = f ? strchr(f->name, '.') : NULL;
            if (f) snprintf(lanes[n - 1].name, sizeof lanes[n - 1].name, "%s", dot ? dot + 1 : f->name);
        }
        break;
    case RP_LANE_KINDS:
        break;
    case RP_LANE_G:
        if (s->mode.follow) add_lane(lanes, &n, max, RP_LANE_G, s->mode.follow, "G");
        for (size_t i = 0; i < rp_ng(s->st); i++) {
            const struct rp_g *g = rp_g_at(s->st, i);
            if (g->system || g->goid == s->mode.follow) continue;
            if (!add_lane(lanes, &n, max, RP_LANE_G, g->goid, "G")) break;
        }
        break;
    }
    return n;
}

static ui_color span_color(const struct ui_stage *s, const struct lane *lane, const struct rp_span *sp) {
    const struct ui_theme *t = s->th;
    if (lane->by == RP_LANE_G) {
        switch (sp->kind) {
        case RP_SPAN_RUN:
            return t->state[RP_G_RUNNING];
        case RP_SPAN_READY:
            return t->state[RP_G_RUNNABLE];
        case RP_SPAN_SYSCALL:
            return t->state[RP_G_SYSCALL];
        default:
            return t->state[RP_G_WAITING];
        }
    }
    const struct rp_g *g = rp_g(s->st, sp->g);
    if (sp->kind == RP_SPAN_STW) return t->gc;
    return ui_theme_site(t, !g || g->system ? 0 : g->site)->fill;
}

static void zigzag(struct ui_stage *s, struct ui_list *l, double x0, double x1, double y, double h) {
    struct ui_point p[256];
    size_t n = 0;
    double top = y + h / 2 - (h > 24 ? 5 : 3), bottom = y + h / 2 + (h > 24 ? 5 : 3), step = h > 24 ? 6.36 : 4.5;
    for (double x = x0; x <= x1 && n < 256; x += step, n++)
        p[n] = (struct ui_point){x, n % 2 ? top : bottom};
    if (n >= 2) ui_line(l, p, n, s->th->ink2, 1.75);
}

static const char *state_word(const struct rp_span *sp) {
    switch (sp->kind) {
    case RP_SPAN_READY:
        return "ready";
    case RP_SPAN_SYSCALL:
        return "in a system call";
    case RP_SPAN_WAIT:
        return sp->why == RT_WHY_Sleep ? "asleep" : rt_reason_text(sp->why);
    default:
        return "";
    }
}

static void span_label(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct rp_span *sp,
                       double x0, double x1, ui_color c) {
    if (lane->arrow && sp->to > s->time) x0 += 18; /* clear of the arrow at the playhead */
    double size = lane->h >= 30 ? 13.5 : lane->h >= 20 ? 13 : 11, base = lane->y + lane->h / 2 + 0.36 * size;
    double pad = lane->h >= 20 ? 8 : 4, room = x1 - x0 - 2 * pad;
    if (lane->h < 13 || room < 14) return;
    if (lane->by == RP_LANE_G && sp->kind != RP_SPAN_RUN) {
        const char *w = state_word(sp);
        if (ui_width(l, UI_SANS_500, size, w) <= room) ui_text(l, x0 + pad, base, UI_SANS_500, size, c, UI_START, w);
        return;
    }
    if (sp->g == 0) return;
    char id[24], name[96];
    ui_label(s, sp->g, id, sizeof id, name, sizeof name);
    double iw = ui_width(l, UI_MONO_700, size, id), nw = ui_width(l, UI_SANS_500, size, name);
    if (iw > room) return;
    ui_text(l, x0 + pad, base, UI_MONO_700, size, c, UI_START, id);
    if (name[0] && iw + 6 + nw <= room) {
        ui_text(l, x0 + pad + iw + 6, base, UI_SANS_500, size, c, UI_START, name);
        if (lane->syscalls && iw + 6 + nw + 60 <= room)
            ui_text(l, x0 + pad + iw + 6 + nw + 6, base, UI_SANS_400, size, s->th->ink2, UI_START, "in a system call");
    }
}

/* By function: as high as the share of the Ps on which it runs. */
static void draw_crew(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct rp_span *sp,
                      double x0, double x1, bool future) {
    const struct ui_theme *t = s->th;
    if (sp->kind != RP_SPAN_RUN || x1 < x0) return;
    x0 = floor(x0), x1 = fmax(x0 + 1, floor(x1));
    double all = rp_np(s->st) > 0 ? rp_np(s->st) : 1, h = fmax(2, lane->h * fmin(1, sp->why / all));
    const struct rp_g *g = rp_g(s->st, sp->g);
    ui_color c = g ? ui_theme_site(t, g->site)->fill : t->line2;
    struct ui_rect b = {x0, lane->y + lane->h - h, x1 - x0, h};
    ui_fill(l, b, future ? ui_fade(c, 0.35) : c);
    char text[16];
    snprintf(text, sizeof text, "%u", sp->why);
    bool inside = h >= 14;
    if (lane->h >= 16 && x1 - x0 > 26)
        ui_text(l, (x0 + x1) / 2, inside ? lane->y + lane->h - h / 2 + 4.5 : lane->y + lane->h - h - 3, UI_MONO_600, 12,
                inside && !future && g ? ui_theme_site(t, g->site)->text : t->ink2, UI_MIDDLE, text);
}

static void draw_past(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct rp_span *sp,
                      double x0, double x1) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = {x0, lane->y, x1 - x0 - (x1 - x0 > 6 ? 1 : 0), lane->h};
    const struct rp_g *g = rp_g(s->st, sp->g);
    const struct ui_site_color *site = ui_theme_site(t, !g || g->system ? 0 : g->site);
    switch (sp->kind) {
    case RP_SPAN_IDLE:
        if (lane->h >= 13 && b.w > 60)
            ui_text(l, x0 + b.w / 2, lane->y + lane->h / 2 + 4.7, UI_SANS_400, lane->h >= 20 ? 13 : 11, t->ink3,
                    UI_MIDDLE, "idle");
        return;
    case RP_SPAN_SPIN:
        zigzag(s, l, x0, x1, lane->y, lane->h);
        return;
    case RP_SPAN_SYSCALL:
        ui_rrect(l, b, 2, t->card, 0, 0);
        if (b.w >= 4)
            ui_hatch(l, b, 2,
                     lane->by == RP_LANE_G ? ui_mix(t->card, t->state[RP_G_SYSCALL], 0.35)
                                           : ui_mix(site->tint, site->edge, 0.12));
        ui_rrect(l, b, 2, b.w < 4 ? site->edge : 0, lane->by == RP_LANE_G ? t->state[RP_G_SYSCALL] : site->edge, 1.5);
        span_label(s, l, lane, sp, x0, x1, t->ink);
        return;
    default:
        break;
    }
    ui_rrect(l, b, 2, span_color(s, lane, sp), 0, 0);
    ui_color text =
        lane->by == RP_LANE_G ? (ui_contrast(t->ink, span_color(s, lane, sp)) >= 4.5 ? t->ink : t->card) : site->text;
    if (lane->by == RP_LANE_G && ui_contrast(text, span_color(s, lane, sp)) < 4.5) text = t->on_ink;
    span_label(s, l, lane, sp, x0, x1, text);
}

/* What is yet to come: dotted. */
static void draw_future(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct rp_span *sp,
                        double x0, double x1) {
    const struct ui_theme *t = s->th;
    if (sp->kind == RP_SPAN_IDLE || sp->kind == RP_SPAN_SPIN) return;
    const struct rp_g *g = rp_g(s->st, sp->g);
    ui_color edge =
        lane->by == RP_LANE_G ? span_color(s, lane, sp) : ui_theme_site(t, !g || g->system ? 0 : g->site)->edge;
    struct ui_rect b = {x0 + 0.5, lane->y + 0.5, x1 - x0 - 1.5, lane->h - 1};
    if (b.w < 5) {
        ui_fill(l, (struct ui_rect){x0, lane->y, b.w < 1 ? 1 : b.w, lane->h}, ui_fade(edge, 0.35));
        return;
    }
    ui_rrect_dashed(l, b, 2, t->card, edge, 1.25, 2, 3);
    span_label(s, l, lane, sp, x0, x1, t->ink2);
}

struct bucket {
    double x;
    int64_t busy, all;
    ui_color color; /* by G: of the longest */
    int64_t longest;
    bool open, future;
};

static void flush_bucket(struct ui_stage *s, struct ui_list *l, const struct lane *lane, struct bucket *k) {
    if (!k->open) return;
    k->open = false;
    double share = k->all > 0 ? (double)k->busy / (double)k->all : 0;
    ui_color c = lane->by == RP_LANE_G ? k->color : s->th->load[(int)(share * 4 + 0.5)];
    if (k->busy == 0 && lane->by != RP_LANE_G) return;
    ui_fill(l, (struct ui_rect){k->x, lane->y, BUCKET, lane->h}, k->future ? ui_fade(c, 0.45) : c);
}

static void add_bucket(struct ui_stage *s, struct ui_list *l, const struct lane *lane, struct bucket *k,
                       const struct rp_span *sp, double x0, bool future) {
    if (k->open && (x0 >= k->x + BUCKET || k->future != future)) flush_bucket(s, l, lane, k);
    if (!k->open) *k = (struct bucket){.x = floor(x0), .open = true, .future = future};
    int64_t d = (sp->to == INT64_MAX ? sp->from : sp->to) - sp->from + 1;
    k->all += d;
    if (sp->kind == RP_SPAN_RUN || sp->kind == RP_SPAN_SYSCALL) k->busy += d;
    if (d <= k->longest) return;
    k->longest = d;
    k->color = span_color(s, lane, sp);
}

static void draw_span(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct axis *a,
                      const struct rp_span *sp, struct bucket *k) {
    if (lane->syscalls && sp->kind != RP_SPAN_SYSCALL) return;
    if (lane->by == RP_LANE_M && !lane->syscalls && (sp->kind == RP_SPAN_IDLE || sp->kind == RP_SPAN_WAIT)) return;
    double x0 = x_of(a, sp->from), x1 = x_of(a, sp->to), now = x_of(a, a->now);
    bool small = x1 - x0 < BUCKET && sp->kind != RP_SPAN_IDLE && lane->by != RP_LANE_FN;
    if (small) {
        add_bucket(s, l, lane, k, sp, x0, sp->from >= a->now);
        return;
    }
    flush_bucket(s, l, lane, k);
    double past = sp->to < a->now ? x1 : now, coming = sp->from > a->now ? x0 : now + 1;
    bool goes_on = sp->to > a->now && (sp->to != INT64_MAX || s->n < s->total);
    if (lane->by == RP_LANE_FN) {
        if (sp->from < a->now) draw_crew(s, l, lane, sp, x0, past, false);
        if (goes_on) draw_crew(s, l, lane, sp, coming, x1, true);
        return;
    }
    if (sp->from < a->now) draw_past(s, l, lane, sp, x0, past);
    if (goes_on) draw_future(s, l, lane, sp, coming, x1);
}

/* What a pixel costs does not grow with the spans under it: a stretch that one span fills is drawn as that span, any other
 * by its shares. */
static void draw_dense(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct axis *a,
                       uint32_t id) {
    const struct ui_theme *t = s->th;
    double ns = (double)(a->to - a->from) / a->w;
    for (double px = 0; px < a->w;) {
        int64_t from = a->from + (int64_t)(px * ns), to = a->from + (int64_t)((px + BUCKET) * ns), in[RP_SPAN_KINDS];
        struct bucket none = {0};
        if (to <= from) to = from + 1;
        if (rp_spans(s->session, lane->by, id, from, to, s->spans, 1) == 1 && s->spans[0].from <= from &&
            s->spans[0].to >= to) {
            draw_span(s, l, lane, a, &s->spans[0], &none);
            double end = s->spans[0].to >= a->to ? a->w : (double)(s->spans[0].to - a->from) / ns;
            px = fmax(px + BUCKET, ceil(end / BUCKET) * BUCKET);
            continue;
        }
        rp_lane_shares(s->session, lane->by, id, from, to, in);
        bool future = from >= a->now;
        struct ui_rect at = {a->x + px, lane->y, fmin(BUCKET, a->w - px), lane->h};
        px += BUCKET;
        int64_t busy = lane->syscalls ? in[RP_SPAN_SYSCALL] : in[RP_SPAN_RUN] + in[RP_SPAN_SYSCALL];
        ui_color c;
        if (lane->by == RP_LANE_G) {
            static const uint8_t order[] = {RP_SPAN_RUN, RP_SPAN_READY, RP_SPAN_SYSCALL, RP_SPAN_WAIT};
            struct rp_span most = {.kind = RP_SPAN_WAIT};
            for (int k = 3; k >= 0; k--)
                if (in[order[k]] >= in[most.kind] && in[order[k]] > 0) most.kind = order[k];
            if (in[most.kind] == 0) continue;
            c = span_color(s, lane, &most);
        } else {
            if (busy == 0) continue; /* whatever ran for a moment shows, if only faintly */
            c = t->load[(int)fmin(4, ceil(4 * (double)busy / (double)(to - from)))];
        }
        ui_fill(l, at, future ? ui_fade(c, 0.45) : c);
    }
}

static void draw_lane_spans(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct axis *a,
                            uint32_t id) {
    if (!s->spans) {
        s->spans = calloc(MAX_SPANS, sizeof *s->spans);
        if (!s->spans) {
            s->failed = true;
            return;
        }
    }
    struct bucket k = {0};
    size_t n = rp_spans(s->session, lane->by, id, a->from, a->to, s->spans, MAX_SPANS);
    if (n > MAX_SPANS) {
        draw_dense(s, l, lane, a, id);
        return;
    }
    for (size_t i = 0; i < n; i++)
        draw_span(s, l, lane, a, &s->spans[i], &k);
    flush_bucket(s, l, lane, &k);
}

static void draw_lane(struct ui_stage *s, struct ui_list *l, const struct lane *lane, const struct axis *a,
                      double left) {
    const struct ui_theme *t = s->th;
    double size = lane->syscalls && lane->h >= 15 ? 13 : lane->h >= 24 ? 15 : lane->h >= 15 ? 13 : 11;
    bool followed = lane->by == RP_LANE_G && lane->id == s->mode.follow;
    if (lane->named)
        ui_text(l, left, lane->y + lane->h / 2 + 0.36 * size, UI_MONO_600, size, t->ink, UI_START, lane->name);
    if (lane->by == RP_LANE_G) {
        const struct rp_g *g = rp_g(s->st, lane->id);
        ui_color c = ui_theme_site(t, !g || g->system ? 0 : g->site)->fill;
        ui_rrect(l, (struct ui_rect){a->x - 14, lane->y + lane->h / 2 - 4.5, 8, 9}, 2, c, 0, 0);
    }
    ui_fill(l, (struct ui_rect){a->x, lane->y, a->w, lane->h}, t->well);
    if (s->nlanes_at < UI_MAX_LANES)
        s->lane_at[s->nlanes_at++] = (struct ui_lane_at){lane->y, lane->h, lane->id, (uint8_t)lane->by, lane->syscalls};
    if (lane->syscalls)
        for (unsigned m = 0; m < rp_nm(s->st); m++)
            draw_lane_spans(s, l, lane, a, m);
    else draw_lane_spans(s, l, lane, a, lane->id);
    if (followed) ui_rrect(l, (struct ui_rect){a->x - 2, lane->y - 2, a->w + 4, lane->h + 4}, 3, 0, t->ink, 1.5);
}

/* ---- bookmarks and measures ----------------------------------------------------------------------------------- */

static void flag(const struct ui_stage *s, struct ui_list *l, double x, double y) {
    ui_fill(l, (struct ui_rect){x - 0.75, y, 1.5, 13}, s->th->ink);
    ui_poly(l, (struct ui_point[]){{x, y}, {x + 8, y + 3.5}, {x, y + 7}}, 3, s->th->ink, 0, 0);
}

static int64_t mark_time(const struct ui_stage *s, size_t i) {
    struct rt_event ev;
    return s->mode.marks[i] > 0 && rt_log_get(s->log, s->mode.marks[i] - 1, &ev) ? ev.time : 0;
}

static void draw_marks(struct ui_stage *s, struct ui_list *l, const struct axis *a, double top) {
    for (size_t i = 0; i < s->mode.nmarks; i++) {
        int64_t t = mark_time(s, i);
        if (t < a->from || t > a->to) continue;
        flag(s, l, x_of(a, t), top);
        ui_add_hit(s, (struct ui_rect){x_of(a, t) - 4, top - 2, 14, 16}, UI_HIT_EVENT, s->mode.marks[i]);
    }
}

static void draw_measure(struct ui_stage *s, struct ui_list *l, const struct axis *a, double top, double bottom) {
    const struct ui_theme *t = s->th;
    if (!s->mode.measured) return;
    int64_t lo = s->mode.measure_from, hi = s->mode.measure_to;
    if (lo > hi) lo = s->mode.measure_to, hi = s->mode.measure_from;
    if (hi < a->from || lo > a->to) return;
    double x0 = x_of(a, lo), x1 = x_of(a, hi);
    char text[32];
    ui_duration_text(text, sizeof text, hi - lo);
    ui_fill(l, (struct ui_rect){x0, top, x1 - x0, bottom - top}, ui_fade(t->ink, 0.12));
    ui_fill(l, (struct ui_rect){x0 - 0.75, top, 1.5, bottom - top}, t->ink);
    ui_fill(l, (struct ui_rect){x1 - 0.75, top, 1.5, bottom - top}, t->ink);
    double w = ui_width(l, UI_MONO_600, 13, text) + 16, x = (x0 + x1) / 2 - w / 2;
    if (x < a->x) x = a->x;
    if (x + w > a->x + a->w) x = a->x + a->w - w;
    struct ui_rect label = {x, (top + bottom) / 2 - 11, w, 22};
    ui_rrect(l, label, 4, t->ink, 0, 0);
    ui_text(l, x + w / 2, label.y + 15.5, UI_MONO_600, 13, t->on_ink, UI_MIDDLE, text);
}

/* ---- strip, playhead, arrow ----------------------------------------------------------------------------------- */

static void draw_strip(struct ui_stage *s, struct ui_list *l, const struct axis *a, double left, double y, double h) {
    const struct ui_theme *t = s->th;
    static const char caption[] = "whole run";
    uint32_t bars[STRIP_BARS];
    size_t n = (size_t)(a->w / 4);
    if (n > STRIP_BARS) n = STRIP_BARS;
    if (n == 0 || a->end <= 0) return;
    double pitch = a->w / (double)n;
    memset(bars, 0, sizeof bars);
    rp_density(s->session, 0, a->end + 1, bars, n);
    uint32_t top = 1;
    for (size_t i = 0; i < n; i++)
        if (bars[i] > top) top = bars[i];
    ui_text(l, left, y + h - 5, UI_SANS_400, 12.5, t->ink2, UI_START, caption);
    ui_rrect(l, (struct ui_rect){a->x, y, a->w, h}, 2, t->well, 0, 0);
    for (size_t i = 0; i < n; i++) {
        if (bars[i] == 0) continue;
        double bh = 2 + (h - 4) * log1p(bars[i]) / log1p(top);
        ui_fill(l, (struct ui_rect){a->x + (double)i * pitch, y + h - bh, pitch > 3 ? pitch - 1 : pitch, bh}, t->line2);
    }
    double end = (double)a->end;
    for (size_t i = 0; i < s->lesson.nsteps; i++) {
        struct rt_event ev;
        if (s->lesson.steps[i].event == UINT64_MAX || !rt_log_get(s->log, s->lesson.steps[i].event, &ev)) continue;
        double x = a->x + a->w * (double)ev.time / end, cy = y - 5.5;
        ui_poly(l, (struct ui_point[]){{x, cy - 3.5}, {x + 3.5, cy}, {x, cy + 3.5}, {x - 3.5, cy}}, 4, t->ink2, 0, 0);
    }
    for (size_t i = 0; i < s->mode.nmarks; i++)
        flag(s, l, a->x + a->w * (double)mark_time(s, i) / end, y - 9);
    double x0 = a->x + a->w * (double)a->from / end, x1 = a->x + a->w * (double)a->to / end;
    if (x1 > a->x + a->w) x1 = a->x + a->w;
    if (x1 - x0 < 8) {
        double mid = (x0 + x1) / 2;
        x0 = mid - 4, x1 = mid + 4;
    }
    ui_rrect(l, (struct ui_rect){x0 - 1, y - 2.5, x1 - x0 + 2, h + 5}, 2, 0, t->ink, 2);
    double now = a->x + a->w * (double)s->time / end;
    ui_fill(l, (struct ui_rect){now - 0.75, y, 1.5, h}, t->ink);
    ui_add_hit(s, (struct ui_rect){a->x, y - 4, a->w, h + 8}, UI_HIT_OVERVIEW, 0);
}

static void draw_playhead(struct ui_stage *s, struct ui_list *l, const struct axis *a, double top, double bottom) {
    if (a->now < a->from || a->now > a->to) return;
    double x = x_of(a, a->now);
    ui_fill(l, (struct ui_rect){x - 1, top + 6, 2, bottom - top - 4}, s->th->ink);
    struct ui_point p[] = {{x - 7, top}, {x + 7, top}, {x + 7, top + 8}, {x, top + 15}, {x - 7, top + 8}};
    ui_poly(l, p, 5, s->th->ink, 0, 0);
}

/* From the P that was taken from to the one that took. */
static void draw_arrow(struct ui_stage *s, struct ui_list *l, const struct axis *a, const struct lane *lanes,
                       size_t n) {
    const struct lane *from = NULL, *to = NULL;
    if (!s->has_event || s->says.from_p < 0 || s->says.p < 0 || s->says.from_p == s->says.p) return;
    for (size_t i = 0; i < n; i++) {
        if (lanes[i].by != RP_LANE_P || lanes[i].syscalls) continue;
        if (lanes[i].id == (uint32_t)s->says.from_p) from = &lanes[i];
        if (lanes[i].id == (uint32_t)s->says.p) to = &lanes[i];
    }
    if (!from || !to || a->now < a->from || a->now > a->to) return;
    double x = x_of(a, a->now) + 3, y0 = from->y + from->h / 2, y1 = to->y + to->h / 2;
    struct ui_point p[17];
    for (int i = 0; i < 17; i++) {
        double u = i / 16.0, v = 1 - u, bulge = 3 * v * v * u * 23 + 3 * v * u * u * 23 + u * u * u * 4;
        p[i] = (struct ui_point){x + bulge, y0 + (y1 - y0) * u};
    }
    ui_line(l, p, 17, s->th->spot_edge, 3);
    double d = y1 > y0 ? 1 : -1;
    struct ui_point head[] = {{x, y1 + d}, {x + 9, y1 - 5 * d}, {x + 10.5, y1 + 5.5 * d}};
    ui_poly(l, head, 3, s->th->spot_edge, 0, 0);
}

/* ---- the region --------------------------------------------------------------------------------------------- */

static double draw_head(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct axis *a) {
    const struct ui_theme *t = s->th;
    static const char *const names[2][RP_LANE_KINDS] = {{"by P", "by M", "by G", "by core", "by function"},
                                                        {"P", "M", "G", "core", "func"}};
    bool tabs = s->lay.cls == UI_COMPACT || s->lay.cls == UI_NARROW;
    double x = b.x + 14, y = b.y + 7;
    if (tabs) {
        x += ui_button(s, l, b.x + 8, y - 1, 22, false, UI_I_NONE, "Timeline", "", true, false, UI_HIT_TAB, 100) + 0;
        x += ui_button(s, l, x, y - 1, 22, false, UI_I_NONE, "Output", "", false, false, UI_HIT_TAB, 101) + 18;
        y -= 1;
    } else {
        x += ui_text(l, x, b.y + 23, UI_SANS_600, 14, t->ink, UI_START, "Timeline") + 22;
    }
    bool brief = b.x + b.w - x < 700;
    for (unsigned i = 0; i < RP_LANE_KINDS; i++)
        x += ui_button(s, l, x, y, 22, false, UI_I_NONE, names[brief][i], "", (unsigned)s->mode.lanes == i, false,
                       UI_HIT_ACTION, 1000 + i) +
             4;
    int64_t unit, step = ui_round_125((a->to - a->from) / 8 > 0 ? (a->to - a->from) / 8 : 1);
    const char *name;
    char from[40], to[40], all[40], text[160];
    time_unit(a->to - a->from, a->to, &unit, &name);
    tick_text(from, sizeof from, a->from, step, unit);
    tick_text(to, sizeof to, a->to, step, unit);
    snprintf(text, sizeof text, "%s to %s %s of %s", from, to, name, ui_duration_text(all, sizeof all, a->end));
    if (ui_width(l, UI_MONO_400, 13, text) < b.x + b.w - 20 - x)
        ui_text(l, b.x + b.w - 14, b.y + 22, UI_MONO_400, 13, t->ink2, UI_END, text);
    return b.y + 50;
}

static void draw_presenter(struct ui_stage *s, struct ui_list *l, struct ui_rect b, struct axis *a) {
    const struct ui_theme *t = s->th;
    struct lane lanes[3];
    enum rp_lane_by by = s->mode.lanes;
    s->mode.lanes = RP_LANE_G;
    size_t n = choose_lanes(s, lanes, 3, a->end);
    s->mode.lanes = by;
    a->x = b.x + 118;
    a->w = b.w - 118 - 218;
    for (size_t i = 0; i < n; i++) {
        lanes[i].h = 15;
        lanes[i].named = true;
        lanes[i].y = b.y + 8 + 18 * (double)i;
        draw_lane(s, l, &lanes[i], a, b.x + 14);
    }
    draw_playhead(s, l, a, b.y - 2, b.y + b.h - 4);
    char buf[64], n1[32], n2[32];
    ui_text(l, b.x + b.w - 16, b.y + 29, UI_MONO_700, 20, t->ink, UI_END, ui_clock_text(buf, sizeof buf, s->time));
    ui_textf(l, b.x + b.w - 16, b.y + 54, UI_SANS_500, 17, t->ink2, UI_END, "event %s of %s",
             ui_count_text(n1, sizeof n1, s->n), ui_count_text(n2, sizeof n2, s->total));
}

/* Where not all have a lane, that is said. */
static void lanes_note(struct ui_stage *s, struct ui_list *l, size_t shown, double x, double y, double room) {
    size_t all = s->mode.lanes == RP_LANE_P ? rp_np(s->st) : s->mode.lanes == RP_LANE_M ? rp_nm(s->st) : 0;
    if (s->mode.lanes == RP_LANE_CORE || s->mode.lanes == RP_LANE_FN) all = rp_lane_count(s->session, s->mode.lanes);
    if (s->mode.lanes == RP_LANE_G)
        for (size_t i = 0; i < s->nbriefs; i++)
            all += !s->briefs[i].system;
    char text[48], a[16];
    if (all <= shown) return;
    snprintf(text, sizeof text, "%zu of %s", shown, ui_count_text(a, sizeof a, all));
    if (ui_width(l, UI_SANS_500, 11, text) <= room) ui_text(l, x, y, UI_SANS_500, 11, s->th->ink2, UI_START, text);
}

void ui_draw_timeline(struct ui_stage *s, struct ui_list *l) {
    struct ui_rect b = s->lay.at[UI_R_TIMELINE];
    struct axis a = {.now = s->time, .end = run_end(s), .x = b.x + 86, .w = b.w - 100};
    ui_panel(s, l, b, 6, false);
    s->nlanes_at = 0;
    if (s->mode.span_set) a.from = s->mode.span_from, a.to = s->mode.span_to;
    else if (s->lay.cls == UI_PRESENTER) a.from = 0, a.to = a.end > 1000 ? a.end : 1000;
    else choose_span(s, &a);
    if (a.to <= a.from) a.to = a.from + 1;
    if (s->lay.cls == UI_PRESENTER) {
        draw_presenter(s, l, b, &a);
    } else {
        bool low = b.h < 150;
        double axis_y = low ? b.y + 44 : draw_head(s, l, b, &a), strip_h = low ? 0 : b.h > 190 ? 20 : 14;
        if (low) draw_head(s, l, b, &a);
        double y = axis_y + 10, bottom = b.y + b.h - (low ? 8 : strip_h + (b.h > 190 ? 21 : 16)), gap = 4;
        struct lane lanes[MAX_LANES];
        /* Ps and Ms may be thinner than their names, of which then only some stand there. */
        size_t fits = (size_t)((bottom - y + 2) / (s->mode.lanes == RP_LANE_G ? 12 : 4));
        size_t n = choose_lanes(s, lanes, fits < 1 ? 1 : fits > MAX_LANES ? MAX_LANES : fits, a.end);
        if (n == 0) n = 1, lanes[0] = (struct lane){.by = RP_LANE_P, .name = "P0"};
        if (n > 4) gap = 2;
        double h = (bottom - y - gap * (double)(n - 1)) / (double)n;
        h = floor(h > 44 ? 44 : h);
        if (h < 3) h = 3, gap = 1;
        lanes_note(s, l, n, b.x + 14, axis_y, a.x - 18 - b.x);
        const char *unit;
        double named = y - 12;
        draw_axis(s, l, &a, axis_y, y + (h + gap) * (double)n - gap, &unit);
        for (size_t i = 0; i < n; i++) {
            lanes[i].y = y + (double)i * (h + gap);
            lanes[i].h = lanes[i].syscalls && h > 26 ? 26 : h;
            lanes[i].named = lanes[i].y + h / 2 >= named + 12;
            if (lanes[i].named) named = lanes[i].y + h / 2;
            lanes[i].arrow = lanes[i].by == RP_LANE_P && !lanes[i].syscalls && s->has_event && s->says.from_p >= 0 &&
                             s->says.p >= 0 && s->says.p != s->says.from_p &&
                             (s->says.p == (int32_t)lanes[i].id || s->says.from_p == (int32_t)lanes[i].id);
            draw_lane(s, l, &lanes[i], &a, b.x + 14);
        }
        double end = lanes[n - 1].y + lanes[n - 1].h;
        ui_add_hit(s, (struct ui_rect){a.x, y - 2, a.w, end - y + 4}, UI_HIT_SCRUB, 0);
        ui_add_hit(s, (struct ui_rect){a.x, axis_y - 16, a.w, y - 2 - axis_y + 16}, UI_HIT_AXIS, 0);
        draw_measure(s, l, &a, axis_y + 4, end + 2);
        draw_marks(s, l, &a, axis_y - 15);
        draw_arrow(s, l, &a, lanes, n);
        draw_playhead(s, l, &a, axis_y - 14, end + 2);
        if (strip_h > 0) draw_strip(s, l, &a, b.x + 14, b.y + b.h - strip_h - (b.h > 190 ? 12 : 8), strip_h);
    }
    s->shown_from = a.from;
    s->shown_to = a.to;
    s->division = ui_round_125((a.to - a.from) / 8 > 0 ? (a.to - a.from) / 8 : 1);
    s->axis = (struct ui_rect){a.x, b.y, a.w, b.h};
}
