/* rt.c - a run's life: made, started, ended once by whoever is first, freed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc.h"

const char *rt_panic_text(enum rt_panic p) {
    static const char *const texts[] = {
#define PANIC(name, text) text,
#include "panics.def"
#undef PANIC
    };
    return p < RT_PANIC_COUNT ? texts[p] : "";
}

void rt_m_set_world_data(struct m *mp, void *data) { mp->world = data; }
void *rt_m_world_data(const struct m *mp) { return mp->world; }
int32_t rt_m_id(const struct m *mp) { return mp->id; }
bool rt_m_has_p(const struct m *mp) { return mp->p != NULL; }
bool rt_m_is_sysmon(const struct m *mp) { return mp->is_sysmon; }

/* ---- made and freed -------------------------------------------------------------------------------------------- */

static bool init(struct rt *rt) {
    store_seq_cst(&rt->sched.lastpoll, 1);
    if (rt->config.log && !trace_init(rt)) return false;
    if (one_to_one(rt) ? !one_init(rt) : !procresize_init(rt, rt->config.procs)) return false;
    rt->gcenable = calloc(1, rt_chan_size(1, 2));
    rt->m0 = allocm(rt, rt->sched.mnext++);
    if (!rt->gcenable || !rt->m0) return false;
    rt->gcenable->elemslots = 1;
    rt->gcenable->dataqsiz = 2;
    rt->gcenable->kind = RT_VAL_NONE;
    return true;
}

struct rt *rt_new(const struct rt_config *config) {
    struct rt *rt = calloc(1, sizeof *rt);
    if (!rt) return NULL;
    rt->config = *config;
    if (rt->config.procs < 1) rt->config.procs = 1;
    if (rt->config.procs > MAX_GOMAXPROCS) rt->config.procs = MAX_GOMAXPROCS;
    rt->world = config->world;
    rt->exec = config->exec;
    rt->exec_ctx = config->exec_ctx;
    if (init(rt)) return rt;
    rt_free(rt);
    return NULL;
}

void rt_free(struct rt *rt) {
    if (!rt) return;
    if (rt->started) {
        rt_stop(rt, RT_END_STOPPED, 2);
        rt_wait(rt);
    }
    free_goroutines(rt);
    if (rt->allp) {
        free_sudogs(rt);
        free_stacks(rt);
        free_ps(rt);
    }
    free_poll(rt);
    trace_free(rt);
    for (struct m *mp = load_acquire(&rt->allm), *next; mp; mp = next) {
        next = mp->alllink;
        free(mp);
    }
    free(rt->gcenable);
    free(rt);
}

/* ---- started --------------------------------------------------------------------------------------------------- */

/* The first M with main's goroutine, before its thread exists: mp stands for it. */
static bool bootstrap(struct rt *rt) {
    struct m *mp = rt->m0;
    struct p *pp = rt->allp[0];
    mp->p = pp; /* only for newproc1's caches; taken for good when the thread begins */
    struct g *gp = newproc1(mp, 0, 0, STACK_MIN / sizeof(rt_slot), runtime_main);
    if (!gp) return false;
    rt->main = gp;
    bool ok = rt->exec->main_init(rt->exec_ctx, mp, gp);
    mp->p = NULL;
    if (!ok) return false;
    mp->nextp = pp;
    mp->p_why = RT_WHY_Bootstrap;
    gp->thread = mp;
    return true;
}

int rt_start(struct rt *rt) {
    if (rt->started) return EINVAL;
    trace_run_begin(rt);
    if (!bootstrap(rt)) return ENOMEM;
    rt->started = true;
    int err = rt->world->ops->newm(rt->world, rt->m0);
    if (err) rt->started = false;
    return err;
}

/* ---- ended ----------------------------------------------------------------------------------------------------- */

void preempt_everyone(struct rt *rt) {
    for (struct m *mp = load_acquire(&rt->allm); mp; mp = mp->alllink) {
        struct g *gp = load_acquire(&mp->curg_hint);
        if (gp) store_relaxed(&gp->preempt, true);
    }
}

/* Only the first to come decides how the run ends. */
static bool claim_end(struct rt *rt, enum rt_end how, int status) {
    uint32_t zero = 0;
    if (!cas_seq_cst(&rt->ending, &zero, 1)) return false;
    rt->how = how;
    rt->status = status;
    return true;
}

