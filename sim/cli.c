/* cli.c - argv to struct cli. Every option and command is a row of options.def and commands.def. */
#include "cli.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "map.h"

#define ON(command) (1u << CMD_##command)
#define ONE_RUN (ON(WINDOW) | ON(RUN) | ON(EXPLAIN) | ON(STATS) | ON(SHOT) | ON(FILM))
#define ALL_RUNS (ONE_RUN | ON(OUTCOMES) | ON(SWEEP))
#define ALL_COMMANDS ((1u << CMD_COUNT) - 1)

struct command_row {
    const char *word, *operands;
    bool ready;
    const char *doc;
};
static const struct command_row commands[CMD_COUNT] = {
#define COMMAND(name, word, operands, ready, doc) {word, operands, ready, doc},
#include "commands.def"
#undef COMMAND
};
static const struct {
    enum cli_command command;
    const char *type, *doc;
} examples[] = {
#define EXAMPLE(command, type, doc) {CMD_##command, type, doc},
#include "examples.def"
#undef EXAMPLE
};
static const char *const command_words[CMD_COUNT] = {
#define COMMAND(name, word, operands, ready, doc) word,
#include "commands.def"
#undef COMMAND
};

struct option_row {
    const char *word, *arg;
    unsigned commands;
    bool ready;
    const char *doc;
};
static const struct option_row options[OPT_COUNT] = {
#define OPTION(name, word, arg, commands, ready, doc) {word, arg, commands, ready, doc},
#include "options.def"
#undef OPTION
};
static const char *const option_words[OPT_COUNT] = {
#define OPTION(name, word, arg, commands, ready, doc) word,
#include "options.def"
#undef OPTION
};

