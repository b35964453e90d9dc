/* cmd_stats.c - gosee stats: a run, or a recording, in numbers. And gosee sweep: the same over numbers of Ps. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd_record.h"
#include "rp_stats.h"

/* ---- one run -------------------------------------------------------------------------------------------------------- */

/* One line of the table of counts: what it is called in text, JSON and CSV. */
struct column {
    const char *key, *doc;
    bool time;
    size_t at; /* in struct rp_counts */
};
#define COLUMN(member, key, time, doc) {key, doc, time, offsetof(struct rp_counts, member)}
static const struct column columns[] = {
    COLUMN(starts, "starts", false, "times put on a thread"),
    COLUMN(switches, "switches", false, "of these, the thread ran another goroutine before"),
    COLUMN(stolen, "stolen", false, "of these, taken from another P's queue"),
    COLUMN(preemptions, "preemptions", false, "asked by sysmon or the collector to give way"),
    COLUMN(yields, "yields", false, "gave way by themselves"),
    COLUMN(blocks, "blocks", false, "waited for a channel, lock, timer, ..."),
    COLUMN(syscalls, "syscalls", false, "went into the kernel"),
    COLUMN(ran, "ran", true, "time running"),
    COLUMN(ready, "ready", true, "time in run queues"),
    COLUMN(waited, "waited", true, "time waiting"),
    COLUMN(in_calls, "inCalls", true, "time in the kernel"),
    COLUMN(waits, "waits", false, "stays in a run queue"),
    COLUMN(wait_mean, "waitMean", true, "of these, the mean"),
    COLUMN(wait_p99, "waitP99", true, "of these, the 99th percentile"),
    COLUMN(wait_max, "waitMax", true, "of these, the longest"),
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static int64_t cell(const struct rp_counts *c, size_t i) {
    int64_t v; /* all are 64 bits wide */
    memcpy(&v, (const char *)c + columns[i].at, sizeof v);
    return v;
}

static void add_time(struct str *out, int64_t ns) {
    if (ns < 10000)
        str_addf(out, "%" PRId64 "ns", ns);
    else if (ns < 10000000)
        str_addf(out, "%.1fus", (double)ns / 1e3);
    else if (ns < INT64_C(10000000000))
        str_addf(out, "%.1fms", (double)ns / 1e6);
    else
        str_addf(out, "%.1fs", (double)ns / 1e9);
}

static void add_share(struct str *out, double share) {
    if (share < 0)
        str_adds(out, "unknown");
    else
        str_addf(out, "%.1f%%", 100 * share);
}

static void text_stats(const struct rt_log *log, const struct rp_stats *s, struct str *out) {
    str_adds(out, "makespan      ");
    add_time(out, s->makespan);
    str_addf(out, "\nPs            %u, in use ", s->procs);
    add_share(out, s->proc_use);
    str_addf(out, "\ncores         %u, in use ", s->cores);
    add_share(out, s->core_use);
    str_addf(out, "\nthreads       %" PRIu64 "\ngoroutines    %" PRIu64 "\nsteals        %" PRIu64 "\nhand-offs     %" PRIu64
             "\nretakes       %" PRIu64 "\n", s->threads, s->goroutines, s->steals, s->handoffs, s->retakes);
    for (size_t i = 0; i < COLUMNS; i++) {
        str_addf(out, "%-13s ", columns[i].key);
        if (columns[i].time)
            add_time(out, cell(&s->all, i));
        else
            str_addf(out, "%" PRId64, cell(&s->all, i));
        str_addf(out, "  (%s)\n", columns[i].doc);
    }
    str_addf(out, "\n%-8s %-24s %8s %8s %6s %9s %9s %9s %9s\n", "G", "function", "switches", "preempt.", "stolen", "ran", "ready",
             "waited", "waitP99");
    for (size_t i = 0; i < s->ng; i++) {
        const struct rp_g_stats *g = &s->g[i];
        if (g->system) continue;
        str_addf(out, "G%-7u %-24s %8" PRIu64 " %8" PRIu64 " %6" PRIu64, g->goid, rp_stats_name(log, g), g->c.switches,
                 g->c.preemptions, g->c.stolen);
        const int64_t times[] = {g->c.ran, g->c.ready, g->c.waited, g->c.wait_p99};
        for (size_t k = 0; k < 4; k++) {
            struct str t = {0};
            add_time(&t, times[k]);
            str_addf(out, " %9s", str_cstr(&t));
            str_free(&t);
        }
        str_addc(out, '\n');
    }
}

static void json_counts(struct str *out, const struct rp_counts *c) {
    for (size_t i = 0; i < COLUMNS; i++) str_addf(out, ",\"%s\":%" PRId64, columns[i].key, cell(c, i));
}

static void json_share(struct str *out, const char *key, double share) {
    if (share < 0)
        str_addf(out, ",\"%s\":null", key);
    else
        str_addf(out, ",\"%s\":%.6f", key, share);
}

static void json_stats(const struct rt_log *log, const struct rp_stats *s, struct str *out) {
    str_addf(out, "{\"makespan\":%" PRId64 ",\"procs\":%u,\"cores\":%u", s->makespan, s->procs, s->cores);
    json_share(out, "procUse", s->proc_use);
    json_share(out, "coreUse", s->core_use);
    str_addf(out, ",\"threads\":%" PRIu64 ",\"goroutines\":%" PRIu64 ",\"steals\":%" PRIu64 ",\"handoffs\":%" PRIu64
             ",\"retakes\":%" PRIu64, s->threads, s->goroutines, s->steals, s->handoffs, s->retakes);
    json_counts(out, &s->all);
    str_adds(out, ",\"each\":[");
    for (size_t i = 0; i < s->ng; i++) {
        const struct rp_g_stats *g = &s->g[i];
        str_addf(out, "%s\n{\"g\":%u,\"parent\":%u,\"function\":", i ? "," : "", g->goid, g->parent);
        const char *name = rp_stats_name(log, g);
        str_add_json(out, name, strlen(name));
        str_addf(out, ",\"runtime\":%s,\"born\":%" PRId64, g->system ? "true" : "false", g->born);
        if (g->died < 0)
            str_adds(out, ",\"died\":null");
        else
            str_addf(out, ",\"died\":%" PRId64, g->died);
        json_counts(out, &g->c);
        str_addc(out, '}');
    }
    str_adds(out, "\n]}\n");
}

/* A row a goroutine, then one for all of the program's own. Names of functions hold no comma and no quote but in generic
 * ones, so they are quoted. */
static void csv_stats(const struct rt_log *log, const struct rp_stats *s, struct str *out) {
    str_adds(out, "g,parent,function,runtime");
    for (size_t i = 0; i < COLUMNS; i++) str_addf(out, ",%s", columns[i].key);
    for (size_t k = 0; k <= s->ng; k++) {
        const struct rp_g_stats *g = k < s->ng ? &s->g[k] : NULL;
        if (g)
            str_addf(out, "\n%u,%u,\"%s\",%d", g->goid, g->parent, rp_stats_name(log, g), g->system);
        else
            str_adds(out, "\nall,,,0");
        for (size_t i = 0; i < COLUMNS; i++) str_addf(out, ",%" PRId64, cell(g ? &g->c : &s->all, i));
    }
    str_addc(out, '\n');
}

static int print_out(struct str *out) { return cli_print(out) ? 0 : STATUS_REFUSED; }

static int print_stats(const struct cli *c, const struct rt_log *log) {
    struct rp_stats s;
    struct str out = {0};
    if (!rp_stats(log, &s)) {
        cli_say("out of memory");
        return STATUS_REFUSED;
    }
    if (c->json)
        json_stats(log, &s, &out);
    else if (c->given[OPT_CSV])
        csv_stats(log, &s, &out);
    else
        text_stats(log, &s, &out);
    rp_stats_free(&s);
    return print_out(&out);
}

static bool one_format(const struct cli *c) {
    if (!c->json || !c->given[OPT_CSV]) return true;
    cli_say("--json and --csv exclude each other");
    return false;
}

int cmd_stats(const struct cli *c) {
    if (!one_format(c)) return STATUS_REFUSED;
    if (is_recording(c)) {
        struct rt_log *log = open_recording(c);
        int status = log ? print_stats(c, log) : STATUS_REFUSED;
        rt_log_free(log);
        return status;
    }
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        l.o.events = true;
        l.o.pass_output = false;
        record_prepare(c);
        struct run *r = run_new(l.program, &l.o, &l.diags);
        if (!r) diag_print(&l.diags, stderr, 0);
        if (r && record_to_end(c, r) && print_stats(c, run_log(r)) == 0) {
            struct run_result res;
            run_get_result(r, &res);
            status = res.refusal || res.limit ? status_of(&res) : 0;
        }
        run_free(r);
    }
    load_free(&l);
    return status;
}

