/* Recordings: what is written is read back, whatever is damaged is noticed. (That Go's parser takes them is
 * tests/recording's matter.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "gotrace_int.h"
#include "random_log.h"
#include "replay.h"
#include "sample_log.h"

struct place {
    char folder[64], file[80];
};

static void place_make(struct place *p) {
    const char *tmp = getenv("TMPDIR");
    snprintf(p->folder, sizeof p->folder, "%.40s/gosee-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->file, sizeof p->file, "%s/a.trace", p->folder);
}

/* Also: nothing but the recording was left there. */
static void place_free(const struct place *p) {
    unlink(p->file);
    assert_int_equal(rmdir(p->folder), 0);
}

static void record(const struct rt_log *log, const char *path, uint64_t generation) {
    struct str why = {0};
    struct rp_recorder *r = rp_record_begin(path, log, &why);
    assert_non_null(r);
    if (generation) gotrace_generations(r, generation);
    struct rp_record_size size;
    assert_true(rp_record_end(r, &size, &why));
    assert_int_equal(size.events, rt_log_count(log));
    str_free(&why);
}

static struct rt_log *read_back(const char *path) {
    struct str why = {0};
    struct rt_log *log = rp_recording_read(path, &why);
    if (!log) fail_msg("%s", str_cstr(&why));
    str_free(&why);
    return log;
}

static bool same_text(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

static bool same_tables(const struct rt_log *a, const struct rt_log *b) {
    const struct rt_log_info *x = rt_log_get_info(a), *y = rt_log_get_info(b);
    bool ok = same_text(x->world, y->world) && same_text(x->choice, y->choice) && x->number == y->number &&
              x->procs == y->procs && x->cores == y->cores && x->one_to_one == y->one_to_one &&
              x->thread_stack == y->thread_stack && rt_log_lost(a) == rt_log_lost(b) &&
              rt_log_strings(a) == rt_log_strings(b) && rt_log_bytes_used(a) == rt_log_bytes_used(b);
    for (uint64_t i = 1; ok && i <= rt_log_strings(a); i++) ok = same_text(rt_log_string(a, i), rt_log_string(b, i));
    for (unsigned i = 0; ok && (rt_log_file(a, i) || rt_log_file(b, i)); i++) {
        const struct rt_log_file *f = rt_log_file(a, i), *g = rt_log_file(b, i);
        ok = f && g && same_text(f->name, g->name) && f->length == g->length && memcmp(f->text, g->text, f->length) == 0;
    }
    for (uint64_t i = 0; ok && (rt_log_func(a, i) || rt_log_func(b, i)); i++) {
        const struct rt_log_func *f = rt_log_func(a, i), *g = rt_log_func(b, i);
        ok = f && g && same_text(f->name, g->name) && f->pos == g->pos;
    }
    for (uint64_t at = 0; ok && at < rt_log_bytes_used(a); at++)
        ok = *rt_log_bytes(a, at, 1) == *rt_log_bytes(b, at, 1);
    return ok;
}

static bool same_event(const struct rt_event *x, const struct rt_event *y) {
    return x->time == y->time && x->kind == y->kind && x->why == y->why && x->m == y->m && x->p == y->p && x->g == y->g &&
           x->pos == y->pos && x->a == y->a && x->b == y->b && x->c == y->c;
}

static bool same_log(const struct rt_log *a, const struct rt_log *b) {
    uint64_t n = rt_log_count(a);
    if (n != rt_log_count(b) || !same_tables(a, b)) return false;
    for (uint64_t i = 0; i < n; i++) {
        struct rt_event x, y;
        if (!rt_log_get(a, i, &x) || !rt_log_get(b, i, &y) || !same_event(&x, &y)) return false;
    }
    return true;
}

static uint64_t hash_at(const struct rt_log *log, uint64_t n) {
    struct rp_session *s = rp_open(log);
    assert_non_null(s);
    const struct rp_state *st = rp_seek(s, n);
    assert_non_null(st);
    uint64_t h = rp_hash(st);
    rp_close(s);
    return h;
}

static void round_trip(const struct rt_log *log, uint64_t generation) {
    struct place p;
    place_make(&p);
    record(log, p.file, generation);
    assert_true(rp_is_recording(p.file));
    struct rt_log *back = read_back(p.file);
    assert_true(same_log(log, back));
    uint64_t n = rt_log_count(log);
    assert_int_equal(hash_at(log, n), hash_at(back, n));
    assert_int_equal(hash_at(log, n / 2), hash_at(back, n / 2));
    struct str first = {0}, second = {0};
    assert_true(str_read_file(&first, p.file, SIZE_MAX));
    record(back, p.file, generation); /* written again it is the same file */
    assert_true(str_read_file(&second, p.file, SIZE_MAX));
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    str_free(&first);
    str_free(&second);
    rt_log_free(back);
    place_free(&p);
}

static void logs_come_back(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct rt_log *log = random_log(seed, 3000);
        assert_non_null(log);
        round_trip(log, seed % 2 ? 0 : 2000);
        rt_log_free(log);
    }
    struct rt_log *log = sample_workers(NULL);
    round_trip(log, 0);
    rt_log_free(log);
}

