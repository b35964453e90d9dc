/* Inference of type arguments: parameters' types are unified with arguments' types, then constraints that have a core
 * type add what they know. The algorithm and its messages are those of go/types (infer.go, unify.go). */
#include <string.h>

#include "checker.h"

enum { EXACT = 1, ASSIGN = 2, DEPTH = 100 };

struct unifier {
    struct lang_checker *c;
    struct lang_object_list tparams;
    size_t *root;             /* joined parameters share a root */
    struct lang_type **types; /* of roots; NULL: unknown */
    int depth;
};

static bool unify(struct unifier *u, struct lang_type *x, struct lang_type *y, int mode);

static int bound_index(const struct unifier *u, const struct lang_type *t) {
    if (t->kind != LANG_T_TYPEPARAM) return -1;
    for (size_t i = 0; i < u->tparams.len; i++) {
        if (u->tparams.data[i]->type == t) return (int)i;
    }
    return -1;
}

static size_t root_of(const struct unifier *u, size_t i) {
    while (u->root[i] != i)
        i = u->root[i];
    return i;
}

static struct lang_type *at(const struct unifier *u, size_t i) { return u->types[root_of(u, i)]; }
static void set(struct unifier *u, size_t i, struct lang_type *t) { u->types[root_of(u, i)] = t; }

static bool join(struct unifier *u, size_t i, size_t j) {
    size_t a = root_of(u, i), b = root_of(u, j);
    if (a == b) return true;
    if (u->types[a] && u->types[b]) return false;
    if (!u->types[a]) u->types[a] = u->types[b];
    u->root[b] = a;
    return true;
}

static bool unify_lists(struct unifier *u, struct lang_object_list a, struct lang_object_list b, int mode) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (!unify(u, a.data[i]->type, b.data[i]->type, mode)) return false;
    }
    return true;
}

/* px has a type: it must agree with y, and may become y's named type or directed channel. */
static bool unify_known(struct unifier *u, size_t px, struct lang_type *y, int mode) {
    struct lang_type *x = at(u, px);
    if (!unify(u, x, y, mode)) return false;
    bool xi = lang_is_interface(x), yi = lang_is_interface(y);
    bool xn = x->kind == LANG_T_NAMED, yn = y->kind == LANG_T_NAMED;
    if (xi && yi) {
        if (xn && yn) return lang_identical(x, y);
        if (lang_type_set_of(x)->methods.len != lang_type_set_of(y)->methods.len) return false;
    } else if (xi || yi) {
        return false;
    }
    if (mode & EXACT || xn) return true;
    if (yn || (y->kind == LANG_T_CHAN && y->u.chan.dir != LANG_CHAN_BOTH)) set(u, px, y);
    return true;
}

static struct lang_object *method_named(const struct lang_type_set *s, const struct lang_object *m) {
    for (size_t i = 0; i < s->methods.len; i++) {
        if (chk_same_id(s->methods.data[i], m->pkg, m->name, false)) return s->methods.data[i];
    }
    return NULL;
}

static bool unify_interfaces(struct unifier *u, struct lang_type *x, struct lang_type *y) {
    const struct lang_type_set *a = lang_type_set_of(x), *b = lang_type_set_of(y);
    if (a->comparable != b->comparable || a->all_types != b->all_types || a->nterms != b->nterms) return false;
    if (a->methods.len > b->methods.len) {
        const struct lang_type_set *t = a;
        a = b;
        b = t;
    }
    for (size_t i = 0; i < a->methods.len; i++) {
        struct lang_object *m = method_named(b, a->methods.data[i]);
        if (!m || !unify(u, a->methods.data[i]->type, m->type, EXACT)) return false;
    }
    return true;
}

static bool unify_methods(struct unifier *u, struct lang_type *iface, struct lang_type *t) {
    const struct lang_type_set *s = lang_type_set_of(iface);
    for (size_t i = 0; i < s->methods.len; i++) {
        struct lang_object *m = s->methods.data[i];
        struct lookup l = chk_lookup(u->c, t, false, m->pkg, m->name, false);
        if (!l.obj || l.obj->kind != LANG_OBJ_FUNC) return false;
        chk_obj_decl(u->c, l.obj);
        if (!unify(u, m->type, l.obj->type, EXACT)) return false;
    }
    return true;
}

