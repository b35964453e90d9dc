/* live.h - the live world: Ms are pthreads, time is the machine's, the kernel decides.
 *
 * The world is owned by who makes it and outlives the run put on it; one world serves one run. Nothing of it touches
 * the process's main thread, its signals or its environment, so any number of live worlds exist side by side.
 */
#ifndef GOSEE_RUNTIME_LIVE_H
#define GOSEE_RUNTIME_LIVE_H

#include "world.h"

struct live_config {
    /* One of 0..n-1; may be called by several threads at once. NULL: random. */
    uint64_t (*choose)(void *ctx, enum rt_choice kind, uint64_t n);
    void *choose_ctx;
    /* What the program writes, one call at a time; gives what was taken or a negative errno. NULL: the descriptors. */
    int64_t (*write)(void *ctx, int fd, const void *buf, size_t n);
    void *write_ctx;
    int stdin_fd;        /* what a read of descriptor 0 reads; -1: always at its end */
    const char *folder;  /* where the program's relative paths start; NULL: the process's own folder */
    unsigned cores;      /* run on this many of the allowed CPUs only; 0: all */
    size_t thread_stack; /* bytes of an M's C stack; 0: 1 MB */
};

struct rt_world *live_new(const struct live_config *config); /* NULL: out of memory or descriptors (errno) */
void live_free(struct rt_world *w);                          /* after rt_free */
unsigned live_affinity(void); /* CPUs this process may run on, as Go counts for NumCPU */
unsigned live_ncpu(void); /* CPUs this process may use: affinity and cgroup quota, as Go counts for GOMAXPROCS */

#endif
