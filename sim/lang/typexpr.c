/* Identifiers and type expressions. */
#include <string.h>

#include "checker.h"

static const char *object_kind(const struct lang_object *o) {
    switch (o->kind) {
    case LANG_OBJ_PACKAGE:
        return "package name";
    case LANG_OBJ_CONST:
        return "constant";
    case LANG_OBJ_TYPE:
        return "type name";
    case LANG_OBJ_VAR:
        switch (o->u.var.kind) {
        case LANG_VAR_PACKAGE:
            return "package-level variable";
        case LANG_VAR_LOCAL:
            return "local variable";
        case LANG_VAR_RECV:
            return "receiver";
        case LANG_VAR_PARAM:
            return "parameter";
        case LANG_VAR_RESULT:
            return "result variable";
        case LANG_VAR_FIELD:
            return "struct field";
        }
        return "variable";
    case LANG_OBJ_FUNC:
        return "function";
    case LANG_OBJ_BUILTIN:
        return "built-in function";
    case LANG_OBJ_LABEL:
        return "label";
    case LANG_OBJ_NIL:
        return "untyped nil";
    }
    return "";
}

static bool has_capture(const struct lang_func *f, const struct lang_object *v) {
    for (size_t i = 0; i < f->captures.len; i++) {
        if (f->captures.data[i] == v) return true;
    }
    return false;
}

static void add_capture(struct lang_checker *c, struct lang_func *f, struct lang_object *v) {
    size_t n = f->captures.len;
    if (!(n & (n - 1))) { /* full at powers of two */
        struct lang_object **data = MEM_ARRAY(&c->mem, struct lang_object *, n ? n * 2 : 1);
        if (!data || c->mem.failed) return;
        if (n) memcpy(data, f->captures.data, n * sizeof *data);
        f->captures.data = data;
    }
    f->captures.data[f->captures.len++] = v;
}

/* A use of v in the current function: functions between it and v's own capture v. */
static void capture(struct lang_checker *c, struct lang_object *v) {
    struct lang_func *home = v->u.var.in;
    if (!home) return;
    for (struct lang_func *f = c->env.func; f && f != home; f = f->outer) {
        v->u.var.captured = true;
        if (has_capture(f, v)) return;
        add_capture(c, f, v);
    }
}

static void complex_refused(struct lang_checker *c, lang_pos pos) {
    chk_error(c, pos, "gosee does not support complex numbers");
}

static bool use_var(struct lang_checker *c, struct operand *x, struct lang_object *o) {
    o->u.var.used = true;
    chk_add_dep(c, o);
    capture(c, o);
    if (!chk_valid(o->type)) return false;
    x->mode = LANG_MODE_VARIABLE;
    return true;
}

static bool use_const(struct lang_checker *c, struct operand *x, struct lang_object *o, lang_pos pos) {
    chk_add_dep(c, o);
    if (!chk_valid(o->type)) return false;
    x->val = o->u.constant.value;
    if (o == c->iota_obj) {
        if (!c->env.iota) {
            chk_error(c, pos, "cannot use iota outside constant declaration");
            return false;
        }
        x->val = c->env.iota;
    }
    x->mode = LANG_MODE_CONSTANT;
    return true;
}

static void use_object(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_object *o) {
    switch (o->kind) {
    case LANG_OBJ_PACKAGE:
        chk_error(c, e->pos, "use of package %s not in selector", o->name);
        return;
    case LANG_OBJ_CONST:
        if (!use_const(c, x, o, e->pos)) return;
        break;
    case LANG_OBJ_TYPE:
        if (o->type->kind == LANG_T_BASIC && (o->type->u.basic.info & LANG_IS_COMPLEX)) {
            complex_refused(c, e->pos);
            return;
        }
        x->mode = LANG_MODE_TYPE;
        break;
    case LANG_OBJ_VAR:
        if (!use_var(c, x, o)) return;
        break;
    case LANG_OBJ_FUNC:
        chk_add_dep(c, o);
        x->mode = LANG_MODE_VALUE;
        e->func = o->u.func.func;
        break;
    case LANG_OBJ_BUILTIN:
        x->mode = LANG_MODE_BUILTIN;
        x->builtin = (enum lang_builtin)o->u.builtin.id;
        break;
    case LANG_OBJ_NIL:
        x->mode = LANG_MODE_NIL;
        break;
    case LANG_OBJ_LABEL:
        return;
    }
    x->type = o->type;
}

