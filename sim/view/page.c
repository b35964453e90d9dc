/* page.c - which page shows, and what the pages know. */
#include "page.h"

#include "gallery.h"

#include <stdio.h>
#include <string.h>

#include "parts.h"

const char *ui_view_name(enum ui_view v) {
    static const char *const names[UI_VIEWS] = {"Stage", "Outcomes", "Compare", "Events"};
    return (unsigned)v < UI_VIEWS ? names[v] : "?";
}

const char *ui_pick_text(char *buf, size_t n, struct ui_pick pick) {
    snprintf(buf, n, "%s %llu", pick.probing ? "probe" : "seed", (unsigned long long)pick.number);
    return buf;
}

void ui_draw_page(struct ui_stage *s, struct ui_list *l) {
    struct ui_rect b = s->lay.at[UI_R_PAGE];
    if (!s->pages) return;
    switch (s->mode.view) {
    case UI_VIEW_GALLERY:
        ui_draw_gallery(s, l, b);
        break;
    case UI_VIEW_OUTCOMES:
        ui_draw_outcomes(s, l, b);
        break;
    case UI_VIEW_COMPARE:
        ui_draw_compare(s, l, b);
        break;
    case UI_VIEW_EVENTS:
        ui_draw_events(s, l, b);
        break;
    default:
        break;
    }
}

/* ---- results ------------------------------------------------------------------------------------------------------
 */

static void close_sides(struct ui_pages *p) {
    for (int i = 0; i < 2; i++)
        if (p->side[i].fonts) ui_stage_close(&p->side[i]);
    run_parting_free(&p->parting);
}

void ui_pages_close(struct ui_pages *p) {
    close_sides(p);
    run_outcomes_free(p->tally.rows);
    *p = (struct ui_pages){0};
}

struct ui_pick ui_pages_pick(const struct run_outcome *o) {
    if (o->first_seed != UINT64_MAX) return (struct ui_pick){false, o->first_seed};
    return (struct ui_pick){true, o->first_probe};
}

static bool same_pick(struct ui_pick a, struct ui_pick b) { return a.probing == b.probing && a.number == b.number; }

size_t ui_pages_marked(const struct ui_pages *p, unsigned which) {
    size_t n = p->tally.rows ? run_outcomes_count(p->tally.rows) : 0;
    for (size_t i = 0; p->mark[which].set && i < n; i++) {
        const struct run_outcome *o = run_outcomes_at(p->tally.rows, i);
        struct ui_pick k = p->mark[which].pick;
        if (same_pick(k, ui_pages_pick(o)) || (k.probing && k.number == o->first_probe)) return i;
    }
    return SIZE_MAX;
}

void ui_pages_mark(struct ui_pages *p, unsigned which, size_t row) {
    const struct run_outcome *o = p->tally.rows ? run_outcomes_at(p->tally.rows, row) : NULL;
    if (!o) return;
    struct ui_pick pick = ui_pages_pick(o);
    if (p->mark[which].set && same_pick(p->mark[which].pick, pick)) return;
    if (p->mark[!which].set && same_pick(p->mark[!which].pick, pick))
        p->mark[!which] = p->mark[which]; /* they change places */
    p->mark[which] = (struct ui_mark){true, pick};
    p->parting_asked = false;
    close_sides(p);
    p->why[0] = 0;
}

void ui_pages_want(struct ui_pages *p, enum ui_view view) {
    if (!p->lab || (view != UI_VIEW_OUTCOMES && view != UI_VIEW_COMPARE)) return;
    ui_lab_count(p->lab, UI_FIRST_RUNS);
    if (p->parting_asked || !p->mark[0].set || !p->mark[1].set) return;
    p->parting_asked = true;
    ui_lab_part(p->lab, p->mark[0].pick, p->mark[1].pick);
}

static bool take_tally(struct ui_pages *p) {
    struct ui_tally t;
    if (!ui_lab_take_tally(p->lab, &t)) return false;
    run_outcomes_free(p->tally.rows);
    p->tally = t;
    size_t n = run_outcomes_count(t.rows);
    if (p->focus >= n) p->focus = n ? n - 1 : 0;
    for (unsigned i = 0; i < 2 && !p->marked_by_hand; i++)
        if (i < n) ui_pages_mark(p, i, i);
    return true;
}

