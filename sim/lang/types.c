#include <string.h>
#include <utf8proc.h>

#include "checker.h"

/* ---- making ---- */

struct lang_type *chk_new_type(struct lang_checker *c, enum lang_type_kind kind) {
    struct lang_type *t = MEM_NEW(&c->mem, struct lang_type);
    t->kind = kind;
    t->id = ++c->next_type;
    t->checker = c;
    return t;
}

struct lang_type *chk_pointer(struct lang_checker *c, struct lang_type *elem) {
    struct lang_type *t = chk_new_type(c, LANG_T_POINTER);
    t->u.pointer.elem = elem;
    return t;
}

struct lang_type *chk_slice(struct lang_checker *c, struct lang_type *elem) {
    struct lang_type *t = chk_new_type(c, LANG_T_SLICE);
    t->u.slice.elem = elem;
    return t;
}

struct lang_type *chk_tuple(struct lang_checker *c, struct lang_object_list vars) {
    struct lang_type *t = chk_new_type(c, LANG_T_TUPLE);
    t->u.tuple.types.data = MEM_ARRAY(&c->mem, struct lang_type *, vars.len);
    t->u.tuple.types.len = t->u.tuple.types.data ? vars.len : 0;
    t->u.tuple.vars = vars;
    for (size_t i = 0; i < t->u.tuple.types.len; i++)
        t->u.tuple.types.data[i] = vars.data[i]->type;
    return t;
}

struct lang_object *chk_new_object(struct lang_checker *c, enum lang_object_kind kind, lang_pos pos, const char *name,
                                   struct lang_type *type) {
    struct lang_object *o = MEM_NEW(&c->mem, struct lang_object);
    o->kind = kind;
    o->pos = pos;
    o->name = name;
    o->pkg = c->env.pkg;
    o->type = type;
    return o;
}

struct lang_object *chk_new_var(struct lang_checker *c, enum lang_var_kind kind, lang_pos pos, const char *name,
                                struct lang_type *type) {
    struct lang_object *o = chk_new_object(c, LANG_OBJ_VAR, pos, name, type);
    o->u.var.kind = kind;
    if (kind != LANG_VAR_PACKAGE && kind != LANG_VAR_FIELD) o->u.var.in = c->env.func;
    return o;
}

struct lang_type *lang_type_pointer(struct lang_checked *c, struct lang_type *elem) {
    struct lang_type *t = chk_pointer(c->checker, elem);
    return c->checker->mem.failed ? NULL : t;
}

struct lang_type *lang_type_slice(struct lang_checked *c, struct lang_type *elem) {
    struct lang_type *t = chk_slice(c->checker, elem);
    return c->checker->mem.failed ? NULL : t;
}

struct lang_type *lang_type_array(struct lang_checked *c, struct lang_type *elem, int64_t len) {
    struct lang_type *t = chk_new_type(c->checker, LANG_T_ARRAY);
    t->u.array.elem = elem;
    t->u.array.len = len;
    return c->checker->mem.failed ? NULL : t;
}

/* ---- asking ---- */

struct lang_type *lang_under(struct lang_type *t) {
    if (t->kind == LANG_T_TYPEPARAM || t->kind == LANG_T_NAMED) return chk_named_under(t);
    return t;
}

bool lang_is_named(const struct lang_type *t) {
    return t->kind == LANG_T_NAMED || t->kind == LANG_T_BASIC || t->kind == LANG_T_TYPEPARAM;
}

bool lang_is_basic(struct lang_type *t, uint32_t info) {
    struct lang_type *u = lang_under(t);
    return u->kind == LANG_T_BASIC && (u->u.basic.info & info) != 0;
}

bool lang_is_untyped(const struct lang_type *t) {
    return t->kind == LANG_T_BASIC && (t->u.basic.info & LANG_IS_UNTYPED) != 0;
}

bool lang_is_interface(struct lang_type *t) {
    return t->kind != LANG_T_TYPEPARAM && lang_under(t)->kind == LANG_T_INTERFACE;
}

unsigned lang_basic_bits(enum lang_basic b) {
    switch (b) {
    case LANG_INT8:
    case LANG_UINT8:
        return 8;
    case LANG_INT16:
    case LANG_UINT16:
        return 16;
    case LANG_INT32:
    case LANG_UINT32:
    case LANG_FLOAT32:
        return 32;
    default:
        return 64;
    }
}

