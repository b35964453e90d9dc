/* Small values, which are nearly all, are machine words: an int64, or a fraction of two. Larger ones go to GMP: its
 * numbers are computed in its own memory and then copied into the arena, where nothing changes them.
 *
 * As in Go (go/constant), a float is a fraction as long as numerator and denominator stay under 4096 bits, and a float
 * of 512 bits of mantissa past that. */
#include "constant.h"

#include <gmp.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum rep { REP_NONE, REP_SMALL, REP_BIG, REP_FLOAT };

enum { MAX_RAT_BITS = 4096, FLOAT_PREC = 576 };

struct lang_const {
    enum lang_const_kind kind;
    enum rep rep; /* SMALL: num (and den); BIG: z (and zd); FLOAT: f */
    union {
        bool b;
        struct {
            const char *s;
            size_t len;
        } str;
        struct {
            int64_t num, den; /* den > 0, lowest terms; 1 for integers */
        } small;
        struct {
            mpz_t num, den; /* den only of floats */
        } big;
        mpf_t f;
    } u;
};

/* ---- making ---- */

static struct lang_const *new_const(struct arena *a, enum lang_const_kind kind, enum rep rep) {
    struct lang_const *c = ARENA_NEW(a, struct lang_const);
    if (!c) return NULL;
    c->kind = kind;
    c->rep = rep;
    return c;
}

const struct lang_const *lang_const_make_bool(struct arena *a, bool b) {
    struct lang_const *c = new_const(a, LANG_CONST_BOOL, REP_NONE);
    if (c) c->u.b = b;
    return c;
}

static const struct lang_const *own_string(struct arena *a, const char *s, size_t len) {
    struct lang_const *c = new_const(a, LANG_CONST_STRING, REP_NONE);
    if (!c) return NULL;
    c->u.str.s = s;
    c->u.str.len = len;
    return c;
}

const struct lang_const *lang_const_make_string(struct arena *a, const char *s, size_t len) {
    const char *copy = arena_strndup(a, s, len);
    return copy ? own_string(a, copy, len) : NULL;
}

static const struct lang_const *small(struct arena *a, enum lang_const_kind kind, int64_t num, int64_t den) {
    struct lang_const *c = new_const(a, kind, REP_SMALL);
    if (!c) return NULL;
    c->u.small.num = num;
    c->u.small.den = den;
    return c;
}

const struct lang_const *lang_const_make_int(struct arena *a, int64_t v) { return small(a, LANG_CONST_INT, v, 1); }

/* Copies z's limbs into the arena. */
static bool keep(struct arena *a, mpz_t out, const mpz_t z) {
    size_t n = mpz_size(z);
    mp_limb_t *limbs = ARENA_ARRAY(a, mp_limb_t, n ? n : 1);
    if (!limbs) return false;
    if (n) memcpy(limbs, mpz_limbs_read(z), n * sizeof *limbs);
    mpz_roinit_n(out, limbs, mpz_sgn(z) < 0 ? -(mp_size_t)n : (mp_size_t)n);
    return true;
}

static bool fits_int64(const mpz_t z, int64_t *out) {
    if (!mpz_fits_slong_p(z)) return false;
    *out = mpz_get_si(z);
    return true;
}

static const struct lang_const *make_mpz(struct arena *a, const mpz_t z) {
    int64_t v;
    if (fits_int64(z, &v)) return lang_const_make_int(a, v);
    struct lang_const *c = new_const(a, LANG_CONST_INT, REP_BIG);
    return c && keep(a, c->u.big.num, z) ? c : NULL;
}

const struct lang_const *lang_const_make_uint(struct arena *a, uint64_t v) {
    if (v <= INT64_MAX) return lang_const_make_int(a, (int64_t)v);
    mpz_t z;
    mpz_init_set_ui(z, v);
    const struct lang_const *c = make_mpz(a, z);
    mpz_clear(z);
    return c;
}

/* NULL, too, for what Go's floats overflow at. */
static const struct lang_const *make_mpf(struct arena *a, const mpf_t f) {
    long e;
    mpf_get_d_2exp(&e, f);
    if (e > INT32_MAX) return NULL;
    if (e < INT32_MIN) return small(a, LANG_CONST_FLOAT, 0, 1);
    struct lang_const *c = new_const(a, LANG_CONST_FLOAT, REP_FLOAT);
    size_t n = (size_t)(f->_mp_size < 0 ? -f->_mp_size : f->_mp_size);
    mp_limb_t *limbs = ARENA_ARRAY(a, mp_limb_t, n ? n : 1);
    if (!c || !limbs) return NULL;
    if (n) memcpy(limbs, f->_mp_d, n * sizeof *limbs);
    c->u.f[0] = f[0];
    c->u.f->_mp_d = limbs;
    return c;
}

