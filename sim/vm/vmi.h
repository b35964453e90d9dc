/* vmi.h - the VM's inside: a run's state, a P's, a goroutine's, and what the interpreter's parts ask of each other.
 *
 * Frames (bytecode.h has their layout). The VM's two link words of a frame are
 *     R[0]  the instruction to go on with after the return (in a caller's code, or one of vm_stubs)
 *     R[1]  distance in slots to the caller's R[0] | function index << 24 | marks << 48
 * so a return is two loads, and a stack can be walked without any other record. Offsets in a stack are from its base,
 * which is R[0] of the goroutine's first frame; they outlive a move of the stack.
 *
 * Helpers called by the loop take the P's state and the goroutine, with vg->pc and vg->base saved where they may panic,
 * end the run, emit events or be seen in a traceback, and return an enum vm_do.
 */
#ifndef GOSEE_VM_VMI_H
#define GOSEE_VM_VMI_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "bytecode.h"
#include "elem.h"
#include "finalize.h"
#include "gomap.h"
#include "gosize.h"
#include "heap.h"
#include "native.h"
#include "race.h"
#include "runtime2.h"
#include "str.h"
#include "value.h"
#include "vm.h"

/* How the loop goes on after a helper. */
enum vm_do {
    VM_DONE,   /* with the next instruction */
    VM_RELOAD, /* with vg->pc and vg->base */
    VM_PANIC,  /* by raising vg->pending */
    VM_PARK,   /* the goroutine waits; the instruction is executed again */
    VM_END     /* not at all: the run is ending */
};

enum { /* marks of a frame */
    VM_MARK_PANIC = 1,    /* called by a panic, as a deferred function: recover works in it */
    VM_MARK_DEFERRED = 2, /* called by RUN_DEFERS */
    VM_MARK_PRINT = 4     /* Error or String of a value that is about to be printed */
};
#define VM_LINK_DELTA UINT64_C(0xffffff)
static inline uint64_t vm_link(uint32_t delta, uint32_t fn, unsigned marks) {
    return (uint64_t)delta | (uint64_t)fn << 24 | (uint64_t)marks << 48;
}
static inline uint32_t vm_link_fn(uint64_t link) { return (uint32_t)(link >> 24 & 0xffffff); }
static inline unsigned vm_link_marks(uint64_t link) { return (unsigned)(link >> 48); }

/* Where calls that the VM makes itself return to: UNWIND instructions, told apart by their a. */
enum { VM_STUB_EXIT, VM_STUB_DEFER, VM_STUB_PRINT, VM_STUB_COUNT };
extern const struct insn vm_stubs[VM_STUB_COUNT];

struct vm_fn { /* what a call needs of a function */
    const struct insn *code;
    uint64_t link; /* index << 24 */
    uint32_t frame_slots;
};

struct vm_icache { const struct lang_rtype *type; uint64_t fn; };

/* A deferred call, in Go memory; newest first. */
struct vm_defer {
    uint64_t next;
    uint64_t frame; /* offset of the deferring frame */
    uint64_t fn;    /* function index */
    uint64_t func;  /* func value, for R[2] */
    uint64_t nil_func; /* 1: the func value was nil; running it panics */
    uint64_t nargs;
    uint64_t args[];
};

/* A panic, or a Goexit, under way; in Go memory; newest first. */
struct vm_panic {
    uint64_t next;
    uint64_t value;     /* interface */
    uint64_t text;      /* string: what Error or String said, once called */
    const struct insn *pc; /* where it was raised */
    uint32_t frame;        /* offset of the frame that raised it */
    uint32_t deferring;    /* offset of the frame whose deferred call runs */
    bool recovered, is_goexit, repanicked;
    bool signal;           /* it is a nil dereference: printed with the signal's line */
    bool asked;            /* printing: its value's Error or String was called, and */
    bool has_text;         /* has said text */
};

struct vm_g {
    struct g g;
    const struct insn *pc; /* next instruction; while a helper runs, the one it serves */
    uint32_t base;         /* offset of the current frame */
    uint64_t defers;       /* struct vm_defer * */
    uint64_t panics;       /* struct vm_panic * */
    uint64_t pending;      /* interface to be raised; 0 with VM_PANIC: the runtime's own, in mp->panic */
    bool pending_signal;   /* it is a nil dereference */
    bool pending_goexit;   /* not a panic: Goexit */
    bool dying;            /* no deferred call is left: the values' methods are being called for printing */
    const struct insn *created_pc; /* of the go statement, and the function that executed it */
    uint32_t created_fn;
    uint64_t native_state[4];
    struct race_g *race;   /* --race: its clocks */
    bool yielded;          /* in the instruction before pc, until it runs again: that is where it is shown */
};

