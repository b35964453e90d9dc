/* interp_ops.c - instructions on maps, channels and functions that are more than a few machine operations. */
#include "interp_ops.h"

#include <stdlib.h>
#include <string.h>

#include "atoms.h"

enum vm_do vm_op_uncomparable(struct vm_p *vp, struct vm_g *vg, enum equal_result why,
                              const struct lang_rtype *culprit) {
    return why == EQUAL_NO_MEMORY ? vm_out_of_memory(vp, vg) : vm_err_uncomparable(vp, vg, culprit);
}

enum vm_do vm_op_slice_ptr(struct vm_p *vp, struct vm_g *vg, rt_slot slice, uint32_t len, rt_slot *out) {
    uint64_t have = vm_slice_len(slice);
    if (have < len)
        return vm_err_text(vp, vg, vp->vm->known.bounds_error,
                           "cannot convert slice with length %llu to array or pointer to array with length %u",
                           (unsigned long long)have, len);
    if (!slice || vm_slice_data(slice)) {
        *out = (uintptr_t)vm_slice_data(slice);
        return VM_DONE;
    }
    void *p = vm_alloc(vp, 0, heap_head(HEAP_BYTES, NULL)); /* an empty slice's array is somewhere, not nil */
    *out = (uintptr_t)p;
    return p ? VM_DONE : vm_out_of_memory(vp, vg);
}

void vm_op_assert_ok(rt_slot i, const struct lang_rtype *type, rt_slot *out, rt_slot *ok) {
    bool yes = vm_iface_type(i) == type && i;
    const rt_slot *v = vm_iface_value(i);
    for (uint32_t k = 0; k < type->slots; k++)
        out[k] = yes ? v[k] : 0;
    *ok = yes;
}

/* ---- maps -------------------------------------------------------------------------------------------------------- */

static struct vm_map *map_of(rt_slot s) { return (struct vm_map *)(uintptr_t)s; }

enum vm_do vm_op_make_map(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, int64_t hint, rt_slot *out) {
    struct vm_map *m = vm_map_make(&vp->maps, type, hint < 0 ? 0 : (uint64_t)hint);
    *out = (uintptr_t)m;
    return m ? VM_DONE : vm_out_of_memory(vp, vg);
}

enum vm_do vm_op_map_get(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R) {
    const struct lang_rtype *type = &vp->vm->prog->rtypes[pc[1].a];
    const rt_slot *value = NULL;
    enum map_result r = vm_map_get(&vp->maps, map_of(R[pc->b]), &R[pc->c], &value);
    if (r != MAP_OK && r != MAP_ABSENT)
        return vm_err_map(vp, vg, r);
    for (uint32_t k = 0, n = type->elem->slots; k < n; k++)
        R[pc->a + k] = value ? vm_load64(value + k) : 0;
    if (pc[1].b != LANG_NONE)
        R[pc[1].b] = r == MAP_OK;
    return VM_DONE;
}

enum vm_do vm_op_map_set(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, const rt_slot *R) {
    enum map_result r = vm_map_set(&vp->maps, map_of(R[pc->a]), &R[pc->b], &R[pc->c]);
    return r == MAP_OK ? VM_DONE : vm_err_map(vp, vg, r);
}

enum vm_do vm_op_map_delete(struct vm_p *vp, struct vm_g *vg, rt_slot map, const rt_slot *key) {
    enum map_result r = vm_map_delete(&vp->maps, map_of(map), key);
    return r == MAP_OK ? VM_DONE : vm_err_map(vp, vg, r);
}

enum vm_do vm_op_map_clear(struct vm_p *vp, struct vm_g *vg, rt_slot map) {
    enum map_result r = vm_map_clear(&vp->maps, map_of(map));
    return r == MAP_OK ? VM_DONE : vm_err_map(vp, vg, r);
}

