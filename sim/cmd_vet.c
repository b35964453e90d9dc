/* cmd_vet.c - gosee vet and gosee dis: the compiler alone. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cmd_record.h"

enum { MAX_SOURCE = 16 << 20 };

static bool read_source(const char *path, struct str *text, struct src_file *file) {
    if (rp_is_recording(path)) {
        cli_say("%s is a recording and no Go source", path);
        return false;
    }
    if (!str_read_file(text, path, MAX_SOURCE)) {
        cli_say("%s: %s", path, strerror(errno));
        return false;
    }
    *file = (struct src_file){.name = path, .text = str_cstr(text), .length = text->len};
    return true;
}

int cmd_vet(const struct cli *c) {
    struct str text = {0};
    struct src_file file;
    struct diag_list diags;
    bool ok = false;
    diag_init(&diags);
    if (read_source(c->paths[0], &text, &file)) {
        ok = run_vet(&file, &diags);
        diag_print(&diags, stderr, 0);
    }
    diag_free(&diags);
    str_free(&text);
    return ok ? 0 : STATUS_REFUSED;
}

int cmd_dis(const struct cli *c) {
    struct str text = {0}, out = {0};
    struct src_file file;
    struct diag_list diags;
    struct run_program *p = NULL;
    int status = STATUS_REFUSED;
    diag_init(&diags);
    if (read_source(c->paths[0], &text, &file)) {
        p = run_compile(&file, &diags);
        if (p) {
            run_disassemble(p, &out);
            status = cli_print(&out) ? 0 : STATUS_REFUSED;
        } else {
            diag_print(&diags, stderr, 10);
        }
    }
    run_program_free(p);
    diag_free(&diags);
    str_free(&text);
    return status;
}
