/* region_trouble.c - how a run went wrong, in the rooms' place: the ring of who waits for whom, a panic with its trace,
 * goroutines that will never wake, a limit. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

enum { MOST_WAITING = 64, MOST_IN_RING = 8, MOST_FRAMES = 12 };

static const struct rp_obj *waits_for(const struct ui_stage *s, uint32_t goid) {
    const struct rp_g *g = rp_g(s->st, goid);
    return g && g->state == RP_G_WAITING && g->obj ? rp_obj(s->st, g->obj) : NULL;
}

static size_t who_waits(const struct ui_stage *s, uint32_t *out, size_t max) {
    size_t n = 0;
    for (size_t i = 0; i < s->nbriefs; i++) {
        const struct rp_brief *g = &s->briefs[i];
        if (g->system || g->state != RP_G_WAITING) continue;
        if (n < max) out[n] = g->goid;
        n++;
    }
    return n;
}

/* Each waits for a lock whose owner is the next, the last for the first's. */
size_t ui_wait_ring(const struct ui_stage *s, uint32_t *out, size_t max) {
    uint32_t waiting[MOST_WAITING];
    size_t all = who_waits(s, waiting, MOST_WAITING), few = all < MOST_WAITING ? all : MOST_WAITING;
    for (size_t i = 0; i < few; i++) {
        size_t n = 0;
        uint32_t g = waiting[i];
        while (n < max) {
            const struct rp_obj *o = waits_for(s, g);
            out[n++] = g;
            if (!o || o->owner == 0) break;
            g = o->owner;
            if (g == waiting[i]) return n;
        }
    }
    return 0;
}

static const char *waited_for(const struct rp_obj *o) { return o ? ui_object_name(o) : "nothing"; }

static bool is_deadlock(const struct ui_stage *s, enum rt_end how) {
    struct rp_census c = rp_census(s->st);
    return how == RT_END_FATAL && c.running == 0 && c.runnable == 0 && c.syscall == 0 && c.waiting > 0;
}

static double head(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *title, const char *note) {
    const struct ui_theme *t = s->th;
    ui_rrect(l, b, 3, t->card, t->err, 2);
    ui_draw_icon(l, UI_I_CROSS, b.x + 23, b.y + 20, 22, t->err);
    double x = b.x + 40, end = b.x + b.w - 16;
    x += ui_text_fit(l, x, b.y + 26, UI_SANS_600, 16, t->ink, end - x, title) + 12;
    if (ui_width(l, UI_SANS_500, 13, note) < end - x) ui_text(l, end, b.y + 26, UI_SANS_500, 13, t->ink2, UI_END, note);
    return b.y + 40;
}

/* ---- deadlock ------------------------------------------------------------------------------------------------ */

static void ring_arrow(struct ui_stage *s, struct ui_list *l, struct ui_point c, double rx, double ry, double from,
                       double to, const char *text) {
    const struct ui_theme *t = s->th;
    struct ui_point p[17];
    for (int i = 0; i < 17; i++) {
        double a = from + (to - from) * i / 16;
        p[i] = (struct ui_point){c.x + rx * cos(a), c.y + ry * sin(a)};
    }
    ui_line(l, p, 17, t->err, 2.5);
    double dx = p[16].x - p[14].x, dy = p[16].y - p[14].y, len = hypot(dx, dy);
    if (len < 1e-6) return;
    dx /= len, dy /= len;
    struct ui_point tip = p[16], tri[] = {{tip.x + dx * 5, tip.y + dy * 5},
                                          {tip.x - dx * 6 - dy * 5.5, tip.y - dy * 6 + dx * 5.5},
                                          {tip.x - dx * 6 + dy * 5.5, tip.y - dy * 6 - dx * 5.5}};
    ui_poly(l, tri, 3, t->err, 0, 0);
    double w = fmin(ui_width(l, UI_MONO_600, 12.5, text), 84);
    struct ui_rect tag = {p[8].x - w / 2 - 7, p[8].y - 10, w + 14, 20};
    ui_rrect(l, tag, 4, t->err_tint, t->err, 1);
    ui_text_fit(l, tag.x + 7, tag.y + 14.5, UI_MONO_600, 12.5, t->ink, w + 1, text);
}

