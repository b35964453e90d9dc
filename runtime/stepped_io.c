/* stepped_io.c - system calls and the poller, modelled: the calling thread's clock moves or it blocks in the model, the
 * host never does. */
#include <errno.h>
#include <string.h>

#include "stepped_int.h"

void world_short_call(struct stepped *w) {
    w->cur->clock = time_add(w->cur->clock, world_draw(w, RT_COST_SYSCALL));
    world_look_around(w);
}

/* ---- streams ------------------------------------------------------------------------------------------------------ */

static int64_t output(const struct stepped *w, int fd, const void *buf, size_t n) {
    return w->config.sink ? w->config.sink(w->config.sink_ctx, fd, buf, n) : (int64_t)n;
}

/* 1 and 2: the caller has charged for the call and stood behind the others (world.h). */
int64_t stepped_write(struct rt_world *rw, struct m *mp, int fd, const void *buf, size_t n) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    if (fd != 1 && fd != 2) world_short_call(w);
    struct model_fd *f = files_fd(w, fd);
    switch (f ? f->kind : END_FREE) {
    case END_OUTPUT: return output(w, fd, buf, n);
    case END_NULL: return f->writes ? (int64_t)n : -EBADF;
    case END_FILE: return files_write(w, f, buf, n);
    case END_PIPE: return fd == 1 || fd == 2 ? -ENOTSUP : pipe_write(w, f, buf, n);
    default: return -EBADF;
    }
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

static void stdin_arrived(struct stepped *w, int64_t got) {
    w->staged = got;
    w->stage_full = true;
    w->stdin_wanted = false;
    if (w->reader) world_wake(w, w->reader, world_draw(w, RT_COST_THREAD_WAKE), RT_WHY_Woken);
    struct model_fd *f = files_fd(w, 0);
    if (f && f->kind == END_STDIN) files_tell(w, f, true, false);
}

void look_at_input(struct stepped *w) {
    if (!awaits_input(w)) return;
    int64_t got = w->config.input(w->config.input_ctx, w->stdin_stage, sizeof w->stdin_stage, false);
    if (got != -EAGAIN) stdin_arrived(w, got);
}

static int64_t read_stdin(struct stepped *w, void *buf, size_t n, bool nowait) {
    if (w->config.stdin_text) return read_text(w, buf, n);
    if (!w->config.input) return 0;
    for (;;) {
        if (w->stage_full) return read_stage(w, buf, n);
        int64_t got = w->reader ? -EAGAIN : w->config.input(w->config.input_ctx, buf, n, false);
        if (got != -EAGAIN) return got;
        if (nowait) {
            w->stdin_wanted = true;
            return got;
        }
        if (w->reader) return -EBUSY; /* one raw reader at a time */
        w->reader = w->cur;
        w->cur->state = THREAD_BLOCKED;
        world_block(w, RT_WHY_Blocked);
        w->reader = NULL;
    }
}

int64_t stepped_read(struct rt_world *rw, struct m *mp, int fd, void *buf, size_t n, bool nowait) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    world_short_call(w);
    struct model_fd *f = files_fd(w, fd);
    switch (f ? f->kind : END_FREE) {
    case END_STDIN: return read_stdin(w, buf, n, nowait || f->nonblock);
    case END_NULL: return f->reads ? 0 : -EBADF;
    case END_FILE: return files_read(f, buf, n);
    case END_PIPE: return pipe_read(w, f, buf, n, nowait);
    default: return -EBADF;
    }
}

int64_t stepped_nanosleep(struct rt_world *rw, struct m *mp, int64_t ns) {
    rw->ops->usleep(rw, mp, ns);
    return 0;
}

/* ---- the poller ---------------------------------------------------------------------------------------------------- */

/* What became ready since it was last told. */
static int collect(struct stepped *w, struct rt_ready *ready, int max) {
    int n = 0;
    for (size_t i = 0; i < w->files.nfd && n < max; i++) {
        struct model_fd *f = &w->files.fd[i];
        if (f->kind == END_FREE || !f->polled || !(f->told_r || f->told_w)) continue;
        ready[n++] = (struct rt_ready){.user = f->user, .read = f->told_r, .write = f->told_w};
        f->told_r = f->told_w = false;
    }
    return n;
}

int stepped_netpoll(struct rt_world *rw, struct m *mp, int64_t delay, struct rt_ready *ready, int max) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    struct thread *t = w->cur;
    look_at_input(w);
    int n = collect(w, ready, max);
    if (delay == 0 || n) {
        t->clock = time_add(t->clock, w->config.costs[RT_COST_SYSCALL].lo);
        return n;
    }
    if (w->poll_broken) {
        w->poll_broken = false;
        return 0;
    }
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
    return collect(w, ready, max);
}

void stepped_netpoll_break(struct rt_world *rw, struct m *mp) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    if (w->poll_broken) return;
    w->poll_broken = true;
    if (w->poller) world_wake_call(w, w->poller);
}

int stepped_netpoll_open(struct rt_world *rw, struct m *mp, int fd, uint64_t user) {
    struct stepped *w = stepped_of(rw);
    (void)mp;
    struct model_fd *f = files_fd(w, fd);
    if (!f) return EBADF;
    if (f->kind != END_PIPE && f->kind != END_STDIN) return EPERM; /* as epoll says of files: use blocking calls */
    f->polled = true;
    f->user = user;
    f->told_r = f->told_w = false;
    const struct model_pipe *p = f->pipe;
    bool read = p ? f->reads && (p->used || !p->writers) : w->config.stdin_text || !w->config.input || w->stage_full;
    bool write = p && f->writes && (p->used < PIPE_SIZE || !p->readers);
    if (read || write) files_tell(w, f, read, write);
    return 0;
}

void stepped_netpoll_close(struct rt_world *rw, struct m *mp, int fd) {
    struct model_fd *f = files_fd(stepped_of(rw), fd);
    (void)mp;
    if (f) f->polled = false;
}
