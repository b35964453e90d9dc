/* Statements: blocks, declarations, assignments, return, branches. */
#include <string.h>

#include "gen.h"

/* ---- variables ---------------------------------------------------------------------------------------------------- */

static bool is_blank(const struct lang_expr *e) {
    return e->kind == LANG_E_IDENT && (!e->u.ident.obj || strcmp(e->u.ident.name, "_") == 0);
}

static bool blank_object(const struct lang_object *o) { return !o || strcmp(o->name, "_") == 0 || !o->name[0]; }

void gen_declare(struct fgen *fg, struct lang_object *obj, uint32_t *reg) {
    struct gvar *v = ARENA_NEW(&fg->g->tmp, struct gvar);
    if (!v) {
        gen_no_memory(fg->g);
        v = &fg->no_var;
    }
    v->type = gen_type(fg->g, obj->type);
    v->boxed = gen_boxed(fg->g, obj);
    v->reg = *reg = v->boxed ? gen_alloc_slots(fg, 1) : gen_alloc(fg, v->type);
    obj->cg = v;
}

/* From here on the variable can be shown. */
static void begin_local(struct fgen *fg, struct lang_object *obj) {
    const struct gvar *v = gen_var(fg, obj);
    struct glocal l = {.type = v->type};
    l.out.name = arena_strdup(fg->g->out, obj->name);
    l.out.reg = v->reg;
    l.out.boxed = v->boxed;
    l.out.param = obj->u.var.kind == LANG_VAR_PARAM || obj->u.var.kind == LANG_VAR_RECV;
    l.out.result = obj->u.var.kind == LANG_VAR_RESULT;
    l.out.pc_from = (uint32_t)fg->code.len;
    l.out.pc_to = UINT32_MAX;
    if (!l.out.name || !VEC_PUSH(&fg->locals, l)) gen_no_memory(fg->g);
}

void gen_begin_local(struct fgen *fg, struct lang_object *obj) {
    if (!blank_object(obj)) begin_local(fg, obj);
}

void gen_end_scope(struct fgen *fg, uint32_t mark, size_t locals) {
    for (size_t i = locals; i < fg->locals.len; i++) {
        if (fg->locals.data[i].out.pc_to == UINT32_MAX) fg->locals.data[i].out.pc_to = (uint32_t)fg->code.len;
    }
    fg->top = mark;
}

static void new_box(struct fgen *fg, const struct gvar *v, const char *name) {
    gen_emit(fg, OP_NEW, v->reg, v->type->index, 0);
    gen_mark_ptr(fg, v->reg);
    gen_objnames(fg, v->type, v->reg, 0, name);
}

void gen_init_var_reg(struct fgen *fg, struct lang_object *obj, uint32_t src, struct gtype *from) {
    uint32_t reg;
    gen_declare(fg, obj, &reg);
    const struct gvar *v = obj->cg;
    uint32_t mark = fg->top;
    if (v->boxed) {
        uint32_t r = gen_to_type(fg, src, from, v->type, ANY);
        new_box(fg, v, obj->name);
        if (v->type->slots) gen_store(fg, v->type, reg, 0, r);
    } else {
        gen_to_type(fg, src, from, v->type, reg);
    }
    fg->top = mark;
    gen_begin_local(fg, obj);
}

enum { LARGE = 64 }; /* slots from which a value is copied from memory to memory */

static bool copies_memory(struct fgen *fg, struct lang_expr *from) {
    if (gen_unparen(from)->kind == LANG_E_STAR) return false; /* may not be whole slots, see gen_load */
    return !from->convert && gen_addressable(from) && gen_type(fg->g, from->type)->slots > LARGE;
}

static void copy_memory(struct fgen *fg, const struct gtype *t, uint32_t dst, struct lang_expr *from) {
    struct gplace p = gen_place(fg, from, false);
    uint32_t src = gen_place_addr(fg, &p, ANY);
    gen_emit(fg, OP_MEMCPY, dst, src, 0);
    gen_ext32(fg, 0, t->slots);
}

