/* gomath_exp.c - exponentials, logarithms and powers. exp is N. Shibata's (ISC 2010) with fused multiply-add, as Go's is on
 * amd64; log, log1p, expm1, exp2 and cbrt are FreeBSD's (Sun Microsystems, 1993), the hyperbolic ones Hart and Cheney's and
 * Cephes'. */
#include "gomath.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define LN2_HI 6.93147180369123816490e-01
#define LN2_LO 1.90821492927058770002e-10
#define LOG2E 1.44269504088896338700e+00

static uint64_t bits_of(double f) {
    uint64_t b;
    memcpy(&b, &f, sizeof b);
    return b;
}

static double of_bits(uint64_t b) {
    double f;
    memcpy(&f, &b, sizeof f);
    return f;
}

/* y * 2^e with e outside of what one exponent holds; two steps where the result is subnormal. */
static double scale(double y, int64_t e) {
    e += 1023;
    if (e >= 0x7ff)
        return HUGE_VAL;
    if (e > 0)
        return y * of_bits((uint64_t)e << 52);
    if (e < -52)
        return 0;
    return y * of_bits((uint64_t)(e + 0x3fe) << 52) * of_bits(UINT64_C(1) << 52);
}

double gomath_exp(double x) {
    static const double series[] = {2.4801587301587301587e-5, 1.9841269841269841270e-4, 1.3888888888888888889e-3,
                                    8.3333333333333333333e-3, 4.1666666666666666667e-2, 1.6666666666666666667e-1, 0.5, 1};
    if (isnan(x) || (isinf(x) && x > 0))
        return x;
    if (x > 7.09782712893384e+02)
        return HUGE_VAL;
    if (x < -1e6)
        return 0;
    double k = nearbyint(x * 1.4426950408889634073599246810018920);
    double r = fma(-k, 0.69314718055966295651160180568695068359375, x);
    r = fma(-k, 0.28235290563031577122588448175013436025525412068e-12, r);
    r *= 0.0625;
    double y = series[0];
    for (unsigned i = 1; i < sizeof series / sizeof series[0]; i++)
        y = fma(y, r, series[i]);
    r *= y; /* e^r - 1; from here on doubled four times, as (1+r)^2 - 1 = r * (2+r) */
    for (int i = 0; i < 3; i++)
        r *= r + 2;
    return scale(fma(r, r + 2, 1), (int64_t)k);
}

