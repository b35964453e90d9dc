/* say.c - the table of words, and how names get into it. */
#include <string.h>

#include "tell.h"

enum test {
    T_ALWAYS,
    T_EQ_A,
    T_EQ_B,
    T_EQ_C,
    T_NZ_A,
    T_NZ_B,
    T_NZ_C,
    T_NEG_B,
    T_NO_G,
    T_NO_OBJ,
    T_NO_PC,
    T_HAS_PC,
    T_OWN_P,
    T_SYSTEM_A,
    T_UNBUFFERED,
    T_SENDER_UNBUFFERED,
    T_OWNED,
    T_CONTENDED,
    T_READ_MODE,
    T_SELF,
    T_WAITED,
    T_SHELVED,
    T_SYSMON,
    T_EQ_M0,
    T_POLLED
};

struct when {
    uint8_t test;
    uint64_t arg;
};

struct row {
    uint16_t kind, why;
    struct when when;
    struct rp_say say;
};

enum { RT_WHY_Any = UINT16_MAX };

/* clang-format off */
#define ALWAYS {T_ALWAYS, 0}
#define EQ_A(v) {T_EQ_A, v}
#define EQ_B(v) {T_EQ_B, v}
#define EQ_C(v) {T_EQ_C, v}
#define NZ_A {T_NZ_A, 0}
#define NZ_B {T_NZ_B, 0}
#define NZ_C {T_NZ_C, 0}
#define NEG_B {T_NEG_B, 0}
#define NO_G {T_NO_G, 0}
#define NO_OBJ {T_NO_OBJ, 0}
#define NO_PC {T_NO_PC, 0}
#define HAS_PC {T_HAS_PC, 0}
#define OWN_P {T_OWN_P, 0}
#define SYSTEM_A {T_SYSTEM_A, 0}
#define UNBUFFERED {T_UNBUFFERED, 0}
#define SENDER_UNBUFFERED {T_SENDER_UNBUFFERED, 0}
#define OWNED {T_OWNED, 0}
#define CONTENDED {T_CONTENDED, 0}
#define READ_MODE {T_READ_MODE, 0}
#define SELF {T_SELF, 0}
#define WAITED(reason) {T_WAITED, RT_WHY_##reason}
#define SHELVED {T_SHELVED, 0}
#define SYSMON {T_SYSMON, 0}
#define EQ_M0 {T_EQ_M0, 0}
#define POLLED {T_POLLED, 0}
/* clang-format on */

static const struct row rows[] = {
#define SAY(event, why, when, tag, sentence, because) {RT_EV_##event, RT_WHY_##why, when, {tag, sentence, because}},
#include "words.def"
#undef SAY
};

static const struct rp_obj *object(const struct rp_tell *t) {
    uint64_t id = rp_event_object(t->ev);
    const struct rp_obj *o = id ? rp_obj(t->st, id) : NULL;
    return o;
}

static bool holds(const struct rp_tell *t, struct when w) {
    const struct rt_event *ev = t->ev;
    const struct rp_obj *o;
    const struct rp_g *g;
    switch ((enum test)w.test) {
    case T_ALWAYS:
        return true;
    case T_EQ_A:
        return ev->a == w.arg;
    case T_EQ_B:
        return ev->b == w.arg;
    case T_EQ_C:
        return ev->c == w.arg;
    case T_NZ_A:
        return ev->a != 0;
    case T_NZ_B:
        return ev->b != 0;
    case T_NZ_C:
        return ev->c != 0;
    case T_NEG_B:
        return (int64_t)ev->b < 0;
    case T_NO_G:
        return ev->g == 0;
    case T_NO_OBJ:
        return rp_event_object(ev) == 0;
    case T_NO_PC:
        return ev->c > INT32_MAX;
    case T_HAS_PC:
        return ev->c <= INT32_MAX;
    case T_OWN_P:
        return ev->a == (uint64_t)(int64_t)ev->m;
    case T_SYSTEM_A:
        return (ev->b & RT_FN_RUNTIME) != 0;
    case T_UNBUFFERED:
        return (o = object(t)) && o->cap == 0;
    case T_SENDER_UNBUFFERED:
        return ev->b && (o = object(t)) && o->cap == 0;
    case T_OWNED:
        return (o = object(t)) && o->owner != 0;
    case T_CONTENDED:
        return (o = object(t)) && o->nwaiters != 0;
    case T_READ_MODE:
        return ev->b != 0;
    case T_SELF:
        return ev->g != 0 && ev->g == ev->a;
    case T_WAITED:
        return (g = rp_g(t->st, (uint32_t)ev->a)) && g->why == w.arg;
    case T_SHELVED:
        return (g = rp_g(t->st, ev->g)) && g->place == RP_AT_SHELF;
    case T_SYSMON:
        return ev->m >= 0 && rp_m(t->st, (unsigned)ev->m)->sysmon;
    case T_EQ_M0:
        return ev->m == 0;
    case T_POLLED:
        return ev->m >= 0 && rp_m(t->st, (unsigned)ev->m)->polling;
    }
    return false;
}

