/* Underlying types of what is named, and the sets of types that interfaces stand for. */
#include <stdlib.h>
#include <string.h>

#include "checker.h"

struct lang_type *chk_named_under(struct lang_type *t) {
    struct lang_checker *c = t->checker;
    if (t->kind == LANG_T_TYPEPARAM) {
        struct lang_type *b = t->u.tparam.bound;
        struct lang_type *u = b ? lang_under(b) : c->invalid;
        if (u->kind == LANG_T_INTERFACE || u->kind == LANG_T_INVALID)
            return u->kind == LANG_T_INVALID ? c->any_empty : u;
        /* A constraint that is no interface: interface{ b }. */
        struct lang_type *i = chk_new_type(c, LANG_T_INTERFACE);
        i->u.iface.embeddeds.data = MEM_ARRAY(&c->mem, struct lang_type *, 1);
        i->u.iface.embed_pos = MEM_ARRAY(&c->mem, lang_pos, 1);
        i->u.iface.embeddeds.data[0] = b;
        i->u.iface.embeddeds.len = 1;
        i->u.iface.implicit = true;
        t->u.tparam.bound = i;
        return i;
    }
    struct lang_type *u = t;
    for (int n = 0; u->kind == LANG_T_NAMED; n++) {
        if (!u->u.named.underlying && u->u.named.targs.len) chk_expand(c, u);
        if (!u->u.named.underlying || n > LANG_DEPTH_LIMIT) return c->invalid;
        u = u->u.named.underlying;
    }
    t->u.named.underlying = u;
    return u->kind == LANG_T_TYPEPARAM ? c->invalid : u;
}

/* ---- lists of terms ---- */

struct terms {
    bool all;
    VEC(struct lang_term) list;
};

static bool term_includes(struct lang_term x, struct lang_type *t) {
    return lang_identical(x.type, x.tilde ? lang_under(t) : t);
}

static bool disjoint(struct lang_term x, struct lang_term y) {
    struct lang_type *a = y.tilde ? lang_under(x.type) : x.type, *b = x.tilde ? lang_under(y.type) : y.type;
    return !lang_identical(a, b);
}

static bool term_subset(struct lang_term x, struct lang_term y) {
    if (disjoint(x, y)) return false;
    return !x.tilde || y.tilde;
}

static void add_term(struct lang_checker *c, struct terms *l, struct lang_term t) {
    for (size_t i = 0; i < l->list.len; i++) {
        if (term_subset(t, l->list.data[i])) return;
    }
    size_t n = 0;
    for (size_t i = 0; i < l->list.len; i++) {
        if (!term_subset(l->list.data[i], t)) l->list.data[n++] = l->list.data[i];
    }
    l->list.len = n;
    if (!VEC_PUSH(&l->list, t)) c->mem.failed = true;
}

/* x becomes the intersection of x and y. */
static void intersect(struct lang_checker *c, struct terms *x, const struct terms *y) {
    if (y->all) return;
    struct terms out = {0};
    if (x->all) {
        for (size_t i = 0; i < y->list.len; i++)
            add_term(c, &out, y->list.data[i]);
    } else {
        for (size_t i = 0; i < x->list.len; i++) {
            for (size_t j = 0; j < y->list.len; j++) {
                struct lang_term a = x->list.data[i], b = y->list.data[j];
                if (!disjoint(a, b)) add_term(c, &out, a.tilde && !b.tilde ? b : a);
            }
        }
    }
    VEC_FREE(&x->list);
    *x = out;
}

/* ---- type sets ---- */

struct building {
    struct lang_checker *c;
    VEC(struct lang_object *) methods;
    VEC(lang_pos) pos;
};

struct duplicate {
    struct lang_object *m, *other;
    lang_pos pos, other_pos;
};

static void duplicate_error(struct lang_checker *c, const struct duplicate *d) {
    chk_error(c, d->pos, "duplicate method %s\n\t%s: other declaration of method %s", d->m->name,
              chk_posstr(c, d->other_pos), d->m->name);
}

static void check_duplicate(struct lang_checker *c, void *a, void *b) {
    (void)b;
    const struct duplicate *d = a;
    if (d->m->type && d->other->type && !lang_identical(d->m->type, d->other->type)) duplicate_error(c, d);
}

