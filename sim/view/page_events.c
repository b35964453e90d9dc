/* page_events.c - the log as a list around the playhead: which event, when, who, what, why, where. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "page.h"
#include "parts.h"

enum { ROW = 27, HEAD = 66, MOST_ROWS = 128, LOOKED_AT = 200000 };

/* ---- the filter -------------------------------------------------------------------------------------------------- */

/* What an event can be found by, in small letters. */
static void event_words(const struct rt_log *log, uint64_t n, const struct rt_event *e, char *buf, size_t size) {
    int at = snprintf(buf, size, "%llu %s %s %s", (unsigned long long)n + 1, rt_event_name(e->kind),
                      rt_reason_text(e->why), rt_reason_name(e->why));
    size_t k = at > 0 && (size_t)at < size ? (size_t)at : size - 1;
    if (e->m >= 0 && k < size) k += (size_t)snprintf(buf + k, size - k, " m%d.", e->m);
    if (e->p >= 0 && k < size) k += (size_t)snprintf(buf + k, size - k, " p%d.", e->p);
    if (e->g && k < size) k += (size_t)snprintf(buf + k, size - k, " g%u.", e->g);
    bool of_other = e->kind == RT_EV_GoCreate || e->kind == RT_EV_GoUnblock || e->kind == RT_EV_RunnextPut ||
                    e->kind == RT_EV_RunqPut || e->kind == RT_EV_GlobPut || e->kind == RT_EV_RunnextGet ||
                    e->kind == RT_EV_RunqGet;
    if (of_other && k < size) k += (size_t)snprintf(buf + k, size - k, " g%llu.", (unsigned long long)e->a);
    const struct rt_log_file *f = e->pos ? rt_log_file(log, RT_POS_FILE(e->pos)) : NULL;
    if (f && k < size) snprintf(buf + k, size - k, " %s:%u.", ui_base_name(f->name), RT_POS_LINE(e->pos));
    for (char *p = buf; *p; p++)
        *p = (char)tolower((unsigned char)*p);
}

/* A word with a number stands for the whole number: "g1" is not G12. */
static bool has_word(const char *words, const char *word, size_t len) {
    bool whole = len > 1 && strchr("mpg", word[0]) && isdigit((unsigned char)word[1]);
    for (const char *p = words; *p; p++) {
        if (strncmp(p, word, len) != 0) continue;
        if (!whole || (p[len] == '.' && (p == words || p[-1] == ' '))) return true;
    }
    return false;
}

bool ui_filter_passes(const struct ui_filter *f, const struct rt_log *log, uint64_t n) {
    struct rt_event e;
    if (!rt_log_get(log, n, &e)) return false;
    if (!f || !f->text[0]) return true;
    char words[256], want[UI_FILTER_BYTES];
    event_words(log, n, &e, words, sizeof words);
    size_t len = strlen(f->text);
    for (size_t i = 0; i <= len; i++)
        want[i] = (char)tolower((unsigned char)f->text[i]);
    for (const char *p = want; *p;) {
        size_t k = strcspn(p, " ");
        if (k && !has_word(words, p, k)) return false;
        p += k + (p[k] == ' ');
    }
    return true;
}

