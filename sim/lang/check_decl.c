/* Declarations: package-level ones when they are first needed, local ones in order. */
#include <string.h>

#include "checker.h"

/* ---- dependencies and functions ---- */

void chk_add_dep(struct lang_checker *c, struct lang_object *obj) {
    struct lang_decl_info *d = c->env.decl;
    if (obj->kind == LANG_OBJ_FUNC && obj->u.func.func)
        obj = obj->u.func.func->obj; /* of an instance: the method itself */
    if (!d || !obj->info || obj->pkg != d->pkg) return;
    if (d->deps.len && VEC_LAST(&d->deps) == obj) return;
    for (size_t i = 0; i < d->deps.len && i < 16; i++) {
        if (d->deps.data[i] == obj) return;
    }
    if (c->mem.failed || !VEC_PUSH(&d->deps, obj)) c->mem.failed = true;
}

struct lang_func *chk_new_func(struct lang_checker *c, enum lang_func_kind kind, lang_pos pos) {
    struct lang_func *f = MEM_NEW(&c->mem, struct lang_func);
    f->kind = kind;
    f->pos = pos;
    f->pkg = c->env.pkg;
    f->outer = c->env.func;
    f->id = ++c->next_func;
    return f;
}

static void own_vars(struct lang_func *f, struct lang_object_list list) {
    for (size_t i = 0; i < list.len; i++)
        list.data[i]->u.var.in = f;
}

void chk_bind_func(struct lang_func *f, struct lang_type *sig) {
    f->sig = sig;
    f->recv = sig->u.sig.recv;
    f->params = sig->u.sig.params;
    f->results = sig->u.sig.results;
    if (f->recv) f->recv->u.var.in = f;
    own_vars(f, f->params);
    own_vars(f, f->results);
    f->named_results = f->results.len && *f->results.data[0]->name;
}

void chk_add_local(struct lang_checker *c, struct lang_object *v) {
    struct lang_func *f = c->env.func;
    size_t n = f->locals.len;
    if (!(n & (n - 1))) { /* full at powers of two */
        struct lang_object **data = MEM_ARRAY(&c->mem, struct lang_object *, n ? n * 2 : 1);
        if (!data || c->mem.failed) return;
        if (n) memcpy(data, f->locals.data, n * sizeof *data);
        f->locals.data = data;
    }
    f->locals.data[f->locals.len++] = v;
}

static void unused_variables(struct lang_checker *c, struct lang_func *f) {
    for (size_t i = 0; i < f->locals.len; i++) {
        struct lang_object *v = f->locals.data[i];
        if (!v->u.var.used && !STR_BLANK(c, v->name) && v->parent)
            chk_error(c, v->pos, "declared and not used: %s", v->name);
    }
}

/* The body of f, whose parameters are in c->env.scope. */
void chk_func_body(struct lang_checker *c, struct lang_func *f, struct lang_decl_info *decl,
                   const struct lang_const *iota) {
    struct env env = c->env;
    c->env = (struct env){.pkg = f->pkg, .decl = decl, .scope = env.scope, .func = f, .iota = iota};
    f->end = f->body->u.block.rbrace;
    chk_stmt_list(c, f->body->u.block.list);
    if (f->results.len && !chk_terminating(f->body->u.block.list))
        chk_error(c, f->body->u.block.rbrace, "missing return");
    unused_variables(c, f);
    f->prepared = true;
    c->env = env;
}

/* ---- cycles ---- */

static const char *cycle_name(struct lang_checker *c, const struct lang_object *o) {
    return o->pkg && o->pkg != c->env.pkg ? chk_sprintf(c, "%s.%s", o->pkg->name, o->name) : o->name;
}

void chk_cycle_error(struct lang_checker *c, struct lang_object **cycle, size_t n, size_t start) {
    struct lang_object *o = cycle[start];
    bool type = o->kind == LANG_OBJ_TYPE;
    if (n == 1) {
        chk_error(
            c, o->pos,
            type ? "invalid recursive type: %s refers to itself" : "invalid cycle in declaration: %s refers to itself",
            cycle_name(c, o));
        return;
    }
    struct str s = {0};
    for (size_t i = 0; i < n; i++) {
        struct lang_object *next = cycle[(start + i + 1) % n];
        str_addf(&s, "\n\t%s: %s refers to %s", chk_posstr(c, o->pos), cycle_name(c, o), cycle_name(c, next));
        o = next;
    }
    o = cycle[start];
    chk_error(c, o->pos, type ? "invalid recursive type %s%s" : "invalid cycle in declaration of %s%s",
              cycle_name(c, o), str_cstr(&s));
    str_free(&s);
}

