/* A generic function is checked once; what code generation gets is a copy of its tree for each list of type arguments,
 * with the arguments in place of the parameters: types, variables, selections and functions within are the copy's own.
 */
#include "clone.h"

#include <string.h>

#include "subst.h"

struct pair {
    const void *from;
    void *to;
};

struct cloner {
    struct lang_checker *c;
    struct subst s;
    struct pair *table; /* objects, functions, statements; a power of two */
    size_t size, used;
    VEC(struct lang_stmt *) branches; /* to be pointed at the copies of their targets */
    VEC(struct subst_local) local;
};

static struct lang_expr *clone_expr(struct cloner *k, struct lang_expr *e);
static struct lang_stmt *clone_stmt(struct cloner *k, struct lang_stmt *s);

/* ---- what stands for what ---- */

static size_t slot(const struct cloner *k, const void *p) {
    size_t i = (size_t)(((uint64_t)(uintptr_t)p * 0x9e3779b97f4a7c15u) >> 32) & (k->size - 1);
    while (k->table[i].from && k->table[i].from != p)
        i = (i + 1) & (k->size - 1);
    return i;
}

static void remember(struct cloner *k, const void *from, void *to) {
    if ((k->used + 1) * 2 > k->size) {
        struct cloner old = *k;
        k->size = k->size ? k->size * 2 : 64;
        k->table = MEM_ARRAY(&k->c->mem, struct pair, k->size);
        for (size_t i = 0; i < old.size; i++) {
            if (old.table[i].from) k->table[slot(k, old.table[i].from)] = old.table[i];
        }
    }
    size_t i = slot(k, from);
    if (!k->table[i].from) k->used++;
    k->table[i] = (struct pair){from, to};
}

static void *copy_of(const struct cloner *k, const void *from) {
    if (!from || !k->size) return NULL;
    return k->table[slot(k, from)].to;
}

static struct lang_type *type_of(struct cloner *k, struct lang_type *t) {
    k->s.local = k->local.data;
    k->s.nlocal = k->local.len;
    return chk_subst_with(&k->s, t);
}

/* Variables of the function get copies; what is declared outside stays. */
static struct lang_object *object_of(struct cloner *k, struct lang_object *o) {
    struct lang_object *copy = copy_of(k, o);
    return copy ? copy : o;
}

static struct lang_object *clone_var(struct cloner *k, struct lang_object *o, struct lang_func *in) {
    if (!o) return NULL;
    struct lang_object *copy = copy_of(k, o);
    if (copy) return copy;
    copy = MEM_NEW(&k->c->mem, struct lang_object);
    *copy = *o;
    copy->cg = NULL;
    copy->type = type_of(k, o->type);
    copy->u.var.in = in;
    remember(k, o, copy);
    return copy;
}

static struct lang_object_list clone_vars(struct cloner *k, struct lang_object_list list, struct lang_func *in) {
    struct lang_object_list out = {MEM_ARRAY(&k->c->mem, struct lang_object *, list.len), list.len};
    for (size_t i = 0; i < list.len; i++)
        out.data[i] = clone_var(k, list.data[i], in);
    return out;
}

static struct lang_object_list map_objects(struct cloner *k, struct lang_object_list list) {
    struct lang_object_list out = {MEM_ARRAY(&k->c->mem, struct lang_object *, list.len), list.len};
    for (size_t i = 0; i < list.len; i++)
        out.data[i] = list.data[i] ? object_of(k, list.data[i]) : NULL;
    return out;
}

/* ---- functions ---- */

static struct lang_func *func_of(struct cloner *k, struct lang_func *f) {
    if (!f) return NULL;
    struct lang_func *copy = copy_of(k, f);
    if (copy) return copy;
    if (!f->origin) return f;
    struct lang_type_list targs = {MEM_ARRAY(&k->c->mem, struct lang_type *, f->targs.len), f->targs.len};
    bool changed = false;
    for (size_t i = 0; i < targs.len; i++) {
        targs.data[i] = type_of(k, f->targs.data[i]);
        changed = changed || targs.data[i] != f->targs.data[i];
    }
    return changed ? chk_func_instance(k->c, f->origin, targs) : f;
}

