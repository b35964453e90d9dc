/* calibrate_threads.c - what threads cost on this machine: made, woken, switched, put to sleep. */
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "run_calibrate.h"

enum { SAMPLES = 100, COLD_BYTES = 64 << 10, COPY_BYTES = 2048 };

static int64_t now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void nap(int64_t ns) {
    struct timespec ts = {.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &ts, NULL);
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t at(int64_t *v, size_t n, unsigned percent) {
    qsort(v, n, sizeof *v, by_size);
    int64_t ns = v[(n - 1) * percent / 100];
    return ns < 1 ? 1 : ns;
}

#define RANGE(to, v, n) ((to).lo = at((v), (n), 5), (to).hi = at((v), (n), 95))

/* ---- calls that need no other thread ------------------------------------------------------------------------------ */

static void measure_syscall(struct cal_threads *out) {
    int64_t v[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
        enum { EACH = 20 };
        int64_t t = now();
        for (int k = 0; k < EACH; k++)
            syscall(SYS_getppid);
        v[i] = (now() - t) / EACH;
    }
    RANGE(out->syscall, v, SAMPLES);
}

static void measure_sleep(struct cal_threads *out) {
    int64_t v[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
        const int64_t ns = 50000;
        int64_t t = now();
        nap(ns);
        v[i] = now() - t - ns;
    }
    RANGE(out->timer_slack, v, SAMPLES);
}

static void measure_memory(struct cal_threads *out) {
    int64_t v[SAMPLES];
    _Atomic unsigned word = 0;
    enum { EACH = 1000 };
    for (int i = 0; i < SAMPLES; i++) {
        int64_t t = now();
        for (int k = 0; k < EACH; k++) {
            unsigned free_ = 0;
            atomic_compare_exchange_strong_explicit(&word, &free_, 1, memory_order_acquire, memory_order_relaxed);
            atomic_store_explicit(&word, 0, memory_order_release);
        }
        v[i] = (now() - t) / EACH;
    }
    out->look = at(v, SAMPLES, 50);
    static const char from[COPY_BYTES];
    size_t n = 0;
    for (int i = 0; i < SAMPLES; i++) {
        int64_t t = now();
        char *to = malloc(COPY_BYTES * 2);
        if (!to) continue;
        memcpy(to + COPY_BYTES, from, COPY_BYTES);
        __asm__ volatile("" ::"r"(to) : "memory");
        free(to);
        v[n++] = now() - t;
    }
    out->copy = n ? at(v, n, 50) : 1;
}

/* ---- a thread that is made, and woken ------------------------------------------------------------------------------- */

struct sleeper {
    _Atomic uint32_t word; /* 0: sleep, 1: woken, 2: end */
    _Atomic int64_t woke;
    char *cold;
    int64_t touched[SAMPLES]; /* how long its memory took after each sleep */
    size_t ntouched;
};

static int64_t touch(char *memory) {
    int64_t t = now();
    for (size_t i = 0; i < COLD_BYTES; i += 64)
        memory[i]++;
    __asm__ volatile("" ::"r"(memory) : "memory");
    return now() - t;
}

static void *sleep_and_tell(void *arg) {
    struct sleeper *s = arg;
    for (;;) {
        while (atomic_load_explicit(&s->word, memory_order_acquire) == 0)
            syscall(SYS_futex, (uint32_t *)&s->word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
        if (atomic_load_explicit(&s->word, memory_order_acquire) == 2) return NULL;
        int64_t t = now();
        if (s->ntouched < SAMPLES) s->touched[s->ntouched++] = touch(s->cold);
        atomic_store_explicit(&s->word, 0, memory_order_release);
        atomic_store_explicit(&s->woke, t, memory_order_release);
    }
}

static void *tell_at_once(void *arg) {
    struct sleeper *s = arg;
    atomic_store_explicit(&s->woke, now(), memory_order_release);
    return NULL;
}

static bool measure_creation(struct cal_threads *out) {
    int64_t create[SAMPLES], call[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
        struct sleeper s = {0};
        pthread_t id;
        int64_t t = now();
        if (pthread_create(&id, NULL, tell_at_once, &s) != 0) return false;
        call[i] = now() - t;
        pthread_join(id, NULL);
        create[i] = atomic_load_explicit(&s.woke, memory_order_acquire) - t;
    }
    RANGE(out->thread_create, create, SAMPLES);
    RANGE(out->clone_call, call, SAMPLES);
    return true;
}

/* One wake-up, after the sleeper has slept for ns. */
static void wake(struct sleeper *s, int64_t ns, int64_t *late, int64_t *call) {
    nap(ns);
    atomic_store_explicit(&s->woke, 0, memory_order_release);
    int64_t t = now();
    atomic_store_explicit(&s->word, 1, memory_order_release);
    syscall(SYS_futex, (uint32_t *)&s->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    *call = now() - t;
    int64_t woke;
    while ((woke = atomic_load_explicit(&s->woke, memory_order_acquire)) == 0)
        sched_yield();
    *late = woke - t;
}

static bool measure_waking(struct cal_threads *out) {
    enum { COLD = 25 };
    int64_t late[SAMPLES], call[SAMPLES], cold[COLD];
    struct sleeper s = {.cold = calloc(1, COLD_BYTES)};
    pthread_t id;
    if (!s.cold || pthread_create(&id, NULL, sleep_and_tell, &s) != 0) {
        free(s.cold);
        return false;
    }
    for (int i = 0; i < SAMPLES; i++)
        wake(&s, 50000, &late[i], &call[i]);
    RANGE(out->thread_wake, late, SAMPLES);
    RANGE(out->wake_call, call, SAMPLES);
    int64_t warm = at(s.touched, s.ntouched, 50);
    s.ntouched = 0;
    for (int i = 0; i < COLD; i++) {
        int64_t unused, unused2;
        wake(&s, 10000000, &unused, &unused2);
        cold[i] = s.touched[i] > warm ? s.touched[i] - warm : 1;
    }
    RANGE(out->cold_start, cold, COLD);
    atomic_store_explicit(&s.word, 2, memory_order_release);
    syscall(SYS_futex, (uint32_t *)&s.word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    pthread_join(id, NULL);
    free(s.cold);
    return true;
}

/* ---- two threads on one core ---------------------------------------------------------------------------------------- */

enum { ROUNDS = 2000 };

struct turn { /* one of two threads on the last allowed core */
    cpu_set_t core;
    _Atomic bool *go, *stop;
    int in, out; /* ping-pong; -1: it spins, and notes how long it ran each time before the other did */
    int64_t took;
    int64_t slices[SAMPLES];
    size_t nslices;
};

static void ping_pong(struct turn *t, bool first) {
    char c = 0;
    int64_t began = now();
    for (int i = 0; i < ROUNDS; i++) {
        if (first && write(t->out, &c, 1) != 1) return;
        if (read(t->in, &c, 1) != 1) return;
        if (!first && write(t->out, &c, 1) != 1) return;
    }
    t->took = now() - began;
}

static void spin(struct turn *t) {
    int64_t began = now(), last = began;
    while (!atomic_load_explicit(t->stop, memory_order_acquire)) {
        int64_t n = now();
        if (n - last > 200000) { /* it was away */
            if (t->nslices < SAMPLES && last > began) t->slices[t->nslices++] = last - began;
            began = n;
        }
        last = n;
    }
}

static void *on_the_core(void *arg) {
    struct turn *t = arg;
    sched_setaffinity(0, sizeof t->core, &t->core);
    while (!atomic_load_explicit(t->go, memory_order_acquire))
        sched_yield();
    if (t->in < 0) spin(t);
    else ping_pong(t, t->took != 0);
    return NULL;
}

static bool run_both(struct turn t[2], int64_t ns) {
    pthread_t ids[2];
    cpu_set_t allowed;
    _Atomic bool go = false, stop = false;
    CPU_ZERO(&t[0].core);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return false;
    for (size_t i = CPU_SETSIZE; i-- > 0;) {
        if (!CPU_ISSET(i, &allowed)) continue;
        CPU_SET(i, &t[0].core);
        break;
    }
    t[1].core = t[0].core;
    int made = 0;
    for (; made < 2; made++) {
        t[made].go = &go;
        t[made].stop = &stop;
        if (pthread_create(&ids[made], NULL, on_the_core, &t[made]) != 0) break;
    }
    if (made < 2 && t[0].out >= 0) close(t[0].out), t[0].out = -1; /* the one that was made fails at its first write */
    atomic_store_explicit(&go, true, memory_order_release);
    if (ns) nap(ns);
    atomic_store_explicit(&stop, true, memory_order_release);
    for (int i = 0; i < made; i++)
        pthread_join(ids[i], NULL);
    return made == 2;
}

static bool measure_sharing(struct cal_threads *out) {
    struct turn *t = calloc(4, sizeof *t);
    int a[2], b[2];
    if (!t || pipe(a) != 0) {
        free(t);
        return false;
    }
    if (pipe(b) != 0) {
        close(a[0]), close(a[1]);
        free(t);
        return false;
    }
    t[0].in = a[0], t[0].out = b[1], t[0].took = 1; /* the first */
    t[1].in = b[0], t[1].out = a[1];
    bool ok = run_both(t, 0);
    int64_t each = t[1].took / (2 * ROUNDS) - 2 * out->syscall.lo;
    out->thread_switch = each < 1 ? 1 : each;
    close(a[0]), close(a[1]), close(b[0]);
    if (t[0].out >= 0) close(b[1]);
    t[2].in = t[3].in = t[2].out = t[3].out = -1;
    ok = ok && run_both(t + 2, 120000000);
    out->kernel_slice = t[2].nslices ? at(t[2].slices, t[2].nslices, 50) : 4000000;
    free(t);
    return ok;
}

bool cal_measure_threads(struct cal_threads *out) {
    measure_syscall(out);
    measure_sleep(out);
    measure_memory(out);
    return measure_creation(out) && measure_waking(out) && measure_sharing(out);
}
