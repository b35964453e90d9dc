/* Statements. Labels and jumps were checked by the parser (branches.c). */
#include <string.h>

#include "checker.h"

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

void chk_stmt_list(struct lang_checker *c, struct lang_stmt_list list) {
    for (size_t i = 0; i < list.len && !c->mem.failed; i++)
        chk_stmt(c, list.data[i]);
}

static void block(struct lang_checker *c, struct lang_stmt_list list) {
    chk_open_scope(c);
    chk_stmt_list(c, list);
    chk_close_scope(c);
}

static void suspended_call(struct lang_checker *c, struct lang_expr *call, const char *keyword) {
    if (call->kind != LANG_E_CALL) {
        chk_error(c, lang_start_pos(call), "expression in %s must be function call", keyword);
        chk_use1(c, call, false);
        return;
    }
    struct operand x;
    enum expr_kind kind = chk_raw(c, &x, call, NULL, false);
    if (kind == EK_STATEMENT) return;
    if (x.mode == LANG_MODE_INVALID) return;
    chk_error(c, pos_of(&x), "%s %s %s", keyword,
              kind == EK_CONVERSION ? "requires function call, not conversion" : "discards result of",
              chk_opstr(c, &x));
}

static void expr_stmt(struct lang_checker *c, struct lang_expr *e) {
    struct operand x;
    enum expr_kind kind = chk_raw(c, &x, e, NULL, false);
    const char *msg = "is not used";
    if (x.mode == LANG_MODE_BUILTIN) {
        msg = "must be called";
    } else if (x.mode == LANG_MODE_TYPE) {
        msg = "is not an expression";
    } else if (kind == EK_STATEMENT || x.mode == LANG_MODE_INVALID) {
        return;
    }
    chk_error(c, pos_of(&x), "%s %s", chk_opstr(c, &x), msg);
}

static void send_stmt(struct lang_checker *c, struct lang_stmt *s) {
    struct operand ch, val;
    chk_expr(c, &ch, s->u.send.chan);
    chk_expr(c, &val, s->u.send.value);
    if (ch.mode == LANG_MODE_INVALID || val.mode == LANG_MODE_INVALID) return;
    struct lang_type *elem = chk_chan_elem(c, lang_start_pos(s->u.send.chan), &ch, false);
    if (elem) chk_assignment(c, &val, elem, "send");
}

static void inc_dec(struct lang_checker *c, struct lang_stmt *s) {
    struct lang_expr *lhs = s->u.assign.lhs.data[0];
    const char *op = lang_op_text(s->u.assign.op);
    struct operand x;
    chk_expr(c, &x, lhs);
    if (x.mode == LANG_MODE_INVALID) return;
    if (!chk_all_basic(x.type, LANG_IS_NUMERIC)) {
        chk_error(c, lang_start_pos(lhs), "invalid operation: %s%s%s (non-numeric type %s)", chk_exprstr(c, lhs), op,
                  op, chk_typestr(c, x.type));
        return;
    }
    struct lang_type *t = x.type;
    chk_assign_var(c, lhs, NULL, &x, "assignment");
    struct lang_expr *one = MEM_NEW(&c->mem, struct lang_expr);
    *one = (struct lang_expr){.kind = LANG_E_BASIC_LIT, .pos = s->pos, .mode = LANG_MODE_CONSTANT, .type = t};
    one->u.lit.kind = LANG_LIT_INT;
    one->u.lit.text = "1";
    one->u.lit.len = 1;
    one->constant = lang_const_make_int(c->mem.arena, 1);
    if (lang_is_basic(t, LANG_IS_FLOAT)) one->constant = lang_const_to_float(c->mem.arena, one->constant);
    struct lang_expr **rhs = MEM_ARRAY(&c->mem, struct lang_expr *, 1);
    rhs[0] = one;
    s->u.assign.rhs = (struct lang_expr_list){rhs, 1};
}

static void assign_stmt(struct lang_checker *c, struct lang_stmt *s) {
    if (s->u.assign.incdec) {
        inc_dec(c, s);
        return;
    }
    if (s->u.assign.define) {
        chk_short_var_decl(c, s);
        return;
    }
    if (s->u.assign.op == LANG_OP_NONE) {
        chk_assign_vars(c, s);
        return;
    }
    struct operand x;
    struct lang_expr *lhs = s->u.assign.lhs.data[0];
    chk_binary(c, &x, NULL, lhs, s->u.assign.rhs.data[0], s->u.assign.op);
    if (x.mode != LANG_MODE_INVALID && !x.expr) x.expr = lhs;
    chk_assign_var(c, lhs, NULL, &x, "assignment");
}

