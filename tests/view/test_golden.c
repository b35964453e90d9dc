/* Pictures: the window's painter against cairo's, and both against small pictures kept beside this file.
 *
 * Kept pictures hold only where the faces are the ones they were made with; elsewhere that part is skipped.
 * GOSEE_UPDATE_GOLDEN=1 makes them anew. */
#include <cairo.h>
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render_file.h"
#include "render_sdl.h"
#include "sample_log.h"
#include "view_support.h"

struct pixels {
    int w, h, stride;
    const uint8_t *bytes; /* B, G, R, unused */
};

/* Mean difference of a channel, and the share of pixels that differ much. */
static void compare(struct pixels a, struct pixels b, double *mean, double *off) {
    double sum = 0, bad = 0;
    assert_int_equal(a.w, b.w);
    assert_int_equal(a.h, b.h);
    for (int y = 0; y < a.h; y++)
        for (int x = 0; x < a.w; x++) {
            const uint8_t *p = a.bytes + y * a.stride + x * 4, *q = b.bytes + y * b.stride + x * 4;
            int most = 0;
            for (int c = 0; c < 3; c++) {
                int d = abs(p[c] - q[c]);
                sum += d;
                if (d > most) most = d;
            }
            bad += most > 80;
        }
    *mean = sum / (3.0 * a.w * a.h);
    *off = bad / ((double)a.w * a.h);
}

static size_t stage_lists(const struct ui_stage *s, const struct ui_list **lists) {
    size_t n = 0;
    for (int i = 0; i < UI_REGIONS; i++)
        if (s->lay.shown[i]) lists[n++] = &s->lists[i];
    lists[n++] = &s->over;
    return n;
}

static cairo_surface_t *by_cairo(const struct fixture *f, int w, int h, double scale) {
    const struct ui_list *lists[UI_REGIONS + 1];
    struct ui_picture p = {.lists = lists,
                           .nlists = stage_lists(&f->stage, lists),
                           .fonts = f->fonts,
                           .width = f->stage.lay.w,
                           .height = f->stage.lay.h,
                           .scale = scale,
                           .background = f->stage.th->bg};
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
    assert_true(ui_cairo_paint(s, &p, false));
    cairo_surface_flush(s);
    return s;
}

static struct pixels of_cairo(cairo_surface_t *s) {
    return (struct pixels){cairo_image_surface_get_width(s), cairo_image_surface_get_height(s),
                           cairo_image_surface_get_stride(s), cairo_image_surface_get_data(s)};
}

static SDL_Surface *by_sdl(const struct fixture *f, int w, int h, double scale) {
    SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
    assert_non_null(s);
    SDL_Renderer *r = SDL_CreateSoftwareRenderer(s);
    struct ui_painter *p = ui_painter_new(r, f->fonts);
    assert_non_null(p);
    ui_color bg = f->stage.th->bg;
    SDL_SetRenderDrawColor(r, (Uint8)(bg >> 24), (Uint8)(bg >> 16), (Uint8)(bg >> 8), 255);
    SDL_RenderClear(r);
    const struct ui_list *lists[UI_REGIONS + 1];
    size_t n = stage_lists(&f->stage, lists);
    for (size_t i = 0; i < n; i++)
        ui_painter_draw(p, lists[i], scale, NULL);
    SDL_RenderPresent(r);
    ui_painter_free(p);
    SDL_DestroyRenderer(r);
    return s;
}

struct view {
    const char *name;
    bool workers, presenter;
    int w, h;
    enum ui_theme_id theme;
    uint64_t back; /* events before the end; 0: the workers' steal */
    double progress;
};

static const struct view views[] = {
    {"steal-light", true, false, 1600, 900, UI_LIGHT, 0, 0.45},
    {"tutorial-dark", false, false, 1280, 720, UI_DARK, 40, 1},
    {"presenter", false, true, 1280, 720, UI_LIGHT, 20, 1},
};

