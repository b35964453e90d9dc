/* Selectors and calls. */
#include <string.h>

#include "checker.h"

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

/* ---- selectors ---- */

static const char *tail(const char *s) {
    if (!*s) return s;
    int32_t r;
    return s + lang_utf8_decode(s, s + strlen(s), &r);
}

enum spelling { SP_MISSING, SP_MISSPELLED, SP_UNEXPORTED, SP_INACCESSIBLE };

static enum spelling spelling_of(struct lang_checker *c, const char *sel, struct lang_object *alt) {
    if (!alt) return SP_MISSING;
    if (alt->pkg == c->env.pkg) return SP_MISSPELLED;
    bool same_tail = strcmp(tail(sel), tail(alt->name)) == 0;
    if (chk_exported(sel)) {
        if (chk_exported(alt->name)) return SP_MISSPELLED;
        return same_tail ? SP_UNEXPORTED : SP_MISSING;
    }
    if (chk_exported(alt->name)) return same_tail ? SP_MISSPELLED : SP_MISSING;
    return alt->name == sel ? SP_INACCESSIBLE : SP_MISSING;
}

const char *chk_lookup_error(struct lang_checker *c, struct lang_type *t, const char *sel, struct lang_object *alt,
                             bool literal) {
    enum spelling s = spelling_of(c, sel, alt);
    const char *ts = chk_typestr(c, t);
    if (literal) {
        const char *head = chk_sprintf(c, "unknown field %s in struct literal of type %s", sel, ts);
        if (s == SP_MISSPELLED) return chk_sprintf(c, "%s, but does have %s", head, alt->name);
        if (s == SP_UNEXPORTED) return chk_sprintf(c, "%s, but does have unexported %s", head, alt->name);
        if (s == SP_MISSING) return head;
        return chk_sprintf(c, "cannot refer to unexported field %s in struct literal of type %s", alt->name, ts);
    }
    const char *what = !alt ? "" : alt->kind == LANG_OBJ_VAR ? "field" : "method";
    if (s == SP_INACCESSIBLE) return chk_sprintf(c, "cannot refer to unexported %s %s", what, alt->name);
    const char *head = chk_sprintf(c, "type %s has no field or method %s", ts, sel);
    if (s == SP_MISSPELLED) return chk_sprintf(c, "%s, but does have %s %s", head, what, alt->name);
    if (s == SP_UNEXPORTED) return chk_sprintf(c, "%s, but does have unexported %s %s", head, what, alt->name);
    return head;
}

static bool same_but_case(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        int x = (unsigned char)*a, y = (unsigned char)*b;
        if (x >= 'A' && x <= 'Z') x |= 0x20;
        if (y >= 'A' && y <= 'Z') y |= 0x20;
        if (x != y) return false;
    }
    return *a == *b;
}

static struct lang_object *other_spelling(struct lang_package *pkg, const char *sel) {
    for (size_t i = 0; i < pkg->scope->objects.len; i++) {
        struct lang_object *o = pkg->scope->objects.data[i];
        if (chk_exported(o->name) && same_but_case(o->name, sel)) return o;
    }
    return NULL;
}

static void missing_member(struct lang_checker *c, struct lang_expr *e, struct lang_package *pkg, const char *sel) {
    struct lang_object *alt = other_spelling(pkg, sel);
    lang_pos pos = e->u.sel.sel->pos;
    if (alt) {
        chk_error(c, pos, "undefined: %s (but have %s)", chk_exprstr(c, e), alt->name);
        return;
    }
    chk_error(c, pos, "undefined: %s", chk_exprstr(c, e));
    if (pkg->library) chk_hint(c, chk_sprintf(c, "gosee's package %s has no %s", pkg->path, sel));
}