static void return_stmt(struct lang_checker *c, struct lang_stmt *s) {
    struct lang_func *f = c->env.func;
    while (f && f->kind == LANG_FUNC_RANGE)
        f = f->outer;
    struct lang_object_list want = f ? f->results : (struct lang_object_list){0};
    struct lang_expr_list have = s->u.ret.results;
    if (have.len || !want.len || !*want.data[0]->name) {
        if (!have.len && !want.len) return;
        chk_init_vars(c, want, have, s);
        return;
    }
    for (size_t i = 0; i < want.len; i++) {
        struct lang_object *alt = chk_find(c, want.data[i]->name, NULL);
        if (!alt || alt == want.data[i] || STR_BLANK(c, want.data[i]->name)) continue;
        chk_error(c, s->pos, "result parameter %s not in scope at return\n\t%s: inner declaration of var %s %s",
                  want.data[i]->name, chk_posstr(c, alt->pos), want.data[i]->name, chk_typestr(c, want.data[i]->type));
    }
}

static void condition(struct lang_checker *c, struct lang_expr *e, const char *where) {
    struct operand x;
    chk_expr(c, &x, e);
    if (x.mode == LANG_MODE_INVALID) return;
    if (!chk_all_basic(x.type, LANG_IS_BOOLEAN)) {
        chk_error(c, lang_start_pos(e), "non-boolean condition in %s statement", where);
    } else {
        chk_update_type(c, e, chk_default(c, x.type), true);
    }
}

static void if_stmt(struct lang_checker *c, struct lang_stmt *s) {
    chk_open_scope(c);
    if (s->u.if_.init) chk_stmt(c, s->u.if_.init);
    condition(c, s->u.if_.cond, "if");
    chk_stmt(c, s->u.if_.then);
    if (s->u.if_.els) chk_stmt(c, s->u.if_.els);
    chk_close_scope(c);
}

static void for_stmt(struct lang_checker *c, struct lang_stmt *s) {
    chk_open_scope(c);
    struct lang_scope *scope = c->env.scope;
    if (s->u.for_.init) chk_stmt(c, s->u.for_.init);
    size_t n = scope->objects.len;
    s->u.for_.vars.data = MEM_ARRAY(&c->mem, struct lang_object *, n);
    for (size_t i = 0; i < n && !c->mem.failed; i++) {
        struct lang_object *o = scope->objects.data[i];
        if (o->kind != LANG_OBJ_VAR) continue;
        o->u.var.loop_var = true;
        s->u.for_.vars.data[s->u.for_.vars.len++] = o;
    }
    if (s->u.for_.cond) condition(c, s->u.for_.cond, "for");
    if (s->u.for_.post) chk_stmt(c, s->u.for_.post);
    chk_stmt(c, s->u.for_.body);
    chk_close_scope(c);
}

/* ---- switch ---- */

static void multiple_defaults(struct lang_checker *c, struct lang_clause *list, size_t n) {
    struct lang_clause *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!list[i].is_default) continue;
        if (first) {
            chk_error(c, list[i].pos, "multiple defaults (first at %s)", chk_posstr(c, first->pos));
        } else {
            first = &list[i];
        }
    }
}

struct seen_value {
    const struct lang_const *v;
    struct lang_type *t;
    lang_pos pos;
    struct seen_value *next;
};

static void case_seen(struct lang_checker *c, struct map *seen, struct operand *v) {
    if (!v->val || lang_const_kind(v->val) == LANG_CONST_BOOL) return;
    uint64_t h = lang_const_hash(v->val);
    struct seen_value *first = map_get(seen, (const char *)&h, sizeof h);
    for (struct seen_value *s = first; s; s = s->next) {
        if (!lang_const_equal(s->v, v->val) || !lang_identical(s->t, v->type)) continue;
        chk_error(c, pos_of(v), "duplicate case %s in expression switch\n\t%s: previous case", chk_opstr(c, v),
                  chk_posstr(c, s->pos));
        return;
    }
    struct seen_value *s = MEM_NEW(&c->mem, struct seen_value);
    *s = (struct seen_value){v->val, v->type, v->expr->pos, first};
    if (!map_set(seen, (const char *)&h, sizeof h, s)) c->mem.failed = true;
}

