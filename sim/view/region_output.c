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

static void draw_line(struct ui_stage *s, struct ui_list *l, struct ui_rect b, double base, const struct rp_line *line,
                      bool lit) {
    const struct ui_theme *t = s->th;
    bool big = s->lay.cls == UI_PRESENTER;
    double size = big ? 18 : 14.5, x = b.x + (big ? 18 : 14);
    char buf[600], time[32];
    if (lit) ui_fill(l, (struct ui_rect){b.x + 1, base - 18, b.w - 2, 25}, t->spot_tint);
    if (line->fd == 2) ui_fill(l, (struct ui_rect){b.x + 4, base - 15, 3, 20}, t->err);
    if (!big) {
        ui_text(l, x + 66, base, UI_MONO_400, 12.5, t->ink3, UI_END, ui_duration_text(time, sizeof time, line->time));
        x += 76;
        const struct rp_g *g = line->g ? rp_g(s->st, line->g) : NULL;
        if (g) writer_chip(s, l, g, x, base - 4.5, 18);
        x += 46;
    } else {
        const struct rp_g *g = line->g ? rp_g(s->st, line->g) : NULL;
        if (g) x += writer_chip(s, l, g, x, base - 6, 22) + 8;
    }
    clean(buf, sizeof buf, line->text, line->length);
    ui_text_fit(l, x, base, UI_MONO_500, size, line->fd == 2 ? t->err : t->ink, b.x + b.w - 12 - x, buf);
    ui_add_hit(s, (struct ui_rect){b.x, base - 18, b.w, 25}, UI_HIT_OUTPUT, line->event + 1);
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
    double first = b.y + (big ? 62 : 60), pitch = 25;
    size_t fits = (size_t)((b.y + b.h - 8 - first) / pitch) + 1, from = n > fits ? n - fits : 0;
    ui_clip(l, ui_inset(b, t->panel_border));
    for (size_t i = from; i < n; i++) {
        struct rp_line line;
        if (!rp_line(s->st, i, &line)) break;
        bool lit = s->has_event && s->event.kind == RT_EV_Write && line.event + 1 == s->n;
        draw_line(s, l, b, first + (double)(i - from) * pitch, &line, lit);
    }
    ui_clip_end(l);
}
