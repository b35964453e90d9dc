/* Assignments, initializations, returns. */
#include <string.h>

#include "checker.h"

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

/* x becomes a value of type t (NULL: of its own default type), or an error is told. */
void chk_assignment(struct lang_checker *c, struct operand *x, struct lang_type *t, const char *context) {
    chk_single(c, x);
    if (x->mode == LANG_MODE_INVALID) return;
    if (x->mode == LANG_MODE_NOVALUE || x->mode == LANG_MODE_BUILTIN || x->mode == LANG_MODE_TYPE) {
        chk_error(c, pos_of(x), "cannot assign %s to %s in %s", chk_opstr(c, x), t ? chk_typestr(c, t) : "_", context);
        x->mode = LANG_MODE_INVALID;
        return;
    }
    if (lang_is_untyped(x->type)) {
        struct lang_type *target = t;
        if (x->mode == LANG_MODE_NIL) {
            if (!t) {
                chk_error(c, pos_of(x), "use of untyped nil in %s", context);
                x->mode = LANG_MODE_INVALID;
                return;
            }
        } else if (!t || lang_is_interface(t)) {
            target = chk_default(c, x->type);
        }
        const struct lang_const *val;
        enum conv_error why;
        struct lang_type *nt = chk_implicit(c, x, target, &val, &why);
        if (!nt) {
            chk_error(c, pos_of(x), "cannot use %s as %s value in %s%s", chk_opstr(c, x), chk_typestr(c, target),
                      context,
                      why == CONV_TRUNCATED  ? " (truncated)"
                      : why == CONV_OVERFLOW ? " (overflows)"
                                             : "");
            x->mode = LANG_MODE_INVALID;
            return;
        }
        if (val) {
            x->val = val;
            if (x->expr) x->expr->constant = val;
        }
        if (nt != x->type) {
            x->type = nt;
            chk_update_type(c, x->expr, nt, false);
            if (x->mode == LANG_MODE_NIL && x->expr) x->expr->type = nt;
        }
    }
    if (x->type->kind == LANG_T_SIGNATURE && x->type->u.sig.tparams.len) {
        chk_error(c, pos_of(x), "cannot use generic function %s without instantiation in %s", chk_opstr(c, x), context);
        x->mode = LANG_MODE_INVALID;
        return;
    }
    if (!t) return;
    const char *cause = "";
    if (!chk_assignable(c, x, t, &cause)) {
        const char *xs = chk_opstr(c, x), *ts = chk_typestr(c, t);
        if (*cause) {
            chk_error(c, pos_of(x), "cannot use %s as %s value in %s: %s", xs, ts, context, cause);
        } else {
            chk_error(c, pos_of(x), "cannot use %s as %s value in %s", xs, ts, context);
        }
        x->mode = LANG_MODE_INVALID;
        return;
    }
    /* A value of its own from here on changes shape when it goes into an interface. (One of several values of a call
     * has the call for its expression, which says nothing.) */
    struct lang_expr *e = x->expr;
    if (e && e->type == x->type && x->mode != LANG_MODE_NIL && lang_is_interface(t) && !lang_identical(x->type, t))
        e->convert = t;
}

void chk_init_const(struct lang_checker *c, struct lang_object *lhs, struct operand *x) {
    if (x->mode == LANG_MODE_INVALID || !chk_valid(x->type) || (lhs->type && !chk_valid(lhs->type))) {
        if (!lhs->type) lhs->type = c->invalid;
        return;
    }
    if (x->mode != LANG_MODE_CONSTANT) {
        chk_error(c, pos_of(x), "%s is not constant", chk_opstr(c, x));
        if (!lhs->type) lhs->type = c->invalid;
        return;
    }
    if (!lhs->type) lhs->type = x->type;
    chk_assignment(c, x, lhs->type, "constant declaration");
    if (x->mode != LANG_MODE_INVALID) lhs->u.constant.value = x->val;
}

