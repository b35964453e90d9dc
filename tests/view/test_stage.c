/* The stage on sample histories: what must hold of every moment. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "playhead.h"
#include "render_sdl.h"
#include "sample_log.h"
#include "view_support.h"

static struct rt_log *workers(void) { return sample_workers(NULL); }

typedef struct rt_log *make_fn(void);
static make_fn *const samples[] = {sample_tutorial, workers};
enum { SAMPLES = 2 };

static const double sizes[][3] = {{1600, 900, 1}, {1280, 720, 1}, {1920, 1080, 1}, {1024, 768, 1}, {1280, 720, 2.5}};
enum { SIZES = 5 };

/* Nothing is smaller than promised, and nothing stands off screen. */
static void check_list(const struct fixture *f, const struct ui_list *l, const char *where) {
    for (size_t i = 0; i < l->ncmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];
        if (c->kind != UI_TEXT) continue;
        if (c->r < 11) fail_msg("%s: text of %g points: %.*s", where, c->r, (int)c->n, l->text + c->at);
        if (c->x < -0.5 || c->y < 0 || c->y > f->stage.lay.h + 1)
            fail_msg("%s: text off screen: %.*s at %g, %g", where, (int)c->n, l->text + c->at, c->x, c->y);
    }
}

static void test_every_moment(void **state) {
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        struct fixture f;
        fixture_open(&f, samples[k](), NULL);
        for (int z = 0; z < SIZES; z++) {
            ui_stage_size(&f.stage, sizes[z][0], sizes[z][1]);
            f.stage.mode.zoom = sizes[z][2];
            for (uint64_t n = 0; n <= rt_log_count(f.log); n += z == 0 ? 1 : 7) {
                fixture_hash(&f, n);
                char where[64];
                snprintf(where, sizeof where, "sample %d, event %llu, %g x %g", k, (unsigned long long)n, sizes[z][0],
                         sizes[z][1]);
                for (int r = 0; r < UI_REGIONS; r++)
                    if (f.stage.lay.shown[r]) check_list(&f, &f.stage.lists[r], where);
            }
        }
        fixture_close(&f);
    }
}

/* Each living goroutine of the program has its place, once; no two pills lie on each other. */
static void test_each_once(void **state) {
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        struct fixture f;
        fixture_open(&f, samples[k](), NULL);
        for (uint64_t n = 1; n <= rt_log_count(f.log); n++) {
            fixture_hash(&f, n);
            const struct rp_state *st = f.stage.st;
            for (size_t i = 0; i < rp_ng(st); i++) {
                const struct rp_g *g = rp_g_at(st, i);
                const struct ui_place *p = ui_find_place(&f.stage.now, UI_THING_G, g->goid);
                bool alive = g->state != RP_G_DEAD && g->state != RP_G_NONE;
                const struct rp_obj *o = g->obj ? rp_obj(st, g->obj) : NULL;
                if (o && o->nwaiters > 3) continue; /* a crowd is counted, not drawn */
                if (alive && !g->system && !p)
                    fail_msg("sample %d, event %llu: G%u (place %d) is nowhere", k, (unsigned long long)n, g->goid,
                             g->place);
                if (!alive && p)
                    fail_msg("sample %d, event %llu: G%u is dead and shown", k, (unsigned long long)n, g->goid);
            }
            const struct ui_places *ps = &f.stage.now;
            for (size_t i = 0; i < ps->cap; i++)
                for (size_t j = 0; j < i; j++) {
                    struct ui_rect a = ps->slots[i].at, b = ps->slots[j].at;
                    if (a.w <= 0 || b.w <= 0 || ps->slots[i].thing > UI_THING_M || ps->slots[j].thing > UI_THING_M)
                        continue;
                    if (a.x + 0.5 < b.x + b.w && b.x + 0.5 < a.x + a.w && a.y + 0.5 < b.y + b.h &&
                        b.y + 0.5 < a.y + a.h)
                        fail_msg("sample %d, event %llu: %c%u lies on %c%u", k, (unsigned long long)n,
                                 ps->slots[i].thing ? 'M' : 'G', ps->slots[i].id, ps->slots[j].thing ? 'M' : 'G',
                                 ps->slots[j].id);
                }
        }
        fixture_close(&f);
    }
}

