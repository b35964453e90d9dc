/* run_judge.c - `events` and `totals` of an expect, counted in a run's log; and the history's legality. */
#include <stdlib.h>
#include <string.h>

#include "replay.h"
#include "run_match.h"

struct reading { /* one log */
    const struct rt_log *log;
    struct rp_session *session;
    uint64_t n;
    struct { uint64_t goid, fn; } *gs; /* in order of creation */
    size_t ngs, cap;
    bool main_began;
};

bool run_judge_init(struct run_judge *j, const struct scn_expect *expect) {
    j->expect = expect;
    j->events = calloc(expect->nevents + 1, sizeof *j->events);
    j->totals = calloc(expect->ntotals + 1, sizeof *j->totals);
    j->occurred = calloc(expect->noutcomes + 1, sizeof *j->occurred);
    j->natural = calloc(expect->noutcomes + 1, sizeof *j->natural);
    return j->events && j->totals && j->occurred && j->natural;
}

void run_judge_free(struct run_judge *j) {
    free(j->events);
    free(j->totals);
    free(j->occurred);
    free(j->natural);
    j->events = j->totals = NULL;
    j->occurred = j->natural = NULL;
}

/* ---- names ----------------------------------------------------------------------------------------------------- */

static bool learn(struct reading *r, uint64_t goid, uint64_t fn) {
    if (r->ngs == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 64;
        void *more = realloc(r->gs, cap * sizeof *r->gs);
        if (!more) return false;
        r->gs = more;
        r->cap = cap;
    }
    r->gs[r->ngs].goid = goid;
    r->gs[r->ngs++].fn = fn;
    return true;
}

/* Newest first: what an event is about was mostly created a short while ago. */
static const char *fn_name(const struct reading *r, uint64_t goid) {
    for (size_t i = r->ngs; goid && i > 0; i--) {
        if (r->gs[i - 1].goid != goid) continue;
        if (r->gs[i - 1].fn & RT_FN_RUNTIME) return rt_runtime_fn_name(r->gs[i - 1].fn);
        const struct rt_log_func *f = rt_log_func(r->log, r->gs[i - 1].fn);
        return f ? f->name : "";
    }
    return "";
}

/* "process1", "main.process1"; Go's name less its package, or whole. */
static bool called(const struct reading *r, uint64_t goid, const char *name) {
    const char *full = fn_name(r, goid), *dot = strchr(full, '.');
    return strcmp(full, name) == 0 || (dot && strcmp(dot + 1, name) == 0);
}

/* ---- events -------------------------------------------------------------------------------------------------------- */

/* The goroutine an event is about, where it is not the one that acts. */
static uint64_t subject_of(const struct rt_event *e) {
    switch (e->kind) {
    case RT_EV_GoCreate:
    case RT_EV_GoUnblock:
    case RT_EV_RunnextPut:
    case RT_EV_RunqPut:
    case RT_EV_RunnextGet:
    case RT_EV_RunqGet:
    case RT_EV_RunqOverflow:
    case RT_EV_GlobPut:
    case RT_EV_GlobGet: return e->a;
    case RT_EV_RunnextSteal: return e->b;
    case RT_EV_TimerSet:
    case RT_EV_TimerFire: return e->c;
    default: return e->g;
    }
}

static bool g_in_state(const struct rp_g *g, const char *state) {
    static const char *const names[] = {[RP_G_RUNNABLE] = "runnable", [RP_G_RUNNING] = "running",
                                        [RP_G_SYSCALL] = "syscall", [RP_G_WAITING] = "waiting", [RP_G_DEAD] = "dead"};
    if (!g || g->state >= sizeof names / sizeof *names || !names[g->state]) return false;
    return strcmp(names[g->state], state) == 0 || strcmp(rt_reason_text(g->why), state) == 0;
}

static bool another_spins(const struct rp_state *st, int32_t m) {
    for (unsigned i = 0; i < rp_nm(st); i++)
        if ((int32_t)i != m && rp_m(st, i)->spinning) return true;
    return false;
}

