/* rt.h - the face of runtime/ for the VM and for sim/run: a run's life, and what an executor may ask of the scheduler.
 *
 * Names are Go's where Go has the thing. Every call names the calling M (mp); there is no global state, so any number
 * of runs live side by side. The executor (sim/vm) is plugged in as a table of functions: the scheduler calls run()
 * to let a goroutine execute, and run() returns when it must come back to the scheduler loop.
 *
 * Park protocol: an operation that must wait queues the waiter and returns RT_PARKED *with its lock held*; the
 * executor returns RT_EXIT_PARK from run(), and the scheduler loop marks the G waiting and only then unlocks. When the
 * G runs again the executor executes the same instruction once more, and calls the same operation with the G's
 * `resume` set; the operation then completes (or parks again) and clears it. So an operation is a resumable
 * instruction, and no C frame survives a park.
 */
#ifndef GOSEE_RUNTIME_RT_H
#define GOSEE_RUNTIME_RT_H

#include "event.h"
#include "world.h"

typedef uint64_t rt_slot; /* a Go value's word */

struct rt; /* one run */
struct g;  /* runtime2.h: a goroutine */
struct m;  /* a thread */
struct p;  /* a processor */
struct hchan;

/* What an operation says to the executor. */
enum rt_status {
    RT_OK,
    RT_PARKED, /* return RT_EXIT_PARK from run(); execute the instruction again when resumed */
    RT_YIELD,  /* return RT_EXIT_YIELD from run(); the instruction is complete */
    RT_PANIC,  /* raise the Go panic mp->panic (enum rt_panic) */
    RT_FATAL,  /* a fatal error was begun with rt_throw: return RT_EXIT_END */
    RT_NO_P,   /* (exitsyscall) no P: return RT_EXIT_NO_P from run(); the instruction is complete */
    RT_AGAIN   /* return RT_EXIT_PREEMPTED from run(); execute the instruction again when it runs again */
};

/* Why the executor came back to the scheduler loop. */
enum rt_exit {
    RT_EXIT_PARK,      /* an operation returned RT_PARKED */
    RT_EXIT_YIELD,     /* an operation returned RT_YIELD (Gosched, goyield) */
    RT_EXIT_PREEMPTED, /* g->preempt was seen at a safe point */
    RT_EXIT_NO_P,      /* back from a system call without a P */
    RT_EXIT_DEAD,      /* the goroutine's function returned, or Goexit ran its defers */
    RT_EXIT_END        /* the run is over: main returned, os.Exit, panic, fatal error (rt_exit was called) */
};

/* Panics that runtime operations raise; texts are Go's. PANIC(NAME, "text"). */
enum rt_panic {
#define PANIC(name, text) RT_PANIC_##name,
#include "panics.def"
#undef PANIC
    RT_PANIC_COUNT
};
const char *rt_panic_text(enum rt_panic p);

/* What an act says about order, for a race detector: who takes up at an object what others have let go of there comes
 * after all they did before. */
enum rt_order {
    RT_ORDER_ACQUIRE,  /* takes up what was let go of */
    RT_ORDER_RELEASE,  /* lets go, in place of what was there */
    RT_ORDER_MERGE,    /* lets go, and what was there stays */
    RT_ORDER_EXCHANGE, /* takes up what was there and lets go in its place */
    RT_ORDER_READ,     /* no order, but an access that may be raced for */
    RT_ORDER_WRITE
};

