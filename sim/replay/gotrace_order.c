#include "gotrace_order.h"


enum { MAX_THREADS = 1 << 17, MAX_PROCS = 1024 };

static enum gotrace_step wrong(struct gotrace_order *o, const char *what) {
    o->wrong = what;
    return GOTRACE_WRONG;
}

/* ---- telling ------------------------------------------------------------------------------------------------------ */

static void say(struct gotrace_order *o, int32_t m, enum rt_event_kind kind, enum rt_reason why, rt_pos pos, uint64_t a,
                uint64_t b, uint64_t c) {
    const struct gotrace_known_m *t = m >= 0 ? &o->m.data[m] : NULL;
    struct rt_event ev = {.time = o->time, .kind = (uint16_t)kind, .why = (uint16_t)why, .m = m, .p = t ? t->p : -1,
                          .g = t && t->g ? o->g.data[t->g - 1].goid : 0, .pos = pos, .a = a, .b = b, .c = c};
    if (!rt_log_append(o->log, &ev)) o->failed = true;
}

/* The same with another goroutine or P in its head. */
static void say_of(struct gotrace_order *o, int32_t m, enum rt_event_kind kind, int32_t p, uint32_t goid, uint64_t b) {
    struct rt_event ev = {.time = o->time, .kind = (uint16_t)kind, .m = m, .p = p, .g = goid, .b = b};
    if (!rt_log_append(o->log, &ev)) o->failed = true;
}

static void begin(struct gotrace_order *o, unsigned procs) {
    if (o->begun) return;
    o->begun = true;
    o->procs = procs ? procs : 1;
    say(o, -1, RT_EV_RunBegin, RT_WHY_None, 0, o->procs, 0, 0);
}

/* There are at least n Ps: the trace need not have said so yet. */
static void need_procs(struct gotrace_order *o, unsigned n) {
    begin(o, n);
    if (n <= o->procs) return;
    o->procs = n;
    say(o, -1, RT_EV_ProcsChange, RT_WHY_None, 0, n, 0, 0);
}

int32_t gotrace_order_thread(struct gotrace_order *o, uint64_t thread) {
    if (thread == GO_NO_THREAD) return -1;
    uint32_t ref = rp_map_get(&o->m_map, thread);
    if (ref) return (int32_t)ref - 1;
    const struct gotrace_known_m fresh = {.p = -1};
    if (o->m.len >= MAX_THREADS || !VEC_PUSH(&o->m, fresh) || !rp_map_put(&o->m_map, thread, (uint32_t)o->m.len)) {
        o->failed = true;
        return -1;
    }
    return (int32_t)o->m.len - 1;
}

/* Threads are told of in the order of their numbers. */
static void tell_thread(struct gotrace_order *o, int32_t m) {
    if (o->m.data[m].told) return;
    begin(o, 1);
    for (int32_t i = 0; i <= m; i++) {
        if (o->m.data[i].told) continue;
        o->m.data[i].told = true;
        say(o, i, RT_EV_MBegin, RT_WHY_None, 0, 0, 0, 0);
    }
}

static const struct {
    const char *text;
    uint16_t why;
} reasons[] = {{"chan receive", RT_WHY_ChanReceive},
               {"chan send", RT_WHY_ChanSend},
               {"select", RT_WHY_Select},
               {"forever", RT_WHY_SelectNoCases},
               {"sleep", RT_WHY_Sleep},
               {"sync", RT_WHY_Semacquire},
               {"sync.(*Cond).Wait", RT_WHY_SyncCondWait},
               {"network", RT_WHY_IOWait},
               {"coroutine", RT_WHY_Coroutine},
               {"GC background sweeper wait", RT_WHY_GCSweepWait},
               {"wait until GC ends", RT_WHY_WaitForGCCycle},
               {"preempted", RT_WHY_Preempted},
               {"runtime.Gosched", RT_WHY_Gosched}};

static enum rt_reason reason(struct gotrace_order *o, uint64_t id) {
    const char *text = o->tables.string(o->tables.ctx, id);
    for (size_t i = 0; text && i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(text, reasons[i].text) == 0) return (enum rt_reason)reasons[i].why;
    for (unsigned why = 1; text && *text && why < RT_WHY_COUNT; why++)
        if (strcmp(text, rt_reason_text(why)) == 0) return (enum rt_reason)why;
    return RT_WHY_None;
}

