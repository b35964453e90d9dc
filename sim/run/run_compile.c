/* run_compile.c - Go source to a program that any number of runs share. */
#include <stdlib.h>
#include <string.h>

#include "bytecode.h"
#include "run_int.h"

static char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return strdup(slash ? slash + 1 : path);
}

struct run_program *run_compile(const struct src_file *source, struct diag_list *diags) {
    struct run_program *p = calloc(1, sizeof *p);
    if (!p || !(p->name = base_name(source->name))) {
        free(p);
        diags->failed = true;
        return NULL;
    }
    p->lang = lang_compile(source, 1, vm_library(), diags);
    if (!p->lang) {
        run_program_free(p);
        return NULL;
    }
    return p;
}

void run_program_free(struct run_program *p) {
    if (!p) return;
    lang_program_free(p->lang);
    free(p->name);
    free(p);
}

bool run_vet(const struct src_file *source, struct diag_list *diags) {
    return lang_check(source, 1, vm_library(), diags);
}

void run_disassemble(const struct run_program *p, struct str *out) { lang_disassemble(p->lang, out); }

void run_instruction(const struct run_program *p, uint64_t fn, uint32_t pc, struct str *out) {
    if (fn >= p->lang->nfuncs) return;
    const struct lang_fn *f = &p->lang->funcs[fn];
    if (pc < f->ncode) lang_disassemble_insn(p->lang, f, pc, out);
}
