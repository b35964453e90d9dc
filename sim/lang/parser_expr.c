#include "parser.h"

struct lang_expr *p_expr(struct parser *p) {
    return p_binary_expr(p, NULL, 0);
}

static struct lang_expr *unary_expr(struct parser *p);

struct lang_expr *p_binary_expr(struct parser *p, struct lang_expr *x, int prec) {
    if (!x) x = unary_expr(p);
    for (int n = 0; (p->lex.tok == LANG_TOK_OPERATOR || p->lex.tok == LANG_TOK_STAR) && p->lex.prec > prec; n++) {
        if (!p_chain(p, n)) return x;
        struct lang_expr *t = p_new(p, LANG_E_BINARY, p_pos(p));
        int tprec = p->lex.prec;
        t->u.binary.op = p->lex.op;
        p_next(p);
        t->u.binary.x = x;
        t->u.binary.y = p_binary_expr(p, NULL, tprec);
        x = t;
    }
    return x;
}

static struct lang_expr *simple_unary(struct parser *p, enum lang_op op, lang_pos pos) {
    if (op == LANG_OP_MUL) {
        struct lang_expr *x = p_new(p, LANG_E_STAR, pos);
        x->u.star.x = unary_expr(p);
        return x;
    }
    struct lang_expr *x = p_new(p, LANG_E_UNARY, pos);
    x->u.unary.op = op;
    x->u.unary.x = unary_expr(p);
    if (op == LANG_OP_AND) x->u.unary.x = lang_unparen(x->u.unary.x);
    return x;
}

static void write_type(const struct lang_expr *t, char *buf, size_t size) {
    struct str s = {0};
    lang_expr_write(t, &s);
    size_t n = s.len < size - 1 ? s.len : size - 1;
    for (size_t i = 0; i < n; i++)
        buf[i] = s.data[i];
    buf[n] = 0;
    str_free(&s);
}

/* <-x is a receive, or the start of a channel type: <-(chan E) is (<-chan E), <-(chan<- E) is (<-chan (<-E)). */
static struct lang_expr *arrow(struct parser *p) {
    lang_pos pos = p_pos(p);
    p_next(p);
    struct lang_expr *x = unary_expr(p);
    if (x->kind != LANG_E_CHAN_TYPE) {
        struct lang_expr *o = p_new(p, LANG_E_UNARY, pos);
        o->u.unary.op = LANG_OP_RECV;
        o->u.unary.x = x;
        return o;
    }
    enum lang_chan_dir dir = LANG_CHAN_SEND;
    struct lang_expr *t = x;
    while (dir == LANG_CHAN_SEND && t->kind == LANG_E_CHAN_TYPE) {
        dir = t->u.chan.dir;
        if (dir == LANG_CHAN_RECV) p_syntax_error(p, "unexpected <-, expected chan");
        t->u.chan.dir = LANG_CHAN_RECV;
        t = t->u.chan.elem;
    }
    if (dir == LANG_CHAN_SEND) {
        char text[200];
        write_type(t, text, sizeof text);
        p_syntax_error(p, "unexpected %s, expected chan", text);
    }
    return x;
}

static struct lang_expr *unary_nested(struct parser *p) {
    enum lang_op op = p->lex.op;
    lang_pos pos = p_pos(p);
    if (p->lex.tok == LANG_TOK_OPERATOR || p->lex.tok == LANG_TOK_STAR) {
        switch (op) {
        case LANG_OP_MUL:
        case LANG_OP_ADD:
        case LANG_OP_SUB:
        case LANG_OP_NOT:
        case LANG_OP_XOR:
        case LANG_OP_TILDE:
        case LANG_OP_AND:
            p_next(p);
            return simple_unary(p, op, pos);
        default:
            break;
        }
    }
    if (p->lex.tok == LANG_TOK_ARROW) return arrow(p);
    return p_pexpr(p, NULL, true);
}

static struct lang_expr *unary_expr(struct parser *p) {
    struct lang_expr *x = p_enter(p) ? unary_nested(p) : p_bad(p);
    p_leave(p);
    return x;
}

static struct lang_expr *func_operand(struct parser *p) {
    lang_pos pos = p_pos(p);
    struct lang_field_list ignored;
    p_next(p);
    struct lang_expr *type = p_func_type(p, "function type", &ignored);
    if (p->lex.tok != LANG_TOK_LBRACE) return type;
    p->xnest++;
    struct lang_expr *f = p_new(p, LANG_E_FUNC_LIT, pos);
    f->u.func_lit.type = type;
    f->u.func_lit.body = p_func_body(p);
    p->xnest--;
    return f;
}

