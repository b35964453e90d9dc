/* The lexer's tokens, and what the checker writes into the tree for code generation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "check.h"
#include "lexer.h"

static void ignore(void *ctx, uint32_t line, uint32_t col, const char *msg) {
    (void)line, (void)col, (void)msg;
    ++*(int *)ctx;
}

static void assert_tokens(const char *text, const char *want) {
    struct lang_lexer x;
    struct str s = {0};
    int errors = 0;
    lang_lexer_init(&x, text, strlen(text), ignore, &errors);
    for (lang_lexer_next(&x); x.tok != LANG_TOK_EOF; lang_lexer_next(&x)) {
        if (s.len) str_addc(&s, ' ');
        switch (x.tok) {
        case LANG_TOK_NAME:
        case LANG_TOK_LITERAL:
        case LANG_TOK_SEMI:
            str_add(&s, x.text, x.len);
            break;
        case LANG_TOK_OPERATOR:
            str_adds(&s, lang_op_text(x.op));
            break;
        case LANG_TOK_ASSIGN_OP:
            str_addf(&s, "%s=", lang_op_text(x.op));
            break;
        case LANG_TOK_INC_OP:
            str_addf(&s, "%s%s", lang_op_text(x.op), lang_op_text(x.op));
            break;
        default:
            str_adds(&s, lang_token_text(x.tok));
        }
    }
    assert_string_equal(str_cstr(&s), want);
    str_free(&s);
}

static void test_tokens(void **state) {
    (void)state;
    assert_tokens("x := a.b\n", "x := a . b newline");
    assert_tokens("return\n}\n", "return newline } newline");
    assert_tokens("f(\n1,\n)", "f ( 1 , ) EOF");
    assert_tokens("a /* x\n */ b", "a newline b EOF");
    assert_tokens("a // x\nb", "a newline b EOF");
    assert_tokens("x++ + +y", "x ++ + + y EOF");
    assert_tokens("a &^= b &^ c &&d", "a &^= b &^ c && d EOF");
    assert_tokens("1.5e3 .5 0x1p-2 ... . 'x' '\\n' `a\nb` \"c\"", "1.5e3 .5 0x1p-2 ... . 'x' '\\n' `a\nb` \"c\" EOF");
    assert_tokens("<-c <<= <= >>", "<- c <<= <= >>");
    assert_tokens("größe := 世界", "größe := 世界 EOF");
}

static void test_unquote(void **state) {
    (void)state;
    char buf[64];
    int32_t rune;
    size_t n = lang_unquote("\"a\\x41\\u00e9\\n\\101\"", 19, buf, NULL);
    assert_int_equal(n, 6);
    assert_memory_equal(buf, "aA\xc3\xa9\nA", 6);
    n = lang_unquote("`a\\n\r`", 6, buf, NULL);
    assert_int_equal(n, 3);
    assert_memory_equal(buf, "a\\n", 3);
    lang_unquote("'\\U0001F600'", 12, buf, &rune);
    assert_int_equal(rune, 0x1f600);
}

/* ---- the tree ---- */

static struct diag_list diags;

static struct lang_checked *checked(const char *text) {
    static struct src_file file; /* outlives the result */
    file = (struct src_file){"x.go", text, strlen(text)};
    diag_init(&diags);
    struct lang_checked *c = lang_checked_new(&file, 1, NULL, &diags);
    assert_non_null(c);
    for (size_t i = 0; i < diags.items.len; i++)
        printf("%d:%d %s\n", diags.items.data[i].line, diags.items.data[i].col, diags.items.data[i].message);
    assert_int_equal(diags.items.len, 0);
    return c;
}

static void done(struct lang_checked *c) {
    lang_checked_free(c);
    diag_free(&diags);
}

static struct lang_func *func(struct lang_checked *c, const char *name) {
    for (size_t i = 0; i < c->main->nfuncs; i++) {
        if (strcmp(c->main->funcs[i]->obj->name, name) == 0) return c->main->funcs[i];
    }
    return NULL;
}

static struct lang_object *local(struct lang_func *f, const char *name) {
    for (size_t i = 0; i < f->locals.len; i++) {
        if (strcmp(f->locals.data[i]->name, name) == 0) return f->locals.data[i];
    }
    return NULL;
}

