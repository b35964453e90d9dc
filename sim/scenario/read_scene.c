/* read_scene.c - the scenario's own keys, its machine, limits and view. */
#include <string.h>

#include "read.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const int64_t longest = INT64_C(1000) * 3600 * 1000000000; /* 1000 hours */

static void read_machine(struct scn_reader *r, const struct json *j, struct scenario *s);
static void read_limits(struct scn_reader *r, const struct json *j, struct scn_limits *out);
static void read_view(struct scn_reader *r, const struct json *j, struct scenario *s);
static void read_goal(struct scn_reader *r, const struct json *j, struct scenario *s);
static void read_signals(struct scn_reader *r, const struct json *j, struct scenario *s);

static void set_defaults(struct scenario *s) {
    s->title = s->summary = s->asks = "";
    s->procs = s->cores = 2;
    s->thread_stack = UINT64_C(8) << 20;
    s->limits = (struct scn_limits){.goroutines = 1000000,
                                    .heap = UINT64_C(1) << 30,
                                    .time_ns = UINT64_C(3600) * 1000000000,
                                    .host_time_ns = UINT64_C(60) * 1000000000,
                                    .output = UINT64_C(16) << 20};
    s->speed = 1;
    s->number = 1;
    s->expect.runs = 200;
}

static void read_cost(struct scn_reader *r, const struct json *j, struct scn_cost *out) {
    out->key = j->key;
    struct scn_range *v = &out->value;
    if (j->kind != JSON_ARRAY) {
        if (rd_duration(r, j, longest, &v->lo)) v->hi = v->lo;
        return;
    }
    if (j->count != 2) {
        rd_bad(r, j, "a list of %zu, expected a duration, or two: the least and the greatest", j->count);
        return;
    }
    bool ok = rd_duration(r, j->first, longest, &v->lo);
    ok = rd_duration(r, j->first->next, longest, &v->hi) && ok;
    if (ok && v->lo > v->hi) rd_bad(r, j, "the least is greater than the greatest");
}

static void read_costs(struct scn_reader *r, const struct json *j, struct scenario *s) {
    if (!rd_keys(r, j, scn_cost_names, scn_cost_count)) return;
    s->costs = ARENA_ARRAY(r->arena, struct scn_cost, j->count + 1);
    for (const struct json *m = j->first; m && s->costs; m = m->next)
        read_cost(r, m, &s->costs[s->ncosts++]);
}

static void read_machine(struct scn_reader *r, const struct json *j, struct scenario *s) {
    static const char *const known[] = {"procs", "cores", "threads", "threadStack", "costs"};
    static const char *const threads[] = {"m:n", "1:1"};
    if (!rd_keys(r, j, known, COUNT(known))) return;
    const struct json *m;
    uint64_t n;
    if ((m = json_get(j, "procs")) && rd_whole(r, m, 1, 256, &n)) {
        s->procs = (unsigned)n;
        s->procs_given = true;
    }
    if ((m = json_get(j, "cores")) && rd_whole(r, m, 1, 256, &n)) {
        s->cores = (unsigned)n;
        s->cores_given = true;
    }
    if ((m = json_get(j, "threads"))) s->one_to_one = rd_choice(r, m, threads, 2) == 1;
    if ((m = json_get(j, "threadStack"))) rd_size(r, m, 16384, UINT64_C(1) << 40, &s->thread_stack);
    if ((m = json_get(j, "costs"))) read_costs(r, m, s);
}

static void read_limits(struct scn_reader *r, const struct json *j, struct scn_limits *out) {
    static const char *const known[] = {"goroutines", "heap", "time", "hostTime", "output", "events", "stack"};
    if (!rd_keys(r, j, known, COUNT(known))) return;
    const struct json *m;
    int64_t ns;
    if ((m = json_get(j, "goroutines"))) rd_whole(r, m, 1, 100000000, &out->goroutines);
    if ((m = json_get(j, "heap"))) rd_size(r, m, 65536, UINT64_C(1) << 40, &out->heap);
    if ((m = json_get(j, "time")) && rd_duration(r, m, longest, &ns)) out->time_ns = (uint64_t)ns;
    if ((m = json_get(j, "hostTime")) && rd_duration(r, m, longest, &ns)) out->host_time_ns = (uint64_t)ns;
    if ((m = json_get(j, "output"))) rd_size(r, m, 1, UINT64_C(1) << 40, &out->output);
    if ((m = json_get(j, "events"))) rd_whole(r, m, 1, UINT64_C(1) << 40, &out->events);
    if ((m = json_get(j, "stack"))) rd_size(r, m, 2048, UINT64_C(1) << 40, &out->stack);
}

static void read_view(struct scn_reader *r, const struct json *j, struct scenario *s) {
    static const char *const known[] = {"speed", "panels", "start"};
    static const char *const panels[] = {"stage", "source",    "timeline", "output",
                                         "rooms", "narration", "outcomes", "events"};
    static const char *const starts[] = {"paused", "playing"};
    if (!rd_keys(r, j, known, COUNT(known))) return;
    const struct json *m;
    if ((m = json_get(j, "speed"))) rd_number(r, m, 0.0625, 1024, &s->speed);
    if ((m = json_get(j, "start"))) s->start_playing = rd_choice(r, m, starts, 2) == 1;
    if (!(m = json_get(j, "panels"))) return;
    if (m->kind != JSON_ARRAY) {
        rd_wrong_kind(r, m, "a list of panels");
        return;
    }
    for (const struct json *e = m->first; e; e = e->next)
        rd_choice(r, e, panels, COUNT(panels));
    s->panels = rd_strings(r, m, &s->npanels);
}

