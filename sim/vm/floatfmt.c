/* floatfmt.c - see floatfmt.h. Decimal digits come from the C library's printf and strtod, which are exact; their texts
 * are made and read without a decimal point, because the locale decides how that looks. */
#include "floatfmt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DIGITS 17       /* no double needs more to be told apart */
#define MAX_EXPONENT 100000 /* beyond it everything is zero or infinite, however many digits there are */
#define MAX_PREC (INT64_C(1) << 28)

struct digits { /* 0.d1d2d3... times 10^point; zero has none */
    char *d;
    size_t n;
    int64_t point;
};

/* The digits of f > 0 to n places, correctly rounded; d has room for n. false: no memory. */
static bool to_digits(double f, size_t n, struct digits *out) {
    char small[64], *text = small;
    size_t room = n + 16;
    if (room > sizeof small && !(text = malloc(room)))
        return false;
    int written = snprintf(text, room, "%.*e", (int)n - 1, f);
    bool ok = written > 0 && (size_t)written < room;
    size_t k = 0;
    const char *p = text;
    for (; ok && *p && *p != 'e'; p++)
        if (*p >= '0' && *p <= '9' && k < n)
            out->d[k++] = *p;
    if (ok) {
        out->point = strtol(p + 1, NULL, 10) + 1;
        while (k > 0 && out->d[k - 1] == '0')
            k--;
        out->n = k;
    }
    if (text != small)
        free(text);
    return ok;
}

static bool reads_back(const struct digits *x, double f, bool single) {
    char text[MAX_DIGITS + 16];
    snprintf(text, sizeof text, "%.*se%d", (int)x->n, x->d, (int)(x->point - (int64_t)x->n));
    return single ? strtof(text, NULL) == (float)f : strtod(text, NULL) == f;
}

/* The next decimal of n places above x. */
static void increment(struct digits *x, size_t n) {
    while (x->n < n)
        x->d[x->n++] = '0';
    size_t i = n;
    while (i > 0 && x->d[i - 1] == '9')
        x->d[--i] = '0';
    if (i > 0) {
        x->d[i - 1]++;
    } else {
        x->d[0] = '1';
        x->point++;
    }
    while (x->n > 1 && x->d[x->n - 1] == '0')
        x->n--;
}

/* Whether f lies exactly between two decimals of n places. false as well when there is no memory to tell. */
static bool is_tie(double f, size_t n) {
    char d[64];
    struct digits x = {d, 0, 0};
    return to_digits(f, sizeof d, &x) && x.n == n + 1 && d[n] == '5';
}

/* A power of two, of which x is the nearest decimal of n places: below it numbers lie twice as dense, so that x may be
 * another number's while the next decimal above is f's. Of two that are both f's and equally near Go has the upper. */
static bool take_upper(double f, bool single, size_t n, bool nearest_fits, struct digits *x) {
    int exponent;
    if (frexp(f, &exponent) != 0.5 || (nearest_fits && !is_tie(f, n)))
        return false;
    char copy[MAX_DIGITS];
    memcpy(copy, x->d, x->n);
    struct digits next = {copy, x->n, x->point};
    increment(&next, n);
    if (!reads_back(&next, f, single))
        return false;
    memcpy(x->d, copy, next.n);
    x->n = next.n;
    x->point = next.point;
    return true;
}

/* The fewest digits that read back as f > 0. false: no memory. */
static bool shortest(double f, bool single, struct digits *out) {
    size_t last = single ? 9 : MAX_DIGITS;
    /* Of so many places every decimal has a number of its own, so that fewer need not be tried; the smallest numbers
     * have fewer bits. */
    size_t first = single ? 6 : 15;
    if (f < (single ? 1.1754943508222875e-38 : 2.2250738585072014e-308))
        first = 1;
    for (size_t n = first; n <= last; n++) {
        if (!to_digits(f, n, out))
            return false;
        bool fits = reads_back(out, f, single);
        if (take_upper(f, single, n, fits, out) || fits)
            return true;
    }
    return true;
}

struct text {
    char *at;
    size_t n;
};

static void put(struct text *t, char c) { t->at[t->n++] = c; }

static void put_exponent(struct text *t, char letter, int64_t e) {
    char buf[24];
    int n = snprintf(buf, sizeof buf, "%c%c%02lld", letter, e < 0 ? '-' : '+', (long long)(e < 0 ? -e : e));
    memcpy(t->at + t->n, buf, (size_t)n);
    t->n += (size_t)n;
}

