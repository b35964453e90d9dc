/* Code generation, looked at through the disassembler; and what a compiled program promises the VM. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bytecode.h"
#include "lang.h"
#include "str.h"

static int native(const char *name) { return strcmp(name, "lib.Native") == 0 ? 7 : -1; }

static const struct src_file lib_file = {
    "lib/lib.go", "package lib\nfunc Native(x int) int\ntype T struct{ a, b int }\nfunc (t T) Sum() int { return t.a + t.b }\n",
    sizeof "package lib\nfunc Native(x int) int\ntype T struct{ a, b int }\nfunc (t T) Sum() int { return t.a + t.b }\n" - 1};
static const struct lang_package_source lib_package = {"lib", &lib_file, 1};
static const struct lang_library library = {&lib_package, 1, native, NULL};

static struct lang_program *compile(const char *text) {
    struct src_file file = {"prog.go", text, strlen(text)};
    struct diag_list diags;
    diag_init(&diags);
    struct lang_program *p = lang_compile(&file, 1, &library, &diags);
    if (!p) diag_print(&diags, stderr, 0);
    diag_free(&diags);
    assert_non_null(p);
    return p;
}

static const struct lang_fn *function(const struct lang_program *p, const char *name) {
    uint32_t i = lang_find_func(p, name);
    assert_int_not_equal(i, UINT32_MAX);
    return &p->funcs[i];
}

/* The names of fn's instructions, a space between. */
static char *ops(const struct lang_fn *fn, struct str *s) {
    str_clear(s);
    for (uint32_t pc = 0; pc < fn->ncode; pc += lang_insn_words(&fn->code[pc])) {
        str_addf(s, s->len ? " %s" : "%s", lang_op_info(fn->code[pc].op)->name);
    }
    return s->data;
}

static unsigned count(const char *s, const char *what) {
    unsigned n = 0;
    for (const char *p = strstr(s, what); p; p = strstr(p + 1, what)) n++;
    return n;
}

/* Between them another goroutine may run: an update can be lost. */
static void increment_of_what_others_reach_is_three_instructions(void **state) {
    (void)state;
    struct str s = {0};
    struct lang_program *p = compile("package main\nvar g int\nfunc glob() { g++ }\n"
                                     "func ptr(p *int) { *p++ }\n"
                                     "func captured() func() { n := 0; return func() { n++ } }\n"
                                     "type T struct{ a, b int32 }\nfunc field(t *T) { t.b += 2 }\n"
                                     "func elem(s []int, i int) { s[i]++ }\n"
                                     "func main() { glob(); ptr(&g); captured()(); field(&T{}); elem([]int{1}, 0) }\n");
    assert_string_equal(ops(function(p, "main.glob"), &s), "LOADG ADDI_I64 STOREG RET");
    assert_string_equal(ops(function(p, "main.ptr"), &s), "LOAD ADDI_I64 STORE RET");
    assert_string_equal(ops(function(p, "main.captured.func1"), &s), "CAPTURED LOAD ADDI_I64 STORE RET");
    assert_string_equal(ops(function(p, "main.field"), &s), "LOAD_I32 ADDI_I64 WRAP_I32 STORE_32 RET");
    assert_string_equal(ops(function(p, "main.elem"), &s), "LDX_64 ADDI_I64 STX_64 RET");
    lang_program_free(p);
    str_free(&s);
}

static void local_increment_is_one_instruction(void **state) {
    (void)state;
    struct str s = {0};
    struct lang_program *p = compile("package main\nfunc f(n int) int { n++; return n }\nfunc main() { f(1) }\n");
    assert_string_equal(ops(function(p, "main.f"), &s), "ADDI_I64 MOV RET");
    lang_program_free(p);
    str_free(&s);
}

static void arguments_are_made_in_place(void **state) {
    (void)state;
    struct str s = {0};
    struct lang_program *p = compile("package main\nfunc fib(n int) int {\n if n < 2 { return n }\n"
                                     " return fib(n-1) + fib(n-2)\n}\nfunc main() { fib(3) }\n");
    const struct lang_fn *f = function(p, "main.fib");
    assert_string_equal(ops(f, &s), "J_GE_I64I MOV RET ADDI_I64 CALL ADDI_I64 CALL ADD_I64 RET");
    assert_int_equal(f->param_slots, 1);
    assert_int_equal(f->result_slots, 1);
    lang_program_free(p);
    str_free(&s);
}

