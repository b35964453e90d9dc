/* Calls, go, defer, methods as values. Arguments are evaluated where the callee finds them (bytecode.h, FRAMES). */
#include <string.h>

#include "gen.h"

uint32_t gen_sig_slots(struct gen *g, struct lang_object_list l) {
    uint32_t n = 0;
    for (size_t i = 0; i < l.len; i++) n += gen_type(g, l.data[i]->type)->slots;
    return n;
}

void gen_mark_results(struct fgen *fg, uint32_t reg, struct lang_object_list results) {
    for (size_t i = 0; i < results.len; i++) {
        struct gtype *t = gen_type(fg->g, results.data[i]->type);
        gen_mark(fg, reg, t);
        reg += t->slots;
    }
}

struct gwindow gen_window(struct fgen *fg, uint32_t param_slots, uint32_t result_slots) {
    struct gwindow w;
    w.base = gen_alloc_slots(fg, LANG_LINK + param_slots + result_slots);
    w.params = w.base + LANG_LINK;
    w.results = w.params + param_slots;
    w.end = w.results + result_slots;
    return w;
}

/* After the call nothing of the window is left but the results. */
void gen_call_emit(struct fgen *fg, const struct gwindow *w, unsigned op, uint32_t operand) {
    gen_emit32(fg, op, w->base, operand);
    gen_unmark(fg, w->base, w->end - w->base);
}

/* ---- arguments ---------------------------------------------------------------------------------------------------- */

struct callee {
    enum { STATIC, NATIVE, VALUE, INTERFACE } kind;
    uint32_t fn;                /* STATIC, NATIVE: index */
    struct lang_func *func;
    struct lang_expr *value;    /* VALUE: the function expression */
    struct lang_expr *recv;     /* methods: x of x.m */
    const struct lang_selection *sel;
    struct gtype *recv_type;    /* of what is passed as receiver; NULL: none */
    struct lang_type *sig;
};

/* Gathers values in registers from base on into the slice that a variadic parameter is. */
static void gather(struct fgen *fg, struct gtype *slice, uint32_t at, uint32_t base, size_t n) {
    if (n == 0) {
        gen_zero(fg, at, slice);
        return;
    }
    if (n > UINT16_MAX) gen_refuse(fg->g, fg->pos, "calls with this many arguments");
    gen_emit(fg, OP_SLICE_OF, at, base, (uint32_t)n);
    gen_ext(fg, slice->index, 0, 0);
    gen_mark_ptr(fg, at);
}

/* f(g()) where g gives several results. */
static void spread_args(struct fgen *fg, struct lang_expr *call, struct lang_type *sig, uint32_t at) {
    struct lang_expr *inner = call->u.call.args.data[0];
    uint32_t from = gen_expr(fg, inner, ANY);
    struct lang_type_list types = inner->type->u.tuple.types;
    size_t np = sig->u.sig.params.len, fixed = sig->u.sig.variadic ? np - 1 : np;
    fg->pos = call->pos;
    for (size_t i = 0; i < fixed && i < types.len; i++) {
        struct gtype *ft = gen_type(fg->g, types.data[i]), *pt = gen_type(fg->g, sig->u.sig.params.data[i]->type);
        gen_to_type(fg, from, ft, pt, at);
        from += ft->slots;
        at += pt->slots;
    }
    if (!sig->u.sig.variadic) return;
    struct gtype *slice = gen_type(fg->g, sig->u.sig.params.data[np - 1]->type);
    size_t n = types.len > fixed ? types.len - fixed : 0;
    uint32_t base = gen_alloc_slots(fg, (uint32_t)n * slice->elem->slots);
    for (size_t i = 0; i < n; i++) {
        struct gtype *ft = gen_type(fg->g, types.data[fixed + i]);
        gen_to_type(fg, from, ft, slice->elem, base + (uint32_t)i * slice->elem->slots);
        from += ft->slots;
    }
    gather(fg, slice, at, base, n);
}

