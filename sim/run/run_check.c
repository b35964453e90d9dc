/* run_check.c - a scene as a test: each variant on each world against its `expect`.
 *
 * Stepped: seeds 1..N/2 and probes 1..N/2, or the one schedule that decisions pin. Every run's history must be legal and
 * every outcome listed; what must occur has to occur. Live: a few runs, judged by the list of outcomes alone.
 */
#include <stdlib.h>
#include <string.h>

#include "run_match.h"

enum {
    LIVE_RUNS = 3,
    DEFAULT_RUNS = 200,
    FAILURES_SHOWN = 3, /* of one check; the rest would say the same */
    OUTPUT_SHOWN = 400
};
#define LIVE_BUDGET_NS INT64_C(1000000000) /* no further live run once so much time went by */

struct check {
    bool race;
    const char *path;
    const struct scenario *root, *s;
    const char *variant; /* NULL: the scenario itself */
    struct str *report;
    const struct run_program *program;
    struct run_options o;
    struct run_judge *judges; /* of the scene's expect, then of each answer of its lesson that says what holds */
    size_t njudges;
    uint64_t natural_runs;
    unsigned failures;
};

enum schedule { BY_SEED, BY_PROBE, BY_DECISIONS, BY_CHANCE };

static void add_quoted(struct str *out, const char *text, size_t n) {
    str_addc(out, '"');
    for (size_t i = 0; i < n && i < OUTPUT_SHOWN; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            str_adds(out, "\\n");
        else if (c == '"' || c == '\\')
            str_addf(out, "\\%c", c);
        else if (c < 32)
            str_addf(out, "\\x%02x", c);
        else
            str_addc(out, (char)c);
    }
    str_adds(out, n > OUTPUT_SHOWN ? "\"..." : "\"");
}

/* Safe for a shell, and without quotes where none are needed. */
static void add_word(struct str *out, const char *word) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/+=:";
    if (*word && strspn(word, plain) == strlen(word)) {
        str_adds(out, word);
        return;
    }
    str_addc(out, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            str_adds(out, "'\\''");
        else
            str_addc(out, *word);
    }
    str_addc(out, '\'');
}

static void add_command(struct check *c, enum schedule by, uint64_t number) {
    str_adds(c->report, "    gosee run ");
    add_word(c->report, c->path);
    if (c->variant) {
        str_adds(c->report, " --variant ");
        add_word(c->report, c->variant);
    }
    if (c->race) str_adds(c->report, " --race");
    if (by == BY_CHANCE) str_adds(c->report, " --world live");
    if (by != BY_CHANCE && c->s->world == SCN_LIVE) str_adds(c->report, " --world stepped");
    if (by == BY_SEED) str_addf(c->report, " --seed %llu", (unsigned long long)number);
    if (by == BY_PROBE) str_addf(c->report, " --probe %llu", (unsigned long long)number);
    str_addc(c->report, '\n');
}

static void add_where(struct check *c, enum schedule by, uint64_t number) {
    str_addf(c->report, "FAIL %s", c->path);
    if (c->variant) str_addf(c->report, ", variant \"%s\"", c->variant);
    switch (by) {
    case BY_SEED: str_addf(c->report, ", seed %llu: ", (unsigned long long)number); break;
    case BY_PROBE: str_addf(c->report, ", probe %llu: ", (unsigned long long)number); break;
    case BY_DECISIONS: str_adds(c->report, ", its decisions: "); break;
    case BY_CHANCE: str_adds(c->report, ", live: "); break;
    }
}

static void fail_run(struct check *c, enum schedule by, uint64_t number, const char *what) {
    if (c->failures++ >= FAILURES_SHOWN) return;
    add_where(c, by, number);
    str_adds(c->report, what);
    str_addc(c->report, '\n');
    add_command(c, by, number);
}

