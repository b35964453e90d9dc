/* m.c - threads: starting, parking, waking, spinning, handing off Ps, and the check for deadlock.
 *
 * Waking. A G is put into a queue without telling anybody. Instead, whoever puts it calls wakep: if no M spins and a P
 * is idle, one M is woken (or started) with that P, spinning: it looks everywhere for work. A spinning M that finds
 * work calls wakep in turn (resetspinning), so a burst of work wakes Ms one after another until all Ps are busy; when
 * it finds none it stops spinning *before* it looks a last time, so that between the two either it sees the new work or
 * the producer sees that nobody spins. Both sides need a full barrier between their store and their load: producer: put
 * the work (exchange or seq_cst store); load nmspinning spinner:  nmspinning-- (seq_cst); look at all queues
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "proc.h"

struct m *allocm(struct rt *rt, int64_t id) {
    struct m *mp = calloc(1, sizeof *mp);
    if (!mp) return NULL;
    mp->rt = rt;
    mp->id = (int32_t)id;
    mp->modelled = rt->world->ops->modelled;
    if (!trace_m_init(rt, mp)) {
        free(mp);
        return NULL;
    }
    mp->alllink = load_relaxed(&rt->allm);
    while (!cas_release(&rt->allm, &mp->alllink, mp)) {
    }
    return mp;
}

int64_t mReserveID(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    if ((uint64_t)s->mnext - s->nmfreed >= MAX_MCOUNT) return -1;
    return s->mnext++;
}

bool newm(struct m *mp, struct m *m2) {
    const struct rt_world_ops *w = mp->rt->world->ops;
    charge(mp, RT_COST_SYSCALL, 1);
    int err = w->newm(mp->rt->world, m2);
    for (int64_t tries = 1; err == EAGAIN && tries <= NEWOSPROC_TRIES && !ended(mp->rt); tries++) {
        w->usleep(mp->rt->world, mp, tries * 1000000); /* retryOnEAGAIN: threads that end make room */
        err = w->newm(mp->rt->world, m2);
    }
    if (!err) return true;
    if (ended(mp->rt)) return false;
    char text[160];
    snprintf(text, sizeof text, "runtime: failed to create new OS thread (have %lld already; errno=%d)\n%s",
             (long long)(mp->rt->sched.mnext - (int64_t)mp->rt->sched.nmfreed), err,
             err == EAGAIN ? "runtime: may need to increase max user processes (ulimit -u)\n" : "");
    rt_throw_after(mp, NULL, text, "newosproc", true);
    return false;
}

/* mp, whose goroutine is tied to it and waits, gives its P away and parks: told as one act where nothing is left to do,
 * so that whoever brings the goroutine finds it parked. Where a thread must still be made (which may fail) or the poller
 * woken, stoplockedm does it afterwards: a parked M does nothing. sched.lock held. */
static void park_tied(struct m *mp) {
    if (!mp->tying) return;
    mp->tying = false;
    mp->tied_parked = true;
    mp->rt->sched.nmidlelocked++;
    mp->dead = checkdead(mp->rt);
    if (!mp->dead && tracing(mp)) trace_mpark(mp, RT_WHY_LockedG);
}

/* sched.lock held on entry, released: no M is idle, so one is made for pp (told under the lock). */
static bool startnewm(struct m *mp, struct p *pp, bool spinning, enum rt_reason why) {
    struct rt *rt = mp->rt;
    int64_t id = mReserveID(mp);
    struct m *m2 = id < 0 ? NULL : allocm(rt, id);
    if (m2) {
        m2->spinning = spinning;
        m2->nextp = pp;
        m2->p_why = why;
        if (tracing(mp)) trace_mstart(mp, m2, spinning, pp, why);
    }
    unlock(&rt->sched.lock);
    if (m2) return newm(mp, m2);
    if (id < 0) rt_throw_after(mp, NULL, THREAD_LIMIT, "thread exhaustion", true);
    else throw_oom(mp);
    return false;
}

