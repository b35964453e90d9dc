/* view_support.h - a stage on a sample history, for the view's tests. */
#ifndef GOSEE_TESTS_VIEW_SUPPORT_H
#define GOSEE_TESTS_VIEW_SUPPORT_H

/* cmocka.h needs the three before it. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
/* clang-format on */

#include "stage.h"

struct fixture {
    struct ui_fonts *fonts;
    struct rt_log *log;
    struct diag_list diags;
    struct ui_stage stage;
};

void fixture_open(struct fixture *f, struct rt_log *log, const struct scenario *scn); /* takes the log */
void fixture_close(struct fixture *f);
/* All lists of a build at rest, as one number. */
uint64_t fixture_hash(struct fixture *f, uint64_t n);

#endif
