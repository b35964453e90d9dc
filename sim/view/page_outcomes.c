/* page_outcomes.c - what many runs of the program print: a row for each outcome, how often it came, a run that shows
 * it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "keys.h"
#include "page.h"
#include "parts.h"

enum { MOST_ROWS = 10, MOST_TILES = 9, TILE_BYTES = 3, TEXT_LINES = 2 };

/* ---- lines of an output -------------------------------------------------------------------------------------------
 */

struct line {
    const char *at;
    size_t n;
};

/* Line i of an output; false past the last. */
static bool line_of(const struct run_outcome *o, size_t i, struct line *out) {
    const char *p = o->out, *end = o->out + o->nout;
    for (; p < end; i--) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        *out = (struct line){p, (size_t)((nl ? nl : end) - p)};
        if (i == 0) return true;
        p = nl ? nl + 1 : end;
    }
    return false;
}

/* How many lines all rows begin with alike: there is nothing to see in them. */
static size_t common_lines(const struct run_outcomes *all, size_t n) {
    struct line a, b;
    size_t k = 0;
    for (; n > 1 && line_of(run_outcomes_at(all, 0), k, &a); k++)
        for (size_t r = 1; r < n; r++)
            if (!line_of(run_outcomes_at(all, r), k, &b) || a.n != b.n || memcmp(a.at, b.at, a.n) != 0) return k;
    return n > 1 ? k : 0;
}

/* Outputs of a few short lines each are shown as tiles. */
static bool fit_tiles(const struct run_outcomes *all, size_t n) {
    struct line a;
    for (size_t r = 0; r < n; r++) {
        const struct run_outcome *o = run_outcomes_at(all, r);
        if (o->error[0] || o->status != 0 || o->nout == 0) return false;
        for (size_t k = 0; line_of(o, k, &a); k++)
            if (k >= MOST_TILES || a.n > TILE_BYTES || a.n == 0) return false;
    }
    return n > 0;
}

/* The same text has the same hue in every row: numbered as they first come. */
static unsigned hue_of(const struct run_outcomes *all, size_t n, struct line want) {
    unsigned hue = 1;
    struct line a, b;
    for (size_t r = 0; r < n; r++)
        for (size_t k = 0; line_of(run_outcomes_at(all, r), k, &a); k++) {
            if (a.n == want.n && memcmp(a.at, want.at, a.n) == 0) return hue;
            bool seen = false;
            for (size_t j = 0; j < k && !seen; j++)
                seen = line_of(run_outcomes_at(all, r), j, &b) && b.n == a.n && memcmp(a.at, b.at, a.n) == 0;
            for (size_t q = 0; q < r && !seen; q++)
                for (size_t j = 0; !seen && line_of(run_outcomes_at(all, q), j, &b); j++)
                    seen = b.n == a.n && memcmp(a.at, b.at, a.n) == 0;
            hue += !seen;
        }
    return hue;
}

/* ---- a row ---------------------------------------------------------------------------------------------------------
 */

struct look {
    bool tiles;
    size_t common, rows;
    double out_w, bar_x, bar_w, pitch;
};

static void draw_tiles(struct ui_stage *s, struct ui_list *l, const struct run_outcomes *all, size_t row, double x,
                       double cy, size_t rows) {
    struct line a;
    for (size_t k = 0; line_of(run_outcomes_at(all, row), k, &a); k++, x += 33) {
        const struct ui_site_color *c = ui_theme_site(s->th, hue_of(all, rows, a));
        ui_rrect(l, (struct ui_rect){x, cy - 15, 29, 30}, 4, c->tint, c->edge, 2);
        ui_text_n(l, x + 14.5, cy + 6, UI_MONO_700, a.n > 1 ? 12 : 16, s->th->ink, UI_MIDDLE, a.at, a.n);
    }
}

