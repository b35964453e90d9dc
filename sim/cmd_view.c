/* cmd_view.c - the commands that draw: the window, single pictures and films. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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

/* ---- the window ------------------------------------------------------------------------------------------------- */

/* What the window shows: a loaded path, or a recording. */
struct opened {
    struct loaded l;
    struct rt_log *log;
};

static void close_path(void *ctx, struct ui_opened *o) {
    struct opened *hold = o->hold;
    (void)ctx;
    if (hold && hold->log) rt_log_free(hold->log);
    else if (hold) load_free(&hold->l);
    free(hold);
    *o = (struct ui_opened){0};
}

static bool open_path(void *ctx, const char *path, struct ui_opened *o, struct diag_list *diags) {
    const struct cli *c = ctx;
    struct opened *hold = calloc(1, sizeof *hold);
    struct str why = {0};
    *o = (struct ui_opened){.hold = hold};
    if (!hold) {
        diag_add(diags, NULL, 0, 0, "out of memory");
        return false;
    }
    bool ok;
    if (rp_is_recording(path)) {
        o->log = hold->log = rp_recording_read(path, &why);
        ok = hold->log != NULL;
        if (!ok) diag_add(diags, NULL, 0, 0, "%s: %s", path, str_cstr(&why));
        str_free(&why);
    } else {
        ok = load_path(c, path, &hold->l);
        for (size_t i = 0; i < hold->l.diags.items.len; i++) { /* with their lines: the file's text goes away */
            str_clear(&why);
            diag_format(&hold->l.diags.items.data[i], &why);
            if (i < 8) diag_add(diags, NULL, 0, 0, "%s", str_cstr(&why));
        }
        str_free(&why);
        o->scenario = hold->l.s;
        o->program = hold->l.program;
        o->options = hold->l.o;
    }
    if (!ok) close_path(NULL, o);
    return ok;
}

/* Where no window can be opened, the run is told in words. */
int cmd_window(const struct cli *c) {
    struct ui_config window = {.path = c->npaths ? c->paths[0] : NULL, .open = open_path, .close = close_path,
                               .ctx = (void *)(uintptr_t)c, .theme = c->theme, .record = c->record,
                               .speak = c->given[OPT_SPEAK]};
    struct loaded l;
    struct diag_list diags;
    int status = STATUS_REFUSED;
    bool recording = is_recording(c);
    if (recording && !recording_takes(c)) return STATUS_REFUSED;
    if (!recording && window.path && !load(c, &l)) { /* said as every command says it */
        load_free(&l);
        return STATUS_REFUSED;
    }
    diag_init(&diags);
    enum ui_result how = ui_main(&window, &diags);
    diag_print(&diags, stderr, 0);
    diag_free(&diags);
    if (how == UI_OK) status = 0;
    if (how == UI_NO_DISPLAY && recording) status = tell_recording(c, false);
    else if (how == UI_NO_DISPLAY && window.path) status = tell(c, &l, false);
    if (!recording && window.path) load_free(&l);
    return status;
}
