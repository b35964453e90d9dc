/* input.c - keys and mouse. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app.h"
#include "page_input.h"
#include "timeline_input.h"

static double to_logical(const struct ui_app *a, int v) {
    return v / (a->stage.lay.scale > 0 ? a->stage.lay.scale : 1);
}

static void step(struct ui_app *a, enum ui_grain grain, int dir, double now) {
    uint64_t from = a->head.n;
    if (a->film.on) a->film.on = false;
    a->stage.mode.playing = false;
    a->at_head = false;
    a->stale = true;
    bool moved = ui_step(&a->head, grain, dir);
    if (a->head.refusal[0]) ui_app_notice(a, now, "%s", a->head.refusal);
    if (moved) ui_app_moved(a, from, true, now);
}

void ui_app_jump(struct ui_app *a, uint64_t n, double now) {
    uint64_t from = a->head.n;
    a->stage.mode.playing = false;
    a->at_head = false;
    ui_go(&a->head, n);
    ui_app_moved(a, from, false, now);
}

static void play_pause(struct ui_app *a, double now) {
    struct ui_mode *m = &a->stage.mode;
    m->playing = !m->playing;
    a->stale = true;
    a->head.owed = 0;
    if (!m->playing || a->source.live) return;
    if (!a->more && a->head.n >= rt_log_count(a->stage.log)) ui_app_jump(a, 0, now); /* at the end: from the start */
    m->playing = true;
    a->head.owed = m->grain == UI_BY_TIME ? 0 : 1; /* the first step comes at once */
}

static void go_end(struct ui_app *a, double now) {
    ui_app_jump(a, rt_log_count(a->stage.log), now);
    if (!a->source.live || !a->more) return;
    a->at_head = true;
    a->stage.mode.playing = true;
}

void ui_app_new_log(struct ui_app *a) {
    a->more = a->source.pump(a->source.ctx, 60000000);
    ui_playhead_reset(&a->head);
    if (!ui_stage_reopen(&a->stage, a->source.log(a->source.ctx))) {
        diag_add(a->diags, NULL, 0, 0, "out of memory");
        a->failed = a->quit = true;
        return;
    }
    a->film.on = false;
    a->stale = true;
    a->at_head = a->source.live;
    a->stage.mode.playing = a->source.live;
    a->stage.mode.span_set = a->stage.mode.measured = false;
    a->stage.mode.nmarks = 0; /* they name events of the run before */
}

static void rerun(struct ui_app *a, bool next, double now) {
    if (a->watch && a->watch->ready) { /* as it is now */
        a->watch->ready = false;
        ui_app_wish(a, UI_WISH_EDITED, NULL);
        return;
    }
    bool at_end = a->head.n > 0 && a->head.n >= rt_log_count(a->stage.log);
    if (!a->source.restart) {
        ui_app_notice(a, now, "a recording cannot be run again");
        return;
    }
    if (!a->source.restart(a->source.ctx, next, a->diags)) {
        a->failed = a->quit = true;
        return;
    }
    ui_app_new_log(a);
    if (a->quit) return;
    const struct rt_log_info *info = rt_log_get_info(a->stage.log);
    ui_app_notice(a, now, "run again: %s %llu", info && info->choice ? info->choice : "run",
                  (unsigned long long)(info ? info->number : 0));
    if (at_end && !a->source.live) ui_app_jump(a, rt_log_count(a->stage.log), now);
}

/* Nobody, then the running one, then the timeline fitted to it, then nobody. */
static void follow(struct ui_app *a, double now) {
    struct ui_mode *m = &a->stage.mode;
    a->stale = true;
    if (m->follow && !m->span_set) {
        const struct rp_g *g = a->stage.st ? rp_g(a->stage.st, m->follow) : NULL;
        struct rt_event ev;
        int64_t from = g && rt_log_get(a->stage.log, g->created_event, &ev) ? ev.time : 0;
        uint64_t all = rt_log_count(a->stage.log);
        int64_t to = all > 0 && rt_log_get(a->stage.log, all - 1, &ev) ? ev.time : from + 1;
        m->span_set = true;
        m->span_from = from;
        m->span_to = to > from ? to : from + 1;
        return;
    }
    if (m->follow) {
        m->follow = 0;
        m->span_set = false;
        return;
    }
    if (a->stage.st && a->stage.says.ng > 0) m->follow = a->stage.says.g[0];
    for (unsigned i = 0; a->stage.st && i < rp_np(a->stage.st) && !m->follow; i++)
        m->follow = rp_p(a->stage.st, i)->g;
    if (!m->follow) ui_app_notice(a, now, "nobody runs: click a goroutine to follow it");
}

