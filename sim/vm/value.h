/* value.h - the headers behind one-word Go values, for the VM's own files and the natives. bytecode.h is the law of
 * layout; here are its words as C structs.
 *
 * A slot is one 64-bit word; scalars are canonical in it (signed integers sign-extended, the others zero-extended,
 * float32 as its bits). Strings, slices, interfaces and funcs are one word, the address of an immutable header in Go
 * memory or in the program, so that a racing reader sees the old value or the new one. Arrays of narrow elements are
 * packed; the address of a packed element carries LANG_PACKED (*byte, *int32, *bool, ... may point to either).
 */
#ifndef GOSEE_VM_VALUE_H
#define GOSEE_VM_VALUE_H

#include <stdint.h>

#include "rt.h"

struct vm_map; /* gomap.h */
struct hchan;

struct vm_string {
    const uint8_t *data; /* inside a Go object, often this one, or in the program */
    uint64_t len;
};

struct vm_slice {
    uint8_t *data; /* of the first element; inside a Go object, or NULL if cap is 0 */
    uint64_t len, cap;
};

struct vm_iface {
    uint64_t type;   /* index of the program's rtypes */
    rt_slot value[]; /* the type's slots */
};

struct vm_closure {
    uint64_t fn;        /* function index */
    rt_slot captured[]; /* as many as the function says */
};

_Static_assert(sizeof(void *) == 8, "a slot holds an address");

#endif
