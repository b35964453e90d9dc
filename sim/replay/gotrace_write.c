/* gotrace_write.c - a recording as it grows: a buffer a thread, tables a generation, our extras beside them.
 *
 * Go's parser holds a generation in memory at once, so a long recording has several; each has its own strings and
 * stacks and begins with everybody's state. The file gets its name when it is whole: whatever ends the process before,
 * no half a recording stands under that name. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gotrace_int.h"

enum { BATCH_ROOM = GO_MAX_BATCH - 64, OUT_FULL = 256 << 10, EVENTS_AT_ONCE = 512 };
enum { GENERATION_BYTES = 32 << 20 };

/* String ids. 0 is "". */
enum { ID_REASON = 1, ID_STW = 1000, ID_FILE = 1100, ID_RUNTIME = 1300, ID_FN = 2000 };

struct stream { /* a thread's batch being filled */
    struct gotrace_buf buf;
    int64_t first, last;
};

struct frame_key {
    uint64_t fn; /* UINT64_MAX: by place alone */
    rt_pos pos;
};

struct func_at {
    rt_pos pos;
    uint32_t fn;
};

struct rp_recorder {
    const struct rt_log *log;
    uint64_t next; /* event */
    int fd, error;
    char *path, *temp; /* temp NULL: straight */
    struct gotrace_buf out;
    uint64_t sum, written;
    struct gotrace_fold fold;
    struct gotrace_extras extras;
    VEC(struct stream) streams; /* by thread */
    uint64_t generation, generation_bytes, generation_full;
    bool failed; /* memory ran out */
    /* tables of this generation */
    struct rp_id_map strings_used, stacks;
    VEC(uint64_t) string_ids;
    VEC(struct frame_key) frames; /* by stack id - 1 */
    VEC(struct func_at) by_pos;
    uint64_t nfuncs;
    struct rp_record_size size;
};

/* ---- the file ---------------------------------------------------------------------------------------------------- */

static void write_out(struct rp_recorder *r) {
    size_t done = 0;
    while (!r->error && done < r->out.len) {
        ssize_t k = write(r->fd, r->out.data + done, r->out.len - done);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) r->error = errno;
        else done += (size_t)k;
    }
    r->out.len = 0;
}

/* What was added to out from `from` on is one piece of the checksum. */
static void piece_done(struct rp_recorder *r, size_t from) {
    if (r->out.failed) {
        r->failed = true;
        return;
    }
    r->sum = gotrace_sum(r->sum, r->out.data + from, r->out.len - from);
    r->written += r->out.len - from;
    if (r->out.len >= OUT_FULL) write_out(r);
}

static void put_batch(struct rp_recorder *r, bool ours, uint64_t thread, int64_t time, const void *data, size_t n) {
    size_t from = r->out.len;
    gotrace_byte(&r->out, ours ? GO_ExperimentalBatch : GO_EventBatch);
    if (ours) gotrace_byte(&r->out, GO_OUR_EXPERIMENT);
    gotrace_varint(&r->out, r->generation);
    gotrace_varint(&r->out, thread);
    gotrace_varint(&r->out, (uint64_t)time);
    gotrace_varint(&r->out, n);
    gotrace_bytes(&r->out, data, n);
    *(ours ? &r->size.extra_bytes : &r->size.go_bytes) += r->out.len - from;
    if (!ours) r->generation_bytes += r->out.len - from;
    piece_done(r, from);
}

static void put_ours(void *ctx, const unsigned char *data, size_t n) {
    struct rp_recorder *r = ctx;
    put_batch(r, true, GO_NO_THREAD, r->fold.now ? r->fold.now : 1, data, n);
}

/* ---- strings and stacks ------------------------------------------------------------------------------------------ */

static uint64_t use_string(struct rp_recorder *r, uint64_t id) {
    if (rp_map_get(&r->strings_used, id)) return id;
    if (!VEC_PUSH(&r->string_ids, id) || !rp_map_put(&r->strings_used, id, 1)) r->failed = true;
    return id;
}

static uint64_t reason_id(void *ctx, unsigned why) { return why ? use_string(ctx, ID_REASON + why) : 0; }
static uint64_t stw_id(void *ctx, uint64_t kind) { return use_string(ctx, ID_STW + (kind > RT_STW_OTHER ? RT_STW_OTHER : kind)); }

static const char *const stw_names[] = {"GOMAXPROCS", "GC", "stop the world"};