struct vm_p { /* a P's; only who holds the P touches it */
    struct vm *vm;
    struct m *mp; /* who holds it, while in the interpreter */
    struct heap_cache cache;
    struct map_env maps;
    struct rt_scase *scases; /* of the select that is being executed */
    uint32_t scases_cap;
    struct vm_p *all;
    struct vm_icache icaches[];
};

enum { VM_PAUSES = 256 }; /* as many as runtime.MemStats keeps */

struct vm {
    const struct lang_program *prog;
    struct heap heap;
    struct vm_fn *fns;
    struct vm_size *sizes; /* by rtype index; size and align 0: not yet asked for */
    uint8_t *quick;        /* enum vm_quick of each native of the program */
    uint64_t *func_words;  /* static closures: word i is i */
    rt_slot *globals;      /* in Go memory */
    uint64_t hash_seed;
    uint64_t collections;  /* so far; changed with the world stopped */
    struct rt *rt;
    const struct rt_world_ops *world; /* and the world itself: */
    struct rt_world *w;
    const char *const *args;
    unsigned nargs;
    const char *program_name;
    bool stepped, trace_vars, search;
    struct race *race; /* --race; NULL else */
    struct rt_log *log;
    vm_step_hook hook;
    void *hook_ctx;
    pthread_mutex_t lock;      /* of ps, spare, string_ids, type_ids, finals */
    struct vm_finals finals;
    uint64_t freed;            /* bytes that collections have freed in all; changed with the world stopped */
    int64_t paused;            /* ns in collections; the same */
    int64_t pause[VM_PAUSES], pause_end[VM_PAUSES]; /* the last ones, by number; ends are times of the run */
    uint32_t *string_ids, *type_ids; /* what the log calls the program's strings and types; 0: not yet */
    struct vm_p *ps;           /* all made */
    struct vm_p *spare;        /* of an earlier run (vm_renew) */
    _Atomic bool printing;     /* a dying goroutine has begun to print */
    struct vm_well_known {     /* indices; 0 or -1 where the program lacks them */
        const struct lang_rtype *bounds_error, *error_string, *plain_error, *assertion, *panic_nil, *string, *basic[LANG_K_INTERFACE + 1];
        int method_error, method_string, method_runtime_error;
        } known;
};

static inline struct vm_g *vm_g_of(struct g *gp) { return (struct vm_g *)gp; }
static inline rt_slot *vm_frame(const struct vm_g *vg) { return vg->g.stack + vg->base; }

/* native.c */
vm_native vm_native_at(int number);
enum vm_quick { /* how the live loop may execute a native; NONE: by a call */
    VM_QUICK_NONE,
#define QUICK(name, function) VM_QUICK_##name,
#include "quick.def"
#undef QUICK
    VM_QUICK_COUNT
};
enum vm_quick vm_quick_of(int number);

/* vm.c */
struct vm_p *vm_p_new(struct vm *vm, struct m *mp); /* for mp's P, which has none yet. NULL: out of memory */
static inline struct vm_p *vm_p_of(struct vm *vm, struct m *mp) {
    struct vm_p *vp = mp->p->exec;
    return vp ? vp : vm_p_new(vm, mp);
}
/* Memory or its limit is exhausted: ends the run. */
enum vm_do vm_out_of_memory(struct vm_p *vp, struct vm_g *vg);
/* Makes vg start fn with no caller. Its stack has room. Arguments are written by the caller, from LANG_LINK on. */
/* The program is at its end with status 0; 66 if races were found. */
void vm_end_well(struct vm *vm, struct m *mp, enum rt_end how);
void vm_g_start(struct vm *vm, struct vm_g *vg, uint32_t fn, uint64_t func);
/* Room for `slots` above offset `at`. VM_DONE or VM_END. */
enum vm_do vm_stack_room(struct vm_p *vp, struct vm_g *vg, uint64_t at, uint32_t slots);
/* gc.c */
void *vm_alloc_slow(struct vm_p *vp, size_t bytes, uint64_t head);
/* Zeroed Go memory; NULL: memory or the limit is exhausted. May ask the goroutine to come to a safe point. */
static inline void *vm_alloc(struct vm_p *vp, size_t bytes, uint64_t head) {
    void *p = heap_alloc_fast(&vp->cache, bytes, head);
    return __builtin_expect(p != NULL, 1) ? p : vm_alloc_slow(vp, bytes, head);
}
/* Collects; the goroutine of vp's M is at a safe point, saved. false: not now (another stops the world, the run is
 * over): the goroutine gives way. The M's P may be another afterwards. */
