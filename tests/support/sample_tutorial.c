/* The tutorial's program on two Ps, as a run of the stepped world tells it: both timers are due when a thread wakes,
 * process2 is readied first and pushed out of runnext, so process1 prints first and process2 is stolen. */
#include "sample_log.h"

const char sample_tutorial_source[] =
    "package main\n"
    "\n"
    "import \"fmt\"\n"
    "import \"time\"\n"
    "\n"
    "func process1() {\n"
    "\ttime.Sleep(1 * time.Second)\n"
    "\tfmt.Println(\"Running Process 1\")\n"
    "}\n"
    "\n"
    "func process2() {\n"
    "\tgo process1()\n"
    "\ttime.Sleep(1 * time.Second)\n"
    "\tfmt.Println(\"Running Process 2\")\n"
    "}\n"
    "\n"
    "func main() {\n"
    "\tgo process2()\n"
    "\ttime.Sleep(2 * time.Second)\n"
    "}\n";

enum { FN_MAIN, FN_PROCESS1, FN_PROCESS2 };
enum { G_MAIN = 1, G_FORCEGC, G_SWEEP, G_SCAVENGE, G_UPDATER, G_FINALIZER, G_PROCESS2, G_PROCESS1 };
enum { M0, SYSMON, M2 };
enum { TIMER_MAIN = 1, TIMER_PROCESS2, TIMER_PROCESS1 };
static const int64_t second = 1000000000;

static bool add_functions(struct rt_log *log) {
    return rt_log_add_func(log, "main.main", RT_POS(0, 17)) && rt_log_add_func(log, "main.process1", RT_POS(0, 6)) &&
           rt_log_add_func(log, "main.process2", RT_POS(0, 11));
}

static void block(struct log_builder *b, enum rt_reason why) {
    lb_event(b, RT_EV_GoBlock, why, 0, 0, 0);
    b->g = 0;
}

static void bootstrap(struct log_builder *b) {
    lb_event(b, RT_EV_RunBegin, RT_WHY_None, 2, 2, 0);
    lb_on(b, M0, -1, 0);
    lb_event(b, RT_EV_MBegin, RT_WHY_Bootstrap, 0, 0, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 0, 0, 0);
    b->p = 0;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Bootstrap, 0, 0, 0);
    lb_event(b, RT_EV_MStart, RT_WHY_Bootstrap, SYSMON, 2, (uint64_t)-1);
    lb_create(b, G_FORCEGC, RT_FN_RUNTIME | RT_FN_FORCEGC, 0);
    lb_create(b, G_SWEEP, RT_FN_RUNTIME | RT_FN_BGSWEEP, G_FORCEGC);
    lb_create(b, G_SCAVENGE, RT_FN_RUNTIME | RT_FN_BGSCAVENGE, G_SWEEP);
    lb_start_next(b, G_SCAVENGE);
    block(b, RT_WHY_GCScavengeWait);
    lb_start_local(b, G_FORCEGC);
    block(b, RT_WHY_ForceGCIdle);
    lb_start_local(b, G_SWEEP);
    block(b, RT_WHY_GCSweepWait);
    lb_create(b, G_MAIN, FN_MAIN, 0);
    lb_start_next(b, G_MAIN);
    b->g = 0; /* the runtime's own, while main initializes */
    lb_create(b, G_UPDATER, RT_FN_RUNTIME | RT_FN_UPDATEMAXPROCS, 0);
    lb_create(b, G_FINALIZER, RT_FN_RUNTIME | RT_FN_RUNFINQ, G_UPDATER);
    b->g = G_MAIN;
}

static void sysmon_begins(struct log_builder *b) {
    struct log_builder was = *b;
    lb_on(b, SYSMON, -1, 0);
    lb_line(b, 0);
    lb_event(b, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
    lb_event(b, RT_EV_SysmonNap, RT_WHY_None, 20000, 0, 0);
    lb_on(b, was.m, was.p, was.g);
    b->pos = was.pos;
}

/* main, process2 and process1 up to their sleeps, all on P0. */
static void start_all(struct log_builder *b) {
    lb_line(b, 18);
    lb_create(b, G_PROCESS2, FN_PROCESS2, G_FINALIZER);
    lb_event(b, RT_EV_MStart, RT_WHY_Wakep, M2, 1, 1);
    lb_line(b, 19);
    lb_sleep(b, TIMER_MAIN, b->time + 2 * second);
    lb_line(b, 11);
    lb_start_next(b, G_PROCESS2);
    lb_line(b, 12);
    lb_create(b, G_PROCESS1, FN_PROCESS1, 0);
    lb_line(b, 13);
    lb_sleep(b, TIMER_PROCESS2, b->time + second);
    lb_line(b, 6);
    lb_start_next(b, G_PROCESS1);
    lb_line(b, 7);
    lb_sleep(b, TIMER_PROCESS1, b->time + second);
    lb_line(b, 0);
}

/* M2 arrives, takes the updater from P0's ring; both threads then run out of work. */
static void settle(struct log_builder *b) {
    lb_start_local(b, G_UPDATER);
    block(b, RT_WHY_UpdateGOMAXPROCSIdle);
    lb_at(b, b->time + 38000);
    lb_on(b, M2, -1, 0);
    lb_event(b, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 1, 0, 0);
    b->p = 1;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Wakep, 0, 0, 0);
    uint64_t vain = RT_LOOK_TIMERS | RT_LOOK_LOCAL | RT_LOOK_GLOBAL;
    lb_steal(b, 0, 1, vain);
    lb_event(b, RT_EV_MSpinEnd, RT_WHY_WorkFound, 1, 0, 0);
    lb_start(b, G_FINALIZER, RT_WHY_FromSteal, vain, false);
    block(b, RT_WHY_FinalizerWait);
    lb_idle(b, false, RT_WHY_NoWork);
    lb_event(b, RT_EV_CoreLeave, RT_WHY_Blocked, 1, 0, 0);
    lb_on(b, M0, 0, 0);
    lb_idle(b, false, RT_WHY_TimerThread);
    lb_event(b, RT_EV_CoreLeave, RT_WHY_Blocked, 0, 0, 0);
    lb_on(b, SYSMON, -1, 0);
    lb_event(b, RT_EV_SysmonNap, RT_WHY_None, 0, 0, 0);
}