void cli_say(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    fputs("gosee: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}

/* "--out" of "--out=x" has 5 bytes. */
static enum cli_option find_option(const char *word, size_t n) {
    for (int i = 0; i < OPT_COUNT; i++)
        if (strlen(options[i].word) == n && memcmp(options[i].word, word, n) == 0) return (enum cli_option)i;
    if (n == 2 && memcmp(word, "-h", 2) == 0) return OPT_HELP;
    return OPT_COUNT;
}

static bool number(const char *option, const char *text, uint64_t lo, uint64_t hi, uint64_t *out) {
    char *end;
    errno = 0;
    unsigned long long v = strtoull(text, &end, 10);
    if (errno || *end || !*text || *text == '-' || *text == '+' || v < lo || v > hi) {
        cli_say("%s: \"%s\" is not a number from %" PRIu64 " to %" PRIu64, option, text, lo, hi);
        return false;
    }
    *out = v;
    return true;
}

/* One of two words. */
static bool either(const char *option, const char *text, const char *a, const char *b, bool *is_b) {
    *is_b = strcmp(text, b) == 0;
    if (*is_b || strcmp(text, a) == 0) return true;
    cli_say("%s: \"%s\", expected %s or %s", option, text, a, b);
    return false;
}

static bool size(struct cli *c, const char *text) {
    char after;
    if (sscanf(text, "%dx%d%c", &c->width, &c->height, &after) == 2 && c->width >= 320 && c->height >= 200 &&
        c->width <= 16384 && c->height <= 16384)
        return true;
    cli_say("--size: \"%s\", expected a width and a height such as 1600x900, from 320x200 to 16384x16384", text);
    return false;
}

/* A..B */
static bool range(struct cli *c, const char *text) {
    char after;
    if (strspn(text, "0123456789.") == strlen(text) && sscanf(text, "%4u..%4u%c", &c->procs, &c->procs_to, &after) == 2 &&
        c->procs >= 1 && c->procs <= c->procs_to && c->procs_to <= 256)
        return true;
    cli_say("--procs: \"%s\", expected A..B, such as 1..16, from 1 to 256", text);
    return false;
}

static bool shard(struct cli *c, const char *text) {
    char after;
    if (strspn(text, "0123456789/") == strlen(text) && sscanf(text, "%7u/%7u%c", &c->shard, &c->shards, &after) == 2 &&
        c->shard >= 1 && c->shard <= c->shards && c->shards <= 1000000)
        return true;
    cli_say("--shard: \"%s\", expected K/N, such as 1/4, with K from 1 to N and N at most 1000000", text);
    return false;
}

static bool add_limit(struct cli *c, const char *text) {
    struct scn_limits unused = {0};
    struct str why = {0};
    bool ok = cli_limit(text, &unused, &why);
    if (!ok) cli_say("--limit: %s", str_cstr(&why));
    str_free(&why);
    if (ok) c->limits[c->nlimits++] = text; /* has room for every argument */
    return ok;
}

static bool set_option(struct cli *c, enum cli_option o, const char *value) {
    uint64_t n = 0;
    bool flag = false;
    const char *word = options[o].word;
    switch (o) {
    case OPT_WORLD:
        if (!either(word, value, "stepped", "live", &flag)) return false;
        c->world = flag ? SCN_LIVE : SCN_STEPPED;
        return true;
    case OPT_SEED:
    case OPT_PROBE:
        if (c->given[o == OPT_SEED ? OPT_PROBE : OPT_SEED]) {
            cli_say("--seed and --probe exclude each other");
            return false;
        }
        c->choice = o == OPT_PROBE ? SCN_PROBE : SCN_SEED;
        return number(word, value, 0, UINT64_MAX, &c->number);
    case OPT_PROCS:
    case OPT_CORES:
        if (o == OPT_PROCS) c->procs_to = 0;
        if (o == OPT_PROCS && c->command == CMD_SWEEP && strstr(value, "..")) return range(c, value);
        if (!number(word, value, 1, 256, &n)) return false;
        *(o == OPT_PROCS ? &c->procs : &c->cores) = (unsigned)n;
        return true;
    case OPT_THREADS: return either(word, value, "m:n", "1:1", &c->one_to_one);
    case OPT_VARIANT: c->variant = value; return true;
    case OPT_LIMIT: return add_limit(c, value);
    case OPT_JSON: c->json = true; return true;
    case OPT_SEEDS: return number(word, value, 1, UINT64_C(1000000), &c->seeds);
    case OPT_PREEMPTIONS: return number(word, value, 0, 1000, &c->preemptions);
    case OPT_RUNS: return number(word, value, 1, UINT64_C(1000000000), &c->runs);
    case OPT_SHARD: return shard(c, value);
    case OPT_AT: c->at = value; return true;
    case OPT_FROM: c->from = value; return true;
    case OPT_TO: c->to = value; return true;
    case OPT_OUT: c->out = value; return true;
    case OPT_RECORD: c->record = value; return true;
    case OPT_SIZE: return size(c, value);
    case OPT_VIEW: c->view = value; return true;
    case OPT_THEME:
        c->theme = value;
        return strcmp(value, "contrast") == 0 || either(word, value, "light", "dark", &flag);
    default: return true;
    }
}

static bool unknown_option(const char *word, size_t n) {
    char text[64];
    snprintf(text, sizeof text, "%.*s", n < sizeof text ? (int)n : (int)sizeof text - 1, word);
    const char *near = nearest_word(text, option_words, OPT_COUNT);
    if (near)
        cli_say("unknown option %s; did you mean %s?", text, near);
    else
        cli_say("unknown option %s; gosee --help lists them", text);
    return false;
}

/* argv[*i] is an option; takes its value, too. */
static bool take_option(struct cli *c, int argc, char **argv, int *i) {
    const char *word = argv[*i], *equals = strchr(word, '=');
    size_t n = equals ? (size_t)(equals - word) : strlen(word);
    enum cli_option o = find_option(word, n);
    if (o == OPT_COUNT) return unknown_option(word, n);
    const struct option_row *row = &options[o];
    if (!row->ready) {
        cli_say("%s is not there yet in this version", row->word);
        return false;
    }
    if (!(row->commands & (1u << c->command))) {
        cli_say("%s does not go with %s", row->word, c->command == CMD_WINDOW ? "the window" : commands[c->command].word);
        return false;
    }
    const char *value = NULL;
    if (row->arg) {
        value = equals ? equals + 1 : *i + 1 < argc ? argv[++*i] : NULL;
        if (!value) {
            cli_say("%s needs a value: %s %s", row->word, row->word, row->arg);
            return false;
        }
    } else if (equals) {
        cli_say("%s takes no value", row->word);
        return false;
    }
    if (!set_option(c, o, value)) return false;
    c->given[o] = true;
    return true;
}

/* help's word. */
static bool is_command(const char *word) {
    for (int i = 0; i < CMD_COUNT; i++)
        if (commands[i].ready && *commands[i].word && strcmp(word, commands[i].word) == 0) return true;
    const char *near = nearest_word(word, command_words, CMD_COUNT);
    cli_say("unknown command %s%s%s%s", word, near ? "; did you mean " : "; gosee help lists them", near ? near : "",
            near ? "?" : "");
    return false;
}

/* A path that leads nowhere may be the name of a scene that came with gosee. */
static void find_scene(struct cli *c, const char **path) {
    struct str folder = {0};
    if (access(*path, F_OK) != 0 && scn_find_scene(*path, &folder)) {
        const char *found = arena_strdup(&c->arena, str_cstr(&folder));
        if (found) *path = found;
    }
    str_free(&folder);
}

/* A word that is no command, path or scene, but near to a command's, was meant as one. */
static bool misspelt_command(struct cli *c, const char *word) {
    const char *path = word;
    find_scene(c, &path);
    if (strpbrk(path, "/.") || access(path, F_OK) == 0) return false;
    const char *near = nearest_word(word, command_words, CMD_COUNT);
    if (!near || !*near) return false;
    cli_say("unknown command %s; did you mean %s?", word, near);
    return true;
}

static bool enough_paths(const struct cli *c) {
    if (c->given[OPT_HELP] || c->given[OPT_VERSION]) return true;
    bool none = c->command == CMD_VERSION || c->command == CMD_CALIBRATE;
    bool need = c->command != CMD_WINDOW && c->command != CMD_HELP && !none;
    size_t most = none ? 0 : c->command == CMD_CHECK || c->command == CMD_MERGE ? SIZE_MAX : 1;
    const struct command_row *row = &commands[c->command];
    if (need && c->npaths == 0) {
        cli_say("%s needs a path: gosee %s %s", row->word, row->word, row->operands);
        return false;
    }
    if (c->npaths > most) {
        cli_say("\"%s\" is one path too many: gosee %s%s%s%s", c->paths[most], row->word, *row->word ? " " : "",
                row->operands, c->command == CMD_RUN ? "; the program's own arguments come after --" : "");
        return false;
    }
    return true;
}

bool cli_print(struct str *text) {
    bool ok = !text->failed;
    if (ok) fwrite(str_cstr(text), 1, text->len, stdout);
    else cli_say("out of memory");
    str_free(text);
    return ok;
}

bool cli_parse(int argc, char **argv, struct cli *c) {
    *c = (struct cli){.command = CMD_WINDOW, .runs = 1000, .seeds = 100, .width = 1600, .height = 900, .theme = NULL};
    arena_init(&c->arena);
    c->paths = calloc((size_t)argc + 1, sizeof *c->paths);
    c->limits = calloc((size_t)argc + 1, sizeof *c->limits);
    if (!c->paths || !c->limits) {
        cli_say("out of memory");
        return false;
    }
    int i = 1;
    for (int k = 1; i < argc && k < CMD_COUNT; k++) {
        if (strcmp(argv[i], commands[k].word) != 0) continue;
        c->command = (enum cli_command)k;
        i++;
        break;
    }
    if (c->command == CMD_WINDOW && argc > 1 && argv[1][0] != '-' && misspelt_command(c, argv[1])) return false;
    if (!commands[c->command].ready) {
        cli_say("%s is not there yet in this version", commands[c->command].word);
        return false;
    }
    for (; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            if (c->command != CMD_RUN) {
                cli_say("-- goes with run alone: what follows are the program's arguments");
                return false;
            }
            c->args = (const char *const *)argv + i + 1;
            c->nargs = (size_t)(argc - i - 1);
            c->args_given = true;
            break;
        }
        if (argv[i][0] == '-' && argv[i][1]) {
            if (!take_option(c, argc, argv, &i)) return false;
        } else {
            c->paths[c->npaths++] = argv[i];
        }
    }
    bool makes = c->command == CMD_NEW || c->command == CMD_HELP;
    for (size_t k = 0; k < c->npaths && !makes; k++) find_scene(c, &c->paths[k]);
    return enough_paths(c) && (c->command != CMD_HELP || !c->npaths || is_command(c->paths[0]));
}

void cli_free(struct cli *c) {
    arena_free(&c->arena);
    free(c->paths);
    free(c->limits);
}

bool cli_limit(const char *key_value, struct scn_limits *l, struct str *why) {
    static const char *const keys[] = {"goroutines", "heap", "time", "hostTime", "output", "events", "stack"};
    enum { GOROUTINES, HEAP, TIME, HOST_TIME, OUTPUT, EVENTS, STACK, KEYS };
    const char *equals = strchr(key_value, '='), *value = equals ? equals + 1 : "";
    size_t n = equals ? (size_t)(equals - key_value) : 0;
    if (!equals) {
        str_addf(why, "\"%s\", expected KEY=VALUE", key_value);
        return false;
    }
    int k = 0;
    while (k < KEYS && !(strlen(keys[k]) == n && memcmp(keys[k], key_value, n) == 0)) k++;
    if (k == KEYS) {
        char word[64];
        snprintf(word, sizeof word, "%.*s", n < sizeof word ? (int)n : (int)sizeof word - 1, key_value);
        const char *near = nearest_word(word, keys, KEYS);
        str_addf(why, "unknown key \"%s\"", word);
        if (near) str_addf(why, "; did you mean \"%s\"?", near);
        return false;
    }
    uint64_t *const to[KEYS] = {&l->goroutines, &l->heap, &l->time_ns, &l->host_time_ns, &l->output, &l->events, &l->stack};
    int64_t ns = 0;
    bool duration = k == TIME || k == HOST_TIME, ok;
    if (duration) {
        ok = scn_parse_duration(value, &ns) && ns > 0;
        *to[k] = (uint64_t)ns;
    } else {
        ok = scn_parse_size(value, to[k]) && *to[k] > 0;
    }
    if (!ok)
        str_addf(why, "%s: \"%s\" is not a %s", keys[k], value, duration ? "duration, such as 60s" : "number or size, such as 64MB");
    return ok;
}

static void help_row(FILE *to, const char *head, int width, const char *doc) {
    fprintf(to, "  %-*s %s\n", width, head, doc);
}

static void help_command_row(FILE *to, int i) {
    char head[64];
    snprintf(head, sizeof head, "gosee %s%s%s", commands[i].word, *commands[i].word ? " " : "", commands[i].operands);
    help_row(to, head, 28, commands[i].doc);
}

static void help_options(FILE *to, unsigned of) {
    fputs("\nOptions:\n", to);
    for (int i = 0; i < OPT_COUNT; i++) {
        if (!options[i].ready || !(options[i].commands & of)) continue;
        char head[64];
        snprintf(head, sizeof head, "%s %s", options[i].word, options[i].arg ? options[i].arg : "");
        help_row(to, head, 28, options[i].doc);
    }
}

static void help_examples(FILE *to, unsigned of) {
    bool any = false;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char head[80];
        if (!(of & (1u << examples[i].command))) continue;
        if (!any) fputs("\nExamples:\n", to);
        any = true;
        snprintf(head, sizeof head, "gosee %s", examples[i].type);
        help_row(to, head, 60, examples[i].doc);
    }
}

