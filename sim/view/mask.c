/* mask.c - coverage by signed areas: each edge adds, in the pixels it crosses, the area to its right; a running sum
 * over a row then gives the coverage (the method of font-rs and stb_truetype, here for any polygon). */
#include "mask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Sums of a row may reach one pixel past its end. */
enum { STRIDE_PAD = 2 };

static const double pi = 3.14159265358979323846;

bool ui_mask_reset(struct ui_mask *m, int w, int h) {
    if (w < 1 || h < 1 || w > 8192 || h > 8192) return false;
    size_t need = (size_t)(w + STRIDE_PAD) * (size_t)h;
    if (need > m->cap) {
        uint8_t *bytes = realloc(m->bytes, need);
        if (!bytes) return false;
        m->bytes = bytes;
        float *sums = realloc(m->sums, need * sizeof *sums);
        if (!sums) return false;
        m->sums = sums;
        m->cap = need;
    }
    m->w = w;
    m->h = h;
    memset(m->bytes, 0, (size_t)w * (size_t)h);
    memset(m->sums, 0, need * sizeof *m->sums);
    return true;
}

void ui_mask_free(struct ui_mask *m) {
    free(m->bytes);
    free(m->sums);
    *m = (struct ui_mask){0};
}

static double clamp(double v, double lo, double hi) { return v < lo ? lo : v > hi ? hi : v; }

/* The part of an edge inside one row: from x0 to x1 (x0 <= x1), height d (signed). */
static void add_row(struct ui_mask *m, int row, double x0, double x1, double d) {
    float *line = m->sums + (size_t)row * (size_t)(m->w + STRIDE_PAD);
    double x0f = floor(x0);
    int first = (int)x0f, end = (int)ceil(x1);
    if (end <= first + 1) {
        double mid = 0.5 * (x0 + x1) - x0f;
        line[first] += (float)(d - d * mid);
        line[first + 1] += (float)(d * mid);
        return;
    }
    double s = 1 / (x1 - x0), a0 = 0.5 * s * (1 - (x0 - x0f)) * (1 - (x0 - x0f));
    double x1f = x1 - (double)end + 1, am = 0.5 * s * x1f * x1f;
    line[first] += (float)(d * a0);
    if (end == first + 2) {
        line[first + 1] += (float)(d * (1 - a0 - am));
    } else {
        double a1 = s * (1.5 - (x0 - x0f));
        line[first + 1] += (float)(d * (a1 - a0));
        for (int x = first + 2; x < end - 1; x++)
            line[x] += (float)(d * s);
        double a2 = a1 + (double)(end - first - 3) * s;
        line[end - 1] += (float)(d * (1 - a2 - am));
    }
    line[end] += (float)(d * am);
}

static void add_edge(struct ui_mask *m, struct ui_point p, struct ui_point q) {
    if (p.y == q.y) return;
    double dir = 1;
    if (p.y > q.y) {
        struct ui_point t = p;
        p = q, q = t;
        dir = -1;
    }
    double slope = (q.x - p.x) / (q.y - p.y), x = p.x;
    if (p.y < 0) x -= p.y * slope;
    double top = p.y < 0 ? 0 : p.y, bottom = q.y > m->h ? m->h : q.y;
    for (int row = (int)top; row < m->h && row < bottom; row++) {
        double y1 = bottom < row + 1 ? bottom : row + 1, y0 = top > row ? top : row;
        double dy = y1 - y0, next = x + slope * dy;
        double a = clamp(x < next ? x : next, 0, m->w), b = clamp(x < next ? next : x, 0, m->w);
        /* What lies past the right edge has no pixel of its own to add to. */
        if (a < m->w) add_row(m, row, a, b, dy * dir);
        x = next;
    }
}

static void finish(struct ui_mask *m, double y0, double y1) {
    int from = (int)clamp(floor(y0), 0, m->h), to = (int)clamp(ceil(y1) + 1, 0, m->h);
    for (int y = from; y < to; y++) {
        float *line = m->sums + (size_t)y * (size_t)(m->w + STRIDE_PAD);
        uint8_t *out = m->bytes + (size_t)y * (size_t)m->w;
        float sum = 0;
        for (int x = 0; x < m->w; x++) {
            sum += line[x];
            line[x] = 0;
            float c = sum < 0 ? -sum : sum;
            uint8_t v = c >= 1 ? 255 : (uint8_t)(c * 255 + 0.5f);
            if (v > out[x]) out[x] = v;
        }
        line[m->w] = line[m->w + 1] = 0;
    }
}

static void add_loop(struct ui_mask *m, const struct ui_point *p, size_t n, bool reverse) {
    for (size_t i = 0; i < n; i++) {
        struct ui_point a = p[i], b = p[(i + 1) % n];
        if (reverse) add_edge(m, b, a);
        else add_edge(m, a, b);
    }
}

static void extent(const struct ui_point *p, size_t n, double *y0, double *y1) {
    *y0 = *y1 = p[0].y;
    for (size_t i = 1; i < n; i++) {
        if (p[i].y < *y0) *y0 = p[i].y;
        if (p[i].y > *y1) *y1 = p[i].y;
    }
}

void ui_mask_poly(struct ui_mask *m, const struct ui_point *p, size_t n) {
    if (n < 3) return;
    double y0, y1;
    extent(p, n, &y0, &y1);
    add_loop(m, p, n, false);
    finish(m, y0, y1);
}

