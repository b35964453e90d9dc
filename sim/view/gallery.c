#include "gallery.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"
#include "vec.h"

enum { CARD_W = 360, STILL_H = 202, CARD_H = STILL_H + 92, GAP = 20, TOP = 76, HEAD = 52 };

/* ---- what there is ------------------------------------------------------------------------------------------ */

static char *copy(struct ui_gallery *g, const char *text) {
    char *out = strdup(text ? text : "");
    if (!out) g->failed = true;
    return out;
}

void ui_gallery_chapter(struct ui_gallery *g, const char *title) {
    char *name = copy(g, title);
    if (!name || !vec_reserve((void **)&g->chapters, g->nchapters, &g->cap_chapters, 1, sizeof *g->chapters)) {
        free(name);
        g->failed = true;
        return;
    }
    g->chapters[g->nchapters++] = name;
}

static void card_free(struct ui_card *c) {
    free(c->path);
    free(c->title);
    free(c->text);
    if (c->still) SDL_DestroyTexture(c->still);
}

void ui_gallery_add(struct ui_gallery *g, struct ui_card card) {
    struct ui_card c = {.path = copy(g, card.path), .title = copy(g, card.title), .text = copy(g, card.text),
                        .minutes = card.minutes, .core = card.core};
    if (g->failed || g->nchapters == 0 ||
        !vec_reserve((void **)&g->cards, g->ncards, &g->cap_cards, 1, sizeof *g->cards)) {
        card_free(&c);
        g->failed = true;
        return;
    }
    c.chapter = g->nchapters - 1;
    g->cards[g->ncards++] = c;
}

void ui_gallery_course(struct ui_gallery *g, const char *path, struct diag_list *diags) {
    struct scn_course *course = scn_load_course(path, diags);
    const char *slash = strrchr(path, '/');
    if (!course) return;
    for (size_t i = 0; i < course->nchapters; i++) {
        ui_gallery_chapter(g, course->chapters[i].title);
        for (size_t k = 0; k < course->chapters[i].nscenes; k++) {
            const char *name = course->chapters[i].scenes[k];
            struct str folder = {0};
            str_addf(&folder, "%.*s%s", slash ? (int)(slash + 1 - path) : 0, path, name);
            struct scenario *scn = folder.failed ? NULL : scn_load(str_cstr(&folder), diags);
            struct ui_card card = {.path = folder.data, .title = (char *)(uintptr_t)name, .text = NULL};
            if (scn) {
                card.title = (char *)(uintptr_t)(scn->title ? scn->title : name);
                card.text = (char *)(uintptr_t)(scn->asks ? scn->asks : scn->summary);
                card.minutes = scn->minutes;
            }
            for (size_t c = 0; c < course->ncore; c++)
                card.core |= strcmp(course->core[c], name) == 0;
            if (scn) ui_gallery_add(g, card);
            if (scn) scn_free(scn);
            str_free(&folder);
        }
    }
    scn_course_free(course);
}

void ui_gallery_forget(struct ui_gallery *g) {
    for (size_t i = 0; i < g->ncards; i++) {
        if (g->cards[i].still) SDL_DestroyTexture(g->cards[i].still);
        g->cards[i].still = NULL;
        g->cards[i].tried = false;
    }
}

void ui_gallery_free(struct ui_gallery *g) {
    for (size_t i = 0; i < g->ncards; i++)
        card_free(&g->cards[i]);
    for (size_t i = 0; i < g->nchapters; i++)
        free(g->chapters[i]);
    free(g->cards);
    free(g->chapters);
    *g = (struct ui_gallery){0};
}

/* ---- drawing ------------------------------------------------------------------------------------------------ */

static struct ui_rect still_of(const struct ui_card *c) {
    return (struct ui_rect){c->at.x + 3, c->at.y + 3, c->at.w - 6, STILL_H - 2};
}

static void star(struct ui_list *l, double cx, double cy, double r, ui_color c) {
    struct ui_point p[10];
    for (int i = 0; i < 10; i++) {
        double a = -M_PI / 2 + M_PI * i / 5, d = i % 2 ? r * 0.45 : r;
        p[i] = (struct ui_point){cx + d * cos(a), cy + d * sin(a)};
    }
    ui_poly(l, p, 10, c, 0, 0);
}

