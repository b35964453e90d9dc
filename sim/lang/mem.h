/* mem.h - memory for the front end that is always there: when the arena fails, what is asked for comes from a small
 * reserve and `failed` is set. Parser and checker look at failed at every statement and expression, give up, and their
 * work is thrown away; so no allocation within needs an error path of its own. */
#ifndef GOSEE_LANG_MEM_H
#define GOSEE_LANG_MEM_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

struct lang_mem {
    struct arena *arena;
    unsigned char *reserve;
    size_t used;
    bool failed;
};

bool lang_mem_init(struct lang_mem *m, struct arena *a); /* false: no memory even for the reserve */
void lang_mem_free(struct lang_mem *m);                  /* the arena stays */
/* Zeroed; never NULL. A size that no real program asks for fails like an exhausted arena, and gives NULL only when it
 * is larger than the reserve: so callers bound counts by what they have read. */
void *lang_mem_alloc(struct lang_mem *m, size_t n);
void *lang_mem_array(struct lang_mem *m, size_t count, size_t size);

#define MEM_NEW(m, type) ((type *)lang_mem_alloc((m), sizeof(type)))
#define MEM_ARRAY(m, type, n) ((type *)lang_mem_array((m), (n), sizeof(type)))

#endif
