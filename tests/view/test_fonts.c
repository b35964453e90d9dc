/* Without any font there is a message that says what to install; text is measured as it is drawn. */
#include <string.h>

#include "view_support.h"

static void test_no_fonts(void **state) {
    (void)state;
    struct diag_list diags;
    struct str text = {0};
    diag_init(&diags);
    assert_null(ui_fonts_open(&diags));
    assert_int_equal(diags.items.len, 1);
    diag_format(&diags.items.data[0], &text);
    assert_non_null(strstr(str_cstr(&text), "no font can be found"));
    assert_non_null(strstr(str_cstr(&text), "fonts-inter"));
    str_free(&text);
    diag_free(&diags);
}

static void test_utf8(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t cp;
        size_t took;
    } cases[] = {
        {"a", 'a', 1},           {"\xc2\xb5", 0xb5, 2},   {"\xe2\x86\x92", 0x2192, 3}, {"\xf0\x9f\x98\x80", 0x1f600, 4},
        {"\xc0\x80", 0xfffd, 1}, {"\xe2\x86", 0xfffd, 1}, {"\xed\xa0\x80", 0xfffd, 3}, {"\xff", 0xfffd, 1},
        {"\x80", 0xfffd, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t cp;
        assert_int_equal(ui_utf8_next(cases[i].bytes, strlen(cases[i].bytes), &cp), cases[i].took);
        assert_int_equal(cp, cases[i].cp);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_fonts), cmocka_unit_test(test_utf8)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
