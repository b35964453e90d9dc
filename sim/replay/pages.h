/* pages.h - a state's memory: tables of fixed-size records in pages that states share until one writes.
 *
 * A store owns one reference to each of its pages; copying a store copies references. Records start as zeros, and every
 * byte (links of free records too) depends on the events alone, so equal states have equal bytes however they were
 * reached; the hash of a page is kept until the page changes. With a journal, every write keeps the bytes it replaces:
 * undoing an event costs what applying it cost.
 */
#ifndef GOSEE_REPLAY_PAGES_H
#define GOSEE_REPLAY_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rp_table { RP_T_HEAD, RP_T_G, RP_T_P, RP_T_M, RP_T_OBJ, RP_T_SLOT, RP_T_TIMER, RP_T_COUNT };

struct rp_page;

struct rp_pages {
    struct rp_page **page;
    size_t len, cap;
};

struct rp_undo { /* the bytes that one event replaced */
    uint64_t event;
    bool valid;
    unsigned char *bytes;
    size_t len, cap;
};

enum { RP_WINDOW = 2048 }; /* events that can be undone */

struct rp_journal {
    struct rp_undo slot[RP_WINDOW];
    struct rp_undo *open; /* of the event being applied; NULL: not kept */
};

struct rp_store {
    struct rp_pages table[RP_T_COUNT];
    struct rp_journal *journal; /* NULL for keyframes */
    uint64_t writes;            /* records written, the cost of folding */
    bool failed;                /* memory ran out; the store is not whole */
    uint64_t scratch[32];       /* what is written to then */
};

/* Zeros for a record that was never written. Valid until the next write to the table. */
const void *rp_read(const struct rp_store *s, enum rp_table t, uint32_t i);
/* The record, this store's own, to be written in place until the store is copied. Never NULL: when memory runs out it
 * is a scratch record, and s->failed is set. */
void *rp_write(struct rp_store *s, enum rp_table t, uint32_t i);

/* Makes *to a copy of from that shares its pages; what to held is given back; its journal stays. */
bool rp_store_copy(struct rp_store *to, const struct rp_store *from);
void rp_store_free(struct rp_store *s);
uint64_t rp_store_hash(const struct rp_store *s);
/* Bytes of pages that only this store holds. */
size_t rp_store_own_bytes(const struct rp_store *s);

/* Whole pages, for who packs them: their words (NULL: never written, zeros), how many a page of t has. */
const uint64_t *rp_page_words(const struct rp_store *s, enum rp_table t, uint32_t page);
size_t rp_page_count(enum rp_table t);
/* Page `page` of t to be written from the first word to the last, this store's own; with wanted false it is given back.
 * NULL then, and when memory runs out. */
uint64_t *rp_page_overwrite(struct rp_store *s, enum rp_table t, uint32_t page, bool wanted);
/* Gives t so many pages: new ones are zeros, those past the end are given back. */
bool rp_store_resize(struct rp_store *s, enum rp_table t, uint32_t pages);

/* Opens the slot of an event; writes until rp_journal_close go into it. */
void rp_journal_open(struct rp_journal *j, uint64_t event);
void rp_journal_close(struct rp_journal *j);
bool rp_journal_has(const struct rp_journal *j, uint64_t event);
/* Puts back what `event` replaced. false if it is not kept. */
bool rp_store_undo(struct rp_store *s, uint64_t event);
void rp_journal_free(struct rp_journal *j);

#endif
