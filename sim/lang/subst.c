/* Type parameters replaced by type arguments; instances of generic types, methods and functions. */
#include "subst.h"

#include <string.h>

static struct lang_type *subst(struct subst *s, struct lang_type *t);

static bool subst_list(struct subst *s, struct lang_type_list in, struct lang_type_list *out) {
    bool changed = false;
    *out = in;
    for (size_t i = 0; i < in.len; i++) {
        struct lang_type *t = subst(s, in.data[i]);
        if (t == in.data[i] && !changed) continue;
        if (!changed) {
            out->data = MEM_ARRAY(&s->c->mem, struct lang_type *, in.len);
            memcpy(out->data, in.data, in.len * sizeof *out->data);
            changed = true;
        }
        out->data[i] = t;
    }
    return changed;
}

/* Variables (parameters, fields) and methods whose types change are copied. */
static bool subst_objects(struct subst *s, struct lang_object_list in, struct lang_object_list *out) {
    bool changed = false;
    *out = in;
    for (size_t i = 0; i < in.len; i++) {
        struct lang_object *o = in.data[i];
        struct lang_type *t = subst(s, o->type);
        if (t == o->type) continue;
        if (!changed) {
            out->data = MEM_ARRAY(&s->c->mem, struct lang_object *, in.len);
            memcpy(out->data, in.data, in.len * sizeof *out->data);
            changed = true;
        }
        struct lang_object *copy = MEM_NEW(&s->c->mem, struct lang_object);
        *copy = *o;
        copy->type = t;
        copy->cg = NULL;
        out->data[i] = copy;
    }
    return changed;
}

static struct lang_type *copy_type(struct subst *s, const struct lang_type *t) {
    struct lang_type *n = chk_new_type(s->c, t->kind);
    uint32_t id = n->id;
    *n = *t;
    n->id = id;
    n->cg = NULL;
    return n;
}

static struct lang_type *subst_interface(struct subst *s, struct lang_type *t) {
    struct lang_object_list methods;
    struct lang_type_list embeddeds;
    bool m = subst_objects(s, t->u.iface.methods, &methods), e = subst_list(s, t->u.iface.embeddeds, &embeddeds);
    if (!m && !e) return t;
    struct lang_type *n = copy_type(s, t);
    n->u.iface.methods = methods;
    n->u.iface.embeddeds = embeddeds;
    n->u.iface.set = NULL;
    return n;
}

static struct lang_type *subst_signature(struct subst *s, struct lang_type *t) {
    struct lang_object_list params, results;
    bool p = subst_objects(s, t->u.sig.params, &params), r = subst_objects(s, t->u.sig.results, &results);
    if (!p && !r) return t;
    struct lang_type *n = copy_type(s, t);
    n->u.sig.params = params;
    n->u.sig.results = results;
    return n;
}

static struct lang_type *subst_union(struct subst *s, struct lang_type *t) {
    struct lang_type *n = NULL;
    for (size_t i = 0; i < t->u.unions.nterms; i++) {
        struct lang_type *x = subst(s, t->u.unions.terms[i].type);
        if (x == t->u.unions.terms[i].type) continue;
        if (!n) {
            n = copy_type(s, t);
            n->u.unions.terms = MEM_ARRAY(&s->c->mem, struct lang_term, t->u.unions.nterms);
            memcpy(n->u.unions.terms, t->u.unions.terms, t->u.unions.nterms * sizeof *n->u.unions.terms);
        }
        n->u.unions.terms[i].type = x;
    }
    return n ? n : t;
}

static struct lang_type *subst_named(struct subst *s, struct lang_type *t) {
    for (size_t i = 0; i < s->nlocal; i++) {
        if (s->local[i].from == t) return s->local[i].to;
    }
    struct lang_type *origin = t->u.named.origin;
    struct lang_type_list targs;
    if (!t->u.named.targs.len) return t;
    bool changed = subst_list(s, t->u.named.targs, &targs);
    for (size_t i = 0; i < s->nlocal; i++) { /* a generic type of the function's own */
        if (s->local[i].from != origin) continue;
        origin = s->local[i].to;
        changed = true;
    }
    return changed ? chk_instantiate(s->c, origin, targs) : t;
}

