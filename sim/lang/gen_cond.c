/* Comparisons, as values and as branches. */
#include "gen.h"

enum class { BITS, UNSIGNED, F64, F32, STRING, INTERFACE, MANY };

static enum class class_of(const struct gtype *t) {
    switch (t->kind) {
    case LANG_K_FLOAT64: return F64;
    case LANG_K_FLOAT32: return F32;
    case LANG_K_STRING: return STRING;
    case LANG_K_INTERFACE: return INTERFACE;
    case LANG_K_STRUCT: case LANG_K_ARRAY: return MANY;
    default: return gen_is_unsigned(t) ? UNSIGNED : BITS;
    }
}

/* Ops of ==, !=, <, <= by class; 0: none. */
static const uint16_t value_ops[][4] = {
    [BITS] = {OP_EQ_I64, OP_NE_I64, OP_LT_I64, OP_LE_I64},
    [UNSIGNED] = {OP_EQ_I64, OP_NE_I64, OP_LT_U64, OP_LE_U64},
    [F64] = {OP_EQ_F64, OP_NE_F64, OP_LT_F64, OP_LE_F64},
    [F32] = {OP_EQ_F32, OP_NE_F32, OP_LT_F32, OP_LE_F32},
    [STRING] = {OP_EQ_STR, OP_NE_STR, OP_LT_STR, OP_LE_STR},
};

void gen_compare(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, uint32_t b) {
    enum class c = class_of(t);
    if (op == LANG_OP_GTR || op == LANG_OP_GEQ) {
        uint32_t x = a;
        a = b;
        b = x;
        op = op == LANG_OP_GTR ? LANG_OP_LSS : LANG_OP_LEQ;
    }
    if (c == INTERFACE || c == MANY) {
        gen_emit(fg, c == INTERFACE ? OP_EQ_IFACE : OP_EQ_TYPE, dst, a, b);
        if (c == MANY) gen_ext(fg, t->index, 0, 0);
        if (op == LANG_OP_NEQ) gen_emit(fg, OP_NOT_BOOL, dst, dst, 0);
        return;
    }
    unsigned which = op == LANG_OP_EQL ? 0 : op == LANG_OP_NEQ ? 1 : op == LANG_OP_LSS ? 2 : 3;
    gen_emit(fg, value_ops[c][which], dst, a, b);
}

static enum lang_op negate(enum lang_op op) {
    switch (op) {
    case LANG_OP_EQL: return LANG_OP_NEQ;
    case LANG_OP_NEQ: return LANG_OP_EQL;
    case LANG_OP_LSS: return LANG_OP_GEQ;
    case LANG_OP_LEQ: return LANG_OP_GTR;
    case LANG_OP_GTR: return LANG_OP_LEQ;
    default: return LANG_OP_LSS;
    }
}

static enum lang_op mirror(enum lang_op op) { /* the operands change places */
    switch (op) {
    case LANG_OP_LSS: return LANG_OP_GTR;
    case LANG_OP_LEQ: return LANG_OP_GEQ;
    case LANG_OP_GTR: return LANG_OP_LSS;
    case LANG_OP_GEQ: return LANG_OP_LEQ;
    default: return op;
    }
}

static void branch_words(struct fgen *fg, enum lang_op op, bool uns, uint32_t a, uint32_t b, struct glabel *l) {
    switch (op) {
    case LANG_OP_EQL: gen_branch(fg, OP_J_EQ_I64, a, b, l); break;
    case LANG_OP_NEQ: gen_branch(fg, OP_J_NE_I64, a, b, l); break;
    case LANG_OP_LSS: gen_branch(fg, uns ? OP_J_LT_U64 : OP_J_LT_I64, a, b, l); break;
    case LANG_OP_LEQ: gen_branch(fg, uns ? OP_J_LE_U64 : OP_J_LE_I64, a, b, l); break;
    case LANG_OP_GTR: gen_branch(fg, uns ? OP_J_LT_U64 : OP_J_LT_I64, b, a, l); break;
    default: gen_branch(fg, uns ? OP_J_LE_U64 : OP_J_LE_I64, b, a, l); break;
    }
}

/* A signed word against a constant of 16 bits. */
static void branch_imm(struct fgen *fg, enum lang_op op, uint32_t a, int64_t v, struct glabel *l) {
    unsigned code;
    switch (op) {
    case LANG_OP_EQL: code = OP_J_EQ_I64I; break;
    case LANG_OP_NEQ: code = OP_J_NE_I64I; break;
    case LANG_OP_LSS: code = OP_J_LT_I64I; break;
    case LANG_OP_LEQ: code = OP_J_LE_I64I; break;
    case LANG_OP_GTR: code = OP_J_GT_I64I; break;
    default: code = OP_J_GE_I64I; break;
    }
    gen_branch(fg, code, a, (uint16_t)(int16_t)v, l);
}

