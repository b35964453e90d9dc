/* parser.h - tokens to a syntax tree. parser.c has files and declarations, parser_type.c types and parameters,
 * parser_expr.c expressions, parser_stmt.c statements, branches.c labels and jumps. */
#ifndef GOSEE_LANG_PARSER_H
#define GOSEE_LANG_PARSER_H

#include "ast.h"
#include "diag.h"
#include "intern.h"
#include "lexer.h"
#include "mem.h"
#include "vec.h"

enum { LANG_DEPTH_LIMIT = 10000 };

struct lang_parse_env {
    struct lang_mem *mem;
    struct lang_interns *names;
    struct diag_list *diags;
    bool outline; /* functions are found, but nothing is read of them behind their names */
};

/* Parses one file, whose index for positions is `index`. Errors go to diags; the file's `failed` says that there were
 * syntax errors after which nothing should be checked. */
struct lang_file *lang_parse_file(const struct lang_parse_env *env, const struct src_file *src, uint32_t index);
/* A function of such a file, which is unread: reads its signature, and finds its body; reads the body. A program uses
 * little of the library, and its start would be spent on the rest. */
void lang_parse_func(const struct lang_parse_env *env, const struct src_file *src, struct lang_decl *func);
void lang_parse_body(const struct lang_parse_env *env, const struct src_file *src, struct lang_stmt *body);

/* ---- among the parser's own files ---- */

struct parser {
    struct lang_lexer lex;
    struct lang_mem *mem;
    struct lang_interns *names;
    struct diag_list *diags;
    const struct src_file *src;
    uint32_t index;
    VEC(void *) stack; /* lists being made */
    VEC(struct lang_line_base) lines;
    int errors;
    uint32_t last_syntax_line, last_other_line; /* Go tells one syntax error a line */
    const char *last_other;
    bool syntax_errors;
    bool first_error; /* there was any */
    int fnest, xnest; /* functions around; expression nesting, < 0 in a statement's header */
    int depth;
    uint32_t groups;
    bool outline;
    bool stopped; /* too deep, or out of memory: only EOF follows */
};

lang_pos p_pos(const struct parser *p);
void p_next(struct parser *p);
bool p_got(struct parser *p, enum lang_token tok);
void p_want(struct parser *p, enum lang_token tok);
bool p_got_assign(struct parser *p);
__attribute__((format(printf, 3, 4))) void p_error_at(struct parser *p, lang_pos pos, const char *fmt, ...);
/* msg as Go's: "expected X", "in X", "at X", "after X" get "unexpected TOKEN" before them. */
__attribute__((format(printf, 3, 4))) void p_syntax_error_at(struct parser *p, lang_pos pos, const char *fmt, ...);
__attribute__((format(printf, 2, 3))) void p_syntax_error(struct parser *p, const char *fmt, ...);
/* Skips to one of the tokens in follow (a bit each, 0: just one token on). */
void p_advance(struct parser *p, uint64_t follow);
#define TOKS(tok) (UINT64_C(1) << LANG_TOK_##tok)

bool p_enter(struct parser *p); /* counts nesting; false: too deep, said once */
void p_leave(struct parser *p);
/* Chains (a + b + c, f()()(), x.y.z) make deep trees without nesting in the source: link n counts as nesting, too. */
bool p_chain(struct parser *p, int n);

const char *p_tokstring(enum lang_token tok);
struct lang_expr *p_new(struct parser *p, enum lang_expr_kind kind, lang_pos pos);
struct lang_stmt *p_new_stmt(struct parser *p, enum lang_stmt_kind kind, lang_pos pos);
struct lang_expr *p_bad(struct parser *p);
struct lang_expr *p_name(struct parser *p);
struct lang_expr *p_name_at(struct parser *p, lang_pos pos, const char *name);
struct lang_expr *p_literal_or_null(struct parser *p);
struct lang_expr_list p_name_list(struct parser *p, struct lang_expr *first);

size_t p_mark(struct parser *p);
void p_push(struct parser *p, void *x);
void **p_take(struct parser *p, size_t mark, size_t *len); /* an array in the arena of what was pushed since */
struct lang_expr_list p_take_exprs(struct parser *p, size_t mark);

/* list = [ f { sep f } [sep] ] close. f gives true when no element may follow. Gives the place of close. */
lang_pos p_list(struct parser *p, const char *context, enum lang_token sep, enum lang_token close,
                bool (*f)(struct parser *p, void *ctx), void *ctx);

struct lang_expr *p_expr(struct parser *p);
struct lang_expr *p_binary_expr(struct parser *p, struct lang_expr *x, int prec);
struct lang_expr *p_pexpr(struct parser *p, struct lang_expr *x, bool keep_parens);
struct lang_expr_list p_expr_list(struct parser *p);
struct lang_expr_list p_type_list(struct parser *p, bool strict, bool *comma);

struct lang_expr *p_type(struct parser *p);
struct lang_expr *p_type_or_null(struct parser *p);
struct lang_expr *p_array_type(struct parser *p, lang_pos pos, struct lang_expr *len);
struct lang_expr *p_slice_type(struct parser *p, lang_pos pos);
struct lang_expr *p_qualified_name(struct parser *p, struct lang_expr *name);
struct lang_expr *p_func_type(struct parser *p, const char *context, struct lang_field_list *tparams);
struct lang_field_list p_param_list(struct parser *p, struct lang_expr *name, struct lang_expr *type,
                                    enum lang_token close, bool require_names, bool dots_ok);

struct lang_stmt *p_block(struct parser *p, const char *context);
struct lang_stmt *p_func_body(struct parser *p);
/* Adds the declarations of one keyword (already taken) to the open list. */
void p_decl_group(struct parser *p, enum lang_decl_kind kind);

/* branches.c */
void p_check_branches(struct parser *p, struct lang_stmt *body);

#endif
