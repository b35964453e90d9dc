/* gen.h - the code generator's own: state of a program and of a function being generated, and what its files offer each
 * other. Reads what the checker made (check.h), makes what the VM runs (bytecode.h).
 *
 * Errors do not travel: running out of memory sets gen.failed, a refusal adds a diagnostic; generation carries on with
 * harmless values, and lang_compile gives no program if either happened.
 */
#ifndef GOSEE_LANG_GEN_H
#define GOSEE_LANG_GEN_H

#include "ast.h"
#include "bytecode.h"
#include "check.h"
#include "map.h"
#include "vec.h"

/* ---- types ------------------------------------------------------------------------------------------------------- */

struct gfield {
    struct gtype *type;
    uint32_t slot;
};

struct gmethod { /* of a method table's entry */
    struct gtype *type;
    const struct lang_selection *sel; /* NULL: an interface's own */
    bool made;                        /* it has its function */
};

/* What generation knows of a type; one for all identical types. Becomes the rtype of the same index. */
struct gtype {
    struct lang_type *type;
    struct gtype *chain; /* of the hash table */
    uint32_t index;
    uint8_t kind; /* enum lang_kind */
    bool has_array, methods_wanted;
    uint16_t flags;
    uint16_t elem_code; /* packed kinds: >= LANG_EL_FIRST */
    uint32_t slots;
    struct gtype *elem, *key;
    uint64_t len;
    struct gfield *fields;
    size_t nfields;
    uint32_t map_slots;
    uint64_t *ptrmap;
    struct lang_rmethod *methods; /* generated when methods_wanted */
    struct gmethod *made_of;      /* beside each */
    uint32_t nmethods;
};

/* ---- program ----------------------------------------------------------------------------------------------------- */

enum { GEN_RANGE_EXITS = 16 };

enum gfn_kind {
    GFN_FUNC,       /* a checked function */
    GFN_NATIVE,     /* stub of a native */
    GFN_ENTRY,      /* initialisation and main */
    GFN_INIT,       /* a package's variables and init functions */
    GFN_IFACE,      /* method table entry: receiver in one slot */
    GFN_EXPR,       /* method expression */
    GFN_BOUND,      /* method value: the receiver is captured */
    GFN_CALL        /* go or defer of a builtin: operands are captured */
};

struct gfn {
    enum gfn_kind kind;
    uint32_t index;
    struct lang_func *func;      /* FUNC, NATIVE */
    struct gtype *recv;          /* IFACE, EXPR, BOUND: type of the receiver as it comes in */
    struct lang_selection sel;   /* the same: what it leads to */
    struct lang_expr *call;      /* CALL: the call; its arguments name captured variables */
    struct lang_object_list captured;
    struct lang_package *package; /* INIT */
    uint32_t native;
    bool done;                   /* generated out of turn */
    struct lang_object *range_state;             /* the same: whether yield may be called */
    struct lang_stmt *range_stmt;                /* body of a range over a function: the statement */
    struct lang_stmt *exits[GEN_RANGE_EXITS];    /* the same: branches that leave it for beyond the loop */
    size_t nexits;
    struct lang_object_list range_vars;          /* a function with such loops: how one was left, return values */
    char *name;
    struct lang_fn out;
    struct gtype *type;
    struct glocal *locals;
    uint32_t nlocals;
};

struct gvar { /* where a variable lives */
    struct gtype *type;
    uint32_t reg;  /* its first register; boxed: the register that holds its address */
    bool boxed;
};

struct gglobal {
    struct lang_object *obj;
    struct gtype *type;
    uint32_t slot;
};

struct gnative {
    struct lang_native out;
};

struct glocal {
    struct lang_local out;
    struct gtype *type;
};

