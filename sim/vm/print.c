/* print.c - the built-ins print and println, and what a dying program says of a panic's value. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "equal.h"
#include "floatfmt.h"
#include "vmi.h"

/* ---- floats ------------------------------------------------------------------------------------------------------ */

void vm_print_float(double d, bool is32, struct str *out) {
    size_t n;
    char *text = float_format(d, 'g', -1, is32, &n);
    if (text)
        str_add(out, text, n);
    out->failed |= !text;
    free(text);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static void hex(uint64_t v, struct str *out) { str_addf(out, "0x%" PRIx64, v); }
static void address(const struct vm *vm, uint64_t v, struct str *out) { hex(vm_address(vm, v), out); }

/* Type words are shown by their place in the program's table: the same in every run. */
static void iface_words(const struct vm *vm, rt_slot i, struct str *out) {
    const struct lang_rtype *t = vm_iface_type(i);
    str_addc(out, '(');
    hex(t ? HEAP_VIRTUAL_BASE / 16 + t->index * 64 : 0, out);
    str_addc(out, ',');
    bool direct = t && (vm_is_address(t));
    address(vm, !t ? 0 : direct ? vm_iface_value(i)[0] : (uintptr_t)vm_iface_value(i), out);
    str_addc(out, ')');
}

void vm_print_value(const struct vm *vm, const struct lang_rtype *type, const rt_slot *value, struct str *out) {
    rt_slot v = type->slots ? value[0] : 0;
    switch (type->kind) {
    case LANG_K_BOOL: str_adds(out, v & 1 ? "true" : "false"); return;
    case LANG_K_INT:
    case LANG_K_INT8:
    case LANG_K_INT16:
    case LANG_K_INT32:
    case LANG_K_INT64: str_addf(out, "%" PRId64, (int64_t)v); return;
    case LANG_K_UINT:
    case LANG_K_UINT8:
    case LANG_K_UINT16:
    case LANG_K_UINT32:
    case LANG_K_UINT64:
    case LANG_K_UINTPTR: str_addf(out, "%" PRIu64, v); return;
    case LANG_K_FLOAT32: vm_print_float((double)vm_float32(v), true, out); return;
    case LANG_K_FLOAT64: vm_print_float(vm_float(v), false, out); return;
    case LANG_K_STRING: str_add(out, (const char *)vm_str_data(v), vm_str_len(v)); return;
    case LANG_K_SLICE:
        str_addf(out, "[%" PRIu64 "/%" PRIu64 "]", vm_slice_len(v), vm_slice_cap(v));
        address(vm, (uintptr_t)vm_slice_data(v), out);
        return;
    case LANG_K_INTERFACE: iface_words(vm, v, out); return;
    default: address(vm, v, out); return;
    }
}

void vm_print_op(struct vm_p *vp, const struct insn *pc, const rt_slot *R) {
    rt_shares_output(vp->mp);
    struct str out = { 0 };
    bool line = pc->c != 0;
    for (unsigned i = 0; i < pc->b; i++) {
        struct insn arg = pc[1 + i];
        if (line && i)
            str_addc(&out, ' ');
        vm_print_value(vp->vm, &vp->vm->prog->rtypes[arg.b], R + arg.a, &out);
    }
    if (line)
        str_addc(&out, '\n');
    rt_raw_write(vp->mp, 2, str_cstr(&out), out.len);
    str_free(&out);
}

/* ---- panics' values (runtime/error.go, printpanicval) ------------------------------------------------------------- */

void vm_print_indented(const char *bytes, size_t n, struct str *out) {
    for (size_t i = 0; i < n; i++) {
        str_addc(out, bytes[i]);
        if (bytes[i] == '\n')
            str_addc(out, '\t');
    }
}

static void named_value(const struct vm *vm, const struct lang_rtype *t, const rt_slot *v, struct str *out) {
    if (t->kind == LANG_K_STRING) {
        str_addf(out, "%s(\"", t->name);
        vm_print_indented((const char *)vm_str_data(v[0]), vm_str_len(v[0]), out);
        str_adds(out, "\")");
        return;
    }
    str_addf(out, "%s(", t->name);
    vm_print_value(vm, t, v, out);
    str_addc(out, ')');
}

void vm_print_panic_value(const struct vm *vm, rt_slot iface, struct str *out) {
    const struct lang_rtype *t = vm_iface_type(iface);
    const rt_slot *v = vm_iface_value(iface);
    if (!t) {
        str_adds(out, "nil");
        return;
    }
    bool predeclared = !t->pkg || !t->pkg[0];
    bool prefixed = t == vm->known.bounds_error || t == vm->known.error_string;
    if (prefixed || t == vm->known.plain_error) {
        if (prefixed)
            str_adds(out, "runtime error: ");
        vm_print_indented((const char *)vm_str_data(v[0]), vm_str_len(v[0]), out);
        return;
    }
    if (t->kind == LANG_K_STRING && predeclared) {
        vm_print_indented((const char *)vm_str_data(v[0]), vm_str_len(v[0]), out);
        return;
    }
    if (t->kind >= LANG_K_BOOL && t->kind <= LANG_K_STRING) {
        if (predeclared)
            vm_print_value(vm, t, v, out);
        else
            named_value(vm, t, v, out);
        return;
    }
    str_addf(out, "(%s) ", t->name);
    address(vm, vm_is_address(t) ? v[0] : (uintptr_t)v, out);
}
