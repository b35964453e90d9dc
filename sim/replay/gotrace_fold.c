/* gotrace_fold.c - our events in Go's words.
 *
 * Go's parser puts the threads' batches into order by sequence numbers and by what each thread holds
 * (internal/trace/order.go), and takes no trace that contradicts itself. So this file keeps what the parser believes and
 * makes each word fit: what is missing (events were lost) is said before it. Where Go tells something otherwise than
 * we do:
 *   - a P exists from its first use on: ProcStatus (idle) comes before its first ProcStart;
 *   - who comes back from a call and has not its old P any more: GoSyscallEndBlocked, GoStart;
 *   - what only a running goroutine may say (GOMAXPROCS, a stopped world, a collection) waits for the thread's next one;
 *   - threads 1:1 have no Ps: each thread gets one of its own, with its number. */

#include "gotrace_int.h"

static void put(struct gotrace_fold *f, int32_t m, enum gotrace_event ev, unsigned n, uint64_t a, uint64_t b, uint64_t c) {
    const uint64_t args[] = {a, b, c};
    f->sink.put(f->sink.ctx, m, f->now, ev, args, n);
}

static uint64_t stack_at(struct gotrace_fold *f, rt_pos pos) { return f->sink.stack_at(f->sink.ctx, pos); }

/* ---- who is there ------------------------------------------------------------------------------------------------ */

enum { MAX_IDS = 1 << 20 };

static struct gotrace_m *thread(struct gotrace_fold *f, int32_t m) {
    const struct gotrace_m fresh = {.p = -1};
    while (m >= 0 && (size_t)m >= f->m.len)
        if (m >= MAX_IDS || !VEC_PUSH(&f->m, fresh)) {
            f->failed = true;
            return NULL;
        }
    return m < 0 ? NULL : &f->m.data[m];
}

static struct gotrace_p *proc(struct gotrace_fold *f, int32_t p) {
    const struct gotrace_p fresh = {.m = -1};
    while (p >= 0 && (size_t)p >= f->p.len)
        if (p >= MAX_IDS || !VEC_PUSH(&f->p, fresh)) {
            f->failed = true;
            return NULL;
        }
    return p < 0 ? NULL : &f->p.data[p];
}

static struct gotrace_g *at(struct gotrace_fold *f, uint32_t ref) { return &f->g.data[ref - 1]; }
static uint32_t find(struct gotrace_fold *f, uint64_t goid) { return rp_map_get(&f->g_map, goid); }

static uint32_t add_g(struct gotrace_fold *f, uint32_t goid) {
    struct gotrace_g g = {.goid = goid, .status = GO_G_RUNNABLE, .m = -1};
    if (VEC_PUSH(&f->g, g) && rp_map_put(&f->g_map, goid, (uint32_t)f->g.len)) return (uint32_t)f->g.len;
    f->failed = true;
    return 0;
}

/* ---- words, each with what it does ------------------------------------------------------------------------------- */

static void leave(struct gotrace_fold *f, int32_t mi);

static void proc_stop(struct gotrace_fold *f, int32_t mi) {
    struct gotrace_m *m = thread(f, mi);
    if (!m || m->p < 0) return;
    if (m->g && at(f, m->g)->status == GO_G_RUNNING) leave(f, mi);
    put(f, mi, GO_ProcStop, 0, 0, 0, 0);
    struct gotrace_p *p = proc(f, m->p);
    p->status = GO_P_IDLE;
    p->m = -1;
    m->p = -1;
}

/* Thief mi takes pi from the thread that is in a call with it. */
static void proc_steal(struct gotrace_fold *f, int32_t mi, int32_t pi) {
    struct gotrace_p *p = proc(f, pi);
    if (!p || p->m < 0) return;
    if (p->status != GO_P_SYSCALL || mi < 0) {
        proc_stop(f, p->m);
        return;
    }
    put(f, mi, GO_ProcSteal, 3, (uint64_t)pi, ++p->seq, (uint64_t)p->m);
    f->m.data[p->m].p = -1;
    p->status = GO_P_IDLE;
    p->m = -1;
}

