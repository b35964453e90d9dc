/* cli.h - the command line as a struct, and what the commands share. Strings are argv's or the scenario's. */
#ifndef GOSEE_CLI_H
#define GOSEE_CLI_H

#include "run.h"
#include "scenario.h"

enum cli_command {
#define COMMAND(name, word, operands, ready, doc) CMD_##name,
#include "commands.def"
#undef COMMAND
    CMD_COUNT
};

enum cli_option {
#define OPTION(name, word, arg, commands, ready, doc) OPT_##name,
#include "options.def"
#undef OPTION
    OPT_COUNT
};

enum { STATUS_REFUSED = 1, STATUS_LIMIT = 3 };

struct cli {
    char *const *argv; /* as main got it */
    enum cli_command command;
    const char **paths; /* at least one where the command needs one; a scene known by name as its folder */
    size_t npaths;
    const char *const *args; /* after -- */
    size_t nargs;
    bool args_given;
    bool given[OPT_COUNT];
    enum scn_world world;
    enum scn_choice choice;
    uint64_t number; /* seed or probe */
    unsigned procs, cores;
    unsigned procs_to; /* sweep: the last of a range; 0: one number */
    bool one_to_one;
    const char *variant;
    const char **limits; /* KEY=VALUE, checked */
    size_t nlimits;
    bool json;
    uint64_t runs, seeds;
    unsigned shard, shards; /* 0: not given */
    uint64_t preemptions;
    const char *at, *from, *to, *out, *theme, *view, *record;
    int width, height;
    struct arena arena;
};

/* false: a message was written to stderr, status 1. Free with cli_free either way. */
bool cli_parse(int argc, char **argv, struct cli *c);
void cli_free(struct cli *c);
/* All of it, or what one command does. */
void cli_help(const struct cli *c, FILE *to);
/* One limit into l; false with the reason in why. */
bool cli_limit(const char *key_value, struct scn_limits *l, struct str *why);
/* "gosee: ..." on stderr. */
void cli_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* text to stdout, and frees it; false, and said, if it is not whole for want of memory. */
bool cli_print(struct str *text);

/* A path with everything that a run of it needs. */
struct loaded {
    struct scenario *root;
    const struct scenario *s; /* root or its variant */
    struct run_program *program;
    struct run_options o;
    bool plain_go; /* a .go file, no scenario */
    struct diag_list diags;
};
/* Loads, picks the variant, compiles and applies options over scenario over environment over defaults. false: a
 * message was written, status 1. Free with load_free either way. */
bool load(const struct cli *c, struct loaded *l);
/* The same for any path; nothing is written: what is wrong stands in l->diags. */
bool load_path(const struct cli *c, const char *path, struct loaded *l);
void load_free(struct loaded *l);

int cmd_run(const struct cli *c);
int cmd_explain(const struct cli *c);
int cmd_outcomes(const struct cli *c);
int search_outcomes(const struct cli *c, struct loaded *l); /* outcomes --exhaustive; the exit status */
int cmd_merge(const struct cli *c);
int cmd_stats(const struct cli *c);
int cmd_sweep(const struct cli *c);
int cmd_new(const struct cli *c);
int cmd_calibrate(void);
int cmd_check(const struct cli *c);
int cmd_vet(const struct cli *c);
int cmd_dis(const struct cli *c);
int cmd_shot(const struct cli *c);
int cmd_film(const struct cli *c);
int cmd_window(const struct cli *c);

/* The whole story of l in words, to stdout; what a limit or a refusal says, to stderr. Exit status. */
int tell(const struct cli *c, struct loaded *l, bool json);
int tell_recording(const struct cli *c, bool json);
/* What kind of end an outcome is: "exit", "deadlock", "race", "panic", "fatal error", "limit", "refused". */
const char *kind_of(const struct run_outcome *o);
/* Go-like quotes. */
void print_quoted(FILE *to, const char *text, size_t n);
/* Writes what ended the run besides the program itself, and gives the process's exit status. */
int status_of(const struct run_result *r);

#endif
