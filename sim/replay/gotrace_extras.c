/* gotrace_extras.c - the log in our own words: what the writer puts into experimental batches, and back.
 *
 * A batch is the magic, its number, and records, none of which is split. Kinds and reasons go by numbers whose names
 * stand in the first record, so that a file outlives changes of events.def. An event is its kind, a byte that says which
 * of its fields differ from what was foretold, the time since the one before, and those fields as differences. A field
 * is foretold by the last event of the same kind by the same goroutine (or on the same P); counters go up by one. */
#include <stdlib.h>

#include "gotrace_int.h"

enum { VERSION = 1, PIECE = 16 << 10, BATCH_FULL = GO_MAX_BATCH - PIECE - 256, LOG_PAGE = 64 << 10 };

/* What follows ESCAPE; any other byte begins an event. */
enum { R_HEAD = 'H', R_PIECE = 'x', R_FILE = 'F', R_FUNC = 'U', R_STRING = 'S', R_BYTES = 'B', R_END = 'Z' };

enum { DIFF_M = 1, DIFF_P = 2, DIFF_G = 4, DIFF_POS = 8, DIFF_WHY = 16, DIFF_A = 32, DIFF_B = 64, DIFF_C = 128 };
enum { NO_DIFF = 0x80, ESCAPE = 0x7f }; /* in the kind's byte */

_Static_assert((int)RT_EV_COUNT <= (int)ESCAPE, "a kind fits into seven bits");

/* ---- buffers ----------------------------------------------------------------------------------------------------- */

bool gotrace_room(struct gotrace_buf *b, size_t more) {
    if (b->cap - b->len >= more) return true;
    if (b->failed || more > SIZE_MAX / 4 || b->cap > SIZE_MAX / 4) return b->failed = true, false;
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->len < more) cap *= 2;
    unsigned char *data = realloc(b->data, cap);
    if (!data) return b->failed = true, false;
    b->data = data;
    b->cap = cap;
    return true;
}

void gotrace_bytes(struct gotrace_buf *b, const void *bytes, size_t n) {
    if (n == 0 || !gotrace_room(b, n)) return;
    memcpy(b->data + b->len, bytes, n);
    b->len += n;
}

void gotrace_varint(struct gotrace_buf *b, uint64_t v) {
    if (!gotrace_room(b, 10)) return;
    unsigned char *at = b->data + b->len;
    while (v >= 0x80) {
        *at++ = (unsigned char)(v | 0x80);
        v >>= 7;
    }
    *at++ = (unsigned char)v;
    b->len = (size_t)(at - b->data);
}

void gotrace_free(struct gotrace_buf *b) {
    free(b->data);
    *b = (struct gotrace_buf){0};
}

uint64_t gotrace_get(struct gotrace_in *in) {
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (in->at >= in->end) break;
        unsigned char c = *in->at++;
        if (shift == 63 && c > 1) break;
        v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80) return v;
    }
    in->bad = true;
    return 0;
}

const unsigned char *gotrace_get_bytes(struct gotrace_in *in, uint64_t n) {
    if (in->bad || n > (uint64_t)(in->end - in->at)) return in->bad = true, NULL;
    const unsigned char *bytes = in->at;
    in->at += n;
    return bytes;
}

