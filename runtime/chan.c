/* chan.c - channels (Go: runtime/chan.go).
 *
 * At least one of the two wait queues is empty, but for a select that waits on both ends of an unbuffered channel.
 * With a buffer: elements in it mean that no receiver waits, room in it that no sender does. So a sender that meets
 * a waiting receiver passes its value straight to the receiver's stack and the buffer is not touched.
 *
 * A waiter names its element by goroutine and slot: stacks move. A parked G's stack is written under the channel's
 * lock, and the G reads it after it was readied.
 */
#include "chan.h"

#include <string.h>

size_t rt_chan_size(uint32_t slots, uint64_t cap) {
    uint64_t n;
    if (__builtin_mul_overflow((uint64_t)slots, cap, &n) || n > (UINT64_C(1) << 47) / sizeof(rt_slot)) return 0;
    return sizeof(struct hchan) + (size_t)n * sizeof(rt_slot);
}

void rt_chan_init(struct m *mp, struct hchan *ch, uint32_t slots, uint64_t cap, enum rt_value_kind kind,
                  uint32_t name_id, uint32_t type_id) {
    visible(mp);
    ch->elemslots = slots;
    ch->dataqsiz = cap;
    ch->kind = (uint8_t)kind;
    ch->id = add_relaxed(&mp->rt->next_chan, 1) + 1;
    if (!tracing(mp)) return;
    tell_chan(mp, ch, RT_EV_ChanMake, cap, kind);
    if (name_id || type_id) trace_plain(mp, RT_EV_ObjName, RT_WHY_None, ch->id, name_id, type_id);
}

uint64_t rt_chan_id(const struct hchan *ch) { return ch ? ch->id : 0; }

uint64_t rt_chan_len(struct hchan *ch) { return !ch || ch->timer ? 0 : load_relaxed(&ch->qcount); }

uint64_t rt_chan_cap(struct hchan *ch) { return !ch || ch->timer ? 0 : ch->dataqsiz; }

void tell_chan(struct m *mp, struct hchan *c, enum rt_event_kind kind, uint64_t b, uint64_t v) {
    if (!c->id || !tracing(mp)) return;
    trace_object(mp, TRACE_CHAN, (uint32_t)c->id, &c->trace_seq, false, kind, c->id, b, v);
}

/* An element as an event shows it; 0 when nobody listens. */
uint64_t shown(struct m *mp, const struct hchan *c, const rt_slot *elem) {
    if (!tracing(mp) || c->elemslots == 0 || !c->id) return 0;
    const struct rt *rt = mp->rt;
    if (rt->exec->show) return rt->exec->show(rt->exec_ctx, mp, (enum rt_value_kind)c->kind, elem);
    bool scalar = c->kind == RT_VAL_BOOL || c->kind == RT_VAL_INT || c->kind == RT_VAL_UINT || c->kind == RT_VAL_FLOAT;
    return scalar ? elem[0] : 0;
}

/* ---- elements and queues; c->lock held ------------------------------------------------------------------------- */

static rt_slot *chanbuf(struct hchan *c, uint64_t i) { return &c->buf[i * c->elemslots]; }

/* One word, as nearly all are: not by a call of memcpy or memset, which compilers make of the loops. */
static void copy(const struct hchan *c, rt_slot *to, const rt_slot *from) {
    if (c->elemslots == 1) {
        to[0] = from[0];
        return;
    }
    for (uint32_t i = 0; i < c->elemslots; i++)
        to[i] = from[i];
}

static void clear(const struct hchan *c, rt_slot *at) {
    if (c->elemslots == 1) {
        at[0] = 0;
        return;
    }
    for (uint32_t i = 0; i < c->elemslots; i++)
        at[i] = 0;
}

static uint64_t after(const struct hchan *c, uint64_t i) { return i + 1 == c->dataqsiz ? 0 : i + 1; }

/* ---- --race: what orders what, as Go's runtime tells its detector (racenotify, racesync); c->lock held --------------- */

/* Element i of the buffer passes from or to the running goroutine. */
void race_element(struct m *mp, struct hchan *c, uint64_t i) {
    if (!mp->rt->config.race) return;
    bool one = c->elemslots == 0; /* all elements are at one place, and order adds up there */
    if (one) race_order(mp, mp->curg, RT_ORDER_ACQUIRE, c->buf);
    race_order(mp, mp->curg, one ? RT_ORDER_MERGE : RT_ORDER_EXCHANGE, chanbuf(c, i));
}

