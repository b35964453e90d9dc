/* run_fine.c - the steps between two events: a stepped run is executed again, with a hook before each instruction. */
#include <stdlib.h>
#include <string.h>

#include "runtime2.h"
#include "run_int.h"

#define SLICE_NS INT64_C(50000000) /* between two looks at the clock; steps may fill up meanwhile */

struct last_pos { /* a goroutine and where it was last */
    uint64_t goid;
    rt_pos pos;
};

struct fine {
    struct run *run;
    uint64_t from, to;
    bool lines, no_memory;
    struct run_fine *out;
    size_t len, max;
    struct last_pos *seen; /* hash table by goid; a power of two */
    size_t nseen, cap;
};

static struct last_pos *slot_of(struct last_pos *table, size_t cap, uint64_t goid) {
    size_t i = (size_t)(goid * 0x9e3779b97f4a7c15u) & (cap - 1);
    while (table[i].goid && table[i].goid != goid) i = (i + 1) & (cap - 1);
    return &table[i];
}

static bool grow(struct fine *f) {
    size_t cap = f->cap ? f->cap * 2 : 64;
    struct last_pos *table = calloc(cap, sizeof *table);
    if (!table) return false;
    for (size_t i = 0; i < f->cap; i++)
        if (f->seen[i].goid) *slot_of(table, cap, f->seen[i].goid) = f->seen[i];
    free(f->seen);
    f->seen = table;
    f->cap = cap;
    return true;
}

/* Does the goroutine reach another line of its own with this step? */
static bool new_line(struct fine *f, uint64_t goid, rt_pos pos) {
    if (!pos) return false;
    if (f->nseen * 2 >= f->cap && !grow(f)) {
        f->no_memory = true;
        return false;
    }
    struct last_pos *s = slot_of(f->seen, f->cap, goid);
    if (!s->goid) {
        s->goid = goid;
        f->nseen++;
    } else if (s->pos == pos) {
        return false;
    }
    s->pos = pos;
    return true;
}

static void step(void *ctx, struct m *mp, struct g *gp, uint64_t fn, uint32_t pc, rt_pos pos) {
    struct fine *f = ctx;
    uint64_t at = rt_log_count(f->run->log);
    if (f->lines && !new_line(f, gp->goid, pos)) return;
    if (at < f->from || at >= f->to || f->len == f->max) return;
    f->out[f->len++] = (struct run_fine){.event = at, .time = stepped_peek(f->run->world), .g = (uint32_t)gp->goid, .fn = fn,
                                         .pc = pc, .pos = pos, .m = mp->id};
}

int64_t run_fine_steps(const struct run_program *p, const struct run_options *o, uint64_t from, uint64_t to, bool lines,
                       int64_t host_ns, struct run_fine *out, size_t max, struct diag_list *diags) {
    if (o->world == SCN_LIVE) {
        diag_add(diags, NULL, 0, 0, "a live run cannot be executed again: its steps between events are gone");
        return -1;
    }
    struct run_options again = *o;
    again.events = true;
    again.pass_output = false;
    struct fine f = {.from = from, .to = to, .lines = lines, .out = out, .max = max};
    f.run = run_new(p, &again, diags);
    if (!f.run) return -1;
    vm_set_step_hook(f.run->vm, step, &f);
    int64_t until = run_host_now() + host_ns, left = host_ns;
    while (left > 0 && rt_log_count(f.run->log) < to && f.len < max && run_pump(f.run, to, 0, left < SLICE_NS ? left : SLICE_NS))
        left = until - run_host_now();
    bool late = left <= 0 && rt_log_count(f.run->log) < to && f.len < max && !run_ended(f.run);
    run_free(f.run);
    free(f.seen);
    if (late) {
        diag_add(diags, NULL, 0, 0, "the run would have to be executed again up to here, which takes too long: step by event");
        return -1;
    }
    if (f.no_memory) diags->failed = true;
    return f.no_memory ? -1 : (int64_t)f.len;
}
