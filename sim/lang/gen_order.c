/* The order of operands. The specification orders calls and receives alone; when variables, elements and fields are read
 * between them is open, and Go's compiler reads them last: in x + f() it calls f first, and where f changes x, the new
 * value counts (cmd/compile/internal/walk/order.go). So before a statement's expressions are evaluated, the calls in them
 * are, in order, if something read late stands before one; what they gave waits in registers. */
#include "gen.h"

struct order {
    struct fgen *fg;
    bool late;   /* something that is read late was met */
    bool needed; /* and a call behind it */
};

static bool look(struct order *o, struct lang_expr *e);

static uint32_t held(const struct fgen *fg, const struct lang_expr *e) {
    for (size_t i = fg->held.len; i-- > 0;)
        if (fg->held.data[i].e == e) return fg->held.data[i].reg;
    return LANG_NONE;
}

uint32_t gen_held(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    uint32_t reg = fg->held.len ? held(fg, e) : LANG_NONE;
    if (reg == LANG_NONE || want == ANY) return reg;
    gen_move(fg, want, reg, gen_type(fg->g, e->type));
    return want;
}

static bool is_value(const struct lang_expr *e) {
    return e && e->mode != LANG_MODE_CONSTANT && e->mode != LANG_MODE_TYPE && e->mode != LANG_MODE_NIL;
}

/* Whether e calls or receives, outside of function literals. */
static bool has_call(struct lang_expr *e);

static bool list_has_call(struct lang_expr_list l) {
    for (size_t i = 0; i < l.len; i++)
        if (has_call(l.data[i])) return true;
    return false;
}

static bool has_call(struct lang_expr *e) {
    if (!is_value(e) && !(e && e->kind == LANG_E_KEY_VALUE)) return false;
    switch (e->kind) {
    case LANG_E_PAREN: return has_call(e->u.paren.x);
    case LANG_E_STAR: return has_call(e->u.star.x);
    case LANG_E_SELECTOR: return e->u.sel.selection.kind != LANG_SEL_PACKAGE && has_call(e->u.sel.x);
    case LANG_E_INDEX: return !e->func && (has_call(e->u.index.x) || list_has_call(e->u.index.indices));
    case LANG_E_SLICE:
        return has_call(e->u.slice.x) || has_call(e->u.slice.lo) || has_call(e->u.slice.hi) || has_call(e->u.slice.max);
    case LANG_E_TYPE_ASSERT: return has_call(e->u.assert.x);
    case LANG_E_UNARY: return e->u.unary.op == LANG_OP_RECV || has_call(e->u.unary.x);
    case LANG_E_BINARY: return has_call(e->u.binary.x) || has_call(e->u.binary.y);
    case LANG_E_COMPOSITE_LIT: return list_has_call(e->u.comp.elems);
    case LANG_E_KEY_VALUE: return has_call(e->u.kv.key) || has_call(e->u.kv.value);
    case LANG_E_CALL:
        return e->u.call.kind == LANG_CALL_CONVERSION ? list_has_call(e->u.call.args) : true;
    default: return false;
    }
}

/* Maps with such keys are read late, others as if by a call (walk's mapfast). */
static bool fast_key(struct lang_type *map) {
    struct lang_type *key = lang_under(lang_under(map)->u.map.key);
    if (key->kind == LANG_T_POINTER || key->kind == LANG_T_CHAN) return true;
    return lang_is_basic(key, LANG_IS_STRING) ||
           (lang_is_basic(key, LANG_IS_INTEGER) && lang_basic_bits(key->u.basic.basic) >= 32);
}

/* Its value is kept where it stands in the order. */
static bool is_call(struct lang_expr *e) {
    if (e->comma_ok) return false;
    struct lang_type *u = e->type ? lang_under(e->type) : NULL;
    bool boxed = e->convert && e->convert != e->type && lang_is_interface(e->convert) && u &&
                 (u->kind == LANG_T_STRUCT || u->kind == LANG_T_ARRAY);
    if (boxed) return true; /* copied for the interface */
    switch (e->kind) {
    case LANG_E_CALL: return e->u.call.kind != LANG_CALL_CONVERSION && e->type && e->type->kind != LANG_T_TUPLE;
    case LANG_E_TYPE_ASSERT: return true;
    case LANG_E_UNARY: return e->u.unary.op == LANG_OP_RECV;
    case LANG_E_BINARY:
        return (e->u.binary.op == LANG_OP_ANDAND || e->u.binary.op == LANG_OP_OROR) && has_call(e);
    case LANG_E_INDEX:
        return lang_under(e->u.index.x->type)->kind == LANG_T_MAP && !fast_key(e->u.index.x->type);
    default: return false;
    }
}

