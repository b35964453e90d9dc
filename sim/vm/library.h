/* library.h - what the native_*.c files share.
 *
 * Natives are grouped by package. A nil pointer where Go would dereference it is a Go panic here as well.
 */
#ifndef GOSEE_VM_LIBRARY_H
#define GOSEE_VM_LIBRARY_H

#include "bytecode.h"
#include "native.h"

static inline enum rt_status library_nil(struct vm_call *c) {
    return vm_panic_runtime(c, "invalid memory address or nil pointer dereference");
}

/* A slot that holds an address. */
static inline void *library_pointer(rt_slot s) { return (void *)(uintptr_t)s; }

/* A C string's copy as the only result. */
enum rt_status library_text(struct vm_call *c, const char *text);

#endif
