#include "parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/* ---- texts -------------------------------------------------------------------------------------------------- */

const char *ui_count_text(char *buf, size_t n, uint64_t v) {
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)v);
    size_t at = 0;
    for (int i = 0; i < len && at + 4 < n; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            memcpy(buf + at, "\xe2\x80\x89", 3); /* thin space */
            at += 3;
        }
        buf[at++] = digits[i];
    }
    buf[at] = 0;
    return buf;
}

const char *ui_clock_text(char *buf, size_t n, int64_t ns) {
    int64_t unit = ns < 1000000000 ? 1000000 : 1000000000, whole = ns / unit;
    int64_t micro = ns % unit / (unit / 1000000); /* six decimals of the unit */
    char head[40];
    ui_count_text(head, sizeof head, (uint64_t)whole);
    snprintf(buf, n, "%s.%03d\xe2\x80\x89%03d %s", head, (int)(micro / 1000), (int)(micro % 1000),
             unit == 1000000 ? "ms" : "s");
    return buf;
}

const char *ui_duration_text(char *buf, size_t n, int64_t ns) {
    static const struct {
        int64_t unit;
        const char *name;
    } units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "µs"}, {1, "ns"}};
    /* What would round up to 1000 of a unit is 1 of the next. */
    int u = ns >= 999500000 ? 0 : ns >= 999500 ? 1 : ns >= 1000 ? 2 : 3;
    double v = (double)ns / (double)units[u].unit;
    int places = u == 3 || v >= 100 ? 0 : v >= 10 ? 1 : 2;
    snprintf(buf, n, "%.*f", places, v);
    if (strchr(buf, '.')) {
        size_t len = strlen(buf);
        while (buf[len - 1] == '0')
            buf[--len] = 0;
        if (buf[len - 1] == '.') buf[--len] = 0;
    }
    size_t len = strlen(buf);
    snprintf(buf + len, n - len, " %s", units[u].name);
    return buf;
}

void ui_label(const struct ui_stage *s, uint32_t goid, char *id, size_t nid, char *name, size_t nname) {
    struct str label = {0};
    rp_label(s->st, goid, &label);
    const char *text = str_cstr(&label), *space = strchr(text, ' ');
    snprintf(id, nid, "%.*s", (int)(space ? space - text : (long)strlen(text)), text);
    snprintf(name, nname, "%s", space ? space + 1 : "");
    str_free(&label);
}

const char *ui_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

struct ui_rect ui_lerp(struct ui_rect a, struct ui_rect b, double t) {
    return (struct ui_rect){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.w + (b.w - a.w) * t, a.h + (b.h - a.h) * t};
}

/* ---- icons -------------------------------------------------------------------------------------------------- */

enum ui_icon ui_state_icon(const struct rp_g *g) {
    switch (g->state) {
    case RP_G_RUNNING:
        return UI_I_RUNNING;
    case RP_G_RUNNABLE:
        return UI_I_READY;
    case RP_G_SYSCALL:
        return UI_I_SYSCALL;
    case RP_G_WAITING:
        return g->until > 0 ? UI_I_ASLEEP : UI_I_WAITING;
    case RP_G_DEAD:
        return UI_I_DEAD;
    default:
        return UI_I_NONE;
    }
}

double ui_icon_width(enum ui_icon icon, double size) { return icon == UI_I_NONE ? 0 : size * 0.64; }

static void clock_icon(struct ui_list *l, double cx, double cy, double s, ui_color c) {
    ui_arc(l, cx, cy, 0.357 * s, 0, 2 * pi, c, 0.1214 * s);
    struct ui_point hands[] = {{cx, cy - 0.2 * s}, {cx, cy}, {cx + 0.157 * s, cy + 0.114 * s}};
    ui_line(l, hands, 3, c, 0.114 * s);
}

static void syscall_icon(struct ui_list *l, double cx, double cy, double s, ui_color c) {
    double sw = 0.143 * s;
    ui_line(l, (struct ui_point[]){{cx, cy - 0.393 * s}, {cx, cy + 0.107 * s}}, 2, c, sw);
    struct ui_point head[] = {{cx - 0.243 * s, cy - 0.1 * s}, {cx, cy + 0.157 * s}, {cx + 0.243 * s, cy - 0.1 * s}};
    ui_line(l, head, 3, c, sw);
    ui_line(l, (struct ui_point[]){{cx - 0.321 * s, cy + 0.371 * s}, {cx + 0.321 * s, cy + 0.371 * s}}, 2, c, sw);
}