static rt_pos place(struct gotrace_order *o, uint64_t stack) { return o->tables.stack(o->tables.ctx, stack).pos; }

/* ---- what is known ------------------------------------------------------------------------------------------------ */

static bool follows(const struct gotrace_order *o, const struct gotrace_seq *s, uint64_t n) {
    return s->generation == o->generation && n == s->n + 1;
}

static struct gotrace_known_g *find_g(struct gotrace_order *o, uint64_t goid) {
    uint32_t ref = rp_map_get(&o->g_map, goid);
    return ref ? &o->g.data[ref - 1] : NULL;
}
static uint32_t ref_of(struct gotrace_order *o, const struct gotrace_known_g *g) { return (uint32_t)(g - o->g.data) + 1; }

static struct gotrace_known_g *add_g(struct gotrace_order *o, uint64_t goid, uint8_t status) {
    const struct gotrace_known_g g = {.goid = (uint32_t)goid, .status = status, .seq = {o->generation, 0}};
    if (VEC_PUSH(&o->g, g) && rp_map_put(&o->g_map, goid, (uint32_t)o->g.len)) return &VEC_LAST(&o->g);
    o->failed = true;
    return NULL;
}

static struct gotrace_known_p *find_p(struct gotrace_order *o, uint64_t p) {
    return p < o->p.len && o->p.data[p].status ? &o->p.data[p] : NULL;
}

/* The running goroutine of m with its P, as most events need them; NULL: there is none. */
static struct gotrace_known_g *running(struct gotrace_order *o, int32_t m, uint8_t status) {
    if (m < 0 || !o->m.data[m].g || o->m.data[m].p < 0) return NULL;
    struct gotrace_known_g *g = &o->g.data[o->m.data[m].g - 1];
    return g->status == status ? g : NULL;
}

/* ---- Ps ----------------------------------------------------------------------------------------------------------- */

static enum gotrace_step proc_status(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    uint64_t p = w->args[0], status = w->args[1];
    if (p >= MAX_PROCS || status < GO_P_RUNNING || status > GO_P_ABANDONED) return wrong(o, "a P's status that cannot be");
    const struct gotrace_known_p fresh = {0};
    while (o->p.len <= p)
        if (!VEC_PUSH(&o->p, fresh)) return wrong(o, "out of memory");
    struct gotrace_known_p *k = &o->p.data[p];
    bool is_new = k->status == 0, bound = status == GO_P_RUNNING || status == GO_P_SYSCALL;
    bool lost = status == GO_P_ABANDONED && k->status == GO_P_SYSCALL;
    if (!is_new && k->status != status && !lost) return wrong(o, "a P's status that contradicts what went before");
    if (bound && m < 0) return wrong(o, "a P that runs without a thread");
    if (bound && o->m.data[m].p >= 0 && o->m.data[m].p != (int32_t)p) return wrong(o, "a thread with two Ps");
    k->seq = (struct gotrace_seq){o->generation, 0};
    if (!is_new) return GOTRACE_TAKEN;
    k->status = (uint8_t)status;
    need_procs(o, (unsigned)p + 1);
    if (!bound) return GOTRACE_TAKEN;
    tell_thread(o, m);
    o->m.data[m].p = (int32_t)p;
    say(o, m, RT_EV_ProcStart, RT_WHY_None, 0, 0, 0, 0);
    return GOTRACE_TAKEN;
}

static enum gotrace_step proc_start(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    struct gotrace_known_p *p = find_p(o, w->args[0]);
    if (m < 0) return wrong(o, "a P without a thread");
    if (!p || p->status != GO_P_IDLE || !follows(o, &p->seq, w->args[1]) || o->m.data[m].p >= 0) return GOTRACE_NOT_YET;
    need_procs(o, (unsigned)w->args[0] + 1);
    p->status = GO_P_RUNNING;
    p->seq.n++;
    o->m.data[m].p = (int32_t)w->args[0];
    say(o, m, RT_EV_ProcStart, RT_WHY_None, 0, 0, 0, 0);
    return GOTRACE_TAKEN;
}

