/* switch, type switch, select. */
#include <string.h>

#include "gen.h"

static void push_target(struct fgen *fg, struct gtarget *t, struct lang_stmt *s, struct glabel *brk) {
    *t = (struct gtarget){.stmt = s, .brk = brk, .up = fg->targets};
    fg->targets = t;
}

static struct glabel **clause_labels(struct fgen *fg, size_t n) {
    struct glabel **labels = ARENA_ARRAY(&fg->g->tmp, struct glabel *, n + 1);
    if (!labels) {
        gen_no_memory(fg->g);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) labels[i] = gen_label(fg);
    return labels;
}

static bool falls_through(const struct lang_clause *c) {
    if (c->body.len == 0) return false;
    const struct lang_stmt *last = c->body.data[c->body.len - 1];
    return last->kind == LANG_S_BRANCH && last->u.branch.tok == LANG_TOK_FALLTHROUGH;
}

/* Jumps to l if the tag equals the case. */
static void match(struct fgen *fg, uint32_t tag, struct gtype *tt, struct lang_expr *c, struct glabel *l) {
    uint32_t mark = fg->top;
    int64_t v;
    struct gtype *ct = gen_type(fg->g, c->convert ? c->convert : c->type);
    fg->pos = c->pos;
    if (c->mode == LANG_MODE_NIL) {
        gen_branch(fg, OP_J_EQ_I64I, tag, 0, l);
    } else if (gen_is_integer(tt) && gen_is_const_int(c, &v) && v >= INT16_MIN && v <= INT16_MAX) {
        gen_branch(fg, OP_J_EQ_I64I, tag, (uint16_t)(int16_t)v, l);
    } else {
        uint32_t r = gen_expr(fg, c, ANY), eq = gen_alloc_slots(fg, 1);
        struct gtype *t = tt;
        if (ct->kind == LANG_K_INTERFACE && tt->kind != LANG_K_INTERFACE) {
            tag = gen_to_type(fg, tag, tt, ct, ANY);
            t = ct;
        } else if (tt->kind == LANG_K_INTERFACE) {
            r = gen_to_type(fg, r, ct, tt, ANY);
        }
        fg->pos = c->pos;
        gen_compare(fg, LANG_OP_EQL, t, eq, tag, r);
        gen_branch(fg, OP_J_T, eq, 0, l);
    }
    fg->top = mark;
}

static void clause_body(struct fgen *fg, const struct lang_clause *c, struct glabel *end) {
    gen_block(fg, c->body);
    if (!falls_through(c)) gen_jump(fg, end);
}

void gen_switch(struct fgen *fg, struct lang_stmt *s) {
    uint32_t mark = fg->top;
    size_t locals = fg->locals.len, n = s->u.swtch.nclauses;
    struct glabel *end = gen_label(fg), *otherwise = end, **labels = clause_labels(fg, n);
    struct gtarget target;
    if (!labels) return;
    if (s->u.swtch.init) gen_stmt(fg, s->u.swtch.init);
    struct lang_expr *tag = s->u.swtch.tag;
    uint32_t r = LANG_NONE;
    struct gtype *tt = NULL;
    if (tag) {
        tt = gen_type(fg->g, tag->convert ? tag->convert : tag->type);
        r = gen_alloc(fg, tt);
        uint32_t above = fg->top;
        gen_order_parts(fg, tag);
        gen_expr(fg, tag, r);
        fg->top = above;
    }
    for (size_t i = 0; i < n; i++) {
        struct lang_clause *c = &s->u.swtch.clauses[i];
        if (c->is_default) otherwise = labels[i];
        for (size_t k = 0; k < c->cases.len; k++) {
            if (tag) match(fg, r, tt, c->cases.data[k], labels[i]);
            else gen_cond(fg, c->cases.data[k], true, labels[i]);
        }
    }
    gen_jump(fg, otherwise);
    push_target(fg, &target, s, end);
    for (size_t i = 0; i < n; i++) {
        gen_bind(fg, labels[i], false);
        target.next = i + 1 < n ? labels[i + 1] : NULL;
        clause_body(fg, &s->u.swtch.clauses[i], end);
    }
    fg->targets = target.up;
    gen_bind(fg, end, false);
    gen_end_scope(fg, mark, locals);
}

/* ---- type switch --------------------------------------------------------------------------------------------------- */

