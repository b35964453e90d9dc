/* made_log.h - a long made-up history for benchmarks: goroutines on four Ps wake each other at random. */
#ifndef GOSEE_BENCH_MADE_LOG_H
#define GOSEE_BENCH_MADE_LOG_H

#include "event.h"

struct rt_log *made_log(uint64_t events, uint32_t goroutines); /* the same each time; ends the process without memory */
uint64_t made_draw(uint64_t n);                                /* 0..n-1 */

#endif