/* e^(hi-lo) * 2^k */
static double exp_part(double hi, double lo, int k) {
    double r = hi - lo, t = r * r;
    double c = r - t * (1.66666666666666657415e-01 +
                        t * (-2.77777777770155933842e-03 +
                             t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    return ldexp(1 - ((lo - (r * c) / (2 - c)) - hi), k);
}

double gomath_exp2(double x) {
    if (isnan(x))
        return x;
    if (x > 1.0239999999999999e+03)
        return HUGE_VAL;
    if (x < -1.0740e+03)
        return 0;
    int k = x > 0 ? (int)(x + 0.5) : x < 0 ? (int)(x - 0.5) : 0;
    double t = x - (double)k;
    return exp_part(t * LN2_HI, -t * LN2_LO, k);
}

/* e^x - 1 for x already reduced by k*ln2, c being what the reduction lost. */
static double expm1_reduced(double x, double c, int k) {
    double hfx = 0.5 * x, hxs = x * hfx;
    double r1 = 1 + hxs * (-3.33333333333331316428e-02 +
                           hxs * (1.58730158725481460165e-03 +
                                  hxs * (-7.93650757867487942473e-05 + hxs * (4.00821782732936239552e-06 + hxs * -2.01099218183624371326e-07))));
    double t = 3 - r1 * hfx;
    double e = hxs * ((r1 - t) / (6.0 - x * t));
    if (k == 0)
        return x - (x * e - hxs);
    e = x * (e - c) - c;
    e -= hxs;
    if (k == -1)
        return 0.5 * (x - e) - 0.5;
    if (k == 1)
        return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
    uint64_t up = (uint64_t)(int64_t)k << 52;
    if (k <= -2 || k > 56)
        return of_bits(bits_of(1 - (e - x)) + up) - 1;
    if (k < 20) {
        double one = of_bits(0x3ff0000000000000 - (UINT64_C(0x20000000000000) >> k)); /* 1 - 2^-k */
        return of_bits(bits_of(one - (e - x)) + up);
    }
    double least = of_bits((uint64_t)(0x3ff - k) << 52);
    return of_bits(bits_of(x - (e + least) + 1) + up);
}

double gomath_expm1(double x) {
    if (isnan(x) || (isinf(x) && x > 0))
        return x;
    bool negative = x < 0;
    double a = fabs(x);
    if (a >= 3.88162421113569373274e+01) { /* 56 ln 2 */
        if (negative)
            return -1;
        if (a >= 7.09782712893383973096e+02)
            return HUGE_VAL;
    }
    if (a < 5.5511151231257827e-17)
        return x;
    if (a <= 3.46573590279972654709e-01) /* ln 2 / 2 */
        return expm1_reduced(x, 0, 0);
    double hi, lo;
    int k;
    if (a < 1.03972077083991796413e+00) {
        k = negative ? -1 : 1;
        hi = negative ? x + LN2_HI : x - LN2_HI;
        lo = negative ? -LN2_LO : LN2_LO;
    } else {
        k = (int)(LOG2E * x + (negative ? -0.5 : 0.5));
        hi = x - (double)k * LN2_HI;
        lo = (double)k * LN2_LO;
    }
    double r = hi - lo;
    return expm1_reduced(r, (hi - r) - lo, k);
}

double gomath_log(double x) {
    if (isnan(x) || (isinf(x) && x > 0))
        return x;
    if (x < 0)
        return gomath_nan();
    if (x == 0)
        return -HUGE_VAL;
    /* Go's code for amd64 takes the exponent as it stands, of subnormal numbers too (whose result is then wrong). */
    union { double f; uint64_t bits; } u = { .f = x };
    int e = (int)(u.bits >> 52) - 1022;
    u.bits = (u.bits & (UINT64_MAX >> 12)) | UINT64_C(1022) << 52;
    double f = u.f;
    if (f < 0.70710678118654752440) {
        f *= 2;
        e--;
    }
    f -= 1;
    double k = (double)e, s = f / (2 + f), s2 = s * s, s4 = s2 * s2;
    double t1 = s2 * (6.666666666666735130e-01 +
                      s4 * (2.857142874366239149e-01 + s4 * (1.818357216161805012e-01 + s4 * 1.479819860511658591e-01)));
    double t2 = s4 * (3.999999999940941908e-01 + s4 * (2.222219843214978396e-01 + s4 * 1.531383769920937332e-01));
    double r = t1 + t2, half = 0.5 * f * f;
    return k * LN2_HI - ((half - (s * (half + r) + k * LN2_LO)) - f);
}

double gomath_log10(double x) { return gomath_log(x) * 0.43429448190325182765112891891660508; }

double gomath_log2(double x) {
    if (!isfinite(x) || x <= 0)
        return gomath_log(x);
    int e;
    double f = frexp(x, &e);
    if (f == 0.5)
        return (double)(e - 1); /* powers of two exactly */
    return gomath_log(f) * 1.44269504088896340735992468100189214 + (double)e;
}

/* log(1+f) + k*ln2 + c */
static double log1p_reduced(double f, int k, double c, bool tiny) {
    double half = 0.5 * f * f, kd = (double)k;
    if (tiny) { /* |f| < 2^-20 */
        if (f == 0)
            return k == 0 ? 0 : kd * LN2_HI + (c + kd * LN2_LO);
        double r = half * (1.0 - 0.66666666666666666 * f);
        return k == 0 ? f - r : kd * LN2_HI - ((r - (kd * LN2_LO + c)) - f);
    }
    double s = f / (2.0 + f), z = s * s;
    double r = z * (6.666666666666735130e-01 +
                    z * (3.999999999940941908e-01 +
                         z * (2.857142874366239149e-01 +
                              z * (2.222219843214978396e-01 +
                                   z * (1.818357216161805012e-01 + z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01))))));
    if (k == 0)
        return f - (half - s * (half + r));
    return kd * LN2_HI - ((half - (s * (half + r) + (kd * LN2_LO + c))) - f);
}

double gomath_log1p(double x) {
    if (x < -1 || isnan(x))
        return gomath_nan();
    if (x == -1)
        return -HUGE_VAL;
    if (isinf(x))
        return x;
    double a = fabs(x);
    if (a < 5.5511151231257827e-17)
        return x;
    if (a < 1.862645149230957e-09) /* 2^-29 */
        return x - x * x * 0.5;
    if (a < 4.142135623730950488017e-01 && x > -2.928932188134524755992e-01)
        return log1p_reduced(x, 0, 0, false);
    double u = a < 9007199254740992.0 ? 1.0 + x : x, c = 0;
    uint64_t m = bits_of(u);
    int k = (int)(m >> 52) - 1023;
    if (a < 9007199254740992.0)
        c = (k > 0 ? 1.0 - (u - x) : x - (u - 1.0)) / u;
    m &= UINT64_C(0x000fffffffffffff);
    if (m < UINT64_C(0x0006a09e667f3bcd)) { /* the square root of 2 */
        u = of_bits(m | UINT64_C(0x3ff0000000000000));
    } else {
        k++;
        u = of_bits(m | UINT64_C(0x3fe0000000000000));
        m = (UINT64_C(0x0010000000000000) - m) >> 2;
    }
    return log1p_reduced(u - 1.0, k, c, m == 0);
}

static bool odd(double y) {
    if (fabs(y) >= 9007199254740992.0)
        return false;
    double whole;
    return modf(y, &whole) == 0 && ((int64_t)whole & 1);
}

static double pow_of_zero(double x, double y) {
    if (y < 0)
        return signbit(x) && odd(y) ? -HUGE_VAL : HUGE_VAL;
    return signbit(x) && odd(y) ? x : 0;
}

/* What |x|^y comes to for a y beyond all bounds. */
static double pow_limit(double x, bool y_positive) {
    if (x == -1)
        return 1;
    return (fabs(x) < 1) == y_positive ? 0 : HUGE_VAL;
}

double gomath_pow(double x, double y) {
    if (y == 0 || x == 1)
        return 1;
    if (y == 1)
        return x;
    if (isnan(x) || isnan(y))
        return gomath_nan();
    if (x == 0)
        return pow_of_zero(x, y);
    if (isinf(y))
        return pow_limit(x, y > 0);
    if (isinf(x)) {
        if (x < 0)
            return gomath_pow(1 / x, -y);
        return y < 0 ? 0 : HUGE_VAL;
    }
    if (y == 0.5)
        return sqrt(x);
    if (y == -0.5)
        return 1 / sqrt(x);
    double whole, part = modf(fabs(y), &whole);
    if (part != 0 && x < 0)
        return gomath_nan();
    if (whole >= 9.223372036854775808e18)
        return pow_limit(x, y > 0);
    double a = 1;
    int64_t e = 0;
    if (part != 0) {
        if (part > 0.5) {
            part--;
            whole++;
        }
        a = gomath_exp(part * gomath_log(x));
    }
    int xe32;
    double m = frexp(x, &xe32);
    int64_t xe = xe32;
    for (uint64_t i = (uint64_t)whole; i != 0; i >>= 1) { /* by squares, the powers of two apart */
        if (xe < -4096 || xe > 4096) {
            e += xe; /* over- or underflow is certain */
            break;
        }
        if (i & 1) {
            a *= m;
            e += xe;
        }
        m *= m;
        xe *= 2;
        if (m < .5) {
            m += m;
            xe--;
        }
    }
    if (y < 0) {
        a = 1 / a;
        e = -e;
    }
    return ldexp(a, e > 100000 ? 100000 : e < -100000 ? -100000 : (int)e);
}

double gomath_hypot(double p, double q) {
    p = fabs(p);
    q = fabs(q);
    if (isinf(p) || isinf(q))
        return HUGE_VAL;
    if (isnan(p) || isnan(q))
        return gomath_nan();
    double most = p > q ? p : q, least = p > q ? q : p;
    if (most == 0)
        return 0;
    double r = least / most;
    return most * sqrt(1 + r * r);
}

double gomath_cbrt(double x) {
    if (x == 0 || !isfinite(x))
        return x;
    double a = fabs(x);
    double t = of_bits(bits_of(a) / 3 + (UINT64_C(715094163) << 32)); /* to 5 bits */
    if (a < 2.22507385850720138309e-308) {
        t = 18014398509481984.0 * a;
        t = of_bits(bits_of(t) / 3 + (UINT64_C(696219795) << 32));
    }
    double r = t * t / a, s = 5.42857142857142815906e-01 + r * t;
    t *= 3.57142857142857150787e-01 + 1.60714285714285720630e+00 / (s + 1.41428571428571436819e+00 + -7.05306122448979611050e-01 / s);
    t = of_bits((bits_of(t) & (UINT64_C(0xFFFFFFFFC) << 28)) + (UINT64_C(1) << 30)); /* 22 bits, and larger than the root */
    s = t * t;
    r = a / s;
    r = (r - t) / (t + t + r);
    t = t + t * r;
    return x < 0 ? -t : t;
}

double gomath_sinh(double x) {
    double a = fabs(x), y;
    if (a > 21) {
        y = gomath_exp(a) * 0.5;
    } else if (a > 0.5) {
        double e = gomath_exp(a);
        y = (e - 1 / e) * 0.5;
    } else {
        double s = a * a;
        y = (((-0.2630563213397497062819489e+2 * s + -0.2894211355989563807284660366e+4) * s + -0.8991272022039509355398013511e+5) * s +
             -0.6307673640497716991184787251e+6) * a;
        y = y / (((s + -0.173678953558233699533450911e+3) * s + 0.1521517378790019070696485176e+5) * s + -0.6307673640497716991212077277e+6);
    }
    return x < 0 ? -y : x == 0 ? x : y;
}

double gomath_cosh(double x) {
    x = fabs(x);
    if (x > 21)
        return gomath_exp(x) * 0.5;
    double e = gomath_exp(x);
    return (e + 1 / e) * 0.5;
}

double gomath_tanh(double x) {
    double z = fabs(x);
    if (z > 0.5 * 8.8029691931113054295988e+01)
        return x < 0 ? -1 : 1;
    if (z >= 0.625) {
        z = 1 - 2 / (gomath_exp(2 * z) + 1);
        return x < 0 ? -z : z;
    }
    if (x == 0)
        return x;
    double s = x * x;
    double p = (-9.64399179425052238628e-1 * s + -9.92877231001918586564e1) * s + -1.61468768441708447952e3;
    double q = ((s + 1.12811678491632931402e2) * s + 2.23548839060100448583e3) * s + 4.84406305325125486048e3;
    return x + x * s * p / q;
}
