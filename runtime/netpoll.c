/* netpoll.c - goroutines that wait for descriptors without a thread (Go: runtime/netpoll.go).
 *
 * For each descriptor a polldesc has two places, for who reads and who writes. A place is empty, says that the descriptor
 * is ready, that somebody is about to wait, or names who waits. The world's poller tells when something becomes ready
 * (once each time), and whoever asked it (findRunnable, sysmon, the start of the world) readies who waits. Timers do the
 * same for deadlines.
 *
 * Order: a reader empties its place before the call that may find nothing to read. Whatever comes after that call began
 * marks the place, so the wait that follows returns at once.
 *
 * At most one M blocks in the world's poller, marked by sched.lastpoll being 0. Whoever makes an earlier timer breaks it.
 *
 * polldescs are never freed before the run: what the poller told just before a descriptor was closed may still be
 * on its way. A number that changes with every use keeps it from the next user.
 */
#include <errno.h>
#include <stdlib.h>

#include "proc.h"

enum { BATCH = 128 };

/* What a place holds, if not a G. */
#define PD_READY ((struct g *)(uintptr_t)1)
#define PD_WAIT ((struct g *)(uintptr_t)2)

struct polldesc {
    struct polldesc *link; /* free list */
    uint32_t id;
    int fd;
    struct rt_mutex lock; /* of what follows but the places */
    _Atomic bool closing;
    _Atomic bool unpollable; /* the poller said that it cannot tell */
    _Atomic int64_t rd, wd;  /* deadlines; -1: past, 0: none */
    _Atomic uint32_t uses;   /* times that it was closed */
    _Atomic(struct g *) rg, wg;
    struct rt_timer rtimer, wtimer;
};

static struct polldesc *desc(struct rt *rt, uint32_t id) {
    uint32_t i = id - 1;
    return &load_acquire(&rt->poll.chunk[i / POLL_CHUNK])[i % POLL_CHUNK];
}

static _Atomic(struct g *) *place(struct polldesc *pd, bool write) { return write ? &pd->wg : &pd->rg; }

/* ---- made and given back --------------------------------------------------------------------------------------- */

static void read_deadline(struct m *mp, void *arg, uint64_t seq, int64_t delay);
static void write_deadline(struct m *mp, void *arg, uint64_t seq, int64_t delay);

static struct polldesc *new_chunk(struct rt *rt) {
    uint32_t n = rt->poll.nchunks;
    struct polldesc *all = n < POLL_CHUNKS ? calloc(POLL_CHUNK, sizeof *all) : NULL;
    if (!all) return NULL;
    for (uint32_t i = 0; i < POLL_CHUNK; i++) {
        struct polldesc *pd = &all[i];
        pd->id = n * POLL_CHUNK + i + 1;
        pd->link = i + 1 < POLL_CHUNK ? &all[i + 1] : NULL;
        pd->rtimer.f = read_deadline;
        pd->wtimer.f = write_deadline;
        pd->rtimer.arg = pd->wtimer.arg = pd;
    }
    rt->poll.nchunks++;
    store_release(&rt->poll.chunk[n], all);
    return all;
}

static uint64_t user_of(const struct polldesc *pd) {
    return (uint64_t)load_relaxed(&pd->uses) << 32 | pd->id;
}

int rt_poll_open(struct m *mp, int fd, uint32_t *id) {
    struct rt *rt = mp->rt;
    *id = 0;
    visible(mp);
    lock(mp, &rt->poll.lock);
    struct polldesc *pd = rt->poll.free ? rt->poll.free : new_chunk(rt);
    if (pd) rt->poll.free = pd->link;
    unlock(&rt->poll.lock);
    if (!pd) return ENOMEM;
    lock(mp, &pd->lock);
    pd->fd = fd;
    pd->link = NULL;
    store_relaxed(&pd->closing, false);
    store_relaxed(&pd->unpollable, false);
    store_relaxed(&pd->rd, 0);
    store_relaxed(&pd->wd, 0);
    store_relaxed(&pd->rg, NULL);
    store_relaxed(&pd->wg, NULL);
    unlock(&pd->lock);
    charge(mp, RT_COST_SYSCALL, 1);
    int err = rt->world->ops->netpoll_open(rt->world, mp, fd, user_of(pd));
    if (err) {
        rt_poll_close(mp, pd->id);
        return err;
    }
    *id = pd->id;
    if (one_to_one(rt)) one_start_poller(mp);
    return 0;
}

void rt_poll_close(struct m *mp, uint32_t id) {
    struct rt *rt = mp->rt;
    struct polldesc *pd = desc(rt, id);
    if (!load_relaxed(&pd->closing)) rt_poll_unblock(mp, id);
    rt->world->ops->netpoll_close(rt->world, mp, pd->fd);
    add_relaxed(&pd->uses, 1);
    lock(mp, &rt->poll.lock);
    pd->link = rt->poll.free;
    rt->poll.free = pd;
    unlock(&rt->poll.lock);
}