static void fill_func(struct cloner *k, struct lang_func *f, const struct lang_func *from) {
    f->sig = from->sig ? type_of(k, from->sig) : NULL;
    f->recv = clone_var(k, from->recv, f);
    f->params = clone_vars(k, from->params, f);
    f->results = clone_vars(k, from->results, f);
    f->captures = map_objects(k, from->captures);
    f->locals = clone_vars(k, from->locals, f);
    f->has_defer = from->has_defer;
    f->has_recover = from->has_recover;
    f->named_results = from->named_results;
    f->end = from->end;
    f->nlits = from->nlits;
    f->lits = MEM_ARRAY(&k->c->mem, struct lang_func *, from->nlits);
    for (size_t i = 0; i < from->nlits; i++) {
        struct lang_func *l = from->lits[i], *copy = MEM_NEW(&k->c->mem, struct lang_func);
        copy->kind = l->kind;
        copy->pos = l->pos;
        copy->pkg = l->pkg;
        copy->outer = f;
        copy->id = ++k->c->next_func;
        f->lits[i] = copy;
        remember(k, l, copy);
        fill_func(k, copy, l);
    }
}

static struct lang_func *clone_lit(struct cloner *k, struct lang_func *from) {
    struct lang_func *f = copy_of(k, from);
    if (!f || f->body) return f;
    f->body = from->body ? clone_stmt(k, from->body) : NULL;
    f->prepared = true;
    return f;
}

/* ---- expressions ---- */

static struct lang_expr_list clone_exprs(struct cloner *k, struct lang_expr_list list) {
    struct lang_expr_list out = {MEM_ARRAY(&k->c->mem, struct lang_expr *, list.len), list.len};
    if (!out.data) out.len = 0;
    for (size_t i = 0; i < out.len; i++)
        out.data[i] = clone_expr(k, list.data[i]);
    return out;
}

/* A field or method found again in the type that the operand has here. */
static void clone_selection(struct cloner *k, struct lang_expr *e) {
    struct lang_selection *s = &e->u.sel.selection;
    if (s->kind == LANG_SEL_PACKAGE || s->kind == LANG_SEL_NONE) return;
    struct lang_type *recv = type_of(k, s->recv);
    if (recv == s->recv && s->kind == LANG_SEL_FIELD) return;
    enum lang_sel_kind kind = s->kind;
    bool addressable = e->u.sel.x->mode == LANG_MODE_VARIABLE;
    struct lookup l = chk_lookup(k->c, recv, addressable, s->obj->pkg, s->obj->name, false);
    if (!l.obj) return; /* cannot be: the arguments satisfy their constraints */
    chk_obj_decl(k->c, l.obj);
    chk_fill_selection(recv, &l, s);
    if (kind == LANG_SEL_METHOD_EXPR) s->kind = kind;
    e->u.sel.sel->u.ident.obj = l.obj;
    if (s->recv_addr && !s->indirect) chk_mark_root(e->u.sel.x, ROOT_ADDR);
    if (s->kind != LANG_SEL_FIELD) e->func = s->iface ? NULL : lang_method_func(k->c->out, s);
}

/* Keys of a struct literal name fields of the type that it has here. */
static void rename_keys(struct lang_expr *e) {
    struct lang_type *u = e->type ? lang_under(e->type) : NULL;
    if (u && u->kind == LANG_T_POINTER && !e->u.comp.type) u = lang_under(u->u.pointer.elem);
    if (!u || u->kind != LANG_T_STRUCT) return;
    for (size_t i = 0; i < e->u.comp.elems.len; i++) {
        struct lang_expr *kv = e->u.comp.elems.data[i];
        if (kv->kind != LANG_E_KEY_VALUE || kv->u.kv.key->kind != LANG_E_IDENT) continue;
        struct lang_object *f = kv->u.kv.key->u.ident.obj;
        if (f && f->u.var.index < u->u.strct.fields.len)
            kv->u.kv.key->u.ident.obj = u->u.strct.fields.data[f->u.var.index];
    }
}

