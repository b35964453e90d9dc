#include "asm.h"

#include <stdlib.h>
#include <string.h>

#include "lang.h"
#include "live.h"
#include "rt.h"
#include "stepped.h"
#include "vm.h"

static void type(struct asm_prog *a, unsigned i, unsigned kind, unsigned flags, const char *name) {
    a->types[i] = (struct lang_rtype){ .index = i, .kind = (uint8_t)kind, .flags = (uint16_t)flags, .elem_code = 1,
                                       .slots = 1, .name = name, .type_name = name, .pkg = "" };
}

static void runtime_type(struct asm_prog *a, unsigned i, unsigned pointer, const char *name, const char *pointer_name) {
    type(a, i, LANG_K_STRUCT, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_POINTERS, name);
    a->types[i].pkg = "runtime";
    a->types[i].nfields = 1;
    a->types[i].fields = &a->text_field;
    if (!pointer)
        return;
    type(a, pointer, LANG_K_POINTER, LANG_RT_COMPARABLE | LANG_RT_POINTERS, pointer_name);
    a->types[pointer].elem = &a->types[i];
}

static const char *const method_names[] = { "Error", "String" };

static void make_types(struct asm_prog *a) {
    type(a, T_INT, LANG_K_INT, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_PLAIN, "int");
    type(a, T_BOOL, LANG_K_BOOL, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_PLAIN, "bool");
    a->types[T_BOOL].elem_code = LANG_EL_U8;
    type(a, T_STRING, LANG_K_STRING, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_POINTERS, "string");
    type(a, T_FLOAT64, LANG_K_FLOAT64, LANG_RT_NAMED | LANG_RT_COMPARABLE, "float64");
    type(a, T_ANY, LANG_K_INTERFACE, LANG_RT_COMPARABLE | LANG_RT_POINTERS, "interface {}");
    type(a, T_SLICE_INT, LANG_K_SLICE, LANG_RT_POINTERS, "[]int");
    a->types[T_SLICE_INT].elem = &a->types[T_INT];
    type(a, T_CHAN_INT, LANG_K_CHAN, LANG_RT_COMPARABLE | LANG_RT_POINTERS, "chan int");
    a->types[T_CHAN_INT].elem = &a->types[T_INT];
    type(a, T_MAP_INT, LANG_K_MAP, LANG_RT_POINTERS, "map[int]int");
    a->types[T_MAP_INT].elem = a->types[T_MAP_INT].key = &a->types[T_INT];
    type(a, T_UINT8, LANG_K_UINT8, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_PLAIN, "uint8");
    a->types[T_UINT8].elem_code = LANG_EL_U8;
    type(a, T_BYTES, LANG_K_SLICE, LANG_RT_POINTERS, "[]uint8");
    a->types[T_BYTES].elem = &a->types[T_UINT8];
    type(a, T_CODE, LANG_K_INT, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_PLAIN, "main.code");
    a->types[T_CODE].pkg = "main";
    type(a, T_ERR, LANG_K_INT, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_PLAIN, "main.err");
    a->types[T_ERR].pkg = "main";
    type(a, T_LINK, LANG_K_POINTER, LANG_RT_COMPARABLE | LANG_RT_POINTERS, "main.link");
    a->types[T_LINK].elem = &a->types[T_LINK];
    type(a, T_NODE, LANG_K_STRUCT, LANG_RT_POINTERS, "main.node");
    a->types[T_NODE].slots = a->types[T_NODE].elem_code = 2;
    a->text_field = (struct lang_rfield){ .name = "text", .pkg = "runtime", .type = &a->types[T_STRING], .tag = "" };
    runtime_type(a, T_FAULT, 0, "runtime.errorString", NULL);
    runtime_type(a, T_BOUNDS, 0, "runtime.boundsError", NULL);
    runtime_type(a, T_PLAIN, 0, "runtime.plainError", NULL);
    runtime_type(a, T_ASSERT_STRUCT, T_ASSERT, "runtime.TypeAssertionError", "*runtime.TypeAssertionError");
    runtime_type(a, T_NILERR_STRUCT, T_NILERR, "runtime.PanicNilError", "*runtime.PanicNilError");
    type(a, T_ERROR_FUNC, LANG_K_FUNC, LANG_RT_POINTERS, "func() string");
    a->string_result[0] = &a->types[T_STRING];
    a->types[T_ERROR_FUNC].nresults = 1;
    a->types[T_ERROR_FUNC].params = a->string_result;
    type(a, T_ERROR, LANG_K_INTERFACE, LANG_RT_NAMED | LANG_RT_COMPARABLE | LANG_RT_POINTERS, "error");
    a->error_methods[0][0] = (struct lang_rmethod){ .id = M_ERROR, .type = &a->types[T_ERROR_FUNC] };
    a->types[T_ERROR].nmethods = 1;
    a->types[T_ERROR].methods = a->error_methods[0];
    static const uint64_t one[1] = { 1 };
    for (unsigned i = 1; i < T_COUNT; i++) {
        a->types[i].ptrmap = a->types[i].flags & LANG_RT_POINTERS ? one : NULL;
        a->types[i].map_slots = a->types[i].slots;
    }
    a->p.rtypes = a->types;
    a->p.nrtypes = T_COUNT;
}

