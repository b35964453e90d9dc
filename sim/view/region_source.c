/* region_source.c - the program, and where in it each goroutine stands. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

static const char *const keywords[] = {
    "break",  "case",   "chan",   "const", "continue", "default",   "defer", "else",    "fallthrough", "for",
    "func",   "go",     "goto",   "if",    "import",   "interface", "map",   "package", "range",       "return",
    "select", "struct", "switch", "type",  "var",      "nil",       "true",  "false",   "iota"};

static bool is_word(const char *s, size_t n, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0) return true;
    return false;
}

enum token { T_PLAIN, T_KEYWORD, T_NUMBER, T_STRING, T_COMMENT };

/* What a line begins inside of. */
enum carry { IN_CODE, IN_COMMENT, IN_RAW };

static bool word_char(char c) { return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }

/* The token at s: its kind and length. */
static size_t next_token(const char *s, size_t n, enum token *kind, enum carry *carry) {
    *kind = T_PLAIN;
    if (*carry != IN_CODE) {
        const char *stop = *carry == IN_RAW ? "`" : "*/";
        *kind = *carry == IN_RAW ? T_STRING : T_COMMENT;
        const char *hit = memmem(s, n, stop, strlen(stop));
        if (!hit) return n;
        *carry = IN_CODE;
        return (size_t)(hit - s) + strlen(stop);
    }
    if (n >= 2 && s[0] == '/' && s[1] == '/') return *kind = T_COMMENT, n;
    if ((n >= 2 && s[0] == '/' && s[1] == '*') || s[0] == '`') {
        *carry = s[0] == '`' ? IN_RAW : IN_COMMENT;
        size_t open = s[0] == '`' ? 1 : 2;
        return open + next_token(s + open, n - open, kind, carry) * (n > open);
    }
    if (s[0] == '"' || s[0] == '\'') {
        size_t i = 1;
        while (i < n && s[i] != s[0])
            i += s[i] == '\\' ? 2 : 1;
        *kind = T_STRING;
        return i + 1 < n ? i + 1 : n;
    }
    if (isdigit((unsigned char)s[0])) {
        size_t i = 1;
        while (i < n && (word_char(s[i]) || s[i] == '.'))
            i++;
        *kind = T_NUMBER;
        return i;
    }
    if (word_char(s[0])) {
        size_t i = 1;
        while (i < n && word_char(s[i]))
            i++;
        if (is_word(s, i, keywords, sizeof keywords / sizeof *keywords)) *kind = T_KEYWORD;
        return i;
    }
    size_t i = 1; /* a run of operators and brackets */
    while (i < n && ispunct((unsigned char)s[i]) && !strchr("/\"'`_", s[i]))
        i++;
    return i;
}

struct view {
    struct ui_rect b;
    double head, pitch, size, number_size, first, gutter, code_x;
    unsigned top, rows, lines; /* first line shown, how many fit, how many there are */
    unsigned tab;
};

static unsigned count_lines(const struct rt_log_file *f) {
    unsigned n = 1;
    for (size_t i = 0; i + 1 < f->length; i++)
        n += f->text[i] == '\n';
    return n;
}

/* The line that the moment is about. */
static unsigned focus_line(const struct ui_stage *s) {
    if (s->fine.on && RT_POS_FILE(s->fine.pos) == 0) return RT_POS_LINE(s->fine.pos);
    if (s->has_event && s->says.pos && RT_POS_FILE(s->says.pos) == 0) return RT_POS_LINE(s->says.pos);
    for (unsigned i = 0; s->has_event && i < s->says.ng; i++) {
        const struct rp_g *g = rp_g(s->st, s->says.g[i]);
        if (g && g->pos && RT_POS_FILE(g->pos) == 0) return RT_POS_LINE(g->pos);
    }
    return 0;
}

