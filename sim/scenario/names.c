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

const char *const scn_cost_names[] = {
#define COST(name, key, low, high, doc) key,
#include "costs.def"
#undef COST
};
const size_t scn_cost_count = sizeof scn_cost_names / sizeof *scn_cost_names;
