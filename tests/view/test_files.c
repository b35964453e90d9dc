/* Files in the window: dropped, edited while they are shown, chosen in the gallery. */
#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "page_input.h"
#include "sample_log.h"
#include "view_support.h"

struct driver {
    struct ui_app app;
    struct rt_log *log;
    struct diag_list diags;
    double now;
};

static const struct rt_log *get_log(void *ctx) { return ((struct driver *)ctx)->log; }
static bool pump(void *ctx, int64_t ns) { return (void)ctx, (void)ns, false; }

static void start(struct driver *d, struct rt_log *log) {
    memset(d, 0, sizeof *d);
    diag_init(&d->diags);
    d->log = log;
    assert_int_equal(SDL_Init(SDL_INIT_VIDEO), 0);
    const struct ui_source source = {.ctx = d, .log = get_log, .pump = pump};
    assert_true(ui_app_open(&d->app, NULL, &source, 1600, 900, &d->diags));
    ui_app_frame(&d->app, d->now);
}

static void finish(struct driver *d) {
    ui_app_close(&d->app);
    SDL_Quit();
    rt_log_free(d->log);
    diag_free(&d->diags);
}

static void frame(struct driver *d, double ms) {
    d->now += ms;
    ui_app_frame(&d->app, d->now);
}

static void key(struct driver *d, SDL_Keycode sym, unsigned mod) {
    SDL_Event ev = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = sym, .mod = (Uint16)mod}}};
    ui_app_event(&d->app, &ev, d->now);
    frame(d, 16);
}

static void test_drop(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_tutorial());
    SDL_Event ev = {.drop = {.type = SDL_DROPFILE, .file = SDL_strdup("/some/where/x.go")}};
    ui_app_event(&d.app, &ev, d.now);
    assert_int_equal(d.app.wish, UI_WISH_PATH);
    assert_string_equal(d.app.wanted, "/some/where/x.go");
    ui_app_wish(&d.app, UI_WISH_NOTHING, NULL);
    key(&d, SDLK_o, KMOD_LCTRL); /* there is no gallery in this window */
    assert_int_equal(d.app.wish, UI_WISH_NOTHING);
    finish(&d);
}

/* ---- edited files ------------------------------------------------------------------------------------------- */

struct editor {
    char path[64];
    unsigned asked;
    bool good;
};

static bool reopen(void *ctx, struct str *problem) {
    struct editor *e = ctx;
    e->asked++;
    if (!e->good) str_adds(problem, "x.go:3:1: syntax error\n    }\n    ^\n");
    return e->good;
}

static void save(const struct editor *e, const char *text) { assert_true(file_write_whole(e->path, text, strlen(text))); }

static bool shows(const struct ui_list *l, const char *text) {
    for (size_t i = 0; i < l->ncmds; i++)
        if (l->cmds[i].kind == UI_TEXT && l->cmds[i].n >= strlen(text) &&
            memcmp(l->text + l->cmds[i].at, text, strlen(text)) == 0)
            return true;
    return false;
}

static void test_edit(void **state) {
    (void)state;
    struct driver d;
    struct editor e = {.path = "/tmp/gosee-test-XXXXXX"};
    struct ui_watch w = {.reopen = reopen, .ctx = &e};
    int fd = mkstemp(e.path);
    assert_true(fd >= 0);
    close(fd);
    save(&e, "package main\n");
    assert_true(ui_watch_add(&w, e.path));
    assert_true(ui_watch_add(&w, "/nowhere/at/all.go"));
    assert_int_equal(w.nfiles, 1);
    start(&d, sample_tutorial());
    d.app.watch = &w;
    frame(&d, 2000);
    assert_int_equal(e.asked, 0);
    save(&e, "package main\n}\n"); /* broken: the window says where */
    frame(&d, UI_LOOK_MS + 1);
    assert_int_equal(e.asked, 1);
    assert_true(shows(&d.app.stage.over, "x.go:3:1: syntax error"));
    key(&d, SDLK_r, 0); /* the run there is stays */
    assert_int_equal(d.app.wish, UI_WISH_NOTHING);
    frame(&d, UI_LOOK_MS + 1); /* looked at once, not again and again */
    assert_int_equal(e.asked, 1);
    e.good = true;
    save(&e, "package main\n\nfunc main() {}\n"); /* mended: it is offered, and what was wrong is gone */
    frame(&d, UI_LOOK_MS + 1);
    frame(&d, 16);
    assert_int_equal(e.asked, 2);
    assert_false(shows(&d.app.stage.over, "x.go:3:1: syntax error"));
    assert_true(w.ready);
    ui_app_do(&d.app, UI_DO_RERUN_SAME, d.now);
    assert_int_equal(d.app.wish, UI_WISH_EDITED);
    assert_false(w.ready);
    unlink(e.path); /* an editor writes beside it and renames: for a moment it is not there */
    ui_app_wish(&d.app, UI_WISH_NOTHING, NULL);
    frame(&d, UI_LOOK_MS + 1);
    assert_int_equal(e.asked, 2);
    ui_watch_free(&w);
    finish(&d);
}

