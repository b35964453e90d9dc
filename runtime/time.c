/* time.c - timers: a 4-ary heap for each P, run only by the scheduler: by the P's owner in findRunnable, by a thief
 * in its last round (Go: runtime/time.go).
 *
 * A timer is changed under its own lock alone, which is why the heap may be behind it: a timer stopped in place
 * stays as a zombie, one moved is marked modified, and the heap's holder puts that right before it trusts an entry.
 * Lock order: a heap's, then a timer's. A timer's function runs with neither held.
 *
 * A channel timer (t->ch) is in a heap only while a goroutine waits on its channel; otherwise it is looked at when
 * the channel is (timer_maybeRunChan). Its send_mu is held from Stop and Reset and while it sends, so that neither
 * returns while an old value is on its way.
 */
#include <stdlib.h>

#include "proc.h"

enum { HEAPED = 1, MODIFIED = 2, ZOMBIE = 4 };
enum { HEAP_N = 4 };

static void timer_unlock(struct rt_timer *t) {
    store_release(&t->astate, t->state);
    unlock(&t->mu);
}

static void timers_unlock(struct timers *ts) {
    store_release(&ts->nlen, ts->len);
    unlock(&ts->lock);
}

static struct g *sleeper(const struct rt_timer *t);

static void tell_set(struct m *mp, struct rt_timer *t, int64_t when) {
    if (!tracing(mp) || when == 0) return;
    t->told = true;
    struct g *gp = sleeper(t);
    trace_timer(mp, (uint32_t)t->id, &t->trace_seq, false, RT_EV_TimerSet, (uint64_t)when, gp ? gp->goid : 0);
}

static void tell_stop(struct m *mp, struct rt_timer *t) {
    if (!tracing(mp) || !t->told) return;
    t->told = false;
    trace_timer(mp, (uint32_t)t->id, &t->trace_seq, false, RT_EV_TimerStop, 0, 0);
}

static void tell_fire(struct m *mp, struct rt_timer *t, int64_t late) {
    if (!tracing(mp) || !t->told) return;
    t->told = false;
    struct g *gp = sleeper(t);
    trace_timer(mp, (uint32_t)t->id, &t->trace_seq, false, RT_EV_TimerFire, (uint64_t)late, gp ? gp->goid : 0);
}

/* ---- the heap; its lock held ----------------------------------------------------------------------------------- */

static void siftUp(struct timers *ts, uint32_t i) {
    struct timer_when tw = ts->heap[i];
    while (i > 0) {
        uint32_t p = (i - 1) / HEAP_N;
        if (tw.when >= ts->heap[p].when) break;
        ts->heap[i] = ts->heap[p];
        i = p;
    }
    ts->heap[i] = tw;
}

static void siftDown(struct timers *ts, uint32_t i) {
    struct timer_when tw = ts->heap[i];
    for (;;) {
        uint32_t left = i * HEAP_N + 1, least = UINT32_MAX;
        int64_t w = tw.when;
        for (uint32_t c = left; c < left + HEAP_N && c < ts->len; c++) {
            if (ts->heap[c].when >= w) continue;
            w = ts->heap[c].when;
            least = c;
        }
        if (least == UINT32_MAX) break;
        ts->heap[i] = ts->heap[least];
        i = least;
    }
    ts->heap[i] = tw;
}

static void initHeap(struct timers *ts) {
    if (ts->len <= 1) return;
    for (uint32_t i = (ts->len - 2) / HEAP_N + 1; i-- > 0;)
        siftDown(ts, i);
}

static void updateMinWhenHeap(struct timers *ts) { store_seq_cst(&ts->minWhenHeap, ts->len ? ts->heap[0].when : 0); }

static bool heap_room(struct timers *ts) {
    if (ts->len < ts->cap) return true;
    if (ts->cap > UINT32_MAX / 2 / sizeof *ts->heap) return false;
    uint32_t cap = ts->cap ? ts->cap * 2 : 16;
    struct timer_when *heap = realloc(ts->heap, cap * sizeof *heap);
    if (!heap) return false;
    ts->heap = heap;
    ts->cap = cap;
    return true;
}

