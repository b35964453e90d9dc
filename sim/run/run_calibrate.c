/* run_calibrate.c - gosee calibrate: the keys of machine.costs, measured.
 *
 * What the interpreter and the scheduler cost is found with small Go programs, each run live (how long) and stepped, where
 * one kind of cost is 1 ns and all others are nothing: the virtual time then counts how often that kind of work was done.
 * So each program gives an equation, and each adds one unknown: instructions; channel operations; switches; go statements.
 */
#include "run_calibrate.h"

#include <string.h>

#include "run.h"
#include "stepped.h"

enum { REPEATS = 3 };

static const char loop[] = "package main\n"
                           "func main() {\n\ts := 0\n\tfor i := 0; i < 400000; i++ {\n\t\ts += i & 7\n\t}\n"
                           "\tif s < 0 {\n\t\tpanic(s)\n\t}\n}\n";
static const char channel[] = "package main\n"
                              "func main() {\n\tc := make(chan int, 1)\n\tfor i := 0; i < 100000; i++ {\n"
                              "\t\tc <- i\n\t\t<-c\n\t}\n}\n";
static const char yield[] = "package main\n\nimport \"runtime\"\n\n"
                            "func main() {\n\tgo func() {\n\t\tfor {\n\t\t\truntime.Gosched()\n\t\t}\n\t}()\n"
                            "\tfor i := 0; i < 50000; i++ {\n\t\truntime.Gosched()\n\t}\n}\n";
static const char spawn[] = "package main\n\nfunc f() {}\n\n"
                            "func main() {\n\tfor i := 0; i < 50000; i++ {\n\t\tgo f()\n\t\tif i%100 == 0 {\n"
                            "\t\t\tc := make(chan int)\n\t\t\tgo func() { c <- 1 }()\n\t\t\t<-c\n\t\t}\n\t}\n}\n";

/* How long the program takes on a world; -1: it did not end well. */
static int64_t time_of(const struct run_program *p, const struct run_options *o, struct diag_list *diags) {
    struct run *r = run_new(p, o, diags);
    if (!r) return -1;
    while (run_pump(r, 0, 0, 0)) {
    }
    struct run_result res;
    run_get_result(r, &res);
    int64_t ns = res.status == 0 && !res.refusal ? res.time : -1;
    run_free(r);
    return ns;
}

_Static_assert((int)RT_COST_COUNT <= (int)RUN_COSTS_MAX, "room for all costs");

/* How often work of this kind is done. */
static int64_t count_of(const struct run_program *p, const char *key, struct diag_list *diags) {
    struct scn_cost costs[RUN_COSTS_MAX];
    size_t n = 0;
    for (; n < RT_COST_COUNT; n++) {
        const char *of = stepped_cost_key((enum rt_cost)n);
        int64_t ns = strcmp(of, key) == 0 ? 1 : n == RT_COST_KERNEL_SLICE ? 1000000000 : 0;
        costs[n] = (struct scn_cost){of, {ns, ns}};
    }
    struct run_options o = {.world = SCN_STEPPED, .number = 1, .procs = 1, .cores = 1, .costs = costs, .ncosts = n};
    return time_of(p, &o, diags);
}

struct program { /* measured */
    int64_t live;                                /* ns, the best of a few */
    int64_t instructions, ops, switches, creates; /* how many */
};

static bool measure(const char *text, struct program *out, struct diag_list *diags) {
    struct src_file file = {.name = "calibrate.go", .text = text, .length = strlen(text)};
    struct run_program *p = run_compile(&file, diags);
    if (!p) return false;
    struct run_options live = {.world = SCN_LIVE, .procs = 1};
    out->live = INT64_MAX;
    bool ok = true;
    for (int i = 0; ok && i < REPEATS; i++) {
        int64_t ns = time_of(p, &live, diags);
        ok = ns >= 0;
        if (ns < out->live) out->live = ns;
    }
    const struct {
        const char *key;
        int64_t *to;
    } kinds[] = {{"instruction", &out->instructions}, {"chanOp", &out->ops}, {"goSwitch", &out->switches},
                 {"goCreate", &out->creates}};
    for (size_t i = 0; ok && i < sizeof kinds / sizeof *kinds; i++)
        ok = (*kinds[i].to = count_of(p, kinds[i].key, diags)) >= 0;
    run_program_free(p);
    return ok;
}

/* What is left of the time for each of n, at least 1 ns. */
static int64_t each(double rest, int64_t n) {
    double ns = n > 0 ? rest / (double)n : 1;
    return ns < 1 ? 1 : (int64_t)(ns + 0.5);
}

struct go_costs {
    double instruction;
    int64_t op, change, create;
};

static bool measure_go(struct go_costs *c, struct diag_list *diags) {
    struct program l, ch, y, s;
    if (!measure(loop, &l, diags) || !measure(channel, &ch, diags) || !measure(yield, &y, diags) ||
        !measure(spawn, &s, diags))
        return false;
    c->instruction = (double)l.live / (double)(l.instructions ? l.instructions : 1);
    c->op = each((double)ch.live - c->instruction * (double)ch.instructions, ch.ops);
    c->change = each((double)y.live - c->instruction * (double)y.instructions, y.switches);
    c->create = each((double)s.live - c->instruction * (double)s.instructions - (double)c->op * (double)s.ops -
                         (double)c->change * (double)s.switches,
                     s.creates);
    return true;
}

static void put(struct run_cost *out, size_t *n, const char *key, int64_t lo, int64_t hi) {
    out[(*n)++] = (struct run_cost){key, lo, hi < lo ? lo : hi};
}

bool run_calibrate(struct run_cost *out, size_t *n, struct diag_list *diags) {
    struct cal_threads t = {0};
    struct go_costs g = {0};
    *n = 0;
    if (!measure_go(&g, diags)) return false;
    if (!cal_measure_threads(&t)) {
        diag_add(diags, NULL, 0, 0, "cannot measure: no thread can be made");
        return false;
    }
    int64_t insn = g.instruction < 1 ? 1 : (int64_t)(g.instruction + 0.5);
    put(out, n, "instruction", insn, insn);
    put(out, n, "goCreate", g.create, g.create);
    put(out, n, "goSwitch", g.change, g.change);
    put(out, n, "chanOp", g.op, g.op);
    put(out, n, "schedLook", t.look, t.look);
    put(out, n, "stackCopy", t.copy, t.copy);
    put(out, n, "syscall", t.syscall.lo, t.syscall.hi);
    put(out, n, "threadCreate", t.thread_create.lo, t.thread_create.hi);
    put(out, n, "cloneCall", t.clone_call.lo, t.clone_call.hi);
    put(out, n, "threadWake", t.thread_wake.lo, t.thread_wake.hi);
    put(out, n, "wakeCall", t.wake_call.lo, t.wake_call.hi);
    put(out, n, "coldStart", t.cold_start.lo, t.cold_start.hi);
    put(out, n, "threadSwitch", t.thread_switch, t.thread_switch);
    put(out, n, "timerSlack", t.timer_slack.lo, t.timer_slack.hi);
    put(out, n, "kernelSlice", t.kernel_slice, t.kernel_slice);
    return true;
}