static void open_life(struct ui_app *a, double now) {
    struct ui_mode *m = &a->stage.mode;
    if (m->presenter) {
        ui_app_notice(a, now, "a goroutine's life is for the full window: F5");
        return;
    }
    a->stale = true;
    if (m->life && m->follow) {
        m->life = false;
        return;
    }
    if (!m->follow) follow(a, now);
    m->life = m->follow != 0;
    if (m->life && !a->stage.lay.shown[UI_R_ROOMS]) ui_app_do(a, UI_DO_ROOMS_TAB, now);
}

/* ---- search ------------------------------------------------------------------------------------------------------ */

/* To what is in focus; asked again, to the next moment (or the one before) that concerns it. */
static void go_found(struct ui_app *a, bool forward, double now) {
    struct ui_stage *s = &a->stage;
    const struct ui_found *at = ui_search_at(&s->search, s->search.focus);
    uint64_t here = a->head.n > 0 ? a->head.n - 1 : 0, n = UINT64_MAX;
    if (!at) return;
    const struct ui_found f = *at;
    switch (f.kind) {
    case UI_FOUND_EXACT:
    case UI_FOUND_G:
        if (a->head.n <= f.event) n = f.event;
        else if (s->mode.follow == (uint32_t)f.id)
            n = forward ? rp_next_of_g(s->session, here, (uint32_t)f.id) : rp_prev_of_g(s->session, here, (uint32_t)f.id);
        s->mode.follow = (uint32_t)f.id;
        s->mode.life = true;
        break;
    case UI_FOUND_OBJ:
        n = a->head.n <= f.event ? f.event : rp_next_of_object(s->session, here, f.id, forward);
        break;
    case UI_FOUND_OUTPUT:
        n = f.event;
        break;
    default:
        s->search.open = false; /* it lies over the source */
        s->mode.source_top = f.id > 6 ? (int)f.id - 6 : 1;
        break;
    }
    a->stale = true;
    if (n != UINT64_MAX) ui_app_jump(a, n + 1, now);
}

static bool search_key(struct ui_app *a, const SDL_KeyboardEvent *k, double now) {
    struct ui_search *q = &a->stage.search;
    if (!q->open) return false;
    switch (k->keysym.sym) {
    case SDLK_BACKSPACE:
        ui_search_erase(&a->stage);
        break;
    case SDLK_ESCAPE:
        q->open = false;
        break;
    case SDLK_UP:
        q->focus -= q->focus > 0;
        break;
    case SDLK_DOWN:
        q->focus += q->focus + 1 < ui_search_count(q);
        break;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        go_found(a, !(k->keysym.mod & KMOD_SHIFT), now);
        break;
    default:
        return false;
    }
    a->over_stale = true;
    return true;
}

static void set_zoom(struct ui_app *a, double z) {
    a->stage.mode.zoom = z < 0.8 ? 0.8 : z > 2.5 ? 2.5 : z;
    a->all_stale = a->stale = true;
    a->stage.before.valid = false;
    a->film.on = false;
}

static void copy_text(struct ui_app *a, double now) {
    struct str text = {0};
    if (!a->stage.st) return;
    ui_stage_text(&a->stage, &text);
    if (!text.failed && SDL_SetClipboardText(str_cstr(&text)) == 0)
        ui_app_notice(a, now, "the screen is on the clipboard, as text");
    else ui_app_notice(a, now, "the clipboard cannot be written");
    str_free(&text);
}

static void tab(struct ui_app *a, enum ui_left_tab left, enum ui_low_tab low, enum ui_only_tab only, bool is_left) {
    if (is_left) a->stage.mode.tabs.left = left;
    else a->stage.mode.tabs.low = low;
    a->stage.mode.tabs.only = a->stage.mode.tabs.only == only ? UI_ONLY_STAGE : only;
    a->all_stale = a->stale = true;
    a->stage.before.valid = false;
}

