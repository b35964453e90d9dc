#include "read.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool bad_at(struct scn_reader *r, int line, int col, const char *path, const char *fmt, va_list ap) {
    struct str text = {0};
    str_vaddf(&text, fmt, ap);
    diag_add(r->diags, r->file, line, col, "%s: %s", path, str_cstr(&text));
    if (text.failed) r->diags->failed = true;
    str_free(&text);
    return false;
}

bool rd_bad(struct scn_reader *r, const struct json *j, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    bad_at(r, j->line, j->col, j->path, fmt, ap);
    va_end(ap);
    return false;
}

bool rd_bad_key(struct scn_reader *r, const struct json *j, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    bad_at(r, j->key_line, j->key_col, j->path, fmt, ap);
    va_end(ap);
    return false;
}

bool rd_wrong_kind(struct scn_reader *r, const struct json *j, const char *expected) {
    return rd_bad(r, j, "%s, expected %s", json_kind_name(j->kind), expected);
}

bool rd_keys(struct scn_reader *r, const struct json *j, const char *const *known, size_t n) {
    if (j->kind != JSON_OBJECT) return rd_wrong_kind(r, j, "an object");
    for (const struct json *m = j->first; m; m = m->next) {
        bool found = false;
        for (size_t i = 0; i < n; i++)
            found = found || strcmp(m->key, known[i]) == 0;
        if (found) continue;
        const char *near = nearest_word(m->key, known, n);
        if (near) rd_bad_key(r, m, "unknown key, did you mean \"%s\"?", near);
        else rd_bad_key(r, m, "unknown key");
    }
    return true;
}

const char *rd_string(struct scn_reader *r, const struct json *j) {
    if (j->kind == JSON_STRING) return j->text;
    rd_wrong_kind(r, j, "a string");
    return NULL;
}

const char *rd_name(struct scn_reader *r, const struct json *j) {
    const char *s = rd_string(r, j);
    if (s && !*s) rd_bad(r, j, "an empty string");
    return s && *s ? s : NULL;
}

bool rd_bool(struct scn_reader *r, const struct json *j, bool *out) {
    if (j->kind != JSON_BOOL) return rd_wrong_kind(r, j, "true or false");
    *out = j->yes;
    return true;
}

bool rd_whole(struct scn_reader *r, const struct json *j, uint64_t min, uint64_t max, uint64_t *out) {
    char range[80];
    if (max == UINT64_MAX) snprintf(range, sizeof range, "%llu or more", (unsigned long long)min);
    else snprintf(range, sizeof range, "%llu to %llu", (unsigned long long)min, (unsigned long long)max);
    if (j->kind != JSON_NUMBER) return rd_bad(r, j, "%s, expected a whole number, %s", json_kind_name(j->kind), range);
    const char *p = j->raw + (*j->raw == '-');
    if (p[strspn(p, "0123456789")]) return rd_bad(r, j, "%s is not a whole number, expected %s", j->raw, range);
    errno = 0;
    unsigned long long v = strtoull(p, NULL, 10);
    bool out_of_range = errno != 0 || (*j->raw == '-' && v != 0) || v < min || v > max;
    if (out_of_range) return rd_bad(r, j, "%s is out of range, expected %s", j->raw, range);
    *out = v;
    return true;
}

bool rd_number(struct scn_reader *r, const struct json *j, double min, double max, double *out) {
    if (j->kind != JSON_NUMBER) return rd_wrong_kind(r, j, "a number");
    if (!isfinite(j->number) || j->number < min || j->number > max)
        return rd_bad(r, j, "%s is out of range, expected %g to %g", j->raw, min, max);
    *out = j->number;
    return true;
}

bool rd_duration(struct scn_reader *r, const struct json *j, int64_t max, int64_t *ns) {
    if (j->kind == JSON_NUMBER) {
        uint64_t v;
        if (!rd_whole(r, j, 0, (uint64_t)max, &v)) return false;
        *ns = (int64_t)v;
        return true;
    }
    if (j->kind != JSON_STRING) return rd_wrong_kind(r, j, "a duration, such as \"1.5s\" or \"20us\"");
    if (!scn_parse_duration(j->text, ns))
        return rd_bad(r, j, "\"%.40s\" is not a duration, expected one such as \"1.5s\" or \"20us\"", j->text);
    if (*ns > max)
        return rd_bad(r, j, "\"%.40s\" is out of range, expected at most %gh", j->text, (double)max / 3600e9);
    return true;
}

