/* session.c - any moment's state: keyframes, folding, undoing.
 *
 * The first pass over an event reads its facts and may drop a keyframe behind it. Keyframes are packed, and are spaced
 * by the records written since the last one (what folding costs), not by events. Near the target of a seek every write
 * is journaled, so that steps back undo; a step back from the journal's edge is one seek. */
#include "session.h"

#include <stdlib.h>

enum {
    SPACING = 300000, /* events plus records written: a few milliseconds of folding */
    MAX_FRAMES = 1024 /* then every other one goes and the spacing doubles */
};

static bool cursor_init(struct rp_state *st, struct rp_session *s) {
    st->s = s;
    st->version = 1;
    st->store.journal = calloc(1, sizeof *st->store.journal);
    return st->store.journal != NULL;
}

struct rp_session *rp_open(const struct rt_log *log) {
    struct rp_session *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->log = s->facts.log = s->index.log = log;
    s->illegal = UINT64_MAX;
    s->spacing = SPACING;
    struct rp_frame empty = {0};
    bool ok = cursor_init(&s->main, s) && cursor_init(&s->teller, s) && VEC_PUSH(&s->frames, empty);
    for (unsigned i = 0; i < RP_LANE_KINDS; i++)
        rp_lanes_init(&s->lanes[i], log, (enum rp_lane_by)i);
    if (ok) return s;
    rp_close(s);
    return NULL;
}

static void cursor_free(struct rp_state *st) {
    rp_views_free(st);
    rp_store_free(&st->store);
    if (st->store.journal) rp_journal_free(st->store.journal);
}

void rp_close(struct rp_session *s) {
    if (!s) return;
    cursor_free(&s->main);
    cursor_free(&s->teller);
    for (size_t i = 0; i < s->frames.len; i++)
        rp_frame_free(&s->frames.data[i]);
    VEC_FREE(&s->frames);
    for (unsigned i = 0; i < RP_LANE_KINDS; i++)
        rp_lanes_free(&s->lanes[i]);
    rp_facts_free(&s->facts);
    rp_index_free(&s->index);
    str_free(&s->rule);
    free(s);
}

bool rp_illegal(const struct rp_session *s, uint64_t *event, struct str *rule) {
    if (s->illegal == UINT64_MAX) return false;
    if (event) *event = s->illegal;
    if (rule) {
        str_clear(rule);
        str_adds(rule, str_cstr(&s->rule));
    }
    return true;
}

static void thin_frames(struct rp_session *s) {
    size_t kept = 1;
    for (size_t i = 1; i < s->frames.len; i++) {
        bool last = i + 1 == s->frames.len; /* the next one builds on it */
        if (i % 2 && !last) rp_frame_free(&s->frames.data[i]);
        else s->frames.data[kept++] = s->frames.data[i];
    }
    s->frames.len = kept;
    s->spacing *= 2;
}

/* A keyframe that cannot be kept for want of memory is only slower, not wrong. */
static void drop_frame(struct rp_state *st) {
    struct rp_session *s = st->s;
    s->cost = 0;
    if (s->frames.len >= MAX_FRAMES) thin_frames(s);
    struct rp_frame f;
    const struct rp_frame *before = &VEC_LAST(&s->frames);
    if (before->n != st->settled) before = NULL;
    if (!VEC_RESERVE(&s->frames, 1)) return;
    if (before) before = &VEC_LAST(&s->frames); /* they may have moved */
    if (!rp_frame_pack(&f, &st->store, before)) return;
    rp_store_settle(&st->store);
    f.n = st->settled = st->n;
    s->frames.data[s->frames.len++] = f;
}

static void forget_journal(struct rp_journal *j) {
    for (size_t i = 0; i < RP_WINDOW; i++)
        j->slot[i].valid = false;
    j->open = NULL;
}

static bool restore(struct rp_state *st, const struct rp_frame *f) {
    forget_journal(st->store.journal);
    bool ok = rp_frame_restore(f, &st->store);
    if (!ok) rp_store_free(&st->store); /* nothing is a state, too */
    st->store.failed = false;
    st->n = st->settled = ok ? f->n : 0;
    st->version++;
    return ok;
}

static const struct rp_frame *frame_before(const struct rp_session *s, uint64_t n) {
    size_t lo = 0, hi = s->frames.len;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->frames.data[mid].n <= n) lo = mid;
        else hi = mid;
    }
    return &s->frames.data[lo];
}

