/* theme.h - every colour of the view, in one table a theme. Which colour means which state is decided here and only
 * here. */
#ifndef GOSEE_VIEW_THEME_H
#define GOSEE_VIEW_THEME_H

#include "draw.h"

enum ui_theme_id { UI_LIGHT, UI_DARK, UI_CONTRAST, UI_THEMES };

enum { UI_SITES = 8, UI_GSTATES = 6, UI_LOADS = 5 };

struct ui_site_color {
    ui_color fill, tint, edge, text; /* text stands on fill */
};

struct ui_theme {
    ui_color bg, card, well;
    ui_color ink, on_ink, ink2, ink3;
    ui_color line, line2;
    ui_color m, on_m;
    ui_color spot, spot_tint, spot_edge, spot_ink, on_spot;
    ui_color err, err_tint, ok;
    ui_color keyword, number, string, comment;
    struct ui_site_color site[UI_SITES];
    ui_color state[UI_GSTATES]; /* by enum rp_gstate, where place cannot tell */
    ui_color gc;
    ui_color load[UI_LOADS]; /* from idle to busy */
    double panel_border;     /* width of a panel's edge */
};

const struct ui_theme *ui_theme(enum ui_theme_id id);
/* "light", "dark", "contrast"; false if it is none of them. */
bool ui_theme_by_name(const char *name, enum ui_theme_id *id);
const char *ui_theme_name(enum ui_theme_id id);
/* Colours of the n-th creation site; the ninth starts over at slot 1. */
const struct ui_site_color *ui_theme_site(const struct ui_theme *t, unsigned site);
/* WCAG 2 contrast ratio of two opaque colours, 1 to 21. */
double ui_contrast(ui_color a, ui_color b);

#endif
