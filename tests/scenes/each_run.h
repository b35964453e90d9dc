/* each_run.h - the run that each scene of the course, and each of its variants, opens with. */
#ifndef GOSEE_TESTS_EACH_RUN_H
#define GOSEE_TESTS_EACH_RUN_H

#include "run.h"

/* what: "crowd", or "crowd, a hundred thousand". Those that are refused at compile time have no run and are left out. */
typedef void each_run_fn(void *ctx, const struct scenario *s, const struct rt_log *log, const char *what);

void each_run_of_the_scenes(each_run_fn *act, void *ctx);

#endif
