#include "script.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "live.h"
#include "replay.h"

struct sg { /* the executor's goroutine */
    struct g g;
    const struct step *code;
    uint32_t pc;
    int64_t reg, loop, spun;
    uint64_t ticket;
    uint32_t stage;
    int64_t got; /* of a call on a pipe */
    char byte;
    bool main;
};

enum { SLOT_VALUE, SLOT_OK, SLOT_SEND, SLOTS_USED };

static void note(struct script *s, int64_t v) {
    uint32_t i = atomic_fetch_add(&s->nnotes, 1);
    if (i < MAX_NOTES) __atomic_store_n(&s->notes[i], v, __ATOMIC_RELAXED);
}

static enum rt_status do_go(struct script *s, struct m *mp, const struct step *st) {
    struct g *newg = rt_newproc1(mp, (uint64_t)st->a, RT_POS(0, 1), 8);
    if (!newg) return RT_FATAL;
    struct sg *n = (struct sg *)newg;
    n->code = s->code[st->a];
    n->pc = 0;
    n->reg = st->b;
    n->loop = n->spun = 0;
    n->stage = 0;
    n->main = false;
    rt_newproc(mp, newg);
    return RT_OK;
}

static enum rt_status do_select(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    struct rt_scase cases[2] = {{s->chans[st->a], SLOT_VALUE, SLOT_OK, false},
                                {st->b >= 0 ? s->chans[st->b] : NULL, SLOT_VALUE, SLOT_OK, false}};
    int32_t chosen = 0;
    enum rt_status r = rt_selectgo(mp, cases, 2, !st->c, &chosen);
    if (r == RT_OK) g->g.stack[SLOT_VALUE] = (rt_slot)(int64_t)chosen;
    return r;
}

/* Cond.Wait: a ticket, unlock, wait, lock again; each part may park or yield. */
static enum rt_status do_cwait(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    enum rt_status r = RT_OK;
    if (g->stage == 0) {
        g->ticket = rt_notifylist_add(mp, &s->conds[st->a]);
        r = rt_mutex_unlock(mp, &s->mus[st->a]);
        g->stage = 1;
        if (r != RT_OK) return r == RT_YIELD ? RT_NO_P : r; /* yields: comes back to this step */
    }
    if (g->stage == 1) {
        r = rt_notifylist_wait(mp, &s->conds[st->a], g->ticket);
        if (r != RT_OK) return r;
        g->stage = 2;
    }
    r = rt_mutex_lock(mp, &s->mus[st->a]);
    if (r == RT_OK) g->stage = 0;
    return r;
}

static enum rt_status do_spin(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    struct rt_world *w = mp->rt->world;
    for (;;) {
        bool done = st->op == SPIN ? g->spun++ >= st->a : (int64_t)atomic_load(&s->nnotes) >= st->a;
        if (done) break;
        w->ops->charge(w, mp, RT_COST_INSTRUCTION, 1);
        w->ops->visible(w, mp);
        if (!st->c && atomic_load_explicit(&g->g.preempt, memory_order_relaxed)) return RT_NO_P;
    }
    g->spun = 0;
    return RT_OK;
}

static enum rt_status step_sync(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    switch (st->op) {
    case LOCK:
        return rt_mutex_lock(mp, &s->mus[st->a]);
    case UNLOCK:
        return rt_mutex_unlock(mp, &s->mus[st->a]);
    case RLOCK:
        return rt_rwmutex_rlock(mp, &s->rws[st->a]);
    case RUNLOCK:
        return rt_rwmutex_runlock(mp, &s->rws[st->a]);
    case WLOCK:
        return rt_rwmutex_lock(mp, &s->rws[st->a]);
    case WUNLOCK:
        return rt_rwmutex_unlock(mp, &s->rws[st->a]);
    case ADD:
        return rt_waitgroup_add(mp, &s->wgs[st->a], st->b);
    case WAIT:
        return rt_waitgroup_wait(mp, &s->wgs[st->a]);
    case CWAIT:
        return do_cwait(s, mp, g, st);
    case SIGNAL:
        rt_notifylist_notify(mp, &s->conds[st->a], false);
        return RT_OK;
    case BROADCAST:
        rt_notifylist_notify(mp, &s->conds[st->a], true);
        return RT_OK;
    default:
        abort();
    }
}

