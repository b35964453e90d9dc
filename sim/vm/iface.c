/* iface.c - interfaces: boxing, assertions, what implements what. */
#include <string.h>

#include "atoms.h"
#include "vmi.h"

enum vm_do vm_iface_new(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, const rt_slot *value,
                        rt_slot *out) {
    struct vm_iface *i = vm_alloc(vp, sizeof *i + (size_t)type->slots * 8, heap_head(HEAP_IFACE, NULL));
    if (!i)
        return vm_out_of_memory(vp, vg);
    i->type = type;
    for (uint32_t k = 0; k < type->slots; k++)
        i->value[k] = value[k];
    *out = (uintptr_t)i;
    return VM_DONE;
}

/* Both lists are sorted by id. */
bool vm_implements(const struct lang_program *prog, const struct lang_rtype *type, const struct lang_rtype *iface,
                   const char **missing) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < iface->nmethods; i++) {
        const struct lang_rmethod *want = &iface->methods[i];
        while (k < type->nmethods && type->methods[k].id < want->id)
            k++;
        if (k == type->nmethods || type->methods[k].id != want->id || type->methods[k].type != want->type) {
            *missing = prog->method_names[want->id];
            return false;
        }
    }
    return true;
}

enum vm_do vm_assert(struct vm_p *vp, struct vm_g *vg, rt_slot i, const struct lang_rtype *type,
                     const struct lang_rtype *static_type, rt_slot *out) {
    if (vm_iface_type(i) != type)
        return vm_err_assert(vp, vg, static_type, i, type);
    const rt_slot *v = vm_iface_value(i);
    for (uint32_t k = 0; k < type->slots; k++)
        out[k] = v[k];
    return VM_DONE;
}

enum vm_do vm_assert_iface(struct vm_p *vp, struct vm_g *vg, rt_slot i, const struct lang_rtype *type,
                           const struct lang_rtype *static_type, rt_slot *out) {
    const char *missing;
    if (!i || !vm_implements(vp->vm->prog, vm_iface_type(i), type, &missing))
        return vm_err_assert(vp, vg, static_type, i, type);
    *out = i;
    return VM_DONE;
}
