/* ast.h - the syntax tree, and what the checker writes into it.
 *
 * All nodes live in the arena of their compilation (check.h) and are never shared between two places of the tree. The
 * parser fills the upper part of a node; fields under "checked" are the checker's. Positions are those of Go's own
 * compiler: a binary expression stands at its operator, a call at its parenthesis, a selector at its dot, an
 * assignment at its operator; lang_start_pos gives the leftmost place.
 */
#ifndef GOSEE_LANG_AST_H
#define GOSEE_LANG_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "constant.h"
#include "lines.h"
#include "pos.h"
#include "token.h"
#include "types.h"

struct lang_expr;
struct lang_stmt;
struct lang_decl;
struct lang_func;

enum lang_builtin {
#define BUILTIN(name, text, nargs, variadic, stmt) LANG_BUILTIN_##name,
#include "builtin.def"
    LANG_BUILTIN_COUNT
};

/* ---- expressions and type expressions ------------------------------------------------------------------------- */

enum lang_expr_kind {
    LANG_E_BAD,
    LANG_E_IDENT,
    LANG_E_BASIC_LIT,
    LANG_E_FUNC_LIT,
    LANG_E_COMPOSITE_LIT,
    LANG_E_KEY_VALUE, /* only inside a composite literal */
    LANG_E_PAREN,
    LANG_E_SELECTOR,
    LANG_E_INDEX, /* x[i], and instantiation x[T1, T2] */
    LANG_E_SLICE,
    LANG_E_TYPE_ASSERT, /* x.(T) */
    LANG_E_TYPE_SWITCH, /* x.(type); only as guard of a type switch */
    LANG_E_CALL,        /* calls, conversions, builtins */
    LANG_E_STAR,        /* *x: dereference or pointer type */
    LANG_E_UNARY,       /* + - ! ^ & <- and ~ in constraints */
    LANG_E_BINARY,      /* and | in constraints */
    LANG_E_ARRAY_TYPE,
    LANG_E_SLICE_TYPE,
    LANG_E_DOTS_TYPE, /* ...T of a last parameter */
    LANG_E_STRUCT_TYPE,
    LANG_E_FUNC_TYPE,
    LANG_E_INTERFACE_TYPE,
    LANG_E_MAP_TYPE,
    LANG_E_CHAN_TYPE
};

struct lang_expr_list {
    struct lang_expr **data;
    size_t len;
};

/* A parameter, result, struct field, method or embedded element of an interface, type parameter. */
struct lang_field {
    lang_pos pos;
    struct lang_expr *name; /* IDENT; NULL: unnamed or embedded */
    struct lang_expr *type; /* shared by the names of one group (a, b int): the one exception to the rule above */
    struct lang_expr *tag;  /* BASIC_LIT or NULL */
};

struct lang_field_list {
    struct lang_field *data;
    size_t len;
};

enum lang_mode {
    LANG_MODE_INVALID, /* an error was reported */
    LANG_MODE_NOVALUE, /* a call without results */
    LANG_MODE_BUILTIN,
    LANG_MODE_TYPE,
    LANG_MODE_CONSTANT,
    LANG_MODE_VARIABLE, /* addressable */
    LANG_MODE_MAPINDEX, /* assignable, not addressable; may be comma-ok */
    LANG_MODE_VALUE,
    LANG_MODE_NIL,
    LANG_MODE_COMMAOK /* a value that may be comma-ok: type assertion, receive */
};

/* How a selector expression x.f is meant. */
enum lang_sel_kind {
    LANG_SEL_NONE,
    LANG_SEL_PACKAGE,    /* pkg.Name: obj is the member; x is no value */
    LANG_SEL_FIELD,      /* steps lead to the field, the last one included */
    LANG_SEL_METHOD,     /* x.m: call of a method, or a method value that binds x now; steps lead to the receiver */
    LANG_SEL_METHOD_EXPR /* T.m or (*T).m: a function whose first parameter is the receiver */
};

struct lang_sel_step {
    bool deref;     /* what was reached so far is a pointer: follow it first */
    uint32_t field; /* then take this field */
};