static bool m_in_state(const struct rp_state *st, int32_t m, const char *state) {
    if (m < 0 || (unsigned)m >= rp_nm(st)) return false;
    const struct rp_m *mp = rp_m(st, (unsigned)m);
    if (strcmp(state, "spinning") == 0) return mp->spinning;
    if (strcmp(state, "another thread spins") == 0) return another_spins(st, m);
    return strcmp(state, "parked") == 0 && mp->state == RP_M_PARKED;
}

static bool p_in_state(const struct rp_state *st, int32_t p, const char *state) {
    if (p < 0 || (unsigned)p >= rp_np(st)) return false;
    return strcmp(state, "idle") == 0 && rp_p(st, (unsigned)p)->state == RP_P_IDLE;
}

/* `during` and `after` look at the state before event i. */
static bool state_fits(struct reading *r, const struct scn_expect_event *x, uint64_t i, const struct rt_event *e) {
    if (!x->during && !x->after_ns) return true;
    const struct rp_state *st = rp_seek(r->session, i);
    if (!st) return false;
    const struct rp_g *g = rp_g(st, (uint32_t)subject_of(e));
    if (x->after_ns && (!g || e->time - g->since < x->after_ns)) return false;
    return !x->during || g_in_state(g, x->during) || m_in_state(st, e->m, x->during) ||
           p_in_state(st, e->p, x->during);
}

/* Before main.main goroutine 1 readies the runtime: what it does there is not the program's. Then it is untied. */
static bool of_the_start(const struct reading *r, const struct rt_event *e) {
    return !r->main_began && (e->g == 1 || subject_of(e) == 1);
}

static bool fits(struct reading *r, const struct scn_expect_event *x, uint64_t i, const struct rt_event *e) {
    if (strcmp(rt_event_name(e->kind), x->kind) != 0 || of_the_start(r, e)) return false;
    if (x->reason && strcmp(rt_reason_text(e->why), x->reason) != 0 && strcmp(rt_reason_name(e->why), x->reason) != 0)
        return false;
    if (x->thread >= 0 && e->m != x->thread) return false;
    const uint64_t args[3] = {e->a, e->b, e->c};
    for (int k = 0; k < 3; k++)
        if (x->has_where[k] && x->where[k] != args[k]) return false;
    if (x->goroutine && !called(r, subject_of(e), x->goroutine)) return false;
    if (x->by && !called(r, e->g, x->by)) return false;
    return state_fits(r, x, i, e);
}

static bool count_events(struct reading *r, const struct scn_expect_event *x, double *out) {
    bool open = !x->from;
    uint64_t n = 0, per = 0;
    struct rt_event e;
    r->ngs = 0;
    r->main_began = false;
    for (uint64_t i = 0; i < r->n && rt_log_get(r->log, i, &e); i++) {
        const char *name = rt_event_name(e.kind);
        if (e.kind == RT_EV_GoCreate && !learn(r, e.a, e.b)) return false;
        if (e.kind == RT_EV_GoLockThread && e.g == 1 && !e.a) r->main_began = true;
        if (e.kind == RT_EV_RunBegin && !e.a) r->main_began = true; /* 1:1: nothing of the runtime's comes first */
        if (x->per && strcmp(name, x->per) == 0) per++;
        if (open && x->to && strcmp(name, x->to) == 0) open = false;
        if (open && fits(r, x, i, &e)) n++;
        if (x->from && strcmp(name, x->from) == 0) open = true;
    }
    *out = x->per ? (per ? (double)n / (double)per : 0) : (double)n;
    return true;
}

/* ---- totals ------------------------------------------------------------------------------------------------------------ */

static double threads_left(const struct rp_state *end) {
    unsigned n = 0;
    for (unsigned i = 0; i < rp_nm(end); i++) n += rp_m(end, i)->state != RP_M_EXITED;
    return n;
}

static double schedticks(const struct reading *r) {
    uint64_t n = 0;
    struct rt_event e;
    for (uint64_t i = 0; i < r->n && rt_log_get(r->log, i, &e); i++) n += e.kind == RT_EV_GoStart && !e.c;
    return (double)n;
}

