/* Expressions: one function dispatches, and the small kinds are here. An expression's value lies in registers: those that
 * were asked for, or (ANY) whichever are at hand, which may be a variable's own. */
#include <string.h>

#include "gen.h"

struct lang_expr *gen_unparen(struct lang_expr *e) {
    while (e->kind == LANG_E_PAREN) e = e->u.paren.x;
    return e;
}

bool gen_is_const_int(const struct lang_expr *e, int64_t *v) {
    return e->mode == LANG_MODE_CONSTANT && e->constant && lang_const_kind(e->constant) == LANG_CONST_INT &&
           lang_const_int64(e->constant, v);
}

void gen_const(struct fgen *fg, const struct lang_const *c, const struct gtype *t, uint32_t dst) {
    switch (t->kind) {
    case LANG_K_BOOL: gen_int(fg, dst, lang_const_bool(c)); break;
    case LANG_K_STRING: {
        size_t len = 0;
        const char *s = lang_const_string(c, &len);
        gen_load_string(fg, dst, s, len);
        break;
    }
    case LANG_K_FLOAT64: {
        union { double d; uint64_t u; } v = {.d = lang_const_double(c)};
        gen_int(fg, dst, (int64_t)v.u);
        break;
    }
    case LANG_K_FLOAT32: {
        union { float f; uint32_t u; } v = {.f = lang_const_float(c)};
        gen_int(fg, dst, v.u);
        break;
    }
    default: gen_int(fg, dst, (int64_t)lang_const_bits(c)); break;
    }
    gen_mark(fg, dst, t);
}

void gen_iface(struct fgen *fg, uint32_t dst, uint32_t src, struct gtype *t) {
    gen_want_methods(fg->g, t);
    gen_emit(fg, OP_MKIFACE, dst, src, t->index);
    gen_mark_ptr(fg, dst);
}

uint32_t gen_to_type(struct fgen *fg, uint32_t reg, struct gtype *from, struct gtype *to, uint32_t want) {
    if (to->kind == LANG_K_INTERFACE && from->kind != LANG_K_INTERFACE) {
        uint32_t dst = gen_dst(fg, to, want);
        gen_iface(fg, dst, reg, from);
        return dst;
    }
    if (want == ANY) return reg;
    gen_move(fg, want, reg, to);
    return want;
}

/* ---- functions as values ----------------------------------------------------------------------------------------- */

uint32_t gen_func_value(struct fgen *fg, struct lang_func *f, uint32_t want) {
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want;
    uint32_t index = gen_fn_index(fg->g, f); /* prepares it: its captures are known */
    if (f->captures.len == 0) {
        gen_emit32(fg, OP_LOADF, dst, index);
        gen_mark_ptr(fg, dst);
        return dst;
    }
    uint32_t mark = fg->top, slots = 0;
    for (size_t i = 0; i < f->captures.len; i++) {
        struct lang_object *o = f->captures.data[i];
        slots += gen_boxed(fg->g, o) ? 1 : gen_type(fg->g, o->type)->slots;
    }
    uint32_t base = gen_alloc_slots(fg, slots), at = base;
    for (size_t i = 0; i < f->captures.len; i++) {
        struct gvar *v = gen_var(fg, f->captures.data[i]);
        if (!v) continue;
        if (v->boxed) {
            gen_emit(fg, OP_MOV, at, v->reg, 0);
            gen_mark_ptr(fg, at++);
        } else {
            gen_move(fg, at, v->reg, v->type);
            at += v->type->slots;
        }
    }
    gen_emit(fg, OP_CLOSURE, dst, base, slots);
    gen_ext32(fg, 0, index);
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

/* ---- operators on parts ------------------------------------------------------------------------------------------- */

static uint32_t index_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *xt = gen_type(fg->g, e->u.index.x->type);
    if (xt->kind != LANG_K_STRING) {
        uint32_t dst = gen_dst(fg, gen_type(fg->g, e->type), want), mark = fg->top;
        struct gplace p = gen_place(fg, e, false);
        gen_place_load(fg, &p, dst);
        fg->top = mark;
        return dst;
    }
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top;
    uint32_t s = gen_expr(fg, e->u.index.x, ANY);
    uint32_t i = gen_expr(fg, e->u.index.indices.data[0], ANY);
    fg->pos = e->pos;
    gen_emit(fg, OP_INDEX_STR, dst, s, i);
    fg->top = mark;
    return dst;
}