void gen_init_var(struct fgen *fg, struct lang_object *obj, struct lang_expr *init) {
    uint32_t reg, mark;
    const char *outer = fg->naming;
    gen_declare(fg, obj, &reg);
    const struct gvar *v = obj->cg;
    mark = fg->top;
    fg->naming = obj->name;
    if (!init) {
        if (v->boxed) new_box(fg, v, obj->name);
        else gen_zero(fg, reg, v->type);
    } else if (!v->boxed) {
        gen_expr(fg, init, reg);
        gen_mark(fg, reg, v->type);
    } else if (copies_memory(fg, init) || gen_large_literal(fg, gen_unparen(init))) {
        uint32_t box = gen_alloc_slots(fg, 1); /* apart: an iteration before this one may have had the variable */
        gen_emit(fg, OP_NEW, box, v->type->index, 0);
        gen_mark_ptr(fg, box);
        if (gen_large_literal(fg, gen_unparen(init))) gen_literal_in_memory(fg, gen_unparen(init), box);
        else copy_memory(fg, v->type, box, init);
        gen_emit(fg, OP_MOV, reg, box, 0);
        gen_mark_ptr(fg, reg);
    } else {
        uint32_t r = gen_expr(fg, init, ANY);
        fg->pos = obj->pos;
        new_box(fg, v, obj->name);
        if (v->type->slots) gen_store(fg, v->type, reg, 0, r);
    }
    fg->naming = outer;
    fg->top = mark;
    gen_begin_local(fg, obj);
}

/* ---- assignment --------------------------------------------------------------------------------------------------- */

/* Whether e may be evaluated straight into a variable that it may itself use: the last instruction alone writes. */
static bool writes_last(const struct lang_expr *e) {
    while (e->kind == LANG_E_PAREN) e = e->u.paren.x;
    if (e->mode == LANG_MODE_CONSTANT) return true;
    switch (e->kind) {
    case LANG_E_COMPOSITE_LIT: return false;
    case LANG_E_BINARY: return true; /* && and || write only at their ends, too */
    case LANG_E_CALL:
        if (e->u.call.kind == LANG_CALL_CONVERSION) return writes_last(e->u.call.args.data[0]);
        return e->u.call.kind != LANG_CALL_BUILTIN || e->u.call.builtin != LANG_BUILTIN_NEW;
    default: return true;
    }
}

static const char *name_of(struct fgen *fg, struct lang_expr *e) {
    e = gen_unparen(e);
    if (e->kind == LANG_E_IDENT) return is_blank(e) ? NULL : e->u.ident.name;
    if (e->kind != LANG_E_SELECTOR) return NULL;
    const char *inner = name_of(fg, e->u.sel.x), *field = e->u.sel.sel->u.ident.name;
    if (!inner) return field;
    const char *full = arena_printf(&fg->g->tmp, "%s.%s", inner, field);
    if (!full) gen_no_memory(fg->g);
    return full;
}

static void assign_one(struct fgen *fg, struct lang_expr *lhs, struct lang_expr *rhs, lang_pos pos) {
    const char *outer = fg->naming;
    fg->naming = name_of(fg, lhs);
    if (is_blank(lhs)) {
        gen_expr(fg, rhs, ANY);
    } else {
        struct gplace p = gen_place(fg, lhs, false);
        bool memory = (p.kind == GPL_MEM && gen_unparen(lhs)->kind != LANG_E_STAR) || p.kind == GPL_GLOBAL || p.kind == GPL_SLICE || p.kind == GPL_ARRAY;
        if (p.kind == GPL_REG && writes_last(rhs)) {
            gen_expr(fg, rhs, p.reg);
        } else if (memory && copies_memory(fg, rhs)) {
            p.pos = pos;
            copy_memory(fg, p.type, gen_place_addr(fg, &p, ANY), rhs);
        } else {
            uint32_t r = gen_expr(fg, rhs, p.kind == GPL_REG ? gen_alloc(fg, p.type) : ANY);
            p.pos = pos;
            gen_place_store(fg, &p, r);
        }
    }
    fg->naming = outer;
}