/* pkg.Name */
static void package_member(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_object *name) {
    struct lang_package *pkg = name->u.package.imported;
    const char *sel = e->u.sel.sel->u.ident.name;
    name->u.package.used = true;
    e->u.sel.x->u.ident.obj = name;
    if (!pkg) return; /* told at the import */
    struct lang_object *o = chk_exported(sel) ? chk_scope_find(pkg->scope, sel) : NULL;
    if (!o) {
        missing_member(c, e, pkg, sel);
        return;
    }
    chk_obj_decl(c, o);
    e->u.sel.sel->u.ident.obj = o;
    e->u.sel.selection = (struct lang_selection){.kind = LANG_SEL_PACKAGE, .obj = o};
    x->type = o->type;
    switch (o->kind) {
    case LANG_OBJ_CONST:
        x->mode = LANG_MODE_CONSTANT;
        x->val = o->u.constant.value;
        break;
    case LANG_OBJ_TYPE:
        x->mode = LANG_MODE_TYPE;
        break;
    case LANG_OBJ_VAR:
        x->mode = LANG_MODE_VARIABLE;
        break;
    case LANG_OBJ_FUNC:
        x->mode = LANG_MODE_VALUE;
        e->func = o->u.func.func;
        break;
    default:
        break;
    }
    if (!chk_valid(x->type)) x->mode = LANG_MODE_INVALID;
}

static void not_found(struct lang_checker *c, struct operand *x, struct lang_expr *e, const struct lookup *l) {
    const char *sel = e->u.sel.sel->u.ident.name;
    lang_pos pos = e->u.sel.sel->pos;
    if (lang_under(x->type)->kind == LANG_T_INVALID) return;
    const char *xs = chk_exprstr(c, e->u.sel.x), *ts = chk_typestr(c, x->type);
    if (l->ambiguous) {
        chk_error(c, pos, "ambiguous selector %s.%s", xs, sel);
        return;
    }
    if (l->indirect) {
        if (x->mode == LANG_MODE_TYPE) {
            chk_error(c, pos, "invalid method expression %s.%s (needs pointer receiver (*%s).%s)", ts, sel, ts, sel);
        } else {
            chk_error(c, pos, "cannot call pointer method %s on %s", sel, ts);
        }
        return;
    }
    const char *why;
    if (chk_is_interface_ptr(x->type)) {
        bool tparam = chk_is_tparam(lang_under(x->type)->u.pointer.elem);
        why = chk_sprintf(c,
                          tparam ? "type %s is pointer to type parameter, not type parameter"
                                 : "type %s is pointer to interface, not interface",
                          ts);
    } else {
        struct lookup alt = chk_lookup(c, x->type, x->mode == LANG_MODE_VARIABLE, c->env.pkg, sel, true);
        why = chk_lookup_error(c, x->type, sel, alt.obj, false);
    }
    chk_error(c, pos, "%s.%s undefined (%s)", xs, sel, why);
}

static void method_expr(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_object *m) {
    struct lang_type *sig = m->type, *t = chk_new_type(c, LANG_T_SIGNATURE);
    size_t n = sig->u.sig.params.len;
    struct lang_object **params = MEM_ARRAY(&c->mem, struct lang_object *, n + 1);
    const char *name = n && *sig->u.sig.params.data[0]->name ? sig->u.sig.recv ? sig->u.sig.recv->name : "" : "";
    if (n && *sig->u.sig.params.data[0]->name && !*name) name = c->blank;
    params[0] = chk_new_var(c, LANG_VAR_PARAM, m->pos, name, x->type);
    if (n) memcpy(params + 1, sig->u.sig.params.data, n * sizeof *params);
    t->u.sig.params = (struct lang_object_list){params, n + 1};
    t->u.sig.results = sig->u.sig.results;
    t->u.sig.variadic = sig->u.sig.variadic;
    e->u.sel.selection.kind = LANG_SEL_METHOD_EXPR;
    x->mode = LANG_MODE_VALUE;
    x->type = t;
    chk_add_dep(c, m);
}

static void method_value(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_object *m) {
    struct lang_selection *s = &e->u.sel.selection;
    if (s->recv_addr) {
        if (!s->indirect) chk_mark_root(e->u.sel.x, ROOT_ADDR);
    }
    struct lang_type *t = chk_new_type(c, LANG_T_SIGNATURE);
    t->u.sig = m->type->u.sig;
    t->u.sig.recv = NULL;
    x->mode = LANG_MODE_VALUE;
    x->type = t;
    if (!s->iface && m->u.func.func) e->func = lang_method_func(c->out, s);
    chk_add_dep(c, m);
}

