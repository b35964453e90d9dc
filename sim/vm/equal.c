/* equal.c - equality and hashing by types, with an explicit stack of what is still to do. */
#include "equal.h"

#include <stdlib.h>
#include <string.h>

#include "atoms.h"
#include "elem.h"
#include "native.h"

#define DEPTH_INLINE 32

bool vm_is_word(const struct lang_rtype *t) {
    switch (t->kind) {
    case LANG_K_FLOAT32:
    case LANG_K_FLOAT64:
    case LANG_K_STRING:
    case LANG_K_ARRAY:
    case LANG_K_STRUCT:
    case LANG_K_INTERFACE: return false;
    default: return t->slots == 1 && (t->flags & LANG_RT_COMPARABLE);
    }
}

/* ---- strings ----------------------------------------------------------------------------------------------------- */

bool vm_equal_string(rt_slot a, rt_slot b) {
    if (a == b)
        return true;
    uint64_t n = vm_str_len(a);
    return n == vm_str_len(b) && (n == 0 || memcmp(vm_str_data(a), vm_str_data(b), n) == 0);
}

int vm_compare_string(rt_slot a, rt_slot b) {
    uint64_t m = vm_str_len(a), n = vm_str_len(b);
    uint64_t least = m < n ? m : n;
    int c = least ? memcmp(vm_str_data(a), vm_str_data(b), least) : 0;
    return c ? c : m < n ? -1 : m > n;
}

static uint64_t read8(const uint8_t *p) {
    uint64_t w;
    memcpy(&w, p, 8);
    return w;
}
static uint64_t read4(const uint8_t *p) {
    uint32_t w;
    memcpy(&w, p, 4);
    return w;
}

/* Reads overlap where the length is no power of two; the length itself is mixed in at the end. */
uint64_t vm_hash_bytes(const void *bytes, size_t n, uint64_t seed) {
    const uint8_t *p = bytes;
    uint64_t h = seed ^ UINT64_C(0xa0761d6478bd642f), lo = 0, hi = 0;
    size_t left = n;
    for (; left > 16; left -= 16, p += 16)
        h = vm_mix(read8(p) ^ UINT64_C(0xe7037ed1a0b428db), read8(p + 8) ^ h);
    if (left >= 8) {
        lo = read8(p);
        hi = read8(p + left - 8);
    } else if (left >= 4) {
        lo = read4(p);
        hi = read4(p + left - 4);
    } else if (left) {
        lo = (uint64_t)p[0] << 16 | (uint64_t)p[left / 2] << 8 | p[left - 1];
    }
    h = vm_mix(lo ^ UINT64_C(0x8ebc6af09c88c6e3), hi ^ h);
    return vm_mix(h ^ (uint64_t)n, UINT64_C(0x589965cc75374cc3));
}

/* ---- the stack of values to go ----------------------------------------------------------------------------------- */

struct item {
    const struct lang_rtype *type;
    const rt_slot *a, *b;
};

struct work {
    struct item inlined[DEPTH_INLINE];
    struct item *items;
    size_t len, cap;
};

static void work_init(struct work *w) {
    w->items = w->inlined;
    w->len = 0;
    w->cap = DEPTH_INLINE;
}

static void work_free(struct work *w) {
    if (w->items != w->inlined)
        free(w->items);
}

static bool work_push(struct work *w, const struct lang_rtype *type, const rt_slot *a, const rt_slot *b) {
    if (w->len == w->cap) {
        if (w->cap > SIZE_MAX / 2 / sizeof *w->items)
            return false;
        struct item *more = malloc(2 * w->cap * sizeof *more);
        if (!more)
            return false;
        memcpy(more, w->items, w->len * sizeof *more);
        work_free(w);
        w->items = more;
        w->cap *= 2;
    }
    w->items[w->len++] = (struct item){ type, a, b };
    return true;
}

/* An element's canonical word, for elements of one slot or packed. */
static const rt_slot *element_at(const struct lang_rtype *array, const rt_slot *v, uint64_t i) {
    return v + i * array->elem->slots;
}

static bool packed(const struct lang_rtype *t) { return t->elem_code >= LANG_EL_FIRST; }

/* The bits of a narrow or word-sized scalar as they count: by its width. */
static uint64_t scalar_at(const struct lang_rtype *t, const void *p) {
    rt_slot v = 0;
    if (packed(t)) {
        vm_elem_load(t->elem_code, p, 0, &v);
        return v;
    }
    return vm_load64(p);
}