bool chk_generic_named(const struct lang_type *t) {
    return t && t->kind == LANG_T_NAMED && t->u.named.tparams.len && !t->u.named.targs.len;
}

struct lang_type *chk_default(struct lang_checker *c, struct lang_type *t) {
    if (t->kind != LANG_T_BASIC) return t;
    switch (t->u.basic.basic) {
    case LANG_UNTYPED_BOOL:
        return c->out->basic[LANG_BOOL];
    case LANG_UNTYPED_INT:
        return c->out->basic[LANG_INT];
    case LANG_UNTYPED_RUNE:
        return c->rune_type;
    case LANG_UNTYPED_FLOAT:
        return c->out->basic[LANG_FLOAT64];
    case LANG_UNTYPED_STRING:
        return c->out->basic[LANG_STRING];
    default:
        return t;
    }
}

struct lang_type *chk_deref(struct lang_type *t, bool *was_pointer) {
    *was_pointer = t->kind == LANG_T_POINTER;
    return *was_pointer ? t->u.pointer.elem : t;
}

struct lang_type *chk_array_deref(struct lang_type *u) {
    if (u->kind != LANG_T_POINTER) return u;
    struct lang_type *a = lang_under(u->u.pointer.elem);
    return a->kind == LANG_T_ARRAY ? a : u;
}

bool chk_is_bytes_or_runes(struct lang_type *t) {
    struct lang_type *u = lang_under(t);
    if (u->kind != LANG_T_SLICE) return false;
    struct lang_type *e = lang_under(u->u.slice.elem);
    return e->kind == LANG_T_BASIC && (e->u.basic.basic == LANG_UINT8 || e->u.basic.basic == LANG_INT32);
}

bool chk_exported(const char *name) {
    if ((unsigned char)name[0] < 0x80) return name[0] >= 'A' && name[0] <= 'Z';
    int32_t rune;
    lang_utf8_decode(name, name + strlen(name), &rune);
    return rune >= 0 && utf8proc_category(rune) == UTF8PROC_CATEGORY_LU;
}

static bool same_folded(const char *a, const char *b) {
    while (*a && *b) {
        int32_t x, y;
        a += lang_utf8_decode(a, a + strlen(a), &x);
        b += lang_utf8_decode(b, b + strlen(b), &y);
        if (x != y && utf8proc_tolower(x) != utf8proc_tolower(y)) return false;
    }
    return *a == *b;
}

/* Whether o is what `name`, written in pkg, means. fold: in any spelling, exported or not. */
bool chk_same_id(const struct lang_object *o, const struct lang_package *pkg, const char *name, bool fold) {
    if (fold && same_folded(o->name, name)) return true;
    if (o->name != name) return false;
    return chk_exported(name) || o->pkg == pkg;
}

static bool list_generic(struct lang_object_list l, int depth);

static bool generic_depth(const struct lang_type *t, int depth) {
    if (!t || depth > 100) return false;
    depth++;
    switch (t->kind) {
    case LANG_T_TYPEPARAM:
        return true;
    case LANG_T_NAMED:
        for (size_t i = 0; i < t->u.named.targs.len; i++) {
            if (generic_depth(t->u.named.targs.data[i], depth)) return true;
        }
        return false;
    case LANG_T_POINTER:
        return generic_depth(t->u.pointer.elem, depth);
    case LANG_T_SLICE:
        return generic_depth(t->u.slice.elem, depth);
    case LANG_T_ARRAY:
        return generic_depth(t->u.array.elem, depth);
    case LANG_T_CHAN:
        return generic_depth(t->u.chan.elem, depth);
    case LANG_T_MAP:
        return generic_depth(t->u.map.key, depth) || generic_depth(t->u.map.elem, depth);
    case LANG_T_STRUCT:
        return list_generic(t->u.strct.fields, depth);
    case LANG_T_SIGNATURE:
        return list_generic(t->u.sig.params, depth) || list_generic(t->u.sig.results, depth);
    case LANG_T_INTERFACE:
        for (size_t i = 0; i < t->u.iface.embeddeds.len; i++) {
            if (generic_depth(t->u.iface.embeddeds.data[i], depth)) return true;
        }
        return list_generic(t->u.iface.methods, depth);
    case LANG_T_TUPLE:
        for (size_t i = 0; i < t->u.tuple.types.len; i++) {
            if (generic_depth(t->u.tuple.types.data[i], depth)) return true;
        }
        return false;
    case LANG_T_UNION:
        for (size_t i = 0; i < t->u.unions.nterms; i++) {
            if (generic_depth(t->u.unions.terms[i].type, depth)) return true;
        }
        return false;
    default:
        return false;
    }
}

