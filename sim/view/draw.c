#include "draw.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"
#include "vec.h"

void ui_list_free(struct ui_list *l) {
    free(l->cmds);
    free(l->points);
    free(l->text);
    *l = (struct ui_list){0};
}

void ui_list_clear(struct ui_list *l) {
    l->ncmds = l->npoints = l->ntext = 0;
    l->failed = false;
}

static uint64_t mix_hash(uint64_t h, uint64_t v) {
    h ^= v + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
    return h * 0xff51afd7ed558ccdu;
}

static uint64_t bits_of(double d) {
    uint64_t u;
    memcpy(&u, &d, sizeof u);
    return u;
}

uint64_t ui_list_hash(const struct ui_list *l) {
    uint64_t h = 0x51ed270b2f2a1c4du;
    for (size_t i = 0; i < l->ncmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];
        const double v[] = {c->x, c->y, c->w, c->h, c->r, c->sw, c->dash_on, c->dash_off};
        h = mix_hash(h, ((uint64_t)c->kind << 8) | c->face);
        for (size_t k = 0; k < sizeof v / sizeof *v; k++)
            h = mix_hash(h, bits_of(v[k]));
        h = mix_hash(h, ((uint64_t)c->fill << 32) | c->stroke);
        h = mix_hash(h, c->n);
    }
    for (size_t i = 0; i < l->npoints; i++)
        h = mix_hash(mix_hash(h, bits_of(l->points[i].x)), bits_of(l->points[i].y));
    return mix_hash(h, hash_bytes(l->text, l->ntext));
}

static struct ui_cmd *push(struct ui_list *l, enum ui_cmd_kind kind) {
    if (!vec_reserve((void **)&l->cmds, l->ncmds, &l->cap_cmds, 1, sizeof *l->cmds)) {
        l->failed = true;
        return NULL;
    }
    struct ui_cmd *c = &l->cmds[l->ncmds++];
    *c = (struct ui_cmd){.kind = (uint8_t)kind};
    return c;
}

static bool push_points(struct ui_list *l, struct ui_cmd *c, const struct ui_point *p, size_t n) {
    if (!vec_reserve((void **)&l->points, l->npoints, &l->cap_points, n, sizeof *l->points)) {
        l->failed = true;
        l->ncmds--;
        return false;
    }
    c->at = (uint32_t)l->npoints;
    c->n = (uint32_t)n;
    memcpy(l->points + l->npoints, p, n * sizeof *p);
    l->npoints += n;
    return true;
}

void ui_rrect_dashed(struct ui_list *l, struct ui_rect b, double radius, ui_color fill, ui_color stroke, double sw,
                     double on, double off) {
    if (b.w <= 0 || b.h <= 0) return;
    struct ui_cmd *c = push(l, UI_RRECT);
    if (!c) return;
    double most = (b.w < b.h ? b.w : b.h) / 2;
    c->x = b.x, c->y = b.y, c->w = b.w, c->h = b.h;
    c->r = radius < most ? radius : most;
    c->fill = fill, c->stroke = stroke, c->sw = sw;
    c->dash_on = on, c->dash_off = off;
}

void ui_rrect(struct ui_list *l, struct ui_rect b, double radius, ui_color fill, ui_color stroke, double sw) {
    ui_rrect_dashed(l, b, radius, fill, stroke, sw, 0, 0);
}

void ui_fill(struct ui_list *l, struct ui_rect b, ui_color fill) { ui_rrect(l, b, 0, fill, 0, 0); }

void ui_disc(struct ui_list *l, double cx, double cy, double r, ui_color fill) {
    ui_rrect(l, (struct ui_rect){cx - r, cy - r, 2 * r, 2 * r}, r, fill, 0, 0);
}

void ui_poly(struct ui_list *l, const struct ui_point *p, size_t n, ui_color fill, ui_color stroke, double sw) {
    struct ui_cmd *c = push(l, UI_POLY);
    if (!c || !push_points(l, c, p, n)) return;
    c->fill = fill, c->stroke = stroke, c->sw = sw;
}

void ui_line_dashed(struct ui_list *l, const struct ui_point *p, size_t n, ui_color stroke, double sw, double on,
                    double off) {
    struct ui_cmd *c = push(l, UI_LINE);
    if (!c || !push_points(l, c, p, n)) return;
    c->stroke = stroke, c->sw = sw;
    c->dash_on = on, c->dash_off = off;
}

void ui_line(struct ui_list *l, const struct ui_point *p, size_t n, ui_color stroke, double sw) {
    ui_line_dashed(l, p, n, stroke, sw, 0, 0);
}

void ui_segment(struct ui_list *l, double x0, double y0, double x1, double y1, ui_color stroke, double sw) {
    /* Upright and level lines are boxes, which stay sharp. */
    if (x0 == x1 || y0 == y1) {
        double w = fabs(x1 - x0), h = fabs(y1 - y0);
        double x = x0 < x1 ? x0 : x1, y = y0 < y1 ? y0 : y1;
        struct ui_rect b = x0 == x1 ? (struct ui_rect){x - sw / 2, y, sw, h} : (struct ui_rect){x, y - sw / 2, w, sw};
        ui_fill(l, b, stroke);
        return;
    }
    ui_line(l, (struct ui_point[]){{x0, y0}, {x1, y1}}, 2, stroke, sw);
}

void ui_arc(struct ui_list *l, double cx, double cy, double r, double from, double to, ui_color stroke, double sw) {
    struct ui_cmd *c = push(l, UI_ARC);
    if (!c) return;
    c->x = cx, c->y = cy, c->r = r, c->w = from, c->h = to;
    c->stroke = stroke, c->sw = sw;
}

