/* The scheduler under scripts, in both worlds: orders that Go's rules make certain, ends, and the legality of every
 * log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "script.h"

#ifndef GOSEE_HOSTILE /* where five overflow the ring */
/* go 1..5, then main waits for them: 5 1 2 3 4, since the newest is in runnext. */
static void runnext_order(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 5, 0}, {GO, 1, 1, 0}, {GO, 1, 2, 0},   {GO, 1, 3, 0},
                                            {GO, 1, 4, 0},  {GO, 1, 5, 0}, {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        s->code[0] = main_code;
        s->code[1] = child;
        script_run(s);
        EXPECT_NOTES(s, 5, 1, 2, 3, 4);
        assert_int_equal(s->status, 0);
        assert_int_equal(s->how, RT_END_MAIN);
        script_done(s);
    }
}

#endif

/* What the first goroutine of a program is called, and what is still to run when main begins. */
static void the_start_of_a_program(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0}, {GOSCHED, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{RET, 0, 0, 0}};
    struct script *s = script_new(1, true);
    s->code[0] = main_code;
    s->code[1] = child;
    script_run(s);
    CHECK(s);
    struct rt_event ev;
    uint64_t ids[8];
    size_t n = 0;
    for (uint64_t i = 0; rt_log_get(s->log, i, &ev); i++) {
        if (ev.kind == RT_EV_GoCreate && n < 8) ids[n++] = ev.a;
        if (ev.kind == RT_EV_GoCreate && ev.a == 5)
            assert_string_equal(rt_runtime_fn_name(ev.b), "runtime.updateMaxProcsGoroutine");
        if (ev.kind == RT_EV_RunnextPut && ev.a == 7) assert_int_equal(ev.b, 6); /* 6 lay in runnext */
    }
    assert_int_equal(n, 7);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(ids[i], i + 1);
    script_done(s);
}

#ifndef GOSEE_HOSTILE
/* The order of n goroutines as runs, "299 126-253 ...". */
static void runs_of(const struct script *s, char *out, size_t size) {
    size_t at = 0, start = 0, n = s->nnotes;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && s->notes[i] == s->notes[i - 1] + 1) continue;
        at += (size_t)snprintf(out + at, size - at, start == i - 1 ? "%lld " : "%lld-%lld ", (long long)s->notes[start],
                               (long long)s->notes[i - 1]);
        start = i;
    }
}

static const struct step three_hundred_child[] = {{NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};

static void three_hundred(struct script *s, bool sleep_first) {
    static struct step code[305];
    size_t k = 0;
    if (sleep_first) code[k++] = (struct step){SLEEP, 1000000, 0, 0};
    code[k++] = (struct step){ADD, 0, 300, 0};
    for (int i = 0; i < 300; i++)
        code[k++] = (struct step){GO, 1, i, 0};
    code[k++] = (struct step){WAIT, 0, 0, 0};
    code[k] = (struct step){RET, 0, 0, 0};
    s->code[0] = code;
    s->code[1] = three_hundred_child;
    script_run(s);
    CHECK(s);
}

/* The ring overflows by 128 and the displaced one; two of the runtime's goroutines are among the 128 (Go's answer). */
static void overflow_from_the_first_statement(void **state) {
    (void)state;
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        three_hundred(s, false);
        char text[2048];
        runs_of(s, text, sizeof text);
        if (!script_disturbed(s)) {
            assert_string_equal(text, "299 126-253 255-298 0-125 254 ");
            assert_int_equal(script_count(s, RT_EV_RunqOverflow), 1);
        }
        script_done(s);
    }
}

/* Here the 61st ticks fall among them; Go gives one of these two orders. */
static void overflow_and_61st_ticks(void **state) {
    (void)state;
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        three_hundred(s, true);
        char text[2048];
        runs_of(s, text, sizeof text);
        if (!script_disturbed(s) && strcmp(text, "299 128-182 0 183-242 1 243-255 257-298 2-127 256 ") != 0) {
            assert_string_equal(text, "299 128-183 0 184-243 1 244-255 257-298 2-127 256 ");
        }
        script_done(s);
    }
}
#endif

