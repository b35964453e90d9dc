/* main.c - runtime.main and the runtime's own goroutines (proc.go: main, forcegchelper; mgc.go: gcenable;
 * mfinal.go).
 *
 * They exist so that numbers, ticks and queues are Go's: when main.main begins, goroutines 2 (force gc), 3
 * (sweeper) and 4 (scavenger) wait, and 5 (GOMAXPROCS updater) and 6 (finalizers) are still runnable. The collector
 * is the executor's, so after their first step they wait for good.
 *
 * Goroutine 1 is tied to M0 while it initializes, as in Go: its first wait hands the P to another M.
 */
#include "proc.h"

static enum rt_exit park(struct m *mp, enum rt_reason why) {
    gopark(mp, NULL, NULL, why, 0, 0);
    return RT_EXIT_PARK;
}

static enum rt_exit forcegchelper(struct m *mp, struct g *gp) {
    (void)gp;
    return park(mp, RT_WHY_ForceGCIdle);
}

/* Sweeper and scavenger tell main that they run, then wait. */
static enum rt_exit tell_and_park(struct m *mp, struct g *gp, enum rt_reason why) {
    if (gp->param[1]) return park(mp, why);
    gp->stack[0] = 1;
    enum rt_status st = rt_chansend(mp, mp->rt->gcenable, 0);
    if (st != RT_OK) return st == RT_AGAIN ? RT_EXIT_PREEMPTED : RT_EXIT_END;
    gp->param[1] = 1;
    return park(mp, why);
}

static enum rt_exit bgsweep(struct m *mp, struct g *gp) { return tell_and_park(mp, gp, RT_WHY_GCSweepWait); }
static enum rt_exit bgscavenge(struct m *mp, struct g *gp) { return tell_and_park(mp, gp, RT_WHY_GCScavengeWait); }

static enum rt_exit updateMaxProcs(struct m *mp, struct g *gp) {
    (void)gp;
    return park(mp, RT_WHY_UpdateGOMAXPROCSIdle);
}

static enum rt_exit runFinalizers(struct m *mp, struct g *gp) {
    (void)gp;
    return park(mp, RT_WHY_FinalizerWait);
}

static bool go_system(struct m *mp, enum rt_runtime_fn fn, sysg_fn run) {
    /* A run whose first goroutine shall have a lower number has fewer of them (a program without fmt: no
     * finalizers). */
    unsigned first = mp->rt->config.first_goid;
    if (first && fn + 2u >= first) return true;
    struct g *gp = newproc1(mp, RT_FN_RUNTIME | fn, 0, 1, run);
    if (!gp) return false;
    gp->param[1] = 0;
    newproc(mp, gp);
    return true;
}

static bool start_sysmon(struct m *mp) {
    struct rt *rt = mp->rt;
    lock(mp, &rt->sched.lock);
    int64_t id = mReserveID(mp);
    struct m *m2 = allocm(rt, id);
    if (m2) {
        m2->is_sysmon = true;
        if (tracing(mp)) trace_mstart(mp, m2, 2, NULL, RT_WHY_Bootstrap);
    }
    unlock(&rt->sched.lock);
    if (m2) return newm(mp, m2);
    throw_oom(mp);
    return false;
}

static void tie_main(struct m *mp, struct g *gp, bool tied) {
    mp->lockedg = tied ? gp : NULL;
    gp->lockedm = tied ? mp : NULL;
    if (tracing(mp)) trace_plain(mp, RT_EV_GoLockThread, RT_WHY_None, tied, 0, 0);
}

/* Steps: 0 begins; 1 and 2 wait for sweeper and scavenger; then the program's own code, by the executor. */
enum { STEP = 2 };

enum rt_exit runtime_main(struct m *mp, struct g *gp) {
    struct rt *rt = mp->rt;
    if (one_to_one(rt)) { /* no thread of its own for what never has anything to do */
        gp->sysrun = NULL;
        return rt->exec->run(rt->exec_ctx, mp, gp);
    }
    if (gp->param[STEP] == 0) {
        gp->param[STEP] = 1;
        rt->main_started = true;
        if (!start_sysmon(mp)) return RT_EXIT_END;
        tie_main(mp, gp, true);
        bool ok = go_system(mp, RT_FN_FORCEGC, forcegchelper) && go_system(mp, RT_FN_BGSWEEP, bgsweep) &&
                  go_system(mp, RT_FN_BGSCAVENGE, bgscavenge);
        if (!ok) return RT_EXIT_END;
    }
    unsigned first = rt->config.first_goid;
    while (gp->param[STEP] <= 2 && (first == 0 || first > 4)) {
        enum rt_status st = rt_chanrecv(mp, rt->gcenable, RT_CHAN_DISCARD, -1);
        if (st == RT_PARKED) return RT_EXIT_PARK;
        if (st == RT_AGAIN) return RT_EXIT_PREEMPTED;
        if (st != RT_OK) return RT_EXIT_END;
        gp->param[STEP]++;
    }
    if (!go_system(mp, RT_FN_UPDATEMAXPROCS, updateMaxProcs) || !go_system(mp, RT_FN_RUNFINQ, runFinalizers)) {
        return RT_EXIT_END;
    }
    tie_main(mp, gp, false);
    gp->sysrun = NULL;
    gp->param[STEP] = 0;
    return rt->exec->run(rt->exec_ctx, mp, gp);
}
