/* region_rooms.c - where goroutines wait: one room for each channel, lock, group, and one for all sleepers. A room
 * appears with its first event; when they do not all fit, the ones that nobody uses fold to a line. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

enum { MAX_ROOMS = 64, MAX_SLEEPERS = 24, MAX_CELLS = 16, MAX_SERVED = 4, MAX_MERGED = 48 };

struct room {
    const struct rp_obj *obj; /* NULL: the sleepers, or those who wait for nothing named */
    bool sleeping, lit, folded;
    double h;
    uint64_t first, last;
};

struct room_set {
    struct room room[MAX_ROOMS];
    size_t n, left_out;
    uint32_t sleepers[MAX_SLEEPERS];
    double at[MAX_SLEEPERS], x[MAX_SLEEPERS]; /* of a sleeper's wake-up on the axis, and of its pill */
    unsigned row[MAX_SLEEPERS];
    unsigned rows;
    int64_t span;  /* of the axis */
    double pill_w; /* a sleeper's */
    double x0, x1;
    size_t nsleepers, all_sleepers;
    /* Objects with someone who has been served but not yet woken: out of the queue, and still here. */
    struct rp_obj served[MAX_SERVED];
    struct rp_waiter merged[MAX_SERVED][MAX_MERGED];
    size_t nserved;
    uint32_t lost[12]; /* waiting, but for no object */
    size_t nlost, all_lost;
};

static bool busy(const struct rp_obj *o) {
    return o->nwaiters > 0 || o->nbuffer > 0 || o->owner != 0 || o->readers > 0 || o->counter > 0;
}

static double full_height(const struct ui_stage *s, const struct room *r, const struct room_set *set) {
    if (r->sleeping) {
        double rows = set->rows < 1 ? 1 : set->rows;
        return s->lay.cls == UI_PRESENTER ? 38 + 46 * rows : 60 + 36 * rows;
    }
    if (!r->obj) return 92;
    return r->obj->kind == RP_OBJ_CHAN ? 140 : 92;
}

/* One who has gone to sleep and whose timer is not set yet: already among the sleepers. */
static void add_late_sleeper(struct room_set *set, uint32_t goid) {
    for (size_t i = 0; i < set->nsleepers; i++)
        if (set->sleepers[i] == goid) return;
    if (set->all_sleepers >= MAX_SLEEPERS) return;
    set->sleepers[set->nsleepers++] = goid;
    set->all_sleepers++;
}

static void find_lost(const struct ui_stage *s, struct room_set *set) {
    size_t ng = rp_ng(s->st);
    for (size_t i = 0; i < ng && ng <= 4096; i++) {
        const struct rp_g *g = rp_g_at(s->st, i);
        if (g->place != RP_AT_WAIT || g->system) continue;
        if (g->until > 0) {
            add_late_sleeper(set, g->goid);
            continue;
        }
        if (g->obj && rp_obj(s->st, g->obj)) continue;
        if (g->why == RT_WHY_Select) continue; /* stands in its channels' rooms */
        if (set->nlost < sizeof set->lost / sizeof *set->lost) set->lost[set->nlost++] = g->goid;
        set->all_lost++;
    }
}

static double sleeper_w(const struct ui_stage *s) {
    return s->lay.cls == UI_PRESENTER ? 158 : s->lay.at[UI_R_ROOMS].w > 340 ? 124 : 106;
}

/* Few enough stand side by side: each at its time, or as near as the others let it. */
static void plan_one_row(struct room_set *set, double w, double from, double to) {
    double free_from = from;
    for (size_t i = 0; i < set->nsleepers; i++) {
        set->x[i] = fmax(free_from, set->at[i] - w / 2);
        free_from = set->x[i] + w + 8;
    }
    double free_to = to;
    for (size_t i = set->nsleepers; i-- > 0;) {
        set->x[i] = fmin(set->x[i], free_to - w);
        free_to = set->x[i] - 8;
    }
    set->rows = 1;
}

/* Pills hang at their wake-up times; many of them in rows, the furthest lowest, each in the lowest row with room. */
static void plan_sleepers(const struct ui_stage *s, struct room_set *set, struct ui_rect b) {
    enum { MAX_ROWS = 6 };
    bool big = s->lay.cls == UI_PRESENTER;
    double w = sleeper_w(s), taken[MAX_ROWS];
    set->pill_w = w;
    set->x0 = b.x + (big ? 212 : 22), set->x1 = b.x + b.w - (big ? 38 : 22);
    double from = set->x0 + (big ? 44 : 30), to = set->x1 + 6;
    const struct rp_g *last = set->nsleepers ? rp_g(s->st, set->sleepers[set->nsleepers - 1]) : NULL;
    int64_t furthest = last ? last->until - s->time : 0;
    set->span = 1000;
    for (int i = 1; set->span < furthest && i < 60; i++)
        set->span = i % 3 == 2 ? set->span / 2 * 5 : set->span * 2;
    for (size_t i = 0; i < set->nsleepers; i++) {
        const struct rp_g *g = rp_g(s->st, set->sleepers[i]);
        int64_t left = g && g->until > s->time ? g->until - s->time : 0;
        set->at[i] = set->x0 + (set->x1 - set->x0) * fmin(1, (double)left / (double)set->span);
    }
    if ((double)set->nsleepers * (w + 8) - 8 <= to - from) {
        plan_one_row(set, w, from, to);
        return;
    }
    for (int r = 0; r < MAX_ROWS; r++)
        taken[r] = set->x1 + 1e6;
    for (size_t i = set->nsleepers; i-- > 0;) {
        double x = fmin(fmax(set->at[i] - w / 2, from), to - w);
        unsigned r = 0;
        while (r < MAX_ROWS && x + w + 8 > taken[r])
            r++;
        set->x[i] = x, set->row[i] = r;
        if (r == MAX_ROWS) continue;
        taken[r] = x;
        if (r + 1 > set->rows) set->rows = r + 1;
    }
}

