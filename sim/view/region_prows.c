/* region_prows.c - the processors: one row each, with its thread, what runs, runnext and the local queue. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

/* Where the parts of a row stand, from its left edge. */
struct geo {
    double label, dock, dock_w, run, run_w, next, next_w, queue, queue_w;
    double cy, plate_h, pill_h, next_h, queue_h, base; /* from the row's top; base 0: no line under the pill */
    double label_size;
    double heat, heat_w; /* how busy it was of late; heat_w 0: no room for that */
};

static struct geo presenter_geo(double w, double h) {
    struct geo g = {.label = 18, .dock = 86, .dock_w = 114, .run = 212, .label_size = 38};
    if (w < 600) g = (struct geo){.label = 10, .dock = 54, .dock_w = 66, .run = 128, .label_size = 22};
    double rest = w - g.run - 18;
    g.run_w = floor(rest * 0.492);
    g.next = g.run + g.run_w + 26;
    g.next_w = floor(rest * 0.207);
    g.queue = g.next + g.next_w + 22;
    g.queue_w = w - 14 - g.queue;
    g.cy = h / 2;
    g.plate_h = h < 92 ? h - 24 : 60;
    g.pill_h = h < 92 ? h - 24 : 64;
    g.next_h = g.queue_h = h < 92 ? h - 36 : 48;
    return g;
}

static struct geo narrow_geo(double w) {
    struct geo g = {.label = 8, .dock = 46, .dock_w = 50, .run = 102, .run_w = floor(w * 0.26)};
    g.next = g.run + g.run_w + 8;
    g.next_w = 48;
    g.queue = g.next + g.next_w + 8;
    g.queue_w = w - 6 - g.queue;
    return g;
}

static struct geo row_geo(const struct ui_stage *s, double w, double h) {
    if (s->lay.cls == UI_PRESENTER) return presenter_geo(w, h);
    double f = (w - 600) / 184;
    f = f < 0 ? 0 : f > 1 ? 1 : f;
    struct geo g = {
        .label = 12 + 6 * f, .dock = 58 + 22 * f, .dock_w = 80 + 16 * f, .run_w = 144 + 44 * f, .next_w = 72 + 26 * f};
    if (w < 500) {
        g = narrow_geo(w);
    } else {
        g.run = g.dock + g.dock_w + 10;
        g.next = g.run + g.run_w + 18 + 6 * f;
        g.queue = g.next + g.next_w + 14 + 2 * f;
        g.queue_w = w - 8 - g.queue;
    }
    g.cy = h >= 160 ? 68 : h >= 112 ? 47 : h >= 96 ? 39 : h >= 70 ? 26 : h / 2;
    g.plate_h = g.pill_h = h >= 160 ? 66 : h >= 112 ? 50 : h >= 96 ? 46 : h >= 70 ? 38 : fmin(27, h - 6);
    g.next_h = h >= 160 ? 52 : h >= 112 ? 42 : h >= 96 ? 40 : h >= 70 ? 34 : g.pill_h - 3;
    g.queue_h = h >= 160 ? 46 : h >= 112 ? 38 : h >= 96 ? 36 : h >= 70 ? 32 : g.pill_h - 3;
    g.base = h >= 160 ? 139 : h >= 112 ? 97 : h >= 96 ? 84 : h >= 70 ? 61 : 0;
    g.label_size = h >= 160 ? 34 : h >= 96 ? 29 : h >= 70 ? 24 : h >= 30 ? 17 : 13;
    if (g.base <= 0 && w > 740) {
        g.heat_w = 110;
        g.heat = w - 10 - g.heat_w;
        g.queue_w -= g.heat_w + 16;
    }
    return g;
}

/* How far back the strips look: 2 ms, or less while the run is young. */
static int64_t heat_ns(const struct ui_stage *s) {
    int64_t ns = 2000000;
    while (ns > 20000 && ns > s->time)
        ns /= 10;
    return ns;
}

