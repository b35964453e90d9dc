/* life.c - a goroutine's biography: its lane, added up. */
#include <stdlib.h>
#include <string.h>

#include "session.h"

static bool same_stay(const struct rp_stay *a, const struct rp_stay *b) {
    return a->kind == b->kind && a->why == b->why && a->p == b->p && a->obj == b->obj;
}

/* What the event with which a span begins says of it. */
static struct rp_stay stay_of(const struct rp_span_rec *span, const struct rt_event *ev) {
    struct rp_stay k = {.kind = rp_span_of(span), .p = -1};
    switch (k.kind) {
    case RP_SPAN_RUN:
        k.p = ev->p;
        break;
    case RP_SPAN_SYSCALL:
        k.obj = ev->kind == RT_EV_GoSyscallBegin ? ev->a : RT_SYS_NONE;
        break;
    case RP_SPAN_WAIT:
        k.why = rp_span_why(span);
        k.obj = ev->kind == RT_EV_GoBlock ? ev->a : 0;
        break;
    default:
        break;
    }
    return k;
}

static void add(struct rp_life *life, const struct rp_span_rec *span, const struct rt_event *ev, int64_t ns) {
    struct rp_stay k = stay_of(span, ev);
    size_t i = 0;
    if (k.kind >= RP_SPAN_KINDS) return;
    life->ns[k.kind] += ns;
    life->times[k.kind]++;
    while (i < life->nstays && !same_stay(&life->stays[i], &k))
        i++;
    if (i == RP_STAYS) {
        life->others++;
        return;
    }
    if (i == life->nstays) life->stays[life->nstays++] = k;
    struct rp_stay *at = &life->stays[i];
    at->times++;
    at->ns += ns;
    if (ns < at->longest) return;
    at->longest = ns;
    at->longest_event = rp_span_from(span);
}

static int by_weight(const void *a, const void *b) {
    const struct rp_stay *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->ns != y->ns) return x->ns > y->ns ? -1 : 1;
    if (x->p != y->p) return x->p < y->p ? -1 : 1;
    return x->obj < y->obj ? -1 : x->obj > y->obj;
}

bool rp_life(struct rp_session *s, uint32_t goid, uint64_t n, int64_t now, struct rp_life *book, struct rp_life *out) {
    const struct rp_lane *row = rp_lanes_row(&s->lanes[RP_LANE_G], goid);
    struct rt_event ev, end;
    if (!row || row->spans.len == 0 || rp_span_from(&row->spans.data[0]) >= n) return false;
    if (book->goid != goid || book->n > n) {
        *book = (struct rp_life){.goid = goid, .cause = UINT64_MAX};
        if (!rt_log_get(s->log, rp_span_from(&row->spans.data[0]), &ev)) return false;
        book->born = ev.time;
    }
    book->n = n;
    for (; book->next < row->spans.len; book->next++) {
        const struct rp_span_rec *span = &row->spans.data[book->next];
        if (rp_span_to(span) >= n) break;
        if (!rt_log_get(s->log, rp_span_from(span), &ev) || !rt_log_get(s->log, rp_span_to(span), &end)) return false;
        add(book, span, &ev, end.time - ev.time);
        if (ev.kind == RT_EV_GoCreate || ev.kind == RT_EV_GoUnblock) book->cause = rp_span_from(span);
    }
    *out = *book;
    if (book->next < row->spans.len && rp_span_from(&row->spans.data[book->next]) < n) {
        const struct rp_span_rec *span = &row->spans.data[book->next];
        if (!rt_log_get(s->log, rp_span_from(span), &ev)) return false;
        add(out, span, &ev, now > ev.time ? now - ev.time : 0);
        if (ev.kind == RT_EV_GoCreate || ev.kind == RT_EV_GoUnblock) out->cause = rp_span_from(span);
    }
    qsort(out->stays, out->nstays, sizeof out->stays[0], by_weight);
    return true;
}

uint64_t rp_next_of_object(struct rp_session *s, uint64_t n, uint64_t obj, bool forward) {
    struct rt_event ev;
    if (forward) {
        for (n++; rt_log_get(s->log, n, &ev); n++)
            if (rp_event_object(&ev) == obj) return n;
        return UINT64_MAX;
    }
    while (n-- > 0)
        if (rt_log_get(s->log, n, &ev) && rp_event_object(&ev) == obj) return n;
    return UINT64_MAX;
}
