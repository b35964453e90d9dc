/* Every ratio and distance that the design promises, computed from the table. */
#include <math.h>
#include <stdio.h>

#include "replay.h"
#include "view_support.h"

static void at_least(const char *what, enum ui_theme_id id, double have, double want) {
    if (have >= want) return;
    fail_msg("%s theme, %s: %.2f, at least %.2f wanted", ui_theme_name(id), what, have, want);
}

static void test_text(void **state) {
    (void)state;
    for (int id = 0; id < UI_THEMES; id++) {
        const struct ui_theme *t = ui_theme((enum ui_theme_id)id);
        const ui_color grounds[] = {t->card, t->bg, t->well, t->spot_tint};
        const ui_color inks[] = {t->ink, t->ink2, t->ink3};
        for (int g = 0; g < 4; g++)
            for (int i = 0; i < 3; i++)
                at_least("text", (enum ui_theme_id)id, ui_contrast(inks[i], grounds[g]), 4.5);
        at_least("spot ink on its tint", (enum ui_theme_id)id, ui_contrast(t->spot_ink, t->spot_tint), 4.5);
        at_least("tag on spot", (enum ui_theme_id)id, ui_contrast(t->on_spot, t->spot), 4.5);
        at_least("thread's name", (enum ui_theme_id)id, ui_contrast(t->on_m, t->m), 4.5);
        at_least("pressed button", (enum ui_theme_id)id, ui_contrast(t->on_ink, t->ink), 4.5);
        at_least("error", (enum ui_theme_id)id, ui_contrast(t->err, t->card), 4.5);
        at_least("success", (enum ui_theme_id)id, ui_contrast(t->ok, t->card), 4.5);
        const ui_color code[] = {t->keyword, t->number, t->string, t->comment};
        for (int i = 0; i < 4; i++) {
            at_least("code", (enum ui_theme_id)id, ui_contrast(code[i], t->card), 4.5);
            at_least("code on spot", (enum ui_theme_id)id, ui_contrast(code[i], t->spot_tint), 4.5);
        }
        for (int i = 0; i < UI_SITES; i++) {
            at_least("text on a site's fill", (enum ui_theme_id)id, ui_contrast(t->site[i].text, t->site[i].fill), 4.5);
            at_least("ink on a site's tint", (enum ui_theme_id)id, ui_contrast(t->ink, t->site[i].tint), 4.5);
        }
    }
}

static void test_edges(void **state) {
    (void)state;
    for (int id = 0; id < UI_THEMES; id++) {
        const struct ui_theme *t = ui_theme((enum ui_theme_id)id);
        at_least("slot's edge", (enum ui_theme_id)id, ui_contrast(t->line2, t->card), 3);
        at_least("spot's edge", (enum ui_theme_id)id, ui_contrast(t->spot_edge, t->card), 3);
        for (int i = 0; i < UI_SITES; i++)
            at_least("site's edge", (enum ui_theme_id)id, ui_contrast(t->site[i].edge, t->card), 3);
    }
}

/* ---- distances: CIE 1976, for normal sight and for Machado et al. (2009) at full severity ------------------------ */

static const double sight[4][9] = {
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
};

static double linear(double s) { return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4); }
static double lab_f(double t) { return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116; }

static void to_lab(ui_color c, const double m[9], double lab[3]) {
    double in[3], rgb[3];
    for (int i = 0; i < 3; i++)
        in[i] = linear((double)((c >> (24 - 8 * i)) & 0xff) / 255);
    for (int i = 0; i < 3; i++) {
        rgb[i] = m[i * 3] * in[0] + m[i * 3 + 1] * in[1] + m[i * 3 + 2] * in[2];
        rgb[i] = rgb[i] < 0 ? 0 : rgb[i] > 1 ? 1 : rgb[i];
    }
    double x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047;
    double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
    double z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883;
    lab[0] = 116 * lab_f(y) - 16;
    lab[1] = 500 * (lab_f(x) - lab_f(y));
    lab[2] = 200 * (lab_f(y) - lab_f(z));
}

static double distance(ui_color a, ui_color b) {
    double least = 1e9;
    for (int k = 0; k < 4; k++) {
        double x[3], y[3];
        to_lab(a, sight[k], x);
        to_lab(b, sight[k], y);
        double d = sqrt(pow(x[0] - y[0], 2) + pow(x[1] - y[1], 2) + pow(x[2] - y[2], 2));
        if (d < least) least = d;
    }
    return least;
}

static void test_identity(void **state) {
    (void)state;
    for (int id = 0; id < UI_CONTRAST; id++) {
        const struct ui_theme *t = ui_theme((enum ui_theme_id)id);
        for (int i = 0; i < UI_SITES; i++)
            for (int k = 0; k < i; k++)
                at_least("two sites", (enum ui_theme_id)id, distance(t->site[i].fill, t->site[k].fill), 16);
    }
}

static void test_states(void **state) {
    (void)state;
    static const int shown[] = {RP_G_RUNNING, RP_G_RUNNABLE, RP_G_WAITING, RP_G_SYSCALL};
    for (int id = 0; id < UI_CONTRAST; id++) {
        const struct ui_theme *t = ui_theme((enum ui_theme_id)id);
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < i; k++)
                at_least("two states", (enum ui_theme_id)id, distance(t->state[shown[i]], t->state[shown[k]]), 24);
    }
}

static void test_sites_start_over(void **state) {
    (void)state;
    const struct ui_theme *t = ui_theme(UI_LIGHT);
    assert_ptr_equal(ui_theme_site(t, 0), &t->site[0]);
    assert_ptr_equal(ui_theme_site(t, 7), &t->site[7]);
    assert_ptr_equal(ui_theme_site(t, 8), &t->site[1]);
    assert_ptr_equal(ui_theme_site(t, 14), &t->site[7]);
    assert_ptr_equal(ui_theme_site(t, 15), &t->site[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_text), cmocka_unit_test(test_edges),
                                       cmocka_unit_test(test_identity), cmocka_unit_test(test_states),
                                       cmocka_unit_test(test_sites_start_over)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
