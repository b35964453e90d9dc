/* sync_mutex.c - sync.Mutex (Go: internal/sync/mutex.go).
 *
 * The state word: bit 0 locked, bit 1 a waiter is awake and competes, bit 2 starving, then the number of waiters.
 * Normally an Unlock wakes one waiter, who must compete with whoever is running already and usually loses; one that
 * has waited for more than a millisecond makes the mutex starving: then Unlock hands it to the first waiter, and
 * newcomers queue.
 *
 * Events: a release is told before the state changes, an acquisition after, both under the lock of the semaphore's
 * root. So in the log, too, nobody holds what another still holds.
 */
#include "sync_mutex.h"

enum { LOCKED = RT_MUTEX_LOCKED, WOKEN = RT_MUTEX_WOKEN, STARVING = RT_MUTEX_STARVING, WAITER_SHIFT = 3 };
#define ONE_WAITER (UINT64_C(1) << WAITER_SHIFT)

/* gp->param of a lock on its way; [0] is the semaphore's. */
enum { P_SINCE = 1, P_FLAGS = 2 };
enum { F_LIFO = 1, F_STARVING = 2 };

enum attempt { HELD, AGAIN, PARKED, WAITED, FAILED };

struct lock_try {
    struct rt_sync_mutex *mu;
    const void *rw; /* the RWMutex whose inner mutex it is: that one tells its own events; NULL else */
    bool waited, starving, awoke;
    int iter;
};

static const void *named(const struct lock_try *t) { return t->rw ? t->rw : (const void *)t->mu; }

static enum attempt held(struct m *mp, const struct lock_try *t) {
    race_order(mp, mp->curg, RT_ORDER_ACQUIRE, t->mu);
    if (!t->rw) lock_event(mp, &t->mu->sema, RT_EV_LockAcquire, lock_id(mp->rt, t->mu), 0, 0);
    return HELD;
}

/* Spinning is worth it only if the lock may be let go soon: several CPUs, another P runs, and nothing else to do
 * here. */
static bool canSpin(struct m *mp, int i) {
    struct sched *s = &mp->rt->sched;
    if (i >= ACTIVE_SPIN || mp->rt->config.cpus == 1) return false;
    int64_t others = (int64_t)load_relaxed(&s->npidle) + load_relaxed(&s->nmspinning) + 1;
    if ((int64_t)load_relaxed(&mp->rt->gomaxprocs) <= others) return false;
    return runqempty(mp->p);
}

/* A woken waiter of a starving mutex owns it already: it puts the state right. */
static enum attempt take_over(struct m *mp, struct lock_try *t, uint64_t old) {
    uint64_t delta = LOCKED - ONE_WAITER;
    bool leaves = !t->starving || old >> WAITER_SHIFT == 1;
    if (leaves) delta -= STARVING;
    add_acq_rel(&t->mu->state, delta);
    if (leaves) lock_event(mp, &t->mu->sema, RT_EV_LockStarving, lock_id(mp->rt, named(t)), 0, 0);
    return held(mp, t);
}

static enum attempt acquire_sema(struct m *mp, struct lock_try *t, bool lifo) {
    enum rt_status st = semacquire1(mp, &t->mu->sema, lifo, RT_WHY_SyncMutexLock, lock_id(mp->rt, named(t)));
    return st == RT_OK ? WAITED : st == RT_PARKED ? PARKED : FAILED;
}

static enum attempt wait_for(struct m *mp, struct lock_try *t) {
    struct g *gp = mp->curg;
    if (!t->waited) gp->param[P_SINCE] = (uint64_t)nanotime(mp);
    gp->param[P_FLAGS] = (t->waited ? F_LIFO : 0) | (t->starving ? F_STARVING : 0);
    return acquire_sema(mp, t, t->waited);
}

/* Back from the semaphore: the lock was handed over, or is to be competed for. */
static enum attempt after_wait(struct m *mp, struct lock_try *t) {
    struct g *gp = mp->curg;
    int64_t waited = nanotime(mp) - (int64_t)gp->param[P_SINCE];
    t->waited = true;
    t->starving = (gp->param[P_FLAGS] & F_STARVING) || waited > STARVATION_THRESHOLD_NS;
    uint64_t old = load_relaxed(&t->mu->state);
    if (old & STARVING) return take_over(mp, t, old);
    t->awoke = true;
    t->iter = 0;
    return AGAIN;
}

