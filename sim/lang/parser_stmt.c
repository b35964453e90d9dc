#include "parser.h"

static struct lang_stmt *stmt_or_null(struct parser *p);

static struct lang_stmt *range_clause(struct parser *p, struct lang_expr_list lhs, bool define) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_RANGE, p_pos(p));
    p_next(p);
    if (lhs.len > 0) s->u.range.key = lhs.data[0];
    if (lhs.len > 1) s->u.range.value = lhs.data[1];
    if (lhs.len > 2) s->u.range.extra = lhs.data[2];
    s->u.range.define = define;
    s->u.range.x = p_expr(p);
    return s;
}

static struct lang_expr_list single(struct parser *p, struct lang_expr *x) {
    size_t mark = p_mark(p);
    p_push(p, x);
    return p_take_exprs(p, mark);
}

static struct lang_stmt *assign_stmt(struct parser *p, lang_pos pos, enum lang_op op, struct lang_expr_list lhs) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_ASSIGN, pos);
    s->u.assign.op = op;
    s->u.assign.lhs = lhs;
    return s;
}

static struct lang_stmt *expr_stmt(struct parser *p, struct lang_expr *x) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_EXPR, x->pos);
    s->u.expr.x = x;
    return s;
}

static struct lang_stmt *simple_single(struct parser *p, struct lang_expr_list lhs) {
    lang_pos pos = p_pos(p);
    struct lang_stmt *s;
    switch (p->lex.tok) {
    case LANG_TOK_ASSIGN_OP:
        s = assign_stmt(p, pos, p->lex.op, lhs);
        p_next(p);
        s->u.assign.rhs = single(p, p_expr(p));
        return s;
    case LANG_TOK_INC_OP:
        s = assign_stmt(p, pos, p->lex.op, lhs);
        s->u.assign.incdec = true;
        p_next(p);
        return s;
    case LANG_TOK_ARROW:
        s = p_new_stmt(p, LANG_S_SEND, pos);
        p_next(p);
        s->u.send.chan = lhs.data[0];
        s->u.send.value = p_expr(p);
        return s;
    default:
        return expr_stmt(p, lhs.data[0]);
    }
}

static struct lang_stmt *simple_assign(struct parser *p, struct lang_expr_list lhs, enum lang_token keyword) {
    lang_pos pos = p_pos(p);
    bool define = p->lex.tok == LANG_TOK_DEFINE;
    p_next(p);
    if (keyword == LANG_TOK_FOR && p->lex.tok == LANG_TOK_RANGE) return range_clause(p, lhs, define);
    struct lang_expr_list rhs = p_expr_list(p);
    if (keyword == LANG_TOK_SWITCH && define && rhs.len == 1 && rhs.data[0]->kind == LANG_E_TYPE_SWITCH &&
        lhs.len == 1 && lhs.data[0]->kind == LANG_E_IDENT) {
        rhs.data[0]->u.guard.lhs = lhs.data[0];
        return expr_stmt(p, rhs.data[0]);
    }
    struct lang_stmt *s = assign_stmt(p, pos, LANG_OP_NONE, lhs);
    s->u.assign.define = define;
    s->u.assign.rhs = rhs;
    return s;
}

/* lhs: the expressions at its start, if read already (len > 0). keyword: FOR and SWITCH allow range and .(type). */
static struct lang_stmt *simple_stmt(struct parser *p, struct lang_expr_list lhs, enum lang_token keyword) {
    if (keyword == LANG_TOK_FOR && p->lex.tok == LANG_TOK_RANGE) return range_clause(p, lhs, false);
    if (!lhs.len) lhs = p_expr_list(p);
    if (!lhs.len) lhs = single(p, p_bad(p));
    if (!lhs.len) return p_new_stmt(p, LANG_S_EMPTY, p_pos(p)); /* no memory */
    bool assign = p->lex.tok == LANG_TOK_ASSIGN || p->lex.tok == LANG_TOK_DEFINE;
    if (assign) return simple_assign(p, lhs, keyword);
    if (lhs.len == 1) return simple_single(p, lhs);
    p_syntax_error(p, "expected := or = or comma");
    p_advance(p, TOKS(SEMI) | TOKS(RBRACE));
    return expr_stmt(p, lhs.data[0]);
}