static void draw_lines(struct ui_stage *s, struct ui_list *l, const struct run_outcome *o, const struct look *k,
                       double x, double cy) {
    const struct ui_theme *t = s->th;
    struct line a, rest;
    char buf[200];
    bool error = o->error[0] != 0, first = line_of(o, k->common, &a);
    bool second = first && line_of(o, k->common + 1, &rest);
    double y = cy + (second || (error && first) ? -4 : 5.5);
    if (first) {
        snprintf(buf, sizeof buf, "%s%.*s", k->common ? "… " : "", (int)(a.n < 150 ? a.n : 150), a.at);
        ui_text_fit(l, x, y, UI_MONO_500, 14, t->ink, k->out_w, buf);
    } else if (!error) {
        ui_text(l, x, y, UI_SANS_400, 14, t->ink3, UI_START, o->nout ? "… and no more" : "prints nothing");
    }
    if (error) {
        ui_text_fit(l, x, first ? y + 19 : y, UI_MONO_500, 13, t->err, k->out_w, o->error);
    } else if (second) {
        bool more = line_of(o, k->common + 2, &a);
        snprintf(buf, sizeof buf, "%.*s%s", (int)(rest.n < 150 ? rest.n : 150), rest.at, more ? " …" : "");
        ui_text_fit(l, x, y + 19, UI_MONO_500, 14, t->ink, k->out_w, buf);
    }
}

void ui_draw_side_mark(const struct ui_stage *s, struct ui_list *l, unsigned which, double cx, double cy, double r) {
    ui_disc(l, cx, cy, r, s->th->ink);
    ui_text(l, cx, cy + r * 0.42, UI_SANS_700, r * 1.15, s->th->on_ink, UI_MIDDLE, which ? "B" : "A");
}

static void draw_bar(struct ui_stage *s, struct ui_list *l, const struct ui_pages *p, const struct run_outcome *o,
                     const struct look *k, double cy, bool marked) {
    const struct ui_theme *t = s->th;
    char buf[40], text[64];
    struct run_share share = run_share_of(o->natural, p->tally.natural);
    double w = fmax(o->natural ? 2 : 0, k->bar_w * share.share), x = k->bar_x;
    if (w > 0) ui_rrect(l, (struct ui_rect){x, cy - 14, w, 28}, 2, marked ? t->ink : t->site[0].fill, 0, 0);
    if (o->natural) { /* where the true share lies, with 95 in 100 */
        ui_segment(l, x + k->bar_w * share.lo, cy + 18.5, x + k->bar_w * share.hi, cy + 18.5, t->ink3, 1.5);
        ui_segment(l, x + k->bar_w * share.lo, cy + 16, x + k->bar_w * share.lo, cy + 21, t->ink3, 1.5);
        ui_segment(l, x + k->bar_w * share.hi, cy + 16, x + k->bar_w * share.hi, cy + 21, t->ink3, 1.5);
    }
    ui_count_text(buf, sizeof buf, o->natural);
    double nw = ui_width(l, UI_SANS_700, 16, buf);
    double end = x + w + 10;
    if (nw + 20 < w) {
        ui_text(l, x + w - 10, cy + 6, UI_SANS_700, 16, marked ? t->on_ink : t->site[0].text, UI_END, buf);
    } else {
        ui_text(l, end, cy + 6, UI_SANS_700, 16, t->ink, UI_START, buf);
        end += nw + 8;
    }
    if (o->natural) snprintf(text, sizeof text, "%.1f %%", share.share * 100);
    else snprintf(text, sizeof text, "only when searched for");
    double tw = ui_text(l, end, cy + 6, o->natural ? UI_MONO_400 : UI_SANS_400, 14, t->ink2, UI_START, text);
    if (!o->natural || !o->probing || end + tw > x + k->bar_w * 0.9) return;
    ui_textf(l, end + tw + 12, cy + 6, UI_SANS_400, 13, t->ink3, UI_START, "+%s searched",
             ui_count_text(buf, sizeof buf, o->probing));
}

