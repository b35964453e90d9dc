#include "keys.h"

#include <SDL.h>
#include <string.h>

static const struct ui_key table[] = {
#define KEY(action, shown, chars, sym, mods, place, text) {UI_DO_##action, shown, chars, sym, mods, UI_R_##place, text},
#include "keys.def"
#undef KEY
};

enum { KEYS = sizeof table / sizeof *table };

const struct ui_key *ui_keys(size_t *n) {
    *n = KEYS;
    return table;
}

const char *ui_key_shown(enum ui_action a) {
    for (size_t i = 0; i < KEYS; i++)
        if (table[i].action == a) return table[i].shown;
    return "";
}

static unsigned plain(unsigned mods) {
    return (mods & KMOD_CTRL ? (unsigned)KMOD_CTRL : 0) | (mods & KMOD_SHIFT ? (unsigned)KMOD_SHIFT : 0);
}

enum ui_action ui_key_for_sym(int32_t sym, unsigned mods) {
    unsigned have = plain(mods);
    for (size_t i = 0; i < KEYS; i++) {
        if (table[i].sym != sym || table[i].sym == 0) continue;
        /* With Ctrl, Shift may be needed to reach the character at all. */
        unsigned held = table[i].mods & KMOD_CTRL ? have & ~(unsigned)KMOD_SHIFT : have;
        if (held == table[i].mods) return table[i].action;
    }
    return UI_DO_NOTHING;
}

enum ui_action ui_key_for_text(const char *utf8) {
    if (!utf8[0] || utf8[1]) return UI_DO_NOTHING;
    for (size_t i = 0; i < KEYS; i++)
        if (strchr(table[i].chars, utf8[0])) return table[i].action;
    return UI_DO_NOTHING;
}