enum vm_do vm_op_map_iter(struct vm_p *vp, struct vm_g *vg, rt_slot map, rt_slot *out) {
    struct vm_map_iter *it = vm_alloc(vp, sizeof *it, heap_head(HEAP_ITER, NULL));
    if (!it)
        return vm_out_of_memory(vp, vg);
    uint64_t n = vm_map_starts(map_of(map));
    vm_map_iter_init(it, map_of(map), n > 1 ? rt_choose(vp->mp, RT_CHOOSE_MAP, n) : 0);
    *out = (uintptr_t)it;
    return VM_DONE;
}

enum vm_do vm_op_map_next(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R, bool *more) {
    struct vm_map_iter *it = (struct vm_map_iter *)(uintptr_t)R[pc->a];
    const struct lang_rtype *type = &vp->vm->prog->rtypes[pc[1].a];
    const rt_slot *key, *value;
    enum map_result r = vm_map_iter_next(&vp->maps, it, &key, &value);
    *more = r == MAP_OK;
    if (r != MAP_OK)
        return r == MAP_ABSENT ? VM_DONE : vm_err_map(vp, vg, r);
    for (uint32_t k = 0; pc->b != LANG_NONE && k < type->key->slots; k++)
        R[pc->b + k] = vm_load64(key + k);
    for (uint32_t k = 0; pc->c != LANG_NONE && k < type->elem->slots; k++)
        R[pc->c + k] = vm_load64(value + k);
    return VM_DONE;
}

/* ---- names for the picture ----------------------------------------------------------------------------------------- */

/* The log's id of entry i of a table of n; ids are given on first use. */
static uint32_t log_id(struct vm *vm, uint32_t **ids, uint32_t n, uint32_t i, const char *text) {
    if (!vm->log || i >= n)
        return 0;
    pthread_mutex_lock(&vm->lock);
    if (!*ids)
        *ids = calloc(n, sizeof **ids);
    uint32_t id = 0;
    if (*ids) {
        if (!(*ids)[i])
            (*ids)[i] = rt_log_add_string(vm->log, text);
        id = (*ids)[i];
    }
    pthread_mutex_unlock(&vm->lock);
    return id;
}

static uint32_t string_id(struct vm *vm, uint32_t i) {
    /* Strings of the program are not terminated. */
    if (i >= vm->prog->nstrings)
        return 0;
    const struct lang_string *s = &vm->prog->strings[i];
    char *text = strndup((const char *)s->data, s->len);
    uint32_t id = text ? log_id(vm, &vm->string_ids, vm->prog->nstrings, i, text) : 0;
    free(text);
    return id;
}

static enum rt_value_kind value_kind(const struct lang_rtype *t) {
    if (t->slots == 0)
        return RT_VAL_NONE;
    switch (t->kind) {
    case LANG_K_BOOL: return RT_VAL_BOOL;
    case LANG_K_INT:
    case LANG_K_INT8:
    case LANG_K_INT16:
    case LANG_K_INT32:
    case LANG_K_INT64: return RT_VAL_INT;
    case LANG_K_UINT:
    case LANG_K_UINT8:
    case LANG_K_UINT16:
    case LANG_K_UINT32:
    case LANG_K_UINT64:
    case LANG_K_UINTPTR: return RT_VAL_UINT;
    case LANG_K_FLOAT64: return RT_VAL_FLOAT;
    case LANG_K_STRING: return RT_VAL_TEXT;
    default: return RT_VAL_OTHER;
    }
}

void vm_op_objname(struct vm_p *vp, const struct insn *pc, const rt_slot *R) {
    struct vm *vm = vp->vm;
    if (!rt_listening(vp->mp) || !R[pc->a])
        return;
    uint64_t obj = pc->c ? rt_chan_id((const struct hchan *)(uintptr_t)R[pc->a])
                         : RT_OBJ_LOCK | (R[pc->a] + 8u * pc->b - (uintptr_t)vm->heap.base);
    rt_emit(vp->mp, RT_EV_ObjName, RT_WHY_None, obj, string_id(vm, insn_u32(pc[1])), string_id(vm, insn_u32(pc[2])));
}