/* The share of each stretch of the last time in which the P ran something. */
static void draw_heat(struct ui_stage *s, struct ui_list *l, unsigned p, struct ui_rect b) {
    enum { PARTS = 22 };
    const struct ui_theme *t = s->th;
    int64_t all = heat_ns(s), from = s->time - all;
    ui_fill(l, b, t->load[0]);
    for (int i = 0; i < PARTS; i++) {
        int64_t lo = from + all * i / PARTS, hi = from + all * (i + 1) / PARTS, in[RP_SPAN_KINDS];
        rp_lane_shares(s->session, RP_LANE_P, p, lo > 0 ? lo : 0, hi > 0 ? hi : 0, in);
        int64_t busy = in[RP_SPAN_RUN] + in[RP_SPAN_SYSCALL];
        if (busy <= 0) continue;
        int level = (int)fmin(4, ceil(4 * (double)busy / (double)(hi - lo)));
        ui_fill(l, (struct ui_rect){b.x + b.w * i / PARTS, b.y, b.w / PARTS, b.h}, t->load[level]);
    }
}

static void chevron(const struct ui_stage *s, struct ui_list *l, double x, double cy) {
    struct ui_point p[] = {{x + 2.5, cy - 5}, {x - 2.5, cy}, {x + 2.5, cy + 5}};
    ui_line(l, p, 3, s->th->line2, 2);
}

static void line_text(const struct ui_stage *s, rt_pos pos, char *buf, size_t n) {
    const char *text;
    size_t length;
    rp_source_line(s->log, pos, &text, &length);
    if (length) snprintf(buf, n, "%u %.*s", RT_POS_LINE(pos), (int)(length < n ? length : n), text);
    else buf[0] = 0;
}

static const uint64_t slice_ns = 10000000; /* sysmon preempts after 10 ms */

static void slice_gauge(struct ui_stage *s, struct ui_list *l, const struct rp_p *p, double x, double base,
                        double end) {
    const struct ui_theme *t = s->th;
    double w = 38, gx = end - w - 4, tw = ui_width(l, UI_SANS_400, 12.5, "slice");
    if (gx - tw - 6 < x) return;
    ui_text(l, gx - 8, base, UI_SANS_400, 12.5, t->ink2, UI_END, "slice");
    double used = (double)(s->time - p->slice_from) / (double)slice_ns;
    used = used < 0 ? 0 : used > 1 ? 1 : used;
    ui_rrect(l, (struct ui_rect){gx, base - 7, w, 6}, 3, ui_mix(t->card, t->line2, 0.4), 0, 0);
    ui_rrect(l, (struct ui_rect){gx, base - 7, 4 + (w - 4) * used, 6}, 3, t->ink2, 0, 0);
}

static const char *ordinal(char *buf, size_t n, int32_t rank) {
    if (rank < 0) return "claimed: its thread is on the way";
    if (rank == 0) return "idle: taken first when work comes";
    snprintf(buf, n, "idle: %d%s on the idle list", rank + 1, rank == 1 ? "nd" : rank == 2 ? "rd" : "th");
    return buf;
}

/* The line under the running slot: what the row does. */
static void status_line(struct ui_stage *s, struct ui_list *l, const struct rp_p *p, double x, double base, double end,
                        double far) {
    const struct ui_theme *t = s->th;
    const struct rp_g *g = p->g ? rp_g(s->st, p->g) : NULL;
    const struct rp_m *m = p->m >= 0 ? rp_m(s->st, (unsigned)p->m) : NULL;
    char buf[160];
    if (g && g->state == RP_G_SYSCALL) {
        ui_text_fit(l, x, base, UI_SANS_400, 13, t->ink2, far - x, "in a system call; its P stays with it for now");
        return;
    }
    if (g) {
        rt_pos pos = ui_g_pos(s, g);
        if (s->fine.on && s->fine.g == g->goid && s->fine.instruction[0])
            snprintf(buf, sizeof buf, "%s", s->fine.instruction);
        else line_text(s, pos, buf, sizeof buf);
        /* The gauge stands under the running slot, or where a long line leaves it room. */
        if (ui_width(l, UI_MONO_500, 13, buf) > end - x - 84) end = far;
        ui_text_fit(l, x, base, UI_MONO_500, 13, t->ink2, end - x - 90, buf);
        slice_gauge(s, l, p, x, base, end);
        return;
    }
    const char *text = "";
    if (p->state == RP_P_IDLE) text = ordinal(buf, sizeof buf, p->idle_rank);
    else if (m && m->spinning) text = "spinning: a thread with a P and no work";
    else if (m) text = "its thread looks for work";
    else text = "claimed: its thread is on the way";
    ui_text_fit(l, x, base, UI_SANS_400, 13, t->ink2, far - x, text);
}

