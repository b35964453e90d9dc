/* live_files.c - the live world's files, pipes and streams: real ones, behind a run's own table of descriptors.
 *
 * A program sees the numbers that a process of its own would have (0, 1, 2, then 3 on), and can neither touch what else
 * this process has open nor leave anything behind: what it did not close is closed with the run. An entry stays until the
 * last call on it is back.
 *
 * What may block for long waits with ppoll for the descriptor or for the end of the run.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "live_int.h"

enum { PIPE_PIECE = 4096 }; /* what a pipe that polls as writable takes without blocking (PIPE_BUF) */
enum { MAX_FILES = 1 << 20 };

struct live_file {
    int host;      /* the process's descriptor; -1: an output whose bytes go to config.write, or a stdin at its end */
    uint32_t uses; /* calls that are on it, and one while it is open; 0: free */
    bool open;
    bool nonblock; /* as the program sees it */
    bool own;      /* closed with the entry */
    bool async;    /* the process's descriptor is ours alone and never blocks */
};

/* ---- the table --------------------------------------------------------------------------------------------------- */

/* mu held. The lowest free number, or a negative errno. */
static int add(struct live_world *w, struct live_file f) {
    size_t fd = 0;
    while (fd < w->files.n && w->files.at[fd].uses)
        fd++;
    if (fd == MAX_FILES) return -EMFILE;
    if (fd == w->files.n) {
        size_t n = fd < 8 ? 8 : fd * 2;
        struct live_file *more = realloc(w->files.at, n * sizeof *more);
        if (!more) return -ENOMEM;
        memset(more + fd, 0, (n - fd) * sizeof *more);
        w->files.at = more;
        w->files.n = n;
    }
    f.uses = 1;
    f.open = true;
    w->files.at[fd] = f;
    return (int)fd;
}

static int add_file(struct live_world *w, struct live_file f) {
    f.own = true;
    pthread_mutex_lock(&w->files.mu);
    int fd = add(w, f);
    pthread_mutex_unlock(&w->files.mu);
    if (fd < 0) close(f.host);
    return fd;
}

bool live_files_init(struct live_world *w) {
    pthread_mutex_init(&w->files.mu, NULL);
    w->folder_fd = AT_FDCWD;
    if (w->config.folder && *w->config.folder) {
        w->folder_fd = open(w->config.folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (w->folder_fd < 0) return false;
    }
    errno = ENOMEM;
    int out = w->config.write ? -1 : STDOUT_FILENO, err = w->config.write ? -1 : STDERR_FILENO;
    const int host[] = {w->config.stdin_fd, out, err};
    for (int fd = 0; fd < 3; fd++) {
        if (add(w, (struct live_file){.host = host[fd]}) != fd) return false;
    }
    return true;
}

void live_files_free(struct live_world *w) {
    for (size_t i = 0; i < w->files.n; i++) {
        if (w->files.at[i].uses && w->files.at[i].own) close(w->files.at[i].host);
    }
    free(w->files.at);
    if (w->folder_fd >= 0) close(w->folder_fd);
    pthread_mutex_destroy(&w->files.mu);
}

/* A copy of the entry, counted as used; false: there is none. */
static bool use(struct live_world *w, int fd, struct live_file *out) {
    pthread_mutex_lock(&w->files.mu);
    bool ok = fd >= 0 && (size_t)fd < w->files.n && w->files.at[fd].open;
    if (ok) {
        w->files.at[fd].uses++;
        *out = w->files.at[fd];
    }
    pthread_mutex_unlock(&w->files.mu);
    return ok;
}

void live_file_put(struct live_world *w, int fd) {
    pthread_mutex_lock(&w->files.mu);
    struct live_file *f = &w->files.at[fd];
    int host = --f->uses == 0 && f->own ? f->host : -1;
    pthread_mutex_unlock(&w->files.mu);
    if (host >= 0) close(host);
}

int live_file_get(struct live_world *w, int fd) {
    struct live_file f;
    if (!use(w, fd, &f)) return -EBADF;
    if (f.host >= 0) return f.host;
    live_file_put(w, fd);
    return -EPERM;
}

static int64_t close_file(struct live_world *w, int fd) {
    pthread_mutex_lock(&w->files.mu);
    bool ok = fd >= 0 && (size_t)fd < w->files.n && w->files.at[fd].open;
    if (ok) w->files.at[fd].open = false;
    pthread_mutex_unlock(&w->files.mu);
    if (!ok) return -EBADF;
    live_file_put(w, fd);
    return 0;
}

static int64_t set_nonblock(struct live_world *w, int fd, bool on) {
    pthread_mutex_lock(&w->files.mu);
    bool ok = fd >= 0 && (size_t)fd < w->files.n && w->files.at[fd].open;
    if (ok) w->files.at[fd].nonblock = on;
    pthread_mutex_unlock(&w->files.mu);
    return ok ? 0 : -EBADF;
}

/* ---- reading and writing ------------------------------------------------------------------------------------------ */

static bool blocks_in_pieces(int fd) {
    struct stat st;
    return fstat(fd, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode) || S_ISCHR(st.st_mode));
}

