/* read_expect.c - what must come of a scenario. */
#include <string.h>

#include "read.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void read_before(struct scn_reader *r, const struct json *j, struct scn_outcome *o) {
    if (j->kind != JSON_ARRAY) {
        rd_wrong_kind(r, j, "a list of pairs");
        return;
    }
    o->before = arena_array(r->arena, j->count + 1, sizeof *o->before);
    for (const struct json *e = j->first; e && o->before; e = e->next) {
        bool pair = e->kind == JSON_ARRAY && e->count == 2 && e->first->kind == JSON_STRING &&
                    e->first->next->kind == JSON_STRING;
        if (!pair) {
            rd_bad(r, e, "expected two strings: a line, and one that comes after it");
            continue;
        }
        o->before[o->nbefore][0] = e->first->text;
        o->before[o->nbefore++][1] = e->first->next->text;
    }
}

static void read_lines(struct scn_reader *r, const struct json *j, struct scn_outcome *o) {
    static const char *const known[] = {"text", "from", "to"};
    if (j->kind != JSON_ARRAY) {
        rd_wrong_kind(r, j, "a list");
        return;
    }
    o->lines = ARENA_ARRAY(r->arena, struct scn_line_count, j->count + 1);
    for (const struct json *e = j->first; e && o->lines; e = e->next) {
        if (!rd_keys(r, e, known, COUNT(known))) continue;
        const struct json *text = json_get(e, "text"), *m;
        uint64_t from = 0, to = INT64_MAX;
        if (!text) rd_bad(r, e, "no \"text\"");
        if ((m = json_get(e, "from"))) rd_whole(r, m, 0, INT64_MAX, &from);
        if ((m = json_get(e, "to"))) rd_whole(r, m, 0, INT64_MAX, &to);
        if (from > to) rd_bad(r, e, "\"from\" is greater than \"to\"");
        const char *t = text ? rd_string(r, text) : NULL;
        o->lines[o->nlines++] = (struct scn_line_count){t ? t : "", (int64_t)from, (int64_t)to};
    }
}

static void read_share(struct scn_reader *r, const struct json *j, struct scn_outcome *o) {
    if (j->kind != JSON_ARRAY || j->count != 2) {
        rd_bad(r, j, "expected two numbers from 0 to 1: the least share and the greatest");
        return;
    }
    bool ok = rd_number(r, j->first, 0, 1, &o->share_lo);
    ok = rd_number(r, j->first->next, 0, 1, &o->share_hi) && ok;
    if (ok && o->share_lo > o->share_hi) rd_bad(r, j, "the least is greater than the greatest");
    o->has_share = ok;
}

static void read_live_only(struct scn_reader *r, const struct json *j, const struct json *world, struct scn_outcome *o) {
    static const char *const worlds[] = {"live"};
    const struct json *must = json_get(j, "must"), *share = json_get(j, "share");
    if (rd_choice(r, world, worlds, COUNT(worlds)) < 0) return;
    o->live_only = true;
    if (must && o->must != SCN_MUST_MAY)
        rd_bad(r, must, "stands beside \"world\": what a few live runs show is chance, expected \"may\"");
    if (share) rd_bad_key(r, share, "stands beside \"world\": shares are those of seeds");
    o->must = SCN_MUST_MAY;
}

bool rd_outcome(struct scn_reader *r, const struct json *j, struct scn_outcome *o, bool alone) {
    static const char *const known[] = {"stdout", "anyOrder", "before", "lines", "exit", "error", "must", "share", "world"};
    static const char *const musts[] = {"always", "occur", "may"};
    o->must = alone ? SCN_MUST_ALWAYS : SCN_MUST_MAY;
    if (!rd_keys(r, j, known, COUNT(known))) return false;
    const struct json *out = json_get(j, "stdout"), *any = json_get(j, "anyOrder"), *before = json_get(j, "before"),
                      *lines = json_get(j, "lines"), *m;
    if (out && (any || before || lines)) rd_bad_key(r, out, "stands beside a shape, expected one or the other");
    if (!out && !any && !before && !lines && !json_get(j, "error") && !json_get(j, "exit"))
        rd_bad(
            r, j,
            "says nothing, expected \"stdout\", a shape (\"anyOrder\", \"before\", \"lines\"), \"exit\" or \"error\"");
    if (out) o->stdout_text = rd_string(r, out);
    else if (!any && !before && !lines) o->stdout_text = "";
    if (any) o->any_order = rd_strings(r, any, &o->nany_order);
    if (before) read_before(r, before, o);
    if (lines) read_lines(r, lines, o);
    uint64_t n;
    if ((m = json_get(j, "exit")) && rd_whole(r, m, 0, 255, &n)) o->exit = (int)n;
    if ((m = json_get(j, "error"))) o->error = rd_name(r, m);
    if ((m = json_get(j, "must"))) {
        int k = rd_choice(r, m, musts, COUNT(musts));
        if (k >= 0) o->must = (enum scn_must)k;
        if (k == 0 && !alone) rd_bad(r, m, "\"always\" stands beside other outcomes");
    }
    if ((m = json_get(j, "share"))) read_share(r, m, o);
    if ((m = json_get(j, "world"))) read_live_only(r, j, m, o);
    return true;
}

