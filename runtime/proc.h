/* proc.h - what the scheduler's files share. Names are Go's (proc.go) where Go has the thing.
 *
 * A comment that ends "sched.lock held" and the like states the contract. mp is always the calling M.
 */
#ifndef GOSEE_RUNTIME_PROC_H
#define GOSEE_RUNTIME_PROC_H

#include "runtime2.h"
#include "trace.h"

/* ---- the world, by short names ----------------------------------------------------------------------------------- */

static inline int64_t nanotime(struct m *mp) { return mp->rt->world->ops->nanotime(mp->rt->world, mp); }

static inline void charge(struct m *mp, enum rt_cost cost, uint64_t n) {
    if (mp->modelled) mp->rt->world->ops->charge(mp->rt->world, mp, cost, n);
}

static inline void visible(struct m *mp) {
    if (mp->modelled) mp->rt->world->ops->visible(mp->rt->world, mp);
}

/* The operation that visible() announced works on this object. */
static inline void shared(struct m *mp, const void *at, enum rt_shared how) {
    if (__builtin_expect(mp->rt->config.search, 0)) mp->rt->world->ops->shared(mp->rt->world, mp, at, how);
}

/* What the program does depends on the time. */
static inline int64_t shared_time(struct m *mp) {
    shared(mp, (const void *)RT_SHARED_TIME, RT_SHARED_READ);
    return nanotime(mp);
}

static inline void shared_timers(struct m *mp) { shared(mp, (const void *)RT_SHARED_TIMERS, RT_SHARED_WRITE); }

/* A channel operation begins with a safe point, as a call does in Go: who was asked to give way does so here (RT_AGAIN).
 * Later it might park, and the request would be gone with its slice. */
static inline bool asked_to_give_way(const struct g *gp) { return __builtin_expect(load_relaxed(&gp->preempt), 0); }

static inline uint64_t choose(struct m *mp, enum rt_choice kind, uint64_t n) {
    return n < 2 ? 0 : mp->rt->world->ops->choose(mp->rt->world, mp, kind, n);
}

/* --race: see enum rt_order. */
static inline void race_order(struct m *mp, struct g *gp, enum rt_order how, const void *at) {
    if (__builtin_expect(mp->rt->config.race, 0) && gp && !gp->system && !gp->sysrun) {
        mp->rt->exec->order(mp->rt->exec_ctx, mp, gp, how, at);
    }
}

static inline void note_wake(struct m *mp, struct rt_note *n) { mp->rt->world->ops->note_wake(mp->rt->world, mp, n); }

static inline bool note_signalled(const struct rt_note *n) { return load_acquire(&n->key) == 1; }
static inline void note_clear(struct rt_note *n) { store_relaxed(&n->key, 0); }

/* The run is over: leave what you do, unlock what you hold, return to the thread's start. */
static inline bool ended(const struct rt *rt) { return load_relaxed(&rt->ended); }

/* A goroutine and how it is to run on. */
struct next_g {
    struct g *gp; /* NULL: none, the run is over or the thread shall end */
    bool inherit; /* goes on with the slice of the one before */
};

static inline uint32_t readgstatus(const struct g *gp) { return load_acquire(&gp->atomicstatus) & ~(uint32_t)Gscan; }
/* The owner's plain change; only Gsyscall is changed by others (retake's scan bit), see syscall.c. */
static inline void setgstatus(struct g *gp, uint32_t s) { store_release(&gp->atomicstatus, s); }

/* ---- rt.c: the run's end --------------------------------------------------------------------------------------- */

/* The first to call decides how the run ends; true for it. mp NULL: from outside. */
bool rt_end(struct rt *rt, struct m *mp, enum rt_end how, int status);
void rt_end_limit(struct rt *rt, struct m *mp, const char *key, uint64_t value);
void preempt_everyone(struct rt *rt); /* asks every M's goroutine to come back */
void trace_threads_ended(struct rt *rt);
void throw_oom(struct m *mp); /* fatal error: runtime: out of memory */

/* ---- sched.c --------------------------------------------------------------------------------------------------- */

void ready(struct m *mp, struct g *gp, bool next,
           enum rt_reason why);                               /* Gwaiting to runnable, wakep; GoUnblock was told */
void goready(struct m *mp, struct g *gp, enum rt_reason why); /* tells GoUnblock, then ready */
/* The operation must wait: it returns what this returns (RT_PARKED). unlockf(lock) runs once gp is off its M; when it
 * is false the park is called off. d, obj, seq: whose order GoBlock keeps (trace.h). */
enum rt_status gopark(struct m *mp, bool (*unlockf)(struct m *, struct g *, void *), void *lock, enum rt_reason why,
                      uint64_t obj, int64_t value);
