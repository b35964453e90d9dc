#include "app.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FRAME_MS = 16,
    FIRST_PUMP_MS = 60,
    PUMP_MS = 6,
    NOTICE_MS = 4000,
    NEWS_MS = 200,
    MOST_AHEAD = 1000000,
    TIP_MS = 300,
    QUIET_MS = 250,
    MOST_FLYING = 64
};

void ui_app_notice(struct ui_app *a, double now, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(a->notice, sizeof a->notice, fmt, ap);
    va_end(ap);
    a->stage.notice = a->notice;
    a->notice_until = now + NOTICE_MS;
    a->over_stale = true;
}

/* ---- opening ---------------------------------------------------------------------------------------------------- */

/* OpenGL that a processor emulates is slower than SDL's own software renderer. */
static bool is_emulated(void) {
    typedef const unsigned char *get_string_fn(unsigned);
    enum { GL_RENDERER_NAME = 0x1F01 };
    union {
        void *object;
        get_string_fn *call;
    } get = {.object = SDL_GL_GetProcAddress("glGetString")};
    const char *name = get.object && SDL_GL_GetCurrentContext() ? (const char *)get.call(GL_RENDERER_NAME) : NULL;
    return name && (strstr(name, "llvmpipe") || strstr(name, "softpipe") || strstr(name, "SWR"));
}

