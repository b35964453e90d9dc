/* stepped_world.c - what the scheduler asks of a stepped world: threads, notes, time, work, choices.
 *
 * Only cur's fiber runs, so the M that is passed is always cur's, and no lock is needed. A thread hands the host on in
 * two places: at a visible operation, when another thread's clock is behind or its own slice is over (world_look_around),
 * and when it blocks (world_block). It switches straight to the next thread's fiber; the host's own comes back only when
 * a pump's condition may hold or nobody can go on.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "stepped_int.h"

enum {
    BUDGET = 64,           /* visible operations between two looks around, at most */
    HOST_LOOKS = 16,       /* looks around between two looks at the host's clock */
    FUEL_MAX = 20000,      /* instructions between two visible operations, at most, so that the host can stop a loop */
    LONG_BURST = 4000,     /* after so many a look around is due: the host's clock moves on */
    PAUSE_NS = 10,         /* a PAUSE instruction (11 ns measured) */
    LOCK_PAUSES = 16,      /* a contended lock's first back-off; doubles each round */
    FAULT_EARLY_NS = 1000000, /* faults: when a sleep ends without cause, how late a wake-up is, how far a clock jumps, */
    FAULT_LATE_NS = 20000000,
    FAULT_JUMP_NS = 30000000,
    FAULT_TRIES = 3, /* so often a thread may be had later, then never */
    FAULT_STEP_NS = 1000, /* how much longer a step takes */
    COLD_AFTER_NS = 10000000 /* away for so long, a thread's caches are as cold as they get */
};

static int64_t host_now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int64_t world_clock(const struct stepped *w) { return w->cur ? w->cur->clock : w->latest - w->skew; }

static bool host_time_over(struct stepped *w) {
    int64_t for_pump = w->until.host, for_run = w->config.limits.host;
    if (!for_pump && !for_run) return false;
    if (++w->host_looks % HOST_LOOKS != 0) return false;
    int64_t spent = host_now() - w->pump_began;
    return (for_pump && spent >= for_pump) || (for_run && w->host_used + spent >= for_run);
}

/* Must the host look before next goes on? Asked at each hand-over; changes nothing in the run. */
static bool host_wanted(struct stepped *w, const struct thread *next) {
    if (w->unfit || w->no_memory || world_stopped(w)) return true;
    if (w->jumped && awaits_input(w)) return true;
    if (w->until.time && next->clock >= w->until.time) return true;
    if (signal_due(w, next->clock)) return true;
    if (w->config.limits.time && next->clock >= w->config.limits.time) return true;
    uint64_t at = w->until.events, most = w->config.limits.events;
    if ((at || most) && w->config.log) {
        uint64_t n = rt_log_count(w->config.log);
        if ((at && n >= at) || (most && n >= most)) return true;
    }
    return host_time_over(w);
}

void world_executes(struct stepped *w, const struct thread *t) {
    (void)w, (void)t;
#ifdef GOSEE_YIELD
    rt_yield_current = t ? t->mp : NULL;
#endif
}

/* In a build that switches at every atomic operation a thread may be in the middle of writing an event when it loses its
 * core: there the model's own events are left out. */
static void tell(struct thread *t, enum rt_event_kind kind, enum rt_reason why) {
#ifdef GOSEE_YIELD
    (void)t, (void)kind, (void)why;
#else
    t->world->config.hooks->core(t->mp, kind, why, (unsigned)t->core);
#endif
}

static void tell_core(struct thread *t) {
    if (!t->took_core) return;
    t->took_core = false;
    tell(t, RT_EV_CoreTake, (enum rt_reason)t->woken_by);
}

