/* views.c - a state as its readers see it. Records are unfolded into what replay.h promises when they are asked for. */
#include <stdlib.h>
#include <string.h>

#include "session.h"

struct obj_view {
    struct rp_obj pub;
    VEC(uint64_t) buffer;
    VEC(struct rp_waiter) waiters;
};

struct p_view {
    struct rp_p pub;
    VEC(uint32_t) ring;
};

/* The item of index i, zeroed when new; *fresh says whether it already shows this version. NULL: out of memory. */
static void *view_item(struct rp_view *v, size_t i, size_t size, uint64_t version, bool *fresh) {
    *fresh = false;
    if (i >= v->len) {
        size_t len = v->len ? v->len : 16;
        while (len <= i)
            len *= 2;
        void **item = realloc(v->item, len * sizeof *item);
        if (!item) return NULL;
        v->item = item;
        uint64_t *stamp = realloc(v->stamp, len * sizeof *stamp);
        if (!stamp) return NULL;
        v->stamp = stamp;
        memset(item + v->len, 0, (len - v->len) * sizeof *item);
        memset(stamp + v->len, 0, (len - v->len) * sizeof *stamp);
        v->len = len;
    }
    if (!v->item[i]) v->item[i] = calloc(1, size);
    *fresh = v->item[i] && v->stamp[i] == version;
    v->stamp[i] = version;
    return v->item[i];
}

static void view_free(struct rp_view *v) {
    for (size_t i = 0; i < v->len; i++)
        free(v->item[i]);
    free(v->item);
    free(v->stamp);
}

void rp_views_free(struct rp_state *st) {
    for (size_t i = 0; i < st->p.len; i++)
        if (st->p.item[i]) VEC_FREE(&((struct p_view *)st->p.item[i])->ring);
    for (size_t i = 0; i < st->obj.len; i++) {
        struct obj_view *o = st->obj.item[i];
        if (!o) continue;
        VEC_FREE(&o->buffer);
        VEC_FREE(&o->waiters);
    }
    view_free(&st->g);
    view_free(&st->p);
    view_free(&st->m);
    view_free(&st->obj);
    VEC_FREE(&st->global);
}

/* Views are a cache behind a const state. */
static struct rp_state *cache_of(const struct rp_state *st) { return (struct rp_state *)st; }

static uint32_t goid_of(const struct rp_state *st, uint32_t ref) { return ref ? rp_state_g(st, ref)->goid : 0; }

uint64_t rp_hash(const struct rp_state *st) { return rp_store_hash(&st->store); }
uint64_t rp_at(const struct rp_state *st) { return st->n; }
int64_t rp_time(const struct rp_state *st) { return rp_head(st)->time; }
unsigned rp_np(const struct rp_state *st) { return rp_head(st)->np; }
unsigned rp_nm(const struct rp_state *st) { return rp_head(st)->nm; }
size_t rp_ng(const struct rp_state *st) { return rp_head(st)->ng; }
size_t rp_nobj(const struct rp_state *st) { return rp_head(st)->nobj; }

static int32_t idle_rank(const struct rp_state *st, unsigned i) {
    int32_t rank = 0;
    for (uint32_t ref = rp_head(st)->idle; ref; rank++) {
        if (ref == i + 1) return rank;
        ref = ((const struct rp_p_rec *)rp_read(&st->store, RP_T_P, ref - 1))->next_idle;
    }
    return -1;
}

static bool list_goids(const struct rp_state *st, const struct rp_queue *q, void **data, size_t *len, size_t *cap) {
    *len = 0;
    if (!vec_reserve(data, 0, cap, q->len ? q->len : 1, sizeof(uint32_t))) return false;
    uint32_t *out = *data;
    for (uint32_t ref = q->first; ref && *len < q->len; ref = rp_state_g(st, ref)->next)
        out[(*len)++] = goid_of(st, ref);
    return true;
}

static const struct rp_p no_p = {.m = -1, .idle_rank = -1};

const struct rp_p *rp_p(const struct rp_state *st, unsigned i) {
    if (i >= rp_np(st)) return &no_p;
    bool fresh;
    struct p_view *v = view_item(&cache_of(st)->p, i, sizeof *v, st->version, &fresh);
    if (!v) return &no_p;
    if (fresh) return &v->pub;
    const struct rp_p_rec *r = rp_read(&st->store, RP_T_P, i);
    void *ring = v->ring.data;
    list_goids(st, &r->ring, &ring, &v->ring.len, &v->ring.cap);
    v->ring.data = ring;
    v->pub = (struct rp_p){.state = r->state,
                           .m = r->m,
                           .g = goid_of(st, r->g),
                           .runnext = goid_of(st, r->runnext),
                           .ring = {v->ring.data, v->ring.len},
                           .tick = r->tick,
                           .slice_from = r->slice_from,
                           .idle_rank = r->idle ? idle_rank(st, i) : -1};
    return &v->pub;
}

