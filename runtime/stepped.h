/* stepped.h - the stepped world: threads are fibers of the calling host thread, under a model of an operating system.
 *
 * The model: `cores` CPU cores, one FIFO list of threads that want one, time slices, and for each thread a clock of its
 * own in virtual nanoseconds. A thread keeps the host until its next visible operation; then the one whose clock is
 * furthest behind goes on (ties: the older thread). What work costs, how late the kernel wakes a thread, which core it
 * gets and every other accident is drawn by choose(), so a run is a function of its choices alone: of no address, no
 * host clock, no other load.
 *
 * A world belongs to one host thread. It borrows what its config points to, until it is reset or freed.
 */
#ifndef GOSEE_RUNTIME_STEPPED_H
#define GOSEE_RUNTIME_STEPPED_H

#include "event.h"
#include "world.h"

enum { STEPPED_MAX_CORES = 256, STEPPED_MAX_THREADS = 20000 };

/* The stepped world begins at 2009-11-10 23:00:00 UTC, as the Go playground does: Unix time, ns. */
#define STEPPED_EPOCH (INT64_C(1257894000) * 1000000000)

struct stepped_range {
    int64_t lo, hi; /* ns */
};

/* Where choices come from. Recorded: the first choice of a run (RT_CHOOSE_PROBE, of STEPPED_MODES) is the mode itself,
 * so a list of decisions says by itself whether it was made by a seed or a probe. */
enum stepped_mode {
    STEPPED_NATURAL, /* clock order decides, latencies and random picks are drawn */
    STEPPED_PROBING, /* besides, a few threads are held up where others can overtake them (PCT) */
    STEPPED_SEARCHING, /* no time passes but to the next timer, and who goes on is a choice wherever goroutines meet */
    STEPPED_MODES
};

/* What goes wrong in the machine, for tests of the scheduler: of a million occasions, how many. Drawn from the seed and
 * no choices: a list of decisions does not pin them. */
struct stepped_faults {
    uint32_t newm;     /* a thread is not made: EAGAIN */
    uint32_t spurious; /* a sleep on a note or in the poller ends early, without a signal */
    uint32_t late;     /* a wake-up takes up to 20 ms longer */
    uint32_t jump;     /* the clock that is read jumps up to 30 ms ahead */
    uint32_t step;     /* a visible operation takes up to 1 us longer: the order of threads becomes a random walk */
    uint32_t signal;   /* at a visible operation some thread gets the signal that asks its goroutine to give way */
    /* If not NULL: at each visible operation, how many ns the thread is held up there. For searches that go through all
     * places (delay-bounded scheduling: Emmi, Qadeer, Rakamaric 2011). */
    int64_t (*delay)(void *ctx);
    void *delay_ctx;
};

struct stepped_signal {
    int64_t time; /* virtual ns */
    int number;
};

/* One choice, as it was made. */
struct stepped_choice {
    uint64_t n, picked;
    uint32_t kind; /* enum rt_choice */
    int32_t m;     /* thread that asked; -1 none */
    int64_t time;  /* its clock then */
    int64_t lo;    /* RT_CHOOSE_LATENCY: picked counts from here, ns */
    uint32_t cost; /* RT_CHOOSE_LATENCY: enum rt_cost */
};

/* The thread model's way to whoever runs on the threads; stepped_runtime_hooks is the scheduler's. */
struct stepped_hooks {
    void (*mstart)(struct m *mp); /* a thread's whole life */
    void (*core)(struct m *mp, enum rt_event_kind kind, enum rt_reason why, unsigned core); /* CoreTake, CoreLeave */
    bool (*holds_p)(const struct m *mp);
    /* A limit of the world was reached on mp (NULL: nobody runs): ends the run. text: "time=60s". */
    void (*limit)(void *run, struct m *mp, const char *text);
    void (*arrives)(void *run, int number); /* a signal of config.signals; NULL: none do */
    void (*preempt)(void *run, uint64_t which); /* a request to give way for one of the threads, any number stands for one; or NULL */
    bool (*watchman)(const struct m *mp); /* sysmon: goes on for ever by itself. NULL: none does */
};
extern const struct stepped_hooks stepped_runtime_hooks;

struct stepped_config {
    unsigned cores; /* 1..STEPPED_MAX_CORES */
    struct stepped_range costs[RT_COST_COUNT]; /* stepped_default_costs fills them */
    enum stepped_mode mode;
    uint64_t number; /* the seed's or the probe's */
    const uint64_t *decisions; /* what was picked, in order; when the list ends the seed goes on */
    size_t ndecisions;
    /* If not NULL, asked for every choice that the list does not fix; suggested is what the seed would pick. */
    uint64_t (*ask)(void *ctx, const struct stepped_choice *question, uint64_t suggested);
    void *ask_ctx;
    bool record; /* keep the choices: stepped_choices */

    /* The program's writes, at the moment they happen. Bytes taken, or a negative errno. NULL: they vanish. */
    int64_t (*sink)(void *ctx, int fd, const void *bytes, size_t n);
    void *sink_ctx;
    const struct stepped_signal *signals; /* that come from outside, by time */
    size_t nsignals;
    const char *folder;     /* the program's: what its file system begins with; NULL: the process's own folder */
    const char *stdin_text; /* NULL: asks input */
    size_t stdin_length;
    /* The process's own stdin: bytes read, 0 at its end, -EAGAIN when none are there (with wait: it may block), another
     * negative errno. NULL: at its end. */
    int64_t (*input)(void *ctx, void *bytes, size_t n, bool wait);
    void *input_ctx;

