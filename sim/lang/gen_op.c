/* Arithmetic and conversions. Registers stay canonical: what may leave a narrow type's range is wrapped at once. */
#include <string.h>

#include "gen.h"

void gen_wrap(struct fgen *fg, const struct gtype *t, uint32_t dst, uint32_t src) {
    unsigned op = OP_MOV;
    switch (t->kind) {
    case LANG_K_INT8: op = OP_WRAP_I8; break;
    case LANG_K_INT16: op = OP_WRAP_I16; break;
    case LANG_K_INT32: op = OP_WRAP_I32; break;
    case LANG_K_UINT8: case LANG_K_BOOL: op = OP_WRAP_U8; break;
    case LANG_K_UINT16: op = OP_WRAP_U16; break;
    case LANG_K_UINT32: case LANG_K_FLOAT32: op = OP_WRAP_U32; break;
    default: break;
    }
    if (op != OP_MOV || dst != src) gen_emit(fg, op, dst, src, 0);
}

static void narrow(struct fgen *fg, const struct gtype *t, uint32_t dst) {
    if (gen_narrow(t)) gen_wrap(fg, t, dst, dst);
}

static bool float_arith(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, uint32_t b) {
    bool wide = t->kind == LANG_K_FLOAT64;
    switch (op) {
    case LANG_OP_ADD: gen_emit(fg, wide ? OP_ADD_F64 : OP_ADD_F32, dst, a, b); return true;
    case LANG_OP_SUB: gen_emit(fg, wide ? OP_SUB_F64 : OP_SUB_F32, dst, a, b); return true;
    case LANG_OP_MUL: gen_emit(fg, wide ? OP_MUL_F64 : OP_MUL_F32, dst, a, b); return true;
    case LANG_OP_DIV: gen_emit(fg, wide ? OP_DIV_F64 : OP_DIV_F32, dst, a, b); return true;
    default: return false;
    }
}

/* Addition, subtraction, multiplication; 32-bit types have instructions that wrap. */
static void int_arith(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, uint32_t b) {
    unsigned which = op == LANG_OP_ADD ? 0 : op == LANG_OP_SUB ? 1 : 2;
    static const uint16_t i64[] = {OP_ADD_I64, OP_SUB_I64, OP_MUL_I64}, i32[] = {OP_ADD_I32, OP_SUB_I32, OP_MUL_I32},
                          u32[] = {OP_ADD_U32, OP_SUB_U32, OP_MUL_U32};
    if (t->kind == LANG_K_INT32) gen_emit(fg, i32[which], dst, a, b);
    else if (t->kind == LANG_K_UINT32) gen_emit(fg, u32[which], dst, a, b);
    else {
        gen_emit(fg, i64[which], dst, a, b);
        narrow(fg, t, dst);
    }
}

void gen_arith(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, uint32_t b,
               const struct gtype *count) {
    if (gen_is_float(t) && float_arith(fg, op, t, dst, a, b)) return;
    bool uns = gen_is_unsigned(t);
    switch (op) {
    case LANG_OP_ADD: case LANG_OP_SUB: case LANG_OP_MUL: int_arith(fg, op, t, dst, a, b); return;
    case LANG_OP_DIV:
        gen_emit(fg, uns ? OP_DIV_U64 : OP_DIV_I64, dst, a, b);
        if (!uns) narrow(fg, t, dst);
        return;
    case LANG_OP_REM: gen_emit(fg, uns ? OP_REM_U64 : OP_REM_I64, dst, a, b); return;
    case LANG_OP_AND: gen_emit(fg, OP_AND, dst, a, b); return;
    case LANG_OP_OR: gen_emit(fg, OP_OR, dst, a, b); return;
    case LANG_OP_XOR: gen_emit(fg, OP_XOR, dst, a, b); return;
    case LANG_OP_ANDNOT: gen_emit(fg, OP_ANDNOT, dst, a, b); return;
    case LANG_OP_SHL:
        if (count && !gen_is_unsigned(count)) gen_emit(fg, OP_CHECK_SHIFT, b, 0, 0);
        gen_emit(fg, OP_SHL, dst, a, b);
        narrow(fg, t, dst);
        return;
    case LANG_OP_SHR:
        if (count && !gen_is_unsigned(count)) gen_emit(fg, OP_CHECK_SHIFT, b, 0, 0);
        gen_emit(fg, uns ? OP_SHR_U64 : OP_SHR_I64, dst, a, b);
        return;
    default: gen_refuse(fg->g, fg->pos, "this operator"); return;
    }
}