size_t ui_arc_points(double cx, double cy, double r, double from, double to, struct ui_point *out, size_t max) {
    size_t n = max;
    for (size_t i = 0; i < n; i++) {
        double a = from + (to - from) * (double)i / (double)(n - 1);
        out[i] = (struct ui_point){cx + r * cos(a), cy + r * sin(a)};
    }
    return n;
}

size_t ui_rrect_points(struct ui_rect b, double r, struct ui_point *out) {
    if (r <= 0) {
        out[0] = (struct ui_point){b.x, b.y};
        out[1] = (struct ui_point){b.x + b.w, b.y};
        out[2] = (struct ui_point){b.x + b.w, b.y + b.h};
        out[3] = (struct ui_point){b.x, b.y + b.h};
        return 4;
    }
    const double cx[] = {b.x + r, b.x + b.w - r, b.x + b.w - r, b.x + r};
    const double cy[] = {b.y + r, b.y + r, b.y + b.h - r, b.y + b.h - r};
    size_t n = 0;
    for (int k = 0; k < 4; k++)
        n += ui_arc_points(cx[k], cy[k], r, pi + k * pi / 2, pi * 1.5 + k * pi / 2, out + n, UI_ARC_STEPS + 1);
    return n;
}

void ui_mask_rrect(struct ui_mask *m, struct ui_rect b, double r) {
    struct ui_point p[UI_RRECT_POINTS];
    ui_mask_poly(m, p, ui_rrect_points(b, r, p));
}

void ui_mask_ring(struct ui_mask *m, struct ui_rect b, double r, double sw) {
    struct ui_point p[UI_RRECT_POINTS];
    add_loop(m, p, ui_rrect_points(b, r, p), false);
    if (b.w > 2 * sw && b.h > 2 * sw) add_loop(m, p, ui_rrect_points(ui_inset(b, sw), r > sw ? r - sw : 0, p), true);
    finish(m, b.y, b.y + b.h);
}

static void add_disc(struct ui_mask *m, struct ui_point c, double r) {
    struct ui_point p[25];
    ui_mask_poly(m, p, ui_arc_points(c.x, c.y, r, 0, 2 * pi * 24 / 25, p, 25));
}

static void add_bar(struct ui_mask *m, struct ui_point a, struct ui_point b, double width) {
    double dx = b.x - a.x, dy = b.y - a.y, len = sqrt(dx * dx + dy * dy);
    if (len <= 0) return;
    double nx = -dy / len * width / 2, ny = dx / len * width / 2;
    struct ui_point q[4] = {{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}};
    ui_mask_poly(m, q, 4);
}

static void stroke_dashed(struct ui_mask *m, const struct ui_point *p, size_t n, bool closed, double width, double on,
                          double off) {
    double at = 0, period = on + off;
    size_t segments = closed ? n : n - 1;
    for (size_t i = 0; i < segments; i++) {
        struct ui_point a = p[i], b = p[(i + 1) % n];
        double dx = b.x - a.x, dy = b.y - a.y, len = sqrt(dx * dx + dy * dy);
        for (double s = 0; s < len;) {
            double phase = fmod(at + s, period);
            bool ink = phase < on;
            double step = ink ? on - phase : period - phase;
            if (step < 1e-6) step = 1e-6;
            double e = s + step < len ? s + step : len;
            struct ui_point u = {a.x + dx * s / len, a.y + dy * s / len}, v = {a.x + dx * e / len, a.y + dy * e / len};
            if (ink) add_bar(m, u, v, width);
            s = e;
        }
        at += len;
    }
}

void ui_mask_stroke(struct ui_mask *m, const struct ui_point *p, size_t n, bool closed, double width, double dash_on,
                    double dash_off) {
    if (n < 2) return;
    if (dash_on > 0) {
        stroke_dashed(m, p, n, closed, width, dash_on, dash_off);
        return;
    }
    size_t segments = closed ? n : n - 1;
    for (size_t i = 0; i < segments; i++)
        add_bar(m, p[i], p[(i + 1) % n], width);
    for (size_t i = 0; i < n; i++)
        add_disc(m, p[i], width / 2);
}

void ui_mask_dashed_ring(struct ui_mask *m, struct ui_rect b, double r, double sw, double on, double off) {
    struct ui_point p[UI_RRECT_POINTS];
    size_t n = ui_rrect_points(ui_inset(b, sw / 2), r > sw / 2 ? r - sw / 2 : 0, p);
    double length = 0;
    for (size_t i = 0; i < n; i++) {
        double dx = p[(i + 1) % n].x - p[i].x, dy = p[(i + 1) % n].y - p[i].y;
        length += sqrt(dx * dx + dy * dy);
    }
    /* A whole number of dashes, so that the last does not meet the first halfway. */
    double count = floor(length / (on + off) + 0.5);
    double stretch = count > 0 ? length / (count * (on + off)) : 1;
    stroke_dashed(m, p, n, true, sw, on * stretch, off * stretch);
}

void ui_mask_stripes(struct ui_mask *m, double period) {
    for (int y = 0; y < m->h; y++) {
        uint8_t *line = m->bytes + (size_t)y * (size_t)m->w;
        for (int x = 0; x < m->w; x++) {
            double u = fmod((double)(x + y + 1), period) / period; /* 0..1 across one stripe and its gap */
            double away = fabs(u - 0.5) * period / 1.41421356;     /* pixels from the stripe's middle line */
            double cover = clamp(period / 4 / 1.41421356 - away + 0.5, 0, 1);
            line[x] = (uint8_t)(line[x] * cover + 0.5);
        }
    }
}
