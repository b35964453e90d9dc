/* g.c - goroutines and sudogs as memory: made, kept on free lists, reused, freed with the run. */
#include <stdlib.h>

#include "proc.h"

/* allg is a list of segments that double, so that readers index it without a lock while it grows. */
static unsigned segment_of(uint64_t i, uint64_t *at) {
    uint64_t k = i / ALLG_FIRST + 1;
    unsigned s = 63u - (unsigned)__builtin_clzll(k);
    *at = i - (uint64_t)ALLG_FIRST * ((UINT64_C(1) << s) - 1);
    return s;
}

size_t rt_allglen(const struct rt *rt) { return (size_t)load_acquire(&rt->allg.len); }

struct g *rt_allg(const struct rt *rt, size_t i) {
    uint64_t at;
    unsigned s = segment_of(i, &at);
    return rt->allg.segment[s][at];
}

static bool allgadd(struct m *mp, struct g *gp) {
    struct rt *rt = mp->rt;
    lock(mp, &rt->allg.lock);
    uint64_t n = load_relaxed(&rt->allg.len), at;
    unsigned s = segment_of(n, &at);
    bool ok = s < ALLG_SEGMENTS;
    if (ok && !rt->allg.segment[s]) {
        rt->allg.segment[s] = calloc((size_t)ALLG_FIRST << s, sizeof(struct g *));
        ok = rt->allg.segment[s] != NULL;
    }
    if (ok) {
        rt->allg.segment[s][at] = gp;
        store_release(&rt->allg.len, n + 1);
    }
    unlock(&rt->allg.lock);
    return ok;
}

static struct g *malg(struct m *mp) {
    struct g *gp = calloc(1, mp->rt->exec->g_size);
    if (!gp) return NULL;
    setgstatus(gp, Gdead);
    if (allgadd(mp, gp)) return gp;
    free(gp);
    return NULL;
}

/* ---- free lists ------------------------------------------------------------------------------------------------ */

static void gfree_spill(struct m *mp, struct p *pp, uint32_t keep) {
    struct sched *s = &mp->rt->sched;
    lock(mp, &s->gfree.lock);
    while (pp->gfree.n > keep) {
        struct g *gp = pp->gfree.list;
        pp->gfree.list = gp->schedlink;
        pp->gfree.n--;
        gp->schedlink = s->gfree.list;
        s->gfree.list = gp;
        store_relaxed(&s->gfree.n, load_relaxed(&s->gfree.n) + 1);
    }
    unlock(&s->gfree.lock);
}

/* A dead G to mp's P. A stack that is not of the standard size is given back. */
static void gfput(struct m *mp, struct g *gp) {
    struct p *pp = mp->p;
    if (gp->stack && gp->stack_slots != STACK_MIN / sizeof(rt_slot)) {
        stackfree(mp, gp->stack, gp->stack_slots);
        gp->stack = NULL;
        gp->stack_slots = 0;
    }
    gp->schedlink = pp->gfree.list;
    pp->gfree.list = gp;
    if (++pp->gfree.n >= GFREE_LOCAL) gfree_spill(mp, pp, GFREE_LOCAL / 2 - 1);
}

void gfpurge(struct m *mp, struct p *pp) { gfree_spill(mp, pp, 0); }

static struct g *gfget(struct m *mp) {
    struct p *pp = mp->p;
    struct sched *s = &mp->rt->sched;
    if (!pp->gfree.list && load_relaxed(&s->gfree.n)) {
        lock(mp, &s->gfree.lock);
        while (pp->gfree.n < GFREE_LOCAL / 2 && s->gfree.list) {
            struct g *gp = s->gfree.list;
            s->gfree.list = gp->schedlink;
            store_relaxed(&s->gfree.n, load_relaxed(&s->gfree.n) - 1);
            gp->schedlink = pp->gfree.list;
            pp->gfree.list = gp;
            pp->gfree.n++;
        }
        unlock(&s->gfree.lock);
    }
    struct g *gp = pp->gfree.list;
    if (!gp) return NULL;
    pp->gfree.list = gp->schedlink;
    pp->gfree.n--;
    gp->schedlink = NULL;
    return gp;
}

static uint32_t stack_slots_for(uint32_t slots) {
    uint32_t n = STACK_MIN / sizeof(rt_slot);
    while (n < slots)
        n *= 2;
    return n;
}

static bool give_stack(struct m *mp, struct g *gp, uint32_t slots) {
    uint32_t want = stack_slots_for(slots);
    if (gp->stack && gp->stack_slots >= want) return true;
    if (gp->stack) stackfree(mp, gp->stack, gp->stack_slots);
    gp->stack_slots = 0;
    gp->stack = stackalloc(mp, want);
    if (!gp->stack) return false;
    gp->stack_slots = want;
    return true;
}

/* A P's ids come in batches, so that making a goroutine needs no shared counter; with more Ps numbers jump. */
static uint64_t newgoid(struct m *mp) {
    struct p *pp = mp->p;
    if (one_to_one(mp->rt)) return add_relaxed(&mp->rt->sched.goidgen, 1) + 1;
    if (pp->goidcache == pp->goidcacheend) {
        pp->goidcache = add_relaxed(&mp->rt->sched.goidgen, GOID_CACHE_BATCH) + 1;
        pp->goidcacheend = pp->goidcache + GOID_CACHE_BATCH;
    }
    return pp->goidcache++;
}

