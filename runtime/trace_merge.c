/* trace_merge.c - keeps what Ms write and puts it into the log in an order of which every prefix is legal.
 *
 * Buffers: a list of chunks a writer, filled by it alone and read by the merger alone. `published` counts the
 * events that the merger may read (stored with release after the events and the link to their chunk are in place; a
 * glued group is published as one). Chunks come from a pool, which the merger refills; a new one is allocated only
 * when the pool is empty, and past TRACE_MAX_CHUNKS events are dropped and counted.
 *
 * Merger: counts[domain][object] is what has been let go so far. The head of a buffer goes when each of its keys is
 * at its `need`; of several, the one with the least time. When none can go although events wait, they wait for one
 * not yet published; or, when events were lost, for one that never comes: then the oldest goes, its counts are
 * believed, and a Lost event says how many are missing.
 */
#define RT_NO_YIELD 1 /* rt_atomic.h */
#include <stdlib.h>
#include <string.h>

#include "proc.h"
#include "trace_buf.h"

enum { TRACE_MAX_CHUNKS = 1 << 12, TRACE_MAX_CHUNKS_ONE = 1 << 14 /* one a thread at least */ };

struct trace_chunk {
    struct trace_chunk *next; /* read only past a `published` that covers it */
    struct trace_chunk *prev; /* of an unread chunk: valid while that is unread, too */
    struct trace_ev ev[TRACE_CHUNK];
};

struct trace_buf {
    /* the writer's */
    struct trace_chunk *tail;
    uint32_t tail_used;
    uint64_t written;
    struct trace_ev scratch; /* where events go straight into the log, and where lost ones are written */
    /* between the two */
    _Atomic uint64_t published;
    _Atomic uint64_t lost;
    /* the merger's */
    struct trace_chunk *head;
    uint32_t head_used;
    uint64_t read;
    struct trace_buf *next;
};

struct counts {
    uint32_t *of;
    size_t len;
};

struct trace {
    bool direct;
    _Atomic(struct trace_buf *) bufs; /* newest first */
    struct rt_mutex pool_lock;
    struct trace_chunk *pool;
    uint32_t chunks;
    struct rt_mutex bytes_lock;
    /* the merger's */
    struct rt_mutex merge_lock;
    struct counts counts[TRACE_DOMAINS];
    int64_t last_time;
    uint64_t lost_told, forced;
    _Atomic bool closed; /* RunEnd is written */
    _Atomic bool threads_ended;
};

/* ---- writing --------------------------------------------------------------------------------------------------- */

static struct trace_chunk *take_chunk(struct m *mp, struct trace *t) {
    lock(mp, &t->pool_lock);
    struct trace_chunk *c = t->pool;
    if (c) t->pool = c->next;
    bool may = t->chunks < (one_to_one(mp->rt) ? TRACE_MAX_CHUNKS_ONE : TRACE_MAX_CHUNKS);
    if (!c && may) t->chunks++;
    unlock(&t->pool_lock);
    if (c || !may) return c;
    return malloc(sizeof *c);
}

static bool add_chunk(struct m *mp, struct trace *t, struct trace_buf *b) {
    struct trace_chunk *c = take_chunk(mp, t);
    if (!c) return false;
    c->next = NULL;
    c->prev = b->tail;
    if (b->tail) b->tail->next = c;
    else b->head = c;
    b->tail = c;
    b->tail_used = 0;
    return true;
}

struct trace_ev *trace_buf_next(struct m *mp) {
    struct trace_buf *b = mp->trace;
    if (!b) return NULL;
    struct trace *t = mp->rt->trace;
    if (t->direct) return load_relaxed(&t->closed) ? NULL : &b->scratch;
    if ((!b->tail || b->tail_used == TRACE_CHUNK) && !add_chunk(mp, t, b)) {
        add_relaxed(&b->lost, 1);
        return &b->scratch;
    }
    return &b->tail->ev[b->tail_used];
}

static void append(struct rt *rt, struct trace *t, struct rt_event *ev) {
    if (ev->time < t->last_time) ev->time = t->last_time;
    t->last_time = ev->time;
    rt_log_append(rt->config.log, ev);
}

void trace_buf_done(struct m *mp, struct trace_ev *e) {
    struct trace_buf *b = mp->trace;
    struct trace *t = mp->rt->trace;
    if (t->direct) {
        append(mp->rt, t, &e->ev);
        uint64_t limit = mp->rt->config.limits.events;
        if (limit && rt_log_count(mp->rt->config.log) >= limit) rt_end_limit(mp->rt, mp, "events", limit);
        return;
    }
    if (e == &b->scratch) return;
    b->tail_used++;
    b->written++;
    if (!e->glue) store_release(&b->published, b->written);
}

uint64_t rt_emit_bytes(struct m *mp, const void *bytes, size_t n) {
    if (!tracing(mp)) return 0;
    struct trace *t = mp->rt->trace;
    lock(mp, &t->bytes_lock);
    uint64_t at = rt_log_bytes_add(mp->rt->config.log, bytes, n);
    unlock(&t->bytes_lock);
    return at == (uint64_t)-1 ? 0 : at;
}

