#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "parts.h"
#include "vec.h"

enum { TEXT_BYTES = 200 };

/* ---- candidates --------------------------------------------------------------------------------------------- */

static void add(struct ui_stage *s, struct ui_found f) {
    struct ui_search *q = &s->search;
    if (!vec_reserve((void **)&q->all, q->nall, &q->cap_all, 1, sizeof *q->all)) {
        s->failed = true;
        return;
    }
    q->all[q->nall++] = f;
}

static void add_output(struct ui_stage *s, const struct rt_event *ev, uint64_t n) {
    const char *text = ev->a == 1 || ev->a == 2 ? rt_log_bytes(s->log, ev->b, (size_t)ev->c) : NULL;
    for (size_t from = 0; text && from < ev->c;) {
        const char *nl = memchr(text + from, '\n', (size_t)ev->c - from);
        size_t to = nl ? (size_t)(nl - text) : (size_t)ev->c;
        if (to > from) add(s, (struct ui_found){UI_FOUND_OUTPUT, to - from, n, ev->b + from});
        from = to + 1;
    }
}

static void read_events(struct ui_stage *s) {
    struct ui_search *q = &s->search;
    struct rt_event evs[128];
    size_t got;
    while (!s->failed && (got = rt_log_read(s->log, q->read, evs, 128)) > 0)
        for (size_t i = 0; i < got; i++, q->read++) {
            const struct rt_event *ev = &evs[i];
            if ((ev->kind == RT_EV_GoCreate || ev->kind == RT_EV_GoStatus) && !(ev->b & RT_FN_RUNTIME))
                add(s, (struct ui_found){UI_FOUND_G, ev->a, q->read, ev->b});
            if (ev->kind == RT_EV_ObjName)
                add(s, (struct ui_found){UI_FOUND_OBJ, ev->a, q->read, ev->b << 32 | (uint32_t)ev->c});
            if (ev->kind == RT_EV_Write) add_output(s, ev, q->read);
        }
}

static void read_source(struct ui_stage *s) {
    const struct rt_log_file *file = rt_log_file(s->log, 0);
    const struct rt_log_func *f;
    for (uint64_t i = 0; (f = rt_log_func(s->log, i)) != NULL; i++)
        if (RT_POS_FILE(f->pos) == 0 && RT_POS_LINE(f->pos)) add(s, (struct ui_found){UI_FOUND_FUNC, RT_POS_LINE(f->pos), 0, i});
    unsigned line = 1;
    for (const char *p = file ? file->text : NULL; p; line++) {
        add(s, (struct ui_found){UI_FOUND_LINE, line, 0, (uint64_t)(p - file->text)});
        const char *nl = memchr(p, '\n', (size_t)(file->text + file->length - p));
        p = nl && nl + 1 < file->text + file->length ? nl + 1 : NULL;
    }
}

static void copy_text(char *out, size_t n, const char *text, size_t length) {
    while (length > 0 && (*text == ' ' || *text == '\t'))
        text++, length--;
    if (length >= n) length = n - 1;
    memcpy(out, text, length);
    out[length] = 0;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)out[i] < 0x20) out[i] = ' ';
}

/* What a candidate is called, and what is searched in. */
static void name_of(const struct ui_stage *s, const struct ui_found *f, char *out, size_t n) {
    const struct rt_log_func *fn;
    const char *text;
    out[0] = 0;
    switch (f->kind) {
    case UI_FOUND_EXACT:
    case UI_FOUND_G:
        fn = rt_log_func(s->log, f->name);
        snprintf(out, n, "G%llu %s", (unsigned long long)f->id, fn ? fn->name : "");
        break;
    case UI_FOUND_FUNC:
        fn = rt_log_func(s->log, f->name);
        snprintf(out, n, "%s", fn ? fn->name : "");
        break;
    case UI_FOUND_OBJ:
        snprintf(out, n, "%s %s", rt_log_string(s->log, f->name >> 32), rt_log_string(s->log, (uint32_t)f->name));
        break;
    case UI_FOUND_OUTPUT:
        text = rt_log_bytes(s->log, f->name, (size_t)f->id);
        if (text) copy_text(out, n, text, (size_t)f->id);
        break;
    default: {
        const struct rt_log_file *file = rt_log_file(s->log, 0);
        if (!file || f->name >= file->length) break;
        text = file->text + f->name;
        const char *nl = memchr(text, '\n', file->length - (size_t)f->name);
        copy_text(out, n, text, nl ? (size_t)(nl - text) : file->length - (size_t)f->name);
    }
    }
}