static const struct lang_const *make_mpq(struct arena *a, const mpq_t q) {
    int64_t num, den;
    if (fits_int64(mpq_numref(q), &num) && fits_int64(mpq_denref(q), &den)) return small(a, LANG_CONST_FLOAT, num, den);
    if (mpz_sizeinbase(mpq_numref(q), 2) > MAX_RAT_BITS || mpz_sizeinbase(mpq_denref(q), 2) > MAX_RAT_BITS) {
        mpf_t f;
        mpf_init2(f, FLOAT_PREC);
        mpf_set_q(f, q);
        const struct lang_const *c = make_mpf(a, f);
        mpf_clear(f);
        return c;
    }
    struct lang_const *c = new_const(a, LANG_CONST_FLOAT, REP_BIG);
    return c && keep(a, c->u.big.num, mpq_numref(q)) && keep(a, c->u.big.den, mpq_denref(q)) ? c : NULL;
}

const struct lang_const *lang_const_make_double(struct arena *a, double v) {
    if (v == floor(v) && fabs(v) < 0x1p53) return small(a, LANG_CONST_FLOAT, (int64_t)v, 1);
    mpq_t q;
    mpq_init(q);
    mpq_set_d(q, v);
    const struct lang_const *c = make_mpq(a, q);
    mpq_clear(q);
    return c;
}

/* ---- to GMP ---- */

static void get_mpz(mpz_t out, const struct lang_const *c) { /* an integer */
    if (c->rep == REP_SMALL) {
        mpz_init_set_si(out, c->u.small.num);
    } else {
        mpz_init_set(out, c->u.big.num);
    }
}

static void get_mpq(mpq_t out, const struct lang_const *c) { /* a number that is not REP_FLOAT */
    mpq_init(out);
    if (c->rep == REP_SMALL) {
        mpq_set_si(out, c->u.small.num, (unsigned long)c->u.small.den);
        return;
    }
    mpz_set(mpq_numref(out), c->u.big.num);
    if (c->kind == LANG_CONST_FLOAT) mpz_set(mpq_denref(out), c->u.big.den);
}

static void get_mpf(mpf_t out, const struct lang_const *c) {
    mpf_init2(out, FLOAT_PREC);
    if (c->rep == REP_FLOAT) {
        mpf_set(out, c->u.f);
        return;
    }
    mpq_t q;
    get_mpq(q, c);
    mpf_set_q(out, q);
    mpq_clear(q);
}

/* ---- asking ---- */

enum lang_const_kind lang_const_kind(const struct lang_const *c) { return c->kind; }
bool lang_const_bool(const struct lang_const *c) { return c && c->kind == LANG_CONST_BOOL && c->u.b; }

const char *lang_const_string(const struct lang_const *c, size_t *len) {
    bool is = c && c->kind == LANG_CONST_STRING;
    *len = is ? c->u.str.len : 0;
    return is ? c->u.str.s : "";
}

bool lang_const_int64(const struct lang_const *c, int64_t *out) {
    if (!c || c->rep != REP_SMALL || c->u.small.den != 1) return false;
    *out = c->u.small.num;
    return true;
}

bool lang_const_uint64(const struct lang_const *c, uint64_t *out) {
    if (!c) return false;
    if (c->rep == REP_SMALL) {
        if (c->u.small.den != 1 || c->u.small.num < 0) return false;
        *out = (uint64_t)c->u.small.num;
        return true;
    }
    if (c->rep != REP_BIG || (c->kind == LANG_CONST_FLOAT && mpz_cmp_ui(c->u.big.den, 1) != 0)) return false;
    if (!mpz_fits_ulong_p(c->u.big.num)) return false;
    *out = mpz_get_ui(c->u.big.num);
    return true;
}

