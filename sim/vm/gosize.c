/* gosize.c - sizes of types in Go (amd64) and the growth of append. */
#include "gosize.h"

#include <stdbool.h>
#include <stddef.h>

#define GO_PAGE 8192u
#define MAX_SMALL 32768u
#define HEADER 8u            /* what Go's allocator puts before objects with pointers that are larger than: */
#define HEADER_FREE_SIZE 512u

/* The size classes of Go's allocator, in bytes. */
static const uint16_t size_classes[] = {
    0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 
    448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 
    3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 
    18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768
};

uint64_t go_round_size(uint64_t bytes, bool pointers) {
    uint64_t size = bytes;
    if (size > MAX_SMALL - HEADER)
        return size > UINT64_MAX - GO_PAGE ? bytes : (size + GO_PAGE - 1) / GO_PAGE * GO_PAGE;
    if (pointers && size > HEADER_FREE_SIZE)
        size += HEADER;
    size_t i = 0;
    while (size_classes[i] < size)
        i++;
    return size_classes[i] - (size - bytes);
}

static uint64_t next_cap(uint64_t cap, uint64_t need) {
    if (need > 2 * cap)
        return need;
    if (cap < 256)
        return 2 * cap;
    uint64_t next = cap;
    while (next < need)
        next += (next + 3 * 256) / 4;
    return next == cap ? next + (next + 3 * 256) / 4 : next;
}

uint64_t go_grow_cap(uint64_t cap, uint64_t need, uint64_t size, bool pointers) {
    if (size == 0)
        return need;
    uint64_t next = next_cap(cap, need);
    if (next > UINT64_MAX / size)
        return next;
    return go_round_size(next * size, pointers) / size;
}

/* ---- sizes ------------------------------------------------------------------------------------------------------- */

static struct vm_size fixed(uint32_t size, uint32_t align) { return (struct vm_size){ size, align }; }

static uint32_t saturate(uint64_t n) { return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n; }

static struct vm_size size_of_struct(const struct lang_rtype *t, const struct vm_size *sizes) {
    uint64_t at = 0;
    uint32_t align = 1;
    bool last_empty = false;
    for (uint32_t i = 0; i < t->nfields; i++) {
        struct vm_size f = sizes[t->fields[i].type->index];
        at = (at + f.align - 1) / f.align * f.align + f.size;
        align = f.align > align ? f.align : align;
        last_empty = f.size == 0;
    }
    if (last_empty && at) /* so that the address of the last field is not the next object's */
        at++;
    return fixed(saturate((at + align - 1) / align * align), align);
}

/* true if t's parts are all known. */
static bool parts_known(const struct lang_rtype *t, const struct vm_size *sizes) {
    if (t->kind == LANG_K_ARRAY)
        return sizes[t->elem->index].align != 0;
    if (t->kind != LANG_K_STRUCT)
        return true;
    for (uint32_t i = 0; i < t->nfields; i++)
        if (sizes[t->fields[i].type->index].align == 0)
            return false;
    return true;
}

static struct vm_size size_of(const struct lang_rtype *t, const struct vm_size *sizes) {
    switch (t->kind) {
    case LANG_K_BOOL:
    case LANG_K_INT8:
    case LANG_K_UINT8: return fixed(1, 1);
    case LANG_K_INT16:
    case LANG_K_UINT16: return fixed(2, 2);
    case LANG_K_INT32:
    case LANG_K_UINT32:
    case LANG_K_FLOAT32: return fixed(4, 4);
    case LANG_K_STRING:
    case LANG_K_INTERFACE: return fixed(16, 8);
    case LANG_K_SLICE: return fixed(24, 8);
    case LANG_K_ARRAY: {
        struct vm_size e = sizes[t->elem->index];
        return fixed(e.size && t->len > UINT32_MAX / e.size ? UINT32_MAX : (uint32_t)(t->len * e.size), e.align);
    }
    case LANG_K_STRUCT: return size_of_struct(t, sizes);
    default: return fixed(8, 8);
    }
}

/* Types may come in any order; each pass settles at least one more, and a value type cannot contain itself. */
void go_sizes(const struct lang_program *prog, struct vm_size *sizes) {
    bool more = true;
    for (uint32_t i = 0; i < prog->nrtypes; i++)
        sizes[i] = fixed(0, 0);
    while (more) {
        bool settled = false;
        more = false;
        for (uint32_t i = 1; i < prog->nrtypes; i++) {
            if (sizes[i].align)
                continue;
            if (parts_known(&prog->rtypes[i], sizes)) {
                sizes[i] = size_of(&prog->rtypes[i], sizes);
                settled = true;
            } else {
                more = true;
            }
        }
        if (!settled)
            return;
    }
}
