/* cmd_view.c - the commands that draw: the window and single pictures. */
#include <stdio.h>

#include "cli.h"
#include "view.h"

int cmd_shot(const struct cli *c) {
    if (!c->at || !c->out) {
        cli_say("shot needs --at WHEN and -o FILE");
        return STATUS_REFUSED;
    }
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        struct ui_shot_config shot = {.scenario = l.s, .program = l.program, .options = l.o, .at = c->at, .out = c->out,
                                      .width = c->width, .height = c->height, .theme = c->theme};
        if (ui_shot(&shot, &l.diags) == UI_OK) status = 0;
        diag_print(&l.diags, stderr, 0);
    }
    load_free(&l);
    return status;
}

/* Where no window can be opened, the run is told in words. */
int cmd_window(const struct cli *c) {
    if (!c->npaths) {
        cli_say("the gallery of scenes is not there yet in this version; name a scene, as in gosee scenes/no-parents");
        return STATUS_REFUSED;
    }
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        struct ui_config window = {.scenario = l.s, .program = l.program, .options = l.o, .theme = c->theme};
        enum ui_result how = ui_main(&window, &l.diags);
        diag_print(&l.diags, stderr, 0);
        if (how == UI_OK) status = 0;
        if (how == UI_NO_DISPLAY) status = tell(&l, false);
    }
    load_free(&l);
    return status;
}
