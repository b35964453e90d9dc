/* cmd_check.c - gosee check: scenes as tests. A folder without a scene.json stands for the scenes in it. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "vec.h"

struct counts {
    struct run_check_how how;
    unsigned passed, failed;
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

/* Scenes in the folder, in order of name: the report is the same on every machine. */
static void check_folder(const char *folder, struct counts *n) {
    VEC(char *) found = {0};
    DIR *d = opendir(folder);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        struct str path = {0};
        if (e->d_name[0] == '.') continue;
        str_addf(&path, "%s/%s", folder, e->d_name);
        char *text = !path.failed && has_scene(str_cstr(&path)) ? str_take(&path) : NULL;
        if (text && !VEC_PUSH(&found, text)) free(text);
        str_free(&path);
    }
    if (d) closedir(d);
    if (found.len) qsort(found.data, found.len, sizeof *found.data, by_name);
    for (size_t i = 0; i < found.len; i++) {
        check_one(found.data[i], n);
        free(found.data[i]);
    }
    if (!found.len) {
        cli_say("%s: no scenes here: neither a scene.json nor folders with one", folder);
        n->failed++;
    }
    VEC_FREE(&found);
}

int cmd_check(const struct cli *c) {
    struct counts n = {.how = {.worlds = RUN_BOTH_WORLDS, .race = c->given[OPT_RACE]}};
    if (c->given[OPT_WORLD]) n.how.worlds = c->world == SCN_LIVE ? RUN_LIVE_WORLD : RUN_STEPPED_WORLD;
    for (size_t i = 0; i < c->npaths; i++) {
        if (is_folder(c->paths[i]) && !has_scene(c->paths[i]))
            check_folder(c->paths[i], &n);
        else
            check_one(c->paths[i], &n);
    }
    printf("%u passed, %u failed\n", n.passed, n.failed);
    return n.failed ? 1 : 0;
}
