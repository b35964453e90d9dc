/* The scheduler on the stepped world: the same seed gives the same events to the byte, sleeping costs nothing, and the
 * machine's latencies make the tutorial's orders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event.h"
#include "script.h"

static struct script *fresh(unsigned procs, unsigned cores, uint64_t seed) {
    struct script *s = script_new(procs, true);
    s->cores = cores;
    s->seed = seed;
    return s;
}

/* ---- a bit of everything -------------------------------------------------------------------------------------------- */

static const struct step busy_main[] = {{ADD, 0, 6, 0},  {GO, 1, 1, 0},      {GO, 1, 2, 0},   {GO, 2, 3, 0},
                                        {GO, 2, 4, 0},   {GO, 3, 5, 0},      {GO, 3, 6, 0},   {SLEEP, 100000, 0, 0},
                                        {CLOSE, 1, 0, 0}, {WAIT, 0, 0, 0},   {NOTE, 99, 0, 0}, {RET, 0, 0, 0}};
static const struct step sends[] = {{SETLOOP, 20, 0, 0}, {SEND, 0, -1, 0},  {LOCK, 0, 0, 0},    {SPIN, 30, 0, 0},
                                    {UNLOCK, 0, 0, 0},   {NOTE, -1, 0, 0},  {JUMPNZ, 1, 0, 0},  {ADD, 0, -1, 0},
                                    {RET, 0, 0, 0}};
static const struct step receives[] = {{SETLOOP, 20, 0, 0}, {RECV, 0, 0, 0},    {NOTEREG, 0, 0, 0}, {SLEEP, 3000, 0, 0},
                                       {JUMPNZ, 1, 0, 0},   {SELECT, 1, -1, 0}, {ADD, 0, -1, 0},    {RET, 0, 0, 0}};
static const struct step writes[] = {{SETLOOP, 5, 0, 0}, {WRITE, 1, 0, 0}, {NAP, 40000, 0, 0},   {GOSCHED, 0, 0, 0},
                                     {GROW, 900, 0, 0},  {NOTE, -1, 0, 0}, {JUMPNZ, 1, 0, 0},    {ADD, 0, -1, 0},
                                     {RET, 0, 0, 0}};

static struct script *busy(unsigned procs, uint64_t seed) {
    struct script *s = fresh(procs, procs > 1 ? procs - 1 : 1, seed);
    s->code[0] = busy_main;
    s->code[1] = sends;
    s->code[2] = receives;
    s->code[3] = writes;
    s->chan_made[0] = s->chan_made[1] = true;
    s->chan_cap[0] = 2;
    script_run(s);
    assert_int_equal(s->status, 0);
    assert_int_equal(s->nnotes, 2 * 20 + 2 * 20 + 2 * 5 + 1);
    return s;
}

static bool same_log(const struct rt_log *a, const struct rt_log *b) {
    struct rt_event x, y;
    if (rt_log_count(a) != rt_log_count(b)) return false;
    for (uint64_t i = 0; rt_log_get(a, i, &x); i++) {
        if (!rt_log_get(b, i, &y)) return false;
        if (x.time != y.time || x.kind != y.kind || x.why != y.why || x.m != y.m || x.p != y.p || x.g != y.g ||
            x.pos != y.pos || x.a != y.a || x.b != y.b || x.c != y.c)
            return false;
    }
    return true;
}

static void same_seed_same_events(void **state) {
    (void)state;
    int differ = 0;
    for (unsigned procs = 1; procs <= 4; procs++) {
        struct script *last = NULL;
        for (uint64_t seed = 1; seed <= 6; seed++) {
            void *elsewhere = malloc(4096 * seed); /* so that the second run finds other addresses */
            struct script *a = busy(procs, seed), *b = busy(procs, seed);
            assert_true(same_log(a->log, b->log));
            differ += last && !same_log(a->log, last->log);
            script_done(b);
            if (last) script_done(last);
            last = a;
            free(elsewhere);
        }
        script_done(last);
    }
    assert_int_equal(differ, 4 * 5);
}

