/* Expressions: dispatch, operators, types of untyped operands. The algorithm is that of go/types: an untyped operand
 * keeps its untyped type in the tree until its use decides, and then the new type is pushed down (chk_update_type). */
#include <string.h>

#include "checker.h"

static lang_pos op_pos(const struct lang_expr *e) {
    return e->kind == LANG_E_BINARY || e->kind == LANG_E_UNARY ? e->pos : lang_start_pos(e);
}

static const char *op_name(const struct lang_expr *e) {
    if (e->kind == LANG_E_UNARY) return e->u.unary.op == LANG_OP_XOR ? "bitwise complement " : "";
    if (e->kind != LANG_E_BINARY) return "";
    switch (e->u.binary.op) {
    case LANG_OP_ADD:
        return "addition ";
    case LANG_OP_SUB:
        return "subtraction ";
    case LANG_OP_XOR:
        return "bitwise XOR ";
    case LANG_OP_MUL:
        return "multiplication ";
    case LANG_OP_SHL:
        return "shift ";
    default:
        return "";
    }
}

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

static bool is_const(const struct operand *x) { return x->mode == LANG_MODE_CONSTANT; }

void chk_record(struct lang_checker *c, const struct operand *x) {
    struct lang_expr *e = x->expr;
    if (!e) return;
    (void)c;
    e->mode = x->mode;
    e->type = x->type;
    e->constant = is_const(x) ? x->val : NULL;
}

void chk_overflow(struct lang_checker *c, struct operand *x, lang_pos pos) {
    if (!x->val) {
        chk_error(c, pos, "constant result is not representable");
        return;
    }
    if (!lang_is_untyped(x->type)) {
        chk_represent(c, x, lang_under(x->type));
        return;
    }
    enum { MOST_BITS = 512 };
    if (lang_const_kind(x->val) == LANG_CONST_INT && lang_const_bitlen(x->val) > MOST_BITS) {
        chk_error(c, pos, "constant %soverflow", x->expr ? op_name(x->expr) : "");
        x->val = NULL;
    }
}

/* ---- types of untyped expressions ---- */

static bool comparison_op(enum lang_op op) { return op >= LANG_OP_EQL && op <= LANG_OP_GEQ; }
static bool shift_op(enum lang_op op) { return op == LANG_OP_SHL || op == LANG_OP_SHR; }

static void update_parts(struct lang_checker *c, struct lang_expr *e, struct lang_type *t, bool final) {
    if (e->kind == LANG_E_PAREN) {
        chk_update_type(c, e->u.paren.x, t, final);
        return;
    }
    if (e->constant) return; /* parts of constants stay as they are */
    if (e->kind == LANG_E_UNARY) {
        chk_update_type(c, e->u.unary.x, t, final);
    } else if (e->kind == LANG_E_BINARY && !comparison_op(e->u.binary.op)) {
        chk_update_type(c, e->u.binary.x, t, final);
        if (!shift_op(e->u.binary.op)) chk_update_type(c, e->u.binary.y, t, final);
    }
}

void chk_update_type(struct lang_checker *c, struct lang_expr *e, struct lang_type *t, bool final) {
    if (!e || !e->type || !lang_is_untyped(e->type) || e->mode == LANG_MODE_INVALID) return;
    update_parts(c, e, t, final);
    if (!final && lang_is_untyped(t)) {
        e->type = lang_under(t);
        return;
    }
    if (e->shifted && !chk_all_basic(t, LANG_IS_INTEGER)) {
        chk_error(c, lang_start_pos(e), "invalid operation: shifted operand %s (type %s) must be integer",
                  chk_exprstr(c, e), chk_typestr(c, t));
        e->mode = LANG_MODE_INVALID;
        return;
    }
    if (e->constant) {
        struct operand k = {.mode = e->mode, .type = e->type, .val = e->constant};
        const struct lang_const *val;
        enum conv_error why;
        k.expr = e;
        struct lang_type *nt = chk_implicit(c, &k, t, &val, &why);
        if (nt && val) e->constant = val;
        if (!nt) {
            chk_convert_untyped(c, &k, t);
            return;
        }
    }
    e->type = t;
}

/* ---- operators ---- */

static bool op_defined(struct lang_checker *c, struct operand *x, enum lang_op op, uint32_t info) {
    if (chk_all_basic(x->type, info)) return true;
    if (chk_valid(x->type))
        chk_error(c, pos_of(x), "invalid operation: operator %s not defined on %s", lang_op_text(op), chk_opstr(c, x));
    x->mode = LANG_MODE_INVALID;
    return false;
}