static void draw_row(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct look *k, size_t row) {
    const struct ui_theme *t = s->th;
    struct ui_pages *p = s->pages;
    const struct run_outcome *o = run_outcomes_at(p->tally.rows, row);
    bool a = ui_pages_marked(p, 0) == row, bb = ui_pages_marked(p, 1) == row;
    double cy = b.y + b.h / 2 - 1;
    char buf[40];
    if (a || bb) ui_rrect(l, b, 5, t->well, t->line2, 1);
    if (p->focus == row) ui_rrect(l, ui_inset(b, -1), 6, 0, t->ink, 2);
    ui_add_hit(s, b, UI_HIT_ROW, row + 1);
    double x = b.x + 12;
    if (k->tiles) draw_tiles(s, l, p->tally.rows, row, x, cy, k->rows);
    else draw_lines(s, l, o, k, x, cy);
    draw_bar(s, l, p, o, k, cy, a || bb);
    double end = b.x + b.w - 12;
    end -= ui_button(s, l, end, cy - 16, 32, true, UI_I_NONE, ui_pick_text(buf, sizeof buf, ui_pages_pick(o)), "",
                     false, false, UI_HIT_SEED, row);
    if (a || bb) ui_draw_side_mark(s, l, bb, end - 24, cy, 13);
}

/* ---- the judgement
 * --------------------------------------------------------------------------------------------------- */

static void judge(struct ui_stage *s, struct ui_list *l, double x, double y, double room) {
    const struct ui_theme *t = s->th;
    const struct ui_pages *p = s->pages;
    size_t n = run_outcomes_count(p->tally.rows), strange = 0, missing = 0, must = 0;
    if (!s->scenario || !s->scenario->has_expect || s->scenario->expect.noutcomes == 0) {
        ui_text_fit(l, x, y, UI_SANS_400, 13.5, t->ink2, room,
                    "It is not said which outputs are right (a scene's expect).");
        return;
    }
    const struct scn_expect *e = &s->scenario->expect;
    bool seen[64] = {0};
    for (size_t i = 0; i < n; i++) {
        size_t k = run_outcome_expected(e, run_outcomes_at(p->tally.rows, i));
        if (k == SIZE_MAX) strange++;
        else if (k < 64) seen[k] = true;
    }
    for (size_t k = 0; k < e->noutcomes && k < 64; k++) {
        bool needed = e->outcomes[k].must != SCN_MUST_MAY;
        must += needed;
        missing += needed && !seen[k];
    }
    bool well = strange == 0 && missing == 0;
    ui_draw_icon(l, well ? UI_I_TICK : UI_I_CROSS, x + 9, y - 5, 17, well ? t->ok : t->err);
    char text[160];
    if (strange)
        snprintf(text, sizeof text, "%zu of these outputs %s not expected by the scene.", strange,
                 strange == 1 ? "is" : "are");
    else if (missing) snprintf(text, sizeof text, "%zu of %zu outputs that must occur did not yet.", missing, must);
    else if (must == 1) snprintf(text, sizeof text, "The output that must occur did, and no unexpected one.");
    else if (must == 0) snprintf(text, sizeof text, "No output that the scene does not expect.");
    else if (must == 2) snprintf(text, sizeof text, "Both outputs that must occur did, and no unexpected one.");
    else snprintf(text, sizeof text, "All %zu outputs that must occur did, and no unexpected one.", must);
    ui_text_fit(l, x + 26, y, UI_SANS_600, 14.5, t->ink, room - 26, text);
}

/* ---- the panels
 * -------------------------------------------------------------------------------------------------------- */

