/* bytecode.h - a compiled program: instructions, functions, runtime types. lang_compile makes it and owns nothing of it
 * afterwards; the program owns all it points to (one arena). Immutable: any number of runs share it.
 *
 * VALUES are those of the VM's value.h: a slot is 64 bits; what needs more (string, slice, interface, func, map, channel)
 * is one address of a header, 0 being nil or empty. Structs: fields one after the other, each at a whole slot
 * (lang_rfield.slot). Arrays: elements one after the other; elements of kind bool, int8, uint8, int16, uint16, int32,
 * uint32 and float32 are packed at their natural width, in registers, in the heap and inside structs alike, the whole
 * rounded up to slots. So a type has one layout everywhere, and multi-slot moves copy it blindly. A zero-size type has 0
 * slots. A narrow variable or field in memory counts by its low bytes only, since a pointer to it may be one to a packed
 * element: memory is read and written by width (LOAD_I8, ...). A struct that was copied into registers is like memory:
 * when a narrow field of it is read, code wraps it. Variables and results of a narrow type are canonical.
 *
 * FRAMES. A goroutine's stack is one array of slots; a frame is a window of it, R[0] its first slot.
 *
 *   R[0..LANG_LINK)                link: R[0] and R[1] are the VM's (return function and pc, caller's frame offset, marks);
 *                                  R[2] is the func value that was called, 0 in a direct call. CAPTURED reads it.
 *   then parameters                receiver first; a variadic is one slice
 *   then results                   the function's own; they lie here when it executes RET
 *   then variables, temporaries, and the call windows of its own calls
 *
 * A call at window a: the caller has put the parameters in R[a+LANG_LINK..]; the callee's R[0] is the caller's R[a];
 * after the return the results lie in R[a+LANG_LINK+param_slots..]. Nothing is copied. What lies at and above a
 * (but for the results) is lost by the call. The callee's frame_slots says how much stack it needs above its R[0], and
 * covers all its own windows' links, parameters and results: one check at each call (rt_morestack).
 * Nothing is zeroed on entry: code initialises what it reads. Natives see the same window: parameters, then results.
 *
 * Method calls through an interface (CALL_IFACE, GO_IFACE, DEFER_IFACE) pass the receiver as exactly one slot: if the
 * dynamic type has one slot, that slot (header slot 1); otherwise the address of the interface header. The function in
 * the type's method table expects it so (a generated wrapper unpacks a receiver of another size). The rest of the window
 * is as always: parameters from a+LANG_LINK+1 on.
 *
 * SCANNING. Stack maps say exactly which registers hold addresses at a safe point (flag C of opcodes.def, and the
 * instruction after it: a goroutine stops nowhere else). lang_stackmap(fn, pc) is the map of the place where a
 * goroutine stands: the instruction that will be executed next (a parked one: again; a preempted back edge: its target;
 * a frame just entered: pc 0). Of a caller's frame, lang_stackmap_call(fn, return pc), bits at and above the window of
 * the active call do not count: those slots are the callee's. Besides R[2] of every frame is an address or 0. Parameters
 * that are kept for later (go, defer) are described by param_map.
 *
 * DEFER, PANIC. A function with LANG_FN_DEFER returns by executing RUN_DEFERS, then loads of boxed results, then RET;
 * epilogue_pc is where that begins. When a deferred call has recovered, the VM drops the frames above and goes on in the
 * deferring frame at epilogue_pc: the rest of its deferred calls run and it returns with its results as they stand.
 * RECOVER gives the panic's value only in a function that a panicking RUN (not RUN_DEFERS of normal return) called
 * directly; a frame of a LANG_FN_WRAPPER function in between does not count.
 *
 * POSITIONS. `lines` is sorted by pc; an entry holds until the next. The position of a call is that of the instruction.
 */
#ifndef GOSEE_LANG_BYTECODE_H
#define GOSEE_LANG_BYTECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "lines.h"

/* ---- instructions ------------------------------------------------------------------------------------------------ */

enum lang_opcode {
#define OP(name, operands, flags, doc) OP_##name,
#define JOP(name, operands, flags, doc) OP_J_##name, OP_L_##name,
#include "opcodes.def"
#undef OP
#undef JOP
    OP_COUNT
};

enum { /* flags of opcodes.def */
    LANG_OPF_V = 1, LANG_OPF_A = 2, LANG_OPF_P = 4, LANG_OPF_C = 8, LANG_OPF_E = 16,
    LANG_OPF_J = 32, /* a JOP */
    LANG_OPF_L = 64  /* its back-edge form */
};

struct insn {
    uint16_t op, a, b, c;
};

#define LANG_NONE 0xffffu /* an absent register operand */
#define LANG_LINK 3u      /* slots of link at the start of every window */

/* b and c as one number. */
static inline uint32_t insn_u32(struct insn i) { return (uint32_t)i.b | (uint32_t)i.c << 16; }
static inline int32_t insn_i32(struct insn i) { return (int32_t)insn_u32(i); }

