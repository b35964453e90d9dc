/* gomath_trig.c - circular functions by S. Moshier's Cephes: the angle is brought into an octant, where a polynomial
 * serves; from 2**29 on the octant comes from 4/pi in 1,200 bits (Payne and Hanek, 1983). */
#include "gomath.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 u128;

#define PI 3.14159265358979323846
#define QUARTER_A 7.85398125648498535156e-1 /* pi/4 in three parts */
#define QUARTER_B 3.77489470793079817668e-8
#define QUARTER_C 2.69515142907905952645e-15
#define LARGE 536870912.0 /* from here on the three parts do not suffice */

static const double sin_poly[] = {1.58962301576546568060e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
                                  -1.98412698295895385996e-4, 8.33333333332211858878e-3,  -1.66666666666666307295e-1};
static const double cos_poly[] = {-1.13585365213876817300e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7,
                                  2.48015872888517045348e-5,   -1.38888888888730564116e-3, 4.16666666666665929218e-2};

/* 4/pi, 64 bits each; the first is what stands before the point. */
static const uint64_t four_over_pi[] = {
    0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083, 0xfca2c757bd778ac3,
    0x6e48dc74849ba5c0, 0x0c925dd413a32439, 0xfc3bd63962534e7d, 0xd1046bea5d768909, 0xd338e04d68befc82,
    0x7323ac7306a673e9, 0x3908bf177bf25076, 0x3ff12fffbc0b301f, 0xde5e2316b414da3e, 0xda6cfd9e4f96136e,
    0x9e8c7ecd3cbfd45a, 0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757};

static double horner(double z, const double *c, int n) {
    double y = c[0];
    for (int i = 1; i < n; i++)
        y = y * z + c[i];
    return y;
}

static uint64_t digits_from(unsigned bit) {
    unsigned word = bit / 64, shift = bit % 64;
    uint64_t d = four_over_pi[word] << shift;
    return shift ? d | four_over_pi[word + 1] >> (64 - shift) : d;
}