static size_t first_in_source(struct lang_object **list, size_t n) {
    size_t first = 0;
    for (size_t i = 1; i < n; i++) {
        if (list[i]->pos < list[first]->pos) first = i;
    }
    return first;
}

/* obj is being resolved already: may it refer to itself so? */
static bool valid_cycle(struct lang_checker *c, struct lang_object *obj) {
    size_t start = obj->on_path - 1, n = c->path.len - start;
    struct lang_object **cycle = c->path.data + start;
    size_t nval = 0, ndef = 0;
    for (size_t i = 0; i < n; i++) {
        struct lang_object *o = cycle[i];
        if (o->kind == LANG_OBJ_CONST || o->kind == LANG_OBJ_VAR) nval++;
        if (o->kind != LANG_OBJ_TYPE) continue;
        if (c->env.in_tparams && chk_generic_named(o->type)) return true;
        if (!o->u.type.alias) ndef++;
    }
    if (nval == n || (nval == 0 && ndef > 0)) return true;
    chk_cycle_error(c, cycle, n, first_in_source(cycle, n));
    return false;
}

static void push(struct lang_checker *c, struct lang_object *o) {
    if (!VEC_PUSH(&c->path, o)) c->mem.failed = true;
    o->on_path = (uint32_t)c->path.len;
}

static void pop(struct lang_checker *c, struct lang_object *o) {
    o->on_path = 0;
    if (c->path.len) c->path.len--;
}

/* ---- types that contain themselves ---- */

struct nest {
    struct lang_type *t;
    struct nest *prev;
    int depth;
};

static bool value_valid(struct lang_checker *c, struct lang_type *t, struct nest *nest, struct nest *path);

static lang_pos named_pos(const struct lang_type *t) { return t->u.named.pos ? t->u.named.pos : t->u.named.obj->pos; }

/* The types from the first that is t on: they contain each other. */
static void contains_itself(struct lang_checker *c, struct lang_type *t, struct nest *path) {
    size_t n = 0;
    struct nest *first = path;
    for (;; first = first->prev) {
        n++;
        if (first->t == t || lang_identical(first->t, t)) break;
    }
    struct lang_object **cycle = MEM_ARRAY(&c->mem, struct lang_object *, n);
    bool told = false;
    struct nest *at = path;
    for (size_t i = n; i-- > 0; at = at->prev) {
        struct lang_object *o = MEM_NEW(&c->mem, struct lang_object);
        *o = *at->t->u.named.obj;
        o->pos = named_pos(at->t); /* an instance stands where it was asked for */
        cycle[i] = o;
        if (at->t->u.named.origin->u.named.underlying == c->invalid) told = true;
    }
    if (!told) chk_cycle_error(c, cycle, n, 0);
    for (at = path;; at = at->prev) {
        at->t->u.named.underlying = at->t->u.named.origin->u.named.underlying = c->invalid;
        if (at == first) break;
    }
}

/* nest: the types that t is inside of; path: those through which it was reached, type arguments included. A generic
 * type is walked through its origin's text, whatever the arguments. */
static bool named_valid(struct lang_checker *c, struct lang_type *t, struct nest *nest, struct nest *path) {
    if (t->u.named.checked) return true;
    for (struct nest *at = nest; at; at = at->prev) {
        if (at->t != t && !lang_identical(at->t, t)) continue;
        contains_itself(c, t, path);
        return false;
    }
    if (path && path->depth > 500) return true;
    struct nest here = {t, nest, 0}, step = {t, path, path ? path->depth + 1 : 0};
    struct lang_type *u = t->u.named.origin->u.named.underlying;
    if (!u) return true;
    bool ok = value_valid(c, u, &here, &step);
    if (ok && !t->u.named.origin->u.named.tparams.len) t->u.named.checked = true;
    return ok;
}

