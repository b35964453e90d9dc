/* page_input.h - keys of the views that take the stage's place; they come before the stage's own. */
#ifndef GOSEE_VIEW_PAGE_INPUT_H
#define GOSEE_VIEW_PAGE_INPUT_H

#include "app.h"

/* Each: true if the page took it. */
bool ui_page_typed(struct ui_app *a, const char *text, double now);
bool ui_page_key(struct ui_app *a, int32_t sym, unsigned mods, double now);
bool ui_page_do(struct ui_app *a, enum ui_action action, double now);
bool ui_page_press(struct ui_app *a, const struct ui_hit *h, double now);
void ui_page_scrub(struct ui_app *a, double x); /* along the axis of Compare */
void ui_page_wheel(struct ui_app *a, int dy, double now);

void ui_show_view(struct ui_app *a, enum ui_view view);

#endif
