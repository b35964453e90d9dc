/* fiber_direct.c - switching stacks by our own switch (fiber_x86_64.S, fiber_aarch64.S): callee-saved registers and the
 * stack pointer, not the signal mask. */
#include <stdint.h>
#include <string.h>

#include "fiber_context.h"

struct fiber_context {
    void *sp;
};

const size_t fiber_context_size = sizeof(struct fiber_context);

/* Pushes the callee-saved registers, leaves the stack pointer in *save and takes up what lies on the stack `sp`. */
void gosee_fiber_swap(void **save, void *sp);
/* Where a new stack begins: calls the entry with its argument. Never called from C. */
void gosee_fiber_start(void);

#if defined(__x86_64__)
enum { FRAME_WORDS = 9, ARG = 2, ENTRY = 3, RETURN = 6 }; /* r15 r14 r13 r12 rbx rbp, return address, 2 empty */
#elif defined(__aarch64__)
enum { FRAME_WORDS = 20, ARG = 0, ENTRY = 1, RETURN = 11 }; /* x19..x28 x29 x30, d8..d15 */
#else
#error "no direct switch for this processor: build with fiber_ucontext.c"
#endif

bool fiber_context_init(struct fiber_context *c, void *stack, size_t size, void (*entry)(void *arg), void *arg) {
    if (size < FRAME_WORDS * sizeof(uint64_t) + 64) return false;
    uintptr_t top = ((uintptr_t)stack + size) & ~(uintptr_t)15;
    uint64_t *frame = (uint64_t *)(top - FRAME_WORDS * sizeof(uint64_t));
    memset(frame, 0, FRAME_WORDS * sizeof *frame);
    frame[ARG] = (uint64_t)(uintptr_t)arg;
    frame[ENTRY] = (uint64_t)(uintptr_t)entry;
    frame[RETURN] = (uint64_t)(uintptr_t)gosee_fiber_start;
    c->sp = frame;
    return true;
}

void fiber_context_swap(struct fiber_context *from, struct fiber_context *to) { gosee_fiber_swap(&from->sp, to->sp); }
