/* Range clauses. */
#include <string.h>

#include "checker.h"

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

struct iteration {
    enum lang_range_kind kind;
    struct lang_type *key, *val; /* NULL: none */
    const char *cause;           /* with kind NONE */
    struct lang_type *yield;     /* FUNC: what the body is as a function */
};

static const char *not_rangeable(struct lang_checker *c, struct lang_type *t, struct lang_type *u) {
    if (!u || u->kind != LANG_T_CHAN || u->u.chan.dir != LANG_CHAN_SEND) return NULL;
    return chk_sprintf(c, "receive from send-only channel %s", chk_typestr(c, t));
}

static struct iteration bad(const char *cause) { return (struct iteration){.cause = cause}; }

static struct iteration over_func(struct lang_checker *c, struct lang_type *u) {
    if (u->u.sig.params.len != 1) return bad("func must be func(yield func(...) bool): wrong argument count");
    if (u->u.sig.results.len) return bad("func must be func(yield func(...) bool): unexpected results");
    const char *cause = NULL;
    struct lang_type *y = chk_common_under(c, u->u.sig.params.data[0]->type, NULL, &cause);
    if (!y && cause) return bad(chk_sprintf(c, "func must be func(yield func(...) bool): in yield type, %s", cause));
    if (!y || y->kind != LANG_T_SIGNATURE) return bad("func must be func(yield func(...) bool): argument is not func");
    if (y->u.sig.params.len > 2)
        return bad("func must be func(yield func(...) bool): yield func has too many parameters");
    struct lang_object_list r = y->u.sig.results;
    if (r.len != 1 || !lang_identical(r.data[0]->type, c->out->basic[LANG_BOOL])) {
        if (r.len == 1 && lang_is_basic(r.data[0]->type, LANG_IS_BOOLEAN))
            return bad("func must be func(yield func(...) bool): yield func returns user-defined boolean, not bool");
        return bad("func must be func(yield func(...) bool): yield func does not return bool");
    }
    struct iteration it = {.kind = LANG_RANGE_FUNC, .yield = y};
    if (y->u.sig.params.len > 0) it.key = y->u.sig.params.data[0]->type;
    if (y->u.sig.params.len > 1) it.val = y->u.sig.params.data[1]->type;
    return it;
}

static struct iteration iterate(struct lang_checker *c, struct lang_type *t) {
    const char *cause = NULL;
    struct lang_type *u = chk_common_under(c, t, not_rangeable, &cause), *integer = c->out->basic[LANG_INT];
    if (!u) return bad(cause ? cause : "");
    struct lang_type *a = chk_array_deref(u);
    switch (a->kind) {
    case LANG_T_BASIC:
        if (a->u.basic.info & LANG_IS_STRING)
            return (struct iteration){.kind = LANG_RANGE_STRING, .key = integer, .val = c->rune_type};
        if (a->u.basic.info & LANG_IS_INTEGER) return (struct iteration){.kind = LANG_RANGE_INT, .key = t};
        return bad("");
    case LANG_T_ARRAY:
        return (struct iteration){
            .kind = u == a ? LANG_RANGE_ARRAY : LANG_RANGE_ARRAY_PTR, .key = integer, .val = a->u.array.elem};
    case LANG_T_SLICE:
        return (struct iteration){.kind = LANG_RANGE_SLICE, .key = integer, .val = a->u.slice.elem};
    case LANG_T_MAP:
        return (struct iteration){.kind = LANG_RANGE_MAP, .key = a->u.map.key, .val = a->u.map.elem};
    case LANG_T_CHAN:
        return (struct iteration){.kind = LANG_RANGE_CHAN, .key = a->u.chan.elem};
    case LANG_T_SIGNATURE:
        return over_func(c, a);
    default:
        return bad("");
    }
}

static void range_errors(struct lang_checker *c, struct lang_stmt *s, struct operand *x, const struct iteration *it) {
    const char *xs = chk_opstr(c, x);
    if (it->kind == LANG_RANGE_NONE) {
        if (it->cause && *it->cause) {
            chk_error(c, pos_of(x), "cannot range over %s: %s", xs, it->cause);
        } else if (chk_valid(x->type)) {
            chk_error(c, pos_of(x), "cannot range over %s", xs);
        }
    } else if (!it->key && s->u.range.key) {
        chk_error(c, lang_start_pos(s->u.range.key), "range over %s permits no iteration variables", xs);
    } else if (!it->val && s->u.range.value) {
        chk_error(c, lang_start_pos(s->u.range.value), "range over %s permits only one iteration variable", xs);
    } else if (s->u.range.extra) {
        chk_error(c, lang_start_pos(s->u.range.extra), "range clause permits at most two iteration variables");
    }
}