static void add_method(struct building *b, struct lang_object *m, lang_pos pos, bool explicit_one) {
    for (size_t i = 0; i < b->methods.len; i++) {
        if (!chk_same_id(b->methods.data[i], m->pkg, m->name, false)) continue;
        struct duplicate *d = MEM_NEW(&b->c->mem, struct duplicate);
        *d = (struct duplicate){m, b->methods.data[i], pos, b->pos.data[i]};
        if (explicit_one) {
            duplicate_error(b->c, d);
        } else if (pos) {
            chk_later(b->c, check_duplicate, d, NULL);
        }
        return;
    }
    if (!VEC_PUSH(&b->methods, m) || !VEC_PUSH(&b->pos, pos)) b->c->mem.failed = true;
}

static int by_name(const void *a, const void *b) {
    const struct lang_object *x = *(struct lang_object *const *)a, *y = *(struct lang_object *const *)b;
    bool ex = chk_exported(x->name), ey = chk_exported(y->name);
    if (ex != ey) return ex ? -1 : 1;
    int d = strcmp(x->name, y->name);
    if (d || ex || x->pkg == y->pkg) return d;
    return strcmp(x->pkg ? x->pkg->path : "", y->pkg ? y->pkg->path : "");
}

void chk_sort_methods(struct lang_object_list methods) {
    if (methods.len > 1) qsort(methods.data, methods.len, sizeof *methods.data, by_name);
}

static void union_terms(struct lang_checker *c, struct lang_type *u, struct terms *out, lang_pos pos) {
    for (size_t i = 0; i < u->u.unions.nterms; i++) {
        struct lang_term t = u->u.unions.terms[i];
        struct lang_type *under = lang_under(t.type);
        if (under->kind == LANG_T_INVALID) continue;
        if (under->kind == LANG_T_INTERFACE) {
            chk_compute_type_set(c, under, pos);
            const struct lang_type_set *s = under->u.iface.set;
            if (s->all_types) out->all = true;
            for (size_t j = 0; j < s->nterms; j++)
                add_term(c, out, s->terms[j]);
        } else if (!t.tilde || lang_identical(t.type, under)) {
            add_term(c, out, t);
        }
        enum { MOST = 100 };
        if (out->list.len > MOST) {
            chk_error(c, pos, "cannot handle more than %d union terms (implementation limitation)", MOST);
            out->list.len = 0;
            out->all = true;
            return;
        }
    }
}

/* What one embedded element adds: its methods, and the terms and comparability it leaves. */
static void embed(struct building *b, struct lang_type *t, lang_pos pos, struct terms *all, bool *comparable) {
    struct lang_checker *c = b->c;
    struct lang_type *u = t->kind == LANG_T_UNION ? t : lang_under(t);
    struct terms terms = {0};
    bool comp = false;
    if (u->kind == LANG_T_INVALID) return;
    if (u->kind == LANG_T_INTERFACE) {
        chk_compute_type_set(c, u, pos);
        const struct lang_type_set *s = u->u.iface.set;
        comp = s->comparable;
        terms.all = s->all_types;
        for (size_t i = 0; i < s->methods.len; i++)
            add_method(b, s->methods.data[i], pos, false);
        for (size_t i = 0; i < s->nterms; i++)
            add_term(c, &terms, s->terms[i]);
    } else if (u->kind == LANG_T_UNION) {
        union_terms(c, u, &terms, pos);
    } else {
        add_term(c, &terms, (struct lang_term){false, t});
    }
    intersect(c, all, &terms);
    VEC_FREE(&terms.list);
    *comparable = *comparable || comp;
    if (!*comparable || all->all) return;
    size_t n = 0;
    for (size_t i = 0; i < all->list.len; i++) {
        if (!chk_incomparable(c, all->list.data[i].type, false)) all->list.data[n++] = all->list.data[i];
    }
    all->list.len = n;
    *comparable = false;
}

