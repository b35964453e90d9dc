/* Each rule of legality broken once, by the last event of a history that is legal before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "apply.h"
#include "replay.h"
#include "sample_log.h"

enum { M0, SYSMON, M2, CH = 1, BUFFERED = 2, MU = 3, WG = 4 };

static void ev(struct log_builder *b, enum rt_event_kind kind, uint64_t a1, uint64_t a2, uint64_t a3) {
    lb_event(b, kind, RT_WHY_None, a1, a2, a3);
}

/* main runs on P0 with M0; sysmon is there; P1 and P2 are idle, P2 on top. */
static void begin(struct log_builder *b) {
    assert_true(lb_init(b, NULL, NULL, 3, 2));
    assert_true(rt_log_add_func(b->log, "main.main", 0));
    ev(b, RT_EV_RunBegin, 3, 2, 0);
    lb_on(b, M0, -1, 0);
    ev(b, RT_EV_MBegin, 0, 0, 0);
    b->p = 0;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Bootstrap, 0, 0, 0);
    ev(b, RT_EV_MStart, SYSMON, 2, (uint64_t)-1);
    lb_create(b, 1, 0, 0);
    lb_start_next(b, 1);
    lb_on(b, SYSMON, -1, 0);
    ev(b, RT_EV_MBegin, 0, 0, 0);
    lb_on(b, M0, 0, 1);
    ev(b, RT_EV_ChanMake, CH, 0, RT_VAL_INT);
    ev(b, RT_EV_ChanMake, BUFFERED, 2, RT_VAL_INT);
}

/* M2 takes P2 and spins. */
static void second_thread(struct log_builder *b) {
    ev(b, RT_EV_MStart, M2, 1, 2);
    lb_on(b, M2, -1, 0);
    ev(b, RT_EV_MBegin, 0, 0, 0);
    b->p = 2;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Wakep, 0, 0, 0);
}

static void back_to_main(struct log_builder *b) { lb_on(b, M0, 0, 1); }

/* G2 waits to receive from ch; main runs again. */
static void receiver(struct log_builder *b, uint32_t g, uint64_t ch) {
    lb_create(b, g, 0, 0);
    ev(b, RT_EV_GoStop, 0, 0, 0);
    b->g = 0;
    ev(b, RT_EV_GlobPut, 1, 0, 0);
    lb_start_next(b, g);
    lb_event(b, RT_EV_GoBlock, RT_WHY_ChanReceive, ch, 0, 0);
    b->g = 0;
    ev(b, RT_EV_GlobGet, 1, 1, 0);
    lb_start(b, 1, RT_WHY_FromGlobal, 0, false);
}

