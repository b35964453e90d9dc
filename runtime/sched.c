/* sched.c - the scheduler (Go: runtime/proc.go).
 *
 * The scheduler distributes goroutines that are ready to run over threads. Three things:
 *   G  a goroutine;
 *   M  a thread of the operating system;
 *   P  a processor: the right to run Go code, and the queue, free lists and timers that go with it. There are
 * GOMAXPROCS. An M needs a P to run Gs; without one it may sit in a system call or be parked. So the number of Gs that
 * run Go code is bounded by the Ps, however many Ms are blocked, and what an M needs while it schedules is its P's
 * alone.
 *
 * What was not chosen, and why: one queue for all (its lock is the bottleneck); a G handed straight to a thread at
 * every wake-up (a thread woken for each, though the waker is about to block and would have run it at once); waking a
 * thread at every put, without spinning (parking and unparking at full rate). Instead: put, and let at most a few
 * threads spin; see findrunnable.c for the search, m.c for waking, runq.c for the queues, syscall.c and sysmon.c for what
 * happens when a thread is held by the kernel.
 *
 * Each M runs the loop in scheduler(): schedule() finds a G, execute() lets the executor run it until it must come
 * back, and what it came back with decides where the G goes. No C frame of a G survives that return, so nothing is
 * switched.
 *
 * Parking. An operation that must wait queues its G and returns with the lock of the queue still held; only here, once
 * the G is marked waiting and off its M, is the lock released. So nobody can ready a G that has not left.
 */
#include "proc.h"

/* ---- waking ---------------------------------------------------------------------------------------------------- */

void ready(struct m *mp, struct g *gp, bool next, enum rt_reason why) {
    if (one_to_one(mp->rt)) {
        one_ready(mp, gp);
        return;
    }
    setgstatus(gp, Grunnable);
    runqput(mp, mp->p, gp, next, why);
    wakep(mp);
}

void goready(struct m *mp, struct g *gp, enum rt_reason why) {
    if (tracing(mp)) trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
    ready(mp, gp, true, why);
}

/* ---- go -------------------------------------------------------------------------------------------------------- */

struct g *rt_newproc1(struct m *mp, uint64_t fn, rt_pos pos, uint32_t slots) {
    visible(mp);
    charge(mp, RT_COST_GO_CREATE, 1);
    return newproc1(mp, fn, pos, slots, NULL);
}

void newproc(struct m *mp, struct g *newg) {
    if (one_to_one(mp->rt)) {
        one_newproc(mp, newg);
        return;
    }
    setgstatus(newg, Grunnable);
    if (tracing(mp)) trace_gocreate(mp, newg);
    runqput(mp, mp->p, newg, true, RT_WHY_NewGoroutine);
    if (mp->rt->main_started) wakep(mp);
}

void rt_newproc(struct m *mp, struct g *newg) { newproc(mp, newg); }

/* ---- leaving the M --------------------------------------------------------------------------------------------- */

bool parkunlock(struct m *mp, struct g *gp, void *l) {
    (void)mp;
    (void)gp;
    unlock(l);
    return true;
}

enum rt_status gopark(struct m *mp, bool (*unlockf)(struct m *, struct g *, void *), void *l, enum rt_reason why,
                      uint64_t obj, int64_t value) {
    struct g *gp = mp->curg;
    mp->waitunlockf = unlockf;
    mp->waitlock = l;
    mp->wait_domain = TRACE_DOMAINS;
    gp->waitreason = why;
    gp->wait_obj = obj;
    gp->wait_value = value;
    gp->wait_until = 0;
    return RT_PARKED;
}

void gopark_order(struct m *mp, enum trace_domain d, uint32_t obj, uint32_t *seq) {
    mp->wait_domain = d;
    mp->wait_key = obj;
    mp->wait_seq = seq;
}

void dropg(struct m *mp) {
    mp->curg->m = NULL;
    mp->curg = NULL;
    store_relaxed(&mp->curg_hint, NULL);
}

/* The G waits. It runs on at once (inheriting its slice) if unlockf calls the park off. */
static struct next_g park_m(struct m *mp, struct g *gp) {
    if (tracing(mp)) trace_goblock(mp, gp, gp->wait_until, mp->wait_domain, mp->wait_key, mp->wait_seq);
    setgstatus(gp, Gwaiting);
    dropg(mp);
    bool (*fn)(struct m *, struct g *, void *) = mp->waitunlockf;
    mp->waitunlockf = NULL;
    if (!fn || fn(mp, gp, mp->waitlock)) return (struct next_g){NULL, false};
    if (tracing(mp)) trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
    setgstatus(gp, Grunnable);
    mp->found = RT_WHY_FromSelf;
    return (struct next_g){gp, true};
}

static void goschedImpl(struct m *mp, struct g *gp, bool preempted) {
    struct rt *rt = mp->rt;
    bool stw = preempted && load_acquire(&rt->sched.gcwaiting);
    enum rt_reason why = stw ? RT_WHY_StopTheWorld : preempted ? RT_WHY_Preempted : RT_WHY_Gosched;
    if (tracing(mp)) trace_gostop(mp, gp, why);
    setgstatus(gp, Grunnable);
    dropg(mp);
    if (stw) {
        runqput(mp, mp->p, gp, true, why);
    } else {
        lock(mp, &rt->sched.lock);
        globrunqput(mp, gp, why);
        unlock(&rt->sched.lock);
    }
    if (rt->main_started) wakep(mp);
}