static bool same_floats(const uint8_t *a, const uint8_t *b, uint64_t n) {
    for (uint64_t i = 0; i < n; i++)
        if (!(vm_float32(vm_load32(a + i * 4)) == vm_float32(vm_load32(b + i * 4))))
            return false;
    return true;
}

/* ---- equality ---------------------------------------------------------------------------------------------------- */

static enum equal_result equal_array(struct work *w, const struct item *it) {
    const struct lang_rtype *t = it->type, *e = t->elem;
    if (packed(e)) {
        const uint8_t *a = (const uint8_t *)it->a, *b = (const uint8_t *)it->b;
        if (e->kind == LANG_K_FLOAT32)
            return same_floats(a, b, t->len) ? EQUAL_YES : EQUAL_NO;
        return memcmp(a, b, t->len * vm_elem_bytes(e->elem_code)) == 0 ? EQUAL_YES : EQUAL_NO;
    }
    if (e->flags & LANG_RT_PLAIN) {
        for (uint64_t i = 0, n = t->len * e->slots; i < n; i++)
            if (vm_load64(it->a + i) != vm_load64(it->b + i))
                return EQUAL_NO;
        return EQUAL_YES;
    }
    if (e->slots == 0)
        return EQUAL_YES;
    for (uint64_t i = t->len; i-- > 0;) /* the first element is on top and so compared first, as Go does */
        if (!work_push(w, e, element_at(t, it->a, i), element_at(t, it->b, i)))
            return EQUAL_NO_MEMORY;
    return EQUAL_YES;
}

static enum equal_result equal_struct(struct work *w, const struct item *it) {
    const struct lang_rtype *t = it->type;
    for (uint32_t i = t->nfields; i-- > 0;) {
        const struct lang_rfield *f = &t->fields[i];
        if (f->name[0] == '_' && f->name[1] == '\0')
            continue; /* blank fields do not count */
        if (!work_push(w, f->type, it->a + f->slot, it->b + f->slot))
            return EQUAL_NO_MEMORY;
    }
    return EQUAL_YES;
}

static enum equal_result equal_box(struct work *w, rt_slot a, rt_slot b, const struct lang_rtype **culprit) {
    if (!a || !b)
        return a == b ? EQUAL_YES : EQUAL_NO;
    const struct lang_rtype *t = vm_iface_type(a);
    if (t != vm_iface_type(b))
        return EQUAL_NO;
    if (!(t->flags & LANG_RT_COMPARABLE)) {
        *culprit = t;
        return EQUAL_UNCOMPARABLE;
    }
    return work_push(w, t, vm_iface_value(a), vm_iface_value(b)) ? EQUAL_YES : EQUAL_NO_MEMORY;
}

static enum equal_result equal_one(struct work *w, const struct item *it, const struct lang_rtype **culprit) {
    const struct lang_rtype *t = it->type;
    bool same;
    switch (t->kind) {
    case LANG_K_FLOAT64: same = vm_float(vm_load64(it->a)) == vm_float(vm_load64(it->b)); break;
    case LANG_K_FLOAT32: same = vm_float32(vm_load32(it->a)) == vm_float32(vm_load32(it->b)); break;
    case LANG_K_STRING: same = vm_equal_string(vm_load64(it->a), vm_load64(it->b)); break;
    case LANG_K_INTERFACE: return equal_box(w, vm_load64(it->a), vm_load64(it->b), culprit);
    case LANG_K_ARRAY: return equal_array(w, it);
    case LANG_K_STRUCT: return equal_struct(w, it);
    case LANG_K_SLICE:
    case LANG_K_MAP:
    case LANG_K_FUNC: *culprit = t; return EQUAL_UNCOMPARABLE;
    default: same = scalar_at(t, it->a) == scalar_at(t, it->b); break;
    }
    return same ? EQUAL_YES : EQUAL_NO;
}

static enum equal_result equal_all(struct work *w, const struct lang_rtype **culprit) {
    enum equal_result r = EQUAL_YES;
    while (w->len && r == EQUAL_YES) {
        struct item it = w->items[--w->len];
        r = equal_one(w, &it, culprit);
    }
    work_free(w);
    return r;
}

