#include "layout.h"

#include <math.h>
#include <string.h>

static double least(double a, double b) { return a < b ? a : b; }
static double most(double a, double b) { return a > b ? a : b; }
static double whole(double v) { return floor(v + 0.5); }

static void set(struct ui_layout *l, enum ui_region r, double x, double y, double w, double h) {
    l->at[r] = (struct ui_rect){whole(x), whole(y), whole(x + w) - whole(x), whole(y + h) - whole(y)};
    l->shown[r] = w > 0 && h > 0;
}

/* Heights of P rows: by their number, and never more than there is room for. */
static void plan_tiles(struct ui_layout *l, unsigned procs, double width, double room) {
    /* The last two have no room for a name: a cell each, by its load. */
    const double sizes[][2] = {{46, 34}, {40, 26}, {34, 18}, {16, 16}, {8, 8}};
    for (int i = 0; i < 5; i++) {
        l->columns = (unsigned)((width + 4) / (sizes[i][0] + 4));
        l->rows = (procs + l->columns - 1) / l->columns;
        l->row_h = sizes[i][1];
        l->row_gap = 3;
        l->tile_w = sizes[i][0];
        if (l->rows * (l->row_h + l->row_gap) <= room) return;
    }
}

static void plan_rows(struct ui_layout *l, unsigned procs, double width, double room) {
    if (procs > 32) {
        plan_tiles(l, procs, width, room);
        return;
    }
    bool compact = l->cls != UI_NORMAL;
    l->columns = procs > 8 ? 2 : 1;
    l->rows = (procs + l->columns - 1) / l->columns;
    if (l->rows == 0) l->rows = 1;
    /* A bigger place shows bigger things: one P alone has room to grow. */
    double h = l->rows == 1 ? 160 : l->rows <= 2 ? 112 : l->rows == 3 ? 96 : l->rows == 4 ? 70 : 35;
    l->row_gap = l->rows <= 2 ? 12 : l->rows <= 4 ? 4 : 3;
    if (compact && l->rows <= 3) l->row_gap = 4;
    double fits = floor((room - l->row_gap * (l->rows - 1)) / l->rows);
    if (h <= fits) {
        l->row_h = h;
        return;
    }
    /* The next smaller form of a row. */
    const double forms[] = {160, 112, 96, 70, 35};
    l->row_h = most(16, least(fits, 35));
    for (int i = 0; i < 5; i++) {
        if (forms[i] > fits || forms[i] > h) continue;
        l->row_h = forms[i];
        break;
    }
    if (l->row_h <= 35) l->row_gap = least(l->row_gap, 3);
    if (l->rows * (l->row_h + l->row_gap) - l->row_gap > room + 0.5) plan_tiles(l, procs, width, room);
}

static double rows_height(const struct ui_layout *l) { return l->rows * l->row_h + (l->rows - 1) * l->row_gap; }

/* The machine's column: captions and P rows, global queue, threads. */
static void stack_machine(struct ui_layout *l, double x, double y, double w, double bottom, unsigned procs,
                          double global_h, double shelf_h, double gap) {
    double captions = 26;
    double room = bottom - y - captions - gap - global_h - gap - shelf_h;
    plan_rows(l, procs, w, room);
    double rh = rows_height(l), rows_y = y + captions;
    /* Captions belong to the rows' region. */
    set(l, UI_R_PROWS, x, y, w, captions + rh);
    double gy = rows_y + rh + gap;
    set(l, UI_R_GLOBAL, x, gy, w, global_h);
    double ty = gy + global_h + gap;
    /* One P leaves more room than the shelf can use. */
    set(l, UI_R_THREADS, x, ty, w, least(124, most(shelf_h, bottom - ty)));
    /* Where even the smallest rows fill the place, what comes last gives way. */
    if (ty + shelf_h > bottom) l->shown[UI_R_THREADS] = false;
    if (gy + global_h > bottom) l->shown[UI_R_GLOBAL] = false;
    if (rows_y + rh > bottom) l->at[UI_R_PROWS].h = most(0, bottom - y);
}

