/* log.c - an append-only log: one thread appends, any number read below the published count.
 *
 * Events lie packed (pack.h) in blocks of BLOCK, each told from its first one on, so that any event is found by reading
 * less than a block. A block never straddles pages.
 *
 * Memory order: rt_log_append writes the event, then stores `count` with release; a reader loads it with acquire. The
 * tables of pages never move: they are reserved for MAX_PAGES at the start, and a page is published before the count
 * that covers it. What a reader unpacks was there before that count; the appender writes behind it.
 *
 * Past its share of memory a log moves its oldest pages of events into a file. A reader counts itself in before it looks
 * for a page; a page that was moved is freed once, after it was taken out of the table, no reader was counted. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "event.h"
#include "pack.h"
#include "spill.h"

enum {
    BLOCK = 32,                     /* events told one after another */
    BLOCK_BYTES = BLOCK * PACK_MOST, /* at most */
    PAGE_SHIFT = 18,                /* bytes a page of blocks */
    PAGE = 1 << PAGE_SHIFT,
    STARTS_SHIFT = 12,              /* blocks a page of `starts` */
    STARTS = 1 << STARTS_SHIFT,
    BYTES_SHIFT = 16, /* bytes a page of text */
    BYTES_PAGE = 1 << BYTES_SHIFT,
    MAX_PAGES = 1 << 16,
    MAX_FILES = 64,
    MEMORY = 256 << 20, /* bytes of events kept in memory */
    RETIRED = 64
};

struct func_table {
    struct rt_log_func *items;
    size_t len, cap;
};

struct string_table {
    char **items;
    size_t len, cap;
};

struct rt_log {
    _Atomic(uint8_t *) *pages; /* of blocks; NULL: not yet there, or in the file */
    uint64_t **starts;         /* by block: page << PAGE_SHIFT | where in it */
    uint64_t end;              /* behind the last event, the appender's, as the next four */
    struct rt_event last;
    uint64_t moved;            /* pages before it are in the file */
    bool stays;                /* the file cannot be written: all stays in memory */
    size_t memory;
    _Atomic int file;          /* -1: none yet */
    _Atomic unsigned readers;
    uint8_t *retired[RETIRED]; /* moved, to be freed */
    unsigned nretired;
    _Atomic uint64_t count;
    char **byte_pages;
    _Atomic uint64_t bytes;
    _Atomic uint64_t lost;
    _Atomic bool ended;
    struct rt_log_info info;
    char *info_text[2];
    struct rt_log_file files[MAX_FILES];
    unsigned nfiles;
    struct func_table funcs;
    struct string_table strings;
    atomic_flag strings_lock;
};

struct rt_log *rt_log_new(void) {
    struct rt_log *log = calloc(1, sizeof *log);
    if (!log) return NULL;
    atomic_flag_clear(&log->strings_lock);
    atomic_init(&log->file, -1);
    log->memory = MEMORY;
    log->pages = calloc(MAX_PAGES, sizeof *log->pages);
    log->starts = calloc(MAX_PAGES, sizeof *log->starts);
    log->byte_pages = calloc(MAX_PAGES, sizeof *log->byte_pages);
    if (!log->pages || !log->starts || !log->byte_pages) {
        rt_log_free(log);
        return NULL;
    }
    return log;
}

void rt_log_free(struct rt_log *log) {
    if (!log) return;
    for (uint64_t i = log->moved; log->pages && i <= log->end >> PAGE_SHIFT && i < MAX_PAGES; i++)
        free(atomic_load_explicit(&log->pages[i], memory_order_relaxed));
    for (size_t i = 0; log->starts && i < MAX_PAGES && log->starts[i]; i++) free(log->starts[i]);
    for (unsigned i = 0; i < log->nretired; i++) free(log->retired[i]);
    int file = atomic_load_explicit(&log->file, memory_order_relaxed);
    if (file >= 0) close(file);
    for (size_t i = 0; log->byte_pages && i < MAX_PAGES && log->byte_pages[i]; i++) free(log->byte_pages[i]);
    free(log->pages);
    free(log->starts);
    free(log->byte_pages);
    for (unsigned i = 0; i < log->nfiles; i++) {
        free((char *)log->files[i].name);
        free((char *)log->files[i].text);
    }
    for (size_t i = 0; i < log->funcs.len; i++) free((char *)log->funcs.items[i].name);
    for (size_t i = 0; i < log->strings.len; i++) free(log->strings.items[i]);
    free(log->funcs.items);
    free(log->strings.items);
    free(log->info_text[0]);
    free(log->info_text[1]);
    free(log);
}