static enum attempt attempt(struct m *mp, struct lock_try *t) {
    struct rt_sync_mutex *mu = t->mu;
    uint64_t old = load_relaxed(&mu->state);
    if ((old & (LOCKED | STARVING)) == LOCKED && canSpin(mp, t->iter)) {
        if (!t->awoke && !(old & WOKEN) && old >> WAITER_SHIFT && cas_acq_rel(&mu->state, &old, old | WOKEN)) {
            t->awoke = true; /* Unlock need not wake another while we spin */
        }
        mp->rt->world->ops->procyield(mp->rt->world, mp, ACTIVE_SPIN_CNT);
        t->iter++;
        return AGAIN;
    }
    uint64_t new = old;
    if (!(old & STARVING)) new |= LOCKED;
    if (old & (LOCKED | STARVING)) new += ONE_WAITER;
    if (t->starving && (old & LOCKED)) new |= STARVING;
    if (t->awoke) new &= ~(uint64_t)WOKEN;
    if (!cas_acq_rel(&mu->state, &old, new)) return AGAIN;
    if (!(old & (LOCKED | STARVING))) return held(mp, t);
    if ((new &STARVING) && !(old & STARVING)) {
        lock_event(mp, &mu->sema, RT_EV_LockStarving, lock_id(mp->rt, named(t)), 1, 0);
    }
    return wait_for(mp, t);
}

enum rt_status mutex_lock(struct m *mp, struct rt_sync_mutex *mu, const void *rw) {
    struct g *gp = mp->curg;
    struct lock_try t = {.mu = mu, .rw = rw};
    enum attempt a = AGAIN;
    uint64_t zero = 0;
    if (gp->resume) a = acquire_sema(mp, &t, gp->param[P_FLAGS] & F_LIFO);
    else if (cas_acq_rel(&mu->state, &zero, LOCKED)) a = held(mp, &t);
    while (a == AGAIN || a == WAITED)
        a = a == WAITED ? after_wait(mp, &t) : attempt(mp, &t);
    return a == HELD ? RT_OK : a == PARKED ? RT_PARKED : RT_FATAL;
}

enum rt_status mutex_unlock(struct m *mp, struct rt_sync_mutex *mu, const void *rw) {
    uint64_t old = load_relaxed(&mu->state), new;
    if (!(old & LOCKED)) {
        rt_throw(mp, mp->curg, "sync: unlock of unlocked mutex", false);
        return RT_FATAL;
    }
    race_order(mp, mp->curg, RT_ORDER_RELEASE, mu);
    if (!rw) lock_event(mp, &mu->sema, RT_EV_LockRelease, lock_id(mp->rt, mu), 0, (old & STARVING) != 0);
    new = add_acq_rel(&mu->state, -(uint64_t)LOCKED) - LOCKED;
    if (new == 0) return RT_OK;
    if (new &STARVING) return semrelease1(mp, &mu->sema, true);
    old = new;
    for (;;) {
        /* Nobody waits, or somebody is awake or has the lock already: nobody to wake. */
        if (old >> WAITER_SHIFT == 0 || (old & (LOCKED | WOKEN | STARVING))) return RT_OK;
        new = (old - ONE_WAITER) | WOKEN;
        if (cas_acq_rel(&mu->state, &old, new)) return semrelease1(mp, &mu->sema, false);
    }
}

bool mutex_trylock(struct m *mp, struct rt_sync_mutex *mu, const void *rw) {
    uint64_t old = load_relaxed(&mu->state);
    if (old & (LOCKED | STARVING)) return false;
    if (!cas_acq_rel(&mu->state, &old, old | LOCKED)) return false;
    struct lock_try t = {.mu = mu, .rw = rw};
    held(mp, &t);
    return true;
}

static void enter(struct m *mp, const struct rt_sync_mutex *mu) {
    if (!mp->curg->resume) visible(mp);
    shared(mp, mu, RT_SHARED_WRITE);
    if (mp->curg->resume) return;
    charge(mp, RT_COST_CHAN_OP, 1);
}

enum rt_status rt_mutex_lock(struct m *mp, struct rt_sync_mutex *mu) {
    enter(mp, mu);
    return mutex_lock(mp, mu, NULL);
}

enum rt_status rt_mutex_unlock(struct m *mp, struct rt_sync_mutex *mu) {
    enter(mp, mu);
    return mutex_unlock(mp, mu, NULL);
}

bool rt_mutex_trylock(struct m *mp, struct rt_sync_mutex *mu) {
    enter(mp, mu);
    return mutex_trylock(mp, mu, NULL);
}
