/* run_calibrate.h - what work costs on this machine, under the keys of machine.costs. */
#ifndef GOSEE_RUN_CALIBRATE_H
#define GOSEE_RUN_CALIBRATE_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"

struct run_cost { /* ns; lo and hi alike where one number says it */
    const char *key;
    int64_t lo, hi;
};

enum { RUN_COSTS_MAX = 32 };

/* Measures all costs; *n of them. Takes a second or two. Ranges are what most of the samples lie in (5th to 95th of a
 * hundred). false: why is in diags. */
bool run_calibrate(struct run_cost *out, size_t *n, struct diag_list *diags);

/* calibrate_threads.c: the kernel's part. Each gives the range in ns; false if no thread could be made. */
struct cal_threads {
    struct { int64_t lo, hi; } syscall, thread_create, clone_call, thread_wake, wake_call, cold_start, timer_slack;
    int64_t thread_switch, kernel_slice, look, copy; /* look: a lock taken and let go; copy: 2 KB into fresh memory */
};
bool cal_measure_threads(struct cal_threads *out);

#endif
