/* checker.h - what the checker's files share. Nothing outside of it includes this.
 *
 * check.c: packages and imports. check_decl.c: package-level and local declarations. typexpr.c: type expressions.
 * check_expr.c, check_lit.c, check_call.c, check_sel.c, check_builtin.c: expressions. check_assign.c, check_stmt.c:
 * statements. convert.c: assignability, representability, conversions. types.c, typeset.c, lookup.c: the types
 * themselves. subst.c, infer.c: type parameters. initorder.c: package variables. func.c: functions made ready for code
 * generation.
 */
#ifndef GOSEE_LANG_CHECKER_H
#define GOSEE_LANG_CHECKER_H

#include "check.h"
#include "intern.h"
#include "mem.h"
#include "parser.h"
#include "map.h"
#include "vec.h"

struct lang_scope {
    struct lang_scope *parent;
    bool is_func;
    VEC(struct lang_object *) objects; /* in order of declaration; freed with the checker */
    struct lang_object **table;        /* by name's address, once there are many; in the arena */
    size_t table_size;
};

/* A package-level declaration, or a method. */
struct lang_decl_info {
    struct lang_package *pkg;
    struct lang_scope *file;       /* scope of its file */
    struct lang_object_list lhs;   /* of var a, b = f(); else empty */
    struct lang_expr *type, *init; /* of const and var */
    bool inherited;                /* init is repeated from an earlier constant */
    int64_t iota;
    struct lang_decl *decl;          /* of type and func */
    struct lang_func *func;          /* of func */
    uint32_t order;                  /* of declaration in the program */
    VEC(struct lang_object *) deps;  /* package-level constants, variables, functions that it uses */
    struct lang_object_list methods; /* of a type: its method declarations, not yet added */
    bool body_checked, body_queued;
    struct lang_decl_info *all_next; /* for freeing deps */
    uint32_t seen;                   /* initorder.c's own */
    bool emitted;
};

struct operand {
    enum lang_mode mode;
    struct lang_type *type;
    const struct lang_const *val; /* NULL with CONSTANT: unknown, after an error */
    struct lang_expr *expr;
    enum lang_builtin builtin;
    struct lang_type_list targs; /* VALUE, a generic function: the type arguments given so far */
};

enum expr_kind { EK_CONVERSION, EK_EXPRESSION, EK_STATEMENT };

struct env {
    struct lang_package *pkg;
    struct lang_decl_info *decl; /* the package-level declaration within which we are, for dependencies */
    struct lang_scope *scope;
    struct lang_func *func;
    const struct lang_const *iota;
    lang_pos errpos;   /* of an inherited constant: where to tell errors */
    bool in_tparams;   /* in a type parameter list */
    bool call_or_recv; /* a call or receive was seen (len and cap of arrays) */
};

struct mono_vertex {
    size_t index, pre, len;
    int weight;
    struct lang_object *obj;
};

struct mono_edge {
    size_t dst, src;
    int weight;
    lang_pos pos;
    struct lang_type *type;
    bool implicit;
};

struct mono { /* mono.c */
    VEC(struct mono_vertex *) vertices;
    VEC(struct mono_edge) edges;
    struct map by_type;
};

struct action {
    void (*f)(struct lang_checker *c, void *a, void *b);
    void *a, *b;
    struct lang_package *pkg;
};

struct lang_checker {
    struct lang_checked *out;
    struct lang_mem mem;
    struct lang_interns names;
    struct diag_list *diags;
    struct lang_scope *universe;
    struct env env;
    VEC(struct action) delayed;
    VEC(struct lang_object *) path;  /* being resolved */
    VEC(struct lang_scope *) scopes; /* to free */
    struct lang_decl_info *infos;
    uint32_t next_type, next_func, next_order;
    uint32_t init_mark; /* initorder.c's last: of lang_decl_info.seen */
    int depth;
    int errors;
    bool told_depth;
    const char *last_message; /* told last, and where */
    lang_pos last_pos;
    struct lang_type *invalid, *byte_type, *rune_type, *comparable_type;
    struct lang_type *any_empty; /* interface{} itself */
    struct lang_object *iota_obj;
    const char *blank, *init_name, *main_name, *dot_name, *empty_name;
    struct map packages; /* by path */
    VEC(struct lang_package *) package_order;
    VEC(const struct src_file *) files;
    VEC(const struct lang_lines *) lines; /* by file, as files */
    VEC(struct lang_object *) imports; /* package names of the package being checked, for unused ones */
    struct map instance_map;           /* of generic types and functions, to be found again */
    struct map method_sets;            /* by type id */
    struct mono mono;
};

