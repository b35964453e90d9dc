/* Each allocation of a session fails in turn: what was asked for is refused, later it works, and nothing is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fail_alloc.h"
#include "random_log.h"
#include "session.h"

static void look_around(struct rp_session *s, uint64_t n) {
    const struct rp_state *st = rp_seek(s, n);
    for (unsigned i = 0; st && i < rp_np(st); i++)
        rp_p(st, i);
    for (unsigned i = 0; st && i < rp_nm(st); i++)
        rp_m(st, i);
    for (size_t i = 0; st && i < rp_ng(st); i++)
        rp_g_at(st, i);
    for (size_t i = 0; st && i < rp_nobj(st); i++)
        rp_obj_at(st, i);
    if (st) rp_global(st);
    uint32_t asleep[8];
    if (st) rp_sleepers(st, asleep, 8);
    struct rp_narration say;
    if (rp_narrate(s, n / 3, &say)) rp_narration_free(&say);
    struct rp_span span;
    rp_spans(s, RP_LANE_G, 1, 0, INT64_MAX, &span, 1);
    rp_spans(s, RP_LANE_P, 0, 0, INT64_MAX, &span, 1);
    rp_next_decision(s, 3);
    rp_seek(s, n / 2);
}

static void every_failure_is_survived(void **state) {
    (void)state;
    struct rt_log *log = random_log(9, 300);
    assert_non_null(log);
    uint64_t n = rt_log_count(log);
    struct rp_session *ref = rp_open(log);
    uint64_t hash = rp_hash(rp_seek(ref, n)), middle = rp_hash(rp_seek(ref, n / 2));
    long k = 0;
    for (bool failed = true; failed; k++) {
        fail_alloc_at(k);
        struct rp_session *s = rp_open(log);
        if (s) {
            s->spacing = 100;
            look_around(s, n);
        }
        failed = fail_alloc_done();
        fail_alloc_at(-1);
        if (!s) continue;
        const struct rp_state *st = rp_seek(s, n);
        if (st) { /* facts that could not be kept spoil a session for good, and it says so */
            assert_int_equal(rp_hash(st), hash);
            assert_int_equal(rp_hash(rp_seek(s, n / 2)), middle);
        } else {
            assert_true(s->facts.failed);
            assert_false(rp_illegal(s, NULL, NULL));
        }
        rp_close(s);
    }
    assert_true(k > 100);
    rp_close(ref);
    rt_log_free(log);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_failure_is_survived)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