static void match_type(struct fgen *fg, uint32_t x, struct lang_expr *c, struct glabel *l) {
    fg->pos = c->pos;
    if (c->mode == LANG_MODE_NIL) {
        gen_branch(fg, OP_J_EQ_I64I, x, 0, l);
        return;
    }
    struct gtype *t = gen_type(fg->g, c->type);
    gen_branch(fg, t->kind == LANG_K_INTERFACE ? OP_J_IMPL : OP_J_TYPE, x, t->index, l);
}

/* The clause's own variable: the interface, or what is in it where the clause names one type. */
static void clause_variable(struct fgen *fg, struct lang_object *var, uint32_t x, struct gtype *xt) {
    if (!var) return;
    struct gtype *t = gen_type(fg->g, var->type);
    if (t->kind == LANG_K_INTERFACE) {
        gen_init_var_reg(fg, var, x, xt);
        return;
    }
    if (gen_boxed(fg->g, var)) {
        uint32_t home = gen_alloc_slots(fg, 1), r = gen_alloc(fg, t);
        (void)home; /* the box will be found above; what lies below is free again with the clause */
        gen_emit(fg, OP_IFACE_DATA, r, x, t->index);
        gen_mark(fg, r, t);
        gen_init_var_reg(fg, var, r, t);
        return;
    }
    uint32_t r;
    gen_declare(fg, var, &r);
    gen_emit(fg, OP_IFACE_DATA, r, x, t->index);
    gen_mark(fg, r, t);
    gen_begin_local(fg, var);
}

static bool is_needed(const struct lang_object *var) {
    return var && !(var->u.var.unread && !var->u.var.captured && !var->u.var.reassigned && !var->u.var.addr_taken);
}

void gen_type_switch(struct fgen *fg, struct lang_stmt *s) {
    uint32_t mark = fg->top;
    size_t locals = fg->locals.len, n = s->u.swtch.nclauses;
    struct glabel *end = gen_label(fg), *otherwise = end, **labels = clause_labels(fg, n);
    struct gtarget target;
    if (!labels) return;
    if (s->u.swtch.init) gen_stmt(fg, s->u.swtch.init);
    struct lang_expr *guard = gen_unparen(s->u.swtch.tag);
    struct lang_expr *subject = guard->u.guard.x;
    struct gtype *xt = gen_type(fg->g, subject->type);
    uint32_t x = gen_alloc(fg, xt);
    gen_expr(fg, subject, x);
    for (size_t i = 0; i < n; i++) {
        struct lang_clause *c = &s->u.swtch.clauses[i];
        if (c->is_default) otherwise = labels[i];
        for (size_t k = 0; k < c->cases.len; k++) match_type(fg, x, c->cases.data[k], labels[i]);
    }
    gen_jump(fg, otherwise);
    push_target(fg, &target, s, end);
    for (size_t i = 0; i < n; i++) {
        struct lang_clause *c = &s->u.swtch.clauses[i];
        uint32_t inner = fg->top;
        size_t inner_locals = fg->locals.len;
        gen_bind(fg, labels[i], false);
        fg->pos = c->pos;
        if (is_needed(c->var)) clause_variable(fg, c->var, x, xt);
        clause_body(fg, c, end);
        gen_end_scope(fg, inner, inner_locals);
    }
    fg->targets = target.up;
    gen_bind(fg, end, false);
    gen_end_scope(fg, mark, locals);
}

/* ---- select -------------------------------------------------------------------------------------------------------- */

struct comm { /* one case, its operands evaluated */
    bool send;
    uint32_t ch, value, ok;
    struct gtype *elem;
};

static struct lang_expr *receive_of(struct lang_stmt *s) {
    if (s->kind == LANG_S_EXPR) return gen_unparen(s->u.expr.x);
    return gen_unparen(s->u.assign.rhs.data[0]);
}

static bool wants_ok(const struct lang_stmt *s) { return s->kind == LANG_S_ASSIGN && s->u.assign.lhs.len == 2; }

/* Operands in source order, into registers of their own: a later case must not change an earlier one's. */
static void operands(struct fgen *fg, struct lang_stmt *s, struct comm *c) {
    struct lang_expr *che = s->kind == LANG_S_SEND ? s->u.send.chan : receive_of(s)->u.unary.x;
    struct gtype *t = gen_type(fg->g, che->type);
    c->send = s->kind == LANG_S_SEND;
    c->elem = t->elem;
    c->ok = LANG_NONE;
    c->ch = gen_alloc(fg, t);
    gen_expr(fg, che, c->ch);
    c->value = gen_alloc(fg, t->elem);
    if (c->send) {
        gen_expr(fg, s->u.send.value, c->value);
        return;
    }
    gen_receivable(fg, c->value, t->elem);
    if (wants_ok(s)) c->ok = gen_alloc_slots(fg, 1);
}

