/* Outcomes and Compare: runs made beside the window's own, under SDL's dummy driver. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "page.h"
#include "view_support.h"

static const char program[] =
    "package main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\n"
    "func one() {\n\ttime.Sleep(time.Second)\n\tfmt.Println(\"1\")\n}\n\n"
    "func two() {\n\tgo one()\n\ttime.Sleep(time.Second)\n\tfmt.Println(\"2\")\n}\n\n"
    "func main() {\n\tgo two()\n\ttime.Sleep(2 * time.Second)\n}\n";

struct driver {
    struct ui_app app;
    struct run_program *program;
    struct run_options options;
    struct run *run;
    struct ui_lab *lab;
    struct diag_list diags;
    double now;
};

static const struct rt_log *get_log(void *ctx) { return run_log(((struct driver *)ctx)->run); }
static bool pump(void *ctx, int64_t ns) { return run_pump(((struct driver *)ctx)->run, 0, 0, ns); }

static bool open_pick(void *ctx, bool probing, uint64_t number, struct diag_list *diags) {
    struct driver *d = ctx;
    d->options.choice = probing ? SCN_PROBE : SCN_SEED;
    d->options.number = number;
    run_free(d->run);
    d->run = run_new(d->program, &d->options, diags);
    return d->run != NULL;
}

static void start(struct driver *d, const char *text) {
    struct src_file file = {"p.go", text, strlen(text)};
    memset(d, 0, sizeof *d);
    diag_init(&d->diags);
    d->program = run_compile(&file, &d->diags);
    assert_non_null(d->program);
    d->options = (struct run_options){
        .world = SCN_STEPPED, .procs = 2, .cores = 2, .number = 1, .program_name = "p.go", .events = true};
    d->run = run_new(d->program, &d->options, &d->diags);
    d->lab = ui_lab_new(d->program, &d->options);
    assert_true(d->run && d->lab);
    assert_int_equal(SDL_Init(SDL_INIT_VIDEO), 0);
    const struct ui_source source = {.ctx = d, .log = get_log, .pump = pump, .open = open_pick, .lab = d->lab};
    assert_true(ui_app_open(&d->app, NULL, &source, 1600, 900, &d->diags));
    ui_app_frame(&d->app, d->now);
}

static void finish(struct driver *d) {
    ui_app_close(&d->app);
    ui_lab_free(d->lab);
    run_free(d->run);
    run_program_free(d->program);
    SDL_Quit();
    diag_free(&d->diags);
}

static void key(struct driver *d, SDL_Keycode sym, unsigned mod) {
    SDL_Event ev = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = sym, .mod = (Uint16)mod}}};
    ui_app_event(&d->app, &ev, d->now);
    ui_app_frame(&d->app, d->now += 16);
}

static void type(struct driver *d, const char *text) {
    SDL_Event ev = {.text = {.type = SDL_TEXTINPUT}};
    strncpy(ev.text.text, text, sizeof ev.text.text - 1);
    ui_app_event(&d->app, &ev, d->now);
    ui_app_frame(&d->app, d->now += 16);
}

/* All that the page has asked for is there, and shown. */
static void settle(struct driver *d) {
    for (int i = 0; i < 3; i++) {
        ui_app_frame(&d->app, d->now += 16);
        ui_lab_wait(d->lab);
    }
    ui_app_frame(&d->app, d->now += 16);
}

static size_t hits(const struct driver *d, enum ui_hit_kind kind) {
    size_t n = 0;
    for (size_t i = 0; i < d->app.stage.nhits; i++)
        n += d->app.stage.hits[i].kind == kind;
    return n;
}

static void output_of(const struct run *r, char *buf, size_t size) {
    struct run_result res;
    run_get_result(r, &res);
    assert_true(res.nout < size);
    memcpy(buf, res.out, res.nout);
    buf[res.nout] = 0;
}