static void test_captures(void **state) {
    (void)state;
    struct lang_checked *c = checked(
        "package main\n"
        "type T struct{ a [3]int }\n"
        "func (t *T) p() {}\n"
        "func main() {\n"
        "a, b, d, e := 1, 2, 3, 4\n"
        "var t, u T\n"
        "f := func() { func() { a = b }() }\n"
        "f(); _ = &d; t.p(); _ = u.a[:]; _ = a\n"
        "e++\n"
        "for i := 0; i < 3; i++ { go func() { _ = i }() }\n"
        "}\n");
    struct lang_func *m = c->main_func;
    assert_true(local(m, "a")->u.var.captured && local(m, "a")->u.var.reassigned);
    assert_true(local(m, "b")->u.var.captured && !local(m, "b")->u.var.reassigned);
    assert_true(local(m, "d")->u.var.addr_taken && !local(m, "d")->u.var.captured);
    assert_true(local(m, "t")->u.var.addr_taken);
    assert_true(local(m, "u")->u.var.addr_taken);
    assert_true(local(m, "e")->u.var.reassigned && !local(m, "e")->u.var.addr_taken);
    assert_true(local(m, "i")->u.var.loop_var && local(m, "i")->u.var.captured);
    assert_int_equal(m->nlits, 2);
    assert_int_equal(m->lits[0]->captures.len, 2); /* through the function within */
    assert_int_equal(m->lits[0]->lits[0]->captures.len, 2);
    struct str s = {0};
    lang_func_write_name(m->lits[0]->lits[0], &s);
    assert_string_equal(str_cstr(&s), "main.main.func1.1");
    str_clear(&s);
    lang_func_write_name(func(c, "p"), &s);
    assert_string_equal(str_cstr(&s), "main.(*T).p");
    str_free(&s);
    done(c);
}

static struct lang_expr *stmt_rhs(struct lang_func *f, size_t i) {
    return f->body->u.block.list.data[i]->u.assign.rhs.data[0];
}

static void test_conversions(void **state) {
    (void)state;
    struct lang_checked *c = checked(
        "package main\n"
        "type E struct{}\n"
        "func (E) Error() string { return \"\" }\n"
        "func main() {\n"
        "var e error\n"
        "e = E{}\n"
        "var a any\n"
        "a = e\n"
        "a = 1\n"
        "a = nil\n"
        "var f float32\n"
        "f = 1\n"
        "b := a == 2\n"
        "_, _ = f, b\n"
        "}\n");
    struct lang_func *m = c->main_func;
    assert_true(stmt_rhs(m, 1)->convert == c->error_type);
    assert_true(lang_identical(stmt_rhs(m, 3)->convert, c->any_type));
    assert_true(stmt_rhs(m, 4)->type == c->basic[LANG_INT]);
    assert_non_null(stmt_rhs(m, 4)->convert);
    assert_true(lang_identical(stmt_rhs(m, 5)->type, c->any_type));
    assert_null(stmt_rhs(m, 5)->convert);
    assert_true(stmt_rhs(m, 7)->type == c->basic[LANG_FLOAT32]);
    assert_int_equal(lang_const_kind(stmt_rhs(m, 7)->constant), LANG_CONST_FLOAT);
    struct lang_expr *cmp = stmt_rhs(m, 8);
    assert_true(cmp->type == c->basic[LANG_BOOL]);
    assert_true(lang_identical(cmp->u.binary.y->convert, c->any_type));
    assert_true(lang_identical(cmp->u.binary.operand, c->any_type));
    done(c);
}

