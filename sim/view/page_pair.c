/* page_pair.c - two runs that part in one choice: their lanes on one axis, the choices around it, their stages in step.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page.h"
#include "parts.h"

enum { MOST_SPANS = 512, MOST_LANES = 8, PRINTS = 36 };

/* ---- the common axis
 * ------------------------------------------------------------------------------------------------- */

struct axis {
    int64_t from, to;
    double x, w;
};

static double x_of(const struct axis *a, int64_t t) {
    t = t < a->from ? a->from : t > a->to ? a->to : t;
    return a->x + a->w * (double)(t - a->from) / (double)(a->to - a->from);
}

/* Marks count from the choice: before it both are the same. */
static void draw_axis(const struct ui_stage *s, struct ui_list *l, const struct axis *a, int64_t zero, double y,
                      double top) {
    int64_t step = ui_round_125((a->to - a->from) / 7);
    for (int64_t v = zero - (zero - a->from) / step * step; v <= a->to; v += step) {
        char buf[40];
        double x = x_of(a, v);
        int64_t d = v - zero;
        size_t sign = d != 0;
        buf[0] = 0;
        ui_duration_text(buf + 3 * sign, sizeof buf - 3 * sign, d < 0 ? -d : d);
        if (sign) memcpy(buf, d < 0 ? "\xe2\x88\x92" : "  +", 3);
        ui_fill(l, (struct ui_rect){x - 0.5, top, 1, y - 14 - top}, s->th->line);
        double w = ui_width(l, UI_MONO_400, 12.5, buf);
        if (x - w / 2 > a->x - 30 && x + w / 2 < a->x + a->w + 14)
            ui_text(l, x, y, UI_MONO_400, 12.5, s->th->ink2, UI_MIDDLE, d ? buf : "0");
    }
}

/* ---- lanes
 * ------------------------------------------------------------------------------------------------------------ */

static void draw_span(const struct ui_stage *s, const struct ui_stage *side, struct ui_list *l, const struct axis *a,
                      const struct rp_span *sp, double y, double h, int64_t parted) {
    const struct ui_theme *t = s->th;
    if (sp->kind == RP_SPAN_IDLE) return;
    double x0 = x_of(a, sp->from), x1 = x_of(a, sp->to);
    const struct rp_g *g = sp->g ? rp_g(side->st, sp->g) : NULL;
    const struct ui_site_color *c = ui_theme_site(t, !g || g->system ? 0 : g->site);
    bool before = sp->from < parted;
    if (sp->kind == RP_SPAN_SPIN) {
        struct ui_point z[64];
        size_t n = 0;
        for (double x = x0; x <= x1 && n < 64; x += 6, n++)
            z[n] = (struct ui_point){x, y + h / 2 + (n % 2 ? -5 : 5)};
        if (n >= 2) ui_line(l, z, n, before ? t->line2 : t->ink2, 1.5);
        return;
    }
    struct ui_rect b = {x0, y, fmax(1, x1 - x0 - (x1 - x0 > 6 ? 1 : 0)), h};
    bool call = sp->kind == RP_SPAN_SYSCALL;
    ui_color fill = call ? t->card : sp->kind == RP_SPAN_STW ? t->gc : c->fill;
    if (before && !call) fill = ui_mix(fill, t->well, 0.55);
    ui_rrect(l, b, 2, fill, call ? c->edge : 0, call ? 1.5 : 0);
    if (call && b.w > 4) ui_hatch(l, b, 2, ui_mix(c->tint, c->edge, 0.12));
    if (!g || b.w < 30 || h < 14) return;
    char id[24], name[96];
    ui_label(side, sp->g, id, sizeof id, name, sizeof name);
    ui_color ink = call ? t->ink : before ? (ui_contrast(t->ink, fill) >= 4.5 ? t->ink : t->on_ink) : c->text;
    double base = y + h / 2 + 4.7, iw = ui_width(l, UI_MONO_700, 13, id);
    if (iw + 10 > b.w) return;
    ui_text(l, x0 + 7, base, UI_MONO_700, 13, ink, UI_START, id);
    if (iw + 24 + ui_width(l, UI_SANS_500, 13, name) < b.w)
        ui_text(l, x0 + 13 + iw, base, UI_SANS_500, 13, ink, UI_START, name);
}