static bool shift_imm(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, int64_t v) {
    if (v < 0) return false;
    bool uns = gen_is_unsigned(t);
    if (v > 63) {
        if (op == LANG_OP_SHL || uns) gen_int(fg, dst, 0);
        else gen_emit(fg, OP_SHRI_I64, dst, a, 63);
        return true;
    }
    if (op == LANG_OP_SHL) {
        gen_emit(fg, OP_SHLI, dst, a, (uint32_t)v);
        narrow(fg, t, dst);
    } else {
        gen_emit(fg, uns ? OP_SHRI_U64 : OP_SHRI_I64, dst, a, (uint32_t)v);
    }
    return true;
}

/* Division by a power of two needs none. */
static bool divide_imm(struct fgen *fg, bool quotient, const struct gtype *t, uint32_t dst, uint32_t a, int64_t v) {
    if (v <= 0 || (v & (v - 1))) return false;
    unsigned shift = (unsigned)__builtin_ctzll((uint64_t)v);
    bool uns = gen_is_unsigned(t);
    if (shift == 0 || shift > 62) return false;
    if (!uns) gen_emit(fg, quotient ? OP_DIVP_I64 : OP_REMP_I64, dst, a, shift);
    else if (quotient) gen_emit(fg, OP_SHRI_U64, dst, a, shift);
    else if (shift <= 15) gen_emit(fg, OP_ANDI_I64, dst, a, (uint32_t)(v - 1));
    else return false;
    return true;
}

bool gen_arith_imm(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, int64_t v) {
    if (!gen_is_integer(t)) return false;
    if (op == LANG_OP_SHL || op == LANG_OP_SHR) return shift_imm(fg, op, t, dst, a, v);
    if (op == LANG_OP_SUB) {
        op = LANG_OP_ADD;
        if (v == INT64_MIN) return false;
        v = -v;
    }
    if ((op == LANG_OP_DIV || op == LANG_OP_REM) && divide_imm(fg, op == LANG_OP_DIV, t, dst, a, v)) return true;
    if (v < INT16_MIN || v > INT16_MAX) return false;
    unsigned code;
    switch (op) {
    case LANG_OP_ADD: code = OP_ADDI_I64; break;
    case LANG_OP_MUL: code = OP_MULI_I64; break;
    case LANG_OP_AND:
        if (v < 0) return false;
        code = OP_ANDI_I64;
        break;
    case LANG_OP_DIV: case LANG_OP_REM:
        if (v == 0 || v == -1 || gen_is_unsigned(t)) return false;
        code = op == LANG_OP_DIV ? OP_DIVI_I64 : OP_REMI_I64;
        break;
    default: return false;
    }
    gen_emit(fg, code, dst, a, (uint16_t)(int16_t)v);
    if (code == OP_ADDI_I64 || code == OP_MULI_I64) narrow(fg, t, dst);
    return true;
}

/* a + b + c + ... of strings is joined at once. */
static uint32_t count_parts(struct lang_expr *e) {
    struct lang_expr *u = gen_unparen(e);
    if (u->kind != LANG_E_BINARY || u->u.binary.op != LANG_OP_ADD || u->mode == LANG_MODE_CONSTANT) return 1;
    return count_parts(u->u.binary.x) + count_parts(u->u.binary.y);
}

static uint32_t put_parts(struct fgen *fg, struct lang_expr *e, uint32_t at) {
    struct lang_expr *u = gen_unparen(e);
    if (u->kind != LANG_E_BINARY || u->u.binary.op != LANG_OP_ADD || u->mode == LANG_MODE_CONSTANT) {
        gen_expr(fg, u, at);
        return at + 1;
    }
    return put_parts(fg, u->u.binary.y, put_parts(fg, u->u.binary.x, at));
}

