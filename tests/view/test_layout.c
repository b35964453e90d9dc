/* Properties of the layout under random windows. */
#include <stdio.h>

#include "view_support.h"

static uint32_t next(uint32_t *x) {
    *x = *x * 1664525u + 1013904223u;
    return *x >> 8;
}

static bool overlap(struct ui_rect a, struct ui_rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void check(const struct ui_layout *l, double w, double h, double z, unsigned procs) {
    for (int i = 0; i < UI_REGIONS; i++) {
        if (!l->shown[i]) continue;
        struct ui_rect a = l->at[i];
        if (a.x < 0 || a.y < 0 || a.x + a.w > l->w + 1 || a.y + a.h > l->h + 1)
            fail_msg("region %d is off screen at %g x %g, z %g, %u Ps: %g %g %g %g of %g %g", i, w, h, z, procs, a.x,
                     a.y, a.w, a.h, l->w, l->h);
        for (int k = 0; k < i; k++) {
            if (!l->shown[k] || !overlap(a, l->at[k])) continue;
            fail_msg("regions %d and %d overlap at %g x %g, z %g, %u Ps", i, k, w, h, z, procs);
        }
    }
    assert_true(l->shown[UI_R_NARRATION]);
}

static void test_random_windows(void **state) {
    (void)state;
    uint32_t x = 7;
    for (int i = 0; i < 20000; i++) {
        double w = 960 + next(&x) % 2900, h = 600 + next(&x) % 1600, z = 0.8 + (next(&x) % 18) / 10.0;
        unsigned procs = i % 3 == 0 ? 1 + next(&x) % 256 : 1 + next(&x) % 12;
        struct ui_tabs tabs = {(enum ui_left_tab)(next(&x) % UI_LEFT_TABS), (enum ui_low_tab)(next(&x) % UI_LOW_TABS),
                               (enum ui_only_tab)(next(&x) % UI_ONLY_TABS)};
        struct ui_layout l;
        ui_layout(&l, w, h, z, false, procs, &tabs);
        check(&l, w, h, z, procs);
    }
}

static void test_classes(void **state) {
    (void)state;
    const struct ui_tabs tabs = {0};
    struct ui_layout l;
    static const struct {
        double w, h, z;
        enum ui_class cls;
        double scale;
    } cases[] = {{1600, 900, 1, UI_NORMAL, 1},    {1920, 1080, 1, UI_NORMAL, 1.2}, {3840, 2160, 1, UI_NORMAL, 2.4},
                 {1280, 720, 1, UI_COMPACT, 1},   {1366, 768, 1, UI_COMPACT, 1},   {1024, 768, 1, UI_NARROW, 1},
                 {1280, 720, 2.5, UI_SINGLE, 2.5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ui_layout(&l, cases[i].w, cases[i].h, cases[i].z, false, 2, &tabs);
        assert_int_equal(l.cls, cases[i].cls);
        assert_true(l.scale > cases[i].scale - 1e-9 && l.scale < cases[i].scale + 1e-9);
    }
    ui_layout(&l, 1600, 900, 1, false, 2, &tabs); /* the design's own picture */
    assert_true(l.at[UI_R_SOURCE].x == 12 && l.at[UI_R_SOURCE].y == 52 && l.at[UI_R_SOURCE].w == 400 &&
                l.at[UI_R_SOURCE].h == 568);
    assert_true(l.at[UI_R_NARRATION].x == 424 && l.at[UI_R_NARRATION].h == 96);
    assert_true(l.at[UI_R_ROOMS].x == 1220 && l.at[UI_R_ROOMS].w == 368);
    assert_true(l.at[UI_R_TIMELINE].y == 628 && l.at[UI_R_TIMELINE].w == 1168 && l.at[UI_R_TIMELINE].h == 208);
    assert_true(l.at[UI_R_TRANSPORT].y == 844 && l.at[UI_R_TRANSPORT].h == 48);
    assert_true(l.row_h == 112 && l.row_gap == 12);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_windows), cmocka_unit_test(test_classes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
