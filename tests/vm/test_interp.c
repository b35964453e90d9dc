/* The interpreter on programs assembled by hand, on both worlds: calls and stack growth, channels, defer, panic,
 * recover, Goexit, run-time errors and their texts, traces, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "asm.h"

#define L LANG_LINK

static struct asm_prog prog;

/* PRINT of the int in register r, with a newline. */
static void print_int(struct asm_prog *a, unsigned r) {
    asm_op(a, OP_PRINT, 0, 1, 1);
    asm_op(a, OP_PRINT_ARG, r, T_INT, 0);
}

static void print_text(struct asm_prog *a, unsigned r, const char *text) {
    asm_op32(a, OP_LOADS, r, asm_string(a, text));
    asm_op(a, OP_PRINT, 0, 1, 1);
    asm_op(a, OP_PRINT_ARG, r, T_STRING, 0);
}

static void panic_text(struct asm_prog *a, unsigned r, const char *text) {
    asm_op32(a, OP_LOADS, r, asm_string(a, text));
    asm_op(a, OP_MKIFACE, r, r, T_STRING);
    asm_op(a, OP_PANIC, r, 0, 0);
}

/* Runs prog on both worlds; stderr must be err (print goes there) or begin with it, and the status fit. */
static void expect(const char *err, bool whole, int status) {
    for (int live = 0; live < 2; live++) {
        for (unsigned procs = 1; procs <= 2; procs++) {
            struct asm_result r;
            assert_true(asm_run(&prog, &(struct asm_options){ .live = live, .procs = procs, .log = procs == 2 }, &r));
            if (whole)
                assert_string_equal(str_cstr(&r.err), err);
            else if (strncmp(str_cstr(&r.err), err, strlen(err)) != 0)
                assert_string_equal(str_cstr(&r.err), err);
            assert_int_equal(r.status, status);
            asm_result_free(&r);
        }
    }
}

/* func fib(n int) int, for n > 1 by recursion */
static unsigned make_fib(struct asm_prog *a) {
    unsigned fib = asm_fn(a, "main.fib", 1, 1, L + 12, 0), n = L, result = L + 1, x = L + 2, window = L + 3;
    unsigned branch = asm_op(a, OP_J_GE_I64I, n, 2, 0);
    asm_op(a, OP_MOV, result, n, 0);
    asm_op(a, OP_RET, 0, 0, 0);
    a->code[fib][branch].c = (uint16_t)(asm_pc(a) - branch);
    asm_op(a, OP_ADDI_I64, window + L, n, (uint16_t)-1);
    asm_op32(a, OP_CALL, window, fib);
    asm_op(a, OP_MOV, x, window + L + 1, 0);
    asm_op(a, OP_ADDI_I64, window + L, n, (uint16_t)-2);
    asm_op32(a, OP_CALL, window, fib);
    asm_op(a, OP_ADD_I64, result, x, window + L + 1);
    asm_op(a, OP_RET, 0, 0, 0);
    return fib;
}

static void calls(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned fib = make_fib(&prog);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 10, 0);
    asm_op32(&prog, OP_LOADI, L + L, 20);
    asm_op32(&prog, OP_CALL, L, fib);
    print_int(&prog, L + L + 1);
    asm_op(&prog, OP_RET, 0, 0, 0);
    asm_end(&prog, m);
    expect("6765\n", true, 0);
}

/* func down(n int) int { if n == 0 { return 0 }; return 1 + down(n-1) }: the stack must move under it. */
static void stacks_grow(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned down = asm_fn(&prog, "main.down", 1, 1, L + 40, 0);
    unsigned branch = asm_op(&prog, OP_J_NE_I64I, L, 0, 0);
    asm_op(&prog, OP_ZERO, L + 1, 0, 0);
    asm_op(&prog, OP_RET, 0, 0, 0);
    prog.code[down][branch].c = (uint16_t)(asm_pc(&prog) - branch);
    asm_op(&prog, OP_ADDI_I64, L + 30 + L, L, (uint16_t)-1);
    asm_op32(&prog, OP_CALL, L + 30, down);
    asm_op(&prog, OP_ADDI_I64, L + 1, L + 30 + L + 1, 1);
    asm_op(&prog, OP_RET, 0, 0, 0);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 10, 0);
    asm_op32(&prog, OP_LOADI, L + L, 10000);
    asm_op32(&prog, OP_CALL, L, down);
    print_int(&prog, L + L + 1);
    asm_op(&prog, OP_RET, 0, 0, 0);
    asm_end(&prog, m);
    expect("10000\n", true, 0);
}

