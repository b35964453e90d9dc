/* Bytecode beside its source, by the operand letters of opcodes.def. */
#include <inttypes.h>
#include <string.h>

#include "bytecode.h"
#include "lang.h"
#include "str.h"

static void add_string(struct str *out, const struct lang_program *prog, uint32_t i) {
    if (i >= prog->nstrings) {
        str_addf(out, "string %" PRIu32, i);
        return;
    }
    const struct lang_string *s = &prog->strings[i];
    str_addc(out, '"');
    for (uint64_t k = 0; k < s->len && k < 40; k++) {
        uint8_t c = s->data[k];
        if (c == '\n') str_adds(out, "\\n");
        else if (c == '"' || c == '\\') str_addf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f) str_addf(out, "\\x%02x", c);
        else str_addc(out, (char)c);
    }
    str_adds(out, s->len > 40 ? "...\"" : "\"");
}

static void add_register(struct str *out, unsigned r, bool first) {
    if (r == LANG_NONE) str_adds(out, "-");
    else str_addf(out, first ? "r%u.." : "r%u", r);
}

static const char *const elem_names[] = {"int8", "uint8", "int16", "uint16", "int32", "uint32"};

static void add_field(const struct lang_program *prog, char kind, uint16_t v, uint32_t pc, struct str *out) {
    switch (kind) {
    case 'W': case 'R': case 'o': case 'q': add_register(out, v, false); break;
    case 'w': case 'r': add_register(out, v, true); break;
    case 'B': str_addf(out, "[r%u]", v); break;
    case 'i': str_addf(out, "%d", (int16_t)v); break;
    case 't': str_adds(out, v < prog->nrtypes ? prog->rtypes[v].name : "?"); break;
    case 'e':
        if (v >= LANG_EL_FIRST && v - LANG_EL_FIRST < 6) str_adds(out, elem_names[v - LANG_EL_FIRST]);
        else str_addf(out, "%u slots", v);
        break;
    case 'm': str_addf(out, ".%s", v < prog->nmethod_names ? prog->method_names[v] : "?"); break;
    case 'j': str_addf(out, "@%" PRId64, (int64_t)pc + (int16_t)v); break;
    default: str_addf(out, "%u", v); break;
    }
}

static void add_wide(const struct lang_program *prog, char kind, struct insn w, uint32_t pc, struct str *out) {
    uint32_t u = insn_u32(w);
    switch (kind) {
    case 'J': str_addf(out, "@%" PRId64, (int64_t)pc + insn_i32(w)); break;
    case 'I': str_addf(out, "%" PRId32, insn_i32(w)); break;
    case 'K': str_addf(out, "%#" PRIx64, u < prog->nconstants ? prog->constants[u] : 0); break;
    case 'S': add_string(out, prog, u); break;
    case 'F': str_adds(out, u < prog->nfuncs ? prog->funcs[u].name : "?"); break;
    case 'N': str_adds(out, u < prog->nnatives ? prog->natives[u].name : "?"); break;
    case 'G': str_addf(out, "g%" PRIu32, u); break;
    case 'X': str_addf(out, "cache %" PRIu32, u); break;
    default: str_addf(out, "%" PRIu32, u); break;
    }
}

static bool wide(char kind) { return strchr("JIKSFGNUX", kind) != NULL; }

/* MKCHAN names by index + 1. */
static void add_operand(const struct lang_program *prog, const struct insn *i, char kind, struct insn w, uint32_t pc,
                        struct str *out) {
    if (i->op == OP_MKCHAN && kind == 'S') {
        if (insn_u32(w)) add_string(out, prog, insn_u32(w) - 1);
        else str_addc(out, '-');
        return;
    }
    add_wide(prog, kind, w, pc, out);
}

static void add_words(const struct lang_program *prog, const struct lang_fn *fn, uint32_t pc, struct str *out) {
    const struct insn *i = &fn->code[pc];
    const char *p = lang_op_info(i->op)->operands;
    unsigned word = 0, field = 0, printed = 0;
    for (; *p && *p != '*'; p++) {
        if (*p == '|') {
            word++;
            field = 0;
            continue;
        }
        if (pc + word >= fn->ncode) return;
        struct insn w = i[word];
        const uint16_t f[3] = {w.a, w.b, w.c};
        if (*p != '-') str_adds(out, printed++ ? ", " : " ");
        if (wide(*p)) add_operand(prog, i, *p, w, pc, out);
        else if (*p != '-' && field < 3) add_field(prog, *p, f[field], pc, out);
        field++;
    }
}

void lang_disassemble_insn(const struct lang_program *prog, const struct lang_fn *fn, uint32_t pc, struct str *out) {
    if (pc >= fn->ncode) return;
    const struct lang_op_info *info = lang_op_info(fn->code[pc].op);
    if (!info) {
        str_adds(out, "?");
        return;
    }
    str_addf(out, "%-12s", info->name);
    add_words(prog, fn, pc, out);
    if (!strchr(info->operands, '*')) return;
    for (unsigned k = 1; k <= fn->code[pc].b && pc + k < fn->ncode; k++) {
        str_addf(out, "; %s", lang_op_info(fn->code[pc + k].op)->name);
        add_words(prog, fn, pc + k, out);
    }
}

static void add_source(const struct lang_program *prog, const struct lang_line *l, struct str *out) {
    if (l->file >= prog->nfiles) return;
    const struct lang_source *f = &prog->files[l->file];
    const char *p = f->text, *end = f->text + f->length;
    for (uint32_t n = 1; n < l->line && p < end; p++) {
        if (*p == '\n') n++;
    }
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    if (!stop) stop = end;
    while (p < stop && (*p == ' ' || *p == '\t')) p++;
    str_addf(out, "%s:%" PRIu32 ":  ", f->name, l->line);
    str_add(out, p, (size_t)(stop - p));
    str_addc(out, '\n');
}

static void add_function(const struct lang_program *prog, const struct lang_fn *fn, struct str *out) {
    str_addf(out, "func %s: %" PRIu32 " parameters, %" PRIu32 " results, frame %" PRIu32 "\n", fn->name,
             fn->param_slots, fn->result_slots, fn->frame_slots);
    uint32_t line = 0, file = UINT32_MAX;
    for (uint32_t pc = 0; pc < fn->ncode; pc += lang_insn_words(&fn->code[pc])) {
        const struct lang_line *l = lang_line_at(fn, pc);
        if (l && (l->line != line || l->file != file)) {
            line = l->line;
            file = l->file;
            add_source(prog, l, out);
        }
        str_addf(out, "  %4" PRIu32 "  ", pc);
        lang_disassemble_insn(prog, fn, pc, out);
        str_addc(out, '\n');
    }
    str_addc(out, '\n');
}

void lang_disassemble(const struct lang_program *prog, struct str *out) {
    for (uint32_t i = 0; i < prog->nfuncs; i++) {
        const struct lang_fn *fn = &prog->funcs[i];
        bool library = fn->flags & (LANG_FN_LIBRARY | LANG_FN_NATIVE);
        if (!library) add_function(prog, fn, out);
    }
}
