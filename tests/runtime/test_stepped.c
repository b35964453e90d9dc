/* The stepped world's model of an operating system, with threads of the test's own in the scheduler's place. */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "stepped.h"

struct bench;

struct m {
    int id;
    struct bench *bench;
    void (*life)(struct m *mp);
    bool has_p;
    void *arg;
};

/* One run: its world, its threads, and what was seen, in the order of the host. */
struct bench {
    struct rt_world *w;
    struct stepped_config config;
    struct m threads[16];
    int nthreads;
    char seen[8192];
    char limit[64];
    char out[256];
    struct rt_note note;
    int64_t counter;
};

static void note_down(struct bench *b, const char *fmt, ...) {
    va_list ap;
    size_t n = strlen(b->seen);
    va_start(ap, fmt);
    vsnprintf(b->seen + n, sizeof b->seen - n, fmt, ap);
    va_end(ap);
}

static void hook_mstart(struct m *mp) {
    mp->life(mp);
    mp->bench->w->ops->mexit(mp->bench->w, mp);
}

static int64_t now(struct m *mp) { return mp->bench->w->ops->nanotime(mp->bench->w, mp); }

static void hook_core(struct m *mp, enum rt_event_kind kind, enum rt_reason why, unsigned core) {
    (void)why;
    note_down(mp->bench, "%c%d@%u:%" PRId64 " ", kind == RT_EV_CoreTake ? '+' : '-', mp->id, core, now(mp));
}

static bool hook_holds_p(const struct m *mp) { return mp->has_p; }

static void hook_limit(void *run, struct m *mp, const char *text) {
    struct bench *b = run;
    (void)mp;
    snprintf(b->limit, sizeof b->limit, "%s", text);
}

static const struct stepped_hooks hooks = {hook_mstart, hook_core, hook_holds_p, hook_limit, NULL, NULL, NULL};

static void bench_init(struct bench *b, unsigned cores) {
    memset(b, 0, sizeof *b);
    stepped_config_init(&b->config);
    b->config.cores = cores;
    b->config.hooks = &hooks;
    b->config.run = b;
}

/* Starting and changing threads costs nothing but the microsecond before a new one begins. */
static void exact_machine(struct bench *b) {
    b->config.costs[RT_COST_THREAD_CREATE] = (struct stepped_range){1000, 1000};
    b->config.costs[RT_COST_CLONE_CALL] = (struct stepped_range){0, 0};
    b->config.costs[RT_COST_THREAD_SWITCH] = (struct stepped_range){0, 0};
}

static struct m *start(struct bench *b, void (*life)(struct m *mp)) {
    struct m *mp = &b->threads[b->nthreads];
    *mp = (struct m){.id = b->nthreads++, .bench = b, .life = life};
    assert_int_equal(b->w->ops->newm(b->w, mp), 0);
    return mp;
}

static void open_world(struct bench *b) {
    b->w = stepped_new(&b->config);
    assert_non_null(b->w);
}

static enum stepped_progress pump(struct bench *b) { return stepped_pump(b->w, &(struct stepped_until){0}); }

static void work(struct m *mp, uint64_t instructions) {
    const struct rt_world_ops *ops = mp->bench->w->ops;
    while (instructions) {
        uint64_t n = ops->fuel(mp->bench->w, mp);
        assert_true(n >= 1);
        if (n > instructions) n = instructions;
        instructions -= n;
        ops->charge(mp->bench->w, mp, RT_COST_INSTRUCTION, n);
        ops->visible(mp->bench->w, mp);
    }
}

/* ---- sleeping costs nothing, and threads run in the order of their clocks ------------------------------------------ */

static void sleep_two_seconds(struct m *mp) {
    struct bench *b = mp->bench;
    b->w->ops->usleep(b->w, mp, INT64_C(2000000000));
    b->counter = now(mp);
    b->w->ops->stop(b->w);
}

