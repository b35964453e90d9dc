/* world.h - all that the scheduler asks of the machine, as a table of functions picked when a run starts.
 *
 * Two worlds fill it: live (pthreads, the real clock; live_*.c) and stepped (fibers on one host thread under a model
 * of an operating system; stepped_*.c). The scheduler never asks which one it is in.
 *
 * Threads: every function but newm's start routine is called on the thread of the M that is passed, except note_wake,
 * which anybody may call (mp NULL: from outside the run). Unless said otherwise no runtime lock is held.
 */
#ifndef GOSEE_RUNTIME_WORLD_H
#define GOSEE_RUNTIME_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct m;
struct rt_world;

/* The runtime's own lock (lock.h). */
struct rt_mutex {
    _Atomic uint32_t key; /* 0 free, 1 held */
};

/* A one-shot event (Go's note): cleared, then slept on by one M, woken by one. A wake before the sleep is kept. */
struct rt_note {
    _Atomic uint32_t key; /* 0 cleared, 1 signalled, 2 a sleeper waits; futex word of the live world */
    void *waiter;         /* the stepped world's */
};

/* What work costs in the stepped world; the live world ignores charges. Keys of machine.costs; defaults in costs.def. */
enum rt_cost {
#define COST(name, key, lo, hi, doc) RT_COST_##name,
#include "costs.def"
#undef COST
    RT_COST_COUNT
};

/* What is chosen: the kinds of choice. A person or a recorded list sees them by name. */
enum rt_choice {
    RT_CHOOSE_LATENCY,      /* a cost's value in its range; n is hi-lo+1 */
    RT_CHOOSE_CORE,         /* which free core a woken thread gets */
    RT_CHOOSE_STEAL_ORDER,  /* where stealWork starts and by which step */
    RT_CHOOSE_SELECT,       /* the poll order of a select: position i of a shuffle, n is i+1 */
    RT_CHOOSE_MAP,          /* where a map iteration starts */
    RT_CHOOSE_RAND,         /* what the program's math/rand draws */
    RT_CHOOSE_HASH,         /* hash seeds */
    RT_CHOOSE_SCHED,        /* runtime's own: fastrand in Go's scheduler */
    RT_CHOOSE_PROBE,        /* where a probe holds an M up, and for how long */
    RT_CHOOSE_THREAD,       /* which M goes on (exhaustive, person) */
    RT_CHOOSE_COUNT
};

/* How an operation meets an object that goroutines share. Two acts of which one writes, or one reads and one adds, must
 * keep their order for a run to stay the same; all others may change places. END writes, and ends the run. */
enum rt_shared { RT_SHARED_READ, RT_SHARED_WRITE, RT_SHARED_ADD, RT_SHARED_END };
/* Objects are named by their addresses in Go memory, which are the same in every run on a world; what has none there by
 * these, and a goroutine's wait in a select by its number. Who stops the world meets everybody: orders of that are not searched. */
enum { RT_SHARED_TIME = 8, RT_SHARED_TIMERS = 16, RT_SHARED_OUTPUT = 24, RT_SHARED_WORLD = 32, RT_SHARED_GOROUTINE = 1 };

/* What the poller found of one descriptor. */
struct rt_ready {
    uint64_t user; /* as given to netpoll_open */
    bool read, write;
    bool error; /* nothing but an error was told: the descriptor cannot be polled */
};

/* Calls on files and pipes. Descriptors are the run's own numbers, from 0; what they stand for is the world's. */
enum rt_file_op {
    RT_FILE_OPEN,     /* path, flags (O_..), mode; the descriptor */
    RT_FILE_CLOSE,    /* fd */
    RT_FILE_PIPE,     /* fds, flags (O_NONBLOCK or 0) */
    RT_FILE_SEEK,     /* fd, offset, flags (whence); the new offset */
    RT_FILE_PREAD,    /* fd, buf, n, offset */
    RT_FILE_PWRITE,
    RT_FILE_STAT,     /* path; st */
    RT_FILE_FSTAT,    /* fd; st */
    RT_FILE_TRUNCATE, /* fd, offset (the new size) */
    RT_FILE_REMOVE,   /* path: a file or an empty folder */
    RT_FILE_RENAME,   /* path, to */
    RT_FILE_MKDIR,    /* path, mode */
    RT_FILE_NONBLOCK, /* fd, flags (0 or 1) */
    RT_FILE_SYNC      /* fd */
};

struct rt_file_stat {
    uint32_t mode; /* st_mode */
    int64_t size;
    int64_t mtime; /* Unix time, ns */
    uint64_t dev, ino;
};

struct rt_file_call {
    enum rt_file_op op;
    int fd, flags;
    uint32_t mode;
    const char *path, *to; /* relative ones start at the folder that the world was given */
    int64_t offset;
    void *buf;
    size_t n;
    int fds[2];
    struct rt_file_stat st;
};

