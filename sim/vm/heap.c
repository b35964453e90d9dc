/* heap.c - blocks of pages, size classes and the slow ways of heap.h. */
#include "heap.h"

#include <string.h>
#include <sys/mman.h>

#define RESERVE_MOST ((size_t)1 << 38)  /* 256 GB of addresses; halved until the system grants it */
#define RESERVE_LEAST ((size_t)1 << 26)
#define COMMIT_LEAST ((size_t)1 << 20)
#define COMMIT_MOST ((size_t)1 << 26)
#define BLOCK_PAGES_SMALL 1 /* for objects up to 256 bytes */
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
    h->base = NULL;
    h->reserved = h->committed = h->table_bytes = h->next_page = 0;
    h->table = NULL;
    h->limit = limit;
    atomic_init(&h->used, 0);
    atomic_init(&h->limit_hit, false);
}

bool heap_init(struct heap *h, uint64_t limit) {
    init_fields(h, limit);
    if (pthread_mutex_init(&h->lock, NULL) != 0)
        return false;
    for (size_t n = RESERVE_MOST; n >= RESERVE_LEAST && !h->base; n /= 2) {
        h->reserved = n;
        h->base = reserve(n, PROT_NONE);
    }
    h->table_bytes = (h->reserved >> HEAP_PAGE_SHIFT) * sizeof *h->table;
    if (h->base)
        h->table = reserve(h->table_bytes, PROT_READ | PROT_WRITE);
    if (h->table)
        return true;
    heap_free(h);
    return false;
}

void heap_free(struct heap *h) {
    if (h->base)
        munmap(h->base, h->reserved);
    if (h->table)
        munmap(h->table, h->table_bytes);
    pthread_mutex_destroy(&h->lock);
    init_fields(h, 0);
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

/* A block of zeroed pages for objects of `size` bytes. NULL: exhausted. */
static uint8_t *take_block(struct heap *h, size_t pages, uint64_t size) {
    uint8_t *block = NULL;
    uint64_t bytes = (uint64_t)pages << HEAP_PAGE_SHIFT;
    pthread_mutex_lock(&h->lock);
    uint64_t used = atomic_load_explicit(&h->used, memory_order_relaxed);
    if (h->limit && bytes > h->limit - (used < h->limit ? used : h->limit)) {
        atomic_store_explicit(&h->limit_hit, true, memory_order_relaxed);
    } else if (pages <= (h->reserved >> HEAP_PAGE_SHIFT) - h->next_page &&
               commit(h, (h->next_page + pages) << HEAP_PAGE_SHIFT)) {
        size_t first = h->next_page;
        h->next_page += pages;
        /* A large object's later pages matter only to interior pointers; every page must know its block. */
        for (size_t i = 0; i < pages; i++)
            h->table[first + i] = (struct heap_page){ .first = (uint32_t)first, .pages = (uint32_t)pages, .size = size };
        block = h->base + (first << HEAP_PAGE_SHIFT);
        atomic_store_explicit(&h->used, used + bytes, memory_order_relaxed);
    }
    pthread_mutex_unlock(&h->lock);
    return block;
}

void *heap_alloc_slow(struct heap *h, struct heap_cache *c, size_t bytes, uint64_t head) {
    if (bytes > RESERVE_MOST)
        return NULL;
    if (bytes > HEAP_SMALL - 8) {
        size_t pages = (bytes + 8 + HEAP_PAGE - 1) >> HEAP_PAGE_SHIFT;
        uint8_t *p = take_block(h, pages, (uint64_t)pages << HEAP_PAGE_SHIFT);
        if (!p)
            return NULL;
        *(uint64_t *)(void *)p = head;
        return p + 8;
    }
    unsigned class = heap_class_of[(bytes + 15) >> 3];
    size_t size = heap_class_size[class];
    size_t pages = size <= 256 ? BLOCK_PAGES_SMALL : BLOCK_PAGES;
    uint8_t *p = take_block(h, pages, size);
    if (!p)
        return NULL;
    struct heap_run *r = &c->runs[class];
    r->next = p + size;
    r->end = p + pages * HEAP_PAGE;
    *(uint64_t *)(void *)p = head;
    return p + 8;
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
