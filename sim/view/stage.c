#include "stage.h"

#include <stdlib.h>
#include <string.h>

#include "vec.h"

/* ---- places ------------------------------------------------------------------------------------------------- */

static uint64_t place_key(unsigned thing, uint32_t id) { return (uint64_t)thing << 32 | id; }

static struct ui_place *place_slot(const struct ui_places *p, unsigned thing, uint32_t id) {
    size_t i = (size_t)((place_key(thing, id) * 0x9e3779b97f4a7c15u) >> 40) % p->cap;
    while (p->slots[i].at.w > 0 && (p->slots[i].thing != thing || p->slots[i].id != id))
        i = (i + 1) % p->cap;
    return &p->slots[i];
}

struct ui_place *ui_find_place(const struct ui_places *p, enum ui_thing thing, uint32_t id) {
    if (p->cap == 0) return NULL;
    struct ui_place *s = place_slot(p, thing, id);
    return s->at.w > 0 ? s : NULL;
}

static bool places_grow(struct ui_places *p) {
    if (p->len * 2 < p->cap) return true;
    struct ui_places bigger = {.cap = p->cap ? p->cap * 2 : 256, .n = p->n, .valid = p->valid, .len = p->len};
    bigger.slots = calloc(bigger.cap, sizeof *bigger.slots);
    if (!bigger.slots) return false;
    for (size_t i = 0; i < p->cap; i++)
        if (p->slots[i].at.w > 0) *place_slot(&bigger, p->slots[i].thing, p->slots[i].id) = p->slots[i];
    free(p->slots);
    *p = bigger;
    return true;
}

static void places_clear(struct ui_places *p) {
    if (p->slots) memset(p->slots, 0, p->cap * sizeof *p->slots);
    p->len = 0;
    p->valid = false;
}

bool ui_is_spotted(const struct ui_stage *s, uint32_t goid) {
    if (s->fine.on) return goid == s->fine.g;
    for (unsigned i = 0; s->has_event && i < s->says.ng; i++)
        if (s->says.g[i] == goid) return true;
    return false;
}

