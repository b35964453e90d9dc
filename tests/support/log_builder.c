#include <string.h>

#include "sample_log.h"

bool lb_init(struct log_builder *b, const char *file, const char *text, unsigned procs, unsigned cores) {
    memset(b, 0, sizeof *b);
    b->log = rt_log_new();
    if (!b->log) return false;
    b->m = b->p = -1;
    b->pace = 60;
    struct rt_log_info info = {.world = "stepped", .choice = "seed", .number = 7, .procs = procs, .cores = cores};
    bool ok = rt_log_set_info(b->log, &info);
    if (file) ok = ok && rt_log_add_file(b->log, file, text, strlen(text));
    return ok;
}

void lb_on(struct log_builder *b, int32_t m, int32_t p, uint32_t g) {
    b->m = m;
    b->p = p;
    b->g = g;
}

void lb_line(struct log_builder *b, int line) { b->pos = line ? RT_POS(0, line) : 0; }
void lb_at(struct log_builder *b, int64_t time) { b->time = time; }

void lb_event(struct log_builder *b, enum rt_event_kind kind, enum rt_reason why, uint64_t a1, uint64_t a2,
              uint64_t a3) {
    struct rt_event ev = {.time = b->time,
                          .kind = (uint16_t)kind,
                          .why = (uint16_t)why,
                          .m = b->m,
                          .p = b->p,
                          .g = b->g,
                          .pos = b->pos,
                          .a = a1,
                          .b = a2,
                          .c = a3};
    if (!rt_log_append(b->log, &ev)) b->failed = true;
    b->time += b->pace;
}

void lb_put_tail(struct log_builder *b, uint32_t g, enum rt_reason why) {
    lb_event(b, RT_EV_RunqPut, why, g, b->tail[b->p]++, 0);
}

void lb_put_next(struct log_builder *b, uint32_t g, uint32_t displaced, enum rt_reason why) {
    lb_event(b, RT_EV_RunnextPut, why, g, displaced, 0);
    if (displaced) lb_put_tail(b, displaced, RT_WHY_Displaced);
}

void lb_create(struct log_builder *b, uint32_t newg, uint64_t fn, uint32_t displaced) {
    lb_event(b, RT_EV_GoCreate, RT_WHY_None, newg, fn, 2048);
    lb_put_next(b, newg, displaced, RT_WHY_NewGoroutine);
}

void lb_start(struct log_builder *b, uint32_t g, enum rt_reason why, uint64_t trail, bool inherit) {
    b->g = g;
    if (!inherit) b->tick[b->p]++;
    lb_event(b, RT_EV_GoStart, why, trail, b->tick[b->p], inherit);
}

void lb_start_next(struct log_builder *b, uint32_t g) {
    lb_event(b, RT_EV_RunnextGet, RT_WHY_FromRunnext, g, 0, 0);
    lb_start(b, g, RT_WHY_FromRunnext, RT_LOOK_TIMERS, true);
}

void lb_start_local(struct log_builder *b, uint32_t g) {
    lb_event(b, RT_EV_RunqGet, RT_WHY_FromLocal, g, b->head[b->p]++, 0);
    lb_start(b, g, RT_WHY_FromLocal, RT_LOOK_TIMERS, false);
}

void lb_steal(struct log_builder *b, uint32_t victim, uint32_t count, uint64_t trail) {
    lb_event(b, RT_EV_RunqSteal, RT_WHY_FromSteal, victim, count, trail);
    b->head[victim] += count;
    b->tail[b->p] += count - 1;
}

void lb_sleep(struct log_builder *b, uint64_t timer, int64_t until) {
    uint32_t g = b->g;
    lb_event(b, RT_EV_GoBlock, RT_WHY_Sleep, 0, 0, (uint64_t)until);
    b->g = 0;
    lb_event(b, RT_EV_TimerSet, RT_WHY_None, timer, (uint64_t)until, g);
}

void lb_unblock(struct log_builder *b, uint32_t woken, uint64_t obj, uint32_t displaced) {
    lb_event(b, RT_EV_GoUnblock, RT_WHY_None, woken, obj, 0);
    lb_put_next(b, woken, displaced, RT_WHY_Readied);
}

void lb_wake_sleeper(struct log_builder *b, uint64_t timer, uint64_t late, uint32_t g, uint32_t displaced) {
    lb_event(b, RT_EV_TimerFire, RT_WHY_None, timer, late, g);
    lb_event(b, RT_EV_GoUnblock, RT_WHY_TimerDue, g, 0, 0);
    lb_put_next(b, g, displaced, RT_WHY_TimerDue);
}

void lb_print(struct log_builder *b, const char *text) {
    uint64_t at = rt_log_bytes_add(b->log, text, strlen(text));
    if (at == (uint64_t)-1) b->failed = true;
    lb_event(b, RT_EV_GoSyscallBegin, RT_WHY_None, RT_SYS_WRITE, 0, 0);
    b->time += 900;
    lb_event(b, RT_EV_Write, RT_WHY_None, 1, at, strlen(text));
    lb_event(b, RT_EV_GoSyscallEnd, RT_WHY_None, 0, 0, 0);
}

void lb_idle(struct log_builder *b, bool was_spinning, enum rt_reason park) {
    if (!was_spinning) lb_event(b, RT_EV_MSpin, RT_WHY_None, 0, 0, 0);
    b->time += 400;
    lb_event(b, RT_EV_ProcStop, RT_WHY_NoWork, 0, 0, 0);
    b->p = -1;
    lb_event(b, RT_EV_MSpinEnd, RT_WHY_NoWork, 0, 0, 0);
    lb_event(b, RT_EV_MPark, park, 0, 0, 0);
}

void lb_object(struct log_builder *b, uint64_t obj, const char *name, const char *type) {
    uint32_t n = rt_log_add_string(b->log, name), t = rt_log_add_string(b->log, type);
    lb_event(b, RT_EV_ObjName, RT_WHY_None, obj, n, t);
}

void lb_begin(struct log_builder *b, unsigned procs) {
    lb_on(b, -1, -1, 0);
    lb_event(b, RT_EV_RunBegin, RT_WHY_None, procs, procs, 0);
    lb_on(b, 0, -1, 0);
    lb_event(b, RT_EV_MBegin, RT_WHY_Bootstrap, 0, 0, 0);
    lb_on(b, 0, 0, 0);
    lb_event(b, RT_EV_ProcStart, RT_WHY_Bootstrap, 0, 0, 0);
    lb_event(b, RT_EV_GoCreate, RT_WHY_None, 1, 0, 2048);
    lb_put_next(b, 1, 0, RT_WHY_None);
    lb_event(b, RT_EV_RunnextGet, RT_WHY_None, 1, 0, 0);
    lb_start(b, 1, RT_WHY_FromRunnext, 0, false);
}
