/* run.c - a run's life, on either world. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bytecode.h"
#include "live.h"
#include "run_int.h"

int64_t run_host_now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static bool is_live(const struct run *r) { return r->o.world == SCN_LIVE; }

static void say_info(struct run *r, unsigned procs) {
    const char *choice = r->o.ndecisions ? "decisions" : r->o.choice == SCN_PROBE ? "probe" : "seed";
    struct rt_log_info info = {.world = is_live(r) ? "live" : "stepped", .choice = choice, .number = r->o.number,
                               .procs = procs, .cores = r->o.cores, .one_to_one = r->o.one_to_one,
                               .thread_stack = r->o.one_to_one ? r->o.thread_stack : 0};
    rt_log_set_info(r->log, &info);
}

static unsigned procs_of(const struct run_options *o) {
    if (o->procs) return o->procs;
    if (o->world != SCN_LIVE) return 2;
    unsigned n = live_ncpu();
    return o->cores && o->cores < n ? o->cores : n;
}

/* The CPUs that the program finds. */
static unsigned cpus_of(const struct run_options *o) {
    if (o->search) return 1; /* nobody spins */
    if (o->world != SCN_LIVE) return o->cores;
    unsigned n = live_affinity();
    return o->cores && o->cores < n ? o->cores : n;
}

static bool has_package(const struct lang_program *p, const char *path) {
    size_t n = strlen(path);
    for (uint32_t i = 0; i < p->nfiles; i++) {
        const char *name = p->files[i].name;
        if (strncmp(name, path, n) == 0 && name[n] == '/' && !strchr(name + n + 1, '/')) return true;
    }
    return false;
}

bool run_uses_signals(const struct run_program *p) { return has_package(p->lang, "os/signal"); }

bool run_takes_signals(const struct run *r) {
    return is_live(r) && r->o.take_signals && run_uses_signals(r->program);
}

/* The runtime has a goroutine for finalizers where package os is, whose files have one; without it the program's own begin
 * at 6. */
static unsigned first_goid(const struct lang_program *p) {
    return has_package(p, "os") ? 0 : 6;
}

static bool make_vm(struct run *r) {
    struct vm_config c = {
        .program = r->program->lang,
        .args = r->o.args,
        .nargs = (unsigned)r->o.nargs,
        .program_name = r->o.program_name ? r->o.program_name : r->program->name,
        .heap_limit = r->o.limits.heap,
        .race = r->o.race,
        .search = r->o.search,
        .stepped = !is_live(r),
        .log = r->log,
    };
    if (r->vm && vm_renew(r->vm, &c)) return true;
    vm_free(r->vm);
    r->vm = vm_new(&c);
    return r->vm != NULL;
}

static bool make_rt(struct run *r, unsigned procs) {
    struct rt_config c = {
        .world = r->world,
        .exec = vm_exec_ops(),
        .exec_ctx = r->vm,
        .procs = procs,
        .cpus = cpus_of(&r->o),
        .first_goid = first_goid(r->program->lang),
        .mem_base = vm_mem_base(r->vm),
        .one_to_one = r->o.one_to_one,
        .race = r->o.race,
        .search = r->o.search,
        .log = r->log,
        .limits = {.goroutines = r->o.limits.goroutines, .output = r->o.limits.output, .stack = r->o.limits.stack},
    };
    if (is_live(r)) {
        c.limits.time_ns = r->o.limits.time_ns;
        c.limits.events = r->o.limits.events;
    }
    r->rt = rt_new(&c);
    return r->rt != NULL;
}

static bool fail(struct run *r, struct diag_list *diags, const char *what, int error) {
    diag_add(diags, NULL, 0, 0, "cannot start the program: %s%s%s", what, error ? ": " : "",
             error ? strerror(error) : "");
    run_finish(r);
    return false;
}

bool run_begin(struct run *r, const struct run_options *o, struct diag_list *diags) {
    r->o = *o;
    if (!is_live(r) && !r->o.cores) r->o.cores = 2;
    r->o.search = !is_live(r) && (o->search || (o->ndecisions && o->decisions[0] == STEPPED_SEARCHING));
    if (r->o.search) {
        r->o.one_to_one = true;
        r->o.cores = STEPPED_MOST_SEARCHED;
    }
    r->started = r->over = r->waited = r->awaits_input = false;
    r->refusal[0] = '\0';
    r->stdin_fd = -1;
    str_clear(&r->out);
    str_clear(&r->err);
    if (!r->o.thread_stack) r->o.thread_stack = UINT64_C(8) << 20;
    unsigned procs = procs_of(&r->o);
    if (r->o.limits.events) r->o.events = true; /* to be counted they must be kept */
    if (r->o.events && !(r->log = rt_log_new())) return fail(r, diags, "out of memory", 0);
    errno = 0;
    struct rt_world *w = is_live(r) ? run_live_world(r) : run_stepped_world(r);
    if (!w) return fail(r, diags, "no memory or no threads", errno);
    r->world = w;
    if (r->log) say_info(r, procs);
    if (!make_vm(r) || !make_rt(r, procs)) return fail(r, diags, "out of memory", 0);
    if (!is_live(r)) stepped_set_run(r->world, r->rt);
    vm_attach(r->vm, r->rt);
    return true;
}

