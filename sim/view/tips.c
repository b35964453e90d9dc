/* tips.c - what hovering over a thing says: what it is, its state, since when, why, and who waits for it. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "keys.h"
#include "parts.h"

enum { TIP_LINES = 9, TIP_BYTES = 160 };

struct tip {
    char line[TIP_LINES][TIP_BYTES]; /* the first is the head */
    size_t n;
};

static void say(struct tip *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct tip *t, const char *fmt, ...) {
    if (t->n >= TIP_LINES) return;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(t->line[t->n++], TIP_BYTES, fmt, ap);
    va_end(ap);
}

/* ---- goroutines --------------------------------------------------------------------------------------------- */

/* Why it is ready: the event that made it so. */
static void say_ready(const struct ui_stage *s, struct tip *t, const struct rp_g *g) {
    struct rt_event ev;
    if (!rt_log_get(s->log, g->state_event, &ev)) return;
    unsigned long long n = (unsigned long long)g->state_event + 1;
    if (ev.kind == RT_EV_GoUnblock && ev.g) say(t, "woken by G%u with event %llu", ev.g, n);
    else if (ev.kind == RT_EV_GoUnblock) say(t, "woken by a timer or the poller with event %llu", n);
    else if (ev.kind == RT_EV_GoStop) say(t, "gave its P up: %s (event %llu)", rt_reason_text(ev.why), n);
    else if (ev.kind == RT_EV_GoSyscallEndBlocked) say(t, "back from a system call, and no P was free (event %llu)", n);
}

/* Those who wait for what it holds. */
static void say_waited_for(const struct ui_stage *s, struct tip *t, uint32_t goid) {
    enum { MOST = 4096 };
    for (size_t i = 0; i < rp_nobj(s->st) && i < MOST; i++) {
        const struct rp_obj *o = rp_obj_at(s->st, i);
        if (!o || o->owner != goid || o->nwaiters == 0) continue;
        if (o->nwaiters == 1) say(t, "holds %s, for which G%u waits", ui_object_name(o), o->waiters[0].g);
        else
            say(t, "holds %s, for which G%u and %zu more wait", ui_object_name(o), o->waiters[0].g, o->nwaiters - 1);
    }
}

static void tip_g(const struct ui_stage *s, struct tip *t, uint32_t goid) {
    static const char *const states[] = {"not yet there", "ready to run", "running", "in a system call", "waiting",
                                         "ended"};
    const struct rp_g *g = goid ? rp_g(s->st, goid) : NULL;
    char id[24], name[96], a[32], b[32], c[32];
    if (!g) return;
    ui_label(s, goid, id, sizeof id, name, sizeof name);
    const struct rt_log_func *f = rt_log_func(s->log, g->fn);
    say(t, "%s %s", id, f ? f->name : name);
    const struct rp_obj *o = g->state == RP_G_WAITING && g->obj ? rp_obj(s->st, g->obj) : NULL;
    const char *why = g->state == RP_G_WAITING && g->why ? rt_reason_text(g->why) : "";
    say(t, "%s%s%s%s%s for %s, since %s", states[g->state < 6 ? g->state : 0], why[0] ? ": " : "", why, o ? ", " : "",
        o ? ui_object_name(o) : "", ui_duration_text(a, sizeof a, s->time - g->since),
        ui_clock_text(b, sizeof b, g->since));
    if (g->state == RP_G_RUNNABLE) say_ready(s, t, g);
    if (g->state == RP_G_WAITING && g->until > s->time)
        say(t, "wakes in %s", ui_duration_text(a, sizeof a, g->until - s->time));
    say_waited_for(s, t, goid);
    if (g->parent && g->created_at) say(t, "made by G%u at line %u", g->parent, RT_POS_LINE(g->created_at));
    if (g->pos && g->state != RP_G_DEAD) say(t, "now at line %u", RT_POS_LINE(g->pos));
    say(t, "started %u time%s: ran %s, ready %s, waited %s", g->starts, g->starts == 1 ? "" : "s",
        ui_duration_text(a, sizeof a, g->ran), ui_duration_text(b, sizeof b, g->ready),
        ui_duration_text(c, sizeof c, g->waited));
    if (g->stack) say(t, "stack of %llu bytes%s", (unsigned long long)g->stack, g->locked ? ", tied to its thread" : "");
    say(t, "click: follow it, and read its life");
}

/* ---- processors and threads --------------------------------------------------------------------------------- */

