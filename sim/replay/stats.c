/* stats.c - a run in numbers, in one pass over its log. */
#include <stdlib.h>
#include <string.h>

#include "facts.h"
#include "rp_stats.h"
#include "vec.h"

enum { BATCH = 256 };

enum state { READY, RUNNING, WAITING, IN_CALL, DEAD };

struct live_g { /* beside its rp_g_stats */
    enum state state;
    int64_t since;
};

struct sample { /* one stay in a run queue */
    uint32_t ref;
    int64_t ns;
};

struct count {
    const struct rt_log *log;
    struct rp_stats *s;
    VEC(struct rp_g_stats) g;
    VEC(struct live_g) live;
    VEC(struct sample) samples;
    VEC(uint32_t) last_on; /* by M: the goroutine that it ran last; 0 none */
    VEC(int64_t) on_core;  /* by core: since when a thread is there; -1 nobody */
    struct rp_id_map by_goid;
    bool failed, cores_told;
    int64_t now, proc_time, core_time, ran, procs_since;
};

static int64_t *bucket(struct rp_counts *c, enum state s) {
    switch (s) {
    case READY: return &c->ready;
    case RUNNING: return &c->ran;
    case WAITING: return &c->waited;
    case IN_CALL: return &c->in_calls;
    default: return NULL;
    }
}

static void enter(struct count *k, uint32_t ref, enum state to) {
    struct live_g *l = &k->live.data[ref - 1];
    struct rp_g_stats *g = &k->g.data[ref - 1];
    int64_t *b = bucket(&g->c, l->state);
    if (b) *b += k->now - l->since;
    if (l->state == RUNNING) k->ran += k->now - l->since;
    if (to == DEAD) g->died = k->now;
    l->state = to;
    l->since = k->now;
}

static uint32_t ref_of(const struct count *k, uint64_t goid) { return goid ? rp_map_get(&k->by_goid, goid) : 0; }

static void create(struct count *k, uint64_t goid, uint64_t fn, uint32_t parent, enum state state) {
    if (goid == 0 || goid > UINT32_MAX || ref_of(k, goid)) return;
    struct rp_g_stats g = {.goid = (uint32_t)goid, .parent = parent, .fn = fn, .system = (fn & RT_FN_RUNTIME) != 0,
                           .born = k->now, .died = -1};
    struct live_g l = {state, k->now};
    if (!VEC_PUSH(&k->g, g) || !VEC_PUSH(&k->live, l) || !rp_map_put(&k->by_goid, goid, (uint32_t)k->g.len))
        k->failed = true;
}

static void start(struct count *k, const struct rt_event *e, uint32_t ref) {
    struct rp_counts *c = &k->g.data[ref - 1].c;
    c->starts++;
    if (e->why == RT_WHY_FromSteal || e->why == RT_WHY_FromRunnextSteal) c->stolen++;
    if (k->live.data[ref - 1].state == READY) {
        struct sample s = {ref, k->now - k->live.data[ref - 1].since};
        if (!VEC_PUSH(&k->samples, s)) k->failed = true;
    }
    while (e->m >= 0 && (size_t)e->m >= k->last_on.len && !k->failed)
        if (!VEC_PUSH(&k->last_on, 0)) k->failed = true;
    if (e->m >= 0 && !k->failed) {
        uint32_t *last = &k->last_on.data[e->m];
        if (*last && *last != ref) c->switches++;
        *last = ref;
    }
    enter(k, ref, RUNNING);
}

static void stop(struct count *k, const struct rt_event *e, uint32_t ref) {
    struct rp_counts *c = &k->g.data[ref - 1].c;
    if (e->why == RT_WHY_Preempted || e->why == RT_WHY_StopTheWorld)
        c->preemptions++;
    else
        c->yields++;
    enter(k, ref, READY);
}

static void core(struct count *k, uint64_t number, bool taken) {
    if (number >= UINT16_MAX) return;
    while (number >= k->on_core.len && !k->failed)
        if (!VEC_PUSH(&k->on_core, -1)) k->failed = true;
    if (k->failed) return;
    int64_t *since = &k->on_core.data[number];
    if (*since >= 0) k->core_time += k->now - *since;
    *since = taken ? k->now : -1;
    k->cores_told = true;
}

static void procs(struct count *k, uint64_t n) {
    k->proc_time += (k->now - k->procs_since) * (int64_t)k->s->procs;
    k->procs_since = k->now;
    k->s->procs = n > UINT16_MAX ? UINT16_MAX : (unsigned)n;
}

static void of_goroutine(struct count *k, const struct rt_event *e) {
    uint32_t ref = ref_of(k, e->kind == RT_EV_GoUnblock ? e->a : e->g);
    if (!ref) return;
    struct rp_counts *c = &k->g.data[ref - 1].c;
    switch (e->kind) {
    case RT_EV_GoStart: start(k, e, ref); break;
    case RT_EV_GoStop: stop(k, e, ref); break;
    case RT_EV_GoBlock:
        c->blocks++;
        enter(k, ref, WAITING);
        break;
    case RT_EV_GoUnblock:
    case RT_EV_GoSyscallEndBlocked: enter(k, ref, READY); break;
    case RT_EV_GoDestroy: enter(k, ref, DEAD); break;
    case RT_EV_GoSyscallBegin:
        c->syscalls++;
        enter(k, ref, IN_CALL);
        break;
    case RT_EV_GoSyscallEnd: enter(k, ref, RUNNING); break;
    default: break;
    }
}

