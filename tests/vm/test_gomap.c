/* Maps against a simple model: the same random operations on both, then the same contents; iteration under changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gomap.h"
#include "native.h"

#define KEYS 2000

static const struct lang_rtype type_int = { .index = 1, .kind = LANG_K_INT, .slots = 1, .elem_code = 1,
                                            .flags = LANG_RT_COMPARABLE | LANG_RT_PLAIN, .name = "int" };
static const struct lang_rtype type_string = { .index = 2, .kind = LANG_K_STRING, .slots = 1, .elem_code = 1,
                                               .flags = LANG_RT_COMPARABLE, .name = "string" };
static const struct lang_rtype type_float = { .index = 3, .kind = LANG_K_FLOAT64, .slots = 1, .elem_code = 1,
                                              .flags = LANG_RT_COMPARABLE, .name = "float64" };
static const struct lang_rtype type_any = { .index = 4, .kind = LANG_K_INTERFACE, .slots = 1, .elem_code = 1,
                                            .flags = LANG_RT_COMPARABLE, .name = "interface {}" };
static const struct lang_rtype type_slice = { .index = 5, .kind = LANG_K_SLICE, .slots = 1, .elem_code = 1,
                                              .elem = &type_int, .name = "[]int" };
static const struct lang_rtype int_int = { .index = 6, .kind = LANG_K_MAP, .slots = 1, .key = &type_int,
                                           .elem = &type_int };
static const struct lang_rtype string_int = { .index = 7, .kind = LANG_K_MAP, .slots = 1, .key = &type_string,
                                              .elem = &type_int };
static const struct lang_rtype float_int = { .index = 8, .kind = LANG_K_MAP, .slots = 1, .key = &type_float,
                                             .elem = &type_int };
static const struct lang_rtype any_int = { .index = 9, .kind = LANG_K_MAP, .slots = 1, .key = &type_any,
                                           .elem = &type_int };

struct rig {
    struct heap heap;
    struct heap_cache cache;
    struct map_env env;
    struct vm_string strings[KEYS];
    char texts[KEYS][16];
    uint64_t random;
};

static int setup(void **state) {
    struct rig *t = calloc(1, sizeof *t);
    if (!t || !heap_init(&t->heap, 0, 0))
        return -1;
    t->env = (struct map_env){ .heap = &t->heap, .cache = &t->cache, .hash_seed = 99 };
    t->random = 12345;
    for (int i = 0; i < KEYS; i++) {
        int n = snprintf(t->texts[i], sizeof t->texts[i], "key-%d", i);
        t->strings[i] = (struct vm_string){ .len = (uint64_t)n, .data = (const uint8_t *)t->texts[i] };
    }
    *state = t;
    return 0;
}

static int teardown(void **state) {
    struct rig *t = *state;
    heap_free(&t->heap);
    free(t);
    return 0;
}

static uint64_t draw(struct rig *t, uint64_t n) {
    t->random = t->random * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (t->random >> 33) % n;
}

static rt_slot key_of(struct rig *t, const struct lang_rtype *type, unsigned i) {
    if (type == &string_int)
        return (uintptr_t)&t->strings[i];
    if (type == &float_int)
        return vm_of_float((double)i / 2 - 500);
    return (rt_slot)((int64_t)i - 1000);
}

/* Every key once in an iteration from a random start; contents as the model has them. */
static void compare(struct rig *t, struct vm_map *m, const struct lang_rtype *type, const int64_t *model) {
    struct vm_map_iter it;
    const rt_slot *key, *value;
    uint64_t n = 0, present = 0, starts = vm_map_starts(m);
    int64_t sum = 0, expect = 0;
    vm_map_iter_init(&it, m, starts ? draw(t, starts) : 0);
    while (vm_map_iter_next(&t->env, &it, &key, &value) == MAP_OK) {
        n++;
        sum += (int64_t)*value;
    }
    for (unsigned i = 0; i < KEYS; i++) {
        rt_slot k = key_of(t, type, i);
        enum map_result r = vm_map_get(&t->env, m, &k, &value);
        assert_int_equal(r, model[i] ? MAP_OK : MAP_ABSENT);
        if (model[i]) {
            assert_int_equal((int64_t)*value, model[i]);
            present++;
            expect += model[i];
        }
    }
    assert_int_equal(vm_map_len(m), present);
    assert_int_equal(n, present);
    assert_int_equal(sum, expect);
}