/* The line with the function that holds `line`: pages begin there, so that they do not jump from step to step. */
static unsigned function_start(const struct ui_stage *s, unsigned line) {
    unsigned best = 1;
    for (uint64_t i = 0;; i++) {
        const struct rt_log_func *f = rt_log_func(s->log, i);
        if (!f) break;
        unsigned at = RT_POS_LINE(f->pos);
        if (f->pos && RT_POS_FILE(f->pos) == 0 && at <= line && at > best) best = at;
    }
    return best;
}

static unsigned main_start(const struct ui_stage *s) {
    for (uint64_t i = 0;; i++) {
        const struct rt_log_func *f = rt_log_func(s->log, i);
        if (!f) return 1;
        if (strcmp(f->name, "main.main") == 0 && RT_POS_FILE(f->pos) == 0) return RT_POS_LINE(f->pos);
    }
}

static bool make_view(const struct ui_stage *s, struct view *v) {
    const struct rt_log_file *f = rt_log_file(s->log, 0);
    if (!f || !s->lay.shown[UI_R_SOURCE]) return false;
    bool big = s->lay.cls == UI_PRESENTER, narrow = s->lay.at[UI_R_SOURCE].w < 340;
    v->b = s->lay.at[UI_R_SOURCE];
    v->head = big ? 4 : 32;
    v->pitch = big ? 26.2 : 19.6;
    v->size = big ? 17 : narrow ? 12.5 : 13.5;
    v->number_size = big ? 15 : 12.5;
    v->gutter = big ? 76 : narrow ? 84 : 120;
    v->code_x = v->b.x + v->gutter + (big ? 12 : 8);
    v->tab = big ? 2 : narrow ? 2 : 3;
    v->lines = count_lines(f);
    v->rows = (unsigned)((v->b.h - v->head - 4) / v->pitch);
    v->first = v->b.y + v->head + 2;
    if (v->rows == 0) return false;
    unsigned last_top = v->lines > v->rows ? v->lines - v->rows + 1 : 1;
    unsigned line = focus_line(s);
    if (line == 0) line = main_start(s);
    if (v->lines <= v->rows) {
        v->top = 1;
    } else if (s->mode.source_top > 0) {
        v->top = (unsigned)s->mode.source_top;
    } else {
        unsigned start = function_start(s, line);
        v->top = start > 2 ? start - 2 : 1;
        /* A function longer than the page turns pages of two thirds. */
        unsigned page = v->rows > 6 ? v->rows * 2 / 3 : v->rows;
        while (line >= v->top + v->rows - 1)
            v->top += page;
        if (start <= v->rows - 4 && line < v->rows - 1) v->top = 1;
    }
    if (v->top > last_top) v->top = last_top;
    return true;
}

static double line_y(const struct view *v, unsigned line) { return v->first + (double)(line - v->top) * v->pitch; }

bool ui_line_rect(const struct ui_stage *s, unsigned line, struct ui_rect *at) {
    struct view v;
    if (!make_view(s, &v) || line < v.top || line >= v.top + v.rows || line > v.lines) return false;
    *at = (struct ui_rect){v.b.x, line_y(&v, line), v.b.w, v.pitch};
    return true;
}

static ui_color token_color(const struct ui_theme *t, enum token k) {
    const ui_color c[] = {t->ink, t->keyword, t->number, t->string, t->comment};
    return c[k];
}

static void draw_code(struct ui_stage *s, struct ui_list *l, const struct view *v, const char *p, size_t n, double base,
                      enum carry *carry, bool visible) {
    double cell = v->size * 0.6, x = v->code_x;
    for (size_t i = 0; i < n;) {
        if (p[i] == '\t' || p[i] == ' ') {
            x += cell * (p[i] == '\t' ? v->tab : 1);
            i++;
            continue;
        }
        enum token kind;
        size_t len = next_token(p + i, n - i, &kind, carry);
        enum ui_face face = kind == T_KEYWORD ? UI_MONO_600 : UI_MONO_400;
        if (visible) ui_text_n(l, x, base, face, v->size, token_color(s->th, kind), UI_START, p + i, len);
        x += ui_fonts_width(s->fonts, face, v->size, p + i, len);
        i += len;
    }
}

