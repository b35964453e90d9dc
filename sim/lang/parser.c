/* The grammar's shape, its error texts and its ways to recover follow Go's own parser
 * (cmd/compile/internal/syntax/parser.go), so that a wrong program gets the message that Go gives. */
#include "parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- tokens and errors ---- */

lang_pos p_pos(const struct parser *p) { return lang_pos_make(p->index, p->lex.tline, p->lex.tcol); }

void p_next(struct parser *p) {
    if (p->mem->failed) p->stopped = true;
    if (p->stopped) {
        p->lex.tok = LANG_TOK_EOF;
        return;
    }
    lang_lexer_next(&p->lex);
}

bool p_got(struct parser *p, enum lang_token tok) {
    if (p->lex.tok != tok) return false;
    p_next(p);
    return true;
}

const char *p_tokstring(enum lang_token tok) {
    if (tok == LANG_TOK_COMMA) return "comma";
    if (tok == LANG_TOK_SEMI) return "semicolon or newline";
    return lang_token_text(tok);
}

static bool is_keyword(enum lang_token tok) { return tok >= LANG_TOK_BREAK && tok <= LANG_TOK_VAR; }

void p_want(struct parser *p, enum lang_token tok) {
    if (p_got(p, tok)) return;
    p_syntax_error(p, "expected %s%s", is_keyword(tok) ? "keyword " : "", p_tokstring(tok));
    p_advance(p, 0);
}

bool p_got_assign(struct parser *p) {
    if (p->lex.tok == LANG_TOK_DEFINE) p_syntax_error(p, "expected =");
    if (p->lex.tok != LANG_TOK_DEFINE && p->lex.tok != LANG_TOK_ASSIGN) return false;
    p_next(p);
    return true;
}

static void report(struct parser *p, uint32_t line, uint32_t col, const char *msg) {
    if (p->stopped) return;
    p->errors++;
    p->first_error = true;
    if (strncmp(msg, "syntax error", 12) == 0) {
        p->syntax_errors = true;
        if (p->last_syntax_line == line) return;
        p->last_syntax_line = line;
    } else {
        if (p->last_other_line == line && p->last_other && strcmp(p->last_other, msg) == 0) return;
        p->last_other_line = line;
    }
    diag_add(p->diags, p->src, (int)line, (int)col, "%s", msg);
    if (p->diags->items.len) p->last_other = VEC_LAST(&p->diags->items).message;
}

static void lexer_error(void *ctx, uint32_t line, uint32_t col, const char *msg) { report(ctx, line, col, msg); }

/* A //line directive (lines.h), or what looks like one. */
static void line_comment(void *ctx, const struct lang_line_comment *k) {
    struct parser *p = ctx;
    struct lang_line_text said;
    enum lang_line_kind kind = lang_line_parse(k->text, k->len, &said);
    if (kind == LANG_LINE_NONE || p->stopped) return;
    if (kind != LANG_LINE_OK) {
        char buf[200];
        snprintf(buf, sizeof buf, "invalid %s number: %.*s", kind == LANG_LINE_BAD_LINE ? "line" : "column",
                 (int)(k->len - said.bad_at > 100 ? 100 : k->len - said.bad_at), k->text + said.bad_at);
        report(p, k->line, k->col + (uint32_t)said.bad_at, buf);
        return;
    }
    const char *name = said.name_len ? lang_interns_get(p->names, k->text, said.name_len) : "??";
    if (said.keep_name) name = p->lines.len ? VEC_LAST(&p->lines).name : p->src->name;
    struct lang_line_base base = { k->at_line, k->at_col, name, said.line, said.col };
    if (!name || !VEC_PUSH(&p->lines, base)) p->mem->failed = true;
}

static void keep_lines(struct parser *p, struct lang_file *f) {
    struct lang_line_base *data = MEM_ARRAY(p->mem, struct lang_line_base, p->lines.len);
    if (p->mem->failed || !p->lines.len) return;
    memcpy(data, p->lines.data, p->lines.len * sizeof *data);
    f->lines = (struct lang_lines){ data, p->lines.len };
}

static void format(char *buf, size_t size, const char *fmt, va_list ap) {
    if (vsnprintf(buf, size, fmt, ap) >= (int)size) memcpy(buf + size - 4, "...", 4);
}

void p_error_at(struct parser *p, lang_pos pos, const char *fmt, ...) {
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    format(buf, sizeof buf, fmt, ap);
    va_end(ap);
    report(p, lang_pos_line(pos), lang_pos_col(pos), buf);
}