void chk_ident(struct lang_checker *c, struct operand *x, struct lang_expr *e, bool want_type) {
    x->mode = LANG_MODE_INVALID;
    x->type = c->invalid;
    x->expr = e;
    struct lang_scope *where = NULL;
    struct lang_object *o = chk_find(c, e->u.ident.name, &where);
    if (!o) {
        if (STR_BLANK(c, e->u.ident.name)) {
            chk_error(c, e->pos, "cannot use _ as value or type");
        } else {
            chk_error(c, e->pos, "undefined: %s", e->u.ident.name);
        }
        return;
    }
    e->u.ident.obj = o;
    bool is_type = o->kind == LANG_OBJ_TYPE;
    if (want_type && !is_type) {
        chk_error(c, e->pos, "%s (%s) is not a type", o->name, object_kind(o));
        if (o->kind == LANG_OBJ_VAR) o->u.var.used = true;
        return;
    }
    if (!o->type || (is_type && want_type && o->on_path)) chk_obj_decl(c, o);
    if (!o->type) {
        if (o->kind != LANG_OBJ_PACKAGE && o->kind != LANG_OBJ_BUILTIN) return;
    }
    if (o->pkg != c->env.pkg && o->pkg && where) { /* through a dot import */
        for (size_t i = 0; i < c->imports.len; i++) {
            struct lang_object *p = c->imports.data[i];
            if (p->u.package.imported == o->pkg && p->name == c->dot_name) p->u.package.used = true;
        }
    }
    use_object(c, x, e, o);
}

/* ---- types ---- */

struct lang_type *chk_type(struct lang_checker *c, struct lang_expr *e) {
    return chk_decl_type(c, e, NULL);
}

struct lang_type *chk_var_type(struct lang_checker *c, struct lang_expr *e) {
    struct lang_type *t = chk_type(c, e);
    chk_valid_var_type(c, e, t);
    return t;
}

static void check_var_type(struct lang_checker *c, void *a, void *b) {
    struct lang_expr *e = a;
    struct lang_type *t = b;
    if (lang_under(t)->kind != LANG_T_INTERFACE) return;
    const struct lang_type_set *s = lang_type_set_of(t);
    if (s->all_types && !s->comparable) return;
    chk_error(c, lang_start_pos(e), "cannot use type %s outside a type constraint: interface %s", chk_typestr(c, t),
              s->comparable ? "is (or embeds) comparable" : "contains type constraints");
}

void chk_valid_var_type(struct lang_checker *c, struct lang_expr *e, struct lang_type *t) {
    if (t->kind == LANG_T_NAMED || t->kind == LANG_T_INTERFACE) chk_later(c, check_var_type, e, t);
}

static struct lang_type *type_kind(struct lang_checker *c, struct lang_expr *e, struct lang_object *def);

static void set_type(struct lang_expr *e, struct lang_type *t) {
    e->type = t;
    e->mode = LANG_MODE_TYPE;
}

struct lang_type *chk_decl_type(struct lang_checker *c, struct lang_expr *e, struct lang_object *def) {
    struct lang_type *t = c->invalid;
    if (chk_enter(c, e->pos)) t = type_kind(c, e, def);
    chk_leave(c);
    if (chk_generic_named(t)) {
        chk_error(c, lang_start_pos(e), "cannot use generic type %s without instantiation", chk_typestr(c, t));
        t = c->invalid;
    }
    set_type(e, t);
    return t;
}

struct lang_type *chk_generic_type(struct lang_checker *c, struct lang_expr *e, const char **cause) {
    struct lang_type *t = type_kind(c, e, NULL);
    if (chk_valid(t) && !chk_generic_named(t)) {
        *cause = chk_sprintf(c, "%s is not a generic type", chk_typestr(c, t));
        t = c->invalid;
    }
    set_type(e, t);
    return t;
}

struct lang_object *chk_generic_alias_of(const struct lang_expr *e) {
    struct lang_object *o = NULL;
    if (e->kind == LANG_E_IDENT) o = e->u.ident.obj;
    if (e->kind == LANG_E_SELECTOR) o = e->u.sel.sel->u.ident.obj;
    return o && o->kind == LANG_OBJ_TYPE && o->u.type.tparams.len ? o : NULL;
}

static struct lang_type *named_type(struct lang_checker *c, struct lang_expr *e) {
    struct operand x = {.expr = e};
    if (e->kind == LANG_E_IDENT) {
        chk_ident(c, &x, e, true);
    } else {
        chk_selector(c, &x, e, true);
    }
    struct lang_object *o = chk_generic_alias_of(e);
    if (x.mode == LANG_MODE_TYPE && o) {
        chk_error(c, lang_start_pos(e), "cannot use generic type %s%s without instantiation", o->name,
                  chk_tparamstr(c, o->u.type.tparams));
        return c->invalid;
    }
    if (x.mode == LANG_MODE_TYPE) return x.type;
    if (x.mode == LANG_MODE_NOVALUE) {
        chk_error(c, lang_start_pos(e), "%s used as type", chk_opstr(c, &x));
    } else if (x.mode != LANG_MODE_INVALID) {
        chk_error(c, lang_start_pos(e), "%s is not a type", chk_opstr(c, &x));
    }
    return c->invalid;
}

