/* traceback.c - what a dying run says: panic chains, fatal errors and goroutine traces in Go's shape
 * (runtime/traceback.go, printpanics). */
#include <inttypes.h>
#include <string.h>

#include "vmi.h"

#define FRAMES_INNER 50 /* of a deep stack so many are shown at either end */
#define FRAMES_OUTER 50

void vm_panic_text(const struct vm *vm, const struct vm_panic *top, struct str *out) {
    size_t n = 0;
    for (const struct vm_panic *p = top; p; p = (const struct vm_panic *)(uintptr_t)p->next)
        n++;
    for (size_t i = n; i-- > 0;) { /* oldest first */
        const struct vm_panic *p = top, *older;
        for (size_t k = 0; k < i; k++)
            p = (const struct vm_panic *)(uintptr_t)p->next;
        older = (const struct vm_panic *)(uintptr_t)p->next;
        if (older && older->repanicked)
            continue;
        if (older && !older->is_goexit)
            str_addc(out, '\t');
        if (p->is_goexit)
            continue;
        str_adds(out, "panic: ");
        if (p->has_text)
            vm_print_indented((const char *)vm_str_data(p->text), vm_str_len(p->text), out);
        else
            vm_print_panic_value(vm, p->value, out);
        if (p->recovered)
            str_adds(out, p->repanicked ? " [recovered, repanicked]" : " [recovered]");
        str_addc(out, '\n');
    }
}

/* ---- goroutines -------------------------------------------------------------------------------------------------- */

static uint32_t status_of(const struct g *gp) {
    return atomic_load_explicit(&gp->atomicstatus, memory_order_acquire) & ~(uint32_t)Gscan;
}

static const char *status_text(const struct g *gp) {
    switch (status_of(gp)) {
    case Gidle: return "idle";
    case Grunnable: return "runnable";
    case Grunning: return "running";
    case Gsyscall: return "syscall";
    case Gwaiting: return gp->waitreason == RT_WHY_None ? "waiting" : rt_reason_text(gp->waitreason);
    case Gdead: return "dead";
    case Gcopystack: return "copystack";
    case Gpreempted: return "preempted";
    default: return "???";
    }
}

static void position_line(const struct vm *vm, const struct lang_line *l, const struct lang_fn *fn, uint32_t pc,
                          struct str *out) {
    uint32_t file = l ? l->file : fn->file;
    uint32_t line;
    const char *name = lang_told_place(vm->prog, file, l ? l->line : fn->line, l ? l->col : fn->col, &line);
    str_addf(out, "\t%s:%" PRIu32 " +0x%" PRIx32 "\n", name, line, pc * 8 + 8);
}

static void frame_lines(const struct vm_walk *w, struct str *out) {
    const struct lang_fn *fn = &w->vm->prog->funcs[w->fn];
    str_addf(out, "%s(%s)\n", fn->name, fn->param_slots ? "..." : "");
    position_line(w->vm, vm_walk_line(w), fn, w->pc, out);
    if (w->marks & (VM_MARK_PANIC | VM_MARK_PRINT)) { /* between a deferred call and what panicked */
        const struct vm_panic *p = (const struct vm_panic *)(uintptr_t)w->vg->panics;
        uint32_t raised = w->base - (uint32_t)(w->vg->g.stack[w->base + 1] & VM_LINK_DELTA);
        while (p && p->frame != raised)
            p = (const struct vm_panic *)(uintptr_t)p->next;
        str_adds(out, p && p->is_goexit ? "runtime.Goexit()\n\truntime/panic.go +0x1\n"
                                        : "panic({...})\n\truntime/panic.go +0x1\n");
    }
}

static void created_by(const struct vm *vm, const struct vm_g *vg, struct str *out) {
    if (vg->g.parentgoid == 0 || !vg->created_pc)
        return;
    const struct lang_fn *fn = &vm->prog->funcs[vg->created_fn];
    uint32_t pc = (uint32_t)(vg->created_pc - fn->code);
    str_addf(out, "created by %s in goroutine %" PRIu64 "\n", fn->name, vg->g.parentgoid);
    position_line(vm, lang_line_at(fn, pc), fn, pc, out);
}

