/* keys.h - the table of keys.def, for the window, the help overlay and the hints on buttons; and a user's own, laid over it. */
#ifndef GOSEE_VIEW_KEYS_H
#define GOSEE_VIEW_KEYS_H

#include <stdint.h>

#include "diag.h"
#include "layout.h"

enum ui_action {
    UI_DO_NOTHING,
#define KEY(action, shown, chars, sym, mods, place, text) UI_DO_##action,
#include "keys.def"
#undef KEY
    UI_ACTIONS
};

enum { UI_KEYS = UI_ACTIONS - 1 };

struct ui_key {
    enum ui_action action;
    char shown[24], chars[4];
    int32_t sym;
    unsigned mods;
    enum ui_region place;
    const char *text; /* "" : a second key for the same; not shown */
    bool own;         /* the user's */
};

struct ui_keymap {
    struct ui_key key[UI_KEYS]; /* in the order of enum ui_action, without the first */
};

const struct ui_keymap *ui_keys_standard(void);
/* The standard keys, and over them what a file says: {"follow": "u", "search": "Ctrl+F", "play": "Space"}; actions as in
 * keys.def, in small letters with "-" for "_". What is wrong is in diags with its line, and *out is then the standard. */
bool ui_keys_read(struct ui_keymap *out, const struct src_file *file, struct diag_list *diags);

const char *ui_key_shown(const struct ui_keymap *m, enum ui_action a);
/* mods: SDL's; only Ctrl and Shift count. */
enum ui_action ui_key_for_sym(const struct ui_keymap *m, int32_t sym, unsigned mods);
enum ui_action ui_key_for_text(const struct ui_keymap *m, const char *utf8);

#endif