static bool queued(const struct rp_obj *o, uint32_t goid) {
    for (size_t i = 0; i < o->nwaiters; i++)
        if (o->waiters[i].g == goid) return true;
    return false;
}

/* The object with those who wait for it but are in its queue no more put before the others. */
static const struct rp_obj *with_served(const struct ui_stage *s, struct room_set *set, const struct rp_obj *o) {
    size_t ng = rp_ng(s->st), waiting = 0, n = 0;
    if (ng > 4096 || set->nserved == MAX_SERVED) return o;
    for (size_t i = 0; i < ng; i++) {
        const struct rp_g *g = rp_g_at(s->st, i);
        waiting += g->place == RP_AT_WAIT && g->obj == o->id;
    }
    size_t plain = 0;
    for (size_t i = 0; i < o->nwaiters; i++)
        plain += !o->waiters[i].select;
    if (waiting <= plain) return o;
    struct rp_waiter *m = set->merged[set->nserved];
    for (size_t i = 0; i < ng && n < MAX_MERGED; i++) {
        const struct rp_g *g = rp_g_at(s->st, i);
        if (g->place != RP_AT_WAIT || g->obj != o->id || queued(o, g->goid)) continue;
        m[n++] = (struct rp_waiter){.g = g->goid, .send = g->why == RT_WHY_ChanSend, .value = g->value};
    }
    if (n == 0) return o;
    for (size_t i = 0; i < o->nwaiters && n < MAX_MERGED; i++)
        m[n++] = o->waiters[i];
    struct rp_obj *copy = &set->served[set->nserved++];
    *copy = *o;
    copy->waiters = m;
    copy->nwaiters = n;
    return copy;
}

static void collect(struct ui_stage *s, struct room_set *set) {
    *set = (struct room_set){0};
    set->all_sleepers = rp_sleepers(s->st, set->sleepers, MAX_SLEEPERS);
    set->nsleepers = set->all_sleepers < MAX_SLEEPERS ? set->all_sleepers : MAX_SLEEPERS;
    find_lost(s, set);
    plan_sleepers(s, set, s->lay.at[UI_R_ROOMS]);
    bool slept = s->first_sleep < s->n, placed = !slept;
    size_t nobj = rp_nobj(s->st);
    for (size_t i = 0; i <= nobj; i++) {
        const struct rp_obj *o = i < nobj ? rp_obj_at(s->st, i) : NULL;
        if (!placed && (!o || o->first_event > s->first_sleep)) {
            placed = true;
            if (set->n < MAX_ROOMS)
                set->room[set->n++] = (struct room){.sleeping = true, .first = s->first_sleep, .last = s->n};
        }
        if (!o) break;
        if (set->n < MAX_ROOMS)
            set->room[set->n++] = (struct room){.obj = with_served(s, set, o),
                                                .first = o->first_event,
                                                .last = o->last_event,
                                                .lit = s->has_event && s->says.obj != 0 && s->says.obj == o->id};
        else set->left_out++;
    }
    if (set->nlost > 0 && set->n < MAX_ROOMS) set->room[set->n++] = (struct room){.last = s->n};
}

/* Folds what is least in use until all fits. */
static void fit(struct ui_stage *s, struct room_set *set, double room, double gap) {
    double need = 0;
    for (size_t i = 0; i < set->n; i++) {
        set->room[i].h = full_height(s, &set->room[i], set);
        need += set->room[i].h + gap;
    }
    for (size_t i = 0; i < set->n && need - gap > room; i++) { /* the sleepers can do with fewer rows */
        struct room *r = &set->room[i];
        bool big = s->lay.cls == UI_PRESENTER;
        double step = big ? 46 : 36, from = set->x0 + (big ? 44 : 30), to = set->x1 + 6;
        if (!r->sleeping || set->rows < 2) continue;
        double w = (to - from + 8) / (double)set->nsleepers - 8;
        if (w >= 46) { /* narrower, and side by side */
            double less = (set->rows - 1) * step;
            set->pill_w = w;
            for (size_t k = 0; k < set->nsleepers; k++)
                set->row[k] = 0;
            plan_one_row(set, w, from, to);
            r->h -= less, need -= less;
        }
        while (set->rows > 1 && need - gap > room)
            set->rows--, r->h -= step, need -= step;
    }
    for (int pass = 0; pass < 2 && need - gap > room; pass++) {
        while (need - gap > room) {
            struct room *oldest = NULL;
            for (size_t i = 0; i < set->n; i++) {
                struct room *r = &set->room[i];
                bool in_use = r->sleeping ? set->nsleepers > 0 : !r->obj || busy(r->obj);
                if (r->folded || r->lit || (pass == 0 && in_use)) continue;
                if (!oldest || r->last < oldest->last) oldest = r;
            }
            if (!oldest) break;
            oldest->folded = true;
            need -= oldest->h - 30;
            oldest->h = 30;
        }
    }
    while (set->n > 1 && need - gap > room + 0.5) { /* even folded there are too many */
        need -= set->room[--set->n].h + gap;
        set->left_out++;
    }
}

