/* onetoone.c - threads 1:1: a thread of the operating system for each goroutine, to compare Go's scheduling with.
 *
 * A goroutine gets a thread (M) with its go statement and keeps it for life; both end together. There are no queues and
 * nothing to schedule: whoever makes a goroutine ready wakes its thread, and the kernel does the rest. A goroutine that
 * waits parks its thread, a sleeper sleeps in the kernel, a system call blocks as it likes. Channels, locks and select
 * are the same code as in m:n; only what `ready`, `newproc` and a park come to differs.
 *
 * Each M still has a P of its own, which nobody sees: the caches that belong to one (free goroutines, stacks, sudogs, the
 * executor's). It has no number, and events name no P. Timers (AfterFunc, tickers) lie in one heap, which a thread of its
 * own runs; it is made for the first of them.
 *
 * Two counts under sched.lock take the place of the idle lists. `busy`: threads that may still make another ready; when
 * it falls to zero, and no timer is left, everyone is asleep. `inside`: threads that run Go code; a stop of the world
 * waits until there is but its own, and threads that want to come in meanwhile are halted.
 */
#include <stdlib.h>
#include <string.h>

#include "proc.h"

/* ---- threads and their Ps -------------------------------------------------------------------------------------- */

/* sched.lock held, but at the start. */
static struct p *take_p(struct rt *rt) {
    struct p *pp = rt->sched.pidle;
    if (pp) {
        rt->sched.pidle = pp->link;
        pp->link = NULL;
        return pp;
    }
    if (rt->nallp == MAX_MCOUNT + 2) return NULL;
    pp = newp(rt, rt->nallp);
    if (pp) pp->id = -1; /* events name none */
    return pp;
}

bool one_init(struct rt *rt) {
    rt->allp = calloc(MAX_MCOUNT + 2, sizeof(struct p *));
    if (!rt->allp || !take_p(rt)) return false; /* P0 is the first M's */
    rt->sched.one.timerp = take_p(rt);
    rt->sched.one.busy = 1;
    store_release(&rt->gomaxprocs, rt->config.procs);
    return rt->sched.one.timerp != NULL;
}

/* An M for a new thread, one whose thread has ended if there is one; sched.lock held. NULL: *why says. */
static struct m *take_m(struct m *mp, const char **why) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    *why = "thread exhaustion";
    int64_t id = mReserveID(mp);
    if (id < 0) return NULL;
    *why = "runtime: out of memory";
    struct m *m2 = s->one.freem;
    if (!m2) return allocm(rt, id);
    s->one.freem = m2->schedlink;
    m2->schedlink = NULL;
    m2->id = (int32_t)id;
    m2->trace_seq = 0;
    m2->lockedg = NULL;
    m2->locked_ext = 0;
    m2->waits = m2->woken = m2->polls = false;
    note_clear(&m2->park);
    return m2;
}

static void throw_for(struct m *mp, const char *why) {
    rt_throw_after(mp, NULL, strcmp(why, "thread exhaustion") == 0 ? THREAD_LIMIT : NULL, why, true);
}

void one_newproc(struct m *mp, struct g *newg) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    setgstatus(newg, Grunnable);
    if (tracing(mp)) trace_gocreate(mp, newg);
    lock(mp, &s->lock);
    const char *why;
    struct p *pp = take_p(rt);
    struct m *m2 = pp ? take_m(mp, &why) : NULL;
    if (m2) {
        m2->nextp = pp;
        newg->thread = m2;
        m2->first = newg;
        s->one.busy++;
        if (tracing(mp)) trace_mstart(mp, m2, 0, NULL, RT_WHY_OwnThread);
    } else if (pp) {
        pp->link = s->pidle;
        s->pidle = pp;
    }
    unlock(&s->lock);
    if (m2) newm(mp, m2);
    else throw_for(mp, pp ? why : "runtime: out of memory");
}

/* ---- going in and out of Go code ------------------------------------------------------------------------------- */

static bool stop_complete(const struct sched *s) { return load_relaxed(&s->gcwaiting) && s->one.inside <= 1; }

/* mp is about to run Go code; it waits while the world is stopped. Who starts the world counts it in, so that the next
 * stop waits for it: two stops in a row would else find it still on its way. false: the run is over. */
static bool go_in(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    visible(mp);
    lock(mp, &s->lock);
    bool halts = load_relaxed(&s->gcwaiting) && !ended(mp->rt);
    if (halts) {
        mp->schedlink = s->one.halted;
        s->one.halted = mp;
    } else {
        s->one.inside++;
    }
    unlock(&s->lock);
    if (halts && !mPark(mp)) return false;
    return !ended(mp->rt);
}

