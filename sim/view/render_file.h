/* render_file.h - draw lists to files: PNG and PDF through cairo, SVG by ourselves, so that its text stays text. Lists
 * are painted in order. Same lists, fonts and library versions give the same bytes. */
#ifndef GOSEE_VIEW_RENDER_FILE_H
#define GOSEE_VIEW_RENDER_FILE_H

#include <cairo.h>

#include "diag.h"
#include "draw.h"

struct ui_picture {
    const struct ui_list *const *lists;
    size_t nlists;
    struct ui_fonts *fonts;
    double width, height; /* points */
    double scale;         /* pixels a point */
    ui_color background;
};

/* Paints onto any cairo surface; snapped to pixels unless `vector`. */
bool ui_cairo_paint(cairo_surface_t *surface, const struct ui_picture *p, bool vector);
/* By the file name's ending. false with a message. */
bool ui_picture_write(const struct ui_picture *p, const char *path, struct diag_list *diags);
void ui_svg_write(const struct ui_picture *p, struct str *out);

#endif