/* Of the whole check and no single run. */
static void fail_all(struct check *c, const char *what) {
    c->failures++;
    str_addf(c->report, "FAIL %s", c->path);
    if (c->variant) str_addf(c->report, ", variant \"%s\"", c->variant);
    str_addf(c->report, ": %s\n", what);
}

/* ---- outcomes ------------------------------------------------------------------------------------------------------- */

static bool count_outcome(struct run_judge *j, enum schedule by, const struct run_seen *seen) {
    bool listed = false;
    for (size_t i = 0; i < j->expect->noutcomes; i++) {
        const struct scn_outcome *o = &j->expect->outcomes[i];
        if ((by != BY_CHANCE && o->live_only) || !run_matches(o, seen)) continue;
        listed = true;
        j->occurred[i]++;
        if (by == BY_SEED) j->natural[i]++;
    }
    return listed;
}

/* A machine that is busy with other things holds threads up: then even one P shows, here as in real Go, what its rules make
 * certain otherwise (sysmon takes the P of a print; a timer is due before its sleeper's fellow has run). So live an outcome
 * may be listed that the stepped world must never show. */
static void judge_outcome(struct check *c, enum schedule by, uint64_t number, const struct run_seen *seen) {
    if (by == BY_SEED) c->natural_runs++;
    bool listed = count_outcome(&c->judges[0], by, seen) || !c->s->expect.noutcomes;
    for (size_t i = 1; i < c->njudges; i++) count_outcome(&c->judges[i], by, seen);
    if (listed) return;
    struct str what = {0};
    str_adds(&what, "an outcome that is not expected: stdout ");
    add_quoted(&what, seen->out, seen->nout);
    str_addf(&what, ", status %d", seen->status);
    if (seen->error.len) str_addf(&what, ", error \"%s\"", str_cstr(&seen->error));
    fail_run(c, by, number, str_cstr(&what));
    str_free(&what);
}

static void describe(const struct scn_outcome *o, size_t i, struct str *out) {
    str_addf(out, "outcome %zu", i + 1);
    if (o->stdout_text) {
        str_adds(out, ", stdout ");
        add_quoted(out, o->stdout_text, strlen(o->stdout_text));
    }
    if (o->exit) str_addf(out, ", status %d", o->exit);
    if (o->error) str_addf(out, ", error \"%s\"", o->error);
}

static void judge_occurrences(struct check *c, const struct run_judge *j, uint64_t runs) {
    const struct scn_expect *x = j->expect;
    for (size_t i = 0; i < x->noutcomes; i++) {
        const struct scn_outcome *o = &x->outcomes[i];
        struct str what = {0};
        if (j->step) str_addf(&what, "lesson step %zu, its answer: ", j->step);
        describe(o, i, &what);
        double share = c->natural_runs ? (double)j->natural[i] / (double)c->natural_runs : 0;
        if (o->must == SCN_MUST_OCCUR && !j->occurred[i]) {
            str_addf(&what, " never occurred in %llu runs", (unsigned long long)runs);
            fail_all(c, str_cstr(&what));
        } else if (o->must == SCN_MUST_ALWAYS && j->occurred[i] != runs && !c->failures) {
            str_addf(&what, " occurred in %llu of %llu runs, expected always", (unsigned long long)j->occurred[i],
                     (unsigned long long)runs);
            fail_all(c, str_cstr(&what));
        } else if (o->has_share && c->natural_runs && (share < o->share_lo || share > o->share_hi)) {
            str_addf(&what, ": share of natural runs %.3g, expected %.3g to %.3g", share, o->share_lo, o->share_hi);
            fail_all(c, str_cstr(&what));
        }
        str_free(&what);
    }
}

/* ---- stepped runs --------------------------------------------------------------------------------------------------- */

/* Starts the run over, or makes it. */
static bool begin(struct run **r, const struct check *c, const struct run_options *o, struct diag_list *diags) {
    if (!*r) return (*r = run_new(c->program, o, diags)) != NULL;
    run_finish(*r);
    return run_begin(*r, o, diags);
}

