/* region_output.c - what the program has written by this moment. */
#include <stdio.h>
#include <string.h>

#include "parts.h"

/* Control characters would draw nothing: they show as a middle dot, tabs as blanks. */
static void clean(char *out, size_t n, const char *text, size_t length) {
    size_t at = 0;
    for (size_t i = 0; i < length && at + 4 < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\t') {
            out[at++] = ' ';
            out[at++] = ' ';
        } else if (c < 0x20 || c == 0x7f) {
            out[at++] = (char)0xc2;
            out[at++] = (char)0xb7;
        } else {
            out[at++] = (char)c;
        }
    }
    out[at] = 0;
}

/* The writer in its own colours, whatever has become of it since. */
static double writer_chip(const struct ui_stage *s, struct ui_list *l, const struct rp_g *g, double x, double cy,
                          double h) {
    struct rp_g alive = *g;
    alive.state = RP_G_RUNNABLE;
    alive.why = RT_WHY_None;
    alive.starts = 1;
    return ui_chip(s, l, &alive, x, cy, h);
}

/* Where a line of output stands: its text wraps below the first row, in cells of one width. */
struct output_place {
    double size, text_x, chip_x, room;
    size_t cols;
    bool big;
};

static struct output_place place_of(const struct ui_stage *s, const struct ui_list *l, struct ui_rect b) {
    struct output_place o = {.big = s->lay.cls == UI_PRESENTER};
    o.size = o.big ? 18 : 14.5;
    o.chip_x = b.x + (o.big ? 18 : 14 + 76);
    o.text_x = o.chip_x + (o.big ? 56 : 46);
    o.room = b.x + b.w - 12 - o.text_x;
    double cell = ui_width(l, UI_MONO_500, o.size, "0");
    double cols = cell > 0 ? o.room / cell : 1;
    o.cols = cols > 1 ? (size_t)cols : 1;
    return o;
}

/* Bytes of s that fill one row; 0 at its end. */
static size_t row_bytes(const struct output_place *o, const char *s) {
    size_t n = strlen(s), at = 0;
    uint32_t cp;
    for (size_t k = 0; k < o->cols && at < n; k++) at += ui_utf8_next(s + at, n - at, &cp);
    return at;
}

static size_t rows_of(const struct output_place *o, const char *s) {
    size_t rows = 0;
    for (size_t n; (n = row_bytes(o, s)) != 0; s += n) rows++;
    return rows ? rows : 1;
}

enum { LINE_BYTES = 600 };

static void draw_line(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct output_place *o, double base,
                      double pitch, const struct rp_line *line, bool lit) {
    const struct ui_theme *t = s->th;
    char buf[LINE_BYTES], time[32];
    clean(buf, sizeof buf, line->text, line->length);
    double h = 25 + pitch * (double)(rows_of(o, buf) - 1);
    if (lit) ui_fill(l, (struct ui_rect){b.x + 1, base - 18, b.w - 2, h}, t->spot_tint);
    if (line->fd == 2) ui_fill(l, (struct ui_rect){b.x + 4, base - 15, 3, h - 5}, t->err);
    if (!o->big)
        ui_text(l, o->chip_x - 10, base, UI_MONO_400, 12.5, t->ink3, UI_END,
                ui_duration_text(time, sizeof time, line->time));
    const struct rp_g *g = line->g ? rp_g(s->st, line->g) : NULL;
    if (g) writer_chip(s, l, g, o->chip_x, base - (o->big ? 6 : 4.5), o->big ? 22 : 18);
    ui_add_hit(s, (struct ui_rect){b.x, base - 18, b.w, h}, UI_HIT_OUTPUT, line->event + 1);
    const char *p = buf;
    for (size_t n; (n = row_bytes(o, p)) != 0; p += n, base += pitch)
        ui_text_n(l, o->text_x, base, UI_MONO_500, o->size, line->fd == 2 ? t->err : t->ink, UI_START, p, n);
}

/* The newest lines that fit, in their order; the oldest of them may be cut at the top. */
static void draw_lines(struct ui_stage *s, struct ui_list *l, struct ui_rect b, double first) {
    struct output_place o = place_of(s, l, b);
    const double pitch = 25;
    size_t n = rp_nlines(s->st), from = n, rows = 0;
    size_t fits = (size_t)((b.y + b.h - 8 - first) / pitch) + 1;
    struct rp_line line;
    char buf[LINE_BYTES];
    while (from > 0 && rows < fits && rp_line(s->st, from - 1, &line)) {
        clean(buf, sizeof buf, line.text, line.length);
        rows += rows_of(&o, buf);
        from--;
    }
    double base = first - (rows > fits ? (double)(rows - fits) * pitch : 0);
    ui_clip(l, (struct ui_rect){b.x + 1, first - 20, b.w - 2, b.y + b.h - 1 - (first - 20)});
    for (size_t i = from; i < n && rp_line(s->st, i, &line); i++) {
        bool lit = s->has_event && s->event.kind == RT_EV_Write && line.event + 1 == s->n;
        draw_line(s, l, b, &o, base, pitch, &line, lit);
        clean(buf, sizeof buf, line.text, line.length);
        base += pitch * (double)rows_of(&o, buf);
    }
    ui_clip_end(l);
}

void ui_draw_output(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_OUTPUT];
    bool big = s->lay.cls == UI_PRESENTER, tabs = s->lay.cls == UI_COMPACT || s->lay.cls == UI_NARROW;
    size_t n = rp_nlines(s->st);
    ui_panel(s, l, b, 6, false);
    if (tabs) {
        double x = b.x + 8;
        x += ui_button(s, l, x, b.y + 6, 22, false, UI_I_NONE, "Timeline", "", false, false, UI_HIT_TAB, 100) + 6;
        ui_button(s, l, x, b.y + 6, 22, false, UI_I_NONE, "Output", "", true, false, UI_HIT_TAB, 101);
    } else {
        ui_text(l, b.x + (big ? 18 : 14), b.y + (big ? 32 : 23), UI_SANS_600, big ? 20 : 14, t->ink, UI_START,
                "Output");
    }
    double note = big ? 18 : 13;
    ui_color c = t->ink2;
    if (n == 0)
        ui_text(l, b.x + b.w - (big ? 18 : 14), b.y + (big ? 32 : 23), UI_SANS_400, note, c, UI_END, "nothing yet");
    else
        ui_textf(l, b.x + b.w - (big ? 18 : 14), b.y + (big ? 32 : 23), UI_SANS_400, note, c, UI_END,
                 n == 1 ? "%zu line" : "%zu lines", n);
    if (!big) ui_fill(l, (struct ui_rect){b.x + 1, b.y + 34, b.w - 2, 1}, t->line);
    draw_lines(s, l, b, b.y + (big ? 62 : 60));
}
