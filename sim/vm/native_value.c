/* native_value.c - package internal/value: looking into values by their types, for fmt and the like.
 *
 * A Type is a descriptor's address. A part of a value is boxed with its static type; a part whose static type is an
 * interface is an interface already, and is handed out as it is. */
#include <string.h>

#include "library.h"
#include "vmi.h"

static const struct lang_rtype *type_arg(struct vm_call *c, unsigned i) { return library_pointer(c->args[i]); }

static enum rt_status give_type(struct vm_call *c, const struct lang_rtype *t) {
    c->results[0] = (uintptr_t)t;
    return RT_OK;
}

/* Numbers of reflect.Kind, by our kinds. */
static const uint8_t go_kinds[] = {
    [LANG_K_INVALID] = 0, [LANG_K_BOOL] = 1,     [LANG_K_INT] = 2,      [LANG_K_INT8] = 3,     [LANG_K_INT16] = 4,
    [LANG_K_INT32] = 5,   [LANG_K_INT64] = 6,    [LANG_K_UINT] = 7,     [LANG_K_UINT8] = 8,    [LANG_K_UINT16] = 9,
    [LANG_K_UINT32] = 10, [LANG_K_UINT64] = 11,  [LANG_K_UINTPTR] = 12, [LANG_K_FLOAT32] = 13, [LANG_K_FLOAT64] = 14,
    [LANG_K_ARRAY] = 17,  [LANG_K_CHAN] = 18,    [LANG_K_FUNC] = 19,    [LANG_K_INTERFACE] = 20, [LANG_K_MAP] = 21,
    [LANG_K_POINTER] = 22, [LANG_K_SLICE] = 23,  [LANG_K_STRING] = 24,  [LANG_K_STRUCT] = 25,
};

enum rt_status native_value_TypeOf(struct vm_call *c) { return give_type(c, vm_iface_type(c->args[0])); }

enum rt_status native_value_KindOf(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0);
    c->results[0] = t ? go_kinds[t->kind] : 0;
    return RT_OK;
}

enum rt_status native_value_Number(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0);
    c->results[0] = t ? t->index : 0;
    return RT_OK;
}

enum rt_status native_value_TypeString(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0);
    return library_text(c, t ? t->name : "<nil>");
}

enum rt_status native_value_ElemType(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0);
    return give_type(c, t ? t->elem : NULL);
}

enum rt_status native_value_KeyType(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0);
    return give_type(c, t ? t->key : NULL);
}

enum rt_status native_value_NumField(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0);
    c->results[0] = t ? t->nfields : 0;
    return RT_OK;
}

static const struct lang_rfield *field_of(const struct lang_rtype *t, uint64_t i) {
    return t && i < t->nfields ? &t->fields[i] : NULL;
}

static enum rt_status no_such_part(struct vm_call *c) { return vm_panic_string(c, "value: no such part"); }

enum rt_status native_value_FieldName(struct vm_call *c) {
    const struct lang_rfield *f = field_of(type_arg(c, 0), c->args[1]);
    return f ? library_text(c, f->name) : no_such_part(c);
}

enum rt_status native_value_FieldType(struct vm_call *c) {
    const struct lang_rfield *f = field_of(type_arg(c, 0), c->args[1]);
    return f ? give_type(c, f->type) : no_such_part(c);
}

/* The first slot of a value whose kind the caller has checked, whatever the kind. */
static enum rt_status first_slot(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    if (!t || t->slots == 0)
        return no_such_part(c);
    rt_slot s;
    vm_load(t, vm_iface_value(c->args[0]), &s);
    c->results[0] = s;
    return RT_OK;
}

enum rt_status native_value_BoolOf(struct vm_call *c) { return first_slot(c); }
enum rt_status native_value_IntOf(struct vm_call *c) { return first_slot(c); }
enum rt_status native_value_UintOf(struct vm_call *c) { return first_slot(c); }
enum rt_status native_value_StringOf(struct vm_call *c) { return first_slot(c); }

enum rt_status native_value_FloatOf(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    enum rt_status r = first_slot(c);
    if (r == RT_OK && t->kind == LANG_K_FLOAT32)
        c->results[0] = vm_of_float((double)vm_float32(c->results[0]));
    return r;
}

/* Boxes what lies at an address; an interface comes as it is. */
static enum rt_status give_part(struct vm_call *c, const struct lang_rtype *t, const void *at) {
    rt_slot one = 0;
    const rt_slot *slots = at;
    if (t->slots == 1) {
        vm_load(t, at, &one);
        slots = &one;
    }
    if (t->kind == LANG_K_INTERFACE) {
        c->results[0] = one;
        return RT_OK;
    }
    return vm_new_iface(c, t, slots, &c->results[0]) ? RT_OK : RT_FATAL;
}

