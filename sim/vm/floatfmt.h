/* floatfmt.h - floating point as text, as Go's strconv writes and reads it. No Go memory, no run. */
#ifndef GOSEE_VM_FLOATFMT_H
#define GOSEE_VM_FLOATFMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* f by verb e E f g G b x X, with prec digits (-1: the fewest that read back as the same value of 32 or 64 bits).
 * The text is the caller's to free; NULL: no memory. */
char *float_format(double f, char verb, int64_t prec, bool single, size_t *length);

enum float_result { FLOAT_OK, FLOAT_RANGE, FLOAT_NO_MEMORY };
/* digits (n decimal digits) times 10^exp, rounded to nearest even. FLOAT_RANGE: *out is infinite. */
enum float_result float_parse_decimal(const char *digits, size_t n, int64_t exp, bool single, double *out);
/* mantissa times 2^exp; sticky: bits below the mantissa's were dropped. false: too large, *out is infinite. */
bool float_scale(uint64_t mantissa, bool sticky, int64_t exp, bool single, double *out);

#endif