void asm_begin(struct asm_prog *a) {
    memset(a, 0, sizeof *a);
    a->at = -1;
    a->file = (struct lang_source){ .name = "asm.go", .text = "", .length = 0 };
    a->p.funcs = a->fns;
    a->p.constants = a->consts;
    a->p.strings = a->strings;
    a->p.natives = a->natives;
    a->p.files = &a->file;
    a->p.nfiles = 1;
    a->p.method_names = method_names;
    a->p.nmethod_names = 2;
    a->p.global_slots = 8;
    a->p.ncaches = 8;
    make_types(a);
}

unsigned asm_fn(struct asm_prog *a, const char *name, unsigned params, unsigned results, unsigned frame, unsigned flags) {
    unsigned i = a->p.nfuncs++;
    if (i >= ASM_FUNCS)
        abort();
    a->at = (int)i;
    a->lines[i] = (struct lang_line){ .pc = 0, .line = 10 + i, .col = 1 };
    a->fns[i] = (struct lang_fn){ .name = name, .line = 10 + i, .col = 1, .flags = flags, .code = a->code[i],
                                  .param_slots = params, .result_slots = results, .frame_slots = frame,
                                  .type = &a->types[T_ERROR_FUNC], .lines = &a->lines[i], .nlines = 1 };
    return i;
}

unsigned asm_pc(const struct asm_prog *a) { return a->fns[a->at].ncode; }

unsigned asm_op(struct asm_prog *a, unsigned op, unsigned x, unsigned y, unsigned z) {
    struct lang_fn *f = &a->fns[a->at];
    if (f->ncode >= ASM_CODE)
        abort();
    a->code[a->at][f->ncode] = (struct insn){ .op = (uint16_t)op, .a = (uint16_t)x, .b = (uint16_t)y, .c = (uint16_t)z };
    return f->ncode++;
}

unsigned asm_op32(struct asm_prog *a, unsigned op, unsigned x, int64_t yz) {
    return asm_op(a, op, x, (unsigned)yz & 0xffff, (unsigned)((uint64_t)yz >> 16) & 0xffff);
}

unsigned asm_const(struct asm_prog *a, uint64_t v) {
    a->consts[a->p.nconstants] = v;
    return a->p.nconstants++;
}

unsigned asm_string(struct asm_prog *a, const char *text) {
    a->strings[a->p.nstrings] = (struct lang_string){ .len = strlen(text), .data = (const uint8_t *)text };
    return a->p.nstrings++;
}

unsigned asm_native(struct asm_prog *a, const char *name, unsigned params, unsigned results) {
    unsigned i = a->p.nnatives++;
    a->natives[i] = (struct lang_native){ .name = name, .number = vm_library()->native(name), .param_slots = params,
                                          .result_slots = results };
    return i;
}

void asm_end(struct asm_prog *a, unsigned main_fn) {
    a->p.main = main_fn;
    a->p.entry = asm_fn(a, "entry", 0, 0, LANG_LINK + 4, LANG_FN_WRAPPER);
    asm_op32(a, OP_CALL, LANG_LINK, main_fn);
    asm_op(a, OP_MAIN_END, 0, 0, 0);
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

static int64_t sink(void *ctx, int fd, const void *bytes, size_t n) {
    struct asm_result *r = ctx;
    str_add(fd == 2 ? &r->err : &r->out, bytes, n);
    return (int64_t)n;
}

static struct rt_world *make_world(const struct asm_options *o, struct asm_result *r, struct rt_log *log) {
    if (o->live) {
        struct live_config c = { .write = sink, .write_ctx = r, .stdin_fd = -1 };
        return live_new(&c);
    }
    struct stepped_config c;
    stepped_config_init(&c);
    c.number = o->seed;
    c.sink = sink;
    c.sink_ctx = r;
    c.log = log;
    c.hooks = &stepped_runtime_hooks;
    return stepped_new(&c);
}

bool asm_run(const struct asm_prog *a, const struct asm_options *o, struct asm_result *r) {
    memset(r, 0, sizeof *r);
    struct rt_log *log = o->log ? rt_log_new() : NULL;
    struct rt_world *w = make_world(o, r, log);
    struct vm_config vc = { .program = &a->p, .program_name = "asm", .heap_limit = o->heap_limit, .stepped = !o->live,
                            .log = log };
    struct vm *vm = vm_new(&vc);
    struct rt_config rc = { .world = w, .exec = vm_exec_ops(), .exec_ctx = vm, .procs = o->procs ? o->procs : 2,
                            .log = log };
    struct rt *rt = w && vm ? rt_new(&rc) : NULL;
    if (!rt)
        return false;
    if (!o->live)
        stepped_set_run(w, rt);
    vm_attach(vm, rt);
    bool ok = rt_start(rt) == 0;
    if (ok && o->live)
        rt_wait(rt);
    else if (ok)
        ok = stepped_pump(w, &(struct stepped_until){ 0 }) == STEPPED_ENDED;
    r->status = rt_exit_status(rt);
    r->how = rt_end_how(rt);
    const char *limit = rt_limit_reached(rt);
    if (limit)
        strncpy(r->limit, limit, sizeof r->limit - 1);
    rt_free(rt);
    vm_free(vm);
    if (o->live)
        live_free(w);
    else
        stepped_free(w);
    rt_log_free(log);
    return ok;
}

void asm_result_free(struct asm_result *r) {
    str_free(&r->out);
    str_free(&r->err);
}
