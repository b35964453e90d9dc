/* syscall.c - system calls (proc.go: entersyscall, exitsyscall, as of Go 1.26).
 *
 * A G in a system call keeps its P wired to its M; only the G's status says so. Whoever wants the P (sysmon, a stop
 * of the world, another M back from a call) pins the G with the scan bit, so that it cannot leave the call
 * meanwhile, takes the P and lets the G go. The G notices on its way out that its M has no P any more.
 */
#include "proc.h"

bool setBlockOnExitSyscall(struct p *pp, struct g **out) {
    if (load_acquire(&pp->status) != Prunning) return false;
    struct m *mp = load_acquire(&pp->m);
    if (!mp) return false;
    struct g *gp = load_acquire(&mp->curg_hint);
    if (!gp) return false;
    uint32_t want = Gsyscall;
    if (!cas_acq_rel(&gp->atomicstatus, &want, Gsyscall | Gscan)) return false;
    /* Pinned: its M cannot move on. But is it still that M's, and the P still the M's? */
    if (gp->m != mp || mp->p != pp) {
        setgstatus(gp, Gsyscall);
        return false;
    }
    *out = gp;
    return true;
}

void takeP(struct p *pp, struct g *gp, uint32_t status, enum rt_reason why) {
    struct m *from = gp->m;
    from->p = NULL;
    pp->stop.steal = true;
    pp->stop.why = why;
    pp->stop.m = from;
    pp->stop.mseq = from->trace_seq++;
    pp->stop.pinned = gp;
    store_release(&pp->m, NULL);
    store_release(&pp->status, status);
    store_relaxed(&pp->syscalltick, load_relaxed(&pp->syscalltick) + 1);
}

void resumeSyscall(struct g *gp) { setgstatus(gp, Gsyscall); }

/* A stop of the world is going on: mp's P stops now, not when it is taken. */
static void handle_stop(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    lock(mp, &s->lock);
    bool last = false;
    if (s->stopwait > 0) {
        struct p *pp = releasep(mp, RT_WHY_StopTheWorld);
        procstop_told(mp, pp, false);
        store_relaxed(&pp->syscalltick, load_relaxed(&pp->syscalltick) + 1);
        store_release(&pp->status, Pgcstop);
        last = --s->stopwait == 0;
    }
    unlock(&s->lock);
    if (last) note_wake(mp, &s->stopnote);
}

void wakesysmon(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    if (!load_relaxed(&s->sysmonwait)) return;
    store_relaxed(&s->sysmonwait, 0);
    note_wake(mp, &s->sysmonnote);
}

void entersyscall(struct m *mp, enum rt_syscall call) {
    struct sched *s = &mp->rt->sched;
    struct g *gp = mp->curg;
    if (one_to_one(mp->rt)) {
        one_entersyscall(mp, call);
        return;
    }
    mp->oldp = mp->p;
    if (tracing(mp)) trace_syscall_begin(mp, gp, call);
    if (load_seq_cst(&s->gcwaiting)) handle_stop(mp);
    setgstatus(gp, Gsyscall);
    if (load_relaxed(&s->sysmonwait)) {
        lock(mp, &s->lock);
        wakesysmon(mp);
        unlock(&s->lock);
    }
}

/* For a call that is sure to block: the P goes to others at once. */
void entersyscallblock(struct m *mp, enum rt_syscall call) {
    struct g *gp = mp->curg;
    struct p *pp = mp->p;
    if (one_to_one(mp->rt)) {
        one_entersyscall(mp, call);
        return;
    }
    mp->oldp = pp;
    store_relaxed(&pp->syscalltick, load_relaxed(&pp->syscalltick) + 1);
    if (tracing(mp)) trace_syscall_begin(mp, gp, call);
    releasep(mp, RT_WHY_SyscallBlock);
    handoffp(mp, pp);
    setgstatus(gp, Gsyscall);
}

/* The old P, if it is now in another M's system call; else any idle one. */
static struct p *exitsyscallTryGetP(struct m *mp, struct p *oldp) {
    struct sched *s = &mp->rt->sched;
    struct g *pinned;
    if (oldp && setBlockOnExitSyscall(oldp, &pinned)) {
        takeP(oldp, pinned, Pidle, RT_WHY_ExitSyscall);
        lock(mp, &s->lock);
        procstop_told(mp, oldp, true);
        if (tracing(mp)) trace_procstart(mp, oldp, RT_WHY_ExitSyscall, true);
        unlock(&s->lock);
        return oldp;
    }
    if (load_relaxed(&s->npidle) == 0) return NULL;
    lock(mp, &s->lock);
    struct p *pp = pidleget_self(mp, RT_WHY_ExitSyscall, false);
    if (pp) wakesysmon(mp);
    unlock(&s->lock);
    return pp;
}

bool exitsyscall(struct m *mp) {
    struct rt *rt = mp->rt;
    struct g *gp = mp->curg;
    visible(mp);
    if (one_to_one(rt)) return one_exitsyscall(mp);
    for (unsigned round = 0;; round++) {
        uint32_t want = Gsyscall;
        if (cas_acq_rel(&gp->atomicstatus, &want, Grunning)) break;
        rt->world->ops->lock_contended(rt->world, mp, round); /* pinned for a moment */
    }
    struct p *oldp = mp->oldp;
    mp->oldp = NULL;
    if (!mp->p) {
        if (ended(rt)) return false;
        struct p *pp = exitsyscallTryGetP(mp, oldp);
        if (!pp) return false;
        acquirep_told(mp, pp);
    }
    gp->waitsince = 0;
    store_relaxed(&mp->p->syscalltick, load_relaxed(&mp->p->syscalltick) + 1);
    if (tracing(mp)) trace_syscall_end(mp, gp);
    return true;
}

