/* goslice.c - slices: headers, make, cutting, append with Go's growth, copy. */
#include <string.h>

#include "atoms.h"
#include "gosize.h"
#include "vmi.h"

#define MAX_ALLOC ((uint64_t)1 << 47) /* what Go's allocator would take for an address range */

static void move_elems(uint16_t code, uint8_t *to, const uint8_t *from, uint64_t n) {
    if (code >= LANG_EL_FIRST)
        vm_copy_bytes(to, from, n * vm_elem_bytes(code));
    else
        vm_copy_slots((uint64_t *)(void *)to, (const uint64_t *)(const void *)from, n * code);
}

enum vm_do vm_slice_header(struct vm_p *vp, struct vm_g *vg, void *data, uint64_t len, uint64_t cap, rt_slot *out) {
    struct vm_slice *s = vm_alloc(vp, sizeof *s, heap_head(HEAP_SLICE, NULL));
    if (!s)
        return vm_out_of_memory(vp, vg);
    s->data = data;
    s->len = len;
    s->cap = cap;
    *out = (uintptr_t)s;
    return VM_DONE;
}

/* Zeroed elements and a header. n elements of the type are known to fit MAX_ALLOC. */
static enum vm_do new_slice(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, uint64_t len, uint64_t cap,
                            rt_slot *out) {
    const struct lang_rtype *e = type->elem;
    uint64_t bytes = cap * vm_elem_bytes(e->elem_code);
    enum heap_kind kind = e->flags & LANG_RT_POINTERS ? HEAP_ARRAY : HEAP_BYTES;
    uint8_t *data = NULL;
    if (bytes) {
        data = vm_alloc(vp, bytes, heap_head(kind, kind == HEAP_ARRAY ? e : NULL));
        if (!data)
            return vm_out_of_memory(vp, vg);
    }
    return vm_slice_header(vp, vg, data, len, cap, out);
}

enum vm_do vm_slice_make(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, int64_t len, int64_t cap,
                         rt_slot *out) {
    uint64_t size = vm_elem_bytes(type->elem->elem_code);
    uint64_t most = size ? MAX_ALLOC / size : INT64_MAX;
    if (len < 0 || (uint64_t)len > most)
        return vm_err_runtime(vp, vg, "makeslice: len out of range");
    if (cap < len || (uint64_t)cap > most)
        return vm_err_runtime(vp, vg, "makeslice: cap out of range");
    return new_slice(vp, vg, type, (uint64_t)len, (uint64_t)cap, out);
}

enum vm_do vm_slice_of(struct vm_p *vp, struct vm_g *vg, const rt_slot *values, uint64_t n,
                       const struct lang_rtype *type, rt_slot *out) {
    rt_slot s;
    enum vm_do r = new_slice(vp, vg, type, n, n, &s);
    if (r != VM_DONE)
        return r;
    uint8_t *data = vm_slice_data(s);
    for (uint64_t i = 0; i < n; i++)
        vm_elem_store(type->elem->elem_code, data, i, values + i * type->elem->slots);
    *out = s;
    return VM_DONE;
}

/* ---- cutting: s[lo:hi:max]; texts as Go's panicSlice* ------------------------------------------------------------- */

struct cut { uint64_t lo, hi, max; };

static rt_slot bound(const struct vm_g *vg, uint16_t reg, uint64_t absent) {
    return reg == LANG_NONE ? absent : vm_frame(vg)[reg];
}

static enum vm_do bad_cut(struct vm_p *vp, struct vm_g *vg, const char *fmt, uint64_t x, uint64_t y) {
    return vm_err_text(vp, vg, vp->vm->known.bounds_error, fmt, (long long)x, (long long)y);
}

/* Negative bounds are printed alone, as in Go. */
static enum vm_do bad_bound(struct vm_p *vp, struct vm_g *vg, const char *negative, const char *fmt, uint64_t x,
                            uint64_t y) {
    return (int64_t)x < 0 ? bad_cut(vp, vg, negative, x, y) : bad_cut(vp, vg, fmt, x, y);
}

