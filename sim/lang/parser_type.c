#include "parser.h"

static struct lang_expr *new_star(struct parser *p, lang_pos pos, struct lang_expr *x) {
    struct lang_expr *e = p_new(p, LANG_E_STAR, pos);
    e->u.star.x = x;
    return e;
}

static struct lang_expr *index_expr(struct parser *p, lang_pos pos, struct lang_expr *x, struct lang_expr_list args) {
    struct lang_expr *e = p_new(p, LANG_E_INDEX, pos);
    e->u.index.x = x;
    e->u.index.indices = args;
    return e;
}

static struct lang_expr_list one_expr(struct parser *p, struct lang_expr *x) {
    size_t mark = p_mark(p);
    p_push(p, x);
    return p_take_exprs(p, mark);
}

struct lang_expr *p_type(struct parser *p) {
    struct lang_expr *t = p_type_or_null(p);
    if (t) return t;
    t = p_bad(p);
    p_syntax_error(p, "expected type");
    p_advance(p, TOKS(COMMA) | TOKS(COLON) | TOKS(SEMI) | TOKS(RPAREN) | TOKS(RBRACK) | TOKS(RBRACE));
    return t;
}

struct lang_expr *p_slice_type(struct parser *p, lang_pos pos) {
    struct lang_expr *t = p_new(p, LANG_E_SLICE_TYPE, pos);
    t->u.slice_type.elem = p_type(p);
    return t;
}

/* "[" was taken at pos; len is the length if it was read already. */
struct lang_expr *p_array_type(struct parser *p, lang_pos pos, struct lang_expr *len) {
    if (!len && !p_got(p, LANG_TOK_DOTDOTDOT)) {
        p->xnest++;
        len = p_expr(p);
        p->xnest--;
    }
    if (p->lex.tok == LANG_TOK_COMMA) {
        p_syntax_error(p, "unexpected comma; expected ]");
        p_next(p);
    }
    p_want(p, LANG_TOK_RBRACK);
    struct lang_expr *t = p_new(p, LANG_E_ARRAY_TYPE, pos);
    t->u.array.len = len;
    t->u.array.elem = p_type(p);
    return t;
}

static struct lang_expr *chan_elem(struct parser *p) {
    struct lang_expr *t = p_type_or_null(p);
    if (t) return t;
    t = p_bad(p);
    p_syntax_error(p, "missing channel element type");
    return t;
}

static struct lang_expr *chan_type(struct parser *p, lang_pos pos, bool arrow_first) {
    struct lang_expr *t = p_new(p, LANG_E_CHAN_TYPE, pos);
    if (arrow_first) {
        p_next(p);
        p_want(p, LANG_TOK_CHAN);
        t->u.chan.dir = LANG_CHAN_RECV;
    } else {
        p_next(p);
        if (p_got(p, LANG_TOK_ARROW)) t->u.chan.dir = LANG_CHAN_SEND;
    }
    t->u.chan.elem = chan_elem(p);
    return t;
}

static struct lang_expr *map_type(struct parser *p, lang_pos pos) {
    struct lang_expr *t = p_new(p, LANG_E_MAP_TYPE, pos);
    p_next(p);
    p_want(p, LANG_TOK_LBRACK);
    t->u.map.key = p_type(p);
    p_want(p, LANG_TOK_RBRACK);
    t->u.map.value = p_type(p);
    return t;
}

static struct lang_expr *type_instance(struct parser *p, struct lang_expr *x) {
    lang_pos pos = p_pos(p);
    p_want(p, LANG_TOK_LBRACK);
    struct lang_expr_list args;
    if (p->lex.tok == LANG_TOK_RBRACK) {
        p_syntax_error(p, "expected type argument list");
        args = one_expr(p, p_bad(p));
    } else {
        bool comma;
        args = p_type_list(p, true, &comma);
    }
    p_want(p, LANG_TOK_RBRACK);
    return index_expr(p, pos, x, args);
}

struct lang_expr *p_qualified_name(struct parser *p, struct lang_expr *name) {
    struct lang_expr *x = name;
    if (!x && p->lex.tok == LANG_TOK_NAME) {
        x = p_name(p);
    } else if (!x) {
        x = p_name_at(p, p_pos(p), "_");
        p_syntax_error(p, "expected name");
        p_advance(p, TOKS(DOT) | TOKS(SEMI) | TOKS(RBRACE));
    }
    if (p->lex.tok == LANG_TOK_DOT) {
        struct lang_expr *s = p_new(p, LANG_E_SELECTOR, p_pos(p));
        p_next(p);
        s->u.sel.x = x;
        s->u.sel.sel = p_name(p);
        x = s;
    }
    return p->lex.tok == LANG_TOK_LBRACK ? type_instance(p, x) : x;
}