/* What is shown is a function of the moment: the same from the left, from the right and from afar. */
static void test_forward_and_back(void **state) {
    (void)state;
    for (int k = 0; k < SAMPLES; k++) {
        struct fixture f;
        struct ui_source none = {0};
        struct ui_playhead p;
        fixture_open(&f, samples[k](), NULL);
        ui_playhead_open(&p, &f.stage, &none);
        uint64_t count = rt_log_count(f.log), *hash = calloc(count + 1, sizeof *hash);
        assert_non_null(hash);
        hash[0] = fixture_hash(&f, 0);
        while (ui_step(&p, UI_BY_EVENT, 1)) {
            /* With the movement in between, as the window does it. */
            assert_true(ui_stage_build(&f.stage, p.n, p.time, p.n - 1));
            ui_stage_fly(&f.stage, 0.5);
            hash[p.n] = fixture_hash(&f, p.n);
        }
        assert_int_equal(p.n, count);
        while (ui_step(&p, UI_BY_EVENT, -1)) {
            assert_true(ui_stage_build(&f.stage, p.n + 1, 0, p.n));
            ui_stage_fly(&f.stage, 0.5);
            if (fixture_hash(&f, p.n) != hash[p.n])
                fail_msg("sample %d: event %llu looks different on the way back", k, (unsigned long long)p.n);
        }
        assert_int_equal(p.n, 0);
        for (uint64_t i = 0; i < 40; i++) {
            uint64_t n = i * 37 % (count + 1);
            assert_int_equal(fixture_hash(&f, n), hash[n]);
        }
        free(hash);
        ui_playhead_close(&p);
        fixture_close(&f);
    }
}

static void test_decisions_and_time(void **state) {
    (void)state;
    struct fixture f;
    struct ui_source none = {0};
    struct ui_playhead p;
    fixture_open(&f, sample_tutorial(), NULL);
    ui_playhead_open(&p, &f.stage, &none);
    uint64_t seen = 0, at[256];
    while (ui_step(&p, UI_BY_DECISION, 1) && seen < 256) {
        struct rt_event ev;
        assert_true(rt_log_get(f.log, p.n - 1, &ev));
        if (p.n < rt_log_count(f.log)) assert_true(rt_event_is_decision(ev.kind));
        at[seen++] = p.n;
    }
    assert_true(seen > 3);
    assert_int_equal(p.n, rt_log_count(f.log));
    for (uint64_t i = seen - 1; i-- > 0;) {
        assert_true(ui_step(&p, UI_BY_DECISION, -1));
        assert_int_equal(p.n, at[i]);
    }
    ui_go(&p, 0);
    fixture_hash(&f, 0);
    int64_t before = -1;
    for (int i = 0; i < 50 && ui_step(&p, UI_BY_TIME, 1); i++) {
        assert_true(p.time > before);
        before = p.time;
    }
    while (ui_step(&p, UI_BY_TIME, -1)) {
        assert_true(p.time < before);
        before = p.time;
    }
    assert_int_equal(p.time, 0);
    assert_false(ui_step(&p, UI_BY_LINE, 1)); /* no source for it: refused, with the reason */
    assert_true(p.refusal[0] != 0);
    ui_playhead_close(&p);
    fixture_close(&f);
}

/* Steps between events, as a run would list them: so many for each event that several windows are needed. */
enum { STEPS_AN_EVENT = 70 };

static int64_t fake_fine(void *ctx, uint64_t from, uint64_t to, bool lines, int64_t host_ns, struct run_fine *out,
                         size_t max, struct diag_list *diags) {
    assert_true(host_ns > 0);
    const struct rt_log *log = ctx;
    size_t n = 0;
    (void)diags;
    for (uint64_t e = from; e < to && e < rt_log_count(log); e++)
        for (unsigned i = 0; i < STEPS_AN_EVENT && n < max; i++)
            if (!lines || i % 10 == 0)
                out[n++] = (struct run_fine){.event = e, .g = i % 2 ? 1 : 7, .pc = i, .pos = RT_POS(0, i + 1)};
    return (int64_t)n;
}