/* main makes a channel, starts a sender of 1..100, sums what it receives. */
static void channels(void **state) {
    (void)state;
    for (unsigned cap = 0; cap < 3; cap++) {
        asm_begin(&prog);
        unsigned sender = asm_fn(&prog, "main.sender", 1, 0, L + 4, 0), i = L + 1;
        asm_op32(&prog, OP_LOADI, i, 1);
        unsigned top = asm_op(&prog, OP_SEND, L, i, 0);
        asm_op(&prog, OP_ADDI_I64, i, i, 1);
        asm_op(&prog, OP_L_LE_I64I, i, 100, (uint16_t)(top - asm_pc(&prog)));
        asm_op(&prog, OP_CLOSE, L, 0, 0);
        asm_op(&prog, OP_RET, 0, 0, 0);
        unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 20, 0), ch = L, sum = L + 1, v = L + 2, ok = L + 3;
        asm_op32(&prog, OP_LOADI, v, cap);
        asm_op(&prog, OP_MKCHAN, ch, v, T_CHAN_INT);
        asm_op(&prog, OP_EXT, 0, 0, 0);
        asm_op(&prog, OP_MOV, L + 8 + L, ch, 0);
        asm_op32(&prog, OP_GO, L + 8, sender);
        asm_op(&prog, OP_ZERO, sum, 0, 0);
        top = asm_op(&prog, OP_RECV, v, ch, ok);
        unsigned out = asm_op32(&prog, OP_J_F, ok, 3);
        (void)out;
        asm_op(&prog, OP_ADD_I64, sum, sum, v);
        asm_op32(&prog, OP_LOOP, 0, (int64_t)top - (int64_t)asm_pc(&prog));
        print_int(&prog, sum);
        asm_op(&prog, OP_RET, 0, 0, 0);
        asm_end(&prog, m);
        expect("5050\n", true, 0);
    }
}

/* A function with two deferred calls, and main's body after it. body emits what the function does. */
static unsigned deferring(struct asm_prog *a, const char *name, unsigned d1, unsigned d2, void (*body)(struct asm_prog *)) {
    unsigned f = asm_fn(a, name, 0, 1, L + 24, LANG_FN_DEFER);
    asm_op32(a, OP_LOADI, L, 7);
    if (d1 != UINT32_MAX)
        asm_op32(a, OP_DEFER, L + 10, d1);
    if (d2 != UINT32_MAX)
        asm_op32(a, OP_DEFER, L + 10, d2);
    body(a);
    a->fns[f].epilogue_pc = asm_pc(a);
    asm_op(a, OP_RUN_DEFERS, L + 10, 0, 0);
    asm_op(a, OP_RET, 0, 0, 0);
    return f;
}

static unsigned printer(struct asm_prog *a, const char *name, const char *text) {
    unsigned f = asm_fn(a, name, 0, 0, L + 4, 0);
    print_text(a, L, text);
    asm_op(a, OP_RET, 0, 0, 0);
    return f;
}

/* Prints what it recovers, a string, or "nil". */
static unsigned recoverer(struct asm_prog *a) {
    unsigned f = asm_fn(a, "main.rec", 0, 0, L + 4, LANG_FN_RECOVERS);
    asm_op(a, OP_RECOVER, L, 0, 0);
    unsigned branch = asm_op32(a, OP_J_T, L, 0);
    print_text(a, L, "nil");
    asm_op(a, OP_RET, 0, 0, 0);
    a->code[f][branch].b = (uint16_t)(asm_pc(a) - branch);
    asm_op(a, OP_ASSERT_OK, L, L, T_STRING);
    asm_op(a, OP_EXT, L + 1, 0, 0);
    asm_op(a, OP_PRINT, 0, 2, 1);
    asm_op(a, OP_PRINT_ARG, L, T_STRING, 0);
    asm_op(a, OP_PRINT_ARG, L + 1, T_BOOL, 0);
    asm_op(a, OP_RET, 0, 0, 0);
    return f;
}

static void nothing(struct asm_prog *a) { asm_op(a, OP_NOP, 0, 0, 0); }
static void panics(struct asm_prog *a) { panic_text(a, L + 2, "boom"); }
static void divides(struct asm_prog *a) {
    asm_op(a, OP_ZERO, L + 2, 0, 0);
    asm_op(a, OP_DIV_I64, L + 3, L, L + 2);
}

