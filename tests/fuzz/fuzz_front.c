/* fuzz_front.c - libFuzzer's entry for bytes: any text is refused with diagnostics or becomes bytecode.
 *
 *     cmake --preset fuzz && cmake --build --preset fuzz
 *     build/fuzz/tests/fuzz/fuzz_front -dict=tests/fuzz/go.dict CORPUS tests/fuzz/corpus
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "bytecode.h"
#include "lang.h"
#include "vm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct src_file file = { "x.go", (const char *)data, size };
    struct diag_list diags;
    diag_init(&diags);
    struct lang_program *prog = lang_compile(&file, 1, vm_library(), &diags);
    if (!prog && !diags.items.len)
        abort(); /* refused without a word */
    if (prog)
        lang_program_free(prog);
    diag_free(&diags);
    return 0;
}
