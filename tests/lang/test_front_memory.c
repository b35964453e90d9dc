/* Each allocation of the front end fails in turn: it says that memory ran out, or the result is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check.h"
#include "fail_alloc.h"

static const char text[] =
    "package main\n"
    "import \"lib\"\n"
    "type T[P any] struct { v P; next *T[P]; m map[string][]P }\n"
    "func (t *T[P]) get() P { return t.v }\n"
    "type I interface { get() int; m(a, b int) (c string) }\n"
    "type E struct { *T[int]; x, y float64 }\n"
    "const ( A = iota; B; C = \"a\" + \"b\"; D = 1.5 * 3 )\n"
    "var u, v = w, f(1)\n"
    "var w = 3\n"
    "func f[N ~int | ~string](xs ...N) (n N) { for _, x := range xs { n += x }; return }\n"
    "func main() {\n"
    "	c := make(chan int, A)\n"
    "	go func(n int) { defer close(c); c <- n }(lib.F(u))\n"
    "	switch x := any(v).(type) { case int, string: _ = x; case nil: default: }\n"
    "	select { case y, ok := <-c: println(y, ok); default: }\n"
    "L:	for i := 0; i < 10; i++ { if i == B { continue L }; goto M }\n"
    "M:	e := E{T: &T[int]{v: 1}, x: D}\n"
    "	println(e.get(), C, len([...]int{3: 1}), func() int { return w }())\n"
    "	for k := range func(yield func(int) bool) { yield(u) } { println(k) }\n"
    "}\n";

static const char lib_text[] =
    "package lib\n\nvar n = g()\n\nfunc g() int { return 1 }\nfunc F(x int) int { return x + n }\n";
static const struct src_file lib_files[] = {{"lib.go", lib_text, sizeof lib_text - 1}};
static const struct lang_package_source packages[] = {{"lib", lib_files, 1}};

static int native(const char *name) {
    (void)name;
    return 0;
}

static const struct lang_library library = {packages, 1, native, NULL};

/* Everything that code generation may ask. */
static bool look_around(struct lang_checked *c) {
    for (size_t p = 0; p < c->npackages; p++) {
        for (size_t i = 0; i < c->packages[p]->nfuncs; i++) {
            if (!lang_func_prepare(c, c->packages[p]->funcs[i])) return false;
        }
    }
    struct lang_type *t = lang_type_pointer(c, c->error_type);
    return t && lang_method_set_of(c, c->error_type) && lang_intern(c, "fresh", 5);
}

static void every_failure_is_told(void **state) {
    (void)state;
    struct src_file file = {"x.go", text, sizeof text - 1};
    long failures = 0;
    for (bool failed = true; failed; failures++) {
        struct diag_list diags;
        fail_alloc_at(failures);
        diag_init(&diags);
        struct lang_checked *c = lang_checked_new(&file, 1, &library, &diags);
        bool whole = c && !diags.failed && look_around(c);
        failed = fail_alloc_done();
        fail_alloc_at(-1);
        if (!failed) {
            assert_true(whole);
            assert_int_equal(diags.items.len, 0);
        }
        if (!c) assert_true(diags.failed);
        lang_checked_free(c);
        diag_free(&diags);
    }
    assert_true(failures > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_failure_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