static const struct lang_expr_list none;

/* ---- headers of if, for, switch ---- */

struct header {
    struct lang_stmt *init;
    struct lang_expr *cond;
    struct lang_stmt *post;
};

static void write_list(struct lang_expr_list list, struct str *out, bool emphasize) {
    for (size_t i = 0; i < list.len; i++) {
        if (i) str_adds(out, ", ");
        bool paren = emphasize && list.len == 1 && list.data[i]->kind == LANG_E_BINARY;
        if (paren) str_addc(out, '(');
        lang_expr_write(list.data[i], out);
        if (paren) str_addc(out, ')');
    }
}

static void not_a_value(struct parser *p, const struct lang_stmt *s) {
    struct str text = {0};
    lang_pos pos = s->pos;
    if (s->kind == LANG_S_SEND) {
        lang_expr_write(s->u.send.chan, &text);
        str_adds(&text, " <- ");
        lang_expr_write(s->u.send.value, &text);
    } else if (s->kind == LANG_S_ASSIGN && s->u.assign.incdec) {
        write_list(s->u.assign.lhs, &text, false);
        str_adds(&text, s->u.assign.op == LANG_OP_ADD ? "++" : "--");
    } else if (s->kind == LANG_S_ASSIGN) {
        bool plain = s->u.assign.op == LANG_OP_NONE && !s->u.assign.define;
        if (plain) str_adds(&text, "assignment ");
        write_list(s->u.assign.lhs, &text, plain);
        str_addf(&text, " %s= ", s->u.assign.define ? ":" : lang_op_text(s->u.assign.op));
        write_list(s->u.assign.rhs, &text, plain);
    }
    p_syntax_error_at(p, pos, "cannot use %s as value", str_cstr(&text));
    str_free(&text);
}

static void set_condition(struct parser *p, struct header *h, struct lang_stmt *cond, enum lang_token keyword,
                          lang_pos semi, const char *semi_text) {
    if (!cond) {
        if (keyword != LANG_TOK_IF || !semi) return;
        if (semi_text[0] != 's') {
            p_syntax_error_at(p, semi, "unexpected %s, expected { after if clause", semi_text);
        } else {
            p_syntax_error_at(p, semi, "missing condition in if statement");
        }
        h->cond = p_new(p, LANG_E_BAD, semi);
        return;
    }
    if (cond->kind == LANG_S_EXPR) {
        h->cond = cond->u.expr.x;
        return;
    }
    not_a_value(p, cond);
    h->cond = p_new(p, LANG_E_BAD, cond->pos);
}

/* The second and third part of a for clause. */
static struct lang_stmt *for_rest(struct parser *p, struct header *h) {
    struct lang_stmt *cond = NULL;
    if (p->lex.tok != LANG_TOK_SEMI) {
        if (p->lex.tok == LANG_TOK_LBRACE) {
            p_syntax_error(p, "expected for loop condition");
            return NULL;
        }
        cond = simple_stmt(p, none, LANG_TOK_EOF);
    }
    p_want(p, LANG_TOK_SEMI);
    if (p->lex.tok == LANG_TOK_LBRACE) return cond;
    h->post = simple_stmt(p, none, LANG_TOK_EOF);
    if (h->post->kind == LANG_S_ASSIGN && h->post->u.assign.define)
        p_syntax_error_at(p, h->post->pos, "cannot declare in post statement of for loop");
    return cond;
}

