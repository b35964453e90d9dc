/* run_stepped.c - a run on the stepped world. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run_int.h"

/* The process's stdin, for a program whose scenario gives it none. */
static int64_t read_stdin(void *ctx, void *bytes, size_t n, bool wait) {
    (void)ctx;
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int ready;
    do ready = poll(&p, 1, wait ? -1 : 0);
    while (ready < 0 && errno == EINTR);
    if (ready == 0) return -EAGAIN;
    ssize_t k;
    do k = read(STDIN_FILENO, bytes, n);
    while (k < 0 && errno == EINTR);
    return k < 0 ? -(int64_t)errno : (int64_t)k;
}

static void set_costs(struct stepped_config *c, const struct run_options *o) {
    for (size_t i = 0; i < o->ncosts; i++) {
        int cost = stepped_cost_of(o->costs[i].key);
        if (cost >= 0) c->costs[cost] = (struct stepped_range){o->costs[i].value.lo, o->costs[i].value.hi};
    }
}

static int64_t as_time(uint64_t ns) { return ns > INT64_MAX ? INT64_MAX : (int64_t)ns; }

static const struct {
    const char *name;
    int number;
} signals[] = {{"SIGHUP", SIGHUP},   {"SIGINT", SIGINT},   {"SIGQUIT", SIGQUIT},
               {"SIGTERM", SIGTERM}, {"SIGUSR1", SIGUSR1}, {"SIGUSR2", SIGUSR2}};

/* Those that come at a time, in its order; the loader has seen to it that there are no others. */
static void set_signals(struct run *r, struct stepped_config *c) {
    free(r->arriving);
    r->arriving = calloc(r->o.nsignals + 1, sizeof *r->arriving);
    c->nsignals = 0;
    c->signals = r->arriving;
    for (size_t i = 0; r->arriving && i < r->o.nsignals; i++) {
        struct stepped_signal s = {r->o.signals[i].at.time_ns, 0};
        for (size_t k = 0; k < sizeof signals / sizeof *signals; k++) {
            if (strcmp(r->o.signals[i].name, signals[k].name) == 0) s.number = signals[k].number;
        }
        size_t at = c->nsignals++;
        for (; at > 0 && r->arriving[at - 1].time > s.time; at--) r->arriving[at] = r->arriving[at - 1];
        r->arriving[at] = s;
    }
}

static void configure(struct run *r) {
    struct stepped_config *c = &r->config;
    const struct run_options *o = &r->o;
    stepped_config_init(c);
    c->cores = o->cores ? o->cores : 2;
    set_costs(c, o);
    c->mode = o->search ? STEPPED_SEARCHING : o->choice == SCN_PROBE ? STEPPED_PROBING : STEPPED_NATURAL;
    if (o->asks) {
        c->ask = o->asks->ask;
        c->ask_ctx = o->asks->ctx;
    }
    c->number = o->number;
    c->decisions = o->decisions;
    c->ndecisions = o->ndecisions;
    c->record = o->events;
    c->sink = run_output;
    c->sink_ctx = r;
    c->stdin_text = o->stdin_text;
    c->stdin_length = o->stdin_text ? strlen(o->stdin_text) : 0;
    c->input = read_stdin;
    c->folder = o->folder;
    set_signals(r, c);
    c->limits.time = as_time(o->limits.time_ns);
    c->limits.host = as_time(o->limits.host_time_ns);
    c->limits.events = o->limits.events;
    c->log = r->log;
    c->hooks = &stepped_runtime_hooks;
}

struct rt_world *run_stepped_world(struct run *r) {
    configure(r);
    if (!r->world) return stepped_new(&r->config);
    stepped_reset(r->world, &r->config);
    return r->world;
}

static void refuse(struct run *r, enum stepped_progress how) {
    size_t number;
    uint64_t picked, n;
    switch (how) {
    case STEPPED_UNFIT:
        stepped_unfit(r->world, &number, &picked, &n);
        snprintf(r->refusal, sizeof r->refusal,
                 "decision %zu picks %llu where there are %llu to choose from: the list was made by another program or machine",
                 number + 1, (unsigned long long)picked, (unsigned long long)n);
        break;
    case STEPPED_STUCK:
        snprintf(r->refusal, sizeof r->refusal, "nothing can happen any more: every thread waits for ever");
        break;
    default: snprintf(r->refusal, sizeof r->refusal, "out of memory"); break;
    }
    r->over = true;
}

/* The run is over, and not because somebody or a limit cut it short: then it has asked for every decision of its list. */
static void refuse_unasked(struct run *r) {
    enum rt_end how = rt_end_how(r->rt);
    size_t asked = stepped_decided(r->world);
    if (how == RT_END_LIMIT || how == RT_END_STOPPED || asked >= r->o.ndecisions) return;
    snprintf(r->refusal, sizeof r->refusal,
             "decision %zu of %zu is never asked for, the run makes %zu: the list was made by another program or machine",
             asked + 1, r->o.ndecisions, asked);
}

/* Nothing can happen before stdin has bytes: waits for them, at most until `deadline` (0: no bound). */
static void wait_for_input(int64_t deadline) {
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int64_t left = deadline ? deadline - run_host_now() : -1;
    int ms = left < 0 ? -1 : (int)(left / 1000000 > 1000000 ? 1000000 : left / 1000000 + 1);
    if (deadline && left <= 0) return;
    poll(&p, 1, ms);
}

bool run_stepped_pump(struct run *r, uint64_t events, int64_t until, int64_t host_ns) {
    int64_t deadline = host_ns ? run_host_now() + host_ns : 0;
    for (;;) {
        enum stepped_progress how =
            stepped_pump(r->world, &(struct stepped_until){.events = events, .time = until, .host = host_ns});
        r->awaits_input = how == STEPPED_INPUT;
        switch (how) {
        case STEPPED_ENDED:
            refuse_unasked(r);
            r->over = true;
            return false;
        case STEPPED_REACHED: return true;
        case STEPPED_INPUT:
            wait_for_input(deadline);
            if (deadline && run_host_now() >= deadline) return true;
            break;
        default: refuse(r, how); return false;
        }
    }
}
