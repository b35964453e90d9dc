/* stepped_choose.c - where every choice of a stepped run is made: from the list of decisions, by whoever is asked, or
 * by the seed. A choice of one thing is none and is neither drawn nor recorded.
 *
 * The seed feeds three streams, so that a change in how often one part draws leaves the others' draws as they were: the
 * machine's (latencies, cores, the scheduler's own), the program's (select, maps, math/rand, hashes) and the probe's.
 * A stream draws even when the list or somebody else decides: the list's end is then no break, and a prefix of a seed's
 * own decisions goes on as the seed did.
 */
#include <stdlib.h>

#include "stepped_int.h"

/* A probe (PCT, Burckhardt et al. 2010) holds a thread up at d random visible operations. PCT draws them evenly among the
 * k operations of a run; k is not known beforehand, so here the distance to the next hold has a random scale: short
 * programs get theirs early, long ones late as well. */
enum {
    PROBE_MAX_HOLDS = 4,
    PROBE_SCALE_MIN = 2, /* powers of two of visible operations */
    PROBE_SCALE_MAX = 13,
    HOLD_SCALE_MIN = 10, /* powers of two of ns: 1 us to 8.4 ms, below the 10 ms of Go's preemption */
    HOLD_SCALE_MAX = 22
};

/* splitmix64 (Steele, Lea, Flood 2014) spreads a seed; xoshiro256** (Blackman, Vigna 2018) draws. */
static uint64_t splitmix(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void rng_seed(struct rng *r, uint64_t seed, uint64_t stream) {
    uint64_t state = seed;
    state = splitmix(&state) ^ (stream * 0xd1342543de82ef95u);
    for (int i = 0; i < 4; i++) r->s[i] = splitmix(&state);
}

static uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static uint64_t rng_next(struct rng *r) {
    uint64_t *s = r->s, result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

__extension__ typedef unsigned __int128 wide;

static uint64_t mul_high(uint64_t a, uint64_t b) { return (uint64_t)(((wide)a * b) >> 64); }

/* Evenly one of 0..n-1 (Lemire 2019: multiply, and reject the few that would weigh double). */
static uint64_t rng_below(struct rng *r, uint64_t n) {
    uint64_t x = rng_next(r), low = x * n;
    if (low < n) {
        uint64_t reject = (0 - n) % n;
        while (low < reject) {
            x = rng_next(r);
            low = x * n;
        }
    }
    return mul_high(x, n);
}

static enum stream stream_of(enum rt_choice kind) {
    switch (kind) {
    case RT_CHOOSE_SELECT:
    case RT_CHOOSE_MAP:
    case RT_CHOOSE_RAND:
    case RT_CHOOSE_HASH: return STREAM_PROGRAM;
    case RT_CHOOSE_PROBE: return STREAM_PROBE;
    default: return STREAM_MACHINE;
    }
}

static void keep(struct stepped *w, const struct stepped_choice *c) {
    if (w->nchoices == w->choices_cap) {
        size_t cap = w->choices_cap ? w->choices_cap * 2 : 256;
        void *more = cap <= SIZE_MAX / sizeof *w->choices ? realloc(w->choices, cap * sizeof *w->choices) : NULL;
        if (!more) {
            w->no_memory = true;
            return;
        }
        w->choices = more;
        w->choices_cap = cap;
    }
    w->choices[w->nchoices++] = *c;
}

static void unfit(struct stepped *w, const struct stepped_choice *c) {
    if (!w->unfit) w->unfit_choice = *c;
    w->unfit = true;
    w->horizon = INT64_MIN; /* the host hears of it at the next visible operation */
}

/* c->picked: the seed's pick. */
static uint64_t decide_on(struct stepped *w, struct stepped_choice c) {
    const uint64_t n = c.n, suggested = c.picked;
    if (w->cur) {
        c.m = (int32_t)w->cur->id;
        c.time = w->cur->clock;
    } else {
        c.m = -1;
    }
    if (w->decided < w->config.ndecisions)
        c.picked = w->config.decisions[w->decided];
    else if (w->config.ask)
        c.picked = w->config.ask(w->config.ask_ctx, &c, suggested);
    if (c.picked >= n) {
        unfit(w, &c);
        return suggested;
    }
    w->decided++;
    if (w->config.record) keep(w, &c);
    return c.picked;
}

static uint64_t decide(struct stepped *w, enum rt_choice kind, uint64_t n, uint64_t suggested) {
    return decide_on(w, (struct stepped_choice){.n = n, .picked = suggested, .kind = (uint32_t)kind});
}

/* A search asks only where the program can tell the difference, and there are few ways to go. */
static bool drawn_only(struct stepped *w, enum rt_choice kind, uint64_t n) {
    enum { MOST_WAYS = 64 };
    switch (kind) {
    case RT_CHOOSE_SELECT:
    case RT_CHOOSE_MAP:
        if (n <= MOST_WAYS) return false;
        w->search.drawn = "where a loop over a large map begins";
        return true;
    case RT_CHOOSE_RAND: w->search.drawn = "what math/rand draws"; return true;
    default: return true;
    }
}

uint64_t world_choose_thread(struct stepped *w, uint64_t n) {
    if (n > 1) return decide(w, RT_CHOOSE_THREAD, n, 0);
    struct stepped_choice only = {.n = n, .kind = RT_CHOOSE_THREAD};
    if (w->config.ask && w->config.ask(w->config.ask_ctx, &only, 0) >= n) unfit(w, &only);
    return 0;
}

uint64_t world_choose(struct stepped *w, enum rt_choice kind, uint64_t n) {
    if (n <= 1) return 0;
    if (w->search.on && drawn_only(w, kind, n))
        return kind == RT_CHOOSE_CORE ? 0 : rng_below(&w->streams[stream_of(kind)], n);
    if (w->search.on) return decide(w, kind, n, 0);
    return decide(w, kind, n, rng_below(&w->streams[stream_of(kind)], n));
}

/* How latencies spread within their range: u, u^2, u^4, ... of an even u. Real ones are mostly short with a long tail. */
static unsigned tail_of(enum rt_cost cost) {
    switch (cost) {
    case RT_COST_TIMER_SLACK: return 1;
    case RT_COST_THREAD_WAKE: return 2;
    case RT_COST_SYSCALL: return 4;
    default: return 0;
    }
}

int64_t world_draw(struct stepped *w, enum rt_cost cost) {
    struct stepped_range r = w->config.costs[cost];
    if (w->search.on) return 0;
    if (r.hi <= r.lo) return r.lo;
    uint64_t n = (uint64_t)(r.hi - r.lo) + 1, u = rng_next(&w->streams[STREAM_MACHINE]);
    for (unsigned i = tail_of(cost); i > 0; i--) u = mul_high(u, u);
    return r.lo + (int64_t)decide_on(w, (struct stepped_choice){.n = n, .picked = mul_high(u, n), .kind = RT_CHOOSE_LATENCY,
                                                                .lo = r.lo, .cost = (uint32_t)cost});
}

int64_t world_fault(struct stepped *w, uint32_t chance, int64_t most) {
    struct rng *r = &w->streams[STREAM_FAULT];
    if (!chance || rng_below(r, 1000000) >= chance) return 0;
    return 1 + (int64_t)rng_below(r, (uint64_t)most);
}

static void next_hold(struct stepped *w) {
    uint64_t scale = PROBE_SCALE_MIN + world_choose(w, RT_CHOOSE_PROBE, PROBE_SCALE_MAX - PROBE_SCALE_MIN + 1);
    w->probe_left = 1 + (uint32_t)world_choose(w, RT_CHOOSE_PROBE, (uint64_t)1 << scale);
}

void choices_begin(struct stepped *w) {
    for (unsigned i = 0; i < STREAM_COUNT; i++) rng_seed(&w->streams[i], w->config.number, i + 1);
    w->decided = 0;
    w->nchoices = 0;
    w->probe_count = 0;
    w->probe_left = 0;
    w->mode = (enum stepped_mode)decide(w, RT_CHOOSE_PROBE, STEPPED_MODES, (uint64_t)w->config.mode);
    w->search.on = w->mode == STEPPED_SEARCHING;
    if (w->mode != STEPPED_PROBING) return;
    w->probe_count = 1 + (unsigned)world_choose(w, RT_CHOOSE_PROBE, PROBE_MAX_HOLDS);
    next_hold(w);
}

/* Only a thread that holds a P, and only while another can go on: what one P makes certain must stay certain. */
static bool may_hold(const struct stepped *w) {
    bool (*holds)(const struct m *) = w->config.hooks->holds_p;
    if (!holds(w->cur->mp)) return false;
    for (size_t i = 0; i < w->nthreads; i++) {
        const struct thread *t = w->all[i];
        if (t != w->cur && t->state != THREAD_DEAD && t->begun && holds(t->mp)) return true;
    }
    return false;
}

int64_t probe_hold(struct stepped *w) {
    if (!w->probe_count || !may_hold(w)) return 0;
    uint64_t scale = HOLD_SCALE_MIN + world_choose(w, RT_CHOOSE_PROBE, HOLD_SCALE_MAX - HOLD_SCALE_MIN + 1);
    int64_t base = (int64_t)1 << scale;
    int64_t ns = base + (int64_t)world_choose(w, RT_CHOOSE_PROBE, (uint64_t)base);
    if (--w->probe_count) next_hold(w);
    return ns;
}

const char *stepped_choice_name(enum rt_choice kind) {
    static const char *const names[RT_CHOOSE_COUNT] = {"latency", "core", "steal order", "select", "map",
                                                       "rand",    "hash", "scheduler",   "probe",  "thread"};
    return (unsigned)kind < RT_CHOOSE_COUNT ? names[kind] : "?";
}

const char *stepped_choice_doc(enum rt_choice kind) {
    static const char *const docs[RT_CHOOSE_COUNT] = {"how long something takes",
                                                      "which free core a woken thread gets",
                                                      "where a thread without work looks first",
                                                      "the order in which select looks at its cases",
                                                      "where a loop over a map begins",
                                                      "what the program's own dice show",
                                                      "how this run's maps hash",
                                                      "the scheduler's own dice",
                                                      "where the probe holds a thread up",
                                                      "which thread goes on"};
    return (unsigned)kind < RT_CHOOSE_COUNT ? docs[kind] : "?";
}
