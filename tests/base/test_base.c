#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "arena.h"
#include "diag.h"
#include "map.h"
#include "str.h"
#include "vec.h"

static void arena_zeroes_and_aligns(void **state) {
    (void)state;
    struct arena a;
    arena_init(&a);
    for (size_t n = 1; n < 9000; n = n * 3 + 1) {
        unsigned char *p = arena_alloc(&a, n);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % sizeof(max_align_t) % 16, 0);
        for (size_t i = 0; i < n; i++) assert_int_equal(p[i], 0);
        memset(p, 0xff, n);
    }
    assert_string_equal(arena_printf(&a, "%s-%d", "x", 7), "x-7");
    arena_free(&a);
}

static void arena_refuses_overflow_and_limit(void **state) {
    (void)state;
    struct arena a;
    arena_init(&a);
    assert_null(arena_array(&a, SIZE_MAX / 2, 4));
    assert_int_equal(a.failed, 1);
    a.limit = 100;
    assert_non_null(arena_alloc(&a, 64));
    assert_null(arena_alloc(&a, 64));
    arena_free(&a);
}

static void vec_grows_and_keeps(void **state) {
    (void)state;
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++) assert_true(VEC_PUSH(&v, i));
    for (int i = 0; i < 1000; i++) assert_int_equal(v.data[i], i);
    assert_false(VEC_RESERVE(&v, SIZE_MAX / 2));
    assert_int_equal(v.len, 1000);
    VEC_FREE(&v);
}

static void map_keeps_order_and_replaces(void **state) {
    (void)state;
    struct map m = {0};
    int values[500];
    char key[16];
    for (int i = 0; i < 500; i++) {
        snprintf(key, sizeof key, "k%d", i * 7919 % 500);
        assert_true(map_sets(&m, key, &values[i]));
    }
    assert_int_equal(m.len, 500);
    assert_ptr_equal(map_gets(&m, "k0"), &values[0]);
    assert_true(map_sets(&m, "k0", &values[3]));
    assert_ptr_equal(map_gets(&m, "k0"), &values[3]);
    assert_int_equal(m.len, 500);
    assert_string_equal(m.entries[1].key, "k419");
    assert_null(map_gets(&m, "absent"));
    map_free(&m);
}

static void nearest_word_finds_slips(void **state) {
    (void)state;
    const char *const known[] = {"program", "machine", "seed", "lesson", "expect"};
    assert_string_equal(nearest_word("porgram", known, 5), "program");
    assert_string_equal(nearest_word("seeds", known, 5), "seed");
    assert_string_equal(nearest_word("expects", known, 5), "expect");
    assert_null(nearest_word("quaternion", known, 5));
}

static void diag_sorts_and_points(void **state) {
    (void)state;
    struct src_file f = {"a.go", "package main\n\n\tx := \xc3\xa9y\n", 24};
    struct diag_list d;
    diag_init(&d);
    diag_add(&d, &f, 3, 9, "later");
    diag_add(&d, &f, 1, 1, "first");
    diag_add(&d, &f, 1, 1, "first");
    diag_hint(&d, "do this");
    diag_sort(&d);
    assert_int_equal(d.items.len, 2);
    struct str s = {0};
    diag_format(&d.items.data[1], &s);
    assert_string_equal(str_cstr(&s), "a.go:3:9: later\n    \tx := \xc3\xa9y\n    \t      ^\n");
    str_free(&s);
    diag_free(&d);
}

static void file_write_is_whole(void **state) {
    (void)state;
    char path[] = "/tmp/gosee-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write_whole(path, "hello", 5));
    struct str s = {0};
    assert_true(str_read_file(&s, path, 100));
    assert_string_equal(s.data, "hello");
    str_clear(&s);
    assert_false(str_read_file(&s, path, 4));
    str_free(&s);
    unlink(path);
    /* A new file's permissions are those that the process gives any new file. */
    unlink(path);
    mode_t mask = umask(022);
    assert_true(file_write_whole(path, "x", 1));
    umask(mask);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0644);
    unlink(path);
    assert_false(file_write_whole("/nonexistent/folder/x", "a", 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_zeroes_and_aligns),      cmocka_unit_test(arena_refuses_overflow_and_limit),
        cmocka_unit_test(vec_grows_and_keeps),          cmocka_unit_test(map_keeps_order_and_replaces),
        cmocka_unit_test(nearest_word_finds_slips),     cmocka_unit_test(diag_sorts_and_points),
        cmocka_unit_test(file_write_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