/* The path from x (of type recv) to a field or method, through embedded fields. */
struct lang_selection {
    enum lang_sel_kind kind;
    struct lang_type *recv;  /* the type of x; of a method expression, the type written */
    struct lang_object *obj; /* the field or the method */
    struct lang_sel_step *steps;
    size_t nsteps;
    /* Methods: what was reached by the steps (type at) is turned into the receiver by one of these, or neither. */
    struct lang_type *at;
    bool recv_addr;  /* take its address: the method has a pointer receiver, at is not a pointer */
    bool recv_deref; /* follow the pointer: the method has a value receiver, at is a pointer */
    bool iface;      /* at is an interface: dispatch on its dynamic type */
    bool indirect;   /* a pointer was followed on the way, at included */
};

enum lang_call_kind {
    LANG_CALL_NONE,
    LANG_CALL_CONVERSION, /* fun is a type; one argument */
    LANG_CALL_BUILTIN,
    LANG_CALL_FUNC,   /* of a function value: fun->func is set when it is known which */
    LANG_CALL_METHOD, /* x.m(...) with a LANG_SEL_METHOD selection (lang_unparen(fun)); static unless selection.iface */
};

struct lang_expr {
    enum lang_expr_kind kind;
    lang_pos pos;

    /* -- checked -- */
    enum lang_mode mode;
    /* Its type; of a type expression the type that it denotes. Final: an untyped operand has got the type that its
     * use gives it. A call with several results has a TUPLE. NULL only where nothing was checked. */
    struct lang_type *type;
    const struct lang_const *constant; /* with LANG_MODE_CONSTANT */
    /* The type that the place of use asks for, where that is not identical to `type` and the value changes shape:
     * a value into an interface, an interface into another one. NULL: none. (Not set on multi-value calls: compare the
     * tuple's types with the targets'. nil simply has the type of its target.) */
    struct lang_type *convert;
    /* IDENT, SELECTOR, INDEX, PAREN that name a declared function or method, resolved and made concrete; FUNC_LIT. */
    struct lang_func *func;
    bool comma_ok; /* used for two values: v, ok = x (MAPINDEX or COMMAOK); the type stays that of v */
    bool defines;  /* IDENT: declares obj here (:=, parameters, var, ...) */
    bool shifted;  /* the checker's own: left side of a shift whose type its use decides */

    union {
        struct {
            const char *name;
            struct lang_object *obj; /* checked: NULL for "_" and after an error */
        } ident;
        struct {
            enum lang_lit kind;
            const char *text; /* as written; interned */
            size_t len;
            bool bad;
        } lit;
        struct {
            struct lang_expr *type; /* FUNC_TYPE */
            struct lang_stmt *body; /* BLOCK */
        } func_lit;                 /* checked: func */
        struct {
            struct lang_expr *type;      /* NULL: elided; checked: expr.type is known all the same; an elided &T of a */
            struct lang_expr_list elems; /* pointer element has expr.type *T */
            size_t nkeys;
            lang_pos rbrace;
        } comp;
        struct {
            /* key of a struct literal: IDENT whose obj is the field; of arrays and slices: a constant */
            struct lang_expr *key, *value;
        } kv;
        struct {
            struct lang_expr *x;
        } paren, star;
        struct {
            struct lang_expr *x;
            struct lang_expr *sel; /* IDENT; checked: obj */
            struct lang_selection selection;
        } sel;
        struct {
            struct lang_expr *x;
            struct lang_expr_list indices;
            bool instance; /* checked: a function or type instantiation, not indexing */
        } index;
        struct {
            struct lang_expr *x;
            struct lang_expr *lo, *hi, *max; /* NULL: absent */
            bool full;
        } slice;
        struct {
            struct lang_expr *x;
            struct lang_expr *type;
        } assert; /* and TYPE_SWITCH, with type NULL; lhs there: */
        struct {
            struct lang_expr *x;
            struct lang_expr *lhs; /* IDENT or NULL */
        } guard;
        struct {
            struct lang_expr *fun;
            struct lang_expr_list args;
            bool dots; /* last argument is f(xs...) */
            lang_pos rparen;
            enum lang_call_kind kind;
            enum lang_builtin builtin;
            bool spread;   /* args is one call with several results, which are the arguments */
            bool variadic; /* arguments from the last parameter on are gathered into a new slice (not with dots) */
        } call;
        struct {
            enum lang_op op;
            struct lang_expr *x;
        } unary;
        struct {
            enum lang_op op;
            struct lang_expr *x, *y;
            struct lang_type *operand; /* comparison: both sides are compared as this type (convert is set on them) */
        } binary;
        struct {
            struct lang_expr *len; /* NULL: [...] */
            struct lang_expr *elem;
        } array;
        struct {
            struct lang_expr *elem;
        } slice_type, dots;
        struct {
            struct lang_field_list fields;
        } strct;
        struct {
            struct lang_field_list params, results;
        } func_type;
        struct {
            struct lang_field_list methods;
        } iface;
        struct {
            struct lang_expr *key, *value;
        } map;
        struct {
            enum lang_chan_dir dir;
            struct lang_expr *elem;
        } chan;
    } u;
};

