/* run_live.c - a run on the live world. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "live.h"
#include "run_int.h"

/* A seed fixes what the program itself draws; the machine stays what it is. Draws are numbered in the order in which the
 * threads ask, each number spread by splitmix64's finish. */
static uint64_t draw(void *run, enum rt_choice kind, uint64_t n) {
    struct run *r = run;
    uint64_t i = atomic_fetch_add_explicit(&r->draws, 1, memory_order_relaxed);
    uint64_t z = (r->o.number * 0x9e3779b97f4a7c15u) ^ ((i << 4 | (uint64_t)kind) * 0xd1342543de82ef95u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return n ? z % n : 0;
}

/* A file of its own for the scenario's stdin: unlike a pipe it takes any length at once. */
static int text_file(const char *text) {
    FILE *f = tmpfile();
    if (!f) return -1;
    size_t n = strlen(text);
    int fd = -1;
    if (fwrite(text, 1, n, f) == n && fflush(f) == 0) fd = dup(fileno(f));
    fclose(f);
    if (fd >= 0) lseek(fd, 0, SEEK_SET);
    return fd;
}

struct rt_world *run_live_world(struct run *r) {
    struct live_config c = {.write = run_output, .write_ctx = r, .stdin_fd = STDIN_FILENO, .cores = r->o.cores,
                            .folder = r->o.folder};
    if (r->o.one_to_one) c.thread_stack = r->o.thread_stack;
    if (r->o.number) {
        c.choose = draw;
        c.choose_ctx = r;
        atomic_store_explicit(&r->draws, 0, memory_order_relaxed);
    }
    if (r->o.stdin_text) {
        r->stdin_fd = text_file(r->o.stdin_text);
        if (r->stdin_fd < 0) return NULL;
        c.stdin_fd = r->stdin_fd;
    }
    return live_new(&c);
}

static bool reached(const struct run *r, uint64_t events, int64_t until) {
    if (until && run_host_now() - r->began >= until) return true;
    return events && r->log && rt_log_count(r->log) >= events;
}

/* Waits in short sleeps while a condition is to be watched, else in one. */
bool run_live_pump(struct run *r, uint64_t events, int64_t until, int64_t host_ns) {
    int64_t now = run_host_now(), limit = (int64_t)r->o.limits.host_time_ns;
    int64_t deadline = host_ns ? now + host_ns : 0;
    bool watch = events || until || host_ns || limit || r->log;
    while (!rt_ended(r->rt)) {
        bool more = r->log && rt_drain(r->rt) > 0; /* before the threads' buffers are full */
        if (reached(r, events, until)) return true;
        now = run_host_now();
        if (deadline && now >= deadline) return true;
        if (limit > 0 && now - r->began >= limit) {
            char text[64];
            snprintf(text, sizeof text, "hostTime=%llds", (long long)(limit / 1000000000));
            rt_stop_limit(r->rt, text);
            break;
        }
        int64_t nap = more ? 0 : watch ? 2000000 : -1;
        if (watch && deadline && deadline - now < nap) nap = deadline - now;
        if (r->world->ops->join(r->world, nap)) break;
    }
    rt_wait(r->rt);
    r->took = run_host_now() - r->began;
    r->over = r->waited = true;
    return false;
}

void run_live_finish(struct run *r) {
    if (r->rt && r->started && !r->waited) {
        if (!rt_ended(r->rt)) rt_stop(r->rt, RT_END_STOPPED, 1);
        rt_wait(r->rt);
        r->took = run_host_now() - r->began;
        r->waited = true;
    }
}