static void triangle(struct ui_list *l, double cx, double cy, double w, double h, ui_color fill, ui_color stroke,
                     double sw) {
    ui_poly(l, (struct ui_point[]){{cx - w / 2, cy - h / 2}, {cx + w / 2, cy}, {cx - w / 2, cy + h / 2}}, 3, fill,
            stroke, sw);
}

static void chan_icon(struct ui_list *l, double cx, double cy, ui_color c) {
    ui_rrect(l, (struct ui_rect){cx - 7, cy - 4, 14, 8}, 1.5, 0, c, 1.65);
    ui_segment(l, cx - 2, cy - 3.5, cx - 2, cy + 3.5, c, 1.4);
    ui_segment(l, cx + 2, cy - 3.5, cx + 2, cy + 3.5, c, 1.4);
}

static void lock_icon(struct ui_list *l, double cx, double cy, ui_color c) {
    ui_rrect(l, (struct ui_rect){cx - 5, cy - 1, 10, 7}, 1.3, c, 0, 0);
    ui_arc(l, cx, cy - 2.6, 2.97, pi, 2 * pi, c, 1.87);
    ui_segment(l, cx - 2.97, cy - 2.6, cx - 2.97, cy, c, 1.87);
    ui_segment(l, cx + 2.97, cy - 2.6, cx + 2.97, cy, c, 1.87);
}

static void spin_icon(struct ui_list *l, double cx, double cy, double s, ui_color c) {
    double r = 0.253 * s;
    ui_arc(l, cx, cy, r, -1.0, 3.9, c, 0.1056 * s);
    double x = cx + r * cos(3.9), y = cy + r * sin(3.9);
    struct ui_point head[] = {{x - 0.07 * s, y - 0.16 * s}, {x + 0.13 * s, y - 0.01 * s}, {x - 0.1 * s, y + 0.1 * s}};
    ui_poly(l, head, 3, c, 0, 0);
}

void ui_draw_icon(struct ui_list *l, enum ui_icon icon, double cx, double cy, double s, ui_color c) {
    switch (icon) {
    case UI_I_RUNNING:
        triangle(l, cx, cy, 0.586 * s, 0.714 * s, c, 0, 0);
        break;
    case UI_I_READY:
        triangle(l, cx, cy, 0.528 * s, 0.629 * s, 0, c, 0.1214 * s);
        break;
    case UI_I_WAITING:
        ui_rrect(l, (struct ui_rect){cx - 0.286 * s, cy - 0.321 * s, 0.2 * s, 0.643 * s}, 0.6, c, 0, 0);
        ui_rrect(l, (struct ui_rect){cx + 0.086 * s, cy - 0.321 * s, 0.2 * s, 0.643 * s}, 0.6, c, 0, 0);
        break;
    case UI_I_ASLEEP:
        clock_icon(l, cx, cy, s, c);
        break;
    case UI_I_SYSCALL:
        syscall_icon(l, cx, cy, s, c);
        break;
    case UI_I_DEAD:
    case UI_I_CROSS: {
        double a = 0.2 * s;
        ui_line(l, (struct ui_point[]){{cx - a, cy - a}, {cx + a, cy + a}}, 2, c, 0.11 * s);
        ui_line(l, (struct ui_point[]){{cx + a, cy - a}, {cx - a, cy + a}}, 2, c, 0.11 * s);
        break;
    }
    case UI_I_TICK: {
        struct ui_point p[] = {
            {cx - 0.27 * s, cy + 0.02 * s}, {cx - 0.08 * s, cy + 0.21 * s}, {cx + 0.27 * s, cy - 0.21 * s}};
        ui_line(l, p, 3, c, 0.137 * s);
        break;
    }
    case UI_I_CHAN:
        chan_icon(l, cx, cy, c);
        break;
    case UI_I_LOCK:
        lock_icon(l, cx, cy, c);
        break;
    case UI_I_GROUP:
        ui_disc(l, cx - 3.74, cy + 2.6, 2.53, c);
        ui_disc(l, cx + 3.74, cy + 2.6, 2.53, c);
        ui_disc(l, cx, cy - 3.3, 2.53, c);
        break;
    case UI_I_ONCE:
        ui_arc(l, cx, cy, 5.5, 0, 2 * pi, c, 1.8);
        break;
    case UI_I_SPIN:
        spin_icon(l, cx, cy, s, c);
        break;
    case UI_I_FORK: {
        struct ui_point a[] = {{cx - 4, cy + 4}, {cx, cy}, {cx + 4, cy + 4}};
        ui_line(l, a, 3, c, 1.6);
        ui_line(l, (struct ui_point[]){{cx, cy}, {cx, cy - 5}}, 2, c, 1.6);
        break;
    }
    case UI_I_BACK:
        triangle(l, cx + 1, cy, -9, 12, c, 0, 0);
        ui_fill(l, (struct ui_rect){cx - 5.5, cy - 6, 2.4, 12}, c);
        break;
    case UI_I_PLAY:
        triangle(l, cx, cy, 9, 12, c, 0, 0);
        break;
    case UI_I_PAUSE:
        ui_fill(l, (struct ui_rect){cx - 4.5, cy - 5.5, 3, 11}, c);
        ui_fill(l, (struct ui_rect){cx + 1.5, cy - 5.5, 3, 11}, c);
        break;
    case UI_I_FORWARD:
        triangle(l, cx - 1, cy, 9, 12, c, 0, 0);
        ui_fill(l, (struct ui_rect){cx + 3.1, cy - 6, 2.4, 12}, c);
        break;
    case UI_I_NONE:
        break;
    }
}

