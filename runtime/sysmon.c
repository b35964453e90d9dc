/* sysmon.c - the thread without a P that watches the others (proc.go: sysmon, retake, preemptone).
 *
 * It naps 20 us, after 50 idle rounds twice as long each time up to 10 ms, and sleeps deeply while all Ps are idle
 * or a stop of the world is wanted. It asks goroutines that ran for 10 ms to give way, takes Ps from system calls,
 * and polls if nobody did for 10 ms. It runs no timers.
 */
#include "proc.h"

bool preemptone(struct m *mp, struct p *pp, int64_t ran) {
    struct m *owner = load_acquire(&pp->m);
    if (!owner || owner == mp) return false;
    struct g *gp = load_acquire(&owner->curg_hint);
    if (!gp || readgstatus(gp) == Gsyscall) return false;
    store_relaxed(&gp->preempt, true);
    store_relaxed(&pp->preempt, true);
    if (ran && tracing(mp)) {
        uint64_t goid = __atomic_load_n(&gp->goid, __ATOMIC_RELAXED); /* it may be dead and reused by now */
        trace_plain(mp, RT_EV_Preempt, RT_WHY_Preempted, goid, (uint64_t)ran, 0);
    }
    return true;
}

void preemptall(struct m *mp) {
    struct rt *rt = mp->rt;
    for (uint32_t i = 0, n = load_acquire(&rt->gomaxprocs); i < n; i++) {
        if (load_acquire(&allp(rt, i)->status) == Prunning) preemptone(mp, allp(rt, i), 0);
    }
}

/* One P in a system call: true if it was taken. */
static bool retake_syscall(struct m *mp, struct p *pp, bool sysretake, int64_t now) {
    struct sched *s = &mp->rt->sched;
    struct g *gp;
    if (!setBlockOnExitSyscall(pp, &gp)) return false;
    uint32_t tick = load_relaxed(&pp->syscalltick);
    if (!sysretake && pp->sysmontick.syscalltick != tick) {
        /* First seen in this call: it has one more round of ours. */
        pp->sysmontick.syscalltick = tick;
        pp->sysmontick.syscallwhen = now;
        resumeSyscall(gp);
        return false;
    }
    /* Nothing waits for the P and others look for work or idle: it is spared, but not for ever, so that sysmon may
     * sleep deeply. */
    if (runqempty(pp) && (uint32_t)load_seq_cst(&s->nmspinning) + load_seq_cst(&s->npidle) > 0 &&
        pp->sysmontick.syscallwhen + FORCE_PREEMPT_NS > now) {
        resumeSyscall(gp);
        return false;
    }
    takeP(pp, gp, Pidle, RT_WHY_SyscallTaken);
    handoffp(mp, pp);
    return true;
}

static unsigned retake(struct m *mp, int64_t now) {
    struct rt *rt = mp->rt;
    unsigned taken = 0;
    for (uint32_t i = 0, n = load_acquire(&rt->gomaxprocs); i < n && !ended(rt); i++) {
        struct p *pp = allp(rt, i);
        if (load_acquire(&pp->status) != Prunning) continue;
        uint32_t tick = load_relaxed(&pp->schedtick);
        bool sysretake = false;
        if (pp->sysmontick.schedtick != tick) {
            pp->sysmontick.schedtick = tick;
            pp->sysmontick.schedwhen = now;
        } else if (pp->sysmontick.schedwhen + FORCE_PREEMPT_NS <= now) {
            preemptone(mp, pp, now - pp->sysmontick.schedwhen);
            sysretake = true; /* preemptone does not reach a G in a system call */
        }
        /* While a P is between two owners its M must count as running, or checkdead would see a deadlock. */
        incidlelocked(mp, -1);
        if (retake_syscall(mp, pp, sysretake, now)) taken++;
        incidlelocked(mp, 1);
    }
    return taken;
}

static bool nothing_to_watch(struct rt *rt) {
    return load_seq_cst(&rt->sched.gcwaiting) || load_seq_cst(&rt->sched.npidle) == load_relaxed(&rt->gomaxprocs);
}

/* Until a timer is due, somebody wakes us or a minute has passed; true if we were woken. */
static bool deep_sleep(struct m *mp, int64_t now) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    bool woken = false;
    lock(mp, &s->lock);
    if (nothing_to_watch(rt)) {
        int64_t next = timeSleepUntil(rt);
        if (next > now) {
            store_relaxed(&s->sysmonwait, 1);
            unlock(&s->lock);
            int64_t ns = next - now < SYSMON_DEEP_SLEEP ? next - now : SYSMON_DEEP_SLEEP;
            if (tracing(mp)) trace_plain(mp, RT_EV_SysmonNap, RT_WHY_None, 0, 0, 0);
            woken = rt->world->ops->note_tsleep(rt->world, mp, &s->sysmonnote, ns);
            lock(mp, &s->lock);
            store_relaxed(&s->sysmonwait, 0);
            note_clear(&s->sysmonnote);
        }
    }
    unlock(&s->lock);
    return woken;
}

static void poll_if_nobody_did(struct m *mp, int64_t now) {
    struct sched *s = &mp->rt->sched;
    int64_t last = load_seq_cst(&s->lastpoll);
    if (last == 0 || last + NETPOLL_MAX_AGE >= now) return;
    if (!cas_seq_cst(&s->lastpoll, &last, now)) return;
    if (!load_relaxed(&s->netwaiters)) return;
    incidlelocked(mp, -1);
    netpoll_and_inject(mp);
    incidlelocked(mp, 1);
}

void sysmon(struct m *mp) {
    struct rt *rt = mp->rt;
    lock(mp, &rt->sched.lock);
    rt->sched.nmsys++;
    const char *dead = checkdead(rt);
    unlock(&rt->sched.lock);
    if (dead) rt_throw(mp, NULL, dead, true);
    unsigned idle = 0;
    int64_t nap = 0, told = 0;
    uint64_t limit = rt->config.limits.time_ns;
    while (!ended(rt)) {
        if (idle == 0) nap = SYSMON_MIN_NAP;
        else if (idle > SYSMON_IDLE_ROUNDS) nap *= 2;
        if (nap > SYSMON_MAX_NAP) nap = SYSMON_MAX_NAP;
        if (nap != told && tracing(mp)) trace_plain(mp, RT_EV_SysmonNap, RT_WHY_None, (uint64_t)nap, 0, 0);
        told = nap;
        rt->world->ops->usleep(rt->world, mp, nap);
        if (ended(rt)) return;
        int64_t now = nanotime(mp);
        if (nothing_to_watch(rt)) {
            bool woken = deep_sleep(mp, now);
            if (woken) {
                idle = 0;
                nap = SYSMON_MIN_NAP;
            }
            told = 0;
        }
        if (ended(rt)) return;
        now = nanotime(mp);
        if (limit && (uint64_t)now >= limit) rt_end_limit(rt, mp, "time", limit);
        poll_if_nobody_did(mp, now);
        if (retake(mp, now)) idle = 0;
        else idle++;
    }
}