static bool list_generic(struct lang_object_list l, int depth) {
    for (size_t i = 0; i < l.len; i++) {
        if (generic_depth(l.data[i]->type, depth)) return true;
    }
    return false;
}

bool lang_is_generic(const struct lang_type *t) { return generic_depth(t, 0); }

/* ---- identity ---- */

struct pair {
    const struct lang_type *x, *y;
    const struct pair *prev;
};

struct comparer {
    bool ignore_tags;
    int depth;
};

static bool identical(struct comparer *c, const struct lang_type *x, const struct lang_type *y, const struct pair *p);

static bool same_vars(struct comparer *c, struct lang_object_list a, struct lang_object_list b, const struct pair *p) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (!identical(c, a.data[i]->type, b.data[i]->type, p)) return false;
    }
    return true;
}

static bool same_tag(const struct lang_object *a, const struct lang_object *b) {
    if (a->u.var.tag_len != b->u.var.tag_len) return false;
    return !a->u.var.tag_len || memcmp(a->u.var.tag, b->u.var.tag, a->u.var.tag_len) == 0;
}

static bool same_struct(struct comparer *c, const struct lang_type *x, const struct lang_type *y,
                        const struct pair *p) {
    struct lang_object_list a = x->u.strct.fields, b = y->u.strct.fields;
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        const struct lang_object *f = a.data[i], *g = b.data[i];
        if (f->u.var.embedded != g->u.var.embedded || (!c->ignore_tags && !same_tag(f, g))) return false;
        if (!chk_same_id(f, g->pkg, g->name, false) || !identical(c, f->type, g->type, p)) return false;
    }
    return true;
}

static bool same_signature(struct comparer *c, const struct lang_type *x, const struct lang_type *y,
                           const struct pair *p) {
    if (x->u.sig.tparams.len != y->u.sig.tparams.len || x->u.sig.variadic != y->u.sig.variadic) return false;
    if (!x->u.sig.tparams.len)
        return same_vars(c, x->u.sig.params, y->u.sig.params, p) && same_vars(c, x->u.sig.results, y->u.sig.results, p);
    /* Generic ones: y in the names of x's type parameters. */
    struct lang_checker *chk = x->checker;
    struct lang_type_list targs = {MEM_ARRAY(&chk->mem, struct lang_type *, x->u.sig.tparams.len),
                                   x->u.sig.tparams.len};
    for (size_t i = 0; i < targs.len; i++)
        targs.data[i] = x->u.sig.tparams.data[i]->type;
    for (size_t i = 0; i < targs.len; i++) {
        struct lang_type *bound =
            chk_subst(chk, y->u.sig.tparams.data[i]->type->u.tparam.bound, y->u.sig.tparams, targs);
        if (!identical(c, targs.data[i]->u.tparam.bound, bound, p)) return false;
    }
    struct lang_type plain = *y;
    plain.u.sig.tparams.len = 0;
    struct lang_type *s = chk_subst(chk, &plain, y->u.sig.tparams, targs);
    return same_vars(c, x->u.sig.params, s->u.sig.params, p) && same_vars(c, x->u.sig.results, s->u.sig.results, p);
}

static bool term_in(struct comparer *c, struct lang_term t, const struct lang_type_set *s, const struct pair *p) {
    for (size_t i = 0; i < s->nterms; i++) {
        if (s->terms[i].tilde == t.tilde && identical(c, s->terms[i].type, t.type, p)) return true;
    }
    return false;
}

static bool same_terms(struct comparer *c, const struct lang_type_set *a, const struct lang_type_set *b,
                       const struct pair *p) {
    if (a->all_types != b->all_types) return false;
    for (size_t i = 0; i < a->nterms; i++) {
        if (!term_in(c, a->terms[i], b, p)) return false;
    }
    for (size_t i = 0; i < b->nterms; i++) {
        if (!term_in(c, b->terms[i], a, p)) return false;
    }
    return true;
}

