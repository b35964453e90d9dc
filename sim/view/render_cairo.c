#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <math.h>
#include <string.h>

#include "mask.h"
#include "render_file.h"

enum { MAX_GLYPHS = 1024 };

struct brush {
    cairo_t *cr;
    const struct ui_picture *pic;
    cairo_font_face_t *faces[UI_FONTS_MAX];
    bool vector, clipped;
};

static void set_color(cairo_t *cr, ui_color c) {
    cairo_set_source_rgba(cr, (double)(c >> 24) / 255, (double)((c >> 16) & 0xff) / 255,
                          (double)((c >> 8) & 0xff) / 255, (double)(c & 0xff) / 255);
}

static struct ui_rect place(const struct brush *b, const struct ui_cmd *c) {
    struct ui_rect r = {c->x, c->y, c->w, c->h};
    double s = b->pic->scale;
    if (!b->vector) return ui_snap(r, s);
    return (struct ui_rect){r.x * s, r.y * s, r.w * s, r.h * s};
}

static double border(const struct brush *b, double sw) {
    return b->vector ? sw * b->pic->scale : ui_snap_border(sw, b->pic->scale);
}

static void path(cairo_t *cr, const struct ui_point *p, size_t n, double scale, bool closed) {
    for (size_t i = 0; i < n; i++) {
        if (i == 0) cairo_move_to(cr, p[i].x * scale, p[i].y * scale);
        else cairo_line_to(cr, p[i].x * scale, p[i].y * scale);
    }
    if (closed) cairo_close_path(cr);
}

static void rrect_path(cairo_t *cr, struct ui_rect b, double r) {
    const double pi = 3.14159265358979323846;
    if (r <= 0) {
        cairo_rectangle(cr, b.x, b.y, b.w, b.h);
        return;
    }
    cairo_new_sub_path(cr);
    cairo_arc(cr, b.x + r, b.y + r, r, pi, 1.5 * pi);
    cairo_arc(cr, b.x + b.w - r, b.y + r, r, 1.5 * pi, 2 * pi);
    cairo_arc(cr, b.x + b.w - r, b.y + b.h - r, r, 0, 0.5 * pi);
    cairo_arc(cr, b.x + r, b.y + b.h - r, r, 0.5 * pi, pi);
    cairo_close_path(cr);
}