/* A type parameter stands for the argument that the instance around it has. */
static bool tparam_valid(struct lang_checker *c, struct lang_type *t, struct nest *nest, struct nest *path) {
    if (!nest) return true;
    struct lang_type *inst = nest->t;
    struct lang_object_list own = inst->u.named.origin->u.named.tparams;
    for (size_t i = 0; i < own.len && i < inst->u.named.targs.len; i++) {
        if (own.data[i]->type == t) return value_valid(c, inst->u.named.targs.data[i], nest->prev, path);
    }
    return true;
}

static bool value_valid(struct lang_checker *c, struct lang_type *t, struct nest *nest, struct nest *path) {
    switch (t->kind) {
    case LANG_T_NAMED:
        return named_valid(c, t, nest, path);
    case LANG_T_TYPEPARAM:
        return tparam_valid(c, t, nest, path);
    case LANG_T_ARRAY:
        return value_valid(c, t->u.array.elem, nest, path);
    case LANG_T_STRUCT:
        for (size_t i = 0; i < t->u.strct.fields.len; i++) {
            if (!value_valid(c, t->u.strct.fields.data[i]->type, nest, path)) return false;
        }
        return true;
    case LANG_T_UNION:
        for (size_t i = 0; i < t->u.unions.nterms; i++) {
            if (!value_valid(c, t->u.unions.terms[i].type, nest, path)) return false;
        }
        return true;
    case LANG_T_INTERFACE:
        for (size_t i = 0; i < t->u.iface.embeddeds.len; i++) {
            if (!value_valid(c, t->u.iface.embeddeds.data[i], nest, path)) return false;
        }
        return true;
    default:
        return true;
    }
}

static void later_valid_type(struct lang_checker *c, void *a, void *b) {
    (void)b;
    struct lang_object *o = a;
    if (o->type && o->type->kind == LANG_T_NAMED) value_valid(c, o->type, NULL, NULL);
}

/* ---- constants, variables, types, functions ---- */

static void const_decl(struct lang_checker *c, struct lang_object *obj, struct lang_expr *type, struct lang_expr *init,
                       bool inherited, int64_t iota) {
    const struct lang_const *outer_iota = c->env.iota;
    lang_pos outer_pos = c->env.errpos;
    c->env.iota = lang_const_make_int(c->mem.arena, iota);
    c->env.errpos = 0;
    struct operand x = {.mode = LANG_MODE_INVALID, .type = c->invalid};
    bool ok = true;
    if (type) {
        struct lang_type *t = chk_type(c, type);
        ok = lang_is_basic(t, LANG_IS_CONST_TYPE);
        if (!ok && lang_under(t)->kind != LANG_T_INVALID)
            chk_error(c, lang_start_pos(type), "invalid constant type %s", chk_typestr(c, t));
        obj->type = ok ? t : c->invalid;
    }
    if (ok) {
        if (init) {
            if (inherited) c->env.errpos = obj->pos;
            chk_expr(c, &x, init);
        }
        chk_init_const(c, obj, &x);
    }
    c->env.iota = outer_iota;
    c->env.errpos = outer_pos;
}

static void var_decl(struct lang_checker *c, struct lang_object *obj, struct lang_object_list lhs,
                     struct lang_expr *type, struct lang_expr *init) {
    if (type) obj->type = chk_var_type(c, type);
    if (!init) {
        if (!type) obj->type = c->invalid;
        return;
    }
    if (lhs.len <= 1) {
        struct operand x;
        chk_expr_target(c, &x, init, obj->type, obj->name);
        chk_init_var(c, obj, &x, "variable declaration");
        return;
    }
    if (type) {
        for (size_t i = 0; i < lhs.len; i++)
            lhs.data[i]->type = obj->type;
    }
    struct lang_expr_list rhs = {&init, 1};
    chk_init_vars(c, lhs, rhs, NULL);
}

static void unique_fields(struct lang_checker *c, void *a, void *b) {
    (void)b;
    struct lang_type *t = a, *u = lang_under(t);
    if (u->kind != LANG_T_STRUCT) return;
    for (size_t i = 0; i < t->u.named.methods.len; i++) {
        struct lang_object *m = t->u.named.methods.data[i];
        for (size_t j = 0; j < u->u.strct.fields.len; j++) {
            struct lang_object *f = u->u.strct.fields.data[j];
            if (STR_BLANK(c, f->name) || f->name != m->name) continue;
            chk_error(c, m->pos, "field and method with the same name %s\n\t%s: other declaration of %s", f->name,
                      chk_posstr(c, f->pos), f->name);
        }
    }
}