/* gp is back, without a P: it takes an idle one after all, or queues and mp stops. */
struct next_g exitsyscallNoP(struct m *mp, struct g *gp) {
    const struct next_g none = {NULL, false};
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    if (ended(rt)) return none;
    setgstatus(gp, Grunnable);
    gp->m = NULL;
    mp->curg = NULL;
    store_relaxed(&mp->curg_hint, NULL);
    bool locked = gp->lockedm != NULL;
    lock(mp, &s->lock);
    if (tracing(mp)) trace_syscall_end_blocked(mp, gp);
    struct p *pp = pidleget_self(mp, RT_WHY_ExitSyscall, false);
    if (pp) wakesysmon(mp);
    else globrunqput(mp, gp, RT_WHY_ExitSyscall);
    unlock(&s->lock);
    if (pp) {
        acquirep_told(mp, pp);
        mp->found = RT_WHY_ExitSyscall;
        return (struct next_g){gp, false};
    }
    if (locked) return stoplockedm(mp) ? (struct next_g){gp, false} : none;
    stopm(mp);
    return none;
}

/* ---- the calls ------------------------------------------------------------------------------------------------- */

static enum rt_status back(struct m *mp) {
    bool has_p = exitsyscall(mp);
    if (ended(mp->rt)) return RT_FATAL;
    return has_p ? RT_OK : RT_NO_P;
}

static void count_output(struct m *mp, int64_t n) {
    struct rt *rt = mp->rt;
    uint64_t limit = rt->config.limits.output;
    if (n <= 0 || !limit) return;
    if (add_relaxed(&rt->output, (uint64_t)n) + (uint64_t)n > limit) rt_end_limit(rt, mp, "output", limit);
}

/* The bytes of the program's output and their event leave together. */
static int64_t write_output(struct m *mp, int fd, const void *buf, size_t len) {
    struct rt *rt = mp->rt;
    int64_t n = -1;
    charge(mp, RT_COST_SYSCALL, 1);
    visible(mp);
    lock(mp, &rt->outlock);
    if (!ended(rt)) {
        n = rt->world->ops->write(rt->world, mp, fd, buf, len);
        if (n > 0 && tracing(mp)) trace_io(mp, RT_EV_Write, fd, rt_emit_bytes(mp, buf, (size_t)n), (uint64_t)n);
    }
    unlock(&rt->outlock);
    count_output(mp, n);
    return n;
}

/* Into a pipe or a file: it may block, so the event follows. */
static int64_t write_file(struct m *mp, int fd, const void *buf, size_t len) {
    struct rt *rt = mp->rt;
    int64_t n = rt->world->ops->write(rt->world, mp, fd, buf, len);
    if (n <= 0 || !tracing(mp) || ended(rt)) return n;
    lock(mp, &rt->outlock);
    trace_io(mp, RT_EV_Write, fd, rt_emit_bytes(mp, buf, (size_t)n), (uint64_t)n);
    unlock(&rt->outlock);
    return n;
}

enum rt_status rt_write(struct m *mp, int fd, const void *buf, size_t len, int64_t *n) {
    entersyscall(mp, RT_SYS_WRITE);
    *n = fd == 1 || fd == 2 ? write_output(mp, fd, buf, len) : write_file(mp, fd, buf, len);
    return back(mp);
}

enum rt_status rt_read(struct m *mp, int fd, void *buf, size_t len, bool nowait, int64_t *n) {
    struct rt *rt = mp->rt;
    entersyscall(mp, RT_SYS_READ);
    *n = rt->world->ops->read(rt->world, mp, fd, buf, len, nowait);
    if (*n >= 0 && tracing(mp)) {
        uint64_t at = rt_emit_bytes(mp, buf, (size_t)*n);
        trace_io(mp, RT_EV_Read, fd, at, (uint64_t)*n);
    }
    return back(mp);
}

enum rt_status rt_file(struct m *mp, struct rt_file_call *c, int64_t *n) {
    struct rt *rt = mp->rt;
    entersyscall(mp, c->op == RT_FILE_OPEN ? RT_SYS_OPEN : RT_SYS_OTHER);
    *n = rt->world->ops->file(rt->world, mp, c);
    return back(mp);
}

enum rt_status rt_nanosleep(struct m *mp, int64_t ns) {
    struct rt *rt = mp->rt;
    entersyscall(mp, RT_SYS_NANOSLEEP);
    rt->world->ops->nanosleep(rt->world, mp, ns);
    return back(mp);
}

void rt_shares_output(struct m *mp) {
    if (!mp->rt->config.search) return;
    visible(mp);
    shared(mp, (const void *)RT_SHARED_OUTPUT, RT_SHARED_WRITE);
}

void rt_raw_write(struct m *mp, int fd, const void *buf, size_t len) {
    struct rt *rt = mp->rt;
    const char *at = buf;
    lock(mp, &rt->outlock);
    while (len) {
        int64_t n = rt->world->ops->write(rt->world, mp, fd, at, len);
        if (n <= 0) break;
        if (tracing(mp)) trace_io(mp, RT_EV_Write, fd, rt_emit_bytes(mp, at, (size_t)n), (uint64_t)n);
        at += n;
        len -= (size_t)n;
    }
    unlock(&rt->outlock);
}
