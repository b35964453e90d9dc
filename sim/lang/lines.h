/* lines.h - //line directives: what a file says about where its text comes from.
 *
 * Positions stay those of the text that we have (the caret points into it, the window shows it); only messages and
 * what a program asks about itself are told by the directives. */
#ifndef GOSEE_LANG_LINES_H
#define GOSEE_LANG_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From at_line:at_col on, the text is that of name, line:col and after; col 0: columns are not known. */
struct lang_line_base {
    uint32_t at_line, at_col;
    const char *name;
    uint32_t line, col;
};

struct lang_lines { /* in order of place */
    const struct lang_line_base *data;
    size_t len;
};

/* What a comment's text behind "line " asks for. */
enum lang_line_kind { LANG_LINE_NONE, LANG_LINE_OK, LANG_LINE_BAD_LINE, LANG_LINE_BAD_COL };

struct lang_line_text {
    size_t name_len; /* of the text */
    bool keep_name;  /* no name but a column: the last directive's */
    uint32_t line, col;
    size_t bad_at; /* offset of the number that is none */
};

enum lang_line_kind lang_line_parse(const char *text, size_t len, struct lang_line_text *out);

/* Replaces name, line and col by what the directives say; col becomes 0 where it is not known. */
void lang_lines_map(const struct lang_lines *lines, const char **name, uint32_t *line, uint32_t *col);

#endif