static void make_renderer(struct ui_app *a) {
    const char *asked = SDL_GetHint(SDL_HINT_RENDER_DRIVER);
    /* The software renderer's pictures go straight to the window system. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    a->renderer = SDL_CreateRenderer(a->window, -1, SDL_RENDERER_ACCELERATED);
    SDL_RendererInfo info;
    if (a->renderer && !(asked && asked[0]) && SDL_GetRendererInfo(a->renderer, &info) == 0 &&
        strncmp(info.name, "opengl", 6) == 0 && is_emulated()) {
        SDL_DestroyRenderer(a->renderer);
        a->renderer = NULL;
    }
    if (!a->renderer) a->renderer = SDL_CreateRenderer(a->window, -1, SDL_RENDERER_SOFTWARE);
}

static bool open_window(struct ui_app *a, int w, int h, struct diag_list *diags) {
    SDL_Rect room = {0, 0, 1600, 900};
    if (SDL_GetDisplayUsableBounds(0, &room) != 0) room = (SDL_Rect){0, 0, 1600, 900};
    if (w <= 0) w = room.w >= 1600 ? 1600 : room.w, h = room.h >= 900 ? 900 : room.h;
    SDL_SetHint(SDL_HINT_RENDER_VSYNC, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    a->window = SDL_CreateWindow("gosee", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, w, h,
                                 SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (a->window) make_renderer(a);
    if (!a->renderer) {
        diag_add(diags, NULL, 0, 0, "no window can be opened: %s", SDL_GetError());
        return false;
    }
    SDL_SetWindowMinimumSize(a->window, UI_MIN_W, UI_MIN_H);
    a->painter = ui_painter_new(a->renderer, a->fonts);
    if (!a->painter) diag_add(diags, NULL, 0, 0, "the window cannot be drawn: %s", SDL_GetError());
    return a->painter != NULL;
}

static void set_title(struct ui_app *a, const struct scenario *scn) {
    char name[160];
    bool titled = scn && scn->title && scn->title[0];
    snprintf(name, sizeof name, "%s%sgosee", titled ? scn->title : "", titled ? " - " : "");
    SDL_SetWindowTitle(a->window, name);
}

static void close_run(struct ui_app *a) {
    ui_playhead_close(&a->head);
    ui_pages_close(&a->pages);
    if (a->stage.fonts) ui_stage_close(&a->stage);
}

static bool open_run(struct ui_app *a, const struct scenario *scn, const struct ui_source *source) {
    a->source = *source;
    a->at_head = source->live;
    a->more = source->pump && source->pump(source->ctx, (int64_t)FIRST_PUMP_MS * 1000000);
    a->pages = (struct ui_pages){.lab = source->lab};
    if (!ui_stage_open(&a->stage, a->fonts, source->log(source->ctx), scn)) return false;
    a->stage.live = source->live;
    a->stage.pages = &a->pages;
    ui_playhead_open(&a->head, &a->stage, &a->source);
    if (scn && scn->speed > 0) a->stage.mode.speed = (int)lround(log2(scn->speed));
    a->stage.mode.playing = source->live || (scn && scn->start_playing);
    return true;
}

bool ui_app_show(struct ui_app *a, const struct scenario *scn, const struct ui_source *source) {
    const struct ui_mode was = a->stage.mode;
    const struct ui_keymap *keys = a->stage.keys;
    close_run(a);
    if (!open_run(a, scn, source)) return false;
    a->stage.keys = keys;
    struct ui_mode *m = &a->stage.mode;
    m->theme = was.theme, m->zoom = was.zoom, m->presenter = was.presenter, m->still = was.still;
    m->system_gs = was.system_gs, m->tabs = was.tabs, m->lanes = was.lanes;
    m->mouse_x = was.mouse_x, m->mouse_y = was.mouse_y;
    a->film.on = false;
    a->drag = UI_DRAG_NONE;
    a->all_stale = a->stale = true;
    a->spoken = UINT64_MAX;
    str_clear(&a->problem);
    set_title(a, scn);
    return true;
}

bool ui_app_open(struct ui_app *a, const struct scenario *scn, const struct ui_source *source, int w, int h,
                 struct diag_list *diags) {
    *a = (struct ui_app){.diags = diags, .all_stale = true, .stale = true, .focused = true, .spoken = UINT64_MAX, .input_at = -QUIET_MS};
    a->fonts = ui_fonts_open(diags);
    if (!a->fonts) return false;
    if (!open_run(a, scn, source)) {
        diag_add(diags, NULL, 0, 0, "out of memory");
        return false;
    }
    if (!open_window(a, w, h, diags)) return false;
    set_title(a, scn);
    return true;
}

void ui_app_close(struct ui_app *a) {
    close_run(a);
    if (a->canvas) SDL_DestroyTexture(a->canvas);
    ui_painter_free(a->painter);
    if (a->renderer) SDL_DestroyRenderer(a->renderer);
    if (a->window) SDL_DestroyWindow(a->window);
    ui_fonts_close(a->fonts);
    str_free(&a->problem);
    free(a->wanted);
    *a = (struct ui_app){0};
}

void ui_app_wish(struct ui_app *a, enum ui_wish wish, const char *path) {
    char *copy = path ? strdup(path) : NULL;
    if (path && !copy) {
        a->failed = a->quit = true;
        return;
    }
    free(a->wanted);
    a->wanted = copy;
    a->wish = wish;
}

/* ---- moving ------------------------------------------------------------------------------------------------------ */

void ui_app_moved(struct ui_app *a, uint64_t from, bool fly, double now) {
    uint64_t to = a->head.n, lo = from < to ? from : to, hi = from < to ? to : from;
    ui_playhead_tell(&a->head);
    a->stale = true;
    a->film.on = false;
    a->stage.mode.source_top = 0;
    if (!fly || a->stage.mode.still || lo == hi || hi - lo > MOST_FLYING) return;
    a->film = (struct ui_film){.on = true, .lo = lo, .hi = hi, .dir = to >= from ? 1 : -1, .began = now, .length = -1};
}

bool ui_app_answer(struct ui_app *a, int choice) {
    struct ui_lesson_step *step = ui_lesson_at(&a->stage.lesson, a->head.n);
    if (!step || !step->step->ask || step->answered) return false;
    if (choice >= 0 && (size_t)choice >= step->step->ask->nchoices) return false;
    step->answered = true;
    step->choice = choice;
    a->over_stale = true;
    return true;
}

static void fail(struct ui_app *a) {
    struct str rule = {0};
    uint64_t event = 0;
    if (rp_illegal(a->stage.session, &event, &rule))
        diag_add(a->diags, NULL, 0, 0, "illegal history at event %llu: %s", (unsigned long long)event + 1,
                 str_cstr(&rule));
    else diag_add(a->diags, NULL, 0, 0, "out of memory while reading the run");
    str_free(&rule);
    a->failed = a->quit = true;
}

/* Lists for where the playhead is. */
static void rebuild(struct ui_app *a) {
    struct ui_stage *s = &a->stage;
    bool film = a->film.on;
    uint64_t n = film ? a->film.hi : a->head.n, from = film ? a->film.lo : n;
    int64_t time = film && a->film.dir < 0 ? 0 : a->head.time;
    a->stale = false;
    if (!ui_stage_build(s, n, time, from)) {
        fail(a);
        return;
    }
    if (!film) return;
    if (a->film.length < 0) {
        double length = ui_stage_flight_ms(s), step = 900 / ui_play_rate(&s->mode);
        a->film.length = s->mode.playing && length > step ? step : length;
    }
    if (a->film.length <= 0) {
        a->film.on = false;
        if (!ui_stage_build(s, a->head.n, a->head.time, a->head.n)) fail(a);
    }
}

static void speak(struct ui_app *a) {
    if (!a->speak || a->film.on || a->spoken == a->stage.n || !a->stage.has_event) return;
    a->spoken = a->stage.n;
    printf("%s\n", str_cstr(&a->stage.says.sentence));
    fflush(stdout);
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static bool same(struct ui_rect a, struct ui_rect b) { return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h; }

static bool touch(struct ui_rect a, struct ui_rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void fit_canvas(struct ui_app *a, int w, int h) {
    if (a->canvas && a->canvas_w == w && a->canvas_h == h) return;
    if (a->canvas) SDL_DestroyTexture(a->canvas);
    a->canvas = SDL_CreateTexture(a->renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_TARGET, w, h);
    if (a->canvas) SDL_SetTextureBlendMode(a->canvas, SDL_BLENDMODE_NONE);
    a->canvas_w = w;
    a->canvas_h = h;
    a->all_stale = true;
}

static void fill(SDL_Renderer *r, ui_color c, const SDL_Rect *at) {
    SDL_SetRenderDrawBlendMode(r, SDL_BLENDMODE_NONE);
    SDL_SetRenderDrawColor(r, (Uint8)(c >> 24), (Uint8)(c >> 16), (Uint8)(c >> 8), 255);
    SDL_RenderFillRect(r, at);
}

/* Regions whose lists differ from what the canvas shows. What a pill's ring or a playhead hangs out of its region by is
 * drawn too: a region is redrawn with a margin, and so are its neighbours inside that margin. */
static void draw_regions(struct ui_app *a, double scale) {
    struct ui_stage *s = &a->stage;
    const double margin = 10;
    bool redraw[UI_REGIONS] = {0};
    for (int r = 0; r < UI_REGIONS; r++) {
        uint64_t hash = s->lay.shown[r] ? ui_list_hash(&s->lists[r]) : 0;
        redraw[r] = a->all_stale || hash != a->drawn[r] || !same(a->drawn_at[r], s->lay.at[r]);
        a->drawn[r] = hash;
        a->drawn_at[r] = s->lay.at[r];
    }
    for (int r = 0; r < UI_REGIONS; r++) {
        if (!redraw[r] || a->all_stale) continue;
        struct ui_rect at = ui_snap(ui_inset(s->lay.at[r], -margin), scale);
        SDL_Rect box = {(int)at.x, (int)at.y, (int)at.w, (int)at.h};
        if (!s->lay.shown[r]) continue;
        fill(a->renderer, s->th->bg, &box);
        for (int k = 0; k < UI_REGIONS; k++)
            if (s->lay.shown[k] && touch(ui_inset(s->lay.at[k], -margin), ui_inset(s->lay.at[r], -margin)))
                ui_painter_draw(a->painter, &s->lists[k], scale, &at);
    }
    if (!a->all_stale) return;
    fill(a->renderer, s->th->bg, NULL);
    for (int r = 0; r < UI_REGIONS; r++)
        if (s->lay.shown[r]) ui_painter_draw(a->painter, &s->lists[r], scale, NULL);
}

static void draw(struct ui_app *a) {
    int w = 0, h = 0, ww = 0, wh = 0;
    if (SDL_GetRendererOutputSize(a->renderer, &w, &h) != 0 || w <= 0 || h <= 0) return;
    SDL_GetWindowSize(a->window, &ww, &wh);
    double scale = a->stage.lay.scale * (ww > 0 ? (double)w / ww : 1);
    fit_canvas(a, w, h);
    if (a->drawn_theme != a->stage.mode.theme) a->all_stale = true;
    a->drawn_theme = a->stage.mode.theme;
    if (!a->canvas) a->all_stale = true;
    if (a->canvas) SDL_SetRenderTarget(a->renderer, a->canvas);
    draw_regions(a, scale);
    if (a->canvas) {
        SDL_SetRenderTarget(a->renderer, NULL);
        SDL_RenderCopy(a->renderer, a->canvas, NULL, NULL);
    }
    if (a->stage.mode.view == UI_VIEW_GALLERY) ui_gallery_stills(a->gallery, a->renderer, scale);
    ui_painter_draw(a->painter, &a->stage.over, scale, NULL);
    SDL_RenderPresent(a->renderer);
    a->all_stale = a->canvas == NULL;
}

/* ---- frames ------------------------------------------------------------------------------------------------------ */

/* A stepped run goes on in the background, but not without end ahead of the playhead: a program that never stops must
 * not fill the memory. */
static bool far_ahead(const struct ui_app *a) {
    return !a->source.live && rt_log_count(a->stage.log) - a->head.n > MOST_AHEAD;
}

static void take_news(struct ui_app *a, double now) {
    if (!a->more || !a->source.pump || far_ahead(a)) return;
    uint64_t before = rt_log_count(a->stage.log);
    a->more = a->source.pump(a->source.ctx, (int64_t)(a->source.live ? 1 : PUMP_MS) * 1000000);
    bool news = rt_log_count(a->stage.log) != before && (a->source.live || now - a->news_at >= NEWS_MS);
    if (!news && a->more) return;
    a->news_at = now;
    a->stale = true;
}

static void follow_head(struct ui_app *a, double now) {
    struct ui_mode *m = &a->stage.mode;
    if (!a->source.live) return;
    uint64_t from = a->head.n, all = rt_log_count(a->stage.log);
    if (a->at_head && m->playing) {
        if (from != all) {
            ui_go(&a->head, all);
            ui_app_moved(a, from, all - from <= 8, now);
        }
        if (!a->more) m->playing = false;
        a->stage.live_note = NULL;
        return;
    }
    struct rt_event ev;
    int64_t newest = all > 0 && rt_log_get(a->stage.log, all - 1, &ev) ? ev.time : 0;
    snprintf(a->live_note, sizeof a->live_note, "%.1f s behind", (double)(newest - a->head.time) / 1e9);
    a->stage.live_note = a->live_note;
}

static void play(struct ui_app *a, double dt, double now) {
    struct ui_mode *m = &a->stage.mode;
    if (!m->playing || (a->source.live && a->at_head)) return;
    uint64_t from = a->head.n;
    int64_t time = a->head.time;
    size_t fine = a->head.fine_at;
    bool on = ui_play(&a->head, dt);
    if (a->head.refusal[0]) ui_app_notice(a, now, "%s", a->head.refusal);
    if (!on && !(a->more && a->head.n >= rt_log_count(a->stage.log))) {
        m->playing = false;
        a->stale = true;
    }
    if (a->head.n == from && a->head.time == time && a->head.fine_at == fine) return;
    ui_app_moved(a, from, m->grain != UI_BY_TIME && m->speed <= 3, now);
}

static void advance_film(struct ui_app *a, double now) {
    if (!a->film.on || a->film.length < 0) return;
    a->over_stale = true;
    if (now - a->film.began < a->film.length) return;
    a->film.on = false;
    a->stale = true;
}

static double film_progress(const struct ui_app *a, double now) {
    if (!a->film.on || a->film.length <= 0) return 1;
    double t = (now - a->film.began) / a->film.length;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return a->film.dir > 0 ? t : 1 - t;
}

static void expire(struct ui_app *a, double now) {
    if (a->stage.notice && now >= a->notice_until) {
        a->stage.notice = NULL;
        a->over_stale = true;
    }
    bool tip = a->stage.mode.mouse_x >= 0 && now - a->mouse_since >= TIP_MS && a->drag == UI_DRAG_NONE;
    if (tip == a->stage.mode.tooltip) return;
    a->stage.mode.tooltip = tip;
    a->over_stale = true;
}

/* A file was edited: while it is not as it should be, what is wrong with it stands in the window. */
static void look_at_files(struct ui_app *a, double now) {
    if (!a->watch || !ui_watch_look(a->watch, now)) return;
    str_clear(&a->problem);
    str_adds(&a->problem, str_cstr(&a->watch->problem));
    a->stage.problem = a->problem.len > 0 ? str_cstr(&a->problem) : NULL;
    a->over_stale = true;
    if (a->watch->ready) ui_app_notice(a, now, "%s was edited: Shift R runs it again, at the same place", a->watch->name);
}

void ui_app_frame(struct ui_app *a, double now) {
    double dt = now - a->last;
    if (dt > 250 || dt < 0) dt = 250; /* the machine was busy, or asleep: do not rush */
    a->last = now;
    int w, h;
    SDL_GetWindowSize(a->window, &w, &h);
    if (w != (int)a->stage.window_w || h != (int)a->stage.window_h) {
        ui_stage_size(&a->stage, w, h);
        a->stale = true;
        a->film.on = false;
    }
    bool quiet = now - a->input_at >= QUIET_MS; /* a still takes longer than a frame */
    if (quiet && a->stage.mode.view == UI_VIEW_GALLERY && ui_gallery_still(a->gallery, a->renderer)) a->stale = true;
    ui_pages_want(&a->pages, a->stage.mode.view);
    if (ui_pages_poll(&a->pages, a->fonts)) a->stale = true;
    look_at_files(a, now);
    take_news(a, now);
    follow_head(a, now);
    play(a, dt, now);
    advance_film(a, now);
    expire(a, now);
    if (a->stale) {
        rebuild(a);
        a->over_stale = true;
    }
    if (a->quit || (!a->over_stale && !a->all_stale)) return;
    ui_stage_fly(&a->stage, film_progress(a, now));
    if (a->stage.failed) {
        diag_add(a->diags, NULL, 0, 0, "out of memory while drawing");
        a->failed = a->quit = true;
        return;
    }
    a->over_stale = false;
    draw(a);
    speak(a);
}

int ui_app_wait_ms(const struct ui_app *a, double now) {
    if (a->stale || a->over_stale || a->all_stale) return 0;
    if (a->film.on || a->stage.mode.playing) return FRAME_MS;
    if (a->more && !far_ahead(a)) return a->source.live ? FRAME_MS * 4 : 0;
    double until = -1;
    if (a->stage.notice) until = a->notice_until - now;
    bool tip_waits = a->stage.mode.mouse_x >= 0 && !a->stage.mode.tooltip && a->drag == UI_DRAG_NONE;
    double tip = a->mouse_since + TIP_MS - now;
    if (tip_waits && tip > 0 && (until < 0 || tip < until)) until = tip;
    if (a->watch && (until < 0 || until > UI_LOOK_MS)) until = UI_LOOK_MS;
    if (a->gallery && a->stage.mode.view == UI_VIEW_GALLERY && ui_gallery_busy(a->gallery)) {
        double rest = a->input_at + QUIET_MS - now;
        return rest > 1 ? (int)rest : 1;
    }
    if (until >= 0) return until < 1 ? 1 : (int)until + 1;
    return -1;
}

void ui_app_loop(struct ui_app *a) {
    while (!a->quit && !a->wish) {
        double now = (double)SDL_GetTicks64();
        ui_app_frame(a, now);
        if (a->quit) break;
        SDL_Event ev;
        double spent = (double)SDL_GetTicks64() - now;
        int wait = ui_app_wait_ms(a, now + spent);
        bool got;
        if (wait < 0) got = SDL_WaitEvent(&ev) == 1;
        else if (wait == 0 || spent >= wait) got = SDL_PollEvent(&ev) == 1;
        else got = SDL_WaitEventTimeout(&ev, wait - (int)spent) == 1;
        for (; got && !a->quit; got = SDL_PollEvent(&ev) == 1)
            ui_app_event(a, &ev, (double)SDL_GetTicks64());
    }
}
