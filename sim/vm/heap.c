/* heap.c - blocks of pages, size classes and the slow ways of heap.h. */
#include "heap.h"

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#define RESERVE_MOST ((size_t)1 << 38)  /* 256 GB of addresses; halved until the system grants it */
#define RESERVE_LEAST ((size_t)1 << 26)
#define COMMIT_LEAST ((size_t)1 << 20)
#define COMMIT_MOST ((size_t)1 << 26)
#define BLOCK_PAGES_SMALL 1 /* for objects up to 256 bytes */
#define RELEASE_PAGES 32
#define BLOCK_PAGES 4       /* up to HEAP_SMALL: at most an eighth of a block is left over */

const uint16_t heap_class_size[HEAP_CLASSES] = {
    16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    384, 448, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048};

/* heap_class_of[w]: the smallest class that holds w words. */
const uint8_t heap_class_of[HEAP_SMALL / 8 + 1] = {
     0,  0,  0,  1,  2,  3,  4,  5,  6,  7,  7,  8,  8,  9,  9, 10, 10, 11, 11, 11, 11, 12, 12, 12,
    12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15, 16, 16, 16, 16, 16, 16, 16,
    16, 17, 17, 17, 17, 17, 17, 17, 17, 18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19,
    19, 20, 20, 20, 20, 20, 20, 20, 20, 21, 21, 21, 21, 21, 21, 21, 21, 22, 22, 22, 22, 22, 22, 22,
    22, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 23, 24, 24, 24, 24, 24, 24, 24,
    24, 24, 24, 24, 24, 24, 24, 24, 24, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25,
    25, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 27, 27, 27, 27, 27, 27, 27,
    27, 27, 27, 27, 27, 27, 27, 27, 27, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    28, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29,
    29, 29, 29, 29, 29, 29, 29, 29, 29, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30};