uint64_t gotrace_sum(uint64_t sum, const void *bytes, size_t n) {
    const unsigned char *at = bytes;
    uint64_t h = sum ^ (n * 0x9e3779b97f4a7c15u), word;
    for (; n >= sizeof word; n -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        h = (h ^ word) * 0xd6e8feb86659fd93u;
        h ^= h >> 29;
    }
    word = 0;
    for (size_t i = 0; i < n; i++) word |= (uint64_t)at[i] << 8 * i;
    h = (h ^ word) * 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

/* ---- what is foretold -------------------------------------------------------------------------------------------- */

bool gotrace_model_init(struct gotrace_model *m) {
    *m = (struct gotrace_model){.contexts = calloc(GOTRACE_CONTEXTS, sizeof *m->contexts)};
    return m->contexts != NULL;
}

void gotrace_model_free(struct gotrace_model *m) {
    free(m->contexts);
    VEC_FREE(&m->threads);
    *m = (struct gotrace_model){0};
}

enum { MAX_THREADS = 1 << 20 };

static struct gotrace_last *last_of(struct gotrace_model *x, int32_t m) {
    size_t i = m < 0 ? 0 : (size_t)m + 1;
    if (i > MAX_THREADS) return NULL;
    const struct gotrace_last fresh = {.p = -1};
    while (x->threads.len <= i)
        if (!VEC_PUSH(&x->threads, fresh)) return NULL;
    return &x->threads.data[i];
}

static struct gotrace_context *context_of(struct gotrace_model *x, unsigned kind, uint32_t g, int32_t p) {
    uint32_t by = g ? g : (uint32_t)p + 0x40000000u;
    uint32_t h = (by * 0x9e3779b1u) ^ (kind * 0x85ebca6bu);
    return &x->contexts[h >> 20];
}
_Static_assert(GOTRACE_CONTEXTS == 1 << 12, "the hash's upper bits");

/* Counters: schedtick, a ring's head and tail. */
static uint64_t step_b(unsigned kind) { return kind == RT_EV_GoStart || kind == RT_EV_RunqPut || kind == RT_EV_RunqGet; }

static uint64_t zigzag(int64_t v) { return (uint64_t)v << 1 ^ (uint64_t)(v >> 63); }
static int64_t unzigzag(uint64_t v) { return (int64_t)(v >> 1 ^ (~(v & 1) + 1)); }
static void put_diff(struct gotrace_buf *b, uint64_t v, uint64_t foretold) {
    gotrace_varint(b, zigzag((int64_t)(v - foretold)));
}
static uint64_t get_diff(struct gotrace_in *in, uint64_t foretold) {
    return foretold + (uint64_t)unzigzag(gotrace_get(in));
}

static void learn(struct gotrace_model *x, struct gotrace_last *last, struct gotrace_context *c, const struct rt_event *ev) {
    *last = (struct gotrace_last){.p = ev->p, .g = ev->g};
    *c = (struct gotrace_context){.a = ev->a, .b = ev->b, .c = ev->c, .pos = ev->pos, .why = ev->why};
    x->time = ev->time;
    x->m = ev->m;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static void begin_batch(struct gotrace_extras *x) {
    gotrace_bytes(&x->out, GOTRACE_MAGIC, GOTRACE_MAGIC_SIZE);
    gotrace_varint(&x->out, x->batches++);
}

void gotrace_extras_flush(struct gotrace_extras *x) {
    if (x->out.failed) x->failed = true;
    if (x->failed || x->out.len == 0) return;
    x->batch(x->ctx, x->out.data, x->out.len);
    x->out.len = 0;
}

static void make_room(struct gotrace_extras *x) {
    if (x->out.len > BATCH_FULL) gotrace_extras_flush(x);
    if (x->out.len == 0) begin_batch(x);
}

/* Room for one record of a piece's size at most. */
static void begin_record(struct gotrace_extras *x, unsigned record) {
    make_room(x);
    gotrace_byte(&x->out, ESCAPE);
    gotrace_byte(&x->out, record);
}

static void put_text(struct gotrace_extras *x, unsigned record, const char *text, size_t n) {
    while (n > PIECE) {
        begin_record(x, R_PIECE);
        gotrace_varint(&x->out, PIECE);
        gotrace_bytes(&x->out, text, PIECE);
        text += PIECE;
        n -= PIECE;
    }
    begin_record(x, record);
    gotrace_varint(&x->out, n);
    gotrace_bytes(&x->out, text, n);
}

static void put_word(struct gotrace_buf *b, const char *s) {
    size_t n = strlen(s);
    gotrace_varint(b, n);
    gotrace_bytes(b, s, n);
}

static void put_head(struct gotrace_extras *x) {
    const struct rt_log_info *info = rt_log_get_info(x->log);
    begin_record(x, R_HEAD);
    gotrace_varint(&x->out, VERSION);
    put_word(&x->out, info->world ? info->world : "");
    put_word(&x->out, info->choice ? info->choice : "");
    gotrace_varint(&x->out, info->number);
    gotrace_varint(&x->out, info->procs);
    gotrace_varint(&x->out, info->cores);
    gotrace_varint(&x->out, info->one_to_one);
    gotrace_varint(&x->out, info->thread_stack);
    gotrace_varint(&x->out, RT_EV_COUNT);
    for (unsigned i = 0; i < RT_EV_COUNT; i++) put_word(&x->out, rt_event_name(i));
    gotrace_varint(&x->out, RT_WHY_COUNT);
    for (unsigned i = 0; i < RT_WHY_COUNT; i++) put_word(&x->out, rt_reason_name(i));
    const struct rt_log_file *file;
    for (unsigned i = 0; (file = rt_log_file(x->log, i)); i++) {
        put_text(x, R_PIECE, file->name, strlen(file->name));
        begin_record(x, R_PIECE);
        gotrace_varint(&x->out, 1);
        gotrace_byte(&x->out, 0);
        put_text(x, R_FILE, file->text, file->length);
    }
}

bool gotrace_extras_begin(struct gotrace_extras *x, const struct rt_log *log, void *ctx,
                          void (*batch)(void *, const unsigned char *, size_t)) {
    *x = (struct gotrace_extras){.log = log, .ctx = ctx, .batch = batch};
    if (!gotrace_model_init(&x->model) || !gotrace_room(&x->out, GO_MAX_BATCH)) return false;
    put_head(x);
    gotrace_extras_flush(x); /* the first batch of the file says whose it is */
    return !x->failed;
}

void gotrace_extras_tables(struct gotrace_extras *x) {
    const struct rt_log_func *fn;
    for (; (fn = rt_log_func(x->log, x->funcs)); x->funcs++) {
        put_text(x, R_FUNC, fn->name, strlen(fn->name));
        gotrace_varint(&x->out, fn->pos);
    }
    for (uint64_t n = rt_log_strings(x->log); x->strings < n; x->strings++) {
        const char *s = rt_log_string(x->log, x->strings + 1);
        put_text(x, R_STRING, s, strlen(s));
    }
    uint64_t n = rt_log_bytes_used(x->log);
    while (x->bytes < n) {
        uint64_t k = LOG_PAGE - x->bytes % LOG_PAGE;
        if (k > n - x->bytes) k = n - x->bytes;
        if (k > PIECE) k = PIECE;
        const char *bytes = rt_log_bytes(x->log, x->bytes, (size_t)k);
        if (!bytes) {
            x->failed = true;
            return;
        }
        put_text(x, R_BYTES, bytes, (size_t)k);
        x->bytes += k;
    }
    if (x->out.failed) x->failed = true;
}

void gotrace_extras_event(struct gotrace_extras *x, const struct rt_event *ev) {
    struct gotrace_last *last = last_of(&x->model, ev->m);
    if (!last || ev->kind >= RT_EV_COUNT) {
        x->failed = true;
        return;
    }
    struct gotrace_context *c = context_of(&x->model, ev->kind, ev->g, ev->p);
    uint64_t b = c->b + step_b(ev->kind);
    unsigned diff = 0;
    if (ev->m != x->model.m) diff |= DIFF_M;
    if (ev->p != last->p) diff |= DIFF_P;
    if (ev->g != last->g) diff |= DIFF_G;
    if (ev->pos != c->pos) diff |= DIFF_POS;
    if (ev->why != c->why) diff |= DIFF_WHY;
    if (ev->a != c->a) diff |= DIFF_A;
    if (ev->b != b) diff |= DIFF_B;
    if (ev->c != c->c) diff |= DIFF_C;
    struct gotrace_buf *out = &x->out;
    make_room(x);
    gotrace_byte(out, diff ? ev->kind : ev->kind | NO_DIFF);
    if (diff) gotrace_byte(out, diff);
    gotrace_varint(out, (uint64_t)ev->time - (uint64_t)x->model.time);
    if (diff & DIFF_M) put_diff(out, (uint64_t)ev->m, (uint64_t)x->model.m);
    if (diff & DIFF_P) put_diff(out, (uint64_t)ev->p, (uint64_t)last->p);
    if (diff & DIFF_G) gotrace_varint(out, ev->g);
    if (diff & DIFF_POS) put_diff(out, ev->pos, c->pos);
    if (diff & DIFF_WHY) gotrace_varint(out, ev->why);
    if (diff & DIFF_A) put_diff(out, ev->a, c->a);
    if (diff & DIFF_B) put_diff(out, ev->b, b);
    if (diff & DIFF_C) put_diff(out, ev->c, c->c);
    learn(&x->model, last, c, ev);
    x->events++;
}

void gotrace_extras_end(struct gotrace_extras *x, uint64_t sum) {
    begin_record(x, R_END);
    size_t from = x->out.len;
    gotrace_varint(&x->out, x->events);
    gotrace_varint(&x->out, x->bytes);
    gotrace_varint(&x->out, x->strings);
    gotrace_varint(&x->out, x->funcs);
    gotrace_varint(&x->out, rt_log_lost(x->log));
    if (!x->out.failed) sum = gotrace_sum(sum, x->out.data + from, x->out.len - from);
    for (unsigned i = 0; i < 8; i++) gotrace_byte(&x->out, (unsigned)(sum >> 8 * i) & 0xff);
    gotrace_extras_flush(x);
}

void gotrace_extras_free(struct gotrace_extras *x) {
    gotrace_model_free(&x->model);
    gotrace_free(&x->out);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static bool wrong(struct gotrace_decoder *d, const char *what) {
    str_clear(&d->why);
    str_adds(&d->why, what);
    return false;
}

bool gotrace_decode_begin(struct gotrace_decoder *d, struct rt_log *log) {
    *d = (struct gotrace_decoder){.log = log};
    return gotrace_model_init(&d->model);
}

void gotrace_decode_free(struct gotrace_decoder *d) {
    gotrace_model_free(&d->model);
    gotrace_free(&d->text);
    gotrace_free(&d->names);
    VEC_FREE(&d->kinds);
    VEC_FREE(&d->reasons);
    str_free(&d->why);
}

/* The next word, terminated, in d->names. */
static const char *get_word(struct gotrace_decoder *d, struct gotrace_in *in) {
    uint64_t n = gotrace_get(in);
    const unsigned char *s = gotrace_get_bytes(in, n);
    d->names.len = 0;
    if (s) gotrace_bytes(&d->names, s, (size_t)n);
    gotrace_byte(&d->names, 0);
    return in->bad || d->names.failed ? "" : (const char *)d->names.data;
}

/* 0xffff: a name that this version does not know; wrong only if it is used. */
static uint16_t number_of(const char *name, unsigned count, const char *(*name_of)(unsigned)) {
    for (unsigned i = 0; i < count; i++)
        if (strcmp(name, name_of(i)) == 0) return (uint16_t)i;
    return UINT16_MAX;
}

static bool get_head(struct gotrace_decoder *d, struct gotrace_in *in) {
    if (d->began) return wrong(d, "a second head");
    if (gotrace_get(in) != VERSION) return wrong(d, "another version's recording");
    struct rt_log_info info = {0};
    struct str world = {0};
    str_adds(&world, get_word(d, in));
    const char *choice = get_word(d, in);
    info.world = str_cstr(&world);
    info.choice = choice;
    info.number = gotrace_get(in);
    uint64_t procs = gotrace_get(in), cores = gotrace_get(in), one = gotrace_get(in);
    info.procs = (unsigned)procs;
    info.cores = (unsigned)cores;
    info.one_to_one = one == 1;
    info.thread_stack = gotrace_get(in);
    bool ok = !in->bad && procs <= UINT16_MAX && cores <= UINT16_MAX && one <= 1 && rt_log_set_info(d->log, &info);
    str_free(&world);
    if (!ok) return wrong(d, "a head that cannot be");
    uint64_t n = gotrace_get(in);
    for (uint64_t i = 0; i < n && !in->bad; i++)
        if (!VEC_PUSH(&d->kinds, number_of(get_word(d, in), RT_EV_COUNT, rt_event_name))) return wrong(d, "out of memory");
    n = gotrace_get(in);
    for (uint64_t i = 0; i < n && !in->bad; i++)
        if (!VEC_PUSH(&d->reasons, number_of(get_word(d, in), RT_WHY_COUNT, rt_reason_name)))
            return wrong(d, "out of memory");
    d->began = true;
    return true;
}

/* A text with the pieces before it, terminated; *n is its length. */
static const char *get_text(struct gotrace_decoder *d, struct gotrace_in *in, size_t *n) {
    uint64_t k = gotrace_get(in);
    const unsigned char *s = gotrace_get_bytes(in, k);
    if (!s) return NULL;
    gotrace_bytes(&d->text, s, (size_t)k);
    *n = d->text.len;
    gotrace_byte(&d->text, 0);
    d->text.len = 0;
    return d->text.failed ? NULL : (const char *)d->text.data;
}

static bool get_piece(struct gotrace_decoder *d, struct gotrace_in *in) {
    uint64_t k = gotrace_get(in);
    const unsigned char *s = gotrace_get_bytes(in, k);
    if (s) gotrace_bytes(&d->text, s, (size_t)k);
    return s && !d->text.failed;
}

static bool get_end(struct gotrace_decoder *d, struct gotrace_in *in, uint64_t sum) {
    const unsigned char *from = in->at;
    uint64_t events = gotrace_get(in), bytes = gotrace_get(in), strings = gotrace_get(in), funcs = gotrace_get(in);
    uint64_t lost = gotrace_get(in), said = 0;
    sum = gotrace_sum(sum, from, (size_t)(in->at - from));
    for (unsigned i = 0; i < 8; i++) said |= (uint64_t)gotrace_get_byte(in) << 8 * i;
    if (in->bad || in->at != in->end) return wrong(d, "an end that cannot be");
    if (said != sum) return wrong(d, "the checksum does not fit: the file was changed");
    if (events != rt_log_count(d->log) || bytes != rt_log_bytes_used(d->log) || strings != d->strings ||
        funcs != d->funcs)
        return wrong(d, "events or texts are missing");
    rt_log_add_lost(d->log, lost);
    d->ended = true;
    return true;
}

static bool get_record(struct gotrace_decoder *d, struct gotrace_in *in, uint64_t sum) {
    unsigned record = gotrace_get_byte(in);
    if (!d->began && record != R_HEAD) return wrong(d, "no head");
    if (record == R_HEAD) return get_head(d, in);
    if (record == R_PIECE) return get_piece(d, in) || wrong(d, "a text that is cut");
    if (record == R_END) return get_end(d, in, sum);
    size_t n = 0;
    const char *text = get_text(d, in, &n);
    if (!text) return wrong(d, "a text that is cut");
    const char *end = memchr(text, 0, n + 1);
    size_t word = (size_t)(end - text);
    switch (record) {
    case R_FILE:
        if (word == n) return wrong(d, "a file without a name");
        return rt_log_add_file(d->log, text, end + 1, n - word - 1) || wrong(d, "out of memory");
    case R_FUNC: {
        uint64_t pos = gotrace_get(in);
        if (in->bad || pos > UINT32_MAX || word != n) return wrong(d, "a function that cannot be");
        d->funcs++;
        return rt_log_add_func(d->log, text, (rt_pos)pos) || wrong(d, "out of memory");
    }
    case R_STRING:
        if (word != n) return wrong(d, "a string that cannot be");
        d->strings++;
        return rt_log_add_string(d->log, text) != 0 || wrong(d, "out of memory");
    case R_BYTES:
        if (n > LOG_PAGE) return wrong(d, "a text that is too long");
        return rt_log_bytes_add(d->log, text, n) != UINT64_MAX || wrong(d, "out of memory");
    default: return wrong(d, "a record of an unknown kind");
    }
}

static bool get_event(struct gotrace_decoder *d, struct gotrace_in *in, unsigned first) {
    unsigned number = first & ~(unsigned)NO_DIFF, diff = first & NO_DIFF ? 0 : gotrace_get_byte(in);
    if (!d->began) return wrong(d, "no head");
    uint16_t kind = number < d->kinds.len ? d->kinds.data[number] : UINT16_MAX;
    if (kind == UINT16_MAX) return wrong(d, "an event that this version does not know");
    struct gotrace_model *x = &d->model;
    struct rt_event ev = {.kind = kind, .m = x->m};
    ev.time = (int64_t)((uint64_t)x->time + gotrace_get(in));
    if (diff & DIFF_M) ev.m = (int32_t)get_diff(in, (uint64_t)x->m);
    struct gotrace_last *last = last_of(x, ev.m);
    if (!last || ev.m < -1) return wrong(d, "a thread that cannot be");
    ev.p = diff & DIFF_P ? (int32_t)get_diff(in, (uint64_t)last->p) : last->p;
    ev.g = diff & DIFF_G ? (uint32_t)gotrace_get(in) : last->g;
    struct gotrace_context *c = context_of(x, number, ev.g, ev.p);
    ev.pos = diff & DIFF_POS ? (rt_pos)get_diff(in, c->pos) : c->pos;
    ev.why = c->why; /* the file's number until below */
    if (diff & DIFF_WHY) {
        uint64_t why = gotrace_get(in);
        if (why >= d->reasons.len) return wrong(d, "a reason that cannot be");
        ev.why = (uint16_t)why;
    }
    ev.a = diff & DIFF_A ? get_diff(in, c->a) : c->a;
    ev.b = c->b + step_b(kind);
    if (diff & DIFF_B) ev.b = get_diff(in, ev.b);
    ev.c = diff & DIFF_C ? get_diff(in, c->c) : c->c;
    if (in->bad) return wrong(d, "an event that is cut");
    learn(x, last, c, &ev);
    ev.why = ev.why < d->reasons.len ? d->reasons.data[ev.why] : UINT16_MAX;
    if (ev.why == UINT16_MAX) return wrong(d, "a reason that this version does not know");
    return rt_log_append(d->log, &ev) || wrong(d, "out of memory");
}

bool gotrace_decode(struct gotrace_decoder *d, struct gotrace_in *in, uint64_t sum) {
    if (gotrace_get(in) != d->batches++ || in->bad) return wrong(d, "a batch is missing");
    while (in->at < in->end) {
        if (d->ended) return wrong(d, "more after the end");
        unsigned first = gotrace_get_byte(in);
        bool ok = first == ESCAPE ? get_record(d, in, sum) : get_event(d, in, first);
        if (!ok) return false;
        if (in->bad) return wrong(d, "a record that is cut");
    }
    return true;
}