static void token_text(const struct parser *p, char *buf, size_t size) {
    const struct lang_lexer *x = &p->lex;
    int len = x->len > 300 ? 300 : (int)x->len;
    switch (x->tok) {
    case LANG_TOK_NAME:
        snprintf(buf, size, "name %.*s", len, x->text);
        return;
    case LANG_TOK_SEMI:
        snprintf(buf, size, "%.*s", len, x->text);
        return;
    case LANG_TOK_LITERAL:
        snprintf(buf, size, "literal %.*s", len, x->text);
        return;
    case LANG_TOK_OPERATOR:
        snprintf(buf, size, "%s", lang_op_text(x->op));
        return;
    case LANG_TOK_ASSIGN_OP:
        snprintf(buf, size, "%s=", lang_op_text(x->op));
        return;
    case LANG_TOK_INC_OP:
        snprintf(buf, size, "%s%s", lang_op_text(x->op), lang_op_text(x->op));
        return;
    default:
        snprintf(buf, size, "%s%s", is_keyword(x->tok) ? "keyword " : "", p_tokstring(x->tok));
    }
}

static bool starts(const char *s, const char *with) { return strncmp(s, with, strlen(with)) == 0; }

static void syntax_error(struct parser *p, lang_pos pos, const char *msg) {
    if (p->stopped) return;
    if (p->lex.tok == LANG_TOK_EOF && p->first_error) return; /* follows from an earlier one */
    char token[340];
    token_text(p, token, sizeof token);
    if (starts(msg, "in ") || starts(msg, "at ") || starts(msg, "after ")) {
        p_error_at(p, pos, "syntax error: unexpected %s %s", token, msg);
    } else if (starts(msg, "expected ")) {
        p_error_at(p, pos, "syntax error: unexpected %s, %s", token, msg);
    } else {
        p_error_at(p, pos, "syntax error: %s", msg);
    }
}

void p_syntax_error_at(struct parser *p, lang_pos pos, const char *fmt, ...) {
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    format(buf, sizeof buf, fmt, ap);
    va_end(ap);
    syntax_error(p, pos, buf);
}

void p_syntax_error(struct parser *p, const char *fmt, ...) {
    char buf[512];
    va_list ap;
    va_start(ap, fmt);
    format(buf, sizeof buf, fmt, ap);
    va_end(ap);
    syntax_error(p, p_pos(p), buf);
}

void p_advance(struct parser *p, uint64_t follow) {
    static const uint64_t statements = TOKS(BREAK) | TOKS(CONST) | TOKS(CONTINUE) | TOKS(DEFER) | TOKS(FALLTHROUGH) |
                                       TOKS(FOR) | TOKS(GO) | TOKS(GOTO) | TOKS(IF) | TOKS(RETURN) | TOKS(SELECT) |
                                       TOKS(SWITCH) | TOKS(TYPE) | TOKS(VAR);
    uint64_t stop = TOKS(EOF) | follow;
    if (follow && p->fnest > 0) stop |= statements;
    while (!(stop >> p->lex.tok & 1)) {
        p_next(p);
        if (!follow) break;
    }
}

bool p_enter(struct parser *p) {
    if (++p->depth <= LANG_DEPTH_LIMIT) return true;
    if (!p->stopped) {
        p_error_at(p, p_pos(p), "syntax error: nesting too deep");
        p->stopped = true;
        p->lex.tok = LANG_TOK_EOF;
    }
    return false;
}

void p_leave(struct parser *p) { p->depth--; }

bool p_chain(struct parser *p, int n) {
    if (n <= LANG_DEPTH_LIMIT) return true;
    int depth = p->depth;
    p->depth = LANG_DEPTH_LIMIT;
    p_enter(p);
    p->depth = depth;
    return false;
}

/* ---- nodes and lists ---- */

struct lang_expr *p_new(struct parser *p, enum lang_expr_kind kind, lang_pos pos) {
    struct lang_expr *e = MEM_NEW(p->mem, struct lang_expr);
    e->kind = kind;
    e->pos = pos;
    return e;
}

struct lang_stmt *p_new_stmt(struct parser *p, enum lang_stmt_kind kind, lang_pos pos) {
    struct lang_stmt *s = MEM_NEW(p->mem, struct lang_stmt);
    s->kind = kind;
    s->pos = pos;
    return s;
}

struct lang_expr *p_bad(struct parser *p) {
    return p_new(p, LANG_E_BAD, p_pos(p));
}