/* thrown: by the runtime itself; then G and M have addresses, here such that are the same in every run. */
static void header(struct m *mp, const struct g *gp, bool thrown, struct str *out) {
    const uint64_t minute = 60 * UINT64_C(1000000000);
    uint64_t now = mp ? (uint64_t)rt_nanotime(mp) : 0, since = (uint64_t)gp->waitsince;
    str_addf(out, "goroutine %" PRIu64, gp->goid);
    if (thrown) {
        str_addf(out, " gp=0x%" PRIx64, UINT64_C(0xc000002000) + gp->goid * 0x1e0);
        if (gp->m) str_addf(out, " m=%d mp=0x%" PRIx64, (int)gp->m->id, UINT64_C(0xc000080008) + (uint64_t)gp->m->id * 0x800);
        else str_adds(out, " m=nil");
    }
    str_addf(out, " [%s", status_text(gp));
    if (since && now > since && now - since >= minute) str_addf(out, ", %" PRIu64 " minutes", (now - since) / minute);
    str_addf(out, "%s]:\n", gp->lockedm ? ", locked to thread" : "");
}

static void trace_one(const struct vm *vm, struct m *mp, struct g *gp, bool thrown, struct str *out) {
    struct vm_g *vg = vm_g_of(gp);
    header(mp, gp, thrown, out);
    if (!gp->stack || !vg->pc || vg->pc == &vm_stubs[VM_STUB_EXIT])
        return;
    if (mp && gp != mp->curg && status_of(gp) == Grunning) {
        str_adds(out, "\tgoroutine running on other thread; stack unavailable\n");
        created_by(vm, vg, out);
        return;
    }
    struct vm_walk w;
    size_t depth = 0, i = 0;
    vm_walk_begin(&w, vm, vg);
    do
        depth += !vm_walk_hidden(&w);
    while (vm_walk_out(&w));
    vm_walk_begin(&w, vm, vg);
    do {
        if (vm_walk_hidden(&w))
            continue;
        if (depth > FRAMES_INNER + FRAMES_OUTER && i == FRAMES_INNER)
            str_addf(out, "...%zu frames elided...\n", depth - FRAMES_INNER - FRAMES_OUTER);
        if (depth <= FRAMES_INNER + FRAMES_OUTER || i < FRAMES_INNER || i >= depth - FRAMES_OUTER)
            frame_lines(&w, out);
        i++;
    } while (vm_walk_out(&w));
    created_by(vm, vg, out);
}

void vm_traceback(const struct vm *vm, struct m *mp, struct g *gp, struct str *out) {
    trace_one(vm, mp, gp, false, out);
}

/* By Go's throw; else it is one of the program's. */
static bool is_thrown(const char *text) {
    static const char *const thrown[] = {"stack overflow", "thread exhaustion", "newosproc"};
    for (size_t i = 0; i < sizeof thrown / sizeof *thrown; i++) {
        if (strcmp(text, thrown[i]) == 0)
            return true;
    }
    return false;
}

/* One of the runtime's own goroutines, which has no Go frames here. */
static void system_goroutine(struct m *mp, const struct g *gp, struct str *out) {
    static const char *const creators[RT_FN_RUNTIME_COUNT] = {
        [RT_FN_FORCEGC] = "runtime.init.7",       [RT_FN_BGSWEEP] = "runtime.gcenable",
        [RT_FN_BGSCAVENGE] = "runtime.gcenable",  [RT_FN_RUNFINQ] = "runtime.createfing",
        [RT_FN_UPDATEMAXPROCS] = "runtime.defaultGOMAXPROCSUpdateEnable",
    };
    uint64_t fn = gp->fn & ~RT_FN_RUNTIME;
    header(mp, gp, true, out);
    str_addf(out, "%s()\n", rt_runtime_fn_name(gp->fn));
    if (fn < RT_FN_RUNTIME_COUNT)
        str_addf(out, "created by %s in goroutine 1\n", creators[fn]);
}

void vm_print_fatal(void *ctx, struct m *mp, struct g *gp, const char *text, bool all) {
    struct vm *vm = ctx;
    struct str out = { 0 };
    bool thrown = is_thrown(text); /* by the runtime itself: its own goroutines are shown, too */
    str_addf(&out, "fatal error: %s\n%s", text, thrown ? "\nruntime stack:\n" : "");
    if (gp && !gp->system) {
        str_addc(&out, '\n');
        trace_one(vm, mp, gp, thrown, &out);
    }
    size_t n = all ? rt_allglen(vm->rt) : 0;
    for (size_t i = 0; i < n; i++) {
        struct g *other = rt_allg(vm->rt, i);
        uint32_t status = other ? status_of(other) : Gdead;
        if (!other || other == gp || (other->system && !thrown) || status == Gdead || status == Gidle)
            continue;
        str_addc(&out, '\n');
        if (other->system)
            system_goroutine(mp, other, &out);
        else
            trace_one(vm, mp, other, thrown, &out);
    }
    rt_raw_write(mp, 2, str_cstr(&out), out.len);
    str_free(&out);
}