static void call_and_print(struct asm_prog *a, unsigned f) {
    asm_op32(a, OP_CALL, L, f);
    print_int(a, L + L);
}

static void finish_main(struct asm_prog *a, unsigned m) {
    asm_op(a, OP_RET, 0, 0, 0);
    asm_end(a, m);
}

static void deferred_calls_run_last_first(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned a = printer(&prog, "main.a", "a"), b = printer(&prog, "main.b", "b");
    unsigned f = deferring(&prog, "main.f", a, b, nothing);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    call_and_print(&prog, f);
    finish_main(&prog, m);
    expect("b\na\n7\n", true, 0);
}

static void recover_stops_a_panic(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned rec = recoverer(&prog), a = printer(&prog, "main.a", "a");
    unsigned f = deferring(&prog, "main.f", a, rec, panics);
    unsigned g = deferring(&prog, "main.g", rec, rec, nothing);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    call_and_print(&prog, f);
    call_and_print(&prog, g); /* no panic: nil */
    finish_main(&prog, m);
    expect("boom true\na\n7\nnil\nnil\n7\n", true, 0);
}

static void an_unrecovered_panic_runs_defers_and_prints(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned a = printer(&prog, "main.a", "a");
    unsigned f = deferring(&prog, "main.f", a, UINT32_MAX, panics);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    call_and_print(&prog, f);
    finish_main(&prog, m);
    expect("a\npanic: boom\n\ngoroutine 1 [running]:\nmain.f()\n\tasm.go:11 +0x", false, 2);
}

static void panics_chain(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned second = asm_fn(&prog, "main.second", 0, 0, L + 8, 0);
    panic_text(&prog, L, "second\nline");
    unsigned f = deferring(&prog, "main.f", second, UINT32_MAX, panics);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    call_and_print(&prog, f);
    finish_main(&prog, m);
    expect("panic: boom\n\tpanic: second\n\tline\n\ngoroutine 1 [running]:\nmain.second()\n\tasm.go:10 +0x18\n"
           "panic({...})\n\truntime/panic.go +0x1\nmain.f()\n\tasm.go:11", false, 2);
}

/* A deferred call recovers a second panic that a first one's deferred call had raised. */
static void an_inner_panic_is_recovered_by_an_outer_frame(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned rec = recoverer(&prog);
    unsigned second = asm_fn(&prog, "main.second", 0, 0, L + 8, 0);
    panic_text(&prog, L, "second");
    unsigned f = deferring(&prog, "main.f", rec, second, panics);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    call_and_print(&prog, f);
    call_and_print(&prog, f);
    finish_main(&prog, m);
    expect("second true\n7\nsecond true\n7\n", true, 0);
}

static void runtime_errors_have_go_s_texts(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned f = deferring(&prog, "main.f", UINT32_MAX, UINT32_MAX, divides);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    call_and_print(&prog, f);
    finish_main(&prog, m);
    expect("panic: runtime error: integer divide by zero\n\ngoroutine 1 [running]:\nmain.f()\n", false, 2);

    asm_begin(&prog);
    m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    asm_op(&prog, OP_ZERO, L, 0, 0);
    asm_op(&prog, OP_LOAD, L, L, 0);
    finish_main(&prog, m);
    expect("panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation "
           "violation code=0x1 addr=0x0 pc=0x", false, 2);

    asm_begin(&prog);
    m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    asm_op32(&prog, OP_LOADI, L, 3);
    asm_op(&prog, OP_MKSLICE, L + 1, L, LANG_NONE);
    asm_op(&prog, OP_EXT, T_SLICE_INT, 0, 0);
    asm_op32(&prog, OP_LOADI, L, 5);
    asm_op(&prog, OP_LDX_64, L, L + 1, L);
    finish_main(&prog, m);
    expect("panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\n", false, 2);

    asm_begin(&prog);
    m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    asm_op32(&prog, OP_LOADI, L, 7);
    asm_op(&prog, OP_MKIFACE, L, L, T_CODE);
    asm_op(&prog, OP_PANIC, L, 0, 0);
    asm_end(&prog, m);
    expect("panic: main.code(7)\n\n", false, 2);

    asm_begin(&prog);
    m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    asm_op(&prog, OP_ZERO, L, 0, 0);
    asm_op(&prog, OP_CLOSE, L, 0, 0);
    asm_op(&prog, OP_RET, 0, 0, 0);
    asm_end(&prog, m);
    expect("panic: close of nil channel\n\n", false, 2);
}

