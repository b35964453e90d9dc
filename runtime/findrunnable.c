/* findrunnable.c - where an M looks for a goroutine, in Go's order (proc.go: findRunnable, stealWork).
 *
 * With a P: own timers; the global queue if it is the 61st tick; runnext and ring; the global queue, a batch; the
 * poller, without blocking; other Ps. Then under sched.lock a last look at the global queue, the P goes to the idle
 * list, and, if the M was spinning, it stops that first and looks at everything once more (m.c says why). Then one
 * M waits in the poller for the next timer, the others park.
 *
 * The runtime's collector is the executor's, so there are no workers to look for; what they would change is left
 * out.
 */
#include "proc.h"

/* ---- the order in which Ps are visited ------------------------------------------------------------------------- */

struct random_order { /* a random start, and a random step that has no divisor in common with the number of Ps */
    uint32_t i, count, pos, inc;
};

static uint32_t gcd(uint32_t a, uint32_t b) {
    while (b) {
        uint32_t r = a % b;
        a = b;
        b = r;
    }
    return a;
}

/* The k-th number up to n that is coprime to it, counting from 0. */
static uint32_t coprime(uint32_t n, uint32_t k) {
    for (uint32_t i = 1; i <= n; i++) {
        if (gcd(i, n) == 1 && k-- == 0) return i;
    }
    return 1;
}

static uint32_t coprimes(uint32_t n) {
    uint32_t count = 0;
    for (uint32_t i = 1; i <= n; i++)
        count += gcd(i, n) == 1;
    return count;
}

static struct random_order random_order(struct m *mp, uint32_t count) {
    uint32_t steps = coprimes(count);
    uint32_t x = (uint32_t)choose(mp, RT_CHOOSE_STEAL_ORDER, (uint64_t)count * steps);
    return (struct random_order){0, count, x % count, coprime(count, x / count % steps)};
}

static void order_next(struct random_order *o) {
    o->i++;
    o->pos = (o->pos + o->inc) % o->count;
}

/* ---- stealing -------------------------------------------------------------------------------------------------- */

struct steal { /* what a round of stealing came to */
    struct next_g next;
    int64_t now, pollUntil;
    bool newWork; /* a timer ran or a stop of the world began: look again from the top */
};

static void earlier(int64_t *until, int64_t w) {
    if (w && (*until == 0 || w < *until)) *until = w;
}

/* One visit. The last round also runs p2's due timers, and may take its runnext. */
static bool steal_from(struct m *mp, struct p *p2, bool last, struct steal *s) {
    struct p *pp = mp->p;
    visible(mp);
    charge(mp, RT_COST_SCHED_LOOK, 1);
    if (last) {
        bool ran = false;
        earlier(&s->pollUntil, timers_check(mp, p2, &s->now, &ran));
        if (ran) {
            /* The timers' goroutines were readied onto our P. */
            s->next.gp = runqget(mp, pp, &s->next.inherit);
            if (s->next.gp) return true;
            s->newWork = true;
        }
    }
    if (!p_is_idle(p2)) {
        s->next.gp = runqsteal(mp, pp, p2, last);
        s->next.inherit = false;
        if (s->next.gp) return true;
    }
    mp->trail += 1u << RT_TRAIL_VISITED_SHIFT;
    return false;
}

static struct steal stealWork(struct m *mp, int64_t now) {
    struct rt *rt = mp->rt;
    struct steal s = {.now = now};
    for (int i = 0; i < STEAL_TRIES; i++) {
        struct random_order o = random_order(mp, load_relaxed(&rt->gomaxprocs));
        for (; o.i < o.count; order_next(&o)) {
            if (load_acquire(&rt->sched.gcwaiting) || ended(rt)) {
                s.newWork = true;
                return s;
            }
            struct p *p2 = allp(rt, o.pos);
            if (p2 == mp->p) continue;
            if (steal_from(mp, p2, i == STEAL_TRIES - 1, &s)) return s;
        }
    }
    mp->trail |= RT_LOOK_STEAL;
    return s;
}