static char digit_at(const struct digits *x, int64_t i) { return i >= 0 && (uint64_t)i < x->n ? x->d[i] : '0'; }

/* d.ddde+dd */
static void put_e(struct text *t, const struct digits *x, int64_t prec, char letter) {
    put(t, digit_at(x, 0));
    if (prec > 0)
        put(t, '.');
    for (int64_t i = 1; i <= prec; i++)
        put(t, digit_at(x, i));
    put_exponent(t, letter, x->n ? x->point - 1 : 0);
}

/* ddd.ddd */
static void put_f(struct text *t, const struct digits *x, int64_t prec) {
    if (x->point <= 0)
        put(t, '0');
    for (int64_t i = 0; i < x->point; i++)
        put(t, digit_at(x, i));
    if (prec > 0)
        put(t, '.');
    for (int64_t i = 0; i < prec; i++)
        put(t, digit_at(x, x->point + i));
}

static void put_g(struct text *t, const struct digits *x, int64_t prec, bool short_form, char letter) {
    int64_t nd = (int64_t)x->n, limit = prec;
    if (limit > nd && nd >= x->point)
        limit = nd;
    if (short_form)
        limit = 6;
    int64_t e = x->point - 1;
    if (e < -4 || e >= limit) {
        if (prec > nd)
            prec = nd;
        put_e(t, x, prec - 1, letter);
        return;
    }
    if (prec > x->point)
        prec = nd;
    put_f(t, x, prec > x->point ? prec - x->point : 0);
}

/* Takes f apart: an integer of `bits` mantissa bits (the topmost set, but for the smallest numbers) times 2^exp. */
static uint64_t take_apart(double f, bool single, int *exp) {
    int bits = single ? 24 : 53, least = single ? -149 : -1074;
    int e;
    double m = frexp(f, &e);
    if (m == 0) {
        *exp = least;
        return 0;
    }
    int shift = bits;
    if (e - shift < least)
        shift = e - least;
    *exp = e - shift;
    return (uint64_t)ldexp(m, shift);
}

/* 4503599627370496p-52 */
static void put_b(struct text *t, double f, bool single) {
    int e;
    uint64_t m = take_apart(f, single, &e);
    t->n += (size_t)sprintf(t->at + t->n, "%llup%+d", (unsigned long long)m, e);
}

/* 0x1.yyyp+dd */
static void put_x(struct text *t, double f, int64_t prec, char verb) {
    int e = 0;
    uint64_t m = 0;
    if (f != 0) {
        m = (uint64_t)ldexp(frexp(f, &e), 61); /* 1.xxx: the unit is bit 60 */
        e--;
    }
    if (prec >= 0 && prec < 15) {
        unsigned shift = (unsigned)prec * 4;
        uint64_t extra = m << shift & ((UINT64_C(1) << 60) - 1);
        m >>= 60 - shift;
        if (extra > UINT64_C(1) << 59 || (extra == UINT64_C(1) << 59 && (m & 1)))
            m++;
        m <<= 60 - shift;
        if (m >> 61) {
            m >>= 1;
            e++;
        }
    }
    const char *hex = verb == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    put(t, '0');
    put(t, verb);
    put(t, (char)('0' + (m >> 60 & 1)));
    m = m << 4;
    if (prec != 0 && (prec > 0 || m != 0))
        put(t, '.');
    for (int64_t i = 0; prec < 0 ? m != 0 : i < prec; i++) {
        put(t, hex[m >> 60]);
        m <<= 4;
    }
    put_exponent(t, verb == 'X' ? 'P' : 'p', e);
}

/* Digits as many as verb and prec ask for; prec becomes what the short form has. */
static bool find_digits(double f, char verb, int64_t *prec, bool single, struct digits *x) {
    bool as_short = *prec < 0;
    x->n = 0;
    x->point = 0;
    if (f != 0 && as_short && !shortest(f, single, x))
        return false;
    if (as_short) {
        int64_t nd = (int64_t)x->n;
        if (verb == 'e')
            *prec = nd > 0 ? nd - 1 : 0;
        else if (verb == 'f')
            *prec = nd > x->point ? nd - x->point : 0;
        else
            *prec = nd;
        return true;
    }
    if (verb == 'g' && *prec == 0)
        *prec = 1;
    if (f == 0)
        return true;
    if (verb != 'f')
        return to_digits(f, (size_t)(verb == 'e' ? *prec + 1 : *prec), x);
    /* How many digits that is depends on the number: printf counts. */
    char *text = malloc((size_t)*prec + 340);
    if (!text)
        return false;
    sprintf(text, "%.*f", (int)*prec, f);
    size_t k = 0;
    int64_t point = -1, seen = 0;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9') {
            if (point < 0)
                point = seen;
            continue;
        }
        seen++;
        x->d[k++] = *p;
    }
    free(text);
    if (point < 0)
        point = seen;
    size_t lead = 0;
    while (lead < k && x->d[lead] == '0')
        lead++;
    memmove(x->d, x->d + lead, k - lead);
    x->n = k - lead;
    x->point = point - (int64_t)lead;
    return true;
}

