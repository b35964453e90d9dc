/* The library's table of natives, and floating point as text. Expected texts are those of Go's strconv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "floatfmt.h"
#include "gomath.h"
#include "gorand.h"
#include "lang.h"
#include "vm.h"

static const char *const names[] = {
#define NATIVE(name, function) name,
#include "natives.def"
#undef NATIVE
};
enum { COUNT = sizeof names / sizeof names[0] };

static void natives_are_found_by_name(void **state) {
    (void)state;
    const struct lang_library *lib = vm_library();
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(lib->native(names[i]), i);
        if (i > 0 && strcmp(names[i - 1], names[i]) >= 0)
            fail_msg("natives.def: %s stands behind %s", names[i], names[i - 1]);
    }
    assert_int_equal(lib->native("time.Sleepy"), -1);
    assert_int_equal(lib->native(""), -1);
}

/* Every function without a body in the Go files has a native: such a line begins with func and has no brace. */
static void check_line(const struct lang_library *lib, const char *package, const char *line, size_t n) {
    char text[256], name[1024];
    if (n < 6 || n >= sizeof text || strncmp(line, "func ", 5) != 0 || memchr(line, '{', n))
        return;
    memcpy(text, line + 5, n - 5);
    text[n - 5] = 0;
    char *function = text, receiver[300] = "";
    if (text[0] == '(') { /* (x *T) F( */
        char *end = strchr(text, ')'), *type = strchr(text, ' ') + 1;
        *end = 0;
        snprintf(receiver, sizeof receiver, type[0] == '*' ? "(%s)." : "%s.", type);
        function = end + 2;
    }
    char *open = strchr(function, '(');
    if (!open)
        return;
    *open = 0;
    snprintf(name, sizeof name, "%.200s.%s%s", package, receiver, function);
    if (lib->native(name) < 0)
        fail_msg("%s has neither a body nor a native", name);
}

/* Programs read only the functions that they use; this reads them all. */
static void every_function_of_the_library_compiles(void **state) {
    (void)state;
    const struct lang_library *lib = vm_library();
    struct str text = { 0 };
    str_adds(&text, "package main\n\nimport (\n");
    for (size_t i = 0; i < lib->npackages; i++)
        if (strncmp(lib->packages[i].path, "internal/", 9) != 0) str_addf(&text, "\t_ \"%s\"\n", lib->packages[i].path);
    str_adds(&text, ")\n\nfunc main() {}\n");
    struct src_file file = { "all.go", text.data, text.len };
    struct diag_list diags;
    diag_init(&diags);
    struct lang_checked *c = lang_checked_new(&file, 1, lib, &diags);
    assert_non_null(c);
    assert_int_equal(c->npackages, lib->npackages + 1);
    for (size_t i = 0; i < c->npackages; i++)
        for (size_t k = 0; k < c->packages[i]->nfuncs; k++) lang_func_prepare(c, c->packages[i]->funcs[k]);
    if (diags.items.len)
        fail_msg("%s:%d: %s", diags.items.data[0].file->name, diags.items.data[0].line, diags.items.data[0].message);
    lang_checked_free(c);
    diag_free(&diags);
    str_free(&text);
}

static void functions_without_a_body_are_native(void **state) {
    (void)state;
    const struct lang_library *lib = vm_library();
    assert_true(lib->npackages > 10);
    for (size_t p = 0; p < lib->npackages; p++) {
        const struct lang_package_source *package = &lib->packages[p];
        assert_true(package->nfiles > 0);
        for (size_t f = 0; f < package->nfiles; f++) {
            const char *at = package->files[f].text, *end = at + package->files[f].length;
            assert_true(package->files[f].length > 0);
            while (at < end) {
                const char *nl = memchr(at, '\n', (size_t)(end - at));
                size_t n = (size_t)((nl ? nl : end) - at);
                check_line(lib, package->path, at, n);
                at = nl ? nl + 1 : end;
            }
        }
    }
}

static void expect(double f, char verb, int prec, bool single, const char *want) {
    size_t n;
    char *got = float_format(f, verb, prec, single, &n);
    assert_non_null(got);
    if (n != strlen(want) || memcmp(got, want, n) != 0)
        fail_msg("%a %c %d: got %.*s, expected %s", f, verb, prec, (int)n, got, want);
    free(got);
}

