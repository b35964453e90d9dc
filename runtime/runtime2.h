/* runtime2.h - G, M, P and the scheduler's own state, under Go's names (runtime2.go).
 *
 * A run (struct rt) owns all of them. The executor may read the fields marked X; all else belongs to runtime/.
 */
#ifndef GOSEE_RUNTIME_RUNTIME2_H
#define GOSEE_RUNTIME_RUNTIME2_H

#include "lock.h"
#include "rt.h"
#include "rt_constants.h"

enum { /* g.atomicstatus; Go's numbers */
       Gidle = 0,
       Grunnable = 1,
       Grunning = 2,
       Gsyscall = 3,
       Gwaiting = 4,
       Gdead = 6,
       Gcopystack = 8,
       Gpreempted = 9,
       Gscan = 0x1000
};

enum { /* p.status; Go's numbers. There is no syscall status since 1.26: the G's tells. */
       Pidle = 0,
       Prunning = 1,
       Pgcstop = 3,
       Pdead = 4
};

struct sudog;

/* One of the runtime's own goroutines does a step of its life; like rt_exec_ops.run. */
typedef enum rt_exit (*sysg_fn)(struct m *mp, struct g *gp);

struct g {
    rt_slot *stack;       /* X: base; moves by copying (rt_morestack) */
    uint32_t stack_slots; /* X */
    uint32_t resume;      /* X: the operation's own; not 0: the instruction is executed again after a park */
    _Atomic bool preempt; /* X: come back at the next safe point */
    bool system;          /* X: one of the runtime's own: not in traces, NumGoroutine, deadlock checks */
    _Atomic uint32_t atomicstatus;
    uint64_t goid;                /* X */
    struct m *m;                  /* X: the M it runs on */
    struct g *schedlink;          /* next in the global queue, a free list or a list of those to be readied */
    uint64_t fn;                  /* X: function id it was started with */
    rt_pos gopc;                  /* X: position of the go statement */
    uint64_t parentgoid;          /* X: who started it */
    enum rt_reason waitreason;    /* X */
    int64_t waitsince;            /* X: ns; when a collection first found it waiting; 0: not yet */
    uint64_t param[4];            /* the operation's own, across a park */
    struct sudog *waiting;        /* sudogs it waits on, in lock order */
    _Atomic uint32_t select_done; /* a select's race to wake it: 1 once won */
    struct m *lockedm;            /* X: the M it is tied to */
    struct m *thread;             /* threads 1:1: the M it has for life */
    uint32_t trace_seq;           /* GoBlock and GoUnblock so far; passes with ownership */
    uint32_t runnext_put;         /* number of the put that placed it in a runnext */
    struct rt_timer *timer;       /* time.Sleep's */
    uint64_t wait_obj;            /* what GoBlock named; GoUnblock names it again */
    int64_t wait_value, wait_until;
    sysg_fn sysrun; /* system: its code; the executor never sees such a G */
};

/* A G in a wait list: many to many, since a select waits on several channels. Owned by the G while it waits. */
struct sudog {
    struct g *g;
    struct sudog *next, *prev;           /* wait queue of a channel or semaphore root */
    struct sudog *waitlink;              /* g.waiting; semaphore: next waiter of the same address */
    struct sudog *waittail;              /* semaphore: last one, valid in the first */
    struct sudog *parent, *left, *right; /* semaphore: tree of addresses, valid in the first of each */
    struct hchan *c;
    uint32_t at;     /* slot in g's stack of the element */
    int32_t ok_at;   /* slot of the comma-ok word, -1 none */
    uint32_t ticket; /* semaphore: heap priority in the tree, then 1 if the count was handed over; notifyList: ticket */
    uint32_t index;  /* case of a select */
    bool is_select, success;
    _Atomic uint64_t *sema;
};

struct waitq {
    struct sudog *first, *last;
};

struct hchan {
    struct rt_mutex lock;
    _Atomic uint32_t closed;
    _Atomic uint64_t qcount; /* written under the lock; len() reads it without */
    uint64_t dataqsiz;       /* X */
    uint64_t sendx, recvx;   /* X: in elements */
    struct waitq recvq, sendq;
    uint64_t id;        /* number given at ChanMake; select locks in its order; 0: the runtime's own */
    uint32_t elemslots; /* X */
    uint32_t trace_seq;
    struct rt_timer *timer; /* a channel timer's; NULL else */
    uint8_t kind;           /* enum rt_value_kind */
    rt_slot buf[];          /* X: dataqsiz elements; element i at i * elemslots */
};

