/* The window under SDL's dummy driver, driven by made-up events and a made-up clock. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "parts.h"
#include "sample_log.h"
#include "view_support.h"

struct driver {
    struct ui_app app;
    struct rt_log *log;
    struct diag_list diags;
    double now;
    unsigned restarts;
};

static const struct rt_log *get_log(void *ctx) { return ((struct driver *)ctx)->log; }
static bool pump(void *ctx, int64_t ns) { return (void)ctx, (void)ns, false; }

static bool restart(void *ctx, bool next, struct diag_list *diags) {
    struct driver *d = ctx;
    (void)diags;
    d->restarts += next ? 1 : 100;
    return true;
}

static void start(struct driver *d, struct rt_log *log, const struct scenario *scn) {
    memset(d, 0, sizeof *d);
    diag_init(&d->diags);
    d->log = log;
    assert_int_equal(SDL_Init(SDL_INIT_VIDEO), 0);
    const struct ui_source source = {.ctx = d, .log = get_log, .pump = pump, .restart = restart};
    assert_true(ui_app_open(&d->app, scn, &source, 1280, 720, &d->diags));
    ui_app_frame(&d->app, d->now);
}

static void finish(struct driver *d) {
    ui_app_close(&d->app);
    SDL_Quit();
    rt_log_free(d->log);
    diag_free(&d->diags);
}

/* Lets ms of the made-up clock pass. */
static void pass(struct driver *d, double ms) {
    for (double end = d->now + ms; d->now < end;) {
        d->now += 16;
        ui_app_frame(&d->app, d->now);
    }
}

static void key(struct driver *d, SDL_Keycode sym, unsigned mod) {
    SDL_Event ev = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = sym, .mod = (Uint16)mod}}};
    ui_app_event(&d->app, &ev, d->now);
    ui_app_frame(&d->app, d->now);
}

static void type(struct driver *d, const char *text) {
    SDL_Event ev = {.text = {.type = SDL_TEXTINPUT}};
    strncpy(ev.text.text, text, sizeof ev.text.text - 1);
    ui_app_event(&d->app, &ev, d->now);
    ui_app_frame(&d->app, d->now);
}

static void mouse(struct driver *d, Uint32 kind, double x, double y) {
    SDL_Event ev = {.type = kind};
    int px = (int)(x * d->app.stage.lay.scale), py = (int)(y * d->app.stage.lay.scale);
    if (kind == SDL_MOUSEMOTION) ev.motion = (SDL_MouseMotionEvent){.type = kind, .x = px, .y = py};
    else ev.button = (SDL_MouseButtonEvent){.type = kind, .button = SDL_BUTTON_LEFT, .x = px, .y = py};
    ui_app_event(&d->app, &ev, d->now);
    ui_app_frame(&d->app, d->now);
}

static const struct ui_hit *find_hit(struct driver *d, enum ui_hit_kind kind) {
    for (size_t i = 0; i < d->app.stage.nhits; i++)
        if (d->app.stage.hits[i].kind == kind) return &d->app.stage.hits[i];
    fail_msg("nothing of kind %d can be clicked", kind);
    return NULL;
}

static void test_steps(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_workers(NULL), NULL);
    for (int i = 0; i < 20; i++)
        key(&d, SDLK_RIGHT, 0);
    assert_int_equal(d.app.head.n, 20);
    pass(&d, 500);
    assert_false(d.app.film.on);
    for (int i = 0; i < 20; i++) {
        key(&d, SDLK_LEFT, 0);
        if (i % 10 == 0) pass(&d, 450);
    }
    assert_int_equal(d.app.head.n, 0);
    key(&d, SDLK_LEFT, 0);
    assert_int_equal(d.app.head.n, 0);
    key(&d, SDLK_END, 0);
    assert_int_equal(d.app.head.n, rt_log_count(d.log));
    key(&d, SDLK_HOME, 0);
    key(&d, SDLK_RIGHT, KMOD_LSHIFT);
    struct rt_event ev;
    assert_true(rt_log_get(d.log, d.app.head.n - 1, &ev));
    assert_true(rt_event_is_decision(ev.kind));
    finish(&d);
}

