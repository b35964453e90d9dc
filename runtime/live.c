/* live.c - the live world: pthreads, futexes, the machine's clock.
 *
 * Ending. Everything that can block here can be ended: sleeps on a note, because each thread names the note it
 * sleeps on before it looks whether the world was stopped (and stop() looks at the names after it said so: one of
 * the two sees the other); blocking calls, because they first wait with ppoll for the descriptor or for the run's
 * own eventfd, which stays readable once the run is over. No signals are used, so several runs and their host's
 * threads do not meet.
 *
 * Where time comes from: CLOCK_MONOTONIC, which the kernel's vDSO reads from the time-stamp counter; a reading
 * costs about 20 ns.
 */
#include "live.h"

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "rt_atomic.h"

enum { LEAST_STACK = 256 << 10 }; /* what the interpreter and the C library want of one */
enum { PIPE_PIECE = 4096 }; /* what a pipe that polls as writable takes without blocking (PIPE_BUF) */

struct live_thread { /* one M's; made by newm, freed once it has ended and another is made, or with the world */
    struct live_world *world;
    struct m *mp;
    pthread_t id;
    struct live_thread *next, *prev; /* among those that run; next alone: that have ended. Under mu */
    _Atomic(struct rt_note *) sleeps_on;
    uint64_t random;
};

struct live_world {
    struct rt_world base;
    struct live_config config;
    int64_t start; /* of CLOCK_MONOTONIC */
    int stop_fd;   /* readable once the run is over */
    int break_fd;  /* wakes the poller */
    _Atomic bool stopping;
    _Atomic uint64_t seed;
    pthread_mutex_t mu;
    struct live_thread *threads, *over; /* that run, newest first; that have ended and are to be joined */
    pthread_cond_t changed; /* a thread ended, or stop was called; under mu */
    unsigned running;       /* threads not yet at their end */
    cpu_set_t cpus;
};

static struct live_world *of(struct rt_world *w) { return (struct live_world *)w; }
static struct live_thread *thread_of(struct m *mp) { return rt_m_world_data(mp); }

static int64_t clock_now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static struct timespec timespec_of(int64_t ns) {
    return (struct timespec){.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
}

static bool stopping(struct live_world *w) { return load_seq_cst(&w->stopping); }

/* ---- threads --------------------------------------------------------------------------------------------------- */

/* t, past its M's life, ends. */
static void thread_over(struct live_world *w, struct live_thread *t) {
    pthread_mutex_lock(&w->mu);
    if (t->prev) t->prev->next = t->next;
    else w->threads = t->next;
    if (t->next) t->next->prev = t->prev;
    t->next = w->over;
    w->over = t;
    w->running--;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mu);
}

static void *thread_main(void *arg) {
    struct live_thread *t = arg;
    rt_mstart(t->mp);
    thread_over(t->world, t);
    return NULL;
}

/* Threads that have ended give their stacks back only when they are joined. */
static void join_over(struct live_world *w) {
    pthread_mutex_lock(&w->mu);
    struct live_thread *t = w->over;
    w->over = NULL;
    pthread_mutex_unlock(&w->mu);
    while (t) {
        struct live_thread *next = t->next;
        pthread_join(t->id, NULL);
        free(t);
        t = next;
    }
}

static int spawn(struct live_world *w, struct live_thread *t) {
    pthread_attr_t attr;
    int err = pthread_attr_init(&attr);
    if (err) return err;
    size_t stack = w->config.thread_stack ? w->config.thread_stack : (size_t)1 << 20;
    pthread_attr_setstacksize(&attr, stack < LEAST_STACK ? LEAST_STACK : stack);
    if (w->config.cores) pthread_attr_setaffinity_np(&attr, sizeof w->cpus, &w->cpus);
    err = pthread_create(&t->id, &attr, thread_main, t);
    pthread_attr_destroy(&attr);
    return err;
}