static void concat_assign(struct fgen *fg, struct gplace *p, struct lang_expr *rhs, lang_pos pos) {
    uint32_t base = gen_alloc_slots(fg, 2), r = gen_alloc_slots(fg, 1);
    gen_place_load(fg, p, base);
    gen_expr(fg, rhs, base + 1);
    fg->pos = pos;
    uint32_t dst = p->kind == GPL_REG ? p->reg : r;
    gen_emit(fg, OP_CONCAT, dst, base, 2);
    gen_mark_ptr(fg, dst);
    p->pos = pos;
    if (p->kind != GPL_REG) gen_place_store(fg, p, dst);
}

/* lhs op= rhs is lhs = lhs op rhs, with lhs's own operands evaluated once: load, operate, store. */
static void assign_op(struct fgen *fg, struct lang_stmt *s) {
    struct lang_expr *rhs = s->u.assign.rhs.data[0];
    enum lang_op op = s->u.assign.op;
    struct gplace p = gen_place(fg, s->u.assign.lhs.data[0], false);
    if (p.kind == GPL_BLANK || !p.type) return;
    if (p.type->kind == LANG_K_STRING) {
        concat_assign(fg, &p, rhs, s->pos);
        return;
    }
    int64_t v = 0;
    bool constant = gen_is_const_int(rhs, &v);
    bool shift = op == LANG_OP_SHL || op == LANG_OP_SHR;
    p.pos = s->pos;
    uint32_t dst = p.kind == GPL_REG ? p.reg : gen_alloc(fg, p.type);
    uint32_t old = gen_place_load(fg, &p, p.kind == GPL_REG ? ANY : dst);
    fg->pos = s->pos;
    if (!constant || !gen_arith_imm(fg, op, p.type, dst, old, v)) {
        uint32_t b = gen_expr(fg, rhs, ANY);
        fg->pos = s->pos;
        gen_arith(fg, op, p.type, dst, old, b, shift ? gen_type(fg->g, rhs->type) : NULL);
    }
    if (p.kind != GPL_REG) gen_place_store(fg, &p, dst);
}

/* Whether an assignment to one of the left sides could change an operand of another. */
static bool any_register(struct fgen *fg, struct lang_expr_list lhs) {
    for (size_t i = 0; i < lhs.len; i++) {
        struct lang_expr *e = gen_unparen(lhs.data[i]);
        while (e->kind == LANG_E_SELECTOR && e->u.sel.selection.kind == LANG_SEL_FIELD) e = gen_unparen(e->u.sel.x);
        if (e->kind != LANG_E_IDENT || is_blank(e) || !e->u.ident.obj) continue;
        const struct gvar *v = e->u.ident.obj->kind == LANG_OBJ_VAR ? gen_var(fg, e->u.ident.obj) : NULL;
        if (v && !v->boxed) return true;
    }
    return false;
}

struct value { uint32_t reg; struct gtype *type; };