/* ---- channels ---------------------------------------------------------------------------------------------------- */

enum vm_do vm_op_make_chan(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R) {
    struct vm *vm = vp->vm;
    const struct lang_rtype *type = &vm->prog->rtypes[pc->c];
    int64_t cap = pc->b == LANG_NONE ? 0 : (int64_t)R[pc->b];
    size_t bytes = cap < 0 ? 0 : rt_chan_size(type->elem->slots, (uint64_t)cap);
    if (bytes == 0) {
        vp->mp->panic = RT_PANIC_MakeChanSize;
        return VM_PANIC;
    }
    struct hchan *ch = vm_alloc(vp, bytes, heap_head(HEAP_CHAN, type));
    if (!ch)
        return vm_out_of_memory(vp, vg);
    uint32_t name = 0, type_id = 0;
    if (rt_listening(vp->mp)) {
        uint32_t named = insn_u32(pc[1]);
        name = named ? string_id(vm, named - 1) : 0;
        type_id = log_id(vm, &vm->type_ids, vm->prog->nrtypes, type->index, type->name);
    }
    rt_chan_init(vp->mp, ch, type->elem->slots, (uint64_t)cap, value_kind(type->elem), name, type_id);
    R[pc->a] = (uintptr_t)ch;
    return VM_DONE;
}

static struct rt_scase *scases(struct vm_p *vp, uint32_t n) {
    if (n <= vp->scases_cap)
        return vp->scases;
    struct rt_scase *more = realloc(vp->scases, n * sizeof *more);
    if (!more)
        return NULL;
    vp->scases = more;
    vp->scases_cap = n;
    return more;
}

enum rt_status vm_op_select(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R) {
    uint32_t n = pc->b;
    if (n == 0)
        return rt_park_forever(vp->mp, RT_WHY_SelectNoCases);
    struct rt_scase *cases = scases(vp, n);
    if (!cases) {
        vm_out_of_memory(vp, vg);
        return RT_FATAL;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct insn c = pc[1 + i];
        bool send = c.op == OP_CASE_SEND;
        cases[i] = (struct rt_scase){ .ch = (struct hchan *)(uintptr_t)R[c.a], .at = vg->base + c.b, .send = send,
                                      .ok_at = send || c.c == LANG_NONE ? -1 : (int32_t)(vg->base + c.c) };
    }
    int32_t chosen = -1;
    enum rt_status status = rt_selectgo(vp->mp, cases, n, pc->c != 0, &chosen);
    if (status == RT_OK)
        R[pc->a] = (uint64_t)(int64_t)chosen;
    return status;
}

/* ---- functions --------------------------------------------------------------------------------------------------- */

enum rt_status vm_op_native(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R) {
    const struct lang_native *n = &vp->vm->prog->natives[insn_u32(*pc)];
    uint32_t at = pc->a + LANG_LINK;
    struct vm_call call = {
        .vm = vp->vm, .mp = vp->mp, .gp = &vg->g, .args = R + at, .results = R + at + n->param_slots,
        .args_at = vg->base + at, .results_at = vg->base + at + n->param_slots, .state = vg->native_state,
    };
    enum rt_status status = vm_native_at(n->number)(&call);
    if (status != RT_PARKED)
        memset(vg->native_state, 0, sizeof vg->native_state);
    return status;
}

