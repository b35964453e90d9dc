/* The order of operands. The specification orders calls and receives alone; when variables, elements and fields are read
 * between them, and which of two operands panics first, is open. Programs see it all the same, so this follows Go's
 * compiler (cmd/compile/internal/walk/order.go): it goes through a statement's expressions from left to right and puts
 * the values of calls, receives, slices, builtins and some others into temporaries as it meets them; all the rest is
 * evaluated afterwards. In x + f() it calls f first, and where f changes x, the new value counts. So where something that
 * is evaluated late stands before such an operand, the latter's value is made first and waits in registers. */
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

/* Maps with such keys are read late, others as if by a call (walk's mapfast). */
static bool fast_key(struct lang_type *map) {
    struct lang_type *key = lang_under(lang_under(map)->u.map.key);
    if (key->kind == LANG_T_POINTER || key->kind == LANG_T_CHAN) return true;
    return lang_is_basic(key, LANG_IS_STRING) ||
           (lang_is_basic(key, LANG_IS_INTEGER) && lang_basic_bits(key->u.basic.basic) >= 32);
}

static bool is_pointer_shaped(struct lang_type *t) {
    for (;;) {
        struct lang_type *u = lang_under(t);
        if (u->kind == LANG_T_STRUCT && u->u.strct.fields.len == 1) t = u->u.strct.fields.data[0]->type;
        else if (u->kind == LANG_T_ARRAY && u->u.array.len == 1) t = u->u.array.elem;
        else return u->kind == LANG_T_POINTER || u->kind == LANG_T_MAP || u->kind == LANG_T_CHAN || u->kind == LANG_T_SIGNATURE;
    }
}

/* Whether the conversion of such a value to an interface takes its address (walk's dataWordFuncName). */
static bool boxed_by_address(struct lang_type *t) {
    struct lang_type *u = lang_under(t);
    if (u->kind == LANG_T_STRUCT && u->u.strct.fields.len == 1) return boxed_by_address(u->u.strct.fields.data[0]->type);
    if (u->kind == LANG_T_ARRAY && u->u.array.len == 1) return boxed_by_address(u->u.array.elem);
    if (u->kind == LANG_T_BASIC)
        return lang_is_basic(t, LANG_IS_BOOLEAN) || (lang_is_basic(t, LANG_IS_INTEGER) && lang_basic_bits(u->u.basic.basic) == 8);
    return u->kind != LANG_T_SLICE;
}

static bool in_local(const struct lang_expr *e) {
    while (e->kind == LANG_E_PAREN || (e->kind == LANG_E_SELECTOR && e->u.sel.selection.kind == LANG_SEL_FIELD)) {
        if (e->kind == LANG_E_SELECTOR && e->u.sel.selection.indirect) return false;
        e = e->kind == LANG_E_PAREN ? e->u.paren.x : e->u.sel.x;
    }
    if (e->kind != LANG_E_IDENT || !e->u.ident.obj || e->u.ident.obj->kind != LANG_OBJ_VAR) return false;
    return e->u.ident.obj->u.var.kind != LANG_VAR_PACKAGE;
}

/* A value that must lie in memory is copied unless it does, and lies there for others (addrTemp). */
static bool is_copied(const struct lang_expr *e) { return is_value(e) && (!gen_addressable(e) || in_local(e)); }

static bool is_boxed(const struct lang_expr *e) {
    if (!e->convert || e->convert == e->type || !e->type || !lang_is_interface(e->convert) || lang_is_interface(e->type))
        return false;
    return is_copied(e) && boxed_by_address(e->type);
}

static struct lang_type *converted(const struct lang_expr *e) {
    bool one = e->u.call.kind == LANG_CALL_CONVERSION && e->u.call.args.len == 1;
    return one ? e->u.call.args.data[0]->type : NULL;
}

/* The same, written as a conversion. */
static bool boxes(const struct lang_expr *e) {
    struct lang_type *from = converted(e);
    if (!from || !lang_is_interface(e->type) || lang_is_interface(from)) return false;
    return is_copied(e->u.call.args.data[0]) && boxed_by_address(from);
}

static bool is_dynamic_map(const struct lang_expr *e) {
    return e->kind == LANG_E_COMPOSITE_LIT && e->type && lang_under(e->type)->kind == LANG_T_MAP && e->u.comp.elems.len;
}

