/* native_signal.c - package os/signal, and signals that a program sends to itself. */
#include <errno.h>
#include <unistd.h>

#include "library.h"
#include "vmi.h"

enum { STEPPED_PID = 2 }; /* the same on every machine */

static int signal_of(rt_slot s) { return s > 0 && s < 64 ? (int)s : 0; }

enum rt_status native_signal_recv(struct vm_call *c) {
    int sig = 0;
    enum rt_status st = rt_signal_recv(c->mp, &sig);
    if (st == RT_OK || st == RT_NO_P)
        c->results[0] = (rt_slot)sig;
    return st;
}

enum rt_status native_signal_use(struct vm_call *c) {
    rt_signal_want(c->mp, signal_of(c->args[0]), (enum rt_signal_use)c->args[1]);
    return RT_OK;
}

enum rt_status native_signal_isIgnored(struct vm_call *c) {
    bool ignored = rt_signal_ignored(c->mp, signal_of(c->args[0]));
    c->results[0] = ignored;
    return RT_OK;
}

static int64_t own_pid(struct vm_call *c) { return c->vm->stepped ? STEPPED_PID : (int64_t)getpid(); }

enum rt_status native_syscall_getpid(struct vm_call *c) {
    c->results[0] = (rt_slot)own_pid(c);
    return RT_OK;
}

/* A run is a process of its own: it reaches itself and nobody else. */
enum rt_status native_syscall_kill(struct vm_call *c) {
    int64_t pid = (int64_t)c->args[0];
    int sig = signal_of(c->args[1]);
    vm_visible(c);
    if (pid != own_pid(c) || (c->args[1] != 0 && !sig)) {
        c->results[0] = (rt_slot)(int64_t)(pid == own_pid(c) ? -EINVAL : -EPERM);
        return RT_OK;
    }
    if (sig && !rt_signal(c->vm->rt, c->mp, sig))
        return RT_FATAL;
    c->results[0] = 0;
    return RT_OK;
}