static void tip_p(const struct ui_stage *s, struct tip *t, unsigned i) {
    const struct rp_p *p = i < rp_np(s->st) ? rp_p(s->st, i) : NULL;
    char d[32];
    if (!p) return;
    say(t, "P%u: a processor, the right to run Go code", i);
    if (p->state != RP_P_RUNNING) say(t, "idle: no thread holds it%s", p->idle_rank == 0 ? "; it is taken next" : "");
    else if (p->g)
        say(t, "held by M%d, runs G%u; its slice began %s ago", p->m, p->g,
            ui_duration_text(d, sizeof d, s->time - p->slice_from));
    else say(t, "held by M%d, which has no goroutine for it yet", p->m);
    say(t, "schedtick %llu: so often it has taken a goroutine to run", (unsigned long long)p->tick);
    if (!rt_log_get_info(s->log)->foreign)
        say(t, "%zu in its queue of 256%s", p->ring.len, p->runnext ? ", one in runnext" : "");
}

static void tip_m(const struct ui_stage *s, struct tip *t, unsigned i) {
    static const char *const states[] = {"not there", "starting", "running", "parked", "ended"};
    const struct rp_m *m = i < rp_nm(s->st) ? rp_m(s->st, i) : NULL;
    char a[32], b[32];
    if (!m) return;
    say(t, "M%u: a thread of the operating system%s", i, m->sysmon ? ", sysmon" : "");
    if (m->sysmon) say(t, "needs no P: takes Ps back from long system calls, preempts after 10 ms");
    say(t, "%s%s for %s, since %s", m->spinning ? "looking for work (spinning), " : "",
        states[m->state < 5 ? m->state : 0], ui_duration_text(a, sizeof a, s->time - m->since),
        ui_clock_text(b, sizeof b, m->since));
    if (m->state == RP_M_PARKED && m->polling) say(t, "waits in the network poller until the next timer");
    else if (m->state == RP_M_PARKED && m->parked_rank == 0) say(t, "no P and no work; it is woken first");
    else if (m->state == RP_M_PARKED) say(t, "no P and no work; %d are woken before it", m->parked_rank);
    if (m->p >= 0) say(t, "holds P%d", m->p);
    if (m->g) say(t, "has G%u%s", m->g, m->syscall ? ", which is in a system call" : "");
    if (m->core >= 0) say(t, "on core %d", m->core);
}

/* ---- what goroutines wait for ------------------------------------------------------------------------------- */

static void say_waiters(struct tip *t, const struct rp_obj *o) {
    size_t send = 0, first = o->nwaiters;
    for (size_t i = 0; i < o->nwaiters; i++) {
        send += o->waiters[i].send;
        if (first == o->nwaiters) first = i;
    }
    if (o->nwaiters == 0) say(t, "nobody waits for it");
    else if (o->kind == RP_OBJ_CHAN)
        say(t, "%zu wait to send, %zu to receive; G%u has waited longest", send, o->nwaiters - send, o->waiters[0].g);
    else if (o->nwaiters == 1) say(t, "G%u waits for it", o->waiters[0].g);
    else say(t, "%zu wait for it; G%u has waited longest", o->nwaiters, o->waiters[0].g);
}

static void tip_obj(const struct ui_stage *s, struct tip *t, uint64_t id) {
    const struct rp_obj *o = rp_obj(s->st, id);
    struct rt_event ev;
    if (!o) return;
    say(t, "%s: %s", ui_object_name(o), o->type[0] ? o->type : ui_object_kind(o));
    switch (o->kind) {
    case RP_OBJ_CHAN:
        if (o->closed) say(t, "closed: what is left in it can still be received");
        if (o->cap == 0) say(t, "unbuffered: sender and receiver meet, or wait for each other");
        else say(t, "%zu of %llu values lie in its buffer", o->nbuffer, (unsigned long long)o->cap);
        break;
    case RP_OBJ_MUTEX:
    case RP_OBJ_RWMUTEX:
        if (o->owner) say(t, "held by G%u", o->owner);
        else if (o->readers) say(t, "held by %u reader%s", o->readers, o->readers == 1 ? "" : "s");
        else say(t, "free");
        if (o->starving) say(t, "starving: it now goes straight to the first who waits");
        break;
    case RP_OBJ_WAITGROUP:
        say(t, "counter %lld; at 0 all who wait go on", (long long)o->counter);
        break;
    default:
        break;
    }
    say_waiters(t, o);
    if (rt_log_get(s->log, o->first_event, &ev) && ev.pos)
        say(t, "first seen at line %u, event %llu", RT_POS_LINE(ev.pos), (unsigned long long)o->first_event + 1);
    if (rt_log_get(s->log, o->last_event, &ev) && ev.g)
        say(t, "last touched by G%u with event %llu", ev.g, (unsigned long long)o->last_event + 1);
}

/* ---- timeline ----------------------------------------------------------------------------------------------- */

