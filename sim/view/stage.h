/* stage.h - the picture of one moment: what is to be drawn, region by region, and where each thing stands in it.
 *
 * A stage borrows fonts, log, session and scenario; it owns its lists. ui_stage_build makes the lists for the moment
 * after n events; while a movement runs, ui_stage_fly remakes only the overlay. Everything shown is a function of the
 * moment and of ui_mode (what the user has chosen), so that stepping back shows what stepping forward showed. */
#ifndef GOSEE_VIEW_STAGE_H
#define GOSEE_VIEW_STAGE_H

#include "draw.h"
#include "keys.h"
#include "layout.h"
#include "lesson.h"
#include "replay.h"
#include "scenario.h"
#include "search.h"
#include "theme.h"

enum ui_grain { UI_BY_EVENT, UI_BY_DECISION, UI_BY_LINE, UI_BY_INSTRUCTION, UI_BY_TIME, UI_GRAINS };

enum { UI_SPEED_MIN = -4, UI_SPEED_MAX = 10 }; /* powers of two: 1/16x to 1024x */

enum { UI_MARKS = 64 };

/* What the user has chosen. Nothing here depends on the run. */
struct ui_mode {
    enum ui_theme_id theme;
    double zoom; /* the font scale z */
    bool presenter, still /* reduced motion */, keys_open, blank, system_gs;
    enum ui_view view;
    struct ui_tabs tabs;
    enum ui_grain grain;
    int speed;
    bool playing;
    uint32_t follow; /* goid; 0 none */
    enum rp_lane_by lanes;
    bool span_set; /* the user has chosen the timeline's span: [span_from, span_to) ns */
    int64_t span_from, span_to;
    bool measured; /* a stretch of time is marked, and its length shown */
    int64_t measure_from, measure_to;
    uint64_t marks[UI_MARKS]; /* bookmarks: numbers of events that have happened, in order */
    size_t nmarks;
    int source_top;          /* first line shown, if scrolled by hand; 0: the stage decides */
    double mouse_x, mouse_y; /* logical; < 0: away */
    bool tooltip;            /* the mouse has rested long enough */
    bool life;               /* the followed goroutine's biography stands in the rooms' place */
};

/* Between two events: where a goroutine stands by re-execution. */
struct ui_fine {
    bool on;
    uint32_t g;
    rt_pos pos;
    int64_t time;
    char instruction[128]; /* "" in the line grain */
    uint64_t count;        /* steps since the last event */
};

/* A channel's cells are things too: where a value lands, and where one leaves. */
enum ui_thing { UI_THING_G, UI_THING_M, UI_THING_NEWEST, UI_THING_OLDEST };

/* A thing on the stage, once. */
struct ui_place {
    uint8_t thing; /* enum ui_thing */
    uint8_t state; /* of a G: enum rp_gstate; of an M: solid or hollow */
    bool asleep, spotted, moving;
    uint32_t id;
    struct ui_rect at;
    enum ui_region region;
    uint64_t nest; /* region, row and kind of place: the same while a thing only moves up in its queue */
};

struct ui_places { /* an open hash table */
    struct ui_place *slots;
    size_t cap, len;
    uint64_t n; /* the moment they are of */
    bool valid;
};

/* Where the dot of each goroutine is. */
struct ui_field {
    double x, y, pitch;
    size_t first, per, columns; /* briefs[first] is the first dot; goroutines a dot */
};

enum ui_hit_kind {
    UI_HIT_G = 1,
    UI_HIT_M,
    UI_HIT_P,
    UI_HIT_ACTION,
    UI_HIT_SCRUB, /* the lanes of the timeline: a click goes there, a drag moves them */
    UI_HIT_AXIS,  /* and its axis: a drag takes the playhead along */
    UI_HIT_OVERVIEW,
    UI_HIT_SPEED,
    UI_HIT_LINE,
    UI_HIT_OUTPUT,
    UI_HIT_ANSWER,
    UI_HIT_TAB,
    UI_HIT_SPAN,
    UI_HIT_VIEW,
    UI_HIT_FIELD,
    UI_HIT_ROW, /* of a page's list */
    UI_HIT_SEED,
    UI_HIT_OBJ,
    UI_HIT_EVENT, /* goes to the moment after id events */
    UI_HIT_CARD,  /* of the gallery */
    UI_HIT_FOUND, /* a row of what the search has found */
    UI_HIT_WORD   /* only explains: enum ui_word */
};