/* Element codes: a number of slots below LANG_EL_FIRST, or one of the packed kinds. */
enum lang_elem {
    LANG_EL_FIRST = 0xff00,
    LANG_EL_I8 = LANG_EL_FIRST,
    LANG_EL_U8, /* uint8 and bool */
    LANG_EL_I16,
    LANG_EL_U16,
    LANG_EL_I32,
    LANG_EL_U32 /* uint32 and float32 */
};

struct lang_op_info {
    const char *name, *operands, *doc;
    unsigned flags;
};
const struct lang_op_info *lang_op_info(unsigned op); /* NULL out of range */
/* Words of the instruction at code[0], extensions included. */
unsigned lang_insn_words(const struct insn *code);

/* ---- runtime types ----------------------------------------------------------------------------------------------- */

enum lang_kind {
    LANG_K_INVALID, LANG_K_BOOL, LANG_K_INT, LANG_K_INT8, LANG_K_INT16, LANG_K_INT32, LANG_K_INT64, LANG_K_UINT,
    LANG_K_UINT8, LANG_K_UINT16, LANG_K_UINT32, LANG_K_UINT64, LANG_K_UINTPTR, LANG_K_FLOAT32, LANG_K_FLOAT64,
    LANG_K_STRING, LANG_K_POINTER, LANG_K_SLICE, LANG_K_ARRAY, LANG_K_STRUCT, LANG_K_MAP, LANG_K_CHAN, LANG_K_FUNC,
    LANG_K_INTERFACE
};

enum {
    LANG_RT_NAMED = 1,       /* a defined (or predeclared) type */
    LANG_RT_COMPARABLE = 2,  /* == is defined on it (interfaces: yes, may panic); else a use as map key or in == panics */
    LANG_RT_POINTERS = 4,    /* holds addresses: ptrmap has a bit */
    LANG_RT_PLAIN = 8,       /* equality and hash by the bits of all its slots (no floats, strings, interfaces, narrow fields) */
    LANG_RT_VARIADIC = 16,   /* func: the last parameter is ...T (a slice) */
    LANG_RT_SYNC = 32        /* contains a lock or its like (sync.Mutex, RWMutex, WaitGroup, Cond, Once) */
};

enum lang_rdir { LANG_DIR_BOTH, LANG_DIR_SEND, LANG_DIR_RECV };

struct lang_rfield {
    const char *name; /* for an embedded field the type's */
    const char *pkg;  /* package path of an unexported name, else "" */
    const struct lang_rtype *type;
    uint32_t slot;    /* offset in the struct */
    bool embedded;
    const char *tag;  /* "" if none */
};

struct lang_rmethod {
    uint16_t id;     /* of lang_program.method_names; a type's methods are sorted by it */
    uint32_t fn;     /* what CALL_IFACE calls (receiver in one slot); unused in interface types */
    const struct lang_rtype *type; /* its func type without receiver; identical signature: the same */
};

/* Types are interned: identical Go types are one rtype, so type identity is equality of addresses. Aligned, so that its
 * low four bits are free for others' marks. */
struct lang_rtype {
    _Alignas(16) uint32_t index; /* in lang_program.rtypes; instructions name it so. 0 is none */
    uint8_t kind;  /* enum lang_kind of the underlying type */
    uint8_t dir;   /* chan: enum lang_rdir */
    uint16_t flags;
    uint16_t elem_code; /* how it lies as an element of an array: a number of slots, or a packed kind */
    uint32_t slots;
    const char *name;  /* as %T prints it: "main.T", "*main.T", "[]int", "map[string]int" */
    const char *type_name, *pkg; /* named: "T" and the package's path ("" for predeclared) */
    const struct lang_rtype *elem, *key; /* pointer, slice, array, chan, map (elem is the value's); NULL otherwise */
    uint64_t len;                /* array */
    uint32_t nfields, nmethods, nparams, nresults;
    const struct lang_rfield *fields;
    const struct lang_rmethod *methods; /* method set of the type; of an interface type what it asks for */
    const struct lang_rtype *const *params; /* func: parameter types, then result types */
    uint32_t map_slots;                 /* ptrmap covers this many slots and then repeats (arrays) */
    const uint64_t *ptrmap;             /* bit i % 64 of word i / 64 */
};

/* ---- functions --------------------------------------------------------------------------------------------------- */

enum {
    LANG_FN_DEFER = 1,    /* has defer statements */
    LANG_FN_CLOSURE = 2,  /* reads R[2] */
    LANG_FN_WRAPPER = 4,  /* generated; not shown in tracebacks, does not count for recover */
    LANG_FN_NATIVE = 8,   /* body is CALL_NATIVE on its own window, RET */
    LANG_FN_LIBRARY = 16, /* from a library package: not shown as a position of the program */
    LANG_FN_RECOVERS = 32 /* calls recover */
};

