/* run_output.c - where a program's bytes go: to the process's own descriptors, or kept. */
#include <errno.h>
#include <sched.h>
#include <unistd.h>

#include "run_int.h"

static int64_t pass_on(int fd, const char *bytes, size_t n) {
    size_t done = 0;
    while (done < n) {
        ssize_t k = write(fd, bytes + done, n - done);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) return done ? (int64_t)done : -(int64_t)errno;
        done += (size_t)k;
    }
    return (int64_t)done;
}

/* The live world writes from several threads. The lock is held for the copy of a few bytes. */
static void keep(struct run *r, struct str *s, const char *bytes, size_t n) {
    while (atomic_flag_test_and_set_explicit(&r->out_lock, memory_order_acquire)) sched_yield();
    str_add(s, bytes, n);
    atomic_flag_clear_explicit(&r->out_lock, memory_order_release);
}

int64_t run_output(void *run, int fd, const void *bytes, size_t n) {
    struct run *r = run;
    if (fd != 1 && fd != 2) return -EBADF;
    if (r->o.pass_output) return pass_on(fd, bytes, n);
    keep(r, fd == 1 ? &r->out : &r->err, bytes, n);
    return (int64_t)n;
}
