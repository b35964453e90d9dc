/* spill.h - a file without a name, for what a log does not keep in memory. Private to this folder. */
#ifndef GOSEE_RUNTIME_SPILL_H
#define GOSEE_RUNTIME_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In $TMPDIR, /var/tmp or /tmp, gone with the process. -1 with errno set. */
int spill_open(void);
/* All n bytes or false. */
bool spill_write(int fd, uint64_t offset, const void *bytes, size_t n);
bool spill_read(int fd, uint64_t offset, void *bytes, size_t n);

#endif
