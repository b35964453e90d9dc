/* explain.c - one event as a line of text, and as one JSON object. */
#include <stdio.h>
#include <string.h>

#include "tell.h"

enum { COLUMN_SOURCE = 60 };

static void add_id(struct str *out, const char *prefix, long long id, int width) {
    char text[24] = "-";
    if (id >= 0) snprintf(text, sizeof text, "%s%lld", prefix, id);
    str_addf(out, "%-*s ", width, text);
}

void rp_source_line(const struct rt_log *log, rt_pos pos, const char **text, size_t *n) {
    const struct rt_log_file *f = rt_log_file(log, RT_POS_FILE(pos));
    *n = 0;
    *text = "";
    if (!f || pos == 0) return;
    const char *at = f->text, *end = f->text + f->length;
    for (unsigned line = 1; line < RT_POS_LINE(pos) && at < end; line++) {
        const char *nl = memchr(at, '\n', (size_t)(end - at));
        at = nl ? nl + 1 : end;
    }
    const char *nl = memchr(at, '\n', (size_t)(end - at));
    size_t len = nl ? (size_t)(nl - at) : (size_t)(end - at);
    while (len && (*at == ' ' || *at == '\t')) {
        at++;
        len--;
    }
    if (len && at[len - 1] == '\r') len--;
    *text = at;
    *n = len;
}

/* The file's own name: what is explained does not depend on where the program was run from. */
static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool rp_explain_line(struct rp_session *s, uint64_t n, struct str *out) {
    struct rt_event ev;
    struct rp_narration say;
    if (!rt_log_get(s->log, n, &ev)) return false;
    if (!rp_narrate(s, n, &say)) return false;
    str_addf(out, "%lld.%09lld  ", (long long)(ev.time / 1000000000), (long long)(ev.time % 1000000000));
    add_id(out, "M", ev.m, 4);
    add_id(out, "P", ev.p, 4);
    add_id(out, "G", ev.g ? (long long)ev.g : -1, 5);
    str_addf(out, "%-14s %s", rt_event_name(ev.kind), str_cstr(&say.sentence));
    str_addf(out, "  | %s", str_cstr(&say.why));
    const struct rt_log_file *f = rt_log_file(s->log, RT_POS_FILE(say.pos));
    if (say.pos && f) {
        const char *text;
        size_t len;
        rp_source_line(s->log, say.pos, &text, &len);
        bool cut = len > COLUMN_SOURCE;
        while (cut && len > COLUMN_SOURCE)
            len--;
        while (cut && len && ((unsigned char)text[len] & 0xc0) == 0x80)
            len--;
        str_addf(out, "  | %s:%u: ", base_name(f->name), RT_POS_LINE(say.pos));
        str_add(out, text, len);
        if (cut) str_adds(out, "…");
    }
    rp_narration_free(&say);
    return true;
}

static void json_member(struct str *out, const char *key, const char *text) {
    str_addf(out, ",\"%s\":", key);
    str_add_json(out, text, strlen(text));
}

/* Arguments by name; those that may be negative as signed numbers. */
static void json_args(struct str *out, const struct rt_event *ev) {
    const uint64_t v[3] = {ev->a, ev->b, ev->c};
    bool any = false;
    str_adds(out, ",\"args\":{");
    for (int i = 0; i < 3; i++) {
        const char *name = rt_event_arg(ev->kind, i);
        if (!*name) continue;
        str_addf(out, "%s\"%s\":", any ? "," : "", name);
        bool is_signed = strcmp(name, "for_p") == 0 || strcmp(name, "delta") == 0 || strcmp(name, "counter") == 0;
        if (is_signed) str_addf(out, "%lld", (long long)v[i]);
        else str_addf(out, "%llu", (unsigned long long)v[i]);
        any = true;
    }
    str_addc(out, '}');
}

static void json_words(struct str *out, const struct rp_narration *say) {
    json_member(out, "tag", str_cstr(&say->tag));
    json_member(out, "say", str_cstr(&say->sentence));
    json_member(out, "why", str_cstr(&say->why));
    if (!say->ntrail) return;
    str_adds(out, ",\"looked\":[");
    for (unsigned i = 0; i < say->ntrail; i++) {
        str_addf(out, "%s{\"in\":", i ? "," : "");
        str_add_json(out, str_cstr(&say->trail[i]), say->trail[i].len);
        str_addf(out, ",\"found\":%s}", say->trail_ok[i] ? "true" : "false");
    }
    str_addc(out, ']');
}

static void json_output(struct str *out, const struct rt_log *log, const struct rt_event *ev) {
    bool io = ev->kind == RT_EV_Write || ev->kind == RT_EV_Read,
         text = ev->kind == RT_EV_Panic || ev->kind == RT_EV_Fatal;
    if (!io && !text) return;
    uint64_t at = io ? ev->b : ev->a, length = io ? ev->c : ev->b;
    const char *bytes = length <= SIZE_MAX / 2 ? rt_log_bytes(log, at, (size_t)length) : NULL;
    if (!bytes) return;
    str_adds(out, ",\"text\":");
    str_add_json(out, bytes, (size_t)length);
}

bool rp_explain_json(struct rp_session *s, uint64_t n, struct str *out) {
    struct rt_event ev;
    struct rp_narration say;
    if (!rt_log_get(s->log, n, &ev)) return false;
    if (!rp_narrate(s, n, &say)) return false;
    str_addf(out, "{\"event\":%llu,\"time\":%lld,\"m\":%d,\"p\":%d,\"g\":%u", (unsigned long long)n, (long long)ev.time,
             ev.m, ev.p, ev.g);
    json_member(out, "kind", rt_event_name(ev.kind));
    json_member(out, "reason", rt_reason_name(ev.why));
    json_args(out, &ev);
    json_output(out, s->log, &ev);
    json_words(out, &say);
    const struct rt_log_file *f = rt_log_file(s->log, RT_POS_FILE(say.pos));
    if (say.pos && f) {
        json_member(out, "file", base_name(f->name));
        str_addf(out, ",\"line\":%u", RT_POS_LINE(say.pos));
    }
    str_addc(out, '}');
    rp_narration_free(&say);
    return true;
}