/* ---- struct ---- */

struct fields {
    VEC(struct lang_field) list;
};

static void add_field(struct parser *p, struct fields *f, lang_pos pos, struct lang_expr *name, struct lang_expr *type,
                      struct lang_expr *tag) {
    struct lang_field field = {pos, name, type, tag};
    if (!VEC_PUSH(&f->list, field)) p->mem->failed = true;
}

static struct lang_field_list take_fields(struct parser *p, struct fields *f) {
    struct lang_field_list out = {MEM_ARRAY(p->mem, struct lang_field, f->list.len), f->list.len};
    if (!out.data) out.len = 0;
    for (size_t i = 0; i < out.len; i++)
        out.data[i] = f->list.data[i];
    VEC_FREE(&f->list);
    return out;
}

/* "name [": an array or slice type, or (INDEX without its x) an instance's arguments. */
static struct lang_expr *array_or_targs(struct parser *p) {
    lang_pos pos = p_pos(p);
    p_want(p, LANG_TOK_LBRACK);
    if (p_got(p, LANG_TOK_RBRACK)) return p_slice_type(p, pos);
    bool comma = false;
    struct lang_expr_list args = p_type_list(p, false, &comma);
    p_want(p, LANG_TOK_RBRACK);
    struct lang_expr *elem = comma ? NULL : p_type_or_null(p);
    if (elem && args.len) {
        struct lang_expr *t = p_new(p, LANG_E_ARRAY_TYPE, pos);
        t->u.array.len = args.data[0];
        t->u.array.elem = elem;
        return t;
    }
    return index_expr(p, pos, NULL, args);
}

static void named_fields(struct parser *p, struct fields *f, lang_pos pos) {
    struct lang_expr *name = p_name(p);
    enum lang_token tok = p->lex.tok;
    if (tok == LANG_TOK_DOT || tok == LANG_TOK_LITERAL || tok == LANG_TOK_SEMI || tok == LANG_TOK_RBRACE) {
        struct lang_expr *type = p_qualified_name(p, name);
        add_field(p, f, pos, NULL, type, p_literal_or_null(p));
        return;
    }
    struct lang_expr_list names = p_name_list(p, name);
    struct lang_expr *type;
    if (names.len == 1 && p->lex.tok == LANG_TOK_LBRACK) {
        type = array_or_targs(p);
        if (type->kind == LANG_E_INDEX) {
            type->u.index.x = name;
            add_field(p, f, pos, NULL, type, p_literal_or_null(p));
            return;
        }
    } else {
        type = p_type(p);
    }
    struct lang_expr *tag = p_literal_or_null(p);
    for (size_t i = 0; i < names.len; i++)
        add_field(p, f, names.data[i]->pos, names.data[i], type, tag);
}

static bool field_decl(struct parser *p, void *ctx) {
    struct fields *f = ctx;
    lang_pos pos = p_pos(p);
    if (p->lex.tok == LANG_TOK_NAME) {
        named_fields(p, f, pos);
        return false;
    }
    if (p->lex.tok != LANG_TOK_STAR && p->lex.tok != LANG_TOK_LPAREN) {
        p_syntax_error(p, "expected field name or embedded type");
        p_advance(p, TOKS(SEMI) | TOKS(RBRACE));
        return false;
    }
    struct lang_expr *type;
    bool star = p_got(p, LANG_TOK_STAR);
    bool paren = p->lex.tok == LANG_TOK_LPAREN;
    if (paren) {
        p_syntax_error(p, "cannot parenthesize embedded type");
        p_next(p);
    }
    if (!star && p->lex.tok == LANG_TOK_STAR) {
        pos = p_pos(p);
        p_next(p);
        star = true;
    }
    type = p_qualified_name(p, NULL);
    if (paren) p_got(p, LANG_TOK_RPAREN);
    struct lang_expr *tag = p_literal_or_null(p);
    add_field(p, f, pos, NULL, star ? new_star(p, pos, type) : type, tag);
    return false;
}

static struct lang_expr *struct_type(struct parser *p) {
    struct lang_expr *t = p_new(p, LANG_E_STRUCT_TYPE, p_pos(p));
    struct fields f = {0};
    p_want(p, LANG_TOK_STRUCT);
    p_want(p, LANG_TOK_LBRACE);
    p_list(p, "struct type", LANG_TOK_SEMI, LANG_TOK_RBRACE, field_decl, &f);
    t->u.strct.fields = take_fields(p, &f);
    return t;
}

