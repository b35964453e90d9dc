/* stepped_hooks.c - where the thread model meets the scheduler. */
#include "rt.h"
#include "stepped.h"

static void core_event(struct m *mp, enum rt_event_kind kind, enum rt_reason why, unsigned core) {
#ifndef GOSEE_YIELD /* there a core is lost between any two steps, also within what events tell as one act */
    rt_emit(mp, kind, why, core, 0, 0);
#else
    (void)mp, (void)kind, (void)why, (void)core;
#endif
}

static void limit(void *run, struct m *mp, const char *text) {
    (void)mp;
    rt_stop_limit(run, text);
}

const struct stepped_hooks stepped_runtime_hooks = {
    .mstart = rt_mstart,
    .core = core_event,
    .holds_p = rt_m_has_p,
    .watchman = rt_m_is_sysmon,
    .limit = limit,
};