/* ---- heads -------------------------------------------------------------------------------------------------- */

static enum ui_icon kind_icon(const struct room *r) {
    if (r->sleeping) return UI_I_ASLEEP;
    if (!r->obj) return UI_I_WAITING;
    switch (r->obj->kind) {
    case RP_OBJ_CHAN:
        return UI_I_CHAN;
    case RP_OBJ_WAITGROUP:
        return UI_I_GROUP;
    case RP_OBJ_ONCE:
    case RP_OBJ_COND:
        return UI_I_ONCE;
    default:
        return UI_I_LOCK;
    }
}

static void head_note(const struct ui_stage *s, const struct room *r, const struct room_set *set, char *buf, size_t n) {
    const struct rp_obj *o = r->obj;
    buf[0] = 0;
    if (r->sleeping) {
        snprintf(buf, n, "%zu %s", set->all_sleepers, set->all_sleepers == 1 ? "sleeper" : "sleepers");
        return;
    }
    if (!o) {
        snprintf(buf, n, "%zu", set->all_lost);
        return;
    }
    switch (o->kind) {
    case RP_OBJ_CHAN:
        if (o->closed) snprintf(buf, n, o->nbuffer ? "closed, %zu left" : "closed", o->nbuffer);
        else if (o->cap == 0) snprintf(buf, n, "unbuffered");
        else
            snprintf(buf, n, "%s%zu of %llu",
                     o->nbuffer == 0        ? "empty, "
                     : o->nbuffer == o->cap ? "full, "
                                            : "",
                     o->nbuffer, (unsigned long long)o->cap);
        break;
    case RP_OBJ_WAITGROUP:
        snprintf(buf, n, "counter %lld", (long long)o->counter);
        break;
    case RP_OBJ_RWMUTEX:
        if (o->readers) {
            snprintf(buf, n, "%u reading", o->readers);
            break;
        }
        snprintf(buf, n, o->owner ? "locked" : "unlocked");
        break;
    case RP_OBJ_MUTEX:
        snprintf(buf, n, o->starving ? "starving" : o->owner ? "locked" : "unlocked");
        break;
    default:
        snprintf(buf, n, "%zu waiting", o->nwaiters);
        break;
    }
    (void)s;
}

/* Whoever waits in a folded room still stands there, small. Returns what is left of the line. */
static double folded_waiters(struct ui_stage *s, struct ui_list *l, const struct rp_obj *o, double from, double end,
                             double cy) {
    enum { FEW = 3 };
    size_t n = o->nwaiters < FEW ? o->nwaiters : FEW;
    if (o->nwaiters > n) {
        end -= ui_textf(l, end, cy + 5, UI_SANS_600, 12.5, s->th->ink2, UI_END, "+%zu", o->nwaiters - n) + 6;
    }
    for (size_t i = n; i-- > 0;) {
        const struct rp_g *g = rp_g(s->st, o->waiters[i].g);
        if (!g || ui_find_place(&s->now, UI_THING_G, g->goid)) continue;
        double w = 50;
        if (end - w < from) break;
        ui_pill_at(s, l, g, (struct ui_rect){end - w, cy - 11, w, 22}, UI_R_ROOMS,
                   o->id << 2 | (o->waiters[i].send ? 1u : 2u));
        end -= w + 4;
    }
    return end - 6;
}

static void draw_head(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct room *r,
                      const struct room_set *set) {
    const struct ui_theme *t = s->th;
    double y = b.y + (r->folded ? 20 : 26), x = b.x + 40, end = b.x + b.w - 16;
    char note[64];
    head_note(s, r, set, note, sizeof note);
    ui_draw_icon(l, kind_icon(r), b.x + 23, y - 5.5, 15.4, t->ink2);
    double note_w = ui_text(l, end, y, UI_SANS_500, s->lay.cls == UI_PRESENTER ? 17 : 13.5,
                            r->obj && r->obj->starving ? t->err : t->ink2, UI_END, note);
    end -= note_w + 10;
    bool big = s->lay.cls == UI_PRESENTER;
    double size = r->folded ? 14 : big ? 20 : 16;
    if (!r->obj) {
        ui_text(l, x, y, UI_SANS_600, size, t->ink, UI_START, r->sleeping ? "Sleeping" : "Waiting");
        return;
    }
    if (r->folded && r->obj->nwaiters > 0) end = folded_waiters(s, l, r->obj, x + 76, end, y - 5);
    const char *name = ui_object_name(r->obj);
    x += ui_text_fit(l, x, y, UI_MONO_700, size, t->ink, end - x, name) + 8;
    if (x + 40 < end) ui_text_fit(l, x, y, UI_MONO_400, 13.5, t->ink2, end - x, r->obj->type);
}