static int live_newm(struct rt_world *base, struct m *mp) {
    struct live_world *w = of(base);
    join_over(w);
    struct live_thread *t = calloc(1, sizeof *t);
    if (!t) return ENOMEM;
    t->world = w;
    t->mp = mp;
    t->random = add_relaxed(&w->seed, UINT64_C(0x9e3779b97f4a7c15)) | 1;
    rt_m_set_world_data(mp, t);
    pthread_mutex_lock(&w->mu);
    int err = spawn(w, t); /* which ends only once it has mu */
    if (!err) {
        w->running++;
        t->next = w->threads;
        if (t->next) t->next->prev = t;
        w->threads = t;
    }
    pthread_mutex_unlock(&w->mu);
    if (!err) return 0;
    rt_m_set_world_data(mp, NULL);
    free(t);
    return err;
}

/* The rest follows when the thread has left the M (thread_over). */
static void live_mexit(struct rt_world *base, struct m *mp) {
    (void)base;
    (void)mp;
}

static bool live_join(struct rt_world *base, int64_t ns) {
    struct live_world *w = of(base);
    int64_t until = clock_now() + (ns < 0 ? 0 : ns);
    struct timespec ts = timespec_of(until);
    pthread_mutex_lock(&w->mu);
    while (w->running) {
        if (ns < 0 && stopping(w)) break;
        if (ns < 0) pthread_cond_wait(&w->changed, &w->mu);
        else if (pthread_cond_timedwait(&w->changed, &w->mu, &ts) == ETIMEDOUT) break;
    }
    bool all = w->running == 0;
    pthread_mutex_unlock(&w->mu);
    if (all) join_over(w);
    return all;
}

/* ---- notes ----------------------------------------------------------------------------------------------------- */

enum { CLEARED, SIGNALLED, WAITED };

static long futex(_Atomic uint32_t *word, int op, uint32_t value, const struct timespec *timeout) {
    return syscall(SYS_futex, (uint32_t *)word, op | FUTEX_PRIVATE_FLAG, value, timeout, NULL, 0);
}

static bool sleep_on(struct live_world *w, struct m *mp, struct rt_note *n, int64_t ns) {
    struct live_thread *t = thread_of(mp);
    int64_t until = ns < 0 ? 0 : clock_now() + ns;
    uint32_t key = CLEARED;
    store_seq_cst(&t->sleeps_on, n);
    cas_acq_rel(&n->key, &key, WAITED);
    while (load_acquire(&n->key) != SIGNALLED && !stopping(w)) {
        struct timespec left, *timeout = NULL;
        if (ns >= 0) {
            int64_t more = until - clock_now();
            if (more <= 0) break;
            left = timespec_of(more);
            timeout = &left;
        }
        futex(&n->key, FUTEX_WAIT, WAITED, timeout);
    }
    store_seq_cst(&t->sleeps_on, NULL);
    key = WAITED;
    cas_acq_rel(&n->key, &key, CLEARED); /* timed out: nobody waits any more */
    return load_acquire(&n->key) == SIGNALLED;
}

static void live_note_sleep(struct rt_world *base, struct m *mp, struct rt_note *n) { sleep_on(of(base), mp, n, -1); }

static bool live_note_tsleep(struct rt_world *base, struct m *mp, struct rt_note *n, int64_t ns) {
    return sleep_on(of(base), mp, n, ns);
}

static void live_note_wake(struct rt_world *base, struct m *mp, struct rt_note *n) {
    (void)base;
    (void)mp;
    if (exchange_acq_rel(&n->key, SIGNALLED) == WAITED) futex(&n->key, FUTEX_WAKE, 1, NULL);
}

/* ---- time ------------------------------------------------------------------------------------------------------ */

static int64_t live_nanotime(struct rt_world *base, struct m *mp) {
    (void)mp;
    return clock_now() - of(base)->start;
}

/* Waits until fd is ready for `events` (fd < 0: for nothing), ns have passed (< 0: no bound) or the run is over.
 * 1 ready, 0 time over, -1 the run is over. */