static void test_play(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_tutorial(), NULL);
    type(&d, " ");
    assert_true(d.app.stage.mode.playing);
    pass(&d, 2100);
    assert_in_range(d.app.head.n, 4, 6); /* two events a second, the first at once */
    type(&d, " ");
    uint64_t n = d.app.head.n;
    pass(&d, 2000);
    assert_int_equal(d.app.head.n, n);
    for (int i = 0; i < 20; i++)
        type(&d, "=");
    assert_int_equal(d.app.stage.mode.speed, UI_SPEED_MAX);
    type(&d, " ");
    pass(&d, 500);
    assert_int_equal(d.app.head.n, rt_log_count(d.log));
    assert_false(d.app.stage.mode.playing);
    for (int i = 0; i < 20; i++)
        type(&d, "-");
    assert_int_equal(d.app.stage.mode.speed, UI_SPEED_MIN);
    finish(&d);
}

/* At rest nothing is due: the loop blocks until an event comes. */
static void test_rest(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_tutorial(), NULL);
    pass(&d, 100);
    assert_int_equal(ui_app_wait_ms(&d.app, d.now), -1);
    key(&d, SDLK_RIGHT, 0);
    pass(&d, 1000);
    assert_int_equal(ui_app_wait_ms(&d.app, d.now), -1);
    type(&d, " ");
    assert_true(ui_app_wait_ms(&d.app, d.now) >= 0);
    finish(&d);
}

static void test_keys(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_workers(NULL), NULL);
    for (int g = 0; g < UI_GRAINS; g++) {
        char text[2] = {(char)('1' + g), 0};
        type(&d, text);
        assert_int_equal(d.app.stage.mode.grain, g);
    }
    type(&d, "1");
    key(&d, SDLK_F7, 0);
    assert_int_equal(d.app.stage.mode.theme, UI_DARK);
    type(&d, "?");
    assert_true(d.app.stage.mode.keys_open);
    key(&d, SDLK_ESCAPE, 0);
    assert_false(d.app.stage.mode.keys_open);
    type(&d, "r");
    assert_int_equal(d.restarts, 1);
    type(&d, "R");
    assert_int_equal(d.restarts, 101);
    ui_go(&d.app.head, 90);
    key(&d, SDLK_RIGHT, 0);
    type(&d, "f");
    assert_true(d.app.stage.mode.follow != 0);
    assert_false(d.app.stage.mode.span_set);
    type(&d, "f");
    assert_true(d.app.stage.mode.span_set);
    type(&d, "f");
    assert_int_equal(d.app.stage.mode.follow, 0);
    key(&d, SDLK_EQUALS, KMOD_LCTRL);
    assert_true(d.app.stage.mode.zoom > 1.05);
    key(&d, SDLK_0, KMOD_LCTRL);
    assert_true(d.app.stage.mode.zoom == 1);
    key(&d, SDLK_F5, 0);
    assert_int_equal(d.app.stage.lay.cls, UI_PRESENTER);
    key(&d, SDLK_F5, 0);
    key(&d, SDLK_q, 0);
    assert_false(d.app.quit);
    key(&d, SDLK_q, KMOD_LCTRL);
    assert_true(d.app.quit);
    finish(&d);
}

/* Digits by position where the keyboard has other characters there. */
static void test_digit_by_place(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_tutorial(), NULL);
    SDL_Event ev = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = 0xe9, .scancode = SDL_SCANCODE_2}}};
    ui_app_event(&d.app, &ev, d.now);
    type(&d, "\xc3\xa9");
    assert_int_equal(d.app.stage.mode.grain, UI_BY_DECISION);
    finish(&d);
}

static void test_mouse(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_workers(NULL), NULL);
    ui_go(&d.app.head, 99);
    key(&d, SDLK_RIGHT, 0);
    struct ui_rect axis = find_hit(&d, UI_HIT_OVERVIEW)->at;
    mouse(&d, SDL_MOUSEBUTTONDOWN, axis.x + axis.w - 1, axis.y + axis.h / 2);
    uint64_t late = d.app.head.n;
    mouse(&d, SDL_MOUSEMOTION, axis.x + axis.w * 0.5, axis.y + 2);
    uint64_t middle = d.app.head.n;
    mouse(&d, SDL_MOUSEMOTION, axis.x, axis.y + 2);
    uint64_t early = d.app.head.n;
    mouse(&d, SDL_MOUSEBUTTONUP, axis.x, axis.y + 2);
    assert_true(early < middle && middle < late);
    ui_go(&d.app.head, 99);
    key(&d, SDLK_RIGHT, 0);
    const struct ui_hit *g = find_hit(&d, UI_HIT_G);
    uint32_t goid = (uint32_t)g->id;
    struct ui_rect at = g->at;
    mouse(&d, SDL_MOUSEBUTTONDOWN, at.x + at.w / 2, at.y + at.h / 2);
    mouse(&d, SDL_MOUSEBUTTONUP, at.x + at.w / 2, at.y + at.h / 2);
    assert_int_equal(d.app.stage.mode.follow, goid);
    mouse(&d, SDL_MOUSEMOTION, at.x + at.w / 2, at.y + at.h / 2);
    assert_false(d.app.stage.mode.tooltip);
    pass(&d, 400);
    assert_true(d.app.stage.mode.tooltip);
    finish(&d);
}

