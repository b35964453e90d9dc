/* A P's ring and the global queue by themselves: order, overflow, and under many thieves: nothing lost, nothing twice.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "live.h"
#include "proc.h"

enum { THIEVES = 3 };

static bool never(void *ctx, struct m *mp, struct g *gp) {
    (void)ctx;
    (void)mp;
    (void)gp;
    return false;
}

static uint64_t first(void *ctx, enum rt_choice kind, uint64_t n) {
    (void)ctx;
    (void)kind;
    (void)n;
    return 0;
}

static const struct rt_exec_ops ops = {.g_size = sizeof(struct g), .main_init = never};

struct fixture {
    struct rt_world *world;
    struct rt *rt;
    struct m *m[THIEVES + 1];
};

static void setup(struct fixture *f) {
    struct live_config live = {.stdin_fd = -1, .choose = first};
    f->world = live_new(&live);
    assert_non_null(f->world);
    struct rt_config config = {.world = f->world, .exec = &ops, .procs = THIEVES + 1};
    f->rt = rt_new(&config);
    assert_non_null(f->rt);
    for (int i = 0; i <= THIEVES; i++) {
        f->m[i] = allocm(f->rt, 100 + i);
        assert_non_null(f->m[i]);
        acquirep(f->m[i], f->rt->allp[i], RT_WHY_Bootstrap);
    }
}

static void teardown(struct fixture *f) {
    rt_free(f->rt);
    live_free(f->world);
}

static struct g *new_gs(size_t n) {
    struct g *gs = calloc(n, sizeof *gs);
    assert_non_null(gs);
    for (size_t i = 0; i < n; i++)
        gs[i].goid = i + 1;
    return gs;
}

static void runnext_then_ring(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    struct m *mp = f.m[0];
    struct g *gs = new_gs(3);
    bool inherit;
    for (int i = 0; i < 3; i++)
        runqput(mp, mp->p, &gs[i], true, RT_WHY_NewGoroutine);
    assert_false(runqempty(mp->p));
    assert_ptr_equal(runqget(mp, mp->p, &inherit), &gs[2]);
    assert_true(inherit);
    assert_ptr_equal(runqget(mp, mp->p, &inherit), &gs[0]);
    assert_false(inherit);
    assert_ptr_equal(runqget(mp, mp->p, &inherit), &gs[1]);
    assert_null(runqget(mp, mp->p, &inherit));
    assert_true(runqempty(mp->p));
    teardown(&f);
    free(gs);
}

/* Half of the ring and the one that did not fit, in this order, go to the global queue: 129 in all, not 128. */
static void overflow_moves_half_and_one(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    struct m *mp = f.m[0];
    struct g *gs = new_gs(RUNQ_SIZE + 1);
    for (uint32_t i = 0; i <= RUNQ_SIZE; i++)
        runqput(mp, mp->p, &gs[i], false, RT_WHY_NewGoroutine);
    assert_int_equal(f.rt->sched.runq.size, RUNQ_SIZE / 2 + 1);
    for (uint32_t i = 0; i < RUNQ_SIZE / 2; i++)
        assert_ptr_equal(gq_pop(&f.rt->sched.runq), &gs[i]);
    assert_ptr_equal(gq_pop(&f.rt->sched.runq), &gs[RUNQ_SIZE]);
    bool inherit;
    assert_ptr_equal(runqget(mp, mp->p, &inherit), &gs[RUNQ_SIZE / 2]);
    teardown(&f);
    free(gs);
}

