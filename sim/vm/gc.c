/* gc.c - the collector: marks from the roots with the world stopped, then sweeps (heap.c).
 *
 * It is begun at a safe point of the interpreter when the heap says that it is wanted (GOGC's pacing: when as much has
 * been handed out again as was live). Roots are the package variables, every goroutine's frames as the stack maps
 * describe them, its deferred calls and panics, and the timers in the scheduler's heaps. Locals of C code are no roots:
 * no native is in the middle of anything at a safe point, but in a system call, whose arguments are in its frame.
 * Objects do not move. What is marked and not yet looked into lies on a stack of its own, so depth is no matter.
 */
#include <sys/mman.h>

#include "vmi.h"

struct marker {
    struct vm *vm;
    struct m *mp; /* that collects */
    int64_t began; /* ns of the run */
    void **stack; /* one entry for each object that could be there at most; touched as needed */
    size_t len, bytes;
    uint64_t work; /* objects marked, for the model's clock */
};

static void mark_word(struct marker *k, uint64_t word) {
    size_t bytes;
    const void *p = (const void *)(uintptr_t)word;
    if (!word || !heap_contains(&k->vm->heap, p))
        return;
    void *payload = heap_find(&k->vm->heap, p, &bytes);
    if (!payload || !heap_mark(&k->vm->heap, payload))
        return;
    k->stack[k->len++] = payload;
    k->work++;
}

/* Words of slots whose bits are set in a map that covers `period` slots and then repeats; map NULL: any may be one. */
static void mark_slots(struct marker *k, const rt_slot *slots, size_t n, const uint64_t *map, size_t period) {
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (!map || lang_bit(map, (uint32_t)at))
            mark_word(k, slots[i]);
        if (++at == period)
            at = 0;
    }
}

static void mark_values(struct marker *k, const rt_slot *slots, size_t n, const struct lang_rtype *t) {
    if (t->flags & LANG_RT_POINTERS)
        mark_slots(k, slots, n, t->ptrmap, t->map_slots);
}

/* ---- inside objects ------------------------------------------------------------------------------------------------ */

static void scan_chan(struct marker *k, const struct hchan *c, const struct lang_rtype *type) {
    mark_word(k, (uintptr_t)c->timer); /* a timer that nobody waits for is in no heap: its channel alone keeps it */
    mark_values(k, c->buf, (size_t)(c->dataqsiz * c->elemslots), type->elem);
}

static void scan_table(struct marker *k, const struct vm_table *t, const struct lang_rtype *type) {
    const rt_slot *entry = t->words + (t->mask + 1) / 8;
    if (!(type->key->flags & LANG_RT_POINTERS) && !(type->elem->flags & LANG_RT_POINTERS))
        return;
    for (uint64_t i = 0; i <= t->mask; i++) {
        mark_values(k, entry, type->key->slots, type->key);
        entry += type->key->slots;
        mark_values(k, entry, type->elem->slots, type->elem);
        entry += type->elem->slots;
    }
}

static void scan_closure(struct marker *k, const struct vm_closure *f) {
    const struct lang_fn *fn = &k->vm->prog->funcs[f->fn];
    mark_slots(k, f->captured, fn->capture_slots, fn->capture_map, SIZE_MAX);
}

static void scan_defer(struct marker *k, const struct vm_defer *d) {
    const struct lang_fn *fn = &k->vm->prog->funcs[d->fn];
    mark_word(k, d->next);
    mark_word(k, d->func);
    mark_slots(k, d->args, d->nargs, fn->param_map, SIZE_MAX);
}

static void scan_panic(struct marker *k, const struct vm_panic *p) {
    mark_word(k, p->next);
    mark_word(k, p->value);
    mark_word(k, p->text);
}

static void scan(struct marker *k, const void *payload) {
    const struct lang_rtype *type = heap_type_of(payload);
    const rt_slot *slots = payload;
    size_t bytes;
    switch (heap_kind_of(payload)) {
    case HEAP_OBJECT: mark_values(k, slots, type->slots, type); return;
    case HEAP_ARRAY:
        heap_find(&k->vm->heap, payload, &bytes);
        if (type->slots)
            mark_values(k, slots, bytes / 8 / type->slots * type->slots, type);
        return;
    case HEAP_STRING: mark_word(k, (uintptr_t)((const struct vm_string *)payload)->data); return;
    case HEAP_SLICE: mark_word(k, (uintptr_t)((const struct vm_slice *)payload)->data); return;
    case HEAP_IFACE: {
        const struct vm_iface *i = payload;
        mark_values(k, i->value, i->type->slots, i->type);
        return;
    }
    case HEAP_CLOSURE: scan_closure(k, payload); return;
    case HEAP_MAP: mark_word(k, ((const struct vm_map *)payload)->table); return;
    case HEAP_TABLE: scan_table(k, payload, type); return;
    case HEAP_CHAN: scan_chan(k, payload, type); return;
    case HEAP_ITER:
        mark_word(k, ((const struct vm_map_iter *)payload)->map);
        mark_word(k, ((const struct vm_map_iter *)payload)->table);
        return;
    case HEAP_DEFER: scan_defer(k, payload); return;
    case HEAP_PANIC: scan_panic(k, payload); return;
    case HEAP_GLOBALS:
        mark_slots(k, slots, k->vm->prog->global_slots, k->vm->prog->global_ptrmap, SIZE_MAX);
        return;
    case HEAP_FREE:
    case HEAP_BYTES:
    case HEAP_KINDS: return;
    }
}

