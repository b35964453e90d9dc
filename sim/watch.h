/* watch.h - waits until files in folders are saved (inotify). */
#ifndef GOSEE_WATCH_H
#define GOSEE_WATCH_H

#include <stdbool.h>
#include <stddef.h>

struct watch {
    int fd;
    int *wds; /* by folder; owned */
    size_t n;
};

/* Each path is a folder, or a file whose folder it is. false: errno. Free with watch_close either way. */
bool watch_open(struct watch *w, char *const *paths, size_t n);
void watch_close(struct watch *w);
/* Blocks until a .go or .json file in some of them was written, renamed to, or removed, and then none for a moment: an
 * editor's save is several acts. changed has room for a flag for each path. false: errno. */
bool watch_wait(struct watch *w, bool *changed);

#endif
