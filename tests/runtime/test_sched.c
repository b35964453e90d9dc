#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "script.h"

static struct script *fresh(unsigned procs, bool stepped) {
    struct script *s = calloc(1, sizeof *s);
    assert_non_null(s);
    s->procs = procs;
    s->stepped = stepped;
    return s;
}

static void done(struct script *s) {
    script_free(s);
    free(s);
}

/* go 1..5, then main waits for them: 5 1 2 3 4, since the newest is in runnext. */
static void runnext_order(void **state) {
    static const struct step main_code[] = {{ADD, 0, 5, 0}, {GO, 1, 1, 0}, {GO, 1, 2, 0}, {GO, 1, 3, 0}, {GO, 1, 4, 0},
                                            {GO, 1, 5, 0},  {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    for (int stepped = 0; stepped < 2; stepped++) {
        struct script *s = fresh(1, stepped);
        s->code[0] = main_code;
        s->code[1] = child;
        script_run(s);
        if (getenv("DUMP") && stepped) script_dump(s);
        EXPECT_NOTES(s, 5, 1, 2, 3, 4);
        assert_int_equal(s->status, 0);
        assert_int_equal(s->how, RT_END_MAIN);
        assert_int_equal(s->forced, 0);
        done(s);
    }
    (void)state;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runnext_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
