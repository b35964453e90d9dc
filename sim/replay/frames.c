#include "frames.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH = 8, MAX_WORDS = 1024 };

/* Groups of eight words: a byte with a bit for each word that differs (0: a second byte counts such groups), then for
 * each of these a byte with a bit for each byte that differs, and those bytes of the two words' exclusive or. */
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

/* How many bytes were written; at most n * 9 + n / 4 + 2. */
static size_t pack_words(unsigned char *out, const uint64_t *now, const uint64_t *was, size_t n) {
    static const uint64_t zeros[8] = {0};
    unsigned char *at = out;
    for (size_t i = 0, same = 0; i < n; i += 8) {
        size_t k = n - i < 8 ? n - i : 8;
        const uint64_t *a = now + i, *b = was ? was + i : zeros;
        if (memcmp(a, b, k * sizeof *a) == 0) {
            same++;
            if (same < 255 && i + 8 < n) continue;
        }
        if (same) {
            *at++ = 0;
            *at++ = (unsigned char)same;
            bool this_too = memcmp(a, b, k * sizeof *a) == 0;
            same = 0;
            if (this_too) continue;
        }
        unsigned char *mask = at++;
        *mask = 0;
        for (size_t j = 0; j < k; j++) {
            if (a[j] == b[j]) continue;
            *mask = (unsigned char)(*mask | 1u << j);
            at = put_word(at, a[j] ^ b[j]);
        }
    }
    return (size_t)(at - out);
}

static void unpack_words(const unsigned char *in, uint64_t *words, size_t n) {
    for (size_t i = 0; i < n; i += 8) {
        unsigned mask = *in++;
        if (mask == 0) {
            i += 8 * ((size_t)*in++ - 1);
            continue;
        }
        for (size_t j = 0; mask; j++, mask >>= 1) {
            if (!(mask & 1)) continue;
            uint64_t x = 0;
            for (unsigned bits = *in++, shift = 0; bits; bits >>= 1, shift += 8)
                if (bits & 1) x |= (uint64_t)*in++ << shift;
            words[i + j] ^= x;
        }
    }
}

static struct rp_packed *pack_page(const uint64_t *now, struct rp_packed *base, const uint64_t *was, size_t n) {
    unsigned char bytes[MAX_WORDS * 9 + MAX_WORDS / 4 + 2];
    if (n > MAX_WORDS) return NULL;
    bool whole = !base || !was || base->depth + 1 >= DEPTH;
    size_t size = pack_words(bytes, now, whole ? NULL : was, n);
    struct rp_packed *p = malloc(sizeof *p + size);
    if (!p) return NULL;
    p->refs = 1;
    p->depth = whole ? 0 : (uint16_t)(base->depth + 1);
    p->base = whole ? NULL : base;
    if (p->base) p->base->refs++;
    memcpy(p->bytes, bytes, size);
    return p;
}

static void unpack_page(const struct rp_packed *p, uint64_t *words, size_t n) {
    const struct rp_packed *chain[DEPTH];
    unsigned k = 0;
    for (; p; p = p->base) chain[k++] = p;
    memset(words, 0, n * sizeof *words);
    while (k) unpack_words(chain[--k]->bytes, words, n);
}

static bool pack_table(struct rp_frame *f, const struct rp_store *now, const struct rp_frame *before,
                       const struct rp_store *was, enum rp_table t) {
    uint32_t len = (uint32_t)now->table[t].len;
    if (len == 0) return true;
    f->table[t].page = calloc(len, sizeof *f->table[t].page);
    if (!f->table[t].page) return false;
    f->table[t].len = len;
    for (uint32_t i = 0; i < len; i++) {
        const uint64_t *words = rp_page_words(now, t, i), *old = was ? rp_page_words(was, t, i) : NULL;
        struct rp_packed *base = before && i < before->table[t].len ? before->table[t].page[i] : NULL;
        if (!words) continue;
        if (base && words == old) {
            base->refs++;
            f->table[t].page[i] = base;
            continue;
        }
        f->table[t].page[i] = pack_page(words, base, old, rp_page_count(t));
        if (!f->table[t].page[i]) return false;
    }
    return true;
}

bool rp_frame_pack(struct rp_frame *f, const struct rp_store *now, const struct rp_frame *before,
                   const struct rp_store *was) {
    *f = (struct rp_frame){0};
    for (int t = 0; t < RP_T_COUNT; t++) {
        if (pack_table(f, now, before, was, (enum rp_table)t)) continue;
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
            if (words) unpack_page(f->table[t].page[k], words, rp_page_count(t));
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
