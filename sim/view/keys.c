#include "keys.h"

#include <SDL.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "json.h"

static const struct ui_keymap standard = {.key = {
#define KEY(action, shown, chars, sym, mods, place, text) \
    {UI_DO_##action, shown, chars, sym, mods, UI_R_##place, text, false},
#include "keys.def"
#undef KEY
}};

static const char *const names[] = {
#define KEY(action, shown, chars, sym, mods, place, text) #action,
#include "keys.def"
#undef KEY
};

const struct ui_keymap *ui_keys_standard(void) { return &standard; }

const char *ui_key_shown(const struct ui_keymap *m, enum ui_action a) {
    return a > UI_DO_NOTHING && a < UI_ACTIONS ? m->key[a - 1].shown : "";
}

static unsigned plain(unsigned mods) {
    return (mods & KMOD_CTRL ? (unsigned)KMOD_CTRL : 0) | (mods & KMOD_SHIFT ? (unsigned)KMOD_SHIFT : 0);
}

enum ui_action ui_key_for_sym(const struct ui_keymap *m, int32_t sym, unsigned mods) {
    unsigned have = plain(mods);
    for (size_t i = 0; i < UI_KEYS; i++) {
        const struct ui_key *k = &m->key[i];
        if (k->sym != sym || k->sym == 0) continue;
        /* With Ctrl, Shift may be needed to reach the character at all. */
        unsigned held = k->mods & KMOD_CTRL ? have & ~(unsigned)KMOD_SHIFT : have;
        if (held == k->mods) return k->action;
    }
    return UI_DO_NOTHING;
}

enum ui_action ui_key_for_text(const struct ui_keymap *m, const char *utf8) {
    if (!utf8[0] || utf8[1]) return UI_DO_NOTHING;
    for (size_t i = 0; i < UI_KEYS; i++)
        if (strchr(m->key[i].chars, utf8[0])) return m->key[i].action;
    return UI_DO_NOTHING;
}

/* ---- a user's own ------------------------------------------------------------------------------------------- */

static enum ui_action action_named(const char *name) {
    for (size_t i = 0; i < UI_KEYS; i++) {
        const char *p = names[i], *q = name;
        while (*p && *q == (*p == '_' ? '-' : (char)tolower((unsigned char)*p)))
            p++, q++;
        if (!*p && !*q) return (enum ui_action)(i + 1);
    }
    return UI_DO_NOTHING;
}

/* "u", "Shift+U", "Ctrl+F", "Space", "F5", "Left". A character without Ctrl is what is typed; all else is a key. */
static bool parse_key(const char *text, struct ui_key *k) {
    unsigned mods = 0;
    const char *p = text;
    for (bool more = true; more;) {
        more = false;
        if (strncmp(p, "Ctrl+", 5) == 0 && p[5]) mods |= KMOD_CTRL, p += 5, more = true;
        else if (strncmp(p, "Shift+", 6) == 0 && p[6]) mods |= KMOD_SHIFT, p += 6, more = true;
    }
    bool one = (unsigned char)p[0] > ' ' && (unsigned char)p[0] < 0x7f && !p[1];
    k->chars[0] = 0;
    k->sym = 0;
    k->mods = mods;
    snprintf(k->shown, sizeof k->shown, "%s%s%s", mods & KMOD_CTRL ? "Ctrl " : "", mods & KMOD_SHIFT ? "Shift " : "", p);
    if (!(mods & KMOD_CTRL) && (one || strcmp(p, "Space") == 0)) {
        char c = one ? *p : ' ';
        k->chars[0] = mods & KMOD_SHIFT ? (char)toupper((unsigned char)c) : (char)tolower((unsigned char)c);
        k->chars[1] = 0;
        k->mods = 0;
        return true;
    }
    k->sym = (int32_t)SDL_GetKeyFromName(p);
    return k->sym != SDLK_UNKNOWN;
}

static const struct ui_key *clash(const struct ui_keymap *m, const struct ui_key *own) {
    for (size_t i = 0; i < UI_KEYS; i++) {
        const struct ui_key *k = &m->key[i];
        if (k == own) continue;
        if (own->chars[0] && strchr(k->chars, own->chars[0])) return k;
        if (own->sym && own->sym == k->sym && own->mods == k->mods) return k;
    }
    return NULL;
}

static bool take(struct ui_keymap *m, const struct src_file *file, const struct json *j, struct diag_list *diags) {
    enum ui_action action = action_named(j->key);
    if (action == UI_DO_NOTHING) {
        diag_add(diags, file, j->key_line, j->key_col, "%s is nothing that a key does", j->key);
        return false;
    }
    if (j->kind != JSON_STRING || !parse_key(j->text, &m->key[action - 1])) {
        diag_add(diags, file, j->line, j->col, "expected a key, such as \"u\", \"Shift+U\", \"Ctrl+F\", \"Left\" or \"F5\"");
        return false;
    }
    m->key[action - 1].own = true;
    return true;
}

bool ui_keys_read(struct ui_keymap *out, const struct src_file *file, struct diag_list *diags) {
    struct arena arena;
    arena_init(&arena);
    *out = standard;
    const struct json *j = json_parse(file, &arena, diags);
    bool ok = j != NULL;
    if (ok && j->kind != JSON_OBJECT) {
        diag_add(diags, file, j->line, j->col, "expected an object: actions, and a key for each");
        ok = false;
    }
    for (const struct json *m = ok ? j->first : NULL; m; m = m->next)
        ok &= take(out, file, m, diags);
    for (const struct json *m = ok ? j->first : NULL; m; m = m->next) { /* when all are known: two may change places */
        const struct ui_key *k = &out->key[action_named(m->key) - 1], *other = clash(out, k);
        if (!other) continue;
        diag_add(diags, file, m->line, m->col, "%s is the key for \"%s\" too", k->shown, other->text);
        ok = false;
    }
    arena_free(&arena);
    if (!ok) *out = standard;
    return ok;
}
