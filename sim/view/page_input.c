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
    a->all_stale = a->stale = true;
    a->stage.before.valid = false;
}

static void go(struct ui_app *a, uint64_t n, double now) {
    uint64_t from = a->head.n;
    a->stage.mode.playing = false;
    a->at_head = false;
    ui_go(&a->head, n);
    ui_app_moved(a, from, false, now);
}

/* ---- Events ------------------------------------------------------------------------------------------------------ */

static void next_row(struct ui_app *a, int dir, double now) {
    uint64_t at = a->head.n > 0 ? a->head.n - 1 : 0;
    if (a->head.n == 0 && dir > 0 && ui_filter_passes(&a->stage.pages->filter, a->stage.log, 0)) {
        go(a, 1, now);
        return;
    }
    uint64_t n = ui_filter_next(&a->stage.pages->filter, a->stage.log, at, dir);
    if (n != UINT64_MAX) go(a, n + 1, now);
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
        while (len > 0 && ((unsigned char)f->text[--len] & 0xc0) == 0x80) {}
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
    case UI_DO_VIEW_STAGE:
    case UI_DO_VIEW_OUTCOMES:
    case UI_DO_VIEW_COMPARE:
    case UI_DO_VIEW_EVENTS:
        ui_show_view(a, (enum ui_view)(action - UI_DO_VIEW_STAGE));
        return true;
    default:
        break;
    }
    if (a->stage.mode.view == UI_VIEW_EVENTS && events_do(a, action, now)) return true;
    if (action != UI_DO_CLOSE || a->stage.mode.view == UI_VIEW_STAGE || a->stage.mode.keys_open || a->stage.mode.blank)
        return false;
    ui_show_view(a, UI_VIEW_STAGE);
    return true;
}

bool ui_page_press(struct ui_app *a, const struct ui_hit *h, double now) {
    if (!a->stage.pages) return false;
    if (h->kind == UI_HIT_VIEW) {
        ui_show_view(a, (enum ui_view)h->id);
        return true;
    }
    if (h->kind != UI_HIT_ROW || a->stage.mode.view != UI_VIEW_EVENTS) return false;
    go(a, h->id, now);
    return true;
}

void ui_page_wheel(struct ui_app *a, int dy, double now) {
    if (a->stage.mode.view == UI_VIEW_EVENTS)
        for (int i = 0; i < 3; i++) next_row(a, dy > 0 ? -1 : 1, now);
}
