/* facts.h - what a log says once and for ever: who is who. Private to replay.
 *
 * Facts are gathered while a log is read for the first time, event by event, and only grow. A state holds what changes
 * and refers to facts by index: the i-th goroutine created, the i-th object used. A state at event n sees only those
 * facts that lie before n (its own counts say how many).
 */
#ifndef GOSEE_REPLAY_FACTS_H
#define GOSEE_REPLAY_FACTS_H

#include "event.h"
#include "vec.h"

struct rp_id_map { /* 64-bit ids to refs (index + 1) */
    struct rp_id_slot {
        uint64_t key;
        uint32_t ref; /* 0: free */
    } *slot;
    size_t len, size;
};

struct rp_g_fact {
    uint32_t goid, parent;
    uint64_t fn, created_event;
    rt_pos created_at;
    uint16_t site;
    bool system;
};

struct rp_obj_fact {
    uint64_t id, first_event;
};

struct rp_line_fact {
    uint64_t event, text;
    int64_t time;
    uint32_t g, length;
    int32_t fd;
};

struct rp_facts {
    const struct rt_log *log;
    VEC(struct rp_g_fact) g;
    VEC(struct rp_obj_fact) obj;
    VEC(struct rp_line_fact) lines;
    VEC(rt_pos) sites; /* in order of appearance; site i + 1 */
    int64_t last_time;
    struct rp_id_map g_map, obj_map, site_map;
    uint64_t read; /* events read */
    bool failed;
};

/* Reads the next event (number f->read). */
void rp_facts_read(struct rp_facts *f, const struct rt_event *ev);
void rp_facts_free(struct rp_facts *f);
uint32_t rp_map_get(const struct rp_id_map *m, uint64_t key); /* 0: absent */
bool rp_map_put(struct rp_id_map *m, uint64_t key, uint32_t ref);
void rp_map_prefetch(const struct rp_id_map *m, uint64_t key); /* a get will follow soon */
void rp_map_free(struct rp_id_map *m); /* empty again */
/* Whether time goes on; to be asked before the event is read. */
bool rp_facts_clock_ok(const struct rp_facts *f, const struct rt_event *ev);
/* The object that an event is about, 0 if about none. */
uint64_t rp_event_object(const struct rt_event *ev);

#endif