static const char *not_receivable(struct lang_checker *c, struct lang_type *t, struct lang_type *u) {
    if (!u) return "no specific channel type";
    if (u->kind != LANG_T_CHAN) return chk_sprintf(c, "non-channel %s", chk_typestr(c, t));
    if (u->u.chan.dir == LANG_CHAN_SEND) return chk_sprintf(c, "send-only channel %s", chk_typestr(c, t));
    return NULL;
}

static const char *not_sendable(struct lang_checker *c, struct lang_type *t, struct lang_type *u) {
    if (!u) return "no specific channel type";
    if (u->kind != LANG_T_CHAN) return chk_sprintf(c, "non-channel %s", chk_typestr(c, t));
    if (u->u.chan.dir == LANG_CHAN_RECV) return chk_sprintf(c, "receive-only channel %s", chk_typestr(c, t));
    return NULL;
}

struct lang_type *chk_chan_elem(struct lang_checker *c, lang_pos pos, struct operand *x, bool recv) {
    const char *cause = NULL;
    struct lang_type *u = chk_common_under(c, x->type, recv ? not_receivable : not_sendable, &cause);
    if (u) return u->u.chan.elem;
    const char *verb = recv ? "receive from" : "send to";
    /* A plain type says its kind without naming the type twice. */
    if (chk_is_tparam(x->type)) {
        chk_error(c, pos, "invalid operation: cannot %s %s: %s", verb, chk_opstr(c, x), cause);
    } else {
        chk_error(c, pos, "invalid operation: cannot %s %s %s", verb, cause, chk_opstr(c, x));
    }
    return NULL;
}

static void address_of(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    struct lang_expr *inner = lang_unparen(e->u.unary.x);
    if (inner->kind != LANG_E_COMPOSITE_LIT && x->mode != LANG_MODE_VARIABLE) {
        chk_error(c, pos_of(x), "invalid operation: cannot take address of %s", chk_opstr(c, x));
        x->mode = LANG_MODE_INVALID;
        return;
    }
    chk_mark_root(e->u.unary.x, ROOT_ADDR);
    x->mode = LANG_MODE_VALUE;
    x->type = chk_pointer(c, x->type);
}

static void unary(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint) {
    enum lang_op op = e->u.unary.op;
    /* &T{} as an element of []*T may be written {...}, never &{...}: no hint goes through. */
    (void)hint;
    chk_expr(c, x, e->u.unary.x);
    if (x->mode == LANG_MODE_INVALID) return;
    switch (op) {
    case LANG_OP_AND:
        address_of(c, x, e);
        return;
    case LANG_OP_RECV: {
        struct lang_type *elem = chk_chan_elem(c, pos_of(x), x, true);
        x->mode = elem ? LANG_MODE_COMMAOK : LANG_MODE_INVALID;
        if (elem) x->type = elem;
        c->env.call_or_recv = true;
        return;
    }
    case LANG_OP_TILDE:
        chk_error(c, e->pos, "cannot use ~ outside of interface or type constraint%s",
                  chk_all_basic(x->type, LANG_IS_INTEGER) ? " (use ^ for bitwise complement)" : "");
        x->mode = LANG_MODE_INVALID;
        return;
    default:
        break;
    }
    uint32_t info = op == LANG_OP_XOR ? LANG_IS_INTEGER : op == LANG_OP_NOT ? LANG_IS_BOOLEAN : LANG_IS_NUMERIC;
    if (!op_defined(c, x, op, info)) return;
    if (!is_const(x)) {
        x->mode = LANG_MODE_VALUE;
        return;
    }
    if (!x->val) return;
    unsigned bits = 0;
    if (lang_is_basic(x->type, LANG_IS_UNSIGNED)) bits = lang_basic_bits(lang_under(x->type)->u.basic.basic);
    x->val = lang_const_unary(c->mem.arena, op, x->val, bits);
    x->expr = e;
    chk_overflow(c, x, e->pos);
}

static bool may_convert(const struct operand *x, const struct operand *y) {
    struct lang_type *a = x->type, *b = y->type;
    if (!lang_is_untyped(a) && !lang_is_untyped(b)) return false;
    if (chk_all_basic(a, LANG_IS_NUMERIC) != chk_all_basic(b, LANG_IS_NUMERIC)) return false;
    if (lang_is_interface(a) || lang_is_interface(b)) return true;
    if (chk_all_basic(a, LANG_IS_BOOLEAN) != chk_all_basic(b, LANG_IS_BOOLEAN)) return false;
    if (chk_all_basic(a, LANG_IS_STRING) != chk_all_basic(b, LANG_IS_STRING)) return false;
    if (x->mode == LANG_MODE_NIL) return chk_has_nil(b);
    if (y->mode == LANG_MODE_NIL) return chk_has_nil(a);
    return lang_under(a)->kind != LANG_T_POINTER && lang_under(b)->kind != LANG_T_POINTER;
}