/* The running goroutine and a waiting one serve each other. */
void race_direct(struct m *mp, struct hchan *c, struct g *gp) {
    if (!mp->rt->config.race) return;
    if (c->dataqsiz == 0) {
        race_order(mp, mp->curg, RT_ORDER_RELEASE, c->buf);
        race_order(mp, gp, RT_ORDER_ACQUIRE, c->buf);
        race_order(mp, gp, RT_ORDER_RELEASE, c->buf);
        race_order(mp, mp->curg, RT_ORDER_ACQUIRE, c->buf);
        return;
    }
    bool one = c->elemslots == 0;
    race_element(mp, c, c->recvx);
    if (one) race_order(mp, gp, RT_ORDER_ACQUIRE, c->buf);
    race_order(mp, gp, one ? RT_ORDER_MERGE : RT_ORDER_EXCHANGE, chanbuf(c, c->recvx));
}

void waitq_enqueue(struct waitq *q, struct sudog *sg) {
    sg->next = NULL;
    sg->prev = q->last;
    if (q->last) q->last->next = sg;
    else q->first = sg;
    q->last = sg;
}

void waitq_remove(struct waitq *q, struct sudog *sg) {
    if (!sg->prev && !sg->next && q->first != sg) return; /* was dequeued */
    if (sg->prev) sg->prev->next = sg->next;
    else q->first = sg->next;
    if (sg->next) sg->next->prev = sg->prev;
    else q->last = sg->prev;
    sg->next = sg->prev = NULL;
}

struct sudog *waitq_dequeue(struct m *mp, struct waitq *q) {
    for (;;) {
        struct sudog *sg = q->first;
        if (!sg) return NULL;
        waitq_remove(q, sg);
        if (!sg->is_select) return sg;
        /* Of several channels that would wake a select one wins; on the others its sudog is passed over. */
        uint32_t none = 0;
        shared(mp, (const void *)(uintptr_t)(sg->g->goid << 3 | RT_SHARED_GOROUTINE), RT_SHARED_WRITE);
        if (cas_acq_rel(&sg->g->select_done, &none, 1)) return sg;
    }
}

void buffer_put(struct hchan *c, const rt_slot *elem) {
    copy(c, chanbuf(c, c->sendx), elem);
    c->sendx = after(c, c->sendx);
    store_relaxed(&c->qcount, load_relaxed(&c->qcount) + 1);
}

void buffer_get(struct hchan *c, rt_slot *elem) {
    rt_slot *from = chanbuf(c, c->recvx);
    if (elem) copy(c, elem, from);
    clear(c, from);
    c->recvx = after(c, c->recvx);
    store_relaxed(&c->qcount, load_relaxed(&c->qcount) - 1);
}

void set_ok(struct g *gp, int32_t ok_at, bool ok) {
    if (ok_at >= 0) gp->stack[ok_at] = ok;
}

void recv_zero(struct g *gp, const struct hchan *c, uint32_t at, int32_t ok_at) {
    if (at != RT_CHAN_DISCARD) clear(c, gp->stack + at);
    set_ok(gp, ok_at, false);
}

static rt_slot *place(struct g *gp, uint32_t at) { return at == RT_CHAN_DISCARD ? NULL : gp->stack + at; }

/* Out of the queues: gp can run. Told while the lock is held, so that the order of the queue is that of the events. */
static void win(struct m *mp, struct hchan *c, struct sudog *sg, bool success) {
    struct g *gp = sg->g;
    sg->success = success;
    gp->param[0] = (uint64_t)(uintptr_t)sg;
    if (!tracing(mp)) return;
    if (c->id) trace_gounblock(mp, gp, TRACE_CHAN, (uint32_t)c->id, &c->trace_seq);
    else trace_gounblock(mp, gp, TRACE_DOMAINS, 0, NULL);
}

/* A receiver, sg, takes elem straight from the sender. */
struct g *send_to(struct m *mp, struct hchan *c, struct sudog *sg, const rt_slot *elem) {
    struct g *gp = sg->g;
    rt_slot *to = place(gp, sg->at);
    if (to) copy(c, to, elem);
    set_ok(gp, sg->ok_at, true);
    tell_chan(mp, c, RT_EV_ChanSend, gp->goid, shown(mp, c, elem));
    win(mp, c, sg, true);
    return gp;
}

/* The receiver takes from a waiting sender, sg: unbuffered its value, else the head of the buffer, whose tail gets
 * it. */