static void test_selections(void **state) {
    (void)state;
    struct lang_checked *c = checked(
        "package main\n"
        "type A struct{ x int }\n"
        "func (a A) v() {}\n"
        "func (a *A) p() {}\n"
        "type B struct{ y int; *A }\n"
        "type I interface{ v() }\n"
        "func main() {\n"
        "var b B\n"
        "n := b.x\n"
        "f := b.v\n"
        "g := (*A).p\n"
        "var i I = b\n"
        "h := i.v\n"
        "_, _, _, _ = n, f, g, h\n"
        "}\n");
    struct lang_func *m = c->main_func;
    const struct lang_selection *s = &stmt_rhs(m, 1)->u.sel.selection;
    assert_int_equal(s->kind, LANG_SEL_FIELD);
    assert_int_equal(s->nsteps, 2);
    assert_true(!s->steps[0].deref && s->steps[0].field == 1 && s->steps[1].deref && s->steps[1].field == 0);
    s = &stmt_rhs(m, 2)->u.sel.selection;
    assert_int_equal(s->kind, LANG_SEL_METHOD);
    assert_true(s->nsteps == 1 && s->recv_deref && !s->recv_addr && !s->iface);
    assert_true(lang_method_func(c, s) == func(c, "v"));
    s = &stmt_rhs(m, 3)->u.sel.selection;
    assert_int_equal(s->kind, LANG_SEL_METHOD_EXPR);
    s = &stmt_rhs(m, 5)->u.sel.selection;
    assert_true(s->kind == LANG_SEL_METHOD && s->iface);
    const struct lang_method_set *set = lang_method_set_of(c, local(m, "b")->type);
    assert_int_equal(set->len, 2);
    assert_string_equal(set->data[0].obj->name, "p");
    done(c);
}

static void test_instances(void **state) {
    (void)state;
    struct lang_checked *c = checked(
        "package main\n"
        "type L[T any] struct{ next *L[T]; v T }\n"
        "func (l *L[T]) push(v T) *L[T] { return &L[T]{l, v} }\n"
        "func each[T any](l *L[T], f func(T)) { for ; l != nil; l = l.next { f(l.v) } }\n"
        "func first[S ~[]E, E any](s S) (e E) { type box struct{ e E }; b := box{s[0]}; return b.e }\n"
        "func main() {\n"
        "var l *L[string]\n"
        "l = l.push(\"a\")\n"
        "each(l, func(s string) {})\n"
        "_ = first([]float64{1})\n"
        "}\n");
    struct lang_func *m = c->main_func;
    struct lang_expr *call = m->body->u.block.list.data[2]->u.expr.x;
    struct lang_func *each = call->u.call.fun->func;
    assert_non_null(each);
    assert_true(each->origin == func(c, "each"));
    assert_true(lang_func_prepare(c, each));
    assert_true(each->params.data[1]->type->u.sig.params.data[0]->type == c->basic[LANG_STRING]);
    struct lang_func *push = lang_method_func(c, &stmt_rhs(m, 1)->u.call.fun->u.sel.selection);
    assert_true(lang_func_prepare(c, push));
    assert_true(push->params.data[0]->type == c->basic[LANG_STRING]);
    assert_true(push->origin == func(c, "push"));
    struct lang_func *first = stmt_rhs(m, 3)->u.call.fun->func;
    assert_true(lang_func_prepare(c, first));
    struct lang_type *box = local(first, "b")->type;
    assert_true(lang_under(box)->u.strct.fields.data[0]->type == c->basic[LANG_FLOAT64]);
    assert_true(box != local(func(c, "first"), "b")->type);
    struct str s = {0};
    lang_func_write_name(push, &s);
    assert_string_equal(str_cstr(&s), "main.(*L[...]).push");
    str_clear(&s);
    lang_type_write(local(m, "l")->type, NULL, &s);
    assert_string_equal(str_cstr(&s), "*main.L[string]");
    str_free(&s);
    done(c);
}

