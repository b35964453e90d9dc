/* run_search.c - all orders of a small program, each class of equivalent ones once where possible (run.h).
 *
 * The search is a walk through a tree, depth first and without states: an execution begins anew and is led along the
 * choices of the path (nodes), then on as it likes; from its races (run_races.h) follows which other threads must be tried
 * at which nodes (try), and the last node that has something left to try gives the next execution. A node remembers
 * what was tried there with what it touched: until something that conflicts with it has happened, trying it again
 * further down would show the same (it sleeps).
 *
 * With a bound of preemptions a reordering may need one more than there are left, where it could be had for less
 * further up: so a thread is then also tried where the block of steps begins that the race's earlier step is in, and
 * nobody sleeps.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"
#include "run_int.h"
#include "run_races.h"
#include "run_table.h"

enum { MOST_WAITED = 1000 }; /* steps of others that may come before the end of the run, which somebody waits for */

struct sleeper { /* a thread that need not go on until somebody conflicts with its next step */
    uint32_t thread;
    struct stepped_touch *at; /* owned */
    size_t n;
};

struct node { /* a choice on the path */
    bool thread;  /* who goes on; else what a select or a loop over a map takes: all of it is tried */
    uint64_t n, picked;
    uint8_t candidates[RACE_THREADS];
    bool stays;   /* the first candidate's thread was going on: another one is a preemption */
    size_t step;
    unsigned preemptions; /* before */
    uint64_t enabled, tries, done, asleep; /* sets of threads */
    struct sleeper *sleepers;
    size_t nsleepers;
    struct sleeper shared; /* of the pick that is being tried, by what selects and maps have taken so far */
};

struct search {
    const struct run_search_how *how;
    struct run_search *out;
    struct run *run;
    struct node *nodes;
    size_t len, cap, at;  /* at: the next to be asked for */
    size_t above;         /* the last node of a thread in this execution; SIZE_MAX none */
    size_t fresh;         /* the first step that is not as in the execution before */
    size_t *node_of;      /* of each step */
    size_t node_of_cap;
    unsigned preemptions; /* so far in this execution */
    size_t waited_from;   /* the first step that came though somebody was about to end the run */
    bool pruned, failed, strayed;
    const char *cut, *drawn;
    bool refused; /* some were not tried for the bound of preemptions */
    struct race_finder *finder;
    struct map classes;
};

static uint64_t bit(uint32_t thread) { return UINT64_C(1) << thread; }

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

static void sleeper_free(struct sleeper *p) {
    free(p->at);
    *p = (struct sleeper){0};
}

static bool sleeper_add(struct sleeper *p, struct touches t) {
    if (!t.n) return true;
    struct stepped_touch *more = realloc(p->at, (p->n + t.n) * sizeof *more);
    if (!more) return false;
    memcpy(more + p->n, t.at, t.n * sizeof *more);
    p->at = more;
    p->n += t.n;
    return true;
}

/* Takes p's memory. */
static bool puts_to_sleep(struct node *k, struct sleeper *p) {
    struct sleeper *more = realloc(k->sleepers, (k->nsleepers + 1) * sizeof *more);
    if (!more) return false;
    k->sleepers = more;
    k->sleepers[k->nsleepers++] = *p;
    k->asleep |= bit(p->thread);
    *p = (struct sleeper){0};
    return true;
}

static void node_free(struct node *k) {
    for (size_t i = 0; i < k->nsleepers; i++) sleeper_free(&k->sleepers[i]);
    free(k->sleepers);
    sleeper_free(&k->shared);
}

static struct node *push(struct search *s, uint64_t n) {
    if (s->len == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 256;
        struct node *more = realloc(s->nodes, cap * sizeof *more);
        if (!more) {
            s->failed = true;
            return NULL;
        }
        s->nodes = more;
        s->cap = cap;
    }
    struct node *k = &s->nodes[s->len++];
    memset(k, 0, sizeof *k);
    k->n = n;
    s->at = s->len;
    return k;
}

static bool set_node_of(struct search *s, size_t step, size_t node) {
    if (step >= s->node_of_cap) {
        size_t cap = s->node_of_cap ? s->node_of_cap * 2 : 256;
        size_t *more = realloc(s->node_of, cap * sizeof *more);
        if (!more) return !(s->failed = true);
        s->node_of = more;
        s->node_of_cap = cap;
    }
    s->node_of[step] = node;
    return true;
}