void chk_match_types(struct lang_checker *c, struct operand *x, struct operand *y) {
    if (!may_convert(x, y)) return;
    chk_convert_untyped(c, x, y->type);
    if (x->mode == LANG_MODE_INVALID) return;
    chk_convert_untyped(c, y, x->type);
    if (y->mode == LANG_MODE_INVALID) x->mode = LANG_MODE_INVALID;
}

static const char *incomparable_cause(struct lang_checker *c, struct lang_type *t) {
    switch (lang_under(t)->kind) {
    case LANG_T_SLICE:
    case LANG_T_SIGNATURE:
    case LANG_T_MAP:
        return chk_sprintf(c, "%s can only be compared to nil", chk_kindstr(t));
    default:
        return chk_incomparable(c, t, true);
    }
}

struct comparison_error {
    struct operand *at;
    const char *cause;
};

static bool comparable_operands(struct lang_checker *c, struct operand *x, struct operand *y, enum lang_op op,
                                struct comparison_error *err) {
    err->at = x;
    err->cause = "";
    if (!chk_assignable(c, x, y->type, NULL) && !chk_assignable(c, y, x->type, NULL)) {
        err->at = y;
        err->cause = chk_sprintf(c, "mismatched types %s and %s", chk_typestr(c, x->type), chk_typestr(c, y->type));
        return false;
    }
    if (op != LANG_OP_EQL && op != LANG_OP_NEQ) {
        if (!chk_all_basic(x->type, LANG_IS_ORDERED)) return false;
        err->at = y;
        return chk_all_basic(y->type, LANG_IS_ORDERED);
    }
    if (x->mode == LANG_MODE_NIL || y->mode == LANG_MODE_NIL) {
        err->at = y;
        return chk_has_nil(x->mode == LANG_MODE_NIL ? y->type : x->type);
    }
    if (chk_incomparable(c, x->type, true)) {
        err->cause = incomparable_cause(c, x->type);
        return false;
    }
    err->at = y;
    if (!chk_incomparable(c, y->type, true)) return true;
    err->cause = incomparable_cause(c, y->type);
    return false;
}

/* Both sides get the one type in which they are compared. */
static void settle_comparison(struct lang_checker *c, struct operand *x, struct operand *y) {
    chk_update_type(c, x->expr, chk_default(c, x->type), true);
    chk_update_type(c, y->expr, chk_default(c, y->type), true);
    if (!x->expr || !y->expr) return;
    struct lang_type *a = chk_default(c, x->type), *b = chk_default(c, y->type);
    if (x->mode == LANG_MODE_NIL && !lang_is_untyped(b)) x->expr->type = b;
    if (y->mode == LANG_MODE_NIL && !lang_is_untyped(a)) y->expr->type = a;
    if (x->mode == LANG_MODE_NIL || y->mode == LANG_MODE_NIL || lang_identical(a, b)) return;
    if (lang_is_interface(a) && chk_assignable(c, y, a, NULL)) {
        y->expr->convert = a;
    } else if (lang_is_interface(b)) {
        x->expr->convert = b;
    }
}

void chk_comparison(struct lang_checker *c, struct operand *x, struct operand *y, enum lang_op op, bool switch_case) {
    if (!chk_valid(x->type) || !chk_valid(y->type)) {
        x->mode = LANG_MODE_INVALID;
        return;
    }
    struct comparison_error err;
    if (comparable_operands(c, x, y, op, &err)) {
        if (is_const(x) && is_const(y)) {
            x->val =
                x->val && y->val ? lang_const_make_bool(c->mem.arena, lang_const_compare(op, x->val, y->val)) : NULL;
        } else {
            x->mode = LANG_MODE_VALUE;
            settle_comparison(c, x, y);
        }
        x->type = c->out->basic[LANG_UNTYPED_BOOL];
        return;
    }
    if (!err.cause || !*err.cause) {
        if (chk_is_tparam(x->type) || chk_is_tparam(y->type)) {
            if (!chk_is_tparam(x->type)) err.at = y;
            err.cause = chk_sprintf(c, "type parameter %s cannot use operator %s", chk_typestr(c, err.at->type),
                                    lang_op_text(op));
        } else {
            const char *what = chk_kindstr(err.at->type);
            if (!*what) what = chk_typestr(c, err.at->type);
            err.cause = chk_sprintf(c, "operator %s not defined on %s", lang_op_text(op), what);
        }
    }
    if (switch_case) {
        chk_error(c, pos_of(x), "invalid case %s in switch on %s (%s)", chk_exprstr(c, x->expr),
                  chk_exprstr(c, y->expr), err.cause);
    } else {
        chk_error(c, pos_of(err.at), "invalid operation: %s %s %s (%s)", chk_exprstr(c, x->expr), lang_op_text(op),
                  chk_exprstr(c, y->expr), err.cause);
    }
    x->mode = LANG_MODE_INVALID;
}

