/* stepped_int.h - the stepped world's own structures. Seen by stepped_*.c only. */
#ifndef GOSEE_RUNTIME_STEPPED_INT_H
#define GOSEE_RUNTIME_STEPPED_INT_H

#include <stdatomic.h>

#include "fiber.h"
#include "rt_atomic.h"
#include "stepped.h"
#include "stepped_files.h"

enum thread_state {
    THREAD_READY,   /* wants a core: in world.ready */
    THREAD_ON_CORE, /* has one: in world.running */
    THREAD_DUE,     /* will want one at `due`: in world.due */
    THREAD_BLOCKED, /* until somebody wakes it */
    THREAD_DEAD
};

struct thread {
    struct fiber *fiber;
    struct m *mp;
    struct stepped *world;
    int64_t clock;     /* its own time; that of its last act while it has no core */
    int64_t slice_end; /* when the core may be taken from it for another */
    int64_t due;
    uint32_t due_index; /* in world.due; NO_INDEX: not in it */
    uint32_t id;        /* order of creation: ties of clocks */
    int32_t core, last_core;
    uint8_t state;      /* enum thread_state */
    uint16_t woken_by;  /* enum rt_reason of its next CoreTake */
    bool took_core;     /* got a core and has not said so yet */
    bool begun;         /* has executed its first step */
    int64_t slept;      /* how long, if it has run no goroutine since; else 0 */
    bool polling;       /* blocked in netpoll */
    struct rt_note *note; /* slept on */
    struct thread *next; /* in world.ready, or in world.spare */
    struct thread *io_next; /* blocked in the same pipe */
    bool ends;          /* searching: the next thing it does ends the run */
    int32_t enabled_by; /* searching: the step that woke or made it; -1 none */
};

struct core {
    struct thread *cur;
    int64_t free_at; /* when its last thread left */
    uint32_t last;   /* id of that thread; NO_INDEX none */
};

struct rng {
    uint64_t s[4];
};

enum stream { STREAM_MACHINE, STREAM_PROGRAM, STREAM_PROBE, STREAM_FAULT, STREAM_COUNT };

enum back { BACK_NONE, BACK_REACHED, BACK_IDLE, BACK_ENDED };

#define NO_INDEX UINT32_MAX



struct search {
    bool on;
    bool announced; /* an operation comes; what it shares is not yet told */
    bool wakes;     /* the step under way has made another thread go on */
    bool gives_way; /* cur would let others go first */
    int64_t now;    /* virtual time, everybody's */
    uint64_t work;  /* instructions executed */
    struct thread *next; /* picked, and has not gone on yet */
    struct stepped_step *steps;
    size_t nsteps, steps_cap;
    struct stepped_touch *touches;
    size_t ntouches, touches_cap;
    uint32_t candidates[STEPPED_MOST_SEARCHED];
    unsigned ncandidates;
    bool stays;
    const char *bound, *drawn;
};

struct stepped {
    struct rt_world base;
    struct stepped_config config;

    /* Threads. all holds every thread object ever made; the first nthreads live in this run. */
    struct thread **all;
    size_t nthreads, nmade, all_cap;
    struct thread *spare; /* have ended in this run and serve for the next ones made */
    uint32_t next_id;
    struct thread *cur; /* whose fiber the host executes; NULL: the host's own */
    struct fiber_pool fibers;
    struct fiber *host;
    struct thread *ready_head, *ready_tail;
    struct thread *running[STEPPED_MAX_CORES];
    unsigned nrunning;
    struct core cores[STEPPED_MAX_CORES];
    struct thread **due; /* binary heap by due, then id */
    size_t ndue, due_cap;

    /* While cur's clock is at most this and budget lasts, cur goes on without a look around. */
    int64_t horizon;
    int32_t budget, budget_full;
    uint64_t burst; /* instructions charged since the last visible operation */
    unsigned refused_threads; /* a fault */
    bool disturbed; /* faults happen at visible operations */
    int64_t skew;   /* how far the clock that is read has jumped ahead of the machine's */
    int64_t latest; /* latest time anybody was told: time never goes back for the program */

    /* Ending and pausing. */
    atomic_bool stopped;
    enum back back;
    struct stepped_until until;
    int64_t pump_began, host_used;
    uint32_t host_looks;
    bool unfit, no_memory;
    char stdin_stage[4096]; /* bytes that input gave while the reader was blocked */
    int64_t staged;         /* how many; negative errno; 0 with stage_full: the end */
    bool stage_full;

    /* Choices. */
    struct rng streams[STREAM_COUNT];
    size_t decided; /* choices made */
    struct stepped_choice *choices;
    size_t nchoices, choices_cap;
    struct stepped_choice unfit_choice;

    unsigned probe_count; /* holds still to come */
    uint32_t probe_left; /* visible operations until the next */
    enum stepped_mode mode; /* as decided */

    struct thread *poller, *reader; /* blocked in netpoll, in a read of stdin */
    bool poll_broken;
    bool jumped;       /* the thread that was picked last had all cores to itself: time passed while nobody ran */
    size_t nsignals;   /* of config.signals, have come */
    bool stdin_wanted; /* a goroutine found nothing to read and waits in the poller */
    size_t stdin_at;
    struct model_files files;
    struct search search;
};