void chk_init_var(struct lang_checker *c, struct lang_object *lhs, struct operand *x, const char *context) {
    if (x->mode == LANG_MODE_INVALID || !chk_valid(x->type) || (lhs->type && !chk_valid(lhs->type))) {
        if (!lhs->type) lhs->type = c->invalid;
        x->mode = LANG_MODE_INVALID;
        if (lhs->u.var.kind == LANG_VAR_LOCAL && !chk_valid(lhs->type)) lhs->u.var.used = lhs->u.var.used || false;
        return;
    }
    if (!lhs->type) {
        struct lang_type *t = x->type;
        if (lang_is_untyped(t)) {
            if (x->mode == LANG_MODE_NIL) {
                chk_error(c, pos_of(x), "use of untyped nil in %s", context);
                lhs->type = c->invalid;
                x->mode = LANG_MODE_INVALID;
                return;
            }
            t = chk_default(c, t);
        }
        lhs->type = t;
    }
    chk_assignment(c, x, lhs->type, context);
}

/* ---- counts that do not match ---- */

const char *chk_types_summary(struct lang_checker *c, struct lang_type **types, size_t n, bool variadic, bool dots) {
    struct str s = {0};
    str_addc(&s, '(');
    for (size_t i = 0; i < n; i++) {
        struct lang_type *t = types[i];
        if (i) str_adds(&s, ", ");
        bool last = i + 1 == n;
        const char *text;
        if (!chk_valid(t)) {
            text = "unknown type";
        } else if (lang_is_untyped(t)) {
            text = lang_is_basic(t, LANG_IS_NUMERIC) ? "number" : t->u.basic.name + strlen("untyped ");
        } else if (last && variadic && t->kind == LANG_T_SLICE) {
            text = chk_typestr(c, t->u.slice.elem);
        } else {
            text = chk_typestr(c, t);
        }
        str_addf(&s, "%s%s%s", last && variadic ? "..." : "", text, last && dots ? "..." : "");
    }
    str_addc(&s, ')');
    const char *out = chk_sprintf(c, "%s", str_cstr(&s));
    str_free(&s);
    return out;
}

static const char *measure(struct lang_checker *c, size_t n, const char *unit) {
    return chk_sprintf(c, "%zu %s%s", n, unit, n == 1 ? "" : "s");
}

static void assign_error(struct lang_checker *c, struct lang_expr_list rhs, size_t l, size_t r) {
    const char *vars = measure(c, l, "variable"), *vals = measure(c, r, "value");
    lang_pos pos = lang_start_pos(rhs.data[0]);
    struct lang_expr *call = lang_unparen(rhs.data[0]);
    if (rhs.len == 1 && call->kind == LANG_E_CALL) {
        chk_error(c, pos, "assignment mismatch: %s but %s returns %s", vars, chk_exprstr(c, call->u.call.fun), vals);
    } else {
        chk_error(c, pos, "assignment mismatch: %s but %s", vars, vals);
    }
}

static void return_error(struct lang_checker *c, lang_pos at, struct lang_object_list lhs, struct operands rhs) {
    const char *qualifier = "not enough";
    if (rhs.len > lhs.len) {
        at = pos_of(&rhs.data[lhs.len]);
        qualifier = "too many";
    } else if (rhs.len > 0) {
        at = pos_of(&rhs.data[rhs.len - 1]);
    }
    struct lang_type **have = MEM_ARRAY(&c->mem, struct lang_type *, rhs.len);
    struct lang_type **want = MEM_ARRAY(&c->mem, struct lang_type *, lhs.len);
    for (size_t i = 0; i < rhs.len; i++)
        have[i] = rhs.data[i].type;
    for (size_t i = 0; i < lhs.len; i++)
        want[i] = lhs.data[i]->type;
    chk_error(c, at, "%s return values\n\thave %s\n\twant %s", qualifier,
              chk_types_summary(c, have, rhs.len, false, false), chk_types_summary(c, want, lhs.len, false, false));
}

static void invalid_types(struct lang_checker *c, struct lang_object_list lhs) {
    for (size_t i = 0; i < lhs.len; i++) {
        if (!lhs.data[i]->type) lhs.data[i]->type = c->invalid;
    }
}

static bool single_call(struct lang_expr_list rhs) {
    return rhs.len == 1 && lang_unparen(rhs.data[0])->kind == LANG_E_CALL;
}

static void set_comma_ok(struct lang_expr *e) {
    for (;; e = e->u.paren.x) {
        e->comma_ok = true;
        if (e->kind != LANG_E_PAREN) return;
    }
}

