/* asm.h - programs assembled by hand, and a way to run them on either world. For tests of the VM alone. */
#ifndef GOSEE_TESTS_VM_ASM_H
#define GOSEE_TESTS_VM_ASM_H

#include "bytecode.h"
#include "event.h"
#include "str.h"

enum { ASM_FUNCS = 40, ASM_CODE = 128, ASM_CONSTS = 64, ASM_TYPES = 32, ASM_STRINGS = 32 };

/* T_LINK is a pointer to itself, T_NODE two words of which the first is a pointer.
 * Types every assembled program has, by index. */
enum {
    T_NONE, T_INT, T_STRING, T_FLOAT64, T_ANY, T_SLICE_INT, T_CHAN_INT, T_MAP_INT, T_UINT8, T_BYTES, T_FAULT, T_BOUNDS, T_PLAIN,
    T_ASSERT_STRUCT, T_ASSERT, T_NILERR_STRUCT, T_NILERR, T_CODE, T_ERR, T_ERROR_FUNC, T_ERROR, T_BOOL, T_LINK, T_NODE, T_COUNT
};
/* Method names: "Error", "String". */
enum { M_ERROR, M_STRING };

struct asm_prog {
    struct lang_program p;
    struct lang_fn fns[ASM_FUNCS];
    struct insn code[ASM_FUNCS][ASM_CODE];
    struct lang_line lines[ASM_FUNCS];
    struct lang_rtype types[ASM_TYPES];
    struct lang_rfield text_field;
    const struct lang_rtype *string_result[1];
    struct lang_rmethod error_methods[2][1];
    uint64_t consts[ASM_CONSTS];
    struct lang_string strings[ASM_STRINGS];
    struct lang_native natives[8];
    struct lang_source file, library;
    int at; /* function that is being assembled */
};

void asm_begin(struct asm_prog *a);
/* Starts a function; its index. frame: slots, link included. */
unsigned asm_fn(struct asm_prog *a, const char *name, unsigned params, unsigned results, unsigned frame, unsigned flags);
/* The next instruction; its pc. */
unsigned asm_op(struct asm_prog *a, unsigned op, unsigned x, unsigned y, unsigned z);
unsigned asm_op32(struct asm_prog *a, unsigned op, unsigned x, int64_t yz); /* b and c as one */
unsigned asm_pc(const struct asm_prog *a);
unsigned asm_const(struct asm_prog *a, uint64_t v);
unsigned asm_string(struct asm_prog *a, const char *text);
unsigned asm_native(struct asm_prog *a, const char *name, unsigned params, unsigned results); /* its operand */
/* entry calls `main` and ends the program. */
void asm_end(struct asm_prog *a, unsigned main_fn);

struct asm_result {
    struct str out, err;
    int status;
    enum rt_end how;
    char limit[64];
};
struct asm_options {
    bool live, log;
    unsigned procs;
    uint64_t seed, heap_limit;
};
/* Runs the program; false if it could not be started. The caller frees by asm_result_free. */
bool asm_run(const struct asm_prog *a, const struct asm_options *o, struct asm_result *r);
void asm_result_free(struct asm_result *r);

#endif