uint64_t lang_const_bits(const struct lang_const *c) {
    if (!c) return 0;
    if (c->kind == LANG_CONST_BOOL) return c->u.b;
    if (c->rep == REP_SMALL) return (uint64_t)(c->u.small.den == 1 ? c->u.small.num : c->u.small.num / c->u.small.den);
    if (c->rep != REP_BIG) return 0;
    uint64_t low = mpz_get_ui(c->u.big.num); /* of the magnitude */
    return mpz_sgn(c->u.big.num) < 0 ? 0 - low : low;
}

int lang_const_sign(const struct lang_const *c) {
    if (!c) return 1;
    if (c->rep == REP_SMALL) return (c->u.small.num > 0) - (c->u.small.num < 0);
    if (c->rep == REP_BIG) return mpz_sgn(c->u.big.num);
    if (c->rep == REP_FLOAT) return mpf_sgn(c->u.f);
    return 1;
}

unsigned lang_const_bitlen(const struct lang_const *c) {
    if (!c || c->kind != LANG_CONST_INT) return 0;
    if (c->rep == REP_BIG) return (unsigned)mpz_sizeinbase(c->u.big.num, 2);
    uint64_t v = c->u.small.num < 0 ? 0 - (uint64_t)c->u.small.num : (uint64_t)c->u.small.num;
    return v ? 64 - (unsigned)__builtin_clzll(v) : 0;
}

/* num / den rounded once to a mantissa of `prec` bits with exponents from emin (of the lowest bit) up; ties to even. */
static double round_quotient(const mpz_t num, const mpz_t den, int prec, int emin, double max) {
    if (!mpz_sgn(num)) return 0;
    mpz_t n, q, r;
    mpz_inits(n, q, r, NULL);
    mpz_abs(n, num);
    long shift =
        (long)mpz_sizeinbase(n, 2) - (long)mpz_sizeinbase(den, 2) - prec - 2; /* value * 2^-shift: prec+2 bits */
    if (shift < emin - 2) shift = emin - 2;
    if (shift > 0) {
        mpz_t d;
        mpz_init(d);
        mpz_mul_2exp(d, den, (unsigned long)shift);
        mpz_tdiv_qr(q, r, n, d);
        mpz_clear(d);
    } else {
        mpz_mul_2exp(n, n, (unsigned long)-shift);
        mpz_tdiv_qr(q, r, n, den);
    }
    bool sticky = mpz_sgn(r) != 0;
    long bits = (long)mpz_sizeinbase(q, 2), drop = bits - prec;
    if (shift + drop < emin) drop = emin - shift;
    double out = 0;
    if (drop > 0) {
        bool half = mpz_tstbit(q, (unsigned long)drop - 1) != 0;
        bool low = sticky || mpz_scan1(q, 0) < (unsigned long)drop - 1;
        mpz_tdiv_q_2exp(q, q, (unsigned long)drop);
        if (half && (low || mpz_odd_p(q))) mpz_add_ui(q, q, 1);
        shift += drop;
    }
    out = ldexp(mpz_get_d(q), shift > 5000 ? 5000 : (int)shift);
    if (out > max) out = (double)INFINITY;
    mpz_clears(n, q, r, NULL);
    return mpz_sgn(num) < 0 ? -out : out;
}

static double rounded(const struct lang_const *c, int prec, int emin, double max) {
    if (!c || (c->kind != LANG_CONST_INT && c->kind != LANG_CONST_FLOAT)) return 0;
    mpq_t q;
    if (c->rep == REP_FLOAT) {
        long e;
        mpf_get_d_2exp(&e, c->u.f);
        if (e > 1100) return mpf_sgn(c->u.f) < 0 ? (double)-INFINITY : (double)INFINITY;
        if (e < -1200) return 0;
        mpq_init(q);
        mpq_set_f(q, c->u.f);
    } else {
        get_mpq(q, c);
    }
    double d = round_quotient(mpq_numref(q), mpq_denref(q), prec, emin, max);
    mpq_clear(q);
    return d;
}

double lang_const_double(const struct lang_const *c) {
    if (c && c->rep == REP_SMALL && c->u.small.den == 1 && c->u.small.num < 1L << 53 && c->u.small.num > -(1L << 53))
        return (double)c->u.small.num;
    return rounded(c, 53, -1074, 0x1.fffffffffffffp1023);
}

float lang_const_float(const struct lang_const *c) { return (float)rounded(c, 24, -149, 0x1.fffffep127); }

/* ---- literals ---- */