static const struct {
    uint16_t kind, why;
    const char *because;
} one_to_one[] = {
#define BECAUSE(event, why, text) {RT_EV_##event, RT_WHY_##why, text},
#include "words_one.def"
#undef BECAUSE
};

/* A trace of a real Go program says less: a why of ours may be more than is known. */
static struct rp_say as_far_as_told(const struct rp_tell *t, struct rp_say say) {
    static const char *const why[RT_EV_COUNT] = {
        [RT_EV_ProcStop] = "What it does without a P the trace does not tell.",
        [RT_EV_ProcSteal] = "A P whose goroutine is in a system call can be taken, so that others can run.",
        [RT_EV_MBegin] = "This is the first that the trace tells of it.",
        [RT_EV_GoSyscallEnd] = "Its P was still there.",
        [RT_EV_GoSyscallEndBlocked] = "Its P was taken meanwhile. It is ready, and runs when it gets a P again.",
    };
    if (why[t->ev->kind]) say.why = why[t->ev->kind];
    if (t->ev->kind == RT_EV_GoBlock && t->ev->why == RT_WHY_Semacquire) say.sentence = "{G} waits for a lock, a WaitGroup or the like.";
    if (t->ev->kind == RT_EV_GoBlock && t->ev->why == RT_WHY_Sleep) say.sentence = "{G} goes to sleep.";
    return say;
}

/* The why that holds in this run. */
static struct rp_say in_this_run(const struct rp_tell *t, struct rp_say say) {
    const struct rt_log_info *info = rt_log_get_info(t->s->log);
    if (info && info->foreign) return as_far_as_told(t, say);
    if (!info || !info->one_to_one) return say;
    for (size_t i = 0; i < sizeof one_to_one / sizeof *one_to_one; i++) {
        if (one_to_one[i].kind != t->ev->kind) continue;
        if (one_to_one[i].why != RT_WHY_Any && one_to_one[i].why != t->ev->why) continue;
        say.why = one_to_one[i].because;
        return say;
    }
    return say;
}

struct rp_say rp_say_find(const struct rp_tell *t) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        if (r->kind != t->ev->kind || (r->why != RT_WHY_Any && r->why != t->ev->why)) continue;
        if (holds(t, r->when)) return in_this_run(t, r->say);
    }
    return (struct rp_say){"?", "An event of an unknown kind.", "This version has no words for it."};
}

/* ---- names --------------------------------------------------------------------------------------------------- */

static void add_g(const struct rp_tell *t, uint64_t goid, bool full, struct str *out) {
    if (goid == 0 || goid > UINT32_MAX) {
        str_adds(out, "the runtime");
    } else if ((t->ev->kind == RT_EV_GoCreate || t->ev->kind == RT_EV_GoStatus) && goid == t->ev->a) { /* the state does not know it yet */
        const char *name = full && !t->brief ? rp_short_name(rp_fn_name(t->s->log, t->ev->b)) : "";
        str_addf(out, "G%u%s%s", (unsigned)goid, *name ? " " : "", name);
    } else if (full && !t->brief) rp_label(t->st, (uint32_t)goid, out);
    else str_addf(out, "G%u", (unsigned)goid);
}

static void add_m(const struct rp_tell *t, uint64_t m, struct str *out) {
    if (m > INT32_MAX) str_adds(out, "no thread");
    else if (rp_m(t->st, (unsigned)m)->sysmon) str_adds(out, "sysmon");
    else str_addf(out, "M%u", (unsigned)m);
}

static void add_p(uint64_t p, struct str *out) {
    if (p > INT32_MAX) str_adds(out, "no P");
    else str_addf(out, "P%u", (unsigned)p);
}

/* The name that follows ChanMake, which the state does not know yet. */
static const char *name_to_come(const struct rp_tell *t, uint64_t id) {
    struct rt_event ev;
    for (uint64_t n = t->n; n < t->n + 3 && rt_log_get(t->s->log, n, &ev); n++)
        if (ev.kind == RT_EV_ObjName && ev.a == id) return rt_log_string(t->s->log, ev.b);
    return "";
}