static void gen_args(struct fgen *fg, struct lang_expr *call, struct lang_type *sig, uint32_t at) {
    struct lang_expr_list args = call->u.call.args;
    if (call->u.call.spread) {
        spread_args(fg, call, sig, at);
        return;
    }
    size_t np = sig->u.sig.params.len;
    bool gathers = sig->u.sig.variadic && !call->u.call.dots;
    size_t fixed = gathers ? np - 1 : np;
    for (size_t i = 0; i < fixed && i < args.len; i++) {
        uint32_t mark = fg->top;
        gen_expr(fg, args.data[i], at);
        fg->top = mark;
        at += gen_type(fg->g, sig->u.sig.params.data[i]->type)->slots;
    }
    if (!gathers) return;
    struct gtype *slice = gen_type(fg->g, sig->u.sig.params.data[np - 1]->type);
    size_t n = args.len > fixed ? args.len - fixed : 0;
    uint32_t base = gen_alloc_slots(fg, (uint32_t)n * slice->elem->slots);
    for (size_t i = 0; i < n; i++) {
        uint32_t mark = fg->top;
        gen_expr(fg, args.data[fixed + i], base + (uint32_t)i * slice->elem->slots);
        fg->top = mark;
    }
    fg->pos = call->pos;
    gather(fg, slice, at, base, n);
}

/* ---- who is called ------------------------------------------------------------------------------------------------- */

static void known_function(struct fgen *fg, struct callee *c, struct lang_func *f) {
    c->func = f;
    c->fn = gen_fn_index(fg->g, f);
    struct gfn *fn = f->cg;
    c->kind = STATIC;
    if (fn && fn->kind == GFN_NATIVE) {
        c->kind = NATIVE;
        c->fn = fn->native;
    }
}

static struct callee callee_of(struct fgen *fg, struct lang_expr *call) {
    struct lang_expr *fun = gen_unparen(call->u.call.fun);
    struct callee c = {.kind = VALUE, .value = fun, .sig = lang_under(fun->type)};
    if (call->u.call.kind == LANG_CALL_METHOD) {
        const struct lang_selection *sel = &fun->u.sel.selection;
        c.sel = sel;
        c.recv = fun->u.sel.x;
        if (sel->iface) {
            c.kind = INTERFACE;
            c.recv_type = gen_type(fg->g, sel->at);
            return c;
        }
        struct lang_func *f = fun->func ? fun->func : gen_method_func(fg->g, sel);
        if (!f) return c;
        known_function(fg, &c, f);
        c.recv_type = gen_type(fg->g, f->recv->type);
        return c;
    }
    bool method_expr = fun->kind == LANG_E_SELECTOR && fun->u.sel.selection.kind == LANG_SEL_METHOD_EXPR;
    if (!fun->func || method_expr) return c;
    if (!lang_func_prepare(fg->g->checked, fun->func)) return c;
    if (fun->func->captures.len == 0) known_function(fg, &c, fun->func);
    return c;
}

/* x, followed to the receiver that the method takes. */
uint32_t gen_receiver(struct fgen *fg, struct lang_expr *x, const struct lang_selection *sel, uint32_t want) {
    struct gplace p = gen_place(fg, x, false);
    p = gen_field_place(fg, p, sel->steps, sel->nsteps, x->pos);
    if (sel->recv_addr) return gen_place_addr(fg, &p, want);
    if (!sel->recv_deref) return gen_place_load(fg, &p, want);
    uint32_t dst = gen_dst(fg, p.type->elem, want), mark = fg->top;
    uint32_t ptr = gen_place_load(fg, &p, ANY);
    gen_load(fg, p.type->elem, dst, ptr, 0);
    fg->top = mark;
    return dst;
}

/* Evaluates receiver and arguments into a new window; for a func value, *value is its register. */
static struct gwindow prepare(struct fgen *fg, const struct callee *c, struct lang_expr *call, uint32_t *value) {
    uint32_t results = gen_sig_slots(fg->g, c->sig->u.sig.results);
    uint32_t recv = c->recv_type ? c->recv_type->slots : 0;
    *value = LANG_NONE;
    if (c->kind == VALUE) *value = gen_expr(fg, c->value, ANY);
    struct gwindow w = gen_window(fg, recv + gen_sig_slots(fg->g, c->sig->u.sig.params), results);
    if (c->recv_type) {
        uint32_t mark = fg->top;
        gen_receiver(fg, c->recv, c->sel, w.params);
        fg->top = mark;
        if (c->kind == INTERFACE) *value = w.params;
    }
    gen_args(fg, call, c->sig, w.params + recv);
    fg->top = w.end;
    fg->pos = call->pos;
    return w;
}

