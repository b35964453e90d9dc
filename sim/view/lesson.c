#include "lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ui_lesson_open(struct ui_lesson *l, const struct scenario *scn) {
    *l = (struct ui_lesson){0};
    size_t n = scn ? scn->nlesson : 0;
    if (n == 0) return true;
    l->steps = calloc(n, sizeof *l->steps);
    l->seen = calloc(n, sizeof *l->seen);
    if (!l->steps || !l->seen) {
        ui_lesson_close(l);
        return false;
    }
    l->nsteps = n;
    for (size_t i = 0; i < n; i++)
        l->steps[i] = (struct ui_lesson_step){.step = &scn->lesson[i], .event = UINT64_MAX, .choice = -1};
    return true;
}

void ui_lesson_close(struct ui_lesson *l) {
    free(l->steps);
    free(l->seen);
    free(l->fn);
    *l = (struct ui_lesson){0};
}

/* Go's name less its package: "main.main.func1" is "main.func1". */
static const char *bare(const char *name) {
    const char *dot = strchr(name, '.');
    return dot ? dot + 1 : name;
}

struct scan {
    const struct rt_log *log;
    const struct ui_lesson *lesson;
    struct rt_event ev;
};

/* The goroutine an event is about: who acts, unless an argument names another. */
static uint64_t subject_of(const struct rt_event *e) {
    switch (e->kind) {
    case RT_EV_GoCreate:
    case RT_EV_GoUnblock:
    case RT_EV_RunnextPut:
    case RT_EV_RunqPut:
    case RT_EV_RunnextGet:
    case RT_EV_RunqGet:
    case RT_EV_RunqOverflow:
    case RT_EV_GlobPut:
    case RT_EV_GlobGet:
        return e->a;
    case RT_EV_RunnextSteal:
        return e->b;
    case RT_EV_TimerSet:
    case RT_EV_TimerFire:
        return e->c;
    default:
        return e->g;
    }
}

static bool is_about(const struct scan *s, const char *function) {
    uint64_t goid = subject_of(&s->ev);
    if (goid >= s->lesson->nfn || s->lesson->fn[goid] == 0) return false;
    const struct rt_log_func *f = rt_log_func(s->log, s->lesson->fn[goid] - 1);
    return f && strcmp(bare(f->name), function) == 0;
}

/* Remembers which function a new goroutine runs. */
static void learn(struct ui_lesson *l, const struct rt_event *ev) {
    enum { MOST = 1 << 24 };
    uint64_t goid = ev->a;
    if (ev->kind != RT_EV_GoCreate || goid >= MOST) return;
    if (goid >= l->nfn) {
        size_t n = l->nfn ? l->nfn * 2 : 256;
        while (n <= goid)
            n *= 2;
        uint64_t *fn = realloc(l->fn, n * sizeof *fn);
        if (!fn) return;
        memset(fn + l->nfn, 0, (n - l->nfn) * sizeof *fn);
        l->fn = fn;
        l->nfn = n;
    }
    l->fn[goid] = ev->b + 1;
}

static bool wrote(const struct scan *s, const char *text) {
    if (s->ev.kind != RT_EV_Write) return false;
    const char *bytes = rt_log_bytes(s->log, s->ev.b, (size_t)s->ev.c);
    size_t n = strlen(text), have = (size_t)s->ev.c;
    if (!bytes) return false;
    if (have > 0 && bytes[have - 1] == '\n') have--;
    return have == n && memcmp(bytes, text, n) == 0;
}

static bool says(const struct scan *s, const char *text) {
    if (s->ev.kind != RT_EV_Fatal && s->ev.kind != RT_EV_Panic) return false;
    const char *bytes = rt_log_bytes(s->log, s->ev.a, (size_t)s->ev.b);
    return bytes && text && memmem(bytes, (size_t)s->ev.b, text, strlen(text)) != NULL;
}

/* As checks count: main is tied to the first thread until main.main begins. */
static bool of_the_start(const struct scan *s) {
    return !s->lesson->main_began && (s->ev.g == 1 || subject_of(&s->ev) == 1);
}