static bool same_interface(struct comparer *c, const struct lang_type *x, const struct lang_type *y,
                           const struct pair *p) {
    const struct lang_type_set *a = lang_type_set_of((struct lang_type *)(uintptr_t)x);
    const struct lang_type_set *b = lang_type_set_of((struct lang_type *)(uintptr_t)y);
    if (a->comparable != b->comparable || a->methods.len != b->methods.len) return false;
    struct pair here = {x, y, p};
    for (const struct pair *q = p; q; q = q->prev) {
        if ((q->x == x && q->y == y) || (q->x == y && q->y == x)) return true;
    }
    if (!same_terms(c, a, b, &here)) return false;
    for (size_t i = 0; i < a->methods.len; i++) {
        const struct lang_object *f = a->methods.data[i], *g = b->methods.data[i];
        if (!chk_same_id(f, g->pkg, g->name, false) || !identical(c, f->type, g->type, &here)) return false;
    }
    return true;
}

static bool same_named(struct comparer *c, const struct lang_type *x, const struct lang_type *y, const struct pair *p) {
    if (!x->u.named.targs.len || x->u.named.origin != y->u.named.origin) return false;
    if (x->u.named.targs.len != y->u.named.targs.len) return false;
    for (size_t i = 0; i < x->u.named.targs.len; i++) {
        if (!identical(c, x->u.named.targs.data[i], y->u.named.targs.data[i], p)) return false;
    }
    return true;
}

static bool same_composite(struct comparer *c, const struct lang_type *x, const struct lang_type *y,
                           const struct pair *p) {
    switch (x->kind) {
    case LANG_T_BASIC:
        return x->u.basic.basic == y->u.basic.basic;
    case LANG_T_NAMED:
        return same_named(c, x, y, p);
    case LANG_T_POINTER:
        return identical(c, x->u.pointer.elem, y->u.pointer.elem, p);
    case LANG_T_SLICE:
        return identical(c, x->u.slice.elem, y->u.slice.elem, p);
    case LANG_T_ARRAY:
        return (x->u.array.len < 0 || y->u.array.len < 0 || x->u.array.len == y->u.array.len) &&
               identical(c, x->u.array.elem, y->u.array.elem, p);
    case LANG_T_MAP:
        return identical(c, x->u.map.key, y->u.map.key, p) && identical(c, x->u.map.elem, y->u.map.elem, p);
    case LANG_T_CHAN:
        return x->u.chan.dir == y->u.chan.dir && identical(c, x->u.chan.elem, y->u.chan.elem, p);
    case LANG_T_STRUCT:
        return same_struct(c, x, y, p);
    case LANG_T_SIGNATURE:
        return same_signature(c, x, y, p);
    case LANG_T_INTERFACE:
        return same_interface(c, x, y, p);
    case LANG_T_TUPLE:
        if (x->u.tuple.types.len != y->u.tuple.types.len) return false;
        for (size_t i = 0; i < x->u.tuple.types.len; i++) {
            if (!identical(c, x->u.tuple.types.data[i], y->u.tuple.types.data[i], p)) return false;
        }
        return true;
    case LANG_T_UNION:
        if (x->u.unions.nterms != y->u.unions.nterms) return false;
        for (size_t i = 0; i < x->u.unions.nterms; i++) {
            if (x->u.unions.terms[i].tilde != y->u.unions.terms[i].tilde ||
                !identical(c, x->u.unions.terms[i].type, y->u.unions.terms[i].type, p))
                return false;
        }
        return true;
    default:
        return false;
    }
}

static bool identical(struct comparer *c, const struct lang_type *x, const struct lang_type *y, const struct pair *p) {
    if (x == y) return true;
    if (x->kind != y->kind || c->depth > LANG_DEPTH_LIMIT) return false;
    c->depth++;
    bool same = same_composite(c, x, y, p);
    c->depth--;
    return same;
}

bool lang_identical(const struct lang_type *a, const struct lang_type *b) {
    struct comparer c = {0};
    return identical(&c, a, b, NULL);
}

bool chk_identical_ignore_tags(const struct lang_type *a, const struct lang_type *b) {
    struct comparer c = {.ignore_tags = true};
    return identical(&c, a, b, NULL);
}

static uint64_t mix(uint64_t h, uint64_t v) { return (h ^ v) * 0x9e3779b97f4a7c15u + (h >> 29); }