static int wait_fd(struct live_world *w, int fd, short events, int64_t ns) {
    int64_t until = ns < 0 ? 0 : clock_now() + ns;
    for (;;) {
        struct pollfd fds[2] = {{w->stop_fd, POLLIN, 0}, {fd, events, 0}};
        struct timespec left, *timeout = NULL;
        if (ns >= 0) {
            int64_t more = until - clock_now();
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

static void live_usleep(struct rt_world *base, struct m *mp, int64_t ns) {
    struct live_world *w = of(base);
    (void)mp;
    if (ns >= 1000000) {
        wait_fd(w, -1, 0, ns);
        return;
    }
    struct timespec ts = timespec_of(ns);
    if (!stopping(w)) clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, NULL);
}

static inline void pause_cpu(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

static void live_procyield(struct rt_world *base, struct m *mp, uint32_t n) {
    (void)base;
    (void)mp;
    while (n-- > 0)
        pause_cpu();
}

static void live_osyield(struct rt_world *base, struct m *mp) {
    (void)base;
    (void)mp;
    sched_yield();
}

/* Exponential back-off from 16 PAUSEs; then the CPU is given up; a lock that is held across a blocking write
 * (rt_write) is waited for with naps. */
static void live_lock_contended(struct rt_world *base, struct m *mp, unsigned round) {
    if (round < 6) {
        live_procyield(base, mp, 16u << round);
    } else if (round < 200) {
        sched_yield();
    } else {
        struct timespec ts = timespec_of(50000);
        clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, NULL);
    }
}

static void live_charge(struct rt_world *base, struct m *mp, enum rt_cost cost, uint64_t n) {
    (void)base;
    (void)mp;
    (void)cost;
    (void)n;
}

static void live_visible(struct rt_world *base, struct m *mp) {
    (void)base;
    (void)mp;
}

static uint64_t live_fuel(struct rt_world *base, struct m *mp) {
    (void)base;
    (void)mp;
    return UINT64_MAX;
}

static uint64_t live_choose(struct rt_world *base, struct m *mp, enum rt_choice kind, uint64_t n) {
    struct live_world *w = of(base);
    if (w->config.choose) return w->config.choose(w->config.choose_ctx, kind, n);
    struct live_thread *t = thread_of(mp);
    uint64_t x = t->random; /* xorshift64* */
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    t->random = x;
    return (x * UINT64_C(0x2545f4914f6cdd1d) >> 11) % n;
}

/* ---- system calls ---------------------------------------------------------------------------------------------- */

static bool blocks_in_pieces(int fd) {
    struct stat st;
    return fstat(fd, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode) || S_ISCHR(st.st_mode));
}

static int64_t live_write(struct rt_world *base, struct m *mp, int fd, const void *buf, size_t n) {
    struct live_world *w = of(base);
    (void)mp;
    if (w->config.write) return w->config.write(w->config.write_ctx, fd, buf, n);
    size_t piece = blocks_in_pieces(fd) ? PIPE_PIECE : n;
    size_t done = 0;
    while (done < n) {
        if (piece != n && wait_fd(w, fd, POLLOUT, -1) < 0) break;
        size_t k = n - done < piece ? n - done : piece;
        ssize_t got = write(fd, (const char *)buf + done, k);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return done ? (int64_t)done : -errno;
        done += (size_t)got;
    }
    return (int64_t)done;
}

static int64_t live_read(struct rt_world *base, struct m *mp, int fd, void *buf, size_t n) {
    struct live_world *w = of(base);
    (void)mp;
    if (fd == 0) fd = w->config.stdin_fd;
    if (fd < 0) return 0;
    for (;;) {
        if (wait_fd(w, fd, POLLIN, -1) < 0) return -EINTR;
        ssize_t got = read(fd, buf, n);
        if (got >= 0) return got;
        if (errno != EINTR) return -errno;
    }
}

static int64_t live_nanosleep(struct rt_world *base, struct m *mp, int64_t ns) {
    (void)mp;
    return ns > 0 && wait_fd(of(base), -1, 0, ns) < 0 ? -EINTR : 0;
}

/* ---- the poller ------------------------------------------------------------------------------------------------ */

/* Descriptors come with the library's pipes; until then it waits for the next timer, the break, and the end. */
static int live_netpoll(struct rt_world *base, struct m *mp, int64_t delay, void **ready, int max) {
    struct live_world *w = of(base);
    (void)mp;
    (void)ready;
    (void)max;
    if (delay == 0) return 0;
    if (wait_fd(w, w->break_fd, POLLIN, delay) == 1) {
        uint64_t n;
        ssize_t got = read(w->break_fd, &n, sizeof n);
        (void)got;
    }
    return 0;
}

static void bump(int fd) {
    uint64_t one = 1;
    ssize_t put = write(fd, &one, sizeof one);
    (void)put; /* full means that it is readable, which is all that is wanted */
}

static void live_netpoll_break(struct rt_world *base, struct m *mp) {
    (void)mp;
    bump(of(base)->break_fd);
}

static int live_netpoll_open(struct rt_world *base, struct m *mp, int fd, void *user) {
    (void)base;
    (void)mp;
    (void)fd;
    (void)user;
    return ENOSYS;
}

static void live_netpoll_close(struct rt_world *base, struct m *mp, int fd) {
    (void)base;
    (void)mp;
    (void)fd;
}

/* ---- the end --------------------------------------------------------------------------------------------------- */

static void live_stop(struct rt_world *base) {
    struct live_world *w = of(base);
    store_seq_cst(&w->stopping, true);
    bump(w->stop_fd);
    pthread_mutex_lock(&w->mu);
    for (struct live_thread *t = w->threads; t; t = t->next) {
        struct rt_note *n = load_seq_cst(&t->sleeps_on);
        if (n) live_note_wake(base, NULL, n);
    }
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->mu);
}

