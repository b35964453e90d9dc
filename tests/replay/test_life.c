/* A goroutine's biography against the run's statistics, which are counted another way, read in steps as at once; lanes and
 * their sums against each other. */
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

/* All spans of a lane by brute force: with room for all of them. */
static struct rp_span *all_spans(struct rp_session *s, enum rp_lane_by by, uint32_t lane, int64_t end, size_t *n) {
    *n = rp_spans(s, by, lane, 0, end + 1, NULL, 0);
    struct rp_span *out = test_calloc(*n + 1, sizeof *out);
    assert_int_equal(rp_spans(s, by, lane, 0, end + 1, out, *n), *n);
    return out;
}

static void check_lane(struct rp_session *s, enum rp_lane_by by, uint32_t lane, int64_t end, unsigned procs) {
    size_t n;
    struct rp_span *all = all_spans(s, by, lane, end, &n);
    for (size_t i = 0; i < n; i++) {
        assert_true(all[i].from <= all[i].to && (i == 0 || all[i].from >= all[i - 1].to));
        if (by == RP_LANE_FN && all[i].kind == RP_SPAN_RUN) assert_in_range(all[i].why, 1, procs);
    }
    uint64_t k = 7;
    for (int round = 0; round < 40; round++) {
        k = k * 6364136223846793005u + 1442695040888963407u;
        int64_t from = (int64_t)((k >> 33) % (uint64_t)(end + 1)), to = from + 1 + (int64_t)((k >> 13) % (uint64_t)(end / 3 + 1));
        int64_t want[RP_SPAN_KINDS] = {0}, got[RP_SPAN_KINDS];
        size_t in = 0, first = SIZE_MAX;
        for (size_t i = 0; i < n; i++) {
            if (all[i].to <= from || all[i].from >= to) continue;
            if (first == SIZE_MAX) first = i;
            in++;
            int64_t lo = all[i].from > from ? all[i].from : from, hi = all[i].to < to ? all[i].to : to;
            want[all[i].kind] += hi - lo;
        }
        rp_lane_shares(s, by, lane, from, to, got);
        assert_memory_equal(got, want, sizeof got);
        struct rp_span one;
        size_t found = rp_spans(s, by, lane, from, to, &one, 1);
        assert_true(found >= in); /* spans of no length at the edge may be among them */
        if (in > 0 && found == in) assert_true(one.from <= all[first].from);
    }
    test_free(all);
}

static void lanes_are_what_their_sums_say(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 6; seed++) {
        struct rt_log *log = seed ? random_log(seed, 6000) : sample_workers(NULL);
        struct rp_session *s = rp_open(log);
        const struct rt_log_info *info = rt_log_get_info(log);
        for (int by = 0; by < RP_LANE_KINDS; by++)
            for (uint32_t lane = 0; lane < rp_lane_count(s, (enum rp_lane_by)by) && lane < 24; lane++)
                check_lane(s, (enum rp_lane_by)by, lane, end_of(log), 256);
        assert_true(info && rp_lane_count(s, RP_LANE_FN) > 0);
        assert_int_equal(rp_lane_fn(s, 100000), UINT64_MAX);
        rp_close(s);
        rt_log_free(log);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lives_agree_with_statistics),
                                       cmocka_unit_test(objects_are_found_both_ways),
                                       cmocka_unit_test(lanes_are_what_their_sums_say)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