static void case_values(struct lang_checker *c, struct operand *x, struct lang_expr_list values, struct map *seen) {
    for (size_t i = 0; i < values.len && !c->mem.failed; i++) {
        struct operand v;
        chk_expr(c, &v, values.data[i]);
        if (x->mode == LANG_MODE_INVALID || v.mode == LANG_MODE_INVALID) continue;
        chk_convert_untyped(c, &v, x->type);
        if (v.mode == LANG_MODE_INVALID) continue;
        struct operand res = v, tag = *x;
        struct lang_expr *te = x->expr;
        struct lang_type *convert = te ? te->convert : NULL;
        chk_comparison(c, &res, &tag, LANG_OP_EQL, true);
        if (te) te->convert = convert; /* the tag is evaluated once, as it is */
        if (res.mode == LANG_MODE_INVALID) continue;
        if (v.mode == LANG_MODE_CONSTANT) {
            v.type = values.data[i]->type;
            case_seen(c, seen, &v);
        }
    }
}

static void switch_stmt(struct lang_checker *c, struct lang_stmt *s) {
    struct operand x = {.mode = LANG_MODE_CONSTANT};
    if (s->u.swtch.tag) {
        chk_expr(c, &x, s->u.swtch.tag);
        chk_assignment(c, &x, NULL, "switch expression");
        if (x.mode != LANG_MODE_INVALID && chk_incomparable(c, x.type, true) && !chk_has_nil(x.type)) {
            chk_error(c, pos_of(&x), "cannot switch on %s (%s is not comparable)", chk_opstr(c, &x),
                      chk_typestr(c, x.type));
            x.mode = LANG_MODE_INVALID;
        }
        /* Cases are compared with the tag's value at run time, be it constant or not. */
    } else {
        x.type = c->out->basic[LANG_BOOL];
        x.val = lang_const_make_bool(c->mem.arena, true);
        x.expr = MEM_NEW(&c->mem, struct lang_expr);
        x.expr->kind = LANG_E_IDENT;
        x.expr->pos = s->u.swtch.nclauses ? s->u.swtch.clauses[0].pos : s->u.swtch.rbrace;
        x.expr->u.ident.name = "true";
        chk_record(c, &x);
    }
    multiple_defaults(c, s->u.swtch.clauses, s->u.swtch.nclauses);
    struct map seen = {0};
    for (size_t i = 0; i < s->u.swtch.nclauses; i++) {
        case_values(c, &x, s->u.swtch.clauses[i].cases, &seen);
        block(c, s->u.swtch.clauses[i].body);
    }
    map_free(&seen);
}

struct seen_type {
    struct lang_type *t; /* NULL: nil */
    struct lang_expr *e;
};

struct seen_types {
    VEC(struct seen_type) list;
};

static bool is_nil(struct lang_checker *c, struct lang_expr *e) {
    e = lang_unparen(e);
    if (e->kind != LANG_E_IDENT) return false;
    struct lang_object *o = chk_find(c, e->u.ident.name, NULL);
    return o && o->kind == LANG_OBJ_NIL;
}

static bool type_seen(struct lang_checker *c, struct seen_types *seen, struct lang_type *t, struct lang_expr *e) {
    for (size_t i = 0; i < seen->list.len; i++) {
        struct seen_type *s = &seen->list.data[i];
        if (t ? !s->t || !lang_identical(t, s->t) : s->t != NULL) continue;
        chk_error(c, lang_start_pos(e), "duplicate case %s in type switch\n\t%s: previous case",
                  t ? chk_typestr(c, t) : "nil", chk_posstr(c, lang_start_pos(s->e)));
        return true;
    }
    struct seen_type s = {t, e};
    if (!VEC_PUSH(&seen->list, s)) c->mem.failed = true;
    return false;
}

/* The types of a clause; gives that of its variable. x is NULL after an error. */
static struct lang_type *case_types(struct lang_checker *c, struct operand *x, struct lang_expr_list types,
                                    struct seen_types *seen) {
    struct lang_type *t = NULL;
    for (size_t i = 0; i < types.len; i++) {
        struct lang_expr *e = types.data[i];
        if (is_nil(c, e)) {
            struct operand nil;
            t = NULL;
            chk_expr(c, &nil, e);
        } else {
            t = chk_var_type(c, e);
            if (!chk_valid(t)) continue;
        }
        if (type_seen(c, seen, t, e)) continue;
        if (x && t) chk_type_assertion(c, e, x, t, true);
    }
    if (types.len == 1 && t) return t;
    return x ? x->type : c->invalid;
}