/* ---- with a P -------------------------------------------------------------------------------------------------- */

enum found { FOUND_G, FOUND_NOTHING, FOUND_AGAIN };

static struct g *global_tick(struct m *mp) {
    struct rt *rt = mp->rt;
    if (load_relaxed(&mp->p->schedtick) % GLOBAL_TICK != 0 || globrunqempty(rt)) return NULL;
    lock(mp, &rt->sched.lock);
    struct g *gp = globrunqget(mp);
    unlock(&rt->sched.lock);
    return gp;
}

static struct g *global_batch(struct m *mp) {
    struct rt *rt = mp->rt;
    if (globrunqempty(rt)) return NULL;
    lock(mp, &rt->sched.lock);
    struct g *gp = globrunqgetbatch(mp, mp->p, RUNQ_SIZE / 2, RT_WHY_FromGlobal);
    unlock(&rt->sched.lock);
    return gp;
}

/* Of those that the poller found the first, readied, in mp's hand; the others into queues. mp has a P. */
static struct g *take_polled(struct m *mp, struct gqueue *q) {
    struct g *gp = gq_pop(q);
    if (!gq_empty(q)) injectglist(mp, q, RT_WHY_FromPoller);
    if (tracing(mp)) trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
    setgstatus(gp, Grunnable);
    mp->found = RT_WHY_FromPoller;
    return gp;
}

/* Does anybody wait for a descriptor that is ready by now? One M looks at a time, and none while one waits there. */
static struct g *poll_now(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    if (!load_relaxed(&s->netwaiters) || !load_relaxed(&s->lastpoll)) return NULL;
    uint32_t nobody = 0;
    if (!cas_acquire(&s->polling, &nobody, 1)) return NULL;
    struct gqueue q = netpoll(mp, 0);
    store_release(&s->polling, 0);
    return gq_empty(&q) ? NULL : take_polled(mp, &q);
}

static enum found look_with_p(struct m *mp, struct next_g *next, int64_t *now, int64_t *pollUntil) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    bool ran = false;
    next->inherit = false;
    charge(mp, RT_COST_SCHED_LOOK, 1);
    *pollUntil = timers_check(mp, mp->p, now, &ran);
    mp->trail |= RT_LOOK_TIMERS;
    if (load_relaxed(&mp->p->schedtick) % GLOBAL_TICK == 0) {
        if ((next->gp = global_tick(mp)) != NULL) return FOUND_G;
        mp->trail |= RT_LOOK_GLOBAL_TICK;
    }
    if ((next->gp = runqget(mp, mp->p, &next->inherit)) != NULL) return FOUND_G;
    mp->trail |= RT_LOOK_LOCAL;
    charge(mp, RT_COST_SCHED_LOOK, 1);
    if ((next->gp = global_batch(mp)) != NULL) return FOUND_G;
    mp->trail |= RT_LOOK_GLOBAL;
    if ((next->gp = poll_now(mp)) != NULL) return FOUND_G;
    mp->trail |= RT_LOOK_NETPOLL;

    uint32_t busy = load_relaxed(&rt->gomaxprocs) - load_relaxed(&s->npidle);
    if (!mp->spinning && 2 * (uint32_t)load_relaxed(&s->nmspinning) >= busy) return FOUND_NOTHING;
    if (!mp->spinning) becomeSpinning(mp);
    struct steal st = stealWork(mp, *now);
    *now = st.now;
    *next = st.next;
    if (next->gp) return FOUND_G;
    if (st.newWork) return FOUND_AGAIN;
    earlier(pollUntil, st.pollUntil);
    return FOUND_NOTHING;
}

/* ---- giving the P back ----------------------------------------------------------------------------------------- */