struct timer_when {
    struct rt_timer *timer;
    int64_t when;
};

struct timers { /* a P's heap (time.go) */
    struct p *p;
    struct rt_mutex lock;
    struct timer_when *heap; /* 4-ary, by when */
    uint32_t len, cap;
    _Atomic int64_t minWhenHeap;     /* 0: none; what schedulers look at without the lock */
    _Atomic int64_t minWhenModified; /* earliest of those changed in place; 0: none */
    _Atomic uint32_t nlen;           /* len, for looks without the lock */
    _Atomic int32_t zombies;         /* stopped ones still in the heap */
};

struct stack_cache { /* free stacks by order: STACK_MIN << i bytes */
    rt_slot *free[4];
    uint32_t count[4];
};

struct p {
    int32_t id;                 /* X */
    _Atomic uint32_t status;    /* Pidle, ... */
    struct p *link;             /* idle list */
    _Atomic uint32_t schedtick; /* one more at every execute that does not inherit */
    _Atomic uint32_t syscalltick;
    struct {
        uint32_t schedtick, syscalltick;
        int64_t schedwhen, syscallwhen;
    } sysmontick;              /* sysmon's */
    _Atomic(struct m *) m;     /* owner; NULL idle */
    struct m *oldm;            /* the M that had it last; preferred by procresize */
    _Atomic uint32_t runqhead; /* CAS by who takes; see runq.c */
    _Atomic uint32_t runqtail; /* written by the owner alone */
    _Atomic(struct g *) runq[RUNQ_SIZE];
    _Atomic(struct g *) runnext;
    struct {
        struct g *list;
        uint32_t n;
    } gfree;
    struct {
        struct sudog *list;
        uint32_t n;
    } sudogcache;
    struct stack_cache stacks;
    uint64_t goidcache, goidcacheend;
    struct timers timers;
    _Atomic bool preempt; /* a stop of the world wants this P */
    struct m *startm;     /* procresize: the M that was picked for it */
    uint32_t trace_seq;   /* changes of owner so far; passes with ownership */
    /* A P given up or taken, until procstop_told: by whom, why, and the G that is kept in its system call meanwhile. */
    struct {
        bool steal;
        enum rt_reason why;
        struct m *m;
        uint32_t mseq;
        struct g *pinned;
    } stop;
    uint32_t runnext_puts; /* puts into runnext so far */
    void *exec;            /* X: the executor's own (caches); freed by it */
};

struct m {
    struct rt *rt;                 /* X */
    int32_t id;                    /* X */
    struct p *p;                   /* X: NULL without */
    struct g *curg;                /* X: NULL between two */
    enum rt_panic panic;           /* X: after RT_PANIC */
    _Atomic(struct g *) curg_hint; /* curg, for who wants to preempt it */
    struct p *nextp;               /* handed over with a wake-up */
    struct p *oldp;                /* the P before the system call */
    bool spinning, is_sysmon;
    bool modelled;    /* the world's: what is done is charged for */
    bool tied_parked; /* waits for its tied goroutine; under sched.lock */
    bool tying;       /* stoplockedm: parks, apart, with the hand-off of its P (m.c) */
    const char *dead; /* what checkdead said when it did */
    struct rt_note park;
    struct m *schedlink; /* idle list */
    struct m *alllink;   /* all Ms, newest first; never removed before rt_free */
    struct g *lockedg;
    uint32_t locked_ext;
    bool (*waitunlockf)(struct m *mp, struct g *gp, void *lock);
    void *waitlock;
    uint32_t wait_domain, wait_key; /* GoBlock's place in an order (trace.h) */
    uint32_t *wait_seq;
    bool yield_local; /* RT_YIELD is goyield's */
    bool polls;        /* threads 1:1: waits for descriptors, for all */
    bool waits, woken; /* threads 1:1: parked for its goroutine; that is ready. Under sched.lock */
    struct g *first;   /* threads 1:1: the goroutine it is made for */
    void *world;      /* the world's own record */
    struct trace_buf *trace;
    struct { /* the event told last: when and where (trace.c) */
        int64_t time;
        struct g *g;
        rt_pos pos;
    } told;
    uint64_t trail;            /* places looked at in vain since the last G */
    enum rt_reason found;      /* where findRunnable found the G */
    enum rt_reason p_why;      /* for ProcStart: why the P was given */
    uint32_t trace_seq;        /* changes of being parked; passes with sched.lock */
    void *exec;                /* X: the executor's own */
};

/* A queue of Gs linked by schedlink. */
struct gqueue {
    struct g *head, *tail;
    uint32_t size;
};