/* Five wait in the order 1..5; close readies the last first, runnext turns it round: 1 5 4 3 2. */
static void close_order(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 5, 0},     {GO, 1, 1, 0}, {GOSCHED, 0, 0, 0}, {GO, 1, 2, 0},
                                            {GOSCHED, 0, 0, 0}, {GO, 1, 3, 0}, {GOSCHED, 0, 0, 0}, {GO, 1, 4, 0},
                                            {GOSCHED, 0, 0, 0}, {GO, 1, 5, 0}, {GOSCHED, 0, 0, 0}, {CLOSE, 0, 0, 0},
                                            {WAIT, 0, 0, 0},    {RET, 0, 0, 0}};
    static const struct step child[] = {{RECV, 0, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        s->chan_made[0] = true;
        s->code[0] = main_code;
        s->code[1] = child;
        script_run(s);
        EXPECT_NOTES(s, 1, 5, 4, 3, 2);
        script_done(s);
    }
}

/* Of several timers due together the last due runs first: sleeps in the order 4 1 2 3 wake as 3 4 1 2. */
static void timers_due_together(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 4, 0}, {GO, 1, 1, 0},   {GO, 1, 2, 0}, {GO, 1, 3, 0},
                                            {GO, 1, 4, 0},  {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{SLEEP, 1000000, 0, 0}, {NOTE, -1, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    struct script *s = script_new(1, true);
    s->code[0] = main_code;
    s->code[1] = child;
    script_run(s);
    EXPECT_NOTES(s, 3, 4, 1, 2);
    assert_int_equal(script_count(s, RT_EV_TimerFire), 4);
    script_done(s);
}

/* Gosched goes to the global tail: two that yield take turns. */
static void gosched_alternates(void **state) {
    (void)state;
    static const struct step main_code[] = {
        {ADD, 0, 2, 0}, {GO, 1, 1, 0}, {GO, 1, 2, 0}, {WAIT, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{SETLOOP, 3, 0, 0}, {NOTE, -1, 0, 0}, {GOSCHED, 0, 0, 0},
                                        {JUMPNZ, 1, 0, 0},  {ADD, 0, -1, 0},  {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        s->code[0] = main_code;
        s->code[1] = child;
        script_run(s);
        EXPECT_NOTES(s, 2, 1, 2, 1, 2, 1);
        script_done(s);
    }
}

/* An unbuffered and a buffered channel, on several Ps: values arrive in order. */
static void channels_keep_order(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0},   {SETLOOP, 50, 0, 0}, {RECV, 0, 0, 0}, {NOTEREG, 0, 0, 0},
                                            {SEND, 1, 7, 0}, {JUMPNZ, 2, 0, 0},   {RECV, 2, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{SETLOOP, 50, 0, 0}, {SEND, 0, 1, 0}, {JUMPNZ, 1, 0, 0},
                                        {SETLOOP, 50, 0, 0}, {RECV, 1, 0, 0}, {NOTEREG, 0, 0, 0},
                                        {JUMPNZ, 4, 0, 0},   {SEND, 2, 1, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        for (unsigned procs = 1; procs <= 4; procs *= 2) {
            struct script *s = script_new(procs, stepped);
            for (int i = 0; i < 3; i++)
                s->chan_made[i] = true;
            s->chan_cap[1] = 60;
            s->code[0] = main_code;
            s->code[1] = child;
            script_run(s);
            CHECK(s);
            assert_int_equal(s->nnotes, 100);
            int64_t sum = 0;
            for (int i = 0; i < 100; i++)
                sum += s->notes[i];
            assert_int_equal(sum, 50 * 8);
            script_done(s);
        }
    }
}

static void selects(void **state) {
    (void)state;
    static const struct step main_code[] = {
        {SELECT, 0, 1, 1},  {NOTEREG, 0, 0, 0},                     /* nothing ready: default, -1 */
        {SEND, 1, 5, 0},    {SELECT, 0, 1, 0},  {NOTEREG, 0, 0, 0}, /* 1 */
        {GO, 1, 0, 0},      {SELECT, 0, 1, 0},  {NOTEREG, 0, 0, 0}, /* blocks, then 0 */
        {CLOSE, 1, 0, 0},   {SELECT, 0, 1, 0},  {NOTEREG, 0, 0, 0}, /* 1, closed */
        {SELECT, 0, -1, 1}, {NOTEREG, 0, 0, 0},                     /* a nil channel is never ready */
        {RET, 0, 0, 0}};
    static const struct step child[] = {{SEND, 0, 9, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        for (unsigned procs = 1; procs <= 2; procs++) {
            struct script *s = script_new(procs, stepped);
            s->chan_made[0] = s->chan_made[1] = true;
            s->chan_cap[1] = 1;
            s->code[0] = main_code;
            s->code[1] = child;
            script_run(s);
            EXPECT_NOTES(s, -1, 1, 0, 1, -1);
            script_done(s);
        }
    }
}

static void channel_panics(void **state) {
    (void)state;
    static const struct step send_closed[] = {{CLOSE, 0, 0, 0}, {SEND, 0, 1, 0}, {RET, 0, 0, 0}};
    static const struct step close_closed[] = {{CLOSE, 0, 0, 0}, {CLOSE, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step close_nil[] = {{CLOSE, 1, 0, 0}, {RET, 0, 0, 0}};
    static const struct step negative[] = {{ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step blocked_sender[] = {
        {GO, 1, 0, 0}, {GOSCHED, 0, 0, 0}, {CLOSE, 0, 0, 0}, {FOREVER, 0, 0, 0}};
    static const struct step sender[] = {{SEND, 0, 1, 0}, {RET, 0, 0, 0}};
    const struct {
        const struct step *code;
        enum rt_panic panic;
    } cases[] = {{send_closed, RT_PANIC_SendClosed},
                 {close_closed, RT_PANIC_CloseClosed},
                 {close_nil, RT_PANIC_CloseNil},
                 {negative, RT_PANIC_WaitGroupNegative},
                 {blocked_sender, RT_PANIC_SendClosed}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct script *s = script_new(1, true);
        s->chan_made[0] = true;
        s->code[0] = cases[i].code;
        s->code[1] = sender;
        script_run(s);
        CHECK(s);
        assert_int_equal(s->panic, cases[i].panic);
        assert_int_equal(s->how, RT_END_PANIC);
        assert_int_equal(s->status, 2);
        script_done(s);
    }
    assert_string_equal(rt_panic_text(RT_PANIC_SendClosed), "send on closed channel");
}

static void expect_fatal(const struct step *code, const struct step *child, const char *text) {
    BOTH_WORLDS {
        for (unsigned procs = 1; procs <= 2; procs++) {
            struct script *s = script_new(procs, stepped);
            s->chan_made[0] = true;
            s->code[0] = code;
            s->code[1] = child;
            script_run(s);
            CHECK(s);
            assert_string_equal(s->fatal, text);
            assert_int_equal(s->status, 2);
            assert_int_equal(s->how, RT_END_FATAL);
            script_done(s);
        }
    }
}

static void deadlocks(void **state) {
    (void)state;
    static const char asleep[] = "all goroutines are asleep - deadlock!";
    static const struct step ret[] = {{RET, 0, 0, 0}};
    static const struct step nil_chan[] = {{RECV, 1, 0, 0}, {RET, 0, 0, 0}};
    static const struct step waits[] = {{GO, 1, 0, 0}, {RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step sleeps_then_waits[] = {
        {GO, 1, 0, 0}, {SLEEP, 2000000, 0, 0}, {RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step sleeps[] = {{SLEEP, 3000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step goexit[] = {{GO, 1, 0, 0}, {GOEXIT, 0, 0, 0}};
    static const struct step locks_twice[] = {{LOCK, 0, 0, 0}, {LOCK, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step in_call[] = {{GO, 1, 0, 0}, {RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step naps[] = {{NAP, 2000000, 0, 0}, {RET, 0, 0, 0}};
    expect_fatal(nil_chan, ret, asleep);
    expect_fatal(waits, ret, asleep);
    expect_fatal(sleeps_then_waits, sleeps, asleep);
    expect_fatal(goexit, ret, "no goroutines (main called runtime.Goexit) - deadlock!");
    expect_fatal(locks_twice, ret, asleep);
    expect_fatal(in_call, naps, asleep);
}

static void fatal_errors(void **state) {
    (void)state;
    static const struct step unlock[] = {{UNLOCK, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step wunlock[] = {{WUNLOCK, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step runlock[] = {{RUNLOCK, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step overflows[] = {
        {GROW, 1 << 20, 0, 0}, {GROW, 1 << 26, 0, 0}, {GROW, 1 << 27, 0, 0}, {RET, 0, 0, 0}};
    static const struct step ret[] = {{RET, 0, 0, 0}};
    expect_fatal(unlock, ret, "sync: unlock of unlocked mutex");
    expect_fatal(wunlock, ret, "sync: Unlock of unlocked RWMutex");
    expect_fatal(runlock, ret, "sync: RUnlock of unlocked RWMutex");
    struct script *s = script_new(1, true);
    s->code[0] = overflows;
    script_run(s);
    CHECK(s);
    assert_string_equal(s->fatal, "stack overflow");
    assert_int_equal(s->out, strlen("runtime: goroutine stack exceeds 1000000000-byte limit\n"
                                    "runtime: sp=0xc040000000 stack=[0xc020000000, 0xc040000000]\n"));
    assert_int_equal(script_count(s, RT_EV_StackGrow), 2); /* 512 MiB is the last that fits */
    script_done(s);
}

enum { MIN_SLOTS = STACK_MIN / sizeof(rt_slot) };

/* A collection halves stacks, down to the least: its own goroutine's and that of one that waits, who finds its value there. */
static void stacks_shrink(void **state) {
    (void)state;
    static const struct step main_code[] = {
        {GO, 1, 0, 0}, {GROW, 2 * MIN_SLOTS, 0, 0}, {RECV, 0, 0, 0}, {STW, 0, 0, 0}, {STW, 0, 0, 0},
        {STW, 0, 0, 0}, {SEND, 1, 5, 0}, {RECV, 0, 0, 0}, {RET, 0, 0, 0}};
    static const struct step other[] = {{GROW, 4 * MIN_SLOTS, 0, 0}, {SEND, 0, 0, 0}, {RECV, 1, 0, 0}, {NOTEREG, 0, 0, 0},
                                        {GROW, 2 * MIN_SLOTS, 0, 0}, {SEND, 0, 0, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        for (unsigned procs = 1; procs <= 2; procs++) {
            struct script *s = script_new(procs, stepped);
            s->code[0] = main_code;
            s->code[1] = other;
            s->chan_made[0] = s->chan_made[1] = true;
            script_run(s);
            EXPECT_NOTES(s, 5);
            assert_int_equal(script_count(s, RT_EV_StackShrink), 3);
            assert_int_equal(script_count(s, RT_EV_StackGrow), 3);
            script_done(s);
        }
    }
}

/* The thread of a goroutine in a system call may be at its frame; so its stack stays until it is back. */
static void stack_stays_in_a_call(void **state) {
    (void)state;
    static const struct step main_code[] = {
        {GO, 1, 0, 0}, {SLEEP, 1000000, 0, 0}, {STW, 0, 0, 0}, {NOTE, 1, 0, 0}, {SLEEP, 9000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step naps[] = {
        {GROW, 4 * MIN_SLOTS, 0, 0}, {NAP, 5000000, 0, 0}, {NOTE, 2, 0, 0}, {STW, 0, 0, 0}, {RET, 0, 0, 0}};
    struct script *s = script_new(1, true);
    s->code[0] = main_code;
    s->code[1] = naps;
    script_run(s);
    EXPECT_NOTES(s, 1, 2);
    assert_int_equal(script_count(s, RT_EV_StackShrink), 1);
    script_done(s);
}

/* A goroutine that never calls anything does not keep the P: sysmon asks it to give way after 10 ms. */
static void tight_loop_is_preempted(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 1, 0}, {SPIN_UNTIL, 1, 0, 0}, {NOTE, 2, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{NOTE, -1, 0, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        s->code[0] = main_code;
        s->code[1] = child;
        script_run(s);
        EXPECT_NOTES(s, 1, 2);
        assert_true(script_count(s, RT_EV_Preempt) >= 1);
        script_done(s);
    }
}

/* A thread that blocks in a call loses its P to others that have work. Live, the call is a read of what the child writes, so
 * that it ends after the child, however busy the machine. */
static void blocking_call_loses_the_p(void **state) {
    (void)state;
    static const struct step naps[] = {{GO, 1, 1, 0}, {NAP, 30000000, 0, 0}, {NOTE, 2, 0, 0}, {RET, 0, 0, 0}};
    static const struct step reads[] = {{GO, 1, 1, 0}, {READ, 0, 0, 0}, {NOTE, 2, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{NOTE, -1, 0, 0}, {WRITE, 1, 0, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        int fds[2];
        assert_int_equal(pipe(fds), 0);
        struct script *s = script_new(1, stepped);
        s->code[0] = stepped ? naps : reads;
        s->code[1] = child;
        s->stdin_fd = fds[0];
        s->stdin_feed = fds[1];
        script_run(s);
        EXPECT_NOTES(s, 1, 2);
        assert_true(script_count(s, RT_EV_ProcSteal) >= 1);
        script_done(s);
        close(fds[0]);
        close(fds[1]);
    }
}

/* The owner that locks again wins over the waiter it woke, until the waiter has waited for a millisecond. */
static void mutex_starvation(void **state) {
    (void)state;
    static const struct step main_code[] = {{LOCK, 0, 0, 0}, {GO, 1, 1, 0},   {SLEEP, 2000000, 0, 0}, {UNLOCK, 0, 0, 0},
                                            {LOCK, 0, 0, 0}, {NOTE, 2, 0, 0}, {SLEEP, 2000000, 0, 0}, {UNLOCK, 0, 0, 0},
                                            {LOCK, 0, 0, 0}, {NOTE, 3, 0, 0}, {UNLOCK, 0, 0, 0},      {RET, 0, 0, 0}};
    static const struct step child[] = {{LOCK, 0, 0, 0}, {NOTE, -1, 0, 0}, {UNLOCK, 0, 0, 0}, {RET, 0, 0, 0}};
    struct script *s = script_new(1, true);
    s->code[0] = main_code;
    s->code[1] = child;
    script_run(s);
    EXPECT_NOTES(s, 2, 1, 3);
    assert_int_equal(script_count(s, RT_EV_LockStarving), 2);
    script_done(s);
}

/* A waiter that was woken and lost to the owner waits at the front again. */
static void who_lost_waits_at_the_front(void **state) {
    (void)state;
    static const struct step main_code[] = {{LOCK, 0, 0, 0},    {ADD, 0, 2, 0},     {GO, 1, 1, 0},    {GOSCHED, 0, 0, 0},
                                            {GO, 1, 2, 0},      {GOSCHED, 0, 0, 0}, {UNLOCK, 0, 0, 0}, {LOCK, 0, 0, 0},
                                            {GOSCHED, 0, 0, 0}, {UNLOCK, 0, 0, 0},  {WAIT, 0, 0, 0},   {RET, 0, 0, 0}};
    static const struct step child[] = {
        {LOCK, 0, 0, 0}, {NOTE, -1, 0, 0}, {UNLOCK, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    struct script *s = script_new(1, true);
    s->code[0] = main_code;
    s->code[1] = child;
    script_run(s);
    EXPECT_NOTES(s, 1, 2);
    script_done(s);
}

static void rwmutex_waits_for_readers(void **state) {
    (void)state;
    static const struct step main_code[] = {{RLOCK, 0, 0, 0},   {ADD, 0, 3, 0},     {GO, 1, 1, 0}, {GOSCHED, 0, 0, 0},
                                            {GO, 2, 2, 0},      {GOSCHED, 0, 0, 0}, {GO, 2, 3, 0}, {GOSCHED, 0, 0, 0},
                                            {RUNLOCK, 0, 0, 0}, {WAIT, 0, 0, 0},    {RET, 0, 0, 0}};
    static const struct step writer[] = {
        {WLOCK, 0, 0, 0}, {NOTE, -1, 0, 0}, {WUNLOCK, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    static const struct step reader[] = {
        {RLOCK, 0, 0, 0}, {NOTE, -1, 0, 0}, {RUNLOCK, 0, 0, 0}, {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        s->code[0] = main_code;
        s->code[1] = writer;
        s->code[2] = reader;
        script_run(s);
        EXPECT_NOTES(s, 1, 3, 2); /* the writer first; of the readers it readied the last is in runnext */
        script_done(s);
    }
}

static void conditions(void **state) {
    (void)state;
    static const struct step main_code[] = {{ADD, 0, 5, 0},     {GO, 1, 1, 0}, {GOSCHED, 0, 0, 0}, {GO, 1, 2, 0},
                                            {GOSCHED, 0, 0, 0}, {GO, 1, 3, 0}, {GOSCHED, 0, 0, 0}, {GO, 1, 4, 0},
                                            {GOSCHED, 0, 0, 0}, {GO, 1, 5, 0}, {GOSCHED, 0, 0, 0}, {BROADCAST, 0, 0, 0},
                                            {WAIT, 0, 0, 0},    {RET, 0, 0, 0}};
    static const struct step signals[] = {{ADD, 0, 2, 0},     {GO, 1, 1, 0},     {GOSCHED, 0, 0, 0}, {GO, 1, 2, 0},
                                          {GOSCHED, 0, 0, 0}, {SIGNAL, 0, 0, 0}, {GOSCHED, 0, 0, 0}, {SIGNAL, 0, 0, 0},
                                          {WAIT, 0, 0, 0},    {RET, 0, 0, 0}};
    static const struct step child[] = {{LOCK, 0, 0, 0},   {CWAIT, 0, 0, 0}, {NOTE, -1, 0, 0},
                                        {UNLOCK, 0, 0, 0}, {ADD, 0, -1, 0},  {RET, 0, 0, 0}};
    BOTH_WORLDS {
        struct script *s = script_new(1, stepped);
        s->code[0] = main_code;
        s->code[1] = child;
        script_run(s);
        EXPECT_NOTES(s, 5, 1, 2, 3, 4);
        script_done(s);
        s = script_new(1, stepped);
        s->code[0] = signals;
        s->code[1] = child;
        script_run(s);
        EXPECT_NOTES(s, 1, 2);
        script_done(s);
    }
}

/* A tied goroutine runs on its own thread; one that ends tied takes the thread with it. */
static void tied_threads(void **state) {
    (void)state;
    static const struct step main_code[] = {{GO, 1, 0, 0},     {SETLOOP, 20, 0, 0},    {SEND, 0, 1, 0}, {RECV, 1, 0, 0},
                                            {JUMPNZ, 2, 0, 0}, {SLEEP, 1000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step child[] = {{LOCKTHREAD, 0, 0, 0}, {SETLOOP, 20, 0, 0}, {RECV, 0, 0, 0}, {NOTEREG, 0, 0, 0},
                                        {SEND, 1, 2, 0},       {JUMPNZ, 2, 0, 0},   {RET, 0, 0, 0}};
    BOTH_WORLDS {
        for (unsigned procs = 1; procs <= 2; procs++) {
            struct script *s = script_new(procs, stepped);
            s->chan_made[0] = s->chan_made[1] = true;
            s->code[0] = main_code;
            s->code[1] = child;
            script_run(s);
            CHECK(s);
            assert_int_equal(s->nnotes, 20);
            assert_int_equal(script_count(s, RT_EV_MExit), 1);
            script_done(s);
        }
    }
}

static void gomaxprocs_changes(void **state) {
    (void)state;
    static const struct step main_code[] = {
        {ADD, 0, 60, 0},       {SETLOOP, 60, 0, 0}, {GO, 1, 1, 0},      {JUMPNZ, 2, 0, 0}, {PROCS, 4, 0, 0},
        {GOSCHED, 0, 0, 0},    {PROCS, 1, 0, 0},    {GOSCHED, 0, 0, 0}, {PROCS, 3, 0, 0},  {STW, 0, 0, 0},
        {SLEEP, 500000, 0, 0}, {PROCS, 2, 0, 0},    {WAIT, 0, 0, 0},    {RET, 0, 0, 0}};
    static const struct step child[] = {{SETLOOP, 3, 0, 0},  {NOTE, -1, 0, 0},  {SPIN, 20, 0, 0}, {GOSCHED, 0, 0, 0},
                                        {SLEEP, 1000, 0, 0}, {JUMPNZ, 1, 0, 0}, {ADD, 0, -1, 0},  {RET, 0, 0, 0}};
    BOTH_WORLDS {
        for (unsigned procs = 1; procs <= 4; procs++) {
            struct script *s = script_new(procs, stepped);
            s->code[0] = main_code;
            s->code[1] = child;
            script_run(s);
            CHECK(s);
            assert_int_equal(s->nnotes, 180);
            script_done(s);
        }
    }
}

static void limits_end_the_run(void **state) {
    (void)state;
    static const struct step spawns[] = {{GO, 1, 0, 0}, {GO, 1, 0, 0}, {GO, 1, 0, 0},
                                         {GO, 1, 0, 0}, {GO, 1, 0, 0}, {RET, 0, 0, 0}};
    static const struct step waits[] = {{FOREVER, 0, 0, 0}};
    static const struct step sleeps[] = {{SLEEP, 3600000000000, 0, 0}, {RET, 0, 0, 0}};
    static const struct step writes[] = {{SETLOOP, 1000, 0, 0}, {WRITE, 1, 0, 0}, {JUMPNZ, 1, 0, 0}, {RET, 0, 0, 0}};
    struct {
        const struct step *code;
        struct rt_limits limits;
        const char *text;
    } cases[] = {{spawns, {.goroutines = 3}, "goroutines=3"},
                 {sleeps, {.time_ns = 2000000}, "time=2ms"},
                 {writes, {.output = 20}, "output=20"},
                 {writes, {.events = 200}, "events=200"}};
    BOTH_WORLDS {
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
#ifdef GOSEE_YIELD
            if (cases[i].limits.events) continue; /* counted as they are drained, at the end */
#endif
            if (!stepped && cases[i].limits.events) continue; /* the same */
            struct script *s = script_new(1, stepped);
            s->limits = cases[i].limits;
            s->code[0] = cases[i].code;
            s->code[1] = waits;
            script_run(s);
            CHECK(s);
            assert_string_equal(s->limit, cases[i].text);
            assert_int_equal(s->status, 3);
            script_done(s);
        }
    }
}

/* Goroutines of all kinds on 1 to 4 Ps; every log is a legal history, everything is done once. */
static const struct step mix_main[] = {{ADD, 0, 40, 0},   {SETLOOP, 10, 0, 0}, {GO, 1, 1, 0},
                                       {GO, 2, 2, 0},     {GO, 3, 3, 0},       {GO, 4, 4, 0},
                                       {JUMPNZ, 2, 0, 0}, {WAIT, 0, 0, 0},     {RET, 0, 0, 0}};
static const struct step mix_send[] = {{SETLOOP, 5, 0, 0},   {SEND, 0, 1, 0},   {LOCK, 0, 0, 0},
                                       {NOTE, 1, 0, 0},      {UNLOCK, 0, 0, 0}, {JUMPNZ, 1, 0, 0},
                                       {SLEEP, 20000, 0, 0}, {ADD, 0, -1, 0},   {RET, 0, 0, 0}};
static const struct step mix_recv[] = {{SETLOOP, 5, 0, 0}, {SELECT, 0, 1, 0}, {LOCK, 0, 0, 0},
                                       {GOSCHED, 0, 0, 0}, {UNLOCK, 0, 0, 0}, {JUMPNZ, 1, 0, 0},
                                       {WRITE, 1, 0, 0},   {ADD, 0, -1, 0},   {RET, 0, 0, 0}};
static const struct step mix_rw[] = {{SETLOOP, 5, 0, 0}, {RLOCK, 0, 0, 0}, {SPIN, 10, 0, 0},   {RUNLOCK, 0, 0, 0},
                                     {WLOCK, 0, 0, 0},   {NOTE, 3, 0, 0},  {WUNLOCK, 0, 0, 0}, {JUMPNZ, 1, 0, 0},
                                     {NAP, 10000, 0, 0}, {ADD, 0, -1, 0},  {RET, 0, 0, 0}};
static const struct step mix_grow[] = {{GROW, 1000, 0, 0}, {GO, 5, 0, 0},   {RECV, 2, 0, 0},
                                       {NOTE, 4, 0, 0},    {ADD, 0, -1, 0}, {RET, 0, 0, 0}};
static const struct step mix_leaf[] = {{GOSCHED, 0, 0, 0}, {SEND, 2, 1, 0}, {RET, 0, 0, 0}};

static void run_mix(unsigned procs, bool stepped, uint64_t seed) {
    struct script *s = script_new(procs, stepped);
    s->seed = seed;
    s->drain = seed % 2 == 1 && !stepped;
    s->chan_made[0] = s->chan_made[1] = s->chan_made[2] = true;
    s->chan_cap[2] = 2;
    s->code[0] = mix_main;
    s->code[1] = mix_send;
    s->code[2] = mix_recv;
    s->code[3] = mix_rw;
    s->code[4] = mix_grow;
    s->code[5] = mix_leaf;
    script_run(s);
    CHECK(s);
    assert_int_equal(s->how, RT_END_MAIN);
    assert_int_equal(s->nnotes, 110);
    assert_int_equal(s->out, 20);
    script_done(s);
}

static void mixed_load(void **state) {
    (void)state;
    BOTH_WORLDS {
        for (unsigned procs = 1; procs <= 4; procs++) {
            for (uint64_t seed = 1; seed <= 5; seed++)
                run_mix(procs, stepped, seed);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_start_of_a_program),
#ifndef GOSEE_HOSTILE
        cmocka_unit_test(runnext_order),
        cmocka_unit_test(overflow_from_the_first_statement),
        cmocka_unit_test(overflow_and_61st_ticks),
#endif
        cmocka_unit_test(close_order),
        cmocka_unit_test(timers_due_together),
        cmocka_unit_test(gosched_alternates),
        cmocka_unit_test(channels_keep_order),
        cmocka_unit_test(selects),
        cmocka_unit_test(channel_panics),
        cmocka_unit_test(deadlocks),
        cmocka_unit_test(fatal_errors),
        cmocka_unit_test(stacks_shrink),
        cmocka_unit_test(stack_stays_in_a_call),
        cmocka_unit_test(tight_loop_is_preempted),
        cmocka_unit_test(blocking_call_loses_the_p),
        cmocka_unit_test(mutex_starvation),
        cmocka_unit_test(who_lost_waits_at_the_front),
        cmocka_unit_test(rwmutex_waits_for_readers),
        cmocka_unit_test(conditions),
        cmocka_unit_test(tied_threads),
        cmocka_unit_test(gomaxprocs_changes),
        cmocka_unit_test(limits_end_the_run),
        cmocka_unit_test(mixed_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