static void select_member(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    const char *sel = e->u.sel.sel->u.ident.name;
    struct lookup l = chk_lookup(c, x->type, x->mode == LANG_MODE_VARIABLE, c->env.pkg, sel, false);
    if (!l.obj) {
        not_found(c, x, e, &l);
        x->mode = LANG_MODE_INVALID;
        return;
    }
    chk_obj_decl(c, l.obj);
    chk_fill_selection(x->type, &l, &e->u.sel.selection);
    e->u.sel.sel->u.ident.obj = l.obj;
    if (!chk_valid(l.obj->type)) {
        x->mode = LANG_MODE_INVALID;
        return;
    }
    if (x->mode == LANG_MODE_TYPE) {
        if (l.obj->kind != LANG_OBJ_FUNC) {
            chk_error(c, e->u.sel.sel->pos, "%s.%s undefined (type %s has no method %s)", chk_exprstr(c, e->u.sel.x),
                      sel, chk_typestr(c, x->type), sel);
            x->mode = LANG_MODE_INVALID;
            return;
        }
        method_expr(c, x, e, l.obj);
    } else if (l.obj->kind == LANG_OBJ_VAR) {
        x->mode = x->mode == LANG_MODE_VARIABLE || l.indirect ? LANG_MODE_VARIABLE : LANG_MODE_VALUE;
        x->type = l.obj->type;
    } else {
        method_value(c, x, e, l.obj);
    }
}

void chk_selector(struct lang_checker *c, struct operand *x, struct lang_expr *e, bool want_type) {
    x->mode = LANG_MODE_INVALID;
    x->type = c->invalid;
    x->expr = e;
    struct lang_expr *left = e->u.sel.x;
    if (left->kind == LANG_E_IDENT) {
        struct lang_object *o = chk_find(c, left->u.ident.name, NULL);
        if (o && o->kind == LANG_OBJ_PACKAGE) {
            package_member(c, x, e, o);
            return;
        }
    }
    chk_expr_or_type(c, x, left, false);
    if (x->mode == LANG_MODE_INVALID) {
        x->expr = e;
        return;
    }
    if (x->mode == LANG_MODE_BUILTIN) {
        chk_error(c, e->pos, "invalid use of %s in selector expression", chk_opstr(c, x));
        x->mode = LANG_MODE_INVALID;
    } else if (want_type) {
        chk_error(c, e->u.sel.sel->pos, "%s is not a type", chk_exprstr(c, e));
        x->mode = LANG_MODE_INVALID;
    } else {
        select_member(c, x, e);
    }
    x->expr = e;
    if (x->mode == LANG_MODE_INVALID) x->type = c->invalid;
}

/* ---- calls ---- */

static enum expr_kind conversion_call(struct lang_checker *c, struct operand *x, struct lang_expr *call) {
    struct lang_type *t = x->type;
    struct lang_expr_list args = call->u.call.args;
    call->u.call.kind = LANG_CALL_CONVERSION;
    x->mode = LANG_MODE_INVALID;
    if (chk_generic_named(t) || chk_generic_alias_of(call->u.call.fun)) {
        chk_error(c, lang_start_pos(call), "cannot use generic type %s without instantiation",
                  chk_exprstr(c, call->u.call.fun));
        chk_use(c, args);
    } else if (args.len == 0) {
        chk_error(c, lang_start_pos(call), "missing argument in conversion to %s", chk_typestr(c, t));
    } else if (args.len > 1) {
        chk_use(c, args);
        chk_error(c, lang_start_pos(args.data[args.len - 1]), "too many arguments in conversion to %s",
                  chk_typestr(c, t));
    } else {
        chk_expr(c, x, args.data[0]);
        if (x->mode != LANG_MODE_INVALID) {
            const struct lang_type_set *s = lang_is_interface(t) ? lang_type_set_of(t) : NULL;
            if (s && (!s->all_types || s->comparable)) {
                chk_error(c, lang_start_pos(call),
                          "cannot use interface %s in conversion (contains specific type constraints or is comparable)",
                          chk_typestr(c, t));
                x->mode = LANG_MODE_INVALID;
            } else if (call->u.call.dots) {
                chk_error(c, lang_start_pos(args.data[0]), "invalid use of ... in conversion to %s", chk_typestr(c, t));
                x->mode = LANG_MODE_INVALID;
            } else {
                chk_conversion(c, x, t);
            }
        }
    }
    x->expr = call;
    return EK_CONVERSION;
}