/* ---- channels ----------------------------------------------------------------------------------------------- */

static void arrow(const struct ui_stage *s, struct ui_list *l, double x, double y) {
    ui_line(l, (struct ui_point[]){{x, y}, {x + 11, y}}, 2, s->th->line2, 2);
    ui_line(l, (struct ui_point[]){{x + 6.5, y - 4.5}, {x + 11, y}, {x + 6.5, y + 4.5}}, 3, s->th->line2, 2);
}

/* One who waits here: a pill where it has its place, a chip where a select has put it too. */
static void draw_waiter(struct ui_stage *s, struct ui_list *l, const struct rp_waiter *w, struct ui_rect b,
                        const struct rp_obj *o) {
    const struct rp_g *g = rp_g(s->st, w->g);
    if (!g) return;
    const struct ui_place *p = ui_find_place(&s->now, UI_THING_G, g->goid);
    if (!p) {
        ui_pill_at(s, l, g, b, UI_R_ROOMS, o->id << 2 | (w->send ? 1u : 2u));
    } else {
        ui_chip(s, l, g, b.x, b.y + b.h / 2, 18);
    }
    if (w->select) ui_draw_icon(l, UI_I_FORK, b.x + b.w - 10, b.y + 4, 10, s->th->ink2);
}

static size_t side_count(const struct rp_obj *o, bool send, const struct rp_waiter **first) {
    size_t n = 0;
    for (size_t i = 0; i < o->nwaiters; i++) {
        if (o->waiters[i].send != send) continue;
        if (n++ == 0) *first = &o->waiters[i];
    }
    return n;
}

/* Waiters of one side, in FIFO order from the cells outwards: those that fit, then a count. */
static void draw_side(struct ui_stage *s, struct ui_list *l, const struct rp_obj *o, bool send, double x, double w,
                      double y, double h) {
    const struct ui_theme *t = s->th;
    const struct rp_waiter *first = NULL;
    const double gap = 4, least = 43;
    size_t n = side_count(o, send, &first), drawn = 0;
    double cy = y + h / 2;
    if (n == 0) {
        ui_text(l, send ? x : x + w, cy + 5, UI_SANS_400, 13.5, t->ink3, send ? UI_START : UI_END, "none");
        return;
    }
    size_t across = (size_t)((w + gap) / (least + gap));
    /* Receivers have the line below to themselves. */
    bool two = !send && n > across && across > 0;
    double pw = (w - gap * (double)(n - 1)) / (double)n, room = w;
    if (two) h = 27, y -= 2, pw = least;
    if (pw < least) pw = least, room = w - 26;
    if (pw > 134) pw = 134;
    size_t fits = (size_t)((room + gap) / (pw + gap));
    if (two) fits = n <= 2 * across ? n : 2 * across - 1;
    if (fits == 0) fits = 1;
    /* One alone stands at the outer edge, as its caption does. */
    double at = n == 1 ? (send ? x : x + w - pw) : send ? x + w - pw : x;
    for (size_t i = 0; i < o->nwaiters && drawn < fits; i++) {
        if (o->waiters[i].send != send) continue;
        if (two && drawn == across) at = x, y += h + 4;
        draw_waiter(s, l, &o->waiters[i], (struct ui_rect){at, y, pw, h}, o);
        at += send ? -(pw + gap) : pw + gap;
        drawn++;
    }
    bool below = !two && room < pw; /* beside the only one that fits there is no room for the number */
    if (drawn < n)
        ui_textf(l, send ? x : x + w, below ? y + h + 14 : (two ? y + h / 2 : cy) + 5, UI_SANS_600, 13, t->ink2, send ? UI_START : UI_END,
                 "+%zu", n - drawn);
}

static void cell_text(struct ui_stage *s, struct ui_list *l, const struct rp_obj *o, uint64_t value, double cx,
                      double base, double w) {
    struct str text = {0};
    rp_value(s->log, (enum rt_value_kind)o->value_kind, value, &text);
    double size = 16;
    while (size > 11 && ui_width(l, UI_MONO_600, size, str_cstr(&text)) > w - 4)
        size -= 1;
    double tw = ui_width(l, UI_MONO_600, size, str_cstr(&text));
    ui_text_fit(l, tw > w - 4 ? cx - w / 2 + 2 : cx - tw / 2, base, UI_MONO_600, size, s->th->ink, w - 4,
                str_cstr(&text));
    str_free(&text);
}

