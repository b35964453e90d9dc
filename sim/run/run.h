/* run.h - puts a scenario on a world. The only face of the machine that the view sees (besides replay).
 *
 * A run owns its log, its VM and its scheduler; it borrows the compiled program (run_program), which any number of
 * runs share. A stepped run is pumped by its caller; a live one runs on threads of its own and can be watched.
 */
#ifndef GOSEE_RUN_RUN_H
#define GOSEE_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "event.h"
#include "scenario.h"
#include "str.h"

struct run_program; /* compiled; immutable, and good for any number of threads */
struct run_program *run_compile(const struct src_file *source, struct diag_list *diags); /* NULL: see diags */
void run_program_free(struct run_program *p);
bool run_vet(const struct src_file *source, struct diag_list *diags);
void run_disassemble(const struct run_program *p, struct str *out);

struct run_options {
    enum scn_world world;
    enum scn_choice choice;
    uint64_t number; /* seed or probe; live: of select, map order and rand, 0: random */
    unsigned procs, cores; /* live: procs 0 is Go's default, cores 0 leaves the affinity */
    bool one_to_one, race;
    bool search; /* stepped, threads 1:1: who goes on is a choice wherever goroutines meet (run_search); decisions of
                  * such a run say so themselves */
    const struct run_asks *asks; /* sim/run's own; NULL */
    uint64_t thread_stack; /* 1:1: bytes reserved for each thread's stack; 0: 8 MB */
    const struct scn_cost *costs;
    size_t ncosts;
    const uint64_t *decisions; /* pinned choices */
    size_t ndecisions;
    struct scn_limits limits; /* all 0: only Go's own */
    const char *stdin_text;   /* NULL: the process's own */
    const char *const *args;
    size_t nargs;
    const struct scn_signal *signals; /* stepped: what comes from outside, and when */
    size_t nsignals;
    bool take_signals; /* live: the process's signals are the program's, if it imports os/signal */
    const char *folder; /* where the program's relative paths start; NULL: the process's own */
    const char *program_name;
    bool events;      /* keep a log */
    bool pass_output; /* the program's stdout and stderr go to the process's, as they are written */
};
/* What a scenario says, defaults filled in. */
void run_options_from(const struct scenario *s, struct run_options *out);

bool run_uses_signals(const struct run_program *p); /* it imports os/signal */

struct run;
bool run_takes_signals(const struct run *r); /* the process's signals go to the program */
struct run *run_new(const struct run_program *p, const struct run_options *o, struct diag_list *diags);
void run_free(struct run *r); /* stops it first */

/* Stepped: executes until the log has at least `events` events (0: no matter), virtual time passes `until` (0: no
 * matter), about host_ns of host time have passed (0: no matter), or the run ends. true while it has not ended.
 * Live: starts it if need be and waits likewise. */
bool run_pump(struct run *r, uint64_t events, int64_t until, int64_t host_ns);
void run_stop(struct run *r);
/* Stepped: the program waits for a line of the process's stdin, and nothing else can happen. run_pump waits for it as
 * long as its host_ns allows. */
bool run_awaits_input(const struct run *r);
bool run_ended(const struct run *r);
const struct rt_log *run_log(const struct run *r); /* NULL without events */

struct run_result {
    int status;
    enum rt_end how;
    const char *out, *err; /* the program's; only kept when not passed on */
    size_t nout, nerr;
    int signal; /* that ended it; 0: none did */
    const char *limit; /* "time=60s", or NULL */
    const char *refusal; /* why the run could not go on (status 1): decisions that do not fit, no memory; or NULL */
    int64_t time;      /* virtual, or wall */
};
void run_get_result(const struct run *r, struct run_result *out); /* after the end; pointers are the run's */

/* The choices made so far, as a list that `decisions` takes. */
size_t run_decisions(const struct run *r, uint64_t *out, size_t max);

/* One choice of a stepped run: picked of 0..n-1. */
struct run_choice {
    const char *what, *doc; /* "threadWake", "from futex wake to the woken thread's first step"; static */
    uint64_t n, picked;
    bool latency; /* picked ns above lo */
    int64_t lo, time;
    int32_t m; /* the thread that asked; -1 none */
};
/* At most max of the choices from number `from` (0: the first) on; returns how many there are in all. */
size_t run_choices(const struct run *r, size_t from, struct run_choice *out, size_t max);

/* ---- where two runs part ------------------------------------------------------------------------------------------ */

/* Two runs with the same choices up to one: a itself, and a second that ends as b does. If one choice is enough, the
 * second is a with another pick there and is the last such choice; else it makes a's choices up to there and goes on with
 * b's seed. */
struct run_parting {
    struct run *run[2];  /* both at their end, with logs */
    size_t choice;       /* number of the first that differs */
    bool single;         /* one other pick is all */
    uint64_t *decisions; /* the second's; a's seed goes on behind them if single, else b's */
    size_t ndecisions;
};
/* Looks for about host_ns at most for the one choice, latest first; then halves its way to a place. false: in diags, also
 * that a and b end alike. Free with run_parting_free. */
bool run_part(const struct run_program *p, const struct run_options *a, const struct run_options *b, int64_t host_ns,
              struct run_parting *out, struct diag_list *diags);
void run_parting_free(struct run_parting *p);

/* ---- fine steps: a stepped run executed again -------------------------------------------------------------------- */

struct run_fine {   /* one step between events */
    uint64_t event; /* events in the log when it began */
    int64_t time;
    uint32_t g;
    uint64_t fn;
    uint32_t pc;
    rt_pos pos;
    int32_t m;
};
/* Executes the same run again from its start and lists the steps from event `from` to event `to`: each instruction, or
 * with lines only those where a goroutine reaches another line. At most max; returns how many, -1 when it cannot (a live run,
 * or one that needs more than host_ns of host time to come this far: the reason is in diags). */
