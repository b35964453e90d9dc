/* live_int.h - the live world's own structures. Seen by live*.c only. */
#ifndef GOSEE_RUNTIME_LIVE_INT_H
#define GOSEE_RUNTIME_LIVE_INT_H

#include <pthread.h>
#include <sched.h>

#include "live.h"
#include "rt_atomic.h"

struct live_thread { /* one M's; made by newm, freed once it has ended and another is made, or with the world */
    struct live_world *world;
    struct m *mp;
    pthread_t id;
    struct live_thread *next, *prev; /* among those that run; next alone: that have ended. Under mu */
    _Atomic(struct rt_note *) sleeps_on;
    uint64_t random;
};

struct live_world {
    struct rt_world base;
    struct live_config config;
    int64_t start; /* of CLOCK_MONOTONIC */
    int stop_fd;   /* readable once the run is over */
    int break_fd;  /* wakes the poller */
    int epoll_fd;
    bool no_pwait2; /* the kernel lacks epoll_pwait2 */
    int folder_fd; /* where relative paths start; AT_FDCWD */
    struct {
        pthread_mutex_t mu;
        struct live_file *at; /* by descriptor */
        size_t n;
    } files;
    _Atomic bool stopping;
    _Atomic uint64_t seed;
    pthread_mutex_t mu;
    struct live_thread *threads, *over; /* that run, newest first; that have ended and are to be joined */
    pthread_cond_t changed; /* a thread ended, or stop was called; under mu */
    unsigned running;       /* threads not yet at their end */
    cpu_set_t cpus;
};

static inline struct live_world *of(struct rt_world *w) { return (struct live_world *)w; }
static inline bool live_stopping(struct live_world *w) { return load_seq_cst(&w->stopping); }

/* live.c */
int64_t live_clock(void); /* of CLOCK_MONOTONIC, ns */

/* live_poll.c */
bool live_poll_init(struct live_world *w); /* false: errno */
void live_poll_free(struct live_world *w);
void live_bump(int fd); /* an eventfd */
/* Waits until fd is ready for `events` (fd < 0: for nothing), ns have passed (< 0: no bound) or the run is over.
 * 1 ready, 0 time over, -1 the run is over. */
int live_wait_fd(struct live_world *w, int fd, short events, int64_t ns);
int live_netpoll(struct rt_world *base, struct m *mp, int64_t delay, struct rt_ready *ready, int max);
void live_netpoll_break(struct rt_world *base, struct m *mp);
int live_netpoll_open(struct rt_world *base, struct m *mp, int fd, uint64_t user);
void live_netpoll_close(struct rt_world *base, struct m *mp, int fd);

/* live_files.c */
bool live_files_init(struct live_world *w); /* false: errno */
void live_files_free(struct live_world *w);
/* The process's descriptor for the run's; it stays open until live_file_put. Negative errno. */
int live_file_get(struct live_world *w, int fd);
void live_file_put(struct live_world *w, int fd);
int64_t live_write(struct rt_world *base, struct m *mp, int fd, const void *buf, size_t n);
int64_t live_read(struct rt_world *base, struct m *mp, int fd, void *buf, size_t n, bool nowait);
int64_t live_nanosleep(struct rt_world *base, struct m *mp, int64_t ns);
int64_t live_file(struct rt_world *base, struct m *mp, struct rt_file_call *c);

#endif
