/* race_clock.c - goroutines' vector clocks, and what was let go of at objects.
 *
 * A goroutine has a slot of all vector clocks while it lives. A slot serves again: best for one that knows all its former
 * owner did, since its accesses then come after those; without one the oldest slot is taken once many are in use, and a
 * race between two that had the same slot is missed. As in Go no more than 8,128 goroutines are alive at once.
 *
 * The rules of the acts (which let go, which take up) are those that Go's own runtime, sync and internal/poll tell their
 * detector.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "race_int.h"

#define MOST 8128    /* goroutines alive, as in Go */
#define LOOK 16      /* free slots that are looked at for one whose owner is known to have ended */
#define SHARDS 64
#define FRESH 1024   /* so many slots are taken fresh before an unfit one is taken again */

struct slot {
    uint64_t clock; /* at its last owner's end */
    struct race_life *lives; /* oldest first */
    uint32_t n, cap;
};

struct race_threads {
    pthread_mutex_t lock;
    struct slot *slots; /* MOST */
    uint32_t used;      /* ever */
    uint16_t *free;     /* a stack, but the oldest lie at its bottom */
    uint32_t nfree;
    uint32_t alive;
};

struct race_order { /* an object, and what was let go of there */
    struct race_order *next;
    uintptr_t at;
    struct race_clock clock;
};

struct shard {
    pthread_mutex_t lock;
    struct race_order **buckets; /* a power of two */
    size_t nbuckets, n;
};

struct race_orders { struct shard shards[SHARDS]; };

/* ---- vector clocks ----------------------------------------------------------------------------------------------------- */

static bool room(struct race_clock *c, uint32_t len) {
    if (len <= c->cap)
        return true;
    uint32_t cap = c->cap ? c->cap : 4;
    while (cap < len)
        cap *= 2;
    uint64_t *at = realloc(c->at, cap * sizeof *at);
    if (!at)
        return false;
    c->at = at;
    c->cap = cap;
    return true;
}

static bool longer(struct race_clock *c, uint32_t len) {
    if (len <= c->len)
        return true;
    if (!room(c, len))
        return false;
    memset(c->at + c->len, 0, (len - c->len) * sizeof *c->at);
    c->len = len;
    return true;
}

static bool join(struct race_clock *to, const struct race_clock *from) {
    if (!longer(to, from->len))
        return false;
    for (uint32_t i = 0; i < from->len; i++)
        if (from->at[i] > to->at[i])
            to->at[i] = from->at[i];
    return true;
}

static bool set(struct race_clock *to, const struct race_clock *from) {
    if (!room(to, from->len))
        return false;
    if (from->len)
        memcpy(to->at, from->at, from->len * sizeof *to->at);
    to->len = from->len;
    return true;
}

/* What it does from here on is not covered by what it has let go of. */
static void tick(struct race_g *rg) {
    rg->clock.at[rg->slot]++;
    rg->epoch++;
}

/* ---- slots --------------------------------------------------------------------------------------------------------------- */

bool race_threads_init(struct race *rc) {
    rc->threads = calloc(1, sizeof *rc->threads);
    rc->orders = calloc(1, sizeof *rc->orders);
    if (!rc->threads || !rc->orders)
        return false;
    for (int i = 0; i < SHARDS; i++)
        pthread_mutex_init(&rc->orders->shards[i].lock, NULL);
    pthread_mutex_init(&rc->threads->lock, NULL);
    rc->threads->slots = calloc(MOST, sizeof *rc->threads->slots);
    rc->threads->free = calloc(MOST, sizeof *rc->threads->free);
    return rc->threads->slots && rc->threads->free;
}

static void free_orders(struct race_orders *o) {
    for (int i = 0; i < SHARDS; i++) {
        struct shard *s = &o->shards[i];
        for (size_t b = 0; b < s->nbuckets; b++) {
            for (struct race_order *x = s->buckets[b], *next; x; x = next) {
                next = x->next;
                free(x->clock.at);
                free(x);
            }
        }
        free(s->buckets);
        pthread_mutex_destroy(&s->lock);
    }
    free(o);
}

static void free_g(struct race_g *rg) {
    free(rg->clock.at);
    free(rg->frames);
    free(rg);
}

