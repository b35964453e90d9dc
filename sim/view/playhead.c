#include "playhead.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FINE_FIRST = 4096, FINE_MOST = 1 << 20, FINE_WINDOW = 64 };
#define FINE_HOST_NS INT64_C(1500000000) /* a step between events takes no longer; the window stands still meanwhile */

static int64_t host_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void ui_playhead_open(struct ui_playhead *p, struct ui_stage *s, const struct ui_source *source) {
    *p = (struct ui_playhead){.stage = s, .source = source, .fine_at = SIZE_MAX};
}

void ui_playhead_close(struct ui_playhead *p) {
    free(p->fine);
    p->fine = NULL;
    p->cap_fine = 0;
}

void ui_playhead_reset(struct ui_playhead *p) {
    p->n = 0;
    p->time = 0;
    p->nfine = 0;
    p->fine_at = SIZE_MAX;
    p->fine_valid = false;
    p->owed = 0;
    p->refusal[0] = 0;
}

static uint64_t total(const struct ui_playhead *p) { return rt_log_count(p->stage->log); }

static int64_t event_time(const struct ui_playhead *p, uint64_t n) {
    struct rt_event ev;
    return n > 0 && rt_log_get(p->stage->log, n - 1, &ev) ? ev.time : 0;
}

void ui_go(struct ui_playhead *p, uint64_t n) {
    uint64_t all = total(p);
    p->n = n < all ? n : all;
    p->time = event_time(p, p->n);
    p->fine_at = SIZE_MAX;
}

void ui_go_time(struct ui_playhead *p, int64_t time) {
    int64_t end = event_time(p, total(p));
    if (time < 0) time = 0;
    if (time > end) time = end;
    p->n = rp_at_time(p->stage->session, time);
    p->time = time;
    p->fine_at = SIZE_MAX;
}

/* ---- decisions and events of one goroutine -------------------------------------------------------------------- */

static bool step_decision(struct ui_playhead *p, int dir) {
    uint64_t e, n = p->n;
    if (dir > 0) {
        e = rp_next_decision(p->stage->session, n > 0 ? n - 1 : 0);
        if (e == UINT64_MAX) e = total(p) > 0 ? total(p) - 1 : 0;
        if (e + 1 <= n) return false;
        ui_go(p, e + 1);
        return true;
    }
    if (n == 0) return false;
    e = rp_prev_decision(p->stage->session, n - 1);
    ui_go(p, e == UINT64_MAX ? 0 : e + 1);
    return true;
}

bool ui_step_of_g(struct ui_playhead *p, uint32_t goid, int dir) {
    if (goid == 0 || (dir < 0 && p->n == 0)) return false;
    uint64_t from = p->n > 0 ? p->n - 1 : 0;
    uint64_t e = dir > 0 ? rp_next_of_g(p->stage->session, from, goid) : rp_prev_of_g(p->stage->session, from, goid);
    if (e == UINT64_MAX) return false;
    ui_go(p, e + 1);
    return true;
}

/* ---- steps between events -------------------------------------------------------------------------------------- */

static bool room_for(struct ui_playhead *p, size_t cap) {
    if (p->cap_fine >= cap) return true;
    struct run_fine *f = realloc(p->fine, cap * sizeof *f);
    if (!f) {
        snprintf(p->refusal, sizeof p->refusal, "out of memory");
        return false;
    }
    p->fine = f;
    p->cap_fine = cap;
    return true;
}

/* How many steps lie between the events, or -1 with the reason. */
static int64_t list_fine(struct ui_playhead *p, uint64_t from, uint64_t to, bool lines) {
    struct diag_list diags;
    diag_init(&diags);
    int64_t n = p->source->fine ? p->source->fine(p->source->ctx, from, to, lines, p->fine_until - host_now(), p->fine, p->cap_fine, &diags) : -1;
    if (n < 0) {
        const char *why = diags.items.len > 0 ? diags.items.data[0].message : "steps between events need a stepped run";
        snprintf(p->refusal, sizeof p->refusal, "%s", why);
    }
    diag_free(&diags);
    return n;
}

