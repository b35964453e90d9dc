/* pos.h - a place in the source of a compilation: file, line and column in one word, ordered within a file. */
#ifndef GOSEE_LANG_POS_H
#define GOSEE_LANG_POS_H

#include <stdint.h>

/* 16 bits file (index into lang_checked.files), 24 bits line, 24 bits column; both from 1, columns in bytes, as Go
 * counts. 0: unknown. Lines and columns past 2^24 - 1 stay there. */
typedef uint64_t lang_pos;

#define LANG_POS_MAX 0xffffffu

static inline lang_pos lang_pos_make(uint32_t file, uint32_t line, uint32_t col) {
    if (line > LANG_POS_MAX) line = LANG_POS_MAX;
    if (col > LANG_POS_MAX) col = LANG_POS_MAX;
    return (lang_pos)file << 48 | (lang_pos)line << 24 | col;
}
static inline uint32_t lang_pos_file(lang_pos p) { return (uint32_t)(p >> 48); }
static inline uint32_t lang_pos_line(lang_pos p) { return (uint32_t)(p >> 24) & LANG_POS_MAX; }
static inline uint32_t lang_pos_col(lang_pos p) { return (uint32_t)p & LANG_POS_MAX; }

#endif