static uint32_t concat(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top, n = count_parts(e);
    uint32_t base = gen_alloc_slots(fg, n);
    put_parts(fg, e, base);
    fg->pos = e->pos;
    gen_emit(fg, OP_CONCAT, dst, base, n);
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

static bool is_condition(enum lang_op op) {
    return op == LANG_OP_ANDAND || op == LANG_OP_OROR;
}

static bool is_comparison(enum lang_op op) { return op >= LANG_OP_EQL && op <= LANG_OP_GEQ; }

/* A bool from branches. The destination is written only at the ends. */
static uint32_t from_branches(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top;
    struct glabel *no = gen_label(fg), *end = gen_label(fg);
    gen_cond(fg, e, false, no);
    gen_int(fg, dst, 1);
    gen_jump(fg, end);
    gen_bind(fg, no, false);
    gen_int(fg, dst, 0);
    gen_bind(fg, end, false);
    fg->top = mark;
    return dst;
}

static uint32_t comparison(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->u.binary.operand ? e->u.binary.operand : e->u.binary.x->type);
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top;
    uint32_t a = gen_expr(fg, e->u.binary.x, ANY), b = gen_expr(fg, e->u.binary.y, ANY);
    fg->pos = e->pos;
    gen_compare(fg, e->u.binary.op, t, dst, a, b);
    fg->top = mark;
    return dst;
}

uint32_t gen_binary(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    enum lang_op op = e->u.binary.op;
    if (is_condition(op)) return from_branches(fg, e, want);
    if (is_comparison(op)) return comparison(fg, e, want);
    struct gtype *t = gen_type(fg->g, e->type);
    if (t->kind == LANG_K_STRING) return concat(fg, e, want);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    struct lang_expr *x = e->u.binary.x, *y = e->u.binary.y;
    int64_t v;
    bool commutes = op == LANG_OP_ADD || op == LANG_OP_MUL || op == LANG_OP_AND;
    if (commutes && gen_is_const_int(x, &v) && !gen_is_const_int(y, &v)) {
        x = e->u.binary.y;
        y = e->u.binary.x;
    }
    uint32_t a = gen_expr(fg, x, ANY);
    if (gen_is_integer(t) && gen_is_const_int(y, &v)) {
        fg->pos = e->pos;
        if (gen_arith_imm(fg, op, t, dst, a, v)) {
            fg->top = mark;
            return dst;
        }
    }
    uint32_t b = gen_expr(fg, y, ANY);
    bool shift = op == LANG_OP_SHL || op == LANG_OP_SHR;
    fg->pos = e->pos;
    gen_arith(fg, op, t, dst, a, b, shift ? gen_type(fg->g, y->type) : NULL);
    fg->top = mark;
    return dst;
}

uint32_t gen_unary(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type);
    enum lang_op op = e->u.unary.op;
    if (op == LANG_OP_ADD) return gen_expr(fg, e->u.unary.x, want);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    uint32_t a = gen_expr(fg, e->u.unary.x, ANY);
    fg->pos = e->pos;
    switch (op) {
    case LANG_OP_SUB:
        if (gen_is_float(t)) gen_emit(fg, t->kind == LANG_K_FLOAT64 ? OP_NEG_F64 : OP_NEG_F32, dst, a, 0);
        else {
            gen_emit(fg, OP_NEG_I64, dst, a, 0);
            narrow(fg, t, dst);
        }
        break;
    case LANG_OP_XOR:
        gen_emit(fg, OP_NOT_I64, dst, a, 0);
        narrow(fg, t, dst);
        break;
    case LANG_OP_NOT: gen_emit(fg, OP_NOT_BOOL, dst, a, 0); break;
    default: gen_refuse(fg->g, e->pos, "this operator"); break;
    }
    fg->top = mark;
    return dst;
}

/* ---- conversions ------------------------------------------------------------------------------------------------- */