static void draw_table(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    struct ui_pages *p = s->pages;
    ui_panel(s, l, b, 6, false);
    double x = b.x + 22, w = b.w - 44, y = b.y + 41;
    char buf[40], text[120];
    if (!p->lab || !p->tally.rows) {
        ui_text(l, x, y, UI_SANS_700, 21, t->ink, UI_START,
                p->lab ? "Running it many times" : "These runs cannot be made again");
        ui_text_fit(l, x, y + 26, UI_SANS_400, 14.5, t->ink2, w,
                    p->lab ? "Same program, same machine. Only the seed changes."
                           : "A recording is one run; open the program itself to see what else can happen.");
        return;
    }
    size_t all = run_outcomes_count(p->tally.rows);
    uint64_t runs = p->tally.natural + p->tally.probing;
    snprintf(text, sizeof text, all == 1 ? "%s runs, one output" : "%s runs, %zu different outputs",
             ui_count_text(buf, sizeof buf, runs), all);
    ui_text_fit(l, x, y, UI_SANS_700, 21, t->ink, w, text);
    snprintf(text, sizeof text, "%s natural runs, and as many that search.",
             ui_count_text(buf, sizeof buf, p->tally.natural));
    ui_text_fit(l, x, y + 26, UI_SANS_400, 14.5, t->ink2, w, text);

    struct look k = {.rows = all < MOST_ROWS ? all : MOST_ROWS};
    k.tiles = fit_tiles(p->tally.rows, k.rows);
    k.common = k.tiles ? 0 : common_lines(p->tally.rows, k.rows);
    size_t tiles = 0;
    struct line a;
    for (size_t r = 0; k.tiles && r < k.rows; r++)
        for (size_t i = 0; line_of(run_outcomes_at(p->tally.rows, r), i, &a); i++)
            tiles = i + 1 > tiles ? i + 1 : tiles;
    k.out_w = k.tiles ? fmax(66, 33 * (double)tiles) : w * 0.36;
    k.bar_x = b.x + 24 + k.out_w + 22;
    k.bar_w = b.x + b.w - 236 - k.bar_x;
    double head = y + 64, room = b.y + b.h - 62 - (head + 16);
    k.pitch = fmin(62, room / (double)(k.rows ? k.rows : 1));
    while (k.rows > 1 && k.pitch < 40)
        k.pitch = room / (double)--k.rows;
    if (p->top + k.rows > all) p->top = all - k.rows;
    if (p->focus < p->top) p->top = p->focus;
    if (p->focus >= p->top + k.rows) p->top = p->focus + 1 - k.rows;
    ui_text(l, x, head, UI_SANS_400, 13, t->ink2, UI_START, "output");
    ui_text(l, k.bar_x, head, UI_SANS_400, 13, t->ink2, UI_START, "natural runs");
    ui_text(l, b.x + b.w - 24, head, UI_SANS_400, 13, t->ink2, UI_END, "one that shows it");
    ui_fill(l, (struct ui_rect){x, head + 10, w, 1}, t->line);
    for (size_t i = 0; i < k.rows; i++)
        draw_row(s, l, (struct ui_rect){b.x + 12, head + 18 + k.pitch * (double)i, b.w - 24, k.pitch - 6}, &k,
                 p->top + i);
    double foot = b.y + b.h - 20;
    ui_fill(l, (struct ui_rect){x, foot - 28, w, 1}, t->line);
    double more = 0;
    if (all > k.rows) {
        snprintf(text, sizeof text, "%zu to %zu of %zu", p->top + 1, p->top + k.rows, all);
        more = ui_text(l, b.x + b.w - 24, foot, UI_SANS_500, 13, t->ink2, UI_END, text) + 16;
    }
    judge(s, l, x, foot, w - more);
}

/* One of the notes beside the table, if it still fits above `end`; returns where the next begins. */
static double note(struct ui_list *l, double x, double y, double room, double end, enum ui_face face, ui_color c,
                   const char *text) {
    const double size = 14, pitch = 20;
    double h = ui_paragraph(l, x, y, face, size, c, room, pitch, text, true);
    if (y + h > end) return y;
    ui_paragraph(l, x, y, face, size, c, room, pitch, text, false);
    return y + h + 6;
}