/* Under sched.lock: a last look, then mp's P is idle. */
static enum found give_p_back(struct m *mp, struct next_g *next) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    visible(mp);
    lock(mp, &s->lock);
    if (load_seq_cst(&s->gcwaiting)) {
        unlock(&s->lock);
        return FOUND_AGAIN;
    }
    next->gp = globrunqgetbatch(mp, mp->p, RUNQ_SIZE / 2, RT_WHY_FromGlobal);
    next->inherit = false;
    if (next->gp) {
        unlock(&s->lock);
        return FOUND_G;
    }
    mp->trail |= RT_LOOK_GLOBAL_AGAIN;
    if (!mp->spinning && load_seq_cst(&s->needspinning)) {
        becomeSpinning(mp);
        unlock(&s->lock);
        return FOUND_AGAIN;
    }
    pidleput(mp, releasep(mp, RT_WHY_NoWork));
    unlock(&s->lock);
    return FOUND_NOTHING;
}

/* mp stopped spinning: does any queue hold work that its producer left to it? Then mp takes a P again, and spins. */
static enum found look_again(struct m *mp, struct next_g *next) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    visible(mp);
    lock(mp, &s->lock);
    if (s->runq.size) {
        struct p *pp = pidleget_self(mp, RT_WHY_WorkFound, true);
        if (pp) {
            acquirep_told(mp, pp);
            becomeSpinning(mp);
            next->gp = globrunqgetbatch(mp, pp, RUNQ_SIZE / 2, RT_WHY_FromGlobal);
            next->inherit = false;
            unlock(&s->lock);
            return FOUND_G;
        }
    }
    unlock(&s->lock);
    for (uint32_t i = 0, n = load_acquire(&rt->gomaxprocs); i < n; i++) {
        if (p_is_idle(allp(rt, i)) || runqempty(allp(rt, i))) continue;
        lock(mp, &s->lock);
        struct p *pp = pidleget_self(mp, RT_WHY_WorkFound, true);
        unlock(&s->lock);
        if (!pp) break;
        acquirep_told(mp, pp);
        becomeSpinning(mp);
        return FOUND_AGAIN;
    }
    mp->trail |= RT_LOOK_ALL_AGAIN;
    return FOUND_NOTHING;
}

/* ---- without a P ----------------------------------------------------------------------------------------------- */

/* The run's time limit counts as a timer, so that a run that sleeps past it is ended in time. */
static int64_t bounded_by_limit(struct rt *rt, int64_t until) {
    uint64_t limit = rt->config.limits.time_ns;
    if (limit && limit < INT64_MAX && (until == 0 || until > (int64_t)limit)) return (int64_t)limit;
    return until;
}

static void check_limit(struct m *mp, int64_t now) {
    uint64_t limit = mp->rt->config.limits.time_ns;
    if (limit && now >= 0 && (uint64_t)now >= limit) rt_end_limit(mp->rt, mp, "time", limit);
}

/* mp waits in the poller until pollUntil (0: for a descriptor only). Afterwards it has a P again (and a goroutine, if one's
 * descriptor is ready), or, without one that is idle, nothing. */
static enum found poll_until(struct m *mp, struct next_g *next, int64_t now, int64_t pollUntil, bool wasSpinning) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    int64_t until = bounded_by_limit(rt, pollUntil);
    store_seq_cst(&s->poll_until, pollUntil);
    if (tracing(mp)) trace_mpark(mp, RT_WHY_TimerThread);
    int64_t delay = -1;
    if (until) {
        if (!now) now = nanotime(mp);
        delay = until > now ? until - now : 0;
    }
    struct gqueue q = netpoll(mp, delay);
    now = nanotime(mp);
    store_seq_cst(&s->poll_until, 0);
    store_seq_cst(&s->lastpoll, now > 0 ? now : 1);
    if (ended(rt)) return FOUND_NOTHING;
    check_limit(mp, now);
    lock(mp, &s->lock);
    struct p *pp = pidleget_self(mp, RT_WHY_TimerThread, false);
    unlock(&s->lock);
    if (!pp) {
        if (!gq_empty(&q)) injectglist(mp, &q, RT_WHY_FromPoller);
        return FOUND_NOTHING;
    }
    acquirep_told(mp, pp);
    if (!gq_empty(&q)) {
        next->gp = take_polled(mp, &q);
        next->inherit = false;
        return FOUND_G;
    }
    if (wasSpinning) becomeSpinning(mp);
    return FOUND_AGAIN;
}