static size_t without_underscores(const char *text, size_t len, char *out) {
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '_') out[n++] = text[i];
    }
    out[n] = 0;
    return n;
}

enum { LONGEST = 10000 };

const struct lang_const *lang_const_parse_int(struct arena *a, const char *text, size_t len, bool *too_large) {
    char digits[LONGEST + 1];
    *too_large = len > LONGEST;
    if (*too_large) return NULL;
    size_t n = without_underscores(text, len, digits);
    const char *p = digits;
    int base = 10;
    if (n > 1 && p[0] == '0') {
        char c = (char)(p[1] | 0x20);
        base = c == 'x' ? 16 : c == 'b' ? 2 : 8;
        p += c == 'x' || c == 'b' || c == 'o' ? 2 : 1;
    }
    if (strlen(p) <= 15) {
        int64_t v = 0;
        for (; *p; p++)
            v = v * base + (*p <= '9' ? *p - '0' : (*p | 0x20) - 'a' + 10);
        return lang_const_make_int(a, v);
    }
    mpz_t z;
    mpz_init(z);
    const struct lang_const *c = mpz_set_str(z, p, base) == 0 ? make_mpz(a, z) : NULL;
    mpz_clear(z);
    return c;
}

struct float_text {
    char digits[LONGEST + 1]; /* without the point */
    long exponent;            /* of the base (ten, or two) that applies to the digits */
    bool hex;
};

static bool scan_float(const char *text, size_t len, struct float_text *f) {
    char buf[LONGEST + 1];
    without_underscores(text, len, buf);
    const char *p = buf;
    size_t n = 0;
    bool point = false;
    f->hex = p[0] == '0' && (p[1] | 0x20) == 'x';
    f->exponent = 0;
    if (f->hex) p += 2;
    for (; *p && (*p | 0x20) != 'p' && (f->hex || (*p | 0x20) != 'e'); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        f->digits[n++] = *p;
        if (point) f->exponent -= f->hex ? 4 : 1;
    }
    f->digits[n] = 0;
    if (!*p) return n > 0;
    bool neg = p[1] == '-';
    long e = 0;
    for (p += p[1] == '-' || p[1] == '+' ? 2 : 1; *p; p++) {
        if (e < 1000000000) e = e * 10 + (*p - '0');
    }
    f->exponent += neg ? -e : e;
    return n > 0;
}

/* digits * base^exponent, as a fraction where that stays small. */
static const struct lang_const *scale(struct arena *a, const mpz_t digits, long e, bool hex) {
    unsigned long base = hex ? 2 : 10, abs = e < 0 ? 0 - (unsigned long)e : (unsigned long)e;
    const struct lang_const *c;
    if (abs <= (hex ? MAX_RAT_BITS : MAX_RAT_BITS / 3)) {
        mpq_t q;
        mpz_t pow;
        mpq_init(q);
        mpz_init(pow);
        mpz_ui_pow_ui(pow, base, abs);
        if (e < 0) {
            mpz_set(mpq_numref(q), digits);
            mpz_set(mpq_denref(q), pow);
            mpq_canonicalize(q);
        } else {
            mpz_mul(mpq_numref(q), digits, pow);
        }
        c = make_mpq(a, q);
        mpz_clear(pow);
        mpq_clear(q);
        return c;
    }
    mpf_t f, pow;
    mpf_init2(f, FLOAT_PREC);
    mpf_init2(pow, FLOAT_PREC);
    mpf_set_ui(pow, base);
    mpf_pow_ui(pow, pow, abs);
    mpf_set_z(f, digits);
    if (e < 0) {
        mpf_div(f, f, pow);
    } else {
        mpf_mul(f, f, pow);
    }
    c = make_mpf(a, f);
    mpf_clear(f);
    mpf_clear(pow);
    return c;
}

