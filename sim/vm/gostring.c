/* gostring.c - strings: making, cutting, joining, UTF-8. */
#include <string.h>

#include "atoms.h"
#include "vmi.h"

enum vm_do vm_str_buffer(struct vm_p *vp, struct vm_g *vg, uint64_t n, rt_slot *out, uint8_t **bytes) {
    *out = 0;
    *bytes = NULL;
    if (n == 0)
        return VM_DONE;
    struct vm_string *s = n > SIZE_MAX / 2 ? NULL : vm_alloc(vp, sizeof *s + n, heap_head(HEAP_STRING, NULL));
    if (!s)
        return vm_out_of_memory(vp, vg);
    s->len = n;
    s->data = *bytes = (uint8_t *)(s + 1);
    *out = (uintptr_t)s;
    return VM_DONE;
}

enum vm_do vm_str_new(struct vm_p *vp, struct vm_g *vg, const void *bytes, uint64_t n, rt_slot *out) {
    uint8_t *to;
    rt_slot s;
    enum vm_do r = vm_str_buffer(vp, vg, n, &s, &to);
    if (r == VM_DONE)
        vm_copy_bytes(to, bytes, n);
    *out = s;
    return r;
}

enum vm_do vm_str_sub(struct vm_p *vp, struct vm_g *vg, rt_slot s, uint64_t lo, uint64_t hi, rt_slot *out) {
    uint64_t n = hi - lo;
    if (n == 0 || n == vm_str_len(s)) {
        *out = n ? s : 0;
        return VM_DONE;
    }
    struct vm_string *t = vm_alloc(vp, sizeof *t, heap_head(HEAP_STRING, NULL));
    if (!t)
        return vm_out_of_memory(vp, vg);
    t->len = n;
    t->data = vm_str_data(s) + lo;
    *out = (uintptr_t)t;
    return VM_DONE;
}

enum vm_do vm_str_concat(struct vm_p *vp, struct vm_g *vg, const rt_slot *parts, unsigned n, rt_slot *out) {
    uint64_t total = 0;
    unsigned filled = 0, last = 0;
    for (unsigned i = 0; i < n; i++) {
        uint64_t len = vm_str_len(parts[i]);
        if (len == 0)
            continue;
        if (total + len < total)
            return vm_err_plain(vp, vg, "string concatenation too long");
        total += len;
        filled++;
        last = i;
    }
    if (filled <= 1) { /* as Go: the only one that is not empty serves as it is */
        *out = filled ? parts[last] : 0;
        return VM_DONE;
    }
    uint8_t *to;
    rt_slot s;
    enum vm_do r = vm_str_buffer(vp, vg, total, &s, &to);
    if (r != VM_DONE)
        return r;
    for (unsigned i = 0; i < n; i++) {
        uint64_t len = vm_str_len(parts[i]);
        if (len)
            memcpy(to, vm_str_data(parts[i]), len);
        to += len;
    }
    *out = s;
    return VM_DONE;
}

/* ---- UTF-8 ------------------------------------------------------------------------------------------------------- */

uint32_t vm_rune_at(const uint8_t *p, uint64_t n, unsigned *width) {
    static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    *width = 1;
    uint32_t c = p[0];
    if (c < 0x80)
        return c;
    unsigned len = c >= 0xf0 && c < 0xf8 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc0 && c < 0xe0 ? 2 : 0;
    if (len == 0 || len > n)
        return 0xfffd;
    c &= 0x7fu >> len;
    for (unsigned i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0xfffd;
        c = c << 6 | (p[i] & 0x3fu);
    }
    if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return 0xfffd;
    *width = len;
    return c;
}

unsigned vm_rune_put(uint8_t out[4], int64_t rune) {
    uint32_t c = rune < 0 || rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000) ? 0xfffd : (uint32_t)rune;
    if (c < 0x80) {
        out[0] = (uint8_t)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (uint8_t)(0xc0 | c >> 6);
        out[1] = (uint8_t)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (uint8_t)(0xe0 | c >> 12);
        out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
        out[2] = (uint8_t)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | c >> 18);
    out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
    out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
    out[3] = (uint8_t)(0x80 | (c & 0x3f));
    return 4;
}

enum vm_do vm_str_of_rune(struct vm_p *vp, struct vm_g *vg, int64_t rune, rt_slot *out) {
    uint8_t bytes[4];
    unsigned n = vm_rune_put(bytes, rune);
    return vm_str_new(vp, vg, bytes, n, out);
}

enum vm_do vm_str_of_runes(struct vm_p *vp, struct vm_g *vg, rt_slot slice, rt_slot *out) {
    const uint8_t *data = vm_slice_data(slice);
    uint64_t n = vm_slice_len(slice), total = 0;
    uint8_t bytes[4];
    for (uint64_t i = 0; i < n; i++)
        total += vm_rune_put(bytes, (int32_t)vm_load32(data + i * 4));
    uint8_t *to;
    rt_slot s;
    enum vm_do r = vm_str_buffer(vp, vg, total, &s, &to);
    if (r != VM_DONE)
        return r;
    uint64_t at = 0;
    for (uint64_t i = 0; i < n; i++) { /* a racing writer may have made the runes longer: stay within what was made */
        unsigned w = vm_rune_put(bytes, (int32_t)vm_load32(data + i * 4));
        if (w > total - at)
            break;
        memcpy(to + at, bytes, w);
        at += w;
    }
    *out = s;
    return VM_DONE;
}

enum vm_do vm_runes_of_str(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct lang_rtype *type, rt_slot *out) {
    const uint8_t *p = vm_str_data(s);
    uint64_t n = vm_str_len(s), count = 0;
    unsigned w;
    for (uint64_t at = 0; at < n; at += w, count++)
        vm_rune_at(p + at, n - at, &w);
    rt_slot slice;
    enum vm_do r = vm_slice_make(vp, vg, type, (int64_t)count, (int64_t)count, &slice);
    if (r != VM_DONE)
        return r;
    uint8_t *data = vm_slice_data(slice);
    uint64_t i = 0;
    for (uint64_t at = 0; at < n; at += w)
        vm_store32(data + 4 * i++, vm_rune_at(p + at, n - at, &w));
    *out = slice;
    return VM_DONE;
}

enum vm_do vm_bytes_of_str(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct lang_rtype *type, rt_slot *out) {
    uint64_t n = vm_str_len(s);
    rt_slot slice;
    enum vm_do r = vm_slice_make(vp, vg, type, (int64_t)n, (int64_t)n, &slice);
    if (r != VM_DONE)
        return r;
    vm_copy_bytes(vm_slice_data(slice), vm_str_data(s), n);
    *out = slice;
    return VM_DONE;
}