/* ---- panels and slots --------------------------------------------------------------------------------------- */

void ui_panel(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, double radius, bool lit) {
    const struct ui_theme *t = s->th;
    ui_rrect(l, b, radius, t->card, lit ? t->spot_edge : t->line, lit ? 2 : t->panel_border);
}

void ui_shadow(struct ui_list *l, struct ui_rect b, double radius) {
    for (int i = 4; i > 0; i--)
        ui_rrect(l, (struct ui_rect){b.x - i, b.y - i + 2, b.w + 2 * i, b.h + 2 * i}, radius + i, 0x0a141e10, 0, 0);
}

const char *ui_object_kind(const struct rp_obj *o) {
    static const char *const kinds[] = {"channel", "Mutex", "RWMutex", "WaitGroup", "Cond", "Once", "semaphore"};
    return o->kind < sizeof kinds / sizeof *kinds ? kinds[o->kind] : "object";
}

const char *ui_object_name(const struct rp_obj *o) { return o->name[0] ? o->name : ui_object_kind(o); }

void ui_slot(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *text) {
    const struct ui_theme *t = s->th;
    ui_rrect_dashed(l, b, b.h / 2, t->well, t->line2, 1.5, 3, 4);
    double size = s->lay.cls == UI_PRESENTER ? 18 : b.h >= 30 ? 13 : 12;
    if (text && ui_width(l, UI_SANS_400, size, text) < b.w - 8)
        ui_text(l, b.x + b.w / 2, b.y + b.h / 2 + 0.36 * size, UI_SANS_400, size, t->ink3, UI_MIDDLE, text);
}

void ui_slot_coming(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *text, double size) {
    const struct ui_theme *t = s->th;
    ui_rrect_dashed(l, b, b.h / 2, t->spot_tint, t->spot_edge, 1.5, 5, 4);
    if (ui_width(l, UI_MONO_600, size, text) < b.w - 6)
        ui_text(l, b.x + b.w / 2, b.y + b.h / 2 + 0.36 * size, UI_MONO_600, size, t->spot_ink, UI_MIDDLE, text);
}