const struct lang_const *lang_const_parse_float(struct arena *a, const char *text, size_t len, bool *too_large) {
    struct float_text f;
    *too_large = len > LONGEST;
    if (*too_large || !scan_float(text, len, &f)) return NULL;
    if (f.exponent > 700000000) {
        *too_large = true;
        return NULL;
    }
    static const int64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    size_t n = strlen(f.digits);
    if (!f.hex && n <= 9 && f.exponent <= 0 && f.exponent >= -8) {
        int64_t v = 0, den = tens[-f.exponent];
        for (const char *p = f.digits; *p; p++)
            v = v * 10 + (*p - '0');
        while (den > 1 && v % 2 == 0 && den % 2 == 0)
            v /= 2, den /= 2;
        while (den > 1 && v % 5 == 0 && den % 5 == 0)
            v /= 5, den /= 5;
        return small(a, LANG_CONST_FLOAT, v, den);
    }
    mpz_t z;
    mpz_init(z);
    const struct lang_const *c = NULL;
    if (mpz_set_str(z, f.digits, f.hex ? 16 : 10) == 0) {
        c = !mpz_sgn(z) || f.exponent < -700000000 ? small(a, LANG_CONST_FLOAT, 0, 1) : scale(a, z, f.exponent, f.hex);
    }
    mpz_clear(z);
    return c;
}

/* ---- operations ---- */

const struct lang_const *lang_const_to_float(struct arena *a, const struct lang_const *x) {
    if (!x || x->kind == LANG_CONST_FLOAT) return x;
    if (x->kind != LANG_CONST_INT) return NULL;
    if (x->rep == REP_SMALL) return small(a, LANG_CONST_FLOAT, x->u.small.num, 1);
    mpq_t q;
    get_mpq(q, x);
    const struct lang_const *c = make_mpq(a, q);
    mpq_clear(q);
    return c;
}

static const struct lang_const *truncated(struct arena *a, const struct lang_const *x, bool must_be_exact) {
    if (!x || x->kind == LANG_CONST_INT) return x;
    if (x->kind != LANG_CONST_FLOAT) return NULL;
    if (x->rep == REP_SMALL) {
        if (x->u.small.den != 1 && must_be_exact) return NULL;
        return lang_const_make_int(a, x->u.small.num / x->u.small.den);
    }
    mpz_t z;
    mpz_init(z);
    bool ok = true;
    if (x->rep == REP_BIG) {
        if (must_be_exact) ok = mpz_cmp_ui(x->u.big.den, 1) == 0;
        mpz_tdiv_q(z, x->u.big.num, x->u.big.den);
    } else {
        long e;
        mpf_get_d_2exp(&e, x->u.f);
        /* Past every integer's bound; as Go, forgive the last bits of what was rounded. */
        if (e > 2 * MAX_RAT_BITS) ok = false;
        if (ok && must_be_exact) ok = mpf_integer_p(x->u.f) != 0;
        if (ok) mpz_set_f(z, x->u.f);
    }
    const struct lang_const *c = ok ? make_mpz(a, z) : NULL;
    mpz_clear(z);
    return c;
}

const struct lang_const *lang_const_to_int(struct arena *a, const struct lang_const *x) {
    return truncated(a, x, true);
}

const struct lang_const *lang_const_trunc(struct arena *a, const struct lang_const *x) {
    return truncated(a, x, false);
}

const struct lang_const *lang_const_round(struct arena *a, const struct lang_const *x, unsigned bits) {
    double d = bits == 32 ? (double)lang_const_float(x) : lang_const_double(x);
    if (!isfinite(d)) return NULL;
    return lang_const_make_double(a, d);
}

static const struct lang_const *negate(struct arena *a, const struct lang_const *x) {
    if (x->rep == REP_SMALL && x->u.small.num != INT64_MIN) return small(a, x->kind, -x->u.small.num, x->u.small.den);
    const struct lang_const *c;
    if (x->kind == LANG_CONST_INT) {
        mpz_t z;
        get_mpz(z, x);
        mpz_neg(z, z);
        c = make_mpz(a, z);
        mpz_clear(z);
    } else if (x->rep == REP_FLOAT) {
        mpf_t f;
        get_mpf(f, x);
        mpf_neg(f, f);
        c = make_mpf(a, f);
        mpf_clear(f);
    } else {
        mpq_t q;
        get_mpq(q, x);
        mpq_neg(q, q);
        c = make_mpq(a, q);
        mpq_clear(q);
    }
    return c;
}

const struct lang_const *lang_const_unary(struct arena *a, enum lang_op op, const struct lang_const *x, unsigned bits) {
    if (!x) return NULL;
    if (op == LANG_OP_ADD) return x;
    if (op == LANG_OP_SUB) return negate(a, x);
    if (op == LANG_OP_NOT) return lang_const_make_bool(a, !x->u.b);
    mpz_t z;
    get_mpz(z, x);
    mpz_com(z, z);
    if (bits) mpz_fdiv_r_2exp(z, z, bits);
    const struct lang_const *c = make_mpz(a, z);
    mpz_clear(z);
    return c;
}

