#include "watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool stamp(const char *path, int64_t *time, int64_t *size) {
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) return false;
    *time = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    *size = (int64_t)st.st_size;
    return true;
}

bool ui_watch_add(struct ui_watch *w, const char *path) {
    int64_t time, size;
    if (w->nfiles == UI_WATCHED || !stamp(path, &time, &size)) return true;
    char *copy = strdup(path);
    if (!copy) return false;
    w->file[w->nfiles].path = copy;
    w->file[w->nfiles].time = time;
    w->file[w->nfiles++].size = size;
    return true;
}

bool ui_watch_look(struct ui_watch *w, double now) {
    const char *changed = NULL;
    if (now - w->looked < UI_LOOK_MS) return false;
    w->looked = now;
    for (unsigned i = 0; i < w->nfiles; i++) {
        int64_t time, size;
        /* Editors write beside a file and rename: for a moment it may not be there. */
        if (!stamp(w->file[i].path, &time, &size)) continue;
        if (time == w->file[i].time && size == w->file[i].size) continue;
        w->file[i].time = time;
        w->file[i].size = size;
        changed = w->file[i].path;
    }
    if (!changed) return false;
    const char *slash = strrchr(changed, '/');
    snprintf(w->name, sizeof w->name, "%s", slash ? slash + 1 : changed);
    str_clear(&w->problem);
    w->ready = w->reopen(w->ctx, &w->problem);
    return true;
}

void ui_watch_free(struct ui_watch *w) {
    for (unsigned i = 0; i < w->nfiles; i++)
        free(w->file[i].path);
    str_free(&w->problem);
    *w = (struct ui_watch){0};
}
