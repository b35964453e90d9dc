/* timeline_input.h - keys and mouse of the timeline. Coordinates are logical. */
#ifndef GOSEE_VIEW_TIMELINE_INPUT_H
#define GOSEE_VIEW_TIMELINE_INPUT_H

#include "app.h"

bool ui_timeline_do(struct ui_app *a, enum ui_action action, double now); /* true if the timeline took it */
/* On its lanes, its axis or the strip of the whole run. */
void ui_timeline_press(struct ui_app *a, const struct ui_hit *h, double x, double y, unsigned clicks, double now);
void ui_timeline_drag(struct ui_app *a, double x, double now);
void ui_timeline_release(struct ui_app *a, double x, double now);
void ui_timeline_wheel(struct ui_app *a, int dy, double x);

#endif
