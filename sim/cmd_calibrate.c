/* cmd_calibrate.c - gosee calibrate: what work costs on this machine, as the JSON of a scenario's machine.costs. */
#include <inttypes.h>
#include <stdio.h>

#include "cli.h"
#include "run_calibrate.h"

/* As a scenario writes it: in the largest unit that loses nothing. */
static void print_time(int64_t ns) {
    if (ns % 1000000 == 0) printf("\"%" PRId64 "ms\"", ns / 1000000);
    else if (ns % 1000 == 0) printf("\"%" PRId64 "us\"", ns / 1000);
    else printf("\"%" PRId64 "ns\"", ns);
}

/* Three digits say it all. */
static int64_t rounded(int64_t ns) {
    int64_t unit = 1;
    while (ns / unit >= 1000) unit *= 10;
    return (ns + unit / 2) / unit * unit;
}

int cmd_calibrate(void) {
    struct run_cost costs[RUN_COSTS_MAX];
    struct diag_list diags;
    size_t n;
    diag_init(&diags);
    bool ok = run_calibrate(costs, &n, &diags);
    if (!ok) diag_print(&diags, stderr, 0);
    if (!ok && diags.failed) cli_say("out of memory");
    for (size_t i = 0; ok && i < n; i++) {
        int64_t lo = rounded(costs[i].lo), hi = rounded(costs[i].hi);
        printf("%s\"%s\": ", i ? "  " : "{ ", costs[i].key);
        if (lo != hi) printf("[");
        print_time(lo);
        if (lo != hi) {
            printf(", ");
            print_time(hi);
            printf("]");
        }
        printf(i + 1 < n ? ",\n" : " }\n");
    }
    diag_free(&diags);
    return ok ? 0 : STATUS_REFUSED;
}
