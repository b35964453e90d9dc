/* libFuzzer's entry: any bytes are refused with diagnostics or make a program whose every function can be prepared.
 * Built on demand with clang: cmake --preset clang-debug && cmake --build build/clang-debug --target fuzz_front */
#include <stddef.h>
#include <stdint.h>

#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct src_file file = {"x.go", (const char *)data, size};
    struct diag_list diags;
    diag_init(&diags);
    struct lang_checked *c = lang_checked_new(&file, 1, NULL, &diags);
    if (c && !diags.items.len) {
        for (size_t i = 0; i < c->main->nfuncs; i++)
            lang_func_prepare(c, c->main->funcs[i]);
    }
    lang_checked_free(c);
    diag_free(&diags);
    return 0;
}