/* ---- finding ------------------------------------------------------------------------------------------------ */

/* All words of the query, divided by blanks, in any order; case does not matter. */
static bool matches(const char *query, const char *text) {
    char word[UI_SEARCH_BYTES];
    for (const char *p = query; *p;) {
        size_t n = strcspn(p, " ");
        memcpy(word, p, n);
        word[n] = 0;
        bool in = n == 0;
        for (const char *t = text; !in && *t; t++)
            in = strncasecmp(t, word, n) == 0;
        if (!in) return false;
        p += n + (p[n] == ' ');
    }
    return true;
}

static void find(struct ui_stage *s) {
    struct ui_search *q = &s->search;
    const char *digits = q->text + (q->text[0] == 'g' || q->text[0] == 'G');
    unsigned long long number = 0;
    char text[TEXT_BYTES];
    bool exact = *digits && strspn(digits, "0123456789") == strlen(digits) && strlen(digits) < 12;
    if (exact) number = strtoull(digits, NULL, 10);
    memset(q->nfound, 0, sizeof q->nfound);
    q->focus = q->matches = 0;
    for (size_t i = 0; q->text[0] && i < q->nall; i++) {
        struct ui_found f = q->all[i];
        name_of(s, &f, text, sizeof text);
        if (!matches(q->text, text)) continue;
        if (exact && f.kind == UI_FOUND_G && f.id == number) f.kind = UI_FOUND_EXACT;
        q->matches++;
        if (q->nfound[f.kind] < UI_FOUND_MOST) q->found[f.kind][q->nfound[f.kind]++] = f;
    }
}

void ui_search_open(struct ui_stage *s) {
    s->search.open = true;
    if (s->search.read == 0) read_source(s);
    read_events(s);
    find(s);
}

void ui_search_forget(struct ui_search *q) {
    free(q->all);
    *q = (struct ui_search){0};
}

void ui_search_type(struct ui_stage *s, const char *text) {
    struct ui_search *q = &s->search;
    size_t len = strlen(q->text), more = strlen(text);
    if (len + more >= sizeof q->text) return;
    memcpy(q->text + len, text, more + 1);
    find(s);
}

void ui_search_erase(struct ui_stage *s) {
    struct ui_search *q = &s->search;
    size_t len = strlen(q->text);
    while (len > 0 && ((unsigned char)q->text[--len] & 0xc0) == 0x80) {
    }
    q->text[len] = 0;
    find(s);
}

size_t ui_search_count(const struct ui_search *q) {
    size_t n = 0;
    for (int k = 0; k < UI_FOUND_KINDS; k++)
        n += q->nfound[k];
    return n;
}

const struct ui_found *ui_search_at(const struct ui_search *q, size_t i) {
    for (int k = 0; k < UI_FOUND_KINDS; k++) {
        if (i < q->nfound[k]) return &q->found[k][i];
        i -= q->nfound[k];
    }
    return NULL;
}

/* ---- drawing ------------------------------------------------------------------------------------------------ */