static void go_out(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    lock(mp, &s->lock);
    s->one.inside--;
    bool last = stop_complete(s);
    unlock(&s->lock);
    if (last) note_wake(mp, &s->stopnote);
}

/* Nobody is busy: what to throw; NULL if a timer or the poller may still make somebody ready. sched.lock held. */
static const char *dead(struct rt *rt) {
    if (load_relaxed(&rt->ending) || load_acquire(&rt->sched.one.timerp->timers.nlen)) return NULL;
    if (load_seq_cst(&rt->sched.netwaiters)) return NULL; /* somebody outside may write */
    for (size_t i = 0, n = rt_allglen(rt); i < n; i++) {
        if (readgstatus(rt_allg(rt, i)) == Gwaiting) return "all goroutines are asleep - deadlock!";
    }
    return "no goroutines (main called runtime.Goexit) - deadlock!";
}

/* mp can make nobody ready any more until it is woken; sched.lock held. */
static const char *not_busy(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    return --s->one.busy == 0 ? dead(mp->rt) : NULL;
}

void one_entersyscall(struct m *mp, enum rt_syscall call) {
    struct g *gp = mp->curg;
    if (tracing(mp)) trace_syscall_begin(mp, gp, call);
    setgstatus(gp, Gsyscall);
    go_out(mp);
}

bool one_exitsyscall(struct m *mp) {
    struct g *gp = mp->curg;
    if (!go_in(mp)) return false;
    setgstatus(gp, Grunning);
    if (tracing(mp)) trace_syscall_end(mp, gp);
    return true;
}

bool one_stop_the_world(struct m *mp, enum rt_stw kind) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    lock(mp, &s->lock);
    if (tracing(mp)) trace_object(mp, TRACE_SCHED, 0, &s->trace_seq, false, RT_EV_STWBegin, kind, 0, 0);
    store_seq_cst(&s->gcwaiting, 1);
    while (!stop_complete(s) && !ended(rt)) {
        unlock(&s->lock);
        preempt_everyone(rt);
        if (rt->world->ops->note_tsleep(rt->world, mp, &s->stopnote, STOP_NOTE_WAIT)) note_clear(&s->stopnote);
        lock(mp, &s->lock);
    }
    unlock(&s->lock);
    store_relaxed(&mp->curg->preempt, false);
    return !ended(rt);
}

void one_start_the_world(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    lock(mp, &s->lock);
    store_seq_cst(&s->gcwaiting, 0);
    struct m *halted = s->one.halted;
    s->one.halted = NULL;
    for (const struct m *m2 = halted; m2; m2 = m2->schedlink)
        s->one.inside++;
    if (tracing(mp)) trace_object(mp, TRACE_SCHED, 0, &s->trace_seq, false, RT_EV_STWEnd, 0, 0, 0);
    unlock(&s->lock);
    unlock(&s->worldsema);
    while (halted) {
        struct m *next = halted->schedlink;
        halted->schedlink = NULL;
        note_wake(mp, &halted->park);
        halted = next;
    }
}

/* ---- waiting --------------------------------------------------------------------------------------------------- */

void one_ready(struct m *mp, struct g *gp) {
    struct sched *s = &mp->rt->sched;
    struct m *to = gp->thread;
    setgstatus(gp, Grunnable);
    lock(mp, &s->lock);
    bool parked = to->waits;
    if (parked) {
        to->waits = false;
        s->one.busy++;
        if (tracing(mp)) trace_mwake(mp, to, false, NULL, RT_WHY_OwnThread);
    } else {
        to->woken = true;
    }
    unlock(&s->lock);
    if (parked) note_wake(mp, &to->park);
}

/* mp's goroutine waits: so does mp, unless it was made ready already. false: the run is over. */
static bool wait_ready(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    const char *text = NULL;
    lock(mp, &s->lock);
    s->one.inside--;
    bool last = stop_complete(s), parks = !mp->woken;
    mp->woken = false;
    if (parks) {
        mp->waits = true;
        text = not_busy(mp);
        if (!text && tracing(mp)) trace_mpark(mp, RT_WHY_OwnThread);
    }
    unlock(&s->lock);
    if (last) note_wake(mp, &s->stopnote);
    if (text) rt_throw(mp, NULL, text, true);
    return !parks || (!text && mPark(mp));
}

