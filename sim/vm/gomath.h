/* gomath.h - the functions of package math whose last bit depends on the method: so that every machine prints what Go
 * prints on amd64, they follow the methods that Go uses. What every correct C library computes alike (sqrt, floor, fma, fmod)
 * is not here. Names are Go's.
 */
#ifndef GOSEE_VM_GOMATH_H
#define GOSEE_VM_GOMATH_H

#include <stdint.h>

/* Go's NaN has a payload, which math.Float64bits shows. */
static inline double gomath_nan(void) {
    union { uint64_t bits; double f; } nan = { .bits = UINT64_C(0x7ff8000000000001) };
    return nan.f;
}

double gomath_exp(double x);
double gomath_exp2(double x);
double gomath_expm1(double x);
double gomath_log(double x);
double gomath_log2(double x);
double gomath_log10(double x);
double gomath_log1p(double x);
double gomath_pow(double x, double y);
double gomath_hypot(double p, double q);
double gomath_cbrt(double x);
double gomath_sin(double x);
double gomath_cos(double x);
double gomath_tan(double x);
double gomath_asin(double x);
double gomath_acos(double x);
double gomath_atan(double x);
double gomath_atan2(double y, double x);
double gomath_sinh(double x);
double gomath_cosh(double x);
double gomath_tanh(double x);

#endif