static struct lang_expr *operand(struct parser *p, bool keep_parens) {
    switch (p->lex.tok) {
    case LANG_TOK_NAME:
        return p_name(p);
    case LANG_TOK_LITERAL:
        return p_literal_or_null(p);
    case LANG_TOK_FUNC:
        return func_operand(p);
    case LANG_TOK_LBRACK:
    case LANG_TOK_CHAN:
    case LANG_TOK_MAP:
    case LANG_TOK_STRUCT:
    case LANG_TOK_INTERFACE:
        return p_type(p);
    case LANG_TOK_LPAREN:
        break;
    default: {
        struct lang_expr *bad = p_bad(p);
        p_syntax_error(p, "expected expression");
        p_advance(p, TOKS(RPAREN) | TOKS(RBRACK) | TOKS(RBRACE));
        return bad;
    }
    }
    lang_pos pos = p_pos(p);
    p_next(p);
    p->xnest++;
    struct lang_expr *x = p_expr(p);
    p->xnest--;
    p_want(p, LANG_TOK_RPAREN);
    if (!keep_parens && p->lex.tok != LANG_TOK_LBRACE) return x;
    struct lang_expr *paren = p_new(p, LANG_E_PAREN, pos);
    paren->u.paren.x = x;
    return paren;
}

static struct lang_expr *after_dot(struct parser *p, struct lang_expr *x, lang_pos pos) {
    p_next(p);
    if (p->lex.tok == LANG_TOK_NAME) {
        struct lang_expr *t = p_new(p, LANG_E_SELECTOR, pos);
        t->u.sel.x = x;
        t->u.sel.sel = p_name(p);
        return t;
    }
    if (p->lex.tok != LANG_TOK_LPAREN) {
        p_syntax_error(p, "expected name or (");
        p_advance(p, TOKS(SEMI) | TOKS(RPAREN));
        return x;
    }
    p_next(p);
    struct lang_expr *t;
    if (p_got(p, LANG_TOK_TYPE)) {
        t = p_new(p, LANG_E_TYPE_SWITCH, pos);
        t->u.guard.x = x;
    } else {
        t = p_new(p, LANG_E_TYPE_ASSERT, pos);
        t->u.assert.x = x;
        t->u.assert.type = p_type(p);
    }
    p_want(p, LANG_TOK_RPAREN);
    return t;
}

static struct lang_expr *slice_rest(struct parser *p, struct lang_expr *x, struct lang_expr *lo, lang_pos pos) {
    if (!p_got(p, LANG_TOK_COLON)) {
        p_syntax_error(p, "expected comma, : or ]");
        p_advance(p, TOKS(COMMA) | TOKS(COLON) | TOKS(RBRACK));
    }
    p->xnest++;
    struct lang_expr *t = p_new(p, LANG_E_SLICE, pos);
    t->u.slice.x = x;
    t->u.slice.lo = lo;
    if (p->lex.tok != LANG_TOK_COLON && p->lex.tok != LANG_TOK_RBRACK) t->u.slice.hi = p_expr(p);
    if (p->lex.tok == LANG_TOK_COLON) {
        t->u.slice.full = true;
        if (!t->u.slice.hi) {
            p_error_at(p, p_pos(p), "middle index required in 3-index slice");
            t->u.slice.hi = p_bad(p);
        }
        p_next(p);
        if (p->lex.tok != LANG_TOK_RBRACK) {
            t->u.slice.max = p_expr(p);
        } else {
            p_error_at(p, p_pos(p), "final index required in 3-index slice");
            t->u.slice.max = p_bad(p);
        }
    }
    p->xnest--;
    p_want(p, LANG_TOK_RBRACK);
    return t;
}

static struct lang_expr *after_bracket(struct parser *p, struct lang_expr *x, lang_pos pos) {
    p_next(p);
    if (p->lex.tok == LANG_TOK_COLON) return slice_rest(p, x, NULL, pos);
    struct lang_expr_list list;
    bool comma = false;
    if (p->lex.tok == LANG_TOK_RBRACK) {
        p_syntax_error(p, "expected operand");
        size_t mark = p_mark(p);
        p_push(p, p_bad(p));
        list = p_take_exprs(p, mark);
    } else {
        list = p_type_list(p, false, &comma);
    }
    if (comma || p->lex.tok == LANG_TOK_RBRACK) {
        p_want(p, LANG_TOK_RBRACK);
        struct lang_expr *t = p_new(p, LANG_E_INDEX, pos);
        t->u.index.x = x;
        t->u.index.indices = list;
        return t;
    }
    return slice_rest(p, x, list.len ? list.data[0] : NULL, pos);
}

struct args_ctx {
    bool dots;
};

static bool arg(struct parser *p, void *ctx) {
    struct args_ctx *a = ctx;
    p_push(p, p_expr(p));
    a->dots = p_got(p, LANG_TOK_DOTDOTDOT);
    return a->dots;
}

static struct lang_expr *call_expr(struct parser *p, struct lang_expr *x, lang_pos pos) {
    struct lang_expr *t = p_new(p, LANG_E_CALL, pos);
    struct args_ctx a = {0};
    p_next(p);
    t->u.call.fun = x;
    size_t mark = p_mark(p);
    p->xnest++;
    t->u.call.rparen = p_list(p, "argument list", LANG_TOK_COMMA, LANG_TOK_RPAREN, arg, &a);
    p->xnest--;
    t->u.call.args = p_take_exprs(p, mark);
    t->u.call.dots = a.dots;
    return t;
}