/* A conversion of a string to bytes or runes. */
static bool is_copying(const struct lang_expr *e) {
    struct lang_type *from = converted(e);
    return from && lang_is_basic(from, LANG_IS_STRING) && lang_under(e->type)->kind == LANG_T_SLICE;
}

/* A conversion of bytes or runes to a string, of a slice to an array. */
static bool reads_slice(const struct lang_expr *e) {
    struct lang_type *from = converted(e);
    return from && lang_under(from)->kind == LANG_T_SLICE && lang_under(e->type)->kind != LANG_T_SLICE;
}

/* Its value is kept where it stands in the order. */
static bool is_call(const struct lang_expr *e) {
    if (e->comma_ok) return false;
    if (is_boxed(e) || is_dynamic_map(e)) return true;
    switch (e->kind) {
    case LANG_E_CALL:
        if (e->u.call.kind == LANG_CALL_CONVERSION) return is_copying(e);
        return e->type && e->type->kind != LANG_T_TUPLE;
    case LANG_E_SLICE: return true;
    case LANG_E_TYPE_ASSERT: return !is_pointer_shaped(e->type);
    case LANG_E_UNARY: return e->u.unary.op == LANG_OP_RECV;
    case LANG_E_BINARY: return e->u.binary.op == LANG_OP_ANDAND || e->u.binary.op == LANG_OP_OROR;
    case LANG_E_INDEX:
        return !e->func && lang_under(e->u.index.x->type)->kind == LANG_T_MAP && !fast_key(e->u.index.x->type);
    default: return false;
    }
}

/* Bounds of slices are kept unless they are names or constants. */
static bool is_cheap(const struct lang_expr *e) {
    return !is_value(e) || e->kind == LANG_E_IDENT || (e->kind == LANG_E_PAREN && is_cheap(e->u.paren.x));
}

/* Both sides of a comparison of structs or arrays must lie in memory. */
static bool compares_memory(const struct lang_expr *e) {
    if (e->u.binary.op != LANG_OP_EQL && e->u.binary.op != LANG_OP_NEQ) return false;
    struct lang_type *t = e->u.binary.operand ? e->u.binary.operand : e->u.binary.x->type;
    struct lang_type *u = t ? lang_under(t) : NULL;
    return u && (u->kind == LANG_T_STRUCT || u->kind == LANG_T_ARRAY);
}

static bool may_panic(const struct lang_expr *e) {
    const struct lang_expr *y = e->u.binary.y;
    if (y->mode == LANG_MODE_CONSTANT) return false;
    switch (e->u.binary.op) {
    case LANG_OP_DIV:
    case LANG_OP_REM: return lang_is_basic(e->type, LANG_IS_INTEGER);
    case LANG_OP_SHL:
    case LANG_OP_SHR: return !lang_is_basic(y->type, LANG_IS_UNSIGNED);
    case LANG_OP_EQL:
    case LANG_OP_NEQ: return lang_is_interface(e->u.binary.x->type) || compares_memory(e);
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
    case LANG_E_TYPE_ASSERT: return true;
    case LANG_E_CALL: return reads_slice(e);
    case LANG_E_SELECTOR:
        if (e->u.sel.selection.kind == LANG_SEL_PACKAGE) return !e->func;
        if (e->u.sel.selection.kind == LANG_SEL_METHOD) return true;
        return e->u.sel.selection.indirect || lang_under(e->u.sel.x->type)->kind == LANG_T_POINTER;
    case LANG_E_BINARY: return may_panic(e);
    default: return false;
    }
}

static bool look_kept(struct order *o, struct lang_expr *e, bool kept) {
    bool before = o->late;
    if (!look(o, e)) return false;
    if (!kept || is_call(e)) return true;
    o->needed = o->needed || before;
    o->late = before;
    return !o->needed;
}

static bool look_list(struct order *o, struct lang_expr_list l) {
    for (size_t i = 0; i < l.len; i++)
        if (!look(o, l.data[i])) return false;
    return true;
}

