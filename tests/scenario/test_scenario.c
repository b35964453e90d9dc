#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "read.h"
#include "scenario.h"

/* Runs with the folder of the file as the current one, so that messages name the file alone. */
static void load_message(const char *folder, const char *file, struct str *out) {
    struct diag_list diags;
    diag_init(&diags);
    char was[4096];
    assert_non_null(getcwd(was, sizeof was));
    assert_int_equal(chdir(folder), 0);
    struct scenario *s = scn_load(file, &diags);
    assert_int_equal(chdir(was), 0);
    for (size_t i = 0; i < diags.items.len; i++) {
        const struct diag *d = &diags.items.data[i];
        if (d->file) str_addf(out, "%s:%d:%d: %s\n", d->file->name, d->line, d->col, d->message);
        else str_addf(out, "gosee: %s\n", d->message);
        if (d->hint) str_addf(out, "\t%s\n", d->hint);
        struct str full = {0};
        diag_format(d, &full); /* the caret's arithmetic, for the sanitizers */
        str_free(&full);
    }
    if (s) {
        scn_free(s);
        fail_msg("%s/%s is accepted", folder, file);
    }
    assert_false(diags.failed);
    diag_free(&diags);
}

static unsigned check_broken(const char *folder) {
    DIR *d = opendir(folder);
    assert_non_null(d);
    unsigned n = 0;
    for (struct dirent *e; (e = readdir(d));) {
        size_t len = strlen(e->d_name);
        if (len < 6 || strcmp(e->d_name + len - 5, ".json") != 0) continue;
        struct str said = {0}, want = {0}, path = {0};
        load_message(folder, e->d_name, &said);
        str_addf(&path, "%s/%.*s.said", folder, (int)len - 5, e->d_name);
        if (getenv("GOSEE_RECORD")) assert_true(file_write_whole(str_cstr(&path), str_cstr(&said), said.len));
        assert_true(str_read_file(&want, str_cstr(&path), 1 << 16));
        if (strcmp(str_cstr(&said), str_cstr(&want)) != 0)
            fail_msg("%s:\n%swas expected to be\n%s", e->d_name, str_cstr(&said), str_cstr(&want));
        str_free(&said);
        str_free(&want);
        str_free(&path);
        n++;
    }
    closedir(d);
    return n;
}

static void broken_files_are_refused_with_their_place(void **state) {
    (void)state;
    assert_true(check_broken(GOSEE_TEST_DIR "/broken") > 50);
    assert_true(check_broken(GOSEE_TEST_DIR "/broken/only-loader") > 20);
}

static struct scenario *load_text(const char *json, struct diag_list *diags) {
    char folder[] = "/tmp/gosee-scenario-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str path = {0}, program = {0};
    str_addf(&path, "%s/scene.json", folder);
    str_addf(&program, "%s/p.go", folder);
    assert_true(file_write_whole(str_cstr(&path), json, strlen(json)));
    assert_true(file_write_whole(str_cstr(&program), "package main\n", 13));
    diag_init(diags);
    struct scenario *s = scn_load(folder, diags);
    if (!s) diag_print(diags, stderr, 0);
    unlink(str_cstr(&path));
    unlink(str_cstr(&program));
    rmdir(folder);
    str_free(&path);
    str_free(&program);
    return s;
}

static void defaults_are_filled_in(void **state) {
    (void)state;
    struct diag_list diags;
    struct scenario *s = load_text("{ \"format\": 1, \"program\": \"p.go\" }", &diags);
    assert_non_null(s);
    assert_int_equal(s->procs, 2);
    assert_int_equal(s->cores, 2);
    assert_false(s->procs_given || s->cores_given || s->one_to_one || s->has_expect || s->start_playing);
    assert_int_equal(s->world, SCN_STEPPED);
    assert_int_equal(s->limits.goroutines, 1000000);
    assert_int_equal(s->limits.heap, UINT64_C(1) << 30);
    assert_int_equal(s->limits.time_ns, UINT64_C(3600) * 1000000000);
    assert_int_equal(s->limits.output, UINT64_C(16) << 20);
    assert_int_equal(s->limits.stack, 0);
    assert_string_equal(s->title, "p.go");
    assert_string_equal(s->program_name, "p.go");
    assert_int_equal(s->source.length, 13);
    assert_int_equal(s->expect.runs, 200);
    scn_free(s);
    diag_free(&diags);
}

