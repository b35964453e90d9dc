#include "frames.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 8, MAX_RECORDS = 64, MAX_WORDS = 1024 };

/* A word that has a bit for each record that differs; for each of these, by groups of eight words, a byte with a bit for
 * each word that differs, and the two words' exclusive or. A word is a byte with a bit for each byte that is not 0, and
 * those bytes. */
struct rp_packed {
    uint32_t refs;
    uint16_t depth; /* differences before it */
    struct rp_packed *base; /* NULL: zeros */
    unsigned char bytes[];
};

static void packed_drop(struct rp_packed *p) {
    while (p && --p->refs == 0) {
        struct rp_packed *base = p->base;
        free(p);
        p = base;
    }
}

static unsigned char *put_word(unsigned char *out, uint64_t x) {
    unsigned char *mask = out++;
    *mask = 0;
    for (unsigned i = 0; i < 8; i++, x >>= 8) {
        if (!(x & 0xff)) continue;
        *mask = (unsigned char)(*mask | 1u << i);
        *out++ = (unsigned char)x;
    }
    return out;
}

static unsigned char *pack_record(unsigned char *at, const uint64_t *now, const uint64_t *was, size_t n) {
    for (size_t i = 0; i < n; i += 8) {
        unsigned char *mask = at++;
        *mask = 0;
        for (size_t j = 0; j < 8 && i + j < n; j++) {
            uint64_t x = now[i + j] ^ (was ? was[i + j] : 0);
            if (!x) continue;
            *mask = (unsigned char)(*mask | 1u << j);
            at = put_word(at, x);
        }
    }
    return at;
}

static const unsigned char *get_word(const unsigned char *in, uint64_t *x) {
    *x = 0;
    for (unsigned bits = *in++, shift = 0; bits; bits >>= 1, shift += 8)
        if (bits & 1) *x |= (uint64_t)*in++ << shift;
    return in;
}

static const unsigned char *unpack_record(const unsigned char *in, uint64_t *words, size_t n) {
    for (size_t i = 0; i < n; i += 8) {
        unsigned mask = *in++;
        for (size_t j = i; mask; j++, mask >>= 1) {
            uint64_t x = 0;
            if (mask & 1) in = get_word(in, &x);
            words[j] ^= x;
        }
    }
    return in;
}

static uint64_t not_zero(const uint64_t *words, size_t records, size_t n) {
    uint64_t bits = 0;
    for (size_t i = 0; i < records; i++)
        for (size_t j = 0; j < n; j++)
            if (words[i * n + j]) bits |= UINT64_C(1) << i;
    return bits;
}

static struct rp_packed *pack_page(const uint64_t *now, struct rp_packed *base, const uint64_t *was, uint64_t changed,
                                   enum rp_table t) {
    unsigned char bytes[9 + MAX_WORDS * 9 + MAX_RECORDS + MAX_WORDS / 8];
    size_t records = rp_page_records(t), n = rp_record_words(t);
    if (records > MAX_RECORDS || records * n > MAX_WORDS) return NULL;
    if (!base) changed = not_zero(now, records, n);
    unsigned char *end = put_word(bytes, changed);
    for (size_t i = 0; i < records; i++)
        if (changed >> i & 1) end = pack_record(end, now + i * n, base ? was + i * n : NULL, n);
    size_t size = (size_t)(end - bytes);
    struct rp_packed *p = malloc(sizeof *p + size);
    if (!p) return NULL;
    p->refs = 1;
    p->depth = base ? (uint16_t)(base->depth + 1) : 0;
    p->base = base;
    if (base) base->refs++;
    memcpy(p->bytes, bytes, size);
    return p;
}

static void unpack_page(const struct rp_packed *p, uint64_t *words, enum rp_table t) {
    const struct rp_packed *chain[DEPTH];
    unsigned k = 0;
    size_t n = rp_record_words(t);
    for (; p; p = p->base) chain[k++] = p;
    memset(words, 0, rp_page_records(t) * n * sizeof *words);
    while (k) {
        uint64_t changed;
        const unsigned char *in = get_word(chain[--k]->bytes, &changed);
        for (size_t i = 0; changed; i++, changed >>= 1)
            if (changed & 1) in = unpack_record(in, words + i * n, n);
    }
}

static bool pack_table(struct rp_frame *f, const struct rp_store *now, const struct rp_frame *before, enum rp_table t) {
    uint32_t len = (uint32_t)now->table[t].len;
    if (len == 0) return true;
    f->table[t].page = calloc(len, sizeof *f->table[t].page);
    if (!f->table[t].page) return false;
    f->table[t].len = len;
    for (uint32_t i = 0; i < len; i++) {
        const uint64_t *words = rp_page_words(now, t, i), *was;
        struct rp_packed *base = before && i < before->table[t].len ? before->table[t].page[i] : NULL;
        if (!words) continue;
        uint64_t changed = rp_page_changed(now, t, i, &was);
        if (base && !changed) {
            base->refs++;
            f->table[t].page[i] = base;
            continue;
        }
        bool whole = !base || base->depth + 1 >= DEPTH;
        f->table[t].page[i] = pack_page(words, whole ? NULL : base, was, changed, t);
        if (!f->table[t].page[i]) return false;
    }
    return true;
}

bool rp_frame_pack(struct rp_frame *f, const struct rp_store *now, const struct rp_frame *before) {
    *f = (struct rp_frame){0};
    for (int t = 0; t < RP_T_COUNT; t++) {
        if (pack_table(f, now, before, (enum rp_table)t)) continue;
        rp_frame_free(f);
        return false;
    }
    return true;
}

bool rp_frame_restore(const struct rp_frame *f, struct rp_store *to) {
    for (int i = 0; i < RP_T_COUNT; i++) {
        enum rp_table t = (enum rp_table)i;
        if (!rp_store_resize(to, t, f->table[t].len)) return false;
        for (uint32_t k = 0; k < f->table[t].len; k++) {
            uint64_t *words = rp_page_overwrite(to, t, k, f->table[t].page[k] != NULL);
            if (words) unpack_page(f->table[t].page[k], words, t);
            else if (f->table[t].page[k]) return false;
        }
    }
    return true;
}

void rp_frame_free(struct rp_frame *f) {
    for (int t = 0; t < RP_T_COUNT; t++) {
        for (uint32_t i = 0; i < f->table[t].len; i++) packed_drop(f->table[t].page[i]);
        free(f->table[t].page);
    }
    *f = (struct rp_frame){0};
}
