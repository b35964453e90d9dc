/* run_races.c - happens-before over the steps of one execution (run_races.h).
 *
 * Each step has a vector clock: how many steps of each thread come before it in every equivalent execution. It follows the
 * step before it of its thread, the step that woke its thread or made it, the steps that moved time to where it could
 * begin, and every earlier step with which it conflicts. Two conflicting steps that nothing else orders are a race.
 */
#include "run_races.h"

#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

struct access { /* of an object; a list, newest first */
    uint32_t step, prev;
    uint32_t how;
};
struct object {
    uintptr_t at; /* 0: free */
    uint32_t last; /* in accesses */
};

struct race_finder {
    uint32_t (*clocks)[RACE_THREADS]; /* of each step; its own thread's entry counts itself */
    size_t cap;
    struct access *accesses;
    size_t naccesses, accesses_cap;
    struct object *objects; /* a power of two */
    size_t objects_cap;
    uint32_t *earlier; /* conflicting steps of the step that is looked at */
    size_t nearlier, earlier_cap;
    struct step_race *races; /* of that step */
    size_t nraces, races_cap;
    uint32_t *after; /* steps after the earlier one of a race that do not need it */
    uint32_t last[RACE_THREADS]; /* each thread's last step; NONE */
};

struct touches touches_of(const struct stepped_search *s, size_t step) {
    size_t from = s->steps[step].first_touch, to = step + 1 < s->nsteps ? s->steps[step + 1].first_touch : s->ntouches;
    return (struct touches){s->touches + from, to - from};
}

static bool hows_conflict(uint32_t a, uint32_t b) { return a == RT_SHARED_WRITE || a != b; }

bool touches_conflict(struct touches a, struct touches b) {
    for (size_t i = 0; i < a.n; i++) {
        for (size_t k = 0; k < b.n; k++) {
            if (a.at[i].at == b.at[k].at && hows_conflict(a.at[i].how, b.at[k].how)) return true;
        }
    }
    return false;
}

struct race_finder *race_finder_new(void) { return calloc(1, sizeof(struct race_finder)); }

void race_finder_free(struct race_finder *f) {
    if (!f) return;
    free(f->clocks);
    free(f->accesses);
    free(f->objects);
    free(f->earlier);
    free(f->races);
    free(f->after);
    free(f);
}

/* Room for n elements of this size. */
static bool room(void **data, size_t *cap, size_t n, size_t size) {
    if (n <= *cap) return true;
    size_t more = *cap ? *cap : 256;
    while (more < n) more *= 2;
    void *p = realloc(*data, more * size);
    if (!p) return false;
    *data = p;
    *cap = more;
    return true;
}

static bool begin(struct race_finder *f, const struct stepped_search *s) {
    size_t was = f->cap, objects = 256;
    if (!room((void **)&f->clocks, &f->cap, s->nsteps, sizeof *f->clocks)) return false;
    if (f->cap != was) {
        void *after = realloc(f->after, f->cap * sizeof *f->after);
        if (!after) return false;
        f->after = after;
    }
    if (!room((void **)&f->accesses, &f->accesses_cap, s->ntouches, sizeof *f->accesses)) return false;
    while (objects < 2 * s->ntouches) objects *= 2;
    if (objects > f->objects_cap) {
        free(f->objects);
        f->objects_cap = 0;
        if (!(f->objects = calloc(objects, sizeof *f->objects))) return false;
        f->objects_cap = objects;
    } else {
        memset(f->objects, 0, f->objects_cap * sizeof *f->objects);
    }
    f->naccesses = 0;
    for (size_t i = 0; i < RACE_THREADS; i++) f->last[i] = NONE;
    return true;
}

