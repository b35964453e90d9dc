/* append's growth: what go1.26 says of cap after each reallocation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gosize.h"

struct row { uint64_t cap, need, size; bool pointers; uint64_t next; };

static void caps_are_go_s(void **state) {
    static const struct row rows[] = {
        { 0, 1, 8, false, 1 },      { 1, 2, 8, false, 2 },     { 2, 3, 8, false, 4 },      { 4, 5, 8, false, 8 },
        { 0, 5, 8, false, 6 },      { 0, 1, 1, false, 8 },     { 8, 9, 1, false, 16 },     { 0, 5, 4, false, 6 },
        { 256, 257, 8, false, 512 }, { 512, 513, 8, false, 848 }, { 848, 849, 8, false, 1280 }, { 0, 3, 24, true, 3 },
        { 1, 2, 16, true, 2 },      { 4, 5, 24, true, 8 },     { 0, 3, 0, false, 3 },      { 4096, 4097, 8, false, 6144 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(go_grow_cap(rows[i].cap, rows[i].need, rows[i].size, rows[i].pointers), rows[i].next);
}

int main(void) {
    const struct CMUnitTest tests[] = { cmocka_unit_test(caps_are_go_s) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
