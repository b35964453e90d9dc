/* region_field.c - all goroutines at once, a dot each in the order of their creation, coloured by state. What has ended
 * leaves its dot empty, so that nobody changes place. */
#include <math.h>
#include <stdio.h>

#include "parts.h"

static bool alive(const struct rp_brief *g) {
    return !g->system && g->state != RP_G_DEAD && g->state != RP_G_NONE;
}

/* Of those that share a dot the one that is rarest in a crowd shows. */
static int rank(uint8_t state) {
    switch (state) {
    case RP_G_RUNNING: return 4;
    case RP_G_SYSCALL: return 3;
    case RP_G_RUNNABLE: return 2;
    case RP_G_WAITING: return 1;
    default: return 0;
    }
}

static uint8_t cell_state(const struct ui_stage *s, size_t cell) {
    uint8_t best = RP_G_NONE;
    size_t from = s->field.first + cell * s->field.per, to = from + s->field.per;
    for (size_t i = from; i < to && i < s->nbriefs; i++)
        if (alive(&s->briefs[i]) && rank(s->briefs[i].state) > rank(best)) best = s->briefs[i].state;
    return best;
}

static size_t plan(struct ui_stage *s, struct ui_rect b) {
    struct ui_field *f = &s->field;
    double scale = s->lay.scale > 0 ? s->lay.scale : 1;
    size_t first = 0;
    while (first < s->nbriefs && !alive(&s->briefs[first]))
        first++;
    size_t n = s->nbriefs - first;
    *f = (struct ui_field){.x = b.x, .y = b.y, .first = first, .per = 1, .columns = 1};
    if (n == 0) return 0;
    for (;; f->per++) { /* whole pixels, at least two, or dots would run together */
        size_t cells = (n + f->per - 1) / f->per;
        double px = fmin(16, floor(sqrt(b.w * b.h * scale * scale / (double)cells)));
        for (; px >= 2; px--) {
            f->pitch = px / scale;
            f->columns = (size_t)(b.w / f->pitch);
            if (f->columns > 0 && ceil((double)cells / (double)f->columns) * f->pitch <= b.h) return cells;
        }
    }
}

/* Neighbours in one state are one rectangle; lines of the card's colour between them make the dots. */
static void draw_runs(struct ui_stage *s, struct ui_list *l, size_t cells) {
    const struct ui_field *f = &s->field;
    for (size_t i = 0; i < cells;) {
        uint8_t state = cell_state(s, i);
        size_t row = i / f->columns, end = i + 1;
        while (end < cells && end / f->columns == row && cell_state(s, end) == state)
            end++;
        ui_color c = rank(state) ? s->th->state[state] : s->th->well;
        ui_fill(l,
                (struct ui_rect){f->x + (double)(i % f->columns) * f->pitch, f->y + (double)row * f->pitch,
                                 (double)(end - i) * f->pitch, f->pitch},
                c);
        i = end;
    }
}

static void draw_grid(struct ui_stage *s, struct ui_list *l, size_t cells) {
    const struct ui_field *f = &s->field;
    double scale = s->lay.scale > 0 ? s->lay.scale : 1, px = floor(f->pitch * scale + 0.5);
    if (px < 3) return;
    double gap = (px >= 8 ? 2 : 1) / scale, h = ceil((double)cells / (double)f->columns) * f->pitch;
    for (size_t i = 1; i <= f->columns; i++)
        ui_fill(l, (struct ui_rect){f->x + (double)i * f->pitch - gap, f->y, gap, h}, s->th->card);
    for (double y = f->pitch; y <= h + 0.01; y += f->pitch)
        ui_fill(l, (struct ui_rect){f->x, f->y + y - gap, (double)f->columns * f->pitch, gap}, s->th->card);
}

/* The few that run, or are in the kernel, must be found at a glance. */
static void draw_rare(struct ui_stage *s, struct ui_list *l, size_t cells) {
    const struct ui_field *f = &s->field;
    double scale = s->lay.scale > 0 ? s->lay.scale : 1, side = fmax(f->pitch, 4 / scale);
    for (size_t i = 0; i < cells; i++) {
        uint8_t state = cell_state(s, i);
        if (state != RP_G_RUNNING && state != RP_G_SYSCALL) continue;
        double x = f->x + (double)(i % f->columns) * f->pitch, y = f->y + (double)(i / f->columns) * f->pitch;
        ui_fill(l, (struct ui_rect){x - (side - f->pitch) / 2, y - (side - f->pitch) / 2, side, side},
                s->th->state[state]);
    }
}

void ui_draw_field(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_FIELD], in = {b.x + 14, b.y + 32, b.w - 28, b.h - 44};
    char note[48];
    ui_panel(s, l, b, 6, false);
    size_t cells = plan(s, in);
    ui_text(l, b.x + 14, b.y + 21, UI_SANS_600, 14, t->ink, UI_START, "All goroutines");
    if (s->field.per == 1) snprintf(note, sizeof note, "one dot each, oldest first");
    else snprintf(note, sizeof note, "a dot for %zu, oldest first", s->field.per);
    ui_text(l, b.x + b.w - 14, b.y + 21, UI_SANS_400, 13, t->ink2, UI_END, note);
    draw_runs(s, l, cells);
    draw_grid(s, l, cells);
    draw_rare(s, l, cells);
    ui_add_hit(s, in, UI_HIT_FIELD, 0);
}

uint32_t ui_field_at(const struct ui_stage *s, double x, double y) {
    const struct ui_field *f = &s->field;
    if (!s->lay.shown[UI_R_FIELD] || f->pitch <= 0 || x < f->x || y < f->y) return 0;
    size_t column = (size_t)((x - f->x) / f->pitch), row = (size_t)((y - f->y) / f->pitch);
    if (column >= f->columns) return 0;
    size_t from = f->first + (row * f->columns + column) * f->per;
    uint32_t best = 0;
    int most = 0;
    for (size_t i = from; i < from + f->per && i < s->nbriefs; i++) {
        if (!alive(&s->briefs[i]) || rank(s->briefs[i].state) <= most) continue;
        most = rank(s->briefs[i].state);
        best = s->briefs[i].goid;
    }
    return best;
}
