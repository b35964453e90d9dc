/* live_poll.c - the live world's poller: epoll. The only file that knows it.
 *
 * Descriptors are registered once, edge-triggered, for reading and writing (as Go's netpoll_epoll.go does). Two eventfds are
 * registered besides: one breaks the poller, one stays readable once the run is over.
 */
#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "live_int.h"

enum { EVENTS = 128 };
#define USER_BREAK UINT64_MAX
#define USER_STOP (UINT64_MAX - 1)

static bool watch(struct live_world *w, int fd, uint64_t user) {
    struct epoll_event ev = {.events = EPOLLIN, .data.u64 = user};
    return epoll_ctl(w->epoll_fd, EPOLL_CTL_ADD, fd, &ev) == 0;
}

bool live_poll_init(struct live_world *w) {
    w->break_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    w->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    return w->break_fd >= 0 && w->epoll_fd >= 0 && watch(w, w->break_fd, USER_BREAK) && watch(w, w->stop_fd, USER_STOP);
}

void live_poll_free(struct live_world *w) {
    if (w->epoll_fd >= 0) close(w->epoll_fd);
    if (w->break_fd >= 0) close(w->break_fd);
}

void live_bump(int fd) {
    uint64_t one = 1;
    ssize_t put = write(fd, &one, sizeof one);
    (void)put; /* full means that it is readable, which is all that is wanted */
}

static struct timespec timespec_of(int64_t ns) {
    return (struct timespec){.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
}

int live_wait_fd(struct live_world *w, int fd, short events, int64_t ns) {
    int64_t until = ns < 0 ? 0 : live_clock() + ns;
    for (;;) {
        struct pollfd fds[2] = {{w->stop_fd, POLLIN, 0}, {fd, events, 0}};
        struct timespec left, *timeout = NULL;
        if (ns >= 0) {
            int64_t more = until - live_clock();
            left = timespec_of(more > 0 ? more : 0);
            timeout = &left;
        }
        int n = ppoll(fds, fd < 0 ? 1 : 2, timeout, NULL);
        if (fds[0].revents) return -1;
        if (n > 0) return 1;
        if (n == 0) return 0;
        if (errno != EINTR) return 1; /* the call itself will say what is wrong */
    }
}

/* epoll_wait to the nanosecond, where the kernel can. */
static int wait_events(struct live_world *w, struct epoll_event *ev, int max, int64_t delay) {
    if (delay <= 0) return epoll_wait(w->epoll_fd, ev, max, delay < 0 ? -1 : 0);
    if (!w->no_pwait2) {
        struct timespec ts = timespec_of(delay);
        int n = epoll_pwait2(w->epoll_fd, ev, max, &ts, NULL);
        if (n >= 0 || errno != ENOSYS) return n;
        w->no_pwait2 = true; /* one M at a time waits here */
    }
    struct pollfd fd = {w->epoll_fd, POLLIN, 0};
    struct timespec ts = timespec_of(delay);
    int n = ppoll(&fd, 1, &ts, NULL);
    return n > 0 ? epoll_wait(w->epoll_fd, ev, max, 0) : n;
}

/* A break is left to the M that blocks in the poller. */
static void take_break(struct live_world *w, int64_t delay) {
    uint64_t n;
    if (delay == 0) return;
    ssize_t got = read(w->break_fd, &n, sizeof n);
    (void)got;
}

int live_netpoll(struct rt_world *base, struct m *mp, int64_t delay, struct rt_ready *ready, int max) {
    struct live_world *w = of(base);
    struct epoll_event ev[EVENTS];
    (void)mp;
    int found = 0, n;
    do n = wait_events(w, ev, max < EVENTS ? max : EVENTS, delay);
    while (n < 0 && errno == EINTR && delay < 0);
    for (int i = 0; i < n; i++) {
        uint32_t e = ev[i].events;
        if (ev[i].data.u64 == USER_BREAK) take_break(w, delay);
        if (ev[i].data.u64 >= USER_STOP) continue;
        ready[found++] = (struct rt_ready){.user = ev[i].data.u64,
                                           .read = (e & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0,
                                           .write = (e & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0,
                                           .error = e == EPOLLERR};
    }
    return found;
}

void live_netpoll_break(struct rt_world *base, struct m *mp) {
    (void)mp;
    live_bump(of(base)->break_fd);
}

int live_netpoll_open(struct rt_world *base, struct m *mp, int fd, uint64_t user) {
    struct live_world *w = of(base);
    (void)mp;
    int host = live_file_get(w, fd);
    if (host < 0) return -host;
    struct epoll_event ev = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.u64 = user};
    int err = epoll_ctl(w->epoll_fd, EPOLL_CTL_ADD, host, &ev) == 0 ? 0 : errno;
    live_file_put(w, fd);
    return err;
}

void live_netpoll_close(struct rt_world *base, struct m *mp, int fd) {
    struct live_world *w = of(base);
    (void)mp;
    int host = live_file_get(w, fd);
    if (host < 0) return;
    struct epoll_event ev = {0};
    epoll_ctl(w->epoll_fd, EPOLL_CTL_DEL, host, &ev);
    live_file_put(w, fd);
}
