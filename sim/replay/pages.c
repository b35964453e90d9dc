#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "records.h"

struct rp_page {
    uint64_t changed; /* records written since the store was settled */
    uint64_t *was;    /* what they were then; made at the first such write, and kept */
    bool hashed;
    uint64_t hash;
    uint64_t words[]; /* the records */
};

static const struct {
    uint32_t size;
    unsigned shift; /* 1 << shift records a page: about 4 KB */
} shape[RP_T_COUNT] = {
    [RP_T_HEAD] = {sizeof(struct rp_head_rec), 0},   [RP_T_G] = {sizeof(struct rp_g_rec), 5},
    [RP_T_P] = {sizeof(struct rp_p_rec), 3},         [RP_T_M] = {sizeof(struct rp_m_rec), 5},
    [RP_T_OBJ] = {sizeof(struct rp_obj_rec), 4},     [RP_T_SLOT] = {sizeof(struct rp_slot_rec), 6},
    [RP_T_TIMER] = {sizeof(struct rp_timer_rec), 6},
};

_Static_assert(sizeof(struct rp_head_rec) % 8 == 0 && sizeof(struct rp_g_rec) % 8 == 0, "pages are hashed by words");
_Static_assert(sizeof(struct rp_p_rec) % 8 == 0 && sizeof(struct rp_m_rec) % 8 == 0, "pages are hashed by words");
_Static_assert(sizeof(struct rp_obj_rec) % 8 == 0 && sizeof(struct rp_slot_rec) % 8 == 0, "pages are hashed by words");
_Static_assert(sizeof(struct rp_timer_rec) % 8 == 0, "pages are hashed by words");

static size_t page_bytes(enum rp_table t) { return (size_t)shape[t].size << shape[t].shift; }

static const union {
    uint64_t align;
    unsigned char bytes[256];
} zeros = {0};
_Static_assert(sizeof(struct rp_head_rec) <= sizeof zeros.bytes, "a record of zeros fits");
_Static_assert(sizeof zeros.bytes == sizeof(uint64_t[32]), "so does the scratch record");

const void *rp_read(const struct rp_store *s, enum rp_table t, uint32_t i) {
    const struct rp_pages *p = &s->table[t];
    size_t at = i >> shape[t].shift;
    if (at >= p->len || !p->page[at]) return zeros.bytes;
    size_t in_page = i & ((1u << shape[t].shift) - 1);
    return (const unsigned char *)p->page[at]->words + in_page * shape[t].size;
}

static bool undo_keep(struct rp_undo *u, enum rp_table t, uint32_t i, const void *old) {
    uint32_t key[2] = {(uint32_t)t, i};
    size_t need = sizeof key + shape[t].size;
    if (u->cap - u->len < need) {
        size_t cap = u->cap ? u->cap * 2 : 1024;
        while (cap - u->len < need)
            cap *= 2;
        unsigned char *bytes = realloc(u->bytes, cap);
        if (!bytes) return false;
        u->bytes = bytes;
        u->cap = cap;
    }
    memcpy(u->bytes + u->len, old, shape[t].size); /* record, then its key: read from the end */
    memcpy(u->bytes + u->len + shape[t].size, key, sizeof key);
    u->len += need;
    return true;
}

static bool table_reach(struct rp_pages *p, size_t at) {
    if (at < p->len) return true;
    if (at >= p->cap) {
        size_t cap = p->cap ? p->cap : 8;
        while (cap <= at)
            cap *= 2;
        struct rp_page **page = realloc(p->page, cap * sizeof *page);
        if (!page) return false;
        p->page = page;
        p->cap = cap;
    }
    memset(p->page + p->len, 0, (at + 1 - p->len) * sizeof *p->page);
    p->len = at + 1;
    return true;
}

static void page_drop(struct rp_page *p) {
    if (!p) return;
    free(p->was);
    free(p);
}

static struct rp_page *page_new(enum rp_table t) {
    struct rp_page *p = malloc(sizeof *p + page_bytes(t));
    if (!p) return NULL;
    p->changed = 0;
    p->was = NULL;
    p->hashed = false;
    return p;
}

static bool keep_record(struct rp_page *page, enum rp_table t, size_t in_page) {
    if (!page->was) page->was = malloc(page_bytes(t));
    if (!page->was) return false;
    size_t words = shape[t].size / sizeof(uint64_t);
    memcpy(page->was + in_page * words, page->words + in_page * words, shape[t].size);
    page->changed |= UINT64_C(1) << in_page;
    return true;
}

void rp_prefetch(const struct rp_store *s, enum rp_table t, uint32_t i) {
    const struct rp_pages *p = &s->table[t];
    size_t at = i >> shape[t].shift, in_page = i & ((1u << shape[t].shift) - 1);
    const struct rp_page *page = at < p->len ? p->page[at] : NULL;
    if (!page) return;
    const unsigned char *rec = (const unsigned char *)page->words + in_page * shape[t].size;
    __builtin_prefetch(page, 1);
    __builtin_prefetch(rec, 1);
    __builtin_prefetch(rec + 64, 1);
}