void ui_slot_left(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *text) {
    const struct ui_theme *t = s->th;
    ui_rrect_dashed(l, b, b.h / 2, 0, ui_mix(t->line2, t->ink3, 0.2), 1.5, 4, 4);
    double size = b.h >= 30 ? 13.8 : 11;
    if (ui_width(l, UI_MONO_600, size, text) < b.w - 6)
        ui_text(l, b.x + b.w / 2, b.y + b.h / 2 + 0.36 * size, UI_MONO_600, size, t->ink3, UI_MIDDLE, text);
}

/* ---- goroutines --------------------------------------------------------------------------------------------- */

struct pill_look {
    ui_color fill, edge, text, icon;
    double sw;
    bool hatched, dashed, struck;
};

static struct pill_look pill_look(const struct ui_stage *s, const struct rp_g *g) {
    const struct ui_theme *t = s->th;
    const struct ui_site_color *c = ui_theme_site(t, g->system ? 0 : g->site);
    struct pill_look k = {.fill = t->card, .edge = c->edge, .text = t->ink, .icon = c->edge, .sw = 2};
    if (s->ended && g->state == RP_G_RUNNABLE && g->starts == 0) { /* never ran */
        k.edge = t->line2, k.text = k.icon = t->ink3;
        k.sw = 1.5;
        return k;
    }
    switch (g->state) {
    case RP_G_RUNNING:
        k.fill = c->fill, k.text = k.icon = c->text;
        k.sw = 0;
        break;
    case RP_G_RUNNABLE:
        k.fill = c->tint;
        k.dashed = g->why == RT_WHY_Preempted || g->why == RT_WHY_StopTheWorld;
        break;
    case RP_G_SYSCALL:
        k.hatched = true;
        break;
    case RP_G_WAITING:
        if (g->until > 0) k.fill = c->tint;
        break;
    default:
        k.edge = t->line2, k.text = k.icon = t->ink3;
        k.sw = 1.5;
        k.struck = g->state == RP_G_DEAD;
        break;
    }
    return k;
}

/* Doublings of the stack beyond 2 KB, as ticks in the right cap. */
static void stack_ticks(struct ui_list *l, const struct rp_g *g, struct ui_rect b, ui_color c) {
    if (b.w < 70 || b.h < 28) return;
    int n = 0;
    for (uint64_t bytes = 4096; bytes <= g->stack && n < 8; bytes *= 2)
        n++;
    double y = b.y + b.h / 2 - (n - 1) * 1.5;
    for (int i = 0; i < n; i++)
        ui_fill(l, (struct ui_rect){b.x + b.w - 9, y + i * 3 - 0.5, 5, 1.2}, c);
}

/* Icon, id and name with the gaps between them. */
static double label_width(const struct ui_list *l, enum ui_icon icon, double size, const char *id, const char *name) {
    double iw = ui_icon_width(icon, size), gap = size * 0.42;
    return (iw > 0 ? iw + gap : 0) + ui_width(l, UI_MONO_700, size, id) + gap + ui_width(l, UI_SANS_500, size, name);
}