static void queue_bar(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct rp_ring *q) {
    ui_rrect(l, b, 3, s->th->well, 0, 0);
    double f = (double)q->len / 256;
    ui_rrect(l, (struct ui_rect){b.x, b.y, b.w * (f > 1 ? 1 : f), b.h}, 3, ui_bar_color(s, q), 0, 0);
    for (int i = 1; i < 4; i++)
        ui_fill(l, (struct ui_rect){b.x + b.w * i / 4, b.y, 1.5, b.h}, ui_fade(s->th->card, 0.6));
}

/* One form for the queues of all Ps: pills beside bars would make four look like two hundred. */
static bool all_bars(const struct ui_stage *s, double w) {
    for (unsigned i = 0; i < rp_np(s->st); i++)
        if (2 * (double)(rp_p(s->st, i)->ring.len) * 5 > w) return true;
    return false;
}

/* Least width of a pill that can carry every id there is. */
static double id_width(const struct ui_stage *s, const struct ui_list *l) {
    char id[24];
    uint32_t newest = s->nbriefs ? s->briefs[s->nbriefs - 1].goid : 1;
    snprintf(id, sizeof id, "G%u", newest);
    return fmax(44, ui_width(l, UI_MONO_700, 11, id) + 10);
}

static void draw_queue(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct rp_ring *q,
                       uint64_t nest) {
    if (all_bars(s, b.w)) {
        queue_bar(s, l, ui_inset(b, b.h >= 30 ? 6 : 2), q);
        return;
    }
    bool big = b.h >= 30;
    double gap = big ? 6 : 4;
    size_t slots = big ? 3 : 4, n = q->len, dots = 0;
    if (s->lay.cls == UI_PRESENTER || b.w < 150) slots = 1;
    for (size_t i = 0; i < n && i < 64; i++) {
        const struct rp_g *g = rp_g(s->st, q->goids[i]);
        if (g && g->system) dots++;
    }
    size_t pills = n - dots, shown = pills < slots ? slots : pills;
    double dot = big ? 10 : 8, room = b.w - (double)dots * (dot + 3);
    double w = (room - gap * (double)(shown - 1)) / (double)shown;
    if (n == 0) {
        ui_slot(s, l, (struct ui_rect){b.x, b.y, w, b.h}, rt_log_get_info(s->log)->foreign ? "not told" : "empty");
        for (size_t i = 1; i < slots; i++)
            ui_rrect(l, (struct ui_rect){b.x + (double)i * (w + gap), b.y, w, b.h}, b.h / 2, s->th->well, 0, 0);
        return;
    }
    bool named = w >= fmin(id_width(s, l), room);
    if (!named) { /* no room for names: dots */
        w = (b.w - 2 * (double)(n - 1)) / (double)n;
        if (w > 14) w = 14;
        gap = 2;
        shown = pills;
        dot = w;
    }
    double x = b.x;
    for (size_t i = 0; i < n; i++) {
        const struct rp_g *g = rp_g(s->st, q->goids[i]);
        if (!g) continue;
        bool small = g->system || !named;
        double pw = small ? dot : w, ph = small ? (dot < b.h ? dot : b.h) : b.h;
        ui_pill_at(s, l, g, (struct ui_rect){x, b.y + (b.h - ph) / 2, pw, ph}, UI_R_PROWS, nest);
        x += pw + (small && named ? 3 : gap);
    }
    for (size_t i = pills; i < slots && x + w <= b.x + b.w + 1; i++, x += w + gap)
        ui_rrect(l, (struct ui_rect){x, b.y, w, b.h}, b.h / 2, s->th->well, 0, 0);
}

static void draw_dock(struct ui_stage *s, struct ui_list *l, const struct rp_p *p, struct ui_rect b, unsigned i) {
    if (p->m < 0) {
        ui_plate_slot(s, l, b);
        return;
    }
    const struct rp_m *m = rp_m(s->st, (unsigned)p->m);
    char sub[32] = "";
    const struct rt_log_info *info = rt_log_get_info(s->log);
    bool cores = info && info->cores > 0 && info->world && strcmp(info->world, "live") != 0;
    if (m->core >= 0) snprintf(sub, sizeof sub, s->lay.cls == UI_PRESENTER ? "core %d" : "on core %d", m->core);
    else if (cores) snprintf(sub, sizeof sub, "no core yet");
    ui_plate_at(s, l, (unsigned)p->m, b, !m->spinning, m->spinning, sub, UI_R_PROWS, 100 + i);
}