void gopark_order(struct m *mp, enum trace_domain d, uint32_t obj, uint32_t *seq);
bool parkunlock(struct m *mp, struct g *gp, void *lock); /* an unlockf: lock is a struct rt_mutex */
enum rt_status goyield(struct m *mp);
void begin_slice(struct m *mp, struct g *gp, bool inherit); /* gp runs on mp from here on */
void dropg(struct m *mp);
struct g *newproc1(struct m *mp, uint64_t fn, rt_pos pos, uint32_t slots, sysg_fn sysrun);
void newproc(struct m *mp, struct g *newg);
void gdestroy(struct m *mp, struct g *gp);
void gfpurge(struct m *mp, struct p *pp);
void free_goroutines(struct rt *rt);
struct sudog *acquireSudog(struct m *mp); /* zeroed; NULL: out of memory, throw_oom was called */
void releaseSudog(struct m *mp, struct sudog *s);
void free_sudogs(struct rt *rt);
struct next_g findRunnable(struct m *mp, bool *tryWakeP);
void resetspinning(struct m *mp);
void injectglist(struct m *mp, struct gqueue *q, enum rt_reason why);

/* ---- runq.c ---------------------------------------------------------------------------------------------------- */

bool runqempty(struct p *pp);
void runqput(struct m *mp, struct p *pp, struct g *gp, bool next, enum rt_reason why); /* mp owns pp */
void runqputbatch(struct p *pp, struct gqueue *q);            /* as many as fit; the caller owns pp and has told it */
struct g *runqget(struct m *mp, struct p *pp, bool *inherit); /* mp owns pp */
struct g *runqsteal(struct m *mp, struct p *pp, struct p *p2, bool stealRunNextG); /* mp owns pp */

static inline bool gq_empty(const struct gqueue *q) { return q->head == NULL; }
void gq_push(struct gqueue *q, struct g *gp);
void gq_pushBack(struct gqueue *q, struct g *gp);
void gq_pushBackAll(struct gqueue *q, struct gqueue *q2);
struct g *gq_pop(struct gqueue *q);

/* The global queue; sched.lock held. */
void globrunqput(struct m *mp, struct g *gp, enum rt_reason why);
void globrunqputhead(struct m *mp, struct g *gp);
void globrunqputbatch(struct m *mp, struct gqueue *q);
struct g *globrunqget(struct m *mp);
struct g *globrunqgetbatch(struct m *mp, struct p *pp, uint32_t n, enum rt_reason why); /* rest into pp's empty ring */
static inline bool globrunqempty(struct rt *rt) { return load_relaxed(&rt->sched.runqsize) == 0; }

/* ---- m.c ------------------------------------------------------------------------------------------------------- */

struct m *allocm(struct rt *rt, int64_t id); /* NULL: out of memory */
int64_t mReserveID(struct m *mp);            /* sched.lock held; -1: the 10,000 threads are used up (thrown) */
bool newm(struct m *mp, struct m *newm);     /* starts its thread; false: thrown */
bool startm(struct m *mp, struct p *pp, bool spinning, bool lockheld, enum rt_reason why);
/* Parks mp until it is given a P and takes it. false: the run is over. */
bool stopm(struct m *mp);
bool gcstopm(struct m *mp);
bool mPark(struct m *mp);
void becomeSpinning(struct m *mp);
void stopSpinning(struct m *mp, bool found); /* the flag and nmspinning */
void wakep(struct m *mp);
void handoffp(struct m *mp, struct p *pp); /* pp was released or taken by mp (procstop_told is still due) */
bool stoplockedm(struct m *mp);
bool startlockedm(struct m *mp, struct g *gp);
const char *mput(struct m *mp); /* sched.lock held; what checkdead says */
struct m *mget(struct rt *rt);  /* sched.lock held */
struct m *mgetSpecific(struct rt *rt, struct m *mp);
void incidlelocked(struct m *mp, int v);
/* Deadlock? The text to throw once sched.lock, held, is released; NULL if not. */
const char *checkdead(struct rt *rt);
void mexit(struct m *mp);

/* ---- p.c ------------------------------------------------------------------------------------------------------- */

void acquirep(struct m *mp, struct p *pp, enum rt_reason why);
void acquirep_told(struct m *mp, struct p *pp);            /* ProcStart was told already */
struct p *releasep(struct m *mp, enum rt_reason why);      /* procstop_told is due with the next sched.lock */
void procstop_told(struct m *mp, struct p *pp, bool glue); /* sched.lock held; glue: the next event goes with it */
void pidleput(struct m *mp, struct p *pp);                 /* sched.lock held; tells ProcStop */
struct p *pidleget(struct m *mp);                          /* sched.lock held; tells nothing */
struct p *pidlegetSpinning(struct m *mp);                  /* the same; nobody idle: needspinning */
struct p *pidleget_self(struct m *mp, enum rt_reason why, bool spinning); /* the same; tells ProcStart of mp */
struct p *newp(struct rt *rt, uint32_t id); /* NULL: out of memory */
bool procresize_init(struct rt *rt, unsigned procs);
struct p *procresize(struct m *mp, unsigned procs); /* world stopped, sched.lock held: Ps with work, by link */
void free_ps(struct rt *rt);
static inline struct p *allp(struct rt *rt, uint32_t i) { return rt->allp[i]; }
static inline bool p_is_idle(const struct p *pp) { return load_relaxed(&pp->status) == Pidle; }