static void report_diags(struct check *c, const struct diag_list *diags) {
    struct str text = {0};
    for (size_t i = 0; i < diags->items.len; i++) diag_format(&diags->items.data[i], &text);
    if (diags->failed) str_adds(&text, "out of memory");
    fail_all(c, str_cstr(&text));
    str_free(&text);
}

/* true when it could be executed at all. */
static bool stepped_one(struct check *c, struct run **r, enum schedule by, uint64_t number) {
    struct run_options o = c->o;
    if (by != BY_DECISIONS) {
        o.choice = by == BY_PROBE ? SCN_PROBE : SCN_SEED;
        o.number = number;
        o.decisions = NULL;
        o.ndecisions = 0;
    }
    struct diag_list diags;
    diag_init(&diags);
    bool ok = begin(r, c, &o, &diags);
    if (!ok) report_diags(c, &diags);
    diag_free(&diags);
    if (!ok) return false;
    struct run_seen seen = {0};
    struct str why = {0};
    run_to_end(*r);
    run_see(*r, &seen);
    judge_outcome(c, by, number, &seen);
    if (!run_judge_run(c->judges, c->njudges, (*r)->log, &why)) fail_run(c, by, number, str_cstr(&why));
    str_free(&why);
    str_free(&seen.error);
    return true;
}

static uint64_t stepped_runs(struct check *c) {
    struct run *r = NULL;
    uint64_t done = 0, half = (c->s->expect.runs ? c->s->expect.runs : DEFAULT_RUNS) / 2;
    if (c->o.ndecisions) {
        done = stepped_one(c, &r, BY_DECISIONS, 0);
    } else {
        if (!half) half = 1;
        for (uint64_t i = 1; i <= half && stepped_one(c, &r, BY_SEED, i); i++) done++;
        if (done == half)
            for (uint64_t i = 1; i <= half && stepped_one(c, &r, BY_PROBE, i); i++) done++;
    }
    run_free(r);
    return done;
}

/* ---- against another variant ---------------------------------------------------------------------------------------- */

static bool open_judge(struct check *c, const struct scn_expect *x, size_t step) {
    struct run_judge *j = &c->judges[c->njudges++];
    j->step = step;
    return run_judge_init(j, x);
}

static bool check_open(struct check *c, const struct scenario *s, bool live, struct diag_list *diags) {
    c->s = s;
    run_options_from(s, &c->o);
    c->o.world = live ? SCN_LIVE : SCN_STEPPED;
    c->o.events = !live;
    c->o.pass_output = false;
    c->o.race = c->race;
    if (live && !s->procs_given) c->o.procs = 0;
    if (live && !s->cores_given) c->o.cores = 0;
    if (!live && !c->o.procs) c->o.procs = 2;
    if (live) c->o.number = 0;
    if (!c->o.stdin_text) c->o.stdin_text = "";
    c->judges = calloc(s->nlesson + 1, sizeof *c->judges);
    bool ok = c->judges && open_judge(c, &s->expect, 0);
    for (size_t i = 0; ok && i < s->nlesson; i++)
        if (s->lesson[i].ask && s->lesson[i].ask->holds) ok = open_judge(c, s->lesson[i].ask->holds, i + 1);
    diags->failed |= !ok;
    return ok;
}

static void check_close(struct check *c) {
    for (size_t i = 0; i < c->njudges; i++) run_judge_free(&c->judges[i]);
    free(c->judges);
}

