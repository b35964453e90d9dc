#include "mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { RESERVE = 1 << 20 };

bool lang_mem_init(struct lang_mem *m, struct arena *a) {
    *m = (struct lang_mem){.arena = a, .reserve = malloc(RESERVE)};
    return m->reserve != NULL;
}

void lang_mem_free(struct lang_mem *m) {
    free(m->reserve);
    m->reserve = NULL;
}

void *lang_mem_alloc(struct lang_mem *m, size_t n) {
    void *p = m->failed ? NULL : arena_alloc(m->arena, n);
    if (p) return p;
    m->failed = true;
    n = (n + 15) / 16 * 16;
    if (n > RESERVE) return NULL;
    if (m->used > RESERVE - n) m->used = 0; /* all of it will be thrown away */
    p = m->reserve + m->used;
    m->used += n;
    return memset(p, 0, n);
}

void *lang_mem_array(struct lang_mem *m, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size) count = 0;
    return lang_mem_alloc(m, count * size);
}