static bool unify_struct(struct unifier *u, struct lang_type *x, struct lang_type *y, int mode) {
    struct lang_object_list a = x->u.strct.fields, b = y->u.strct.fields;
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        const struct lang_object *f = a.data[i], *g = b.data[i];
        if (f->u.var.embedded != g->u.var.embedded || f->u.var.tag_len != g->u.var.tag_len) return false;
        if (f->u.var.tag_len && memcmp(f->u.var.tag, g->u.var.tag, f->u.var.tag_len) != 0) return false;
        if (!chk_same_id(f, g->pkg, g->name, false) || !unify(u, f->type, g->type, mode)) return false;
    }
    return true;
}

static bool unify_named(struct unifier *u, struct lang_type *x, struct lang_type *y, int mode) {
    if (x->u.named.origin != y->u.named.origin || x->u.named.targs.len != y->u.named.targs.len) return false;
    if (!x->u.named.targs.len) return x == y;
    for (size_t i = 0; i < x->u.named.targs.len; i++) {
        if (!unify(u, x->u.named.targs.data[i], y->u.named.targs.data[i], mode)) return false;
    }
    return true;
}

static bool unify_same_kind(struct unifier *u, struct lang_type *x, struct lang_type *y, int mode) {
    int inner = mode & ASSIGN ? mode | EXACT : mode;
    switch (x->kind) {
    case LANG_T_BASIC:
        return x->u.basic.basic == y->u.basic.basic;
    case LANG_T_ARRAY:
        return (x->u.array.len < 0 || y->u.array.len < 0 || x->u.array.len == y->u.array.len) &&
               unify(u, x->u.array.elem, y->u.array.elem, inner);
    case LANG_T_SLICE:
        return unify(u, x->u.slice.elem, y->u.slice.elem, inner);
    case LANG_T_POINTER:
        return unify(u, x->u.pointer.elem, y->u.pointer.elem, inner);
    case LANG_T_STRUCT:
        return unify_struct(u, x, y, inner);
    case LANG_T_SIGNATURE:
        return x->u.sig.variadic == y->u.sig.variadic && unify_lists(u, x->u.sig.params, y->u.sig.params, inner) &&
               unify_lists(u, x->u.sig.results, y->u.sig.results, inner);
    case LANG_T_MAP:
        return unify(u, x->u.map.key, y->u.map.key, inner) && unify(u, x->u.map.elem, y->u.map.elem, inner);
    case LANG_T_CHAN:
        return (!(mode & EXACT) || x->u.chan.dir == y->u.chan.dir) && unify(u, x->u.chan.elem, y->u.chan.elem, inner);
    case LANG_T_NAMED:
        return unify_named(u, x, y, mode);
    case LANG_T_INTERFACE:
        return unify_interfaces(u, x, y) && lang_type_set_of(x)->methods.len == lang_type_set_of(y)->methods.len;
    default:
        return lang_identical(x, y);
    }
}

static bool literal(const struct lang_type *t) { return t->kind != LANG_T_NAMED && t->kind != LANG_T_TYPEPARAM; }

static void swap(struct lang_type **x, struct lang_type **y) {
    struct lang_type *t = *x;
    *x = *y;
    *y = t;
}

static bool unify_types(struct unifier *u, struct lang_type *x, struct lang_type *y, int mode) {
    if (x->kind == LANG_T_NAMED || bound_index(u, y) >= 0) swap(&x, &y);
    bool inexact = !(mode & EXACT);
    if (inexact && y->kind == LANG_T_NAMED && literal(x) && !lang_is_interface(x)) {
        y = lang_under(y);
        if (x == y) return true;
    }
    int px = bound_index(u, x), py = bound_index(u, y);
    if (px >= 0 && py >= 0) {
        if (join(u, (size_t)px, (size_t)py)) return true;
        return unify(u, at(u, (size_t)px), at(u, (size_t)py), mode);
    }
    if (px >= 0) {
        if (at(u, (size_t)px)) return unify_known(u, (size_t)px, y, mode);
        set(u, (size_t)px, y);
        return true;
    }
    if (inexact) {
        bool xi = lang_is_interface(x), yi = lang_is_interface(y);
        if (xi && yi) return unify_interfaces(u, x, y);
        if (xi || yi) return xi ? unify_methods(u, x, y) : unify_methods(u, y, x);
    }
    if (y->kind == LANG_T_TYPEPARAM) swap(&x, &y);
    if (x->kind == LANG_T_TYPEPARAM && x != y) {
        struct lang_type *core = chk_common_under(u->c, x, NULL, NULL);
        return core && unify(u, core, y, ASSIGN);
    }
    return x->kind == y->kind && unify_same_kind(u, x, y, mode);
}