static const struct lang_const *small_int(struct arena *a, enum lang_op op, int64_t x, int64_t y) {
    int64_t v;
    switch (op) {
    case LANG_OP_ADD:
        return __builtin_add_overflow(x, y, &v) ? NULL : lang_const_make_int(a, v);
    case LANG_OP_SUB:
        return __builtin_sub_overflow(x, y, &v) ? NULL : lang_const_make_int(a, v);
    case LANG_OP_MUL:
        return __builtin_mul_overflow(x, y, &v) ? NULL : lang_const_make_int(a, v);
    case LANG_OP_DIV:
        return x == INT64_MIN && y == -1 ? NULL : lang_const_make_int(a, x / y);
    case LANG_OP_REM:
        return lang_const_make_int(a, y == -1 ? 0 : x % y);
    case LANG_OP_AND:
        return lang_const_make_int(a, x & y);
    case LANG_OP_OR:
        return lang_const_make_int(a, x | y);
    case LANG_OP_XOR:
        return lang_const_make_int(a, x ^ y);
    case LANG_OP_ANDNOT:
        return lang_const_make_int(a, x & ~y);
    default:
        return NULL;
    }
}

static const struct lang_const *big_int(struct arena *a, enum lang_op op, const struct lang_const *x,
                                        const struct lang_const *y) {
    mpz_t m, n;
    get_mpz(m, x);
    get_mpz(n, y);
    switch (op) {
    case LANG_OP_ADD:
        mpz_add(m, m, n);
        break;
    case LANG_OP_SUB:
        mpz_sub(m, m, n);
        break;
    case LANG_OP_MUL:
        mpz_mul(m, m, n);
        break;
    case LANG_OP_DIV:
        mpz_tdiv_q(m, m, n);
        break;
    case LANG_OP_REM:
        mpz_tdiv_r(m, m, n);
        break;
    case LANG_OP_AND:
        mpz_and(m, m, n);
        break;
    case LANG_OP_OR:
        mpz_ior(m, m, n);
        break;
    case LANG_OP_XOR:
        mpz_xor(m, m, n);
        break;
    default:
        mpz_com(n, n);
        mpz_and(m, m, n);
    }
    const struct lang_const *c = make_mpz(a, m);
    mpz_clear(m);
    mpz_clear(n);
    return c;
}

static const struct lang_const *big_float(struct arena *a, enum lang_op op, const struct lang_const *x,
                                          const struct lang_const *y) {
    const struct lang_const *c;
    if (x->rep == REP_FLOAT || y->rep == REP_FLOAT) {
        mpf_t m, n;
        get_mpf(m, x);
        get_mpf(n, y);
        switch (op) {
        case LANG_OP_ADD:
            mpf_add(m, m, n);
            break;
        case LANG_OP_SUB:
            mpf_sub(m, m, n);
            break;
        case LANG_OP_MUL:
            mpf_mul(m, m, n);
            break;
        default:
            mpf_div(m, m, n);
        }
        c = make_mpf(a, m);
        mpf_clear(m);
        mpf_clear(n);
        return c;
    }
    mpq_t m, n;
    get_mpq(m, x);
    get_mpq(n, y);
    switch (op) {
    case LANG_OP_ADD:
        mpq_add(m, m, n);
        break;
    case LANG_OP_SUB:
        mpq_sub(m, m, n);
        break;
    case LANG_OP_MUL:
        mpq_mul(m, m, n);
        break;
    default:
        mpq_div(m, m, n);
    }
    c = make_mpq(a, m);
    mpq_clear(m);
    mpq_clear(n);
    return c;
}

static const struct lang_const *concat(struct arena *a, const struct lang_const *x, const struct lang_const *y) {
    size_t n = x->u.str.len, m = y->u.str.len;
    if (n > SIZE_MAX / 4 || m > SIZE_MAX / 4) return NULL;
    char *s = arena_alloc(a, n + m + 1);
    if (!s) return NULL;
    memcpy(s, x->u.str.s, n);
    memcpy(s + n, y->u.str.s, m);
    return own_string(a, s, n + m);
}