static bool addHeap(struct timers *ts, struct rt_timer *t) {
    if (!heap_room(ts)) return false;
    t->ts = ts;
    ts->heap[ts->len++] = (struct timer_when){t, t->when};
    siftUp(ts, ts->len - 1);
    if (ts->heap[0].timer == t) updateMinWhenHeap(ts);
    return true;
}

static void deleteMin(struct timers *ts) {
    ts->heap[0].timer->ts = NULL;
    uint32_t last = ts->len - 1;
    if (last > 0) ts->heap[0] = ts->heap[last];
    ts->len = last;
    if (last > 0) siftDown(ts, 0);
    updateMinWhenHeap(ts);
    if (last == 0) store_seq_cst(&ts->minWhenModified, 0);
}

/* t is the heap's first, its lock held: puts right what was changed in place; true if anything was. */
static bool updateHeap(struct rt_timer *t) {
    struct timers *ts = t->ts;
    if (t->state & ZOMBIE) {
        t->state &= ~(uint32_t)(HEAPED | ZOMBIE | MODIFIED);
        sub_seq_cst(&ts->zombies, 1);
        deleteMin(ts);
        return true;
    }
    if (t->state & MODIFIED) {
        t->state &= ~(uint32_t)MODIFIED;
        ts->heap[0].when = t->when;
        siftDown(ts, 0);
        updateMinWhenHeap(ts);
        return true;
    }
    return false;
}

static void cleanHead(struct m *mp, struct timers *ts) {
    while (ts->len) {
        struct rt_timer *t = ts->heap[ts->len - 1].timer;
        if (load_acquire(&t->astate) & ZOMBIE) {
            lock(mp, &t->mu);
            if (t->state & ZOMBIE) {
                t->state &= ~(uint32_t)(HEAPED | ZOMBIE | MODIFIED);
                t->ts = NULL;
                sub_seq_cst(&ts->zombies, 1);
                ts->len--;
            }
            timer_unlock(t);
            continue;
        }
        t = ts->heap[0].timer;
        if (!(load_acquire(&t->astate) & (MODIFIED | ZOMBIE))) return;
        lock(mp, &t->mu);
        bool updated = updateHeap(t);
        timer_unlock(t);
        if (!updated) return;
    }
}

/* Puts right all that was changed in place, if one of those may be due by now. */
static void adjust(struct m *mp, struct timers *ts, int64_t now, bool force) {
    if (!force) {
        int64_t first = load_seq_cst(&ts->minWhenModified);
        if (first == 0 || first > now) return;
    }
    /* minWhenModified is cleared before the look: a change from here on sets it again. */
    store_seq_cst(&ts->minWhenHeap, timers_wakeTime(ts->p));
    store_seq_cst(&ts->minWhenModified, 0);
    bool changed = false;
    for (uint32_t i = 0; i < ts->len; i++) {
        struct rt_timer *t = ts->heap[i].timer;
        if (!(load_acquire(&t->astate) & (MODIFIED | ZOMBIE))) continue;
        lock(mp, &t->mu);
        if (t->state & ZOMBIE) {
            sub_seq_cst(&ts->zombies, 1);
            t->state &= ~(uint32_t)(HEAPED | ZOMBIE | MODIFIED);
            t->ts = NULL;
            ts->heap[i] = ts->heap[--ts->len];
            i--;
            changed = true;
        } else if (t->state & MODIFIED) {
            ts->heap[i].when = t->when;
            t->state &= ~(uint32_t)MODIFIED;
            changed = true;
        }
        timer_unlock(t);
    }
    if (changed) initHeap(ts);
    updateMinWhenHeap(ts);
}

/* ---- running --------------------------------------------------------------------------------------------------- */

/* t is due, its lock (and its heap's, if it is in one) held: both are let go while its function runs; the heap's is
 * taken again. */
