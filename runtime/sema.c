/* sema.c - semaphores: a count in Go memory and, while it is 0, a queue of goroutines (Go: runtime/sema.go). Also
 * the notification list of sync.Cond.
 *
 * Sleepers lie in a table by the address of the count (less the base of Go's memory, so that nothing depends on
 * where that is). Each root of the table has a tree of distinct addresses, a treap; each node is the first waiter
 * of its address, the others hang from it in the order they came. A treap's priorities are hashes of the address,
 * where Go draws them: the shape of the tree can be seen by nobody.
 *
 * A release that hands over gives the count to the waiter before anybody else can take it.
 */
#include "proc.h"

uint64_t lock_id(const struct rt *rt, const void *obj) { return RT_OBJ_LOCK | ((uintptr_t)obj - rt->config.mem_base); }

struct sema_root *semaroot(struct rt *rt, const void *addr, uint32_t *index) {
    *index = (uint32_t)((((uintptr_t)addr - rt->config.mem_base) >> 3) % SEM_TAB_SIZE);
    return &rt->semtable[*index];
}

void lock_event(struct m *mp, const void *sema, enum rt_event_kind kind, uint64_t a, uint64_t b, uint64_t c) {
    if (!tracing(mp)) return;
    uint32_t index;
    struct sema_root *root = semaroot(mp->rt, sema, &index);
    lock(mp, &root->lock);
    trace_object(mp, TRACE_SEMA, index, &root->trace_seq, false, kind, a, b, c);
    unlock(&root->lock);
}

static bool cansemacquire(_Atomic uint64_t *sema) {
    uint64_t v = load_relaxed(sema);
    while (v > 0) {
        if (cas_acq_rel(sema, &v, v - 1)) return true;
    }
    return false;
}

/* ---- the tree; root->lock held --------------------------------------------------------------------------------- */

static uint32_t priority(const struct rt *rt, const void *addr) {
    uint64_t x = ((uintptr_t)addr - rt->config.mem_base) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(x >> 32) | 1;
}

static struct sudog **slot_of(struct sema_root *root, struct sudog *s) {
    if (!s->parent) return &root->treap;
    return s->parent->left == s ? &s->parent->left : &s->parent->right;
}

/* Puts y, a child of x, above it. */
static void rotate_up(struct sema_root *root, struct sudog *y) {
    struct sudog *x = y->parent;
    struct sudog **slot = slot_of(root, x);
    if (x->left == y) {
        x->left = y->right;
        if (x->left) x->left->parent = x;
        y->right = x;
    } else {
        x->right = y->left;
        if (x->right) x->right->parent = x;
        y->left = x;
    }
    *slot = y;
    y->parent = x->parent;
    x->parent = y;
}

static struct sudog *find(struct sema_root *root, const _Atomic uint64_t *sema, struct sudog **parent,
                          struct sudog ***slot) {
    *parent = NULL;
    *slot = &root->treap;
    while (**slot) {
        struct sudog *t = **slot;
        if (t->sema == sema) return t;
        *parent = t;
        *slot = (uintptr_t)sema < (uintptr_t)t->sema ? &t->left : &t->right;
    }
    return NULL;
}

/* s takes t's place in the tree. */
static void replace(struct sema_root *root, struct sudog *t, struct sudog *s) {
    *slot_of(root, t) = s;
    s->ticket = t->ticket;
    s->parent = t->parent;
    s->left = t->left;
    s->right = t->right;
    if (s->left) s->left->parent = s;
    if (s->right) s->right->parent = s;
    t->parent = t->left = t->right = NULL;
    t->ticket = 0;
}

static void queue(struct rt *rt, struct sema_root *root, struct sudog *s, bool lifo) {
    struct sudog *parent, **slot;
    struct sudog *t = find(root, s->sema, &parent, &slot);
    s->waitlink = s->waittail = NULL;
    if (t && lifo) {
        replace(root, t, s);
        s->waitlink = t;
        s->waittail = t->waittail ? t->waittail : t;
        t->waittail = NULL;
    } else if (t) {
        if (t->waittail) t->waittail->waitlink = s;
        else t->waitlink = s;
        t->waittail = s;
    } else {
        s->ticket = priority(rt, s->sema);
        s->parent = parent;
        *slot = s;
        while (s->parent && s->parent->ticket > s->ticket)
            rotate_up(root, s);
    }
}

