/* narrate.c - one event in words, with what it lights up and where was looked before. */
#include "tell.h"

enum { MAX_TRAIL = 10, MAX_LIT = 8 };

static const struct {
    uint32_t bit;
    const char *where;
} looks[] = {{RT_LOOK_TIMERS, "timers"},
             {RT_LOOK_GLOBAL_TICK, "global queue, 61st tick"},
             {RT_LOOK_LOCAL, "own queue"},
             {RT_LOOK_GLOBAL, "global queue"},
             {RT_LOOK_NETPOLL, "network"},
             {RT_LOOK_STEAL, "other Ps"},
             {RT_LOOK_GLOBAL_AGAIN, "global queue again"},
             {RT_LOOK_ALL_AGAIN, "all queues again"}};

static void trail_add(struct rp_narration *out, bool found, const char *fmt, const char *what, long long number) {
    if (out->ntrail == MAX_TRAIL) return;
    out->trail_ok[out->ntrail] = found;
    struct str *s = &out->trail[out->ntrail++];
    if (number >= 0) str_addf(s, fmt, number);
    else str_adds(s, what);
}

/* From whom the goroutine that starts was stolen: its thread's last steal, a few events ago. */
static bool stolen_from(const struct rp_tell *t, unsigned kind, uint64_t *victim) {
    struct rt_event ev;
    for (uint64_t back = 1; back <= 64 && back <= t->n; back++) {
        if (!rt_log_get(t->s->log, t->n - back, &ev) || ev.m != t->ev->m) continue;
        if (ev.kind == RT_EV_GoStart) return false;
        if (ev.kind != kind) continue;
        *victim = ev.a;
        return true;
    }
    return false;
}

static void trail_found(const struct rp_tell *t, struct rp_narration *out) {
    uint64_t victim = t->ev->a;
    bool start = t->ev->kind == RT_EV_GoStart;
    switch (t->ev->why) {
    case RT_WHY_FromRunnext:
        trail_add(out, true, "", "runnext", -1);
        return;
    case RT_WHY_FromLocal:
        trail_add(out, true, "", "own queue", -1);
        return;
    case RT_WHY_FromGlobal:
        trail_add(out, true, "", "global queue", -1);
        return;
    case RT_WHY_FromGlobalTick:
        trail_add(out, true, "", "global queue, 61st tick", -1);
        return;
    case RT_WHY_FromPoller:
        trail_add(out, true, "", "network", -1);
        return;
    default:
        break;
    }
    bool next = t->ev->kind == RT_EV_RunnextSteal || t->ev->why == RT_WHY_FromRunnextSteal;
    if (!next && t->ev->kind != RT_EV_RunqSteal && t->ev->why != RT_WHY_FromSteal) return;
    if (start && !stolen_from(t, next ? RT_EV_RunnextSteal : RT_EV_RunqSteal, &victim)) {
        trail_add(out, true, "", "another P", -1);
        return;
    }
    trail_add(out, true, next ? "P%lld's runnext" : "P%lld's queue", "", (long long)victim);
}

/* Goroutines for which no queue was looked at. */
static bool nobody_looked(unsigned why) {
    return why == RT_WHY_FromSelf || why == RT_WHY_FromLockedM || why == RT_WHY_OwnThread || why == RT_WHY_None;
}

static void tell_trail(const struct rp_tell *t, struct rp_narration *out) {
    uint64_t bits;
    switch (t->ev->kind) {
    case RT_EV_GoStart:
        bits = t->ev->a;
        break;
    case RT_EV_RunqSteal:
    case RT_EV_RunnextSteal:
    case RT_EV_GlobGet:
        bits = t->ev->c;
        break;
    default:
        return;
    }
    if (t->ev->kind == RT_EV_GoStart && nobody_looked(t->ev->why)) return;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (!(bits & looks[i].bit)) continue;
        long long visited = (long long)(bits >> RT_TRAIL_VISITED_SHIFT & 0xffff);
        bool count = looks[i].bit == RT_LOOK_STEAL && visited > 1;
        trail_add(out, false, "%lld other Ps", looks[i].where, count ? visited : -1);
    }
    trail_found(t, out);
}

static void light(struct rp_narration *out, uint32_t goid) {
    if (goid == 0 || out->ng == MAX_LIT) return;
    for (unsigned i = 0; i < out->ng; i++)
        if (out->g[i] == goid) return;
    out->g[out->ng++] = goid;
}

static void tell_lit(const struct rp_tell *t, struct rp_narration *out) {
    const struct rt_event *ev = t->ev;
    uint32_t names[MAX_LIT];
    unsigned n = rp_event_names(ev, names);
    for (unsigned i = 0; i < n; i++)
        light(out, names[i]);
    size_t k = rp_stolen(t, names, MAX_LIT);
    for (size_t i = 0; i < k; i++)
        light(out, names[i]);
    out->p = ev->p;
    out->m = ev->m;
    out->from_p = -1;
    bool steal = ev->kind == RT_EV_RunqSteal || ev->kind == RT_EV_RunnextSteal || ev->kind == RT_EV_QueueDrain;
    if (steal && ev->a <= INT32_MAX) out->from_p = (int32_t)ev->a;
    if ((ev->kind == RT_EV_MStart || ev->kind == RT_EV_MWake) && ev->c <= INT32_MAX) out->p = (int32_t)ev->c;
    out->obj = rp_event_object(ev);
    out->pos = ev->pos;
    bool about_it = ev->kind == RT_EV_GoStart || rt_event_category(ev->kind) == RT_CAT_QUEUE ||
                    ev->kind == RT_EV_GoUnblock || ev->kind == RT_EV_TimerFire;
    if (!about_it || !out->ng) return;
    const struct rp_g *g = rp_g(t->st, ev->kind == RT_EV_GoStart ? ev->g : out->g[out->ng - 1]);
    if (g && g->pos && !out->pos) out->pos = g->pos;
}

bool rp_narrate(struct rp_session *s, uint64_t n, struct rp_narration *out) {
    struct rt_event ev;
    *out = (struct rp_narration){.p = -1, .from_p = -1, .m = -1};
    if (!rt_log_get(s->log, n, &ev) || !rp_move_to(&s->teller, n)) return false;
    struct rp_tell t = {.s = s, .st = &s->teller, .ev = &ev, .n = n};
    struct rp_say say = rp_say_find(&t);
    str_adds(&out->tag, say.tag);
    rp_say_fill(&t, say.sentence, RP_SENTENCE, &out->sentence);
    rp_say_fill(&t, say.why, RP_WHY, &out->why);
    tell_trail(&t, out);
    tell_lit(&t, out);
    return true;
}

void rp_narration_free(struct rp_narration *n) {
    str_free(&n->tag);
    str_free(&n->sentence);
    str_free(&n->why);
    for (unsigned i = 0; i < n->ntrail; i++)
        str_free(&n->trail[i]);
    n->ntrail = 0;
}
