/* cmd_outcomes.c - gosee outcomes: what occurs over many runs, how often, and what replays it. And gosee merge, which
 * joins the parts that outcomes --shard wrote. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

void print_quoted(FILE *to, const char *text, size_t n) {
    fputc('"', to);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            fputs("\\n", to);
        else if (c == '\t')
            fputs("\\t", to);
        else if (c == '"' || c == '\\')
            fprintf(to, "\\%c", c);
        else if (c < 32 || c == 127)
            fprintf(to, "\\x%02x", c);
        else
            fputc(c, to);
    }
    fputc('"', to);
}

/* "--seed 7", or the probe if no seed shows it. */
static const char *replay_of(const struct run_outcome *o, char *buf, size_t n) {
    if (o->first_seed != UINT64_MAX)
        snprintf(buf, n, "--seed %" PRIu64, o->first_seed);
    else
        snprintf(buf, n, "--probe %" PRIu64, o->first_probe);
    return buf;
}

static void print_row(const struct run_outcome *o, uint64_t natural) {
    struct run_share s = run_share_of(o->natural, natural);
    char replay[40];
    printf("%8" PRIu64 " %6.1f%%  %5.1f to %5.1f%% %8" PRIu64 "  %-14s  ", o->natural, 100 * s.share, 100 * s.lo, 100 * s.hi,
           o->probing, replay_of(o, replay, sizeof replay));
    print_quoted(stdout, o->out, o->nout);
    if (o->status) printf(", status %d", o->status);
    if (*o->error) printf(", %s", o->error);
    putchar('\n');
}

static void print_table(const struct run_outcomes *all, const struct run_many_how *how) {
    printf(" natural   share  95%% interval    probing  replay          outcome (%" PRIu64 " natural runs, %" PRIu64 " probing)\n",
           how->natural, how->probing);
    for (size_t i = 0; i < run_outcomes_count(all); i++) print_row(run_outcomes_at(all, i), how->natural);
}

const char *kind_of(const struct run_outcome *o) {
    static const struct {
        const char *begins, *kind;
    } kinds[] = {{"fatal error: all goroutines are asleep - deadlock!", "deadlock"},
                 {"fatal error: no goroutines (main called runtime.Goexit) - deadlock!", "deadlock"},
                 {"WARNING: DATA RACE", "race"},
                 {"fatal error: ", "fatal error"},
                 {"panic: ", "panic"},
                 {"gosee: limit ", "limit"},
                 {"gosee: ", "refused"}};
    if (o->status == 0) return "exit";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(o->error, kinds[i].begins, strlen(kinds[i].begins)) == 0) return kinds[i].kind;
    return "exit";
}

static void json_number(struct str *out, const char *key, uint64_t n) {
    if (n == UINT64_MAX)
        str_addf(out, ",\"%s\":null", key);
    else
        str_addf(out, ",\"%s\":%" PRIu64, key, n);
}

static void json_row(struct str *out, const struct run_outcome *o, uint64_t natural) {
    struct run_share s = run_share_of(o->natural, natural);
    str_adds(out, "{\"stdout\":");
    str_add_json(out, o->out, o->nout);
    str_addf(out, ",\"exit\":%d,\"error\":", o->status);
    str_add_json(out, o->error, o->nerror);
    str_addf(out, ",\"kind\":\"%s\",\"natural\":%" PRIu64 ",\"probing\":%" PRIu64, kind_of(o), o->natural, o->probing);
    if (natural)
        str_addf(out, ",\"share\":%.6f,\"interval\":[%.6f,%.6f]", s.share, s.lo, s.hi);
    else
        str_adds(out, ",\"share\":null,\"interval\":null");
    json_number(out, "seed", o->first_seed);
    json_number(out, "probe", o->first_probe);
    str_addc(out, '}');
}

