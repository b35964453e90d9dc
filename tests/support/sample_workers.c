/* Six workers: the run up to and past a steal, with something in every place that the stage draws. */
#include "sample_log.h"

static const char source[] =
    "package main\n"
    "\n"
    "import (\n"
    "\t\"fmt\"\n"
    "\t\"sync\"\n"
    "\t\"syscall\"\n"
    "\t\"time\"\n"
    ")\n"
    "\n"
    "var jobs, ready = make(chan int, 3), make(chan bool)\n"
    "var mu, wg = sync.Mutex{}, sync.WaitGroup{}\n"
    "var ts = syscall.Timespec{Nsec: 300_000}\n"
    "\n"
    "func crunch(n int) { for range n * 10_000 {} }\n"
    "\n"
    "func produce() {\n"
    "\tfor i := 1; i <= 12; i++ {\n"
    "\t\tjobs <- i\n"
    "\t}\n"
    "\tclose(jobs)\n"
    "}\n"
    "\n"
    "func worker() {\n"
    "\tdefer wg.Done()\n"
    "\tfor j := range jobs {\n"
    "\t\tcrunch(j)\n"
    "\t\tmu.Lock()\n"
    "\t\tsyscall.Nanosleep(&ts, nil)\n"
    "\t\tmu.Unlock()\n"
    "\t}\n"
    "}\n"
    "\n"
    "func main() {\n"
    "\tfmt.Println(\"6 workers\")\n"
    "\twg.Add(6)\n"
    "\tfor range 6 {\n"
    "\t\tgo worker()\n"
    "\t}\n"
    "\tgo produce()\n"
    "\tgo beat()\n"
    "\t<-ready\n"
    "\twg.Wait()\n"
    "}\n"
    "\n"
    "func beat() {\n"
    "\tready <- true\n"
    "\tfor {\n"
    "\t\ttime.Sleep(time.Millisecond / 4)\n"
    "\t\tfmt.Println(\"tick\")\n"
    "\t}\n"
    "}\n";

enum { FN_MAIN, FN_WORKER, FN_PRODUCE, FN_BEAT };
enum { G_MAIN = 1, G_W1 = 7, G_W6 = 12, G_PRODUCE = 13, G_BEAT = 14 };
enum { M0, SYSMON, M2, M3 };
enum { JOBS = 1, READY, MU, WG };
enum { TIMER_BEAT = 1 };
static const uint64_t vain = RT_LOOK_TIMERS | RT_LOOK_LOCAL | RT_LOOK_GLOBAL | RT_LOOK_NETPOLL;

