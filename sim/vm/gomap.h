/* gomap.h - Go's maps: an open-addressing table in groups of eight (after Abseil's Swiss tables, as Go's own since
 * 1.24), each slot with a control byte of seven hash bits.
 *
 * A map is a collected object; its table is another, which carries its own size, so that a racing reader that holds
 * either stays inside it whatever a writer does. Races are found as Go finds them, by a flag that a writer sets for
 * its duration. An iterator keeps the table it began with: while the map still uses it, slots are read where they are;
 * once the map has grown, the old table says which keys are left and the new one what became of them.
 *
 * Entries are canonical slots: key, then value.
 */
#ifndef GOSEE_VM_GOMAP_H
#define GOSEE_VM_GOMAP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "bytecode.h"
#include "heap.h"
#include "value.h"

enum map_key { MAP_KEY_WORD, MAP_KEY_STRING, MAP_KEY_OTHER }; /* how keys are compared */

struct vm_table {
    uint64_t mask;        /* slots - 1; slots are a power of two, at least 8 */
    uint64_t growth_left; /* slots that may still be filled before the table must grow */
    uint64_t words[];     /* slots/8 words of control bytes, then the entries */
};

struct vm_map {
    _Atomic uint64_t count;
    _Atomic uint64_t table; /* struct vm_table *; 0 until the first insertion */
    _Atomic uint32_t writing;
    _Atomic uint32_t clears;
    uint64_t seed, base; /* base: taken off keys that are addresses before they are hashed (equal.h) */
    const struct lang_rtype *type; /* the map's */
    uint16_t key_slots, value_slots;
    uint32_t key_kind; /* enum map_key */
};

struct vm_map_iter {
    uint64_t map;    /* struct vm_map *, 0 for a nil map */
    uint64_t table;  /* struct vm_table * that it walks; 0: nothing to walk */
    uint64_t start;  /* the first slot */
    uint64_t next;   /* how many slots are done */
    uint64_t clears; /* of the map when it began */
};

enum map_result {
    MAP_OK,
    MAP_ABSENT,      /* get, next: no such entry, or no more */
    MAP_NIL,         /* assignment to entry in nil map */
    MAP_UNHASHABLE,  /* *culprit is the type */
    MAP_NO_MEMORY,
    MAP_RACE_WRITE,  /* fatal error: concurrent map writes */
    MAP_RACE_READ,   /* fatal error: concurrent map read and map write */
    MAP_RACE_ITER    /* fatal error: concurrent map iteration and map write */
};

/* What an operation that may allocate or be watched needs. */
struct map_env {
    struct heap *heap;
    struct heap_cache *cache;
    uint64_t hash_seed;               /* the run's */
    const struct lang_rtype *culprit; /* out: MAP_UNHASHABLE */
    /* Where the last lookup found its key: m[k]++ finds it once. Only believed if that slot still holds that key; cleared
     * by a collection, after which addresses may mean other things. */
    struct map_memo { const struct vm_map *map; const struct vm_table *table; uint64_t slot; rt_slot key, entry_key; } memo;
    /* Called by a writer between setting the flag and its work; NULL: nothing. The stepped world lets others run. */
    void (*midway)(void *ctx);
    void *ctx;
};

/* make(map, hint). NULL: no memory. */
struct vm_map *vm_map_make(struct map_env *e, const struct lang_rtype *type, uint64_t hint);
uint64_t vm_map_len(const struct vm_map *m);
/* *value: the entry's value slots, to be read with vm_load64 at once. m may be NULL. */
enum map_result vm_map_get(struct map_env *e, const struct vm_map *m, const rt_slot *key, const rt_slot **value);
enum map_result vm_map_set(struct map_env *e, struct vm_map *m, const rt_slot *key, const rt_slot *value);
enum map_result vm_map_delete(struct map_env *e, struct vm_map *m, const rt_slot *key);
enum map_result vm_map_clear(struct map_env *e, struct vm_map *m);
/* Slots among which an iteration's start is to be chosen; 0: there is nothing to iterate over and nothing to choose. */
uint64_t vm_map_starts(const struct vm_map *m);
void vm_map_iter_init(struct vm_map_iter *it, const struct vm_map *m, uint64_t start);
enum map_result vm_map_iter_next(struct map_env *e, struct vm_map_iter *it, const rt_slot **key, const rt_slot **value);

/* For printing: the entries in table order, *cursor starting at 0; false at the end. */
bool vm_map_entry(const struct vm_map *m, uint64_t *cursor, const rt_slot **key, const rt_slot **value);

#endif
