/* native_runtime.c - package runtime, as far as the scheduler alone answers. */
#include <string.h>

#include "library.h"
#include "str.h"
#include "vmi.h"

enum rt_status native_runtime_Gosched(struct vm_call *c) { return rt_gosched(c->mp); }

enum rt_status native_runtime_NumGoroutine(struct vm_call *c) {
    c->results[0] = rt_numgoroutine(c->vm->rt);
    return RT_OK;
}

enum rt_status native_runtime_NumCPU(struct vm_call *c) {
    c->results[0] = rt_numcpu(c->vm->rt);
    return RT_OK;
}

enum rt_status native_runtime_GOMAXPROCS(struct vm_call *c) {
    int64_t n = (int64_t)c->args[0];
    unsigned old = rt_gomaxprocs(c->mp, n < 1 ? 0 : n > 1024 ? 1024 : (int)n);
    c->results[0] = old;
    return old ? RT_OK : RT_AGAIN;
}

enum rt_status native_runtime_LockOSThread(struct vm_call *c) {
    rt_lock_os_thread(c->mp, true);
    return RT_OK;
}

enum rt_status native_runtime_UnlockOSThread(struct vm_call *c) {
    rt_lock_os_thread(c->mp, false);
    return RT_OK;
}

/* A position as a number: function + 1, then the instruction's index. */
static rt_slot pc_of(const struct vm_walk *w) { return ((rt_slot)w->fn + 1) << 32 | w->pc; }

static enum rt_status panic_frame(struct vm_call *c) {
    c->results[0] = 0;
    c->results[2] = 1;
    c->results[3] = true;
    return vm_new_cstring(c, "runtime/panic.go", &c->results[1]) ? RT_OK : RT_FATAL;
}

/* Position of the frame `skip` above the one that called; the library's own frames and wrappers count as in Go's view
 * of the stack: wrappers do not. */
enum rt_status native_runtime_caller(struct vm_call *c) {
    struct vm_walk w;
    vm_walk_begin(&w, c->vm, vm_g_of(c->gp));
    int64_t skip = (int64_t)c->args[0];
    bool found = true;
    while (found && skip > 0) {
        if ((w.marks & VM_MARK_PANIC) && --skip == 0) /* Go's stack has the panic between a deferred call and its cause */
            return panic_frame(c);
        found = vm_walk_out(&w);
        if (found && !(c->vm->prog->funcs[w.fn].flags & LANG_FN_WRAPPER))
            skip--;
    }
    const struct lang_line *line = found ? vm_walk_line(&w) : NULL;
    c->results[0] = 0;
    c->results[1] = 0;
    c->results[2] = 0;
    c->results[3] = line != NULL;
    if (!line)
        return RT_OK;
    c->results[0] = pc_of(&w);
    uint32_t told;
    const char *name = lang_told_place(c->vm->prog, line->file, line->line, line->col, &told);
    c->results[2] = told;
    return vm_new_cstring(c, name, &c->results[1]) ? RT_OK : RT_FATAL;
}

enum rt_status native_runtime_callers(struct vm_call *c) {
    struct vm_walk w;
    int64_t skip = (int64_t)c->args[0];
    uint64_t room = vm_slice_len(c->args[1]), n = 0;
    rt_slot *out = library_pointer((uintptr_t)vm_slice_data(c->args[1]));
    vm_walk_begin(&w, c->vm, vm_g_of(c->gp));
    do {
        if (vm_walk_hidden(&w) || skip-- > 0)
            continue;
        if (n < room)
            out[n++] = pc_of(&w);
    } while (n < room && vm_walk_out(&w));
    c->results[0] = n;
    return RT_OK;
}