static void time_never_goes_back(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct script *s = busy(3, seed);
        struct rt_event e;
        int64_t last = 0;
        for (uint64_t i = 0; rt_log_get(s->log, i, &e); i++) {
            assert_true(e.time >= last);
            last = e.time;
        }
        script_done(s);
    }
}

/* ---- threads 1:1 ------------------------------------------------------------------------------------------------------ */

static const struct step passes_main[] = {{GO, 1, 0, 0}, {SETLOOP, 50, 0, 0}, {SEND, 0, 7, 0}, {RECV, 1, 0, 0},
                                          {JUMPNZ, 2, 0, 0}, {RET, 0, 0, 0}};
static const struct step passes_back[] = {{RECV, 0, 0, 0}, {SEND, 1, 7, 0}, {SETLOOP, 2, 0, 0}, {JUMPNZ, 0, 0, 0}};

static struct script *passes(bool stepped, bool one_to_one) {
    struct script *s = fresh(1, 1, 3);
    s->stepped = stepped;
    s->one_to_one = one_to_one;
    s->code[0] = passes_main;
    s->code[1] = passes_back;
    s->chan_made[0] = s->chan_made[1] = true;
    script_run(s);
    script_check(s, __LINE__);
    assert_int_equal(s->status, 0);
    return s;
}

/* On one core a token that is passed crosses the kernel each time: every wait parks a thread. In m:n none does. */
static void one_to_one_switches_in_the_kernel(void **state) {
    (void)state;
    for (int stepped = 0; stepped < 2; stepped++) {
        struct script *one = passes(stepped, true), *many = passes(stepped, false);
        assert_int_equal(one->threads, 2);
        assert_int_equal(script_count(one, RT_EV_MStart), 1);
        assert_int_equal(script_count(one, RT_EV_ProcStart) + script_count(one, RT_EV_RunnextPut), 0);
        if (stepped) {
            /* What a thread wakes for lies in the log: nearly each of the 100 waits. */
            assert_in_range(script_count(one, RT_EV_MWake), 95, 105);
            assert_in_range(script_count(many, RT_EV_MWake), 0, 5);
        }
        script_done(one);
        script_done(many);
    }
}

static void one_to_one_is_the_same_to_the_byte(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct script *s[2];
        for (int i = 0; i < 2; i++) {
            s[i] = fresh(2, 1 + (unsigned)(seed % 3), seed);
            s[i]->one_to_one = true;
            s[i]->code[0] = busy_main;
            s[i]->code[1] = sends;
            s[i]->code[2] = receives;
            s[i]->code[3] = writes;
            s[i]->chan_made[0] = s[i]->chan_made[1] = true;
            s[i]->chan_cap[0] = 2;
            script_run(s[i]);
            script_check(s[i], __LINE__);
            assert_int_equal(s[i]->nnotes, 2 * 20 + 2 * 20 + 2 * 5 + 1);
            assert_int_equal(s[i]->threads, 7); /* main's and six more; nobody sets a timer but to sleep */
        }
        assert_true(same_log(s[0]->log, s[1]->log));
        script_done(s[0]);
        script_done(s[1]);
    }
}

/* Who sleeps holds a thread, and does not count as stuck; who waits for ever does. */
static void one_to_one_ends_in_a_deadlock(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {RECV, 0, 0, 0}, {RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{SLEEP, 2000000, 0, 0}, {SEND, 0, 1, 0}, {RET, 0, 0, 0}};
    for (int stepped = 0; stepped < 2; stepped++) {
        struct script *s = fresh(2, 2, 1);
        s->stepped = stepped;
        s->one_to_one = true;
        s->code[0] = main_code;
        s->code[1] = child;
        s->chan_made[0] = true;
        script_run(s);
        script_check(s, __LINE__);
        assert_int_equal(s->status, 2);
        assert_string_equal(s->fatal, "all goroutines are asleep - deadlock!");
        assert_int_equal(script_count(s, RT_EV_GoDestroy), 1); /* its thread, if it is the last, dies with the run */
        script_done(s);
    }
}

/* ---- the tutorial's program -------------------------------------------------------------------------------------------- */