static void clone_parts(struct cloner *k, struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_IDENT:
        e->u.ident.obj = e->u.ident.obj ? object_of(k, e->u.ident.obj) : NULL;
        return;
    case LANG_E_FUNC_LIT:
        e->func = clone_lit(k, e->func);
        e->u.func_lit.type = clone_expr(k, e->u.func_lit.type);
        if (e->func) e->u.func_lit.body = e->func->body;
        return;
    case LANG_E_COMPOSITE_LIT:
        e->u.comp.type = clone_expr(k, e->u.comp.type);
        e->u.comp.elems = clone_exprs(k, e->u.comp.elems);
        rename_keys(e);
        return;
    case LANG_E_KEY_VALUE:
        e->u.kv.key = clone_expr(k, e->u.kv.key);
        e->u.kv.value = clone_expr(k, e->u.kv.value);
        return;
    case LANG_E_PAREN:
    case LANG_E_STAR:
        e->u.paren.x = clone_expr(k, e->u.paren.x);
        return;
    case LANG_E_SELECTOR:
        e->u.sel.x = clone_expr(k, e->u.sel.x);
        e->u.sel.sel = clone_expr(k, e->u.sel.sel);
        clone_selection(k, e);
        return;
    case LANG_E_INDEX:
        e->u.index.x = clone_expr(k, e->u.index.x);
        e->u.index.indices = clone_exprs(k, e->u.index.indices);
        return;
    case LANG_E_SLICE:
        e->u.slice.x = clone_expr(k, e->u.slice.x);
        e->u.slice.lo = clone_expr(k, e->u.slice.lo);
        e->u.slice.hi = clone_expr(k, e->u.slice.hi);
        e->u.slice.max = clone_expr(k, e->u.slice.max);
        return;
    case LANG_E_TYPE_ASSERT:
        e->u.assert.x = clone_expr(k, e->u.assert.x);
        e->u.assert.type = clone_expr(k, e->u.assert.type);
        return;
    case LANG_E_TYPE_SWITCH:
        e->u.guard.x = clone_expr(k, e->u.guard.x);
        return;
    case LANG_E_CALL:
        e->u.call.fun = clone_expr(k, e->u.call.fun);
        e->u.call.args = clone_exprs(k, e->u.call.args);
        return;
    case LANG_E_UNARY:
        e->u.unary.x = clone_expr(k, e->u.unary.x);
        return;
    case LANG_E_BINARY:
        e->u.binary.x = clone_expr(k, e->u.binary.x);
        e->u.binary.y = clone_expr(k, e->u.binary.y);
        if (e->u.binary.operand) e->u.binary.operand = type_of(k, e->u.binary.operand);
        return;
    default:
        return; /* types and literals: what they denote is in e->type */
    }
}

static struct lang_expr *clone_expr(struct cloner *k, struct lang_expr *e) {
    if (!e) return NULL;
    struct lang_expr *n = MEM_NEW(&k->c->mem, struct lang_expr);
    *n = *e;
    if (!chk_enter(k->c, e->pos)) {
        chk_leave(k->c);
        return n;
    }
    if (n->type) n->type = type_of(k, n->type);
    if (n->convert) n->convert = type_of(k, n->convert);
    if (n->kind != LANG_E_FUNC_LIT) n->func = func_of(k, n->func); /* a literal's copy is made with its body */
    clone_parts(k, n);
    if (n->convert && (!lang_is_interface(n->convert) || lang_identical(n->convert, n->type))) n->convert = NULL;
    if (n->constant && n->type) {
        struct lang_type *u = lang_under(n->type);
        const struct lang_const *v = n->constant;
        if (u->kind == LANG_T_BASIC && chk_representable(k->c, v, u->u.basic.basic, &v)) n->constant = v;
    }
    chk_leave(k->c);
    return n;
}

