/* Literals, composite literals, indexing and slicing. */
#include <string.h>

#include "checker.h"

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

void chk_basic_lit(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    const char *text = e->u.lit.text;
    size_t len = e->u.lit.len;
    bool too_large = false;
    struct arena *a = c->mem.arena;
    enum { LONGEST = 10000 };
    if (e->u.lit.kind == LANG_LIT_IMAG) {
        chk_error(c, e->pos, "gosee does not support complex numbers");
        return;
    }
    if (e->u.lit.kind <= LANG_LIT_FLOAT && len > LONGEST) {
        chk_error(c, e->pos, "excessively long constant: %.10s... (%zu chars)", text, len);
        return;
    }
    enum lang_basic b = LANG_UNTYPED_STRING;
    const struct lang_const *v = NULL;
    if (e->u.lit.kind == LANG_LIT_INT) {
        b = LANG_UNTYPED_INT;
        v = lang_const_parse_int(a, text, len, &too_large);
    } else if (e->u.lit.kind == LANG_LIT_FLOAT) {
        b = LANG_UNTYPED_FLOAT;
        v = lang_const_parse_float(a, text, len, &too_large);
    } else {
        char small[64];
        char *buf = len <= sizeof small ? small : lang_mem_alloc(&c->mem, len);
        int32_t rune = 0;
        if (!buf) return;
        size_t n = lang_unquote(text, len, buf, &rune);
        if (e->u.lit.kind == LANG_LIT_RUNE) {
            b = LANG_UNTYPED_RUNE;
            v = lang_const_make_int(a, rune);
        } else {
            v = lang_const_make_string(a, buf, n);
        }
    }
    if (!v) {
        if (a->failed) c->mem.failed = true;
        chk_error(c, e->pos, "malformed constant: %.*s", (int)(len > 100 ? 100 : len), text);
        return;
    }
    x->mode = LANG_MODE_CONSTANT;
    x->type = c->out->basic[b];
    x->val = v;
    x->expr = e;
    chk_overflow(c, x, e->pos);
}

/* ---- function literals ---- */

struct lit_body {
    struct lang_func *f;
    struct lang_scope *scope;
    struct lang_decl_info *decl;
    const struct lang_const *iota;
};

static void check_lit_body(struct lang_checker *c, void *a, void *b) {
    (void)b;
    const struct lit_body *l = a;
    struct env env = c->env;
    c->env = (struct env){.pkg = l->f->pkg, .scope = l->scope, .func = l->f->outer};
    chk_func_body(c, l->f, l->decl, l->iota);
    c->env = env;
}

static void add_lit(struct lang_checker *c, struct lang_func *outer, struct lang_func *f) {
    size_t n = outer->nlits;
    if (!(n & (n - 1))) { /* full at powers of two */
        struct lang_func **data = MEM_ARRAY(&c->mem, struct lang_func *, n ? n * 2 : 1);
        if (!data || c->mem.failed) return;
        if (n) memcpy(data, outer->lits, n * sizeof *data);
        outer->lits = data;
    }
    outer->lits[outer->nlits++] = f;
}

struct lang_func *chk_new_lit(struct lang_checker *c, enum lang_func_kind kind, lang_pos pos) {
    struct lang_func *f = chk_new_func(c, kind, pos);
    if (f->outer) add_lit(c, f->outer, f);
    return f;
}

void chk_func_lit(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    struct lang_type *sig = chk_new_type(c, LANG_T_SIGNATURE);
    struct lang_func *f = chk_new_lit(c, LANG_FUNC_LIT, e->pos);
    chk_open_scope(c);
    c->env.scope->is_func = true;
    chk_signature(c, sig, NULL, NULL, e->u.func_lit.type);
    e->u.func_lit.type->type = sig;
    e->u.func_lit.type->mode = LANG_MODE_TYPE;
    chk_bind_func(f, sig);
    f->body = e->u.func_lit.body;
    struct lit_body *l = MEM_NEW(&c->mem, struct lit_body);
    *l = (struct lit_body){f, c->env.scope, c->env.decl, c->env.iota};
    chk_close_scope(c);
    /* At package level the types of what the body uses may still be open. */
    if (c->env.func && c->env.func->kind != LANG_FUNC_INIT) {
        check_lit_body(c, l, NULL);
    } else {
        chk_later(c, check_lit_body, l, NULL);
    }
    e->func = f;
    x->mode = LANG_MODE_VALUE;
    x->type = sig;
}