static void proc_start(struct gotrace_fold *f, int32_t mi, int32_t pi) {
    struct gotrace_m *m = thread(f, mi);
    struct gotrace_p *p = proc(f, pi);
    if (!m || !p || m->p == pi) return;
    proc_stop(f, mi);
    if (p->m >= 0) proc_steal(f, mi, pi);
    if (!p->status) {
        put(f, mi, GO_ProcStatus, 2, (uint64_t)pi, GO_P_IDLE, 0);
        p->status = GO_P_IDLE;
    }
    put(f, mi, GO_ProcStart, 2, (uint64_t)pi, ++p->seq, 0);
    p->status = GO_P_RUNNING;
    p->m = mi;
    m->p = pi;
}

/* The P that an event of m is said on. false: there is none. */
static bool need_p(struct gotrace_fold *f, const struct rt_event *ev) {
    struct gotrace_m *m = thread(f, ev->m);
    if (!m) return false;
    if (m->p < 0) proc_start(f, ev->m, f->one_to_one ? ev->m : ev->p);
    return !f->failed && f->m.data[ev->m].p >= 0;
}

static void call_end_blocked(struct gotrace_fold *f, int32_t mi) {
    struct gotrace_m *m = thread(f, mi);
    struct gotrace_g *g = at(f, m->g);
    if (m->p >= 0 && proc(f, m->p)->status == GO_P_SYSCALL) proc_stop(f, mi);
    put(f, mi, GO_GoSyscallEndBlocked, 0, 0, 0, 0);
    g->status = GO_G_RUNNABLE;
    g->m = -1;
    m->g = 0;
}

/* Takes from thread mi the goroutine that it still runs although the log says otherwise. */
static void leave(struct gotrace_fold *f, int32_t mi) {
    struct gotrace_m *m = thread(f, mi);
    if (!m || !m->g) return;
    struct gotrace_g *g = at(f, m->g);
    if (g->status == GO_G_SYSCALL) {
        call_end_blocked(f, mi);
        return;
    }
    put(f, mi, GO_GoStop, 2, f->sink.reason(f->sink.ctx, RT_WHY_None), 0, 0);
    g->status = GO_G_RUNNABLE;
    g->m = -1;
    m->g = 0;
}

static uint32_t create(struct gotrace_fold *f, const struct rt_event *ev, uint64_t goid, uint64_t fn) {
    if (goid == 0 || goid > UINT32_MAX) return 0;
    uint32_t ref = find(f, goid);
    if (ref || !need_p(f, ev)) return ref;
    uint32_t mine = f->m.data[ev->m].g;
    if (mine && at(f, mine)->status != GO_G_RUNNING) leave(f, ev->m);
    put(f, ev->m, GO_GoCreate, 3, goid, f->sink.stack_of_fn(f->sink.ctx, fn), stack_at(f, ev->pos));
    return add_g(f, (uint32_t)goid);
}

static void unblock(struct gotrace_fold *f, int32_t m, uint32_t ref, rt_pos pos) {
    struct gotrace_g *g = at(f, ref);
    if (g->status != GO_G_WAITING) return;
    put(f, m, GO_GoUnblock, 3, g->goid, ++g->seq, stack_at(f, pos));
    g->status = GO_G_RUNNABLE;
}

/* ---- what waits for a goroutine ---------------------------------------------------------------------------------- */

static void hold(struct gotrace_fold *f, enum gotrace_event ev, int32_t m, uint32_t g, uint64_t arg) {
    struct gotrace_held h = {.ev = (uint8_t)ev, .m = m, .g = g, .arg = arg};
    if (!VEC_PUSH(&f->held, h)) f->failed = true;
}

static void say_held(struct gotrace_fold *f, int32_t m, uint32_t g, const struct gotrace_held *h) {
    switch (h->ev) {
    case GO_ProcsChange: put(f, m, GO_ProcsChange, 2, h->arg, 0, 0); break;
    case GO_STWBegin:
        put(f, m, GO_STWBegin, 2, f->sink.stw_kind(f->sink.ctx, h->arg), 0, 0);
        f->stw_g = g;
        break;
    case GO_STWEnd:
        put(f, m, GO_STWEnd, 0, 0, 0, 0);
        f->stw_g = 0;
        break;
    case GO_GCBegin: put(f, m, GO_GCBegin, 2, ++f->gc_seq, 0, 0); break;
    case GO_GCEnd: put(f, m, GO_GCEnd, 1, ++f->gc_seq, 0, 0); break;
    default: break;
    }
}