bool rd_size(struct scn_reader *r, const struct json *j, uint64_t min, uint64_t max, uint64_t *bytes) {
    if (j->kind == JSON_NUMBER) return rd_whole(r, j, min, max, bytes);
    if (j->kind != JSON_STRING) return rd_wrong_kind(r, j, "a size, such as \"64KB\" or \"256MB\"");
    if (!scn_parse_size(j->text, bytes))
        return rd_bad(r, j, "\"%.40s\" is not a size, expected one such as \"64KB\" or \"256MB\"", j->text);
    if (*bytes < min || *bytes > max)
        return rd_bad(r, j, "\"%.40s\" is out of range, expected %llu to %llu bytes", j->text, (unsigned long long)min,
                      (unsigned long long)max);
    return true;
}

int rd_choice(struct scn_reader *r, const struct json *j, const char *const *names, size_t n) {
    enum { LISTED = 12 };
    struct str list = {0};
    for (size_t i = 0; i < n && n <= LISTED; i++)
        str_addf(&list, "%s\"%s\"", i == 0 ? "" : (i + 1 < n ? ", " : " or "), names[i]);
    int found = -1;
    if (j->kind != JSON_STRING) {
        if (n <= LISTED) rd_bad(r, j, "%s, expected %s", json_kind_name(j->kind), str_cstr(&list));
        else rd_wrong_kind(r, j, "a string");
        str_free(&list);
        return -1;
    }
    for (size_t i = 0; i < n && found < 0; i++)
        if (strcmp(j->text, names[i]) == 0) found = (int)i;
    if (found < 0) {
        const char *near = n > LISTED ? nearest_word(j->text, names, n) : NULL;
        if (n <= LISTED) rd_bad(r, j, "\"%.40s\" is unknown, expected %s", j->text, str_cstr(&list));
        else if (near) rd_bad(r, j, "\"%.40s\" is unknown, did you mean \"%s\"?", j->text, near);
        else rd_bad(r, j, "\"%.40s\" is unknown", j->text);
    }
    str_free(&list);
    return found;
}

const char **rd_strings(struct scn_reader *r, const struct json *j, size_t *n) {
    *n = 0;
    if (j->kind != JSON_ARRAY) {
        rd_wrong_kind(r, j, "a list of strings");
        return NULL;
    }
    const char **out = ARENA_ARRAY(r->arena, const char *, j->count + 1);
    if (!out) return NULL;
    for (const struct json *e = j->first; e; e = e->next) {
        const char *s = rd_string(r, e);
        if (s) out[(*n)++] = s;
    }
    return out;
}

bool rd_quantity(struct scn_reader *r, const struct json *j, double *out) {
    int64_t ns;
    uint64_t bytes;
    if (j->kind == JSON_NUMBER) return rd_number(r, j, 0, 1e18, out);
    if (j->kind != JSON_STRING) return rd_wrong_kind(r, j, "a number, a duration or a size");
    if (scn_parse_duration(j->text, &ns)) *out = (double)ns;
    else if (scn_parse_size(j->text, &bytes)) *out = (double)bytes;
    else return rd_bad(r, j, "\"%.40s\" is no number, duration or size", j->text);
    return true;
}

void rd_bounds(struct scn_reader *r, const struct json *object, struct scn_bounds *out, bool needed) {
    const struct json *exactly = json_get(object, "exactly"), *least = json_get(object, "at least"),
                      *most = json_get(object, "at most"), *of = json_get(object, "of");
    if (exactly) out->has_exactly = rd_quantity(r, exactly, &out->exactly);
    if (least) out->has_least = rd_quantity(r, least, &out->at_least);
    if (most) out->has_most = rd_quantity(r, most, &out->at_most);
    if (of) out->of = rd_name(r, of);
    if (needed && !exactly && !least && !most)
        rd_bad(r, object, "no bound, expected \"exactly\", \"at least\" or \"at most\"");
    if (exactly && (least || most))
        rd_bad_key(r, exactly, "stands beside \"at least\" or \"at most\", expected one or the other");
    if (out->has_least && out->has_most && out->at_least > out->at_most) rd_bad(r, most, "less than \"at least\"");
}
