/* motion.c - movements between two moments: each thing goes from where it stood to where it stands now. The regions
 * already show the new state, with places that wait; what is in flight is drawn above them. */
#include <math.h>

#include "parts.h"

static double ease_out(double t) {
    double u = 1 - t;
    return 1 - u * u * u;
}

static double span(double t, double from, double to) {
    double v = (t - from) / (to - from);
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

/* A value that changes hands with this event: from a sender's pill or a cell to a cell or a receiver's pill. */
struct tile {
    struct ui_rect a, b;
    uint64_t value;
    uint8_t kind;
};

static bool find_tile(const struct ui_stage *s, struct tile *t) {
    const struct rt_event *ev = &s->event;
    if (!s->has_event || s->n - s->before.n != 1 || (ev->kind != RT_EV_ChanSend && ev->kind != RT_EV_ChanRecv))
        return false;
    const struct rp_obj *o = rp_obj(s->st, ev->a);
    if (!o || o->value_kind == RT_VAL_NONE || ev->a > UINT32_MAX || ev->b > UINT32_MAX) return false;
    bool send = ev->kind == RT_EV_ChanSend;
    const struct ui_place *acts = ui_find_place(send ? &s->before : &s->now, UI_THING_G, ev->g), *other;
    if (ev->b != 0) other = ui_find_place(send ? &s->now : &s->before, UI_THING_G, (uint32_t)ev->b);
    else other = ui_find_place(send ? &s->now : &s->before, send ? UI_THING_NEWEST : UI_THING_OLDEST, (uint32_t)ev->a);
    /* With a buffer a receiver takes the oldest value, whoever's is put at the tail. */
    if (!send && o->cap > 0) other = ui_find_place(&s->before, UI_THING_OLDEST, (uint32_t)ev->a);
    if (!acts || !other) return false;
    *t = (struct tile){send ? acts->at : other->at, send ? other->at : acts->at, ev->c, o->value_kind};
    return true;
}

int ui_stage_flight_ms(const struct ui_stage *s) {
    if (!s->flying || s->mode.still) return 0;
    bool any = false;
    for (size_t i = 0; i < s->now.cap; i++)
        any |= s->now.slots[i].at.w > 0 && s->now.slots[i].moving;
    if (s->n > 0 && s->event.kind == RT_EV_GoDestroy) return 400;
    struct tile tile;
    if (find_tile(s, &tile)) return 260;
    if (!any) return 0;
    switch (s->event.kind) {
    case RT_EV_GoStart:
    case RT_EV_RunqGet:
    case RT_EV_RunnextGet:
        return 240;
    case RT_EV_RunqSteal:
    case RT_EV_RunnextSteal:
    case RT_EV_RunqOverflow:
        return 400;
    case RT_EV_ProcSteal:
        return 360;
    case RT_EV_MStart:
    case RT_EV_MBegin:
    case RT_EV_MPark:
    case RT_EV_MWake:
    case RT_EV_ProcStart:
    case RT_EV_ProcStop:
        return 200;
    default:
        return 320;
    }
}

static struct ui_point middle(struct ui_rect r) { return (struct ui_point){r.x + r.w / 2, r.y + r.h / 2}; }

/* On a shallow bow, so that two things that change places do not run through each other. */
static struct ui_point on_path(struct ui_point a, struct ui_point b, double t) {
    double dx = b.x - a.x, dy = b.y - a.y;
    struct ui_point c = {(a.x + b.x) / 2 - dy * 0.12, (a.y + b.y) / 2 + dx * 0.12 * (dy >= 0 ? 1 : -1)};
    double u = 1 - t;
    return (struct ui_point){u * u * a.x + 2 * u * t * c.x + t * t * b.x, u * u * a.y + 2 * u * t * c.y + t * t * b.y};
}

static struct ui_rect around(struct ui_point c, double w, double h) {
    return (struct ui_rect){c.x - w / 2, c.y - h / 2, w, h};
}

/* From thin where it was to thick where it is. */
static void trail(const struct ui_stage *s, struct ui_list *l, struct ui_point a, struct ui_point b, double t) {
    enum { STEPS = 18 };
    struct ui_point p[2 * (STEPS + 1)];
    struct ui_point now = on_path(a, b, t);
    if (hypot(now.x - a.x, now.y - a.y) < 12) return;
    for (int i = 0; i <= STEPS; i++) {
        double u = t * i / STEPS, half = 0.5 + 3 * (double)i / STEPS;
        struct ui_point c = on_path(a, b, u), d = on_path(a, b, u + 0.01);
        double dx = d.x - c.x, dy = d.y - c.y, len = hypot(dx, dy);
        if (len < 1e-9) len = 1;
        double nx = -dy / len * half, ny = dx / len * half;
        p[i] = (struct ui_point){c.x + nx, c.y + ny};
        p[2 * STEPS + 1 - i] = (struct ui_point){c.x - nx, c.y - ny};
    }
    ui_poly(l, p, 2 * (STEPS + 1), ui_fade(s->th->spot_edge, 0.75), 0, 0);
}

/* Where a new goroutine comes from: the gutter of its go statement, if that line is on screen. */
static struct ui_rect birthplace(const struct ui_stage *s, const struct rp_g *g, struct ui_rect to) {
    struct ui_rect line;
    if (s->lay.shown[UI_R_SOURCE] && RT_POS_FILE(g->created_at) == 0 &&
        ui_line_rect(s, RT_POS_LINE(g->created_at), &line))
        return (struct ui_rect){line.x + 8, line.y + 2, 27, line.h - 4};
    return around(middle(to), to.w * 0.3, to.h * 0.3);
}

static void draw_tile(struct ui_stage *s, struct ui_list *l, double progress) {
    struct tile tile;
    if (!find_tile(s, &tile)) return;
    struct str text = {0};
    rp_value(s->log, (enum rt_value_kind)tile.kind, tile.value, &text);
    double u = ease_out(progress), w = ui_width(l, UI_MONO_600, 16, str_cstr(&text)) + 18;
    if (w < 32) w = 32;
    if (w > 160) w = 160;
    struct ui_rect r = around(on_path(middle(tile.a), middle(tile.b), u), w, 34);
    trail(s, l, middle(tile.a), middle(tile.b), u);
    ui_rrect(l, ui_inset(r, -4), 6, s->th->spot, 0, 0);
    ui_rrect(l, r, 2, s->th->card, s->th->ink2, 1.5);
    ui_text_fit(l, r.x + 9, r.y + 23, UI_MONO_600, 16, s->th->ink, w - 16, str_cstr(&text));
    str_free(&text);
}

/* Those of a batch leave one after another, the oldest first. */
static double place_in_train(const struct ui_stage *s, const struct ui_place *p) {
    if (s->event.kind != RT_EV_RunqSteal && s->event.kind != RT_EV_RunqOverflow) return 0;
    const struct ui_place *from = ui_find_place(&s->before, (enum ui_thing)p->thing, p->id);
    double rank = 0;
    for (size_t i = 0; from && i < s->now.cap; i++) {
        const struct ui_place *q = &s->now.slots[i];
        if (q->at.w <= 0 || !q->moving || !q->spotted || q == p) continue;
        const struct ui_place *was = ui_find_place(&s->before, (enum ui_thing)q->thing, q->id);
        if (was && was->nest == from->nest && was->at.x < from->at.x) rank++;
    }
    return rank > 5 ? 5 : rank;
}

struct flight {
    const struct ui_place *to, *from;
    struct ui_rect a, b;
    bool slide; /* only moves up in its queue */
};

static void draw_origin(const struct ui_stage *s, struct ui_list *l, const struct flight *f, double t) {
    if (!f->from || f->slide || t > 0.62) return;
    char id[24], name[8];
    ui_label(s, f->to->id, id, sizeof id, name, sizeof name);
    if (f->to->thing == UI_THING_G && f->a.w >= 28) ui_slot_left(s, l, f->a, id);
}

static void draw_flight(struct ui_stage *s, struct ui_list *l, const struct flight *f, double t) {
    bool lit = f->to->spotted;
    double start = f->slide ? 0.55 : 0.1 * place_in_train(s, f->to), end = f->slide ? 1 : 0.9;
    double u = ease_out(span(t, start, end));
    struct ui_point a = middle(f->a), b = middle(f->b),
                    c = f->slide ? ui_lerp(f->a, f->b, u).w > 0
                                       ? (struct ui_point){a.x + (b.x - a.x) * u, a.y + (b.y - a.y) * u}
                                       : a
                                 : on_path(a, b, u);
    struct ui_rect r = around(c, f->a.w + (f->b.w - f->a.w) * u, f->a.h + (f->b.h - f->a.h) * u);
    if (f->to->thing == UI_THING_M) {
        ui_draw_plate(s, l, f->to->id, r, (f->to->state & 1) != 0, (f->to->state & 2) != 0, "", false);
        return;
    }
    const struct rp_g *g = rp_g(s->st, f->to->id);
    if (g) ui_draw_pill(s, l, g, r, lit);
}

static bool make_flight(const struct ui_stage *s, const struct ui_place *p, struct flight *f) {
    if (p->at.w <= 0 || !p->moving) return false;
    *f = (struct flight){.to = p, .from = ui_find_place(&s->before, (enum ui_thing)p->thing, p->id), .b = p->at};
    if (f->from) {
        f->a = f->from->at;
        f->slide = f->from->nest == p->nest;
        return true;
    }
    const struct rp_g *g = p->thing == UI_THING_G ? rp_g(s->st, p->id) : NULL;
    f->a = g ? birthplace(s, g, p->at) : around(middle(p->at), p->at.w * 0.2, p->at.h * 0.2);
    return true;
}

/* The dead fade where they stood. */
static void draw_deaths(struct ui_stage *s, struct ui_list *l, double t) {
    if (s->event.kind != RT_EV_GoDestroy) return;
    const struct ui_place *was = ui_find_place(&s->before, UI_THING_G, s->event.g);
    const struct rp_g *g = rp_g(s->st, s->event.g);
    if (!was || !g || ui_find_place(&s->now, UI_THING_G, s->event.g)) return;
    double shrink = 1 - 0.25 * ease_out(t);
    ui_draw_pill(s, l, g, around(middle(was->at), was->at.w * shrink, was->at.h * shrink), false);
}

void ui_draw_flights(struct ui_stage *s, struct ui_list *l, double progress) {
    struct flight f;
    draw_deaths(s, l, progress);
    for (size_t i = 0; i < s->now.cap; i++)
        if (make_flight(s, &s->now.slots[i], &f)) draw_origin(s, l, &f, progress);
    for (size_t i = 0; i < s->now.cap; i++)
        if (make_flight(s, &s->now.slots[i], &f) && !f.slide && f.to->spotted && f.to->thing == UI_THING_G)
            trail(s, l, middle(f.a), middle(f.b), ease_out(span(progress, 0.1 * place_in_train(s, f.to), 0.9)));
    for (int pass = 0; pass < 2; pass++) /* what is lit flies above the rest */
        for (size_t i = 0; i < s->now.cap; i++)
            if (make_flight(s, &s->now.slots[i], &f) && (f.to->spotted ? 1 : 0) == pass)
                draw_flight(s, l, &f, progress);
    draw_tile(s, l, progress);
}
