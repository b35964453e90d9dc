/* random_log.h - random legal histories. A small scheduler with no programs: at each step somebody does something. */
#ifndef GOSEE_TESTS_RANDOM_LOG_H
#define GOSEE_TESTS_RANDOM_LOG_H

#include "event.h"

/* About `events` events (it ends with RunEnd); the same seed gives the same log. The caller frees it. */
struct rt_log *random_log(uint64_t seed, uint64_t events);

#endif