static void type_switch(struct lang_checker *c, struct lang_stmt *s) {
    struct lang_expr *guard = s->u.swtch.tag, *lhs = guard->u.guard.lhs;
    if (lhs && STR_BLANK(c, lhs->u.ident.name)) {
        chk_error(c, lhs->pos, "no new variable on left side of :=");
        lhs = NULL;
    }
    struct operand x, *sx = NULL;
    chk_expr(c, &x, guard->u.guard.x);
    if (x.mode != LANG_MODE_INVALID) {
        if (chk_is_tparam(x.type)) {
            chk_error(c, pos_of(&x), "cannot use type switch on type parameter value %s", chk_opstr(c, &x));
        } else if (lang_is_interface(x.type)) {
            sx = &x;
        } else {
            chk_error(c, pos_of(&x), "%s is not an interface", chk_opstr(c, &x));
        }
    }
    guard->type = x.type;
    guard->mode = x.mode;
    multiple_defaults(c, s->u.swtch.clauses, s->u.swtch.nclauses);
    struct seen_types seen = {0};
    bool used = false;
    for (size_t i = 0; i < s->u.swtch.nclauses && !c->mem.failed; i++) {
        struct lang_clause *cl = &s->u.swtch.clauses[i];
        struct lang_type *t = case_types(c, sx, cl->cases, &seen);
        chk_open_scope(c);
        cl->var = NULL;
        if (lhs) {
            cl->var = chk_new_var(c, LANG_VAR_LOCAL, lhs->pos, lhs->u.ident.name, t);
            chk_add_local(c, cl->var);
            chk_declare(c, c->env.scope, NULL, cl->var);
        }
        chk_stmt_list(c, cl->body);
        chk_close_scope(c);
        if (cl->var && cl->var->u.var.used) used = true;
    }
    VEC_FREE(&seen.list);
    if (!lhs) return;
    for (size_t i = 0; i < s->u.swtch.nclauses; i++) {
        struct lang_object *v = s->u.swtch.clauses[i].var;
        if (!v) continue;
        v->u.var.unread = !v->u.var.used;
        v->u.var.used = true;
    }
    if (!used) chk_error(c, lhs->pos, "%s declared and not used", lhs->u.ident.name);
}

/* ---- select ---- */

static bool valid_comm(struct lang_stmt *s) {
    struct lang_expr *rhs = NULL;
    if (!s || s->kind == LANG_S_SEND) return true;
    if (s->kind == LANG_S_EXPR) rhs = s->u.expr.x;
    if (s->kind == LANG_S_ASSIGN && s->u.assign.rhs.len == 1) rhs = s->u.assign.rhs.data[0];
    if (!rhs) return false;
    rhs = lang_unparen(rhs);
    return rhs->kind == LANG_E_UNARY && rhs->u.unary.op == LANG_OP_RECV;
}

static lang_pos stmt_start(const struct lang_stmt *s) {
    switch (s->kind) {
    case LANG_S_ASSIGN:
        return lang_start_pos(s->u.assign.lhs.data[0]);
    case LANG_S_SEND:
        return lang_start_pos(s->u.send.chan);
    default:
        return s->pos;
    }
}

static void select_stmt(struct lang_checker *c, struct lang_stmt *s) {
    multiple_defaults(c, s->u.select.clauses, s->u.select.nclauses);
    for (size_t i = 0; i < s->u.select.nclauses && !c->mem.failed; i++) {
        struct lang_clause *cl = &s->u.select.clauses[i];
        if (!valid_comm(cl->comm)) {
            chk_error(c, stmt_start(cl->comm), "select case must be send or receive (possibly with assignment)");
            continue;
        }
        chk_open_scope(c);
        if (cl->comm) chk_stmt(c, cl->comm);
        chk_stmt_list(c, cl->body);
        chk_close_scope(c);
    }
}

/* ---- dispatch ---- */

static void stmt(struct lang_checker *c, struct lang_stmt *s) {
    switch (s->kind) {
    case LANG_S_EMPTY:
    case LANG_S_BRANCH:
        return;
    case LANG_S_LABELED:
        chk_stmt(c, s->u.labeled.stmt);
        return;
    case LANG_S_BLOCK:
        block(c, s->u.block.list);
        return;
    case LANG_S_EXPR:
        expr_stmt(c, s->u.expr.x);
        return;
    case LANG_S_SEND:
        send_stmt(c, s);
        return;
    case LANG_S_ASSIGN:
        assign_stmt(c, s);
        return;
    case LANG_S_GO:
        suspended_call(c, s->u.go.call, "go");
        return;
    case LANG_S_DEFER:
        for (struct lang_func *f = c->env.func; f; f = f->outer) {
            f->has_defer = true; /* in a range body it is the function around that runs it */
            if (f->kind != LANG_FUNC_RANGE) break;
        }
        suspended_call(c, s->u.defer.call, "defer");
        return;
    case LANG_S_RETURN:
        return_stmt(c, s);
        return;
    case LANG_S_IF:
        if_stmt(c, s);
        return;
    case LANG_S_SWITCH:
    case LANG_S_TYPE_SWITCH:
        chk_open_scope(c);
        if (s->u.swtch.init) chk_stmt(c, s->u.swtch.init);
        if (s->kind == LANG_S_SWITCH) {
            switch_stmt(c, s);
        } else {
            type_switch(c, s);
        }
        chk_close_scope(c);
        return;
    case LANG_S_SELECT:
        select_stmt(c, s);
        return;
    case LANG_S_FOR:
        for_stmt(c, s);
        return;
    case LANG_S_RANGE:
        chk_range_stmt(c, s);
        return;
    case LANG_S_DECL:
        chk_decl_stmt(c, s);
        return;
    }
}

