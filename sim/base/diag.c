#include "diag.h"

#include <stdlib.h>
#include <string.h>

void diag_init(struct diag_list *d) {
    memset(d, 0, sizeof *d);
    arena_init(&d->arena);
}

void diag_free(struct diag_list *d) {
    VEC_FREE(&d->items);
    arena_free(&d->arena);
}

void diag_vadd(struct diag_list *d, const struct src_file *file, int line, int col, const char *fmt, va_list ap) {
    char *text = arena_vprintf(&d->arena, fmt, ap);
    struct diag item = { .file = file, .line = line, .col = col, .message = text };
    if (!text || !VEC_PUSH(&d->items, item)) d->failed = true;
}

void diag_add(struct diag_list *d, const struct src_file *file, int line, int col, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    diag_vadd(d, file, line, col, fmt, ap);
    va_end(ap);
}

void diag_hint(struct diag_list *d, const char *fmt, ...) {
    if (!d->items.len) return;
    va_list ap;
    va_start(ap, fmt);
    VEC_LAST(&d->items).hint = arena_vprintf(&d->arena, fmt, ap);
    va_end(ap);
}

static int compare(const struct diag *a, const struct diag *b) {
    const char *an = a->file ? a->file->name : "", *bn = b->file ? b->file->name : "";
    int c = a->file == b->file ? 0 : strcmp(an, bn);
    if (c) return c;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    if (a->col != b->col) return a->col < b->col ? -1 : 1;
    return 0;
}

void diag_sort(struct diag_list *d) {
    /* Insertion sort: stable, and compilers find their errors nearly in order. */
    for (size_t i = 1; i < d->items.len; i++) {
        struct diag x = d->items.data[i];
        size_t j = i;
        for (; j > 0 && compare(&d->items.data[j - 1], &x) > 0; j--) d->items.data[j] = d->items.data[j - 1];
        d->items.data[j] = x;
    }
    size_t kept = 0;
    for (size_t i = 0; i < d->items.len; i++) {
        const struct diag *x = &d->items.data[i];
        if (kept && compare(&d->items.data[kept - 1], x) == 0 &&
            strcmp(d->items.data[kept - 1].message, x->message) == 0)
            continue;
        d->items.data[kept++] = *x;
    }
    d->items.len = kept;
}

static void add_source_line(const struct diag *d, struct str *out) {
    enum { LONGEST = 200 };
    const char *p = d->file->text, *end = p + d->file->length;
    for (int line = 1; line < d->line; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        if (!nl) return;
        p = nl + 1;
    }
    const char *nl = memchr(p, '\n', (size_t)(end - p));
    size_t n = (size_t)((nl ? nl : end) - p);
    if (n == 0 || n > LONGEST) return;
    str_adds(out, "\n    ");
    for (size_t i = 0; i < n; i++) str_addc(out, (unsigned char)p[i] < ' ' && p[i] != '\t' ? ' ' : p[i]);
    if (d->col < 1 || (size_t)d->col > n + 1) return;
    str_adds(out, "\n    ");
    /* Tabs stay tabs, and the bytes that continue a character take no room, so the caret stands under its place. */
    for (int i = 0; i < d->col - 1; i++) {
        if (p[i] == '\t') str_addc(out, '\t');
        else if (((unsigned char)p[i] & 0xc0) != 0x80) str_addc(out, ' ');
    }
    str_addc(out, '^');
}

void diag_format(const struct diag *d, struct str *out) {
    const char *name = d->said_name || !d->file ? d->said_name : d->file->name;
    int line = d->said_name ? d->said_line : d->line, col = d->said_name ? d->said_col : d->col;
    if (!d->file) str_addf(out, "gosee: %s", d->message);
    else if (line < 1) str_addf(out, "%s: %s", name, d->message);
    else if (col < 1) str_addf(out, "%s:%d: %s", name, line, d->message);
    else str_addf(out, "%s:%d:%d: %s", name, line, col, d->message);
    if (d->file && d->file->text && d->line >= 1) add_source_line(d, out);
    if (d->hint) str_addf(out, "\n    %s", d->hint);
    str_addc(out, '\n');
}

void diag_print(const struct diag_list *d, FILE *out, size_t max) {
    struct str s = {0};
    size_t n = d->items.len;
    for (size_t i = 0; i < n; i++) {
        if (max && i == max) {
            str_adds(&s, "too many errors\n");
            break;
        }
        diag_format(&d->items.data[i], &s);
    }
    if (d->failed) str_adds(&s, "gosee: out of memory while reporting errors\n");
    fwrite(str_cstr(&s), 1, s.len, out);
    str_free(&s);
}