/* Arguments by the names that the table of events gives them. */
static void read_where(struct scn_reader *r, const struct json *j, int kind, struct scn_expect_event *e) {
    size_t n = 0;
    while (kind >= 0 && n < 3 && *scn_event_args[kind][n]) n++;
    if (kind < 0 || !rd_keys(r, j, scn_event_args[kind], n)) return;
    for (size_t i = 0; i < n; i++) {
        const struct json *m = json_get(j, scn_event_args[kind][i]);
        if (m && rd_whole(r, m, 0, INT64_MAX, &e->where[i])) e->has_where[i] = true;
    }
}

static const char *read_one(struct scn_reader *r, const struct json *j, const char *const *names, size_t n) {
    int k = rd_choice(r, j, names, n);
    return k < 0 ? NULL : names[k];
}

static void read_event(struct scn_reader *r, const struct json *j, struct scn_expect_event *e) {
    static const char *const known[] = {"kind", "reason", "goroutine", "by", "thread", "exactly", "at least", "at most",
                                        "of",   "in",     "from",      "to", "during", "after",   "per",
                                        "where"};
    static const char *const ins[] = {"every run", "some run"};
    e->thread = -1;
    if (!rd_keys(r, j, known, COUNT(known))) return;
    const struct json *m;
    uint64_t n;
    static const char *const event_keys[] = {"kind", "from", "to", "per"};
    const char **const event_fields[] = {&e->kind, &e->from, &e->to, &e->per};
    int kind = -1;
    for (size_t i = 0; i < COUNT(event_keys); i++) {
        if (!(m = json_get(j, event_keys[i]))) continue;
        int k = rd_choice(r, m, scn_event_names, scn_event_count);
        if (k >= 0) *event_fields[i] = scn_event_names[k];
        if (i == 0) kind = k;
    }
    if ((m = json_get(j, "where"))) read_where(r, m, kind, e);
    if (!json_get(j, "kind")) rd_bad(r, j, "no \"kind\"");
    if (!e->kind) e->kind = "";
    if ((m = json_get(j, "reason"))) e->reason = read_one(r, m, scn_reason_names, scn_reason_count);
    if ((m = json_get(j, "goroutine"))) e->goroutine = rd_name(r, m);
    if ((m = json_get(j, "by"))) e->by = rd_name(r, m);
    if ((m = json_get(j, "thread")) && rd_whole(r, m, 0, 100000, &n)) e->thread = (int64_t)n;
    if ((m = json_get(j, "during"))) e->during = read_one(r, m, scn_state_names, scn_state_count);
    if ((m = json_get(j, "after"))) rd_duration(r, m, INT64_MAX, &e->after_ns);
    if ((m = json_get(j, "in"))) e->some_run = rd_choice(r, m, ins, 2) == 1;
    rd_bounds(r, j, &e->bounds, true);
}

static void read_totals(struct scn_reader *r, const struct json *j, struct scn_expect *x) {
    static const char *const known[] = {"threads",    "threadsStarted", "goroutinesPeak", "memoryPeak",
                                        "schedticks", "waitingAtExit",  "time",           "wait"};
    static const char *const bounds[] = {"exactly", "at least", "at most", "of", "goroutine"};
    if (!rd_keys(r, j, known, COUNT(known))) return;
    x->totals = ARENA_ARRAY(r->arena, struct scn_total, j->count + 1);
    for (const struct json *m = j->first; m && x->totals; m = m->next) {
        bool wait = strcmp(m->key, "wait") == 0;
        if (!rd_keys(r, m, bounds, wait ? 5 : 4)) continue;
        struct scn_total *t = &x->totals[x->ntotals++];
        t->what = m->key;
        const struct json *g = json_get(m, "goroutine");
        if (wait && g) t->goroutine = rd_name(r, g);
        rd_bounds(r, m, &t->bounds, true);
    }
}