static enum expr_kind builtin_kind(enum lang_builtin id) {
    static const bool statements[] = {
#define BUILTIN(name, text, nargs, variadic, stmt) stmt,
#include "builtin.def"
    };
    return statements[id] ? EK_STATEMENT : EK_EXPRESSION;
}

static const char *not_callable(struct lang_checker *c, struct lang_type *t, struct lang_type *u) {
    return u && u->kind != LANG_T_SIGNATURE ? chk_sprintf(c, "%s is not a function", chk_typestr(c, t)) : NULL;
}

/* Arguments; generic functions among them stay as they are, to be instantiated by their parameters' types. */
static struct operands generic_args(struct lang_checker *c, struct lang_expr *call) {
    struct lang_expr_list list = call->u.call.args;
    struct operands out = {MEM_ARRAY(&c->mem, struct operand, list.len), list.len, false};
    if (list.len == 1) {
        struct operand x;
        chk_raw_arg(c, &x, list.data[0]);
        chk_exclude(c, &x, 1u << LANG_MODE_NOVALUE | 1u << LANG_MODE_BUILTIN | 1u << LANG_MODE_TYPE);
        if (x.mode != LANG_MODE_INVALID && x.type->kind == LANG_T_TUPLE) {
            struct lang_type_list types = x.type->u.tuple.types;
            call->u.call.spread = true;
            out.data = MEM_ARRAY(&c->mem, struct operand, types.len);
            out.len = types.len;
            for (size_t i = 0; i < types.len; i++)
                out.data[i] = (struct operand){.mode = LANG_MODE_VALUE, .expr = list.data[0], .type = types.data[i]};
            return out;
        }
        out.data[0] = x;
        return out;
    }
    for (size_t i = 0; i < list.len; i++) {
        chk_raw_arg(c, &out.data[i], list.data[i]);
        chk_exclude(c, &out.data[i], 1u << LANG_MODE_NOVALUE | 1u << LANG_MODE_BUILTIN | 1u << LANG_MODE_TYPE);
        chk_single(c, &out.data[i]);
    }
    return out;
}

static void set_call_kind(struct lang_expr *call) {
    struct lang_expr *f = lang_unparen(call->u.call.fun);
    bool method = f->kind == LANG_E_SELECTOR && f->u.sel.selection.kind == LANG_SEL_METHOD;
    call->u.call.kind = method ? LANG_CALL_METHOD : LANG_CALL_FUNC;
}

static enum expr_kind bad_call(struct lang_checker *c, struct operand *x, struct lang_expr *call) {
    chk_use(c, call->u.call.args);
    x->mode = LANG_MODE_INVALID;
    x->expr = call;
    return EK_STATEMENT;
}

/* f[T1, T2](...): the type arguments given. false: an error was told. */
static bool explicit_targs(struct lang_checker *c, struct lang_expr *inst, struct lang_type **sig,
                           struct lang_type_list *targs, struct lang_expr_list *xlist) {
    *xlist = inst->u.index.indices;
    if (!chk_type_list(c, *xlist, targs)) return false;
    size_t want = (*sig)->u.sig.tparams.len;
    if (targs->len > want) {
        chk_error(c, lang_start_pos(xlist->data[want]), "got %zu type arguments but want %zu", targs->len, want);
        return false;
    }
    if (targs->len < want) return true;
    *sig = chk_inst_signature(c, inst->pos, inst, *sig, *targs, *xlist);
    *targs = (struct lang_type_list){0};
    *xlist = (struct lang_expr_list){0};
    return true;
}

