#include "encoder.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

bool ui_encoder_begin(struct ui_encoder *e, const char *const *args, bool feed, struct diag_list *diags) {
    int ends[2] = {-1, -1};
    posix_spawn_file_actions_t act;
    *e = (struct ui_encoder){.pid = -1, .fd = -1};
    int why = posix_spawn_file_actions_init(&act);
    if (!why && feed && pipe2(ends, O_CLOEXEC) != 0) why = errno;
    if (!why) why = feed ? posix_spawn_file_actions_adddup2(&act, ends[0], STDIN_FILENO)
                         : posix_spawn_file_actions_addopen(&act, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    /* The strings are not written to: execve's type is older than const. */
    if (!why) why = posix_spawnp(&e->pid, args[0], &act, NULL, (char *const *)(uintptr_t)args, environ);
    posix_spawn_file_actions_destroy(&act);
    if (ends[0] >= 0) close(ends[0]);
    if (!why) {
        e->fd = ends[1];
        return true;
    }
    if (ends[1] >= 0) close(ends[1]);
    e->pid = -1;
    diag_add(diags, NULL, 0, 0, "%s cannot be started: %s", args[0], strerror(why));
    if (why == ENOENT) diag_hint(diags, "films are made by ffmpeg: install it (sh scripts/deps.sh does)");
    return false;
}

bool ui_encoder_write(struct ui_encoder *e, const void *bytes, size_t n) {
    const char *p = bytes;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before); /* it may end early: that is an error here, and no end of ours */
    while (n > 0) {
        ssize_t done = write(e->fd, p, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) break;
        p += done;
        n -= (size_t)done;
    }
    sigaction(SIGPIPE, &before, NULL);
    return n == 0;
}

bool ui_encoder_end(struct ui_encoder *e, struct diag_list *diags) {
    int status = 0;
    if (e->fd >= 0) close(e->fd);
    e->fd = -1;
    while (waitpid(e->pid, &status, 0) < 0)
        if (errno != EINTR) break;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    diag_add(diags, NULL, 0, 0, "ffmpeg could not make the film");
    return false;
}
