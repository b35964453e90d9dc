/* view.h - the front end's face: a window on a run, and pictures of it.
 *
 * Both borrow what they show. What goes wrong is a diagnostic that says what
 * to do; nothing is printed here.
 */
#ifndef GOSEE_VIEW_VIEW_H
#define GOSEE_VIEW_VIEW_H

#include "diag.h"
#include "run.h"
#include "scenario.h"

enum ui_result {
    UI_OK,
    UI_FAILED,    /* status 1; diags say why */
    UI_NO_DISPLAY /* no window can be opened: print the narration instead; diags say why */
};

/* A path that was opened: a program to run, or a recording (log). Borrowed from who opened it, until it is closed. */
struct ui_opened {
    const struct scenario *scenario;
    const struct run_program *program;
    struct run_options options; /* as the command line and the scenario have it; events and pass_output are set here */
    const struct rt_log *log;   /* a recording: the three above are not looked at; NULL: none */
    void *hold;                 /* the opener's own */
};

struct ui_config {
    const char *path; /* what to show; NULL: the gallery of scenes */
    /* Opens and closes a path; false with diagnostics, each whole with its line and caret. */
    bool (*open)(void *ctx, const char *path, struct ui_opened *out, struct diag_list *diags);
    void (*close)(void *ctx, struct ui_opened *o);
    void *ctx;
    const char *record; /* where to keep the run (the last one, after restarts) when the window closes; NULL: not */
    const char *theme;  /* "light", "dark", "contrast"; NULL: light */
    bool presenter, full_screen;
    bool speak; /* each narration line to stdout */
};

/* Owns the window until it is closed. Call from the process's main thread. */
enum ui_result ui_main(const struct ui_config *c, struct diag_list *diags);

/* A run that is over, and what is to be drawn of it. scenario may be NULL; program and options are looked at for the views
 * that make runs of their own (outcomes, compare), and may be left out. */
struct ui_shot_config {
    const struct scenario *scenario;
    const struct run_program *program;
    struct run_options options;
    const char *at;        /* "1s", "event:412", "line:FILE:N", "lesson:3", "end"; NULL: the end */
    const char *from, *to; /* of a film; NULL: the start, the end */
    const char *out;       /* .png, .svg, .pdf, .txt; a film: .mp4, .gif */
    int width, height;     /* 0: 1600 x 900 */
    const char *theme;     /* NULL: light */
    bool presenter;
    const char *view; /* "stage", "outcomes", "compare", "events"; NULL: stage */
    double progress; /* of the movement to that moment: 0 or 1 its end, between them in flight */
};

/* Draws the stage at one moment; no display is needed. */
enum ui_result ui_shot_log(const struct ui_shot_config *c, const struct rt_log *log, struct diag_list *diags);
/* Draws it as it plays, and has ffmpeg make a film of it: 60 frames a second of .mp4 with the narration as subtitles, or 15
 * of .gif. It plays at the scene's speed, holds at the lesson's pauses for as long as reading takes, and goes faster where it
 * would last more than two minutes. */
enum ui_result ui_film_log(const struct ui_shot_config *c, const struct rt_log *log, struct diag_list *diags);

#endif
