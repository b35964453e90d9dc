/* cmd_view.c - the commands that draw: the window, single pictures and films. */
#include <stdio.h>

#include "cmd_record.h"
#include "view.h"

typedef enum ui_result draw_fn(const struct ui_shot_config *shot, const struct rt_log *log, struct diag_list *diags);

static int draw_recording(const struct cli *c, struct ui_shot_config *shot, draw_fn *draw) {
    struct rt_log *log = open_recording(c);
    if (!log) return STATUS_REFUSED;
    struct diag_list diags;
    diag_init(&diags);
    int status = draw(shot, log, &diags) == UI_OK ? 0 : STATUS_REFUSED;
    diag_print(&diags, stderr, 0);
    diag_free(&diags);
    rt_log_free(log);
    return status;
}

static bool draw_run(const struct cli *c, const struct ui_shot_config *shot, draw_fn *draw, struct diag_list *diags) {
    struct run_options o = shot->options;
    o.events = true;
    o.pass_output = false;
    record_prepare(c);
    struct run *r = run_new(shot->program, &o, diags);
    if (!r) return false;
    bool ok = record_to_end(c, r) && draw(shot, run_log(r), diags) == UI_OK;
    run_free(r);
    return ok;
}

/* A run to its end, or a recording, and then what is to be drawn of it. */
static int draw_path(const struct cli *c, draw_fn *draw) {
    struct ui_shot_config shot = {.at = c->at, .from = c->from, .to = c->to, .out = c->out, .width = c->width,
                                  .height = c->height, .theme = c->theme, .view = c->view};
    if (is_recording(c)) return draw_recording(c, &shot, draw);
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        shot.scenario = l.s;
        shot.program = l.program;
        shot.options = l.o;
        if (draw_run(c, &shot, draw, &l.diags)) status = 0;
        diag_print(&l.diags, stderr, 0);
    }
    load_free(&l);
    return status;
}

int cmd_shot(const struct cli *c) {
    if (!c->at || !c->out) {
        cli_say("shot needs --at WHEN and -o FILE");
        return STATUS_REFUSED;
    }
    return draw_path(c, ui_shot_log);
}

int cmd_film(const struct cli *c) {
    if (!c->out) {
        cli_say("film needs -o FILE, which ends in .mp4 or .gif");
        return STATUS_REFUSED;
    }
    return draw_path(c, ui_film_log);
}

static int window_recording(const struct cli *c) {
    struct rt_log *log = open_recording(c);
    if (!log) return STATUS_REFUSED;
    struct diag_list diags;
    diag_init(&diags);
    struct ui_config window = {.log = log, .theme = c->theme, .speak = c->given[OPT_SPEAK]};
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
        struct ui_config window = {.scenario = l.s, .program = l.program, .options = l.o, .theme = c->theme, .record = c->record,
                                   .speak = c->given[OPT_SPEAK]};
        enum ui_result how = ui_main(&window, &l.diags);
        diag_print(&l.diags, stderr, 0);
        if (how == UI_OK) status = 0;
        if (how == UI_NO_DISPLAY) status = tell(c, &l, false);
    }
    load_free(&l);
    return status;
}
