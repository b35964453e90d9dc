/* stepped_search.c - the mode in which who goes on is a choice wherever goroutines meet (stepped.h).
 *
 * Operations announce themselves by visible() and then name what they share. Only at the first name is there a choice, and
 * only if the step under way has named something before, or has made or woken a thread: so a step is one operation on
 * something shared, and all that the thread does by itself after it. What a thread does before its first operation, or
 * after it was woken, belongs to that operation's step.
 */
#include <stdlib.h>

#include "stepped_int.h"

enum { MOST_STEPS = 20000, MOST_TOUCHES = 1000000, MOST_WORK = 20000000 };

void search_begin(struct stepped *w) {
    struct search *s = &w->search;
    s->on = s->announced = s->wakes = s->gives_way = s->stays = false;
    s->now = 0;
    s->work = 0;
    s->next = NULL;
    s->nsteps = s->ntouches = 0;
    s->ncandidates = 0;
    s->bound = s->drawn = NULL;
}

void search_free(struct stepped *w) {
    free(w->search.steps);
    free(w->search.touches);
}

void stepped_search(const struct rt_world *rw, struct stepped_search *out) {
    const struct stepped *w = (const struct stepped *)rw;
    const struct search *s = &w->search;
    uint64_t ending = 0;
    for (unsigned i = 0; i < w->nrunning; i++) {
        const struct thread *t = w->running[i];
        if (t->ends && t->id < STEPPED_MOST_SEARCHED) ending |= UINT64_C(1) << t->id;
    }
    *out = (struct stepped_search){.ending = ending,
                                   .steps = s->steps, .nsteps = s->nsteps, .touches = s->touches, .ntouches = s->ntouches,
                                   .candidates = s->candidates, .ncandidates = s->ncandidates, .stays = s->stays,
                                   .bound = s->bound, .drawn = s->drawn};
}

/* The run ends here, as by a limit. */
static void cut(struct stepped *w, const char *bound) {
    if (w->search.bound) return;
    w->search.bound = bound;
    w->config.hooks->limit(w->config.run, NULL, bound);
}

static void touch(struct stepped *w, const void *at, enum rt_shared how) {
    struct search *s = &w->search;
    if (s->ntouches == s->touches_cap) {
        size_t cap = s->touches_cap ? s->touches_cap * 2 : 256;
        void *more = realloc(s->touches, cap * sizeof *s->touches);
        if (!more) {
            w->no_memory = true;
            return;
        }
        s->touches = more;
        s->touches_cap = cap;
    }
    s->touches[s->ntouches++] = (struct stepped_touch){(uintptr_t)at, how};
    if (s->ntouches >= MOST_TOUCHES) cut(w, "touches=1000000");
}

static void add_step(struct stepped *w, struct stepped_step step) {
    struct search *s = &w->search;
    if (s->nsteps == s->steps_cap) {
        size_t cap = s->steps_cap ? s->steps_cap * 2 : 256;
        void *more = realloc(s->steps, cap * sizeof *s->steps);
        if (!more) {
            w->no_memory = true;
            return;
        }
        s->steps = more;
        s->steps_cap = cap;
    }
    step.first_touch = s->ntouches;
    s->wakes = false;
    s->steps[s->nsteps++] = step;
    if (s->nsteps >= MOST_STEPS) cut(w, "steps=20000");
}

void search_work(struct stepped *w, uint64_t instructions) {
    w->search.work += instructions;
    if (w->search.work >= MOST_WORK) cut(w, "instructions=20000000");
}

void stepped_shared(struct rt_world *rw, struct m *mp, const void *at, enum rt_shared how) {
    struct stepped *w = stepped_of(rw);
    struct search *s = &w->search;
    (void)mp;
    if (!s->on || !w->cur) return;
    if ((uintptr_t)at == RT_SHARED_WORLD) s->drawn = "when the world stops, for a collection or GOMAXPROCS";
    bool ends = how == RT_SHARED_END;
    w->cur->ends = ends;
    if (s->announced) {
        s->announced = false;
        bool did = s->wakes || (s->nsteps && s->ntouches > s->steps[s->nsteps - 1].first_touch);
        if (ends || did) world_yield(w);
    }
    touch(w, at, ends ? RT_SHARED_WRITE : how);
}