static void unlockAndRun(struct m *mp, struct rt_timer *t, int64_t now) {
    struct timers *ts = t->ts;
    uint64_t seq = t->seq;
    int64_t delay = now - t->when, next = 0;
    void (*f)(struct m *, void *, uint64_t, int64_t) = t->f;
    void *arg = t->arg;
    if (t->period > 0) {
        int64_t n = 1 + delay / t->period;
        if (__builtin_mul_overflow(t->period, n, &next) || __builtin_add_overflow(t->when, next, &next))
            next = INT64_MAX;
    }
    tell_fire(mp, t, delay);
    t->when = next;
    if (t->state & HEAPED) {
        if (next) tell_set(mp, t, next);
        t->state |= MODIFIED;
        if (next == 0) {
            t->state |= ZOMBIE;
            add_seq_cst(&ts->zombies, 1);
        }
        updateHeap(t);
    }
    bool sends = t->ch != NULL;
    bool counted = sends && t->period == 0;
    if (counted) add_seq_cst(&t->sending, 1);
    timer_unlock(t);
    if (ts) timers_unlock(ts);

    if (sends) lock(mp, &t->send_mu);
    if (counted) sub_seq_cst(&t->sending, 1);
    if (!sends || t->seq == seq) f(mp, arg, seq, delay);
    if (sends) unlock(&t->send_mu);
    if (ts) lock(mp, &ts->lock);
}

/* Runs the first timer if it is due: 0. Else when it will be; -1 if there is none. */
static int64_t run_first(struct m *mp, struct timers *ts, int64_t now) {
    for (;;) {
        if (ts->len == 0) return -1;
        struct timer_when tw = ts->heap[0];
        struct rt_timer *t = tw.timer;
        if (!(load_acquire(&t->astate) & (MODIFIED | ZOMBIE)) && tw.when > now) return tw.when;
        lock(mp, &t->mu);
        if (updateHeap(t)) {
            timer_unlock(t);
            continue;
        }
        if (t->when > now) {
            int64_t when = t->when;
            timer_unlock(t);
            return when;
        }
        unlockAndRun(mp, t, now);
        return 0;
    }
}

int64_t timers_wakeTime(struct p *pp) {
    int64_t modified = load_seq_cst(&pp->timers.minWhenModified);
    int64_t when = load_seq_cst(&pp->timers.minWhenHeap);
    return when == 0 || (modified != 0 && modified < when) ? modified : when;
}

static bool many_zombies(struct m *mp, struct p *pp) {
    return pp == mp->p && load_relaxed(&pp->timers.zombies) > (int32_t)(load_relaxed(&pp->timers.nlen) / 4);
}

/* *now: 0 if not yet known; known afterwards if it was needed. */
int64_t timers_check(struct m *mp, struct p *pp, int64_t *now, bool *ran) {
    struct timers *ts = &pp->timers;
    int64_t next = timers_wakeTime(pp), pollUntil = 0;
    if (next == 0) return 0;
    if (*now == 0) *now = nanotime(mp);
    if (*now < next && !many_zombies(mp, pp)) return next;
    lock(mp, &ts->lock);
    if (ts->len == 0) { /* cleanHead took the last: who sets the next one must not think that its time is looked at */
        store_seq_cst(&ts->minWhenModified, 0);
        updateMinWhenHeap(ts);
    } else {
        adjust(mp, ts, *now, false);
        while (ts->len && !ended(mp->rt)) {
            int64_t w = run_first(mp, ts, *now);
            if (w != 0) {
                if (w > 0) pollUntil = w;
                break;
            }
            *ran = true;
        }
        store_release(&ts->nlen, ts->len);
        if (many_zombies(mp, pp)) adjust(mp, ts, *now, true);
    }
    timers_unlock(ts);
    return pollUntil;
}

int64_t timeSleepUntil(struct rt *rt) {
    int64_t next = INT64_MAX;
    for (uint32_t i = 0, n = load_acquire(&rt->gomaxprocs); i < n; i++) {
        int64_t w = timers_wakeTime(allp(rt, i));
        if (w && w < next) next = w;
    }
    return next;
}

/* ---- setting and stopping -------------------------------------------------------------------------------------- */

static bool needsAdd(const struct rt_timer *t) {
    return !(t->state & HEAPED) && t->when > 0 && (!t->ch || t->blocked > 0);
}

static void maybeAdd(struct m *mp, struct rt_timer *t) {
    struct timers *ts = one_to_one(mp->rt) ? &mp->rt->sched.one.timerp->timers : &mp->p->timers;
    bool wake = false, failed = false;
    int64_t when = 0;
    lock(mp, &ts->lock);
    cleanHead(mp, ts);
    lock(mp, &t->mu);
    if (needsAdd(t)) {
        when = t->when;
        int64_t first = timers_wakeTime(ts->p);
        failed = !addHeap(ts, t);
        if (!failed) {
            t->state |= HEAPED;
            wake = first == 0 || when < first;
            tell_set(mp, t, when);
        }
    }
    timer_unlock(t);
    timers_unlock(ts);
    if (failed) throw_oom(mp);
    if (wake) wakeNetPoller(mp, when);
}