static void draw_cells(struct ui_stage *s, struct ui_list *l, const struct rp_obj *o, double x, double w, double y,
                       double h) {
    const struct ui_theme *t = s->th;
    if (o->cap == 0) { /* a gate: nothing rests in it */
        double cx = x + w / 2;
        ui_rrect_dashed(l, (struct ui_rect){cx - 8, y, 16, h}, 3, t->well, o->closed ? t->err : t->line2, 1.5, 3, 3);
        ui_put_cell(s, UI_THING_NEWEST, o->id, (struct ui_rect){cx - 8, y, 16, h});
        ui_put_cell(s, UI_THING_OLDEST, o->id, (struct ui_rect){cx - 8, y, 16, h});
    } else if (o->cap <= MAX_CELLS) {
        double cw = w / (double)o->cap;
        if (cw > 34) cw = 34;
        double x0 = x + (w - cw * (double)o->cap) / 2;
        for (uint64_t i = 0; i < o->cap; i++) {
            bool used = i >= o->cap - o->nbuffer; /* the oldest nearest the receivers, at the right */
            struct ui_rect b = {x0 + (double)i * cw + 0.5, y, cw - 1, h};
            ui_rrect(l, b, 2, t->well, used ? t->ink2 : t->line, 1.5);
            if (i + 1 == o->cap) ui_put_cell(s, UI_THING_OLDEST, o->id, b);
            if (i + o->nbuffer == o->cap || (o->nbuffer == 0 && i + 1 == o->cap))
                ui_put_cell(s, UI_THING_NEWEST, o->id, b);
            if (used && cw >= 14) cell_text(s, l, o, o->buffer[o->cap - 1 - i], b.x + b.w / 2, y + h / 2 + 6, b.w);
        }
    } else {
        struct ui_rect b = {x, y + h / 2 - 8, w, 16};
        ui_put_cell(s, UI_THING_NEWEST, o->id, (struct ui_rect){x, b.y, 16, 16});
        ui_put_cell(s, UI_THING_OLDEST, o->id, (struct ui_rect){x + w - 16, b.y, 16, 16});
        ui_rrect(l, b, 3, t->well, t->ink2, 1.5);
        ui_rrect(l, (struct ui_rect){b.x, b.y, b.w * (double)o->nbuffer / (double)o->cap, b.h}, 3, t->site[1].fill, 0,
                 0);
    }
    if (o->closed) ui_rrect(l, (struct ui_rect){x - 7, y - 4, 4, h + 8}, 2, t->err, 0, 0);
}

/* Where many wait at a channel: the buffer as a bar, and for each side that waits a strip, a share of all who wait. */
static void draw_chan_crowd(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct rp_obj *o) {
    const struct ui_theme *t = s->th;
    const struct rp_waiter *first = NULL;
    struct rp_census c = rp_census(s->st);
    size_t nr = side_count(o, false, &first), ns = side_count(o, true, &first);
    double x = b.x + 16, w = b.w - 32, y = b.y + 38;
    if (o->cap > 0) {
        ui_rrect(l, (struct ui_rect){x, y, w, 12}, 3, t->well, t->ink2, 1.5);
        ui_rrect(l, (struct ui_rect){x, y, w * (double)o->nbuffer / (double)o->cap, 12}, 3, t->ink2, 0, 0);
        ui_put_cell(s, UI_THING_NEWEST, o->id, (struct ui_rect){x, y - 2, 16, 16});
        ui_put_cell(s, UI_THING_OLDEST, o->id, (struct ui_rect){x + w - 16, y - 2, 16, 16});
        y += 20;
    }
    bool send = ns >= nr;
    char buf[32], d[32];
    side_count(o, send, &first);
    const struct rp_g *g = first ? rp_g(s->st, first->g) : NULL;
    ui_text(l, x, y + 12, UI_SANS_500, 13, t->ink2, UI_START, send ? "senders waiting" : "receivers waiting");
    ui_text(l, x + w, y + 12, UI_MONO_700, 14, t->ink, UI_END, ui_count_text(buf, sizeof buf, send ? ns : nr));
    double all = c.waiting > 0 ? (double)c.waiting : 1;
    ui_draw_strip(s, l, (struct ui_rect){x, y + 20, w, 18}, (double)(send ? ns : nr) / all, g ? g->site : 0);
    if (!g) return;
    double tx = x + ui_textf(l, x, y + 55, UI_SANS_400, 13, t->ink2, UI_START, "first G%u, for %s", g->goid,
                             ui_duration_text(d, sizeof d, s->time - g->since));
    size_t other = send ? nr : ns;
    if (other > 0)
        ui_textf(l, tx + 12, y + 55, UI_SANS_400, 13, t->ink2, UI_START, "%zu %s", other,
                 send ? "receivers wait" : "senders wait");
}

static bool is_crowd(const struct rp_obj *o) { return o->nwaiters > 24; }