/* As a collection: the world stands still, and stacks of which little is used are halved. */
static bool stop_and_shrink(struct m *mp) {
    struct rt *rt = mp->rt;
    if (!rt_stop_the_world(mp, RT_STW_GC)) return false;
    for (size_t i = 0, n = rt_allglen(rt); i < n; i++) {
        struct g *gp = rt_allg(rt, i);
        if (readgstatus(gp) != Gdead) rt_shrinkstack(mp, gp, SLOTS_USED);
    }
    rt_start_the_world(mp);
    return true;
}

static enum rt_status step_system(struct m *mp, const struct step *st) {
    int64_t n;
    switch (st->op) {
    case NAP:
        return rt_nanosleep(mp, st->a);
    case READ: {
        char c;
        return rt_read(mp, 0, &c, 1, false, &n);
    }
    case WRITE:
        return rt_write(mp, (int)st->a, "x\n", 2, &n);
    case LOCKTHREAD:
        rt_lock_os_thread(mp, true);
        return RT_OK;
    case UNLOCKTHREAD:
        rt_lock_os_thread(mp, false);
        return RT_OK;
    case PROCS:
        return rt_gomaxprocs(mp, (int)st->a) ? RT_OK : RT_PANIC;
    case STW:
        return stop_and_shrink(mp) ? RT_OK : RT_PANIC;
    default:
        abort();
    }
}

/* ---- pipes, as package os uses them ------------------------------------------------------------------------------- */

enum { PIPE_LOCK, PIPE_RESET, PIPE_CALL, PIPE_WAIT };

static void pipe_leave(struct m *mp, struct script_end *e, bool write, bool locked) {
    bool last = locked ? rt_fdmutex_unlock(mp, &e->mu, write) : rt_fdmutex_decref(mp, &e->mu);
    if (!last) return;
    rt_poll_close(mp, e->desc);
    mp->rt->world->ops->file(mp->rt->world, mp, &(struct rt_file_call){.op = RT_FILE_CLOSE, .fd = e->fd});
}

/* One call; RT_OK with *n, or what the step is to return. It is entered again at g->stage. */
static enum rt_status pipe_io(struct m *mp, struct sg *g, struct script_end *e, bool write, void *buf, size_t len,
                              int64_t *n) {
    enum rt_poll_error err = RT_POLL_OK;
    enum rt_status r;
    for (;;) {
        switch (g->stage) {
        case PIPE_LOCK: {
            bool closed = false;
            r = rt_fdmutex_lock(mp, &e->mu, write, &closed);
            if (r != RT_OK) return r;
            *n = -1 - RT_POLL_CLOSING;
            if (closed) return RT_OK;
            g->stage = PIPE_RESET;
            break;
        }
        case PIPE_RESET:
            err = rt_poll_reset(mp, e->desc, write);
            g->stage = PIPE_CALL;
            break;
        case PIPE_CALL:
            r = write ? rt_write(mp, e->fd, buf, len, &g->got) : rt_read(mp, e->fd, buf, len, false, &g->got);
            g->stage = PIPE_WAIT;
            if (r != RT_OK) return r;
            break;
        default:
            if (g->got != -EAGAIN) {
                *n = g->got;
                pipe_leave(mp, e, write, true);
                return RT_OK;
            }
            r = rt_poll_wait(mp, e->desc, write, &err);
            if (r != RT_OK) return r;
            g->stage = PIPE_CALL;
        }
        if (err == RT_POLL_OK) continue;
        *n = -1 - (int64_t)err;
        pipe_leave(mp, e, write, true);
        return RT_OK;
    }
}

static enum rt_status step_pipe(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    static char bytes[8192]; /* read only */
    struct script_end *e = s->pipes[st->a];
    char c = 0;
    int64_t n = 0;
    enum rt_status r = RT_OK;
    if (!s->pipe_made[st->a]) return RT_OK;
    switch (st->op) {
    case PREAD:
        r = pipe_io(mp, g, &e[0], false, &g->byte, 1, &n);
        c = g->byte;
        break;
    case PWRITE: r = pipe_io(mp, g, &e[1], true, bytes, (size_t)st->b, &n); break;
    case PLIMIT:
        for (int i = 0; i < 2; i++) {
            if (!rt_fdmutex_incref(mp, &e[i].mu)) continue;
            rt_poll_set_deadline(mp, e[i].desc, st->b ? rt_nanotime(mp) + st->b : 0, true, true);
            pipe_leave(mp, &e[i], false, false);
        }
        return RT_OK;
    default:
        for (int i = st->b ? 1 : 0; i < 2; i++) {
            if (!rt_fdmutex_close(mp, &e[i].mu)) continue;
            rt_poll_unblock(mp, e[i].desc);
            pipe_leave(mp, &e[i], false, false);
        }
        return RT_OK;
    }
    if (r != RT_OK) return r;
    g->stage = 0;
    g->g.stack[SLOT_VALUE] = (rt_slot)(st->op == PWRITE || n < 0 ? n : n == 0 ? -9 : c);
    return RT_OK;
}