static uint32_t new_cache(struct fgen *fg) { return fg->g->ncaches++; }

static uint32_t call_function(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    uint32_t mark = fg->top, value;
    struct callee c = callee_of(fg, e);
    const char *naming = fg->naming;
    fg->naming = NULL;
    struct gwindow w = prepare(fg, &c, e, &value);
    fg->naming = naming;
    switch (c.kind) {
    case STATIC: gen_call_emit(fg, &w, OP_CALL, c.fn); break;
    case NATIVE: gen_call_emit(fg, &w, OP_CALL_NATIVE, c.fn); break;
    case VALUE:
        gen_emit(fg, OP_CALL_FN, w.base, value, 0);
        gen_unmark(fg, w.base, w.end - w.base);
        break;
    case INTERFACE:
        gen_emit(fg, OP_CALL_IFACE, w.base, value, gen_method_call(fg->g, c.sel->obj));
        gen_ext32(fg, 0, new_cache(fg));
        gen_unmark(fg, w.base, w.end - w.base);
        break;
    }
    struct lang_object_list results = c.sig->u.sig.results;
    gen_mark_results(fg, w.results, results);
    if (want == ANY || results.len != 1) return w.results;
    gen_move(fg, want, w.results, gen_type(fg->g, results.data[0]->type));
    fg->top = mark;
    return want;
}

uint32_t gen_call(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    switch (e->u.call.kind) {
    case LANG_CALL_CONVERSION:
        return gen_convert(fg, e->u.call.args.data[0], gen_type(fg->g, e->type), e->pos, want);
    case LANG_CALL_BUILTIN: return gen_builtin(fg, e, want);
    default: return call_function(fg, e, want);
    }
}

/* ---- go and defer --------------------------------------------------------------------------------------------------- */

/* A builtin or a conversion: its operands are captured by a function made for it. */
static void go_defer_builtin(struct fgen *fg, struct lang_expr *call, bool is_go) {
    struct gen *g = fg->g;
    size_t n = call->u.call.args.len;
    struct gfn *fn = gen_fn_new(g, GFN_CALL);
    struct lang_expr *copy = ARENA_NEW(&g->tmp, struct lang_expr);
    struct lang_expr *idents = ARENA_ARRAY(&g->tmp, struct lang_expr, n + 1);
    struct lang_object *objs = ARENA_ARRAY(&g->tmp, struct lang_object, n + 1);
    struct lang_expr **args = ARENA_ARRAY(&g->tmp, struct lang_expr *, n + 1);
    struct lang_object **captured = ARENA_ARRAY(&g->tmp, struct lang_object *, n + 1);
    if (!copy || !idents || !objs || !args || !captured) {
        gen_no_memory(g);
        return;
    }
    *copy = *call;
    copy->u.call.args.data = args;
    uint32_t slots = 0, ncaptured = 0;
    for (size_t i = 0; i < n; i++) {
        struct lang_expr *a = call->u.call.args.data[i];
        args[i] = a;
        if (a->mode == LANG_MODE_TYPE || a->mode == LANG_MODE_CONSTANT) continue;
        struct lang_type *t = a->convert ? a->convert : a->type;
        objs[i] = (struct lang_object){.kind = LANG_OBJ_VAR, .name = "", .pos = a->pos, .type = t};
        objs[i].u.var.kind = LANG_VAR_LOCAL;
        idents[i] = (struct lang_expr){.kind = LANG_E_IDENT, .pos = a->pos, .mode = LANG_MODE_VARIABLE, .type = t};
        idents[i].u.ident.name = "";
        idents[i].u.ident.obj = &objs[i];
        args[i] = &idents[i];
        captured[ncaptured++] = &objs[i];
        slots += gen_type(g, t)->slots;
    }
    uint32_t base = gen_alloc_slots(fg, slots), at = base;
    for (size_t i = 0; i < n; i++) {
        if (args[i] == call->u.call.args.data[i]) continue;
        uint32_t mark = fg->top;
        gen_expr(fg, call->u.call.args.data[i], at);
        fg->top = mark;
        at += gen_type(g, args[i]->type)->slots;
    }
    fn->call = copy;
    fn->captured = (struct lang_object_list){captured, ncaptured};
    fn->name = arena_printf(g->out, "%s.%s1", fg->fn->name ? fg->fn->name : "", is_go ? "gowrap" : "deferwrap");
    uint32_t f = gen_alloc_slots(fg, 1);
    fg->pos = call->pos;
    gen_emit(fg, OP_CLOSURE, f, base, slots);
    gen_ext32(fg, 0, fn->index);
    gen_mark_ptr(fg, f);
    struct gwindow w = gen_window(fg, 0, 0);
    gen_emit(fg, is_go ? OP_GO_FN : OP_DEFER_FN, w.base, f, 0);
    if (!is_go) gen_range_defer(fg);
}