static const char *text_of(const struct rp_recorder *r, uint64_t id) {
    if (id >= ID_FN) {
        const struct rt_log_func *fn = rt_log_func(r->log, id - ID_FN);
        return fn ? fn->name : "?";
    }
    if (id >= ID_RUNTIME) return rt_runtime_fn_name(RT_FN_RUNTIME | (id - ID_RUNTIME));
    if (id >= ID_FILE) {
        const struct rt_log_file *file = rt_log_file(r->log, (unsigned)(id - ID_FILE));
        return file ? file->name : "?";
    }
    if (id >= ID_STW) return stw_names[id - ID_STW];
    return rt_reason_text((unsigned)(id - ID_REASON));
}

static uint64_t fn_string(uint64_t fn) {
    if (fn & RT_FN_RUNTIME) {
        uint64_t i = fn & ~RT_FN_RUNTIME;
        return ID_RUNTIME + (i < RT_FN_RUNTIME_COUNT ? i : RT_FN_RUNTIME_COUNT);
    }
    return ID_FN + (fn < UINT32_MAX ? fn : UINT32_MAX);
}

static int by_position(const void *a, const void *b) {
    rt_pos x = ((const struct func_at *)a)->pos, y = ((const struct func_at *)b)->pos;
    return (x > y) - (x < y);
}

static void learn_funcs(struct rp_recorder *r) {
    const struct rt_log_func *fn;
    uint64_t had = r->nfuncs;
    for (; r->nfuncs < UINT32_MAX && (fn = rt_log_func(r->log, r->nfuncs)); r->nfuncs++) {
        struct func_at f = {fn->pos, (uint32_t)r->nfuncs};
        if (fn->pos && !VEC_PUSH(&r->by_pos, f)) r->failed = true;
    }
    if (r->nfuncs != had && r->by_pos.len) qsort(r->by_pos.data, r->by_pos.len, sizeof *r->by_pos.data, by_position);
}

/* The function that begins last at or before a place in its file: the innermost, but for what stands after a literal. */
static uint64_t func_around(const struct rp_recorder *r, rt_pos pos) {
    size_t lo = 0, hi = r->by_pos.len;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (r->by_pos.data[mid].pos <= pos) lo = mid + 1;
        else hi = mid;
    }
    if (lo == 0 || RT_POS_FILE(r->by_pos.data[lo - 1].pos) != RT_POS_FILE(pos)) return UINT64_MAX;
    return r->by_pos.data[lo - 1].fn;
}

static uint64_t stack_id(struct rp_recorder *r, uint64_t key, struct frame_key frame) {
    uint32_t ref = rp_map_get(&r->stacks, key);
    if (ref) return ref;
    if (!VEC_PUSH(&r->frames, frame) || !rp_map_put(&r->stacks, key, (uint32_t)r->frames.len)) r->failed = true;
    return r->frames.len;
}

static uint64_t stack_at(void *ctx, rt_pos pos) {
    return pos ? stack_id(ctx, pos, (struct frame_key){.fn = UINT64_MAX, .pos = pos}) : 0;
}

static uint64_t stack_of_fn(void *ctx, uint64_t fn) {
    struct rp_recorder *r = ctx;
    const struct rt_log_func *known = fn & RT_FN_RUNTIME ? NULL : rt_log_func(r->log, fn);
    uint64_t key = (fn & RT_FN_RUNTIME) | UINT64_C(1) << 40 | (fn & UINT32_MAX);
    return stack_id(r, key, (struct frame_key){.fn = fn, .pos = known ? known->pos : 0});
}

static void put_table(struct rp_recorder *r, struct gotrace_buf *b, unsigned head) {
    if (b->len > 1) put_batch(r, false, GO_NO_THREAD, r->fold.now, b->data, b->len);
    b->len = 0;
    gotrace_byte(b, head);
}

static void put_stacks(struct rp_recorder *r, struct gotrace_buf *b) {
    put_table(r, b, GO_Stacks);
    for (size_t i = 0; i < r->frames.len; i++) {
        struct frame_key f = r->frames.data[i];
        uint64_t fn = f.fn == UINT64_MAX ? func_around(r, f.pos) : f.fn;
        uint64_t name = fn == UINT64_MAX ? ID_RUNTIME + RT_FN_RUNTIME_COUNT : fn_string(fn);
        if (b->len > BATCH_ROOM) put_table(r, b, GO_Stacks);
        gotrace_byte(b, GO_Stack);
        gotrace_varint(b, i + 1);
        gotrace_varint(b, 1);
        gotrace_varint(b, 0x10000 + i); /* a program counter of its own */
        gotrace_varint(b, use_string(r, name));
        gotrace_varint(b, use_string(r, ID_FILE + RT_POS_FILE(f.pos)));
        gotrace_varint(b, RT_POS_LINE(f.pos));
    }
    put_table(r, b, GO_Strings);
}