static enum vm_do check_cut(struct vm_p *vp, struct vm_g *vg, const struct insn *ext, uint64_t len, uint64_t cap,
                            const char *what, struct cut *c) {
    bool full = ext->c != LANG_NONE;
    c->lo = bound(vg, ext->a, 0);
    c->hi = bound(vg, ext->b, len);
    c->max = full ? bound(vg, ext->c, cap) : cap;
    bool array = what[0] == 'l';
    if (full && c->max > cap)
        return bad_bound(vp, vg, "slice bounds out of range [::%lld]",
                         array ? "slice bounds out of range [::%lld] with length %lld"
                               : "slice bounds out of range [::%lld] with capacity %lld", c->max, cap);
    if (full && c->hi > c->max)
        return bad_bound(vp, vg, "slice bounds out of range [:%lld:]", "slice bounds out of range [:%lld:%lld]", c->hi,
                         c->max);
    if (c->hi > c->max)
        return bad_bound(vp, vg, "slice bounds out of range [:%lld]",
                         array ? "slice bounds out of range [:%lld] with length %lld"
                               : "slice bounds out of range [:%lld] with capacity %lld", c->hi, cap);
    if (c->lo > c->hi && full)
        return bad_bound(vp, vg, "slice bounds out of range [%lld::]", "slice bounds out of range [%lld:%lld:]", c->lo,
                         c->hi);
    if (c->lo > c->hi)
        return bad_bound(vp, vg, "slice bounds out of range [%lld:]", "slice bounds out of range [%lld:%lld]", c->lo,
                         c->hi);
    return VM_DONE;
}

static enum vm_do cut_header(struct vm_p *vp, struct vm_g *vg, uint8_t *data, const struct cut *c, uint16_t code,
                             rt_slot *out) {
    uint64_t cap = c->max - c->lo;
    /* With no capacity left the address would be that of a neighbour. */
    uint8_t *at = cap && data ? data + c->lo * vm_elem_bytes(code) : data;
    return vm_slice_header(vp, vg, at, c->hi - c->lo, cap, out);
}

enum vm_do vm_slice_slice(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct lang_rtype *type,
                          const struct insn *ext, rt_slot *out) {
    struct cut c;
    enum vm_do r = check_cut(vp, vg, ext, vm_slice_len(s), vm_slice_cap(s), "capacity", &c);
    if (r != VM_DONE)
        return r;
    if (!s) { /* a nil slice stays nil */
        *out = 0;
        return VM_DONE;
    }
    return cut_header(vp, vg, vm_slice_data(s), &c, type->elem->elem_code, out);
}

enum vm_do vm_slice_array(struct vm_p *vp, struct vm_g *vg, rt_slot address, const struct lang_rtype *type,
                          const struct insn *ext, uint64_t len, rt_slot *out) {
    struct cut c;
    if (!address)
        return vm_err_nil(vp, vg);
    enum vm_do r = check_cut(vp, vg, ext, len, len, "length", &c);
    if (r != VM_DONE)
        return r;
    return cut_header(vp, vg, (uint8_t *)(uintptr_t)address, &c, type->elem->elem_code, out);
}

enum vm_do vm_slice_string(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct insn *ext, rt_slot *out) {
    struct cut c;
    struct insn bounds = { .a = ext->a, .b = ext->b, .c = LANG_NONE };
    enum vm_do r = check_cut(vp, vg, &bounds, vm_str_len(s), vm_str_len(s), "length", &c);
    return r == VM_DONE ? vm_str_sub(vp, vg, s, c.lo, c.hi, out) : r;
}

/* ---- append ------------------------------------------------------------------------------------------------------ */

