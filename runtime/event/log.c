/* log.c - an append-only log: one thread appends, any number read below the published count.
 *
 * Memory order: rt_log_append writes the event, then stores `count` with release; a reader loads it with acquire. The
 * tables of pages never move: they are reserved for MAX_PAGES at the start, and a page is published before the count
 * that covers it.
 *
 * Past its share of memory a log moves its oldest pages of events into a file. A reader counts itself in before it looks
 * for a page; a page that was moved is freed once, after it was taken out of the table, no reader was counted. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "event.h"
#include "spill.h"

enum {
    PAGE_SHIFT = 14, /* events a page */
    PAGE_EVENTS = 1 << PAGE_SHIFT,
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
    _Atomic(struct rt_event *) *pages; /* NULL: not yet there, or in the file */
    uint64_t moved;                    /* pages before it are in the file, the appender's */
    size_t memory;
    _Atomic int file;                  /* -1: none yet */
    bool stays;                        /* the file cannot be written: all stays in memory */
    _Atomic unsigned readers;
    struct rt_event *retired[RETIRED]; /* moved, to be freed */
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
    log->byte_pages = calloc(MAX_PAGES, sizeof *log->byte_pages);
    if (!log->pages || !log->byte_pages) {
        rt_log_free(log);
        return NULL;
    }
    return log;
}

void rt_log_free(struct rt_log *log) {
    if (!log) return;
    uint64_t pages = (atomic_load_explicit(&log->count, memory_order_relaxed) + PAGE_EVENTS - 1) >> PAGE_SHIFT;
    for (uint64_t i = 0; log->pages && i <= pages && i < MAX_PAGES; i++)
        free(atomic_load_explicit(&log->pages[i], memory_order_relaxed));
    for (unsigned i = 0; i < log->nretired; i++) free(log->retired[i]);
    int file = atomic_load_explicit(&log->file, memory_order_relaxed);
    if (file >= 0) close(file);
    for (size_t i = 0; log->byte_pages && i < MAX_PAGES && log->byte_pages[i]; i++) free(log->byte_pages[i]);
    free(log->pages);
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

static const size_t EVENT_PAGE = sizeof(struct rt_event) << PAGE_SHIFT;

static void free_retired(struct rt_log *log) {
    if (atomic_load_explicit(&log->readers, memory_order_seq_cst)) return;
    while (log->nretired) free(log->retired[--log->nretired]);
}

/* Page `now` has just been begun: the oldest go to the file until the rest is within the log's memory. */
static void move_pages(struct rt_log *log, uint64_t now) {
    free_retired(log);
    while (!log->stays && log->nretired < RETIRED && (now - log->moved + 1) * EVENT_PAGE > log->memory && log->moved < now) {
        int file = atomic_load_explicit(&log->file, memory_order_relaxed);
        if (file < 0) file = spill_open();
        struct rt_event *page = atomic_load_explicit(&log->pages[log->moved], memory_order_relaxed);
        log->stays = file < 0 || !spill_write(file, log->moved * EVENT_PAGE, page, EVENT_PAGE);
        if (file >= 0) atomic_store_explicit(&log->file, file, memory_order_release);
        if (log->stays) return;
        atomic_store_explicit(&log->pages[log->moved++], NULL, memory_order_seq_cst);
        log->retired[log->nretired++] = page;
    }
    free_retired(log);
}

void rt_log_set_memory(struct rt_log *log, size_t bytes) { log->memory = bytes; }

/* k events from n on, all in one page and all there. */
static bool copy_events(const struct rt_log *log, uint64_t n, struct rt_event *out, size_t k) {
    struct rt_log *mine = (struct rt_log *)log; /* being counted is all that is written */
    uint64_t page = n >> PAGE_SHIFT, in_page = n & (PAGE_EVENTS - 1);
    atomic_fetch_add_explicit(&mine->readers, 1, memory_order_seq_cst);
    const struct rt_event *at = atomic_load_explicit(&mine->pages[page], memory_order_seq_cst);
    if (at) memcpy(out, at + in_page, k * sizeof *out);
    atomic_fetch_sub_explicit(&mine->readers, 1, memory_order_release);
    if (at) return true;
    int file = atomic_load_explicit(&mine->file, memory_order_acquire);
    return file >= 0 && spill_read(file, page * EVENT_PAGE + in_page * sizeof *out, out, k * sizeof *out);
}

bool rt_log_append(struct rt_log *log, const struct rt_event *ev) {
    uint64_t n = atomic_load_explicit(&log->count, memory_order_relaxed);
    uint64_t page = n >> PAGE_SHIFT;
    if (page >= MAX_PAGES) goto lost;
    struct rt_event *at = atomic_load_explicit(&log->pages[page], memory_order_relaxed);
    if (!at) {
        at = malloc(EVENT_PAGE);
        if (!at) goto lost;
        atomic_store_explicit(&log->pages[page], at, memory_order_release);
        move_pages(log, page);
    }
    at[n & (PAGE_EVENTS - 1)] = *ev;
    atomic_store_explicit(&log->count, n + 1, memory_order_release);
    if (ev->kind == RT_EV_RunEnd) atomic_store_explicit(&log->ended, true, memory_order_release);
    return true;
lost:
    atomic_fetch_add_explicit(&log->lost, 1, memory_order_relaxed);
    return false;
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
        uint64_t in_page = PAGE_EVENTS - (n & (PAGE_EVENTS - 1));
        uint64_t k = count - n < in_page ? count - n : in_page;
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