static void lesson(struct ui_app *a, int dir, double now) {
    uint64_t n = dir > 0 ? ui_lesson_next(&a->stage.lesson, a->head.n) : ui_lesson_prev(&a->stage.lesson, a->head.n);
    if (n != UINT64_MAX) ui_app_jump(a, n, now);
    else
        ui_app_notice(a, now,
                      a->stage.lesson.nsteps == 0 ? "this scene has no lesson"
                      : dir > 0                   ? "that was the lesson's last step"
                                                  : "this is the lesson's first step");
}

static void close_top(struct ui_app *a) {
    struct ui_mode *m = &a->stage.mode;
    a->stale = true;
    if (m->blank) m->blank = false;
    else if (a->stage.problem) a->stage.problem = NULL;
    else if (m->keys_open) m->keys_open = false;
    else if (m->measured) m->measured = false;
    else if (m->follow) m->follow = 0, m->life = false;
    else if (m->span_set) m->span_set = false;
    else if (m->presenter) m->presenter = false, a->all_stale = true, a->stage.before.valid = false;
}

static void set_grain(struct ui_app *a, enum ui_grain g, double now) {
    if (a->source.live && (g == UI_BY_LINE || g == UI_BY_INSTRUCTION)) {
        ui_app_notice(a, now, "a live run cannot be executed again: lines and instructions need the stepped world");
        return;
    }
    a->stage.mode.grain = g;
    a->stale = true;
    if (a->head.fine_at == SIZE_MAX || g == UI_BY_LINE || g == UI_BY_INSTRUCTION) return;
    uint64_t n = a->head.n;
    ui_go(&a->head, n);
    ui_app_moved(a, n, false, now);
}

