/* lanes.h - what ran where and when, for the timeline. Private to replay.
 *
 * A small automaton of its own reads the log once for the kind of lane that is asked for; it needs no states. */
#ifndef GOSEE_REPLAY_LANES_H
#define GOSEE_REPLAY_LANES_H

#include "facts.h"
#include "replay.h"

struct rp_span_rec {     /* sixteen bytes: a long run has one for every few events */
    uint64_t head;       /* the event from which on (40 bits), why (16), kind (8) */
    uint32_t events, g;  /* events: how many it lasts; UINT32_MAX while it lasts */
};
static inline uint64_t rp_span_from(const struct rp_span_rec *s) { return s->head >> 24; }
static inline uint16_t rp_span_why(const struct rp_span_rec *s) { return (uint16_t)(s->head >> 8); }
static inline uint8_t rp_span_of(const struct rp_span_rec *s) { return (uint8_t)s->head; }
static inline uint64_t rp_span_to(const struct rp_span_rec *s) {
    return s->events == UINT32_MAX ? UINT64_MAX : rp_span_from(s) + s->events;
}

struct rp_lane {
    VEC(struct rp_span_rec) spans;
    bool open;
    bool spins; /* a thread's lane: it spins */
    uint32_t g; /* a thread's: the goroutine it runs */
};

struct rp_lanes {
    const struct rt_log *log;
    enum rp_lane_by by;
    VEC(struct rp_lane) lanes;
    VEC(struct rp_lane) ms; /* what P lanes must know of threads; spans unused */
    struct rp_id_map goids;
    uint64_t read;
    unsigned procs;
    bool stw, failed;
};

void rp_lanes_init(struct rp_lanes *l, const struct rt_log *log, enum rp_lane_by by);
void rp_lanes_free(struct rp_lanes *l);
/* The lane of a P, an M or a goroutine, with all that the log has by now; NULL: nothing was there. */
const struct rp_lane *rp_lanes_row(struct rp_lanes *l, uint32_t id);

#endif
