/* scan.h - walks a JSON text and notes where everything stands. Private to scenario.
 *
 * cJSON gives the values but keeps neither lines nor columns, lets duplicate keys pass and forgives bad strings. So
 * this scanner reads the text first, by RFC 8259 and with bounds, and lists every value in the order in which it
 * begins. */
#ifndef GOSEE_SCENARIO_SCAN_H
#define GOSEE_SCENARIO_SCAN_H

#include "diag.h"

enum {
    SCN_MAX_FILE = 1 << 20,
    SCN_MAX_DEPTH = 64,
    SCN_MAX_VALUES = 100000,
    SCN_MAX_STRING = 1 << 16,
    SCN_MAX_NUMBER = 64
};

struct scn_mark {
    size_t from, to;  /* byte offsets of the value */
    size_t key;       /* offset of its key; 0 if it has none */
    const char *path; /* "/machine/procs"; "/" is the whole */
};

struct scn_marks {
    VEC(struct scn_mark) items;
};

/* false: refused, and one diagnostic says why. Paths live in `arena`. */
bool scn_scan(const struct src_file *file, struct arena *arena, struct diag_list *diags, struct scn_marks *out);
void scn_line_col(const struct src_file *file, size_t offset, int *line, int *col);

#endif