/* ---- interface ---- */

static bool at_op(const struct parser *p, enum lang_op op) {
    return p->lex.tok == LANG_TOK_OPERATOR && p->lex.op == op;
}

static struct lang_expr *embedded_term(struct parser *p) {
    if (at_op(p, LANG_OP_TILDE)) {
        struct lang_expr *t = p_new(p, LANG_E_UNARY, p_pos(p));
        t->u.unary.op = LANG_OP_TILDE;
        p_next(p);
        t->u.unary.x = p_type(p);
        return t;
    }
    struct lang_expr *t = p_type_or_null(p);
    if (t) return t;
    t = p_bad(p);
    p_syntax_error(p, "expected ~ term or type");
    p_advance(p, TOKS(OPERATOR) | TOKS(SEMI) | TOKS(RPAREN) | TOKS(RBRACK) | TOKS(RBRACE));
    return t;
}

/* x { "|" term }, x being the first term or NULL. */
static struct lang_expr *embedded_elem(struct parser *p, struct lang_expr *x) {
    if (!x) x = embedded_term(p);
    for (int n = 0; at_op(p, LANG_OP_OR) && p_chain(p, n); n++) {
        struct lang_expr *t = p_new(p, LANG_E_BINARY, p_pos(p));
        t->u.binary.op = LANG_OP_OR;
        p_next(p);
        t->u.binary.x = x;
        t->u.binary.y = embedded_term(p);
        x = t;
    }
    return x;
}

static const char interface_method[] = "interface method";

/* "name [": a method that wrongly has type parameters, or an embedded instance. */
static void method_bracket(struct parser *p, struct lang_field *f, struct lang_expr *name) {
    lang_pos pos = p_pos(p);
    p_next(p);
    struct lang_field_list ignored;
    if (p->lex.tok == LANG_TOK_RBRACK) {
        lang_pos at = p_pos(p);
        p_next(p);
        if (p->lex.tok == LANG_TOK_LPAREN) {
            p_error_at(p, at, "empty type parameter list");
            f->name = name;
            f->type = p_func_type(p, interface_method, &ignored);
        } else {
            p_error_at(p, at, "empty type argument list");
            f->type = name;
        }
        return;
    }
    struct lang_field_list list = p_param_list(p, NULL, NULL, LANG_TOK_RBRACK, false, false);
    if (list.len == 0) {
        if (p->lex.tok == LANG_TOK_LPAREN) {
            f->name = name;
            f->type = p_func_type(p, interface_method, &ignored);
        } else {
            f->type = name;
        }
        return;
    }
    if (list.data[0].name) {
        f->name = name;
        f->type = p_func_type(p, interface_method, &ignored);
        p_error_at(p, pos, "interface method must have no type parameters");
        return;
    }
    size_t mark = p_mark(p);
    for (size_t i = 0; i < list.len; i++)
        p_push(p, list.data[i].type);
    f->type = index_expr(p, pos, name, p_take_exprs(p, mark));
}

static bool interface_elem(struct parser *p, void *ctx) {
    struct fields *fields = ctx;
    struct lang_field f = {.pos = p_pos(p)};
    if (p->lex.tok == LANG_TOK_NAME) {
        struct lang_expr *name = p_name(p);
        if (p->lex.tok == LANG_TOK_LPAREN) {
            struct lang_field_list ignored;
            f.name = name;
            f.type = p_func_type(p, interface_method, &ignored);
        } else if (p->lex.tok == LANG_TOK_LBRACK) {
            method_bracket(p, &f, name);
        } else {
            f.type = p_qualified_name(p, name);
        }
    }
    if (!f.name) f.type = embedded_elem(p, f.type);
    add_field(p, fields, f.pos, f.name, f.type, NULL);
    return false;
}

static struct lang_expr *interface_type(struct parser *p) {
    struct lang_expr *t = p_new(p, LANG_E_INTERFACE_TYPE, p_pos(p));
    struct fields f = {0};
    p_want(p, LANG_TOK_INTERFACE);
    p_want(p, LANG_TOK_LBRACE);
    p_list(p, "interface type", LANG_TOK_SEMI, LANG_TOK_RBRACE, interface_elem, &f);
    t->u.iface.methods = take_fields(p, &f);
    return t;
}

/* ---- functions and parameters ---- */