void rt_emit(struct m *mp, enum rt_event_kind kind, enum rt_reason why, uint64_t a, uint64_t b, uint64_t c) {
    if (tracing(mp)) trace_plain(mp, kind, why, a, b, c);
}

bool rt_listening(const struct m *mp) { return tracing(mp); }

/* ---- life ------------------------------------------------------------------------------------------------------ */

bool trace_init(struct rt *rt) {
    struct trace *t = calloc(1, sizeof *t);
    if (!t) return false;
#ifndef GOSEE_YIELD
    t->direct = rt->world->ops->one_thread;
#endif
    rt->trace = t;
    return true;
}

bool trace_m_init(struct rt *rt, struct m *mp) {
    struct trace *t = rt->trace;
    if (!t) return true;
    struct trace_buf *b = calloc(1, sizeof *b);
    if (!b) return false;
    mp->trace = b;
    b->next = load_relaxed(&t->bufs);
    while (!cas_release(&t->bufs, &b->next, b)) {
    }
    return true;
}

static void free_chunks(struct trace_chunk *c) {
    while (c) {
        struct trace_chunk *next = c->next;
        free(c);
        c = next;
    }
}

void trace_free(struct rt *rt) {
    struct trace *t = rt->trace;
    if (!t) return;
    struct trace_buf *b = load_acquire(&t->bufs);
    while (b) {
        struct trace_buf *next = b->next;
        free_chunks(b->head);
        free(b);
        b = next;
    }
    free_chunks(t->pool);
    for (int d = 0; d < TRACE_DOMAINS; d++)
        free(t->counts[d].of);
    free(t);
    rt->trace = NULL;
}

static void outside(struct rt *rt, enum rt_event_kind kind, uint64_t a, uint64_t b, int64_t time) {
    struct rt_event ev = {.time = time, .kind = (uint16_t)kind, .m = -1, .p = -1, .a = a, .b = b};
    append(rt, rt->trace, &ev);
}

void trace_run_begin(struct rt *rt) {
    if (rt->trace)
        outside(rt, RT_EV_RunBegin, one_to_one(rt) ? 0 : load_relaxed(&rt->gomaxprocs),
                rt_log_get_info(rt->config.log)->cores, 0);
}

static void close_log(struct rt *rt, int64_t time) {
    outside(rt, RT_EV_RunEnd, (uint64_t)rt->status, rt->how, time);
    store_release(&rt->trace->closed, true);
}

void trace_end(struct rt *rt, struct m *mp) {
    struct trace *t = rt->trace;
    if (!t || !t->direct || load_relaxed(&t->closed)) return;
    close_log(rt, mp ? nanotime(mp) : t->last_time);
}

void trace_threads_ended(struct rt *rt) {
    if (rt->trace) store_release(&rt->trace->threads_ended, true);
}

uint64_t trace_forced(const struct rt *rt) { return rt->trace ? rt->trace->forced : 0; }

/* ---- merging --------------------------------------------------------------------------------------------------- */

static uint32_t *count_of(struct trace *t, const struct trace_key *k) {
    struct counts *c = &t->counts[k->domain];
    if (k->obj < c->len) return &c->of[k->obj];
    size_t want = c->len ? c->len : 64;
    while (want <= k->obj)
        want *= 2;
    uint32_t *of = realloc(c->of, want * sizeof *of);
    if (!of) return NULL;
    memset(of + c->len, 0, (want - c->len) * sizeof *of);
    c->of = of;
    c->len = want;
    return &c->of[k->obj];
}

/* A cursor over a buffer's unread events. */
struct cursor {
    struct trace_chunk *chunk;
    uint32_t used;
};

static struct trace_ev *cursor_get(struct cursor *c) {
    if (c->used == TRACE_CHUNK) {
        c->chunk = c->chunk->next;
        c->used = 0;
    }
    return &c->chunk->ev[c->used];
}

/* Takes e's keys, from the first on: how many could be taken. */
static unsigned take_keys(struct trace *t, const struct trace_ev *e) {
    unsigned i = 0;
    for (; i < e->nkeys; i++) {
        const struct trace_key *k = &e->keys[i];
        uint32_t *now = count_of(t, k);
        if (!now) return i;
        if (k->at_least ? (int32_t)(*now - k->need) < 0 : *now != k->need) return i;
        if (!k->at_least) *now = k->set;
    }
    return i;
}

static void give_back_keys(struct trace *t, const struct trace_ev *e, unsigned n) {
    while (n-- > 0) {
        const struct trace_key *k = &e->keys[n];
        if (!k->at_least) *count_of(t, k) = k->need;
    }
}

/* Gives back what the events before c's took, and `keys` of c's own: backwards, for later keys build on earlier
 * ones. */