/* The count of a shift; false: an error was told. */
static bool shift_count(struct lang_checker *c, struct operand *y) {
    if (is_const(y)) {
        const struct lang_const *v = y->val ? lang_const_to_int(c->mem.arena, y->val) : NULL;
        if (v && lang_const_sign(v) < 0) {
            chk_error(c, pos_of(y), "invalid operation: negative shift count %s", chk_opstr(c, y));
            return false;
        }
        if (lang_is_untyped(y->type)) {
            chk_represent(c, y, c->out->basic[LANG_UINT]);
            if (y->mode == LANG_MODE_INVALID) return false;
            y->expr->constant = y->val;
            chk_update_type(c, y->expr, c->out->basic[LANG_UINT], true);
            return true;
        }
        if (v) return true;
    }
    if (chk_all_basic(y->type, LANG_IS_INTEGER)) {
        if (!lang_is_untyped(y->type)) return true;
    }
    if (lang_is_untyped(y->type)) {
        chk_convert_untyped(c, y, c->out->basic[LANG_UINT]);
        return y->mode != LANG_MODE_INVALID;
    }
    chk_error(c, pos_of(y), "invalid operation: shift count %s must be integer", chk_opstr(c, y));
    return false;
}

static void constant_shift(struct lang_checker *c, struct operand *x, struct operand *y, struct lang_expr *e,
                           enum lang_op op, const struct lang_const *xval) {
    enum { MOST = 1023 - 1 + 52 };
    if (!lang_is_basic(x->type, LANG_IS_INTEGER)) x->type = c->out->basic[LANG_UNTYPED_INT];
    if (!x->val || !y->val) {
        x->val = NULL;
        return;
    }
    uint64_t n;
    if (!lang_const_uint64(y->val, &n) || n > MOST) {
        chk_error(c, pos_of(y), "invalid operation: invalid shift count %s", chk_opstr(c, y));
        x->mode = LANG_MODE_INVALID;
        return;
    }
    x->val = lang_const_shift(c->mem.arena, op, xval, (unsigned)n);
    x->expr = e;
    chk_overflow(c, x, e ? op_pos(e) : pos_of(x));
}

static void shift(struct lang_checker *c, struct operand *x, struct operand *y, struct lang_expr *e, enum lang_op op) {
    const struct lang_const *xval = is_const(x) && x->val ? lang_const_to_int(c->mem.arena, x->val) : NULL;
    bool integer = chk_all_basic(x->type, LANG_IS_INTEGER);
    if (!integer && !(lang_is_untyped(x->type) && xval)) {
        if (chk_valid(x->type))
            chk_error(c, pos_of(x), "invalid operation: shifted operand %s must be integer", chk_opstr(c, x));
        x->mode = LANG_MODE_INVALID;
        return;
    }
    if (!shift_count(c, y)) {
        x->mode = LANG_MODE_INVALID;
        return;
    }
    if (is_const(x) && is_const(y)) {
        constant_shift(c, x, y, e, op, xval);
        return;
    }
    if (is_const(x) && lang_is_untyped(x->type)) {
        if (x->expr) x->expr->shifted = true; /* its use will decide the type */
        x->mode = LANG_MODE_VALUE;
        return;
    }
    if (!integer) {
        chk_error(c, pos_of(x), "invalid operation: shifted operand %s must be integer", chk_opstr(c, x));
        x->mode = LANG_MODE_INVALID;
        return;
    }
    x->mode = LANG_MODE_VALUE;
}

static uint32_t binary_info(enum lang_op op) {
    switch (op) {
    case LANG_OP_ADD:
        return LANG_IS_NUMERIC | LANG_IS_STRING;
    case LANG_OP_SUB:
    case LANG_OP_MUL:
    case LANG_OP_DIV:
        return LANG_IS_NUMERIC;
    case LANG_OP_ANDAND:
    case LANG_OP_OROR:
        return LANG_IS_BOOLEAN;
    default:
        return LANG_IS_INTEGER;
    }
}

