/* diag.h - diagnostics with file:line:col and a caret. A list owns its texts (in its arena). */
#ifndef GOSEE_BASE_DIAG_H
#define GOSEE_BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"
#include "str.h"
#include "vec.h"

/* A source text; who made it keeps it alive as long as the diagnostics. */
struct src_file {
    const char *name; /* as the user gave it; shown in messages */
    const char *text;
    size_t length;
};

struct diag {
    const struct src_file *file; /* NULL: the message stands alone, after "gosee: " */
    int line, col;               /* from 1; col in bytes, as Go counts; 0: unknown */
    const char *message;
    /* Where the text says that it comes from (Go's //line), when that is elsewhere; NULL: as file, line, col. */
    const char *said_name;
    int said_line, said_col;
    const char *hint; /* what to do; NULL if the message says it */
};

struct diag_list {
    struct arena arena;
    VEC(struct diag) items;
    bool failed; /* memory ran out: some are missing */
};

void diag_init(struct diag_list *d);
void diag_free(struct diag_list *d);
void diag_add(struct diag_list *d, const struct src_file *file, int line, int col, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void diag_vadd(struct diag_list *d, const struct src_file *file, int line, int col, const char *fmt, va_list ap);
/* Gives the newest diagnostic a hint. */
void diag_hint(struct diag_list *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* By file, line, column; equal ones once. Keeps the order of what stands at one place. */
void diag_sort(struct diag_list *d);
/* "file:line:col: message", the source line, the caret, the hint. */
void diag_format(const struct diag *d, struct str *out);
/* At most max of them (0: all), then "too many errors" as Go says it. */
void diag_print(const struct diag_list *d, FILE *out, size_t max);

#endif