static const char all_keys[] =
    "{ \"$schema\": \"x\", \"format\": 1, \"title\": \"T\", \"summary\": \"S\", \"asks\": \"A?\", \"minutes\": 2.5,\n"
    "  \"source\": [\"package main\", \"\", \"func main() {}\"], \"stdin\": \"in\\n\", \"args\": [\"a\", \"b\"],\n"
    "  \"signals\": [{ \"at\": { \"time\": \"1.5s\" }, \"signal\": \"SIGINT\" }],\n"
    "  \"machine\": { \"procs\": 4, \"cores\": 3, \"threads\": \"1:1\", \"threadStack\": \"1MB\",\n"
    "    \"costs\": { \"instruction\": 40, \"threadWake\": [\"5us\", \"50us\"] } },\n"
    "  \"world\": \"live\", \"probe\": 18446744073709551615, \"decisions\": [0, 3],\n"
    "  \"limits\": { \"goroutines\": 10, \"heap\": \"256MB\", \"time\": \"60s\", \"hostTime\": \"1m30s\", \"output\": "
    "5,\n"
    "    \"events\": 7, \"stack\": \"64KB\" },\n"
    "  \"view\": { \"speed\": 0.25, \"panels\": [\"stage\", \"output\"], \"start\": \"playing\" },\n"
    "  \"lesson\": [ { \"at\": { \"line\": 3, \"file\": \"p.go\" }, \"say\": \"x\", \"pause\": true, \"choose\": "
    "true,\n"
    "      \"notes\": \"n\" },\n"
    "    { \"at\": { \"event\": \"GoStart\", \"goroutine\": \"main\", \"nth\": 2 }, \"ask\": { \"kind\": \"number\",\n"
    "      \"question\": \"q\", \"about\": \"all runs\", \"answer\": 3, \"tolerance\": 0.5, \"replies\": { \"4\": "
    "\"no\" } } },\n"
    "    { \"at\": { \"output\": \"o\" }, \"ask\": { \"kind\": \"order\", \"question\": \"q\", \"answer\": [\"a\", "
    "\"b\"] } } ],\n"
    "  \"goal\": { \"say\": \"g\", \"metric\": \"switches\", \"at most\": 4 },\n"
    "  \"expect\": { \"runs\": 50, \"outcomes\": [ { \"anyOrder\": [\"a\"], \"before\": [[\"a\", \"b\"]],\n"
    "      \"lines\": [{ \"text\": \"a\", \"from\": 1, \"to\": 5 }], \"exit\": 2, \"error\": \"panic: x\" },\n"
    "      { \"stdout\": \"b\", \"must\": \"occur\", \"share\": [0.25, 0.75] } ],\n"
    "    \"events\": [ { \"kind\": \"GoStart\", \"reason\": \"wakep\", \"goroutine\": \"g\", \"by\": \"b\", \"thread\": 0, "
    "\"in\": \"some run\",\n"
    "      \"from\": \"MPark\", \"to\": \"MWake\", \"during\": \"idle\", \"after\": \"1ms\", \"per\": \"GoStop\", \"at "
    "least\": 1,\n"
    "      \"at most\": 2 } ],\n"
    "    \"totals\": { \"time\": { \"at most\": 0.6, \"of\": \"v\" }, \"wait\": { \"goroutine\": \"g\", \"at least\": "
    "\"20ms\" } } },\n"
    "  \"variants\": { \"v\": { \"stdin\": null, \"machine\": { \"procs\": 1, \"costs\": null }, \"args\": [\"c\"] } } "
    "}";