    struct {
        int64_t time;    /* virtual ns; 0: none */
        int64_t host;    /* host ns spent in stepped_pump; 0: none */
        uint64_t events; /* in the log; 0: none */
    } limits;
    struct stepped_faults faults;
    const struct rt_log *log; /* whose events are counted; NULL: none */
    const struct stepped_hooks *hooks;
    void *run; /* passed to hooks->limit; stepped_set_run sets it when it is made after the world */
};

/* Defaults of costs.def for costs, 2 cores, seed 0. hooks is left to the caller. */
void stepped_config_init(struct stepped_config *c);
/* The cost of this key of machine.costs ("threadWake"); -1: there is none. */
int stepped_cost_of(const char *key);
const char *stepped_cost_key(enum rt_cost cost);
const char *stepped_cost_doc(enum rt_cost cost);      /* "from futex wake to the woken thread's first step" */
const char *stepped_choice_name(enum rt_choice kind); /* "latency" */
const char *stepped_choice_doc(enum rt_choice kind);  /* "which free core a woken thread gets" */

struct rt_world *stepped_new(const struct stepped_config *c); /* NULL: out of memory */
void stepped_free(struct rt_world *w);
/* Ready for another run, as if new, but memory and stacks are kept. The run that was on it is freed first. */
void stepped_reset(struct rt_world *w, const struct stepped_config *c);
void stepped_set_run(struct rt_world *w, void *run);

enum stepped_progress {
    STEPPED_ENDED,   /* the world was stopped: the run is over */
    STEPPED_REACHED, /* a condition was met */
    STEPPED_INPUT,   /* nothing can happen until stdin has bytes, and input had none */
    STEPPED_STUCK,   /* nothing can happen any more, and no limit of time ends it */
    STEPPED_UNFIT,   /* a decision no longer fits: stepped_unfit */
    STEPPED_NO_MEMORY
};

/* ---- STEPPED_SEARCHING ---------------------------------------------------------------------------------------------
 *
 * For runs with threads 1:1, where a goroutine is a thread. A run is a row of steps: a thread goes on from its first
 * operation on something shared (world.h) to before its next one, or until it blocks. Before each step there is a choice,
 * RT_CHOOSE_THREAD, among the threads that can go on, and the sleeper whose time comes next: it may wake while others go
 * on if that is at most STEPPED_SLACK ns ahead, else only once nobody else can. Work takes no time. ask is also asked
 * where there is one candidate; an answer past the last ends the run as STEPPED_UNFIT. */
enum { STEPPED_SLACK = 10000000, STEPPED_MOST_SEARCHED = 64 };

struct stepped_touch {
    uintptr_t at;
    uint32_t how; /* enum rt_shared */
};
struct stepped_step {
    uint32_t thread;
    int32_t after, after_time; /* earlier steps that made it possible: woke or made the thread, moved time on; -1 none */
    bool after_all;            /* all earlier ones did: time moved on because nobody could */
    int64_t now;               /* virtual time in it */
    size_t first_touch;        /* its touches end where the next step's begin */
};
struct stepped_search {
    const struct stepped_step *steps; /* so far; the last one is under way */
    size_t nsteps;
    const struct stepped_touch *touches;
    size_t ntouches;
    const uint32_t *candidates; /* of the choice that is asked: the thread of the step before, if it can go on and did not */
    unsigned ncandidates;       /* give way (stays), then the others by number, then a sleeper */
    bool stays;
    uint64_t ending;   /* a set of threads, by number: who goes on ends the run */
    const char *bound; /* "steps=20000": reached in this run; NULL none. What comes after is not searched. */
    const char *drawn; /* something that cannot be searched was drawn from the seed; NULL nothing */
};
void stepped_search(const struct rt_world *w, struct stepped_search *out);

struct stepped_until {
    uint64_t events; /* the log has at least so many; 0: no matter */
    int64_t time;    /* virtual time has reached this; 0: no matter */
    int64_t host;    /* about so many ns of host time have passed; 0: no matter */
};
/* Runs until one of the conditions holds or the run is over. Where it pauses changes nothing in the run. */
enum stepped_progress stepped_pump(struct rt_world *w, const struct stepped_until *until);

int64_t stepped_now(const struct rt_world *w); /* virtual time reached */
/* What rt_nanotime would say now, without being a reading: later events stay as they would have been. */
int64_t stepped_peek(const struct rt_world *w);
/* The choices so far, if recorded. */
size_t stepped_choices(const struct rt_world *w, const struct stepped_choice **out);
/* STEPPED_UNFIT: number (from 0) of the decision, what it says, and of how many it should pick one. */
void stepped_unfit(const struct rt_world *w, size_t *number, uint64_t *picked, uint64_t *n);
size_t stepped_decided(const struct rt_world *w); /* choices so far, recorded or not */
/* Threads that want a core, or are held up by a probe. In the build that yields each may stand amid an act. */
size_t stepped_held_up(const struct rt_world *w);

#endif