static void dash(const struct brush *b, const struct ui_cmd *c, double stretch) {
    const double d[2] = {c->dash_on * b->pic->scale * stretch, c->dash_off * b->pic->scale * stretch};
    cairo_set_dash(b->cr, d, c->dash_on > 0 ? 2 : 0, 0);
    cairo_set_line_cap(b->cr, c->dash_on > 0 ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(b->cr, CAIRO_LINE_JOIN_ROUND);
}

static void draw_rrect(struct brush *b, const struct ui_cmd *c) {
    struct ui_rect r = place(b, c);
    double radius = c->r * b->pic->scale, sw = border(b, c->sw);
    bool edge = sw > 0 && (c->stroke & 0xff) != 0;
    if ((c->fill & 0xff) != 0) {
        double in = edge && c->dash_on <= 0 ? sw / 2 : 0;
        rrect_path(b->cr, ui_inset(r, in), radius > in ? radius - in : 0);
        set_color(b->cr, c->fill);
        cairo_fill(b->cr);
    }
    if (!edge) return;
    struct ui_rect mid = ui_inset(r, sw / 2);
    double mr = radius > sw / 2 ? radius - sw / 2 : 0, stretch = 1;
    if (c->dash_on > 0) {
        double length = 2 * (mid.w + mid.h) - (8 - 2 * 3.14159265358979) * mr;
        double period = (c->dash_on + c->dash_off) * b->pic->scale, count = floor(length / period + 0.5);
        if (count > 0) stretch = length / (count * period);
    }
    rrect_path(b->cr, mid, mr);
    dash(b, c, stretch);
    cairo_set_line_width(b->cr, sw);
    set_color(b->cr, c->stroke);
    cairo_stroke(b->cr);
}

static void draw_points(struct brush *b, const struct ui_list *l, const struct ui_cmd *c) {
    bool closed = c->kind == UI_POLY;
    path(b->cr, l->points + c->at, c->n, b->pic->scale, closed);
    if (closed && (c->fill & 0xff) != 0) {
        set_color(b->cr, c->fill);
        cairo_fill_preserve(b->cr);
    }
    if (c->sw > 0 && (c->stroke & 0xff) != 0) {
        dash(b, c, 1);
        cairo_set_line_width(b->cr, c->sw * b->pic->scale);
        set_color(b->cr, c->stroke);
        cairo_stroke_preserve(b->cr);
    }
    cairo_new_path(b->cr);
}

static void draw_arc(struct brush *b, const struct ui_cmd *c) {
    double s = b->pic->scale;
    cairo_new_sub_path(b->cr);
    cairo_arc(b->cr, c->x * s, c->y * s, c->r * s, c->w, c->h);
    dash(b, c, 1);
    cairo_set_line_width(b->cr, c->sw * s);
    set_color(b->cr, c->stroke);
    cairo_stroke(b->cr);
}

static void draw_hatch(struct brush *b, const struct ui_cmd *c) {
    struct ui_rect r = place(b, c);
    double period = floor(10 * b->pic->scale + 0.5);
    cairo_save(b->cr);
    rrect_path(b->cr, r, c->r * b->pic->scale);
    cairo_clip(b->cr);
    for (double u = period / 4; u < r.w + r.h + period; u += period) {
        /* "/" stripes: x + y stays the same along each. */
        cairo_move_to(b->cr, r.x + u + period / 4, r.y);
        cairo_line_to(b->cr, r.x + u + period / 4 - r.h, r.y + r.h);
    }
    cairo_set_dash(b->cr, NULL, 0, 0);
    cairo_set_line_cap(b->cr, CAIRO_LINE_CAP_SQUARE);
    cairo_set_line_width(b->cr, period / 2 / 1.41421356);
    set_color(b->cr, c->fill);
    cairo_stroke(b->cr);
    cairo_restore(b->cr);
}

static bool use_font(struct brush *b, unsigned font) {
    if (!b->faces[font]) {
        int index = 0;
        const char *file = ui_fonts_file(b->pic->fonts, font, &index);
        FcPattern *pat = file ? FcPatternCreate() : NULL;
        if (!pat) return false;
        FcPatternAddString(pat, FC_FILE, (const FcChar8 *)file);
        FcPatternAddInteger(pat, FC_INDEX, index);
        b->faces[font] = cairo_ft_font_face_create_for_pattern(pat);
        FcPatternDestroy(pat);
    }
    cairo_set_font_face(b->cr, b->faces[font]);
    return true;
}

static size_t encode(uint32_t cp, char out[4]) {
    if (cp < 0x80) return out[0] = (char)cp, 1;
    size_t n = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3f));
    out[0] = (char)((n == 2 ? 0xc0u : n == 3 ? 0xe0u : 0xf0u) | cp);
    return n;
}

static void draw_text(struct brush *b, const struct ui_list *l, const struct ui_cmd *c) {
    struct ui_glyph g[MAX_GLYPHS];
    double s = b->pic->scale, size = c->r * s;
    double baseline = b->vector ? c->y * s : floor(c->y * s + 0.5);
    size_t n = ui_fonts_shape(b->pic->fonts, c->face, l->text + c->at, c->n, g, MAX_GLYPHS);
    set_color(b->cr, c->fill);
    cairo_set_font_size(b->cr, size);
    for (size_t i = 0; i < n; i++) {
        if (!use_font(b, g[i].font)) continue;
        char utf8[4];
        cairo_glyph_t one, *got = &one;
        cairo_text_cluster_t cl, *clusters = &cl;
        cairo_text_cluster_flags_t flags;
        int ngot = 1, nclusters = 1;
        size_t bytes = encode(g[i].cp, utf8);
        double x = c->x * s + g[i].x * size;
        if (!b->vector) x = floor(x * 4 + 0.5) / 4;
        if (cairo_scaled_font_text_to_glyphs(cairo_get_scaled_font(b->cr), x, baseline, utf8, (int)bytes, &got, &ngot,
                                             &clusters, &nclusters, &flags) != CAIRO_STATUS_SUCCESS)
            continue;
        if (b->vector) {
            cairo_show_text_glyphs(b->cr, utf8, (int)bytes, got, ngot, clusters, nclusters, flags);
        } else {
            /* Cairo rounds glyphs to whole pixels; their outlines stand where they belong. */
            cairo_glyph_path(b->cr, got, ngot);
            cairo_fill(b->cr);
        }
        if (got != &one) cairo_glyph_free(got);
        if (clusters != &cl) cairo_text_cluster_free(clusters);
    }
}