void chk_compute_type_set(struct lang_checker *c, struct lang_type *iface, lang_pos pos) {
    if (iface->u.iface.set) return;
    (void)pos;
    struct lang_type_set *set = MEM_NEW(&c->mem, struct lang_type_set);
    set->all_types = true;
    iface->u.iface.set = set; /* for what refers to itself */
    if (iface->u.iface.is_comparable) {
        set->comparable = true;
        return;
    }
    if (!chk_enter(c, pos)) {
        chk_leave(c);
        return;
    }
    struct building b = {.c = c};
    struct terms terms = {.all = true};
    bool comparable = false;
    for (size_t i = 0; i < iface->u.iface.methods.len; i++) {
        struct lang_object *m = iface->u.iface.methods.data[i];
        add_method(&b, m, m->pos, true);
    }
    for (size_t i = 0; i < iface->u.iface.embeddeds.len; i++)
        embed(&b, iface->u.iface.embeddeds.data[i], iface->u.iface.embed_pos[i], &terms, &comparable);
    set->comparable = comparable;
    set->methods.data = MEM_ARRAY(&c->mem, struct lang_object *, b.methods.len);
    set->methods.len = b.methods.len;
    if (b.methods.len) {
        memcpy(set->methods.data, b.methods.data, b.methods.len * sizeof *b.methods.data);
        chk_sort_methods(set->methods);
    }
    set->all_types = terms.all;
    set->nterms = terms.all ? 0 : terms.list.len;
    set->terms = MEM_ARRAY(&c->mem, struct lang_term, set->nterms);
    if (set->nterms) memcpy(set->terms, terms.list.data, set->nterms * sizeof *set->terms);
    VEC_FREE(&terms.list);
    VEC_FREE(&b.methods);
    VEC_FREE(&b.pos);
    chk_leave(c);
}

const struct lang_type_set *lang_type_set_of(struct lang_type *iface) {
    struct lang_type *u = lang_under(iface);
    if (u->kind != LANG_T_INTERFACE) u = u->checker->any_empty;
    if (!u->u.iface.set) chk_compute_type_set(u->checker, u, 0);
    return u->u.iface.set;
}

/* ---- over the types of a set ---- */

bool chk_typeset(struct lang_type *t, chk_type_fn f, void *ctx) {
    if (t->kind != LANG_T_TYPEPARAM) return f(ctx, t, lang_under(t));
    const struct lang_type_set *s = lang_type_set_of(t);
    if (s->all_types || !s->nterms) return f(ctx, NULL, NULL);
    for (size_t i = 0; i < s->nterms; i++) {
        if (!f(ctx, s->terms[i].type, lang_under(s->terms[i].type))) return false;
    }
    return true;
}

static bool basic_with(void *ctx, struct lang_type *t, struct lang_type *u) {
    (void)u;
    return t && lang_is_basic(t, *(uint32_t *)ctx);
}

bool chk_all_basic(struct lang_type *t, uint32_t info) {
    if (t->kind != LANG_T_TYPEPARAM) return lang_is_basic(t, info);
    return chk_typeset(t, basic_with, &info);
}

static bool under_has_nil(void *ctx, struct lang_type *t, struct lang_type *u) {
    (void)ctx;
    (void)t;
    return u && chk_has_nil(u);
}

bool chk_has_nil(struct lang_type *t) {
    if (t->kind == LANG_T_TYPEPARAM) return chk_typeset(t, under_has_nil, NULL);
    struct lang_type *u = lang_under(t);
    switch (u->kind) {
    case LANG_T_SLICE:
    case LANG_T_POINTER:
    case LANG_T_SIGNATURE:
    case LANG_T_MAP:
    case LANG_T_CHAN:
    case LANG_T_INTERFACE:
        return true;
    default:
        return false;
    }
}

struct common {
    struct lang_checker *c;
    chk_cond_fn f;
    struct lang_type *type, *under;
    const char *cause;
};

static bool common_channel(struct common *m, struct lang_type *t, struct lang_type *u) {
    struct lang_type *have = m->under;
    if (!lang_identical(have->u.chan.elem, u->u.chan.elem)) {
        m->cause = chk_sprintf(m->c, "channels %s and %s have different element types", chk_typestr(m->c, m->type),
                               chk_typestr(m->c, t));
        return false;
    }
    if (have->u.chan.dir == u->u.chan.dir) return true;
    if (have->u.chan.dir == LANG_CHAN_BOTH) {
        m->type = t;
        m->under = u;
    } else if (u->u.chan.dir != LANG_CHAN_BOTH) {
        m->cause = chk_sprintf(m->c, "channels %s and %s have conflicting directions", chk_typestr(m->c, m->type),
                               chk_typestr(m->c, t));
        return false;
    }
    return true;
}

