/* Random programs on the scheduler: whatever they do, their run ends, its log is a legal history and nothing crashes.
 *
 * test_soak                      a few, in both worlds (under ctest)
 * test_soak WORLD FROM TO        seeds FROM..TO-1 of "live" or "stepped": for long searches, best in a build with
 * GOSEE_YIELD, where the stepped world may switch at every atomic operation of the scheduler A failing seed prints the
 * command that shows it again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "script.h"

enum { BODIES = 7, BODY_STEPS = 26 };

struct program {
    struct step code[BODIES][BODY_STEPS + 8];
};

static uint64_t next(uint64_t *x) {
    *x += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = *x;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t below(uint64_t *x, uint64_t n) { return (int64_t)(next(x) % n); }

/* One random act: a step, or a lock with what is done under it. How many steps. */
static size_t act(uint64_t *x, struct step *at, int body) {
    int64_t obj = below(x, 3);
    switch (below(x, 24)) {
    case 0:
    case 1:
        at[0] = (struct step){SEND, obj, 5, 0};
        return 1;
    case 2:
    case 3:
        at[0] = (struct step){RECV, obj, 0, 0};
        return 1;
    case 4:
        at[0] = (struct step){SELECT, obj, (obj + 1) % 3, below(x, 2)};
        return 1;
    case 5:
        at[0] = (struct step){SELECT, obj, obj, 1};
        return 1;
    case 6:
        at[0] = (struct step){SLEEP, below(x, 40) * 1000, 0, 0};
        return 1;
    case 7:
    case 8:
        at[0] = (struct step){GOSCHED, 0, 0, 0};
        return 1;
    case 9:
        at[0] = (struct step){NAP, below(x, 60) * 1000, 0, 0};
        return 1;
    case 10:
        at[0] = (struct step){WRITE, 1, 0, 0};
        return 1;
    case 11:
        at[0] = (struct step){SPIN, below(x, 40), 0, 0};
        return 1;
    case 12:
        at[0] = (struct step){GROW, 300 << below(x, 3), 0, 0};
        return 1;
    case 13:
        at[0] = (struct step){PROCS, 1 + below(x, 4), 0, 0};
        return 1;
    case 14:
        at[0] = (struct step){STW, 0, 0, 0};
        return 1;
    case 15:
        at[0] = (struct step){LOCKTHREAD, 0, 0, 0};
        return 1;
    case 16:
        at[0] = (struct step){UNLOCKTHREAD, 0, 0, 0};
        return 1;
    case 17:
        at[0] = (struct step){BROADCAST, 1, 0, 0};
        return 1;
    case 18:
        at[0] = (struct step){SIGNAL, 1, 0, 0};
        return 1;
    case 19:
        at[0] = (struct step){RLOCK, 0, 0, 0};
        at[1] = (struct step){GOSCHED, 0, 0, 0};
        at[2] = (struct step){RUNLOCK, 0, 0, 0};
        return 3;
    case 20:
        at[0] = (struct step){WLOCK, 0, 0, 0};
        at[1] = (struct step){SPIN, below(x, 10), 0, 0};
        at[2] = (struct step){WUNLOCK, 0, 0, 0};
        return 3;
    case 21:
        at[0] = (struct step){LOCK, 1, 0, 0};
        at[1] = (struct step){below(x, 3) ? GOSCHED : CWAIT, 1, 0, 0};
        at[2] = (struct step){UNLOCK, 1, 0, 0};
        return 3;
    case 22:
        at[0] = (struct step){below(x, 2) ? TSET : TSTOP, 3, below(x, 30) * 1000, 0};
        return 1;
    default:
        if (body + 1 >= BODIES) return 0;
        at[0] = (struct step){GO, body + 1 + below(x, (uint64_t)(BODIES - body - 1)), below(x, 100), 0};
        return 1;
    }
}

static void generate(struct program *p, uint64_t seed) {
    uint64_t x = seed * 77 + 1;
    for (int b = 0; b < BODIES; b++) {
        struct step *code = p->code[b];
        size_t n = 0;
        code[n++] = (struct step){SETLOOP, 1 + below(&x, 4), 0, 0};
        size_t end = 3 + (size_t)below(&x, BODY_STEPS - 6);
        if (b == 0) {
            for (int i = 1; i < BODIES; i++)
                code[n++] = (struct step){GO, i, i, 0};
        }
        while (n < end)
            n += act(&x, &code[n], b);
        code[n++] = (struct step){JUMPNZ, 1, 0, 0};
        if (b == 0) code[n++] = (struct step){SLEEP, below(&x, 3000) * 1000, 0, 0};
        code[n] = (struct step){b == 0 && below(&x, 8) == 0 ? GOEXIT : RET, 0, 0, 0};
    }
}

static void run_one(bool stepped, uint64_t seed) {
    struct program *p = calloc(1, sizeof *p);
    struct script *s = calloc(1, sizeof *s);
    assert_true(p && s);
    generate(p, seed);
    for (int b = 0; b < BODIES; b++)
        s->code[b] = p->code[b];
    for (int i = 0; i < 4; i++)
        s->chan_made[i] = true;
    s->chan_cap[1] = 1;
    s->chan_cap[2] = 3;
    s->chan_cap[3] = 1;
    s->timer_made[3] = true;
    s->procs = 1 + (unsigned)(seed % 4);
    s->cores = 1 + (unsigned)(seed / 4 % 3);
    s->stepped = stepped;
    s->seed = seed;
    s->drain = seed % 2;
    s->limits.goroutines = 3000;
    script_run(s);
    script_check(s, (int)seed);
    script_free(s);
    free(s);
    free(p);
}

static void a_few(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        run_one(true, seed);
        if (seed <= 15) run_one(false, seed);
    }
}

static struct {
    bool stepped;
    uint64_t from, to;
} search;

static void many(void **state) {
    (void)state;
    for (uint64_t seed = search.from; seed < search.to; seed++) {
        fprintf(stderr, "test_soak %s %llu %llu\n", search.stepped ? "stepped" : "live", (unsigned long long)seed,
                (unsigned long long)seed + 1);
        run_one(search.stepped, seed);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest few[] = {cmocka_unit_test(a_few)};
    const struct CMUnitTest long_search[] = {cmocka_unit_test(many)};
    if (argc != 4) return cmocka_run_group_tests(few, NULL, NULL);
    search.stepped = strcmp(argv[1], "stepped") == 0;
    search.from = strtoull(argv[2], NULL, 10);
    search.to = strtoull(argv[3], NULL, 10);
    return cmocka_run_group_tests(long_search, NULL, NULL);
}