/* The thread itself sleeps, in the kernel. */
static bool sleep_out(struct m *mp, struct g *gp) {
    struct rt_world *w = mp->rt->world;
    struct sched *s = &mp->rt->sched;
    timer_sleep_begins(mp, gp);
    if (tracing(mp)) {
        lock(mp, &s->lock);
        trace_mpark(mp, RT_WHY_Napped);
        unlock(&s->lock);
    }
    go_out(mp);
    int64_t now;
    while ((now = nanotime(mp)) < gp->wait_until) {
        w->ops->note_tsleep(w, mp, &mp->park, gp->wait_until - now);
        if (ended(mp->rt)) return false;
    }
    timer_sleep_ends(mp, gp, now - gp->wait_until);
    if (tracing(mp)) trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
    setgstatus(gp, Grunnable);
    return true;
}

/* As sched.c's park_m. false: the run is over. */
static bool park(struct m *mp, struct g *gp) {
    if (tracing(mp)) trace_goblock(mp, gp, gp->wait_until, mp->wait_domain, mp->wait_key, mp->wait_seq);
    bool sleeps = gp->waitreason == RT_WHY_Sleep;
    setgstatus(gp, Gwaiting);
    dropg(mp);
    bool (*fn)(struct m *, struct g *, void *) = mp->waitunlockf;
    mp->waitunlockf = NULL;
    mp->found = RT_WHY_OwnThread;
    if (fn && !fn(mp, gp, mp->waitlock)) {
        if (tracing(mp)) trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
        setgstatus(gp, Grunnable);
        mp->found = RT_WHY_FromSelf;
        return true;
    }
    return (sleeps ? sleep_out(mp, gp) : wait_ready(mp)) && go_in(mp);
}

/* ---- running --------------------------------------------------------------------------------------------------- */

/* The goroutine gives the core up and stays ready: the kernel decides who goes on. */
static bool give_way(struct m *mp, struct g *gp, bool preempted) {
    struct rt *rt = mp->rt;
    bool stw = preempted && load_acquire(&rt->sched.gcwaiting);
    enum rt_reason why = stw ? RT_WHY_StopTheWorld : preempted ? RT_WHY_Preempted : RT_WHY_Gosched;
    if (!preempted && mp->yield_local) why = RT_WHY_Goyield;
    if (tracing(mp)) trace_gostop(mp, gp, why);
    setgstatus(gp, Grunnable);
    dropg(mp);
    mp->found = RT_WHY_OwnThread;
    go_out(mp);
    if (!stw) rt->world->ops->osyield(rt->world, mp);
    return go_in(mp);
}

/* gp has ended, and its thread with it. */
static void thread_ends(struct m *mp, struct g *gp) {
    struct sched *s = &mp->rt->sched;
    gp->thread = NULL;
    gdestroy(mp, gp);
    lock(mp, &s->lock);
    s->one.inside--;
    if (stop_complete(s)) note_wake(mp, &s->stopnote); /* here, while mp is still its own */
    const char *text = not_busy(mp);
    s->nmfreed++;
    if (!text) {
        if (tracing(mp)) trace_plain(mp, RT_EV_MExit, RT_WHY_OwnThread, 0, 0, 0);
        mp->p->link = s->pidle;
        s->pidle = mp->p;
        mp->p = NULL;
        if (mp != mp->rt->m0) { /* M0 is the first thread, for who asks */
            mp->schedlink = s->one.freem;
            s->one.freem = mp; /* from here on it may be another thread's: only the world's mexit is left */
        }
    }
    unlock(&s->lock);
    if (text) rt_throw(mp, NULL, text, true);
}

static void run(struct m *mp, struct g *gp) {
    struct rt *rt = mp->rt;
    bool on = go_in(mp);
    mp->found = RT_WHY_OwnThread;
    while (on && !ended(rt)) {
        begin_slice(mp, gp, false);
        enum rt_exit exit = gp->sysrun ? gp->sysrun(mp, gp) : rt->exec->run(rt->exec_ctx, mp, gp);
        switch (exit) {
        case RT_EXIT_PARK:
            on = park(mp, gp);
            break;
        case RT_EXIT_YIELD:
            on = give_way(mp, gp, false);
            break;
        case RT_EXIT_PREEMPTED:
            on = !ended(rt) && give_way(mp, gp, true);
            break;
        case RT_EXIT_DEAD:
            thread_ends(mp, gp);
            return;
        case RT_EXIT_NO_P: /* the run ended while it was in its call */
        case RT_EXIT_END:
            return;
        }
    }
}

/* ---- timers ---------------------------------------------------------------------------------------------------- */