static void collect_methods(struct lang_checker *c, struct lang_object *obj) {
    struct lang_object_list decls = obj->info->methods;
    obj->info->methods.len = 0;
    struct lang_type *t = obj->type;
    if (!decls.len || !t || t->kind != LANG_T_NAMED) return;
    chk_later(c, unique_fields, t, NULL);
    t->u.named.methods.data = MEM_ARRAY(&c->mem, struct lang_object *, decls.len);
    for (size_t i = 0; i < decls.len && !c->mem.failed; i++) {
        struct lang_object *m = decls.data[i], *other = NULL;
        for (size_t j = 0; j < t->u.named.methods.len && !other; j++) {
            if (t->u.named.methods.data[j]->name == m->name) other = t->u.named.methods.data[j];
        }
        if (other) {
            chk_error(c, m->pos, "method %s.%s already declared at %s", obj->name, m->name, chk_posstr(c, other->pos));
            continue;
        }
        t->u.named.methods.data[t->u.named.methods.len++] = m;
    }
}

static void alias_decl(struct lang_checker *c, struct lang_object *obj, struct lang_decl *d) {
    obj->u.type.alias = true;
    bool generic = d->u.type.tparams.len > 0;
    if (generic) {
        chk_open_scope(c);
        chk_collect_tparams(c, &d->u.type.tparams, &obj->u.type.tparams);
    }
    struct lang_type *t = chk_decl_type(c, d->u.type.type, obj);
    for (size_t i = 0; i < obj->u.type.tparams.len; i++) {
        if (obj->u.type.tparams.data[i]->type != t) continue;
        chk_error(c, lang_start_pos(d->u.type.type), "cannot use type parameter declared in alias declaration as RHS");
        t = c->invalid;
    }
    if (generic) chk_close_scope(c);
    obj->type = t;
}

static void type_decl(struct lang_checker *c, struct lang_object *obj, struct lang_decl *d) {
    chk_later(c, later_valid_type, obj, NULL);
    if (d->u.type.alias) {
        alias_decl(c, obj, d);
        return;
    }
    struct lang_type *t = chk_new_type(c, LANG_T_NAMED);
    t->u.named.obj = obj;
    t->u.named.origin = t;
    t->u.named.in = c->env.func && c->env.func->kind != LANG_FUNC_INIT ? c->env.func : NULL;
    obj->type = t;
    bool generic = d->u.type.tparams.len > 0;
    if (generic) {
        chk_open_scope(c);
        chk_collect_tparams(c, &d->u.type.tparams, &t->u.named.tparams);
    }
    /* Methods first: they may be asked for while the type is being read. */
    if (obj->info) collect_methods(c, obj);
    struct lang_type *rhs = chk_decl_type(c, d->u.type.type, obj);
    if (chk_is_tparam(rhs)) {
        chk_error(c, lang_start_pos(d->u.type.type), "cannot use a type parameter as RHS in type declaration");
        rhs = c->invalid;
    }
    if (rhs == t) {
        chk_cycle_error(c, &obj, 1, 0);
        rhs = c->invalid;
    }
    if (!t->u.named.underlying) t->u.named.underlying = rhs;
    if (generic) chk_close_scope(c);
}

static void later_body(struct lang_checker *c, void *a, void *b) {
    (void)b;
    chk_check_body(c, a);
}

/* One of the two is NULL. */
static void read_on(struct lang_checker *c, lang_pos pos, struct lang_decl *func, struct lang_stmt *body) {
    struct lang_parse_env env = {.mem = &c->mem, .names = &c->names, .diags = c->diags};
    const struct src_file *file = c->files.data[lang_pos_file(pos)];
    size_t before = c->diags->items.len;
    if (func) lang_parse_func(&env, file, func);
    else lang_parse_body(&env, file, body);
    if (c->diags->items.len > before) c->errors++;
}

void chk_read_func(struct lang_checker *c, struct lang_decl *d) {
    if (d->u.func.unread) read_on(c, d->pos, d, NULL);
}