static enum gotrace_step proc_stop(struct gotrace_order *o, int32_t m) {
    if (m < 0 || o->m.data[m].p < 0) return wrong(o, "ProcStop without a P");
    if (running(o, m, GO_G_RUNNING)) return wrong(o, "ProcStop while a goroutine runs");
    o->p.data[o->m.data[m].p].status = GO_P_IDLE;
    say(o, m, RT_EV_ProcStop, RT_WHY_None, 0, 0, 0, 0);
    o->m.data[m].p = -1;
    return GOTRACE_TAKEN;
}

static enum gotrace_step proc_steal(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    struct gotrace_known_p *p = find_p(o, w->args[0]);
    if (m < 0) return wrong(o, "ProcSteal without a thread");
    if (!p || (p->status != GO_P_SYSCALL && p->status != GO_P_ABANDONED) || !follows(o, &p->seq, w->args[1]))
        return GOTRACE_NOT_YET;
    bool bound = p->status == GO_P_SYSCALL;
    uint32_t from = rp_map_get(&o->m_map, w->args[2]);
    if (bound && (!from || o->m.data[from - 1].p != (int32_t)w->args[0])) return wrong(o, "a P is stolen from who has it not");
    p->status = GO_P_IDLE;
    p->seq.n++;
    if (!bound) return GOTRACE_TAKEN; /* it was idle to us already */
    if ((int32_t)from - 1 == m) {
        say(o, m, RT_EV_ProcStop, RT_WHY_SyscallBlock, 0, 0, 0, 0);
        o->m.data[m].p = -1;
        return GOTRACE_TAKEN;
    }
    uint32_t mine = o->m.data[m].g;
    struct rt_event ev = {.time = o->time, .kind = RT_EV_ProcSteal, .m = m, .p = (int32_t)w->args[0],
                          .g = mine ? o->g.data[mine - 1].goid : 0, .a = from - 1};
    if (!rt_log_append(o->log, &ev)) o->failed = true;
    o->m.data[from - 1].p = -1;
    return GOTRACE_TAKEN;
}

/* GOMAXPROCS. The Ps that go away are idle by then, or else it is only more that are told of. */
static enum gotrace_step procs_change(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    if (!running(o, m, GO_G_RUNNING)) return wrong(o, "GOMAXPROCS without a running goroutine");
    uint64_t n = w->args[0];
    if (n < 1 || n > MAX_PROCS) return wrong(o, "a GOMAXPROCS that cannot be");
    for (size_t p = (size_t)n; p < o->p.len; p++)
        if (o->p.data[p].status == GO_P_RUNNING || o->p.data[p].status == GO_P_SYSCALL) return GOTRACE_TAKEN;
    if (n == o->procs) return GOTRACE_TAKEN;
    o->procs = (unsigned)n;
    say(o, m, RT_EV_ProcsChange, RT_WHY_None, place(o, w->args[1]), n, 0, 0);
    return GOTRACE_TAKEN;
}

/* ---- goroutines --------------------------------------------------------------------------------------------------- */

static void start(struct gotrace_order *o, int32_t m, struct gotrace_known_g *g) {
    g->status = GO_G_RUNNING;
    o->m.data[m].g = ref_of(o, g);
    int32_t p = o->m.data[m].p;
    say_of(o, m, RT_EV_GoStart, p, g->goid, ++o->p.data[p].tick);
}

/* A goroutine that was there before: the log learns where it is. */
static enum gotrace_step introduce(struct gotrace_order *o, int32_t on, uint64_t goid, unsigned status,
                                   struct gotrace_stack_place at) {
    static const uint8_t told[] = {[GO_G_RUNNABLE] = RT_GO_READY, [GO_G_RUNNING] = RT_GO_RUNNING,
                                   [GO_G_SYSCALL] = RT_GO_IN_CALL, [GO_G_WAITING] = RT_GO_WAITING};
    if (on >= 0) tell_thread(o, on);
    begin(o, 1);
    struct gotrace_known_g *g = add_g(o, goid, (uint8_t)status);
    if (!g) return wrong(o, "out of memory");
    struct gotrace_known_m *t = on >= 0 ? &o->m.data[on] : NULL;
    bool runs = status == GO_G_RUNNING || status == GO_G_SYSCALL;
    if (runs && (!t || t->g)) return wrong(o, "a goroutine runs without a thread, or on one with another");
    if (status == GO_G_RUNNING && t->p < 0) return wrong(o, "a goroutine runs without a P");
    say(o, on, RT_EV_GoStatus, RT_WHY_None, at.pos, goid, at.fn, told[status]);
    if (runs) t->g = ref_of(o, g);
    return GOTRACE_TAKEN;
}