/* The right side's values, in registers that no assignment changes. false: no memory. */
static bool right_values(struct fgen *fg, struct lang_stmt *s, struct value *out, bool copy) {
    struct lang_expr_list lhs = s->u.assign.lhs, rhs = s->u.assign.rhs;
    if (rhs.len == lhs.len) {
        for (size_t i = 0; i < rhs.len; i++) {
            struct lang_expr *e = rhs.data[i];
            struct gtype *t = gen_type(fg->g, e->convert ? e->convert : e->type);
            const char *outer = fg->naming;
            fg->naming = name_of(fg, lhs.data[i]);
            out[i] = (struct value){gen_expr(fg, e, copy ? gen_alloc(fg, t) : ANY), t};
            fg->naming = outer;
        }
        return true;
    }
    struct lang_expr *e = gen_unparen(rhs.data[0]);
    if (e->comma_ok || (e->kind != LANG_E_CALL)) {
        uint32_t v, ok;
        gen_comma_ok(fg, e, &v, &ok);
        out[0] = (struct value){v, gen_type(fg->g, e->type)};
        out[1] = (struct value){ok, gen_basic(fg->g, LANG_BOOL)};
        return true;
    }
    uint32_t at = gen_expr(fg, e, ANY);
    struct lang_type_list types = e->type->u.tuple.types;
    for (size_t i = 0; i < lhs.len && i < types.len; i++) {
        out[i] = (struct value){at, gen_type(fg->g, types.data[i])};
        at += out[i].type->slots;
    }
    return true;
}

static void store_value(struct fgen *fg, const struct gplace *p, struct value v) {
    if (p->kind == GPL_BLANK || !p->type) return;
    uint32_t mark = fg->top;
    gen_place_store(fg, p, gen_to_type(fg, v.reg, v.type, p->type, ANY));
    fg->top = mark;
}

/* Whether e may read variable o; in doubt, yes. */
static bool mentions(const struct lang_expr *e, const struct lang_object *o) {
    if (e->mode == LANG_MODE_CONSTANT) return false;
    switch (e->kind) {
    case LANG_E_IDENT: return e->u.ident.obj == o;
    case LANG_E_PAREN: return mentions(e->u.paren.x, o);
    case LANG_E_UNARY: return mentions(e->u.unary.x, o);
    case LANG_E_BINARY: return mentions(e->u.binary.x, o) || mentions(e->u.binary.y, o);
    case LANG_E_STAR: return mentions(e->u.star.x, o);
    case LANG_E_INDEX:
        return e->func || mentions(e->u.index.x, o) || mentions(e->u.index.indices.data[0], o);
    case LANG_E_SELECTOR: return e->u.sel.selection.kind != LANG_SEL_FIELD || mentions(e->u.sel.x, o);
    default: return true;
    }
}

/* All are local variables, each but once: in a, a = x, y the last one counts. */
static bool all_registers(struct fgen *fg, struct lang_expr_list lhs) {
    for (size_t i = 0; i < lhs.len; i++) {
        const struct lang_expr *e = lhs.data[i];
        if (e->kind != LANG_E_IDENT || is_blank(e) || e->u.ident.obj->kind != LANG_OBJ_VAR) return false;
        const struct gvar *v = gen_var(fg, e->u.ident.obj);
        if (!v || v->boxed) return false;
        for (size_t k = 0; k < i; k++)
            if (lhs.data[k]->u.ident.obj == e->u.ident.obj) return false;
    }
    return true;
}

/* x, y = y, x+y among local variables: a value goes straight to its variable unless a later one reads that. */
static void assign_registers(struct fgen *fg, struct lang_expr_list lhs, struct lang_expr_list rhs) {
    uint32_t *regs = ARENA_ARRAY(&fg->g->tmp, uint32_t, lhs.len);
    if (!regs) {
        gen_no_memory(fg->g);
        return;
    }
    for (size_t i = 0; i < lhs.len; i++) {
        const struct gvar *v = gen_var(fg, lhs.data[i]->u.ident.obj);
        bool direct = writes_last(rhs.data[i]);
        for (size_t k = i + 1; k < rhs.len; k++) direct = direct && !mentions(rhs.data[k], lhs.data[i]->u.ident.obj);
        regs[i] = gen_expr(fg, rhs.data[i], direct ? v->reg : gen_alloc(fg, v->type));
    }
    for (size_t i = 0; i < lhs.len; i++) {
        const struct gvar *v = gen_var(fg, lhs.data[i]->u.ident.obj);
        gen_move(fg, v->reg, regs[i], v->type);
    }
}

