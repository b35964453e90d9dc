#include "lanes.h"

#include "session.h"

enum { NOTHING = 255, MAX_LANES = 1 << 24, MAX_M = 1 << 17 };

void rp_lanes_init(struct rp_lanes *l, const struct rt_log *log, enum rp_lane_by by) {
    l->log = log;
    l->by = by;
}

void rp_lanes_free(struct rp_lanes *l) {
    for (size_t i = 0; i < l->lanes.len; i++)
        VEC_FREE(&l->lanes.data[i].spans);
    VEC_FREE(&l->lanes);
    VEC_FREE(&l->ms);
    rp_map_free(&l->goids);
}

static struct rp_lane *lane_at(struct rp_lanes *l, uint64_t i) {
    struct rp_lane none = {0};
    if (i >= MAX_LANES) return NULL;
    while (l->lanes.len <= i) {
        if (!VEC_PUSH(&l->lanes, none)) {
            l->failed = true;
            return NULL;
        }
    }
    return &l->lanes.data[i];
}

/* The goroutine's lane: lanes of goroutines are in order of creation. */
static struct rp_lane *lane_of_g(struct rp_lanes *l, uint64_t goid) {
    uint32_t ref = rp_map_get(&l->goids, goid);
    if (ref) return &l->lanes.data[ref - 1];
    size_t i = l->lanes.len;
    struct rp_lane *lane = lane_at(l, i);
    if (lane && !rp_map_put(&l->goids, goid, (uint32_t)i + 1)) l->failed = true;
    return lane;
}

/* From event n on the lane shows `kind` (NOTHING: a gap). */
static void lane_set(struct rp_lanes *l, struct rp_lane *lane, unsigned kind, uint32_t g, uint16_t why, uint64_t n) {
    if (!lane) return;
    if (lane->open) {
        struct rp_span_rec *last = &VEC_LAST(&lane->spans);
        uint64_t events = n - rp_span_from(last);
        last->events = events < UINT32_MAX ? (uint32_t)events : UINT32_MAX - 1; /* a log has at most 2^30 */
    }
    lane->open = kind != NOTHING;
    if (!lane->open) return;
    struct rp_span_rec s = {.head = n << 24 | (uint64_t)why << 8 | kind, .events = UINT32_MAX, .g = g};
    if (VEC_PUSH(&lane->spans, s)) return;
    lane->open = false;
    l->failed = true;
}

static struct rp_lane *m_at(struct rp_lanes *l, uint64_t m) {
    struct rp_lane none = {0};
    if (m >= MAX_M) return NULL;
    while (l->ms.len <= m) {
        if (!VEC_PUSH(&l->ms, none)) {
            l->failed = true;
            return NULL;
        }
    }
    return &l->ms.data[m];
}

static void note_spin(struct rp_lanes *l, const struct rt_event *ev) {
    bool other = ev->kind == RT_EV_MStart || ev->kind == RT_EV_MWake;
    bool own = ev->kind == RT_EV_MSpin || ev->kind == RT_EV_MSpinEnd;
    if (!other && !own) return;
    struct rp_lane *m = m_at(l, other ? ev->a : (uint64_t)(uint32_t)ev->m);
    if (m) m->spins = other ? ev->b == 1 : ev->kind == RT_EV_MSpin;
}

static bool m_spins(struct rp_lanes *l, int32_t m) {
    const struct rp_lane *lane = m >= 0 ? m_at(l, (uint64_t)m) : NULL;
    return lane && lane->spins;
}

static void begin_procs(struct rp_lanes *l, uint64_t procs, uint64_t n) {
    if (procs > 1024) return;
    for (uint64_t i = l->procs; i < procs; i++)
        lane_set(l, lane_at(l, i), RP_SPAN_IDLE, 0, 0, n);
    for (uint64_t i = procs; i < l->procs; i++)
        lane_set(l, lane_at(l, i), NOTHING, 0, 0, n);
    l->procs = (unsigned)procs;
}

static void end_all(struct rp_lanes *l, uint64_t n) {
    for (size_t i = 0; i < l->lanes.len; i++)
        lane_set(l, &l->lanes.data[i], NOTHING, 0, 0, n);
}