/* ---- composite literals ---- */

static void struct_keyed(struct lang_checker *c, struct lang_expr *e, struct lang_type *base, struct lang_type *u) {
    struct lang_object_list fields = u->u.strct.fields;
    bool *seen = MEM_ARRAY(&c->mem, bool, fields.len);
    for (size_t i = 0; i < e->u.comp.elems.len && !c->mem.failed; i++) {
        struct lang_expr *kv = e->u.comp.elems.data[i];
        struct operand x;
        if (kv->kind != LANG_E_KEY_VALUE) {
            chk_error(c, lang_start_pos(kv), "mixture of field:value and value elements in struct literal");
            continue;
        }
        struct lang_expr *key = kv->u.kv.key;
        struct lang_object *f = NULL, *alt = NULL;
        for (size_t j = 0; key->kind == LANG_E_IDENT && j < fields.len; j++) {
            if (STR_BLANK(c, fields.data[j]->name)) continue;
            if (chk_same_id(fields.data[j], c->env.pkg, key->u.ident.name, false)) f = fields.data[j];
            if (!alt && chk_same_id(fields.data[j], c->env.pkg, key->u.ident.name, true)) alt = fields.data[j];
        }
        if (f) {
            chk_expr_target(c, &x, kv->u.kv.value, f->type, f->name);
        } else {
            chk_expr(c, &x, kv->u.kv.value);
        }
        if (key->kind != LANG_E_IDENT) {
            chk_error(c, lang_start_pos(kv), "invalid field name %s in struct literal", chk_exprstr(c, key));
            continue;
        }
        if (!f) {
            chk_error(c, key->pos, "%s", chk_lookup_error(c, base, key->u.ident.name, alt, true));
            continue;
        }
        key->u.ident.obj = f;
        chk_assignment(c, &x, f->type, "struct literal");
        if (seen[f->u.var.index])
            chk_error(c, lang_start_pos(kv), "duplicate field name %s in struct literal", key->u.ident.name);
        seen[f->u.var.index] = true;
    }
}

static void struct_plain(struct lang_checker *c, struct lang_expr *e, struct lang_type *base, struct lang_type *u) {
    struct lang_object_list fields = u->u.strct.fields;
    for (size_t i = 0; i < e->u.comp.elems.len; i++) {
        struct lang_expr *v = e->u.comp.elems.data[i];
        struct operand x;
        if (v->kind == LANG_E_KEY_VALUE) {
            chk_error(c, lang_start_pos(v), "mixture of field:value and value elements in struct literal");
            continue;
        }
        chk_expr_target(c, &x, v, i < fields.len ? fields.data[i]->type : NULL, "field");
        if (i >= fields.len) {
            chk_error(c, lang_start_pos(v), "too many values in struct literal of type %s", chk_typestr(c, base));
            break;
        }
        struct lang_object *f = fields.data[i];
        if (!chk_exported(f->name) && f->pkg != c->env.pkg) {
            chk_error(c, lang_start_pos(v), "implicit assignment to unexported field %s in struct literal of type %s",
                      f->name, chk_typestr(c, base));
            continue;
        }
        chk_assignment(c, &x, f->type, "struct literal");
    }
    if (e->u.comp.elems.len < fields.len)
        chk_error(c, e->u.comp.rbrace, "too few values in struct literal of type %s", chk_typestr(c, base));
}

/* Indices that were given; few are kept in a list, many in a bitmap. */
struct index_set {
    struct map map;
};

static bool index_seen(struct lang_checker *c, struct index_set *s, int64_t i) {
    if (map_get(&s->map, (const char *)&i, sizeof i)) return true;
    if (!map_set(&s->map, (const char *)&i, sizeof i, s)) c->mem.failed = true;
    return false;
}