static void test_init_order(void **state) {
    (void)state;
    struct lang_checked *c = checked(
        "package main\n"
        "var a = b + f()\n"
        "var b = 1\n"
        "var x, y = g()\n"
        "var d = 2\n"
        "func f() int { return d }\n"
        "func g() (int, int) { return a, b }\n"
        "func main() {}\n");
    static const char *const want[] = {"b", "d", "a", "x"};
    assert_int_equal(c->main->ninit_order, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(c->main->init_order[i].lhs.data[0]->name, want[i]);
    assert_int_equal(c->main->init_order[3].lhs.len, 2);
    done(c);
}

static void test_range_func(void **state) {
    (void)state;
    struct lang_checked *c = checked(
        "package main\n"
        "func main() {\n"
        "n := 0\n"
        "for i := range func(yield func(int) bool) {} { n += i }\n"
        "println(n)\n"
        "}\n");
    struct lang_stmt *s = c->main_func->body->u.block.list.data[1];
    assert_int_equal(s->u.range.range, LANG_RANGE_FUNC);
    assert_non_null(s->u.range.func);
    assert_int_equal(s->u.range.func->kind, LANG_FUNC_RANGE);
    assert_int_equal(s->u.range.func->captures.len, 1);
    assert_non_null(s->u.range.func->params.data[0]);
    assert_null(s->u.range.func->params.data[1]);
    done(c);
}

/* ---- hostile programs ---- */

static void repeat(struct str *s, const char *what, int n) {
    for (int i = 0; i < n; i++)
        str_adds(s, what);
}

static void assert_too_deep(struct str *s) {
    struct src_file f = {"x.go", str_cstr(s), s->len};
    struct diag_list d;
    diag_init(&d);
    assert_false(lang_check(&f, 1, NULL, &d));
    bool told = false;
    for (size_t i = 0; i < d.items.len; i++)
        told = told || strstr(d.items.data[i].message, "nesting too deep");
    if (!told) printf("%.30s...: %s\n", str_cstr(s), d.items.len ? d.items.data[0].message : "nothing");
    assert_true(told);
    diag_free(&d);
    str_free(s);
}

static void test_depth(void **state) {
    (void)state;
    enum { N = 30000 };
    static const char *const shapes[][3] = {
        {"package main\nvar x = ", "(", "1"},
        {"package main\nvar x = ", "- ", "1"},
        {"package main\nvar x ", "[]", "int"},
        {"package main\nvar x ", "map[int]", "int"},
        {"package main\nfunc main() ", "{", ""},
        {"package main\nfunc main() {", "if true {", ""},
        {"package main\nvar x = 1", "+1", ""},
        {"package main\nvar x = f", "()", ""},
        {"package main\nvar x = f", ".a", ""},
        {"package main\nvar x ", "struct{a ", "int"},
        {"package main\nvar x = ", "func(){", ""},
        {"package main\nvar x = []T", "{", ""},
        {"package main\nfunc main() {", "L:", ""},
        {"package main\nvar x ", "func(", ""},
        {"package main\ntype T interface{ int", "|int", "}"},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct str s = {0};
        str_adds(&s, shapes[i][0]);
        repeat(&s, shapes[i][1], N);
        str_adds(&s, shapes[i][2]);
        str_addc(&s, '\n');
        assert_too_deep(&s);
    }
}

static void test_else_if_chain(void **state) {
    (void)state;
    struct str s = {0};
    str_adds(&s, "package main\nfunc main() { x := 1\n");
    repeat(&s, "if x == 1 {} else ", 2000);
    str_adds(&s, "{}\n}\n");
    struct src_file f = {"x.go", str_cstr(&s), s.len};
    struct diag_list d;
    diag_init(&d);
    assert_true(lang_check(&f, 1, NULL, &d));
    diag_free(&d);
    str_free(&s);
}

static void test_bytes(void **state) {
    (void)state;
    static const char text[] = "package main\n\xef\xbb\xbf\0\xff\xfe func main() { \"\xff\" }\n";
    struct src_file f = {"x.go", text, sizeof text - 1};
    struct diag_list d;
    diag_init(&d);
    assert_false(lang_check(&f, 1, NULL, &d));
    assert_string_equal(d.items.data[0].message, "invalid BOM in the middle of the file");
    assert_string_equal(d.items.data[1].message, "invalid NUL character");
    assert_string_equal(d.items.data[2].message, "invalid UTF-8 encoding");
    diag_free(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),        cmocka_unit_test(test_unquote),    cmocka_unit_test(test_captures),
        cmocka_unit_test(test_conversions),   cmocka_unit_test(test_selections), cmocka_unit_test(test_instances),
        cmocka_unit_test(test_init_order),    cmocka_unit_test(test_range_func), cmocka_unit_test(test_depth),
        cmocka_unit_test(test_else_if_chain), cmocka_unit_test(test_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
