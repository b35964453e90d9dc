/* pages.h - a state's memory: tables of fixed-size records in pages.
 *
 * Records start as zeros, and every byte (links of free records too) depends on the events alone, so equal states have
 * equal bytes however they were reached; the hash of a page is kept until the page changes. A page also keeps what its
 * records were at the last keyframe, of those that were written since: from that the next keyframe is made (frames.h).
 * With a journal, every write keeps the bytes it replaces: undoing an event costs what applying it cost.
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
    struct rp_journal *journal; /* NULL: none */
    uint64_t writes;            /* records written, the cost of folding */
    bool failed;                /* memory ran out; the store is not whole */
    uint64_t scratch[32];       /* what is written to then */
};

/* Zeros for a record that was never written. Valid until the next write to the table. */
const void *rp_read(const struct rp_store *s, enum rp_table t, uint32_t i);
/* The record, to be written in place. Never NULL: when memory runs out it
 * is a scratch record, and s->failed is set. */
void *rp_write(struct rp_store *s, enum rp_table t, uint32_t i);

void rp_store_free(struct rp_store *s);
uint64_t rp_store_hash(const struct rp_store *s);
/* Whole pages, for who packs them. The words of one (NULL: never written, zeros), how many a record has, and how many
 * records a page. */
const uint64_t *rp_page_words(const struct rp_store *s, enum rp_table t, uint32_t page);
size_t rp_record_words(enum rp_table t);
size_t rp_page_records(enum rp_table t); /* at most 64 */
/* A bit for each record that was written since rp_store_settle, and what these were then, at their places in *was. */
uint64_t rp_page_changed(const struct rp_store *s, enum rp_table t, uint32_t page, const uint64_t **was);
/* The state is that of a keyframe: what changes is counted from here. */
void rp_store_settle(struct rp_store *s);
/* Page `page` of t to be written from the first word to the last; with wanted false it is given back. NULL then, and when
 * memory runs out. */
uint64_t *rp_page_overwrite(struct rp_store *s, enum rp_table t, uint32_t page, bool wanted);
/* The record will be written soon. */
void rp_prefetch(const struct rp_store *s, enum rp_table t, uint32_t i);
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
