/* scenario.h - a scene's JSON as typed structs. A scenario owns all its strings (arena; its variants' too); one file
 * includes cJSON. Format: assets/scenario.schema.json and docs. Unset numbers hold the defaults, so that readers need none.
 */
#ifndef GOSEE_SCENARIO_SCENARIO_H
#define GOSEE_SCENARIO_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"

enum scn_world { SCN_STEPPED, SCN_LIVE };
enum scn_choice { SCN_SEED, SCN_PROBE };

struct scn_range { int64_t lo, hi; }; /* ns */

struct scn_cost { const char *key; struct scn_range value; };

struct scn_limits { /* 0 in events: none; in stack: Go's */
    uint64_t goroutines, heap, time_ns, host_time_ns, output, events, stack;
};

enum scn_at_kind { SCN_AT_EVENT, SCN_AT_LINE, SCN_AT_TIME, SCN_AT_OUTPUT, SCN_AT_DIAGNOSTIC, SCN_AT_END };

struct scn_at {
    enum scn_at_kind kind;
    const char *event;     /* kind's name */
    const char *goroutine; /* function name without its package, or NULL */
    const char *text;      /* output line, diagnostic text */
    uint64_t nth;          /* from 1 */
    const char *file;      /* SCN_AT_LINE; NULL: the program */
    int line;
    int64_t time_ns;
};

enum scn_ask_kind { SCN_ASK_CHOICE, SCN_ASK_NUMBER, SCN_ASK_ORDER, SCN_ASK_POINT };

struct scn_expect;
struct scn_reply { const char *answer, *text; };

struct scn_ask {
    enum scn_ask_kind kind;
    const char *question;
    bool all_runs; /* about */
    const char **choices;
    size_t nchoices;
    const char *answer;    /* choice, point; a number's text */
    double number, tolerance;
    const char **order;
    size_t norder;
    struct scn_reply *replies;
    size_t nreplies;
    struct scn_expect *holds; /* what the answer says, as checks judge it; NULL: nobody does */
};

struct scn_step { /* an entry of lesson */
    struct scn_at at;
    const char *say; /* or */
    struct scn_ask *ask;
    const char *notes;
    bool pause, choose;
};

enum scn_must { SCN_MUST_ALWAYS, SCN_MUST_OCCUR, SCN_MUST_MAY };

struct scn_line_count { const char *text; int64_t from, to; };

struct scn_outcome {
    const char *stdout_text;  /* NULL: a shape instead */
    const char **any_order;   size_t nany_order;
    const char *(*before)[2]; size_t nbefore;
    struct scn_line_count *lines; size_t nlines;
    int exit;
    const char *error; /* first line of stderr; NULL: none */
    enum scn_must must;
    bool live_only; /* what only the live world may show: a machine that is busy with other things */
    bool has_share;
    double share_lo, share_hi;
};

struct scn_bounds { bool has_exactly, has_least, has_most; double exactly, at_least, at_most; const char *of; };

struct scn_expect_event {
    const char *kind, *reason, *goroutine, *by, *from, *to, *during, *per;
    int64_t thread;   /* -1: any */
    int64_t after_ns; /* least time in the state before */
    bool has_where[3];
    uint64_t where[3]; /* arguments of the event */
    bool some_run;    /* in */
    struct scn_bounds bounds;
};

struct scn_total { const char *what, *goroutine; struct scn_bounds bounds; };

struct scn_rejected { const char *file; int line, col; const char *text; };

struct scn_expect {
    struct scn_outcome *outcomes; size_t noutcomes;
    struct scn_expect_event *events; size_t nevents;
    struct scn_total *totals; size_t ntotals;
    struct scn_rejected *rejected; size_t nrejected;
    unsigned runs; /* default 200 */
};

struct scn_signal { struct scn_at at; const char *name; }; /* "SIGINT" */

struct scn_goal { /* of be-the-scheduler */
    const char *say;
    struct scn_outcome *outcome; /* or */
    const char *metric;
    struct scn_bounds bounds;
};

struct scn_variant; /* a name and its scenario, below */

struct scenario {
    struct arena arena;
    struct src_file json;  /* the file itself; text NULL for one made from a .go file */
    const char *folder;
    const char *title, *summary, *asks;
    double minutes;
    const char *program_path; /* as to be opened; NULL when `source` stands in the JSON */
    const char *program_name; /* shown: base name, or "source" */
    struct src_file source;   /* the program's text, read */
    const char *stdin_text;
    const char **args; size_t nargs;
    struct scn_signal *signals; size_t nsignals;
    unsigned procs, cores;
    bool procs_given, cores_given;
    bool one_to_one;
    uint64_t thread_stack;
    struct scn_cost *costs; size_t ncosts;
    enum scn_world world;
    enum scn_choice choice;
    uint64_t number; /* seed or probe */
    uint64_t *decisions; size_t ndecisions;
    struct scn_limits limits;
    double speed;
    const char **panels; size_t npanels;
    bool start_playing;
    struct scn_step *lesson; size_t nlesson;
    struct scn_goal *goal; /* NULL: none */
    bool has_expect;
    struct scn_expect expect;
    struct scn_variant *variants; size_t nvariants;
};

struct scn_variant { const char *name; struct scenario *scenario; };

/* A course: scenes/course.json. Strings are the course's. */
struct scn_chapter { const char *title; const char **scenes; size_t nscenes; };
struct scn_course {
    struct arena arena;
    struct scn_chapter *chapters; size_t nchapters;
    const char **core; size_t ncore; /* scenes of the core course */
};
/* NULL with diagnostics. Every scene that is named must be a folder beside the file. */
struct scn_course *scn_load_course(const char *path, struct diag_list *diags);
void scn_course_free(struct scn_course *c);

/* The folder of the scenes that come with the program: $GOSEE_SCENES, else where it is installed, else the tree it was
 * built in. Appended to out; false: there is none. */
bool scn_find_scenes(struct str *out);
/* The scene of that name among them; false: there is none, or name is a path. */
bool scn_find_scene(const char *name, struct str *out);

/* path: a scene folder (its scene.json), a .json file, or a .go file (all defaults, title is its name). NULL with
 * diagnostics: file:line:col: /json/path: what is wrong, expected what; unknown keys name the nearest known one. */
struct scenario *scn_load(const char *path, struct diag_list *diags);
void scn_free(struct scenario *s);
/* The scenario itself for NULL, else the variant; NULL if there is none of that name. */
const struct scenario *scn_variant(const struct scenario *s, const char *name);
/* Go's durations ("1.5s", "20us"), sizes ("64KB"); also plain numbers. false if malformed or out of range. */
bool scn_parse_duration(const char *text, int64_t *ns);
bool scn_parse_size(const char *text, uint64_t *bytes);

#endif