static void mismatched(struct lang_checker *c, struct operand *x, struct operand *y, struct lang_expr *e,
                       struct lang_expr *l, struct lang_expr *r, enum lang_op op) {
    if (chk_valid(x->type) && chk_valid(y->type)) {
        const char *xs = chk_typestr(c, x->type), *ys = chk_typestr(c, y->type);
        if (e) {
            chk_error(c, pos_of(x), "invalid operation: %s (mismatched types %s and %s)", chk_exprstr(c, e), xs, ys);
        } else {
            chk_error(c, pos_of(x), "invalid operation: %s %s= %s (mismatched types %s and %s)", chk_exprstr(c, l),
                      lang_op_text(op), chk_exprstr(c, r), xs, ys);
        }
    }
    x->mode = LANG_MODE_INVALID;
}

/* e is NULL for l op= r. */
void chk_binary(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_expr *l,
                struct lang_expr *r, enum lang_op op) {
    struct operand y;
    chk_expr(c, x, l);
    chk_expr(c, &y, r);
    if (x->mode == LANG_MODE_INVALID) return;
    if (y.mode == LANG_MODE_INVALID) {
        x->mode = LANG_MODE_INVALID;
        x->expr = y.expr;
        return;
    }
    if (shift_op(op)) {
        shift(c, x, &y, e, op);
        return;
    }
    chk_match_types(c, x, &y);
    if (x->mode == LANG_MODE_INVALID) return;
    if (comparison_op(op)) {
        if (e) e->u.binary.operand = NULL;
        chk_comparison(c, x, &y, op, false);
        if (e && x->mode != LANG_MODE_INVALID) e->u.binary.operand = l->convert ? l->convert : l->type;
        return;
    }
    if (!lang_identical(x->type, y.type)) {
        mismatched(c, x, &y, e, l, r, op);
        return;
    }
    if (!op_defined(c, x, op, binary_info(op))) return;
    if (op == LANG_OP_DIV || op == LANG_OP_REM) {
        bool integer = chk_all_basic(x->type, LANG_IS_INTEGER);
        if ((is_const(x) || integer) && is_const(&y) && y.val && lang_const_sign(y.val) == 0) {
            chk_error(c, pos_of(&y), "invalid operation: division by zero");
            x->mode = LANG_MODE_INVALID;
            return;
        }
    }
    if (!is_const(x) || !is_const(&y)) {
        x->mode = LANG_MODE_VALUE;
        return;
    }
    if (!x->val || !y.val) {
        x->val = NULL;
        return;
    }
    x->val = lang_const_binary(c->mem.arena, op, x->val, y.val, lang_is_basic(x->type, LANG_IS_INTEGER));
    x->expr = e;
    chk_overflow(c, x, e ? op_pos(e) : lang_start_pos(l));
}

/* ---- dispatch ---- */

struct pointer_base {
    struct lang_type *base;
    bool differ;
};

static bool pointer_base(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct pointer_base *p = ctx;
    (void)t;
    if (!u || u->kind != LANG_T_POINTER) return false;
    p->differ = p->base && !lang_identical(p->base, u->u.pointer.elem);
    p->base = u->u.pointer.elem;
    return !p->differ;
}

static void star(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    chk_expr_or_type(c, x, e->u.star.x, false);
    if (x->mode == LANG_MODE_INVALID) return;
    if (x->mode == LANG_MODE_TYPE) {
        chk_valid_var_type(c, e->u.star.x, x->type);
        x->type = chk_pointer(c, x->type);
        return;
    }
    struct pointer_base p = {0};
    if (!chk_typeset(x->type, pointer_base, &p)) {
        if (p.differ) {
            chk_error(c, pos_of(x), "invalid operation: pointers of %s must have identical base types",
                      chk_opstr(c, x));
        } else if (x->mode == LANG_MODE_BUILTIN || chk_valid(x->type)) {
            chk_error(c, pos_of(x), "invalid operation: cannot indirect %s", chk_opstr(c, x));
        }
        x->mode = LANG_MODE_INVALID;
        return;
    }
    x->mode = LANG_MODE_VARIABLE;
    x->type = p.base;
}