/* ---- lessons ------------------------------------------------------------------------------------------------------
 */

static const char *choices[] = {"process1", "process2"};

static void make_scene(struct scenario *s, struct scn_step steps[2], struct scn_ask *ask, struct scn_reply *reply) {
    memset(s, 0, sizeof *s);
    *reply = (struct scn_reply){"process2", "Look at runnext."};
    *ask = (struct scn_ask){.kind = SCN_ASK_CHOICE,
                            .question = "Who prints first?",
                            .choices = choices,
                            .nchoices = 2,
                            .answer = "process1",
                            .replies = reply,
                            .nreplies = 1};
    steps[0] = (struct scn_step){.at = {.kind = SCN_AT_EVENT, .event = "GoCreate", .goroutine = "process1", .nth = 1},
                                 .say = "process2 asks for process1, but does not wait for it.",
                                 .pause = true};
    steps[1] = (struct scn_step){.at = {.kind = SCN_AT_TIME, .time_ns = 1000000000, .nth = 1}, .ask = ask};
    s->title = "No parents, no children";
    s->lesson = steps;
    s->nlesson = 2;
    s->speed = 1;
}

static void test_lesson(void **state) {
    (void)state;
    struct scenario scn;
    struct scn_step steps[2];
    struct scn_ask ask;
    struct scn_reply reply;
    struct driver d;
    make_scene(&scn, steps, &ask, &reply);
    start(&d, sample_tutorial(), &scn);
    for (int i = 0; i < 9; i++)
        type(&d, "=");
    type(&d, " ");
    pass(&d, 300);
    assert_false(d.app.stage.mode.playing); /* the lesson holds the run */
    struct ui_lesson_step *at = ui_lesson_at(&d.app.stage.lesson, d.app.head.n);
    assert_non_null(at);
    assert_ptr_equal(at->step, &steps[0]);
    type(&d, " ");
    pass(&d, 300);
    at = ui_lesson_at(&d.app.stage.lesson, d.app.head.n);
    assert_non_null(at);
    assert_ptr_equal(at->step, &steps[1]);
    type(&d, "2"); /* answers: an open question goes before the grains */
    assert_int_equal(d.app.stage.mode.grain, UI_BY_EVENT);
    assert_true(at->answered);
    assert_false(ui_lesson_right(at));
    assert_string_equal(ui_lesson_reply(at), "Look at runnext.");
    type(&d, "2");
    assert_int_equal(d.app.stage.mode.grain, UI_BY_DECISION);
    key(&d, SDLK_PAGEUP, 0);
    assert_ptr_equal(ui_lesson_at(&d.app.stage.lesson, d.app.head.n)->step, &steps[0]);
    key(&d, SDLK_PAGEDOWN, 0);
    assert_ptr_equal(ui_lesson_at(&d.app.stage.lesson, d.app.head.n)->step, &steps[1]);
    finish(&d);
}

