/* mask.h - coverage of polygons and strokes, computed exactly: how much of each pixel a shape covers. What the window
 * cannot draw as plain boxes is drawn as such a mask, so that edges are soft with every driver. Units are pixels. */
#ifndef GOSEE_VIEW_MASK_H
#define GOSEE_VIEW_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "draw.h"

/* A mask owns bytes (w x h, 0 to 255) and its work memory; both are kept between uses. */
struct ui_mask {
    int w, h;
    uint8_t *bytes;
    float *sums;
    size_t cap;
};

bool ui_mask_reset(struct ui_mask *m, int w, int h); /* empty; false when memory runs out */
void ui_mask_free(struct ui_mask *m);

/* Adds a closed polygon; where shapes overlap, the larger coverage counts. Points outside the mask are cut off. */
void ui_mask_poly(struct ui_mask *m, const struct ui_point *p, size_t n);
/* Open or closed polyline of the given width with round joins; ends are round, or flat when dashed. */
void ui_mask_stroke(struct ui_mask *m, const struct ui_point *p, size_t n, bool closed, double width, double dash_on,
                    double dash_off);
void ui_mask_rrect(struct ui_mask *m, struct ui_rect b, double r);
/* The border of width sw inside the box. */
void ui_mask_ring(struct ui_mask *m, struct ui_rect b, double r, double sw);
void ui_mask_dashed_ring(struct ui_mask *m, struct ui_rect b, double r, double sw, double on, double off);
/* Keeps only diagonal stripes, half of each `period` (along x). */
void ui_mask_stripes(struct ui_mask *m, double period);

/* Points of a rounded rectangle, clockwise from its top left; at most UI_RRECT_POINTS. */
enum { UI_ARC_STEPS = 16, UI_RRECT_POINTS = 4 * (UI_ARC_STEPS + 1) };
size_t ui_rrect_points(struct ui_rect b, double r, struct ui_point *out);
/* An arc as a polyline; at most max points. */
size_t ui_arc_points(double cx, double cy, double r, double from, double to, struct ui_point *out, size_t max);

#endif
