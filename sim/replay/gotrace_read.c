/* gotrace_read.c - a recording's batches, one after the other, to who understands them.
 *
 * The first batch of ours says that the file is a recording of gosee: then our batches alone give the log, and Go's part
 * is only summed. In any other trace Go's batches are read by Go's rules (gotrace_foreign.c). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "gotrace_int.h"

struct reader {
    FILE *file;
    uint64_t offset;
    unsigned version;
    struct gotrace_buf piece; /* one batch, head included */
    uint64_t sum;
    struct gotrace_decoder decoder;
    struct gotrace_foreign *foreign;
    struct rt_log *log;
    bool ours, generation_open;
    struct gotrace_batch sync;
    unsigned char sync_data[128];
    size_t sync_len;
    struct str *why;
};

static bool wrong(struct reader *r, uint64_t offset, const char *what) {
    str_clear(r->why);
    str_addf(r->why, "offset %llu: %s", (unsigned long long)offset, what);
    return false;
}

/* Go 1.22 to 1.26 write v2; 0: something else. */
static unsigned version_of(const unsigned char *head, size_t n) {
    static const char format[GO_HEADER + 1] = "go 1.?? trace\0\0";
    if (n < GO_HEADER) return 0;
    for (int i = 0; i < GO_HEADER; i++)
        if (format[i] != '?' && head[i] != (unsigned char)format[i]) return 0;
    if (head[5] < '0' || head[5] > '9' || head[6] < '0' || head[6] > '9') return 0;
    return (unsigned)(head[5] - '0') * 10 + (unsigned)(head[6] - '0');
}

bool rp_is_recording(const char *path) {
    unsigned char head[GO_HEADER];
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    size_t n = fread(head, 1, sizeof head, f);
    fclose(f);
    return version_of(head, n) != 0;
}

static bool get_byte(struct reader *r, unsigned *v) {
    int c = getc_unlocked(r->file);
    if (c == EOF) return false;
    *v = (unsigned)c;
    r->offset++;
    gotrace_byte(&r->piece, *v);
    return true;
}

static bool get_varint(struct reader *r, uint64_t *v) {
    unsigned c;
    *v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (!get_byte(r, &c)) return wrong(r, r->offset, "the file ends within a batch's head");
        if (shift == 63 && c > 1) break;
        *v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80) return true;
    }
    return wrong(r, r->offset, "a number that is too long");
}

/* The next batch; *end: none follows. */
static bool get_batch(struct reader *r, struct gotrace_batch *b, bool *end) {
    unsigned kind, experiment;
    *b = (struct gotrace_batch){.offset = r->offset, .experiment = -1};
    r->piece.len = 0;
    *end = !get_byte(r, &kind);
    if (*end) return ferror(r->file) ? wrong(r, r->offset, strerror(errno)) : true;
    if (kind == GO_EndOfGeneration && r->version >= 26) {
        b->end = true;
        return true;
    }
    if (kind == GO_ExperimentalBatch && r->version >= 23) {
        if (!get_byte(r, &experiment)) return wrong(r, r->offset, "the file ends within a batch's head");
        b->experiment = (int)experiment;
    } else if (kind != GO_EventBatch) {
        return wrong(r, b->offset, "no batch begins here");
    }
    uint64_t size;
    if (!get_varint(r, &b->generation) || !get_varint(r, &b->thread) || !get_varint(r, &b->time) || !get_varint(r, &size))
        return false;
    if (size > GO_MAX_BATCH) return wrong(r, b->offset, "a batch that is too long");
    b->size = (size_t)size;
    b->data_offset = r->offset;
    size_t head = r->piece.len;
    if (!gotrace_room(&r->piece, b->size)) return wrong(r, b->offset, "out of memory");
    size_t n = fread(r->piece.data + head, 1, b->size, r->file);
    r->offset += n;
    if (n < b->size) return wrong(r, r->offset, "the file ends within a batch");
    r->piece.len += n;
    b->data = r->piece.data + head;
    return true;
}

static bool is_ours(const struct gotrace_batch *b) {
    return b->experiment == GO_OUR_EXPERIMENT && b->size > GOTRACE_MAGIC_SIZE &&
           memcmp(b->data, GOTRACE_MAGIC, GOTRACE_MAGIC_SIZE) == 0;
}