/* Words of the stage that hovering explains. */
enum ui_word {
    UI_WORD_THREAD,
    UI_WORD_RUNNING,
    UI_WORD_RUNNEXT,
    UI_WORD_LOCAL,
    UI_WORD_HEAT,
    UI_WORD_READY,
    UI_WORD_WAITING,
    UI_WORD_SYSCALL,
    UI_WORD_SLEEPING,
    UI_WORDS
};

/* A lane of the timeline, as drawn. */
struct ui_lane_at {
    double y, h;
    uint32_t id;
    uint8_t by;    /* enum rp_lane_by */
    bool syscalls; /* of all threads */
};
enum { UI_MAX_LANES = 64 };

struct ui_hit {
    struct ui_rect at;
    uint8_t kind;
    uint64_t id;
};

struct ui_gallery;

struct ui_stage {
    struct ui_fonts *fonts;
    const struct rt_log *log;
    struct rp_session *session;
    const struct scenario *scenario; /* may be NULL */
    struct ui_mode mode;
    struct ui_lesson lesson;
    struct ui_layout lay;
    const struct ui_theme *th;
    const struct ui_keymap *keys; /* the standard, or the user's own. Borrowed */

    /* The moment. */
    const struct rp_state *st;
    uint64_t n, total;
    struct rp_brief *briefs; /* every goroutine so far, in order of creation */
    size_t nbriefs, cap_briefs;
    bool crowd; /* so many that they are counted rather than named */
    struct ui_field field;
    int64_t time;
    struct rt_event event; /* n - 1 */
    bool has_event, flying, ended;
    struct rp_narration says;
    struct ui_fine fine;
    double window_w, window_h; /* points */
    const char *problem;       /* what is wrong with the file, lines; NULL nothing. Borrowed */
    struct ui_gallery *gallery; /* of scenes; NULL: none. Borrowed */
    const char *notice;        /* one line at the bottom; NULL none. Borrowed */
    bool live;
    const char *live_note;

    struct ui_list lists[UI_REGIONS];
    struct ui_list over; /* movements, cards, overlay: above all regions */
    struct ui_places now, before;
    struct ui_hit *hits;
    size_t nhits, cap_hits;
    size_t region_hits;    /* of them, those of the regions; the rest is the overlay's */
    struct rp_span *spans; /* scratch for the timeline */
    size_t cap_spans;
    int64_t shown_from, shown_to; /* the timeline's span as drawn */
    int64_t division;             /* between two marks of its axis, ns */
    struct ui_rect axis;          /* where it is drawn */
    struct ui_lane_at lane_at[UI_MAX_LANES];
    size_t nlanes_at;
    struct rp_life book; /* of the goroutine whose biography is shown */
    struct ui_search search;
    uint64_t first_sleep;         /* event of the first sleeper; UINT64_MAX: none so far */
    uint64_t scanned;             /* how far that was looked for */
    struct ui_pages *pages; /* what the other views show; NULL: there are none. Borrowed */
    bool failed;
};

bool ui_stage_open(struct ui_stage *s, struct ui_fonts *fonts, const struct rt_log *log, const struct scenario *scn);
void ui_stage_close(struct ui_stage *s);
/* Another log (a rerun); the mode stays. */
bool ui_stage_reopen(struct ui_stage *s, const struct rt_log *log);
void ui_stage_size(struct ui_stage *s, double w, double h); /* the window's points */

/* Lists for the moment after n events at `time` (at least the last event's). from: the moment that a movement starts
 * in, n itself for none. false: an illegal history or no memory; rp_illegal tells. */