/* A goroutine runs on m: what waited for one, in its order. The end of a stopped world belongs to who stopped it. */
static void let_go(struct gotrace_fold *f, int32_t m) {
    uint32_t g = f->m.data[m].g;
    size_t kept = 0;
    bool stuck = false;
    for (size_t i = 0; i < f->held.len; i++) {
        struct gotrace_held h = f->held.data[i];
        bool mine = (h.m < 0 || h.m == m) && (!h.g || h.g == g);
        if (h.ev == GO_STWEnd && f->stw_g && f->stw_g != g) mine = false;
        if (mine && !stuck) say_held(f, m, g, &h);
        else f->held.data[kept++] = h, stuck = true;
    }
    f->held.len = kept;
}

static void say_or_hold(struct gotrace_fold *f, const struct rt_event *ev, enum gotrace_event word, uint64_t arg) {
    struct gotrace_m *m = thread(f, ev->m);
    bool now = m && m->g && m->p >= 0 && at(f, m->g)->status == GO_G_RUNNING;
    hold(f, word, -1, word == GO_STWEnd ? f->stw_g : 0, arg);
    if (now) let_go(f, ev->m);
}

/* ---- our events -------------------------------------------------------------------------------------------------- */

static void start(struct gotrace_fold *f, const struct rt_event *ev, uint32_t goid) {
    uint32_t ref = find(f, goid);
    leave(f, ev->m);
    if (!ref) ref = create(f, ev, goid, RT_FN_RUNTIME | RT_FN_RUNTIME_COUNT);
    if (!ref || !need_p(f, ev)) return;
    struct gotrace_m *m = thread(f, ev->m);
    struct gotrace_g *g = at(f, ref);
    if (g->status == 0) return; /* Go's parser has forgotten it */
    if (g->m >= 0) leave(f, g->m);
    unblock(f, ev->m, ref, 0);
    put(f, ev->m, GO_GoStart, 2, g->goid, ++g->seq, 0);
    g->status = GO_G_RUNNING;
    g->m = ev->m;
    m->g = ref;
    let_go(f, ev->m);
}

/* The running goroutine of the event; 0 if the parser knows of none. */
static uint32_t running(struct gotrace_fold *f, const struct rt_event *ev) {
    struct gotrace_m *m = thread(f, ev->m);
    if (!m || !m->g || m->p < 0) return 0;
    struct gotrace_g *g = at(f, m->g);
    return g->goid == ev->g && g->status == GO_G_RUNNING ? m->g : 0;
}

static void off(struct gotrace_fold *f, const struct rt_event *ev, enum gotrace_event word, uint8_t status) {
    uint32_t ref = running(f, ev);
    if (!ref) return;
    if (f->stw_g == ref && status == 0) { /* a goroutine takes its open ranges with it */
        put(f, ev->m, GO_STWEnd, 0, 0, 0, 0);
        f->stw_g = 0;
        for (size_t i = 0; i < f->held.len; i++)
            if (f->held.data[i].ev == GO_STWEnd) f->held.data[i--] = f->held.data[--f->held.len];
    }
    bool said_why = word != GO_GoDestroy;
    put(f, ev->m, word, said_why ? 2 : 0, said_why ? f->sink.reason(f->sink.ctx, ev->why) : 0,
        said_why ? stack_at(f, ev->pos) : 0, 0);
    struct gotrace_g *g = at(f, ref);
    g->status = status;
    g->m = -1;
    f->m.data[ev->m].g = 0;
}

static void call_begin(struct gotrace_fold *f, const struct rt_event *ev) {
    uint32_t ref = running(f, ev);
    if (!ref) return;
    struct gotrace_p *p = proc(f, f->m.data[ev->m].p);
    put(f, ev->m, GO_GoSyscallBegin, 2, ++p->seq, stack_at(f, ev->pos), 0);
    p->status = GO_P_SYSCALL;
    at(f, ref)->status = GO_G_SYSCALL;
}