static enum gotrace_step go_status(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w, uint64_t stack) {
    uint64_t goid = w->args[0], status = w->args[2];
    int32_t on = status == GO_G_RUNNING ? m : -1;
    if (goid == 0 || goid > UINT32_MAX || status < GO_G_RUNNABLE || status > GO_G_WAITING)
        return wrong(o, "a goroutine's status that cannot be");
    if (status == GO_G_SYSCALL && (on = gotrace_order_thread(o, w->args[1])) < 0)
        return wrong(o, "a goroutine in a call without a thread");
    struct gotrace_known_g *g = find_g(o, goid);
    if (g) {
        if (g->status != status) return wrong(o, "a goroutine's status that contradicts what went before");
        if (on >= 0 && o->m.data[on].g != ref_of(o, g)) return wrong(o, "a goroutine on another thread than before");
        g->seq = (struct gotrace_seq){o->generation, 0};
        return GOTRACE_TAKEN;
    }
    if (o->generation != o->first_generation) return wrong(o, "a goroutine of which nothing was said before");
    return introduce(o, on, goid, (unsigned)status, o->tables.stack(o->tables.ctx, stack));
}

static enum gotrace_step go_create(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    uint64_t goid = w->args[0];
    if (m < 0 || o->m.data[m].p < 0) return wrong(o, "GoCreate without a P");
    if (o->m.data[m].g && !running(o, m, GO_G_RUNNING)) return wrong(o, "GoCreate in a call");
    if (goid == 0 || goid > UINT32_MAX || find_g(o, goid)) return wrong(o, "a goroutine is created twice");
    struct gotrace_stack_place begins = o->tables.stack(o->tables.ctx, w->args[1]);
    bool waits = w->ev == GO_GoCreateBlocked;
    if (!add_g(o, goid, waits ? GO_G_WAITING : GO_G_RUNNABLE)) return wrong(o, "out of memory");
    if (waits) say(o, m, RT_EV_GoStatus, RT_WHY_None, place(o, w->args[2]), goid, begins.fn, RT_GO_BEGINS_WAITING);
    else say(o, m, RT_EV_GoCreate, RT_WHY_None, place(o, w->args[2]), goid, begins.fn, 0);
    return GOTRACE_TAKEN;
}

static enum gotrace_step go_start(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    struct gotrace_known_g *g = find_g(o, w->args[0]);
    if (!g || g->status != GO_G_RUNNABLE || !follows(o, &g->seq, w->args[1])) return GOTRACE_NOT_YET;
    if (m < 0 || o->m.data[m].p < 0 || o->m.data[m].g) return wrong(o, "GoStart without a P, or with a goroutine");
    g->seq.n++;
    start(o, m, g);
    return GOTRACE_TAKEN;
}

static enum gotrace_step go_off(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    struct gotrace_known_g *g = running(o, m, GO_G_RUNNING);
    if (!g) return wrong(o, "a goroutine stops that does not run");
    bool ends = w->ev == GO_GoDestroy, waits = w->ev == GO_GoBlock;
    g->status = ends ? 0 : waits ? GO_G_WAITING : GO_G_RUNNABLE;
    say(o, m, ends ? RT_EV_GoDestroy : waits ? RT_EV_GoBlock : RT_EV_GoStop, ends ? RT_WHY_None : reason(o, w->args[0]),
        ends ? 0 : place(o, w->args[1]), 0, 0, 0);
    o->m.data[m].g = 0;
    return GOTRACE_TAKEN;
}

static enum gotrace_step go_unblock(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    struct gotrace_known_g *g = find_g(o, w->args[0]);
    if (!g || g->status != GO_G_WAITING || !follows(o, &g->seq, w->args[1])) return GOTRACE_NOT_YET;
    if (m < 0) return wrong(o, "GoUnblock without a thread");
    tell_thread(o, m);
    g->status = GO_G_RUNNABLE;
    g->seq.n++;
    say(o, m, RT_EV_GoUnblock, RT_WHY_None, place(o, w->args[2]), g->goid, 0, 0);
    return GOTRACE_TAKEN;
}

