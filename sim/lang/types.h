/* types.h - the types of Go, and the objects that names stand for.
 *
 * Types and objects live in the arena of their compilation. Two types are the same type if lang_identical says so: only
 * named types, type parameters and basic types are unique by address (byte and uint8, rune and int32 are two addresses
 * of one identity: they differ in messages alone). Aliases do not appear here: they are resolved when a type expression
 * is read. Code generation sees no type parameters: instances are made concrete first (check.h).
 */
#ifndef GOSEE_LANG_TYPES_H
#define GOSEE_LANG_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "constant.h"
#include "pos.h"
#include "str.h"

struct lang_object;
struct lang_type;
struct lang_scope;
struct lang_package;
struct lang_func;
struct lang_decl;

enum lang_type_kind {
    LANG_T_INVALID, /* the type of what could not be checked; silent in further checks */
    LANG_T_BASIC,
    LANG_T_NAMED,
    LANG_T_POINTER,
    LANG_T_SLICE,
    LANG_T_ARRAY,
    LANG_T_MAP,
    LANG_T_CHAN,
    LANG_T_STRUCT,
    LANG_T_SIGNATURE,
    LANG_T_INTERFACE,
    LANG_T_TYPEPARAM,
    LANG_T_TUPLE, /* results of a call that gives none or several values */
    LANG_T_UNION  /* only inside interfaces */
};

enum lang_basic {
    LANG_BOOL,
    LANG_INT,
    LANG_INT8,
    LANG_INT16,
    LANG_INT32,
    LANG_INT64,
    LANG_UINT,
    LANG_UINT8,
    LANG_UINT16,
    LANG_UINT32,
    LANG_UINT64,
    LANG_UINTPTR,
    LANG_FLOAT32,
    LANG_FLOAT64,
    LANG_COMPLEX64, /* refused wherever a program uses them */
    LANG_COMPLEX128,
    LANG_STRING,
    LANG_UNSAFE_POINTER,
    /* untyped: only constants, comparisons, shifts and nil, and after checking only where a value is dropped */
    LANG_UNTYPED_BOOL,
    LANG_UNTYPED_INT,
    LANG_UNTYPED_RUNE,
    LANG_UNTYPED_FLOAT,
    LANG_UNTYPED_STRING,
    LANG_UNTYPED_NIL,
    LANG_BASIC_COUNT
};

enum {
    LANG_IS_BOOLEAN = 1 << 0,
    LANG_IS_INTEGER = 1 << 1,
    LANG_IS_UNSIGNED = 1 << 2,
    LANG_IS_FLOAT = 1 << 3,
    LANG_IS_COMPLEX = 1 << 4,
    LANG_IS_STRING = 1 << 5,
    LANG_IS_UNTYPED = 1 << 6,
    LANG_IS_NUMERIC = LANG_IS_INTEGER | LANG_IS_FLOAT | LANG_IS_COMPLEX,
    LANG_IS_ORDERED = LANG_IS_INTEGER | LANG_IS_FLOAT | LANG_IS_STRING,
    LANG_IS_CONST_TYPE = LANG_IS_BOOLEAN | LANG_IS_NUMERIC | LANG_IS_STRING
};

enum lang_chan_dir { LANG_CHAN_BOTH, LANG_CHAN_SEND, LANG_CHAN_RECV };

struct lang_type_list {
    struct lang_type **data;
    size_t len;
};

struct lang_object_list {
    struct lang_object **data;
    size_t len;
};

struct lang_term { /* of a union or a type set: T or ~T */
    bool tilde;
    struct lang_type *type;
};

/* What an interface's methods and elements mean; made when first asked for. */
struct lang_type_set {
    struct lang_object_list methods; /* all, embedded ones included: exported ones first, each in order of name */
    bool all_types;                  /* no type restriction: terms is empty */
    bool comparable;
    struct lang_term *terms;
    size_t nterms;
};

struct lang_type {
    enum lang_type_kind kind;
    uint32_t id;                  /* distinct for each type of the compilation, from 1, in order of making */
    void *cg;                     /* code generation's own */
    struct lang_checker *checker; /* the checker's own: types are completed when first asked about */
    union {
        struct {
            enum lang_basic basic;
            uint32_t info; /* LANG_IS_... */
            const char *name;
        } basic;
        struct {
            struct lang_object *obj;              /* its name; the origin's, for an instance */
            struct lang_type *underlying;         /* never NAMED; use lang_under */
            struct lang_type *origin;             /* the generic type of an instance; itself otherwise */
            struct lang_type_list targs;          /* of an instance */
            struct lang_object_list tparams;      /* of a generic type: type names of TYPEPARAM type */
            struct lang_object_list methods;      /* declared ones, in source order (LANG_OBJ_FUNC); use lang_lookup */
            struct lang_func *in;                 /* the function that declares it, NULL at package level */
            bool expanding, checked;              /* the checker's own */
            lang_pos pos;                         /* the checker's own: where an instance was first asked for */
            struct lang_object_list inst_methods; /* the checker's own: methods of an instance, by index */
        } named;
        struct {
            struct lang_type *elem;
        } pointer, slice;
        struct {
            struct lang_type *elem;
            int64_t len; /* -1: not known, after an error */
        } array;
        struct {
            struct lang_type *key, *elem;
        } map;
        struct {
            enum lang_chan_dir dir;
            struct lang_type *elem;
        } chan;
        struct {
            struct lang_object_list fields; /* LANG_OBJ_VAR with field, embedded, tag */
        } strct;
        struct {
            struct lang_object *recv;        /* NULL for functions; for interface methods the interface's */
            struct lang_object_list params;  /* LANG_OBJ_VAR; the last of a variadic one has slice type */
            struct lang_object_list results; /* LANG_OBJ_VAR, names "" if unnamed */
            bool variadic;
            struct lang_object_list tparams; /* of a generic function */
            struct lang_object_list recv_tparams;
        } sig;
        struct {
            struct lang_object_list methods; /* explicitly declared */
            struct lang_type_list embeddeds;
            lang_pos *embed_pos;
            bool implicit;              /* written as a bare constraint: [T ~int] */
            bool is_any, is_comparable; /* the predeclared ones */
            struct lang_type_set *set;  /* use lang_type_set_of */
            bool computing;
        } iface;
        struct {
            struct lang_object *obj;
            size_t index;
            struct lang_type *bound; /* the constraint; an interface under its name */
            struct lang_type *canon; /* the checker's own: of a receiver's, the type's own parameter */
        } tparam;
        struct {
            struct lang_type_list types;
            struct lang_object_list vars; /* with their names, where there are any */
        } tuple;
        struct {
            struct lang_term *terms;
            size_t nterms;
        } unions;
    } u;
};