static int64_t array_length(struct lang_checker *c, struct lang_expr *e) {
    if (e->kind == LANG_E_IDENT) {
        struct lang_object *o = chk_find(c, e->u.ident.name, NULL);
        if (!o) {
            chk_error(c, e->pos, "undefined array length %s or missing type constraint", e->u.ident.name);
            return -1;
        }
        if (o->kind != LANG_OBJ_CONST) {
            chk_error(c, e->pos, "invalid array length %s", e->u.ident.name);
            return -1;
        }
    }
    struct operand x;
    chk_expr(c, &x, e);
    if (x.mode != LANG_MODE_CONSTANT) {
        if (x.mode != LANG_MODE_INVALID)
            chk_error(c, lang_start_pos(e), "array length %s must be constant", chk_opstr(c, &x));
        return -1;
    }
    if (!x.val) return -1;
    bool integer = lang_is_basic(x.type, LANG_IS_INTEGER);
    if (lang_is_untyped(x.type) || integer) {
        const struct lang_const *v = lang_const_to_int(c->mem.arena, x.val);
        int64_t n;
        if (v && lang_const_int64(v, &n) && n >= 0) {
            if (lang_is_untyped(x.type)) chk_convert_untyped(c, &x, c->out->basic[LANG_INT]);
            return n;
        }
    }
    chk_error(c, lang_start_pos(e), integer ? "invalid array length %s" : "array length %s must be integer",
              chk_opstr(c, &x));
    return -1;
}

static struct lang_type *array_type(struct lang_checker *c, struct lang_expr *e) {
    int64_t len = -1;
    if (e->u.array.len) {
        len = array_length(c, e->u.array.len);
    } else {
        chk_error(c, e->pos, "invalid use of [...] array (outside a composite literal)");
    }
    struct lang_type *t = chk_new_type(c, LANG_T_ARRAY);
    t->u.array.len = len;
    t->u.array.elem = chk_var_type(c, e->u.array.elem);
    return len >= 0 ? t : c->invalid;
}

/* ---- struct types ---- */

static struct lang_expr *embedded_ident(struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_IDENT:
        return e;
    case LANG_E_STAR:
        return e->u.star.x->kind == LANG_E_STAR ? NULL : embedded_ident(e->u.star.x);
    case LANG_E_SELECTOR:
        return e->u.sel.sel;
    case LANG_E_INDEX:
        return embedded_ident(e->u.index.x);
    default:
        return NULL;
    }
}

static void check_embedded(struct lang_checker *c, void *a, void *b) {
    struct lang_expr *e = a;
    bool ptr;
    struct lang_type *t = chk_deref(b, &ptr), *u = lang_under(t);
    lang_pos pos = lang_start_pos(e);
    if (chk_is_tparam(t)) {
        chk_error(c, pos, "embedded field type cannot be a (pointer to a) type parameter");
    } else if (u->kind == LANG_T_POINTER) {
        chk_error(c, pos, "embedded field type cannot be a pointer");
    } else if (u->kind == LANG_T_INTERFACE && ptr) {
        chk_error(c, pos, "embedded field type cannot be a pointer to an interface");
    }
}

static void set_tag(struct lang_checker *c, struct lang_object *f, const struct lang_expr *tag) {
    if (!tag || tag->u.lit.bad) return;
    if (tag->u.lit.kind != LANG_LIT_STRING) {
        chk_error(c, tag->pos, "invalid syntax tree: incorrect tag syntax: \"%.*s\"", (int)tag->u.lit.len,
                  tag->u.lit.text);
        return;
    }
    char *buf = lang_mem_alloc(&c->mem, tag->u.lit.len + 1);
    if (!buf) return;
    f->u.var.tag_len = lang_unquote(tag->u.lit.text, tag->u.lit.len, buf, NULL);
    f->u.var.tag = buf;
}

struct field_set { /* names seen; a table once there are many */
    struct lang_scope *scope;
};

static bool add_field(struct lang_checker *c, struct lang_scope *seen, struct lang_object *f) {
    if (STR_BLANK(c, f->name)) return true;
    struct lang_object *other = chk_scope_insert(c, seen, f);
    f->parent = NULL;
    if (!other) return true;
    chk_error(c, f->pos, "%s redeclared\n\t%s: other declaration of %s", f->name, chk_posstr(c, other->pos), f->name);
    return false;
}

static struct lang_type *struct_type(struct lang_checker *c, struct lang_expr *e) {
    struct lang_type *t = chk_new_type(c, LANG_T_STRUCT);
    struct lang_field_list list = e->u.strct.fields;
    if (!list.len) return t;
    struct lang_object **fields = MEM_ARRAY(&c->mem, struct lang_object *, list.len);
    struct lang_scope *seen = chk_scope_new(c, NULL);
    struct lang_type *type = c->invalid;
    size_t n = 0;
    for (size_t i = 0; i < list.len; i++) {
        struct lang_field *fd = &list.data[i];
        if (i == 0 || fd->type != list.data[i - 1].type) type = chk_var_type(c, fd->type);
        struct lang_expr *name = fd->name ? fd->name : embedded_ident(fd->type);
        if (!name) {
            chk_error(c, lang_start_pos(fd->type), "invalid syntax tree: invalid embedded field type %s",
                      chk_exprstr(c, fd->type));
            continue;
        }
        struct lang_object *f = chk_new_var(c, LANG_VAR_FIELD, name->pos, name->u.ident.name, type);
        f->u.var.embedded = !fd->name;
        set_tag(c, f, fd->tag);
        if (add_field(c, seen, f)) {
            f->u.var.index = (uint32_t)n;
            fields[n++] = f;
        }
        if (fd->name) {
            name->u.ident.obj = f;
        } else {
            chk_later(c, check_embedded, fd->type, type);
        }
    }
    t->u.strct.fields = (struct lang_object_list){fields, n};
    return t;
}

