/* Every program of diagnostics.txt gets the messages that Go's compiler gives, at the same places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang.h"
#include "str.h"

static const char fmt_text[] = "package fmt\n\nfunc Println(a ...any) (n int, err error)\n";
static const struct src_file fmt_files[] = {{"fmt.go", fmt_text, sizeof fmt_text - 1}};
static const char strings_text[] =
    "package strings\n\ntype Builder struct{ buf []byte }\ntype builder struct{}\n"
    "func explode(s string, n int) []string { return nil }\n"
    "func ToUpper(s string) string { return s }\n";
static const struct src_file strings_files[] = {{"strings.go", strings_text, sizeof strings_text - 1}};
static const char os_text[] = "package os\n\nvar Args []string\n";
static const struct src_file os_files[] = {{"os.go", os_text, sizeof os_text - 1}};
static const char sync_text[] =
    "package sync\n\ntype Mutex struct{ state int }\ntype WaitGroup struct{ n int }\nfunc (wg *WaitGroup) Done()\n";
static const struct src_file sync_files[] = {{"sync.go", sync_text, sizeof sync_text - 1}};
static const char atomic_text[] = "package atomic\n\ntype Bool struct{ v int }\ntype Int64 struct{ v int64 }\n";
static const struct src_file atomic_files[] = {{"atomic.go", atomic_text, sizeof atomic_text - 1}};
static const char strconv_text[] = "package strconv\n\ntype NumError struct{ Func string }\n";
static const struct src_file strconv_files[] = {{"strconv.go", strconv_text, sizeof strconv_text - 1}};
static const struct lang_package_source packages[] = {
    {"fmt", fmt_files, 1},   {"strings", strings_files, 1},     {"os", os_files, 1},
    {"sync", sync_files, 1}, {"sync/atomic", atomic_files, 1}, {"strconv", strconv_files, 1}};

static int native(const char *name) {
    (void)name;
    return 0;
}

static const struct lang_library library = {packages, sizeof packages / sizeof *packages, native, NULL};

static void check(const char *text, size_t len, struct str *out) {
    struct src_file file = {"x.go", text, len};
    struct diag_list diags;
    diag_init(&diags);
    bool ok = lang_check(&file, 1, &library, &diags);
    assert_int_equal(ok, diags.items.len == 0);
    for (size_t i = 0; i < diags.items.len; i++) {
        const struct diag *d = &diags.items.data[i];
        if (d->file) str_addf(out, "%s:%d:%d: ", d->file->name, d->line, d->col);
        str_addf(out, "%s\n", d->message);
    }
    diag_free(&diags);
}

static int run_case(const char *name, size_t name_len, const char *source, size_t source_len, const char *want,
                    size_t want_len) {
    struct str got = {0};
    check(source, source_len, &got);
    while (want_len && want[want_len - 1] == '\n')
        want_len--;
    while (got.len && got.data[got.len - 1] == '\n')
        got.len--;
    bool same = got.len == want_len && (!want_len || memcmp(str_cstr(&got), want, want_len) == 0);
    if (!same)
        printf("=== %.*s\n--- want\n%.*s\n--- got\n%.*s\n", (int)name_len, name, (int)want_len, want, (int)got.len,
               str_cstr(&got));
    str_free(&got);
    return !same;
}

static void test_all(void **state) {
    (void)state;
    struct str text = {0};
    assert_true(str_read_file(&text, DIAGNOSTICS, 1 << 20));
    int cases = 0, failed = 0;
    const char *p = strstr(str_cstr(&text), "\n=== ");
    while (p) {
        const char *name = p + 5, *source = strchr(name, '\n') + 1, *mark = strstr(source, "\n---\n");
        assert_non_null(mark);
        const char *want = mark + 5, *next = strncmp(mark + 4, "\n=== ", 5) == 0 ? mark + 4 : strstr(want, "\n=== ");
        const char *end = next ? next : str_cstr(&text) + text.len;
        if (next == mark + 4) end = want;
        failed += run_case(name, (size_t)(source - name - 1), source, (size_t)(mark + 1 - source), want,
                           (size_t)(end - want));
        cases++;
        p = next;
    }
    str_free(&text);
    printf("%d programs, %d differ\n", cases, failed);
    assert_true(cases > 60);
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