static void draw_ring(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const uint32_t *ring, size_t n) {
    const double pi = 3.14159265358979323846;
    double pw = n > 4 || b.w < 320 ? 72 : 104, ph = 32;
    struct ui_point c = {b.x + b.w / 2, b.y + b.h / 2};
    double rx = b.w / 2 - pw / 2 - 18, ry = fmin(b.h / 2 - ph / 2 - 8, rx * 1.05);
    for (size_t i = 0; i < n; i++) {
        double a = -pi / 2 + 2 * pi * (double)i / (double)n, next = 2 * pi / (double)n;
        double clear = fmin(next * 0.34, pw * 0.62 / rx), clear_next = clear;
        ring_arrow(s, l, c, rx, ry, a + clear, a + next - clear_next, waited_for(waits_for(s, ring[i])));
    }
    for (size_t i = 0; i < n; i++) {
        const struct rp_g *g = rp_g(s->st, ring[i]);
        double a = -pi / 2 + 2 * pi * (double)i / (double)n;
        if (g)
            ui_pill_at(s, l, g, (struct ui_rect){c.x + rx * cos(a) - pw / 2, c.y + ry * sin(a) - ph / 2, pw, ph},
                       UI_R_ROOMS, 0xDEAD);
    }
    double room = 2 * rx - (n % 2 == 0 ? pw : 0) - 16;
    if (ry < 60 || ui_width(l, UI_SANS_600, 13.5, "deadlock") > room) return;
    ui_text(l, c.x, c.y + (ui_width(l, UI_SANS_400, 12.5, "what the next holds") > room ? 5 : -8), UI_SANS_600, 13.5,
            s->th->err, UI_MIDDLE, "deadlock");
    if (ui_width(l, UI_SANS_400, 12.5, "what the next holds") > room) return;
    ui_text(l, c.x, c.y + 10, UI_SANS_400, 12.5, s->th->ink2, UI_MIDDLE, "each waits for");
    ui_text(l, c.x, c.y + 26, UI_SANS_400, 12.5, s->th->ink2, UI_MIDDLE, "what the next holds");
}

static bool in_ring(const uint32_t *ring, size_t n, uint32_t g) {
    for (size_t i = 0; i < n; i++)
        if (ring[i] == g) return true;
    return false;
}

/* Those outside the ring, or all where there is none: who, and for what. */
static void draw_waiting(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const uint32_t *ring, size_t nring) {
    const struct ui_theme *t = s->th;
    uint32_t waiting[MOST_WAITING];
    size_t all = who_waits(s, waiting, MOST_WAITING), few = all < MOST_WAITING ? all : MOST_WAITING, drawn = 0;
    double y = b.y, pw = b.w > 340 ? 112 : 92;
    for (size_t i = 0; i < few; i++) {
        const struct rp_g *g = rp_g(s->st, waiting[i]);
        if (!g || in_ring(ring, nring, waiting[i])) continue;
        if (y + 30 > b.y + b.h - (drawn + nring + 1 < all ? 18 : 0)) break;
        ui_pill_at(s, l, g, (struct ui_rect){b.x, y, pw, 28}, UI_R_ROOMS, 0xDEAD);
        double x = b.x + pw + 10;
        ui_line(l, (struct ui_point[]){{x, y + 14}, {x + 22, y + 14}}, 2, t->err, 2);
        ui_poly(l, (struct ui_point[]){{x + 27, y + 14}, {x + 19, y + 9}, {x + 19, y + 19}}, 3, t->err, 0, 0);
        x += 36;
        const struct rp_obj *o = waits_for(s, waiting[i]);
        x += ui_text_fit(l, x, y + 19, UI_SANS_400, 13, t->ink2, b.x + b.w - x, rt_reason_text(g->why)) + 6;
        if (o && x + 20 < b.x + b.w)
            ui_text_fit(l, x, y + 19, UI_MONO_600, 13, t->ink, b.x + b.w - x, waited_for(o));
        y += 34;
        drawn++;
    }
    if (drawn + nring < all)
        ui_textf(l, b.x + b.w, b.y + b.h - 2, UI_SANS_500, 13, t->ink2, UI_END, "and %zu more", all - drawn - nring);
}

