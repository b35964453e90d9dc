/* region_threads.c - threads that hold no P: in a system call with their goroutine, on their way, parked, and sysmon.
 */
#include <stdio.h>
#include <string.h>

#include "parts.h"

static const char *call_name(uint32_t call) {
    static const char *const names[] = {"System call", "write", "read", "Nanosleep", "open", "System call"};
    return call < sizeof names / sizeof *names ? names[call] : names[0];
}

static bool is_out(const struct rp_m *m) {
    if (m->sysmon || m->p >= 0) return false;
    return m->state == RP_M_STARTING || m->state == RP_M_RUNNING;
}

/* What a thread without a P is doing, in two short lines. */
static void describe(const struct ui_stage *s, const struct rp_m *m, const struct rp_g *g, char *a, char *b, size_t n) {
    char d[32];
    a[0] = b[0] = 0;
    if (g && g->place == RP_AT_SHELF) {
        snprintf(a, n, "%s, for %s", call_name(m->syscall), ui_duration_text(d, sizeof d, s->time - m->syscall_since));
        snprintf(b, n, "its P was taken");
    } else if (m->state == RP_M_STARTING) {
        snprintf(a, n, "starting");
        snprintf(b, n, "a new thread takes time");
    } else if (g) {
        snprintf(a, n, "holds %s%u", "G", g->goid);
        snprintf(b, n, "and found no P");
    } else {
        snprintf(a, n, "awake");
        snprintf(b, n, "has no P at the moment");
    }
}

static const struct rp_g *in_hand(const struct ui_stage *s, unsigned i) {
    uint32_t hands[16];
    size_t n = ui_hands(s, hands, 16);
    for (size_t k = 0; k < n; k++) {
        const struct rp_g *g = rp_g(s->st, hands[k]);
        if (g->m == (int32_t)i) return g;
    }
    return NULL;
}

static const struct rp_g *carried(const struct ui_stage *s, unsigned i) {
    const struct rp_m *m = rp_m(s->st, i);
    const struct rp_g *g = m->g ? rp_g(s->st, m->g) : NULL;
    if (g && (g->place == RP_AT_SHELF || g->place == RP_AT_HAND)) return g;
    return in_hand(s, i);
}

struct shelf {
    double x, y, h, plate_w;
    bool flat; /* one line */
};

/* Threads at large, left to right; returns how many found no room. */
static unsigned draw_out(struct ui_stage *s, struct ui_list *l, struct shelf f, double end, unsigned *shown) {
    const struct ui_theme *t = s->th;
    unsigned left = 0, count = 0;
    for (unsigned i = 0; i < rp_nm(s->st); i++)
        count += is_out(rp_m(s->st, i));
    bool roomy = count <= 1 && !f.flat;
    *shown = 0;
    for (unsigned i = 0; i < rp_nm(s->st); i++) {
        const struct rp_m *m = rp_m(s->st, i);
        if (!is_out(m)) continue;
        const struct rp_g *g = carried(s, i);
        double gw = !g ? 0 : roomy ? 136 : f.flat ? 52 : 72, need = f.plate_w + (g ? 7 + gw : 0);
        if (f.x + need > end) {
            left++;
            continue;
        }
        const char *sub = g && g->place == RP_AT_SHELF ? "in kernel" : m->state == RP_M_STARTING ? "starting" : "awake";
        ui_plate_at(s, l, i, (struct ui_rect){f.x, f.y, f.plate_w, f.h}, m->state != RP_M_STARTING, m->spinning, sub,
                    UI_R_THREADS, 1);
        double x = f.x + f.plate_w + 7;
        if (g)
            ui_pill_at(s, l, g, (struct ui_rect){x, f.y + (f.flat ? 1 : 2), gw, f.h - (f.flat ? 2 : 4)}, UI_R_THREADS,
                       2);
        if (roomy && end - f.x - need > 90) {
            char a[96], b[96];
            describe(s, m, g, a, b, sizeof a);
            double tx = x + (g ? gw + 14 : 6);
            ui_text_fit(l, tx, f.y + 17, UI_SANS_500, 13, t->ink2, end - tx, a);
            ui_text_fit(l, tx, f.y + 36, UI_SANS_400, 13, t->ink2, end - tx, b);
        }
        f.x += need + 12;
        ++*shown;
    }
    return left;
}

/* Parked threads, the one that is woken first at the left. */
static void draw_parked(struct ui_stage *s, struct ui_list *l, struct shelf f, double end) {
    const struct ui_theme *t = s->th;
    unsigned nm = rp_nm(s->st), parked = 0, drawn = 0;
    for (unsigned i = 0; i < nm; i++)
        parked += rp_m(s->st, i)->parked_rank >= 0;
    if (parked == 0) {
        ui_text(l, f.x, f.y + f.h / 2 + 5, UI_SANS_400, 13.5, t->ink3, UI_START, "none");
        return;
    }
    for (unsigned rank = 0; rank < parked; rank++) {
        bool last = rank + 1 == parked;
        if (f.x + f.plate_w + (last ? 0 : 30) > end && drawn > 0) break;
        for (unsigned i = 0; i < nm; i++) {
            if (rp_m(s->st, i)->parked_rank != (int32_t)rank) continue;
            ui_plate_at(s, l, i, (struct ui_rect){f.x, f.y, f.plate_w, f.h}, false, false, "", UI_R_THREADS, 3);
            f.x += f.plate_w + 6;
            drawn++;
            break;
        }
    }
    if (drawn < parked) ui_textf(l, f.x, f.y + f.h / 2 + 5, UI_SANS_500, 13, t->ink2, UI_START, "+%u", parked - drawn);
}