/* x >= pi/4, finite: its octant and what is over, times 4/pi, from three words of the product that matter. */
static unsigned reduce_large(double x, double *rest) {
    uint64_t m;
    memcpy(&m, &x, sizeof m);
    unsigned at = (unsigned)(m >> 52 & 0x7ff) - 1023 - 52 + 61;
    m = (m & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52;
    u128 high = (u128)(digits_from(at) * m) << 64; /* what overflows are whole turns */
    u128 product = high + (u128)digits_from(at + 64) * m + ((u128)digits_from(at + 128) * m >> 64);
    unsigned octant = (unsigned)(product >> 125);
    product <<= 3;
    uint64_t top = (uint64_t)(product >> 64), low = (uint64_t)product;
    unsigned zeros = top ? (unsigned)__builtin_clzll(top) : 64;
    unsigned drop = zeros + 1;
    uint64_t fraction = drop >= 64 ? low : top << drop | low >> (64 - drop);
    uint64_t bits = fraction >> 12 | (uint64_t)(1023 - drop) << 52;
    double z;
    memcpy(&z, &bits, sizeof z);
    if (octant & 1) {
        octant = (octant + 1) & 7;
        z--;
    }
    *rest = z * (PI / 4);
    return octant;
}

/* x >= 0: octant 0, 2, 4 or 6, and the angle from there, between -pi/4 and pi/4. */
static unsigned reduce(double x, double *rest) {
    if (x >= LARGE)
        return reduce_large(x, rest);
    uint64_t j = (uint64_t)(x * (4 / PI));
    double y = (double)j;
    if (j & 1) {
        j++;
        y++;
    }
    *rest = ((x - y * QUARTER_A) - y * QUARTER_B) - y * QUARTER_C;
    return (unsigned)(j & 7);
}

static double near_sin(double z) {
    double zz = z * z;
    return z + z * zz * horner(zz, sin_poly, 6);
}

static double near_cos(double z) {
    double zz = z * z;
    return 1.0 - 0.5 * zz + zz * zz * horner(zz, cos_poly, 6);
}

double gomath_sin(double x) {
    if (x == 0 || isnan(x))
        return x;
    if (isinf(x))
        return gomath_nan();
    double z;
    unsigned j = reduce(fabs(x), &z);
    bool negative = (x < 0) != (j > 3);
    j &= 3;
    double y = j == 1 || j == 2 ? near_cos(z) : near_sin(z);
    return negative ? -y : y;
}

double gomath_cos(double x) {
    if (isnan(x) || isinf(x))
        return gomath_nan();
    double z;
    unsigned j = reduce(fabs(x), &z);
    bool negative = j > 3;
    j &= 3;
    negative = negative != (j > 1);
    double y = j == 1 || j == 2 ? near_sin(z) : near_cos(z);
    return negative ? -y : y;
}

double gomath_tan(double x) {
    static const double p[] = {-1.30936939181383777646e4, 1.15351664838587416140e6, -1.79565251976484877988e7};
    static const double q[] = {1, 1.36812963470692954678e4, -1.32089234440210967447e6, 2.50083801823357915839e7,
                               -5.38695755929454629881e7};
    if (x == 0 || isnan(x))
        return x;
    if (isinf(x))
        return gomath_nan();
    double z;
    unsigned j = reduce(fabs(x), &z);
    double zz = z * z, y = z;
    if (zz > 1e-14)
        y = z + z * (zz * horner(zz, p, 3) / horner(zz, q, 5));
    if (j & 2)
        y = -1 / y;
    return x < 0 ? -y : y;
}

/* 0 <= x <= 0.66 */
static double near_atan(double x) {
    static const double p[] = {-8.750608600031904122785e-01, -1.615753718733365076637e+01, -7.500855792314704667340e+01,
                               -1.228866684490136173410e+02, -6.485021904942025371773e+01};
    static const double q[] = {1, 2.485846490142306297962e+01, 1.650270098316988542046e+02, 4.328810604912902668951e+02,
                               4.853903996359136964868e+02, 1.945506571482613964425e+02};
    double z = x * x;
    z = z * horner(z, p, 5) / horner(z, q, 6);
    return x * z + x;
}

static double positive_atan(double x) {
    const double more = 6.123233995736765886130e-17; /* pi/2 is PI / 2 and this */
    if (x <= 0.66)
        return near_atan(x);
    if (x > 2.41421356237309504880) /* tan(3*pi/8) */
        return PI / 2 - near_atan(1 / x) + more;
    return PI / 4 + near_atan((x - 1) / (x + 1)) + 0.5 * more;
}

double gomath_atan(double x) {
    if (x == 0)
        return x;
    return x > 0 ? positive_atan(x) : -positive_atan(-x);
}

double gomath_asin(double x) {
    if (x == 0)
        return x;
    double a = fabs(x);
    if (!(a <= 1))
        return gomath_nan();
    double y = sqrt(1 - a * a);
    y = a > 0.7 ? PI / 2 - positive_atan(y / a) : positive_atan(a / y);
    return x < 0 ? -y : y;
}

double gomath_acos(double x) { return PI / 2 - gomath_asin(x); }

double gomath_atan2(double y, double x) {
    if (isnan(y) || isnan(x))
        return gomath_nan();
    if (y == 0)
        return copysign(signbit(x) ? PI : 0, y);
    if (x == 0)
        return copysign(PI / 2, y);
    if (isinf(x)) {
        double angle = isinf(y) ? (x > 0 ? PI / 4 : 3 * PI / 4) : (x > 0 ? 0 : PI);
        return copysign(angle, y);
    }
    if (isinf(y))
        return copysign(PI / 2, y);
    double q = gomath_atan(y / x);
    if (x >= 0)
        return q;
    return q <= 0 ? q + PI : q - PI;
}
