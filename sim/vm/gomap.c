/* gomap.c - tables, probing, growth and iteration of gomap.h. */
#include "gomap.h"

#include "atoms.h"
#include "equal.h"

#define LSB UINT64_C(0x0101010101010101)
#define MSB UINT64_C(0x8080808080808080)
#define CTRL_EMPTY 0x80u
#define CTRL_DELETED 0xfeu
#define ALL_EMPTY (LSB * CTRL_EMPTY)
#define MAX_SLOTS ((uint64_t)1 << 40)

/* ---- a table's geometry ------------------------------------------------------------------------------------------ */

static inline uint64_t group_count(const struct vm_table *t) { return (t->mask + 1) / 8; }
static inline unsigned entry_slots(const struct vm_map *m) { return (unsigned)m->key_slots + m->value_slots; }
static inline rt_slot *entry_at(const struct vm_map *m, const struct vm_table *t, uint64_t slot) {
    return (rt_slot *)(uintptr_t)t->words + group_count(t) + slot * entry_slots(m);
}
static inline uint64_t ctrl_group(const struct vm_table *t, uint64_t group) { return vm_load64(&t->words[group]); }
static inline uint8_t ctrl_of(const struct vm_table *t, uint64_t slot) {
    return (uint8_t)(ctrl_group(t, slot / 8) >> (slot % 8 * 8));
}
static inline void ctrl_set(struct vm_table *t, uint64_t slot, unsigned ctrl) {
    unsigned shift = (unsigned)(slot % 8 * 8);
    uint64_t w = ctrl_group(t, slot / 8);
    vm_store64(&t->words[slot / 8], (w & ~(UINT64_C(0xff) << shift)) | (uint64_t)ctrl << shift);
}

/* Bytes of a group that equal h2, as their high bits; may name a byte too many, never one too few. */
static inline uint64_t match_h2(uint64_t group, uint64_t h2) {
    uint64_t x = group ^ (LSB * h2);
    return (x - LSB) & ~x & MSB;
}
static inline uint64_t match_empty(uint64_t group) { return group & ~(group << 6) & MSB; }
static inline uint64_t match_free(uint64_t group) { return group & MSB; }
static inline unsigned first_of(uint64_t match) { return (unsigned)__builtin_ctzll(match) / 8; }

static inline struct vm_table *table_of(const struct vm_map *m) {
    return (struct vm_table *)(uintptr_t)vm_load64(&m->table);
}
static inline bool being_written(const struct vm_map *m) {
    return atomic_load_explicit(&m->writing, memory_order_relaxed) != 0;
}
/* Slots that may be filled: a single group wholly, else seven eighths, so that a probe meets an empty one. */
static uint64_t capacity_of(uint64_t slots) { return slots <= 8 ? slots : slots - slots / 8; }

static struct vm_table *new_table(struct map_env *e, const struct vm_map *m, uint64_t slots) {
    uint64_t per = entry_slots(m);
    if (slots > MAX_SLOTS || (per && slots > MAX_SLOTS / per))
        return NULL;
    uint64_t words = slots / 8 + slots * per;
    struct vm_table *t =
        heap_alloc(e->heap, e->cache, sizeof *t + words * 8, heap_head(HEAP_TABLE, m->type));
    if (!t)
        return NULL;
    t->mask = slots - 1;
    t->growth_left = capacity_of(slots);
    for (uint64_t i = 0; i < slots / 8; i++)
        t->words[i] = ALL_EMPTY;
    return t;
}

