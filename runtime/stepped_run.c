/* stepped_run.c - a stepped world's life: made, pumped, ended by limits, reset for the next run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stepped_int.h"

static const struct {
    const char *key, *doc;
    struct stepped_range range;
} cost_table[RT_COST_COUNT] = {
#define COST(name, key, lo, hi, doc) [RT_COST_##name] = {key, doc, {lo, hi}},
#include "costs.def"
#undef COST
};

int stepped_cost_of(const char *key) {
    for (int i = 0; i < RT_COST_COUNT; i++)
        if (strcmp(cost_table[i].key, key) == 0) return i;
    return -1;
}

const char *stepped_cost_key(enum rt_cost cost) { return cost_table[cost].key; }
const char *stepped_cost_doc(enum rt_cost cost) { return cost_table[cost].doc; }

void stepped_config_init(struct stepped_config *c) {
    *c = (struct stepped_config){.cores = 2, .mode = STEPPED_NATURAL};
    for (int i = 0; i < RT_COST_COUNT; i++) c->costs[i] = cost_table[i].range;
}

static void begin(struct stepped *w, const struct stepped_config *c) {
    w->config = *c;
    if (w->config.cores < 1) w->config.cores = 1;
    if (w->config.cores > STEPPED_MAX_CORES) w->config.cores = STEPPED_MAX_CORES;
    w->refused_threads = 0;
    w->disturbed = c->faults.step || c->faults.signal || c->faults.delay;
    w->cur = NULL;
    w->nthreads = 0;
    w->next_id = 0;
    w->spare = NULL;
    w->horizon = INT64_MIN;
    w->budget = w->budget_full = 1;
    w->latest = w->skew = 0;
    w->burst = 0;
    world_stopped_set(w, false);
    w->until = (struct stepped_until){0};
    w->host_used = 0;
    w->host_looks = 0;
    w->unfit = w->no_memory = false;
    w->stage_full = false;
    w->staged = 0;
    w->poller = w->reader = NULL;
    w->poll_broken = false;
    w->stdin_wanted = false;
    w->nsignals = c->hooks && c->hooks->arrives ? 0 : c->nsignals;
    w->stdin_at = 0;
    files_free(w);
    if (!files_init(w)) w->no_memory = true;
    cores_reset(w);
    search_begin(w);
    choices_begin(w);
}

struct rt_world *stepped_new(const struct stepped_config *c) {
    struct stepped *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->base.ops = &stepped_ops;
    fiber_pool_init(&w->fibers, 0);
    w->host = fiber_host_new();
    if (!w->host) {
        free(w);
        return NULL;
    }
    begin(w, c);
    return &w->base;
}

static void release_threads(struct stepped *w) {
    for (size_t i = 0; i < w->nthreads; i++)
        if (w->all[i]->fiber) fiber_release(&w->fibers, w->all[i]->fiber);
    w->nthreads = 0;
}

void stepped_reset(struct rt_world *rw, const struct stepped_config *c) {
    struct stepped *w = stepped_of(rw);
    release_threads(w);
    begin(w, c);
}

void stepped_free(struct rt_world *rw) {
    if (!rw) return;
    struct stepped *w = stepped_of(rw);
    release_threads(w);
    fiber_pool_free(&w->fibers);
    fiber_host_free(w->host);
    for (size_t i = 0; i < w->nmade; i++) free(w->all[i]);
    free(w->all);
    free(w->due);
    free(w->choices);
    search_free(w);
    files_free(w);
    free(w);
}

void stepped_set_run(struct rt_world *rw, void *run) { stepped_of(rw)->config.run = run; }

int64_t stepped_now(const struct rt_world *rw) { return ((const struct stepped *)rw)->latest; }

int64_t stepped_peek(const struct rt_world *rw) {
    const struct stepped *w = (const struct stepped *)rw;
    int64_t now = time_add(world_clock(w), w->skew);
    return now > w->latest ? now : w->latest;
}

size_t stepped_choices(const struct rt_world *rw, const struct stepped_choice **out) {
    const struct stepped *w = (const struct stepped *)rw;
    *out = w->choices;
    return w->nchoices;
}

void stepped_unfit(const struct rt_world *rw, size_t *number, uint64_t *picked, uint64_t *n) {
    const struct stepped *w = (const struct stepped *)rw;
    *number = w->decided;
    *picked = w->unfit_choice.picked;
    *n = w->unfit_choice.n;
}

size_t stepped_held_up(const struct rt_world *rw) {
    const struct stepped *w = (const struct stepped *)rw;
    size_t n = 0;
    for (size_t i = 0; i < w->nthreads; i++) {
        const struct thread *t = w->all[i];
        n += t->state == THREAD_READY || (t->state == THREAD_DUE && t->woken_by == RT_WHY_ProbeHeld);
    }
    return n;
}

size_t stepped_decided(const struct rt_world *rw) { return ((const struct stepped *)rw)->decided; }

/* ---- limits ------------------------------------------------------------------------------------------------------ */

