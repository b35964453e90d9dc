/* runq.c - a P's run queue and the global one.
 *
 * The local queue is a ring of RUNQ_SIZE with one producer, the P's owner, and many consumers, the owner and
 * thieves. runqtail is written by the owner alone: store-release publishes the slot it covers. runqhead moves only
 * by compare-and-swap, by whoever takes; a taker copies the slots first and commits with the CAS, so a slot that
 * was overwritten meanwhile (the head had moved) is never used. The slots are atomics only because of that race;
 * their order comes from head and tail. Acquire on the head by the producer: a slot is reused only after its taker
 * has read it.
 *
 * runnext is one G that runs before the ring. The owner exchanges it; a thief may CAS it away, but only from an M
 * that has been running a while (see runqgrab). Putting there is a full barrier, which wakep needs: it looks for
 * spinners after the work is visible (the other half of the pattern is in findRunnable).
 */
#include "proc.h"

#define MASK (RUNQ_SIZE - 1u)
_Static_assert((RUNQ_SIZE & MASK) == 0, "a power of two");

bool runqempty(struct p *pp) {
    /* Head, tail and runnext at one moment: runnext may be kicked into the ring between the looks. */
    for (;;) {
        uint32_t head = load_acquire(&pp->runqhead);
        uint32_t tail = load_acquire(&pp->runqtail);
        struct g *next = load_acquire(&pp->runnext);
        if (tail == load_acquire(&pp->runqtail)) return head == tail && !next;
    }
}

/* The ring is full: half of it and gp go to the global queue. false: it is not full any more. The lock is held over
 * both (Go takes it after the ring's commit), so that the move is one act. */
static bool runqputslow(struct m *mp, struct p *pp, struct g *gp, uint32_t h, uint32_t t, enum rt_reason why) {
    struct rt *rt = mp->rt;
    struct g *batch[RUNQ_SIZE / 2 + 1];
    uint32_t n = (t - h) / 2;
    for (uint32_t i = 0; i < n; i++)
        batch[i] = load_relaxed(&pp->runq[(h + i) & MASK]);
    batch[n] = gp;
    uint32_t expect = h;
    lock(mp, &rt->sched.lock);
    if (!cas_acq_rel(&pp->runqhead, &expect, h + n)) {
        unlock(&rt->sched.lock);
        return false;
    }
    struct gqueue q = {0};
    for (uint32_t i = 0; i <= n; i++)
        gq_pushBack(&q, batch[i]);
    if (tracing(mp)) trace_overflow(mp, pp, gp, n + 1, h, t, why);
    globrunqputbatch(mp, &q);
    unlock(&rt->sched.lock);
    return true;
}

static void ringput(struct m *mp, struct p *pp, struct g *gp, enum rt_reason why) {
    for (;;) {
        uint32_t h = load_acquire(&pp->runqhead);
        uint32_t t = load_relaxed(&pp->runqtail);
        if (t - h < RUNQ_SIZE) {
            store_relaxed(&pp->runq[t & MASK], gp);
            if (tracing(mp)) trace_runqput(mp, pp, gp, h, t, why);
            store_release(&pp->runqtail, t + 1);
            return;
        }
        if (runqputslow(mp, pp, gp, h, t, why)) return;
    }
}

void runqput(struct m *mp, struct p *pp, struct g *gp, bool next, enum rt_reason why) {
    if (!next) {
        ringput(mp, pp, gp, why);
        return;
    }
    uint32_t put = gp->runnext_put = pp->runnext_puts++;
    uint64_t goid = gp->goid; /* once it lies there a thief may take and even end it */
    struct g *old = exchange_seq_cst(&pp->runnext, gp);
    if (tracing(mp)) trace_runnextput(mp, pp, goid, put, old, why);
    if (old) ringput(mp, pp, old, RT_WHY_Displaced);
}

void runqputbatch(struct p *pp, struct gqueue *q) {
    uint32_t h = load_acquire(&pp->runqhead);
    uint32_t t = load_relaxed(&pp->runqtail);
    while (!gq_empty(q) && t - h < RUNQ_SIZE) {
        store_relaxed(&pp->runq[t & MASK], gq_pop(q));
        t++;
    }
    store_release(&pp->runqtail, t);
}

struct g *runqget(struct m *mp, struct p *pp, bool *inherit) {
    struct g *next = load_relaxed(&pp->runnext);
    /* If the CAS fails a thief took it; nobody but mp puts another there. */
    if (next && cas_acq_rel(&pp->runnext, &next, NULL)) {
        if (tracing(mp)) trace_runnextget(mp, pp, next);
        *inherit = true;
        mp->found = RT_WHY_FromRunnext;
        return next;
    }
    *inherit = false;
    for (;;) {
        uint32_t h = load_acquire(&pp->runqhead);
        uint32_t t = load_relaxed(&pp->runqtail);
        if (t == h) return NULL;
        struct g *gp = load_relaxed(&pp->runq[h & MASK]);
        uint32_t expect = h;
        if (cas_release(&pp->runqhead, &expect, h + 1)) {
            if (tracing(mp)) trace_runqget(mp, pp, gp, h);
            mp->found = RT_WHY_FromLocal;
            return gp;
        }
    }
}

/* May p2's runnext be taken? From a P that runs: only after a nap, for its G is likely to block and run it itself. */
static void wait_before_runnext(struct m *mp, struct p *p2) {
    if (load_acquire(&p2->status) != Prunning) return;
    struct m *owner = load_acquire(&p2->m);
    if (!owner) return;
    struct g *gp = load_acquire(&owner->curg_hint);
    if (gp && readgstatus(gp) == Gsyscall) return;
    mp->rt->world->ops->usleep(mp->rt->world, mp, RUNNEXT_STEAL_SLEEP);
}

