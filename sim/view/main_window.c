/* main_window.c - ui_main: a window on a run. */
#include <string.h>

#include "app.h"
#include "gotrace.h"
#include "view.h"

struct window_run {
    const struct run_program *program;
    struct run_options options;
    struct run *run;
};

static const struct rt_log *get_recording(void *ctx) { return ((const struct ui_config *)ctx)->log; }

static bool no_more(void *ctx, int64_t host_ns) {
    (void)ctx;
    (void)host_ns;
    return false;
}

static const struct rt_log *get_log(void *ctx) { return run_log(((struct window_run *)ctx)->run); }

static bool pump(void *ctx, int64_t host_ns) { return run_pump(((struct window_run *)ctx)->run, 0, 0, host_ns); }

/* Another run in place of the one there is. */
static bool begin(struct window_run *w, struct run_options o, struct diag_list *diags) {
    struct run *r = run_new(w->program, &o, diags);
    if (!r) return false;
    run_free(w->run);
    w->run = r;
    w->options = o;
    return true;
}

static bool restart(void *ctx, bool next, struct diag_list *diags) {
    struct window_run *w = ctx;
    struct run_options o = w->options;
    if (next) {
        o.number++;
        o.ndecisions = 0; /* pinned choices belong to the run before */
    }
    return begin(w, o, diags);
}

static bool open_pick(void *ctx, bool probing, uint64_t number, struct diag_list *diags) {
    struct window_run *w = ctx;
    struct run_options o = w->options;
    o.world = SCN_STEPPED;
    o.choice = probing ? SCN_PROBE : SCN_SEED;
    o.number = number;
    o.ndecisions = 0;
    return begin(w, o, diags);
}

static int64_t fine(void *ctx, uint64_t from, uint64_t to, bool lines, int64_t host_ns, struct run_fine *out, size_t max,
                    struct diag_list *diags) {
    struct window_run *w = ctx;
    return run_fine_steps(w->program, &w->options, from, to, lines, host_ns, out, max, diags);
}

static void instruction(void *ctx, uint64_t fn, uint32_t pc, struct str *out) {
    run_instruction(((struct window_run *)ctx)->program, fn, pc, out);
}

static enum ui_result show(const struct ui_config *c, struct window_run *w, enum ui_theme_id theme,
                           struct diag_list *diags) {
    struct ui_lab *lab = c->log ? NULL : ui_lab_new(c->program, &w->options);
    struct ui_config recording = *c;
    const struct ui_source of_recording = {.ctx = &recording, .log = get_recording, .pump = no_more};
    const struct ui_source of_run = {.ctx = w,
                                     .open = open_pick,
                                     .lab = lab,
                                     .live = c->options.world == SCN_LIVE,
                                     .log = get_log,
                                     .pump = pump,
                                     .restart = restart,
                                     .fine = fine,
                                     .instruction = instruction};
    const struct ui_source source = c->log ? of_recording : of_run;
    struct ui_app *a = SDL_calloc(1, sizeof *a);
    if (!a) {
        ui_lab_free(lab);
        diag_add(diags, NULL, 0, 0, "out of memory");
        return UI_FAILED;
    }
    bool ok = ui_app_open(a, c->scenario, &source, 0, 0, diags);
    enum ui_result r = ok ? UI_OK : a->window ? UI_FAILED : a->stage.fonts ? UI_NO_DISPLAY : UI_FAILED;
    if (ok) {
        a->speak = c->speak;
        a->stage.mode.theme = theme;
        a->stage.mode.presenter = c->presenter;
        if (c->full_screen) SDL_SetWindowFullscreen(a->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
        ui_app_loop(a);
        if (a->failed) r = UI_FAILED;
    }
    ui_app_close(a);
    ui_lab_free(lab);
    SDL_free(a);
    return r;
}

/* Where nothing can be seen SDL may still start, on a driver that draws into memory: that is a display only for who
 * asked for it. */
static bool open_display(struct diag_list *diags) {
    const char *asked = SDL_getenv("SDL_VIDEODRIVER"), *error = "no window system answers";
    bool ok = SDL_Init(SDL_INIT_VIDEO) == 0;
    const char *driver = ok ? SDL_GetCurrentVideoDriver() : NULL;
    bool blind = driver && (strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0);
    if (ok && (!blind || (asked && asked[0]))) return true;
    if (!ok) error = SDL_GetError();
    diag_add(diags, NULL, 0, 0, "there is no display to open a window on: %s", error);
    diag_hint(diags, "gosee explain tells the run as text, gosee shot draws pictures without a display");
    if (ok) SDL_Quit();
    return false;
}

static bool keep(const struct ui_config *c, struct window_run *w, struct diag_list *diags) {
    struct str why = {0};
    if (!run_ended(w->run)) run_stop(w->run);
    struct rp_recorder *rec = rp_record_begin(c->record, run_log(w->run), &why);
    bool ok = rec && rp_record_end(rec, NULL, &why);
    if (!ok) diag_add(diags, NULL, 0, 0, "cannot record %s: %s", c->record, str_cstr(&why));
    str_free(&why);
    return ok;
}

enum ui_result ui_main(const struct ui_config *c, struct diag_list *diags) {
    enum ui_theme_id theme = UI_LIGHT;
    if (c->theme && !ui_theme_by_name(c->theme, &theme)) {
        diag_add(diags, NULL, 0, 0, "theme %s is unknown; there are light, dark and contrast", c->theme);
        return UI_FAILED;
    }
    if (!open_display(diags)) return UI_NO_DISPLAY;
    struct window_run w = {.program = c->program, .options = c->options};
    w.options.events = true;
    w.options.pass_output = false;
    enum ui_result r = UI_FAILED;
    if (!c->log) w.run = run_new(w.program, &w.options, diags);
    if (w.run || c->log) r = show(c, &w, theme, diags);
    if (r == UI_OK && w.run && c->record && !keep(c, &w, diags)) r = UI_FAILED;
    run_free(w.run);
    SDL_Quit();
    return r;
}
