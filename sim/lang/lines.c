/* The rules are those of cmd/compile's documentation, "Line directives". */
#include "lines.h"

#include "pos.h"

/* The number behind the last colon of text, and that colon's offset in *at. false: there is no colon; *n is 0 for what
 * is no number, or no sensible one. */
static bool number_behind_colon(const char *text, size_t len, size_t *at, uint32_t *n) {
    size_t i = len;
    while (i && text[i - 1] != ':')
        i--;
    if (!i) return false;
    *at = i - 1;
    uint64_t value = 0;
    bool ok = i < len;
    for (; i < len; i++) {
        ok = ok && text[i] >= '0' && text[i] <= '9';
        if (ok) value = value * 10 + (uint64_t)(text[i] - '0');
        ok = ok && value <= LANG_POS_MAX;
    }
    *n = ok ? (uint32_t)value : 0;
    return true;
}

enum lang_line_kind lang_line_parse(const char *text, size_t len, struct lang_line_text *out) {
    size_t last, before;
    uint32_t n, m;
    *out = (struct lang_line_text){ 0 };
    if (!number_behind_colon(text, len, &last, &n)) return LANG_LINE_NONE;
    out->bad_at = last + 1;
    if (number_behind_colon(text, last, &before, &m) && m) {
        out->line = m;
        out->col = n;
        out->name_len = before;
        out->keep_name = before == 0;
        return n ? LANG_LINE_OK : LANG_LINE_BAD_COL;
    }
    out->line = n;
    out->name_len = last;
    return n ? LANG_LINE_OK : LANG_LINE_BAD_LINE;
}

static bool behind(const struct lang_line_base *b, uint32_t line, uint32_t col) {
    return b->at_line > line || (b->at_line == line && b->at_col > col);
}

void lang_lines_map(const struct lang_lines *lines, const char **name, uint32_t *line, uint32_t *col) {
    size_t lo = 0, hi = lines->len; /* bases [0, lo) hold, [hi, len) come later */
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (behind(&lines->data[mid], *line, *col))
            hi = mid;
        else
            lo = mid + 1;
    }
    if (!lo) return;
    const struct lang_line_base *b = &lines->data[lo - 1];
    *name = b->name;
    if (!b->col)
        *col = 0;
    else if (*line == b->at_line)
        *col = b->col + (*col - b->at_col);
    *line = b->line + (*line - b->at_line);
}