static void first_timers(struct log_builder *b) {
    uint64_t vain = RT_LOOK_TIMERS | RT_LOOK_LOCAL | RT_LOOK_GLOBAL;
    lb_at(b, second + 63000);
    lb_on(b, M0, -1, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 0, 0, 0);
    b->p = 0;
    lb_event(b, RT_EV_ProcStart, RT_WHY_TimerDue, 0, 0, 0);
    lb_wake_sleeper(b, TIMER_PROCESS2, 58000, G_PROCESS2, 0);
    lb_event(b, RT_EV_MWake, RT_WHY_Wakep, M2, 1, 1);
    lb_wake_sleeper(b, TIMER_PROCESS1, 57000, G_PROCESS1, G_PROCESS2);
    lb_line(b, 7);
    lb_event(b, RT_EV_RunnextGet, RT_WHY_FromRunnext, G_PROCESS1, 0, 0);
    lb_start(b, G_PROCESS1, RT_WHY_FromRunnext, 0, true);
    b->pace = 300;
    lb_on(b, M2, -1, 0);
    lb_line(b, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 1, 0, 0);
    b->p = 1;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Wakep, 0, 0, 0);
    lb_steal(b, 0, 1, vain);
    lb_event(b, RT_EV_MSpinEnd, RT_WHY_WorkFound, 1, 0, 0);
    lb_line(b, 13);
    lb_start(b, G_PROCESS2, RT_WHY_FromSteal, vain, false);
}

static void print_and_end(struct log_builder *b) {
    lb_on(b, M0, 0, G_PROCESS1);
    lb_line(b, 8);
    lb_print(b, "Running Process 1\n");
    lb_on(b, M2, 1, G_PROCESS2);
    lb_line(b, 14);
    lb_print(b, "Running Process 2\n");
    lb_on(b, M0, 0, G_PROCESS1);
    lb_line(b, 9);
    lb_event(b, RT_EV_GoDestroy, RT_WHY_None, 0, 0, 0);
    lb_line(b, 0);
    b->g = 0;
    lb_idle(b, false, RT_WHY_TimerThread);
    lb_event(b, RT_EV_CoreLeave, RT_WHY_Blocked, 0, 0, 0);
    lb_on(b, M2, 1, G_PROCESS2);
    lb_line(b, 15);
    lb_event(b, RT_EV_GoDestroy, RT_WHY_None, 0, 0, 0);
    lb_line(b, 0);
    b->g = 0;
    lb_idle(b, false, RT_WHY_NoWork);
    lb_event(b, RT_EV_CoreLeave, RT_WHY_Blocked, 1, 0, 0);
}

static void main_returns(struct log_builder *b) {
    lb_at(b, 2 * second + 41000);
    lb_on(b, M0, -1, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 0, 0, 0);
    b->p = 1; /* given back last, so it lies on top of the idle list */
    lb_event(b, RT_EV_ProcStart, RT_WHY_TimerDue, 0, 0, 0);
    lb_wake_sleeper(b, TIMER_MAIN, 36000, G_MAIN, 0);
    lb_event(b, RT_EV_MWake, RT_WHY_Wakep, M2, 1, 0);
    lb_line(b, 19);
    lb_event(b, RT_EV_RunnextGet, RT_WHY_FromRunnext, G_MAIN, 0, 0);
    lb_start(b, G_MAIN, RT_WHY_FromRunnext, 0, true);
    lb_line(b, 20);
    lb_event(b, RT_EV_RunEnd, RT_WHY_None, 0, RT_END_MAIN, 0);
}

struct rt_log *sample_tutorial(void) {
    struct log_builder b;
    bool ok = lb_init(&b, "process.go", sample_tutorial_source, 2, 2) && add_functions(b.log);
    if (ok) {
        bootstrap(&b);
        sysmon_begins(&b);
        start_all(&b);
        settle(&b);
        first_timers(&b);
        print_and_end(&b);
        main_returns(&b);
    }
    if (ok && !b.failed) return b.log;
    rt_log_free(b.log);
    return NULL;
}