static int64_t indexed_elems(struct lang_checker *c, struct lang_expr *lit, struct lang_type *elem, int64_t len) {
    struct lang_expr_list elems = lit->u.comp.elems;
    struct index_set seen = {0};
    int64_t index = 0, max = 0;
    for (size_t i = 0; i < elems.len && !c->mem.failed; i++) {
        struct lang_expr *e = elems.data[i], *v = e;
        bool valid = false;
        if (e->kind == LANG_E_KEY_VALUE) {
            int64_t k;
            struct lang_type *t = chk_index(c, e->u.kv.key, len, &k);
            if (t && k >= 0) {
                index = k;
                valid = true;
            } else if (t) {
                chk_error(c, lang_start_pos(e), "index %s must be integer constant", chk_exprstr(c, e->u.kv.key));
            }
            v = e->u.kv.value;
        } else if (len >= 0 && index >= len) {
            chk_error(c, lang_start_pos(e), "index %lld is out of bounds (>= %lld)", (long long)index, (long long)len);
        } else {
            valid = true;
        }
        if (valid && lit->u.comp.nkeys && index_seen(c, &seen, index))
            chk_error(c, lang_start_pos(e), "duplicate index %lld in array or slice literal", (long long)index);
        if (index < INT64_MAX) index++;
        if (index > max) max = index;
        struct operand x;
        chk_expr_hint(c, &x, v, elem);
        chk_assignment(c, &x, elem, "array or slice literal");
    }
    map_free(&seen.map);
    return max;
}

struct map_key {
    const struct lang_const *v;
    struct lang_type *t;
    struct map_key *next;
};

static bool key_seen(struct lang_checker *c, struct map *seen, struct operand *x, bool iface) {
    uint64_t h = lang_const_hash(x->val);
    if (lang_const_kind(x->val) == LANG_CONST_FLOAT) {
        const struct lang_const *i = lang_const_to_int(c->mem.arena, x->val);
        if (i) h = lang_const_hash(i);
    }
    struct map_key *first = map_get(seen, (const char *)&h, sizeof h);
    for (struct map_key *k = first; k; k = k->next) {
        if (lang_const_compare(LANG_OP_EQL, k->v, x->val) && (!iface || lang_identical(k->t, x->type))) return true;
    }
    struct map_key *k = MEM_NEW(&c->mem, struct map_key);
    *k = (struct map_key){x->val, x->type, first};
    if (!map_set(seen, (const char *)&h, sizeof h, k)) c->mem.failed = true;
    return false;
}

static void map_elems(struct lang_checker *c, struct lang_expr *lit, struct lang_type *u) {
    struct map seen = {0};
    bool iface = lang_is_interface(u->u.map.key);
    for (size_t i = 0; i < lit->u.comp.elems.len && !c->mem.failed; i++) {
        struct lang_expr *kv = lit->u.comp.elems.data[i];
        struct operand x;
        if (kv->kind != LANG_E_KEY_VALUE) {
            chk_error(c, lang_start_pos(kv), "missing key in map literal");
            continue;
        }
        chk_expr_hint(c, &x, kv->u.kv.key, u->u.map.key);
        chk_assignment(c, &x, u->u.map.key, "map literal");
        if (x.mode != LANG_MODE_INVALID && x.mode == LANG_MODE_CONSTANT && x.val && key_seen(c, &seen, &x, iface)) {
            chk_error(c, pos_of(&x), "duplicate key %s in map literal", chk_valstr(c, x.val));
            continue;
        }
        if (x.mode == LANG_MODE_INVALID) continue;
        chk_expr_hint(c, &x, kv->u.kv.value, u->u.map.elem);
        chk_assignment(c, &x, u->u.map.elem, "map literal");
    }
    map_free(&seen);
}

static void invalid_literal(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *t,
                            struct lang_type *u, bool element) {
    for (size_t i = 0; i < e->u.comp.elems.len; i++)
        chk_use1(c, e->u.comp.elems.data[i], false);
    if (!u || chk_valid(u)) {
        chk_error(c, lang_start_pos(e), "invalid composite literal%s type %s%s", element ? " element" : "",
                  chk_typestr(c, t), u ? "" : " (no common underlying type)");
        x->mode = LANG_MODE_INVALID;
        return;
    }
    x->mode = LANG_MODE_VALUE;
    x->type = t;
}