/* What an event makes of the lane of its P or M, for the kinds that mean the same to both; NOTHING + 1: no change. */
static unsigned kind_of_run(unsigned kind) {
    switch (kind) {
    case RT_EV_GoStart:
    case RT_EV_GoSyscallEnd:
        return RP_SPAN_RUN;
    case RT_EV_GoSyscallBegin:
        return RP_SPAN_SYSCALL;
    case RT_EV_GoStop:
    case RT_EV_GoBlock:
    case RT_EV_GoDestroy:
    case RT_EV_GoSyscallEndBlocked:
        return NOTHING;
    case RT_EV_MSpin:
        return RP_SPAN_SPIN;
    default:
        return NOTHING + 1;
    }
}

static unsigned span_of_status(uint64_t status) {
    switch (status) {
    case RT_GO_READY: return RP_SPAN_READY;
    case RT_GO_RUNNING: return RP_SPAN_RUN;
    case RT_GO_IN_CALL: return RP_SPAN_SYSCALL;
    default: return RP_SPAN_WAIT;
    }
}

/* Of a goroutine that was there before: what its P's or thread's lane shows; its number is in a. */
static unsigned kind_of_status(const struct rt_event *ev) {
    if (ev->kind != RT_EV_GoStatus || (ev->c != RT_GO_RUNNING && ev->c != RT_GO_IN_CALL)) return NOTHING + 1;
    return span_of_status(ev->c);
}

static void read_p(struct rp_lanes *l, const struct rt_event *ev, uint64_t n) {
    note_spin(l, ev);
    if (ev->kind == RT_EV_RunBegin || ev->kind == RT_EV_ProcsChange) begin_procs(l, ev->a, n);
    if (ev->kind == RT_EV_STWBegin) l->stw = true;
    if (ev->kind == RT_EV_STWEnd) l->stw = false;
    if (ev->p < 0 || (unsigned)ev->p >= l->procs) return;
    struct rp_lane *lane = lane_at(l, (uint64_t)ev->p);
    if (!lane) return;
    unsigned kind = kind_of_run(ev->kind);
    if (ev->kind == RT_EV_ProcStart) kind = m_spins(l, ev->m) ? RP_SPAN_SPIN : NOTHING;
    if (ev->kind == RT_EV_ProcStop || ev->kind == RT_EV_ProcSteal) kind = l->stw ? RP_SPAN_STW : RP_SPAN_IDLE;
    if (ev->kind == RT_EV_MSpinEnd) kind = NOTHING;
    bool there = ev->kind == RT_EV_GoStatus;
    if (there) kind = kind_of_status(ev);
    if (kind > NOTHING) return;
    bool run = kind == RP_SPAN_RUN || kind == RP_SPAN_SYSCALL;
    lane_set(l, lane, kind, run ? (there ? (uint32_t)ev->a : ev->g) : 0, ev->why, n);
}

static void read_m(struct rp_lanes *l, const struct rt_event *ev, uint64_t n) {
    note_spin(l, ev);
    if (ev->kind == RT_EV_MWake && ev->a < MAX_M) lane_set(l, lane_at(l, ev->a), NOTHING, 0, 0, n);
    if (ev->m < 0 || ev->m >= MAX_M) return;
    struct rp_lane *lane = lane_at(l, (uint64_t)ev->m);
    unsigned kind = kind_of_run(ev->kind);
    if (ev->kind == RT_EV_ProcStart) kind = m_spins(l, ev->m) ? RP_SPAN_SPIN : NOTHING;
    if (ev->kind == RT_EV_MPark) kind = RP_SPAN_IDLE;
    if (ev->kind == RT_EV_MBegin || ev->kind == RT_EV_MSpinEnd || ev->kind == RT_EV_MExit) kind = NOTHING;
    if (ev->kind == RT_EV_ProcStart && lane && lane->open && rp_span_of(&VEC_LAST(&lane->spans)) == RP_SPAN_SYSCALL) return;
    bool there = ev->kind == RT_EV_GoStatus;
    if (there) kind = kind_of_status(ev);
    if (kind > NOTHING) return;
    bool run = kind == RP_SPAN_RUN || kind == RP_SPAN_SYSCALL;
    lane_set(l, lane, kind, run ? (there ? (uint32_t)ev->a : ev->g) : 0, ev->why, n);
}

