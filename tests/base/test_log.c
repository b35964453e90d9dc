#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include <cmocka.h>

#include "event.h"

static void log_keeps_events_and_bytes(void **state) {
    (void)state;
    struct rt_log *log = rt_log_new();
    assert_non_null(log);
    enum { N = 50000 };
    for (uint64_t i = 0; i < N; i++) {
        struct rt_event ev = {.time = (int64_t)i, .kind = RT_EV_GoStart, .a = i * 3};
        assert_true(rt_log_append(log, &ev));
    }
    assert_int_equal(rt_log_count(log), N);
    struct rt_event got[100];
    assert_int_equal(rt_log_read(log, 16380, got, 100), 100);
    for (uint64_t i = 0; i < 100; i++) assert_int_equal(got[i].a, (16380 + i) * 3);
    assert_int_equal(rt_log_read(log, N - 5, got, 100), 5);
    assert_false(rt_log_get(log, N, got));

    char text[3000];
    memset(text, 'x', sizeof text);
    uint64_t at[60];
    for (int i = 0; i < 60; i++) {
        text[0] = (char)('A' + i % 26);
        at[i] = rt_log_bytes_add(log, text, sizeof text);
    }
    for (int i = 0; i < 60; i++) assert_int_equal(rt_log_bytes(log, at[i], sizeof text)[0], 'A' + i % 26);
    assert_null(rt_log_bytes(log, at[59], sizeof text + 1));
    assert_null(rt_log_bytes(log, UINT64_MAX, 1));
    assert_false(rt_log_ended(log));
    struct rt_event end = {.kind = RT_EV_RunEnd};
    assert_true(rt_log_append(log, &end));
    assert_true(rt_log_ended(log));
    rt_log_free(log);
}

static struct rt_event numbered(uint64_t i) {
    return (struct rt_event){.time = (int64_t)i, .kind = RT_EV_GoStart, .m = (int32_t)(i % 7), .a = i * 3, .c = ~i};
}

static void assert_numbered(const struct rt_event *ev, uint64_t i) {
    struct rt_event want = numbered(i);
    assert_int_equal(ev->time, want.time);
    assert_int_equal(ev->m, want.m);
    assert_int_equal(ev->a, want.a);
    assert_int_equal(ev->c, want.c);
}

enum { MANY = 400000, LITTLE = 1 << 20 };

static void what_does_not_fit_goes_to_a_file(void **state) {
    (void)state;
    struct rt_log *log = rt_log_new();
    rt_log_set_memory(log, LITTLE);
    for (uint64_t i = 0; i < MANY; i++) {
        struct rt_event ev = numbered(i);
        assert_true(rt_log_append(log, &ev));
    }
    static struct rt_event got[20000];
    for (uint64_t n = 0; n < MANY;) {
        size_t k = rt_log_read(log, n, got, 20000);
        assert_int_equal(k, MANY - n < 20000 ? MANY - n : 20000);
        for (size_t i = 0; i < k; i++) assert_numbered(&got[i], n + i);
        n += k;
    }
    for (uint64_t i = 1; i < MANY; i = i * 3 + 1) {
        assert_true(rt_log_get(log, i, got));
        assert_numbered(got, i);
    }
    rt_log_free(log);
}

static uint64_t drawn(uint64_t *x) {
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x >> *x % 64;
}

/* Whatever a field holds, small or large, of either sign, like the one before or not, comes back. */
static struct rt_event any_event(uint64_t *x, const struct rt_event *before) {
    uint64_t marks[] = {0, RT_OBJ_LOCK, RT_FN_RUNTIME, ~UINT64_C(0)};
    struct rt_event ev = {.time = (int64_t)drawn(x), .kind = (uint16_t)drawn(x), .why = (uint16_t)drawn(x),
                          .m = (int32_t)drawn(x), .p = -(int32_t)(drawn(x) & 0x7fffffff), .g = (uint32_t)drawn(x),
                          .pos = (rt_pos)drawn(x), .a = drawn(x) ^ marks[drawn(x) % 4], .b = drawn(x) ^ marks[drawn(x) % 4],
                          .c = drawn(x) ^ marks[drawn(x) % 4]};
    uint64_t same = drawn(x);
    if (same & 1) ev.m = before->m;
    if (same & 2) ev.p = before->p;
    if (same & 4) ev.g = before->g;
    if (same & 8) ev.pos = before->pos;
    if (same & 16) ev.a = ev.b = ev.c = 0;
    return ev;
}