#define SECOND INT64_C(1000000000)
static const struct step tutorial_main[] = {{GO, 1, 0, 0}, {SLEEP, 2 * SECOND, 0, 0}, {RET, 0, 0, 0}};
static const struct step process2[] = {{GO, 2, 0, 0}, {SLEEP, SECOND, 0, 0}, {WRITE, 1, 0, 0}, {NOTE, 2, 0, 0}, {RET, 0, 0, 0}};
static const struct step process1[] = {{SLEEP, SECOND, 0, 0}, {WRITE, 1, 0, 0}, {NOTE, 1, 0, 0}, {RET, 0, 0, 0}};

static struct script *tutorial(unsigned procs, uint64_t seed) {
    struct script *s = fresh(procs, procs, seed);
    s->code[0] = tutorial_main;
    s->code[1] = process2;
    s->code[2] = process1;
    script_run(s);
    assert_int_equal(s->nnotes, 2);
    assert_int_equal(s->notes[0] + s->notes[1], 3);
    return s;
}

/* Two seconds are a few hundred events: an idle machine does nothing, and its watcher sleeps. */
static void idle_time_is_free(void **state) {
    (void)state;
    struct script *s = tutorial(2, 1);
    assert_in_range(rt_log_count(s->log), 50, 400);
    struct rt_event last;
    assert_true(rt_log_get(s->log, rt_log_count(s->log) - 1, &last));
    assert_int_equal(last.kind, RT_EV_RunEnd);
    assert_in_range(last.time, 2 * SECOND, 2 * SECOND + SECOND / 100);
    script_done(s);
}

/* The thread wakes when both timers are due, and the later of the two takes runnext (real Go: 126 of 128). */
static void on_one_p_the_later_sleeper_is_first(void **state) {
    (void)state;
    int first = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct script *s = tutorial(1, seed);
        first += s->notes[0] == 1;
        script_done(s);
    }
    assert_in_range(first, 57, 60);
}

