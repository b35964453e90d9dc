#include "made_log.h"

#include <stdio.h>
#include <stdlib.h>

enum { PROCS = 4 };

static uint64_t rng = 88172645463325252u;
uint64_t made_draw(uint64_t n) {
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return (rng >> 11) % n;
}

static int64_t clock_ns;
static void say(struct rt_log *log, enum rt_event_kind kind, enum rt_reason why, int m, uint32_t g, uint64_t a, uint64_t b,
                uint64_t c) {
    int32_t p = m; /* M i holds P i; main's thread is M0 */
    struct rt_event ev = {.time = clock_ns += 20 + (int64_t)made_draw(60), .kind = (uint16_t)kind, .why = (uint16_t)why, .m = m,
                          .p = kind == RT_EV_MBegin ? -1 : p, .g = g, .pos = g ? RT_POS(0, 10 + kind) : 0, .a = a, .b = b, .c = c};
    if (!rt_log_append(log, &ev)) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
}

/* All wait but those that run; each step a running one wakes another, waits, and that one runs. */
struct rt_log *made_log(uint64_t events, uint32_t goroutines) {
    struct rt_log *log = rt_log_new();
    uint32_t running[PROCS], *waiting = malloc((goroutines + 1) * sizeof *waiting);
    uint64_t tick[PROCS] = {0};
    if (!log || !waiting) exit(1);
    rt_log_set_info(log, &(struct rt_log_info){.world = "live", .choice = "seed", .procs = PROCS, .cores = PROCS});
    rt_log_add_file(log, "bench.go", "package main\n", 13);
    rt_log_add_func(log, "main.main", RT_POS(0, 3));
    struct rt_event begin = {.kind = RT_EV_RunBegin, .m = -1, .p = -1, .a = PROCS, .b = PROCS};
    rt_log_append(log, &begin);
    for (int m = 0; m < PROCS; m++) {
        if (m) say(log, RT_EV_MStart, RT_WHY_Wakep, 0, running[0], (uint64_t)m, 0, (uint64_t)m);
        say(log, RT_EV_MBegin, RT_WHY_None, m, 0, 0, 0, 0);
        say(log, RT_EV_ProcStart, RT_WHY_Bootstrap, m, 0, 0, 0, 0);
        running[m] = (uint32_t)m + 1;
        say(log, RT_EV_GoCreate, RT_WHY_None, m, 0, running[m], 0, 2048);
        say(log, RT_EV_GoStart, RT_WHY_FromRunnext, m, running[m], 0, ++tick[m], 0);
    }
    uint32_t n = 0;
    for (uint32_t g = PROCS + 1; g <= goroutines; g++) {
        say(log, RT_EV_GoCreate, RT_WHY_None, 0, running[0], g, 0, 2048);
        say(log, RT_EV_RunnextPut, RT_WHY_NewGoroutine, 0, running[0], g, 0, 0);
        say(log, RT_EV_GoBlock, RT_WHY_Semacquire, 0, running[0], 0, 0, 0);
        waiting[n++] = running[0];
        say(log, RT_EV_RunnextGet, RT_WHY_None, 0, 0, g, 0, 0);
        say(log, RT_EV_GoStart, RT_WHY_FromRunnext, 0, g, 0, tick[0], 1);
        running[0] = g;
    }
    while (rt_log_count(log) + 1 < events) {
        int m = (int)made_draw(PROCS);
        uint32_t i = (uint32_t)made_draw(n), woken = waiting[i], g = running[m];
        say(log, RT_EV_GoUnblock, RT_WHY_None, m, g, woken, 0, 0);
        say(log, RT_EV_RunnextPut, RT_WHY_Readied, m, g, woken, 0, 0);
        say(log, RT_EV_GoBlock, RT_WHY_Semacquire, m, g, 0, 0, 0);
        say(log, RT_EV_RunnextGet, RT_WHY_None, m, 0, woken, 0, 0);
        say(log, RT_EV_GoStart, RT_WHY_FromRunnext, m, woken, 0, tick[m], 1);
        waiting[i] = g;
        running[m] = woken;
    }
    struct rt_event end = {.time = clock_ns, .kind = RT_EV_RunEnd, .m = -1, .p = -1};
    rt_log_append(log, &end);
    free(waiting);
    return log;
}