static void test_outcomes(void **state) {
    (void)state;
    struct driver d;
    start(&d, program);
    key(&d, SDLK_2, KMOD_LCTRL);
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_OUTCOMES);
    settle(&d);
    struct ui_pages *p = &d.app.pages;
    assert_int_equal(p->tally.natural, UI_FIRST_RUNS);
    assert_int_equal(run_outcomes_count(p->tally.rows), 2);
    assert_int_equal(hits(&d, UI_HIT_ROW), 2);
    assert_int_equal(hits(&d, UI_HIT_SEED), 2);
    assert_int_equal(ui_pages_marked(p, 0), 0);
    assert_int_equal(ui_pages_marked(p, 1), 1);
    uint64_t counted = 0;
    for (size_t i = 0; i < 2; i++)
        counted += run_outcomes_at(p->tally.rows, i)->natural;
    assert_int_equal(counted, UI_FIRST_RUNS);
    type(&d, "r"); /* as many again */
    settle(&d);
    assert_int_equal(p->tally.natural, 2 * UI_FIRST_RUNS);
    /* The second row's run, on the stage: it prints what the row says. */
    key(&d, SDLK_DOWN, 0);
    const struct run_outcome *o = run_outcomes_at(p->tally.rows, 1);
    char want[64], got[64];
    snprintf(want, sizeof want, "%.*s", (int)o->nout, o->out);
    d.app.source.live = d.app.stage.live = true; /* also where a live run was shown before */
    key(&d, SDLK_RETURN, 0);
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_STAGE);
    assert_false(d.app.source.live || d.app.stage.live || d.app.at_head || d.app.stage.mode.playing);
    while (run_pump(d.run, 0, 0, 0)) {
    }
    output_of(d.run, got, sizeof got);
    assert_string_equal(got, want);
    finish(&d);
}

static void test_compare(void **state) {
    (void)state;
    struct driver d;
    start(&d, program);
    key(&d, SDLK_2, KMOD_LCTRL);
    settle(&d);
    struct ui_pages *p = &d.app.pages;
    assert_non_null(p->parting.run[0]);
    char a[64], b[64];
    output_of(p->parting.run[0], a, sizeof a);
    output_of(p->parting.run[1], b, sizeof b);
    assert_string_not_equal(a, b);
    type(&d, "t");
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_COMPARE);
    assert_true(p->same > 0 && p->at == p->parted);
    assert_true(p->from <= p->parted && p->parted < p->to);
    /* Before the choice both show the same moment, step by step; forwards and back is where it was. */
    for (int i = 0; i < 12; i++)
        key(&d, SDLK_LEFT, 0);
    assert_true(p->at < p->parted);
    assert_int_equal(p->side[0].n, p->side[1].n);
    uint64_t hash[2];
    for (int i = 0; i < 2; i++)
        hash[i] = rp_hash(rp_seek(p->side[i].session, p->side[i].n));
    assert_int_equal(hash[0], hash[1]);
    int64_t at = p->at;
    for (int i = 0; i < 30; i++)
        key(&d, SDLK_RIGHT, 0);
    for (int i = 0; i < 30; i++)
        key(&d, SDLK_LEFT, 0);
    assert_int_equal(p->at, at);
    key(&d, SDLK_END, 0);
    int status;
    enum rt_end how;
    assert_true(rp_ended(p->side[0].st, &status, &how) || rp_ended(p->side[1].st, &status, &how));
    key(&d, SDLK_ESCAPE, 0);
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_STAGE);
    finish(&d);
}

static void test_one_outcome(void **state) {
    (void)state;
    struct driver d;
    start(&d, "package main\n\nfunc main() {\n\tprintln(\"always\")\n}\n");
    key(&d, SDLK_3, KMOD_LCTRL);
    settle(&d);
    assert_int_equal(run_outcomes_count(d.app.pages.tally.rows), 1);
    assert_null(d.app.pages.parting.run[0]);
    key(&d, SDLK_RIGHT, 0); /* nothing to step */
    key(&d, SDLK_2, KMOD_LCTRL);
    type(&d, "t");
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_OUTCOMES);
    finish(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_outcomes), cmocka_unit_test(test_compare),
                                       cmocka_unit_test(test_one_outcome)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
