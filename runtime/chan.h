/* chan.h - what select.c shares with chan.c. All but tell_chan's caller hold c->lock. */
#ifndef GOSEE_RUNTIME_CHAN_H
#define GOSEE_RUNTIME_CHAN_H

#include "proc.h"

void tell_chan(struct m *mp, struct hchan *c, enum rt_event_kind kind, uint64_t b, uint64_t v);
uint64_t shown(struct m *mp, const struct hchan *c, const rt_slot *elem);
void race_element(struct m *mp, struct hchan *c, uint64_t i);
void race_direct(struct m *mp, struct hchan *c, struct g *gp);
void waitq_enqueue(struct waitq *q, struct sudog *sg);
void waitq_remove(struct waitq *q, struct sudog *sg);
struct sudog *waitq_dequeue(struct m *mp, struct waitq *q);
void buffer_put(struct hchan *c, const rt_slot *elem);
void buffer_get(struct hchan *c, rt_slot *elem); /* elem NULL: dropped */
void set_ok(struct g *gp, int32_t ok_at, bool ok);
void recv_zero(struct g *gp, const struct hchan *c, uint32_t at, int32_t ok_at);
struct g *send_to(struct m *mp, struct hchan *c, struct sudog *sg, const rt_slot *elem);
struct g *recv_from(struct m *mp, struct hchan *c, struct sudog *sg, rt_slot *elem);

#endif
