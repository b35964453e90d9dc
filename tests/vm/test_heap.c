/* The heap: objects are zero, apart, found from inside, and bounded by the limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "heap.h"

static void objects_are_zeroed_and_apart(void **state) {
    struct heap h;
    struct heap_cache c = { 0 };
    uint8_t *seen[400];
    size_t sizes[400];
    uint32_t x = 7;
    (void)state;
    assert_true(heap_init(&h, 0, 0));
    for (int i = 0; i < 400; i++) {
        x = x * 1664525u + 1013904223u;
        sizes[i] = (x >> 8) % 5000;
        seen[i] = heap_alloc(&h, &c, sizes[i], heap_head(HEAP_BYTES, NULL));
        assert_non_null(seen[i]);
        assert_int_equal((uintptr_t)seen[i] % 8, 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(seen[i][k], 0);
        memset(seen[i], i & 0xff, sizes[i]);
    }
    for (int i = 0; i < 400; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(seen[i][k], i & 0xff);
    heap_free(&h);
}

static void interior_pointers_find_their_object(void **state) {
    static const size_t sizes[] = { 0, 1, 8, 9, 40, 250, 256, 600, 2040, 2041, 9000, 100000 };
    _Alignas(16) static const char descriptor[16];
    const struct lang_rtype *type = (const void *)descriptor;
    struct heap h;
    struct heap_cache c = { 0 };
    (void)state;
    assert_true(heap_init(&h, 0, 0));
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (int again = 0; again < 40; again++) {
            size_t bytes;
            uint8_t *p = heap_alloc(&h, &c, sizes[i], heap_head(HEAP_OBJECT, type));
            assert_non_null(p);
            assert_ptr_equal(heap_find(&h, p, &bytes), p);
            assert_true(bytes >= sizes[i]);
            if (sizes[i])
                assert_ptr_equal(heap_find(&h, p + sizes[i] - 1, &bytes), p);
            assert_int_equal(heap_kind_of(p), HEAP_OBJECT);
            assert_ptr_equal(heap_type_of(p), type);
        }
    }
    size_t bytes;
    assert_null(heap_find(&h, &h, &bytes));
    assert_null(heap_find(&h, h.base + h.reserved - 1, &bytes));
    heap_free(&h);
}

static void the_limit_holds(void **state) {
    struct heap h;
    struct heap_cache c = { 0 };
    size_t n = 0;
    (void)state;
    assert_true(heap_init(&h, 1 << 20, 0));
    while (heap_alloc(&h, &c, 1000, heap_head(HEAP_BYTES, NULL)))
        n += 1000;
    assert_true(atomic_load(&h.limit_hit));
    assert_true(n > (1 << 19) && n <= (1 << 20));
    heap_free(&h);

    struct heap_cache fresh = { 0 };
    assert_true(heap_init(&h, 1 << 20, 0));
    assert_null(heap_alloc(&h, &fresh, (size_t)1 << 60, heap_head(HEAP_BYTES, NULL)));
    assert_false(atomic_load(&h.limit_hit)); /* no heap has that much: want of memory */
    heap_free(&h);
}

static void objects_are_counted(void **state) {
    enum { OBJECTS = 5000 };
    struct heap h;
    struct heap_cache c[2] = { 0 };
    (void)state;
    assert_true(heap_init(&h, 0, 0));
    for (int i = 0; i < OBJECTS; i++) {
        void *p = heap_alloc(&h, &c[i % 2], i % 50 ? (size_t)i % 900 : 5000, heap_head(HEAP_BYTES, NULL));
        if (i % 3 == 0) heap_mark(&h, p);
    }
    assert_int_equal(h.mallocs - heap_unused(&c[0]) - heap_unused(&c[1]), OBJECTS);
    for (int i = 0; i < 2; i++) heap_empty_cache(&h, &c[i]);
    heap_sweep(&h);
    assert_int_equal(h.mallocs, OBJECTS);
    assert_int_equal(h.frees, OBJECTS - (OBJECTS + 2) / 3);
    for (int i = 0; i < 100; i++) heap_alloc(&h, &c[0], 40, heap_head(HEAP_BYTES, NULL)); /* out of runs between others */
    assert_int_equal(h.mallocs - heap_unused(&c[0]), OBJECTS + 100);
    heap_free(&h);
}

static void shown_addresses_are_the_same_in_every_run(void **state) {
    struct heap a, b;
    struct heap_cache ca = { 0 }, cb = { 0 };
    (void)state;
    assert_true(heap_init(&a, 0, 0));
    assert_true(heap_init(&b, 0, 0));
    for (int i = 0; i < 100; i++) {
        void *p = heap_alloc(&a, &ca, 24, heap_head(HEAP_BYTES, NULL));
        void *q = heap_alloc(&b, &cb, 24, heap_head(HEAP_BYTES, NULL));
        assert_ptr_not_equal(p, q);
        assert_int_equal(heap_shown(&a, (uintptr_t)p), heap_shown(&b, (uintptr_t)q));
    }
    assert_int_equal(heap_shown(&a, 0), 0);
    heap_free(&a);
    heap_free(&b);
}

/* What a first user leaves must be nothing that a second one sees: the same addresses, all zero. */
static void reset_is_as_new(void **state) {
    enum { OBJECTS = 3000, CACHES = 2 };
    static uint64_t at[OBJECTS];
    struct heap h;
    (void)state;
    assert_true(heap_init(&h, 0, 0));
    for (int round = 0; round < 4; round++) {
        struct heap_cache c[CACHES] = { 0 };
        uint32_t x = 11;
        for (int i = 0; i < OBJECTS; i++) {
            x = x * 1664525u + 1013904223u;
            size_t bytes = (x >> 8) % (i % 100 ? 700 : 300000);
            uint8_t *p = heap_alloc(&h, &c[i % CACHES], bytes, heap_head(HEAP_BYTES, NULL));
            assert_non_null(p);
            if (round == 0)
                at[i] = heap_shown(&h, (uintptr_t)p);
            assert_int_equal(heap_shown(&h, (uintptr_t)p), at[i]);
            for (size_t k = 0; k < bytes; k++)
                assert_int_equal(p[k], 0);
            memset(p, 0xa5, bytes);
            if (round == 2 && i % 3 == 0)
                heap_mark(&h, p);
        }
        for (int i = 0; i < CACHES; i++)
            heap_give_back(&h, &c[i]);
        if (round == 2) {
            heap_sweep(&h); /* and now runs are parts of blocks */
            struct heap_cache again = { 0 };
            for (int i = 0; i < OBJECTS; i++)
                memset(heap_alloc(&h, &again, 40, heap_head(HEAP_BYTES, NULL)), 0xa5, 40);
            heap_give_back(&h, &again);
        }
        heap_reset(&h, 0);
        assert_int_equal(atomic_load(&h.used), 0);
        assert_int_equal(h.next_page, 1);
    }
    heap_free(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_are_zeroed_and_apart),
        cmocka_unit_test(interior_pointers_find_their_object),
        cmocka_unit_test(the_limit_holds),
        cmocka_unit_test(objects_are_counted),
        cmocka_unit_test(shown_addresses_are_the_same_in_every_run),
        cmocka_unit_test(reset_is_as_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
