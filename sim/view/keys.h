/* keys.h - the table of keys.def, for the window, the help overlay and the hints on buttons. */
#ifndef GOSEE_VIEW_KEYS_H
#define GOSEE_VIEW_KEYS_H

#include <stdint.h>

#include "layout.h"

enum ui_action {
    UI_DO_NOTHING,
#define KEY(action, shown, chars, sym, mods, place, text) UI_DO_##action,
#include "keys.def"
#undef KEY
    UI_ACTIONS
};

struct ui_key {
    enum ui_action action;
    const char *shown, *chars;
    int32_t sym;
    unsigned mods;
    enum ui_region place;
    const char *text; /* "" : a second key for the same; not shown */
};

const struct ui_key *ui_keys(size_t *n);
const char *ui_key_shown(enum ui_action a);
/* mods: SDL's; only Ctrl and Shift count. */
enum ui_action ui_key_for_sym(int32_t sym, unsigned mods);
enum ui_action ui_key_for_text(const char *utf8);

#endif
