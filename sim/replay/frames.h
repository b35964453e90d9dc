/* frames.h - keyframes: a state at one moment, packed. Private to replay.
 *
 * A page of a frame is the difference from the same page in the frame before, or the very same packed page if nothing in
 * it changed; after a few differences a page stands for itself again, so that any frame is restored in bounded time.
 */
#ifndef GOSEE_REPLAY_FRAMES_H
#define GOSEE_REPLAY_FRAMES_H

#include "pages.h"

struct rp_packed;

struct rp_frame {
    uint64_t n; /* events folded */
    struct {
        struct rp_packed **page; /* NULL: zeros */
        uint32_t len;
    } table[RP_T_COUNT];
};

/* Packs `now`. `before` is the frame at which it was settled; NULL: none. false: no memory, the frame is empty then. */
bool rp_frame_pack(struct rp_frame *f, const struct rp_store *now, const struct rp_frame *before);
/* Makes *to what was packed. false: no memory, *to is not whole then. */
bool rp_frame_restore(const struct rp_frame *f, struct rp_store *to);
void rp_frame_free(struct rp_frame *f);

#endif