static bool make_pipe(struct script *s, struct m *mp, int i) {
    struct rt_world *w = mp->rt->world;
    struct rt_file_call c = {.op = RT_FILE_PIPE, .flags = O_NONBLOCK};
    if (w->ops->file(w, mp, &c) < 0) return false;
    for (int k = 0; k < 2; k++) {
        s->pipes[i][k].fd = c.fds[k];
        if (rt_poll_open(mp, c.fds[k], &s->pipes[i][k].desc)) return false;
    }
    return true;
}

static enum rt_status step_chan(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    switch (st->op) {
    case SEND:
        if (!g->g.resume) g->g.stack[SLOT_SEND] = (rt_slot)(st->b < 0 ? g->reg : st->b);
        return rt_chansend(mp, s->chans[st->a], SLOT_SEND);
    case RECV:
        return rt_chanrecv(mp, s->chans[st->a], SLOT_VALUE, SLOT_OK);
    case CLOSE:
        return rt_chanclose(mp, s->chans[st->a]);
    case SELECT:
        return do_select(s, mp, g, st);
    case SLEEP:
        return rt_sleep(mp, st->a);
    case FOREVER:
        return rt_park_forever(mp, RT_WHY_SelectNoCases);
    default:
        abort();
    }
}

static void fire(struct m *mp, void *arg, uint64_t seq, int64_t delay) {
    rt_slot elem = 77;
    (void)seq;
    (void)delay;
    rt_chan_trysend(mp, arg, &elem);
}

static enum rt_status step_timer(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    struct rt_timer *t = &s->timers[st->a];
    bool was = false;
    if (st->op == TSET) was = rt_timer_reset(mp, t, rt_nanotime(mp) + st->b, 0);
    else was = rt_timer_stop(mp, t);
    g->g.stack[SLOT_VALUE] = was;
    return RT_OK;
}

static enum rt_status step_own(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    switch (st->op) {
    case GO:
        return do_go(s, mp, st);
    case GOSCHED:
        return rt_gosched(mp);
    case NOTE:
        note(s, st->a >= 0 ? st->a : g->reg);
        return RT_OK;
    case NOTEREG:
        note(s, (int64_t)g->g.stack[SLOT_VALUE]);
        return RT_OK;
    case SPIN:
    case SPIN_UNTIL:
        return do_spin(s, mp, g, st);
    case GROW:
        return rt_morestack(mp, &g->g, (uint32_t)st->a);
    case JUMPNZ:
        if (--g->loop > 0) g->pc = (uint32_t)st->a - 1;
        return RT_OK;
    case SETLOOP:
        g->loop = st->a;
        return RT_OK;
    case CHANLEN:
        g->g.stack[SLOT_VALUE] = rt_chan_len(s->chans[st->a]);
        return RT_OK;
    case TSET:
    case TSTOP:
        return step_timer(s, mp, g, st);
    case SETREG:
        g->reg = st->a;
        return RT_OK;
    default:
        abort();
    }
}

static enum rt_status dispatch(struct script *s, struct m *mp, struct sg *g, const struct step *st) {
    switch (st->op) {
    case PREAD:
    case PWRITE:
    case PLIMIT:
    case PCLOSE:
        return step_pipe(s, mp, g, st);
    case SEND:
    case RECV:
    case CLOSE:
    case SELECT:
    case SLEEP:
    case FOREVER:
        return step_chan(s, mp, g, st);
    case LOCK:
    case UNLOCK:
    case RLOCK:
    case RUNLOCK:
    case WLOCK:
    case WUNLOCK:
    case ADD:
    case WAIT:
    case CWAIT:
    case SIGNAL:
    case BROADCAST:
        return step_sync(s, mp, g, st);
    case NAP:
    case READ:
    case WRITE:
    case LOCKTHREAD:
    case UNLOCKTHREAD:
    case PROCS:
    case STW:
        return step_system(mp, st);
    default:
        return step_own(s, mp, g, st);
    }
}