static void func_decl(struct lang_checker *c, struct lang_object *obj, struct lang_decl_info *info) {
    struct lang_decl *d = info->decl;
    chk_read_func(c, d);
    struct lang_func *f = info->func;
    struct lang_type *sig = chk_new_type(c, LANG_T_SIGNATURE);
    obj->type = sig;
    chk_open_scope(c);
    c->env.scope->is_func = true;
    chk_signature(c, sig, d->u.func.recv, &d->u.func.tparams, d->u.func.type);
    chk_bind_func(f, sig);
    f->state = (struct lang_func_state *)c->env.scope;
    chk_close_scope(c);
    f->body = d->u.func.body;
    if (!f->body) {
        f->prepared = true;
        if (d->u.func.tparams.len) chk_error(c, d->pos, "generic function is missing function body");
        return;
    }
    if (info->pkg->library || info->body_queued) return;
    info->body_queued = true;
    chk_later(c, later_body, f, NULL);
}

bool chk_check_body(struct lang_checker *c, struct lang_func *f) {
    struct lang_decl_info *info = f->obj ? f->obj->info : NULL;
    if (!info || info->body_checked || !f->body) return !c->mem.failed;
    info->body_checked = true;
    int errors = c->errors;
    if (f->body->u.block.unread) read_on(c, f->body->pos, NULL, f->body);
    struct env env = c->env;
    c->env = (struct env){.pkg = info->pkg, .scope = (struct lang_scope *)f->state};
    chk_func_body(c, f, info, NULL);
    c->env = env;
    return !c->mem.failed && errors == c->errors;
}

static void resolve(struct lang_checker *c, struct lang_object *obj) {
    struct lang_decl_info *d = obj->info;
    struct env env = c->env;
    c->env = (struct env){.pkg = d->pkg, .scope = d->file, .func = d->pkg->init_func};
    switch (obj->kind) {
    case LANG_OBJ_CONST:
        c->env.decl = d;
        const_decl(c, obj, d->type, d->init, d->inherited, d->iota);
        break;
    case LANG_OBJ_VAR:
        c->env.decl = d;
        var_decl(c, obj, d->lhs, d->type, d->init);
        break;
    case LANG_OBJ_TYPE:
        type_decl(c, obj, d->decl);
        break;
    case LANG_OBJ_FUNC:
        func_decl(c, obj, d);
        break;
    default:
        break;
    }
    c->env = env;
}

void chk_obj_decl(struct lang_checker *c, struct lang_object *obj) {
    if (c->mem.failed) return;
    if (obj->on_path) {
        bool ok = valid_cycle(c, obj);
        if (obj->kind == LANG_OBJ_FUNC) return;
        if (!ok || !obj->type) {
            if (obj->kind == LANG_OBJ_TYPE && obj->type && obj->type->kind == LANG_T_NAMED)
                obj->type->u.named.underlying = c->invalid;
            obj->type = c->invalid;
        }
        return;
    }
    if (obj->type || !obj->info) return;
    if (chk_enter(c, obj->pos)) {
        push(c, obj);
        resolve(c, obj);
        pop(c, obj);
    }
    chk_leave(c);
    if (!obj->type) obj->type = c->invalid;
}

bool chk_finite(struct lang_checker *c, struct lang_type *t) {
    /* A value of a type that is still being declared, inside of its declaration: [len(T{}.x)]int. */
    if (t->kind == LANG_T_ARRAY) return chk_finite(c, t->u.array.elem);
    if (t->kind != LANG_T_NAMED || t->u.named.underlying || t->u.named.targs.len) return true;
    struct lang_object *o = t->u.named.obj;
    if (!o->on_path) return true;
    size_t start = o->on_path - 1, n = c->path.len - start;
    chk_cycle_error(c, c->path.data + start, n, first_in_source(c->path.data + start, n));
    t->u.named.underlying = c->invalid;
    return false;
}

/* ---- local declarations ---- */

void chk_arity(struct lang_checker *c, lang_pos pos, struct lang_expr_list names, struct lang_expr_list inits,
               bool is_const, bool inherited) {
    size_t l = names.len, r = inits.len;
    if (l < r) {
        struct lang_expr *n = inits.data[l];
        if (inherited) {
            chk_error(c, pos, "extra init expr at %s", chk_posstr(c, n->pos));
        } else {
            chk_error(c, lang_start_pos(n), "extra init expr %s", chk_exprstr(c, n));
        }
    } else if (l > r && (is_const || r != 1)) {
        chk_error(c, names.data[r]->pos, "missing init expr for %s", names.data[r]->u.ident.name);
    }
}

