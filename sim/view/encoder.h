/* encoder.h - ffmpeg, as a program beside ours that makes a film of the frames it is fed. */
#ifndef GOSEE_VIEW_ENCODER_H
#define GOSEE_VIEW_ENCODER_H

#include <stddef.h>
#include <sys/types.h>

#include "diag.h"

struct ui_encoder {
    pid_t pid;
    int fd; /* its stdin; -1: it gets none */
};

/* Starts ffmpeg with these arguments (the first is its name; NULL ends them). false with a message. */
bool ui_encoder_begin(struct ui_encoder *e, const char *const *args, bool feed, struct diag_list *diags);
bool ui_encoder_write(struct ui_encoder *e, const void *bytes, size_t n); /* false: it takes no more */
/* Waits until it is done. false with a message when it failed; what was wrong it has said on stderr. */
bool ui_encoder_end(struct ui_encoder *e, struct diag_list *diags);

#endif