/* ---- statements ---- */

static struct lang_stmt_list clone_list(struct cloner *k, struct lang_stmt_list list) {
    struct lang_stmt_list out = {MEM_ARRAY(&k->c->mem, struct lang_stmt *, list.len), list.len};
    if (!out.data) out.len = 0;
    for (size_t i = 0; i < out.len; i++)
        out.data[i] = clone_stmt(k, list.data[i]);
    return out;
}

static struct lang_clause *clone_clauses(struct cloner *k, const struct lang_clause *list, size_t n) {
    struct lang_clause *out = MEM_ARRAY(&k->c->mem, struct lang_clause, n);
    for (size_t i = 0; out && i < n; i++) {
        out[i] = list[i];
        out[i].cases = clone_exprs(k, list[i].cases);
        out[i].comm = clone_stmt(k, list[i].comm);
        if (list[i].var) out[i].var = object_of(k, list[i].var);
        out[i].body = clone_list(k, list[i].body);
    }
    return out;
}

static void clone_decls(struct cloner *k, struct lang_stmt *n) {
    struct lang_decl **out = MEM_ARRAY(&k->c->mem, struct lang_decl *, n->u.decl.ndecls);
    for (size_t i = 0; out && i < n->u.decl.ndecls; i++) {
        struct lang_decl *d = MEM_NEW(&k->c->mem, struct lang_decl);
        *d = *n->u.decl.decls[i];
        out[i] = d;
        if (d->kind != LANG_D_VAR) continue;
        d->u.value.names = clone_exprs(k, d->u.value.names);
        d->u.value.type = clone_expr(k, d->u.value.type);
        d->u.value.values = clone_exprs(k, d->u.value.values);
    }
    n->u.decl.decls = out;
}

static void clone_range(struct cloner *k, struct lang_stmt *n) {
    n->u.range.key = clone_expr(k, n->u.range.key);
    n->u.range.value = clone_expr(k, n->u.range.value);
    n->u.range.x = clone_expr(k, n->u.range.x);
    if (n->u.range.func) {
        n->u.range.func = clone_lit(k, n->u.range.func);
        if (n->u.range.func) n->u.range.body = n->u.range.func->body;
    } else {
        n->u.range.body = clone_stmt(k, n->u.range.body);
    }
}

