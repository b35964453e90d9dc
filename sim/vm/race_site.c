/* race_site.c - stacks as nodes of a tree of calls.
 *
 * A node is a place in a function and the node of the place it was called from; the same stack is the same node. A
 * goroutine keeps the nodes of its frames while they last (race_g.frames), so an access in a frame that has made one
 * before looks up nothing but its own place. Readers go through the buckets without a lock: a node is whole before it is
 * linked, and stays.
 */
#include <stdlib.h>
#include <string.h>

#include "race_int.h"

#define BUCKETS ((size_t)1 << 16)
#define SEGMENT ((uint32_t)1 << 14)
#define SEGMENTS 512 /* 8 million nodes; then outer frames are left out */

struct race_sites {
    _Atomic uint32_t *buckets;
    struct race_node *segments[SEGMENTS];
    uint32_t n; /* nodes; 0 is none */
    pthread_mutex_t lock;
};

bool race_sites_init(struct race *rc) {
    struct race_sites *s = calloc(1, sizeof *s);
    if (!s)
        return false;
    if (pthread_mutex_init(&s->lock, NULL) != 0) {
        free(s);
        return false;
    }
    rc->sites = s;
    s->n = 1;
    s->buckets = calloc(BUCKETS, sizeof *s->buckets);
    return s->buckets != NULL;
}

void race_sites_free(struct race *rc) {
    struct race_sites *s = rc->sites;
    if (!s)
        return;
    for (int i = 0; i < SEGMENTS; i++)
        free(s->segments[i]);
    free(s->buckets);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static struct race_node *node(const struct race_sites *s, uint32_t i) { return &s->segments[i / SEGMENT][i % SEGMENT]; }

struct race_node race_node_at(const struct race *rc, uint32_t site) { return *node(rc->sites, site); }

static uint32_t find(const struct race_sites *s, uint32_t i, uint32_t parent, uint32_t fn, uint32_t pc) {
    for (; i; i = node(s, i)->next) {
        const struct race_node *x = node(s, i);
        if (x->parent == parent && x->fn == fn && x->pc == pc)
            return i;
    }
    return 0;
}

static uint32_t add(struct race_sites *s, _Atomic uint32_t *bucket, uint32_t parent, uint32_t fn, uint32_t pc) {
    uint32_t first = atomic_load_explicit(bucket, memory_order_relaxed), i = find(s, first, parent, fn, pc);
    if (i || s->n / SEGMENT >= SEGMENTS)
        return i;
    if (!s->segments[s->n / SEGMENT]) {
        s->segments[s->n / SEGMENT] = calloc(SEGMENT, sizeof(struct race_node));
        if (!s->segments[s->n / SEGMENT])
            return 0;
    }
    i = s->n++;
    *node(s, i) = (struct race_node){ .parent = parent, .next = first, .fn = fn, .pc = pc };
    atomic_store_explicit(bucket, i, memory_order_release);
    return i;
}

static uint32_t intern(struct race_sites *s, uint32_t parent, uint32_t fn, uint32_t pc) {
    uint64_t h = ((uint64_t)parent << 32 ^ (uint64_t)fn << 20 ^ pc) * UINT64_C(0x9e3779b97f4a7c15);
    _Atomic uint32_t *bucket = &s->buckets[h >> 48];
    uint32_t i = find(s, atomic_load_explicit(bucket, memory_order_acquire), parent, fn, pc);
    if (i)
        return i;
    pthread_mutex_lock(&s->lock);
    i = add(s, bucket, parent, fn, pc);
    pthread_mutex_unlock(&s->lock);
    return i;
}

/* ---- a goroutine's frames -------------------------------------------------------------------------------------------- */

void race_leave(struct race_g *rg, uint32_t base) {
    while (rg->nframes && rg->frames[rg->nframes - 1].base >= base)
        rg->nframes--;
    rg->top = rg->nframes ? (int64_t)rg->frames[rg->nframes - 1].base : -1;
}

static bool push(struct race_g *rg, uint32_t base, uint32_t parent) {
    if (rg->nframes == rg->cap) {
        uint32_t cap = rg->cap ? rg->cap * 2 : 16;
        struct race_frame *more = realloc(rg->frames, cap * sizeof *more);
        if (!more)
            return false;
        rg->frames = more;
        rg->cap = cap;
    }
    rg->frames[rg->nframes++] = (struct race_frame){ base, parent };
    rg->top = base;
    return true;
}

struct step { uint32_t base, fn, pc; }; /* a frame that is not yet kept, and where it stands */

/* From the innermost frame outwards to the first that is kept, or the outermost: how many there are, the first `max` into
 * `out`. *w stands at the one that is kept; *kept false: there is none. */
static uint32_t new_frames(struct race *rc, const struct vm_g *vg, struct vm_walk *w, struct step *out, uint32_t max,
                           bool *kept) {
    struct race_g *rg = vg->race;
    uint32_t n = 0;
    vm_walk_begin(w, rc->vm, vg);
    do {
        race_leave(rg, w->base + 1);
        *kept = rg->top == (int64_t)w->base;
        if (*kept)
            return n;
        if (n < max)
            out[n] = (struct step){ w->base, w->fn, w->pc };
        n++;
    } while (vm_walk_out(w));
    return n;
}

/* The node of the calls that led to vg's innermost frame. */
static uint32_t callers(struct race *rc, struct m *mp, struct vm_g *vg) {
    struct step few[32], *steps = few;
    struct race_g *rg = vg->race;
    struct vm_walk w;
    bool kept;
    uint32_t n = new_frames(rc, vg, &w, few, 32, &kept);
    if (n > 32) {
        steps = malloc(n * sizeof *steps);
        if (!steps) {
            rt_throw(mp, &vg->g, "runtime: out of memory", false);
            return 0;
        }
        n = new_frames(rc, vg, &w, steps, n, &kept);
    }
    uint32_t at = kept ? intern(rc->sites, rg->frames[rg->nframes - 1].node, w.fn, w.pc) : 0;
    for (uint32_t i = n; i-- > 0;) {
        if (!push(rg, steps[i].base, at)) {
            rt_throw(mp, &vg->g, "runtime: out of memory", false);
            break;
        }
        if (i > 0)
            at = intern(rc->sites, at, steps[i].fn, steps[i].pc);
    }
    if (steps != few)
        free(steps);
    return at;
}

uint32_t race_site(struct race *rc, struct m *mp, struct vm_g *vg) {
    struct race_g *rg = vg->race;
    if (!rg)
        return 0;
    uint32_t base = vg->base;
    uint32_t at = rg->top == (int64_t)base ? rg->frames[rg->nframes - 1].node : callers(rc, mp, vg);
    struct race_place *place = &rg->places[(uintptr_t)vg->pc / sizeof *vg->pc % (sizeof rg->places / sizeof rg->places[0])];
    if (place->pc == vg->pc && place->node == at)
        return place->site;
    struct vm_walk w;
    vm_walk_begin(&w, rc->vm, vg);
    *place = (struct race_place){ vg->pc, at, intern(rc->sites, at, w.fn, w.pc) };
    return place->site;
}
