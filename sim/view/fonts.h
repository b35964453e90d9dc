/* fonts.h - faces by family through fontconfig, their measures, and glyph images. Text is laid out glyph by glyph
 * without joining, so that code keeps the characters typed; sans faces are kerned. All painters take positions from
 * here. One thread uses it. */
#ifndef GOSEE_VIEW_FONTS_H
#define GOSEE_VIEW_FONTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"

enum ui_face {
    UI_SANS_400,
    UI_SANS_500,
    UI_SANS_600,
    UI_SANS_700,
    UI_MONO_400,
    UI_MONO_500,
    UI_MONO_600,
    UI_MONO_700,
    UI_FACES
};

enum { UI_FONTS_MAX = 24 }; /* the faces, then fallbacks as they are needed */

struct ui_fonts;

struct ui_glyph {
    uint32_t cp;
    unsigned font; /* index: a face or a fallback */
    double x;      /* from the text's start, in em */
};

/* NULL with a message that says what to install. */
struct ui_fonts *ui_fonts_open(struct diag_list *diags);
void ui_fonts_close(struct ui_fonts *f);

double ui_fonts_width(struct ui_fonts *f, enum ui_face face, double size, const char *s, size_t n);
/* How many bytes fit into `room`. */
size_t ui_fonts_fit(struct ui_fonts *f, enum ui_face face, double size, const char *s, size_t n, double room);
/* Lays out at most max glyphs of s; returns how many. Blanks are left out. */
size_t ui_fonts_shape(struct ui_fonts *f, enum ui_face face, const char *s, size_t n, struct ui_glyph *out, size_t max);

/* Coverage of one glyph. size in pixels an em (rounded to a quarter), phase 0..3: quarters of a pixel to the right.
 * left and top place it against pen and baseline. The caller frees bytes; w is 0 for a blank. */
struct ui_bitmap {
    int w, h, left, top;
    uint8_t *bytes;
};
bool ui_fonts_raster(struct ui_fonts *f, unsigned font, uint32_t cp, double size, unsigned phase,
                     struct ui_bitmap *out);

/* For other painters: the file, and the family and weight as CSS names them. */
const char *ui_fonts_file(const struct ui_fonts *f, unsigned font, int *index);
const char *ui_fonts_css(enum ui_face face, int *weight);

/* Decodes one code point of at most n bytes; malformed bytes give U+FFFD. Returns the bytes it took, at least 1. */
size_t ui_utf8_next(const char *s, size_t n, uint32_t *cp);

#endif
