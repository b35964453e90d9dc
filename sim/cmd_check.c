/* cmd_check.c - gosee check: scenes as tests. A folder without a scene.json stands for the scenes in it, those that are
 * there when it begins. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "vec.h"
#include "watch.h"

struct counts {
    struct run_check_how how;
    unsigned passed, failed;
};

struct paths { /* of scenes; owned */
    char **data;
    size_t len, cap;
};

static bool is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool has_scene(const char *folder) {
    struct str path = {0};
    struct stat st;
    str_addf(&path, "%s/scene.json", folder);
    bool yes = !path.failed && stat(str_cstr(&path), &st) == 0;
    str_free(&path);
    return yes;
}

static void check_one(const char *path, struct counts *n) {
    struct str report = {0};
    unsigned passed = 0, failed = 0;
    run_check(path, n->how, &report, &passed, &failed);
    fputs(str_cstr(&report), stdout);
    if (!failed) printf("ok   %s\n", path);
    fflush(stdout);
    str_free(&report);
    n->passed += passed;
    n->failed += failed;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void add_path(struct paths *to, const char *path) {
    char *copy = strdup(path);
    if (copy && VEC_PUSH(to, copy)) return;
    free(copy);
    cli_say("out of memory");
}

/* Scenes in the folder, in order of name: the report is the same on every machine. */
static void add_folder(struct paths *to, const char *folder) {
    size_t before = to->len;
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        struct str path = {0};
        if (e->d_name[0] == '.') continue;
        str_addf(&path, "%s/%s", folder, e->d_name);
        if (!path.failed && has_scene(str_cstr(&path))) add_path(to, str_cstr(&path));
        str_free(&path);
    }
    if (d) closedir(d);
    if (to->len > before) qsort(to->data + before, to->len - before, sizeof *to->data, by_name);
    else cli_say("%s: no scenes here: neither a scene.json nor folders with one", folder);
}

static void summary(const struct counts *n) {
    printf("%u passed, %u failed\n", n->passed, n->failed);
    fflush(stdout);
}

/* Checks again what is saved, until it is interrupted. */
static int keep_watching(struct watch *w, const struct paths *scenes, struct run_check_how how) {
    bool *changed = calloc(scenes->len, sizeof *changed);
    while (changed && watch_wait(w, changed)) {
        struct counts n = {.how = how};
        for (size_t i = 0; i < scenes->len; i++)
            if (changed[i]) check_one(scenes->data[i], &n);
        summary(&n);
    }
    cli_say("--watch: %s", strerror(errno));
    free(changed);
    return STATUS_REFUSED;
}

int cmd_check(const struct cli *c) {
    struct counts n = {.how = {.worlds = RUN_BOTH_WORLDS, .race = c->given[OPT_RACE]}};
    struct paths scenes = {0};
    struct watch w = {.fd = -1};
    if (c->given[OPT_WORLD]) n.how.worlds = c->world == SCN_LIVE ? RUN_LIVE_WORLD : RUN_STEPPED_WORLD;
    for (size_t i = 0; i < c->npaths; i++) {
        size_t before = scenes.len;
        if (is_folder(c->paths[i]) && !has_scene(c->paths[i]))
            add_folder(&scenes, c->paths[i]);
        else
            add_path(&scenes, c->paths[i]);
        if (scenes.len == before) n.failed++;
    }
    /* Before the first check: a save meanwhile is not missed. */
    bool watching = c->given[OPT_WATCH] && scenes.len > 0;
    if (watching && !watch_open(&w, scenes.data, scenes.len)) {
        cli_say("--watch: %s", strerror(errno));
        watching = false;
        n.failed++;
    }
    for (size_t i = 0; i < scenes.len; i++) check_one(scenes.data[i], &n);
    summary(&n);
    int status = watching ? keep_watching(&w, &scenes, n.how) : n.failed ? 1 : 0;
    watch_close(&w);
    for (size_t i = 0; i < scenes.len; i++) free(scenes.data[i]);
    VEC_FREE(&scenes);
    return status;
}