struct gen {
    struct lang_checked *checked;
    struct diag_list *diags;
    struct lang_program *prog;
    struct arena *out;    /* the program's */
    struct arena tmp;     /* until the end of generation */
    bool failed;          /* memory */
    VEC(struct gtype *) types;
    struct gtype *type_table[1024];
    struct gtype no_type;
    VEC(struct gfn *) fns;
    size_t next_fn; /* first that is not generated yet */
    VEC(uint64_t) constants;
    VEC(struct lang_string) strings;
    struct map string_index, method_index, wrapper_index, const_index;
    VEC(const char *) method_names;
    VEC(bool) methods_called; /* by id: through an interface, or by the VM */
    VEC(struct lang_native) natives;
    VEC(struct gglobal) globals;
    uint32_t global_slots;
    uint32_t ncaches;
    struct gfn no_fn; /* stand in when memory ran out */
    struct gglobal no_global;
};

/* ---- function ---------------------------------------------------------------------------------------------------- */

struct gref { /* a branch that waits for its label */
    uint32_t pc;
    bool wide; /* 32-bit offset in b and c; else 16-bit in c */
};

struct glabel {
    int64_t pc; /* -1: not bound yet */
    VEC(struct gref) refs;
};

struct gtarget { /* what break and continue reach */
    struct lang_stmt *stmt;
    struct glabel *brk, *cont; /* cont NULL: no loop */
    struct glabel *next;       /* a switch's next clause, for fallthrough; NULL */
    struct gtarget *up;
};

struct ggoto {
    struct lang_stmt *stmt;
    struct glabel *label;
};

struct gbind { /* a captured variable */
    struct lang_object *obj;
    struct gvar var;
};

struct gmap { /* a stack map in the making */
    uint32_t pc, nbits;
    uint64_t *bits;
};

enum { GEN_HOISTED = 8 };
struct ghoisted { int64_t bits; uint32_t reg; }; /* a constant in a register, as long as the outermost loop lasts */
struct gheld { /* an expression that was evaluated already, in its own type */
    struct lang_expr *e;
    uint32_t reg;
};

struct fgen {
    struct gen *g;
    struct ghoisted hoisted[GEN_HOISTED];
    unsigned nhoisted, loops; /* loops: around the present place */
    struct gfn *fn;
    struct lang_func *f; /* NULL in wrappers */
    VEC(struct insn) code;
    VEC(struct lang_line) lines;
    VEC(struct gmap) maps;
    VEC(struct glocal) locals;
    VEC(uint8_t) isptr; /* by register: holds an address now */
    uint32_t top, max;
    lang_pos pos;
    VEC(struct gbind) bound;
    VEC(struct gheld) held;          /* within the statement */
    struct gtarget *targets;
    VEC(struct glabel *) labels;     /* all, to be freed */
    VEC(struct ggoto) gotos;
    struct glabel *epilogue;         /* functions with defer */
    struct gvar *results;            /* one each; nresults */
    size_t nresults;
    uint32_t result_base, result_slots, param_slots;
    const char *naming;              /* what a channel or lock made now is called; NULL unknown */
    bool far;                        /* second attempt: conditional branches do not reach */
    bool too_far;
    struct gvar no_var;              /* stands in after an error */
    bool after_safepoint;
    bool ends;                       /* no way leads to the pc that comes next */
    struct glabel no_label;          /* stands in when memory ran out */
};

#define ANY LANG_NONE /* a value may lie in any register */

/* gen_type.c */
struct gtype *gen_type(struct gen *g, struct lang_type *t);
bool gen_type_ptr(const struct gtype *t, uint32_t slot);
void gen_want_methods(struct gen *g, struct gtype *t); /* values of it get into interfaces */
/* Makes wanted method tables, and functions for what is called in them: as Go's linker does, it leaves out methods that
 * nothing can call. May queue functions. */
void gen_methods(struct gen *g);
uint16_t gen_method_id(struct gen *g, const struct lang_object *method);
uint16_t gen_method_call(struct gen *g, const struct lang_object *method); /* its id, for an instruction that calls it */
bool gen_narrow(const struct gtype *t); /* a type of less than a slot: memory is read by width */
bool gen_is_float(const struct gtype *t);
bool gen_is_unsigned(const struct gtype *t);
bool gen_is_integer(const struct gtype *t);
struct gtype *gen_basic(struct gen *g, enum lang_basic b);
void gen_close_types(struct gen *g);  /* brings in types that only other types mention, and wanted methods */
void gen_finish_types(struct gen *g); /* no new types after this */

