/* run_races.h - one execution of a search, judged: which of its steps could have come in another order, and then with
 * another result. */
#ifndef GOSEE_RUN_RUN_RACES_H
#define GOSEE_RUN_RUN_RACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stepped.h"

struct touches { /* what a step shares; not owned */
    const struct stepped_touch *at;
    size_t n;
};
struct touches touches_of(const struct stepped_search *s, size_t step);
bool touches_conflict(struct touches a, struct touches b);

enum { RACE_THREADS = STEPPED_MOST_SEARCHED };

/* Step `later` could come before `earlier`, whose thread is another, with none of the steps that need `earlier` between
 * them. To see that, one of the threads in `first` must go in place of `earlier`: it is the first of those that do not
 * need it. */
struct step_race {
    size_t earlier, later;
    uint64_t first;
};

struct race_finder; /* tables that are used again */
struct race_finder *race_finder_new(void); /* NULL: no memory */
void race_finder_free(struct race_finder *f);
/* Calls found for each race whose later step is at least `from`. *class: a number that executions have in common which
 * differ only in the order of independent steps; with `past` in the order of those that the last step needs, since after it
 * others could do nothing any more; else of all but the last, which only says that nobody can go on. false: no memory, or more threads than RACE_THREADS. */
bool race_finder_run(struct race_finder *f, const struct stepped_search *s, size_t from, bool past,
                     void (*found)(void *ctx, struct step_race r), void *ctx, uint64_t *class);

#endif