/* ---- interface types ---- */

static void flatten_union(struct lang_expr *e, struct lang_expr **out, size_t *n) {
    if (e->kind == LANG_E_BINARY && e->u.binary.op == LANG_OP_OR) {
        flatten_union(e->u.binary.x, out, n);
        e = e->u.binary.y;
    }
    if (out) out[*n] = e;
    ++*n;
}

static struct lang_term parse_term(struct lang_checker *c, struct lang_expr *e) {
    struct lang_expr *x = e;
    bool tilde = e->kind == LANG_E_UNARY && e->u.unary.op == LANG_OP_TILDE;
    if (tilde) x = e->u.unary.x;
    struct lang_type *t = chk_type(c, x);
    if (chk_is_tparam(t)) {
        if (tilde) {
            chk_error(c, lang_start_pos(x), "type in term %s cannot be a type parameter", chk_exprstr(c, e));
        } else {
            chk_error(c, lang_start_pos(x), "term cannot be a type parameter");
        }
        t = c->invalid;
    }
    return (struct lang_term){tilde, t};
}

static const char *termstr(struct lang_checker *c, struct lang_term t) {
    struct str s = {0};
    if (t.tilde) str_addc(&s, '~');
    chk_write_qualified(t.type, &s);
    const char *out = chk_sprintf(c, "%s", str_cstr(&s));
    str_free(&s);
    return out;
}

static bool check_term(struct lang_checker *c, struct lang_term t, struct lang_expr *e) {
    struct lang_type *u = lang_under(t.type);
    bool iface = u->kind == LANG_T_INTERFACE;
    const char *ts = chk_typestr(c, t.type);
    lang_pos pos = lang_start_pos(e);
    if (t.tilde && iface) {
        chk_error(c, pos, "invalid use of ~ (%s is an interface)", ts);
        return false;
    }
    if (t.tilde && !lang_identical(u, t.type)) {
        chk_error(c, pos, "invalid use of ~ (underlying type of %s is %s)", ts, chk_typestr(c, u));
        return false;
    }
    if (!iface) return true;
    const struct lang_type_set *s = lang_type_set_of(u);
    if (s->methods.len) {
        chk_error(c, pos, "cannot use %s in union (%s contains methods)", termstr(c, t), termstr(c, t));
    } else if (t.type == c->comparable_type) {
        chk_error(c, pos, "cannot use comparable in union");
    } else if (s->comparable) {
        chk_error(c, pos, "cannot use %s in union (%s embeds comparable)", termstr(c, t), termstr(c, t));
    }
    return false;
}

static bool overlap(struct lang_term x, struct lang_term y) {
    struct lang_type *a = y.tilde ? lang_under(x.type) : x.type, *b = x.tilde ? lang_under(y.type) : y.type;
    return lang_identical(a, b);
}

static void check_union(struct lang_checker *c, void *a, void *b) {
    struct lang_type *u = a;
    struct lang_expr **list = b;
    for (size_t i = 0; i < u->u.unions.nterms; i++) {
        struct lang_term t = u->u.unions.terms[i];
        if (!chk_valid(t.type) || !check_term(c, t, list[i])) continue;
        for (size_t j = 0; j < i; j++) {
            struct lang_term other = u->u.unions.terms[j];
            if (lang_under(other.type)->kind == LANG_T_INTERFACE || !chk_valid(other.type) || !overlap(other, t))
                continue;
            chk_error(c, lang_start_pos(list[i]), "overlapping terms %s and %s", termstr(c, t), termstr(c, other));
            break;
        }
    }
}

static struct lang_type *parse_union(struct lang_checker *c, struct lang_expr *e) {
    size_t n = 0;
    flatten_union(e, NULL, &n);
    struct lang_expr **list = MEM_ARRAY(&c->mem, struct lang_expr *, n);
    if (!list) return c->invalid;
    n = 0;
    flatten_union(e, list, &n);
    struct lang_term first = parse_term(c, list[0]);
    if (n == 1 && !first.tilde) return first.type;
    enum { MOST = 100 };
    if (n > MOST) {
        chk_error(c, lang_start_pos(list[MOST]), "cannot handle more than %d union terms (implementation limitation)",
                  MOST);
        return c->invalid;
    }
    struct lang_type *u = chk_new_type(c, LANG_T_UNION);
    u->u.unions.terms = MEM_ARRAY(&c->mem, struct lang_term, n);
    u->u.unions.nterms = n;
    u->u.unions.terms[0] = first;
    for (size_t i = 1; i < n; i++)
        u->u.unions.terms[i] = parse_term(c, list[i]);
    chk_later(c, check_union, u, list);
    return u;
}