/* gen_program.c */
void gen_refuse(struct gen *g, lang_pos pos, const char *what); /* gosee does not support WHAT yet */
void gen_no_memory(struct gen *g);
struct gfn *gen_fn_new(struct gen *g, enum gfn_kind kind);
uint32_t gen_fn_index(struct gen *g, struct lang_func *f); /* queues it */
struct lang_native *gen_native(struct gen *g, struct lang_func *f, uint32_t *index);
uint32_t gen_string(struct gen *g, const char *s, size_t len);
uint32_t gen_constant(struct gen *g, uint64_t bits);
struct gglobal *gen_global(struct gen *g, struct lang_object *obj);
struct gfn *gen_wrapper(struct gen *g, enum gfn_kind kind, struct gtype *recv, const struct lang_selection *sel);
struct lang_func *gen_method_func(struct gen *g, const struct lang_selection *sel);

/* gen_emit.c */
uint32_t gen_emit(struct fgen *fg, unsigned op, uint32_t a, uint32_t b, uint32_t c); /* its pc */
uint32_t gen_emit32(struct fgen *fg, unsigned op, uint32_t a, uint32_t bc);
void gen_ext(struct fgen *fg, uint32_t a, uint32_t b, uint32_t c);
void gen_ext32(struct fgen *fg, uint32_t a, uint32_t bc);
void gen_safepoint(struct fgen *fg); /* at the pc that comes next */
uint32_t gen_alloc(struct fgen *fg, const struct gtype *t);
uint32_t gen_alloc_slots(struct fgen *fg, uint32_t n);
uint32_t gen_dst(struct fgen *fg, const struct gtype *t, uint32_t want); /* want, or new registers */
void gen_mark(struct fgen *fg, uint32_t reg, const struct gtype *t); /* registers hold a value of t now */
void gen_mark_ptr(struct fgen *fg, uint32_t reg);
void gen_unmark(struct fgen *fg, uint32_t reg, uint32_t n);
struct glabel *gen_label(struct fgen *fg);
void gen_bind(struct fgen *fg, struct glabel *l, bool loop); /* loop: a backward branch may come */
void gen_jump(struct fgen *fg, struct glabel *l);
bool gen_unreachable(const struct fgen *fg); /* no way leads to the pc that comes next */
void gen_branch(struct fgen *fg, unsigned op, uint32_t a, uint32_t b, struct glabel *l); /* op: J_ form */
void gen_ext_branch(struct fgen *fg, uint32_t a, struct glabel *l);
void gen_move(struct fgen *fg, uint32_t dst, uint32_t src, const struct gtype *t);
void gen_zero(struct fgen *fg, uint32_t dst, const struct gtype *t);
/* What is received arrives while the goroutine still stands at the instruction: the stack map there must know of it, and
 * so the registers must hold a value before. */
void gen_receivable(struct fgen *fg, uint32_t dst, const struct gtype *t);
void gen_int(struct fgen *fg, uint32_t dst, int64_t v);
void gen_load_string(struct fgen *fg, uint32_t dst, const char *s, size_t len);

/* gen_place.c: what can be assigned to */
enum gplace_kind {
    GPL_BLANK,
    GPL_REG,    /* registers from reg on */
    GPL_MEM,    /* at address reg, plus off slots */
    GPL_GLOBAL, /* slot off of the globals */
    GPL_SLICE,  /* element idx of slice reg */
    GPL_ARRAY,  /* element idx of the array at address reg */
    GPL_RARRAY, /* element idx of the array in registers from reg on; only for reading */
    GPL_MAP     /* entry with key idx of map reg */
};

struct gplace {
    enum gplace_kind kind;
    struct gtype *type;      /* of the value there */
    struct gtype *container; /* SLICE, ARRAY, RARRAY, MAP: its type */
    uint32_t reg, idx, off;
    bool dirty; /* REG: may be uncanonical (a narrow field of a struct in registers) */
    lang_pos pos;
};