void free_poll(struct rt *rt) {
    for (uint32_t i = 0; i < rt->poll.nchunks; i++)
        free(load_relaxed(&rt->poll.chunk[i]));
}

/* ---- waiting --------------------------------------------------------------------------------------------------- */

static enum rt_poll_error checkerr(struct polldesc *pd, bool write) {
    if (load_acquire(&pd->closing)) return RT_POLL_CLOSING;
    if (load_acquire(write ? &pd->wd : &pd->rd) < 0) return RT_POLL_TIMEOUT;
    if (!write && load_acquire(&pd->unpollable)) return RT_POLL_NOT_POLLABLE;
    return RT_POLL_OK;
}

enum rt_poll_error rt_poll_reset(struct m *mp, uint32_t id, bool write) {
    struct polldesc *pd = desc(mp->rt, id);
    enum rt_poll_error err = checkerr(pd, write);
    if (err == RT_POLL_OK) store_seq_cst(place(pd, write), NULL);
    return err;
}

/* gp is off its M: it waits, unless the descriptor became ready in the meantime. */
static bool blockcommit(struct m *mp, struct g *gp, void *at) {
    _Atomic(struct g *) *gpp = at;
    struct g *wait = PD_WAIT;
    /* Counted before it can be found, so that whoever finds it may count it down (Go counts afterwards, and corrects). */
    add_seq_cst(&mp->rt->sched.netwaiters, 1);
    if (cas_seq_cst(gpp, &wait, gp)) return true;
    sub_seq_cst(&mp->rt->sched.netwaiters, 1);
    return false;
}

/* Takes the place: ready, or about to wait. */
static bool is_ready(struct m *mp, _Atomic(struct g *) *gpp) {
    for (;;) {
        struct g *ready_ = PD_READY, *none = NULL;
        if (cas_seq_cst(gpp, &ready_, NULL)) return true;
        if (cas_seq_cst(gpp, &none, PD_WAIT)) return false;
        struct g *v = load_seq_cst(gpp);
        if (v == PD_READY || v == NULL) continue;
        rt_throw(mp, mp->curg, "runtime: double wait", false);
        return false;
    }
}

enum rt_status rt_poll_wait(struct m *mp, uint32_t id, bool write, enum rt_poll_error *error) {
    struct g *gp = mp->curg;
    struct polldesc *pd = desc(mp->rt, id);
    _Atomic(struct g *) *gpp = place(pd, write);
    bool resumed = gp->resume != 0, ready_ = false;
    gp->resume = 0;
    if (!resumed) visible(mp);
    for (;;) {
        *error = checkerr(pd, write);
        if (!resumed && *error != RT_POLL_OK) return RT_OK;
        if (!resumed && is_ready(mp, gpp)) return RT_OK;
        if (!resumed && ended(mp->rt)) return RT_FATAL;
        /* The place says that gp is about to wait: closing and deadlines look at it after they are marked. */
        if (!resumed && checkerr(pd, write) == RT_POLL_OK) {
            gp->resume = 1;
            if (tracing(mp)) trace_plain(mp, RT_EV_NetBlock, RT_WHY_None, (uint64_t)pd->fd, write, 0);
            return gopark(mp, blockcommit, gpp, RT_WHY_IOWait, 0, 0);
        }
        ready_ = exchange_seq_cst(gpp, NULL) == PD_READY;
        resumed = false;
        if (!ready_) continue; /* closed, or past its deadline; or that deadline was taken back: it waits again */
        *error = RT_POLL_OK;
        return RT_OK;
    }
}

/* Marks the place, ready or empty; who waited there, to be readied and counted. */
static struct g *unblock(struct polldesc *pd, bool write, bool ready_) {
    _Atomic(struct g *) *gpp = place(pd, write);
    struct g *old = load_seq_cst(gpp);
    for (;;) {
        if (old == PD_READY || (old == NULL && !ready_)) return NULL;
        if (cas_seq_cst(gpp, &old, ready_ ? PD_READY : NULL)) return old == PD_WAIT ? NULL : old;
    }
}

static void goready_and_count(struct m *mp, struct g *gp, enum rt_reason why) {
    if (!gp) return;
    sub_seq_cst(&mp->rt->sched.netwaiters, 1);
    goready(mp, gp, why);
}

void rt_poll_unblock(struct m *mp, uint32_t id) {
    struct polldesc *pd = desc(mp->rt, id);
    visible(mp);
    lock(mp, &pd->lock);
    store_seq_cst(&pd->closing, true);
    struct g *r = unblock(pd, false, false), *w = unblock(pd, true, false);
    timer_stop(mp, &pd->rtimer);
    timer_stop(mp, &pd->wtimer);
    unlock(&pd->lock);
    goready_and_count(mp, r, RT_WHY_Readied);
    goready_and_count(mp, w, RT_WHY_Readied);
}