static void draw_chan(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct rp_obj *o) {
    const struct ui_theme *t = s->th;
    if (is_crowd(o)) {
        draw_chan_crowd(s, l, b, o);
        return;
    }
    double y = b.y + 63, h = 36, in = 16;
    double cells = o->cap == 0 ? 44 : o->cap <= 3 ? 34 * (double)o->cap + 4 : fmin(150, 34 * (double)o->cap);
    double side = (b.w - 2 * in - cells - 2 * 26) / 2;
    const struct rp_waiter *a = NULL;
    size_t nr = side_count(o, false, &a), ns = side_count(o, true, &a);
    /* Where one side is empty the other may use its room. */
    double left = ns > 0 && nr == 0 ? side * 2 - 40 : nr > 0 && ns == 0 ? 40 : side, right = side * 2 - left;
    double cells_x = b.x + in + left + 26;
    ui_text(l, b.x + in, b.y + 53, UI_SANS_500, 13, t->ink2, UI_START, "senders");
    ui_text(l, cells_x + cells / 2, b.y + 53, UI_SANS_500, 13, t->ink2, UI_MIDDLE, o->cap ? "buffer" : "gate");
    ui_text(l, b.x + b.w - in, b.y + 53, UI_SANS_500, 13, t->ink2, UI_END, "receivers");
    draw_side(s, l, o, true, b.x + in, left, y, h);
    arrow(s, l, cells_x - 19, y + h / 2);
    draw_cells(s, l, o, cells_x, cells, y, h);
    arrow(s, l, cells_x + cells + 8, y + h / 2);
    draw_side(s, l, o, false, b.x + b.w - in - right, right, y, h);
    double base = b.y + 125;
    if (ns > 0 && o->value_kind != RT_VAL_NONE) {
        struct str v = {0};
        side_count(o, true, &a);
        rp_value(s->log, (enum rt_value_kind)o->value_kind, a->value, &v);
        double w = ui_text(l, b.x + in + 14, base, UI_SANS_500, 13, t->ink2, UI_START,
                           ns > 1 ? "the first sends" : "wants to send");
        ui_text_fit(l, b.x + in + 14 + w + 6, base, UI_MONO_700, 13.5, t->ink, 110, str_cstr(&v));
        str_free(&v);
    }
    if (o->nbuffer > 0 && o->value_kind != RT_VAL_NONE) {
        struct str v = {0};
        rp_value(s->log, (enum rt_value_kind)o->value_kind, o->buffer[0], &v);
        double w = ui_width(l, UI_MONO_700, 13.5, str_cstr(&v));
        if (w < 100) {
            ui_text(l, cells_x + cells, base, UI_MONO_700, 13.5, t->ink, UI_END, str_cstr(&v));
            ui_text(l, cells_x + cells - w - 6, base, UI_SANS_500, 13, t->ink2, UI_END, "next out");
        }
        str_free(&v);
    }
}

/* ---- locks and groups --------------------------------------------------------------------------------------- */

/* Waiters of a lock, in order, right-aligned: as many as fit; of a crowd a strip and their number. */
static void draw_line_of(struct ui_stage *s, struct ui_list *l, const struct rp_obj *o, double x, double end, double y,
                         double h) {
    const struct ui_theme *t = s->th;
    if (o->nwaiters == 0) {
        ui_text(l, end, y + h / 2 + 5, UI_SANS_400, 13.5, t->ink3, UI_END, "none");
        return;
    }
    if (o->nwaiters > 24) {
        char buf[32];
        const struct rp_g *g = rp_g(s->st, o->waiters[0].g);
        struct rp_census c = rp_census(s->st);
        double nw = ui_text(l, end, y + h / 2 + 5, UI_MONO_700, 14, t->ink, UI_END,
                            ui_count_text(buf, sizeof buf, o->nwaiters));
        ui_draw_strip(s, l, (struct ui_rect){x, y + h / 2 - 9, end - nw - 10 - x, 18},
                      (double)o->nwaiters / (c.waiting > 0 ? (double)c.waiting : 1), g ? g->site : 0);
        return;
    }
    double gap = 5, w = (end - x - gap * (double)(o->nwaiters - 1)) / (double)o->nwaiters;
    w = w > 112 ? 112 : w < 43 ? 43 : w;
    size_t fits = (size_t)((end - x + gap) / (w + gap));
    if (fits == 0) fits = 1;
    bool more = o->nwaiters > fits;
    if (more && fits > 1) fits--;
    size_t n = more ? fits : o->nwaiters;
    double at = end - (double)n * (w + gap) + gap - (more ? 30 : 0);
    for (size_t i = 0; i < n; i++, at += w + gap)
        draw_waiter(s, l, &o->waiters[i], (struct ui_rect){at, y, w, h}, o);
    if (more) ui_textf(l, end, y + h / 2 + 5, UI_SANS_600, 13, t->ink2, UI_END, "+%zu", o->nwaiters - n);
}

static void draw_lock(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct rp_obj *o) {
    const struct ui_theme *t = s->th;
    double cy = b.y + 60, x = b.x + 16;
    x += ui_text(l, x, cy + 5, UI_SANS_500, 13, t->ink2, UI_START, o->readers ? "readers" : "owner") + 10;
    const struct rp_g *g = o->owner ? rp_g(s->st, o->owner) : NULL;
    if (g) x += ui_chip(s, l, g, x, cy, 26);
    else if (o->readers) x += ui_textf(l, x, cy + 5.5, UI_MONO_700, 15, t->ink, UI_START, "%u", o->readers);
    else x += ui_text(l, x, cy + 5, UI_SANS_400, 13.5, t->ink3, UI_START, "nobody");
    double wx = b.x + b.w * 0.42;
    if (wx < x + 16) wx = x + 16;
    wx += ui_text(l, wx, cy + 5, UI_SANS_500, 13, t->ink2, UI_START, "waiting") + 10;
    draw_line_of(s, l, o, wx, b.x + b.w - 16, cy - 17, 34);
}

