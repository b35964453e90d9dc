/* panic.c - panics, recover, Goexit and deferred calls (runtime/panic.go), as a machine that the loop drives.
 *
 * C calls no Go: each deferred call is an ordinary frame above the one that panicked, and returns to an UNWIND
 * instruction, which comes back here for the next step. A panic is removed from the goroutine's list when it has been
 * recovered and its deferred call has returned, or when the frames that raised it are dropped by another one's recovery.
 */
#include <string.h>

#include "vmi.h"

static struct vm_panic *top_panic(const struct vm_g *vg) { return (struct vm_panic *)(uintptr_t)vg->panics; }
static struct vm_defer *top_defer(const struct vm_g *vg) { return (struct vm_defer *)(uintptr_t)vg->defers; }
static uint32_t fn_of_frame(const struct vm_g *vg, uint32_t base) { return vm_link_fn(vg->g.stack[base + 1]); }

/* ---- deferred calls ---------------------------------------------------------------------------------------------- */

enum vm_do vm_defer(struct vm_p *vp, struct vm_g *vg, uint32_t fn, uint64_t func, bool nil_func, const rt_slot *args,
                    uint32_t nargs) {
    struct vm_defer *d = vm_alloc(vp, sizeof *d + (size_t)nargs * 8, heap_head(HEAP_DEFER, NULL));
    if (!d)
        return vm_out_of_memory(vp, vg);
    d->next = vg->defers;
    d->frame = vg->base;
    d->fn = fn;
    d->func = func;
    d->nil_func = nil_func;
    d->nargs = nargs;
    for (uint32_t i = 0; i < nargs; i++) /* args may be NULL if there are none */
        d->args[i] = args[i];
    vg->defers = (uintptr_t)d;
    return VM_DONE;
}

/* The list is in order of frames, innermost first: an iterator's own deferred calls run before those that the body of
 * a loop over it leaves to the function around the loop. */
void vm_defer_to(struct vm_g *vg, uint32_t frame) {
    struct vm_defer *d = top_defer(vg);
    uint64_t *at = &vg->defers;
    d->frame = frame;
    vg->defers = d->next;
    while (*at && ((struct vm_defer *)(uintptr_t)*at)->frame > frame)
        at = &((struct vm_defer *)(uintptr_t)*at)->next;
    d->next = *at;
    *at = (uintptr_t)d;
}

/* Takes the newest deferred call and sets it up as a frame `at` slots above the current one. */
static enum vm_do start_deferred(struct vm_p *vp, struct vm_g *vg, uint32_t at, const struct insn *ret, unsigned marks) {
    struct vm_defer *d = top_defer(vg);
    vg->defers = d->next;
    if (d->nil_func)
        return vm_err_nil(vp, vg);
    const struct vm_fn *fn = &vp->vm->fns[d->fn];
    uint32_t slots = fn->frame_slots > LANG_LINK + d->nargs ? fn->frame_slots : LANG_LINK + (uint32_t)d->nargs;
    enum vm_do r = vm_stack_room(vp, vg, (uint64_t)vg->base + at, slots);
    if (r != VM_DONE)
        return r;
    rt_slot *R = vm_frame(vg) + at;
    R[0] = (uintptr_t)ret;
    R[1] = vm_link(at, (uint32_t)d->fn, marks);
    R[2] = d->func;
    memcpy(R + LANG_LINK, d->args, d->nargs * 8);
    vg->base += at;
    vg->pc = fn->code;
    return VM_RELOAD;
}

enum vm_do vm_run_defers(struct vm_p *vp, struct vm_g *vg, uint32_t at) {
    struct vm_defer *d = top_defer(vg);
    if (!d || d->frame != vg->base)
        return VM_DONE;
    return start_deferred(vp, vg, at, vg->pc, VM_MARK_DEFERRED);
}

/* ---- dying ------------------------------------------------------------------------------------------------------- */

static bool same_value(rt_slot a, rt_slot b) {
    if (a == b)
        return true;
    const struct lang_rtype *t = vm_iface_type(a);
    return t && t == vm_iface_type(b) && t->slots == 1 && vm_iface_value(a)[0] == vm_iface_value(b)[0];
}

/* Which of a value's methods printing calls; NULL: none. */
static const struct lang_rmethod *text_method(const struct vm *vm, rt_slot value) {
    const struct lang_rtype *t = vm_iface_type(value);
    const struct lang_rmethod *m = NULL;
    if (!t)
        return NULL;
    if (vm->known.method_error >= 0)
        m = lang_method(t, (unsigned)vm->known.method_error);
    if (!m && vm->known.method_string >= 0)
        m = lang_method(t, (unsigned)vm->known.method_string);
    if (!m || m->type->nparams != 0 || m->type->nresults != 1 || m->type->params[0] != vm->known.string)
        return NULL;
    return m;
}

