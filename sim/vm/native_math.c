/* native_math.c - packages math and math/rand. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "gomath.h"
#include "gorand.h"
#include "library.h"

static enum rt_status give(struct vm_call *c, double f) {
    c->results[0] = vm_of_float(f);
    return RT_OK;
}

static double arg(const struct vm_call *c, unsigned i) { return vm_float(c->args[i]); }

enum rt_status native_math_Exp(struct vm_call *c) { return give(c, gomath_exp(arg(c, 0))); }
enum rt_status native_math_Exp2(struct vm_call *c) { return give(c, gomath_exp2(arg(c, 0))); }
enum rt_status native_math_Expm1(struct vm_call *c) { return give(c, gomath_expm1(arg(c, 0))); }
enum rt_status native_math_Log(struct vm_call *c) { return give(c, gomath_log(arg(c, 0))); }
enum rt_status native_math_Log2(struct vm_call *c) { return give(c, gomath_log2(arg(c, 0))); }
enum rt_status native_math_Log10(struct vm_call *c) { return give(c, gomath_log10(arg(c, 0))); }
enum rt_status native_math_Log1p(struct vm_call *c) { return give(c, gomath_log1p(arg(c, 0))); }
enum rt_status native_math_Cbrt(struct vm_call *c) { return give(c, gomath_cbrt(arg(c, 0))); }
enum rt_status native_math_Sin(struct vm_call *c) { return give(c, gomath_sin(arg(c, 0))); }
enum rt_status native_math_Cos(struct vm_call *c) { return give(c, gomath_cos(arg(c, 0))); }
enum rt_status native_math_Tan(struct vm_call *c) { return give(c, gomath_tan(arg(c, 0))); }
enum rt_status native_math_Asin(struct vm_call *c) { return give(c, gomath_asin(arg(c, 0))); }
enum rt_status native_math_Acos(struct vm_call *c) { return give(c, gomath_acos(arg(c, 0))); }
enum rt_status native_math_Atan(struct vm_call *c) { return give(c, gomath_atan(arg(c, 0))); }
enum rt_status native_math_Sinh(struct vm_call *c) { return give(c, gomath_sinh(arg(c, 0))); }
enum rt_status native_math_Cosh(struct vm_call *c) { return give(c, gomath_cosh(arg(c, 0))); }
enum rt_status native_math_Tanh(struct vm_call *c) { return give(c, gomath_tanh(arg(c, 0))); }
enum rt_status native_math_Pow(struct vm_call *c) { return give(c, gomath_pow(arg(c, 0), arg(c, 1))); }
enum rt_status native_math_Hypot(struct vm_call *c) { return give(c, gomath_hypot(arg(c, 0), arg(c, 1))); }
enum rt_status native_math_Atan2(struct vm_call *c) { return give(c, gomath_atan2(arg(c, 0), arg(c, 1))); }
enum rt_status native_math_Sqrt(struct vm_call *c) { return give(c, sqrt(arg(c, 0))); }
enum rt_status native_math_Floor(struct vm_call *c) { return give(c, floor(arg(c, 0))); }
enum rt_status native_math_Ceil(struct vm_call *c) { return give(c, ceil(arg(c, 0))); }
enum rt_status native_math_Trunc(struct vm_call *c) { return give(c, trunc(arg(c, 0))); }
enum rt_status native_math_Abs(struct vm_call *c) { return give(c, fabs(arg(c, 0))); }
enum rt_status native_math_Round(struct vm_call *c) { return give(c, round(arg(c, 0))); }
enum rt_status native_math_RoundToEven(struct vm_call *c) { return give(c, rint(arg(c, 0))); }
static double told_nan(double f) { return isnan(f) ? gomath_nan() : f; }
enum rt_status native_math_Mod(struct vm_call *c) { return give(c, told_nan(fmod(arg(c, 0), arg(c, 1)))); }
enum rt_status native_math_Remainder(struct vm_call *c) { return give(c, told_nan(remainder(arg(c, 0), arg(c, 1)))); }
enum rt_status native_math_Copysign(struct vm_call *c) { return give(c, copysign(arg(c, 0), arg(c, 1))); }
enum rt_status native_math_FMA(struct vm_call *c) { return give(c, fma(arg(c, 0), arg(c, 1), arg(c, 2))); }

/* Of two factors, each correctly rounded, as Go's tables have them. */
enum rt_status native_math_powerOfTen(struct vm_call *c) {
    int64_t n = (int64_t)c->args[0];
    char coarse[16], fine[16];
    int64_t size = n < 0 ? -n : n;
    snprintf(coarse, sizeof coarse, "1e%d", (int)(n < 0 ? -(size / 32 * 32) : size / 32 * 32));
    snprintf(fine, sizeof fine, "1e%d", (int)(size % 32));
    double a = strtod(coarse, NULL), b = strtod(fine, NULL);
    return give(c, n < 0 ? a / b : a * b);
}

enum rt_status native_math_Ldexp(struct vm_call *c) {
    int64_t e = (int64_t)c->args[1];
    return give(c, ldexp(arg(c, 0), e > 100000 ? 100000 : e < -100000 ? -100000 : (int)e));
}

enum rt_status native_math_Frexp(struct vm_call *c) {
    int e = 0;
    double f = arg(c, 0), m = isfinite(f) ? frexp(f, &e) : f;
    c->results[0] = vm_of_float(m);
    c->results[1] = (rt_slot)(int64_t)e;
    return RT_OK;
}

/* A float64 is its bits in a slot; a float32 is, too. */
static enum rt_status same_bits(struct vm_call *c) {
    rt_slot bits = c->args[0];
    c->results[0] = bits;
    return RT_OK;
}

enum rt_status native_math_Float64bits(struct vm_call *c) { return same_bits(c); }
enum rt_status native_math_Float64frombits(struct vm_call *c) { return same_bits(c); }
enum rt_status native_math_Float32bits(struct vm_call *c) { return same_bits(c); }
enum rt_status native_math_Float32frombits(struct vm_call *c) { return same_bits(c); }

enum rt_status native_rand_seed(struct vm_call *c) {
    if (vm_slice_len(c->args[0]) != GORAND_LENGTH)
        return vm_panic_string(c, "rand: a generator's state of the wrong length");
    gorand_seed((uint64_t *)(void *)vm_slice_data(c->args[0]), (int64_t)c->args[1]);
    return RT_OK;
}

enum rt_status native_rand_random(struct vm_call *c) {
    c->results[0] = vm_random(c);
    return RT_OK;
}

enum rt_status native_v2_random(struct vm_call *c) { return native_rand_random(c); }
