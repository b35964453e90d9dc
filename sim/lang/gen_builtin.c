/* The predeclared functions. */
#include <string.h>

#include "gen.h"

static struct gtype *arg_type(struct fgen *fg, struct lang_expr *e, size_t i) {
    return gen_type(fg->g, e->u.call.args.data[i]->type);
}

static struct lang_expr *arg(struct lang_expr *e, size_t i) { return e->u.call.args.data[i]; }

static uint32_t length(struct fgen *fg, struct lang_expr *e, bool cap, uint32_t want) {
    struct gtype *t = arg_type(fg, e, 0);
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top;
    uint32_t x = gen_expr(fg, arg(e, 0), ANY);
    fg->pos = e->pos;
    const struct gtype *array = t->kind == LANG_K_POINTER ? t->elem : t;
    switch (t->kind) {
    case LANG_K_STRING: gen_emit(fg, OP_LEN_STR, dst, x, 0); break;
    case LANG_K_SLICE: gen_emit(fg, cap ? OP_CAP : OP_LEN, dst, x, 0); break;
    case LANG_K_MAP: gen_emit(fg, OP_MAPLEN, dst, x, 0); break;
    case LANG_K_CHAN: gen_emit(fg, cap ? OP_CAP_CHAN : OP_LEN_CHAN, dst, x, 0); break;
    default: gen_int(fg, dst, (int64_t)array->len); break;
    }
    fg->top = mark;
    return dst;
}