static enum expr_kind call_result(struct lang_checker *c, struct operand *x, struct lang_expr *call,
                                  struct lang_type *sig) {
    struct lang_object_list results = sig->u.sig.results;
    if (results.len == 0) {
        x->mode = LANG_MODE_NOVALUE;
    } else {
        x->mode = LANG_MODE_VALUE;
        x->type = results.len == 1 ? results.data[0]->type : chk_tuple(c, results);
    }
    if (results.len && sig->u.sig.tparams.len && lang_is_generic(x->type)) x->mode = LANG_MODE_INVALID;
    if (results.len == 1 && !chk_valid(x->type)) x->mode = LANG_MODE_INVALID;
    x->expr = call;
    c->env.call_or_recv = true;
    return EK_STATEMENT;
}

enum expr_kind chk_call(struct lang_checker *c, struct operand *x, struct lang_expr *call) {
    struct lang_expr *fun = call->u.call.fun, *inst = NULL;
    call->u.call.spread = call->u.call.variadic = false;
    if (fun->kind == LANG_E_INDEX) {
        *x = (struct operand){.mode = LANG_MODE_INVALID, .type = c->invalid, .expr = fun};
        if (chk_index_expr(c, x, fun)) inst = fun;
        x->expr = fun;
        chk_record(c, x);
        if (x->mode == LANG_MODE_NOVALUE) chk_exclude(c, x, 1u << LANG_MODE_NOVALUE);
    } else {
        chk_expr_or_type(c, x, fun, true);
    }
    if (x->mode == LANG_MODE_INVALID) return bad_call(c, x, call);
    if (x->mode == LANG_MODE_TYPE) return conversion_call(c, x, call);
    if (x->mode == LANG_MODE_BUILTIN) {
        enum lang_builtin id = x->builtin;
        call->u.call.kind = LANG_CALL_BUILTIN;
        call->u.call.builtin = id;
        if (!chk_builtin(c, x, call, id)) x->mode = LANG_MODE_INVALID;
        x->expr = call;
        if (x->mode != LANG_MODE_INVALID && x->mode != LANG_MODE_CONSTANT) c->env.call_or_recv = true;
        return builtin_kind(id);
    }
    const char *cause = NULL;
    struct lang_type *sig = chk_common_under(c, x->type, not_callable, &cause);
    if (!sig) {
        if (lang_under(x->type)->kind != LANG_T_INVALID)
            chk_error(c, pos_of(x), "invalid operation: cannot call %s: %s", chk_opstr(c, x), cause);
        return bad_call(c, x, call);
    }
    set_call_kind(call);
    struct lang_type_list targs = {0};
    struct lang_expr_list xlist = {0};
    if (inst && !explicit_targs(c, inst, &sig, &targs, &xlist)) return bad_call(c, x, call);
    struct operands args = generic_args(c, call);
    struct lang_type *rsig = chk_arguments(c, call, sig, targs, xlist, args);
    if (rsig && rsig != x->type && x->type->kind == LANG_T_SIGNATURE) fun->type = rsig;
    return call_result(c, x, call, rsig ? rsig : sig);
}

/* ---- arguments ---- */

static void wrong_count(struct lang_checker *c, struct lang_expr *call, struct lang_type *sig, struct operands args,
                        size_t npars) {
    lang_pos at = lang_start_pos(call);
    const char *qualifier = "not enough";
    if (args.len > npars) {
        at = pos_of(&args.data[npars]);
        qualifier = "too many";
    } else if (args.len > 0) {
        at = pos_of(&args.data[args.len - 1]);
    }
    struct lang_type **have = MEM_ARRAY(&c->mem, struct lang_type *, args.len);
    struct lang_type **want = MEM_ARRAY(&c->mem, struct lang_type *, sig->u.sig.params.len);
    for (size_t i = 0; i < args.len; i++)
        have[i] = args.data[i].type;
    for (size_t i = 0; i < sig->u.sig.params.len; i++)
        want[i] = sig->u.sig.params.data[i]->type;
    chk_error(c, at, "%s arguments in call to %s\n\thave %s\n\twant %s", qualifier, chk_exprstr(c, call->u.call.fun),
              chk_types_summary(c, have, args.len, false, call->u.call.dots),
              chk_types_summary(c, want, sig->u.sig.params.len, sig->u.sig.variadic, false));
}

