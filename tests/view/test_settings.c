/* What the window remembers, and keys of the user's own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings.h"
#include "view_support.h"

static struct src_file file_of(const char *text) {
    return (struct src_file){.name = "x.json", .text = text, .length = strlen(text)};
}

static void test_round(void **state) {
    (void)state;
    struct ui_settings a = {.theme = UI_CONTRAST, .zoom = 1.21, .still = true, .lanes = RP_LANE_CORE, .window = {-40, 7, 1280, 720}};
    struct ui_settings b;
    struct str text = {0}, again = {0};
    struct diag_list diags;
    diag_init(&diags);
    assert_true(ui_settings_opened(&a, "/nowhere/a \"b\".go"));
    assert_true(ui_settings_opened(&a, "/nowhere/c.go"));
    assert_true(ui_settings_opened(&a, "/nowhere/a \"b\".go")); /* again: the newest, once */
    assert_int_equal(a.nrecent, 2);
    ui_settings_write(&a, &text);
    const struct src_file f = file_of(str_cstr(&text));
    ui_settings_init(&b);
    assert_true(ui_settings_read(&b, &f, &diags));
    ui_settings_write(&b, &again);
    assert_string_equal(str_cstr(&text), str_cstr(&again));
    assert_true(b.theme == UI_CONTRAST && b.zoom == 1.21 && b.still && b.lanes == RP_LANE_CORE && b.window.x == -40);
    assert_string_equal(b.recent[0], "/nowhere/a \"b\".go");
    for (int i = 0; i < 20; i++) {
        char path[32];
        snprintf(path, sizeof path, "/nowhere/%d.go", i);
        assert_true(ui_settings_opened(&b, path));
    }
    assert_int_equal(b.nrecent, UI_RECENT);
    assert_string_equal(b.recent[0], "/nowhere/19.go");
    str_free(&text);
    str_free(&again);
    ui_settings_free(&a);
    ui_settings_free(&b);
    diag_free(&diags);
}

static void test_strange_files(void **state) {
    (void)state;
    static const char *const bad[] = {"", "{", "[1]", "\"x\"", "{\"theme\": }"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ui_settings s;
        struct diag_list diags;
        const struct src_file f = file_of(bad[i]);
        diag_init(&diags);
        ui_settings_init(&s);
        assert_false(ui_settings_read(&s, &f, &diags));
        assert_true(diags.items.len > 0);
        ui_settings_free(&s);
        diag_free(&diags);
    }
    struct ui_settings s;
    struct diag_list diags;
    const struct src_file f = file_of("{\"scale\": 99, \"theme\": \"mauve\", \"window\": {\"x\": 1e300, \"y\": 0, \"w\": 5, \"h\": 5},"
                                      "\"recent\": [1, null], \"lanes\": \"Q\", \"more\": {}}");
    diag_init(&diags);
    ui_settings_init(&s);
    assert_true(ui_settings_read(&s, &f, &diags)); /* what makes no sense is as if it were not there */
    assert_true(s.zoom == 1 && s.theme == UI_LIGHT && s.window.w == 0 && s.nrecent == 0 && s.lanes == RP_LANE_P);
    ui_settings_free(&s);
    diag_free(&diags);
}

static void test_place(void **state) {
    (void)state;
    const SDL_Rect displays[] = {{0, 0, 1920, 1080}, {1920, -200, 2560, 1440}};
    struct ui_settings s = {.window = {2000, 100, 1600, 900}};
    assert_int_equal(ui_settings_place(&s, displays, 2).x, 2000);
    assert_int_equal(ui_settings_place(&s, displays, 1).w, 0); /* that display is not there today */
    s.window = (SDL_Rect){1800, 100, 1600, 900};
    assert_int_equal(ui_settings_place(&s, displays, 1).w, 0); /* too little of it */
    s.window = (SDL_Rect){100, -300, 1600, 900};
    assert_int_equal(ui_settings_place(&s, displays, 1).w, 0); /* its title is out of reach */
    s.window = (SDL_Rect){0};
    assert_int_equal(ui_settings_place(&s, displays, 2).w, 0);
}

