/* bench_view.c - how long the window takes for a frame, with SDL's software renderer, into memory.
 *
 *     bench_view EVENTS GOROUTINES [WIDTHxHEIGHT]      a made-up history (../replay/made_log.h)
 *
 * A line for each figure: what, median, 99th percentile and worst, in ms of CPU time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app.h"
#include "made_log.h"

enum { FRAMES = 600, SEEKS = 200, FRAME_MS = 16 };

static double took[FRAMES];
static double clock_ms; /* made up: the window is told, and does not look */

static double now(void) {
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *what, size_t n) {
    qsort(took, n, sizeof took[0], by_size);
    printf("%-44s %8.2f %8.2f %8.2f\n", what, took[n / 2], took[n - 1 - n / 100], took[n - 1]);
    fflush(stdout);
}

static double frame(struct ui_app *a) {
    double t = now();
    clock_ms += FRAME_MS;
    ui_app_frame(a, clock_ms);
    if (a->failed) {
        fputs("the window failed\n", stderr);
        exit(1);
    }
    return now() - t;
}

static const struct rt_log *get_log(void *ctx) { return ctx; }

static void play(struct ui_app *a, const char *what, uint64_t from, enum ui_grain grain, int speed) {
    a->stage.mode.grain = grain;
    a->stage.mode.speed = speed;
    ui_app_jump(a, from, clock_ms);
    frame(a);
    ui_app_do(a, UI_DO_PLAY, clock_ms);
    for (int i = 0; i < FRAMES; i++)
        took[i] = frame(a);
    report(what, FRAMES);
    if (a->stage.mode.playing) ui_app_do(a, UI_DO_PLAY, clock_ms);
}

static void seeks(struct ui_app *a, uint64_t events) {
    for (int i = 0; i < SEEKS; i++) {
        double t = now();
        ui_app_jump(a, made_draw(events), clock_ms);
        took[i] = now() - t + frame(a);
    }
    report("seek anywhere, and its frame", SEEKS);
}

/* The timeline alone at every zoom, from nanoseconds to the whole run. */
static void timeline(struct ui_app *a, enum rp_lane_by lanes, const char *what) {
    struct ui_stage *s = &a->stage;
    struct rt_event last;
    size_t n = 0;
    if (!rt_log_get(s->log, rt_log_count(s->log) - 1, &last)) return;
    s->mode.lanes = lanes;
    s->mode.span_set = true;
    ui_app_jump(a, rt_log_count(s->log) / 2, clock_ms);
    frame(a);
    for (double w = 100; n < SEEKS; w = w >= (double)last.time ? 100 : w * 1.7) {
        int64_t from = (int64_t)made_draw((uint64_t)last.time);
        s->mode.span_from = w >= (double)last.time ? 0 : from;
        s->mode.span_to = s->mode.span_from + (int64_t)w;
        double t = now();
        ui_list_clear(&s->lists[UI_R_TIMELINE]);
        s->nhits = 0;
        ui_draw_timeline(s, &s->lists[UI_R_TIMELINE]);
        took[n++] = now() - t;
    }
    report(what, n);
    s->mode.span_set = false;
    s->mode.lanes = RP_LANE_P;
}

int main(int argc, char **argv) {
    int w = 1920, h = 1080;
    uint64_t events = argc > 2 ? strtoull(argv[1], NULL, 10) : 0;
    uint32_t goroutines = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    if (events < 1000 || goroutines < 8 || (argc > 3 && sscanf(argv[3], "%dx%d", &w, &h) != 2)) {
        fputs("bench_view EVENTS GOROUTINES [WIDTHxHEIGHT]\n", stderr);
        return 1;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_RENDER_DRIVER", "software", 1);
    struct rt_log *log = made_log(events, goroutines);
    struct diag_list diags;
    diag_init(&diags);
    const struct ui_source source = {.ctx = log, .log = get_log};
    struct ui_app *a = calloc(1, sizeof *a);
    if (!a || SDL_Init(SDL_INIT_VIDEO) != 0) return 1;
    printf("%-44s %8s %8s %8s\n", "ms of CPU", "median", "p99", "worst");
    double t = now();
    if (!ui_app_open(a, NULL, &source, w, h, &diags)) {
        diag_print(&diags, stderr, 0);
        return 1;
    }
    frame(a);
    took[0] = now() - t;
    report("from a log to the first frame", 1);
    uint64_t crowd = rt_log_count(log) / 2;
    took[0] = (t = now(), ui_app_jump(a, crowd, clock_ms), frame(a), now() - t);
    report("first seek to the middle", 1);
    play(a, "play, event by event (1x)", crowd, UI_BY_EVENT, 0);
    play(a, "play, 16x", crowd, UI_BY_EVENT, 4);
    play(a, "play, 1024x", crowd, UI_BY_EVENT, 10);
    seeks(a, events);
    timeline(a, RP_LANE_P, "timeline by P, at every zoom");
    timeline(a, RP_LANE_G, "timeline by goroutine, at every zoom");
    ui_app_close(a);
    SDL_Quit();
    rt_log_free(log);
    diag_free(&diags);
    free(a);
    return 0;
}