static uint64_t hash_depth(const struct lang_type *t, int depth) {
    uint64_t h = mix(14695981039346656037u, (uint64_t)t->kind);
    if (depth > 4) return h;
    depth++;
    switch (t->kind) {
    case LANG_T_BASIC:
        return mix(h, (uint64_t)t->u.basic.basic);
    case LANG_T_TYPEPARAM:
        return mix(h, t->id);
    case LANG_T_NAMED:
        if (!t->u.named.targs.len) return mix(h, t->id);
        h = mix(h, t->u.named.origin->id);
        for (size_t i = 0; i < t->u.named.targs.len; i++)
            h = mix(h, hash_depth(t->u.named.targs.data[i], depth));
        return h;
    case LANG_T_POINTER:
        return mix(h, hash_depth(t->u.pointer.elem, depth));
    case LANG_T_SLICE:
        return mix(h, hash_depth(t->u.slice.elem, depth));
    case LANG_T_ARRAY:
        return mix(mix(h, (uint64_t)t->u.array.len), hash_depth(t->u.array.elem, depth));
    case LANG_T_MAP:
        return mix(mix(h, hash_depth(t->u.map.key, depth)), hash_depth(t->u.map.elem, depth));
    case LANG_T_CHAN:
        return mix(mix(h, (uint64_t)t->u.chan.dir), hash_depth(t->u.chan.elem, depth));
    case LANG_T_STRUCT:
        h = mix(h, t->u.strct.fields.len);
        for (size_t i = 0; i < t->u.strct.fields.len; i++)
            h = mix(h, hash_depth(t->u.strct.fields.data[i]->type, depth));
        return h;
    case LANG_T_SIGNATURE:
        h = mix(mix(h, t->u.sig.params.len), t->u.sig.results.len);
        for (size_t i = 0; i < t->u.sig.params.len; i++)
            h = mix(h, hash_depth(t->u.sig.params.data[i]->type, depth));
        return h;
    case LANG_T_INTERFACE:
        return mix(h, lang_type_set_of((struct lang_type *)(uintptr_t)t)->methods.len);
    case LANG_T_TUPLE:
        return mix(h, t->u.tuple.types.len);
    default:
        return h;
    }
}

uint64_t lang_type_hash(const struct lang_type *t) { return hash_depth(t, 0); }

/* ---- text ---- */

struct writer {
    const struct lang_package *rel;
    struct str *out;
    int depth;
    bool no_names; /* of parameters */
};

static void write(struct writer *w, const struct lang_type *t);

static void write_list(struct writer *w, struct lang_type_list l) {
    str_addc(w->out, '[');
    for (size_t i = 0; i < l.len; i++) {
        if (i) str_adds(w->out, w->rel ? ", " : ",");
        write(w, l.data[i]);
    }
    str_addc(w->out, ']');
}

static void write_tparams(struct writer *w, struct lang_object_list l) {
    const struct lang_type *prev = NULL;
    str_addc(w->out, '[');
    for (size_t i = 0; i < l.len; i++) {
        const struct lang_type *t = l.data[i]->type;
        if (i) {
            if (t->u.tparam.bound != prev && prev) {
                str_addc(w->out, ' ');
                write(w, prev);
            }
            str_adds(w->out, ", ");
        }
        prev = t->u.tparam.bound;
        str_adds(w->out, t->u.tparam.obj->name);
    }
    if (prev) {
        str_addc(w->out, ' ');
        write(w, prev);
    }
    str_addc(w->out, ']');
}

static void write_vars(struct writer *w, struct lang_object_list l, bool variadic) {
    str_addc(w->out, '(');
    for (size_t i = 0; i < l.len; i++) {
        const struct lang_object *v = l.data[i];
        if (i) str_adds(w->out, ", ");
        if (!w->no_names && *v->name) str_addf(w->out, "%s ", v->name);
        if (variadic && i + 1 == l.len) {
            if (v->type->kind == LANG_T_SLICE) {
                str_adds(w->out, "...");
                write(w, v->type->u.slice.elem);
            } else {
                write(w, v->type);
                str_adds(w->out, "...");
            }
        } else {
            write(w, v->type);
        }
    }
    str_addc(w->out, ')');
}