static void draw_card(struct ui_stage *s, struct ui_list *l, const struct ui_card *c, size_t i, bool focus) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = c->at;
    bool hot = ui_inside(b, s->mode.mouse_x, s->mode.mouse_y);
    ui_shadow(l, b, 6);
    ui_rrect(l, b, 6, t->card, focus ? t->ink : hot ? t->ink2 : t->line, focus ? 3 : 1);
    ui_rrect(l, still_of(c), 5, t->well, 0, 0);
    if (!c->still && c->tried)
        ui_text(l, b.x + b.w / 2, b.y + STILL_H / 2, UI_SANS_500, 13, t->ink3, UI_MIDDLE, "no picture of it can be made");
    double y = b.y + STILL_H + 27, end = b.x + b.w - 14;
    char minutes[24] = "";
    if (c->minutes > 0) snprintf(minutes, sizeof minutes, "%g min", c->minutes);
    end -= minutes[0] ? ui_text(l, end, y, UI_SANS_500, 12.5, t->ink3, UI_END, minutes) + 8 : 0;
    if (c->core) star(l, end - 6, y - 5, 7, t->spot_edge), end -= 22;
    ui_text_fit(l, b.x + 14, y, UI_SANS_600, 16, t->ink, end - b.x - 14, c->title);
    ui_clip(l, (struct ui_rect){b.x, y + 8, b.w, b.y + b.h - 6 - y - 8});
    ui_paragraph(l, b.x + 14, y + 10, UI_SANS_400, 13.5, t->ink2, b.w - 28, 19, c->text, false);
    ui_clip_end(l);
    ui_add_hit(s, b, UI_HIT_CARD, i);
}

static void draw_head(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    ui_fill(l, (struct ui_rect){b.x, b.y, b.w, TOP - 12}, t->card);
    ui_fill(l, (struct ui_rect){b.x, b.y + TOP - 12, b.w, 1}, t->line);
    ui_disc(l, b.x + 37, b.y + 32, 6.5, ui_theme_site(t, 1)->fill);
    ui_poly(l, (struct ui_point[]){{b.x + 48, b.y + 38.5}, {b.x + 55, b.y + 25.5}, {b.x + 62, b.y + 38.5}}, 3, t->ink, 0, 0);
    ui_rrect(l, (struct ui_rect){b.x + 66, b.y + 26, 13, 13}, 2, 0, t->ink, 2);
    ui_text(l, b.x + 88, b.y + 38, UI_SANS_700, 18, t->ink, UI_START, "gosee");
    double x = b.x + 160;
    x += ui_text(l, x, b.y + 38, UI_SANS_500, 15, t->ink2, UI_START, "How Go schedules goroutines") + 24;
    const char *how = "arrow keys and Enter open a scene; or drop a .go file, a scene or a recording here";
    if (x + ui_width(l, UI_SANS_500, 13.5, how) < b.x + b.w - 32)
        ui_text(l, b.x + b.w - 32, b.y + 38, UI_SANS_500, 13.5, t->ink3, UI_END, how);
}

void ui_draw_gallery(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    struct ui_gallery *g = s->gallery;
    const struct ui_theme *t = s->th;
    if (!g) return;
    g->columns = (size_t)fmax(1, floor((b.w - 64 + GAP) / (CARD_W + GAP)));
    double wide = (double)g->columns * (CARD_W + GAP) - GAP, left = b.x + floor((b.w - wide) / 2);
    double y = b.y + TOP - g->scroll;
    size_t i = 0;
    for (size_t ch = 0; ch < g->nchapters; ch++) {
        size_t in = 0;
        if (y + HEAD > b.y) ui_text(l, left, y + 32, UI_SANS_700, 18, t->ink, UI_START, g->chapters[ch]);
        y += HEAD;
        for (; i < g->ncards && g->cards[i].chapter == ch; i++, in++) {
            struct ui_card *c = &g->cards[i];
            c->at = (struct ui_rect){left + (double)(in % g->columns) * (CARD_W + GAP),
                                     y + (double)(in / g->columns) * (CARD_H + GAP), CARD_W, CARD_H};
            if (c->at.y + c->at.h > b.y && c->at.y < b.y + b.h) draw_card(s, l, c, i, i == g->focus);
        }
        y += ceil((double)in / (double)g->columns) * (CARD_H + GAP);
    }
    g->height = y + g->scroll - b.y;
    if (g->ncards == 0)
        ui_text(l, b.x + b.w / 2, b.y + b.h / 2, UI_SANS_500, 18, t->ink2, UI_MIDDLE,
                "Drop a .go file, a scene or a recording here");
    draw_head(s, l, b);
}

