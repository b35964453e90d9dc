/* gosize.h - how large a type is in Go itself, and how append grows there: programs print cap. */
#ifndef GOSEE_VM_GOSIZE_H
#define GOSEE_VM_GOSIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "bytecode.h"

struct vm_size { uint32_t size, align; }; /* saturated at UINT32_MAX; align 0: not yet worked out */

/* Fills sizes[0..nrtypes). */
void go_sizes(const struct lang_program *prog, struct vm_size *sizes);
static inline uint64_t go_size_of(const struct vm_size *sizes, const struct lang_rtype *t) {
    return sizes[t->index].size;
}
/* The capacity that growslice gives to need > cap elements of `size` bytes (runtime/slice.go: nextslicecap, then
 * rounded up to a size class of the allocator). */
uint64_t go_grow_cap(uint64_t cap, uint64_t need, uint64_t size, bool pointers);
/* Bytes rounded up as Go's allocator does (runtime/msize.go). */
uint64_t go_round_size(uint64_t bytes, bool pointers);

#endif