/* Whether e itself, its operands apart, reads what a call may change, or may panic. */
static bool is_late(struct fgen *fg, struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_IDENT: {
        struct lang_object *o = e->u.ident.obj;
        if (!o || o->kind != LANG_OBJ_VAR || e->func) return false;
        return o->u.var.kind == LANG_VAR_PACKAGE || gen_boxed(fg->g, o);
    }
    case LANG_E_STAR:
    case LANG_E_INDEX:
    case LANG_E_SLICE: return true;
    case LANG_E_SELECTOR:
        if (e->u.sel.selection.kind == LANG_SEL_PACKAGE) return !e->func;
        return e->u.sel.selection.indirect || lang_under(e->u.sel.x->type)->kind == LANG_T_POINTER;
    case LANG_E_BINARY:
        return (e->u.binary.op == LANG_OP_DIV || e->u.binary.op == LANG_OP_REM) &&
               e->u.binary.y->mode != LANG_MODE_CONSTANT && lang_is_basic(e->type, LANG_IS_INTEGER);
    default: return false;
    }
}

static bool look_list(struct order *o, struct lang_expr_list l) {
    for (size_t i = 0; i < l.len; i++)
        if (!look(o, l.data[i])) return false;
    return true;
}

static bool look_call(struct order *o, struct lang_expr *e) {
    struct lang_expr *fun = gen_unparen(e->u.call.fun);
    if (e->u.call.kind == LANG_CALL_BUILTIN || e->u.call.kind == LANG_CALL_CONVERSION)
        return look_list(o, e->u.call.args);
    if (e->u.call.kind == LANG_CALL_METHOD) {
        if (!look(o, fun->u.sel.x)) return false;
    } else if (!fun->func && !look(o, fun)) {
        return false;
    }
    return look_list(o, e->u.call.args);
}

/* What e is made of, in order. */
static bool look_parts(struct order *o, struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_STAR: return look(o, e->u.star.x);
    case LANG_E_SELECTOR: return e->u.sel.selection.kind == LANG_SEL_PACKAGE || look(o, e->u.sel.x);
    case LANG_E_INDEX: return e->func || (look(o, e->u.index.x) && look_list(o, e->u.index.indices));
    case LANG_E_SLICE:
        return look(o, e->u.slice.x) && look(o, e->u.slice.lo) && look(o, e->u.slice.hi) && look(o, e->u.slice.max);
    case LANG_E_TYPE_ASSERT: return look(o, e->u.assert.x);
    case LANG_E_UNARY: return look(o, e->u.unary.x);
    case LANG_E_BINARY:
        if (!look(o, e->u.binary.x)) return false;
        return e->u.binary.op == LANG_OP_ANDAND || e->u.binary.op == LANG_OP_OROR || look(o, e->u.binary.y);
    case LANG_E_COMPOSITE_LIT: return look_list(o, e->u.comp.elems);
    case LANG_E_KEY_VALUE: return (!is_value(e->u.kv.key) || look(o, e->u.kv.key)) && look(o, e->u.kv.value);
    case LANG_E_CALL: return look_call(o, e);
    default: return true;
    }
}

/* false: enough is known. */
static bool look(struct order *o, struct lang_expr *e) {
    if (!e || (!is_value(e) && e->kind != LANG_E_KEY_VALUE)) return true;
    if (e->kind == LANG_E_PAREN) return look(o, e->u.paren.x);
    if (o->fg->held.len && held(o->fg, e) != LANG_NONE) return true;
    bool before = o->late;
    if (!look_parts(o, e)) return false;
    if (e->kind == LANG_E_KEY_VALUE) return true;
    if (is_call(e)) {
        o->needed = o->needed || before;
        /* A builtin that only looks (len) is no reason of its own: nothing changes. */
        o->late = before; /* its operands were read for it */
        return !o->needed;
    }
    o->late = o->late || is_late(o->fg, e);
    return true;
}