/* In a low row the plate draws back, so that what its thread has in hand stands beside it. */
static double hand_width(const struct geo *geo) { return geo->dock_w >= 80 ? 52 : 12; }

static bool has_hand(const struct ui_stage *s, const struct rp_p *p) {
    uint32_t hands[16];
    size_t n = p->m >= 0 ? ui_hands(s, hands, 16) : 0;
    for (size_t i = 0; i < n; i++)
        if (rp_g(s->st, hands[i])->m == p->m) return true;
    return false;
}

static void draw_hand(struct ui_stage *s, struct ui_list *l, const struct rp_p *p, struct ui_rect row,
                      const struct geo *geo) {
    uint32_t hands[16];
    size_t n = ui_hands(s, hands, 16);
    double x = row.x + geo->dock, top = row.y + geo->cy + geo->plate_h / 2;
    double w = geo->base > 0 ? geo->dock_w : 34;
    for (size_t i = 0; i < n; i++) {
        const struct rp_g *g = rp_g(s->st, hands[i]);
        if (g->m < 0 || g->m != p->m) continue;
        double h = row.h >= 112 ? 24 : row.h >= 96 ? 21 : 18;
        struct ui_rect b = {x, top + (row.h >= 112 ? 8 : 5), w, h};
        if (geo->base <= 0) { /* the plate has made room for it */
            double end = row.x + geo->run - 3, from = end - hand_width(geo);
            b = (struct ui_rect){from, row.y + geo->cy - fmin(20, row.h - 8) / 2, end - from, fmin(20, row.h - 8)};
        }
        ui_pill_at(s, l, g, b, UI_R_PROWS, 900);
        x += w + 3;
    }
}

/* A row is lit when the narration speaks of the P, not of what merely happens on it. */
static bool row_lit(const struct ui_stage *s, unsigned i) {
    if (!s->has_event || s->fine.on || s->says.p != (int32_t)i) return false;
    enum rt_event_cat cat = rt_event_category(s->event.kind);
    return cat == RT_CAT_PROC || cat == RT_CAT_QUEUE || s->event.kind == RT_EV_GoStart ||
           s->event.kind == RT_EV_GoStop || s->event.kind == RT_EV_Preempt || s->event.kind == RT_EV_MSpin;
}

static void draw_tick(const struct ui_stage *s, struct ui_list *l, const struct rp_p *p, double x, double y,
                      double room) {
    char buf[40];
    snprintf(buf, sizeof buf, "tick %llu", (unsigned long long)p->tick);
    if (ui_width(l, UI_MONO_400, 12.5, buf) > room) snprintf(buf, sizeof buf, "t %llu", (unsigned long long)p->tick);
    ui_text_fit(l, x, y, UI_MONO_400, ui_width(l, UI_MONO_400, 12.5, buf) > room ? 11 : 12.5, s->th->ink2, room, buf);
}

