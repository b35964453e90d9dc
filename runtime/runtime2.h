/* runtime2.h - G, M, P and the scheduler's own state, under Go's names (runtime2.go).
 *
 * The executor may read m, g and p and the fields marked X; all else belongs to runtime/.
 */
#ifndef GOSEE_RUNTIME_RUNTIME2_H
#define GOSEE_RUNTIME_RUNTIME2_H

#include "rt.h"

enum { /* g.atomicstatus; Go's numbers */
    Gidle = 0, Grunnable = 1, Grunning = 2, Gsyscall = 3, Gwaiting = 4, Gdead = 6, Gcopystack = 8, Gpreempted = 9,
    Gscan = 0x1000
};

struct sudog;

struct g {
    rt_slot *stack;        /* X: base; moves by copying (rt_morestack) */
    uint32_t stack_slots;  /* X */
    uint32_t resume;       /* X: the operation's own; not 0: the instruction is executed again after a park */
    _Atomic bool preempt;  /* X: come back at the next safe point */
    bool system;           /* one of the runtime's own: not in traces, NumGoroutine, deadlock checks */
    _Atomic uint32_t atomicstatus;
    uint64_t goid;         /* X */
    struct m *m;           /* X: the M it runs on */
    struct g *schedlink;
    uint64_t fn;           /* X: function id it was started with */
    rt_pos gopc;           /* X: position of the go statement */
    uint64_t parentgoid;   /* X: who started it */
    enum rt_reason waitreason; /* X */
    int64_t waitsince;
    uint64_t param[4];     /* the operation's own, across a park */
    struct sudog *waiting;
    _Atomic uint32_t select_done;
    uint32_t lockedcount;
    struct m *lockedm;
    uint32_t alllink_index;
    uint32_t trace_seq;
    struct rt_timer *timer;
};

#endif