/* All steps between two events: more memory if they do not fit, then fewer events, those nearest where the playhead
 * goes (dir). Only a single event with more steps than can be kept is cut short, and says so. */
static bool load_fine(struct ui_playhead *p, uint64_t from, uint64_t to, bool lines, int dir) {
    p->fine_valid = false;
    p->nfine = 0;
    if (!room_for(p, FINE_FIRST)) return false;
    for (;;) {
        int64_t n = list_fine(p, from, to, lines);
        if (n < 0) return false;
        bool full = (size_t)n >= p->cap_fine;
        if (full && p->cap_fine < FINE_MOST) {
            size_t more = p->cap_fine * 8; /* each try executes the run again */
            if (!room_for(p, more < FINE_MOST ? more : FINE_MOST)) return false;
            continue;
        }
        if (full && to - from > 1) {
            uint64_t half = (to - from) / 2;
            if (dir > 0) to = from + half;
            else from = to - half;
            continue;
        }
        if (full)
            snprintf(p->refusal, sizeof p->refusal,
                     "between two events lie more than %d steps: the rest is passed over", FINE_MOST);
        p->nfine = full ? p->cap_fine : (size_t)n;
        p->fine_valid = true;
        p->fine_from = from;
        p->fine_to = to;
        p->fine_lines = lines;
        return true;
    }
}

/* Whose steps are shown: the followed goroutine's, else anybody's. */
static bool wanted(const struct ui_playhead *p, const struct run_fine *f) {
    return p->stage->mode.follow == 0 || f->g == p->stage->mode.follow;
}

static bool take_fine(struct ui_playhead *p, size_t i) {
    p->fine_at = i;
    p->n = p->fine[i].event;
    p->time = p->fine[i].time;
    if (p->time < event_time(p, p->n)) p->time = event_time(p, p->n);
    return true;
}

static bool fine_forward(struct ui_playhead *p, bool lines) {
    uint64_t all = total(p), from = p->n;
    bool inside = p->fine_at != SIZE_MAX && p->fine_valid && p->fine_lines == lines;
    size_t i = inside ? p->fine_at + 1 : 0;
    if (!inside && !load_fine(p, from, from + FINE_WINDOW, lines, 1)) return false;
    for (;;) {
        for (; i < p->nfine; i++)
            if (wanted(p, &p->fine[i])) return take_fine(p, i);
        from = p->fine_to;
        if (from >= all) break;
        if (!load_fine(p, from, from + FINE_WINDOW, lines, 1)) return false;
        i = 0;
    }
    if (p->n >= all && p->fine_at == SIZE_MAX) return false;
    bool moved = p->n < all || p->fine_at != SIZE_MAX;
    ui_go(p, all);
    return moved;
}

static bool fine_back(struct ui_playhead *p, bool lines) {
    bool inside = p->fine_at != SIZE_MAX && p->fine_valid && p->fine_lines == lines;
    size_t end = inside ? p->fine_at : SIZE_MAX;
    uint64_t to = inside ? p->fine_from : p->n;
    for (;;) {
        for (size_t i = !inside ? 0 : end < p->nfine ? end : p->nfine; i-- > 0;)
            if (wanted(p, &p->fine[i])) return take_fine(p, i);
        if (to == 0) break;
        if (!load_fine(p, to > FINE_WINDOW ? to - FINE_WINDOW : 0, to, lines, -1)) return false;
        to = p->fine_from;
        end = SIZE_MAX;
        inside = true;
    }
    if (p->n == 0 && p->fine_at == SIZE_MAX) return false;
    ui_go(p, 0);
    return true;
}

static bool step_time(struct ui_playhead *p, int dir) {
    int64_t step = p->stage->division > 0 ? p->stage->division : 1000, before = p->time;
    int64_t mark = p->time / step * step;
    uint64_t n = p->n;
    if (dir > 0) ui_go_time(p, mark + step);
    else ui_go_time(p, mark < p->time ? mark : mark - step);
    if (dir < 0 && p->time == 0) ui_go(p, 0);
    return p->time != before || p->n != n;
}

