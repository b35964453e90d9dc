/* trace.h - how the scheduler tells what it does. The only place that knows how events are kept in memory.
 *
 * An M writes into a buffer of its own, with no lock and (but for a new chunk now and then) no allocation. A merger
 * puts the buffers in one order, of which every prefix is a legal history. Time cannot give that order; the objects
 * can: an event carries, for each object whose order matters, the object's count before and after (a key). The
 * counts are those that the scheduler keeps anyway (a ring's head and tail, the puts into a runnext) or are counted
 * under the lock that orders the acts (sched.lock, a channel's, a semaphore root's) or with ownership (a P, an M, a
 * G). The merger lets an event go when its objects' counts are reached. Events that must stand together (a P given
 * up and the M woken for it) are glued: they go as one.
 *
 * Where all Ms share one host thread (world.one_thread) the order of emission is the order of the log, and events
 * go straight into it.
 *
 * All functions are no-ops without a log. They may be called with runtime locks held, and take none but their own.
 *
 */
#ifndef GOSEE_RUNTIME_TRACE_H
#define GOSEE_RUNTIME_TRACE_H

#include "runtime2.h"

enum trace_domain {
    TRACE_SCHED,   /* sched.lock: global queue, idle Ps, parked Ms */
    TRACE_P,       /* owner of a P */
    TRACE_M,       /* parked or not, started */
    TRACE_G,       /* blocked or not */
    TRACE_HEAD,    /* a ring's head */
    TRACE_TAIL,    /* a ring's tail */
    TRACE_RUNNEXT, /* which of all that were put there lies in it */
    TRACE_CHAN,
    TRACE_SEMA,
    TRACE_TIMER,
    TRACE_OUT,
    TRACE_DOMAINS
};

static inline bool tracing(const struct m *mp) { return mp->trace != NULL; }

/* A run's trace; config.log is not NULL. false: out of memory. */
bool trace_init(struct rt *rt);
bool trace_m_init(struct rt *rt, struct m *mp);
void trace_free(struct rt *rt);
/* The run is over: RunEnd, now or (where there is a merger) once all threads have ended. */
void trace_end(struct rt *rt, struct m *mp);
uint64_t trace_forced(const struct rt *rt); /* events let go out of order for want of lost ones; for tests */

/* Everything below: mp writes. Where the event tells of sched.lock's things, the lock is held. */
void trace_plain(struct m *mp, enum rt_event_kind kind, enum rt_reason why, uint64_t a, uint64_t b, uint64_t c);
void trace_run_begin(struct rt *rt);
void trace_mbegin(struct m *mp);
void trace_mstart(struct m *mp, struct m *newm, int how, struct p *pp, enum rt_reason why); /* pp NULL: sysmon */
void trace_mwake(struct m *mp, struct m *woken, bool spinning, struct p *pp, enum rt_reason why);
void trace_mpark(struct m *mp, enum rt_reason why);
void trace_procstart(struct m *mp, struct p *pp, enum rt_reason why, bool from_idle);
/* The P was given up (releasep) or taken (retake) a moment ago, and is now idle: tells it. */
void trace_procstop(struct m *mp, struct p *pp, bool glue);
void trace_procs_change(struct m *mp, uint64_t procs);
void trace_queue_drain(struct m *mp, struct p *pp, uint32_t head, uint32_t count, uint32_t all);

void trace_gocreate(struct m *mp, struct g *newg);
void trace_gostart(struct m *mp, struct g *gp, enum rt_reason why, bool inherit);
void trace_gostop(struct m *mp, struct g *gp, enum rt_reason why);
/* trace_block's keys: the domain that orders the queue in which gp waits, or TRACE_DOMAINS for none. */
void trace_goblock(struct m *mp, struct g *gp, int64_t until, enum trace_domain d, uint32_t obj, uint32_t *seq);
void trace_gounblock(struct m *mp, struct g *woken, enum trace_domain d, uint32_t obj, uint32_t *seq);
void trace_stackshrink(struct m *mp, struct g *gp, uint64_t from); /* sched.lock held */
void trace_godestroy(struct m *mp, struct g *gp);
void trace_syscall_begin(struct m *mp, struct g *gp, enum rt_syscall call);
void trace_syscall_end(struct m *mp, struct g *gp);
void trace_syscall_end_blocked(struct m *mp, struct g *gp);

/* n: the number of this put. */
void trace_runnextput(struct m *mp, struct p *pp, uint64_t put, uint32_t n, struct g *displaced, enum rt_reason why);
void trace_runqput(struct m *mp, struct p *pp, struct g *put, uint32_t head, uint32_t tail, enum rt_reason why);
void trace_runnextget(struct m *mp, struct p *pp, struct g *got);
void trace_runqget(struct m *mp, struct p *pp, struct g *got, uint32_t head);
void trace_overflow(struct m *mp, struct p *pp, struct g *put, uint32_t moved, uint32_t head, uint32_t tail,
                    enum rt_reason why);
void trace_runqsteal(struct m *mp, struct p *pp, struct p *victim, uint32_t count, uint32_t head, uint32_t tail);
void trace_runnextsteal(struct m *mp, struct p *pp, struct p *victim, struct g *got);
void trace_globput(struct m *mp, struct g *put, bool athead, enum rt_reason why);
void trace_globget(struct m *mp, struct p *pp, struct g *got, uint32_t count, uint32_t tail, enum rt_reason why);

/* One event about a channel or a lock, in its order; seq is the count under its lock. */
void trace_object(struct m *mp, enum trace_domain d, uint32_t obj, uint32_t *seq, bool glue, enum rt_event_kind kind,
                  uint64_t a, uint64_t b, uint64_t c);
void trace_timer(struct m *mp, uint32_t id, uint32_t *seq, bool glue, enum rt_event_kind kind, uint64_t b, uint64_t g);
/* Within a system call, whose P may be taken any moment, or not (a panic's text). Write: outlock held. */
void trace_io(struct m *mp, enum rt_event_kind kind, int fd, uint64_t text, uint64_t length);

#endif