/* The means of this check's events and totals, measured on another variant's machine and program. */
static bool measure_other(const struct check *c, const struct scn_expect *x, const char *name, struct check *other,
                          struct str *sink) {
    const struct scenario *s = scn_variant(c->root, name);
    struct diag_list diags;
    diag_init(&diags);
    *other = (struct check){.path = c->path, .root = c->root, .variant = name, .report = sink};
    bool ok = s && check_open(other, s, false, &diags);
    struct run_program *program = ok ? run_compile(&s->source, &diags) : NULL;
    struct run *r = NULL;
    if (program) {
        other->program = program;
        run_judge_free(&other->judges[0]);
        ok = run_judge_init(&other->judges[0], x);
        for (uint64_t i = 1; ok && i <= other->s->expect.runs / 2; i++) ok = stepped_one(other, &r, BY_SEED, i);
    }
    run_free(r);
    run_program_free(program);
    diag_free(&diags);
    return program && ok;
}

static void compare(struct check *c, const struct scn_bounds *b, const char *what, const struct run_tally *mine,
                    const struct run_tally *theirs) {
    struct str why = {0};
    double m = mine->runs ? mine->sum / (double)mine->runs : 0;
    double t = theirs->runs ? theirs->sum / (double)theirs->runs : 0;
    str_addf(&why, "%s, of that in \"%s\": ", what, b->of);
    if (t == 0) {
        str_adds(&why, "there it is 0");
        fail_all(c, str_cstr(&why));
    } else if (!run_within(b, m / t, &why)) {
        fail_all(c, str_cstr(&why));
    }
    str_free(&why);
}

static void judge_ratio(struct check *c, const struct run_judge *j, const struct scn_bounds *b, const char *what,
                        size_t index, bool is_event) {
    struct check other;
    struct str sink = {0};
    if (measure_other(c, j->expect, b->of, &other, &sink))
        compare(c, b, what, is_event ? &j->events[index] : &j->totals[index],
                is_event ? &other.judges[0].events[index] : &other.judges[0].totals[index]);
    else
        fail_all(c, "the other variant cannot be run");
    check_close(&other);
    str_free(&sink);
}

static void judge_tallies(struct check *c, const struct run_judge *j) {
    const struct scn_expect *x = j->expect;
    for (size_t i = 0; i < x->nevents; i++) {
        const struct scn_expect_event *e = &x->events[i];
        if (e->bounds.of) judge_ratio(c, j, &e->bounds, e->kind, i, true);
        if (e->bounds.of || !e->some_run || j->events[i].met) continue;
        struct str what = {0};
        str_addf(&what, "%s%s%s was never so often as expected in some run", e->kind, e->goroutine ? " of " : "",
                 e->goroutine ? e->goroutine : "");
        fail_all(c, str_cstr(&what));
        str_free(&what);
    }
    for (size_t i = 0; i < x->ntotals; i++) {
        const struct scn_total *t = &x->totals[i];
        if (t->bounds.of) judge_ratio(c, j, &t->bounds, t->what, i, false);
    }
}

/* ---- live ------------------------------------------------------------------------------------------------------------- */

static void live_runs(struct check *c) {
    int64_t began = run_host_now();
    for (unsigned i = 0; i < LIVE_RUNS && !c->failures; i++) {
        if (i > 0 && run_host_now() - began >= LIVE_BUDGET_NS) break;
        struct diag_list diags;
        diag_init(&diags);
        struct run *r = run_new(c->program, &c->o, &diags);
        if (!r) report_diags(c, &diags);
        diag_free(&diags);
        if (!r) return;
        struct run_seen seen = {0};
        run_to_end(r);
        run_see(r, &seen);
        judge_outcome(c, BY_CHANCE, 0, &seen);
        str_free(&seen.error);
        run_free(r);
    }
}

/* ---- refusals ----------------------------------------------------------------------------------------------------------- */

static bool is_rejection(const struct scn_rejected *x, const struct diag *d) {
    if (x->line && x->line != d->line) return false;
    if (x->col && x->col != d->col) return false;
    if (x->file && d->file) {
        const char *slash = strrchr(d->file->name, '/');
        if (strcmp(x->file, d->file->name) != 0 && strcmp(x->file, slash ? slash + 1 : d->file->name) != 0) return false;
    }
    return strcmp(x->text, d->message) == 0;
}

