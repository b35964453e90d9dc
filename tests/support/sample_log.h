/* sample_log.h - legal histories written by hand, for tests of who reads a log (replay, view).
 *
 * The builder appends events and keeps only what an event's arguments need (ring counters, ticks, time); it does not
 * check anything, so a test can also write an illegal history with it. The caller owns the log (rt_log_free).
 */
#ifndef GOSEE_TESTS_SAMPLE_LOG_H
#define GOSEE_TESTS_SAMPLE_LOG_H

#include "event.h"

enum { LB_PROCS = 64 };

struct log_builder {
    struct rt_log *log;
    int64_t time; /* of the next event */
    int64_t pace; /* ns added after each event */
    int32_t m, p; /* who writes the next event */
    uint32_t g;
    rt_pos pos;
    uint32_t head[LB_PROCS], tail[LB_PROCS];
    uint64_t tick[LB_PROCS];
    bool failed; /* an append failed */
};

/* A log with its head set; the program may be NULL. */
bool lb_init(struct log_builder *b, const char *file, const char *text, unsigned procs, unsigned cores);
void lb_on(struct log_builder *b, int32_t m, int32_t p, uint32_t g); /* who writes from here on */
void lb_line(struct log_builder *b, int line);                       /* 0: no position */
void lb_at(struct log_builder *b, int64_t time);
void lb_event(struct log_builder *b, enum rt_event_kind kind, enum rt_reason why, uint64_t a1, uint64_t a2,
              uint64_t a3);

/* Acts of several events, by who is set. Each leaves b->g as the goroutine that runs afterwards (0: none). */
/* A run on procs Ps begins, and main (function 0, G1) runs on M0 and P0. */
void lb_begin(struct log_builder *b, unsigned procs);
void lb_create(struct log_builder *b, uint32_t newg, uint64_t fn, uint32_t displaced); /* go statement and its puts */
void lb_put_next(struct log_builder *b, uint32_t g, uint32_t displaced, enum rt_reason why);
void lb_put_tail(struct log_builder *b, uint32_t g, enum rt_reason why);
void lb_start_next(struct log_builder *b, uint32_t g);  /* from runnext, inheriting the slice */
void lb_start_local(struct log_builder *b, uint32_t g); /* from the ring's head */
/* What M holds in hand starts; `trail` as in GoStart. */
void lb_start(struct log_builder *b, uint32_t g, enum rt_reason why, uint64_t trail, bool inherit);
void lb_steal(struct log_builder *b, uint32_t victim, uint32_t count, uint64_t trail);
void lb_sleep(struct log_builder *b, uint64_t timer, int64_t until); /* GoBlock, TimerSet */
void lb_wake_sleeper(struct log_builder *b, uint64_t timer, uint64_t late, uint32_t g, uint32_t displaced);
void lb_unblock(struct log_builder *b, uint32_t woken, uint64_t obj, uint32_t displaced); /* to runnext */
void lb_print(struct log_builder *b, const char *text);                      /* write system call to fd 1 */
void lb_idle(struct log_builder *b, bool was_spinning, enum rt_reason park); /* P given back, M parks */
void lb_object(struct log_builder *b, uint64_t obj, const char *name, const char *type);

/* The tutorial's program (process1, process2) on two Ps: process 1 prints first. */
struct rt_log *sample_tutorial(void);
/* Six workers, a buffered and an unbuffered channel, a mutex held through a system call whose P is taken, a WaitGroup,
 * a steal, sleepers, output. `moment`, if not NULL, gets the number of the steal's event. */
struct rt_log *sample_workers(uint64_t *moment);

extern const char sample_tutorial_source[];

#endif