static void last_line(const char *text, size_t n, char *buf, size_t size) {
    while (n && (text[n - 1] == '\n' || text[n - 1] == ' '))
        n--;
    size_t at = n;
    while (at && text[at - 1] != '\n')
        at--;
    size_t k = 0;
    for (; at < n && k + 1 < size; at++)
        if ((unsigned char)text[at] >= 0x20) buf[k++] = text[at];
    while (k && ((unsigned char)buf[k - 1] & 0xc0) == 0x80)
        k--; /* not within a character */
    if (k && (unsigned char)buf[k - 1] >= 0xc0) k--;
    buf[k] = 0;
}

static void draw_prints(const struct ui_stage *s, const struct ui_stage *side, struct ui_list *l, const struct axis *a,
                        double y) {
    double free_from = a->x - 40;
    uint64_t n = a->from > 0 ? rp_at_time(side->session, a->from - 1) : 0;
    struct rt_event ev;
    for (; rt_log_get(side->log, n, &ev) && ev.time <= a->to; n++) {
        if (ev.kind != RT_EV_Write) continue;
        const char *bytes = rt_log_bytes(side->log, ev.b, ev.c);
        char text[24];
        const struct rp_g *g = rp_g(side->st, ev.g);
        const struct ui_site_color *c = ui_theme_site(s->th, !g || g->system ? 0 : g->site);
        double x = x_of(a, ev.time);
        ui_segment(l, x, y, x, y + 7, s->th->ink2, 1.5);
        last_line(bytes ? bytes : "", bytes ? ev.c : 0, text, sizeof text);
        double w = ui_width(l, UI_MONO_700, 13, text) + 14;
        if (x - w / 2 < free_from) x = free_from + w / 2; /* beside the one before, if that is near enough */
        if (!text[0] || x > x_of(a, ev.time) + 90) continue;
        ui_rrect(l, (struct ui_rect){x - w / 2, y + 7, w, 23}, 4, c->tint, c->edge, 2);
        ui_text(l, x, y + 23, UI_MONO_700, 13, s->th->ink, UI_MIDDLE, text);
        free_from = x + w / 2 + 4;
    }
}

static void draw_side(struct ui_stage *s, struct ui_list *l, unsigned which, struct ui_rect b, const struct axis *a) {
    struct ui_pages *p = s->pages;
    struct ui_stage *side = &p->side[which];
    struct rp_span spans[MOST_SPANS];
    char buf[48];
    side->st = rp_seek(side->session, rt_log_count(side->log));
    if (!side->st) {
        s->failed = true;
        return;
    }
    unsigned np = rp_np(side->st) < MOST_LANES ? rp_np(side->st) : MOST_LANES;
    double pitch = fmin(37, (b.h - PRINTS) / (double)(np ? np : 1)), h = fmax(4, pitch - 5);
    ui_draw_side_mark(s, l, which, b.x + 32, b.y + 16, 15);
    bool changed = which && p->parting.single;
    ui_text(l, b.x + 32, b.y + 50, UI_SANS_600, 13, s->th->ink, UI_MIDDLE,
            ui_pick_text(buf, sizeof buf, p->mark[changed ? 0 : which].pick));
    if (which == 1 && pitch * np > 60) {
        if (changed) snprintf(buf, sizeof buf, "but for %zu", p->parting.choice + 1);
        else snprintf(buf, sizeof buf, "after A's");
        ui_text(l, b.x + 32, b.y + 67, UI_SANS_400, 11.5, s->th->ink2, UI_MIDDLE, buf);
    }
    for (unsigned i = 0; i < np; i++) {
        double y = b.y + pitch * i;
        ui_rrect(l, (struct ui_rect){a->x, y, a->w, h}, 2, s->th->well, 0, 0);
        if (h >= 12) ui_textf(l, a->x - 10, y + h / 2 + 5, UI_MONO_600, 13, s->th->ink, UI_END, "P%u", i);
        size_t n = rp_spans(side->session, RP_LANE_P, i, a->from, a->to, spans, MOST_SPANS);
        for (size_t k = 0; k < n && k < MOST_SPANS; k++)
            draw_span(s, side, l, a, &spans[k], y, h, p->parted);
    }
    ui_text(l, a->x - 10, b.y + pitch * np + 20, UI_SANS_400, 13, s->th->ink2, UI_END, "prints");
    draw_prints(s, side, l, a, b.y + pitch * np - 2);
}

