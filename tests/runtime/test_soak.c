/* Random programs on the scheduler: whatever they do, their run ends as it may, its log is a legal history and nothing
 * crashes.
 *
 * test_soak                  a few, in all worlds (under ctest)
 * test_soak WORLD FROM TO    seeds FROM..TO-1 of "live", "stepped", or "faults": the stepped world of a machine where
 *                            things go wrong, under a random walk of the threads or a probe
 *
 * test_soak delays FROM TO   small programs FROM..TO-1, and for each *all* schedules that differ from the undisturbed one by
 *                            one thread held up at one place, for a moment or past every time slice
 *
 * For long searches scripts/soak.sh runs the last in a build with GOSEE_YIELD, where the stepped world may switch at every
 * atomic operation of the scheduler. A failing seed prints the command that shows it again.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* The acts of one step; false for the others. */
static bool one_step(uint64_t *x, uint64_t kind, int64_t obj, struct step *at) {
    switch (kind) {
    case 0:
    case 1: *at = (struct step){SEND, obj, 5, 0}; return true;
    case 2:
    case 3: *at = (struct step){RECV, obj, 0, 0}; return true;
    case 4: *at = (struct step){SELECT, obj, (obj + 1) % 3, below(x, 2)}; return true;
    case 5: *at = (struct step){SELECT, obj, obj, 1}; return true;
    case 6: *at = (struct step){SLEEP, below(x, 40) * 1000, 0, 0}; return true;
    case 7:
    case 8: *at = (struct step){GOSCHED, 0, 0, 0}; return true;
    case 9: *at = (struct step){NAP, below(x, 60) * 1000, 0, 0}; return true;
    case 10: *at = (struct step){WRITE, 1, 0, 0}; return true;
    case 11: *at = (struct step){SPIN, below(x, 40), 0, 0}; return true;
    case 12: *at = (struct step){GROW, 300 << below(x, 3), 0, 0}; return true;
    case 13: *at = (struct step){PROCS, 1 + below(x, 4), 0, 0}; return true;
    case 14: *at = (struct step){STW, 0, 0, 0}; return true;
    case 15: *at = (struct step){LOCKTHREAD, 0, 0, 0}; return true;
    case 16: *at = (struct step){UNLOCKTHREAD, 0, 0, 0}; return true;
    case 17: *at = (struct step){BROADCAST, 1, 0, 0}; return true;
    case 18: *at = (struct step){SIGNAL, 1, 0, 0}; return true;
    case 22: *at = (struct step){below(x, 2) ? TSET : TSTOP, 3, below(x, 30) * 1000, 0}; return true;
    case 23: *at = (struct step){below(x, 6) ? CHANLEN : CLOSE, obj, 0, 0}; return true;
    case 25: *at = (struct step){WAIT, 0, 0, 0}; return true;
    default: return false;
    }
}

enum { KINDS = 31, FEW_KINDS = 4 };
#define ALL_KINDS ((UINT32_C(1) << KINDS) - 1)

/* A few kinds of acts, so that they meet often: what needs two of a kind at the same place is rare among all kinds (swarm
 * testing: Groce et al. 2012). Giving way is always among them; starting more is never, or they would be without number. */
static uint32_t few_kinds(uint64_t *x) {
    uint32_t kinds = 1u << 7;
    for (int i = 0; i < FEW_KINDS; i++) kinds |= UINT32_C(1) << below(x, KINDS - 1);
    return kinds;
}

