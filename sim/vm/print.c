/* print.c - the built-ins print and println, and what a dying program says of a panic's value. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "equal.h"
#include "vmi.h"

/* ---- floats ------------------------------------------------------------------------------------------------------ */

/* The fewest digits that read back as d; *exp: the decimal exponent of the first. */
static int shortest_digits(double d, bool is32, char digits[32], int *exp) {
    char buf[64];
    for (int n = 1;; n++) {
        snprintf(buf, sizeof buf, "%.*e", n - 1, d);
        double back = strtod(buf, NULL);
        bool same = is32 ? strtof(buf, NULL) == (float)d : back == d;
        if (same || n == 17)
            break;
    }
    int n = 0;
    const char *p = buf;
    for (; *p && *p != 'e'; p++) /* a locale's decimal mark may stand between */
        if (*p >= '0' && *p <= '9')
            digits[n++] = *p;
    *exp = *p ? atoi(p + 1) : 0;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = '\0';
    return n;
}

void vm_print_float(double d, bool is32, struct str *out) {
    if (isnan(d)) {
        str_adds(out, "NaN");
        return;
    }
    if (isinf(d)) {
        str_adds(out, d < 0 ? "-Inf" : "+Inf");
        return;
    }
    if (signbit(d))
        str_addc(out, '-');
    char digits[32];
    int exp, n = shortest_digits(fabs(d), is32, digits, &exp);
    if (exp < -4 || exp >= 6) {
        str_addc(out, digits[0]);
        if (n > 1)
            str_addf(out, ".%s", digits + 1);
        str_addf(out, "e%c%02d", exp < 0 ? '-' : '+', abs(exp));
        return;
    }
    if (exp < 0) {
        str_adds(out, "0.");
        for (int i = -1; i > exp; i--)
            str_addc(out, '0');
        str_adds(out, digits);
        return;
    }
    for (int i = 0; i <= exp; i++)
        str_addc(out, i < n ? digits[i] : '0');
    if (n > exp + 1)
        str_addf(out, ".%s", digits + exp + 1);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static void hex(uint64_t v, struct str *out) { str_addf(out, "0x%" PRIx64, v); }
static void address(const struct vm *vm, uint64_t v, struct str *out) { hex(heap_shown(&vm->heap, v), out); }

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
    if (t == vm->known.fault || t == vm->known.plain_fault) {
        if (t == vm->known.fault)
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