bool vm_collect(struct vm_p *vp);

/* frames.c */
struct vm_walk { /* a walk from the innermost frame outwards */
    const struct vm *vm;
    const struct vm_g *vg;
    uint32_t base;  /* offset of the frame */
    uint32_t fn;
    uint32_t pc;    /* index of an instruction word of what the frame executes */
    unsigned marks;
};
void vm_walk_begin(struct vm_walk *w, const struct vm *vm, const struct vm_g *vg);
bool vm_walk_out(struct vm_walk *w); /* false: that was the outermost */
const struct lang_line *vm_walk_line(const struct vm_walk *w); /* NULL: unknown */
bool vm_walk_hidden(const struct vm_walk *w);                  /* not shown in tracebacks */
rt_pos vm_position(void *ctx, struct g *gp);

/* panic.c */
enum vm_do vm_raise(struct vm_p *vp, struct vm_g *vg); /* vg->pending, or mp->panic */
enum vm_do vm_goexit(struct vm_p *vp, struct vm_g *vg);
enum vm_do vm_unwind(struct vm_p *vp, struct vm_g *vg); /* UNWIND with STUB_DEFER or STUB_PRINT was reached */
void vm_defer_to(struct vm_g *vg, uint32_t frame); /* gives the newest deferred call to another frame */
enum vm_do vm_run_defers(struct vm_p *vp, struct vm_g *vg, uint32_t at);
enum vm_do vm_defer(struct vm_p *vp, struct vm_g *vg, uint32_t fn, uint64_t func, bool nil_func, const rt_slot *args,
                    uint32_t nargs);
uint64_t vm_recover(struct vm_p *vp, struct vm_g *vg);

