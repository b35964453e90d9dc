/* rp_stats.h - a run in numbers: what its goroutines, Ps and cores did with their time, read from its log.
 *
 * Times are virtual ns of a stepped run, wall ns of a live one or a recording. Counts of `all` are of the program's own
 * goroutines; the runtime's are listed but not added up.
 */
#ifndef GOSEE_REPLAY_RP_STATS_H
#define GOSEE_REPLAY_RP_STATS_H

#include "event.h"
#include "str.h"

struct rp_counts {
    uint64_t starts;      /* went from a queue onto a thread */
    uint64_t switches;    /* of these: the thread ran another goroutine before */
    uint64_t stolen;      /* of the starts: taken from another P's queue by the P that then runs it */
    uint64_t preemptions, yields, blocks, syscalls;
    int64_t ran, ready, waited, in_calls; /* ns in each state */
    uint64_t waits;                       /* times in a run queue; of these: */
    int64_t wait_mean, wait_p99, wait_max; /* ns; the 99th percentile by nearest rank */
};

struct rp_g_stats {
    uint32_t goid, parent;
    uint64_t fn;
    bool system;
    int64_t born, died; /* died -1: lived to the end */
    struct rp_counts c;
};

struct rp_stats {
    int64_t makespan; /* the last event's time */
    unsigned procs, cores;
    double proc_use; /* of the Ps' time, the share in which a goroutine ran */
    double core_use; /* of the cores' time, the share in which a thread was on one; -1: the log does not tell (live) */
    uint64_t steals;   /* acts of stealing; one may take many goroutines */
    uint64_t handoffs; /* Ps given to another thread because theirs blocked or was tied (handoffp) */
    uint64_t retakes;  /* Ps that sysmon took from a thread in a system call */
    uint64_t threads, goroutines; /* ever; the program's own goroutines */
    struct rp_counts all;
    struct rp_g_stats *g; /* in order of creation */
    size_t ng;
};

bool rp_stats(const struct rt_log *log, struct rp_stats *out); /* false: out of memory; free with rp_stats_free */
void rp_stats_free(struct rp_stats *s);
const char *rp_stats_name(const struct rt_log *log, const struct rp_g_stats *g); /* "main.worker" */

#endif