/* Hands the host on. t, the running thread, has put itself where it belongs; returns when it is its turn again. */
static void hand_over(struct stepped *w, struct thread *t) {
    bool over = world_stopped(w);
    w->search.next = NULL;
    int64_t now = time_add(t->clock, w->skew);
    if (over && w->latest < now) w->latest = now; /* how far the run came, for who asks afterwards */
    w->jumped = false;
    struct thread *next = over ? NULL : threads_pick(w);
    bool to_host = !next || host_wanted(w, next);
    if (next == t && !to_host) {
        horizon_set(w);
    } else {
        struct fiber *to = to_host ? w->host : next->fiber;
        w->cur = to_host ? NULL : next;
        if (!to_host) horizon_set(w);
        if (t->state == THREAD_DEAD) fiber_finish(t->fiber, to);
        fiber_switch(t->fiber, to);
        world_executes(w, t);
    }
    if (t->begun) tell_core(t);
}

/* A thread's first CoreTake. The first thread's is written at its first act that hands over: the run's own beginning
 * stands before it in the log. */
static void begin_once(struct thread *t) {
    if (t->begun) return;
    t->begun = true;
    tell_core(t);
}

void world_block(struct stepped *w, enum rt_reason why) {
    struct thread *t = w->cur;
    begin_once(t);
    bool sleeps = why == RT_WHY_Blocked || why == RT_WHY_Napped;
    int64_t since = t->clock;
    tell(t, RT_EV_CoreLeave, why);
    thread_leave_core(w, t);
    hand_over(w, t);
    if (sleeps) t->slept = t->clock - since;
}

/* Held up, or its slice is over: t leaves its core here and now. */
static bool must_leave(struct stepped *w, struct thread *t) {
    if (w->mode == STEPPED_PROBING && w->probe_count && !w->probe_left) {
        int64_t ns = probe_hold(w);
        if (ns) {
            thread_due(w, t, time_add(t->clock, ns), RT_WHY_ProbeHeld);
            world_block(w, RT_WHY_ProbeHeld);
            return true;
        }
    }
    if (!w->ready_head || t->clock < t->slice_end) return false;
    thread_want_core(w, t);
    t->woken_by = RT_WHY_KernelSlice;
    world_block(w, RT_WHY_KernelSlice);
    return true;
}

/* The distance to the probe's next hold is counted in visible operations, so the budget never passes it. */
static void count_visible(struct stepped *w) {
    uint32_t seen = (uint32_t)(w->budget_full - w->budget);
    int32_t budget = BUDGET;
    if (w->probe_count) {
        w->probe_left = seen < w->probe_left ? w->probe_left - seen : 0;
        if (w->probe_left < BUDGET) budget = w->probe_left ? (int32_t)w->probe_left : 1;
    }
    w->budget = w->budget_full = budget;
}

void world_look_around(struct stepped *w) {
    struct thread *t = w->cur;
    count_visible(w);
    begin_once(t);
    if (!must_leave(w, t)) hand_over(w, t);
}

void world_yield(struct stepped *w) {
    struct thread *t = w->cur;
    begin_once(t);
    hand_over(w, t);
}

void world_wake(struct stepped *w, struct thread *t, int64_t latency, enum rt_reason why) {
    int64_t now = world_clock(w);
    if (w->search.on) {
        search_wake(w, t, why);
        return;
    }
    if (t->state != THREAD_BLOCKED && t->state != THREAD_DUE) return; /* its own time is up: it is on its way */
    if (now < t->clock) now = t->clock;
    int64_t due = time_add(now, latency);
    if (t->state == THREAD_DUE && t->due <= due) return;
    thread_due(w, t, due, why);
}

/* The caller of futex wake is busy with it for as long as a thread may take to wake: who of the two is first is open. */
void world_wake_call(struct stepped *w, struct thread *t) {
    int64_t late = world_fault(w, w->config.faults.late, FAULT_LATE_NS);
    world_wake(w, t, world_draw(w, RT_COST_THREAD_WAKE) + late, RT_WHY_Woken);
    if (w->cur) w->cur->clock = time_add(w->cur->clock, world_draw(w, RT_COST_WAKE_CALL));
}