struct g *recv_from(struct m *mp, struct hchan *c, struct sudog *sg, rt_slot *elem) {
    struct g *gp = sg->g;
    const rt_slot *theirs = gp->stack + sg->at;
    uint64_t value;
    if (c->dataqsiz == 0) {
        if (elem) copy(c, elem, theirs);
        value = shown(mp, c, theirs);
    } else {
        rt_slot *head = chanbuf(c, c->recvx);
        value = shown(mp, c, head);
        if (elem) copy(c, elem, head);
        copy(c, head, theirs);
        c->recvx = after(c, c->recvx);
        c->sendx = c->recvx;
    }
    tell_chan(mp, c, RT_EV_ChanRecv, gp->goid, value);
    win(mp, c, sg, true);
    return gp;
}

/* ---- the operations -------------------------------------------------------------------------------------------- */

enum { RESUME_CHAN = 2 };

static enum rt_status panic_with(struct m *mp, enum rt_panic p) {
    mp->panic = p;
    return RT_PANIC;
}

static enum rt_status park_on(struct m *mp, struct hchan *c, struct waitq *q, struct sudog *sg, enum rt_reason why,
                              uint64_t value) {
    struct g *gp = mp->curg;
    sg->g = gp;
    sg->c = c;
    gp->waiting = sg;
    gp->resume = RESUME_CHAN;
    waitq_enqueue(q, sg);
    gopark(mp, parkunlock, &c->lock, why, c->id, (int64_t)value);
    if (c->id) gopark_order(mp, TRACE_CHAN, (uint32_t)c->id, &c->trace_seq);
    return RT_PARKED;
}

/* The G was woken by the one who served it, or by close: whether a value passed. */
static bool finish(struct m *mp) {
    struct g *gp = mp->curg;
    struct sudog *sg = gp->waiting;
    bool success = sg->success;
    gp->waiting = NULL;
    gp->resume = 0;
    gp->param[0] = 0;
    releaseSudog(mp, sg);
    return success;
}

enum rt_status rt_chansend(struct m *mp, struct hchan *c, uint32_t at) {
    struct g *gp = mp->curg;
    if (gp->resume) return finish(mp) ? RT_OK : panic_with(mp, RT_PANIC_SendClosed);
    if (!c) return rt_park_forever(mp, RT_WHY_ChanSendNilChan);
    visible(mp);
    shared(mp, c, RT_SHARED_WRITE);
    if (asked_to_give_way(gp)) return RT_AGAIN;
    charge(mp, RT_COST_CHAN_OP, 1);
    race_order(mp, gp, RT_ORDER_READ, c); /* races with a close that nothing orders */
    lock(mp, &c->lock);
    if (load_relaxed(&c->closed)) {
        unlock(&c->lock);
        return panic_with(mp, RT_PANIC_SendClosed);
    }
    const rt_slot *elem = gp->stack + at;
    struct sudog *sg = waitq_dequeue(mp, &c->recvq);
    if (sg) {
        race_direct(mp, c, sg->g);
        struct g *to = send_to(mp, c, sg, elem);
        unlock(&c->lock);
        ready(mp, to, true, RT_WHY_Readied);
        return RT_OK;
    }
    if (load_relaxed(&c->qcount) < c->dataqsiz) {
        tell_chan(mp, c, RT_EV_ChanSend, 0, shown(mp, c, elem));
        race_element(mp, c, c->sendx);
        buffer_put(c, elem);
        unlock(&c->lock);
        return RT_OK;
    }
    sg = acquireSudog(mp);
    if (!sg) {
        unlock(&c->lock);
        return RT_FATAL;
    }
    sg->at = at;
    sg->ok_at = -1;
    return park_on(mp, c, &c->sendq, sg, RT_WHY_ChanSend, shown(mp, c, elem));
}

