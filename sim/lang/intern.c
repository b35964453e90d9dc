#include "intern.h"

#include <stdlib.h>
#include <string.h>

void lang_interns_init(struct lang_interns *t, struct arena *a) { *t = (struct lang_interns){.arena = a}; }

void lang_interns_free(struct lang_interns *t) {
    free(t->table);
    *t = (struct lang_interns){0};
}

static uint32_t hash_name(const char *s, size_t len) {
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h ^ h >> 15;
}

static bool grow(struct lang_interns *t) {
    size_t size = t->size ? t->size * 2 : 1024;
    struct lang_intern_entry *table = calloc(size, sizeof *table);
    if (!table) return false;
    for (size_t i = 0; i < t->size; i++) {
        if (!t->table[i].text) continue;
        size_t j = t->table[i].hash & (size - 1);
        while (table[j].text)
            j = (j + 1) & (size - 1);
        table[j] = t->table[i];
    }
    free(t->table);
    t->table = table;
    t->size = size;
    return true;
}

const char *lang_interns_get(struct lang_interns *t, const char *s, size_t len) {
    if (len >= UINT32_MAX) return NULL;
    if (t->used * 2 >= t->size && !grow(t)) return NULL;
    uint32_t hash = hash_name(s, len);
    size_t i = hash & (t->size - 1);
    for (; t->table[i].text; i = (i + 1) & (t->size - 1)) {
        struct lang_intern_entry *e = &t->table[i];
        if (e->hash == hash && e->len == len && memcmp(e->text, s, len) == 0) return e->text;
    }
    const char *text = arena_strndup(t->arena, s, len);
    if (!text) return NULL;
    t->table[i] = (struct lang_intern_entry){text, (uint32_t)len, hash};
    t->used++;
    return text;
}