/* The parameters as the arguments see them: the variadic one repeated. */
static bool adjust_params(struct lang_checker *c, struct lang_expr *call, struct lang_type *sig, struct operands args,
                          struct lang_object_list *params) {
    *params = sig->u.sig.params;
    size_t npars = params->len;
    bool dots = call->u.call.dots;
    if (sig->u.sig.variadic && dots) {
        if (call->u.call.args.len == 1 && args.len > 1) {
            chk_error(c, lang_start_pos(call), "cannot use ... with %zu-valued %s", args.len,
                      chk_exprstr(c, call->u.call.args.data[0]));
            return false;
        }
    } else if (sig->u.sig.variadic) {
        call->u.call.variadic = true;
        if (args.len + 1 >= npars) {
            struct lang_object *last = params->data[npars - 1];
            struct lang_type *elem = last->type->kind == LANG_T_SLICE ? last->type->u.slice.elem : c->invalid;
            struct lang_object **vars = MEM_ARRAY(&c->mem, struct lang_object *, args.len);
            if (npars > 1) memcpy(vars, params->data, (npars - 1) * sizeof *vars);
            struct lang_object *each = chk_new_var(c, LANG_VAR_PARAM, last->pos, last->name, elem);
            for (size_t i = npars - 1; i < args.len; i++)
                vars[i] = each;
            *params = (struct lang_object_list){vars, args.len};
            npars = args.len;
        } else {
            npars--;
        }
    } else if (dots) {
        chk_error(c, lang_start_pos(call), "cannot use ... in call to non-variadic %s",
                  chk_exprstr(c, call->u.call.fun));
        return false;
    }
    if (args.len == npars) return true;
    wrong_count(c, call, sig, args, npars);
    return false;
}

static bool generic_func(const struct operand *x) {
    return x->mode == LANG_MODE_VALUE && x->type->kind == LANG_T_SIGNATURE && x->type->u.sig.tparams.len;
}

/* What inference works on: the type parameters of the callee, then those of each generic argument, renamed. */
struct inferring {
    struct lang_object_list tparams;
    struct lang_type_list targs;
    struct lang_type **types; /* of the arguments, in renamed parameters */
    size_t own;               /* how many are the callee's */
};

static void add_generic_arg(struct lang_checker *c, struct inferring *in, const struct operand *arg, size_t i) {
    struct lang_object_list from = arg->type->u.sig.tparams;
    struct lang_type_list fresh = {MEM_ARRAY(&c->mem, struct lang_type *, from.len), from.len};
    for (size_t j = 0; j < from.len; j++) {
        struct lang_object *o = MEM_NEW(&c->mem, struct lang_object);
        *o = *from.data[j];
        o->type = chk_new_type(c, LANG_T_TYPEPARAM);
        o->type->u.tparam.obj = o;
        fresh.data[j] = o->type;
        in->targs.data[in->tparams.len] = j < arg->targs.len ? arg->targs.data[j] : NULL;
        in->tparams.data[in->tparams.len++] = o;
    }
    for (size_t j = 0; j < from.len; j++) {
        lang_under(from.data[j]->type);
        fresh.data[j]->u.tparam.bound = chk_subst(c, from.data[j]->type->u.tparam.bound, from, fresh);
    }
    struct lang_type *plain = chk_new_type(c, LANG_T_SIGNATURE);
    plain->u.sig = arg->type->u.sig;
    plain->u.sig.tparams.len = 0;
    in->types[i] = chk_subst(c, plain, from, fresh);
}

