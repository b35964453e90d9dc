/* session.h - a session and its cursors. Private to replay. */
#ifndef GOSEE_REPLAY_SESSION_H
#define GOSEE_REPLAY_SESSION_H

#include "apply.h"
#include "frames.h"
#include "index.h"
#include "lanes.h"

struct rp_view { /* what was handed out of one kind, by index; a pointer stays until the session closes */
    void **item;
    uint64_t *stamp; /* the state's version that it shows */
    size_t len;
};

/* A position in the log and its state. */
struct rp_state {
    struct rp_session *s;
    struct rp_store store;
    uint64_t n;
    uint64_t settled; /* the frame from which on the store counts its changes */
    uint64_t version; /* grows whenever the state changes */
    struct rp_view g, p, m, obj;
    VEC(uint32_t) global;
    uint64_t global_version;
};

struct rp_session {
    const struct rt_log *log;
    struct rp_facts facts;
    struct rp_index index;
    struct rp_lanes lanes[RP_LANE_KINDS];
    VEC(struct rp_frame) frames; /* by n; the first is the empty state */
    uint64_t cost;                  /* of folding since the last one */
    uint64_t spacing;
    struct rp_state main, teller; /* the caller's position, and the narrator's */
    uint64_t illegal;             /* UINT64_MAX: none met */
    struct str rule;
};

/* Brings a cursor to n. false: out of memory, past the log, or past an illegal event. */
bool rp_move_to(struct rp_state *st, uint64_t n);
void rp_views_free(struct rp_state *st);

static inline const struct rp_head_rec *rp_head(const struct rp_state *st) { return rp_read(&st->store, RP_T_HEAD, 0); }
static inline const struct rp_g_rec *rp_state_g(const struct rp_state *st, uint32_t ref) {
    return rp_read(&st->store, RP_T_G, ref - 1);
}

#endif
