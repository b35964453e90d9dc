/* apply.c - what all events have in common: the header's rules, the table of moves, queues of goroutines. */
#include "apply.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof *(a))

static const struct {
    const char *name, *text;
} rules[] = {
#define RULE(name, text) {#name, text},
#include "rules.def"
#undef RULE
};

const char *rp_rule_name(unsigned rule) { return rule < ARRAY_LEN(rules) ? rules[rule].name : "?"; }

static const char *const place_names[] = {"nowhere",          "running",      "runnext",   "a local queue",
                                          "the global queue", "a wait queue", "the shelf", "a thread's hand"};

static rp_apply_fn *const handlers[RT_EV_COUNT] = {
    [RT_EV_RunBegin] = rp_do_run_begin,
    [RT_EV_RunEnd] = rp_do_run_end,
    [RT_EV_ProcsChange] = rp_do_procs_change,
    [RT_EV_Lost] = rp_do_lost,
    [RT_EV_ProcStart] = rp_do_proc_start,
    [RT_EV_ProcStop] = rp_do_proc_stop,
    [RT_EV_ProcSteal] = rp_do_proc_steal,
    [RT_EV_GoCreate] = rp_do_go_create,
    [RT_EV_GoStatus] = rp_do_go_status,
    [RT_EV_GoStart] = rp_do_go_start,
    [RT_EV_GoStop] = rp_do_go_stop,
    [RT_EV_GoBlock] = rp_do_go_block,
    [RT_EV_GoUnblock] = rp_do_go_unblock,
    [RT_EV_GoDestroy] = rp_do_go_destroy,
    [RT_EV_GoSyscallBegin] = rp_do_syscall_begin,
    [RT_EV_GoSyscallEnd] = rp_do_syscall_end,
    [RT_EV_GoSyscallEndBlocked] = rp_do_syscall_end_blocked,
    [RT_EV_GoLockThread] = rp_do_go_lock_thread,
    [RT_EV_RunnextPut] = rp_do_runnext_put,
    [RT_EV_RunqPut] = rp_do_runq_put,
    [RT_EV_RunnextGet] = rp_do_runnext_get,
    [RT_EV_RunqGet] = rp_do_runq_get,
    [RT_EV_RunqOverflow] = rp_do_runq_overflow,
    [RT_EV_RunqSteal] = rp_do_runq_steal,
    [RT_EV_RunnextSteal] = rp_do_runnext_steal,
    [RT_EV_GlobPut] = rp_do_glob_put,
    [RT_EV_GlobGet] = rp_do_glob_get,
    [RT_EV_QueueDrain] = rp_do_queue_drain,
    [RT_EV_MStart] = rp_do_m_start,
    [RT_EV_MBegin] = rp_do_m_begin,
    [RT_EV_MPark] = rp_do_m_park,
    [RT_EV_MWake] = rp_do_m_wake,
    [RT_EV_MSpin] = rp_do_m_spin,
    [RT_EV_MSpinEnd] = rp_do_m_spin_end,
    [RT_EV_MExit] = rp_do_m_exit,
    [RT_EV_CoreTake] = rp_do_core_take,
    [RT_EV_CoreLeave] = rp_do_core_leave,
    [RT_EV_SysmonNap] = rp_do_sysmon_nap,
    [RT_EV_TimerSet] = rp_do_timer_set,
    [RT_EV_TimerFire] = rp_do_timer_fire,
    [RT_EV_TimerStop] = rp_do_timer_stop,
    [RT_EV_ChanMake] = rp_do_chan_make,
    [RT_EV_ChanSend] = rp_do_chan_send,
    [RT_EV_ChanRecv] = rp_do_chan_recv,
    [RT_EV_ChanRecvClosed] = rp_do_chan_recv_closed,
    [RT_EV_ChanClose] = rp_do_chan_close,
    [RT_EV_SelectCase] = rp_do_select_case,
    [RT_EV_SelectWin] = rp_do_select_win,
    [RT_EV_LockAcquire] = rp_do_lock_acquire,
    [RT_EV_LockRelease] = rp_do_lock_release,
    [RT_EV_LockStarving] = rp_do_lock_starving,
    [RT_EV_WaitGroupAdd] = rp_do_wg_add,
    [RT_EV_CondSignal] = rp_do_cond_signal,
    [RT_EV_OnceDo] = rp_do_once,
    [RT_EV_ObjName] = rp_do_obj_name,
    [RT_EV_StackGrow] = rp_do_stack,
    [RT_EV_StackShrink] = rp_do_stack,
    [RT_EV_STWBegin] = rp_do_stw_begin,
    [RT_EV_STWEnd] = rp_do_stw_end,
    [RT_EV_GCBegin] = rp_do_gc_begin,
    [RT_EV_GCEnd] = rp_do_gc_end,
};