/* One variable that the clause declares. */
static struct lang_object *define_one(struct lang_checker *c, struct lang_expr *lhs, struct lang_type *t,
                                      struct operand *x, bool over_int) {
    if (lhs->kind != LANG_E_IDENT) {
        chk_error(c, lang_start_pos(lhs), "invalid syntax tree: cannot declare %s", chk_exprstr(c, lhs));
        return NULL;
    }
    struct lang_object *v = chk_new_var(c, LANG_VAR_LOCAL, lhs->pos, lhs->u.ident.name, NULL);
    v->u.var.loop_var = true;
    lhs->u.ident.obj = NULL;
    if (!t || !chk_valid(t)) {
        v->type = c->invalid;
        v->u.var.used = true;
    } else if (over_int) {
        chk_init_var(c, v, x, "range clause");
    } else {
        struct operand y = {.mode = LANG_MODE_VALUE, .expr = lhs, .type = t};
        chk_init_var(c, v, &y, "assignment");
    }
    lhs->type = v->type;
    lhs->mode = LANG_MODE_VARIABLE;
    return v;
}

static void define_vars(struct lang_checker *c, struct lang_stmt *s, const struct iteration *it, struct operand *x) {
    struct lang_expr *lhs[2] = {s->u.range.key, s->u.range.value};
    struct lang_type *types[2] = {it->key, it->val};
    struct lang_object *vars[2] = {NULL, NULL};
    bool over_int = it->kind == LANG_RANGE_INT, any = false;
    for (int i = 0; i < 2; i++) {
        if (lhs[i]) vars[i] = define_one(c, lhs[i], types[i], x, over_int && i == 0);
    }
    for (int i = 0; i < 2; i++) {
        if (!vars[i]) continue;
        if (STR_BLANK(c, vars[i]->name)) {
            lhs[i]->u.ident.obj = NULL;
            continue;
        }
        any = true;
        chk_add_local(c, vars[i]);
        chk_declare(c, c->env.scope, lhs[i], vars[i]);
    }
    if (!any) chk_error(c, s->pos, "no new variables on left side of :=");
    struct lang_func *f = s->u.range.func;
    if (!f) return;
    for (int i = 0; i < 2; i++)
        f->params.data[i] = vars[i] && !STR_BLANK(c, vars[i]->name) ? vars[i] : NULL;
}

static void assign_vars(struct lang_checker *c, struct lang_stmt *s, const struct iteration *it, struct operand *x) {
    struct lang_expr *lhs[2] = {s->u.range.key, s->u.range.value};
    struct lang_type *types[2] = {it->key, it->val};
    for (int i = 0; i < 2; i++) {
        if (!lhs[i] || !types[i] || !chk_valid(types[i])) continue;
        if (it->kind == LANG_RANGE_INT) {
            chk_assign_var(c, lhs[i], NULL, x, "range clause");
            if (x->mode != LANG_MODE_INVALID && !lang_is_basic(x->type, LANG_IS_INTEGER))
                chk_error(c, lang_start_pos(lhs[i]), "cannot use iteration variable of type %s",
                          chk_typestr(c, x->type));
        } else {
            struct operand y = {.mode = LANG_MODE_VALUE, .expr = lhs[i], .type = types[i]};
            struct lang_type *convert = lhs[i]->convert;
            chk_assign_var(c, lhs[i], NULL, &y, "assignment");
            lhs[i]->convert = convert; /* the value has no expression of its own */
        }
    }
}

/* The body of a range over a function is a function of its own. */
static struct lang_func *open_body_func(struct lang_checker *c, struct lang_stmt *s, struct lang_type *sig) {
    struct lang_func *f = chk_new_lit(c, LANG_FUNC_RANGE, s->pos);
    f->body = s->u.range.body;
    f->sig = sig;
    f->params = (struct lang_object_list){MEM_ARRAY(&c->mem, struct lang_object *, 2), 2};
    f->end = f->body->u.block.rbrace;
    f->prepared = true;
    c->env.func = f;
    return f;
}

static void unused_in(struct lang_checker *c, struct lang_func *f) {
    for (size_t i = 0; i < f->locals.len; i++) {
        struct lang_object *v = f->locals.data[i];
        if (!v->u.var.used && !STR_BLANK(c, v->name)) chk_error(c, v->pos, "declared and not used: %s", v->name);
    }
}

void chk_range_stmt(struct lang_checker *c, struct lang_stmt *s) {
    struct operand x;
    c->env.call_or_recv = false;
    chk_expr(c, &x, s->u.range.x);
    struct iteration it = {0};
    if (x.mode != LANG_MODE_INVALID) {
        it = iterate(c, x.type);
        range_errors(c, s, &x, &it);
    }
    s->u.range.range = it.kind;
    if (it.kind == LANG_RANGE_STRING) chk_update_type(c, s->u.range.x, chk_default(c, x.type), true);
    chk_open_scope(c);
    struct lang_func *outer = c->env.func;
    s->u.range.func = it.kind == LANG_RANGE_FUNC ? open_body_func(c, s, it.yield) : NULL;
    if (s->u.range.define) {
        define_vars(c, s, &it, &x);
    } else if (s->u.range.key) {
        assign_vars(c, s, &it, &x);
    } else if (it.kind == LANG_RANGE_INT) {
        chk_assignment(c, &x, NULL, "range clause");
    }
    chk_stmt(c, s->u.range.body);
    if (s->u.range.func) unused_in(c, s->u.range.func);
    c->env.func = outer;
    chk_close_scope(c);
}