static struct sudog *dequeue(struct sema_root *root, const _Atomic uint64_t *sema) {
    struct sudog *parent, **slot;
    struct sudog *s = find(root, sema, &parent, &slot);
    if (!s) return NULL;
    struct sudog *t = s->waitlink;
    if (t) {
        replace(root, s, t);
        t->waittail = t->waitlink ? s->waittail : NULL;
    } else {
        while (s->left || s->right) {
            bool left = s->left && (!s->right || s->left->ticket < s->right->ticket);
            rotate_up(root, left ? s->left : s->right);
        }
        *slot_of(root, s) = NULL;
        s->parent = NULL;
        s->ticket = 0;
    }
    s->waitlink = s->waittail = NULL;
    s->g->waiting = NULL;
    return s;
}

/* ---- acquire and release --------------------------------------------------------------------------------------- */

enum { RESUME_SEMA = 1 };

/* gp was woken: has it the count? It was handed over, or must be won against others. */
static bool woken_has_it(struct g *gp, _Atomic uint64_t *sema) {
    bool handed = gp->param[0] != 0;
    return handed || cansemacquire(sema);
}

enum rt_status semacquire1(struct m *mp, _Atomic uint64_t *sema, bool lifo, enum rt_reason why, uint64_t obj) {
    struct rt *rt = mp->rt;
    struct g *gp = mp->curg;
    bool back = gp->resume == RESUME_SEMA;
    gp->resume = 0;
    if (back ? woken_has_it(gp, sema) : cansemacquire(sema)) return RT_OK;
    struct sudog *s = acquireSudog(mp);
    if (!s) return RT_FATAL;
    uint32_t index;
    struct sema_root *root = semaroot(rt, sema, &index);
    lock(mp, &root->lock);
    /* First nwait, then the last look at the count: a release does it the other way round. */
    add_seq_cst(&root->nwait, 1);
    if (cansemacquire(sema)) {
        sub_seq_cst(&root->nwait, 1);
        unlock(&root->lock);
        releaseSudog(mp, s);
        return RT_OK;
    }
    s->g = gp;
    s->sema = sema;
    gp->waiting = s;
    gp->param[0] = 0;
    queue(rt, root, s, lifo);
    gp->resume = RESUME_SEMA;
    gopark(mp, parkunlock, &root->lock, why, obj, lifo);
    gopark_order(mp, TRACE_SEMA, index, &root->trace_seq);
    return RT_PARKED;
}

enum rt_status semrelease1(struct m *mp, _Atomic uint64_t *sema, bool handoff) {
    uint32_t index;
    struct sema_root *root = semaroot(mp->rt, sema, &index);
    add_seq_cst(sema, 1);
    if (load_seq_cst(&root->nwait) == 0) return RT_OK;
    lock(mp, &root->lock);
    struct sudog *s = load_relaxed(&root->nwait) ? dequeue(root, sema) : NULL;
    if (!s) {
        unlock(&root->lock);
        return RT_OK;
    }
    sub_seq_cst(&root->nwait, 1);
    struct g *gp = s->g;
    if (tracing(mp)) trace_gounblock(mp, gp, TRACE_SEMA, index, &root->trace_seq);
    unlock(&root->lock);
    bool handed = handoff && cansemacquire(sema);
    gp->param[0] = handed;
    releaseSudog(mp, s);
    ready(mp, gp, true, RT_WHY_Readied);
    return handed ? goyield(mp) : RT_OK;
}

enum rt_status rt_semacquire(struct m *mp, _Atomic uint64_t *sema, enum rt_reason why) {
    bool resumed = mp->curg->resume;
    if (!resumed) visible(mp);
    shared(mp, sema, RT_SHARED_WRITE);
    if (!resumed) charge(mp, RT_COST_CHAN_OP, 1);
    return semacquire1(mp, sema, false, why, lock_id(mp->rt, sema));
}

void rt_semrelease(struct m *mp, _Atomic uint64_t *sema) {
    visible(mp);
    shared(mp, sema, RT_SHARED_WRITE);
    charge(mp, RT_COST_CHAN_OP, 1);
    semrelease1(mp, sema, false);
}

/* ---- sync.Cond's list ------------------------------------------------------------------------------------------ */

/* Its words: wait counts the tickets given out, notify those called. Its lock is the semaphore root of its address;
 * head is the first waiter, whose waittail is the last. */

static bool less(uint64_t a, uint64_t b) { return (int32_t)((uint32_t)a - (uint32_t)b) < 0; }