/* ---- statements ------------------------------------------------------------------------------------------------ */

enum lang_stmt_kind {
    LANG_S_EMPTY,
    LANG_S_LABELED,
    LANG_S_BLOCK,
    LANG_S_EXPR,
    LANG_S_SEND,
    LANG_S_ASSIGN, /* = and := and op= and ++ -- */
    LANG_S_GO,
    LANG_S_DEFER,
    LANG_S_RETURN,
    LANG_S_BRANCH, /* break continue goto fallthrough */
    LANG_S_IF,
    LANG_S_SWITCH,
    LANG_S_TYPE_SWITCH,
    LANG_S_SELECT,
    LANG_S_FOR,
    LANG_S_RANGE,
    LANG_S_DECL
};

struct lang_stmt_list {
    struct lang_stmt **data;
    size_t len;
};

struct lang_clause { /* of switch, type switch, select */
    lang_pos pos, colon;
    bool is_default;
    struct lang_expr_list cases; /* switch: values; type switch: types, or nil (LANG_MODE_NIL) */
    struct lang_stmt *comm;      /* select: SEND, EXPR (a receive) or ASSIGN from a receive; NULL: default */
    struct lang_stmt_list body;
    struct lang_object *var; /* checked: the type switch's variable in this clause; NULL without one */
};

enum lang_range_kind {
    LANG_RANGE_NONE,
    LANG_RANGE_INT,
    LANG_RANGE_STRING,
    LANG_RANGE_ARRAY,
    LANG_RANGE_ARRAY_PTR,
    LANG_RANGE_SLICE,
    LANG_RANGE_MAP,
    LANG_RANGE_CHAN,
    LANG_RANGE_FUNC
};