/* Whether x must be a value, by its look alone. */
static bool is_value(const struct lang_expr *x) {
    switch (x->kind) {
    case LANG_E_BASIC_LIT:
    case LANG_E_COMPOSITE_LIT:
    case LANG_E_FUNC_LIT:
    case LANG_E_SLICE:
    case LANG_E_TYPE_ASSERT:
    case LANG_E_TYPE_SWITCH:
    case LANG_E_CALL:
    case LANG_E_UNARY:
    case LANG_E_BINARY:
        return true;
    case LANG_E_PAREN:
        return is_value(x->u.paren.x);
    case LANG_E_INDEX:
        if (is_value(x->u.index.x)) return true;
        return x->u.index.indices.len == 1 && is_value(x->u.index.indices.data[0]);
    default:
        return false;
    }
}

static bool may_be_literal_type(const struct parser *p, const struct lang_expr *t) {
    switch (t->kind) {
    case LANG_E_IDENT:
    case LANG_E_SELECTOR:
        return p->xnest >= 0;
    case LANG_E_INDEX:
        return p->xnest >= 0 && !is_value(t);
    case LANG_E_ARRAY_TYPE:
    case LANG_E_SLICE_TYPE:
    case LANG_E_STRUCT_TYPE:
    case LANG_E_MAP_TYPE:
        return true;
    default:
        return false;
    }
}

static struct lang_expr *composite(struct parser *p);

static struct lang_expr *element(struct parser *p) { return p->lex.tok == LANG_TOK_LBRACE ? composite(p) : p_expr(p); }

static bool keyed_element(struct parser *p, void *ctx) {
    size_t *nkeys = ctx;
    struct lang_expr *e = element(p);
    if (p->lex.tok == LANG_TOK_COLON) {
        struct lang_expr *kv = p_new(p, LANG_E_KEY_VALUE, p_pos(p));
        p_next(p);
        kv->u.kv.key = e;
        kv->u.kv.value = element(p);
        e = kv;
        ++*nkeys;
    }
    p_push(p, e);
    return false;
}

static struct lang_expr *composite(struct parser *p) {
    struct lang_expr *x = p_new(p, LANG_E_COMPOSITE_LIT, p_pos(p));
    if (p_enter(p)) {
        size_t mark = p_mark(p);
        p->xnest++;
        p_want(p, LANG_TOK_LBRACE);
        x->u.comp.rbrace =
            p_list(p, "composite literal", LANG_TOK_COMMA, LANG_TOK_RBRACE, keyed_element, &x->u.comp.nkeys);
        p->xnest--;
        x->u.comp.elems = p_take_exprs(p, mark);
    }
    p_leave(p);
    return x;
}

/* A primary expression; x is its operand if that was read already. keep_parens: a parenthesized operand keeps them. */
struct lang_expr *p_pexpr(struct parser *p, struct lang_expr *x, bool keep_parens) {
    if (!x) x = operand(p, keep_parens);
    for (int n = 0; p_chain(p, n); n++) {
        lang_pos pos = p_pos(p);
        switch (p->lex.tok) {
        case LANG_TOK_DOT:
            x = after_dot(p, x, pos);
            break;
        case LANG_TOK_LBRACK:
            x = after_bracket(p, x, pos);
            break;
        case LANG_TOK_LPAREN:
            x = call_expr(p, x, pos);
            break;
        case LANG_TOK_LBRACE: {
            struct lang_expr *t = p->stopped ? x : lang_unparen(x);
            if (!may_be_literal_type(p, t)) return x;
            if (t != x) p_syntax_error(p, "cannot parenthesize type in composite literal");
            struct lang_expr *lit = composite(p);
            lit->u.comp.type = x;
            x = lit;
            break;
        }
        default:
            return x;
        }
    }
    return x;
}

struct lang_expr_list p_expr_list(struct parser *p) {
    size_t mark = p_mark(p);
    p_push(p, p_expr(p));
    while (p_got(p, LANG_TOK_COMMA))
        p_push(p, p_expr(p));
    return p_take_exprs(p, mark);
}

/* arg { "," arg } [ "," ]; strict: the first must be a type, too. comma: there was one. */
struct lang_expr_list p_type_list(struct parser *p, bool strict, bool *comma) {
    *comma = false;
    p->xnest++;
    struct lang_expr *first = strict ? p_type(p) : p_expr(p);
    size_t mark = p_mark(p);
    p_push(p, first);
    while (p_got(p, LANG_TOK_COMMA)) {
        *comma = true;
        struct lang_expr *t = p_type_or_null(p);
        if (!t) break;
        p_push(p, t);
    }
    p->xnest--;
    return p_take_exprs(p, mark);
}
