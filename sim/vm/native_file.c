/* native_file.c - packages syscall, os and internal/poll: files, pipes, and the scheduler's poller. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "library.h"
#include "vmi.h"

/* A call's count, or its error number with the sign turned, as the only result. */
static enum rt_status done(struct vm_call *c, enum rt_status st, int64_t n) {
    if (st == RT_OK || st == RT_NO_P) c->results[0] = (rt_slot)n;
    return st;
}

static enum rt_status file(struct vm_call *c, struct rt_file_call *f) {
    int64_t n = 0;
    enum rt_status st = rt_file(c->mp, f, &n);
    return done(c, st, n);
}

/* The path for the kernel; 0 or a negative errno. */
static int64_t path_of(rt_slot s, char out[PATH_MAX]) {
    uint64_t n = vm_str_len(s);
    if (n >= PATH_MAX) return -ENAMETOOLONG;
    if (memchr(vm_str_data(s), 0, n)) return -EINVAL;
    memcpy(out, vm_str_data(s), n);
    out[n] = '\0';
    return 0;
}

static int fd_of(rt_slot s) { return (int64_t)s < 0 || s > INT_MAX ? -1 : (int)s; }

/* ---- reading and writing ------------------------------------------------------------------------------------------- */

static enum rt_status do_read(struct vm_call *c, bool nowait) {
    int64_t n = 0;
    enum rt_status st =
        rt_read(c->mp, fd_of(c->args[0]), vm_slice_data(c->args[1]), vm_slice_len(c->args[1]), nowait, &n);
    if ((st == RT_OK || st == RT_NO_P) && n > 0) {
        vm_race_touch(c, vm_slice_data(c->args[1]), (size_t)n, RACE_WRITE);
        vm_race_tell(c, RT_ORDER_ACQUIRE, c->vm); /* as in Go, who reads comes after whoever has written */
    }
    return done(c, st, n);
}

enum rt_status native_syscall_read(struct vm_call *c) { return do_read(c, false); }
enum rt_status native_poll_read(struct vm_call *c) { return do_read(c, c->args[2] != 0); }

enum rt_status native_syscall_write(struct vm_call *c) {
    int64_t n = 0;
    if (!c->gp->resume) {
        vm_race_touch(c, vm_slice_data(c->args[1]), vm_slice_len(c->args[1]), RACE_READ);
        vm_race_tell(c, RT_ORDER_MERGE, c->vm);
    }
    enum rt_status st = rt_write(c->mp, fd_of(c->args[0]), vm_slice_data(c->args[1]), vm_slice_len(c->args[1]), &n);
    return done(c, st, n);
}

static enum rt_status at_offset(struct vm_call *c, enum rt_file_op op) {
    struct rt_file_call f = {.op = op, .fd = fd_of(c->args[0]), .buf = vm_slice_data(c->args[1]),
                             .n = vm_slice_len(c->args[1]), .offset = (int64_t)c->args[2]};
    return file(c, &f);
}

enum rt_status native_syscall_pread(struct vm_call *c) { return at_offset(c, RT_FILE_PREAD); }
enum rt_status native_syscall_pwrite(struct vm_call *c) { return at_offset(c, RT_FILE_PWRITE); }

/* ---- files --------------------------------------------------------------------------------------------------------- */

static enum rt_status on_path(struct vm_call *c, struct rt_file_call *f) {
    char path[PATH_MAX];
    int64_t err = path_of(c->args[0], path);
    if (err) return done(c, RT_OK, err);
    f->path = path;
    return file(c, f);
}

enum rt_status native_syscall_open(struct vm_call *c) {
    struct rt_file_call f = {.op = RT_FILE_OPEN, .flags = (int)c->args[1] & ~O_DIRECT, .mode = (uint32_t)c->args[2]};
    return on_path(c, &f);
}

enum rt_status native_os_remove(struct vm_call *c) { return on_path(c, &(struct rt_file_call){.op = RT_FILE_REMOVE}); }

enum rt_status native_syscall_mkdir(struct vm_call *c) {
    return on_path(c, &(struct rt_file_call){.op = RT_FILE_MKDIR, .mode = (uint32_t)c->args[1]});
}

enum rt_status native_syscall_rename(struct vm_call *c) {
    char to[PATH_MAX];
    int64_t err = path_of(c->args[1], to);
    if (err) return done(c, RT_OK, err);
    return on_path(c, &(struct rt_file_call){.op = RT_FILE_RENAME, .to = to});
}

enum rt_status native_syscall_closeFile(struct vm_call *c) {
    return file(c, &(struct rt_file_call){.op = RT_FILE_CLOSE, .fd = fd_of(c->args[0])});
}

enum rt_status native_syscall_seek(struct vm_call *c) {
    return file(c, &(struct rt_file_call){.op = RT_FILE_SEEK, .fd = fd_of(c->args[0]), .offset = (int64_t)c->args[1],
                                          .flags = fd_of(c->args[2])});
}

enum rt_status native_syscall_truncate(struct vm_call *c) {
    return file(c, &(struct rt_file_call){.op = RT_FILE_TRUNCATE, .fd = fd_of(c->args[0]), .offset = (int64_t)c->args[1]});
}

enum rt_status native_syscall_sync(struct vm_call *c) {
    return file(c, &(struct rt_file_call){.op = RT_FILE_SYNC, .fd = fd_of(c->args[0])});
}

enum rt_status native_syscall_setNonblock(struct vm_call *c) {
    return file(c, &(struct rt_file_call){.op = RT_FILE_NONBLOCK, .fd = fd_of(c->args[0]), .flags = c->args[1] != 0});
}