static void say_nothing(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_pages *p = s->pages;
    size_t rows = p->tally.rows ? run_outcomes_count(p->tally.rows) : 0;
    const char *text = !p->lab          ? "A recording is one run: there is no other to put beside it."
                       : p->why[0]      ? p->why
                       : !p->tally.rows ? "Running it many times …"
                       : rows < 2       ? "There is one outcome: no two runs to put side by side."
                                        : "Looking for the choice that parts A and B …";
    ui_text_fit(l, b.x + 18, b.y + 64, UI_SANS_400, 14.5, s->th->ink2, b.w - 36, text);
}

void ui_draw_pair(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    struct ui_pages *p = s->pages;
    char n[40], text[120];
    ui_panel(s, l, b, 6, false);
    ui_text(l, b.x + 18, b.y + 27, UI_SANS_600, 14.5, t->ink, UI_START, "A and B side by side");
    if (!p->parting.run[0]) {
        say_nothing(s, l, b);
        return;
    }
    snprintf(text, sizeof text, "the same for %s events, then choice %zu", ui_count_text(n, sizeof n, p->same),
             p->parting.choice + 1);
    ui_text(l, b.x + b.w - 18, b.y + 27, UI_SANS_400, 13.5, t->ink2, UI_END, text);
    struct axis a = {p->from, p->to, b.x + 136, b.w - 136 - 24};
    double top = b.y + 44, foot = b.y + b.h - 14, each = (foot - 22 - top - 22) / 2;
    draw_axis(s, l, &a, p->parted, foot, top);
    draw_side(s, l, 0, (struct ui_rect){b.x + 14, top + 4, b.w, each}, &a);
    draw_side(s, l, 1, (struct ui_rect){b.x + 14, top + each + 24, b.w, each}, &a);
    double x = x_of(&a, p->parted), y = top + each + 12;
    ui_line_dashed(l, (struct ui_point[]){{x, top - 2}, {x, foot - 16}}, 2, t->spot_edge, 2, 5, 3);
    snprintf(text, sizeof text, "choice %zu", p->parting.choice + 1);
    double w = ui_width(l, UI_SANS_600, 13, text) + 26;
    ui_rrect(l, (struct ui_rect){x - w / 2, y - 11, w, 22}, 11, t->spot, 0, 0);
    ui_text(l, x, y + 4.7, UI_SANS_600, 13, t->on_spot, UI_MIDDLE, text);
    double sw = ui_width(l, UI_SANS_400, 13, "same so far");
    if (x - w / 2 - sw - 12 > a.x - 60)
        ui_text(l, x - w / 2 - 12, y + 4.7, UI_SANS_400, 13, t->ink2, UI_END, "same so far");
    if (s->mode.view != UI_VIEW_COMPARE) return;
    x = x_of(&a, p->at);
    ui_fill(l, (struct ui_rect){x - 1, top - 6, 2, foot - 14 - top + 6}, t->ink);
    ui_poly(l, (struct ui_point[]){{x - 7, top - 14}, {x + 7, top - 14}, {x + 7, top - 7}, {x, top}, {x - 7, top - 7}},
            5, t->ink, 0, 0);
    s->axis = (struct ui_rect){a.x, top, a.w, foot - top};
    ui_add_hit(s, s->axis, UI_HIT_SCRUB, 0);
}

/* ---- choices
 * ------------------------------------------------------------------------------------------------------------ */

static void choice_text(char *buf, size_t n, const struct run_choice *c) {
    char d[40];
    if (c->latency) snprintf(buf, n, "%s", ui_duration_text(d, sizeof d, c->lo + (int64_t)c->picked));
    else snprintf(buf, n, strcmp(c->what, "core") == 0 ? "core %llu" : "%llu", (unsigned long long)c->picked);
}

static void range_text(char *buf, size_t n, const struct run_choice *c) {
    char a[40], b[40];
    unsigned long long last = (unsigned long long)c->n - 1;
    if (c->latency)
        snprintf(buf, n, "%s to %s", ui_duration_text(a, sizeof a, c->lo),
                 ui_duration_text(b, sizeof b, c->lo + (int64_t)last));
    else snprintf(buf, n, last == 1 ? "0 or 1" : "0 to %llu", last);
}

struct choice_columns {
    double number, asked, range, a, b, then, end;
};

