/* native.h - how a native function, in C, serves Go: the ABI of sim/vm/native_*.c.
 *
 * A Go function without a body in a library package is native. natives.def binds it by its qualified name:
 *
 *     NATIVE("time.Sleep", native_time_Sleep)
 *     NATIVE("sync.(*Mutex).Lock", native_sync_Mutex_Lock)
 *
 * Its C function reads the arguments (a receiver first) at c->args, one value after the other, each in as many slots
 * as its type has, and writes the results at c->results likewise. Results and arguments may overlap: read all
 * arguments before the first result is written.
 *
 * It returns RT_OK when done. Everything else is a status of a runtime operation, handed on, or of a helper below:
 *   RT_PARKED  the operation waits; the native is called again, with the same arguments, when the goroutine runs
 *              again, and must then take the same way to the same rt_ operation (gp->resume is that operation's).
 *              So arguments and results stay untouched until an operation that may park has come back RT_OK.
 *              What must be remembered across the park goes into c->state (four words, zero at the first call).
 *   RT_YIELD   done, results written; the goroutine gives way.     RT_NO_P  the same, after a system call.
 *   RT_PANIC   a Go panic is raised (vm_panic_*, or the runtime's own in mp->panic).
 *   RT_FATAL   the run is ending (rt_throw, rt_exit, out of memory).
 *
 * C never calls Go: what takes a function or calls a method is written in Go, in sim/vm/lib. A native never blocks the
 * thread except in rt_ calls, keeps no pointer to args across a return, and stores no Go pointer outside Go memory.
 * Go memory is not collected while a native runs, so C locals need not be roots.
 *
 * In the stepped world a native is one instruction; before it reads or writes memory that other goroutines can see in
 * a way that matters to the program (atomics, locks outside rt_ calls) it calls vm_visible.
 */
#ifndef GOSEE_VM_NATIVE_H
#define GOSEE_VM_NATIVE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value.h"

struct vm;

struct vm_call {
    struct vm *vm;
    struct m *mp;
    struct g *gp;
    rt_slot *args;     /* in gp's stack: valid until the native returns */
    rt_slot *results;
    uint32_t args_at;  /* offset in slots of args and results from gp->stack, as rt_chan* and rt_select* want them */
    uint32_t results_at;
    uint64_t *state;   /* four words that last from the first call to the one that returns other than RT_PARKED */
};

typedef enum rt_status (*vm_native)(struct vm_call *c);

#define NATIVE(name, function) enum rt_status function(struct vm_call *c);
#include "natives.def"
#undef NATIVE

/* ---- scalars in slots ------------------------------------------------------------------------------------------- */

static inline double vm_float(rt_slot s) { union { rt_slot s; double d; } u = { .s = s }; return u.d; }
static inline rt_slot vm_of_float(double d) { union { rt_slot s; double d; } u = { .d = d }; return u.s; }
static inline float vm_float32(rt_slot s) { union { uint32_t s; float f; } u = { .s = (uint32_t)s }; return u.f; }
static inline rt_slot vm_of_float32(float f) { union { uint32_t s; float f; } u = { .f = f }; return u.s; }

/* ---- memory ------------------------------------------------------------------------------------------------------ *
 * Zeroed Go memory of the run. NULL when the heap limit or memory is exhausted: the run is then already ending, and
 * the native returns RT_FATAL at once. */

void *vm_new_object(struct vm_call *c, const struct lang_rtype *type);                  /* new(T) */
void *vm_new_array(struct vm_call *c, const struct lang_rtype *element, uint64_t count); /* elements of a slice */
void *vm_new_bytes(struct vm_call *c, uint64_t n); /* no pointers inside */

/* Strings. vm_str is safe on "" (slot 0). */
static inline const uint8_t *vm_str_data(rt_slot s) { return s ? ((const struct vm_string *)(uintptr_t)s)->data : (const uint8_t *)""; }
static inline uint64_t vm_str_len(rt_slot s) { return s ? ((const struct vm_string *)(uintptr_t)s)->len : 0; }
/* A copy. false: no memory, return RT_FATAL. */
bool vm_new_string(struct vm_call *c, const void *bytes, uint64_t n, rt_slot *out);
bool vm_new_cstring(struct vm_call *c, const char *s, rt_slot *out);
/* n bytes to be filled in by the caller before it returns; *bytes is NULL if n is 0. */
bool vm_new_string_buffer(struct vm_call *c, uint64_t n, rt_slot *out, uint8_t **bytes);
/* s[lo:hi], sharing the bytes; lo <= hi <= len is the caller's promise. */
bool vm_substring(struct vm_call *c, rt_slot s, uint64_t lo, uint64_t hi, rt_slot *out);
/* A string of bytes that lie inside a Go object and will not change. */
bool vm_string_over(struct vm_call *c, const void *bytes, uint64_t n, rt_slot *out);