static bool give_foreign(struct reader *r, const struct gotrace_batch *b) {
    uint64_t offset;
    const char *what;
    return gotrace_foreign_batch(r->foreign, b, &offset, &what) || wrong(r, offset, what);
}

static bool take_foreign(struct reader *r, const struct gotrace_batch *b) {
    bool first = !r->foreign;
    if (first) r->foreign = gotrace_foreign_new(r->log, r->version);
    if (!r->foreign) return wrong(r, b->offset, "out of memory");
    if (first && r->sync_len && !give_foreign(r, &r->sync)) return false;
    return give_foreign(r, b);
}

static bool take_ours(struct reader *r, const struct gotrace_batch *b) {
    r->ours = true;
    struct gotrace_in in = {.at = b->data + GOTRACE_MAGIC_SIZE, .end = b->data + b->size};
    if (gotrace_decode(&r->decoder, &in, r->sum)) return true;
    return wrong(r, b->data_offset + (uint64_t)(in.at - b->data), str_cstr(&r->decoder.why));
}

/* The first batch may be a sync batch, before it is known whose the file is. */
static bool keep_sync(struct reader *r, const struct gotrace_batch *b) {
    if (b->size > sizeof r->sync_data) return take_foreign(r, b);
    memcpy(r->sync_data, b->data, b->size);
    r->sync_len = b->size;
    r->sync = *b;
    r->sync.data = r->sync_data;
    return true;
}

/* Ours come before the first words of any thread; the sync batch alone comes before them. */
static bool take_batch(struct reader *r, const struct gotrace_batch *b) {
    if (r->decoder.ended && !b->end) return wrong(r, b->offset, "more after the recording's end");
    if (is_ours(b) && r->foreign) return wrong(r, b->offset, "a recording of gosee that is damaged before this");
    if (is_ours(b)) return take_ours(r, b);
    if (r->ours) return b->experiment < 0 || wrong(r, b->offset, "a batch of no known experiment");
    bool sync = b->thread == GO_NO_THREAD && b->size && b->data[0] == GO_Sync;
    if (sync && !r->foreign && !r->sync_len) return keep_sync(r, b);
    return take_foreign(r, b);
}

static bool read_batches(struct reader *r) {
    bool end;
    struct gotrace_batch b;
    for (;;) {
        if (!get_batch(r, &b, &end)) return false;
        if (end) break;
        if (!take_batch(r, &b)) return false;
        if (r->piece.failed) return wrong(r, r->offset, "out of memory");
        r->sum = gotrace_sum(r->sum, r->piece.data, r->piece.len);
        r->generation_open = !b.end;
    }
    if (r->foreign) {
        uint64_t offset;
        const char *what;
        return gotrace_foreign_end(r->foreign, r->offset, &offset, &what) || wrong(r, offset, what);
    }
    if (r->generation_open) return wrong(r, r->offset, "the file ends within a generation: it was cut off");
    if (!r->decoder.ended) return wrong(r, r->offset, "the file ends before the recording does");
    return true;
}

static bool read_file(struct reader *r) {
    unsigned char head[GO_HEADER];
    size_t n = fread(head, 1, sizeof head, r->file);
    r->version = version_of(head, n);
    r->offset = n;
    if (n == 0 && ferror(r->file)) return wrong(r, 0, strerror(errno));
    if (!r->version) return wrong(r, 0, "not a Go execution trace");
    if (r->version < 22 || r->version > 26 || r->version == 24)
        return wrong(r, 0, "an execution trace of a version that is not read: Go 1.22 to 1.26 are");
    r->sum = gotrace_sum(0, head, n);
    return read_batches(r);
}

struct rt_log *rp_recording_read(const char *path, struct str *why) {
    struct reader r = {.file = fopen(path, "rb"), .why = why};
    if (!r.file) {
        str_adds(why, strerror(errno));
        return NULL;
    }
    r.log = rt_log_new();
    bool ok = r.log && gotrace_decode_begin(&r.decoder, r.log);
    if (!ok) str_adds(why, "out of memory");
    else ok = read_file(&r);
    fclose(r.file);
    gotrace_decode_free(&r.decoder);
    gotrace_foreign_free(r.foreign);
    gotrace_free(&r.piece);
    if (ok) return r.log;
    rt_log_free(r.log);
    return NULL;
}