/* stable: operands are copied where a later assignment to a variable could change them. */
struct gplace gen_place(struct fgen *fg, struct lang_expr *e, bool stable);
uint32_t gen_place_load(struct fgen *fg, const struct gplace *p, uint32_t want);
void gen_place_store(struct fgen *fg, const struct gplace *p, uint32_t src);
uint32_t gen_place_addr(struct fgen *fg, const struct gplace *p, uint32_t want);
void gen_load(struct fgen *fg, const struct gtype *t, uint32_t dst, uint32_t ptr, uint32_t off);
void gen_store(struct fgen *fg, const struct gtype *t, uint32_t ptr, uint32_t off, uint32_t src);
struct gvar *gen_var(struct fgen *fg, struct lang_object *obj); /* local or captured; NULL: a global */
struct gplace gen_var_place(struct fgen *fg, struct lang_object *obj);
struct gplace gen_field_place(struct fgen *fg, struct gplace p, const struct lang_sel_step *steps, size_t n,
                              lang_pos pos);
bool gen_boxed(struct gen *g, struct lang_object *obj);
bool gen_is_pure(const struct lang_expr *e); /* calls nothing and receives nothing */
bool gen_addressable(const struct lang_expr *e); /* lies in memory or in a variable */

/* gen_expr.c */
struct lang_expr *gen_unparen(struct lang_expr *e);
uint32_t gen_expr(struct fgen *fg, struct lang_expr *e, uint32_t want); /* converted as its use asks; its registers */
uint32_t gen_expr_raw(struct fgen *fg, struct lang_expr *e, uint32_t want); /* in its own type */
/* Converted to t besides, where an interface asks for it (multi-value assignments). */
uint32_t gen_to_type(struct fgen *fg, uint32_t reg, struct gtype *from, struct gtype *to, uint32_t want);
/* gen_hoist.c */
void gen_loop_begins(struct fgen *fg, const struct lang_stmt *loop); /* nothing of it is generated yet */
void gen_loop_ends(struct fgen *fg);
/* The word of a constant of a number type; false: it has another. */
bool gen_const_bits(const struct lang_expr *e, const struct gtype *t, int64_t *bits);
uint32_t gen_hoisted(const struct fgen *fg, int64_t bits); /* its register; ANY: none */

void gen_const(struct fgen *fg, const struct lang_const *c, const struct gtype *t, uint32_t dst);
/* Both values of a comma-ok expression. */
void gen_comma_ok(struct fgen *fg, struct lang_expr *e, uint32_t *value, uint32_t *ok);
void gen_iface(struct fgen *fg, uint32_t dst, uint32_t src, struct gtype *t);
uint32_t gen_func_value(struct fgen *fg, struct lang_func *f, uint32_t want);
bool gen_is_const_int(const struct lang_expr *e, int64_t *v);

/* gen_op.c */
uint32_t gen_binary(struct fgen *fg, struct lang_expr *e, uint32_t want);
void gen_arith(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, uint32_t b,
               const struct gtype *count);
/* a op v with v a constant that fits an immediate; false: do it with a register. */
bool gen_arith_imm(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, int64_t v);
uint32_t gen_unary(struct fgen *fg, struct lang_expr *e, uint32_t want);
uint32_t gen_convert(struct fgen *fg, struct lang_expr *x, struct gtype *to, lang_pos pos, uint32_t want);
void gen_wrap(struct fgen *fg, const struct gtype *t, uint32_t dst, uint32_t src);

/* gen_cond.c */
void gen_cond(struct fgen *fg, struct lang_expr *e, bool when, struct glabel *l); /* jumps to l if e is `when` */
void gen_compare(struct fgen *fg, enum lang_op op, const struct gtype *t, uint32_t dst, uint32_t a, uint32_t b);

/* gen_order.c: before a statement evaluates expressions, in this order. What was called for them is held until the caller
 * sets fg->held.len back. */
void gen_order(struct fgen *fg, struct lang_expr_list a, struct lang_expr_list b);
void gen_order_parts(struct fgen *fg, struct lang_expr *e); /* e itself is evaluated in its place; may be NULL */
uint32_t gen_held(struct fgen *fg, struct lang_expr *e, uint32_t want); /* its register; LANG_NONE: it is not */

