/* Goroutines that wait for pipes, and stops of the world, under scripts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "script.h"

enum { TIMED_OUT = -1 - RT_POLL_TIMEOUT, CLOSING = -1 - RT_POLL_CLOSING };
enum { MS = 1000000 };

static struct script *fresh(unsigned procs, bool stepped) {
    struct script *s = script_new(procs, stepped);
    for (int i = 0; i < 4; i++)
        s->pipe_made[i] = true;
    return s;
}

/* Readers wait at the poller, with one thread for all, and go on once somebody has written. */
static void readers_wait_without_a_thread(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 6, 0},    {GO, 1, 0, 0},     {GO, 1, 0, 0},     {GO, 2, 0, 0},
                                            {GO, 2, 0, 0},     {GO, 3, 0, 0},     {GO, 3, 0, 0},     {SLEEP, MS, 0, 0},
                                            {PWRITE, 0, 1, 0}, {PWRITE, 1, 1, 0}, {PWRITE, 2, 1, 0}, {SLEEP, MS, 0, 0},
                                            {PWRITE, 0, 1, 0}, {PWRITE, 1, 1, 0}, {PWRITE, 2, 1, 0}, {WAIT, 0, 0, 0},
                                            {RET, 0, 0, 0}};
    static const struct step read0[] = {{PREAD, 0, 0, 0}, {NOTEREG, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step read1[] = {{PREAD, 1, 0, 0}, {NOTEREG, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step read2[] = {{PREAD, 2, 0, 0}, {NOTEREG, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = fresh(2, stepped);
        s->code[0] = main_code;
        s->code[1] = read0;
        s->code[2] = read1;
        s->code[3] = read2;
        script_run(s);
        CHECK(s);
        EXPECT_NOTES(s, 0, 0, 0, 0, 0, 0);
        if (stepped) {
            assert_int_equal(script_count(s, RT_EV_NetBlock), 6); /* the second of a pipe waits again, for its turn before */
            assert_int_equal(script_count(s, RT_EV_NetReady), 6);
        }
        assert_in_range(s->threads, 2, 7); /* main's and sysmon; a few that spun or slept, never one for each reader */
        script_done(s);
    }
}

/* What became ready last runs first: Go's list of them is a stack. */
static void the_last_ready_runs_first(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 3, 0},    {GO, 1, 1, 0},     {GO, 2, 2, 0},     {GO, 3, 3, 0},
                                            {SLEEP, MS, 0, 0}, {PWRITE, 0, 1, 0}, {PWRITE, 1, 1, 0}, {PWRITE, 2, 1, 0},
                                            {WAIT, 0, 0, 0},   {RET, 0, 0, 0}};
    static const struct step read0[] = {{PREAD, 0, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step read1[] = {{PREAD, 1, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step read2[] = {{PREAD, 2, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    struct script *s = fresh(1, true);
    s->code[0] = main_code;
    s->code[1] = read0;
    s->code[2] = read1;
    s->code[3] = read2;
    script_run(s);
    CHECK(s);
    EXPECT_NOTES(s, 3, 2, 1);
    script_done(s);
}

static void deadlines_end_waits(void **state) {
    (void)state;
    static const struct step main_code[] = {
        {PLIMIT, 0, MS, 0},          {PREAD, 0, 0, 0},     {NOTEREG, 0, 0, 0}, {PREAD, 0, 0, 0},  {NOTEREG, 0, 0, 0},
        {PLIMIT, 0, 3600000 * 1000L, 0}, {GO, 1, 0, 0},    {PREAD, 0, 0, 0},   {NOTEREG, 0, 0, 0}, {PLIMIT, 0, 0, 0},
        {PWRITE, 0, 1, 0},           {PREAD, 0, 0, 0},     {NOTEREG, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step sets_it_anew[] = {{SLEEP, MS, 0, 0}, {PLIMIT, 0, -5, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = fresh(2, stepped);
        s->code[0] = main_code;
        s->code[1] = sets_it_anew;
        script_run(s);
        CHECK(s);
        EXPECT_NOTES(s, TIMED_OUT, TIMED_OUT, TIMED_OUT, 0);
        script_done(s);
    }
}

/* Both a reader and a writer of a full pipe. */
static void close_ends_waits(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 3, 0},    {GO, 1, 0, 0},   {GO, 2, 0, 0},   {GO, 2, 0, 0}, {SLEEP, MS, 0, 0},
                                            {PCLOSE, 0, 0, 0}, {PCLOSE, 1, 1, 0}, {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step reads[] = {{PREAD, 0, 0, 0}, {NOTEREG, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step writes[] = {{SETLOOP, 20, 0, 0}, {PWRITE, 1, 8000, 0}, {JUMPNZ, 1, 0, 0},
                                         {NOTEREG, 0, 0, 0},  {ADD, 0, -1, 0},      {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = fresh(2, stepped);
        s->code[0] = main_code;
        s->code[1] = reads;
        s->code[2] = writes;
        script_run(s);
        CHECK(s);
        EXPECT_NOTES(s, CLOSING, CLOSING, CLOSING);
        script_done(s);
    }
}

/* An M blocks in the poller without a bound; the timer that is set then breaks it. */
static void a_timer_breaks_the_poller(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {SLEEP, 3 * MS, 0, 0}, {SLEEP, 3 * MS, 0, 0}, {NOTE, 1, 0, 0},
                                            {RET, 0, 0, 0}};
    static const struct step reads[] = {{PREAD, 0, 0, 0}, {RET, 0, 0, 0}};
    for (unsigned procs = 1; procs <= 3; procs++) {
        for (uint64_t seed = 1; seed <= 30; seed++) {
            struct script *s = fresh(procs, true);
            s->seed = seed;
            s->code[0] = main_code;
            s->code[1] = reads;
            script_run(s);
            CHECK(s);
            EXPECT_NOTES(s, 1);
            struct rt_event ev;
            rt_log_get(s->log, rt_log_count(s->log) - 1, &ev);
            assert_in_range(ev.time, 6 * MS, 8 * MS);
            script_done(s);
        }
    }
}

/* Somebody outside may write: an M stays in the poller, and nobody says deadlock. */
static void waiting_for_input_is_no_deadlock(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {PREAD, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step waits[] = {{RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    for (unsigned procs = 1; procs <= 3; procs++) {
        struct script *s = fresh(procs, true);
        s->chan_made[0] = true;
        s->code[0] = main_code;
        s->code[1] = waits;
        script_run(s);
        CHECK(s);
        assert_int_equal(s->how, RT_END_LIMIT);
        assert_string_equal(s->limit, "time=1h");
        script_done(s);
    }
}

/* Everybody computes: sysmon polls, and the reader is found all the same. */
static void sysmon_polls(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {SLEEP, MS, 0, 0}, {PWRITE, 0, 1, 0}, {SPIN_UNTIL, 1, 0, 0},
                                            {RET, 0, 0, 0}};
    static const struct step reads[] = {{PREAD, 0, 0, 0}, {NOTEREG, 0, 0, 0}, {RET, 0, 0, 0}};
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct script *s = fresh(1, true);
        s->seed = seed;
        s->code[0] = main_code;
        s->code[1] = reads;
        script_run(s);
        CHECK(s);
        EXPECT_NOTES(s, 0);
        script_done(s);
    }
}

/* ---- stops of the world ------------------------------------------------------------------------------------------ */

/* Longest time between STWBegin and STWEnd. */
static int64_t longest_stop(const struct script *s) {
    struct rt_event ev;
    int64_t began = 0, most = -1;
    for (uint64_t i = 0; rt_log_get(s->log, i, &ev); i++) {
        if (ev.kind == RT_EV_STWBegin) began = ev.time;
        if (ev.kind == RT_EV_STWEnd && ev.time - began > most) most = ev.time - began;
    }
    return most;
}

/* Who is in a system call, or goes into one while the stop is wanted, is not waited for. */
static void a_stop_waits_for_no_call(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {SLEEP, MS / 10, 0, 0}, {STW, 0, 0, 0}, {SLEEP, MS / 5, 0, 0},
                                            {STW, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step calls[] = {{SETLOOP, 3, 0, 0}, {SPIN, 5000, 0, 1}, {NAP, 50 * MS, 0, 0}, {JUMPNZ, 1, 0, 0},
                                        {RET, 0, 0, 0}};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct script *s = fresh(2, true);
        s->seed = seed;
        s->code[0] = main_code;
        s->code[1] = calls;
        script_run(s);
        CHECK(s);
        assert_in_range(longest_stop(s), 0, 20 * MS);
        script_done(s);
    }
}

/* Preempted for a stop a goroutine goes to its own P's runnext, so it goes on before who waited longer. */
static void stopped_goes_on_first(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 3, 0},    {GO, 1, 1, 0}, {SLEEP, MS / 10, 0, 0}, {STW, 0, 0, 0},
                                            {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step spins[] = {{GO, 2, 2, 0}, {GO, 2, 3, 0}, {SPIN, 40000, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0},
                                        {RET, 0, 0, 0}};
    static const struct step waits[] = {{SPIN, 40000, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    struct script *s = fresh(2, true);
    s->code[0] = main_code;
    s->code[1] = spins;
    s->code[2] = waits;
    script_run(s);
    CHECK(s);
    struct rt_event ev;
    bool seen = false;
    for (uint64_t i = 0; rt_log_get(s->log, i, &ev); i++) {
        if (ev.kind != RT_EV_GoStop || ev.why != RT_WHY_StopTheWorld) continue;
        assert_true(rt_log_get(s->log, i + 1, &ev));
        assert_int_equal(ev.kind, RT_EV_RunnextPut);
        seen = true;
    }
    assert_true(seen);
    script_done(s);
}

/* Who became ready for want of a poll while the world stood still runs when it starts, on one P as well. */
static void the_start_polls(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {SLEEP, MS, 0, 0}, {PWRITE, 0, 1, 0}, {STW, 0, 0, 0},
                                            {GOSCHED, 0, 0, 0}, {NOTE, 7, 0, 0}, {RET, 0, 0, 0}};
    static const struct step reads[] = {{PREAD, 0, 0, 0}, {NOTEREG, 0, 0, 0}, {RET, 0, 0, 0}};
    struct script *s = fresh(1, true);
    s->code[0] = main_code;
    s->code[1] = reads;
    script_run(s);
    CHECK(s);
    EXPECT_NOTES(s, 0, 7);
    script_done(s);
}

/* GOMAXPROCS(n) with goroutines in queues, in calls and asleep: all of them end. */
static void procs_come_and_go(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 8, 0},     {GO, 1, 0, 0}, {GO, 1, 0, 0},    {GO, 1, 0, 0},    {GO, 1, 0, 0},
                                            {GO, 2, 0, 0},      {GO, 2, 0, 0}, {GO, 3, 0, 0},    {GO, 3, 0, 0},    {SETLOOP, 5, 0, 0},
                                            {PROCS, 1, 0, 0},   {GOSCHED, 0, 0, 0}, {PROCS, 4, 0, 0}, {SLEEP, 50000, 0, 0},
                                            {PROCS, 2, 0, 0},   {JUMPNZ, 10, 0, 0}, {WAIT, 0, 0, 0},  {RET, 0, 0, 0}};
    static const struct step spins[] = {{SPIN, 2000, 0, 0}, {SLEEP, 20000, 0, 0}, {SPIN, 2000, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step naps[] = {{NAP, 100000, 0, 0}, {SPIN, 500, 0, 0}, {NAP, 100000, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step reads[] = {{PLIMIT, 0, 150000, 0}, {PREAD, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct script *s = fresh(3, true);
        s->seed = seed;
        s->probe = seed % 2;
        s->code[0] = main_code;
        s->code[1] = spins;
        s->code[2] = naps;
        s->code[3] = reads;
        script_run(s);
        CHECK(s);
        assert_int_equal(s->how, RT_END_MAIN);
        script_done(s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_wait_without_a_thread),
        cmocka_unit_test(the_last_ready_runs_first),
        cmocka_unit_test(deadlines_end_waits),
        cmocka_unit_test(close_ends_waits),
        cmocka_unit_test(a_timer_breaks_the_poller),
        cmocka_unit_test(waiting_for_input_is_no_deadlock),
        cmocka_unit_test(sysmon_polls),
        cmocka_unit_test(a_stop_waits_for_no_call),
        cmocka_unit_test(stopped_goes_on_first),
        cmocka_unit_test(the_start_polls),
        cmocka_unit_test(procs_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