static void put_strings(struct rp_recorder *r, struct gotrace_buf *b) {
    for (size_t i = 0; i < r->string_ids.len; i++) {
        const char *s = text_of(r, r->string_ids.data[i]);
        size_t n = strlen(s);
        if (n > GO_MAX_STRING) n = GO_MAX_STRING;
        if (b->len + n > BATCH_ROOM) put_table(r, b, GO_Strings);
        gotrace_byte(b, GO_String);
        gotrace_varint(b, r->string_ids.data[i]);
        gotrace_varint(b, n);
        gotrace_bytes(b, s, n);
    }
    put_table(r, b, 0);
}

/* ---- streams ----------------------------------------------------------------------------------------------------- */

static void flush_stream(struct rp_recorder *r, size_t m) {
    struct stream *s = &r->streams.data[m];
    if (s->buf.failed) r->failed = true;
    if (s->buf.failed || s->buf.len == 0) return;
    put_batch(r, false, m, s->first, s->buf.data, s->buf.len);
    s->buf.len = 0;
}

static void put_event(void *ctx, int32_t m, int64_t t, enum gotrace_event ev, const uint64_t *args, unsigned nargs) {
    struct rp_recorder *r = ctx;
    const struct stream fresh = {0};
    while ((size_t)m >= r->streams.len)
        if (!VEC_PUSH(&r->streams, fresh)) {
            r->failed = true;
            return;
        }
    struct stream *s = &r->streams.data[m];
    if (s->buf.len > BATCH_ROOM) flush_stream(r, (size_t)m);
    if (s->buf.len == 0) s->first = s->last = t;
    gotrace_byte(&s->buf, ev);
    gotrace_varint(&s->buf, (uint64_t)(t - s->last));
    for (unsigned i = 0; i < nargs; i++) gotrace_varint(&s->buf, args[i]);
    s->last = t;
    r->size.go_events++;
}

static void begin_generation(struct rp_recorder *r) {
    r->generation++;
    r->generation_bytes = 0;
    struct gotrace_buf b = {0};
    int64_t now = r->fold.now ? r->fold.now : 1;
    gotrace_byte(&b, GO_Sync);
    gotrace_byte(&b, GO_Frequency);
    gotrace_varint(&b, 1000000000);
    gotrace_byte(&b, GO_ClockSnapshot);
    gotrace_varint(&b, 0);
    gotrace_varint(&b, (uint64_t)now);
    gotrace_varint(&b, (uint64_t)(1257894000 + now / 1000000000)); /* virtual time begins in 2009 */
    gotrace_varint(&b, (uint64_t)(now % 1000000000));
    if (b.failed) r->failed = true;
    else put_batch(r, false, GO_NO_THREAD, now, b.data, b.len);
    gotrace_free(&b);
}

static void end_tables(struct rp_recorder *r) {
    for (size_t m = 0; m < r->streams.len; m++) flush_stream(r, m);
    struct gotrace_buf b = {0};
    put_stacks(r, &b);
    put_strings(r, &b);
    if (b.failed) r->failed = true;
    gotrace_free(&b);
    rp_map_free(&r->strings_used);
    rp_map_free(&r->stacks);
    r->string_ids.len = r->frames.len = 0;
}

