/* native_strings.c - packages strings and bytes: searching, and text without a copy. */
#include <string.h>

#include "library.h"

static rt_slot first(const uint8_t *s, uint64_t n, const uint8_t *sub, uint64_t m) {
    if (m == 0)
        return 0;
    if (m > n)
        return (rt_slot)-1;
    const uint8_t *at = m == 1 ? memchr(s, sub[0], n) : memmem(s, n, sub, m);
    return at ? (rt_slot)(at - s) : (rt_slot)-1;
}

static rt_slot last(const uint8_t *s, uint64_t n, const uint8_t *sub, uint64_t m) {
    if (m > n)
        return (rt_slot)-1;
    for (uint64_t i = n - m + 1; i-- > 0;)
        if (memcmp(s + i, sub, m) == 0)
            return i;
    return (rt_slot)-1;
}

enum rt_status native_strings_index(struct vm_call *c) {
    c->results[0] = first(vm_str_data(c->args[0]), vm_str_len(c->args[0]), vm_str_data(c->args[1]), vm_str_len(c->args[1]));
    return RT_OK;
}

enum rt_status native_strings_lastIndex(struct vm_call *c) {
    c->results[0] = last(vm_str_data(c->args[0]), vm_str_len(c->args[0]), vm_str_data(c->args[1]), vm_str_len(c->args[1]));
    return RT_OK;
}

enum rt_status native_strings_indexByte(struct vm_call *c) {
    uint8_t b = (uint8_t)c->args[1];
    c->results[0] = first(vm_str_data(c->args[0]), vm_str_len(c->args[0]), &b, 1);
    return RT_OK;
}

enum rt_status native_strings_share(struct vm_call *c) {
    const uint8_t *data = vm_slice_data(c->args[0]);
    return vm_string_over(c, data, vm_slice_len(c->args[0]), &c->results[0]) ? RT_OK : RT_FATAL;
}

/* A nil slice has no bytes to point to; memcmp and memmem want some. */
static const uint8_t *bytes_of(rt_slot slice) {
    const uint8_t *data = vm_slice_data(slice);
    return data ? data : (const uint8_t *)"";
}

enum rt_status native_bytes_Index(struct vm_call *c) {
    c->results[0] = first(bytes_of(c->args[0]), vm_slice_len(c->args[0]), bytes_of(c->args[1]), vm_slice_len(c->args[1]));
    return RT_OK;
}

enum rt_status native_bytes_LastIndex(struct vm_call *c) {
    c->results[0] = last(bytes_of(c->args[0]), vm_slice_len(c->args[0]), bytes_of(c->args[1]), vm_slice_len(c->args[1]));
    return RT_OK;
}

enum rt_status native_bytes_IndexByte(struct vm_call *c) {
    uint8_t b = (uint8_t)c->args[1];
    c->results[0] = first(bytes_of(c->args[0]), vm_slice_len(c->args[0]), &b, 1);
    return RT_OK;
}

static int64_t order(const uint8_t *a, uint64_t n, const uint8_t *b, uint64_t m) {
    int r = memcmp(a, b, n < m ? n : m);
    if (r != 0)
        return r < 0 ? -1 : 1;
    return n < m ? -1 : n > m;
}

enum rt_status native_bytes_Compare(struct vm_call *c) {
    c->results[0] = (rt_slot)order(bytes_of(c->args[0]), vm_slice_len(c->args[0]), bytes_of(c->args[1]), vm_slice_len(c->args[1]));
    return RT_OK;
}

enum rt_status native_bytes_Equal(struct vm_call *c) {
    c->results[0] =
        order(bytes_of(c->args[0]), vm_slice_len(c->args[0]), bytes_of(c->args[1]), vm_slice_len(c->args[1])) == 0;
    return RT_OK;
}