static void all_keys_are_read(void **state) {
    (void)state;
    struct diag_list diags;
    struct scenario *s = load_text(all_keys, &diags);
    assert_non_null(s);
    assert_string_equal(s->asks, "A?");
    assert_true(s->minutes > 2.4 && s->minutes < 2.6);
    assert_string_equal(s->source.text, "package main\n\nfunc main() {}\n");
    assert_string_equal(s->program_name, "source");
    assert_string_equal(s->stdin_text, "in\n");
    assert_int_equal(s->nargs, 2);
    assert_int_equal(s->signals[0].at.time_ns, 1500000000);
    assert_string_equal(s->signals[0].name, "SIGINT");
    assert_int_equal(s->procs, 4);
    assert_int_equal(s->cores, 3);
    assert_true(s->one_to_one && s->procs_given && s->cores_given && s->start_playing);
    assert_int_equal(s->thread_stack, 1 << 20);
    assert_int_equal(s->ncosts, 2);
    assert_string_equal(s->costs[1].key, "threadWake");
    assert_int_equal(s->costs[0].value.hi, 40);
    assert_int_equal(s->costs[1].value.lo, 5000);
    assert_int_equal(s->costs[1].value.hi, 50000);
    assert_int_equal(s->world, SCN_LIVE);
    assert_int_equal(s->choice, SCN_PROBE);
    assert_true(s->number == UINT64_MAX);
    assert_int_equal(s->decisions[1], 3);
    assert_int_equal(s->limits.host_time_ns, UINT64_C(90) * 1000000000);
    assert_int_equal(s->limits.stack, 65536);
    assert_int_equal(s->limits.events, 7);
    assert_int_equal(s->npanels, 2);
    assert_int_equal(s->nlesson, 3);
    assert_int_equal(s->lesson[0].at.kind, SCN_AT_LINE);
    assert_int_equal(s->lesson[0].at.line, 3);
    assert_true(s->lesson[0].pause && s->lesson[0].choose);
    assert_int_equal(s->lesson[1].at.nth, 2);
    assert_string_equal(s->lesson[1].at.event, "GoStart");
    assert_true(s->lesson[1].ask->all_runs && s->lesson[1].ask->number == 3 && s->lesson[1].ask->tolerance == 0.5);
    assert_string_equal(s->lesson[1].ask->replies[0].answer, "4");
    assert_int_equal(s->lesson[2].ask->norder, 2);
    assert_string_equal(s->goal->metric, "switches");
    assert_true(s->goal->bounds.has_most && s->goal->bounds.at_most == 4);
    const struct scn_expect *x = &s->expect;
    assert_int_equal(x->runs, 50);
    assert_int_equal(x->noutcomes, 2);
    assert_null(x->outcomes[0].stdout_text);
    assert_int_equal(x->outcomes[0].must, SCN_MUST_MAY);
    assert_string_equal(x->outcomes[0].before[0][1], "b");
    assert_int_equal(x->outcomes[0].lines[0].to, 5);
    assert_int_equal(x->outcomes[0].exit, 2);
    assert_string_equal(x->outcomes[0].error, "panic: x");
    assert_true(x->outcomes[1].has_share && x->outcomes[1].must == SCN_MUST_OCCUR);
    const struct scn_expect_event *e = &x->events[0];
    assert_true(e->some_run && e->thread == 0 && e->after_ns == 1000000 && e->bounds.has_least && e->bounds.has_most);
    assert_string_equal(e->per, "GoStop");
    assert_int_equal(x->ntotals, 2);
    assert_string_equal(x->totals[0].bounds.of, "v");
    assert_true(x->totals[1].bounds.at_least == 20e6);

    const struct scenario *v = scn_variant(s, "v");
    assert_non_null(v);
    assert_null(scn_variant(s, "w"));
    assert_ptr_equal(scn_variant(s, NULL), s);
    assert_int_equal(v->procs, 1);
    assert_int_equal(v->cores, 3);
    assert_int_equal(v->ncosts, 0);
    assert_null(v->stdin_text);
    assert_int_equal(v->nargs, 1);
    assert_int_equal(v->nlesson, 3);
    assert_int_equal(v->nvariants, 0);
    scn_free(s);
    diag_free(&diags);
}

static void units_are_gos(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t ns; /* -1: refused */
    } durations[] = {{"1.5s", 1500000000},
                     {"20us", 20000},
                     {"20\xc2\xb5s", 20000},
                     {"1h2m3s", INT64_C(3723000000000)},
                     {"40ns", 40},
                     {"7", 7},
                     {".5ms", 500000},
                     {"", -1},
                     {"s", -1},
                     {"1", 1},
                     {"1.5", -1},
                     {"1x", -1},
                     {"1s2", -1},
                     {"-1s", -1},
                     {"1..5s", -1},
                     {"99999999999h", -1},
                     {"99999999999999999999", -1}};
    for (size_t i = 0; i < sizeof durations / sizeof *durations; i++) {
        int64_t ns = -1;
        bool ok = scn_parse_duration(durations[i].text, &ns);
        if (ok != (durations[i].ns >= 0) || (ok && ns != durations[i].ns)) fail_msg("%s", durations[i].text);
    }
    static const struct {
        const char *text;
        int64_t bytes;
    } sizes[] = {{"64KB", 65536},  {"256MB", INT64_C(256) << 20},
                 {"1GB", 1 << 30}, {"512", 512},
                 {"512B", 512},    {"1.5KB", 1536},
                 {"", -1},         {"KB", -1},
                 {"1kb", -1},      {"1KB2", -1},
                 {"-1", -1}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint64_t bytes = 0;
        bool ok = scn_parse_size(sizes[i].text, &bytes);
        if (ok != (sizes[i].bytes >= 0) || (ok && bytes != (uint64_t)sizes[i].bytes)) fail_msg("%s", sizes[i].text);
    }
}

