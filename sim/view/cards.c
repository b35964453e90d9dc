/* cards.c - what lies above the stage: a lesson's card, the map of keys, a line of notice. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "keys.h"
#include "parts.h"

/* ---- lessons ------------------------------------------------------------------------------------------------ */

/* A card stands at the foot of its place and may grow out of it upwards: over what it is about in the smallest windows, over
 * the Ps on a projector, else a little. If that is not enough, its type gives way. */
static double card_room(const struct ui_stage *s) {
    const struct ui_layout *y = &s->lay;
    double foot = y->card.y + y->card.h;
    if (y->cls == UI_SINGLE) return foot - 6;
    if (y->cls == UI_PRESENTER) return foot - y->at[UI_R_NARRATION].y - y->at[UI_R_NARRATION].h - 8;
    return y->card.h + 26;
}

static const double type_step = 0.05, least_type = 0.5; /* of the type's size */

struct say_size {
    double size, pitch, inside, foot, h;
};

static struct say_size say_size(const struct ui_stage *s, struct ui_list *l, const char *text) {
    bool big = s->lay.cls == UI_PRESENTER;
    double room = card_room(s);
    struct say_size z = {.inside = 22};
    for (double f = 1; f >= least_type; f -= type_step) {
        z.size = f * (big ? 22 : 16.5);
        z.pitch = f * (big ? 31 : 24);
        z.foot = f * 12.5;
        z.h = ui_paragraph(l, 0, 0, UI_SANS_500, z.size, 0, s->lay.card.w - 2 * z.inside, z.pitch, text, true) + 34 +
              (big ? 18 : 30);
        if (z.h <= room) break;
    }
    return z;
}

static void say_card(struct ui_stage *s, struct ui_list *l, const char *text) {
    const struct ui_theme *t = s->th;
    struct say_size z = say_size(s, l, text);
    struct ui_rect a = s->lay.card, b = {a.x, a.y + a.h - z.h, a.w, z.h};
    ui_shadow(l, b, 6);
    ui_rrect(l, b, 6, t->card, t->spot_edge, 2);
    ui_clip(l, (struct ui_rect){b.x, b.y, 8, b.h});
    ui_rrect(l, (struct ui_rect){b.x, b.y, 20, b.h}, 6, t->spot, 0, 0);
    ui_clip_end(l);
    ui_paragraph(l, b.x + z.inside, b.y + 18, UI_SANS_500, z.size, t->ink, b.w - 2 * z.inside, z.pitch, text, false);
    if (s->lay.cls != UI_PRESENTER)
        ui_text(l, b.x + b.w - 16, b.y + b.h - 14, UI_SANS_500, z.foot, t->ink3, UI_END,
                "PgDn: next step   \xe2\x86\x92: go on");
}

struct ask_look {
    ui_color card, ink, quiet, lead;
};

struct ask_size {
    double size, pitch, lead_size, lead, question; /* the question, beside or below "Predict" */
    double choice, side, gap, row, rows;           /* type and number box of a choice; the least height of one, and of all */
    double small, tail, h;
    bool across;
};

static const double ask_inside = 20, choice_mark = 28; /* the tick or cross at a choice's end */

static double choice_text(const struct ask_size *z, double w) { return w - z->side - 22 - choice_mark; }

static double choice_height(struct ui_list *l, const struct ask_size *z, const char *text, double w) {
    double h = ui_paragraph(l, 0, 0, UI_SANS_600, z->choice, 0, choice_text(z, w), z->choice * 1.25, text, true);
    return fmax(z->row, h + z->choice);
}

