/* fiber_context.h - what a way of switching stacks must offer; fiber_ucontext.c is the portable one, fiber_direct.c the
 * one with a switch of ours in assembly. Exactly one is linked. Seen by fiber*.c only. */
#ifndef GOSEE_RUNTIME_FIBER_CONTEXT_H
#define GOSEE_RUNTIME_FIBER_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

struct fiber_context; /* its own; one a fiber, allocated with it */

extern const size_t fiber_context_size;
/* Prepares the context to call entry(arg) on the stack. entry does not return. */
bool fiber_context_init(struct fiber_context *c, void *stack, size_t size, void (*entry)(void *arg), void *arg);
void fiber_context_swap(struct fiber_context *from, struct fiber_context *to);

#endif