/* What each does first that the other does not do at the same place. */
static void first_said_apart(struct ui_pages *p, char *a, size_t na, char *b, size_t nb) {
    enum { FAR = 400 };
    snprintf(a, na, "it ends.");
    snprintf(b, nb, "it ends.");
    for (uint64_t i = p->same; i < p->same + FAR; i++) {
        struct rp_narration x, y;
        bool has_x = rp_narrate(p->side[0].session, i, &x), has_y = rp_narrate(p->side[1].session, i, &y);
        bool same = has_x && has_y && strcmp(str_cstr(&x.sentence), str_cstr(&y.sentence)) == 0;
        if (has_x) snprintf(a, na, "%s", str_cstr(&x.sentence));
        if (has_y) snprintf(b, nb, "%s", str_cstr(&y.sentence));
        if (has_x) rp_narration_free(&x);
        if (has_y) rp_narration_free(&y);
        if (!same) return;
    }
}

static void draw_choice(struct ui_stage *s, struct ui_list *l, struct ui_rect row, const struct choice_columns *c,
                        size_t i) {
    const struct ui_theme *t = s->th;
    struct ui_pages *p = s->pages;
    struct run_choice a, b;
    char buf[96], say[400];
    bool here = i == p->parting.choice;
    if (run_choices(p->parting.run[0], i, &a, 1) <= i) return;
    bool has_b = run_choices(p->parting.run[1], i, &b, 1) > i && strcmp(a.what, b.what) == 0 && a.n == b.n;
    double base = row.y + row.h / 2 + 5;
    if (here) {
        ui_rrect(l, row, 4, t->spot_tint, 0, 0);
        ui_fill(l, (struct ui_rect){row.x, row.y, 5, row.h}, t->spot);
    }
    enum ui_face face = here ? UI_SANS_600 : UI_SANS_400;
    ui_textf(l, c->number, base, UI_MONO_500, 14, t->ink, UI_START, "%zu", i + 1);
    if (a.m >= 0) snprintf(say, sizeof say, "M%d: %s", a.m, a.doc);
    else snprintf(say, sizeof say, "%s", a.doc);
    ui_text_fit(l, c->asked, base, face, 14, t->ink, c->range - c->asked - 16, say);
    range_text(buf, sizeof buf, &a);
    ui_text_fit(l, c->range, base, UI_MONO_400, 14, t->ink, c->a - c->range - 12, buf);
    choice_text(buf, sizeof buf, &a);
    ui_text_fit(l, c->a, base, here ? UI_MONO_700 : UI_MONO_400, 14, t->ink, c->b - c->a - 12, buf);
    if (has_b) choice_text(buf, sizeof buf, &b);
    else snprintf(buf, sizeof buf, "another question");
    ui_text_fit(l, c->b, base, has_b ? (here ? UI_MONO_700 : UI_MONO_400) : UI_SANS_400, 14, has_b ? t->ink : t->ink2,
                c->then - c->b - 12, buf);
    if (!here) {
        bool same = has_b && a.picked == b.picked;
        ui_text(l, c->then, base, UI_SANS_400, 14, t->ink2, UI_START,
                same                    ? "the same"
                : i < p->parting.choice ? ""
                                        : "each goes its way");
        return;
    }
    char other[160];
    first_said_apart(p, say, sizeof say, other, sizeof other);
    ui_textf(l, c->then, base - 9, UI_MONO_700, 13, t->ink, UI_START, "A");
    ui_text_fit(l, c->then + 18, base - 9, UI_SANS_500, 14, t->ink, c->end - c->then - 18, say);
    ui_textf(l, c->then, base + 10, UI_MONO_700, 13, t->ink, UI_START, "B");
    ui_text_fit(l, c->then + 18, base + 10, UI_SANS_500, 14, t->ink, c->end - c->then - 18, other);
}

