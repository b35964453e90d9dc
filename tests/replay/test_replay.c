#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "replay.h"
#include "sample_log.h"

static void assert_legal(struct rp_session *s, uint64_t n) {
    uint64_t at;
    struct str rule = {0};
    const struct rp_state *st = rp_seek(s, n);
    if (rp_illegal(s, &at, &rule)) print_message("event %llu: %s\n", (unsigned long long)at, str_cstr(&rule));
    str_free(&rule);
    assert_non_null(st);
}

static void walk_both_ways(struct rt_log *log) {
    assert_non_null(log);
    struct rp_session *s = rp_open(log);
    uint64_t n = rt_log_count(log);
    uint64_t hashes[512];
    assert_true(n < 512);
    assert_legal(s, n);
    for (uint64_t i = 0; i <= n; i++)
        hashes[i] = rp_hash(rp_seek(s, i));
    for (uint64_t i = n + 1; i-- > 0;)
        assert_int_equal(rp_hash(rp_seek(s, i)), hashes[i]);
    for (uint64_t i = 0, k = 7; i < 500; i++, k = k * 5 + 3)
        assert_int_equal(rp_hash(rp_seek(s, k % n)), hashes[k % n]);
    rp_close(s);
    rt_log_free(log);
}

static void samples_are_legal_both_ways(void **state) {
    (void)state;
    walk_both_ways(sample_tutorial());
    walk_both_ways(sample_workers(NULL));
}

static void the_moment_of_the_steal(void **state) {
    (void)state;
    uint64_t at;
    struct rt_log *log = sample_workers(&at);
    struct rp_session *s = rp_open(log);
    const struct rp_state *st = rp_seek(s, at);
    assert_non_null(st);
    assert_int_equal(rp_np(st), 2);
    const struct rp_p *p0 = rp_p(st, 0), *p1 = rp_p(st, 1);
    assert_int_equal(p0->g, 9);
    assert_int_equal(p0->ring.len, 3);
    assert_int_equal(p0->ring.goids[0], 10);
    assert_int_equal(p0->ring.goids[2], 12);
    assert_int_equal(p1->m, 2);
    assert_true(rp_m(st, 2)->spinning);
    assert_int_equal(rp_g(st, 7)->place, RP_AT_SHELF);
    assert_int_equal(rp_m(st, 0)->syscall, RT_SYS_NANOSLEEP);
    const struct rp_obj *jobs = rp_obj(st, 1), *mu = rp_obj(st, 3);
    assert_string_equal(jobs->name, "jobs");
    assert_int_equal(jobs->nbuffer, 3);
    assert_int_equal(jobs->buffer[0], 7);
    assert_int_equal(jobs->nwaiters, 1);
    assert_int_equal(jobs->waiters[0].g, 13);
    assert_int_equal(jobs->waiters[0].value, 10);
    assert_int_equal(mu->kind, RP_OBJ_MUTEX);
    assert_int_equal(mu->owner, 7);
    assert_int_equal(mu->waiters[0].g, 8);
    assert_int_equal(rp_obj(st, 4)->counter, 6);
    uint32_t asleep[4];
    assert_int_equal(rp_sleepers(st, asleep, 4), 1);
    assert_int_equal(asleep[0], 14);
    struct rp_census c = rp_census(st);
    assert_int_equal(c.running, 1);
    assert_int_equal(c.runnable, 3);
    assert_int_equal(c.waiting, 4);
    assert_int_equal(c.syscall, 1);
    assert_int_equal(rp_nlines(st), 2);
    struct rp_line line;
    assert_true(rp_line(st, 1, &line));
    assert_int_equal(line.length, 4);
    assert_memory_equal(line.text, "tick", 4);
    st = rp_seek(s, at + 1);
    assert_int_equal(rp_p(st, 1)->ring.len, 1);
    assert_int_equal(rp_p(st, 1)->ring.goids[0], 10);
    assert_int_equal(rp_g(st, 11)->place, RP_AT_HAND);
    rp_close(s);
    rt_log_free(log);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_are_legal_both_ways),
        cmocka_unit_test(the_moment_of_the_steal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
