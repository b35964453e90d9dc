/* main_window.c - ui_main: a window, on one run after another. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "gotrace.h"
#include "moment.h"
#include "page_input.h"
#include "settings.h"
#include "shot.h"
#include "view.h"

/* What the window shows: a run, a recording, or nothing but the gallery. */
enum { RECENT_CARDS = 4 };

struct content {
    char *path; /* NULL: nothing is open */
    struct ui_opened opened;
    struct run_options options;
    struct run *run;
    const struct rt_log *log; /* of a recording, or empty */
    struct ui_lab *lab;
    struct ui_source source;
};

struct window {
    const struct ui_config *c;
    struct content *shown;
    struct ui_opened edited; /* what the file has become since; hold NULL: nothing */
    struct rt_log *empty;
    struct ui_watch watch;
    struct ui_gallery gallery;
    bool course; /* it has the course's scenes */
    struct ui_settings settings;
    char settings_path[PATH_MAX]; /* "": nothing is kept */
    struct ui_keymap keys;
    struct str trouble; /* with the files of the user's own */
    struct ui_app app;
};

/* ---- a run ---------------------------------------------------------------------------------------------------- */

static const struct rt_log *get_log(void *ctx) {
    struct content *w = ctx;
    return w->run ? run_log(w->run) : w->log;
}

static bool no_more(void *ctx, int64_t host_ns) {
    (void)ctx;
    (void)host_ns;
    return false;
}

static bool pump(void *ctx, int64_t host_ns) { return run_pump(((struct content *)ctx)->run, 0, 0, host_ns); }

/* Another run in place of the one there is. */
static bool begin(struct content *w, struct run_options o, struct diag_list *diags) {
    struct run *r = run_new(w->opened.program, &o, diags);
    if (!r) return false;
    run_free(w->run);
    w->run = r;
    w->options = o;
    return true;
}

static bool restart(void *ctx, bool next, struct diag_list *diags) {
    struct content *w = ctx;
    struct run_options o = w->options;
    if (next) {
        o.number++;
        o.ndecisions = 0; /* pinned choices belong to the run before */
    }
    return begin(w, o, diags);
}

static bool open_pick(void *ctx, bool probing, uint64_t number, struct diag_list *diags) {
    struct content *w = ctx;
    struct run_options o = w->options;
    o.world = SCN_STEPPED;
    o.choice = probing ? SCN_PROBE : SCN_SEED;
    o.number = number;
    o.ndecisions = 0;
    return begin(w, o, diags);
}

static int64_t fine(void *ctx, uint64_t from, uint64_t to, bool lines, int64_t host_ns, struct run_fine *out, size_t max,
                    struct diag_list *diags) {
    struct content *w = ctx;
    return run_fine_steps(w->opened.program, &w->options, from, to, lines, host_ns, out, max, diags);
}

static void instruction(void *ctx, uint64_t fn, uint32_t pc, struct str *out) {
    run_instruction(((struct content *)ctx)->opened.program, fn, pc, out);
}

static void content_free(struct window *w, struct content *c) {
    if (!c) return;
    ui_lab_free(c->lab);
    run_free(c->run);
    if (c->opened.hold) w->c->close(w->c->ctx, &c->opened);
    free(c->path);
    free(c);
}

