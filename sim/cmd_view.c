/* cmd_view.c - the commands that draw: the window and single pictures. */
#include <stdio.h>

#include "cmd_record.h"
#include "view.h"

static int shot_recording(const struct cli *c) {
    struct rt_log *log = open_recording(c);
    if (!log) return STATUS_REFUSED;
    struct diag_list diags;
    diag_init(&diags);
    struct ui_shot_config shot = {.at = c->at, .out = c->out, .width = c->width, .height = c->height, .theme = c->theme, .view = c->view};
    int status = ui_shot_log(&shot, log, &diags) == UI_OK ? 0 : STATUS_REFUSED;
    diag_print(&diags, stderr, 0);
    diag_free(&diags);
    rt_log_free(log);
    return status;
}

static bool shot_recorded(const struct cli *c, const struct ui_shot_config *shot, struct diag_list *diags) {
    struct run_options o = shot->options;
    o.events = true;
    o.pass_output = false;
    record_prepare(c);
    struct run *r = run_new(shot->program, &o, diags);
    if (!r) return false;
    bool ok = record_to_end(c, r) && ui_shot_log(shot, run_log(r), diags) == UI_OK;
    run_free(r);
    return ok;
}

int cmd_shot(const struct cli *c) {
    if (!c->at || !c->out) {
        cli_say("shot needs --at WHEN and -o FILE");
        return STATUS_REFUSED;
    }
    if (is_recording(c)) return shot_recording(c);
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        struct ui_shot_config shot = {.scenario = l.s, .program = l.program, .options = l.o, .at = c->at, .out = c->out,
                                      .width = c->width, .height = c->height, .theme = c->theme, .view = c->view};
        if (c->record ? shot_recorded(c, &shot, &l.diags) : ui_shot(&shot, &l.diags) == UI_OK) status = 0;
        diag_print(&l.diags, stderr, 0);
    }
    load_free(&l);
    return status;
}

static int window_recording(const struct cli *c) {
    struct rt_log *log = open_recording(c);
    if (!log) return STATUS_REFUSED;
    struct diag_list diags;
    diag_init(&diags);
    struct ui_config window = {.log = log, .theme = c->theme};
    enum ui_result how = ui_main(&window, &diags);
    diag_print(&diags, stderr, 0);
    diag_free(&diags);
    rt_log_free(log);
    if (how == UI_NO_DISPLAY) return tell_recording(c, false);
    return how == UI_OK ? 0 : STATUS_REFUSED;
}

/* Where no window can be opened, the run is told in words. */
int cmd_window(const struct cli *c) {
    if (!c->npaths) {
        cli_say("the gallery of scenes is not there yet in this version; name a scene, as in gosee scenes/no-parents");
        return STATUS_REFUSED;
    }
    if (is_recording(c)) return window_recording(c);
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        struct ui_config window = {.scenario = l.s, .program = l.program, .options = l.o, .theme = c->theme, .record = c->record};
        enum ui_result how = ui_main(&window, &l.diags);
        diag_print(&l.diags, stderr, 0);
        if (how == UI_OK) status = 0;
        if (how == UI_NO_DISPLAY) status = tell(c, &l, false);
    }
    load_free(&l);
    return status;
}