static uint32_t bound(struct fgen *fg, struct lang_expr *e) { return e ? gen_expr(fg, e, ANY) : LANG_NONE; }

static uint32_t slice_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type), *xt = gen_type(fg->g, e->u.slice.x->type);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top, x;
    if (xt->kind == LANG_K_ARRAY) {
        struct gplace p = gen_place(fg, e->u.slice.x, false);
        x = p.kind == GPL_MEM && p.off == 0 ? p.reg : gen_place_addr(fg, &p, ANY);
    } else {
        x = gen_expr(fg, e->u.slice.x, ANY);
    }
    uint32_t lo = bound(fg, e->u.slice.lo), hi = bound(fg, e->u.slice.hi), max = bound(fg, e->u.slice.max);
    fg->pos = e->pos;
    if (xt->kind == LANG_K_STRING) {
        gen_emit(fg, OP_SLICE_STR, dst, x, 0);
        gen_ext(fg, lo, hi, 0);
    } else if (xt->kind == LANG_K_SLICE) {
        gen_emit(fg, OP_SLICE, dst, x, t->index);
        gen_ext(fg, lo, hi, max);
    } else {
        const struct gtype *a = xt->kind == LANG_K_POINTER ? xt->elem : xt;
        gen_emit(fg, OP_SLICE_ARR, dst, x, t->index);
        gen_ext(fg, lo, hi, max);
        gen_ext32(fg, 0, a->len > UINT32_MAX ? UINT32_MAX : (uint32_t)a->len);
    }
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

static uint32_t assert_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type), *xt = gen_type(fg->g, e->u.assert.x->type);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    uint32_t x = gen_expr(fg, e->u.assert.x, ANY);
    fg->pos = e->pos;
    gen_emit(fg, t->kind == LANG_K_INTERFACE ? OP_ASSERT_I : OP_ASSERT, dst, x, t->index);
    gen_ext(fg, xt->index, 0, 0);
    fg->top = mark;
    gen_mark(fg, dst, t);
    return dst;
}

static uint32_t recv_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    uint32_t ch = gen_expr(fg, e->u.unary.x, ANY);
    fg->pos = e->pos;
    gen_receivable(fg, dst, t);
    gen_emit(fg, OP_RECV, dst, ch, LANG_NONE);
    fg->top = mark;
    gen_mark(fg, dst, t);
    return dst;
}

void gen_comma_ok(struct fgen *fg, struct lang_expr *e, uint32_t *value, uint32_t *ok) {
    e = gen_unparen(e);
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t v = *value = gen_alloc(fg, t), o = *ok = gen_alloc_slots(fg, 1), mark = fg->top;
    if (e->kind == LANG_E_INDEX) {
        struct gplace p = gen_place(fg, e, false);
        fg->pos = e->pos;
        gen_emit(fg, OP_MAPGET, v, p.reg, p.idx);
        gen_ext(fg, p.container->index, o, 0);
    } else if (e->kind == LANG_E_TYPE_ASSERT) {
        uint32_t x = gen_expr(fg, e->u.assert.x, ANY);
        fg->pos = e->pos;
        gen_emit(fg, t->kind == LANG_K_INTERFACE ? OP_ASSERT_I_OK : OP_ASSERT_OK, v, x, t->index);
        gen_ext(fg, o, 0, 0);
    } else {
        uint32_t ch = gen_expr(fg, e->u.unary.x, ANY);
        fg->pos = e->pos;
        gen_receivable(fg, v, t);
        gen_emit(fg, OP_RECV, v, ch, o);
    }
    fg->top = mark;
    gen_mark(fg, v, t);
}

static uint32_t selector_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    switch (e->u.sel.selection.kind) {
    case LANG_SEL_METHOD: return gen_method_value(fg, e, want);
    case LANG_SEL_METHOD_EXPR: return gen_method_expr(fg, e, want);
    case LANG_SEL_PACKAGE:
        if (e->func) return gen_func_value(fg, e->func, want);
        break;
    default: break;
    }
    if (want != ANY) {
        uint32_t mark = fg->top;
        struct gplace p = gen_place(fg, e, false);
        gen_place_load(fg, &p, want);
        fg->top = mark;
        return want;
    }
    /* Registers that the way to the field took stay taken if the value lies among them. */
    struct gplace p = gen_place(fg, e, false);
    return gen_place_load(fg, &p, ANY);
}