static void write_signature(struct writer *w, const struct lang_type *t) {
    if (t->u.sig.tparams.len) write_tparams(w, t->u.sig.tparams);
    write_vars(w, t->u.sig.params, t->u.sig.variadic);
    struct lang_object_list r = t->u.sig.results;
    if (!r.len) return;
    str_addc(w->out, ' ');
    if (r.len == 1 && (w->no_names || !*r.data[0]->name)) {
        write(w, r.data[0]->type);
    } else {
        write_vars(w, r, false);
    }
}

static void write_quoted(struct writer *w, const char *s, size_t len) {
    str_addc(w->out, '"');
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '"' || s[i] == '\\') str_addc(w->out, '\\');
        str_addc(w->out, s[i]);
    }
    str_addc(w->out, '"');
}

static void write_struct(struct writer *w, const struct lang_type *t) {
    str_adds(w->out, w->rel ? "struct{" : t->u.strct.fields.len ? "struct { " : "struct {");
    for (size_t i = 0; i < t->u.strct.fields.len; i++) {
        const struct lang_object *f = t->u.strct.fields.data[i];
        if (i) str_adds(w->out, "; ");
        if (!f->u.var.embedded) str_addf(w->out, "%s ", f->name);
        write(w, f->type);
        if (f->u.var.tag_len) {
            str_addc(w->out, ' ');
            write_quoted(w, f->u.var.tag, f->u.var.tag_len);
        }
    }
    str_adds(w->out, w->rel || !t->u.strct.fields.len ? "}" : " }");
}

static void write_interface(struct writer *w, const struct lang_type *t) {
    if (!w->rel && !t->u.iface.methods.len && !t->u.iface.embeddeds.len) { /* as reflect has it */
        str_adds(w->out, "interface {}");
        return;
    }
    if (t->u.iface.is_any) {
        str_adds(w->out, "any");
        return;
    }
    if (t->u.iface.implicit) {
        if (!t->u.iface.methods.len && t->u.iface.embeddeds.len == 1) {
            write(w, t->u.iface.embeddeds.data[0]);
            return;
        }
        str_adds(w->out, "/* implicit */ ");
    }
    str_adds(w->out, w->rel ? "interface{" : "interface { ");
    bool first = true;
    for (size_t i = 0; i < t->u.iface.methods.len; i++) {
        if (!first) str_adds(w->out, "; ");
        first = false;
        str_adds(w->out, t->u.iface.methods.data[i]->name);
        bool names = w->no_names;
        if (!w->rel) w->no_names = true;
        write_signature(w, t->u.iface.methods.data[i]->type);
        w->no_names = names;
    }
    for (size_t i = 0; i < t->u.iface.embeddeds.len; i++) {
        if (!first) str_adds(w->out, "; ");
        first = false;
        write(w, t->u.iface.embeddeds.data[i]);
    }
    str_adds(w->out, w->rel ? "}" : " }");
}

static void write_chan(struct writer *w, const struct lang_type *t) {
    const struct lang_type *e = t->u.chan.elem;
    str_adds(w->out, t->u.chan.dir == LANG_CHAN_SEND   ? "chan<- "
                     : t->u.chan.dir == LANG_CHAN_RECV ? "<-chan "
                                                       : "chan ");
    bool paren = t->u.chan.dir == LANG_CHAN_BOTH && e->kind == LANG_T_CHAN && e->u.chan.dir == LANG_CHAN_RECV;
    if (paren) str_addc(w->out, '(');
    write(w, e);
    if (paren) str_addc(w->out, ')');
}

/* Go names a package by its quoted path where two packages of that name are about: its own sync and strconv stand on
 * internal ones of the same name, and sync/atomic has a namesake that nearly every other package brings along. */
static bool quoted(const struct lang_package *p, const struct lang_package *from) {
    if (!p->library) return false;
    if (strcmp(p->path, "sync") == 0 || strcmp(p->path, "strconv") == 0) return true;
    return strcmp(p->path, "sync/atomic") == 0 && from->nimports > 1;
}

static void write_named(struct writer *w, const struct lang_type *t) {
    const struct lang_object *o = t->u.named.obj;
    const struct lang_package *p = o->pkg;
    if (p && p != w->rel) {
        bool by_path = w->rel && quoted(p, w->rel);
        str_addf(w->out, by_path ? "\"%s\"." : "%s.", by_path ? p->path : p->name);
    }
    str_adds(w->out, o->name);
    if (t->u.named.targs.len) {
        write_list(w, t->u.named.targs);
    } else if (t->u.named.tparams.len) {
        write_tparams(w, t->u.named.tparams);
    }
}

