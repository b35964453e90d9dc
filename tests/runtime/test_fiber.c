/* Fibers: switching keeps locals, floating point and order; released stacks are used again, even abandoned ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fiber.h"

struct partner {
    struct fiber *self, *other;
    int turns, seen;
    double sum;
};

/* Keeps values in callee-saved registers and floating point across switches. */
static void ping(void *arg) {
    struct partner *p = arg;
    double local = 0.5;
    for (int i = 0; i < p->turns; i++) {
        p->seen++;
        local += 0.25;
        fiber_switch(p->self, p->other);
    }
    p->sum = local;
    fiber_finish(p->self, p->other);
}

static void switches_keep_state(void **state) {
    (void)state;
    struct fiber_pool pool;
    fiber_pool_init(&pool, 0);
    struct fiber *host = fiber_host_new();
    assert_non_null(host);
    struct partner p[3];
    for (int i = 0; i < 3; i++) {
        p[i] = (struct partner){.other = host, .turns = 100 + i};
        p[i].self = fiber_new(&pool, ping, &p[i]);
        assert_non_null(p[i].self);
    }
    for (int turn = 0; turn <= 102; turn++)
        for (int i = 0; i < 3; i++)
            if (turn <= p[i].turns) fiber_switch(host, p[i].self);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(p[i].seen, 100 + i);
        assert_true(p[i].sum == 0.5 + 0.25 * (100 + i));
        fiber_release(&pool, p[i].self);
    }
    assert_int_equal(pool.count, 3);
    fiber_host_free(host);
    fiber_pool_free(&pool);
}

static int deep(int n, struct partner *p) {
    volatile char room[200];
    memset((char *)room, n & 0x7f, sizeof room);
    if (n == 0) {
        fiber_switch(p->self, p->other);
        return 0;
    }
    return deep(n - 1, p) + (room[7] == (char)(n & 0x7f));
}

static void descend(void *arg) {
    struct partner *p = arg;
    p->seen = deep(p->turns, p);
    fiber_finish(p->self, p->other);
}

/* A fiber left in the middle of its work gives its stack back, and the next one on it finds it clean. */
static void abandoned_stacks_are_reused(void **state) {
    (void)state;
    struct fiber_pool pool;
    fiber_pool_init(&pool, 0);
    struct fiber *host = fiber_host_new();
    struct partner p = {.other = host, .turns = 100};
    for (int round = 0; round < 50; round++) {
        p.self = fiber_new(&pool, descend, &p);
        assert_non_null(p.self);
        fiber_switch(host, p.self);
        fiber_release(&pool, p.self);
    }
    assert_int_equal(pool.count, 1);
    p.self = fiber_new(&pool, descend, &p);
    fiber_switch(host, p.self);
    fiber_switch(host, p.self);
    assert_int_equal(p.seen, 100);
    fiber_host_free(host);
    fiber_pool_free(&pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(switches_keep_state),
        cmocka_unit_test(abandoned_stacks_are_reused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