static void assign_many(struct fgen *fg, struct lang_stmt *s) {
    struct lang_expr_list lhs = s->u.assign.lhs;
    if (s->u.assign.rhs.len == lhs.len && all_registers(fg, lhs)) {
        assign_registers(fg, lhs, s->u.assign.rhs);
        return;
    }
    struct gplace *places = ARENA_ARRAY(&fg->g->tmp, struct gplace, lhs.len);
    struct value *values = ARENA_ARRAY(&fg->g->tmp, struct value, lhs.len);
    if (!places || !values) {
        gen_no_memory(fg->g);
        return;
    }
    bool stable = any_register(fg, lhs);
    for (size_t i = 0; i < lhs.len; i++) {
        places[i] = gen_place(fg, lhs.data[i], stable);
        places[i].pos = s->pos;
    }
    if (!right_values(fg, s, values, true)) return;
    for (size_t i = 0; i < lhs.len; i++) store_value(fg, &places[i], values[i]);
}

static bool all_new(struct lang_expr_list lhs) {
    for (size_t i = 0; i < lhs.len; i++) {
        if (!lhs.data[i]->defines) return false;
    }
    return true;
}

/* A variable's home must lie below the temporaries of the statement that declares it, so it is allocated first. */
static void define_many(struct fgen *fg, struct lang_stmt *s) {
    struct lang_expr_list lhs = s->u.assign.lhs, rhs = s->u.assign.rhs;
    if (rhs.len == lhs.len && all_new(lhs)) {
        for (size_t i = 0; i < lhs.len; i++) {
            if (!blank_object(lhs.data[i]->u.ident.obj)) gen_init_var(fg, lhs.data[i]->u.ident.obj, rhs.data[i]);
        }
        return;
    }
    struct value *values = ARENA_ARRAY(&fg->g->tmp, struct value, lhs.len + 1);
    uint32_t *homes = ARENA_ARRAY(&fg->g->tmp, uint32_t, lhs.len + 1);
    if (!values || !homes) {
        gen_no_memory(fg->g);
        return;
    }
    for (size_t i = 0; i < lhs.len; i++) {
        struct lang_object *o = lhs.data[i]->u.ident.obj;
        if (lhs.data[i]->defines && !blank_object(o)) gen_declare(fg, o, &homes[i]);
    }
    uint32_t mark = fg->top;
    right_values(fg, s, values, true);
    for (size_t i = 0; i < lhs.len; i++) {
        struct lang_object *o = lhs.data[i]->u.ident.obj;
        if (is_blank(lhs.data[i]) || blank_object(o)) continue;
        fg->pos = lhs.data[i]->pos;
        if (lhs.data[i]->defines && ((struct gvar *)o->cg)->boxed) new_box(fg, o->cg, o->name);
        struct gplace p = gen_var_place(fg, o);
        store_value(fg, &p, values[i]);
    }
    fg->top = mark;
    for (size_t i = 0; i < lhs.len; i++) {
        if (lhs.data[i]->defines) gen_begin_local(fg, lhs.data[i]->u.ident.obj);
    }
}

void gen_assign_stmt(struct fgen *fg, struct lang_stmt *s) {
    struct lang_expr_list lhs = s->u.assign.lhs, rhs = s->u.assign.rhs;
    uint32_t mark = fg->top;
    bool plain = lhs.len == 1 && rhs.len == 1 && s->u.assign.op == LANG_OP_NONE;
    if (plain && gen_unparen(lhs.data[0])->kind == LANG_E_IDENT) gen_order_parts(fg, rhs.data[0]); /* x = f() */
    else gen_order(fg, lhs, rhs);
    if (s->u.assign.define) {
        if (lhs.len == 1 && lhs.data[0]->defines) {
            if (!blank_object(lhs.data[0]->u.ident.obj)) gen_init_var(fg, lhs.data[0]->u.ident.obj, rhs.data[0]);
        } else {
            define_many(fg, s);
        }
        return; /* the variables stay */
    }
    if (s->u.assign.op != LANG_OP_NONE) assign_op(fg, s);
    else if (lhs.len == 1) assign_one(fg, lhs.data[0], rhs.data[0], s->pos);
    else assign_many(fg, s);
    fg->top = mark;
}

