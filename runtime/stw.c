/* stw.c - stopping and starting the world (proc.go: stopTheWorldWithSema, startTheWorldWithSema), GOMAXPROCS(n). */
#include "proc.h"

/* Takes every P that nobody runs Go code on; sched.lock held. */
static void take_idle_and_syscall_ps(struct m *mp) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    for (uint32_t i = 0, n = load_relaxed(&rt->gomaxprocs); i < n; i++) {
        struct g *gp;
        struct p *pp = allp(rt, i);
        if (pp == mp->p || !setBlockOnExitSyscall(pp, &gp)) continue;
        takeP(pp, gp, Pgcstop, RT_WHY_StopTheWorld);
        procstop_told(mp, pp, false);
        s->stopwait--;
    }
    for (struct p *pp; (pp = pidleget(mp)) != NULL;) {
        store_release(&pp->status, Pgcstop);
        s->stopwait--;
    }
}

bool rt_stop_the_world(struct m *mp, enum rt_stw kind) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    visible(mp);
    shared(mp, (const void *)RT_SHARED_WORLD, RT_SHARED_WRITE);
    if (ended(rt) || !trylock(&s->worldsema)) return false;
    if (one_to_one(rt)) return one_stop_the_world(mp, kind);
    lock(mp, &s->lock);
    if (tracing(mp)) trace_object(mp, TRACE_SCHED, 0, &s->trace_seq, false, RT_EV_STWBegin, kind, 0, 0);
    s->stopwait = (int32_t)load_relaxed(&rt->gomaxprocs);
    store_seq_cst(&s->gcwaiting, 1);
    preemptall(mp);
    store_release(&mp->p->status, Pgcstop);
    s->stopwait--;
    take_idle_and_syscall_ps(mp);
    bool wait = s->stopwait > 0;
    unlock(&s->lock);
    while (wait && !ended(rt)) {
        if (rt->world->ops->note_tsleep(rt->world, mp, &s->stopnote, STOP_NOTE_WAIT)) {
            note_clear(&s->stopnote);
            break;
        }
        preemptall(mp);
    }
    return !ended(rt);
}

/* The Ps that procresize found to have work get their Ms; sched.lock held, and let go now and then. */
static void start_ps(struct m *mp, struct p *p1) {
    struct rt *rt = mp->rt;
    while (p1 && !ended(rt)) {
        struct p *pp = p1;
        struct m *nmp = pp->startm;
        p1 = pp->link;
        pp->link = NULL;
        pp->startm = NULL;
        if (!nmp) {
            startm(mp, pp, false, true, RT_WHY_StartTheWorld);
            continue;
        }
        if (tracing(mp)) trace_mwake(mp, nmp, false, pp, RT_WHY_StartTheWorld);
        nmp->nextp = pp;
        nmp->p_why = RT_WHY_StartTheWorld;
        nmp->spinning = false;
        note_wake(mp, &nmp->park);
    }
}

static void start_the_world(struct m *mp, unsigned procs) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    if (load_relaxed(&s->netwaiters)) netpoll_and_inject(mp);
    lock(mp, &s->lock);
    struct p *p1 = procresize(mp, procs);
    store_seq_cst(&s->gcwaiting, 0);
    wakesysmon(mp);
    start_ps(mp, p1);
    if (tracing(mp)) trace_object(mp, TRACE_SCHED, 0, &s->trace_seq, false, RT_EV_STWEnd, 0, 0, 0);
    unlock(&s->lock);
    unlock(&s->worldsema);
    wakep(mp);
}

void rt_start_the_world(struct m *mp) {
    if (one_to_one(mp->rt)) one_start_the_world(mp);
    else start_the_world(mp, load_relaxed(&mp->rt->gomaxprocs));
}

unsigned rt_gomaxprocs(struct m *mp, int n) {
    struct rt *rt = mp->rt;
    unsigned old = load_relaxed(&rt->gomaxprocs);
    if (n < 1 || (unsigned)n == old) return old;
    if (one_to_one(rt)) { /* a number only: no thread waits for a P */
        store_release(&rt->gomaxprocs, (unsigned)n > MAX_GOMAXPROCS ? MAX_GOMAXPROCS : (unsigned)n);
        return old;
    }
    if (!rt_stop_the_world(mp, RT_STW_GOMAXPROCS)) return 0;
    old = load_relaxed(&rt->gomaxprocs);
    start_the_world(mp, (unsigned)n > MAX_GOMAXPROCS ? MAX_GOMAXPROCS : (unsigned)n);
    return old;
}