/* The executor. ctx is its own. All functions are called on an M of the run. */
struct rt_exec_ops {
    size_t g_size; /* bytes of the executor's G, whose first member is struct g; at least sizeof(struct g) */
    /* Runs gp, which is running on mp with a P, until it must come back. */
    enum rt_exit (*run)(void *ctx, struct m *mp, struct g *gp);
    /* gp has ended or is reused: drop what belongs to the executor (not the stack). */
    void (*g_clear)(void *ctx, struct g *gp);
    /* Called once on the first M with the main goroutine, before it is runnable: set it up to run the program. */
    bool (*main_init)(void *ctx, struct m *mp, struct g *gp);
    /* A fatal error (deadlock, thread exhaustion, ...) ends the run: write "fatal error: TEXT" and Go's goroutine
     * traces to fd 2 by rt_raw_write. all: every goroutine, else gp only (NULL: none). The world is stopped or gp
     * runs on mp. */
    void (*print_fatal)(void *ctx, struct m *mp, struct g *gp, const char *text, bool all);
    /* The stack of gp moved from old to new, by copying; fix up whatever the executor keeps of it. May be NULL. */
    void (*stack_moved)(void *ctx, struct g *gp, rt_slot *from, rt_slot *to);
    /* What an event shows of a channel's element of this kind (enum rt_value_kind): its `value`. May be NULL: the first
     * word, if that is a scalar. Called with the channel locked: only rt_emit_bytes may be called from it. */
    uint64_t (*show)(void *ctx, struct m *mp, enum rt_value_kind kind, const rt_slot *elem);
    /* With config.race: gp, which runs on mp or is parked with the object locked by mp, does this at an object. */
    void (*order)(void *ctx, struct m *mp, struct g *gp, enum rt_order how, const void *at);
    /* The position to show for gp now (innermost frame in the program's own files). gp is running on mp, or parked. */
    rt_pos (*position)(void *ctx, struct g *gp);
};

struct rt_limits { /* 0: Go's own or none */
    uint64_t goroutines, time_ns, output, events, stack;
};

struct rt_config {
    struct rt_world *world;
    const struct rt_exec_ops *exec;
    void *exec_ctx;
    unsigned procs; /* GOMAXPROCS, 1..1024 */
    unsigned cpus;  /* CPUs the Ms share: a mutex spins only with more than one; 0: more than one */
    bool one_to_one;
    bool race;           /* the executor looks for data races, and is told by `order` what orders what */
    bool search;         /* the world is told which objects operations share (world.h); stepped only */
    bool trace_vars;     /* the same without the detector; stepped only */
    struct rt_log *log;  /* where events go; NULL: nobody listens, none are written */
    struct rt_limits limits;
    uintptr_t mem_base;  /* locks and the like are named in events by their address less this */
    unsigned first_goid; /* goid of the first goroutine the program starts; 0: Go's own, see sched.c */
};

/* ---- a run's life; called from outside the run --------------------------------------------------------------- */

struct rt *rt_new(const struct rt_config *config); /* NULL: out of memory */
/* Starts the run: schedinit, the first M, main's goroutine. Live: threads run from here on. 0 or an errno value. */
int rt_start(struct rt *rt);
/* Live: waits until the run is over and all its threads have ended. Stepped: see stepped.h, which pumps. */
void rt_wait(struct rt *rt);
/* Live: moves what the Ms have written into config.log, in a legal order; how many events. Called by one thread now and
 * then while the run goes on; rt_wait does it a last time, and then the log ends with RunEnd. Stepped: nothing to do. */
size_t rt_drain(struct rt *rt);
/* What comes next shows outside. For the search; else nothing. */
void rt_shares_output(struct m *mp);
/* What comes next ends the run: others may go on before it, for they will not afterwards. */
void rt_shares_end(struct m *mp);
/* Asks the run to end (Ctrl+C, Stop, Quit, a limit); from any thread. */
void rt_stop(struct rt *rt, enum rt_end how, int status);
/* The same for a limit of the world or of whoever watches, "time=60s": RT_END_LIMIT, status 3, and the text is kept. */
void rt_stop_limit(struct rt *rt, const char *text);
/* A limit was reached: the run ends with status 3. mp: the calling M, NULL from outside the run. */
void rt_end_limit(struct rt *rt, struct m *mp, const char *key, uint64_t value);
bool rt_ended(const struct rt *rt);
int rt_exit_status(const struct rt *rt);
enum rt_end rt_end_how(const struct rt *rt);
const char *rt_limit_reached(const struct rt *rt); /* "goroutines=100000", or NULL */
void rt_free(struct rt *rt);

/* ---- what the executor may ask; on mp, whose current goroutine is gp ----------------------------------------- */

/* go statement, first half: a dead G, reused or new, with at least `slots` of stack, in no queue. fn and pos are for
 * the events and tracebacks. NULL: out of memory or the limit (rt_throw or rt_stop was called: return RT_EXIT_END). */
struct g *rt_newproc1(struct m *mp, uint64_t fn, rt_pos pos, uint32_t slots);
/* Second half, after the executor wrote the arguments into the stack: runnable, into runnext, wakep. */
void rt_newproc(struct m *mp, struct g *newg);

