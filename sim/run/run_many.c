/* run_many.c - one program under many seeds and probes: which outcomes occur, and how often.
 *
 * Workers, each with a run of its own that is started over and over, draw the numbers of the runs from one counter and
 * keep a table each; the tables are added up at the end. What is added does not depend on who did which run: so any
 * number of threads, and any number of shards, give the same rows.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run_int.h"
#include "run_table.h"

enum { MOST_WORKERS = 64, BATCH = 8 };

struct many { /* shared by the workers */
    const struct run_program *p;
    struct run_options o;
    struct run_many_how how;
    uint64_t runs;
    _Atomic uint64_t next; /* the first run that nobody has taken */
    atomic_bool stop;
};

struct worker {
    struct many *all;
    struct run *run; /* started over and over */
    struct run_options o;
    struct run_seen seen;
    struct run_outcomes *table;
    struct diag_list diags;
    bool ok, watches; /* asks how.more */
    pthread_t thread;
};

static bool in_shard(const struct run_many_how *how, uint64_t i) {
    return how->shards < 2 || i % how->shards == how->shard - 1;
}

static bool one(struct worker *w, bool probing, uint64_t number) {
    w->o.choice = probing ? SCN_PROBE : SCN_SEED;
    w->o.number = number;
    if (!w->run) {
        if (!(w->run = run_new(w->all->p, &w->o, &w->diags))) return false;
    } else {
        run_finish(w->run);
        if (!run_begin(w->run, &w->o, &w->diags)) return false;
    }
    run_to_end(w->run);
    run_see(w->run, &w->seen);
    struct run_outcome key = {.out = w->seen.out, .nout = w->seen.nout, .error = str_cstr(&w->seen.error),
                              .nerror = w->seen.error.len, .status = w->seen.status};
    struct run_outcome *row = w->seen.error.failed ? NULL : table_row(w->table, &key);
    if (!row) {
        w->diags.failed = true;
        return false;
    }
    table_count(row, probing ? 0 : 1, probing ? 1 : 0, probing ? UINT64_MAX : number, probing ? number : UINT64_MAX);
    return true;
}

static bool some(struct worker *w, uint64_t from, uint64_t to) {
    const struct run_many_how *how = &w->all->how;
    for (uint64_t i = from; i < to; i++) {
        bool probing = i >= how->natural;
        uint64_t n = probing ? i - how->natural : i;
        if (!in_shard(how, n)) continue;
        if (w->watches && how->more && !how->more(how->ctx)) atomic_store_explicit(&w->all->stop, true, memory_order_relaxed);
        if (atomic_load_explicit(&w->all->stop, memory_order_relaxed)) return true;
        if (!one(w, probing, n + 1)) return false;
    }
    return true;
}

static void *work(void *ctx) {
    struct worker *w = ctx;
    struct many *all = w->all;
    uint64_t batch = (uint64_t)BATCH * (all->how.shards ? all->how.shards : 1);
    while (w->ok && !atomic_load_explicit(&all->stop, memory_order_relaxed)) {
        uint64_t from = atomic_fetch_add_explicit(&all->next, batch, memory_order_relaxed);
        if (from >= all->runs) break;
        w->ok = some(w, from, all->runs - from < batch ? all->runs : from + batch);
    }
    if (!w->ok) atomic_store_explicit(&all->stop, true, memory_order_relaxed);
    run_free(w->run);
    str_free(&w->seen.error);
    return NULL;
}

static unsigned workers_for(const struct run_many_how *how, uint64_t runs) {
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t n = how->threads ? how->threads : cpus > 0 ? (uint64_t)cpus : 1;
    if (n > MOST_WORKERS) n = MOST_WORKERS;
    if (n > runs / BATCH) n = runs / BATCH;
    return n ? (unsigned)n : 1;
}

/* Starts workers 1..n-1 on threads and is worker 0; how many there were, fewer if a thread could not be had. */
static unsigned work_all(struct many *all, struct worker *w, unsigned n) {
    unsigned started = 1;
    for (unsigned i = 0; i < n; i++) {
        w[i] = (struct worker){.all = all, .o = all->o, .ok = true, .watches = i == 0};
        diag_init(&w[i].diags);
        w[i].table = table_new();
        if (!w[i].table) w[i].diags.failed = true;
        w[i].ok = w[i].table != NULL;
    }
    while (started < n && pthread_create(&w[started].thread, NULL, work, &w[started]) == 0) started++;
    work(&w[0]);
    for (unsigned i = 1; i < started; i++) pthread_join(w[i].thread, NULL);
    return started;
}

/* What went wrong with the first worker that had to give up. */
static void tell(const struct worker *w, unsigned n, struct diag_list *diags) {
    for (unsigned i = 0; i < n; i++) {
        if (w[i].ok) continue;
        diags->failed |= w[i].diags.failed;
        for (size_t k = 0; k < w[i].diags.items.len; k++) {
            const struct diag *d = &w[i].diags.items.data[k];
            diag_add(diags, NULL, 0, 0, "%s", d->message);
        }
        return;
    }
}

struct run_outcomes *run_many_shared(const struct run_program *p, const struct run_options *o,
                                     const struct run_many_how *how, struct diag_list *diags) {
    struct many all = {.p = p, .o = *o, .how = *how, .runs = how->natural + how->probing};
    all.o.world = SCN_STEPPED;
    all.o.events = all.o.pass_output = false;
    if (!all.o.stdin_text) all.o.stdin_text = ""; /* many runs cannot share one stdin */
    unsigned n = workers_for(how, all.runs);
    struct worker *w = calloc(n, sizeof *w);
    struct run_outcomes *sum = w ? table_new() : NULL;
    if (!sum) {
        free(w);
        diags->failed = true;
        return NULL;
    }
    unsigned began = work_all(&all, w, n);
    bool ok = true;
    for (unsigned i = 0; i < began; i++) ok = ok && w[i].ok;
    if (!ok) tell(w, began, diags);
    for (unsigned i = 0; ok && i < began; i++) {
        ok = run_outcomes_add(sum, w[i].table);
        if (!ok) diags->failed = true;
    }
    for (unsigned i = 0; i < n; i++) {
        run_outcomes_free(w[i].table);
        diag_free(&w[i].diags);
    }
    free(w);
    if (!ok) {
        run_outcomes_free(sum);
        return NULL;
    }
    return sum;
}

struct run_outcomes *run_many(const struct run_program *p, const struct run_options *o, uint64_t natural,
                              uint64_t probing, bool (*more)(void *), void *ctx, struct diag_list *diags) {
    struct run_many_how how = {.natural = natural, .probing = probing, .threads = 1, .more = more, .ctx = ctx};
    return run_many_shared(p, o, &how, diags);
}