static void draw_deadlock(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    uint32_t ring[MOST_IN_RING];
    size_t n = ui_wait_ring(s, ring, MOST_IN_RING), all = who_waits(s, NULL, 0);
    static const char text[] = "all goroutines are asleep - deadlock!"; /* Go's words */
    bool fits = ui_width(l, UI_SANS_600, 16, text) < b.w - 60;
    if (n < 2) b.h = fmin(b.h, 84 + 34 * (double)all);
    double y = head(s, l, b, fits ? text : "deadlock!", ""), in = b.x + 16, w = b.w - 32;
    double rest = (double)(all - n) * 34, ring_h = fmin(w * 1.02, b.y + b.h - y - 12 - fmin(rest, 72));
    if (n >= 2 && ring_h >= 150) {
        draw_ring(s, l, (struct ui_rect){in, y, w, ring_h}, ring, n);
        y += ring_h + 4;
    } else {
        n = 0;
        ui_text_fit(l, in, y + 14, UI_SANS_400, 13.5, s->th->ink2, w,
                    "Nobody is left who could wake any of them:");
        y += 28;
    }
    draw_waiting(s, l, (struct ui_rect){in, y, w, b.y + b.h - 10 - y}, ring, n);
}

/* ---- panic --------------------------------------------------------------------------------------------------- */

struct frame {
    char function[96];
    unsigned line;
};

/* The trace that the program has written to stderr: its first line, and the frames in the program's own file. */
static size_t read_trace(const struct ui_stage *s, char *text, size_t n, struct frame *frames, size_t max,
                         uint32_t *goid) {
    const struct rt_log_file *file = rt_log_file(s->log, 0);
    const char *name = file ? ui_base_name(file->name) : "";
    size_t nlines = rp_nlines(s->st), got = 0, from = nlines > 200 ? nlines - 200 : 0;
    struct rp_line line, before = {0};
    text[0] = 0;
    for (size_t i = from; i < nlines && rp_line(s->st, i, &line); i++) {
        if (line.fd != 2) continue;
        if (line.length > 7 && memcmp(line.text, "panic: ", 7) == 0 && !text[0])
            snprintf(text, n, "%.*s", (int)line.length, line.text), *goid = line.g;
        size_t skip = strlen(name) + 2;
        bool at = text[0] && line.length > skip && line.text[0] == '\t' && before.text;
        if (at && memcmp(line.text + 1, name, skip - 2) == 0 && line.text[skip - 1] == ':' && got < max) {
            unsigned number = 0;
            for (size_t k = skip; k < line.length && line.text[k] >= '0' && line.text[k] <= '9' && k < skip + 8; k++)
                number = number * 10 + (unsigned)(line.text[k] - '0');
            snprintf(frames[got].function, sizeof frames[got].function, "%.*s", (int)before.length, before.text);
            char *in = strstr(frames[got].function, " in goroutine ");
            if (in) *in = 0;
            frames[got++].line = number;
        }
        before = line;
    }
    return got;
}

static double draw_panic(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    struct frame frames[MOST_FRAMES];
    char text[256], who[160] = "Panic", id[24], name[96];
    uint32_t goid = 0;
    size_t n = read_trace(s, text, sizeof text, frames, MOST_FRAMES, &goid);
    if (goid != 0) {
        ui_label(s, goid, id, sizeof id, name, sizeof name);
        snprintf(who, sizeof who, "Panic in %s %s", id, name);
    }
    double w = b.w - 32, rows = 1;
    size_t at = 0, len = strlen(text);
    for (size_t k = 0; k < len && rows < 4; rows++) {
        size_t fit = ui_fonts_fit(l->fonts, UI_MONO_500, 13, text + k, len - k, w);
        k += fit > 0 ? fit : len;
    }
    double h = 50 + 19 * (rows - 1) + 24 * (double)n;
    if (h > b.h) n = b.h > 74 ? (size_t)((b.h - 50 - 19 * (rows - 1)) / 24) : 0, h = fmin(h, b.h);
    double y = head(s, l, (struct ui_rect){b.x, b.y, b.w, h}, who, "");
    for (int r = 0; r < 3 && at < len; r++, y += 19) {
        size_t fit = ui_fonts_fit(l->fonts, UI_MONO_500, 13, text + at, len - at, w);
        if (fit == 0) break;
        ui_text_n(l, b.x + 16, y + 12, UI_MONO_500, 13, t->err, UI_START, text + at, fit);
        at += fit;
    }
    for (size_t i = 0; i < n; i++, y += 24) {
        ui_textf(l, b.x + b.w - 16, y + 18, UI_MONO_600, 13, t->ink, UI_END, "line %u", frames[i].line);
        ui_text_fit(l, b.x + 16, y + 18, UI_MONO_400, 13, i ? t->ink2 : t->ink, w - 76, frames[i].function);
        ui_add_hit(s, (struct ui_rect){b.x + 8, y + 2, b.w - 16, 22}, UI_HIT_LINE, frames[i].line);
    }
    return h;
}

