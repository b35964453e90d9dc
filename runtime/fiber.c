/* fiber.c - pools of stacks, and the sanitizers' view of a switch. How the registers are exchanged is fiber_context.h's.
 */
#include "fiber.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fiber_context.h"

#if defined(__SANITIZE_ADDRESS__)
#define FIBER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define FIBER_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define FIBER_TSAN 1
#endif
#endif

#ifdef FIBER_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef FIBER_TSAN
#include <sanitizer/tsan_interface.h>
#endif

enum {
#if defined(FIBER_ASAN) || defined(FIBER_TSAN)
    DEFAULT_STACK = 1 << 20 /* instrumented frames are several times as large */
#else
    DEFAULT_STACK = 256 << 10
#endif
};

struct fiber {
    struct fiber *next;     /* in pool->idle */
    struct fiber *next_all; /* in pool->all */
    void *map;              /* guard page and stack; NULL for a host fiber */
    size_t map_size;
    void *stack;
    size_t stack_size;
    void (*entry)(void *arg);
    void *arg;
    struct fiber *came_from; /* who switched here last; for the sanitizers */
    void *fake_stack;
    void *tsan;
    struct fiber_context *context;
};

static size_t page_size(void) {
    long n = sysconf(_SC_PAGESIZE);
    return n > 0 ? (size_t)n : 4096;
}

void fiber_pool_init(struct fiber_pool *pool, size_t stack_size) {
    size_t page = page_size();
    if (!stack_size) stack_size = DEFAULT_STACK;
    *pool = (struct fiber_pool){.stack_size = (stack_size + page - 1) / page * page};
}

static struct fiber *fiber_alloc(void) {
    struct fiber *f = calloc(1, sizeof *f);
    if (!f) return NULL;
    f->context = calloc(1, fiber_context_size);
    if (!f->context) {
        free(f);
        return NULL;
    }
    return f;
}

static void fiber_free(struct fiber *f) {
    if (f->map) munmap(f->map, f->map_size);
    free(f->context);
    free(f);
}

void fiber_pool_free(struct fiber_pool *pool) {
    struct fiber *next;
    for (struct fiber *f = pool->all; f; f = next) {
        next = f->next_all;
#ifdef FIBER_TSAN
        if (f->tsan) __tsan_destroy_fiber(f->tsan);
#endif
        fiber_free(f);
    }
    pool->all = pool->idle = NULL;
    pool->count = 0;
}

static struct fiber *fiber_map(struct fiber_pool *pool) {
    size_t guard = page_size();
    struct fiber *f = fiber_alloc();
    if (!f) return NULL;
    f->map_size = pool->stack_size + guard;
    f->map = mmap(NULL, f->map_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (f->map == MAP_FAILED) {
        f->map = NULL;
        fiber_free(f);
        return NULL;
    }
    f->stack = (char *)f->map + guard;
    f->stack_size = pool->stack_size;
    if (mprotect(f->stack, f->stack_size, PROT_READ | PROT_WRITE) != 0) {
        fiber_free(f);
        return NULL;
    }
    f->next_all = pool->all;
    pool->all = f;
    pool->count++;
    return f;
}

/* Both sides of a switch. Before it the sanitizer learns where the stack pointer goes; after it, that it has arrived. */
static void leave(struct fiber *from, struct fiber *to, bool for_good) {
    to->came_from = from;
#ifdef FIBER_ASAN
    __sanitizer_start_switch_fiber(for_good ? NULL : &from->fake_stack, to->stack, to->stack_size);
#else
    (void)for_good;
#endif
#ifdef FIBER_TSAN
    __tsan_switch_to_fiber(to->tsan, 0);
#endif
}

static void arrive(struct fiber *f) {
#ifdef FIBER_ASAN
    struct fiber *from = f->came_from;
    const void *bottom;
    size_t size;
    __sanitizer_finish_switch_fiber(f->fake_stack, &bottom, &size);
    if (!from->map) { /* a host's stack is known only once it was left */
        from->stack = (void *)(uintptr_t)bottom;
        from->stack_size = size;
    }
#else
    (void)f;
#endif
}

static void begin(void *arg) {
    struct fiber *f = arg;
    arrive(f);
    f->entry(f->arg);
    abort(); /* entry broke its promise: there is nowhere to return to */
}

struct fiber *fiber_new(struct fiber_pool *pool, void (*entry)(void *arg), void *arg) {
    struct fiber *f = pool->idle;
    if (f)
        pool->idle = f->next;
    else if (!(f = fiber_map(pool)))
        return NULL;
    f->next = NULL;
    f->entry = entry;
    f->arg = arg;
    f->fake_stack = NULL;
#ifdef FIBER_ASAN
    __asan_unpoison_memory_region(f->stack, f->stack_size); /* frames that were abandoned left their red zones */
#endif
    if (!fiber_context_init(f->context, f->stack, f->stack_size, begin, f)) {
        fiber_release(pool, f);
        return NULL;
    }
#ifdef FIBER_TSAN
    f->tsan = __tsan_create_fiber(0);
#endif
    return f;
}

void fiber_release(struct fiber_pool *pool, struct fiber *f) {
#ifdef FIBER_TSAN
    if (f->tsan) __tsan_destroy_fiber(f->tsan);
    f->tsan = NULL;
#endif
    f->next = pool->idle;
    pool->idle = f;
}

struct fiber *fiber_host_new(void) { return fiber_alloc(); }

void fiber_host_free(struct fiber *f) {
    if (f) fiber_free(f);
}

void fiber_switch(struct fiber *from, struct fiber *to) {
#ifdef FIBER_TSAN
    if (!from->map) from->tsan = __tsan_get_current_fiber();
#endif
    leave(from, to, false);
    fiber_context_swap(from->context, to->context);
    arrive(from);
}

_Noreturn void fiber_finish(struct fiber *from, struct fiber *to) {
    leave(from, to, true);
    fiber_context_swap(from->context, to->context);
    abort();
}