static void assertion(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    chk_expr(c, x, e->u.assert.x);
    if (x->mode == LANG_MODE_INVALID) return;
    if (!lang_is_interface(x->type)) {
        if (chk_is_tparam(x->type)) {
            chk_error(c, pos_of(x), "invalid operation: cannot use type assertion on type parameter value %s",
                      chk_opstr(c, x));
        } else {
            chk_error(c, pos_of(x), "invalid operation: %s is not an interface", chk_opstr(c, x));
        }
        x->mode = LANG_MODE_INVALID;
        return;
    }
    struct lang_type *t = chk_var_type(c, e->u.assert.type);
    if (!chk_valid(t)) {
        x->mode = LANG_MODE_INVALID;
        return;
    }
    chk_type_assertion(c, e, x, t, false);
    x->mode = LANG_MODE_COMMAOK;
    x->type = t;
}

void chk_type_assertion(struct lang_checker *c, struct lang_expr *e, struct operand *x, struct lang_type *t,
                        bool type_switch) {
    const char *cause = "";
    if (chk_assertable(c, x->type, t, &cause)) return;
    if (type_switch) {
        chk_error(c, lang_start_pos(e), "impossible type switch case: %s\n\t%s cannot have dynamic type %s %s",
                  chk_exprstr(c, e), chk_opstr(c, x), chk_typestr(c, t), cause);
        return;
    }
    chk_error(c, lang_start_pos(e), "impossible type assertion: %s\n\t%s does not implement %s %s", chk_exprstr(c, e),
              chk_typestr(c, t), chk_typestr(c, x->type), cause);
}

static enum expr_kind invalid_expr(struct operand *x, struct lang_expr *e) {
    x->mode = LANG_MODE_INVALID;
    x->expr = e;
    return EK_STATEMENT; /* no further complaints */
}

static void complain(struct lang_checker *c, struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_DOTS_TYPE:
        chk_error(c, e->pos, "invalid use of ...");
        return;
    case LANG_E_KEY_VALUE:
        chk_error(c, lang_start_pos(e), "no key:value expected");
        return;
    case LANG_E_TYPE_SWITCH:
        chk_error(c, lang_start_pos(e), "invalid syntax tree: use of .(type) outside type switch");
        chk_use1(c, e->u.guard.x, false);
        return;
    default:
        return;
    }
}

struct target {
    struct lang_type *type;
    const char *desc;
    bool partial; /* an argument: type arguments may be missing */
};

static void partial_instance(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    struct lang_type_list targs;
    if (e->u.index.indices.len < x->type->u.sig.tparams.len) {
        if (chk_type_list(c, e->u.index.indices, &targs)) {
            x->targs = targs;
        } else {
            x->mode = LANG_MODE_INVALID;
        }
    } else if (!chk_func_inst(c, x, e, NULL, NULL)) {
        x->mode = LANG_MODE_INVALID;
    }
}

static enum expr_kind internal(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint,
                               const struct target *target) {
    switch (e->kind) {
    case LANG_E_IDENT:
        chk_ident(c, x, e, false);
        break;
    case LANG_E_BASIC_LIT:
        if (!e->u.lit.bad) chk_basic_lit(c, x, e);
        break;
    case LANG_E_FUNC_LIT:
        chk_func_lit(c, x, e);
        break;
    case LANG_E_COMPOSITE_LIT:
        chk_composite(c, x, e, hint);
        break;
    case LANG_E_PAREN: {
        enum expr_kind kind = chk_raw(c, x, e->u.paren.x, NULL, false);
        e->func = e->u.paren.x->func;
        x->expr = e;
        return kind;
    }
    case LANG_E_SELECTOR:
        chk_selector(c, x, e, false);
        break;
    case LANG_E_INDEX:
        if (chk_index_expr(c, x, e)) {
            struct lang_type *t = target ? target->type : NULL;
            if (target && target->partial) {
                partial_instance(c, x, e);
            } else if (!chk_func_inst(c, x, e, t, target ? target->desc : NULL)) x->mode = LANG_MODE_INVALID;
        }
        break;
    case LANG_E_SLICE:
        chk_slice_expr(c, x, e);
        break;
    case LANG_E_TYPE_ASSERT:
        assertion(c, x, e);
        break;
    case LANG_E_CALL:
        return chk_call(c, x, e);
    case LANG_E_STAR:
        star(c, x, e);
        break;
    case LANG_E_UNARY:
        unary(c, x, e, hint);
        if (x->mode != LANG_MODE_INVALID && e->u.unary.op == LANG_OP_RECV) {
            x->expr = e;
            return EK_STATEMENT;
        }
        break;
    case LANG_E_BINARY:
        chk_binary(c, x, e, e->u.binary.x, e->u.binary.y, e->u.binary.op);
        break;
    case LANG_E_ARRAY_TYPE:
    case LANG_E_SLICE_TYPE:
    case LANG_E_STRUCT_TYPE:
    case LANG_E_FUNC_TYPE:
    case LANG_E_INTERFACE_TYPE:
    case LANG_E_MAP_TYPE:
    case LANG_E_CHAN_TYPE:
        x->mode = LANG_MODE_TYPE;
        x->type = chk_type(c, e);
        break;
    default:
        complain(c, e);
    }
    if (x->mode == LANG_MODE_INVALID) return invalid_expr(x, e);
    x->expr = e;
    return EK_EXPRESSION;
}