/* ---- sweep ---------------------------------------------------------------------------------------------------------- */

struct row { /* means over the seeds of one number of Ps */
    unsigned procs;
    double makespan, shortest, longest, proc_use, core_use, wait_mean, wait_p99, switches, steals, handoffs, preemptions;
};

static bool one_seed(struct loaded *l, uint64_t seed, struct row *row) {
    l->o.number = seed;
    struct run *r = run_new(l->program, &l->o, &l->diags);
    if (!r) {
        diag_print(&l->diags, stderr, 0);
        return false;
    }
    while (run_pump(r, 0, 0, 0)) {}
    struct rp_stats s;
    bool ok = rp_stats(run_log(r), &s);
    if (!ok) cli_say("out of memory");
    if (ok) {
        double span = (double)s.makespan;
        row->makespan += span;
        if (seed == 1 || span < row->shortest) row->shortest = span;
        if (seed == 1 || span > row->longest) row->longest = span;
        row->proc_use += s.proc_use;
        row->core_use += s.core_use;
        row->wait_mean += (double)s.all.wait_mean;
        row->wait_p99 += (double)s.all.wait_p99;
        row->switches += (double)s.all.switches;
        row->steals += (double)s.steals;
        row->handoffs += (double)s.handoffs;
        row->preemptions += (double)s.all.preemptions;
        rp_stats_free(&s);
    }
    run_free(r);
    return ok;
}