bool ui_step(struct ui_playhead *p, enum ui_grain grain, int dir) {
    p->refusal[0] = 0;
    p->fine_until = host_now() + FINE_HOST_NS;
    switch (grain) {
    case UI_BY_DECISION:
        return step_decision(p, dir);
    case UI_BY_LINE:
        return dir > 0 ? fine_forward(p, true) : fine_back(p, true);
    case UI_BY_INSTRUCTION:
        return dir > 0 ? fine_forward(p, false) : fine_back(p, false);
    case UI_BY_TIME:
        return step_time(p, dir);
    default:
        break;
    }
    if (dir < 0 && p->fine_at != SIZE_MAX) { /* from between events back to the last one */
        ui_go(p, p->n);
        return true;
    }
    if (dir > 0 ? p->n >= total(p) : p->n == 0) return false;
    ui_go(p, dir > 0 ? p->n + 1 : p->n - 1);
    return true;
}

/* ---- play ------------------------------------------------------------------------------------------------------ */

double ui_play_rate(const struct ui_mode *m) {
    static const double base[UI_GRAINS] = {2, 1, 4, 4, 1};
    return base[m->grain] * pow(2, m->speed);
}

/* Stretches in which nothing happens for more than two seconds of real time are cut to half a second. */
static void cut_idle(struct ui_playhead *p, double ns_per_ms) {
    if (p->n >= total(p)) return;
    int64_t next = event_time(p, p->n + 1);
    double wait_ms = (double)(next - p->time) / ns_per_ms;
    if (wait_ms > 2000) p->time = next - (int64_t)(500 * ns_per_ms);
}

static bool play_time(struct ui_playhead *p, double dt_ms) {
    int64_t division = p->stage->division > 0 ? p->stage->division : 1000, end = event_time(p, total(p));
    double ns_per_ms = (double)division * ui_play_rate(&p->stage->mode) / 1000;
    cut_idle(p, ns_per_ms);
    p->owed += dt_ms * ns_per_ms;
    int64_t by = (int64_t)p->owed;
    p->owed -= (double)by;
    uint64_t from = p->n;
    ui_go_time(p, p->time + by);
    uint64_t hold = ui_lesson_pause(&p->stage->lesson, from, p->n);
    if (hold != UINT64_MAX) {
        ui_go(p, hold);
        return false;
    }
    return p->time < end;
}

bool ui_play(struct ui_playhead *p, double dt_ms) {
    enum ui_grain grain = p->stage->mode.grain;
    p->refusal[0] = 0;
    if (grain == UI_BY_TIME) return play_time(p, dt_ms);
    p->owed += dt_ms / 1000 * ui_play_rate(&p->stage->mode);
    double whole = floor(p->owed);
    p->owed -= whole;
    for (uint64_t steps = (uint64_t)whole; steps > 0; steps--) {
        uint64_t from = p->n;
        bool moved;
        if (grain == UI_BY_EVENT) {
            uint64_t to = from + steps < total(p) ? from + steps : total(p);
            moved = to > from;
            if (moved) ui_go(p, to);
            steps = 1;
        } else {
            moved = ui_step(p, grain, 1);
        }
        uint64_t hold = ui_lesson_pause(&p->stage->lesson, from, p->n);
        if (hold != UINT64_MAX) {
            ui_go(p, hold);
            p->owed = 0;
            return false;
        }
        if (!moved) return false;
    }
    return p->n < total(p) || p->fine_at != SIZE_MAX || !rt_log_ended(p->stage->log);
}

void ui_playhead_tell(struct ui_playhead *p) {
    struct ui_fine *f = &p->stage->fine;
    *f = (struct ui_fine){0};
    if (p->fine_at == SIZE_MAX || p->fine_at >= p->nfine) return;
    const struct run_fine *r = &p->fine[p->fine_at];
    f->on = true;
    f->g = r->g;
    f->pos = r->pos;
    f->time = r->time;
    if (p->fine_lines || !p->source->instruction) return;
    struct str text = {0};
    p->source->instruction(p->source->ctx, r->fn, r->pc, &text);
    snprintf(f->instruction, sizeof f->instruction, "%s", str_cstr(&text));
    str_free(&text);
}