static void time_jumps(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 2);
    open_world(&b);
    start(&b, sleep_two_seconds);
    assert_int_equal(pump(&b), STEPPED_ENDED);
    const struct stepped_range *slack = &b.config.costs[RT_COST_TIMER_SLACK];
    assert_in_range(b.counter, 2000000000 + slack->lo, 2000000000 + slack->hi);
    stepped_free(b.w);
}

static void steps_of_a_microsecond(struct m *mp) {
    for (int i = 0; i < 4; i++) {
        mp->bench->w->ops->visible(mp->bench->w, mp);
        note_down(mp->bench, "%d ", mp->id);
        mp->bench->w->ops->charge(mp->bench->w, mp, RT_COST_INSTRUCTION, mp->id == 2 ? 50 : 25);
    }
}

static void starts_two(struct m *mp) {
    start(mp->bench, steps_of_a_microsecond);
    start(mp->bench, steps_of_a_microsecond);
    struct rt_note never = {0};
    mp->bench->w->ops->note_sleep(mp->bench->w, mp, &never);
}

static void no_core_event(struct m *mp, enum rt_event_kind kind, enum rt_reason why, unsigned core) {
    (void)mp, (void)kind, (void)why, (void)core;
}

static void furthest_behind_goes_first(void **state) {
    (void)state;
    static const struct stepped_hooks quiet = {hook_mstart, no_core_event, hook_holds_p, hook_limit, NULL, NULL, NULL};
    struct bench b;
    bench_init(&b, 2);
    b.config.hooks = &quiet;
    exact_machine(&b);
    open_world(&b);
    start(&b, starts_two);
    assert_int_equal(pump(&b), STEPPED_STUCK);
    /* 1 stands at 0, 1, 2, 3 us and 2 at 0, 2, 4, 6: at equal clocks the older thread goes first. */
    assert_string_equal(b.seen, "1 2 1 1 2 1 2 2 ");
    stepped_free(b.w);
}

/* ---- one core: slices, and FIFO --------------------------------------------------------------------------------------- */

static void busy_10ms(struct m *mp) {
    mp->bench->w->ops->visible(mp->bench->w, mp);
    work(mp, 10000000 / 40);
    note_down(mp->bench, "end%d ", mp->id);
}

static void starts_two_busy(struct m *mp) {
    start(mp->bench, busy_10ms);
    start(mp->bench, busy_10ms);
    struct rt_note never = {0};
    mp->bench->w->ops->note_sleep(mp->bench->w, mp, &never);
}

static void slices_alternate(void **state) {
    (void)state;
#ifdef GOSEE_YIELD
    skip(); /* that build leaves out the events of cores */
#endif
    struct bench b;
    bench_init(&b, 1);
    exact_machine(&b);
    open_world(&b);
    start(&b, starts_two_busy);
    assert_int_equal(pump(&b), STEPPED_STUCK);
    assert_string_equal(b.seen, "+0@0:0 -0@0:0 +1@0:1000 -1@0:4001000 +2@0:4001000 -2@0:8001000 +1@0:8001000 "
                                "-1@0:12001000 +2@0:12001000 -2@0:16001000 +1@0:16001000 end1 -1@0:18001000 +2@0:18001000 "
                                "end2 -2@0:20001000 ");
    stepped_free(b.w);
}

/* ---- notes --------------------------------------------------------------------------------------------------------------- */

static void sleeper(struct m *mp) {
    struct bench *b = mp->bench;
    b->w->ops->note_sleep(b->w, mp, &b->note);
    b->counter = now(mp);
    b->w->ops->stop(b->w);
}

static void waker(struct m *mp) {
    struct bench *b = mp->bench;
    start(b, sleeper);
    b->w->ops->usleep(b->w, mp, 1000000);
    note_down(b, "wake:%" PRId64 " ", now(mp));
    b->w->ops->note_wake(b->w, mp, &b->note);
    struct rt_note never = {0};
    b->w->ops->note_sleep(b->w, mp, &never);
}