/* A descriptor that may be shared with other processes (a terminal) stays as it is: a call that must not block asks first;
 * the library has one reader and one writer at a time. */
static bool ready_now(int host, short events) {
    struct pollfd p = {host, events, 0};
    return poll(&p, 1, 0) != 0;
}

/* 0, or -EAGAIN, -EINTR: before a call that might block. */
static int64_t may_block(struct live_world *w, const struct live_file *f, short events) {
    if (f->nonblock) return ready_now(f->host, events) ? 0 : -EAGAIN;
    return live_wait_fd(w, f->host, events, -1) < 0 ? -EINTR : 0;
}

static int64_t write_host(struct live_world *w, const struct live_file *f, const char *buf, size_t n) {
    bool pieces = !f->async && blocks_in_pieces(f->host);
    size_t done = 0;
    do {
        size_t k = pieces && n - done > PIPE_PIECE ? PIPE_PIECE : n - done;
        int64_t wait = pieces ? may_block(w, f, POLLOUT) : 0;
        ssize_t got = wait ? -1 : write(f->host, buf + done, k);
        if (!wait && got < 0) wait = -errno;
        if (wait == -EAGAIN && f->async && !f->nonblock) wait = may_block(w, f, POLLOUT);
        else if (wait && wait != -EINTR) return done ? (int64_t)done : wait;
        if (wait == -EINTR && live_stopping(w)) return done ? (int64_t)done : wait;
        if (got > 0) done += (size_t)got;
    } while (done < n);
    return (int64_t)done;
}