/* Room for n more elements: *out is a slice with len + n elements, the first len copied; *data where they lie. */
static enum vm_do grow(struct vm_p *vp, struct vm_g *vg, rt_slot s, uint64_t n, const struct lang_rtype *type,
                       rt_slot *out, uint8_t **data) {
    uint64_t len = vm_slice_len(s), cap = vm_slice_cap(s), need = len + n;
    uint16_t code = type->elem->elem_code;
    if (need <= cap) {
        *data = vm_slice_data(s);
        return vm_slice_header(vp, vg, *data, need, cap, out);
    }
    uint64_t size = vm_elem_bytes(code);
    if (need > INT64_MAX || (size && need > MAX_ALLOC / size))
        return vm_err_runtime(vp, vg, "growslice: len out of range");
    uint64_t newcap = go_grow_cap(cap, need, go_size_of(vp->vm->sizes, type->elem),
                                  type->elem->flags & LANG_RT_POINTERS);
    if (size && newcap > MAX_ALLOC / size)
        newcap = need;
    rt_slot t = 0;
    enum vm_do r = new_slice(vp, vg, type, need, newcap, &t);
    if (r != VM_DONE)
        return r;
    *data = vm_slice_data(t);
    if (len)
        move_elems(code, *data, vm_slice_data(s), len);
    *out = t;
    return VM_DONE;
}

enum vm_do vm_append(struct vm_p *vp, struct vm_g *vg, rt_slot s, const rt_slot *values, uint64_t n,
                     const struct lang_rtype *type, rt_slot *out) {
    uint64_t len = vm_slice_len(s);
    uint8_t *data = NULL;
    rt_slot t = 0;
    if (n == 0) {
        *out = s;
        return VM_DONE;
    }
    enum vm_do r = grow(vp, vg, s, n, type, &t, &data);
    if (r != VM_DONE)
        return r;
    for (uint64_t i = 0; i < n; i++)
        vm_elem_store(type->elem->elem_code, data, len + i, values + i * type->elem->slots);
    *out = t;
    return VM_DONE;
}

static enum vm_do append_bytes(struct vm_p *vp, struct vm_g *vg, rt_slot s, const uint8_t *from, uint64_t n,
                               const struct lang_rtype *type, rt_slot *out) {
    uint64_t len = vm_slice_len(s);
    uint16_t code = type->elem->elem_code;
    uint8_t *data = NULL;
    rt_slot t = 0;
    if (n == 0) {
        *out = s;
        return VM_DONE;
    }
    enum vm_do r = grow(vp, vg, s, n, type, &t, &data);
    if (r != VM_DONE)
        return r;
    if (vm_elem_bytes(code))
        move_elems(code, data + len * vm_elem_bytes(code), from, n);
    *out = t;
    return VM_DONE;
}

enum vm_do vm_append_slice(struct vm_p *vp, struct vm_g *vg, rt_slot s, rt_slot t, const struct lang_rtype *type,
                           rt_slot *out) {
    return append_bytes(vp, vg, s, vm_slice_data(t), vm_slice_len(t), type, out);
}

enum vm_do vm_append_string(struct vm_p *vp, struct vm_g *vg, rt_slot s, rt_slot t, const struct lang_rtype *type,
                            rt_slot *out) {
    return append_bytes(vp, vg, s, vm_str_data(t), vm_str_len(t), type, out);
}

/* ---- copy and clear ----------------------------------------------------------------------------------------------- */

uint64_t vm_copy(rt_slot to, rt_slot from, uint16_t code) {
    uint64_t n = vm_slice_len(to), m = vm_slice_len(from);
    n = n < m ? n : m;
    if (n && vm_elem_bytes(code))
        move_elems(code, vm_slice_data(to), vm_slice_data(from), n);
    return n;
}

uint64_t vm_copy_string(rt_slot to, rt_slot from) {
    uint64_t n = vm_slice_len(to), m = vm_str_len(from);
    n = n < m ? n : m;
    vm_copy_bytes(vm_slice_data(to), vm_str_data(from), n);
    return n;
}

void vm_clear_slice(rt_slot s, uint16_t code) {
    uint8_t *data = vm_slice_data(s);
    uint64_t n = vm_slice_len(s);
    if (code >= LANG_EL_FIRST) {
        static const rt_slot zero[1] = { 0 };
        for (uint64_t i = 0; i < n; i++)
            vm_elem_store(code, data, i, zero);
        return;
    }
    for (uint64_t i = 0; i < n * code; i++)
        vm_store64(data + 8 * i, 0);
}