static void floats_are_written_as_go_writes_them(void **state) {
    (void)state;
    expect(0, 'g', -1, false, "0");
    expect(-0.0, 'e', -1, false, "-0e+00");
    expect(0.1, 'g', -1, false, "0.1");
    expect(100000, 'g', -1, false, "100000");
    expect(1e21, 'g', -1, false, "1e+21");
    expect(1e6, 'g', -1, false, "1e+06");
    expect(123456789, 'g', -1, false, "1.23456789e+08");
    expect(5e-324, 'g', -1, false, "5e-324");
    expect(1.7976931348623157e308, 'g', -1, false, "1.7976931348623157e+308");
    expect(0x1p-44, 'g', -1, false, "5.684341886080802e-14");
    expect(0.000244140625, 'e', -1, true, "2.4414063e-04");
    expect((double)0.1f, 'g', -1, true, "0.1");
    expect(2.5, 'f', 0, false, "2");
    expect(3.14159, 'f', 2, false, "3.14");
    expect(1e23, 'f', 1, false, "99999999999999991611392.0");
    expect(0.06, 'f', 1, false, "0.1");
    expect(0.04, 'f', 1, false, "0.0");
    expect(99.95, 'g', 3, false, "100");
    expect(1.5, 'b', -1, false, "6755399441055744p-52");
    expect(1.5, 'x', -1, false, "0x1.8p+00");
    expect(0x1.fffp3, 'X', 1, false, "0X1.0P+04");
    expect(INFINITY, 'g', -1, false, "+Inf");
    expect(NAN, 'f', 2, false, "NaN");
}

static void floats_are_read_exactly(void **state) {
    (void)state;
    double f;
    assert_int_equal(float_parse_decimal("1", 1, -1, false, &f), FLOAT_OK);
    assert_true(f == 0.1);
    assert_int_equal(float_parse_decimal("17976931348623157", 17, 292, false, &f), FLOAT_OK);
    assert_true(f == 1.7976931348623157e308);
    assert_int_equal(float_parse_decimal("1", 1, 309, false, &f), FLOAT_RANGE);
    assert_int_equal(float_parse_decimal("1", 1, 39, true, &f), FLOAT_RANGE);
    assert_int_equal(float_parse_decimal("1", 1, INT64_MAX, false, &f), FLOAT_RANGE);
    assert_int_equal(float_parse_decimal("1", 1, INT64_MIN / 2, false, &f), FLOAT_OK);
    assert_true(f == 0);
    assert_true(float_scale(3, false, -1, false, &f));
    assert_true(f == 1.5);
    assert_true(float_scale((UINT64_C(1) << 53) + 1, false, 0, false, &f)); /* a tie goes to even */
    assert_true(f == 0x1p53);
    assert_true(float_scale((UINT64_C(1) << 60) + 128, true, 0, false, &f)); /* unless something was cut off */
    assert_true(f == 0x1p60 + 256);
    assert_true(float_scale(1, false, -1074, false, &f));
    assert_true(f == 5e-324);
    assert_true(float_scale(1, false, -1076, false, &f));
    assert_true(f == 0);
    assert_false(float_scale(1, false, 1024, false, &f));
    assert_false(float_scale(1, false, 128, true, &f));
}

/* To the last bit, as Go 1.26 on amd64 has them. */
static void functions_have_go_s_last_bit(void **state) {
    (void)state;
    assert_true(gomath_exp(1.3) == 0x1.d5ab83615f8b4p+01);
    assert_true(gomath_log(3.7) == 0x1.4eeee650ae55p+00);
    assert_true(gomath_pow(1.1, 37.3) == 0x1.17ec0ce0d1a5dp+05);
    assert_true(gomath_sin(1e300) == -0x1.a2c16b010e386p-01);
    assert_true(gomath_cbrt(5) == 0x1.b5c0fbcfec4d4p+00);
    assert_true(gomath_tanh(0.3) == 0x1.2a4dda7d914fap-02);
    assert_true(isnan(gomath_asin(2)) && isnan(gomath_log(-1)) && gomath_pow(-8, -INFINITY) == 0);
}

static void a_seed_gives_go_s_numbers(void **state) {
    (void)state;
    uint64_t s[GORAND_LENGTH];
    gorand_seed(s, 42);
    s[333] += s[606];
    s[332] += s[605];
    assert_true(s[333] == UINT64_C(12663951391086054483));
    assert_true(s[332] == UINT64_C(9832119173398632219));
    uint64_t t[GORAND_LENGTH];
    gorand_seed(t, INT64_MIN);
    gorand_seed(s, 0x7fffffff);
    gorand_seed(t, 0);
    assert_memory_equal(s, t, sizeof s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(natives_are_found_by_name),
        cmocka_unit_test(functions_without_a_body_are_native),
        cmocka_unit_test(every_function_of_the_library_compiles),
        cmocka_unit_test(floats_are_written_as_go_writes_them),
        cmocka_unit_test(floats_are_read_exactly),
        cmocka_unit_test(functions_have_go_s_last_bit),
        cmocka_unit_test(a_seed_gives_go_s_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