/* Texts longer than a batch, texts at the edge of the log's pages, fields at the ends of their ranges. */
static void nothing_is_cut(void **state) {
    (void)state;
    struct log_builder b;
    size_t n = 300000;
    char *text = malloc(n + 1);
    assert_non_null(text);
    for (size_t i = 0; i < n; i++) text[i] = (char)('a' + i % 23);
    text[n] = 0;
    assert_true(lb_init(&b, "long.go", text, 2, 2));
    assert_true(rt_log_add_func(b.log, text, RT_POS(255, 0xffffff)));
    assert_int_not_equal(rt_log_add_string(b.log, text), 0);
    assert_int_not_equal(rt_log_add_string(b.log, ""), 0);
    for (size_t i = 1; i < 40; i++) assert_int_not_equal(rt_log_bytes_add(b.log, text, i * 1637), UINT64_MAX);
    rt_log_add_lost(b.log, 12345678901);
    struct rt_event ev = {.time = INT64_MAX, .kind = RT_EV_Write, .why = RT_WHY_COUNT - 1, .m = 7, .p = INT32_MAX,
                          .g = UINT32_MAX, .pos = UINT32_MAX, .a = UINT64_MAX, .b = UINT64_MAX, .c = UINT64_MAX};
    assert_true(rt_log_append(b.log, &ev));
    ev = (struct rt_event){.kind = RT_EV_Read, .m = -1, .p = INT32_MIN, .a = UINT64_C(1) << 63};
    assert_true(rt_log_append(b.log, &ev));
    struct place p;
    place_make(&p);
    record(b.log, p.file, 0);
    struct rt_log *back = read_back(p.file);
    assert_true(same_log(b.log, back));
    rt_log_free(back);
    rt_log_free(b.log);
    free(text);
    place_free(&p);
}

/* NULL, with the place in why, or the very log that was written. */
static void read_damaged(const struct rt_log *log, const char *path, size_t at, bool must_fail) {
    struct str why = {0};
    struct rt_log *back = rp_recording_read(path, &why);
    if (back && must_fail) fail_msg("byte %zu: taken for whole", at);
    if (back && !same_log(log, back)) fail_msg("byte %zu: another log is read", at);
    if (!back && strncmp(str_cstr(&why), "offset ", 7) != 0) fail_msg("byte %zu: %s", at, str_cstr(&why));
    rt_log_free(back);
    str_free(&why);
}

static void damage_is_noticed(void **state) {
    (void)state;
    struct rt_log *log = random_log(5, 120);
    struct place p;
    place_make(&p);
    record(log, p.file, 500);
    struct str bytes = {0};
    assert_true(str_read_file(&bytes, p.file, SIZE_MAX));
    FILE *f = fopen(p.file, "r+b");
    assert_non_null(f);
    setvbuf(f, NULL, _IONBF, 0);
    for (size_t i = 0; i < bytes.len; i++) {
        int change = i % 3 == 2 ? 0xff : 1 << i % 8;
        fseek(f, (long)i, SEEK_SET);
        fputc((unsigned char)bytes.data[i] ^ change, f);
        read_damaged(log, p.file, i, false);
        fseek(f, (long)i, SEEK_SET);
        fputc((unsigned char)bytes.data[i], f);
    }
    read_damaged(log, p.file, bytes.len, false);
    for (size_t n = bytes.len; n-- > 0;) {
        assert_int_equal(ftruncate(fileno(f), (off_t)n), 0);
        read_damaged(log, p.file, n, true);
    }
    fclose(f);
    str_free(&bytes);
    rt_log_free(log);
    place_free(&p);
}

static void whole_or_not_at_all(void **state) {
    (void)state;
    struct rt_log *log = random_log(3, 500);
    struct place p;
    place_make(&p);
    struct str why = {0};
    struct rp_recorder *r = rp_record_begin(p.file, log, &why);
    assert_true(rp_record_more(r));
    assert_int_equal(access(p.file, F_OK), -1);
    rp_record_drop(r);
    assert_int_equal(access(p.file, F_OK), -1);
    record(log, p.file, 0);
    record(log, p.file, 0); /* over the first */
    rt_log_free(read_back(p.file));
    assert_null(rp_record_begin("/nowhere/at/all.trace", log, &why));
    assert_string_equal(str_cstr(&why), "No such file or directory");
    place_free(&p);
    str_free(&why);
    rt_log_free(log);
}