static const struct rt_world_ops live_ops = {
    .name = "live",
    .one_thread = false,
    .newm = live_newm,
    .note_sleep = live_note_sleep,
    .note_tsleep = live_note_tsleep,
    .note_wake = live_note_wake,
    .mexit = live_mexit,
    .join = live_join,
    .nanotime = live_nanotime,
    .usleep = live_usleep,
    .procyield = live_procyield,
    .osyield = live_osyield,
    .lock_contended = live_lock_contended,
    .charge = live_charge,
    .visible = live_visible,
    .fuel = live_fuel,
    .choose = live_choose,
    .write = live_write,
    .read = live_read,
    .nanosleep = live_nanosleep,
    .netpoll = live_netpoll,
    .netpoll_break = live_netpoll_break,
    .netpoll_open = live_netpoll_open,
    .netpoll_close = live_netpoll_close,
    .stop = live_stop,
};

/* The first `cores` of the CPUs that the process may use. */
static void choose_cpus(struct live_world *w) {
    cpu_set_t allowed;
    CPU_ZERO(&w->cpus);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        w->config.cores = 0;
        return;
    }
    unsigned left = w->config.cores;
    for (size_t i = 0; i < CPU_SETSIZE && left > 0; i++) {
        if (!CPU_ISSET(i, &allowed)) continue;
        CPU_SET(i, &w->cpus);
        left--;
    }
}

static bool init_waiting(struct live_world *w) {
    pthread_condattr_t attr;
    w->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    w->break_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&w->mu, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w->changed, &attr);
    pthread_condattr_destroy(&attr);
    return w->stop_fd >= 0 && w->break_fd >= 0;
}

struct rt_world *live_new(const struct live_config *config) {
    struct live_world *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->base.ops = &live_ops;
    w->config = *config;
    w->start = clock_now();
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed) seed = (uint64_t)w->start;
    store_relaxed(&w->seed, seed);
    if (w->config.cores) choose_cpus(w);
    if (init_waiting(w)) return &w->base;
    int err = errno;
    live_free(&w->base);
    errno = err;
    return NULL;
}

void live_free(struct rt_world *base) {
    if (!base) return;
    struct live_world *w = of(base);
    join_over(w);
    if (w->stop_fd >= 0) close(w->stop_fd);
    if (w->break_fd >= 0) close(w->break_fd);
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->mu);
    free(w);
}