struct lang_line {
    uint32_t pc;
    uint32_t line;
    uint16_t col;
    uint16_t file; /* index of files */
};

struct lang_local { /* a variable, where it lives while pc_from <= pc < pc_to */
    const char *name;
    const struct lang_rtype *type;
    uint32_t reg;  /* its first register; boxed: the register that holds its address */
    bool boxed, param, result;
    uint32_t pc_from, pc_to;
};

struct lang_stackmap {
    uint32_t pc, nbits;
    const uint64_t *bits; /* bit i: register i holds an address; registers past nbits hold none */
};

struct lang_fn {
    const char *name;  /* Go's: main.main, main.main.func1, main.(*T).M, main.T.M */
    uint16_t file;
    uint32_t line, col; /* of the func keyword */
    uint32_t flags;
    const struct insn *code;
    uint32_t ncode;
    uint32_t param_slots, result_slots, frame_slots;
    const uint64_t *param_map; /* which are addresses: bit 0 is the first parameter; after the parameters the results */
    const struct lang_stackmap *stackmaps; /* by pc; at most one a pc; pc 0 always has one */
    uint32_t nstackmaps;
    uint32_t capture_slots;  /* slots a func value of it captures */
    const uint64_t *capture_map;
    uint32_t epilogue_pc;    /* LANG_FN_DEFER */
    const struct lang_rtype *type; /* its func type; methods: without receiver */
    const struct lang_line *lines;
    uint32_t nlines;
    const struct lang_local *locals;
    uint32_t nlocals;
};

struct lang_native {
    const char *name; /* "time.Sleep" */
    int number;       /* what lang_library.native said */
    uint32_t param_slots, result_slots;
    const uint64_t *param_map; /* as lang_fn.param_map */
    uint32_t fn;            /* its stub, for func values, go and defer */
};

struct lang_string { /* laid out as a string header */
    uint64_t len;
    const uint8_t *data;
};

struct lang_global {
    const char *name; /* "main.counter" */
    const struct lang_rtype *type;
    uint32_t slot;
    uint16_t file;
    uint32_t line, col;
};

struct lang_source {
    const char *name; /* as given; library files as "time/time.go" */
    const char *text;
    size_t length;
    bool library;
    struct lang_lines lines; /* //line directives */
};

/* ---- the program ------------------------------------------------------------------------------------------------- */

struct lang_program {
    struct arena arena;
    const struct lang_fn *funcs;
    uint32_t nfuncs;
    uint32_t entry; /* no parameters: initialises packages in order, calls main.main, MAIN_END */
    uint32_t main;  /* main.main */
    const struct lang_rtype *rtypes; /* [0] is none */
    uint32_t nrtypes;
    const uint64_t *constants;
    uint32_t nconstants;
    const struct lang_string *strings;
    uint32_t nstrings;
    const char *const *method_names; /* "Area", or "main.area" for an unexported one */
    uint32_t nmethod_names;
    const struct lang_native *natives; /* CALL_NATIVE's operand is the index here */
    uint32_t nnatives;
    uint32_t global_slots;
    const uint64_t *global_ptrmap;
    const struct lang_global *globals;
    uint32_t nglobals;
    uint32_t ncaches; /* inline caches: the VM keeps that many per P */
    const struct lang_source *files; /* [0..): the program's own first */
    uint32_t nfiles;
};

static inline bool lang_bit(const uint64_t *map, uint32_t i) { return map[i / 64] >> (i % 64) & 1; }

/* By what %T prints ("runtime.boundsError", "*errors.errorString"); NULL if the program has no such type. Linear. */
const struct lang_rtype *lang_find_type(const struct lang_program *prog, const char *name);
uint32_t lang_find_func(const struct lang_program *prog, const char *name); /* UINT32_MAX if there is none */
int lang_find_method_name(const struct lang_program *prog, const char *name); /* id, or -1 */
/* The method of this id in a type's (sorted) methods, or NULL. */
const struct lang_rmethod *lang_method(const struct lang_rtype *t, unsigned id);
/* Entry of the line table for pc; NULL if there is none. */
const struct lang_line *lang_line_at(const struct lang_fn *fn, uint32_t pc);
/* As the program itself is told: file:line by its //line directives. Gives the file's name ("?": none) and the line. */
const char *lang_told_place(const struct lang_program *prog, uint32_t file, uint32_t line, uint32_t col, uint32_t *told);
/* See SCANNING. NULL if there is none (no safe point: a mistake of the compiler or of the caller). */
const struct lang_stackmap *lang_stackmap(const struct lang_fn *fn, uint32_t pc);
const struct lang_stackmap *lang_stackmap_call(const struct lang_fn *fn, uint32_t return_pc);
/* One instruction as gosee dis prints it. */
struct str;
void lang_disassemble_insn(const struct lang_program *prog, const struct lang_fn *fn, uint32_t pc, struct str *out);

#endif