struct g *newproc1(struct m *mp, uint64_t fn, rt_pos pos, uint32_t slots, sysg_fn sysrun) {
    struct rt *rt = mp->rt;
    bool system = (fn & RT_FN_RUNTIME) != 0;
    uint64_t limit = rt->config.limits.goroutines;
    if (limit && !system && (uint64_t)load_relaxed(&rt->ngoroutines) >= limit) {
        rt_end_limit(rt, mp, "goroutines", limit);
        return NULL;
    }
    struct g *newg = gfget(mp);
    if (!newg) newg = malg(mp);
    if (!newg || !give_stack(mp, newg, slots)) {
        throw_oom(mp);
        return NULL;
    }
    newg->fn = fn;
    newg->gopc = pos;
    newg->parentgoid = mp->curg ? mp->curg->goid : 0;
    newg->sysrun = sysrun;
    newg->system = system;
    newg->resume = 0;
    newg->trace_seq = 0;
    newg->wait_obj = 0;
    newg->wait_value = 0;
    store_relaxed(&newg->select_done, 0);
    if (system) add_relaxed(&rt->sched.ngsys, 1);
    else add_relaxed(&rt->ngoroutines, 1);
    __atomic_store_n(&newg->goid, newgoid(mp), __ATOMIC_RELAXED); /* preemptone may look at it */
    return newg;
}

/* gp ran to its end on mp: it is dead, its memory is kept for the next. */
void gdestroy(struct m *mp, struct g *gp) {
    struct rt *rt = mp->rt;
    if (tracing(mp)) trace_godestroy(mp, gp);
    if (rt->exec->g_clear && !gp->sysrun) rt->exec->g_clear(rt->exec_ctx, gp);
    if (gp->system) sub_seq_cst(&rt->sched.ngsys, 1);
    else sub_seq_cst(&rt->ngoroutines, 1);
    setgstatus(gp, Gdead);
    gp->m = NULL;
    gp->lockedm = NULL;
    gp->waitreason = RT_WHY_None;
    mp->curg = NULL;
    store_relaxed(&mp->curg_hint, NULL);
    gfput(mp, gp);
}

void free_goroutines(struct rt *rt) {
    for (size_t i = 0, n = rt_allglen(rt); i < n; i++) {
        struct g *gp = rt_allg(rt, i);
        if (rt->exec->g_clear && readgstatus(gp) != Gdead && !gp->sysrun) rt->exec->g_clear(rt->exec_ctx, gp);
        for (struct sudog *s = gp->waiting, *next; s; s = next) {
            next = s->sema ? NULL : s->waitlink; /* a semaphore's links the waiters, not the G's own sudogs */
            free(s);
        }
        free(gp->stack);
        free(gp->timer);
        free(gp);
    }
    for (unsigned i = 0; i < ALLG_SEGMENTS; i++)
        free(rt->allg.segment[i]);
}

unsigned rt_numgoroutine(struct rt *rt) {
    int64_t n = load_relaxed(&rt->ngoroutines);
    return n < 0 ? 0 : (unsigned)n;
}

/* ---- sudogs ---------------------------------------------------------------------------------------------------- */

struct sudog *acquireSudog(struct m *mp) {
    struct p *pp = mp->p;
    struct sched *s = &mp->rt->sched;
    if (!pp->sudogcache.list && load_relaxed(&s->sudogs.n)) {
        lock(mp, &s->sudogs.lock);
        while (pp->sudogcache.n < SUDOG_CACHE / 2 && s->sudogs.list) {
            struct sudog *sg = s->sudogs.list;
            s->sudogs.list = sg->next;
            store_relaxed(&s->sudogs.n, load_relaxed(&s->sudogs.n) - 1);
            sg->next = pp->sudogcache.list;
            pp->sudogcache.list = sg;
            pp->sudogcache.n++;
        }
        unlock(&s->sudogs.lock);
    }
    struct sudog *sg = pp->sudogcache.list;
    if (!sg) {
        sg = calloc(1, sizeof *sg);
        if (!sg) throw_oom(mp);
        return sg;
    }
    pp->sudogcache.list = sg->next;
    pp->sudogcache.n--;
    *sg = (struct sudog){0};
    return sg;
}

void releaseSudog(struct m *mp, struct sudog *sg) {
    struct p *pp = mp->p;
    if (pp->sudogcache.n >= SUDOG_CACHE) {
        struct sched *s = &mp->rt->sched;
        lock(mp, &s->sudogs.lock);
        while (pp->sudogcache.n > SUDOG_CACHE / 2) {
            struct sudog *x = pp->sudogcache.list;
            pp->sudogcache.list = x->next;
            pp->sudogcache.n--;
            x->next = s->sudogs.list;
            s->sudogs.list = x;
            store_relaxed(&s->sudogs.n, load_relaxed(&s->sudogs.n) + 1);
        }
        unlock(&s->sudogs.lock);
    }
    sg->next = pp->sudogcache.list;
    pp->sudogcache.list = sg;
    pp->sudogcache.n++;
}

static void free_list(struct sudog *sg) {
    while (sg) {
        struct sudog *next = sg->next;
        free(sg);
        sg = next;
    }
}

void free_sudogs(struct rt *rt) {
    for (uint32_t i = 0; i < rt->nallp; i++) {
        if (rt->allp[i]) free_list(rt->allp[i]->sudogcache.list);
    }
    free_list(rt->sched.sudogs.list);
}
