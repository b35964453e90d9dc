/* stepped_cores.c - the model of an operating system: which thread has which core, and who is furthest behind.
 *
 * A thread is in exactly one place: on a core (running), in the FIFO list of those that want one (ready), in the heap of
 * those that will at a known time (due), blocked, or dead. Cores are given away only here, when a thread is picked, in
 * the order of virtual time: a due thread becomes ready once no thread on a core is behind its time.
 */
#include <stdlib.h>

#include "stepped_int.h"

/* ---- the heap of due threads ---------------------------------------------------------------------------------- */

static bool due_before(const struct thread *a, const struct thread *b) {
    return a->due != b->due ? a->due < b->due : a->id < b->id;
}

static void due_place(struct stepped *w, size_t i, struct thread *t) {
    w->due[i] = t;
    t->due_index = (uint32_t)i;
}

static void due_up(struct stepped *w, size_t i, struct thread *t) {
    while (i > 0 && due_before(t, w->due[(i - 1) / 2])) {
        due_place(w, i, w->due[(i - 1) / 2]);
        i = (i - 1) / 2;
    }
    due_place(w, i, t);
}

static void due_down(struct stepped *w, size_t i, struct thread *t) {
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= w->ndue) break;
        if (child + 1 < w->ndue && due_before(w->due[child + 1], w->due[child])) child++;
        if (!due_before(w->due[child], t)) break;
        due_place(w, i, w->due[child]);
        i = child;
    }
    due_place(w, i, t);
}

/* Room for every thread, so that nothing is allocated while the run goes on. */
bool due_reserve(struct stepped *w) {
    if (w->due_cap >= w->all_cap) return true;
    void *more = realloc(w->due, w->all_cap * sizeof *w->due);
    if (!more) return false;
    w->due = more;
    w->due_cap = w->all_cap;
    return true;
}

void thread_forget_due(struct stepped *w, struct thread *t) {
    if (t->due_index == NO_INDEX) return;
    size_t i = t->due_index;
    t->due_index = NO_INDEX;
    struct thread *last = w->due[--w->ndue];
    if (last == t) return;
    if (i > 0 && due_before(last, w->due[(i - 1) / 2]))
        due_up(w, i, last);
    else
        due_down(w, i, last);
}

/* t, which has no core, will want one at `due`. */
void thread_due(struct stepped *w, struct thread *t, int64_t due, enum rt_reason why) {
    thread_forget_due(w, t);
    t->state = THREAD_DUE;
    t->due = due;
    t->woken_by = (uint16_t)why;
    due_up(w, w->ndue++, t);
    if (due - 1 < w->horizon) w->horizon = due - 1;
}

/* ---- cores ------------------------------------------------------------------------------------------------------ */

void cores_reset(struct stepped *w) {
    w->ready_head = w->ready_tail = NULL;
    w->nrunning = 0;
    w->ndue = 0;
    for (unsigned i = 0; i < w->config.cores; i++) w->cores[i] = (struct core){.last = NO_INDEX};
}

void thread_want_core(struct stepped *w, struct thread *t) {
    t->state = THREAD_READY;
    t->next = NULL;
    if (w->ready_tail)
        w->ready_tail->next = t;
    else
        w->ready_head = t;
    w->ready_tail = t;
}

void thread_leave_core(struct stepped *w, struct thread *t) {
    struct core *c = &w->cores[t->core];
    c->cur = NULL;
    c->free_at = t->clock;
    c->last = t->id;
    t->last_core = t->core;
    t->core = -1;
    for (unsigned i = 0; i < w->nrunning; i++) {
        if (w->running[i] != t) continue;
        w->running[i] = w->running[--w->nrunning];
        return;
    }
}

/* The core a thread had last, for its warm caches; else any free one. */
static int free_core(struct stepped *w, const struct thread *t) {
    if (t->last_core >= 0 && !w->cores[t->last_core].cur) return t->last_core;
    uint64_t nth = world_choose(w, RT_CHOOSE_CORE, w->config.cores - w->nrunning);
    for (unsigned i = 0; i < w->config.cores; i++) {
        if (w->cores[i].cur) continue;
        if (nth-- == 0) return (int)i;
    }
    return -1;
}

static void take_core(struct stepped *w, struct thread *t, int core) {
    struct core *c = &w->cores[core];
    if (t->clock < c->free_at) t->clock = c->free_at;
    if (c->last != t->id && c->last != NO_INDEX) t->clock = time_add(t->clock, world_draw(w, RT_COST_THREAD_SWITCH));
    c->cur = t;
    t->core = core;
    t->state = THREAD_ON_CORE;
    t->took_core = true;
    t->slice_end = time_add(t->clock, w->config.costs[RT_COST_KERNEL_SLICE].lo);
    w->running[w->nrunning++] = t;
}

void give_cores(struct stepped *w) {
    while (w->ready_head && w->nrunning < w->config.cores) {
        struct thread *t = w->ready_head;
        w->ready_head = t->next;
        if (!w->ready_head) w->ready_tail = NULL;
        take_core(w, t, free_core(w, t));
    }
}

static bool behind(const struct thread *a, const struct thread *b) {
    return a->clock != b->clock ? a->clock < b->clock : a->id < b->id;
}

struct thread *threads_pick(struct stepped *w) {
    if (w->search.on) return search_pick(w);
    for (;;) {
        give_cores(w);
        struct thread *best = NULL;
        for (unsigned i = 0; i < w->nrunning; i++)
            if (!best || behind(w->running[i], best)) best = w->running[i];
        if (!w->ndue || (best && w->due[0]->due > best->clock)) return best;
        struct thread *t = w->due[0];
        w->jumped |= !best;
        thread_forget_due(w, t);
        t->clock = t->due;
        thread_want_core(w, t);
    }
}

/* Until when cur, just picked, may go on without asking who is next. */
void horizon_set(struct stepped *w) {
    const struct thread *t = w->cur;
    int64_t h = INT64_MAX;
    for (unsigned i = 0; i < w->nrunning; i++) {
        const struct thread *o = w->running[i];
        if (o == t) continue;
        int64_t until = o->id < t->id ? o->clock - 1 : o->clock;
        if (until < h) h = until;
    }
    if (w->ndue && w->due[0]->due - 1 < h) h = w->due[0]->due - 1;
    if (w->ready_head && t->slice_end - 1 < h) h = t->slice_end - 1;
    if (w->config.limits.time && w->config.limits.time - 1 < h) h = w->config.limits.time - 1;
    if (w->nsignals < w->config.nsignals && w->config.signals[w->nsignals].time - 1 < h)
        h = w->config.signals[w->nsignals].time - 1;
    if (w->unfit || w->no_memory) h = INT64_MIN;
    w->horizon = h;
}