/* One random act of these kinds: a step, or a lock with what is done under it. How many steps. */
static size_t act(uint64_t *x, struct step *at, int body, uint32_t kinds) {
    int64_t obj = below(x, 3);
    uint64_t kind;
    do kind = (uint64_t)below(x, KINDS);
    while (!(kinds >> kind & 1));
    if (one_step(x, kind, obj, at)) return 1;
    switch (kind) {
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
    case 24:
        at[0] = (struct step){ADD, 0, 1, 0};
        at[1] = (struct step){GOSCHED, 0, 0, 0};
        at[2] = (struct step){ADD, 0, -1, 0};
        return 3;
    case 26:
    case 27: /* no deadline is far, so no wait is for ever */
        at[0] = (struct step){PLIMIT, obj % 2, 1 + below(x, 60) * 1000, 0};
        at[1] = (struct step){PREAD, obj % 2, 0, 0};
        return 2;
    case 28:
        at[0] = (struct step){PLIMIT, obj % 2, 1 + below(x, 60) * 1000, 0};
        at[1] = (struct step){PWRITE, obj % 2, below(x, 4) ? 1 + below(x, 3) : 8000, 0};
        return 2;
    case 29:
        at[0] = (struct step){PLIMIT, obj % 2, 1 + below(x, 30) * 1000, 0};
        if (below(x, 8) == 0) at[0] = (struct step){PCLOSE, obj % 2, below(x, 2), 0};
        return 1;
    default:
        if (body + 1 >= BODIES) return 0;
        at[0] = (struct step){GO, body + 1 + below(x, (uint64_t)(BODIES - body - 1)), below(x, 100), 0};
        return 1;
    }
}

static void generate(struct program *p, uint64_t seed) {
    uint64_t x = seed * 77 + 1;
    uint32_t kinds = seed % 2 ? few_kinds(&x) : ALL_KINDS;
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
            n += act(&x, &code[n], b, kinds);
        code[n++] = (struct step){JUMPNZ, 1, 0, 0};
        if (b == 0) code[n++] = (struct step){SLEEP, below(&x, 3000) * 1000, 0, 0};
        code[n] = (struct step){b == 0 && below(&x, 8) == 0 ? GOEXIT : RET, 0, 0, 0};
    }
}

enum world { LIVE, STEPPED, FAULTS, LIVE_ONE, STEPPED_ONE, FAULTS_ONE, DELAYS, WORLDS }; /* .._ONE: threads 1:1 */
static const char *const worlds[WORLDS] = {"live",       "stepped",    "faults", "live-1:1",
                                           "stepped-1:1", "faults-1:1", "delays"};

/* What goes wrong, and how often, differs from seed to seed: too much of one hides another. */
static void choose_faults(struct script *s, uint64_t seed) {
    static const uint32_t step[] = {5000, 50000, 200000, 500000}, spurious[] = {0, 0, 50000, 300000};
    static const uint32_t late[] = {0, 0, 20000, 200000}, jump[] = {0, 0, 500, 10000};
    static const uint32_t signal_[] = {0, 0, 500, 20000};
    uint64_t x = seed ^ UINT64_C(0x5eed);
    s->probe = below(&x, 2);
    s->faults.step = step[below(&x, 4)];
    s->faults.spurious = spurious[below(&x, 4)];
    s->faults.late = late[below(&x, 4)];
    s->faults.jump = jump[below(&x, 4)];
    s->faults.newm = below(&x, 8) ? 0 : 50000;
    s->faults.signal = signal_[below(&x, 4)];
}

/* Only what these programs may come to: a wake-up that is lost would sleep until the world's limit of time. */
static void check_end(const struct script *s, uint64_t seed) {
    static const char *const fatal[] = {"all goroutines are asleep - deadlock!",
                                        "no goroutines (main called runtime.Goexit) - deadlock!"};
    bool ok = s->how == RT_END_MAIN || s->how == RT_END_PANIC;
    if (s->how == RT_END_LIMIT) ok = strncmp(s->limit, "goroutines=3", 12) == 0;
    /* An M that waits in the poller counts as running, also when nobody waits there any more: no deadlock is seen then, as in
     * Go. */
    if (s->how == RT_END_LIMIT && s->pipe_made[0]) ok = ok || script_all_asleep(s);
    if (s->how == RT_END_FATAL) {
        for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
            ok = ok || strcmp(s->fatal, fatal[i]) == 0;
        ok = ok || (s->faults.newm && strcmp(s->fatal, "newosproc") == 0);
    }
    if (ok) return;
    script_dump(s);
    fail_msg("seed %llu: ended %d, %s%s", (unsigned long long)seed, (int)s->how, s->fatal, s->limit);
}

/* For a search for wake-ups that are lost: goroutines that only compute and wait for each other, long enough to be missed,
 * on a machine with a core for each thread. Then no P may idle beside work. (With system calls it may, also in Go: who is
 * handed a P with a full ring wakes nobody.) */