/* Who sleeps at the node above and has not met a conflict in its step sleeps here, too. */
static bool sleep_on(struct search *s, struct node *k, const struct stepped_search *now) {
    if (s->above == SIZE_MAX) return true;
    const struct node *up = &s->nodes[s->above];
    struct touches did = touches_of(now, up->step);
    for (size_t i = 0; i < up->nsleepers; i++) {
        const struct sleeper *p = &up->sleepers[i];
        if (p->thread == up->candidates[up->picked] || touches_conflict((struct touches){p->at, p->n}, did)) continue;
        struct sleeper same = {.thread = p->thread};
        if (!sleeper_add(&same, (struct touches){p->at, p->n}) || !puts_to_sleep(k, &same)) {
            sleeper_free(&same);
            return false;
        }
    }
    return true;
}

static bool is_preemption(const struct node *k, uint64_t pick) { return k->stays && pick > 0; }

/* ---- an execution's choices ---------------------------------------------------------------------------------------- */

static void went(struct search *s, size_t node) {
    struct node *k = &s->nodes[node];
    if (!k->thread) return;
    k->preemptions = s->preemptions;
    s->preemptions += is_preemption(k, k->picked);
    s->above = node;
    set_node_of(s, k->step, node);
}

/* ---- what else must be tried ---------------------------------------------------------------------------------------- */

static void must_try(struct node *k, uint64_t threads) {
    k->tries |= threads & k->enabled ? threads & k->enabled : k->enabled;
}

/* Where the block of steps of one thread begins that this step is in. */
static size_t block_of(const struct stepped_search *now, size_t step) {
    while (step > 0 && now->steps[step - 1].thread == now->steps[step].thread) step--;
    return step;
}

/* With a bound: the thread that would end the run could have given way to the others here or, without a preemption, before
 * it went on for the last time. */
static void try_before_end(struct search *s, struct node *k, const struct stepped_search *now) {
    size_t n = now->nsteps;
    k->tries |= k->enabled;
    if (n && now->steps[n - 1].thread == k->candidates[0]) must_try(&s->nodes[s->node_of[block_of(now, n - 1)]], k->enabled);
}

/* The first candidate; but who would end the run lets the others go on, for what they would have done cannot be seen
 * afterwards. Where only such are left each must be tried. */
static bool pick_first(struct search *s, struct node *k, const struct stepped_search *now) {
    uint64_t awake = k->enabled & ~k->asleep, others = awake & ~now->ending;
    if (s->how->bounded) { /* it would cost a preemption */
        if (now->ending & bit(k->candidates[0])) try_before_end(s, k, now);
        return true;
    }
    bool waits = others && now->nsteps < s->waited_from + MOST_WAITED;
    if (!(awake & now->ending)) s->waited_from = now->nsteps;
    if (awake & now->ending & ~others && others && !waits) s->cut = "stepsBeforeTheEnd=1000";
    if (!others) k->tries |= awake;
    uint64_t from = !others ? awake : waits ? others : awake & now->ending;
    while (k->picked < k->n && !(from & bit(k->candidates[k->picked]))) k->picked++;
    return k->picked < k->n;
}

static uint64_t new_thread_node(struct search *s, uint64_t n) {
    struct stepped_search now;
    stepped_search(s->run->world, &now);
    struct node *k = push(s, n);
    if (!k) return n;
    k->thread = true;
    k->step = now.nsteps;
    k->stays = now.stays;
    for (unsigned i = 0; i < now.ncandidates; i++) {
        if (now.candidates[i] >= RACE_THREADS) {
            s->cut = "goroutines=64";
            return n;
        }
        k->candidates[i] = (uint8_t)now.candidates[i];
        k->enabled |= bit(now.candidates[i]);
    }
    bool reduces = !s->how->all && !s->how->bounded;
    if (reduces && !sleep_on(s, k, &now)) {
        s->failed = true;
        return n;
    }
    if (!pick_first(s, k, &now)) {
        s->pruned = true;
        node_free(k);
        s->len--;
        return n;
    }
    k->tries |= s->how->all ? k->enabled : bit(k->candidates[k->picked]);
    went(s, s->len - 1);
    return k->picked;
}