#define STR_BLANK(c, name) ((name) == (c)->blank)

/* ---- errors (errors.c) ---- */
__attribute__((format(printf, 3, 4))) void chk_error(struct lang_checker *c, lang_pos pos, const char *fmt, ...);
void chk_hint(struct lang_checker *c, const char *text);
/* Texts for messages; in the arena. */
const char *chk_opstr(struct lang_checker *c, const struct operand *x);
const char *chk_typestr(struct lang_checker *c, const struct lang_type *t);
struct lang_object *chk_generic_alias_of(const struct lang_expr *e); /* a checked name of a generic alias; else NULL */
const char *chk_tparamstr(struct lang_checker *c, struct lang_object_list tparams); /* "[K comparable, V any]" */
void chk_write_qualified(const struct lang_type *t, struct str *out);               /* every name with its package */
const char *chk_exprstr(struct lang_checker *c, const struct lang_expr *e);
const char *chk_valstr(struct lang_checker *c, const struct lang_const *v);
const char *chk_posstr(struct lang_checker *c, lang_pos pos); /* file:line:col */
const char *chk_kindstr(struct lang_type *t);                 /* "slice", "map", ...; "" for basic types */
const char *chk_sprintf(struct lang_checker *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *chk_funcstr(struct lang_checker *c, struct lang_object *f); /* name and signature without names */
bool chk_enter(struct lang_checker *c, lang_pos pos);                   /* counts depth; false: too deep or no memory */
void chk_leave(struct lang_checker *c);

/* ---- types (types.c, typeset.c, lookup.c) ---- */
struct lang_type *chk_new_type(struct lang_checker *c, enum lang_type_kind kind);
struct lang_type *chk_pointer(struct lang_checker *c, struct lang_type *elem);
struct lang_type *chk_slice(struct lang_checker *c, struct lang_type *elem);
struct lang_type *chk_tuple(struct lang_checker *c, struct lang_object_list vars);
struct lang_object *chk_new_object(struct lang_checker *c, enum lang_object_kind kind, lang_pos pos, const char *name,
                                   struct lang_type *type);
struct lang_object *chk_new_var(struct lang_checker *c, enum lang_var_kind kind, lang_pos pos, const char *name,
                                struct lang_type *type);
struct lang_type *chk_default(struct lang_checker *c, struct lang_type *t);
static inline bool chk_valid(const struct lang_type *t) { return t && t->kind != LANG_T_INVALID; }
static inline bool chk_is_tparam(const struct lang_type *t) { return t->kind == LANG_T_TYPEPARAM; }
bool chk_all_basic(struct lang_type *t, uint32_t info); /* also every type of a type parameter's set */
bool chk_has_nil(struct lang_type *t);
/* Calls f for each specific type of t's set and its underlying type; once with NULL if there are none. */
typedef bool (*chk_type_fn)(void *ctx, struct lang_type *t, struct lang_type *u);
bool chk_typeset(struct lang_type *t, chk_type_fn f, void *ctx);
/* The one underlying type of all types in t's set; NULL with *cause if there is none. f (may be NULL) may refuse a
 * type with a cause. */
typedef const char *(*chk_cond_fn)(struct lang_checker *c, struct lang_type *t, struct lang_type *u);
struct lang_type *chk_common_under(struct lang_checker *c, struct lang_type *t, chk_cond_fn f, const char **cause);
/* Why t cannot be compared; NULL: it can. dynamic: interfaces may be. */
const char *chk_incomparable(struct lang_checker *c, struct lang_type *t, bool dynamic);
bool chk_identical_ignore_tags(const struct lang_type *a, const struct lang_type *b);
struct lang_type *chk_deref(struct lang_type *t, bool *was_pointer);
struct lang_type *chk_array_deref(struct lang_type *u); /* of a pointer to an array: the array */
bool chk_is_bytes_or_runes(struct lang_type *t);
bool chk_same_id(const struct lang_object *o, const struct lang_package *pkg, const char *name, bool fold);
bool chk_exported(const char *name);
bool chk_generic_named(const struct lang_type *t);      /* a generic type, not an instance of one */
void chk_sort_methods(struct lang_object_list methods); /* in the order of type sets */
void chk_compute_type_set(struct lang_checker *c, struct lang_type *iface, lang_pos pos);
struct lang_type *chk_named_under(struct lang_type *t); /* typeset.c, expanding instances */

struct lookup {
    struct lang_object *obj; /* NULL: none */
    struct lang_sel_step *steps;
    size_t nsteps;
    struct lang_type *at; /* methods: the type whose method it is, pointers kept */
    bool indirect;        /* a pointer was followed; without obj: the method needs a pointer receiver */
    bool ambiguous;
};
struct lookup chk_lookup(struct lang_checker *c, struct lang_type *t, bool addressable, const struct lang_package *pkg,
                         const char *name, bool fold);
void chk_fill_selection(struct lang_type *t, const struct lookup *l, struct lang_selection *sel);
/* The first method of iface T that V lacks; NULL: none. */
struct lang_object *chk_missing_method(struct lang_checker *c, struct lang_type *v, struct lang_type *t, bool is_static,
                                       const char **cause);
bool chk_implements(struct lang_checker *c, struct lang_type *v, struct lang_type *t, bool constraint,
                    const char **cause);
bool chk_assertable(struct lang_checker *c, struct lang_type *v, struct lang_type *t, const char **cause);
bool chk_is_interface_ptr(struct lang_type *t);

/* ---- scopes (scope.c) ---- */
struct lang_scope *chk_scope_new(struct lang_checker *c, struct lang_scope *parent);
struct lang_object *chk_scope_find(const struct lang_scope *s, const char *name);
struct lang_object *chk_scope_insert(struct lang_checker *c, struct lang_scope *s, struct lang_object *o); /* other */
struct lang_object *chk_find(struct lang_checker *c, const char *name, struct lang_scope **where);
void chk_open_scope(struct lang_checker *c);
void chk_close_scope(struct lang_checker *c);
void chk_declare(struct lang_checker *c, struct lang_scope *s, struct lang_expr *id, struct lang_object *o);

void chk_later(struct lang_checker *c, void (*f)(struct lang_checker *, void *, void *), void *a, void *b);
void chk_process_delayed(struct lang_checker *c, size_t top);

/* ---- declarations (check_decl.c) ---- */
void chk_read_func(struct lang_checker *c, struct lang_decl *d); /* its signature is parsed */
void chk_obj_decl(struct lang_checker *c, struct lang_object *obj);
void chk_decl_stmt(struct lang_checker *c, struct lang_stmt *s);
void chk_cycle_error(struct lang_checker *c, struct lang_object **cycle, size_t n, size_t start);
void chk_arity(struct lang_checker *c, lang_pos pos, struct lang_expr_list names, struct lang_expr_list inits,
               bool is_const, bool inherited);
void chk_add_dep(struct lang_checker *c, struct lang_object *obj);
void chk_func_body(struct lang_checker *c, struct lang_func *f, struct lang_decl_info *decl,
                   const struct lang_const *iota);
void chk_bind_func(struct lang_func *f, struct lang_type *sig);    /* parameters become f's */
void chk_add_local(struct lang_checker *c, struct lang_object *v); /* to the current function's variables */
struct lang_func *chk_new_func(struct lang_checker *c, enum lang_func_kind kind, lang_pos pos);
bool chk_finite(struct lang_checker *c, struct lang_type *t);

/* ---- type expressions (typexpr.c) ---- */
struct lang_type *chk_type(struct lang_checker *c, struct lang_expr *e);     /* not generic */
struct lang_type *chk_var_type(struct lang_checker *c, struct lang_expr *e); /* nor a constraint */
struct lang_type *chk_decl_type(struct lang_checker *c, struct lang_expr *e, struct lang_object *def);
struct lang_type *chk_generic_type(struct lang_checker *c, struct lang_expr *e, const char **cause);
void chk_valid_var_type(struct lang_checker *c, struct lang_expr *e, struct lang_type *t);
void chk_ident(struct lang_checker *c, struct operand *x, struct lang_expr *e, bool want_type);
/* The signature of a FUNC_TYPE, in the open scope, which gets the parameters. recv and tparams may be NULL. */
struct lang_type *chk_signature(struct lang_checker *c, struct lang_type *sig, struct lang_field *recv,
                                struct lang_field_list *tparams, struct lang_expr *e);
void chk_collect_tparams(struct lang_checker *c, struct lang_field_list *list, struct lang_object_list *dst);
bool chk_type_list(struct lang_checker *c, struct lang_expr_list list, struct lang_type_list *out);
struct lang_expr *chk_unpack_recv(struct lang_expr *e, bool *ptr, struct lang_expr_list *tparams);

/* ---- expressions ---- */
enum expr_kind chk_raw(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint,
                       bool allow_generic);
enum expr_kind chk_raw_arg(struct lang_checker *c, struct operand *x, struct lang_expr *e); /* generic, partly too */
void chk_expr(struct lang_checker *c, struct operand *x, struct lang_expr *e);
/* target: the type that the context wants; helps to instantiate a generic function used as a value. */
void chk_expr_target(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *target,
                     const char *desc);
void chk_expr_hint(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint);
void chk_expr_or_type(struct lang_checker *c, struct operand *x, struct lang_expr *e, bool allow_generic);
void chk_exclude(struct lang_checker *c, struct operand *x, unsigned modes);
void chk_single(struct lang_checker *c, struct operand *x);
void chk_record(struct lang_checker *c, const struct operand *x);
bool chk_use(struct lang_checker *c, struct lang_expr_list list);
bool chk_use1(struct lang_checker *c, struct lang_expr *e, bool lhs);
bool chk_use_lhs(struct lang_checker *c, struct lang_expr_list list);
void chk_overflow(struct lang_checker *c, struct operand *x, lang_pos pos);
void chk_update_type(struct lang_checker *c, struct lang_expr *e, struct lang_type *t, bool final);
void chk_binary(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_expr *l,
                struct lang_expr *r, enum lang_op op);
void chk_comparison(struct lang_checker *c, struct operand *x, struct operand *y, enum lang_op op, bool switch_case);
void chk_match_types(struct lang_checker *c, struct operand *x, struct operand *y);
struct lang_type *chk_chan_elem(struct lang_checker *c, lang_pos pos, struct operand *x, bool recv);
void chk_basic_lit(struct lang_checker *c, struct operand *x, struct lang_expr *e);
void chk_func_lit(struct lang_checker *c, struct operand *x, struct lang_expr *e);
struct lang_func *chk_new_lit(struct lang_checker *c, enum lang_func_kind kind, lang_pos pos); /* of the current one */
void chk_composite(struct lang_checker *c, struct operand *x, struct lang_expr *e, struct lang_type *hint);
bool chk_index_expr(struct lang_checker *c, struct operand *x, struct lang_expr *e); /* true: function instance */
void chk_slice_expr(struct lang_checker *c, struct operand *x, struct lang_expr *e);
/* A constant index below max (-1: none): its value; -1 if not constant; NULL type when invalid. */
struct lang_type *chk_index(struct lang_checker *c, struct lang_expr *e, int64_t max, int64_t *val);
bool chk_valid_index(struct lang_checker *c, struct operand *x, const char *what, bool negative_ok);
void chk_selector(struct lang_checker *c, struct operand *x, struct lang_expr *e, bool want_type);
const char *chk_lookup_error(struct lang_checker *c, struct lang_type *t, const char *sel, struct lang_object *alt,
                             bool literal);
enum expr_kind chk_call(struct lang_checker *c, struct operand *x, struct lang_expr *call);
bool chk_builtin(struct lang_checker *c, struct operand *x, struct lang_expr *call, enum lang_builtin id);
struct operands {
    struct operand *data;
    size_t len;
    bool comma_ok;
};
struct operands chk_multi_expr(struct lang_checker *c, struct lang_expr *e, bool allow_comma_ok);
struct operands chk_expr_list(struct lang_checker *c, struct lang_expr_list list);
/* Checks arguments against sig and passes them; gives the signature called (an instance's), NULL on errors. */
struct lang_type *chk_arguments(struct lang_checker *c, struct lang_expr *call, struct lang_type *sig,
                                struct lang_type_list targs, struct lang_expr_list xlist, struct operands args);
void chk_type_assertion(struct lang_checker *c, struct lang_expr *e, struct operand *x, struct lang_type *t,
                        bool type_switch);
/* Marks the variable at the root of an addressable expression. */
enum root_use { ROOT_ADDR, ROOT_ASSIGN };
void chk_mark_root(struct lang_expr *e, enum root_use use);

/* ---- conversions (convert.c) ---- */
bool chk_assignable(struct lang_checker *c, struct operand *x, struct lang_type *t, const char **cause);
void chk_convert_untyped(struct lang_checker *c, struct operand *x, struct lang_type *target);
enum conv_error { CONV_OK, CONV_BAD, CONV_TRUNCATED, CONV_OVERFLOW };
/* The type an untyped x gets where target is wanted; NULL: impossible. *val: its new value, if constant. */
struct lang_type *chk_implicit(struct lang_checker *c, struct operand *x, struct lang_type *target,
                               const struct lang_const **val, enum conv_error *why);
bool chk_representable(struct lang_checker *c, const struct lang_const *v, enum lang_basic b,
                       const struct lang_const **rounded);
void chk_represent(struct lang_checker *c, struct operand *x, struct lang_type *basic); /* or error */
void chk_conversion(struct lang_checker *c, struct operand *x, struct lang_type *t);

/* ---- assignments and statements ---- */
void chk_assignment(struct lang_checker *c, struct operand *x, struct lang_type *t, const char *context);
void chk_init_const(struct lang_checker *c, struct lang_object *lhs, struct operand *x);
void chk_init_var(struct lang_checker *c, struct lang_object *lhs, struct operand *x, const char *context);
void chk_init_vars(struct lang_checker *c, struct lang_object_list lhs, struct lang_expr_list rhs,
                   struct lang_stmt *ret);
void chk_assign_var(struct lang_checker *c, struct lang_expr *lhs, struct lang_expr *rhs, struct operand *x,
                    const char *context);
void chk_assign_vars(struct lang_checker *c, struct lang_stmt *s);
void chk_short_var_decl(struct lang_checker *c, struct lang_stmt *s);
const char *chk_types_summary(struct lang_checker *c, struct lang_type **types, size_t n, bool variadic, bool dots);
void chk_stmt_list(struct lang_checker *c, struct lang_stmt_list list);
void chk_stmt(struct lang_checker *c, struct lang_stmt *s);
void chk_range_stmt(struct lang_checker *c, struct lang_stmt *s);
bool chk_terminating(struct lang_stmt_list list);

/* ---- type parameters (subst.c, infer.c) ---- */
struct lang_type *chk_subst(struct lang_checker *c, struct lang_type *t, struct lang_object_list tparams,
                            struct lang_type_list targs);
struct lang_type *chk_instantiate(struct lang_checker *c, struct lang_type *generic, struct lang_type_list targs);
bool chk_valid_targ_count(struct lang_checker *c, lang_pos pos, const char *name, size_t want, size_t got);
/* Whether targs satisfy their constraints; else the place of the first that does not, with *cause. */
bool chk_verify(struct lang_checker *c, struct lang_object_list tparams, struct lang_type_list targs, size_t *index,
                const char **cause);
void chk_expand(struct lang_checker *c, struct lang_type *named); /* an instance's underlying type */
/* The method of an instance, with its signature for the instance's type arguments. */
struct lang_object *chk_instance_method(struct lang_checker *c, struct lang_type *inst, struct lang_object *m);
struct lang_func *chk_func_instance(struct lang_checker *c, struct lang_func *generic, struct lang_type_list targs);
/* Instantiates the generic function x, with explicit type arguments (IndexExpr inst) or from a target type. */
bool chk_func_inst(struct lang_checker *c, struct operand *x, struct lang_expr *inst, struct lang_type *target,
                   const char *desc);
struct lang_type *chk_inst_signature(struct lang_checker *c, lang_pos pos, struct lang_expr *e, struct lang_type *sig,
                                     struct lang_type_list targs, struct lang_expr_list xlist);
struct chk_inference {
    struct lang_object_list tparams; /* the callee's, then those of generic arguments (unique ones) */
    size_t own;                      /* how many are the callee's */
    struct lang_type_list *targs;    /* NULL where not known; filled */
    struct lang_object_list params;
    struct operands args;
    struct lang_type **arg_types; /* of the arguments, generic ones in their unique parameters */
    bool reverse;                 /* the "argument" is the type of the place of use */
};
bool chk_infer(struct lang_checker *c, lang_pos pos, const struct chk_inference *q, lang_pos *errpos, const char **err);

void chk_mono_record(struct lang_checker *c, lang_pos pos, struct lang_object_list tparams, struct lang_type_list targs,
                     struct lang_expr_list xlist);
void chk_mono_check(struct lang_checker *c);

/* ---- program ---- */
void chk_universe(struct lang_checker *c);
struct lang_package *chk_import(struct lang_checker *c, const char *path);
void chk_init_order(struct lang_checker *c, struct lang_package *pkg);
bool chk_check_body(struct lang_checker *c, struct lang_func *f);

#endif
