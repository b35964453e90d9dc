/* cmd_load.c - a path to a program on a machine: option over scenario over GOMAXPROCS over default. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd_record.h"

enum { ERRORS_SHOWN = 10 }; /* as go build */

static bool ends_in(const char *s, const char *end) {
    size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

static bool pick_variant(const char *name, const char *path, struct loaded *l) {
    l->s = name ? scn_variant(l->root, name) : l->root;
    if (l->s) return true;
    struct str text = {0};
    str_addf(&text, "%s has no variant \"%s\"", path, name);
    for (size_t i = 0; i < l->root->nvariants; i++)
        str_addf(&text, "%s \"%s\"", i ? "," : "; it has", l->root->variants[i].name);
    diag_add(&l->diags, NULL, 0, 0, "%s", str_cstr(&text));
    str_free(&text);
    return false;
}

/* The environment's GOMAXPROCS, as Go reads it: a positive number, else it counts for nothing. */
static unsigned env_procs(void) {
    const char *text = getenv("GOMAXPROCS");
    char *end;
    if (!text || !*text) return 0;
    long n = strtol(text, &end, 10);
    return *end || n < 1 ? 0 : n > 1024 ? 1024 : (unsigned)n;
}

static enum scn_world world_of(const struct cli *c, const struct loaded *l) {
    if (c->given[OPT_WORLD]) return c->world;
    switch (c->command) {
    case CMD_RUN: return l->plain_go ? SCN_LIVE : l->s->world;
    case CMD_WINDOW: return l->s->world;
    default: return SCN_STEPPED;
    }
}

static void apply(const struct cli *c, struct loaded *l) {
    struct run_options *o = &l->o;
    run_options_from(l->s, o);
    o->world = world_of(c, l);
    bool live = o->world == SCN_LIVE;
    o->procs = c->procs ? c->procs : live && !l->s->procs_given ? env_procs() : l->s->procs;
    o->cores = c->cores ? c->cores : live && !l->s->cores_given ? 0 : l->s->cores;
    o->race = c->given[OPT_RACE];
    if (c->given[OPT_THREADS]) o->one_to_one = c->one_to_one;
    if (c->given[OPT_SEED] || c->given[OPT_PROBE]) {
        o->choice = c->choice;
        o->number = c->number;
        o->decisions = NULL;
        o->ndecisions = 0;
    } else if (live) {
        o->number = 0;
    }
    if (l->plain_go) o->folder = NULL; /* as go run has it */
    if (c->command == CMD_RUN && l->plain_go) o->limits = (struct scn_limits){0};
    struct str unused = {0};
    for (size_t i = 0; i < c->nlimits; i++) cli_limit(c->limits[i], &o->limits, &unused);
    str_free(&unused);
    if (!c->args_given) return;
    o->args = c->args;
    o->nargs = c->nargs;
}

bool load_path(const struct cli *c, const char *path, struct loaded *l) {
    *l = (struct loaded){.plain_go = ends_in(path, ".go")};
    diag_init(&l->diags);
    bool first = c->npaths > 0 && strcmp(path, c->paths[0]) == 0;
    l->root = scn_load(path, &l->diags);
    if (!l->root || !pick_variant(first ? c->variant : NULL, path, l)) return false;
    l->program = run_compile(&l->s->source, &l->diags);
    if (l->program) apply(c, l);
    return l->program != NULL;
}

bool load(const struct cli *c, struct loaded *l) {
    if (is_recording(c)) {
        *l = (struct loaded){.plain_go = false};
        diag_init(&l->diags);
        cli_say("%s is a recording, a run that is over: gosee, gosee explain and gosee shot open it", c->paths[0]);
        return false;
    }
    if (load_path(c, c->paths[0], l)) return true;
    diag_print(&l->diags, stderr, ERRORS_SHOWN);
    if (l->diags.failed) cli_say("out of memory");
    return false;
}

void load_free(struct loaded *l) {
    run_program_free(l->program);
    if (l->root) scn_free(l->root);
    diag_free(&l->diags);
}
