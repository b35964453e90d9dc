/* for and range. The condition stands at the bottom; a loop's back edge is a safe point. */
#include <string.h>

#include "gen.h"

/* A variable of a three-clause loop that a closure holds: the next iteration gets one of its own with its value. */
static void copy_variables(struct fgen *fg, struct lang_object_list vars) {
    for (size_t i = 0; i < vars.len; i++) {
        struct lang_object *o = vars.data[i];
        if (!o || !gen_boxed(fg->g, o)) continue;
        const struct gvar *v = gen_var(fg, o);
        if (!v) continue;
        uint32_t mark = fg->top, r = gen_alloc(fg, v->type);
        if (v->type->slots) gen_load(fg, v->type, r, v->reg, 0);
        gen_emit(fg, OP_NEW, v->reg, v->type->index, 0);
        gen_mark_ptr(fg, v->reg);
        if (v->type->slots) gen_store(fg, v->type, v->reg, 0, r);
        fg->top = mark;
    }
}

struct loop {
    uint32_t mark;
    size_t locals;
    struct glabel *head, *cont, *cond, *end;
    struct gtarget target;
};

static void begin(struct fgen *fg, struct lang_stmt *s, struct loop *l) {
    l->mark = fg->top;
    gen_loop_begins(fg, s);
    l->locals = fg->locals.len;
    l->head = gen_label(fg);
    l->cont = gen_label(fg);
    l->cond = gen_label(fg);
    l->end = gen_label(fg);
    l->target = (struct gtarget){.stmt = s, .brk = l->end, .cont = l->cont, .up = fg->targets};
    fg->targets = &l->target;
}

static void end(struct fgen *fg, struct loop *l) {
    gen_bind(fg, l->end, false);
    fg->targets = l->target.up;
    gen_loop_ends(fg);
    gen_end_scope(fg, l->mark, l->locals);
}

void gen_for(struct fgen *fg, struct lang_stmt *s) {
    struct loop l;
    begin(fg, s, &l);
    if (s->u.for_.init) gen_stmt(fg, s->u.for_.init);
    if (s->u.for_.cond) gen_jump(fg, l.cond);
    gen_bind(fg, l.head, true);
    gen_stmt(fg, s->u.for_.body);
    gen_bind(fg, l.cont, false);
    fg->pos = s->pos;
    copy_variables(fg, s->u.for_.vars);
    if (s->u.for_.post) gen_stmt(fg, s->u.for_.post);
    gen_bind(fg, l.cond, false);
    fg->pos = s->pos;
    if (s->u.for_.cond) gen_cond(fg, s->u.for_.cond, true, l.head);
    else gen_jump(fg, l.head);
    end(fg, &l);
}

/* ---- range --------------------------------------------------------------------------------------------------------- */

static bool absent(const struct lang_expr *e) {
    return !e || (e->kind == LANG_E_IDENT && (!e->u.ident.obj || strcmp(e->u.ident.name, "_") == 0));
}

/* Gives an iteration variable its value. */
static void set_variable(struct fgen *fg, struct lang_stmt *s, struct lang_expr *e, uint32_t reg, struct gtype *t) {
    if (absent(e)) return;
    fg->pos = s->pos;
    if (s->u.range.define) {
        gen_init_var_reg(fg, e->u.ident.obj, reg, t);
        return;
    }
    uint32_t mark = fg->top;
    struct gplace p = gen_place(fg, e, false);
    if (p.type) gen_place_store(fg, &p, gen_to_type(fg, reg, t, p.type, ANY));
    fg->top = mark;
}

/* for x, y = range: as a parallel assignment, the operands of both sides first. */
static void set_both(struct fgen *fg, struct lang_stmt *s, uint32_t key, struct gtype *kt, uint32_t value,
                     struct gtype *vt) {
    uint32_t mark = fg->top;
    fg->pos = s->pos;
    struct gplace k = gen_place(fg, s->u.range.key, true), v = gen_place(fg, s->u.range.value, true);
    if (k.type) gen_place_store(fg, &k, gen_to_type(fg, key, kt, k.type, ANY));
    if (v.type) gen_place_store(fg, &v, gen_to_type(fg, value, vt, v.type, ANY));
    fg->top = mark;
}

static void body(struct fgen *fg, struct lang_stmt *s, struct loop *l, uint32_t key, struct gtype *kt, uint32_t value,
                 struct gtype *vt) {
    uint32_t mark = fg->top;
    size_t locals = fg->locals.len;
    bool both = kt && vt && !s->u.range.define && !absent(s->u.range.key) && !absent(s->u.range.value);
    if (both) {
        set_both(fg, s, key, kt, value, vt);
    } else {
        if (kt) set_variable(fg, s, s->u.range.key, key, kt);
        if (vt) set_variable(fg, s, s->u.range.value, value, vt);
    }
    gen_stmt(fg, s->u.range.body);
    gen_end_scope(fg, mark, locals);
    gen_bind(fg, l->cont, false);
    fg->pos = s->pos;
}

