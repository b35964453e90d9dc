/* map.h - a hash map from byte strings to pointers, and nearest-name search. Keys are copied; values are the caller's.
 * Iteration is in order of insertion, so that what is made from a map is the same every time. */
#ifndef GOSEE_BASE_MAP_H
#define GOSEE_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_entry {
    char *key;
    size_t len;
    uint64_t hash;
    void *value;
};

struct map {
    struct map_entry *entries;
    size_t len, cap;
    uint32_t *table; /* index + 1 into entries; a power of two */
    size_t table_size;
};

void map_free(struct map *m);
void *map_get(const struct map *m, const char *key, size_t len); /* NULL if absent */
void *map_gets(const struct map *m, const char *key);
/* Adds or replaces; false when memory runs out. */
bool map_set(struct map *m, const char *key, size_t len, void *value);
bool map_sets(struct map *m, const char *key, void *value);
uint64_t hash_bytes(const void *p, size_t n); /* FNV-1a; same on every machine */

/* The known word nearest to `word` by edit distance, if near enough to be meant; else NULL. */
const char *nearest_word(const char *word, const char *const *known, size_t n);

#endif