struct rt_world_ops {
    const char *name; /* "live", "stepped" */
    /* All Ms share one host thread and change over only inside functions of this table: the order in which events are
     * written is then the order of the log. */
    bool one_thread;
    /* Work has a price and order here. Without it charge() and visible() do nothing, and the scheduler need not call them. */
    bool modelled;

    /* Threads. newm starts a thread that calls rt_mstart(mp); 0, or an errno value. */
    int (*newm)(struct rt_world *w, struct m *mp);
    /* Sleeps until the note is signalled. */
    void (*note_sleep)(struct rt_world *w, struct m *mp, struct rt_note *n);
    /* The same for at most ns; true if signalled. */
    bool (*note_tsleep)(struct rt_world *w, struct m *mp, struct rt_note *n, int64_t ns);
    void (*note_wake)(struct rt_world *w, struct m *mp, struct rt_note *n);
    /* Called by a thread that is about to end, as its last act. mp itself may be another thread's already (1:1). */
    void (*mexit)(struct rt_world *w, struct m *mp);
    /* From outside the run: waits until all threads have ended, or stop() was called, at most ns (< 0: no bound); true
     * if all have ended. NULL: who made the world pumps it (stepped). */
    bool (*join)(struct rt_world *w, int64_t ns);

    /* Time, in ns since the run began. */
    int64_t (*nanotime)(struct rt_world *w, struct m *mp);
    void (*usleep)(struct rt_world *w, struct m *mp, int64_t ns);
    void (*procyield)(struct rt_world *w, struct m *mp, uint32_t n); /* PAUSE n times */
    void (*osyield)(struct rt_world *w, struct m *mp);

    /* A runtime lock is contended: returns when it may be tried again (back-off, then yield). */
    void (*lock_contended)(struct rt_world *w, struct m *mp, unsigned round);

    /* Work done by mp: n times cost. */
    void (*charge)(struct rt_world *w, struct m *mp, enum rt_cost cost, uint64_t n);
    /* A visible operation comes next: in the stepped world the M whose clock is furthest behind goes first. May be
     * called with no runtime lock held only. The live world's is empty. */
    void (*visible)(struct rt_world *w, struct m *mp);
    /* A search through all orders (rt_config.search) is told of each object that the operation after a visible() works on,
     * before it does. The first one may let others go first, so no runtime lock is held then. NULL: no world to search. */
    void (*shared)(struct rt_world *w, struct m *mp, const void *at, enum rt_shared how);
    /* Instructions that mp may execute before it must call charge(RT_COST_INSTRUCTION) and visible(); at least 1.
     * UINT64_MAX in the live world. */
    uint64_t (*fuel)(struct rt_world *w, struct m *mp);
    /* One of 0..n-1. n is at least 1. */
    uint64_t (*choose)(struct rt_world *w, struct m *mp, enum rt_choice kind, uint64_t n);

    /* System calls; the caller has done entersyscall. They block the thread, unless the descriptor is non-blocking.
     * Negative errno on failure. write of descriptors 1 and 2: the caller has charged RT_COST_SYSCALL and called visible(),
     * and holds the output's lock so that the bytes and their event leave together: it must not switch to another M. All
     * others do their own charging. */
    int64_t (*write)(struct rt_world *w, struct m *mp, int fd, const void *buf, size_t n);
    int64_t (*read)(struct rt_world *w, struct m *mp, int fd, void *buf, size_t n, bool nowait); /* nowait: -EAGAIN */
    int64_t (*nanosleep)(struct rt_world *w, struct m *mp, int64_t ns);
    int64_t (*file)(struct rt_world *w, struct m *mp, struct rt_file_call *c);

    /* Network poller (one M blocks in it at a time, others may look without blocking). delay < 0: until broken, 0: do not
     * block. Fills ready with at most max descriptors; returns how many. A descriptor is told once each time that it
     * becomes ready, and what is ready when it is opened is told. */
    int (*netpoll)(struct rt_world *w, struct m *mp, int64_t delay, struct rt_ready *ready, int max);
    void (*netpoll_break)(struct rt_world *w, struct m *mp);
    int (*netpoll_open)(struct rt_world *w, struct m *mp, int fd, uint64_t user); /* 0 or an errno value */
    void (*netpoll_close)(struct rt_world *w, struct m *mp, int fd);

    /* The run is over: whoever sleeps or blocks in this world returns soon (note_sleep too, without a signal), and
     * join returns. May be called from any thread, and again. */
    void (*stop)(struct rt_world *w);
};

/* First member of each world's own struct. */
struct rt_world {
    const struct rt_world_ops *ops;
};

/* What a thread that newm made calls; returns when the M's life is over (it has then called mexit). */
void rt_mstart(struct m *mp);
/* The world's own record of mp; the world sets and gets it, the scheduler only keeps it. */
void rt_m_set_world_data(struct m *mp, void *data);
void *rt_m_world_data(const struct m *mp);
int32_t rt_m_id(const struct m *mp);
/* What mp has: for who offers choices to a person or a probe. */
bool rt_m_has_p(const struct m *mp);
bool rt_m_is_sysmon(const struct m *mp);

#endif
