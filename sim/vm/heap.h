/* heap.h - the memory that Go code can name: one reservation of address space a run, owned by struct heap.
 *
 * The reservation is cut into pages of 8 KB; a block is a run of pages that holds objects of one size. Each P has a
 * cache with, for each size class, a run of free memory [next, end) in which it bumps; when a run is used up a new one
 * is taken under the heap's lock. An object is a head word followed by its payload; addresses that Go code sees are
 * those of the payload or inside it. The head tells a collector what lies in the payload, and the page table finds the
 * head for an interior pointer: marking can be precise without a word from the code generator about heap objects.
 *
 * Allocation never collects; it says when a collection is wanted. Memory is zero when it is handed out. What other
 * objects would see of it is published by the store of its address (value.h), so nothing here needs to be atomic but
 * the figures. A collection (gc.c) marks with the world stopped; heap_sweep then gives wholly free blocks back and lists
 * the others, whose free objects are handed out again as runs.
 */
#ifndef GOSEE_VM_HEAP_H
#define GOSEE_VM_HEAP_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HEAP_PAGE_SHIFT 13
#define HEAP_PAGE ((size_t)1 << HEAP_PAGE_SHIFT)
#define HEAP_SMALL 2048 /* largest object, head included, that comes from a cache */
#define HEAP_CLASSES 31
#define HEAP_VIRTUAL_BASE UINT64_C(0xc000000000) /* the address that %p shows for the first byte of the reservation */

/* What a payload is; the low four bits of a head. The rest is the address of a type (aligned so), or 0. */
enum heap_kind {
    HEAP_FREE,    /* no object here (yet) */
    HEAP_BYTES,   /* no pointers */
    HEAP_OBJECT,  /* one value of the described type */
    HEAP_ARRAY,   /* values of the described type, as many as fit */
    HEAP_STRING,  /* struct vm_string, its bytes behind it or elsewhere */
    HEAP_SLICE,   /* struct vm_slice */
    HEAP_IFACE,   /* struct vm_iface: the type is inside */
    HEAP_CLOSURE, /* struct vm_closure: the function knows which captures are pointers */
    HEAP_MAP,     /* struct vm_map */
    HEAP_TABLE,   /* a map's table, of the described map type */
    HEAP_CHAN,    /* struct hchan; described by the channel's type */
    HEAP_ITER,    /* struct vm_map_iter */
    HEAP_DEFER,   /* struct vm_defer */
    HEAP_PANIC,   /* struct vm_panic */
    HEAP_GLOBALS, /* the package variables: roots, described by the program */
    HEAP_KINDS
};
_Static_assert(HEAP_KINDS <= 16, "a kind is four bits of a head");
struct lang_rtype;
static inline uint64_t heap_head(enum heap_kind kind, const struct lang_rtype *type) {
    return (uint64_t)(uintptr_t)type | (uint64_t)kind;
}

struct heap_run { uint8_t *next, *end; };

struct heap_cache { /* one P's */
    struct heap_run runs[HEAP_CLASSES];
};

struct heap_page {     /* what the page table says of the block that a page belongs to */
    uint32_t first;    /* page that the block begins with */
    uint32_t pages;    /* of the block */
    uint64_t size;     /* of its objects; 0: the page is free */
    uint32_t next;     /* first page of a block: the next one on its class's list of blocks with room; 0: none */
    uint32_t cursor;   /* and the object from where to look for room */
};

#define HEAP_MARK_WORDS (HEAP_PAGE / 16 / 64) /* of a page: a bit for each 16 bytes, in which at most one object begins */
/* No collection below this (Go's heapMinimum); the hostile build collects all the time. */
#ifdef GOSEE_HOSTILE
#define HEAP_GOAL_LEAST ((uint64_t)32 << 10)
#else
#define HEAP_GOAL_LEAST ((uint64_t)4 << 20)
#endif