bool rp_break(struct rp_apply *c, enum rp_rule rule, const char *fmt, ...) {
    c->rule = rule;
    if (!c->said) return false;
    str_clear(c->said);
    str_addf(c->said, "%s: %s (", rules[rule].name, rules[rule].text);
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(c->said, fmt, ap);
    va_end(ap);
    str_addc(c->said, ')');
    return false;
}

bool rp_move_is_legal(unsigned kind, unsigned state, unsigned place, unsigned to_state, unsigned to_place) {
#define KEY(kind, state, place, to_state, to_place) \
    ((kind) << 12 | (state) << 9 | (place) << 6 | (to_state) << 3 | (to_place))
    switch (KEY(kind, state, place, to_state, to_place)) {
#define MOVE(event, state, place, to_state, to_place)                                                             \
    case KEY((unsigned)RT_EV_##event, (unsigned)RP_G_##state, (unsigned)RP_AT_##place, (unsigned)RP_G_##to_state, \
             (unsigned)RP_AT_##to_place):
#include "moves.def"
#undef MOVE
        return true;
    default:
        return false;
    }
#undef KEY
}

static void count_time(struct rp_g_rec *g, int64_t now) {
    int64_t d = now > g->since ? now - g->since : 0;
    if (g->state == RP_G_RUNNING || g->state == RP_G_SYSCALL) g->ran += d;
    if (g->state == RP_G_RUNNABLE) g->ready += d;
    if (g->state == RP_G_WAITING) g->waited += d;
}

bool rp_move(struct rp_apply *c, uint32_t ref, enum rp_gstate state, enum rp_place place) {
    struct rp_g_rec *g = rp_wg(c, ref);
    if (!rp_move_is_legal(c->ev->kind, g->state, g->place, state, place))
        return rp_break(c, RP_RULE_Move, "%s: G%u cannot go from %s to %s", rt_event_name(c->ev->kind), g->goid,
                        place_names[g->place], place_names[place]);
    g->place = (uint8_t)place;
    if (g->state == state) return true;
    if (!g->system) {
        c->head->census[g->state] -= g->state != RP_G_NONE;
        c->head->census[state]++;
    }
    count_time(g, c->head->time);
    g->state = (uint8_t)state;
    g->since = c->head->time;
    g->state_event = c->n;
    return true;
}

uint32_t rp_need_g(struct rp_apply *c, uint64_t goid) {
    uint32_t ref = goid <= UINT32_MAX ? rp_map_get(&c->facts->g_map, goid) : 0;
    if (ref && ref <= c->head->ng) return ref;
    rp_break(c, RP_RULE_Known, "%s speaks of G%llu, which was not created", rt_event_name(c->ev->kind),
             (unsigned long long)goid);
    return 0;
}

bool rp_into_hand(struct rp_apply *c, uint32_t ref) {
    struct rp_g_rec *g = rp_wg(c, ref);
    int32_t mi = c->one_to_one && g->lock_m ? (int32_t)g->lock_m - 1 : c->ev->m; /* 1:1: its own thread's */
    struct rp_m_rec *m = rp_wm(c, mi);
    if (m->hand) return rp_break(c, RP_RULE_Hand, "M%d has G%u in hand already", mi, rp_rg(c, m->hand)->goid);
    m->hand = ref;
    g->m = mi;
    g->p = -1;
    return true;
}

bool rp_make_ready(struct rp_apply *c, uint32_t ref) {
    if (!c->foreign) return rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND) && rp_into_hand(c, ref);
    if (!rp_move(c, ref, RP_G_RUNNABLE, RP_AT_GLOBAL)) return false;
    struct rp_g_rec *g = rp_wg(c, ref);
    g->m = g->p = -1;
    rp_gq_push(c, &c->head->global, ref);
    return true;
}

bool rp_from_hand(struct rp_apply *c, uint32_t ref) {
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    if (m->hand != ref) return rp_break(c, RP_RULE_Hand, "G%u is not in M%d's hand", rp_rg(c, ref)->goid, c->ev->m);
    m->hand = 0;
    rp_wg(c, ref)->m = -1;
    return true;
}

void rp_gq_push(struct rp_apply *c, struct rp_queue *q, uint32_t ref) {
    struct rp_g_rec *g = rp_wg(c, ref);
    g->next = 0;
    g->prev = q->last;
    if (q->last) rp_wg(c, q->last)->next = ref;
    else q->first = ref;
    q->last = ref;
    q->len++;
}

void rp_gq_push_front(struct rp_apply *c, struct rp_queue *q, uint32_t ref) {
    struct rp_g_rec *g = rp_wg(c, ref);
    g->prev = 0;
    g->next = q->first;
    if (q->first) rp_wg(c, q->first)->prev = ref;
    else q->last = ref;
    q->first = ref;
    q->len++;
}