static const char *intern(struct parser *p, const char *s, size_t len) {
    const char *name = lang_interns_get(p->names, s, len);
    if (!name) p->mem->failed = true;
    return name ? name : "_";
}

struct lang_expr *p_name_at(struct parser *p, lang_pos pos, const char *name) {
    struct lang_expr *e = p_new(p, LANG_E_IDENT, pos);
    e->u.ident.name = intern(p, name, strlen(name));
    return e;
}

struct lang_expr *p_name(struct parser *p) {
    if (p->lex.tok == LANG_TOK_NAME) {
        struct lang_expr *e = p_new(p, LANG_E_IDENT, p_pos(p));
        e->u.ident.name = intern(p, p->lex.text, p->lex.len);
        p_next(p);
        return e;
    }
    struct lang_expr *e = p_name_at(p, p_pos(p), "_");
    p_syntax_error(p, "expected name");
    p_advance(p, 0);
    return e;
}

struct lang_expr *p_literal_or_null(struct parser *p) {
    if (p->lex.tok != LANG_TOK_LITERAL) return NULL;
    struct lang_expr *e = p_new(p, LANG_E_BASIC_LIT, p_pos(p));
    e->u.lit.kind = p->lex.kind;
    e->u.lit.text = p->lex.text;
    e->u.lit.len = p->lex.len;
    e->u.lit.bad = p->lex.bad;
    p_next(p);
    return e;
}

size_t p_mark(struct parser *p) { return p->stack.len; }

void p_push(struct parser *p, void *x) {
    if (!VEC_PUSH(&p->stack, x)) p->mem->failed = true;
}

void **p_take(struct parser *p, size_t mark, size_t *len) {
    size_t n = p->stack.len > mark ? p->stack.len - mark : 0;
    void **out = n ? MEM_ARRAY(p->mem, void *, n) : NULL;
    if (!out) n = 0;
    if (n) memcpy(out, p->stack.data + mark, n * sizeof *out);
    if (p->stack.len > mark) p->stack.len = mark;
    *len = n;
    return out;
}

struct lang_expr_list p_take_exprs(struct parser *p, size_t mark) {
    struct lang_expr_list list;
    list.data = (struct lang_expr **)p_take(p, mark, &list.len);
    return list;
}

struct lang_expr_list p_name_list(struct parser *p, struct lang_expr *first) {
    size_t mark = p_mark(p);
    p_push(p, first);
    while (p_got(p, LANG_TOK_COMMA))
        p_push(p, p_name(p));
    return p_take_exprs(p, mark);
}

lang_pos p_list(struct parser *p, const char *context, enum lang_token sep, enum lang_token close,
                bool (*f)(struct parser *p, void *ctx), void *ctx) {
    bool done = false;
    while (p->lex.tok != LANG_TOK_EOF && p->lex.tok != close && !done) {
        done = f(p, ctx);
        if (p_got(p, sep) || p->lex.tok == close) continue;
        p_syntax_error(p, "in %s; possibly missing %s or %s", context, p_tokstring(sep), p_tokstring(close));
        p_advance(p, TOKS(RPAREN) | TOKS(RBRACK) | TOKS(RBRACE));
        if (p->lex.tok != close) return p_pos(p);
    }
    lang_pos pos = p_pos(p);
    p_want(p, close);
    return pos;
}

/* ---- declarations ---- */

static struct lang_decl *new_decl(struct parser *p, enum lang_decl_kind kind, uint32_t group) {
    struct lang_decl *d = MEM_NEW(p->mem, struct lang_decl);
    d->kind = kind;
    d->pos = p_pos(p);
    d->group = group;
    return d;
}

static void import_decl(struct parser *p, uint32_t group) {
    struct lang_decl *d = new_decl(p, LANG_D_IMPORT, group);
    p_push(p, d);
    if (p->lex.tok == LANG_TOK_NAME) {
        d->u.import.name = p_name(p);
    } else if (p->lex.tok == LANG_TOK_DOT) {
        d->u.import.name = p_name_at(p, p_pos(p), ".");
        p_next(p);
    }
    d->u.import.path = p_literal_or_null(p);
    if (!d->u.import.path) {
        p_syntax_error(p, "missing import path");
        p_advance(p, TOKS(SEMI) | TOKS(RPAREN));
        return;
    }
    if (!d->u.import.path->u.lit.bad && d->u.import.path->u.lit.kind != LANG_LIT_STRING) {
        p_syntax_error_at(p, d->u.import.path->pos, "import path must be a string");
        d->u.import.path->u.lit.bad = true;
    }
}