static void test_events_view(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_tutorial(), NULL);
    key(&d, SDLK_END, 0);
    key(&d, SDLK_4, KMOD_LCTRL);
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_EVENTS);
    assert_true(d.app.stage.lay.shown[UI_R_PAGE]);
    assert_false(d.app.stage.lay.shown[UI_R_PROWS]);
    uint64_t all = rt_log_count(d.log);
    assert_int_equal(find_hit(&d, UI_HIT_ROW)->id <= all, true);
    /* A click on a row goes there, and back on the stage the moment is the same. */
    struct ui_hit row = *find_hit(&d, UI_HIT_ROW);
    mouse(&d, SDL_MOUSEBUTTONDOWN, row.at.x + 4, row.at.y + 4);
    assert_int_equal(d.app.head.n, row.id);
    key(&d, SDLK_HOME, 0);
    type(&d, "/");
    type(&d, "g");
    type(&d, "1"); /* goes into the filter: is no grain */
    type(&d, " ");
    type(&d, "GoStart");
    assert_string_equal(d.app.pages.filter.text, "g1 GoStart");
    key(&d, SDLK_RETURN, 0);
    struct rt_event ev;
    assert_true(rt_log_get(d.log, d.app.head.n - 1, &ev));
    assert_int_equal(ev.kind, RT_EV_GoStart);
    assert_int_equal(ev.g, 1);
    uint64_t first = d.app.head.n;
    key(&d, SDLK_DOWN, 0);
    assert_true(d.app.head.n > first && rt_log_get(d.log, d.app.head.n - 1, &ev));
    assert_true(ev.kind == RT_EV_GoStart && ev.g == 1);
    key(&d, SDLK_UP, 0);
    assert_int_equal(d.app.head.n, first);
    key(&d, SDLK_ESCAPE, 0); /* the filter first, then the view */
    assert_string_equal(d.app.pages.filter.text, "");
    key(&d, SDLK_ESCAPE, 0);
    assert_int_equal(d.app.stage.mode.view, UI_VIEW_STAGE);
    assert_int_equal(d.app.head.n, first);
    finish(&d);
}

static void test_filter(void **state) {
    (void)state;
    struct rt_log *log = sample_tutorial();
    const struct ui_filter g1 = {.text = "g1"}, two = {.text = "P0 goSTART"}, none = {.text = "nonsense"}, all = {.text = ""};
    uint64_t n = rt_log_count(log), passed = 0, of_g1 = 0;
    for (uint64_t i = 0; i < n; i++) {
        struct rt_event ev;
        assert_true(rt_log_get(log, i, &ev));
        assert_true(ui_filter_passes(&all, log, i));
        assert_false(ui_filter_passes(&none, log, i));
        assert_int_equal(ui_filter_passes(&two, log, i), ev.kind == RT_EV_GoStart && ev.p == 0);
        passed += ui_filter_passes(&g1, log, i);
        of_g1 += ev.g == 1;
        if (ev.g > 9 && ev.a != 1) assert_false(ui_filter_passes(&g1, log, i)); /* G1 is not G10 */
    }
    assert_true(passed >= of_g1 && of_g1 > 0);
    assert_int_equal(ui_filter_next(&none, log, 0, 1), UINT64_MAX);
    assert_int_equal(ui_filter_next(&all, log, 5, -1), 4);
    rt_log_free(log);
}

/* Does the overlay (or a region) show this text? */
static bool shows(const struct ui_list *l, const char *text) {
    for (size_t i = 0; i < l->ncmds; i++)
        if (l->cmds[i].kind == UI_TEXT && l->cmds[i].n >= strlen(text))
            for (size_t k = 0; k + strlen(text) <= l->cmds[i].n; k++)
                if (memcmp(l->text + l->cmds[i].at + k, text, strlen(text)) == 0) return true;
    return false;
}

static void hover(struct driver *d, enum ui_hit_kind kind, const char *text) {
    struct ui_rect at = {0};
    for (size_t i = 0; i < d->app.stage.nhits && at.w <= 0; i++) { /* one that nothing lies upon */
        const struct ui_hit *h = &d->app.stage.hits[i];
        for (int step = 4; step < 36 && h->kind == kind && at.w <= 0; step++) { /* off the edges: pixels are whole */
            double x = h->at.x + h->at.w * (step + 0.5) / 40, y = h->at.y + fmin(4, h->at.h / 2);
            if (ui_stage_hit(&d->app.stage, x, y) == h) at = (struct ui_rect){x, y, 1, 1};
        }
    }
    if (at.w <= 0) fail_msg("nothing of kind %d can be hovered", kind);
    mouse(d, SDL_MOUSEMOTION, at.x, at.y);
    pass(d, 400);
    assert_true(d->app.stage.mode.tooltip);
    if (!shows(&d->app.stage.over, text)) fail_msg("the tip of kind %d does not say \"%s\"", kind, text);
}

