/* timeline_input.c - keys and mouse of the timeline: zoom, pan, scrub, measure, bookmarks. */
#include "timeline_input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHORTEST_NS = 10, CLICK = 4 /* a drag shorter than this is a click */, SNAP = 7 };

static void zoom_span(struct ui_app *a, double factor, double at) {
    struct ui_stage *s = &a->stage;
    struct ui_mode *m = &s->mode;
    double from = (double)s->shown_from, to = (double)s->shown_to, pivot = from + (to - from) * at;
    double w = (to - from) * factor;
    if (w < SHORTEST_NS) w = SHORTEST_NS;
    if (w > 1e15) w = 1e15;
    m->span_from = (int64_t)(pivot - w * at);
    if (m->span_from < 0) m->span_from = 0;
    m->span_to = m->span_from + (int64_t)w;
    m->span_set = true;
    a->stale = true;
}

static void pan_span(struct ui_app *a, double part) {
    struct ui_stage *s = &a->stage;
    int64_t w = s->shown_to - s->shown_from, by = (int64_t)((double)w * part);
    s->mode.span_from = s->shown_from + by < 0 ? 0 : s->shown_from + by;
    s->mode.span_to = s->mode.span_from + w;
    s->mode.span_set = true;
    a->stale = true;
}

static void whole_run(struct ui_app *a) {
    struct ui_mode *m = &a->stage.mode;
    struct rt_event ev;
    uint64_t all = rt_log_count(a->stage.log);
    int64_t end = all > 0 && rt_log_get(a->stage.log, all - 1, &ev) ? ev.time : 1;
    a->stale = true;
    if (m->span_set && m->span_from == 0 && m->span_to >= end) {
        m->span_set = false;
        return;
    }
    m->span_set = true;
    m->span_from = 0;
    m->span_to = end + end / 50 + 1;
}

static void next_lanes(struct ui_app *a) {
    struct ui_mode *m = &a->stage.mode;
    do m->lanes = (enum rp_lane_by)((m->lanes + 1) % RP_LANE_KINDS);
    while (m->lanes != RP_LANE_P && rp_lane_count(a->stage.session, m->lanes) == 0);
    a->stale = true;
}

/* ---- bookmarks --------------------------------------------------------------------------------------------------- */

static void mark(struct ui_app *a, double now) {
    struct ui_mode *m = &a->stage.mode;
    uint64_t n = a->head.n;
    size_t i = 0;
    while (i < m->nmarks && m->marks[i] < n)
        i++;
    a->stale = true;
    if (i < m->nmarks && m->marks[i] == n) {
        memmove(&m->marks[i], &m->marks[i + 1], (--m->nmarks - i) * sizeof m->marks[0]);
        ui_app_notice(a, now, "the bookmark is gone");
    } else if (m->nmarks == UI_MARKS) {
        ui_app_notice(a, now, "there are %d bookmarks, and no more fit", UI_MARKS);
    } else {
        memmove(&m->marks[i + 1], &m->marks[i], (m->nmarks++ - i) * sizeof m->marks[0]);
        m->marks[i] = n;
        ui_app_notice(a, now, "bookmark %zu of %zu: Shift B goes to the next", i + 1, m->nmarks);
    }
}

static void next_mark(struct ui_app *a, double now) {
    struct ui_mode *m = &a->stage.mode;
    size_t i = 0;
    if (m->nmarks == 0) {
        ui_app_notice(a, now, "there is no bookmark: B sets one here");
        return;
    }
    while (i < m->nmarks && m->marks[i] <= a->head.n)
        i++;
    i %= m->nmarks;
    ui_app_jump(a, m->marks[i], now);
    ui_app_notice(a, now, "bookmark %zu of %zu", i + 1, m->nmarks);
}

bool ui_timeline_do(struct ui_app *a, enum ui_action action, double now) {
    switch (action) {
    case UI_DO_ZOOM_IN:
        zoom_span(a, 0.7, 0.5);
        return true;
    case UI_DO_ZOOM_OUT:
        zoom_span(a, 1 / 0.7, 0.5);
        return true;
    case UI_DO_PAN_LEFT:
        pan_span(a, -0.2);
        return true;
    case UI_DO_PAN_RIGHT:
        pan_span(a, 0.2);
        return true;
    case UI_DO_WHOLE_RUN:
        whole_run(a);
        return true;
    case UI_DO_NEXT_LANES:
        next_lanes(a);
        return true;
    case UI_DO_MARK:
        mark(a, now);
        return true;
    case UI_DO_NEXT_MARK:
        next_mark(a, now);
        return true;
    default:
        return false;
    }
}

/* ---- scrubbing --------------------------------------------------------------------------------------------------- */

static void scrub(struct ui_app *a, double x, bool overview, double now) {
    struct ui_stage *s = &a->stage;
    double f = s->axis.w > 0 ? (x - s->axis.x) / s->axis.w : 0;
    f = f < 0 ? 0 : f > 1 ? 1 : f;
    uint64_t from = a->head.n, all = rt_log_count(s->log);
    struct rt_event ev;
    int64_t end = all > 0 && rt_log_get(s->log, all - 1, &ev) ? ev.time : 0;
    int64_t lo = overview ? 0 : s->shown_from, hi = overview ? end : s->shown_to;
    s->mode.playing = false;
    a->at_head = false;
    if (overview && s->mode.span_set) { /* the box moves along */
        int64_t w = s->mode.span_to - s->mode.span_from, mid = (int64_t)(f * (double)end);
        s->mode.span_from = mid - w / 2 < 0 ? 0 : mid - w / 2;
        s->mode.span_to = s->mode.span_from + w;
    }
    ui_go_time(&a->head, lo + (int64_t)(f * (double)(hi - lo)));
    ui_app_moved(a, from, false, now);
}