static void devices_stay(void **state) {
    (void)state;
    struct rt_log *log = random_log(3, 500);
    struct stat st;
    record(log, "/dev/null", 0);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    struct str why = {0};
    struct rp_recorder *r = access("/dev/full", W_OK) == 0 ? rp_record_begin("/dev/full", log, &why) : NULL;
    if (r) assert_false(rp_record_end(r, NULL, &why));
    str_free(&why);
    rt_log_free(log);
}

static void other_files_are_refused(void **state) {
    (void)state;
    struct place p;
    place_make(&p);
    struct str why = {0};
    assert_true(file_write_whole(p.file, "package main\n\nfunc main() {}\n", 29));
    assert_false(rp_is_recording(p.file));
    assert_null(rp_recording_read(p.file, &why));
    assert_string_equal(str_cstr(&why), "offset 0: not a Go execution trace");
    str_clear(&why);
    assert_true(file_write_whole(p.file, "go 1.21 trace\0\0\0", 16));
    assert_null(rp_recording_read(p.file, &why));
    assert_non_null(strstr(str_cstr(&why), "version"));
    str_free(&why);
    place_free(&p);
}

/* A trace of a real program (tests/recording/traced), as Go 1.26 wrote it. */
#define REAL_TRACE GOSEE_TEST_DIR "/../recording/traced/small.trace"

static void real_traces_open(void **state) {
    (void)state;
    struct rt_log *log = read_back(REAL_TRACE);
    assert_true(rt_log_get_info(log)->foreign);
    struct rp_session *s = rp_open(log);
    struct str rule = {0};
    uint64_t at, n = rt_log_count(log), seen[RT_EV_COUNT] = {0};
    const struct rp_state *st = rp_seek(s, n);
    if (rp_illegal(s, &at, &rule)) fail_msg("event %llu: %s", (unsigned long long)at, str_cstr(&rule));
    assert_non_null(st);
    for (uint64_t i = 0; i < n; i++) {
        struct rt_event ev;
        rt_log_get(log, i, &ev);
        seen[ev.kind]++;
    }
    assert_true(seen[RT_EV_GoStatus] > 3 && seen[RT_EV_ProcSteal] && seen[RT_EV_GoSyscallEndBlocked] && seen[RT_EV_GCBegin]);
    assert_int_equal(seen[RT_EV_RunEnd], 1);
    size_t workers = 0, readable = 0;
    for (size_t i = 0; i < rp_ng(st); i++) {
        const struct rp_g *g = rp_g_at(st, i);
        const struct rt_log_func *fn = rt_log_func(log, g->fn);
        workers += fn && strcmp(fn->name, "main.worker") == 0 && g->state == RP_G_DEAD;
        readable += g->pos && rt_log_file(log, RT_POS_FILE(g->pos));
    }
    assert_int_equal(workers, 3);
    assert_true(readable > 5);
    rp_close(s);
    rt_log_free(log);
    str_free(&rule);
}

/* Whatever is read of a damaged one can be walked through without harm. */
static void real_traces_damaged(void **state) {
    (void)state;
    struct place p;
    place_make(&p);
    struct str bytes = {0}, why = {0};
    assert_true(str_read_file(&bytes, REAL_TRACE, SIZE_MAX));
    assert_true(file_write_whole(p.file, bytes.data, bytes.len));
    FILE *f = fopen(p.file, "r+b");
    assert_non_null(f);
    setvbuf(f, NULL, _IONBF, 0);
    size_t refused = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        int change = i % 3 == 2 ? 0xff : 1 << i % 8;
        fseek(f, (long)i, SEEK_SET);
        fputc((unsigned char)bytes.data[i] ^ change, f);
        struct rt_log *log = rp_recording_read(p.file, &why);
        struct rp_session *s = log ? rp_open(log) : NULL;
        if (s && !rp_seek(s, rt_log_count(log))) fail_msg("byte %zu: a history that is not legal is handed out", i);
        if (s) rp_close(s);
        rt_log_free(log);
        refused += !log;
        fseek(f, (long)i, SEEK_SET);
        fputc((unsigned char)bytes.data[i], f);
    }
    assert_true(refused > bytes.len / 4);
    for (size_t n = bytes.len; n-- > 0;) {
        assert_int_equal(ftruncate(fileno(f), (off_t)n), 0);
        str_clear(&why);
        assert_null(rp_recording_read(p.file, &why));
        assert_int_equal(strncmp(str_cstr(&why), "offset ", 7), 0);
    }
    fclose(f);
    str_free(&bytes);
    str_free(&why);
    place_free(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_come_back),      cmocka_unit_test(nothing_is_cut), cmocka_unit_test(damage_is_noticed),
        cmocka_unit_test(whole_or_not_at_all), cmocka_unit_test(devices_stay),   cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(real_traces_open),    cmocka_unit_test(real_traces_damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