static struct lang_field_list func_result(struct parser *p) {
    struct lang_field_list out = {0};
    if (p_got(p, LANG_TOK_LPAREN)) return p_param_list(p, NULL, NULL, LANG_TOK_RPAREN, false, false);
    lang_pos pos = p_pos(p);
    struct lang_expr *t = p_type_or_null(p);
    if (!t) return out;
    struct fields f = {0};
    add_field(p, &f, pos, NULL, t, NULL);
    return take_fields(p, &f);
}

/* context "": type parameters are allowed. */
struct lang_expr *p_func_type(struct parser *p, const char *context, struct lang_field_list *tparams) {
    *tparams = (struct lang_field_list){0};
    struct lang_expr *t = p_new(p, LANG_E_FUNC_TYPE, p_pos(p));
    if (p_got(p, LANG_TOK_LBRACK)) {
        if (*context) p_syntax_error_at(p, t->pos, "%s must have no type parameters", context);
        if (p->lex.tok == LANG_TOK_RBRACK) {
            p_syntax_error(p, "empty type parameter list");
            p_next(p);
        } else {
            *tparams = p_param_list(p, NULL, NULL, LANG_TOK_RBRACK, true, false);
        }
    }
    p_want(p, LANG_TOK_LPAREN);
    t->u.func_type.params = p_param_list(p, NULL, NULL, LANG_TOK_RPAREN, false, true);
    t->u.func_type.results = func_result(p);
    return t;
}

struct params {
    struct fields fields;
    struct lang_expr *name, *type; /* the first, if read already */
    enum lang_token close;
    size_t named, typed;
};

/* The rest of a parameter after its name. */
static void param_after_name(struct parser *p, struct lang_field *f, struct lang_expr *name, bool sets) {
    if (p->lex.tok == LANG_TOK_LBRACK) {
        f->type = array_or_targs(p);
        if (f->type->kind == LANG_E_INDEX) {
            f->type->u.index.x = name;
        } else {
            f->name = name;
        }
        if (sets && at_op(p, LANG_OP_OR)) f->type = embedded_elem(p, f->type);
        return;
    }
    if (p->lex.tok == LANG_TOK_DOT) {
        f->type = p_qualified_name(p, name);
        if (sets && at_op(p, LANG_OP_OR)) f->type = embedded_elem(p, f->type);
        return;
    }
    f->type = embedded_elem(p, name); /* name "|" ... */
}

static void dots_param(struct parser *p, struct lang_field *f) {
    struct lang_expr *t = p_new(p, LANG_E_DOTS_TYPE, p_pos(p));
    p_next(p);
    t->u.dots.elem = p_type_or_null(p);
    f->type = t;
    if (t->u.dots.elem) return;
    f->type = p_bad(p);
    p_syntax_error(p, "... is missing type");
}

static bool param_decl(struct parser *p, struct lang_expr *name, enum lang_token follow, struct lang_field *f) {
    bool sets = follow == LANG_TOK_RBRACK; /* type sets may be written in type parameter lists */
    *f = (struct lang_field){.pos = name ? name->pos : p_pos(p)};
    if (!name && sets && at_op(p, LANG_OP_TILDE)) {
        f->type = embedded_elem(p, NULL);
        return true;
    }
    if (p->lex.tok == LANG_TOK_NAME || name) {
        if (!name) name = p_name(p);
        if (p->lex.tok == LANG_TOK_LBRACK || p->lex.tok == LANG_TOK_DOT || (sets && at_op(p, LANG_OP_OR))) {
            param_after_name(p, f, name, sets);
            return true;
        }
        f->name = name;
    }
    if (p->lex.tok == LANG_TOK_DOTDOTDOT) {
        dots_param(p, f);
        return true;
    }
    if (sets && at_op(p, LANG_OP_TILDE)) {
        f->type = embedded_elem(p, NULL);
        return true;
    }
    f->type = p_type_or_null(p);
    if (sets && f->type && at_op(p, LANG_OP_OR)) f->type = embedded_elem(p, f->type);
    if (f->name || f->type) return true;
    p_syntax_error(p, "expected %s", p_tokstring(follow));
    p_advance(p, TOKS(COMMA) | UINT64_C(1) << follow);
    return false;
}

