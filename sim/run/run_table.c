/* run_table.c - outcomes by what was seen: counted, added up, sorted. */
#include "run_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"

struct run_outcomes {
    struct run_outcome **rows; /* each with its texts behind it */
    size_t len, cap;
    struct map by_key; /* status, error and output to row */
    struct str key;
};

struct run_outcomes *table_new(void) { return calloc(1, sizeof(struct run_outcomes)); }

static struct run_outcome *new_row(struct run_outcomes *o, const struct run_outcome *key) {
    if (o->len == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 16;
        void *more = realloc(o->rows, cap * sizeof *o->rows);
        if (!more) return NULL;
        o->rows = more;
        o->cap = cap;
    }
    struct run_outcome *row = calloc(1, sizeof *row + key->nout + 1 + key->nerror + 1);
    if (!row) return NULL;
    char *out = (char *)(row + 1), *error = out + key->nout + 1;
    if (key->nout) memcpy(out, key->out, key->nout);
    if (key->nerror) memcpy(error, key->error, key->nerror);
    *row = (struct run_outcome){.out = out, .error = error, .nout = key->nout, .nerror = key->nerror,
                                .status = key->status, .first_seed = UINT64_MAX, .first_probe = UINT64_MAX};
    o->rows[o->len++] = row;
    return row;
}

struct run_outcome *table_row(struct run_outcomes *o, const struct run_outcome *key) {
    str_clear(&o->key);
    str_addf(&o->key, "%d %zu ", key->status, key->nerror);
    str_add(&o->key, key->error, key->nerror);
    str_add(&o->key, key->out, key->nout);
    if (o->key.failed) return NULL;
    struct run_outcome *row = map_get(&o->by_key, o->key.data, o->key.len);
    if (row) return row;
    row = new_row(o, key);
    return row && map_set(&o->by_key, o->key.data, o->key.len, row) ? row : NULL;
}

void table_count(struct run_outcome *row, uint64_t natural, uint64_t probing, uint64_t seed, uint64_t probe) {
    row->natural += natural;
    row->probing += probing;
    if (seed < row->first_seed) row->first_seed = seed;
    if (probe < row->first_probe) row->first_probe = probe;
}

static int more_frequent_first(const void *a, const void *b) {
    const struct run_outcome *x = *(struct run_outcome *const *)a, *y = *(struct run_outcome *const *)b;
    if (x->natural != y->natural) return x->natural < y->natural ? 1 : -1;
    if (x->probing != y->probing) return x->probing < y->probing ? 1 : -1;
    if (x->first_seed != y->first_seed) return x->first_seed < y->first_seed ? -1 : 1;
    return x->first_probe < y->first_probe ? -1 : x->first_probe > y->first_probe;
}

void table_sort(struct run_outcomes *o) {
    if (o->len) qsort(o->rows, o->len, sizeof *o->rows, more_frequent_first);
}

bool run_outcomes_add(struct run_outcomes *to, const struct run_outcomes *from) {
    for (size_t i = 0; i < from->len; i++) {
        const struct run_outcome *f = from->rows[i];
        struct run_outcome *row = table_row(to, f);
        if (!row) return false;
        table_count(row, f->natural, f->probing, f->first_seed, f->first_probe);
    }
    table_sort(to);
    return true;
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
    str_free(&o->key);
    free(o);
}

struct run_share run_share_of(uint64_t k, uint64_t n) {
    if (!n) return (struct run_share){0, 0, 1};
    const double z = 1.959963984540054; /* 97.5 % of a normal distribution lie below */
    double share = (double)k / (double)n, zz = z * z / (double)n;
    double middle = (share + zz / 2) / (1 + zz);
    double half = z * sqrt(share * (1 - share) / (double)n + zz / (4 * (double)n)) / (1 + zz);
    struct run_share s = {share, middle - half, middle + half};
    if (k == 0 || s.lo < 0) s.lo = 0;
    if (k == n || s.hi > 1) s.hi = 1;
    return s;
}