static bool unify(struct unifier *u, struct lang_type *x, struct lang_type *y, int mode) {
    if (x == y) return true;
    if (u->depth >= DEPTH) return false;
    u->depth++;
    bool ok = unify_types(u, x, y, mode);
    u->depth--;
    return ok;
}

/* ---- inference ---- */

struct inference {
    struct unifier u;
    struct lang_checker *c;
    struct lang_object_list tparams; /* fresh ones */
    struct lang_object_list shown;   /* the declared ones, for messages */
    struct lang_type_list inferred;
    lang_pos *errpos;
    const char **err;
    bool reverse; /* from the type of the place of use */
};

static bool mentions(const struct inference *in, struct lang_type *t) {
    struct lang_type_list none = {MEM_ARRAY(&in->c->mem, struct lang_type *, in->tparams.len), in->tparams.len};
    for (size_t i = 0; i < none.len; i++)
        none.data[i] = in->c->invalid;
    return chk_subst(in->c, t, in->tparams, none) != t;
}

static struct lang_type_list known(struct inference *in) {
    for (size_t i = 0; i < in->inferred.len; i++)
        in->inferred.data[i] = at(&in->u, i);
    return in->inferred;
}

static const char *names(const struct inference *in) {
    struct str s = {0};
    size_t n = in->tparams.len;
    for (size_t i = 0; i < n; i++) {
        if (i) str_adds(&s, n == 2 ? " and " : i + 1 == n ? ", and " : ", ");
        str_adds(&s, in->tparams.data[i]->name);
    }
    const char *out = chk_sprintf(in->c, "%s", str_cstr(&s));
    str_free(&s);
    return out;
}

static bool mismatch(struct inference *in, struct lang_type *par, struct operand *arg) {
    struct lang_checker *c = in->c;
    struct lang_type_list have = known(in);
    bool none = true;
    for (size_t i = 0; i < have.len; i++)
        none = none && !have.data[i];
    const char *ts = chk_typestr(c, arg->type), *es = chk_exprstr(c, arg->expr), *ps = chk_typestr(c, par);
    *in->errpos = lang_start_pos(arg->expr);
    if (none) {
        *in->err = chk_sprintf(c, "type %s of %s does not match %s (cannot infer %s)", ts, es, ps, names(in));
        return false;
    }
    struct lang_type *inferred = chk_subst(c, par, in->tparams, have);
    if (inferred != par && in->reverse) {
        *in->err = chk_sprintf(c, "inferred type %s for %s does not match type %s of %s", chk_typestr(c, inferred), ps,
                               ts, es);
    } else if (inferred != par) {
        *in->err = chk_sprintf(c, "type %s of %s does not match inferred type %s for %s", ts, es,
                               chk_typestr(c, inferred), ps);
    } else {
        *in->err = chk_sprintf(c, "type %s of %s does not match %s", ts, es, ps);
    }
    return false;
}

static bool unify_args(struct inference *in, struct lang_type **params, struct operands args, struct lang_type **types,
                       bool *untyped) {
    for (size_t i = 0; i < args.len; i++) {
        struct operand *arg = &args.data[i];
        if (!mentions(in, params[i]) && !mentions(in, types[i])) continue;
        if (lang_is_untyped(arg->type)) {
            untyped[i] = params[i]->kind == LANG_T_TYPEPARAM && arg->mode != LANG_MODE_NIL;
            continue;
        }
        if (!unify(&in->u, params[i], types[i], ASSIGN)) return mismatch(in, params[i], arg);
    }
    return true;
}

struct core {
    struct lang_type *type;
    bool tilde, single;
};

