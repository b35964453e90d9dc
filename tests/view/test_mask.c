#include <math.h>
#include <string.h>

#include "mask.h"
#include "view_support.h"

static double sum(const struct ui_mask *m) {
    double v = 0;
    for (int i = 0; i < m->w * m->h; i++)
        v += m->bytes[i] / 255.0;
    return v;
}

static void test_box(void **state) {
    (void)state;
    struct ui_mask m = {0};
    assert_true(ui_mask_reset(&m, 8, 8));
    ui_mask_rrect(&m, (struct ui_rect){2, 2, 3.5, 4}, 0);
    assert_int_equal(m.bytes[2 * 8 + 2], 255);
    assert_int_equal(m.bytes[2 * 8 + 4], 255);
    assert_in_range(m.bytes[2 * 8 + 5], 127, 129);
    assert_int_equal(m.bytes[2 * 8 + 6], 0);
    assert_int_equal(m.bytes[1 * 8 + 3], 0);
    assert_int_equal(m.bytes[6 * 8 + 3], 0);
    ui_mask_free(&m);
}

/* A shape that touches the right edge must leave the next row alone. */
static void test_full_width(void **state) {
    (void)state;
    struct ui_mask m = {0};
    assert_true(ui_mask_reset(&m, 12, 12));
    ui_mask_rrect(&m, (struct ui_rect){0, 0, 12, 12}, 0);
    for (int i = 0; i < 12 * 12; i++)
        assert_int_equal(m.bytes[i], 255);
    ui_mask_free(&m);
}

static void test_areas(void **state) {
    (void)state;
    const double pi = 3.14159265358979;
    struct ui_mask m = {0};
    assert_true(ui_mask_reset(&m, 40, 40));
    ui_mask_rrect(&m, (struct ui_rect){0, 0, 40, 40}, 20);
    assert_true(fabs(sum(&m) - pi * 400) < 6);
    assert_true(ui_mask_reset(&m, 40, 40));
    ui_mask_ring(&m, (struct ui_rect){0, 0, 40, 40}, 20, 2);
    assert_true(fabs(sum(&m) - pi * (400 - 324)) < 4);
    assert_true(ui_mask_reset(&m, 40, 40));
    ui_mask_stroke(&m, (struct ui_point[]){{5, 20}, {35, 20}}, 2, false, 4, 0, 0);
    assert_true(fabs(sum(&m) - (30 * 4 + pi * 4)) < 2);
    assert_true(ui_mask_reset(&m, 40, 40));
    ui_mask_rrect(&m, (struct ui_rect){0, 0, 40, 40}, 0);
    ui_mask_stripes(&m, 10);
    assert_true(fabs(sum(&m) - 800) < 80);
    ui_mask_free(&m);
}

static void test_outside(void **state) {
    (void)state;
    struct ui_mask m = {0};
    assert_true(ui_mask_reset(&m, 10, 10));
    ui_mask_poly(&m, (struct ui_point[]){{-30, -30}, {50, -20}, {50, 60}, {-20, 50}}, 4);
    for (int i = 0; i < 100; i++)
        assert_int_equal(m.bytes[i], 255);
    assert_false(ui_mask_reset(&m, 0, 4));
    assert_false(ui_mask_reset(&m, 4, 1 << 20));
    ui_mask_free(&m);
}

static void test_dashes(void **state) {
    (void)state;
    struct ui_mask m = {0};
    assert_true(ui_mask_reset(&m, 100, 20));
    ui_mask_stroke(&m, (struct ui_point[]){{0, 10}, {100, 10}}, 2, false, 2, 5, 5);
    assert_true(fabs(sum(&m) - 100) < 4);
    ui_mask_free(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_box), cmocka_unit_test(test_full_width),
                                       cmocka_unit_test(test_areas), cmocka_unit_test(test_outside),
                                       cmocka_unit_test(test_dashes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