struct lang_stmt {
    enum lang_stmt_kind kind;
    lang_pos pos;
    union {
        struct {
            struct lang_expr *label; /* IDENT */
            struct lang_stmt *stmt;
            struct lang_object *obj; /* checked */
        } labeled;
        struct {
            struct lang_stmt_list list;
            lang_pos rbrace;
            uint32_t unread; /* where it starts in its file's text, if it was not parsed yet: parser.h; else 0 */
        } block;
        struct {
            struct lang_expr *x;
        } expr;
        struct {
            struct lang_expr *chan, *value;
        } send;
        struct {
            /* op NONE: lhs = rhs or, with define, lhs := rhs. Else lhs op= rhs, one each; x++ and x-- have op ADD and
             * SUB and incdec, with rhs the constant 1 made by the checker in x's type. */
            enum lang_op op;
            bool define, incdec;
            struct lang_expr_list lhs; /* with define: IDENTs, new ones marked by expr.defines */
            struct lang_expr_list rhs; /* as many as lhs, or one with several values (call, comma-ok) */
        } assign;
        struct {
            struct lang_expr *call; /* CALL; for defer and go a builtin or conversion is possible as Go allows */
        } go, defer;
        struct {
            struct lang_expr_list results; /* empty in a function with named results: they are returned as they are */
        } ret;                             /* may be one call with several results */
        struct {
            enum lang_token tok; /* BREAK, CONTINUE, GOTO, FALLTHROUGH */
            struct lang_expr *label;
            struct lang_stmt *target; /* checked: break, continue: the FOR, RANGE, SWITCH, ... ; goto: the LABELED */
        } branch;
        struct {
            struct lang_stmt *init;
            struct lang_expr *cond;
            struct lang_stmt *then;
            struct lang_stmt *els; /* IF or BLOCK or NULL */
        } if_;
        struct {
            struct lang_stmt *init;
            struct lang_expr *tag; /* NULL: true; TYPE_SWITCH: the guard (LANG_E_TYPE_SWITCH) */
            struct lang_clause *clauses;
            size_t nclauses;
            lang_pos rbrace;
        } swtch;
        struct {
            struct lang_clause *clauses;
            size_t nclauses;
            lang_pos rbrace;
        } select;
        struct {
            struct lang_stmt *init;
            struct lang_expr *cond;
            struct lang_stmt *post;
            struct lang_stmt *body;
            struct lang_object_list vars; /* checked: declared by init with :=; a copy per iteration each */
        } for_;
        struct {
            struct lang_expr *key, *value; /* NULL: absent */
            struct lang_expr *extra;       /* a third one, an error */
            bool define;
            struct lang_expr *x;
            struct lang_stmt *body;
            enum lang_range_kind range; /* checked */
            /* Checked, RANGE_FUNC: the body as a function of its own (kind LANG_FUNC_RANGE), with what it captures;
             * its params are the iteration variables (NULL where none). */
            struct lang_func *func;
        } range;
        struct {
            struct lang_decl **decls;
            size_t ndecls;
        } decl;
    } u;
};

/* ---- declarations and files ------------------------------------------------------------------------------------ */

enum lang_decl_kind { LANG_D_IMPORT, LANG_D_CONST, LANG_D_TYPE, LANG_D_VAR, LANG_D_FUNC };

struct lang_decl {
    enum lang_decl_kind kind;
    lang_pos pos;
    uint32_t group; /* declarations of one parenthesized group have one number; 0: alone */
    union {
        struct {
            struct lang_expr *name; /* IDENT, "." or "_"; NULL: the package's own */
            struct lang_expr *path; /* BASIC_LIT */
        } import;
        struct {
            struct lang_expr_list names; /* IDENTs; checked: obj */
            struct lang_expr *type;      /* NULL: none */
            struct lang_expr_list values;
            bool assign; /* "=" was there */
            uint32_t iota;
        } value; /* CONST and VAR */
        struct {
            struct lang_expr *name;
            struct lang_field_list tparams;
            bool alias;
            struct lang_expr *type;
        } type;
        struct {
            struct lang_field *recv; /* NULL: a function */
            struct lang_expr *name;
            struct lang_field_list tparams;
            struct lang_expr *type; /* FUNC_TYPE */
            struct lang_stmt *body; /* NULL: native */
            struct lang_func *func; /* checked */
            uint32_t unread;        /* where what follows the name starts, if it was not parsed yet: parser.h; else 0 */
            lang_pos rest;          /* the same place */
        } func;
    } u;
};

struct lang_file {
    uint32_t index; /* into lang_checked.files */
    lang_pos pos;
    struct lang_expr *package_name; /* IDENT */
    struct lang_decl **decls;
    size_t ndecls;
    lang_pos eof;
    bool failed; /* syntax errors: not checked */
    struct lang_lines lines;
};

lang_pos lang_start_pos(const struct lang_expr *e);
lang_pos lang_end_pos(const struct lang_expr *e);
struct lang_expr *lang_unparen(struct lang_expr *e);
/* As Go's messages show an expression: shortened function and composite literals. */
void lang_expr_write(const struct lang_expr *e, struct str *out);

#endif