static uint64_t ask(void *ctx, const struct stepped_choice *q, uint64_t suggested) {
    struct search *s = ctx;
    if (q->kind == RT_CHOOSE_PROBE) return suggested; /* the mode */
    if (s->at == s->len) {
        if (q->kind == RT_CHOOSE_THREAD) return new_thread_node(s, q->n);
        return push(s, q->n) ? 0 : q->n;
    }
    struct node *k = &s->nodes[s->at];
    if (k->n != q->n || k->thread != (q->kind == RT_CHOOSE_THREAD)) {
        s->strayed = true;
        return q->n;
    }
    went(s, s->at++);
    return k->picked;
}

static void on_race(void *ctx, struct step_race r) {
    struct search *s = ctx;
    struct node *k = &s->nodes[s->node_of[r.earlier]];
    struct stepped_search now;
    stepped_search(s->run->world, &now);
    if (s->how->bounded) {
        must_try(k, bit(now.steps[r.later].thread));
        must_try(&s->nodes[s->node_of[block_of(&now, r.earlier)]], bit(now.steps[r.later].thread));
        return;
    }
    if (r.first & (k->tries | k->asleep)) return;
    uint64_t own = bit(now.steps[r.later].thread), can = r.first & k->enabled;
    must_try(k, can & own ? own : can & (0 - can));
}

static bool new_class(struct search *s, uint64_t class) {
    char key[sizeof class];
    memcpy(key, &class, sizeof key);
    if (map_get(&s->classes, key, sizeof key)) return true;
    s->out->classes++;
    return map_set(&s->classes, key, sizeof key, s);
}

static bool judge(struct search *s, bool ended) {
    struct stepped_search now;
    uint64_t class;
    stepped_search(s->run->world, &now);
    size_t from = s->how->all ? now.nsteps : s->fresh;
    bool past = rt_end_how(s->run->rt) != RT_END_FATAL;
    if (!race_finder_run(s->finder, &now, from, past, on_race, s, &class)) return false;
    if (now.bound && !s->cut) s->cut = now.bound;
    if (now.drawn) s->drawn = now.drawn;
    return !ended || new_class(s, class);
}

/* ---- the next execution ----------------------------------------------------------------------------------------------- */

static bool allowed(struct search *s, const struct node *k, uint64_t pick) {
    if (!s->how->bounded || k->preemptions + is_preemption(k, pick) <= s->how->preemptions) return true;
    s->refused = true;
    return false;
}

/* The pick was tried in all ways. false: no memory. */
static bool tried(struct search *s, struct node *k, const struct stepped_search *last) {
    uint32_t thread = k->candidates[k->picked];
    k->done |= bit(thread);
    if (s->how->all || s->how->bounded) return true;
    k->shared.thread = thread;
    return sleeper_add(&k->shared, touches_of(last, k->step)) && puts_to_sleep(k, &k->shared);
}

static bool next_thread(struct search *s, struct node *k) {
    for (uint64_t pick = 0; pick < k->n; pick++) {
        uint64_t b = bit(k->candidates[pick]);
        if (!(k->tries & b) || ((k->done | k->asleep) & b) || !allowed(s, k, pick)) continue;
        k->picked = pick;
        return true;
    }
    return false;
}

/* The thread's node whose step this choice of a select or a map is in. */
static struct node *enclosing(struct search *s, size_t at) {
    while (at > 0 && !s->nodes[at].thread) at--;
    return s->nodes[at].thread ? &s->nodes[at] : NULL;
}

/* false: there is none, or no memory. */
static bool next_path(struct search *s) {
    struct stepped_search last;
    stepped_search(s->run->world, &last);
    for (; s->len; node_free(&s->nodes[--s->len])) {
        struct node *k = &s->nodes[s->len - 1], *in = k->thread ? k : enclosing(s, s->len - 1);
        if (k->thread) {
            if (!tried(s, k, &last)) return !(s->failed = true);
            if (!next_thread(s, k)) continue;
        } else {
            if (k->picked + 1 == k->n) continue;
            k->picked++;
            if (in && !sleeper_add(&in->shared, touches_of(&last, in->step))) return !(s->failed = true);
        }
        s->fresh = in ? in->step : 0;
        return true;
    }
    return false;
}

/* ---- executions ------------------------------------------------------------------------------------------------------- */

