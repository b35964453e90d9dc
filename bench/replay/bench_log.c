/* bench_log.c - how fast a long log is opened, how much memory it takes, how long a seek is; and the same log as a
 * recording.
 *
 *     bench_log EVENTS GOROUTINES      a made-up history: goroutines on four Ps wake each other at random
 *     bench_log FILE.trace             a recording
 *
 * A line for each figure: name, value, unit. Times are CPU time. */
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "gotrace.h"
#include "made_log.h"
#include "replay.h"

enum { SEEKS = 400 };

static double now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double heap(void) {
    struct mallinfo2 m = mallinfo2();
    return (double)m.uordblks + (double)m.hblkhd;
}

static void line(const char *name, double value, const char *unit) {
    printf("%-28s %12.2f %s\n", name, value, unit);
    fflush(stdout);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void seeks(struct rp_session *s, uint64_t n) {
    static double took[SEEKS];
    for (int i = 0; i < SEEKS; i++) {
        uint64_t to = made_draw(n + 1);
        double t = now();
        if (!rp_seek(s, to)) exit(1);
        took[i] = (now() - t) * 1e3;
    }
    qsort(took, SEEKS, sizeof *took, by_size);
    line("seek, median", took[SEEKS / 2], "ms");
    line("seek, 99 of 100", took[SEEKS * 99 / 100], "ms");
    line("seek, longest", took[SEEKS - 1], "ms");
}

static void recordings(const struct rt_log *log, double events) {
    char path[] = "/tmp/bench-log-XXXXXX";
    struct str why = {0};
    struct rp_record_size size;
    int fd = mkstemp(path);
    double t = now();
    struct rp_recorder *r = fd >= 0 ? rp_record_begin(path, log, &why) : NULL;
    if (!r || !rp_record_end(r, &size, &why)) {
        fprintf(stderr, "%s\n", str_cstr(&why));
        exit(1);
    }
    line("recording, written", events / 1e6 / (now() - t), "M events/s");
    line("recording, Go's words", (double)size.go_events / events, "an event");
    line("recording, a word of Go's", (double)size.go_bytes / (double)size.go_events, "bytes");
    line("recording, Go's part", (double)size.go_bytes / events, "bytes an event");
    line("recording, ours", (double)size.extra_bytes / events, "bytes an event");
    t = now();
    struct rt_log *back = rp_recording_read(path, &why);
    if (!back) exit(1);
    line("recording, read", events / 1e6 / (now() - t), "M events/s");
    rt_log_free(back);
    close(fd);
    unlink(path);
    str_free(&why);
}

int main(int argc, char **argv) {
    double base = heap(), t = now();
    struct str why = {0};
    uint64_t count = argc > 2 ? strtoull(argv[1], NULL, 10) : 0;
    struct rt_log *log = argc > 2 ? made_log(count, (uint32_t)strtoul(argv[2], NULL, 10))
                       : argc == 2 ? rp_recording_read(argv[1], &why) : NULL;
    if (!log) {
        fprintf(stderr, "usage: bench_log EVENTS GOROUTINES | FILE.trace  %s\n", str_cstr(&why));
        return 1;
    }
    double n = (double)rt_log_count(log), of_log = heap() - base;
    line("events", n / 1e6, "M");
    line(argc > 2 ? "made" : "read", n / 1e6 / (now() - t), "M events/s");
    line("log", of_log / n, "bytes an event");
    t = now();
    struct rp_session *s = rp_open(log);
    if (!s || !rp_seek(s, rt_log_count(log))) {
        uint64_t at = 0;
        if (s) rp_illegal(s, &at, &why);
        fprintf(stderr, "event %llu: %s\n", (unsigned long long)at, str_cstr(&why));
        return 1;
    }
    double folded = now() - t;
    line("folded", n / 1e6 / folded, "M events/s");
    t = now();
    rp_next_decision(s, 0);
    line("indexed", n / 1e6 / (now() - t), "M events/s");
    line("opened", n / 1e6 / (now() - t + folded), "M events/s");
    line("state, keyframes, index", (heap() - base - of_log) / n, "bytes an event");
    seeks(s, rt_log_count(log));
    struct rp_span span;
    t = now();
    rp_spans(s, RP_LANE_P, 0, 0, INT64_MAX, &span, 1);
    line("lanes of Ps", n / 1e6 / (now() - t), "M events/s");
    line("with the lanes of Ps", (heap() - base - of_log) / n, "bytes an event");
    rp_spans(s, RP_LANE_G, 1, 0, INT64_MAX, &span, 1);
    line("with those of goroutines", (heap() - base - of_log) / n, "bytes an event");
    rp_close(s);
    recordings(log, n);
    rt_log_free(log);
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    line("most memory", (double)use.ru_maxrss / 1024, "MB");
    str_free(&why);
    return 0;
}