/* ---- gallery ------------------------------------------------------------------------------------------------ */

static bool draw_red(void *ctx, const char *path, cairo_surface_t *to) {
    (void)ctx;
    if (strcmp(path, "scene3") == 0) return false;
    cairo_t *cr = cairo_create(to);
    cairo_set_source_rgb(cr, 1, 0, 0);
    cairo_paint(cr);
    cairo_destroy(cr);
    return true;
}

static void test_gallery(void **state) {
    (void)state;
    struct driver d;
    struct ui_gallery g = {.draw = draw_red};
    ui_gallery_chapter(&g, "One");
    for (int i = 0; i < 7; i++) {
        char path[16];
        snprintf(path, sizeof path, "scene%d", i);
        if (i == 5) ui_gallery_chapter(&g, "Two");
        ui_gallery_add(&g, (struct ui_card){.path = path, .title = path, .text = (char *)(uintptr_t)"What is it?", .minutes = 3});
    }
    assert_false(g.failed);
    assert_int_equal(g.ncards, 7);
    start(&d, rt_log_new());
    const struct rt_log_info info = {.world = "stepped", .choice = "seed"};
    assert_true(rt_log_set_info(d.log, &info));
    d.app.gallery = d.app.stage.gallery = &g;
    ui_show_view(&d.app, UI_VIEW_GALLERY);
    for (int i = 0; i < 8; i++)
        frame(&d, 16);
    assert_false(ui_gallery_busy(&g)); /* a still a frame, and none is asked for twice */
    assert_non_null(g.cards[0].still);
    assert_null(g.cards[3].still);
    assert_int_equal(g.columns, 4);
    assert_true(shows(&d.app.stage.lists[UI_R_PAGE], "Two"));
    for (size_t i = 0; i < g.ncards; i++) /* no card lies upon another */
        for (size_t k = 0; k < i; k++)
            assert_true(g.cards[i].at.x >= g.cards[k].at.x + g.cards[k].at.w || g.cards[i].at.y >= g.cards[k].at.y + g.cards[k].at.h ||
                        g.cards[k].at.x >= g.cards[i].at.x + g.cards[i].at.w);
    key(&d, SDLK_RIGHT, 0);
    assert_int_equal(g.focus, 1);
    key(&d, SDLK_DOWN, 0); /* the next row has one card */
    assert_int_equal(g.focus, 4);
    key(&d, SDLK_DOWN, 0);
    assert_int_equal(g.focus, 5);
    assert_true(g.scroll > 0); /* it comes into sight */
    key(&d, SDLK_UP, 0);
    key(&d, SDLK_UP, 0);
    assert_true(g.focus < 4);
    key(&d, SDLK_ESCAPE, 0); /* behind it is nothing */
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_GALLERY);
    key(&d, SDLK_2, KMOD_LCTRL);
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_GALLERY);
    char want[16];
    snprintf(want, sizeof want, "scene%zu", g.focus);
    key(&d, SDLK_RETURN, 0);
    assert_int_equal(d.app.wish, UI_WISH_PATH);
    assert_string_equal(d.app.wanted, want);
    ui_gallery_forget(&g);
    finish(&d);
    ui_gallery_free(&g);
}

/* Another run in the same window: the look stays, what belonged to the run is gone. */
static void test_show(void **state) {
    (void)state;
    struct driver d, other = {.log = sample_workers(NULL)};
    start(&d, sample_tutorial());
    key(&d, SDLK_F7, 0);
    key(&d, SDLK_END, 0);
    d.app.stage.mode.follow = 1;
    const struct ui_source source = {.ctx = &other, .log = get_log, .pump = pump};
    assert_true(ui_app_show(&d.app, NULL, &source));
    frame(&d, 16);
    assert_int_equal(d.app.stage.total, rt_log_count(other.log));
    assert_int_equal(d.app.head.n, 0);
    assert_int_equal(d.app.stage.mode.follow, 0);
    assert_int_equal(d.app.stage.mode.theme, UI_DARK);
    key(&d, SDLK_RIGHT, 0);
    assert_int_equal(d.app.head.n, 1);
    finish(&d);
    rt_log_free(other.log);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_drop), cmocka_unit_test(test_edit),
                                       cmocka_unit_test(test_gallery), cmocka_unit_test(test_show)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
