/* replay.h - a run seen through its events: any moment's state, forwards and backwards, and what to say of it.
 *
 * A session reads one log (which may still grow) and owns states and keyframes. state(n) is the state after events
 * 0..n-1. Pointers into a state are valid until the next seek. One thread uses a session.
 */
#ifndef GOSEE_REPLAY_REPLAY_H
#define GOSEE_REPLAY_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event.h"
#include "str.h"

enum rp_gstate { RP_G_NONE, RP_G_RUNNABLE, RP_G_RUNNING, RP_G_SYSCALL, RP_G_WAITING, RP_G_DEAD };

/* Where a goroutine is; exactly one place at each moment. */
enum rp_place {
    RP_AT_NOWHERE,  /* not yet created, or dead */
    RP_AT_RUNNING,  /* on m and p (in a system call: still there while P is wired to M) */
    RP_AT_RUNNEXT,  /* of p */
    RP_AT_RING,     /* of p */
    RP_AT_GLOBAL,
    RP_AT_WAIT,     /* waiting for obj, or asleep */
    RP_AT_SHELF,    /* in a system call on m, whose P was taken */
    RP_AT_HAND      /* runnable, on its way between two places, in the hands of m */
};

struct rp_g {
    uint32_t goid;
    uint8_t state; /* enum rp_gstate */
    uint8_t place; /* enum rp_place */
    bool system, locked, inherit;
    int32_t m, p;
    uint64_t fn;         /* id in the log's dictionary */
    uint32_t parent;     /* goid */
    rt_pos created_at;   /* the go statement: the creation site */
    rt_pos pos;          /* where it is now */
    uint16_t why;        /* enum rt_reason: wait reason, or why it stopped */
    uint16_t site;       /* identity: sites numbered in order of first appearance, main's is 0 */
    uint64_t obj;        /* waited for; 0 none */
    uint64_t value;      /* what a waiting sender holds out */
    int64_t until;       /* a sleeper's wake-up time; 0 none */
    int64_t since;       /* when the state began */
    uint64_t created_event, state_event;
    int64_t ran, waited, ready; /* ns in all until state began */
    uint32_t starts;
    uint64_t stack; /* bytes */
};

struct rp_ring {           /* a queue of goids */
    const uint32_t *goids; /* oldest first */
    size_t len;
};

enum rp_pstate { RP_P_NONE, RP_P_IDLE, RP_P_RUNNING };

struct rp_p {
    uint8_t state; /* enum rp_pstate */
    int32_t m;     /* -1 none */
    uint32_t g;    /* running on it; 0 none */
    uint32_t runnext;
    struct rp_ring ring;
    uint64_t tick;      /* schedtick */
    int64_t slice_from; /* when the current time slice began */
    int32_t idle_rank;  /* 0: taken first; -1: not idle */
};

enum rp_mstate { RP_M_NONE, RP_M_STARTING, RP_M_RUNNING, RP_M_PARKED, RP_M_EXITED };

struct rp_m {
    uint8_t state; /* enum rp_mstate */
    bool spinning, sysmon;
    bool polling; /* parked in the poller, until the next timer; not among the parked that wait to be woken */
    int32_t p, core; /* -1 none */
    uint32_t g;      /* in its hands or running; 0 none */
    int32_t parked_rank; /* 0: woken first; -1: not parked */
    int64_t since;
    int64_t nap; /* sysmon's */
    uint32_t syscall; /* enum rt_syscall while its G is in one */
    int64_t syscall_since;
};

enum rp_objkind { RP_OBJ_CHAN, RP_OBJ_MUTEX, RP_OBJ_RWMUTEX, RP_OBJ_WAITGROUP, RP_OBJ_COND, RP_OBJ_ONCE, RP_OBJ_SEMA };

struct rp_waiter {
    uint32_t g;
    bool send, select, read;
    uint64_t value;
};

struct rp_obj {
    uint64_t id;
    uint8_t kind; /* enum rp_objkind */
    bool closed, starving;
    const char *name, *type; /* from the source; "" unknown */
    uint8_t value_kind;      /* enum rt_value_kind of a channel's elements */
    uint64_t cap;
    const uint64_t *buffer; /* oldest first */
    size_t nbuffer;
    const struct rp_waiter *waiters; /* FIFO; receivers and senders apart by .send */
    size_t nwaiters;
    uint32_t owner;   /* lock; 0 none */
    uint32_t readers; /* read locks held */
    int64_t counter;  /* WaitGroup */
    uint64_t first_event, last_event;
};