static void draw_row(struct ui_stage *s, struct ui_list *l, unsigned i, struct ui_rect row) {
    const struct ui_theme *t = s->th;
    const struct rp_p *p = rp_p(s->st, i);
    struct geo g = row_geo(s, row.w, row.h);
    bool idle = p->state != RP_P_RUNNING, lit = row_lit(s, i);
    uint64_t nest = (uint64_t)i << 8;
    ui_panel(s, l, row, 3, lit);
    ui_add_hit(s, row, UI_HIT_P, i);
    double cy = row.y + g.cy, x = row.x;
    double label_y = g.base > 0 ? row.y + (row.h >= 96 ? g.cy + 6 : g.cy + 8) : cy + 0.36 * g.label_size;
    ui_textf(l, x + g.label, label_y, UI_MONO_700, g.label_size, idle ? t->ink3 : t->ink, UI_START, "P%u", i);
    if (g.base > 0) draw_tick(s, l, p, x + g.label, label_y + (row.h >= 96 ? 21 : 22), g.dock - g.label - 3);
    double dock_w = g.dock_w;
    if (g.base <= 0 && has_hand(s, p)) dock_w = g.run - g.dock - hand_width(&g) - 5;
    draw_dock(s, l, p, (struct ui_rect){x + g.dock, cy - g.plate_h / 2, dock_w, g.plate_h}, i);

    struct ui_rect run = {x + g.run, cy - g.pill_h / 2, g.run_w, g.pill_h};
    const struct rp_g *rg = p->g ? rp_g(s->st, p->g) : NULL;
    if (rg) {
        if (row.h >= 96) ui_rrect(l, ui_inset(run, -4), run.h / 2 + 4, t->well, 0, 0);
        ui_pill_at(s, l, rg, run, UI_R_PROWS, nest | 1);
    } else {
        ui_slot(s, l, run, idle ? "idle" : "");
    }
    struct ui_rect next = {x + g.next, cy - g.next_h / 2, g.next_w, g.next_h};
    const struct rp_g *ng = p->runnext ? rp_g(s->st, p->runnext) : NULL;
    if (!ng || ng->system) ui_slot(s, l, next, ng ? NULL : rt_log_get_info(s->log)->foreign ? "not told" : "empty");
    if (ng && ng->system)
        ui_pill_at(s, l, ng, (struct ui_rect){next.x + next.w / 2 - 5, cy - 5, 10, 10}, UI_R_PROWS, nest | 2);
    else if (ng) ui_pill_at(s, l, ng, next, UI_R_PROWS, nest | 2);
    if (next.x - run.x - run.w >= 12) chevron(s, l, (run.x + run.w + next.x) / 2 - (row.h >= 96 ? 1 : 0), cy);
    if (x + g.queue - next.x - next.w >= 12) chevron(s, l, (next.x + next.w + x + g.queue) / 2, cy);
    double count_w = g.base > 0 || s->lay.cls == UI_PRESENTER ? 0 : 30;
    draw_queue(s, l, (struct ui_rect){x + g.queue, cy - g.queue_h / 2, g.queue_w - count_w, g.queue_h}, &p->ring,
               nest | 3);
    if (count_w > 0)
        ui_textf(l, g.heat_w > 0 ? x + g.heat - 10 : x + row.w - 8, cy + 5, UI_MONO_600, 13, t->ink, UI_END, "%zu", p->ring.len);
    if (g.heat_w > 0) draw_heat(s, l, i, (struct ui_rect){x + g.heat, cy - g.queue_h / 2, g.heat_w, g.queue_h});
    if (g.base > 0) {
        double far = row.w > 700 ? x + row.w - 100 : x + g.next + g.next_w;
        status_line(s, l, p, x + g.run + 8, row.y + g.base, x + g.run + g.run_w, far);
        if (!rt_log_get_info(s->log)->foreign) ui_textf(l, x + row.w - 16, row.y + g.base, UI_MONO_500, 13, t->ink2, UI_END, "%zu of 256", p->ring.len);
    }
    draw_hand(s, l, p, row, &g);
}

static void draw_tile(struct ui_stage *s, struct ui_list *l, unsigned i, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    const struct rp_p *p = rp_p(s->st, i);
    ui_add_hit(s, b, UI_HIT_P, i);
    if (b.w < 30) { /* a cell: does it run, and how much waits for it */
        size_t queued = p->ring.len + (p->runnext ? 1 : 0);
        int load = p->state != RP_P_RUNNING ? 0 : queued == 0 ? 1 : queued < 16 ? 2 : queued < 128 ? 3 : 4;
        ui_rrect(l, b, 2, t->load[load], row_lit(s, i) ? t->spot_edge : 0, row_lit(s, i) ? 2 : 0);
        return;
    }
    ui_panel(s, l, b, 3, row_lit(s, i));
    double fill = (double)(p->ring.len + (p->runnext ? 1 : 0)) / 257;
    ui_fill(l, (struct ui_rect){b.x + 2, b.y + b.h - 5, (b.w - 4) * (fill > 1 ? 1 : fill), 3}, t->load[3]);
    ui_textf(l, b.x + 4, b.y + (b.h > 22 ? 14 : 13), UI_MONO_600, 11, p->state == RP_P_RUNNING ? t->ink : t->ink3,
             UI_START, "P%u", i);
    const struct rp_g *g = p->g ? rp_g(s->st, p->g) : NULL;
    if (g && b.w >= 40) ui_disc(l, b.x + b.w - 8, b.y + 9, 4, ui_theme_site(t, g->system ? 0 : g->site)->fill);
}

