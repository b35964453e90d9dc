#include <stdio.h>
#include <string.h>

#include "parts.h"

static void diamond(struct ui_list *l, double cx, double cy, double r, ui_color fill, ui_color stroke, double sw) {
    ui_poly(l, (struct ui_point[]){{cx, cy - r}, {cx + r, cy}, {cx, cy + r}, {cx - r, cy}}, 4, fill, stroke, sw);
}

static void lesson_pips(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    size_t passed, all;
    ui_lesson_progress(&s->lesson, s->n, &passed, &all);
    if (all == 0) return;
    bool compact = s->lay.cls != UI_NORMAL;
    double right = b.x + b.w - 16;
    if (passed > 0)
        ui_textf(l, right, b.y + (compact ? 22 : 31), UI_SANS_500, 13, t->ink2, UI_END, "Lesson step %zu of %zu",
                 passed, all);
    else
        ui_textf(l, right, b.y + (compact ? 22 : 31), UI_SANS_500, 13, t->ink2, UI_END,
                 all == 1 ? "A lesson of 1 step" : "A lesson of %zu steps", all);
    if (all > 24) return;
    double y = b.y + (compact ? 48 : 81), x = right - 5 - 16 * (double)(all - 1);
    for (size_t i = 0; i < all; i++, x += 16) {
        if (i + 1 == passed) diamond(l, x, y, 6.75, t->spot_edge, 0, 0);
        else if (i < passed) diamond(l, x, y, 4.75, t->ink2, 0, 0);
        else diamond(l, x, y, 4.6, 0, t->ink3, 1.3);
    }
}

/* Every place that was looked at, in order; the one that had something stands out. */
static void trail(struct ui_stage *s, struct ui_list *l, double x, double y, double end) {
    const struct ui_theme *t = s->th;
    const struct rp_narration *n = &s->says;
    if (n->ntrail == 0) return;
    if (n->m >= 0) x += ui_textf(l, x, y, UI_SANS_500, 13, t->ink2, UI_START, "M%d looked in", n->m) + 11;
    else x += ui_text(l, x, y, UI_SANS_500, 13, t->ink2, UI_START, "looked in") + 11;
    for (unsigned i = 0; i < n->ntrail; i++) {
        const char *text = str_cstr(&n->trail[i]);
        double w = ui_width(l, n->trail_ok[i] ? UI_SANS_600 : UI_SANS_400, 13, text);
        if (x + w + 44 > end) return;
        if (n->trail_ok[i]) {
            ui_rrect(l, (struct ui_rect){x - 2, y - 16, w + 38, 22}, 11, t->spot_tint, t->spot_edge, 1.25);
            ui_draw_icon(l, UI_I_TICK, x + 13, y - 4.5, 13, t->spot_ink);
            ui_text(l, x + 24, y, UI_SANS_600, 13, t->spot_ink, UI_START, text);
            x += w + 38;
        } else {
            ui_draw_icon(l, UI_I_CROSS, x + 3, y - 4.5, 12.6, t->ink3);
            ui_text(l, x + 11, y, UI_SANS_400, 13, t->ink2, UI_START, text);
            x += w + 20;
        }
        if (i + 1 < n->ntrail) {
            ui_text(l, x, y, UI_SANS_500, 14, t->ink3, UI_START, "›");
            x += 13;
        }
    }
}

static void stripe(struct ui_list *l, struct ui_rect b, double w, ui_color c) {
    ui_clip(l, (struct ui_rect){b.x, b.y, w, b.h});
    ui_rrect(l, (struct ui_rect){b.x, b.y, w + 12, b.h}, 6, c, 0, 0);
    ui_clip_end(l);
}

/* Two lines at most, broken between words. */
static void wrapped(struct ui_list *l, double x, double y, enum ui_face face, double size, ui_color c, double room,
                    double pitch, const char *s) {
    if (ui_width(l, face, size, s) <= room || pitch <= 0) {
        ui_text_fit(l, x, y, face, size, c, room, s);
        return;
    }
    size_t n = ui_fonts_fit(l->fonts, face, size, s, strlen(s), room);
    while (n > 0 && s[n] != ' ')
        n--;
    ui_text_n(l, x, y, face, size, c, UI_START, s, n);
    ui_text_fit(l, x, y + pitch, face, size, c, room, s + n + (s[n] == ' '));
}