static void const_decl(struct parser *p, uint32_t group, uint32_t iota) {
    struct lang_decl *d = new_decl(p, LANG_D_CONST, group);
    p_push(p, d);
    d->u.value.iota = iota;
    d->u.value.names = p_name_list(p, p_name(p));
    if (p->lex.tok == LANG_TOK_EOF || p->lex.tok == LANG_TOK_SEMI || p->lex.tok == LANG_TOK_RPAREN) return;
    d->u.value.type = p_type_or_null(p);
    if (p_got_assign(p)) {
        d->u.value.assign = true;
        d->u.value.values = p_expr_list(p);
    }
}

static void var_decl(struct parser *p, uint32_t group) {
    struct lang_decl *d = new_decl(p, LANG_D_VAR, group);
    p_push(p, d);
    d->u.value.names = p_name_list(p, p_name(p));
    if (!p_got_assign(p)) {
        d->u.value.type = p_type(p);
        if (!p_got_assign(p)) return;
    }
    d->u.value.assign = true;
    d->u.value.values = p_expr_list(p);
}

static bool is_type_elem(const struct lang_expr *x) {
    switch (x->kind) {
    case LANG_E_ARRAY_TYPE:
    case LANG_E_SLICE_TYPE:
    case LANG_E_STRUCT_TYPE:
    case LANG_E_FUNC_TYPE:
    case LANG_E_INTERFACE_TYPE:
    case LANG_E_MAP_TYPE:
    case LANG_E_CHAN_TYPE:
        return true;
    case LANG_E_BINARY:
        return is_type_elem(x->u.binary.x) || is_type_elem(x->u.binary.y);
    case LANG_E_UNARY:
        return x->u.unary.op == LANG_OP_TILDE || is_type_elem(x->u.unary.x);
    case LANG_E_STAR:
        return is_type_elem(x->u.star.x);
    case LANG_E_PAREN:
        return is_type_elem(x->u.paren.x);
    default:
        return false;
    }
}

/* Splits x into a type parameter's name and its constraint, where it can be written so: see the uses. */
static struct lang_expr *extract_name(struct parser *p, struct lang_expr *x, bool force, struct lang_expr **type) {
    *type = NULL;
    if (x->kind == LANG_E_IDENT) return x;
    if (x->kind == LANG_E_BINARY && x->u.binary.op == LANG_OP_MUL) {
        struct lang_expr *name = x->u.binary.x, *y = x->u.binary.y;
        if (name->kind != LANG_E_IDENT || !(force || is_type_elem(y))) return NULL;
        *type = p_new(p, LANG_E_STAR, x->pos);
        (*type)->u.star.x = y;
        return name;
    }
    if (x->kind == LANG_E_BINARY && x->u.binary.op == LANG_OP_OR) {
        struct lang_expr *lhs;
        struct lang_expr *name = extract_name(p, x->u.binary.x, force || is_type_elem(x->u.binary.y), &lhs);
        if (!name || !lhs) return NULL;
        *type = p_new(p, LANG_E_BINARY, x->pos);
        (*type)->u.binary.op = LANG_OP_OR;
        (*type)->u.binary.x = lhs;
        (*type)->u.binary.y = x->u.binary.y;
        return name;
    }
    if (x->kind == LANG_E_CALL && x->u.call.fun->kind == LANG_E_IDENT && x->u.call.args.len == 1 && !x->u.call.dots &&
        (force || is_type_elem(x->u.call.args.data[0]))) {
        *type = lang_unparen(x->u.call.args.data[0]);
        return x->u.call.fun;
    }
    return NULL;
}

/* After "type name [": an array or slice type, or a type parameter list. */
static void type_decl_bracket(struct parser *p, struct lang_decl *d) {
    lang_pos pos = p_pos(p);
    p_next(p);
    if (p->lex.tok == LANG_TOK_RBRACK) {
        p_next(p);
        d->u.type.type = p_slice_type(p, pos);
        return;
    }
    if (p->lex.tok != LANG_TOK_NAME) {
        d->u.type.type = p_array_type(p, pos, NULL);
        return;
    }
    /* A constraint that starts with "[" cannot be an array length: no need to read an expression then. */
    struct lang_expr *x = p_name(p), *type = NULL;
    if (p->lex.tok != LANG_TOK_LBRACK) {
        p->xnest++;
        x = p_binary_expr(p, p_pexpr(p, x, false), 0);
        p->xnest--;
    }
    struct lang_expr *name = p->stopped ? NULL : extract_name(p, x, p->lex.tok == LANG_TOK_COMMA, &type);
    if (name && (type || p->lex.tok != LANG_TOK_RBRACK)) {
        d->u.type.tparams = p_param_list(p, name, type, LANG_TOK_RBRACK, true, false);
        d->u.type.alias = p_got_assign(p);
        d->u.type.type = p_type_or_null(p);
    } else {
        d->u.type.type = p_array_type(p, pos, x);
    }
}