/* Takes what was opened (hold NULL: nothing is). NULL with diagnostics, and then it is closed. */
static struct content *content_new(struct window *w, const char *path, struct ui_opened opened, struct diag_list *diags) {
    struct content *c = calloc(1, sizeof *c);
    if (!c) {
        diag_add(diags, NULL, 0, 0, "out of memory");
        if (opened.hold) w->c->close(w->c->ctx, &opened);
        return NULL;
    }
    *c = (struct content){.opened = opened, .options = opened.options, .path = path ? strdup(path) : NULL};
    c->source = (struct ui_source){.ctx = c, .log = get_log, .pump = no_more};
    c->log = opened.hold ? opened.log : w->empty;
    if (c->log) return c;
    c->options.events = true;
    c->options.pass_output = false;
    c->run = run_new(opened.program, &c->options, diags);
    if (!c->run) {
        content_free(w, c);
        return NULL;
    }
    c->lab = ui_lab_new(opened.program, &c->options);
    c->source = (struct ui_source){.ctx = c,
                                   .open = open_pick,
                                   .lab = c->lab,
                                   .live = c->options.world == SCN_LIVE,
                                   .log = get_log,
                                   .pump = pump,
                                   .restart = restart,
                                   .fine = fine,
                                   .instruction = instruction};
    return c;
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

static void messages(const struct diag_list *diags, struct str *out) {
    for (size_t i = 0; i < diags->items.len; i++) {
        const char *text = diags->items.data[i].message;
        if (diags->items.data[i].file) {
            diag_format(&diags->items.data[i], out);
            continue;
        }
        str_adds(out, text);
        if (!text[0] || text[strlen(text) - 1] != '\n') str_addc(out, '\n');
    }
}

static void forget_edited(struct window *w) {
    if (w->edited.hold) w->c->close(w->c->ctx, &w->edited);
    w->edited = (struct ui_opened){0};
}

/* The file has changed: is it good? Then it waits until it is wanted. */
static bool reopen(void *ctx, struct str *problem) {
    struct window *w = ctx;
    struct diag_list diags;
    diag_init(&diags);
    forget_edited(w);
    bool ok = w->c->open(w->c->ctx, w->shown->path, &w->edited, &diags);
    if (!ok) messages(&diags, problem);
    diag_free(&diags);
    return ok;
}

static void watch_shown(struct window *w) {
    const struct scenario *scn = w->shown->opened.scenario;
    ui_watch_free(&w->watch);
    w->watch.reopen = reopen;
    w->watch.ctx = w;
    w->app.watch = NULL;
    if (!scn || !w->shown->path) return;
    if (scn->program_path) ui_watch_add(&w->watch, scn->program_path);
    if (scn->json.text) ui_watch_add(&w->watch, scn->json.name);
    if (w->watch.nfiles > 0) w->app.watch = &w->watch;
}

/* ---- the gallery ---------------------------------------------------------------------------------------------- */

struct still_config {
    struct ui_shot_config shot; /* first: what is handed on points to the whole */
    cairo_surface_t *to;
};

static bool draw_still(struct ui_stage *s, const struct ui_shot_config *c, struct diag_list *diags) {
    const struct still_config *still = (const struct still_config *)c;
    const struct ui_list *lists[UI_REGIONS + 1];
    uint64_t n = rt_log_count(s->log);
    int64_t time = 0;
    for (size_t i = 0; i < s->lesson.nsteps; i++) /* the lesson's first pause */
        if (s->lesson.steps[i].event != UINT64_MAX && (s->lesson.steps[i].step->pause || s->lesson.steps[i].step->ask)) {
            n = s->lesson.steps[i].event + 1;
            break;
        }
    if (!ui_stage_build(s, n, time, n)) {
        ui_say_illegal(s, diags);
        return false;
    }
    ui_stage_fly(s, 1);
    struct ui_picture p = ui_shot_picture(s, lists);
    p.scale = cairo_image_surface_get_width(still->to) / p.width;
    return !s->failed && ui_cairo_paint(still->to, &p, false);
}

static bool gallery_still(void *ctx, const char *path, cairo_surface_t *to) {
    struct window *w = ctx;
    struct ui_opened o;
    struct diag_list diags;
    diag_init(&diags);
    bool ok = w->c->open(w->c->ctx, path, &o, &diags);
    struct run *run = NULL;
    if (ok && !o.log) {
        o.options.events = true;
        o.options.pass_output = false;
        o.options.world = SCN_STEPPED; /* a picture does not wait for the clock */
        run = run_new(o.program, &o.options, &diags);
        if (run) run_pump(run, 0, 0, INT64_C(400000000));
    }
    struct still_config c = {.shot = {.scenario = o.scenario, .theme = ui_theme_name(w->app.stage.mode.theme)}, .to = to};
    const struct rt_log *log = !ok ? NULL : o.log ? o.log : run ? run_log(run) : NULL;
    ok = log && ui_shot_with(&c.shot, log, draw_still, &diags) == UI_OK;
    run_free(run);
    if (o.hold) w->c->close(w->c->ctx, &o);
    diag_free(&diags);
    return ok;
}

static void find_course(struct window *w) {
    if (w->gallery.ncards == 0 && w->settings.nrecent > 0) ui_gallery_chapter(&w->gallery, "Recent");
    for (size_t i = 0; w->gallery.ncards == i && i < w->settings.nrecent && i < RECENT_CARDS; i++) {
        char *path = w->settings.recent[i], *slash = strrchr(path, '/');
        ui_gallery_add(&w->gallery, (struct ui_card){.path = path, .title = slash ? slash + 1 : path, .text = path});
    }
    if (w->course) return;
    struct str path = {0};
    struct diag_list diags;
    diag_init(&diags);
    w->course = scn_find_scenes(&path);
    str_adds(&path, "/course.json");
    if (w->course && !path.failed) ui_gallery_course(&w->gallery, str_cstr(&path), &diags);
    str_free(&path);
    diag_free(&diags);
}

/* ---- one after another ---------------------------------------------------------------------------------------- */

static bool show(struct window *w, struct content *next) {
    struct content *before = w->shown;
    if (!ui_app_show(&w->app, next->opened.scenario, &next->source)) {
        content_free(w, next);
        return false;
    }
    w->shown = next;
    content_free(w, before);
    w->app.stage.gallery = w->app.gallery;
    watch_shown(w);
    return true;
}

static void say_problem(struct ui_app *a, const struct diag_list *diags) {
    str_clear(&a->problem);
    messages(diags, &a->problem);
    a->stage.problem = str_cstr(&a->problem);
    a->over_stale = true;
}

/* As far as the window was before, where the run is as long. */
static void same_place(struct window *w, uint64_t n) {
    enum { ROUNDS = 50 };
    struct ui_app *a = &w->app;
    for (int i = 0; i < ROUNDS && a->more && rt_log_count(a->stage.log) < n && !a->source.live; i++)
        a->more = a->source.pump(a->source.ctx, 10000000);
    if (!a->source.live) ui_app_jump(a, n, a->last);
}

/* false: memory ran out. */
static bool fulfil(struct window *w) {
    struct ui_app *a = &w->app;
    enum ui_wish wish = a->wish;
    struct diag_list diags;
    struct ui_opened o = {0};
    bool ok = true;
    uint64_t n = a->head.n;
    a->wish = UI_WISH_NOTHING;
    if (wish == UI_WISH_GALLERY) {
        find_course(w);
        ui_show_view(a, UI_VIEW_GALLERY);
        return true;
    }
    diag_init(&diags);
    if (wish == UI_WISH_EDITED) {
        o = w->edited;
        w->edited = (struct ui_opened){0};
    } else {
        w->c->open(w->c->ctx, a->wanted, &o, &diags);
    }
    const char *path = wish == UI_WISH_EDITED ? w->shown->path : a->wanted;
    struct content *next = o.hold ? content_new(w, path, o, &diags) : NULL;
    if (next) ok = show(w, next) && ui_settings_opened(&w->settings, w->shown->path);
    else say_problem(a, &diags);
    if (next && ok && wish == UI_WISH_EDITED) same_place(w, n);
    if (next && ok && wish == UI_WISH_PATH) forget_edited(w);
    diag_free(&diags);
    return ok;
}

/* ---- what is remembered --------------------------------------------------------------------------------------- */

static bool read_own(const char *path, struct str *text) { return str_read_file(text, path, 1 << 20); }

/* A file that is not there is no trouble; one that is malformed is, and is left as it is. */
static void read_settings(struct window *w) {
    char path[PATH_MAX];
    struct str text = {0};
    struct diag_list diags;
    diag_init(&diags);
    ui_settings_init(&w->settings);
    if (!ui_settings_path(w->settings_path, sizeof w->settings_path, "settings.json")) w->settings_path[0] = 0;
    if (w->settings_path[0] && read_own(w->settings_path, &text)) {
        const struct src_file file = {.name = w->settings_path, .text = str_cstr(&text), .length = text.len};
        if (!ui_settings_read(&w->settings, &file, &diags)) w->settings_path[0] = 0;
    }
    messages(&diags, &w->trouble);
    diag_free(&diags);
    diag_init(&diags);
    str_clear(&text);
    w->keys = *ui_keys_standard();
    if (ui_settings_path(path, sizeof path, "keys.json") && read_own(path, &text)) {
        const struct src_file file = {.name = path, .text = str_cstr(&text), .length = text.len};
        ui_keys_read(&w->keys, &file, &diags);
    }
    messages(&diags, &w->trouble);
    diag_free(&diags);
    str_free(&text);
}

static void apply_settings(struct window *w, enum ui_theme_id theme) {
    enum { DISPLAYS = 16 };
    struct ui_app *a = &w->app;
    struct ui_mode *m = &a->stage.mode;
    SDL_Rect displays[DISPLAYS];
    int n = 0;
    m->theme = w->c->theme ? theme : w->settings.theme;
    m->zoom = w->settings.zoom;
    m->still = w->settings.still;
    m->lanes = w->settings.lanes;
    a->stage.keys = &w->keys;
    while (n < DISPLAYS && n < SDL_GetNumVideoDisplays() && SDL_GetDisplayBounds(n, &displays[n]) == 0)
        n++;
    SDL_Rect at = ui_settings_place(&w->settings, displays, n);
    if (at.w > 0) {
        SDL_SetWindowSize(a->window, at.w, at.h);
        SDL_SetWindowPosition(a->window, at.x, at.y);
    }
    if (w->c->full_screen || w->settings.full_screen) SDL_SetWindowFullscreen(a->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
    if (w->trouble.len == 0) return;
    str_adds(&a->problem, str_cstr(&w->trouble));
    a->stage.problem = str_cstr(&a->problem);
}

static void keep_settings(struct window *w, enum ui_theme_id given, struct diag_list *diags) {
    struct ui_app *a = &w->app;
    struct ui_settings *s = &w->settings;
    const struct ui_mode *m = &a->stage.mode;
    unsigned flags = SDL_GetWindowFlags(a->window);
    if (!w->settings_path[0]) return;
    if (!w->c->theme || m->theme != given) s->theme = m->theme; /* the command line's is for once */
    s->zoom = m->zoom;
    s->still = m->still;
    s->lanes = m->lanes;
    s->full_screen = !w->c->full_screen && (flags & SDL_WINDOW_FULLSCREEN_DESKTOP) == SDL_WINDOW_FULLSCREEN_DESKTOP;
    if (!(flags & (SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_MAXIMIZED | SDL_WINDOW_MINIMIZED))) {
        SDL_GetWindowPosition(a->window, &s->window.x, &s->window.y);
        SDL_GetWindowSize(a->window, &s->window.w, &s->window.h);
    }
    if (!ui_settings_save(s, w->settings_path))
        diag_add(diags, NULL, 0, 0, "%s: settings cannot be kept: %s", w->settings_path, strerror(errno));
}

static enum ui_result run_window(struct window *w, enum ui_theme_id theme, struct diag_list *diags) {
    struct ui_app *a = &w->app;
    bool ok = ui_app_open(a, w->shown->opened.scenario, &w->shown->source, 0, 0, diags);
    enum ui_result r = ok ? UI_OK : a->window ? UI_FAILED : a->stage.fonts ? UI_NO_DISPLAY : UI_FAILED;
    if (!ok) return r;
    a->speak = w->c->speak;
    a->stage.mode.presenter = w->c->presenter;
    a->gallery = a->stage.gallery = &w->gallery;
    apply_settings(w, theme);
    if (!w->c->path) {
        find_course(w);
        a->stage.mode.view = UI_VIEW_GALLERY;
    } else if (!ui_settings_opened(&w->settings, w->c->path)) {
        a->failed = a->quit = true;
    }
    watch_shown(w);
    do ui_app_loop(a);
    while (!a->quit && fulfil(w));
    if (!a->failed && a->quit) {
        keep_settings(w, theme, diags);
        return UI_OK;
    }
    if (!a->failed) diag_add(diags, NULL, 0, 0, "out of memory");
    return UI_FAILED;
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

static bool keep(const struct ui_config *c, struct run *run, struct diag_list *diags) {
    struct str why = {0};
    if (!run_ended(run)) run_stop(run);
    struct rp_recorder *rec = rp_record_begin(c->record, run_log(run), &why);
    bool ok = rec && rp_record_end(rec, NULL, &why);
    if (!ok) diag_add(diags, NULL, 0, 0, "cannot record %s: %s", c->record, str_cstr(&why));
    str_free(&why);
    return ok;
}

static bool make_empty(struct window *w) {
    const struct rt_log_info info = {.world = "stepped", .choice = "seed"};
    w->empty = rt_log_new();
    return w->empty && rt_log_set_info(w->empty, &info);
}

/* The first path; false with diagnostics. */
static bool first_content(struct window *w, struct diag_list *diags) {
    struct ui_opened o = {0};
    if (!make_empty(w)) {
        diag_add(diags, NULL, 0, 0, "out of memory");
        return false;
    }
    if (w->c->path && !w->c->open(w->c->ctx, w->c->path, &o, diags)) return false;
    w->shown = content_new(w, w->c->path, o, diags);
    return w->shown != NULL;
}

enum ui_result ui_main(const struct ui_config *c, struct diag_list *diags) {
    enum ui_theme_id theme = UI_LIGHT;
    if (c->theme && !ui_theme_by_name(c->theme, &theme)) {
        diag_add(diags, NULL, 0, 0, "theme %s is unknown; there are light, dark and contrast", c->theme);
        return UI_FAILED;
    }
    if (!open_display(diags)) return UI_NO_DISPLAY;
    struct window *w = calloc(1, sizeof *w);
    enum ui_result r = UI_FAILED;
    if (!w) diag_add(diags, NULL, 0, 0, "out of memory");
    if (w) {
        w->c = c;
        w->gallery.draw = gallery_still;
        w->gallery.ctx = w;
        read_settings(w);
        if (first_content(w, diags)) r = run_window(w, theme, diags);
        if (r == UI_OK && w->shown->run && c->record && !keep(c, w->shown->run, diags)) r = UI_FAILED;
        ui_gallery_forget(&w->gallery);
        ui_app_close(&w->app);
        ui_gallery_free(&w->gallery);
        ui_watch_free(&w->watch);
        forget_edited(w);
        ui_settings_free(&w->settings);
        str_free(&w->trouble);
        content_free(w, w->shown);
        rt_log_free(w->empty);
        free(w);
    }
    SDL_Quit();
    return r;
}