static void draw_clip(struct brush *b, const struct ui_cmd *c) {
    if (b->clipped) cairo_restore(b->cr);
    b->clipped = c->w >= 0;
    if (!b->clipped) return;
    cairo_save(b->cr);
    struct ui_rect r = c->w > 0 && c->h > 0 ? place(b, c) : (struct ui_rect){0, 0, 0, 0};
    cairo_rectangle(b->cr, r.x, r.y, r.w, r.h);
    cairo_clip(b->cr);
}

static void draw_list(struct brush *b, const struct ui_list *l) {
    for (size_t i = 0; i < l->ncmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];
        switch (c->kind) {
        case UI_RRECT:
            draw_rrect(b, c);
            break;
        case UI_POLY:
        case UI_LINE:
            draw_points(b, l, c);
            break;
        case UI_ARC:
            draw_arc(b, c);
            break;
        case UI_HATCH:
            draw_hatch(b, c);
            break;
        case UI_TEXT:
            draw_text(b, l, c);
            break;
        case UI_CLIP:
            draw_clip(b, c);
            break;
        }
    }
    if (b->clipped) cairo_restore(b->cr);
    b->clipped = false;
}

bool ui_cairo_paint(cairo_surface_t *surface, const struct ui_picture *p, bool vector) {
    struct brush b = {.cr = cairo_create(surface), .pic = p, .vector = vector};
    set_color(b.cr, p->background);
    cairo_paint(b.cr);
    cairo_font_options_t *fo = cairo_font_options_create();
    cairo_font_options_set_hint_style(fo, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(fo, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(b.cr, fo);
    cairo_font_options_destroy(fo);
    for (size_t i = 0; i < p->nlists; i++)
        draw_list(&b, p->lists[i]);
    bool ok = cairo_status(b.cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(b.cr);
    for (size_t i = 0; i < UI_FONTS_MAX; i++)
        if (b.faces[i]) cairo_font_face_destroy(b.faces[i]);
    return ok;
}

/* ---- files -------------------------------------------------------------------------------------------------- */

static cairo_status_t append(void *closure, const unsigned char *data, unsigned n) {
    struct str *out = closure;
    str_add(out, (const char *)data, n);
    return out->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static bool make_png(const struct ui_picture *p, struct str *out) {
    int w = (int)(p->width * p->scale + 0.5), h = (int)(p->height * p->scale + 0.5);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    bool ok = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS && ui_cairo_paint(s, p, false) &&
              cairo_surface_write_to_png_stream(s, append, out) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(s);
    return ok;
}

static bool make_pdf(const struct ui_picture *p, struct str *out) {
    cairo_surface_t *s = cairo_pdf_surface_create_for_stream(append, out, p->width * p->scale, p->height * p->scale);
    /* No date: the same picture gives the same bytes. */
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, "");
    bool ok = ui_cairo_paint(s, p, true);
    cairo_surface_finish(s);
    ok = ok && cairo_surface_status(s) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(s);
    return ok;
}

bool ui_picture_write(const struct ui_picture *p, const char *path, struct diag_list *diags) {
    const char *dot = strrchr(path, '.');
    struct str out = {0};
    bool made = true;
    if (dot && strcmp(dot, ".png") == 0) {
        made = make_png(p, &out);
    } else if (dot && strcmp(dot, ".pdf") == 0) {
        made = make_pdf(p, &out);
    } else if (dot && strcmp(dot, ".svg") == 0) {
        ui_svg_write(p, &out);
    } else {
        diag_add(diags, NULL, 0, 0, "%s: a picture's name ends in .png, .svg, .pdf or .txt", path);
        return false;
    }
    bool ok = made && !out.failed && file_write_whole(path, out.data, out.len);
    if (!ok)
        diag_add(diags, NULL, 0, 0, "%s: cannot be written: %s", path,
                 made && !out.failed ? strerror(errno) : "out of memory");
    str_free(&out);
    return ok;
}