/* What is generic must be instantiated: by the target's type, or it is an error. */
static void non_generic(struct lang_checker *c, struct operand *x, const struct target *target) {
    if (x->mode == LANG_MODE_INVALID || x->mode == LANG_MODE_NOVALUE || !x->type) return;
    const char *what = NULL;
    if (chk_generic_named(x->type) || (x->mode == LANG_MODE_TYPE && chk_generic_alias_of(x->expr))) what = "type";
    if (x->type->kind == LANG_T_SIGNATURE && x->type->u.sig.tparams.len) {
        if (target && target->type) {
            if (!chk_func_inst(c, x, NULL, target->type, target->desc)) x->mode = LANG_MODE_INVALID;
            return;
        }
        what = "function";
    }
    if (!what) return;
    chk_error(c, lang_start_pos(x->expr), "cannot use generic %s %s without instantiation", what,
              chk_exprstr(c, x->expr));
    x->mode = LANG_MODE_INVALID;
    x->type = c->invalid;
}

static enum expr_kind raw(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint,
                          bool allow_generic, const struct target *target) {
    *x = (struct operand){.mode = LANG_MODE_INVALID, .type = c->invalid, .expr = e};
    e->convert = NULL;
    e->shifted = false;
    enum expr_kind kind = EK_STATEMENT;
    if (chk_enter(c, e->pos)) kind = internal(c, x, e, hint, target);
    chk_leave(c);
    if (!allow_generic) non_generic(c, x, target);
    if (x->mode != LANG_MODE_INVALID && x->mode != LANG_MODE_NOVALUE && x->type && !chk_finite(c, x->type)) {
        x->mode = LANG_MODE_INVALID;
        x->type = c->invalid;
    }
    chk_record(c, x);
    return kind;
}

enum expr_kind chk_raw(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint,
                       bool allow_generic) {
    return raw(c, x, e, hint, allow_generic, NULL);
}

enum expr_kind chk_raw_arg(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    struct target t = {NULL, NULL, true};
    return raw(c, x, e, NULL, true, &t);
}

#define MODE(m) (1u << LANG_MODE_##m)

void chk_exclude(struct lang_checker *c, struct operand *x, unsigned modes) {
    if (!(modes >> x->mode & 1)) return;
    const char *text = chk_opstr(c, x);
    if (x->mode == LANG_MODE_NOVALUE) {
        chk_error(c, pos_of(x), modes & MODE(TYPE) ? "%s used as value" : "%s used as value or type", text);
    } else if (x->mode == LANG_MODE_BUILTIN) {
        chk_error(c, pos_of(x), "%s must be called", text);
    } else if (x->mode == LANG_MODE_TYPE) {
        chk_error(c, pos_of(x), "%s is not an expression", text);
    }
    x->mode = LANG_MODE_INVALID;
}

void chk_single(struct lang_checker *c, struct operand *x) {
    if (x->mode != LANG_MODE_VALUE || x->type->kind != LANG_T_TUPLE) return;
    chk_error(c, pos_of(x), "multiple-value %s in single-value context", chk_opstr(c, x));
    x->mode = LANG_MODE_INVALID;
}

static void value_only(struct lang_checker *c, struct operand *x) {
    chk_exclude(c, x, MODE(NOVALUE) | MODE(BUILTIN) | MODE(TYPE));
    chk_single(c, x);
}

void chk_expr(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    raw(c, x, e, NULL, false, NULL);
    value_only(c, x);
}

void chk_expr_target(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *target,
                     const char *desc) {
    struct target t = {NULL, desc, false};
    if (target && lang_under(target)->kind == LANG_T_SIGNATURE) t.type = lang_under(target);
    raw(c, x, e, NULL, false, &t);
    value_only(c, x);
}

void chk_expr_hint(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint) {
    raw(c, x, e, hint, false, NULL);
    value_only(c, x);
}