static void free_retired(struct rt_log *log) {
    if (atomic_load_explicit(&log->readers, memory_order_seq_cst)) return;
    while (log->nretired) free(log->retired[--log->nretired]);
}

/* Page `now` has just been begun: the oldest go to the file until the rest is within the log's memory. */
static void move_pages(struct rt_log *log, uint64_t now) {
    free_retired(log);
    while (!log->stays && log->nretired < RETIRED && (now - log->moved + 1) * PAGE > log->memory && log->moved < now) {
        int file = atomic_load_explicit(&log->file, memory_order_relaxed);
        if (file < 0) file = spill_open();
        uint8_t *page = atomic_load_explicit(&log->pages[log->moved], memory_order_relaxed);
        log->stays = file < 0 || !spill_write(file, log->moved * PAGE, page, PAGE);
        if (file >= 0) atomic_store_explicit(&log->file, file, memory_order_release);
        if (log->stays) return;
        atomic_store_explicit(&log->pages[log->moved++], NULL, memory_order_seq_cst);
        log->retired[log->nretired++] = page;
    }
    free_retired(log);
}

void rt_log_set_memory(struct rt_log *log, size_t bytes) { log->memory = bytes; }

/* Unpacks events of the block that begins at `from`: leaves `skip` out, then k into out. */
static void unpack_block(const uint8_t *from, size_t skip, struct rt_event *out, size_t k) {
    struct rt_event ev = {0};
    for (size_t i = 0; i < skip; i++) from = unpack_event(from, &ev);
    for (size_t i = 0; i < k; i++) {
        from = unpack_event(from, &ev);
        out[i] = ev;
    }
}

/* k events from n on, all in one block and all there. */
static bool copy_events(const struct rt_log *log, uint64_t n, struct rt_event *out, size_t k) {
    struct rt_log *mine = (struct rt_log *)log; /* being counted is all that is written */
    uint64_t block = n / BLOCK, start = log->starts[block >> STARTS_SHIFT][block & (STARTS - 1)];
    atomic_fetch_add_explicit(&mine->readers, 1, memory_order_seq_cst);
    const uint8_t *page = atomic_load_explicit(&mine->pages[start >> PAGE_SHIFT], memory_order_seq_cst);
    if (page) unpack_block(page + (start & (PAGE - 1)), n % BLOCK, out, k);
    atomic_fetch_sub_explicit(&mine->readers, 1, memory_order_release);
    if (page) return true;
    uint8_t bytes[BLOCK_BYTES];
    uint64_t left = PAGE - (start & (PAGE - 1));
    int file = atomic_load_explicit(&mine->file, memory_order_acquire);
    if (file < 0 || !spill_read(file, start, bytes, left < sizeof bytes ? left : sizeof bytes)) return false;
    unpack_block(bytes, n % BLOCK, out, k);
    return true;
}

/* A new block, in a new page if this one might not hold it; its page. */
static uint8_t *begin_block(struct rt_log *log, uint64_t block) {
    uint64_t table = block >> STARTS_SHIFT, end = log->end;
    if (PAGE - (end & (PAGE - 1)) < BLOCK_BYTES) end = (end | (PAGE - 1)) + 1;
    uint64_t page = end >> PAGE_SHIFT;
    if (table >= MAX_PAGES || page >= MAX_PAGES) return NULL;
    if (!log->starts[table]) log->starts[table] = malloc(STARTS * sizeof **log->starts);
    if (!log->starts[table]) return NULL;
    uint8_t *at = atomic_load_explicit(&log->pages[page], memory_order_relaxed);
    if (!at) {
        at = malloc(PAGE);
        if (!at) return NULL;
        atomic_store_explicit(&log->pages[page], at, memory_order_release);
        move_pages(log, page);
    }
    log->starts[table][block & (STARTS - 1)] = end;
    log->end = end;
    log->last = (struct rt_event){0};
    return at;
}

