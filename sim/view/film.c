/* film.c - the stage as it plays, frame by frame into ffmpeg. A frame is a function of its number: films of the same run
 * are the same. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "encoder.h"
#include "moment.h"
#include "playhead.h"
#include "shot.h"

enum { LONGEST_S = 120, NAME = 4096, MOST_FLYING = 64, TAIL_MS = 1500 };

struct film {
    struct ui_stage *s;
    struct ui_encoder encoder;
    cairo_surface_t *surface;
    int fps;
    uint64_t frame; /* so many are written */
    struct str captions; /* as SRT */
    char caption[160];   /* the one that shows */
    uint64_t caption_from;
    unsigned ncaptions;
    bool failed;
};

/* ---- captions ----------------------------------------------------------------------------------------------- */

static void add_clock(struct str *out, uint64_t frame, int fps) {
    uint64_t ms = frame * 1000 / (uint64_t)fps;
    str_addf(out, "%02llu:%02llu:%02llu,%03llu", (unsigned long long)(ms / 3600000), (unsigned long long)(ms / 60000 % 60),
             (unsigned long long)(ms / 1000 % 60), (unsigned long long)(ms % 1000));
}

static void end_caption(struct film *f) {
    if (!f->caption[0] || f->frame == f->caption_from) return;
    str_addf(&f->captions, "%u\n", ++f->ncaptions);
    add_clock(&f->captions, f->caption_from, f->fps);
    str_adds(&f->captions, " --> ");
    add_clock(&f->captions, f->frame, f->fps);
    str_addf(&f->captions, "\n%s\n\n", f->caption);
}

/* What has just happened; where much happens in little time, the next is said when this could be read. */
static void begin_caption(struct film *f) {
    const char *text = f->s->has_event ? str_cstr(&f->s->says.sentence) : "";
    bool read = f->frame - f->caption_from >= (uint64_t)f->fps * 2 / 5;
    if ((f->caption[0] && !read) || strcmp(text, f->caption) == 0) return;
    end_caption(f);
    snprintf(f->caption, sizeof f->caption, "%s", text);
    f->caption_from = f->frame;
}

/* ---- frames ------------------------------------------------------------------------------------------------- */

static void paint(struct film *f, double progress) {
    const struct ui_list *lists[UI_REGIONS + 1];
    ui_stage_fly(f->s, progress);
    const struct ui_picture p = ui_shot_picture(f->s, lists);
    if (f->s->failed || !ui_cairo_paint(f->surface, &p, false)) f->failed = true;
    cairo_surface_flush(f->surface);
}

static void emit(struct film *f, uint64_t times) {
    size_t bytes = (size_t)cairo_image_surface_get_stride(f->surface) * (size_t)cairo_image_surface_get_height(f->surface);
    for (; times > 0 && !f->failed; times--, f->frame++)
        if (!ui_encoder_write(&f->encoder, cairo_image_surface_get_data(f->surface), bytes)) f->failed = true;
}

/* The moment after n events for so many frames, the first of them the movement from `from`. */
static bool show(struct film *f, uint64_t n, uint64_t from, uint64_t frames) {
    struct rt_event ev;
    int64_t time = n > 0 && rt_log_get(f->s->log, n - 1, &ev) ? ev.time : 0;
    if (n - from > MOST_FLYING) from = n;
    if (!ui_stage_build(f->s, n, time, from)) return false;
    begin_caption(f);
    double most = 900.0 * (double)frames / f->fps, flight = fmin(ui_stage_flight_ms(f->s), most);
    uint64_t moving = (uint64_t)ceil(flight * f->fps / 1000);
    if (moving >= frames) moving = frames > 0 ? frames - 1 : 0;
    for (uint64_t i = 0; i < moving && !f->failed; i++) {
        paint(f, (double)(i + 1) / (double)(moving + 1));
        emit(f, 1);
    }
    if (moving > 0 && from != n && !ui_stage_build(f->s, n, time, n)) return false; /* at rest */
    paint(f, 1);
    emit(f, frames - moving);
    return true;
}

/* How long the lesson holds here, in frames: as long as its card takes to read. */
static uint64_t pause_of(const struct film *f, uint64_t n) {
    const struct ui_lesson_step *step = ui_lesson_at(&f->s->lesson, n);
    if (!step || !(step->step->pause || step->step->ask)) return 0;
    const char *text = step->step->say ? step->step->say : step->step->ask ? step->step->ask->question : "";
    return (uint64_t)((2.0 + 0.055 * (double)strlen(text)) * f->fps);
}

static bool roll(struct film *f, uint64_t from, uint64_t to, struct diag_list *diags) {
    double rate = ui_play_rate(&f->s->mode);
    while ((double)(to - from) / rate > LONGEST_S)
        rate *= 2;
    double due = (double)f->fps / rate; /* frames since the last pause that are owed */
    uint64_t shown = from, start = f->frame, since = from;
    bool ok = show(f, from, from, (uint64_t)ceil(due));
    start = f->frame;
    for (uint64_t n = from + 1; n <= to && ok && !f->failed; n++) {
        uint64_t end = start + (uint64_t)llround((double)(n - since) * due), hold = pause_of(f, n);
        if (hold > 0 && end == f->frame) end++; /* what is explained is seen */
        if (end <= f->frame && n < to) continue; /* several events share a frame */
        ok = show(f, n, shown, (end > f->frame ? end - f->frame : 1) + hold);
        shown = n;
        if (hold > 0) start = f->frame, since = n;
    }
    if (ok) emit(f, (uint64_t)(TAIL_MS * f->fps / 1000));
    end_caption(f);
    if (!ok) ui_say_illegal(f->s, diags);
    return ok && !f->failed;
}