static bool step(struct rp_state *st, const struct rt_event *ev, bool keep, struct str *said) {
    struct rp_session *s = st->s;
    bool first = st->n == s->facts.read;
    struct rp_apply c = {.st = &st->store, .facts = &s->facts, .ev = ev, .n = st->n, .ring_cap = 256};
    const struct rt_log_info *info = rt_log_get_info(s->log);
    c.strict = info->world && info->world[0] == 's';
    c.one_to_one = info->one_to_one;
    c.foreign = info->foreign;
    c.said = said;
    uint64_t writes = st->store.writes;
    if (keep) rp_journal_open(st->store.journal, st->n);
    bool ok = true;
    if (first) {
        ok = rp_facts_clock_ok(&s->facts, ev) ||
             rp_break(&c, RP_RULE_Clock, "%lld after %lld", (long long)ev->time, (long long)s->facts.last_time);
        if (ok) rp_facts_read(&s->facts, ev);
        ok = ok && !s->facts.failed;
    }
    ok = ok && rp_apply_event(&c);
    rp_journal_close(st->store.journal);
    if (!ok) return false;
    st->n++;
    if (!first) return true;
    s->cost += 1 + st->store.writes - writes;
    if (s->cost >= s->spacing) drop_frame(st);
    return true;
}

/* The event at st->n was refused and left a half-made state, or memory ran out in the middle of it. The cursor goes
 * back to nothing; its next move starts from a keyframe. An illegal event is remembered, the first of all. */
static void give_up(struct rp_state *st, const struct str *said) {
    struct rp_session *s = st->s;
    if (!st->store.failed && !s->facts.failed && st->n < rt_log_count(s->log)) {
        s->illegal = st->n;
        str_clear(&s->rule);
        str_adds(&s->rule, str_cstr(said));
    }
    rp_store_free(&st->store);
    forget_journal(st->store.journal);
    st->store.failed = false;
    st->n = st->settled = 0;
    st->version++;
}

enum { MANY_G = 8192, AHEAD = 8 };

/* With very many goroutines folding waits for memory: what an event will touch is asked for before its turn, first the
 * map's line, later the record's. */
static void look_ahead(const struct rp_state *st, const struct rt_event *evs, size_t at, size_t n) {
    uint32_t goid[4];
    unsigned k = at + 2 * AHEAD < n ? rp_event_names(&evs[at + 2 * AHEAD], goid) : 0;
    for (unsigned i = 0; i < k; i++) rp_map_prefetch(&st->s->facts.g_map, goid[i]);
    k = at + AHEAD < n ? rp_event_names(&evs[at + AHEAD], goid) : 0;
    for (unsigned i = 0; i < k; i++) {
        uint32_t ref = rp_map_get(&st->s->facts.g_map, goid[i]);
        if (ref) rp_prefetch(&st->store, RP_T_G, ref - 1);
    }
}

static bool fold(struct rp_state *st, uint64_t n) {
    struct rt_event evs[128];
    struct str said = {0};
    bool ok = true;
    while (ok && st->n < n) {
        size_t want = n - st->n < 128 ? (size_t)(n - st->n) : 128;
        size_t got = rt_log_read(st->s->log, st->n, evs, want);
        if (got == 0) ok = false;
        bool many = st->s->facts.g.len > MANY_G;
        for (size_t i = 0; ok && i < got; i++) {
            if (many) look_ahead(st, evs, i, got);
            ok = step(st, &evs[i], n - st->n <= RP_WINDOW, &said);
        }
    }
    if (!ok) give_up(st, &said);
    else st->version++;
    str_free(&said);
    return ok;
}

static bool can_undo(const struct rp_state *st, uint64_t n) {
    if (st->n - n > RP_WINDOW) return false;
    for (uint64_t i = n; i < st->n; i++)
        if (!rp_journal_has(st->store.journal, i)) return false;
    return true;
}

bool rp_move_to(struct rp_state *st, uint64_t n) {
    struct rp_session *s = st->s;
    if (n > rt_log_count(s->log) || n > s->illegal) return false;
    if (n == st->n) return true;
    if (n < st->n && can_undo(st, n)) {
        while (st->n > n) {
            if (!rp_store_undo(&st->store, st->n - 1)) return false;
            st->n--;
        }
        st->version++;
        return true;
    }
    const struct rp_frame *f = frame_before(s, n);
    if ((n < st->n || f->n > st->n) && !restore(st, f)) return false;
    return fold(st, n);
}

const struct rp_state *rp_seek(struct rp_session *s, uint64_t n) { return rp_move_to(&s->main, n) ? &s->main : NULL; }

uint64_t rp_next_decision(struct rp_session *s, uint64_t n) { return rp_index_decision(&s->index, n, true); }
uint64_t rp_prev_decision(struct rp_session *s, uint64_t n) { return rp_index_decision(&s->index, n, false); }
uint64_t rp_next_of_g(struct rp_session *s, uint64_t n, uint32_t goid) {
    return rp_index_of_g(&s->index, n, goid, true);
}
uint64_t rp_prev_of_g(struct rp_session *s, uint64_t n, uint32_t goid) {
    return rp_index_of_g(&s->index, n, goid, false);
}
uint64_t rp_at_time(struct rp_session *s, int64_t time) { return rp_index_at_time(&s->index, time); }