static bool print_json(const struct run_outcomes *all, const struct run_many_how *how) {
    struct str out = {0};
    str_addf(&out, "{\"natural\":%" PRIu64 ",\"probing\":%" PRIu64 ",\"outcomes\":[", how->natural, how->probing);
    for (size_t i = 0; i < run_outcomes_count(all); i++) {
        str_adds(&out, i ? ",\n" : "\n");
        json_row(&out, run_outcomes_at(all, i), how->natural);
    }
    str_adds(&out, "\n]}\n");
    return cli_print(&out);
}

static int print_all(const struct cli *c, const struct run_outcomes *all, const struct run_many_how *how) {
    if (c->json) return print_json(all, how) ? 0 : STATUS_REFUSED;
    print_table(all, how);
    return 0;
}

static int write_part(const struct cli *c, const struct loaded *l, const struct run_outcomes *part,
                      const struct run_many_how *how) {
    struct str out = {0};
    run_shard_write(l->program, &l->o, how, part, &out);
    int status = STATUS_REFUSED;
    if (out.failed)
        cli_say("out of memory");
    else if (!file_write_whole(c->out, out.data, out.len))
        cli_say("cannot write %s: %s", c->out, strerror(errno));
    else
        status = 0;
    str_free(&out);
    return status;
}

int cmd_outcomes(const struct cli *c) {
    bool searches = c->given[OPT_EXHAUSTIVE];
    if (!searches && c->given[OPT_SHARD] != c->given[OPT_OUT]) {
        cli_say("--shard K/N and -o FILE go together: the file is for gosee merge");
        return STATUS_REFUSED;
    }
    struct loaded l;
    int status = STATUS_REFUSED;
    if (!load(c, &l)) {
        load_free(&l);
        return status;
    }
    if (l.o.world == SCN_LIVE) {
        cli_say("outcomes needs the stepped world: a live run cannot be replayed");
        load_free(&l);
        return status;
    }
    if (searches) {
        status = search_outcomes(c, &l);
        load_free(&l);
        return status;
    }
    struct run_many_how how = {.natural = c->runs - c->runs / 2, .probing = c->runs / 2, .shard = c->shard,
                               .shards = c->shards};
    struct run_outcomes *all = run_many_shared(l.program, &l.o, &how, &l.diags);
    if (!all)
        diag_print(&l.diags, stderr, 0);
    else
        status = c->shards ? write_part(c, &l, all, &how) : print_all(c, all, &how);
    run_outcomes_free(all);
    load_free(&l);
    return status;
}

/* ---- merge ---------------------------------------------------------------------------------------------------------- */

#define MOST_PART ((size_t)1 << 30)

/* false: a message was written. */
static bool read_parts(const struct cli *c, struct str *texts, struct src_file *parts) {
    for (size_t i = 0; i < c->npaths; i++) {
        if (!str_read_file(&texts[i], c->paths[i], MOST_PART)) {
            cli_say("%s: %s", c->paths[i], strerror(errno));
            return false;
        }
        parts[i] = (struct src_file){c->paths[i], str_cstr(&texts[i]), texts[i].len};
    }
    return true;
}

int cmd_merge(const struct cli *c) {
    struct str *texts = calloc(c->npaths, sizeof *texts);
    struct src_file *parts = calloc(c->npaths, sizeof *parts);
    struct diag_list diags;
    diag_init(&diags);
    int status = STATUS_REFUSED;
    if (!texts || !parts) {
        cli_say("out of memory");
    } else if (read_parts(c, texts, parts)) {
        struct run_many_how how;
        struct run_outcomes *all = run_shards_join(parts, c->npaths, &how, &diags);
        if (all)
            status = print_all(c, all, &how);
        else
            diag_print(&diags, stderr, 0);
        run_outcomes_free(all);
    }
    for (size_t i = 0; texts && i < c->npaths; i++) str_free(&texts[i]);
    free(texts);
    free(parts);
    diag_free(&diags);
    return status;
}
