/* Each allocation of loading a scene fails in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fail_alloc.h"
#include "scenario.h"

static void every_failure_is_told(void **state) {
    (void)state;
    long k = 0;
    for (bool failed = true; failed; k++) {
        struct diag_list diags;
        diag_init(&diags);
        fail_alloc_at(k);
        struct scenario *s = scn_load(GOSEE_SCENES "/no-parents", &diags);
        failed = fail_alloc_done();
        fail_alloc_at(-1);
        if (failed && s == NULL) assert_true(diags.failed || diags.items.len > 0);
        if (!failed) assert_non_null(s);
        scn_free(s);
        diag_free(&diags);
    }
    assert_true(k > 20);
}

static void a_broken_file_with_little_memory(void **state) {
    (void)state;
    long k = 0;
    for (bool failed = true; failed; k++) {
        struct diag_list diags;
        diag_init(&diags);
        fail_alloc_at(k);
        struct scenario *s = scn_load(GOSEE_TEST_DIR "/broken/unknown-inner-key.json", &diags);
        failed = fail_alloc_done();
        fail_alloc_at(-1);
        assert_null(s);
        assert_true(diags.failed || diags.items.len > 0);
        diag_free(&diags);
    }
    assert_true(k > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_failure_is_told),
                                       cmocka_unit_test(a_broken_file_with_little_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
