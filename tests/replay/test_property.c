/* Random legal histories, walked in every direction: the state after n events is the same however it was reached. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "random_log.h"
#include "replay.h"
#include "session.h"

enum { SEEDS = 24, EVENTS = 4000 };

static struct rp_session *open_legal(struct rt_log *log, uint64_t seed) {
    assert_non_null(log);
    struct rp_session *s = rp_open(log);
    assert_non_null(s);
    s->spacing = 400; /* many keyframes in a short log */
    struct str rule = {0};
    uint64_t at;
    if (!rp_seek(s, rt_log_count(log)) && rp_illegal(s, &at, &rule))
        fail_msg("seed %llu, event %llu: %s", (unsigned long long)seed, (unsigned long long)at, str_cstr(&rule));
    str_free(&rule);
    return s;
}

/* What the counts say must agree with what the lists hold. */
static void assert_consistent(const struct rp_state *st) {
    size_t queued = rp_global(st).len, runnable = 0, running = 0;
    for (unsigned i = 0; i < rp_np(st); i++) {
        const struct rp_p *p = rp_p(st, i);
        queued += p->ring.len + (p->runnext != 0);
        for (size_t k = 0; k < p->ring.len; k++) {
            assert_int_equal(rp_g(st, p->ring.goids[k])->place, RP_AT_RING);
            assert_int_equal(rp_g(st, p->ring.goids[k])->p, (int)i);
        }
        if (p->m >= 0) assert_int_equal(rp_m(st, (unsigned)p->m)->p, (int)i);
        if (p->g) assert_int_equal(rp_g(st, p->g)->p, (int)i);
    }
    for (size_t i = 0; i < rp_ng(st); i++) {
        const struct rp_g *g = rp_g_at(st, i);
        bool hand = g->place == RP_AT_HAND;
        runnable += g->state == RP_G_RUNNABLE && !hand;
        running += g->state == RP_G_RUNNING;
    }
    assert_int_equal(queued, runnable);
    assert_int_equal(rp_census(st).running, running);
    uint32_t asleep[64];
    size_t n = rp_sleepers(st, asleep, 64);
    for (size_t i = 1; i < n && i < 64; i++)
        assert_true(rp_g(st, asleep[i - 1])->until <= rp_g(st, asleep[i])->until);
}

static void states_do_not_depend_on_the_way(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct rt_log *log = random_log(seed, EVENTS);
        struct rp_session *s = open_legal(log, seed);
        uint64_t n = rt_log_count(log), k = seed;
        uint64_t *hash = calloc((size_t)n + 1, sizeof *hash);
        assert_non_null(hash);
        for (uint64_t i = 0; i <= n; i++) {
            const struct rp_state *st = rp_seek(s, i);
            assert_int_equal(rp_at(st), i);
            hash[i] = rp_hash(st);
            if (i % 97 == 0) assert_consistent(st);
        }
        assert_true(s->frames.len > 20);
        assert_int_not_equal(hash[n], hash[n / 2]);
        for (uint64_t i = n + 1; i-- > 0;)
            assert_int_equal(rp_hash(rp_seek(s, i)), hash[i]);
        for (int i = 0; i < 60; i++) {
            k = k * 6364136223846793005u + 1442695040888963407u;
            uint64_t to = (k >> 33) % (n + 1);
            assert_int_equal(rp_hash(rp_seek(s, to)), hash[to]);
            if (to) assert_int_equal(rp_hash(rp_seek(s, to - 1)), hash[to - 1]);
        }
        rp_close(s);
        s = rp_open(log); /* a fresh session, straight to the middle */
        assert_int_equal(rp_hash(rp_seek(s, n / 2)), hash[n / 2]);
        rp_close(s);
        free(hash);
        rt_log_free(log);
    }
}

