/* Outcomes of an expect: text, shapes, status and error must all agree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "run_match.h"

static struct run_seen seen(const char *out, int status, const char *error) {
    struct run_seen s = {.out = out, .nout = strlen(out), .status = status};
    str_adds(&s.error, error);
    return s;
}

static bool matches(const struct scn_outcome *o, const char *out, int status, const char *error) {
    struct run_seen s = seen(out, status, error);
    bool yes = run_matches(o, &s);
    str_free(&s.error);
    return yes;
}

static void text_status_and_error(void **state) {
    (void)state;
    struct scn_outcome o = {.stdout_text = "a\nb\n"};
    assert_true(matches(&o, "a\nb\n", 0, ""));
    assert_false(matches(&o, "a\nb", 0, ""));
    assert_false(matches(&o, "b\na\n", 0, ""));
    assert_false(matches(&o, "a\nb\n", 2, ""));
    assert_false(matches(&o, "a\nb\n", 0, "panic: x"));
    struct scn_outcome fatal = {.stdout_text = "", .exit = 2, .error = "fatal error: x"};
    assert_true(matches(&fatal, "", 2, "fatal error: x"));
    assert_false(matches(&fatal, "", 2, "fatal error: y"));
    assert_false(matches(&fatal, "", 2, ""));
}

static void any_order(void **state) {
    (void)state;
    const char *lines[] = {"a", "b", "a"};
    struct scn_outcome o = {.any_order = lines, .nany_order = 3};
    assert_true(matches(&o, "a\na\nb\n", 0, ""));
    assert_true(matches(&o, "b\na\na", 0, ""));
    assert_false(matches(&o, "a\nb\nb\n", 0, ""));
    assert_false(matches(&o, "a\nb\n", 0, ""));
    assert_false(matches(&o, "a\na\nb\n\n", 0, ""));
}

static void before_and_counts(void **state) {
    (void)state;
    const char *pairs[][2] = {{"first", "second"}};
    struct scn_line_count counts[] = {{"tick", 2, 3}};
    struct scn_outcome o = {.before = pairs, .nbefore = 1, .lines = counts, .nlines = 1};
    assert_true(matches(&o, "tick\nfirst\ntick\nsecond\n", 0, ""));
    assert_false(matches(&o, "tick\nsecond\ntick\nfirst\n", 0, ""));
    assert_false(matches(&o, "tick\nfirst\nsecond\n", 0, ""));
    assert_false(matches(&o, "tick\ntick\ntick\ntick\nfirst\nsecond\n", 0, ""));
    assert_false(matches(&o, "tick\ntick\nfirst\n", 0, ""));
    assert_false(matches(&o, "tick\nfirst\ntick\nsecond\nthird\n", 0, ""));
}

/* Seeds are asked for what the rules make certain; only a live run may show what a busy machine does. */
static void live_ones_are_not_for_seeds(void **state) {
    (void)state;
    struct scn_outcome list[] = {{.stdout_text = "b\n", .live_only = true}, {.stdout_text = "a\n"}};
    struct scn_expect e = {.outcomes = list, .noutcomes = 2};
    struct run_outcome a = {.out = "a\n", .nout = 2, .error = ""}, b = {.out = "b\n", .nout = 2, .error = ""};
    assert_int_equal(run_outcome_expected(&e, &a), 1);
    assert_true(run_outcome_expected(&e, &b) == SIZE_MAX);
}

static void bounds(void **state) {
    (void)state;
    struct str why = {0};
    struct scn_bounds b = {.has_least = true, .at_least = 2, .has_most = true, .at_most = 4};
    assert_true(run_within(&b, 2, &why));
    assert_true(run_within(&b, 4, &why));
    assert_int_equal(why.len, 0);
    assert_false(run_within(&b, 5, &why));
    assert_string_equal(str_cstr(&why), "5, expected at most 4");
    str_clear(&why);
    struct scn_bounds one = {.has_exactly = true, .exactly = 1};
    assert_false(run_within(&one, 0, &why));
    assert_string_equal(str_cstr(&why), "0, expected exactly 1");
    str_free(&why);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_status_and_error),
        cmocka_unit_test(any_order),
        cmocka_unit_test(before_and_counts),
        cmocka_unit_test(live_ones_are_not_for_seeds),
        cmocka_unit_test(bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
