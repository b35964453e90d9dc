/* apply_go.c - goroutines: created, started, stopped, ended, in system calls. */
#include "apply.h"

/* The goroutine that the event's thread runs; 0 and a broken rule if it runs none. */
static uint32_t need_running(struct rp_apply *c) {
    const struct rp_m_rec *m = rp_rm(c, c->ev->m);
    if (m->g && c->ev->g && rp_rg(c, m->g)->goid == c->ev->g) return m->g;
    rp_break(c, RP_RULE_HeaderG, "%s of G%u, M%d runs G%u", rt_event_name(c->ev->kind), c->ev->g, c->ev->m,
             m->g ? rp_rg(c, m->g)->goid : 0);
    return 0;
}

static void leave_running(struct rp_apply *c, uint32_t ref) {
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    m->g = 0;
    m->syscall = 0;
    if (m->p >= 0) rp_wp(c, m->p)->g = 0;
    struct rp_g_rec *g = rp_wg(c, ref);
    g->m = g->p = -1;
    if (c->ev->pos) g->pos = c->ev->pos;
}

bool rp_do_go_create(struct rp_apply *c) {
    uint64_t goid = c->ev->a;
    uint32_t ref = goid <= UINT32_MAX ? rp_map_get(&c->facts->g_map, goid) : 0;
    if (ref != c->head->ng + 1)
        return rp_break(c, RP_RULE_Known, "G%llu is created a second time", (unsigned long long)goid);
    const struct rp_g_fact *fact = &c->facts->g.data[ref - 1];
    const struct rt_log_func *fn = rt_log_func(c->facts->log, fact->fn);
    c->head->ng++;
    struct rp_g_rec *g = rp_wg(c, ref);
    g->goid = (uint32_t)goid;
    g->m = g->p = -1;
    g->system = fact->system;
    g->pos = fn ? fn->pos : 0;
    g->stack = c->ev->c > UINT32_MAX ? UINT32_MAX : (uint32_t)c->ev->c;
    return rp_make_ready(c, ref);
}

/* Of a goroutine that was there before the trace began. */
bool rp_do_go_status(struct rp_apply *c) {
    uint64_t goid = c->ev->a;
    uint32_t ref = goid <= UINT32_MAX ? rp_map_get(&c->facts->g_map, goid) : 0;
    if (!c->foreign || ref != c->head->ng + 1)
        return rp_break(c, RP_RULE_Known, "G%llu is introduced a second time", (unsigned long long)goid);
    c->head->ng++;
    struct rp_g_rec *g = rp_wg(c, ref);
    g->goid = (uint32_t)goid;
    g->m = g->p = -1;
    g->system = c->facts->g.data[ref - 1].system;
    g->pos = c->ev->pos;
    if (c->ev->c == RT_GO_WAITING || c->ev->c == RT_GO_BEGINS_WAITING) return rp_move(c, ref, RP_G_WAITING, RP_AT_WAIT);
    if (c->ev->c == RT_GO_READY) return rp_make_ready(c, ref);
    if (c->ev->m < 0) return rp_break(c, RP_RULE_Thread, "G%u runs on no thread", g->goid);
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    bool call = c->ev->c == RT_GO_IN_CALL;
    if (m->g) return rp_break(c, RP_RULE_OneRunning, "M%d runs G%u", c->ev->m, rp_rg(c, m->g)->goid);
    if (m->p < 0 && !call) return rp_break(c, RP_RULE_NeedsP, "G%u runs on M%d without a P", g->goid, c->ev->m);
    m->g = ref;
    g->m = c->ev->m;
    g->p = m->p;
    if (m->p >= 0) rp_wp(c, m->p)->g = ref;
    if (!call) return rp_move(c, ref, RP_G_RUNNING, RP_AT_RUNNING);
    m->syscall = RT_SYS_OTHER;
    m->syscall_since = c->head->time;
    return rp_move(c, ref, RP_G_SYSCALL, m->p >= 0 ? RP_AT_RUNNING : RP_AT_SHELF);
}

static bool take_ready(struct rp_apply *c, uint32_t ref) {
    if (!c->foreign) return rp_from_hand(c, ref);
    if (rp_rg(c, ref)->place == RP_AT_GLOBAL) rp_gq_remove(c, &c->head->global, ref);
    return true; /* elsewhere the move is refused */
}

