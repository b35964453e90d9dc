/* select.c - select (Go: runtime/select.go).
 *
 * Cases are polled in a random order, so that of several ready ones each has its chance; their channels are locked
 * in the order of their numbers (Go: of their addresses), so that selects never wait for each other in a circle.
 * Pass 1 takes the first ready case. Pass 2 queues on every channel and parks. Pass 3, woken by the one channel
 * that won, leaves the other queues.
 */
#include <stdlib.h>
#include <string.h>

#include "chan.h"

enum { RESUME_SELECT = 3, SMALL = 16 };

struct orders { /* indices of cases whose channel is not nil */
    uint32_t n;
    uint32_t *poll, *lock;
    uint32_t small[2 * SMALL];
    uint32_t *big;
};

static bool orders_init(struct m *mp, struct orders *o, uint32_t n) {
    o->n = 0;
    o->big = NULL;
    uint32_t *mem = o->small;
    if (n > SMALL) {
        mem = o->big = malloc(2 * (size_t)n * sizeof *mem);
        if (!mem) {
            throw_oom(mp);
            return false;
        }
    }
    o->poll = mem;
    o->lock = mem + n;
    return true;
}

/* A fair shuffle of the cases with a channel. */
static void shuffle(struct m *mp, struct orders *o, const struct rt_scase *cases, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        if (!cases[i].ch) continue;
        shared(mp, cases[i].ch, RT_SHARED_WRITE);
        if (cases[i].ch->timer) timer_maybeRunChan(mp, cases[i].ch);
        uint32_t j = mp->rt->config.search ? o->n : (uint32_t)choose(mp, RT_CHOOSE_SELECT, o->n + 1);
        o->poll[o->n] = o->poll[j];
        o->poll[j] = i;
        o->n++;
    }
}

/* Heap sort by channel number: no recursion, no memory, and n log n whatever the program does. */
static void sift(const struct rt_scase *cases, uint32_t *a, uint32_t i, uint32_t n) {
    uint32_t v = a[i];
    for (uint32_t k; (k = 2 * i + 1) < n; i = k) {
        if (k + 1 < n && cases[a[k]].ch->id < cases[a[k + 1]].ch->id) k++;
        if (cases[v].ch->id >= cases[a[k]].ch->id) break;
        a[i] = a[k];
    }
    a[i] = v;
}

static void lock_order(struct orders *o, const struct rt_scase *cases) {
    for (uint32_t i = 0; i < o->n; i++)
        o->lock[i] = o->poll[i];
    for (uint32_t i = o->n / 2; i-- > 0;)
        sift(cases, o->lock, i, o->n);
    for (uint32_t i = o->n; i-- > 1;) {
        uint32_t v = o->lock[0];
        o->lock[0] = o->lock[i];
        o->lock[i] = v;
        sift(cases, o->lock, 0, i);
    }
}

static void sellock(struct m *mp, const struct orders *o, const struct rt_scase *cases) {
    struct hchan *last = NULL;
    for (uint32_t i = 0; i < o->n; i++) {
        struct hchan *c = cases[o->lock[i]].ch;
        if (c != last) lock(mp, &c->lock);
        last = c;
    }
}

static void selunlock(const struct orders *o, const struct rt_scase *cases) {
    struct hchan *last = NULL;
    for (uint32_t i = o->n; i-- > 0;) {
        struct hchan *c = cases[o->lock[i]].ch;
        if (c != last) unlock(&c->lock);
        last = c;
    }
}

/* ---- pass 1 ---------------------------------------------------------------------------------------------------- */

static bool is_ready(const struct rt_scase *cas) {
    struct hchan *c = cas->ch;
    if (load_relaxed(&c->closed)) return true;
    if (cas->send) return c->recvq.first || load_relaxed(&c->qcount) < c->dataqsiz;
    return c->sendq.first || load_relaxed(&c->qcount) > 0;
}

/* A search goes through the cases that are ready, where a shuffle of all would come to the same again and again. */
static void pick_ready(struct m *mp, struct orders *o, const struct rt_scase *cases) {
    uint32_t ready = 0;
    for (uint32_t i = 0; i < o->n; i++)
        ready += is_ready(&cases[o->poll[i]]);
    uint32_t nth = (uint32_t)choose(mp, RT_CHOOSE_SELECT, ready), i = 0;
    while (i < o->n && (!is_ready(&cases[o->poll[i]]) || nth-- > 0))
        i++;
    if (i == o->n) return;
    uint32_t first = o->poll[i];
    memmove(&o->poll[1], &o->poll[0], i * sizeof *o->poll);
    o->poll[0] = first;
}