static bool lit_line(const struct ui_stage *s, unsigned line) {
    if (line == 0 || !s->has_event) return s->fine.on && RT_POS_LINE(s->fine.pos) == line && line != 0;
    if (s->fine.on) return RT_POS_FILE(s->fine.pos) == 0 && RT_POS_LINE(s->fine.pos) == line;
    if (s->says.pos && RT_POS_FILE(s->says.pos) == 0 && RT_POS_LINE(s->says.pos) == line) return true;
    if (s->says.pos) return false;
    for (unsigned i = 0; i < s->says.ng; i++) {
        const struct rp_g *g = rp_g(s->st, s->says.g[i]);
        if (g && RT_POS_FILE(g->pos) == 0 && RT_POS_LINE(g->pos) == line) return true;
    }
    return false;
}

enum { COUNTED = 9 }; /* more than that on a line are a number */

static void count_pill(struct ui_stage *s, struct ui_list *l, const struct rp_g *first, struct ui_rect b, size_t n) {
    const struct ui_site_color *c = ui_theme_site(s->th, first && !first->system ? first->site : 0);
    char buf[32];
    ui_rrect(l, b, b.h / 2, c->tint, c->edge, 1.5);
    ui_text(l, b.x + b.w / 2, b.y + b.h / 2 + 4.1, UI_MONO_700, 11.5, s->th->ink, UI_MIDDLE,
            ui_count_text(buf, sizeof buf, n));
}

/* Chips of those who stand at a line: three, then a count. */
static void draw_chips(struct ui_stage *s, struct ui_list *l, const struct view *v, unsigned line,
                       const uint32_t *goids, size_t n, size_t all) {
    bool big = s->lay.cls == UI_PRESENTER;
    double x = v->b.x + (big ? 14 : 8), cy = line_y(v, line) + v->pitch / 2, end = v->b.x + v->gutter - 24;
    if (big) {
        const struct rp_g *g = rp_g(s->st, goids[0]);
        if (all == 1 && g) {
            ui_chip(s, l, g, x + 24 - ui_chip_width(l, g, 24) / 2, cy, 24);
            return;
        }
        end = v->b.x + v->gutter - 2;
    }
    if (all > COUNTED) {
        count_pill(s, l, rp_g(s->st, goids[0]), (struct ui_rect){x, cy - 8.5, fmin(68, end - x), 17}, all);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct rp_g *g = rp_g(s->st, goids[i]);
        if (!g) continue;
        double w = ui_chip_width(l, g, 17);
        bool last = i + 1 == all;
        if (x + w > end - (last ? 0 : 14) + (i == 2 && last ? 6 : 0)) {
            ui_textf(l, x + 1, cy + 4, UI_SANS_600, 11, s->th->ink2, UI_START, "+%zu", all - i);
            return;
        }
        ui_add_hit(s, (struct ui_rect){x, cy - 8.5, w, 17}, UI_HIT_G, g->goid);
        x += ui_chip(s, l, g, x, cy, 17) + 1.5;
    }
    if (all > n) ui_textf(l, x + 1, cy + 4, UI_SANS_600, 11, s->th->ink2, UI_START, "+%zu", all - n);
}

enum { CHIPS = 4, MAX_ROWS = 128 };

struct at_line {
    uint32_t g[CHIPS];
    size_t n;
};

static void gather(const struct ui_stage *s, const struct view *v, struct at_line *at) {
    for (size_t i = 0; i < s->nbriefs; i++) {
        const struct rp_brief *g = &s->briefs[i];
        if (g->system || g->state == RP_G_DEAD || g->state == RP_G_NONE) continue;
        rt_pos pos = s->fine.on && s->fine.g == g->goid ? s->fine.pos : g->pos;
        unsigned line = RT_POS_LINE(pos);
        if (RT_POS_FILE(pos) != 0 || line < v->top || line >= v->top + v->rows || line - v->top >= MAX_ROWS) continue;
        struct at_line *a = &at[line - v->top];
        if (a->n < CHIPS) a->g[a->n] = g->goid;
        a->n++;
    }
}

