/* fiber_ucontext.c - switching stacks by POSIX ucontext: runs wherever it exists, at the price of two system calls a
 * switch (the signal mask). */
#include <stdint.h>
#include <ucontext.h>

#include "fiber_context.h"

struct fiber_context {
    ucontext_t u;
    void (*entry)(void *arg);
    void *arg;
};

const size_t fiber_context_size = sizeof(struct fiber_context);

/* makecontext passes ints only: a pointer travels as two halves. */
static void begin(unsigned hi, unsigned lo) {
    struct fiber_context *c = (struct fiber_context *)(((uintptr_t)hi << 16 << 16) | lo);
    c->entry(c->arg);
}

bool fiber_context_init(struct fiber_context *c, void *stack, size_t size, void (*entry)(void *arg), void *arg) {
    if (getcontext(&c->u) != 0) return false;
    c->entry = entry;
    c->arg = arg;
    c->u.uc_stack.ss_sp = stack;
    c->u.uc_stack.ss_size = size;
    c->u.uc_link = NULL;
    uintptr_t self = (uintptr_t)c;
    makecontext(&c->u, (void (*)(void))begin, 2, (unsigned)(self >> 16 >> 16), (unsigned)(self & 0xffffffffu));
    return true;
}

void fiber_context_swap(struct fiber_context *from, struct fiber_context *to) { swapcontext(&from->u, &to->u); }
