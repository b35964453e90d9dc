/* How runs end and live side by side: stopped from outside whatever their threads do, two at once; and channel timers.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "script.h"

/* Spinning, asleep for an hour, in a system call for an hour, reading a silent pipe, waiting for ever. */
static void stop_ends_every_wait(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {GO, 2, 0, 0},   {GO, 3, 0, 0},   {GO, 4, 0, 0},
                                            {GO, 5, 0, 0}, {NOTE, 1, 0, 0}, {RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step spins[] = {{NOTE, 2, 0, 0}, {SPIN, INT64_MAX, 0, 0}, {RET, 0, 0, 0}};
    static const struct step sleeps[] = {{NOTE, 3, 0, 0}, {SLEEP, 3600000000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step naps[] = {{NOTE, 4, 0, 0}, {NAP, 3600000000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step reads[] = {{NOTE, 5, 0, 0}, {READ, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step tied[] = {{LOCKTHREAD, 0, 0, 0}, {NOTE, 6, 0, 0}, {FOREVER, 0, 0, 0}};
    for (unsigned procs = 0; procs <= 2; procs++) {
        int fds[2];
        assert_int_equal(pipe(fds), 0);
        struct script *s = script_new(procs, false);
        s->one_to_one = procs == 0;
        const struct step *const code[] = {main_code, spins, sleeps, naps, reads, tied};
        for (int i = 0; i < 6; i++)
            s->code[i] = code[i];
        s->chan_made[0] = true;
        s->stdin_fd = fds[0];
        s->stop_after = 6;
        script_run(s);
        CHECK(s);
        assert_int_equal(s->how, RT_END_STOPPED);
        assert_int_equal(s->status, 2);
        assert_int_equal(script_count(s, RT_EV_RunEnd), 1);
        script_done(s);
        close(fds[0]);
        close(fds[1]);
    }
}

static const struct step load_main[] = {{ADD, 0, 30, 0},   {SETLOOP, 30, 0, 0}, {GO, 1, 1, 0},
                                        {JUMPNZ, 2, 0, 0}, {WAIT, 0, 0, 0},     {RET, 0, 0, 0}};
static const struct step load_child[] = {{SETLOOP, 20, 0, 0}, {GOSCHED, 0, 0, 0}, {LOCK, 0, 0, 0}, {NOTE, 1, 0, 0},
                                         {UNLOCK, 0, 0, 0},   {JUMPNZ, 1, 0, 0},  {ADD, 0, -1, 0}, {RET, 0, 0, 0}};

static void *run_load(void *arg) {
    script_run(arg);
    return NULL;
}

static void two_runs_side_by_side(void **state) {
    (void)state;
    struct script *s[4];
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        s[i] = script_new(2, i == 3);
        s[i]->code[0] = load_main;
        s[i]->code[1] = load_child;
        assert_int_equal(pthread_create(&threads[i], NULL, run_load, s[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK(s[i]);
        assert_int_equal(s[i]->nnotes, 600);
        script_done(s[i]);
    }
}

static void exit_status_passes(void **state) {
    (void)state;
    static const struct step code[] = {{EXIT, 7, 0, 0}};
    for (int stepped = 0; stepped < 2; stepped++) {
        struct script *s = script_new(1, stepped);
        s->code[0] = code;
        script_run(s);
        CHECK(s);
        assert_int_equal(s->how, RT_END_EXIT);
        assert_int_equal(s->status, 7);
        script_done(s);
    }
}

/* The rules of channel timers since Go 1.23: len is 0, stopping tells whether it was pending and drops an unread value.
 */
static void channel_timers(void **state) {
    (void)state;
    static const struct step code[] = {{TSET, 0, 1000000, 0},
                                       {NOTEREG, 0, 0, 0}, /* 0: new */
                                       {RECV, 0, 0, 0},
                                       {NOTEREG, 0, 0, 0}, /* 77 */
                                       {TSTOP, 0, 0, 0},
                                       {NOTEREG, 0, 0, 0}, /* 0: it fired and was read */
                                       {TSET, 0, 1000, 0},
                                       {SLEEP, 5000000, 0, 0}, /* due, unread */
                                       {CHANLEN, 0, 0, 0},
                                       {NOTEREG, 0, 0, 0}, /* 0 */
                                       {TSTOP, 0, 0, 0},
                                       {NOTEREG, 0, 0, 0}, /* 1 */
                                       {SELECT, 0, -1, 1},
                                       {NOTEREG, 0, 0, 0}, /* -1: nothing there */
                                       {TSET, 0, 3600000000000, 0},
                                       {TSET, 0, 1000000, 0},
                                       {NOTEREG, 0, 0, 0}, /* 1: was pending */
                                       {SELECT, 0, -1, 0},
                                       {NOTEREG, 0, 0, 0}, /* 0: the case */
                                       {RET, 0, 0, 0}};
    for (int stepped = 0; stepped < 2; stepped++) {
        struct script *s = script_new(1, stepped);
        s->chan_made[0] = s->timer_made[0] = true;
        s->chan_cap[0] = 1;
        s->code[0] = code;
        script_run(s);
        EXPECT_NOTES(s, 0, 77, 0, 0, 1, -1, 1, 0);
        script_done(s);
    }
}

/* A timer that nobody waits for is in no heap, and so does not put the deadlock off; its channel's reader does. */
static void unread_timer_is_no_hope(void **state) {
    (void)state;
    static const struct step unread[] = {{TSET, 0, 3600000000000, 0}, {RECV, 1, 0, 0}, {RET, 0, 0, 0}};
    static const struct step read[] = {{TSET, 0, 2000000, 0}, {RECV, 0, 0, 0}, {NOTE, 1, 0, 0}, {RET, 0, 0, 0}};
    for (int stepped = 0; stepped < 2; stepped++) {
        struct script *s = script_new(1, stepped);
        s->chan_made[0] = s->timer_made[0] = true;
        s->chan_cap[0] = 1;
        s->code[0] = unread;
        script_run(s);
        CHECK(s);
        assert_string_equal(s->fatal, "all goroutines are asleep - deadlock!");
        script_done(s);
        s = script_new(1, stepped);
        s->chan_made[0] = s->timer_made[0] = true;
        s->chan_cap[0] = 1;
        s->code[0] = read;
        script_run(s);
        EXPECT_NOTES(s, 1);
        script_done(s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stop_ends_every_wait),    cmocka_unit_test(two_runs_side_by_side),
        cmocka_unit_test(exit_status_passes),      cmocka_unit_test(channel_timers),
        cmocka_unit_test(unread_timer_is_no_hope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