/* The P is given back; mp waits in the poller for a descriptor or the next timer, or for a P. FOUND_NOTHING: the run is
 * over. */
static enum found wait_for_p(struct m *mp, struct next_g *next, int64_t now, int64_t pollUntil, bool wasSpinning) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    if ((load_relaxed(&s->netwaiters) || pollUntil) && exchange_seq_cst(&s->lastpoll, 0) != 0) {
        enum found f = poll_until(mp, next, now, pollUntil, wasSpinning);
        if (f != FOUND_NOTHING || ended(rt)) return f;
    } else if (pollUntil) {
        int64_t polled = load_seq_cst(&s->poll_until);
        if (polled == 0 || polled > pollUntil) rt->world->ops->netpoll_break(rt->world, mp);
    }
    return stopm(mp) ? FOUND_AGAIN : FOUND_NOTHING;
}

struct next_g findRunnable(struct m *mp, bool *tryWakeP) {
    struct rt *rt = mp->rt;
    struct next_g next = {NULL, false};
    *tryWakeP = false; /* only workers of a collector ask for it */
    for (;;) {
        int64_t now = 0, pollUntil = 0;
        mp->trail = 0;
        if (ended(rt)) return (struct next_g){NULL, false};
        if (load_acquire(&rt->sched.gcwaiting)) {
            if (!gcstopm(mp)) return (struct next_g){NULL, false};
            continue;
        }
        enum found f = look_with_p(mp, &next, &now, &pollUntil);
        if (f == FOUND_NOTHING) f = give_p_back(mp, &next);
        if (f == FOUND_G) return next;
        if (f == FOUND_AGAIN) continue;

        bool wasSpinning = mp->spinning;
        if (wasSpinning) {
            stopSpinning(mp, false);
            f = look_again(mp, &next);
            if (f == FOUND_G) return next;
            if (f == FOUND_AGAIN) continue;
            for (uint32_t i = 0, n = load_acquire(&rt->gomaxprocs); i < n; i++) {
                earlier(&pollUntil, timers_wakeTime(allp(rt, i)));
            }
        }
        visible(mp);
        f = wait_for_p(mp, &next, now, pollUntil, wasSpinning);
        if (f == FOUND_G) return next;
        if (f == FOUND_NOTHING) return (struct next_g){NULL, false};
    }
}

/* ---- work from the poller -------------------------------------------------------------------------------------- */

static void startIdle(struct m *mp, uint32_t n) {
    struct sched *s = &mp->rt->sched;
    for (; n > 0 && !ended(mp->rt); n--) {
        lock(mp, &s->lock);
        struct p *pp = pidlegetSpinning(mp);
        if (pp) startm(mp, pp, false, true, RT_WHY_Inject);
        unlock(&s->lock);
        if (!pp) return;
    }
}

/* Readies all of q (Gwaiting, their GoUnblock not yet told): one a idle P to the global queue, the rest to our ring;
 * without a P all to the global queue. */
void injectglist(struct m *mp, struct gqueue *q, enum rt_reason why) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    uint32_t global = mp->p ? load_relaxed(&s->npidle) : UINT32_MAX, n = 0;
    while (n < global && !gq_empty(q)) {
        struct g *gp = gq_pop(q);
        lock(mp, &s->lock);
        if (tracing(mp)) trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
        setgstatus(gp, Grunnable);
        globrunqput(mp, gp, why);
        unlock(&s->lock);
        n++;
    }
    startIdle(mp, n);
    if (!mp->p) return;
    while (!gq_empty(q)) {
        struct g *gp = gq_pop(q);
        if (tracing(mp)) trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
        setgstatus(gp, Grunnable);
        runqput(mp, mp->p, gp, false, why);
    }
    wakep(mp);
}