static void against_a_model(struct rig *t, const struct lang_rtype *type) {
    int64_t model[KEYS] = { 0 };
    struct vm_map *m = vm_map_make(&t->env, type, draw(t, 50));
    assert_non_null(m);
    for (int step = 0; step < 30000; step++) {
        unsigned range = step < 10000 ? 12 : KEYS, i = (unsigned)draw(t, range);
        rt_slot key = key_of(t, type, i), value = (rt_slot)(step + 1);
        if (draw(t, 3)) {
            assert_int_equal(vm_map_set(&t->env, m, &key, &value), MAP_OK);
            model[i] = step + 1;
        } else {
            assert_int_equal(vm_map_delete(&t->env, m, &key), MAP_OK);
            model[i] = 0;
        }
        if (step % 3000 == 0)
            compare(t, m, type, model);
        if (step == 20000) {
            assert_int_equal(vm_map_clear(&t->env, m), MAP_OK);
            memset(model, 0, sizeof model);
        }
    }
    compare(t, m, type, model);
}

static void integers(void **state) { against_a_model(*state, &int_int); }
static void strings(void **state) { against_a_model(*state, &string_int); }
static void floats(void **state) { against_a_model(*state, &float_int); }

/* While iterating: what is deleted before it is reached does not come, what stays comes once, new ones may come once. */
static void changes_during_iteration(void **state) {
    struct rig *t = *state;
    for (int round = 0; round < 200; round++) {
        struct vm_map *m = vm_map_make(&t->env, &int_int, 0);
        uint8_t seen[KEYS] = { 0 }, gone[KEYS] = { 0 };
        rt_slot one = 1;
        uint64_t n = 1 + draw(t, 60), fresh = n;
        for (rt_slot k = 0; k < n; k++)
            vm_map_set(&t->env, m, &k, &one);
        struct vm_map_iter it;
        const rt_slot *key, *value;
        vm_map_iter_init(&it, m, draw(t, vm_map_starts(m)));
        while (vm_map_iter_next(&t->env, &it, &key, &value) == MAP_OK) {
            rt_slot k = *key;
            assert_false(seen[k]);
            assert_false(gone[k]);
            seen[k] = 1;
            rt_slot victim = draw(t, n);
            if (draw(t, 2)) {
                vm_map_delete(&t->env, m, &victim);
                gone[victim] = 1;
            }
            for (uint64_t adds = draw(t, 8); adds && fresh < KEYS; adds--, fresh++)
                vm_map_set(&t->env, m, &fresh, &one);
        }
        for (rt_slot k = 0; k < n; k++)
            assert_true(seen[k] || gone[k]);
    }
}

static void small_maps_start_anywhere_and_keep_their_order(void **state) {
    struct rig *t = *state;
    struct vm_map *m = vm_map_make(&t->env, &int_int, 0);
    for (rt_slot k = 10; k < 15; k++)
        vm_map_set(&t->env, m, &k, &k);
    assert_int_equal(vm_map_starts(m), 8);
    for (uint64_t start = 0; start < 8; start++) {
        struct vm_map_iter it;
        const rt_slot *key, *value;
        vm_map_iter_init(&it, m, start);
        for (uint64_t i = 0; i < 5; i++) {
            assert_int_equal(vm_map_iter_next(&t->env, &it, &key, &value), MAP_OK);
            assert_int_equal(*key, 10 + ((start < 5 ? start : 0) + i) % 5);
        }
        assert_int_equal(vm_map_iter_next(&t->env, &it, &key, &value), MAP_ABSENT);
    }
}