uint64_t rt_notifylist_add(struct m *mp, struct rt_sync_cond *c) {
    visible(mp);
    shared(mp, c, RT_SHARED_WRITE);
    return (uint32_t)add_seq_cst(&c->wait, 1);
}

static struct sudog *list_head(struct rt_sync_cond *c) { return (struct sudog *)(uintptr_t)load_relaxed(&c->head); }
static void set_head(struct rt_sync_cond *c, struct sudog *s) { store_relaxed(&c->head, (uint64_t)(uintptr_t)s); }

enum rt_status rt_notifylist_wait(struct m *mp, struct rt_sync_cond *c, uint64_t ticket) {
    struct g *gp = mp->curg;
    if (gp->resume) {
        gp->resume = 0;
        race_order(mp, gp, RT_ORDER_ACQUIRE, c);
        return RT_OK;
    }
    visible(mp);
    shared(mp, c, RT_SHARED_WRITE);
    charge(mp, RT_COST_CHAN_OP, 1);
    struct sudog *s = acquireSudog(mp);
    if (!s) return RT_FATAL;
    uint32_t index;
    struct sema_root *root = semaroot(mp->rt, c, &index);
    lock(mp, &root->lock);
    if (less(ticket, load_relaxed(&c->notify))) {
        unlock(&root->lock);
        releaseSudog(mp, s);
        race_order(mp, gp, RT_ORDER_ACQUIRE, c);
        return RT_OK;
    }
    s->g = gp;
    s->ticket = (uint32_t)ticket;
    gp->waiting = s;
    struct sudog *head = list_head(c);
    if (head) {
        head->waittail->next = s;
        head->waittail = s;
    } else {
        s->waittail = s;
        set_head(c, s);
    }
    gp->resume = RESUME_SEMA;
    gopark(mp, parkunlock, &root->lock, RT_WHY_SyncCondWait, lock_id(mp->rt, c), 0);
    gopark_order(mp, TRACE_SEMA, index, &root->trace_seq);
    return RT_PARKED;
}

static void wake_all(struct m *mp, struct rt_sync_cond *c, struct sema_root *root) {
    struct sudog *s = list_head(c);
    set_head(c, NULL);
    store_seq_cst(&c->notify, load_relaxed(&c->wait));
    unlock(&root->lock);
    while (s) {
        struct sudog *next = s->next;
        struct g *gp = s->g;
        gp->waiting = NULL;
        releaseSudog(mp, s);
        goready(mp, gp, RT_WHY_Readied);
        s = next;
    }
}

/* The waiter with the oldest ticket: nearly always the first, since tickets are drawn just before queueing. */
static void wake_one(struct m *mp, struct rt_sync_cond *c, struct sema_root *root, uint32_t index) {
    uint64_t t = load_relaxed(&c->notify);
    store_seq_cst(&c->notify, (uint32_t)(t + 1));
    struct sudog *head = list_head(c), *before = NULL, *s = head;
    while (s && s->ticket != (uint32_t)t) {
        before = s;
        s = s->next;
    }
    if (!s) { /* it drew its ticket and is not yet here: it will see that it was called */
        unlock(&root->lock);
        return;
    }
    if (before) {
        before->next = s->next;
        if (head->waittail == s) head->waittail = before;
    } else {
        if (s->next) s->next->waittail = head->waittail;
        set_head(c, s->next);
    }
    struct g *gp = s->g;
    gp->waiting = NULL;
    if (tracing(mp)) trace_gounblock(mp, gp, TRACE_SEMA, index, &root->trace_seq);
    unlock(&root->lock);
    releaseSudog(mp, s);
    ready(mp, gp, true, RT_WHY_Readied);
}

void rt_notifylist_notify(struct m *mp, struct rt_sync_cond *c, bool all) {
    visible(mp);
    shared(mp, c, RT_SHARED_WRITE);
    charge(mp, RT_COST_CHAN_OP, 1);
    race_order(mp, mp->curg, RT_ORDER_MERGE, c);
    lock_event(mp, c, RT_EV_CondSignal, lock_id(mp->rt, c), all, 0);
    if (load_seq_cst(&c->wait) == load_seq_cst(&c->notify)) return;
    uint32_t index;
    struct sema_root *root = semaroot(mp->rt, c, &index);
    lock(mp, &root->lock);
    if ((uint32_t)load_relaxed(&c->wait) == (uint32_t)load_relaxed(&c->notify)) {
        unlock(&root->lock);
        return;
    }
    if (all) wake_all(mp, c, root);
    else wake_one(mp, c, root, index);
}
