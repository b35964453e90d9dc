/* gotrace_foreign.c - a trace of a real Go program: its generations, tables and threads' batches.
 *
 * A generation is kept until it is whole, for its tables may come last. Then the threads' next events stand in a heap by
 * time; the first that may come is taken (gotrace_order.c). */
#include <stdlib.h>

#include "gotrace_order.h"

enum { MAX_FILE_INDEX = 63, MAX_SOURCE = 4 << 20 };

struct piece { /* a batch of events, in the bytes kept */
    size_t at, size;
    uint64_t time, offset; /* offset: of its data in the file */
};

struct thread { /* a cursor over a thread's batches */
    int32_t m;
    VEC(struct piece) pieces;
    size_t piece, at;
    uint64_t stamp; /* of the last event read, in the trace's own unit */
    struct gotrace_wire next;
    uint64_t offset; /* of next in the file */
};

struct text {
    size_t at, size;
};

struct frame {
    uint64_t func, file, line;
};
struct stack {
    size_t first, count;
};

struct gotrace_foreign {
    struct rt_log *log;
    unsigned version;
    struct gotrace_order order;
    bool some;
    uint64_t generation, stamp0; /* of the trace's first batch */
    bool has_stamp0;
    struct gotrace_buf kept;     /* this generation's bytes */
    VEC(struct thread) threads;  /* by number plus one: the first is none, which tells of who rests */
    VEC(uint32_t) heap;          /* threads with a next event, the earliest first */
    struct rp_id_map string_map, stack_map;
    VEC(struct text) strings;
    VEC(struct frame) frames;
    VEC(struct stack) stacks;
    double ns; /* a unit of time */
    struct gotrace_buf name; /* the last text asked for, terminated */
    struct rp_id_map files, funcs; /* by hash of the name: of the whole log */
    unsigned nfiles;
    uint64_t nfuncs;
    const char *wrong;
    uint64_t wrong_at;
};

static bool fail(struct gotrace_foreign *f, uint64_t at, const char *what) {
    f->wrong = what;
    f->wrong_at = at;
    return false;
}

/* ---- what the tables say ------------------------------------------------------------------------------------------ */

static const char *string_of(void *ctx, uint64_t id) {
    struct gotrace_foreign *f = ctx;
    uint32_t ref = id ? rp_map_get(&f->string_map, id) : 0;
    if (!ref) return NULL;
    const struct text *t = &f->strings.data[ref - 1];
    f->name.len = 0;
    gotrace_bytes(&f->name, f->kept.data + t->at, t->size);
    gotrace_byte(&f->name, 0);
    return f->name.failed ? NULL : (const char *)f->name.data;
}

static uint64_t hash_text(const char *s) { return gotrace_sum(1, s, strlen(s)); }

static bool begins(const char *s, const char *with) { return strncmp(s, with, strlen(with)) == 0; }

/* The file's text as it is today, if it is there: the trace has only its name. */
static void read_source(struct str *text, const char *path) {
    size_t n = strlen(path);
    if (n < 4 || strcmp(path + n - 3, ".go") != 0 || path[0] != '/') return;
    if (!str_read_file(text, path, MAX_SOURCE)) str_clear(text);
}

/* The log's number of a file; -1: there are too many. */
static int file_index(struct gotrace_foreign *f, uint64_t id) {
    const char *path = string_of(f, id);
    if (!path) return -1;
    uint64_t key = hash_text(path);
    uint32_t ref = rp_map_get(&f->files, key);
    if (ref) return (int)ref - 1;
    if (f->nfiles > MAX_FILE_INDEX) return -1;
    struct str text = {0};
    read_source(&text, path);
    const char *slash = strrchr(path, '/');
    bool ok = rt_log_add_file(f->log, slash ? slash + 1 : path, str_cstr(&text), text.len);
    str_free(&text);
    if (!ok || !rp_map_put(&f->files, key, f->nfiles + 1)) return -1;
    return (int)f->nfiles++;
}

static rt_pos pos_of(struct gotrace_foreign *f, const struct frame *frame) {
    int file = file_index(f, frame->file);
    return file < 0 || frame->line > 0xffffff ? 0 : RT_POS(file, frame->line);
}

static uint64_t func_of(struct gotrace_foreign *f, const struct frame *frame) {
    const char *name = string_of(f, frame->func);
    if (!name) return UINT32_MAX;
    uint64_t key = hash_text(name);
    uint32_t ref = rp_map_get(&f->funcs, key);
    if (ref) return ref - 1;
    struct str copy = {0};
    str_adds(&copy, name);
    rt_pos pos = pos_of(f, frame);
    bool ok = !copy.failed && rt_log_add_func(f->log, str_cstr(&copy), pos);
    str_free(&copy);
    if (!ok || !rp_map_put(&f->funcs, key, (uint32_t)f->nfuncs + 1)) return UINT32_MAX;
    return f->nfuncs++;
}