static void other_paths_are_refused_or_read(void **state) {
    (void)state;
    struct diag_list diags;
    static const struct {
        const char *path, *said;
    } bad[] = {{GOSEE_TEST_DIR "/missing", "missing: No such file or directory"},
               {GOSEE_TEST_DIR "/missing.json", "missing.json: No such file or directory"},
               {GOSEE_TEST_DIR "/missing.go", "missing.go: No such file or directory"},
               {GOSEE_TEST_DIR "/broken/ok.txt", "ok.txt: expected a scene folder, a .json or a .go file"},
               {GOSEE_TEST_DIR "/broken", "broken: no scene.json in this folder"},
               {GOSEE_TEST_DIR "/broken/only-loader/folder.go", "folder.go: no scene.json in this folder"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        diag_init(&diags);
        assert_null(scn_load(bad[i].path, &diags));
        assert_int_equal(diags.items.len, 1);
        const char *m = diags.items.data[0].message;
        size_t n = strlen(m), k = strlen(bad[i].said);
        if (n < k || strcmp(m + n - k, bad[i].said) != 0) fail_msg("%s, not %s", m, bad[i].said);
        diag_free(&diags);
    }
    diag_init(&diags);
    struct scenario *s = scn_load(GOSEE_TEST_DIR "/broken/ok.go", &diags);
    assert_non_null(s);
    assert_null(s->json.text);
    assert_string_equal(s->title, "ok.go");
    assert_int_equal(s->procs, 2);
    assert_string_equal(s->source.name, GOSEE_TEST_DIR "/broken/ok.go");
    scn_free(s);
    diag_free(&diags);
}

/* A link inside the folder that leads out of it is outside too. */
static void links_do_not_lead_outside(void **state) {
    (void)state;
    char folder[] = "/tmp/gosee-scenario-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct str json = {0}, link = {0};
    str_addf(&json, "%s/scene.json", folder);
    str_addf(&link, "%s/out.go", folder);
    static const char text[] = "{ \"format\": 1, \"program\": \"out.go\" }";
    assert_true(file_write_whole(str_cstr(&json), text, sizeof text - 1));
    assert_int_equal(symlink(GOSEE_TEST_DIR "/broken/ok.go", str_cstr(&link)), 0);
    struct diag_list diags;
    diag_init(&diags);
    assert_null(scn_load(folder, &diags));
    assert_int_equal(diags.items.len, 1);
    assert_string_equal(diags.items.data[0].message, "/program: \"out.go\" leads outside the scenario's folder");
    diag_free(&diags);
    unlink(str_cstr(&json));
    unlink(str_cstr(&link));
    rmdir(folder);
    str_free(&json);
    str_free(&link);
}

static void scenes_and_course_load(void **state) {
    (void)state;
    struct diag_list diags;
    diag_init(&diags);
    struct scn_course *c = scn_load_course(GOSEE_SCENES "/course.json", &diags);
    if (!c) diag_print(&diags, stderr, 0);
    assert_non_null(c);
    unsigned n = 0;
    for (size_t i = 0; i < c->nchapters; i++) {
        for (size_t k = 0; k < c->chapters[i].nscenes; k++, n++) {
            struct str path = {0};
            str_addf(&path, GOSEE_SCENES "/%s", c->chapters[i].scenes[k]);
            struct scenario *s = scn_load(str_cstr(&path), &diags);
            if (!s) diag_print(&diags, stderr, 0);
            assert_non_null(s);
            assert_true(*s->title && *s->asks && s->nlesson && s->has_expect);
            scn_free(s);
            str_free(&path);
        }
    }
    assert_true(n >= 6);
    scn_course_free(c);
    diag_free(&diags);
}

/* Cut short and changed at every byte: refused or read, never worse. */
static void damaged_files_do_no_harm(void **state) {
    (void)state;
    size_t n = strlen(all_keys);
    char *text = malloc(n + 1);
    assert_non_null(text);
    for (size_t i = 0; i < n; i += 3) {
        struct diag_list diags;
        memcpy(text, all_keys, n + 1);
        text[i] = "\"{}[],:0x\n\\\xff"[i % 12];
        struct src_file file = {"x.json", text, n - (i % 5 == 0 ? n - i : 0)};
        struct arena arena;
        arena_init(&arena);
        diag_init(&diags);
        struct json *j = json_parse(&file, &arena, &diags);
        assert_true(j != NULL || diags.items.len == 1);
        struct scenario s = {0};
        struct scn_reader r = {&arena, &file, &diags, "."};
        if (j) rd_scenario(&r, j, &s);
        diag_free(&diags);
        arena_free(&arena);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_files_are_refused_with_their_place),
        cmocka_unit_test(defaults_are_filled_in),
        cmocka_unit_test(all_keys_are_read),
        cmocka_unit_test(units_are_gos),
        cmocka_unit_test(other_paths_are_refused_or_read),
        cmocka_unit_test(links_do_not_lead_outside),
        cmocka_unit_test(scenes_and_course_load),
        cmocka_unit_test(damaged_files_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