static struct core core_of(struct lang_checker *c, struct lang_type *tparam) {
    const struct lang_type_set *s = lang_type_set_of(tparam);
    struct core out = {0};
    if (s->all_types || !s->nterms) return out;
    if (s->nterms == 1) return (struct core){s->terms[0].type, s->terms[0].tilde, true};
    for (size_t i = 0; i < s->nterms; i++)
        out.tilde = out.tilde || s->terms[i].tilde;
    out.type = chk_common_under(c, tparam, NULL, NULL);
    return out;
}

static size_t unknowns(const struct inference *in) {
    size_t n = 0;
    for (size_t i = 0; i < in->tparams.len; i++)
        n += at(&in->u, i) == NULL;
    return n;
}

static bool use_constraint(struct inference *in, size_t i, lang_pos pos) {
    struct lang_checker *c = in->c;
    struct lang_type *tparam = in->tparams.data[i]->type, *tx = at(&in->u, i);
    struct core core = core_of(c, tparam);
    const char *bound = chk_typestr(c, in->shown.data[i]->type->u.tparam.bound);
    if (core.type && tx) {
        if (!unify(&in->u, tx, core.type, core.tilde ? 0 : 0)) {
            *in->errpos = pos;
            *in->err = chk_sprintf(c, "%s (type %s) does not satisfy %s", tparam->u.tparam.obj->name,
                                   chk_typestr(c, tx), bound);
            return false;
        }
    } else if (core.type && core.single && !core.tilde) {
        set(&in->u, i, core.type);
    }
    tx = at(&in->u, i);
    if (!tx || mentions(in, tx)) return true;
    const struct lang_type_set *s = lang_type_set_of(tparam);
    for (size_t j = 0; j < s->methods.len; j++) {
        struct lang_object *m = s->methods.data[j];
        struct lookup l = chk_lookup(c, tx, false, m->pkg, m->name, false);
        const char *cause = "";
        if (!l.obj && chk_missing_method(c, tx, tparam, true, &cause)) {
            *in->errpos = pos;
            *in->err = chk_sprintf(c, "%s (type %s) does not satisfy %s %s", tparam->u.tparam.obj->name,
                                   chk_typestr(c, tx), bound, cause);
            return false;
        }
        if (!l.obj || l.obj->kind != LANG_OBJ_FUNC) continue; /* verification will tell */
        chk_obj_decl(c, l.obj);
        unify(&in->u, l.obj->type, m->type, EXACT);
    }
    return true;
}

static bool use_constraints(struct inference *in, lang_pos pos) {
    for (;;) {
        size_t before = unknowns(in);
        for (size_t i = 0; i < in->tparams.len; i++) {
            if (!use_constraint(in, i, pos)) return false;
        }
        if (unknowns(in) == before) return true;
    }
}

static bool default_untyped(struct inference *in, struct lang_type **params, struct operands args,
                            const bool *untyped) {
    struct lang_checker *c = in->c;
    struct lang_type **max = MEM_ARRAY(&c->mem, struct lang_type *, in->tparams.len);
    for (size_t i = 0; i < args.len; i++) {
        if (!untyped[i]) continue;
        int k = bound_index(&in->u, params[i]);
        if (k < 0 || at(&in->u, (size_t)k)) continue;
        struct lang_type *m = max[k], *t = args.data[i].type;
        bool numeric = m && lang_is_basic(m, LANG_IS_NUMERIC) && lang_is_basic(t, LANG_IS_NUMERIC);
        if (m && m != t && !numeric) {
            *in->errpos = lang_start_pos(args.data[i].expr);
            *in->err = chk_sprintf(c, "mismatched types %s and %s (cannot infer %s)", chk_typestr(c, m),
                                   chk_typestr(c, t), in->tparams.data[k]->name);
            return false;
        }
        if (!m || t->u.basic.basic > m->u.basic.basic) max[k] = t;
    }
    for (size_t k = 0; k < in->tparams.len; k++) {
        if (max[k]) set(&in->u, k, chk_default(c, max[k]));
    }
    return true;
}

