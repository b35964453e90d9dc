/* stepped_hooks.c - where the thread model meets the scheduler. */
#define RT_NO_YIELD 1 /* rt_atomic.h: a signal comes at a switch, and is none */
#include "runtime2.h"
#include "stepped.h"

static void core_event(struct m *mp, enum rt_event_kind kind, enum rt_reason why, unsigned core) {
#ifndef GOSEE_YIELD /* there a core is lost between any two steps, also within what events tell as one act */
    rt_emit(mp, kind, why, core, 0, 0);
#else
    (void)mp, (void)kind, (void)why, (void)core;
#endif
}

/* As preemptone, to any thread at any moment. */
static void preempt_one(void *run, uint64_t which) {
    struct rt *rt = run;
    struct m *mp = load_acquire(&rt->allm);
    for (uint64_t n = which % (uint64_t)(rt->sched.mnext ? rt->sched.mnext : 1); mp && n > 0; n--)
        mp = mp->alllink;
    struct g *gp = mp ? load_acquire(&mp->curg_hint) : NULL;
    if (gp) store_relaxed(&gp->preempt, true);
}

static void arrives(void *run, int number) { rt_signal(run, NULL, number); }

static void limit(void *run, struct m *mp, const char *text) {
    (void)mp;
    rt_stop_limit(run, text);
}

const struct stepped_hooks stepped_runtime_hooks = {
    .mstart = rt_mstart,
    .core = core_event,
    .holds_p = rt_m_has_p,
    .arrives = arrives,
    .preempt = preempt_one,
    .watchman = rt_m_is_sysmon,
    .limit = limit,
};