/* A fault: cur, about to block, will be woken without a signal. */
void world_wake_early(struct stepped *w) {
    int64_t early = world_fault(w, w->config.faults.spurious, FAULT_EARLY_NS);
    if (early) world_wake(w, w->cur, early, RT_WHY_Woken);
}

/* ---- threads --------------------------------------------------------------------------------------------------- */

static void thread_main(void *arg) {
    struct thread *t = arg;
    struct stepped *w = t->world;
    world_executes(w, t);
    if (t->id) begin_once(t);
    w->config.hooks->mstart(t->mp);
    world_executes(w, NULL);
    if (t->state != THREAD_DEAD) thread_leave_core(w, t);
    t->state = THREAD_DEAD;
    t->next = w->spare;
    w->spare = t;
    hand_over(w, t);
}

/* One more thread object, at all[nthreads]. */
static bool more_threads(struct stepped *w) {
    if (w->nthreads < w->nmade) return true;
    if (w->nmade == w->all_cap) {
        size_t cap = w->all_cap ? w->all_cap * 2 : 16;
        void *more = realloc(w->all, cap * sizeof *w->all);
        if (!more) return false;
        w->all = more;
        w->all_cap = cap;
    }
    if (!due_reserve(w)) return false;
    struct thread *t = calloc(1, sizeof *t);
    if (!t) return false;
    w->all[w->nmade++] = t;
    return true;
}

/* A thread that has ended, the object of an earlier run, or a new one. */
static struct thread *thread_new(struct stepped *w) {
    struct thread *t = w->spare;
    bool reused = t != NULL;
    if (reused) {
        w->spare = t->next;
        fiber_release(&w->fibers, t->fiber);
    } else {
        if (w->nthreads == STEPPED_MAX_THREADS || !more_threads(w)) return NULL;
        t = w->all[w->nthreads];
    }
    *t = (struct thread){.world = w, .id = w->next_id, .core = -1, .last_core = -1, .due_index = NO_INDEX,
                         .enabled_by = -1, .state = THREAD_BLOCKED, .clock = world_clock(w)};
    t->fiber = fiber_new(&w->fibers, thread_main, t);
    if (!t->fiber) return NULL;
    w->next_id++;
    if (!reused) w->nthreads++;
    return t;
}

static int stepped_newm(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    /* Once there is no room for another there is none for long. */
    if (w->cur && (w->refused_threads || world_fault(w, w->config.faults.newm, 1))) {
        return ++w->refused_threads < FAULT_TRIES ? EAGAIN : ENOMEM;
    }
    struct thread *t = thread_new(w);
    if (!t) return w->nthreads == STEPPED_MAX_THREADS ? EAGAIN : ENOMEM;
    t->mp = mp;
    /* The first thread is the process's own: it is there already. */
    world_wake(w, t, t->id ? world_draw(w, RT_COST_THREAD_CREATE) : 0, RT_WHY_Woken);
    if (w->cur) w->cur->clock = time_add(w->cur->clock, world_draw(w, RT_COST_CLONE_CALL));
    return 0;
}

static void stepped_mexit(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    struct thread *t = w->cur;
    (void)mp;
    begin_once(t);
    if (!world_stopped(w)) tell(t, RT_EV_CoreLeave, RT_WHY_None);
    thread_leave_core(w, t);
    t->state = THREAD_DEAD;
    world_executes(w, NULL); /* what little it still does is no point to switch at */
}

/* ---- notes ------------------------------------------------------------------------------------------------------- */

enum { NOTE_CLEAR = 0, NOTE_SIGNALLED = 1, NOTE_WAITED = 2 };