bool rt_log_append(struct rt_log *log, const struct rt_event *ev) {
    uint64_t n = atomic_load_explicit(&log->count, memory_order_relaxed);
    uint8_t *page = n % BLOCK ? atomic_load_explicit(&log->pages[log->end >> PAGE_SHIFT], memory_order_relaxed)
                              : begin_block(log, n / BLOCK);
    if (!page) {
        atomic_fetch_add_explicit(&log->lost, 1, memory_order_relaxed);
        return false;
    }
    log->end += pack_event(page + (log->end & (PAGE - 1)), ev, &log->last);
    log->last = *ev;
    atomic_store_explicit(&log->count, n + 1, memory_order_release);
    if (ev->kind == RT_EV_RunEnd) atomic_store_explicit(&log->ended, true, memory_order_release);
    return true;
}

/* A text never straddles pages, so that it can be handed out as one range; longer ones get pages of their own run. */
uint64_t rt_log_bytes_add(struct rt_log *log, const void *bytes, size_t length) {
    const uint64_t failed = (uint64_t)-1;
    if (length > BYTES_PAGE) return failed;
    uint64_t at = atomic_load_explicit(&log->bytes, memory_order_relaxed);
    uint64_t left = BYTES_PAGE - (at & (BYTES_PAGE - 1));
    if (length > left) at += left;
    uint64_t page = at >> BYTES_SHIFT;
    if (page >= MAX_PAGES) return failed;
    for (uint64_t i = page; !log->byte_pages[i]; i--) {
        log->byte_pages[i] = calloc(1, BYTES_PAGE); /* a recording keeps the gaps, too */
        if (!log->byte_pages[i]) return failed;
        if (i == 0) break;
    }
    if (length) memcpy(log->byte_pages[page] + (at & (BYTES_PAGE - 1)), bytes, length);
    atomic_store_explicit(&log->bytes, at + length, memory_order_release);
    return at;
}

uint64_t rt_log_count(const struct rt_log *log) { return atomic_load_explicit(&log->count, memory_order_acquire); }
uint64_t rt_log_lost(const struct rt_log *log) { return atomic_load_explicit(&log->lost, memory_order_relaxed); }
void rt_log_add_lost(struct rt_log *log, uint64_t n) { atomic_fetch_add_explicit(&log->lost, n, memory_order_relaxed); }
uint64_t rt_log_bytes_used(const struct rt_log *log) { return atomic_load_explicit(&log->bytes, memory_order_acquire); }
bool rt_log_ended(const struct rt_log *log) { return atomic_load_explicit(&log->ended, memory_order_acquire); }

bool rt_log_get(const struct rt_log *log, uint64_t n, struct rt_event *out) {
    if (n >= rt_log_count(log)) return false;
    return copy_events(log, n, out, 1);
}

size_t rt_log_read(const struct rt_log *log, uint64_t n, struct rt_event *out, size_t max) {
    uint64_t count = rt_log_count(log);
    size_t done = 0;
    while (done < max && n < count) {
        uint64_t in_block = BLOCK - n % BLOCK;
        uint64_t k = count - n < in_block ? count - n : in_block;
        if (k > max - done) k = max - done;
        if (!copy_events(log, n, out + done, (size_t)k)) return done;
        done += (size_t)k;
        n += k;
    }
    return done;
}

const char *rt_log_bytes(const struct rt_log *log, uint64_t offset, size_t length) {
    uint64_t have = atomic_load_explicit(&log->bytes, memory_order_acquire);
    if (offset > have || length > have - offset) return NULL;
    if (length == 0) return "";
    uint64_t in_page = offset & (BYTES_PAGE - 1);
    if (length > BYTES_PAGE - in_page) return NULL;
    return log->byte_pages[offset >> BYTES_SHIFT] + in_page;
}

