#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run_int.h"

static struct run_program *compile(const char *text, struct diag_list *diags) {
    struct src_file file = {"p.go", text, strlen(text)};
    diag_init(diags);
    struct run_program *p = run_compile(&file, diags);
    assert_non_null(p);
    return p;
}

static const struct run_options options = {.world = SCN_STEPPED, .procs = 2, .cores = 2, .number = 1, .program_name = "p.go"};

static void lines_between_events_are_the_same_every_time(void **state) {
    (void)state;
    struct diag_list diags;
    struct run_program *p = compile(
        "package main\n\nfunc main() {\n\tn := 0\n\tfor i := 0; i < 3; i++ {\n\t\tn += i\n\t}\n\tprintln(n)\n}\n", &diags);
    struct run_fine a[200], b[200];
    const int64_t minute = INT64_C(60000000000);
    int64_t n = run_fine_steps(p, &options, 0, 1000, true, minute, a, 200, &diags);
    assert_in_range(n, 6, 200);
    assert_int_equal(run_fine_steps(p, &options, 0, 1000, true, minute, b, 200, &diags), n);
    for (int64_t i = 0; i < n; i++) {
        assert_int_equal(a[i].event, b[i].event);
        assert_int_equal(a[i].pos, b[i].pos);
    }
    run_program_free(p);
    diag_free(&diags);
}

/* Every step lies, in time, between the events of the run itself: the second execution is the first one again, also where a
 * goroutine computes for longer than its slice. */
static void steps_fit_between_the_events_of_the_run(void **state) {
    (void)state;
    enum { MOST = 400000 };
    struct diag_list diags;
    struct run_program *p = compile(
        "package main\n\nfunc work(done chan int) {\n\tn := 0\n\tfor i := 0; i < 20000; i++ {\n\t\tn += i\n\t}\n\tdone <- n\n}\n\n"
        "func main() {\n\tdone := make(chan int)\n\tfor range 3 {\n\t\tgo work(done)\n\t}\n\tprintln(<-done + <-done + <-done)\n}\n",
        &diags);
    struct run_options o = options;
    const struct scn_cost slow = {"instruction", {400, 400}};
    o.procs = 1;
    o.events = true;
    o.costs = &slow;
    o.ncosts = 1;
    struct run *r = run_new(p, &o, &diags);
    assert_non_null(r);
    while (run_pump(r, 0, 0, 0)) {}
    struct run_fine *steps = malloc(MOST * sizeof *steps);
    assert_non_null(steps);
    int64_t n = run_fine_steps(p, &o, 0, UINT64_MAX, false, INT64_C(60000000000), steps, MOST, &diags);
    assert_in_range(n, 3 * 20000, MOST - 1);
    struct rt_event ev;
    uint64_t preempted = 0;
    for (uint64_t i = 0; rt_log_get(run_log(r), i, &ev); i++) preempted += ev.kind == RT_EV_Preempt;
    assert_in_range(preempted, 1, 100);
    for (int64_t i = 0; i < n; i++) {
        /* Of one thread: another's clock may still be behind. */
        if (steps[i].event > 0 && rt_log_get(run_log(r), steps[i].event - 1, &ev)) assert_true(ev.time <= steps[i].time);
        if (rt_log_get(run_log(r), steps[i].event, &ev) && ev.m == steps[i].m) assert_true(steps[i].time <= ev.time);
    }
    free(steps);
    run_free(r);
    run_program_free(p);
    diag_free(&diags);
}

static void no_step(void *ctx, struct m *mp, struct g *gp, uint64_t fn, uint32_t pc, rt_pos pos) {
    (void)ctx, (void)mp, (void)gp, (void)fn, (void)pc, (void)pos;
}

static void same_log(struct run *a, struct run *b) {
    struct rt_event x, y;
    for (uint64_t i = 0; rt_log_get(run_log(a), i, &x); i++) {
        assert_true(rt_log_get(run_log(b), i, &y));
        assert_int_equal(x.time, y.time);
        assert_int_equal(x.kind, y.kind);
        assert_int_equal(x.m, y.m);
        assert_int_equal(x.g, y.g);
        assert_int_equal(x.pos, y.pos);
        assert_int_equal(x.a, y.a);
    }
    assert_int_equal(rt_log_count(run_log(a)), rt_log_count(run_log(b)));
}

/* With a hook before every instruction the run is the same to the last event, on programs that wait, panic and print. */
static void a_watched_run_is_the_same_run(void **state) {
    (void)state;
    static const char *const names[] = {"lang_select", "lang_defer", "lib_sync", "lib_timer", "vm_panics", "vm_collect",
                                        "live_channels"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str path = {0}, text = {0};
        str_addf(&path, "%s/%s.go", PROGRAMS, names[i]);
        assert_true(str_read_file(&text, path.data, 1 << 20));
        struct diag_list diags;
        struct run_program *p = compile(text.data, &diags);
        for (unsigned seed = 1; seed <= 3; seed++) {
            struct run_options o = options;
            o.choice = seed == 3 ? SCN_PROBE : SCN_SEED;
            o.number = seed;
            o.events = true;
            struct run *plain = run_new(p, &o, &diags), *watched = run_new(p, &o, &diags);
            assert_non_null(plain);
            assert_non_null(watched);
            vm_set_step_hook(watched->vm, no_step, NULL);
            while (run_pump(plain, 0, 0, 0)) {}
            while (run_pump(watched, 0, 0, 0)) {}
            same_log(plain, watched);
            run_free(plain);
            run_free(watched);
        }
        run_program_free(p);
        diag_free(&diags);
        str_free(&text);
        str_free(&path);
    }
}

static void an_endless_loop_is_given_up_with_the_reason(void **state) {
    (void)state;
    struct diag_list diags;
    struct run_program *p = compile("package main\n\nfunc main() {\n\tfor {\n\t}\n}\n", &diags);
    struct run_fine out[4];
    const int64_t budget = 20000000;
    const uint64_t far = 1000000000;
    assert_int_equal(run_fine_steps(p, &options, far, far + 1, false, budget, out, 4, &diags), -1);
    assert_int_equal(diags.items.len, 1);
    assert_non_null(strstr(diags.items.data[0].message, "takes too long"));
    run_program_free(p);
    diag_free(&diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_between_events_are_the_same_every_time),
        cmocka_unit_test(steps_fit_between_the_events_of_the_run),
        cmocka_unit_test(a_watched_run_is_the_same_run),
        cmocka_unit_test(an_endless_loop_is_given_up_with_the_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