static void test_tips(void **state) {
    (void)state;
    struct driver d;
    uint64_t steal;
    start(&d, sample_workers(&steal), NULL);
    ui_go(&d.app.head, steal);
    key(&d, SDLK_RIGHT, 0);
    pass(&d, 500);
    hover(&d, UI_HIT_G, "started ");
    hover(&d, UI_HIT_M, "a thread of the operating system");
    hover(&d, UI_HIT_P, "schedtick");
    hover(&d, UI_HIT_OBJ, "first seen at");
    hover(&d, UI_HIT_AXIS, "take the playhead along");
    hover(&d, UI_HIT_WORD, "thread (M)");
    hover(&d, UI_HIT_OVERVIEW, "the whole run");
    hover(&d, UI_HIT_ACTION, "key: ");
    struct ui_lane_at lane = d.app.stage.lane_at[0];
    bool told = false; /* between two spans nothing is to tell */
    for (double x = 20; x < d.app.stage.axis.w && !told; x += 40) {
        mouse(&d, SDL_MOUSEMOTION, d.app.stage.axis.x + x, lane.y + lane.h / 2);
        pass(&d, 400);
        told = shows(&d.app.stage.over, "begins with event");
    }
    assert_true(told);
    finish(&d);
}

static void test_timeline(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_workers(NULL), NULL);
    struct ui_stage *s = &d.app.stage;
    ui_go(&d.app.head, 100);
    key(&d, SDLK_RIGHT, 0);
    pass(&d, 500);
    for (int i = 0; i < RP_LANE_KINDS; i++) { /* each kind of lane that this run has, and round again */
        type(&d, "l");
        assert_true(s->nlanes_at > 0);
    }
    while (s->mode.lanes != RP_LANE_P)
        type(&d, "l");
    for (int i = 0; i < 80; i++, s->shown_from = s->mode.span_from, s->shown_to = s->mode.span_to)
        ui_app_do(&d.app, UI_DO_ZOOM_IN, d.now);
    type(&d, "w");
    assert_in_range(s->shown_to - s->shown_from, 1, 20); /* down to nanoseconds */
    for (int i = 0; i < 60; i++, s->shown_from = s->mode.span_from, s->shown_to = s->mode.span_to)
        ui_app_do(&d.app, UI_DO_ZOOM_OUT, d.now);
    type(&d, "s");
    assert_true(s->shown_to - s->shown_from > 1000000);
    type(&d, "0");
    int64_t w = s->shown_to - s->shown_from, from = s->shown_from;
    double x = s->axis.x + s->axis.w / 2, y = s->lane_at[0].y + 3;
    uint64_t n = d.app.head.n;
    type(&d, "w");
    mouse(&d, SDL_MOUSEBUTTONDOWN, x, y); /* dragging moves the lanes, not the playhead */
    from = s->shown_from, w = s->shown_to - from;
    mouse(&d, SDL_MOUSEMOTION, x - 50, y);
    mouse(&d, SDL_MOUSEMOTION, x - 100, y);
    mouse(&d, SDL_MOUSEBUTTONUP, x - 100, y);
    assert_int_equal(d.app.head.n, n);
    assert_int_equal(s->shown_to - s->shown_from, w);
    double moved = (double)(s->shown_from - from) / (double)w * s->axis.w;
    assert_true(moved > 96 && moved < 104);
    mouse(&d, SDL_MOUSEBUTTONDOWN, s->axis.x + 40, y); /* a click goes there */
    mouse(&d, SDL_MOUSEBUTTONUP, s->axis.x + 40, y);
    assert_int_not_equal(d.app.head.n, n);
    SDL_SetModState(KMOD_LSHIFT);
    mouse(&d, SDL_MOUSEBUTTONDOWN, s->axis.x + 100, y);
    SDL_SetModState(KMOD_NONE);
    mouse(&d, SDL_MOUSEMOTION, s->axis.x + 300, y);
    mouse(&d, SDL_MOUSEBUTTONUP, s->axis.x + 300, y);
    assert_true(s->mode.measured && s->mode.measure_to > s->mode.measure_from);
    char text[32];
    ui_duration_text(text, sizeof text, s->mode.measure_to - s->mode.measure_from);
    assert_true(shows(&s->lists[UI_R_TIMELINE], text));
    key(&d, SDLK_ESCAPE, 0);
    assert_false(s->mode.measured);
    finish(&d);
}