static void presenter(struct ui_stage *s, struct ui_list *l, struct ui_rect b, const char *sentence, const char *why,
                      const char *lead) {
    const struct ui_theme *t = s->th;
    stripe(l, b, 14, t->spot);
    double size = 33, room = b.w - 64;
    while (size > 24 && ui_width(l, UI_SANS_600, size, sentence) > room)
        size -= 1;
    ui_text_fit(l, b.x + 32, b.y + 44, UI_SANS_600, size, t->ink, room, sentence);
    if (!why[0]) return;
    double x = b.x + 32 + ui_text(l, b.x + 32, b.y + 86, UI_SANS_700, 23, t->ink, UI_START, lead) + 13;
    double small = 23;
    while (small > 17 && ui_width(l, UI_SANS_400, small, why) > b.x + b.w - 20 - x)
        small -= 0.5;
    ui_text_fit(l, x, b.y + 86, UI_SANS_400, small, t->ink2, b.x + b.w - 20 - x, why);
}

/* Between two events: what happens there is no event's to tell. */
static void tell_fine(const struct ui_stage *s, char *sentence, char *why, size_t n) {
    char id[24], name[96];
    unsigned line = RT_POS_LINE(s->fine.pos);
    ui_label(s, s->fine.g, id, sizeof id, name, sizeof name);
    if (!s->fine.instruction[0]) {
        snprintf(sentence, n, "%s %s reaches line %u.", id, name, line);
        snprintf(why, n, "It runs on; the scheduler has nothing to decide here.");
        return;
    }
    snprintf(sentence, n, "%s %s executes an instruction of line %u.", id, name, line);
    size_t at = 0;
    for (const char *p = s->fine.instruction; *p && at + 1 < n; p++) /* its columns closed up */
        if (*p != ' ' || (at > 0 && why[at - 1] != ' ')) why[at++] = *p;
    why[at] = 0;
}

void ui_draw_narration(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_NARRATION];
    bool compact = s->lay.cls != UI_NORMAL;
    ui_panel(s, l, b, 6, false);
    const char *sentence = s->has_event ? str_cstr(&s->says.sentence) : "The program has not begun.";
    static const char how[] = "Space plays; the arrow keys step forwards and backwards; ? shows all keys.";
    const char *asks = s->scenario && s->scenario->asks && s->scenario->asks[0] ? s->scenario->asks : NULL;
    const char *why = s->has_event ? str_cstr(&s->says.why) : asks ? asks : how;
    const char *tag = s->has_event ? str_cstr(&s->says.tag) : "start";
    const char *lead = s->has_event ? "Why" : asks ? "Asks" : "Keys";
    char between[2][192];
    if (s->fine.on) {
        tell_fine(s, between[0], between[1], sizeof between[0]);
        tag = s->fine.instruction[0] ? "instr" : "line";
        sentence = between[0], why = between[1];
        lead = s->fine.instruction[0] ? "Code" : "Why";
    }
    if (s->lay.cls == UI_PRESENTER) {
        presenter(s, l, b, sentence, why, lead);
        return;
    }
    stripe(l, b, 12, t->spot);
    double x = b.x + 26, right = b.x + b.w - 170, y1 = b.y + (compact ? 30 : 33);
    if (tag[0]) {
        double w = ui_width(l, UI_MONO_700, 14, tag) + 20;
        ui_rrect(l, (struct ui_rect){x, y1 - 19, w, 24}, 4, t->spot, 0, 0);
        ui_text(l, x + w / 2, y1 - 2, UI_MONO_700, 14, t->on_spot, UI_MIDDLE, tag);
        x += w + 12;
    }
    double size = 22;
    while (size > 16 && ui_width(l, UI_SANS_600, size, sentence) > right - x)
        size -= 0.5;
    ui_text_fit(l, x, y1, UI_SANS_600, size, t->ink, right - x, sentence);
    x = b.x + 26;
    if (why[0]) {
        double y = b.y + (compact ? 55 : 60), size2 = 15.5;
        bool second = !compact && (s->says.ntrail == 0 || s->fine.on);
        double w = ui_text(l, x, y, UI_SANS_700, size2, t->ink, UI_START, lead) + 11;
        double pips = compact && s->lesson.nsteps > 0 ? 150 : 0;
        double room = b.x + b.w - 24 - pips - x - w;
        while (size2 > 12 && !second && ui_width(l, UI_SANS_400, size2, why) > room)
            size2 -= 0.5;
        wrapped(l, x + w, y, UI_SANS_400, size2, t->ink2, second ? room - 150 : room, second ? 22 : 0, why);
    }
    if (!compact && !s->has_event && asks) ui_text(l, x, b.y + 84, UI_SANS_400, 13, t->ink3, UI_START, how);
    if (!compact && !s->fine.on) trail(s, l, x, b.y + 84, b.x + b.w - 180);
    lesson_pips(s, l, b);
}