/* ---- the pair ------------------------------------------------------------------------------------------------------
 */

static bool same_event(const struct rt_event *a, const struct rt_event *b) {
    return a->time == b->time && a->kind == b->kind && a->why == b->why && a->m == b->m && a->p == b->p &&
           a->g == b->g && a->pos == b->pos && a->a == b->a && a->b == b->b && a->c == b->c;
}

/* Of both logs: the first write that is not the same, or the end. */
static int64_t first_difference(const struct rt_log *const logs[2]) {
    struct rt_event w[2];
    uint64_t at[2] = {0, 0};
    for (;;) {
        for (int i = 0; i < 2; i++) {
            do
                if (!rt_log_get(logs[i], at[i]++, &w[i])) return w[i].time;
            while (w[i].kind != RT_EV_Write && w[i].kind != RT_EV_RunEnd);
        }
        const char *a = rt_log_bytes(logs[0], w[0].b, w[0].c), *b = rt_log_bytes(logs[1], w[1].b, w[1].c);
        bool same = w[0].kind == w[1].kind && w[0].kind == RT_EV_Write && w[0].c == w[1].c && a && b &&
                    memcmp(a, b, w[0].c) == 0;
        if (!same) return w[0].time > w[1].time ? w[0].time : w[1].time;
    }
}

void ui_pages_fit(struct ui_pages *p) {
    if (!p->parting.run[0]) return;
    const struct rt_log *logs[2] = {run_log(p->parting.run[0]), run_log(p->parting.run[1])};
    int64_t w = first_difference(logs) - p->parted;
    if (w < 10000) w = 10000;
    int64_t last = p->parted + w; /* and what else is written soon */
    for (int i = 0; i < 2; i++) {
        struct rt_event ev;
        for (uint64_t n = p->same; rt_log_get(logs[i], n, &ev) && ev.time <= p->parted + 3 * w; n++)
            if (ev.kind == RT_EV_Write && ev.time > last) last = ev.time;
    }
    w = last - p->parted;
    p->from = p->parted > w / 5 ? p->parted - w / 5 : 0;
    p->to = last + w / 7;
}

static bool take_parting(struct ui_pages *p, struct ui_fonts *fonts) {
    struct run_parting found;
    if (!ui_lab_take_parting(p->lab, &found, p->why, sizeof p->why)) return false;
    close_sides(p);
    p->parting = found;
    if (!found.run[0]) return true;
    const struct rt_log *logs[2] = {run_log(found.run[0]), run_log(found.run[1])};
    for (int i = 0; i < 2; i++)
        if (!ui_stage_open(&p->side[i], fonts, logs[i], NULL)) {
            close_sides(p);
            snprintf(p->why, sizeof p->why, "there was no memory for it");
            return true;
        }
    struct rt_event a, b;
    for (p->same = 0; rt_log_get(logs[0], p->same, &a) && rt_log_get(logs[1], p->same, &b) && same_event(&a, &b);)
        p->same++;
    struct run_choice c;
    p->parted = run_choices(found.run[0], found.choice, &c, 1) > found.choice ? c.time : 0;
    p->at = p->parted;
    ui_pages_fit(p);
    return true;
}

bool ui_pages_poll(struct ui_pages *p, struct ui_fonts *fonts) {
    if (!p->lab) return false;
    bool tally = take_tally(p), parting = take_parting(p, fonts);
    return tally || parting;
}

bool ui_pages_step(struct ui_pages *p, int dir) {
    int64_t best = dir > 0 ? INT64_MAX : -1;
    for (int i = 0; i < 2 && p->parting.run[0]; i++) {
        uint64_t n = rp_at_time(p->side[i].session, dir > 0 ? p->at : p->at - 1);
        struct rt_event ev;
        if (dir < 0 && n == 0) continue;
        if (!rt_log_get(p->side[i].log, dir > 0 ? n : n - 1, &ev)) continue;
        if (dir > 0 ? ev.time < best : ev.time > best) best = ev.time;
    }
    if (best == INT64_MAX || best < 0) return false;
    p->at = best;
    int64_t w = p->to - p->from;
    if (best < p->from || best > p->to) {
        p->from = best > w / 3 ? best - w / 3 : 0;
        p->to = p->from + w;
    }
    return true;
}
