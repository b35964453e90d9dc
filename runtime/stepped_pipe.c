/* stepped_pipe.c - pipes of the stepped world, as Linux has them: a ring of 64 KB, writes of at most 4 KB in one piece. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "stepped_int.h"

int64_t pipe_make(struct stepped *w, int fds[2], bool nonblock) {
    struct model_pipe *p = calloc(1, sizeof *p);
    if (!p) return -ENOMEM;
    struct model_fd end = {.kind = END_PIPE, .nonblock = nonblock, .pipe = p};
    end.reads = true;
    fds[0] = files_add_fd(w, end);
    end.reads = false;
    end.writes = true;
    fds[1] = fds[0] < 0 ? fds[0] : files_add_fd(w, end);
    if (fds[1] < 0) {
        if (fds[0] >= 0) w->files.fd[fds[0]].kind = END_FREE;
        free(p);
        return fds[1];
    }
    p->readers = p->writers = 1;
    return 0;
}

/* Who blocks here looks again. */
static void wake_all(struct stepped *w, struct model_pipe *p) {
    struct thread *t = p->blocked;
    p->blocked = NULL;
    while (t) {
        struct thread *next = t->io_next;
        t->io_next = NULL;
        world_wake_call(w, t);
        t = next;
    }
}

/* The other side may go on: blocked threads, and the poller. */
static void tell_side(struct stepped *w, struct model_pipe *p, bool readers) {
    wake_all(w, p);
    for (size_t i = 0; i < w->files.nfd; i++) {
        struct model_fd *f = &w->files.fd[i];
        if (f->kind == END_PIPE && f->pipe == p && (readers ? f->reads : f->writes)) files_tell(w, f, readers, !readers);
    }
}

void pipe_close(struct stepped *w, struct model_fd *f) {
    struct model_pipe *p = f->pipe;
    unsigned *ends = f->reads ? &p->readers : &p->writers;
    bool readers = f->writes;
    f->kind = END_FREE;
    if (--*ends == 0) tell_side(w, p, readers);
    if (p->readers + p->writers == 0 && !p->blocked) free(p);
}

static void block(struct stepped *w, struct model_pipe *p) {
    struct thread *t = w->cur, **at = &p->blocked;
    while (*at)
        at = &(*at)->io_next;
    t->io_next = NULL;
    *at = t;
    t->state = THREAD_BLOCKED;
    world_block(w, RT_WHY_Blocked);
}

/* f is found anew after each wait: descriptors may have been added, and it may have been closed. */
static struct model_fd *again(struct stepped *w, int fd, const struct model_pipe *p) {
    struct model_fd *f = files_fd(w, fd);
    return f && f->kind == END_PIPE && f->pipe == p ? f : NULL;
}

int64_t pipe_read(struct stepped *w, struct model_fd *f, uint8_t *buf, size_t n, bool nowait) {
    struct model_pipe *p = f->pipe;
    int fd = (int)(f - w->files.fd);
    if (!f->reads) return -EBADF;
    while (n && p->used == 0) {
        if (p->writers == 0) return 0;
        if (f->nonblock || nowait) return -EAGAIN;
        block(w, p);
        f = again(w, fd, p);
        if (!f) return -EBADF;
    }
    bool full = p->used == PIPE_SIZE;
    if (n > p->used) n = p->used;
    size_t first = PIPE_SIZE - p->at < n ? PIPE_SIZE - p->at : n;
    memcpy(buf, p->data + p->at, first);
    memcpy(buf + first, p->data, n - first);
    p->at = (p->at + n) % PIPE_SIZE;
    p->used -= n;
    if (n && (full || p->blocked)) tell_side(w, p, false);
    return (int64_t)n;
}

static void put(struct model_pipe *p, const uint8_t *buf, size_t n) {
    size_t tail = (p->at + p->used) % PIPE_SIZE;
    size_t first = PIPE_SIZE - tail < n ? PIPE_SIZE - tail : n;
    memcpy(p->data + tail, buf, first);
    memcpy(p->data, buf + first, n - first);
    p->used += n;
}

int64_t pipe_write(struct stepped *w, struct model_fd *f, const uint8_t *buf, size_t n) {
    struct model_pipe *p = f->pipe;
    int fd = (int)(f - w->files.fd);
    size_t done = 0;
    if (!f->writes) return -EBADF;
    while (done < n) {
        if (p->readers == 0) return done ? (int64_t)done : -EPIPE;
        size_t room = PIPE_SIZE - p->used, left = n - done;
        if (room && (room >= left || n > PIPE_ATOMIC)) {
            size_t k = left < room ? left : room;
            put(p, buf + done, k);
            done += k;
            tell_side(w, p, true);
            continue;
        }
        if (f->nonblock) return done ? (int64_t)done : -EAGAIN;
        block(w, p);
        f = again(w, fd, p);
        if (!f) return done ? (int64_t)done : -EBADF;
    }
    return (int64_t)done;
}