static uint64_t fine_key(const struct ui_playhead *p) {
    return p->n << 16 | (p->fine_at == SIZE_MAX ? 0 : p->fine[p->fine_at].pc + 1u);
}

static void test_fine_steps(void **state) {
    (void)state;
    struct fixture f;
    struct ui_playhead p;
    fixture_open(&f, sample_workers(NULL), NULL);
    struct ui_source source = {.ctx = f.log, .fine = fake_fine};
    ui_playhead_open(&p, &f.stage, &source);
    for (int grain = UI_BY_LINE; grain <= UI_BY_INSTRUCTION; grain++) {
        size_t want = rt_log_count(f.log) * (grain == UI_BY_LINE ? STEPS_AN_EVENT / 10 : STEPS_AN_EVENT), seen = 0;
        uint64_t *keys = calloc(want + 2, sizeof *keys);
        assert_non_null(keys);
        ui_go(&p, 0);
        while (ui_step(&p, (enum ui_grain)grain, 1) && seen <= want) {
            keys[seen] = fine_key(&p);
            if (seen > 0 && keys[seen] <= keys[seen - 1]) fail_msg("step %zu goes back", seen);
            seen++;
        }
        assert_int_equal(seen, want + 1); /* each step once, then the end */
        for (size_t i = seen - 1; i-- > 0;) {
            assert_true(ui_step(&p, (enum ui_grain)grain, -1));
            if (fine_key(&p) != keys[i]) fail_msg("on the way back step %zu is another", i);
        }
        free(keys);
    }
    f.stage.mode.follow = 7; /* only the followed one's steps */
    ui_go(&p, 3);
    for (int i = 0; i < 100; i++) {
        assert_true(ui_step(&p, UI_BY_INSTRUCTION, 1));
        assert_int_equal(p.fine[p.fine_at].g, 7);
    }
    ui_playhead_close(&p);
    fixture_close(&f);
}

/* A movement ends where the moment's own picture has the thing, and begins where the moment before had it. */
static void test_flights(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f, sample_workers(NULL), NULL);
    unsigned flights = 0;
    for (uint64_t n = 1; n <= rt_log_count(f.log); n++) {
        assert_true(ui_stage_build(&f.stage, n, 0, n - 1));
        for (size_t i = 0; i < f.stage.now.cap; i++)
            flights += f.stage.now.slots[i].at.w > 0 && f.stage.now.slots[i].moving;
        int ms = ui_stage_flight_ms(&f.stage);
        assert_true(ms >= 0 && ms <= 400);
        for (double t = 0; t <= 1; t += 0.25)
            ui_stage_fly(&f.stage, t);
        assert_int_equal(f.stage.over.ncmds, 0); /* nothing is left in the air */
    }
    assert_true(flights > 50);
    f.stage.mode.still = true;
    assert_true(ui_stage_build(&f.stage, 40, 0, 39));
    assert_int_equal(ui_stage_flight_ms(&f.stage), 0);
    fixture_close(&f);
}

static void test_text(void **state) {
    (void)state;
    struct fixture f;
    struct str text = {0};
    fixture_open(&f, sample_tutorial(), NULL);
    fixture_hash(&f, rt_log_count(f.log));
    ui_stage_text(&f.stage, &text);
    assert_non_null(strstr(str_cstr(&text), "Running Process 1"));
    assert_non_null(strstr(str_cstr(&text), "P0 (tick"));
    assert_non_null(strstr(str_cstr(&text), "Global queue:"));
    str_free(&text);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_moment),
                                       cmocka_unit_test(test_each_once),
                                       cmocka_unit_test(test_forward_and_back),
                                       cmocka_unit_test(test_decisions_and_time),
                                       cmocka_unit_test(test_fine_steps),
                                       cmocka_unit_test(test_flights),
                                       cmocka_unit_test(test_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