/* The type of the literal as written, or as its place in another literal says. */
static struct lang_type *literal_type(struct lang_checker *c, struct lang_expr *e, struct lang_type *hint,
                                      struct lang_type **base) {
    struct lang_expr *te = e->u.comp.type;
    struct lang_type *t;
    if (te && te->kind == LANG_E_ARRAY_TYPE && !te->u.array.len) {
        t = chk_new_type(c, LANG_T_ARRAY);
        t->u.array.len = -1;
        t->u.array.elem = chk_var_type(c, te->u.array.elem);
        te->mode = LANG_MODE_TYPE;
        te->type = t;
    } else if (te) {
        t = chk_type(c, te);
    } else if (hint) {
        struct lang_type *u = chk_common_under(c, hint, NULL, NULL);
        *base = u && u->kind == LANG_T_POINTER ? u->u.pointer.elem : hint;
        return hint;
    } else {
        chk_error(c, e->pos, "missing type in composite literal");
        t = c->invalid;
    }
    *base = t;
    return t;
}

void chk_composite(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint) {
    struct lang_type *base;
    struct lang_type *t = literal_type(c, e, hint, &base), *u = chk_common_under(c, base, NULL, NULL);
    switch (u ? u->kind : LANG_T_TUPLE) {
    case LANG_T_STRUCT:
        if (!chk_finite(c, base)) break;
        if (!e->u.comp.elems.len) break;
        if (e->u.comp.elems.data[0]->kind == LANG_E_KEY_VALUE) {
            struct_keyed(c, e, base, u);
        } else {
            struct_plain(c, e, base, u);
        }
        break;
    case LANG_T_ARRAY: {
        int64_t n = indexed_elems(c, e, u->u.array.elem, u->u.array.len);
        if (u->u.array.len < 0) u->u.array.len = n;
        break;
    }
    case LANG_T_SLICE:
        indexed_elems(c, e, u->u.slice.elem, -1);
        break;
    case LANG_T_MAP:
        map_elems(c, e, u);
        break;
    default:
        invalid_literal(c, x, e, t, u, !e->u.comp.type && hint);
        return;
    }
    x->mode = LANG_MODE_VALUE;
    x->type = t;
}

/* ---- indices ---- */

bool chk_valid_index(struct lang_checker *c, struct operand *x, const char *what, bool negative_ok) {
    if (x->mode == LANG_MODE_INVALID) return false;
    chk_convert_untyped(c, x, c->out->basic[LANG_INT]);
    if (x->mode == LANG_MODE_INVALID) return false;
    if (!chk_all_basic(x->type, LANG_IS_INTEGER)) {
        if (chk_valid(x->type))
            chk_error(c, pos_of(x), "invalid argument: %s %s must be integer", what, chk_opstr(c, x));
        return false;
    }
    if (x->mode != LANG_MODE_CONSTANT || !x->val) return true;
    if (!negative_ok && lang_const_sign(x->val) < 0) {
        chk_error(c, pos_of(x), "invalid argument: %s %s must not be negative", what, chk_opstr(c, x));
        return false;
    }
    if (!chk_representable(c, x->val, LANG_INT, &x->val)) {
        chk_error(c, pos_of(x), "invalid argument: %s %s overflows int", what, chk_opstr(c, x));
        return false;
    }
    return true;
}

struct lang_type *chk_index(struct lang_checker *c, struct lang_expr *e, int64_t max, int64_t *val) {
    struct operand x;
    *val = -1;
    chk_expr(c, &x, e);
    if (!chk_valid_index(c, &x, "index", false)) return NULL;
    if (x.mode != LANG_MODE_CONSTANT) return x.type;
    int64_t v;
    if (!x.val || !lang_const_int64(x.val, &v)) return NULL;
    if (max >= 0 && v >= max) {
        chk_error(c, pos_of(&x), "invalid argument: index %s out of bounds [0:%lld]", chk_valstr(c, x.val),
                  (long long)max);
        return NULL;
    }
    *val = v;
    return x.type;
}

static struct lang_expr *single_index(struct lang_checker *c, struct lang_expr *e) {
    struct lang_expr_list l = e->u.index.indices;
    if (!l.len) return NULL;
    if (l.len > 1) chk_error(c, lang_start_pos(l.data[1]), "invalid operation: more than one index");
    return l.data[0];
}