static bool note_wait(struct stepped *w, struct rt_note *n, int64_t ns) {
    struct thread *t = w->cur;
    if (note_key(n) == NOTE_SIGNALLED) return true;
    if (ns == 0) return false;
    note_key_set(n, NOTE_WAITED);
    n->waiter = t;
    t->state = THREAD_BLOCKED;
    if (ns > 0) {
        int64_t late = world_draw(w, RT_COST_TIMER_SLACK);
        thread_due(w, t, time_add(time_add(t->clock, ns), late), RT_WHY_Woken);
    }
    world_wake_early(w);
    world_block(w, ns > 0 ? RT_WHY_Napped : RT_WHY_Blocked);
    n->waiter = NULL;
    if (note_key(n) == NOTE_SIGNALLED) return true;
    note_key_set(n, NOTE_CLEAR);
    return false;
}

static void stepped_note_sleep(struct rt_world *rw, struct m *mp, struct rt_note *n) {
    (void)mp;
    note_wait(stepped_of(rw), n, -1);
}

static bool stepped_note_tsleep(struct rt_world *rw, struct m *mp, struct rt_note *n, int64_t ns) {
    (void)mp;
    return note_wait(stepped_of(rw), n, ns < 0 ? 0 : ns);
}

static void stepped_note_wake(struct rt_world *rw, struct m *mp, struct rt_note *n) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    bool waited = note_key(n) == NOTE_WAITED;
    note_key_set(n, NOTE_SIGNALLED);
    if (!waited) return;
    world_wake_call(w, n->waiter);
}

/* ---- time and work ------------------------------------------------------------------------------------------------ */

/* Faults at a visible operation. */
static void disturb(struct stepped *w) {
    const struct stepped_faults *f = &w->config.faults;
    int64_t late = world_fault(w, f->step, FAULT_STEP_NS);
    if (f->delay) late = time_add(late, f->delay(f->delay_ctx));
    w->cur->clock = time_add(w->cur->clock, late);
    int64_t which = world_fault(w, f->signal, INT32_MAX);
    if (which && w->config.hooks->preempt) w->config.hooks->preempt(w->config.run, (uint64_t)which);
}

static void stepped_visible(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    if (w->search.on) {
        w->search.announced = true;
        return;
    }
    if (w->disturbed) disturb(w);
    uint64_t burst = w->burst;
    w->burst = 0;
    if (--w->budget > 0 && w->cur->clock <= w->horizon && burst < LONG_BURST && w->cur->begun) return;
    world_look_around(w);
}

/* Threads' clocks differ by what they did since they last handed over. For the program, and so for the log, time never
 * goes back, also not from one goroutine to another that learnt of the first's time. */
static int64_t stepped_nanotime(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    w->skew = time_add(w->skew, world_fault(w, w->config.faults.jump, FAULT_JUMP_NS));
    int64_t now = time_add(world_clock(w), w->skew);
    if (w->latest < now) w->latest = now;
    return w->latest;
}

static void stepped_usleep(struct rt_world *rw, struct m *mp, int64_t ns) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    struct thread *t = w->cur;
    int64_t late = world_draw(w, RT_COST_TIMER_SLACK);
    thread_due(w, t, time_add(time_add(t->clock, ns > 0 ? ns : 0), late), RT_WHY_Woken);
    world_block(w, RT_WHY_Napped);
}

static void stepped_procyield(struct rt_world *rw, struct m *mp, uint32_t n) {
    struct stepped *w = stepped_of(rw);
    w->cur->clock = time_add(w->cur->clock, (int64_t)n * PAUSE_NS);
    stepped_visible(rw, mp);
}

/* sched_yield: behind the others that want a core. */
static void stepped_osyield(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    struct thread *t = w->cur;
    if (w->search.on) {
        w->search.gives_way = true;
        world_yield(w);
        return;
    }
    t->clock = time_add(t->clock, w->config.costs[RT_COST_SYSCALL].lo);
    if (!w->ready_head) {
        stepped_visible(rw, mp);
        return;
    }
    thread_want_core(w, t);
    t->woken_by = RT_WHY_KernelSlice;
    world_block(w, RT_WHY_KernelSlice);
}