static void var_decl(struct fgen *fg, struct lang_decl *d) {
    struct lang_expr_list names = d->u.value.names, values = d->u.value.values;
    if (d->kind != LANG_D_VAR) return;
    if (values.len == 1) gen_order_parts(fg, values.data[0]);
    else gen_order(fg, values, (struct lang_expr_list){0});
    if (values.len != 0 && values.len != names.len) {
        struct lang_stmt s = {.kind = LANG_S_ASSIGN, .pos = d->pos};
        s.u.assign.define = true;
        s.u.assign.lhs = names;
        s.u.assign.rhs = values;
        define_many(fg, &s);
        return;
    }
    for (size_t i = 0; i < names.len; i++) {
        struct lang_object *o = names.data[i]->u.ident.obj;
        fg->pos = names.data[i]->pos;
        if (!blank_object(o)) {
            gen_init_var(fg, o, values.len ? values.data[i] : NULL);
        } else if (values.len) {
            uint32_t mark = fg->top;
            gen_expr(fg, values.data[i], ANY);
            fg->top = mark;
        }
    }
}

/* ---- return ------------------------------------------------------------------------------------------------------- */

static void set_result(struct fgen *fg, size_t i, uint32_t src, struct gtype *from) {
    const struct gvar *r = &fg->results[i];
    uint32_t mark = fg->top;
    if (r->boxed) gen_store(fg, r->type, r->reg, 0, gen_to_type(fg, src, from, r->type, ANY));
    else gen_to_type(fg, src, from, r->type, r->reg);
    fg->top = mark;
}

static void return_spread(struct fgen *fg, struct lang_expr *e) {
    uint32_t at = gen_expr(fg, e, ANY);
    struct lang_type_list types = e->type->u.tuple.types;
    for (size_t i = 0; i < fg->nresults && i < types.len; i++) {
        struct gtype *t = gen_type(fg->g, types.data[i]);
        set_result(fg, i, at, t);
        at += t->slots;
    }
}

static void return_values(struct fgen *fg, struct lang_expr_list list) {
    bool visible = fg->f->named_results || fg->epilogue; /* results can be seen before the function is left */
    uint32_t *regs = ARENA_ARRAY(&fg->g->tmp, uint32_t, list.len + 1);
    if (!regs) {
        gen_no_memory(fg->g);
        return;
    }
    for (size_t i = 0; i < list.len && i < fg->nresults; i++) {
        const struct gvar *r = &fg->results[i];
        bool direct = !r->boxed && (!visible || (list.len == 1 && writes_last(list.data[i])));
        regs[i] = gen_expr(fg, list.data[i], direct ? r->reg : gen_alloc(fg, r->type));
    }
    for (size_t i = 0; i < list.len && i < fg->nresults; i++) {
        if (fg->results[i].boxed || regs[i] != fg->results[i].reg) set_result(fg, i, regs[i], fg->results[i].type);
    }
}

void gen_leave(struct fgen *fg) {
    if (fg->epilogue) {
        gen_jump(fg, fg->epilogue);
        return;
    }
    gen_load_results(fg);
    gen_emit(fg, OP_RET, 0, 0, 0);
}

/* Results that live in boxes go to where the caller looks for them. */
void gen_load_results(struct fgen *fg) {
    uint32_t at = fg->result_base;
    for (size_t i = 0; i < fg->nresults; i++) {
        const struct gvar *r = &fg->results[i];
        if (r->boxed && r->type->slots) gen_load(fg, r->type, at, r->reg, 0);
        at += r->type->slots;
    }
}