/* Of an object that this event is the first to use. */
static unsigned kind_of(unsigned event) {
    switch (event) {
    case RT_EV_WaitGroupAdd:
        return RP_OBJ_WAITGROUP;
    case RT_EV_CondSignal:
        return RP_OBJ_COND;
    case RT_EV_OnceDo:
        return RP_OBJ_ONCE;
    default:
        return RP_OBJ_MUTEX;
    }
}

static void add_obj(const struct rp_tell *t, struct str *out) {
    static const char *const kinds[] = {"a channel", "a lock", "a lock",     "a WaitGroup",
                                        "a Cond",    "a Once", "a semaphore"};
    uint64_t id = rp_event_object(t->ev);
    const struct rp_obj *o = object(t);
    const char *name = o && *o->name ? o->name : name_to_come(t, id);
    size_t n = strlen(name);
    if (n == 0 && !(id & RT_OBJ_LOCK)) str_addf(out, "channel %llu", (unsigned long long)id);
    else if (n == 0) str_adds(out, kinds[o ? o->kind : kind_of(t->ev->kind)]);
    else if (t->brief && n > 16) str_addf(out, "%.15s…", name);
    else str_adds(out, name);
}

static void add_val(const struct rp_tell *t, struct str *out) {
    const struct rt_event *ev = t->ev;
    const struct rp_obj *o = object(t);
    enum rt_value_kind kind = o ? (enum rt_value_kind)o->value_kind : RT_VAL_OTHER;
    uint64_t value = ev->kind == RT_EV_GoBlock ? ev->b : ev->c;
    if (ev->kind == RT_EV_VarRead || ev->kind == RT_EV_VarWrite) {
        kind = (enum rt_value_kind)ev->c;
        value = ev->b;
    }
    struct str text = {0};
    rp_value(t->s->log, kind, value, &text);
    if (rp_characters(str_cstr(&text), text.len) <= 24) str_adds(out, str_cstr(&text));
    else if (kind == RT_VAL_TEXT) str_adds(out, "a string");
    else str_adds(out, "a value");
    str_free(&text);
}

/* The end of the longest prefix of text that has at most max characters. */
static size_t prefix(const char *text, size_t n, size_t max) {
    size_t i = 0;
    while (i < n) {
        size_t next = i + 1;
        while (next < n && ((unsigned char)text[next] & 0xc0) == 0x80)
            next++;
        if (max-- == 0) break;
        i = next;
    }
    return i;
}

/* The first line of what was written, or of a panic's text. */
static void add_text(const struct rp_tell *t, struct str *out) {
    const struct rt_event *ev = t->ev;
    bool written = ev->kind == RT_EV_Write;
    uint64_t at = written ? ev->b : ev->a, length = written ? ev->c : ev->b;
    const char *text = length <= SIZE_MAX / 2 ? rt_log_bytes(t->s->log, at, (size_t)length) : NULL;
    size_t n = text ? (size_t)length : 0, line = 0;
    while (line < n && text[line] != '\n')
        line++;
    bool more = line + 1 < n;
    size_t kept = prefix(text ? text : "", line, t->brief ? 30 : 48);
    if (written) str_addc(out, '"');
    for (size_t i = 0; i < kept; i++)
        str_addc(out, (unsigned char)text[i] < 0x20 ? ' ' : text[i]);
    if (kept < line || more) str_adds(out, "…");
    if (written) str_addc(out, '"');
}

size_t rp_stolen(const struct rp_tell *t, uint32_t *out, size_t max) {
    if (t->ev->kind != RT_EV_RunqSteal || t->ev->a >= rp_np(t->st)) return 0;
    const struct rp_ring ring = rp_p(t->st, (unsigned)t->ev->a)->ring;
    size_t n = 0;
    for (; n < max && n < ring.len && n < t->ev->b; n++)
        out[n] = ring.goids[n];
    return n;
}

static void add_batch(const struct rp_tell *t, struct str *out) {
    uint32_t g[3];
    size_t n = rp_stolen(t, g, 3);
    if (t->ev->b > 3) str_addf(out, "%llu goroutines", (unsigned long long)t->ev->b);
    for (size_t i = 0; t->ev->b <= 3 && i < n; i++)
        str_addf(out, "%sG%u", i == 0 ? "" : (i + 1 < n ? ", " : " and "), g[i]);
}

static uint64_t arg_of(const struct rt_event *ev, char name) {
    return name == 'a' ? ev->a : (name == 'b' ? ev->b : ev->c);
}