static void make_objects(struct script *s, struct m *mp) {
    for (int i = 0; i < MAX_OBJS; i++) {
        if (s->pipe_made[i] && !s->pipes[i][0].desc && !make_pipe(s, mp, i)) fail_msg("no pipe");
        if (!s->chans[i] || s->chans[i]->id) continue;
        rt_chan_init(mp, s->chans[i], 1, s->chan_cap[i], RT_VAL_INT, 0, 0);
        if (!s->timer_made[i]) continue;
        s->timers[i].f = fire;
        s->timers[i].arg = s->chans[i];
        rt_timer_init(mp, &s->timers[i], s->chans[i]);
    }
}

static enum rt_exit run(void *ctx, struct m *mp, struct g *gp) {
    struct script *s = ctx;
    struct sg *g = (struct sg *)gp;
    struct rt_world *w = mp->rt->world;
    if (g->main && g->pc == 0) make_objects(s, mp);
    for (;;) {
        const struct step *st = &g->code[g->pc];
        w->ops->charge(w, mp, RT_COST_INSTRUCTION, 1);
        bool deaf = st->op == SPIN ? st->c : g->pc && st[-1].op == SPIN && st[-1].c;
        if (!gp->resume && !deaf && atomic_load_explicit(&gp->preempt, memory_order_relaxed)) return RT_EXIT_PREEMPTED;
        if (st->op == RET || st->op == GOEXIT) {
            if (!g->main || st->op == GOEXIT) return RT_EXIT_DEAD;
            rt_exit(mp, RT_END_MAIN, 0);
            return RT_EXIT_END;
        }
        if (st->op == EXIT) {
            rt_exit(mp, RT_END_EXIT, (int)st->a);
            return RT_EXIT_END;
        }
        enum rt_status r = dispatch(s, mp, g, st);
        bool again = r == RT_NO_P && (st->op == SPIN || st->op == SPIN_UNTIL || (st->op == CWAIT));
        if (r == RT_NO_P && (st->op == PREAD || st->op == PWRITE)) return RT_EXIT_NO_P; /* in the middle of the step */
        again = again || r == RT_AGAIN || (r == RT_PANIC && (st->op == PROCS || st->op == STW));
        if (r == RT_PARKED) return RT_EXIT_PARK;
        if (again) return st->op == CWAIT ? RT_EXIT_YIELD : RT_EXIT_PREEMPTED;
        g->pc++;
        if (r == RT_YIELD) return RT_EXIT_YIELD;
        if (r == RT_NO_P) return RT_EXIT_NO_P;
        if (r == RT_FATAL) return RT_EXIT_END;
        if (r == RT_PANIC) {
            __atomic_store_n(&s->panic, mp->panic, __ATOMIC_RELAXED); /* several may, at once */
            rt_dopanic(mp);
            return RT_EXIT_END;
        }
    }
}

static void g_clear(void *ctx, struct g *gp) {
    (void)ctx;
    (void)gp;
}

static bool main_init(void *ctx, struct m *mp, struct g *gp) {
    struct script *s = ctx;
    struct sg *g = (struct sg *)gp;
    g->code = s->code[0];
    g->main = true;
    for (int i = 0; i < MAX_OBJS; i++) {
        if (!s->chan_made[i]) continue;
        s->chans[i] = calloc(1, rt_chan_size(1, s->chan_cap[i]));
        if (!s->chans[i]) return false;
    }
    (void)mp;
    return true;
}

static void print_fatal(void *ctx, struct m *mp, struct g *gp, const char *text, bool all) {
    struct script *s = ctx;
    (void)mp;
    (void)gp;
    (void)all;
    snprintf(s->fatal, sizeof s->fatal, "%s", text);
}

static rt_pos position(void *ctx, struct g *gp) {
    (void)ctx;
    return RT_POS(0, ((struct sg *)gp)->pc + 1);
}

static const struct rt_exec_ops ops = {.g_size = sizeof(struct sg),
                                       .run = run,
                                       .g_clear = g_clear,
                                       .main_init = main_init,
                                       .print_fatal = print_fatal,
                                       .position = position};

static int64_t sink(void *ctx, int fd, const void *buf, size_t n) {
    struct script *s = ctx;
    (void)fd;
    atomic_fetch_add(&s->out, n);
    return s->stdin_feed ? write(s->stdin_feed, buf, n) : (int64_t)n;
}