struct indexed { /* what indexing gives, for each type of a set or the one */
    struct lang_checker *c;
    struct lang_type *key, *elem; /* key: of maps */
    int64_t len;
    enum lang_mode mode;
    bool addressable;
};

static bool index_one(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct indexed *r = ctx;
    struct lang_type *key = NULL, *elem = NULL;
    int64_t len = -1;
    (void)t;
    if (!u) return false;
    if (u->kind == LANG_T_BASIC && (u->u.basic.info & LANG_IS_STRING)) {
        elem = r->c->byte_type;
        r->mode = LANG_MODE_VALUE;
    } else if (u->kind == LANG_T_ARRAY) {
        len = u->u.array.len;
        elem = u->u.array.elem;
        if (!r->addressable) r->mode = LANG_MODE_VALUE;
    } else if (u->kind == LANG_T_POINTER) {
        struct lang_type *a = lang_under(u->u.pointer.elem);
        if (a->kind != LANG_T_ARRAY) return false;
        len = a->u.array.len;
        elem = a->u.array.elem;
    } else if (u->kind == LANG_T_SLICE) {
        elem = u->u.slice.elem;
    } else if (u->kind == LANG_T_MAP) {
        key = u->u.map.key;
        elem = u->u.map.elem;
    } else {
        return false;
    }
    if (!r->elem) {
        r->key = key;
        r->elem = elem;
        r->len = len;
        return true;
    }
    if (!lang_identical(r->elem, elem) || !r->key != !key || (key && !lang_identical(r->key, key))) return false;
    if (len >= 0 && (r->len < 0 || len < r->len)) r->len = len;
    return true;
}

static void index_value(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    struct indexed r = {.c = c, .len = -1, .mode = LANG_MODE_VARIABLE, .addressable = x->mode == LANG_MODE_VARIABLE};
    bool builtin = x->mode == LANG_MODE_BUILTIN;
    if (builtin || x->mode == LANG_MODE_NIL || !chk_valid(x->type) || !chk_typeset(x->type, index_one, &r)) {
        if (builtin || chk_valid(x->type)) chk_error(c, e->pos, "cannot index %s", chk_opstr(c, x));
        chk_use(c, e->u.index.indices);
        x->mode = LANG_MODE_INVALID;
        return;
    }
    if (x->mode == LANG_MODE_CONSTANT && x->val) {
        size_t n;
        lang_const_string(x->val, &n);
        r.len = (int64_t)n;
        if (lang_is_untyped(x->type)) chk_update_type(c, x->expr, c->out->basic[LANG_STRING], true);
    }
    struct lang_expr *index = single_index(c, e);
    if (!index) {
        x->mode = LANG_MODE_INVALID;
        return;
    }
    x->type = r.elem;
    if (r.key) {
        struct operand key;
        chk_expr(c, &key, index);
        chk_assignment(c, &key, r.key, "map index");
        x->mode = LANG_MODE_MAPINDEX;
        x->expr = e;
        return;
    }
    x->mode = r.mode;
    int64_t v;
    chk_index(c, index, r.len, &v);
}

bool chk_index_expr(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    chk_expr_or_type(c, x, e->u.index.x, true);
    e->func = e->u.index.x->func;
    if (x->mode == LANG_MODE_INVALID) {
        chk_use(c, e->u.index.indices);
        return false;
    }
    if (x->mode == LANG_MODE_TYPE) {
        x->mode = LANG_MODE_INVALID;
        x->type = chk_var_type(c, e);
        if (chk_valid(x->type)) x->mode = LANG_MODE_TYPE;
        return false;
    }
    if (x->mode == LANG_MODE_VALUE && x->type->kind == LANG_T_SIGNATURE && x->type->u.sig.tparams.len) {
        e->u.index.instance = true;
        return true;
    }
    index_value(c, x, e);
    return false;
}

struct sliced {
    struct lang_checker *c;
    struct operand *x;
    struct lang_type *type, *under;
    bool string, failed;
};