struct rp_line { /* of the program's output, or a part of one */
    int64_t time;
    uint64_t event;
    uint32_t g;
    int fd;
    const char *text;
    size_t length; /* without the newline */
};

struct rp_census { uint64_t running, runnable, waiting, syscall, dead; };

struct rp_state; /* opaque; read through the functions below */

struct rp_session *rp_open(const struct rt_log *log); /* NULL: out of memory; the log must outlive it */
void rp_close(struct rp_session *s);

/* The state after n events (n up to rt_log_count). NULL: out of memory, or an illegal history before n (rp_illegal). */
const struct rp_state *rp_seek(struct rp_session *s, uint64_t n);
/* The first illegal event met so far and the rule it breaks; false if none. */
bool rp_illegal(const struct rp_session *s, uint64_t *event, struct str *rule);
uint64_t rp_hash(const struct rp_state *st); /* of all that apply may change */

uint64_t rp_at(const struct rp_state *st); /* n */
int64_t rp_time(const struct rp_state *st);
unsigned rp_np(const struct rp_state *st);
const struct rp_p *rp_p(const struct rp_state *st, unsigned i);
unsigned rp_nm(const struct rp_state *st); /* Ms ever started; ids 0.. */
const struct rp_m *rp_m(const struct rp_state *st, unsigned i);
size_t rp_ng(const struct rp_state *st);                        /* goroutines ever created, in order of creation */
const struct rp_g *rp_g_at(const struct rp_state *st, size_t i); /* i-th created */
const struct rp_g *rp_g(const struct rp_state *st, uint32_t goid); /* NULL if unknown */
/* Many at once, for pictures of a crowd: at most max from the `from`-th created on; returns how many. */
struct rp_brief {
    uint32_t goid;
    rt_pos pos;
    uint16_t site;
    uint8_t state; /* enum rp_gstate */
    bool system;
};
size_t rp_briefs(const struct rp_state *st, size_t from, struct rp_brief *out, size_t max);
struct rp_ring rp_global(const struct rp_state *st);
size_t rp_nobj(const struct rp_state *st);                         /* in order of first use */
const struct rp_obj *rp_obj_at(const struct rp_state *st, size_t i);
const struct rp_obj *rp_obj(const struct rp_state *st, uint64_t id);
/* Sleepers by wake-up time: at most max goids; returns how many there are in all. */
size_t rp_sleepers(const struct rp_state *st, uint32_t *goids, size_t max);
struct rp_census rp_census(const struct rp_state *st); /* user goroutines */
size_t rp_nlines(const struct rp_state *st);
bool rp_line(const struct rp_state *st, size_t i, struct rp_line *out);
bool rp_ended(const struct rp_state *st, int *status, enum rt_end *how);

/* ---- words ---------------------------------------------------------------------------------------------------- */

struct rp_narration {
    struct str tag;      /* "steal" */
    struct str sentence; /* present tense, at most 90 characters */
    struct str why;      /* at most 160 */
    struct str trail[10];
    bool trail_ok[10]; /* ticked or crossed */
    unsigned ntrail;
    uint32_t g[8]; /* goroutines it speaks of: these are lit */
    unsigned ng;
    int32_t p, from_p, m; /* -1: none */
    uint64_t obj;
    rt_pos pos;
};
/* What event n says (it reads the state before it). false past the end. Free with rp_narration_free. */
bool rp_narrate(struct rp_session *s, uint64_t n, struct rp_narration *out);
void rp_narration_free(struct rp_narration *n);
/* "G8 worker" ("G1 main"); a closure keeps Go's name less its package. */
void rp_label(const struct rp_state *st, uint32_t goid, struct str *out);
/* A value as Go would print it, by its kind. */
void rp_value(const struct rt_log *log, enum rt_value_kind kind, uint64_t value, struct str *out);

/* The text of a source line, less its indentation and line end; n 0 if it is not in the log. Not terminated. */
void rp_source_line(const struct rt_log *log, rt_pos pos, const char **text, size_t *n);

/* One line of gosee explain (no newline): time, M, P, G, what, why, source line; and the same as one JSON object. */
bool rp_explain_line(struct rp_session *s, uint64_t n, struct str *out);
bool rp_explain_json(struct rp_session *s, uint64_t n, struct str *out);

