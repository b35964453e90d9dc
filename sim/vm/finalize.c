#include "finalize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "library.h"
#include "race.h"
#include "vmi.h"

static bool room(struct vm_finals *f) {
    if (f->len < f->cap)
        return true;
    size_t cap = f->cap ? f->cap * 2 : 16;
    struct vm_final *data = realloc(f->data, cap * sizeof *data);
    if (!data)
        return false;
    f->data = data;
    f->cap = cap;
    return true;
}

static void forget(struct vm_finals *f, size_t i) {
    memmove(&f->data[i], &f->data[i + 1], (f->len - i - 1) * sizeof *f->data);
    f->len--;
}

/* ---- natives ----------------------------------------------------------------------------------------------------- */

/* The object whose beginning the pointer is; NULL: a package variable (*global) or the middle of something. */
static void *object_at(struct vm *vm, uint64_t address, bool *global) {
    size_t bytes;
    void *p = (void *)(uintptr_t)address;
    *global = !heap_contains(&vm->heap, p);
    void *payload = *global ? NULL : heap_find(&vm->heap, p, &bytes);
    *global = *global || payload == (void *)vm->globals;
    return payload == p && !*global ? payload : NULL;
}

static enum rt_status no_memory(struct vm_call *c) { return vm_fatal(c, "runtime: out of memory"); }

static bool fits(const struct vm_call *c, const struct lang_rtype *type, const struct lang_rtype *param) {
    if (param == type)
        return true;
    if (param->kind != LANG_K_INTERFACE)
        return false;
    for (uint32_t i = 0; i < param->nmethods; i++)
        if (!lang_method(type, param->methods[i].id))
            return false;
    (void)c;
    return true;
}

static enum rt_status set_finalizer(struct vm_call *c, void *object, const struct lang_rtype *type, uint64_t func,
                                    const struct lang_rtype *takes) {
    struct vm *vm = c->vm;
    struct vm_finals *f = &vm->finals;
    bool had = false, ok = true;
    pthread_mutex_lock(&vm->lock);
    for (size_t i = 0; i < f->len && !had; i++) {
        had = f->data[i].object == object && f->data[i].type && !f->data[i].due;
        if (had && !func)
            forget(f, i);
    }
    if (func && !had && (ok = room(f)))
        f->data[f->len++] = (struct vm_final){ .object = object, .func = func, .type = type, .takes = takes };
    pthread_mutex_unlock(&vm->lock);
    if (!ok)
        return no_memory(c);
    return func && had ? vm_fatal(c, "runtime.SetFinalizer: finalizer already set") : RT_OK;
}

static enum rt_status refuse(struct vm_call *c, const char *a, const char *b, const char *d, const char *e) {
    char text[400];
    snprintf(text, sizeof text, "runtime.SetFinalizer: %s%s%s%s", a, b, d, e);
    return vm_fatal(c, text);
}

/* func SetFinalizer(obj any, finalizer any) */
enum rt_status native_runtime_SetFinalizer(struct vm_call *c) {
    const struct lang_rtype *type = vm_iface_type(c->args[0]), *f = vm_iface_type(c->args[1]);
    if (!type)
        return refuse(c, "first argument is nil", "", "", "");
    if (type->kind != LANG_K_POINTER)
        return refuse(c, "first argument is ", type->name, ", not pointer", "");
    uint64_t address = vm_iface_value(c->args[0])[0];
    if (!address)
        return refuse(c, "nil ", type->name, "", "");
    bool global;
    void *object = object_at(c->vm, address, &global);
    if (global)
        return RT_OK; /* never collected */
    if (!object)
        return refuse(c, "pointer not at beginning of allocated block", "", "", "");
    if (!f)
        return set_finalizer(c, object, type, 0, NULL);
    if (f->kind != LANG_K_FUNC)
        return refuse(c, "second argument is ", f->name, ", not a function", "");
    if (f->nparams != 1 || !fits(c, type, f->params[0]))
        return refuse(c, "cannot pass ", type->name, " to finalizer ", f->name);
    uint64_t func = vm_iface_value(c->args[1])[0];
    if (!func)
        return library_nil(c);
    return set_finalizer(c, object, type, func, f->params[0]);
}

/* func addCleanup(pointer any, f func()) (id uint64) */
enum rt_status native_runtime_addCleanup(struct vm_call *c) {
    struct vm *vm = c->vm;
    struct vm_finals *f = &vm->finals;
    size_t bytes;
    void *object = heap_find(&vm->heap, library_pointer(vm_iface_value(c->args[0])[0]), &bytes);
    uint64_t func = c->args[1];
    c->results[0] = 0;
    if (!object || object == (void *)vm->globals)
        return RT_OK; /* never collected */
    pthread_mutex_lock(&vm->lock);
    bool ok = room(f);
    if (ok) {
        f->data[f->len++] = (struct vm_final){ .object = object, .func = func, .id = ++f->ids };
        c->results[0] = f->ids;
    }
    pthread_mutex_unlock(&vm->lock);
    return ok ? RT_OK : no_memory(c);
}

/* func stopCleanup(id uint64) */
enum rt_status native_runtime_stopCleanup(struct vm_call *c) {
    struct vm_finals *f = &c->vm->finals;
    pthread_mutex_lock(&c->vm->lock);
    for (size_t i = 0; i < f->len; i++) {
        if (f->data[i].id != c->args[0] || f->data[i].type || f->data[i].due)
            continue;
        forget(f, i);
        break;
    }
    pthread_mutex_unlock(&c->vm->lock);
    return RT_OK;
}

/* ---- running ------------------------------------------------------------------------------------------------------ */

static bool next_due(struct vm *vm, struct vm_final *out) {
    struct vm_finals *f = &vm->finals;
    bool found = false;
    pthread_mutex_lock(&vm->lock);
    for (size_t i = 0; i < f->len && !found; i++) {
        found = f->data[i].due;
        if (!found)
            continue;
        *out = f->data[i];
        forget(f, i);
    }
    pthread_mutex_unlock(&vm->lock);
    return found;
}

static bool begin(struct vm_p *vp, const struct vm_final *e) {
    struct vm *vm = vp->vm;
    rt_slot arg = (uintptr_t)e->object;
    if (e->type && e->takes != e->type &&
        vm_iface_new(vp, vm_g_of(vp->mp->curg), e->type, &arg, &arg) != VM_DONE)
        return false;
    uint32_t fn = (uint32_t)((const struct vm_closure *)(uintptr_t)e->func)->fn;
    const struct lang_fn *code = &vm->prog->funcs[fn];
    struct g *gp = rt_newproc1(vp->mp, fn, 0, code->frame_slots > LANG_LINK ? code->frame_slots : LANG_LINK);
    if (!gp)
        return false;
    vm_g_start(vm, vm_g_of(gp), fn, e->func);
    /* It comes after all that came before the collection (gc.c). */
    if (vm->race && !race_go(vm->race, vp->mp, NULL, &vm->finals, vm_g_of(gp), 0))
        return false;
    if (e->type)
        gp->stack[LANG_LINK] = arg;
    rt_newproc(vp->mp, gp);
    return true;
}

bool vm_run_finals(struct vm_p *vp) {
    struct vm_final e;
    while (next_due(vp->vm, &e))
        if (!begin(vp, &e))
            return false;
    return true;
}