/* User goroutines alive at once. */
static double goroutines_peak(const struct reading *r) {
    int64_t now = 0, peak = 0;
    struct rt_event e;
    for (uint64_t i = 0; i < r->n && rt_log_get(r->log, i, &e); i++) {
        if (e.kind == RT_EV_GoCreate && !(e.b & RT_FN_RUNTIME)) now++;
        if (e.kind == RT_EV_GoDestroy) now--;
        if (now > peak) peak = now;
    }
    return (double)peak;
}

/* What a parked thread takes beside what it does for its goroutine (bench/threads/parked, per thread): 8 KB of its own stack that
 * are touched, 4 KB of page tables, 16 KB of the kernel's stack. */
#define THREAD_BYTES (28 << 10)

struct stacks { /* of goroutines, by number */
    uint32_t *bytes;
    size_t n;
    int64_t sum;
};

static bool set_stack(struct stacks *k, uint64_t goid, uint64_t bytes) {
    if (goid >= k->n) {
        size_t n = k->n ? k->n * 2 : 256;
        while (n <= goid && n < SIZE_MAX / 8) n *= 2;
        uint32_t *more = goid < n ? realloc(k->bytes, n * sizeof *more) : NULL;
        if (!more) return false;
        memset(more + k->n, 0, (n - k->n) * sizeof *more);
        k->bytes = more;
        k->n = n;
    }
    k->sum += (int64_t)bytes - k->bytes[goid];
    k->bytes[goid] = (uint32_t)bytes;
    return true;
}

/* Most at one time: goroutines' stacks, what threads take, and the heap as collections find it. With a thread for each
 * goroutine its frames lie on the thread's stack, so only what exceeds the least stack is counted besides. */
static bool memory_peak(const struct reading *r, double *out) {
    struct stacks k = {0};
    struct rt_event e;
    int64_t threads = 1, heap = 0, peak = 0, least = 0;
    bool ok = true;
    for (uint64_t i = 0; ok && i < r->n && rt_log_get(r->log, i, &e); i++) {
        switch (e.kind) {
        case RT_EV_RunBegin: least = e.a ? 0 : 2048; break;
        case RT_EV_GoCreate: ok = set_stack(&k, e.a, (int64_t)e.c > least ? e.c - (uint64_t)least : 0); break;
        case RT_EV_StackGrow:
        case RT_EV_StackShrink: ok = set_stack(&k, e.g, (int64_t)e.b > least ? e.b - (uint64_t)least : 0); break;
        case RT_EV_GoDestroy: ok = set_stack(&k, e.g, 0); break;
        case RT_EV_MStart: threads++; break;
        case RT_EV_MExit: threads--; break;
        case RT_EV_GCBegin:
        case RT_EV_GCEnd: heap = (int64_t)e.a; break;
        default: continue;
        }
        int64_t now = k.sum + threads * THREAD_BYTES + heap;
        if (now > peak) peak = now;
    }
    free(k.bytes);
    *out = (double)peak;
    return ok;
}

/* Time that goroutines of this function, or all of the program's, spent waiting. */
static double waited(const struct rp_state *end, const struct rt_log *log, const char *name) {
    int64_t ns = 0;
    for (size_t i = 0; i < rp_ng(end); i++) {
        const struct rp_g *g = rp_g_at(end, i);
        const struct rt_log_func *f = rt_log_func(log, g->fn);
        const char *dot = f ? strchr(f->name, '.') : NULL;
        if (g->system || (name && !(f && (strcmp(f->name, name) == 0 || (dot && strcmp(dot + 1, name) == 0))))) continue;
        ns += g->waited;
        if (g->state == RP_G_WAITING) ns += rp_time(end) - g->since;
    }
    return (double)ns;
}

