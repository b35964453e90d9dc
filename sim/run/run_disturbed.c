/* run_disturbed.c - did the host get between the program and its schedule?
 *
 * On a busy machine the kernel holds threads up where it likes. Then sysmon preempts who has not even run for long, takes
 * the P of a short write, timers fire late together, a woken thread comes when all is over: in real Go as well as here, and
 * the order that a scene teaches does not come about. Such a run says nothing against the scheduler.
 */
#include <stdlib.h>

#include "run_match.h"

enum { LATE_NS = 1000000 };

struct called { /* by M: when it was woken or asked for, and has not answered yet */
    int64_t *since; /* -1: nobody called */
    size_t n;
};

static bool called_at(struct called *c, uint64_t m, int64_t time) {
    if (m >= c->n) {
        size_t n = (size_t)m * 2 + 16;
        int64_t *more = m < UINT32_MAX ? realloc(c->since, n * sizeof *more) : NULL;
        if (!more) return false;
        for (size_t i = c->n; i < n; i++) more[i] = -1;
        c->since = more;
        c->n = n;
    }
    c->since[m] = time;
    return true;
}

static bool answers_late(struct called *c, int32_t m, int64_t time) {
    if (m < 0 || (size_t)m >= c->n || c->since[m] < 0) return false;
    bool late = time - c->since[m] >= LATE_NS;
    c->since[m] = -1;
    return late;
}

bool run_was_disturbed(const struct rt_log *log) {
    struct called calls = {0};
    struct rt_event ev;
    bool disturbed = rt_log_lost(log) > 0;
    for (uint64_t i = 0; !disturbed && rt_log_get(log, i, &ev); i++) {
        disturbed = answers_late(&calls, ev.m, ev.time);
        switch (ev.kind) {
        case RT_EV_Preempt:
        case RT_EV_ProcSteal: disturbed = true; break;
        case RT_EV_TimerFire: disturbed |= ev.b >= LATE_NS; break;
        case RT_EV_MWake:
        case RT_EV_MStart: disturbed |= !called_at(&calls, ev.a, ev.time); break;
        case RT_EV_RunEnd:
            for (size_t m = 0; m < calls.n; m++) disturbed |= calls.since[m] >= 0 && ev.time - calls.since[m] >= LATE_NS;
            break;
        default: break;
        }
    }
    free(calls.since);
    return disturbed;
}