static bool start_on_p(struct rp_apply *c, uint32_t ref) {
    const struct rt_event *ev = c->ev;
    struct rp_p_rec *p = rp_wp(c, ev->p);
    bool inherit = ev->c != 0;
    if (ev->b != p->tick + !inherit)
        return rp_break(c, RP_RULE_Tick, "%llu on P%d after %llu", (unsigned long long)ev->b, ev->p,
                        (unsigned long long)p->tick);
    p->tick = ev->b;
    p->g = ref;
    if (!inherit) p->slice_from = c->head->time;
    return true;
}

bool rp_do_go_start(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    uint32_t ref = rp_need_g(c, ev->g);
    if (!ref) return false;
    if (ev->p < 0 && !c->one_to_one) return rp_break(c, RP_RULE_NeedsP, "G%u starts on M%d without a P", ev->g, ev->m);
    struct rp_m_rec *m = rp_wm(c, ev->m);
    if (m->g) return rp_break(c, RP_RULE_OneRunning, "M%d runs G%u already", ev->m, rp_rg(c, m->g)->goid);
    if (rp_rg(c, ref)->place == RP_AT_RUNNING)
        return rp_break(c, RP_RULE_OneRunning, "G%u runs on M%d already", ev->g, rp_rg(c, ref)->m);
    if (m->spinning) return rp_break(c, RP_RULE_SpinStart, "M%d spins and starts G%u", ev->m, ev->g);
    uint32_t tied = rp_rg(c, ref)->lock_m;
    if (tied && tied != (uint32_t)ev->m + 1)
        return rp_break(c, RP_RULE_Tied, "G%u is tied to M%u and starts on M%d", ev->g, tied - 1, ev->m);
    if (!take_ready(c, ref) || !rp_move(c, ref, RP_G_RUNNING, RP_AT_RUNNING)) return false;
    if (!c->one_to_one && !start_on_p(c, ref)) return false;
    m->g = ref;
    struct rp_g_rec *g = rp_wg(c, ref);
    if (c->one_to_one) g->lock_m = (uint32_t)ev->m + 1; /* main's thread was there before it */
    g->m = ev->m;
    g->p = ev->p;
    g->inherit = ev->c != 0;
    g->why = ev->why;
    g->starts++;
    g->obj = 0;
    g->value = 0;
    g->until = 0;
    if (ev->pos) g->pos = ev->pos;
    return true;
}

bool rp_do_go_stop(struct rp_apply *c) {
    uint32_t ref = need_running(c);
    if (!ref) return false;
    leave_running(c, ref);
    rp_wg(c, ref)->why = c->ev->why;
    return rp_make_ready(c, ref);
}

static bool is_lock_wait(unsigned why) {
    switch (why) {
    case RT_WHY_SyncMutexLock:
    case RT_WHY_SyncRWMutexRLock:
    case RT_WHY_SyncRWMutexLock:
    case RT_WHY_SyncWaitGroupWait:
    case RT_WHY_SyncCondWait:
    case RT_WHY_Semacquire:
        return true;
    default:
        return false;
    }
}

static enum rp_objkind kind_waited(unsigned why) {
    switch (why) {
    case RT_WHY_ChanReceive:
    case RT_WHY_ChanSend:
        return RP_OBJ_CHAN;
    case RT_WHY_SyncMutexLock:
        return RP_OBJ_MUTEX;
    case RT_WHY_SyncRWMutexRLock:
    case RT_WHY_SyncRWMutexLock:
        return RP_OBJ_RWMUTEX;
    case RT_WHY_SyncWaitGroupWait:
        return RP_OBJ_WAITGROUP;
    case RT_WHY_SyncCondWait:
        return RP_OBJ_COND;
    default:
        return RP_OBJ_SEMA;
    }
}

bool rp_do_go_block(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    uint32_t ref = need_running(c);
    if (!ref || !rp_move(c, ref, RP_G_WAITING, RP_AT_WAIT)) return false;
    leave_running(c, ref);
    uint32_t obj = ev->a ? rp_use_obj(c, ev->a, kind_waited(ev->why)) : 0;
    struct rp_g_rec *g = rp_wg(c, ref);
    g->why = ev->why;
    g->obj = obj;
    g->value = ev->b;
    g->until = (int64_t)ev->c;
    g->served = 0;
    if (!obj) return true;
    bool chan = ev->why == RT_WHY_ChanReceive || ev->why == RT_WHY_ChanSend;
    if (!chan && !is_lock_wait(ev->why)) return true;
    struct rp_slot_rec slot = {
        .send = ev->why == RT_WHY_ChanSend, .read = ev->why == RT_WHY_SyncRWMutexRLock, .value = chan ? ev->b : 0};
    if (chan && !rp_may_block(c, obj, slot.send)) return false;
    rp_wait_on(c, ref, obj, slot, !chan && ev->b == 1);
    return true;
}

