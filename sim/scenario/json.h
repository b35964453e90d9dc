/* json.h - a JSON value with its place in the file. Owned by an arena. For scenario, and for the
 * window's settings and keys. */
#ifndef GOSEE_SCENARIO_JSON_H
#define GOSEE_SCENARIO_JSON_H

#include "diag.h"

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_kind kind;
    int line, col;         /* of the value */
    int key_line, key_col; /* of its key; 0 if it has none */
    const char *path;      /* "/machine/procs" */
    const char *key;       /* NULL if it has none */
    const char *text;      /* a string's */
    const char *raw;       /* a number as written, terminated */
    double number;
    bool yes;
    struct json *first, *next; /* elements, members */
    size_t count;
};

/* Parses file->text. NULL: refused, with a diagnostic. */
struct json *json_parse(const struct src_file *file, struct arena *arena, struct diag_list *diags);
struct json *json_get(const struct json *object, const char *key); /* NULL: absent */
/* target with patch laid over it (RFC 7396); neither is changed. NULL: out of memory. */
struct json *json_merge(struct arena *arena, const struct json *target, const struct json *patch);
/* A copy of the object without some of its members. NULL: out of memory. */
struct json *json_without(struct arena *arena, const struct json *object, const char *const *keys, size_t n);
const char *json_kind_name(enum json_kind kind); /* "a string" */

#endif
