/* Every lesson step of every scene comes, in the run that the scene opens with, and in the order in which it is
 * written. Each run is a legal history, and its narration keeps within its lengths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "each_run.h"
#include "lesson.h"
#include "replay.h"
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

/* Each question says what its answer means, for check to judge, and has a sentence for each wrong choice. */
static void assert_asked_well(const struct scenario *s, const char *what) {
    for (size_t i = 0; i < s->nlesson; i++) {
        const struct scn_ask *ask = s->lesson[i].ask;
        if (ask && !ask->holds) fail_msg("%s: lesson step %zu: no holds", what, i + 1);
        if (ask && ask->kind == SCN_ASK_CHOICE && ask->nreplies + 1 != ask->nchoices)
            fail_msg("%s: lesson step %zu: a wrong choice without its reply", what, i + 1);
    }
}

static void comes(void *ctx, const struct scenario *s, const struct rt_log *log, const char *what) {
    (void)ctx;
    assert_asked_well(s, what);
    assert_told(log, what);
    assert_lesson_comes(s, log, what);
}

static void lessons_come_in_order(void **state) {
    (void)state;
    each_run_of_the_scenes(comes, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lessons_come_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