void ui_draw_pill(const struct ui_stage *s, struct ui_list *l, const struct rp_g *g, struct ui_rect b, bool spotted) {
    const struct ui_theme *t = s->th;
    struct pill_look k = pill_look(s, g);
    double r = b.h / 2, ring = b.h >= 30 ? 5 : b.h >= 20 ? 3 : 2;
    if (spotted) ui_rrect(l, ui_inset(b, -ring), r + ring, t->spot, 0, 0);
    if (g->goid == s->mode.follow && g->goid != 0)
        ui_rrect(l, ui_inset(b, -(spotted ? ring + 3 : 5)), r + ring + 3, 0, t->ink, 2);
    if (b.w < 18) {
        ui_rrect(l, b, r, k.fill == t->card ? k.edge : ui_mix(k.fill, k.edge, 0.85), 0, 0);
        return;
    }
    ui_rrect(l, b, r, k.fill, 0, 0);
    const struct ui_site_color *c = ui_theme_site(t, g->system ? 0 : g->site);
    if (k.hatched)
        ui_hatch(l, ui_inset(b, 1), r - 1, ui_mix(c->tint, c->edge, t == ui_theme(UI_CONTRAST) ? 0.3 : 0.12));
    if (k.sw > 0) ui_rrect_dashed(l, b, r, 0, k.edge, b.h < 24 ? 1.5 : k.sw, k.dashed ? 5 : 0, 3);

    char id[24], name[96];
    ui_label(s, g->goid, id, sizeof id, name, sizeof name);
    double size = floor(b.h * 0.4175 * 2 + 0.5) / 2, room = b.w - b.h * 0.42 - 6;
    if (size > 17) size = b.h > 56 ? floor(b.h * 0.375) : 17;
    if (size < 11) size = 11;
    bool never = s->ended && g->state == RP_G_RUNNABLE && g->starts == 0;
    if (size > (never ? 11 : 13) && (never || b.h < 30)) size = never ? 11 : 13;
    enum ui_icon icon = ui_state_icon(g);
    if (never) {
        icon = UI_I_NONE;
        snprintf(name, sizeof name, "never ran");
    }
    double iw = ui_icon_width(icon, size), gap = iw > 0 ? size * 0.42 : 0;
    while (size > 11 && ui_width(l, UI_MONO_700, size, id) > b.w - 8)
        size -= 0.5;
    /* A whole name in smaller type says more than half a name in larger. */
    while (b.w >= 84 && size > 13 && name[0] && label_width(l, icon, size, id, name) > room)
        size -= 0.5;
    iw = ui_icon_width(icon, size);
    gap = iw > 0 ? size * 0.42 : 0;
    double id_w = ui_width(l, UI_MONO_700, size, id), name_w = ui_width(l, UI_SANS_500, size, name);
    double name_gap = name[0] ? size * 0.42 : 0;
    /* Half a name says nothing, or another name: only a wide pill cuts the end of a long one. */
    double least = b.w >= 124 && name_w > size * 6 ? size * 5 : name_w;
    bool with_name = b.w >= 84 && name[0] && iw + gap + id_w + name_gap + least <= room;
    if (with_name && iw + gap + id_w + name_gap + name_w > room) name_w = room - iw - gap - id_w - name_gap;
    if (!with_name) name_w = name_gap = 0;
    if (iw + gap + id_w > room || b.w < 52) iw = gap = 0;
    double x = b.x + b.w / 2 - (iw + gap + id_w + name_gap + name_w) / 2, cy = b.y + b.h / 2, base = cy + 0.357 * size;
    if (iw > 0) ui_draw_icon(l, icon, x + iw / 2, cy, size, k.icon);
    double id_x = x + iw + gap;
    ui_text(l, id_x, base, UI_MONO_700, size, k.text, UI_START, id);
    if (with_name) ui_text_fit(l, id_x + id_w + name_gap, base, UI_SANS_500, size, k.text, name_w + 0.5, name);
    if (k.struck) ui_segment(l, id_x - 2, cy, id_x + id_w + name_gap + name_w + 2, cy, k.text, 1.25);
    stack_ticks(l, g, b, k.icon);
}

void ui_pill_at(struct ui_stage *s, struct ui_list *l, const struct rp_g *g, struct ui_rect b, enum ui_region region,
                uint64_t nest) {
    struct ui_place *p = ui_put_place(s, UI_THING_G, g->goid, b, region, nest);
    ui_add_hit(s, b, UI_HIT_G, g->goid);
    if (!p || !p->moving) {
        ui_draw_pill(s, l, g, b, ui_is_spotted(s, g->goid));
        return;
    }
    const struct ui_place *from = ui_find_place(&s->before, UI_THING_G, g->goid);
    if (from && from->nest == nest) return; /* it only moves up */
    char id[24], name[8];
    ui_label(s, g->goid, id, sizeof id, name, sizeof name);
    if (ui_is_spotted(s, g->goid)) ui_slot_coming(s, l, b, id, b.h >= 44 ? 15 : b.h >= 30 ? 14 : 11);
    else ui_slot_left(s, l, b, "");
}

ui_color ui_bar_color(const struct ui_stage *s, const struct rp_ring *q) {
    unsigned count[UI_SITES] = {0};
    size_t step = q->len > 256 ? q->len / 256 : 1, looked = 0;
    for (size_t i = 0; i < q->len; i += step, looked++) {
        const struct rp_g *g = rp_g(s->st, q->goids[i]);
        unsigned site = !g || g->system ? 0 : g->site < UI_SITES ? g->site : 1 + (g->site - 1u) % (UI_SITES - 1);
        count[site]++;
    }
    for (unsigned i = 0; i < UI_SITES; i++)
        if (count[i] * 5 >= looked * 4) return ui_theme_site(s->th, i)->fill;
    return ui_theme_site(s->th, 0)->fill;
}