static void later_type_set(struct lang_checker *c, void *a, void *b) {
    (void)b;
    struct lang_type *t = a;
    chk_compute_type_set(c, t, 0);
}

static struct lang_type *interface_type(struct lang_checker *c, struct lang_expr *e, struct lang_object *def) {
    struct lang_type *t = chk_new_type(c, LANG_T_INTERFACE);
    struct lang_field_list list = e->u.iface.methods;
    t->u.iface.methods.data = MEM_ARRAY(&c->mem, struct lang_object *, list.len);
    t->u.iface.embeddeds.data = MEM_ARRAY(&c->mem, struct lang_type *, list.len);
    t->u.iface.embed_pos = MEM_ARRAY(&c->mem, lang_pos, list.len);
    for (size_t i = 0; i < list.len && !c->mem.failed; i++) {
        struct lang_field *f = &list.data[i];
        if (!f->name) {
            size_t k = t->u.iface.embeddeds.len;
            t->u.iface.embeddeds.data[k] = parse_union(c, f->type);
            t->u.iface.embed_pos[k] = lang_start_pos(f->type);
            t->u.iface.embeddeds.len = k + 1;
            continue;
        }
        if (STR_BLANK(c, f->name->u.ident.name)) {
            chk_error(c, f->name->pos, "methods must have a unique non-blank name");
            continue;
        }
        struct lang_type *sig = chk_type(c, f->type);
        if (sig->kind != LANG_T_SIGNATURE) continue;
        struct lang_type *recv = def && def->type && def->type->kind == LANG_T_NAMED ? def->type : t;
        sig->u.sig.recv = chk_new_var(c, LANG_VAR_RECV, f->name->pos, c->empty_name, recv);
        struct lang_object *m = chk_new_object(c, LANG_OBJ_FUNC, f->name->pos, f->name->u.ident.name, sig);
        f->name->u.ident.obj = m;
        t->u.iface.methods.data[t->u.iface.methods.len++] = m;
    }
    chk_sort_methods(t->u.iface.methods);
    if (t->u.iface.methods.len || t->u.iface.embeddeds.len) chk_later(c, later_type_set, t, NULL);
    return t;
}

/* ---- function types ---- */

static struct lang_object_list collect_params(struct lang_checker *c, struct lang_field_list *list,
                                              enum lang_var_kind kind, bool *variadic) {
    struct lang_object_list out = {MEM_ARRAY(&c->mem, struct lang_object *, list->len), list->len};
    struct lang_type *type = c->invalid;
    if (!out.data) out.len = 0;
    for (size_t i = 0; i < out.len; i++) {
        struct lang_field *f = &list->data[i];
        if (i == 0 || f->type != list->data[i - 1].type) {
            struct lang_expr *e = f->type;
            if (e->kind == LANG_E_DOTS_TYPE) {
                e = e->u.dots.elem;
                *variadic = true;
            }
            type = chk_var_type(c, e);
            if (f->type != e) {
                type = chk_slice(c, type);
                set_type(f->type, type);
            }
        }
        const char *name = f->name ? f->name->u.ident.name : c->empty_name;
        out.data[i] = chk_new_var(c, kind, f->name ? f->name->pos : f->pos, name, type);
    }
    return out;
}

static void declare_params(struct lang_checker *c, struct lang_field_list *list, struct lang_object_list vars) {
    for (size_t i = 0; i < vars.len; i++) {
        if (list->data[i].name) chk_declare(c, c->env.scope, list->data[i].name, vars.data[i]);
    }
}

void chk_collect_tparams(struct lang_checker *c, struct lang_field_list *list, struct lang_object_list *dst) {
    struct lang_object_list out = {MEM_ARRAY(&c->mem, struct lang_object *, list->len), list->len};
    if (!out.data) out.len = 0;
    for (size_t i = 0; i < out.len; i++) {
        struct lang_expr *name = list->data[i].name;
        struct lang_object *o = chk_new_object(c, LANG_OBJ_TYPE, name->pos, name->u.ident.name, NULL);
        struct lang_type *t = chk_new_type(c, LANG_T_TYPEPARAM);
        t->u.tparam.obj = o;
        t->u.tparam.index = i;
        t->u.tparam.bound = c->any_empty;
        o->type = t;
        chk_declare(c, c->env.scope, name, o);
        out.data[i] = o;
    }
    *dst = out; /* before the constraints, which may use what is being declared */
    bool in = c->env.in_tparams;
    c->env.in_tparams = true;
    struct lang_type *bound = c->any_empty;
    for (size_t i = 0; i < out.len; i++) {
        struct lang_expr *e = list->data[i].type;
        if (i == 0 || e != list->data[i - 1].type) {
            bool bare = (e->kind == LANG_E_UNARY && e->u.unary.op == LANG_OP_TILDE) ||
                        (e->kind == LANG_E_BINARY && e->u.binary.op == LANG_OP_OR);
            if (bare) {
                bound = chk_new_type(c, LANG_T_INTERFACE);
                bound->u.iface.embeddeds.data = MEM_ARRAY(&c->mem, struct lang_type *, 1);
                bound->u.iface.embed_pos = MEM_ARRAY(&c->mem, lang_pos, 1);
                bound->u.iface.embeddeds.data[0] = parse_union(c, e);
                bound->u.iface.embed_pos[0] = lang_start_pos(e);
                bound->u.iface.embeddeds.len = 1;
                bound->u.iface.implicit = true;
            } else {
                bound = chk_type(c, e);
            }
            if (chk_is_tparam(bound)) {
                chk_error(c, lang_start_pos(e), "cannot use a type parameter as constraint");
                bound = c->invalid;
            }
        }
        out.data[i]->type->u.tparam.bound = bound;
    }
    c->env.in_tparams = in;
}