static void header_parts(struct parser *p, enum lang_token keyword, struct header *h) {
    if (p->lex.tok != LANG_TOK_SEMI) {
        if (p_got(p, LANG_TOK_VAR))
            p_syntax_error(p, "var declaration not allowed in %s initializer", lang_token_text(keyword));
        h->init = simple_stmt(p, none, keyword);
        if (h->init->kind == LANG_S_RANGE) return;
    }
    struct lang_stmt *cond = NULL;
    lang_pos semi = 0;
    const char *semi_text = "";
    if (p->lex.tok == LANG_TOK_LBRACE) {
        cond = h->init;
        h->init = NULL;
    } else {
        if (p->lex.tok == LANG_TOK_SEMI) {
            semi = p_pos(p);
            semi_text = p->lex.text;
            p_next(p);
        } else {
            p_want(p, LANG_TOK_LBRACE); /* asking for { makes the better message */
            if (p->lex.tok != LANG_TOK_LBRACE) p_advance(p, TOKS(LBRACE) | TOKS(RBRACE));
        }
        if (keyword == LANG_TOK_FOR) {
            cond = for_rest(p, h);
        } else if (p->lex.tok != LANG_TOK_LBRACE) {
            cond = simple_stmt(p, none, keyword);
        }
    }
    set_condition(p, h, cond, keyword, semi, semi_text);
}

static struct header header(struct parser *p, enum lang_token keyword) {
    struct header h = {0};
    p_want(p, keyword);
    if (p->lex.tok == LANG_TOK_LBRACE) {
        if (keyword == LANG_TOK_IF) {
            p_syntax_error(p, "missing condition in if statement");
            h.cond = p_bad(p);
        }
        return h;
    }
    int outer = p->xnest;
    p->xnest = -1;
    header_parts(p, keyword, &h);
    p->xnest = outer;
    return h;
}

static struct lang_stmt *for_stmt(struct parser *p) {
    lang_pos pos = p_pos(p);
    struct header h = header(p, LANG_TOK_FOR);
    if (h.init && h.init->kind == LANG_S_RANGE) {
        struct lang_stmt *s = h.init;
        s->pos = pos;
        s->u.range.body = p_block(p, "for clause");
        return s;
    }
    struct lang_stmt *s = p_new_stmt(p, LANG_S_FOR, pos);
    s->u.for_.init = h.init;
    s->u.for_.cond = h.cond;
    s->u.for_.post = h.post;
    s->u.for_.body = p_block(p, "for clause");
    return s;
}

static struct lang_stmt *if_stmt(struct parser *p) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_IF, p_pos(p));
    struct header h = header(p, LANG_TOK_IF);
    s->u.if_.init = h.init;
    s->u.if_.cond = h.cond ? h.cond : p_bad(p);
    s->u.if_.then = p_block(p, "if clause");
    if (!p_got(p, LANG_TOK_ELSE)) return s;
    if (p->lex.tok == LANG_TOK_IF) {
        if (p_enter(p)) s->u.if_.els = if_stmt(p);
        p_leave(p);
    } else if (p->lex.tok == LANG_TOK_LBRACE) {
        s->u.if_.els = p_block(p, "");
    } else {
        p_syntax_error(p, "else must be followed by if or statement block");
        p_advance(p, TOKS(NAME) | TOKS(RBRACE));
    }
    return s;
}

/* ---- blocks and clauses ---- */

static struct lang_stmt_list stmt_list(struct parser *p) {
    size_t mark = p_mark(p);
    while (p->lex.tok != LANG_TOK_EOF && p->lex.tok != LANG_TOK_RBRACE && p->lex.tok != LANG_TOK_CASE &&
           p->lex.tok != LANG_TOK_DEFAULT) {
        struct lang_stmt *s = stmt_or_null(p);
        if (!s) break;
        p_push(p, s);
        if (!p_got(p, LANG_TOK_SEMI) && p->lex.tok != LANG_TOK_RBRACE) {
            p_syntax_error(p, "at end of statement");
            p_advance(p, TOKS(SEMI) | TOKS(RBRACE) | TOKS(CASE) | TOKS(DEFAULT));
            p_got(p, LANG_TOK_SEMI);
        }
    }
    struct lang_stmt_list list;
    list.data = (struct lang_stmt **)p_take(p, mark, &list.len);
    return list;
}

/* context "" where "{" is known to follow. */
struct lang_stmt *p_block(struct parser *p, const char *context) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_BLOCK, p_pos(p));
    if (!p_got(p, LANG_TOK_LBRACE)) {
        p_syntax_error(p, "expected { after %s", context);
        p_advance(p, TOKS(NAME) | TOKS(RBRACE));
        s->u.block.rbrace = p_pos(p);
        if (p_got(p, LANG_TOK_RBRACE)) return s;
    }
    if (p_enter(p)) s->u.block.list = stmt_list(p);
    p_leave(p);
    s->u.block.rbrace = p_pos(p);
    p_want(p, LANG_TOK_RBRACE);
    return s;
}