bool rp_do_go_unblock(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    uint32_t ref = rp_need_g(c, ev->a);
    if (!ref) return false;
    struct rp_g_rec *g = rp_wg(c, ref);
    if (g->state != RP_G_WAITING) return rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND); /* refused */
    bool chan = g->why == RT_WHY_ChanReceive || g->why == RT_WHY_ChanSend || g->why == RT_WHY_Select;
    bool called_off = ev->g == ev->a; /* its park did not come about */
    if (chan && g->slot && !called_off)
        return rp_break(c, RP_RULE_Served, "G%u waits on a channel and nobody served it", g->goid);
    if (g->timer && g->why == RT_WHY_Sleep && !called_off)
        return rp_break(c, RP_RULE_Timer, "G%u wakes before its timer fires", g->goid);
    if (!chan && ev->b && g->slot && !called_off) {
        uint32_t obj = rp_map_get(&c->facts->obj_map, ev->b);
        if (!obj || !rp_waits_on(c, ref, obj))
            return rp_break(c, RP_RULE_Waiter, "G%u does not wait for object %llu", g->goid, (unsigned long long)ev->b);
    }
    if (!chan && ev->b && !g->slot && !called_off) return rp_break(c, RP_RULE_Waiter, "G%u is in no queue", g->goid);
    rp_leave_queues(c, ref);
    g->served = 0;
    return rp_make_ready(c, ref);
}

bool rp_do_go_destroy(struct rp_apply *c) {
    uint32_t ref = need_running(c);
    if (!ref || !rp_move(c, ref, RP_G_DEAD, RP_AT_NOWHERE)) return false;
    leave_running(c, ref);
    struct rp_g_rec *g = rp_wg(c, ref);
    g->stack = 0;
    if (g->lock_m) rp_wm(c, (int32_t)g->lock_m - 1)->tied = 0;
    g->lock_m = 0;
    g->locked = 0;
    return true;
}

bool rp_do_syscall_begin(struct rp_apply *c) {
    uint32_t ref = need_running(c);
    if (!ref || !rp_move(c, ref, RP_G_SYSCALL, RP_AT_RUNNING)) return false;
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    m->syscall = c->ev->a > 255 ? RT_SYS_OTHER : (uint32_t)c->ev->a;
    m->syscall_since = c->head->time;
    return true;
}

bool rp_do_syscall_end(struct rp_apply *c) {
    uint32_t ref = need_running(c);
    if (!ref) return false;
    if (c->ev->p < 0 && !c->one_to_one) return rp_break(c, RP_RULE_NeedsP, "G%u is back without a P", c->ev->g);
    if (!rp_move(c, ref, RP_G_RUNNING, RP_AT_RUNNING)) return false;
    rp_wm(c, c->ev->m)->syscall = 0;
    if (c->ev->p >= 0) rp_wp(c, c->ev->p)->g = ref;
    rp_wg(c, ref)->p = c->ev->p;
    return true;
}

bool rp_do_syscall_end_blocked(struct rp_apply *c) {
    uint32_t ref = need_running(c);
    if (!ref) return false;
    leave_running(c, ref);
    rp_wg(c, ref)->why = RT_WHY_ExitSyscall;
    return rp_make_ready(c, ref);
}

bool rp_do_go_lock_thread(struct rp_apply *c) {
    uint32_t ref = need_running(c);
    if (!ref) return false;
    struct rp_g_rec *g = rp_wg(c, ref);
    g->locked = c->ev->a != 0;
    if (!c->one_to_one) g->lock_m = g->locked ? (uint32_t)c->ev->m + 1 : 0;
    rp_wm(c, c->ev->m)->tied = g->locked ? ref : 0;
    return true;
}

bool rp_do_stack(struct rp_apply *c) {
    uint32_t ref = c->ev->g ? rp_need_g(c, c->ev->g) : 0;
    if (!ref) return c->ev->g == 0;
    if (c->ev->kind == RT_EV_StackShrink && !c->head->stw)
        return rp_break(c, RP_RULE_Shrink, "G%u's stack, and nobody stopped the world", c->ev->g);
    rp_wg(c, ref)->stack = c->ev->b > UINT32_MAX ? UINT32_MAX : (uint32_t)c->ev->b;
    return true;
}