static void test_folder(void **state) {
    (void)state;
    char folder[] = "/tmp/gosee-test-XXXXXX", path[256], want[256];
    struct ui_settings s;
    struct stat st;
    assert_non_null(mkdtemp(folder));
    ui_settings_init(&s);
    setenv("HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", "not/absolute", 1);
    assert_true(ui_settings_path(path, sizeof path, "settings.json"));
    snprintf(want, sizeof want, "%s/.config/gosee/settings.json", folder);
    assert_string_equal(path, want);
    setenv("XDG_CONFIG_HOME", folder, 1);
    assert_true(ui_settings_path(path, sizeof path, "settings.json"));
    assert_true(ui_settings_save(&s, path));
    assert_int_equal(stat(path, &st), 0);
    unlink(path);
    path[strlen(path) - strlen("/settings.json")] = 0;
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_false(ui_settings_path(path, 10, "settings.json"));
}

/* ---- keys --------------------------------------------------------------------------------------------------- */

static void test_own_keys(void **state) {
    (void)state;
    struct ui_keymap m;
    struct diag_list diags;
    const struct src_file f = file_of("{\"life\": \"u\", \"search\": \"Ctrl+F\", \"forward\": \"Shift+N\", \"back\": \"F12\",\n"
                                      " \"rerun-next\": \"b\", \"mark\": \"r\", \"play\": \"k\"}");
    diag_init(&diags);
    if (!ui_keys_read(&m, &f, &diags)) fail_msg("%s", diags.items.data[0].message);
    assert_int_equal(ui_key_for_text(&m, "u"), UI_DO_LIFE);
    assert_int_equal(ui_key_for_text(&m, "y"), UI_DO_NOTHING); /* the old one is free */
    assert_int_equal(ui_key_for_sym(&m, SDLK_f, KMOD_LCTRL), UI_DO_SEARCH);
    assert_int_equal(ui_key_for_text(&m, "/"), UI_DO_NOTHING);
    assert_int_equal(ui_key_for_text(&m, "N"), UI_DO_FORWARD);
    assert_int_equal(ui_key_for_sym(&m, SDLK_F12, 0), UI_DO_BACK);
    assert_int_equal(ui_key_for_sym(&m, SDLK_LEFT, 0), UI_DO_NOTHING);
    assert_int_equal(ui_key_for_text(&m, "b"), UI_DO_RERUN_NEXT); /* two have changed places */
    assert_int_equal(ui_key_for_text(&m, "r"), UI_DO_MARK);
    assert_string_equal(ui_key_shown(&m, UI_DO_SEARCH), "Ctrl F");
    assert_int_equal(ui_key_for_text(&m, "f"), UI_DO_FOLLOW);
    diag_free(&diags);
}

static void test_refused_keys(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
        int line;
    } bad[] = {{"{\"life\": \"f\"}", "is the key for", 1},
               {"{\n\"lif\": \"u\"}", "is nothing that a key does", 2},
               {"{\"life\": \"Nokey\"}", "expected a key", 1},
               {"{\"life\": 3}", "expected a key", 1},
               {"{\"life\": \"\"}", "expected a key", 1},
               {"{\"life\": \"u\",\n\n \"search\": \"u\"}", "is the key for", 1},
               {"[]", "expected an object", 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ui_keymap m;
        struct diag_list diags;
        const struct src_file f = file_of(bad[i].text);
        diag_init(&diags);
        assert_false(ui_keys_read(&m, &f, &diags));
        assert_true(diags.items.len > 0);
        if (!strstr(diags.items.data[0].message, bad[i].says)) fail_msg("%s: %s", bad[i].text, diags.items.data[0].message);
        assert_int_equal(diags.items.data[0].line, bad[i].line);
        assert_int_equal(ui_key_for_text(&m, "f"), UI_DO_FOLLOW); /* and the standard stands */
        diag_free(&diags);
    }
}

/* No two of the standard keys are the same. */
static void test_standard_keys(void **state) {
    (void)state;
    const struct ui_keymap *m = ui_keys_standard();
    for (size_t i = 0; i < UI_KEYS; i++) {
        assert_int_equal(m->key[i].action, i + 1);
        for (const char *p = m->key[i].chars; *p; p++) {
            char one[2] = {*p, 0};
            assert_int_equal(ui_key_for_text(m, one), i + 1);
        }
        if (m->key[i].sym) assert_int_equal(ui_key_for_sym(m, m->key[i].sym, m->key[i].mods), i + 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round),    cmocka_unit_test(test_strange_files),
                                       cmocka_unit_test(test_place),    cmocka_unit_test(test_folder),
                                       cmocka_unit_test(test_own_keys), cmocka_unit_test(test_refused_keys),
                                       cmocka_unit_test(test_standard_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
