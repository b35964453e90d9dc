/* gotrace.h - recordings: a log as a Go execution trace (v2, Go 1.26), and back.
 *
 * What Go's vocabulary has is written in it, so that Go's own parser and tools read the file. All that it has not
 * (queues, channels, threads, the program's text) lies beside it in experimental batches of our own, from which the
 * very same log is read back. A trace of a real Go program has no such batches: it is read by Go's ordering rules, and
 * what it does not say stays unsaid.
 */
#ifndef GOSEE_REPLAY_GOTRACE_H
#define GOSEE_REPLAY_GOTRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "str.h"

struct rp_recorder;

struct rp_record_size {
    uint64_t events;      /* of the log */
    uint64_t go_events;   /* written in Go's vocabulary */
    uint64_t go_bytes;    /* these, with their batches' heads and tables */
    uint64_t extra_bytes; /* ours */
};

/* Begins a recording of the log, which outlives the recorder. The file gets its name when it is whole; until then it is
 * a temporary one in the same folder. What is there and is no plain file (/dev/null, a pipe) is written to straight.
 * NULL with the reason in why. */
struct rp_recorder *rp_record_begin(const char *path, const struct rt_log *log, struct str *why);
/* Writes what the log has now. false: the file cannot be written; rp_record_end says why. */
bool rp_record_more(struct rp_recorder *r);
/* Writes the rest, closes the file, gives it its name. Frees r. false with the reason in why; no file is left then.
 * size may be NULL. */
bool rp_record_end(struct rp_recorder *r, struct rp_record_size *size, struct str *why);
/* Leaves no file. Frees r. */
void rp_record_drop(struct rp_recorder *r);

/* Whether a file begins as a Go execution trace does. */
bool rp_is_recording(const char *path);
/* The log in a recording; the caller frees it. NULL with "offset N: what is wrong there", or what the system says, in
 * why. */
struct rt_log *rp_recording_read(const char *path, struct str *why);

#endif