static void type_decl(struct parser *p, uint32_t group) {
    struct lang_decl *d = new_decl(p, LANG_D_TYPE, group);
    p_push(p, d);
    d->u.type.name = p_name(p);
    if (p->lex.tok == LANG_TOK_LBRACK) {
        type_decl_bracket(p, d);
    } else {
        d->u.type.alias = p_got_assign(p);
        d->u.type.type = p_type_or_null(p);
    }
    if (d->u.type.type) return;
    d->u.type.type = p_bad(p);
    p_syntax_error(p, "in type declaration");
    p_advance(p, TOKS(SEMI) | TOKS(RPAREN));
}

struct group_ctx {
    enum lang_decl_kind kind;
    uint32_t group, iota;
};

static bool group_element(struct parser *p, void *ctx) {
    struct group_ctx *g = ctx;
    switch (g->kind) {
    case LANG_D_IMPORT:
        import_decl(p, g->group);
        break;
    case LANG_D_CONST:
        const_decl(p, g->group, g->iota++);
        break;
    case LANG_D_TYPE:
        type_decl(p, g->group);
        break;
    default:
        var_decl(p, g->group);
    }
    return false;
}

void p_decl_group(struct parser *p, enum lang_decl_kind kind) {
    struct group_ctx g = {.kind = kind};
    if (p->lex.tok != LANG_TOK_LPAREN) {
        group_element(p, &g);
        return;
    }
    g.group = ++p->groups;
    p_next(p);
    p_list(p, "grouped declaration", LANG_TOK_SEMI, LANG_TOK_RPAREN, group_element, &g);
}

static void func_decl(struct parser *p) {
    struct lang_decl *d = new_decl(p, LANG_D_FUNC, 0);
    p_push(p, d);
    const char *context = "";
    if (p_got(p, LANG_TOK_LPAREN)) {
        context = "method";
        struct lang_field_list recv = p_param_list(p, NULL, NULL, LANG_TOK_RPAREN, false, false);
        if (recv.len == 0) p_error_at(p, p_pos(p), "method has no receiver");
        if (recv.len > 1) p_error_at(p, p_pos(p), "method has multiple receivers");
        if (recv.len > 0) d->u.func.recv = &recv.data[0];
    }
    if (p->lex.tok == LANG_TOK_NAME) {
        d->u.func.name = p_name(p);
        if (p->outline) {
            d->u.func.unread = (uint32_t)lang_lexer_offset(&p->lex);
            d->u.func.rest = p_pos(p);
            lang_lexer_skip(&p->lex);
            p_next(p);
            return;
        }
        d->u.func.type = p_func_type(p, context, &d->u.func.tparams);
    } else {
        d->u.func.name = p_name_at(p, p_pos(p), "_");
        d->u.func.type = p_new(p, LANG_E_FUNC_TYPE, p_pos(p));
        p_syntax_error(p, *context ? "expected name" : "expected name or (");
        p_advance(p, TOKS(LBRACE) | TOKS(SEMI));
    }
    if (p->lex.tok == LANG_TOK_LBRACE) d->u.func.body = p_func_body(p);
}

struct lang_stmt *p_func_body(struct parser *p) {
    p->fnest++;
    int errors = p->errors;
    struct lang_stmt *body = p_block(p, "");
    p->fnest--;
    if (errors == p->errors && !p->stopped) {
        p_check_branches(p, body);
        p->errors = errors; /* what it told keeps no function around from being looked at */
    }
    return body;
}

static bool last_is_empty_func(const struct parser *p, size_t mark) {
    if (p->stack.len <= mark) return false;
    const struct lang_decl *d = VEC_LAST(&p->stack);
    return d->kind == LANG_D_FUNC && !d->u.func.body;
}

static const uint64_t top_level = TOKS(IMPORT) | TOKS(CONST) | TOKS(TYPE) | TOKS(VAR) | TOKS(FUNC);

