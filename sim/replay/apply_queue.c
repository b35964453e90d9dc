/* apply_queue.c - runnext, rings and the global queue. */
#include "apply.h"

static bool need_p(struct rp_apply *c) {
    if (c->ev->p >= 0) return true;
    return rp_break(c, RP_RULE_NeedsP, "%s by M%d without a P", rt_event_name(c->ev->kind), c->ev->m);
}

static bool ring_room(struct rp_apply *c, const struct rp_p_rec *p, uint64_t more) {
    if (p->ring.len + more <= c->ring_cap) return true;
    return rp_break(c, RP_RULE_RingRoom, "P%d would hold %llu", c->ev->p, (unsigned long long)(p->ring.len + more));
}

static void enter_ring(struct rp_apply *c, int32_t pi, uint32_t ref) {
    rp_gq_push(c, &rp_wp(c, pi)->ring, ref);
    struct rp_g_rec *g = rp_wg(c, ref);
    g->p = pi;
    g->m = -1;
}

bool rp_do_runnext_put(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->a);
    if (!ref || !need_p(c) || !rp_from_hand(c, ref)) return false;
    struct rp_p_rec *p = rp_wp(c, c->ev->p);
    uint32_t was = p->runnext, was_id = was ? rp_rg(c, was)->goid : 0;
    if (c->ev->b != was_id)
        return rp_break(c, RP_RULE_Runnext, "G%llu is to leave runnext of P%d, G%u is there",
                        (unsigned long long)c->ev->b, c->ev->p, was_id);
    if (!rp_move(c, ref, RP_G_RUNNABLE, RP_AT_RUNNEXT)) return false;
    p->runnext = ref;
    struct rp_g_rec *g = rp_wg(c, ref);
    g->p = c->ev->p;
    if (!was) return true;
    return rp_move(c, was, RP_G_RUNNABLE, RP_AT_HAND) && rp_into_hand(c, was);
}

bool rp_do_runq_put(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->a);
    if (!ref || !need_p(c) || !rp_from_hand(c, ref)) return false;
    const struct rp_p_rec *p = rp_rp(c, c->ev->p);
    uint32_t tail = p->head + p->ring.len;
    if ((uint32_t)c->ev->b != tail)
        return rp_break(c, RP_RULE_RingTail, "put at %llu, the tail of P%d is at %u", (unsigned long long)c->ev->b,
                        c->ev->p, tail);
    if (!ring_room(c, p, 1) || !rp_move(c, ref, RP_G_RUNNABLE, RP_AT_RING)) return false;
    enter_ring(c, c->ev->p, ref);
    return true;
}

bool rp_do_runnext_get(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->a);
    if (!ref || !need_p(c)) return false;
    struct rp_p_rec *p = rp_wp(c, c->ev->p);
    if (p->runnext != ref)
        return rp_break(c, RP_RULE_Runnext, "G%llu is not runnext of P%d", (unsigned long long)c->ev->a, c->ev->p);
    p->runnext = 0;
    return rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND) && rp_into_hand(c, ref);
}

bool rp_do_runq_get(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->a);
    if (!ref || !need_p(c)) return false;
    struct rp_p_rec *p = rp_wp(c, c->ev->p);
    if ((uint32_t)c->ev->b != p->head || p->ring.first != ref)
        return rp_break(c, RP_RULE_RingHead, "G%llu at %llu, the head of P%d is G%u at %u",
                        (unsigned long long)c->ev->a, (unsigned long long)c->ev->b, c->ev->p,
                        p->ring.first ? rp_rg(c, p->ring.first)->goid : 0, p->head);
    rp_gq_pop(c, &p->ring);
    p->head++;
    return rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND) && rp_into_hand(c, ref);
}

static void enter_global(struct rp_apply *c, uint32_t ref, bool front) {
    struct rp_g_rec *g = rp_wg(c, ref);
    g->p = g->m = -1;
    if (front) rp_gq_push_front(c, &c->head->global, ref);
    else rp_gq_push(c, &c->head->global, ref);
}

bool rp_do_runq_overflow(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->a);
    if (!ref || !need_p(c) || !rp_from_hand(c, ref)) return false;
    struct rp_p_rec *p = rp_wp(c, c->ev->p);
    if (p->ring.len == 0 || c->ev->b != p->ring.len / 2 + 1)
        return rp_break(c, RP_RULE_Overflow, "%llu of the %u of P%d leave", (unsigned long long)c->ev->b, p->ring.len,
                        c->ev->p);
    if ((uint32_t)c->ev->c != p->head)
        return rp_break(c, RP_RULE_RingHead, "taken at %llu, the head of P%d is at %u", (unsigned long long)c->ev->c,
                        c->ev->p, p->head);
    for (uint64_t i = 1; i < c->ev->b; i++) {
        uint32_t one = rp_gq_pop(c, &p->ring);
        if (!rp_move(c, one, RP_G_RUNNABLE, RP_AT_GLOBAL)) return false;
        enter_global(c, one, false);
        p->head++;
    }
    if (!rp_move(c, ref, RP_G_RUNNABLE, RP_AT_GLOBAL)) return false;
    enter_global(c, ref, false);
    return true;
}