static void block_on(struct log_builder *b, enum rt_reason why, uint64_t obj, uint64_t value) {
    lb_event(b, RT_EV_GoBlock, why, obj, value, 0);
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
    lb_create(b, G_MAIN, FN_MAIN, 0);
    lb_line(b, 33);
    lb_start_next(b, G_MAIN);
    lb_on(b, SYSMON, -1, 0);
    lb_line(b, 0);
    lb_event(b, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
    lb_event(b, RT_EV_SysmonNap, RT_WHY_None, 20000, 0, 0);
    lb_on(b, M0, 0, G_MAIN);
    lb_line(b, 10);
    lb_event(b, RT_EV_ChanMake, RT_WHY_None, JOBS, 3, RT_VAL_INT);
    lb_object(b, JOBS, "jobs", "chan int");
    lb_event(b, RT_EV_ChanMake, RT_WHY_None, READY, 0, RT_VAL_BOOL);
    lb_object(b, READY, "ready", "chan bool");
    lb_line(b, 11);
    lb_object(b, MU, "mu", "sync.Mutex");
    lb_object(b, WG, "wg", "sync.WaitGroup");
}

/* main starts everyone and waits; M2 comes too early and parks again. */
static void start_all(struct log_builder *b) {
    lb_line(b, 34);
    lb_print(b, "6 workers\n");
    lb_line(b, 35);
    lb_event(b, RT_EV_WaitGroupAdd, RT_WHY_None, WG, 6, 6);
    lb_line(b, 37);
    for (uint32_t g = G_W1; g <= G_W6; g++) {
        lb_create(b, g, FN_WORKER, g == G_W1 ? 0 : g - 1);
        if (g == G_W1) lb_event(b, RT_EV_MStart, RT_WHY_Wakep, M2, 1, 1);
    }
    lb_line(b, 39);
    lb_create(b, G_PRODUCE, FN_PRODUCE, G_W6);
    lb_line(b, 40);
    lb_create(b, G_BEAT, FN_BEAT, G_PRODUCE);
    lb_line(b, 41);
    block_on(b, RT_WHY_ChanReceive, READY, 0);
    lb_line(b, 45);
    lb_start_next(b, G_BEAT);
    lb_line(b, 46);
    lb_event(b, RT_EV_ChanSend, RT_WHY_None, READY, G_MAIN, 1);
    lb_unblock(b, G_MAIN, READY, 0);
    lb_line(b, 48);
    lb_sleep(b, TIMER_BEAT, b->time + 250000);
    lb_line(b, 41);
    lb_start_next(b, G_MAIN);
    lb_line(b, 42);
    block_on(b, RT_WHY_SyncWaitGroupWait, WG, 0);
    for (uint32_t g = G_W1; g <= G_W6; g++) {
        lb_line(b, 23);
        lb_start_local(b, g);
        lb_line(b, 25);
        block_on(b, RT_WHY_ChanReceive, JOBS, 0);
    }
    lb_line(b, 16);
    lb_start_local(b, G_PRODUCE);
    lb_on(b, M2, -1, 0);
    lb_line(b, 0);
    lb_event(b, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 1, 0, 0);
    b->p = 1;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Wakep, 0, 0, 0);
    lb_idle(b, true, RT_WHY_NoWork);
    lb_event(b, RT_EV_CoreLeave, RT_WHY_Blocked, 1, 0, 0);
}

/* produce serves six receivers, fills the buffer and waits; beat ticks. */
static void produce(struct log_builder *b) {
    lb_on(b, M0, 0, G_PRODUCE);
    lb_line(b, 18);
    for (uint32_t i = 0; i < 6; i++) {
        lb_event(b, RT_EV_ChanSend, RT_WHY_None, JOBS, G_W1 + i, i + 1);
        lb_unblock(b, G_W1 + i, JOBS, i ? G_W1 + i - 1 : 0);
        if (i == 0) lb_event(b, RT_EV_MWake, RT_WHY_Wakep, M2, 1, 1);
    }
    for (uint64_t i = 7; i <= 9; i++)
        lb_event(b, RT_EV_ChanSend, RT_WHY_None, JOBS, 0, i);
    block_on(b, RT_WHY_ChanSend, JOBS, 10);
    lb_line(b, 0);
    lb_at(b, 256000);
    lb_wake_sleeper(b, TIMER_BEAT, 1000, G_BEAT, G_W6);
    lb_line(b, 48);
    lb_start_next(b, G_BEAT);
    lb_line(b, 49);
    lb_print(b, "tick\n");
    lb_line(b, 48);
    lb_sleep(b, TIMER_BEAT, b->time + 250000);
}

/* The first worker takes mu into a system call, loses its P there; the next waits for mu. */
static void system_call(struct log_builder *b) {
    lb_line(b, 25);
    lb_start_local(b, G_W1);
    lb_line(b, 27);
    lb_event(b, RT_EV_LockAcquire, RT_WHY_None, MU, 0, 0);
    lb_line(b, 28);
    lb_event(b, RT_EV_GoSyscallBegin, RT_WHY_None, RT_SYS_NANOSLEEP, 0, 0);
    lb_event(b, RT_EV_CoreLeave, RT_WHY_Blocked, 0, 0, 0);
    lb_at(b, b->time + 24000);
    lb_on(b, SYSMON, 0, 0);
    lb_line(b, 0);
    lb_event(b, RT_EV_ProcSteal, RT_WHY_SyscallTaken, M0, 0, 0);
    lb_on(b, SYSMON, -1, 0);
    lb_event(b, RT_EV_MStart, RT_WHY_Handoff, M3, 0, 0);
    lb_at(b, b->time + 31000);
    lb_on(b, M3, -1, 0);
    lb_event(b, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 0, 0, 0);
    b->p = 0;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Handoff, 0, 0, 0);
    lb_line(b, 25);
    lb_start_local(b, G_W1 + 1);
    lb_line(b, 27);
    block_on(b, RT_WHY_SyncMutexLock, MU, 0);
    lb_line(b, 25);
    lb_start_local(b, G_W1 + 2);
}

