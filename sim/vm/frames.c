/* frames.c - walking a goroutine's stack, from the innermost frame outwards. */
#include "vmi.h"

const struct insn vm_stubs[VM_STUB_COUNT] = {
    [VM_STUB_EXIT] = { .op = OP_UNWIND, .a = VM_STUB_EXIT },
    [VM_STUB_DEFER] = { .op = OP_UNWIND, .a = VM_STUB_DEFER },
    [VM_STUB_PRINT] = { .op = OP_UNWIND, .a = VM_STUB_PRINT },
};

static bool is_stub(const struct insn *pc) { return pc >= vm_stubs && pc < vm_stubs + VM_STUB_COUNT; }

static const struct vm_panic *raised_at(const struct vm_g *vg, uint32_t frame) {
    const struct vm_panic *p = (const struct vm_panic *)(uintptr_t)vg->panics;
    while (p && p->frame != frame)
        p = (const struct vm_panic *)(uintptr_t)p->next;
    return p;
}

/* Sets fn, marks and pc of the frame at w->base, which stands at `at`; back 1: the instruction before is meant. */
static void stand(struct vm_walk *w, const struct insn *at, uint32_t back) {
    uint64_t link = w->vg->g.stack[w->base + 1];
    w->fn = vm_link_fn(link) < w->vm->prog->nfuncs ? vm_link_fn(link) : 0;
    w->marks = vm_link_marks(link);
    if (is_stub(at)) { /* a frame that a panic or Goexit has left for its deferred calls */
        const struct vm_panic *p = raised_at(w->vg, w->base);
        at = p ? p->pc : w->vm->fns[w->fn].code;
        back = 0;
    }
    const struct lang_fn *fn = &w->vm->prog->funcs[w->fn];
    uint32_t pc = at >= fn->code && at < fn->code + fn->ncode + 1 ? (uint32_t)(at - fn->code) : 0;
    w->pc = pc >= back ? pc - back : 0;
}

void vm_walk_begin(struct vm_walk *w, const struct vm *vm, const struct vm_g *vg) {
    w->vm = vm;
    w->vg = vg;
    w->base = vg->base;
    stand(w, vg->pc, 0);
}

bool vm_walk_out(struct vm_walk *w) {
    const rt_slot *R = w->vg->g.stack + w->base;
    uint32_t delta = (uint32_t)(R[1] & VM_LINK_DELTA);
    const struct insn *ret = (const struct insn *)(uintptr_t)R[0];
    if (delta == 0 || delta > w->base)
        return false;
    w->base -= delta;
    /* A call returns behind its instruction, but RUN_DEFERS is returned to itself. */
    stand(w, ret, w->marks & VM_MARK_DEFERRED ? 0 : 1);
    return true;
}

const struct lang_line *vm_walk_line(const struct vm_walk *w) {
    return lang_line_at(&w->vm->prog->funcs[w->fn], w->pc);
}

bool vm_walk_hidden(const struct vm_walk *w) {
    return w->fn == w->vm->prog->entry || (w->vm->prog->funcs[w->fn].flags & LANG_FN_WRAPPER);
}

rt_pos vm_position(void *ctx, struct g *gp) {
    const struct vm *vm = ctx;
    struct vm_walk w;
    if (!gp || !gp->stack || !vm_g_of(gp)->pc)
        return 0;
    vm_walk_begin(&w, vm, vm_g_of(gp));
    if (vm_g_of(gp)->yielded && w.pc) w.pc--;
    do {
        const struct lang_line *l = vm_walk_line(&w);
        if (l && l->file < vm->prog->nfiles && !vm->prog->files[l->file].library && l->line)
            return RT_POS(l->file, l->line);
    } while (vm_walk_out(&w));
    return 0;
}
