/* run_match.c - outcomes: exact text, or shapes of it. */
#include <string.h>

#include "run_match.h"

struct line {
    const char *text;
    size_t len;
};

/* Takes the next line off; the text after the last newline is a line only if it is not empty. */
static bool next_line(const char **at, const char *end, struct line *out) {
    if (*at == end) return false;
    const char *nl = memchr(*at, '\n', (size_t)(end - *at));
    *out = (struct line){*at, (size_t)((nl ? nl : end) - *at)};
    *at = nl ? nl + 1 : end;
    return true;
}

static bool is(const struct line *l, const char *text) {
    size_t n = strlen(text);
    if (n && text[n - 1] == '\n') n--;
    return l->len == n && memcmp(l->text, text, n) == 0;
}

static uint64_t count_lines(const struct run_seen *s, const char *text) {
    uint64_t n = 0;
    const char *at = s->out;
    struct line l;
    while (next_line(&at, s->out + s->nout, &l)) n += is(&l, text);
    return n;
}

/* Place of the first line that is text; -1: there is none. */
static int64_t place_of(const struct run_seen *s, const char *text) {
    const char *at = s->out;
    struct line l;
    for (int64_t i = 0; next_line(&at, s->out + s->nout, &l); i++)
        if (is(&l, text)) return i;
    return -1;
}

/* The same lines, each as often, and no other. */
static bool same_lines(const struct scn_outcome *o, const struct run_seen *s) {
    size_t n = 0;
    const char *at = s->out;
    struct line l;
    while (next_line(&at, s->out + s->nout, &l)) n++;
    if (n != o->nany_order) return false;
    for (size_t i = 0; i < o->nany_order; i++) {
        uint64_t wanted = 0;
        struct line mine = {o->any_order[i], strlen(o->any_order[i])};
        for (size_t k = 0; k < o->nany_order; k++) wanted += is(&mine, o->any_order[k]);
        if (count_lines(s, o->any_order[i]) != wanted) return false;
    }
    return true;
}

/* Lines that are counted are all there is, but for those that `before` puts in order. */
static bool all_named(const struct scn_outcome *o, const struct run_seen *s) {
    const char *at = s->out;
    struct line l;
    while (next_line(&at, s->out + s->nout, &l)) {
        bool named = false;
        for (size_t i = 0; i < o->nlines && !named; i++) named = is(&l, o->lines[i].text);
        for (size_t i = 0; i < o->nbefore && !named; i++) named = is(&l, o->before[i][0]) || is(&l, o->before[i][1]);
        if (!named) return false;
    }
    return true;
}

static bool right_shape(const struct scn_outcome *o, const struct run_seen *s) {
    if (o->nany_order && !same_lines(o, s)) return false;
    for (size_t i = 0; i < o->nbefore; i++) {
        int64_t a = place_of(s, o->before[i][0]), b = place_of(s, o->before[i][1]);
        if (a < 0 || b < 0 || a >= b) return false;
    }
    if (o->nlines && !all_named(o, s)) return false;
    for (size_t i = 0; i < o->nlines; i++) {
        uint64_t n = count_lines(s, o->lines[i].text);
        if (n < (uint64_t)o->lines[i].from) return false;
        if (o->lines[i].to >= 0 && n > (uint64_t)o->lines[i].to) return false;
    }
    return true;
}

bool run_matches(const struct scn_outcome *o, const struct run_seen *s) {
    if (o->exit != s->status) return false;
    if (strcmp(o->error ? o->error : "", str_cstr(&s->error)) != 0) return false;
    if (o->stdout_text) return strlen(o->stdout_text) == s->nout && memcmp(o->stdout_text, s->out, s->nout) == 0;
    return right_shape(o, s);
}

size_t run_outcome_expected(const struct scn_expect *e, const struct run_outcome *o) {
    struct run_seen s = {.out = o->out, .nout = o->nout, .status = o->status};
    size_t found = SIZE_MAX;
    str_adds(&s.error, o->error);
    for (size_t i = 0; i < e->noutcomes && found == SIZE_MAX && !s.error.failed; i++)
        if (!e->outcomes[i].live_only && run_matches(&e->outcomes[i], &s)) found = i;
    str_free(&s.error);
    return found;
}

bool run_within(const struct scn_bounds *b, double value, struct str *why) {
    if (b->has_exactly && value != b->exactly) {
        str_addf(why, "%.10g, expected exactly %.10g", value, b->exactly);
        return false;
    }
    if (b->has_least && value < b->at_least) {
        str_addf(why, "%.10g, expected at least %.10g", value, b->at_least);
        return false;
    }
    if (b->has_most && value > b->at_most) {
        str_addf(why, "%.10g, expected at most %.10g", value, b->at_most);
        return false;
    }
    return true;
}