void ui_draw_strip(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, double share, unsigned site) {
    const struct ui_site_color *c = ui_theme_site(s->th, site);
    double w = fmax(8, b.w * (share > 1 ? 1 : share));
    ui_rrect(l, b, 3, s->th->well, 0, 0);
    ui_rrect(l, (struct ui_rect){b.x, b.y, w, b.h}, 3, c->tint, c->edge, 1.5);
    for (double x = 5; x < w - 3; x += 5)
        ui_fill(l, (struct ui_rect){b.x + x, b.y + 3, 1.25, b.h - 6}, c->edge);
}

static double chip_size(double h) { return h >= 26 ? 14 : h >= 22 ? 15 : h > 17 ? 11.5 : 11; }

double ui_chip_width(const struct ui_list *l, const struct rp_g *g, double h) {
    char id[16];
    snprintf(id, sizeof id, "G%u", g->goid);
    double w = ui_width(l, UI_MONO_700, chip_size(h), id) + (h > 17 ? h * 0.75 : 7.2);
    return w < 24 ? 24 : floor(w + 0.5);
}

double ui_chip(const struct ui_stage *s, struct ui_list *l, const struct rp_g *g, double x, double cy, double h) {
    struct pill_look k = pill_look(s, g);
    double w = ui_chip_width(l, g, h), size = chip_size(h);
    struct ui_rect b = {x, cy - h / 2, w, h};
    const struct ui_site_color *c = ui_theme_site(s->th, g->system ? 0 : g->site);
    ui_rrect(l, b, h / 2, k.fill, 0, 0);
    if (k.hatched) ui_hatch(l, ui_inset(b, 1), h / 2 - 1, ui_mix(c->tint, c->edge, 0.12));
    if (k.sw > 0) ui_rrect(l, b, h / 2, 0, k.edge, 1.5);
    ui_textf(l, x + w / 2, cy + 0.36 * size, UI_MONO_700, size, k.text, UI_MIDDLE, "G%u", g->goid);
    return w;
}

/* ---- threads ------------------------------------------------------------------------------------------------ */

static size_t plate_points(struct ui_rect b, struct ui_point *p) {
    double nose = 0.3 * b.h, r = b.h < 30 ? 3 : 4;
    size_t n = 0;
    p[n++] = (struct ui_point){b.x + b.w - nose, b.y};
    p[n++] = (struct ui_point){b.x + b.w, b.y + b.h / 2};
    p[n++] = (struct ui_point){b.x + b.w - nose, b.y + b.h};
    for (int corner = 0; corner < 2; corner++) {
        double cy = corner ? b.y + r : b.y + b.h - r, from = corner ? pi : pi / 2;
        for (int i = 0; i <= 4; i++) {
            double a = from + pi / 2 * i / 4;
            p[n++] = (struct ui_point){b.x + r + r * cos(a), cy + r * sin(a)};
        }
    }
    return n;
}