static void clone_stmt_parts(struct cloner *k, struct lang_stmt *n) {
    switch (n->kind) {
    case LANG_S_EMPTY:
        return;
    case LANG_S_LABELED:
        n->u.labeled.stmt = clone_stmt(k, n->u.labeled.stmt);
        return;
    case LANG_S_BLOCK:
        n->u.block.list = clone_list(k, n->u.block.list);
        return;
    case LANG_S_EXPR:
    case LANG_S_GO:
    case LANG_S_DEFER:
        n->u.expr.x = clone_expr(k, n->u.expr.x);
        return;
    case LANG_S_SEND:
        n->u.send.chan = clone_expr(k, n->u.send.chan);
        n->u.send.value = clone_expr(k, n->u.send.value);
        return;
    case LANG_S_ASSIGN:
        n->u.assign.lhs = clone_exprs(k, n->u.assign.lhs);
        n->u.assign.rhs = clone_exprs(k, n->u.assign.rhs);
        return;
    case LANG_S_RETURN:
        n->u.ret.results = clone_exprs(k, n->u.ret.results);
        return;
    case LANG_S_BRANCH:
        if (!VEC_PUSH(&k->branches, n)) k->c->mem.failed = true;
        return;
    case LANG_S_IF:
        n->u.if_.init = clone_stmt(k, n->u.if_.init);
        n->u.if_.cond = clone_expr(k, n->u.if_.cond);
        n->u.if_.then = clone_stmt(k, n->u.if_.then);
        n->u.if_.els = clone_stmt(k, n->u.if_.els);
        return;
    case LANG_S_SWITCH:
    case LANG_S_TYPE_SWITCH:
        n->u.swtch.init = clone_stmt(k, n->u.swtch.init);
        n->u.swtch.tag = clone_expr(k, n->u.swtch.tag);
        n->u.swtch.clauses = clone_clauses(k, n->u.swtch.clauses, n->u.swtch.nclauses);
        return;
    case LANG_S_SELECT:
        n->u.select.clauses = clone_clauses(k, n->u.select.clauses, n->u.select.nclauses);
        return;
    case LANG_S_FOR:
        n->u.for_.init = clone_stmt(k, n->u.for_.init);
        n->u.for_.cond = clone_expr(k, n->u.for_.cond);
        n->u.for_.post = clone_stmt(k, n->u.for_.post);
        n->u.for_.body = clone_stmt(k, n->u.for_.body);
        n->u.for_.vars = map_objects(k, n->u.for_.vars);
        return;
    case LANG_S_RANGE:
        clone_range(k, n);
        return;
    case LANG_S_DECL:
        clone_decls(k, n);
        return;
    }
}

static struct lang_stmt *clone_stmt(struct cloner *k, struct lang_stmt *s) {
    if (!s) return NULL;
    struct lang_stmt *n = MEM_NEW(&k->c->mem, struct lang_stmt);
    *n = *s;
    remember(k, s, n);
    if (chk_enter(k->c, s->pos)) clone_stmt_parts(k, n);
    chk_leave(k->c);
    return n;
}

/* ---- the whole ---- */

/* A type that the function declares is another type in every instance. */
static void clone_local_types(struct cloner *k, struct lang_object_list types) {
    for (size_t i = 0; i < types.len; i++) {
        struct lang_object *o = types.data[i], *copy = MEM_NEW(&k->c->mem, struct lang_object);
        struct lang_type *t = chk_new_type(k->c, LANG_T_NAMED);
        *copy = *o;
        copy->type = t;
        copy->cg = NULL;
        t->u.named = o->type->u.named;
        t->u.named.obj = copy;
        t->u.named.origin = t;
        t->u.named.underlying = NULL;
        struct subst_local l = {o->type, t};
        if (!VEC_PUSH(&k->local, l)) k->c->mem.failed = true;
        remember(k, o, copy);
    }
    for (size_t i = 0; i < k->local.len; i++)
        k->local.data[i].to->u.named.underlying = type_of(k, lang_under(k->local.data[i].from));
}

void chk_clone_func(struct lang_checker *c, struct lang_func *f) {
    struct lang_func *from = f->origin;
    struct cloner k = {.c = c};
    k.s.c = c;
    k.s.tparams = from->sig->u.sig.recv_tparams.len ? from->sig->u.sig.recv_tparams : from->sig->u.sig.tparams;
    k.s.targs = f->targs;
    clone_local_types(&k, from->local_types);
    struct lang_type plain = *from->sig;
    plain.u.sig.tparams.len = plain.u.sig.recv_tparams.len = 0;
    fill_func(&k, f, from);
    struct lang_type *sig = chk_new_type(c, LANG_T_SIGNATURE);
    sig->u.sig = type_of(&k, &plain)->u.sig;
    f->sig = sig;
    f->body = from->body ? clone_stmt(&k, from->body) : NULL;
    for (size_t i = 0; i < k.branches.len; i++) {
        struct lang_stmt *target = copy_of(&k, k.branches.data[i]->u.branch.target);
        if (target) k.branches.data[i]->u.branch.target = target;
    }
    VEC_FREE(&k.branches);
    VEC_FREE(&k.local);
    f->prepared = true;
}