static struct run_found *found_of(struct run_search *out, const struct run_outcome *row) {
    for (size_t i = 0; i < out->nfound; i++)
        if (out->found[i].what.out == row->out) return &out->found[i];
    struct run_found *more = realloc(out->found, (out->nfound + 1) * sizeof *more);
    if (!more) return NULL;
    out->found = more;
    struct run_found *f = &out->found[out->nfound++];
    *f = (struct run_found){.what = *row, .preemptions = UINT32_MAX};
    return f;
}

static bool keep_decisions(struct search *s, struct run_found *f) {
    size_t n = 1;
    uint64_t *d = realloc(f->decisions, (s->len + 1) * sizeof *d);
    if (!d) return false;
    d[0] = STEPPED_SEARCHING;
    for (size_t i = 0; i < s->len; i++)
        if (s->nodes[i].n > 1) d[n++] = s->nodes[i].picked;
    while (n > 1 && d[n - 1] == 0) n--; /* as it would go on by itself */
    f->decisions = d;
    f->ndecisions = n;
    f->preemptions = s->preemptions;
    return true;
}

static bool count(struct search *s) {
    struct run_seen seen = {0};
    run_see(s->run, &seen);
    struct run_outcome key = {.out = seen.out, .nout = seen.nout, .error = str_cstr(&seen.error), .nerror = seen.error.len,
                              .status = seen.status};
    struct run_outcome *row = table_row(s->out->table, &key);
    struct run_found *f = row ? found_of(s->out, row) : NULL;
    str_free(&seen.error);
    if (!f) return false;
    f->executions++;
    return f->preemptions <= s->preemptions || keep_decisions(s, f);
}

static bool execute(struct search *s, const struct run_program *p, const struct run_options *o, struct diag_list *diags) {
    s->at = 0;
    s->above = SIZE_MAX;
    s->waited_from = 0;
    s->preemptions = 0;
    s->pruned = false;
    const char *before = s->cut;
    s->cut = NULL;
    if (!s->run) {
        if (!(s->run = run_new(p, o, diags))) return false;
    } else {
        run_finish(s->run);
        if (!run_begin(s->run, o, diags)) return false;
    }
    run_to_end(s->run);
    bool ended = !s->pruned && !s->failed && !s->strayed;
    bool ok = !s->failed && !s->strayed && judge(s, ended);
    bool whole = ended && !s->cut;
    if (!s->cut) s->cut = before;
    if (ok && s->pruned) s->out->pruned++;
    else if (ok) s->out->executions++;
    if (ok && whole && !count(s)) ok = false;
    if (ok) return true;
    if (s->strayed)
        diag_add(diags, NULL, 0, 0, "the program does not do the same again: it cannot be searched");
    else
        diags->failed = true;
    return false;
}

static int most_first(const void *a, const void *b) {
    const struct run_found *x = a, *y = b;
    if (x->executions != y->executions) return x->executions < y->executions ? 1 : -1;
    return strcmp(x->what.out, y->what.out);
}

static void say_bound(struct search *s, bool stopped) {
    char *to = s->out->bound;
    size_t n = sizeof s->out->bound;
    if (stopped && s->how->most && s->out->executions + s->out->pruned >= s->how->most)
        snprintf(to, n, "executions=%llu", (unsigned long long)s->how->most);
    else if (stopped)
        snprintf(to, n, "stopped");
    else if (s->cut)
        snprintf(to, n, "%s", s->cut);
    else if (s->drawn)
        snprintf(to, n, "%s", s->drawn);
    else if (s->refused)
        snprintf(to, n, "preemptions=%u", s->how->preemptions);
}

bool run_search(const struct run_program *p, const struct run_options *o, const struct run_search_how *how,
                struct run_search *out, struct diag_list *diags) {
    struct search s = {.how = how, .out = out};
    struct run_asks asks = {ask, &s};
    struct run_options q = *o;
    q.world = SCN_STEPPED;
    q.search = true;
    q.asks = &asks;
    q.ndecisions = 0;
    q.events = q.pass_output = false;
    if (!q.stdin_text) q.stdin_text = "";
    *out = (struct run_search){.table = table_new()};
    s.finder = race_finder_new();
    bool ok = out->table && s.finder, stopped = false;
    if (!ok) diags->failed = true;
    while (ok && (ok = execute(&s, p, &q, diags))) {
        if (!next_path(&s)) break;
        stopped = (how->most && out->executions + out->pruned >= how->most) || (how->more && !how->more(how->ctx));
        if (stopped) break;
    }
    if (s.failed) ok = !(diags->failed = true);
    say_bound(&s, stopped);
    if (out->nfound) qsort(out->found, out->nfound, sizeof *out->found, most_first);
    while (s.len) node_free(&s.nodes[--s.len]);
    free(s.nodes);
    free(s.node_of);
    map_free(&s.classes);
    race_finder_free(s.finder);
    run_free(s.run);
    return ok;
}