static void answer_row(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const struct ui_lesson_step *step,
                       size_t i, const struct ask_size *z) {
    const struct ui_theme *t = s->th;
    const struct scn_ask *ask = step->step->ask;
    const char *text = ask->choices[i];
    bool chosen = step->answered && step->choice == (int)i;
    bool right = step->answered && ask->answer && strcmp(text, ask->answer) == 0;
    ui_color edge = right ? t->ok : chosen ? t->err : t->card;
    ui_rrect(l, b, 6, t->card, edge, right || chosen ? 3 : 0);
    double cy = b.y + b.h / 2, w = choice_text(z, b.w), pitch = z->choice * 1.25;
    ui_rrect(l, (struct ui_rect){b.x + 10, cy - z->side / 2, z->side, z->side}, 4, t->well, t->line2, 1.25);
    ui_textf(l, b.x + 10 + z->side / 2, cy + z->choice * 0.34, UI_MONO_700, z->choice - 2, t->ink, UI_MIDDLE, "%zu", i + 1);
    if (right || chosen)
        ui_draw_icon(l, right ? UI_I_TICK : UI_I_CROSS, b.x + b.w - 16, cy, 15, right ? t->ok : t->err);
    double h = ui_paragraph(l, 0, 0, UI_SANS_600, z->choice, 0, w, pitch, text, true);
    ui_paragraph(l, b.x + 22 + z->side, cy - h / 2, UI_SANS_600, z->choice, t->ink, w, pitch, text, false);
    if (!step->answered) ui_add_hit(s, b, UI_HIT_ANSWER, i);
}

static const char *ask_tail(const struct ui_lesson_step *step) {
    const struct scn_ask *ask = step->step->ask;
    if (!step->answered) return ask->nchoices ? "number keys answer, Enter reveals" : "Enter reveals the answer";
    const char *reply = ui_lesson_reply(step);
    if (reply) return reply;
    if (step->choice >= 0 && ui_lesson_right(step)) return "Go on, and see it happen.";
    return ask->answer ? "The run shows it: go on." : "";
}

static double across_width(double w, size_t n) { return (w - 12 * (double)(n - 1)) / (double)n; }

/* Few short choices stand side by side on a projector. */
static void rows_size(struct ask_size *z, struct ui_list *l, const struct ui_lesson_step *step, double w, bool big) {
    const struct scn_ask *ask = step->step->ask;
    size_t n = ask->nchoices;
    double tallest = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        tallest = fmax(tallest, choice_height(l, z, ask->choices[i], across_width(w, n)));
        sum += choice_height(l, z, ask->choices[i], w) + z->gap;
    }
    z->across = big && n > 0 && n <= 3 && tallest <= z->row + z->choice * 1.25;
    z->rows = n == 0 ? (step->answered && ask->answer ? 30 : 0) : z->across ? tallest : sum - z->gap;
}

static struct ask_size ask_size(const struct ui_stage *s, struct ui_list *l, const struct ui_lesson_step *step) {
    const struct scn_ask *ask = step->step->ask;
    bool big = s->lay.cls == UI_PRESENTER;
    double w = s->lay.card.w - 2 * ask_inside, room = card_room(s);
    struct ask_size z = {0};
    for (double f = 1; f >= least_type; f -= type_step) {
        z = (struct ask_size){.size = f * (big ? 27 : 18), .pitch = f * (big ? 35 : 25), .row = f * (big ? 66 : 44), .gap = f * 8,
                              .choice = f * (big ? 23 : 16), .side = f * (big ? 36 : 26), .lead_size = f * (big ? 19 : 14),
                              .small = f * 14};
        z.lead = ui_width(l, UI_SANS_600, z.lead_size, "Predict");
        z.question = ui_paragraph(l, 0, 0, UI_SANS_600, z.size, 0, big ? w - z.lead - 16 : w, z.pitch, ask->question, true);
        z.tail = ui_paragraph(l, 0, 0, UI_SANS_500, z.small, 0, w, z.small * 1.43, ask_tail(step), true);
        rows_size(&z, l, step, w, big);
        z.h = 18 + (big ? 0 : z.lead_size + 8) + z.question + 12 + z.rows + 12 + z.tail + 14;
        if (z.h <= room) break;
    }
    return z;
}

static void ask_rows(struct ui_stage *s, struct ui_list *l, const struct ui_lesson_step *step, const struct ask_size *z,
                     struct ui_rect at) {
    const struct scn_ask *ask = step->step->ask;
    double w = z->across ? across_width(at.w, ask->nchoices) : at.w;
    for (size_t i = 0; i < ask->nchoices; i++) {
        double h = z->across ? z->rows : choice_height(l, z, ask->choices[i], w);
        answer_row(s, l, (struct ui_rect){at.x, at.y, w, h}, step, i, z);
        if (z->across) at.x += w + 12;
        else at.y += h + z->gap;
    }
}