/* ---- deadlines ------------------------------------------------------------------------------------------------- */

/* lock held: who waited in vain. */
static struct g *set_deadline(struct m *mp, struct polldesc *pd, bool write, int64_t when) {
    _Atomic int64_t *deadline = write ? &pd->wd : &pd->rd;
    struct rt_timer *t = write ? &pd->wtimer : &pd->rtimer;
    bool past = when != 0 && when <= nanotime(mp);
    store_seq_cst(deadline, past ? -1 : when);
    if (t->id == 0) rt_timer_init(mp, t, NULL);
    if (when == 0 || past) timer_stop(mp, t);
    else timer_modify(mp, t, when, 0);
    return past ? unblock(pd, write, false) : NULL;
}

void rt_poll_set_deadline(struct m *mp, uint32_t id, int64_t when, bool read, bool write) {
    struct polldesc *pd = desc(mp->rt, id);
    struct g *r = NULL, *w = NULL;
    visible(mp);
    lock(mp, &pd->lock);
    if (!load_relaxed(&pd->closing)) {
        if (read) r = set_deadline(mp, pd, false, when);
        if (write) w = set_deadline(mp, pd, true, when);
    }
    unlock(&pd->lock);
    goready_and_count(mp, r, RT_WHY_TimerDue);
    goready_and_count(mp, w, RT_WHY_TimerDue);
}

/* A timer that was changed while it fired finds a deadline that is not yet over, and leaves it to the next. */
static void deadline_over(struct m *mp, struct polldesc *pd, bool write) {
    _Atomic int64_t *deadline = write ? &pd->wd : &pd->rd;
    struct g *gp = NULL;
    lock(mp, &pd->lock);
    int64_t when = load_relaxed(deadline);
    if (!load_relaxed(&pd->closing) && when > 0 && when <= nanotime(mp)) {
        store_seq_cst(deadline, -1);
        gp = unblock(pd, write, false);
    }
    unlock(&pd->lock);
    goready_and_count(mp, gp, RT_WHY_TimerDue);
}

static void read_deadline(struct m *mp, void *arg, uint64_t seq, int64_t delay) {
    (void)seq, (void)delay;
    deadline_over(mp, arg, false);
}

static void write_deadline(struct m *mp, void *arg, uint64_t seq, int64_t delay) {
    (void)seq, (void)delay;
    deadline_over(mp, arg, true);
}

/* ---- polling --------------------------------------------------------------------------------------------------- */

static void tell_ready(struct m *mp, struct polldesc *pd, bool write, struct gqueue *q) {
    struct g *gp = unblock(pd, write, true);
    if (!gp) return;
    sub_seq_cst(&mp->rt->sched.netwaiters, 1);
    if (tracing(mp)) trace_plain(mp, RT_EV_NetReady, RT_WHY_None, (uint64_t)pd->fd, write, 0);
    gq_push(q, gp); /* as Go's list: the last to become ready runs first */
}

struct gqueue netpoll(struct m *mp, int64_t delay) {
    struct rt *rt = mp->rt;
    struct rt_ready ready_[BATCH];
    struct gqueue q = {0};
    int n = rt->world->ops->netpoll(rt->world, mp, delay, ready_, BATCH);
    if (one_to_one(rt) && !one_polled(mp)) return q;
    for (int i = 0; i < n && !ended(rt); i++) {
        struct polldesc *pd = desc(rt, (uint32_t)ready_[i].user);
        if (load_acquire(&pd->uses) != (uint32_t)(ready_[i].user >> 32)) continue; /* closed, and perhaps used anew */
        store_release(&pd->unpollable, ready_[i].error);
        if (ready_[i].read) tell_ready(mp, pd, false, &q);
        if (ready_[i].write) tell_ready(mp, pd, true, &q);
    }
    return q;
}

/* Looks without blocking, and readies who is found; true if anybody was. */
bool netpoll_and_inject(struct m *mp) {
    struct gqueue q = netpoll(mp, 0);
    if (gq_empty(&q)) return false;
    injectglist(mp, &q, RT_WHY_FromPoller);
    return true;
}

/* A timer due at `when` is now the first of some P's: the poller must not sleep longer; without a poller an M is woken
 * that will become it. */
void wakeNetPoller(struct m *mp, int64_t when) {
    struct sched *s = &mp->rt->sched;
    if (one_to_one(mp->rt)) {
        one_wake_timers(mp);
        return;
    }
    if (load_seq_cst(&s->lastpoll) != 0) {
        wakep(mp);
        return;
    }
    int64_t polled = load_seq_cst(&s->poll_until);
    if (polled == 0 || polled > when) mp->rt->world->ops->netpoll_break(mp->rt->world, mp);
}
