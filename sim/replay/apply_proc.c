/* apply_proc.c - the run, its Ps and threads. */
#include "apply.h"

enum { MAX_PROCS = 1024, MAX_THREADS = 1 << 17, MAX_CORES = 256 };

bool rp_do_run_begin(struct rp_apply *c) {
    if (c->ev->a > MAX_PROCS || (c->ev->a == 0) != c->one_to_one)
        return rp_break(c, RP_RULE_Range, "%llu Ps", (unsigned long long)c->ev->a);
    c->head->begun = 1;
    c->head->np = (uint32_t)c->ev->a;
    for (int32_t i = 0; i < (int32_t)c->head->np; i++) {
        struct rp_p_rec *p = rp_wp(c, i);
        p->state = RP_P_IDLE;
        p->m = p->claimed = -1;
    }
    rp_idle_rebuild(c);
    return true;
}

bool rp_do_run_end(struct rp_apply *c) {
    c->head->ended = 1;
    c->head->status = (int32_t)c->ev->a;
    c->head->how = (uint8_t)c->ev->b;
    return true;
}

bool rp_do_lost(struct rp_apply *c) {
    c->head->lost += c->ev->a;
    return true;
}

bool rp_do_procs_change(struct rp_apply *c) {
    if (c->ev->a < 1 || c->ev->a > MAX_PROCS)
        return rp_break(c, RP_RULE_Range, "%llu Ps", (unsigned long long)c->ev->a);
    uint32_t np = (uint32_t)c->ev->a, old = c->head->np;
    for (uint32_t i = np; i < old; i++) {
        struct rp_p_rec *p = rp_wp(c, (int32_t)i);
        if (p->m >= 0 || p->claimed >= 0 || p->ring.len || p->runnext)
            return rp_break(c, RP_RULE_Procs, "P%u is in use", i);
        p->state = RP_P_NONE;
        p->idle = 0;
        p->next_idle = 0;
    }
    for (uint32_t i = old; i < np; i++) {
        struct rp_p_rec *p = rp_wp(c, (int32_t)i);
        p->state = RP_P_IDLE;
        p->m = p->claimed = -1;
    }
    c->head->np = np;
    rp_idle_rebuild(c);
    return true;
}

void rp_idle_push(struct rp_apply *c, int32_t pi) {
    struct rp_p_rec *p = rp_wp(c, pi);
    p->state = RP_P_IDLE;
    p->m = -1;
    p->g = 0;
    p->idle = 1;
    p->next_idle = c->head->idle;
    c->head->idle = (uint32_t)pi + 1;
    c->head->nidle++;
}

static void idle_remove(struct rp_apply *c, int32_t pi) {
    struct rp_p_rec *p = rp_wp(c, pi);
    if (!p->idle) return;
    uint32_t *link = &c->head->idle;
    while (*link && *link != (uint32_t)pi + 1)
        link = &rp_wp(c, (int32_t)*link - 1)->next_idle;
    if (*link) *link = p->next_idle;
    p->next_idle = 0;
    p->idle = 0;
    c->head->nidle--;
}

/* Every P without a thread is idle, the highest on top; those with work stay out, to be started (procresize). */
void rp_idle_rebuild(struct rp_apply *c) {
    c->head->idle = 0;
    c->head->nidle = 0;
    for (int32_t i = 0; i < (int32_t)c->head->np; i++) {
        struct rp_p_rec *p = rp_wp(c, i);
        p->idle = 0;
        p->next_idle = 0;
        if (p->m < 0 && p->claimed < 0 && !p->ring.len && !p->runnext) rp_idle_push(c, i);
    }
}

static bool any_order(const struct rp_apply *c) {
    switch (c->ev->why) {
    case RT_WHY_Bootstrap:
    case RT_WHY_StartTheWorld:
    case RT_WHY_ProcResize:
    case RT_WHY_Handoff:
    case RT_WHY_ExitSyscall:
    case RT_WHY_LockedG:
        return true;
    default:
        return !c->strict;
    }
}

