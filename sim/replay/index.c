#include "index.h"

#include <string.h>

/* Which arguments are goids: bit 0 is a. */
static unsigned goid_args(unsigned kind) {
    switch (kind) {
    case RT_EV_GoCreate:
    case RT_EV_GoStatus:
    case RT_EV_GoUnblock:
    case RT_EV_RunqPut:
    case RT_EV_RunnextGet:
    case RT_EV_RunqGet:
    case RT_EV_RunqOverflow:
    case RT_EV_GlobPut:
    case RT_EV_GlobGet:
    case RT_EV_Preempt:
        return 1;
    case RT_EV_RunnextPut:
        return 1 | 2;
    case RT_EV_RunnextSteal:
    case RT_EV_ChanSend:
    case RT_EV_ChanRecv:
    case RT_EV_Race:
        return 2;
    case RT_EV_TimerSet:
    case RT_EV_TimerFire:
        return 4;
    default:
        return 0;
    }
}

static unsigned add_name(uint32_t *out, unsigned n, uint64_t goid) {
    if (goid == 0 || goid > UINT32_MAX) return n;
    for (unsigned i = 0; i < n; i++)
        if (out[i] == goid) return n;
    out[n] = (uint32_t)goid;
    return n + 1;
}

unsigned rp_event_names(const struct rt_event *ev, uint32_t *out) {
    unsigned n = add_name(out, 0, ev->g), args = goid_args(ev->kind);
    if (args & 1) n = add_name(out, n, ev->a);
    if (args & 2) n = add_name(out, n, ev->b);
    if (args & 4) n = add_name(out, n, ev->c);
    return n;
}

static uint32_t bloom_bit(uint32_t goid) { return (goid * 0x9e3779b1u) >> 23; }

static void read_event(struct rp_index *x, const struct rt_event *ev) {
    struct rp_block *b = &VEC_LAST(&x->blocks);
    unsigned at = (unsigned)(x->read % RP_BLOCK);
    if (rt_event_is_decision(ev->kind)) b->decisions[at / 64] |= UINT64_C(1) << at % 64;
    uint32_t names[4];
    unsigned n = rp_event_names(ev, names);
    for (unsigned i = 0; i < n; i++) {
        uint32_t bit = bloom_bit(names[i]);
        b->bloom[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    if (ev->time > x->last_time) x->last_time = ev->time;
    x->read++;
}

bool rp_index_read_all(struct rp_index *x) {
    struct rt_event evs[256];
    size_t got;
    while (!x->failed && (got = rt_log_read(x->log, x->read, evs, 256)) > 0) {
        for (size_t i = 0; i < got; i++) {
            struct rp_block fresh = {.time = x->last_time};
            if (x->read % RP_BLOCK == 0 && !VEC_PUSH(&x->blocks, fresh)) {
                x->failed = true;
                return false;
            }
            read_event(x, &evs[i]);
        }
    }
    return !x->failed;
}

void rp_index_free(struct rp_index *x) { VEC_FREE(&x->blocks); }

/* The first block whose earlier events go past time. */
static size_t block_past(const struct rp_index *x, int64_t time) {
    size_t lo = 0, hi = x->blocks.len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (x->blocks.data[mid].time <= time) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

uint64_t rp_index_at_time(struct rp_index *x, int64_t time) {
    rp_index_read_all(x);
    size_t lo = block_past(x, time);
    if (lo == 0) return 0;
    uint64_t n = (uint64_t)(lo - 1) * RP_BLOCK;
    struct rt_event evs[RP_BLOCK];
    size_t got = rt_log_read(x->log, n, evs, RP_BLOCK);
    for (size_t i = 0; i < got && n < x->read; i++, n++)
        if (evs[i].time > time) return n;
    return n;
}

uint64_t rp_index_near_time(struct rp_index *x, int64_t time) {
    rp_index_read_all(x);
    size_t lo = block_past(x, time);
    if (lo == 0 || lo >= x->blocks.len) return rp_index_at_time(x, time);
    int64_t from = x->blocks.data[lo - 1].time, to = x->blocks.data[lo].time;
    double part = to > from ? (double)(time - from) / (double)(to - from) : 1;
    return (uint64_t)(lo - 1) * RP_BLOCK + (uint64_t)(part * RP_BLOCK);
}

uint64_t rp_index_decision(struct rp_index *x, uint64_t n, bool forward) {
    rp_index_read_all(x);
    if (forward) {
        for (n++; n < x->read; n++) {
            uint64_t word = x->blocks.data[n / RP_BLOCK].decisions[n % RP_BLOCK / 64];
            if (word >> n % 64 & 1) return n;
            if (word >> n % 64 == 0) n |= 63;
        }
        return UINT64_MAX;
    }
    if (n > x->read) n = x->read;
    while (n-- > 0) {
        uint64_t word = x->blocks.data[n / RP_BLOCK].decisions[n % RP_BLOCK / 64];
        if (word >> n % 64 & 1) return n;
        if (word << (63 - n % 64) == 0) n &= ~UINT64_C(63);
    }
    return UINT64_MAX;
}

static bool speaks_of(const struct rt_log *log, uint64_t n, uint32_t goid) {
    struct rt_event ev;
    if (!rt_log_get(log, n, &ev)) return false;
    uint32_t names[4];
    unsigned k = rp_event_names(&ev, names);
    for (unsigned i = 0; i < k; i++)
        if (names[i] == goid) return true;
    return false;
}

static bool block_may(const struct rp_index *x, uint64_t n, uint32_t goid) {
    uint32_t bit = bloom_bit(goid);
    return x->blocks.data[n / RP_BLOCK].bloom[bit / 64] >> bit % 64 & 1;
}

uint64_t rp_index_of_g(struct rp_index *x, uint64_t n, uint32_t goid, bool forward) {
    rp_index_read_all(x);
    if (forward) {
        for (n++; n < x->read; n++) {
            if (!block_may(x, n, goid)) n |= RP_BLOCK - 1;
            else if (speaks_of(x->log, n, goid)) return n;
        }
        return UINT64_MAX;
    }
    if (n > x->read) n = x->read;
    while (n-- > 0) {
        if (!block_may(x, n, goid)) n &= ~(uint64_t)(RP_BLOCK - 1);
        else if (speaks_of(x->log, n, goid)) return n;
    }
    return UINT64_MAX;
}