static char *fixed_text(const char *s, size_t *length) {
    char *text = strdup(s);
    if (text)
        *length = strlen(text);
    return text;
}

char *float_format(double f, char verb, int64_t prec, bool single, size_t *length) {
    if (isnan(f))
        return fixed_text("NaN", length);
    if (isinf(f))
        return fixed_text(f > 0 ? "+Inf" : "-Inf", length);
    if (prec > MAX_PREC)
        return NULL;
    char letter = verb == 'E' || verb == 'G' ? 'E' : 'e', lower = verb == 'E' ? 'e' : verb == 'G' ? 'g' : verb;
    bool short_form = prec < 0, decimal = lower == 'e' || lower == 'f' || lower == 'g';
    size_t room = (size_t)(prec < 0 ? 0 : prec) + 420;
    struct digits x = {malloc(room), 0, 0};
    struct text t = {malloc(room), 0};
    bool ok = x.d && t.at && (!decimal || find_digits(fabs(f), lower, &prec, single, &x));
    if (ok) {
        if (signbit(f))
            put(&t, '-');
        f = fabs(f);
        switch (lower) {
        case 'e': put_e(&t, &x, prec, letter); break;
        case 'f': put_f(&t, &x, prec); break;
        case 'g': put_g(&t, &x, prec, short_form, letter); break;
        case 'b': put_b(&t, f, single); break;
        default: put_x(&t, f, prec, verb); break;
        }
        *length = t.n;
    }
    free(x.d);
    if (!ok) {
        free(t.at);
        return NULL;
    }
    return t.at;
}

enum float_result float_parse_decimal(const char *digits, size_t n, int64_t exp, bool single, double *out) {
    *out = 0;
    if (n == 0)
        return FLOAT_OK;
    if (exp > MAX_EXPONENT)
        exp = MAX_EXPONENT;
    if (exp < -MAX_EXPONENT - (int64_t)n)
        exp = -MAX_EXPONENT - (int64_t)n;
    char small[128], *text = small;
    if (n + 32 > sizeof small && !(text = malloc(n + 32)))
        return FLOAT_NO_MEMORY;
    memcpy(text, digits, n);
    sprintf(text + n, "e%lld", (long long)exp);
    *out = single ? (double)strtof(text, NULL) : strtod(text, NULL);
    if (text != small)
        free(text);
    return isinf(*out) ? FLOAT_RANGE : FLOAT_OK;
}

bool float_scale(uint64_t mantissa, bool sticky, int64_t exp, bool single, double *out) {
    *out = 0;
    if (mantissa == 0)
        return true;
    int64_t bits = single ? 24 : 53, least = single ? -126 : -1022, most = single ? 127 : 1023;
    while (!(mantissa >> 63)) {
        mantissa <<= 1;
        exp--;
    }
    int64_t top = exp + 63; /* the exponent of the leading bit */
    int64_t keep = top >= least ? bits : bits - (least - top);
    if (keep < 0)
        return true;
    int shift = (int)(64 - keep); /* bits to be dropped: 11 to 64 */
    uint64_t kept = shift == 64 ? 0 : mantissa >> shift;
    uint64_t half = UINT64_C(1) << (shift - 1), rest = shift == 64 ? mantissa : mantissa & ((half << 1) - 1);
    if (rest > half || (rest == half && (sticky || (kept & 1))))
        kept++;
    if (exp + shift + bits > most + 2) { /* beyond all doubt; the sum below stays small */
        *out = HUGE_VAL;
        return false;
    }
    *out = ldexp((double)kept, (int)(exp + shift));
    if (*out >= ldexp(1, (int)most) * 2) {
        *out = HUGE_VAL;
        return false;
    }
    return true;
}
