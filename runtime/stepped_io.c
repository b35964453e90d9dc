/* stepped_io.c - system calls and the poller, modelled: the calling thread's clock moves or it blocks in the model, the
 * host never does. */
#include <errno.h>
#include <string.h>

#include "stepped_int.h"

/* A short system call keeps its core; its effect is at its end, in the order of virtual time. */
static void short_call(struct stepped *w) {
    w->cur->clock = time_add(w->cur->clock, world_draw(w, RT_COST_SYSCALL));
    world_look_around(w);
}

int64_t stepped_write(struct rt_world *rw, struct m *mp, int fd, const void *buf, size_t n) {
    const struct stepped *w = stepped_of(rw);
    (void)mp; /* who has charged for the call and stood behind the others (world.h) */
    return w->config.sink ? w->config.sink(w->config.sink_ctx, fd, buf, n) : (int64_t)n;
}

static int64_t read_text(struct stepped *w, void *buf, size_t n) {
    size_t left = w->config.stdin_length - w->stdin_at;
    if (n > left) n = left;
    memcpy(buf, w->config.stdin_text + w->stdin_at, n);
    w->stdin_at += n;
    return (int64_t)n;
}

/* What a pump staged while the reader was blocked; the rest of it stays for the next read. */
static int64_t read_stage(struct stepped *w, void *buf, size_t n) {
    if (w->staged <= 0) {
        w->stage_full = false;
        return w->staged;
    }
    size_t have = (size_t)w->staged;
    if (n > have) n = have;
    memcpy(buf, w->stdin_stage, n);
    memmove(w->stdin_stage, w->stdin_stage + n, have - n);
    w->staged -= (int64_t)n;
    w->stage_full = w->staged > 0;
    return (int64_t)n;
}

int64_t stepped_read(struct rt_world *rw, struct m *mp, int fd, void *buf, size_t n) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    short_call(w);
    if (fd != 0) return -EBADF;
    if (w->config.stdin_text) return read_text(w, buf, n);
    if (!w->config.input) return 0;
    for (;;) {
        if (w->stage_full) return read_stage(w, buf, n);
        int64_t got = w->reader ? -EAGAIN : w->config.input(w->config.input_ctx, buf, n, false);
        if (got != -EAGAIN) return got;
        if (w->reader) return -EBUSY; /* one reader at a time; the library's lock sees to it */
        w->reader = w->cur;
        w->cur->state = THREAD_BLOCKED;
        world_block(w, RT_WHY_Blocked);
        w->reader = NULL;
    }
}

int64_t stepped_nanosleep(struct rt_world *rw, struct m *mp, int64_t ns) {
    rw->ops->usleep(rw, mp, ns);
    return 0;
}

/* Nothing is registered with the poller yet (stdin is read by a blocking call, as Go does with files), so it only waits:
 * for the next timer, or until it is broken. */
int stepped_netpoll(struct rt_world *rw, struct m *mp, int64_t delay, void **ready, int max) {
    struct stepped *w = stepped_of(rw);
    (void)mp, (void)ready, (void)max;
    if (delay == 0) return 0;
    if (w->poll_broken) {
        w->poll_broken = false;
        return 0;
    }
    struct thread *t = w->cur;
    t->state = THREAD_BLOCKED;
    t->polling = true;
    w->poller = t;
    if (delay > 0) {
        int64_t late = world_draw(w, RT_COST_TIMER_SLACK);
        thread_due(w, t, time_add(time_add(t->clock, delay), late), RT_WHY_Woken);
    }
    world_wake_early(w);
    world_block(w, delay > 0 ? RT_WHY_Napped : RT_WHY_Blocked);
    t->polling = false;
    if (w->poller == t) w->poller = NULL;
    w->poll_broken = false;
    return 0;
}

void stepped_netpoll_break(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    if (w->poll_broken) return;
    w->poll_broken = true;
    if (w->poller) world_wake_call(w, w->poller);
}

int stepped_netpoll_open(struct rt_world *rw, struct m *mp, int fd, void *user) {
    (void)rw, (void)mp, (void)fd, (void)user;
    return EPERM; /* as epoll says of what cannot be polled: use blocking calls */
}

void stepped_netpoll_close(struct rt_world *rw, struct m *mp, int fd) { (void)rw, (void)mp, (void)fd; }
