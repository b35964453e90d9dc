/* tell.h - what the words of an event are made of. Private to replay. */
#ifndef GOSEE_REPLAY_TELL_H
#define GOSEE_REPLAY_TELL_H

#include "session.h"

enum { RP_SENTENCE = 90, RP_WHY = 160 }; /* characters */

struct rp_tell {
    const struct rp_session *s;
    const struct rp_state *st; /* before the event */
    const struct rt_event *ev;
    uint64_t n;
    bool brief; /* goroutines by id alone, names cut: the long form does not fit */
};

struct rp_say {
    const char *tag, *sentence, *why;
};
/* The row of words.def that fits. Never NULL in its fields. */
struct rp_say rp_say_find(const struct rp_tell *t);
/* The template with names put in, at most max characters. */
void rp_say_fill(struct rp_tell *t, const char *template, size_t max, struct str *out);

/* The goroutines that a steal takes, oldest first; returns how many were written. */
size_t rp_stolen(const struct rp_tell *t, uint32_t *out, size_t max);
void rp_add_duration(struct str *out, int64_t ns); /* "20 µs" */
void rp_add_size(struct str *out, uint64_t bytes); /* "2 KB" */
size_t rp_characters(const char *utf8, size_t n);
/* The function's name less its package: "main.worker" is "worker". */
const char *rp_short_name(const char *name);
const char *rp_fn_name(const struct rt_log *log, uint64_t fn); /* "" if unknown */

#endif