static void break_begun(struct log_builder *b) { ev(b, RT_EV_RunBegin, 2, 2, 0); }
static void break_ended(struct log_builder *b) {
    ev(b, RT_EV_RunEnd, 0, 0, 0);
    ev(b, RT_EV_StackGrow, 1, 2, 0);
}
static void break_thread(struct log_builder *b) {
    lb_on(b, 7, -1, 0);
    ev(b, RT_EV_MPark, 0, 0, 0);
}
static void break_thread_begun(struct log_builder *b) {
    ev(b, RT_EV_MStart, M2, 0, 2);
    lb_on(b, M2, 2, 0);
    ev(b, RT_EV_ProcStart, 0, 0, 0);
}
static void break_thread_parked(struct log_builder *b) {
    second_thread(b);
    lb_idle(b, true, RT_WHY_NoWork);
    ev(b, RT_EV_MPark, 0, 0, 0);
}
static void break_clock(struct log_builder *b) {
    b->time = 1;
    ev(b, RT_EV_StackGrow, 2048, 4096, 0);
}
static void break_header_p(struct log_builder *b) {
    b->p = 1;
    ev(b, RT_EV_StackGrow, 2048, 4096, 0);
}
static void break_header_g(struct log_builder *b) {
    b->g = 5;
    ev(b, RT_EV_StackGrow, 2048, 4096, 0);
}
static void break_range(struct log_builder *b) {
    b->g = 0;
    ev(b, RT_EV_RunqSteal, 9, 1, 0);
}
static void break_known(struct log_builder *b) { ev(b, RT_EV_GoCreate, 1, 0, 2048); }
static void break_known_never(struct log_builder *b) { ev(b, RT_EV_GoUnblock, 9, 0, 0); }
static void break_move(struct log_builder *b) { ev(b, RT_EV_GoUnblock, 1, 0, 0); }
static void break_hand(struct log_builder *b) {
    ev(b, RT_EV_GoCreate, 2, 0, 2048);
    ev(b, RT_EV_GoCreate, 3, 0, 2048);
}
static void break_one_running(struct log_builder *b) {
    lb_create(b, 2, 0, 0);
    ev(b, RT_EV_RunnextGet, 2, 0, 0);
    lb_start(b, 2, RT_WHY_FromRunnext, 0, true);
}
static void break_two_ms(struct log_builder *b) { /* one goroutine on two Ms */
    second_thread(b);
    ev(b, RT_EV_MSpinEnd, 0, 0, 0);
    lb_start(b, 1, RT_WHY_FromSteal, 0, false);
}
static void break_one_owner(struct log_builder *b) {
    ev(b, RT_EV_MStart, M2, 1, (uint64_t)-1);
    lb_on(b, M2, -1, 0);
    ev(b, RT_EV_MBegin, 0, 0, 0);
    b->p = 0;
    ev(b, RT_EV_ProcStart, 0, 0, 0);
}
static void break_one_p(struct log_builder *b) {
    b->p = 2;
    ev(b, RT_EV_ProcStart, 0, 0, 0);
}
static void break_needs_p(struct log_builder *b) { ev(b, RT_EV_ProcStop, 0, 0, 0); }
static void break_idle(struct log_builder *b) { lb_event(b, RT_EV_MStart, RT_WHY_Wakep, M2, 1, 1); }
static void break_claim(struct log_builder *b) {
    ev(b, RT_EV_MStart, M2, 1, 2);
    lb_on(b, M2, -1, 0);
    ev(b, RT_EV_MBegin, 0, 0, 0);
    b->p = 1;
    ev(b, RT_EV_ProcStart, 0, 0, 0);
}
static void break_parked(struct log_builder *b) { ev(b, RT_EV_MWake, M0, 0, (uint64_t)-1); }
static void break_parked_order(struct log_builder *b) {
    second_thread(b);
    lb_idle(b, true, RT_WHY_NoWork);
    back_to_main(b);
    lb_event(b, RT_EV_MStart, RT_WHY_Wakep, 3, 1, 2);
    lb_on(b, 3, -1, 0);
    ev(b, RT_EV_MBegin, 0, 0, 0);
    b->p = 2;
    ev(b, RT_EV_ProcStart, 0, 0, 0);
    lb_idle(b, true, RT_WHY_NoWork);
    back_to_main(b);
    lb_event(b, RT_EV_MWake, RT_WHY_Wakep, M2, 1, 2);
}
static void break_park_free(struct log_builder *b) { ev(b, RT_EV_MPark, 0, 0, 0); }
static void break_spin(struct log_builder *b) { ev(b, RT_EV_MSpin, 0, 0, 0); }
static void break_spin_start(struct log_builder *b) {
    lb_create(b, 2, 0, 0);
    second_thread(b);
    ev(b, RT_EV_RunnextSteal, 0, 2, 0);
    lb_start(b, 2, RT_WHY_FromRunnextSteal, 0, false);
}
static void break_tick(struct log_builder *b) {
    ev(b, RT_EV_GoStop, 0, 0, 0);
    b->tick[0] += 3;
    lb_start(b, 1, RT_WHY_FromSelf, 0, false);
}
static void break_runnext(struct log_builder *b) {
    ev(b, RT_EV_GoCreate, 2, 0, 2048);
    ev(b, RT_EV_RunnextPut, 2, 1, 0);
}
static void break_ring_head(struct log_builder *b) {
    lb_create(b, 2, 0, 0);
    lb_create(b, 3, 0, 2);
    lb_create(b, 4, 0, 3);
    lb_event(b, RT_EV_GoBlock, RT_WHY_Sleep, 0, 0, 0);
    b->g = 0;
    ev(b, RT_EV_RunqGet, 3, 0, 0);
}
static void break_ring_tail(struct log_builder *b) {
    ev(b, RT_EV_GoCreate, 2, 0, 2048);
    ev(b, RT_EV_RunqPut, 2, 5, 0);
}
static void break_ring_room(struct log_builder *b) {
    for (uint32_t g = 2; g < 2 + 257; g++) {
        ev(b, RT_EV_GoCreate, g, 0, 2048);
        lb_put_tail(b, g, RT_WHY_None);
    }
}
static void break_ring_count(struct log_builder *b) {
    second_thread(b);
    ev(b, RT_EV_RunqSteal, 0, 1, 0);
}
static void break_overflow(struct log_builder *b) {
    lb_create(b, 2, 0, 0);
    lb_create(b, 3, 0, 2);
    ev(b, RT_EV_GoCreate, 4, 0, 2048);
    ev(b, RT_EV_RunqOverflow, 4, 129, 0);
}
static void break_half(struct log_builder *b) {
    for (uint32_t g = 2; g < 6; g++)
        lb_create(b, g, 0, g == 2 ? 0 : g - 1);
    second_thread(b);
    ev(b, RT_EV_RunqSteal, 0, 1, 0);
}
static void break_global_head(struct log_builder *b) {
    for (uint32_t g = 2; g < 4; g++) {
        ev(b, RT_EV_GoCreate, g, 0, 2048);
        ev(b, RT_EV_GlobPut, g, 0, 0);
    }
    lb_event(b, RT_EV_GoBlock, RT_WHY_Sleep, 0, 0, 0);
    b->g = 0;
    ev(b, RT_EV_GlobGet, 3, 1, 0);
}
static void break_syscall(struct log_builder *b) {
    lb_on(b, SYSMON, 0, 0);
    ev(b, RT_EV_ProcSteal, M0, 0, 0);
}
static void break_waiter(struct log_builder *b) { ev(b, RT_EV_ChanSend, CH, 1, 4); }
static void break_waiter_lock(struct log_builder *b) {
    lb_create(b, 2, 0, 0);
    lb_event(b, RT_EV_GoBlock, RT_WHY_SyncMutexLock, MU, 0, 0);
    b->g = 0;
    lb_start_next(b, 2);
    ev(b, RT_EV_GoUnblock, 1, WG, 0);
}
static void break_served(struct log_builder *b) {
    receiver(b, 2, CH);
    ev(b, RT_EV_GoUnblock, 2, CH, 0);
}
static void break_fifo(struct log_builder *b) {
    receiver(b, 2, CH);
    receiver(b, 3, CH);
    ev(b, RT_EV_ChanSend, CH, 3, 4);
}
static void break_buffer_full(struct log_builder *b) { ev(b, RT_EV_ChanSend, CH, 0, 4); }
static void break_buffer_value(struct log_builder *b) {
    ev(b, RT_EV_ChanSend, BUFFERED, 0, 4);
    ev(b, RT_EV_ChanRecv, BUFFERED, 0, 5);
}
static void break_blocks(struct log_builder *b) { lb_event(b, RT_EV_GoBlock, RT_WHY_ChanSend, BUFFERED, 1, 0); }
static void break_closed(struct log_builder *b) {
    ev(b, RT_EV_ChanClose, CH, 0, 0);
    ev(b, RT_EV_ChanClose, CH, 0, 0);
}
static void break_object(struct log_builder *b) { ev(b, RT_EV_ChanSend, 77, 0, 0); }
static void break_lock(struct log_builder *b) {
    ev(b, RT_EV_LockAcquire, MU, 0, 0);
    ev(b, RT_EV_LockAcquire, MU, 0, 0);
}
static void break_counter(struct log_builder *b) {
    ev(b, RT_EV_WaitGroupAdd, WG, 2, 2);
    ev(b, RT_EV_WaitGroupAdd, WG, (uint64_t)-1, 0);
}
static void break_timer(struct log_builder *b) { ev(b, RT_EV_TimerFire, 5, 0, 0); }
static void break_sleeper(struct log_builder *b) {
    lb_create(b, 2, 0, 0);
    lb_sleep(b, 1, 5000);
    lb_start_next(b, 2);
    ev(b, RT_EV_GoUnblock, 1, 0, 0);
}
static void break_core(struct log_builder *b) {
    ev(b, RT_EV_CoreTake, 0, 0, 0);
    lb_on(b, SYSMON, -1, 0);
    ev(b, RT_EV_CoreTake, 0, 0, 0);
}
static void break_procs(struct log_builder *b) {
    second_thread(b);
    back_to_main(b);
    ev(b, RT_EV_ProcsChange, 1, 0, 0);
}
static void break_shrink(struct log_builder *b) { ev(b, RT_EV_StackShrink, 8192, 4096, 0); }
static void break_tied(struct log_builder *b) {
    ev(b, RT_EV_GoLockThread, 1, 0, 0);
    ev(b, RT_EV_GoStop, 0, 0, 0);
    b->g = 0;
    ev(b, RT_EV_GlobPut, 1, 0, 0);
    second_thread(b);
    ev(b, RT_EV_GlobGet, 1, 1, 0);
    ev(b, RT_EV_MSpinEnd, 1, 0, 0);
    lb_start(b, 1, RT_WHY_FromGlobal, 0, false);
}

