/* run_signals.c - the process's signals, for a live run whose program imports os/signal: a thread waits for them and hands them
 * to the run. They are held back in all other threads, which inherit that from the one that starts the run. */
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "run_int.h"

struct run_signals {
    struct rt *rt;
    pthread_t id;
    int fd, stop_fd;
    sigset_t before;
};

static void taken(sigset_t *set) {
    static const int all[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM};
    sigemptyset(set);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) sigaddset(set, all[i]);
}

static void *wait_for_them(void *arg) {
    struct run_signals *s = arg;
    struct pollfd fds[2] = {{s->fd, POLLIN, 0}, {s->stop_fd, POLLIN, 0}};
    while (!fds[1].revents) {
        struct signalfd_siginfo info;
        if (poll(fds, 2, -1) < 0 || !fds[0].revents) continue;
        if (read(s->fd, &info, sizeof info) == (ssize_t)sizeof info) rt_signal(s->rt, NULL, (int)info.ssi_signo);
    }
    return NULL;
}

bool run_signals_begin(struct run *r) {
    struct run_signals *s = calloc(1, sizeof *s);
    sigset_t set;
    if (!s) return false;
    taken(&set);
    pthread_sigmask(SIG_BLOCK, &set, &s->before);
    s->rt = r->rt;
    s->fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    s->stop_fd = eventfd(0, EFD_CLOEXEC);
    if (s->fd >= 0 && s->stop_fd >= 0 && pthread_create(&s->id, NULL, wait_for_them, s) == 0) {
        r->signals = s;
        return true;
    }
    if (s->fd >= 0) close(s->fd);
    if (s->stop_fd >= 0) close(s->stop_fd);
    pthread_sigmask(SIG_SETMASK, &s->before, NULL);
    free(s);
    return false;
}

void run_signals_end(struct run *r) {
    struct run_signals *s = r->signals;
    uint64_t one = 1;
    if (!s) return;
    r->signals = NULL;
    if (write(s->stop_fd, &one, sizeof one) == (ssize_t)sizeof one) pthread_join(s->id, NULL);
    close(s->fd);
    close(s->stop_fd);
    pthread_sigmask(SIG_SETMASK, &s->before, NULL);
    free(s);
}