/* Takes half of p2's ring, rounded up, into pp's ring from its tail on (not yet published); how many. Or its
 * runnext. */
static uint32_t runqgrab(struct m *mp, struct p *pp, struct p *p2, uint32_t tail, bool stealRunNextG, uint32_t *head) {
    for (;;) {
        uint32_t h = load_acquire(&p2->runqhead);
        uint32_t t = load_acquire(&p2->runqtail);
        uint32_t n = t - h;
        n = n - n / 2;
        if (n == 0) {
            if (!stealRunNextG) return 0;
            struct g *next = load_acquire(&p2->runnext);
            if (!next) return 0;
            wait_before_runnext(mp, p2);
            if (!cas_acq_rel(&p2->runnext, &next, NULL)) continue;
            store_relaxed(&pp->runq[tail & MASK], next);
            if (tracing(mp)) trace_runnextsteal(mp, pp, p2, next);
            mp->found = RT_WHY_FromRunnextSteal;
            *head = h;
            return 1;
        }
        if (n > RUNQ_SIZE / 2) continue; /* h and t are not of one moment */
        for (uint32_t i = 0; i < n; i++) {
            store_relaxed(&pp->runq[(tail + i) & MASK], load_relaxed(&p2->runq[(h + i) & MASK]));
        }
        uint32_t expect = h;
        if (!cas_acq_rel(&p2->runqhead, &expect, h + n)) continue;
        if (tracing(mp)) trace_runqsteal(mp, pp, p2, n, h, tail);
        mp->found = RT_WHY_FromSteal;
        *head = h;
        return n;
    }
}

struct g *runqsteal(struct m *mp, struct p *pp, struct p *p2, bool stealRunNextG) {
    uint32_t t = load_relaxed(&pp->runqtail), head;
    uint32_t n = runqgrab(mp, pp, p2, t, stealRunNextG, &head);
    if (n == 0) return NULL;
    n--;
    struct g *gp = load_relaxed(&pp->runq[(t + n) & MASK]);
    if (n > 0) store_release(&pp->runqtail, t + n);
    return gp;
}

/* ---- lists of Gs by schedlink ---------------------------------------------------------------------------------- */

void gq_push(struct gqueue *q, struct g *gp) {
    gp->schedlink = q->head;
    q->head = gp;
    if (!q->tail) q->tail = gp;
    q->size++;
}

void gq_pushBack(struct gqueue *q, struct g *gp) {
    gp->schedlink = NULL;
    if (q->tail) q->tail->schedlink = gp;
    else q->head = gp;
    q->tail = gp;
    q->size++;
}

void gq_pushBackAll(struct gqueue *q, struct gqueue *q2) {
    if (!q2->head) return;
    if (q->tail) q->tail->schedlink = q2->head;
    else q->head = q2->head;
    q->tail = q2->tail;
    q->size += q2->size;
    *q2 = (struct gqueue){0};
}

struct g *gq_pop(struct gqueue *q) {
    struct g *gp = q->head;
    if (!gp) return NULL;
    q->head = gp->schedlink;
    if (!q->head) q->tail = NULL;
    gp->schedlink = NULL;
    q->size--;
    return gp;
}

/* ---- the global queue; sched.lock held ------------------------------------------------------------------------- */

/* seq_cst: after putting work here, whoever put it looks for idle Ps and spinners without the lock. */
static void publish_size(struct rt *rt) { store_seq_cst(&rt->sched.runqsize, rt->sched.runq.size); }

void globrunqput(struct m *mp, struct g *gp, enum rt_reason why) {
    gq_pushBack(&mp->rt->sched.runq, gp);
    if (tracing(mp)) trace_globput(mp, gp, false, why);
    publish_size(mp->rt);
}

void globrunqputhead(struct m *mp, struct g *gp) {
    gq_push(&mp->rt->sched.runq, gp);
    publish_size(mp->rt);
}

void globrunqputbatch(struct m *mp, struct gqueue *q) {
    gq_pushBackAll(&mp->rt->sched.runq, q);
    publish_size(mp->rt);
}

struct g *globrunqget(struct m *mp) {
    struct g *gp = gq_pop(&mp->rt->sched.runq);
    if (!gp) return NULL;
    publish_size(mp->rt);
    mp->found = RT_WHY_FromGlobalTick;
    if (tracing(mp)) trace_globget(mp, mp->p, gp, 1, 0, RT_WHY_FromGlobalTick);
    return gp;
}

struct g *globrunqgetbatch(struct m *mp, struct p *pp, uint32_t n, enum rt_reason why) {
    struct rt *rt = mp->rt;
    uint32_t size = rt->sched.runq.size;
    if (size == 0) return NULL;
    uint32_t share = size / load_relaxed(&rt->gomaxprocs) + 1;
    if (n > size) n = size;
    if (n > share) n = share;
    struct g *gp = gq_pop(&rt->sched.runq);
    struct gqueue q = {0};
    for (uint32_t i = 1; i < n; i++)
        gq_pushBack(&q, gq_pop(&rt->sched.runq));
    publish_size(rt);
    mp->found = why;
    if (tracing(mp)) trace_globget(mp, pp, gp, n, load_relaxed(&pp->runqtail), why);
    runqputbatch(pp, &q);
    return gp;
}