static struct rt_world *world_new(struct script *s) {
    if (!s->stepped) {
        struct live_config c = {.write = sink, .write_ctx = s, .stdin_fd = s->stdin_fd ? s->stdin_fd : -1};
        return live_new(&c);
    }
    struct stepped_config c;
    stepped_config_init(&c);
    c.cores = s->cores ? s->cores : s->procs;
    c.number = s->seed;
    c.hooks = &stepped_runtime_hooks;
    c.sink = sink;
    c.sink_ctx = s;
    if (s->probe) c.mode = STEPPED_PROBING;
    c.faults = s->faults;
    c.limits.time = INT64_C(3600000000000);
    return stepped_new(&c);
}

void script_run(struct script *s) {
    struct rt_world *w = world_new(s);
    if (!s->no_log) s->log = rt_log_new();
    if (!w || (!s->no_log && !s->log)) return;
#ifdef GOSEE_YIELD
    const char *world = "live"; /* acts overlap as they do there */
#else
    const char *world = s->stepped ? "stepped" : "live";
#endif
    struct rt_log_info info = {.world = world, .choice = "seed", .procs = s->procs, .cores = 2, .one_to_one = s->one_to_one};
    if (s->log) rt_log_set_info(s->log, &info);
    struct rt_config config = {.world = w,
                               .exec = &ops,
                               .exec_ctx = s,
                               .procs = s->procs,
                               .one_to_one = s->one_to_one,
                               .log = s->log,
                               .limits = s->limits,
                               .cpus = s->stepped ? s->procs : 2,
                               .mem_base = (uintptr_t)s->mus};
    struct rt *rt = rt_new(&config);
    if (s->stepped) stepped_set_run(w, rt);
    if (rt && rt_start(rt) == 0) {
        if (s->stepped) {
            struct stepped_until until = {0};
            enum stepped_progress p = stepped_pump(w, &until);
            if (p != STEPPED_ENDED) fprintf(stderr, "stepped_pump: %d\n", (int)p);
        }
        while (s->drain && !rt_ended(rt)) {
            if (!rt_drain(rt)) sched_yield();
        }
        while (s->stop_after && atomic_load(&s->nnotes) < s->stop_after)
            sched_yield();
        if (s->stop_after) rt_stop(rt, RT_END_STOPPED, 2);
        rt_wait(rt);
        s->ok = rt_ended(rt);
        s->status = rt_exit_status(rt);
        s->how = rt_end_how(rt);
        s->forced = trace_forced(rt);
        s->cut_midway = s->forced && s->stepped && stepped_held_up(w);
        s->threads = (uint64_t)rt->sched.mnext;
        const char *limit = rt_limit_reached(rt);
        if (limit) snprintf(s->limit, sizeof s->limit, "%s", limit);
    }
    rt_free(rt);
    if (s->stepped) stepped_free(w);
    else live_free(w);
    for (int i = 0; i < MAX_OBJS; i++) {
        free(s->chans[i]);
        s->chans[i] = NULL;
    }
}

void script_check(const struct script *s, int line) {
    if (s->ok && s->cut_midway) return;
    if (!s->ok || (!s->no_log && s->forced)) {
        script_dump(s);
        fail_msg("line %d: ended %d, %llu events out of order", line, s->ok, (unsigned long long)s->forced);
    }
    if (!s->log) return;
    struct rp_session *session = rp_open(s->log);
    assert_non_null(session);
    uint64_t event = 0;
    struct str rule = {0};
    const struct rp_state *end = rp_seek(session, rt_log_count(s->log));
    bool illegal = rp_illegal(session, &event, &rule);
    if (!end || illegal) {
        script_dump(s);
        fail_msg("line %d: event %llu: %s", line, (unsigned long long)event, str_cstr(&rule));
    }
    str_free(&rule);
    rp_close(session);
}

/* Is there work in a queue, and a P for it that idles, though no M looks for work or begins to? */
static bool neglected(const struct rp_state *st, unsigned *spinning) {
    bool idle = false, work = rp_global(st).len > 0, coming = false;
    for (unsigned i = 0; i < rp_np(st); i++) {
        const struct rp_p *p = rp_p(st, i);
        idle = idle || p->state == RP_P_IDLE;
        work = work || p->ring.len > 0;
    }
    unsigned n = 0;
    for (unsigned i = 0; i < rp_nm(st); i++) {
        const struct rp_m *m = rp_m(st, i);
        n += m->spinning;
        coming = coming || (m->state == RP_M_STARTING && !m->sysmon);
    }
    if (*spinning < n) *spinning = n;
    return idle && work && !n && !coming;
}