/* ---- calling first -------------------------------------------------------------------------------------------------- */

static void hold(struct fgen *fg, struct lang_expr *e);

static void hold_list(struct fgen *fg, struct lang_expr_list l) {
    for (size_t i = 0; i < l.len; i++) hold(fg, l.data[i]);
}

static void hold_parts(struct fgen *fg, struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_STAR: hold(fg, e->u.star.x); break;
    case LANG_E_SELECTOR:
        if (e->u.sel.selection.kind != LANG_SEL_PACKAGE) hold(fg, e->u.sel.x);
        break;
    case LANG_E_INDEX:
        if (e->func) break;
        hold(fg, e->u.index.x);
        hold_list(fg, e->u.index.indices);
        break;
    case LANG_E_SLICE:
        hold(fg, e->u.slice.x);
        hold(fg, e->u.slice.lo);
        hold(fg, e->u.slice.hi);
        hold(fg, e->u.slice.max);
        break;
    case LANG_E_TYPE_ASSERT: hold(fg, e->u.assert.x); break;
    case LANG_E_UNARY: hold(fg, e->u.unary.x); break;
    case LANG_E_BINARY:
        if (e->u.binary.op == LANG_OP_ANDAND || e->u.binary.op == LANG_OP_OROR) break; /* gen_cond sees to its sides */
        hold(fg, e->u.binary.x);
        hold(fg, e->u.binary.y);
        break;
    case LANG_E_COMPOSITE_LIT: hold_list(fg, e->u.comp.elems); break;
    case LANG_E_KEY_VALUE:
        if (is_value(e->u.kv.key)) hold(fg, e->u.kv.key);
        hold(fg, e->u.kv.value);
        break;
    case LANG_E_CALL: {
        struct lang_expr *fun = gen_unparen(e->u.call.fun);
        if (e->u.call.kind == LANG_CALL_METHOD) hold(fg, fun->u.sel.x);
        else if (e->u.call.kind != LANG_CALL_BUILTIN && e->u.call.kind != LANG_CALL_CONVERSION && !fun->func)
            hold(fg, fun);
        hold_list(fg, e->u.call.args);
        break;
    }
    default: break;
    }
}

static void hold(struct fgen *fg, struct lang_expr *e) {
    if (!e || (!is_value(e) && e->kind != LANG_E_KEY_VALUE)) return;
    if (e->kind == LANG_E_PAREN) {
        hold(fg, e->u.paren.x);
        return;
    }
    if (held(fg, e) != LANG_NONE) return;
    hold_parts(fg, e);
    if (e->kind == LANG_E_KEY_VALUE || !is_call(e)) return;
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t reg = gen_alloc(fg, t), mark = fg->top;
    gen_expr_raw(fg, e, reg);
    gen_mark(fg, reg, t);
    fg->top = mark;
    if (!VEC_PUSH(&fg->held, ((struct gheld){e, reg}))) gen_no_memory(fg->g);
}

void gen_order(struct fgen *fg, struct lang_expr_list a, struct lang_expr_list b) {
    if (fg->g->failed || (!list_has_call(a) && !list_has_call(b))) return;
    struct order o = {.fg = fg};
    bool goes_on = true;
    for (size_t i = 0; i < a.len + b.len && goes_on; i++)
        goes_on = look(&o, i < a.len ? a.data[i] : b.data[i - a.len]);
    if (!o.needed) return;
    for (size_t i = 0; i < a.len + b.len; i++) hold(fg, i < a.len ? a.data[i] : b.data[i - a.len]);
}

void gen_order_parts(struct fgen *fg, struct lang_expr *e) {
    if (fg->g->failed || !e) return;
    e = gen_unparen(e);
    if (!has_call(e)) return;
    struct order o = {.fg = fg};
    look_parts(&o, e);
    if (o.needed) hold_parts(fg, e);
}
