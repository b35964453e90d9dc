/* cmd_stage.c - in gosee the commands that draw: they are gosee-stage's, a program beside it with the same command line. What
 * drawing needs is some sixty shared libraries, whose loading takes longer than a small program's whole run; so only who
 * draws loads them.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

#define STAGE "gosee-stage"

static int stage(const struct cli *c) {
    char path[PATH_MAX + sizeof STAGE];
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX);
    if (n < 0) {
        cli_say("/proc/self/exe: %s", strerror(errno));
        return STATUS_REFUSED;
    }
    path[n] = '\0';
    char *slash = strrchr(path, '/');
    strcpy(slash ? slash + 1 : path, STAGE);
    fflush(stdout);
    execv(path, c->argv);
    cli_say("%s: %s; it draws the window and pictures", path, strerror(errno));
    return STATUS_REFUSED;
}

int cmd_shot(const struct cli *c) { return stage(c); }
int cmd_film(const struct cli *c) { return stage(c); }
int cmd_window(const struct cli *c) { return stage(c); }