struct lang_expr *chk_unpack_recv(struct lang_expr *e, bool *ptr, struct lang_expr_list *tparams) {
    struct lang_expr *base = lang_unparen(e);
    *ptr = base->kind == LANG_E_STAR;
    if (*ptr) base = lang_unparen(base->u.star.x);
    if (tparams) *tparams = (struct lang_expr_list){0};
    if (base->kind != LANG_E_INDEX) return base;
    if (tparams) *tparams = base->u.index.indices;
    return base->u.index.x;
}

/* e is the base of a receiver: with type parameters it is the generic type itself. */
static bool recv_has_params(const struct lang_expr *e) { return chk_generic_named(e->type); }

static void valid_recv(struct lang_checker *c, void *a, void *b) {
    struct lang_expr *e = a;
    struct lang_object *recv = b;
    bool ptr;
    struct lang_type *t = chk_deref(recv->type, &ptr);
    if (!chk_valid(t)) return;
    lang_pos pos = lang_start_pos(e);
    const char *ts = chk_typestr(c, t);
    if (t->kind == LANG_T_BASIC || (t->kind == LANG_T_NAMED && t->u.named.obj->pkg != c->env.pkg)) {
        chk_error(c, pos, "cannot define new methods on non-local type %s", ts);
        return;
    }
    if (t->kind != LANG_T_NAMED) {
        chk_error(c, pos, "invalid receiver type %s", chk_typestr(c, recv->type));
        return;
    }
    if (t->u.named.targs.len && !recv_has_params(e)) {
        chk_error(c, pos, "cannot define new methods on instantiated type %s", ts);
        return;
    }
    struct lang_type *u = lang_under(t);
    if (u->kind == LANG_T_POINTER || u->kind == LANG_T_INTERFACE)
        chk_error(c, pos, "invalid receiver type %s (pointer or interface type)", ts);
}

static const char *plural(struct lang_checker *c, size_t n, const char *unit) {
    return chk_sprintf(c, "%zu %s%s", n, unit, n == 1 ? "" : "s");
}

/* The generic alias that x names; NULL: none. */
static struct lang_object *generic_alias(struct lang_checker *c, const struct lang_expr *x) {
    struct lang_object *o = NULL;
    if (x->kind == LANG_E_IDENT) o = chk_find(c, x->u.ident.name, NULL);
    if (x->kind == LANG_E_SELECTOR && x->u.sel.x->kind == LANG_E_IDENT) {
        struct lang_object *p = chk_find(c, x->u.sel.x->u.ident.name, NULL);
        if (!p || p->kind != LANG_OBJ_PACKAGE || !p->u.package.imported) return NULL;
        o = chk_scope_find(p->u.package.imported->scope, x->u.sel.sel->u.ident.name);
        if (o && o->kind == LANG_OBJ_TYPE && o->u.type.alias) p->u.package.used = true;
    }
    if (!o || o->kind != LANG_OBJ_TYPE || !o->u.type.alias) return NULL;
    chk_obj_decl(c, o);
    return o->u.type.tparams.len ? o : NULL;
}

