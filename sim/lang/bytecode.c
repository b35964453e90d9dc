/* Asking a compiled program: tables of the instructions, types and functions by name. */
#include "bytecode.h"

#include <string.h>

/* The flags as opcodes.def writes them. */
enum { V = LANG_OPF_V, A = LANG_OPF_A, P = LANG_OPF_P, C = LANG_OPF_C, E = LANG_OPF_E };

static const struct lang_op_info op_table[] = {
#define OP(name, operands, flags, doc) {#name, operands, doc, flags},
#define JOP(name, operands, flags, doc)                  \
    {"J_" #name, operands, doc, (flags) | LANG_OPF_J},   \
    {"L_" #name, operands, doc, (flags) | LANG_OPF_J | LANG_OPF_L | LANG_OPF_C},
#include "opcodes.def"
#undef OP
#undef JOP
};

const struct lang_op_info *lang_op_info(unsigned op) { return op < OP_COUNT ? &op_table[op] : NULL; }

unsigned lang_insn_words(const struct insn *code) {
    const struct lang_op_info *info = lang_op_info(code->op);
    if (!info) return 1;
    unsigned n = 1;
    for (const char *p = info->operands; *p; p++) {
        if (*p == '|') n++;
        else if (*p == '*') n += code->b; /* SELECT, PRINT: b cases or arguments */
    }
    return n;
}

const struct lang_rtype *lang_find_type(const struct lang_program *prog, const char *name) {
    for (uint32_t i = 1; i < prog->nrtypes; i++) {
        if (strcmp(prog->rtypes[i].name, name) == 0) return &prog->rtypes[i];
    }
    return NULL;
}

uint32_t lang_find_func(const struct lang_program *prog, const char *name) {
    for (uint32_t i = 0; i < prog->nfuncs; i++) {
        if (strcmp(prog->funcs[i].name, name) == 0) return i;
    }
    return UINT32_MAX;
}

int lang_find_method_name(const struct lang_program *prog, const char *name) {
    for (uint32_t i = 0; i < prog->nmethod_names; i++) {
        if (strcmp(prog->method_names[i], name) == 0) return (int)i;
    }
    return -1;
}

const struct lang_rmethod *lang_method(const struct lang_rtype *t, unsigned id) {
    uint32_t lo = 0, hi = t->nmethods;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (t->methods[mid].id == id) return &t->methods[mid];
        if (t->methods[mid].id < id) lo = mid + 1;
        else hi = mid;
    }
    return NULL;
}

const char *lang_told_place(const struct lang_program *prog, uint32_t file, uint32_t line, uint32_t col, uint32_t *told) {
    *told = line;
    if (file >= prog->nfiles) return "?";
    const char *name = prog->files[file].name;
    lang_lines_map(&prog->files[file].lines, &name, told, &col);
    return name;
}

const struct lang_line *lang_line_at(const struct lang_fn *fn, uint32_t pc) {
    uint32_t lo = 0, hi = fn->nlines; /* the last entry whose pc is not past pc lies before hi */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (fn->lines[mid].pc <= pc) lo = mid + 1;
        else hi = mid;
    }
    return lo ? &fn->lines[lo - 1] : NULL;
}

/* Index of the first map whose pc is not below pc. */
static uint32_t first_map(const struct lang_fn *fn, uint32_t pc) {
    uint32_t lo = 0, hi = fn->nstackmaps;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (fn->stackmaps[mid].pc < pc) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

const struct lang_stackmap *lang_stackmap(const struct lang_fn *fn, uint32_t pc) {
    uint32_t i = first_map(fn, pc);
    return i < fn->nstackmaps && fn->stackmaps[i].pc == pc ? &fn->stackmaps[i] : NULL;
}

const struct lang_stackmap *lang_stackmap_call(const struct lang_fn *fn, uint32_t return_pc) {
    /* The call is the instruction before return_pc, and nothing else with a map can lie between the two. */
    uint32_t i = first_map(fn, return_pc);
    return i ? &fn->stackmaps[i - 1] : NULL;
}
