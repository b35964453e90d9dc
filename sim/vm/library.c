/* library.c - what a program may import: the project's own Go files, and the natives by name. */
#include "library.h"

#include <string.h>

#include "library_table.h"
#include "vm.h"

static const char *const native_names[] = {
#define NATIVE(name, function) name,
#include "natives.def"
#undef NATIVE
};

/* natives.def is sorted by name. */
int library_native(const char *name) {
    size_t lo = 0, hi = sizeof native_names / sizeof native_names[0];
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = strcmp(name, native_names[mid]);
        if (order == 0)
            return (int)mid;
        if (order < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return -1;
}

bool library_known(const char *path) {
    static const char *const std[] = {
#define PACKAGE(path) path,
#include "std.def"
#undef PACKAGE
    };
    for (size_t i = 0; i < sizeof std / sizeof std[0]; i++)
        if (strcmp(std[i], path) == 0)
            return true;
    return false;
}

const struct lang_library *vm_library(void) { return &library_table; }

enum rt_status library_text(struct vm_call *c, const char *text) {
    return vm_new_cstring(c, text, &c->results[0]) ? RT_OK : RT_FATAL;
}