enum rt_status native_syscall_pipe(struct vm_call *c) {
    struct rt_file_call f = {.op = RT_FILE_PIPE, .flags = (int)c->args[0] & O_NONBLOCK};
    int64_t n = 0;
    enum rt_status st = rt_file(c->mp, &f, &n);
    if (st != RT_OK && st != RT_NO_P) return st;
    c->results[0] = (rt_slot)(int64_t)f.fds[0];
    c->results[1] = (rt_slot)(int64_t)f.fds[1];
    c->results[2] = (rt_slot)n;
    return st;
}

enum rt_status native_syscall_stat(struct vm_call *c) {
    char path[PATH_MAX];
    int fd = fd_of(c->args[1]);
    struct rt_file_call f = {.op = fd < 0 ? RT_FILE_STAT : RT_FILE_FSTAT, .fd = fd, .path = path};
    int64_t n = fd < 0 ? path_of(c->args[0], path) : 0;
    enum rt_status st = n ? RT_OK : rt_file(c->mp, &f, &n);
    if (st != RT_OK && st != RT_NO_P) return st;
    c->results[0] = (rt_slot)n;
    c->results[1] = f.st.mode;
    c->results[2] = (rt_slot)f.st.size;
    c->results[3] = (rt_slot)f.st.mtime;
    c->results[4] = f.st.dev;
    c->results[5] = f.st.ino;
    return st;
}

/* ---- internal/poll: a file's locks --------------------------------------------------------------------------------- */

/* Its words are atomics, which order whoever uses the file. */
static struct rt_fdmutex *mutex_of(struct vm_call *c) {
    struct rt_fdmutex *mu = library_pointer(c->args[0]);
    vm_race_tell(c, RT_ORDER_MERGE, mu);
    vm_race_tell(c, RT_ORDER_ACQUIRE, mu);
    return mu;
}

enum rt_status native_poll_fdMutex_incref(struct vm_call *c) {
    struct rt_fdmutex *mu = mutex_of(c);
    if (!mu) return library_nil(c);
    return done(c, RT_OK, rt_fdmutex_incref(c->mp, mu));
}

enum rt_status native_poll_fdMutex_decref(struct vm_call *c) {
    struct rt_fdmutex *mu = mutex_of(c);
    if (!mu) return library_nil(c);
    return done(c, RT_OK, rt_fdmutex_decref(c->mp, mu));
}

enum rt_status native_poll_fdMutex_close(struct vm_call *c) {
    struct rt_fdmutex *mu = mutex_of(c);
    if (!mu) return library_nil(c);
    return done(c, RT_OK, rt_fdmutex_close(c->mp, mu));
}

enum rt_status native_poll_fdMutex_lock(struct vm_call *c) {
    struct rt_fdmutex *mu = mutex_of(c);
    if (!mu) return library_nil(c);
    bool closed = false;
    enum rt_status st = rt_fdmutex_lock(c->mp, mu, c->args[1] != 0, &closed);
    vm_race_tell(c, RT_ORDER_ACQUIRE, mu);
    return st == RT_OK ? done(c, st, !closed) : st;
}

enum rt_status native_poll_fdMutex_unlock(struct vm_call *c) {
    struct rt_fdmutex *mu = mutex_of(c);
    if (!mu) return library_nil(c);
    return done(c, RT_OK, rt_fdmutex_unlock(c->mp, mu, c->args[1] != 0));
}

enum rt_status native_poll_semacquire(struct vm_call *c) {
    return rt_semacquire(c->mp, library_pointer(c->args[0]), RT_WHY_Semacquire);
}

enum rt_status native_poll_semrelease(struct vm_call *c) {
    rt_semrelease(c->mp, library_pointer(c->args[0]));
    return RT_OK;
}

/* ---- internal/poll: the poller -------------------------------------------------------------------------------------- */

enum rt_status native_poll_open(struct vm_call *c) {
    uint32_t id = 0;
    int err = rt_poll_open(c->mp, fd_of(c->args[0]), &id);
    c->results[0] = id;
    c->results[1] = (rt_slot)err;
    return RT_OK;
}

enum rt_status native_poll_release(struct vm_call *c) {
    rt_poll_close(c->mp, (uint32_t)c->args[0]);
    return RT_OK;
}

enum rt_status native_poll_reset(struct vm_call *c) {
    return done(c, RT_OK, rt_poll_reset(c->mp, (uint32_t)c->args[0], c->args[1] != 0));
}

enum rt_status native_poll_wait(struct vm_call *c) {
    enum rt_poll_error error = RT_POLL_OK;
    enum rt_status st = rt_poll_wait(c->mp, (uint32_t)c->args[0], c->args[1] != 0, &error);
    return st == RT_OK ? done(c, st, error) : st;
}

enum rt_status native_poll_unblock(struct vm_call *c) {
    rt_poll_unblock(c->mp, (uint32_t)c->args[0]);
    return RT_OK;
}

/* As Go does it: a deadline that is over now is one in the past, and there is a difference to none. */
enum rt_status native_poll_setDeadline(struct vm_call *c) {
    int64_t when = 0;
    bool clear = c->args[2] != 0;
    if (!clear && __builtin_add_overflow(rt_nanotime(c->mp), (int64_t)c->args[1], &when)) when = INT64_MAX;
    if (!clear && when <= 0) when = 1;
    rt_poll_set_deadline(c->mp, (uint32_t)c->args[0], when, c->args[3] != 0, c->args[4] != 0);
    return RT_OK;
}
