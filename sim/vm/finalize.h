/* finalize.h - SetFinalizer and AddCleanup: what is to run once an object can no longer be reached.
 *
 * The table is the VM's, not Go memory. What an entry runs, and its argument, the collector keeps alive; the object of an
 * entry it does not: that is the point. A finalizer's object is kept for the one call, with all that it reaches, so of
 * two objects in a chain the first goes first, and a cycle never (runtime/mfinal.go). Calls are goroutines of their own,
 * begun when the world has started again.
 */
#ifndef GOSEE_VM_FINALIZE_H
#define GOSEE_VM_FINALIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bytecode.h"
#include "value.h"

struct vm_p;

struct vm_final {
    void *object;                  /* an object's payload */
    uint64_t func;                 /* func word */
    const struct lang_rtype *type; /* finalizers: the object's pointer type; NULL: a cleanup */
    const struct lang_rtype *takes; /* finalizers: the parameter's type */
    uint64_t id;                   /* cleanups: what Stop names */
    bool due;                      /* the object is gone, or the finalizer's turn has come */
};

struct vm_finals {
    struct vm_final *data;
    size_t len, cap;
    uint64_t ids;
};

/* Begins a goroutine for each entry that is due, and forgets it. The world runs; the caller is at a safe point.
 * false: the run is ending. */
bool vm_run_finals(struct vm_p *vp);

#endif