enum vm_do vm_op_go(struct vm_p *vp, struct vm_g *vg, uint32_t fn, uint64_t func, const rt_slot *window) {
    struct vm *vm = vp->vm;
    const struct lang_fn *f = &vm->prog->funcs[fn];
    rt_pos pos = rt_listening(vp->mp) ? vm_position(vm, &vg->g) : 0;
    struct g *newg = rt_newproc1(vp->mp, fn, pos, f->frame_slots > LANG_LINK ? f->frame_slots : LANG_LINK);
    if (!newg)
        return VM_END;
    struct vm_g *nvg = vm_g_of(newg);
    vm_g_start(vm, nvg, fn, func);
    memcpy(newg->stack + LANG_LINK, window + LANG_LINK, (size_t)f->param_slots * 8);
    nvg->created_pc = vg->pc;
    nvg->created_fn = vm_link_fn(vm_frame(vg)[1]);
    if (vm->race && !race_go(vm->race, vp->mp, vg, NULL, nvg, race_site(vm->race, vp->mp, vg)))
        return VM_END;
    rt_newproc(vp->mp, newg);
    return VM_DONE;
}

static enum vm_do method_of(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R, uint32_t *fn) {
    rt_slot i = R[pc->b];
    if (!i)
        return vm_err_nil(vp, vg);
    const struct lang_rmethod *m = lang_method(vm_iface_type(i), pc->c);
    *fn = m ? m->fn : 0; /* the type checker has seen that it is there */
    R[pc->a + LANG_LINK] = vm_receiver(i);
    return VM_DONE;
}

enum vm_do vm_op_go_iface(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R) {
    uint32_t fn = 0;
    enum vm_do r = method_of(vp, vg, pc, R, &fn);
    return r == VM_DONE ? vm_op_go(vp, vg, fn, 0, R + pc->a) : r;
}

enum vm_do vm_op_defer(struct vm_p *vp, struct vm_g *vg, uint32_t fn, uint64_t func, const rt_slot *window) {
    return vm_defer(vp, vg, fn, func, false, window + LANG_LINK, vp->vm->prog->funcs[fn].param_slots);
}

enum vm_do vm_op_defer_func(struct vm_p *vp, struct vm_g *vg, rt_slot func, const rt_slot *window) {
    if (!func)
        return vm_defer(vp, vg, 0, 0, true, NULL, 0);
    return vm_op_defer(vp, vg, (uint32_t)((const struct vm_closure *)(uintptr_t)func)->fn, func, window);
}

enum vm_do vm_op_defer_iface(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R) {
    uint32_t fn = 0;
    enum vm_do r = method_of(vp, vg, pc, R, &fn);
    return r == VM_DONE ? vm_op_defer(vp, vg, fn, 0, R + pc->a) : r;
}

enum vm_do vm_op_panic(struct vm_p *vp, struct vm_g *vg, rt_slot value) {
    if (value) {
        vg->pending = value;
        return VM_PANIC;
    }
    const struct lang_rtype *type = vp->vm->known.panic_nil;
    if (!type)
        return vm_err_plain(vp, vg, "panic called with nil argument");
    void *p = vm_alloc(vp, (size_t)type->elem->slots * 8, heap_head(HEAP_BYTES, NULL));
    if (!p)
        return vm_out_of_memory(vp, vg);
    rt_slot v = (uintptr_t)p;
    enum vm_do r = vm_iface_new(vp, vg, type, &v, &vg->pending);
    return r == VM_DONE ? VM_PANIC : r;
}

uint32_t vm_op_pc_index(const struct vm *vm, const struct insn *pc, const rt_slot *R) {
    if (pc >= vm_stubs && pc < vm_stubs + VM_STUB_COUNT)
        return 0;
    return (uint32_t)(pc - vm->fns[vm_link_fn(R[1])].code);
}

enum vm_do vm_op_range_state(struct vm_p *vp, struct vm_g *vg, uint64_t state) {
    switch (state) {
    case 0:
        return vm_err_runtime(vp, vg,
                              "range function continued iteration after function for loop body returned false");
    case 2: return vm_err_runtime(vp, vg, "range function continued iteration after loop body panic");
    case 3: return vm_err_runtime(vp, vg, "range function continued iteration after whole loop exit");
    default:
        return vm_err_runtime(vp, vg, "range function recovered a loop body panic and did not resume panicking");
    }
}