static uint32_t place_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    uint32_t dst = gen_dst(fg, gen_type(fg->g, e->type), want), mark = fg->top;
    struct gplace p = gen_place(fg, e, false);
    gen_place_load(fg, &p, dst);
    fg->top = mark;
    return dst;
}

static uint32_t ident_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    if (e->func) return gen_func_value(fg, e->func, want);
    struct lang_object *o = e->u.ident.obj;
    if (o && o->kind == LANG_OBJ_NIL) {
        struct gtype *t = gen_type(fg->g, e->type);
        uint32_t dst = gen_dst(fg, t, want);
        gen_zero(fg, dst, t);
        return dst;
    }
    struct gplace p = gen_place(fg, e, false);
    return gen_place_load(fg, &p, want);
}

static uint32_t constant_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type);
    int64_t bits;
    if (want == ANY && fg->nhoisted && gen_const_bits(e, t, &bits)) {
        uint32_t reg = gen_hoisted(fg, bits);
        if (reg != ANY) return reg;
    }
    uint32_t dst = gen_dst(fg, t, want);
    fg->pos = e->pos;
    if (!e->constant) gen_zero(fg, dst, t);
    else gen_const(fg, e->constant, t, dst);
    return dst;
}

uint32_t gen_expr_raw(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    if (fg->g->failed) return LANG_LINK;
    if (e->mode == LANG_MODE_CONSTANT) return constant_expr(fg, e, want);
    uint32_t held = gen_held(fg, e, want);
    if (held != LANG_NONE) return held;
    fg->pos = e->pos;
    if (e->mode == LANG_MODE_NIL) {
        struct gtype *t = gen_type(fg->g, e->type);
        uint32_t dst = gen_dst(fg, t, want);
        gen_zero(fg, dst, t);
        return dst;
    }
    switch (e->kind) {
    case LANG_E_PAREN: return gen_expr(fg, e->u.paren.x, want);
    case LANG_E_IDENT: return ident_expr(fg, e, want);
    case LANG_E_FUNC_LIT: return gen_func_value(fg, e->func, want);
    case LANG_E_COMPOSITE_LIT: return gen_composite(fg, e, want);
    case LANG_E_SELECTOR: return selector_expr(fg, e, want);
    case LANG_E_INDEX:
        if (e->func) return gen_func_value(fg, e->func, want);
        return index_expr(fg, e, want);
    case LANG_E_SLICE: return slice_expr(fg, e, want);
    case LANG_E_TYPE_ASSERT: return assert_expr(fg, e, want);
    case LANG_E_CALL: return gen_call(fg, e, want);
    case LANG_E_STAR: return place_expr(fg, e, want);
    case LANG_E_UNARY:
        if (e->u.unary.op == LANG_OP_RECV) return recv_expr(fg, e, want);
        if (e->u.unary.op == LANG_OP_AND) return gen_address_of(fg, e->u.unary.x, want);
        return gen_unary(fg, e, want);
    case LANG_E_BINARY: return gen_binary(fg, e, want);
    default:
        gen_refuse(fg->g, e->pos, "this expression");
        return gen_alloc_slots(fg, 1);
    }
}

uint32_t gen_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    if (!e->convert) return gen_expr_raw(fg, e, want);
    struct gtype *to = gen_type(fg->g, e->convert), *from = gen_type(fg->g, e->type);
    if (e->mode == LANG_MODE_NIL) {
        uint32_t dst = gen_dst(fg, to, want);
        gen_zero(fg, dst, to);
        return dst;
    }
    if (to->kind != LANG_K_INTERFACE || from->kind == LANG_K_INTERFACE) return gen_expr_raw(fg, e, want);
    uint32_t dst = gen_dst(fg, to, want), mark = fg->top;
    uint32_t r = gen_expr_raw(fg, e, ANY);
    fg->pos = e->pos;
    gen_iface(fg, dst, r, from);
    fg->top = mark;
    return dst;
}