static void *write_raw(struct rp_store *s, enum rp_table t, uint32_t i) {
    struct rp_pages *p = &s->table[t];
    size_t at = i >> shape[t].shift, in_page = i & ((1u << shape[t].shift) - 1);
    struct rp_page *page = at < p->len ? p->page[at] : NULL;
    if (!page) {
        if (!table_reach(p, at)) return NULL;
        page = p->page[at] = page_new(t);
        if (!page) return NULL;
        memset(page->words, 0, page_bytes(t));
    }
    if (!(page->changed >> in_page & 1) && !keep_record(page, t, in_page)) return NULL;
    page->hashed = false;
    return (unsigned char *)page->words + in_page * shape[t].size;
}

void *rp_write(struct rp_store *s, enum rp_table t, uint32_t i) {
    void *rec = write_raw(s, t, i);
    if (rec && s->journal && s->journal->open && !undo_keep(s->journal->open, t, i, rec)) rec = NULL;
    s->writes++;
    if (rec) return rec;
    s->failed = true;
    memset(s->scratch, 0, sizeof s->scratch);
    return s->scratch;
}

void rp_store_free(struct rp_store *s) {
    for (int t = 0; t < RP_T_COUNT; t++) {
        for (size_t i = 0; i < s->table[t].len; i++)
            page_drop(s->table[t].page[i]);
        free(s->table[t].page);
        s->table[t] = (struct rp_pages){0};
    }
}

const uint64_t *rp_page_words(const struct rp_store *s, enum rp_table t, uint32_t page) {
    const struct rp_pages *p = &s->table[t];
    return page < p->len && p->page[page] ? p->page[page]->words : NULL;
}

size_t rp_record_words(enum rp_table t) { return shape[t].size / sizeof(uint64_t); }
size_t rp_page_records(enum rp_table t) { return (size_t)1 << shape[t].shift; }

uint64_t rp_page_changed(const struct rp_store *s, enum rp_table t, uint32_t page, const uint64_t **was) {
    const struct rp_page *p = s->table[t].page[page];
    *was = p ? p->was : NULL;
    return p ? p->changed : 0;
}

void rp_store_settle(struct rp_store *s) {
    for (int t = 0; t < RP_T_COUNT; t++)
        for (size_t i = 0; i < s->table[t].len; i++)
            if (s->table[t].page[i]) s->table[t].page[i]->changed = 0;
}

uint64_t *rp_page_overwrite(struct rp_store *s, enum rp_table t, uint32_t page, bool wanted) {
    struct rp_page **at = &s->table[t].page[page];
    if (!wanted) {
        page_drop(*at);
        *at = NULL;
        return NULL;
    }
    if (!*at) *at = page_new(t);
    if (!*at) return NULL;
    (*at)->hashed = false;
    (*at)->changed = 0;
    return (*at)->words;
}

bool rp_store_resize(struct rp_store *s, enum rp_table t, uint32_t pages) {
    struct rp_pages *p = &s->table[t];
    while (p->len > pages) page_drop(p->page[--p->len]);
    return pages == 0 || table_reach(p, pages - 1);
}

static uint64_t mix(uint64_t h) {
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

/* A page of zeros hashes to 0, as an absent one. */
static uint64_t page_hash(struct rp_page *p, enum rp_table t) {
    if (p->hashed) return p->hash;
    uint64_t h = 0;
    size_t n = page_bytes(t) / sizeof(uint64_t);
    for (size_t i = 0; i < n; i++)
        if (p->words[i]) h += mix(p->words[i] + 0x9e3779b97f4a7c15u * (i + 1));
    p->hash = h;
    p->hashed = true;
    return h;
}

uint64_t rp_store_hash(const struct rp_store *s) {
    uint64_t h = 0;
    for (int t = 0; t < RP_T_COUNT; t++) {
        for (size_t i = 0; i < s->table[t].len; i++) {
            uint64_t one = s->table[t].page[i] ? page_hash(s->table[t].page[i], (enum rp_table)t) : 0;
            if (one) h += mix(one + (uint64_t)(t + 1) * 0x9e3779b97f4a7c15u + i * 0xc2b2ae3d27d4eb4fu);
        }
    }
    return mix(h + 1);
}

void rp_journal_open(struct rp_journal *j, uint64_t event) {
    struct rp_undo *u = &j->slot[event % RP_WINDOW];
    u->event = event;
    u->valid = true;
    u->len = 0;
    j->open = u;
}

void rp_journal_close(struct rp_journal *j) { j->open = NULL; }

bool rp_journal_has(const struct rp_journal *j, uint64_t event) {
    const struct rp_undo *u = &j->slot[event % RP_WINDOW];
    return u->valid && u->event == event;
}

bool rp_store_undo(struct rp_store *s, uint64_t event) {
    struct rp_journal *j = s->journal;
    if (!j || !rp_journal_has(j, event)) return false;
    struct rp_undo *u = &j->slot[event % RP_WINDOW];
    j->open = NULL;
    while (u->len) {
        uint32_t key[2];
        u->len -= sizeof key;
        memcpy(key, u->bytes + u->len, sizeof key);
        enum rp_table t = (enum rp_table)key[0];
        u->len -= shape[t].size;
        void *rec = write_raw(s, t, key[1]);
        if (!rec) {
            s->failed = true;
            return false;
        }
        memcpy(rec, u->bytes + u->len, shape[t].size);
    }
    u->valid = false;
    return true;
}

void rp_journal_free(struct rp_journal *j) {
    for (size_t i = 0; i < RP_WINDOW; i++)
        free(j->slot[i].bytes);
    free(j);
}