void chk_expr_or_type(struct lang_checker *c, struct operand *x, struct lang_expr *e, bool allow_generic) {
    raw(c, x, e, NULL, allow_generic, NULL);
    chk_exclude(c, x, MODE(NOVALUE));
    chk_single(c, x);
}

struct operands chk_multi_expr(struct lang_checker *c, struct lang_expr *e, bool allow_comma_ok) {
    struct operands out = {0};
    struct operand x;
    raw(c, &x, e, NULL, false, NULL);
    chk_exclude(c, &x, MODE(NOVALUE) | MODE(BUILTIN) | MODE(TYPE));
    if (x.mode != LANG_MODE_INVALID && x.type->kind == LANG_T_TUPLE) {
        struct lang_type_list types = x.type->u.tuple.types;
        out.data = MEM_ARRAY(&c->mem, struct operand, types.len);
        out.len = types.len;
        for (size_t i = 0; i < types.len; i++)
            out.data[i] = (struct operand){.mode = LANG_MODE_VALUE, .expr = e, .type = types.data[i]};
        return out;
    }
    out.data = MEM_ARRAY(&c->mem, struct operand, 2);
    out.data[0] = x;
    out.len = 1;
    if (allow_comma_ok && (x.mode == LANG_MODE_MAPINDEX || x.mode == LANG_MODE_COMMAOK)) {
        out.data[1] = (struct operand){.mode = LANG_MODE_VALUE, .expr = NULL, .type = c->out->basic[LANG_UNTYPED_BOOL]};
        out.len = 2;
        out.comma_ok = true;
    }
    return out;
}

struct operands chk_expr_list(struct lang_checker *c, struct lang_expr_list list) {
    if (list.len == 1) return chk_multi_expr(c, list.data[0], false);
    struct operands out = {MEM_ARRAY(&c->mem, struct operand, list.len), list.len, false};
    for (size_t i = 0; i < list.len; i++)
        chk_expr(c, &out.data[i], list.data[i]);
    return out;
}

/* ---- uses of what is wrong anyway ---- */

bool chk_use1(struct lang_checker *c, struct lang_expr *e, bool lhs) {
    struct operand x = {.mode = LANG_MODE_VALUE};
    if (!e) return true;
    struct lang_expr *n = lang_unparen(e);
    if (n->kind != LANG_E_IDENT) {
        if (n->kind == LANG_E_KEY_VALUE) return chk_use1(c, n->u.kv.value, lhs);
        raw(c, &x, e, NULL, true, NULL);
        return x.mode != LANG_MODE_INVALID;
    }
    if (STR_BLANK(c, n->u.ident.name)) return true;
    struct lang_object *v = lhs ? chk_find(c, n->u.ident.name, NULL) : NULL;
    if (v && (v->kind != LANG_OBJ_VAR || v->pkg != c->env.pkg)) v = NULL;
    bool used = v && v->u.var.used;
    chk_expr_or_type(c, &x, n, true);
    if (v) v->u.var.used = used;
    return x.mode != LANG_MODE_INVALID;
}

static bool use_all(struct lang_checker *c, struct lang_expr_list list, bool lhs) {
    bool ok = true;
    for (size_t i = 0; i < list.len; i++) {
        if (!chk_use1(c, list.data[i], lhs)) ok = false;
    }
    return ok;
}

bool chk_use(struct lang_checker *c, struct lang_expr_list list) { return use_all(c, list, false); }
bool chk_use_lhs(struct lang_checker *c, struct lang_expr_list list) { return use_all(c, list, true); }

void chk_mark_root(struct lang_expr *e, enum root_use use) {
    for (;;) {
        switch (e->kind) {
        case LANG_E_PAREN:
            e = e->u.paren.x;
            continue;
        case LANG_E_SELECTOR:
            if (e->u.sel.selection.kind == LANG_SEL_PACKAGE) {
                e = e->u.sel.sel;
                continue;
            }
            if (e->u.sel.selection.indirect || !e->u.sel.x->type) return;
            e = e->u.sel.x;
            continue;
        case LANG_E_INDEX:
            if (!e->u.index.x->type || lang_under(e->u.index.x->type)->kind != LANG_T_ARRAY) return;
            e = e->u.index.x;
            continue;
        case LANG_E_IDENT: {
            struct lang_object *o = e->u.ident.obj;
            if (!o || o->kind != LANG_OBJ_VAR) return;
            if (use == ROOT_ADDR) {
                o->u.var.addr_taken = true;
            } else {
                o->u.var.reassigned = true;
            }
            return;
        }
        default:
            return;
        }
    }
}