static void test_bookmarks(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_workers(NULL), NULL);
    struct ui_mode *m = &d.app.stage.mode;
    static const uint64_t at[] = {90, 20, 50};
    type(&d, "B"); /* there is none yet: it says so */
    assert_non_null(d.app.stage.notice);
    for (int i = 0; i < 3; i++) {
        ui_app_jump(&d.app, at[i], d.now);
        type(&d, "b");
    }
    assert_int_equal(m->nmarks, 3);
    assert_true(m->marks[0] == 20 && m->marks[1] == 50 && m->marks[2] == 90);
    type(&d, "B");
    assert_int_equal(d.app.head.n, 90);
    type(&d, "B");
    assert_int_equal(d.app.head.n, 20);
    type(&d, "b");
    assert_int_equal(m->nmarks, 2);
    for (uint64_t i = 0; i < UI_MARKS + 5; i++) { /* no more than fit */
        ui_app_jump(&d.app, 100 + i, d.now);
        ui_app_do(&d.app, UI_DO_MARK, d.now);
    }
    assert_int_equal(m->nmarks, UI_MARKS);
    type(&d, "r");
    assert_int_equal(m->nmarks, 0);
    finish(&d);
}

static void test_search(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_workers(NULL), NULL);
    type(&d, "/");
    assert_true(d.app.stage.search.open);
    assert_int_equal(ui_search_count(&d.app.stage.search), 0);
    for (const char *p = "worker"; *p; p++) { /* goes into the text: w, r are no keys now */
        char one[2] = {*p, 0};
        type(&d, one);
    }
    assert_int_equal(d.restarts, 0);
    assert_true(ui_search_count(&d.app.stage.search) > 1);
    for (int i = 0; i < 6; i++)
        key(&d, SDLK_BACKSPACE, 0);
    assert_int_equal(ui_search_count(&d.app.stage.search), 0);
    type(&d, "g1"); /* exactly G1 first, then what else has it in its name */
    assert_int_equal(ui_search_at(&d.app.stage.search, 0)->kind, UI_FOUND_EXACT);
    assert_int_equal(ui_search_at(&d.app.stage.search, 0)->id, 1);
    key(&d, SDLK_RETURN, 0);
    assert_int_equal(d.app.stage.mode.follow, 1);
    uint64_t born = d.app.head.n;
    assert_true(born > 0); /* it was not there yet */
    key(&d, SDLK_RETURN, 0);
    assert_true(d.app.head.n > born);
    key(&d, SDLK_RETURN, KMOD_LSHIFT);
    assert_int_equal(d.app.head.n, born);
    key(&d, SDLK_ESCAPE, 0);
    assert_false(d.app.stage.search.open);
    type(&d, "/");
    key(&d, SDLK_BACKSPACE, 0);
    key(&d, SDLK_BACKSPACE, 0);
    type(&d, "jobs chan");
    assert_int_equal(ui_search_at(&d.app.stage.search, 0)->kind, UI_FOUND_OBJ);
    key(&d, SDLK_RETURN, 0);
    uint64_t n = d.app.head.n;
    key(&d, SDLK_RETURN, 0);
    assert_true(d.app.head.n > n);
    finish(&d);
}

static void test_life(void **state) {
    (void)state;
    struct driver d;
    start(&d, sample_workers(NULL), NULL);
    key(&d, SDLK_END, 0);
    type(&d, "y");
    assert_true(d.app.stage.mode.life && d.app.stage.mode.follow != 0);
    assert_true(shows(&d.app.stage.lists[UI_R_ROOMS], "blocked"));
    struct ui_hit row = *find_hit(&d, UI_HIT_EVENT); /* a click on a row goes there */
    mouse(&d, SDL_MOUSEBUTTONDOWN, row.at.x + 2, row.at.y + 4);
    assert_int_equal(d.app.head.n, row.id);
    key(&d, SDLK_ESCAPE, 0);
    assert_int_equal(d.app.stage.mode.follow, 0);
    assert_false(shows(&d.app.stage.lists[UI_R_ROOMS], "blocked"));
    finish(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_steps),          cmocka_unit_test(test_play),
                                       cmocka_unit_test(test_rest),           cmocka_unit_test(test_keys),
                                       cmocka_unit_test(test_digit_by_place), cmocka_unit_test(test_mouse),
                                       cmocka_unit_test(test_lesson),          cmocka_unit_test(test_events_view),
                                       cmocka_unit_test(test_filter),         cmocka_unit_test(test_tips),
                                       cmocka_unit_test(test_timeline),        cmocka_unit_test(test_bookmarks),
                                       cmocka_unit_test(test_search),         cmocka_unit_test(test_life)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