void run_finish(struct run *r) {
    if (is_live(r)) run_live_finish(r);
    run_signals_end(r);
    if (r->rt) rt_free(r->rt);
    if (r->log) rt_log_free(r->log);
    if (r->stdin_fd >= 0) close(r->stdin_fd);
    if (is_live(r) && r->world) {
        live_free(r->world);
        r->world = NULL;
    }
    r->rt = NULL;
    r->log = NULL;
    r->stdin_fd = -1;
}

struct run *run_new(const struct run_program *p, const struct run_options *o, struct diag_list *diags) {
    struct run *r = calloc(1, sizeof *r);
    if (!r) {
        diags->failed = true;
        return NULL;
    }
    r->program = p;
    r->stdin_fd = -1;
    atomic_flag_clear_explicit(&r->out_lock, memory_order_relaxed);
    if (!run_begin(r, o, diags)) {
        run_free(r);
        return NULL;
    }
    return r;
}

void run_free(struct run *r) {
    if (!r) return;
    run_finish(r);
    vm_free(r->vm);
    if (r->world) stepped_free(r->world);
    str_free(&r->out);
    str_free(&r->err);
    free(r->arriving);
    free(r);
}

static bool start(struct run *r) {
    if (r->started) return true;
    r->started = true;
    r->began = run_host_now();
    if (run_takes_signals(r) && !run_signals_begin(r)) {
        snprintf(r->refusal, sizeof r->refusal, "cannot take signals");
        r->over = r->waited = true;
        return false;
    }
    int error = rt_start(r->rt);
    if (!error) return true;
    snprintf(r->refusal, sizeof r->refusal, "cannot start the program: %s", strerror(error));
    r->over = r->waited = true;
    return false;
}

bool run_pump(struct run *r, uint64_t events, int64_t until, int64_t host_ns) {
    if (r->over || !start(r)) return false;
    return is_live(r) ? run_live_pump(r, events, until, host_ns) : run_stepped_pump(r, events, until, host_ns);
}

void run_stop(struct run *r) {
    if (r->over || !r->started) {
        r->over = true;
        return;
    }
    rt_stop(r->rt, RT_END_STOPPED, 1);
    if (is_live(r)) run_live_finish(r);
    r->over = true;
}

bool run_awaits_input(const struct run *r) { return r->awaits_input && !r->over; }

bool run_ended(const struct run *r) { return r->over; }

const struct rt_log *run_log(const struct run *r) { return r->log; }

void run_get_result(const struct run *r, struct run_result *out) {
    *out = (struct run_result){
        .status = r->refusal[0] ? 1 : rt_exit_status(r->rt),
        .how = rt_end_how(r->rt),
        .out = str_cstr(&r->out),
        .err = str_cstr(&r->err),
        .nout = r->out.len,
        .nerr = r->err.len,
        .signal = rt_killed_by(r->rt),
        .limit = rt_limit_reached(r->rt),
        .refusal = r->refusal[0] ? r->refusal : NULL,
        .time = is_live(r) ? r->took : stepped_now(r->world),
    };
    if (!r->out.failed && !r->err.failed) return;
    out->status = 1;
    out->refusal = "out of memory for the program's output";
}

size_t run_decisions(const struct run *r, uint64_t *out, size_t max) {
    if (is_live(r)) return 0;
    const struct stepped_choice *made;
    size_t n = stepped_choices(r->world, &made);
    for (size_t i = 0; i < n && i < max; i++) out[i] = made[i].picked;
    return n;
}

size_t run_choices(const struct run *r, size_t from, struct run_choice *out, size_t max) {
    if (is_live(r)) return 0;
    const struct stepped_choice *made;
    size_t n = stepped_choices(r->world, &made);
    for (size_t i = 0; from + i < n && i < max; i++) {
        const struct stepped_choice *c = &made[from + i];
        bool latency = c->kind == RT_CHOOSE_LATENCY;
        out[i] = (struct run_choice){.what = latency ? stepped_cost_key(c->cost) : stepped_choice_name(c->kind),
                                     .doc = latency ? stepped_cost_doc(c->cost) : stepped_choice_doc(c->kind),
                                     .n = c->n,
                                     .picked = c->picked,
                                     .latency = latency,
                                     .lo = c->lo,
                                     .time = c->time,
                                     .m = c->m};
    }
    return n;
}
