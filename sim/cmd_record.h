/* cmd_record.h - --record, and recordings as PATH. */
#ifndef GOSEE_CMD_RECORD_H
#define GOSEE_CMD_RECORD_H

#include "cli.h"
#include "gotrace.h"

/* To be called before the run is made. */
void record_prepare(const struct cli *c);
/* Executes r to its end, and keeps it if --record was given. Does not return if a signal ended it. false: it could not be
 * kept; a message was written. */
bool record_to_end(const struct cli *c, struct run *r);

/* The process ends by this signal, as if nobody had held it back. */
void end_by_signal(int signal);

bool is_recording(const struct cli *c);
/* false: an option is given that is for runs, not for recordings; a message was written. */
bool recording_takes(const struct cli *c);
/* The log of PATH, which the caller frees. NULL: a message was written. */
struct rt_log *open_recording(const struct cli *c);

#endif
