/* fiber.h - stacks that a host thread switches between: the threads of the stepped world.
 *
 * A pool owns its stacks: each mapped with a guard page below it, kept and handed out again when its fiber is released,
 * so that thousands of short runs map nothing. A pool and its fibers belong to one host thread at a time.
 *
 * Under ASan and TSan every switch is announced to the sanitizer.
 */
#ifndef GOSEE_RUNTIME_FIBER_H
#define GOSEE_RUNTIME_FIBER_H

#include <stdbool.h>
#include <stddef.h>

struct fiber;

struct fiber_pool {
    size_t stack_size; /* usable bytes, a multiple of the page size */
    struct fiber *idle;
    struct fiber *all;
    size_t count; /* stacks mapped */
};

/* stack_size 0: the default. Allocates nothing yet. */
void fiber_pool_init(struct fiber_pool *pool, size_t stack_size);
/* Unmaps every stack. No fiber of the pool may be running. */
void fiber_pool_free(struct fiber_pool *pool);

/* A fiber that will call entry(arg) when first switched to; entry must not return, but end in fiber_finish.
 * NULL: out of memory. */
struct fiber *fiber_new(struct fiber_pool *pool, void (*entry)(void *arg), void *arg);
/* Gives the stack back. The fiber must not be running; it may be in the middle of something, which is abandoned. */
void fiber_release(struct fiber_pool *pool, struct fiber *f);

/* The calling thread's own stack as a fiber, to come back to. Freed with fiber_host_free. NULL: out of memory. */
struct fiber *fiber_host_new(void);
void fiber_host_free(struct fiber *f);

/* Leaves `from`, the running one, and goes on in `to`; returns when somebody switches back. */
void fiber_switch(struct fiber *from, struct fiber *to);
/* The same for good: `from` is never switched to again, and may be released by whoever runs next. */
_Noreturn void fiber_finish(struct fiber *from, struct fiber *to);

#endif