/* ---- stills ------------------------------------------------------------------------------------------------- */

static struct ui_card *wanting(const struct ui_gallery *g) {
    for (size_t i = 0; i < g->ncards; i++)
        if (!g->cards[i].tried && g->cards[i].at.w > 0) return &g->cards[i];
    return NULL;
}

bool ui_gallery_busy(const struct ui_gallery *g) { return wanting(g) != NULL; }

bool ui_gallery_still(struct ui_gallery *g, SDL_Renderer *r) {
    struct ui_card *c = g ? wanting(g) : NULL;
    enum { W = (CARD_W - 6) * 2, H = (STILL_H - 2) * 2 }; /* for dense displays too */
    if (!c) return false;
    c->tried = true;
    cairo_surface_t *to = cairo_image_surface_create(CAIRO_FORMAT_RGB24, W, H);
    if (cairo_surface_status(to) == CAIRO_STATUS_SUCCESS && g->draw && g->draw(g->ctx, c->path, to)) {
        SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "1");
        cairo_surface_flush(to);
        c->still = SDL_CreateTexture(r, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STATIC, W, H);
        if (c->still)
            SDL_UpdateTexture(c->still, NULL, cairo_image_surface_get_data(to), cairo_image_surface_get_stride(to));
    }
    cairo_surface_destroy(to);
    return true;
}

void ui_gallery_stills(const struct ui_gallery *g, SDL_Renderer *r, double scale) {
    int w = 0, h = 0;
    if (!g || SDL_GetRendererOutputSize(r, &w, &h) != 0) return;
    int top = (int)ceil((TOP - 11) * scale);
    SDL_RenderSetClipRect(r, &(SDL_Rect){0, top, w, h - top});
    for (size_t i = 0; i < g->ncards; i++) {
        struct ui_rect at = ui_snap(still_of(&g->cards[i]), scale);
        if (g->cards[i].still && at.y + at.h > 0 && at.y < h)
            SDL_RenderCopy(r, g->cards[i].still, NULL, &(SDL_Rect){(int)at.x, (int)at.y, (int)at.w, (int)at.h});
    }
    SDL_RenderSetClipRect(r, NULL);
}

/* ---- moving ------------------------------------------------------------------------------------------------- */

void ui_gallery_scroll(struct ui_gallery *g, double by, double window_h) {
    double most = fmax(0, g->height - window_h + GAP);
    g->scroll = fmax(0, fmin(most, g->scroll + by));
}

void ui_gallery_move(struct ui_gallery *g, int dx, int dy, double window_h) {
    if (g->ncards == 0) return;
    const struct ui_card *c = &g->cards[g->focus];
    size_t best = g->focus;
    if (dx) best = dx < 0 ? g->focus - (g->focus > 0) : g->focus + (g->focus + 1 < g->ncards);
    double found = 1e9;
    for (size_t i = 0; dy && i < g->ncards; i++) { /* the nearest of the next row there is in that direction */
        double down = (g->cards[i].at.y - c->at.y) * dy, aside = fabs(g->cards[i].at.x - c->at.x);
        if (down < CARD_H / 2 || down * 4 + aside >= found) continue;
        found = down * 4 + aside;
        best = i;
    }
    g->focus = best;
    double y = g->cards[best].at.y;
    if (y < TOP + 8) ui_gallery_scroll(g, y - TOP - HEAD, window_h);
    if (y + CARD_H > window_h - GAP) ui_gallery_scroll(g, y + CARD_H - window_h + GAP, window_h);
}