/* Gives pp to an idle M, or a new one. pp NULL: an idle P, if there is one. The P may come straight from releasep. */
bool startm(struct m *mp, struct p *pp, bool spinning, bool lockheld, enum rt_reason why) {
    struct rt *rt = mp->rt;
    if (!lockheld) lock(mp, &rt->sched.lock);
    bool released = pp && pp->stop.m;
    if (!pp) pp = pidleget(mp);
    if (!pp) {
        if (!lockheld) unlock(&rt->sched.lock);
        return true;
    }
    if (released) procstop_told(mp, pp, true);
    struct m *nmp = mget(rt);
    if (!nmp) {
        bool ok = startnewm(mp, pp, spinning, why);
        if (lockheld) lock(mp, &rt->sched.lock);
        return ok;
    }
    if (tracing(mp)) trace_mwake(mp, nmp, spinning, pp, why);
    park_tied(mp);
    nmp->spinning = spinning;
    nmp->nextp = pp;
    nmp->p_why = why;
    if (!lockheld) unlock(&rt->sched.lock);
    note_wake(mp, &nmp->park);
    return true;
}

/* Sleeps until woken; a wake-up without a signal counts for nothing. false: the run is over. */
bool mPark(struct m *mp) {
    struct rt_world *w = mp->rt->world;
    do {
        w->ops->note_sleep(w, mp, &mp->park);
        if (ended(mp->rt)) return false;
    } while (!note_signalled(&mp->park));
    note_clear(&mp->park);
    return true;
}

static bool park_for_p(struct m *mp) {
    if (!mPark(mp)) return false;
    struct p *pp = mp->nextp;
    mp->nextp = NULL;
    acquirep(mp, pp, mp->p_why);
    return true;
}

const char *mput(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    mp->schedlink = s->midle;
    s->midle = mp;
    s->nmidle++;
    const char *dead = checkdead(mp->rt);
    if (!dead && tracing(mp)) trace_mpark(mp, RT_WHY_NoWork);
    return dead;
}

struct m *mget(struct rt *rt) {
    struct m *mp = rt->sched.midle;
    if (!mp) return NULL;
    rt->sched.midle = mp->schedlink;
    mp->schedlink = NULL;
    rt->sched.nmidle--;
    return mp;
}

struct m *mgetSpecific(struct rt *rt, struct m *mp) {
    for (struct m **at = &rt->sched.midle; *at; at = &(*at)->schedlink) {
        if (*at != mp) continue;
        *at = mp->schedlink;
        mp->schedlink = NULL;
        rt->sched.nmidle--;
        return mp;
    }
    return NULL;
}

bool stopm(struct m *mp) {
    struct rt *rt = mp->rt;
    lock(mp, &rt->sched.lock);
    const char *dead = mput(mp);
    unlock(&rt->sched.lock);
    if (dead) {
        rt_throw(mp, NULL, dead, true);
        return false;
    }
    return park_for_p(mp);
}

/* Stops mp and its P for a stop of the world. */
bool gcstopm(struct m *mp) {
    struct rt *rt = mp->rt;
    if (mp->spinning) stopSpinning(mp, false);
    struct p *pp = releasep(mp, RT_WHY_StopTheWorld);
    lock(mp, &rt->sched.lock);
    procstop_told(mp, pp, false);
    store_release(&pp->status, Pgcstop);
    bool last = --rt->sched.stopwait == 0;
    unlock(&rt->sched.lock);
    if (last) note_wake(mp, &rt->sched.stopnote);
    return stopm(mp);
}

/* ---- spinning -------------------------------------------------------------------------------------------------- */

void becomeSpinning(struct m *mp) {
    mp->spinning = true;
    add_seq_cst(&mp->rt->sched.nmspinning, 1);
    store_seq_cst(&mp->rt->sched.needspinning, 0);
    if (tracing(mp)) trace_plain(mp, RT_EV_MSpin, RT_WHY_None, 0, 0, 0);
}