static void layout_wide(struct ui_layout *l, unsigned procs, const struct ui_tabs *tabs) {
    bool compact = l->cls == UI_COMPACT;
    double gap = compact ? 8 : 12, m = compact ? 8 : 12;
    double bar = compact ? 44 : 48, low = compact ? 164 : 208;
    double bar_y = l->h - m + (compact ? 0 : 4) - bar, low_y = bar_y - (compact ? gap : 8) - low;
    double main_bottom = low_y - 8, top = 44 + 8;
    double source_w = compact ? whole(l->w * 0.25) : whole(l->w * 0.25);
    double x1 = m + source_w + gap, inner = l->w - m - x1;
    double rooms_w = compact ? whole(l->w * 0.235) : 368;
    double narration_h = compact ? 70 : 96;
    set(l, UI_R_HEADER, 0, 0, l->w, 45);
    set(l, UI_R_SOURCE, m, top, source_w, main_bottom - top);
    set(l, UI_R_NARRATION, x1, top, inner, narration_h);
    double y = top + narration_h + 4, machine_w = inner - gap - rooms_w, rx = x1 + machine_w + gap;
    stack_machine(l, x1, y, machine_w, main_bottom, procs, compact ? 44 : 58, 52, compact ? 6 : 12);
    set(l, UI_R_CENSUS, rx, y + 2, rooms_w, 20);
    set(l, UI_R_ROOMS, rx, y + 26, rooms_w, main_bottom - y - 26);
    l->card = l->at[UI_R_ROOMS];
    if (compact) {
        set(l, tabs->low == UI_TAB_TIMELINE ? UI_R_TIMELINE : UI_R_OUTPUT, m, low_y, l->w - 2 * m, low);
    } else {
        double out_w = 396;
        set(l, UI_R_TIMELINE, m, low_y, l->w - 2 * m - gap - out_w, low);
        set(l, UI_R_OUTPUT, l->w - m - out_w, low_y, out_w, low);
    }
    set(l, UI_R_TRANSPORT, m, bar_y, l->w - 2 * m, bar);
}

static void layout_narrow(struct ui_layout *l, unsigned procs, const struct ui_tabs *tabs) {
    double m = 8, gap = 8, bar = 44, low = 120;
    double bar_y = l->h - m - bar, low_y = bar_y - gap - low, bottom = low_y - gap, top = 52;
    double left = 300, x1 = m + left + gap, w = l->w - m - x1;
    set(l, UI_R_HEADER, 0, 0, l->w, 45);
    l->tabs = (struct ui_rect){m, top, left, 30};
    set(l, tabs->left == UI_TAB_SOURCE ? UI_R_SOURCE : UI_R_ROOMS, m, top + 34, left, bottom - top - 34);
    set(l, UI_R_NARRATION, x1, top, w, 70);
    set(l, UI_R_CENSUS, x1 + w - least(w, 368), top + 74, least(w, 368), 20);
    stack_machine(l, x1, top + 94, w, bottom, procs, 44, 52, 6);
    l->card = (struct ui_rect){m, top + 34, left, bottom - top - 34};
    set(l, tabs->low == UI_TAB_TIMELINE ? UI_R_TIMELINE : UI_R_OUTPUT, m, low_y, l->w - 2 * m, low);
    set(l, UI_R_TRANSPORT, m, bar_y, l->w - 2 * m, bar);
}

static void layout_single(struct ui_layout *l, unsigned procs, const struct ui_tabs *tabs) {
    double m = 6, gap = 6, bar = 44;
    double bar_y = l->h - m - bar, top = m;
    set(l, UI_R_NARRATION, m, top, l->w - 2 * m, 70);
    l->tabs = (struct ui_rect){m, top + 74, l->w - 2 * m, 30};
    double y = top + 74 + 34, h = bar_y - gap - y, w = l->w - 2 * m;
    switch (tabs->only) {
    case UI_ONLY_SOURCE:
        set(l, UI_R_SOURCE, m, y, w, h);
        break;
    case UI_ONLY_ROOMS:
        set(l, UI_R_ROOMS, m, y, w, h);
        break;
    case UI_ONLY_TIMELINE:
        set(l, UI_R_TIMELINE, m, y, w, h);
        break;
    case UI_ONLY_OUTPUT:
        set(l, UI_R_OUTPUT, m, y, w, h);
        break;
    default:
        stack_machine(l, m, y, w, y + h, procs, 44, 52, 6);
        break;
    }
    l->card = (struct ui_rect){m, y, w, h};
    set(l, UI_R_TRANSPORT, m, bar_y, w, bar);
}