struct clauses {
    VEC(struct lang_clause) list;
};

static struct lang_clause *take_clauses(struct parser *p, struct clauses *c, size_t *n) {
    struct lang_clause *out = MEM_ARRAY(p->mem, struct lang_clause, c->list.len);
    *n = out ? c->list.len : 0;
    for (size_t i = 0; i < *n; i++)
        out[i] = c->list.data[i];
    VEC_FREE(&c->list);
    return out;
}

static void clause(struct parser *p, struct clauses *list, bool comm) {
    struct lang_clause c = {.pos = p_pos(p)};
    if (p_got(p, LANG_TOK_CASE)) {
        if (comm) {
            c.comm = simple_stmt(p, none, LANG_TOK_EOF);
        } else {
            c.cases = p_expr_list(p);
        }
    } else if (p_got(p, LANG_TOK_DEFAULT)) {
        c.is_default = true;
    } else {
        p_syntax_error(p, "expected case or default or }");
        p_advance(p, TOKS(COLON) | TOKS(CASE) | TOKS(DEFAULT) | TOKS(RBRACE));
    }
    c.colon = p_pos(p);
    p_want(p, LANG_TOK_COLON);
    if (p_enter(p)) c.body = stmt_list(p);
    p_leave(p);
    if (!VEC_PUSH(&list->list, c)) p->mem->failed = true;
}

static struct lang_clause *clause_block(struct parser *p, const char *after, bool comm, size_t *n, lang_pos *rbrace) {
    struct clauses c = {0};
    if (!p_got(p, LANG_TOK_LBRACE)) {
        p_syntax_error(p, "missing { after %s clause", after);
        p_advance(p, TOKS(CASE) | TOKS(DEFAULT) | TOKS(RBRACE));
    }
    while (p->lex.tok != LANG_TOK_EOF && p->lex.tok != LANG_TOK_RBRACE)
        clause(p, &c, comm);
    *rbrace = p_pos(p);
    p_want(p, LANG_TOK_RBRACE);
    return take_clauses(p, &c, n);
}

static struct lang_stmt *switch_stmt(struct parser *p) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_SWITCH, p_pos(p));
    struct header h = header(p, LANG_TOK_SWITCH);
    s->u.swtch.init = h.init;
    s->u.swtch.tag = h.cond;
    if (h.cond && h.cond->kind == LANG_E_TYPE_SWITCH) s->kind = LANG_S_TYPE_SWITCH;
    s->u.swtch.clauses = clause_block(p, "switch", false, &s->u.swtch.nclauses, &s->u.swtch.rbrace);
    return s;
}

static struct lang_stmt *select_stmt(struct parser *p) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_SELECT, p_pos(p));
    p_want(p, LANG_TOK_SELECT);
    s->u.select.clauses = clause_block(p, "select", true, &s->u.select.nclauses, &s->u.select.rbrace);
    return s;
}

/* ---- the others ---- */

static struct lang_stmt *decl_stmt(struct parser *p, enum lang_decl_kind kind) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_DECL, p_pos(p));
    p_next(p);
    size_t mark = p_mark(p);
    p_decl_group(p, kind);
    s->u.decl.decls = (struct lang_decl **)p_take(p, mark, &s->u.decl.ndecls);
    return s;
}

static struct lang_stmt *labeled_stmt(struct parser *p, struct lang_expr *label) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_LABELED, p_pos(p));
    s->u.labeled.label = label;
    p_want(p, LANG_TOK_COLON);
    if (p->lex.tok == LANG_TOK_RBRACE) {
        s->u.labeled.stmt = p_new_stmt(p, LANG_S_EMPTY, p_pos(p));
        return s;
    }
    s->u.labeled.stmt = stmt_or_null(p);
    if (s->u.labeled.stmt) return s;
    p_syntax_error_at(p, s->pos, "missing statement after label");
    return NULL;
}