/* A receiver of a generic type: its type parameters, under this method's names. */
static struct lang_type *generic_recv(struct lang_checker *c, struct lang_type *sig, struct lang_expr *base,
                                      struct lang_expr_list names, bool ptr) {
    const char *cause = NULL;
    struct lang_object *alias = generic_alias(c, base);
    if (alias)
        chk_error(c, lang_start_pos(base), "cannot define new methods on generic alias type %s%s", alias->name,
                  chk_tparamstr(c, alias->u.type.tparams));
    struct lang_type *t = alias ? c->invalid : chk_generic_type(c, base, &cause);
    if (cause) chk_error(c, lang_start_pos(base), "%s", cause);
    struct lang_object_list tparams = {MEM_ARRAY(&c->mem, struct lang_object *, names.len), names.len};
    struct lang_type_list targs = {MEM_ARRAY(&c->mem, struct lang_type *, names.len), names.len};
    for (size_t i = 0; i < names.len; i++) {
        struct lang_expr *n = names.data[i];
        const char *name = n->kind == LANG_E_IDENT ? n->u.ident.name : c->blank;
        if (n->kind != LANG_E_IDENT && n->kind != LANG_E_BAD)
            chk_error(c, lang_start_pos(n), "receiver type parameter %s must be an identifier", chk_exprstr(c, n));
        struct lang_object *o = chk_new_object(c, LANG_OBJ_TYPE, n->pos, name, NULL);
        o->type = chk_new_type(c, LANG_T_TYPEPARAM);
        o->type->u.tparam.obj = o;
        o->type->u.tparam.index = i;
        o->type->u.tparam.bound = c->any_empty;
        chk_declare(c, c->env.scope, n->kind == LANG_E_IDENT ? n : NULL, o);
        set_type(n, o->type);
        tparams.data[i] = o;
        targs.data[i] = o->type;
    }
    sig->u.sig.recv_tparams = tparams;
    if (!chk_valid(t)) return c->invalid;
    struct lang_object_list own = t->u.named.tparams;
    if (own.len != names.len) {
        chk_error(c, lang_start_pos(base), "receiver declares %s, but receiver base type declares %zu",
                  plural(c, names.len, "type parameter"), own.len);
        return c->invalid;
    }
    for (size_t i = 0; i < own.len; i++)
        targs.data[i]->u.tparam.canon = own.data[i]->type;
    for (size_t i = 0; i < own.len; i++)
        targs.data[i]->u.tparam.bound = chk_subst(c, own.data[i]->type->u.tparam.bound, own, targs);
    struct lang_type *inst = chk_instantiate(c, t, targs);
    return ptr ? chk_pointer(c, inst) : inst;
}

static struct lang_object *collect_recv(struct lang_checker *c, struct lang_type *sig, struct lang_field *f) {
    bool ptr;
    struct lang_expr_list names;
    struct lang_expr *base = chk_unpack_recv(f->type, &ptr, &names);
    struct lang_type *t = names.len ? generic_recv(c, sig, base, names, ptr) : chk_var_type(c, f->type);
    set_type(f->type, t);
    const char *name = f->name ? f->name->u.ident.name : c->empty_name;
    struct lang_object *recv = chk_new_var(c, LANG_VAR_RECV, f->name ? f->name->pos : f->pos, name, t);
    chk_later(c, valid_recv, base, recv);
    return recv;
}

struct lang_type *chk_signature(struct lang_checker *c, struct lang_type *sig, struct lang_field *recv,
                                struct lang_field_list *tparams, struct lang_expr *e) {
    struct lang_object *r = recv ? collect_recv(c, sig, recv) : NULL;
    if (tparams && tparams->len) chk_collect_tparams(c, tparams, &sig->u.sig.tparams);
    bool variadic = false, ignored = false;
    struct lang_object_list params = collect_params(c, &e->u.func_type.params, LANG_VAR_PARAM, &variadic);
    struct lang_object_list results = collect_params(c, &e->u.func_type.results, LANG_VAR_RESULT, &ignored);
    if (r && recv->name) chk_declare(c, c->env.scope, recv->name, r);
    declare_params(c, &e->u.func_type.params, params);
    declare_params(c, &e->u.func_type.results, results);
    sig->u.sig.recv = r;
    sig->u.sig.params = params;
    sig->u.sig.results = results;
    sig->u.sig.variadic = variadic;
    return sig;
}

/* ---- the rest ---- */

static void check_map_key(struct lang_checker *c, void *a, void *b) {
    struct lang_expr *e = a;
    struct lang_type *key = b;
    if (!chk_incomparable(c, key, true)) return;
    chk_error(c, lang_start_pos(e), "invalid map key type %s%s", chk_typestr(c, key),
              chk_is_tparam(key) ? " (missing comparable constraint)" : "");
}

static struct lang_type *map_type(struct lang_checker *c, struct lang_expr *e) {
    struct lang_type *t = chk_new_type(c, LANG_T_MAP);
    t->u.map.key = chk_var_type(c, e->u.map.key);
    t->u.map.elem = chk_var_type(c, e->u.map.value);
    chk_later(c, check_map_key, e->u.map.key, t->u.map.key);
    return t;
}

bool chk_type_list(struct lang_checker *c, struct lang_expr_list list, struct lang_type_list *out) {
    out->data = MEM_ARRAY(&c->mem, struct lang_type *, list.len);
    out->len = out->data ? list.len : 0;
    bool ok = true;
    for (size_t i = 0; i < out->len; i++) {
        out->data[i] = chk_var_type(c, list.data[i]);
        if (!chk_valid(out->data[i])) ok = false;
    }
    return ok;
}