void ui_hatch(struct ui_list *l, struct ui_rect b, double radius, ui_color stripe) {
    if (b.w <= 0 || b.h <= 0) return;
    struct ui_cmd *c = push(l, UI_HATCH);
    if (!c) return;
    double most = (b.w < b.h ? b.w : b.h) / 2;
    c->x = b.x, c->y = b.y, c->w = b.w, c->h = b.h;
    c->r = radius < most ? radius : most;
    c->fill = stripe;
}

void ui_clip(struct ui_list *l, struct ui_rect b) {
    struct ui_cmd *c = push(l, UI_CLIP);
    if (!c) return;
    c->x = b.x, c->y = b.y;
    c->w = b.w > 0 ? b.w : 0;
    c->h = b.h > 0 ? b.h : 0;
}

void ui_clip_end(struct ui_list *l) {
    struct ui_cmd *c = push(l, UI_CLIP);
    if (c) c->w = -1;
}

double ui_width(const struct ui_list *l, enum ui_face face, double size, const char *s) {
    return ui_fonts_width(l->fonts, face, size, s, SIZE_MAX);
}

double ui_text_n(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color color,
                 enum ui_anchor anchor, const char *s, size_t n) {
    if (n == SIZE_MAX) n = strlen(s);
    double w = ui_fonts_width(l->fonts, face, size, s, n);
    if (n == 0) return 0;
    struct ui_cmd *c = push(l, UI_TEXT);
    if (!c) return w;
    if (!vec_reserve((void **)&l->text, l->ntext, &l->cap_text, n, 1)) {
        l->failed = true;
        l->ncmds--;
        return w;
    }
    c->at = (uint32_t)l->ntext;
    c->n = (uint32_t)n;
    memcpy(l->text + l->ntext, s, n);
    l->ntext += n;
    c->face = (uint8_t)face;
    c->x = anchor == UI_START ? x : anchor == UI_MIDDLE ? x - w / 2 : x - w;
    c->y = y, c->w = w, c->r = size;
    c->fill = color;
    return w;
}

double ui_text(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c, enum ui_anchor anchor,
               const char *s) {
    return ui_text_n(l, x, y, face, size, c, anchor, s, SIZE_MAX);
}

double ui_textf(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c,
                enum ui_anchor anchor, const char *fmt, ...) {
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    return ui_text(l, x, y, face, size, c, anchor, buf);
}

double ui_text_fit(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c, double room,
                   const char *s) {
    size_t n = strlen(s);
    if (ui_fonts_width(l->fonts, face, size, s, n) <= room) return ui_text_n(l, x, y, face, size, c, UI_START, s, n);
    double dots = ui_width(l, face, size, "…");
    size_t fits = ui_fonts_fit(l->fonts, face, size, s, n, room - dots);
    while (fits > 0 && s[fits - 1] == ' ')
        fits--;
    char buf[1024];
    if (fits > sizeof buf - 4) fits = sizeof buf - 4;
    memcpy(buf, s, fits);
    memcpy(buf + fits, "…", 4);
    return ui_text(l, x, y, face, size, c, UI_START, buf);
}

struct ui_rect ui_snap(struct ui_rect b, double scale) {
    double x0 = floor(b.x * scale + 0.5), y0 = floor(b.y * scale + 0.5);
    double x1 = floor((b.x + b.w) * scale + 0.5), y1 = floor((b.y + b.h) * scale + 0.5);
    if (x1 <= x0) x1 = x0 + 1;
    if (y1 <= y0) y1 = y0 + 1;
    return (struct ui_rect){x0, y0, x1 - x0, y1 - y0};
}

double ui_snap_border(double sw, double scale) {
    double px = sw * scale;
    if (px <= 0) return 0;
    if (px < 1) return 1;
    /* Whole pixels where it is near one; 1.5 stays 1.5, a soft edge that still tells 1 from 2. */
    return floor(px * 2 + 0.5) / 2;
}

ui_color ui_mix(ui_color a, ui_color b, double t) {
    ui_color out = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        double x = (double)((a >> shift) & 0xff), y = (double)((b >> shift) & 0xff);
        out |= (ui_color)(x + (y - x) * t + 0.5) << shift;
    }
    return out;
}

ui_color ui_fade(ui_color c, double alpha) {
    double a = (double)(c & 0xff) * alpha;
    return (c & 0xffffff00u) | (ui_color)(a + 0.5);
}

struct ui_rect ui_inset(struct ui_rect b, double by) {
    return (struct ui_rect){b.x + by, b.y + by, b.w - 2 * by, b.h - 2 * by};
}

bool ui_inside(struct ui_rect b, double x, double y) { return x >= b.x && y >= b.y && x < b.x + b.w && y < b.y + b.h; }

double ui_paragraph(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c, double room,
                        double pitch, const char *text, bool dry) {
    size_t n = strlen(text), at = 0;
    double h = 0;
    while (at < n) {
        size_t fit = ui_fonts_fit(l->fonts, face, size, text + at, n - at, room);
        const char *nl = memchr(text + at, '\n', fit);
        if (nl) fit = (size_t)(nl - text - (long)at);
        if (at + fit < n && !nl) {
            size_t cut = fit;
            while (cut > 0 && text[at + cut] != ' ')
                cut--;
            if (cut > 0) fit = cut;
        }
        if (fit == 0 && !nl) fit = 1;
        if (!dry) ui_text_n(l, x, y + h + size, face, size, c, UI_START, text + at, fit);
        h += pitch;
        at += fit;
        while (at < n && (text[at] == ' ' || text[at] == '\n'))
            at++;
    }
    return h;
}