static bool do_look(struct ui_app *a, enum ui_action action, double now) {
    struct ui_mode *m = &a->stage.mode;
    switch (action) {
    case UI_DO_THEME:
        m->theme = (enum ui_theme_id)((m->theme + 1) % UI_THEMES);
        ui_app_notice(a, now, "theme: %s", ui_theme_name(m->theme));
        a->all_stale = a->stale = true;
        return true;
    case UI_DO_STILL:
        m->still = !m->still;
        ui_app_notice(a, now, m->still ? "movement is off" : "movement is on");
        return true;
    case UI_DO_PRESENTER:
        m->presenter = !m->presenter;
        a->all_stale = a->stale = true;
        a->stage.before.valid = false;
        a->film.on = false;
        return true;
    case UI_DO_FULL_SCREEN: {
        bool full = (SDL_GetWindowFlags(a->window) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
        SDL_SetWindowFullscreen(a->window, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
        return true;
    }
    case UI_DO_BIGGER:
    case UI_DO_BIGGER_2:
    case UI_DO_BIGGER_3:
        set_zoom(a, m->zoom * 1.1);
        return true;
    case UI_DO_SMALLER:
    case UI_DO_SMALLER_2:
        set_zoom(a, m->zoom / 1.1);
        return true;
    case UI_DO_SIZE_RESET:
        set_zoom(a, 1);
        return true;
    case UI_DO_LEFT_TAB:
        tab(a, UI_TAB_SOURCE, 0, UI_ONLY_SOURCE, true);
        return true;
    case UI_DO_ROOMS_TAB:
        tab(a, UI_TAB_ROOMS, 0, UI_ONLY_ROOMS, true);
        return true;
    case UI_DO_TIMELINE_TAB:
        tab(a, 0, UI_TAB_TIMELINE, UI_ONLY_TIMELINE, false);
        return true;
    case UI_DO_OUTPUT_TAB:
        tab(a, 0, UI_TAB_OUTPUT, UI_ONLY_OUTPUT, false);
        return true;
    case UI_DO_BLANK:
        m->blank = !m->blank, a->over_stale = true;
        return true;
    case UI_DO_KEYS:
    case UI_DO_KEYS_2:
        m->keys_open = !m->keys_open, a->stale = true;
        return true;
    default:
        return false;
    }
}

static void of_g(struct ui_app *a, int dir, double now) {
    uint64_t from = a->head.n;
    if (!a->stage.mode.follow) {
        ui_app_notice(a, now, "follow a goroutine first: F, or a click on it");
        return;
    }
    a->stage.mode.playing = false;
    a->at_head = false;
    if (ui_step_of_g(&a->head, a->stage.mode.follow, dir)) ui_app_moved(a, from, true, now);
}

static void open_search(struct ui_app *a) {
    if (a->stage.mode.view != UI_VIEW_STAGE) return;
    a->stage.mode.playing = false;
    ui_search_open(&a->stage);
    a->stale = true;
}

static void change_speed(struct ui_app *a, int by) {
    int speed = a->stage.mode.speed + by;
    a->stage.mode.speed = speed < UI_SPEED_MIN ? UI_SPEED_MIN : speed > UI_SPEED_MAX ? UI_SPEED_MAX : speed;
    a->stale = true;
}

void ui_app_do(struct ui_app *a, enum ui_action action, double now) {
    struct ui_mode *m = &a->stage.mode;
    if (ui_page_do(a, action, now) || do_look(a, action, now) || ui_timeline_do(a, action, now)) return;
    switch (action) {
    case UI_DO_PLAY:
        play_pause(a, now);
        break;
    case UI_DO_BACK:
        step(a, m->grain, -1, now);
        break;
    case UI_DO_FORWARD:
        step(a, m->grain, 1, now);
        break;
    case UI_DO_DECISION_BACK:
        step(a, UI_BY_DECISION, -1, now);
        break;
    case UI_DO_DECISION_NEXT:
        step(a, UI_BY_DECISION, 1, now);
        break;
    case UI_DO_START:
        ui_app_jump(a, 0, now);
        break;
    case UI_DO_END:
        go_end(a, now);
        break;
    case UI_DO_GRAIN_EVENT:
    case UI_DO_GRAIN_DECISION:
    case UI_DO_GRAIN_LINE:
    case UI_DO_GRAIN_INSTR:
    case UI_DO_GRAIN_TIME:
        set_grain(a, (enum ui_grain)(action - UI_DO_GRAIN_EVENT), now);
        break;
    case UI_DO_SLOWER:
    case UI_DO_FASTER:
        change_speed(a, action == UI_DO_FASTER ? 1 : -1);
        break;
    case UI_DO_RERUN_NEXT:
        rerun(a, true, now);
        break;
    case UI_DO_RERUN_SAME:
        rerun(a, false, now);
        break;
    case UI_DO_FOLLOW:
        follow(a, now);
        break;
    case UI_DO_LIFE:
        open_life(a, now);
        break;
    case UI_DO_SEARCH:
        open_search(a);
        break;
    case UI_DO_G_BACK:
        of_g(a, -1, now);
        break;
    case UI_DO_G_NEXT:
        of_g(a, 1, now);
        break;
    case UI_DO_LESSON_BACK:
        lesson(a, -1, now);
        break;
    case UI_DO_LESSON_NEXT:
        lesson(a, 1, now);
        break;
    case UI_DO_COPY:
        copy_text(a, now);
        break;
    case UI_DO_CLOSE:
        close_top(a);
        break;
    case UI_DO_ENTER:
        if (!ui_app_answer(a, -1) && !m->keys_open) play_pause(a, now);
        break;
    case UI_DO_QUIT:
        a->quit = true;
        break;
    default:
        break;
    }
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static bool question_open(const struct ui_app *a) {
    const struct ui_lesson_step *step = ui_lesson_at(&a->stage.lesson, a->head.n);
    return step && step->step->ask && !step->answered && step->step->ask->nchoices > 0 && a->head.fine_at == SIZE_MAX;
}

static void typed(struct ui_app *a, const char *text, double now) {
    SDL_Keymod held = SDL_GetModState();
    if ((held & KMOD_CTRL) && !(held & KMOD_RALT)) return; /* a shortcut; AltGr types */
    if (ui_page_typed(a, text, now)) return;
    if (a->stage.search.open) {
        ui_search_type(&a->stage, text);
        a->over_stale = true;
        return;
    }
    bool digit = text[0] >= '1' && text[0] <= '9' && !text[1];
    if (digit && question_open(a)) { /* a question goes before the grains */
        ui_app_answer(a, text[0] - '1');
        return;
    }
    enum ui_action action = ui_key_for_text(a->stage.keys, text);
    if (action == UI_DO_NOTHING && a->digit_down >= 0) { /* digits by position, where the layout has other characters */
        char by_place[2] = {(char)('0' + a->digit_down), 0};
        a->digit_down = -1;
        typed(a, by_place, now);
        return;
    }
    ui_app_do(a, action, now);
}

static void key_down(struct ui_app *a, const SDL_KeyboardEvent *k, double now) {
    SDL_Scancode sc = k->keysym.scancode;
    if (search_key(a, k, now) || ui_page_key(a, k->keysym.sym, k->keysym.mod, now)) return;
    a->digit_down = sc >= SDL_SCANCODE_1 && sc <= SDL_SCANCODE_9 ? (int32_t)(sc - SDL_SCANCODE_1) + 1 : -1;
    enum ui_action action = ui_key_for_sym(a->stage.keys, k->keysym.sym, k->keysym.mod);
    if (action == UI_DO_NOTHING && k->keysym.sym == SDLK_KP_ENTER) action = UI_DO_ENTER;
    if (action != UI_DO_NOTHING) ui_app_do(a, action, now);
}

/* ---- mouse ------------------------------------------------------------------------------------------------------- */

static void set_speed(struct ui_app *a, double x) {
    double f = (x - a->drag_x) / 150;
    int steps = (int)lround((f < 0 ? 0 : f > 1 ? 1 : f) * (UI_SPEED_MAX - UI_SPEED_MIN));
    a->stage.mode.speed = UI_SPEED_MIN + steps;
    a->stale = true;
}

static void click_tab(struct ui_app *a, uint64_t id) {
    struct ui_tabs *t = &a->stage.mode.tabs;
    if (id >= 100) t->low = id == 100 ? UI_TAB_TIMELINE : UI_TAB_OUTPUT;
    else if (a->stage.lay.cls == UI_SINGLE) t->only = (enum ui_only_tab)id;
    else t->left = (enum ui_left_tab)id;
    a->all_stale = a->stale = true;
    a->stage.before.valid = false;
}

static void press(struct ui_app *a, double x, double y, unsigned clicks, double now) {
    const struct ui_hit *at = ui_stage_hit(&a->stage, x, y);
    struct ui_mode *m = &a->stage.mode;
    if (m->keys_open) {
        m->keys_open = false;
        a->stale = true;
        return;
    }
    if (!at) return;
    struct ui_hit h = *at;
    if (ui_page_press(a, &h, now)) return;
    if (h.kind == UI_HIT_FIELD) h = (struct ui_hit){h.at, UI_HIT_G, ui_field_at(&a->stage, x, y)};
    if (h.kind == UI_HIT_G && h.id == 0) return;
    switch (h.kind) {
    case UI_HIT_G:
        m->follow = m->follow == (uint32_t)h.id ? 0 : (uint32_t)h.id;
        m->life = m->follow != 0;
        a->stale = true;
        break;
    case UI_HIT_ACTION:
        if (h.id >= 1000) {
            m->lanes = (enum rp_lane_by)(h.id - 1000);
            a->stale = true;
        } else {
            ui_app_do(a, (enum ui_action)h.id, now);
        }
        break;
    case UI_HIT_SCRUB:
    case UI_HIT_AXIS:
    case UI_HIT_OVERVIEW:
        ui_timeline_press(a, &h, x, y, clicks, now);
        break;
    case UI_HIT_SPEED:
        a->drag = UI_DRAG_SPEED;
        a->drag_x = (double)h.id;
        set_speed(a, x);
        break;
    case UI_HIT_OUTPUT:
    case UI_HIT_EVENT:
        ui_app_jump(a, h.id, now);
        break;
    case UI_HIT_FOUND:
        a->stage.search.focus = (size_t)h.id;
        go_found(a, true, now);
        break;
    case UI_HIT_LINE: /* a frame of a trace; a line of the source is where it is */
        if (ui_inside(a->stage.lay.at[UI_R_ROOMS], x, y)) m->source_top = h.id > 6 ? (int)h.id - 6 : 1, a->stale = true;
        break;
    case UI_HIT_ANSWER:
        ui_app_answer(a, (int)h.id);
        break;
    case UI_HIT_TAB:
        click_tab(a, h.id);
        break;
    default:
        break;
    }
}

static void motion(struct ui_app *a, double x, double y, double now) {
    struct ui_mode *m = &a->stage.mode;
    m->mouse_x = x;
    m->mouse_y = y;
    a->mouse_since = now;
    if (m->tooltip) {
        m->tooltip = false;
        a->over_stale = true;
    }
    ui_timeline_drag(a, x, now);
    if (a->drag == UI_DRAG_SPEED) set_speed(a, x);
    if (a->drag == UI_DRAG_PAIR) ui_page_scrub(a, x);
    const struct ui_hit *h = ui_stage_hit(&a->stage, x, y);
    bool button = h && (h->kind == UI_HIT_ACTION || h->kind == UI_HIT_TAB || h->kind == UI_HIT_ANSWER || h->kind == UI_HIT_VIEW ||
                        h->kind == UI_HIT_SEED);
    uint64_t hot = button ? ((uint64_t)h->kind << 32 | h->id) + 1 : 0;
    if (hot != a->hot && a->drag == UI_DRAG_NONE) a->stale = true;
    a->hot = hot;
}

static void wheel(struct ui_app *a, const SDL_MouseWheelEvent *w, double now) {
    struct ui_stage *s = &a->stage;
    double x = s->mode.mouse_x, y = s->mode.mouse_y;
    int dy = w->direction == SDL_MOUSEWHEEL_FLIPPED ? -w->y : w->y;
    if (dy == 0) return;
    if (SDL_GetModState() & KMOD_CTRL) {
        set_zoom(a, s->mode.zoom * (dy > 0 ? 1.1 : 1 / 1.1));
    } else if (ui_inside(s->axis, x, y)) {
        ui_timeline_wheel(a, dy, x);
    } else if (s->lay.shown[UI_R_PAGE] && ui_inside(s->lay.at[UI_R_PAGE], x, y)) {
        ui_page_wheel(a, dy, now);
    } else if (s->lay.shown[UI_R_SOURCE] && ui_inside(s->lay.at[UI_R_SOURCE], x, y)) {
        int top = s->mode.source_top > 0 ? s->mode.source_top : 1;
        top -= dy * 3;
        s->mode.source_top = top < 1 ? 1 : top;
        a->stale = true;
    }
}

static void window_event(struct ui_app *a, const SDL_WindowEvent *w) {
    switch (w->event) {
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_RESTORED:
        a->all_stale = a->stale = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        a->stage.mode.mouse_x = a->stage.mode.mouse_y = -1;
        a->stage.mode.tooltip = false;
        a->over_stale = true;
        break;
    case SDL_WINDOWEVENT_CLOSE:
        a->quit = true;
        break;
    default:
        break;
    }
}

void ui_app_event(struct ui_app *a, const SDL_Event *ev, double now) {
    if (ev->type >= SDL_KEYDOWN && ev->type <= SDL_MOUSEWHEEL) a->input_at = now;
    switch (ev->type) {
    case SDL_QUIT:
        a->quit = true;
        break;
    case SDL_KEYDOWN:
        key_down(a, &ev->key, now);
        break;
    case SDL_TEXTINPUT:
        typed(a, ev->text.text, now);
        break;
    case SDL_MOUSEBUTTONDOWN:
        if (ev->button.button == SDL_BUTTON_LEFT)
            press(a, to_logical(a, ev->button.x), to_logical(a, ev->button.y), ev->button.clicks, now);
        break;
    case SDL_MOUSEBUTTONUP:
        if (ev->button.button != SDL_BUTTON_LEFT) break;
        ui_timeline_release(a, to_logical(a, ev->button.x), now);
        a->drag = UI_DRAG_NONE;
        break;
    case SDL_MOUSEMOTION:
        motion(a, to_logical(a, ev->motion.x), to_logical(a, ev->motion.y), now);
        break;
    case SDL_MOUSEWHEEL:
        wheel(a, &ev->wheel, now);
        break;
    case SDL_WINDOWEVENT:
        window_event(a, &ev->window);
        break;
    case SDL_DROPFILE:
        ui_app_wish(a, UI_WISH_PATH, ev->drop.file);
        SDL_free(ev->drop.file);
        break;
    case SDL_USEREVENT: /* the lab has something */
        a->stale = true;
        break;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        ui_painter_forget(a->painter);
        a->all_stale = a->stale = true;
        break;
    default:
        break;
    }
}
