/* apply_timer.c - sleepers in a skew heap by time (Sleator and Tarjan 1986), other timers in a list. */
#include <string.h>

#include "apply.h"

static struct rp_timer_rec *timer_at(struct rp_apply *c, uint32_t ref) { return rp_write(c->st, RP_T_TIMER, ref - 1); }
static const struct rp_timer_rec *timer_see(const struct rp_apply *c, uint32_t ref) {
    return rp_read(c->st, RP_T_TIMER, ref - 1);
}

static bool before(const struct rp_timer_rec *x, const struct rp_timer_rec *y) {
    return x->when != y->when ? x->when < y->when : x->id < y->id;
}

/* Merges two heaps; the result hangs under `up`. Walks down the right spines, swapping children as it goes. */
static uint32_t merge(struct rp_apply *c, uint32_t a, uint32_t b, uint32_t up) {
    uint32_t root = 0, last = 0;
    while (a && b) {
        if (before(timer_see(c, b), timer_see(c, a))) {
            uint32_t t = a;
            a = b;
            b = t;
        }
        struct rp_timer_rec *node = timer_at(c, a);
        uint32_t rest = node->right;
        node->right = node->left;
        node->left = 0;
        node->up = last ? last : up;
        if (last) timer_at(c, last)->left = a;
        else root = a;
        last = a;
        a = rest;
    }
    uint32_t tail = a ? a : b;
    if (tail) timer_at(c, tail)->up = last ? last : up;
    if (last) timer_at(c, last)->left = tail;
    return root ? root : tail;
}

static void heap_remove(struct rp_apply *c, uint32_t ref) {
    const struct rp_timer_rec t = *timer_see(c, ref);
    uint32_t sub = merge(c, t.left, t.right, t.up);
    if (!t.up) {
        c->head->sleepers = sub;
        return;
    }
    struct rp_timer_rec *up = timer_at(c, t.up);
    if (up->left == ref) up->left = sub;
    else up->right = sub;
}

static uint32_t timer_new(struct rp_apply *c) {
    uint32_t ref = c->head->free_timer;
    if (ref) c->head->free_timer = timer_see(c, ref)->left;
    else ref = ++c->head->ntimers;
    memset(timer_at(c, ref), 0, sizeof(struct rp_timer_rec));
    return ref;
}

static void timer_free(struct rp_apply *c, uint32_t ref) {
    struct rp_timer_rec *t = timer_at(c, ref);
    memset(t, 0, sizeof *t);
    t->left = c->head->free_timer;
    c->head->free_timer = ref;
}

static void list_remove(struct rp_apply *c, uint32_t ref) {
    const struct rp_timer_rec t = *timer_see(c, ref);
    if (t.right) timer_at(c, t.right)->left = t.left;
    else c->head->other_timers = t.left;
    if (t.left) timer_at(c, t.left)->right = t.right;
}

static uint32_t find_other(const struct rp_apply *c, uint64_t id) {
    uint32_t ref = c->head->other_timers;
    while (ref && timer_see(c, ref)->id != id)
        ref = timer_see(c, ref)->left;
    return ref;
}

bool rp_do_timer_set(struct rp_apply *c) {
    const struct rt_event *ev = c->ev;
    uint32_t g = ev->c ? rp_need_g(c, ev->c) : 0;
    if (ev->c && !g) return false;
    if (!g) {
        uint32_t old = find_other(c, ev->a); /* a timer set anew */
        if (old) {
            timer_at(c, old)->when = (int64_t)ev->b;
            return true;
        }
    }
    if (g && rp_rg(c, g)->timer)
        return rp_break(c, RP_RULE_Timer, "G%llu sleeps on a timer already", (unsigned long long)ev->c);
    uint32_t ref = timer_new(c);
    struct rp_timer_rec *t = timer_at(c, ref);
    t->id = ev->a;
    t->when = (int64_t)ev->b;
    t->g = g;
    if (g) {
        rp_wg(c, g)->timer = ref;
        rp_wg(c, g)->until = t->when;
        c->head->sleepers = merge(c, c->head->sleepers, ref, 0);
        c->head->nsleepers++;
        return true;
    }
    t->left = c->head->other_timers;
    if (t->left) timer_at(c, t->left)->right = ref;
    c->head->other_timers = ref;
    return true;
}

static bool timer_gone(struct rp_apply *c, uint64_t goid) {
    uint32_t g = goid ? rp_need_g(c, goid) : 0;
    if (goid && !g) return false;
    uint32_t ref = g ? rp_rg(c, g)->timer : find_other(c, c->ev->a);
    if (!ref || timer_see(c, ref)->id != c->ev->a)
        return rp_break(c, RP_RULE_Timer, "timer %llu is not set", (unsigned long long)c->ev->a);
    if (g) {
        heap_remove(c, ref);
        rp_wg(c, g)->timer = 0;
        c->head->nsleepers--;
    } else {
        list_remove(c, ref);
    }
    timer_free(c, ref);
    return true;
}

bool rp_do_timer_fire(struct rp_apply *c) { return timer_gone(c, c->ev->c); }

bool rp_do_timer_stop(struct rp_apply *c) { return timer_gone(c, 0); }