/* ret: the return statement, whose results are the lhs; NULL for declarations. */
void chk_init_vars(struct lang_checker *c, struct lang_object_list lhs, struct lang_expr_list rhs,
                   struct lang_stmt *ret) {
    const char *context = ret ? "return statement" : "assignment";
    if (lhs.len == rhs.len && !single_call(rhs)) {
        for (size_t i = 0; i < lhs.len; i++) {
            struct operand x;
            const char *desc = ret && !*lhs.data[i]->name ? "result variable" : lhs.data[i]->name;
            chk_expr_target(c, &x, rhs.data[i], lhs.data[i]->type, desc);
            chk_init_var(c, lhs.data[i], &x, context);
        }
        return;
    }
    if (rhs.len != 1) {
        if (chk_use(c, rhs)) {
            if (ret) {
                return_error(c, ret->pos, lhs, chk_expr_list(c, rhs));
            } else {
                assign_error(c, rhs, lhs.len, rhs.len);
            }
        }
        invalid_types(c, lhs);
        return;
    }
    struct operands vals = chk_multi_expr(c, rhs.data[0], lhs.len == 2 && !ret);
    if (vals.len == lhs.len) {
        for (size_t i = 0; i < lhs.len; i++)
            chk_init_var(c, lhs.data[i], &vals.data[i], context);
        if (vals.comma_ok) set_comma_ok(rhs.data[0]);
        return;
    }
    if (vals.data[0].mode != LANG_MODE_INVALID) {
        if (ret) {
            return_error(c, ret->pos, lhs, vals);
        } else {
            assign_error(c, rhs, lhs.len, vals.len);
        }
    }
    invalid_types(c, lhs);
}

/* ---- assignments ---- */

/* The type of what is assigned to: NULL for _, invalid after an error. */
static struct lang_type *lhs_var(struct lang_checker *c, struct lang_expr *lhs) {
    struct lang_expr *id = lang_unparen(lhs);
    struct lang_object *v = NULL;
    if (id->kind == LANG_E_IDENT) {
        if (STR_BLANK(c, id->u.ident.name)) {
            id->u.ident.obj = NULL;
            return NULL;
        }
        v = chk_find(c, id->u.ident.name, NULL);
        if (v && (v->kind != LANG_OBJ_VAR || v->pkg != c->env.pkg)) v = NULL;
    }
    bool used = v && v->u.var.used;
    struct operand x;
    chk_expr(c, &x, lhs);
    if (v) v->u.var.used = used; /* assigning is no use */
    if (x.mode == LANG_MODE_INVALID || !chk_valid(x.type)) return c->invalid;
    if (x.mode == LANG_MODE_VARIABLE || x.mode == LANG_MODE_MAPINDEX) {
        chk_mark_root(lhs, ROOT_ASSIGN);
        return x.type;
    }
    const char *text = chk_exprstr(c, x.expr);
    if (x.expr->kind == LANG_E_SELECTOR && x.expr->u.sel.x->mode == LANG_MODE_MAPINDEX) {
        chk_error(c, lang_start_pos(x.expr), "cannot assign to struct field %s in map", text);
        return c->invalid;
    }
    chk_error(c, lang_start_pos(x.expr), "cannot assign to %s (neither addressable nor a map index expression)", text);
    return c->invalid;
}

/* lhs = rhs, or lhs = x if x is given. */
void chk_assign_var(struct lang_checker *c, struct lang_expr *lhs, struct lang_expr *rhs, struct operand *x,
                    const char *context) {
    struct lang_type *t = lhs_var(c, lhs);
    if (t && !chk_valid(t)) {
        if (x) {
            x->mode = LANG_MODE_INVALID;
        } else {
            chk_use1(c, rhs, false);
        }
        return;
    }
    struct operand own;
    if (!x) {
        x = &own;
        chk_expr_target(c, x, rhs, t, t ? chk_exprstr(c, lhs) : NULL);
    }
    if (!t && strcmp(context, "assignment") == 0) context = "assignment to _ identifier";
    chk_assignment(c, x, t, context);
}