static bool param_elem(struct parser *p, void *ctx) {
    struct params *ps = ctx;
    struct lang_field f;
    bool have = true;
    if (ps->type) {
        f = (struct lang_field){.pos = ps->name->pos, .name = ps->name, .type = ps->type};
    } else {
        have = param_decl(p, ps->name, ps->close, &f);
    }
    ps->name = ps->type = NULL;
    if (!have) return false;
    if (f.name && f.type) ps->named++;
    if (f.type) ps->typed++;
    add_field(p, &ps->fields, f.pos, f.name, f.type, NULL);
    return false;
}

/* Some have names and some not: types spread to the left over a group of names. */
static void distribute_types(struct parser *p, struct params *ps, struct lang_field_list list, lang_pos end,
                             bool require_names) {
    lang_pos err = 0;
    struct lang_expr *type = NULL;
    for (size_t i = list.len; i-- > 0;) {
        struct lang_field *f = &list.data[i];
        if (f->type) {
            type = f->type;
            if (!f->name) {
                err = lang_start_pos(type);
                f->name = p_name_at(p, err, "_");
            }
        } else if (type) {
            f->type = type;
        } else {
            err = f->name->pos;
            f->type = p_new(p, LANG_E_BAD, err);
        }
    }
    if (!err) return;
    if (ps->named == ps->typed) {
        p_syntax_error_at(p, end, require_names ? "missing type constraint" : "missing parameter type");
    } else if (require_names) {
        p_syntax_error_at(p, err, "missing type parameter name%s", list.len == 1 ? " or invalid array length" : "");
    } else {
        p_syntax_error_at(p, err, "missing parameter name");
    }
}

static void check_dots(struct parser *p, struct lang_field_list list, bool dots_ok) {
    bool told = false;
    for (size_t i = 0; i < list.len; i++) {
        struct lang_expr *t = list.data[i].type;
        if (!t || t->kind != LANG_E_DOTS_TYPE || (dots_ok && i + 1 == list.len)) continue;
        if (!told) p_error_at(p, t->pos, dots_ok ? "can only use ... with final parameter" : "invalid use of ...");
        told = true;
        list.data[i].type = t->u.dots.elem;
    }
}

/* After "(" or "[". name, and then type, are the first parameter's if they were read already. In the result all have
 * names or none has. */
struct lang_field_list p_param_list(struct parser *p, struct lang_expr *name, struct lang_expr *type,
                                    enum lang_token close, bool require_names, bool dots_ok) {
    struct params ps = {.name = name, .type = type, .close = close};
    lang_pos end;
    if (name && type && p->lex.tok == close) {
        end = p_pos(p);
        param_elem(p, &ps);
        p_next(p);
    } else {
        end =
            p_list(p, require_names ? "type parameter list" : "parameter list", LANG_TOK_COMMA, close, param_elem, &ps);
    }
    struct lang_field_list list = take_fields(p, &ps.fields);
    if (!list.len) return list;
    if (ps.named == 0 && !require_names) {
        for (size_t i = 0; i < list.len; i++) {
            if (!list.data[i].name) continue;
            list.data[i].type = list.data[i].name;
            list.data[i].name = NULL;
        }
    } else if (ps.named != list.len) {
        distribute_types(p, &ps, list, end, require_names);
    }
    check_dots(p, list, dots_ok);
    return list;
}

static struct lang_expr *type_token(struct parser *p) {
    lang_pos pos = p_pos(p);
    struct lang_field_list ignored;
    struct lang_expr *t;
    switch (p->lex.tok) {
    case LANG_TOK_STAR:
        p_next(p);
        return new_star(p, pos, p_type(p));
    case LANG_TOK_ARROW:
        return chan_type(p, pos, true);
    case LANG_TOK_CHAN:
        return chan_type(p, pos, false);
    case LANG_TOK_FUNC:
        p_next(p);
        return p_func_type(p, "function type", &ignored);
    case LANG_TOK_LBRACK:
        p_next(p);
        return p_got(p, LANG_TOK_RBRACK) ? p_slice_type(p, pos) : p_array_type(p, pos, NULL);
    case LANG_TOK_MAP:
        return map_type(p, pos);
    case LANG_TOK_STRUCT:
        return struct_type(p);
    case LANG_TOK_INTERFACE:
        return interface_type(p);
    case LANG_TOK_NAME:
        return p_qualified_name(p, NULL);
    case LANG_TOK_LPAREN:
        p_next(p);
        t = p_type(p);
        p_want(p, LANG_TOK_RPAREN);
        return t;
    default:
        return NULL;
    }
}

struct lang_expr *p_type_or_null(struct parser *p) {
    struct lang_expr *t = p_enter(p) ? type_token(p) : NULL;
    p_leave(p);
    return t;
}