unsigned script_check_idle(const struct script *s, int64_t most, int line) {
    struct rp_session *session = rp_open(s->log);
    assert_non_null(session);
    int64_t since = -1;
    unsigned spinning = 0;
    bool begun = false; /* until main is let off its thread, its P is handed on */
    struct rt_event ev;
    for (uint64_t n = 1; rt_log_get(s->log, n - 1, &ev); n++) {
        begun = begun || (ev.kind == RT_EV_GoLockThread && ev.a == 0);
        if (!begun) continue;
        const struct rp_state *st = rp_seek(session, n);
        assert_non_null(st);
        if (since >= 0 && rp_time(st) - since > most) {
            script_dump(s);
            fail_msg("line %d: event %llu: a P idled for %lld ns beside work", line, (unsigned long long)n,
                     (long long)(rp_time(st) - since));
        }
        if (!neglected(st, &spinning)) since = -1;
        else if (since < 0) since = rp_time(st);
    }
    rp_close(session);
    return spinning;
}

struct script *script_new(unsigned procs, bool stepped) {
    struct script *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->procs = procs;
    s->stepped = stepped;
    return s;
}

void script_done(struct script *s) {
    script_free(s);
    free(s);
}

void script_free(struct script *s) {
    rt_log_free(s->log);
    s->log = NULL;
}

enum { ASLEEP = 1, AWAKE = 2 };

bool script_all_asleep(const struct script *s) {
    enum { GOIDS = 1 << 16 };
    unsigned char *state = calloc(GOIDS, 1);
    bool all = state != NULL;
    struct rt_event ev;
    for (uint64_t i = 0; state && rt_log_get(s->log, i, &ev); i++) {
        uint64_t g = ev.kind == RT_EV_GoCreate || ev.kind == RT_EV_GoUnblock ? ev.a : ev.g;
        if (g >= GOIDS) continue;
        if (ev.kind == RT_EV_GoDestroy) state[g] = ASLEEP;
        if (ev.kind == RT_EV_GoBlock) state[g] = ev.why == RT_WHY_Sleep || ev.why == RT_WHY_IOWait ? AWAKE : ASLEEP;
        if (ev.kind == RT_EV_GoCreate || ev.kind == RT_EV_GoUnblock) state[g] = AWAKE;
    }
    for (uint64_t g = 0; state && g < GOIDS; g++)
        all = all && state[g] != AWAKE;
    free(state);
    return all;
}

uint64_t script_count(const struct script *s, enum rt_event_kind kind) {
    uint64_t n = 0;
    struct rt_event ev;
    for (uint64_t i = 0; rt_log_get(s->log, i, &ev); i++)
        n += ev.kind == kind;
    return n;
}

void script_dump(const struct script *s) {
    struct rt_event ev;
    for (uint64_t i = 0; s->log && rt_log_get(s->log, i, &ev); i++) {
        fprintf(stderr, "%4llu %10lld m%d p%d g%u %-14s %s", (unsigned long long)i, (long long)ev.time, ev.m, ev.p,
                ev.g, rt_event_name(ev.kind), rt_reason_text(ev.why));
        const uint64_t v[3] = {ev.a, ev.b, ev.c};
        for (int k = 0; k < 3; k++) {
            if (*rt_event_arg(ev.kind, k)) fprintf(stderr, " %s=%lld", rt_event_arg(ev.kind, k), (long long)v[k]);
        }
        fputc('\n', stderr);
    }
}

bool script_disturbed(const struct script *s) {
    return !s->stepped && (script_count(s, RT_EV_Preempt) || script_count(s, RT_EV_ProcSteal));
}

static bool same_set(const int64_t *a, const int64_t *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t in_a = 0, in_b = 0;
        for (size_t k = 0; k < n; k++) {
            in_a += a[k] == a[i];
            in_b += b[k] == a[i];
        }
        if (in_a != in_b) return false;
    }
    return true;
}

void script_expect(const struct script *s, const int64_t *notes, size_t n, int line) {
    script_check(s, line);
    size_t have = atomic_load(&s->nnotes);
    bool same = have == n && memcmp(s->notes, notes, n * sizeof *notes) == 0;
    /* On a busy machine a live run's 10 ms slices may end anywhere: then only what was noted is sure, not when. */
    if (!same && have == n && script_disturbed(s)) same = same_set(s->notes, notes, n);
    if (same) return;
    script_dump(s);
    fprintf(stderr, "line %d: ok %d status %d %s; notes:", line, s->ok, s->status, s->fatal);
    for (size_t i = 0; i < have && i < 400; i++)
        fprintf(stderr, " %lld", (long long)s->notes[i]);
    fputc('\n', stderr);
    fail_msg("notes differ (line %d)", line);
}