struct vm_map *vm_map_make(struct map_env *e, const struct lang_rtype *type, uint64_t hint) {
    struct vm_map *m = heap_alloc(e->heap, e->cache, sizeof *m, heap_head(HEAP_MAP, type));
    if (!m)
        return NULL;
    const struct lang_rtype *key = type->key;
    m->type = type;
    m->key_slots = (uint16_t)key->slots;
    m->value_slots = (uint16_t)type->elem->slots;
    m->key_kind = vm_is_word(key) ? MAP_KEY_WORD : key->kind == LANG_K_STRING ? MAP_KEY_STRING : MAP_KEY_OTHER;
    m->base = m->key_kind == MAP_KEY_OTHER || vm_is_address(key) ? (uintptr_t)e->heap->base : 0;
    m->seed = vm_mix(e->hash_seed ^ ((uintptr_t)m - (uintptr_t)e->heap->base), UINT64_C(0xd6e8feb86659fd93)) | 1;
    if (hint <= 8) /* the table comes with the first entry */
        return m;
    if (hint > MAX_SLOTS / 2)
        hint = 8; /* as Go: a hint that cannot be met is none */
    uint64_t slots = 16;
    while (capacity_of(slots) < hint)
        slots *= 2;
    struct vm_table *table = new_table(e, m, slots);
    if (!table)
        return NULL;
    vm_store64(&m->table, (uintptr_t)table);
    return m;
}