static void draw_group(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct rp_obj *o) {
    const struct ui_theme *t = s->th;
    double cy = b.y + 60, x = b.x + 24, wx = b.x + b.w * 0.49;
    if (o->kind == RP_OBJ_WAITGROUP) {
        int64_t most = (int64_t)((wx - x - 6) / 21);
        if (o->counter <= most) {
            for (int64_t i = 0; i < o->counter; i++)
                ui_arc(l, x + (double)i * 21, cy, 6.5, 0, 6.2831853, t->ink2, 1.75);
            if (o->counter == 0) ui_draw_icon(l, UI_I_TICK, x, cy, 17, t->ok);
        } else {
            ui_arc(l, x, cy, 6.5, 0, 6.2831853, t->ink2, 1.75);
            ui_textf(l, x + 14, cy + 5, UI_MONO_700, 15, t->ink, UI_START, "\xc3\x97 %lld", (long long)o->counter);
        }
    }
    wx += ui_text(l, wx, cy + 5, UI_SANS_500, 13, t->ink2, UI_START, "waiting") + 10;
    draw_line_of(s, l, o, wx, b.x + b.w - 16, cy - 17, 34);
}

/* ---- sleepers ----------------------------------------------------------------------------------------------- */

static void draw_sleepers(struct ui_stage *s, struct ui_list *l, double y, const struct room_set *set) {
    const struct ui_theme *t = s->th;
    bool big = s->lay.cls == UI_PRESENTER;
    double w = set->pill_w, h = big ? 40 : 31, size = big ? 17 : 12.5;
    char buf[40], d[32];
    for (size_t i = 0; i < set->nsleepers; i++) {
        const struct rp_g *g = rp_g(s->st, set->sleepers[i]);
        if (!g || set->row[i] >= set->rows) continue;
        double px = set->x[i], py = y - 12 - h - set->row[i] * (h + 5.0);
        if (g->until <= s->time) continue; /* due: it hangs at no time to come */
        double foot = fmin(fmax(set->at[i], px + 8), px + w - 8);
        ui_line(l, (struct ui_point[]){{set->at[i], y - 1}, {foot, py + h - 2}}, 2,
                ui_theme_site(t, g->system ? 0 : g->site)->edge, 2);
    }
    for (size_t i = 0; i < set->nsleepers; i++) {
        const struct rp_g *g = rp_g(s->st, set->sleepers[i]);
        if (!g || set->row[i] >= set->rows) continue;
        double px = set->x[i], py = y - 12 - h - set->row[i] * (h + 5.0), free_from = set->x0 + (set->row[i] ? 0 : 40);
        ui_pill_at(s, l, g, (struct ui_rect){px, py, w, h}, UI_R_ROOMS, 0xA51EE9);
        for (size_t k = 0; k < i; k++)
            if (set->row[k] == set->row[i]) free_from = set->x[k] + w + 8;
        if (g->until <= s->time) {
            struct ui_rect room = s->lay.at[UI_R_ROOMS];
            bool free_right = px + w + 8 + ui_width(l, UI_SANS_500, size, "due") < room.x + room.w - 4;
            for (size_t k = 0; k < set->nsleepers; k++)
                free_right &= set->row[k] != set->row[i] || k == i || set->x[k] < px || set->x[k] > px + w + 40;
            if (free_right)
                ui_text(l, px + w + 8, py + h / 2 + 0.36 * size, UI_SANS_500, size, t->ink2, UI_START, "due");
            continue;
        }
        bool crossed = false; /* by the stem of one that hangs higher */
        for (size_t k = 0; k < set->nsleepers; k++)
            crossed |= set->row[k] > set->row[i] && set->at[k] > px - 84 && set->at[k] < px;
        if (crossed) continue;
        snprintf(buf, sizeof buf, "%s left",
                 ui_duration_text(d, sizeof d, g->until > s->time ? g->until - s->time : 0));
        if (ui_width(l, UI_SANS_400, size, buf) < px - 8 - free_from)
            ui_text(l, px - 8, py + h / 2 + 0.36 * size, UI_SANS_400, size, t->ink2, UI_END, buf);
    }
}