static uint32_t make(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    size_t n = e->u.call.args.len;
    uint32_t a = n > 1 ? gen_expr(fg, arg(e, 1), ANY) : LANG_NONE;
    uint32_t b = n > 2 ? gen_expr(fg, arg(e, 2), ANY) : LANG_NONE;
    fg->pos = e->pos;
    if (t->kind == LANG_K_SLICE) {
        gen_emit(fg, OP_MKSLICE, dst, a, b);
        gen_ext(fg, t->index, 0, 0);
    } else if (t->kind == LANG_K_MAP) {
        gen_emit(fg, OP_MKMAP, dst, a, t->index);
    } else {
        gen_emit(fg, OP_MKCHAN, dst, a, t->index);
        gen_ext32(fg, 0, fg->naming ? gen_string(fg->g, fg->naming, strlen(fg->naming)) + 1 : 0);
    }
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

static uint32_t new_value(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *pt = gen_type(fg->g, e->type), *t = pt->elem;
    uint32_t dst = gen_dst(fg, pt, want), mark = fg->top;
    uint32_t value = LANG_NONE;
    if (arg(e, 0)->mode != LANG_MODE_TYPE) value = gen_expr(fg, arg(e, 0), ANY);
    uint32_t p = gen_alloc_slots(fg, 1);
    fg->pos = e->pos;
    gen_emit(fg, OP_NEW, p, t->index, 0);
    gen_mark_ptr(fg, p);
    if (value != LANG_NONE && t->slots) gen_store(fg, t, p, 0, value);
    gen_objnames(fg, t, p, 0, fg->naming);
    gen_emit(fg, OP_MOV, dst, p, 0);
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

/* A variable, or a field of one: reading it has no effect of its own. Go's compiler reads such operands after the calls
 * and receives beside them, and programs that share variables show it. */
static bool plain_variable(struct lang_expr *e) {
    e = lang_unparen(e);
    while (e->kind == LANG_E_SELECTOR && e->u.sel.selection.kind == LANG_SEL_FIELD) e = lang_unparen(e->u.sel.x);
    return e->kind == LANG_E_IDENT || (e->kind == LANG_E_SELECTOR && e->u.sel.selection.kind == LANG_SEL_PACKAGE);
}

static uint32_t append(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type);
    size_t n = e->u.call.args.len - 1;
    if (n == 0) return gen_expr(fg, arg(e, 0), want);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    bool late = plain_variable(arg(e, 0));
    uint32_t s = late ? ANY : gen_expr(fg, arg(e, 0), ANY);
    if (e->u.call.dots) {
        bool text = arg_type(fg, e, 1)->kind == LANG_K_STRING;
        uint32_t more = gen_expr(fg, arg(e, 1), ANY);
        if (late) s = gen_expr(fg, arg(e, 0), ANY);
        fg->pos = e->pos;
        gen_emit(fg, text ? OP_APPEND_STR : OP_APPEND_S, dst, s, more);
        gen_ext(fg, t->index, 0, 0);
    } else {
        uint32_t slots = t->elem->slots, base = gen_alloc_slots(fg, (uint32_t)n * slots);
        for (size_t i = 0; i < n; i++) {
            uint32_t inner = fg->top;
            gen_expr(fg, arg(e, i + 1), base + (uint32_t)i * slots);
            fg->top = inner;
        }
        if (late) s = gen_expr(fg, arg(e, 0), ANY);
        fg->pos = e->pos;
        gen_emit(fg, OP_APPEND, dst, s, base);
        gen_ext(fg, (uint32_t)n, t->index, 0);
    }
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

static uint32_t copy(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top;
    struct gtype *t = arg_type(fg, e, 0);
    uint32_t a = gen_expr(fg, arg(e, 0), ANY), b = gen_expr(fg, arg(e, 1), ANY);
    fg->pos = e->pos;
    if (arg_type(fg, e, 1)->kind == LANG_K_STRING) {
        gen_emit(fg, OP_COPY_STR, dst, a, b);
    } else {
        gen_emit(fg, OP_COPY, dst, a, b);
        gen_ext(fg, t->index, 0, 0);
    }
    fg->top = mark;
    return dst;
}

/* R[dst] = the lesser (or greater) of R[dst] and R[r]. */
static void pick(struct fgen *fg, const struct gtype *t, bool min, uint32_t dst, uint32_t r) {
    if (t->kind == LANG_K_FLOAT64) {
        gen_emit(fg, min ? OP_MIN_F64 : OP_MAX_F64, dst, dst, r);
        return;
    }
    if (t->kind == LANG_K_FLOAT32) {
        uint32_t w = gen_alloc_slots(fg, 1);
        gen_emit(fg, OP_CVT_F32_F64, w, r, 0);
        gen_emit(fg, OP_CVT_F32_F64, dst, dst, 0);
        gen_emit(fg, min ? OP_MIN_F64 : OP_MAX_F64, dst, dst, w);
        gen_emit(fg, OP_CVT_F64_F32, dst, dst, 0);
        return;
    }
    uint32_t c = gen_alloc_slots(fg, 1);
    struct glabel *keep = gen_label(fg);
    gen_compare(fg, min ? LANG_OP_LSS : LANG_OP_GTR, t, c, r, dst);
    gen_branch(fg, OP_J_F, c, 0, keep);
    gen_move(fg, dst, r, t);
    gen_bind(fg, keep, false);
}

static uint32_t min_max(struct fgen *fg, struct lang_expr *e, bool min, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    uint32_t best = gen_alloc(fg, t); /* apart: the operands may be the destination */
    gen_expr(fg, arg(e, 0), best);
    for (size_t i = 1; i < e->u.call.args.len; i++) {
        uint32_t inner = fg->top, r = gen_expr(fg, arg(e, i), ANY);
        fg->pos = e->pos;
        pick(fg, t, min, best, r);
        fg->top = inner;
    }
    gen_move(fg, dst, best, t);
    fg->top = mark;
    return dst;
}

static void print(struct fgen *fg, struct lang_expr *e, bool line) {
    size_t n = e->u.call.args.len;
    uint32_t *regs = ARENA_ARRAY(&fg->g->tmp, uint32_t, n + 1);
    if (!regs) {
        gen_no_memory(fg->g);
        return;
    }
    for (size_t i = 0; i < n; i++) regs[i] = gen_expr(fg, arg(e, i), ANY);
    fg->pos = e->pos;
    gen_emit(fg, OP_PRINT, 0, (uint32_t)n, line);
    for (size_t i = 0; i < n; i++) {
        struct lang_expr *a = arg(e, i);
        struct gtype *t = gen_type(fg->g, a->convert ? a->convert : a->type);
        struct insn word = {OP_PRINT_ARG, (uint16_t)regs[i], (uint16_t)t->index, 0};
        if (!VEC_PUSH(&fg->code, word)) gen_no_memory(fg->g);
    }
}

static void erase(struct fgen *fg, struct lang_expr *e) {
    uint32_t m = gen_expr(fg, arg(e, 0), ANY), k = gen_expr(fg, arg(e, 1), ANY);
    fg->pos = e->pos;
    gen_emit(fg, OP_MAPDEL, m, k, 0);
    gen_ext(fg, arg_type(fg, e, 0)->index, 0, 0);
}

static void statement(struct fgen *fg, struct lang_expr *e) {
    switch (e->u.call.builtin) {
    case LANG_BUILTIN_CLOSE: {
        uint32_t ch = gen_expr(fg, arg(e, 0), ANY);
        fg->pos = e->pos;
        gen_emit(fg, OP_CLOSE, ch, 0, 0);
        break;
    }
    case LANG_BUILTIN_CLEAR: {
        struct gtype *t = arg_type(fg, e, 0);
        uint32_t x = gen_expr(fg, arg(e, 0), ANY);
        fg->pos = e->pos;
        gen_emit(fg, t->kind == LANG_K_MAP ? OP_MAPCLEAR : OP_CLEAR_SLICE, x, t->index, 0);
        break;
    }
    case LANG_BUILTIN_DELETE: erase(fg, e); break;
    case LANG_BUILTIN_PANIC: {
        uint32_t v = gen_expr(fg, arg(e, 0), ANY);
        fg->pos = e->pos;
        gen_emit(fg, OP_PANIC, v, 0, 0);
        break;
    }
    case LANG_BUILTIN_PRINT: print(fg, e, false); break;
    case LANG_BUILTIN_PRINTLN: print(fg, e, true); break;
    default: gen_refuse(fg->g, e->pos, "this built-in function"); break;
    }
}

/* f(g()): the call's results, as variables that the arguments then name. */
static uint32_t spread(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct lang_type_list types = arg(e, 0)->type->u.tuple.types;
    struct lang_expr copy = *e;
    struct lang_expr *idents = ARENA_ARRAY(&fg->g->tmp, struct lang_expr, types.len + 1);
    struct lang_object *objs = ARENA_ARRAY(&fg->g->tmp, struct lang_object, types.len + 1);
    struct lang_expr **args = ARENA_ARRAY(&fg->g->tmp, struct lang_expr *, types.len + 1);
    if (!idents || !objs || !args) {
        gen_no_memory(fg->g);
        return LANG_LINK;
    }
    uint32_t at = gen_expr(fg, arg(e, 0), ANY);
    size_t bound = fg->bound.len;
    for (size_t i = 0; i < types.len; i++) {
        struct gtype *t = gen_type(fg->g, types.data[i]);
        objs[i] = (struct lang_object){.kind = LANG_OBJ_VAR, .name = "", .pos = e->pos, .type = types.data[i]};
        objs[i].u.var.kind = LANG_VAR_LOCAL;
        idents[i] = (struct lang_expr){
            .kind = LANG_E_IDENT, .pos = e->pos, .mode = LANG_MODE_VARIABLE, .type = types.data[i]};
        idents[i].u.ident.name = "";
        idents[i].u.ident.obj = &objs[i];
        if (e->u.call.builtin == LANG_BUILTIN_APPEND && i > 0) {
            idents[i].convert = gen_type(fg->g, e->type)->elem->type;
        }
        args[i] = &idents[i];
        struct gbind b = {&objs[i], {t, at, false}};
        if (!VEC_PUSH(&fg->bound, b)) gen_no_memory(fg->g);
        at += t->slots;
    }
    copy.u.call.spread = false;
    copy.u.call.args = (struct lang_expr_list){args, types.len};
    uint32_t r = gen_builtin(fg, &copy, want);
    fg->bound.len = bound;
    return r;
}

uint32_t gen_builtin(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    if (e->u.call.spread) return spread(fg, e, want);
    switch (e->u.call.builtin) {
    case LANG_BUILTIN_LEN: return length(fg, e, false, want);
    case LANG_BUILTIN_CAP: return length(fg, e, true, want);
    case LANG_BUILTIN_MAKE: return make(fg, e, want);
    case LANG_BUILTIN_NEW: return new_value(fg, e, want);
    case LANG_BUILTIN_APPEND: return append(fg, e, want);
    case LANG_BUILTIN_COPY: return copy(fg, e, want);
    case LANG_BUILTIN_MIN: return min_max(fg, e, true, want);
    case LANG_BUILTIN_MAX: return min_max(fg, e, false, want);
    case LANG_BUILTIN_RECOVER: {
        uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want;
        gen_emit(fg, OP_RECOVER, dst, 0, 0);
        gen_mark_ptr(fg, dst);
        return dst;
    }
    default: break;
    }
    uint32_t mark = fg->top;
    statement(fg, e);
    fg->top = mark;
    return want == ANY ? fg->top : want;
}
