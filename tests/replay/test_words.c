/* What is said of events: within its length, in words that fit, and the same for the same log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "random_log.h"
#include "sample_log.h"
#include "tell.h"

enum { ANY_REASON = UINT16_MAX };

static const struct {
    uint16_t kind;
    const char *tag, *sentence, *why;
} rows[] = {
#define SAY(event, why, when, tag, sentence, because) {RT_EV_##event, tag, sentence, because},
#include "words.def"
#undef SAY
};

static void assert_good(const char *text, size_t max, bool whole, const char *what) {
    size_t n = rp_characters(text, strlen(text));
    if (n == 0 || n > max) fail_msg("%s: %zu characters: %s", what, n, text);
    if (strpbrk(text, "{}") && !strstr(text, "{}")) fail_msg("%s: a name was not put in: %s", what, text);
    if (whole && strstr(text, "…")) fail_msg("%s: cut: %s", what, text);
    if (whole && strstr(text, "  ")) fail_msg("%s: two spaces: %s", what, text);
}

/* Every row, filled from a state with things in it and several kinds of arguments, in names of usual length. */
static void every_row_fits(void **state) {
    (void)state;
    uint64_t moment;
    struct rt_log *log = sample_workers(&moment);
    struct rp_session *s = rp_open(log);
    const struct rp_state *st = rp_seek(s, moment);
    assert_non_null(st);
    struct str out = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (uint64_t k = 0; k < 4; k++) {
            struct rt_event ev = {.time = 1318204,
                                  .kind = rows[i].kind,
                                  .m = (int32_t)k,
                                  .p = 1,
                                  .g = 7 + (uint32_t)k,
                                  .a = 1 + k % 3,
                                  .b = 7 + k,
                                  .c = 1318204 + 999999999 * k};
            if (rows[i].kind == RT_EV_GoUnblock || rows[i].kind == RT_EV_SelectWin) ev.b = 1 + k % 4;
            if (rows[i].kind == RT_EV_RunqSteal) {
                ev.a = 0;
                ev.b = 1 + k % 3;
            }
            bool text = rows[i].kind == RT_EV_Write || rows[i].kind == RT_EV_Panic || rows[i].kind == RT_EV_Fatal;
            if (text) ev.a = ev.b = ev.c = k + 1;
            struct rp_tell t = {.s = s, .st = st, .ev = &ev, .n = moment};
            rp_say_fill(&t, rows[i].sentence, RP_SENTENCE, &out);
            assert_good(str_cstr(&out), RP_SENTENCE, !text, rows[i].sentence);
            rp_say_fill(&t, rows[i].why, RP_WHY, &out);
            assert_good(str_cstr(&out), RP_WHY, true, rows[i].why);
        }
        assert_true(strlen(rows[i].tag) > 1 && strlen(rows[i].tag) <= 12);
    }
    str_free(&out);
    rp_close(s);
    rt_log_free(log);
}

static void every_kind_has_a_last_word(void **state) {
    (void)state;
    uint64_t moment;
    struct rt_log *log = sample_workers(&moment);
    struct rp_session *s = rp_open(log);
    const struct rp_state *st = rp_seek(s, moment);
    for (unsigned kind = 0; kind < RT_EV_COUNT; kind++) {
        for (unsigned why = 0; why < RT_WHY_COUNT; why++) {
            struct rt_event ev = {
                .kind = (uint16_t)kind, .why = (uint16_t)why, .m = 3, .p = 1, .g = 9, .a = 9, .b = 77, .c = 5};
            struct rp_tell t = {.s = s, .st = st, .ev = &ev, .n = moment};
            if (strcmp(rp_say_find(&t).tag, "?") == 0) fail_msg("no words for %s", rt_event_name(kind));
        }
    }
    rp_close(s);
    rt_log_free(log);
}

static void assert_all_told(struct rt_log *log) {
    struct rp_session *s = rp_open(log);
    for (uint64_t n = 0; n < rt_log_count(log); n++) {
        struct rp_narration say;
        assert_true(rp_narrate(s, n, &say));
        assert_good(str_cstr(&say.sentence), RP_SENTENCE, false, "sentence");
        assert_good(str_cstr(&say.why), RP_WHY, false, "why");
        assert_true(say.tag.len > 0);
        for (unsigned i = 0; i < say.ntrail; i++)
            assert_true(say.trail[i].len > 0);
        struct rt_event ev;
        assert_true(rt_log_get(log, n, &ev));
        if (ev.kind == RT_EV_RunqSteal) {
            assert_true(say.ntrail > 0 && say.trail_ok[say.ntrail - 1] && say.ng > 0);
            assert_int_equal(say.from_p, (int32_t)ev.a);
        }
        rp_narration_free(&say);
    }
    rp_close(s);
    rt_log_free(log);
}

