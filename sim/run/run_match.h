/* run_match.h - a finished run against what a scenario expects of it. */
#ifndef GOSEE_RUN_RUN_MATCH_H
#define GOSEE_RUN_RUN_MATCH_H

#include "run_int.h"

/* Is what was seen this outcome? Exit status, first line of stderr, and stdout or its shape must all agree. */
bool run_matches(const struct scn_outcome *o, const struct run_seen *s);

/* What the events and totals of an `expect` came to over the runs of one check. */
struct run_tally {
    double sum; /* over runs */
    uint64_t runs;
    bool met; /* in some run */
};

struct run_judge {
    const struct scn_expect *expect;
    size_t step;                       /* of the lesson whose answer this is, from 1; 0: the scene's own expect */
    struct run_tally *events, *totals; /* as many as expect has */
    uint64_t *occurred, *natural;      /* by outcome: runs, and those by seed */
};

bool run_judge_init(struct run_judge *j, const struct scn_expect *expect); /* false: out of memory */
void run_judge_free(struct run_judge *j);
/* Judges one finished run by its log, for n judges: true, or false with what is wrong appended to why. */
bool run_judge_run(struct run_judge *js, size_t n, const struct rt_log *log, struct str *why);
/* "1, expected at most 3"; what holds adds nothing and gives true. */
bool run_within(const struct scn_bounds *b, double value, struct str *why);

#endif
