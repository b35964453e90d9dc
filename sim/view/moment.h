/* moment.h - moments by name: "1s", "event:412", "line:FILE:N", "lesson:3", "end". */
#ifndef GOSEE_VIEW_MOMENT_H
#define GOSEE_VIEW_MOMENT_H

#include "diag.h"
#include "stage.h"

/* The number of events and the time of a moment of the stage's log; false with a message. */
bool ui_moment(struct ui_stage *s, const char *at, uint64_t *n, int64_t *time, struct diag_list *diags);
/* Why the last build failed. */
void ui_say_illegal(struct ui_stage *s, struct diag_list *diags);

#endif