static void local_const(struct lang_checker *c, struct lang_decl *d, struct lang_decl *last, bool inherited) {
    struct lang_expr_list names = d->u.value.names, values = last ? last->u.value.values : (struct lang_expr_list){0};
    struct lang_object **objs = MEM_ARRAY(&c->mem, struct lang_object *, names.len);
    for (size_t i = 0; i < names.len && !c->mem.failed; i++) {
        objs[i] = chk_new_object(c, LANG_OBJ_CONST, names.data[i]->pos, names.data[i]->u.ident.name, NULL);
        const_decl(c, objs[i], last ? last->u.value.type : NULL, i < values.len ? values.data[i] : NULL, inherited,
                   d->u.value.iota);
    }
    chk_arity(c, d->pos, names, values, true, inherited);
    for (size_t i = 0; i < names.len && !c->mem.failed; i++)
        chk_declare(c, c->env.scope, names.data[i], objs[i]);
}

static void local_var(struct lang_checker *c, struct lang_decl *d) {
    struct lang_expr_list names = d->u.value.names, values = d->u.value.values;
    struct lang_object_list objs = {MEM_ARRAY(&c->mem, struct lang_object *, names.len), names.len};
    if (!objs.data) return;
    for (size_t i = 0; i < names.len; i++)
        objs.data[i] = chk_new_var(c, LANG_VAR_LOCAL, names.data[i]->pos, names.data[i]->u.ident.name, NULL);
    for (size_t i = 0; i < names.len; i++) {
        struct lang_object_list lhs = {0};
        struct lang_expr *init = NULL;
        if (values.len == 1 && names.len != 1) lhs = objs;
        if (values.len == 1) {
            init = values.data[0];
        } else if (i < values.len) {
            init = values.data[i];
        }
        var_decl(c, objs.data[i], lhs, d->u.value.type, init);
        if (values.len == 1) break;
    }
    if (!d->u.value.type || values.len) chk_arity(c, d->pos, names, values, false, false);
    for (size_t i = 0; i < names.len; i++) {
        if (!objs.data[i]->type) objs.data[i]->type = c->invalid;
        chk_add_local(c, objs.data[i]);
        chk_declare(c, c->env.scope, names.data[i], objs.data[i]);
    }
}

static void add_local_type(struct lang_checker *c, struct lang_object *o) {
    struct lang_func *f = c->env.func;
    while (f->outer && f->kind != LANG_FUNC_INIT)
        f = f->outer;
    size_t n = f->local_types.len;
    if (!(n & (n - 1))) { /* full at powers of two */
        struct lang_object **data = MEM_ARRAY(&c->mem, struct lang_object *, n ? n * 2 : 1);
        if (!data || c->mem.failed) return;
        if (n) memcpy(data, f->local_types.data, n * sizeof *data);
        f->local_types.data = data;
    }
    f->local_types.data[f->local_types.len++] = o;
}

static void local_type(struct lang_checker *c, struct lang_decl *d) {
    struct lang_expr *name = d->u.type.name;
    struct lang_object *obj = chk_new_object(c, LANG_OBJ_TYPE, name->pos, name->u.ident.name, NULL);
    chk_declare(c, c->env.scope, name, obj);
    push(c, obj);
    type_decl(c, obj, d);
    pop(c, obj);
    if (!d->u.type.alias && obj->type && obj->type->kind == LANG_T_NAMED) add_local_type(c, obj);
}

void chk_decl_stmt(struct lang_checker *c, struct lang_stmt *s) {
    struct lang_decl *last = NULL;
    uint32_t group = 0;
    for (size_t i = 0; i < s->u.decl.ndecls && !c->mem.failed; i++) {
        struct lang_decl *d = s->u.decl.decls[i];
        if (d->kind == LANG_D_CONST) {
            if (!d->group || d->group != group) last = NULL;
            group = d->group;
            bool own = d->u.value.type || d->u.value.values.len;
            if (own) last = d;
            local_const(c, d, last, !own && last);
        } else if (d->kind == LANG_D_VAR) {
            local_var(c, d);
        } else if (d->kind == LANG_D_TYPE) {
            local_type(c, d);
        }
    }
}
