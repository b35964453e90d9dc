/* app.h - the window: turns SDL's events into steps and choices, and redraws what has changed. Time is passed in, so
 * that tests need no clock. */
#ifndef GOSEE_VIEW_APP_H
#define GOSEE_VIEW_APP_H

#include <SDL.h>

#include "gallery.h"
#include "keys.h"
#include "page.h"
#include "playhead.h"
#include "render_sdl.h"
#include "watch.h"

/* A movement under way: always seen as going from the earlier moment to the later; back is the same film reversed. */
struct ui_film {
    bool on;
    uint64_t lo, hi;
    int dir;
    double began, length; /* ms */
};

/* What the window asks of who opened it: to show another path. */
enum ui_wish { UI_WISH_NOTHING, UI_WISH_PATH /* app.wanted */, UI_WISH_EDITED /* the file that has changed */, UI_WISH_GALLERY };

struct ui_app {
    struct ui_fonts *fonts;
    struct ui_stage stage;
    struct ui_pages pages;
    struct ui_playhead head;
    struct ui_source source;
    SDL_Window *window;
    SDL_Renderer *renderer;
    struct ui_painter *painter;
    SDL_Texture *canvas; /* the regions as last drawn; NULL: no targets, everything is drawn each time */
    int canvas_w, canvas_h;
    uint64_t drawn[UI_REGIONS], drawn_over;
    struct ui_rect drawn_at[UI_REGIONS];
    enum ui_theme_id drawn_theme;
    bool all_stale;  /* nothing on the canvas can be kept */
    bool stale;      /* the lists do not show the playhead */
    bool over_stale; /* only the overlay has changed */
    bool quit, focused;
    bool more;    /* the source may bring more events */
    bool at_head; /* live: follows the newest event */
    struct ui_film film;
    double input_at; /* when a key or the mouse last spoke: what may wait lets them go first */
    double news_at; /* when events that came in were last shown */
    double last, notice_until, mouse_since, frozen_at, next_repeat;
    enum { UI_DRAG_NONE, UI_DRAG_SCRUB, UI_DRAG_OVERVIEW, UI_DRAG_SPEED, UI_DRAG_PAIR, UI_DRAG_LANES, UI_DRAG_MEASURE } drag;
    double drag_x;
    bool dragged; /* far enough to be no click */
    int32_t digit_down; /* position of a digit key that waits for its character */
    char notice[192], live_note[48];
    uint64_t hot; /* what the mouse is over */
    enum ui_wish wish; /* the loop ends for it */
    char *wanted;      /* owned */
    struct ui_watch *watch;     /* files that may be edited; NULL: none. Borrowed */
    struct ui_gallery *gallery; /* NULL: there is none. Borrowed */
    struct str problem;         /* what is wrong with a file, while it is; "" nothing */
    bool speak;
    uint64_t spoken;
    struct diag_list *diags; /* borrowed */
    bool failed;
};

/* With a window that exists already, or created here (w, h points; 0: by the display). false with a message. */
bool ui_app_open(struct ui_app *a, const struct scenario *scn, const struct ui_source *source, int w, int h,
                 struct diag_list *diags);
/* Shows another run in the same window, with the same mode. false: out of memory. */
bool ui_app_show(struct ui_app *a, const struct scenario *scn, const struct ui_source *source);
void ui_app_close(struct ui_app *a);
void ui_app_event(struct ui_app *a, const SDL_Event *ev, double now_ms);
void ui_app_do(struct ui_app *a, enum ui_action action, double now_ms);
/* Moves on, and redraws if something has changed. */
void ui_app_frame(struct ui_app *a, double now_ms);
/* How long nothing will change by itself: 0 now, -1 until an event comes. */
int ui_app_wait_ms(const struct ui_app *a, double now_ms);
/* Until the window is closed, or a wish is to be fulfilled. */
void ui_app_loop(struct ui_app *a);

void ui_app_notice(struct ui_app *a, double now_ms, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void ui_app_wish(struct ui_app *a, enum ui_wish wish, const char *path); /* path: copied; may be NULL */
/* The playhead has moved from `from`: shows it, as a movement if it was a step. */
void ui_app_moved(struct ui_app *a, uint64_t from, bool fly, double now_ms);
void ui_app_jump(struct ui_app *a, uint64_t n, double now_ms); /* to the moment after n events; play pauses */
/* The source has another log: the stage begins anew with it. */
void ui_app_new_log(struct ui_app *a);
bool ui_app_answer(struct ui_app *a, int choice); /* an open question's; -1: reveal. false if there is none */

#endif
