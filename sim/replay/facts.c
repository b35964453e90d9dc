#include "facts.h"

#include <stdlib.h>
#include <string.h>

static size_t hash_id(uint64_t key) { return (size_t)((key * 0x9e3779b97f4a7c15u) >> 20); }

uint32_t rp_map_get(const struct rp_id_map *m, uint64_t key) {
    if (m->size == 0) return 0;
    for (size_t i = hash_id(key) & (m->size - 1);; i = (i + 1) & (m->size - 1)) {
        if (m->slot[i].ref == 0) return 0;
        if (m->slot[i].key == key) return m->slot[i].ref;
    }
}

static void place_key(struct rp_id_slot *slot, size_t size, uint64_t key, uint32_t ref) {
    size_t i = hash_id(key) & (size - 1);
    while (slot[i].ref)
        i = (i + 1) & (size - 1);
    slot[i] = (struct rp_id_slot){key, ref};
}

bool rp_map_put(struct rp_id_map *m, uint64_t key, uint32_t ref) {
    if ((m->len + 1) * 3 > m->size * 2) {
        size_t size = m->size ? m->size * 2 : 64;
        struct rp_id_slot *slot = calloc(size, sizeof *slot);
        if (!slot) return false;
        for (size_t i = 0; i < m->size; i++)
            if (m->slot[i].ref) place_key(slot, size, m->slot[i].key, m->slot[i].ref);
        free(m->slot);
        m->slot = slot;
        m->size = size;
    }
    place_key(m->slot, m->size, key, ref);
    m->len++;
    return true;
}

void rp_map_prefetch(const struct rp_id_map *m, uint64_t key) {
    if (m->size) __builtin_prefetch(&m->slot[hash_id(key) & (m->size - 1)]);
}

void rp_map_free(struct rp_id_map *m) {
    free(m->slot);
    *m = (struct rp_id_map){0};
}

void rp_facts_free(struct rp_facts *f) {
    VEC_FREE(&f->g);
    VEC_FREE(&f->obj);
    VEC_FREE(&f->lines);
    VEC_FREE(&f->sites);
    rp_map_free(&f->g_map);
    rp_map_free(&f->obj_map);
    rp_map_free(&f->site_map);
}

uint64_t rp_event_object(const struct rt_event *ev) {
    switch (ev->kind) {
    case RT_EV_GoBlock:
    case RT_EV_ChanMake:
    case RT_EV_ChanSend:
    case RT_EV_ChanRecv:
    case RT_EV_ChanRecvClosed:
    case RT_EV_ChanClose:
    case RT_EV_SelectCase:
    case RT_EV_LockAcquire:
    case RT_EV_LockRelease:
    case RT_EV_LockStarving:
    case RT_EV_WaitGroupAdd:
    case RT_EV_CondSignal:
    case RT_EV_OnceDo:
    case RT_EV_ObjName:
        return ev->a;
    case RT_EV_GoUnblock:
    case RT_EV_SelectWin:
        return ev->b;
    default:
        return 0;
    }
}

/* Sites are numbered as they appear. The runtime's own go statements, which have no position, share main's number 0. */
static uint16_t site_of(struct rp_facts *f, rt_pos at) {
    if (at == 0) return 0;
    uint32_t ref = rp_map_get(&f->site_map, at);
    if (ref == 0) {
        if (f->sites.len >= UINT16_MAX - 1) return UINT16_MAX;
        if (!VEC_PUSH(&f->sites, at) || !rp_map_put(&f->site_map, at, (uint32_t)f->sites.len)) f->failed = true;
        ref = (uint32_t)f->sites.len;
    }
    return (uint16_t)ref;
}

/* A real Go program's trace names the runtime's own goroutines like any other. */
static bool is_runtimes(const struct rt_log *log, uint64_t fn) {
    const struct rt_log_func *func = rt_log_get_info(log)->foreign ? rt_log_func(log, fn) : NULL;
    return func && strncmp(func->name, "runtime.", 8) == 0 && strcmp(func->name, "runtime.main") != 0;
}

static void read_create(struct rp_facts *f, const struct rt_event *ev) {
    uint32_t goid = (uint32_t)ev->a;
    if (goid == 0 || rp_map_get(&f->g_map, goid)) return;
    struct rp_g_fact g = {.goid = goid, .fn = ev->b, .created_event = f->read};
    if (ev->kind == RT_EV_GoCreate) g.parent = ev->g;
    g.system = (ev->b & RT_FN_RUNTIME) != 0 || is_runtimes(f->log, ev->b);
    if (!g.system && goid != 1) {
        g.created_at = ev->pos;
        g.site = site_of(f, ev->pos);
    }
    if (!VEC_PUSH(&f->g, g) || !rp_map_put(&f->g_map, goid, (uint32_t)f->g.len)) f->failed = true;
}

static void read_object(struct rp_facts *f, const struct rt_event *ev) {
    uint64_t id = rp_event_object(ev);
    if (id == 0 || rp_map_get(&f->obj_map, id)) return;
    struct rp_obj_fact o = {id, f->read};
    if (!VEC_PUSH(&f->obj, o) || !rp_map_put(&f->obj_map, id, (uint32_t)f->obj.len)) f->failed = true;
}

static void read_write(struct rp_facts *f, const struct rt_event *ev) {
    if (ev->a != 1 && ev->a != 2) return;
    if (ev->c > UINT32_MAX) return;
    const char *text = rt_log_bytes(f->log, ev->b, (size_t)ev->c);
    if (!text) return;
    size_t from = 0, n = (size_t)ev->c;
    while (from < n) {
        const char *nl = memchr(text + from, '\n', n - from);
        size_t to = nl ? (size_t)(nl - text) : n;
        struct rp_line_fact line = {.event = f->read,
                                    .text = ev->b + from,
                                    .time = ev->time,
                                    .g = ev->g,
                                    .length = (uint32_t)(to - from),
                                    .fd = (int32_t)ev->a};
        if (!VEC_PUSH(&f->lines, line)) f->failed = true;
        from = to + 1;
    }
}

bool rp_facts_clock_ok(const struct rp_facts *f, const struct rt_event *ev) {
    return f->read == 0 || ev->time >= f->last_time;
}

void rp_facts_read(struct rp_facts *f, const struct rt_event *ev) {
    f->last_time = ev->time;
    if (ev->kind == RT_EV_GoCreate || ev->kind == RT_EV_GoStatus) read_create(f, ev);
    if (ev->kind == RT_EV_Write) read_write(f, ev);
    read_object(f, ev);
    f->read++;
}