static bool meets(const struct scan *s, const struct scn_at *at) {
    switch (at->kind) {
    case SCN_AT_EVENT:
        return at->event && strcmp(at->event, rt_event_name(s->ev.kind)) == 0 && !of_the_start(s) &&
               (!at->goroutine || is_about(s, at->goroutine));
    case SCN_AT_LINE:
        return RT_POS_FILE(s->ev.pos) == 0 && (int)RT_POS_LINE(s->ev.pos) == at->line;
    case SCN_AT_TIME:
        return s->ev.time >= at->time_ns;
    case SCN_AT_OUTPUT:
        return at->text && wrote(s, at->text);
    case SCN_AT_DIAGNOSTIC:
        return says(s, at->text);
    case SCN_AT_END:
        return s->ev.kind == RT_EV_RunEnd;
    }
    return false;
}

void ui_lesson_scan(struct ui_lesson *l, const struct rt_log *log) {
    if (l->nsteps == 0) return;
    struct scan s = {.log = log, .lesson = l};
    for (uint64_t count = rt_log_count(log); l->scanned < count; l->scanned++) {
        if (!rt_log_get(log, l->scanned, &s.ev)) return;
        learn(l, &s.ev);
        if (s.ev.kind == RT_EV_GoLockThread && s.ev.g == 1 && s.ev.a == 0) l->main_began = true;
        if (s.ev.kind == RT_EV_RunBegin && !s.ev.a) l->main_began = true; /* 1:1: nothing of the runtime comes first */
        for (size_t i = 0; i < l->nsteps; i++) {
            struct ui_lesson_step *step = &l->steps[i];
            uint64_t nth = step->step->at.nth ? step->step->at.nth : 1;
            if (step->event == UINT64_MAX && meets(&s, &step->step->at) && ++l->seen[i] == nth)
                step->event = l->scanned;
        }
    }
}

struct ui_lesson_step *ui_lesson_at(const struct ui_lesson *l, uint64_t n) {
    for (size_t i = 0; i < l->nsteps; i++)
        if (l->steps[i].event != UINT64_MAX && l->steps[i].event + 1 == n) return &l->steps[i];
    return NULL;
}

void ui_lesson_progress(const struct ui_lesson *l, uint64_t n, size_t *passed, size_t *all) {
    *passed = *all = 0;
    for (size_t i = 0; i < l->nsteps; i++) {
        if (l->steps[i].event == UINT64_MAX) continue;
        ++*all;
        if (l->steps[i].event < n) ++*passed;
    }
}

uint64_t ui_lesson_next(const struct ui_lesson *l, uint64_t n) {
    uint64_t best = UINT64_MAX;
    for (size_t i = 0; i < l->nsteps; i++) {
        uint64_t e = l->steps[i].event;
        if (e != UINT64_MAX && e + 1 > n && e + 1 < best) best = e + 1;
    }
    return best;
}

uint64_t ui_lesson_prev(const struct ui_lesson *l, uint64_t n) {
    uint64_t best = UINT64_MAX;
    for (size_t i = 0; i < l->nsteps; i++) {
        uint64_t e = l->steps[i].event;
        if (e != UINT64_MAX && e + 1 < n && (best == UINT64_MAX || e + 1 > best)) best = e + 1;
    }
    return best;
}

uint64_t ui_lesson_pause(const struct ui_lesson *l, uint64_t from, uint64_t to) {
    uint64_t best = UINT64_MAX;
    for (size_t i = 0; i < l->nsteps; i++) {
        const struct ui_lesson_step *s = &l->steps[i];
        bool holds = s->step->pause || (s->step->ask && !s->answered);
        if (holds && s->event != UINT64_MAX && s->event + 1 > from && s->event + 1 <= to && s->event + 1 < best)
            best = s->event + 1;
    }
    return best;
}

static const char *given(const struct ui_lesson_step *s) {
    const struct scn_ask *a = s->step->ask;
    return a && s->choice >= 0 && (size_t)s->choice < a->nchoices ? a->choices[s->choice] : NULL;
}

bool ui_lesson_right(const struct ui_lesson_step *s) {
    const char *text = given(s);
    return text && s->step->ask->answer && strcmp(text, s->step->ask->answer) == 0;
}

const char *ui_lesson_reply(const struct ui_lesson_step *s) {
    const char *text = given(s);
    for (size_t i = 0; text && i < s->step->ask->nreplies; i++)
        if (strcmp(s->step->ask->replies[i].answer, text) == 0) return s->step->ask->replies[i].text;
    return NULL;
}