/* ---- left behind, limits --------------------------------------------------------------------------------------- */

/* Blocked on something that nobody will do any more: a sleeper would have woken. */
static size_t leaked(const struct ui_stage *s, uint32_t *out, size_t max) {
    size_t n = 0;
    for (size_t i = 0; i < s->nbriefs; i++) {
        const struct rp_brief *b = &s->briefs[i];
        if (b->system || b->state != RP_G_WAITING) continue;
        const struct rp_g *g = rp_g(s->st, b->goid);
        if (!g || g->until > 0) continue;
        if (n < max) out[n] = b->goid;
        n++;
    }
    return n;
}

static double draw_left(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const uint32_t *goids, size_t all) {
    enum { ROWS = 4 };
    const struct ui_theme *t = s->th;
    size_t rows = all <= ROWS ? all : ROWS - 1;
    char title[80], note[32];
    snprintf(title, sizeof title, all == 1 ? "1 goroutine will never wake" : "%zu goroutines will never wake", all);
    snprintf(note, sizeof note, "left at the end");
    double h = 46 + 26 * (double)(rows + (rows < all));
    double y = head(s, l, (struct ui_rect){b.x, b.y, b.w, h}, title, note);
    for (size_t i = 0; i < rows; i++, y += 26) {
        const struct rp_g *g = rp_g(s->st, goids[i]);
        if (!g) continue;
        double x = b.x + 16, end = b.x + b.w - 16;
        ui_add_hit(s, (struct ui_rect){x, y, 60, 22}, UI_HIT_G, g->goid);
        x += ui_chip(s, l, g, x, y + 11, 21) + 10;
        double lw = g->pos ? ui_textf(l, end, y + 16, UI_MONO_500, 12.5, t->ink2, UI_END, "line %u", RT_POS_LINE(g->pos)) : 0;
        end -= lw + 8;
        x += ui_text_fit(l, x, y + 16, UI_SANS_400, 13, t->ink2, end - x, rt_reason_text(g->why)) + 6;
        const struct rp_obj *o = waits_for(s, g->goid);
        if (o && x + 20 < end) ui_text_fit(l, x, y + 16, UI_MONO_600, 13, t->ink, end - x, waited_for(o));
    }
    if (rows < all)
        ui_textf(l, b.x + 16, y + 16, UI_SANS_500, 13, t->ink2, UI_START, "and %zu more", all - rows);
    return h;
}

static double draw_limit(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    struct rp_census c = rp_census(s->st);
    double y = head(s, l, (struct ui_rect){b.x, b.y, b.w, 74}, "A limit ended the run", "status 3");
    ui_textf(l, b.x + 16, y + 16, UI_SANS_400, 13, s->th->ink2, UI_START, "%llu were running, %llu ready, %llu waiting",
             (unsigned long long)c.running, (unsigned long long)c.runnable, (unsigned long long)c.waiting);
    return 74;
}

bool ui_draw_trouble(struct ui_stage *s, struct ui_list *l, struct ui_rect *b) {
    int status;
    enum rt_end how;
    uint32_t left[8];
    double h = 0;
    if (!rp_ended(s->st, &status, &how)) return false;
    if (is_deadlock(s, how)) {
        draw_deadlock(s, l, *b);
        return true;
    }
    if (how == RT_END_PANIC) h = draw_panic(s, l, *b);
    if (how == RT_END_LIMIT) h = draw_limit(s, l, *b);
    size_t n = how == RT_END_MAIN || how == RT_END_EXIT ? leaked(s, left, 8) : 0;
    if (n > 0 && b->h > 160) h = draw_left(s, l, *b, left, n);
    if (h <= 0) return false;
    b->y += h + 8;
    b->h -= h + 8;
    return b->h < 60;
}