static struct object *object_at(struct race_finder *f, uintptr_t at) {
    size_t i = (size_t)((uint64_t)at * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (f->objects_cap - 1);
    while (f->objects[i].at && f->objects[i].at != at) i = (i + 1) & (f->objects_cap - 1);
    if (!f->objects[i].at) f->objects[i] = (struct object){at, NONE};
    return &f->objects[i];
}

static void join(uint32_t *to, const uint32_t *from) {
    for (size_t i = 0; i < RACE_THREADS; i++)
        if (from[i] > to[i]) to[i] = from[i];
}

/* Does step b need step a, an earlier one? */
static bool needs(const struct race_finder *f, const struct stepped_search *s, size_t b, size_t a) {
    uint32_t t = s->steps[a].thread;
    return f->clocks[b][t] >= f->clocks[a][t];
}

/* What orders the step whatever it does. */
static void inherit(struct race_finder *f, const struct stepped_search *s, size_t step) {
    const struct stepped_step *e = &s->steps[step];
    uint32_t *c = f->clocks[step];
    memset(c, 0, sizeof f->clocks[step]);
    if (f->last[e->thread] != NONE) join(c, f->clocks[f->last[e->thread]]);
    if (e->after >= 0) join(c, f->clocks[e->after]);
    if (e->after_time >= 0) join(c, f->clocks[e->after_time]);
    for (size_t i = 0; e->after_all && i < RACE_THREADS; i++)
        if (f->last[i] != NONE) join(c, f->clocks[f->last[i]]);
}

/* Who is before a write of the object needs no look: the write came after it. */
static bool collect(struct race_finder *f, const struct stepped_search *s, size_t step) {
    struct touches t = touches_of(s, step);
    f->nearlier = 0;
    for (size_t i = 0; i < t.n; i++) {
        for (uint32_t a = object_at(f, t.at[i].at)->last; a != NONE; a = f->accesses[a].prev) {
            const struct access *x = &f->accesses[a];
            if (x->step != step && hows_conflict(x->how, t.at[i].how) && s->steps[x->step].thread != s->steps[step].thread) {
                if (!room((void **)&f->earlier, &f->earlier_cap, f->nearlier + 1, sizeof *f->earlier)) return false;
                f->earlier[f->nearlier++] = x->step;
            }
            if (x->how == RT_SHARED_WRITE) break;
        }
    }
    return true;
}

static int latest_first(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x < y) - (x > y);
}

static void remember(struct race_finder *f, const struct stepped_search *s, size_t step) {
    struct touches t = touches_of(s, step);
    for (size_t i = 0; i < t.n; i++) {
        struct object *o = object_at(f, t.at[i].at);
        f->accesses[f->naccesses] = (struct access){(uint32_t)step, o->last, t.at[i].how};
        o->last = (uint32_t)f->naccesses++;
    }
}

/* The threads that can be first of those steps up to `later` which do not need `earlier`. */
static uint64_t initials(struct race_finder *f, const struct stepped_search *s, size_t earlier, size_t later) {
    uint64_t seen = 0, first = 0;
    size_t n = 0;
    for (size_t k = earlier + 1; k <= later; k++) {
        if (k < later && needs(f, s, k, earlier)) continue;
        uint64_t bit = UINT64_C(1) << s->steps[k].thread;
        bool free_to_go = !(seen & bit);
        for (size_t i = 0; free_to_go && i < n; i++) free_to_go = !needs(f, s, k, f->after[i]);
        if (free_to_go) first |= bit;
        seen |= bit;
        f->after[n++] = (uint32_t)k;
    }
    return first;
}

static bool look_at(struct race_finder *f, const struct stepped_search *s, size_t step) {
    uint32_t thread = s->steps[step].thread, *c = f->clocks[step];
    f->nraces = 0;
    inherit(f, s, step);
    if (!collect(f, s, step)) return false;
    if (f->nearlier) qsort(f->earlier, f->nearlier, sizeof *f->earlier, latest_first);
    for (size_t i = 0; i < f->nearlier; i++) {
        uint32_t e = f->earlier[i];
        if (needs(f, s, step, e)) continue;
        if (!room((void **)&f->races, &f->races_cap, f->nraces + 1, sizeof *f->races)) return false;
        f->races[f->nraces++] = (struct step_race){.earlier = e, .later = step};
        join(c, f->clocks[e]);
    }
    c[thread] = (f->last[thread] == NONE ? 0 : f->clocks[f->last[thread]][thread]) + 1;
    f->last[thread] = (uint32_t)step;
    remember(f, s, step);
    return true;
}

static uint64_t mix(uint64_t h, uint64_t v) {
    h = (h ^ v) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 29;
}

/* Of a set of steps: the same in whatever order they came. */
static uint64_t class_of(const struct race_finder *f, const struct stepped_search *s, bool past) {
    uint64_t class = 0;
    for (size_t step = 0; step < s->nsteps; step++) {
        if (!touches_of(s, step).n || (past ? !needs(f, s, s->nsteps - 1, step) : step + 1 == s->nsteps)) continue;
        uint64_t h = s->steps[step].thread;
        for (uint64_t i = 0; i < RACE_THREADS; i++)
            if (f->clocks[step][i]) h = mix(h, i << 32 | f->clocks[step][i]);
        class += h;
    }
    return class;
}

bool race_finder_run(struct race_finder *f, const struct stepped_search *s, size_t from, bool past,
                     void (*found)(void *ctx, struct step_race r), void *ctx, uint64_t *class) {
    if (!begin(f, s)) return false;
    for (size_t step = 0; step < s->nsteps; step++) {
        if (s->steps[step].thread >= RACE_THREADS || !look_at(f, s, step)) return false;
        for (size_t i = 0; step >= from && i < f->nraces; i++) {
            f->races[i].first = initials(f, s, f->races[i].earlier, step);
            found(ctx, f->races[i]);
        }
    }
    *class = class_of(f, s, past);
    return true;
}