static void ask_card(struct ui_stage *s, struct ui_list *l, const struct ui_lesson_step *step) {
    const struct ui_theme *t = s->th;
    const struct scn_ask *ask = step->step->ask;
    bool big = s->lay.cls == UI_PRESENTER, dark = s->mode.theme == UI_DARK;
    struct ask_look k = {dark ? 0x2c3744ff : t->ink, dark ? t->ink : t->on_ink, dark ? t->ink2 : 0xd3dae2ff, t->spot};
    struct ask_size z = ask_size(s, l, step);
    struct ui_rect a = s->lay.card, b = {a.x, a.y + a.h - z.h, a.w, z.h};
    double w = a.w - 2 * ask_inside, x = b.x + ask_inside, y = b.y + 18;
    ui_shadow(l, b, 8);
    ui_rrect(l, b, 8, k.card, 0, 0);
    ui_text(l, x, y + (big ? 24 : 13), UI_SANS_600, z.lead_size, k.lead, UI_START, "Predict");
    if (!big) y += z.lead_size + 8;
    ui_paragraph(l, x + (big ? z.lead + 16 : 0), y, UI_SANS_600, z.size, k.ink, big ? w - z.lead - 16 : w, z.pitch,
                 ask->question, false);
    y += z.question + 12;
    ask_rows(s, l, step, &z, (struct ui_rect){x, y, w, z.rows});
    if (ask->nchoices == 0 && step->answered && ask->answer)
        ui_text_fit(l, x, y + 20, UI_SANS_600, 17, k.lead, w, ask->answer);
    ui_paragraph(l, x, y + z.rows + 10, UI_SANS_500, z.small, k.quiet, w, z.small * 1.43, ask_tail(step), false);
}

double ui_card_height(struct ui_stage *s, struct ui_list *l) {
    const struct ui_lesson_step *step = s->fine.on ? NULL : ui_lesson_at(&s->lesson, s->n);
    if (step && step->step->ask) return ask_size(s, l, step).h;
    return step && step->step->say ? say_size(s, l, step->step->say).h : 0;
}

static void notice_line(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    double w = ui_width(l, UI_SANS_500, 14, s->notice) + 32, room = s->lay.w - 40;
    if (w > room) w = room;
    struct ui_rect b = {(s->lay.w - w) / 2, s->lay.h - 104, w, 34};
    ui_shadow(l, b, 6);
    ui_rrect(l, b, 6, t->ink, 0, 0);
    ui_text_fit(l, b.x + 16, b.y + 22, UI_SANS_500, 14, t->on_ink, w - 30, s->notice);
}

void ui_draw_card(struct ui_stage *s, struct ui_list *l) {
    const struct ui_lesson_step *step = s->fine.on ? NULL : ui_lesson_at(&s->lesson, s->n);
    if (step && step->step->ask) ask_card(s, l, step);
    else if (step && step->step->say) say_card(s, l, step->step->say);
    if (s->notice) notice_line(s, l);
}

/* What is wrong with the file, as the command line says it: file, line, the line itself, the caret. */
void ui_draw_problem(struct ui_stage *s, struct ui_list *l) {
    enum { LINES = 14 };
    const struct ui_theme *t = s->th;
    size_t rows = 1;
    for (const char *p = s->problem; (p = strchr(p, '\n')) != NULL && p[1]; p++)
        rows++;
    if (rows > LINES) rows = LINES;
    double w = fmin(s->lay.w - 48, 860), h = 66 + 21 * (double)rows;
    struct ui_rect b = {floor((s->lay.w - w) / 2), 64, w, h};
    ui_shadow(l, b, 8);
    ui_rrect(l, b, 8, t->card, t->err, 2);
    ui_draw_icon(l, UI_I_CROSS, b.x + 28, b.y + 25, 15, t->err);
    ui_text(l, b.x + 44, b.y + 31, UI_SANS_600, 17, t->err, UI_START, "This file does not load");
    ui_text(l, b.x + b.w - 20, b.y + 31, UI_SANS_500, 13, t->ink2, UI_END, "looked at again when it changes   Esc: close");
    const char *p = s->problem;
    for (size_t i = 0; i < rows && *p; i++) {
        size_t n = strcspn(p, "\n"), column = 0;
        char line[240] = "";
        for (size_t k = 0; k < n && column + 4 < sizeof line; k++)
            if (p[k] == '\t') memcpy(line + column, "    ", 5), column += 4;
            else line[column++] = p[k], line[column] = 0;
        ui_text_fit(l, b.x + 22, b.y + 62 + 21 * (double)i, UI_MONO_500, 14, t->ink, w - 44, line);
        p += n + (p[n] == '\n');
    }
}

