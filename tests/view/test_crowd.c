/* From small to huge: what must hold of every picture whatever the numbers, on random histories and on crowds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random_log.h"
#include "sample_log.h"
#include "theme.h"
#include "view_support.h"

static const struct {
    double w, h, z;
    bool presenter;
} windows[] = {{1280, 720, 1, false},  {1600, 900, 1, false},   {1920, 1080, 1.5, false}, {3840, 2160, 1, false},
               {1280, 720, 2.5, false}, {3840, 2160, 2.5, false}, {1280, 720, 1, true}};
enum { WINDOWS = sizeof windows / sizeof *windows };

static struct ui_rect text_box(const struct ui_cmd *c) {
    return (struct ui_rect){c->x + 1, c->y - 0.7 * c->r, c->w - 2, 0.66 * c->r};
}

static bool overlap(struct ui_rect a, struct ui_rect b) {
    return a.w > 0 && b.w > 0 && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* No text is too small, off screen, or on another text of its region. What is clipped (source, output) is left out of
 * the last. */
static void check_texts(const struct ui_stage *s, enum ui_region r, const char *where) {
    const struct ui_list *l = &s->lists[r];
    bool clipped = r == UI_R_SOURCE || r == UI_R_OUTPUT || r == UI_R_TIMELINE;
    for (size_t i = 0; i < l->ncmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];
        if (c->kind != UI_TEXT || c->n == 0) continue;
        const char *t = l->text + c->at;
        if (c->r < 11) fail_msg("%s: %g points: %.*s", where, c->r, (int)c->n, t);
        if (c->x < -0.5 || c->y > s->lay.h + 1 || (!clipped && c->x + c->w > s->lay.w + 1))
            fail_msg("%s: off screen: %.*s at %g, %g of %g x %g", where, (int)c->n, t, c->x, c->y, s->lay.w, s->lay.h);
        for (size_t k = 0; !clipped && k < i; k++) {
            const struct ui_cmd *d = &l->cmds[k];
            if (d->kind == UI_TEXT && d->n > 0 && overlap(text_box(c), text_box(d)))
                fail_msg("%s: \"%.*s\" lies on \"%.*s\" at %g, %g", where, (int)c->n, t, (int)d->n, l->text + d->at, c->x,
                         c->y);
        }
    }
}

/* No goroutine or thread stands on another; none is off screen. (The table of places holds each once.) */
static void check_places(const struct ui_stage *s, const char *where) {
    const struct ui_place **p = calloc(s->now.len + 1, sizeof *p);
    size_t n = 0;
    assert_non_null(p);
    for (size_t i = 0; i < s->now.cap; i++) {
        const struct ui_place *q = &s->now.slots[i];
        if (q->at.w > 0 && (q->thing == UI_THING_G || q->thing == UI_THING_M)) p[n++] = q;
    }
    for (size_t i = 0; i < n; i++) {
        struct ui_rect a = ui_inset(p[i]->at, 0.5);
        if (a.x < 0 || a.y < 0 || a.x + a.w > s->lay.w || a.y + a.h > s->lay.h)
            fail_msg("%s: %s%u is off screen", where, p[i]->thing == UI_THING_G ? "G" : "M", p[i]->id);
        for (size_t k = 0; k < i; k++)
            if (overlap(a, ui_inset(p[k]->at, 0.5)))
                fail_msg("%s: %s%u stands on %s%u", where, p[i]->thing == UI_THING_G ? "G" : "M", p[i]->id,
                         p[k]->thing == UI_THING_G ? "G" : "M", p[k]->id);
    }
    free(p);
}

static void build(struct fixture *f, uint64_t n) {
    struct str rule = {0};
    uint64_t event = 0;
    if (!ui_stage_build(&f->stage, n, 0, n) && rp_illegal(f->stage.session, &event, &rule))
        fail_msg("event %llu: %s", (unsigned long long)event, str_cstr(&rule));
    ui_stage_fly(&f->stage, 1);
    assert_false(f->stage.failed);
}