/* Threads hand over without a lock held, so this happens only in builds that hand over at every atomic operation. */
static void stepped_lock_contended(struct rt_world *rw, struct m *mp, unsigned round) {
    if (round < 6)
        stepped_procyield(rw, mp, (uint32_t)LOCK_PAUSES << round);
    else
        stepped_osyield(rw, mp);
}

/* The first goroutine after a sleep runs with cold caches; how cold depends on how long the thread was away. */
static void warm_up(struct stepped *w, struct thread *t) {
    int64_t away = t->slept < COLD_AFTER_NS ? t->slept : COLD_AFTER_NS;
    t->slept = 0;
    t->clock = time_add(t->clock, (int64_t)((double)world_draw(w, RT_COST_COLD_START) * (double)away / COLD_AFTER_NS));
}

static int64_t price(struct stepped *w, enum rt_cost cost, uint64_t n) {
    const struct stepped_range *r = &w->config.costs[cost];
    /* An instruction's cost is no choice: how many are charged together must not show. */
    int64_t each = cost == RT_COST_INSTRUCTION || r->hi <= r->lo ? r->lo : world_draw(w, cost), all;
    return n > INT64_MAX || __builtin_mul_overflow(each, (int64_t)n, &all) ? INT64_MAX : all;
}

static void stepped_charge(struct rt_world *rw, struct m *mp, enum rt_cost cost, uint64_t n) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    struct thread *t = w->cur;
    if (!t || !n) return;
    if (w->search.on) {
        if (cost == RT_COST_INSTRUCTION) search_work(w, n);
        return;
    }
    if (cost == RT_COST_INSTRUCTION) w->burst += n;
    if (cost == RT_COST_GO_SWITCH && t->slept) warm_up(w, t);
    t->clock = time_add(t->clock, price(w, cost, n));
}

static uint64_t stepped_fuel(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    const struct thread *t = w->cur;
    int64_t until = INT64_MAX;
    uint64_t each = (uint64_t)w->config.costs[RT_COST_INSTRUCTION].lo;
    if (w->ndue) until = w->due[0]->due;
    if (w->ready_head && t->slice_end < until) until = t->slice_end;
    if (w->config.limits.time && w->config.limits.time < until) until = w->config.limits.time;
    if (until <= t->clock) return 1;
    /* Where a burst ends does not depend on how often fuel is asked for: executing again with a hook at every
     * instruction must give the same run. */
    uint64_t n = w->burst < FUEL_MAX ? FUEL_MAX - w->burst : 1, left = (uint64_t)(until - t->clock);
    return left / FUEL_MAX >= each || left / each >= n ? n : left / each + 1;
}

static uint64_t stepped_choose(struct rt_world *rw, struct m *mp, enum rt_choice kind, uint64_t n) {
    (void)mp;
    return world_choose(stepped_of(rw), kind, n);
}

static void stepped_stop(struct rt_world *rw) {
    struct stepped *w = stepped_of(rw);
    world_stopped_set(w, true);
}

const struct rt_world_ops stepped_ops = {
    .name = "stepped",
    .one_thread = true,
    .modelled = true,
    .newm = stepped_newm,
    .note_sleep = stepped_note_sleep,
    .note_tsleep = stepped_note_tsleep,
    .note_wake = stepped_note_wake,
    .mexit = stepped_mexit,
    .nanotime = stepped_nanotime,
    .usleep = stepped_usleep,
    .procyield = stepped_procyield,
    .osyield = stepped_osyield,
    .lock_contended = stepped_lock_contended,
    .charge = stepped_charge,
    .visible = stepped_visible,
    .shared = stepped_shared,
    .fuel = stepped_fuel,
    .choose = stepped_choose,
    .write = stepped_write,
    .read = stepped_read,
    .nanosleep = stepped_nanosleep,
    .file = stepped_file,
    .netpoll = stepped_netpoll,
    .netpoll_break = stepped_netpoll_break,
    .netpoll_open = stepped_netpoll_open,
    .netpoll_close = stepped_netpoll_close,
    .stop = stepped_stop,
};
