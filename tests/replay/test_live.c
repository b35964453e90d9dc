/* A log that another thread appends to is followed, told and searched meanwhile; for the thread sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>

#include <cmocka.h>

#include "random_log.h"
#include "replay.h"

struct copy {
    const struct rt_log *from;
    struct rt_log *to;
};

static void *append_all(void *arg) {
    struct copy *c = arg;
    struct rt_event ev;
    for (uint64_t i = 0; rt_log_get(c->from, i, &ev); i++) {
        if (i % 100 == 0) rt_log_add_string(c->to, "a name");
        if (!rt_log_append(c->to, &ev)) break;
    }
    return NULL;
}

static void a_reader_follows_a_writer(void **state) {
    (void)state;
    struct rt_log *whole = random_log(14, 3000), *log = rt_log_new();
    assert_non_null(whole);
    assert_true(rt_log_set_info(log, rt_log_get_info(whole)) && rt_log_add_func(log, "main.main", 0) &&
                rt_log_add_func(log, "main.a", 0) && rt_log_add_func(log, "main.main.func1", 0));
    assert_int_not_equal(rt_log_add_string(log, "mu"), 0);
    assert_int_not_equal(rt_log_add_string(log, "sync.Mutex"), 0);
    struct copy c = {whole, log};
    pthread_t writer;
    struct rp_session *s = rp_open(log), *ref = rp_open(whole);
    assert_int_equal(pthread_create(&writer, NULL, append_all, &c), 0);
    while (!rt_log_ended(log)) {
        uint64_t n = rt_log_count(log);
        struct rp_narration say;
        struct rp_span span;
        assert_non_null(rp_seek(s, n));
        if (n && rp_narrate(s, n - 1, &say)) rp_narration_free(&say);
        rp_spans(s, RP_LANE_P, 0, 0, INT64_MAX, &span, 1);
        rp_next_decision(s, n / 2);
    }
    assert_int_equal(pthread_join(writer, NULL), 0);
    uint64_t n = rt_log_count(whole);
    assert_int_equal(rt_log_count(log), n);
    assert_int_equal(rp_hash(rp_seek(s, n)), rp_hash(rp_seek(ref, n)));
    assert_int_equal(rp_hash(rp_seek(s, n / 3)), rp_hash(rp_seek(ref, n / 3)));
    rp_close(s);
    rp_close(ref);
    rt_log_free(log);
    rt_log_free(whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_reader_follows_a_writer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