static void draw_row(struct ui_stage *s, struct ui_list *l, struct ui_rect row, size_t i) {
    static const char *const kinds[UI_FOUND_KINDS] = {"goroutine", "function", "channel, lock", "goroutine", "output",
                                                      "source"};
    const struct ui_theme *t = s->th;
    const struct ui_found *f = ui_search_at(&s->search, i);
    char text[TEXT_BYTES], note[48] = "", count[24];
    if (!f) return;
    bool focus = i == s->search.focus, code = f->kind != UI_FOUND_OUTPUT;
    if (focus) ui_rrect(l, row, 4, t->spot_tint, t->spot_edge, 1.5);
    double base = row.y + 18.5, x = row.x + 10, end = row.x + row.w - 10;
    ui_text(l, x, base, UI_SANS_500, 12, t->ink3, UI_START, kinds[f->kind]);
    if (f->kind == UI_FOUND_LINE || f->kind == UI_FOUND_FUNC)
        snprintf(note, sizeof note, "line %llu", (unsigned long long)f->id);
    else if (f->event >= s->n) snprintf(note, sizeof note, "from event %s", ui_count_text(count, sizeof count, f->event + 1));
    end -= note[0] ? ui_text(l, end, base, UI_SANS_500, 12, t->ink3, UI_END, note) + 8 : 0;
    name_of(s, f, text, sizeof text);
    ui_text_fit(l, x + 88, base, code ? UI_MONO_500 : UI_SANS_500, 13.5, t->ink, end - x - 88, text);
    ui_add_hit(s, row, UI_HIT_FOUND, i);
}

void ui_draw_search(struct ui_stage *s, struct ui_list *l) {
    enum { ROWS = 12, ROW = 28 };
    const struct ui_theme *t = s->th;
    struct ui_search *q = &s->search;
    size_t n = ui_search_count(q), top = q->focus >= ROWS ? q->focus - ROWS + 1 : 0, rows = n - top < ROWS ? n - top : ROWS;
    bool source = s->lay.shown[UI_R_SOURCE] && s->lay.at[UI_R_SOURCE].w >= 330;
    double w = source ? fmax(s->lay.at[UI_R_SOURCE].w, 420) : fmin(520, s->lay.w - 24);
    double x = source ? s->lay.at[UI_R_SOURCE].x : (s->lay.w - w) / 2, y = source ? s->lay.at[UI_R_SOURCE].y : 56;
    struct ui_rect b = {x, y, w, 78 + ROW * (double)rows};
    ui_shadow(l, b, 8);
    ui_rrect(l, b, 8, t->card, t->line2, 1.5);
    ui_add_hit(s, b, UI_HIT_WORD, UI_WORDS);
    struct ui_rect field = {b.x + 12, b.y + 12, b.w - 24, 34};
    ui_rrect(l, field, 5, t->well, t->ink, 2);
    ui_text(l, field.x + 12, field.y + 23, UI_MONO_600, 16, t->ink3, UI_START, "/");
    double tw = ui_text_fit(l, field.x + 30, field.y + 23, UI_MONO_500, 16, t->ink, field.w - 48, q->text);
    if (!q->text[0])
        ui_text_fit(l, field.x + 38, field.y + 23, UI_SANS_400, 14.5, t->ink3, field.w - 50,
                    "goroutine, function, channel, output");
    ui_fill(l, (struct ui_rect){field.x + 31 + tw, field.y + 8, 1.5, 18}, t->ink);
    for (size_t i = 0; i < rows; i++)
        draw_row(s, l, (struct ui_rect){b.x + 8, b.y + 52 + ROW * (double)i, b.w - 16, ROW - 2}, top + i);
    char count[24];
    double foot = b.y + b.h - 10;
    if (q->text[0] && q->matches == 0)
        ui_text(l, b.x + 18, foot, UI_SANS_500, 12, t->ink3, UI_START, "nothing of that name");
    else if (q->text[0])
        ui_textf(l, b.x + 18, foot, UI_SANS_500, 12, t->ink3, UI_START, "%s found",
                 ui_count_text(count, sizeof count, q->matches));
    ui_text(l, b.x + b.w - 18, foot, UI_SANS_500, 12, t->ink3, UI_END, "Enter: go, and on   Esc: close");
}