static void drain(struct marker *k) {
    while (k->len)
        scan(k, k->stack[--k->len]);
}

/* ---- goroutines -------------------------------------------------------------------------------------------------- */

static bool is_stub(const struct insn *pc) { return pc >= vm_stubs && pc < vm_stubs + VM_STUB_COUNT; }

/* A frame's registers below `limit`, by the map of the place where it stands; without one (a frame that a panic has
 * left and that defers nothing is never gone on with) by none. */
static void mark_frame(struct marker *k, const rt_slot *R, uint32_t limit, const struct lang_stackmap *map) {
    mark_word(k, R[2]);
    if (!map)
        return;
    uint32_t n = map->nbits < limit ? map->nbits : limit;
    for (uint32_t i = LANG_LINK; i < n; i++)
        if (lang_bit(map->bits, i))
            mark_word(k, R[i]);
}

static const struct lang_stackmap *map_after_panic(const struct lang_fn *fn) {
    return fn->flags & LANG_FN_DEFER ? lang_stackmap(fn, fn->epilogue_pc) : NULL;
}

static const struct lang_fn *fn_of(const struct vm *vm, const rt_slot *R) { return &vm->prog->funcs[vm_link_fn(R[1])]; }

/* How many slots of the stack the frames need: a caller's may reach further than that of whom it has called. */
static uint32_t mark_frames(struct marker *k, const struct vm_g *vg) {
    const struct vm *vm = k->vm;
    uint32_t base = vg->base;
    const rt_slot *R = vg->g.stack + base;
    const struct lang_fn *fn = fn_of(vm, R);
    uint32_t top = base + fn->frame_slots;
    mark_frame(k, R, fn->frame_slots,
               is_stub(vg->pc) || vg->dying ? map_after_panic(fn) : lang_stackmap(fn, (uint32_t)(vg->pc - fn->code)));
    for (uint32_t delta; (delta = (uint32_t)(R[1] & VM_LINK_DELTA)) != 0;) {
        const struct insn *ret = (const struct insn *)(uintptr_t)R[0];
        bool deferred = vm_link_marks(R[1]) & VM_MARK_DEFERRED;
        base -= delta;
        R = vg->g.stack + base;
        fn = fn_of(vm, R);
        if (top < base + fn->frame_slots) top = base + fn->frame_slots;
        const struct lang_stackmap *map = is_stub(ret) ? map_after_panic(fn)
                                          : deferred   ? lang_stackmap(fn, (uint32_t)(ret - fn->code))
                                                       : lang_stackmap_call(fn, (uint32_t)(ret - fn->code));
        mark_frame(k, R, delta, map);
    }
    return top;
}

static void mark_goroutine(struct marker *k, struct g *gp) {
    uint32_t status = atomic_load_explicit(&gp->atomicstatus, memory_order_acquire) & ~(uint32_t)Gscan;
    struct vm_g *vg = vm_g_of(gp);
    if ((status == Gwaiting || status == Gsyscall) && gp->waitsince == 0)
        gp->waitsince = k->began;
    if (status == Gdead || status == Gidle || gp->sysrun || !vg->pc || vg->pc == &vm_stubs[VM_STUB_EXIT])
        return;
    mark_word(k, vg->defers);
    mark_word(k, vg->panics);
    mark_word(k, vg->pending);
    mark_slots(k, vg->native_state, 4, NULL, SIZE_MAX);
    rt_shrinkstack(k->mp, gp, mark_frames(k, vg));
}

static void mark_timer(void *ctx, struct rt_timer *t) {
    struct marker *k = ctx;
    mark_word(k, (uintptr_t)t);
    mark_word(k, (uintptr_t)t->arg);
    mark_word(k, (uintptr_t)t->ch);
}

static void mark_roots(struct marker *k) {
    struct vm *vm = k->vm;
    mark_word(k, (uintptr_t)vm->globals);
    drain(k);
    for (size_t i = 0, n = rt_allglen(vm->rt); i < n; i++) {
        struct g *gp = rt_allg(vm->rt, i);
        if (gp)
            mark_goroutine(k, gp);
        drain(k);
    }
    rt_timers_each(vm->rt, mark_timer, k);
    drain(k);
}