static enum vm_do finish_dying(struct vm_p *vp, struct vm_g *vg) {
    struct vm *vm = vp->vm;
    rt_shares_end(vp->mp);
    if (atomic_exchange_explicit(&vm->printing, true, memory_order_acq_rel)) {
        /* Another goroutine's panic is ending the run; this one is not heard of. */
        return rt_park_forever(vp->mp, RT_WHY_PanicWait) == RT_PARKED ? VM_PARK : VM_END;
    }
    struct str text = { 0 };
    vm_panic_text(vm, top_panic(vg), &text);
    size_t first = text.len;
    bool signal = top_panic(vg)->signal;
    if (signal)
        str_adds(&text, "[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x0]\n");
    if (rt_listening(vp->mp)) {
        uint64_t at = rt_emit_bytes(vp->mp, str_cstr(&text), first);
        rt_emit(vp->mp, RT_EV_Fatal, RT_WHY_None, at, first, 0);
    }
    str_addc(&text, '\n');
    vm_traceback(vm, vp->mp, &vg->g, &text);
    rt_raw_write(vp->mp, 2, str_cstr(&text), text.len);
    str_free(&text);
    rt_dopanic(vp->mp);
    return VM_END;
}

/* No deferred call is left: asks the values for their texts, one call at a time, then prints (preprintpanics). */
static enum vm_do die(struct vm_p *vp, struct vm_g *vg) {
    vg->dying = true;
    for (struct vm_panic *p = top_panic(vg); p; p = (struct vm_panic *)(uintptr_t)p->next) {
        struct vm_panic *older = (struct vm_panic *)(uintptr_t)p->next;
        if (older && same_value(older->value, p->value)) {
            older->repanicked = true;
            continue;
        }
        const struct lang_rmethod *m = p->asked || p->is_goexit ? NULL : text_method(vp->vm, p->value);
        p->asked = true;
        if (!m)
            continue;
        uint32_t at = vp->vm->fns[fn_of_frame(vg, vg->base)].frame_slots;
        const struct vm_fn *fn = &vp->vm->fns[m->fn];
        enum vm_do r = vm_stack_room(vp, vg, (uint64_t)vg->base + at, fn->frame_slots);
        if (r != VM_DONE)
            return r;
        rt_slot *R = vm_frame(vg) + at;
        R[0] = (uintptr_t)&vm_stubs[VM_STUB_PRINT];
        R[1] = vm_link(at, m->fn, VM_MARK_PRINT);
        R[2] = 0;
        R[LANG_LINK] = vm_receiver(p->value);
        p->has_text = true;
        vg->base += at;
        vg->pc = fn->code;
        return VM_RELOAD;
    }
    return finish_dying(vp, vg);
}

/* The method has returned: its result goes to the panic that it was called for, the last one asked. */
static void keep_text(const struct vm *vm, struct vm_g *vg) {
    struct vm_panic *asked = NULL;
    for (struct vm_panic *p = top_panic(vg); p; p = (struct vm_panic *)(uintptr_t)p->next)
        if (p->asked && p->has_text)
            asked = p;
    uint32_t at = vm->fns[fn_of_frame(vg, vg->base)].frame_slots;
    if (asked)
        asked->text = vm_frame(vg)[at + LANG_LINK + 1];
}

/* ---- unwinding --------------------------------------------------------------------------------------------------- */

/* The next deferred call of the panic or Goexit on top, whose frame is the current one. */
static enum vm_do next_deferred(struct vm_p *vp, struct vm_g *vg) {
    struct vm_panic *p = top_panic(vg);
    struct vm_defer *d = top_defer(vg);
    if (!d) {
        if (!p->is_goexit)
            return die(vp, vg);
        vg->panics = 0;
        vg->base = 0;
        vg->pc = &vm_stubs[VM_STUB_EXIT];
        return VM_RELOAD;
    }
    p->deferring = (uint32_t)d->frame;
    uint32_t at = vp->vm->fns[fn_of_frame(vg, vg->base)].frame_slots;
    return start_deferred(vp, vg, at, &vm_stubs[VM_STUB_DEFER], VM_MARK_PANIC);
}