const struct lang_const *lang_const_binary(struct arena *a, enum lang_op op, const struct lang_const *x,
                                           const struct lang_const *y, bool integer) {
    if (!x || !y) return NULL;
    if (x->kind == LANG_CONST_BOOL)
        return lang_const_make_bool(a, op == LANG_OP_ANDAND ? x->u.b && y->u.b : x->u.b || y->u.b);
    if (x->kind == LANG_CONST_STRING) return y->kind == LANG_CONST_STRING ? concat(a, x, y) : NULL;
    bool ints = x->kind == LANG_CONST_INT && y->kind == LANG_CONST_INT;
    if (ints && (integer || op != LANG_OP_DIV)) {
        const struct lang_const *c = NULL;
        if (x->rep == REP_SMALL && y->rep == REP_SMALL) c = small_int(a, op, x->u.small.num, y->u.small.num);
        return c ? c : big_int(a, op, x, y);
    }
    return big_float(a, op, lang_const_to_float(a, x), lang_const_to_float(a, y));
}

const struct lang_const *lang_const_shift(struct arena *a, enum lang_op op, const struct lang_const *x,
                                          unsigned count) {
    if (!x || x->kind != LANG_CONST_INT) return NULL;
    if (x->rep == REP_SMALL && op == LANG_OP_SHR)
        return lang_const_make_int(a, x->u.small.num >> (count > 63 ? 63 : count));
    mpz_t z;
    get_mpz(z, x);
    if (op == LANG_OP_SHL) {
        mpz_mul_2exp(z, z, count);
    } else {
        mpz_fdiv_q_2exp(z, z, count);
    }
    const struct lang_const *c = make_mpz(a, z);
    mpz_clear(z);
    return c;
}

static int compare_numbers(const struct lang_const *x, const struct lang_const *y) {
    if (x->rep == REP_SMALL && y->rep == REP_SMALL) {
        int64_t l, r;
        if (!__builtin_mul_overflow(x->u.small.num, y->u.small.den, &l) &&
            !__builtin_mul_overflow(y->u.small.num, x->u.small.den, &r))
            return (l > r) - (l < r);
    }
    int c;
    if (x->rep == REP_FLOAT || y->rep == REP_FLOAT) {
        mpf_t m, n;
        get_mpf(m, x);
        get_mpf(n, y);
        c = mpf_cmp(m, n);
        mpf_clear(m);
        mpf_clear(n);
        return c;
    }
    mpq_t m, n;
    get_mpq(m, x);
    get_mpq(n, y);
    c = mpq_cmp(m, n);
    mpq_clear(m);
    mpq_clear(n);
    return c;
}

static int compare_strings(const struct lang_const *x, const struct lang_const *y) {
    size_t n = x->u.str.len < y->u.str.len ? x->u.str.len : y->u.str.len;
    int c = n ? memcmp(x->u.str.s, y->u.str.s, n) : 0;
    if (c) return c;
    return (x->u.str.len > y->u.str.len) - (x->u.str.len < y->u.str.len);
}

bool lang_const_compare(enum lang_op op, const struct lang_const *x, const struct lang_const *y) {
    if (!x || !y) return false;
    int c;
    if (x->kind == LANG_CONST_BOOL || y->kind == LANG_CONST_BOOL) {
        c = lang_const_bool(x) != lang_const_bool(y);
    } else if (x->kind == LANG_CONST_STRING || y->kind == LANG_CONST_STRING) {
        c = x->kind == y->kind ? compare_strings(x, y) : 1;
    } else {
        c = compare_numbers(x, y);
    }
    switch (op) {
    case LANG_OP_EQL:
        return c == 0;
    case LANG_OP_NEQ:
        return c != 0;
    case LANG_OP_LSS:
        return c < 0;
    case LANG_OP_LEQ:
        return c <= 0;
    case LANG_OP_GTR:
        return c > 0;
    default:
        return c >= 0;
    }
}

bool lang_const_equal(const struct lang_const *x, const struct lang_const *y) {
    return x && y && x->kind == y->kind && lang_const_compare(LANG_OP_EQL, x, y);
}

uint64_t lang_const_hash(const struct lang_const *x) {
    if (!x) return 0;
    if (x->kind == LANG_CONST_BOOL) return x->u.b;
    if (x->kind == LANG_CONST_STRING) {
        uint64_t h = 14695981039346656037u;
        for (size_t i = 0; i < x->u.str.len; i++)
            h = (h ^ (unsigned char)x->u.str.s[i]) * 1099511628211u;
        return h;
    }
    if (x->kind == LANG_CONST_INT) return lang_const_bits(x) * 0x9e3779b97f4a7c15u;
    double d = lang_const_double(x);
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits * 0x9e3779b97f4a7c15u;
}