void gen_return(struct fgen *fg, struct lang_stmt *s) {
    struct lang_expr_list list = s->u.ret.results;
    uint32_t mark = fg->top;
    if (list.len == 1) gen_order_parts(fg, list.data[0]);
    else gen_order(fg, list, (struct lang_expr_list){0});
    if (fg->f && fg->f->kind == LANG_FUNC_RANGE) {
        gen_range_return(fg, s);
        return;
    }
    if (list.len == 1 && fg->nresults > 1) return_spread(fg, list.data[0]);
    else return_values(fg, list);
    fg->top = mark;
    fg->pos = s->pos;
    gen_leave(fg);
}

/* ---- branches ------------------------------------------------------------------------------------------------------ */

static struct glabel *label_of(struct fgen *fg, struct lang_stmt *labeled) {
    for (size_t i = 0; i < fg->gotos.len; i++) {
        if (fg->gotos.data[i].stmt == labeled) return fg->gotos.data[i].label;
    }
    struct ggoto gt = {labeled, gen_label(fg)};
    if (!VEC_PUSH(&fg->gotos, gt)) gen_no_memory(fg->g);
    return gt.label;
}

static bool block_has(const struct lang_stmt_list list, const struct lang_stmt *s);

/* Whether the labelled statement s lies within t. */
static bool contains(const struct lang_stmt *t, const struct lang_stmt *s) {
    if (!t) return false;
    if (t == s) return true;
    switch (t->kind) {
    case LANG_S_LABELED: return contains(t->u.labeled.stmt, s);
    case LANG_S_BLOCK: return block_has(t->u.block.list, s);
    case LANG_S_IF: return contains(t->u.if_.then, s) || contains(t->u.if_.els, s);
    case LANG_S_FOR: return contains(t->u.for_.body, s);
    case LANG_S_RANGE: return t->u.range.range != LANG_RANGE_FUNC && contains(t->u.range.body, s);
    case LANG_S_SWITCH: case LANG_S_TYPE_SWITCH:
        for (size_t i = 0; i < t->u.swtch.nclauses; i++) {
            if (block_has(t->u.swtch.clauses[i].body, s)) return true;
        }
        return false;
    case LANG_S_SELECT:
        for (size_t i = 0; i < t->u.select.nclauses; i++) {
            if (block_has(t->u.select.clauses[i].body, s)) return true;
        }
        return false;
    default: return false;
    }
}

static bool block_has(const struct lang_stmt_list list, const struct lang_stmt *s) {
    for (size_t i = 0; i < list.len; i++) {
        if (contains(list.data[i], s)) return true;
    }
    return false;
}

/* In the body of a range over a function: whether the label is inside it. */
static bool has_label(struct fgen *fg, const struct lang_stmt *labeled) {
    return contains(fg->fn->range_stmt->u.range.body, labeled);
}

static void branch(struct fgen *fg, struct lang_stmt *s) {
    fg->pos = s->pos;
    if (s->u.branch.tok == LANG_TOK_GOTO) {
        if (fg->f && fg->f->kind == LANG_FUNC_RANGE && !has_label(fg, s->u.branch.target)) {
            gen_range_branch(fg, s);
            return;
        }
        gen_jump(fg, label_of(fg, s->u.branch.target));
        return;
    }
    if (s->u.branch.tok == LANG_TOK_FALLTHROUGH) {
        for (struct gtarget *t = fg->targets; t; t = t->up) {
            if (!t->next) continue;
            gen_jump(fg, t->next);
            return;
        }
    }
    for (struct gtarget *t = fg->targets; t; t = t->up) {
        if (t->stmt != s->u.branch.target) continue;
        gen_jump(fg, s->u.branch.tok == LANG_TOK_BREAK ? t->brk : t->cont);
        return;
    }
    if (!gen_range_branch(fg, s)) gen_refuse(fg->g, s->pos, "this branch");
}