static bool common_one(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct common *m = ctx;
    if (m->f) {
        m->cause = m->f(m->c, t, u);
        if (m->cause) return false;
    }
    if (!u) {
        m->cause = "no specific type";
        return false;
    }
    if (!m->under) {
        m->type = t;
        m->under = u;
        return true;
    }
    if (m->under->kind == LANG_T_CHAN && u->kind == LANG_T_CHAN) return common_channel(m, t, u);
    if (lang_identical(m->under, u)) return true;
    m->cause = chk_sprintf(m->c, "%s and %s have different underlying types", chk_typestr(m->c, m->type),
                           chk_typestr(m->c, t));
    return false;
}

struct lang_type *chk_common_under(struct lang_checker *c, struct lang_type *t, chk_cond_fn f, const char **cause) {
    struct common m = {.c = c, .f = f};
    bool ok = chk_typeset(t, common_one, &m);
    if (cause) *cause = m.cause;
    return ok ? m.under : NULL;
}

/* ---- comparable types ---- */

struct seen_type {
    struct lang_type *t;
    const struct seen_type *prev;
};

static const char *incomparable(struct lang_checker *c, struct lang_type *t, bool dynamic, const struct seen_type *seen,
                                int depth) {
    for (const struct seen_type *s = seen; s; s = s->prev) {
        if (s->t == t) return NULL;
    }
    if (depth > LANG_DEPTH_LIMIT) return NULL;
    struct seen_type here = {t, seen};
    struct lang_type *u = lang_under(t);
    switch (u->kind) {
    case LANG_T_BASIC:
        return u->u.basic.basic == LANG_UNTYPED_NIL ? "" : NULL;
    case LANG_T_POINTER:
    case LANG_T_INVALID:
    case LANG_T_CHAN:
        return NULL;
    case LANG_T_STRUCT:
        for (size_t i = 0; i < u->u.strct.fields.len; i++) {
            struct lang_type *f = u->u.strct.fields.data[i]->type;
            if (incomparable(c, f, dynamic, &here, depth + 1))
                return chk_sprintf(c, "struct containing %s cannot be compared", chk_typestr(c, f));
        }
        return NULL;
    case LANG_T_ARRAY:
        if (!incomparable(c, u->u.array.elem, dynamic, &here, depth + 1)) return NULL;
        return chk_sprintf(c, "%s cannot be compared", chk_typestr(c, t));
    case LANG_T_INTERFACE: {
        if (dynamic && !chk_is_tparam(t)) return NULL;
        const struct lang_type_set *s = lang_type_set_of(u);
        if (s->all_types) return s->comparable ? NULL : "incomparable types in type set";
        if (!s->nterms) return "empty type set";
        for (size_t i = 0; i < s->nterms; i++) {
            if (incomparable(c, s->terms[i].type, false, &here, depth + 1)) return "incomparable types in type set";
        }
        return NULL;
    }
    default:
        return "";
    }
}

const char *chk_incomparable(struct lang_checker *c, struct lang_type *t, bool dynamic) {
    return incomparable(c, t, dynamic, NULL, 0);
}

bool lang_comparable(struct lang_type *t) { return chk_incomparable(t->checker, t, true) == NULL; }

/* ---- satisfying an interface ---- */

static const char *terms_text(struct lang_checker *c, const struct lang_type_set *s) {
    struct str out = {0};
    for (size_t i = 0; i < s->nterms; i++) {
        if (i) str_adds(&out, " | ");
        if (s->terms[i].tilde) str_addc(&out, '~');
        chk_write_qualified(s->terms[i].type, &out);
    }
    const char *text = chk_sprintf(c, "%s", str_cstr(&out));
    str_free(&out);
    return text;
}

static bool comparability(struct lang_checker *c, struct lang_type *v, const struct lang_type_set *ts, bool constraint,
                          const char *verb, const char **cause) {
    bool wants = ts->all_types ? ts->comparable : false;
    if (!ts->all_types && ts->nterms) {
        wants = true;
        for (size_t i = 0; i < ts->nterms; i++) {
            if (chk_incomparable(c, ts->terms[i].type, false)) wants = false;
        }
    }
    if (!wants || !chk_incomparable(c, v, false)) return true;
    if (constraint && !chk_incomparable(c, v, true)) return true;
    if (cause) *cause = chk_sprintf(c, "%s does not %s comparable", chk_typestr(c, v), verb);
    return false;
}