static void tell_limit(struct stepped *w, const char *text) {
    world_stopped_set(w, true);
    w->config.hooks->limit(w->config.run, NULL, text);
}

/* As the user may have written it: 60s, 90ms. */
static void duration_limit(struct stepped *w, const char *key, int64_t ns) {
    static const struct {
        const char *unit;
        int64_t ns;
    } units[] = {{"h", 3600000000000}, {"s", 1000000000}, {"ms", 1000000}, {"us", 1000}, {"ns", 1}};
    size_t i = 0;
    while (ns % units[i].ns != 0) i++;
    char text[64];
    snprintf(text, sizeof text, "%s=%lld%s", key, (long long)(ns / units[i].ns), units[i].unit);
    tell_limit(w, text);
}

static int64_t host_spent(const struct stepped *w) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec - w->pump_began;
}

static bool host_over(struct stepped *w) {
    if (!w->config.limits.host || w->host_used + host_spent(w) < w->config.limits.host) return false;
    duration_limit(w, "hostTime", w->config.limits.host);
    return true;
}

/* t goes on next. true if a limit ends the run instead. */
static bool limit_reached(struct stepped *w, const struct thread *t) {
    if (w->config.limits.time && t->clock >= w->config.limits.time) {
        duration_limit(w, "time", w->config.limits.time);
        return true;
    }
    if (w->config.limits.events && w->config.log && rt_log_count(w->config.log) >= w->config.limits.events) {
        char text[64];
        snprintf(text, sizeof text, "events=%llu", (unsigned long long)w->config.limits.events);
        tell_limit(w, text);
        return true;
    }
    return host_over(w);
}

/* ---- the pump ---------------------------------------------------------------------------------------------------- */

static bool condition_met(struct stepped *w, const struct thread *next) {
    if (w->until.time && next->clock >= w->until.time) return true;
    if (w->until.events && w->config.log && rt_log_count(w->config.log) >= w->until.events) return true;
    return w->until.host && host_spent(w) >= w->until.host;
}

/* Is next the scheduler's watchman, and nobody else there to do anything, ever, before stdin has bytes? Virtual time then
 * stands still. */
static bool only_stdin_helps(struct stepped *w, const struct thread *next) {
    bool (*watchman)(const struct m *) = w->config.hooks->watchman;
    return awaits_input(w) && w->jumped && w->ndue == 0 && w->nrunning == 1 && watchman && watchman(next->mp);
}

static enum stepped_progress nobody_goes_on(struct stepped *w) {
    if (awaits_input(w)) return STEPPED_INPUT;
    if (!w->config.limits.time) return STEPPED_STUCK;
    duration_limit(w, "time", w->config.limits.time); /* time passes, and nothing happens before the limit */
    return STEPPED_ENDED;
}

static enum stepped_progress pump(struct stepped *w) {
    for (;;) {
        if (w->unfit) return STEPPED_UNFIT;
        if (w->no_memory) return STEPPED_NO_MEMORY;
        if (world_stopped(w)) return STEPPED_ENDED;
        look_at_input(w);
        struct thread *next = threads_pick(w);
        if (!next) return nobody_goes_on(w);
        if (signal_due(w, next->clock)) {
            const struct stepped_signal *s = &w->config.signals[w->nsignals++];
            int64_t now = time_add(s->time, w->skew);
            if (w->latest < now) w->latest = now; /* whom it wakes wakes then, whoever would have gone on next */
            w->config.hooks->arrives(w->config.run, s->number);
            continue;
        }
        if (only_stdin_helps(w, next)) return host_over(w) ? STEPPED_ENDED : STEPPED_INPUT;
        if (limit_reached(w, next)) return STEPPED_ENDED;
        if (condition_met(w, next)) return STEPPED_REACHED;
        w->cur = next;
        w->jumped = false;
        horizon_set(w);
        fiber_switch(w->host, next->fiber);
        world_executes(w, NULL);
        w->cur = NULL;
    }
}

enum stepped_progress stepped_pump(struct rt_world *rw, const struct stepped_until *until) {
    struct stepped *w = stepped_of(rw);
    w->until = *until;
    w->pump_began = 0;
    w->pump_began = host_spent(w);
    enum stepped_progress how = pump(w);
    w->host_used += host_spent(w);
    return how;
}