static void help_all(FILE *to) {
    fputs("gosee shows how Go schedules goroutines: a real scheduler runs the program, and the picture replays what it did.\n\n",
          to);
    for (int i = 0; i < CMD_COUNT; i++)
        if (commands[i].ready) help_command_row(to, i);
    help_options(to, ALL_COMMANDS);
    fputs("\nTo begin with:\n"
          "  gosee no-parents             a scene that came with gosee; Space plays, the arrow keys step, ? shows the keys\n"
          "  gosee outcomes no-parents    what else its program can print, and how often\n"
          "  gosee help outcomes          what goes with a command, with examples\n\n"
          "PATH is a scene's folder, a scenario .json, a .go file, a recording, or the name of a scene that came with gosee.\n"
          "An option goes before the scenario, the scenario before GOMAXPROCS (live world only), that before the default:\n"
          "2 Ps on 2 cores in the stepped world, Go's own in the live one.\n\n"
          "Exit status: the program's own; 1 for what gosee refuses, 3 for a limit that was reached.\n",
          to);
}

void cli_help(const struct cli *c, FILE *to) {
    int about = (int)c->command;
    for (int i = 0; c->command == CMD_HELP && c->npaths && i < CMD_COUNT; i++)
        if (strcmp(c->paths[0], commands[i].word) == 0) about = i;
    if (about == CMD_WINDOW || about == CMD_HELP || about == CMD_VERSION) {
        help_all(to);
        return;
    }
    help_command_row(to, about);
    help_options(to, 1u << about);
    help_examples(to, 1u << about);
}