static void tell_poll(struct m *mp, const struct orders *o, uint32_t chosen) {
    uint64_t order = 0;
    for (uint32_t i = 0; i < o->n && i < 16; i++)
        order |= (uint64_t)(o->poll[i] & 15) << (4 * i);
    trace_plain(mp, RT_EV_SelectPoll, RT_WHY_None, o->n, order, chosen);
}

struct served {
    bool done, panics;
    struct g *wake; /* to be readied once the locks are let go */
};

static struct served try_send(struct m *mp, struct hchan *c, const rt_slot *elem) {
    if (load_relaxed(&c->closed)) return (struct served){true, true, NULL};
    struct sudog *sg = waitq_dequeue(mp, &c->recvq);
    if (sg) {
        race_direct(mp, c, sg->g);
        return (struct served){true, false, send_to(mp, c, sg, elem)};
    }
    if (load_relaxed(&c->qcount) == c->dataqsiz) return (struct served){0};
    tell_chan(mp, c, RT_EV_ChanSend, 0, shown(mp, c, elem));
    race_element(mp, c, c->sendx);
    buffer_put(c, elem);
    return (struct served){true, false, NULL};
}

static struct served try_recv(struct m *mp, const struct rt_scase *cas) {
    struct g *gp = mp->curg;
    struct hchan *c = cas->ch;
    rt_slot *to = cas->at == RT_CHAN_DISCARD ? NULL : gp->stack + cas->at;
    struct sudog *sg = waitq_dequeue(mp, &c->sendq);
    if (sg) {
        race_direct(mp, c, sg->g);
        struct g *from = recv_from(mp, c, sg, to);
        set_ok(gp, cas->ok_at, true);
        return (struct served){true, false, from};
    }
    if (load_relaxed(&c->qcount) > 0) {
        tell_chan(mp, c, RT_EV_ChanRecv, 0, shown(mp, c, &c->buf[c->recvx * c->elemslots]));
        if (c->timer) race_order(mp, gp, RT_ORDER_ACQUIRE, c->timer);
        else race_element(mp, c, c->recvx);
        buffer_get(c, to);
        set_ok(gp, cas->ok_at, true);
        return (struct served){true, false, NULL};
    }
    if (!load_relaxed(&c->closed)) return (struct served){0};
    tell_chan(mp, c, RT_EV_ChanRecvClosed, 0, 0);
    race_order(mp, gp, RT_ORDER_ACQUIRE, c);
    recv_zero(gp, c, cas->at, cas->ok_at);
    return (struct served){true, false, NULL};
}

/* All channels locked. The case that was served, UINT32_MAX if none is ready. */
static uint32_t pass1(struct m *mp, const struct orders *o, const struct rt_scase *cases, struct served *s) {
    uint32_t chosen = UINT32_MAX;
    for (uint32_t i = 0; i < o->n && chosen == UINT32_MAX; i++) {
        if (is_ready(&cases[o->poll[i]])) chosen = o->poll[i];
    }
    if (tracing(mp)) tell_poll(mp, o, chosen == UINT32_MAX ? 0 : chosen + 1);
    *s = (struct served){0};
    for (uint32_t i = 0; i < o->n; i++) {
        const struct rt_scase *cas = &cases[o->poll[i]];
        *s = cas->send ? try_send(mp, cas->ch, mp->curg->stack + cas->at) : try_recv(mp, cas);
        if (s->done) return o->poll[i];
    }
    return UINT32_MAX;
}

/* ---- pass 2 ---------------------------------------------------------------------------------------------------- */

/* gp is off its M; its sudogs are in lock order. After the last unlock gp may run and free them. */
static bool selparkcommit(struct m *mp, struct g *gp, void *none) {
    (void)mp;
    (void)none;
    struct hchan *last = NULL;
    for (struct sudog *sg = gp->waiting; sg; sg = sg->waitlink) {
        if (sg->c != last && last) unlock(&last->lock);
        last = sg->c;
    }
    if (last) unlock(&last->lock);
    return true;
}

/* A sudog for each case, linked in lock order; false: out of memory. */
static bool make_sudogs(struct m *mp, const struct orders *o, const struct rt_scase *cases) {
    struct g *gp = mp->curg;
    struct sudog **next = &gp->waiting;
    for (uint32_t i = 0; i < o->n; i++) {
        const struct rt_scase *cas = &cases[o->lock[i]];
        struct sudog *sg = acquireSudog(mp);
        *next = sg;
        if (!sg) return false;
        next = &sg->waitlink;
        sg->g = gp;
        sg->c = cas->ch;
        sg->is_select = true;
        sg->index = o->lock[i];
        sg->at = cas->at;
        sg->ok_at = cas->send ? -1 : cas->ok_at;
    }
    return true;
}