static void captions(struct ui_stage *s, struct ui_list *l, double x, double w, double y) {
    struct geo g = row_geo(s, w, s->lay.row_h);
    double size = s->lay.cls == UI_PRESENTER ? 18 : 13;
    ui_color c = s->th->ink2;
    char last[40], d[32];
    snprintf(last, sizeof last, "last %s", ui_duration_text(d, sizeof d, heat_ns(s)));
    const struct {
        double at, end;
        const char *text, *brief; /* in the order of enum ui_word */
    } column[] = {{g.dock, g.run, "thread", "M"},
                  {g.run, g.next, "running", "running"},
                  {g.next, g.queue, "runnext", "next"},
                  {g.queue, g.heat_w > 0 ? g.heat : w, s->lay.row_h < 70 && g.queue_w > 150 ? "local queue, of 256" : "local queue", "queue"},
                  {g.heat, w, last, "busy"}};
    for (int i = 0; i < (g.heat_w > 0 ? 5 : 4); i++) { /* none runs into the next */
        double room = column[i].end - column[i].at - 4;
        const char *text = ui_width(l, UI_SANS_500, size, column[i].text) <= room ? column[i].text : column[i].brief;
        if (ui_width(l, UI_SANS_500, size, text) > room) continue;
        double drawn = ui_text(l, x + column[i].at, y, UI_SANS_500, size, c, UI_START, text);
        ui_add_hit(s, (struct ui_rect){x + column[i].at - 4, y - size, drawn + 8, size + 6}, UI_HIT_WORD, (uint64_t)i);
    }
}

/* Before the first event there are no Ps yet; their rows are there, empty. */
static void draw_empty_row(struct ui_stage *s, struct ui_list *l, unsigned i, struct ui_rect row) {
    struct geo g = row_geo(s, row.w, row.h);
    double cy = row.y + g.cy;
    ui_panel(s, l, row, 3, false);
    double y = g.base > 0 ? row.y + (row.h >= 96 ? g.cy + 6 : g.cy + 8) : cy + 0.36 * g.label_size;
    ui_textf(l, row.x + g.label, y, UI_MONO_700, g.label_size, s->th->ink3, UI_START, "P%u", i);
    ui_plate_slot(s, l, (struct ui_rect){row.x + g.dock, cy - g.plate_h / 2, g.dock_w, g.plate_h});
    ui_slot(s, l, (struct ui_rect){row.x + g.run, cy - g.pill_h / 2, g.run_w, g.pill_h}, NULL);
    ui_slot(s, l, (struct ui_rect){row.x + g.next, cy - g.next_h / 2, g.next_w, g.next_h}, NULL);
    ui_slot(s, l, (struct ui_rect){row.x + g.queue, cy - g.queue_h / 2, g.queue_w, g.queue_h}, NULL);
}

void ui_draw_prows(struct ui_stage *s, struct ui_list *l) {
    const struct ui_layout *lay = &s->lay;
    struct ui_rect b = lay->at[UI_R_PROWS];
    double top = b.y + (lay->cls == UI_PRESENTER ? 32 : 26), pitch = lay->row_h + lay->row_gap;
    unsigned np = rp_np(s->st), all = lay->rows * lay->columns;
    const struct rt_log_info *info = rt_log_get_info(s->log);
    if (np == 0 && info && info->procs < all) all = info->procs > 0 ? info->procs : 1;
    if (lay->tile_w > 0) {
        for (unsigned i = 0; i < np; i++)
            draw_tile(s, l, i,
                      (struct ui_rect){b.x + (i % lay->columns) * (lay->tile_w + 4), top + i / lay->columns * pitch,
                                       lay->tile_w, lay->row_h});
        return;
    }
    double w = (b.w - 8 * (lay->columns - 1)) / lay->columns;
    for (unsigned c = 0; c < lay->columns; c++)
        captions(s, l, b.x + c * (w + 8), w, top - (lay->cls == UI_PRESENTER ? 12 : 8));
    for (unsigned i = 0; i < (np > 0 ? np : all); i++) {
        struct ui_rect row = {b.x + i / lay->rows * (w + 8), top + i % lay->rows * pitch, w, lay->row_h};
        if (np > 0) draw_row(s, l, i, row);
        else draw_empty_row(s, l, i, row);
    }
}