static const struct {
    const char *rule;
    void (*make)(struct log_builder *b);
} cases[] = {
    {"Begun", break_begun},
    {"Ended", break_ended},
    {"Thread", break_thread},
    {"Thread", break_thread_begun},
    {"Thread", break_thread_parked},
    {"Clock", break_clock},
    {"HeaderP", break_header_p},
    {"HeaderG", break_header_g},
    {"Range", break_range},
    {"Known", break_known},
    {"Known", break_known_never},
    {"Move", break_move},
    {"Hand", break_hand},
    {"OneRunning", break_one_running},
    {"OneRunning", break_two_ms},
    {"OneOwner", break_one_owner},
    {"OneP", break_one_p},
    {"NeedsP", break_needs_p},
    {"Idle", break_idle},
    {"Claim", break_claim},
    {"Parked", break_parked},
    {"Parked", break_parked_order},
    {"ParkFree", break_park_free},
    {"Spin", break_spin},
    {"SpinStart", break_spin_start},
    {"Tick", break_tick},
    {"Runnext", break_runnext},
    {"RingHead", break_ring_head},
    {"RingTail", break_ring_tail},
    {"RingRoom", break_ring_room},
    {"RingCount", break_ring_count},
    {"Overflow", break_overflow},
    {"Half", break_half},
    {"GlobalHead", break_global_head},
    {"Syscall", break_syscall},
    {"Waiter", break_waiter},
    {"Waiter", break_waiter_lock},
    {"Served", break_served},
    {"Fifo", break_fifo},
    {"Buffer", break_buffer_full},
    {"Buffer", break_buffer_value},
    {"Blocks", break_blocks},
    {"Closed", break_closed},
    {"Object", break_object},
    {"Lock", break_lock},
    {"Counter", break_counter},
    {"Timer", break_timer},
    {"Timer", break_sleeper},
    {"Core", break_core},
    {"Procs", break_procs},
    {"Tied", break_tied},
    {"Shrink", break_shrink},
};