static char *copy_text(const char *s, size_t n) {
    char *p = malloc(n + 1);
    if (!p) return NULL;
    if (n) memcpy(p, s, n);
    p[n] = 0;
    return p;
}

static char *copy_string(const char *s) { return copy_text(s ? s : "", s ? strlen(s) : 0); }

bool rt_log_set_info(struct rt_log *log, const struct rt_log_info *info) {
    char *world = copy_string(info->world), *choice = copy_string(info->choice);
    if (!world || !choice) {
        free(world);
        free(choice);
        return false;
    }
    free(log->info_text[0]);
    free(log->info_text[1]);
    log->info_text[0] = world;
    log->info_text[1] = choice;
    log->info = *info;
    log->info.world = world;
    log->info.choice = choice;
    return true;
}

const struct rt_log_info *rt_log_get_info(const struct rt_log *log) { return &log->info; }

bool rt_log_add_file(struct rt_log *log, const char *name, const char *text, size_t length) {
    if (log->nfiles == MAX_FILES) return false;
    char *n = copy_string(name), *t = copy_text(text, length);
    if (!n || !t) {
        free(n);
        free(t);
        return false;
    }
    log->files[log->nfiles++] = (struct rt_log_file){n, t, length};
    return true;
}

const struct rt_log_file *rt_log_file(const struct rt_log *log, unsigned index) {
    return index < log->nfiles ? &log->files[index] : NULL;
}

static bool make_room(void **items, size_t len, size_t *cap, size_t size) {
    if (len < *cap) return true;
    size_t want = *cap ? *cap * 2 : 64;
    if (want > SIZE_MAX / 2 / size) return false;
    void *p = realloc(*items, want * size);
    if (!p) return false;
    *items = p;
    *cap = want;
    return true;
}

bool rt_log_add_func(struct rt_log *log, const char *name, rt_pos pos) {
    struct func_table *t = &log->funcs;
    void *items = t->items;
    if (!make_room(&items, t->len, &t->cap, sizeof *t->items)) return false;
    t->items = items;
    char *n = copy_string(name);
    if (!n) return false;
    t->items[t->len++] = (struct rt_log_func){n, pos};
    return true;
}

const struct rt_log_func *rt_log_func(const struct rt_log *log, uint64_t id) {
    return id < log->funcs.len ? &log->funcs.items[id] : NULL;
}

static void lock_strings(struct rt_log *log) {
    while (atomic_flag_test_and_set_explicit(&log->strings_lock, memory_order_acquire)) {
    }
}

static void unlock_strings(struct rt_log *log) {
    atomic_flag_clear_explicit(&log->strings_lock, memory_order_release);
}

uint32_t rt_log_add_string(struct rt_log *log, const char *text) {
    char *copy = copy_string(text);
    if (!copy) return 0;
    lock_strings(log);
    struct string_table *t = &log->strings;
    void *items = t->items;
    uint32_t id = 0;
    if (t->len < UINT32_MAX && make_room(&items, t->len, &t->cap, sizeof *t->items)) {
        t->items = items;
        t->items[t->len++] = copy;
        id = (uint32_t)t->len;
    }
    unlock_strings(log);
    if (!id) free(copy);
    return id;
}

uint64_t rt_log_strings(const struct rt_log *log) {
    struct rt_log *mine = (struct rt_log *)log;
    lock_strings(mine);
    uint64_t n = log->strings.len;
    unlock_strings(mine);
    return n;
}

const char *rt_log_string(const struct rt_log *log, uint64_t id) {
    struct rt_log *mine = (struct rt_log *)log; /* the lock is the only thing written */
    const char *s = "";
    lock_strings(mine);
    if (id >= 1 && id <= log->strings.len) s = log->strings.items[id - 1];
    unlock_strings(mine);
    return s;
}
