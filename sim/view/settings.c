#include "settings.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "json.h"

static const char *const lane_names[RP_LANE_KINDS] = {"P", "M", "G", "core", "function"};

void ui_settings_init(struct ui_settings *s) { *s = (struct ui_settings){.zoom = 1}; }

void ui_settings_free(struct ui_settings *s) {
    for (size_t i = 0; i < s->nrecent; i++)
        free(s->recent[i]);
    ui_settings_init(s);
}

bool ui_settings_path(char *out, size_t n, const char *file) {
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int len = -1;
    if (config && config[0] == '/') len = snprintf(out, n, "%s/gosee/%s", config, file); /* a relative one does not count */
    else if (home && home[0]) len = snprintf(out, n, "%s/.config/gosee/%s", home, file);
    return len > 0 && (size_t)len < n;
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

static bool number_in(const struct json *object, const char *key, double lo, double hi, double *out) {
    const struct json *j = object ? json_get(object, key) : NULL;
    if (!j || j->kind != JSON_NUMBER || !(j->number >= lo && j->number <= hi)) return false;
    *out = j->number;
    return true;
}

static bool is_on(const struct json *object, const char *key) {
    const struct json *j = json_get(object, key);
    return j && j->kind == JSON_BOOL && j->yes;
}

static void read_window(struct ui_settings *s, const struct json *j) {
    double x, y, w, h;
    if (!j || j->kind != JSON_OBJECT || !number_in(j, "x", -1e5, 1e5, &x) || !number_in(j, "y", -1e5, 1e5, &y) ||
        !number_in(j, "w", UI_MIN_W, 32768, &w) || !number_in(j, "h", UI_MIN_H, 32768, &h))
        return;
    s->window = (SDL_Rect){(int)x, (int)y, (int)w, (int)h};
}

static bool read_recent(struct ui_settings *s, const struct json *j) {
    for (const struct json *p = j && j->kind == JSON_ARRAY ? j->first : NULL; p && s->nrecent < UI_RECENT; p = p->next) {
        if (p->kind != JSON_STRING) continue;
        if (!(s->recent[s->nrecent] = strdup(p->text))) return false;
        s->nrecent++;
    }
    return true;
}

bool ui_settings_read(struct ui_settings *s, const struct src_file *file, struct diag_list *diags) {
    struct arena arena;
    arena_init(&arena);
    const struct json *j = json_parse(file, &arena, diags);
    bool ok = j && j->kind == JSON_OBJECT;
    if (j && !ok) diag_add(diags, file, j->line, j->col, "expected an object with the window's settings");
    if (ok) {
        const struct json *theme = json_get(j, "theme"), *lanes = json_get(j, "lanes");
        if (theme && theme->kind == JSON_STRING) ui_theme_by_name(theme->text, &s->theme);
        for (int i = 0; lanes && lanes->kind == JSON_STRING && i < RP_LANE_KINDS; i++)
            if (strcmp(lanes->text, lane_names[i]) == 0) s->lanes = (enum rp_lane_by)i;
        number_in(j, "scale", 0.8, 2.5, &s->zoom);
        s->still = is_on(j, "still");
        s->full_screen = is_on(j, "fullScreen");
        read_window(s, json_get(j, "window"));
        ok = read_recent(s, json_get(j, "recent"));
        if (!ok) diag_add(diags, NULL, 0, 0, "out of memory");
    }
    arena_free(&arena);
    return ok;
}

/* ---- writing ------------------------------------------------------------------------------------------------ */

void ui_settings_write(const struct ui_settings *s, struct str *out) {
    str_addf(out, "{\n  \"theme\": \"%s\",\n  \"scale\": %.2f,\n  \"still\": %s,\n  \"lanes\": \"%s\",\n  \"fullScreen\": %s",
             ui_theme_name(s->theme), s->zoom, s->still ? "true" : "false", lane_names[s->lanes],
             s->full_screen ? "true" : "false");
    if (s->window.w > 0)
        str_addf(out, ",\n  \"window\": {\"x\": %d, \"y\": %d, \"w\": %d, \"h\": %d}", s->window.x, s->window.y, s->window.w,
                 s->window.h);
    str_adds(out, ",\n  \"recent\": [");
    for (size_t i = 0; i < s->nrecent; i++) {
        str_adds(out, i ? ",\n    " : "\n    ");
        str_add_json(out, s->recent[i], strlen(s->recent[i]));
    }
    str_adds(out, s->nrecent ? "\n  ]\n}\n" : "]\n}\n");
}

static bool make_folders(const char *path) {
    char folder[PATH_MAX];
    if (strlen(path) >= sizeof folder) return errno = ENAMETOOLONG, false;
    strcpy(folder, path);
    for (char *p = folder + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
        *p = 0;
        if (mkdir(folder, 0700) != 0 && errno != EEXIST) return false;
    }
    return true;
}

bool ui_settings_save(const struct ui_settings *s, const char *path) {
    struct str text = {0};
    ui_settings_write(s, &text);
    bool ok = !text.failed && make_folders(path) && file_write_whole(path, text.data, text.len);
    str_free(&text);
    return ok;
}

bool ui_settings_opened(struct ui_settings *s, const char *path) {
    char *whole = realpath(path, NULL), *copy = whole ? whole : strdup(path);
    size_t at = 0;
    if (!copy) return false;
    while (at < s->nrecent && strcmp(s->recent[at], copy) != 0)
        at++;
    if (at == UI_RECENT) at--; /* the oldest makes room */
    if (at < s->nrecent) free(s->recent[at]);
    else s->nrecent++;
    memmove(&s->recent[1], &s->recent[0], at * sizeof s->recent[0]);
    s->recent[0] = copy;
    return true;
}

SDL_Rect ui_settings_place(const struct ui_settings *s, const SDL_Rect *displays, int n) {
    enum { HOLD_W = 160, HOLD_H = 40 };
    for (int i = 0; i < n; i++) {
        SDL_Rect seen;
        if (SDL_IntersectRect(&s->window, &displays[i], &seen) && seen.w >= HOLD_W && seen.h >= HOLD_H &&
            s->window.y >= displays[i].y) /* its title can be reached */
            return s->window;
    }
    return (SDL_Rect){0};
}
