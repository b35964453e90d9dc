/* str.h - a growing, always terminated byte string. The str owns its bytes; str_free or str_take ends that.
 * A failed allocation sets `failed` and drops the addition; check once at the end. */
#ifndef GOSEE_BASE_STR_H
#define GOSEE_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
    char *data; /* NULL while empty: use str_cstr */
    size_t len, cap;
    bool failed;
};

void str_free(struct str *s);
void str_clear(struct str *s); /* keeps the memory */
void str_add(struct str *s, const char *bytes, size_t n);
void str_adds(struct str *s, const char *cstr);
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *fmt, va_list ap);
const char *str_cstr(const struct str *s);
/* A JSON string of it, quotes included; what is no UTF-8 becomes U+FFFD. */
void str_add_json(struct str *s, const char *text, size_t n);
char *str_take(struct str *s); /* the caller frees; NULL if it failed */

/* Reads a whole file. false with errno set; EFBIG past max bytes. */
bool str_read_file(struct str *s, const char *path, size_t max);
/* Writes under a temporary name in the same folder, then renames: whole or not at all. false with errno set. */
bool file_write_whole(const char *path, const void *bytes, size_t n);

#endif
