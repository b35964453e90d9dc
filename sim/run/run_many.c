/* run_many.c - one program under many seeds and probes: which outcomes occur, and how often. */
#include <stdlib.h>
#include <string.h>

#include "map.h"
#include "run_int.h"

struct run_outcomes {
    struct run_outcome **rows; /* each with its texts behind it */
    size_t len, cap;
    struct map by_key; /* status, error and output to row */
};

static struct run_outcome *new_row(struct run_outcomes *o, const struct run_seen *s) {
    if (o->len == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 16;
        void *more = realloc(o->rows, cap * sizeof *o->rows);
        if (!more) return NULL;
        o->rows = more;
        o->cap = cap;
    }
    struct run_outcome *row = calloc(1, sizeof *row + s->nout + 1 + s->error.len + 1);
    if (!row) return NULL;
    char *out = (char *)(row + 1), *error = out + s->nout + 1;
    memcpy(out, s->out, s->nout);
    memcpy(error, str_cstr(&s->error), s->error.len);
    *row = (struct run_outcome){.out = out, .error = error, .nout = s->nout, .status = s->status,
                                .first_seed = UINT64_MAX, .first_probe = UINT64_MAX};
    o->rows[o->len++] = row;
    return row;
}

static bool count(struct run_outcomes *o, const struct run_seen *s, bool probing, uint64_t number, struct str *key) {
    str_clear(key);
    str_addf(key, "%d %zu ", s->status, s->error.len);
    str_add(key, str_cstr(&s->error), s->error.len);
    str_add(key, s->out, s->nout);
    if (key->failed) return false;
    struct run_outcome *row = map_get(&o->by_key, key->data, key->len);
    if (!row) {
        row = new_row(o, s);
        if (!row || !map_set(&o->by_key, key->data, key->len, row)) return false;
    }
    uint64_t *first = probing ? &row->first_probe : &row->first_seed;
    if (*first == UINT64_MAX) *first = number;
    if (probing)
        row->probing++;
    else
        row->natural++;
    return true;
}

static int more_frequent_first(const void *a, const void *b) {
    const struct run_outcome *x = *(struct run_outcome *const *)a, *y = *(struct run_outcome *const *)b;
    if (x->natural != y->natural) return x->natural < y->natural ? 1 : -1;
    if (x->probing != y->probing) return x->probing < y->probing ? 1 : -1;
    if (x->first_seed != y->first_seed) return x->first_seed < y->first_seed ? -1 : 1;
    return x->first_probe < y->first_probe ? -1 : x->first_probe > y->first_probe;
}

struct many { /* the run that is started over and over */
    struct run *run;
    struct run_options o;
    struct run_seen seen;
    struct str key;
};

static bool one(struct run_outcomes *all, struct many *m, const struct run_program *p, bool probing, uint64_t number,
                struct diag_list *diags) {
    m->o.choice = probing ? SCN_PROBE : SCN_SEED;
    m->o.number = number;
    if (!m->run) {
        if (!(m->run = run_new(p, &m->o, diags))) return false;
    } else {
        run_finish(m->run);
        if (!run_begin(m->run, &m->o, diags)) return false;
    }
    run_to_end(m->run);
    run_see(m->run, &m->seen);
    if (count(all, &m->seen, probing, number, &m->key)) return true;
    diags->failed = true;
    return false;
}

struct run_outcomes *run_many(const struct run_program *p, const struct run_options *o, uint64_t natural,
                              uint64_t probing, bool (*more)(void *), void *ctx, struct diag_list *diags) {
    struct run_outcomes *all = calloc(1, sizeof *all);
    if (!all) {
        diags->failed = true;
        return NULL;
    }
    struct many m = {.o = *o};
    m.o.world = SCN_STEPPED;
    m.o.events = m.o.pass_output = false;
    if (!m.o.stdin_text) m.o.stdin_text = ""; /* many runs cannot share one stdin */
    bool ok = true;
    for (uint64_t i = 0; ok && i < natural + probing; i++) {
        if (more && !more(ctx)) break;
        bool probe = i >= natural;
        ok = one(all, &m, p, probe, (probe ? i - natural : i) + 1, diags);
    }
    run_free(m.run);
    str_free(&m.seen.error);
    str_free(&m.key);
    if (!ok) {
        run_outcomes_free(all);
        return NULL;
    }
    if (all->len) qsort(all->rows, all->len, sizeof *all->rows, more_frequent_first);
    return all;
}

size_t run_outcomes_count(const struct run_outcomes *o) { return o->len; }

const struct run_outcome *run_outcomes_at(const struct run_outcomes *o, size_t i) {
    return i < o->len ? o->rows[i] : NULL;
}

void run_outcomes_free(struct run_outcomes *o) {
    if (!o) return;
    for (size_t i = 0; i < o->len; i++) free(o->rows[i]);
    free(o->rows);
    map_free(&o->by_key);
    free(o);
}