/* As stage-presenter.png: 1280 x 720 whatever the window is. */
static void layout_presenter(struct ui_layout *l, unsigned procs) {
    double m = 12, gap = 12, low = 68, low_y = l->h - m - low, top = 136;
    double source_w = whole(l->w * 0.347), x1 = m + source_w + gap, w = l->w - m - x1;
    set(l, UI_R_NARRATION, m, 12, l->w - 2 * m, 112);
    set(l, UI_R_TIMELINE, m, low_y, l->w - 2 * m, low);
    set(l, UI_R_OUTPUT, m, low_y - gap - 76, source_w, 76);
    set(l, UI_R_SOURCE, m, top, source_w, low_y - gap - 76 - gap - top);
    l->columns = procs > 4 ? 2 : 1;
    l->rows = (procs + l->columns - 1) / l->columns;
    if (l->rows == 0) l->rows = 1;
    double bottom = low_y - gap, room = bottom - top - 32 - 120;
    l->row_gap = 8;
    l->row_h = least(92, floor((room - (l->rows - 1) * l->row_gap) / l->rows));
    if (l->row_h < 34) plan_tiles(l, procs, w, room);
    set(l, UI_R_PROWS, x1, top, w, 32 + rows_height(l));
    double y = top + 32 + rows_height(l) + 8;
    set(l, UI_R_ROOMS, x1, y, w, bottom - y);
    l->card = l->at[UI_R_ROOMS];
}

void ui_layout(struct ui_layout *l, double w, double h, double z, bool presenter, unsigned procs,
               const struct ui_tabs *tabs) {
    memset(l, 0, sizeof *l);
    double k = presenter ? h / 720 : most(1, least(w / 1600, h / 900));
    l->scale = k * z;
    l->w = w / l->scale;
    l->h = h / l->scale;
    if (presenter) {
        l->cls = UI_PRESENTER;
        layout_presenter(l, procs);
    } else if (l->w >= 1440 && l->h >= 800) {
        l->cls = UI_NORMAL;
        layout_wide(l, procs, tabs);
    } else if (l->w >= 1200 && l->h >= 680) {
        l->cls = UI_COMPACT;
        layout_wide(l, procs, tabs);
    } else if (l->w >= 960 && l->h >= 600) {
        l->cls = UI_NARROW;
        layout_narrow(l, procs, tabs);
    } else {
        l->cls = UI_SINGLE;
        layout_single(l, procs, tabs);
    }
}

void ui_layout_crowd(struct ui_layout *l) {
    if (l->cls != UI_NORMAL && l->cls != UI_COMPACT) return;
    const double gap = 8, states = 108;
    struct ui_rect src = l->at[UI_R_SOURCE], rooms = l->at[UI_R_ROOMS], census = l->at[UI_R_CENSUS];
    double top = whole(src.h * 0.46);
    set(l, UI_R_SOURCE, src.x, src.y, src.w, top);
    set(l, UI_R_FIELD, src.x, src.y + top + gap, src.w, src.h - top - gap);
    set(l, UI_R_CENSUS, census.x, census.y, census.w, states);
    double y = census.y + states + gap;
    set(l, UI_R_ROOMS, rooms.x, y, rooms.w, rooms.y + rooms.h - y);
    l->card = l->at[UI_R_ROOMS];
}

void ui_layout_view(struct ui_layout *l, enum ui_view view) {
    if (view == UI_VIEW_STAGE) return;
    bool keeps_run = view == UI_VIEW_EVENTS && l->cls != UI_SINGLE;
    double margin = l->cls == UI_NORMAL || l->cls == UI_PRESENTER ? 12 : 8, top = l->shown[UI_R_HEADER] ? 52 : margin;
    double bottom = l->h - margin;
    for (int r = 0; r < UI_REGIONS; r++) {
        bool run = r == UI_R_TIMELINE || r == UI_R_OUTPUT;
        bool stays = r == UI_R_HEADER || r == UI_R_TRANSPORT || (keeps_run && run && l->at[r].y > l->h / 2);
        if (run && l->cls == UI_PRESENTER && r == UI_R_OUTPUT) stays = false;
        l->shown[r] = l->shown[r] && stays;
        if (l->shown[r] && r != UI_R_HEADER) bottom = least(bottom, l->at[r].y - 8);
    }
    l->tabs = (struct ui_rect){0};
    if (view == UI_VIEW_GALLERY) {
        memset(l->shown, 0, sizeof l->shown);
        top = 0, bottom = l->h, margin = 0;
    }
    set(l, UI_R_PAGE, margin, top, l->w - 2 * margin, bottom - top);
    l->card = (struct ui_rect){0};
}

void ui_layout_half(struct ui_layout *l, struct ui_rect at, unsigned procs) {
    const double gap = 6, narration = 70, out = at.h > 420 ? 96 : 0;
    l->cls = UI_COMPACT;
    memset(l->shown, 0, sizeof l->shown);
    set(l, UI_R_NARRATION, at.x, at.y, at.w, narration);
    double bottom = at.y + at.h - (out > 0 ? out + gap : 0);
    stack_machine(l, at.x, at.y + narration + 4, at.w, bottom, procs, 44, 0, gap);
    l->shown[UI_R_THREADS] = false;
    if (out > 0) set(l, UI_R_OUTPUT, at.x, bottom + gap, at.w, out);
}