static bool mentions(struct lang_type *t, struct lang_type *v, int depth) {
    if (depth > 100) return false;
    if (t->kind == LANG_T_INTERFACE) {
        for (size_t i = 0; i < t->u.iface.embeddeds.len; i++) {
            if (mentions(t->u.iface.embeddeds.data[i], v, depth + 1)) return true;
        }
        return false;
    }
    if (t->kind == LANG_T_UNION) {
        for (size_t i = 0; i < t->u.unions.nterms; i++) {
            if (mentions(t->u.unions.terms[i].type, v, depth + 1)) return true;
        }
        return false;
    }
    return lang_identical(t, v);
}

static bool in_terms(struct lang_checker *c, struct lang_type *v, struct lang_type *t, const struct lang_type_set *ts,
                     const char *verb, const char **cause) {
    struct lang_type *alt = NULL;
    for (size_t i = 0; i < ts->nterms; i++) {
        struct lang_term term = ts->terms[i];
        if (term_includes(term, v)) return true;
        if (alt || term.tilde || !lang_identical(term.type, lang_under(term.type))) continue;
        term.tilde = true;
        if (term_includes(term, v)) alt = term.type;
    }
    if (!cause) return false;
    const char *vs = chk_typestr(c, v), *tstr = chk_typestr(c, t), *detail;
    if (alt) {
        detail = chk_sprintf(c, "possibly missing ~ for %s in %s", chk_typestr(c, alt), tstr);
    } else if (mentions(lang_under(t), v, 0)) {
        detail = chk_sprintf(c, "%s mentions %s, but %s is not in the type set of %s", tstr, vs, vs, tstr);
    } else {
        detail = chk_sprintf(c, "%s missing in %s", vs, terms_text(c, ts));
    }
    *cause = chk_sprintf(c, "%s does not %s %s (%s)", vs, verb, tstr, detail);
    return false;
}

static bool terms_subset(const struct lang_type_set *a, const struct lang_type_set *b) {
    if (b->all_types) return true;
    if (a->all_types) return false;
    for (size_t i = 0; i < a->nterms; i++) {
        bool in = false;
        for (size_t j = 0; j < b->nterms && !in; j++)
            in = term_subset(a->terms[i], b->terms[j]);
        if (!in) return false;
    }
    return true;
}

bool chk_implements(struct lang_checker *c, struct lang_type *v, struct lang_type *t, bool constraint,
                    const char **cause) {
    struct lang_type *vu = lang_under(v), *tu = lang_under(t);
    if (vu->kind == LANG_T_INVALID || tu->kind == LANG_T_INVALID) return true;
    if (vu->kind == LANG_T_POINTER && lang_under(vu->u.pointer.elem)->kind == LANG_T_INVALID) return true;
    const char *verb = constraint ? "satisfy" : "implement";
    if (tu->kind != LANG_T_INTERFACE) {
        if (!cause) return false;
        const char *ts = chk_typestr(c, t);
        const char *detail = chk_is_interface_ptr(tu)
                                 ? chk_sprintf(c, "type %s is pointer to interface, not interface", ts)
                                 : chk_sprintf(c, "%s is not an interface", ts);
        *cause = chk_sprintf(c, "%s does not %s %s (%s)", chk_typestr(c, v), verb, ts, detail);
        return false;
    }
    const struct lang_type_set *ts = lang_type_set_of(tu);
    if (ts->all_types && !ts->comparable && !ts->methods.len) return true;
    const struct lang_type_set *vs = vu->kind == LANG_T_INTERFACE ? lang_type_set_of(vu) : NULL;
    if (vs && !vs->all_types && !vs->nterms) return true;
    if (!ts->all_types && !ts->nterms) {
        if (cause) *cause = chk_sprintf(c, "cannot %s %s (empty type set)", verb, chk_typestr(c, t));
        return false;
    }
    const char *why = "";
    if (chk_missing_method(c, v, t, true, &why)) {
        if (cause) *cause = chk_sprintf(c, "%s does not %s %s %s", chk_typestr(c, v), verb, chk_typestr(c, t), why);
        return false;
    }
    if (ts->all_types) return comparability(c, v, ts, constraint, verb, cause);
    if (vs) {
        if (!terms_subset(vs, ts)) {
            if (cause) *cause = chk_sprintf(c, "%s does not %s %s", chk_typestr(c, v), verb, chk_typestr(c, t));
            return false;
        }
    } else if (!in_terms(c, v, t, ts, verb, cause)) {
        return false;
    }
    return comparability(c, v, ts, constraint, verb, cause);
}
