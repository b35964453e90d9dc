/* load.c - from a path to a scenario: files, formats, variants, the program's text. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "read.h"
#include "scan.h"

enum { FORMAT = 1, MAX_PROGRAM = 4 << 20, MAX_VARIANTS = 64 };

struct load {
    struct scn_reader r; /* its file's text belongs to the diagnostics, which outlive a failed load */
    const char *shown;   /* the folder as the user gave it; "" is here */
};

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool ends_in(const char *s, const char *end) {
    size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

static bool is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool cannot(struct diag_list *diags, const char *path, int error) {
    diag_add(diags, NULL, 0, 0, "%s: %s", path, error == EFBIG ? "the file is too large" : strerror(error));
    return false;
}

/* Reads a file into an arena. false with errno. */
static bool read_into(struct arena *arena, const char *path, size_t max, const char *name, struct src_file *out) {
    struct stat st;
    struct str text = {0};
    if (stat(path, &st) != 0) return false;
    if (!S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
        return false;
    }
    if (!str_read_file(&text, path, max)) {
        int error = errno;
        str_free(&text);
        errno = error;
        return false;
    }
    out->name = arena_strdup(arena, name);
    out->text = arena_strndup(arena, str_cstr(&text), text.len);
    out->length = text.len;
    str_free(&text);
    errno = ENOMEM;
    return out->name && out->text;
}

/* ---- the program --------------------------------------------------------------------------------------------------
 */

static bool leads_outside(const struct load *l, const char *path) {
    if (path[0] == '/') return true;
    for (const char *p = path; *p;) {
        size_t n = strcspn(p, "/");
        if (n == 2 && memcmp(p, "..", 2) == 0) return true;
        p += n + (p[n] == '/');
    }
    struct str full = {0};
    str_addf(&full, "%s/%s", l->r.folder, path);
    char *real = realpath(str_cstr(&full), NULL), *root = realpath(l->r.folder, NULL);
    size_t n = root ? strlen(root) : 0;
    bool inside = !real || (root && strncmp(real, root, n) == 0 && (real[n] == '/' || (n == 1 && *root == '/')));
    free(real);
    free(root);
    str_free(&full);
    return !inside;
}

static void read_program(struct load *l, const struct json *j, struct scenario *s) {
    const char *path = rd_name(&l->r, j);
    if (!path) return;
    if (leads_outside(l, path)) {
        rd_bad(&l->r, j, "\"%.80s\" leads outside the scenario's folder", path);
        return;
    }
    s->program_path = arena_printf(l->r.arena, "%s/%s", l->r.folder, path);
    s->program_name = arena_strdup(l->r.arena, base_name(path));
    const char *shown = arena_printf(l->r.arena, "%s%s%s", l->shown, *l->shown ? "/" : "", path);
    if (!s->program_path || !s->program_name || !shown) return;
    if (!ends_in(path, ".go")) {
        rd_bad(&l->r, j, "\"%.80s\" is no Go file, expected a name that ends in .go", path);
        return;
    }
    if (read_into(l->r.arena, s->program_path, MAX_PROGRAM, shown, &s->source)) return;
    rd_bad(&l->r, j, "\"%.80s\": %s", path, errno == EFBIG ? "the file is too large" : strerror(errno));
}

static void read_source(struct load *l, const struct json *j, struct scenario *s) {
    size_t n;
    const char **lines = rd_strings(&l->r, j, &n);
    struct str text = {0};
    for (size_t i = 0; lines && i < n; i++)
        str_addf(&text, "%s\n", lines[i]);
    s->program_name = "source";
    s->source.name = "source.go";
    s->source.text = arena_strndup(l->r.arena, str_cstr(&text), text.len);
    s->source.length = text.len;
    str_free(&text);
}

static void read_code(struct load *l, const struct json *j, struct scenario *s) {
    const struct json *program = json_get(j, "program"), *source = json_get(j, "source");
    if (program && source) rd_bad_key(&l->r, source, "stands beside \"program\", expected one or the other");
    else if (program) read_program(l, program, s);
    else if (source) read_source(l, source, s);
    else rd_bad(&l->r, j, "no program, expected \"program\" (a .go file beside this one) or \"source\" (its lines)");
}

/* ---- the whole ----------------------------------------------------------------------------------------------------
 */

/* Whether this is of our format. A later one is refused before anything else is said of it. */
static bool check_format(struct load *l, const struct json *j) {
    if (j->kind != JSON_OBJECT) return rd_wrong_kind(&l->r, j, "an object");
    const struct json *f = json_get(j, "format");
    if (!f) return rd_bad(&l->r, j, "no \"format\", expected \"format\": %d", FORMAT);
    uint64_t n;
    if (!rd_whole(&l->r, f, 1, UINT32_MAX, &n)) return false;
    if (n <= FORMAT) return true;
    return rd_bad(&l->r, f, "format %llu is later than this program, which reads format %d", (unsigned long long)n,
                  FORMAT);
}

static void read_one(struct load *l, const struct json *j, struct scenario *s) {
    s->folder = l->r.folder;
    s->json = *l->r.file;
    rd_scenario(&l->r, j, s);
    read_code(l, j, s);
    if (!*s->title && s->program_name) s->title = s->program_name;
}

static bool read_variant(struct load *l, const struct json *base, const struct json *v, struct scn_variant *out) {
    static const char *const own[] = {"format", "variants"};
    if (v->kind != JSON_OBJECT) return rd_wrong_kind(&l->r, v, "an object");
    if (!*v->key) return rd_bad_key(&l->r, v, "a variant without a name");
    for (size_t i = 0; i < 2; i++) {
        const struct json *m = json_get(v, own[i]);
        if (m) return rd_bad_key(&l->r, m, "a variant cannot change this");
    }
    struct json *whole = json_merge(l->r.arena, base, v);
    out->name = v->key;
    out->scenario = ARENA_NEW(l->r.arena, struct scenario);
    if (!whole || !out->scenario) return false;
    read_one(l, whole, out->scenario);
    return true;
}

static void read_variants(struct load *l, const struct json *j, struct scenario *s) {
    static const char *const variants[] = {"variants"};
    const struct json *all = json_get(j, "variants");
    if (!all) return;
    if (all->kind != JSON_OBJECT) {
        rd_wrong_kind(&l->r, all, "an object: names and what is different");
        return;
    }
    if (all->count > MAX_VARIANTS) {
        rd_bad(&l->r, all, "%zu variants, expected at most %d", all->count, MAX_VARIANTS);
        return;
    }
    struct json *base = json_without(l->r.arena, j, variants, 1);
    s->variants = ARENA_ARRAY(l->r.arena, struct scn_variant, all->count + 1);
    for (const struct json *v = all->first; v && base && s->variants; v = v->next)
        if (read_variant(l, base, v, &s->variants[s->nvariants])) s->nvariants++;
}

/* `of` compares with another variant; "" would be the scenario itself, which has no name. */
static void check_of(struct load *l, const struct json *j, const struct scenario *s) {
    if (j->kind == JSON_STRING && j->key && strcmp(j->key, "of") == 0) {
        bool found = false;
        for (size_t i = 0; i < s->nvariants; i++)
            found = found || strcmp(s->variants[i].name, j->text) == 0;
        if (!found) rd_bad(&l->r, j, "there is no variant \"%.40s\"", j->text);
    }
    for (const struct json *m = j->first; m; m = m->next)
        check_of(l, m, s);
}

static void check_all_of(struct load *l, const struct json *j, const struct scenario *s) {
    const struct json *expect = json_get(j, "expect"), *variants = json_get(j, "variants");
    if (expect) check_of(l, expect, s);
    for (const struct json *v = variants && variants->kind == JSON_OBJECT ? variants->first : NULL; v; v = v->next) {
        const struct json *x = v->kind == JSON_OBJECT ? json_get(v, "expect") : NULL;
        if (x) check_of(l, x, s);
    }
}

static const char *folder_of(struct arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return arena_strdup(arena, ".");
    return slash == path ? arena_strdup(arena, "/") : arena_strndup(arena, path, (size_t)(slash - path));
}

static bool load_json(const char *path, struct scenario *s, struct diag_list *diags) {
    struct src_file *file = ARENA_NEW(&diags->arena, struct src_file);
    struct load l = {.r = {&s->arena, file, diags, folder_of(&s->arena, path)}};
    if (!file || !l.r.folder) return false;
    l.shown = strrchr(path, '/') ? l.r.folder : "";
    if (!read_into(&diags->arena, path, SCN_MAX_FILE, path, file)) return cannot(diags, path, errno);
    size_t before = diags->items.len;
    struct json *j = json_parse(file, &s->arena, diags);
    if (!j || !check_format(&l, j)) return false;
    read_one(&l, j, s);
    read_variants(&l, j, s);
    check_all_of(&l, j, s);
    diag_sort(diags); /* a mistake in the base shows in each variant; it is told once */
    if (diags->items.len > before || diags->failed) return false;
    /* What a loaded scenario keeps of its file is its own. */
    s->json.name = arena_strdup(&s->arena, file->name);
    s->json.text = arena_strndup(&s->arena, file->text, file->length);
    for (size_t i = 0; i < s->nvariants; i++)
        s->variants[i].scenario->json = s->json;
    return s->json.name && s->json.text;
}

static bool load_go(const char *path, struct scenario *s, struct diag_list *diags) {
    struct src_file none = {.name = path};
    struct scn_reader r = {&s->arena, &none, diags, ""};
    struct json empty = {.kind = JSON_OBJECT, .path = "/"};
    rd_scenario(&r, &empty, s);
    s->folder = folder_of(&s->arena, path);
    s->program_path = arena_strdup(&s->arena, path);
    s->program_name = arena_strdup(&s->arena, base_name(path));
    s->title = s->program_name;
    if (!s->folder || !s->program_path || !s->program_name) return false;
    if (!read_into(&s->arena, path, MAX_PROGRAM, path, &s->source)) return cannot(diags, path, errno);
    return true;
}

static bool load_any(const char *path, struct scenario *s, struct diag_list *diags) {
    if (is_folder(path)) {
        size_t n = strlen(path);
        while (n > 1 && path[n - 1] == '/')
            n--;
        char *inner = arena_printf(&diags->arena, "%.*s/scene.json", (int)n, path);
        if (!inner) return false;
        struct stat st;
        if (stat(inner, &st) != 0 && errno == ENOENT) {
            diag_add(diags, NULL, 0, 0, "%s: no scene.json in this folder", path);
            return false;
        }
        return load_json(inner, s, diags);
    }
    if (ends_in(path, ".go")) return load_go(path, s, diags);
    if (ends_in(path, ".json")) return load_json(path, s, diags);
    struct stat st;
    if (stat(path, &st) != 0) return cannot(diags, path, errno);
    diag_add(diags, NULL, 0, 0, "%s: expected a scene folder, a .json or a .go file", path);
    return false;
}

struct scenario *scn_load(const char *path, struct diag_list *diags) {
    struct scenario *s = calloc(1, sizeof *s);
    if (!s) {
        diags->failed = true;
        return NULL;
    }
    arena_init(&s->arena);
    bool ok = load_any(path, s, diags);
    if (s->arena.failed || diags->arena.failed) {
        diags->failed = true;
        ok = false;
    }
    if (ok) return s;
    scn_free(s);
    return NULL;
}

void scn_free(struct scenario *s) {
    if (!s) return;
    arena_free(&s->arena);
    free(s);
}

const struct scenario *scn_variant(const struct scenario *s, const char *name) {
    if (!name) return s;
    for (size_t i = 0; i < s->nvariants; i++)
        if (strcmp(s->variants[i].name, name) == 0) return s->variants[i].scenario;
    return NULL;
}

/* ---- courses ------------------------------------------------------------------------------------------------------
 */

static void check_scene(struct load *l, const struct json *j, const char *name) {
    struct str path = {0};
    str_addf(&path, "%s/%s", l->r.folder, name);
    if (strchr(name, '/') || !is_folder(str_cstr(&path)))
        rd_bad(&l->r, j, "there is no scene \"%.60s\" beside this file", name);
    str_free(&path);
}

static const char **read_scenes(struct load *l, const struct json *j, size_t *n) {
    const char **out = rd_strings(&l->r, j, n);
    for (const struct json *e = j->kind == JSON_ARRAY ? j->first : NULL; e; e = e->next)
        if (e->kind == JSON_STRING) check_scene(l, e, e->text);
    return out;
}

static void read_chapters(struct load *l, const struct json *j, struct scn_course *c) {
    static const char *const known[] = {"title", "scenes"};
    if (j->kind != JSON_ARRAY) {
        rd_wrong_kind(&l->r, j, "a list");
        return;
    }
    c->chapters = ARENA_ARRAY(l->r.arena, struct scn_chapter, j->count + 1);
    for (const struct json *e = j->first; e && c->chapters; e = e->next) {
        if (!rd_keys(&l->r, e, known, 2)) continue;
        const struct json *title = json_get(e, "title"), *scenes = json_get(e, "scenes");
        struct scn_chapter *out = &c->chapters[c->nchapters++];
        if (title) out->title = rd_name(&l->r, title);
        else rd_bad(&l->r, e, "no \"title\"");
        if (scenes) out->scenes = read_scenes(l, scenes, &out->nscenes);
        else rd_bad(&l->r, e, "no \"scenes\"");
    }
}

static bool load_course(const char *path, struct scn_course *c, struct diag_list *diags) {
    static const char *const known[] = {"$schema", "format", "chapters", "core"};
    struct src_file *file = ARENA_NEW(&diags->arena, struct src_file);
    struct load l = {.r = {&c->arena, file, diags, folder_of(&c->arena, path)}};
    if (!file || !l.r.folder) return false;
    if (!read_into(&diags->arena, path, SCN_MAX_FILE, path, file)) return cannot(diags, path, errno);
    size_t before = diags->items.len;
    struct json *j = json_parse(file, &c->arena, diags);
    if (!j || !check_format(&l, j)) return false;
    rd_keys(&l.r, j, known, 4);
    const struct json *chapters = json_get(j, "chapters"), *core = json_get(j, "core");
    if (chapters) read_chapters(&l, chapters, c);
    else rd_bad(&l.r, j, "no \"chapters\"");
    if (core) c->core = read_scenes(&l, core, &c->ncore);
    return diags->items.len == before && !diags->failed && !c->arena.failed;
}

struct scn_course *scn_load_course(const char *path, struct diag_list *diags) {
    struct scn_course *c = calloc(1, sizeof *c);
    if (!c) {
        diags->failed = true;
        return NULL;
    }
    arena_init(&c->arena);
    if (load_course(path, c, diags)) return c;
    scn_course_free(c);
    return NULL;
}

void scn_course_free(struct scn_course *c) {
    if (!c) return;
    arena_free(&c->arena);
    free(c);
}
