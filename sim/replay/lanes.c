#include "lanes.h"

#include "session.h"

enum { NOTHING = 255, MAX_LANES = 1 << 24, MAX_M = 1 << 17 };

void rp_lanes_init(struct rp_lanes *l, const struct rt_log *log, enum rp_lane_by by) {
    l->log = log;
    l->by = by;
}

void rp_lanes_free(struct rp_lanes *l) {
    for (size_t i = 0; i < l->lanes.len; i++)
        VEC_FREE(&l->lanes.data[i].spans), VEC_FREE(&l->lanes.data[i].sums);
    VEC_FREE(&l->lanes);
    VEC_FREE(&l->ms);
    VEC_FREE(&l->gs);
    VEC_FREE(&l->fns);
    rp_map_free(&l->goids);
    rp_map_free(&l->fn_map);
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
        last->end = l->time;
        last->events = events < UINT32_MAX ? (uint32_t)events : UINT32_MAX - 1; /* a log has at most 2^30 */
    }
    lane->open = kind != NOTHING;
    if (!lane->open) return;
    struct rp_span_rec s = {
        .head = n << 24 | (uint64_t)why << 8 | kind, .time = l->time, .end = INT64_MAX, .events = UINT32_MAX, .g = g};
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

/* ---- by core ---------------------------------------------------------------------------------------------------- */

/* A core's lane shows the goroutine of the thread on it; between two goroutines the thread looks for one. */
static void show_core(struct rp_lanes *l, const struct rp_lane *m, unsigned kind, uint16_t why, uint64_t n) {
    if (m->core == 0) return;
    if (kind == NOTHING) kind = m->g ? RP_SPAN_RUN : RP_SPAN_SPIN;
    lane_set(l, lane_at(l, m->core - 1), kind, kind == RP_SPAN_RUN || kind == RP_SPAN_SYSCALL ? m->g : 0, why, n);
}

static void read_core(struct rp_lanes *l, const struct rt_event *ev, uint64_t n) {
    struct rp_lane *m = ev->m >= 0 ? m_at(l, (uint64_t)ev->m) : NULL;
    if (!m) return;
    switch (ev->kind) {
    case RT_EV_CoreTake:
        if (ev->a >= UINT16_MAX) return;
        m->core = (uint32_t)ev->a + 1;
        show_core(l, m, NOTHING, ev->why, n);
        return;
    case RT_EV_CoreLeave:
        m->core = 0;
        if (ev->a < UINT16_MAX) lane_set(l, lane_at(l, ev->a), RP_SPAN_IDLE, 0, ev->why, n);
        return;
    case RT_EV_GoStart:
    case RT_EV_GoSyscallEnd:
        m->g = ev->g;
        show_core(l, m, RP_SPAN_RUN, ev->why, n);
        return;
    case RT_EV_GoSyscallBegin:
        show_core(l, m, RP_SPAN_SYSCALL, ev->why, n);
        return;
    case RT_EV_GoStop:
    case RT_EV_GoBlock:
    case RT_EV_GoDestroy:
    case RT_EV_GoSyscallEndBlocked:
        m->g = 0;
        show_core(l, m, RP_SPAN_SPIN, RT_WHY_None, n);
        return;
    default:
        return;
    }
}

/* ---- by function ------------------------------------------------------------------------------------------------ */

static void show_fn(struct rp_lanes *l, uint32_t i, uint32_t goid, uint64_t n) {
    struct rp_lane *lane = lane_at(l, i);
    if (!lane) return;
    unsigned kind = lane->running ? RP_SPAN_RUN : lane->alive ? RP_SPAN_WAIT : NOTHING;
    lane_set(l, lane, kind, goid, (uint16_t)(lane->running < UINT16_MAX ? lane->running : UINT16_MAX), n);
}