void rp_gq_remove(struct rp_apply *c, struct rp_queue *q, uint32_t ref) {
    struct rp_g_rec *g = rp_wg(c, ref);
    uint32_t next = g->next, prev = g->prev;
    g->next = g->prev = 0;
    if (next) rp_wg(c, next)->prev = prev;
    else q->last = prev;
    if (prev) rp_wg(c, prev)->next = next;
    else q->first = next;
    q->len--;
}

uint32_t rp_gq_pop(struct rp_apply *c, struct rp_queue *q) {
    uint32_t ref = q->first;
    if (!ref) return 0;
    struct rp_g_rec *g = rp_wg(c, ref);
    q->first = g->next;
    if (q->first) rp_wg(c, q->first)->prev = 0;
    else q->last = 0;
    g->next = g->prev = 0;
    q->len--;
    return ref;
}

static bool is_core_event(unsigned kind) { return kind == RT_EV_CoreTake || kind == RT_EV_CoreLeave; }

/* The event's thread must be one that can write: it exists and runs, or is about to by this very event. */
static bool check_thread(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    if (ev->m < 0) {
        if (rt_event_category(ev->kind) == RT_CAT_RUN || (c->foreign && ev->kind == RT_EV_GoStatus)) return true;
        return rp_break(c, RP_RULE_Thread, "%s names no thread", rt_event_name(ev->kind));
    }
    if (ev->kind == RT_EV_MBegin) return true;
    const struct rp_m_rec *m = rp_rm(c, ev->m);
    if ((uint32_t)ev->m >= c->head->nm || m->state == RP_M_NONE)
        return rp_break(c, RP_RULE_Thread, "M%d was never started", ev->m);
    if (is_core_event(ev->kind)) return true;
    if (m->state == RP_M_STARTING) return rp_break(c, RP_RULE_Thread, "M%d has not begun", ev->m);
    if (m->state == RP_M_EXITED) return rp_break(c, RP_RULE_Thread, "M%d has ended", ev->m);
    if (m->state != RP_M_PARKED) return true;
    if (m->park != RP_PARK_POLLER && m->park != RP_PARK_NAP) return rp_break(c, RP_RULE_Thread, "M%d is parked", ev->m);
    struct rp_m_rec *w = rp_wm(c, ev->m); /* back by itself */
    w->state = RP_M_RUNNING;
    w->park = RP_UNPARKED;
    w->since = c->head->time;
    return true;
}

static bool check_header(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    if (!check_thread(c)) return false;
    if (ev->m < 0 || ev->kind == RT_EV_MBegin || is_core_event(ev->kind)) return true;
    const struct rp_m_rec *m = rp_rm(c, ev->m);
    if (ev->kind != RT_EV_ProcStart && ev->kind != RT_EV_ProcSteal && ev->p != m->p)
        return rp_break(c, RP_RULE_HeaderP, "%s names P%d, M%d holds P%d", rt_event_name(ev->kind), ev->p, ev->m, m->p);
    bool not_running = ev->kind == RT_EV_GoStart || ev->kind == RT_EV_TimerSet || ev->kind == RT_EV_StackShrink ||
                       (ev->kind == RT_EV_GoUnblock && ev->g == ev->a);
    if (ev->g == 0 || not_running) return true;
    if (m->g == 0 || rp_rg(c, m->g)->goid != ev->g)
        return rp_break(c, RP_RULE_HeaderG, "%s names G%u, which M%d does not run", rt_event_name(ev->kind), ev->g,
                        ev->m);
    if (ev->pos && rp_rg(c, m->g)->pos != ev->pos) rp_wg(c, m->g)->pos = ev->pos;
    return true;
}

bool rp_apply_event(struct rp_apply *c) {
    c->head = rp_write(c->st, RP_T_HEAD, 0);
    if (c->ev->kind >= RT_EV_COUNT) return rp_break(c, RP_RULE_Range, "event of unknown kind %u", c->ev->kind);
    if (c->head->ended) return rp_break(c, RP_RULE_Ended, "%s", rt_event_name(c->ev->kind));
    if (c->head->begun == (c->ev->kind == RT_EV_RunBegin))
        return rp_break(c, RP_RULE_Begun, "event %llu is %s", (unsigned long long)c->n, rt_event_name(c->ev->kind));
    if (c->ev->time > c->head->time) c->head->time = c->ev->time;
    if (c->ev->kind != RT_EV_RunBegin && !check_header(c)) return false;
    rp_apply_fn *fn = handlers[c->ev->kind];
    if (fn && !fn(c)) return false;
    return !c->st->failed;
}