static uint64_t steal(struct log_builder *b) {
    lb_on(b, M2, -1, 0);
    lb_line(b, 0);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 1, 0, 0);
    b->p = 1;
    lb_event(b, RT_EV_ProcStart, RT_WHY_Wakep, 0, 0, 0);
    uint64_t moment = rt_log_count(b->log);
    lb_line(b, 25);
    lb_steal(b, 0, 2, vain);
    lb_event(b, RT_EV_MSpinEnd, RT_WHY_WorkFound, 1, 0, 0);
    lb_start(b, G_W1 + 4, RT_WHY_FromSteal, vain, false);
    return moment;
}

/* Everyone else comes to mu; its owner returns, takes an idle P, lets go and serves the waiting sender. */
static void after(struct log_builder *b) {
    lb_line(b, 27);
    lb_at(b, b->time + 50000);
    block_on(b, RT_WHY_SyncMutexLock, MU, 0);
    lb_line(b, 25);
    lb_start_local(b, G_W1 + 3);
    lb_on(b, M3, 0, G_W1 + 2);
    lb_line(b, 27);
    block_on(b, RT_WHY_SyncMutexLock, MU, 0);
    lb_line(b, 25);
    lb_start_local(b, G_W6);
    lb_on(b, M2, 1, G_W1 + 3);
    lb_line(b, 27);
    block_on(b, RT_WHY_SyncMutexLock, MU, 0);
    lb_line(b, 0);
    lb_idle(b, false, RT_WHY_TimerThread);
    lb_event(b, RT_EV_CoreLeave, RT_WHY_Blocked, 1, 0, 0);
    lb_on(b, M0, -1, G_W1);
    lb_line(b, 28);
    lb_event(b, RT_EV_CoreTake, RT_WHY_Woken, 1, 0, 0);
    b->p = 1;
    lb_event(b, RT_EV_ProcStart, RT_WHY_ExitSyscall, 0, 0, 0);
    lb_event(b, RT_EV_GoSyscallEnd, RT_WHY_None, 0, 0, 0);
    lb_line(b, 29);
    lb_event(b, RT_EV_LockRelease, RT_WHY_None, MU, 0, 0);
    lb_unblock(b, G_W1 + 1, MU, 0);
    lb_line(b, 25);
    lb_event(b, RT_EV_ChanRecv, RT_WHY_None, JOBS, G_PRODUCE, 7);
    lb_unblock(b, G_PRODUCE, JOBS, G_W1 + 1);
    lb_event(b, RT_EV_ChanRecv, RT_WHY_None, JOBS, 0, 8);
    lb_line(b, 26);
    lb_event(b, RT_EV_RunEnd, RT_WHY_None, 0, RT_END_STOPPED, 0);
}

struct rt_log *sample_workers(uint64_t *moment) {
    struct log_builder b;
    bool ok = lb_init(&b, "workers.go", source, 2, 2) && rt_log_add_func(b.log, "main.main", RT_POS(0, 33)) &&
              rt_log_add_func(b.log, "main.worker", RT_POS(0, 23)) &&
              rt_log_add_func(b.log, "main.produce", RT_POS(0, 16)) &&
              rt_log_add_func(b.log, "main.beat", RT_POS(0, 45));
    if (ok) {
        bootstrap(&b);
        start_all(&b);
        produce(&b);
        system_call(&b);
        uint64_t at = steal(&b);
        if (moment) *moment = at;
        after(&b);
    }
    if (ok && !b.failed) return b.log;
    rt_log_free(b.log);
    return NULL;
}
