/* cmd_outcomes.c - gosee outcomes: what occurs over many runs, how often, and what replays it. */
#include <inttypes.h>
#include <stdio.h>

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

static void print_row(const struct run_outcome *o, uint64_t natural) {
    double share = natural ? 100.0 * (double)o->natural / (double)natural : 0;
    char replay[40];
    if (o->first_seed != UINT64_MAX)
        snprintf(replay, sizeof replay, "--seed %" PRIu64, o->first_seed);
    else
        snprintf(replay, sizeof replay, "--probe %" PRIu64, o->first_probe);
    printf("%8" PRIu64 " %6.1f%% %8" PRIu64 "  %-14s  ", o->natural, share, o->probing, replay);
    print_quoted(stdout, o->out, o->nout);
    if (o->status) printf(", status %d", o->status);
    if (*o->error) printf(", %s", o->error);
    putchar('\n');
}

static void print_table(const struct run_outcomes *all, uint64_t natural, uint64_t probing) {
    printf(" natural   share  probing  replay          outcome (%" PRIu64 " natural runs, %" PRIu64 " probing)\n", natural,
           probing);
    for (size_t i = 0; i < run_outcomes_count(all); i++) print_row(run_outcomes_at(all, i), natural);
}

int cmd_outcomes(const struct cli *c) {
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        if (l.o.world == SCN_LIVE) {
            cli_say("outcomes needs the stepped world: a live run cannot be replayed");
        } else {
            uint64_t probing = c->runs / 2, natural = c->runs - probing;
            struct run_outcomes *all = run_many(l.program, &l.o, natural, probing, NULL, NULL, &l.diags);
            if (all) {
                print_table(all, natural, probing);
                status = 0;
            } else {
                diag_print(&l.diags, stderr, 0);
            }
            run_outcomes_free(all);
        }
    }
    load_free(&l);
    return status;
}
