/* page_input.c - keys and mouse of the views that take the stage's place. */
#include "page_input.h"

#include <string.h>

#include "page.h"

void ui_show_view(struct ui_app *a, enum ui_view view) {
    struct ui_mode *m = &a->stage.mode;
    if (view == m->view || !a->stage.pages) return;
    m->view = view;
    m->playing = false;
    a->film.on = false;
    a->stage.pages->filter.typing = false;
    a->stage.search.open = false;
    a->all_stale = a->stale = true;
    a->stage.before.valid = false;
}

/* ---- Events ------------------------------------------------------------------------------------------------------ */

static void next_row(struct ui_app *a, int dir, double now) {
    uint64_t at = a->head.n > 0 ? a->head.n - 1 : 0;
    if (a->head.n == 0 && dir > 0 && ui_filter_passes(&a->stage.pages->filter, a->stage.log, 0)) {
        ui_app_jump(a, 1, now);
        return;
    }
    uint64_t n = ui_filter_next(&a->stage.pages->filter, a->stage.log, at, dir);
    if (n != UINT64_MAX) ui_app_jump(a, n + 1, now);
    else ui_app_notice(a, now, dir > 0 ? "no later event passes the filter" : "no earlier event passes the filter");
}

static bool type_filter(struct ui_app *a, const char *text) {
    struct ui_filter *f = &a->stage.pages->filter;
    size_t len = strlen(f->text), more = strlen(text);
    if (!f->typing) return false;
    if (len + more < sizeof f->text) memcpy(f->text + len, text, more + 1);
    a->stale = true;
    return true;
}

static bool filter_key(struct ui_app *a, int32_t sym, double now) {
    struct ui_filter *f = &a->stage.pages->filter;
    if (!f->typing) return false;
    size_t len = strlen(f->text);
    switch (sym) {
    case SDLK_BACKSPACE:
        while (len > 0 && ((unsigned char)f->text[--len] & 0xc0) == 0x80) {
        }
        f->text[len] = 0;
        break;
    case SDLK_ESCAPE:
        f->text[0] = 0;
        f->typing = false;
        break;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        f->typing = false;
        if (a->head.n == 0 || !ui_filter_passes(f, a->stage.log, a->head.n - 1)) next_row(a, 1, now);
        break;
    default:
        return false;
    }
    a->stale = true;
    return true;
}

static bool events_do(struct ui_app *a, enum ui_action action, double now) {
    struct ui_filter *f = &a->stage.pages->filter;
    switch (action) {
    case UI_DO_G_BACK:
        next_row(a, -1, now);
        return true;
    case UI_DO_G_NEXT:
        next_row(a, 1, now);
        return true;
    case UI_DO_CLOSE:
        if (!f->text[0] || a->stage.mode.keys_open) return false;
        f->text[0] = 0;
        a->stale = true;
        return true;
    default:
        return false;
    }
}

/* ---- Outcomes ---------------------------------------------------------------------------------------------------- */

static size_t rows(const struct ui_app *a) { return a->pages.tally.rows ? run_outcomes_count(a->pages.tally.rows) : 0; }

static void open_on_stage(struct ui_app *a, struct ui_pick pick, double now) {
    char buf[48];
    if (!a->source.open) {
        ui_app_notice(a, now, "this run cannot be made again");
        return;
    }
    if (!a->source.open(a->source.ctx, pick.probing, pick.number, a->diags)) {
        a->failed = a->quit = true;
        return;
    }
    a->source.live = a->stage.live = false; /* whatever ran before */
    a->stage.live_note = NULL;
    ui_app_new_log(a);
    ui_show_view(a, UI_VIEW_STAGE);
    ui_app_notice(a, now, "%s", ui_pick_text(buf, sizeof buf, pick));
}

/* The row goes where the older of the two marks is. */
static void mark_row(struct ui_app *a, size_t row) {
    struct ui_pages *p = &a->pages;
    unsigned which = p->last_marked ? 0 : 1;
    for (unsigned i = 0; i < 2; i++)
        if (ui_pages_marked(p, i) == row) return;
    ui_pages_mark(p, which, row);
    p->last_marked = which;
    p->marked_by_hand = true;
    a->stale = true;
}

static bool outcomes_do(struct ui_app *a, enum ui_action action, double now) {
    struct ui_pages *p = &a->pages;
    size_t n = rows(a);
    a->stale = true;
    switch (action) {
    case UI_DO_G_BACK:
        p->focus -= p->focus > 0;
        return true;
    case UI_DO_G_NEXT:
        p->focus += p->focus + 1 < n;
        return true;
    case UI_DO_PLAY: /* Space marks, as everywhere in lists */
        if (p->focus < n) mark_row(a, p->focus);
        return true;
    case UI_DO_ENTER:
        if (p->focus < n) open_on_stage(a, ui_pages_pick(run_outcomes_at(p->tally.rows, p->focus)), now);
        return true;
    case UI_DO_RERUN_NEXT:
        if (p->lab) ui_lab_count(p->lab, (p->tally.natural ? p->tally.natural : UI_FIRST_RUNS) * 2);
        return true;
    case UI_DO_TALLY:
        if (p->parting.run[0]) ui_show_view(a, UI_VIEW_COMPARE);
        return true;
    default:
        return false;
    }
}