/* ---- text ---- */

static void format_string(const struct lang_const *x, struct str *out) {
    enum { LONGEST_SHOWN = 72 };
    struct str s = {0};
    str_addc(&s, '"');
    size_t runes = 1, cut = 0;
    for (size_t i = 0; i < x->u.str.len && runes <= LONGEST_SHOWN + 12; i++) {
        unsigned char c = (unsigned char)x->u.str.s[i];
        size_t before = s.len;
        switch (c) {
        case '"':
            str_adds(&s, "\\\"");
            break;
        case '\\':
            str_adds(&s, "\\\\");
            break;
        case '\n':
            str_adds(&s, "\\n");
            break;
        case '\t':
            str_adds(&s, "\\t");
            break;
        case '\r':
            str_adds(&s, "\\r");
            break;
        case '\a':
            str_adds(&s, "\\a");
            break;
        case '\b':
            str_adds(&s, "\\b");
            break;
        case '\f':
            str_adds(&s, "\\f");
            break;
        case '\v':
            str_adds(&s, "\\v");
            break;
        default:
            if (c < 0x20 || c == 0x7f) {
                str_addf(&s, "\\x%02x", c);
            } else {
                str_addc(&s, (char)c);
            }
        }
        if ((c & 0xc0) == 0x80) continue; /* inside a rune */
        if (runes <= LONGEST_SHOWN - 3) cut = before;
        runes += c < 0x80 ? s.len - before : 1;
        if (runes <= LONGEST_SHOWN - 3) cut = s.len;
    }
    str_addc(&s, '"');
    if (runes + 1 > LONGEST_SHOWN) {
        str_add(out, str_cstr(&s), cut);
        str_adds(out, "...");
    } else {
        str_add(out, str_cstr(&s), s.len);
    }
    str_free(&s);
}

/* The shortest digits that read back as d, as %g has them. */
static void shortest(double d, char *buf, size_t size) {
    for (int prec = 1; prec <= 17; prec++) {
        snprintf(buf, size, "%.*g", prec, d);
        if (strtod(buf, NULL) == d) return;
    }
}

static bool integral(const struct lang_const *x) {
    if (x->rep == REP_SMALL) return x->u.small.den == 1;
    if (x->rep == REP_BIG) return mpz_cmp_ui(x->u.big.den, 1) == 0;
    return mpf_integer_p(x->u.f) != 0;
}

static void format_float(const struct lang_const *x, struct str *out) {
    double d = lang_const_double(x);
    if (isfinite(d) && (d == 0) == (lang_const_sign(x) == 0)) {
        char buf[64];
        snprintf(buf, sizeof buf, "%.6g", d);
        if (!integral(x) && !strchr(buf, '.')) shortest(d, buf, sizeof buf);
        str_adds(out, buf);
        return;
    }
    mpf_t f;
    mp_exp_t e;
    char digits[16];
    get_mpf(f, x);
    mpf_get_str(digits, &e, 10, 6, f);
    mpf_clear(f);
    const char *p = digits;
    if (*p == '-') str_addc(out, *p++);
    str_addf(out, "%c%s%se%+ld", *p, p[1] ? "." : "", p + 1, (long)e - 1);
}

void lang_const_format(const struct lang_const *x, struct str *out) {
    if (!x) {
        str_adds(out, "unknown");
        return;
    }
    if (x->kind == LANG_CONST_BOOL) {
        str_adds(out, x->u.b ? "true" : "false");
    } else if (x->kind == LANG_CONST_STRING) {
        format_string(x, out);
    } else if (x->kind == LANG_CONST_FLOAT) {
        format_float(x, out);
    } else if (x->rep == REP_SMALL) {
        str_addf(out, "%lld", (long long)x->u.small.num);
    } else {
        char buf[LONGEST];
        if (mpz_sizeinbase(x->u.big.num, 10) + 2 > sizeof buf) {
            str_adds(out, "(a very large integer)");
            return;
        }
        mpz_get_str(buf, 10, x->u.big.num);
        str_adds(out, buf);
    }
}