static void a_loop_ends_in_a_safe_point(void **state) {
    (void)state;
    struct str s = {0};
    struct lang_program *p = compile("package main\nfunc f(n int) int { s := 0; for i := 0; i < n; i++ { s += i }; "
                                     "return s }\nfunc main() { for { f(1) } }\n");
    assert_string_equal(ops(function(p, "main.f"), &s), "ZERO ZERO JMP ADD_I64 ADDI_I64 L_LT_I64 MOV RET");
    assert_true(count(ops(function(p, "main.main"), &s), "LOOP") == 1);
    const struct lang_fn *f = function(p, "main.main");
    assert_non_null(lang_stackmap(f, 0));
    lang_program_free(p);
    str_free(&s);
}

/* At a call, the map names the registers below the window that hold addresses, and no others. */
static void stack_maps_are_exact(void **state) {
    (void)state;
    struct lang_program *p = compile("package main\nfunc g() {}\nfunc f(a *int, b int, c []int) *int {\n"
                                     " g()\n d := &b\n g()\n _ = c\n _ = d\n return a\n}\n"
                                     "func main() { x := 1; f(&x, 2, nil) }\n");
    const struct lang_fn *f = function(p, "main.f");
    unsigned calls = 0;
    for (uint32_t pc = 0; pc < f->ncode; pc += lang_insn_words(&f->code[pc])) {
        if (f->code[pc].op != OP_CALL) continue;
        const struct lang_stackmap *m = lang_stackmap_call(f, pc + 1);
        assert_non_null(m);
        assert_int_equal(m->pc, pc);
        assert_true(m->nbits > LANG_LINK + 2);
        assert_true(lang_bit(m->bits, LANG_LINK));      /* a */
        assert_false(lang_bit(m->bits, LANG_LINK + 1)); /* b, which lives in a box */
        assert_true(lang_bit(m->bits, LANG_LINK + 2));  /* c */
        assert_true(m->nbits > LANG_LINK + 4 && lang_bit(m->bits, LANG_LINK + 4)); /* b's box */
        unsigned pointers = 0;
        for (uint32_t i = 0; i < m->nbits && i < f->code[pc].a; i++) pointers += lang_bit(m->bits, i);
        assert_int_equal(pointers, calls == 0 ? 3 : 4); /* d has come */
        calls++;
    }
    assert_int_equal(calls, 2);
    lang_program_free(p);
}

/* A value may arrive, and a collection come, before the receiver runs again. */
static void what_is_received_is_in_the_map_of_the_receive(void **state) {
    (void)state;
    struct lang_program *p = compile("package main\nfunc f(c chan *int) *int { return <-c }\n"
                                     "func g(c, d chan []int) { select { case x := <-c: _ = x; case d <- nil: } }\n"
                                     "func main() { f(nil); g(nil, nil) }\n");
    const struct lang_fn *f = function(p, "main.f"), *g = function(p, "main.g");
    unsigned seen = 0;
    for (uint32_t pc = 0; pc < f->ncode; pc += lang_insn_words(&f->code[pc])) {
        if (f->code[pc].op != OP_RECV) continue;
        const struct lang_stackmap *m = lang_stackmap(f, pc);
        assert_true(m && m->nbits > f->code[pc].a && lang_bit(m->bits, f->code[pc].a));
        seen++;
    }
    for (uint32_t pc = 0; pc < g->ncode; pc += lang_insn_words(&g->code[pc])) {
        if (g->code[pc].op != OP_SELECT) continue;
        const struct lang_stackmap *m = lang_stackmap(g, pc);
        assert_int_equal(g->code[pc + 1].op, OP_CASE_RECV);
        assert_true(m && m->nbits > g->code[pc + 1].b && lang_bit(m->bits, g->code[pc + 1].b));
        seen++;
    }
    assert_int_equal(seen, 2);
    lang_program_free(p);
}

static void deferring_functions_have_an_epilogue(void **state) {
    (void)state;
    struct lang_program *p = compile("package main\nfunc f() (n int) {\n defer func() { recover(); n = 2 }()\n"
                                     " return 1\n}\nfunc main() { f() }\n");
    const struct lang_fn *f = function(p, "main.f");
    assert_true(f->flags & LANG_FN_DEFER);
    assert_int_equal(f->code[f->epilogue_pc].op, OP_RUN_DEFERS);
    assert_true(function(p, "main.f.func1")->flags & LANG_FN_RECOVERS);
    lang_program_free(p);
}