static void read_goal(struct scn_reader *r, const struct json *j, struct scenario *s) {
    static const char *const known[] = {"say", "outcome", "metric", "exactly", "at least", "at most"};
    static const char *const metrics[] = {"switches", "steals", "threads", "time"};
    if (!rd_keys(r, j, known, COUNT(known))) return;
    struct scn_goal *g = ARENA_NEW(r->arena, struct scn_goal);
    if (!g) return;
    const struct json *say = json_get(j, "say"), *outcome = json_get(j, "outcome"), *metric = json_get(j, "metric");
    if (say) g->say = rd_name(r, say);
    else rd_bad(r, j, "no \"say\", expected what is to be reached, in words");
    if ((outcome != NULL) == (metric != NULL)) {
        rd_bad(r, j, "expected either \"outcome\" or \"metric\"");
        return;
    }
    s->goal = g;
    if (metric) {
        int i = rd_choice(r, metric, metrics, COUNT(metrics));
        g->metric = i < 0 ? NULL : metrics[i];
        rd_bounds(r, j, &g->bounds, true);
        return;
    }
    g->outcome = ARENA_NEW(r->arena, struct scn_outcome);
    if (g->outcome) rd_outcome(r, outcome, g->outcome, true);
    if (g->outcome && g->outcome->live_only)
        rd_bad_key(r, json_get(outcome, "world"), "has no place in a goal: who plays the scheduler plays stepped");
}

static void read_signals(struct scn_reader *r, const struct json *j, struct scenario *s) {
    static const char *const known[] = {"at", "signal"};
    static const char *const signals[] = {"SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGQUIT"};
    if (j->kind != JSON_ARRAY) {
        rd_wrong_kind(r, j, "a list");
        return;
    }
    s->signals = ARENA_ARRAY(r->arena, struct scn_signal, j->count + 1);
    for (const struct json *e = j->first; e && s->signals; e = e->next) {
        if (!rd_keys(r, e, known, COUNT(known))) continue;
        const struct json *at = json_get(e, "at"), *signal = json_get(e, "signal");
        struct scn_signal *out = &s->signals[s->nsignals++];
        if (at) rd_at(r, at, &out->at);
        else rd_bad(r, e, "no \"at\"");
        if (at && out->at.kind != SCN_AT_TIME) rd_bad(r, at, "what comes from outside comes at a \"time\"");
        int i = signal ? rd_choice(r, signal, signals, COUNT(signals)) : -1;
        if (!signal) rd_bad(r, e, "no \"signal\"");
        out->name = i < 0 ? "" : signals[i];
    }
}

static void read_words(struct scn_reader *r, const struct json *j, struct scenario *s) {
    const struct json *m;
    const char *text;
    if ((m = json_get(j, "title")) && (text = rd_name(r, m))) s->title = text;
    if ((m = json_get(j, "summary")) && (text = rd_string(r, m))) s->summary = text;
    if ((m = json_get(j, "asks")) && (text = rd_string(r, m))) s->asks = text;
    if ((m = json_get(j, "minutes"))) rd_number(r, m, 0, 600, &s->minutes);
    if ((m = json_get(j, "stdin"))) s->stdin_text = rd_string(r, m);
    if ((m = json_get(j, "args"))) s->args = rd_strings(r, m, &s->nargs);
    if ((m = json_get(j, "$schema"))) rd_string(r, m);
}

static void read_choice(struct scn_reader *r, const struct json *j, struct scenario *s) {
    static const char *const worlds[] = {"stepped", "live"};
    const struct json *m, *seed = json_get(j, "seed"), *probe = json_get(j, "probe");
    if ((m = json_get(j, "world"))) s->world = rd_choice(r, m, worlds, 2) == 1 ? SCN_LIVE : SCN_STEPPED;
    if (seed && probe) rd_bad_key(r, probe, "stands beside \"seed\", expected one or the other");
    if (seed) rd_whole(r, seed, 0, UINT64_MAX, &s->number);
    if (probe && rd_whole(r, probe, 0, UINT64_MAX, &s->number)) s->choice = SCN_PROBE;
    if (!(m = json_get(j, "decisions"))) return;
    if (m->kind != JSON_ARRAY) {
        rd_wrong_kind(r, m, "a list of whole numbers");
        return;
    }
    s->decisions = ARENA_ARRAY(r->arena, uint64_t, m->count + 1);
    for (const struct json *e = m->first; e && s->decisions; e = e->next)
        rd_whole(r, e, 0, UINT64_MAX, &s->decisions[s->ndecisions++]);
}

void rd_scenario(struct scn_reader *r, const struct json *j, struct scenario *s) {
    static const char *const known[] = {"$schema", "format", "title",  "summary",   "asks",    "minutes",
                                        "program", "source", "stdin",  "args",      "signals", "machine",
                                        "world",   "seed",   "probe",  "decisions", "limits",  "view",
                                        "lesson",  "goal",   "expect", "variants"};
    set_defaults(s);
    if (!rd_keys(r, j, known, COUNT(known))) return;
    const struct json *m;
    read_words(r, j, s);
    read_choice(r, j, s);
    if ((m = json_get(j, "signals"))) read_signals(r, m, s);
    if ((m = json_get(j, "machine"))) read_machine(r, m, s);
    if ((m = json_get(j, "limits"))) read_limits(r, m, &s->limits);
    if ((m = json_get(j, "view"))) read_view(r, m, s);
    if ((m = json_get(j, "lesson"))) rd_lesson(r, m, s);
    if ((m = json_get(j, "goal"))) read_goal(r, m, s);
    if ((m = json_get(j, "expect"))) {
        s->has_expect = true;
        rd_expect(r, m, &s->expect);
    }
}