void gen_go_defer(struct fgen *fg, struct lang_expr *x, bool is_go, lang_pos stmt) {
    uint32_t mark = fg->top, value;
    struct lang_expr *call = gen_unparen(x);
    gen_order_parts(fg, call);
    if (call->u.call.kind == LANG_CALL_BUILTIN || call->u.call.kind == LANG_CALL_CONVERSION) {
        go_defer_builtin(fg, call, is_go);
        fg->top = mark;
        return;
    }
    struct callee c = callee_of(fg, call);
    if (c.kind == NATIVE) { /* its stub */
        c.kind = STATIC;
        c.fn = ((struct gfn *)c.func->cg)->index;
    }
    struct gwindow w = prepare(fg, &c, call, &value);
    fg->pos = stmt; /* "created by" tells the statement's line, wherever its call ends */
    switch (c.kind) {
    case VALUE: gen_emit(fg, is_go ? OP_GO_FN : OP_DEFER_FN, w.base, value, 0); break;
    case INTERFACE:
        gen_emit(fg, is_go ? OP_GO_IFACE : OP_DEFER_IFACE, w.base, value, gen_method_call(fg->g, c.sel->obj));
        break;
    default: gen_emit32(fg, is_go ? OP_GO : OP_DEFER, w.base, c.fn); break;
    }
    gen_unmark(fg, w.base, w.end - w.base);
    if (!is_go) gen_range_defer(fg);
    fg->top = mark;
}

/* ---- methods as values ---------------------------------------------------------------------------------------------- */

uint32_t gen_method_value(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    const struct lang_selection *sel = &e->u.sel.selection;
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top;
    struct gtype *recv;
    if (sel->iface) {
        recv = gen_type(fg->g, sel->at);
    } else {
        struct lang_func *f = gen_method_func(fg->g, sel);
        if (!f || !lang_func_prepare(fg->g->checked, f)) return dst;
        recv = gen_type(fg->g, f->recv->type);
    }
    uint32_t base = gen_alloc(fg, recv);
    gen_receiver(fg, e->u.sel.x, sel, base);
    fg->pos = e->pos;
    if (sel->iface) gen_emit(fg, OP_NILCHECK, base, 0, 0);
    struct gfn *fn = gen_wrapper(fg->g, GFN_BOUND, recv, sel);
    gen_emit(fg, OP_CLOSURE, dst, base, recv->slots);
    gen_ext32(fg, 0, fn->index);
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

uint32_t gen_method_expr(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    const struct lang_selection *sel = &e->u.sel.selection;
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want;
    struct lang_func *f = sel->iface ? NULL : gen_method_func(fg->g, sel);
    if (!sel->iface && !f) return dst;
    bool direct = f && sel->nsteps == 0 && !sel->recv_addr && !sel->recv_deref;
    uint32_t index =
        direct ? gen_fn_index(fg->g, f) : gen_wrapper(fg->g, GFN_EXPR, gen_type(fg->g, sel->recv), sel)->index;
    gen_emit32(fg, OP_LOADF, dst, index);
    gen_mark_ptr(fg, dst);
    return dst;
}