static uint64_t length_of(const struct lang_rtype *t, const rt_slot *value) {
    switch (t->kind) {
    case LANG_K_ARRAY: return t->len;
    case LANG_K_SLICE: return vm_slice_len(value[0]);
    case LANG_K_STRING: return vm_str_len(value[0]);
    case LANG_K_MAP: return vm_map_count(value[0]);
    case LANG_K_CHAN: return value[0] ? rt_chan_len(library_pointer(value[0])) : 0;
    default: return 0;
    }
}

enum rt_status native_value_Len(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    c->results[0] = t ? length_of(t, vm_iface_value(c->args[0])) : 0;
    return RT_OK;
}

/* Where the elements of an array or slice lie; NULL for anything else. */
static const uint8_t *elements_of(const struct lang_rtype *t, const rt_slot *value) {
    if (t->kind == LANG_K_ARRAY)
        return (const uint8_t *)value;
    return t->kind == LANG_K_SLICE ? vm_slice_data(value[0]) : NULL;
}

enum rt_status native_value_Index(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    const rt_slot *value = vm_iface_value(c->args[0]);
    uint64_t i = c->args[1];
    if (!t || (t->kind != LANG_K_ARRAY && t->kind != LANG_K_SLICE) || i >= length_of(t, value))
        return no_such_part(c);
    const uint8_t *data = elements_of(t, value);
    if (data && t->kind == LANG_K_SLICE)
        vm_race_touch(c, data + i * vm_elem_size(t->elem), vm_elem_size(t->elem), RACE_READ);
    return give_part(c, t->elem, data ? data + i * vm_elem_size(t->elem) : NULL);
}

enum rt_status native_value_Field(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    const struct lang_rfield *f = field_of(t, c->args[1]);
    return f ? give_part(c, f->type, vm_iface_value(c->args[0]) + f->slot) : no_such_part(c);
}

enum rt_status native_value_Elem(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    if (!t || t->kind != LANG_K_POINTER)
        return no_such_part(c);
    const void *at = library_pointer(vm_iface_value(c->args[0])[0]);
    vm_race_touch(c, at, vm_elem_size(t->elem), RACE_READ);
    return at ? give_part(c, t->elem, at) : library_nil(c);
}

enum rt_status native_value_BytesOf(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    const rt_slot *value = vm_iface_value(c->args[0]);
    if (!t || !t->elem || t->elem->kind != LANG_K_UINT8)
        return no_such_part(c);
    if (t->kind == LANG_K_ARRAY)
        return vm_new_byte_slice(c, value, t->len, &c->results[0]) ? RT_OK : RT_FATAL;
    if (t->kind != LANG_K_SLICE)
        return no_such_part(c);
    c->results[0] = value[0];
    return RT_OK;
}

/* Fills a slice of any that has room for all; a map that grows meanwhile is told as far as there is room. */
enum rt_status native_value_entries(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    if (!t || t->kind != LANG_K_MAP)
        return no_such_part(c);
    rt_slot map = vm_iface_value(c->args[0])[0], into = c->args[1];
    rt_slot *out = library_pointer((uintptr_t)vm_slice_data(into));
    uint64_t room = vm_slice_len(into), n = 0, cursor = 0;
    const rt_slot *key, *value;
    vm_race_touch(c, library_pointer(map), 8, RACE_READ);
    while (n + 2 <= room && vm_map_each(map, &cursor, &key, &value)) {
        const void *parts[2] = {key, value};
        const struct lang_rtype *types[2] = {t->key, t->elem};
        for (int i = 0; i < 2; i++) {
            enum rt_status r = give_part(c, types[i], parts[i]);
            if (r != RT_OK)
                return r;
            out[n++] = c->results[0];
        }
    }
    c->results[0] = n;
    return RT_OK;
}

/* The word behind a pointer, map, slice, function or channel. */
static bool word_of(rt_slot v, rt_slot *word) {
    const struct lang_rtype *t = vm_iface_type(v);
    if (!t)
        return false;
    switch (t->kind) {
    case LANG_K_POINTER:
    case LANG_K_SLICE:
    case LANG_K_MAP:
    case LANG_K_CHAN:
    case LANG_K_FUNC: *word = vm_iface_value(v)[0]; return true;
    default: return false;
    }
}

enum rt_status native_value_IsNil(struct vm_call *c) {
    rt_slot word;
    c->results[0] = word_of(c->args[0], &word) && word == 0;
    return RT_OK;
}