static void a_wake_takes_its_time(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 2);
    b.config.costs[RT_COST_THREAD_WAKE] = (struct stepped_range){7000, 7000};
    b.config.costs[RT_COST_SYSCALL] = (struct stepped_range){0, 0};
    b.config.costs[RT_COST_THREAD_SWITCH] = (struct stepped_range){0, 0};
    open_world(&b);
    start(&b, waker);
    assert_int_equal(pump(&b), STEPPED_ENDED);
    int64_t woke = 0;
    const char *at = strstr(b.seen, "wake:");
    assert_non_null(at);
    woke = strtoll(at + 5, NULL, 10);
    assert_int_equal(b.counter, woke + 7000);
    stepped_free(b.w);
}

static void timed_sleeps(struct m *mp) {
    struct bench *b = mp->bench;
    const struct rt_world_ops *ops = b->w->ops;
    struct rt_note never = {0}, early = {0};
    assert_false(ops->note_tsleep(b->w, mp, &never, 5000));
    ops->note_wake(b->w, mp, &early);
    int64_t before = now(mp);
    assert_true(ops->note_tsleep(b->w, mp, &early, 1000000));
    assert_int_equal(now(mp), before);
    b->counter = 1;
}

static void timed_notes(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 1);
    open_world(&b);
    start(&b, timed_sleeps);
    assert_int_equal(pump(&b), STEPPED_STUCK);
    assert_int_equal(b.counter, 1);
    stepped_free(b.w);
}

/* ---- where a burst ends does not depend on how it is asked for ---------------------------------------------------- */

/* Asking for fuel before each instruction, as a run does that shows its single steps. */
static void long_work(struct m *mp) {
    const struct rt_world_ops *ops = mp->bench->w->ops;
    bool single = mp->arg != NULL;
    uint64_t fuel = 0, owed = 0;
    for (int i = 0; i < 100000; i++) {
        if (single || fuel == 0) {
            if (fuel == 0 && i) {
                ops->charge(mp->bench->w, mp, RT_COST_INSTRUCTION, owed);
                owed = 0;
                ops->visible(mp->bench->w, mp);
                note_down(mp->bench, "%d ", i);
            } else {
                ops->charge(mp->bench->w, mp, RT_COST_INSTRUCTION, owed);
                owed = 0;
            }
            fuel = ops->fuel(mp->bench->w, mp);
        }
        fuel--;
        owed++;
    }
}

static void bursts_end_alike(void **state) {
    (void)state;
    static const struct stepped_hooks quiet = {hook_mstart, no_core_event, hook_holds_p, hook_limit, NULL, NULL, NULL};
    struct bench b[2];
    for (int i = 0; i < 2; i++) {
        bench_init(&b[i], 1);
        b[i].config.hooks = &quiet;
        b[i].config.limits.time = 3000000;
        open_world(&b[i]);
        start(&b[i], long_work)->arg = i ? &b : NULL;
        assert_int_equal(pump(&b[i]), STEPPED_ENDED);
        stepped_free(b[i].w);
    }
    assert_string_equal(b[0].seen, "20000 40000 60000 ");
    assert_string_equal(b[0].seen, b[1].seen);
}

/* A thread whose sleep is over waits for the only core, and is woken meanwhile: it is in one list, once. */
static void naps_on_note(struct m *mp) {
    struct bench *b = mp->bench;
    assert_true(b->w->ops->note_tsleep(b->w, mp, &b->note, 20000));
    b->counter++;
    work(mp, 1000);
    b->counter++;
}

static void wakes_too_late(struct m *mp) {
    struct bench *b = mp->bench;
    start(b, naps_on_note);
    b->w->ops->usleep(b->w, mp, 5000);
    work(mp, 5000); /* 200 us: the other is due and has no core */
    b->w->ops->note_wake(b->w, mp, &b->note);
    work(mp, 5000);
}

