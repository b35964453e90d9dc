#include "each_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void run_one(each_run_fn *act, void *ctx, const struct scenario *s, const char *what) {
    if (s->expect.nrejected) return;
    struct diag_list diags;
    diag_init(&diags);
    struct run_program *p = run_compile(&s->source, &diags);
    if (!p) diag_print(&diags, stderr, 0);
    assert_non_null(p);
    struct run_options o;
    run_options_from(s, &o);
    o.events = true;
    struct run *r = run_new(p, &o, &diags);
    assert_non_null(r);
    while (run_pump(r, 0, 0, 1000000000)) {
    }
    act(ctx, s, run_log(r), what);
    run_free(r);
    run_program_free(p);
    diag_free(&diags);
}

static void run_scene(each_run_fn *act, void *ctx, const char *name) {
    struct diag_list diags;
    struct str path = {0}, what = {0};
    diag_init(&diags);
    str_addf(&path, GOSEE_SCENES "/%s", name);
    struct scenario *s = scn_load(str_cstr(&path), &diags);
    assert_non_null(s);
    run_one(act, ctx, s, name);
    for (size_t v = 0; v < s->nvariants; v++) {
        str_clear(&what);
        str_addf(&what, "%s, %s", name, s->variants[v].name);
        run_one(act, ctx, s->variants[v].scenario, str_cstr(&what));
    }
    scn_free(s);
    str_free(&path);
    str_free(&what);
    diag_free(&diags);
}

void each_run_of_the_scenes(each_run_fn *act, void *ctx) {
    struct diag_list diags;
    diag_init(&diags);
    struct scn_course *c = scn_load_course(GOSEE_SCENES "/course.json", &diags);
    assert_non_null(c);
    for (size_t i = 0; i < c->nchapters; i++)
        for (size_t k = 0; k < c->chapters[i].nscenes; k++) run_scene(act, ctx, c->chapters[i].scenes[k]);
    scn_course_free(c);
    diag_free(&diags);
}