/* As Go does: a process whose stdout or stderr nobody reads any more ends. */
static void broken_output(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    raise(SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int64_t live_write(struct rt_world *base, struct m *mp, int fd, const void *buf, size_t n) {
    struct live_world *w = of(base);
    struct live_file f;
    (void)mp;
    if (!use(w, fd, &f)) return -EBADF;
    bool output = fd == 1 || fd == 2;
    int64_t done = output && w->config.write && f.host < 0 ? w->config.write(w->config.write_ctx, fd, buf, n)
                   : f.host < 0                            ? -EBADF
                                                           : write_host(w, &f, buf, n);
    live_file_put(w, fd);
    if (done == -EPIPE && output) broken_output();
    return done;
}

static int64_t read_host(struct live_world *w, const struct live_file *f, void *buf, size_t n) {
    for (;;) {
        int64_t wait = f->async ? 0 : may_block(w, f, POLLIN);
        if (wait) return wait;
        ssize_t got = read(f->host, buf, n);
        if (got >= 0) return got;
        if (errno == EAGAIN && f->async && !f->nonblock) wait = may_block(w, f, POLLIN);
        else if (errno != EINTR) return -errno;
        if (wait) return wait;
    }
}

int64_t live_read(struct rt_world *base, struct m *mp, int fd, void *buf, size_t n, bool nowait) {
    struct live_world *w = of(base);
    struct live_file f;
    (void)mp;
    if (!use(w, fd, &f)) return -EBADF;
    f.nonblock |= nowait;
    int64_t got = f.host >= 0 ? read_host(w, &f, buf, n) : fd == 0 ? 0 : -EBADF;
    live_file_put(w, fd);
    return got;
}

int64_t live_nanosleep(struct rt_world *base, struct m *mp, int64_t ns) {
    (void)mp;
    return ns > 0 && live_wait_fd(of(base), -1, 0, ns) < 0 ? -EINTR : 0;
}

/* ---- the other calls ----------------------------------------------------------------------------------------------- */

static int64_t open_file(struct live_world *w, const struct rt_file_call *c) {
    struct stat st;
    /* Opening a FIFO may wait for its other end, which nothing here could interrupt. */
    if (fstatat(w->folder_fd, c->path, &st, 0) == 0 && S_ISFIFO(st.st_mode)) return -EOPNOTSUPP;
    int host;
    do host = openat(w->folder_fd, c->path, c->flags | O_CLOEXEC | O_NOCTTY, (mode_t)c->mode);
    while (host < 0 && errno == EINTR && !live_stopping(w));
    if (host < 0) return -errno;
    return add_file(w, (struct live_file){.host = host, .nonblock = (c->flags & O_NONBLOCK) != 0});
}

static int64_t make_pipe(struct live_world *w, struct rt_file_call *c) {
    int host[2];
    if (pipe2(host, O_CLOEXEC | O_NONBLOCK) < 0) return -errno;
    bool nonblock = (c->flags & O_NONBLOCK) != 0;
    for (int i = 0; i < 2; i++) {
        c->fds[i] = add_file(w, (struct live_file){.host = host[i], .nonblock = nonblock, .async = true});
        if (c->fds[i] >= 0) continue;
        if (i == 0) close(host[1]);
        else close_file(w, c->fds[0]);
        return c->fds[i];
    }
    return 0;
}

static int64_t stat_to(int result, const struct stat *st, struct rt_file_stat *out) {
    if (result < 0) return -errno;
    *out = (struct rt_file_stat){.mode = st->st_mode,
                                 .size = st->st_size,
                                 .mtime = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
                                 .dev = st->st_dev,
                                 .ino = st->st_ino};
    return 0;
}

/* Go's Remove: as a file, then as a folder, and the error that says more. */
static int64_t remove_path(struct live_world *w, const char *path) {
    if (unlinkat(w->folder_fd, path, 0) == 0) return 0;
    int file = errno;
    if (unlinkat(w->folder_fd, path, AT_REMOVEDIR) == 0) return 0;
    return errno == ENOTDIR ? -file : -errno;
}

static int64_t result_of(int r) { return r < 0 ? -errno : r; }

/* Calls on a descriptor that is open. */
static int64_t on_host(int host, struct rt_file_call *c) {
    struct stat st;
    switch (c->op) {
    case RT_FILE_SEEK: {
        off_t at = lseek(host, c->offset, c->flags);
        return at < 0 ? -errno : at;
    }
    case RT_FILE_PREAD: {
        ssize_t n = pread(host, c->buf, c->n, c->offset);
        return n < 0 ? -errno : n;
    }
    case RT_FILE_PWRITE: {
        ssize_t n = pwrite(host, c->buf, c->n, c->offset);
        return n < 0 ? -errno : n;
    }
    case RT_FILE_FSTAT: return stat_to(fstat(host, &st), &st, &c->st);
    case RT_FILE_TRUNCATE: return result_of(ftruncate(host, c->offset));
    case RT_FILE_SYNC: return result_of(fsync(host));
    default: return -ENOSYS;
    }
}

int64_t live_file(struct rt_world *base, struct m *mp, struct rt_file_call *c) {
    struct live_world *w = of(base);
    struct stat st;
    (void)mp;
    switch (c->op) {
    case RT_FILE_OPEN: return open_file(w, c);
    case RT_FILE_CLOSE: return close_file(w, c->fd);
    case RT_FILE_PIPE: return make_pipe(w, c);
    case RT_FILE_STAT: return stat_to(fstatat(w->folder_fd, c->path, &st, 0), &st, &c->st);
    case RT_FILE_REMOVE: return remove_path(w, c->path);
    case RT_FILE_RENAME: return result_of(renameat(w->folder_fd, c->path, w->folder_fd, c->to));
    case RT_FILE_MKDIR: return result_of(mkdirat(w->folder_fd, c->path, (mode_t)c->mode));
    case RT_FILE_NONBLOCK: return set_nonblock(w, c->fd, c->flags != 0);
    default: break;
    }
    int host = live_file_get(w, c->fd);
    if (host < 0) return host == -EPERM ? -ESPIPE : host;
    int64_t r = on_host(host, c);
    live_file_put(w, c->fd);
    return r;
}
