/* run_options.c - what a scenario says of its machine, as a run's options. */
#include "run.h"

void run_options_from(const struct scenario *s, struct run_options *out) {
    *out = (struct run_options){
        .world = s->world,
        .choice = s->choice,
        .number = s->number,
        .procs = s->procs,
        .cores = s->cores,
        .one_to_one = s->one_to_one,
        .thread_stack = s->thread_stack,
        .costs = s->costs,
        .ncosts = s->ncosts,
        .decisions = s->decisions,
        .ndecisions = s->ndecisions,
        .limits = s->limits,
        .stdin_text = s->stdin_text,
        .args = s->args,
        .nargs = s->nargs,
        .signals = s->signals,
        .nsignals = s->nsignals,
        .folder = s->folder,
        .program_name = s->program_name,
    };
    if (s->world != SCN_LIVE) return;
    if (!s->procs_given) out->procs = 0;
    if (!s->cores_given) out->cores = 0;
}