/* Glued to what follows, at the end to GoBlock: nobody serves a select that has not blocked. */
static void tell_case(struct m *mp, struct hchan *c, bool send, uint64_t value) {
    if (!c->id || !tracing(mp)) return;
    trace_object(mp, TRACE_CHAN, (uint32_t)c->id, &c->trace_seq, true, RT_EV_SelectCase, c->id, send, value);
}

static enum rt_status pass2(struct m *mp, const struct orders *o, const struct rt_scase *cases) {
    struct g *gp = mp->curg;
    if (!make_sudogs(mp, o, cases)) {
        selunlock(o, cases);
        return RT_FATAL;
    }
    gp->param[0] = 0;
    gp->resume = RESUME_SELECT;
    for (struct sudog *sg = gp->waiting; sg; sg = sg->waitlink) {
        if (sg->c->timer) timer_block(mp, sg->c);
    }
    for (struct sudog *sg = gp->waiting; sg; sg = sg->waitlink) {
        struct hchan *c = sg->c;
        bool send = cases[sg->index].send;
        waitq_enqueue(send ? &c->sendq : &c->recvq, sg);
        tell_case(mp, c, send, send ? shown(mp, c, gp->stack + sg->at) : 0);
    }
    return gopark(mp, selparkcommit, NULL, RT_WHY_Select, 0, 0);
}

/* ---- pass 3 ---------------------------------------------------------------------------------------------------- */

static void lock_waiting(struct m *mp, struct sudog *list) {
    struct hchan *last = NULL;
    for (struct sudog *sg = list; sg; sg = sg->waitlink) {
        if (sg->c != last) lock(mp, &sg->c->lock);
        last = sg->c;
    }
}

static enum rt_status pass3(struct m *mp, struct rt_scase *cases, int32_t *chosen) {
    struct g *gp = mp->curg;
    struct sudog *won = (struct sudog *)(uintptr_t)gp->param[0];
    for (struct sudog *sg = gp->waiting; sg; sg = sg->waitlink)
        shared(mp, sg->c, RT_SHARED_WRITE);
    lock_waiting(mp, gp->waiting);
    for (struct sudog *sg = gp->waiting; sg; sg = sg->waitlink) {
        if (sg->c->timer) timer_unblock(mp, sg->c);
        if (sg != won) waitq_remove(cases[sg->index].send ? &sg->c->sendq : &sg->c->recvq, sg);
    }
    bool success = won->success;
    const struct rt_scase *cas = &cases[won->index];
    *chosen = (int32_t)won->index;
    if (tracing(mp)) trace_plain(mp, RT_EV_SelectWin, RT_WHY_None, won->index, won->c->id, 0);
    selparkcommit(mp, gp, NULL);
    for (struct sudog *sg = gp->waiting, *next; sg; sg = next) {
        next = sg->waitlink;
        releaseSudog(mp, sg);
    }
    gp->waiting = NULL;
    gp->param[0] = 0;
    gp->resume = 0;
    store_release(&gp->select_done, 0);
    if (cas->send && !success) {
        mp->panic = RT_PANIC_SendClosed;
        return RT_PANIC;
    }
    if (!cas->send) set_ok(gp, cas->ok_at, success);
    return RT_OK;
}

enum rt_status rt_selectgo(struct m *mp, struct rt_scase *cases, uint32_t n, bool block, int32_t *chosen) {
    struct g *gp = mp->curg;
    if (gp->resume) return pass3(mp, cases, chosen);
    visible(mp);
    if (asked_to_give_way(gp)) return RT_AGAIN;
    charge(mp, RT_COST_CHAN_OP, 1);
    struct orders o;
    if (!orders_init(mp, &o, n)) return RT_FATAL;
    shuffle(mp, &o, cases, n);
    lock_order(&o, cases);
    sellock(mp, &o, cases);
    if (mp->rt->config.search) pick_ready(mp, &o, cases);
    struct served s;
    uint32_t served = pass1(mp, &o, cases, &s);
    enum rt_status st = RT_OK;
    *chosen = served == UINT32_MAX ? -1 : (int32_t)served;
    if (served != UINT32_MAX || !block) {
        selunlock(&o, cases);
        if (s.panics) {
            mp->panic = RT_PANIC_SendClosed;
            st = RT_PANIC;
        }
        if (s.wake) ready(mp, s.wake, true, RT_WHY_Readied);
    } else if (o.n == 0) {
        st = rt_park_forever(mp, RT_WHY_Select); /* every channel is nil */
    } else {
        st = pass2(mp, &o, cases);
    }
    free(o.big);
    return st;
}
