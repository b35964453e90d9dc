/* A goroutine's biography against the run's statistics, which are counted another way; read in steps as at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "random_log.h"
#include "replay.h"
#include "rp_stats.h"
#include "sample_log.h"

static int64_t end_of(const struct rt_log *log) {
    struct rt_event ev;
    assert_true(rt_log_get(log, rt_log_count(log) - 1, &ev));
    return ev.time;
}

static void check_log(struct rt_log *log) {
    struct rp_session *s = rp_open(log);
    struct rp_stats stats;
    uint64_t n = rt_log_count(log);
    int64_t end = end_of(log);
    assert_true(rp_stats(log, &stats));
    for (size_t i = 0; i < stats.ng; i++) {
        const struct rp_g_stats *g = &stats.g[i];
        struct rp_life book = {0}, life, again, fresh = {0};
        if (!rp_life(s, g->goid, n, end, &book, &life)) fail_msg("G%u has no life", g->goid);
        assert_int_equal(life.born, g->born);
        assert_int_equal(life.ns[RP_SPAN_RUN], g->c.ran);
        assert_int_equal(life.ns[RP_SPAN_READY], g->c.ready);
        assert_int_equal(life.ns[RP_SPAN_WAIT], g->c.waited);
        assert_int_equal(life.ns[RP_SPAN_SYSCALL], g->c.in_calls);
        int64_t sum = 0;
        uint64_t times = life.others;
        for (size_t k = 0; k < life.nstays; k++) {
            sum += life.stays[k].ns;
            times += life.stays[k].times;
            assert_true(life.stays[k].longest <= life.stays[k].ns);
            assert_true(k == 0 || life.stays[k].kind >= life.stays[k - 1].kind);
        }
        if (life.others == 0) assert_int_equal(sum, g->c.ran + g->c.ready + g->c.waited + g->c.in_calls);
        uint64_t all = 0;
        for (int k = 0; k < RP_SPAN_KINDS; k++)
            all += life.times[k];
        assert_int_equal(times, all);
        /* Going on from the middle gives what reading at once gives; going back begins anew. */
        struct rt_event ev;
        uint64_t half = n / 2;
        assert_true(rt_log_get(log, half - 1, &ev));
        bool there = rp_life(s, g->goid, half, ev.time, &fresh, &again);
        assert_true(rp_life(s, g->goid, n, end, &fresh, &again));
        assert_memory_equal(&again.ns, &life.ns, sizeof life.ns);
        assert_int_equal(rp_life(s, g->goid, half, ev.time, &fresh, &again), there);
        for (int k = 0; there && k < RP_SPAN_KINDS; k++)
            assert_true(again.ns[k] <= life.ns[k]);
    }
    struct rp_life book = {0}, life;
    assert_false(rp_life(s, 4000000000u, n, end, &book, &life));
    assert_false(rp_life(s, 1, 0, 0, &book, &life));
    rp_stats_free(&stats);
    rp_close(s);
    rt_log_free(log);
}

static void lives_agree_with_statistics(void **state) {
    (void)state;
    check_log(sample_tutorial());
    check_log(sample_workers(NULL));
    for (uint64_t seed = 1; seed <= 12; seed++)
        check_log(random_log(seed, 3000));
}

static void objects_are_found_both_ways(void **state) {
    (void)state;
    struct rt_log *log = sample_workers(NULL);
    struct rp_session *s = rp_open(log);
    const struct rp_state *st = rp_seek(s, rt_log_count(log));
    assert_non_null(st);
    assert_true(rp_nobj(st) > 0);
    for (size_t i = 0; i < rp_nobj(st); i++) {
        const struct rp_obj *o = rp_obj_at(st, i);
        uint64_t first = o->first_event, last = o->last_event, n = first, steps = 0;
        for (uint64_t next; (next = rp_next_of_object(s, n, o->id, true)) != UINT64_MAX; n = next)
            steps++;
        assert_true(n >= last); /* losing a select does not touch it, but speaks of it */
        for (uint64_t back; (back = rp_next_of_object(s, n, o->id, false)) != UINT64_MAX; n = back)
            steps--;
        assert_int_equal(n, first);
        assert_int_equal(steps, 0);
    }
    rp_close(s);
    rt_log_free(log);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lives_agree_with_statistics),
                                       cmocka_unit_test(objects_are_found_both_ways)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