struct sema_root {
    struct rt_mutex lock;
    struct sudog *treap;    /* first waiter of each address */
    _Atomic uint32_t nwait; /* waiters in all; a release without any needs no lock */
    uint32_t trace_seq;
};

struct sched { /* runtime2.go's schedt; under lock unless atomic */
    struct rt_mutex lock;
    _Atomic uint64_t goidgen;
    _Atomic int64_t lastpoll;    /* time of the last poll; 0 while somebody polls */
    _Atomic int64_t poll_until;  /* when the poller wakes by itself; 0: not, or nobody polls */
    _Atomic uint32_t netwaiters; /* Gs that wait in the poller */
    _Atomic uint32_t polling;    /* somebody looks without blocking (Go: pollingNet) */
    struct m *midle;
    uint32_t nmidle, nmidlelocked;
    int64_t mnext;  /* Ms made so far, next id */
    uint32_t nmsys; /* system Ms not counted for deadlock */
    uint64_t nmfreed;
    struct p *pidle;
    _Atomic uint32_t npidle;
    _Atomic int32_t nmspinning;
    _Atomic uint32_t needspinning;
    struct gqueue runq;
    _Atomic uint32_t runqsize; /* runq.size, for looks without the lock */
    struct {
        struct rt_mutex lock;
        struct g *list;
        _Atomic uint32_t n;
    } gfree;
    struct {
        struct rt_mutex lock;
        struct sudog *list;
        _Atomic uint32_t n;
    } sudogs;
    struct {
        struct rt_mutex lock;
        struct stack_cache cache;
    } stacks;
    _Atomic uint32_t gcwaiting; /* a stop of the world waits for the Ps */
    int32_t stopwait;
    struct rt_note stopnote;
    struct rt_mutex worldsema; /* one stop at a time; held across the stop by worldholder */
    struct { /* threads 1:1 (onetoone.c) */
        uint32_t busy;   /* threads that run, sleep, start or are in a system call: who may make others ready */
        uint32_t inside; /* threads that run Go code: those that a stop of the world waits for */
        struct m *halted; /* wait for the world to start, by schedlink */
        struct m *freem;  /* ended threads' Ms, for new ones */
        _Atomic bool timerm; /* there is a thread that runs the timers */
        _Atomic bool pollerm; /* and one that waits for descriptors */
        struct p *timerp; /* has them all in its heap */
        struct rt_note timernote;
    } one;
    _Atomic uint32_t sysmonwait;
    struct rt_note sysmonnote;
    _Atomic uint32_t ngsys; /* the runtime's own goroutines */
    uint32_t trace_seq;
};

enum { POLL_CHUNK = 32, POLL_CHUNKS = 1024 };
struct polldesc; /* netpoll.c */

enum { ALLG_SEGMENTS = 26, ALLG_FIRST = 64 };

struct trace; /* trace.c */

struct rt {
    struct rt_config config;
    struct rt_world *world;
    const struct rt_exec_ops *exec;
    void *exec_ctx;
    struct sched sched;
    struct p **allp; /* MAX_GOMAXPROCS; made when first needed, never freed before the run */
    uint32_t nallp;
    _Atomic uint32_t gomaxprocs;
    _Atomic(struct m *) allm;
    struct m *m0;
    struct g *main;
    struct {
        struct rt_mutex lock;
        struct g **segment[ALLG_SEGMENTS];
        _Atomic uint64_t len;
    } allg;
    _Atomic int64_t ngoroutines; /* user Gs that are not dead */
    _Atomic uint64_t next_chan, next_timer;
    _Atomic uint64_t output;
    struct sema_root semtable[SEM_TAB_SIZE];
    struct rt_mutex outlock; /* a write and its event leave together */
    uint32_t outseq;
    struct trace *trace; /* NULL: nobody listens */
    struct {
        struct rt_mutex lock;
        _Atomic(struct polldesc *) chunk[POLL_CHUNKS]; /* POLL_CHUNK each */
        uint32_t nchunks;
        struct polldesc *free;
    } poll;
    struct {
        _Atomic uint64_t wanted, ignored, pending; /* bit n: signal n */
        _Atomic int killed;
        struct rt_note note; /* os/signal's goroutine sleeps on it */
    } sig;

    _Atomic uint32_t ending; /* 1: somebody decided the end; 2: it is written down */
    _Atomic bool ended;
    int status;
    enum rt_end how;
    char limit[64];
    bool started;
    struct hchan *gcenable; /* runtime.main waits on it for sweeper and scavenger */
    bool main_started;
};

#endif