/* ---- syscall.c ------------------------------------------------------------------------------------------------- */

void entersyscall(struct m *mp, enum rt_syscall call);
void entersyscallblock(struct m *mp, enum rt_syscall call);
bool exitsyscall(struct m *mp); /* false: without a P; the executor returns RT_EXIT_NO_P */
struct next_g exitsyscallNoP(struct m *mp, struct g *gp);
/* Pins the G in a system call whose P pp is: it cannot return from the call until resumeSyscall. */
bool setBlockOnExitSyscall(struct p *pp, struct g **gp);
/* The pinned G's P becomes idle, or stopped; the G is let go by the procstop_told that is now due. */
void takeP(struct p *pp, struct g *gp, uint32_t status, enum rt_reason why);
void resumeSyscall(struct g *gp);

/* ---- sysmon.c, stw.c, netpoll.c, stack.c, main.c --------------------------------------------------------------- */

void sysmon(struct m *mp);
void wakesysmon(struct m *mp); /* sched.lock held */
bool preemptone(struct m *mp, struct p *pp, int64_t ran);
void preemptall(struct m *mp);
struct gqueue netpoll(struct m *mp, int64_t delay); /* who waited for what is ready; delay as the world's; no P needed */
bool netpoll_and_inject(struct m *mp);
void free_poll(struct rt *rt);
void wakeNetPoller(struct m *mp, int64_t when);

rt_slot *stackalloc(struct m *mp, uint32_t slots); /* slots: STACK_MIN/8 << n; NULL: out of memory */
void stackfree(struct m *mp, rt_slot *stack, uint32_t slots);
void stacks_purge(struct m *mp, struct p *pp);
void free_stacks(struct rt *rt);

enum rt_exit runtime_main(struct m *mp, struct g *gp); /* goroutine 1 until main.main */

/* ---- onetoone.c: threads 1:1 ------------------------------------------------------------------------------------- */

static inline bool one_to_one(const struct rt *rt) { return rt->config.one_to_one; }
bool one_init(struct rt *rt);
void one_newproc(struct m *mp, struct g *newg);
void one_ready(struct m *mp, struct g *gp); /* its thread is woken, if it is parked */
void one_mstart(struct m *mp);              /* a thread's whole life */
void one_entersyscall(struct m *mp, enum rt_syscall call);
bool one_exitsyscall(struct m *mp);
bool one_stop_the_world(struct m *mp, enum rt_stw kind); /* worldsema is held */
void one_start_the_world(struct m *mp);
void one_wake_timers(struct m *mp); /* there is an earlier one */
void one_start_poller(struct m *mp); /* the thread that waits for descriptors, unless it is there */
bool one_polled(struct m *mp);       /* that thread is back from the world's poller; false: the run is over */

/* ---- time.c ---------------------------------------------------------------------------------------------------- */

int64_t timers_check(struct m *mp, struct p *pp, int64_t *now, bool *ran); /* runs due timers; next due or 0 */
int64_t timers_wakeTime(struct p *pp);
int64_t timeSleepUntil(struct rt *rt);
void timers_take(struct m *mp, struct timers *dst, struct timers *src);
void timer_maybeRunChan(struct m *mp, struct hchan *c);
void timer_block(struct m *mp, struct hchan *c);
void timer_unblock(struct m *mp, struct hchan *c);
void free_timers(struct p *pp);
/* rt_timer_reset and rt_timer_stop without giving way to others: with a lock held. */
bool timer_modify(struct m *mp, struct rt_timer *t, int64_t when, int64_t period);
bool timer_stop(struct m *mp, struct rt_timer *t);
/* threads 1:1: the thread sleeps itself; its timer is in no heap, and only told. */
void timer_sleep_begins(struct m *mp, struct g *gp);
void timer_sleep_ends(struct m *mp, struct g *gp, int64_t late);

/* ---- sema.c ---------------------------------------------------------------------------------------------------- */

uint64_t lock_id(const struct rt *rt, const void *obj); /* an event's number for a lock */
struct sema_root *semaroot(struct rt *rt, const void *addr, uint32_t *index);
/* semacquire1: RT_OK or RT_PARKED; on resume call it again with the same arguments. lifo: to the front of the queue. */
enum rt_status semacquire1(struct m *mp, _Atomic uint64_t *sema, bool lifo, enum rt_reason why, uint64_t obj);
enum rt_status semrelease1(struct m *mp, _Atomic uint64_t *sema, bool handoff); /* RT_OK or RT_YIELD */
/* Tells one event about a lock, in the order of its semaphore's root. */
void lock_event(struct m *mp, const void *sema, enum rt_event_kind kind, uint64_t a, uint64_t b, uint64_t c);

#endif