void ui_draw_plate(const struct ui_stage *s, struct ui_list *l, unsigned m, struct ui_rect b, bool solid, bool spinning,
                   const char *sub, bool spotted) {
    const struct ui_theme *t = s->th;
    struct ui_point p[16];
    size_t n;
    if (spotted) {
        n = plate_points(b, p);
        ui_poly(l, p, n, t->spot, t->spot, b.h >= 30 ? 9 : 6);
    }
    n = plate_points(solid ? b : ui_inset(b, 1), p);
    ui_poly(l, p, n, solid ? t->m : t->card, solid ? 0 : t->m, solid ? 0 : 2);
    ui_color c = solid ? t->on_m : t->ink;
    double size = b.h >= 60 ? 22 : b.h >= 48 ? 18 : b.h >= 36 ? 17 : b.h >= 24 ? 14 : 12;
    bool two = sub[0] && b.h >= 36;
    double cx = b.x + (b.w - 0.21 * b.h) / 2, cy = b.y + b.h / 2, base = two ? cy - 1 : cy + 0.36 * size;
    char id[16];
    snprintf(id, sizeof id, "M%u", m);
    double w = ui_width(l, UI_MONO_700, size, id), icon = spinning ? size * 0.8 : 0;
    if (spinning) ui_draw_icon(l, UI_I_SPIN, cx - w / 2 - 3, base - 0.36 * size, size, c);
    ui_text(l, cx - (w - icon) / 2 + (spinning ? 1 : 0), base, UI_MONO_700, size, c, UI_START, id);
    if (!two) return;
    double small = b.h >= 60 ? 16 : b.h >= 48 ? 11.9 : 11.5;
    while (small > 11 && ui_width(l, UI_SANS_500, small, sub) > b.w - 0.3 * b.h - 8)
        small -= 0.5;
    if (small < 11) small = 11;
    if (ui_width(l, UI_SANS_500, small, sub) > b.w - 0.3 * b.h) return;
    ui_text(l, cx, cy + (b.h >= 60 ? 18 : b.h >= 48 ? 13.5 : 12.75), UI_SANS_500, small, c, UI_MIDDLE, sub);
}

void ui_plate_slot(const struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    struct ui_point p[16];
    size_t n = plate_points(ui_inset(b, 0.75), p);
    p[n] = p[0]; /* closed by hand: lines are open */
    ui_line_dashed(l, p, n + 1, s->th->line2, 1.5, 3, 4);
}

void ui_plate_at(struct ui_stage *s, struct ui_list *l, unsigned m, struct ui_rect b, bool solid, bool spinning,
                 const char *sub, enum ui_region region, uint64_t nest) {
    struct ui_place *p = ui_put_place(s, UI_THING_M, m, b, region, nest);
    bool spotted = s->says.ng == 0 && s->says.m == (int32_t)m && s->has_event;
    ui_add_hit(s, b, UI_HIT_M, m);
    if (p) p->state = (uint8_t)((solid ? 1 : 0) | (spinning ? 2 : 0));
    if (p && p->moving) return;
    ui_draw_plate(s, l, m, b, solid, spinning, sub, spotted);
}

/* ---- buttons ------------------------------------------------------------------------------------------------ */

double ui_button(struct ui_stage *s, struct ui_list *l, double x, double y, double h, bool end, enum ui_icon icon,
                 const char *text, const char *key, bool on, bool grey, enum ui_hit_kind kind, uint64_t id) {
    const struct ui_theme *t = s->th;
    double size = h >= 30 ? 13.5 : 13, pad = h >= 30 ? 10.5 : 9;
    bool arrow = (unsigned char)key[0] >= 0x80 || strlen(key) > 1;
    enum ui_face key_face = arrow ? UI_SANS_500 : UI_MONO_500;
    double iw = icon == UI_I_NONE ? 0 : 20, tw = ui_width(l, UI_SANS_600, size, text);
    double kw = key[0] ? ui_width(l, key_face, 12, key) + 9 : 0;
    double w = floor(pad * 2 + iw + tw + kw + 0.5);
    if (end) x -= w;
    struct ui_rect b = {x, y, w, h};
    bool hot = ui_inside(b, s->mode.mouse_x, s->mode.mouse_y) && !grey;
    ui_color fill = on ? t->ink : hot ? t->well : t->card, ink = on ? t->on_ink : grey ? t->ink3 : t->ink;
    ui_rrect(l, b, h >= 30 ? 5 : 4, fill, on ? t->ink : grey ? t->line : hot ? t->ink2 : t->line2, 1);
    double base = y + h / 2 + 0.37 * size;
    if (iw > 0) ui_draw_icon(l, icon, x + pad + 6, y + h / 2, 14, ink);
    ui_text(l, x + pad + iw, base, UI_SANS_600, size, ink, UI_START, text);
    if (kw > 0) ui_text(l, x + w - pad, base, key_face, 12, on ? t->on_ink : t->ink3, UI_END, key);
    if (!grey) ui_add_hit(s, b, kind, id);
    return w;
}
