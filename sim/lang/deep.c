#include "deep.h"

#include <pthread.h>
#include <stddef.h>

enum { STACK_BYTES = 512 << 20 };

struct job {
    void (*f)(void *arg);
    void *arg;
};

static void *run(void *p) {
    const struct job *job = p;
    job->f(job->arg);
    return NULL;
}

bool lang_run_deep(void (*f)(void *arg), void *arg) {
    struct job job = {f, arg};
    pthread_attr_t attr;
    pthread_t thread;
    if (pthread_attr_init(&attr) != 0) return false;
    bool ok = pthread_attr_setstacksize(&attr, STACK_BYTES) == 0 && pthread_create(&thread, &attr, run, &job) == 0;
    pthread_attr_destroy(&attr);
    return ok && pthread_join(thread, NULL) == 0;
}