static bool look_call(struct order *o, struct lang_expr *e) {
    struct lang_expr *fun = gen_unparen(e->u.call.fun);
    if (boxes(e)) return look_kept(o, e->u.call.args.data[0], true);
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
        return look(o, e->u.slice.x) && look_kept(o, e->u.slice.lo, !is_cheap(e->u.slice.lo)) &&
               look_kept(o, e->u.slice.hi, !is_cheap(e->u.slice.hi)) &&
               look_kept(o, e->u.slice.max, !is_cheap(e->u.slice.max));
    case LANG_E_TYPE_ASSERT: return look(o, e->u.assert.x);
    case LANG_E_UNARY: return look(o, e->u.unary.x);
    case LANG_E_BINARY: {
        bool memory = compares_memory(e);
        if (!look_kept(o, e->u.binary.x, memory && is_copied(e->u.binary.x))) return false;
        if (e->u.binary.op == LANG_OP_ANDAND || e->u.binary.op == LANG_OP_OROR) return true;
        return look_kept(o, e->u.binary.y, memory && is_copied(e->u.binary.y));
    }
    case LANG_E_COMPOSITE_LIT: return is_dynamic_map(e) || look_list(o, e->u.comp.elems);
    case LANG_E_KEY_VALUE: return (!is_value(e->u.kv.key) || look(o, e->u.kv.key)) && look(o, e->u.kv.value);
    case LANG_E_CALL: return look_call(o, e);
    default: return true;
    }
}

/* false: enough is known. */
static bool look(struct order *o, struct lang_expr *e) {
    if (!e || (!is_value(e) && e->kind != LANG_E_KEY_VALUE)) return true;
    if (e->kind == LANG_E_PAREN) return look_kept(o, e->u.paren.x, is_boxed(e)); /* the conversion is the outermost's */
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

static void hold_now(struct fgen *fg, struct lang_expr *e) {
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t reg = gen_alloc(fg, t), mark = fg->top;
    gen_expr_raw(fg, e, reg);
    gen_mark(fg, reg, t);
    fg->top = mark;
    if (!VEC_PUSH(&fg->held, ((struct gheld){e, reg}))) gen_no_memory(fg->g);
}

static void hold_kept(struct fgen *fg, struct lang_expr *e, bool kept) {
    hold(fg, e);
    while (e && e->kind == LANG_E_PAREN) e = e->u.paren.x;
    if (kept && held(fg, e) == LANG_NONE) hold_now(fg, e);
}

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
        hold_kept(fg, e->u.slice.lo, !is_cheap(e->u.slice.lo));
        hold_kept(fg, e->u.slice.hi, !is_cheap(e->u.slice.hi));
        hold_kept(fg, e->u.slice.max, !is_cheap(e->u.slice.max));
        break;
    case LANG_E_TYPE_ASSERT: hold(fg, e->u.assert.x); break;
    case LANG_E_UNARY: hold(fg, e->u.unary.x); break;
    case LANG_E_BINARY:
        if (e->u.binary.op == LANG_OP_ANDAND || e->u.binary.op == LANG_OP_OROR) break; /* gen_cond sees to its sides */
        hold_kept(fg, e->u.binary.x, compares_memory(e) && is_copied(e->u.binary.x));
        hold_kept(fg, e->u.binary.y, compares_memory(e) && is_copied(e->u.binary.y));
        break;
    case LANG_E_COMPOSITE_LIT:
        if (!is_dynamic_map(e)) hold_list(fg, e->u.comp.elems); /* else an entry is made after another: gen_lit.c */
        break;
    case LANG_E_KEY_VALUE:
        if (is_value(e->u.kv.key)) hold(fg, e->u.kv.key);
        hold(fg, e->u.kv.value);
        break;
    case LANG_E_CALL: {
        struct lang_expr *fun = gen_unparen(e->u.call.fun);
        if (e->u.call.kind == LANG_CALL_METHOD) hold(fg, fun->u.sel.x);
        else if (e->u.call.kind != LANG_CALL_BUILTIN && e->u.call.kind != LANG_CALL_CONVERSION && !fun->func)
            hold(fg, fun);
        if (boxes(e)) hold_kept(fg, e->u.call.args.data[0], true);
        else hold_list(fg, e->u.call.args);
        break;
    }
    default: break;
    }
}

static void hold(struct fgen *fg, struct lang_expr *e) {
    if (!e || (!is_value(e) && e->kind != LANG_E_KEY_VALUE)) return;
    if (e->kind == LANG_E_PAREN) {
        hold_kept(fg, e->u.paren.x, is_boxed(e));
        return;
    }
    if (held(fg, e) != LANG_NONE) return;
    hold_parts(fg, e);
    if (e->kind != LANG_E_KEY_VALUE && is_call(e)) hold_now(fg, e);
}

void gen_order(struct fgen *fg, struct lang_expr_list a, struct lang_expr_list b) {
    if (fg->g->failed) return;
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
    struct order o = {.fg = fg};
    look_parts(&o, e);
    if (o.needed) hold_parts(fg, e);
}
