#include "view.h"

enum ui_result ui_shot(const struct ui_shot_config *c, struct diag_list *diags) {
    struct run_options o = c->options;
    o.events = true;
    o.pass_output = false;
    struct run *run = run_new(c->program, &o, diags);
    if (!run) return UI_FAILED;
    while (run_pump(run, 0, 0, 0)) {
    }
    enum ui_result r = ui_shot_log(c, run_log(run), diags);
    run_free(run);
    return r;
}