/* The counter can be the variable itself if nobody else writes or holds it. */
static bool own_counter(struct fgen *fg, struct lang_stmt *s) {
    const struct lang_expr *k = s->u.range.key;
    return !absent(k) && s->u.range.define && !k->u.ident.obj->u.var.reassigned &&
           !gen_boxed(fg->g, k->u.ident.obj);
}

static void less(struct fgen *fg, const struct gtype *t, uint32_t a, uint32_t b, struct glabel *l) {
    gen_branch(fg, gen_is_unsigned(t) ? OP_J_LT_U64 : OP_J_LT_I64, a, b, l);
}

static uint32_t counter(struct fgen *fg, struct lang_stmt *s, struct gtype *t, bool own) {
    uint32_t i;
    if (own) gen_declare(fg, s->u.range.key->u.ident.obj, &i);
    else i = gen_alloc(fg, t);
    gen_int(fg, i, 0);
    if (own) gen_begin_local(fg, s->u.range.key->u.ident.obj);
    return i;
}

static void count_up(struct fgen *fg, struct loop *l, const struct gtype *t, uint32_t i, uint32_t n) {
    gen_emit(fg, OP_ADDI_I64, i, i, 1);
    gen_bind(fg, l->cond, false);
    less(fg, t, i, n, l->head);
}

static void range_int(struct fgen *fg, struct lang_stmt *s) {
    struct loop l;
    begin(fg, s, &l);
    struct lang_expr *x = s->u.range.x;
    /* A constant takes the variable's type. */
    struct gtype *t = gen_type(fg->g, x->type);
    if (!absent(s->u.range.key) && x->mode == LANG_MODE_CONSTANT) t = gen_type(fg->g, s->u.range.key->type);
    uint32_t n = gen_alloc(fg, t);
    gen_expr(fg, x, n);
    fg->pos = s->pos;
    bool own = own_counter(fg, s);
    uint32_t i = counter(fg, s, t, own);
    gen_jump(fg, l.cond);
    gen_bind(fg, l.head, true);
    body(fg, s, &l, i, own ? NULL : t, 0, NULL);
    count_up(fg, &l, t, i, n);
    end(fg, &l);
}

/* Slices, arrays, pointers to arrays: elements are reached by place p, whose index is the counter. */
static void range_indexed(struct fgen *fg, struct lang_stmt *s, struct loop *l, struct gplace p, uint32_t n) {
    struct gtype *t = gen_basic(fg->g, LANG_INT);
    bool own = own_counter(fg, s), wants = !absent(s->u.range.value);
    fg->pos = s->pos;
    uint32_t i = counter(fg, s, t, own);
    gen_jump(fg, l->cond);
    gen_bind(fg, l->head, true);
    fg->pos = s->pos;
    uint32_t mark = fg->top, v = LANG_NONE;
    if (wants) {
        p.idx = i;
        p.pos = s->pos;
        struct lang_expr *e = s->u.range.value;
        bool straight = s->u.range.define && !gen_boxed(fg->g, e->u.ident.obj);
        if (straight) gen_declare(fg, e->u.ident.obj, &v);
        else v = gen_alloc(fg, p.type);
        gen_place_load(fg, &p, v);
        if (straight) gen_begin_local(fg, e->u.ident.obj);
        body(fg, s, l, i, own ? NULL : t, v, straight ? NULL : p.type);
    } else {
        body(fg, s, l, i, own ? NULL : t, 0, NULL);
    }
    fg->top = mark;
    count_up(fg, l, t, i, n);
    end(fg, l);
}

static void range_slice(struct fgen *fg, struct lang_stmt *s) {
    struct loop l;
    begin(fg, s, &l);
    struct gtype *t = gen_type(fg->g, s->u.range.x->type);
    uint32_t x = gen_alloc(fg, t), n = gen_alloc_slots(fg, 1);
    gen_expr(fg, s->u.range.x, x);
    fg->pos = s->pos;
    gen_emit(fg, OP_LEN, n, x, 0);
    range_indexed(fg, s, &l, (struct gplace){.kind = GPL_SLICE, .type = t->elem, .container = t, .reg = x}, n);
}

enum { COPY_IN_REGISTERS = 64 };