static bool one_row(struct loaded *l, unsigned procs, uint64_t seeds, struct row *row) {
    *row = (struct row){.procs = procs};
    l->o.procs = procs;
    for (uint64_t seed = 1; seed <= seeds; seed++)
        if (!one_seed(l, seed, row)) return false;
    double *const sums[] = {&row->makespan, &row->proc_use, &row->core_use, &row->wait_mean, &row->wait_p99,
                            &row->switches, &row->steals, &row->handoffs, &row->preemptions};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) *sums[i] /= (double)seeds;
    return true;
}

static void time_column(struct str *out, double ns) {
    struct str t = {0};
    add_time(&t, (int64_t)(ns + 0.5));
    str_addf(out, " %9s", str_cstr(&t));
    str_free(&t);
}

static void text_sweep(const struct row *rows, size_t n, const struct cli *c, unsigned cores, struct str *out) {
    enum { BAR = 40 };
    double most = 0;
    for (size_t i = 0; i < n; i++) most = rows[i].makespan > most ? rows[i].makespan : most;
    str_addf(out, "means over seeds 1 to %" PRIu64 ", %u cores; the bar is the makespan\n", c->seeds, cores);
    str_addf(out, "%5s %9s %9s %9s %6s %6s %9s %9s %9s %7s %8s %8s\n", "procs", "makespan", "shortest", "longest", "Ps", "cores",
             "wait", "waitP99", "switches", "steals", "handoffs", "preempt.");
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        str_addf(out, "%5u", r->procs);
        time_column(out, r->makespan);
        time_column(out, r->shortest);
        time_column(out, r->longest);
        str_addf(out, " %5.1f%% %5.1f%%", 100 * r->proc_use, 100 * r->core_use);
        time_column(out, r->wait_mean);
        time_column(out, r->wait_p99);
        str_addf(out, " %9.1f %7.1f %8.1f %8.1f  ", r->switches, r->steals, r->handoffs, r->preemptions);
        int bar = most > 0 ? (int)(BAR * r->makespan / most + 0.5) : 0;
        for (int k = 0; k < bar; k++) str_addc(out, '#');
        str_addc(out, '\n');
    }
}

static void data_sweep(const struct row *rows, size_t n, const struct cli *c, unsigned cores, struct str *out) {
    static const char *const names[] = {"makespan", "shortest", "longest", "procUse", "coreUse", "waitMean",
                                        "waitP99", "switches", "steals", "handoffs", "preemptions"};
    enum { NAMES = sizeof names / sizeof *names };
    if (c->json)
        str_addf(out, "{\"seeds\":%" PRIu64 ",\"cores\":%u,\"rows\":[", c->seeds, cores);
    else
        str_adds(out, "procs");
    for (size_t k = 0; !c->json && k < NAMES; k++) str_addf(out, ",%s", names[k]);
    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        const double v[NAMES] = {r->makespan, r->shortest, r->longest, r->proc_use, r->core_use, r->wait_mean,
                                 r->wait_p99, r->switches, r->steals, r->handoffs, r->preemptions};
        if (c->json)
            str_addf(out, "%s\n{\"procs\":%u", i ? "," : "", r->procs);
        else
            str_addf(out, "\n%u", r->procs);
        for (size_t k = 0; k < NAMES; k++) {
            if (c->json)
                str_addf(out, ",\"%s\":%.6f", names[k], v[k]);
            else
                str_addf(out, ",%.6f", v[k]);
        }
        if (c->json) str_addc(out, '}');
    }
    str_adds(out, c->json ? "\n]}\n" : "\n");
}

int cmd_sweep(const struct cli *c) {
    if (!one_format(c)) return STATUS_REFUSED;
    struct loaded l;
    bool ok = load(c, &l);
    if (ok && l.o.world == SCN_LIVE) {
        cli_say("sweep needs the stepped world: on this machine's own time and load its numbers would mean little");
        ok = false;
    }
    unsigned from = c->given[OPT_PROCS] ? c->procs : 1, to = c->procs_to ? c->procs_to : c->given[OPT_PROCS] ? c->procs : 8;
    size_t n = to - from + 1, done = 0;
    struct row *rows = ok ? calloc(n, sizeof *rows) : NULL;
    if (ok && !rows) cli_say("out of memory");
    l.o.events = true;
    l.o.pass_output = false;
    l.o.choice = SCN_SEED;
    l.o.decisions = NULL;
    l.o.ndecisions = 0;
    if (!l.o.stdin_text) l.o.stdin_text = "";
    while (rows && done < n && one_row(&l, from + (unsigned)done, c->seeds, &rows[done])) done++;
    int status = STATUS_REFUSED;
    if (rows && done == n) {
        struct str out = {0};
        unsigned cores = l.o.cores ? l.o.cores : 2;
        if (c->json || c->given[OPT_CSV])
            data_sweep(rows, n, c, cores, &out);
        else
            text_sweep(rows, n, c, cores, &out);
        status = print_out(&out);
    }
    free(rows);
    load_free(&l);
    return status;
}
