/* label.c - names, values, durations and sizes as text. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tell.h"

const char *rp_fn_name(const struct rt_log *log, uint64_t fn) {
    if (fn & RT_FN_RUNTIME) return rt_runtime_fn_name(fn);
    const struct rt_log_func *f = rt_log_func(log, fn);
    return f ? f->name : "";
}

const char *rp_short_name(const char *name) {
    const char *slash = strrchr(name, '/');
    const char *dot = strchr(slash ? slash : name, '.');
    return dot && dot[1] ? dot + 1 : name;
}

void rp_label(const struct rp_state *st, uint32_t goid, struct str *out) {
    str_addf(out, "G%u", goid);
    uint32_t ref = rp_map_get(&st->s->facts.g_map, goid);
    if (!ref || ref > rp_ng(st)) return;
    const char *name = rp_short_name(rp_fn_name(st->s->log, st->s->facts.g.data[ref - 1].fn));
    if (*name) str_addf(out, " %s", name);
}

/* Go's %v of a float64: the shortest digits that read back the same; an exponent below -4 or from 6 on. */
static void add_float(struct str *out, double v) {
    if (isnan(v)) {
        str_adds(out, "NaN");
        return;
    }
    if (isinf(v)) {
        str_adds(out, v > 0 ? "+Inf" : "-Inf");
        return;
    }
    char digits[40];
    int prec = 0;
    for (; prec < 17; prec++) {
        snprintf(digits, sizeof digits, "%.*e", prec, v);
        if (strtod(digits, NULL) == v) break;
    }
    const char *e = strchr(digits, 'e');
    int exp = e ? atoi(e + 1) : 0;
    if (exp < -4 || exp >= 6) {
        str_adds(out, digits);
        return;
    }
    str_addf(out, "%.*f", prec > exp ? prec - exp : 0, v);
}

static void add_quoted(struct str *out, const char *text, size_t n) {
    str_addc(out, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n') str_adds(out, "\\n");
        else if (c == '\t') str_adds(out, "\\t");
        else if (c == '"' || c == '\\') str_addf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f) str_addf(out, "\\x%02x", c);
        else str_addc(out, (char)c);
    }
    str_addc(out, '"');
}

void rp_value(const struct rt_log *log, enum rt_value_kind kind, uint64_t value, struct str *out) {
    switch (kind) {
    case RT_VAL_NONE:
        str_adds(out, "{}");
        return;
    case RT_VAL_BOOL:
        str_adds(out, value ? "true" : "false");
        return;
    case RT_VAL_INT:
        str_addf(out, "%lld", (long long)value);
        return;
    case RT_VAL_UINT:
        str_addf(out, "%llu", (unsigned long long)value);
        return;
    case RT_VAL_FLOAT: {
        double d;
        memcpy(&d, &value, sizeof d);
        add_float(out, d);
        return;
    }
    case RT_VAL_TEXT: {
        size_t n = (size_t)(value & 0xffffff);
        const char *text = rt_log_bytes(log, value >> 24, n);
        add_quoted(out, text ? text : "", text ? n : 0);
        return;
    }
    case RT_VAL_OTHER:
        break;
    }
    str_adds(out, "a value");
}

static void add_scaled(struct str *out, double v, const char *unit) {
    char text[40];
    snprintf(text, sizeof text, "%.*f", v >= 100 ? 1 : (v >= 10 ? 2 : 3), v);
    size_t n = strlen(text);
    while (n && text[n - 1] == '0')
        n--;
    if (n && text[n - 1] == '.') n--;
    str_add(out, text, n);
    str_addc(out, ' ');
    str_adds(out, unit);
}

void rp_add_duration(struct str *out, int64_t ns) {
    double v = (double)ns;
    if (ns < 0) {
        str_addc(out, '-');
        v = -v;
    }
    const double full = 0.99995; /* what would round to 1000 is one of the next unit */
    if (v < 1e3) str_addf(out, "%.0f ns", v);
    else if (v < full * 1e6) add_scaled(out, v / 1e3, "µs");
    else if (v < full * 1e9) add_scaled(out, v / 1e6, "ms");
    else add_scaled(out, v / 1e9, "s");
}

void rp_add_size(struct str *out, uint64_t bytes) {
    double v = (double)bytes;
    if (bytes < 1024) str_addf(out, "%llu B", (unsigned long long)bytes);
    else if (v < 1048576.0) add_scaled(out, v / 1024, "KB");
    else if (v < 1073741824.0) add_scaled(out, v / 1048576.0, "MB");
    else add_scaled(out, v / 1073741824.0, "GB");
}

size_t rp_characters(const char *utf8, size_t n) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        k += ((unsigned char)utf8[i] & 0xc0) != 0x80;
    return k;
}
