/* cmd_record.c - runs that are kept as recordings, and recordings that are opened.
 *
 * While a run is recorded, the signals that ask the process to end are held back: the run is stopped, the recording is
 * written to its end, and then the process ends by that signal as it would have. */
#include "cmd_record.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { SLICE = 20000000 }; /* ns of the run between two looks */

static void asking_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
}

void record_prepare(const struct cli *c) {
    sigset_t set;
    if (!c->record) return;
    asking_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* before the run's threads begin, which inherit it */
}

static int asked_to_end(void) {
    sigset_t set;
    struct timespec now = {0};
    asking_signals(&set);
    int signal = sigtimedwait(&set, NULL, &now);
    return signal > 0 ? signal : 0;
}

static bool say_failure(const struct cli *c, struct str *why) {
    cli_say("cannot record %s: %s", c->record, str_cstr(why));
    str_free(why);
    return false;
}

bool record_to_end(const struct cli *c, struct run *r) {
    struct str why = {0};
    int signal = 0;
    if (!c->record) {
        while (run_pump(r, 0, 0, 0)) {}
        return true;
    }
    struct rp_recorder *rec = rp_record_begin(c->record, run_log(r), &why);
    if (!rec) return say_failure(c, &why);
    while (!signal && run_pump(r, 0, 0, SLICE)) {
        if (!rp_record_more(rec)) break;
        if (!run_takes_signals(r)) signal = asked_to_end();
    }
    if (!run_ended(r)) run_stop(r);
    if (!rp_record_end(rec, NULL, &why)) return say_failure(c, &why);
    str_free(&why);
    if (!signal && !run_takes_signals(r)) signal = asked_to_end();
    if (signal) end_by_signal(signal);
    return true;
}

void end_by_signal(int signal) {
    fflush(NULL);
    struct sigaction fatal = {.sa_handler = SIG_DFL};
    sigset_t set;
    sigaction(signal, &fatal, NULL);
    sigemptyset(&set);
    sigaddset(&set, signal);
    raise(signal);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

bool is_recording(const struct cli *c) { return c->npaths && rp_is_recording(c->paths[0]); }

bool recording_takes(const struct cli *c) {
    static const struct {
        enum cli_option option;
        const char *word;
    } of_runs[] = {{OPT_WORLD, "--world"},     {OPT_SEED, "--seed"},       {OPT_PROBE, "--probe"},
                   {OPT_PROCS, "--procs"},     {OPT_CORES, "--cores"},     {OPT_THREADS, "--threads"},
                   {OPT_VARIANT, "--variant"}, {OPT_LIMIT, "--limit"},     {OPT_RECORD, "--record"}};
    for (size_t i = 0; i < sizeof of_runs / sizeof *of_runs; i++) {
        if (!c->given[of_runs[i].option]) continue;
        cli_say("%s is a recording, a run that is over: %s does not go with it", c->paths[0], of_runs[i].word);
        return false;
    }
    return true;
}

struct rt_log *open_recording(const struct cli *c) {
    if (!recording_takes(c)) return NULL;
    struct str why = {0};
    struct rt_log *log = rp_recording_read(c->paths[0], &why);
    if (!log) cli_say("%s: %s", c->paths[0], str_cstr(&why));
    str_free(&why);
    return log;
}