uint64_t vm_map_len(const struct vm_map *m) {
    return m ? atomic_load_explicit(&m->count, memory_order_relaxed) : 0;
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static enum map_result hash_other(struct map_env *e, const struct vm_map *m, const rt_slot *key, uint64_t *hash) {
    switch (vm_hash(m->type->key, key, m->base, m->seed, hash, &e->culprit)) {
    case EQUAL_YES: return MAP_OK;
    case EQUAL_UNCOMPARABLE: return MAP_UNHASHABLE;
    default: return MAP_NO_MEMORY;
    }
}

static inline enum map_result hash_key(struct map_env *e, const struct vm_map *m, const rt_slot *key, uint64_t *hash) {
    switch (m->key_kind) {
    case MAP_KEY_WORD: *hash = vm_hash_word(key[0] - m->base, m->seed); return MAP_OK;
    case MAP_KEY_STRING: {
        const struct vm_string *s = (const struct vm_string *)(uintptr_t)key[0];
        *hash = vm_hash_bytes(s ? s->data : NULL, s ? s->len : 0, m->seed);
        return MAP_OK;
    }
    default: return hash_other(e, m, key, hash);
    }
}

static bool same_key(const struct vm_map *m, const rt_slot *a, const rt_slot *b) {
    if (m->key_kind == MAP_KEY_WORD)
        return vm_load64(a) == b[0];
    if (m->key_kind == MAP_KEY_STRING)
        return vm_equal_string(vm_load64(a), b[0]);
    const struct lang_rtype *culprit;
    return vm_equal(m->type->key, a, b, &culprit) == EQUAL_YES;
}

/* The slot of key, or UINT64_MAX. Bounded by the number of groups, whatever racing writers leave in the table. */
static inline __attribute__((always_inline)) uint64_t probe(const struct vm_map *m, const struct vm_table *t,
                                                            const rt_slot *key, uint64_t hash, bool word_key) {
    uint64_t groups = group_count(t), gmask = groups - 1, g = (hash >> 7) & gmask;
    for (uint64_t i = 1; i <= groups; i++) {
        if (word_key) { /* of a large table neither is in the cache: fetch both at once */
            const rt_slot *first = entry_at(m, t, g * 8);
            __builtin_prefetch(first);
            __builtin_prefetch(first + 8);
        }
        uint64_t word = ctrl_group(t, g);
        for (uint64_t match = match_h2(word, hash & 0x7f); match; match &= match - 1) {
            uint64_t slot = g * 8 + first_of(match);
            const rt_slot *entry = entry_at(m, t, slot);
            if (word_key ? vm_load64(entry) == key[0] : same_key(m, entry, key))
                return slot;
        }
        if (match_empty(word))
            return UINT64_MAX;
        g = (g + i) & gmask; /* triangular: visits every group once */
    }
    return UINT64_MAX;
}

static inline uint64_t find(const struct vm_map *m, const struct vm_table *t, const rt_slot *key, uint64_t hash) {
    return m->key_kind == MAP_KEY_WORD ? probe(m, t, key, hash, true) : probe(m, t, key, hash, false);
}

static void remember(struct map_env *e, const struct vm_map *m, const struct vm_table *t, uint64_t slot,
                     const rt_slot *key) {
    e->memo = (struct map_memo){ m, t, slot, key[0], vm_load64(entry_at(m, t, slot)) };
}

/* The slot that the last lookup found for this very key word, if it still holds it; else UINT64_MAX. */
static uint64_t remembered(const struct map_env *e, const struct vm_map *m, const struct vm_table *t,
                           const rt_slot *key) {
    const struct map_memo *o = &e->memo;
    bool same = o->map == m && o->table == t && m->key_kind != MAP_KEY_OTHER && o->key == key[0] && o->slot <= t->mask &&
                !(ctrl_of(t, o->slot) & 0x80) && vm_load64(entry_at(m, t, o->slot)) == o->entry_key;
    return same ? o->slot : UINT64_MAX;
}

enum map_result vm_map_get(struct map_env *e, const struct vm_map *m, const rt_slot *key, const rt_slot **value) {
    uint64_t hash;
    if (!m || vm_map_len(m) == 0) {
        /* An unhashable key panics even in an empty map. */
        if (m && m->key_kind == MAP_KEY_OTHER) {
            enum map_result r = hash_key(e, m, key, &hash);
            if (r != MAP_OK)
                return r;
        }
        return MAP_ABSENT;
    }
    if (being_written(m))
        return MAP_RACE_READ;
    enum map_result r = hash_key(e, m, key, &hash);
    if (r != MAP_OK)
        return r;
    const struct vm_table *t = table_of(m);
    if (!t)
        return MAP_ABSENT;
    uint64_t slot = find(m, t, key, hash);
    if (being_written(m))
        return MAP_RACE_READ;
    if (slot == UINT64_MAX)
        return MAP_ABSENT;
    if (m->key_kind != MAP_KEY_OTHER)
        remember(e, m, t, slot, key);
    *value = entry_at(m, t, slot) + m->key_slots;
    return MAP_OK;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static enum map_result begin_write(struct map_env *e, struct vm_map *m) {
    if (being_written(m))
        return MAP_RACE_WRITE;
    atomic_store_explicit(&m->writing, 1, memory_order_relaxed);
    if (e->midway)
        e->midway(e->ctx);
    return MAP_OK;
}

static enum map_result end_write(struct vm_map *m) {
    if (!being_written(m))
        return MAP_RACE_WRITE;
    atomic_store_explicit(&m->writing, 0, memory_order_relaxed);
    return MAP_OK;
}

/* A free slot for a key that is not in t; UINT64_MAX only in a table that racing writers overfilled. */
static uint64_t find_free(const struct vm_table *t, uint64_t hash) {
    uint64_t groups = group_count(t), gmask = groups - 1, g = (hash >> 7) & gmask;
    for (uint64_t i = 1; i <= groups; i++) {
        uint64_t match = match_free(ctrl_group(t, g));
        if (match)
            return g * 8 + first_of(match);
        g = (g + i) & gmask;
    }
    return UINT64_MAX;
}

/* Replaces m's table by one with room for another entry; twice as large, unless tombstones are what fills it. The old
 * table stays as it is for the iterators that walk it. */
static enum map_result grow(struct map_env *e, struct vm_map *m, const struct vm_table *old) {
    uint64_t slots = old->mask + 1;
    if (vm_map_len(m) > capacity_of(slots) / 2)
        slots *= 2;
    struct vm_table *t = new_table(e, m, slots);
    if (!t)
        return MAP_NO_MEMORY;
    for (uint64_t i = 0; i <= old->mask; i++) {
        if (ctrl_of(old, i) & 0x80)
            continue;
        const rt_slot *from = entry_at(m, old, i);
        uint64_t hash;
        enum map_result r = hash_key(e, m, from, &hash);
        if (r != MAP_OK)
            return r;
        uint64_t slot = find_free(t, hash);
        if (slot == UINT64_MAX || t->growth_left == 0)
            return MAP_RACE_WRITE;
        vm_copy_slots(entry_at(m, t, slot), from, entry_slots(m));
        ctrl_set(t, slot, (unsigned)(hash & 0x7f));
        t->growth_left--;
    }
    vm_store64(&m->table, (uintptr_t)t);
    return MAP_OK;
}

static void put_slots(rt_slot *to, const rt_slot *from, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        vm_store64(to + i, from[i]);
}

static enum map_result insert(struct map_env *e, struct vm_map *m, const rt_slot *key, uint64_t hash,
                              const rt_slot *value) {
    struct vm_table *t = table_of(m);
    if (!t) {
        t = new_table(e, m, 8);
        if (!t)
            return MAP_NO_MEMORY;
        vm_store64(&m->table, (uintptr_t)t);
    }
    uint64_t slot = find_free(t, hash);
    bool tombstone = slot != UINT64_MAX && ctrl_of(t, slot) == CTRL_DELETED;
    if (slot == UINT64_MAX || (t->growth_left == 0 && !tombstone)) {
        enum map_result r = grow(e, m, t);
        if (r != MAP_OK)
            return r;
        t = table_of(m);
        slot = find_free(t, hash);
        if (slot == UINT64_MAX)
            return MAP_RACE_WRITE;
        tombstone = false;
    }
    rt_slot *entry = entry_at(m, t, slot);
    put_slots(entry, key, m->key_slots);
    put_slots(entry + m->key_slots, value, m->value_slots);
    ctrl_set(t, slot, (unsigned)(hash & 0x7f));
    if (!tombstone && t->growth_left)
        t->growth_left--;
    atomic_store_explicit(&m->count, vm_map_len(m) + 1, memory_order_relaxed);
    return MAP_OK;
}

enum map_result vm_map_set(struct map_env *e, struct vm_map *m, const rt_slot *key, const rt_slot *value) {
    if (!m)
        return MAP_NIL;
    uint64_t hash = 0;
    enum map_result r = m->key_kind == MAP_KEY_OTHER ? hash_key(e, m, key, &hash) : MAP_OK; /* before the flag is set */
    if (r != MAP_OK)
        return r;
    r = begin_write(e, m);
    if (r != MAP_OK)
        return r;
    struct vm_table *t = table_of(m);
    uint64_t slot = t ? remembered(e, m, t, key) : UINT64_MAX;
    if (slot == UINT64_MAX && m->key_kind != MAP_KEY_OTHER)
        hash_key(e, m, key, &hash);
    if (slot == UINT64_MAX && t)
        slot = find(m, t, key, hash);
    if (slot != UINT64_MAX) {
        rt_slot *entry = entry_at(m, t, slot);
        /* Keys that are equal yet differ (+0 and -0, parts of structs) are overwritten, as Go does for them. */
        if (m->key_kind == MAP_KEY_OTHER)
            put_slots(entry, key, m->key_slots);
        put_slots(entry + m->key_slots, value, m->value_slots);
    } else {
        r = insert(e, m, key, hash, value);
    }
    enum map_result ended = end_write(m);
    return r != MAP_OK ? r : ended;
}

enum map_result vm_map_delete(struct map_env *e, struct vm_map *m, const rt_slot *key) {
    uint64_t hash;
    if (!m)
        return MAP_OK;
    enum map_result r = hash_key(e, m, key, &hash);
    if (r != MAP_OK)
        return r;
    if (vm_map_len(m) == 0)
        return MAP_OK;
    r = begin_write(e, m);
    if (r != MAP_OK)
        return r;
    struct vm_table *t = table_of(m);
    uint64_t slot = t ? find(m, t, key, hash) : UINT64_MAX;
    if (slot != UINT64_MAX) {
        rt_slot *entry = entry_at(m, t, slot);
        for (unsigned i = 0; i < entry_slots(m); i++) /* so that a collector does not keep what it named */
            vm_store64(entry + i, 0);
        /* A group that has an empty slot ends every probe anyway, so this one may become empty, too. */
        bool ends_probes = match_empty(ctrl_group(t, slot / 8)) != 0 || t->mask < 8;
        ctrl_set(t, slot, ends_probes ? CTRL_EMPTY : CTRL_DELETED);
        if (ends_probes)
            t->growth_left++;
        uint64_t n = vm_map_len(m);
        atomic_store_explicit(&m->count, n ? n - 1 : 0, memory_order_relaxed);
    }
    return end_write(m);
}

enum map_result vm_map_clear(struct map_env *e, struct vm_map *m) {
    if (!m || (vm_map_len(m) == 0 && !table_of(m)))
        return MAP_OK;
    enum map_result r = begin_write(e, m);
    if (r != MAP_OK)
        return r;
    struct vm_table *t = table_of(m);
    if (t) {
        for (uint64_t i = 0; i < group_count(t); i++)
            vm_store64(&t->words[i], ALL_EMPTY);
        rt_slot *entries = entry_at(m, t, 0);
        for (uint64_t i = 0, n = (t->mask + 1) * entry_slots(m); i < n; i++)
            vm_store64(entries + i, 0);
        t->growth_left = capacity_of(t->mask + 1);
    }
    atomic_store_explicit(&m->count, 0, memory_order_relaxed);
    atomic_fetch_add_explicit(&m->clears, 1, memory_order_relaxed);
    return end_write(m);
}

/* ---- iteration --------------------------------------------------------------------------------------------------- */

uint64_t vm_map_starts(const struct vm_map *m) {
    const struct vm_table *t = m && vm_map_len(m) ? table_of(m) : NULL;
    return t ? t->mask + 1 : 0;
}

void vm_map_iter_init(struct vm_map_iter *it, const struct vm_map *m, uint64_t start) {
    it->map = (uintptr_t)m;
    it->table = vm_map_starts(m) ? (uintptr_t)table_of(m) : 0;
    it->start = start;
    it->next = 0;
    it->clears = m ? atomic_load_explicit(&m->clears, memory_order_relaxed) : 0;
}

/* What became of the entry of an old table's slot; MAP_ABSENT if it is gone. */
static enum map_result look_up_again(struct map_env *e, const struct vm_map_iter *it, const rt_slot *old,
                                     const rt_slot **key, const rt_slot **value) {
    const struct vm_map *m = (const struct vm_map *)(uintptr_t)it->map;
    const struct vm_table *now = table_of(m);
    uint64_t hash;
    enum map_result r = hash_key(e, m, old, &hash);
    if (r != MAP_OK)
        return r;
    uint64_t slot = find(m, now, old, hash);
    if (slot != UINT64_MAX) {
        *key = entry_at(m, now, slot);
        *value = *key + m->key_slots;
        return MAP_OK;
    }
    /* A NaN cannot be found, nor be deleted but by clear. */
    if (m->key_kind == MAP_KEY_OTHER && !same_key(m, old, old) &&
        it->clears == atomic_load_explicit(&m->clears, memory_order_relaxed)) {
        *key = old;
        *value = old + m->key_slots;
        return MAP_OK;
    }
    return MAP_ABSENT;
}

enum map_result vm_map_iter_next(struct map_env *e, struct vm_map_iter *it, const rt_slot **key, const rt_slot **value) {
    const struct vm_map *m = (const struct vm_map *)(uintptr_t)it->map;
    const struct vm_table *t = (const struct vm_table *)(uintptr_t)it->table;
    if (!t)
        return MAP_ABSENT;
    if (being_written(m))
        return MAP_RACE_ITER;
    while (it->next <= t->mask) {
        uint64_t slot = (it->start + it->next++) & t->mask;
        if (ctrl_of(t, slot) & 0x80)
            continue;
        const rt_slot *entry = entry_at(m, t, slot);
        if (table_of(m) == t) {
            *key = entry;
            *value = entry + m->key_slots;
            return MAP_OK;
        }
        enum map_result r = look_up_again(e, it, entry, key, value);
        if (r != MAP_ABSENT)
            return r;
    }
    return MAP_ABSENT;
}

bool vm_map_entry(const struct vm_map *m, uint64_t *cursor, const rt_slot **key, const rt_slot **value) {
    const struct vm_table *t = m ? table_of(m) : NULL;
    for (; t && *cursor <= t->mask; (*cursor)++) {
        if (ctrl_of(t, *cursor) & 0x80)
            continue;
        *key = entry_at(m, t, (*cursor)++);
        *value = *key + m->key_slots;
        return true;
    }
    return false;
}
