/* page.c - which page shows. */
#include "page.h"

#include "parts.h"

const char *ui_view_name(enum ui_view v) {
    static const char *const names[UI_VIEWS] = {"Stage", "Outcomes", "Compare", "Events"};
    return (unsigned)v < UI_VIEWS ? names[v] : "?";
}

void ui_draw_page(struct ui_stage *s, struct ui_list *l) {
    struct ui_rect b = s->lay.at[UI_R_PAGE];
    switch (s->mode.view) {
    case UI_VIEW_EVENTS:
        ui_draw_events(s, l, b);
        break;
    default:
        break;
    }
}