static struct lang_stmt *go_or_defer(struct parser *p) {
    bool go = p->lex.tok == LANG_TOK_GO;
    struct lang_stmt *s = p_new_stmt(p, go ? LANG_S_GO : LANG_S_DEFER, p_pos(p));
    p_next(p);
    struct lang_expr *x = p_pexpr(p, NULL, p->lex.tok == LANG_TOK_LPAREN);
    struct lang_expr *t = p->stopped ? x : lang_unparen(x);
    if (t != x) p_error_at(p, x->pos, "expression in %s must not be parenthesized", go ? "go" : "defer");
    s->u.go.call = t;
    return s;
}

static struct lang_stmt *branch_stmt(struct parser *p) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_BRANCH, p_pos(p));
    enum lang_token tok = p->lex.tok;
    s->u.branch.tok = tok;
    p_next(p);
    if (tok == LANG_TOK_GOTO || (tok != LANG_TOK_FALLTHROUGH && p->lex.tok == LANG_TOK_NAME))
        s->u.branch.label = p_name(p);
    return s;
}

static struct lang_stmt *return_stmt(struct parser *p) {
    struct lang_stmt *s = p_new_stmt(p, LANG_S_RETURN, p_pos(p));
    p_next(p);
    if (p->lex.tok != LANG_TOK_SEMI && p->lex.tok != LANG_TOK_RBRACE) s->u.ret.results = p_expr_list(p);
    return s;
}

static struct lang_stmt *stmt_token(struct parser *p) {
    switch (p->lex.tok) {
    case LANG_TOK_NAME: {
        struct lang_expr_list lhs = p_expr_list(p);
        if (lhs.len == 1 && lhs.data[0]->kind == LANG_E_IDENT && p->lex.tok == LANG_TOK_COLON)
            return labeled_stmt(p, lhs.data[0]);
        return simple_stmt(p, lhs, LANG_TOK_EOF);
    }
    case LANG_TOK_VAR:
        return decl_stmt(p, LANG_D_VAR);
    case LANG_TOK_CONST:
        return decl_stmt(p, LANG_D_CONST);
    case LANG_TOK_TYPE:
        return decl_stmt(p, LANG_D_TYPE);
    case LANG_TOK_LBRACE:
        return p_block(p, "");
    case LANG_TOK_OPERATOR:
    case LANG_TOK_STAR:
        switch (p->lex.op) {
        case LANG_OP_ADD:
        case LANG_OP_SUB:
        case LANG_OP_MUL:
        case LANG_OP_AND:
        case LANG_OP_XOR:
        case LANG_OP_NOT:
            return simple_stmt(p, none, LANG_TOK_EOF);
        default:
            return NULL;
        }
    case LANG_TOK_LITERAL:
    case LANG_TOK_FUNC:
    case LANG_TOK_LPAREN:
    case LANG_TOK_LBRACK:
    case LANG_TOK_STRUCT:
    case LANG_TOK_MAP:
    case LANG_TOK_CHAN:
    case LANG_TOK_INTERFACE:
    case LANG_TOK_ARROW:
        return simple_stmt(p, none, LANG_TOK_EOF);
    case LANG_TOK_FOR:
        return for_stmt(p);
    case LANG_TOK_SWITCH:
        return switch_stmt(p);
    case LANG_TOK_SELECT:
        return select_stmt(p);
    case LANG_TOK_IF:
        return if_stmt(p);
    case LANG_TOK_FALLTHROUGH:
    case LANG_TOK_BREAK:
    case LANG_TOK_CONTINUE:
    case LANG_TOK_GOTO:
        return branch_stmt(p);
    case LANG_TOK_GO:
    case LANG_TOK_DEFER:
        return go_or_defer(p);
    case LANG_TOK_RETURN:
        return return_stmt(p);
    case LANG_TOK_SEMI:
        return p_new_stmt(p, LANG_S_EMPTY, p_pos(p));
    default:
        return NULL;
    }
}

static struct lang_stmt *stmt_or_null(struct parser *p) {
    struct lang_stmt *s = p_enter(p) ? stmt_token(p) : NULL;
    p_leave(p);
    return s;
}