static inline struct stepped *stepped_of(struct rt_world *w) { return (struct stepped *)w; }

/* The world's own accesses, which are no points where it may switch (rt_atomic.h). Relaxed: one host thread runs all
 * threads of the world; only `stopped` may be set by another, and it carries nothing with it. */
static inline bool world_stopped(struct stepped *w) { return atomic_load_explicit(&w->stopped, memory_order_relaxed); }
static inline void world_stopped_set(struct stepped *w, bool to) {
    atomic_store_explicit(&w->stopped, to, memory_order_relaxed);
}
static inline uint32_t note_key(struct rt_note *n) { return atomic_load_explicit(&n->key, memory_order_relaxed); }
static inline void note_key_set(struct rt_note *n, uint32_t key) {
    atomic_store_explicit(&n->key, key, memory_order_relaxed);
}

static inline int64_t time_add(int64_t a, int64_t b) {
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? (b > 0 ? INT64_MAX : INT64_MIN) : sum;
}

/* stepped_choose.c */
void choices_begin(struct stepped *w);
uint64_t world_choose(struct stepped *w, enum rt_choice kind, uint64_t n);
int64_t world_draw(struct stepped *w, enum rt_cost cost);
/* Does a fault of this chance (stepped.h) happen now? Then how many ns it is good for: 1..most; else 0. */
int64_t world_fault(struct stepped *w, uint32_t chance, int64_t most);
/* cur is at a visible operation and the probe's countdown is over: how long it is to be held up; 0: not now. */
int64_t probe_hold(struct stepped *w);

/* The same of n threads, also if n is 1. */
uint64_t world_choose_thread(struct stepped *w, uint64_t n);

/* stepped_search.c */
void search_begin(struct stepped *w);
void search_free(struct stepped *w);
struct thread *search_pick(struct stepped *w);
void search_wake(struct stepped *w, struct thread *t, enum rt_reason why);
void search_work(struct stepped *w, uint64_t instructions);
void stepped_shared(struct rt_world *rw, struct m *mp, const void *at, enum rt_shared how);

/* stepped_cores.c */
void cores_reset(struct stepped *w);
bool due_reserve(struct stepped *w);
void thread_due(struct stepped *w, struct thread *t, int64_t due, enum rt_reason why);
void thread_forget_due(struct stepped *w, struct thread *t);
void thread_leave_core(struct stepped *w, struct thread *t);
void thread_want_core(struct stepped *w, struct thread *t);
void give_cores(struct stepped *w);
struct thread *threads_pick(struct stepped *w); /* who goes on; NULL: nobody can */
void horizon_set(struct stepped *w);

/* stepped_world.c */
void world_yield(struct stepped *w); /* cur may go on, and so may others */
void world_look_around(struct stepped *w); /* cur is at a visible operation: the slow half of visible() */
void world_block(struct stepped *w, enum rt_reason why); /* cur leaves its core; its state is already set */
void world_wake(struct stepped *w, struct thread *t, int64_t latency, enum rt_reason why);
void world_wake_early(struct stepped *w);
void world_wake_call(struct stepped *w, struct thread *t); /* cur, if any, wakes t by a system call */
int64_t world_clock(const struct stepped *w);

/* cur is about to run on, or nobody does: for builds that switch at every atomic operation. */
void world_executes(struct stepped *w, const struct thread *t);

static inline bool signal_due(const struct stepped *w, int64_t now) {
    return w->nsignals < w->config.nsignals && now >= w->config.signals[w->nsignals].time;
}

/* A thread or a goroutine waits for the process's stdin. */
static inline bool awaits_input(const struct stepped *w) { return (w->reader || w->stdin_wanted) && !w->stage_full; }

/* stepped_io.c */
void look_at_input(struct stepped *w); /* without waiting */
void world_short_call(struct stepped *w); /* cur makes a short system call: its effect is at its end, in virtual time */
int64_t stepped_write(struct rt_world *rw, struct m *mp, int fd, const void *buf, size_t n);
int64_t stepped_read(struct rt_world *rw, struct m *mp, int fd, void *buf, size_t n, bool nowait);
int64_t stepped_nanosleep(struct rt_world *rw, struct m *mp, int64_t ns);
int stepped_netpoll(struct rt_world *rw, struct m *mp, int64_t delay, struct rt_ready *ready, int max);
void stepped_netpoll_break(struct rt_world *rw, struct m *mp);
int stepped_netpoll_open(struct rt_world *rw, struct m *mp, int fd, uint64_t user);
void stepped_netpoll_close(struct rt_world *rw, struct m *mp, int fd);

/* stepped_files.c */
int64_t stepped_file(struct rt_world *rw, struct m *mp, struct rt_file_call *c);

extern const struct rt_world_ops stepped_ops;
/* Tells the limit once, "KEY=VALUE". */
void world_limit(struct stepped *w, const char *key, uint64_t value, bool duration);

#endif
