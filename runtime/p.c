/* p.c - processors: taking and giving back, the idle list, GOMAXPROCS. */
#include <stdlib.h>
#include <string.h>

#include "proc.h"

/* mp takes pp; ProcStart was told, or nobody listens. */
void acquirep_told(struct m *mp, struct p *pp) {
    mp->p = pp;
    store_release(&pp->m, mp);
    store_release(&pp->status, Prunning);
    pp->oldm = mp;
}

void acquirep(struct m *mp, struct p *pp, enum rt_reason why) {
    if (tracing(mp)) trace_procstart(mp, pp, why, false);
    acquirep_told(mp, pp);
}

struct p *releasep(struct m *mp, enum rt_reason why) {
    struct p *pp = mp->p;
    mp->p = NULL;
    store_release(&pp->m, NULL);
    store_release(&pp->status, Pidle);
    pp->stop.steal = false;
    pp->stop.why = why;
    pp->stop.m = mp;
    return pp;
}

void procstop_told(struct m *mp, struct p *pp, bool glue) {
    if (tracing(mp)) trace_procstop(mp, pp, glue);
    pp->stop.m = NULL;
    if (!pp->stop.pinned) return;
    /* Only now, for what it does next comes after the event. */
    resumeSyscall(pp->stop.pinned);
    pp->stop.pinned = NULL;
}

void pidleput(struct m *mp, struct p *pp) {
    struct sched *s = &mp->rt->sched;
    procstop_told(mp, pp, false);
    pp->link = s->pidle;
    s->pidle = pp;
    add_seq_cst(&s->npidle, 1);
}

struct p *pidleget(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    struct p *pp = s->pidle;
    if (!pp) return NULL;
    s->pidle = pp->link;
    pp->link = NULL;
    sub_seq_cst(&s->npidle, 1);
    return pp;
}

struct p *pidlegetSpinning(struct m *mp) {
    struct p *pp = pidleget(mp);
    /* Work waits and no P is free: a spinning P may go idle in the meantime; an M about to idle then spins instead. */
    if (!pp) store_seq_cst(&mp->rt->sched.needspinning, 1);
    return pp;
}

struct p *pidleget_self(struct m *mp, enum rt_reason why, bool spinning) {
    struct p *pp = spinning ? pidlegetSpinning(mp) : pidleget(mp);
    if (pp && tracing(mp)) trace_procstart(mp, pp, why, true);
    return pp;
}

struct p *newp(struct rt *rt, uint32_t id) {
    struct p *pp = rt->allp[id];
    if (!pp) {
        pp = calloc(1, sizeof *pp);
        if (!pp) return NULL;
        pp->id = (int32_t)id;
        pp->timers.p = pp;
        rt->allp[id] = pp;
        if (id >= rt->nallp) rt->nallp = id + 1;
    }
    store_release(&pp->status, Pgcstop);
    return pp;
}

/* Makes Ps 0..procs-1; P0 is left for the first M, the others are idle, the highest on top (as procresize leaves
 * them). */
bool procresize_init(struct rt *rt, unsigned procs) {
    rt->allp = calloc(MAX_GOMAXPROCS, sizeof(struct p *));
    if (!rt->allp) return false;
    for (uint32_t i = 0; i < procs; i++) {
        if (!newp(rt, i)) return false;
        store_release(&rt->allp[i]->status, Pidle);
    }
    for (uint32_t i = 1; i < procs; i++) {
        rt->allp[i]->link = rt->sched.pidle;
        rt->sched.pidle = rt->allp[i];
        add_seq_cst(&rt->sched.npidle, 1);
    }
    store_release(&rt->gomaxprocs, procs);
    return true;
}

