/* Every lesson step of every scene comes, in the run that the scene opens with, and in the order in which it is
 * written. Each run is a legal history, and its narration keeps within its lengths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lesson.h"
#include "replay.h"
#include "run.h"
#include "tell.h"

enum { TOLD = 20000 }; /* events of a run whose narration is read; the largest have a million that say the same */

static void assert_told(const struct rt_log *log, const char *what) {
    struct rp_session *s = rp_open(log);
    struct str rule = {0};
    uint64_t n = rt_log_count(log), at;
    if (!rp_seek(s, n) && rp_illegal(s, &at, &rule))
        fail_msg("%s: event %llu: %s", what, (unsigned long long)at, str_cstr(&rule));
    for (uint64_t i = 0; i < n && i < TOLD; i++) {
        struct rp_narration say;
        assert_true(rp_narrate(s, i, &say));
        const char *sentence = str_cstr(&say.sentence), *why = str_cstr(&say.why);
        if (!*sentence || rp_characters(sentence, say.sentence.len) > RP_SENTENCE) fail_msg("%s: %s", what, sentence);
        if (!*why || rp_characters(why, say.why.len) > RP_WHY) fail_msg("%s: %s", what, why);
        rp_narration_free(&say);
    }
    str_free(&rule);
    rp_close(s);
}

static void assert_lesson_comes(const struct scenario *s, const struct rt_log *log, const char *what) {
    struct ui_lesson lesson;
    assert_true(ui_lesson_open(&lesson, s));
    ui_lesson_scan(&lesson, log);
    uint64_t before = 0;
    bool one = rt_log_get_info(log)->one_to_one;
    struct rt_event ev;
    for (uint64_t n = 0; rt_log_get(log, n, &ev) && before == 0; n++) /* main.main begins */
        if (ev.kind == (one ? RT_EV_GoStart : RT_EV_GoLockThread) && ev.g == 1 && ev.a == 0) before = n;
    assert_true(before > 0);
    for (size_t i = 0; i < lesson.nsteps; i++) {
        uint64_t event = lesson.steps[i].event;
        if (event == UINT64_MAX) fail_msg("%s: lesson step %zu never comes", what, i + 1);
        if (event < before) fail_msg("%s: lesson step %zu comes before the one above it", what, i + 1);
        before = event;
    }
    ui_lesson_close(&lesson);
}

static void check_one(const struct scenario *s, const char *what) {
    if (s->expect.nrejected) return; /* it has no run; its lesson goes with diagnostics */
    struct diag_list diags;
    diag_init(&diags);
    struct run_program *p = run_compile(&s->source, &diags);
    if (!p) diag_print(&diags, stderr, 0);
    assert_non_null(p);
    struct run_options o;
    run_options_from(s, &o);
    o.events = true;
    struct run *r = run_new(p, &o, &diags);
    assert_non_null(r);
    while (run_pump(r, 0, 0, 1000000000)) {
    }
    assert_told(run_log(r), what);
    assert_lesson_comes(s, run_log(r), what);
    run_free(r);
    run_program_free(p);
    diag_free(&diags);
}

static void lessons_come_in_order(void **state) {
    (void)state;
    struct diag_list diags;
    diag_init(&diags);
    struct scn_course *c = scn_load_course(GOSEE_SCENES "/course.json", &diags);
    assert_non_null(c);
    for (size_t i = 0; i < c->nchapters; i++) {
        for (size_t k = 0; k < c->chapters[i].nscenes; k++) {
            struct str path = {0}, what = {0};
            str_addf(&path, GOSEE_SCENES "/%s", c->chapters[i].scenes[k]);
            struct scenario *s = scn_load(str_cstr(&path), &diags);
            assert_non_null(s);
            check_one(s, c->chapters[i].scenes[k]);
            for (size_t v = 0; v < s->nvariants; v++) {
                str_clear(&what);
                str_addf(&what, "%s, %s", c->chapters[i].scenes[k], s->variants[v].name);
                check_one(s->variants[v].scenario, str_cstr(&what));
            }
            scn_free(s);
            str_free(&path);
            str_free(&what);
        }
    }
    scn_course_free(c);
    diag_free(&diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lessons_come_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