static void start_timer_thread(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    lock(mp, &s->lock);
    const char *why;
    bool made = load_relaxed(&s->one.timerm);
    struct m *m2 = made ? NULL : take_m(mp, &why);
    if (m2) {
        m2->first = NULL;
        store_release(&s->one.timerm, true);
        s->one.busy++;
        m2->nextp = s->one.timerp;
        if (tracing(mp)) trace_mstart(mp, m2, 0, NULL, RT_WHY_TimerThread);
    }
    unlock(&s->lock);
    if (m2) newm(mp, m2);
    else if (!made) throw_for(mp, why);
}

void one_wake_timers(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    if (!load_acquire(&s->one.timerm)) start_timer_thread(mp);
    else note_wake(mp, &s->one.timernote);
}

static void timer_thread(struct m *mp) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    uint64_t limit = rt->config.limits.time_ns;
    while (go_in(mp)) {
        shared_timers(mp);
        shared(mp, (const void *)RT_SHARED_TIME, RT_SHARED_READ);
        int64_t now = 0;
        bool ran = false;
        int64_t next = timers_check(mp, mp->p, &now, &ran);
        if (limit && (next == 0 || (uint64_t)next > limit) && limit < INT64_MAX) next = (int64_t)limit;
        go_out(mp);
        lock(mp, &s->lock);
        const char *text = not_busy(mp);
        if (!text && tracing(mp)) trace_mpark(mp, RT_WHY_Napped);
        unlock(&s->lock);
        if (text) rt_throw(mp, NULL, text, true);
        if (ended(rt)) return;
        now = nanotime(mp);
        if (next == 0) rt->world->ops->note_sleep(rt->world, mp, &s->one.timernote);
        else if (next > now) rt->world->ops->note_tsleep(rt->world, mp, &s->one.timernote, next - now);
        exchange_acq_rel(&s->one.timernote.key, 0); /* who woke it set a timer before: it is seen from here on */
        if (ended(rt)) return;
        if (limit && (uint64_t)nanotime(mp) >= limit) rt_end_limit(rt, mp, "time", limit);
        lock(mp, &s->lock);
        s->one.busy++;
        unlock(&s->lock);
    }
}

/* ---- the poller -------------------------------------------------------------------------------------------------- */

void one_start_poller(struct m *mp) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    if (load_acquire(&s->one.pollerm)) return;
    lock(mp, &s->lock);
    const char *why = "runtime: out of memory";
    bool made = load_relaxed(&s->one.pollerm);
    struct p *pp = made ? NULL : take_p(rt);
    struct m *m2 = pp ? take_m(mp, &why) : NULL;
    if (m2) {
        m2->first = NULL;
        m2->polls = true;
        m2->nextp = pp;
        store_release(&s->one.pollerm, true);
        s->one.busy++;
        if (tracing(mp)) trace_mstart(mp, m2, 0, NULL, RT_WHY_FromPoller);
    }
    unlock(&s->lock);
    if (m2) newm(mp, m2);
    else if (!made) throw_for(mp, why);
}

bool one_polled(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    lock(mp, &s->lock);
    s->one.busy++;
    unlock(&s->lock);
    return go_in(mp);
}

/* Who waits for a descriptor parks its thread, as for a channel; this one waits for all of them. */
static void poller_thread(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    while (!ended(mp->rt)) {
        lock(mp, &s->lock);
        const char *text = not_busy(mp);
        if (!text && tracing(mp)) trace_mpark(mp, RT_WHY_Napped);
        unlock(&s->lock);
        if (text) rt_throw(mp, NULL, text, true);
        if (ended(mp->rt)) return;
        struct gqueue q = netpoll(mp, -1);
        if (ended(mp->rt)) return;
        while (!gq_empty(&q))
            goready(mp, gq_pop(&q), RT_WHY_FromPoller);
        go_out(mp);
    }
}

void one_mstart(struct m *mp) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    mp->p = mp->nextp;
    mp->nextp = NULL;
    if (mp != rt->m0 && !mp->first) {
        if (mp->polls) poller_thread(mp);
        else timer_thread(mp);
        return;
    }
    struct g *gp = mp == rt->m0 ? rt->main : mp->first;
    mp->first = NULL;
    if (mp == rt->m0) {
        unsigned first = rt->config.first_goid; /* the program's goroutines have the numbers that they have in m:n */
        store_relaxed(&s->goidgen, (first ? first : 7) - 1);
        setgstatus(gp, Grunnable);
        if (tracing(mp)) trace_gocreate(mp, gp);
        if (rt->config.limits.time_ns) start_timer_thread(mp);
    }
    if (!ended(rt)) run(mp, gp);
}