/* p was recovered by a call that frame p->deferring had deferred, and that call has returned. */
static enum vm_do after_recovery(struct vm_p *vp, struct vm_g *vg) {
    uint32_t frame = top_panic(vg)->deferring;
    struct vm_panic *exiting = NULL;
    vg->panics = top_panic(vg)->next;
    while (vg->panics && top_panic(vg)->frame >= frame) { /* older ones whose frames are dropped now */
        if (top_panic(vg)->is_goexit)
            exiting = top_panic(vg);
        vg->panics = top_panic(vg)->next;
    }
    const struct lang_fn *fn = &vp->vm->prog->funcs[fn_of_frame(vg, frame)];
    vg->base = frame;
    vg->pc = fn->code + fn->epilogue_pc;
    if (!exiting)
        return VM_RELOAD;
    exiting->next = vg->panics; /* a Goexit goes on, from the frame that recovered */
    exiting->frame = frame;
    exiting->pc = vg->pc;
    vg->panics = (uintptr_t)exiting;
    return next_deferred(vp, vg);
}

enum vm_do vm_unwind(struct vm_p *vp, struct vm_g *vg) {
    if (vg->pc->a == VM_STUB_PRINT) {
        keep_text(vp->vm, vg);
        return die(vp, vg);
    }
    return top_panic(vg)->recovered ? after_recovery(vp, vg) : next_deferred(vp, vg);
}

/* What the runtime's own operations raise has no value yet. */
static enum vm_do runtime_value(struct vm_p *vp, struct vm_g *vg) {
    const char *text = rt_panic_text(vp->mp->panic);
    static const char prefix[] = "runtime error: ";
    if (strncmp(text, prefix, sizeof prefix - 1) == 0)
        return vm_err_runtime(vp, vg, text + sizeof prefix - 1);
    if (strncmp(text, "sync: ", 6) != 0)
        return vm_err_plain(vp, vg, text);
    rt_slot s;
    enum vm_do r = vm_str_new(vp, vg, text, strlen(text), &s);
    if (r == VM_DONE && vp->vm->known.string)
        r = vm_iface_new(vp, vg, vp->vm->known.string, &s, &vg->pending);
    return r == VM_DONE ? VM_PANIC : r;
}

static void tell(struct vm_p *vp, const struct vm_panic *p) {
    if (!rt_listening(vp->mp) || p->is_goexit)
        return;
    struct str text = { 0 };
    vm_print_panic_value(vp->vm, p->value, &text);
    uint64_t at = rt_emit_bytes(vp->mp, str_cstr(&text), text.len);
    rt_emit(vp->mp, RT_EV_Panic, RT_WHY_None, at, text.len, 0);
    str_free(&text);
}

enum vm_do vm_raise(struct vm_p *vp, struct vm_g *vg) {
    if (!vg->pending && !vg->pending_goexit) {
        enum vm_do r = runtime_value(vp, vg);
        if (r != VM_PANIC)
            return r;
    }
    struct vm_panic *p = vm_alloc(vp, sizeof *p, heap_head(HEAP_PANIC, NULL));
    if (!p)
        return vm_out_of_memory(vp, vg);
    p->value = vg->pending;
    p->signal = vg->pending_signal;
    p->is_goexit = vg->pending_goexit;
    p->frame = vg->base;
    p->pc = vg->pc;
    p->next = vg->panics;
    vg->panics = (uintptr_t)p;
    vg->pending = 0;
    vg->pending_signal = vg->pending_goexit = false;
    tell(vp, p);
    if (vg->dying && !p->is_goexit) { /* a method that printing had called */
        rt_throw(vp->mp, &vg->g, "panic while printing panic value", false);
        return VM_END;
    }
    return next_deferred(vp, vg);
}

enum vm_do vm_goexit(struct vm_p *vp, struct vm_g *vg) {
    vg->pending = 0;
    vg->pending_goexit = true;
    return vm_raise(vp, vg);
}

uint64_t vm_recover(struct vm_p *vp, struct vm_g *vg) {
    struct vm_panic *p = top_panic(vg);
    if (!p || p->recovered || p->is_goexit || vg->dying)
        return 0;
    struct vm_walk w;
    vm_walk_begin(&w, vp->vm, vg);
    while (!(w.marks & VM_MARK_PANIC)) {
        if (w.marks || !vm_walk_out(&w) || !(vp->vm->prog->funcs[w.fn].flags & LANG_FN_WRAPPER))
            return 0;
    }
    p->recovered = true;
    rt_emit(vp->mp, RT_EV_Recover, RT_WHY_None, 0, 0, 0);
    return p->value;
}