static void *reserve(size_t bytes, int prot) {
    void *p = mmap(NULL, bytes, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

static void init_fields(struct heap *h, uint64_t limit) {
    memset(h, 0, offsetof(struct heap, lock));
    h->limit = limit;
    h->next_page = 1; /* page 0 stays out of use: 0 is the end of lists */
    h->goal = limit && limit / 2 < HEAP_GOAL_LEAST ? limit / 2 : HEAP_GOAL_LEAST;
    atomic_init(&h->used, 0);
    atomic_init(&h->wanted, false);
    atomic_init(&h->limit_hit, false);
}

bool heap_init(struct heap *h, uint64_t limit, size_t most) {
    init_fields(h, limit);
    if (pthread_mutex_init(&h->lock, NULL) != 0)
        return false;
    for (size_t n = most && most < RESERVE_MOST ? most : RESERVE_MOST; n >= RESERVE_LEAST && !h->base; n /= 2) {
        h->reserved = n;
        h->base = reserve(n, PROT_NONE);
    }
    size_t pages = h->reserved >> HEAP_PAGE_SHIFT;
    h->table_bytes = pages * sizeof *h->table;
    h->marks_bytes = pages * HEAP_MARK_WORDS * sizeof *h->marks;
    if (h->base) {
        h->table = reserve(h->table_bytes, PROT_READ | PROT_WRITE);
        h->marks = reserve(h->marks_bytes, PROT_READ | PROT_WRITE);
    }
    if (h->table && h->marks)
        return true;
    heap_free(h);
    return false;
}

void heap_free(struct heap *h) {
    if (h->base)
        munmap(h->base, h->reserved);
    if (h->table)
        munmap(h->table, h->table_bytes);
    if (h->marks)
        munmap(h->marks, h->marks_bytes);
    pthread_mutex_destroy(&h->lock);
    init_fields(h, 0);
}

uint64_t heap_unused(const struct heap_cache *c) {
    uint64_t n = 0;
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        n += (uint64_t)(c->runs[i].end - c->runs[i].next) / heap_class_size[i];
    return n;
}

void heap_empty_cache(struct heap *h, struct heap_cache *c) {
    h->mallocs -= heap_unused(c);
    *c = (struct heap_cache){ 0 };
}

void heap_give_back(struct heap *h, const struct heap_cache *c) {
    for (unsigned i = 0; i < HEAP_CLASSES; i++) {
        const struct heap_run *r = &c->runs[i];
        if (r->next == r->end)
            continue;
        size_t at = (size_t)(r->next - h->base);
        struct heap_page *b = &h->table[h->table[at >> HEAP_PAGE_SHIFT].first];
        b->cursor = (uint32_t)((at - ((size_t)b->first << HEAP_PAGE_SHIFT)) / b->size);
    }
}

/* A block no longer in use: bytes at its beginning that may not be zero. A run is a whole block's rest, and its cursor
 * what was used of it, unless there was a collection. */
static size_t written(const struct heap *h, const struct heap_page *b) {
    size_t whole = (size_t)b->pages << HEAP_PAGE_SHIFT;
    return h->live || !b->cursor ? whole : b->cursor * b->size;
}

void heap_reset(struct heap *h, uint64_t limit) {
    for (size_t page = 1, pages; page < h->next_page; page += pages) {
        const struct heap_page *b = &h->table[page];
        uint8_t *at = h->base + (page << HEAP_PAGE_SHIFT);
        pages = b->size ? b->pages : 1; /* a free page may have been anything */
        if (pages >= RELEASE_PAGES)
            madvise(at, pages << HEAP_PAGE_SHIFT, MADV_DONTNEED);
        else
            memset(at, 0, b->size ? written(h, b) : HEAP_PAGE);
    }
    memset(h->table, 0, h->next_page * sizeof *h->table);
    if (h->live)
        heap_clear_marks(h);
    struct heap kept = *h;
    init_fields(h, limit);
    h->base = kept.base;
    h->reserved = kept.reserved;
    h->committed = kept.committed;
    h->table = kept.table;
    h->table_bytes = kept.table_bytes;
    h->marks = kept.marks;
    h->marks_bytes = kept.marks_bytes;
}

/* Makes the reservation usable up to `end` bytes. Lock held. */
static bool commit(struct heap *h, size_t end) {
    if (end <= h->committed)
        return true;
    size_t step = h->committed < COMMIT_LEAST ? COMMIT_LEAST : h->committed;
    if (step > COMMIT_MOST)
        step = COMMIT_MOST;
    size_t to = h->committed + step;
    if (to < end)
        to = (end + COMMIT_LEAST - 1) / COMMIT_LEAST * COMMIT_LEAST;
    if (to > h->reserved)
        to = h->reserved;
    if (mprotect(h->base + h->committed, to - h->committed, PROT_READ | PROT_WRITE) != 0)
        return false;
    h->committed = to;
    return true;
}

/* Pages in a row that are in no block; 0: none. Lock held. */
static size_t find_free_pages(struct heap *h, size_t pages) {
    if (h->free_pages < pages)
        return 0;
    size_t run = 0, page = h->free_hint > 1 ? h->free_hint : 1;
    bool first = true;
    for (; page < h->next_page; page++) {
        if (h->table[page].size) {
            run = 0;
            page = h->table[page].first + h->table[page].pages - 1;
            continue;
        }
        if (first)
            h->free_hint = page;
        first = false;
        if (++run == pages) {
            h->free_pages -= pages;
            memset(h->base + ((page + 1 - pages) << HEAP_PAGE_SHIFT), 0, pages << HEAP_PAGE_SHIFT);
            if (h->recycled)
                h->recycled(h->recycled_ctx, h->base + ((page + 1 - pages) << HEAP_PAGE_SHIFT), pages << HEAP_PAGE_SHIFT);
            return page + 1 - pages;
        }
    }
    return 0;
}

/* Bytes more are handed out: a collection may be wanted. false: the limit forbids it. Lock held. */
static bool account(struct heap *h, uint64_t bytes) {
    uint64_t used = atomic_load_explicit(&h->used, memory_order_relaxed);
    if (h->limit && bytes > h->limit - (used < h->limit ? used : h->limit)) {
        atomic_store_explicit(&h->limit_hit, true, memory_order_relaxed);
        return false;
    }
    atomic_store_explicit(&h->used, used + bytes, memory_order_relaxed);
    if (used + bytes >= h->goal)
        atomic_store_explicit(&h->wanted, true, memory_order_relaxed);
    return true;
}

/* A block of zeroed pages for objects of `size` bytes. NULL: exhausted. Lock held. */
static uint8_t *take_block(struct heap *h, size_t pages, uint64_t size) {
    uint64_t bytes = (uint64_t)pages << HEAP_PAGE_SHIFT;
    if (!account(h, bytes))
        return NULL;
    size_t first = find_free_pages(h, pages);
    if (!first) {
        if (pages > (h->reserved >> HEAP_PAGE_SHIFT) - h->next_page ||
            !commit(h, (h->next_page + pages) << HEAP_PAGE_SHIFT))
            return NULL;
        first = h->next_page;
        h->next_page += pages;
    }
    /* Every page must know its block, for interior pointers. */
    for (size_t i = 0; i < pages; i++)
        h->table[first + i] = (struct heap_page){ .first = (uint32_t)first, .pages = (uint32_t)pages, .size = size };
    return h->base + (first << HEAP_PAGE_SHIFT);
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

static inline bool mark_at(const struct heap *h, size_t offset) {
    return h->marks[offset / 16 / 64] >> (offset / 16 % 64) & 1;
}

bool heap_mark(struct heap *h, const void *payload) {
    size_t offset = (size_t)((const uint8_t *)payload - 8 - h->base);
    uint64_t *word = &h->marks[offset / 16 / 64], bit = UINT64_C(1) << (offset / 16 % 64);
    if (*word & bit)
        return false;
    *word |= bit;
    return true;
}

bool heap_is_marked(const struct heap *h, const void *p) {
    size_t bytes;
    const uint8_t *payload = heap_find(h, p, &bytes);
    return payload && mark_at(h, (size_t)(payload - 8 - h->base));
}

void heap_clear_marks(struct heap *h) {
    memset(h->marks, 0, h->next_page * HEAP_MARK_WORDS * sizeof *h->marks);
}

/* ---- runs of free objects ------------------------------------------------------------------------------------------ */

/* The next run of free objects in the block at `first`, zeroed; false: there is no more. Lock held. */
static bool next_run(struct heap *h, uint32_t first, struct heap_run *r) {
    struct heap_page *b = &h->table[first];
    size_t start = (size_t)first << HEAP_PAGE_SHIFT;
    uint32_t n = (uint32_t)(((size_t)b->pages << HEAP_PAGE_SHIFT) / b->size), i = b->cursor;
    while (i < n && mark_at(h, start + i * b->size))
        i++;
    uint32_t from = i;
    while (i < n && !mark_at(h, start + i * b->size))
        i++;
    b->cursor = i;
    if (from == i)
        return false;
    r->next = h->base + start + from * b->size;
    r->end = h->base + start + i * b->size;
    memset(r->next, 0, (size_t)(r->end - r->next));
    if (h->recycled)
        h->recycled(h->recycled_ctx, r->next, (size_t)(r->end - r->next));
    return true;
}

/* A run for a class: out of a block with room, else a new block. Lock held. */
static bool take_run(struct heap *h, unsigned class, struct heap_run *r) {
    size_t size = heap_class_size[class];
    for (uint32_t first; (first = h->room[class]) != 0; h->room[class] = h->table[first].next) {
        if (next_run(h, first, r)) {
            h->mallocs += (uint64_t)(r->end - r->next) / size;
            return account(h, (uint64_t)(r->end - r->next));
        }
    }
    size_t pages = size <= 256 ? BLOCK_PAGES_SMALL : BLOCK_PAGES;
    uint8_t *p = take_block(h, pages, size);
    if (!p)
        return false;
    r->next = p;
    r->end = p + pages * HEAP_PAGE;
    h->mallocs += (uint64_t)(r->end - r->next) / size;
    return true;
}

void *heap_alloc_slow(struct heap *h, struct heap_cache *c, size_t bytes, uint64_t head) {
    uint8_t *p = NULL;
    if (bytes > RESERVE_MOST)
        return NULL;
    pthread_mutex_lock(&h->lock);
    if (bytes > HEAP_SMALL - 8) {
        size_t pages = (bytes + 8 + HEAP_PAGE - 1) >> HEAP_PAGE_SHIFT;
        p = take_block(h, pages, (uint64_t)pages << HEAP_PAGE_SHIFT);
        h->mallocs += p != NULL;
    } else {
        unsigned class = heap_class_of[(bytes + 15) >> 3];
        struct heap_run *r = &c->runs[class];
        if (take_run(h, class, r)) {
            p = r->next;
            r->next += heap_class_size[class];
        } else {
            r->next = r->end = NULL;
        }
    }
    pthread_mutex_unlock(&h->lock);
    if (!p)
        return NULL;
    *(uint64_t *)(void *)p = head;
    return p + 8;
}

/* ---- sweeping ---------------------------------------------------------------------------------------------------- */

static unsigned class_of_size(uint64_t size) { return heap_class_of[(size + 7) >> 3]; }

/* Objects of the block that are marked. */
static uint32_t count_marked(const struct heap *h, uint32_t first) {
    const struct heap_page *b = &h->table[first];
    const uint64_t *w = &h->marks[(size_t)first * HEAP_MARK_WORDS];
    uint32_t n = 0;
    for (size_t i = 0; i < (size_t)b->pages * HEAP_MARK_WORDS; i++)
        n += (uint32_t)__builtin_popcountll(w[i]);
    return n;
}

static void free_block(struct heap *h, uint32_t first) {
    uint32_t pages = h->table[first].pages;
    for (uint32_t i = 0; i < pages; i++)
        h->table[first + i] = (struct heap_page){ .size = 0 };
    h->free_pages += pages;
    if (first < h->free_hint)
        h->free_hint = first;
    if (pages >= RELEASE_PAGES) /* a large object's memory goes back to the system; it comes again zeroed */
        madvise(h->base + ((size_t)first << HEAP_PAGE_SHIFT), (size_t)pages << HEAP_PAGE_SHIFT, MADV_DONTNEED);
}

void heap_sweep(struct heap *h) {
    uint64_t live = 0, objects = 0;
    memset(h->room, 0, sizeof h->room);
    for (size_t page = h->next_page; page-- > 1;) { /* so that lists begin with the lowest address */
        struct heap_page *b = &h->table[page];
        if (b->size == 0 || b->first != page)
            continue;
        uint32_t marked = count_marked(h, (uint32_t)page);
        if (marked == 0) {
            free_block(h, (uint32_t)page);
            continue;
        }
        live += marked * b->size;
        objects += marked;
        b->cursor = 0;
        if (b->size <= HEAP_SMALL && marked < (((uint64_t)b->pages << HEAP_PAGE_SHIFT) / b->size)) {
            unsigned class = class_of_size(b->size);
            b->next = h->room[class];
            h->room[class] = (uint32_t)page;
        }
    }
    h->live = live;
    h->frees = h->mallocs - objects;
    atomic_store_explicit(&h->used, live, memory_order_relaxed);
    h->goal = 2 * live > HEAP_GOAL_LEAST ? 2 * live : HEAP_GOAL_LEAST; /* GOGC=100 */
#ifdef GOSEE_HOSTILE
    h->goal = live + HEAP_GOAL_LEAST;
#endif
    if (h->limit && h->goal > h->limit - h->limit / 8)
        h->goal = live < h->limit - h->limit / 8 ? h->limit - h->limit / 8 : UINT64_MAX;
    atomic_store_explicit(&h->wanted, false, memory_order_relaxed);
}

void *heap_find(const struct heap *h, const void *p, size_t *bytes) {
    size_t at = (size_t)((uintptr_t)p - (uintptr_t)h->base);
    size_t page = at >> HEAP_PAGE_SHIFT;
    if (at >= h->reserved || page >= h->next_page || h->table[page].size == 0)
        return NULL;
    const struct heap_page *b = &h->table[page];
    size_t start = (size_t)b->first << HEAP_PAGE_SHIFT;
    size_t object = start + (at - start) / b->size * b->size;
    if (at < object + 8 || object + b->size > start + ((size_t)b->pages << HEAP_PAGE_SHIFT))
        return NULL;
    uint8_t *payload = h->base + object + 8;
    if (heap_kind_of(payload) == HEAP_FREE)
        return NULL;
    *bytes = b->size - 8;
    return payload;
}