static void compute_only(struct program *p) {
    for (int b = 0; b < BODIES; b++) {
        for (struct step *at = p->code[b]; at->op != RET && at->op != GOEXIT; at++) {
            bool system = at->op == NAP || at->op == WRITE || at->op == PROCS || at->op == STW ||
                          at->op == LOCKTHREAD || at->op == UNLOCKTHREAD || (at->op >= PREAD && at->op <= PCLOSE);
            if (system) *at = (struct step){SPIN, 20, 0, 0};
            if (at->op == SPIN) at->a *= 300;
        }
    }
}

enum { NEGLECT_NS = 60000, MANY_CORES = 64 };

static void prepare(struct script *s, const struct program *p) {
    for (int b = 0; b < BODIES; b++)
        s->code[b] = p->code[b];
    for (int i = 0; i < 4; i++)
        s->chan_made[i] = true;
    s->chan_cap[1] = 1;
    s->chan_cap[2] = 3;
    s->chan_cap[3] = 1;
    s->timer_made[3] = true;
    s->limits.goroutines = 3000;
}

static void run_one(enum world world, uint64_t seed) {
    struct program *p = calloc(1, sizeof *p);
    struct script *s = calloc(1, sizeof *s);
    assert_true(p && s);
    generate(p, seed);
    prepare(s, p);
    s->pipe_made[0] = s->pipe_made[1] = true;
    s->procs = 1 + (unsigned)(seed % 4);
    s->cores = 1 + (unsigned)(seed / 4 % 3);
    s->one_to_one = world >= LIVE_ONE;
    s->stepped = world != LIVE && world != LIVE_ONE;
    bool computes = world == FAULTS && seed % 4 == 3;
    if ((world == FAULTS && !computes) || world == FAULTS_ONE) choose_faults(s, seed);
    if (computes) {
        compute_only(p);
        s->procs = 2 + (unsigned)(seed / 4 % 4);
        s->cores = MANY_CORES;
        s->faults.step = UINT32_C(20000) << seed / 16 % 4;
    }
    s->seed = seed;
    s->drain = seed % 2;
    if (s->one_to_one) s->limits.goroutines = 300; /* who runs away then starts as many threads */
    script_run(s);
    script_check(s, (int)seed);
    check_end(s, seed);
    if (computes) script_check_idle(s, NEGLECT_NS, (int)seed);
    script_free(s);
    free(s);
    free(p);
}

/* ---- all places -------------------------------------------------------------------------------------------------- */

struct place { /* where a thread is held up */
    uint64_t seen, at; /* visible operations so far; of which this one */
    int64_t ns;
};

static int64_t hold(void *ctx) {
    struct place *p = ctx;
    return p->seen++ == p->at ? p->ns : 0;
}

/* Three bodies of a few acts each. Two of them share a pipe besides, without a deadline: a byte that is lost is waited for in
 * vain. */
static void small(struct program *p, uint64_t seed) {
    uint64_t x = seed * 131 + 7;
    for (int b = 0; b < BODIES; b++) {
        struct step *code = p->code[b];
        size_t n = 0;
        if (b == 0) code[n++] = (struct step){ADD, 7, 1, 0};
        for (int i = 1; b == 0 && i < 6; i++)
            code[n++] = (struct step){GO, i, i, 0};
        for (int i = 2 + (int)below(&x, 3); i > 0 && b < 3; i--)
            n += act(&x, &code[n], BODIES, ALL_KINDS); /* starts no more */
        if (b == 0) code[n++] = (struct step){WAIT, 7, 0, 0};
        code[n] = (struct step){RET, 0, 0, 0};
    }
    p->code[3][0] = (struct step){PREAD, 2, 0, 0};
    p->code[3][1] = (struct step){ADD, 7, -1, 0};
    p->code[3][2] = (struct step){RET, 0, 0, 0};
    p->code[5][0] = (struct step){SPIN, below(&x, 2000), 0, 0}; /* about when the other begins to wait */
    p->code[5][1] = (struct step){PWRITE, 2, 1, 0};
    p->code[5][2] = (struct step){RET, 0, 0, 0};
    p->code[4][0] = (struct step){PLIMIT, 3, 2000000, 0}; /* so that somebody waits, and Ms look at the poller */
    p->code[4][1] = (struct step){PREAD, 3, 0, 0};
    p->code[4][2] = (struct step){RET, 0, 0, 0};
}