static void verify_instance(struct lang_checker *c, void *a, void *b) {
    struct lang_type *t = a;
    struct lang_expr *e = b;
    size_t index;
    const char *cause = "";
    struct lang_type *g = t->u.named.origin;
    if (!chk_valid_targ_count(c, e->u.index.x->pos, g->u.named.obj->name, g->u.named.tparams.len, t->u.named.targs.len))
        return;
    if (chk_verify(c, t->u.named.origin->u.named.tparams, t->u.named.targs, &index, &cause)) {
        chk_mono_record(c, e->u.index.x->pos, t->u.named.origin->u.named.tparams, t->u.named.targs, e->u.index.indices);
        return;
    }
    lang_pos pos = index < e->u.index.indices.len ? lang_start_pos(e->u.index.indices.data[index]) : e->u.index.x->pos;
    chk_error(c, pos, "%s", cause);
}

struct alias_use {
    struct lang_object *alias;
    struct lang_type_list targs;
    struct lang_expr *e;
};

static void verify_alias(struct lang_checker *c, void *a, void *b) {
    const struct alias_use *u = a;
    size_t index = 0;
    const char *cause = "";
    (void)b;
    if (chk_verify(c, u->alias->u.type.tparams, u->targs, &index, &cause)) return;
    chk_error(c, lang_start_pos(u->e->u.index.indices.data[index]), "%s", cause);
}

static struct lang_type *alias_instance(struct lang_checker *c, struct lang_object *alias, struct lang_expr *e) {
    struct lang_type_list targs;
    if (!chk_type_list(c, e->u.index.indices, &targs) || !chk_valid(alias->type)) return c->invalid;
    struct lang_object_list tparams = alias->u.type.tparams;
    if (!chk_valid_targ_count(c, e->u.index.x->pos, alias->name, tparams.len, targs.len)) return c->invalid;
    struct alias_use *u = MEM_NEW(&c->mem, struct alias_use);
    *u = (struct alias_use){alias, targs, e};
    chk_later(c, verify_alias, u, NULL);
    struct lang_type *t = chk_subst(c, alias->type, tparams, targs);
    e->u.index.x->mode = LANG_MODE_TYPE;
    e->u.index.x->type = t;
    return t;
}

static struct lang_type *instance_type(struct lang_checker *c, struct lang_expr *e) {
    struct lang_expr *x = e->u.index.x;
    const char *cause = NULL;
    e->u.index.instance = true;
    struct lang_object *alias = generic_alias(c, x);
    if (alias) return alias_instance(c, alias, e);
    struct lang_type *g = chk_generic_type(c, x, &cause);
    if (cause) {
        struct str list = {0};
        for (size_t i = 0; i < e->u.index.indices.len; i++) {
            if (i) str_adds(&list, ", ");
            lang_expr_write(e->u.index.indices.data[i], &list);
        }
        chk_error(c, lang_start_pos(x), "invalid operation: %s[%s] (%s)", chk_exprstr(c, x), str_cstr(&list), cause);
        str_free(&list);
    }
    if (!chk_valid(g)) return g;
    struct lang_type_list targs;
    if (!chk_type_list(c, e->u.index.indices, &targs)) return c->invalid;
    struct lang_type *t = chk_instantiate(c, g, targs);
    if (!t->u.named.pos) t->u.named.pos = x->pos;
    chk_later(c, verify_instance, t, e);
    return t;
}

static struct lang_type *func_type(struct lang_checker *c, struct lang_expr *e) {
    struct lang_type *t = chk_new_type(c, LANG_T_SIGNATURE);
    chk_open_scope(c);
    chk_signature(c, t, NULL, NULL, e);
    chk_close_scope(c);
    return t;
}

static struct lang_type *type_kind(struct lang_checker *c, struct lang_expr *e, struct lang_object *def) {
    struct lang_type *t;
    switch (e->kind) {
    case LANG_E_BAD:
        return c->invalid;
    case LANG_E_IDENT:
    case LANG_E_SELECTOR:
        return named_type(c, e);
    case LANG_E_INDEX:
        return instance_type(c, e);
    case LANG_E_PAREN:
        return chk_decl_type(c, e->u.paren.x, def);
    case LANG_E_ARRAY_TYPE:
        return array_type(c, e);
    case LANG_E_SLICE_TYPE:
        return chk_slice(c, chk_var_type(c, e->u.slice_type.elem));
    case LANG_E_STRUCT_TYPE:
        return struct_type(c, e);
    case LANG_E_STAR:
        t = chk_var_type(c, e->u.star.x);
        return chk_valid(t) ? chk_pointer(c, t) : t;
    case LANG_E_FUNC_TYPE:
        return func_type(c, e);
    case LANG_E_INTERFACE_TYPE:
        return interface_type(c, e, def);
    case LANG_E_MAP_TYPE:
        return map_type(c, e);
    case LANG_E_CHAN_TYPE:
        t = chk_new_type(c, LANG_T_CHAN);
        t->u.chan.dir = e->u.chan.dir;
        t->u.chan.elem = chk_var_type(c, e->u.chan.elem);
        return t;
    case LANG_E_DOTS_TYPE:
        chk_error(c, e->pos, "invalid use of ...");
        return c->invalid;
    default:
        chk_error(c, lang_start_pos(e), "%s is not a type", chk_exprstr(c, e));
        chk_use1(c, e, false);
        return c->invalid;
    }
}