bool rp_idle_claim(struct rp_apply *c, int32_t pi, int32_t mi, bool any) {
    if (pi < 0 || (uint32_t)pi >= c->head->np) return rp_break(c, RP_RULE_Range, "P%d", pi);
    struct rp_p_rec *p = rp_wp(c, pi);
    if (p->claimed == mi && mi >= 0) {
        rp_wm(c, mi)->claim = pi;
        return true;
    }
    if (p->claimed >= 0) return rp_break(c, RP_RULE_Claim, "P%d is claimed for M%d", pi, p->claimed);
    if (p->m >= 0) return rp_break(c, RP_RULE_OneOwner, "P%d is M%d's", pi, p->m);
    if (!any && c->head->idle != (uint32_t)pi + 1)
        return rp_break(c, RP_RULE_Idle, "P%d is taken, P%d is on top", pi, (int)c->head->idle - 1);
    idle_remove(c, pi);
    p->claimed = mi;
    rp_wm(c, mi)->claim = pi;
    return true;
}

bool rp_do_proc_start(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    if (ev->m < 0) return rp_break(c, RP_RULE_Thread, "P%d without a thread", ev->p);
    struct rp_m_rec *m = rp_wm(c, ev->m);
    if (m->p >= 0) return rp_break(c, RP_RULE_OneP, "M%d holds P%d and takes P%d", ev->m, m->p, ev->p);
    if (m->sysmon) return rp_break(c, RP_RULE_OneP, "sysmon takes P%d", ev->p);
    if (m->claim >= 0 && m->claim != ev->p)
        return rp_break(c, RP_RULE_Claim, "P%d was claimed for M%d, which takes P%d", m->claim, ev->m, ev->p);
    if (!rp_idle_claim(c, ev->p, ev->m, any_order(c))) return false;
    struct rp_p_rec *p = rp_wp(c, ev->p);
    p->claimed = -1;
    p->state = RP_P_RUNNING;
    p->m = ev->m;
    m->claim = -1;
    m->p = ev->p;
    m->since = c->head->time;
    return true;
}

bool rp_do_proc_stop(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    if (ev->p < 0) return rp_break(c, RP_RULE_HeaderP, "M%d has no P to let go of", ev->m);
    struct rp_m_rec *m = rp_wm(c, ev->m);
    if (m->g) {
        if (rp_rg(c, m->g)->state != RP_G_SYSCALL)
            return rp_break(c, RP_RULE_NeedsP, "G%u still runs on P%d", rp_rg(c, m->g)->goid, ev->p);
        if (!rp_move(c, m->g, RP_G_SYSCALL, RP_AT_SHELF)) return false;
        rp_wg(c, m->g)->p = -1;
    }
    m->p = -1;
    m->since = c->head->time;
    if (ev->why != RT_WHY_LockedG) {
        rp_idle_push(c, ev->p);
        return true;
    }
    uint32_t tied = m->hand ? rp_rg(c, m->hand)->locked : 0;
    const uint32_t owner = tied ? rp_rg(c, m->hand)->lock_m : 0;
    if (!owner) return rp_break(c, RP_RULE_Tied, "M%d has no goroutine of another thread in hand", ev->m);
    struct rp_p_rec *p = rp_wp(c, ev->p);
    p->state = RP_P_IDLE;
    p->m = -1;
    p->g = 0;
    p->claimed = (int32_t)owner - 1;
    return true;
}

bool rp_do_proc_steal(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    if (ev->p < 0 || (uint32_t)ev->p >= c->head->np) return rp_break(c, RP_RULE_Range, "P%d", ev->p);
    const struct rp_p_rec *p = rp_rp(c, ev->p);
    if (p->m < 0 || ev->a != (uint64_t)p->m)
        return rp_break(c, RP_RULE_OneOwner, "P%d is not M%llu's but M%d's", ev->p, (unsigned long long)ev->a, p->m);
    struct rp_m_rec *m = rp_wm(c, p->m);
    if (!m->g || rp_rg(c, m->g)->state != RP_G_SYSCALL)
        return rp_break(c, RP_RULE_Syscall, "P%d is taken from M%d, which is in none", ev->p, p->m);
    if (!rp_move(c, m->g, RP_G_SYSCALL, RP_AT_SHELF)) return false;
    rp_wg(c, m->g)->p = -1;
    m->p = -1;
    rp_idle_push(c, ev->p);
    return true;
}

static struct rp_m_rec *new_m(struct rp_apply *c, int32_t mi) {
    struct rp_m_rec *m = rp_wm(c, mi);
    m->p = m->core = m->claim = -1;
    m->since = c->head->time;
    m->state = RP_M_STARTING;
    if ((uint32_t)mi >= c->head->nm) c->head->nm = (uint32_t)mi + 1;
    return m;
}