static void deadlock_is_found(void **state) {
    (void)state;
    static const struct step code[] = {{RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    struct script *s = fresh(2, 2, 1);
    s->code[0] = code;
    s->chan_made[0] = true;
    script_run(s);
    assert_int_equal(s->status, 2);
    assert_int_equal(s->how, RT_END_FATAL);
    assert_string_equal(s->fatal, "all goroutines are asleep - deadlock!");
    script_done(s);
}

/* A loop that never gives way is preempted by sysmon, so the other goroutine of its P runs. */
static void a_loop_is_preempted(void **state) {
    (void)state;
    static const struct step spins[] = {{GO, 1, 0, 0}, {SPIN_UNTIL, 1, 0, 0}, {RET, 0, 0, 0}};
    static const struct step notes[] = {{NOTE, 7, 0, 0}, {RET, 0, 0, 0}};
    struct script *s = fresh(1, 1, 1);
    s->code[0] = spins;
    s->code[1] = notes;
    script_run(s);
    assert_int_equal(s->how, RT_END_MAIN);
    assert_int_equal(script_count(s, RT_EV_Preempt), 1);
    script_done(s);
}

/* In the build that yields, threads overlap within what the log tells as one act. */
static void skip_where_acts_overlap(void) {
#ifdef GOSEE_YIELD
    skip();
#endif
}

/* ---- no work is left lying ---------------------------------------------------------------------------------------------- */

/* Goroutines come one after another from one P, by go and by wake-up: the idle Ps get to all that waits, one M waking the
 * next, in the time that waking a thread takes. */
static void no_p_idles_beside_work(void **state) {
    (void)state;
    skip_where_acts_overlap();
    static const struct step starts[] = {{ADD, 0, 12, 0}, {SETLOOP, 12, 0, 0}, {GO, 1, 0, 0}, {JUMPNZ, 2, 0, 0},
                                         {SPIN, 6000, 0, 0}, {SETLOOP, 12, 0, 0}, {SEND, 0, 1, 0}, {JUMPNZ, 6, 0, 0},
                                         {SPIN, 6000, 0, 0}, {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step works[] = {{SPIN, 3000, 0, 0}, {RECV, 0, 0, 0}, {SPIN, 3000, 0, 0}, {ADD, 0, -1, 0},
                                        {RET, 0, 0, 0}};
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct script *s = fresh(4, 16, seed);
        s->chan_made[0] = true;
        s->code[0] = starts;
        s->code[1] = works;
        script_run(s);
        script_check(s, __LINE__);
        script_check_idle(s, 50000, __LINE__);
        script_done(s);
    }
}

/* A preempted goroutine goes behind all that waits in the ring, also behind what comes there later: to the global queue. */
static void preempted_to_the_global_queue(void **state) {
    (void)state;
    static const struct step spins[] = {{ADD, 0, 4, 0}, {GO, 1, 2, 0},   {GO, 2, 0, 0},   {SPIN_UNTIL, 1, 0, 0},
                                        {NOTE, 9, 0, 0}, {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step notes[] = {{NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step starts[] = {{NOTE, 1, 0, 0}, {GO, 1, 3, 0}, {GO, 1, 4, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    struct script *s = fresh(1, 2, 1);
    s->code[0] = spins;
    s->code[1] = notes;
    s->code[2] = starts;
    script_run(s);
    EXPECT_NOTES(s, 1, 4, 2, 3, 9);
    script_done(s);
}

static uint64_t taken_from_calls(const struct step *code, unsigned procs, uint64_t seed) {
    static const struct step short_calls[] = {{SETLOOP, 1000, 0, 0}, {WRITE, 1, 0, 0}, {GOSCHED, 0, 0, 0}, {JUMPNZ, 1, 0, 0},
                                         {ADD, 0, -1, 0},      {RET, 0, 0, 0}};
    struct script *s = fresh(procs, 4, seed);
    s->code[0] = code;
    s->code[1] = short_calls;
    script_run(s);
    script_check(s, __LINE__);
    uint64_t n = script_count(s, RT_EV_ProcSteal);
    script_done(s);
    return n;
}

/* sysmon must see one call twice before it takes its P: short calls lose none, though others wait for it all the time. It
 * spares the P of a long one for 10 ms if nothing waits and others idle. (A P's very first call has no such grace, as in
 * Go: its tick is 0, and so is what sysmon remembers; hence the write.) */
static void who_keeps_its_p_in_a_call(void **state) {
    (void)state;
    static const struct step two_write[] = {{WRITE, 1, 0, 0}, {ADD, 0, 2, 0}, {GO, 1, 0, 0}, {GO, 1, 0, 0}, {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step short_nap[] = {{WRITE, 1, 0, 0}, {NAP, 5000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step long_nap[] = {{WRITE, 1, 0, 0}, {NAP, 50000000, 0, 0}, {RET, 0, 0, 0}};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        assert_int_equal(taken_from_calls(two_write, 1, seed), 0);
        assert_int_equal(taken_from_calls(short_nap, 2, seed), 0);
        assert_int_equal(taken_from_calls(long_nap, 2, seed), 1);
    }
}

/* Sleepers of one P wake in the order of their times, however they were set. */
static void sleepers_wake_in_order(void **state) {
    (void)state;
    enum { N = 28 };
    static struct step starts[N + 3], sleeps[N][5];
    starts[0] = (struct step){ADD, 0, N, 0};
    for (int i = 0; i < N; i++) {
        int64_t nth = 1 + (i * 11 + 5) % N; /* each once: 11 and 28 have no common divisor */
        starts[i + 1] = (struct step){GO, i + 1, nth, 0};
        const struct step body[] = {{SLEEP, nth * 1000000, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
        memcpy(sleeps[i], body, sizeof body);
    }
    starts[N + 1] = (struct step){WAIT, 0, 0, 0};
    starts[N + 2] = (struct step){RET, 0, 0, 0};
    struct script *s = fresh(1, 2, 1);
    s->code[0] = starts;
    for (int i = 0; i < N; i++)
        s->code[i + 1] = sleeps[i];
    script_run(s);
    script_check(s, __LINE__);
    assert_int_equal(s->nnotes, N);
    for (int i = 0; i < N; i++)
        assert_int_equal(s->notes[i], i + 1);
    script_done(s);
}

/* A timer that is due before all others is in time although its P is busy: another M is woken to wait for it. */
static void a_new_timer_wakes_who_waits(void **state) {
    (void)state;
    static const struct step starts[] = {{GO, 1, 0, 0}, {GO, 2, 0, 0}, {SLEEP, 100000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step waits[] = {{RECV, 3, 0, 0}, {NOTE, 1, 0, 0}, {RET, 0, 0, 0}};
    static const struct step sets[] = {{SLEEP, 2000000, 0, 0}, {TSET, 3, 1000000, 0}, {SPIN, 100000, 0, 0},
                                       {NOTE, 2, 0, 0},        {RET, 0, 0, 0}};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct script *s = fresh(2, 3, seed);
        s->chan_made[3] = s->timer_made[3] = true;
        s->chan_cap[3] = 1;
        s->code[0] = starts;
        s->code[1] = waits;
        s->code[2] = sets;
        script_run(s);
        EXPECT_NOTES(s, 1, 2);
        script_done(s);
    }
}

/* A select that took another case may leave a fired timer's value unread: Stop drops it, and says that it did. */
static void stop_drops_an_unread_value(void **state) {
    (void)state;
    static const struct step code[] = {{TSET, 3, 1000, 0},  {SLEEP, 1000000, 0, 0}, {SEND, 1, 5, 0}, {SELECT, 1, 3, 1},
                                       {NOTEREG, 0, 0, 0},  {TSTOP, 3, 0, 0},       {NOTEREG, 0, 0, 0},
                                       {SELECT, 3, -1, 1},  {NOTEREG, 0, 0, 0},     {RET, 0, 0, 0}};
    int unread = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct script *s = fresh(1, 2, seed);
        s->chan_made[1] = s->chan_made[3] = s->timer_made[3] = true;
        s->chan_cap[1] = s->chan_cap[3] = 1;
        s->code[0] = code;
        script_run(s);
        bool took_other = s->notes[0] == 0;
        unread += took_other;
        EXPECT_NOTES(s, took_other ? 0 : 1, took_other, -1);
        script_done(s);
    }
    assert_in_range(unread, 1, 19);
}

/* All run out of work at once: no more than half of the busy Ps' Ms look for more. */
static void half_of_them_spin(void **state) {
    (void)state;
    skip_where_acts_overlap();
    static const struct step starts[] = {{SETLOOP, 8, 0, 0}, {GO, 1, 0, 0}, {JUMPNZ, 1, 0, 0}, {SPIN_UNTIL, 8, 0, 0},
                                         {SPIN, 4000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step ends[] = {{NOTE, 1, 0, 0}, {SPIN_UNTIL, 8, 0, 0}, {RET, 0, 0, 0}};
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct script *s = fresh(9, 20, seed);
        s->code[0] = starts;
        s->code[1] = ends;
        script_run(s);
        script_check(s, __LINE__);
        unsigned most = script_check_idle(s, INT64_MAX, __LINE__);
        assert_in_range(most, 2, 5);
        script_done(s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_to_one_switches_in_the_kernel),
        cmocka_unit_test(one_to_one_is_the_same_to_the_byte),
        cmocka_unit_test(one_to_one_ends_in_a_deadlock),
        cmocka_unit_test(same_seed_same_events),
        cmocka_unit_test(time_never_goes_back),
        cmocka_unit_test(idle_time_is_free),
        cmocka_unit_test(on_one_p_the_later_sleeper_is_first),
        cmocka_unit_test(deadlock_is_found),
        cmocka_unit_test(a_loop_is_preempted),
        cmocka_unit_test(preempted_to_the_global_queue),
        cmocka_unit_test(who_keeps_its_p_in_a_call),
        cmocka_unit_test(sleepers_wake_in_order),
        cmocka_unit_test(a_new_timer_wakes_who_waits),
        cmocka_unit_test(stop_drops_an_unread_value),
        cmocka_unit_test(no_p_idles_beside_work),
        cmocka_unit_test(half_of_them_spin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