enum lang_object_kind {
    LANG_OBJ_VAR,
    LANG_OBJ_CONST,
    LANG_OBJ_TYPE,
    LANG_OBJ_FUNC, /* a declared function or method, of an interface too */
    LANG_OBJ_PACKAGE,
    LANG_OBJ_BUILTIN,
    LANG_OBJ_NIL,
    LANG_OBJ_LABEL
};

/* Where a variable lives. */
enum lang_var_kind { LANG_VAR_LOCAL, LANG_VAR_PARAM, LANG_VAR_RESULT, LANG_VAR_RECV, LANG_VAR_PACKAGE, LANG_VAR_FIELD };

struct lang_object {
    enum lang_object_kind kind;
    const char *name; /* interned: equal names are one address; "_" for blanks */
    lang_pos pos;
    struct lang_package *pkg; /* NULL for the universe's */
    struct lang_type *type;
    struct lang_scope *parent;
    void *cg; /* code generation's own */
    union {
        struct {
            enum lang_var_kind kind;
            struct lang_func *in; /* the function whose frame it is in; NULL at package level */
            /* Facts for code generation; complete once the function's whole body is checked (lang_func_prepare). */
            bool captured;   /* a function literal within uses it */
            bool addr_taken; /* &x, &x.f, &x[i] of an array, x[:] of an array, a pointer method called on x or x.f */
            bool reassigned; /* assigned to after its declaration (x = , x++, range with =, ...) */
            bool loop_var;   /* declared by a for clause: a copy per iteration (3-clause), a new one (range) */
            bool embedded;   /* field */
            bool used;
            bool unread; /* a type switch's: its clause, closures apart, does not read it */
            uint32_t index;  /* field: its place in the struct; package variable: its place in pkg->vars */
            const char *tag; /* field: the tag's text, NULL if none */
            size_t tag_len;
        } var;
        struct {
            const struct lang_const *value; /* NULL after an error */
        } constant;
        struct {
            bool alias;
            struct lang_object_list tparams; /* of a generic alias, whose type is in terms of them */
        } type;
        struct {
            struct lang_func *func; /* NULL for methods of interfaces */
            bool ptr_recv;
        } func;
        struct {
            struct lang_package *imported;
            bool used;
        } package;
        struct {
            int id; /* enum lang_builtin, ast.h */
        } builtin;
        struct {
            bool used;
            struct lang_stmt *stmt;
        } label;
    } u;
    struct lang_decl_info *info; /* the checker's own */
    uint32_t on_path;            /* the checker's own: 1 + place on the path of objects being resolved */
};

struct lang_checked; /* check.h */

/* ---- asking ------------------------------------------------------------------------------------------------- */

struct lang_type *lang_under(struct lang_type *t); /* the underlying type; a type parameter's is its constraint */
bool lang_identical(const struct lang_type *a, const struct lang_type *b);
uint64_t lang_type_hash(const struct lang_type *t);     /* equal for identical types */
bool lang_is_named(const struct lang_type *t);          /* named, basic or type parameter */
bool lang_is_basic(struct lang_type *t, uint32_t info); /* underlying basic type with any of these bits */
bool lang_is_untyped(const struct lang_type *t);
bool lang_is_interface(struct lang_type *t);     /* underlying interface, and no type parameter */
bool lang_is_generic(const struct lang_type *t); /* mentions a type parameter somewhere */
bool lang_comparable(struct lang_type *t);       /* == may be applied (interfaces may still panic) */
unsigned lang_basic_bits(enum lang_basic b);     /* 8..64 of numbers; int, uint, uintptr are 64 */
const struct lang_type_set *lang_type_set_of(struct lang_type *iface);

/* As in Go's messages: names of packages other than rel by their short name ("time.Duration"; package main's own types
 * bare). rel NULL: every name qualified ("main.T"), as run-time texts (%T, panics) have it. */
void lang_type_write(const struct lang_type *t, const struct lang_package *rel, struct str *out);

#endif
