/* Exact constants: arithmetic past 64 bits, rounding once, bounds, texts. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "constant.h"

static struct arena arena;

static const struct lang_const *num(const char *text) {
    bool large;
    const struct lang_const *c = strpbrk(text, ".ep") && strncmp(text, "0x", 2) != 0
                                     ? lang_const_parse_float(&arena, text, strlen(text), &large)
                                     : lang_const_parse_int(&arena, text, strlen(text), &large);
    assert_non_null(c);
    return c;
}

static const struct lang_const *hexfloat(const char *text) {
    bool large;
    return lang_const_parse_float(&arena, text, strlen(text), &large);
}

static void assert_text(const struct lang_const *c, const char *want) {
    struct str s = {0};
    lang_const_format(c, &s);
    assert_string_equal(str_cstr(&s), want);
    str_free(&s);
}

#define BIN(op, x, y) lang_const_binary(&arena, LANG_OP_##op, x, y, true)

static void test_integers(void **state) {
    (void)state;
    assert_text(num("0x_ff"), "255");
    assert_text(num("0b1010"), "10");
    assert_text(num("0o17"), "15");
    assert_text(num("017"), "15");
    assert_text(num("1_000_000"), "1000000");
    assert_text(num("18446744073709551616"), "18446744073709551616");
    assert_text(BIN(MUL, num("9223372036854775807"), num("9223372036854775807")),
                "85070591730234615847396907784232501249");
    assert_text(BIN(ADD, num("9223372036854775807"), num("1")), "9223372036854775808");
    assert_text(BIN(DIV, num("7"), num("2")), "3");
    assert_text(BIN(DIV, lang_const_make_int(&arena, -7), num("2")), "-3");
    assert_text(BIN(REM, lang_const_make_int(&arena, -7), num("2")), "-1");
    assert_text(BIN(DIV, lang_const_make_int(&arena, INT64_MIN), lang_const_make_int(&arena, -1)),
                "9223372036854775808");
    assert_text(BIN(ANDNOT, num("15"), num("5")), "10");
    assert_text(lang_const_shift(&arena, LANG_OP_SHL, num("1"), 100), "1267650600228229401496703205376");
    assert_text(lang_const_shift(&arena, LANG_OP_SHR, lang_const_make_int(&arena, -5), 1), "-3");
    assert_text(lang_const_unary(&arena, LANG_OP_XOR, num("0"), 8), "255");
    assert_text(lang_const_unary(&arena, LANG_OP_XOR, num("0"), 0), "-1");
    assert_text(lang_const_unary(&arena, LANG_OP_SUB, lang_const_make_int(&arena, INT64_MIN), 0),
                "9223372036854775808");
    assert_int_equal(lang_const_bitlen(lang_const_shift(&arena, LANG_OP_SHL, num("1"), 512)), 513);
    uint64_t u;
    assert_true(lang_const_uint64(num("18446744073709551615"), &u));
    assert_true(u == UINT64_MAX);
    assert_false(lang_const_uint64(num("18446744073709551616"), &u));
    assert_true(lang_const_bits(lang_const_unary(&arena, LANG_OP_SUB, num("9223372036854775808"), 0)) == UINT64_C(1)
                                                                                                             << 63);
}

static void test_floats(void **state) {
    (void)state;
    const struct lang_const *third = lang_const_binary(&arena, LANG_OP_DIV, num("1."), num("3."), false);
    assert_true(lang_const_double(third) == 1.0 / 3.0);
    assert_true(lang_const_float(third) == 1.0f / 3.0f);
    const struct lang_const *one = lang_const_binary(&arena, LANG_OP_MUL, third, num("3."), false);
    assert_true(lang_const_compare(LANG_OP_EQL, one, num("1")));
    assert_true(lang_const_double(num("0.1")) == 0.1);
    assert_true(lang_const_double(num("1e23")) == 1e23);
    assert_true(lang_const_double(num("4.9e-324")) == 4.9e-324);
    assert_true(lang_const_double(num("2.2250738585072011e-308")) == 2.2250738585072011e-308);
    assert_true(isinf(lang_const_double(num("1e309"))));
    assert_true(lang_const_double(num("1.7976931348623157e308")) == 1.7976931348623157e308);
    assert_true(lang_const_float(num("16777217.")) == 16777216.0f);
    assert_true(lang_const_double(hexfloat("0x1p-2")) == 0.25);
    assert_true(lang_const_double(hexfloat("0x1.8p1")) == 3.0);
    assert_null(lang_const_round(&arena, num("1e39"), 32));
    assert_non_null(lang_const_round(&arena, num("1e39"), 64));
    assert_null(lang_const_to_int(&arena, num("1.5")));
    assert_text(lang_const_to_int(&arena, num("1e20")), "100000000000000000000");
    assert_text(lang_const_trunc(&arena, num("2.75")), "2");
    assert_text(num("1e1000"), "1e+1000");
    assert_text(num("1.00000001"), "1.00000001");
    assert_text(num("0.5"), "0.5");
    assert_text(num("1e6"), "1e+06");
    assert_true(lang_const_compare(LANG_OP_LSS, num("1e1000"), num("1e1001")));
    assert_int_equal(lang_const_sign(lang_const_unary(&arena, LANG_OP_SUB, num("1e5000"), 0)), -1);
}

static void test_strings(void **state) {
    (void)state;
    const struct lang_const *a = lang_const_make_string(&arena, "a\0b", 3), *b = lang_const_make_string(&arena, "c", 1);
    size_t len;
    const char *s = lang_const_string(BIN(ADD, a, b), &len);
    assert_int_equal(len, 4);
    assert_memory_equal(s, "a\0bc", 4);
    assert_true(lang_const_compare(LANG_OP_LSS, a, b));
    assert_false(lang_const_equal(a, b));
    assert_text(lang_const_make_string(&arena, "x\"\n", 3), "\"x\\\"\\n\"");
}

static void test_long_literals(void **state) {
    (void)state;
    char digits[20000];
    bool large;
    memset(digits, '9', sizeof digits);
    assert_null(lang_const_parse_int(&arena, digits, sizeof digits, &large));
    assert_true(large);
    assert_non_null(lang_const_parse_int(&arena, digits, 10000, &large));
    assert_null(lang_const_parse_float(&arena, "1e999999999", 11, &large));
}

static int setup(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_floats),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_long_literals),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