static void end_generation(struct rp_recorder *r) {
    size_t from = r->out.len;
    gotrace_byte(&r->out, GO_EndOfGeneration);
    r->size.go_bytes++;
    piece_done(r, from);
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

static bool say_errno(struct str *why, int error) {
    str_adds(why, strerror(error));
    return false;
}

/* Something that is there and no plain file, and what /dev and /proc stand for, is not replaced. */
static bool goes_straight(const char *path) {
    struct stat st;
    if (strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0) return true;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static bool open_file(struct rp_recorder *r, const char *path) {
    if (goes_straight(path)) {
        r->path = strdup(path);
        r->fd = r->path ? open(path, O_WRONLY | O_TRUNC | O_CLOEXEC) : -1;
        return r->fd >= 0;
    }
    r->path = realpath(path, NULL); /* a link stays, what it names is replaced */
    if (!r->path) r->path = strdup(path);
    for (unsigned i = 0; r->path && i < 100; i++) {
        struct str name = {0};
        str_addf(&name, "%s.%ld-%u.tmp", r->path, (long)getpid(), i);
        r->temp = str_take(&name);
        r->fd = r->temp ? open(r->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666) : -1;
        if (r->fd >= 0) return true;
        free(r->temp);
        r->temp = NULL;
        if (errno != EEXIST) return false;
    }
    return false;
}

static void release(struct rp_recorder *r) {
    if (r->fd >= 0) close(r->fd);
    if (r->temp) unlink(r->temp);
    free(r->temp);
    free(r->path);
    gotrace_free(&r->out);
    gotrace_fold_free(&r->fold);
    gotrace_extras_free(&r->extras);
    for (size_t i = 0; i < r->streams.len; i++) gotrace_free(&r->streams.data[i].buf);
    VEC_FREE(&r->streams);
    rp_map_free(&r->strings_used);
    rp_map_free(&r->stacks);
    VEC_FREE(&r->string_ids);
    VEC_FREE(&r->frames);
    VEC_FREE(&r->by_pos);
    free(r);
}

struct rp_recorder *rp_record_begin(const char *path, const struct rt_log *log, struct str *why) {
    struct rp_recorder *r = calloc(1, sizeof *r);
    if (!r) {
        str_adds(why, "out of memory");
        return NULL;
    }
    r->log = log;
    r->fd = -1;
    r->generation_full = GENERATION_BYTES;
    errno = 0;
    if (!open_file(r, path)) {
        say_errno(why, errno ? errno : ENOMEM);
        release(r);
        return NULL;
    }
    r->fold.one_to_one = rt_log_get_info(log)->one_to_one;
    r->fold.sink = (struct gotrace_sink){.ctx = r, .put = put_event, .stack_at = stack_at, .stack_of_fn = stack_of_fn,
                                         .reason = reason_id, .stw_kind = stw_id};
    gotrace_bytes(&r->out, GOTRACE_HEADER, GO_HEADER);
    piece_done(r, 0);
    begin_generation(r);
    if (gotrace_extras_begin(&r->extras, log, r, put_ours) && !r->failed) return r;
    str_adds(why, "out of memory");
    release(r);
    return NULL;
}

static void next_generation(struct rp_recorder *r, int32_t m) {
    gotrace_extras_flush(&r->extras);
    end_tables(r);
    end_generation(r);
    begin_generation(r);
    gotrace_fold_statuses(&r->fold, m);
}

bool rp_record_more(struct rp_recorder *r) {
    struct rt_event evs[EVENTS_AT_ONCE];
    size_t got;
    learn_funcs(r);
    while (!r->error && !r->failed && (got = rt_log_read(r->log, r->next, evs, EVENTS_AT_ONCE)) > 0) {
        for (size_t i = 0; i < got; i++) {
            gotrace_fold(&r->fold, &evs[i]);
            gotrace_extras_event(&r->extras, &evs[i]);
        }
        r->next += got;
        if (r->fold.failed || r->extras.failed) r->failed = true;
        bool full = r->generation_bytes >= r->generation_full && evs[got - 1].m >= 0;
        if (full && gotrace_fold_quiet(&r->fold)) next_generation(r, evs[got - 1].m);
    }
    gotrace_extras_tables(&r->extras);
    return !r->error && !r->failed && !r->extras.failed;
}

static void finish_file(struct rp_recorder *r) {
    end_tables(r);
    gotrace_extras_flush(&r->extras);
    gotrace_extras_end(&r->extras, r->sum);
    end_generation(r);
    write_out(r);
    if (r->fold.failed || r->extras.failed) r->failed = true;
    if (!r->error && r->temp && fsync(r->fd) != 0) r->error = errno;
    if (close(r->fd) != 0 && !r->error) r->error = errno;
    r->fd = -1;
}

bool rp_record_end(struct rp_recorder *r, struct rp_record_size *size, struct str *why) {
    if (rp_record_more(r)) finish_file(r);
    bool ok = !r->error && !r->failed && !r->extras.failed;
    if (ok && r->temp) {
        if (rename(r->temp, r->path) != 0) r->error = errno;
        free(r->temp);
        r->temp = NULL;
    }
    if (r->error) ok = say_errno(why, r->error);
    else if (!ok) str_adds(why, "out of memory");
    r->size.events = r->next;
    if (size) *size = r->size;
    release(r);
    return ok;
}

void gotrace_generations(struct rp_recorder *r, uint64_t bytes) { r->generation_full = bytes; }

void rp_record_drop(struct rp_recorder *r) {
    if (r) release(r);
}