/* The log may grow between two looks. */
static void a_growing_log_is_followed(void **state) {
    (void)state;
    struct rt_log *whole = random_log(5, 1500), *part = rt_log_new();
    struct rp_session *s = rp_open(part), *ref = open_legal(whole, 5);
    assert_true(rt_log_set_info(part, rt_log_get_info(whole)));
    assert_true(rt_log_add_func(part, "main.main", 0) && rt_log_add_func(part, "main.a", 0) &&
                rt_log_add_func(part, "main.main.func1", 0));
    assert_int_not_equal(rt_log_add_string(part, "mu"), 0);
    assert_int_not_equal(rt_log_add_string(part, "sync.Mutex"), 0);
    for (uint64_t i = 0; i < rt_log_count(whole); i++) {
        struct rt_event ev;
        assert_true(rt_log_get(whole, i, &ev));
        assert_null(rp_seek(s, i + 1));
        assert_true(rt_log_append(part, &ev));
        if (i % 10 == 0) {
            assert_int_equal(rp_hash(rp_seek(s, i + 1)), rp_hash(rp_seek(ref, i + 1)));
            struct rp_span span;
            rp_spans(s, RP_LANE_P, 0, 0, INT64_MAX, &span, 1);
            rp_next_decision(s, i);
        }
    }
    size_t n = rp_spans(s, RP_LANE_G, 1, 0, INT64_MAX, NULL, 0);
    assert_int_equal(n, rp_spans(ref, RP_LANE_G, 1, 0, INT64_MAX, NULL, 0));
    assert_true(n > 10);
    rp_close(s);
    rp_close(ref);
    rt_log_free(part);
    rt_log_free(whole);
}

/* Spans of a goroutine agree with its states; those of P with who runs on it. */
static void spans_agree_with_states(void **state) {
    (void)state;
    struct rt_log *log = random_log(11, 3000);
    struct rp_session *s = open_legal(log, 11);
    static const uint8_t kind_of[] = {[RP_G_RUNNABLE] = RP_SPAN_READY,
                                      [RP_G_RUNNING] = RP_SPAN_RUN,
                                      [RP_G_SYSCALL] = RP_SPAN_SYSCALL,
                                      [RP_G_WAITING] = RP_SPAN_WAIT};
    struct rp_span spans[1024];
    size_t n = rp_spans(s, RP_LANE_G, 1, 0, INT64_MAX, spans, 1024);
    assert_true(n > 5 && n < 1024);
    for (size_t i = 0; i < n; i++) {
        const struct rp_state *st = rp_seek(s, spans[i].from_event + 1);
        assert_int_equal(kind_of[rp_g(st, 1)->state], spans[i].kind);
        assert_int_equal(rp_g(st, 1)->state_event, spans[i].from_event);
    }
    n = rp_spans(s, RP_LANE_P, 0, 0, INT64_MAX, spans, 1024);
    for (size_t i = 0; i < n && i < 1024; i++) {
        const struct rp_state *st = rp_seek(s, spans[i].from_event + 1);
        if (spans[i].kind == RP_SPAN_RUN) assert_int_equal(rp_p(st, 0)->g, spans[i].g);
        if (spans[i].kind == RP_SPAN_IDLE) assert_int_equal(rp_p(st, 0)->m, -1);
        if (i) assert_true(spans[i].from_event >= spans[i - 1].to_event);
    }
    rp_close(s);
    rt_log_free(log);
}

