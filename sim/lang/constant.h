/* constant.h - values of constant expressions, exact as the specification asks: integers of up to 512 bits, fractions,
 * and floats of 512 bits of mantissa where a fraction would grow past Go's bounds.
 *
 * A constant is immutable; it lives in the compilation's arena, GMP's numbers included. An operation that runs out of
 * memory gives NULL, as does one on a NULL operand. */
#ifndef GOSEE_LANG_CONSTANT_H
#define GOSEE_LANG_CONSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "str.h"
#include "token.h"

enum lang_const_kind { LANG_CONST_BOOL, LANG_CONST_STRING, LANG_CONST_INT, LANG_CONST_FLOAT };

struct lang_const;

enum lang_const_kind lang_const_kind(const struct lang_const *c);
bool lang_const_bool(const struct lang_const *c);
/* The bytes of a string constant; they live as long as the constant. */
const char *lang_const_string(const struct lang_const *c, size_t *len);
/* Integers, and floats with an integral value: true and the value if it fits. */
bool lang_const_int64(const struct lang_const *c, int64_t *out);
bool lang_const_uint64(const struct lang_const *c, uint64_t *out);
/* The low 64 bits in two's complement, for a value already known to be representable in its type. */
uint64_t lang_const_bits(const struct lang_const *c);
/* Nearest double, and nearest float (rounded once); infinite if too large. */
double lang_const_double(const struct lang_const *c);
float lang_const_float(const struct lang_const *c);
int lang_const_sign(const struct lang_const *c); /* -1, 0, 1 for numbers */

const struct lang_const *lang_const_make_bool(struct arena *a, bool b);
const struct lang_const *lang_const_make_string(struct arena *a, const char *s, size_t len); /* copies */
const struct lang_const *lang_const_make_int(struct arena *a, int64_t v);
const struct lang_const *lang_const_make_uint(struct arena *a, uint64_t v);
const struct lang_const *lang_const_make_double(struct arena *a, double v); /* finite */
/* From a literal's text (underscores, prefixes, hexadecimal floats and all). NULL if it is malformed or past Go's
 * bounds; *too_large tells which. */
const struct lang_const *lang_const_parse_int(struct arena *a, const char *text, size_t len, bool *too_large);
const struct lang_const *lang_const_parse_float(struct arena *a, const char *text, size_t len, bool *too_large);

/* Unary + - ^ !. For ^ of an unsigned type, bits is its width (else 0). */
const struct lang_const *lang_const_unary(struct arena *a, enum lang_op op, const struct lang_const *x, unsigned bits);
/* Binary + - * / % & | ^ &^ && || on operands of one kind (an int beside a float becomes a float). integer: / is
 * integer division. The divisor is not zero. */
const struct lang_const *lang_const_binary(struct arena *a, enum lang_op op, const struct lang_const *x,
                                           const struct lang_const *y, bool integer);
const struct lang_const *lang_const_shift(struct arena *a, enum lang_op op, const struct lang_const *x, unsigned count);
bool lang_const_compare(enum lang_op op, const struct lang_const *x, const struct lang_const *y);
bool lang_const_equal(const struct lang_const *x, const struct lang_const *y); /* same kind and value */
uint64_t lang_const_hash(const struct lang_const *x);

/* The same value as an integer, if it is integral; else NULL. */
const struct lang_const *lang_const_to_int(struct arena *a, const struct lang_const *x);
const struct lang_const *lang_const_to_float(struct arena *a, const struct lang_const *x);
/* Truncated toward zero. */
const struct lang_const *lang_const_trunc(struct arena *a, const struct lang_const *x);
/* Rounded to float32 or float64; NULL if it overflows. */
const struct lang_const *lang_const_round(struct arena *a, const struct lang_const *x, unsigned bits);
unsigned lang_const_bitlen(const struct lang_const *x); /* of an integer's magnitude */

/* As Go's compiler shows it in messages: shortened strings, six digits of a float. */
void lang_const_format(const struct lang_const *x, struct str *out);

#endif