static uint64_t run_held(uint64_t seed, struct place *place) {
    struct program *p = calloc(1, sizeof *p);
    struct script *s = calloc(1, sizeof *s);
    assert_true(p && s);
    small(p, seed);
    prepare(s, p);
    s->pipe_made[0] = s->pipe_made[1] = s->pipe_made[2] = s->pipe_made[3] = true;
    s->procs = 1 + (unsigned)(seed % 3);
    s->cores = 1 + (unsigned)(seed / 3 % 3);
    s->stepped = true;
    s->seed = seed;
    s->faults.delay = hold;
    s->faults.delay_ctx = place;
    place->seen = 0;
    script_run(s);
    script_check(s, (int)seed);
    check_end(s, seed);
    script_free(s);
    free(s);
    free(p);
    return place->seen;
}

enum { HELD_SHORT = 200000, HELD_LONG = 12000000 };

/* At every stride-th place. How many schedules. */
static uint64_t run_delays(uint64_t seed, uint64_t stride) {
    struct place place = {.at = UINT64_MAX};
    uint64_t n = run_held(seed, &place);
    for (int k = 0; k < 2; k++) {
        place.ns = k ? HELD_LONG : HELD_SHORT;
        for (place.at = seed % stride; place.at < n; place.at += stride)
            run_held(seed, &place);
    }
    return 2 * n / stride + 1;
}

static void a_few(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        run_one(STEPPED, seed);
        run_one(FAULTS, seed);
        run_one(STEPPED_ONE, seed);
        run_one(FAULTS_ONE, seed);
        if (seed <= 2) run_delays(seed, 29);
        if (seed <= 15) run_one(LIVE, seed);
        if (seed <= 15) run_one(LIVE_ONE, seed);
    }
}

static struct {
    const char *self;
    enum world world;
    uint64_t from, to, seed, schedules;
} search;

enum { STUCK_SECONDS = 30 }; /* a schedule takes about a millisecond */

static void tell_seed(const char *what) {
    char text[512];
    int n = snprintf(text, sizeof text, "soak: seed %llu %s; again: %s %s %llu %llu\n",
                     (unsigned long long)search.seed, what, search.self, worlds[search.world],
                     (unsigned long long)search.seed, (unsigned long long)search.seed + 1);
    if (n > 0 && write(STDERR_FILENO, text, (size_t)n) < 0) return;
}

static void stuck(int sig) {
    (void)sig;
    tell_seed("does not end");
    _exit(1);
}

static void many(void **state) {
    (void)state;
    for (uint64_t seed = search.from; seed < search.to; seed++) {
        search.seed = seed;
        alarm(search.world == DELAYS ? 20 * STUCK_SECONDS : STUCK_SECONDS);
        if (search.world == DELAYS) search.schedules += run_delays(seed, 1);
        else run_one(search.world, seed);
    }
    if (search.world == DELAYS) printf("%llu schedules\n", (unsigned long long)search.schedules);
}

int main(int argc, char **argv) {
    const struct CMUnitTest few[] = {cmocka_unit_test(a_few)};
    const struct CMUnitTest long_search[] = {cmocka_unit_test(many)};
    if (argc != 4) return cmocka_run_group_tests(few, NULL, NULL);
    search.self = argv[0];
    search.world = WORLDS;
    for (int i = 0; i < WORLDS; i++) {
        if (strcmp(argv[1], worlds[i]) == 0) search.world = (enum world)i;
    }
    if (search.world == WORLDS) {
        fprintf(stderr, "test_soak: no world is called %s\n", argv[1]);
        return 2;
    }
    search.from = strtoull(argv[2], NULL, 10);
    search.to = strtoull(argv[3], NULL, 10);
    signal(SIGALRM, stuck);
    int failed = cmocka_run_group_tests(long_search, NULL, NULL);
    if (failed) tell_seed("fails");
    return failed;
}
