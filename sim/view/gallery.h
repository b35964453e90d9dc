/* gallery.h - the scenes of the course, to choose from: chapters of cards, each with a still of its lesson's first pause.
 * The window owns it. */
#ifndef GOSEE_VIEW_GALLERY_H
#define GOSEE_VIEW_GALLERY_H

#include <SDL.h>

#include "stage.h"

typedef struct _cairo_surface cairo_surface_t; /* as cairo.h has it: who draws no stills needs no cairo */

struct ui_card {
    char *path, *title, *text; /* owned; text: what the scene asks, or its summary */
    size_t chapter;
    double minutes;
    bool core;
    bool tried;         /* a still was asked for */
    SDL_Texture *still; /* NULL: not yet, or it could not be made */
    struct ui_rect at;  /* as last drawn; w 0: out of sight */
};

struct ui_gallery {
    struct ui_card *cards;
    size_t ncards, cap_cards;
    char **chapters;
    size_t nchapters, cap_chapters;
    size_t focus, columns;
    double scroll, height; /* logical points */
    bool failed;           /* memory ran out: something is missing */
    /* Draws the stage of a path onto a surface; false: it cannot. */
    bool (*draw)(void *ctx, const char *path, cairo_surface_t *to);
    void *ctx;
};

/* Adds the scenes of a course.json; what is wrong with it is in diags, and the gallery is then without them. */
void ui_gallery_course(struct ui_gallery *g, const char *path, struct diag_list *diags);
void ui_gallery_chapter(struct ui_gallery *g, const char *title);
void ui_gallery_add(struct ui_gallery *g, struct ui_card card); /* to the last chapter; its strings are copied */
void ui_gallery_forget(struct ui_gallery *g); /* the stills, before the renderer goes */
void ui_gallery_free(struct ui_gallery *g);

void ui_draw_gallery(struct ui_stage *s, struct ui_list *l, struct ui_rect b);
/* Makes one still that is in sight and missing; true if it has. */
bool ui_gallery_still(struct ui_gallery *g, SDL_Renderer *r);
bool ui_gallery_busy(const struct ui_gallery *g); /* more are missing */
/* Draws the stills into their cards. scale: pixels a logical point. */
void ui_gallery_stills(const struct ui_gallery *g, SDL_Renderer *r, double scale);
/* dx, dy: cards to the side, rows down. */
void ui_gallery_move(struct ui_gallery *g, int dx, int dy, double window_h);
void ui_gallery_scroll(struct ui_gallery *g, double by, double window_h);

#endif
