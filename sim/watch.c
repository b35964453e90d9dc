#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "str.h"

enum { QUIET_MS = 100 };

/* The folder that a path is or lies in. */
static bool folder_of(const char *path, struct str *out) {
    struct stat st;
    const char *slash = strrchr(path, '/');
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) str_adds(out, path);
    else if (slash) str_add(out, path, (size_t)(slash - path + 1));
    else str_adds(out, ".");
    return !out->failed;
}

bool watch_open(struct watch *w, char *const *paths, size_t n) {
    *w = (struct watch){.fd = inotify_init1(IN_CLOEXEC), .wds = calloc(n + 1, sizeof *w->wds), .n = n};
    bool ok = w->fd >= 0 && w->wds;
    for (size_t i = 0; ok && i < n; i++) {
        struct str folder = {0};
        ok = folder_of(paths[i], &folder);
        if (!ok) errno = ENOMEM;
        if (ok) w->wds[i] = inotify_add_watch(w->fd, str_cstr(&folder), IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE);
        ok = ok && w->wds[i] >= 0;
        str_free(&folder);
    }
    return ok;
}

void watch_close(struct watch *w) {
    if (w->fd >= 0) close(w->fd);
    free(w->wds);
}

static bool matters(const char *name) {
    const char *dot = strrchr(name, '.');
    return *name != '.' && dot && (strcmp(dot, ".go") == 0 || strcmp(dot, ".json") == 0);
}

/* What has come; true if some of it matters. */
static bool take(struct watch *w, bool *changed, bool *any) {
    _Alignas(struct inotify_event) char buf[8192];
    ssize_t n = read(w->fd, buf, sizeof buf);
    if (n < 0) return errno == EINTR;
    const struct inotify_event *e;
    for (const char *at = buf; at < buf + n; at += sizeof *e + e->len) {
        e = (const struct inotify_event *)(const void *)at;
        if (!(e->mask & IN_Q_OVERFLOW) && (e->len == 0 || !matters(e->name))) continue;
        for (size_t i = 0; i < w->n; i++) {
            if (!(e->mask & IN_Q_OVERFLOW) && w->wds[i] != e->wd) continue;
            changed[i] = *any = true;
        }
    }
    return true;
}

bool watch_wait(struct watch *w, bool *changed) {
    struct pollfd p = {.fd = w->fd, .events = POLLIN};
    bool any = false;
    memset(changed, 0, w->n * sizeof *changed);
    for (;;) {
        int n = poll(&p, 1, any ? QUIET_MS : -1);
        if (n == 0) return true;
        if (n < 0 && errno != EINTR) return false;
        if (n > 0 && !take(w, changed, &any)) return false;
    }
}
