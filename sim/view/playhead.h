/* playhead.h - the moment that is shown, and how it moves: by events, decisions, lines, instructions, time. */
#ifndef GOSEE_VIEW_PLAYHEAD_H
#define GOSEE_VIEW_PLAYHEAD_H

#include "source.h"
#include "stage.h"

struct ui_playhead {
    struct ui_stage *stage; /* borrowed: its session, log, lesson and mode */
    const struct ui_source *source;
    uint64_t n;   /* events that have happened */
    int64_t time; /* at least the last one's */
    /* Steps between events, by re-execution: a window of them, and where in it the playhead stands. */
    struct run_fine *fine; /* owned */
    size_t cap_fine;
    size_t nfine, fine_at; /* fine_at SIZE_MAX: at an event */
    int64_t fine_until;    /* host time at which a step between events gives up */
    uint64_t fine_from, fine_to;
    bool fine_lines, fine_valid;
    double owed;       /* steps that play owes, a fraction */
    char refusal[160]; /* why the last step could not be taken; "" */
};

void ui_playhead_open(struct ui_playhead *p, struct ui_stage *s, const struct ui_source *source);
void ui_playhead_close(struct ui_playhead *p);
void ui_playhead_reset(struct ui_playhead *p); /* another log */

void ui_go(struct ui_playhead *p, uint64_t n);        /* to an event; clamped to the log */
void ui_go_time(struct ui_playhead *p, int64_t time); /* to a time; clamped to the run */
/* One grain forward (dir 1) or back (-1); false if there is nowhere to go. */
bool ui_step(struct ui_playhead *p, enum ui_grain grain, int dir);
bool ui_step_of_g(struct ui_playhead *p, uint32_t goid, int dir);
/* Play goes on by dt_ms; false when it has stopped (an end, a pause of the lesson). */
bool ui_play(struct ui_playhead *p, double dt_ms);
/* Steps a second at the mode's speed and grain. */
double ui_play_rate(const struct ui_mode *m);
/* Tells the stage where between events the playhead is. */
void ui_playhead_tell(struct ui_playhead *p);

#endif