void race_threads_free(struct race *rc) {
    struct race_threads *t = rc->threads;
    if (rc->orders)
        free_orders(rc->orders);
    if (!t)
        return;
    for (uint32_t i = 0; t->slots && i < t->used; i++)
        free(t->slots[i].lives);
    free(t->slots);
    free(t->free);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

/* lock held. MOST: none. */
static uint32_t take_slot(struct race_threads *t, const struct race_clock *known) {
    for (uint32_t k = 0; k < LOOK && k < t->nfree; k++) {
        uint32_t i = t->nfree - 1 - k, slot = t->free[i];
        if (slot < known->len && known->at[slot] >= t->slots[slot].clock) {
            memmove(&t->free[i], &t->free[i + 1], (t->nfree - 1 - i) * sizeof *t->free);
            t->nfree--;
            return slot;
        }
    }
    if (t->used < FRESH || (!t->nfree && t->used < MOST))
        return t->used++;
    if (!t->nfree)
        return MOST;
    uint32_t slot = t->free[0];
    t->nfree--;
    memmove(&t->free[0], &t->free[1], t->nfree * sizeof *t->free);
    return slot;
}

static bool add_life(struct slot *s, const struct race_life *life) {
    if (s->n == s->cap) {
        uint32_t cap = s->cap ? s->cap * 2 : 2;
        struct race_life *more = realloc(s->lives, cap * sizeof *more);
        if (!more)
            return false;
        s->lives = more;
        s->cap = cap;
    }
    s->lives[s->n++] = *life;
    return true;
}

static bool begin(struct race_threads *t, struct race_g *rg, uint64_t goid, uint32_t site, bool *many) {
    pthread_mutex_lock(&t->lock);
    uint32_t slot = t->alive < MOST ? take_slot(t, &rg->clock) : MOST;
    *many = slot == MOST;
    bool ok = !*many && longer(&rg->clock, slot + 1);
    if (ok) {
        struct slot *s = &t->slots[slot];
        rg->slot = slot;
        rg->clock.at[slot] = s->clock + 1;
        rg->epoch = (uint64_t)slot << RACE_CLOCK_BITS | (s->clock + 1);
        ok = add_life(s, &(struct race_life){ .from = s->clock + 1, .goid = goid, .site = site });
        t->alive++;
    }
    pthread_mutex_unlock(&t->lock);
    return ok;
}

struct race_life race_life_of(struct race *rc, uint64_t epoch) {
    struct race_threads *t = rc->threads;
    struct race_life found = { 0 };
    pthread_mutex_lock(&t->lock);
    const struct slot *s = &t->slots[race_slot_of(epoch)];
    uint32_t lo = 0, hi = s->n;
    while (lo < hi) { /* the last that began at that clock or before */
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->lives[mid].from <= race_clock_of(epoch))
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo)
        found = s->lives[lo - 1];
    pthread_mutex_unlock(&t->lock);
    return found;
}

void race_end(struct race *rc, struct vm_g *vg) {
    struct race_threads *t = rc->threads;
    struct race_g *rg = vg->race;
    if (!rg)
        return;
    pthread_mutex_lock(&t->lock);
    struct slot *s = &t->slots[rg->slot];
    s->clock = race_clock_of(rg->epoch);
    if (s->n)
        s->lives[s->n - 1].finished = true;
    t->free[t->nfree++] = (uint16_t)rg->slot;
    t->alive--;
    pthread_mutex_unlock(&t->lock);
    free_g(rg);
    vg->race = NULL;
}

/* ---- what was let go of ---------------------------------------------------------------------------------------------------- */

static struct shard *shard_of(struct race *rc, uintptr_t at, uint64_t *hash) {
    *hash = (at - rc->base) * UINT64_C(0x9e3779b97f4a7c15);
    return &rc->orders->shards[*hash >> 58];
}

static bool more_buckets(struct race *rc, struct shard *s) {
    size_t n = s->nbuckets ? s->nbuckets * 2 : 16;
    struct race_order **buckets = calloc(n, sizeof(struct race_order *));
    if (!buckets)
        return false;
    for (size_t b = 0; b < s->nbuckets; b++) {
        for (struct race_order *x = s->buckets[b], *next; x; x = next) {
            uint64_t hash;
            next = x->next;
            shard_of(rc, x->at, &hash);
            x->next = buckets[hash >> 20 & (n - 1)];
            buckets[hash >> 20 & (n - 1)] = x;
        }
    }
    free(s->buckets);
    s->buckets = buckets;
    s->nbuckets = n;
    return true;
}