/* The older half, rounded up; the thief runs the last of them, the others stay in order. */
static void a_thief_takes_half_and_runs_the_last(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    struct m *mp = f.m[0], *thief = f.m[1];
    struct g *gs = new_gs(3);
    for (int i = 0; i < 3; i++)
        runqput(mp, mp->p, &gs[i], false, RT_WHY_NewGoroutine);
    bool inherit;
    assert_ptr_equal(runqsteal(thief, thief->p, mp->p, false), &gs[1]);
    assert_ptr_equal(runqget(thief, thief->p, &inherit), &gs[0]);
    assert_null(runqget(thief, thief->p, &inherit));
    assert_ptr_equal(runqget(mp, mp->p, &inherit), &gs[2]);

    runqput(mp, mp->p, &gs[0], true, RT_WHY_NewGoroutine); /* runnext alone: only in the last round */
    assert_null(runqsteal(thief, thief->p, mp->p, false));
    assert_ptr_equal(runqsteal(thief, thief->p, mp->p, true), &gs[0]);
    assert_true(runqempty(mp->p));
    teardown(&f);
    free(gs);
}

static void a_global_batch_is_a_fair_share(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    struct m *mp = f.m[0];
    struct g *gs = new_gs(10);
    for (int i = 0; i < 10; i++)
        globrunqput(mp, &gs[i], RT_WHY_Gosched);
    struct g *gp = globrunqgetbatch(mp, mp->p, RUNQ_SIZE / 2, RT_WHY_FromGlobal);
    uint32_t share = 10 / (THIEVES + 1) + 1; /* size/GOMAXPROCS + 1 */
    if (share > RUNQ_SIZE / 2) share = RUNQ_SIZE / 2;
    assert_ptr_equal(gp, &gs[0]);
    assert_int_equal(f.rt->sched.runq.size, 10 - share);
    bool inherit;
    for (uint32_t i = 1; i < share; i++)
        assert_ptr_equal(runqget(mp, mp->p, &inherit), &gs[i]);
    assert_null(runqget(mp, mp->p, &inherit));
    teardown(&f);
    free(gs);
}

static struct {
    struct fixture *f;
    bool owner_runs_it; /* meanwhile */
    int64_t ns;
    unsigned naps;
} nap;

static void nap_of(struct rt_world *w, struct m *mp, int64_t ns) {
    (void)w;
    (void)mp;
    bool inherit;
    nap.naps++;
    nap.ns = ns;
    struct m *owner = nap.f->m[0];
    if (nap.owner_runs_it) assert_non_null(runqget(owner, owner->p, &inherit));
}

/* Before it takes the runnext of a P that runs, a thief naps for 3 us: likely the owner blocks and runs it itself. */
static void a_thief_naps_before_runnext(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    struct rt_world_ops ops_with_nap = *f.world->ops;
    ops_with_nap.usleep = nap_of;
    f.world->ops = &ops_with_nap;
    nap.f = &f;
    nap.naps = 0;
    struct m *mp = f.m[0], *thief = f.m[1];
    struct g *gs = new_gs(2);
    gs[1].atomicstatus = Grunning;
    mp->curg_hint = &gs[1];

    nap.owner_runs_it = true;
    runqput(mp, mp->p, &gs[0], true, RT_WHY_NewGoroutine);
    assert_null(runqsteal(thief, thief->p, mp->p, true));
    assert_int_equal(nap.naps, 1);
    assert_int_equal(nap.ns, 3000);

    nap.owner_runs_it = false;
    runqput(mp, mp->p, &gs[0], true, RT_WHY_NewGoroutine);
    assert_ptr_equal(runqsteal(thief, thief->p, mp->p, true), &gs[0]);
    assert_int_equal(nap.naps, 2);

    gs[1].atomicstatus = Gsyscall; /* who is in a call will not run it soon */
    runqput(mp, mp->p, &gs[0], true, RT_WHY_NewGoroutine);
    assert_ptr_equal(runqsteal(thief, thief->p, mp->p, true), &gs[0]);
    assert_int_equal(nap.naps, 2);
    teardown(&f);
    free(gs);
}

/* Work came while no P was idle, so nobody could be woken for it: the next M that would idle looks for it instead, however
 * many spin already. */
