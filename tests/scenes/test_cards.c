/* Every card of every lesson fits its place: asked, answered rightly and wrongly, in a small window, on a projector and
 * with the largest type. Nothing on it is cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "each_run.h"
#include "stage.h"

static const struct look {
    const char *name;
    double w, h, zoom;
    bool presenter;
} looks[] = {{"1280x720", 1280, 720, 1, false},
             {"1280x720, presenter", 1280, 720, 1, true},
             {"1280x720, 250 %", 1280, 720, 2.5, false},
             {"1920x1080, 250 %", 1920, 1080, 2.5, false}};

/* What is written stands inside the card, the first box that is filled, and the card inside the window. */
static void assert_fits(const struct ui_stage *s, const struct ui_list *l, const char *what) {
    struct ui_rect card = {0};
    for (size_t i = 0; i < l->ncmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];
        if (c->kind == UI_RRECT && c->r >= 6 && c->w > card.w) card = (struct ui_rect){c->x, c->y, c->w, c->h};
        if (c->kind != UI_TEXT) continue;
        const char *text = l->text + c->at;
        if (c->n >= 3 && memcmp(text + c->n - 3, "\xe2\x80\xa6", 3) == 0) fail_msg("%s: cut: %.*s", what, (int)c->n, text);
        if (c->x < card.x || c->x + c->w > card.x + card.w || c->y - c->r < card.y || c->y > card.y + card.h)
            fail_msg("%s: outside the card: %.*s", what, (int)c->n, text);
    }
    if (card.x < -8 || card.y < -8 || card.x + card.w > s->lay.w + 8 || card.y + card.h > s->lay.h + 8)
        fail_msg("%s: the card of %.0f x %.0f at %.0f, %.0f is outside the window of %.0f x %.0f", what, card.w, card.h, card.x,
                 card.y, s->lay.w, s->lay.h);
}

static void draw_card(struct ui_stage *s, struct ui_list *l, const char *what) {
    ui_list_clear(l);
    ui_draw_card(s, l);
    assert_false(l->failed);
    assert_fits(s, l, what);
}

/* One step's card, asked and with each answer. */
static void step_fits(struct ui_stage *s, struct ui_list *l, struct ui_lesson_step *step, const char *what) {
    const struct scn_ask *ask = step->step->ask;
    step->answered = false;
    draw_card(s, l, what);
    for (size_t c = 0; ask && c < ask->nchoices; c++) {
        step->answered = true;
        step->choice = (int)c;
        draw_card(s, l, what);
    }
}

static void fits(void *fonts, const struct scenario *scn, const struct rt_log *log, const char *what) {
    struct ui_stage s;
    struct ui_list l = {.fonts = fonts};
    assert_true(ui_stage_open(&s, fonts, log, scn));
    s.th = ui_theme(UI_LIGHT);
    ui_lesson_scan(&s.lesson, log);
    for (size_t i = 0; i < s.lesson.nsteps; i++) {
        s.n = s.lesson.steps[i].event + 1;
        for (size_t k = 0; k < sizeof looks / sizeof *looks; k++) {
            struct str name = {0};
            str_addf(&name, "%s, lesson step %zu, %s", what, i + 1, looks[k].name);
            ui_layout(&s.lay, looks[k].w, looks[k].h, looks[k].zoom, looks[k].presenter, scn->procs, &s.mode.tabs);
            step_fits(&s, &l, &s.lesson.steps[i], str_cstr(&name));
            str_free(&name);
        }
    }
    ui_list_free(&l);
    ui_stage_close(&s);
}

static void cards_fit(void **state) {
    (void)state;
    struct diag_list diags;
    diag_init(&diags);
    struct ui_fonts *fonts = ui_fonts_open(&diags);
    assert_non_null(fonts);
    each_run_of_the_scenes(fits, fonts);
    ui_fonts_close(fonts);
    diag_free(&diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cards_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
