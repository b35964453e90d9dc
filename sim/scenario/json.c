/* json.c - the one file that includes cJSON: its values, with the places that the scanner noted. */
#include "json.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "scan.h"

struct walk {
    const struct src_file *file;
    struct arena *arena;
    const struct scn_mark *marks;
    size_t n, at; /* both trees are walked in the same order */
    size_t line_offset;
    int line;
    size_t line_start;
};

/* Offsets only grow along a walk, so lines are counted once. */
static void place(struct walk *w, size_t offset, int *line, int *col) {
    for (; w->line_offset < offset; w->line_offset++) {
        if (w->file->text[w->line_offset] != '\n') continue;
        w->line++;
        w->line_start = w->line_offset + 1;
    }
    *line = w->line;
    *col = (int)(offset - w->line_start) + 1;
}

static bool set_scalar(struct walk *w, struct json *j, const cJSON *c, const struct scn_mark *m) {
    if (cJSON_IsString(c)) {
        j->kind = JSON_STRING;
        j->text = arena_strdup(w->arena, c->valuestring);
        return j->text != NULL;
    }
    if (cJSON_IsNumber(c)) {
        j->kind = JSON_NUMBER;
        j->number = c->valuedouble;
        j->raw = arena_strndup(w->arena, w->file->text + m->from, m->to - m->from);
        return j->raw != NULL;
    }
    j->kind = cJSON_IsBool(c) ? JSON_BOOL : JSON_NULL;
    j->yes = cJSON_IsTrue(c);
    return true;
}

static struct json *convert(struct walk *w, const cJSON *c) {
    if (w->at >= w->n) return NULL;
    const struct scn_mark *m = &w->marks[w->at++];
    struct json *j = ARENA_NEW(w->arena, struct json);
    if (!j) return NULL;
    j->path = m->path;
    if (m->key) place(w, m->key, &j->key_line, &j->key_col);
    place(w, m->from, &j->line, &j->col);
    if (c->string) {
        j->key = arena_strdup(w->arena, c->string);
        if (!j->key) return NULL;
    }
    if (!cJSON_IsArray(c) && !cJSON_IsObject(c)) return set_scalar(w, j, c, m) ? j : NULL;
    j->kind = cJSON_IsArray(c) ? JSON_ARRAY : JSON_OBJECT;
    struct json **last = &j->first;
    for (const cJSON *e = c->child; e; e = e->next) {
        struct json *one = convert(w, e);
        if (!one) return NULL;
        *last = one;
        last = &one->next;
        j->count++;
    }
    return j;
}

struct json *json_parse(const struct src_file *file, struct arena *arena, struct diag_list *diags) {
    struct scn_marks marks = {0};
    struct json *out = NULL;
    if (scn_scan(file, arena, diags, &marks)) {
        cJSON *tree = cJSON_ParseWithLength(file->text, file->length);
        struct walk w = {.file = file, .arena = arena, .marks = marks.items.data, .n = marks.items.len, .line = 1};
        out = tree ? convert(&w, tree) : NULL;
        if (!out) diags->failed = true; /* what the scanner accepts, cJSON does: only memory is left */
        cJSON_Delete(tree);
    }
    VEC_FREE(&marks.items);
    return out;
}

struct json *json_get(const struct json *object, const char *key) {
    for (struct json *m = object->first; m; m = m->next)
        if (m->key && strcmp(m->key, key) == 0) return m;
    return NULL;
}

static struct json *copy_one(struct arena *arena, const struct json *j) {
    struct json *c = ARENA_NEW(arena, struct json);
    if (!c) return NULL;
    *c = *j;
    c->next = NULL;
    return c;
}

struct list {
    struct json *head, **last;
    size_t count;
};

static bool list_add(struct list *l, struct json *j) {
    if (!j) return false;
    *l->last = j;
    l->last = &j->next;
    l->count++;
    return true;
}

struct json *json_without(struct arena *arena, const struct json *object, const char *const *keys, size_t n) {
    struct json *out = copy_one(arena, object);
    if (!out) return NULL;
    struct list l = {NULL, &out->first, 0};
    out->first = NULL;
    for (const struct json *m = object->first; m; m = m->next) {
        bool skip = false;
        for (size_t i = 0; i < n; i++)
            skip = skip || strcmp(m->key, keys[i]) == 0;
        if (!skip && !list_add(&l, copy_one(arena, m))) return NULL;
    }
    out->count = l.count;
    return out;
}

/* A patch's own nulls say "remove", also where there is nothing to remove. */
static struct json *merged_member(struct arena *arena, const struct json *old, const struct json *new) {
    if (!new) return copy_one(arena, old);
    struct json *m = json_merge(arena, old, new);
    return m;
}

struct json *json_merge(struct arena *arena, const struct json *target, const struct json *patch) {
    if (patch->kind != JSON_OBJECT) return copy_one(arena, patch);
    bool over = target && target->kind == JSON_OBJECT;
    struct json *out = copy_one(arena, over ? target : patch);
    if (!out) return NULL;
    struct list l = {NULL, &out->first, 0};
    out->first = NULL;
    for (const struct json *m = over ? target->first : NULL; m; m = m->next) {
        const struct json *p = json_get(patch, m->key);
        if (p && p->kind == JSON_NULL) continue;
        if (!list_add(&l, merged_member(arena, m, p))) return NULL;
    }
    for (const struct json *p = patch->first; p; p = p->next) {
        if (p->kind == JSON_NULL || (over && json_get(target, p->key))) continue;
        if (!list_add(&l, merged_member(arena, NULL, p))) return NULL;
    }
    out->count = l.count;
    return out;
}

const char *json_kind_name(enum json_kind kind) {
    static const char *const names[] = {"null", "true or false", "a number", "a string", "a list", "an object"};
    return names[kind];
}
