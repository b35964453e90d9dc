/* cmd_run.c - gosee run: the program as if compiled, on either world. */
#include <stdio.h>

#include "cmd_record.h"

int status_of(const struct run_result *r) {
    if (r->refusal) {
        cli_say("%s", r->refusal);
        return STATUS_REFUSED;
    }
    if (r->how == RT_END_LIMIT) {
        cli_say("limit %s reached", r->limit ? r->limit : "");
        return STATUS_LIMIT;
    }
    return r->status;
}

int cmd_run(const struct cli *c) {
    struct loaded l;
    int status = STATUS_REFUSED;
    if (load(c, &l)) {
        l.o.pass_output = true;
        l.o.take_signals = true;
        if (c->record) l.o.events = true;
        record_prepare(c);
        struct run *r = run_new(l.program, &l.o, &l.diags);
        if (r) {
            bool kept = record_to_end(c, r);
            struct run_result res;
            run_get_result(r, &res);
            status = status_of(&res);
            if (!kept) status = STATUS_REFUSED;
            run_free(r);
            if (kept && res.signal && l.o.world == SCN_LIVE) end_by_signal(res.signal);
        } else {
            diag_print(&l.diags, stderr, 0);
        }
    }
    load_free(&l);
    return status;
}