static void open_view(struct fixture *f, const struct view *v) {
    uint64_t moment = 0;
    fixture_open(f, v->workers ? sample_workers(&moment) : sample_tutorial(), NULL);
    uint64_t n = v->workers ? moment + 1 : rt_log_count(f->log) - v->back;
    f->stage.mode.theme = v->theme;
    f->stage.mode.presenter = v->presenter;
    ui_stage_size(&f->stage, v->w, v->h);
    assert_true(ui_stage_build(&f->stage, n, 0, v->progress < 1 ? n - 1 : n));
    ui_stage_fly(&f->stage, v->progress);
}

static void test_painters_agree(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        struct fixture f;
        open_view(&f, &views[i]);
        double scale = f.stage.lay.scale, mean, off;
        cairo_surface_t *a = by_cairo(&f, views[i].w, views[i].h, scale);
        SDL_Surface *b = by_sdl(&f, views[i].w, views[i].h, scale);
        compare(of_cairo(a), (struct pixels){b->w, b->h, b->pitch, b->pixels}, &mean, &off);
        if (mean > 0.8 || off > 0.002)
            fail_msg("%s: the window's picture and cairo's differ by %.3f on average, %.2f %% of pixels by much",
                     views[i].name, mean, off * 100);
        cairo_surface_destroy(a);
        SDL_FreeSurface(b);
        fixture_close(&f);
    }
}

static bool faces_are_ours(const struct fixture *f) {
    int index;
    const char *sans = ui_fonts_file(f->fonts, UI_SANS_400, &index),
               *mono = ui_fonts_file(f->fonts, UI_MONO_400, &index);
    return strstr(sans, "Inter-Regular.otf") && strstr(mono, "JetBrainsMono-Regular.ttf");
}

static void test_kept_pictures(void **state) {
    (void)state;
    bool skipped = false;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        struct fixture f;
        char path[512];
        open_view(&f, &views[i]);
        skipped |= !faces_are_ours(&f);
        double scale = f.stage.lay.scale * 480 / views[i].w, mean, off;
        int w = 480, h = (int)(views[i].h * 480.0 / views[i].w + 0.5);
        cairo_surface_t *a = by_cairo(&f, w, h, scale);
        snprintf(path, sizeof path, "%s/%s.png", GOLDEN_DIR, views[i].name);
        if (getenv("GOSEE_UPDATE_GOLDEN")) assert_int_equal(cairo_surface_write_to_png(a, path), CAIRO_STATUS_SUCCESS);
        cairo_surface_t *b = cairo_image_surface_create_from_png(path);
        assert_int_equal(cairo_surface_status(b), CAIRO_STATUS_SUCCESS);
        compare(of_cairo(a), of_cairo(b), &mean, &off);
        if (faces_are_ours(&f) && (mean > 1.2 || off > 0.01))
            fail_msg("%s differs from the kept picture by %.3f on average, %.2f %% of pixels by much", views[i].name,
                     mean, off * 100);
        cairo_surface_destroy(a);
        cairo_surface_destroy(b);
        fixture_close(&f);
    }
    if (skipped) skip();
}

/* Text stays text; nothing in the file depends on when it was written. */
static void test_svg(void **state) {
    (void)state;
    struct fixture f;
    struct str a = {0}, b = {0};
    const struct ui_list *lists[UI_REGIONS + 1];
    open_view(&f, &views[0]);
    struct ui_picture p = {.lists = lists,
                           .nlists = stage_lists(&f.stage, lists),
                           .fonts = f.fonts,
                           .width = f.stage.lay.w,
                           .height = f.stage.lay.h,
                           .scale = 1,
                           .background = f.stage.th->bg};
    ui_svg_write(&p, &a);
    ui_svg_write(&p, &b);
    assert_string_equal(str_cstr(&a), str_cstr(&b));
    assert_non_null(strstr(str_cstr(&a), ">Global queue</text>"));
    assert_non_null(strstr(str_cstr(&a), "&lt;-"));
    assert_non_null(strstr(str_cstr(&a), "</svg>"));
    str_free(&a);
    str_free(&b);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_painters_agree), cmocka_unit_test(test_kept_pictures),
                                       cmocka_unit_test(test_svg)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