static void draw_lines(struct ui_stage *s, struct ui_list *l, const struct view *v) {
    const struct ui_theme *t = s->th;
    const struct rt_log_file *f = rt_log_file(s->log, 0);
    struct at_line at[MAX_ROWS] = {0};
    enum carry carry = IN_CODE;
    const char *p = f->text, *end = f->text + f->length;
    gather(s, v, at);
    for (unsigned line = 1; p < end && line < v->top + v->rows; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((nl ? nl : end) - p);
        bool visible = line >= v->top;
        double y = visible ? line_y(v, line) : 0, base = y + v->pitch / 2 + v->size * 0.355 + 0.4;
        if (visible && lit_line(s, line)) {
            ui_fill(l, (struct ui_rect){v->b.x + 1, y, v->b.w - 2, v->pitch}, t->spot_tint);
            ui_fill(l, (struct ui_rect){v->b.x + 1, y, 4, v->pitch}, t->spot);
        }
        draw_code(s, l, v, p, n, base, &carry, visible);
        size_t here = visible && line - v->top < MAX_ROWS ? at[line - v->top].n : 0;
        bool big = s->lay.cls == UI_PRESENTER;
        if (visible && !(big && here > 0))
            ui_textf(l, v->b.x + v->gutter - (big ? 10 : 6), base, UI_MONO_400, v->number_size, t->ink3, UI_END, "%u",
                     line);
        if (here > 0) draw_chips(s, l, v, line, at[line - v->top].g, here < CHIPS ? here : CHIPS, here);
        if (visible)
            ui_add_hit(s, (struct ui_rect){v->code_x, y, v->b.x + v->b.w - v->code_x, v->pitch}, UI_HIT_LINE, line);
        p = nl ? nl + 1 : end;
    }
}

/* Long lines fade at the edge. */
static void fade_edge(struct ui_stage *s, struct ui_list *l, const struct view *v) {
    for (int i = 0; i < 12; i++)
        ui_fill(l, (struct ui_rect){v->b.x + v->b.w - 13 + i, v->first, 1, v->rows * v->pitch},
                ui_fade(s->th->card, (double)(i + 1) / 13));
}

void ui_draw_source(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_SOURCE];
    const struct rt_log_file *f = rt_log_file(s->log, 0);
    struct view v;
    ui_panel(s, l, b, 6, false);
    if (!make_view(s, &v)) {
        ui_text(l, b.x + b.w / 2, b.y + b.h / 2, UI_SANS_400, 13.5, t->ink3, UI_MIDDLE, "no source in this recording");
        return;
    }
    struct ui_rect in = ui_inset(b, t->panel_border);
    bool head = s->lay.cls != UI_PRESENTER;
    ui_clip(l, in);
    struct ui_rect gutter = {in.x, in.y + (head ? v.head - 1 : 0), v.gutter - 1, in.h - (head ? v.head - 1 : 0)};
    ui_rrect(l, gutter, 5, t->well, 0, 0); /* round as the panel's corners are */
    ui_fill(l, (struct ui_rect){gutter.x + 6, gutter.y, gutter.w - 6, gutter.h}, t->well);
    if (head) ui_fill(l, (struct ui_rect){gutter.x, gutter.y, 6, 12}, t->well);
    draw_lines(s, l, &v);
    fade_edge(s, l, &v);
    ui_clip_end(l);
    if (!head) return;
    ui_fill(l, (struct ui_rect){b.x + 1, b.y + v.head - 1, b.w - 2, 1}, t->line);
    ui_text(l, b.x + 14, b.y + 21, UI_SANS_600, 14, t->ink, UI_START, "Source");
    ui_text(l, b.x + b.w - 14, b.y + 21, UI_MONO_400, 13, t->ink2, UI_END, ui_base_name(f->name));
}