void stopSpinning(struct m *mp, bool found) {
    mp->spinning = false;
    if (tracing(mp)) trace_plain(mp, RT_EV_MSpinEnd, RT_WHY_None, found, 0, 0);
    sub_seq_cst(&mp->rt->sched.nmspinning, 1);
}

void resetspinning(struct m *mp) {
    stopSpinning(mp, true);
    wakep(mp);
}

/* Work was put somewhere: one more P shall look for it, if one is idle and nobody looks already. */
void wakep(struct m *mp) {
    struct sched *s = &mp->rt->sched;
    /* The plain looks first: they fail nearly always, and an atomic would cost more than the transfer that led here.
     * The put before them was a full barrier (runqput's exchange, the global queue's seq_cst store). Without an idle
     * P needspinning must be set, under the lock, unless it is. */
    if (load_seq_cst(&s->nmspinning) != 0) return;
    if (load_seq_cst(&s->npidle) == 0 && load_seq_cst(&s->needspinning) != 0) return;
    int32_t zero = 0;
    if (!cas_seq_cst(&s->nmspinning, &zero, 1)) return;
    lock(mp, &s->lock);
    struct p *pp = pidlegetSpinning(mp);
    if (!pp) {
        sub_seq_cst(&s->nmspinning, 1);
        unlock(&s->lock);
        return;
    }
    /* One hold of the lock over both lists, where Go lets go between them: so the event is one act. */
    startm(mp, pp, true, true, RT_WHY_Wakep);
    unlock(&s->lock);
}

/* ---- handing off ----------------------------------------------------------------------------------------------- */

/* pp was released, or taken from a system call; it gets an M if anything waits for it, else it idles. */
void handoffp(struct m *mp, struct p *pp) {
    struct rt *rt = mp->rt;
    struct sched *s = &rt->sched;
    if (!runqempty(pp) || !globrunqempty(rt)) {
        startm(mp, pp, false, false, RT_WHY_Handoff);
        return;
    }
    int32_t zero = 0;
    if ((uint32_t)load_seq_cst(&s->nmspinning) + load_seq_cst(&s->npidle) == 0 &&
        cas_seq_cst(&s->nmspinning, &zero, 1)) {
        store_seq_cst(&s->needspinning, 0);
        startm(mp, pp, true, false, RT_WHY_Handoff);
        return;
    }
    lock(mp, &s->lock);
    if (load_seq_cst(&s->gcwaiting)) {
        procstop_told(mp, pp, false);
        park_tied(mp);
        store_release(&pp->status, Pgcstop);
        bool last = --s->stopwait == 0;
        unlock(&s->lock);
        if (last) note_wake(mp, &s->stopnote);
        return;
    }
    int64_t when = timers_wakeTime(pp);
    bool last_p = load_relaxed(&s->npidle) == load_relaxed(&rt->gomaxprocs) - 1 && load_relaxed(&s->lastpoll) != 0;
    /* A tied M parks with this hand-off and could not wake another for the P's timers afterwards. */
    bool timers_need_m = mp->tying && when && load_relaxed(&s->lastpoll) != 0;
    if (!globrunqempty(rt) || last_p || timers_need_m) {
        startm(mp, pp, false, true, RT_WHY_Handoff);
        unlock(&s->lock);
        return;
    }
    pidleput(mp, pp);
    if (!when) park_tied(mp);
    unlock(&s->lock);
    if (when) wakeNetPoller(mp, when);
}

/* ---- tied threads ---------------------------------------------------------------------------------------------- */

/* mp's tied goroutine is not running: mp waits until somebody brings it, with a P. */
bool stoplockedm(struct m *mp) {
    struct rt *rt = mp->rt;
    mp->tying = true;
    mp->dead = NULL;
    if (mp->p) handoffp(mp, releasep(mp, RT_WHY_Handoff));
    if (ended(rt)) return false;
    if (mp->tying) {
        lock(mp, &rt->sched.lock);
        park_tied(mp);
        unlock(&rt->sched.lock);
    }
    if (mp->dead) {
        rt_throw(mp, NULL, mp->dead, true);
        return false;
    }
    return park_for_p(mp);
}