void ui_draw_choices(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    const struct ui_pages *p = s->pages;
    ui_panel(s, l, b, 6, false);
    double w = ui_text(l, b.x + 22, b.y + 28, UI_SANS_600, 14.5, t->ink, UI_START, "Where they part");
    ui_text_fit(l, b.x + 22 + w + 10, b.y + 28, UI_SANS_400, 13.5, t->ink2, b.w - w - 60,
                p->parting.single
                    ? "each choice that the machine was free to make, in order; B is A with another pick in the lit one"
                    : "each choice that the machine was free to make, in order; B makes A's up to this one");
    if (!p->parting.run[0]) return;
    double x = b.x + 22, in = b.w - 44;
    struct choice_columns c = {x,     x + in * 0.054, x + in * 0.34, x + in * 0.475, x + in * 0.565, x + in * 0.665,
                               x + in};
    const struct {
        double x;
        const char *text;
    } heads[] = {{c.number, "choice"}, {c.asked, "asked"}, {c.range, "could be"},
                 {c.a, "A"},           {c.b, "B"},         {c.then, "then"}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        ui_text(l, heads[i].x, b.y + 58, UI_SANS_400, 13, t->ink2, UI_START, heads[i].text);
    ui_fill(l, (struct ui_rect){x, b.y + 68, in, 1}, t->line);
    const double row = 33, lit = 46; /* the lit one has two lines */
    size_t fits = (size_t)fmax(1, (b.h - 80 - lit) / row + 1), at = p->parting.choice,
           from = at > (fits - 1) / 2 ? at - (fits - 1) / 2 : 0;
    double y = b.y + 73;
    for (size_t i = from; i < from + fits; i++) {
        double h = i == at ? lit : row;
        draw_choice(s, l, (struct ui_rect){b.x + 11, y, b.w - 22, h - 3}, &c, i);
        y += h;
    }
}

/* ---- both stages in step
 * --------------------------------------------------------------------------------------------------- */

static void draw_half(struct ui_stage *s, struct ui_list *l, unsigned which, struct ui_rect b) {
    struct ui_pages *p = s->pages;
    struct ui_stage *h = &p->side[which];
    struct run_result res;
    char buf[48], text[160];
    h->th = s->th;
    h->mode = s->mode;
    h->mode.view = UI_VIEW_STAGE;
    h->mode.follow = 0;
    h->window_w = s->window_w;
    h->window_h = s->window_h;
    if (!ui_stage_enter(h, rp_at_time(h->session, p->at), p->at)) {
        s->failed = true;
        return;
    }
    ui_draw_side_mark(s, l, which, b.x + 14, b.y + 14, 14);
    double x = b.x + 38;
    bool single = p->parting.single;
    x += ui_text(l, x, b.y + 19.5, UI_SANS_600, 15, s->th->ink, UI_START,
                 ui_pick_text(buf, sizeof buf, p->mark[which && single ? 0 : which].pick)) +
         10;
    run_get_result(p->parting.run[which], &res);
    size_t n = 0;
    for (size_t i = 0; i < res.nout && n + 5 < sizeof text; i++) {
        if (res.out[i] == '\n')
            n += (size_t)snprintf(text + n, sizeof text - n, "%s", i + 1 < res.nout ? " \xe2\x8f\x8e " : "");
        else text[n++] = res.out[i];
    }
    text[n] = 0;
    char says[220];
    if (!which) buf[0] = 0;
    else
        snprintf(buf, sizeof buf, single ? "with another choice %zu; " : "after A's first %zu choices; ",
                 p->parting.choice + single);
    snprintf(says, sizeof says, "%s%s%s", buf, n ? "prints " : "prints nothing", text);
    ui_text_fit(l, x, b.y + 19.5, UI_SANS_400, 13.5, s->th->ink2, b.x + b.w - x, says);
    ui_layout_half(&h->lay, (struct ui_rect){b.x, b.y + 34, b.w, b.h - 34}, rp_np(h->st));
    ui_draw_narration(h, l);
    ui_draw_prows(h, l);
    if (h->lay.shown[UI_R_GLOBAL]) ui_draw_global(h, l);
    if (h->lay.shown[UI_R_THREADS]) ui_draw_threads(h, l);
    if (h->lay.shown[UI_R_OUTPUT]) ui_draw_output(h, l);
    s->failed |= h->failed;
}

void ui_draw_compare(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    struct ui_pages *p = s->pages;
    const double gap = 12, need = 336; /* what two rows and the rest of a half take */
    double table = b.h > 640 ? 164 : 0, lanes = fmin(300, fmax(200, b.h - need - gap - (table > 0 ? table + gap : 0)));
    double up = b.h - lanes - gap - (table > 0 ? table + gap : 0);
    if (!p->parting.run[0]) {
        ui_draw_pair(s, l, b);
        return;
    }
    double half = (b.w - gap) / 2;
    for (unsigned i = 0; i < 2; i++)
        draw_half(s, l, i, (struct ui_rect){b.x + (half + gap) * i, b.y, half, up});
    ui_draw_pair(s, l, (struct ui_rect){b.x, b.y + up + gap, b.w, lanes});
    if (table > 0) ui_draw_choices(s, l, (struct ui_rect){b.x, b.y + up + gap + lanes + gap, b.w, table});
}
