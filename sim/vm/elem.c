/* elem.c - elements of arrays and slices by their codes, packed or whole slots. */
#include <string.h>

#include "atoms.h"
#include "elem.h"

unsigned vm_elem_bytes(uint16_t code) {
    switch (code) {
    case LANG_EL_I8:
    case LANG_EL_U8: return 1;
    case LANG_EL_I16:
    case LANG_EL_U16: return 2;
    case LANG_EL_I32:
    case LANG_EL_U32: return 4;
    default: return (unsigned)code * 8;
    }
}

void vm_elem_load(uint16_t code, const uint8_t *data, uint64_t i, rt_slot *out) {
    switch (code) {
    case LANG_EL_I8: out[0] = (uint64_t)(int64_t)(int8_t)vm_load8(data + i); return;
    case LANG_EL_U8: out[0] = vm_load8(data + i); return;
    case LANG_EL_I16: out[0] = (uint64_t)(int64_t)(int16_t)vm_load16(data + 2 * i); return;
    case LANG_EL_U16: out[0] = vm_load16(data + 2 * i); return;
    case LANG_EL_I32: out[0] = (uint64_t)(int64_t)(int32_t)vm_load32(data + 4 * i); return;
    case LANG_EL_U32: out[0] = vm_load32(data + 4 * i); return;
    default:
        for (unsigned k = 0; k < code; k++)
            out[k] = vm_load64(data + 8 * (i * code + k));
    }
}

void vm_elem_store(uint16_t code, uint8_t *data, uint64_t i, const rt_slot *in) {
    switch (code) {
    case LANG_EL_I8:
    case LANG_EL_U8: vm_store8(data + i, (uint8_t)in[0]); return;
    case LANG_EL_I16:
    case LANG_EL_U16: vm_store16(data + 2 * i, (uint16_t)in[0]); return;
    case LANG_EL_I32:
    case LANG_EL_U32: vm_store32(data + 4 * i, (uint32_t)in[0]); return;
    default:
        for (unsigned k = 0; k < code; k++)
            vm_store64(data + 8 * (i * code + k), in[k]);
    }
}

void vm_elems_load(const struct lang_rtype *array, const uint8_t *at, rt_slot *slots) {
    uint8_t *to = (uint8_t *)slots;
    memset(slots, 0, (size_t)array->slots * 8);
    for (uint64_t i = 0; i < array->len; i++) {
        rt_slot v;
        vm_elem_load(array->elem->elem_code, at, i, &v);
        vm_elem_store(array->elem->elem_code, to, i, &v);
    }
}

void vm_elems_store(const struct lang_rtype *array, uint8_t *at, const rt_slot *slots) {
    const uint8_t *from = (const uint8_t *)slots;
    for (uint64_t i = 0; i < array->len; i++) {
        rt_slot v;
        vm_elem_load(array->elem->elem_code, from, i, &v);
        vm_elem_store(array->elem->elem_code, at, i, &v);
    }
}