static void a_wake_after_its_time(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 1);
    exact_machine(&b);
    b.config.limits.time = 1000000000;
    open_world(&b);
    start(&b, wakes_too_late);
    pump(&b);
    assert_int_equal(b.counter, 2);
    assert_string_equal(b.limit, "time=1s");
    stepped_free(b.w);
}

/* ---- the same choices, the same run --------------------------------------------------------------------------------------- */

static void chatter(struct m *mp) {
    struct bench *b = mp->bench;
    mp->has_p = true;
    for (int i = 0; i < 30; i++) {
        work(mp, 20 + b->w->ops->choose(b->w, mp, RT_CHOOSE_SCHED, 500));
        note_down(b, "%d", mp->id);
        if (i % 7 == mp->id) b->w->ops->usleep(b->w, mp, 30000);
    }
    mp->has_p = false;
}

static void starts_chatter(struct m *mp) {
    for (int i = 0; i < 3; i++) start(mp->bench, chatter);
    mp->bench->w->ops->usleep(mp->bench->w, mp, 50000000);
    mp->bench->w->ops->stop(mp->bench->w);
}

static void chatter_run(struct bench *b, enum stepped_mode mode, uint64_t number) {
    b->nthreads = 0;
    b->seen[0] = '\0';
    b->config.mode = mode;
    b->config.number = number;
    b->config.record = true;
    if (b->w)
        stepped_reset(b->w, &b->config);
    else
        open_world(b);
    start(b, starts_chatter);
}

static void same_seed_same_run(void **state) {
    (void)state;
    struct bench a, b;
    bench_init(&a, 2);
    bench_init(&b, 2);
    int differ = 0;
    char last[sizeof a.seen] = "";
    for (uint64_t seed = 1; seed <= 20; seed++) {
        enum stepped_mode mode = seed % 2 ? STEPPED_NATURAL : STEPPED_PROBING;
        chatter_run(&a, mode, seed);
        chatter_run(&b, mode, seed);
        assert_int_equal(pump(&a), STEPPED_ENDED);
        /* Pausing every 50 us, on a world that was used before, changes nothing. */
        int64_t until = 0;
        while (stepped_pump(b.w, &(struct stepped_until){.time = until += 50000}) == STEPPED_REACHED) {}
        assert_string_equal(a.seen, b.seen);
        differ += strcmp(a.seen, last) != 0;
        memcpy(last, a.seen, sizeof last);
    }
    assert_int_equal(differ, 20);
    stepped_free(a.w);
    stepped_free(b.w);
}

static void decisions_pin_a_run(void **state) {
    (void)state;
    struct bench a, b;
    bench_init(&a, 2);
    bench_init(&b, 2);
    chatter_run(&a, STEPPED_PROBING, 42);
    assert_int_equal(pump(&a), STEPPED_ENDED);
    const struct stepped_choice *made;
    size_t n = stepped_choices(a.w, &made);
    assert_true(n > 100);
    assert_int_equal(made[0].kind, RT_CHOOSE_PROBE);
    assert_int_equal(made[0].picked, STEPPED_PROBING);
    uint64_t *list = calloc(n, sizeof *list);
    assert_non_null(list);
    for (size_t i = 0; i < n; i++) list[i] = made[i].picked;

    /* Another seed, another mode: the list alone decides. */
    b.config.decisions = list;
    b.config.ndecisions = n;
    chatter_run(&b, STEPPED_NATURAL, 1);
    assert_int_equal(pump(&b), STEPPED_ENDED);
    assert_string_equal(a.seen, b.seen);

    list[60] = UINT64_MAX;
    chatter_run(&b, STEPPED_NATURAL, 1);
    assert_int_equal(pump(&b), STEPPED_UNFIT);
    size_t number;
    uint64_t picked, of;
    stepped_unfit(b.w, &number, &picked, &of);
    assert_int_equal(number, 60);
    assert_true(picked == UINT64_MAX && of >= 2);
    free(list);
    stepped_free(a.w);
    stepped_free(b.w);
}