struct heap {
    uint8_t *base;          /* of the reservation */
    size_t reserved;        /* bytes */
    size_t committed;       /* readable and writable so far; under lock */
    struct heap_page *table; /* a page each; reserved like the heap, touched as it grows */
    size_t table_bytes;
    uint64_t *marks;        /* HEAP_MARK_WORDS a page; reserved likewise */
    size_t marks_bytes;
    size_t next_page;       /* first that was never handed out; under lock */
    size_t free_pages;      /* below next_page, in no block; under lock */
    size_t free_hint;       /* no free page lies below; under lock */
    uint32_t room[HEAP_CLASSES]; /* blocks of each class with free objects, by first page; 0: none; under lock */
    _Atomic uint64_t used;  /* bytes handed out since the last collection, and those that it found live */
    uint64_t goal;          /* of used: a collection is wanted; changed with the world stopped */
    _Atomic bool wanted;    /* a collection is */
    uint64_t live;          /* bytes that the last collection found live */
    uint64_t mallocs;       /* objects that caches and large allocations got so far; under lock */
    uint64_t frees;         /* those of them that collections have freed; changed with the world stopped */
    uint64_t limit;         /* of used; 0: none */
    void (*recycled)(void *ctx, const void *at, size_t bytes); /* memory is about to be handed out again; or NULL */
    void *recycled_ctx;
    _Atomic bool limit_hit; /* an allocation failed because of limit, not for want of memory */
    pthread_mutex_t lock;
};

/* false: no address space, or the lock could not be made. */
bool heap_init(struct heap *h, uint64_t limit, size_t reserve); /* reserve: at most so many bytes of addresses; 0: no matter */
void heap_free(struct heap *h);

/* The end of a run whose successor begins with the same heap. First each cache says how far it came in its runs: what
 * lies behind was never written. Then heap_reset makes all that was handed out zero again, and the heap as it was after
 * heap_init, but for the memory that it has. */
void heap_give_back(struct heap *h, const struct heap_cache *c);
void heap_reset(struct heap *h, uint64_t limit);

/* Objects that the cache has got and not handed out. */
uint64_t heap_unused(const struct heap_cache *c);

extern const uint8_t heap_class_of[HEAP_SMALL / 8 + 1]; /* by (bytes + head + 7) / 8 */
extern const uint16_t heap_class_size[HEAP_CLASSES];

/* The slow way: a new run or a large object. NULL: memory or the limit is exhausted. */
void *heap_alloc_slow(struct heap *h, struct heap_cache *c, size_t bytes, uint64_t head);

/* A zeroed payload of `bytes`, 8-aligned, out of the cache, which the caller's P owns. NULL: take the slow way. */
static inline void *heap_alloc_fast(struct heap_cache *c, size_t bytes, uint64_t head) {
    if (bytes > HEAP_SMALL - 8)
        return NULL;
    unsigned class = heap_class_of[(bytes + 15) >> 3];
    size_t size = heap_class_size[class];
    struct heap_run *r = &c->runs[class];
    uint8_t *p = r->next;
    if ((size_t)(r->end - p) < size)
        return NULL;
    r->next = p + size;
    *(uint64_t *)(void *)p = head;
    return p + 8;
}
/* Both ways. NULL: memory or the limit is exhausted. */
static inline void *heap_alloc(struct heap *h, struct heap_cache *c, size_t bytes, uint64_t head) {
    void *p = heap_alloc_fast(c, bytes, head);
    return p ? p : heap_alloc_slow(h, c, bytes, head);
}

/* ---- collecting; the world is stopped -------------------------------------------------------------------------------- */

void heap_clear_marks(struct heap *h);
/* Marks the object with this payload; false if it was marked. */
bool heap_mark(struct heap *h, const void *payload);
bool heap_is_marked(const struct heap *h, const void *p); /* is p inside an object that is marked? */
/* What a cache has not handed out goes back; it is all zero then. */
void heap_empty_cache(struct heap *h, struct heap_cache *c);
/* Everything unmarked is free. The caches of all Ps must have been emptied. Sets live, frees, used and goal. */
void heap_sweep(struct heap *h);

static inline bool heap_contains(const struct heap *h, const void *p) {
    return (uintptr_t)p - (uintptr_t)h->base < h->reserved;
}
/* The payload of the object that p points into, and its size; NULL if p is not inside one. */
void *heap_find(const struct heap *h, const void *p, size_t *bytes);
static inline enum heap_kind heap_kind_of(const void *payload) {
    return (enum heap_kind)(((const uint64_t *)payload)[-1] & 15);
}
static inline const struct lang_rtype *heap_type_of(const void *payload) {
    return (const struct lang_rtype *)(uintptr_t)(((const uint64_t *)payload)[-1] & ~(uint64_t)15);
}
/* The address that Go code is shown (%p, println): the same in every run. */
static inline uint64_t heap_shown(const struct heap *h, uint64_t address) {
    return address && heap_contains(h, (const void *)(uintptr_t)address)
               ? address - (uint64_t)(uintptr_t)h->base + HEAP_VIRTUAL_BASE : address;
}

#endif