static enum state foreign_state(uint64_t status) {
    switch (status) {
    case RT_GO_READY: return READY;
    case RT_GO_RUNNING: return RUNNING;
    case RT_GO_IN_CALL: return IN_CALL;
    default: return WAITING;
    }
}

static void take(struct count *k, const struct rt_event *e) {
    k->now = e->time;
    switch (e->kind) {
    case RT_EV_RunBegin:
    case RT_EV_ProcsChange: procs(k, e->a); break;
    case RT_EV_GoCreate: create(k, e->a, e->b, e->g, READY); break;
    case RT_EV_GoStatus: create(k, e->a, e->b, 0, foreign_state(e->c)); break;
    case RT_EV_RunqSteal:
    case RT_EV_RunnextSteal: k->s->steals++; break;
    case RT_EV_ProcSteal: k->s->retakes++; break;
    case RT_EV_MStart:
        k->s->handoffs += e->why == RT_WHY_Handoff;
        k->s->threads++;
        break;
    case RT_EV_MWake: k->s->handoffs += e->why == RT_WHY_Handoff; break;
    case RT_EV_CoreTake: core(k, e->a, true); break;
    case RT_EV_CoreLeave: core(k, e->a, false); break;
    default: of_goroutine(k, e); break;
    }
}

/* ---- the end ------------------------------------------------------------------------------------------------------ */

static int by_ref(const void *a, const void *b) {
    const struct sample *x = a, *y = b;
    if (x->ref != y->ref) return x->ref < y->ref ? -1 : 1;
    return x->ns < y->ns ? -1 : x->ns > y->ns;
}

static int by_ns(const void *a, const void *b) {
    const struct sample *x = a, *y = b;
    return x->ns < y->ns ? -1 : x->ns > y->ns;
}

/* n samples in order of ns. */
static void waits(struct rp_counts *c, const struct sample *s, size_t n) {
    if (!n) return;
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += s[i].ns;
    c->waits = n;
    c->wait_mean = sum / (int64_t)n;
    c->wait_p99 = s[(n * 99 + 99) / 100 - 1].ns;
    c->wait_max = s[n - 1].ns;
}

static void all_waits(struct count *k) {
    size_t n = k->samples.len, own = 0;
    struct sample *s = k->samples.data;
    if (n) qsort(s, n, sizeof *s, by_ref);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && s[to].ref == s[from].ref; to++) {}
        waits(&k->g.data[s[from].ref - 1].c, s + from, to - from);
    }
    for (size_t i = 0; i < n; i++)
        if (!k->g.data[s[i].ref - 1].system) s[own++] = s[i];
    if (own) qsort(s, own, sizeof *s, by_ns);
    waits(&k->s->all, s, own);
}

static void add(struct rp_counts *sum, const struct rp_counts *c) {
    sum->starts += c->starts;
    sum->switches += c->switches;
    sum->stolen += c->stolen;
    sum->preemptions += c->preemptions;
    sum->yields += c->yields;
    sum->blocks += c->blocks;
    sum->syscalls += c->syscalls;
    sum->ran += c->ran;
    sum->ready += c->ready;
    sum->waited += c->waited;
    sum->in_calls += c->in_calls;
}

static void finish(struct count *k) {
    struct rp_stats *s = k->s;
    const struct rt_log_info *info = rt_log_get_info(k->log);
    s->makespan = k->now;
    s->threads++; /* the first, which nobody asked for */
    s->cores = info ? info->cores : 0;
    for (size_t i = 0; i < k->g.len; i++) {
        if (k->live.data[i].state != DEAD) {
            enter(k, (uint32_t)i + 1, k->live.data[i].state);
        }
        if (k->g.data[i].system) continue;
        s->goroutines++;
        add(&s->all, &k->g.data[i].c);
    }
    all_waits(k);
    procs(k, s->procs);
    for (size_t i = 0; i < k->on_core.len; i++)
        if (k->on_core.data[i] >= 0) k->core_time += k->now - k->on_core.data[i];
    s->proc_use = k->proc_time > 0 ? (double)k->ran / (double)k->proc_time : 0;
    s->core_use = -1;
    if (k->cores_told && s->cores && k->now > 0) s->core_use = (double)k->core_time / ((double)k->now * s->cores);
    s->g = k->g.data;
    s->ng = k->g.len;
}

bool rp_stats(const struct rt_log *log, struct rp_stats *out) {
    *out = (struct rp_stats){0};
    struct count k = {.log = log, .s = out};
    struct rt_event *batch = malloc(BATCH * sizeof *batch);
    if (!batch) return false;
    uint64_t n = rt_log_count(log);
    for (uint64_t at = 0; at < n && !k.failed;) {
        size_t got = rt_log_read(log, at, batch, BATCH);
        if (!got) break;
        for (size_t i = 0; i < got && !k.failed; i++) take(&k, &batch[i]);
        at += got;
    }
    free(batch);
    if (!k.failed) finish(&k);
    VEC_FREE(&k.live);
    VEC_FREE(&k.samples);
    VEC_FREE(&k.last_on);
    VEC_FREE(&k.on_core);
    rp_map_free(&k.by_goid);
    if (k.failed) VEC_FREE(&k.g);
    return !k.failed;
}

void rp_stats_free(struct rp_stats *s) {
    free(s->g);
    s->g = NULL;
    s->ng = 0;
}

const char *rp_stats_name(const struct rt_log *log, const struct rp_g_stats *g) {
    if (g->system) return rt_runtime_fn_name(g->fn);
    const struct rt_log_func *f = rt_log_func(log, g->fn);
    return f ? f->name : "";
}
