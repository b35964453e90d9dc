/* event.h - the face that runtime/ turns to replay and view: what an event is, and the log that owns them.
 *
 * This folder is the only part of runtime/ that sim/replay and sim/view can include. A log owns its events, the bytes
 * they refer to (output, panic texts), and the dictionary that gives ids their names. Events as seen here are whole
 * ("unfolded"); how the runtime packs them in memory is its own matter.
 */
#ifndef GOSEE_RUNTIME_EVENT_H
#define GOSEE_RUNTIME_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The grammar of a run: in which order events tell one act. Every prefix of a log is a legal history; replay rejects
 * any other. "In hand" is a goroutine that is runnable but in no queue: it is in the hands of the M that wrote the event.
 *
 *   begin       RunBegin: Ps 0..procs-1 exist, idle, the highest taken first. MBegin (M0), ProcStart (P0, whatever the
 *               idle list's order), main by GoCreate with g 0, put. While main initializes, tied to M0, it creates the
 *               runtime's own goroutines: GoCreate with g 0 and RT_FN_RUNTIME in fn; these are system goroutines.
 *   go          GoCreate (newg in hand), put.
 *   put         RunnextPut; if it displaced one, that one is in hand: RunqPut, or RunqOverflow when the ring is full.
 *               Or RunqPut (tail) alone, or GlobPut.
 *   in hand     An M has at most one goroutine in hand: a second is not readied before the first is put. Head and tail
 *               of a ring are its running counters (they wrap at 2^32) before the act.
 *   wake a P    MWake or MStart: for_p, the top of the idle list, leaves it, claimed; then on the woken M: (MBegin,)
 *               ProcStart. With `spinning` (or how 1) the woken M spins from here on; no MSpin follows. MWake takes the
 *               top of the parked Ms.
 *   run         a get (RunnextGet, RunqGet, GlobGet, RunqSteal, RunnextSteal: one in hand, the batch's rest into p's ring),
 *               MSpinEnd with found 1 if m spins, GoStart. tick is the P's schedtick after it: one more than before, or
 *               with inherit the same.
 *   wait        [SelectCase for each channel,] GoBlock: g leaves m and p. Written with the lock of the thing waited for,
 *               so the order of GoBlock (or SelectCase) is the order of its queue (a lock's waiter with value 1: at the
 *               front). A select's GoBlock has obj 0. A sleeper: GoBlock with until, then TimerSet.
 *   served      ChanSend with `to` or ChanRecv with `from`, then GoUnblock (woken in hand, out of every queue it waited
 *               in), put. After a select SelectWin follows when it runs. A timer: TimerFire, GoUnblock with g 0, put.
 *   close       ChanClose, then GoUnblock and put for each waiter.
 *   give way    GoStop (in hand), GlobPut (Gosched, preempted), RunqPut (goyield) or RunnextPut (stop the world).
 *   end         GoDestroy: g is gone, m and p are free for the next. (main's return is RunEnd alone.)
 *   system call GoSyscallBegin, [Write or Read,] GoSyscallEnd. If the P is taken meanwhile: ProcSteal (by the thief; p in
 *               the header is the P, now idle and on top), then MWake or MStart with for_p, or nothing; on return
 *               ProcStart (g stays in its system call until the next event), GoSyscallEnd if a P was found, else
 *               GoSyscallEndBlocked (in hand), GlobPut, MPark. A P given up before the call: GoSyscallBegin, ProcStop.
 *   idle        MSpin, MSpinEnd as they happen (an M woken or started with spinning 1 spins from then on); ProcStop (p on
 *               top of the idle list), MPark (m on top of the parked Ms). Who finds work after all, or wakes in the
 *               poller, takes the top idle P by ProcStart alone.
 *   hand off    ProcStop (Handoff) or ProcSteal with MWake or MStart (for_p: this P) as the very next event, or nothing.
 *               Also within a call, before it blocks or for a stop of the world: GoSyscallBegin, ProcStop.
 *   called off  a park that did not come about: GoBlock, GoUnblock (woken by itself), GoStart with FromSelf.
 *   poller      MPark with reason TimerThread: m waits in the poller, at most until the next timer, and is not among the
 *               parked. It ends by itself (m's next event is ProcStart, or MPark if no P is idle), or by MWake with
 *               for_p -1 (netpollBreak).
 *   descriptor  NetBlock, GoBlock with IOWait: g waits at the poller. An M that looked there (findRunnable, the M that waits
 *               in it, sysmon): NetReady for each that it found, then, with or without a P, GoUnblock with g 0 and put for
 *               each; one of them may stay in hand and start at once (GoStart with FromPoller). A deadline or a close wakes
 *               who waits as any other goroutine would.
 *   tied        A goroutine locked to another M: the get by m, (MSpinEnd,) then ProcStop with reason LockedG (p is claimed
 *               by the M it is tied to, not idle), MWake with LockedG of that M with for_p p (the goroutine goes along,
 *               into its hand), MPark; on the woken ProcStart, GoStart. An M whose goroutine waits: GoBlock, hand off,
 *               MPark with LockedG, apart from the parked.
 *   stop        STWBegin; each running M gives way (GoStop, RunnextPut) and its P stops (ProcStop, MPark); each P in a call:
 *               ProcSteal. QueueDrain for each P that goes away; ProcsChange, always: the Ps without an M are idle again,
 *               the highest taken first, those with work left out: for them MWake (StartTheWorld: any parked M) or MStart.
 *               STWEnd. GOMAXPROCS that takes the caller's own P: GoStop, ProcStop before ProcsChange, then ProcStart of P0,
 *               GoStart.
 *   1:1         An OS thread a goroutine (rt_log_info.one_to_one): RunBegin with procs 0, and no P is ever named. MBegin
 *               (M0), GoCreate of main (g 0), GoStart. go: GoCreate, MStart with OwnThread (newg goes along, into newm's
 *               hand; it is newm's for life); on the new M MBegin, GoStart. wait: GoBlock, (MPark with OwnThread); woken:
 *               GoUnblock (woken into its own M's hand at once), MWake with OwnThread if that M is parked (for_p -1), and
 *               on it GoStart. A sleeper: GoBlock, TimerSet, MPark with Napped, which ends by itself: TimerFire, GoUnblock
 *               with g 0, GoStart. give way: GoStop (in its M's hand), GoStart. end: GoDestroy, MExit. Timers are fired by
 *               a thread of their own: MStart with TimerThread, MPark with Napped; descriptors are waited
 *               for by another: MStart with FromPoller, MPark with Napped. stop: STWBegin, GoStop of who runs, STWEnd.
 *   objects     ChanMake's ch and the obj of locks and the like share one space of numbers: channels count from 1, locks
 *               have RT_OBJ_LOCK set. The runtime's own channels are told by no event; who waits on one has obj 0.
 *   cores       CoreTake and CoreLeave with m the thread that gains or loses the core; stepped world only.
 *   foreign     A trace of a real Go program (rt_log_info.foreign) tells of no queue, channel or parked thread. Threads
 *               begin unasked (MBegin); GoStatus tells of goroutines that were there before, with the thread that they are on;
 *               who is ready is in a queue that is not named, and GoStart takes it from there.
 *   final       RunEnd is the last event of every log. Goroutines stay where they were.
 */
enum rt_event_kind {
#define EVENT(name, cat, decision, a, b, c, doc) RT_EV_##name,
#include "events.def"
#undef EVENT
    RT_EV_COUNT
};

enum rt_event_cat {
    RT_CAT_RUN, RT_CAT_PROC, RT_CAT_GO, RT_CAT_QUEUE, RT_CAT_THREAD, RT_CAT_TIME, RT_CAT_CHAN, RT_CAT_SYNC,
    RT_CAT_MEM, RT_CAT_IO
};

enum rt_reason {
#define REASON(name, text) RT_WHY_##name,
#include "reasons.def"
#undef REASON
    RT_WHY_COUNT
};

/* How a run ended (RunEnd's second argument). */
enum rt_end {
    RT_END_MAIN,    /* main returned */
    RT_END_EXIT,    /* os.Exit */
    RT_END_PANIC,   /* unrecovered panic */
    RT_END_FATAL,   /* fatal error: deadlock, stack overflow, concurrent map writes, ... */
    RT_END_LIMIT,   /* a limit was reached; status 3 */
    RT_END_STOPPED, /* stopped from outside */
    RT_END_RACE,    /* --race found one; status 66 */
    RT_END_TRACE    /* a trace of a real Go program ends here; what the program did then is not known */
};

/* Places where findRunnable looks, in its order; the bits of a trail. */
enum rt_look {
    RT_LOOK_TIMERS = 1u << 0,
    RT_LOOK_GLOBAL_TICK = 1u << 1, /* the global queue, because of the 61st tick */
    RT_LOOK_LOCAL = 1u << 2,
    RT_LOOK_GLOBAL = 1u << 3,
    RT_LOOK_NETPOLL = 1u << 4,
    RT_LOOK_STEAL = 1u << 5,   /* the other Ps; bits 16.. of the trail count the Ps visited in vain */
    RT_LOOK_GLOBAL_AGAIN = 1u << 6,
    RT_LOOK_ALL_AGAIN = 1u << 7 /* the rings again, after the P was given back */
};
#define RT_TRAIL_VISITED_SHIFT 16

/* Where a goroutine was when a trace of a real Go program began (GoStatus). */
enum rt_go_status {
    RT_GO_READY,
    RT_GO_WAITING,
    RT_GO_RUNNING,     /* on m and its P */
    RT_GO_IN_CALL,     /* on m, with the P that it holds or without one */
    RT_GO_BEGINS_WAITING /* not there before: g makes it, and it waits (a coroutine) */
};

enum rt_syscall { RT_SYS_NONE, RT_SYS_WRITE, RT_SYS_READ, RT_SYS_NANOSLEEP, RT_SYS_OPEN, RT_SYS_OTHER };
enum rt_stw { RT_STW_GOMAXPROCS, RT_STW_GC, RT_STW_OTHER };

/* How to read an event's `value`. Text: offset << 24 | length in the log's bytes (length at most 64 kept). */
enum rt_value_kind {
    RT_VAL_NONE, /* no value: struct{} */
    RT_VAL_BOOL, RT_VAL_INT, RT_VAL_UINT, RT_VAL_FLOAT, RT_VAL_TEXT,
    RT_VAL_OTHER /* a pointer, a struct, ...: shown by its type */
};

#define RT_OBJ_LOCK (UINT64_C(1) << 62) /* in the number of a lock or the like; the rest is its place in memory */

/* fn of the runtime's own goroutines: not in the log's dictionary, named here ("runtime.bgsweep"). */
#define RT_FN_RUNTIME (UINT64_C(1) << 63)
enum rt_runtime_fn {
    RT_FN_FORCEGC, RT_FN_BGSWEEP, RT_FN_BGSCAVENGE, RT_FN_UPDATEMAXPROCS, RT_FN_RUNFINQ, RT_FN_RUNTIME_COUNT
};
const char *rt_runtime_fn_name(uint64_t fn); /* "?" for others */

/* A source position: file index in the high 8 bits (0: the program's first file), line in the low 24. 0 is "none";
 * of a stack it is the innermost frame in the program's own files. */
typedef uint32_t rt_pos;
#define RT_POS(file, line) (((rt_pos)(file) << 24) | ((rt_pos)(line) & 0xffffffu))
#define RT_POS_LINE(pos) ((unsigned)((pos) & 0xffffffu))
#define RT_POS_FILE(pos) ((unsigned)((pos) >> 24))

struct rt_event {
    int64_t time;   /* ns since the run began; never goes back in a log */
    uint16_t kind;  /* enum rt_event_kind */
    uint16_t why;   /* enum rt_reason */
    int32_t m;      /* -1: no thread (before the first) */
    int32_t p;      /* -1: no P held */
    uint32_t g;     /* goid; 0: no goroutine */
    rt_pos pos;
    uint64_t a, b, c; /* as events.def names them */
};

const char *rt_event_name(unsigned kind);       /* "GoCreate"; "?" out of range */
const char *rt_event_arg(unsigned kind, int i); /* name of argument 0..2, "" if it has none */
enum rt_event_cat rt_event_category(unsigned kind);
bool rt_event_is_decision(unsigned kind);
const char *rt_reason_name(unsigned why); /* "FromRunnext" */
const char *rt_reason_text(unsigned why); /* "runnext" */

/* ---- the log ------------------------------------------------------------------------------------------------ */

/* One thread appends (the merger, or a file's reader); any number read what rt_log_count has said is there. */
struct rt_log;

/* What a run was, for who reads its log. Strings are owned by the log. */
struct rt_log_info {
    const char *world;  /* "stepped", "live" */
    const char *choice; /* "seed", "probe", "decisions" */
    uint64_t number;    /* the seed's or the probe's */
    unsigned procs, cores;
    bool one_to_one;       /* threads 1:1 */
    bool foreign;          /* a trace of a real Go program */
    uint64_t thread_stack; /* 1:1: bytes that the kernel reserves for each thread's stack */
};

struct rt_log_file {
    const char *name; /* base name */
    const char *text;
    size_t length;
};

struct rt_log_func {
    const char *name; /* Go's: main.worker, main.main.func1 */
    rt_pos pos;       /* of its func keyword */
};

struct rt_log *rt_log_new(void); /* NULL: out of memory */
void rt_log_free(struct rt_log *log);

/* Appends; false when memory or the set limit of events is exhausted, then the event counts as lost. */
bool rt_log_append(struct rt_log *log, const struct rt_event *ev);
/* How many bytes of events stay in memory (256 MB unless told); older ones go into a file without a name. Where none can
 * be written all stay. For who appends. */
void rt_log_set_memory(struct rt_log *log, size_t bytes);
/* Keeps bytes and returns their offset; (uint64_t)-1 on failure. */
uint64_t rt_log_bytes_add(struct rt_log *log, const void *bytes, size_t length);

uint64_t rt_log_count(const struct rt_log *log); /* acquire: events below it are whole */
bool rt_log_get(const struct rt_log *log, uint64_t n, struct rt_event *out);
/* Copies up to max events from n on; returns how many. */
size_t rt_log_read(const struct rt_log *log, uint64_t n, struct rt_event *out, size_t max);
/* NULL if the range is not in the log. Not terminated. */
const char *rt_log_bytes(const struct rt_log *log, uint64_t offset, size_t length);
bool rt_log_ended(const struct rt_log *log); /* the last event is RunEnd and no more will come */
uint64_t rt_log_lost(const struct rt_log *log);
void rt_log_add_lost(struct rt_log *log, uint64_t n); /* for who reads a log back from a file */
/* Bytes kept, the gaps between texts included: texts added in the same sizes get the same offsets. */
uint64_t rt_log_bytes_used(const struct rt_log *log);

/* The dictionary. Set before the first event is read; strings may be added while the run goes on. */
bool rt_log_set_info(struct rt_log *log, const struct rt_log_info *info);
const struct rt_log_info *rt_log_get_info(const struct rt_log *log);
bool rt_log_add_file(struct rt_log *log, const char *name, const char *text, size_t length);
const struct rt_log_file *rt_log_file(const struct rt_log *log, unsigned index); /* NULL past the last */
bool rt_log_add_func(struct rt_log *log, const char *name, rt_pos pos);             /* ids count from 0 */
const struct rt_log_func *rt_log_func(const struct rt_log *log, uint64_t id);       /* NULL if unknown */
uint32_t rt_log_add_string(struct rt_log *log, const char *text);                   /* id, from 1; 0 on failure */
const char *rt_log_string(const struct rt_log *log, uint64_t id);                   /* "" if unknown */
uint64_t rt_log_strings(const struct rt_log *log);                                  /* how many */

#endif
