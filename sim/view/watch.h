/* watch.h - files that are shown, and may be edited while they are. Looking costs a stat of each, now and then. */
#ifndef GOSEE_VIEW_WATCH_H
#define GOSEE_VIEW_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

enum { UI_LOOK_MS = 700, UI_WATCHED = 2 };

struct ui_watch {
    struct {
        char *path; /* owned */
        int64_t time, size;
    } file[UI_WATCHED];
    unsigned nfiles;
    /* One has changed: can it be opened? false: what is wrong is in *problem. */
    bool (*reopen)(void *ctx, struct str *problem);
    void *ctx;
    char name[96];      /* of the file that has changed, without its folder */
    struct str problem; /* "" nothing is wrong */
    bool ready;         /* it was edited, and can be run anew */
    double looked;
};

bool ui_watch_add(struct ui_watch *w, const char *path); /* false: out of memory; what is not there is not watched */
/* true if there is news: problem or ready have changed. */
bool ui_watch_look(struct ui_watch *w, double now_ms);
void ui_watch_free(struct ui_watch *w);

#endif