static bool check_steal(struct rp_apply *c) {
    if (!need_p(c)) return false;
    if (c->ev->a < c->head->np && c->ev->a != (uint64_t)c->ev->p) return true;
    return rp_break(c, RP_RULE_Range, "P%llu as victim of P%d", (unsigned long long)c->ev->a, c->ev->p);
}

bool rp_do_runq_steal(struct rp_apply *c) {
    if (!check_steal(c)) return false;
    struct rp_p_rec *from = rp_wp(c, (int32_t)c->ev->a);
    uint64_t count = c->ev->b;
    if (count == 0 || count > from->ring.len)
        return rp_break(c, RP_RULE_RingCount, "%llu of the %u of P%llu are stolen", (unsigned long long)count,
                        from->ring.len, (unsigned long long)c->ev->a);
    if (c->strict && count != from->ring.len - from->ring.len / 2)
        return rp_break(c, RP_RULE_Half, "%llu of %u", (unsigned long long)count, from->ring.len);
    if (!ring_room(c, rp_rp(c, c->ev->p), count - 1)) return false;
    for (uint64_t i = 0; i + 1 < count; i++) {
        uint32_t one = rp_gq_pop(c, &from->ring);
        if (!rp_move(c, one, RP_G_RUNNABLE, RP_AT_RING)) return false;
        enter_ring(c, c->ev->p, one);
    }
    uint32_t last = rp_gq_pop(c, &from->ring);
    from->head += (uint32_t)count;
    return rp_move(c, last, RP_G_RUNNABLE, RP_AT_HAND) && rp_into_hand(c, last);
}

bool rp_do_runnext_steal(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->b);
    if (!ref || !check_steal(c)) return false;
    struct rp_p_rec *from = rp_wp(c, (int32_t)c->ev->a);
    if (from->runnext != ref)
        return rp_break(c, RP_RULE_Runnext, "G%llu is not runnext of P%llu", (unsigned long long)c->ev->b,
                        (unsigned long long)c->ev->a);
    from->runnext = 0;
    return rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND) && rp_into_hand(c, ref);
}

bool rp_do_glob_put(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->a);
    if (!ref || !rp_from_hand(c, ref) || !rp_move(c, ref, RP_G_RUNNABLE, RP_AT_GLOBAL)) return false;
    enter_global(c, ref, c->ev->b != 0);
    return true;
}

bool rp_do_glob_get(struct rp_apply *c) {
    uint32_t ref = rp_need_g(c, c->ev->a);
    if (!ref || !need_p(c)) return false;
    struct rp_queue *q = &c->head->global;
    uint64_t count = c->ev->b;
    if (count == 0 || count > q->len)
        return rp_break(c, RP_RULE_RingCount, "%llu of the %u in the global queue are taken", (unsigned long long)count,
                        q->len);
    if (q->first != ref)
        return rp_break(c, RP_RULE_GlobalHead, "G%llu is taken, G%u is at the head", (unsigned long long)c->ev->a,
                        rp_rg(c, q->first)->goid);
    if (!ring_room(c, rp_rp(c, c->ev->p), count - 1)) return false;
    rp_gq_pop(c, q);
    if (!rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND) || !rp_into_hand(c, ref)) return false;
    for (uint64_t i = 1; i < count; i++) {
        uint32_t one = rp_gq_pop(c, q);
        if (!rp_move(c, one, RP_G_RUNNABLE, RP_AT_RING)) return false;
        enter_ring(c, c->ev->p, one);
    }
    return true;
}

static uint32_t pop_last(struct rp_apply *c, struct rp_queue *q) {
    uint32_t ref = q->last;
    struct rp_g_rec *g = rp_wg(c, ref);
    q->last = g->prev;
    if (q->last) rp_wg(c, q->last)->next = 0;
    else q->first = 0;
    g->next = g->prev = 0;
    q->len--;
    return ref;
}

/* From the ring's tail to the global head, one by one, so their order stays; then runnext, before all of them. */
bool rp_do_queue_drain(struct rp_apply *c) {
    if (c->ev->a >= c->head->np) return rp_break(c, RP_RULE_Range, "P%llu", (unsigned long long)c->ev->a);
    struct rp_p_rec *p = rp_wp(c, (int32_t)c->ev->a);
    if (c->ev->b != p->ring.len)
        return rp_break(c, RP_RULE_RingCount, "%llu leave P%llu, which has %u", (unsigned long long)c->ev->b,
                        (unsigned long long)c->ev->a, p->ring.len);
    while (p->ring.len) {
        uint32_t one = pop_last(c, &p->ring);
        if (!rp_move(c, one, RP_G_RUNNABLE, RP_AT_GLOBAL)) return false;
        enter_global(c, one, true);
    }
    p->head += (uint32_t)c->ev->b;
    if (!p->runnext) return true;
    uint32_t next = p->runnext;
    p->runnext = 0;
    if (!rp_move(c, next, RP_G_RUNNABLE, RP_AT_GLOBAL)) return false;
    enter_global(c, next, true);
    return true;
}
