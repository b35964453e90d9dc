/* lanes.h - what ran where and when, for the timeline. Private to replay.
 *
 * A small automaton of its own reads the log once for the kind of lane that is asked for; it needs no states. */
#ifndef GOSEE_REPLAY_LANES_H
#define GOSEE_REPLAY_LANES_H

#include "facts.h"
#include "replay.h"

struct rp_span_rec {
    uint64_t from_event, to_event; /* to_event: UINT64_MAX while it lasts */
    uint32_t g;
    uint16_t why;
    uint8_t kind;
};

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

#endif