uint64_t ui_filter_next(const struct ui_filter *f, const struct rt_log *log, uint64_t n, int dir) {
    uint64_t all = rt_log_count(log);
    for (uint64_t i = n; dir > 0 ? ++i < all : i-- > 0;)
        if (ui_filter_passes(f, log, i)) return i;
    return UINT64_MAX;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

struct rows {
    uint64_t event[MOST_ROWS];
    size_t n;
};

/* Those that pass before `upto` (exclusive), newest last, at most max; the search gives up after a while. */
static size_t rows_before(const struct ui_filter *f, const struct rt_log *log, uint64_t upto, uint64_t *out,
                          size_t max) {
    size_t n = 0;
    uint64_t stop = upto > LOOKED_AT ? upto - LOOKED_AT : 0;
    for (uint64_t i = upto; n < max && i-- > stop;)
        if (ui_filter_passes(f, log, i)) out[n++] = i;
    for (size_t i = 0; i < n / 2; i++) {
        uint64_t t = out[i];
        out[i] = out[n - 1 - i];
        out[n - 1 - i] = t;
    }
    return n;
}

static size_t rows_from(const struct ui_filter *f, const struct rt_log *log, uint64_t from, uint64_t *out, size_t max) {
    size_t n = 0;
    uint64_t all = rt_log_count(log), stop = all - from > LOOKED_AT ? from + LOOKED_AT : all;
    for (uint64_t i = from; n < max && i < stop; i++)
        if (ui_filter_passes(f, log, i)) out[n++] = i;
    return n;
}

/* The playhead's row stands a little above the middle; at the ends the list fills the page all the same. */
static void choose_rows(struct ui_stage *s, const struct ui_filter *f, size_t fits, struct rows *r) {
    uint64_t at = s->n > 0 ? s->n - 1 : 0;
    size_t above = fits * 2 / 5;
    uint64_t before[MOST_ROWS], after[MOST_ROWS];
    size_t nb = rows_before(f, s->log, at, before, fits), na = rows_from(f, s->log, at, after, fits);
    size_t use_b = nb < above ? nb : above;
    if (use_b + na < fits) use_b = fits - na < nb ? fits - na : nb;
    size_t use_a = fits - use_b < na ? fits - use_b : na;
    r->n = 0;
    for (size_t i = nb - use_b; i < nb; i++)
        r->event[r->n++] = before[i];
    for (size_t i = 0; i < use_a; i++)
        r->event[r->n++] = after[i];
}

struct columns {
    double number, time, m, p, g, kind, what, line, end;
    bool narrow; /* no room for kinds and the lines' text */
};

static struct columns columns_of(struct ui_rect b) {
    bool wide = b.w > 1300;
    struct columns c = {.number = b.x + 84, .time = b.x + 84 + (wide ? 150 : 128)};
    c.m = c.time + 22;
    c.p = c.m + 52;
    c.g = c.p + 46;
    c.kind = c.g + 62;
    c.what = c.kind + (wide ? 176 : 150);
    c.end = b.x + b.w - 16;
    c.line = c.end - (wide ? 330 : 210);
    c.narrow = b.w < 1100;
    if (!c.narrow) return c;
    c.what = c.kind;
    c.line = c.end - 40;
    return c;
}

static void source_text(const struct rt_log *log, rt_pos pos, char *buf, size_t size) {
    const char *text;
    size_t n;
    rp_source_line(log, pos, &text, &n);
    if (pos) snprintf(buf, size, "%u  %.*s", RT_POS_LINE(pos), (int)(n < 120 ? n : 120), text);
    else buf[0] = 0;
}

static void draw_row(struct ui_stage *s, struct ui_list *l, struct ui_rect row, const struct columns *c, uint64_t n) {
    const struct ui_theme *t = s->th;
    struct rt_event e;
    struct rp_narration say;
    if (!rt_log_get(s->log, n, &e) || !rp_narrate(s->session, n, &say)) return;
    bool here = n + 1 == s->n, past = n < s->n;
    ui_color ink = past ? t->ink : t->ink2, quiet = past ? t->ink2 : t->ink3;
    if (here) {
        ui_fill(l, row, t->spot_tint);
        ui_fill(l, (struct ui_rect){row.x, row.y, 5, row.h}, t->spot);
    }
    double base = row.y + 18.5, room = c->line - c->what - 18;
    char buf[160];
    ui_text(l, c->number, base, UI_MONO_500, 13.5, ink, UI_END, ui_count_text(buf, sizeof buf, n + 1));
    ui_text(l, c->time, base, UI_MONO_400, 13, quiet, UI_END, ui_clock_text(buf, sizeof buf, e.time));
    if (e.m >= 0) ui_textf(l, c->m, base, UI_MONO_500, 13, ink, UI_START, "M%d", e.m);
    if (e.p >= 0) ui_textf(l, c->p, base, UI_MONO_500, 13, ink, UI_START, "P%d", e.p);
    if (e.g) {
        const struct rp_g *g = rp_g(rp_seek(s->session, n + 1), e.g);
        if (g) ui_chip(s, l, g, c->g, row.y + row.h / 2, 18);
    }
    if (!c->narrow)
        ui_text_fit(l, c->kind, base, UI_MONO_600, 13.5, rt_event_is_decision(e.kind) ? t->ink : quiet,
                    c->what - c->kind - 12, rt_event_name(e.kind));
    double w = ui_text_fit(l, c->what, base, UI_SANS_500, 14, ink, room, str_cstr(&say.sentence));
    if (w + 40 < room && say.why.len)
        ui_text_fit(l, c->what + w + 12, base, UI_SANS_400, 13, quiet, room - w - 12, str_cstr(&say.why));
    source_text(s->log, say.pos, buf, sizeof buf);
    if (c->narrow) buf[strspn(buf, "0123456789")] = 0;
    ui_text_fit(l, c->line, base, UI_MONO_400, 12.5, quiet, c->end - c->line, buf);
    ui_add_hit(s, row, UI_HIT_ROW, n + 1);
    rp_narration_free(&say);
}

static void draw_head(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct columns *c) {
    const struct ui_theme *t = s->th;
    const struct ui_filter *f = &s->pages->filter;
    ui_text(l, b.x + 16, b.y + 26, UI_SANS_600, 15, t->ink, UI_START, "Events");
    double w = b.w > 1300 ? 420 : 300, x = b.x + b.w - 16 - w;
    struct ui_rect box = {x, b.y + 8, w, 27};
    ui_rrect(l, box, 4, t->card, f->typing ? t->ink : t->line2, f->typing ? 2 : 1);
    const char *hint = f->typing ? "" : "filter: /   such as  g7 block,  steal,  p1 gostart";
    if (f->text[0]) {
        double end = ui_text_fit(l, x + 10, b.y + 26, UI_MONO_500, 13.5, t->ink, w - 90, f->text);
        if (f->typing) ui_fill(l, (struct ui_rect){x + 11 + end, b.y + 14, 1.5, 15}, t->ink);
        ui_text(l, x + w - 10, b.y + 26, UI_SANS_400, 12.5, t->ink3, UI_END, f->typing ? "Enter" : "/ or Esc");
    } else {
        if (f->typing) ui_fill(l, (struct ui_rect){x + 10, b.y + 14, 1.5, 15}, t->ink);
        ui_text_fit(l, x + 10, b.y + 26, UI_SANS_400, 13, t->ink3, w - 20, hint);
    }
    const struct {
        double x;
        enum ui_anchor anchor;
        const char *name;
    } names[] = {{c->number, UI_END, "event"},
                 {c->time, UI_END, "time"},
                 {c->m, UI_START, "M"},
                 {c->p, UI_START, "P"},
                 {c->g, UI_START, "G"},
                 {c->kind, UI_START, "kind"},
                 {c->what, UI_START, "what, and why"},
                 {c->line, UI_START, "line"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!c->narrow || names[i].x != c->kind || i > 5)
            ui_text(l, names[i].x, b.y + 56, UI_SANS_500, 13, t->ink2, names[i].anchor, names[i].name);
    ui_fill(l, (struct ui_rect){b.x + 1, b.y + HEAD - 2, b.w - 2, 1}, t->line);
}

void ui_draw_events(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    if (!s->pages) return;
    struct columns c = columns_of(b);
    struct rows r = {.n = 0};
    size_t fits = b.h > HEAD + ROW + 8 ? (size_t)((b.h - HEAD - 8) / ROW) : 1;
    if (fits > MOST_ROWS) fits = MOST_ROWS;
    ui_panel(s, l, b, 6, false);
    draw_head(s, l, b, &c);
    choose_rows(s, &s->pages->filter, fits, &r);
    for (size_t i = 0; i < r.n; i++)
        draw_row(s, l, (struct ui_rect){b.x + 1, b.y + HEAD + (double)i * ROW, b.w - 2, ROW}, &c, r.event[i]);
    if (r.n == 0)
        ui_text(l, b.x + b.w / 2, b.y + HEAD + 60, UI_SANS_500, 15, t->ink2, UI_MIDDLE,
                s->pages->filter.text[0] ? "No event near here passes the filter." : "Nothing has happened yet.");
    s->st = rp_seek(s->session, s->n); /* the rows' states are gone; the other regions need the moment's */
    if (!s->st) s->failed = true;
}
