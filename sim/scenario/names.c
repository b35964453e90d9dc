/* names.c - the strings that name the runtime's events and costs in a scenario. This file alone sees those two tables
 * of runtime/, and only their names: what they mean is the business of who runs a scenario. */
#include "read.h"

const char *const scn_event_names[] = {
#define EVENT(name, cat, decision, a, b, c, doc) #name,
#include "events.def"
#undef EVENT
};
const size_t scn_event_count = sizeof scn_event_names / sizeof *scn_event_names;

const char *const scn_event_args[][3] = {
#define EVENT(name, cat, decision, a, b, c, doc) {a, b, c},
#include "events.def"
#undef EVENT
};

const char *const scn_reason_names[] = {
#define REASON(name, text) #name, text,
#include "reasons.def"
#undef REASON
};
const size_t scn_reason_count = sizeof scn_reason_names / sizeof *scn_reason_names;

const char *const scn_state_names[] = {
    "runnable", "running", "syscall", "waiting", "dead",  /* a goroutine, or why it waits */
    "spinning", "parked",  "another thread spins", "idle", /* a thread; a P */
#define REASON(name, text) text,
#include "reasons.def"
#undef REASON
};
const size_t scn_state_count = sizeof scn_state_names / sizeof *scn_state_names;

const char *const scn_cost_names[] = {
#define COST(name, key, low, high, doc) key,
#include "costs.def"
#undef COST
};
const size_t scn_cost_count = sizeof scn_cost_names / sizeof *scn_cost_names;
