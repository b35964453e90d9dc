/* cmd_view.c - the commands that draw: the window and single pictures. */
#include <stdio.h>

#include "cli.h"

int cmd_shot(const struct cli *c) {
    (void)c;
    cli_say("shot is not there yet in this version");
    return STATUS_REFUSED;
}

/* Without a window the run is told in words. */
int cmd_window(const struct cli *c) {
    if (!c->npaths) {
        cli_say("the gallery is not there yet in this version; name a scene: gosee PATH");
        return STATUS_REFUSED;
    }
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        cli_say("the window is not there yet in this version; the run in words:");
        status = tell(&l, false);
    }
    load_free(&l);
    return status;
}