/* One goroutine makes another ready, waits or ends, and that one runs in its place. */
static enum gotrace_step go_switch(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    struct gotrace_known_g *mine = running(o, m, GO_G_RUNNING), *next = find_g(o, w->args[0]);
    if (!mine) return wrong(o, "GoSwitch without a running goroutine");
    if (!next || next->status != GO_G_WAITING || !follows(o, &next->seq, w->args[1])) return GOTRACE_NOT_YET;
    bool ends = w->ev == GO_GoSwitchDestroy;
    next->seq.n++;
    say(o, m, RT_EV_GoUnblock, RT_WHY_None, 0, next->goid, 0, 0);
    mine->status = ends ? 0 : GO_G_WAITING;
    say(o, m, ends ? RT_EV_GoDestroy : RT_EV_GoBlock, ends ? RT_WHY_None : RT_WHY_Coroutine, 0, 0, 0, 0);
    o->m.data[m].g = 0;
    start(o, m, next);
    return GOTRACE_TAKEN;
}

/* ---- system calls ------------------------------------------------------------------------------------------------- */

static enum gotrace_step call_begin(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    struct gotrace_known_g *g = running(o, m, GO_G_RUNNING);
    if (!g) return wrong(o, "a system call without a running goroutine");
    struct gotrace_known_p *p = &o->p.data[o->m.data[m].p];
    if (!follows(o, &p->seq, w->args[0])) return wrong(o, "a system call out of its P's sequence");
    p->seq.n++;
    p->status = GO_P_SYSCALL;
    g->status = GO_G_SYSCALL;
    say(o, m, RT_EV_GoSyscallBegin, RT_WHY_None, place(o, w->args[1]), RT_SYS_OTHER, 0, 0);
    return GOTRACE_TAKEN;
}

static enum gotrace_step call_end(struct gotrace_order *o, int32_t m) {
    struct gotrace_known_g *g = running(o, m, GO_G_SYSCALL);
    if (!g || o->p.data[o->m.data[m].p].status != GO_P_SYSCALL) return wrong(o, "a system call ends that did not begin");
    o->p.data[o->m.data[m].p].status = GO_P_RUNNING;
    g->status = GO_G_RUNNING;
    say(o, m, RT_EV_GoSyscallEnd, RT_WHY_None, 0, 0, 0, 0);
    return GOTRACE_TAKEN;
}

static enum gotrace_step call_end_blocked(struct gotrace_order *o, int32_t m) {
    if (m < 0) return wrong(o, "a system call ends that did not begin");
    struct gotrace_known_m *t = &o->m.data[m];
    if (t->p >= 0 && o->p.data[t->p].status == GO_P_SYSCALL) return GOTRACE_NOT_YET; /* it will lose its P */
    if (!t->g || o->g.data[t->g - 1].status != GO_G_SYSCALL) return wrong(o, "a system call ends that did not begin");
    o->g.data[t->g - 1].status = GO_G_RUNNABLE;
    say(o, m, RT_EV_GoSyscallEndBlocked, RT_WHY_None, 0, 0, 0, 0);
    t->g = 0;
    return GOTRACE_TAKEN;
}

/* A thread of C comes in by a callback, and leaves. */
static enum gotrace_step create_in_call(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    if (m < 0 || o->m.data[m].g || find_g(o, w->args[0]) || w->args[0] == 0 || w->args[0] > UINT32_MAX)
        return wrong(o, "a goroutine is created twice");
    if (o->m.data[m].p >= 0) return wrong(o, "a callback on a P");
    return introduce(o, m, w->args[0], GO_G_SYSCALL, (struct gotrace_stack_place){.fn = UINT32_MAX});
}

