/* lesson.h - a scenario's lesson on one run: at which event each step comes, and what the class has answered. */
#ifndef GOSEE_VIEW_LESSON_H
#define GOSEE_VIEW_LESSON_H

#include "event.h"
#include "scenario.h"

struct ui_lesson_step {
    const struct scn_step *step; /* the scenario's */
    uint64_t event;              /* number of the event it comes at; UINT64_MAX: not in this run, or not yet */
    bool answered;
    int choice; /* index of the choice taken; -1: revealed without one */
};

struct ui_lesson {
    struct ui_lesson_step *steps; /* owned */
    size_t nsteps;
    uint64_t scanned; /* events looked at so far */
    uint64_t *seen;   /* by step: how often its `at` has been met */
    uint64_t *fn;     /* by goid: its function's id + 1; 0 unknown */
    size_t nfn;
    bool main_began; /* before, what goroutine 1 does is the runtime's start and no moment of the program's */
};

bool ui_lesson_open(struct ui_lesson *l, const struct scenario *scn); /* scn may be NULL: no steps */
void ui_lesson_close(struct ui_lesson *l);
/* Looks at what the log has grown by. */
void ui_lesson_scan(struct ui_lesson *l, const struct rt_log *log);
/* The step whose card shows after n events; NULL none. */
struct ui_lesson_step *ui_lesson_at(const struct ui_lesson *l, uint64_t n);
/* Steps that have come by n, and how many there are in this run. */
void ui_lesson_progress(const struct ui_lesson *l, uint64_t n, size_t *passed, size_t *all);
/* The moment of the next or previous step seen from n; UINT64_MAX none. */
uint64_t ui_lesson_next(const struct ui_lesson *l, uint64_t n);
uint64_t ui_lesson_prev(const struct ui_lesson *l, uint64_t n);
/* The first step with a pause or an open question after `from` up to `to` events; UINT64_MAX none. */
uint64_t ui_lesson_pause(const struct ui_lesson *l, uint64_t from, uint64_t to);
bool ui_lesson_right(const struct ui_lesson_step *s); /* the answer given is the scene's */
/* The scene's sentence for the answer given; NULL none. */
const char *ui_lesson_reply(const struct ui_lesson_step *s);

#endif