enum rt_status native_runtime_position(struct vm_call *c) {
    const struct lang_program *prog = c->vm->prog;
    uint64_t fn = c->args[0] >> 32, pc = c->args[0] & UINT32_MAX;
    c->results[0] = c->results[1] = c->results[2] = 0;
    if (fn == 0 || fn > prog->nfuncs || pc >= prog->funcs[fn - 1].ncode)
        return RT_OK;
    const struct lang_line *line = lang_line_at(&prog->funcs[fn - 1], (uint32_t)pc);
    if (!line || line->file >= prog->nfiles)
        return RT_OK;
    uint32_t told;
    const char *name = lang_told_place(prog, line->file, line->line, line->col, &told);
    c->results[2] = told;
    bool ok = vm_new_cstring(c, prog->funcs[fn - 1].name, &c->results[0]) &&
              vm_new_cstring(c, name, &c->results[1]);
    return ok ? RT_OK : RT_FATAL;
}

static void all_traces(struct vm_call *c, struct str *out) {
    for (size_t i = 0, n = rt_allglen(c->vm->rt); i < n; i++) {
        struct g *gp = rt_allg(c->vm->rt, i);
        if (!gp || gp == c->gp || gp->system || (atomic_load(&gp->atomicstatus) & ~(uint32_t)Gscan) == Gdead)
            continue;
        str_addc(out, '\n');
        vm_traceback(c->vm, c->mp, gp, out);
    }
}

enum rt_status native_runtime_trace(struct vm_call *c) {
    struct str text = {0};
    bool stopped = c->args[0] && rt_stop_the_world(c->mp, RT_STW_OTHER);
    vm_traceback(c->vm, c->mp, c->gp, &text);
    if (stopped) {
        all_traces(c, &text);
        rt_start_the_world(c->mp);
    }
    bool ok = !text.failed && vm_new_string(c, str_cstr(&text), text.len, &c->results[0]);
    bool failed = text.failed;
    str_free(&text);
    return ok ? RT_OK : failed ? vm_fatal(c, "runtime: out of memory") : RT_FATAL;
}

enum rt_status native_runtime_collections(struct vm_call *c) {
    c->results[0] = c->vm->collections;
    return RT_OK;
}

enum rt_status native_runtime_collect(struct vm_call *c) {
    if (c->vm->collections != c->args[0]) return RT_OK; /* another's came between the caller's look and this */
    atomic_store_explicit(&c->vm->heap.wanted, true, memory_order_relaxed);
    atomic_store_explicit(&c->gp->preempt, true, memory_order_relaxed);
    return RT_OK;
}

enum rt_status native_runtime_heap(struct vm_call *c) {
    struct vm *vm = c->vm;
    struct heap *h = &vm->heap;
    uint64_t unused = 0, stacks = 0;
    if (!rt_stop_the_world(c->mp, RT_STW_OTHER))
        return RT_AGAIN;
    for (const struct vm_p *p = vm->ps; p; p = p->all)
        unused += heap_unused(&p->cache);
    for (size_t i = 0, n = rt_allglen(vm->rt); i < n; i++) {
        const struct g *gp = rt_allg(vm->rt, i);
        stacks += gp && gp->stack ? (uint64_t)gp->stack_slots * sizeof(rt_slot) : 0;
    }
    const uint64_t out[] = { atomic_load_explicit(&h->used, memory_order_relaxed), h->committed, h->goal, vm->freed,
                             h->mallocs - unused, h->frees, stacks, (uint64_t)vm->paused };
    rt_start_the_world(c->mp);
    for (size_t i = 0; i < sizeof out / sizeof out[0]; i++)
        c->results[i] = out[i];
    return RT_OK;
}

/* Ends as times of the run. */
enum rt_status native_runtime_pauses(struct vm_call *c) {
    if (!c->args[0] || !c->args[1])
        return library_nil(c);
    memcpy(library_pointer(c->args[0]), c->vm->pause, sizeof c->vm->pause);
    memcpy(library_pointer(c->args[1]), c->vm->pause_end, sizeof c->vm->pause_end);
    return RT_OK;
}
