/* shot.h - what pictures and films share: a stage that no window shows. */
#ifndef GOSEE_VIEW_SHOT_H
#define GOSEE_VIEW_SHOT_H

#include "render_file.h"
#include "stage.h"
#include "view.h"

typedef bool ui_shot_fn(struct ui_stage *s, const struct ui_shot_config *c, struct diag_list *diags);
/* Opens a stage of the log as the config wants it, calls draw (false: it has said why), closes the stage. */
enum ui_result ui_shot_with(const struct ui_shot_config *c, const struct rt_log *log, ui_shot_fn *draw,
                            struct diag_list *diags);
/* The stage as last built, for the painters; `lists` holds what the picture points to. */
struct ui_picture ui_shot_picture(const struct ui_stage *s, const struct ui_list *lists[static UI_REGIONS + 1]);
bool ui_has_ending(const char *path, const char *ending);

#endif
