#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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
        cmocka_unit_test(log_keeps_events_and_bytes),
        cmocka_unit_test(log_has_a_dictionary),
        cmocka_unit_test(names_cover_the_closed_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