/* errors.c: make vg->pending and return VM_PANIC (or VM_END) */
enum vm_do vm_err_text(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
enum vm_do vm_err_runtime(struct vm_p *vp, struct vm_g *vg, const char *text); /* "runtime error: " is put before it */
enum vm_do vm_err_plain(struct vm_p *vp, struct vm_g *vg, const char *text);   /* as it is; a runtime.Error, too */
enum vm_do vm_err_nil(struct vm_p *vp, struct vm_g *vg);
enum vm_do vm_err_divide(struct vm_p *vp, struct vm_g *vg);
enum vm_do vm_err_index(struct vm_p *vp, struct vm_g *vg, uint64_t index, uint64_t len);
enum vm_do vm_err_assert(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *static_type, rt_slot value,
                          const struct lang_rtype *wanted);
enum vm_do vm_err_map(struct vm_p *vp, struct vm_g *vg, enum map_result r);
enum vm_do vm_err_uncomparable(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type);

/* gostring.c */
enum vm_do vm_str_new(struct vm_p *vp, struct vm_g *vg, const void *bytes, uint64_t n, rt_slot *out);
enum vm_do vm_str_buffer(struct vm_p *vp, struct vm_g *vg, uint64_t n, rt_slot *out, uint8_t **bytes);
enum vm_do vm_str_sub(struct vm_p *vp, struct vm_g *vg, rt_slot s, uint64_t lo, uint64_t hi, rt_slot *out);
enum vm_do vm_str_concat(struct vm_p *vp, struct vm_g *vg, const rt_slot *parts, unsigned n, rt_slot *out);
uint32_t vm_rune_at(const uint8_t *p, uint64_t n, unsigned *width); /* U+FFFD, 1 for what is no UTF-8 */
unsigned vm_rune_put(uint8_t out[4], int64_t rune);
enum vm_do vm_str_of_rune(struct vm_p *vp, struct vm_g *vg, int64_t rune, rt_slot *out);
enum vm_do vm_str_of_runes(struct vm_p *vp, struct vm_g *vg, rt_slot slice, rt_slot *out);
enum vm_do vm_bytes_of_str(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct lang_rtype *type, rt_slot *out);
enum vm_do vm_runes_of_str(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct lang_rtype *type, rt_slot *out);

/* goslice.c */
enum vm_do vm_slice_header(struct vm_p *vp, struct vm_g *vg, void *data, uint64_t len, uint64_t cap, rt_slot *out);
enum vm_do vm_slice_make(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, int64_t len, int64_t cap, rt_slot *out);
/* Operands lo, hi, max: LANG_NONE where absent, else registers of the current frame. */
enum vm_do vm_slice_slice(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct lang_rtype *type, const struct insn *ext, rt_slot *out);
enum vm_do vm_slice_array(struct vm_p *vp, struct vm_g *vg, rt_slot address, const struct lang_rtype *type, const struct insn *ext,
                          uint64_t len, rt_slot *out);
enum vm_do vm_slice_string(struct vm_p *vp, struct vm_g *vg, rt_slot s, const struct insn *ext, rt_slot *out);
/* append(s, n elements from registers), (s, t...), (s, string...) */
enum vm_do vm_append(struct vm_p *vp, struct vm_g *vg, rt_slot s, const rt_slot *values, uint64_t n, const struct lang_rtype *type,
                     rt_slot *out);
enum vm_do vm_append_slice(struct vm_p *vp, struct vm_g *vg, rt_slot s, rt_slot t, const struct lang_rtype *type, rt_slot *out);
enum vm_do vm_append_string(struct vm_p *vp, struct vm_g *vg, rt_slot s, rt_slot t, const struct lang_rtype *type, rt_slot *out);
enum vm_do vm_slice_of(struct vm_p *vp, struct vm_g *vg, const rt_slot *values, uint64_t n, const struct lang_rtype *type, rt_slot *out);
uint64_t vm_copy(rt_slot to, rt_slot from, uint16_t code);
uint64_t vm_copy_string(rt_slot to, rt_slot from);
void vm_clear_slice(rt_slot s, uint16_t code);

/* iface.c */
enum vm_do vm_iface_new(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, const rt_slot *value, rt_slot *out);
bool vm_implements(const struct lang_program *prog, const struct lang_rtype *type, const struct lang_rtype *iface,
                   const char **missing);
enum vm_do vm_assert(struct vm_p *vp, struct vm_g *vg, rt_slot i, const struct lang_rtype *type,
                    const struct lang_rtype *static_type, rt_slot *out);
enum vm_do vm_assert_iface(struct vm_p *vp, struct vm_g *vg, rt_slot i, const struct lang_rtype *type,
                    const struct lang_rtype *static_type, rt_slot *out);
/* The word that a method of i's dynamic type takes as its receiver. */
static inline rt_slot vm_receiver(rt_slot i) {
    const struct vm_iface *f = (const struct vm_iface *)(uintptr_t)i;
    return f->type->slots == 1 ? f->value[0] : i;
}

/* print.c */
void vm_print_op(struct vm_p *vp, const struct insn *pc, const rt_slot *R); /* PRINT, to stderr */
/* As the built-in print writes a value. */
void vm_print_value(const struct vm *vm, const struct lang_rtype *type, const rt_slot *value, struct str *out);
void vm_print_float(double d, bool is32, struct str *out); /* shortest that reads back, as strconv's 'g', -1 */
void vm_print_panic_value(const struct vm *vm, rt_slot iface, struct str *out);
void vm_print_indented(const char *bytes, size_t n, struct str *out);

/* traceback.c */
void vm_print_fatal(void *ctx, struct m *mp, struct g *gp, const char *text, bool all);
void vm_panic_text(const struct vm *vm, const struct vm_panic *p, struct str *out); /* the chain, as Go prints it */
/* mp: who asks; the stack of a goroutine that runs on another M is not to be had. */
void vm_traceback(const struct vm *vm, struct m *mp, struct g *gp, struct str *out);

/* interp.c: one source, compiled three times */
enum rt_exit vm_run_live(void *ctx, struct m *mp, struct g *gp);
enum rt_exit vm_run_racing(void *ctx, struct m *mp, struct g *gp);
enum rt_exit vm_run_stepped(void *ctx, struct m *mp, struct g *gp);

/* access.c: a word of Go memory as an event shows it: the same in every run, addresses as %p shows them */
uint64_t vm_shown_word(const struct vm *vm, uint64_t word);
/* VarRead and VarWrite for the memory instruction at pc */
void vm_trace_access(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, const rt_slot *R);

#endif