static void say_span(const struct ui_stage *s, struct tip *t, const struct rp_span *sp, bool crew) {
    static const char *const kinds[] = {"running", "in a system call", "spinning: a thread with a P looks for work",
                                        "idle", "ready to run", "waiting", "the world is stopped"};
    char id[24] = "", name[96] = "", a[32], b[32];
    if (sp->g) ui_label(s, sp->g, id, sizeof id, name, sizeof name);
    int64_t to = sp->to == INT64_MAX ? s->time : sp->to;
    const char *why = !crew && sp->why ? rt_reason_text(sp->why) : "";
    if (crew && sp->kind == RP_SPAN_RUN) say(t, "%u of its goroutines run", sp->why);
    else say(t, "%s%s%s%s%s", id, name[0] ? " " : "", name, id[0] ? ": " : "", kinds[sp->kind < 7 ? sp->kind : 0]);
    say(t, "%s from %s%s", ui_duration_text(a, sizeof a, to > sp->from ? to - sp->from : 0),
        ui_clock_text(b, sizeof b, sp->from), sp->to == INT64_MAX ? ", and on" : "");
    if (why[0]) say(t, sp->kind == RP_SPAN_RUN ? "came from: %s" : "why: %s", why);
    say(t, "begins with event %llu", (unsigned long long)sp->from_event + 1);
}

static bool tip_lane(const struct ui_stage *s, struct tip *t, const struct ui_lane_at *lane, int64_t from, int64_t to) {
    struct rp_span few[2];
    unsigned first = lane->syscalls ? 0 : lane->id, last = lane->syscalls ? rp_nm(s->st) : lane->id + 1;
    for (unsigned id = first; id < last; id++) {
        size_t n = rp_spans(s->session, (enum rp_lane_by)lane->by, id, from, to, few, 2);
        if (n == 0 || (lane->syscalls && few[0].kind != RP_SPAN_SYSCALL)) continue;
        if (n > 2) say(t, "%zu spans lie under this pixel", n);
        say_span(s, t, &few[0], lane->by == RP_LANE_FN);
        return true;
    }
    return false;
}

static void tip_timeline(const struct ui_stage *s, struct tip *t, double x, double y) {
    if (s->axis.w <= 0) return;
    double ns = (double)(s->shown_to - s->shown_from) / s->axis.w, at = (double)s->shown_from + ns * (x - s->axis.x);
    char a[32];
    for (size_t i = 0; i < s->nlanes_at; i++) {
        const struct ui_lane_at *lane = &s->lane_at[i];
        if (y < lane->y - 1 || y >= lane->y + lane->h + 1) continue;
        if (tip_lane(s, t, lane, (int64_t)at, (int64_t)(at + fmax(1, ns)))) return;
    }
    if (t->n == 0) say(t, "%s: click to go there", ui_clock_text(a, sizeof a, (int64_t)at));
}

/* ---- the rest ----------------------------------------------------------------------------------------------- */

static void tip_line(const struct ui_stage *s, struct tip *t, unsigned line) {
    size_t all = 0;
    char who[TIP_BYTES] = "";
    for (size_t i = 0; i < s->nbriefs; i++) {
        const struct rp_brief *g = &s->briefs[i];
        if (g->system || g->state == RP_G_DEAD || RT_POS_LINE(g->pos) != line || RT_POS_FILE(g->pos) != 0) continue;
        size_t at = strlen(who);
        if (all++ < 12) snprintf(who + at, sizeof who - at, "%sG%u", at ? ", " : "", g->goid);
    }
    if (all == 0) return;
    say(t, "line %u: %zu goroutine%s", line, all, all == 1 ? "" : "s");
    say(t, all > 12 ? "%s and more" : "%s", who);
}

static void tip_output(const struct ui_stage *s, struct tip *t, uint64_t n) {
    struct rt_event ev;
    char a[32], id[24], name[96];
    if (n == 0 || !rt_log_get(s->log, n - 1, &ev)) return;
    ui_label(s, ev.g, id, sizeof id, name, sizeof name);
    say(t, "written by %s %s to %s", id, name, ev.a == 2 ? "stderr" : "stdout");
    say(t, "%s after the start, by line %u", ui_duration_text(a, sizeof a, ev.time), RT_POS_LINE(ev.pos));
    say(t, "click: go to event %llu", (unsigned long long)n);
}

static void tip_action(const struct ui_stage *s, struct tip *t, uint64_t id) {
    const struct ui_key *keys = s->keys->key;
    if (id >= 1000) id = UI_DO_NEXT_LANES; /* one button for each kind */
    for (size_t i = 0; i < UI_KEYS; i++)
        if ((uint64_t)keys[i].action == id && keys[i].text[0]) {
            say(t, "%s", keys[i].text);
            say(t, "key: %s", keys[i].shown);
            return;
        }
}

