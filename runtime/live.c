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
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "live_int.h"

enum { LEAST_STACK = 256 << 10 }; /* what the interpreter and the C library want of one */

static struct live_thread *thread_of(struct m *mp) { return rt_m_world_data(mp); }

int64_t live_clock(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static struct timespec timespec_of(int64_t ns) {
    return (struct timespec){.tv_sec = (time_t)(ns / 1000000000), .tv_nsec = (long)(ns % 1000000000)};
}

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
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE); /* a write to a pipe without readers fails, and ends the process only if it is stdout */
    pthread_sigmask(SIG_BLOCK, &pipe, NULL);
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
    int64_t until = live_clock() + (ns < 0 ? 0 : ns);
    struct timespec ts = timespec_of(until);
    pthread_mutex_lock(&w->mu);
    while (w->running) {
        if (ns < 0 && live_stopping(w)) break;
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
    int64_t until = ns < 0 ? 0 : live_clock() + ns;
    uint32_t key = CLEARED;
    store_seq_cst(&t->sleeps_on, n);
    cas_acq_rel(&n->key, &key, WAITED);
    while (load_acquire(&n->key) != SIGNALLED && !live_stopping(w)) {
        struct timespec left, *timeout = NULL;
        if (ns >= 0) {
            int64_t more = until - live_clock();
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
    return live_clock() - of(base)->start;
}

static void live_usleep(struct rt_world *base, struct m *mp, int64_t ns) {
    struct live_world *w = of(base);
    (void)mp;
    if (ns >= 1000000) {
        live_wait_fd(w, -1, 0, ns);
        return;
    }
    struct timespec ts = timespec_of(ns);
    if (!live_stopping(w)) clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, NULL);
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

/* ---- the end --------------------------------------------------------------------------------------------------- */

static void live_stop(struct rt_world *base) {
    struct live_world *w = of(base);
    store_seq_cst(&w->stopping, true);
    live_bump(w->stop_fd);
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
    .modelled = false,
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
    .file = live_file,
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
    pthread_mutex_init(&w->mu, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w->changed, &attr);
    pthread_condattr_destroy(&attr);
    return w->stop_fd >= 0 && live_poll_init(w) && live_files_init(w);
}

struct rt_world *live_new(const struct live_config *config) {
    struct live_world *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->base.ops = &live_ops;
    w->config = *config;
    w->start = live_clock();
    w->stop_fd = w->break_fd = w->epoll_fd = w->folder_fd = -1;
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
    live_files_free(w);
    live_poll_free(w);
    if (w->stop_fd >= 0) close(w->stop_fd);
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->mu);
    free(w);
}