bool ui_stage_build(struct ui_stage *s, uint64_t n, int64_t time, uint64_t from);
/* Only the moment: state, narration and layout, for who draws regions himself. */
bool ui_stage_enter(struct ui_stage *s, uint64_t n, int64_t time);
/* The overlay at progress 0..1 of the movement (1: none). */
void ui_stage_fly(struct ui_stage *s, double progress);
/* How long the movement of this build takes at 1x, in ms; 0 for none. */
int ui_stage_flight_ms(const struct ui_stage *s);
const struct ui_hit *ui_stage_hit(const struct ui_stage *s, double x, double y);
/* The screen as text, in reading order. */
void ui_stage_text(struct ui_stage *s, struct str *out);

/* ---- for the regions ------------------------------------------------------------------------------------------- */

void ui_draw_header(struct ui_stage *s, struct ui_list *l);
void ui_draw_source(struct ui_stage *s, struct ui_list *l);
void ui_draw_narration(struct ui_stage *s, struct ui_list *l);
void ui_draw_prows(struct ui_stage *s, struct ui_list *l);
void ui_draw_global(struct ui_stage *s, struct ui_list *l);
void ui_draw_threads(struct ui_stage *s, struct ui_list *l);
void ui_draw_census(struct ui_stage *s, struct ui_list *l);
void ui_draw_rooms(struct ui_stage *s, struct ui_list *l);
void ui_draw_timeline(struct ui_stage *s, struct ui_list *l);
void ui_draw_output(struct ui_stage *s, struct ui_list *l);
/* How the run went wrong, at the top of *b, which shrinks to what is left; true if nothing is. */
bool ui_draw_trouble(struct ui_stage *s, struct ui_list *l, struct ui_rect *b);
/* The followed goroutine's biography at the top of *b, which shrinks; true if nothing is left of it. */
bool ui_draw_life(struct ui_stage *s, struct ui_list *l, struct ui_rect *b);
/* Goroutines each of which waits for a lock that the next holds, the last for the first's: at most max; 0: no such ring. */
size_t ui_wait_ring(const struct ui_stage *s, uint32_t *out, size_t max);
void ui_draw_field(struct ui_stage *s, struct ui_list *l);
/* The goroutine whose dot is at (x, y); 0: none. */
uint32_t ui_field_at(const struct ui_stage *s, double x, double y);
void ui_draw_transport(struct ui_stage *s, struct ui_list *l);
void ui_draw_page(struct ui_stage *s, struct ui_list *l);
void ui_draw_tabs(struct ui_stage *s, struct ui_list *l);
void ui_draw_flights(struct ui_stage *s, struct ui_list *l, double progress);
/* The height that this moment's card takes at the foot of its place; 0: there is none. */
double ui_card_height(struct ui_stage *s, struct ui_list *l);
void ui_draw_card(struct ui_stage *s, struct ui_list *l);
void ui_draw_problem(struct ui_stage *s, struct ui_list *l);
void ui_draw_keys(struct ui_stage *s, struct ui_list *l);
void ui_draw_tooltip(struct ui_stage *s, struct ui_list *l);
void ui_draw_search(struct ui_stage *s, struct ui_list *l);

void ui_add_hit(struct ui_stage *s, struct ui_rect at, enum ui_hit_kind kind, uint64_t id);
struct ui_place *ui_find_place(const struct ui_places *p, enum ui_thing thing, uint32_t id);
/* Says that a thing stands here. NULL: it is on its way here (draw the empty place), else draw it. */
struct ui_place *ui_put_place(struct ui_stage *s, enum ui_thing thing, uint32_t id, struct ui_rect at,
                              enum ui_region region, uint64_t nest);
/* Notes where a channel's newest or oldest value lies; it never moves by itself. */
void ui_put_cell(struct ui_stage *s, enum ui_thing thing, uint64_t obj, struct ui_rect at);
bool ui_is_spotted(const struct ui_stage *s, uint32_t goid);
/* Goroutines in the hands of an M, on their way between two places: at most max goids. */
size_t ui_hands(const struct ui_stage *s, uint32_t *out, size_t max);
/* Where in the source a goroutine stands, at a fine step too. */
rt_pos ui_g_pos(const struct ui_stage *s, const struct rp_g *g);
/* Where line n of the program is drawn; false if it is not on screen. */
bool ui_line_rect(const struct ui_stage *s, unsigned line, struct ui_rect *at);

#endif
