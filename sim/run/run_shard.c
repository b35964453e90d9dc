/* run_shard.c - a part of many runs as text, and the whole joined from its parts.
 *
 *     gosee outcomes 1
 *     program HASH natural N probing M shard K/S rows R
 *     row STATUS NATURAL PROBING SEED PROBE NOUT NERROR
 *     <NOUT bytes of stdout><NERROR bytes of the first line of stderr>
 *     ...
 *     end
 *
 * The hash is of the program and of all that its runs depend on: parts of different wholes are not added up. Numbers that
 * stand for none are "-". A file may come from anywhere: nothing in it is believed before it was checked.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytecode.h"
#include "map.h"
#include "run_int.h"
#include "run_table.h"

#define FIRST_LINE "gosee outcomes 1\n"

enum { MOST_SHARDS = 1000000 };

/* ---- writing ------------------------------------------------------------------------------------------------------ */

static void add_text(struct str *s, const char *text) { str_addf(s, "%zu:%s,", text ? strlen(text) : 0, text ? text : ""); }

static uint64_t identity(const struct run_program *p, const struct run_options *o) {
    struct str s = {0};
    for (uint32_t i = 0; i < p->lang->nfiles; i++) {
        if (p->lang->files[i].library) continue;
        str_addf(&s, "%zu:", (size_t)p->lang->files[i].length);
        str_add(&s, p->lang->files[i].text, p->lang->files[i].length);
    }
    str_addf(&s, "procs %u cores %u 1:1 %d race %d stack %" PRIu64 " stdin %d ", o->procs, o->cores, o->one_to_one, o->race,
             o->thread_stack, o->stdin_text != NULL);
    add_text(&s, o->stdin_text);
    add_text(&s, o->program_name ? o->program_name : p->name);
    for (size_t i = 0; i < o->ncosts; i++)
        str_addf(&s, "%s %" PRId64 " %" PRId64 ",", o->costs[i].key, o->costs[i].value.lo, o->costs[i].value.hi);
    for (size_t i = 0; i < o->ndecisions; i++) str_addf(&s, "decision %" PRIu64 ",", o->decisions[i]);
    for (size_t i = 0; i < o->nargs; i++) add_text(&s, o->args[i]);
    for (size_t i = 0; i < o->nsignals; i++)
        str_addf(&s, "%s %" PRId64 ",", o->signals[i].name, o->signals[i].at.time_ns);
    const struct scn_limits *l = &o->limits;
    str_addf(&s, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, l->goroutines, l->heap, l->time_ns,
             l->output, l->events, l->stack);
    uint64_t h = hash_bytes(s.data, s.len);
    str_free(&s);
    return h;
}

static void add_number(struct str *out, uint64_t n) {
    if (n == UINT64_MAX)
        str_adds(out, " -");
    else
        str_addf(out, " %" PRIu64, n);
}