static int32_t parked_rank(const struct rp_state *st, unsigned i) {
    int32_t rank = 0;
    for (uint32_t ref = rp_head(st)->parked; ref; rank++) {
        if (ref == i + 1) return rank;
        ref = ((const struct rp_m_rec *)rp_read(&st->store, RP_T_M, ref - 1))->next_parked;
    }
    return -1;
}

static const struct rp_m no_m = {.p = -1, .core = -1, .parked_rank = -1};

const struct rp_m *rp_m(const struct rp_state *st, unsigned i) {
    if (i >= rp_nm(st)) return &no_m;
    bool fresh;
    struct rp_m *v = view_item(&cache_of(st)->m, i, sizeof *v, st->version, &fresh);
    if (!v) return &no_m;
    if (fresh) return v;
    const struct rp_m_rec *r = rp_read(&st->store, RP_T_M, i);
    *v = (struct rp_m){.state = r->state,
                       .spinning = r->spinning,
                       .sysmon = r->sysmon,
                       .p = r->p,
                       .core = r->core,
                       .g = goid_of(st, r->g ? r->g : r->hand),
                       .since = r->since,
                       .nap = r->nap,
                       .syscall = r->syscall,
                       .syscall_since = r->syscall_since,
                       .parked_rank = r->park == RP_PARK_LIST ? parked_rank(st, i) : -1,
                       .polling = r->park == RP_PARK_POLLER};
    return v;
}

const struct rp_g *rp_g_at(const struct rp_state *st, size_t i) {
    if (i >= rp_ng(st)) return NULL;
    bool fresh;
    struct rp_g *v = view_item(&cache_of(st)->g, i, sizeof *v, st->version, &fresh);
    if (!v || fresh) return v;
    const struct rp_g_rec *r = rp_state_g(st, (uint32_t)i + 1);
    const struct rp_g_fact *f = &st->s->facts.g.data[i];
    *v = (struct rp_g){.goid = r->goid,
                       .state = r->state,
                       .place = r->place,
                       .system = r->system,
                       .locked = r->locked,
                       .inherit = r->inherit,
                       .m = r->m,
                       .p = r->p,
                       .fn = f->fn,
                       .parent = f->parent,
                       .created_at = f->created_at,
                       .pos = r->pos,
                       .why = r->why,
                       .site = f->site,
                       .obj = r->obj ? st->s->facts.obj.data[r->obj - 1].id : 0,
                       .value = r->value,
                       .until = r->until,
                       .since = r->since,
                       .created_event = f->created_event,
                       .state_event = r->state_event,
                       .ran = r->ran,
                       .waited = r->waited,
                       .ready = r->ready,
                       .starts = r->starts,
                       .stack = r->stack};
    return v;
}

const struct rp_g *rp_g(const struct rp_state *st, uint32_t goid) {
    uint32_t ref = rp_map_get(&st->s->facts.g_map, goid);
    return ref ? rp_g_at(st, ref - 1) : NULL;
}

size_t rp_briefs(const struct rp_state *st, size_t from, struct rp_brief *out, size_t max) {
    size_t ng = rp_ng(st), n = 0;
    for (size_t i = from; i < ng && n < max; i++, n++) {
        const struct rp_g_rec *r = rp_state_g(st, (uint32_t)i + 1);
        out[n] = (struct rp_brief){.goid = r->goid,
                                   .pos = r->pos,
                                   .site = st->s->facts.g.data[i].site,
                                   .state = r->state,
                                   .system = r->system};
    }
    return n;
}

struct rp_ring rp_global(const struct rp_state *st) {
    struct rp_state *c = cache_of(st);
    if (c->global_version != st->version) {
        void *data = c->global.data;
        list_goids(st, &rp_head(st)->global, &data, &c->global.len, &c->global.cap);
        c->global.data = data;
        c->global_version = st->version;
    }
    return (struct rp_ring){c->global.data, c->global.len};
}

static bool fill_queues(const struct rp_state *st, const struct rp_obj_rec *r, struct obj_view *v) {
    v->buffer.len = v->waiters.len = 0;
    for (uint32_t ref = r->buffer.first; ref;) {
        const struct rp_slot_rec *s = rp_read(&st->store, RP_T_SLOT, ref - 1);
        if (!VEC_PUSH(&v->buffer, s->value)) return false;
        ref = s->next;
    }
    for (uint32_t ref = r->waiters.first; ref;) {
        const struct rp_slot_rec *s = rp_read(&st->store, RP_T_SLOT, ref - 1);
        struct rp_waiter w = {goid_of(st, s->g), s->send, s->select, s->read, s->value};
        if (!VEC_PUSH(&v->waiters, w)) return false;
        ref = s->next;
    }
    return true;
}

static const struct rp_obj no_obj = {.name = "", .type = ""};

