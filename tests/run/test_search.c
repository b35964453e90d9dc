/* The search against brute force, against seeds, and against what it says can be replayed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event.h"
#include "run.h"

struct program {
    const char *name, *imports, *body;
    size_t outcomes; /* how many there are; 0: as many as brute force finds */
    bool timed; /* sleepers that may wake early split brute force's classes, which then say nothing */
};

static const struct program programs[] = {
    {"one add each", "\"fmt\"; \"sync\"",
     "n := 0; var wg sync.WaitGroup; wg.Add(2)\n"
     "for range 2 { go func() { n++; wg.Done() }() }\nwg.Wait(); fmt.Println(n)", 2, false},
    {"a lost update", "\"fmt\"",
     "n := 0; done := make(chan bool)\ngo func() { n++; n++; done <- true }()\nn++; <-done; fmt.Println(n)", 3, false},
    {"locked adds", "\"fmt\"; \"sync\"",
     "n := 0; var mu sync.Mutex; done := make(chan bool)\n"
     "go func() { mu.Lock(); n++; mu.Unlock(); done <- true }()\nmu.Lock(); n++; mu.Unlock(); <-done; fmt.Println(n)", 1, false},
    {"opposite locks", "\"fmt\"; \"sync\"",
     "var a, b sync.Mutex; done := make(chan bool)\n"
     "go func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock(); done <- true }()\n"
     "b.Lock(); a.Lock(); a.Unlock(); b.Unlock(); <-done; fmt.Println(\"ok\")", 2, false},
    {"select", "\"fmt\"",
     "a, b := make(chan int, 1), make(chan int, 1)\ngo func() { a <- 1 }()\ngo func() { b <- 2 }()\n"
     "select { case x := <-a: fmt.Println(x); case x := <-b: fmt.Println(x) }", 2, false},
    {"ready select", "\"fmt\"",
     "a, b, c := make(chan int, 1), make(chan int, 1), make(chan int, 1); a <- 1; c <- 3\n"
     "select { case x := <-a: fmt.Println(x); case x := <-b: fmt.Println(x); case x := <-c: fmt.Println(x) }", 2, false},
    {"select with default", "\"fmt\"",
     "a := make(chan int, 1)\ngo func() { a <- 1 }()\nselect { case <-a: fmt.Println(\"came\"); default: fmt.Println(\"none\") }", 2, false},
    {"main exits", "\"fmt\"", "go func() { fmt.Println(1); fmt.Println(2) }()\nfmt.Println(0)", 6, false},
    {"two panics", "\"fmt\"", "go func() { panic(\"a\") }()\nfmt.Println(0)\npanic(\"b\")", 3, false},
    {"equal sleeps", "\"fmt\"; \"time\"",
     "go func() { time.Sleep(time.Second); fmt.Println(1) }()\n"
     "go func() { time.Sleep(time.Second); fmt.Println(2) }()\ntime.Sleep(2 * time.Second)", 2, true},
    {"unequal sleeps", "\"fmt\"; \"time\"",
     "go func() { time.Sleep(time.Second); fmt.Println(1) }()\n"
     "go func() { time.Sleep(2 * time.Second); fmt.Println(2) }()\ntime.Sleep(3 * time.Second)", 1, true},
    {"a timeout", "\"fmt\"; \"time\"",
     "c := make(chan int)\ngo func() { time.Sleep(time.Millisecond); c <- 1 }()\n"
     "select { case <-c: fmt.Println(\"came\"); case <-time.After(2 * time.Millisecond): fmt.Println(\"late\") }", 2, true},
    {"a function after a while", "\"fmt\"; \"time\"",
     "done := make(chan bool)\ntime.AfterFunc(time.Millisecond, func() { fmt.Println(\"timer\"); done <- true })\n"
     "time.Sleep(time.Millisecond); fmt.Println(\"main\"); <-done", 2, true},
    {"a deadline", "\"context\"; \"fmt\"; \"time\"",
     "ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond); defer cancel(); c := make(chan int, 1)\n"
     "go func() { c <- 1 }()\nselect { case <-ctx.Done(): fmt.Println(ctx.Err()); case <-c: fmt.Println(\"came\") }", 2, true},
    {"atomics", "\"fmt\"; \"sync/atomic\"",
     "var x, y atomic.Int32; done := make(chan int32)\ngo func() { x.Store(1); done <- y.Load() }()\n"
     "y.Store(1); r := x.Load(); fmt.Println(r, <-done)", 3, false},
    {"closing", "\"fmt\"",
     "c := make(chan int, 1)\ngo func() { close(c) }()\nc <- 1\nfmt.Println(\"sent\")", 2, false},
    {"readers", "\"fmt\"; \"sync\"",
     "var mu sync.RWMutex; n := 0; done := make(chan int, 2)\n"
     "go func() { mu.RLock(); done <- n; mu.RUnlock() }()\nmu.Lock(); n = 1; mu.Unlock(); fmt.Println(<-done)", 2, false},
    {"cond", "\"fmt\"; \"sync\"",
     "var mu sync.Mutex; c := sync.NewCond(&mu)\ngo func() { mu.Lock(); c.Signal(); mu.Unlock() }()\n"
     "mu.Lock(); c.Wait(); mu.Unlock(); fmt.Println(\"woken\")", 2, false},
};
enum { PROGRAMS = sizeof programs / sizeof *programs };

