/* Instructions, registers, labels, stack maps of the function being generated. */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static void add_line(struct fgen *fg, uint32_t pc) {
    uint32_t line = lang_pos_line(fg->pos), col = lang_pos_col(fg->pos), file = lang_pos_file(fg->pos);
    if (line == 0) return;
    if (col > UINT16_MAX) col = UINT16_MAX;
    struct lang_line l = {.pc = pc, .line = line, .col = (uint16_t)col, .file = (uint16_t)file};
    if (fg->lines.len) {
        struct lang_line *last = &VEC_LAST(&fg->lines);
        if (last->line == l.line && last->col == l.col && last->file == l.file) return;
        if (last->pc == pc) {
            *last = l;
            return;
        }
    }
    if (!VEC_PUSH(&fg->lines, l)) gen_no_memory(fg->g);
}

static uint32_t put(struct fgen *fg, struct insn i) {
    if (!VEC_PUSH(&fg->code, i)) gen_no_memory(fg->g);
    return fg->code.len ? (uint32_t)fg->code.len - 1 : 0;
}

/* A goroutine may stand at a safe point's instruction, and at the one after it. */
static void before(struct fgen *fg, unsigned op) {
    bool safe = (lang_op_info(op)->flags & LANG_OPF_C) != 0;
    if (safe || fg->after_safepoint) gen_safepoint(fg);
    fg->after_safepoint = safe;
}

uint32_t gen_emit(struct fgen *fg, unsigned op, uint32_t a, uint32_t b, uint32_t c) {
    add_line(fg, (uint32_t)fg->code.len);
    before(fg, op);
    fg->ends = (lang_op_info(op)->flags & LANG_OPF_E) != 0;
    return put(fg, (struct insn){(uint16_t)op, (uint16_t)a, (uint16_t)b, (uint16_t)c});
}

uint32_t gen_emit32(struct fgen *fg, unsigned op, uint32_t a, uint32_t bc) {
    return gen_emit(fg, op, a, bc & 0xffff, bc >> 16);
}

void gen_ext(struct fgen *fg, uint32_t a, uint32_t b, uint32_t c) {
    put(fg, (struct insn){OP_EXT, (uint16_t)a, (uint16_t)b, (uint16_t)c});
}

void gen_ext32(struct fgen *fg, uint32_t a, uint32_t bc) { gen_ext(fg, a, bc & 0xffff, bc >> 16); }

/* ---- registers --------------------------------------------------------------------------------------------------- */

enum { MAX_REGISTERS = 60000 };

uint32_t gen_alloc_slots(struct fgen *fg, uint32_t n) {
    uint32_t base = fg->top;
    if (n > MAX_REGISTERS || base + n > MAX_REGISTERS) {
        gen_refuse(fg->g, fg->pos, "functions with this many values at once");
        fg->top = fg->max = LANG_LINK;
        return LANG_LINK;
    }
    fg->top += n;
    if (fg->top > fg->max) fg->max = fg->top;
    while (fg->isptr.len < fg->top) {
        if (VEC_PUSH(&fg->isptr, 0)) continue;
        gen_no_memory(fg->g);
        fg->top = base;
        return base;
    }
    gen_unmark(fg, base, n);
    return base;
}

uint32_t gen_alloc(struct fgen *fg, const struct gtype *t) { return gen_alloc_slots(fg, t->slots); }

uint32_t gen_dst(struct fgen *fg, const struct gtype *t, uint32_t want) {
    return want == ANY ? gen_alloc(fg, t) : want;
}

void gen_unmark(struct fgen *fg, uint32_t reg, uint32_t n) {
    for (uint32_t i = reg; i < reg + n && i < fg->isptr.len; i++) fg->isptr.data[i] = 0;
}

void gen_mark(struct fgen *fg, uint32_t reg, const struct gtype *t) {
    for (uint32_t i = 0; i < t->slots && reg + i < fg->isptr.len; i++) {
        fg->isptr.data[reg + i] = gen_type_ptr(t, i);
    }
}

void gen_mark_ptr(struct fgen *fg, uint32_t reg) {
    if (reg < fg->isptr.len) fg->isptr.data[reg] = 1;
}

static struct gmap *map_at(struct fgen *fg, uint32_t pc) {
    if (fg->maps.len && VEC_LAST(&fg->maps).pc == pc) return &VEC_LAST(&fg->maps);
    if (!VEC_PUSH(&fg->maps, ((struct gmap){.pc = pc}))) {
        gen_no_memory(fg->g);
        return NULL;
    }
    return &VEC_LAST(&fg->maps);
}

void gen_safepoint(struct fgen *fg) {
    struct gmap *m = map_at(fg, (uint32_t)fg->code.len);
    if (!m) return;
    uint32_t n = fg->top < fg->isptr.len ? fg->top : (uint32_t)fg->isptr.len;
    while (n > 0 && !fg->isptr.data[n - 1]) n--;
    if (n > m->nbits || !m->bits) {
        uint64_t *bits = arena_array(fg->g->out, n / 64 + 1, sizeof *bits);
        if (!bits) {
            gen_no_memory(fg->g);
            return;
        }
        if (m->bits) memcpy(bits, m->bits, (m->nbits / 64 + 1) * sizeof *bits);
        m->bits = bits;
        m->nbits = n;
    }
    for (uint32_t i = 0; i < n; i++) m->bits[i / 64] |= (uint64_t)fg->isptr.data[i] << i % 64;
}

