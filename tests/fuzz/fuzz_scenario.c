/* fuzz_scenario.c - libFuzzer's entry for scenario files: any bytes are refused with diagnostics or become a scenario.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz
 *     build/fuzz/tests/fuzz/fuzz_scenario -dict=tests/fuzz/scenario.dict CORPUS tests/scenario/broken scenes
 */
#define _GNU_SOURCE 1
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The loader takes a path that ends in .json: a link to memory. */
static const char *path_of(int fd) {
    static char path[64];
    char target[64];
    snprintf(path, sizeof path, "/tmp/fuzz_scenario.%d.json", (int)getpid());
    snprintf(target, sizeof target, "/proc/self/fd/%d", fd);
    unlink(path);
    if (symlink(target, path) != 0) abort();
    return path;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int fd = memfd_create("scenario", 0);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size) abort();
    const char *path = path_of(fd);
    struct diag_list diags;
    diag_init(&diags);
    struct scenario *s = scn_load(path, &diags);
    if (!s && !diags.items.len && !diags.failed) abort(); /* refused without a word */
    if (s && diags.items.len) abort();                    /* taken in spite of a mistake */
    scn_free(s);
    diag_free(&diags);
    unlink(path);
    close(fd);
    return 0;
}