static struct run_program *compile(const struct program *p, struct diag_list *diags) {
    char text[1024];
    int n = snprintf(text, sizeof text, "package main\n\nimport (%s)\n\nfunc main() {\n%s\n}\n", p->imports, p->body);
    assert_true(n > 0 && n < (int)sizeof text);
    struct src_file file = {"p.go", text, (size_t)n};
    diag_init(diags);
    struct run_program *c = run_compile(&file, diags);
    if (!c) diag_print(diags, stderr, 0);
    assert_non_null(c);
    return c;
}

static const struct run_options machine = {.world = SCN_STEPPED, .procs = 2, .cores = 2, .program_name = "p.go"};

static const struct run_found *find(const struct run_search *s, const struct run_outcome *o) {
    for (size_t i = 0; i < s->nfound; i++) {
        const struct run_outcome *f = &s->found[i].what;
        if (f->status == o->status && f->nout == o->nout && memcmp(f->out, o->out, o->nout) == 0 &&
            strcmp(f->error, o->error) == 0)
            return &s->found[i];
    }
    return NULL;
}

static void assert_within(const char *name, const struct run_search *a, const struct run_search *b) {
    for (size_t i = 0; i < a->nfound; i++) {
        if (!find(b, &a->found[i].what))
            fail_msg("%s: \"%s\" %s is missing", name, a->found[i].what.out, a->found[i].what.error);
    }
}

static void search(const struct run_program *p, struct run_search_how how, struct run_search *out, struct diag_list *diags) {
    assert_true(run_search(p, &machine, &how, out, diags));
}

/* The same outcomes, and no class of executions much more than once. */
static void as_brute_force(void **state) {
    (void)state;
    uint64_t executions = 0, classes = 0;
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct diag_list diags;
        struct run_program *p = compile(&programs[i], &diags);
        struct run_search all, few;
        search(p, (struct run_search_how){.all = true, .most = 1000}, &all, &diags);
        search(p, (struct run_search_how){0}, &few, &diags);
        assert_string_equal(few.bound, "");
        assert_within(programs[i].name, &all, &few);
        if (*all.bound == '\0') {
            assert_within(programs[i].name, &few, &all);
            if (!programs[i].timed && few.classes != all.classes)
                fail_msg("%s: %llu classes of %llu", programs[i].name, (unsigned long long)few.classes,
                         (unsigned long long)all.classes);
            if (!programs[i].timed) {
                executions += few.executions + few.pruned;
                classes += all.classes;
            }
            if (few.executions > all.executions) fail_msg("%s: more than brute force", programs[i].name);
        }
        if (programs[i].outcomes && few.nfound != programs[i].outcomes)
            fail_msg("%s: %zu outcomes", programs[i].name, few.nfound);
        run_search_free(&all);
        run_search_free(&few);
        run_program_free(p);
        diag_free(&diags);
    }
    assert_true(classes > 100);
    assert_true(executions * 10 <= classes * 12);
}

/* Nothing comes in seeds and probes that the search does not know, also with other numbers of Ps. */
static void never_fewer_than_seeds(void **state) {
    (void)state;
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct diag_list diags;
        struct run_program *p = compile(&programs[i], &diags);
        struct run_search s;
        search(p, (struct run_search_how){0}, &s, &diags);
        for (unsigned procs = 1; procs <= 4; procs += 3) {
            struct run_options o = machine;
            o.procs = o.cores = procs;
            struct run_outcomes *seen = run_many(p, &o, 20, 40, NULL, NULL, &diags);
            assert_non_null(seen);
            for (size_t k = 0; k < run_outcomes_count(seen); k++) {
                const struct run_outcome *row = run_outcomes_at(seen, k);
                if (!find(&s, row)) fail_msg("%s: \"%s\" %s is not found", programs[i].name, row->out, row->error);
            }
            run_outcomes_free(seen);
        }
        run_search_free(&s);
        run_program_free(p);
        diag_free(&diags);
    }
}

