/* check.h - a checked program: what code generation reads.
 *
 * lang_checked owns one arena with everything in it: trees, types, objects, constants, functions. Source texts must
 * outlive it. One thread at a time.
 *
 * Functions are made ready on demand: bodies of the program's own package are all checked (every diagnostic), those of
 * library packages only when code generation asks by lang_func_prepare (they are not even parsed before), generic ones once for each list of type
 * arguments, as a concrete copy of the tree. So code generation starts from main, the init functions and the package
 * variables, prepares each function that it meets in lang_expr.func, in a selection (lang_method_func) or in a method
 * table, and sees no type parameter anywhere.
 */
#ifndef GOSEE_LANG_CHECK_H
#define GOSEE_LANG_CHECK_H

#include "arena.h"
#include "ast.h"
#include "diag.h"
#include "lang.h"
#include "types.h"

enum lang_func_kind {
    LANG_FUNC_DECL,  /* function, method */
    LANG_FUNC_LIT,   /* function literal */
    LANG_FUNC_RANGE, /* body of a range over a function (ast.h) */
    LANG_FUNC_INIT   /* holds what the initializers of package variables need: literals within have it as outer */
};

struct lang_func {
    enum lang_func_kind kind;
    lang_pos pos; /* of its func keyword; of a declaration, of its name */
    lang_pos end; /* of its closing brace */
    struct lang_package *pkg;
    struct lang_object *obj; /* DECL: its object; else NULL */
    struct lang_func *outer; /* LIT, RANGE: the function around it */
    struct lang_decl *decl;  /* DECL */
    struct lang_type *sig;
    struct lang_object *recv;                /* methods; also the first of what a call passes */
    struct lang_object_list params, results; /* the body's variables; "_" or "" if unnamed */
    struct lang_stmt *body; /* BLOCK; NULL: native (lib->native of its qualified name). After lang_func_prepare */
    /* Variables of functions around it that it uses, itself or through a function within; in order of first use. */
    struct lang_object_list captures;
    struct lang_object_list locals; /* every variable declared in the body (not in functions within) */
    struct lang_func **lits;        /* functions within, LIT and RANGE, in source order; "f.func1" is lits[0] ... */
    size_t nlits;
    bool has_defer, has_recover; /* in its own body (recover: a call of the builtin) */
    bool named_results;
    bool prepared;
    struct lang_func *origin;            /* an instance: the generic function */
    struct lang_type_list targs;         /* an instance: type arguments, of the receiver for methods */
    uint32_t id;                         /* in order of making, from 1 */
    void *cg;                            /* code generation's own */
    struct lang_object_list local_types; /* the checker's own: types declared within, in a DECL for all its literals */
    struct lang_func_state *state;       /* the checker's own */
};

struct lang_initializer {        /* lhs = rhs, several with one multi-value rhs; in order of dependency */
    struct lang_object_list lhs; /* package variables; an entry for "_" too */
    struct lang_expr *rhs;
};

struct lang_package {
    const char *path; /* "main", "math/rand" */
    const char *name;
    bool library;
    struct lang_scope *scope;
    struct lang_file **parsed;
    size_t nfiles;
    struct lang_package **imports; /* direct, each once */
    size_t nimports;
    struct lang_object_list vars; /* package variables, in source order, blanks included */
    struct lang_func **funcs;     /* declared functions and methods, in source order; generic ones included */
    size_t nfuncs;
    struct lang_func **inits; /* func init(), in order */
    size_t ninits;
    struct lang_initializer *init_order; /* of vars with initializers */
    size_t ninit_order;
    struct lang_func *init_func;      /* FUNC_INIT: owner of the initializers' literals */
    void *cg;                         /* code generation's own */
    struct lang_package_state *state; /* the checker's own */
};

struct lang_checked {
    struct arena arena;
    const struct src_file **files; /* by lang_pos_file */
    size_t nfiles;
    const struct lang_lines *const *lines; /* by lang_pos_file: //line directives */
    struct lang_package **packages; /* each before those that import it; the program's own is last */
    size_t npackages;
    struct lang_package *main;
    struct lang_func *main_func;
    const struct lang_library *lib;
    struct diag_list *diags;
    struct lang_type *basic[LANG_BASIC_COUNT];
    struct lang_type *error_type, *any_type, *empty_struct;
    struct lang_checker *checker; /* its own */
};

/* Parses and checks a package main and what it imports. NULL when memory ran out (diags->failed). With errors in diags
 * the result is for looking only. */
struct lang_checked *lang_checked_new(const struct src_file *files, size_t nfiles, const struct lang_library *lib,
                                      struct diag_list *diags);
void lang_checked_free(struct lang_checked *c);

/* Checks f's body if that was not done; makes an instance's body. false: errors or no memory (diagnosed). */
bool lang_func_prepare(struct lang_checked *c, struct lang_func *f);

/* The concrete function of the method that sel names, for a selection in concrete code that is no interface's. */
struct lang_func *lang_method_func(struct lang_checked *c, const struct lang_selection *sel);

/* Finds field or method `name` of t (pkg: where the name is written, for unexported ones). Fills sel; false: none. */
bool lang_lookup(struct lang_checked *c, struct lang_type *t, bool addressable, const struct lang_package *pkg,
                 const char *name, struct lang_selection *sel);

/* The method set of a concrete type, promoted methods included: selections of kind METHOD in order of name. In the
 * arena; made once a type. For the method tables of values in interfaces. */
struct lang_method_set {
    struct lang_selection *data;
    size_t len;
};
const struct lang_method_set *lang_method_set_of(struct lang_checked *c, struct lang_type *t);
/* Whether values of t have all methods of iface (both concrete). */
bool lang_implements(struct lang_checked *c, struct lang_type *t, struct lang_type *iface);

/* "main.f", "main.(*T).m", "main.T.m", "main.main.func1", "main.f[...]" (Go's run-time names). */
void lang_func_write_name(const struct lang_func *f, struct str *out);
/* Interned name (terminated, one address each); for comparing with names of objects. */
const char *lang_intern(struct lang_checked *c, const char *s, size_t len);
/* A pointer, slice, array, map, chan type made by code generation. NULL: no memory. */
struct lang_type *lang_type_pointer(struct lang_checked *c, struct lang_type *elem);
struct lang_type *lang_type_slice(struct lang_checked *c, struct lang_type *elem);
struct lang_type *lang_type_array(struct lang_checked *c, struct lang_type *elem, int64_t len);

#endif