static void all_histories_are_told(void **state) {
    (void)state;
    assert_all_told(sample_tutorial());
    assert_all_told(sample_workers(NULL));
    assert_all_told(random_log(21, 2500));
}

/* The mock-up's own sentence. */
static void a_steal_is_told_as_drawn(void **state) {
    (void)state;
    uint64_t moment;
    struct rt_log *log = sample_workers(&moment);
    struct rp_session *s = rp_open(log);
    struct rp_narration say;
    assert_true(rp_narrate(s, moment, &say));
    assert_string_equal(str_cstr(&say.tag), "steal");
    assert_string_equal(str_cstr(&say.sentence), "M2 takes half of P0's queue for P1: G10 and G11.");
    assert_string_equal(str_cstr(&say.why),
                        "P1 has nothing to run. Half of 3, rounded up, is 2; the last one taken (G11) "
                        "runs first, G10 waits in P1's queue.");
    static const char *const trail[] = {"timers", "own queue", "global queue", "network", "P0's queue"};
    assert_int_equal(say.ntrail, 5);
    for (unsigned i = 0; i < 5; i++) {
        assert_string_equal(str_cstr(&say.trail[i]), trail[i]);
        assert_int_equal(say.trail_ok[i], i == 4);
    }
    assert_int_equal(say.ng, 2);
    assert_int_equal(say.g[0], 10);
    assert_int_equal(say.g[1], 11);
    assert_int_equal(say.p, 1);
    assert_int_equal(say.from_p, 0);
    assert_int_equal(say.m, 2);
    rp_narration_free(&say);
    rp_close(s);
    rt_log_free(log);
}