static bool same(const struct rt_event *x, const struct rt_event *y) {
    return x->time == y->time && x->kind == y->kind && x->why == y->why && x->m == y->m && x->p == y->p && x->g == y->g &&
           x->pos == y->pos && x->a == y->a && x->b == y->b && x->c == y->c;
}

static void every_value_comes_back(void **state) {
    (void)state;
    enum { N = 30000 };
    struct rt_log *log = rt_log_new();
    static struct rt_event in[N], out[N];
    uint64_t x = 88172645463325252u;
    for (size_t i = 0; i < N; i++) {
        in[i] = any_event(&x, &in[i ? i - 1 : 0]);
        assert_true(rt_log_append(log, &in[i]));
    }
    assert_int_equal(rt_log_read(log, 0, out, N), N);
    for (size_t i = 0; i < N; i++) assert_true(same(&in[i], &out[i]));
    for (size_t i = 0; i < N; i += 7) assert_true(rt_log_get(log, i, out) && same(&in[i], out));
    rt_log_free(log);
}

/* Without a file nothing is moved, and nothing lost. */
static void without_a_file_all_stays(void **state) {
    (void)state;
    setenv("TMPDIR", "/nowhere/at/all", 1);
    struct rt_log *log = rt_log_new();
    rt_log_set_memory(log, LITTLE);
    for (uint64_t i = 0; i < MANY; i++) {
        struct rt_event ev = numbered(i);
        assert_true(rt_log_append(log, &ev));
    }
    struct rt_event got;
    assert_true(rt_log_get(log, 5, &got));
    assert_numbered(&got, 5);
    unsetenv("TMPDIR");
    rt_log_free(log);
}

static void *read_while_it_grows(void *ctx) {
    const struct rt_log *log = ctx;
    struct rt_event got[64];
    uint64_t n = 0, wrong = 0;
    for (uint64_t k = 1; n < MANY; k = k * 6364136223846793005u + 1442695040888963407u) {
        n = rt_log_count(log);
        uint64_t at = n ? (k >> 33) % n : 0;
        size_t have = rt_log_read(log, at, got, 64);
        for (size_t i = 0; i < have; i++) wrong += got[i].a != (at + i) * 3;
        wrong += n && have == 0;
    }
    return (void *)(uintptr_t)wrong;
}

static void readers_see_whole_events_while_pages_move(void **state) {
    (void)state;
    struct rt_log *log = rt_log_new();
    rt_log_set_memory(log, LITTLE);
    pthread_t reader[2];
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&reader[i], NULL, read_while_it_grows, log), 0);
    for (uint64_t i = 0; i < MANY; i++) {
        struct rt_event ev = numbered(i);
        assert_true(rt_log_append(log, &ev));
    }
    for (int i = 0; i < 2; i++) {
        void *wrong;
        assert_int_equal(pthread_join(reader[i], &wrong), 0);
        assert_null(wrong);
    }
    rt_log_free(log);
}

static void log_has_a_dictionary(void **state) {
    (void)state;
    struct rt_log *log = rt_log_new();
    assert_true(rt_log_add_file(log, "a.go", "package main\n", 13));
    assert_true(rt_log_add_func(log, "main.main", RT_POS(0, 3)));
    uint32_t id = rt_log_add_string(log, "jobs");
    assert_string_equal(rt_log_string(log, id), "jobs");
    assert_string_equal(rt_log_string(log, 99), "");
    assert_string_equal(rt_log_func(log, 0)->name, "main.main");
    assert_int_equal(RT_POS_LINE(rt_log_func(log, 0)->pos), 3);
    assert_null(rt_log_func(log, 1));
    assert_null(rt_log_file(log, 1));
    rt_log_free(log);
}

static void names_cover_the_closed_sets(void **state) {
    (void)state;
    assert_string_equal(rt_event_name(RT_EV_RunqOverflow), "RunqOverflow");
    assert_string_equal(rt_event_arg(RT_EV_RunqOverflow, 1), "moved");
    assert_true(rt_event_is_decision(RT_EV_RunqSteal));
    assert_string_equal(rt_event_name(RT_EV_COUNT), "?");
    assert_string_equal(rt_reason_text(RT_WHY_SyncMutexLock), "sync.Mutex.Lock");
    for (unsigned i = 0; i < RT_WHY_COUNT; i++) assert_non_null(rt_reason_text(i));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_goes_to_a_file),
        cmocka_unit_test(every_value_comes_back),
        cmocka_unit_test(without_a_file_all_stays),
        cmocka_unit_test(readers_see_whole_events_while_pages_move),
        cmocka_unit_test(log_keeps_events_and_bytes),
        cmocka_unit_test(log_has_a_dictionary),
        cmocka_unit_test(names_cover_the_closed_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
