/* cmd_explain.c - gosee explain: a run in words, a line for each event. */
#include <stdio.h>

#include "cmd_record.h"
#include "replay.h"

/* false: the history is not legal, which is an error of gosee's own. */
static bool print_lines(const struct rt_log *log, bool json) {
    struct rp_session *s = rp_open(log);
    if (!s) {
        cli_say("out of memory");
        return false;
    }
    struct str line = {0};
    uint64_t n = rt_log_count(log), bad;
    bool ok = true;
    for (uint64_t i = 0; ok && i < n; i++) {
        str_clear(&line);
        ok = json ? rp_explain_json(s, i, &line) : rp_explain_line(s, i, &line);
        if (!ok || line.failed) break;
        str_addc(&line, '\n');
        fwrite(str_cstr(&line), 1, line.len, stdout);
    }
    str_clear(&line);
    if (rp_illegal(s, &bad, &line)) {
        cli_say("event %llu breaks a rule of the history: %s", (unsigned long long)bad, str_cstr(&line));
        ok = false;
    } else if (!ok) {
        cli_say("out of memory");
    }
    str_free(&line);
    rp_close(s);
    return ok;
}

int tell(const struct cli *c, struct loaded *l, bool json) {
    l->o.events = true;
    l->o.pass_output = false;
    record_prepare(c);
    struct run *r = run_new(l->program, &l->o, &l->diags);
    if (!r) {
        diag_print(&l->diags, stderr, 0);
        return STATUS_REFUSED;
    }
    bool ok = record_to_end(c, r);
    if (ok) ok = print_lines(run_log(r), json);
    fflush(stdout);
    struct run_result res;
    run_get_result(r, &res);
    int status = res.refusal || res.how == RT_END_LIMIT ? status_of(&res) : 0;
    run_free(r);
    return ok ? status : STATUS_REFUSED;
}

int tell_recording(const struct cli *c, bool json) {
    struct rt_log *log = open_recording(c);
    if (!log) return STATUS_REFUSED;
    bool ok = print_lines(log, json);
    rt_log_free(log);
    return ok ? 0 : STATUS_REFUSED;
}

int cmd_explain(const struct cli *c) {
    if (is_recording(c)) return tell_recording(c, c->json);
    struct loaded l;
    int status = load(c, &l) ? tell(c, &l, c->json) : STATUS_REFUSED;
    load_free(&l);
    return status;
}