/* pp goes away: its ring, then its runnext before it, to the head of the global queue; its timers to `heir`. */
static void destroy(struct m *mp, struct p *pp, struct p *heir) {
    uint32_t h = load_acquire(&pp->runqhead), t = load_relaxed(&pp->runqtail), n = t - h;
    struct g *next = load_relaxed(&pp->runnext);
    if (tracing(mp) && (n || next)) trace_queue_drain(mp, pp, h, n, n + (next != NULL));
    for (uint32_t i = n; i > 0; i--)
        globrunqputhead(mp, load_relaxed(&pp->runq[(h + i - 1) & (RUNQ_SIZE - 1)]));
    store_release(&pp->runqhead, t);
    if (next) {
        store_relaxed(&pp->runnext, NULL);
        globrunqputhead(mp, next);
    }
    timers_take(mp, &heir->timers, &pp->timers);
    gfpurge(mp, pp);
    stacks_purge(mp, pp);
    store_release(&pp->status, Pdead);
}

/* mp's own P is kept if it stays, else P0 is taken in its place. */
static bool keep_a_p(struct m *mp, unsigned procs) {
    if ((unsigned)mp->p->id < procs) {
        store_release(&mp->p->status, Prunning);
        return true;
    }
    if (tracing(mp)) trace_gostop(mp, mp->curg, RT_WHY_StopTheWorld);
    mp->curg = NULL; /* in hand, as the events tell it, until it starts on P0 */
    procstop_told(mp, releasep(mp, RT_WHY_ProcResize), false);
    return false;
}

static void start_on_p0(struct m *mp, struct g *gp) {
    if (tracing(mp)) trace_procstart(mp, mp->rt->allp[0], RT_WHY_ProcResize, true);
    acquirep_told(mp, mp->rt->allp[0]);
    add_relaxed(&mp->p->schedtick, 1);
    mp->trail = 0;
    if (tracing(mp)) trace_gostart(mp, gp, RT_WHY_StopTheWorld, false);
    mp->curg = gp;
}

struct p *procresize(struct m *mp, unsigned procs) {
    struct rt *rt = mp->rt;
    unsigned old = load_relaxed(&rt->gomaxprocs);
    for (unsigned i = old; i < procs; i++) {
        if (newp(rt, i)) continue;
        procs = i; /* no memory for more */
        break;
    }
    struct g *gp = mp->curg;
    bool kept = keep_a_p(mp, procs);
    for (unsigned i = procs; i < old; i++)
        destroy(mp, rt->allp[i], kept ? mp->p : rt->allp[0]);
    if (tracing(mp)) trace_procs_change(mp, procs);
    if (!kept) start_on_p0(mp, gp);

    struct p *runnable = NULL, *need_m = NULL, *idle = NULL;
    for (unsigned i = procs; i-- > 0;) {
        struct p *pp = rt->allp[i];
        if (pp == mp->p) continue;
        store_release(&pp->status, Pidle);
        pp->startm = NULL;
        if (runqempty(pp)) {
            pp->link = idle;
            idle = pp;
            continue;
        }
        struct m *last = pp->oldm ? mgetSpecific(rt, pp->oldm) : NULL;
        if (last) {
            pp->startm = last;
            pp->link = runnable;
            runnable = pp;
        } else {
            pp->link = need_m;
            need_m = pp;
        }
    }
    while (need_m) {
        struct p *pp = need_m;
        need_m = pp->link;
        pp->startm = mget(rt);
        pp->link = runnable;
        runnable = pp;
    }
    while (idle) {
        struct p *pp = idle;
        idle = pp->link;
        pp->link = rt->sched.pidle; /* not pidleput: ProcsChange told it */
        rt->sched.pidle = pp;
        add_seq_cst(&rt->sched.npidle, 1);
    }
    store_release(&rt->gomaxprocs, procs);
    return runnable;
}

void free_ps(struct rt *rt) {
    for (uint32_t i = 0; rt->allp && i < rt->nallp; i++) {
        struct p *pp = rt->allp[i];
        if (!pp) continue;
        free_timers(pp);
        free(pp);
    }
    free(rt->allp);
    rt->allp = NULL;
}