/* ---- Compare ----------------------------------------------------------------------------------------------------- */

static void zoom_pair(struct ui_pages *p, double factor) {
    double w = (double)(p->to - p->from) * factor, part = (double)(p->at - p->from) / (double)(p->to - p->from);
    w = w < 100 ? 100 : w > 1e15 ? 1e15 : w;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    double from = (double)p->at - w * part;
    p->from = from < 0 ? 0 : (int64_t)from;
    p->to = p->from + (int64_t)w;
}

static void pan_pair(struct ui_pages *p, double part) {
    int64_t w = p->to - p->from, by = (int64_t)((double)w * part);
    p->from = p->from + by < 0 ? 0 : p->from + by;
    p->to = p->from + w;
}

static bool compare_do(struct ui_app *a, enum ui_action action, double now) {
    struct ui_pages *p = &a->pages;
    if (!p->parting.run[0]) return false;
    a->stale = true;
    switch (action) {
    case UI_DO_BACK:
    case UI_DO_FORWARD:
        if (!ui_pages_step(p, action == UI_DO_FORWARD ? 1 : -1))
            ui_app_notice(a, now, action == UI_DO_FORWARD ? "both runs have ended" : "this is the start of both");
        return true;
    case UI_DO_START:
    case UI_DO_WHOLE_RUN:
        p->at = p->parted;
        ui_pages_fit(p);
        return true;
    case UI_DO_END:
        while (ui_pages_step(p, 1)) {
        }
        return true;
    case UI_DO_ZOOM_IN:
        zoom_pair(p, 0.7);
        return true;
    case UI_DO_ZOOM_OUT:
        zoom_pair(p, 1 / 0.7);
        return true;
    case UI_DO_PAN_LEFT:
        pan_pair(p, -0.2);
        return true;
    case UI_DO_PAN_RIGHT:
        pan_pair(p, 0.2);
        return true;
    case UI_DO_ENTER:
        open_on_stage(a, p->mark[0].pick, now);
        return true;
    case UI_DO_PLAY:
    case UI_DO_DECISION_BACK:
    case UI_DO_DECISION_NEXT:
        return true; /* the stage's: not here */
    default:
        a->stale = false;
        return false;
    }
}

void ui_page_scrub(struct ui_app *a, double x) {
    struct ui_pages *p = &a->pages;
    double f = a->stage.axis.w > 0 ? (x - a->stage.axis.x) / a->stage.axis.w : 0;
    p->at = p->from + (int64_t)((f < 0 ? 0 : f > 1 ? 1 : f) * (double)(p->to - p->from));
    a->stale = true;
}

/* ---- gallery ------------------------------------------------------------------------------------------------------ */

static void open_card(struct ui_app *a, size_t i) {
    if (i < a->gallery->ncards) ui_app_wish(a, UI_WISH_PATH, a->gallery->cards[i].path);
}

