/* script.h - a tiny executor for tests of the scheduler: a goroutine is a list of steps, each a runtime operation.
 *
 * A script owns its channels, locks and what it noted; a run of it is made, run to its end and freed by script_run.
 */
#ifndef GOSEE_TESTS_SCRIPT_H
#define GOSEE_TESTS_SCRIPT_H

#include "proc.h"
#include "stepped.h"

enum op {
    GO,    /* a: index of the code to run, b: value of its register */
    SEND,  /* a: channel, b: value, or with b < 0 the register */
    RECV,  /* a: channel; into the register, and ok into reg_ok */
    CLOSE, /* a: channel */
    SLEEP, /* a: ns */
    GOSCHED,
    LOCK,
    UNLOCK,
    RLOCK,
    RUNLOCK,
    WLOCK,
    WUNLOCK, /* a: which lock */
    ADD,     /* a: wait group, b: delta */
    WAIT,    /* a: wait group */
    CWAIT,
    SIGNAL,
    BROADCAST, /* a: condition, its lock is lock a */
    SELECT,  /* a: channel to receive from, b: channel to receive from (or -1), c: 1 with default; chosen into register
              */
    NOTE,    /* appends the goroutine's register, or with a >= 0 that number, to the script's notes */
    NOTEREG, /* appends what RECV or SELECT left */
    SPIN,    /* a: this many loop turns, with safe points; c: 1 deaf to requests to give way, also before the next step */
    SPIN_UNTIL, /* spins until the script has at least a notes */
    GROW,       /* a: slots */
    NAP,        /* a: ns, blocking the thread */
    WRITE,      /* writes "x\n" to fd a */
    LOCKTHREAD,
    UNLOCKTHREAD,
    PROCS,   /* a: GOMAXPROCS */
    STW,     /* stops the world, halves stacks as a collection does, and starts it */
    TSET,    /* a: timer (a channel timer on channel a), b: ns from now; NOTEREG then tells if it was pending */
    TSTOP,   /* a: timer; the same */
    CHANLEN, /* a: channel; for NOTEREG */
    READ,    /* reads stdin, blocking the thread */
    PREAD,   /* a: pipe; a byte, waiting at the poller. NOTEREG then tells it, or -1 - enum rt_poll_error, or -9 at the end */
    PWRITE,  /* a: pipe, b: so many bytes, waiting at the poller */
    PLIMIT,  /* a: pipe, b: ns from now (0: none): deadline of reads and writes */
    PCLOSE,  /* a: pipe; both ends, or with b only the one that writes */
    JUMPNZ,  /* a: step; counts the loop register down, jumps while it is not 0 */
    SETLOOP, /* a: into the loop register */
    SETREG,  /* a */
    FOREVER, /* parks for ever */
    RET,
    GOEXIT,
    EXIT /* a: status */
};

struct step {
    enum op op;
    int64_t a, b, c;
};

enum { MAX_NOTES = 1 << 16, MAX_OBJS = 8 };

struct script {
    const struct step *code[32]; /* code[0] is main */
    uint64_t chan_cap[MAX_OBJS]; /* capacity of channel i; channels with made[i] exist */
    bool chan_made[MAX_OBJS];
    bool timer_made[MAX_OBJS]; /* timer i is channel i's */
    bool pipe_made[MAX_OBJS];
    unsigned procs;
    bool stepped, no_log, one_to_one;
    uint64_t seed;
    unsigned cores;
    bool probe;                   /* stepped: the seed is a probe's */
    struct stepped_faults faults; /* stepped */
    struct rt_limits limits;
    bool drain;          /* live: the log is drained while the run goes on, too */
    uint32_t stop_after; /* live: stopped from outside once there are so many notes; 0: never */

    /* what came of it */
    int64_t notes[MAX_NOTES];
    _Atomic uint32_t nnotes;
    int status;
    enum rt_end how;
    char fatal[128];
    char limit[64];
    enum rt_panic panic;
    struct rt_log *log; /* freed by script_free */
    uint64_t forced, threads;
    bool cut_midway; /* the run ended while a thread was held up between an act and telling of it (it had taken a goroutine
                      * from somebody's runnext), and what others told since then waits for that: no whole history */
    bool ok; /* it was made and ended */

    /* its own */
    struct hchan *chans[MAX_OBJS];
    struct rt_sync_mutex mus[MAX_OBJS];
    struct rt_sync_rwmutex rws[MAX_OBJS];
    struct rt_sync_waitgroup wgs[MAX_OBJS];
    struct rt_sync_cond conds[MAX_OBJS];
    struct rt_timer timers[MAX_OBJS];
    int stdin_fd; /* live; 0: none */
    int stdin_feed; /* what is written goes there, too; 0: nowhere */
    struct script_end { /* of a pipe: 0 reads, 1 writes */
        struct rt_fdmutex mu;
        int fd;
        uint32_t desc;
    } pipes[MAX_OBJS][2];
    _Atomic uint64_t out;
};

struct script *script_new(unsigned procs, bool stepped);
void script_done(struct script *s); /* frees it */
void script_run(struct script *s);
void script_free(struct script *s);
/* Asserts that it ended and that its log is a legal history, by replay's rules. */
void script_check(const struct script *s, int line);
/* A live run in which sysmon interfered: on a busy machine a slice may end anywhere, so orders are not certain. */
bool script_disturbed(const struct script *s);
/* Asserts, event by event, that no P idles for longer than most ns while a ring or the global queue has work and no M is
 * on its way to it. For runs with a core for every thread. How many Ms spun at once, at most. */
unsigned script_check_idle(const struct script *s, int64_t most, int line);
/* Is at the log's end every goroutine dead, or waiting for what no clock and no file brings? */
bool script_all_asleep(const struct script *s);
/* Number of events of a kind in the log. */
uint64_t script_count(const struct script *s, enum rt_event_kind kind);
/* The log as text, for a failing test. */
void script_dump(const struct script *s);
#define BOTH_WORLDS for (int stepped = 0; stepped < 2; stepped++)
#define CHECK(s) script_check((s), __LINE__)
/* Asserts that the notes are these. */
#define EXPECT_NOTES(s, ...)                                                                                     \
    script_expect((s), (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t), \
                  __LINE__)
void script_expect(const struct script *s, const int64_t *notes, size_t n, int line);

#endif
