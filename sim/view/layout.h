/* layout.h - where each region stands, in logical points, for a window of a given size. Nothing is off screen from
 * narrow up, no two regions overlap (but tabs, of which one shows), rows snap to the grid. */
#ifndef GOSEE_VIEW_LAYOUT_H
#define GOSEE_VIEW_LAYOUT_H

#include "draw.h"

enum ui_class { UI_NORMAL, UI_COMPACT, UI_NARROW, UI_SINGLE, UI_PRESENTER };

enum ui_region {
    UI_R_HEADER,
    UI_R_SOURCE,
    UI_R_NARRATION,
    UI_R_PROWS,
    UI_R_GLOBAL,
    UI_R_THREADS,
    UI_R_CENSUS,
    UI_R_ROOMS,
    UI_R_TIMELINE,
    UI_R_OUTPUT,
    UI_R_TRANSPORT,
    UI_R_FIELD, /* all goroutines, one dot each; only where there are very many */
    UI_R_PAGE, /* what another view than the stage shows in the regions' place */
    UI_REGIONS
};

/* The views, as the header names them; and the gallery of scenes, which has the whole window. */
enum ui_view { UI_VIEW_STAGE, UI_VIEW_OUTCOMES, UI_VIEW_COMPARE, UI_VIEW_EVENTS, UI_VIEWS, UI_VIEW_GALLERY };

/* What shares a place in the small classes. */
enum ui_left_tab { UI_TAB_SOURCE, UI_TAB_ROOMS, UI_LEFT_TABS };
enum ui_low_tab { UI_TAB_TIMELINE, UI_TAB_OUTPUT, UI_LOW_TABS };
enum ui_only_tab { UI_ONLY_STAGE, UI_ONLY_SOURCE, UI_ONLY_ROOMS, UI_ONLY_TIMELINE, UI_ONLY_OUTPUT, UI_ONLY_TABS };

struct ui_tabs {
    enum ui_left_tab left;
    enum ui_low_tab low;
    enum ui_only_tab only;
};

enum { UI_MIN_W = 960, UI_MIN_H = 600 };

struct ui_layout {
    enum ui_class cls;
    double scale; /* points a logical point: k x z */
    double w, h;  /* logical */
    struct ui_rect at[UI_REGIONS];
    bool shown[UI_REGIONS];
    struct ui_rect card; /* where a lesson's card may stand */
    struct ui_rect tabs; /* the row of tabs, if any; w 0: none */
    unsigned rows;       /* P rows that are drawn, columns included */
    unsigned columns;
    double row_h, row_gap;
    double tile_w; /* > 0: more Ps than rows can hold; tiles of tile_w x row_h, `columns` in a row */
};

/* w, h: the window's points. z: the font scale. procs: Ps to give rows to. */
void ui_layout(struct ui_layout *l, double w, double h, double z, bool presenter, unsigned procs,
               const struct ui_tabs *tabs);
/* The same window for very many goroutines: half of the source's place is for a dot each, the census is a panel. */
void ui_layout_crowd(struct ui_layout *l);
/* The same window with another view: its page takes the regions' place. Header and transport stay where there are any;
 * of the run, Events keeps the timeline and the output. */
/* Narration, P rows, queues and output of one of two runs, in a place of their own. */
void ui_layout_half(struct ui_layout *l, struct ui_rect at, unsigned procs);
void ui_layout_view(struct ui_layout *l, enum ui_view view);

#endif