enum rt_status rt_chanrecv(struct m *mp, struct hchan *c, uint32_t at, int32_t ok_at) {
    struct g *gp = mp->curg;
    if (gp->resume) {
        if (c->timer) timer_unblock(mp, c);
        if (!finish(mp)) set_ok(gp, ok_at, false);
        return RT_OK;
    }
    if (!c) return rt_park_forever(mp, RT_WHY_ChanReceiveNilChan);
    visible(mp);
    shared(mp, c, RT_SHARED_WRITE);
    if (asked_to_give_way(gp)) return RT_AGAIN;
    charge(mp, RT_COST_CHAN_OP, 1);
    if (c->timer) timer_maybeRunChan(mp, c);
    lock(mp, &c->lock);
    if (load_relaxed(&c->closed) && load_relaxed(&c->qcount) == 0) {
        tell_chan(mp, c, RT_EV_ChanRecvClosed, 0, 0);
        race_order(mp, gp, RT_ORDER_ACQUIRE, c);
        unlock(&c->lock);
        recv_zero(gp, c, at, ok_at);
        return RT_OK;
    }
    struct sudog *sg = waitq_dequeue(mp, &c->sendq);
    if (sg) {
        race_direct(mp, c, sg->g);
        struct g *from = recv_from(mp, c, sg, place(gp, at));
        unlock(&c->lock);
        set_ok(gp, ok_at, true);
        ready(mp, from, true, RT_WHY_Readied);
        return RT_OK;
    }
    if (load_relaxed(&c->qcount) > 0) {
        tell_chan(mp, c, RT_EV_ChanRecv, 0, shown(mp, c, chanbuf(c, c->recvx)));
        if (c->timer) race_order(mp, gp, RT_ORDER_ACQUIRE, c->timer);
        else race_element(mp, c, c->recvx);
        buffer_get(c, place(gp, at));
        unlock(&c->lock);
        set_ok(gp, ok_at, true);
        return RT_OK;
    }
    sg = acquireSudog(mp);
    if (!sg) {
        unlock(&c->lock);
        return RT_FATAL;
    }
    sg->at = at;
    sg->ok_at = ok_at;
    enum rt_status st = park_on(mp, c, &c->recvq, sg, RT_WHY_ChanReceive, 0);
    if (c->timer) timer_block(mp, c);
    return st;
}

/* Receivers, then senders, onto a list that is popped from its end: the last waiter is readied first. */
enum rt_status rt_chanclose(struct m *mp, struct hchan *c) {
    if (!c) return panic_with(mp, RT_PANIC_CloseNil);
    visible(mp);
    shared(mp, c, RT_SHARED_WRITE);
    charge(mp, RT_COST_CHAN_OP, 1);
    lock(mp, &c->lock);
    if (load_relaxed(&c->closed)) {
        unlock(&c->lock);
        return panic_with(mp, RT_PANIC_CloseClosed);
    }
    race_order(mp, mp->curg, RT_ORDER_WRITE, c);
    race_order(mp, mp->curg, RT_ORDER_RELEASE, c);
    store_release(&c->closed, 1);
    struct gqueue list = {0};
    for (struct sudog *sg; (sg = waitq_dequeue(mp, &c->recvq)) != NULL;) {
        if (sg->at != RT_CHAN_DISCARD) clear(c, sg->g->stack + sg->at);
        sg->g->param[0] = (uint64_t)(uintptr_t)sg;
        race_order(mp, sg->g, RT_ORDER_ACQUIRE, c);
        gq_push(&list, sg->g);
    }
    for (struct sudog *sg; (sg = waitq_dequeue(mp, &c->sendq)) != NULL;) {
        race_order(mp, sg->g, RT_ORDER_ACQUIRE, c);
        sg->g->param[0] = (uint64_t)(uintptr_t)sg;
        gq_push(&list, sg->g);
    }
    tell_chan(mp, c, RT_EV_ChanClose, list.size, 0);
    unlock(&c->lock);
    for (struct g *gp; (gp = gq_pop(&list)) != NULL;)
        goready(mp, gp, RT_WHY_Readied);
    return RT_OK;
}

bool rt_chan_trysend(struct m *mp, struct hchan *c, const rt_slot *elem) {
    shared(mp, c, RT_SHARED_WRITE);
    lock(mp, &c->lock);
    if (load_relaxed(&c->closed)) {
        unlock(&c->lock);
        return false;
    }
    struct sudog *sg = waitq_dequeue(mp, &c->recvq);
    if (sg) {
        race_order(mp, sg->g, RT_ORDER_ACQUIRE, c->timer);
        struct g *to = send_to(mp, c, sg, elem);
        unlock(&c->lock);
        ready(mp, to, true, RT_WHY_TimerDue);
        return true;
    }
    bool room = load_relaxed(&c->qcount) < c->dataqsiz;
    if (room) {
        tell_chan(mp, c, RT_EV_ChanSend, 0, shown(mp, c, elem));
        buffer_put(c, elem);
    }
    unlock(&c->lock);
    return room;
}
