#include "moment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool parse_number(const char *text, uint64_t *out) {
    char *end;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == 0 && errno == 0;
}

static int64_t time_of(const struct ui_stage *s, uint64_t n) {
    struct rt_event ev;
    return n > 0 && rt_log_get(s->log, n - 1, &ev) ? ev.time : 0;
}

static bool at_line(struct ui_stage *s, const char *text, uint64_t *n, struct diag_list *diags) {
    const char *colon = strrchr(text, ':');
    uint64_t line = 0;
    if (!colon || !parse_number(colon + 1, &line) || line == 0 || line > 0xffffff) {
        diag_add(diags, NULL, 0, 0, "line:%s: expected line:FILE:N with a line number", text);
        return false;
    }
    for (unsigned i = 0;; i++) {
        const struct rt_log_file *f = rt_log_file(s->log, i);
        if (!f) break;
        size_t len = (size_t)(colon - text);
        const char *slash = strrchr(f->name, '/'), *base = slash ? slash + 1 : f->name;
        bool whole = strlen(f->name) == len && memcmp(f->name, text, len) == 0;
        if (!whole && (strlen(base) != len || memcmp(base, text, len) != 0)) continue;
        for (uint64_t e = 0; e < rt_log_count(s->log); e++) {
            struct rt_event ev;
            if (!rt_log_get(s->log, e, &ev) || ev.pos != RT_POS(i, (unsigned)line)) continue;
            *n = e + 1;
            return true;
        }
        diag_add(diags, NULL, 0, 0, "no event of this run is at line %llu of %s", (unsigned long long)line, f->name);
        return false;
    }
    const struct rt_log_file *first = rt_log_file(s->log, 0);
    diag_add(diags, NULL, 0, 0, "%.*s is no file of this run", (int)(colon - text), text);
    if (first) diag_hint(diags, "the program is %s", first->name);
    return false;
}

static bool at_lesson(struct ui_stage *s, const char *text, uint64_t *n, struct diag_list *diags) {
    uint64_t k;
    if (!parse_number(text, &k) || k == 0) {
        diag_add(diags, NULL, 0, 0, "lesson:%s: expected a step's number, from 1", text);
        return false;
    }
    if (k > s->lesson.nsteps) {
        diag_add(diags, NULL, 0, 0, "lesson:%s: this scene's lesson has %zu steps", text, s->lesson.nsteps);
        return false;
    }
    if (s->lesson.steps[k - 1].event == UINT64_MAX) {
        diag_add(diags, NULL, 0, 0, "lesson:%s: that moment does not come in this run", text);
        return false;
    }
    *n = s->lesson.steps[k - 1].event + 1;
    return true;
}

bool ui_moment(struct ui_stage *s, const char *at, uint64_t *n, int64_t *time, struct diag_list *diags) {
    uint64_t count = rt_log_count(s->log);
    bool ok = true;
    if (strcmp(at, "end") == 0) {
        *n = count;
    } else if (strncmp(at, "event:", 6) == 0) {
        ok = parse_number(at + 6, n);
        if (!ok) diag_add(diags, NULL, 0, 0, "%s: expected event:N with a number", at);
        if (ok && *n > count) {
            diag_add(diags, NULL, 0, 0, "%s: the run has %llu events", at, (unsigned long long)count);
            ok = false;
        }
    } else if (strncmp(at, "line:", 5) == 0) {
        ok = at_line(s, at + 5, n, diags);
    } else if (strncmp(at, "lesson:", 7) == 0) {
        ok = at_lesson(s, at + 7, n, diags);
    } else if (scn_parse_duration(at, time) && *time >= 0) {
        *n = rp_at_time(s->session, *time);
        return true;
    } else {
        diag_add(diags, NULL, 0, 0, "%s is no moment", at);
        diag_hint(diags, "write a time (1s, 20us), event:412, line:FILE:N, lesson:3 or end");
        ok = false;
    }
    if (ok) *time = time_of(s, *n);
    return ok;
}

void ui_say_illegal(struct ui_stage *s, struct diag_list *diags) {
    struct str rule = {0};
    uint64_t event;
    if (rp_illegal(s->session, &event, &rule))
        diag_add(diags, NULL, 0, 0, "illegal history at event %llu: %s", (unsigned long long)event + 1,
                 str_cstr(&rule));
    else diag_add(diags, NULL, 0, 0, "out of memory while reading the run");
    str_free(&rule);
}
