/* rt_constants.h - Go's numbers under Go's names (runtime2.go, proc.go, runtime/stack.go, internal/sync/mutex.go),
 * in one place.
 *
 * GOSEE_HOSTILE makes the sizes tiny, so that overflows, refills and copies happen in every run.
 */
#ifndef GOSEE_RUNTIME_RT_CONSTANTS_H
#define GOSEE_RUNTIME_RT_CONSTANTS_H

#ifdef GOSEE_HOSTILE
#define RUNQ_SIZE 4u    /* len(p.runq) */
#define GFREE_LOCAL 4u  /* gfput: dead Gs that a P keeps */
#define SUDOG_CACHE 4u  /* cap(p.sudogcache) */
#define STACK_CACHE 4u  /* free stacks of a class that a P keeps */
#define SEM_TAB_SIZE 3u /* semTabSize */
#define TRACE_CHUNK 16u /* event records in a chunk */
#define STACK_MIN 128u  /* stackMin, bytes */
#else
#define RUNQ_SIZE 256u
#define GFREE_LOCAL 64u
#define SUDOG_CACHE 128u
#define STACK_CACHE 32u
#define SEM_TAB_SIZE 251u
#define TRACE_CHUNK 512u
#define STACK_MIN 2048u
#endif

#define GOID_CACHE_BATCH 16u            /* _GoidCacheBatch */
#define GLOBAL_TICK 61u                 /* schedule: the global queue is looked at first every 61st tick */
#define STEAL_TRIES 4                   /* stealTries */
#define MAX_GOMAXPROCS 1024u            /* ours: rt_config's limit */
#define MAX_MCOUNT 10000u               /* sched.maxmcount */
#define THREAD_LIMIT "runtime: program exceeds 10000-thread limit\n"
#define NEWOSPROC_TRIES 20              /* retryOnEAGAIN */
#define MAX_STACK_SIZE 1000000000u      /* maxstacksize */
#define FORCE_PREEMPT_NS 10000000       /* forcePreemptNS: 10 ms */
#define RUNNEXT_STEAL_SLEEP 3000        /* runqgrab: ns before a running P's runnext is taken */
#define SYSMON_MIN_NAP 20000            /* sysmon: first nap, ns */
#define SYSMON_MAX_NAP 10000000         /* sysmon: longest nap, ns */
#define SYSMON_IDLE_ROUNDS 50           /* sysmon: idle rounds before the nap doubles */
#define SYSMON_DEEP_SLEEP 60000000000   /* sysmon: forcegcperiod/2, the longest deep sleep */
#define NETPOLL_MAX_AGE 10000000        /* sysmon polls if nobody did for 10 ms */
#define STOP_NOTE_WAIT 100000           /* stopTheWorldWithSema: asks again after 100 us */
#define STARVATION_THRESHOLD_NS 1000000 /* starvationThresholdNs: 1 ms */
#define ACTIVE_SPIN 4                   /* active_spin */
#define ACTIVE_SPIN_CNT 30              /* active_spin_cnt */
#define RWMUTEX_MAX_READERS (1 << 30)   /* rwmutexMaxReaders */

#endif