int64_t run_fine_steps(const struct run_program *p, const struct run_options *o, uint64_t from, uint64_t to, bool lines,
                       int64_t host_ns, struct run_fine *out, size_t max, struct diag_list *diags);
/* The text of one instruction, as gosee dis prints it. */
void run_instruction(const struct run_program *p, uint64_t fn, uint32_t pc, struct str *out);

/* ---- many runs --------------------------------------------------------------------------------------------------- */

struct run_outcome {
    const char *out, *error; /* stdout; first line of stderr, "" if none */
    size_t nout, nerror;
    int status;
    uint64_t natural, probing;        /* how often each */
    uint64_t first_seed, first_probe; /* one that shows it; UINT64_MAX none */
};
struct run_outcomes; /* owns its rows, sorted by natural count */
/* Runs seeds 1..natural and probes 1..probing. `more` may be called between runs; false stops. */
struct run_outcomes *run_many(const struct run_program *p, const struct run_options *o, uint64_t natural,
                              uint64_t probing, bool (*more)(void *), void *ctx, struct diag_list *diags);

/* The same by several host threads, and perhaps only a part of the whole. Neither changes what is counted. */
struct run_many_how {
    uint64_t natural, probing; /* of the whole */
    unsigned shard, shards;    /* only seeds and probes shard, shard + shards, shard + 2 shards, ...; shards 0: all */
    unsigned threads;          /* 0: one a CPU */
    bool (*more)(void *);      /* called between runs on the calling thread; NULL: never; false stops */
    void *ctx;
};
struct run_outcomes *run_many_shared(const struct run_program *p, const struct run_options *o,
                                     const struct run_many_how *how, struct diag_list *diags);
bool run_outcomes_add(struct run_outcomes *to, const struct run_outcomes *from); /* false: out of memory */

/* k of n as a share, with Wilson's (1927) interval: in 95 of 100 such counts it holds the true share. */
struct run_share {
    double share, lo, hi;
};
struct run_share run_share_of(uint64_t k, uint64_t n);

/* A part of the whole as text that run_shards_join reads, on any machine. */
void run_shard_write(const struct run_program *p, const struct run_options *o, const struct run_many_how *how,
                     const struct run_outcomes *part, struct str *out);
/* The whole of all its parts, in any order; how gets the numbers of runs. NULL: in diags, which part is missing, twice
 * there, of another whole or no part at all. */
struct run_outcomes *run_shards_join(const struct src_file *parts, size_t n, struct run_many_how *how,
                                     struct diag_list *diags);

size_t run_outcomes_count(const struct run_outcomes *o);
const struct run_outcome *run_outcomes_at(const struct run_outcomes *o, size_t i);
void run_outcomes_free(struct run_outcomes *o);
/* Which of the expected outcomes a row is; SIZE_MAX: none of them. */
size_t run_outcome_expected(const struct scn_expect *e, const struct run_outcome *o);

/* ---- all orders ---------------------------------------------------------------------------------------------------- */

struct run_search_how {
    bool bounded;         /* only runs with at most so many preemptions: */
    unsigned preemptions; /* a thread that could go on does not, though it did not give way */
    uint64_t most;        /* executions, at most; 0: no bound */
    bool all;             /* every order, also those that can make no difference: to test the search by */
    bool (*more)(void *); /* called between executions; NULL: never; false stops */
    void *ctx;
};
struct run_found { /* an outcome; what is counted of it are executions */
    struct run_outcome what;
    uint64_t executions;
    unsigned preemptions; /* of the execution with the fewest */
    uint64_t *decisions;  /* which these replay */
    size_t ndecisions;
};
struct run_search {
    struct run_found *found; /* those with more executions first */
    size_t nfound;
    uint64_t executions, pruned; /* pruned: given up half-way, since another one shows the same */
    uint64_t classes;            /* of executions that differ in nothing but the order of independent steps */
    char bound[64];              /* "" if the search is complete; else what ended it, or what it did not go into */
    struct run_outcomes *table;  /* owns the texts */
};
/* Goes through all orders in which the goroutines of a small program can meet: by dynamic partial-order reduction
 * (Flanagan and Godefroid 2005) with source sets and sleep sets (Abdulla et al. 2014); with bounded, by the bounded kind
 * (Coons, Musuvathi, McKinley 2013). Every goroutine has a thread and a core of its own, so what a number of Ps rules out
 * is searched as well. false: in diags. Free with run_search_free either way. */
bool run_search(const struct run_program *p, const struct run_options *o, const struct run_search_how *how,
                struct run_search *out, struct diag_list *diags);
/* Looks for executions of the same outcomes with fewer preemptions, from none on up, with at most so many executions; the
 * last column may then still be more than the least, and false says so. */
bool run_search_least(const struct run_program *p, const struct run_options *o, uint64_t most, struct run_search *s,
                      struct diag_list *diags);
void run_search_free(struct run_search *s);
/* A scenario that replays one of them. */
void run_search_scenario(const struct run_program *p, const struct run_options *o, const struct run_found *f,
                         const struct src_file *source, struct str *out);

/* ---- checking ------------------------------------------------------------------------------------------------------ */

enum run_worlds { RUN_BOTH_WORLDS, RUN_STEPPED_WORLD, RUN_LIVE_WORLD };
struct run_check_how {
    enum run_worlds worlds;
    bool race; /* a run with a data race has status 66, and so is not what the scene expects */
};
/* One scene with its variants on these worlds; adds what failed (scene, variant, seed, what was seen, the command that
 * shows it) to report. Counts one check a variant and world. */
void run_check(const char *path, struct run_check_how how, struct str *report, unsigned *passed, unsigned *failed);

#endif
