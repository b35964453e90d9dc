/* main.c - gosee's command line: parse, hand over to the command, pass its status on. */
#include <stdio.h>

#include "cli.h"

static int dispatch(const struct cli *c) {
    if (c->given[OPT_HELP]) {
        cli_help(c, stdout);
        return 0;
    }
    if (c->given[OPT_VERSION]) {
        puts("gosee " GOSEE_VERSION);
        return 0;
    }
    switch (c->command) {
    case CMD_RUN: return cmd_run(c);
    case CMD_EXPLAIN: return cmd_explain(c);
    case CMD_OUTCOMES: return cmd_outcomes(c);
    case CMD_MERGE: return cmd_merge(c);
    case CMD_STATS: return cmd_stats(c);
    case CMD_SWEEP: return cmd_sweep(c);
    case CMD_NEW: return cmd_new(c);
    case CMD_CALIBRATE: return cmd_calibrate();
    case CMD_CHECK: return cmd_check(c);
    case CMD_VET: return cmd_vet(c);
    case CMD_DIS: return cmd_dis(c);
    case CMD_SHOT: return cmd_shot(c);
    case CMD_FILM: return cmd_film(c);
    case CMD_HELP: cli_help(c, stdout); return 0;
    case CMD_VERSION: puts("gosee " GOSEE_VERSION); return 0;
    default: return cmd_window(c);
    }
}

int main(int argc, char **argv) {
    struct cli c;
    bool parsed = cli_parse(argc, argv, &c);
    c.argv = argv;
    int status = parsed ? dispatch(&c) : STATUS_REFUSED;
    cli_free(&c);
    if (fflush(stdout) != 0 && status == 0) status = STATUS_REFUSED;
    return status;
}