void chk_assign_vars(struct lang_checker *c, struct lang_stmt *s) {
    struct lang_expr_list lhs = s->u.assign.lhs, rhs = s->u.assign.rhs;
    if (lhs.len == rhs.len && !single_call(rhs)) {
        for (size_t i = 0; i < lhs.len; i++)
            chk_assign_var(c, lhs.data[i], rhs.data[i], NULL, "assignment");
        return;
    }
    if (rhs.len != 1) {
        bool ok = chk_use_lhs(c, lhs);
        if (chk_use(c, rhs) && ok) assign_error(c, rhs, lhs.len, rhs.len);
        return;
    }
    struct operands vals = chk_multi_expr(c, rhs.data[0], lhs.len == 2);
    if (vals.len == lhs.len) {
        for (size_t i = 0; i < lhs.len; i++)
            chk_assign_var(c, lhs.data[i], NULL, &vals.data[i], "assignment");
        if (vals.comma_ok) set_comma_ok(rhs.data[0]);
        return;
    }
    if (vals.data[0].mode != LANG_MODE_INVALID) assign_error(c, rhs, lhs.len, vals.len);
    chk_use_lhs(c, lhs);
}

struct short_decl {
    struct lang_object_list vars; /* one for each name */
    bool *is_new;
    size_t nnew;
    bool failed;
};

static bool repeated(struct lang_checker *c, struct lang_expr_list lhs, size_t i) {
    const char *name = lhs.data[i]->u.ident.name;
    for (size_t j = 0; j < i && !STR_BLANK(c, name); j++) {
        if (lhs.data[j]->kind == LANG_E_IDENT && lhs.data[j]->u.ident.name == name) return true;
    }
    return false;
}

static void short_name(struct lang_checker *c, struct short_decl *d, struct lang_expr_list lhs, size_t i) {
    struct lang_expr *e = lhs.data[i];
    if (e->kind != LANG_E_IDENT) {
        chk_use1(c, e, true);
        chk_error(c, lang_start_pos(e), "non-name %s on left side of :=", chk_exprstr(c, e));
        d->failed = true;
        return;
    }
    if (repeated(c, lhs, i)) {
        chk_error(c, e->pos, "%s repeated on left side of :=", e->u.ident.name);
        d->failed = true;
        return;
    }
    struct lang_object *old = chk_scope_find(c->env.scope, e->u.ident.name);
    e->defines = false;
    if (old) {
        e->u.ident.obj = old;
        if (old->kind == LANG_OBJ_VAR) {
            d->vars.data[i] = old;
            old->u.var.reassigned = true;
            e->type = old->type;
            e->mode = LANG_MODE_VARIABLE;
        } else {
            chk_error(c, e->pos, "cannot assign to %s", e->u.ident.name);
            d->failed = true;
        }
        return;
    }
    struct lang_object *v = chk_new_var(c, LANG_VAR_LOCAL, e->pos, e->u.ident.name, NULL);
    d->vars.data[i] = v;
    d->is_new[i] = true;
    if (!STR_BLANK(c, v->name)) d->nnew++;
}

void chk_short_var_decl(struct lang_checker *c, struct lang_stmt *s) {
    struct lang_expr_list lhs = s->u.assign.lhs;
    struct short_decl d = {.vars = {MEM_ARRAY(&c->mem, struct lang_object *, lhs.len), lhs.len}};
    d.is_new = MEM_ARRAY(&c->mem, bool, lhs.len);
    if (c->mem.failed) return;
    for (size_t i = 0; i < lhs.len; i++) {
        short_name(c, &d, lhs, i);
        if (!d.vars.data[i]) d.vars.data[i] = chk_new_var(c, LANG_VAR_LOCAL, lhs.data[i]->pos, c->blank, NULL);
    }
    chk_init_vars(c, d.vars, s->u.assign.rhs, NULL);
    if (!d.nnew && !d.failed) chk_error(c, s->pos, "no new variables on left side of :=");
    for (size_t i = 0; i < lhs.len; i++) {
        if (!d.is_new[i]) continue;
        struct lang_object *v = d.vars.data[i];
        lhs.data[i]->type = v->type;
        lhs.data[i]->mode = LANG_MODE_VARIABLE;
        chk_add_local(c, v);
        if (STR_BLANK(c, v->name)) {
            lhs.data[i]->u.ident.obj = NULL;
        } else {
            chk_declare(c, c->env.scope, lhs.data[i], v);
        }
    }
}