static void goyield_m(struct m *mp, struct g *gp) {
    if (tracing(mp)) trace_gostop(mp, gp, RT_WHY_Goyield);
    setgstatus(gp, Grunnable);
    dropg(mp);
    runqput(mp, mp->p, gp, false, RT_WHY_Goyield);
}

enum rt_status rt_gosched(struct m *mp) {
    visible(mp);
    mp->yield_local = false;
    return RT_YIELD;
}

enum rt_status goyield(struct m *mp) {
    mp->yield_local = true;
    return RT_YIELD;
}

enum rt_status rt_park_forever(struct m *mp, enum rt_reason why) {
    visible(mp);
    return gopark(mp, NULL, NULL, why, 0, 0);
}

/* gp has ended. false: its thread was tied to it and ends too. */
static bool goexit0(struct m *mp, struct g *gp) {
    bool locked = gp->lockedm != NULL;
    mp->lockedg = NULL;
    mp->locked_ext = 0;
    gdestroy(mp, gp);
    return !locked;
}

/* ---- running --------------------------------------------------------------------------------------------------- */

void begin_slice(struct m *mp, struct g *gp, bool inherit) {
    struct p *pp = mp->p;
    mp->curg = gp;
    gp->m = mp;
    gp->waitsince = 0;
    store_relaxed(&gp->preempt, false);
    setgstatus(gp, Grunning);
    store_release(&mp->curg_hint, gp);
    if (!inherit) store_relaxed(&pp->schedtick, load_relaxed(&pp->schedtick) + 1);
    if (tracing(mp)) trace_gostart(mp, gp, mp->found, inherit);
    mp->trail = 0;
    charge(mp, RT_COST_GO_SWITCH, 1);
}

enum life { GOES_ON, THREAD_ENDS, RUN_ENDS };

/* Lets gp run until it comes back, and puts it where it then belongs. The G of the result runs next; without one the
 * scheduler looks for another, if life goes on. */
static struct next_g execute(struct m *mp, struct g *gp, bool inherit, enum life *life) {
    const struct next_g none = {NULL, false};
    struct rt *rt = mp->rt;
    begin_slice(mp, gp, inherit);
    enum rt_exit exit = gp->sysrun ? gp->sysrun(mp, gp) : rt->exec->run(rt->exec_ctx, mp, gp);
    switch (exit) {
    case RT_EXIT_PARK:
        return park_m(mp, gp);
    case RT_EXIT_YIELD:
        if (mp->yield_local) goyield_m(mp, gp);
        else goschedImpl(mp, gp, false);
        return none;
    case RT_EXIT_PREEMPTED:
        if (!ended(rt)) goschedImpl(mp, gp, true);
        return none;
    case RT_EXIT_NO_P:
        return exitsyscallNoP(mp, gp);
    case RT_EXIT_DEAD:
        if (!goexit0(mp, gp)) *life = THREAD_ENDS;
        return none;
    case RT_EXIT_END:
        *life = RUN_ENDS; /* decided, if perhaps not yet seen by all */
        return none;
    }
    return none;
}

/* One passage from looking to having a G. */
static struct next_g schedule(struct m *mp) {
    struct rt *rt = mp->rt;
    if (mp->lockedg) {
        if (!stoplockedm(mp)) return (struct next_g){NULL, false};
        return (struct next_g){mp->lockedg, false};
    }
    for (;;) {
        visible(mp);
        if (ended(rt)) return (struct next_g){NULL, false};
        store_relaxed(&mp->p->preempt, false);
        bool tryWakeP = false;
        struct next_g next = findRunnable(mp, &tryWakeP);
        if (!next.gp) return next;
        if (mp->spinning) resetspinning(mp);
        if (tryWakeP) wakep(mp);
        if (!next.gp->lockedm) return next;
        if (next.gp->lockedm == mp) return next;
        if (!startlockedm(mp, next.gp)) return (struct next_g){NULL, false};
    }
}

/* true: a goroutine tied to the thread ended, and the thread ends with it. false: the run is over. */
static bool scheduler(struct m *mp) {
    enum life life = GOES_ON;
    while (life == GOES_ON) {
        struct next_g next = schedule(mp);
        while (next.gp && life == GOES_ON) {
            if (ended(mp->rt)) return false;
            next = execute(mp, next.gp, next.inherit, &life);
        }
        if (ended(mp->rt)) return false;
    }
    return life == THREAD_ENDS;
}

void rt_mstart(struct m *mp) {
    if (tracing(mp)) trace_mbegin(mp);
    if (one_to_one(mp->rt)) {
        one_mstart(mp);
    } else if (mp->is_sysmon) {
        sysmon(mp);
    } else if (!ended(mp->rt)) {
        struct p *pp = mp->nextp;
        mp->nextp = NULL;
        acquirep(mp, pp, mp->p_why);
        if (mp == mp->rt->m0) newproc(mp, mp->rt->main);
        if (scheduler(mp)) mexit(mp);
    }
    mp->rt->world->ops->mexit(mp->rt->world, mp);
}

/* ---- LockOSThread ---------------------------------------------------------------------------------------------- */

void rt_lock_os_thread(struct m *mp, bool on) {
    struct g *gp = mp->curg;
    if (!on && mp->locked_ext == 0) return;
    if (on) mp->locked_ext++;
    else mp->locked_ext--;
    bool tied = mp->locked_ext != 0;
    bool was = gp->lockedm != NULL;
    mp->lockedg = tied ? gp : NULL;
    gp->lockedm = tied ? mp : NULL;
    if (tied != was && tracing(mp)) trace_plain(mp, RT_EV_GoLockThread, RT_WHY_None, tied, 0, 0);
}