/* Slices. Element i of a slice of type element lies at data + i * vm_elem_size(element). */
static inline uint8_t *vm_slice_data(rt_slot s) { return s ? ((const struct vm_slice *)(uintptr_t)s)->data : NULL; }
static inline uint64_t vm_slice_len(rt_slot s) { return s ? ((const struct vm_slice *)(uintptr_t)s)->len : 0; }
static inline uint64_t vm_slice_cap(rt_slot s) { return s ? ((const struct vm_slice *)(uintptr_t)s)->cap : 0; }
bool vm_new_slice_header(struct vm_call *c, void *data, uint64_t len, uint64_t cap, rt_slot *out);
bool vm_make_slice(struct vm_call *c, const struct lang_rtype *element, uint64_t len, uint64_t cap, rt_slot *out);
bool vm_new_byte_slice(struct vm_call *c, const void *bytes, uint64_t n, rt_slot *out); /* []byte, a copy */

uint64_t vm_elem_size(const struct lang_rtype *element); /* bytes as an element of an array or slice */
/* *at and *at = v, by the type's width, from or to canonical slots; `at` is a Go pointer, not nil, or an element. Inside
 * structs and arrays slots are copied as they lie. */
void vm_load(const struct lang_rtype *type, const void *at, rt_slot *slots);
void vm_store(const struct lang_rtype *type, void *at, const rt_slot *slots);

/* ---- types and interfaces ---------------------------------------------------------------------------------------- */

/* The dynamic type, NULL of a nil interface; the value's slots. */
static inline const struct lang_rtype *vm_iface_type(rt_slot i) { return i ? ((const struct vm_iface *)(uintptr_t)i)->type : NULL; }
static inline const rt_slot *vm_iface_value(rt_slot i) { return i ? ((const struct vm_iface *)(uintptr_t)i)->value : NULL; }
/* Boxes a value. The type is the program's own descriptor; vm_basic_type has those of the predeclared types. */
bool vm_new_iface(struct vm_call *c, const struct lang_rtype *type, const rt_slot *value, rt_slot *out);
const struct lang_rtype *vm_basic_type(const struct vm *vm, unsigned kind); /* enum lang_kind; NULL if the program has none */
const struct lang_program *vm_program(const struct vm *vm);

/* ---- maps, for printing and the like ------------------------------------------------------------------------------- */

uint64_t vm_map_count(rt_slot map);
/* Goes through the entries in table order: *cursor starts at 0; false at the end. Key and value are slots inside the map. */
bool vm_map_each(rt_slot map, uint64_t *cursor, const rt_slot **key, const rt_slot **value);

/* ---- panics and fatal errors: return what they return -------------------------------------------------------------- */

enum rt_status vm_panic_value(struct vm_call *c, rt_slot any);                 /* panic(v), v boxed */
enum rt_status vm_panic_string(struct vm_call *c, const char *fmt, ...)        /* panic("text") */
    __attribute__((format(printf, 2, 3)));
enum rt_status vm_panic_runtime(struct vm_call *c, const char *fmt, ...)       /* a runtime.Error: "runtime error: " + text */
    __attribute__((format(printf, 2, 3)));
enum rt_status vm_fatal(struct vm_call *c, const char *text); /* "fatal error: text", traces of this goroutine, status 2 */

/* ---- the run ---------------------------------------------------------------------------------------------------- */

void vm_visible(struct vm_call *c); /* stepped world: another thread may go first now; memory operations follow */
unsigned vm_nargs(const struct vm *vm); /* os.Args without the program's name */
const char *vm_arg(const struct vm *vm, unsigned i);
const char *vm_program_name(const struct vm *vm);
/* What %p shows for an address of Go memory: its offset from a fixed base, the same in every run. */
uint64_t vm_address(const struct vm *vm, uint64_t address);
/* Random bits of the seed for math/rand and the like. */
uint64_t vm_random(struct vm_call *c);

#endif