static bool gallery_do(struct ui_app *a, enum ui_action action) {
    struct ui_gallery *g = a->gallery;
    double h = a->stage.lay.h;
    a->stale = true;
    switch (action) {
    case UI_DO_BACK:
    case UI_DO_FORWARD:
        ui_gallery_move(g, action == UI_DO_FORWARD ? 1 : -1, 0, h);
        return true;
    case UI_DO_G_BACK:
    case UI_DO_G_NEXT:
        ui_gallery_move(g, 0, action == UI_DO_G_NEXT ? 1 : -1, h);
        return true;
    case UI_DO_LESSON_BACK:
    case UI_DO_LESSON_NEXT:
        ui_gallery_scroll(g, (action == UI_DO_LESSON_NEXT ? 0.8 : -0.8) * h, h);
        return true;
    case UI_DO_START:
    case UI_DO_END:
        ui_gallery_scroll(g, action == UI_DO_END ? g->height : -g->height, h);
        return true;
    case UI_DO_ENTER:
    case UI_DO_PLAY:
        open_card(a, g->focus);
        return true;
    case UI_DO_CLOSE:
        if (a->stage.problem || rt_log_count(a->stage.log) == 0) return false; /* behind it is nothing */
        ui_show_view(a, UI_VIEW_STAGE);
        return true;
    case UI_DO_THEME: /* the stills are of the other */
        ui_gallery_forget(g);
        return false;
    case UI_DO_QUIT:
    case UI_DO_FULL_SCREEN:
    case UI_DO_BIGGER:
    case UI_DO_BIGGER_2:
    case UI_DO_BIGGER_3:
    case UI_DO_SMALLER:
    case UI_DO_SMALLER_2:
    case UI_DO_SIZE_RESET:
    case UI_DO_BLANK:
    case UI_DO_KEYS:
    case UI_DO_KEYS_2:
        return false;
    default:
        return true; /* the stage's: not here */
    }
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

bool ui_page_typed(struct ui_app *a, const char *text, double now) {
    (void)now;
    if (!a->stage.pages || a->stage.mode.view != UI_VIEW_EVENTS) return false;
    if (type_filter(a, text)) return true;
    if (strcmp(text, "/") != 0) return false;
    a->stage.pages->filter.typing = true;
    a->stale = true;
    return true;
}

bool ui_page_key(struct ui_app *a, int32_t sym, unsigned mods, double now) {
    (void)mods;
    return a->stage.pages && a->stage.mode.view == UI_VIEW_EVENTS && filter_key(a, sym, now);
}

bool ui_page_do(struct ui_app *a, enum ui_action action, double now) {
    if (!a->stage.pages) return false;
    switch (action) {
    case UI_DO_OPEN:
        if (a->gallery) ui_app_wish(a, UI_WISH_GALLERY, NULL);
        return true;
    case UI_DO_VIEW_STAGE:
    case UI_DO_VIEW_OUTCOMES:
    case UI_DO_VIEW_COMPARE:
    case UI_DO_VIEW_EVENTS:
        if (rt_log_count(a->stage.log) == 0 && a->stage.mode.view == UI_VIEW_GALLERY) return true; /* nothing is open */
        ui_show_view(a, (enum ui_view)(action - UI_DO_VIEW_STAGE));
        return true;
    default:
        break;
    }
    bool keys = a->stage.mode.keys_open || a->stage.mode.blank;
    if (a->stage.mode.view == UI_VIEW_EVENTS && events_do(a, action, now)) return true;
    if (a->stage.mode.view == UI_VIEW_OUTCOMES && !keys && outcomes_do(a, action, now)) return true;
    if (a->stage.mode.view == UI_VIEW_COMPARE && !keys && compare_do(a, action, now)) return true;
    if (a->stage.mode.view == UI_VIEW_GALLERY) return !keys && gallery_do(a, action);
    if (action != UI_DO_CLOSE || a->stage.mode.view == UI_VIEW_STAGE || keys) return false;
    ui_show_view(a, UI_VIEW_STAGE);
    return true;
}

bool ui_page_press(struct ui_app *a, const struct ui_hit *h, double now) {
    if (!a->stage.pages) return false;
    if (h->kind == UI_HIT_VIEW) {
        ui_show_view(a, (enum ui_view)h->id);
        return true;
    }
    if (h->kind == UI_HIT_SCRUB && a->stage.mode.view == UI_VIEW_COMPARE) {
        a->drag = UI_DRAG_PAIR;
        ui_page_scrub(a, a->stage.mode.mouse_x);
        return true;
    }
    if (h->kind == UI_HIT_SEED && h->id < rows(a)) {
        open_on_stage(a, ui_pages_pick(run_outcomes_at(a->pages.tally.rows, (size_t)h->id)), now);
        return true;
    }
    if (h->kind == UI_HIT_CARD) {
        a->gallery->focus = (size_t)h->id;
        open_card(a, (size_t)h->id);
        return true;
    }
    if (h->kind != UI_HIT_ROW) return false;
    if (a->stage.mode.view == UI_VIEW_EVENTS) {
        ui_app_jump(a, h->id, now);
    } else if (a->stage.mode.view == UI_VIEW_OUTCOMES && h->id > 0 && h->id <= rows(a)) {
        a->pages.focus = (size_t)h->id - 1;
        mark_row(a, a->pages.focus);
    }
    return true;
}

void ui_page_wheel(struct ui_app *a, int dy, double now) {
    if (a->stage.mode.view == UI_VIEW_GALLERY) {
        ui_gallery_scroll(a->gallery, -90.0 * dy, a->stage.lay.h);
        a->stale = true;
    } else if (a->stage.mode.view == UI_VIEW_EVENTS)
        for (int i = 0; i < 3; i++)
            next_row(a, dy > 0 ? -1 : 1, now);
    else if (a->stage.mode.view == UI_VIEW_OUTCOMES) outcomes_do(a, dy > 0 ? UI_DO_G_BACK : UI_DO_G_NEXT, now);
    else if (a->pages.parting.run[0]) {
        zoom_pair(&a->pages, dy > 0 ? 0.8 : 1.25);
        a->stale = true;
    }
}
