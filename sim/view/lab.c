#include "lab.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>

/* A run that goes on for longer is an outcome of its own: "limit host=..." */
#define LONGEST_RUN_NS UINT64_C(2000000000)
#define LONGEST_SEARCH_NS INT64_C(1500000000)
enum { FIRST_STEP = 20, GROWTH = 5 };

struct ui_lab {
    const struct run_program *program;
    struct run_options options;
    SDL_Thread *thread;
    SDL_mutex *mu;
    SDL_cond *asked, *idle;
    /* Under mu. */
    bool stop, part_asked, part_new, tally_new, working;
    uint64_t wanted, made;
    struct ui_pick pick[2];
    struct ui_tally tally;
    struct run_parting parting;
    char why[160];
};

static void tell_window(void) {
    SDL_Event ev = {.type = SDL_USEREVENT};
    SDL_PushEvent(&ev);
}

/* Another question makes way for itself: the tally goes on after it. */
static bool go_on(void *ctx) {
    struct ui_lab *lab = ctx;
    SDL_LockMutex(lab->mu);
    bool on = !lab->stop && !lab->part_asked;
    SDL_UnlockMutex(lab->mu);
    return on;
}

static void count(struct ui_lab *lab, uint64_t runs) {
    struct diag_list diags;
    diag_init(&diags);
    struct ui_tally t = {.natural = runs, .probing = runs};
    uint64_t began = SDL_GetPerformanceCounter();
    t.rows = run_many(lab->program, &lab->options, runs, runs, go_on, lab, &diags);
    t.seconds = (double)(SDL_GetPerformanceCounter() - began) / (double)SDL_GetPerformanceFrequency();
    SDL_LockMutex(lab->mu);
    bool whole = t.rows && !lab->stop && !lab->part_asked;
    if (whole) {
        run_outcomes_free(lab->tally.rows);
        lab->tally = t;
        lab->tally_new = true;
        lab->made = runs;
    } else {
        run_outcomes_free(t.rows);
        if (!t.rows) lab->wanted = lab->made; /* no memory: what there is stays */
    }
    SDL_UnlockMutex(lab->mu);
    diag_free(&diags);
    tell_window();
}

static struct run_options options_of(const struct ui_lab *lab, struct ui_pick pick) {
    struct run_options o = lab->options;
    o.choice = pick.probing ? SCN_PROBE : SCN_SEED;
    o.number = pick.number;
    return o;
}

static void part(struct ui_lab *lab, struct ui_pick a, struct ui_pick b) {
    struct diag_list diags;
    struct run_parting found = {0};
    struct run_options oa = options_of(lab, a), ob = options_of(lab, b);
    diag_init(&diags);
    bool ok = run_part(lab->program, &oa, &ob, LONGEST_SEARCH_NS, &found, &diags);
    SDL_LockMutex(lab->mu);
    run_parting_free(&lab->parting);
    lab->parting = found;
    lab->part_new = true;
    snprintf(lab->why, sizeof lab->why, "%s",
             ok                ? ""
             : diags.items.len ? diags.items.data[0].message
                               : "there was no memory for it");
    SDL_UnlockMutex(lab->mu);
    diag_free(&diags);
    tell_window();
}

static int work(void *ctx) {
    struct ui_lab *lab = ctx;
    SDL_LockMutex(lab->mu);
    while (!lab->stop) {
        uint64_t step = lab->made ? lab->made * GROWTH : FIRST_STEP;
        if (step > lab->wanted) step = lab->wanted;
        bool worked = lab->working;
        lab->working = lab->part_asked || step > lab->made;
        if (!lab->working) {
            if (worked) tell_window();
            SDL_CondBroadcast(lab->idle);
            SDL_CondWait(lab->asked, lab->mu);
            continue;
        }
        bool parts = lab->part_asked;
        struct ui_pick a = lab->pick[0], b = lab->pick[1];
        lab->part_asked = false;
        SDL_UnlockMutex(lab->mu);
        if (parts) part(lab, a, b);
        else count(lab, step);
        SDL_LockMutex(lab->mu);
    }
    SDL_UnlockMutex(lab->mu);
    return 0;
}

struct ui_lab *ui_lab_new(const struct run_program *program, const struct run_options *options) {
    struct ui_lab *lab = calloc(1, sizeof *lab);
    if (!lab) return NULL;
    lab->program = program;
    lab->options = *options;
    lab->options.world = SCN_STEPPED;
    lab->options.ndecisions = 0;
    lab->options.decisions = NULL;
    uint64_t *limit = &lab->options.limits.host_time_ns;
    if (*limit == 0 || *limit > LONGEST_RUN_NS) *limit = LONGEST_RUN_NS;
    lab->mu = SDL_CreateMutex();
    lab->asked = SDL_CreateCond();
    lab->idle = SDL_CreateCond();
    if (lab->mu && lab->asked && lab->idle) lab->thread = SDL_CreateThread(work, "runs", lab);
    if (lab->thread) return lab;
    ui_lab_free(lab);
    return NULL;
}

void ui_lab_free(struct ui_lab *lab) {
    if (!lab) return;
    if (lab->thread) {
        SDL_LockMutex(lab->mu);
        lab->stop = true;
        SDL_CondSignal(lab->asked);
        SDL_UnlockMutex(lab->mu);
        SDL_WaitThread(lab->thread, NULL);
    }
    if (lab->idle) SDL_DestroyCond(lab->idle);
    if (lab->asked) SDL_DestroyCond(lab->asked);
    if (lab->mu) SDL_DestroyMutex(lab->mu);
    run_outcomes_free(lab->tally.rows);
    run_parting_free(&lab->parting);
    free(lab);
}

void ui_lab_count(struct ui_lab *lab, uint64_t runs) {
    SDL_LockMutex(lab->mu);
    if (runs > lab->wanted) lab->wanted = runs;
    SDL_CondSignal(lab->asked);
    SDL_UnlockMutex(lab->mu);
}

void ui_lab_part(struct ui_lab *lab, struct ui_pick a, struct ui_pick b) {
    SDL_LockMutex(lab->mu);
    lab->pick[0] = a;
    lab->pick[1] = b;
    lab->part_asked = true;
    SDL_CondSignal(lab->asked);
    SDL_UnlockMutex(lab->mu);
}

bool ui_lab_busy(struct ui_lab *lab) {
    SDL_LockMutex(lab->mu);
    bool busy = lab->part_asked || lab->wanted > lab->made || lab->working;
    SDL_UnlockMutex(lab->mu);
    return busy;
}

void ui_lab_wait(struct ui_lab *lab) {
    SDL_LockMutex(lab->mu);
    while (lab->part_asked || lab->wanted > lab->made || lab->working)
        SDL_CondWait(lab->idle, lab->mu);
    SDL_UnlockMutex(lab->mu);
}

bool ui_lab_take_tally(struct ui_lab *lab, struct ui_tally *out) {
    SDL_LockMutex(lab->mu);
    bool is_new = lab->tally_new;
    if (is_new) {
        *out = lab->tally;
        lab->tally = (struct ui_tally){0};
        lab->tally_new = false;
    }
    SDL_UnlockMutex(lab->mu);
    return is_new;
}

bool ui_lab_take_parting(struct ui_lab *lab, struct run_parting *out, char *why, size_t n) {
    SDL_LockMutex(lab->mu);
    bool is_new = lab->part_new;
    if (is_new) {
        *out = lab->parting;
        lab->parting = (struct run_parting){0};
        lab->part_new = false;
        snprintf(why, n, "%s", lab->why);
    }
    SDL_UnlockMutex(lab->mu);
    return is_new;
}