static bool is(const char *key, size_t n, const char *word) { return strlen(word) == n && memcmp(key, word, n) == 0; }

static void add_stolen_at(const struct rp_tell *t, bool last, struct str *out) {
    if (t->ev->a >= rp_np(t->st)) return;
    const struct rp_ring ring = rp_p(t->st, (unsigned)t->ev->a)->ring;
    size_t i = last ? (size_t)t->ev->b - 1 : 0;
    if (i < ring.len) str_addf(out, "G%u", ring.goids[i]);
}

static bool add_word(const struct rp_tell *t, const char *key, size_t n, struct str *out) {
    const struct rt_event *ev = t->ev;
    const struct rp_obj *o = object(t);
    if (is(key, n, "obj")) add_obj(t, out);
    else if (is(key, n, "val")) add_val(t, out);
    else if (is(key, n, "text")) add_text(t, out);
    else if (is(key, n, "batch")) add_batch(t, out);
    else if (is(key, n, "last")) add_stolen_at(t, true, out);
    else if (is(key, n, "rest")) add_stolen_at(t, false, out);
    else if (is(key, n, "len")) str_addf(out, "%zu", ev->a < rp_np(t->st) ? rp_p(t->st, (unsigned)ev->a)->ring.len : 0);
    else if (is(key, n, "nap")) rp_add_duration(out, (int64_t)ev->c - ev->time);
    else if (is(key, n, "due")) rp_add_duration(out, (int64_t)ev->b - ev->time);
    else if (is(key, n, "owner")) add_g(t, o ? o->owner : 0, true, out);
    else if (is(key, n, "counter")) str_addf(out, "%lld", o ? (long long)o->counter : 0);
    else if (is(key, n, "held")) str_addf(out, "%zu", o ? o->nbuffer : 0);
    else if (is(key, n, "cap")) str_addf(out, "%llu", o ? (unsigned long long)o->cap : 0);
    else if (is(key, n, "type")) str_adds(out, rt_log_string(t->s->log, ev->c));
    else if (is(key, n, "var")) {
        const char *name = rt_log_string(t->s->log, ev->a);
        str_adds(out, *name ? name : "a variable");
    } else if (is(key, n, "mid")) str_addf(out, "M%d", ev->m);
    else return false;
    return true;
}

static void add_key(const struct rp_tell *t, const char *key, size_t n, struct str *out) {
    const struct rt_event *ev = t->ev;
    const char *colon = memchr(key, ':', n);
    size_t base = colon ? (size_t)(colon - key) : n;
    if (base == 1) {
        if (key[0] == 'm') add_m(t, (uint64_t)(int64_t)ev->m, out);
        else if (key[0] == 'p') add_p((uint64_t)(int64_t)ev->p, out);
        else add_g(t, ev->g, key[0] == 'G', out);
        return;
    }
    if (add_word(t, key, base, out) || base != 2) return;
    uint64_t v = arg_of(ev, key[1]);
    switch (key[0]) {
    case 'g':
        add_g(t, v, false, out);
        break;
    case 'G':
        add_g(t, v, true, out);
        break;
    case 'm':
        add_m(t, v, out);
        break;
    case 'p':
        add_p(v, out);
        break;
    case 'd':
        rp_add_duration(out, (int64_t)v);
        break;
    case 's':
        rp_add_size(out, v);
        break;
    default:
        str_addf(out, "%lld", (long long)v);
        if (colon) str_addf(out, " %.*s%s", (int)(n - base - 1), colon + 1, v == 1 ? "" : "s");
    }
}

static void fill(const struct rp_tell *t, const char *s, struct str *out) {
    while (*s) {
        const char *open = strchr(s, '{');
        const char *close = open ? strchr(open, '}') : NULL;
        if (!close) break;
        str_add(out, s, (size_t)(open - s));
        add_key(t, open + 1, (size_t)(close - open - 1), out);
        s = close + 1;
    }
    str_adds(out, s);
    if (out->len > 4 && memcmp(out->data, "the ", 4) == 0) out->data[0] = 'T';
}

void rp_say_fill(struct rp_tell *t, const char *template, size_t max, struct str *out) {
    str_clear(out);
    t->brief = false;
    fill(t, template, out);
    if (rp_characters(str_cstr(out), out->len) <= max) return;
    str_clear(out);
    t->brief = true;
    fill(t, template, out);
    t->brief = false;
    if (rp_characters(str_cstr(out), out->len) <= max) return;
    size_t keep = prefix(out->data, out->len, max - 1);
    out->len = keep;
    str_adds(out, "…");
}