enum rt_status rt_gosched(struct m *mp);
enum rt_status rt_sleep(struct m *mp, int64_t ns); /* time.Sleep */
enum rt_status rt_park_forever(struct m *mp, enum rt_reason why);
/* main returned or os.Exit: the executor then returns RT_EXIT_END. */
void rt_exit(struct m *mp, enum rt_end how, int status);
/* A fatal error of the program or the runtime (Go's throw and fatal): prints by print_fatal, ends with status 2. */
void rt_throw(struct m *mp, struct g *gp, const char *text, bool all);
/* The same; what the runtime prints before it ("runtime: ...", with its newlines; NULL: nothing) comes first. */
void rt_throw_after(struct m *mp, struct g *gp, const char *before, const char *text, bool all);
/* Text already printed by the executor (a panic's): ends the run with status 2. */
void rt_dopanic(struct m *mp);
/* Grows gp's stack to at least `slots` by copying. RT_OK, or RT_FATAL (stack overflow was reported). */
enum rt_status rt_morestack(struct m *mp, struct g *gp, uint32_t slots);
/* The world is stopped by mp: halves gp's stack if less than a quarter of it, `used` slots from its base, is in use (Go:
 * shrinkstack). Not below the least stack; not of a G in a system call or on its way out of one, whose thread may be at
 * its frame; not 1:1, where threads run on while they are in the kernel. */
void rt_shrinkstack(struct m *mp, struct g *gp, uint32_t used);
/* GOMAXPROCS(n): old value; n < 1 only asks. 0: as when rt_stop_the_world is false. */
unsigned rt_gomaxprocs(struct m *mp, int n);
unsigned rt_numgoroutine(struct rt *rt);
unsigned rt_numcpu(const struct rt *rt); /* of the machine, as far as the run may use it */
void rt_lock_os_thread(struct m *mp, bool lock);
int64_t rt_nanotime(struct m *mp);
uint64_t rt_choose(struct m *mp, enum rt_choice kind, uint64_t n);

/* System calls: the bytes leave at the event. RT_OK (result in *n, negative errno on failure), RT_NO_P, RT_FATAL. */
enum rt_status rt_write(struct m *mp, int fd, const void *buf, size_t len, int64_t *n);
enum rt_status rt_read(struct m *mp, int fd, void *buf, size_t len, bool nowait, int64_t *n); /* nowait: -EAGAIN */
enum rt_status rt_nanosleep(struct m *mp, int64_t ns); /* syscall.Nanosleep: blocks the thread */
enum rt_status rt_file(struct m *mp, struct rt_file_call *c, int64_t *n);

/* The poller (netpoll.c): goroutines wait for a descriptor without a thread. id names what rt_poll_open made, from 1; 0 is
 * none. Errors are Go's poll errors. One reader and one writer wait at a time: rt_fdmutex sees to it. */
enum rt_poll_error { RT_POLL_OK, RT_POLL_CLOSING, RT_POLL_TIMEOUT, RT_POLL_NOT_POLLABLE };
int rt_poll_open(struct m *mp, int fd, uint32_t *id); /* 0 or an errno value */
void rt_poll_close(struct m *mp, uint32_t id);        /* nobody waits any more */
enum rt_poll_error rt_poll_reset(struct m *mp, uint32_t id, bool write); /* before a call that may find it not ready */
enum rt_status rt_poll_wait(struct m *mp, uint32_t id, bool write, enum rt_poll_error *error);
void rt_poll_unblock(struct m *mp, uint32_t id); /* the file is being closed: whoever waits gives up */
/* when: on the run's clock; 0: no deadline. */
void rt_poll_set_deadline(struct m *mp, uint32_t id, int64_t when, bool read, bool write);
/* Writes without a system call's scheduling: panics and fatal errors. */
void rt_raw_write(struct m *mp, int fd, const void *buf, size_t len);

/* Signals (signal.c). rt_signal: the run got one; from any thread (mp NULL) or by its own M. false: nobody takes it, and
 * the run ends (RT_END_STOPPED, status 128 + sig). */
enum rt_signal_use { RT_SIGNAL_DEFAULT, RT_SIGNAL_NOTIFY, RT_SIGNAL_IGNORE };
bool rt_signal(struct rt *rt, struct m *mp, int sig);
int rt_killed_by(const struct rt *rt); /* the signal that ended the run; 0: none did */
void rt_signal_want(struct m *mp, int sig, enum rt_signal_use use);
bool rt_signal_ignored(struct m *mp, int sig);
enum rt_status rt_signal_recv(struct m *mp, int *sig); /* the next; one goroutine at a time */