static void search_finds_what_is_there(void **state) {
    (void)state;
    struct rt_log *log = random_log(3, 3000);
    struct rp_session *s = open_legal(log, 3);
    uint64_t count = rt_log_count(log), seen = 0, expected = 0, last = 0;
    for (uint64_t i = 1; i < count; i++) {
        struct rt_event ev;
        assert_true(rt_log_get(log, i, &ev));
        expected += rt_event_is_decision(ev.kind);
    }
    for (uint64_t n = rp_next_decision(s, 0); n != UINT64_MAX; n = rp_next_decision(s, n)) {
        assert_true(n > last);
        if (last) assert_int_equal(rp_prev_decision(s, n), last);
        last = n;
        seen++;
    }
    assert_int_equal(seen, expected);
    seen = 0;
    for (uint64_t n = rp_next_of_g(s, 0, 2); n != UINT64_MAX; n = rp_next_of_g(s, n, 2))
        seen++;
    uint64_t back = 0;
    for (uint64_t n = rp_prev_of_g(s, count, 2); n != UINT64_MAX; n = rp_prev_of_g(s, n, 2))
        back++;
    assert_true(seen > 3);
    assert_int_equal(seen, back);
    struct rt_event ev;
    assert_true(rt_log_get(log, 1234, &ev));
    uint64_t at = rp_at_time(s, ev.time);
    assert_true(at > 1234);
    assert_true(rt_log_get(log, at - 1, &ev));
    int64_t before = ev.time;
    assert_true(rt_log_get(log, at, &ev));
    assert_true(ev.time > before);
    assert_int_equal(rp_at_time(s, INT64_MAX), count);
    assert_int_equal(rp_at_time(s, -1), 0);
    uint32_t buckets[10];
    uint64_t sum = 0;
    rp_density(s, 0, rp_time(rp_seek(s, count)) + 1, buckets, 10);
    for (int i = 0; i < 10; i++)
        sum += buckets[i];
    assert_int_equal(sum, count);
    rp_close(s);
    rt_log_free(log);
}

/* Histories with a damaged event: refused or not, nothing worse; and what comes before is told as ever. */
static void damaged_histories_do_no_harm(void **state) {
    (void)state;
    uint64_t k = 12345, refused = 0;
    struct rt_log *good = random_log(2, 600);
    for (int round = 0; round < 300; round++) {
        struct rt_log *log = rt_log_new();
        assert_true(rt_log_set_info(log, rt_log_get_info(good)) && rt_log_add_func(log, "main.main", 0));
        k = k * 6364136223846793005u + 1442695040888963407u;
        uint64_t at = (k >> 33) % rt_log_count(good);
        for (uint64_t i = 0; i < rt_log_count(good); i++) {
            struct rt_event ev;
            assert_true(rt_log_get(good, i, &ev));
            if (i == at) {
                static const uint64_t values[] = {0, 1, 2, 7, 255, 65535, INT32_MAX, UINT32_MAX, INT64_MAX, UINT64_MAX};
                uint64_t v = values[(k >> 20) % 10];
                switch ((k >> 27) % 9) {
                case 0:
                    ev.kind = (uint16_t)((k >> 40) % (RT_EV_COUNT + 2));
                    break;
                case 1:
                    ev.why = (uint16_t)v;
                    break;
                case 2:
                    ev.m = (int32_t)v;
                    break;
                case 3:
                    ev.p = (int32_t)v;
                    break;
                case 4:
                    ev.g = (uint32_t)v;
                    break;
                case 5:
                    ev.a = v;
                    break;
                case 6:
                    ev.b = v;
                    break;
                case 7:
                    ev.c = v;
                    break;
                default:
                    ev.pos = (rt_pos)v;
                }
            }
            assert_true(rt_log_append(log, &ev));
        }
        struct rp_session *s = rp_open(log);
        uint64_t n = rt_log_count(log), bad = n;
        if (!rp_seek(s, n)) {
            assert_true(rp_illegal(s, &bad, NULL));
            assert_true(bad >= at);
            assert_non_null(rp_seek(s, bad));
            refused++;
        }
        for (uint64_t i = bad > 20 ? bad - 20 : 0; i <= bad && i < n; i++) {
            struct str line = {0};
            assert_true(rp_explain_json(s, i, &line));
            str_free(&line);
        }
        struct rp_span span;
        for (int by = RP_LANE_P; by <= RP_LANE_G; by++)
            rp_spans(s, (enum rp_lane_by)by, 0, 0, INT64_MAX, &span, 1);
        rp_close(s);
        rt_log_free(log);
    }
    assert_true(refused > 50);
    rt_log_free(good);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_do_not_depend_on_the_way), cmocka_unit_test(a_growing_log_is_followed),
        cmocka_unit_test(spans_agree_with_states),         cmocka_unit_test(search_finds_what_is_there),
        cmocka_unit_test(damaged_histories_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
