/* search.h - finding a goroutine, a function, a channel or lock, a line of output or of the source by name, in the whole
 * run. The candidates are read from the log when the search opens; the stage owns them. */
#ifndef GOSEE_VIEW_SEARCH_H
#define GOSEE_VIEW_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui_stage;

enum ui_found_kind { UI_FOUND_EXACT, UI_FOUND_FUNC, UI_FOUND_OBJ, UI_FOUND_G, UI_FOUND_OUTPUT, UI_FOUND_LINE, UI_FOUND_KINDS };

struct ui_found {
    uint8_t kind;   /* enum ui_found_kind; EXACT is the goroutine with the very number */
    uint64_t id;    /* goid, object, length of an output line, line of the source or of the function */
    uint64_t event; /* with which it comes into the run */
    uint64_t name;  /* function, string ids of name (high half) and type, offset of an output line's text */
};

enum { UI_SEARCH_BYTES = 64, UI_FOUND_MOST = 24 };

struct ui_search {
    bool open;
    char text[UI_SEARCH_BYTES];
    size_t focus;
    struct ui_found *all; /* candidates */
    size_t nall, cap_all;
    uint64_t read; /* events that were looked at for them */
    struct ui_found found[UI_FOUND_KINDS][UI_FOUND_MOST];
    size_t nfound[UI_FOUND_KINDS], matches; /* shown of each kind; all that match */
};

void ui_search_open(struct ui_stage *s); /* reads what the log has by now; s->failed when memory runs out */
void ui_search_forget(struct ui_search *q); /* another log: closed, without candidates */
void ui_search_type(struct ui_stage *s, const char *text);
void ui_search_erase(struct ui_stage *s); /* the last character */
size_t ui_search_count(const struct ui_search *q);
const struct ui_found *ui_search_at(const struct ui_search *q, size_t i); /* in the order shown; NULL past the end */

#endif