static void updateMinWhenModified(struct timers *ts, int64_t when) {
    int64_t old = load_seq_cst(&ts->minWhenModified);
    while ((old == 0 || when < old) && !cas_seq_cst(&ts->minWhenModified, &old, when)) {
    }
}

/* The buffer's stale value, if there is one, is dropped. */
static bool drain(struct m *mp, struct hchan *c) {
    if (load_relaxed(&c->qcount) == 0) return false;
    lock(mp, &c->lock);
    bool any = load_relaxed(&c->qcount) > 0;
    c->recvx = c->sendx;
    store_relaxed(&c->qcount, 0);
    unlock(&c->lock);
    return any;
}

bool timer_modify(struct m *mp, struct rt_timer *t, int64_t when, int64_t period) {
    if (when <= 0) when = 1;
    if (t->ch) lock(mp, &t->send_mu);
    lock(mp, &t->mu);
    int64_t old_period = t->period;
    bool pending = t->when > 0, wake = false;
    t->period = period;
    t->when = when;
    if (t->state & HEAPED) {
        t->state |= MODIFIED;
        if (t->state & ZOMBIE) {
            sub_seq_cst(&t->ts->zombies, 1);
            t->state &= ~(uint32_t)ZOMBIE;
        }
        int64_t min = load_seq_cst(&t->ts->minWhenModified);
        if (min == 0 || when < min) {
            wake = true;
            store_release(&t->astate, t->state);
            updateMinWhenModified(t->ts, when);
        }
        tell_set(mp, t, when);
    }
    bool add = needsAdd(t);
    if (t->ch) {
        t->seq++;
        if (old_period == 0 && load_seq_cst(&t->sending) > 0) pending = true;
    }
    timer_unlock(t);
    if (t->ch) {
        if (drain(mp, t->ch)) pending = true;
        unlock(&t->send_mu);
    }
    if (add) maybeAdd(mp, t);
    if (wake) wakeNetPoller(mp, when);
    return pending;
}

bool timer_stop(struct m *mp, struct rt_timer *t) {
    if (t->ch) lock(mp, &t->send_mu);
    lock(mp, &t->mu);
    if (t->state & HEAPED) {
        t->state |= MODIFIED;
        if (!(t->state & ZOMBIE)) {
            t->state |= ZOMBIE;
            add_seq_cst(&t->ts->zombies, 1);
        }
    }
    bool pending = t->when > 0;
    t->when = 0;
    tell_stop(mp, t);
    if (t->ch) {
        t->seq++;
        if (t->period == 0 && load_seq_cst(&t->sending) > 0) pending = true;
    }
    timer_unlock(t);
    if (t->ch) {
        unlock(&t->send_mu);
        if (drain(mp, t->ch)) pending = true;
    }
    return pending;
}

bool rt_timer_reset(struct m *mp, struct rt_timer *t, int64_t when, int64_t period) {
    visible(mp);
    shared_timers(mp);
    return timer_modify(mp, t, when, period);
}

bool rt_timer_stop(struct m *mp, struct rt_timer *t) {
    visible(mp);
    shared_timers(mp);
    return timer_stop(mp, t);
}

void rt_timer_init(struct m *mp, struct rt_timer *t, struct hchan *ch) {
    t->id = add_relaxed(&mp->rt->next_timer, 1) + 1;
    t->ch = ch;
    if (ch) ch->timer = t;
}

/* ---- channel timers -------------------------------------------------------------------------------------------- */

void timer_maybeRunChan(struct m *mp, struct hchan *c) {
    struct rt_timer *t = c->timer;
    shared_timers(mp);
    if (load_acquire(&t->astate) & HEAPED) return;
    lock(mp, &t->mu);
    int64_t now = shared_time(mp);
    if ((t->state & HEAPED) || t->when == 0 || t->when > now) {
        timer_unlock(t);
        return;
    }
    unlockAndRun(mp, t, now);
}

