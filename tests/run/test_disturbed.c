/* What counts as the host's doing in a live run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "event.h"
#include "run_match.h"

static const int64_t ms = 1000000;

/* A quiet run of two threads, and one event more, `at` ms. */
static bool disturbed_by(const struct rt_event *more) {
    const struct rt_event quiet[] = {
        {.time = 0, .kind = RT_EV_RunBegin, .m = -1, .p = -1},
        {.time = 10, .kind = RT_EV_MStart, .m = 0, .p = 0, .a = 1},
        {.time = 10 + ms / 2, .kind = RT_EV_MBegin, .m = 1, .p = -1},
        {.time = 2 * ms, .kind = RT_EV_TimerFire, .m = 0, .p = 0, .a = 1, .b = 900000},
    };
    struct rt_log *log = rt_log_new();
    assert_non_null(log);
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) assert_true(rt_log_append(log, &quiet[i]));
    if (more) assert_true(rt_log_append(log, more));
    struct rt_event end = {.time = 30 * ms, .kind = RT_EV_RunEnd, .m = 0, .p = 0};
    assert_true(rt_log_append(log, &end));
    bool disturbed = run_was_disturbed(log);
    rt_log_free(log);
    return disturbed;
}

static void the_host_is_told_from_the_scheduler(void **state) {
    (void)state;
    struct rt_event write = {.time = 3 * ms, .kind = RT_EV_Write, .m = 0, .p = 0, .g = 1};
    struct rt_event preempt = {.time = 12 * ms, .kind = RT_EV_Preempt, .m = 1, .p = -1, .a = 0, .b = 10 * 1000000};
    struct rt_event retake = {.time = 4 * ms, .kind = RT_EV_ProcSteal, .m = 1, .p = 0, .a = 0};
    struct rt_event late = {.time = 4 * ms, .kind = RT_EV_TimerFire, .m = 0, .p = 0, .a = 2, .b = 1000000};
    struct rt_event unanswered = {.time = 4 * ms, .kind = RT_EV_MWake, .m = 0, .p = 0, .a = 7};
    struct rt_event in_time = {.time = 29 * ms + ms / 2, .kind = RT_EV_MWake, .m = 0, .p = 0, .a = 7};
    assert_false(disturbed_by(NULL));
    assert_false(disturbed_by(&write));
    assert_false(disturbed_by(&in_time));
    assert_true(disturbed_by(&preempt));
    assert_true(disturbed_by(&retake));
    assert_true(disturbed_by(&late));
    assert_true(disturbed_by(&unanswered));
}

static void a_thread_that_comes_late_disturbs(void **state) {
    (void)state;
    struct rt_log *log = rt_log_new();
    assert_non_null(log);
    const struct rt_event events[] = {{.time = 0, .kind = RT_EV_MWake, .m = 0, .p = 0, .a = 3},
                                      {.time = 2 * ms, .kind = RT_EV_ProcStart, .m = 3, .p = 1}};
    for (size_t i = 0; i < 2; i++) assert_true(rt_log_append(log, &events[i]));
    assert_true(run_was_disturbed(log));
    rt_log_free(log);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_host_is_told_from_the_scheduler),
                                       cmocka_unit_test(a_thread_that_comes_late_disturbs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