static const struct {
    const char *head, *text;
} word_tips[UI_WORDS] = {
    [UI_WORD_THREAD] = {"thread (M)", "what the operating system runs; it needs a P to run Go code"},
    [UI_WORD_RUNNING] = {"running", "its instructions are being carried out: at most one for each P"},
    [UI_WORD_RUNNEXT] = {"runnext", "one place before the queue: who was just made or woken goes first"},
    [UI_WORD_LOCAL] = {"local queue", "the P's own: first in, first out, at most 256; other Ps steal half"},
    [UI_WORD_HEAT] = {"of late", "how busy the P was, the oldest at the left: the darker, the more of the time"},
    [UI_WORD_READY] = {"ready (runnable)", "could run, and waits in a queue for a P"},
    [UI_WORD_WAITING] = {"waiting", "for a channel, a lock, a timer; somebody must wake it"},
    [UI_WORD_SYSCALL] = {"in a system call", "its thread is in the kernel; sysmon may take the P away"},
    [UI_WORD_SLEEPING] = {"Sleeping", "each hangs at the time when its timer wakes it"},
};

static const struct {
    const char *head, *text;
} region_tips[UI_REGIONS] = {
    [UI_R_GLOBAL] = {"Global queue", "for all Ps: overflow and preempted; each P looks here first every 61st time"},
    [UI_R_THREADS] = {"Threads without a P", "in the kernel, or parked until somebody has work for them"},
    [UI_R_CENSUS] = {"Goroutines by state", "each is in exactly one"},
    [UI_R_NARRATION] = {"What has just happened, and why", "the list shows where the scheduler looked, in order"},
};

static void tip_of(const struct ui_stage *s, struct tip *t, const struct ui_hit *h, double x, double y) {
    switch (h->kind) {
    case UI_HIT_G:
        tip_g(s, t, (uint32_t)h->id);
        break;
    case UI_HIT_FIELD:
        tip_g(s, t, ui_field_at(s, x, y));
        break;
    case UI_HIT_P:
        tip_p(s, t, (unsigned)h->id);
        break;
    case UI_HIT_M:
        tip_m(s, t, (unsigned)h->id);
        break;
    case UI_HIT_OBJ:
        tip_obj(s, t, h->id);
        break;
    case UI_HIT_SCRUB:
        if (s->mode.view != UI_VIEW_COMPARE) tip_timeline(s, t, x, y);
        break;
    case UI_HIT_AXIS:
        say(t, "drag: take the playhead along");
        say(t, "in the lanes: drag moves, wheel zooms, Shift and drag measures");
        break;
    case UI_HIT_OVERVIEW:
        say(t, "the whole run: how many events at each time");
        say(t, "drag to go there; diamonds are the lesson's steps");
        break;
    case UI_HIT_LINE:
        tip_line(s, t, (unsigned)h->id);
        break;
    case UI_HIT_OUTPUT:
        tip_output(s, t, h->id);
        break;
    case UI_HIT_EVENT:
        say(t, "go to event %llu", (unsigned long long)h->id);
        break;
    case UI_HIT_ACTION:
        tip_action(s, t, h->id);
        break;
    case UI_HIT_WORD:
        if (h->id >= UI_WORDS) break;
        say(t, "%s", word_tips[h->id].head);
        say(t, "%s", word_tips[h->id].text);
        break;
    default:
        break;
    }
}

void ui_draw_tooltip(struct ui_stage *s, struct ui_list *l) {
    const struct ui_theme *th = s->th;
    double x = s->mode.mouse_x, y = s->mode.mouse_y, w = 0;
    const struct ui_hit *h = ui_stage_hit(s, x, y);
    struct tip t = {.n = 0};
    if (h) tip_of(s, &t, h, x, y);
    for (int r = 0; !h && r < UI_REGIONS; r++) {
        if (!s->lay.shown[r] || !region_tips[r].head || !ui_inside(s->lay.at[r], x, y)) continue;
        say(&t, "%s", region_tips[r].head);
        say(&t, "%s", region_tips[r].text);
    }
    if (t.n == 0) return;
    for (size_t i = 0; i < t.n; i++)
        w = fmax(w, ui_width(l, i ? UI_SANS_400 : UI_SANS_600, 13.5, t.line[i]));
    w = fmin(w, s->lay.w - 40);
    struct ui_rect b = {x + 14, y + 18, w + 28, 18 + 20 * (double)t.n};
    if (b.x + b.w > s->lay.w - 6) b.x = s->lay.w - 6 - b.w;
    if (b.y + b.h > s->lay.h - 6) b.y = y - b.h - 10;
    ui_shadow(l, b, 6);
    ui_rrect(l, b, 6, th->card, th->line2, 1);
    for (size_t i = 0; i < t.n; i++)
        ui_text_fit(l, b.x + 14, b.y + 24 + 20 * (double)i, i ? UI_SANS_400 : UI_SANS_600, 13.5, i ? th->ink2 : th->ink,
                    w + 1, t.line[i]);
}
