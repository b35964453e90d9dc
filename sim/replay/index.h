/* index.h - finding events without folding: by time, decisions, a goroutine's. Private to replay.
 *
 * Reads the log on its own, as far as it has been asked, and keeps under half a byte an event: the greatest time before
 * each block, a bit for each decision, and for each block a Bloom filter of the goroutines it speaks of.
 */
#ifndef GOSEE_REPLAY_INDEX_H
#define GOSEE_REPLAY_INDEX_H

#include "event.h"
#include "vec.h"

enum { RP_BLOCK = 512, RP_BLOOM_WORDS = 8 };

struct rp_block {
    int64_t time; /* greatest time of all events before it */
    uint64_t decisions[RP_BLOCK / 64];
    uint64_t bloom[RP_BLOOM_WORDS];
};

struct rp_index {
    const struct rt_log *log;
    VEC(struct rp_block) blocks;
    uint64_t read;
    int64_t last_time;
    bool failed;
};

void rp_index_free(struct rp_index *x);
bool rp_index_read_all(struct rp_index *x); /* up to what the log has now; false: out of memory */
uint64_t rp_index_at_time(struct rp_index *x, int64_t time);
/* The same within a block of events, without reading the log. */
uint64_t rp_index_near_time(struct rp_index *x, int64_t time);
uint64_t rp_index_decision(struct rp_index *x, uint64_t n, bool forward); /* UINT64_MAX: none */
uint64_t rp_index_of_g(struct rp_index *x, uint64_t n, uint32_t goid, bool forward);
/* The goroutines that an event names (header and arguments): at most 4; returns how many. */
unsigned rp_event_names(const struct rt_event *ev, uint32_t *out);

#endif