enum rt_status native_value_Address(struct vm_call *c) {
    rt_slot word = 0;
    if (word_of(c->args[0], &word) && vm_iface_type(c->args[0])->kind == LANG_K_SLICE)
        word = (uintptr_t)vm_slice_data(word);
    c->results[0] = word ? vm_address(c->vm, word) : 0;
    return RT_OK;
}

static bool implements(const struct lang_rtype *t, const struct lang_rtype *iface) {
    for (uint32_t i = 0; i < iface->nmethods; i++) {
        const struct lang_rmethod *m = lang_method(t, iface->methods[i].id);
        if (!m || m->type != iface->methods[i].type)
            return false;
    }
    return true;
}

enum rt_status native_value_Implements(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0), *iface = type_arg(c, 1);
    c->results[0] = t && iface && iface->kind == LANG_K_INTERFACE && implements(t, iface);
    return RT_OK;
}

enum rt_status native_value_Assign(struct vm_call *c) {
    const struct lang_rtype *target = vm_iface_type(c->args[0]), *t = vm_iface_type(c->args[1]);
    if (!target || target->kind != LANG_K_POINTER || !t)
        return no_such_part(c);
    void *at = library_pointer(vm_iface_value(c->args[0])[0]);
    bool fits = t == target->elem || (target->elem->kind == LANG_K_INTERFACE && implements(t, target->elem));
    if (fits && !at)
        return library_nil(c);
    vm_race_touch(c, fits ? at : NULL, vm_elem_size(target->elem), RACE_WRITE);
    if (fits)
        vm_store(target->elem, at, t == target->elem ? vm_iface_value(c->args[1]) : &c->args[1]);
    c->results[0] = fits;
    return RT_OK;
}

static enum rt_status set_slot(struct vm_call *c, rt_slot value) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    if (!t || t->kind != LANG_K_POINTER || t->elem->slots != 1)
        return no_such_part(c);
    void *at = library_pointer(vm_iface_value(c->args[0])[0]);
    if (!at)
        return library_nil(c);
    vm_race_touch(c, at, vm_elem_size(t->elem), RACE_WRITE);
    vm_store(t->elem, at, &value);
    return RT_OK;
}

enum rt_status native_value_SetWord(struct vm_call *c) { return set_slot(c, c->args[1]); }
enum rt_status native_value_SetString(struct vm_call *c) { return set_slot(c, c->args[1]); }

enum rt_status native_value_SetFloat(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    bool narrow = t && t->elem && t->elem->kind == LANG_K_FLOAT32;
    return set_slot(c, narrow ? vm_of_float32((float)vm_float(c->args[1])) : c->args[1]);
}

enum rt_status native_value_Comparable(struct vm_call *c) {
    const struct lang_rtype *t = type_arg(c, 0);
    c->results[0] = !t || (t->flags & LANG_RT_COMPARABLE) != 0;
    return RT_OK;
}

/* Exchanges words one at a time, so that a racing reader never sees half of one. */
static void swap_words(rt_slot *a, rt_slot *b, uint64_t n) {
    for (uint64_t i = 0; i < n; i++) {
        rt_slot x = __atomic_load_n(&a[i], __ATOMIC_RELAXED), y = __atomic_load_n(&b[i], __ATOMIC_RELAXED);
        __atomic_store_n(&a[i], y, __ATOMIC_RELEASE);
        __atomic_store_n(&b[i], x, __ATOMIC_RELEASE);
    }
}

enum rt_status native_value_Swap(struct vm_call *c) {
    const struct lang_rtype *t = vm_iface_type(c->args[0]);
    if (!t || t->kind != LANG_K_SLICE)
        return no_such_part(c);
    rt_slot slice = vm_iface_value(c->args[0])[0];
    uint64_t i = c->args[1], j = c->args[2], n = vm_slice_len(slice);
    if (i >= n || j >= n)
        return vm_panic_string(c, "reflect: slice index out of range");
    uint64_t size = vm_elem_size(t->elem);
    uint8_t *a = vm_slice_data(slice) + i * size, *b = vm_slice_data(slice) + j * size;
    vm_race_touch(c, a, size, RACE_WRITE);
    vm_race_touch(c, b, size, RACE_WRITE);
    if (size >= sizeof(rt_slot) || size == 0) {
        swap_words((rt_slot *)(void *)a, (rt_slot *)(void *)b, size / sizeof(rt_slot));
        return RT_OK;
    }
    rt_slot x, y;
    vm_load(t->elem, a, &x);
    vm_load(t->elem, b, &y);
    vm_store(t->elem, a, &y);
    vm_store(t->elem, b, &x);
    return RT_OK;
}
