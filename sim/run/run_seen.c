/* run_seen.c - a finished run as its user sees it. */
#include <string.h>

#include "run_int.h"

void run_to_end(struct run *r) {
    while (run_pump(r, 0, 0, 0)) {}
}

void run_see(const struct run *r, struct run_seen *s) {
    struct run_result res;
    run_get_result(r, &res);
    s->out = res.out;
    s->nout = res.nout;
    s->status = res.status;
    str_clear(&s->error);
    if (res.refusal) {
        str_addf(&s->error, "gosee: %s", res.refusal);
    } else if (res.nerr) {
        static const char rule[] = "==================\n"; /* a race's report begins with it and then says what it is */
        size_t skip = res.nerr > sizeof rule - 1 && memcmp(res.err, rule, sizeof rule - 1) == 0 ? sizeof rule - 1 : 0;
        const char *line = res.err + skip, *end = memchr(line, '\n', res.nerr - skip);
        str_add(&s->error, line, end ? (size_t)(end - line) : res.nerr - skip);
    } else if (res.limit) {
        str_addf(&s->error, "gosee: limit %s reached", res.limit);
    }
}