static void methods_in_tables_take_one_slot(void **state) {
    (void)state;
    struct lang_program *p = compile("package main\nimport \"lib\"\ntype Summer interface{ Sum() int }\n"
                                     "func main() { var s Summer = lib.T{}; s.Sum() }\n");
    const struct lang_rtype *t = lang_find_type(p, "lib.T");
    assert_non_null(t);
    assert_int_equal(t->slots, 2);
    assert_int_equal(t->nmethods, 1);
    int id = lang_find_method_name(p, "Sum");
    assert_true(id >= 0);
    const struct lang_rmethod *m = lang_method(t, (unsigned)id);
    assert_non_null(m);
    assert_int_equal(p->funcs[m->fn].param_slots, 1);
    assert_true(p->funcs[m->fn].flags & LANG_FN_WRAPPER);
    lang_program_free(p);
}

static void methods_that_nothing_calls_are_left_out(void **state) {
    (void)state;
    struct lang_program *p = compile("package main\ntype T struct{}\nfunc (*T) Called() {}\nfunc (*T) Asked() {}\n"
                                     "func (*T) Error() string { return \"\" }\ntype both interface{ Called(); Asked() }\n"
                                     "func main() { var b both = &T{}; b.Called(); _ = b.(interface{ Asked() }) }\n");
    assert_int_not_equal(lang_find_func(p, "main.(*T).Called"), UINT32_MAX);
    assert_int_not_equal(lang_find_func(p, "main.(*T).Error"), UINT32_MAX); /* a panic's text */
    assert_int_equal(lang_find_func(p, "main.(*T).Asked"), UINT32_MAX);
    const struct lang_rtype *t = lang_find_type(p, "*main.T");
    assert_non_null(t);
    assert_non_null(lang_method(t, (unsigned)lang_find_method_name(p, "Asked"))); /* assertions find it all the same */
    lang_program_free(p);
}

static void natives_are_called_in_place(void **state) {
    (void)state;
    struct str s = {0};
    struct lang_program *p = compile("package main\nimport \"lib\"\nfunc f() int { return lib.Native(3) }\n"
                                     "func main() { f(); go lib.Native(1) }\n");
    assert_string_equal(ops(function(p, "main.f"), &s), "LOADI CALL_NATIVE MOV RET");
    assert_int_equal(p->nnatives, 1);
    assert_int_equal(p->natives[0].number, 7);
    assert_string_equal(ops(function(p, "lib.Native"), &s), "CALL_NATIVE RET");
    lang_program_free(p);
    str_free(&s);
}

static void layouts(void **state) {
    (void)state;
    struct lang_program *p = compile("package main\ntype S struct { a int8; b [5]uint16; c string; d struct{}; e any }\n"
                                     "func main() { var x any = S{}; _ = x }\n");
    const struct lang_rtype *t = lang_find_type(p, "main.S");
    assert_non_null(t);
    assert_int_equal(t->slots, 1 + 2 + 1 + 0 + 1);
    assert_int_equal(t->fields[1].slot, 1);
    assert_int_equal(t->fields[4].slot, 4);
    assert_true(lang_bit(t->ptrmap, 3) && lang_bit(t->ptrmap, 4));
    assert_false(lang_bit(t->ptrmap, 0) || lang_bit(t->ptrmap, 1) || lang_bit(t->ptrmap, 2));
    assert_int_equal(t->fields[1].type->elem->elem_code, LANG_EL_U16);
    lang_program_free(p);
}

static void disassembly_shows_source_and_operands(void **state) {
    (void)state;
    struct str s = {0};
    struct lang_program *p = compile("package main\nfunc main() {\n\tprintln(\"hi\\n\", 3)\n}\n");
    lang_disassemble(p, &s);
    assert_non_null(strstr(s.data, "func main.main"));
    assert_non_null(strstr(s.data, "prog.go:3:  println(\"hi\\n\", 3)"));
    assert_non_null(strstr(s.data, "LOADS        r3, \"hi\\n\""));
    assert_non_null(strstr(s.data, "; PRINT_ARG r3.., string; PRINT_ARG r4.., int"));
    str_free(&s);
    lang_program_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(increment_of_what_others_reach_is_three_instructions),
        cmocka_unit_test(local_increment_is_one_instruction),
        cmocka_unit_test(arguments_are_made_in_place),
        cmocka_unit_test(a_loop_ends_in_a_safe_point),
        cmocka_unit_test(stack_maps_are_exact),
        cmocka_unit_test(what_is_received_is_in_the_map_of_the_receive),
        cmocka_unit_test(deferring_functions_have_an_epilogue),
        cmocka_unit_test(methods_in_tables_take_one_slot),
        cmocka_unit_test(methods_that_nothing_calls_are_left_out),
        cmocka_unit_test(natives_are_called_in_place),
        cmocka_unit_test(layouts),
        cmocka_unit_test(disassembly_shows_source_and_operands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
