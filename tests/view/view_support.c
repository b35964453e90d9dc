#include "view_support.h"

#include <string.h>

void fixture_open(struct fixture *f, struct rt_log *log, const struct scenario *scn) {
    memset(f, 0, sizeof *f);
    diag_init(&f->diags);
    f->log = log;
    assert_non_null(log);
    f->fonts = ui_fonts_open(&f->diags);
    assert_non_null(f->fonts);
    assert_true(ui_stage_open(&f->stage, f->fonts, log, scn));
}

void fixture_close(struct fixture *f) {
    ui_stage_close(&f->stage);
    ui_fonts_close(f->fonts);
    rt_log_free(f->log);
    diag_free(&f->diags);
}

uint64_t fixture_hash(struct fixture *f, uint64_t n) {
    assert_true(ui_stage_build(&f->stage, n, 0, n));
    ui_stage_fly(&f->stage, 1);
    assert_false(f->stage.failed);
    uint64_t h = ui_list_hash(&f->stage.over);
    for (int r = 0; r < UI_REGIONS; r++)
        if (f->stage.lay.shown[r]) h = h * 31 + ui_list_hash(&f->stage.lists[r]);
    return h;
}
