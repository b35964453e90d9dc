/* draw.h - what a region looks like, as a flat list of draw commands. Renderers turn a list into SDL calls, cairo calls
 * or SVG; nothing else in the view knows how to paint. Units are layout points, y grows downwards. A list owns its
 * commands, points and text, and keeps their memory from frame to frame. */
#ifndef GOSEE_VIEW_DRAW_H
#define GOSEE_VIEW_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fonts.h"

typedef uint32_t ui_color; /* 0xRRGGBBAA; alpha 0 draws nothing */

struct ui_rect {
    double x, y, w, h;
};

struct ui_point {
    double x, y;
};

enum ui_cmd_kind {
    UI_RRECT, /* rounded rectangle: fill, and a border of width sw inside its box, dashed if dash_on > 0 */
    UI_POLY,  /* closed polygon: fill, and an outline of width sw */
    UI_LINE,  /* open line through points, round joins and ends, dashed if dash_on > 0 */
    UI_ARC,   /* stroke of a circle's arc around (x, y), radius r, from angle w to angle h (radians, clockwise) */
    UI_HATCH, /* diagonal stripes of colour fill over a rounded rectangle */
    UI_TEXT,  /* text at baseline (x, y), size r, colour fill, width w */
    UI_CLIP   /* what follows shows only inside the box; w < 0 ends it */
};

struct ui_cmd {
    uint8_t kind; /* enum ui_cmd_kind */
    uint8_t face; /* enum ui_face */
    double x, y, w, h, r, sw, dash_on, dash_off;
    ui_color fill, stroke;
    uint32_t at, n; /* range of points, or of text */
};

struct ui_list {
    struct ui_cmd *cmds;
    size_t ncmds, cap_cmds;
    struct ui_point *points;
    size_t npoints, cap_points;
    char *text;
    size_t ntext, cap_text;
    struct ui_fonts *fonts; /* borrowed: for measuring */
    bool failed;            /* memory ran out: something is missing */
};

enum ui_anchor { UI_START, UI_MIDDLE, UI_END };

void ui_list_free(struct ui_list *l);
void ui_list_clear(struct ui_list *l);
uint64_t ui_list_hash(const struct ui_list *l); /* of all that shows */

void ui_rrect(struct ui_list *l, struct ui_rect b, double radius, ui_color fill, ui_color stroke, double sw);
void ui_rrect_dashed(struct ui_list *l, struct ui_rect b, double radius, ui_color fill, ui_color stroke, double sw,
                     double on, double off);
void ui_fill(struct ui_list *l, struct ui_rect b, ui_color fill);
void ui_disc(struct ui_list *l, double cx, double cy, double r, ui_color fill);
void ui_poly(struct ui_list *l, const struct ui_point *p, size_t n, ui_color fill, ui_color stroke, double sw);
void ui_line(struct ui_list *l, const struct ui_point *p, size_t n, ui_color stroke, double sw);
void ui_line_dashed(struct ui_list *l, const struct ui_point *p, size_t n, ui_color stroke, double sw, double on,
                    double off);
void ui_segment(struct ui_list *l, double x0, double y0, double x1, double y1, ui_color stroke, double sw);
void ui_arc(struct ui_list *l, double cx, double cy, double r, double from, double to, ui_color stroke, double sw);
void ui_hatch(struct ui_list *l, struct ui_rect b, double radius, ui_color stripe);
void ui_clip(struct ui_list *l, struct ui_rect b);
void ui_clip_end(struct ui_list *l);

/* Each gives the width in points. n: bytes, SIZE_MAX for a terminated string. */
double ui_text_n(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c,
                 enum ui_anchor anchor, const char *s, size_t n);
double ui_text(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c, enum ui_anchor anchor,
               const char *s);
double ui_textf(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c,
                enum ui_anchor anchor, const char *fmt, ...) __attribute__((format(printf, 8, 9)));
/* At most `room` wide: what does not fit is cut and ends in "…". */
double ui_text_fit(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c, double room,
                   const char *s);
double ui_width(const struct ui_list *l, enum ui_face face, double size, const char *s);

/* Text broken between words, its top at y; with dry it is only measured. Returns its height. */
double ui_paragraph(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c, double room,
                    double pitch, const char *text, bool dry);

/* Geometry that both painters share, so that they agree on every pixel: a box in pixels with edges on whole ones. */
struct ui_rect ui_snap(struct ui_rect b, double scale);
double ui_snap_border(double sw, double scale); /* at least one pixel */
ui_color ui_mix(ui_color a, ui_color b, double t);
ui_color ui_fade(ui_color c, double alpha);
struct ui_rect ui_inset(struct ui_rect b, double by);
bool ui_inside(struct ui_rect b, double x, double y);

#endif