const struct rp_obj *rp_obj_at(const struct rp_state *st, size_t i) {
    if (i >= rp_nobj(st)) return &no_obj;
    bool fresh;
    struct obj_view *v = view_item(&cache_of(st)->obj, i, sizeof *v, st->version, &fresh);
    if (!v) return &no_obj;
    if (fresh) return &v->pub;
    const struct rp_obj_rec *r = rp_read(&st->store, RP_T_OBJ, (uint32_t)i);
    const struct rp_obj_fact *f = &st->s->facts.obj.data[i];
    fill_queues(st, r, v);
    v->pub = (struct rp_obj){.id = f->id,
                             .kind = r->kind,
                             .closed = r->closed,
                             .starving = r->starving,
                             .name = rt_log_string(st->s->log, r->name),
                             .type = rt_log_string(st->s->log, r->type),
                             .value_kind = r->value_kind,
                             .cap = r->cap,
                             .buffer = v->buffer.data,
                             .nbuffer = v->buffer.len,
                             .waiters = v->waiters.data,
                             .nwaiters = v->waiters.len,
                             .owner = goid_of(st, r->owner),
                             .readers = r->readers,
                             .counter = r->counter,
                             .first_event = f->first_event,
                             .last_event = r->last_event};
    return &v->pub;
}

const struct rp_obj *rp_obj(const struct rp_state *st, uint64_t id) {
    uint32_t ref = rp_map_get(&st->s->facts.obj_map, id);
    return ref && ref <= rp_nobj(st) ? rp_obj_at(st, ref - 1) : NULL;
}

static const struct rp_timer_rec *timer_rec(const struct rp_state *st, uint32_t ref) {
    return rp_read(&st->store, RP_T_TIMER, ref - 1);
}

static bool sooner(const struct rp_state *st, uint32_t x, uint32_t y) {
    const struct rp_timer_rec *a = timer_rec(st, x), *b = timer_rec(st, y);
    return a->when != b->when ? a->when < b->when : a->id < b->id;
}

static void swap_refs(uint32_t *x, uint32_t *y) {
    uint32_t t = *x;
    *x = *y;
    *y = t;
}

static size_t open_push(const struct rp_state *st, uint32_t *open, size_t n, uint32_t ref) {
    if (!ref) return n;
    size_t i = n;
    open[i] = ref;
    for (; i && sooner(st, open[i], open[(i - 1) / 2]); i = (i - 1) / 2)
        swap_refs(&open[i], &open[(i - 1) / 2]);
    return n + 1;
}

static size_t open_pop(const struct rp_state *st, uint32_t *open, size_t n) {
    open[0] = open[--n];
    for (size_t i = 0;;) {
        size_t next = i, left = 2 * i + 1;
        if (left < n && sooner(st, open[left], open[next])) next = left;
        if (left + 1 < n && sooner(st, open[left + 1], open[next])) next = left + 1;
        if (next == i) return n;
        swap_refs(&open[i], &open[next]);
        i = next;
    }
}

/* Walks the heap from its root; `open` is a small heap of the nodes whose parents were taken, one more than those. */
size_t rp_sleepers(const struct rp_state *st, uint32_t *goids, size_t max) {
    size_t all = rp_head(st)->nsleepers;
    if (max > all) max = all;
    uint32_t *open = max ? malloc((max + 1) * sizeof *open) : NULL;
    if (!open) return all;
    size_t n = open_push(st, open, 0, rp_head(st)->sleepers);
    for (size_t taken = 0; taken < max && n; taken++) {
        const struct rp_timer_rec *t = timer_rec(st, open[0]);
        goids[taken] = goid_of(st, t->g);
        n = open_pop(st, open, n);
        n = open_push(st, open, n, t->left);
        n = open_push(st, open, n, t->right);
    }
    free(open);
    return all;
}

struct rp_census rp_census(const struct rp_state *st) {
    const uint64_t *c = rp_head(st)->census;
    return (struct rp_census){c[RP_G_RUNNING], c[RP_G_RUNNABLE], c[RP_G_WAITING], c[RP_G_SYSCALL], c[RP_G_DEAD]};
}

size_t rp_nlines(const struct rp_state *st) {
    const struct rp_line_fact *lines = st->s->facts.lines.data;
    size_t lo = 0, hi = st->s->facts.lines.len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (lines[mid].event < st->n) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

bool rp_line(const struct rp_state *st, size_t i, struct rp_line *out) {
    if (i >= rp_nlines(st)) return false;
    const struct rp_line_fact *f = &st->s->facts.lines.data[i];
    const char *text = rt_log_bytes(st->s->log, f->text, f->length);
    *out = (struct rp_line){f->time, f->event, f->g, f->fd, text ? text : "", text ? f->length : 0};
    return true;
}

bool rp_ended(const struct rp_state *st, int *status, enum rt_end *how) {
    const struct rp_head_rec *h = rp_head(st);
    if (!h->ended) return false;
    if (status) *status = h->status;
    if (how) *how = (enum rt_end)h->how;
    return true;
}
