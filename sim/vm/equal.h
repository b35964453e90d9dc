/* equal.h - equality and hashing of Go values by their types, without recursion: a value may be as deep as memory. */
#ifndef GOSEE_VM_EQUAL_H
#define GOSEE_VM_EQUAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytecode.h"
#include "value.h"

enum equal_result { EQUAL_NO, EQUAL_YES, EQUAL_UNCOMPARABLE, EQUAL_NO_MEMORY };

/* a and b are slots of type, as they lie in memory or registers. *culprit: the uncomparable dynamic type. */
enum equal_result vm_equal(const struct lang_rtype *type, const rt_slot *a, const rt_slot *b,
                           const struct lang_rtype **culprit);
enum equal_result vm_equal_iface(rt_slot a, rt_slot b, const struct lang_rtype **culprit);
bool vm_equal_string(rt_slot a, rt_slot b);
int vm_compare_string(rt_slot a, rt_slot b); /* <0, 0, >0: bytewise, as Go's < */

/* EQUAL_YES: *hash is set. base: of the heap; addresses are hashed by their distance from it, so that the hash is the
 * same in every run. */
enum equal_result vm_hash(const struct lang_rtype *type, const rt_slot *v, uint64_t base, uint64_t seed, uint64_t *hash,
                          const struct lang_rtype **culprit);
static inline bool vm_is_address(const struct lang_rtype *t) {
    return t->kind == LANG_K_POINTER || t->kind == LANG_K_CHAN || t->kind == LANG_K_MAP || t->kind == LANG_K_FUNC;
}
/* One word that is compared by its bits. */
bool vm_is_word(const struct lang_rtype *t);

uint64_t vm_hash_bytes(const void *p, size_t n, uint64_t seed);

__extension__ typedef unsigned __int128 vm_u128;
static inline uint64_t vm_mix(uint64_t a, uint64_t b) { /* folded multiplication (Knuth's hash, wyhash's step) */
    vm_u128 m = (vm_u128)a * b;
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}
static inline uint64_t vm_hash_word(uint64_t w, uint64_t seed) {
    return vm_mix(w ^ seed, UINT64_C(0x9e3779b97f4a7c15) ^ (seed << 1));
}

#endif