static enum gotrace_step destroy_in_call(struct gotrace_order *o, int32_t m) {
    if (m < 0 || !o->m.data[m].g || o->g.data[o->m.data[m].g - 1].status != GO_G_SYSCALL)
        return wrong(o, "a callback ends that did not begin");
    struct gotrace_known_m *t = &o->m.data[m];
    if (t->p >= 0) {
        if (o->p.data[t->p].status != GO_P_SYSCALL) return wrong(o, "a callback ends on a P that runs");
        o->p.data[t->p].status = GO_P_ABANDONED;
        say(o, m, RT_EV_ProcStop, RT_WHY_SyscallBlock, 0, 0, 0, 0);
        t->p = -1;
    }
    o->g.data[t->g - 1].status = 0;
    say(o, m, RT_EV_GoDestroy, RT_WHY_None, 0, 0, 0, 0);
    t->g = 0;
    return GOTRACE_TAKEN;
}

/* ---- all ---------------------------------------------------------------------------------------------------------- */

static enum gotrace_step by_goroutine(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    if (!running(o, m, GO_G_RUNNING)) return wrong(o, "an event of a goroutine where none runs");
    if (w->ev == GO_STWBegin) say(o, m, RT_EV_STWBegin, RT_WHY_None, place(o, w->args[1]), RT_STW_OTHER, 0, 0);
    if (w->ev == GO_STWEnd) say(o, m, RT_EV_STWEnd, RT_WHY_None, 0, 0, 0, 0);
    return GOTRACE_TAKEN;
}

static enum gotrace_step collection(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    if (m < 0) return wrong(o, "a collection without a thread");
    tell_thread(o, m);
    say(o, m, w->ev == GO_GCEnd ? RT_EV_GCEnd : RT_EV_GCBegin, RT_WHY_None, 0, 0, 0, 0);
    return GOTRACE_TAKEN;
}

static enum gotrace_step dispatch(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    switch ((enum gotrace_event)w->ev) {
    case GO_ProcsChange: return procs_change(o, m, w);
    case GO_ProcStart: return proc_start(o, m, w);
    case GO_ProcStop: return proc_stop(o, m);
    case GO_ProcSteal: return proc_steal(o, m, w);
    case GO_ProcStatus: return proc_status(o, m, w);
    case GO_GoCreate:
    case GO_GoCreateBlocked: return go_create(o, m, w);
    case GO_GoCreateSyscall: return create_in_call(o, m, w);
    case GO_GoStart: return go_start(o, m, w);
    case GO_GoDestroy:
    case GO_GoStop:
    case GO_GoBlock: return go_off(o, m, w);
    case GO_GoDestroySyscall: return destroy_in_call(o, m);
    case GO_GoUnblock: return go_unblock(o, m, w);
    case GO_GoSyscallBegin: return call_begin(o, m, w);
    case GO_GoSyscallEnd: return call_end(o, m);
    case GO_GoSyscallEndBlocked: return call_end_blocked(o, m);
    case GO_GoStatus: return go_status(o, m, w, 0);
    case GO_GoStatusStack: return go_status(o, m, w, w->args[3]);
    case GO_GoSwitch:
    case GO_GoSwitchDestroy: return go_switch(o, m, w);
    case GO_STWBegin:
    case GO_STWEnd: return by_goroutine(o, m, w);
    case GO_GCActive:
    case GO_GCBegin:
    case GO_GCEnd: return collection(o, m, w);
    default: return GOTRACE_TAKEN; /* sweeping, heap sizes, tasks, regions, logs: nothing here shows them */
    }
}

enum gotrace_step gotrace_order_take(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w) {
    if (!o->first_generation) o->first_generation = o->generation;
    int64_t was = o->time;
    if (w->time > o->time) o->time = w->time;
    if (m >= 0 && !o->m.data[m].told) tell_thread(o, m);
    enum gotrace_step step = dispatch(o, m, w);
    if (o->failed) return wrong(o, "out of memory, or too many threads");
    if (step == GOTRACE_NOT_YET) o->time = was;
    return step;
}

void gotrace_order_end(struct gotrace_order *o) {
    begin(o, 1);
    say(o, -1, RT_EV_RunEnd, RT_WHY_None, 0, 0, RT_END_TRACE, 0);
}

void gotrace_order_free(struct gotrace_order *o) {
    VEC_FREE(&o->g);
    VEC_FREE(&o->p);
    VEC_FREE(&o->m);
    rp_map_free(&o->g_map);
    rp_map_free(&o->m_map);
}