static void who_would_idle_looks_for_work(void **state) {
    (void)state;
    struct fixture f;
    setup(&f);
    struct m *mp = f.m[0], *idler = f.m[1];
    struct sched *s = &f.rt->sched;
    while (pidleget(mp)) { /* the fixture took the Ps past the idle list */
    }
    struct g *gs = new_gs(1);
    runqput(mp, mp->p, &gs[0], false, RT_WHY_NewGoroutine);
    wakep(mp);
    assert_int_equal(load_seq_cst(&s->needspinning), 1);
    assert_int_equal(load_seq_cst(&s->nmspinning), 0);

    add_seq_cst(&s->nmspinning, 2); /* two others spin: as many as may */
    bool tryWakeP;
    struct next_g next = findRunnable(idler, &tryWakeP);
    assert_ptr_equal(next.gp, &gs[0]);
    assert_true(idler->spinning);
    assert_int_equal(load_seq_cst(&s->nmspinning), 3);
    assert_int_equal(load_seq_cst(&s->needspinning), 0);
    teardown(&f);
    free(gs);
}

/* ---- many at once
 * ------------------------------------------------------------------------------------------------------ */

enum { MANY = 60000 };

struct crowd {
    struct fixture f;
    struct g *gs;
    _Atomic uint32_t *seen;
    _Atomic bool over;
};

struct thief {
    struct crowd *crowd;
    struct m *mp;
    pthread_t thread;
};

static void saw(struct crowd *c, struct g *gp) { atomic_fetch_add(&c->seen[gp->goid], 1); }

static void *steal(void *arg) {
    struct thief *t = arg;
    struct m *mp = t->mp;
    bool inherit;
    for (uint32_t i = 0;; i++) {
        bool last = atomic_load(&t->crowd->over);
        struct p *victim = t->crowd->f.rt->allp[i % (THIEVES + 1)];
        struct g *gp = victim == mp->p ? NULL : runqsteal(mp, mp->p, victim, i % 7 == 0);
        while (gp) {
            saw(t->crowd, gp);
            gp = runqget(mp, mp->p, &inherit);
        }
        if (last) return NULL;
    }
}

static void nothing_lost_nothing_twice(void **state) {
    (void)state;
    struct crowd c = {.gs = new_gs(MANY)};
    c.seen = calloc(MANY + 1, sizeof *c.seen);
    assert_non_null(c.seen);
    setup(&c.f);
    struct thief thieves[THIEVES];
    for (int i = 0; i < THIEVES; i++) {
        thieves[i] = (struct thief){.crowd = &c, .mp = c.f.m[i + 1]};
        assert_int_equal(pthread_create(&thieves[i].thread, NULL, steal, &thieves[i]), 0);
    }
    struct m *mp = c.f.m[0];
    bool inherit;
    struct g *gp;
    for (uint32_t i = 0; i < MANY; i++) {
        runqput(mp, mp->p, &c.gs[i], i % 3 != 0, RT_WHY_NewGoroutine);
        if (i % 5 == 0 && (gp = runqget(mp, mp->p, &inherit)) != NULL) saw(&c, gp);
    }
    while ((gp = runqget(mp, mp->p, &inherit)) != NULL)
        saw(&c, gp);
    atomic_store(&c.over, true);
    for (int i = 0; i < THIEVES; i++)
        pthread_join(thieves[i].thread, NULL);
    while ((gp = gq_pop(&c.f.rt->sched.runq)) != NULL)
        saw(&c, gp);
    for (int i = 0; i <= THIEVES; i++)
        assert_true(runqempty(c.f.rt->allp[i]));
    for (uint32_t i = 1; i <= MANY; i++)
        assert_int_equal(atomic_load(&c.seen[i]), 1);
    teardown(&c.f);
    free(c.gs);
    free(c.seen);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runnext_then_ring),
        cmocka_unit_test(overflow_moves_half_and_one),
        cmocka_unit_test(a_thief_takes_half_and_runs_the_last),
        cmocka_unit_test(a_global_batch_is_a_fair_share),
        cmocka_unit_test(a_thief_naps_before_runnext),
        cmocka_unit_test(who_would_idle_looks_for_work),
        cmocka_unit_test(nothing_lost_nothing_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