/* gen_lit.c */
uint32_t gen_composite(struct fgen *fg, struct lang_expr *e, uint32_t want);
bool gen_large_literal(struct fgen *fg, const struct lang_expr *e);
void gen_literal_in_memory(struct fgen *fg, struct lang_expr *e, uint32_t ptr); /* into new, zeroed memory */
uint32_t gen_address_of(struct fgen *fg, struct lang_expr *e, uint32_t want);
/* Names locks in a value of type t at address reg + off. */
void gen_objnames(struct fgen *fg, const struct gtype *t, uint32_t reg, uint32_t off, const char *name);

/* gen_call.c */
struct gwindow {
    uint32_t base, params, results, end; /* registers */
};
struct gwindow gen_window(struct fgen *fg, uint32_t param_slots, uint32_t result_slots);
uint32_t gen_call(struct fgen *fg, struct lang_expr *e, uint32_t want); /* first register of the result(s) */
void gen_call_emit(struct fgen *fg, const struct gwindow *w, unsigned op, uint32_t operand);
void gen_go_defer(struct fgen *fg, struct lang_expr *call, bool is_go, lang_pos stmt);
uint32_t gen_method_value(struct fgen *fg, struct lang_expr *e, uint32_t want);
uint32_t gen_method_expr(struct fgen *fg, struct lang_expr *e, uint32_t want);
uint32_t gen_receiver(struct fgen *fg, struct lang_expr *x, const struct lang_selection *sel, uint32_t want);
uint32_t gen_sig_slots(struct gen *g, struct lang_object_list l);
void gen_mark_results(struct fgen *fg, uint32_t reg, struct lang_object_list results);

/* gen_builtin.c */
uint32_t gen_builtin(struct fgen *fg, struct lang_expr *e, uint32_t want);

/* gen_stmt.c */
void gen_block(struct fgen *fg, struct lang_stmt_list list);
void gen_stmt(struct fgen *fg, struct lang_stmt *s);
void gen_declare(struct fgen *fg, struct lang_object *obj, uint32_t *reg); /* a new variable, uninitialised unless boxed */
void gen_init_var(struct fgen *fg, struct lang_object *obj, struct lang_expr *init); /* NULL: zero */
void gen_init_var_reg(struct fgen *fg, struct lang_object *obj, uint32_t src, struct gtype *from);
void gen_assign_stmt(struct fgen *fg, struct lang_stmt *s);
void gen_end_scope(struct fgen *fg, uint32_t mark, size_t locals);
void gen_return(struct fgen *fg, struct lang_stmt *s);
bool gen_branch_reaches(struct fgen *fg, const struct lang_stmt *s); /* its target is in this function */
void gen_leave(struct fgen *fg);        /* results are set: to the epilogue, or out */
void gen_load_results(struct fgen *fg); /* boxed results into their registers */
void gen_begin_local(struct fgen *fg, struct lang_object *obj); /* from here on it can be shown */

/* gen_loop.c */
void gen_for(struct fgen *fg, struct lang_stmt *s);
void gen_range(struct fgen *fg, struct lang_stmt *s);
/* gen_switch.c */
void gen_switch(struct fgen *fg, struct lang_stmt *s);
void gen_type_switch(struct fgen *fg, struct lang_stmt *s);
void gen_select(struct fgen *fg, struct lang_stmt *s);

/* gen_rangefunc.c */
bool gen_range_defers(const struct lang_func *f); /* it has defer statements, or bodies within it have */
void gen_range_defer(struct fgen *fg);            /* a call was kept just now: in a body, it is the real function's */
void gen_range_state(struct fgen *fg, struct lang_func *f);
void gen_range_body(struct fgen *fg, struct lang_func *f);
void gen_range_func(struct fgen *fg, struct lang_stmt *s);
void gen_range_return(struct fgen *fg, struct lang_stmt *s);
bool gen_range_branch(struct fgen *fg, struct lang_stmt *s); /* false: not in such a body */
void gen_range_exit(struct fgen *fg, struct lang_stmt *s, uint32_t code, int64_t number);

/* gen_func.c */
void gen_captures(struct fgen *fg, struct lang_object_list list, bool boxes);
void gen_function(struct gen *g, struct gfn *fn);

#endif
