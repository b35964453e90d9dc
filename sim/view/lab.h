/* lab.h - runs made beside the window's own: how often which outcome occurs, and where two runs part.
 *
 * One worker thread makes them; the window asks and polls. A result belongs to who polled it. Whoever waits for SDL's
 * events is woken by an SDL_USEREVENT when there is one. */
#ifndef GOSEE_VIEW_LAB_H
#define GOSEE_VIEW_LAB_H

#include "run.h"

struct ui_pick { /* one run */
    bool probing;
    uint64_t number;
};

struct ui_tally {
    struct run_outcomes *rows; /* owned */
    uint64_t natural, probing; /* runs made */
    double seconds;
};

struct ui_lab;
/* Borrows program and options (whose seed, probe and decisions do not matter). NULL: out of memory. */
struct ui_lab *ui_lab_new(const struct run_program *program, const struct run_options *options);
void ui_lab_free(struct ui_lab *lab); /* waits for the run that is being made */

/* At least so many natural runs and as many probes; results come in steps that grow. */
void ui_lab_count(struct ui_lab *lab, uint64_t runs);
void ui_lab_part(struct ui_lab *lab, struct ui_pick a, struct ui_pick b);
bool ui_lab_busy(struct ui_lab *lab);

void ui_lab_wait(struct ui_lab *lab); /* until all that was asked for is there */

/* Each: true if there is a new result, which is moved to *out. */
bool ui_lab_take_tally(struct ui_lab *lab, struct ui_tally *out);
/* why: at least 160 bytes; "" if the two part, else why they do not (then out is empty). */
bool ui_lab_take_parting(struct ui_lab *lab, struct run_parting *out, char *why, size_t n);

#endif