static bool total(struct reading *r, const struct rp_state *end, const struct scn_total *t, double *out,
                  struct str *why) {
    if (strcmp(t->what, "threads") == 0)
        *out = threads_left(end);
    else if (strcmp(t->what, "threadsStarted") == 0)
        *out = rp_nm(end);
    else if (strcmp(t->what, "goroutinesPeak") == 0)
        *out = goroutines_peak(r);
    else if (strcmp(t->what, "memoryPeak") == 0) {
        if (memory_peak(r, out)) return true;
        str_adds(why, "out of memory");
        return false;
    } else if (strcmp(t->what, "schedticks") == 0)
        *out = schedticks(r);
    else if (strcmp(t->what, "waitingAtExit") == 0)
        *out = (double)rp_census(end).waiting;
    else if (strcmp(t->what, "time") == 0)
        *out = (double)rp_time(end);
    else if (strcmp(t->what, "wait") == 0)
        *out = waited(end, r->log, t->goroutine);
    else {
        str_addf(why, "totals: %s is not measured yet", t->what);
        return false;
    }
    return true;
}

/* ---- a run -------------------------------------------------------------------------------------------------------------- */

static void add(struct run_tally *t, double value) {
    t->sum += value;
    t->runs++;
}

/* Both measure all before they say what is wrong, and name the first: another variant's check compares with the means. */

static bool judge_events(struct run_judge *j, struct reading *r, struct str *why) {
    bool all = true;
    for (size_t i = 0; i < j->expect->nevents; i++) {
        const struct scn_expect_event *x = &j->expect->events[i];
        double n;
        if (!count_events(r, x, &n)) {
            str_adds(why, "out of memory");
            return false;
        }
        add(&j->events[i], n);
        if (x->bounds.of) continue;
        struct str text = {0};
        bool ok = run_within(&x->bounds, n, &text);
        if (ok) j->events[i].met = true;
        else if (!x->some_run && all)
            str_addf(why, "%s%s%s%s%s: %s", x->kind, x->goroutine ? " of " : "", x->goroutine ? x->goroutine : "",
                     x->by ? " by " : "", x->by ? x->by : "", str_cstr(&text));
        str_free(&text);
        all = all && (ok || x->some_run);
    }
    return all;
}

static bool judge_totals(struct run_judge *j, struct reading *r, const struct rp_state *end, struct str *why) {
    bool all = true;
    for (size_t i = 0; i < j->expect->ntotals; i++) {
        const struct scn_total *t = &j->expect->totals[i];
        double value;
        if (!total(r, end, t, &value, why)) return false;
        add(&j->totals[i], value);
        if (t->bounds.of) continue;
        struct str text = {0};
        bool ok = run_within(&t->bounds, value, &text);
        if (!ok && all) str_addf(why, "%s: %s", t->what, str_cstr(&text));
        str_free(&text);
        all = all && ok;
    }
    return all;
}

/* All measure, the first that finds something wrong says so. */
static bool judge_all(struct run_judge *js, size_t n, struct reading *r, const struct rp_state *end, struct str *why) {
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        struct str what = {0}, second = {0};
        bool ok = judge_totals(&js[i], r, end, &what);
        ok = judge_events(&js[i], r, ok ? &what : &second) && ok;
        if (!ok && all && js[i].step) str_addf(why, "lesson step %zu, its answer: ", js[i].step);
        if (!ok && all) str_adds(why, str_cstr(&what));
        all = all && ok;
        str_free(&what);
        str_free(&second);
    }
    return all;
}

bool run_judge_run(struct run_judge *js, size_t n, const struct rt_log *log, struct str *why) {
    struct reading r = {.log = log, .n = rt_log_count(log)};
    r.session = rp_open(log);
    if (!r.session) {
        str_adds(why, "out of memory");
        return false;
    }
    bool ok = false;
    uint64_t at;
    struct str rule = {0};
    const struct rp_state *end = rp_seek(r.session, r.n);
    if (rp_illegal(r.session, &at, &rule))
        str_addf(why, "event %llu breaks a rule of the history: %s", (unsigned long long)at, str_cstr(&rule));
    else if (rt_log_lost(log))
        str_addf(why, "%llu events were lost", (unsigned long long)rt_log_lost(log));
    else if (!end)
        str_adds(why, "out of memory");
    else
        ok = judge_all(js, n, &r, end, why);
    str_free(&rule);
    rp_close(r.session);
    free(r.gs);
    return ok;
}