/* panic(v) where v has an Error method: it is called before the text is printed. */
static void printing_calls_error(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned error = asm_fn(&prog, "main.err.Error", 1, 1, L + 6, 0);
    asm_op32(&prog, OP_LOADS, L + 2, asm_string(&prog, "code "));
    asm_op32(&prog, OP_LOADS, L + 3, asm_string(&prog, "seven"));
    asm_op(&prog, OP_CONCAT, L + 1, L + 2, 2);
    asm_op(&prog, OP_RET, 0, 0, 0);
    prog.error_methods[1][0] = (struct lang_rmethod){ .id = M_ERROR, .fn = error, .type = &prog.types[T_ERROR_FUNC] };
    prog.types[T_ERR].nmethods = 1;
    prog.types[T_ERR].methods = prog.error_methods[1];
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    asm_op32(&prog, OP_LOADI, L, 7);
    asm_op(&prog, OP_MKIFACE, L, L, T_ERR);
    asm_op(&prog, OP_PANIC, L, 0, 0);
    asm_end(&prog, m);
    expect("panic: code seven\n\ngoroutine 1 [running]:\nmain.main()\n", false, 2);
}

static void goexit_runs_defers(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned rec = recoverer(&prog), a = printer(&prog, "main.a", "a");
    unsigned exit = asm_native(&prog, "runtime.Goexit", 0, 0);
    unsigned f = asm_fn(&prog, "main.f", 0, 1, L + 24, LANG_FN_DEFER);
    asm_op32(&prog, OP_DEFER, L + 10, a);
    asm_op32(&prog, OP_DEFER, L + 10, rec);
    asm_op32(&prog, OP_CALL_NATIVE, L + 10, exit);
    print_text(&prog, L, "not reached");
    prog.fns[f].epilogue_pc = asm_pc(&prog);
    asm_op(&prog, OP_RUN_DEFERS, L + 10, 0, 0);
    asm_op(&prog, OP_RET, 0, 0, 0);
    unsigned worker = asm_fn(&prog, "main.worker", 0, 0, L + 40, 0);
    asm_op32(&prog, OP_CALL, L, f);
    print_text(&prog, L, "nor this");
    asm_op(&prog, OP_RET, 0, 0, 0);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    asm_op32(&prog, OP_GO, L, worker);
    asm_op(&prog, OP_MKCHAN, L, LANG_NONE, T_CHAN_INT);
    asm_op(&prog, OP_EXT, 0, 0, 0);
    asm_op(&prog, OP_RECV, L + 1, L, LANG_NONE);
    asm_op(&prog, OP_RET, 0, 0, 0);
    asm_end(&prog, m);
    expect("nil\na\nfatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n",
           false, 2);
}

static void the_heap_limit_ends_the_run(void **state) {
    (void)state;
    asm_begin(&prog);
    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 40, 0);
    unsigned top = asm_op(&prog, OP_NEW, L, T_LINK, 0); /* a list that the package variables hold */
    asm_op32(&prog, OP_LOADG, L + 1, 0);
    asm_op(&prog, OP_STORE, L, L + 1, 0);
    asm_op32(&prog, OP_STOREG, L, 0);
    asm_op32(&prog, OP_LOOP, 0, (int64_t)top - (int64_t)asm_pc(&prog));
    asm_end(&prog, m);
    for (int live = 0; live < 2; live++) {
        struct asm_result r;
        assert_true(asm_run(&prog, &(struct asm_options){ .live = live, .heap_limit = 1 << 20 }, &r));
        assert_int_equal(r.status, 3);
        assert_int_equal(r.how, RT_END_LIMIT);
        assert_string_equal(r.limit, "heap=1048576");
        asm_result_free(&r);
    }
}

/* A list of 1,000 is kept, a million other objects, slices, strings and closures are not: memory stays small, the list
 * whole. With two workers, so that one collects while the other runs. */