void chk_stmt(struct lang_checker *c, struct lang_stmt *s) {
    if (chk_enter(c, s->pos)) stmt(c, s);
    chk_leave(c);
}

/* ---- terminating statements ---- */

static bool has_break(const struct lang_stmt *s, const struct lang_stmt *target);

static bool list_has_break(struct lang_stmt_list list, const struct lang_stmt *target) {
    for (size_t i = 0; i < list.len; i++) {
        if (has_break(list.data[i], target)) return true;
    }
    return false;
}

static bool clauses_break(const struct lang_clause *cl, size_t n, const struct lang_stmt *target) {
    for (size_t i = 0; i < n; i++) {
        if (list_has_break(cl[i].body, target)) return true;
    }
    return false;
}

static bool has_break(const struct lang_stmt *s, const struct lang_stmt *target) {
    switch (s->kind) {
    case LANG_S_LABELED:
        return has_break(s->u.labeled.stmt, target);
    case LANG_S_BRANCH:
        return s->u.branch.tok == LANG_TOK_BREAK && s->u.branch.target == target;
    case LANG_S_BLOCK:
        return list_has_break(s->u.block.list, target);
    case LANG_S_IF:
        return has_break(s->u.if_.then, target) || (s->u.if_.els && has_break(s->u.if_.els, target));
    case LANG_S_SWITCH:
    case LANG_S_TYPE_SWITCH:
        return clauses_break(s->u.swtch.clauses, s->u.swtch.nclauses, target);
    case LANG_S_SELECT:
        return clauses_break(s->u.select.clauses, s->u.select.nclauses, target);
    case LANG_S_FOR:
        return has_break(s->u.for_.body, target);
    case LANG_S_RANGE:
        return has_break(s->u.range.body, target);
    default:
        return false;
    }
}

static bool terminating(const struct lang_stmt *s);

static bool clauses_terminate(const struct lang_stmt *s, const struct lang_clause *cl, size_t n, bool need_default) {
    bool has_default = !need_default;
    for (size_t i = 0; i < n; i++) {
        if (cl[i].is_default) has_default = true;
        if (!chk_terminating(cl[i].body) || list_has_break(cl[i].body, s)) return false;
    }
    return has_default;
}

static bool terminating(const struct lang_stmt *s) {
    switch (s->kind) {
    case LANG_S_LABELED:
        return terminating(s->u.labeled.stmt);
    case LANG_S_EXPR: {
        const struct lang_expr *e = lang_unparen(s->u.expr.x);
        return e->kind == LANG_E_CALL && e->u.call.kind == LANG_CALL_BUILTIN && e->u.call.builtin == LANG_BUILTIN_PANIC;
    }
    case LANG_S_RETURN:
        return true;
    case LANG_S_BRANCH:
        return s->u.branch.tok == LANG_TOK_GOTO || s->u.branch.tok == LANG_TOK_FALLTHROUGH;
    case LANG_S_BLOCK:
        return chk_terminating(s->u.block.list);
    case LANG_S_IF:
        return s->u.if_.els && terminating(s->u.if_.then) && terminating(s->u.if_.els);
    case LANG_S_SWITCH:
    case LANG_S_TYPE_SWITCH:
        return clauses_terminate(s, s->u.swtch.clauses, s->u.swtch.nclauses, true);
    case LANG_S_SELECT:
        return clauses_terminate(s, s->u.select.clauses, s->u.select.nclauses, false);
    case LANG_S_FOR:
        return !s->u.for_.cond && !has_break(s->u.for_.body, s);
    default:
        return false;
    }
}

bool chk_terminating(struct lang_stmt_list list) {
    for (size_t i = list.len; i-- > 0;) {
        if (list.data[i]->kind != LANG_S_EMPTY) return terminating(list.data[i]);
    }
    return false;
}