static uint64_t pick_last(void *ctx, const struct stepped_choice *question, uint64_t suggested) {
    ++*(int *)ctx;
    return question->kind == RT_CHOOSE_PROBE ? suggested : question->n - 1; /* the mode stays */
}

static void somebody_else_chooses(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 2);
    int asked = 0;
    b.config.ask = pick_last;
    b.config.ask_ctx = &asked;
    open_world(&b);
    start(&b, sleep_two_seconds);
    assert_int_equal(pump(&b), STEPPED_ENDED);
    assert_true(asked > 0);
    assert_int_equal(b.counter, 2000000000 + b.config.costs[RT_COST_TIMER_SLACK].hi);
    stepped_free(b.w);
}

/* ---- probes hold only who may be held --------------------------------------------------------------------------------------- */

static void counts_with_p(struct m *mp) {
    struct bench *b = mp->bench;
    mp->has_p = mp->arg != NULL;
    for (int i = 0; i < 5000; i++) {
        int64_t before = now(mp);
        b->w->ops->visible(b->w, mp);
        if (now(mp) - before > 1000) b->counter++;
        assert_true(now(mp) - before < 10000000);
        b->w->ops->charge(b->w, mp, RT_COST_INSTRUCTION, 1);
    }
    mp->has_p = false;
}

static void starts_counting(struct m *mp) {
    struct bench *b = mp->bench;
    int with_p = (int)(intptr_t)mp->arg;
    for (int i = 0; i < 2; i++) {
        struct m *t = start(b, counts_with_p);
        t->arg = i < with_p ? b : NULL;
    }
    struct rt_note never = {0};
    b->w->ops->note_sleep(b->w, mp, &never);
}

static int64_t holds_seen(int with_p) {
    struct bench b;
    int64_t held = 0;
    bench_init(&b, 4);
    b.config.mode = STEPPED_PROBING;
    open_world(&b);
    for (uint64_t probe = 1; probe <= 20; probe++) {
        b.nthreads = 0;
        b.counter = 0;
        b.seen[0] = '\0';
        b.config.number = probe;
        stepped_reset(b.w, &b.config);
        struct m *mp = start(&b, starts_counting);
        mp->arg = (void *)(intptr_t)with_p;
        assert_int_equal(pump(&b), STEPPED_STUCK);
        held += b.counter;
    }
    stepped_free(b.w);
    return held;
}

static void probes_hold_one_of_two(void **state) {
    (void)state;
    assert_int_equal(holds_seen(0), 0);
    assert_int_equal(holds_seen(1), 0);
    assert_true(holds_seen(2) >= 10);
}

/* ---- limits, and pausing ------------------------------------------------------------------------------------------------------ */

static void loops_for_ever(struct m *mp) {
    for (;;) work(mp, 1000000);
}

static void time_limit(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 1);
    b.config.limits.time = 90000000;
    open_world(&b);
    start(&b, loops_for_ever);
    assert_int_equal(pump(&b), STEPPED_ENDED);
    assert_string_equal(b.limit, "time=90ms");
    stepped_free(b.w);
}

static void waits_for_ever(struct m *mp) {
    struct rt_note never = {0};
    mp->bench->w->ops->note_sleep(mp->bench->w, mp, &never);
}

static void time_limit_of_an_idle_world(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 1);
    b.config.limits.time = INT64_C(3600000000000);
    open_world(&b);
    start(&b, waits_for_ever);
    assert_int_equal(pump(&b), STEPPED_ENDED);
    assert_string_equal(b.limit, "time=1h");
    stepped_free(b.w);
}