static void each_rule_is_caught(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct log_builder b;
        begin(&b);
        cases[i].make(&b);
        uint64_t n = rt_log_count(b.log), at = 0;
        struct rp_session *s = rp_open(b.log);
        struct str rule = {0};
        const struct rp_state *before = rp_seek(s, n - 1);
        if (!before) rp_illegal(s, &at, &rule);
        if (!before)
            fail_msg("case %zu (%s): event %llu already: %s", i, cases[i].rule, (unsigned long long)at,
                     str_cstr(&rule));
        uint64_t hash = rp_hash(before);
        if (rp_seek(s, n)) fail_msg("case %zu (%s) is accepted", i, cases[i].rule);
        assert_true(rp_illegal(s, &at, &rule));
        assert_int_equal(at, n - 1);
        size_t len = strlen(cases[i].rule);
        if (strncmp(str_cstr(&rule), cases[i].rule, len) != 0 || rule.data[len] != ':')
            fail_msg("case %zu: %s, not %s", i, str_cstr(&rule), cases[i].rule);
        assert_int_equal(rp_hash(rp_seek(s, n - 1)), hash); /* the state before it is still there */
        assert_null(rp_seek(s, n));
        str_free(&rule);
        rp_close(s);
        rt_log_free(b.log);
    }
}

