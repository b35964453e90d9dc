/* value.h - what a Go value is in memory, for the VM's own files, the natives and the code generator.
 *
 * A slot is one 64-bit word. Scalars are canonical in a slot: signed integers sign-extended, unsigned ones and bool
 * zero-extended, float32 as the bits of a float (zero-extended), float64 as its bits. What needs more than a word is
 * one word that points to an immutable header in Go memory, so a racing reader sees the old value or the new one:
 *
 *   string     struct vm_string *, 0 is ""
 *   slice      struct vm_slice *, 0 is nil (an empty slice that is not nil has a header)
 *   interface  struct vm_iface *, 0 is nil; the dynamic value lies behind the type, struct or not; any and interfaces
 *              with methods look the same
 *   func       struct vm_closure *, 0 is nil
 *   map, chan  struct vm_map *, struct hchan *; 0 is nil
 *   pointer    the address itself; 0 is nil
 *
 * bytecode.h is the law of layout: structs and arrays, packed elements, narrow variables (a *uint8 reads one byte:
 * memory is read by width, registers are canonical; the host is little-endian).
 */
#ifndef GOSEE_VM_VALUE_H
#define GOSEE_VM_VALUE_H

#include <stdint.h>

#include "bytecode.h"
#include "rt.h"

struct vm_map;     /* gomap.h */
struct hchan;

struct vm_string {
    uint64_t len;
    const uint8_t *data; /* inside a Go object, often this one */
};

struct vm_slice {
    uint8_t *data; /* of the first element; inside a Go object, or NULL if cap is 0 */
    uint64_t len, cap;
};

struct vm_iface {
    const struct lang_rtype *type;
    rt_slot value[]; /* the type's slots */
};

struct vm_closure {
    uint64_t fn;        /* function id */
    rt_slot captured[]; /* as many as the function says */
};

_Static_assert(sizeof(void *) == 8, "a slot holds an address");

#endif