static void call_end(struct gotrace_fold *f, const struct rt_event *ev, bool blocked) {
    struct gotrace_m *m = thread(f, ev->m);
    if (!m || !m->g || at(f, m->g)->status != GO_G_SYSCALL) return;
    struct gotrace_g *g = at(f, m->g);
    if (blocked) {
        call_end_blocked(f, ev->m);
        return;
    }
    struct gotrace_p *p = m->p >= 0 ? proc(f, m->p) : NULL;
    if (p && p->status == GO_P_SYSCALL) {
        put(f, ev->m, GO_GoSyscallEnd, 0, 0, 0, 0);
        p->status = GO_P_RUNNING;
        g->status = GO_G_RUNNING;
        return;
    }
    call_end_blocked(f, ev->m);
    start(f, ev, g->goid);
}

void gotrace_fold(struct gotrace_fold *f, const struct rt_event *ev) {
    int64_t time = ev->time < INT64_MAX ? ev->time + 1 : INT64_MAX;
    if (time > f->now) f->now = time; /* never 0, and never back */
    uint32_t ref;
    switch (ev->kind) {
    case RT_EV_RunBegin:
        if (ev->a) hold(f, GO_ProcsChange, -1, 0, ev->a);
        break;
    case RT_EV_ProcsChange: say_or_hold(f, ev, GO_ProcsChange, ev->a); break;
    case RT_EV_ProcStart: proc_start(f, ev->m, ev->p); break;
    case RT_EV_ProcStop: proc_stop(f, ev->m); break;
    case RT_EV_ProcSteal: proc_steal(f, ev->m, ev->p); break;
    case RT_EV_GoCreate: create(f, ev, ev->a, ev->b); break;
    case RT_EV_GoStart: start(f, ev, ev->g); break;
    case RT_EV_GoStop: off(f, ev, GO_GoStop, GO_G_RUNNABLE); break;
    case RT_EV_GoBlock: off(f, ev, GO_GoBlock, GO_G_WAITING); break;
    case RT_EV_GoDestroy: off(f, ev, GO_GoDestroy, 0); break;
    case RT_EV_GoUnblock:
        ref = find(f, ev->a);
        if (ref && ev->m >= 0) unblock(f, ev->m, ref, ev->pos);
        break;
    case RT_EV_GoSyscallBegin: call_begin(f, ev); break;
    case RT_EV_GoSyscallEnd: call_end(f, ev, false); break;
    case RT_EV_GoSyscallEndBlocked: call_end(f, ev, true); break;
    case RT_EV_MPark:
    case RT_EV_MExit:
        if (f->one_to_one && thread(f, ev->m) && !f->m.data[ev->m].g) proc_stop(f, ev->m);
        break;
    case RT_EV_STWBegin:
        if (f->stw) break;
        f->stw = true;
        say_or_hold(f, ev, GO_STWBegin, ev->a);
        break;
    case RT_EV_STWEnd:
        if (!f->stw) break;
        f->stw = false;
        say_or_hold(f, ev, GO_STWEnd, 0);
        break;
    case RT_EV_GCBegin:
        if (f->gc) break;
        f->gc = true;
        say_or_hold(f, ev, GO_GCBegin, 0);
        break;
    case RT_EV_GCEnd:
        if (!f->gc) break;
        f->gc = false;
        say_or_hold(f, ev, GO_GCEnd, 0);
        break;
    default: break;
    }
}

/* A string of one generation must not be spoken of in the next, as the end of a stopped world would. */
bool gotrace_fold_quiet(const struct gotrace_fold *f) { return !f->stw && !f->gc && !f->stw_g && f->held.len == 0; }

void gotrace_fold_statuses(struct gotrace_fold *f, int32_t m) {
    for (size_t i = 0; i < f->p.len; i++) {
        struct gotrace_p *p = &f->p.data[i];
        p->seq = 0;
        if (p->status) put(f, p->m >= 0 ? p->m : m, GO_ProcStatus, 2, i, p->status, 0);
    }
    for (size_t i = 0; i < f->g.len; i++) {
        struct gotrace_g *g = &f->g.data[i];
        g->seq = 0;
        uint64_t on = g->m >= 0 ? (uint64_t)g->m : GO_NO_THREAD;
        if (g->status) put(f, g->m >= 0 ? g->m : m, GO_GoStatus, 3, g->goid, on, g->status);
    }
}

void gotrace_fold_free(struct gotrace_fold *f) {
    VEC_FREE(&f->m);
    VEC_FREE(&f->p);
    VEC_FREE(&f->g);
    VEC_FREE(&f->held);
    rp_map_free(&f->g_map);
}