static void a_loop_can_be_paused_and_left(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 1);
    open_world(&b);
    start(&b, loops_for_ever);
    assert_int_equal(stepped_pump(b.w, &(struct stepped_until){.host = 1000000}), STEPPED_REACHED);
    assert_int_equal(stepped_pump(b.w, &(struct stepped_until){.time = 1}), STEPPED_REACHED);
    stepped_free(b.w);
}

static void host_time_limit(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 1);
    b.config.limits.host = 20000000;
    open_world(&b);
    start(&b, loops_for_ever);
    assert_int_equal(pump(&b), STEPPED_ENDED);
    assert_string_equal(b.limit, "hostTime=20ms");
    stepped_free(b.w);
}

/* ---- input and output ------------------------------------------------------------------------------------------------------------ */

static int64_t sink(void *ctx, int fd, const void *bytes, size_t n) {
    struct bench *b = ctx;
    assert_int_equal(fd, 1);
    strncat(b->out, bytes, n);
    return (int64_t)n;
}

static void echoes(struct m *mp) {
    struct bench *b = mp->bench;
    char buf[4];
    int64_t n;
    while ((n = b->w->ops->read(b->w, mp, 0, buf, sizeof buf, false)) > 0) b->w->ops->write(b->w, mp, 1, buf, (size_t)n);
    b->counter = n;
}

static void stdin_text(void **state) {
    (void)state;
    struct bench b;
    bench_init(&b, 1);
    b.config.sink = sink;
    b.config.sink_ctx = &b;
    b.config.stdin_text = "hello, world";
    b.config.stdin_length = 12;
    open_world(&b);
    start(&b, echoes);
    assert_int_equal(pump(&b), STEPPED_STUCK);
    assert_string_equal(b.out, "hello, world");
    stepped_free(b.w);
}

struct typed {
    int looks; /* how often nothing is there */
    const char *text;
};

static int64_t type(void *ctx, void *bytes, size_t n, bool wait) {
    struct typed *t = ctx;
    assert_false(wait);
    if (t->looks-- > 0) return -EAGAIN;
    size_t len = strlen(t->text);
    if (len > n) len = n;
    memcpy(bytes, t->text, len);
    t->text += len;
    if (len) t->looks = 2;
    return (int64_t)len;
}

static void typed_input_is_waited_for(void **state) {
    (void)state;
    struct bench b;
    struct typed t = {2, "abcdefgh"};
    bench_init(&b, 1);
    b.config.sink = sink;
    b.config.sink_ctx = &b;
    b.config.input = type;
    b.config.input_ctx = &t;
    open_world(&b);
    start(&b, echoes);
    int pauses = 0;
    enum stepped_progress how;
    while ((how = pump(&b)) == STEPPED_INPUT) pauses++;
    assert_int_equal(how, STEPPED_STUCK);
    assert_int_equal(pauses, 2); /* once for the text, once for its end: the pump looks itself before it pauses */
    assert_string_equal(b.out, "abcdefgh");
    assert_int_equal(b.counter, 0);
    stepped_free(b.w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_jumps),
        cmocka_unit_test(furthest_behind_goes_first),
        cmocka_unit_test(slices_alternate),
        cmocka_unit_test(a_wake_takes_its_time),
        cmocka_unit_test(timed_notes),
        cmocka_unit_test(a_wake_after_its_time),
        cmocka_unit_test(bursts_end_alike),
        cmocka_unit_test(same_seed_same_run),
        cmocka_unit_test(decisions_pin_a_run),
        cmocka_unit_test(somebody_else_chooses),
        cmocka_unit_test(probes_hold_one_of_two),
        cmocka_unit_test(time_limit),
        cmocka_unit_test(time_limit_of_an_idle_world),
        cmocka_unit_test(a_loop_can_be_paused_and_left),
        cmocka_unit_test(host_time_limit),
        cmocka_unit_test(stdin_text),
        cmocka_unit_test(typed_input_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
