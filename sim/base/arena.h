/* arena.h - memory that is freed all at once. The arena owns what it hands out; pointers live until arena_free.
 * Not shared between threads. */
#ifndef GOSEE_BASE_ARENA_H
#define GOSEE_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena {
    struct arena_block *blocks;
    size_t used;  /* bytes handed out, for limits and figures */
    size_t limit; /* 0: none; past it allocations fail */
    int failed;   /* an allocation failed since the last look */
};

void arena_init(struct arena *a);
void arena_free(struct arena *a);
/* Zeroed, aligned for any type. NULL on failure (and for a product that overflows); a->failed is set. */
void *arena_alloc(struct arena *a, size_t n);
void *arena_array(struct arena *a, size_t count, size_t size);
/* Terminated copies. NULL on failure. */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))

#endif
