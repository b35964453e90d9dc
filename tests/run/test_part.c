/* Where two runs part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event.h"
#include "run.h"

static const char program[] =
    "package main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\n"
    "func one() {\n\ttime.Sleep(time.Second)\n\tfmt.Println(\"1\")\n}\n\n"
    "func two() {\n\tgo one()\n\ttime.Sleep(time.Second)\n\tfmt.Println(\"2\")\n}\n\n"
    "func main() {\n\tgo two()\n\ttime.Sleep(2 * time.Second)\n}\n";

static struct run_program *compile(struct diag_list *diags) {
    struct src_file file = {"p.go", program, strlen(program)};
    diag_init(diags);
    struct run_program *p = run_compile(&file, diags);
    assert_non_null(p);
    return p;
}

static struct run_options numbered(uint64_t number) {
    return (struct run_options){.world = SCN_STEPPED, .procs = 2, .cores = 2, .number = number, .program_name = "p.go"};
}

static void text_of(const struct run *r, char *buf, size_t n) {
    struct run_result res;
    run_get_result(r, &res);
    assert_true(res.nout < n);
    memcpy(buf, res.out, res.nout);
    buf[res.nout] = 0;
}

/* Every pair of seeds with other outcomes parts in one choice: the same before it, another at it. */
static void a_pair_parts_in_one_choice(void **state) {
    (void)state;
    struct diag_list diags;
    struct run_program *p = compile(&diags);
    unsigned parted = 0, singles = 0, alike = 0;
    for (uint64_t b = 2; b <= 40; b++) {
        struct run_options one = numbered(1), other = numbered(b);
        struct run_parting part;
        size_t before = diags.items.len;
        if (!run_part(p, &one, &other, b % 2 ? 0 : INT64_C(60000000000), &part, &diags)) {
            assert_true(diags.items.len > before); /* says why */
            alike++;
            continue;
        }
        parted++;
        singles += part.single;
        assert_int_equal(part.single, b % 2 == 0); /* in no time none is found; here one choice is enough */
        char x[64], y[64];
        text_of(part.run[0], x, sizeof x);
        text_of(part.run[1], y, sizeof y);
        assert_string_not_equal(x, y);
        struct run *b_itself = run_new(p, &other, &diags);
        assert_non_null(b_itself);
        while (run_pump(b_itself, 0, 0, 0)) {
        }
        text_of(b_itself, x, sizeof x);
        assert_string_equal(x, y);
        run_free(b_itself);
        struct run_choice ca[64], cb[64];
        for (size_t from = 0; from <= part.choice; from += 64) {
            size_t na = run_choices(part.run[0], from, ca, 64), nb = run_choices(part.run[1], from, cb, 64);
            for (size_t i = 0; i < 64 && from + i <= part.choice; i++) {
                assert_true(from + i < na && from + i < nb);
                assert_string_equal(ca[i].what, cb[i].what);
                assert_int_equal(ca[i].n, cb[i].n);
                assert_int_equal(ca[i].time, cb[i].time);
                if (from + i < part.choice) assert_int_equal(ca[i].picked, cb[i].picked);
                else assert_int_not_equal(ca[i].picked, cb[i].picked);
            }
        }
        /* The second is what its decisions say, with b's seed behind them. */
        struct run_options *of = part.single ? &one : &other;
        of->decisions = part.decisions;
        of->ndecisions = part.ndecisions;
        struct run *again = run_new(p, of, &diags);
        assert_non_null(again);
        while (run_pump(again, 0, 0, 0)) {
        }
        text_of(again, x, sizeof x);
        assert_string_equal(x, y);
        run_free(again);
        run_parting_free(&part);
    }
    assert_true(parted > 3 && singles > 1 && alike > 0);
    run_program_free(p);
    diag_free(&diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_pair_parts_in_one_choice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