static void emit_select(struct fgen *fg, uint32_t chosen, const struct comm *cases, size_t n, bool block) {
    gen_emit(fg, OP_SELECT, chosen, (uint32_t)n, block);
    for (size_t i = 0; i < n; i++) {
        const struct comm *c = &cases[i];
        struct insn word = {c->send ? OP_CASE_SEND : OP_CASE_RECV, (uint16_t)c->ch, (uint16_t)c->value,
                            c->send ? 0 : (uint16_t)c->ok};
        if (!VEC_PUSH(&fg->code, word)) gen_no_memory(fg->g);
    }
}

static void set_received(struct fgen *fg, struct lang_stmt *s, size_t i, uint32_t reg, struct gtype *t) {
    struct lang_expr *e = s->u.assign.lhs.data[i];
    if (e->kind == LANG_E_IDENT && (!e->u.ident.obj || strcmp(e->u.ident.name, "_") == 0)) return;
    if (s->u.assign.define && e->defines) {
        gen_init_var_reg(fg, e->u.ident.obj, reg, t);
        return;
    }
    uint32_t mark = fg->top;
    struct gplace p = gen_place(fg, e, false);
    if (p.type) gen_place_store(fg, &p, gen_to_type(fg, reg, t, p.type, ANY));
    fg->top = mark;
}

static void received(struct fgen *fg, struct lang_stmt *s, const struct comm *c) {
    if (c->send || s->kind != LANG_S_ASSIGN) return;
    fg->pos = s->pos;
    set_received(fg, s, 0, c->value, c->elem);
    if (wants_ok(s)) set_received(fg, s, 1, c->ok, gen_basic(fg->g, LANG_BOOL));
}

static void select_bodies(struct fgen *fg, struct lang_stmt *s, const struct comm *cases, struct glabel **labels,
                          struct glabel *end) {
    struct gtarget target;
    push_target(fg, &target, s, end);
    size_t k = 0;
    for (size_t i = 0; i < s->u.select.nclauses; i++) {
        struct lang_clause *c = &s->u.select.clauses[i];
        uint32_t mark = fg->top;
        size_t locals = fg->locals.len;
        gen_bind(fg, labels[i], false);
        if (c->comm) received(fg, c->comm, &cases[k]);
        gen_block(fg, c->body);
        gen_jump(fg, end);
        gen_end_scope(fg, mark, locals);
        if (c->comm) k++;
    }
    fg->targets = target.up;
}

void gen_select(struct fgen *fg, struct lang_stmt *s) {
    uint32_t mark = fg->top;
    size_t n = s->u.select.nclauses, ncases = 0;
    struct comm *cases = ARENA_ARRAY(&fg->g->tmp, struct comm, n + 1);
    struct glabel *end = gen_label(fg), **labels = clause_labels(fg, n), *otherwise = NULL;
    if (!cases || !labels) {
        gen_no_memory(fg->g);
        return;
    }
    uint32_t chosen = gen_alloc_slots(fg, 1);
    for (size_t i = 0; i < n; i++) {
        struct lang_stmt *comm = s->u.select.clauses[i].comm;
        if (comm) operands(fg, comm, &cases[ncases++]);
        else otherwise = labels[i];
    }
    fg->pos = s->pos;
    if (ncases == 1 && !otherwise) { /* as the plain operation */
        const struct comm *c = &cases[0];
        if (c->send) gen_emit(fg, OP_SEND, c->ch, c->value, 0);
        else gen_emit(fg, OP_RECV, c->value, c->ch, c->ok);
    } else if (ncases == 0 && otherwise) {
        gen_jump(fg, otherwise);
    } else {
        emit_select(fg, chosen, cases, ncases, !otherwise);
        size_t k = 0;
        for (size_t i = 0; i < n; i++) {
            if (!s->u.select.clauses[i].comm) continue;
            gen_branch(fg, OP_J_EQ_I64I, chosen, (uint32_t)k++, labels[i]);
        }
        if (otherwise) gen_jump(fg, otherwise);
    }
    select_bodies(fg, s, cases, labels, end);
    gen_bind(fg, end, false);
    fg->top = mark;
}