static void read_g(struct rp_lanes *l, const struct rt_event *ev, uint64_t n) {
    uint64_t goid = ev->g;
    unsigned kind;
    switch (ev->kind) {
    case RT_EV_GoCreate:
    case RT_EV_GoUnblock:
        goid = ev->a;
        kind = RP_SPAN_READY;
        break;
    case RT_EV_GoStatus:
        goid = ev->a;
        kind = span_of_status(ev->c);
        break;
    case RT_EV_GoStop:
    case RT_EV_GoSyscallEndBlocked:
        kind = RP_SPAN_READY;
        break;
    case RT_EV_GoStart:
    case RT_EV_GoSyscallEnd:
        kind = RP_SPAN_RUN;
        break;
    case RT_EV_GoSyscallBegin:
        kind = RP_SPAN_SYSCALL;
        break;
    case RT_EV_GoBlock:
        kind = RP_SPAN_WAIT;
        break;
    case RT_EV_GoDestroy:
        kind = NOTHING;
        break;
    default:
        return;
    }
    if (goid) lane_set(l, lane_of_g(l, goid), kind, (uint32_t)goid, ev->why, n);
}

static bool read_all(struct rp_lanes *l) {
    struct rt_event evs[128];
    size_t got;
    while (!l->failed && (got = rt_log_read(l->log, l->read, evs, 128)) > 0) {
        for (size_t i = 0; i < got && !l->failed; i++, l->read++) {
            if (l->by == RP_LANE_P) read_p(l, &evs[i], l->read);
            if (l->by == RP_LANE_M) read_m(l, &evs[i], l->read);
            if (l->by == RP_LANE_G) read_g(l, &evs[i], l->read);
            if (evs[i].kind == RT_EV_RunEnd) end_all(l, l->read);
        }
    }
    return !l->failed;
}

static int64_t event_time(const struct rp_lanes *l, uint64_t n) {
    struct rt_event ev;
    return n != UINT64_MAX && rt_log_get(l->log, n, &ev) ? ev.time : INT64_MAX;
}

const struct rp_lane *rp_lanes_row(struct rp_lanes *l, uint32_t id) {
    read_all(l);
    size_t at = id;
    if (l->by == RP_LANE_G) {
        uint32_t ref = rp_map_get(&l->goids, id);
        if (!ref) return NULL;
        at = ref - 1;
    }
    return at < l->lanes.len ? &l->lanes.data[at] : NULL;
}

size_t rp_spans(struct rp_session *s, enum rp_lane_by by, uint32_t lane, int64_t from, int64_t to, struct rp_span *out,
                size_t max) {
    struct rp_lanes *l = &s->lanes[by];
    const struct rp_lane *row = rp_lanes_row(l, lane);
    if (!row) return 0;
    size_t lo = 0, hi = row->spans.len; /* the first that ends after from */
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (event_time(l, rp_span_to(&row->spans.data[mid])) <= from) lo = mid + 1;
        else hi = mid;
    }
    size_t n = 0;
    for (size_t i = lo; i < row->spans.len; i++) {
        const struct rp_span_rec *r = &row->spans.data[i];
        int64_t begin = event_time(l, rp_span_from(r));
        if (begin >= to) break;
        if (n < max)
            out[n] = (struct rp_span){.from = begin,
                                      .to = event_time(l, rp_span_to(r)),
                                      .from_event = rp_span_from(r),
                                      .to_event = rp_span_to(r),
                                      .g = r->g,
                                      .kind = rp_span_of(r),
                                      .why = rp_span_why(r)};
        n++;
    }
    return n;
}

void rp_density(struct rp_session *s, int64_t from, int64_t to, uint32_t *buckets, size_t n) {
    if (n == 0 || to <= from) return;
    uint64_t before = rp_index_at_time(&s->index, from - 1);
    for (size_t i = 0; i < n; i++) {
        int64_t end = from + (int64_t)((double)(to - from) * (double)(i + 1) / (double)n);
        uint64_t upto = rp_index_at_time(&s->index, (i + 1 == n ? to : end) - 1);
        buckets[i] = (uint32_t)(upto - before);
        before = upto;
    }
}