/* What an event calls -1 arrives as 64 bits. */
static int32_t signed_id(uint64_t v) { return v > INT32_MAX ? -1 : (int32_t)v; }

/* 1:1: the goroutine in the maker's hand has the new thread from here on. */
static bool give_thread(struct rp_apply *c, int32_t mi) {
    uint32_t ref = rp_rm(c, c->ev->m)->hand;
    if (!ref || rp_rg(c, ref)->lock_m) return rp_break(c, RP_RULE_Tied, "M%d is made for no new goroutine", mi);
    if (!rp_from_hand(c, ref) || !rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND)) return false;
    rp_wg(c, ref)->lock_m = (uint32_t)mi + 1;
    return rp_into_hand(c, ref);
}

bool rp_do_m_start(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    if (ev->a >= MAX_THREADS || ev->a > c->head->nm + 256)
        return rp_break(c, RP_RULE_Range, "M%llu", (unsigned long long)ev->a);
    int32_t mi = (int32_t)ev->a;
    if ((uint32_t)mi < c->head->nm && rp_rm(c, mi)->state != RP_M_NONE)
        return rp_break(c, RP_RULE_Thread, "M%d is started a second time", mi);
    struct rp_m_rec *m = new_m(c, mi);
    m->spinning = ev->b == 1;
    m->sysmon = ev->b == 2;
    int32_t p = signed_id(ev->c);
    if (c->one_to_one && ev->why == RT_WHY_OwnThread) return give_thread(c, mi);
    if (p < 0) return true;
    return rp_idle_claim(c, p, mi, any_order(c));
}

bool rp_do_m_begin(struct rp_apply *c) {
    int32_t mi = c->ev->m;
    if (mi == 0 && c->head->nm == 0) new_m(c, 0); /* the first thread is started by nobody */
    if (c->foreign && mi >= 0 && (uint32_t)mi == c->head->nm && mi < MAX_THREADS) new_m(c, mi);
    if (mi < 0 || (uint32_t)mi >= c->head->nm || rp_rm(c, mi)->state != RP_M_STARTING)
        return rp_break(c, RP_RULE_Thread, "M%d begins and was not started", mi);
    struct rp_m_rec *m = rp_wm(c, mi);
    m->state = RP_M_RUNNING;
    m->since = c->head->time;
    return true;
}

bool rp_do_m_park(struct rp_apply *c) {
    int32_t mi = c->ev->m;
    struct rp_m_rec *m = rp_wm(c, mi);
    /* 1:1: its goroutine may be ready by now, and who readied it about to wake the thread. */
    if (m->p >= 0 || m->g || (m->hand && !c->one_to_one) || m->spinning || m->claim >= 0)
        return rp_break(c, RP_RULE_ParkFree, "M%d holds P%d, G%u, spins: %d", mi, m->p,
                        m->g ? rp_rg(c, m->g)->goid : (m->hand ? rp_rg(c, m->hand)->goid : 0), m->spinning);
    m->state = RP_M_PARKED;
    m->since = c->head->time;
    m->park = RP_PARK_LIST;
    if (c->ev->why == RT_WHY_TimerThread) m->park = RP_PARK_POLLER;
    if (c->ev->why == RT_WHY_LockedG || c->ev->why == RT_WHY_OwnThread) m->park = RP_PARK_TIED;
    if (c->ev->why == RT_WHY_Napped) m->park = RP_PARK_NAP;
    if (m->park != RP_PARK_LIST) return true;
    m->next_parked = c->head->parked;
    c->head->parked = (uint32_t)mi + 1;
    c->head->nparked++;
    return true;
}

static bool unpark(struct rp_apply *c, int32_t mi, struct rp_m_rec *m) {
    bool first = c->head->parked == (uint32_t)mi + 1;
    if (m->park == RP_PARK_LIST && !first && c->strict && c->ev->why != RT_WHY_StartTheWorld)
        return rp_break(c, RP_RULE_Parked, "M%d is woken, M%d is on top", mi, (int)c->head->parked - 1);
    if (m->park == RP_PARK_LIST) {
        uint32_t *link = &c->head->parked;
        while (*link && *link != (uint32_t)mi + 1)
            link = &rp_wm(c, (int32_t)*link - 1)->next_parked;
        if (*link) *link = m->next_parked;
        m->next_parked = 0;
        c->head->nparked--;
    }
    m->state = RP_M_RUNNING;
    m->since = c->head->time;
    m->park = RP_UNPARKED;
    return true;
}