static void odd_keys(void **state) {
    struct rig *t = *state;
    struct vm_map *m = vm_map_make(&t->env, &float_int, 0);
    rt_slot nan = vm_of_float(__builtin_nan("")), plus = vm_of_float(0.0), minus = vm_of_float(-0.0), v = 5;
    const rt_slot *value;
    for (int i = 0; i < 20; i++)
        assert_int_equal(vm_map_set(&t->env, m, &nan, &v), MAP_OK);
    assert_int_equal(vm_map_len(m), 20); /* no NaN equals another */
    assert_int_equal(vm_map_get(&t->env, m, &nan, &value), MAP_ABSENT);
    vm_map_set(&t->env, m, &plus, &v);
    assert_int_equal(vm_map_get(&t->env, m, &minus, &value), MAP_OK);
    vm_map_clear(&t->env, m);
    assert_int_equal(vm_map_len(m), 0);

    struct { const struct lang_rtype *type; rt_slot value; } box = { &type_slice, 0 }, seven = { &type_int, 7 },
                                                             also = { &type_int, 7 };
    struct vm_map *any = vm_map_make(&t->env, &any_int, 0);
    rt_slot key = (uintptr_t)&box;
    assert_int_equal(vm_map_set(&t->env, any, &key, &v), MAP_UNHASHABLE);
    assert_ptr_equal(t->env.culprit, &type_slice);
    assert_int_equal(vm_map_get(&t->env, any, &key, &value), MAP_UNHASHABLE); /* though it is empty */
    key = (uintptr_t)&seven;
    assert_int_equal(vm_map_set(&t->env, any, &key, &v), MAP_OK);
    key = (uintptr_t)&also;
    assert_int_equal(vm_map_get(&t->env, any, &key, &value), MAP_OK);
    assert_int_equal(vm_map_set(&t->env, NULL, &key, &v), MAP_NIL);
    assert_int_equal(vm_map_get(&t->env, NULL, &key, &value), MAP_ABSENT);
    assert_int_equal(vm_map_delete(&t->env, NULL, &key), MAP_OK);
}

/* Another writer, reader and iterator come while a write is under way. */
struct intruder { struct rig *t; struct vm_map *m; enum map_result write, read, iterate; };

static void intrude(void *ctx) {
    struct intruder *in = ctx;
    struct map_env env = in->t->env;
    struct vm_map_iter it;
    rt_slot key = 1;
    const rt_slot *k, *value;
    env.midway = NULL;
    vm_map_iter_init(&it, in->m, 0);
    in->write = vm_map_set(&env, in->m, &key, &key);
    in->read = vm_map_get(&env, in->m, &key, &value);
    in->iterate = vm_map_iter_next(&env, &it, &k, &value);
}

static void concurrent_use_is_found(void **state) {
    struct rig *t = *state;
    struct vm_map *m = vm_map_make(&t->env, &int_int, 0);
    rt_slot key = 1;
    struct intruder in = { t, m, MAP_OK, MAP_OK, MAP_OK };
    vm_map_set(&t->env, m, &key, &key);
    t->env.midway = intrude;
    t->env.ctx = &in;
    assert_int_equal(vm_map_set(&t->env, m, &key, &key), MAP_OK);
    assert_int_equal(in.write, MAP_RACE_WRITE);
    assert_int_equal(in.read, MAP_RACE_READ);
    assert_int_equal(in.iterate, MAP_RACE_ITER);
    t->env.midway = NULL;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(integers, setup, teardown),
        cmocka_unit_test_setup_teardown(strings, setup, teardown),
        cmocka_unit_test_setup_teardown(floats, setup, teardown),
        cmocka_unit_test_setup_teardown(changes_during_iteration, setup, teardown),
        cmocka_unit_test_setup_teardown(small_maps_start_anywhere_and_keep_their_order, setup, teardown),
        cmocka_unit_test_setup_teardown(odd_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(concurrent_use_is_found, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
