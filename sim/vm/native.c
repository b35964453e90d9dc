/* native.c - what native.h offers to the library's C functions. */
#include "native.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atoms.h"
#include "vmi.h"

static const vm_native functions[] = {
#define NATIVE(name, function) function,
#include "natives.def"
#undef NATIVE
};

vm_native vm_native_at(int number) { return functions[number]; }

enum vm_quick vm_quick_of(int number) {
    static const struct {
        vm_native function;
        enum vm_quick quick;
    } all[] = {
#define QUICK(name, function) {function, VM_QUICK_##name},
#include "quick.def"
#undef QUICK
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].function == functions[number])
            return all[i].quick;
    return VM_QUICK_NONE;
}

/* A native runs on an M with a P, except after a system call that lost it, when it must return at once. */
static struct vm_p *vp_of(struct vm_call *c) { return vm_p_of(c->vm, c->mp); }

static void *alloc(struct vm_call *c, size_t bytes, uint64_t head) {
    struct vm_p *vp = vp_of(c);
    void *p = vp ? vm_alloc(vp, bytes, head) : NULL;
    if (p)
        return p;
    if (vp)
        vm_out_of_memory(vp, vm_g_of(c->gp));
    else
        rt_throw(c->mp, c->gp, "runtime: out of memory", false);
    return NULL;
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static uint64_t head_for(enum heap_kind kind, const struct lang_rtype *type) {
    return type->flags & LANG_RT_POINTERS ? heap_head(kind, type) : heap_head(HEAP_BYTES, NULL);
}

void *vm_new_object(struct vm_call *c, const struct lang_rtype *type) {
    return alloc(c, (size_t)type->slots * 8, head_for(HEAP_OBJECT, type));
}

void *vm_new_array(struct vm_call *c, const struct lang_rtype *element, uint64_t count) {
    uint64_t size = vm_elem_size(element);
    if (size && count > SIZE_MAX / 2 / size)
        count = SIZE_MAX / 2 / size; /* which no heap has */
    return alloc(c, (size_t)(count * size), head_for(HEAP_ARRAY, element));
}

void *vm_new_bytes(struct vm_call *c, uint64_t n) {
    return alloc(c, n > SIZE_MAX / 2 ? SIZE_MAX / 2 : (size_t)n, heap_head(HEAP_BYTES, NULL));
}

bool vm_new_string(struct vm_call *c, const void *bytes, uint64_t n, rt_slot *out) {
    struct vm_p *vp = vp_of(c);
    return vp && vm_str_new(vp, vm_g_of(c->gp), bytes, n, out) == VM_DONE;
}

bool vm_new_cstring(struct vm_call *c, const char *s, rt_slot *out) { return vm_new_string(c, s, strlen(s), out); }

bool vm_new_string_buffer(struct vm_call *c, uint64_t n, rt_slot *out, uint8_t **bytes) {
    struct vm_p *vp = vp_of(c);
    return vp && vm_str_buffer(vp, vm_g_of(c->gp), n, out, bytes) == VM_DONE;
}

bool vm_substring(struct vm_call *c, rt_slot s, uint64_t lo, uint64_t hi, rt_slot *out) {
    struct vm_p *vp = vp_of(c);
    return vp && vm_str_sub(vp, vm_g_of(c->gp), s, lo, hi, out) == VM_DONE;
}

bool vm_string_over(struct vm_call *c, const void *bytes, uint64_t n, rt_slot *out) {
    struct vm_string *s = n ? alloc(c, sizeof *s, heap_head(HEAP_STRING, NULL)) : NULL;
    *out = (uintptr_t)s;
    if (s) {
        s->len = n;
        s->data = bytes;
    }
    return n == 0 || s;
}

bool vm_new_slice_header(struct vm_call *c, void *data, uint64_t len, uint64_t cap, rt_slot *out) {
    struct vm_p *vp = vp_of(c);
    return vp && vm_slice_header(vp, vm_g_of(c->gp), data, len, cap, out) == VM_DONE;
}

bool vm_make_slice(struct vm_call *c, const struct lang_rtype *element, uint64_t len, uint64_t cap, rt_slot *out) {
    void *data = vm_new_array(c, element, cap);
    return data && vm_new_slice_header(c, data, len, cap, out);
}

bool vm_new_byte_slice(struct vm_call *c, const void *bytes, uint64_t n, rt_slot *out) {
    uint8_t *data = vm_new_bytes(c, n);
    if (!data)
        return false;
    vm_copy_bytes(data, bytes, n);
    return vm_new_slice_header(c, data, n, n, out);
}

/* ---- values by type ---------------------------------------------------------------------------------------------- */

uint64_t vm_elem_size(const struct lang_rtype *element) { return vm_elem_bytes(element->elem_code); }

void vm_load(const struct lang_rtype *type, const void *at, rt_slot *slots) {
    vm_elem_load(type->elem_code, at, 0, slots);
}

void vm_store(const struct lang_rtype *type, void *at, const rt_slot *slots) {
    vm_elem_store(type->elem_code, at, 0, slots);
}

bool vm_new_iface(struct vm_call *c, const struct lang_rtype *type, const rt_slot *value, rt_slot *out) {
    struct vm_p *vp = vp_of(c);
    return vp && vm_iface_new(vp, vm_g_of(c->gp), type, value, out) == VM_DONE;
}

const struct lang_rtype *vm_basic_type(const struct vm *vm, unsigned kind) {
    return kind <= LANG_K_STRING ? vm->known.basic[kind] : NULL;
}

const struct lang_program *vm_program(const struct vm *vm) { return vm->prog; }

/* ---- maps -------------------------------------------------------------------------------------------------------- */

uint64_t vm_map_count(rt_slot map) { return vm_map_len((const struct vm_map *)(uintptr_t)map); }

bool vm_map_each(rt_slot map, uint64_t *cursor, const rt_slot **key, const rt_slot **value) {
    return vm_map_entry((const struct vm_map *)(uintptr_t)map, cursor, key, value);
}

/* ---- panics ------------------------------------------------------------------------------------------------------ */

static char *text_of(const char *fmt, va_list ap) {
    char *text;
    return vasprintf(&text, fmt, ap) < 0 ? NULL : text;
}

static enum rt_status status_of(enum vm_do r) { return r == VM_PANIC ? RT_PANIC : RT_FATAL; }

enum rt_status vm_panic_value(struct vm_call *c, rt_slot any) {
    vm_g_of(c->gp)->pending = any;
    return RT_PANIC;
}

enum rt_status vm_panic_string(struct vm_call *c, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    char *text = text_of(fmt, ap);
    va_end(ap);
    rt_slot s, v;
    bool ok = text && c->vm->known.string && vm_new_cstring(c, text, &s) && vm_new_iface(c, c->vm->known.string, &s, &v);
    if (!text)
        rt_throw(c->mp, c->gp, "runtime: out of memory", false);
    free(text);
    return ok ? vm_panic_value(c, v) : RT_FATAL;
}

enum rt_status vm_panic_runtime(struct vm_call *c, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    char *text = text_of(fmt, ap);
    va_end(ap);
    struct vm_p *vp = vp_of(c);
    enum vm_do r = VM_END;
    if (text && vp)
        r = vm_err_runtime(vp, vm_g_of(c->gp), text);
    else
        rt_throw(c->mp, c->gp, "runtime: out of memory", false);
    free(text);
    return status_of(r);
}

enum rt_status vm_fatal(struct vm_call *c, const char *text) {
    rt_throw(c->mp, c->gp, text, false);
    return RT_FATAL;
}

enum rt_status native_runtime_Goexit(struct vm_call *c) {
    struct vm_g *vg = vm_g_of(c->gp);
    vg->pending = 0;
    vg->pending_goexit = true;
    return RT_PANIC;
}

/* ---- the run ----------------------------------------------------------------------------------------------------- */

void vm_visible(struct vm_call *c) { c->vm->world->visible(c->vm->w, c->mp); }

unsigned vm_nargs(const struct vm *vm) { return vm->nargs; }
const char *vm_arg(const struct vm *vm, unsigned i) { return vm->args[i]; }
const char *vm_program_name(const struct vm *vm) { return vm->program_name; }

uint64_t vm_address(const struct vm *vm, uint64_t address) {
    uint64_t word = (address - (uintptr_t)vm->func_words) / sizeof *vm->func_words;
    if (address >= (uintptr_t)vm->func_words && word < vm->prog->nfuncs)
        return 0x401000 + word * 32; /* functions that capture nothing, in the order of the program */
    return heap_shown(&vm->heap, address);
}

uint64_t vm_random(struct vm_call *c) {
    uint64_t low = rt_choose(c->mp, RT_CHOOSE_RAND, UINT64_C(1) << 32);
    return rt_choose(c->mp, RT_CHOOSE_RAND, UINT64_C(1) << 32) << 32 | low;
}
