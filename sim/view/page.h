/* page.h - the views that take the stage's place: Outcomes, Compare, Events.
 *
 * A page is drawn like a region, from the stage's moment and from what stands here; input.c and page_input.c change it.
 * The window owns it. */
#ifndef GOSEE_VIEW_PAGE_H
#define GOSEE_VIEW_PAGE_H

#include "run.h"
#include "stage.h"

enum { UI_FILTER_BYTES = 64 };

/* Words, divided by blanks, that an event's line must all contain; case does not matter. */
struct ui_filter {
    char text[UI_FILTER_BYTES];
    bool typing; /* keys go into the text */
};

struct ui_pages {
    struct ui_filter filter; /* of Events */
};

/* Does event n pass? */
bool ui_filter_passes(const struct ui_filter *f, const struct rt_log *log, uint64_t n);
/* The nearest event that passes beyond n (dir 1: after it, -1: before it); UINT64_MAX none. */
uint64_t ui_filter_next(const struct ui_filter *f, const struct rt_log *log, uint64_t n, int dir);

void ui_draw_events(struct ui_stage *s, struct ui_list *l, struct ui_rect b);
const char *ui_view_name(enum ui_view v);

#endif