static void branch_f64(struct fgen *fg, enum lang_op op, bool when, uint32_t a, uint32_t b, struct glabel *l) {
    if (op == LANG_OP_GTR || op == LANG_OP_GEQ) {
        uint32_t x = a;
        a = b;
        b = x;
        op = mirror(op);
    }
    switch (op) {
    case LANG_OP_EQL: gen_branch(fg, when ? OP_J_EQ_F64 : OP_J_NE_F64, a, b, l); break;
    case LANG_OP_NEQ: gen_branch(fg, when ? OP_J_NE_F64 : OP_J_EQ_F64, a, b, l); break;
    case LANG_OP_LSS: gen_branch(fg, when ? OP_J_LT_F64 : OP_J_NLT_F64, a, b, l); break;
    default: gen_branch(fg, when ? OP_J_LE_F64 : OP_J_NLE_F64, a, b, l); break;
    }
}

static bool is_nil(const struct lang_expr *e) { return e->mode == LANG_MODE_NIL; }

/* Whether e is a constant that an immediate can hold, in a class of signed words (or == of any). */
static bool immediate(const struct lang_expr *e, enum class c, enum lang_op op, int64_t *v) {
    if (is_nil(e)) {
        *v = 0;
        return true;
    }
    if (c != BITS && !(c == UNSIGNED && (op == LANG_OP_EQL || op == LANG_OP_NEQ))) return false;
    if (e->mode != LANG_MODE_CONSTANT || !e->constant || e->convert) return false;
    if (lang_const_kind(e->constant) == LANG_CONST_BOOL) *v = lang_const_bool(e->constant);
    else if (!gen_is_const_int(e, v)) return false;
    return *v >= INT16_MIN && *v <= INT16_MAX;
}

static void compare_branch(struct fgen *fg, struct lang_expr *e, bool when, struct glabel *l) {
    struct gtype *t = gen_type(fg->g, e->u.binary.operand ? e->u.binary.operand : e->u.binary.x->type);
    enum class c = class_of(t);
    enum lang_op op = e->u.binary.op;
    struct lang_expr *x = e->u.binary.x, *y = e->u.binary.y;
    int64_t v;
    bool against_nil = is_nil(x) || is_nil(y);
    if (immediate(x, c, op, &v) && !immediate(y, c, op, &v)) {
        x = e->u.binary.y;
        y = e->u.binary.x;
        op = mirror(op);
    }
    uint32_t a = gen_expr(fg, x, ANY);
    if (immediate(y, c, op, &v) && (t->slots == 1 || against_nil)) {
        fg->pos = e->pos;
        branch_imm(fg, when ? op : negate(op), a, v, l);
        return;
    }
    uint32_t b = gen_expr(fg, y, ANY);
    fg->pos = e->pos;
    if (c == BITS || c == UNSIGNED) {
        branch_words(fg, when ? op : negate(op), c == UNSIGNED, a, b, l);
    } else if (c == F64) {
        branch_f64(fg, op, when, a, b, l);
    } else {
        uint32_t r = gen_alloc_slots(fg, 1);
        gen_compare(fg, op, t, r, a, b);
        gen_branch(fg, when ? OP_J_T : OP_J_F, r, 0, l);
    }
}

void gen_cond(struct fgen *fg, struct lang_expr *e, bool when, struct glabel *l) {
    uint32_t mark = fg->top;
    e = gen_unparen(e);
    if (fg->g->failed) return;
    if (e->mode == LANG_MODE_CONSTANT && e->constant) {
        if (lang_const_bool(e->constant) == when) gen_jump(fg, l);
        return;
    }
    if (e->kind == LANG_E_UNARY && e->u.unary.op == LANG_OP_NOT) {
        gen_cond(fg, e->u.unary.x, !when, l);
        return;
    }
    if (e->kind == LANG_E_BINARY && (e->u.binary.op == LANG_OP_ANDAND || e->u.binary.op == LANG_OP_OROR)) {
        /* The operand value that decides at once: false for &&, true for ||. */
        bool decides = e->u.binary.op == LANG_OP_OROR;
        if (decides == when) {
            gen_cond(fg, e->u.binary.x, when, l);
            gen_cond(fg, e->u.binary.y, when, l);
            return;
        }
        struct glabel *past = gen_label(fg);
        gen_cond(fg, e->u.binary.x, decides, past);
        gen_cond(fg, e->u.binary.y, when, l);
        gen_bind(fg, past, false);
        return;
    }
    size_t held = fg->held.len;
    gen_order_parts(fg, e);
    if (e->kind == LANG_E_BINARY && e->u.binary.op >= LANG_OP_EQL && e->u.binary.op <= LANG_OP_GEQ) {
        compare_branch(fg, e, when, l);
    } else {
        uint32_t r = gen_expr(fg, e, ANY);
        gen_branch(fg, when ? OP_J_T : OP_J_F, r, 0, l);
    }
    fg->held.len = held;
    fg->top = mark;
}