/* ---- the map of keys ---------------------------------------------------------------------------------------- */

static const char *const place_names[UI_REGIONS] = {
    [UI_R_HEADER] = "Window and run", [UI_R_SOURCE] = "Panels",     [UI_R_NARRATION] = "Lesson and narration",
    [UI_R_PROWS] = "Goroutines",      [UI_R_TIMELINE] = "Timeline", [UI_R_TRANSPORT] = "Stepping",
};

static double key_group(struct ui_stage *s, struct ui_list *l, double x, double y, double w, int place) {
    const struct ui_theme *t = s->th;
    const struct ui_key *keys = s->keys->key;
    double from = y;
    ui_text(l, x, y + 14, UI_SANS_700, 15, t->ink, UI_START, place_names[place]);
    ui_fill(l, (struct ui_rect){x, y + 22, w, 1}, t->line);
    y += 30;
    for (size_t i = 0; i < UI_KEYS; i++) {
        int p = (int)keys[i].place;
        if (p == UI_R_OUTPUT || p == UI_R_ROOMS) p = UI_R_SOURCE;
        if (keys[i].action == UI_DO_TIMELINE_TAB) p = UI_R_SOURCE;
        if (p != place || !keys[i].text[0]) continue;
        double kw = ui_width(l, UI_SANS_600, 12.5, keys[i].shown) + 14;
        if (kw < 26) kw = 26;
        ui_rrect(l, (struct ui_rect){x, y, kw, 22}, 4, t->well, t->line2, 1);
        ui_text(l, x + kw / 2, y + 15.5, UI_SANS_600, 12.5, t->ink, UI_MIDDLE, keys[i].shown);
        ui_text_fit(l, x + (kw > 64 ? kw + 10 : 74), y + 15.5, UI_SANS_400, 13.5, t->ink2, w - (kw > 64 ? kw + 10 : 74),
                    keys[i].text);
        y += 26;
    }
    return y - from + 12;
}

void ui_draw_keys(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    static const int columns[3][4] = {
        {UI_R_TRANSPORT, -1}, {UI_R_HEADER, UI_R_NARRATION, -1}, {UI_R_PROWS, UI_R_TIMELINE, UI_R_SOURCE, -1}};
    ui_fill(l, (struct ui_rect){0, 0, s->lay.w, s->lay.h}, 0x0a1018a8);
    double w = fmin(s->lay.w - 48, 1220), h = fmin(s->lay.h - 32, 640);
    struct ui_rect b = {floor((s->lay.w - w) / 2), floor((s->lay.h - h) / 2), w, h};
    ui_rrect(l, b, 10, t->card, t->line, 1);
    ui_text(l, b.x + 28, b.y + 40, UI_SANS_700, 22, t->ink, UI_START, "Keys");
    ui_text(l, b.x + b.w - 28, b.y + 40, UI_SANS_500, 13, t->ink3, UI_END, "Esc or ? closes");
    ui_clip(l, ui_inset(b, 2));
    double cw = (w - 56 - 2 * 32) / 3;
    for (int c = 0; c < 3; c++) {
        double y = b.y + 62;
        for (int i = 0; columns[c][i] >= 0; i++)
            y += key_group(s, l, b.x + 28 + c * (cw + 32), y, cw, columns[c][i]);
    }
    ui_text_fit(l, b.x + 28, b.y + b.h - 18, UI_SANS_400, 13, t->ink3, w - 56,
                "Mouse: click a goroutine to follow it; drag on the timeline to scrub; wheel over it to zoom; Ctrl + "
                "wheel for size.");
    ui_clip_end(l);
}
