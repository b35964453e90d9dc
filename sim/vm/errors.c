/* errors.c - the values of run-time panics, in Go's words (runtime/error.go, runtime/panic.go). */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "vmi.h"

/* A struct of the library's package runtime with one string field, or a pointer to one, holding text. */
static enum vm_do make(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, const char *text) {
    if (!type) { /* a program without the library's package runtime */
        rt_throw(vp->mp, &vg->g, text, false);
        return VM_END;
    }
    rt_slot s;
    enum vm_do r = vm_str_new(vp, vg, text, strlen(text), &s);
    if (r != VM_DONE)
        return r;
    rt_slot value = s;
    if (type->kind == LANG_K_POINTER) {
        rt_slot *object = vm_alloc(vp, 8, heap_head(HEAP_OBJECT, type->elem));
        if (!object)
            return vm_out_of_memory(vp, vg);
        object[0] = s;
        value = (uintptr_t)object;
    }
    r = vm_iface_new(vp, vg, type, &value, &vg->pending);
    return r == VM_DONE ? VM_PANIC : r;
}

enum vm_do vm_err_text(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, const char *fmt, ...) {
    char text[1024]; /* long type names are cut */
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return make(vp, vg, type, text);
}

enum vm_do vm_err_runtime(struct vm_p *vp, struct vm_g *vg, const char *text) {
    return make(vp, vg, vp->vm->known.error_string, text);
}

enum vm_do vm_err_plain(struct vm_p *vp, struct vm_g *vg, const char *text) {
    return make(vp, vg, vp->vm->known.plain_error, text);
}

enum vm_do vm_err_nil(struct vm_p *vp, struct vm_g *vg) {
    enum vm_do r = vm_err_runtime(vp, vg, "invalid memory address or nil pointer dereference");
    vg->pending_signal = r == VM_PANIC;
    return r;
}

enum vm_do vm_err_divide(struct vm_p *vp, struct vm_g *vg) { return vm_err_runtime(vp, vg, "integer divide by zero"); }

enum vm_do vm_err_index(struct vm_p *vp, struct vm_g *vg, uint64_t index, uint64_t len) {
    if ((int64_t)index < 0)
        return vm_err_text(vp, vg, vp->vm->known.bounds_error, "index out of range [%lld]", (long long)index);
    return vm_err_text(vp, vg, vp->vm->known.bounds_error, "index out of range [%lld] with length %llu", (long long)index,
                       (unsigned long long)len);
}

enum vm_do vm_err_assert(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *static_type, rt_slot value,
                         const struct lang_rtype *wanted) {
    const struct lang_rtype *type = vp->vm->known.assertion, *have = vm_iface_type(value);
    /* An interface type without a name is called by its own text, as "interface {}" is. */
    const char *from = static_type && static_type->kind == LANG_K_INTERFACE ? static_type->name : "interface";
    if (!have && wanted->kind == LANG_K_INTERFACE)
        return vm_err_text(vp, vg, type, "interface conversion: interface is nil, not %s", wanted->name);
    if (!have)
        return vm_err_text(vp, vg, type, "interface conversion: %s is nil, not %s", from, wanted->name);
    const char *missing = NULL;
    if (wanted->kind == LANG_K_INTERFACE && !vm_implements(vp->vm->prog, have, wanted, &missing)) {
        const char *dot = strrchr(missing, '.'); /* unexported names are qualified */
        return vm_err_text(vp, vg, type, "interface conversion: %s is not %s: missing method %s", have->name,
                           wanted->name, dot ? dot + 1 : missing);
    }
    const char *more = "";
    if (strcmp(have->name, wanted->name) == 0)
        more = strcmp(have->pkg ? have->pkg : "", wanted->pkg ? wanted->pkg : "") == 0 ? " (types from different scopes)"
                                                                                       : " (types from different packages)";
    return vm_err_text(vp, vg, type, "interface conversion: %s is %s, not %s%s", from, have->name, wanted->name, more);
}

enum vm_do vm_err_uncomparable(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type) {
    return vm_err_text(vp, vg, vp->vm->known.error_string, "comparing uncomparable type %s", type->name);
}

enum vm_do vm_err_map(struct vm_p *vp, struct vm_g *vg, enum map_result r) {
    switch (r) {
    case MAP_NIL: return vm_err_plain(vp, vg, "assignment to entry in nil map");
    case MAP_UNHASHABLE:
        return vm_err_text(vp, vg, vp->vm->known.error_string, "hash of unhashable type %s", vp->maps.culprit->name);
    case MAP_RACE_WRITE: rt_throw(vp->mp, &vg->g, "concurrent map writes", false); return VM_END;
    case MAP_RACE_READ: rt_throw(vp->mp, &vg->g, "concurrent map read and map write", false); return VM_END;
    case MAP_RACE_ITER: rt_throw(vp->mp, &vg->g, "concurrent map iteration and map write", false); return VM_END;
    case MAP_NO_MEMORY: return vm_out_of_memory(vp, vg);
    case MAP_OK:
    case MAP_ABSENT: break;
    }
    return VM_DONE;
}
