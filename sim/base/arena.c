#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char data[];
};

enum { FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

void arena_init(struct arena *a) { memset(a, 0, sizeof *a); }

void arena_free(struct arena *a) {
    struct arena_block *b = a->blocks;
    while (b) {
        struct arena_block *next = b->next;
        free(b);
        b = next;
    }
    a->blocks = NULL;
    a->used = 0;
}

static void *fail(struct arena *a) {
    a->failed = 1;
    return NULL;
}

/* A fault for each page would cost several times what clearing them together does. */
static void populate(void *p, size_t size) {
#ifdef MADV_POPULATE_WRITE
    enum { PAGE = 4096, WORTH = 4 * PAGE };
    if (size < WORTH) return;
    char *first = (char *)p + (PAGE - (uintptr_t)p % PAGE) % PAGE;
    madvise(first, (size_t)((char *)p + size - first) / PAGE * PAGE, MADV_POPULATE_WRITE);
#else
    (void)p;
    (void)size;
#endif
}

static struct arena_block *add_block(struct arena *a, size_t n) {
    size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP) size = LARGEST_STEP;
    if (size < n) size = n;
    if (size > SIZE_MAX - sizeof(struct arena_block)) return NULL;
    struct arena_block *b = malloc(sizeof *b + size);
    if (!b) return NULL;
    populate(b, size);
    b->size = size;
    b->used = 0;
    b->next = a->blocks;
    a->blocks = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t n) {
    const size_t align = alignof(max_align_t);
    if (n > SIZE_MAX / 2) return fail(a);
    n = (n + align - 1) / align * align;
    if (n == 0) n = align;
    if (a->limit && (n > a->limit || a->used > a->limit - n)) return fail(a);
    struct arena_block *b = a->blocks;
    if (!b || b->size - b->used < n) b = add_block(a, n);
    if (!b) return fail(a);
    void *p = b->data + b->used;
    b->used += n;
    a->used += n;
    return memset(p, 0, n);
}

void *arena_array(struct arena *a, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size) return fail(a);
    return arena_alloc(a, count * size);
}

char *arena_strndup(struct arena *a, const char *s, size_t n) {
    if (n > SIZE_MAX / 2) return fail(a);
    char *p = arena_alloc(a, n + 1);
    if (p && n) memcpy(p, s, n);
    return p;
}

char *arena_strdup(struct arena *a, const char *s) { return arena_strndup(a, s, strlen(s)); }

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    char *p = n < 0 ? fail(a) : arena_alloc(a, (size_t)n + 1);
    if (p) vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    char *p = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return p;
}