/* lock held. make: a new one if there is none yet. */
static struct race_order *order_at(struct race *rc, struct shard *s, uint64_t hash, uintptr_t at, bool make) {
    struct race_order *x = s->nbuckets ? s->buckets[hash >> 20 & (s->nbuckets - 1)] : NULL;
    while (x && x->at != at)
        x = x->next;
    if (x || !make)
        return x;
    if (s->n >= s->nbuckets && !more_buckets(rc, s))
        return NULL;
    x = calloc(1, sizeof *x);
    if (!x)
        return NULL;
    x->at = at;
    x->next = s->buckets[hash >> 20 & (s->nbuckets - 1)];
    s->buckets[hash >> 20 & (s->nbuckets - 1)] = x;
    s->n++;
    return x;
}

static bool exchange(struct race_g *rg, struct race_order *x) {
    struct race_clock old = x->clock;
    x->clock = (struct race_clock){ 0 };
    bool ok = set(&x->clock, &rg->clock) && join(&rg->clock, &old);
    free(old.at);
    return ok;
}

static bool act(struct race *rc, struct race_g *rg, enum rt_order how, const void *object) {
    uintptr_t at = (uintptr_t)object;
    uint64_t hash;
    struct shard *s = shard_of(rc, at, &hash);
    bool ok = true;
    pthread_mutex_lock(&s->lock);
    struct race_order *x = order_at(rc, s, hash, at, how != RT_ORDER_ACQUIRE);
    switch (how) {
    case RT_ORDER_ACQUIRE: ok = !x || join(&rg->clock, &x->clock); break;
    case RT_ORDER_RELEASE: ok = x && set(&x->clock, &rg->clock); break;
    case RT_ORDER_MERGE: ok = x && join(&x->clock, &rg->clock); break;
    case RT_ORDER_EXCHANGE: ok = x && exchange(rg, x); break;
    case RT_ORDER_READ:
    case RT_ORDER_WRITE: break;
    }
    if (ok && how != RT_ORDER_ACQUIRE)
        tick(rg);
    pthread_mutex_unlock(&s->lock);
    return ok;
}

void vm_race_order(void *ctx, struct m *mp, struct g *gp, enum rt_order how, const void *at) {
    struct vm *vm = ctx;
    struct vm_g *vg = vm_g_of(gp);
    if (!vm->race || !vg->race)
        return;
    if (how == RT_ORDER_READ || how == RT_ORDER_WRITE)
        vm_race_access(vm, mp, vg, at, 8, how == RT_ORDER_WRITE ? RACE_WRITE : RACE_READ);
    else if (!act(vm->race, vg->race, how, at))
        rt_throw(mp, gp, "runtime: out of memory", false);
}

void race_collect(struct race *rc) {
    for (int i = 0; i < SHARDS; i++) {
        struct shard *s = &rc->orders->shards[i];
        for (size_t b = 0; b < s->nbuckets; b++) {
            for (struct race_order **x = &s->buckets[b]; *x;) {
                struct race_order *gone = *x;
                if (!heap_contains(&rc->vm->heap, (const void *)gone->at) ||
                    heap_is_marked(&rc->vm->heap, (const void *)gone->at)) {
                    x = &gone->next;
                    continue;
                }
                *x = gone->next;
                s->n--;
                free(gone->clock.at);
                free(gone);
            }
        }
    }
}

/* ---- a goroutine begins ------------------------------------------------------------------------------------------------------ */

static bool inherit(struct race *rc, struct race_g *rg, struct vm_g *parent, const void *at) {
    if (parent && parent->race) {
        bool ok = set(&rg->clock, &parent->race->clock);
        tick(parent->race);
        return ok;
    }
    if (!at)
        return true;
    uint64_t hash;
    struct shard *s = shard_of(rc, (uintptr_t)at, &hash);
    pthread_mutex_lock(&s->lock);
    struct race_order *x = order_at(rc, s, hash, (uintptr_t)at, false);
    bool ok = !x || set(&rg->clock, &x->clock);
    pthread_mutex_unlock(&s->lock);
    return ok;
}

bool race_go(struct race *rc, struct m *mp, struct vm_g *parent, const void *at, struct vm_g *child, uint32_t site) {
    struct race_g *rg = calloc(1, sizeof *rg);
    bool many = false;
    if (rg) {
        rg->top = -1;
        if (inherit(rc, rg, parent, at) && begin(rc->threads, rg, child->g.goid, site, &many)) {
            child->race = rg;
            return true;
        }
        free_g(rg);
    }
    if (!many) {
        rt_throw(mp, NULL, "runtime: out of memory", false);
        return false;
    }
    char text[96];
    int n = snprintf(text, sizeof text, "race: limit on %d simultaneously alive goroutines is exceeded, dying\n", MOST);
    rt_raw_write(mp, 2, text, (size_t)n);
    rt_exit(mp, RT_END_FATAL, 66);
    return false;
}