static void draw_sleeping(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct room_set *set) {
    const struct ui_theme *t = s->th;
    bool big = s->lay.cls == UI_PRESENTER, crowded = false;
    double x0 = set->x0, x1 = set->x1, y = b.y + b.h - (big ? 20 : 15);
    ui_segment(l, x0, y, x1, y, t->ink2, 1.5);
    for (int i = 0; i <= 10; i++) {
        double x = x0 + (x1 - x0) * i / 10;
        ui_segment(l, x, y - (i % 5 ? 4 : 8), x, y, t->ink2, 1.25);
    }
    ui_poly(l, (struct ui_point[]){{x0, y - 1}, {x0 - 5, y - 9}, {x0 + 5, y - 9}}, 3, t->ink, 0, 0);
    ui_text(l, x0 - 6, y - 14, UI_SANS_500, big ? 17 : 13, t->ink2, UI_START, "now");
    if (set->nsleepers == 0) {
        ui_text(l, (x0 + x1) / 2, y - 16, UI_SANS_400, big ? 17 : 13.5, t->ink3, UI_MIDDLE, "nobody sleeps");
        return;
    }
    char buf[40], d[32];
    snprintf(buf, sizeof buf, "+%s", ui_duration_text(d, sizeof d, set->span));
    double w = ui_width(l, UI_MONO_500, big ? 17 : 12.5, buf), end = b.x + b.w - 16;
    for (size_t i = 0; i < set->nsleepers; i++)
        crowded |= set->row[i] == 0 && set->x[i] + set->pill_w + 6 > end - w;
    if (!crowded) ui_text(l, end, y - 14, UI_MONO_500, big ? 17 : 12.5, t->ink2, UI_END, buf);
    draw_sleepers(s, l, y, set);
    size_t shown = 0;
    for (size_t i = 0; i < set->nsleepers; i++)
        shown += set->row[i] < set->rows;
    if (set->all_sleepers > shown)
        ui_textf(l, b.x + b.w - 16, b.y + 44, UI_SANS_500, 13, t->ink2, UI_END, "%zu of them shown", shown);
}

static void draw_lost(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct room_set *set) {
    double x = b.x + 16, y = b.y + 43, w = set->nlost <= 2 ? 130 : 72;
    for (size_t i = 0; i < set->nlost && x + w < b.x + b.w - 12; i++, x += w + 6) {
        const struct rp_g *g = rp_g(s->st, set->lost[i]);
        ui_pill_at(s, l, g, (struct ui_rect){x, y, w, 34}, UI_R_ROOMS, 0x105);
        if (i == 0 && set->nlost == 1)
            ui_text_fit(l, x + w + 12, y + 22, UI_SANS_500, 13, s->th->ink2, b.x + b.w - 16 - x - w - 12,
                        rt_reason_text(g->why));
    }
}

static void draw_room(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct room *r,
                      const struct room_set *set) {
    ui_panel(s, l, b, 3,
             r->lit || (r->sleeping && s->has_event && s->event.kind == RT_EV_GoBlock && s->event.why == RT_WHY_Sleep));
    if (r->obj) ui_add_hit(s, b, UI_HIT_OBJ, r->obj->id);
    else if (r->sleeping) ui_add_hit(s, b, UI_HIT_WORD, UI_WORD_SLEEPING);
    draw_head(s, l, b, r, set);
    if (r->folded) return;
    if (r->sleeping) draw_sleeping(s, l, b, set);
    else if (!r->obj) draw_lost(s, l, b, set);
    else if (r->obj->kind == RP_OBJ_CHAN) draw_chan(s, l, b, r->obj);
    else if (r->obj->kind == RP_OBJ_MUTEX || r->obj->kind == RP_OBJ_RWMUTEX) draw_lock(s, l, b, r->obj);
    else draw_group(s, l, b, r->obj);
}

void ui_draw_rooms(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_ROOMS];
    struct room_set set;
    double card = ui_card_height(s, l);
    if (card > 0 && ui_inside(s->lay.card, b.x + 1, b.y + 1)) b.h = fmax(60, b.h - card - 8);
    if (ui_draw_trouble(s, l, &b) || ui_draw_life(s, l, &b)) return;
    collect(s, &set);
    if (set.n == 0) {
        ui_rrect_dashed(l, (struct ui_rect){b.x, b.y, b.w, 92}, 6, 0, t->line2, 1.25, 3, 4);
        ui_text(l, b.x + b.w / 2, b.y + 40, UI_SANS_600, 14, t->ink2, UI_MIDDLE, "Nobody has waited yet");
        ui_text_fit(
            l,
            b.x + b.w / 2 -
                fmin(b.w / 2 - 10, ui_width(l, UI_SANS_400, 13, "channels, locks and sleepers will appear here") / 2),
            b.y + 62, UI_SANS_400, 13, t->ink3, b.w - 20, "channels, locks and sleepers will appear here");
        return;
    }
    double gap = 8, y = b.y;
    bool big = s->lay.cls == UI_PRESENTER;
    fit(s, &set, b.h - (set.left_out ? 20 : 0), gap);
    for (size_t i = 0; i < set.n; i++) {
        /* The presenter shows the two rooms with the newest events. */
        size_t newer = 0;
        for (size_t k = 0; k < set.n; k++)
            newer += set.room[k].last > set.room[i].last;
        if (big && newer >= 2) continue;
        draw_room(s, l, (struct ui_rect){b.x, y, b.w, set.room[i].h}, &set.room[i], &set);
        y += set.room[i].h + gap;
    }
    if (set.left_out > 0 && !big)
        ui_textf(l, b.x + b.w, b.y + b.h - 4, UI_SANS_500, 13, t->ink2, UI_END, "and %zu more", set.left_out);
}
