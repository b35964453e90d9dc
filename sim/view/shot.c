#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>

#include "moment.h"
#include "page.h"
#include "shot.h"

static bool write_text(struct ui_stage *s, const char *path, struct diag_list *diags) {
    struct str text = {0};
    ui_stage_text(s, &text);
    bool ok = !text.failed && file_write_whole(path, text.data, text.len);
    if (!ok)
        diag_add(diags, NULL, 0, 0, "%s: cannot be written: %s", path, text.failed ? "out of memory" : strerror(errno));
    str_free(&text);
    return ok;
}

struct ui_picture ui_shot_picture(const struct ui_stage *s, const struct ui_list *lists[static UI_REGIONS + 1]) {
    size_t n = 0;
    for (int i = 0; i < UI_REGIONS; i++)
        if (s->lay.shown[i]) lists[n++] = &s->lists[i];
    lists[n++] = &s->over;
    return (struct ui_picture){.lists = lists,
                               .nlists = n,
                               .fonts = s->fonts,
                               .width = s->lay.w,
                               .height = s->lay.h,
                               .scale = s->lay.scale,
                               .background = s->th->bg};
}

static bool write_picture(struct ui_stage *s, const char *path, struct diag_list *diags) {
    const struct ui_list *lists[UI_REGIONS + 1];
    const struct ui_picture p = ui_shot_picture(s, lists);
    return ui_picture_write(&p, path, diags);
}

bool ui_has_ending(const char *path, const char *ending) {
    size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

static bool choose_view(struct ui_stage *s, const struct ui_shot_config *c, struct diag_list *diags) {
    if (!c->view) return true;
    for (int v = 0; v < UI_VIEWS; v++)
        if (SDL_strcasecmp(c->view, ui_view_name((enum ui_view)v)) == 0) {
            s->mode.view = (enum ui_view)v;
            return true;
        }
    diag_add(diags, NULL, 0, 0, "view %s is unknown; there are stage, outcomes, compare and events", c->view);
    return false;
}

/* Makes the runs that a page is about. */
static void make_runs(struct ui_stage *s, const struct ui_shot_config *c) {
    struct ui_pages *p = s->pages;
    bool of_runs = s->mode.view == UI_VIEW_OUTCOMES || s->mode.view == UI_VIEW_COMPARE;
    if (!of_runs || !c->program || !(p->lab = ui_lab_new(c->program, &c->options))) return;
    for (int i = 0; i < 2; i++) { /* the runs first, then the pair that they name */
        ui_pages_want(p, s->mode.view);
        ui_lab_wait(p->lab);
        ui_pages_poll(p, s->fonts);
    }
}

/* As the config wants the stage; false with a message. */
static bool prepare(struct ui_stage *s, const struct ui_shot_config *c, struct diag_list *diags) {
    enum ui_theme_id theme = UI_LIGHT;
    if (c->theme && !ui_theme_by_name(c->theme, &theme)) {
        diag_add(diags, NULL, 0, 0, "theme %s is unknown; there are light, dark and contrast", c->theme);
        return false;
    }
    s->mode.theme = theme;
    s->mode.presenter = c->presenter;
    if (!choose_view(s, c, diags)) return false;
    if (s->scenario && s->scenario->speed > 0) s->mode.speed = (int)lround(log2(s->scenario->speed));
    ui_stage_size(s, c->width > 0 ? c->width : 1600, c->height > 0 ? c->height : 900);
    ui_lesson_scan(&s->lesson, s->log);
    return true;
}

static bool draw(struct ui_stage *s, const struct ui_shot_config *c, struct diag_list *diags) {
    uint64_t n;
    int64_t time;
    if (!ui_moment(s, c->at ? c->at : "end", &n, &time, diags)) return false;
    make_runs(s, c);
    bool flight = c->progress > 0 && c->progress < 1 && n > 0;
    if (!ui_stage_build(s, n, time, flight ? n - 1 : n)) {
        ui_say_illegal(s, diags);
        return false;
    }
    ui_stage_fly(s, flight ? c->progress : 1);
    if (s->failed) {
        diag_add(diags, NULL, 0, 0, "out of memory while drawing");
        return false;
    }
    return ui_has_ending(c->out, ".txt") ? write_text(s, c->out, diags) : write_picture(s, c->out, diags);
}

enum ui_result ui_shot_with(const struct ui_shot_config *c, const struct rt_log *log, ui_shot_fn *draw_it,
                            struct diag_list *diags) {
    struct ui_fonts *fonts = ui_fonts_open(diags);
    if (!fonts) return UI_FAILED;
    struct ui_stage *s = calloc(1, sizeof *s);
    struct ui_pages *pages = calloc(1, sizeof *pages);
    bool ok = s && pages && ui_stage_open(s, fonts, log, c->scenario);
    if (ok) s->pages = pages;
    else diag_add(diags, NULL, 0, 0, "out of memory");
    ok = ok && prepare(s, c, diags) && draw_it(s, c, diags);
    if (pages) {
        struct ui_lab *lab = pages->lab;
        ui_pages_close(pages);
        ui_lab_free(lab);
    }
    if (s) ui_stage_close(s);
    free(s);
    free(pages);
    ui_fonts_close(fonts);
    return ok ? UI_OK : UI_FAILED;
}

enum ui_result ui_shot_log(const struct ui_shot_config *c, const struct rt_log *log, struct diag_list *diags) {
    return ui_shot_with(c, log, draw, diags);
}