enum equal_result vm_equal(const struct lang_rtype *type, const rt_slot *a, const rt_slot *b,
                           const struct lang_rtype **culprit) {
    struct work w;
    work_init(&w);
    work_push(&w, type, a, b);
    return equal_all(&w, culprit);
}

enum equal_result vm_equal_iface(rt_slot a, rt_slot b, const struct lang_rtype **culprit) {
    struct work w;
    work_init(&w);
    enum equal_result r = equal_box(&w, a, b, culprit);
    return r == EQUAL_YES ? equal_all(&w, culprit) : r;
}

/* ---- hashing ----------------------------------------------------------------------------------------------------- */

static uint64_t hash_float(double d, uint64_t seed) {
    return vm_hash_word(d == 0 ? 0 : vm_of_float(d), seed); /* +0 and -0 are equal */
}

static enum equal_result hash_array(struct work *w, const struct item *it, uint64_t *h) {
    const struct lang_rtype *t = it->type, *e = t->elem;
    if (packed(e)) {
        if (e->kind != LANG_K_FLOAT32) {
            *h = vm_hash_bytes(it->a, t->len * vm_elem_bytes(e->elem_code), *h);
            return EQUAL_YES;
        }
        for (uint64_t i = 0; i < t->len; i++)
            *h = hash_float((double)vm_float32(vm_load32((const uint8_t *)it->a + i * 4)), *h);
        return EQUAL_YES;
    }
    for (uint64_t i = t->len; e->slots && i-- > 0;)
        if (!work_push(w, e, element_at(t, it->a, i), NULL))
            return EQUAL_NO_MEMORY;
    return EQUAL_YES;
}

static enum equal_result hash_box(struct work *w, rt_slot v, uint64_t *h, const struct lang_rtype **culprit) {
    const struct lang_rtype *t = vm_iface_type(v);
    *h = vm_hash_word(t ? t->index : 0, *h); /* by index: the same in every run */
    if (!t)
        return EQUAL_YES;
    if (!(t->flags & LANG_RT_COMPARABLE)) {
        *culprit = t;
        return EQUAL_UNCOMPARABLE;
    }
    return work_push(w, t, vm_iface_value(v), NULL) ? EQUAL_YES : EQUAL_NO_MEMORY;
}

static enum equal_result hash_one(struct work *w, const struct item *it, uint64_t base, uint64_t *h,
                                  const struct lang_rtype **culprit) {
    const struct lang_rtype *t = it->type;
    switch (t->kind) {
    case LANG_K_FLOAT64: *h = hash_float(vm_float(vm_load64(it->a)), *h); return EQUAL_YES;
    case LANG_K_FLOAT32: *h = hash_float((double)vm_float32(vm_load32(it->a)), *h); return EQUAL_YES;
    case LANG_K_STRING: {
        rt_slot s = vm_load64(it->a);
        *h = vm_hash_bytes(vm_str_data(s), vm_str_len(s), *h);
        return EQUAL_YES;
    }
    case LANG_K_INTERFACE: return hash_box(w, vm_load64(it->a), h, culprit);
    case LANG_K_ARRAY: return hash_array(w, it, h);
    case LANG_K_STRUCT:
        for (uint32_t i = t->nfields; i-- > 0;) {
            const struct lang_rfield *f = &t->fields[i];
            if (f->name[0] == '_' && f->name[1] == '\0')
                continue;
            if (!work_push(w, f->type, it->a + f->slot, NULL))
                return EQUAL_NO_MEMORY;
        }
        return EQUAL_YES;
    case LANG_K_SLICE:
    case LANG_K_MAP:
    case LANG_K_FUNC: *culprit = t; return EQUAL_UNCOMPARABLE;
    default: *h = vm_hash_word(scalar_at(t, it->a) - (vm_is_address(t) ? base : 0), *h); return EQUAL_YES;
    }
}

enum equal_result vm_hash(const struct lang_rtype *type, const rt_slot *v, uint64_t base, uint64_t seed, uint64_t *hash,
                          const struct lang_rtype **culprit) {
    struct work w;
    work_init(&w);
    work_push(&w, type, v, NULL);
    enum equal_result r = EQUAL_YES;
    uint64_t h = seed;
    while (w.len && r == EQUAL_YES) {
        struct item it = w.items[--w.len];
        r = hash_one(&w, &it, base, &h, culprit);
    }
    work_free(&w);
    *hash = h;
    return r;
}
