/* stack.c - goroutine stacks: 2 KB at first, doubled by copying; free ones kept by size, per P and for all (Go:
 * runtime/stack.go).
 *
 * A stack belongs to the executor while its G lives; the runtime only gives, moves and takes it. The limit is Go's
 * 1,000,000,000 bytes, and trips when the doubled size would pass it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proc.h"

enum { ORDERS = sizeof(((struct stack_cache *)0)->free) / sizeof(rt_slot *) };

/* 0 for STACK_MIN, 1 for twice that, ...; ORDERS for those that are not kept. */
static unsigned order_of(uint32_t slots) {
    unsigned order = 0;
    for (uint32_t n = STACK_MIN / sizeof(rt_slot); n < slots && order < ORDERS; n *= 2)
        order++;
    return order;
}

/* A free stack's first word links the next. */
static rt_slot *link_of(const rt_slot *stack) { return (rt_slot *)(uintptr_t)stack[0]; }

static rt_slot *pop(struct stack_cache *c, unsigned order) {
    rt_slot *stack = c->free[order];
    if (!stack) return NULL;
    c->free[order] = link_of(stack);
    c->count[order]--;
    return stack;
}

static void push(struct stack_cache *c, unsigned order, rt_slot *stack) {
    stack[0] = (rt_slot)(uintptr_t)c->free[order];
    c->free[order] = stack;
    c->count[order]++;
}

/* Moves up to n stacks between a P's cache and the one for all. */
static void move(struct m *mp, struct stack_cache *to, struct stack_cache *from, unsigned order, uint32_t n) {
    struct sched *s = &mp->rt->sched;
    lock(mp, &s->stacks.lock);
    for (rt_slot *stack; n > 0 && (stack = pop(from, order)) != NULL; n--)
        push(to, order, stack);
    unlock(&s->stacks.lock);
}

rt_slot *stackalloc(struct m *mp, uint32_t slots) {
    unsigned order = order_of(slots);
    if (order >= ORDERS || !mp->p) return malloc((size_t)slots * sizeof(rt_slot));
    struct stack_cache *mine = &mp->p->stacks, *all = &mp->rt->sched.stacks.cache;
    if (!mine->free[order]) move(mp, mine, all, order, STACK_CACHE / 2);
    rt_slot *stack = pop(mine, order);
    return stack ? stack : malloc((size_t)slots * sizeof(rt_slot));
}

void stackfree(struct m *mp, rt_slot *stack, uint32_t slots) {
    unsigned order = order_of(slots);
    if (order >= ORDERS || !mp->p) {
        free(stack);
        return;
    }
    struct stack_cache *mine = &mp->p->stacks;
    if (mine->count[order] >= STACK_CACHE) move(mp, &mp->rt->sched.stacks.cache, mine, order, STACK_CACHE / 2);
    push(mine, order, stack);
}

void stacks_purge(struct m *mp, struct p *pp) {
    for (unsigned i = 0; i < ORDERS; i++)
        move(mp, &mp->rt->sched.stacks.cache, &pp->stacks, i, UINT32_MAX);
}

static void free_cache(struct stack_cache *c) {
    for (unsigned i = 0; i < ORDERS; i++) {
        for (rt_slot *stack; (stack = pop(c, i)) != NULL;)
            free(stack);
    }
}

void free_stacks(struct rt *rt) {
    for (uint32_t i = 0; i < rt->nallp; i++) {
        if (rt->allp[i]) free_cache(&rt->allp[i]->stacks);
    }
    free_cache(&rt->sched.stacks.cache);
}

static enum rt_status overflow(struct m *mp, struct g *gp, uint64_t limit) {
    /* Where the stack would lie if it began at a fixed address: the text is the same in every run. */
    unsigned long long lo = 0xc020000000, hi = lo + (unsigned long long)gp->stack_slots * sizeof(rt_slot);
    char text[192];
    snprintf(text, sizeof text,
             "runtime: goroutine stack exceeds %llu-byte limit\nruntime: sp=0x%llx stack=[0x%llx, 0x%llx]\n",
             (unsigned long long)limit, hi, lo, hi);
    rt_throw_after(mp, gp, text, "stack overflow", true);
    return RT_FATAL;
}

/* gp's stack is now `to`, with all that was in use copied. */
static void change_stack(struct m *mp, struct g *gp, rt_slot *to, uint32_t slots) {
    rt_slot *from = gp->stack;
    uint32_t old = gp->stack_slots;
    gp->stack = to;
    gp->stack_slots = slots;
    if (mp->rt->exec->stack_moved) mp->rt->exec->stack_moved(mp->rt->exec_ctx, gp, from, to);
    stackfree(mp, from, old);
}

enum rt_status rt_morestack(struct m *mp, struct g *gp, uint32_t slots) {
    struct rt *rt = mp->rt;
    uint64_t limit = rt->config.limits.stack ? rt->config.limits.stack : MAX_STACK_SIZE;
    uint64_t want = gp->stack_slots ? gp->stack_slots : STACK_MIN / sizeof(rt_slot);
    while (want < slots)
        want *= 2;
    if (want == gp->stack_slots) return RT_OK;
    if (want * sizeof(rt_slot) > limit) return overflow(mp, gp, limit);
    rt_slot *to = stackalloc(mp, (uint32_t)want), *from = gp->stack;
    if (!to) {
        throw_oom(mp);
        return RT_FATAL;
    }
    size_t old = (size_t)gp->stack_slots * sizeof(rt_slot);
    memcpy(to, from, old);
    change_stack(mp, gp, to, (uint32_t)want);
    charge(mp, RT_COST_STACK_COPY, (old + 2047) / 2048);
    if (tracing(mp)) trace_plain(mp, RT_EV_StackGrow, RT_WHY_None, old, want * sizeof(rt_slot), 0);
    return RT_OK;
}

/* Does no thread stand at gp's frames? One without a P may go on while the world is stopped, as long as its G is in a system
 * call (Gsyscall) or comes out of it (Grunning). */
static bool stands_still(const struct m *mp, const struct g *gp) {
    uint32_t status = readgstatus(gp);
    return gp == mp->curg || status == Gwaiting || status == Grunnable;
}

/* Without memory for the smaller stack the larger one stays. */
void rt_shrinkstack(struct m *mp, struct g *gp, uint32_t used) {
    struct rt *rt = mp->rt;
    uint32_t old = gp->stack_slots, want = old / 2;
    if (want < STACK_MIN / sizeof(rt_slot) || used >= old / 4 || one_to_one(rt) || !stands_still(mp, gp)) return;
    rt_slot *to = stackalloc(mp, want);
    if (!to) return;
    memcpy(to, gp->stack, (size_t)used * sizeof(rt_slot));
    change_stack(mp, gp, to, want);
    charge(mp, RT_COST_STACK_COPY, ((size_t)used * sizeof(rt_slot) + 2047) / 2048);
    if (!tracing(mp)) return;
    lock(mp, &rt->sched.lock);
    trace_stackshrink(mp, gp, (uint64_t)old * sizeof(rt_slot));
    unlock(&rt->sched.lock);
}