static struct lang_type *subst_elem(struct subst *s, struct lang_type *t, struct lang_type **slot_in) {
    struct lang_type *e = subst(s, *slot_in);
    if (e == *slot_in) return t;
    struct lang_type *n = copy_type(s, t);
    /* The same member of the copy. */
    struct lang_type **slot = (struct lang_type **)(void *)((char *)n + ((char *)slot_in - (char *)t));
    *slot = e;
    return n;
}

static struct lang_type *subst_kind(struct subst *s, struct lang_type *t) {
    struct lang_object_list objects;
    struct lang_type_list types;
    struct lang_type *n;
    switch (t->kind) {
    case LANG_T_TYPEPARAM:
        for (size_t i = 0; i < s->tparams.len && i < s->targs.len; i++) {
            if (s->tparams.data[i]->type == t) return s->targs.data[i] ? s->targs.data[i] : t;
        }
        return t;
    case LANG_T_NAMED:
        return subst_named(s, t);
    case LANG_T_POINTER:
        return subst_elem(s, t, &t->u.pointer.elem);
    case LANG_T_SLICE:
        return subst_elem(s, t, &t->u.slice.elem);
    case LANG_T_ARRAY:
        return subst_elem(s, t, &t->u.array.elem);
    case LANG_T_CHAN:
        return subst_elem(s, t, &t->u.chan.elem);
    case LANG_T_MAP: {
        struct lang_type *k = subst(s, t->u.map.key), *e = subst(s, t->u.map.elem);
        if (k == t->u.map.key && e == t->u.map.elem) return t;
        n = copy_type(s, t);
        n->u.map.key = k;
        n->u.map.elem = e;
        return n;
    }
    case LANG_T_STRUCT:
        if (!subst_objects(s, t->u.strct.fields, &objects)) return t;
        n = copy_type(s, t);
        n->u.strct.fields = objects;
        return n;
    case LANG_T_TUPLE:
        if (!subst_list(s, t->u.tuple.types, &types)) return t;
        n = copy_type(s, t);
        n->u.tuple.types = types;
        n->u.tuple.vars.len = 0;
        return n;
    case LANG_T_SIGNATURE:
        return subst_signature(s, t);
    case LANG_T_INTERFACE:
        return subst_interface(s, t);
    case LANG_T_UNION:
        return subst_union(s, t);
    default:
        return t;
    }
}

static struct lang_type *subst(struct subst *s, struct lang_type *t) {
    if (!t) return NULL;
    if (!chk_enter(s->c, 0)) {
        chk_leave(s->c);
        return t;
    }
    struct lang_type *out = subst_kind(s, t);
    chk_leave(s->c);
    return out;
}

struct lang_type *chk_subst_with(struct subst *s, struct lang_type *t) {
    return subst(s, t);
}

struct lang_type *chk_subst(struct lang_checker *c, struct lang_type *t, struct lang_object_list tparams,
                            struct lang_type_list targs) {
    struct subst s = {.c = c, .tparams = tparams, .targs = targs};
    return subst(&s, t);
}

/* ---- instances ---- */

static uint64_t instance_hash(uint32_t origin, struct lang_type_list targs) {
    uint64_t h = origin * 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < targs.len; i++)
        h = (h ^ lang_type_hash(targs.data[i])) * 0x100000001b3u;
    return h;
}

static bool same_targs(struct lang_type_list a, struct lang_type_list b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (!lang_identical(a.data[i], b.data[i])) return false;
    }
    return true;
}

struct instance {
    struct lang_type *type;
    struct lang_func *func;
    struct instance *next;
};

struct lang_type *chk_instantiate(struct lang_checker *c, struct lang_type *generic, struct lang_type_list targs) {
    uint64_t h = instance_hash(generic->id, targs);
    struct instance *first = map_get(&c->instance_map, (const char *)&h, sizeof h);
    for (struct instance *i = first; i; i = i->next) {
        if (i->type && i->type->u.named.origin == generic && same_targs(i->type->u.named.targs, targs)) return i->type;
    }
    struct lang_type *t = chk_new_type(c, LANG_T_NAMED);
    t->u.named.obj = generic->u.named.obj;
    t->u.named.origin = generic;
    t->u.named.targs.data = MEM_ARRAY(&c->mem, struct lang_type *, targs.len);
    t->u.named.targs.len = targs.len;
    if (targs.len) memcpy(t->u.named.targs.data, targs.data, targs.len * sizeof *targs.data);
    t->u.named.in = generic->u.named.in;
    struct instance *i = MEM_NEW(&c->mem, struct instance);
    *i = (struct instance){t, NULL, first};
    if (!map_set(&c->instance_map, (const char *)&h, sizeof h, i)) c->mem.failed = true;
    return t;
}