void search_wake(struct stepped *w, struct thread *t, enum rt_reason why) {
    if (t->state != THREAD_BLOCKED && t->state != THREAD_DUE) return;
    thread_forget_due(w, t);
    t->woken_by = (uint16_t)why;
    t->enabled_by = w->cur && w->search.nsteps ? (int32_t)w->search.nsteps - 1 : -1;
    w->search.wakes = true;
    thread_want_core(w, t);
}

static struct thread *by_id(struct stepped *w, uint32_t id) {
    for (unsigned i = 0; i < w->nrunning; i++)
        if (w->running[i]->id == id) return w->running[i];
    return w->ndue && w->due[0]->id == id ? w->due[0] : NULL;
}

static void add_candidate(struct stepped *w, uint32_t id) {
    struct search *s = &w->search;
    if (s->ncandidates == STEPPED_MOST_SEARCHED) {
        cut(w, "goroutines=64");
        return;
    }
    unsigned at = s->ncandidates++;
    for (; at > 0 && s->candidates[at - 1] > id; at--) s->candidates[at] = s->candidates[at - 1];
    s->candidates[at] = id;
}

/* The thread of the last step to the front; to the end, if it gave way. */
static void place_last(struct stepped *w, uint32_t last) {
    struct search *s = &w->search;
    unsigned at = 0, n = s->ncandidates;
    while (at < n && s->candidates[at] != last) at++;
    if (at == n) return;
    for (; s->gives_way && at + 1 < n; at++) s->candidates[at] = s->candidates[at + 1];
    for (; !s->gives_way && at > 0; at--) s->candidates[at] = s->candidates[at - 1];
    s->candidates[at] = last;
    s->stays = !s->gives_way;
}

static void list_candidates(struct stepped *w) {
    struct search *s = &w->search;
    s->ncandidates = 0;
    s->stays = false;
    for (unsigned i = 0; i < w->nrunning; i++) add_candidate(w, w->running[i]->id);
    if (s->nsteps) place_last(w, s->steps[s->nsteps - 1].thread);
    s->gives_way = false;
    bool sleeper = w->ndue && (!s->ncandidates || w->due[0]->due - s->now <= STEPPED_SLACK);
    if (sleeper && s->ncandidates < STEPPED_MOST_SEARCHED) s->candidates[s->ncandidates++] = w->due[0]->id;
}

/* The step with which time came to be at least this; -1: it was from the beginning. */
static int32_t moved_to(const struct search *s, int64_t time) {
    size_t i = s->nsteps;
    while (i > 0 && s->steps[i - 1].now >= time) i--;
    return time <= 0 || i == s->nsteps ? -1 : (int32_t)i;
}

/* t sleeps, and is picked: its time has come. */
static void wake_sleeper(struct stepped *w, struct thread *t, struct stepped_step *step) {
    struct search *s = &w->search;
    step->after_time = moved_to(s, t->due - STEPPED_SLACK);
    if (t->due > s->now) {
        step->after_all = s->ncandidates == 1;
        s->now = t->due;
    }
    thread_forget_due(w, t);
    thread_want_core(w, t);
    give_cores(w);
}

struct thread *search_pick(struct stepped *w) {
    struct search *s = &w->search;
    if (s->next) return s->next;
    give_cores(w);
    list_candidates(w);
    if (!s->ncandidates) return NULL;
    struct thread *t = by_id(w, s->candidates[world_choose_thread(w, s->ncandidates)]);
    struct stepped_step step = {.thread = t->id, .after = t->enabled_by, .after_time = -1};
    bool sleeper = t->state == THREAD_DUE;
    t->enabled_by = -1;
    if (sleeper) wake_sleeper(w, t, &step);
    step.now = s->now;
    add_step(w, step);
    if (sleeper) touch(w, (const void *)RT_SHARED_TIME, RT_SHARED_ADD);
    t->clock = s->now;
    s->next = t;
    return t;
}