/* The program, and how to read the table. */
static void draw_meaning(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    const struct ui_pages *p = s->pages;
    double half = floor(b.w * 0.56);
    s->lay.at[UI_R_SOURCE] = (struct ui_rect){b.x, b.y, half, b.h};
    s->lay.shown[UI_R_SOURCE] = true;
    ui_draw_source(s, l);
    s->lay.shown[UI_R_SOURCE] = false;
    struct ui_rect r = {b.x + half + 12, b.y, b.w - half - 12, b.h};
    ui_panel(s, l, r, 6, false);
    double x = r.x + 16, room = r.w - 32, y = r.y + 42, end = r.y + r.h - 10;
    ui_text(l, x, r.y + 28, UI_SANS_600, 14, t->ink, UI_START, "How to read this");
    size_t n = p->tally.rows ? run_outcomes_count(p->tally.rows) : 0, rare = 0;
    for (size_t i = 0; i < n; i++)
        rare += run_outcomes_at(p->tally.rows, i)->natural == 0;
    if (rare) {
        char text[120];
        snprintf(text, sizeof text, "%zu of these %zu outputs came only when searched for.", rare, n);
        y = note(l, x, y, room, end, UI_SANS_600, t->ink, text);
    }
    y = note(l, x, y, room, end, UI_SANS_400, t->ink2,
             "A natural run is what a machine does by itself: its share says how often. The line under a bar is where the "
             "true share lies, 95 times in 100.");
    note(l, x, y, room, end, UI_SANS_400, t->ink2,
         "A searching run holds threads up where others can pass: it says what can happen, not how often.");
}

void ui_draw_outcomes(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    bool wide = b.w >= 1100;
    double left = wide ? floor(b.w * 0.424) : b.w, gap = 12;
    if (!wide) {
        draw_table(s, l, b);
        return;
    }
    double low = floor(b.h * 0.27), top = b.h - low - gap;
    draw_table(s, l, (struct ui_rect){b.x, b.y, left, top});
    double rx = b.x + left + gap, rw = b.w - left - gap, up = floor(top * 0.4);
    draw_meaning(s, l, (struct ui_rect){rx, b.y, rw, up});
    ui_draw_pair(s, l, (struct ui_rect){rx, b.y + up + gap, rw, top - up - gap});
    ui_draw_choices(s, l, (struct ui_rect){b.x, b.y + top + gap, b.w, low});
}

/* ---- buttons
 * ------------------------------------------------------------------------------------------------------------ */

void ui_draw_page_buttons(struct ui_stage *s, struct ui_list *l) {
    struct ui_rect b = s->lay.at[UI_R_TRANSPORT];
    const struct ui_pages *p = s->pages;
    bool compare = s->mode.view == UI_VIEW_COMPARE, pair = p->parting.run[0] != NULL, rows = p->tally.rows != NULL;
    double x = b.x + 12, y = b.y + (b.h - 32) / 2;
    ui_panel(s, l, b, 6, false);
    const struct {
        const char *text, *key;
        enum ui_action action;
        bool on, grey;
    } buttons[] = {
        {"Run more", "R", UI_DO_RERUN_NEXT, false, !p->lab || compare},
        {"Open on the stage", "Enter", UI_DO_ENTER, !compare, !rows},
        {"Compare A and B", "T", UI_DO_TALLY, false, !pair || compare},
        {"Back", ui_key_shown(s->keys, UI_DO_BACK), UI_DO_BACK, false, !pair || !compare},
        {"Forward", ui_key_shown(s->keys, UI_DO_FORWARD), UI_DO_FORWARD, compare, !pair || !compare},
        {"To the choice", "Home", UI_DO_START, false, !pair || !compare},
    };
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
        bool of_compare = i >= 3;
        if (of_compare != compare && i != 1) continue;
        x += ui_button(s, l, x, y, 32, false, UI_I_NONE, buttons[i].text, buttons[i].key,
                       buttons[i].on && !buttons[i].grey, buttons[i].grey, UI_HIT_ACTION, buttons[i].action) +
             7;
    }
    ui_button(s, l, b.x + b.w - 12, y, 32, true, UI_I_NONE, "Keys", "?", s->mode.keys_open, false, UI_HIT_ACTION,
              UI_DO_KEYS);
    if (s->pages->lab && ui_lab_busy(s->pages->lab))
        ui_text(l, b.x + b.w - 110, b.y + b.h / 2 + 5, UI_SANS_500, 13.5, s->th->ink2, UI_END, "running …");
}