void timer_block(struct m *mp, struct hchan *c) {
    struct rt_timer *t = c->timer;
    shared_timers(mp);
    lock(mp, &t->mu);
    t->blocked++;
    if ((t->state & HEAPED) && (t->state & ZOMBIE) && t->when > 0) {
        t->state &= ~(uint32_t)ZOMBIE;
        sub_seq_cst(&t->ts->zombies, 1);
        tell_set(mp, t, t->when);
    }
    bool add = needsAdd(t);
    timer_unlock(t);
    if (add) maybeAdd(mp, t);
}

void timer_unblock(struct m *mp, struct hchan *c) {
    struct rt_timer *t = c->timer;
    shared_timers(mp);
    lock(mp, &t->mu);
    t->blocked--;
    if (t->blocked == 0 && (t->state & HEAPED) && !(t->state & ZOMBIE)) {
        t->state |= ZOMBIE;
        add_seq_cst(&t->ts->zombies, 1);
        tell_stop(mp, t);
    }
    timer_unlock(t);
}

/* ---- sleeping -------------------------------------------------------------------------------------------------- */

static void goroutineReady(struct m *mp, void *arg, uint64_t seq, int64_t delay) {
    (void)seq;
    (void)delay;
    goready(mp, arg, RT_WHY_TimerDue);
}

static struct g *sleeper(const struct rt_timer *t) { return t->f == goroutineReady ? t->arg : NULL; }

/* Arms the timer only once gp is off its M, so that it cannot fire before. */
static bool resetForSleep(struct m *mp, struct g *gp, void *lock_) {
    (void)lock_;
    struct rt_timer *t = gp->timer;
    lock(mp, &t->mu);
    t->when = gp->wait_until;
    bool add = needsAdd(t);
    timer_unlock(t);
    if (add) maybeAdd(mp, t);
    return true;
}

void timer_sleep_begins(struct m *mp, struct g *gp) { tell_set(mp, gp->timer, gp->wait_until); }
void timer_sleep_ends(struct m *mp, struct g *gp, int64_t late) { tell_fire(mp, gp->timer, late); }

enum rt_status rt_sleep(struct m *mp, int64_t ns) {
    struct g *gp = mp->curg;
    if (gp->resume) {
        gp->resume = 0;
        return RT_OK;
    }
    visible(mp);
    if (ns <= 0) return RT_OK;
    if (!gp->timer) {
        gp->timer = calloc(1, sizeof *gp->timer);
        if (!gp->timer) {
            throw_oom(mp);
            return RT_FATAL;
        }
        rt_timer_init(mp, gp->timer, NULL);
        gp->timer->f = goroutineReady;
        gp->timer->arg = gp;
    }
    gp->resume = 1;
    int64_t when;
    if (__builtin_add_overflow(shared_time(mp), ns, &when)) when = INT64_MAX;
    gopark(mp, one_to_one(mp->rt) ? NULL : resetForSleep, NULL, RT_WHY_Sleep, 0, 0);
    gp->wait_until = when;
    return RT_PARKED;
}

/* ---- Ps that come and go --------------------------------------------------------------------------------------- */

/* The world is stopped. */
void timers_take(struct m *mp, struct timers *dst, struct timers *src) {
    for (uint32_t i = 0; i < src->len; i++) {
        struct rt_timer *t = src->heap[i].timer;
        t->ts = NULL;
        bool zombie = t->state & ZOMBIE;
        t->state &= ~(uint32_t)(MODIFIED | (zombie ? ZOMBIE | HEAPED : 0));
        store_release(&t->astate, t->state);
        if (!zombie && !addHeap(dst, t)) throw_oom(mp);
    }
    src->len = 0;
    store_seq_cst(&src->zombies, 0);
    store_seq_cst(&src->minWhenHeap, 0);
    store_seq_cst(&src->minWhenModified, 0);
    store_release(&src->nlen, 0);
    store_release(&dst->nlen, dst->len);
}

void rt_timers_each(struct rt *rt, void (*each)(void *ctx, struct rt_timer *t), void *ctx) {
    for (uint32_t i = 0; i < rt->nallp; i++) {
        struct timers *ts = rt->allp[i] ? &rt->allp[i]->timers : NULL;
        for (uint32_t k = 0; ts && k < ts->len; k++)
            each(ctx, ts->heap[k].timer);
    }
}

void free_timers(struct p *pp) { free(pp->timers.heap); }