/* The program's own code: not the runtime's, and not what stands in GOROOT's packages of one word. */
static bool own_code(struct gotrace_foreign *f, const struct frame *frame) {
    const char *name = string_of(f, frame->func);
    if (!name) return false;
    if (begins(name, "main.")) return true;
    const char *slash = strchr(name, '/'), *dot = strchr(name, '.');
    return slash && dot && dot < slash; /* example.com/x */
}

static struct gotrace_stack_place stack_of(void *ctx, uint64_t id) {
    struct gotrace_foreign *f = ctx;
    struct gotrace_stack_place at = {.fn = UINT32_MAX};
    uint32_t ref = id ? rp_map_get(&f->stack_map, id) : 0;
    if (!ref || f->stacks.data[ref - 1].count == 0) return at;
    const struct stack *s = &f->stacks.data[ref - 1];
    const struct frame *frames = &f->frames.data[s->first];
    size_t pick = 0;
    while (pick < s->count && !own_code(f, &frames[pick])) pick++;
    if (pick == s->count) pick = 0;
    at.pos = pos_of(f, &frames[pick]);
    at.fn = func_of(f, &frames[s->count - 1]);
    return at;
}

/* ---- tables of a generation --------------------------------------------------------------------------------------- */

static bool take_strings(struct gotrace_foreign *f, const struct gotrace_batch *b, size_t base) {
    struct gotrace_in in = {.at = b->data + 1, .end = b->data + b->size};
    while (in.at < in.end) {
        uint64_t at = b->data_offset + (uint64_t)(in.at - b->data);
        if (gotrace_get_byte(&in) != GO_String) return fail(f, at, "no string where one should be");
        uint64_t id = gotrace_get(&in), n = gotrace_get(&in);
        const unsigned char *s = gotrace_get_bytes(&in, n);
        if (!s || n > GO_MAX_STRING) return fail(f, at, "a string that is cut or too long");
        struct text t = {base + (size_t)(s - b->data), (size_t)n};
        if (id == 0 || rp_map_get(&f->string_map, id)) return fail(f, at, "two strings of one number");
        if (!VEC_PUSH(&f->strings, t) || !rp_map_put(&f->string_map, id, (uint32_t)f->strings.len))
            return fail(f, at, "out of memory");
    }
    return true;
}

static bool take_stacks(struct gotrace_foreign *f, const struct gotrace_batch *b) {
    struct gotrace_in in = {.at = b->data + 1, .end = b->data + b->size};
    while (in.at < in.end) {
        uint64_t at = b->data_offset + (uint64_t)(in.at - b->data);
        if (gotrace_get_byte(&in) != GO_Stack) return fail(f, at, "no stack where one should be");
        uint64_t id = gotrace_get(&in), n = gotrace_get(&in);
        if (in.bad || n > GO_MAX_FRAMES) return fail(f, at, "a stack that is too deep");
        struct stack s = {f->frames.len, (size_t)n};
        for (uint64_t i = 0; i < n; i++) {
            gotrace_get(&in); /* the program counter */
            struct frame frame;
            frame.func = gotrace_get(&in);
            frame.file = gotrace_get(&in);
            frame.line = gotrace_get(&in);
            if (in.bad) return fail(f, at, "a stack that is cut");
            if (!VEC_PUSH(&f->frames, frame)) return fail(f, at, "out of memory");
        }
        if (id == 0 || rp_map_get(&f->stack_map, id)) return fail(f, at, "two stacks of one number");
        if (!VEC_PUSH(&f->stacks, s) || !rp_map_put(&f->stack_map, id, (uint32_t)f->stacks.len))
            return fail(f, at, "out of memory");
    }
    return true;
}

static bool take_sync(struct gotrace_foreign *f, const struct gotrace_batch *b) {
    struct gotrace_in in = {.at = b->data, .end = b->data + b->size};
    if (*in.at == GO_Sync) in.at++;
    while (in.at < in.end) {
        unsigned ev = gotrace_get_byte(&in);
        if (ev == GO_Frequency) {
            uint64_t hz = gotrace_get(&in);
            if (in.bad || hz == 0 || f->ns > 0) return fail(f, b->data_offset, "a frequency that cannot be");
            f->ns = 1e9 / (double)hz;
        } else if (ev == GO_ClockSnapshot) {
            for (int i = 0; i < 4; i++) gotrace_get(&in);
        } else {
            return fail(f, b->data_offset, "an event that does not belong to a sync batch");
        }
    }
    return !in.bad || fail(f, b->data_offset, "a sync batch that is cut");
}

