/* How a run that went wrong is shown: the ring of a deadlock, goroutines that will never wake. */
#include <string.h>

#include "sample_log.h"
#include "view_support.h"

static const uint64_t lock_a = RT_OBJ_LOCK | 0x100, lock_b = RT_OBJ_LOCK | 0x200;

static struct log_builder begin(void) {
    struct log_builder b;
    assert_true(lb_init(&b, "two.go", "package main\n\nfunc main() {}\n", 1, 1));
    assert_true(rt_log_add_func(b.log, "main.main", RT_POS(0, 3)) && rt_log_add_func(b.log, "main.other", RT_POS(0, 3)));
    lb_begin(&b, 1);
    lb_event(&b, RT_EV_GoCreate, RT_WHY_None, 2, 1, 2048);
    lb_event(&b, RT_EV_GlobPut, RT_WHY_None, 2, 0, 0);
    return b;
}

static void next_from_global(struct log_builder *b, uint32_t g) {
    b->g = 0;
    lb_event(b, RT_EV_GlobGet, RT_WHY_FromGlobal, g, 1, 0);
    lb_start(b, g, RT_WHY_FromGlobal, 0, false);
}

/* main holds a and waits for b, the other holds b and waits for a. */
static struct rt_log *deadlock(void) {
    struct log_builder b = begin();
    lb_object(&b, lock_a, "a", "sync.Mutex");
    lb_object(&b, lock_b, "b", "sync.Mutex");
    lb_event(&b, RT_EV_LockAcquire, RT_WHY_None, lock_a, 0, 0);
    lb_event(&b, RT_EV_GoStop, RT_WHY_Gosched, 0, 0, 0);
    b.g = 0;
    lb_event(&b, RT_EV_GlobPut, RT_WHY_Gosched, 1, 0, 0);
    next_from_global(&b, 2);
    lb_event(&b, RT_EV_LockAcquire, RT_WHY_None, lock_b, 0, 0);
    lb_event(&b, RT_EV_GoBlock, RT_WHY_SyncMutexLock, lock_a, 0, 0);
    next_from_global(&b, 1);
    lb_event(&b, RT_EV_GoBlock, RT_WHY_SyncMutexLock, lock_b, 0, 0);
    b.g = 0;
    lb_event(&b, RT_EV_RunEnd, RT_WHY_None, 2, RT_END_FATAL, 0);
    assert_false(b.failed);
    return b.log;
}

static struct rt_log *leak(void) {
    struct log_builder b = begin();
    lb_object(&b, lock_a, "a", "sync.Mutex");
    lb_event(&b, RT_EV_LockAcquire, RT_WHY_None, lock_a, 0, 0);
    lb_event(&b, RT_EV_GoStop, RT_WHY_Gosched, 0, 0, 0);
    b.g = 0;
    lb_event(&b, RT_EV_GlobPut, RT_WHY_Gosched, 1, 0, 0);
    next_from_global(&b, 2);
    lb_event(&b, RT_EV_GoBlock, RT_WHY_SyncMutexLock, lock_a, 0, 0);
    next_from_global(&b, 1);
    lb_event(&b, RT_EV_RunEnd, RT_WHY_None, 0, RT_END_MAIN, 0);
    assert_false(b.failed);
    return b.log;
}

static bool shows(const struct ui_list *l, const char *text) {
    for (size_t i = 0; i < l->ncmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];
        if (c->kind == UI_TEXT && c->n == strlen(text) && memcmp(l->text + c->at, text, c->n) == 0) return true;
    }
    return false;
}

static void build(struct fixture *f, uint64_t n) {
    struct str rule = {0};
    uint64_t event = 0;
    if (!ui_stage_build(&f->stage, n, 0, n) && rp_illegal(f->stage.session, &event, &rule))
        fail_msg("event %llu: %s", (unsigned long long)event, str_cstr(&rule));
}

static void test_ring(void **state) {
    (void)state;
    struct fixture f;
    uint32_t ring[8];
    struct str text = {0};
    fixture_open(&f, deadlock(), NULL);
    uint64_t end = rt_log_count(f.log);
    build(&f, end);
    assert_int_equal(ui_wait_ring(&f.stage, ring, 8), 2);
    assert_int_equal(ring[0] + ring[1], 3);
    assert_true(shows(&f.stage.lists[UI_R_ROOMS], "all goroutines are asleep - deadlock!"));
    assert_true(shows(&f.stage.lists[UI_R_ROOMS], "a") && shows(&f.stage.lists[UI_R_ROOMS], "b"));
    assert_non_null(ui_find_place(&f.stage.now, UI_THING_G, 1));
    assert_non_null(ui_find_place(&f.stage.now, UI_THING_G, 2));
    ui_stage_text(&f.stage, &text);
    assert_non_null(strstr(str_cstr(&text), "G1 waits for what G2 holds, G2 waits for what G1 holds."));
    build(&f, end - 1); /* stepping back shows the rooms again */
    assert_false(shows(&f.stage.lists[UI_R_ROOMS], "all goroutines are asleep - deadlock!"));
    build(&f, end - 3);
    assert_int_equal(ui_wait_ring(&f.stage, ring, 8), 0);
    str_free(&text);
    fixture_close(&f);
}

static void test_left_behind(void **state) {
    (void)state;
    struct fixture f;
    uint32_t ring[8];
    fixture_open(&f, leak(), NULL);
    build(&f, rt_log_count(f.log));
    assert_true(shows(&f.stage.lists[UI_R_ROOMS], "1 goroutine will never wake"));
    assert_int_equal(ui_wait_ring(&f.stage, ring, 8), 0);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ring), cmocka_unit_test(test_left_behind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
