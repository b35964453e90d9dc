/* access.c - VarRead and VarWrite events: what an instruction is about to do to memory that others can reach. */
#include "atoms.h"
#include "vmi.h"

struct access {
    const uint8_t *at; /* NULL: none */
    unsigned bytes;
    bool write;
    uint64_t value; /* of a write */
};

static struct access field(rt_slot base, uint16_t slots, unsigned bytes) {
    return (struct access){ .at = base ? (const uint8_t *)(uintptr_t)base + 8u * slots : NULL, .bytes = bytes };
}

static struct access element(rt_slot slice, uint64_t i, unsigned bytes) {
    const struct vm_slice *s = (const struct vm_slice *)(uintptr_t)slice;
    return (struct access){ .at = s && i < s->len ? s->data + i * bytes : NULL, .bytes = bytes };
}

static struct access writes(struct access a, uint64_t value) {
    a.write = true;
    a.value = value;
    return a;
}

static struct access access_of(const struct vm *vm, const struct insn *pc, const rt_slot *R) {
    struct insn i = *pc;
    switch (i.op) {
    case OP_LOAD:
    case OP_LOADN: return field(R[i.b], i.c, 8);
    case OP_LOAD_I8:
    case OP_LOAD_U8: return field(R[i.b], i.c, 1);
    case OP_LOAD_I16:
    case OP_LOAD_U16: return field(R[i.b], i.c, 2);
    case OP_LOAD_I32:
    case OP_LOAD_U32: return field(R[i.b], i.c, 4);
    case OP_STORE:
    case OP_STOREN: return writes(field(R[i.a], i.c, 8), R[i.b]);
    case OP_STORE_8: return writes(field(R[i.a], i.c, 1), R[i.b]);
    case OP_STORE_16: return writes(field(R[i.a], i.c, 2), R[i.b]);
    case OP_STORE_32: return writes(field(R[i.a], i.c, 4), R[i.b]);
    case OP_LOADG:
    case OP_LOADGN: return field((uintptr_t)&vm->globals[insn_u32(i)], 0, 8);
    case OP_STOREG:
    case OP_STOREGN: return writes(field((uintptr_t)&vm->globals[insn_u32(i)], 0, 8), R[i.a]);
    case OP_LDX_64: return element(R[i.b], R[i.c], 8);
    case OP_LDX_I8:
    case OP_LDX_U8: return element(R[i.b], R[i.c], 1);
    case OP_LDX_I16:
    case OP_LDX_U16: return element(R[i.b], R[i.c], 2);
    case OP_LDX_I32:
    case OP_LDX_U32: return element(R[i.b], R[i.c], 4);
    case OP_STX_64: return writes(element(R[i.a], R[i.b], 8), R[i.c]);
    case OP_STX_8: return writes(element(R[i.a], R[i.b], 1), R[i.c]);
    case OP_STX_16: return writes(element(R[i.a], R[i.b], 2), R[i.c]);
    case OP_STX_32: return writes(element(R[i.a], R[i.b], 4), R[i.c]);
    default: return (struct access){ .at = NULL };
    }
}

static uint64_t read_bytes(const uint8_t *p, unsigned bytes) {
    switch (bytes) {
    case 1: return vm_load8(p);
    case 2: return vm_load16(p);
    case 4: return vm_load32(p);
    default: return vm_load64(p);
    }
}

uint64_t vm_shown_word(const struct vm *vm, uint64_t word) {
    const struct lang_program *prog = vm->prog;
    const void *p = (const void *)(uintptr_t)word;
    if (heap_contains(&vm->heap, p))
        return heap_shown(&vm->heap, word);
    /* What lies in the program itself, not in Go memory, has an address that differs from run to run. */
    if (word - (uintptr_t)prog->strings < prog->nstrings * sizeof *prog->strings)
        return (word - (uintptr_t)prog->strings) / sizeof *prog->strings;
    if (word - (uintptr_t)vm->func_words < prog->nfuncs * sizeof *vm->func_words)
        return (word - (uintptr_t)vm->func_words) / sizeof *vm->func_words;
    if (word - (uintptr_t)prog->rtypes < prog->nrtypes * sizeof *prog->rtypes)
        return (word - (uintptr_t)prog->rtypes) / sizeof *prog->rtypes;
    return word;
}

/* Is R's function the program's own? What the library does to its variables would drown the program's. */
static bool own_code(const struct lang_program *prog, const rt_slot *R) {
    uint32_t fn = vm_link_fn(R[1]), file = fn < prog->nfuncs ? prog->funcs[fn].file : UINT32_MAX;
    return file < prog->nfiles && !prog->files[file].library;
}

void vm_trace_access(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, const rt_slot *R) {
    struct access a = access_of(vp->vm, pc, R);
    (void)vg;
    if (!a.at || !rt_listening(vp->mp) || !own_code(vp->vm->prog, R))
        return;
    uint64_t var = (uintptr_t)a.at - (uintptr_t)vp->vm->heap.base;
    uint64_t value = a.write ? a.value : read_bytes(a.at, a.bytes);
    rt_emit(vp->mp, a.write ? RT_EV_VarWrite : RT_EV_VarRead, RT_WHY_None, var, vm_shown_word(vp->vm, value), RT_VAL_INT);
}