static void new_of_fn(struct rp_lanes *l, const struct rt_event *ev, uint64_t n) {
    if ((ev->b & RT_FN_RUNTIME) || rp_map_get(&l->goids, ev->a)) return;
    uint32_t ref = rp_map_get(&l->fn_map, ev->b + 1);
    if (!ref) {
        if (!VEC_PUSH(&l->fns, ev->b) || !rp_map_put(&l->fn_map, ev->b + 1, (uint32_t)l->fns.len)) l->failed = true;
        ref = (uint32_t)l->fns.len;
    }
    struct rp_lane_g g = {.lane = ref - 1};
    struct rp_lane *lane = l->failed ? NULL : lane_at(l, g.lane);
    if (!lane) return;
    bool on = ev->kind == RT_EV_GoStatus && ev->c == RT_GO_RUNNING;
    g.running = on;
    lane->alive++;
    lane->running += on;
    if (!VEC_PUSH(&l->gs, g) || !rp_map_put(&l->goids, ev->a, (uint32_t)l->gs.len)) l->failed = true;
    if (lane->alive == 1 || on) show_fn(l, g.lane, (uint32_t)ev->a, n);
}

static void read_fn(struct rp_lanes *l, const struct rt_event *ev, uint64_t n) {
    bool runs = ev->kind == RT_EV_GoStart || ev->kind == RT_EV_GoSyscallEnd, ends = ev->kind == RT_EV_GoDestroy;
    if (ev->kind == RT_EV_GoCreate || ev->kind == RT_EV_GoStatus) {
        new_of_fn(l, ev, n);
        return;
    }
    if (!runs && kind_of_run(ev->kind) != NOTHING && ev->kind != RT_EV_GoSyscallBegin) return;
    uint32_t ref = ev->g ? rp_map_get(&l->goids, ev->g) : 0;
    if (!ref) return;
    struct rp_lane_g *g = &l->gs.data[ref - 1];
    struct rp_lane *lane = &l->lanes.data[g->lane];
    if (g->running == runs && !ends) return;
    if (g->running && !runs) lane->running--;
    if (runs) lane->running++;
    if (ends && lane->alive > 0) lane->alive--;
    g->running = runs;
    show_fn(l, g->lane, ev->g, n);
}

static void read_one(struct rp_lanes *l, const struct rt_event *ev) {
    static void (*const read[RP_LANE_KINDS])(struct rp_lanes *, const struct rt_event *, uint64_t) = {
        [RP_LANE_P] = read_p, [RP_LANE_M] = read_m, [RP_LANE_G] = read_g, [RP_LANE_CORE] = read_core,
        [RP_LANE_FN] = read_fn};
    l->time = ev->time;
    read[l->by](l, ev, l->read);
}

static bool read_all(struct rp_lanes *l) {
    struct rt_event evs[128];
    size_t got;
    while (!l->failed && (got = rt_log_read(l->log, l->read, evs, 128)) > 0) {
        for (size_t i = 0; i < got && !l->failed; i++, l->read++) {
            read_one(l, &evs[i]);
            if (evs[i].kind == RT_EV_RunEnd) end_all(l, l->read);
        }
    }
    return !l->failed;
}

/* ---- many spans as sums ------------------------------------------------------------------------------------------ */

/* Sums over all spans that have ended by now. */
static void settle(struct rp_lane *row) {
    for (;;) {
        size_t k = row->sums.len, to = k * RP_SUM;
        if (to >= row->spans.len) return;
        struct rp_lane_sum sum = {0};
        if (k > 0) sum = row->sums.data[k - 1];
        for (size_t i = k > 0 ? to - RP_SUM : 0; i < to; i++) {
            const struct rp_span_rec *r = &row->spans.data[i];
            if (rp_span_of(r) < RP_SPAN_KINDS)
                sum.ns[rp_span_of(r)] += r->end - r->time;
        }
        sum.time = row->spans.data[to].time;
        if (!VEC_PUSH(&row->sums, sum)) return; /* then there are fewer, and walks are longer */
    }
}

const struct rp_lane *rp_lanes_row(struct rp_lanes *l, uint32_t id) {
    read_all(l);
    size_t at = id;
    if (l->by == RP_LANE_G) {
        uint32_t ref = rp_map_get(&l->goids, id);
        if (!ref) return NULL;
        at = ref - 1;
    }
    if (at >= l->lanes.len) return NULL;
    settle(&l->lanes.data[at]);
    return &l->lanes.data[at];
}

/* The last block that begins before t (or at it, if so asked); SIZE_MAX: none. */
static size_t block_before(const struct rp_lane *row, int64_t t, bool at) {
    size_t lo = 0, hi = row->sums.len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (row->sums.data[mid].time < t || (at && row->sums.data[mid].time == t)) lo = mid + 1;
        else hi = mid;
    }
    return lo > 0 ? lo - 1 : SIZE_MAX;
}