static bool take_events(struct gotrace_foreign *f, const struct gotrace_batch *b, size_t base) {
    int32_t m = gotrace_order_thread(&f->order, b->thread);
    if (m < 0 && b->thread != GO_NO_THREAD) return fail(f, b->offset, "too many threads");
    size_t at = (size_t)(m + 1);
    while (f->threads.len <= at) {
        const struct thread fresh = {.m = (int32_t)f->threads.len - 1};
        if (!VEC_PUSH(&f->threads, fresh)) return fail(f, b->offset, "out of memory");
    }
    struct piece p = {base, b->size, b->time, b->data_offset};
    if (!VEC_PUSH(&f->threads.data[at].pieces, p)) return fail(f, b->offset, "out of memory");
    if (!f->has_stamp0 || b->time < f->stamp0) f->stamp0 = f->order.begun ? f->stamp0 : b->time;
    f->has_stamp0 = true;
    return true;
}

/* ---- order -------------------------------------------------------------------------------------------------------- */

static unsigned args_of(unsigned ev, unsigned version) {
    static const struct {
        uint8_t nargs, since;
    } shape[256] = {
#define GOEVENT(name, number, nargs, since) [number] = {nargs, since},
#include "gotrace.def"
#undef GOEVENT
    };
    return ev < 256 && shape[ev].since && shape[ev].since <= version ? shape[ev].nargs : 0;
}

/* The thread's next event into t->next; *none: there is none. */
static bool read_next(struct gotrace_foreign *f, struct thread *t, bool *none) {
    while (t->piece < t->pieces.len && t->at == t->pieces.data[t->piece].size) {
        t->piece++;
        t->at = 0;
    }
    *none = t->piece == t->pieces.len;
    if (*none) return true;
    const struct piece *p = &t->pieces.data[t->piece];
    if (t->at == 0) t->stamp = p->time;
    const unsigned char *data = f->kept.data + p->at;
    struct gotrace_in in = {.at = data + t->at, .end = data + p->size};
    t->offset = p->offset + t->at;
    unsigned ev = gotrace_get_byte(&in), n = args_of(ev, f->version);
    if (n == 0) return fail(f, t->offset, "an event of an unknown kind");
    t->next = (struct gotrace_wire){.ev = (uint8_t)ev};
    t->stamp += gotrace_get(&in);
    for (unsigned i = 0; i + 1 < n; i++) t->next.args[i] = gotrace_get(&in);
    if (in.bad) return fail(f, t->offset, "an event that is cut");
    double ns = t->stamp > f->stamp0 ? (double)(t->stamp - f->stamp0) * f->ns : 0;
    if (ns > 9e18) return fail(f, t->offset, "a time that cannot be");
    t->next.time = (int64_t)ns;
    t->at = (size_t)(in.at - data);
    return true;
}

static int64_t time_at(const struct gotrace_foreign *f, size_t i) { return f->threads.data[f->heap.data[i]].next.time; }

static void heap_swap(struct gotrace_foreign *f, size_t i, size_t k) {
    uint32_t was = f->heap.data[i];
    f->heap.data[i] = f->heap.data[k];
    f->heap.data[k] = was;
}

static void heap_down(struct gotrace_foreign *f, size_t i) {
    for (;;) {
        size_t least = i, left = 2 * i + 1;
        for (size_t k = left; k < left + 2 && k < f->heap.len; k++)
            if (time_at(f, k) < time_at(f, least)) least = k;
        if (least == i) return;
        heap_swap(f, i, least);
        i = least;
    }
}

static void heap_fix(struct gotrace_foreign *f, size_t i) {
    while (i > 0 && time_at(f, i) < time_at(f, (i - 1) / 2)) {
        heap_swap(f, i, (i - 1) / 2);
        i = (i - 1) / 2;
    }
    heap_down(f, i);
}

/* Takes the i-th of the heap if it may come. */
static bool try_thread(struct gotrace_foreign *f, size_t i, bool *taken) {
    struct thread *t = &f->threads.data[f->heap.data[i]];
    enum gotrace_step step = gotrace_order_take(&f->order, t->m, &t->next);
    *taken = step == GOTRACE_TAKEN;
    if (step == GOTRACE_WRONG) return fail(f, t->offset, f->order.wrong);
    if (step == GOTRACE_NOT_YET) return true;
    bool none;
    if (!read_next(f, t, &none)) return false;
    if (none) {
        f->heap.data[i] = VEC_LAST(&f->heap);
        f->heap.len--;
    }
    if (i < f->heap.len) heap_fix(f, i);
    return true;
}

/* The first by time that may come; the first of all nearly always. */
static bool take_one(struct gotrace_foreign *f) {
    bool taken = false;
    if (!try_thread(f, 0, &taken)) return false;
    if (taken) return true;
    for (size_t i = 1; i < f->heap.len; i++) { /* sorted by time, it is a heap still */
        uint32_t t = f->heap.data[i];
        size_t k = i;
        for (; k > 0 && time_at(f, k - 1) > f->threads.data[t].next.time; k--) f->heap.data[k] = f->heap.data[k - 1];
        f->heap.data[k] = t;
    }
    for (size_t i = 1; i < f->heap.len && !taken; i++)
        if (!try_thread(f, i, &taken)) return false;
    if (taken) return true;
    return fail(f, f->threads.data[f->heap.data[0]].offset, "the threads wait for each other: the trace contradicts itself");
}

