/* gotrace_int.h - what the files of gotrace_*.c share: the format's numbers, buffers, checksum. Private to replay. */
#ifndef GOSEE_REPLAY_GOTRACE_INT_H
#define GOSEE_REPLAY_GOTRACE_INT_H

#include <string.h>

#include "facts.h"
#include "gotrace.h"
#include "vec.h"

enum gotrace_event {
#define GOEVENT(name, number, nargs, since) GO_##name = number,
#include "gotrace.def"
#undef GOEVENT
    GO_EVENT_END
};

/* Structural events. */
enum {
    GO_EventBatch = 1, GO_Stacks, GO_Stack, GO_Strings, GO_String, GO_CPUSamples, GO_CPUSample, GO_Frequency,
    GO_ExperimentalBatch = 49, GO_Sync, GO_ClockSnapshot, GO_EndOfGeneration
};

enum { GO_P_RUNNING = 1, GO_P_IDLE, GO_P_SYSCALL, GO_P_ABANDONED };
enum { GO_G_RUNNABLE = 1, GO_G_RUNNING, GO_G_SYSCALL, GO_G_WAITING };

enum {
    GO_MAX_BATCH = 64 << 10,
    GO_MAX_STRING = 1 << 10,
    GO_MAX_FRAMES = 128,
    GO_MAX_ARGS = 5,
    GO_HEADER = 16,
    GO_OUR_EXPERIMENT = 1 /* of those that Go's parser knows; its printer panics at others */
};
#define GO_NO_THREAD UINT64_MAX
#define GOTRACE_HEADER "go 1.26 trace\0\0" /* and the terminator */

/* Begins the data of each experimental batch of ours; the batch's number follows as a varint. */
#define GOTRACE_MAGIC "gosee\0\1"
enum { GOTRACE_MAGIC_SIZE = 7 };

/* Bytes being composed. `failed` when memory ran out. */
struct gotrace_buf {
    unsigned char *data;
    size_t len, cap;
    bool failed;
};
bool gotrace_room(struct gotrace_buf *b, size_t more);
void gotrace_bytes(struct gotrace_buf *b, const void *bytes, size_t n);
void gotrace_varint(struct gotrace_buf *b, uint64_t v);
static inline void gotrace_byte(struct gotrace_buf *b, unsigned v) {
    if (gotrace_room(b, 1)) b->data[b->len++] = (unsigned char)v;
}
void gotrace_free(struct gotrace_buf *b);

/* Bytes being read. A read past the end sets `bad` and gives 0. */
struct gotrace_in {
    const unsigned char *at, *end;
    bool bad;
};
uint64_t gotrace_get(struct gotrace_in *in);
static inline unsigned gotrace_get_byte(struct gotrace_in *in) {
    if (in->at < in->end) return *in->at++;
    in->bad = true;
    return 0;
}
/* NULL and bad when n bytes are not there. */
const unsigned char *gotrace_get_bytes(struct gotrace_in *in, uint64_t n);

/* Of whole pieces (the header, each batch) in their order. */
uint64_t gotrace_sum(uint64_t sum, const void *bytes, size_t n);

/* gotrace_write.c: bytes after which a generation is full. */
void gotrace_generations(struct rp_recorder *r, uint64_t bytes);

/* ---- gotrace_fold.c: our events in Go's words -------------------------------------------------------------------- */

/* Where the words go. Thread m at time t (ns, never 0); args as on the wire, without the time. */
struct gotrace_sink {
    void *ctx;
    void (*put)(void *ctx, int32_t m, int64_t t, enum gotrace_event ev, const uint64_t *args, unsigned nargs);
    uint64_t (*stack_at)(void *ctx, rt_pos pos);    /* id of the stack with that place; 0 for none */
    uint64_t (*stack_of_fn)(void *ctx, uint64_t fn); /* of a goroutine that begins with fn */
    uint64_t (*reason)(void *ctx, unsigned why);    /* string ids */
    uint64_t (*stw_kind)(void *ctx, uint64_t kind);
};

struct gotrace_m {
    int32_t p;  /* -1 none */
    uint32_t g; /* ref; 0 none */
};
struct gotrace_p {
    uint8_t status; /* 0: not yet told of */
    int32_t m;
    uint64_t seq;
};
struct gotrace_g {
    uint32_t goid;
    uint8_t status; /* 0: gone */
    int32_t m;      /* -1 none */
    uint64_t seq;
};
struct gotrace_held { /* waits until a goroutine runs, for want of one */
    uint8_t ev;
    int32_t m;  /* -1: any */
    uint32_t g; /* ref; 0: any */
    uint64_t arg;
};