/* Channels. Memory is the executor's (a collected object of rt_chan_size bytes, zeroed, 8-aligned). An element is
 * `slots` words; `at` is the offset in slots, from the base of gp's stack, of the element to send or of where the
 * received one goes (followed, if ok_at >= 0, by the comma-ok word at ok_at). ch NULL is Go's nil channel. */
#define RT_CHAN_DISCARD UINT32_MAX /* `at` of a receive whose value is dropped */
size_t rt_chan_size(uint32_t slots, uint64_t cap); /* 0: too large */
void rt_chan_init(struct m *mp, struct hchan *ch, uint32_t slots, uint64_t cap, enum rt_value_kind kind,
                  uint32_t name_id, uint32_t type_id); /* name and type: string ids for ObjName, 0 if unknown */
enum rt_status rt_chansend(struct m *mp, struct hchan *ch, uint32_t at);
enum rt_status rt_chanrecv(struct m *mp, struct hchan *ch, uint32_t at, int32_t ok_at);
enum rt_status rt_chanclose(struct m *mp, struct hchan *ch);
/* A send that never blocks, from a timer's function: false if nobody waits and the buffer is full (or ch is closed). */
bool rt_chan_trysend(struct m *mp, struct hchan *ch, const rt_slot *elem);
uint64_t rt_chan_len(struct hchan *ch);
uint64_t rt_chan_cap(struct hchan *ch);
uint64_t rt_chan_id(const struct hchan *ch);

struct rt_scase {
    struct hchan *ch; /* NULL: never ready */
    uint32_t at;      /* slot offset, as above */
    int32_t ok_at;    /* receive: comma-ok slot or -1 */
    bool send;
};
#define RT_MAX_SCASES 65535
/* *chosen: the case, or -1 for default. On resume the same cases must be passed again. RT_PANIC: send on closed. */
enum rt_status rt_selectgo(struct m *mp, struct rt_scase *cases, uint32_t n, bool block, int32_t *chosen);

/* Locks. The objects are words in Go memory (sync's structs); all state is in them and in the semaphore table. */
struct rt_sync_mutex { _Atomic uint64_t state; _Atomic uint64_t sema; };
/* The mutex's word, for an executor that takes and leaves it itself while nobody listens to events: bit 0 locked, 1 a
 * waiter is awake, 2 starving, then the number of waiters (sync_mutex.c). */
