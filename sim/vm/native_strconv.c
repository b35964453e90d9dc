/* native_strconv.c - package strconv: integers and strings. Floating point is in floatfmt.c and here, as far as Go
 * sees it. */
#include <stdlib.h>
#include <string.h>

#include "floatfmt.h"
#include "library.h"
#include "utf8proc.h"

static enum rt_status give_integer(struct vm_call *c, uint64_t u, bool negative, uint64_t base) {
    char buf[65];
    size_t at = sizeof buf;
    if (base < 2 || base > 36)
        return vm_panic_string(c, "strconv: illegal AppendInt/FormatInt base");
    do {
        buf[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[u % base];
        u /= base;
    } while (u);
    if (negative)
        buf[--at] = '-';
    return vm_new_string(c, buf + at, sizeof buf - at, &c->results[0]) ? RT_OK : RT_FATAL;
}

enum rt_status native_strconv_formatInt(struct vm_call *c) {
    bool negative = (int64_t)c->args[0] < 0;
    return give_integer(c, negative ? 0 - c->args[0] : c->args[0], negative, c->args[1]);
}

enum rt_status native_strconv_formatUint(struct vm_call *c) { return give_integer(c, c->args[0], false, c->args[1]); }

enum rt_status native_strconv_formatFloat(struct vm_call *c) {
    size_t n;
    char *text = float_format(vm_float(c->args[0]), (char)c->args[1], (int64_t)c->args[2], c->args[3] == 32, &n);
    if (!text)
        return vm_fatal(c, "runtime: out of memory");
    bool ok = vm_new_string(c, text, n, &c->results[0]);
    free(text);
    return ok ? RT_OK : RT_FATAL;
}

enum rt_status native_strconv_parseDecimal(struct vm_call *c) {
    double f;
    enum float_result r = float_parse_decimal((const char *)vm_str_data(c->args[0]), vm_str_len(c->args[0]),
                                              (int64_t)c->args[1], c->args[2] == 32, &f);
    if (r == FLOAT_NO_MEMORY)
        return vm_fatal(c, "runtime: out of memory");
    c->results[0] = vm_of_float(f);
    c->results[1] = r == FLOAT_OK;
    return RT_OK;
}

enum rt_status native_strconv_scaleBits(struct vm_call *c) {
    double f;
    bool ok = float_scale(c->args[0], c->args[1] != 0, (int64_t)c->args[2], c->args[3] == 32, &f);
    c->results[0] = vm_of_float(f);
    c->results[1] = ok;
    return RT_OK;
}

/* Letters, marks, numbers, punctuation and symbols; of the spaces the plain one. */
static bool printable(int32_t r) {
    utf8proc_category_t k = utf8proc_category(r);
    return r == ' ' || (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_SO);
}

enum rt_status native_strconv_isPrint(struct vm_call *c) {
    c->results[0] = printable((int32_t)c->args[0]);
    return RT_OK;
}

enum rt_status native_strconv_isGraphic(struct vm_call *c) {
    int32_t r = (int32_t)c->args[0];
    c->results[0] = printable(r) || utf8proc_category(r) == UTF8PROC_CATEGORY_ZS;
    return RT_OK;
}
