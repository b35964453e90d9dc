/* source.h - where the window's log comes from: a run, or in tests a log that is there. The window knows no more of it.
 */
#ifndef GOSEE_VIEW_SOURCE_H
#define GOSEE_VIEW_SOURCE_H

#include "diag.h"
#include "event.h"
#include "run.h"
#include "str.h"

struct ui_lab;

struct ui_source {
    void *ctx;
    bool live;
    const struct rt_log *(*log)(void *ctx);
    /* Goes on for about host_ns; true while more may come. */
    bool (*pump)(void *ctx, int64_t host_ns);
    /* Runs again, with the next number or the same; the log is another afterwards. NULL: cannot. */
    bool (*restart)(void *ctx, bool next, struct diag_list *diags);
    /* Runs one seed or probe in place of the run, in the stepped world. NULL: cannot. */
    bool (*open)(void *ctx, bool probing, uint64_t number, struct diag_list *diags);
    struct ui_lab *lab; /* runs beside it; NULL: none. Borrowed */
    /* As run_fine_steps and run_instruction. NULL: cannot. */
    int64_t (*fine)(void *ctx, uint64_t from, uint64_t to, bool lines, int64_t host_ns, struct run_fine *out, size_t max,
                    struct diag_list *diags);
    void (*instruction)(void *ctx, uint64_t fn, uint32_t pc, struct str *out);
};

#endif