static void draw_sysmon(struct ui_stage *s, struct ui_list *l, struct shelf f) {
    for (unsigned i = 0; i < rp_nm(s->st); i++) {
        const struct rp_m *m = rp_m(s->st, i);
        if (!m->sysmon || m->state == RP_M_EXITED) continue;
        char sub[40] = "watches", d[32];
        if (m->nap > 0) snprintf(sub, sizeof sub, "naps %s", ui_duration_text(d, sizeof d, m->nap));
        if (m->nap == 0) snprintf(sub, sizeof sub, "asleep");
        ui_plate_at(s, l, i, (struct ui_rect){f.x, f.y, f.plate_w, f.h}, false, false, sub, UI_R_THREADS, 4);
        return;
    }
    ui_text(l, f.x, f.y + f.h / 2 + 5, UI_SANS_400, 13.5, s->th->ink3, UI_START, "not started");
}

static void draw_flat(struct ui_stage *s, struct ui_list *l, struct ui_rect b) {
    const struct ui_theme *t = s->th;
    double y = b.y + b.h / 2 - 15, third = b.w > 660 ? 330 : 262, sys = b.x + b.w - 92;
    unsigned shown;
    double x = b.x + 12 + ui_text(l, b.x + 12, b.y + b.h / 2 + 5, UI_SANS_600, 14, t->ink, UI_START, "No P") + 12;
    unsigned left = draw_out(s, l, (struct shelf){x, y, 30, 56, true}, b.x + third - 8, &shown);
    if (shown == 0 && left == 0)
        ui_text(l, x, b.y + b.h / 2 + 5, UI_SANS_400, 13.5, t->ink3, UI_START, "none at large");
    if (left > 0) ui_textf(l, b.x + third - 12, b.y + b.h / 2 + 5, UI_SANS_500, 12, t->ink2, UI_END, "+%u", left);
    ui_fill(l, (struct ui_rect){b.x + third, b.y + 8, 1, b.h - 16}, t->line);
    x = b.x + third + 10;
    x += ui_text(l, x, b.y + b.h / 2 + 5, UI_SANS_500, 13, t->ink2, UI_START, "parked") + 8;
    draw_parked(s, l, (struct shelf){x, y, 30, 50, true}, sys - 66);
    ui_fill(l, (struct ui_rect){sys - 62, b.y + 8, 1, b.h - 16}, t->line);
    ui_text(l, sys - 52, b.y + b.h / 2 + 5, UI_SANS_500, 13, t->ink2, UI_START, "sysmon");
    draw_sysmon(s, l, (struct shelf){sys + 2, y, 30, 56, true});
}

void ui_draw_threads(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *t = s->th;
    struct ui_rect b = s->lay.at[UI_R_THREADS];
    ui_panel(s, l, b, 3, false);
    if (b.h < 96) {
        draw_flat(s, l, b);
        return;
    }
    double h = 44, y = b.y + 56, parked_x = b.x + b.w - 338, sysmon_x = b.x + b.w - 144;
    ui_text(l, b.x + 18, b.y + 25, UI_SANS_600, 16, t->ink, UI_START, "Threads without a P");
    for (int i = 0; i < 2; i++)
        ui_fill(l, (struct ui_rect){(i ? sysmon_x : parked_x) - 18, b.y + 14, 1, b.h - 28}, t->line);
    ui_text(l, b.x + 18, b.y + 46, UI_SANS_500, 13, t->ink2, UI_START, "in a system call, or on the way");
    ui_text(l, parked_x, b.y + 46, UI_SANS_500, 13, t->ink2, UI_START, "parked, newest first");
    ui_text(l, sysmon_x, b.y + 46, UI_SANS_500, 13, t->ink2, UI_START, "sysmon");
    unsigned shown;
    unsigned left = draw_out(s, l, (struct shelf){b.x + 18, y, h, 90, false}, parked_x - 30, &shown);
    if (shown == 0 && left == 0) ui_text(l, b.x + 18, y + 27, UI_SANS_400, 13.5, t->ink3, UI_START, "none");
    if (left > 0) ui_textf(l, parked_x - 28, b.y + 25, UI_SANS_500, 13, t->ink2, UI_END, "and %u more", left);
    draw_parked(s, l, (struct shelf){parked_x, y, h, 76, false}, sysmon_x - 24);
    draw_sysmon(s, l, (struct shelf){sysmon_x, y, h, 110, false});
}
