/* settings.h - what the window remembers from one time to the next: $XDG_CONFIG_HOME/gosee/settings.json, or
 * ~/.config/gosee/settings.json. keys.json beside it is the user's (keys.h) and only read. */
#ifndef GOSEE_VIEW_SETTINGS_H
#define GOSEE_VIEW_SETTINGS_H

#include <SDL.h>

#include "stage.h"

enum { UI_RECENT = 8 };

struct ui_settings {
    enum ui_theme_id theme;
    double zoom;
    bool still;
    enum rp_lane_by lanes;
    SDL_Rect window; /* w 0: never placed */
    bool full_screen;
    char *recent[UI_RECENT]; /* paths, the newest first; owned */
    size_t nrecent;
};

void ui_settings_init(struct ui_settings *s);
void ui_settings_free(struct ui_settings *s);
/* A file of the user's, "settings.json" or "keys.json". false: there is no home, or the path is too long. */
bool ui_settings_path(char *out, size_t n, const char *file);
/* Over the standard ones. What is out of range is left at the standard; false with diags if the file is none of ours. */
bool ui_settings_read(struct ui_settings *s, const struct src_file *file, struct diag_list *diags);
void ui_settings_write(const struct ui_settings *s, struct str *out);
bool ui_settings_save(const struct ui_settings *s, const char *path); /* makes its folder; false with errno */
bool ui_settings_opened(struct ui_settings *s, const char *path);      /* the newest; false: out of memory */
/* Where the window stands: as remembered, where enough of it is on one of the displays to take hold of; else w is 0. */
SDL_Rect ui_settings_place(const struct ui_settings *s, const SDL_Rect *displays, int n);

#endif
