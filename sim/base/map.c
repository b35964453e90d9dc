#include "map.h"

#include <stdlib.h>
#include <string.h>

uint64_t hash_bytes(const void *p, size_t n) {
    const unsigned char *b = p;
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < n; i++) h = (h ^ b[i]) * 1099511628211u;
    return h;
}

void map_free(struct map *m) {
    for (size_t i = 0; i < m->len; i++) free(m->entries[i].key);
    free(m->entries);
    free(m->table);
    memset(m, 0, sizeof *m);
}

static struct map_entry *find(const struct map *m, const char *key, size_t len, uint64_t hash) {
    if (!m->table_size) return NULL;
    for (size_t i = hash & (m->table_size - 1);; i = (i + 1) & (m->table_size - 1)) {
        if (!m->table[i]) return NULL;
        struct map_entry *e = &m->entries[m->table[i] - 1];
        if (e->hash == hash && e->len == len && memcmp(e->key, key, len) == 0) return e;
    }
}

void *map_get(const struct map *m, const char *key, size_t len) {
    struct map_entry *e = find(m, key, len, hash_bytes(key, len));
    return e ? e->value : NULL;
}

void *map_gets(const struct map *m, const char *key) { return map_get(m, key, strlen(key)); }

static void insert_index(uint32_t *table, size_t size, uint64_t hash, uint32_t index) {
    size_t i = hash & (size - 1);
    while (table[i]) i = (i + 1) & (size - 1);
    table[i] = index + 1;
}

static bool grow(struct map *m) {
    if (m->len == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : 16;
        if (cap > UINT32_MAX / 2) return false;
        struct map_entry *e = realloc(m->entries, cap * sizeof *e);
        if (!e) return false;
        m->entries = e;
        m->cap = cap;
    }
    if ((m->len + 1) * 2 > m->table_size) {
        size_t size = m->table_size ? m->table_size * 2 : 32;
        uint32_t *t = calloc(size, sizeof *t);
        if (!t) return false;
        for (size_t i = 0; i < m->len; i++) insert_index(t, size, m->entries[i].hash, (uint32_t)i);
        free(m->table);
        m->table = t;
        m->table_size = size;
    }
    return true;
}

bool map_set(struct map *m, const char *key, size_t len, void *value) {
    uint64_t hash = hash_bytes(key, len);
    struct map_entry *e = find(m, key, len, hash);
    if (e) {
        e->value = value;
        return true;
    }
    if (!grow(m)) return false;
    char *copy = malloc(len + 1);
    if (!copy) return false;
    memcpy(copy, key, len);
    copy[len] = 0;
    m->entries[m->len] = (struct map_entry){copy, len, hash, value};
    insert_index(m->table, m->table_size, hash, (uint32_t)m->len);
    m->len++;
    return true;
}

bool map_sets(struct map *m, const char *key, void *value) { return map_set(m, key, strlen(key), value); }

enum { LONGEST_WORD = 63 };

/* Damerau's distance, restricted: a swap of neighbours counts as one, as typing does it. */
static unsigned distance(const char *a, const char *b) {
    size_t n = strlen(a), k = strlen(b);
    unsigned d[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= k; j++) d[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = d[i % 3], *up = d[(i + 2) % 3], *up2 = d[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= k; j++) {
            unsigned best = up[j - 1] + (a[i - 1] != b[j - 1]);
            if (up[j] + 1 < best) best = up[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && up2[j - 2] + 1 < best)
                best = up2[j - 2] + 1;
            row[j] = best;
        }
    }
    return d[n % 3][k];
}

const char *nearest_word(const char *word, const char *const *known, size_t n) {
    size_t len = strlen(word);
    if (len > LONGEST_WORD) return NULL;
    unsigned limit = len <= 3 ? 1 : len <= 7 ? 2 : 3;
    const char *best = NULL;
    for (size_t i = 0; i < n; i++) {
        if (strlen(known[i]) > LONGEST_WORD) continue;
        unsigned d = distance(word, known[i]);
        if (d <= limit) {
            best = known[i];
            if (d == 0) break;
            limit = d - 1;
        }
    }
    return best;
}