static void range_array(struct fgen *fg, struct lang_stmt *s) {
    struct loop l;
    begin(fg, s, &l);
    struct lang_expr *x = s->u.range.x;
    struct gtype *t = gen_type(fg->g, x->type), *a = t->kind == LANG_K_POINTER ? t->elem : t;
    struct gplace p = {.kind = GPL_ARRAY, .type = a->elem, .container = a};
    bool wants = !absent(s->u.range.value);
    if (t->kind == LANG_K_POINTER) {
        p.reg = gen_alloc(fg, t);
        gen_expr(fg, x, p.reg);
    } else if (wants && a->slots > COPY_IN_REGISTERS && gen_addressable(x) &&
               gen_unparen(x)->kind != LANG_E_STAR) {
        /* The loop goes over the array as it is now. */
        struct gplace from = gen_place(fg, x, false);
        uint32_t src = gen_place_addr(fg, &from, ANY);
        p.reg = gen_alloc_slots(fg, 1);
        fg->pos = s->pos;
        gen_emit(fg, OP_NEW, p.reg, a->index, 0);
        gen_mark_ptr(fg, p.reg);
        gen_emit(fg, OP_MEMCPY, p.reg, src, 0);
        gen_ext32(fg, 0, a->slots);
    } else if (wants) {
        p.kind = GPL_RARRAY;
        p.reg = gen_alloc(fg, a);
        gen_expr(fg, x, p.reg);
        gen_mark(fg, p.reg, a);
    } else if (!gen_is_pure(x)) {
        struct gplace from = gen_place(fg, x, false); /* for what it does */
        if (from.kind != GPL_REG) gen_place_addr(fg, &from, ANY);
    }
    uint32_t n = gen_alloc_slots(fg, 1);
    gen_int(fg, n, (int64_t)a->len);
    range_indexed(fg, s, &l, p, n);
}

static void range_string(struct fgen *fg, struct lang_stmt *s) {
    struct loop l;
    begin(fg, s, &l);
    struct gtype *t = gen_type(fg->g, s->u.range.x->type);
    uint32_t x = gen_alloc(fg, t);
    gen_expr(fg, s->u.range.x, x);
    uint32_t at = gen_alloc_slots(fg, 1), rune = gen_alloc_slots(fg, 1), next = gen_alloc_slots(fg, 1);
    fg->pos = s->pos;
    gen_int(fg, next, 0);
    gen_bind(fg, l.head, true);
    gen_emit(fg, OP_MOV, at, next, 0);
    gen_emit(fg, OP_STR_NEXT, at, x, rune);
    gen_ext_branch(fg, next, l.end);
    body(fg, s, &l, at, gen_basic(fg->g, LANG_INT), rune, gen_basic(fg->g, LANG_INT32));
    gen_jump(fg, l.head);
    end(fg, &l);
}

static void range_map(struct fgen *fg, struct lang_stmt *s) {
    struct loop l;
    begin(fg, s, &l);
    struct gtype *t = gen_type(fg->g, s->u.range.x->type);
    uint32_t it = gen_alloc_slots(fg, 1), mark = fg->top, m = gen_expr(fg, s->u.range.x, ANY);
    fg->pos = s->pos;
    gen_emit(fg, OP_MAPITER, it, m, t->index);
    gen_mark_ptr(fg, it);
    fg->top = mark;
    bool k = !absent(s->u.range.key), v = !absent(s->u.range.value);
    uint32_t key = k ? gen_alloc(fg, t->key) : LANG_NONE, value = v ? gen_alloc(fg, t->elem) : LANG_NONE;
    gen_bind(fg, l.head, true);
    gen_emit(fg, OP_MAPNEXT, it, key, value);
    gen_ext_branch(fg, t->index, l.end);
    if (k) gen_mark(fg, key, t->key);
    if (v) gen_mark(fg, value, t->elem);
    body(fg, s, &l, key, k ? t->key : NULL, value, v ? t->elem : NULL);
    gen_jump(fg, l.head);
    end(fg, &l);
}

static void range_chan(struct fgen *fg, struct lang_stmt *s) {
    struct loop l;
    begin(fg, s, &l);
    struct gtype *t = gen_type(fg->g, s->u.range.x->type);
    uint32_t ch = gen_alloc(fg, t);
    gen_expr(fg, s->u.range.x, ch);
    uint32_t v = gen_alloc(fg, t->elem), ok = gen_alloc_slots(fg, 1);
    gen_receivable(fg, v, t->elem);
    gen_bind(fg, l.head, true);
    fg->pos = s->u.range.x->pos;
    gen_emit(fg, OP_RECV, v, ch, ok);
    gen_mark(fg, v, t->elem);
    gen_branch(fg, OP_J_F, ok, 0, l.end);
    body(fg, s, &l, v, t->elem, 0, NULL);
    gen_jump(fg, l.head);
    end(fg, &l);
}

void gen_range(struct fgen *fg, struct lang_stmt *s) {
    uint32_t mark = fg->top;
    gen_order_parts(fg, s->u.range.x);
    switch (s->u.range.range) {
    case LANG_RANGE_INT: range_int(fg, s); break;
    case LANG_RANGE_STRING: range_string(fg, s); break;
    case LANG_RANGE_ARRAY: case LANG_RANGE_ARRAY_PTR: range_array(fg, s); break;
    case LANG_RANGE_SLICE: range_slice(fg, s); break;
    case LANG_RANGE_MAP: range_map(fg, s); break;
    case LANG_RANGE_CHAN: range_chan(fg, s); break;
    case LANG_RANGE_FUNC: gen_range_func(fg, s); break;
    default: gen_refuse(fg->g, s->pos, "this range"); break;
    }
    fg->top = mark;
}