static void top_decls(struct parser *p, size_t mark) {
    enum lang_token prev = LANG_TOK_IMPORT;
    while (p->lex.tok != LANG_TOK_EOF) {
        enum lang_token tok = p->lex.tok;
        if (tok == LANG_TOK_IMPORT && prev != LANG_TOK_IMPORT)
            p_syntax_error(p, "imports must appear before other declarations");
        prev = tok;
        if (!(top_level >> tok & 1)) {
            if (tok == LANG_TOK_LBRACE && last_is_empty_func(p, mark)) {
                p_syntax_error(p, "unexpected semicolon or newline before {");
            } else {
                p_syntax_error(p, "non-declaration statement outside function body");
            }
            p_advance(p, top_level);
            continue;
        }
        p_next(p);
        switch (tok) {
        case LANG_TOK_IMPORT:
            p_decl_group(p, LANG_D_IMPORT);
            break;
        case LANG_TOK_CONST:
            p_decl_group(p, LANG_D_CONST);
            break;
        case LANG_TOK_TYPE:
            p_decl_group(p, LANG_D_TYPE);
            break;
        case LANG_TOK_VAR:
            p_decl_group(p, LANG_D_VAR);
            break;
        default:
            func_decl(p);
        }
        if (p->lex.tok != LANG_TOK_EOF && !p_got(p, LANG_TOK_SEMI)) {
            p_syntax_error(p, "after top level declaration");
            p_advance(p, top_level);
        }
    }
}

static void parse(struct parser *p, struct lang_file *f) {
    p_next(p);
    f->pos = p_pos(p);
    if (!p_got(p, LANG_TOK_PACKAGE)) {
        p_syntax_error(p, "package statement must be first");
        p->syntax_errors = true;
        return;
    }
    f->package_name = p_name(p);
    p_want(p, LANG_TOK_SEMI);
    if (p->first_error) {
        p->syntax_errors = true;
        return;
    }
    size_t mark = p_mark(p);
    top_decls(p, mark);
    f->decls = (struct lang_decl **)p_take(p, mark, &f->ndecls);
    f->eof = p_pos(p);
}

static struct parser parser_of(const struct lang_parse_env *env, const struct src_file *src, uint32_t index) {
    return (struct parser){.mem = env->mem, .names = env->names, .diags = env->diags, .src = src, .index = index};
}

struct lang_file *lang_parse_file(const struct lang_parse_env *env, const struct src_file *src, uint32_t index) {
    struct parser p = parser_of(env, src, index);
    p.outline = env->outline && src->length <= UINT32_MAX;
    struct lang_file *f = MEM_NEW(env->mem, struct lang_file);
    f->index = index;
    lang_lexer_init(&p.lex, src->text, src->length, lexer_error, &p);
    p.lex.line_comment = line_comment;
    parse(&p, f);
    keep_lines(&p, f);
    VEC_FREE(&p.lines);
    f->failed = p.syntax_errors || p.stopped;
    VEC_FREE(&p.stack);
    return f;
}

static void go_back(struct parser *p, uint32_t offset, lang_pos pos) {
    p->lex = (struct lang_lexer){.start = p->src->text, .end = p->src->text + p->src->length, .error = lexer_error, .ctx = p};
    lang_lexer_resume(&p->lex, offset, lang_pos_line(pos), lang_pos_col(pos));
    p_next(p);
}

void lang_parse_func(const struct lang_parse_env *env, const struct src_file *src, struct lang_decl *func) {
    struct parser p = parser_of(env, src, lang_pos_file(func->pos));
    go_back(&p, func->u.func.unread, func->u.func.rest);
    func->u.func.unread = 0;
    func->u.func.type = p_func_type(&p, func->u.func.recv ? "method" : "", &func->u.func.tparams);
    if (p.lex.tok == LANG_TOK_LBRACE) {
        func->u.func.body = p_new_stmt(&p, LANG_S_BLOCK, p_pos(&p));
        func->u.func.body->u.block.unread = (uint32_t)lang_lexer_offset(&p.lex);
    }
    VEC_FREE(&p.stack);
}

void lang_parse_body(const struct lang_parse_env *env, const struct src_file *src, struct lang_stmt *body) {
    struct parser p = parser_of(env, src, lang_pos_file(body->pos));
    go_back(&p, body->u.block.unread, body->pos);
    *body = *p_func_body(&p);
    VEC_FREE(&p.stack);
}