static bool same_rect(struct ui_rect a, struct ui_rect b) {
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

struct ui_place *ui_put_place(struct ui_stage *s, enum ui_thing thing, uint32_t id, struct ui_rect at,
                              enum ui_region region, uint64_t nest) {
    if (!places_grow(&s->now)) {
        s->failed = true;
        return NULL;
    }
    struct ui_place *p = place_slot(&s->now, thing, id);
    if (p->at.w <= 0) s->now.len++;
    *p = (struct ui_place){.thing = (uint8_t)thing, .id = id, .at = at, .region = region, .nest = nest};
    if (thing == UI_THING_G) {
        const struct rp_g *g = rp_g(s->st, id);
        p->state = g ? g->state : 0;
        p->asleep = g && g->until > 0;
        p->spotted = ui_is_spotted(s, id);
    }
    if (!s->flying) return p;
    const struct ui_place *from = ui_find_place(&s->before, thing, id);
    if (from) p->moving = !same_rect(from->at, at);
    else if (thing == UI_THING_G) p->moving = rp_g(s->st, id) && rp_g(s->st, id)->created_event >= s->before.n;
    else if (thing == UI_THING_M) p->moving = rp_m(s->st, id) && s->event.kind == RT_EV_MStart;
    return p;
}

void ui_put_cell(struct ui_stage *s, enum ui_thing thing, uint64_t obj, struct ui_rect at) {
    if (obj > UINT32_MAX) return;
    struct ui_place *p = ui_put_place(s, thing, (uint32_t)obj, at, UI_R_ROOMS, 0);
    if (p) p->moving = false;
}

/* On its way between two places: also one whose thread has found a P again, before it is back from the kernel. */
static bool on_the_way(const struct ui_stage *s, const struct rp_g *g) {
    if (g->place == RP_AT_HAND) return true;
    const struct rp_m *m = g->place == RP_AT_SHELF && g->m >= 0 ? rp_m(s->st, (unsigned)g->m) : NULL;
    return m && m->p >= 0;
}

size_t ui_hands(const struct ui_stage *s, uint32_t *out, size_t max) {
    enum { FEW = 4096, RECENT = 64 };
    size_t n = 0, ng = rp_ng(s->st);
    for (size_t i = 0; ng <= FEW && i < ng && n < max; i++) {
        const struct rp_g *g = rp_g_at(s->st, i);
        if (on_the_way(s, g)) out[n++] = g->goid;
    }
    if (ng <= FEW) return n;
    /* Among very many, those that the latest events speak of: nobody stays in hand for long. */
    for (uint64_t e = s->n; e-- > 0 && s->n - e <= RECENT && n + 2 <= max;) {
        struct rt_event ev;
        if (!rt_log_get(s->log, e, &ev)) break;
        const uint64_t ids[2] = {ev.g, ev.a};
        for (int k = 0; k < 2; k++) {
            const struct rp_g *g = ids[k] && ids[k] <= UINT32_MAX ? rp_g(s->st, (uint32_t)ids[k]) : NULL;
            bool known = !g || !on_the_way(s, g);
            for (size_t i = 0; !known && i < n; i++)
                known = out[i] == g->goid;
            if (!known) out[n++] = g->goid;
        }
    }
    return n;
}

rt_pos ui_g_pos(const struct ui_stage *s, const struct rp_g *g) {
    return s->fine.on && s->fine.g == g->goid ? s->fine.pos : g->pos;
}

/* ---- hits --------------------------------------------------------------------------------------------------- */

void ui_add_hit(struct ui_stage *s, struct ui_rect at, enum ui_hit_kind kind, uint64_t id) {
    if (!vec_reserve((void **)&s->hits, s->nhits, &s->cap_hits, 1, sizeof *s->hits)) return;
    s->hits[s->nhits++] = (struct ui_hit){at, (uint8_t)kind, id};
}

const struct ui_hit *ui_stage_hit(const struct ui_stage *s, double x, double y) {
    for (size_t i = s->nhits; i-- > 0;)
        if (ui_inside(s->hits[i].at, x, y)) return &s->hits[i];
    return NULL;
}

/* ---- life --------------------------------------------------------------------------------------------------- */

bool ui_stage_open(struct ui_stage *s, struct ui_fonts *fonts, const struct rt_log *log, const struct scenario *scn) {
    *s = (struct ui_stage){.fonts = fonts, .log = log, .scenario = scn, .keys = ui_keys_standard()};
    s->mode.zoom = 1;
    s->mode.mouse_x = s->mode.mouse_y = -1;
    for (int i = 0; i < UI_REGIONS; i++)
        s->lists[i].fonts = fonts;
    s->over.fonts = fonts;
    s->window_w = 1600, s->window_h = 900;
    s->first_sleep = UINT64_MAX;
    s->th = ui_theme(s->mode.theme);
    s->session = rp_open(log);
    return s->session && ui_lesson_open(&s->lesson, scn);
}

bool ui_stage_reopen(struct ui_stage *s, const struct rt_log *log) {
    rp_narration_free(&s->says);
    s->says = (struct rp_narration){0};
    s->has_event = false;
    rp_close(s->session);
    s->st = NULL;
    s->log = log;
    s->first_sleep = UINT64_MAX;
    s->scanned = 0;
    s->before.valid = s->now.valid = false;
    s->fine.on = false;
    s->book = (struct rp_life){0};
    ui_search_forget(&s->search);
    s->session = rp_open(log);
    ui_lesson_close(&s->lesson);
    return s->session && ui_lesson_open(&s->lesson, s->scenario);
}

void ui_stage_close(struct ui_stage *s) {
    rp_narration_free(&s->says);
    if (s->session) rp_close(s->session);
    ui_lesson_close(&s->lesson);
    for (int i = 0; i < UI_REGIONS; i++)
        ui_list_free(&s->lists[i]);
    ui_list_free(&s->over);
    free(s->now.slots);
    free(s->before.slots);
    free(s->hits);
    free(s->spans);
    free(s->briefs);
    ui_search_forget(&s->search);
    *s = (struct ui_stage){0};
}

void ui_stage_size(struct ui_stage *s, double w, double h) {
    if (s->window_w == w && s->window_h == h) return;
    s->window_w = w;
    s->window_h = h;
    s->before.valid = s->now.valid = false;
}

/* ---- building ----------------------------------------------------------------------------------------------- */

static void find_first_sleep(struct ui_stage *s) {
    struct rt_event evs[128];
    size_t got;
    while (s->first_sleep == UINT64_MAX && s->scanned < s->total && (got = rt_log_read(s->log, s->scanned, evs, 128)) > 0)
        for (size_t i = 0; i < got && s->first_sleep == UINT64_MAX; i++, s->scanned++)
            if (evs[i].kind == RT_EV_GoBlock && evs[i].why == RT_WHY_Sleep) s->first_sleep = s->scanned;
}

static unsigned procs_shown(const struct ui_stage *s) {
    unsigned np = s->st ? rp_np(s->st) : 0;
    const struct rt_log_info *info = rt_log_get_info(s->log);
    return np > 0 ? np : info && info->procs > 0 ? info->procs : 1;
}

typedef void draw_fn(struct ui_stage *s, struct ui_list *l);

static draw_fn *const region_fn[UI_REGIONS] = {
    [UI_R_HEADER] = ui_draw_header, [UI_R_SOURCE] = ui_draw_source,       [UI_R_NARRATION] = ui_draw_narration,
    [UI_R_PROWS] = ui_draw_prows,   [UI_R_GLOBAL] = ui_draw_global,       [UI_R_THREADS] = ui_draw_threads,
    [UI_R_CENSUS] = ui_draw_census, [UI_R_ROOMS] = ui_draw_rooms,         [UI_R_TIMELINE] = ui_draw_timeline,
    [UI_R_OUTPUT] = ui_draw_output, [UI_R_TRANSPORT] = ui_draw_transport,
    [UI_R_FIELD] = ui_draw_field,   [UI_R_PAGE] = ui_draw_page,
};

/* Regions in which goroutines and threads stand. */
static const bool has_places[UI_REGIONS] = {
    [UI_R_PROWS] = true, [UI_R_GLOBAL] = true, [UI_R_THREADS] = true, [UI_R_ROOMS] = true};

static void draw_regions(struct ui_stage *s, bool only_places) {
    for (int r = 0; r < UI_REGIONS; r++) {
        struct ui_list *l = &s->lists[r];
        if (only_places && !has_places[r]) continue;
        ui_list_clear(l);
        if (!s->lay.shown[r]) continue;
        region_fn[r](s, l);
        s->failed |= l->failed;
    }
}

static void count_all(struct ui_stage *s) {
    enum { CROWD = 2000 };
    size_t ng = rp_ng(s->st);
    s->nbriefs = 0;
    if (!vec_reserve((void **)&s->briefs, 0, &s->cap_briefs, ng ? ng : 1, sizeof *s->briefs)) {
        s->failed = true;
        return;
    }
    s->nbriefs = rp_briefs(s->st, 0, s->briefs, ng);
    s->crowd = ng >= CROWD;
}

/* The state of moment n, and what its last event says. */
static bool enter(struct ui_stage *s, uint64_t n) {
    rp_narration_free(&s->says);
    s->says = (struct rp_narration){.p = -1, .from_p = -1, .m = -1};
    s->has_event = n > 0 && rt_log_get(s->log, n - 1, &s->event);
    /* Narrating looks at the state before the event: first, since a seek ends other states' lives. */
    if (s->has_event && !rp_narrate(s->session, n - 1, &s->says)) s->has_event = false;
    if (!s->has_event) s->says = (struct rp_narration){.p = -1, .from_p = -1, .m = -1};
    s->st = rp_seek(s->session, n);
    s->n = n;
    if (!s->st) return false;
    int status;
    enum rt_end how;
    s->ended = rp_ended(s->st, &status, &how);
    ui_layout(&s->lay, s->window_w, s->window_h, s->mode.zoom, s->mode.presenter, procs_shown(s), &s->mode.tabs);
    count_all(s);
    if (s->crowd) ui_layout_crowd(&s->lay);
    ui_layout_view(&s->lay, s->mode.view);
    s->nhits = 0;
    return true;
}

bool ui_stage_enter(struct ui_stage *s, uint64_t n, int64_t time) {
    s->failed = s->flying = false;
    s->total = rt_log_count(s->log);
    if (!enter(s, n)) return false;
    int64_t at = rp_time(s->st);
    s->time = time > at ? time : at;
    places_clear(&s->now);
    return true;
}

bool ui_stage_build(struct ui_stage *s, uint64_t n, int64_t time, uint64_t from) {
    s->failed = false;
    s->th = ui_theme(s->mode.theme);
    s->total = rt_log_count(s->log);
    ui_lesson_scan(&s->lesson, s->log);
    find_first_sleep(s);
    s->flying = false;
    if (s->mode.view != UI_VIEW_STAGE) from = n; /* nothing moves on a page */
    if (from != n && !(s->before.valid && s->before.n == from)) {
        if (!enter(s, from)) return false;
        s->time = rp_time(s->st);
        places_clear(&s->now);
        draw_regions(s, true);
        struct ui_places t = s->before;
        s->before = s->now;
        s->before.n = from;
        s->before.valid = true;
        s->now = t;
    }
    if (!enter(s, n)) return false;
    int64_t at = rp_time(s->st);
    s->time = time > at ? time : at;
    s->flying = from != n;
    places_clear(&s->now);
    draw_regions(s, false);
    s->region_hits = s->nhits;
    s->now.n = n;
    s->now.valid = true;
    return true;
}

void ui_stage_fly(struct ui_stage *s, double progress) {
    struct ui_list *l = &s->over;
    ui_list_clear(l);
    s->nhits = s->region_hits;
    if (s->flying && progress < 1) ui_draw_flights(s, l, progress);
    if (s->lay.tabs.w > 0) ui_draw_tabs(s, l);
    if (s->mode.view == UI_VIEW_STAGE || s->mode.view == UI_VIEW_GALLERY) ui_draw_card(s, l);
    if (s->problem) ui_draw_problem(s, l);
    if (s->search.open) ui_draw_search(s, l);
    if (s->mode.tooltip) ui_draw_tooltip(s, l);
    if (s->mode.keys_open) ui_draw_keys(s, l);
    if (s->mode.blank) ui_fill(l, (struct ui_rect){0, 0, s->lay.w, s->lay.h}, 0x000000ff);
    s->failed |= l->failed;
}