static void collections_free_what_is_unreachable(void **state) {
    (void)state;
    static const uint64_t param_is_pointer[1] = { 1 };
    static const uint64_t first_param[1] = { 1u << L };
    static const struct lang_stackmap loop_map[] = { { .pc = 0, .nbits = L + 1, .bits = first_param },
                                                     { .pc = 2, .nbits = L + 1, .bits = first_param } };
    asm_begin(&prog);
    unsigned w = asm_fn(&prog, "main.w", 1, 0, L + 20, 0), i = L + 2, t = L + 3;
    prog.fns[w].param_map = param_is_pointer;
    prog.fns[w].stackmaps = loop_map; /* the channel lives in the loop and in the sends */
    prog.fns[w].nstackmaps = 2;
    asm_op32(&prog, OP_LOADI, i, 0);
    asm_op(&prog, OP_NOP, 0, 0, 0);
    unsigned top = asm_op(&prog, OP_NEW, t, T_LINK, 0);
    asm_op(&prog, OP_SLICE_OF, t, i, 2);
    asm_op(&prog, OP_EXT, T_SLICE_INT, 0, 0);
    asm_op32(&prog, OP_LOADS, t, asm_string(&prog, "text"));
    asm_op(&prog, OP_MOV, t + 1, t, 0);
    asm_op(&prog, OP_CONCAT, t, t, 2);
    asm_op(&prog, OP_CLOSURE, t, i, 1);
    asm_op32(&prog, OP_EXT, 0, w);
    asm_op(&prog, OP_ADDI_I64, i, i, 1);
    asm_op32(&prog, OP_LOADK, t, asm_const(&prog, 50000));
    asm_op(&prog, OP_L_LT_I64, i, t, (uint16_t)(top - asm_pc(&prog)));
    asm_op(&prog, OP_SEND, L, i, 0);
    asm_op(&prog, OP_RET, 0, 0, 0);

    unsigned m = asm_fn(&prog, "main.main", 0, 0, L + 30, 0), ch = L;
    asm_op32(&prog, OP_LOADI, L + 1, 1000);
    top = asm_op(&prog, OP_NEW, L + 2, T_NODE, 0);
    asm_op32(&prog, OP_LOADG, L + 3, 0);
    asm_op(&prog, OP_STORE, L + 2, L + 3, 0);
    asm_op(&prog, OP_STORE, L + 2, L + 1, 1);
    asm_op32(&prog, OP_STOREG, L + 2, 0);
    asm_op(&prog, OP_ADDI_I64, L + 1, L + 1, (uint16_t)-1);
    asm_op(&prog, OP_L_GT_I64I, L + 1, 0, (uint16_t)(top - asm_pc(&prog)));
    asm_op(&prog, OP_MKCHAN, ch, LANG_NONE, T_CHAN_INT);
    asm_op(&prog, OP_EXT, 0, 0, 0);
    asm_op32(&prog, OP_STOREG, ch, 1);
    for (int k = 0; k < 2; k++) {
        asm_op(&prog, OP_MOV, L + 10 + L, ch, 0);
        asm_op32(&prog, OP_GO, L + 10, w);
    }
    for (int k = 0; k < 2; k++) {
        asm_op32(&prog, OP_LOADG, ch, 1);
        asm_op(&prog, OP_RECV, L + 1, ch, LANG_NONE);
    }
    asm_op(&prog, OP_ZERO, L + 1, 0, 0); /* the sum of the list */
    asm_op32(&prog, OP_LOADG, L + 2, 0);
    top = asm_op(&prog, OP_LOAD, L + 3, L + 2, 1);
    asm_op(&prog, OP_ADD_I64, L + 1, L + 1, L + 3);
    asm_op(&prog, OP_LOAD, L + 2, L + 2, 0);
    asm_op32(&prog, OP_L_T, L + 2, (int64_t)top - (int64_t)asm_pc(&prog));
    print_int(&prog, L + 1);
    finish_main(&prog, m);
    for (int live = 0; live < 2; live++) {
        struct asm_result r;
        assert_true(asm_run(&prog, &(struct asm_options){ .live = live, .heap_limit = 8 << 20 }, &r));
        assert_string_equal(str_cstr(&r.err), "500500\n");
        assert_int_equal(r.status, 0);
        asm_result_free(&r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls),
        cmocka_unit_test(stacks_grow),
        cmocka_unit_test(channels),
        cmocka_unit_test(deferred_calls_run_last_first),
        cmocka_unit_test(recover_stops_a_panic),
        cmocka_unit_test(an_unrecovered_panic_runs_defers_and_prints),
        cmocka_unit_test(panics_chain),
        cmocka_unit_test(an_inner_panic_is_recovered_by_an_outer_frame),
        cmocka_unit_test(runtime_errors_have_go_s_texts),
        cmocka_unit_test(printing_calls_error),
        cmocka_unit_test(goexit_runs_defers),
        cmocka_unit_test(the_heap_limit_ends_the_run),
        cmocka_unit_test(collections_free_what_is_unreachable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