/* While the drag lasts the axis must not move under the pointer. */
static void hold_span(struct ui_app *a) {
    struct ui_stage *s = &a->stage;
    if (s->mode.span_set) return;
    s->mode.span_set = true;
    s->mode.span_from = s->shown_from;
    s->mode.span_to = s->shown_to;
}

/* ---- mouse ------------------------------------------------------------------------------------------------------- */

static int64_t time_at(const struct ui_app *a, double x) {
    const struct ui_stage *s = &a->stage;
    double f = s->axis.w > 0 ? (x - s->axis.x) / s->axis.w : 0;
    return s->shown_from + (int64_t)((f < 0 ? 0 : f > 1 ? 1 : f) * (double)(s->shown_to - s->shown_from));
}

static const struct ui_lane_at *lane_at(const struct ui_app *a, double y) {
    for (size_t i = 0; i < a->stage.nlanes_at; i++) {
        const struct ui_lane_at *lane = &a->stage.lane_at[i];
        if (y >= lane->y - 2 && y < lane->y + lane->h + 2) return lane;
    }
    return NULL;
}

/* The end of a span of that lane near x, or the very time at x. */
static int64_t snapped(const struct ui_app *a, double x, double y) {
    enum { FEW = 16 };
    const struct ui_stage *s = &a->stage;
    const struct ui_lane_at *lane = lane_at(a, y);
    int64_t t = time_at(a, x), best = t, reach = s->axis.w > 0 ? (int64_t)((double)(s->shown_to - s->shown_from) / s->axis.w * SNAP) : 0;
    struct rp_span few[FEW];
    if (!lane || lane->syscalls) return t;
    size_t n = rp_spans(s->session, (enum rp_lane_by)lane->by, lane->id, t - reach, t + reach, few, FEW);
    for (size_t i = 0; i < n && i < FEW; i++) {
        const int64_t ends[2] = {few[i].from, few[i].to};
        for (int k = 0; k < 2; k++)
            if (llabs(ends[k] - t) <= reach && (best == t || llabs(ends[k] - t) < llabs(best - t))) best = ends[k];
    }
    return best;
}

/* The span under the mouse fills the timeline, with a little around it. */
static bool fit_span(struct ui_app *a, double x, double y) {
    struct ui_mode *m = &a->stage.mode;
    const struct ui_lane_at *lane = lane_at(a, y);
    struct rp_span sp;
    int64_t t = time_at(a, x);
    if (!lane || lane->syscalls) return false;
    if (rp_spans(a->stage.session, (enum rp_lane_by)lane->by, lane->id, t, t + 1, &sp, 1) == 0) return false;
    int64_t to = sp.to == INT64_MAX ? a->head.time : sp.to, w = to > sp.from ? to - sp.from : 1;
    m->span_set = true;
    m->span_from = sp.from > w / 8 ? sp.from - w / 8 : 0;
    m->span_to = to + w / 8 + 1;
    a->stale = true;
    return true;
}

void ui_timeline_press(struct ui_app *a, const struct ui_hit *h, double x, double y, unsigned clicks, double now) {
    struct ui_mode *m = &a->stage.mode;
    a->drag_x = x;
    a->dragged = false;
    if (h->kind == UI_HIT_OVERVIEW || h->kind == UI_HIT_AXIS) {
        a->drag = h->kind == UI_HIT_AXIS ? UI_DRAG_SCRUB : UI_DRAG_OVERVIEW;
        if (h->kind == UI_HIT_AXIS) hold_span(a);
        scrub(a, x, h->kind == UI_HIT_OVERVIEW, now);
        return;
    }
    if (SDL_GetModState() & KMOD_SHIFT) {
        hold_span(a);
        m->measured = true;
        m->measure_from = m->measure_to = snapped(a, x, y);
        a->drag = UI_DRAG_MEASURE;
        a->stale = true;
    } else if (clicks != 2 || !fit_span(a, x, y)) {
        a->drag = UI_DRAG_LANES;
    }
}

void ui_timeline_drag(struct ui_app *a, double x, double now) {
    struct ui_stage *s = &a->stage;
    if (fabs(x - a->drag_x) >= CLICK) a->dragged = true;
    switch (a->drag) {
    case UI_DRAG_SCRUB:
    case UI_DRAG_OVERVIEW:
        scrub(a, x, a->drag == UI_DRAG_OVERVIEW, now);
        break;
    case UI_DRAG_MEASURE:
        s->mode.measure_to = snapped(a, x, s->mode.mouse_y);
        a->stale = true;
        break;
    case UI_DRAG_LANES:
        if (!a->dragged || s->axis.w <= 0) break;
        pan_span(a, (a->drag_x - x) / s->axis.w);
        s->shown_from = s->mode.span_from; /* the next movement starts from here, drawn or not */
        s->shown_to = s->mode.span_to;
        a->drag_x = x;
        break;
    default:
        break;
    }
}

void ui_timeline_release(struct ui_app *a, double x, double now) {
    struct ui_mode *m = &a->stage.mode;
    if (a->drag == UI_DRAG_LANES && !a->dragged) {
        hold_span(a);
        scrub(a, x, false, now);
    }
    if (a->drag == UI_DRAG_MEASURE && m->measure_from == m->measure_to) m->measured = false, a->stale = true;
}

void ui_timeline_wheel(struct ui_app *a, int dy, double x) {
    if (SDL_GetModState() & KMOD_SHIFT) pan_span(a, dy > 0 ? -0.15 : 0.15);
    else zoom_span(a, dy > 0 ? 0.8 : 1.25, (x - a->stage.axis.x) / a->stage.axis.w);
}