static struct inferring collect_inferring(struct lang_checker *c, struct lang_type *sig, struct lang_type_list targs,
                                          struct operands args) {
    struct lang_object_list own = sig->u.sig.tparams;
    size_t n = own.len;
    for (size_t i = 0; i < args.len; i++)
        n += generic_func(&args.data[i]) ? args.data[i].type->u.sig.tparams.len : 0;
    struct inferring in = {.own = own.len};
    in.tparams.data = MEM_ARRAY(&c->mem, struct lang_object *, n);
    in.targs = (struct lang_type_list){MEM_ARRAY(&c->mem, struct lang_type *, n), n};
    in.types = MEM_ARRAY(&c->mem, struct lang_type *, args.len);
    if (own.len) memcpy(in.tparams.data, own.data, own.len * sizeof *own.data);
    if (targs.len) memcpy(in.targs.data, targs.data, targs.len * sizeof *targs.data);
    in.tparams.len = own.len;
    for (size_t i = 0; i < args.len && !c->mem.failed; i++) {
        in.types[i] = args.data[i].type;
        if (generic_func(&args.data[i])) add_generic_arg(c, &in, &args.data[i], i);
    }
    return in;
}

/* Type arguments that are not given follow from the arguments; those of generic functions among these, too. */
static struct lang_type *infer_call(struct lang_checker *c, struct lang_expr *call, struct lang_type *sig,
                                    struct lang_type_list targs, struct lang_expr_list xlist, struct operands args,
                                    struct lang_object_list *params) {
    struct inferring in = collect_inferring(c, sig, targs, args);
    lang_pos errpos = call->pos;
    const char *err = "";
    struct chk_inference q = {in.tparams, in.own, &in.targs, *params, args, in.types, false};
    if (c->mem.failed || !chk_infer(c, call->pos, &q, &errpos, &err)) {
        if (*err) chk_error(c, errpos, "in call to %s, %s", chk_exprstr(c, call->u.call.fun), err);
        return NULL;
    }
    struct lang_type *rsig = sig;
    if (in.own) {
        struct lang_type_list own = {in.targs.data, in.own};
        rsig = chk_inst_signature(c, call->pos, call->u.call.fun, sig, own, xlist);
        struct lang_object_list out = {MEM_ARRAY(&c->mem, struct lang_object *, params->len), params->len};
        for (size_t i = 0; i < out.len; i++) {
            struct lang_object *p = params->data[i];
            out.data[i] =
                chk_new_var(c, LANG_VAR_PARAM, p->pos, p->name, chk_subst(c, p->type, sig->u.sig.tparams, own));
        }
        *params = out;
    }
    size_t at = in.own;
    for (size_t i = 0; i < args.len; i++) {
        struct operand *a = &args.data[i];
        if (!generic_func(a)) continue;
        struct lang_type_list own = {in.targs.data + at, a->type->u.sig.tparams.len};
        at += own.len;
        a->type = chk_inst_signature(c, call->pos, a->expr, a->type, own, (struct lang_expr_list){0});
        chk_record(c, a);
    }
    return rsig;
}

struct lang_type *chk_arguments(struct lang_checker *c, struct lang_expr *call, struct lang_type *sig,
                                struct lang_type_list targs, struct lang_expr_list xlist, struct operands args) {
    struct lang_object_list params;
    if (!adjust_params(c, call, sig, args, &params)) return NULL;
    struct lang_type *rsig = sig;
    bool infer = sig->u.sig.tparams.len > 0;
    for (size_t i = 0; i < args.len; i++)
        infer = infer || generic_func(&args.data[i]);
    if (infer) {
        for (size_t i = 0; i < args.len; i++) {
            if (args.data[i].mode == LANG_MODE_INVALID) return NULL;
        }
        rsig = infer_call(c, call, sig, targs, xlist, args, &params);
        if (!rsig) return NULL;
    }
    const char *context = args.len ? chk_sprintf(c, "argument to %s", chk_exprstr(c, call->u.call.fun)) : "";
    for (size_t i = 0; i < args.len && i < params.len; i++) {
        chk_assignment(c, &args.data[i], params.data[i]->type, context);
    }
    return rsig;
}
