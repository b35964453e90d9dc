/* lanes.h - what ran where and when, for the timeline. Private to replay.
 *
 * A small automaton of its own reads the log once for the kind of lane that is asked for; it needs no states. */
#ifndef GOSEE_REPLAY_LANES_H
#define GOSEE_REPLAY_LANES_H

#include "facts.h"
#include "replay.h"

struct rp_span_rec {     /* small: a long run has one for every few events */
    uint64_t head;       /* the event from which on (40 bits), why (16), kind (8) */
    int64_t time, end;   /* of that event and of the one that ends it (INT64_MAX while it lasts): looking for a span must
                            not read the log, which may lie on disk */
    uint32_t events, g;  /* events: how many it lasts; UINT32_MAX while it lasts */
};
static inline uint64_t rp_span_from(const struct rp_span_rec *s) { return s->head >> 24; }
static inline uint16_t rp_span_why(const struct rp_span_rec *s) { return (uint16_t)(s->head >> 8); }
static inline uint8_t rp_span_of(const struct rp_span_rec *s) { return (uint8_t)s->head; }
static inline uint64_t rp_span_to(const struct rp_span_rec *s) {
    return s->events == UINT32_MAX ? UINT64_MAX : rp_span_from(s) + s->events;
}

/* What lies before each 32nd span: a bucket of any width costs two steps into these and a walk of 32. */
enum { RP_SUM = 32 };
struct rp_lane_sum {
    int64_t time; /* of the span's beginning */
    int64_t ns[RP_SPAN_KINDS];
};

struct rp_lane {
    VEC(struct rp_span_rec) spans;
    VEC(struct rp_lane_sum) sums;
    bool open;
    bool spins;       /* a thread's lane: it spins */
    uint32_t g;       /* a thread's: the goroutine it runs */
    uint32_t core;    /* a thread's: 1 + the core it is on; 0 none */
    uint32_t running, alive; /* a function's goroutines */
};

struct rp_lane_g { /* by function: a goroutine */
    uint32_t lane;
    bool running;
};

struct rp_lanes {
    const struct rt_log *log;
    enum rp_lane_by by;
    VEC(struct rp_lane) lanes;
    VEC(struct rp_lane) ms; /* what lanes of Ps and cores must know of threads; spans unused */
    VEC(struct rp_lane_g) gs;
    VEC(uint64_t) fns;
    struct rp_id_map goids, fn_map;
    uint64_t read;
    int64_t time; /* of the event that is being read */
    unsigned procs;
    bool stw, failed;
};

void rp_lanes_init(struct rp_lanes *l, const struct rt_log *log, enum rp_lane_by by);
void rp_lanes_free(struct rp_lanes *l);
/* The lane of a P, an M or a goroutine, with all that the log has by now; NULL: nothing was there. */
const struct rp_lane *rp_lanes_row(struct rp_lanes *l, uint32_t id);

#endif