/* ---- files -------------------------------------------------------------------------------------------------- */

static bool encode(struct film *f, const char *to, bool gif, struct diag_list *diags) {
    char size[32], rate[16];
    snprintf(size, sizeof size, "%dx%d", cairo_image_surface_get_width(f->surface),
             cairo_image_surface_get_height(f->surface));
    snprintf(rate, sizeof rate, "%d", f->fps);
    const char *const head[] = {"ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr0",
                                "-s", size, "-r", rate, "-i", "-", "-fflags", "+bitexact"};
    const char *const mp4[] = {"-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf",
                               "17", "-flags:v", "+bitexact", to, NULL};
    const char *const pal[] = {"-filter_complex", "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=none",
                               to, NULL};
    const char *args[40];
    size_t n = 0;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        args[n++] = head[i];
    for (size_t i = 0; i < (gif ? sizeof pal / sizeof *pal : sizeof mp4 / sizeof *mp4); i++)
        args[n++] = gif ? pal[i] : mp4[i];
    return ui_encoder_begin(&f->encoder, args, true, diags);
}

/* The film once more, with its captions as a track of their own. */
static bool add_captions(struct film *f, const char *film, const char *captions, const char *to, struct diag_list *diags) {
    if (f->captions.failed || !file_write_whole(captions, f->captions.data, f->captions.len)) {
        diag_add(diags, NULL, 0, 0, "%s: cannot be written", captions);
        return false;
    }
    const char *const args[] = {"ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-i", film, "-i", captions, "-map", "0:v",
                                "-map", "1:s", "-c:v", "copy", "-c:s", "mov_text", "-metadata:s:s:0", "language=eng",
                                "-fflags", "+bitexact", "-movflags", "+faststart", to, NULL};
    struct ui_encoder e;
    return ui_encoder_begin(&e, args, false, diags) && ui_encoder_end(&e, diags);
}

static bool to_file(struct film *f, const char *out, uint64_t from, uint64_t to, bool gif, struct diag_list *diags) {
    char part[NAME], srt[NAME], whole[NAME];
    const char *end = gif ? "gif" : "mp4";
    long pid = (long)getpid();
    if (snprintf(part, sizeof part, "%s.%ld-a.%s", out, pid, end) >= NAME ||
        snprintf(whole, sizeof whole, "%s.%ld-b.%s", out, pid, end) >= NAME ||
        snprintf(srt, sizeof srt, "%s.%ld.srt", out, pid) >= NAME) {
        diag_add(diags, NULL, 0, 0, "%s: the name is too long", out);
        return false;
    }
    if (!encode(f, part, gif, diags)) return false;
    bool rolled = roll(f, from, to, diags);
    bool ok = ui_encoder_end(&f->encoder, diags) && rolled;
    bool track = ok && !gif && f->captions.len > 0;
    if (track) ok = add_captions(f, part, srt, whole, diags);
    if (ok && rename(track ? whole : part, out) != 0) {
        diag_add(diags, NULL, 0, 0, "%s: cannot be written", out);
        ok = false;
    }
    const char *const left[] = {part, srt, whole};
    for (int i = 0; i < 3; i++)
        unlink(left[i]); /* most are not there */
    return ok;
}

static bool draw_film(struct ui_stage *s, const struct ui_shot_config *c, struct diag_list *diags) {
    uint64_t from = 0, to = rt_log_count(s->log);
    int64_t time;
    bool gif = ui_has_ending(c->out, ".gif");
    if (!gif && !ui_has_ending(c->out, ".mp4")) {
        diag_add(diags, NULL, 0, 0, "%s: a film's name ends in .mp4 or .gif", c->out);
        return false;
    }
    if (c->from && !ui_moment(s, c->from, &from, &time, diags)) return false;
    if (c->to && !ui_moment(s, c->to, &to, &time, diags)) return false;
    if (to < from) {
        diag_add(diags, NULL, 0, 0, "the film would end (event %llu) before it begins (event %llu)", (unsigned long long)to,
                 (unsigned long long)from);
        return false;
    }
    struct film f = {.s = s, .fps = gif ? 15 : 60};
    f.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)s->window_w, (int)s->window_h);
    bool ok = cairo_surface_status(f.surface) == CAIRO_STATUS_SUCCESS;
    if (!ok) diag_add(diags, NULL, 0, 0, "out of memory");
    s->mode.playing = true;
    ok = ok && to_file(&f, c->out, from, to, gif, diags);
    cairo_surface_destroy(f.surface);
    str_free(&f.captions);
    return ok;
}

enum ui_result ui_film_log(const struct ui_shot_config *c, const struct rt_log *log, struct diag_list *diags) {
    return ui_shot_with(c, log, draw_film, diags);
}