static void no_rule_is_without_a_case(void **state) {
    (void)state;
    for (unsigned r = 0; r < RP_RULE_COUNT; r++) {
        bool found = false;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            found = found || !strcmp(cases[i].rule, rp_rule_name(r));
        if (!found) fail_msg("rule %s has no case", rp_rule_name(r));
    }
}

/* Stop the world, GOMAXPROCS, tied goroutines and the poller: acts that random histories do not have. */
static void rare_acts_are_legal(void **state) {
    (void)state;
    struct log_builder b;
    begin(&b);
    second_thread(&b);
    back_to_main(&b);
    lb_create(&b, 2, 0, 0);
    ev(&b, RT_EV_STWBegin, RT_STW_GOMAXPROCS, 0, 0);
    lb_on(&b, M2, 2, 0);
    lb_event(&b, RT_EV_ProcStop, RT_WHY_StopTheWorld, 0, 0, 0);
    b.p = -1;
    ev(&b, RT_EV_MSpinEnd, 0, 0, 0);
    ev(&b, RT_EV_MPark, 0, 0, 0);
    back_to_main(&b);
    ev(&b, RT_EV_ProcsChange, 2, 0, 0);
    lb_event(&b, RT_EV_MWake, RT_WHY_StartTheWorld, M2, 0, 1);
    ev(&b, RT_EV_STWEnd, 0, 0, 0);
    ev(&b, RT_EV_GoLockThread, 1, 0, 0); /* main is tied to M0 and waits; M2 finds it */
    lb_event(&b, RT_EV_GoStop, RT_WHY_Gosched, 0, 0, 0);
    b.g = 0;
    ev(&b, RT_EV_GlobPut, 1, 0, 0);
    lb_event(&b, RT_EV_ProcStop, RT_WHY_Handoff, 0, 0, 0);
    b.p = -1;
    lb_event(&b, RT_EV_MPark, RT_WHY_LockedG, 0, 0, 0);
    lb_on(&b, M2, 1, 0);
    ev(&b, RT_EV_ProcStart, 0, 0, 0);
    ev(&b, RT_EV_GlobGet, 1, 1, 0);
    lb_event(&b, RT_EV_ProcStop, RT_WHY_LockedG, 0, 0, 0);
    b.p = -1;
    lb_event(&b, RT_EV_MWake, RT_WHY_LockedG, M0, 0, 1);
    ev(&b, RT_EV_MPark, 0, 0, 0);
    lb_on(&b, M0, 1, 0);
    ev(&b, RT_EV_ProcStart, 0, 0, 0);
    lb_start(&b, 1, RT_WHY_FromLockedM, 0, false);
    lb_event(&b, RT_EV_GoBlock, RT_WHY_Semacquire, 0, 0, 0); /* a park that is called off */
    ev(&b, RT_EV_GoUnblock, 1, 0, 0);
    lb_start(&b, 1, RT_WHY_FromSelf, 0, true);
    ev(&b, RT_EV_QueueDrain, 0, 0, 0);
    uint64_t n = rt_log_count(b.log), at;
    struct rp_session *s = rp_open(b.log);
    struct str rule = {0};
    const struct rp_state *st = rp_seek(s, n);
    if (!st && rp_illegal(s, &at, &rule)) fail_msg("event %llu: %s", (unsigned long long)at, str_cstr(&rule));
    assert_int_equal(rp_np(st), 2);
    assert_int_equal(rp_g(st, 1)->m, M0);
    assert_int_equal(rp_global(st).len, 1);
    assert_int_equal(rp_global(st).goids[0], 2);
    assert_int_equal(rp_p(st, 0)->idle_rank, 0);
    assert_int_equal(rp_m(st, M2)->parked_rank, 0);
    rp_close(s);
    rt_log_free(b.log);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_is_caught),
        cmocka_unit_test(no_rule_is_without_a_case),
        cmocka_unit_test(rare_acts_are_legal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