void chk_expand(struct lang_checker *c, struct lang_type *t) {
    struct lang_type *origin = t->u.named.origin;
    if (t->u.named.expanding || !origin->u.named.underlying) return;
    t->u.named.expanding = true;
    struct lang_type *u = lang_under(origin);
    t->u.named.underlying = chk_subst(c, u, origin->u.named.tparams, t->u.named.targs);
    t->u.named.expanding = false;
}

struct lang_object *chk_instance_method(struct lang_checker *c, struct lang_type *inst, struct lang_object *m) {
    struct lang_object_list all = inst->u.named.origin->u.named.methods, *own = &inst->u.named.inst_methods;
    size_t i = 0;
    while (i < all.len && all.data[i] != m)
        i++;
    if (i == all.len) return m;
    if (own->len != all.len) {
        own->data = MEM_ARRAY(&c->mem, struct lang_object *, all.len);
        own->len = all.len;
    }
    if (own->data[i]) return own->data[i];
    chk_obj_decl(c, m);
    struct lang_object *copy = MEM_NEW(&c->mem, struct lang_object);
    *copy = *m;
    copy->info = NULL;
    copy->cg = NULL;
    copy->on_path = 0;
    if (m->type && m->type->kind == LANG_T_SIGNATURE) {
        struct lang_object_list tparams = m->type->u.sig.recv_tparams;
        if (tparams.len != inst->u.named.targs.len) return copy;
        struct lang_type *sig = chk_subst(c, m->type, tparams, inst->u.named.targs);
        if (!m->type->u.sig.recv) return copy; /* its declaration is not done */
        copy->type = sig;
    }
    own->data[i] = copy;
    return copy;
}

bool chk_valid_targ_count(struct lang_checker *c, lang_pos pos, const char *name, size_t want, size_t got) {
    if (got == want) return true;
    chk_error(c, pos, "%s type arguments for type %s: have %zu, want %zu", got < want ? "not enough" : "too many", name,
              got, want);
    return false;
}

bool chk_verify(struct lang_checker *c, struct lang_object_list tparams, struct lang_type_list targs, size_t *index,
                const char **cause) {
    for (size_t i = 0; i < tparams.len && i < targs.len; i++) {
        struct lang_type *t = tparams.data[i]->type;
        lang_under(t); /* wraps a bound that is no interface */
        struct lang_type *bound = chk_subst(c, t->u.tparam.bound, tparams, targs);
        if (chk_implements(c, targs.data[i], bound, true, cause)) continue;
        *index = i;
        return false;
    }
    return true;
}

/* ---- functions ---- */

struct lang_func *chk_func_instance(struct lang_checker *c, struct lang_func *generic, struct lang_type_list targs) {
    uint64_t h = instance_hash(generic->id, targs) ^ 0x5bd1e995;
    struct instance *first = map_get(&c->instance_map, (const char *)&h, sizeof h);
    for (struct instance *i = first; i; i = i->next) {
        if (i->func && i->func->origin == generic && same_targs(i->func->targs, targs)) return i->func;
    }
    struct lang_func *f = MEM_NEW(&c->mem, struct lang_func);
    f->kind = generic->kind;
    f->pos = generic->pos;
    f->end = generic->end;
    f->pkg = generic->pkg;
    f->obj = generic->obj;
    f->decl = generic->decl;
    f->origin = generic;
    f->id = ++c->next_func;
    f->targs.data = MEM_ARRAY(&c->mem, struct lang_type *, targs.len);
    f->targs.len = targs.len;
    memcpy(f->targs.data, targs.data, targs.len * sizeof *targs.data);
    struct instance *i = MEM_NEW(&c->mem, struct instance);
    *i = (struct instance){NULL, f, first};
    if (!map_set(&c->instance_map, (const char *)&h, sizeof h, i)) c->mem.failed = true;
    return f;
}

struct to_verify {
    struct lang_object_list tparams;
    struct lang_type_list targs;
    struct lang_expr_list xlist;
    lang_pos pos;
};