static void sum_before(const struct rp_lane *row, int64_t t, int64_t ns[RP_SPAN_KINDS]) {
    size_t k = block_before(row, t, true), i = k == SIZE_MAX ? 0 : k * RP_SUM;
    for (int kind = 0; kind < RP_SPAN_KINDS; kind++)
        ns[kind] = k == SIZE_MAX ? 0 : row->sums.data[k].ns[kind];
    for (; i < row->spans.len; i++) {
        const struct rp_span_rec *r = &row->spans.data[i];
        int64_t from = r->time, to = r->end;
        if (from >= t) return;
        if (rp_span_of(r) < RP_SPAN_KINDS) ns[rp_span_of(r)] += (to < t ? to : t) - from;
    }
}

void rp_lane_shares(struct rp_session *s, enum rp_lane_by by, uint32_t lane, int64_t from, int64_t to,
                    int64_t ns[static RP_SPAN_KINDS]) {
    struct rp_lanes *l = &s->lanes[by];
    const struct rp_lane *row = rp_lanes_row(l, lane);
    int64_t before[RP_SPAN_KINDS] = {0};
    for (int kind = 0; kind < RP_SPAN_KINDS; kind++)
        ns[kind] = 0;
    if (!row || to <= from) return;
    sum_before(row, from, before);
    sum_before(row, to, ns);
    for (int kind = 0; kind < RP_SPAN_KINDS; kind++)
        ns[kind] -= before[kind];
}

size_t rp_spans(struct rp_session *s, enum rp_lane_by by, uint32_t lane, int64_t from, int64_t to, struct rp_span *out,
                size_t max) {
    struct rp_lanes *l = &s->lanes[by];
    const struct rp_lane *row = rp_lanes_row(l, lane);
    if (!row) return 0;
    size_t k = block_before(row, from, true), lo = k == SIZE_MAX ? 0 : k * RP_SUM; /* the first that ends after from */
    while (lo < row->spans.len && row->spans.data[lo].end <= from)
        lo++;
    k = block_before(row, to, false);
    size_t hi = k == SIZE_MAX ? 0 : k * RP_SUM; /* the first that begins at `to` or after it */
    while (hi < row->spans.len && row->spans.data[hi].time < to)
        hi++;
    size_t n = hi > lo ? hi - lo : 0;
    for (size_t i = 0; i < n && i < max; i++) {
        const struct rp_span_rec *r = &row->spans.data[lo + i];
        out[i] = (struct rp_span){.from = r->time,
                                  .to = r->end,
                                  .from_event = rp_span_from(r),
                                  .to_event = rp_span_to(r),
                                  .g = r->g,
                                  .kind = rp_span_of(r),
                                  .why = rp_span_why(r)};
    }
    return n;
}

size_t rp_lane_count(struct rp_session *s, enum rp_lane_by by) {
    read_all(&s->lanes[by]);
    return s->lanes[by].lanes.len;
}

uint64_t rp_lane_fn(struct rp_session *s, uint32_t lane) {
    read_all(&s->lanes[RP_LANE_FN]);
    return lane < s->lanes[RP_LANE_FN].fns.len ? s->lanes[RP_LANE_FN].fns.data[lane] : UINT64_MAX;
}

void rp_density(struct rp_session *s, int64_t from, int64_t to, uint32_t *buckets, size_t n) {
    if (n == 0 || to <= from) return;
    uint64_t before = rp_index_at_time(&s->index, from - 1);
    bool rough = s->index.blocks.len > 8 * n; /* a bucket is many blocks: a part of one does not show */
    for (size_t i = 0; i < n; i++) {
        int64_t end = from + (int64_t)((double)(to - from) * (double)(i + 1) / (double)n);
        uint64_t upto = i + 1 == n ? rp_index_at_time(&s->index, to - 1)
                        : rough    ? rp_index_near_time(&s->index, end - 1)
                                   : rp_index_at_time(&s->index, end - 1);
        if (upto < before) upto = before;
        buckets[i] = (uint32_t)(upto - before);
        before = upto;
    }
}