static bool slice_one(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct sliced *s = ctx;
    struct lang_checker *c = s->c;
    if (!u) {
        chk_error(c, pos_of(s->x), "cannot slice %s: no specific type in %s", chk_opstr(c, s->x),
                  chk_typestr(c, s->x->type));
        s->failed = true;
        return false;
    }
    if (u->kind == LANG_T_BASIC && (u->u.basic.info & LANG_IS_STRING)) {
        u = chk_slice(c, c->byte_type);
        s->string = true;
    }
    if (!s->under) {
        s->type = t;
        s->under = u;
        return true;
    }
    if (lang_identical(s->under, u)) return true;
    chk_error(c, pos_of(s->x), "cannot slice %s: %s and %s have different underlying types", chk_opstr(c, s->x),
              chk_typestr(c, s->type), chk_typestr(c, t));
    s->failed = true;
    return false;
}

static void check_slice_indices(struct lang_checker *c, struct lang_expr *e, int64_t len) {
    struct lang_expr *index[3] = {e->u.slice.lo, e->u.slice.hi, e->u.slice.max};
    int64_t at[3];
    for (int i = 0; i < 3; i++) {
        at[i] = -1;
        if (index[i]) {
            chk_index(c, index[i], len >= 0 ? len + 1 : -1, &at[i]);
        } else if (i == 0) {
            at[i] = 0;
        } else if (len >= 0) {
            at[i] = len;
        }
    }
    for (int i = 0; i < 2; i++) {
        for (int j = i + 1; at[i] > 0 && j < 3; j++) {
            if (at[j] < 0 || at[j] >= at[i]) continue;
            lang_pos pos = index[j] ? lang_start_pos(index[j]) : lang_start_pos(index[i]);
            chk_error(c, pos, "invalid slice indices: %lld < %lld", (long long)at[j], (long long)at[i]);
            return;
        }
    }
}

static bool slice_operand(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *u,
                          bool string, int64_t *len) {
    if (string) {
        if (e->u.slice.full) {
            chk_error(c, lang_start_pos(e->u.slice.max ? e->u.slice.max : e),
                      "invalid operation: 3-index slice of string");
            return false;
        }
        if (x->mode == LANG_MODE_CONSTANT && x->val) {
            size_t n;
            lang_const_string(x->val, &n);
            *len = (int64_t)n;
        }
        if (lang_is_untyped(x->type)) {
            x->type = c->out->basic[LANG_STRING];
            chk_update_type(c, x->expr, x->type, true);
        }
        return true;
    }
    if (u->kind == LANG_T_SLICE) return true;
    struct lang_type *a = chk_array_deref(u);
    if (a->kind != LANG_T_ARRAY) {
        chk_error(c, pos_of(x), "cannot slice %s", chk_opstr(c, x));
        return false;
    }
    if (u->kind == LANG_T_ARRAY) {
        if (x->mode != LANG_MODE_VARIABLE) {
            chk_error(c, pos_of(x), "cannot slice unaddressable value %s", chk_opstr(c, x));
            return false;
        }
        chk_mark_root(e->u.slice.x, ROOT_ADDR);
    }
    *len = a->u.array.len;
    x->type = chk_slice(c, a->u.array.elem);
    return true;
}

void chk_slice_expr(struct lang_checker *c, struct operand *x, struct lang_expr *e) {
    chk_expr(c, x, e->u.slice.x);
    struct lang_expr *index[3] = {e->u.slice.lo, e->u.slice.hi, e->u.slice.max};
    int64_t len = -1;
    bool ok = x->mode != LANG_MODE_INVALID && chk_valid(x->type);
    if (ok && x->mode == LANG_MODE_NIL) {
        chk_error(c, pos_of(x), "cannot slice %s", chk_opstr(c, x));
        ok = false;
    }
    struct sliced s = {.c = c, .x = x};
    if (ok) ok = chk_typeset(x->type, slice_one, &s) && !s.failed && s.under;
    if (ok) ok = slice_operand(c, x, e, s.under, s.string, &len);
    if (!ok) {
        for (int i = 0; i < 3; i++)
            chk_use1(c, index[i], false);
        x->mode = LANG_MODE_INVALID;
        return;
    }
    x->mode = LANG_MODE_VALUE;
    check_slice_indices(c, e, len);
}
