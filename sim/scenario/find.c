/* find.c - where the scenes are that come with the program: in the tree it was built in, or where it is installed. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenario.h"

static bool has(const char *folder, const char *file) {
    struct str path = {0};
    struct stat st;
    str_addf(&path, "%s/%s", folder, file);
    bool yes = !path.failed && stat(str_cstr(&path), &st) == 0 && S_ISREG(st.st_mode);
    str_free(&path);
    return yes;
}

/* Beside prefix/bin lies prefix/share; a build folder lies in build/ of the tree. */
static const char *const beside_program[] = {"../share/gosee/scenes", "../../scenes"};

bool scn_find_scenes(struct str *out) {
    const char *told = getenv("GOSEE_SCENES");
    if (told && *told) {
        str_adds(out, told);
        return has(told, "course.json");
    }
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n < 0) return false;
    program[n] = '\0';
    char *slash = strrchr(program, '/');
    if (!slash) return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof beside_program / sizeof *beside_program; i++) {
        char whole[PATH_MAX];
        struct str path = {0};
        str_addf(&path, "%s/%s", program, beside_program[i]);
        bool found = !path.failed && realpath(str_cstr(&path), whole) && has(whole, "course.json");
        str_free(&path);
        if (!found) continue;
        str_adds(out, whole);
        return !out->failed;
    }
    return false;
}

bool scn_find_scene(const char *name, struct str *out) {
    struct str path = {0};
    bool plain = *name && *name != '.' && !strchr(name, '/');
    bool found = plain && scn_find_scenes(&path);
    str_addf(&path, "/%s", name);
    found = found && !path.failed && has(str_cstr(&path), "scene.json");
    if (found) str_adds(out, str_cstr(&path));
    str_free(&path);
    return found && !out->failed;
}