/* gp, in mp's hand, is tied to another M: it gets mp's P, mp stops. */
bool startlockedm(struct m *mp, struct g *gp) {
    struct rt *rt = mp->rt;
    struct m *nmp = gp->lockedm;
    struct p *pp = releasep(mp, RT_WHY_LockedG);
    lock(mp, &rt->sched.lock);
    /* gp may have been readied in the moment between leaving its M and that M's parking (Go's note keeps the wake-up;
     * here the two are told in order). */
    for (unsigned round = 0; !nmp->tied_parked; round++) {
        unlock(&rt->sched.lock);
        if (ended(rt)) return false;
        rt->world->ops->lock_contended(rt->world, mp, round);
        lock(mp, &rt->sched.lock);
    }
    nmp->tied_parked = false;
    rt->sched.nmidlelocked--;
    procstop_told(mp, pp, true);
    if (tracing(mp)) trace_mwake(mp, nmp, false, pp, RT_WHY_LockedG);
    nmp->nextp = pp;
    nmp->p_why = RT_WHY_LockedG;
    nmp->found = RT_WHY_FromLockedM;
    unlock(&rt->sched.lock);
    note_wake(mp, &nmp->park);
    return stopm(mp);
}

void incidlelocked(struct m *mp, int v) {
    struct rt *rt = mp->rt;
    lock(mp, &rt->sched.lock);
    rt->sched.nmidlelocked = (uint32_t)((int64_t)rt->sched.nmidlelocked + v);
    const char *dead = v > 0 ? checkdead(rt) : NULL;
    unlock(&rt->sched.lock);
    if (dead) rt_throw(mp, NULL, dead, true);
}

/* ---- deadlock -------------------------------------------------------------------------------------------------- */

const char *checkdead(struct rt *rt) {
    struct sched *s = &rt->sched;
    if (load_relaxed(&rt->ending)) return NULL;
    /* Ms that run, wait in a system call or poll; sysmon does not count. */
    int64_t run = s->mnext - (int64_t)s->nmfreed - s->nmidle - (int64_t)(int32_t)s->nmidlelocked - s->nmsys;
    if (run > 0) return NULL;
    if (run < 0) return "checkdead: inconsistent counts";
    bool waiting = false;
    for (size_t i = 0, n = rt_allglen(rt); i < n; i++) {
        struct g *gp = rt_allg(rt, i);
        if (gp->system) continue;
        uint32_t status = readgstatus(gp);
        if (status == Gwaiting || status == Gpreempted) waiting = true;
        else if (status != Gdead && status != Gidle) return "checkdead: runnable g";
    }
    if (!waiting) return "no goroutines (main called runtime.Goexit) - deadlock!";
    for (uint32_t i = 0, n = load_relaxed(&rt->gomaxprocs); i < n; i++) {
        if (load_relaxed(&rt->allp[i]->timers.nlen)) return NULL;
    }
    return "all goroutines are asleep - deadlock!";
}

/* ---- the end of a thread --------------------------------------------------------------------------------------- */

/* A goroutine ended while tied to mp: its thread ends with it. */
void mexit(struct m *mp) {
    struct rt *rt = mp->rt;
    if (ended(rt)) return;
    handoffp(mp, releasep(mp, RT_WHY_Handoff));
    if (ended(rt)) return;
    lock(mp, &rt->sched.lock);
    rt->sched.nmfreed++;
    const char *dead = checkdead(rt);
    unlock(&rt->sched.lock);
    if (dead) rt_throw(mp, NULL, dead, true);
    else if (tracing(mp)) trace_plain(mp, RT_EV_MExit, RT_WHY_None, 0, 0, 0);
}
