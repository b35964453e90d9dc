/* cmd_search.c - gosee outcomes --exhaustive: every outcome that some order of the goroutines has. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

#define MOST_EXECUTIONS UINT64_C(1000000)
#define MOST_FOR_LEAST UINT64_C(200000) /* executions spent on showing each outcome with fewer preemptions */

static void print_found(const struct run_search *s, const struct run_search_how *how) {
    printf("executions  preemptions  outcome\n");
    for (size_t i = 0; i < s->nfound; i++) {
        const struct run_found *f = &s->found[i];
        printf("%10" PRIu64 " %12u  ", f->executions, f->preemptions);
        print_quoted(stdout, f->what.out, f->what.nout);
        if (f->what.status) printf(", status %d", f->what.status);
        if (*f->what.error) printf(", %s", f->what.error);
        putchar('\n');
    }
    bool within = how->bounded && strncmp(s->bound, "preemptions", strlen("preemptions")) == 0;
    if (within || !*s->bound)
        printf("search complete%s: %" PRIu64 " executions, %" PRIu64 " pruned\n", within ? " within the bound" : "", s->executions,
               s->pruned);
    else
        printf("%" PRIu64 " executions, %" PRIu64 " pruned\nsearch partial: bound %s reached\n", s->executions, s->pruned,
               s->bound);
}

static bool print_json(const struct run_search *s) {
    struct str out = {0};
    str_addf(&out, "{\"complete\":%s,\"bound\":", *s->bound ? "false" : "true");
    if (*s->bound)
        str_add_json(&out, s->bound, strlen(s->bound));
    else
        str_adds(&out, "null");
    str_addf(&out, ",\"executions\":%" PRIu64 ",\"pruned\":%" PRIu64 ",\"classes\":%" PRIu64 ",\"outcomes\":[", s->executions,
             s->pruned, s->classes);
    for (size_t i = 0; i < s->nfound; i++) {
        const struct run_found *f = &s->found[i];
        str_adds(&out, i ? ",\n{\"stdout\":" : "\n{\"stdout\":");
        str_add_json(&out, f->what.out, f->what.nout);
        str_addf(&out, ",\"exit\":%d,\"error\":", f->what.status);
        str_add_json(&out, f->what.error, f->what.nerror);
        str_addf(&out, ",\"kind\":\"%s\",\"executions\":%" PRIu64 ",\"preemptions\":%u,\"decisions\":[", kind_of(&f->what),
                 f->executions, f->preemptions);
        for (size_t k = 0; k < f->ndecisions; k++) str_addf(&out, k ? ",%" PRIu64 : "%" PRIu64, f->decisions[k]);
        str_adds(&out, "]}");
    }
    str_adds(&out, "\n]}\n");
    return cli_print(&out);
}

/* What went wrong, with the fewest preemptions; if nothing did, what is rarest. */
static const struct run_found *worth_keeping(const struct run_search *s) {
    const struct run_found *best = NULL;
    for (size_t i = 0; i < s->nfound; i++) {
        const struct run_found *f = &s->found[i];
        bool wrong = f->what.status != 0, best_wrong = best && best->what.status != 0;
        if (!best || wrong > best_wrong ||
            (wrong == best_wrong && (wrong ? f->preemptions < best->preemptions : f->executions <= best->executions)))
            best = f;
    }
    return best;
}

static bool write_scenario(const struct cli *c, const struct loaded *l, const struct run_search *s) {
    const struct run_found *f = worth_keeping(s);
    if (!f) {
        cli_say("no execution came to its end: there is nothing to write to %s", c->out);
        return false;
    }
    struct str out = {0};
    run_search_scenario(l->program, &l->o, f, &l->s->source, &out);
    bool ok = !out.failed && file_write_whole(c->out, out.data, out.len);
    if (!ok) cli_say("cannot write %s: %s", c->out, out.failed ? "out of memory" : strerror(errno));
    str_free(&out);
    return ok;
}

static bool fits(const struct cli *c) {
    static const enum cli_option others[] = {OPT_SHARD, OPT_RACE, OPT_PROCS, OPT_CORES};
    static const char *const why[] = {"a search is not split", "it looks at every order, and does not stop at a race",
                                      "every goroutine has a processor of its own", "every goroutine has a core of its own"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (!c->given[others[i]]) continue;
        static const char *const words[] = {"--shard", "--race", "--procs", "--cores"};
        cli_say("%s does not go with --exhaustive: %s", words[i], why[i]);
        return false;
    }
    return true;
}

int search_outcomes(const struct cli *c, struct loaded *l) {
    if (!fits(c)) return STATUS_REFUSED;
    struct run_search_how how = {.bounded = c->given[OPT_PREEMPTIONS], .preemptions = (unsigned)c->preemptions,
                                 .most = c->given[OPT_RUNS] ? c->runs : MOST_EXECUTIONS};
    struct run_search s;
    int status = STATUS_REFUSED;
    bool ok = run_search(l->program, &l->o, &how, &s, &l->diags);
    if (ok && !how.bounded) run_search_least(l->program, &l->o, MOST_FOR_LEAST, &s, &l->diags);
    if (!ok) {
        diag_print(&l->diags, stderr, 0);
        if (l->diags.failed) cli_say("out of memory");
    } else if (!c->out || write_scenario(c, l, &s)) {
        status = 0;
        if (!c->json)
            print_found(&s, &how);
        else if (!print_json(&s))
            status = STATUS_REFUSED;
    }
    run_search_free(&s);
    return status;
}