static void write_union(struct writer *w, const struct lang_type *t) {
    for (size_t i = 0; i < t->u.unions.nterms; i++) {
        if (i) str_adds(w->out, " | ");
        if (t->u.unions.terms[i].tilde) str_addc(w->out, '~');
        write(w, t->u.unions.terms[i].type);
    }
}

static void write_kind(struct writer *w, const struct lang_type *t) {
    switch (t->kind) {
    case LANG_T_INVALID:
        str_adds(w->out, "invalid type");
        return;
    case LANG_T_BASIC: {
        /* At run time byte and rune are uint8 and int32. */
        const struct lang_type *b = w->rel ? t : t->checker->out->basic[t->u.basic.basic];
        str_adds(w->out, b->u.basic.name);
        return;
    }
    case LANG_T_NAMED:
        write_named(w, t);
        return;
    case LANG_T_POINTER:
        str_addc(w->out, '*');
        write(w, t->u.pointer.elem);
        return;
    case LANG_T_SLICE:
        str_adds(w->out, "[]");
        write(w, t->u.slice.elem);
        return;
    case LANG_T_ARRAY:
        str_addf(w->out, "[%lld]", (long long)t->u.array.len);
        write(w, t->u.array.elem);
        return;
    case LANG_T_MAP:
        str_adds(w->out, "map[");
        write(w, t->u.map.key);
        str_addc(w->out, ']');
        write(w, t->u.map.elem);
        return;
    case LANG_T_CHAN:
        write_chan(w, t);
        return;
    case LANG_T_STRUCT:
        write_struct(w, t);
        return;
    case LANG_T_SIGNATURE: {
        bool names = w->no_names;
        if (!w->rel) w->no_names = true;
        str_adds(w->out, "func");
        write_signature(w, t);
        w->no_names = names;
        return;
    }
    case LANG_T_INTERFACE:
        write_interface(w, t);
        return;
    case LANG_T_TYPEPARAM: {
        const struct lang_object *o = t->u.tparam.obj;
        str_adds(w->out, o->name);
        if (chk_scope_find(t->checker->universe, o->name))
            str_addf(w->out, " /* with %s declared at %s */", o->name, chk_posstr(t->checker, o->pos));
        return;
    }
    case LANG_T_UNION:
        write_union(w, t);
        return;
    case LANG_T_TUPLE:
        if (t->u.tuple.vars.len) {
            write_vars(w, t->u.tuple.vars, false);
            return;
        }
        str_addc(w->out, '(');
        for (size_t i = 0; i < t->u.tuple.types.len; i++) {
            if (i) str_adds(w->out, ", ");
            write(w, t->u.tuple.types.data[i]);
        }
        str_addc(w->out, ')');
        return;
    }
}

static void write(struct writer *w, const struct lang_type *t) {
    if (!t || w->depth > 100) {
        str_adds(w->out, t ? "…" : "<nil>");
        return;
    }
    w->depth++;
    write_kind(w, t);
    w->depth--;
}

const char *chk_tparamstr(struct lang_checker *c, struct lang_object_list tparams) {
    struct str s = {0};
    struct writer w = {.rel = c->env.pkg, .out = &s};
    write_tparams(&w, tparams);
    const char *out = chk_sprintf(c, "%s", str_cstr(&s));
    str_free(&s);
    return out;
}

void chk_write_qualified(const struct lang_type *t, struct str *out) {
    static const struct lang_package nowhere;
    lang_type_write(t, &nowhere, out);
}

void lang_type_write(const struct lang_type *t, const struct lang_package *rel, struct str *out) {
    struct writer w = {.rel = rel, .out = out};
    write(&w, t);
}

const char *chk_funcstr(struct lang_checker *c, struct lang_object *f) {
    struct str s = {0};
    struct writer w = {.rel = c->env.pkg, .out = &s, .no_names = true};
    str_adds(&s, f->name);
    if (f->type && f->type->kind == LANG_T_SIGNATURE) write_signature(&w, f->type);
    const char *out = chk_sprintf(c, "%s", str_cstr(&s));
    str_free(&s);
    return out;
}
