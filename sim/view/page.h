/* page.h - the views that take the stage's place: Outcomes, Compare, Events.
 *
 * A page is drawn like a region, from the stage's moment and from what stands here; page_input.c changes it. The window
 * owns it; drawing takes no result from the lab, ui_pages_poll does. */
#ifndef GOSEE_VIEW_PAGE_H
#define GOSEE_VIEW_PAGE_H

#include "lab.h"
#include "stage.h"

enum { UI_FILTER_BYTES = 64, UI_FIRST_RUNS = 500 };

/* Words, divided by blanks, that an event's line must all contain; case does not matter. */
struct ui_filter {
    char text[UI_FILTER_BYTES];
    bool typing; /* keys go into the text */
};

struct ui_mark { /* A or B: a row of the outcomes, by the run that stands for it */
    bool set;
    struct ui_pick pick;
};

struct ui_pages {
    struct ui_filter filter; /* of Events */

    struct ui_lab *lab; /* NULL: this run cannot be made again. Borrowed */
    struct ui_tally tally;
    size_t focus, top; /* rows of Outcomes */
    struct ui_mark mark[2];
    bool marked_by_hand;
    unsigned last_marked;

    struct run_parting parting; /* of A and B; run[0] NULL: not known */
    char why[160];              /* why not */
    bool parting_asked;
    struct ui_stage side[2]; /* stages of the two runs */
    uint64_t same;           /* events in which both agree from the start */
    int64_t parted;          /* when the choice was made, ns */
    int64_t at;              /* the moment both sides show */
    int64_t from, to;        /* the common axis */
};

void ui_pages_close(struct ui_pages *p);
/* Takes what the lab has; true if something is to be drawn anew. */
bool ui_pages_poll(struct ui_pages *p, struct ui_fonts *fonts);
/* Asks for runs and for the pair that is marked, where that was not done yet. */
void ui_pages_want(struct ui_pages *p, enum ui_view view);
void ui_pages_mark(struct ui_pages *p, unsigned which, size_t row);
/* The row that a mark stands for; SIZE_MAX: none. */
size_t ui_pages_marked(const struct ui_pages *p, unsigned which);
struct ui_pick ui_pages_pick(const struct run_outcome *o); /* the run that shows it */
/* The common axis by itself: from before the choice to the first output that differs. */
void ui_pages_fit(struct ui_pages *p);
/* The next moment of either side, in time; false at an end. */
bool ui_pages_step(struct ui_pages *p, int dir);

/* Does event n pass? */
bool ui_filter_passes(const struct ui_filter *f, const struct rt_log *log, uint64_t n);
/* The nearest event that passes beyond n (dir 1: after it, -1: before it); UINT64_MAX none. */
uint64_t ui_filter_next(const struct ui_filter *f, const struct rt_log *log, uint64_t n, int dir);

void ui_draw_events(struct ui_stage *s, struct ui_list *l, struct ui_rect b);
void ui_draw_outcomes(struct ui_stage *s, struct ui_list *l, struct ui_rect b);
void ui_draw_compare(struct ui_stage *s, struct ui_list *l, struct ui_rect b);
/* Both runs' lanes on one axis; the choices around the one in which they part. */
void ui_draw_pair(struct ui_stage *s, struct ui_list *l, struct ui_rect b);
void ui_draw_choices(struct ui_stage *s, struct ui_list *l, struct ui_rect b);
/* The buttons of Outcomes and Compare, where the stage has its transport. */
void ui_draw_page_buttons(struct ui_stage *s, struct ui_list *l);
/* A disc with the letter of a side. */
void ui_draw_side_mark(const struct ui_stage *s, struct ui_list *l, unsigned which, double cx, double cy, double r);
const char *ui_pick_text(char *buf, size_t n, struct ui_pick pick); /* "seed 4" */
const char *ui_view_name(enum ui_view v);

#endif
