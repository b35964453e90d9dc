/* intern.h - one address for equal names. The table is the owner's; the texts live in its arena. */
#ifndef GOSEE_LANG_INTERN_H
#define GOSEE_LANG_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

struct lang_intern_entry {
    const char *text;
    uint32_t len, hash;
};

struct lang_interns {
    struct arena *arena;
    struct lang_intern_entry *table; /* a power of two; malloc */
    size_t size, used;
};

void lang_interns_init(struct lang_interns *t, struct arena *a);
void lang_interns_free(struct lang_interns *t);
/* The terminated name; NULL when memory runs out. */
const char *lang_interns_get(struct lang_interns *t, const char *s, size_t len);

#endif