/* Inferred types may name other parameters: put in what these are. */
static bool simplify(struct inference *in, struct lang_type_list *out, lang_pos pos) {
    struct lang_checker *c = in->c;
    struct lang_type_list have = known(in);
    for (size_t round = 0; round < have.len + 1; round++) {
        for (size_t i = 0; i < have.len; i++) {
            if (have.data[i]) have.data[i] = chk_subst(c, have.data[i], in->tparams, have);
        }
    }
    for (size_t i = 0; i < have.len; i++) {
        if (have.data[i] && !mentions(in, have.data[i])) {
            out->data[i] = have.data[i];
            continue;
        }
        *in->errpos = pos;
        *in->err = chk_sprintf(c, "cannot infer %s (declared at %s)", in->shown.data[i]->name,
                               chk_posstr(c, in->shown.data[i]->pos));
        return false;
    }
    return true;
}

/* Fresh parameters, since a generic function may call itself. */
static void rename_tparams(struct inference *in, struct lang_object_list tparams) {
    struct lang_checker *c = in->c;
    size_t n = tparams.len;
    struct lang_type_list fresh = {MEM_ARRAY(&c->mem, struct lang_type *, n), n};
    in->tparams = (struct lang_object_list){MEM_ARRAY(&c->mem, struct lang_object *, n), n};
    for (size_t i = 0; i < n; i++) {
        struct lang_object *o = MEM_NEW(&c->mem, struct lang_object);
        *o = *tparams.data[i];
        o->type = chk_new_type(c, LANG_T_TYPEPARAM);
        o->type->u.tparam.obj = o;
        o->type->u.tparam.index = i;
        in->tparams.data[i] = o;
        fresh.data[i] = o->type;
    }
    for (size_t i = 0; i < n; i++) {
        lang_under(tparams.data[i]->type);
        fresh.data[i]->u.tparam.bound = chk_subst(c, tparams.data[i]->type->u.tparam.bound, tparams, fresh);
    }
    in->inferred = (struct lang_type_list){MEM_ARRAY(&c->mem, struct lang_type *, n), n};
    in->u.tparams = in->tparams;
    in->u.root = MEM_ARRAY(&c->mem, size_t, n);
    in->u.types = MEM_ARRAY(&c->mem, struct lang_type *, n);
    for (size_t i = 0; i < n; i++)
        in->u.root[i] = i;
}

bool chk_infer(struct lang_checker *c, lang_pos pos, const struct chk_inference *q, lang_pos *errpos,
               const char **err) {
    struct lang_type_list *targs = q->targs;
    bool all = true;
    for (size_t i = 0; i < targs->len; i++)
        all = all && targs->data[i];
    if (all) return true;
    struct inference in = {.c = c, .shown = q->tparams, .errpos = errpos, .err = err, .reverse = q->reverse};
    in.u.c = c;
    rename_tparams(&in, q->tparams);
    size_t n = q->tparams.len;
    struct lang_type_list fresh = {MEM_ARRAY(&c->mem, struct lang_type *, n), n};
    for (size_t i = 0; i < n; i++) {
        fresh.data[i] = in.tparams.data[i]->type;
        if (!targs->data[i]) continue;
        in.u.types[i] = targs->data[i];
        fresh.data[i] = targs->data[i];
    }
    /* The callee's own parameters may stand in arguments when it calls itself: there they are what they are. */
    struct lang_object_list rest = {q->tparams.data + q->own, n - q->own};
    struct lang_type_list rest_fresh = {fresh.data + q->own, n - q->own};
    struct lang_type **params = MEM_ARRAY(&c->mem, struct lang_type *, q->params.len);
    struct lang_type **types = MEM_ARRAY(&c->mem, struct lang_type *, q->args.len);
    bool *untyped = MEM_ARRAY(&c->mem, bool, q->args.len);
    for (size_t i = 0; i < q->params.len; i++)
        params[i] = chk_subst(c, q->params.data[i]->type, q->tparams, fresh);
    for (size_t i = 0; i < q->args.len; i++)
        types[i] = chk_subst(c, q->arg_types[i], rest, rest_fresh);
    if (c->mem.failed || !unify_args(&in, params, q->args, types, untyped)) return false;
    if (!use_constraints(&in, pos) || !default_untyped(&in, params, q->args, untyped)) return false;
    return simplify(&in, targs, pos);
}