void run_search_free(struct run_search *s) {
    for (size_t i = 0; i < s->nfound; i++) free(s->found[i].decisions);
    free(s->found);
    run_outcomes_free(s->table);
    *s = (struct run_search){0};
}

/* ---- the fewest preemptions ---------------------------------------------------------------------------------------------- */

static struct run_found *same(struct run_search *s, const struct run_outcome *o) {
    for (size_t i = 0; i < s->nfound; i++) {
        const struct run_outcome *x = &s->found[i].what;
        if (x->status == o->status && x->nout == o->nout && memcmp(x->out, o->out, o->nout) == 0 &&
            strcmp(x->error, o->error) == 0)
            return &s->found[i];
    }
    return NULL;
}

static bool any_above(const struct run_search *s, unsigned preemptions) {
    for (size_t i = 0; i < s->nfound; i++)
        if (s->found[i].preemptions > preemptions) return true;
    return false;
}

bool run_search_least(const struct run_program *p, const struct run_options *o, uint64_t most, struct run_search *s,
                      struct diag_list *diags) {
    uint64_t spent = 0;
    for (unsigned bound = 0; any_above(s, bound); bound++) {
        struct run_search_how how = {.bounded = true, .preemptions = bound, .most = most - spent};
        struct run_search less;
        bool ok = spent < most && run_search(p, o, &how, &less, diags);
        if (spent >= most) return false;
        for (size_t i = 0; ok && i < less.nfound; i++) {
            struct run_found *f = same(s, &less.found[i].what), *g = &less.found[i];
            if (!f || f->preemptions <= g->preemptions) continue;
            uint64_t *mine = f->decisions;
            f->decisions = g->decisions;
            f->ndecisions = g->ndecisions;
            f->preemptions = g->preemptions;
            g->decisions = mine;
        }
        spent += less.executions + less.pruned;
        bool whole = ok && strncmp(less.bound, "executions", strlen("executions")) != 0;
        run_search_free(&less);
        if (!whole) return false;
    }
    return true;
}

/* ---- a scenario ------------------------------------------------------------------------------------------------------------ */

static void add_lines(struct str *out, const char *text, size_t n) {
    bool first = true;
    for (const char *at = text, *end = text + n; at < end; first = false) {
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        str_adds(out, first ? "\n    " : ",\n    ");
        str_add_json(out, at, (size_t)((nl ? nl : end) - at));
        at = nl ? nl + 1 : end;
    }
}

void run_search_scenario(const struct run_program *p, const struct run_options *o, const struct run_found *f,
                         const struct src_file *source, struct str *out) {
    str_adds(out, "{\n  \"format\": 1,\n  \"title\": ");
    str_add_json(out, p->name, strlen(p->name));
    str_adds(out, ",\n  \"source\": [");
    add_lines(out, source->text, source->length);
    str_addf(out, "\n  ],\n  \"machine\": { \"threads\": \"1:1\", \"cores\": %d },\n", STEPPED_MOST_SEARCHED);
    if (o->stdin_text && *o->stdin_text) {
        str_adds(out, "  \"stdin\": ");
        str_add_json(out, o->stdin_text, strlen(o->stdin_text));
        str_adds(out, ",\n");
    }
    str_adds(out, "  \"decisions\": [");
    for (size_t i = 0; i < f->ndecisions; i++) str_addf(out, i ? ", %llu" : "%llu", (unsigned long long)f->decisions[i]);
    str_adds(out, "],\n  \"expect\": { \"outcomes\": [ { \"stdout\": ");
    str_add_json(out, f->what.out, f->what.nout);
    str_addf(out, ", \"exit\": %d", f->what.status);
    if (*f->what.error) {
        str_adds(out, ", \"error\": ");
        str_add_json(out, f->what.error, f->what.nerror);
    }
    str_adds(out, " } ] }\n}\n");
}