static void replays(const struct run_program *p, const struct run_found *f, struct diag_list *diags) {
    struct run_options o = machine;
    o.decisions = f->decisions;
    o.ndecisions = f->ndecisions;
    o.events = true;
    struct run *r = run_new(p, &o, diags);
    assert_non_null(r);
    while (run_pump(r, 0, 0, 0)) {}
    struct run_result res;
    run_get_result(r, &res);
    assert_null(res.refusal);
    assert_int_equal(res.status, f->what.status);
    assert_int_equal(res.nout, f->what.nout);
    assert_memory_equal(res.out, f->what.out, res.nout);
    assert_int_equal(strncmp(res.err, f->what.error, strlen(f->what.error)), 0);
    run_free(r);
}

/* The decisions of each outcome show it, with fewest preemptions too; with fewer there is none. */
static void decisions_replay(void **state) {
    (void)state;
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct diag_list diags;
        struct run_program *p = compile(&programs[i], &diags);
        struct run_search s, none;
        search(p, (struct run_search_how){0}, &s, &diags);
        for (size_t k = 0; k < s.nfound; k++) replays(p, &s.found[k], &diags);
        assert_true(run_search_least(p, &machine, 5000, &s, &diags));
        search(p, (struct run_search_how){.bounded = true, .preemptions = 0}, &none, &diags);
        for (size_t k = 0; k < s.nfound; k++) {
            replays(p, &s.found[k], &diags);
            bool without = find(&none, &s.found[k].what) != NULL;
            if (without != (s.found[k].preemptions == 0))
                fail_msg("%s: \"%s\" needs %u preemptions", programs[i].name, s.found[k].what.out, s.found[k].preemptions);
        }
        run_search_free(&none);
        run_search_free(&s);
        run_program_free(p);
        diag_free(&diags);
    }
}

/* Bounded enough, the bound is none; brute force agrees on what a small one leaves. */
static void bounds(void **state) {
    (void)state;
    size_t whole = 0;
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct diag_list diags;
        struct run_program *p = compile(&programs[i], &diags);
        for (unsigned n = 0; n < 2; n++) {
            struct run_search few, all;
            search(p, (struct run_search_how){.bounded = true, .preemptions = n}, &few, &diags);
            search(p, (struct run_search_how){.bounded = true, .preemptions = n, .all = true, .most = 200}, &all, &diags);
            assert_within(programs[i].name, &all, &few);
            if (strncmp(all.bound, "executions", 10) != 0) assert_within(programs[i].name, &few, &all);
            run_search_free(&few);
            run_search_free(&all);
        }
        struct run_search wide, full;
        search(p, (struct run_search_how){.bounded = true, .preemptions = 100, .most = 400}, &wide, &diags);
        search(p, (struct run_search_how){0}, &full, &diags);
        assert_within(programs[i].name, &wide, &full);
        if (strcmp(wide.bound, "executions=400") != 0) {
            assert_within(programs[i].name, &full, &wide);
            assert_string_equal(wide.bound, "");
            whole++;
        }
        run_search_free(&wide);
        run_search_free(&full);
        run_program_free(p);
        diag_free(&diags);
    }
    assert_true(whole > PROGRAMS / 2);
}

/* What it cannot carry it says. */
static void says_its_bounds(void **state) {
    (void)state;
    static const struct program spin = {"spin", "\"fmt\"; \"sync/atomic\"",
                                        "var x atomic.Int32\ngo func() { x.Store(1) }()\nfor x.Load() == 0 {}\nfmt.Println(1)", 0, false};
    static const struct program crowd = {"crowd", "\"sync\"", "var wg sync.WaitGroup\nfor range 70 { wg.Go(func() {}) }\nwg.Wait()", 0, false};
    static const struct program dice = {"dice", "\"fmt\"; \"math/rand\"", "fmt.Println(rand.Intn(6))", 0, false};
    static const struct program collects = {"collects", "\"runtime\"", "go func() {}()\nruntime.GC()", 0, false};
    static const struct program *const all[] = {&spin, &crowd, &dice, &collects};
    static const char *const bound[] = {"steps=20000", "goroutines=64", "what math/rand draws",
                                        "when the world stops, for a collection or GOMAXPROCS"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct diag_list diags;
        struct run_program *p = compile(all[i], &diags);
        struct run_search s;
        search(p, (struct run_search_how){.most = 2}, &s, &diags);
        if (strcmp(s.bound, bound[i]) != 0 && strcmp(s.bound, "executions=2") != 0)
            fail_msg("%s: bound \"%s\"", all[i]->name, s.bound);
        assert_true(*s.bound);
        run_search_free(&s);
        run_program_free(p);
        diag_free(&diags);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_brute_force), cmocka_unit_test(never_fewer_than_seeds), cmocka_unit_test(decisions_replay),
        cmocka_unit_test(bounds),         cmocka_unit_test(says_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