/* What Go's parser believes, so that no word is ever said that it would not take. */
struct gotrace_fold {
    struct gotrace_sink sink;
    bool one_to_one;
    VEC(struct gotrace_m) m;
    VEC(struct gotrace_p) p;
    VEC(struct gotrace_g) g;
    struct rp_id_map g_map;
    VEC(struct gotrace_held) held;
    uint32_t stw_g; /* ref of the goroutine that stopped the world; 0 none */
    bool stw, gc;
    uint64_t gc_seq;
    int64_t now;
    bool failed; /* memory ran out */
};
void gotrace_fold(struct gotrace_fold *f, const struct rt_event *ev);
/* Whether a new generation may begin here. */
bool gotrace_fold_quiet(const struct gotrace_fold *f);
/* Says the states of all, as the first words of a new generation, on thread m. */
void gotrace_fold_statuses(struct gotrace_fold *f, int32_t m);
void gotrace_fold_free(struct gotrace_fold *f);

/* ---- gotrace_extras.c: the log in our own words -------------------------------------------------------------------- */

enum { GOTRACE_CONTEXTS = 1 << 12 };

struct gotrace_context { /* what the last event like this one said */
    uint64_t a, b, c;
    uint32_t pos;
    uint16_t why;
};
struct gotrace_last { /* of a thread */
    int32_t p;
    uint32_t g;
};
/* Events are written as differences from what these foretell; writer and reader keep the same. */
struct gotrace_model {
    struct gotrace_context *contexts;
    VEC(struct gotrace_last) threads;
    int64_t time;
    int32_t m;
};
bool gotrace_model_init(struct gotrace_model *m);
void gotrace_model_free(struct gotrace_model *m);

struct gotrace_extras { /* the writer's side */
    const struct rt_log *log;
    struct gotrace_model model;
    struct gotrace_buf out; /* the batch's data being filled, magic included */
    void *ctx;
    void (*batch)(void *ctx, const unsigned char *data, size_t n);
    uint64_t batches, events, bytes, strings, funcs;
    bool failed;
};
bool gotrace_extras_begin(struct gotrace_extras *x, const struct rt_log *log, void *ctx,
                          void (*batch)(void *, const unsigned char *, size_t));
void gotrace_extras_event(struct gotrace_extras *x, const struct rt_event *ev);
/* What the log has got besides events. */
void gotrace_extras_tables(struct gotrace_extras *x);
void gotrace_extras_flush(struct gotrace_extras *x);
/* The last record; `sum` is that of the file so far. */
void gotrace_extras_end(struct gotrace_extras *x, uint64_t sum);
void gotrace_extras_free(struct gotrace_extras *x);

struct gotrace_decoder { /* the reader's side */
    struct rt_log *log;
    struct gotrace_model model;
    struct gotrace_buf text; /* a long text's pieces */
    VEC(uint16_t) kinds, reasons; /* the file's numbers to ours */
    struct gotrace_buf names;
    uint64_t batches, strings, funcs;
    bool began, ended;
    struct str why;
};
bool gotrace_decode_begin(struct gotrace_decoder *d, struct rt_log *log);
/* One batch's data, after the magic. `sum` is the file's up to this batch. false: d->why says what is wrong. */
bool gotrace_decode(struct gotrace_decoder *d, struct gotrace_in *in, uint64_t sum);
void gotrace_decode_free(struct gotrace_decoder *d);

/* ---- gotrace_foreign.c: traces of real Go programs ------------------------------------------------------------------ */

struct gotrace_batch {
    uint64_t generation, thread, time;
    uint64_t offset; /* of its head in the file */
    uint64_t data_offset;
    int experiment; /* -1 none */
    bool end;       /* of the generation */
    const unsigned char *data;
    size_t size;
};
struct gotrace_foreign;
struct gotrace_foreign *gotrace_foreign_new(struct rt_log *log, unsigned version);
/* false: *what is wrong, *offset where. `at`: where the file ends. */
bool gotrace_foreign_batch(struct gotrace_foreign *f, const struct gotrace_batch *b, uint64_t *offset, const char **what);
bool gotrace_foreign_end(struct gotrace_foreign *f, uint64_t at, uint64_t *offset, const char **what);
void gotrace_foreign_free(struct gotrace_foreign *f);

#endif