static void convert_number(struct fgen *fg, const struct gtype *from, const struct gtype *to, uint32_t dst, uint32_t r) {
    bool from_uns = gen_is_unsigned(from);
    if (gen_is_integer(from) && gen_is_integer(to)) {
        gen_wrap(fg, to, dst, r);
    } else if (gen_is_integer(from)) {
        bool wide = to->kind == LANG_K_FLOAT64;
        gen_emit(fg, wide ? (from_uns ? OP_CVT_U64_F64 : OP_CVT_I64_F64) : (from_uns ? OP_CVT_U64_F32 : OP_CVT_I64_F32),
                 dst, r, 0);
    } else if (gen_is_float(to)) {
        if (from->kind == to->kind) gen_emit(fg, OP_MOV, dst, r, 0);
        else gen_emit(fg, to->kind == LANG_K_FLOAT64 ? OP_CVT_F32_F64 : OP_CVT_F64_F32, dst, r, 0);
    } else {
        if (from->kind == LANG_K_FLOAT32) {
            gen_emit(fg, OP_CVT_F32_F64, dst, r, 0);
            r = dst;
        }
        bool u64 = to->kind == LANG_K_UINT64 || to->kind == LANG_K_UINT || to->kind == LANG_K_UINTPTR;
        gen_emit(fg, u64 ? OP_CVT_F64_U64 : OP_CVT_F64_I64, dst, r, 0);
        narrow(fg, to, dst);
    }
}

static bool of_bytes(const struct gtype *slice) { return slice->elem->kind == LANG_K_UINT8; }

/* Slices to arrays, and to pointers to arrays. */
static void convert_slice(struct fgen *fg, const struct gtype *to, uint32_t dst, uint32_t r) {
    const struct gtype *a = to->kind == LANG_K_POINTER ? to->elem : to;
    uint32_t p = to->kind == LANG_K_POINTER ? dst : gen_alloc_slots(fg, 1);
    gen_emit(fg, OP_SLICE_PTR, p, r, 0);
    gen_ext32(fg, 0, (uint32_t)a->len);
    gen_mark_ptr(fg, p);
    if (to->kind == LANG_K_ARRAY && a->slots) gen_load(fg, a, dst, p, 0);
}

static void convert_string(struct fgen *fg, const struct gtype *from, const struct gtype *to, uint32_t dst, uint32_t r) {
    if (to->kind == LANG_K_SLICE) {
        gen_emit(fg, of_bytes(to) ? OP_BYTES_STR : OP_RUNES_STR, dst, r, to->index);
    } else if (from->kind == LANG_K_SLICE) {
        gen_emit(fg, of_bytes(from) ? OP_STR_BYTES : OP_STR_RUNES, dst, r, 0);
    } else if (gen_is_integer(from)) {
        gen_emit(fg, OP_STR_RUNE, dst, r, 0);
    } else {
        gen_move(fg, dst, r, to);
    }
}

/* Numbers whose canonical registers are the same in both types. */
static bool same_bits(const struct gtype *from, const struct gtype *to) {
    return from->kind == to->kind || (gen_is_integer(from) && gen_is_integer(to) && !gen_narrow(to));
}

uint32_t gen_convert(struct fgen *fg, struct lang_expr *x, struct gtype *to, lang_pos pos, uint32_t want) {
    if (x->convert) return gen_expr(fg, x, want); /* into an interface */
    struct gtype *from = gen_type(fg->g, x->type);
    if (to->kind == LANG_K_INTERFACE && from->kind != LANG_K_INTERFACE && x->mode != LANG_MODE_NIL) {
        uint32_t dst = gen_dst(fg, to, want), mark = fg->top, r = gen_expr_raw(fg, x, ANY);
        fg->pos = pos;
        gen_iface(fg, dst, r, from);
        fg->top = mark;
        return dst;
    }
    bool numbers = (gen_is_integer(from) || gen_is_float(from)) && (gen_is_integer(to) || gen_is_float(to));
    bool strings = (from->kind == LANG_K_STRING) != (to->kind == LANG_K_STRING);
    bool slices = from->kind == LANG_K_SLICE && (to->kind == LANG_K_ARRAY || to->kind == LANG_K_POINTER);
    if (x->mode == LANG_MODE_NIL || (!numbers && !strings && !slices) || same_bits(from, to)) {
        return gen_expr_raw(fg, x, want);
    }
    uint32_t dst = gen_dst(fg, to, want), mark = fg->top, r = gen_expr_raw(fg, x, ANY);
    fg->pos = pos;
    if (numbers) convert_number(fg, from, to, dst, r);
    else if (strings) convert_string(fg, from, to, dst, r);
    else convert_slice(fg, to, dst, r);
    fg->top = mark;
    gen_mark(fg, dst, to);
    return dst;
}