static void give_back(struct trace *t, struct cursor c, unsigned events, unsigned keys) {
    give_back_keys(t, cursor_get(&c), keys);
    while (events-- > 0) {
        if (c.used == 0) {
            c.chunk = c.chunk->prev;
            c.used = TRACE_CHUNK;
        }
        c.used--;
        const struct trace_ev *e = &c.chunk->ev[c.used];
        give_back_keys(t, e, e->nkeys);
    }
}

/* An event that stands alone, as nearly all do: none of its keys builds on another, so nothing is taken and given back. */
static bool stands_alone_and_goes(struct trace *t, const struct trace_ev *e) {
    for (unsigned i = 0; i < e->nkeys; i++) {
        const struct trace_key *k = &e->keys[i];
        const uint32_t *now = count_of(t, k);
        if (!now || (k->at_least ? (int32_t)(*now - k->need) < 0 : *now != k->need)) return false;
    }
    return true;
}

/* Would the group that begins at b's head go? Its later keys build on its earlier ones, so they are taken in turn, and
 * given back. */
static bool can_go(struct trace *t, struct trace_buf *b) {
    struct cursor c = {b->head, b->head_used};
    unsigned events = 0, keys;
    bool ok;
    const struct trace_ev *e = cursor_get(&c);
    if (!e->glue) return stands_alone_and_goes(t, e);
    for (;; c.used++, events++) {
        e = cursor_get(&c);
        keys = take_keys(t, e);
        ok = keys == e->nkeys;
        if (!ok || !e->glue) break;
    }
    give_back(t, c, events, keys);
    return ok;
}

static void recycle(struct rt *rt, struct trace *t, struct trace_chunk *c) {
    (void)rt;
    while (!trylock(&t->pool_lock)) {
    }
    c->next = t->pool;
    t->pool = c;
    unlock(&t->pool_lock);
}

static size_t let_go(struct rt *rt, struct trace *t, struct trace_buf *b) {
    size_t n = 0;
    for (bool more = true; more; n++) {
        if (b->head_used == TRACE_CHUNK) {
            struct trace_chunk *old = b->head;
            b->head = old->next;
            b->head_used = 0;
            recycle(rt, t, old);
        }
        struct trace_ev *e = &b->head->ev[b->head_used];
        for (unsigned i = 0; i < e->nkeys; i++) {
            uint32_t *p = count_of(t, &e->keys[i]);
            if (p && !e->keys[i].at_least) *p = e->keys[i].set;
        }
        more = e->glue;
        append(rt, t, &e->ev);
        b->head_used++;
        b->read++;
    }
    return n;
}

static int64_t head_time(struct trace_buf *b) {
    struct cursor c = {b->head, b->head_used};
    return cursor_get(&c)->ev.time;
}

static uint64_t lost_now(struct trace *t) {
    uint64_t lost = 0;
    for (struct trace_buf *b = load_acquire(&t->bufs); b; b = b->next)
        lost += load_relaxed(&b->lost);
    return lost;
}

/* The buffer whose head goes next, NULL if none; *waiting: some hold events back. */
static struct trace_buf *pick(struct trace *t, bool forced, bool *waiting) {
    struct trace_buf *best = NULL;
    int64_t best_time = 0;
    *waiting = false;
    for (struct trace_buf *b = load_acquire(&t->bufs); b; b = b->next) {
        if (b->read == load_acquire(&b->published)) continue;
        int64_t time = head_time(b);
        if (best && time >= best_time) continue;
        if (!forced && !can_go(t, b)) {
            *waiting = true;
            continue;
        }
        best = b;
        best_time = time;
    }
    return best;
}

static size_t merge(struct rt *rt, struct trace *t) {
    size_t n = 0;
    uint64_t limit = rt->config.limits.events;
    bool ended = load_acquire(&t->threads_ended);
    for (;;) {
        bool waiting;
        struct trace_buf *b = pick(t, false, &waiting);
        if (!b && waiting) {
            uint64_t lost = lost_now(t);
            if (lost == t->lost_told && !ended) return n;
            if (lost > t->lost_told) outside(rt, RT_EV_Lost, lost - t->lost_told, 0, t->last_time);
            t->lost_told = lost;
            t->forced++;
            b = pick(t, true, &waiting);
        }
        if (!b) return n;
        n += let_go(rt, t, b);
        if (limit && rt_log_count(rt->config.log) >= limit) rt_end_limit(rt, NULL, "events", limit);
    }
}

size_t rt_drain(struct rt *rt) {
    struct trace *t = rt->trace;
    if (!t || t->direct) return 0;
    if (!trylock(&t->merge_lock)) return 0;
    size_t n = 0;
    if (!load_relaxed(&t->closed)) {
        bool ended = load_acquire(&t->threads_ended);
        n = merge(rt, t);
        if (ended) {
            uint64_t lost = lost_now(t);
            if (lost > t->lost_told) outside(rt, RT_EV_Lost, lost - t->lost_told, 0, t->last_time);
            t->lost_told = lost;
            close_log(rt, t->last_time);
            n++;
        }
    }
    unlock(&t->merge_lock);
    return n;
}