void run_shard_write(const struct run_program *p, const struct run_options *o, const struct run_many_how *how,
                     const struct run_outcomes *part, struct str *out) {
    bool whole = how->shards < 2;
    str_addf(out, FIRST_LINE "program %016" PRIx64 " natural %" PRIu64 " probing %" PRIu64 " shard %u/%u rows %zu\n",
             identity(p, o), how->natural, how->probing, whole ? 1 : how->shard, whole ? 1 : how->shards,
             run_outcomes_count(part));
    for (size_t i = 0; i < run_outcomes_count(part); i++) {
        const struct run_outcome *r = run_outcomes_at(part, i);
        str_addf(out, "row %d %" PRIu64 " %" PRIu64, r->status, r->natural, r->probing);
        add_number(out, r->first_seed);
        add_number(out, r->first_probe);
        str_addf(out, " %zu %zu\n", r->nout, r->nerror);
        str_add(out, r->out, r->nout);
        str_add(out, r->error, r->nerror);
        str_addc(out, '\n');
    }
    str_adds(out, "end\n");
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */

struct reader {
    const char *at, *end;
    bool bad;
};

static bool word(struct reader *r, const char *w) {
    size_t n = strlen(w);
    if (r->bad || (size_t)(r->end - r->at) < n || memcmp(r->at, w, n) != 0)
        r->bad = true;
    else
        r->at += n;
    return !r->bad;
}

static uint64_t number(struct reader *r, unsigned base, uint64_t most) {
    uint64_t v = 0;
    const char *from = r->at;
    for (; !r->bad && r->at < r->end; r->at++) {
        char c = *r->at;
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
        if (digit >= base) break;
        if (v > (most - digit) / base) r->bad = true;
        else v = v * base + digit;
    }
    if (r->at == from) r->bad = true;
    return v;
}

/* What add_number wrote. */
static uint64_t number_or_none(struct reader *r) {
    if (r->at < r->end && *r->at == '-') {
        r->at++;
        return UINT64_MAX;
    }
    return number(r, 10, UINT64_MAX - 1);
}

static const char *bytes(struct reader *r, uint64_t n) {
    const char *at = r->at;
    if (r->bad || (uint64_t)(r->end - r->at) < n) {
        r->bad = true;
        return "";
    }
    r->at += n;
    return at;
}

struct head {
    uint64_t program, natural, probing, rows;
    unsigned shard, shards;
};

static struct head read_head(struct reader *r) {
    struct head h = {0};
    if (word(r, FIRST_LINE) && word(r, "program ")) h.program = number(r, 16, UINT64_MAX);
    if (word(r, " natural ")) h.natural = number(r, 10, UINT64_MAX / 4);
    if (word(r, " probing ")) h.probing = number(r, 10, UINT64_MAX / 4);
    if (word(r, " shard ")) h.shard = (unsigned)number(r, 10, MOST_SHARDS);
    if (word(r, "/")) h.shards = (unsigned)number(r, 10, MOST_SHARDS);
    if (word(r, " rows ")) h.rows = number(r, 10, SIZE_MAX / 64);
    word(r, "\n");
    if (h.shard < 1 || h.shard > h.shards) r->bad = true;
    return h;
}

/* false: out of memory. r->bad: the row is broken. */
static bool read_row(struct reader *r, struct run_outcomes *into) {
    struct run_outcome o = {0};
    if (word(r, "row ")) o.status = (int)number(r, 10, INT32_MAX);
    if (word(r, " ")) o.natural = number(r, 10, UINT64_MAX / 4);
    if (word(r, " ")) o.probing = number(r, 10, UINT64_MAX / 4);
    if (word(r, " ")) o.first_seed = number_or_none(r);
    if (word(r, " ")) o.first_probe = number_or_none(r);
    if (word(r, " ")) o.nout = (size_t)number(r, 10, SIZE_MAX / 4);
    if (word(r, " ")) o.nerror = (size_t)number(r, 10, SIZE_MAX / 4);
    word(r, "\n");
    o.out = bytes(r, o.nout);
    o.error = bytes(r, o.nerror);
    word(r, "\n");
    if ((o.natural == 0) != (o.first_seed == UINT64_MAX) || (o.probing == 0) != (o.first_probe == UINT64_MAX)) r->bad = true;
    if (r->bad) return true;
    struct run_outcome *row = table_row(into, &o);
    if (!row) return false;
    table_count(row, o.natural, o.probing, o.first_seed, o.first_probe);
    return true;
}

/* How many of n runs a shard makes. */
static uint64_t part_of(uint64_t n, const struct head *h) { return n / h->shards + (n % h->shards >= h->shard); }

/* One file's rows into a table of its own; NULL with the reason in diags. */
static struct run_outcomes *read_part(const struct src_file *f, struct head *h, struct diag_list *diags) {
    struct reader r = {f->text, f->text + f->length, false};
    *h = read_head(&r);
    struct run_outcomes *part = table_new();
    bool ok = part != NULL;
    for (uint64_t i = 0; ok && !r.bad && i < h->rows; i++) ok = read_row(&r, part);
    if (!r.bad) word(&r, "end\n");
    uint64_t natural = 0, probing = 0;
    for (size_t i = 0; ok && i < run_outcomes_count(part); i++) {
        natural += run_outcomes_at(part, i)->natural;
        probing += run_outcomes_at(part, i)->probing;
    }
    if (!ok)
        diags->failed = true;
    else if (r.bad || r.at != r.end)
        diag_add(diags, NULL, 0, 0, "%s: not a part that gosee outcomes --shard wrote, or cut short (offset %zu)", f->name,
                 (size_t)(r.at - f->text));
    else if (natural != part_of(h->natural, h) || probing != part_of(h->probing, h))
        diag_add(diags, NULL, 0, 0, "%s: its rows do not add up to the runs of shard %u/%u", f->name, h->shard, h->shards);
    else
        return part;
    run_outcomes_free(part);
    return NULL;
}

static bool same_whole(const struct head *a, const struct head *b) {
    return a->program == b->program && a->natural == b->natural && a->probing == b->probing && a->shards == b->shards;
}

/* from[k - 1]: the file that gave shard k. */
static bool all_there(const struct head *whole, const struct src_file **from, struct diag_list *diags) {
    for (unsigned k = 1; k <= whole->shards; k++) {
        if (from[k - 1]) continue;
        diag_add(diags, NULL, 0, 0, "shard %u/%u is missing", k, whole->shards);
        return false;
    }
    return true;
}

struct run_outcomes *run_shards_join(const struct src_file *parts, size_t n, struct run_many_how *how,
                                     struct diag_list *diags) {
    struct head whole = {0};
    struct run_outcomes *sum = table_new();
    const struct src_file **from = NULL;
    bool ok = sum != NULL;
    if (!ok) diags->failed = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct head h;
        struct run_outcomes *part = read_part(&parts[i], &h, diags);
        if (part && i == 0) whole = h;
        if (part && !from && !(from = calloc(h.shards, sizeof *from))) diags->failed = true;
        ok = part && from;
        if (ok && !same_whole(&whole, &h)) {
            diag_add(diags, NULL, 0, 0, "%s and %s are no parts of one whole: another program, machine, number of runs or of shards",
                     parts[0].name, parts[i].name);
            ok = false;
        } else if (ok && from[h.shard - 1]) {
            diag_add(diags, NULL, 0, 0, "%s and %s are both shard %u/%u", from[h.shard - 1]->name, parts[i].name, h.shard,
                     h.shards);
            ok = false;
        } else if (ok) {
            from[h.shard - 1] = &parts[i];
            ok = run_outcomes_add(sum, part);
            if (!ok) diags->failed = true;
        }
        run_outcomes_free(part);
    }
    if (ok && n) ok = all_there(&whole, from, diags);
    free(from);
    if (!ok) {
        run_outcomes_free(sum);
        return NULL;
    }
    *how = (struct run_many_how){.natural = whole.natural, .probing = whole.probing};
    return sum;
}