static void forget_generation(struct gotrace_foreign *f) {
    for (size_t i = 0; i < f->threads.len; i++) {
        struct thread *t = &f->threads.data[i];
        t->pieces.len = t->piece = t->at = 0;
    }
    rp_map_free(&f->string_map);
    rp_map_free(&f->stack_map);
    f->strings.len = f->frames.len = f->stacks.len = f->heap.len = 0;
    f->kept.len = 0;
    f->ns = 0;
    f->some = false;
}

static bool end_generation(struct gotrace_foreign *f, uint64_t at) {
    if (!f->some) return true;
    if (!(f->ns > 0)) return fail(f, at, "a generation without a frequency");
    f->order.generation = f->generation;
    for (size_t i = 0; i < f->threads.len; i++) {
        bool none;
        if (!read_next(f, &f->threads.data[i], &none)) return false;
        if (none) continue;
        if (!VEC_PUSH(&f->heap, (uint32_t)i)) return fail(f, at, "out of memory");
        heap_fix(f, f->heap.len - 1);
    }
    while (f->heap.len)
        if (!take_one(f)) return false;
    forget_generation(f);
    return true;
}

/* ---- life --------------------------------------------------------------------------------------------------------- */

struct gotrace_foreign *gotrace_foreign_new(struct rt_log *log, unsigned version) {
    struct gotrace_foreign *f = calloc(1, sizeof *f);
    if (!f) return NULL;
    f->log = f->order.log = log;
    f->version = version;
    f->order.tables = (struct gotrace_tables){.ctx = f, .stack = stack_of, .string = string_of};
    if (rt_log_set_info(log, &(struct rt_log_info){.world = "go", .choice = "trace", .foreign = true})) return f;
    free(f);
    return NULL;
}

static bool take_batch(struct gotrace_foreign *f, const struct gotrace_batch *b) {
    if (b->end) return end_generation(f, b->offset);
    if (b->generation == 0) return fail(f, b->offset, "a generation numbered 0");
    if (f->some && b->generation != f->generation) {
        if (f->version >= 26 || b->generation != f->generation + 1)
            return fail(f, b->offset, "a batch of another generation");
        if (!end_generation(f, b->offset)) return false;
    }
    f->generation = b->generation;
    f->some = true;
    size_t base = f->kept.len;
    unsigned first = b->size ? b->data[0] : 0;
    bool sync = f->version >= 25 ? first == GO_Sync : first == GO_Frequency;
    if (b->experiment >= 0 || b->size == 0 || first == GO_CPUSamples) return true; /* nothing here shows them */
    if (sync) return take_sync(f, b);
    if (first == GO_Stacks) return take_stacks(f, b);
    gotrace_bytes(&f->kept, b->data, b->size);
    if (f->kept.failed) return fail(f, b->offset, "out of memory");
    return first == GO_Strings ? take_strings(f, b, base) : take_events(f, b, base);
}

bool gotrace_foreign_batch(struct gotrace_foreign *f, const struct gotrace_batch *b, uint64_t *offset, const char **what) {
    if (take_batch(f, b)) return true;
    *offset = f->wrong_at;
    *what = f->wrong;
    return false;
}

bool gotrace_foreign_end(struct gotrace_foreign *f, uint64_t at, uint64_t *offset, const char **what) {
    bool ok = f->version >= 26 ? !f->some || fail(f, at, "the file ends within a generation: it was cut off")
                               : end_generation(f, at);
    if (ok && f->order.m.len == 0) ok = fail(f, at, "a trace without an event");
    if (ok) gotrace_order_end(&f->order);
    if (ok && f->order.failed) ok = fail(f, at, "out of memory");
    *offset = f->wrong_at;
    *what = f->wrong;
    return ok;
}

void gotrace_foreign_free(struct gotrace_foreign *f) {
    if (!f) return;
    for (size_t i = 0; i < f->threads.len; i++) VEC_FREE(&f->threads.data[i].pieces);
    VEC_FREE(&f->threads);
    VEC_FREE(&f->heap);
    rp_map_free(&f->string_map);
    rp_map_free(&f->stack_map);
    rp_map_free(&f->files);
    rp_map_free(&f->funcs);
    VEC_FREE(&f->strings);
    VEC_FREE(&f->frames);
    VEC_FREE(&f->stacks);
    gotrace_free(&f->kept);
    gotrace_free(&f->name);
    gotrace_order_free(&f->order);
    free(f);
}
