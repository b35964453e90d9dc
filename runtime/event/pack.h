/* pack.h - events as a log keeps them: only what differs from the event before. Private to this folder. */
#ifndef GOSEE_RUNTIME_PACK_H
#define GOSEE_RUNTIME_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "event.h"

enum { PACK_MOST = 66 }; /* bytes of the longest that could be; one of a real run has 6 to 20 */

/* How many bytes were written; at has room for PACK_MOST. */
size_t pack_event(uint8_t *at, const struct rt_event *ev, const struct rt_event *before);
/* *ev, the event before, becomes the one that is packed here; returns where the next one begins. */
const uint8_t *unpack_event(const uint8_t *at, struct rt_event *ev);

#endif
