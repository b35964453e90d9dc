/* run_int.h - what the files of sim/run share. */
#ifndef GOSEE_RUN_RUN_INT_H
#define GOSEE_RUN_RUN_INT_H

#include <stdatomic.h>

#include "lang.h"
#include "rt.h"
#include "run.h"
#include "stepped.h"
#include "vm.h"

struct run_asks { /* who makes the choices that decisions do not fix (stepped.h) */
    uint64_t (*ask)(void *ctx, const struct stepped_choice *question, uint64_t suggested);
    void *ctx;
};

struct run_program {
    struct lang_program *lang;
    char *name; /* base name of the file */
};

struct run {
    const struct run_program *program;
    struct run_options o;
    struct rt_world *world; /* kept when the run is started over */
    struct vm *vm;
    struct rt *rt;
    struct rt_log *log;
    struct stepped_config config; /* stepped world's */
    struct str out, err;          /* captured output; live: under out_lock */
    atomic_flag out_lock;
    _Atomic uint64_t draws;       /* live: numbers drawn by the seed so far */
    int stdin_fd;                 /* live: holds stdin_text; -1 none */
    struct run_signals *signals;  /* live: who takes the process's; NULL: nobody */
    struct stepped_signal *arriving; /* stepped: o.signals, by time */
    bool started, over, waited, awaits_input;
    char refusal[160];
    int64_t began, took; /* live: host time */
};

/* (Re)starts r with these options: the world and what it allocated are used again if they are for the same world.
 * false with a diagnostic. */
bool run_begin(struct run *r, const struct run_options *o, struct diag_list *diags);
/* Ends and frees the run on r's world, not the world. */
void run_finish(struct run *r);
int64_t run_host_now(void);

/* run_live.c */
struct rt_world *run_live_world(struct run *r); /* NULL: errno */
bool run_live_pump(struct run *r, uint64_t events, int64_t until, int64_t host_ns);
void run_live_finish(struct run *r);

/* run_stepped.c */
struct rt_world *run_stepped_world(struct run *r);
bool run_stepped_pump(struct run *r, uint64_t events, int64_t until, int64_t host_ns);

/* run_signals.c: from here on the calling thread and those that it makes leave the process's signals to the run. */
bool run_signals_begin(struct run *r);
void run_signals_end(struct run *r);

/* run_output.c */
int64_t run_output(void *run, int fd, const void *bytes, size_t n);

/* run_seen.c: what somebody at the terminal would have seen of a run that has ended. */
struct run_seen {
    const char *out; /* the run's own */
    size_t nout;
    struct str error; /* first line of stderr, gosee's own words of a limit included */
    int status;
};
void run_see(const struct run *r, struct run_seen *s); /* s->error is used again: zeroed at first, freed by str_free */
/* Executes r to its end, whatever that is. */
void run_to_end(struct run *r);

#endif
