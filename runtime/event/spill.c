#include "spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int open_in(const char *folder) {
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/gosee-log-XXXXXX", folder);
    if (n < 0 || (size_t)n >= sizeof path) return -1;
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0) unlink(path);
    return fd;
}

int spill_open(void) {
    const char *named = getenv("TMPDIR");
    if (named && *named) return open_in(named);
    int fd = open_in("/var/tmp"); /* /tmp may be memory itself */
    return fd >= 0 ? fd : open_in("/tmp");
}

bool spill_write(int fd, uint64_t offset, const void *bytes, size_t n) {
    const char *at = bytes;
    while (n > 0) {
        ssize_t k = pwrite(fd, at, n, (off_t)offset);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        at += k;
        offset += (uint64_t)k;
        n -= (size_t)k;
    }
    return true;
}

bool spill_read(int fd, uint64_t offset, void *bytes, size_t n) {
    char *at = bytes;
    while (n > 0) {
        ssize_t k = pread(fd, at, n, (off_t)offset);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        at += k;
        offset += (uint64_t)k;
        n -= (size_t)k;
    }
    return true;
}