bool gen_branch_reaches(struct fgen *fg, const struct lang_stmt *s) {
    if (s->u.branch.tok == LANG_TOK_GOTO) return has_label(fg, s->u.branch.target);
    for (const struct gtarget *t = fg->targets; t; t = t->up) {
        if (t->stmt == s->u.branch.target) return true;
    }
    return false;
}

static void if_stmt(struct fgen *fg, struct lang_stmt *s) {
    uint32_t mark = fg->top;
    size_t locals = fg->locals.len;
    struct glabel *no = gen_label(fg), *end = gen_label(fg);
    if (s->u.if_.init) gen_stmt(fg, s->u.if_.init);
    gen_cond(fg, s->u.if_.cond, false, no);
    gen_stmt(fg, s->u.if_.then);
    if (s->u.if_.els) gen_jump(fg, end);
    gen_bind(fg, no, false);
    if (s->u.if_.els) gen_stmt(fg, s->u.if_.els);
    gen_bind(fg, end, false);
    gen_end_scope(fg, mark, locals);
}

static void send_stmt(struct fgen *fg, struct lang_stmt *s) {
    uint32_t mark = fg->top;
    struct lang_expr *operands[2] = {s->u.send.chan, s->u.send.value};
    gen_order(fg, (struct lang_expr_list){operands, 2}, (struct lang_expr_list){0});
    uint32_t ch = gen_expr(fg, s->u.send.chan, ANY), v = gen_expr(fg, s->u.send.value, ANY);
    fg->pos = s->pos;
    gen_emit(fg, OP_SEND, ch, v, 0);
    fg->top = mark;
}

void gen_block(struct fgen *fg, struct lang_stmt_list list) {
    uint32_t mark = fg->top;
    size_t locals = fg->locals.len;
    for (size_t i = 0; i < list.len; i++) gen_stmt(fg, list.data[i]);
    gen_end_scope(fg, mark, locals);
}

static void labeled(struct fgen *fg, struct lang_stmt *s) {
    gen_bind(fg, label_of(fg, s), true);
    gen_stmt(fg, s->u.labeled.stmt);
}

void gen_stmt(struct fgen *fg, struct lang_stmt *s) {
    if (!s || fg->g->failed) return;
    uint32_t mark = fg->top;
    size_t held = fg->held.len;
    fg->pos = s->pos;
    fg->naming = NULL;
    switch (s->kind) {
    case LANG_S_EMPTY: break;
    case LANG_S_LABELED: labeled(fg, s); break;
    case LANG_S_BLOCK: gen_block(fg, s->u.block.list); break;
    case LANG_S_EXPR:
        gen_order_parts(fg, s->u.expr.x);
        gen_expr(fg, s->u.expr.x, ANY);
        fg->top = mark;
        break;
    case LANG_S_SEND: send_stmt(fg, s); break;
    case LANG_S_ASSIGN: gen_assign_stmt(fg, s); break;
    case LANG_S_GO: gen_go_defer(fg, s->u.go.call, true, s->pos); break;
    case LANG_S_DEFER: gen_go_defer(fg, s->u.defer.call, false, s->pos); break;
    case LANG_S_RETURN: gen_return(fg, s); break;
    case LANG_S_BRANCH: branch(fg, s); break;
    case LANG_S_IF: if_stmt(fg, s); break;
    case LANG_S_SWITCH: gen_switch(fg, s); break;
    case LANG_S_TYPE_SWITCH: gen_type_switch(fg, s); break;
    case LANG_S_SELECT: gen_select(fg, s); break;
    case LANG_S_FOR: gen_for(fg, s); break;
    case LANG_S_RANGE: gen_range(fg, s); break;
    case LANG_S_DECL:
        for (size_t i = 0; i < s->u.decl.ndecls; i++) var_decl(fg, s->u.decl.decls[i]);
        break;
    }
    fg->held.len = held;
}