/* ---- finalizers and cleanups (finalize.h) --------------------------------------------------------------------------- */

/* What entries run, and what a finalizer's object reaches: but not the objects themselves. */
static void mark_finals(struct marker *k) {
    const struct vm_finals *f = &k->vm->finals;
    for (size_t i = 0; i < f->len; i++) {
        const struct vm_final *e = &f->data[i];
        mark_word(k, e->func);
        if (e->type && e->due)
            mark_word(k, (uintptr_t)e->object);
        else if (e->type)
            scan(k, e->object);
        drain(k);
    }
}

/* After all else is marked. Finalizers first: what they bring back is not yet gone for a cleanup. */
static void find_due(struct marker *k) {
    struct vm_finals *f = &k->vm->finals;
    for (size_t i = 0; i < f->len; i++)
        if (f->data[i].type && heap_mark(&k->vm->heap, f->data[i].object)) /* what it reaches is marked */
            f->data[i].due = true;
    for (size_t i = 0; i < f->len; i++)
        if (!f->data[i].type && !f->data[i].due && !heap_is_marked(&k->vm->heap, f->data[i].object))
            f->data[i].due = true;
}

/* What goroutines did so far comes before the calls that are due now. */
static void order_finals(struct vm *vm, struct m *mp) {
    bool due = false;
    for (size_t i = 0; vm->race && i < vm->finals.len; i++)
        due = due || vm->finals.data[i].due;
    for (size_t i = 0, n = due ? rt_allglen(vm->rt) : 0; i < n; i++) {
        struct g *gp = rt_allg(vm->rt, i);
        if (gp)
            vm_race_order(vm, mp, gp, RT_ORDER_MERGE, &vm->finals);
    }
}

/* ---- a collection ------------------------------------------------------------------------------------------------- */

static bool begin(struct marker *k) {
    size_t objects = (k->vm->heap.next_page << HEAP_PAGE_SHIFT) / 16;
    k->bytes = objects * sizeof *k->stack;
    k->stack = mmap(NULL, k->bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return k->stack != MAP_FAILED;
}

static void collect(struct vm_p *vp) {
    struct vm *vm = vp->vm;
    struct marker k = { .vm = vm, .mp = vp->mp, .began = rt_nanotime(vp->mp) };
    if (!begin(&k)) { /* then not now: later, or when the limit or the memory is reached */
        vm->heap.goal = UINT64_MAX;
        atomic_store_explicit(&vm->heap.wanted, false, memory_order_relaxed);
        return;
    }
    rt_emit(vp->mp, RT_EV_GCBegin, RT_WHY_None, atomic_load_explicit(&vm->heap.used, memory_order_relaxed),
            vm->heap.goal, 0);
    heap_clear_marks(&vm->heap);
    mark_roots(&k);
    mark_finals(&k);
    find_due(&k);
    order_finals(vm, vp->mp);
    for (struct vm_p *p = vm->ps; p; p = p->all) {
        heap_empty_cache(&vm->heap, &p->cache);
        p->maps.memo = (struct map_memo){ 0 };
    }
    if (vm->race)
        race_collect(vm->race);
    uint64_t before = atomic_load_explicit(&vm->heap.used, memory_order_relaxed);
    heap_sweep(&vm->heap);
    vm->freed += before > vm->heap.live ? before - vm->heap.live : 0;
    munmap(k.stack, k.bytes);
    unsigned slot = vm->collections++ % VM_PAUSES;
    vm->pause_end[slot] = rt_nanotime(vp->mp);
    vm->pause[slot] = vm->pause_end[slot] - k.began;
    vm->paused += vm->pause[slot];
    vm->world->charge(vm->w, vp->mp, RT_COST_INSTRUCTION, k.work + vm->heap.next_page);
    rt_emit(vp->mp, RT_EV_GCEnd, RT_WHY_None, vm->heap.live, vm->heap.goal, 0);
}

bool vm_collect(struct vm_p *vp) {
    struct m *mp = vp->mp;
    if (!rt_stop_the_world(mp, RT_STW_GC))
        return false;
    collect(vp);
    struct vm *vm = vp->vm;
    rt_start_the_world(mp);
    vp = vm_p_of(vm, mp);
    if (vp)
        vp->mp = mp;
    return vp && vm_run_finals(vp);
}

void *vm_alloc_slow(struct vm_p *vp, size_t bytes, uint64_t head) {
    struct heap *h = &vp->vm->heap;
    void *p = heap_alloc_slow(h, &vp->cache, bytes, head);
    if (atomic_load_explicit(&h->wanted, memory_order_relaxed) && vp->mp->curg)
        atomic_store_explicit(&vp->mp->curg->preempt, true, memory_order_relaxed);
    return p;
}