/* All of the diagnostics listed, and no other. */
static void judge_rejection(struct check *c, const struct diag_list *diags) {
    const struct scn_expect *x = &c->s->expect;
    for (size_t i = 0; i < x->nrejected; i++) {
        bool found = false;
        for (size_t k = 0; k < diags->items.len; k++) found |= is_rejection(&x->rejected[i], &diags->items.data[k]);
        if (found) continue;
        struct str what = {0};
        str_addf(&what, "the compiler did not say %s:%d:%d: %s", x->rejected[i].file ? x->rejected[i].file : "",
                 x->rejected[i].line, x->rejected[i].col, x->rejected[i].text);
        fail_all(c, str_cstr(&what));
        str_free(&what);
    }
    for (size_t k = 0; k < diags->items.len; k++) {
        bool listed = false;
        for (size_t i = 0; i < x->nrejected; i++) listed |= is_rejection(&x->rejected[i], &diags->items.data[k]);
        if (listed) continue;
        struct str what = {0};
        str_adds(&what, "the compiler said what is not expected:\n");
        diag_format(&diags->items.data[k], &what);
        fail_all(c, str_cstr(&what));
        str_free(&what);
    }
}

/* ---- a variant on a world ------------------------------------------------------------------------------------------------- */

static void judge_world(struct check *c, bool live) {
    struct diag_list diags;
    diag_init(&diags);
    bool ok = check_open(c, c->s, live, &diags);
    struct run_program *program = ok ? run_compile(&c->s->source, &diags) : NULL;
    c->program = program;
    if (ok && c->s->expect.nrejected) {
        judge_rejection(c, &diags);
    } else if (!program) {
        report_diags(c, &diags);
    } else if (live) {
        live_runs(c);
    } else {
        uint64_t runs = stepped_runs(c);
        for (size_t i = 0; i < c->njudges; i++) {
            judge_occurrences(c, &c->judges[i], runs);
            judge_tallies(c, &c->judges[i]);
        }
    }
    run_program_free(program);
    check_close(c);
    diag_free(&diags);
}

static void check_variant(const char *path, const struct scenario *root, const char *variant, struct run_check_how how,
                          struct str *report, unsigned *passed, unsigned *failed) {
    const struct scenario *s = scn_variant(root, variant);
    bool compiles = s->expect.nrejected == 0; /* what is refused has no world */
    for (int live = 0; live < 2; live++) {
        if (compiles ? how.worlds == (live ? RUN_STEPPED_WORLD : RUN_LIVE_WORLD) : live) continue;
        struct check c = {.path = path, .root = root, .s = s, .variant = variant, .race = how.race, .report = report};
        judge_world(&c, live);
        if (c.failures > FAILURES_SHOWN) str_addf(report, "    and %u more like it\n", c.failures - FAILURES_SHOWN);
        if (c.failures)
            ++*failed;
        else
            ++*passed;
    }
}

void run_check(const char *path, struct run_check_how how, struct str *report, unsigned *passed, unsigned *failed) {
    struct diag_list diags;
    diag_init(&diags);
    struct scenario *root = scn_load(path, &diags);
    if (!root) {
        str_addf(report, "FAIL %s\n", path);
        for (size_t i = 0; i < diags.items.len; i++) diag_format(&diags.items.data[i], report);
        ++*failed;
    } else if (!root->has_expect) {
        str_addf(report, "FAIL %s: it expects nothing; add \"expect\"\n", path);
        ++*failed;
    } else {
        check_variant(path, root, NULL, how, report, passed, failed);
        for (size_t i = 0; i < root->nvariants; i++)
            check_variant(path, root, root->variants[i].name, how, report, passed, failed);
    }
    if (root) scn_free(root);
    diag_free(&diags);
}