static void check(struct fixture *f, uint64_t n, const char *what) {
    for (int i = 0; i < WINDOWS; i++) {
        char where[160];
        snprintf(where, sizeof where, "%s, event %llu, %g x %g at %g%s", what, (unsigned long long)n, windows[i].w,
                 windows[i].h, windows[i].z, windows[i].presenter ? ", presenter" : "");
        f->stage.mode.zoom = windows[i].z;
        f->stage.mode.presenter = windows[i].presenter;
        ui_stage_size(&f->stage, windows[i].w, windows[i].h);
        build(f, n);
        check_places(&f->stage, where);
        for (int r = 0; r < UI_REGIONS; r++)
            if (f->stage.lay.shown[r]) check_texts(&f->stage, (enum ui_region)r, where);
    }
}

static void test_random_histories(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct fixture f;
        char what[40];
        snprintf(what, sizeof what, "history %llu", (unsigned long long)seed);
        fixture_open(&f, random_log(seed, 400), NULL);
        for (uint64_t n = 20 + seed; n <= rt_log_count(f.log); n += 97)
            check(&f, n, what);
        fixture_close(&f);
    }
}

static const char crowd_source[] = "package main\n\nfunc worker() {}\n\nfunc main() {\n\tfor {\n\t\tgo worker()\n\t}\n}\n";

/* main on P0 of `procs` Ps starts n goroutines; each waits at the global queue. */
static struct rt_log *crowd(unsigned procs, uint32_t n) {
    struct log_builder b;
    assert_true(lb_init(&b, "crowd.go", crowd_source, procs, procs));
    assert_true(rt_log_add_func(b.log, "main.main", RT_POS(0, 5)) && rt_log_add_func(b.log, "main.worker", RT_POS(0, 3)));
    lb_begin(&b, procs);
    lb_line(&b, 7);
    for (uint32_t g = 2; g < n + 2; g++) {
        lb_event(&b, RT_EV_GoCreate, RT_WHY_None, g, 1, 2048);
        lb_event(&b, RT_EV_GlobPut, RT_WHY_None, g, 0, 0);
    }
    assert_false(b.failed);
    return b.log;
}

static void test_crowds(void **state) {
    (void)state;
    static const struct {
        unsigned procs;
        uint32_t n;
    } sizes[] = {{1, 1}, {3, 7}, {8, 40}, {9, 300}, {32, 1990}, {33, 2100}, {256, 30000}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct fixture f;
        char what[64];
        snprintf(what, sizeof what, "%u Ps, %u goroutines", sizes[i].procs, (unsigned)sizes[i].n);
        fixture_open(&f, crowd(sizes[i].procs, sizes[i].n), NULL);
        check(&f, rt_log_count(f.log), what);
        fixture_close(&f);
    }
}

/* The field has a dot for each, and each dot gives its goroutine. */
static void test_field(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, crowd(2, 3000), NULL);
    ui_stage_size(&f.stage, 1600, 900);
    build(&f, rt_log_count(f.log));
    const struct ui_field *d = &f.stage.field;
    assert_true(f.stage.crowd && f.stage.lay.shown[UI_R_FIELD]);
    assert_int_equal(d->per, 1);
    struct ui_rect at = f.stage.lay.at[UI_R_FIELD];
    for (uint32_t g = 1; g <= 3001; g += 50) {
        size_t cell = g - 1;
        double x = d->x + ((double)(cell % d->columns) + 0.5) * d->pitch, y = d->y + ((double)(cell / d->columns) + 0.5) * d->pitch;
        assert_int_equal(ui_field_at(&f.stage, x, y), g);
        assert_true(ui_inside(at, x, y));
    }
    assert_int_equal(ui_field_at(&f.stage, at.x + at.w - 1, at.y + at.h - 1), 0);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_histories), cmocka_unit_test(test_crowds),
                                       cmocka_unit_test(test_field)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