static void publish_end(struct rt *rt, struct m *mp) {
    trace_end(rt, mp);
    store_seq_cst(&rt->ended, true);
    preempt_everyone(rt);
    rt->world->ops->stop(rt->world);
}

bool rt_end(struct rt *rt, struct m *mp, enum rt_end how, int status) {
    if (!claim_end(rt, how, status)) return false;
    publish_end(rt, mp);
    return true;
}

static void end_limit(struct rt *rt, struct m *mp, const char *text) {
    if (!claim_end(rt, RT_END_LIMIT, 3)) return;
    snprintf(rt->limit, sizeof rt->limit, "%s", text);
    publish_end(rt, mp);
}

/* A limit as it was written: times in the largest unit that divides them. */
void rt_end_limit(struct rt *rt, struct m *mp, const char *key, uint64_t value) {
    static const struct {
        uint64_t ns;
        const char *unit;
    } units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "us"}, {1, "ns"}};
    char text[64];
    const char *unit = "";
    if (strcmp(key, "time") == 0) {
        size_t i = 0;
        while (value % units[i].ns)
            i++;
        value /= units[i].ns;
        unit = units[i].unit;
    }
    snprintf(text, sizeof text, "%s=%llu%s", key, (unsigned long long)value, unit);
    end_limit(rt, mp, text);
}

void rt_stop_limit(struct rt *rt, const char *text) { end_limit(rt, NULL, text); }

void rt_stop(struct rt *rt, enum rt_end how, int status) { rt_end(rt, NULL, how, status); }
void rt_shares_end(struct m *mp) {
    if (mp->rt->config.search) visible(mp);
    shared(mp, (const void *)RT_SHARED_OUTPUT, RT_SHARED_END);
}

void rt_exit(struct m *mp, enum rt_end how, int status) {
    rt_shares_end(mp);
    rt_end(mp->rt, mp, how, status);
}
void rt_dopanic(struct m *mp) { rt_end(mp->rt, mp, RT_END_PANIC, 2); }

void rt_throw(struct m *mp, struct g *gp, const char *text, bool all) { rt_throw_after(mp, gp, NULL, text, all); }

void rt_throw_after(struct m *mp, struct g *gp, const char *before, const char *text, bool all) {
    struct rt *rt = mp->rt;
    rt_shares_end(mp);
    if (!claim_end(rt, RT_END_FATAL, 2)) return; /* one fatal error is enough */
    if (before) rt_raw_write(mp, 2, before, strlen(before));
    if (tracing(mp)) {
        size_t n = strlen(text);
        trace_plain(mp, RT_EV_Fatal, RT_WHY_None, rt_emit_bytes(mp, text, n), n, 0);
    }
    if (rt->exec->print_fatal) rt->exec->print_fatal(rt->exec_ctx, mp, gp, text, all);
    publish_end(rt, mp);
}

void throw_oom(struct m *mp) { rt_throw(mp, mp->curg, "runtime: out of memory", false); }

bool rt_ended(const struct rt *rt) { return load_acquire(&rt->ended); }
int rt_exit_status(const struct rt *rt) { return rt->status; }
enum rt_end rt_end_how(const struct rt *rt) { return rt->how; }
const char *rt_limit_reached(const struct rt *rt) { return rt->how == RT_END_LIMIT && rt->limit[0] ? rt->limit : NULL; }

/* A thread may miss the end by a moment (a goroutine that begins just then clears the wish to come back), so it is
 * told again until all are gone. */
void rt_wait(struct rt *rt) {
    struct rt_world *w = rt->world;
    if (!rt->started) return;
    if (w->ops->join) {
        while (!w->ops->join(w, ended(rt) ? 1000000 : -1)) {
            preempt_everyone(rt);
            w->ops->stop(w);
        }
    }
    trace_threads_ended(rt);
    rt_drain(rt);
    rt->started = false;
}

unsigned rt_numcpu(const struct rt *rt) { return rt->config.cpus ? rt->config.cpus : 1; }
int64_t rt_nanotime(struct m *mp) { return shared_time(mp); }
uint64_t rt_choose(struct m *mp, enum rt_choice kind, uint64_t n) { return choose(mp, kind, n); }