/* A tied goroutine goes from the waker's hand into that of the thread it is tied to. */
static bool pass_tied(struct rp_apply *c, int32_t to, struct rp_m_rec *m) {
    struct rp_m_rec *from = rp_wm(c, c->ev->m);
    uint32_t ref = from->hand;
    if (!ref || rp_rg(c, ref)->lock_m != (uint32_t)to + 1)
        return rp_break(c, RP_RULE_Tied, "M%d is woken without the goroutine tied to it", to);
    if (m->hand) return rp_break(c, RP_RULE_Hand, "M%d has one in hand", to);
    if (!rp_move(c, ref, RP_G_RUNNABLE, RP_AT_HAND)) return false;
    from->hand = 0;
    m->hand = ref;
    rp_wg(c, ref)->m = to;
    return true;
}

bool rp_do_m_wake(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    if (ev->a >= c->head->nm || rp_rm(c, (int32_t)ev->a)->state != RP_M_PARKED)
        return rp_break(c, RP_RULE_Parked, "M%llu is not parked", (unsigned long long)ev->a);
    int32_t mi = (int32_t)ev->a, p = signed_id(ev->c);
    struct rp_m_rec *m = rp_wm(c, mi);
    bool tied = m->park == RP_PARK_TIED;
    if (!unpark(c, mi, m)) return false;
    m->spinning = ev->b == 1;
    if (tied && c->one_to_one && !m->hand)
        return rp_break(c, RP_RULE_Tied, "M%d is woken, its goroutine is not ready", mi);
    if (tied && !c->one_to_one && !pass_tied(c, mi, m)) return false;
    if (p < 0) return true;
    return rp_idle_claim(c, p, mi, any_order(c));
}

bool rp_do_m_spin(struct rp_apply *c) {
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    if (m->spinning || m->p < 0 || m->g || m->hand)
        return rp_break(c, RP_RULE_Spin, "M%d, P%d, spins already: %d", c->ev->m, m->p, m->spinning);
    m->spinning = 1;
    return true;
}

bool rp_do_m_spin_end(struct rp_apply *c) {
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    if (!m->spinning) return rp_break(c, RP_RULE_Spin, "M%d does not spin", c->ev->m);
    m->spinning = 0;
    return true;
}

bool rp_do_m_exit(struct rp_apply *c) {
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    if (m->p >= 0 || m->g || m->hand || m->spinning || m->claim >= 0)
        return rp_break(c, RP_RULE_ParkFree, "M%d ends with P%d", c->ev->m, m->p);
    m->state = RP_M_EXITED;
    m->since = c->head->time;
    return true;
}

bool rp_do_core_take(struct rp_apply *c) {
    if (c->ev->a >= MAX_CORES) return rp_break(c, RP_RULE_Range, "core %llu", (unsigned long long)c->ev->a);
    uint32_t core = (uint32_t)c->ev->a, bit = 1u << core % 32;
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    if (m->core >= 0) return rp_break(c, RP_RULE_Core, "M%d is on core %d and takes core %u", c->ev->m, m->core, core);
    if (c->head->cores[core / 32] & bit) return rp_break(c, RP_RULE_Core, "core %u is taken, M%d", core, c->ev->m);
    c->head->cores[core / 32] |= bit;
    m->core = (int32_t)core;
    return true;
}

bool rp_do_core_leave(struct rp_apply *c) {
    struct rp_m_rec *m = rp_wm(c, c->ev->m);
    if (m->core < 0 || c->ev->a != (uint64_t)m->core)
        return rp_break(c, RP_RULE_Core, "M%d leaves core %llu and is on core %d", c->ev->m,
                        (unsigned long long)c->ev->a, m->core);
    c->head->cores[m->core / 32] &= ~(1u << m->core % 32);
    m->core = -1;
    return true;
}

bool rp_do_sysmon_nap(struct rp_apply *c) {
    rp_wm(c, c->ev->m)->nap = (int64_t)c->ev->a;
    return true;
}

bool rp_do_stw_begin(struct rp_apply *c) {
    c->head->stw = (uint8_t)(1 + c->ev->a % 16);
    return true;
}

bool rp_do_stw_end(struct rp_apply *c) {
    c->head->stw = 0;
    return true;
}

bool rp_do_gc_begin(struct rp_apply *c) {
    c->head->gc = 1;
    return true;
}

bool rp_do_gc_end(struct rp_apply *c) {
    c->head->gc = 0;
    return true;
}