static void long_names_are_shortened(void **state) {
    (void)state;
    struct log_builder b;
    assert_true(lb_init(&b, NULL, NULL, 1, 1));
    const char *name =
        "main.(*aTypeWithAVeryLongNameIndeed).aMethodWithAnEvenLongerNameThatGoesOnAndOnAndOnAndOn.func1";
    assert_true(rt_log_add_func(b.log, name, RT_POS(0, 1)));
    lb_event(&b, RT_EV_RunBegin, RT_WHY_None, 1, 1, 0);
    lb_on(&b, 0, -1, 0);
    lb_event(&b, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
    b.p = 0;
    lb_event(&b, RT_EV_ProcStart, RT_WHY_Bootstrap, 0, 0, 0);
    lb_create(&b, 1, 0, 0);
    lb_start_next(&b, 1);
    struct rp_session *s = rp_open(b.log);
    struct rp_narration say;
    assert_true(rp_narrate(s, rt_log_count(b.log) - 1, &say));
    assert_string_equal(str_cstr(&say.sentence), "M0 runs G1, from P0's runnext.");
    rp_narration_free(&say);
    struct str label = {0};
    rp_label(rp_seek(s, rt_log_count(b.log)), 1, &label);
    assert_string_equal(str_cstr(&label),
                        "G1 (*aTypeWithAVeryLongNameIndeed).aMethodWithAnEvenLongerNameThatGoesOnAndOn"
                        "AndOnAndOn.func1");
    str_free(&label);
    rp_close(s);
    rt_log_free(b.log);
}

static void values_are_printed_as_go_does(void **state) {
    (void)state;
    struct rt_log *log = rt_log_new();
    uint64_t at = rt_log_bytes_add(log, "a\"b\n", 4), bits;
    const struct {
        enum rt_value_kind kind;
        uint64_t value;
        double f;
        const char *text;
    } rows_of[] = {
        {RT_VAL_INT, (uint64_t)-5, 0, "-5"},
        {RT_VAL_UINT, UINT64_MAX, 0, "18446744073709551615"},
        {RT_VAL_BOOL, 1, 0, "true"},
        {RT_VAL_BOOL, 0, 0, "false"},
        {RT_VAL_NONE, 0, 0, "{}"},
        {RT_VAL_TEXT, at << 24 | 4, 0, "\"a\\\"b\\n\""},
        {RT_VAL_FLOAT, 0, 1.5, "1.5"},
        {RT_VAL_FLOAT, 0, 0.1, "0.1"},
        {RT_VAL_FLOAT, 0, 100000, "100000"},
        {RT_VAL_FLOAT, 0, 1e21, "1e+21"},
        {RT_VAL_FLOAT, 0, 123456789, "1.23456789e+08"},
        {RT_VAL_FLOAT, 0, 0.00001, "1e-05"},
        {RT_VAL_FLOAT, 0, -2.5, "-2.5"},
        {RT_VAL_OTHER, 9, 0, "a value"},
    };
    for (size_t i = 0; i < sizeof rows_of / sizeof *rows_of; i++) {
        struct str out = {0};
        memcpy(&bits, &rows_of[i].f, sizeof bits);
        rp_value(log, rows_of[i].kind, rows_of[i].kind == RT_VAL_FLOAT ? bits : rows_of[i].value, &out);
        assert_string_equal(str_cstr(&out), rows_of[i].text);
        str_free(&out);
    }
    rt_log_free(log);
}

static void explain_is_as_recorded(void **state) {
    (void)state;
    struct rt_log *log = sample_tutorial();
    struct rp_session *s = rp_open(log);
    struct str want = {0};
    assert_true(str_read_file(&want, GOSEE_TEST_DIR "/explain_tutorial.txt", 1 << 20));
    const char *at = str_cstr(&want);
    for (uint64_t n = 0; n < rt_log_count(log); n++) {
        struct str line = {0};
        assert_true(rp_explain_line(s, n, &line));
        const char *nl = strchr(at, '\n');
        assert_non_null(nl);
        if ((size_t)(nl - at) != line.len || memcmp(at, str_cstr(&line), line.len) != 0)
            fail_msg("line %llu:\n%s\nrecorded:\n%.*s", (unsigned long long)n + 1, str_cstr(&line), (int)(nl - at), at);
        at = nl + 1;
        str_free(&line);
    }
    assert_int_equal(*at, 0);
    str_free(&want);
    rp_close(s);
    rt_log_free(log);
}

/* The same bytes whatever was looked at before. */
static void json_depends_on_the_log_alone(void **state) {
    (void)state;
    struct rt_log *log = sample_workers(NULL), *again = sample_workers(NULL);
    struct rp_session *s = rp_open(log), *other = rp_open(again);
    uint64_t n = rt_log_count(log);
    assert_non_null(rp_seek(other, n));
    for (uint64_t i = 0; i < n; i++) {
        struct str x = {0}, y = {0};
        assert_true(rp_explain_json(s, i, &x));
        uint64_t k = n - 1 - i;
        str_clear(&y);
        assert_true(rp_explain_json(other, k, &y));
        str_clear(&y);
        assert_true(rp_explain_json(other, i, &y));
        assert_string_equal(str_cstr(&x), str_cstr(&y));
        str_free(&x);
        str_free(&y);
    }
    struct str line = {0};
    assert_false(rp_explain_json(s, n, &line));
    assert_true(rp_explain_json(s, 4, &line));
    assert_string_equal(
        str_cstr(&line),
        "{\"event\":4,\"time\":240,\"m\":0,\"p\":0,\"g\":0,\"kind\":\"MStart\",\"reason\":\"Bootstrap\","
        "\"args\":{\"newm\":1,\"how\":2,\"for_p\":-1},\"tag\":\"thread\",\"say\":\"M0 starts sysmon, a "
        "thread that needs no P.\",\"why\":\"sysmon takes Ps out of long system calls and asks whoever "
        "runs for 10 ms to give way.\"}");
    str_free(&line);
    rp_close(s);
    rp_close(other);
    rt_log_free(log);
    rt_log_free(again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_fits),           cmocka_unit_test(every_kind_has_a_last_word),
        cmocka_unit_test(all_histories_are_told),   cmocka_unit_test(a_steal_is_told_as_drawn),
        cmocka_unit_test(long_names_are_shortened), cmocka_unit_test(values_are_printed_as_go_does),
        cmocka_unit_test(explain_is_as_recorded),   cmocka_unit_test(json_depends_on_the_log_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
