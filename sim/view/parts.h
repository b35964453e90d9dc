/* parts.h - the shapes that things have everywhere: pills for goroutines, plates for threads, slots, icons, buttons. */
#ifndef GOSEE_VIEW_PARTS_H
#define GOSEE_VIEW_PARTS_H

#include "stage.h"

enum ui_icon {
    UI_I_RUNNING,
    UI_I_READY,
    UI_I_WAITING,
    UI_I_ASLEEP,
    UI_I_SYSCALL,
    UI_I_DEAD,
    UI_I_NONE,
    UI_I_CHAN,
    UI_I_LOCK,
    UI_I_GROUP,
    UI_I_SPIN,
    UI_I_BACK,
    UI_I_PLAY,
    UI_I_PAUSE,
    UI_I_FORWARD,
    UI_I_TICK,
    UI_I_CROSS,
    UI_I_FORK,
    UI_I_ONCE
};

/* Around (cx, cy), for text of the given size; inside: what shows through hollow ones. */
void ui_draw_icon(struct ui_list *l, enum ui_icon icon, double cx, double cy, double size, ui_color c);
double ui_icon_width(enum ui_icon icon, double size);
enum ui_icon ui_state_icon(const struct rp_g *g);

/* A panel of the stage, its edge lit if the narration speaks of it. */
void ui_panel(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, double radius, bool lit);
/* Under what lies above the stage. */
void ui_shadow(struct ui_list *l, struct ui_rect b, double radius);
/* An empty place; text NULL for none. */
void ui_slot(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *text);
/* Where a thing will land, or stood. */
void ui_slot_coming(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *text, double size);
void ui_slot_left(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *text);

/* A goroutine as a pill, with as much of icon, id and name as the room allows. */
void ui_draw_pill(const struct ui_stage *s, struct ui_list *l, const struct rp_g *g, struct ui_rect b, bool spotted);
/* A goroutine in its place: registers it, and draws the pill, or the place that waits for it. */
void ui_pill_at(struct ui_stage *s, struct ui_list *l, const struct rp_g *g, struct ui_rect b, enum ui_region region,
                uint64_t nest);
/* The small form: id on its colours; returns its width. Registers nothing. */
double ui_chip(const struct ui_stage *s, struct ui_list *l, const struct rp_g *g, double x, double cy, double h);
double ui_chip_width(const struct ui_list *l, const struct rp_g *g, double h);

/* Hue of a bar that stands for a queue: a site's if most are from it, else slate. */
ui_color ui_bar_color(const struct ui_stage *s, const struct rp_ring *q);
/* A share of all who wait, as a strip of strokes: too many to name. */
void ui_draw_strip(const struct ui_stage *s, struct ui_list *l, struct ui_rect b, double share, unsigned site);

/* A thread. sub: the line under its name, "" for none. */
void ui_draw_plate(const struct ui_stage *s, struct ui_list *l, unsigned m, struct ui_rect b, bool solid, bool spinning,
                   const char *sub, bool spotted);
void ui_plate_slot(const struct ui_stage *s, struct ui_list *l, struct ui_rect b); /* an empty dock */
void ui_plate_at(struct ui_stage *s, struct ui_list *l, unsigned m, struct ui_rect b, bool solid, bool spinning,
                 const char *sub, enum ui_region region, uint64_t nest);

/* A button with the key that does the same; returns its width. At x going right, or with end ending there. */
double ui_button(struct ui_stage *s, struct ui_list *l, double x, double y, double h, bool end, enum ui_icon icon,
                 const char *text, const char *key, bool on, bool grey, enum ui_hit_kind kind, uint64_t id);

void ui_label(const struct ui_stage *s, uint32_t goid, char *id, size_t nid, char *name, size_t nname);
const char *ui_count_text(char *buf, size_t n, uint64_t v);    /* 1 236 */
const char *ui_clock_text(char *buf, size_t n, int64_t ns);    /* 1.318 204 ms */
const char *ui_duration_text(char *buf, size_t n, int64_t ns); /* 24 µs */
int64_t ui_round_125(int64_t v); /* 1, 2, 5, 10, ...: the next that is not below v; divisions of an axis */
/* "jobs", or what it is where the source gives it no name. */
const char *ui_object_name(const struct rp_obj *o);
const char *ui_object_kind(const struct rp_obj *o); /* "channel" */
const char *ui_base_name(const char *path);
struct ui_rect ui_lerp(struct ui_rect a, struct ui_rect b, double t);

#endif