static void read_rejected(struct scn_reader *r, const struct json *j, struct scn_expect *x) {
    static const char *const known[] = {"file", "line", "col", "text"};
    if (j->kind != JSON_ARRAY) {
        rd_wrong_kind(r, j, "a list");
        return;
    }
    x->rejected = ARENA_ARRAY(r->arena, struct scn_rejected, j->count + 1);
    for (const struct json *e = j->first; e && x->rejected; e = e->next) {
        if (!rd_keys(r, e, known, COUNT(known))) continue;
        struct scn_rejected *out = &x->rejected[x->nrejected++];
        const struct json *m;
        uint64_t n;
        if ((m = json_get(e, "file"))) out->file = rd_name(r, m);
        if ((m = json_get(e, "line")) && rd_whole(r, m, 1, 1000000, &n)) out->line = (int)n;
        if ((m = json_get(e, "col")) && rd_whole(r, m, 1, 1000000, &n)) out->col = (int)n;
        if ((m = json_get(e, "text"))) out->text = rd_name(r, m);
        else rd_bad(r, e, "no \"text\"");
        if (!out->text) out->text = "";
    }
}

/* Outcomes that the stepped world knows too. */
static size_t of_both_worlds(const struct json *outcomes) {
    size_t n = 0;
    for (const struct json *e = outcomes->first; e; e = e->next) n += !json_get(e, "world");
    return n;
}

static void read_judged(struct scn_reader *r, const struct json *j, struct scn_expect *x) {
    const struct json *outcomes = json_get(j, "outcomes"), *events = json_get(j, "events"), *totals;
    if (outcomes && outcomes->kind != JSON_ARRAY) rd_wrong_kind(r, outcomes, "a list");
    else if (outcomes) {
        x->outcomes = ARENA_ARRAY(r->arena, struct scn_outcome, outcomes->count + 1);
        bool alone = of_both_worlds(outcomes) == 1;
        for (const struct json *e = outcomes->first; e && x->outcomes; e = e->next)
            if (rd_outcome(r, e, &x->outcomes[x->noutcomes], alone)) x->noutcomes++;
    }
    if (events && events->kind != JSON_ARRAY) rd_wrong_kind(r, events, "a list");
    else if (events) {
        x->events = ARENA_ARRAY(r->arena, struct scn_expect_event, events->count + 1);
        for (const struct json *e = events->first; e && x->events; e = e->next)
            read_event(r, e, &x->events[x->nevents++]);
    }
    if ((totals = json_get(j, "totals"))) read_totals(r, totals, x);
}

void rd_expect(struct scn_reader *r, const struct json *j, struct scn_expect *x) {
    static const char *const known[] = {"outcomes", "events", "totals", "rejected", "runs"};
    if (!rd_keys(r, j, known, COUNT(known))) return;
    const struct json *rejected = json_get(j, "rejected"), *m;
    uint64_t n;
    read_judged(r, j, x);
    if (rejected) read_rejected(r, rejected, x);
    if (rejected && (json_get(j, "outcomes") || json_get(j, "events") || json_get(j, "totals")))
        rd_bad_key(r, rejected, "a program that is refused has no outcomes, events or totals");
    if ((m = json_get(j, "runs")) && rd_whole(r, m, 2, 1000000, &n)) x->runs = (unsigned)n;
}

struct scn_expect *rd_holds(struct scn_reader *r, const struct json *j) {
    static const char *const known[] = {"outcomes", "events", "totals"};
    struct scn_expect *x = ARENA_NEW(r->arena, struct scn_expect);
    if (!x || !rd_keys(r, j, known, COUNT(known))) return x;
    read_judged(r, j, x);
    for (const struct json *m = json_get(j, "outcomes") ? json_get(j, "outcomes")->first : NULL; m; m = m->next)
        if (json_get(m, "world")) rd_bad_key(r, json_get(m, "world"), "has no place here: seeds show what an answer says");
    return x;
}