/* ---- labels ------------------------------------------------------------------------------------------------------ */

struct glabel *gen_label(struct fgen *fg) {
    struct glabel *l = ARENA_NEW(&fg->g->tmp, struct glabel);
    if (!l || !VEC_PUSH(&fg->labels, l)) {
        gen_no_memory(fg->g);
        return &fg->no_label;
    }
    l->pc = -1;
    return l;
}

static void set_offset(struct fgen *fg, struct gref ref, int64_t target, uint32_t from) {
    int64_t off = target - from;
    struct insn *i = &fg->code.data[ref.pc];
    if (ref.wide) {
        uint32_t u = (uint32_t)(int32_t)off;
        i->b = (uint16_t)(u & 0xffff);
        i->c = (uint16_t)(u >> 16);
        return;
    }
    if (off < INT16_MIN || off > INT16_MAX) fg->too_far = true;
    i->c = (uint16_t)(int16_t)off;
}

/* The instruction a reference belongs to: extension words count from it. */
static uint32_t insn_of(const struct fgen *fg, uint32_t pc) {
    while (pc > 0 && fg->code.data[pc].op == OP_EXT) pc--;
    return pc;
}

void gen_bind(struct fgen *fg, struct glabel *l, bool loop) {
    if (fg->g->failed) return;
    l->pc = (int64_t)fg->code.len;
    if (loop || l->refs.len) fg->ends = false;
    if (loop) gen_safepoint(fg);
    for (size_t i = 0; i < l->refs.len; i++) set_offset(fg, l->refs.data[i], l->pc, insn_of(fg, l->refs.data[i].pc));
    l->refs.len = 0;
}

static void refer(struct fgen *fg, struct glabel *l, uint32_t pc, bool wide) {
    if (fg->g->failed) return;
    struct gref ref = {pc, wide};
    if (l->pc >= 0) set_offset(fg, ref, l->pc, insn_of(fg, pc));
    else if (!VEC_PUSH(&l->refs, ref)) gen_no_memory(fg->g);
}

bool gen_unreachable(const struct fgen *fg) { return fg->ends; }

void gen_jump(struct fgen *fg, struct glabel *l) {
    if (fg->ends) return;
    refer(fg, l, gen_emit32(fg, l->pc >= 0 ? OP_LOOP : OP_JMP, 0, 0), true);
}

static bool is_wide(unsigned op) { return op == OP_J_T || op == OP_J_F; }

void gen_branch(struct fgen *fg, unsigned op, uint32_t a, uint32_t b, struct glabel *l) {
    bool back = l->pc >= 0;
    if (is_wide(op)) {
        refer(fg, l, gen_emit32(fg, back ? op + 1 : op, a, 0), true);
        return;
    }
    if (fg->far) { /* over a jump that reaches */
        gen_emit(fg, op, a, b, 2);
        gen_emit32(fg, OP_JMP, 0, 2);
        gen_jump(fg, l);
        return;
    }
    bool has_loop_form = (lang_op_info(op)->flags & LANG_OPF_J) != 0;
    refer(fg, l, gen_emit(fg, back && has_loop_form ? op + 1 : op, a, b, 0), false);
}

void gen_ext_branch(struct fgen *fg, uint32_t a, struct glabel *l) {
    refer(fg, l, put(fg, (struct insn){OP_EXT, (uint16_t)a, 0, 0}), true);
}

/* ---- small sequences --------------------------------------------------------------------------------------------- */

void gen_move(struct fgen *fg, uint32_t dst, uint32_t src, const struct gtype *t) {
    if (t->slots == 0) return;
    if (dst != src) gen_emit(fg, t->slots == 1 ? OP_MOV : OP_MOVN, dst, src, t->slots == 1 ? 0 : t->slots);
    gen_mark(fg, dst, t);
}

void gen_zero(struct fgen *fg, uint32_t dst, const struct gtype *t) {
    if (t->slots == 1) gen_emit(fg, OP_ZERO, dst, 0, 0);
    else if (t->slots) gen_emit32(fg, OP_ZERON, dst, t->slots);
    gen_mark(fg, dst, t);
}

void gen_receivable(struct fgen *fg, uint32_t dst, const struct gtype *t) {
    bool valid = true;
    for (uint32_t i = 0; i < t->slots && dst + i < fg->isptr.len; i++) {
        if (gen_type_ptr(t, i) && !fg->isptr.data[dst + i]) valid = false;
    }
    if (!valid) gen_zero(fg, dst, t);
}

void gen_int(struct fgen *fg, uint32_t dst, int64_t v) {
    if (v == 0) gen_emit(fg, OP_ZERO, dst, 0, 0);
    else if (v >= INT32_MIN && v <= INT32_MAX) gen_emit32(fg, OP_LOADI, dst, (uint32_t)(int32_t)v);
    else gen_emit32(fg, OP_LOADK, dst, gen_constant(fg->g, (uint64_t)v));
}

void gen_load_string(struct fgen *fg, uint32_t dst, const char *s, size_t len) {
    if (len == 0) gen_emit(fg, OP_ZERO, dst, 0, 0);
    else gen_emit32(fg, OP_LOADS, dst, gen_string(fg->g, s, len));
    gen_mark_ptr(fg, dst);
}