#define RT_MUTEX_LOCKED UINT64_C(1)
#define RT_MUTEX_WOKEN UINT64_C(2)
#define RT_MUTEX_STARVING UINT64_C(4)
static inline bool rt_mutex_is_free(uint64_t state) { return !(state & (RT_MUTEX_LOCKED | RT_MUTEX_STARVING)); }
/* Locked, and who unlocks it has nobody to wake. */
static inline bool rt_mutex_wakes_none(uint64_t state) {
    if ((state & (RT_MUTEX_LOCKED | RT_MUTEX_STARVING)) != RT_MUTEX_LOCKED) return false;
    return state >> 3 == 0 || (state & RT_MUTEX_WOKEN);
}
struct rt_sync_waitgroup { _Atomic uint64_t state; _Atomic uint64_t sema; };
struct rt_sync_rwmutex { struct rt_sync_mutex w; _Atomic uint64_t writer_sem, reader_sem, reader_count, reader_wait; };
struct rt_sync_cond { _Atomic uint64_t wait, notify, lock, head; }; /* notifyList */
enum rt_status rt_mutex_lock(struct m *mp, struct rt_sync_mutex *mu);
enum rt_status rt_mutex_unlock(struct m *mp, struct rt_sync_mutex *mu); /* RT_YIELD when it hands over */
bool rt_mutex_trylock(struct m *mp, struct rt_sync_mutex *mu);
enum rt_status rt_rwmutex_rlock(struct m *mp, struct rt_sync_rwmutex *rw);
enum rt_status rt_rwmutex_runlock(struct m *mp, struct rt_sync_rwmutex *rw);
enum rt_status rt_rwmutex_lock(struct m *mp, struct rt_sync_rwmutex *rw);
enum rt_status rt_rwmutex_unlock(struct m *mp, struct rt_sync_rwmutex *rw);
bool rt_rwmutex_tryrlock(struct m *mp, struct rt_sync_rwmutex *rw);
bool rt_rwmutex_trylock(struct m *mp, struct rt_sync_rwmutex *rw);
enum rt_status rt_waitgroup_add(struct m *mp, struct rt_sync_waitgroup *wg, int64_t delta);
enum rt_status rt_waitgroup_wait(struct m *mp, struct rt_sync_waitgroup *wg);
/* Cond.Wait without the locker: add before unlocking, wait after; the ticket is kept by the caller. */
uint64_t rt_notifylist_add(struct m *mp, struct rt_sync_cond *c);
enum rt_status rt_notifylist_wait(struct m *mp, struct rt_sync_cond *c, uint64_t ticket);
void rt_notifylist_notify(struct m *mp, struct rt_sync_cond *c, bool all);
/* A file's (fdmutex.c): one goroutine reads and one writes it at a time, and it is closed once nobody uses it. */
struct rt_fdmutex { _Atomic uint64_t state; _Atomic uint64_t rsema, wsema; };
bool rt_fdmutex_incref(struct m *mp, struct rt_fdmutex *mu); /* false: closed */
bool rt_fdmutex_decref(struct m *mp, struct rt_fdmutex *mu); /* true: it is closed and this was its last user */
bool rt_fdmutex_close(struct m *mp, struct rt_fdmutex *mu);  /* increfs; false: closed before */
enum rt_status rt_fdmutex_lock(struct m *mp, struct rt_fdmutex *mu, bool write, bool *closed);
bool rt_fdmutex_unlock(struct m *mp, struct rt_fdmutex *mu, bool write); /* as decref */
enum rt_status rt_semacquire(struct m *mp, _Atomic uint64_t *sema, enum rt_reason why);
void rt_semrelease(struct m *mp, _Atomic uint64_t *sema);

/* Timers of time.AfterFunc, NewTimer, Ticker (time.c). f runs on the M that fires it, with the P, and must not block; seq is
 * the timer's at that moment, delay how late it fires. The memory is the executor's; while in_heap(t) the runtime
 * points to it. */
struct rt_timer {
    int64_t when, period; /* when: 0 if not pending */
    void (*f)(struct m *mp, void *arg, uint64_t seq, int64_t delay);
    void *arg;
    uint64_t seq, id;
    struct hchan *ch;   /* a channel timer's channel, NULL else */
    struct timers *ts;  /* whose heap holds it; NULL if none; the rest is the runtime's own */
    struct rt_mutex mu, send_mu;
    _Atomic uint32_t astate;
    uint32_t state, blocked, trace_seq;
    bool told; /* a TimerSet stands in the log */
    _Atomic int32_t sending;
};
/* ch: f sends on it (rt_chan_trysend), and the rules of channel timers since Go 1.23 hold: len and cap are 0, no stale
 * value after Stop and Reset, in a heap only while somebody waits. NULL for AfterFunc's. */
void rt_timer_init(struct m *mp, struct rt_timer *t, struct hchan *ch);
bool rt_timer_reset(struct m *mp, struct rt_timer *t, int64_t when, int64_t period); /* true if it was pending */
bool rt_timer_stop(struct m *mp, struct rt_timer *t);                                /* true if it was pending */
/* Calls each(ctx, t) for every timer in a heap. World stopped. */
void rt_timers_each(struct rt *rt, void (*each)(void *ctx, struct rt_timer *t), void *ctx);

/* Stop the world, for collections. Returns with every other P stopped and the caller's held. */
/* false: somebody else stops it just now (or the run is over): return RT_EXIT_PREEMPTED and try again when resumed. */
bool rt_stop_the_world(struct m *mp, enum rt_stw kind);
void rt_start_the_world(struct m *mp);
/* All Gs ever made, dead ones included, for scanning and tracebacks. World stopped, or the caller bears the race. */
size_t rt_allglen(const struct rt *rt);
struct g *rt_allg(const struct rt *rt, size_t i);

/* Events from the executor. No-op without a log. */
void rt_emit(struct m *mp, enum rt_event_kind kind, enum rt_reason why, uint64_t a, uint64_t b, uint64_t c);
uint64_t rt_emit_bytes(struct m *mp, const void *bytes, size_t n); /* offset for an argument; 0 without a log */
bool rt_listening(const struct m *mp);

#endif