static void verify_later(struct lang_checker *c, void *a, void *b) {
    (void)b;
    const struct to_verify *v = a;
    size_t index = 0;
    const char *cause = "";
    if (chk_verify(c, v->tparams, v->targs, &index, &cause)) {
        chk_mono_record(c, v->pos, v->tparams, v->targs, v->xlist);
        return;
    }
    lang_pos pos = index < v->xlist.len ? lang_start_pos(v->xlist.data[index]) : v->pos;
    chk_error(c, pos, "%s", cause);
}

static struct lang_func *instance_of(struct lang_checker *c, struct lang_expr *e, struct lang_type_list targs) {
    if (!e->func || e->func->kind != LANG_FUNC_DECL) return NULL;
    struct lang_func *generic = e->func->origin ? e->func->origin : e->func;
    return chk_func_instance(c, generic, targs);
}

static void record_instance(struct lang_checker *c, struct lang_expr *e, struct lang_type *sig,
                            struct lang_type_list targs) {
    struct lang_func *f = instance_of(c, e, targs);
    for (;;) {
        if (f) e->func = f;
        e->type = sig;
        if (e->kind == LANG_E_PAREN) {
            e = e->u.paren.x;
        } else if (e->kind == LANG_E_INDEX && e->u.index.instance) {
            e = e->u.index.x;
        } else {
            return;
        }
    }
}

struct lang_type *chk_inst_signature(struct lang_checker *c, lang_pos pos, struct lang_expr *e, struct lang_type *sig,
                                     struct lang_type_list targs, struct lang_expr_list xlist) {
    struct lang_type plain = *sig;
    plain.u.sig.tparams.len = 0;
    struct lang_type *out = chk_subst(c, &plain, sig->u.sig.tparams, targs);
    if (out == &plain) {
        out = chk_new_type(c, LANG_T_SIGNATURE);
        out->u.sig = plain.u.sig;
    }
    record_instance(c, e, out, targs);
    struct to_verify *v = MEM_NEW(&c->mem, struct to_verify);
    *v = (struct to_verify){sig->u.sig.tparams, targs, xlist, pos};
    chk_later(c, verify_later, v, NULL);
    return out;
}

bool chk_func_inst(struct lang_checker *c, struct operand *x, struct lang_expr *inst, struct lang_type *target,
                   const char *desc) {
    struct lang_type *sig = x->type;
    struct lang_type_list targs = {0};
    struct lang_expr_list xlist = {0};
    lang_pos pos = inst ? inst->pos : lang_start_pos(x->expr);
    if (inst) {
        x->expr = inst;
        xlist = inst->u.index.indices;
        if (!chk_type_list(c, xlist, &targs)) return false;
    }
    size_t want = sig->u.sig.tparams.len;
    if (targs.len > want) {
        chk_error(c, lang_start_pos(xlist.data[targs.len - 1]), "got %zu type arguments but want %zu", targs.len, want);
        return false;
    }
    if (targs.len < want) {
        struct lang_type_list all = {MEM_ARRAY(&c->mem, struct lang_type *, want), want};
        if (targs.len) memcpy(all.data, targs.data, targs.len * sizeof *all.data);
        struct lang_object_list params = {0};
        struct operand arg;
        struct operands args = {0};
        struct lang_object *param;
        if (target && target->kind == LANG_T_SIGNATURE) {
            struct lang_type *gsig = chk_new_type(c, LANG_T_SIGNATURE);
            gsig->u.sig = sig->u.sig;
            gsig->u.sig.tparams.len = 0;
            param = chk_new_var(c, LANG_VAR_PARAM, pos, c->empty_name, gsig);
            params = (struct lang_object_list){&param, 1};
            struct lang_expr *name = MEM_NEW(&c->mem, struct lang_expr);
            *name = (struct lang_expr){.kind = LANG_E_IDENT, .pos = pos};
            name->u.ident.name = desc ? desc : "value";
            arg = (struct operand){.mode = LANG_MODE_VALUE, .expr = name, .type = target};
            args = (struct operands){&arg, 1, false};
        }
        lang_pos errpos = pos;
        const char *err = "";
        struct lang_type *arg_type = target;
        struct chk_inference q = {sig->u.sig.tparams, want, &all, params, args, &arg_type, args.len > 0};
        if (!chk_infer(c, pos, &q, &errpos, &err)) {
            if (*err) chk_error(c, errpos, "%s", err);
            return false;
        }
        targs = all;
    }
    x->type = chk_inst_signature(c, pos, x->expr, sig, targs, xlist);
    x->mode = LANG_MODE_VALUE;
    return true;
}
