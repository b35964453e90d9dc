/* race_int.h - what the detector's files share. */
#ifndef GOSEE_VM_RACE_INT_H
#define GOSEE_VM_RACE_INT_H

#include <pthread.h>

#include "race.h"
#include "vmi.h"

static inline uint64_t race_clock_of(uint64_t e) { return e & ((UINT64_C(1) << RACE_CLOCK_BITS) - 1); }
static inline uint32_t race_slot_of(uint64_t e) {
    return (uint32_t)(e >> RACE_CLOCK_BITS) & ((1u << RACE_SLOT_BITS) - 1);
}
/* Does all that rg does now come after epoch e? */
static inline bool race_after(const struct race_g *rg, uint64_t e) {
    uint32_t slot = race_slot_of(e);
    return slot < rg->clock.len && rg->clock.at[slot] >= race_clock_of(e);
}

/* race_clock.c */
bool race_threads_init(struct race *rc);
void race_threads_free(struct race *rc);
struct race_life { /* a goroutine that has a slot, or had */
    uint64_t from; /* clock of the slot when it began */
    uint64_t goid;
    uint32_t site; /* of its go statement; 0: main's, or a timer's */
    bool finished;
};
struct race_life race_life_of(struct race *rc, uint64_t epoch);

/* race_site.c: a site is a node: a place in a function, and the node of the call that led there. 0: not known. */
struct race_node {
    uint32_t parent, next; /* of the same hash */
    uint32_t fn, pc;
};
bool race_sites_init(struct race *rc);
void race_sites_free(struct race *rc);
struct race_node race_node_at(const struct race *rc, uint32_t site);

/* race_report.c */
bool race_reports_init(struct race *rc);
void race_reports_free(struct race *rc);
struct race_hit { uint64_t other; uint32_t other_site, site; bool other_writes, writes; const void *at; };
void race_report(struct race *rc, struct m *mp, struct vm_g *vg, const struct race_hit *hit);

#endif