/* ---- moving ----------------------------------------------------------------------------------------------------- */

/* Next and previous event of a kind of interest, searching from n (exclusive); UINT64_MAX if there is none. */
uint64_t rp_next_decision(struct rp_session *s, uint64_t n);
uint64_t rp_prev_decision(struct rp_session *s, uint64_t n);
uint64_t rp_next_of_g(struct rp_session *s, uint64_t n, uint32_t goid);
uint64_t rp_prev_of_g(struct rp_session *s, uint64_t n, uint32_t goid);
uint64_t rp_at_time(struct rp_session *s, int64_t time); /* number of events with time <= that */

/* ---- spans for the timeline -------------------------------------------------------------------------------------- */

/* By core: what the thread on it does (only stepped runs tell); by function: how many goroutines of one function run. */
enum rp_lane_by { RP_LANE_P, RP_LANE_M, RP_LANE_G, RP_LANE_CORE, RP_LANE_FN, RP_LANE_KINDS };
enum rp_span_kind {
    RP_SPAN_RUN, RP_SPAN_SYSCALL, RP_SPAN_SPIN, RP_SPAN_IDLE, RP_SPAN_READY, RP_SPAN_WAIT, RP_SPAN_STW,
    RP_SPAN_KINDS
};
struct rp_span {
    int64_t from, to; /* to: INT64_MAX while it lasts */
    uint64_t from_event, to_event;
    uint32_t g;
    uint8_t kind; /* enum rp_span_kind */
    uint16_t why; /* by function: how many of its goroutines run */
};
/* How many lanes of a kind the log has: cores and functions are numbered 0.., functions in order of first appearance. */
size_t rp_lane_count(struct rp_session *s, enum rp_lane_by by);
uint64_t rp_lane_fn(struct rp_session *s, uint32_t lane); /* the function of a lane: its id in the log's dictionary */
/* Spans of one lane that overlap [from, to), in order: at most max; returns how many there are in all. The cost is that of
 * the spans given, not of those there are. */
size_t rp_spans(struct rp_session *s, enum rp_lane_by by, uint32_t lane, int64_t from, int64_t to,
                struct rp_span *out, size_t max);

/* How long a lane was in each state in [from, to), whatever number of spans that is. */
void rp_lane_shares(struct rp_session *s, enum rp_lane_by by, uint32_t lane, int64_t from, int64_t to,
                    int64_t ns[static RP_SPAN_KINDS]);

/* ---- a goroutine's life ------------------------------------------------------------------------------------------- */

/* Where it ran, or what it waited for: all times together. */
struct rp_stay {
    uint8_t kind; /* enum rp_span_kind: RUN (on p), READY, SYSCALL (obj: enum rt_syscall), WAIT (why, for obj) */
    uint16_t why;
    int32_t p;
    uint64_t obj;
    uint64_t times;
    int64_t ns;
    int64_t longest; /* of one time, which began with longest_event */
    uint64_t longest_event;
};

enum { RP_STAYS = 24 };

struct rp_life {
    uint32_t goid;
    int64_t born;
    uint64_t cause; /* the event that last made it ready to run: its creation, or a wake-up; UINT64_MAX: none */
    int64_t ns[RP_SPAN_KINDS]; /* in each state, up to now */
    uint64_t times[RP_SPAN_KINDS];
    struct rp_stay stays[RP_STAYS]; /* by kind, longest together first */
    size_t nstays;
    uint64_t others; /* stays that found no place, times together */
    uint64_t n;      /* how far the book has been read; the reader's own */
    size_t next;
};

/* What a goroutine did until moment n, at `now`. *book is kept by the caller (zeros at first) so that going on costs only
 * what is new; *out is the answer. false: no such goroutine yet, or out of memory. */
bool rp_life(struct rp_session *s, uint32_t goid, uint64_t n, int64_t now, struct rp_life *book, struct rp_life *out);
/* The next (or previous) event about an object, searching from n (exclusive); UINT64_MAX: none. */
uint64_t rp_next_of_object(struct rp_session *s, uint64_t n, uint64_t obj, bool forward);

/* Events with their number in [from, to) in time, spread over n buckets: counts for the overview. */
void rp_density(struct rp_session *s, int64_t from, int64_t to, uint32_t *buckets, size_t n);

#endif
