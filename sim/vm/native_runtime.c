/* native_runtime.c - package runtime, as far as the scheduler alone answers. */
#include "library.h"
#include "live.h"
#include "vmi.h"

enum rt_status native_runtime_Gosched(struct vm_call *c) { return rt_gosched(c->mp); }

enum rt_status native_runtime_NumGoroutine(struct vm_call *c) {
    c->results[0] = rt_numgoroutine(c->vm->rt);
    return RT_OK;
}

/* In the stepped world the machine is said to have as many processors as the run has Ps. */
enum rt_status native_runtime_NumCPU(struct vm_call *c) {
    c->results[0] = c->vm->stepped ? rt_gomaxprocs(c->mp, 0) : live_ncpu();
    return RT_OK;
}

enum rt_status native_runtime_GOMAXPROCS(struct vm_call *c) {
    int64_t n = (int64_t)c->args[0];
    unsigned old = rt_gomaxprocs(c->mp, n < 1 ? 0 : n > 1024 ? 1024 : (int)n);
    c->results[0] = old;
    return old ? RT_OK : RT_AGAIN;
}

enum rt_status native_runtime_LockOSThread(struct vm_call *c) {
    rt_lock_os_thread(c->mp, true);
    return RT_OK;
}

enum rt_status native_runtime_UnlockOSThread(struct vm_call *c) {
    rt_lock_os_thread(c->mp, false);
    return RT_OK;
}

/* Position of the frame `skip` above the one that called; the library's own frames and wrappers count as in Go's view
 * of the stack: wrappers do not. */
enum rt_status native_runtime_caller(struct vm_call *c) {
    struct vm_walk w;
    vm_walk_begin(&w, c->vm, vm_g_of(c->gp));
    int64_t skip = (int64_t)c->args[0];
    bool found = true;
    while (found && skip > 0) {
        found = vm_walk_out(&w);
        if (found && !(c->vm->prog->funcs[w.fn].flags & LANG_FN_WRAPPER))
            skip--;
    }
    const struct lang_line *line = found ? vm_walk_line(&w) : NULL;
    c->results[0] = 0;
    c->results[1] = 0;
    c->results[2] = 0;
    c->results[3] = line != NULL;
    if (!line)
        return RT_OK;
    c->results[0] = (rt_slot)w.fn + 1;
    c->results[2] = line->line;
    return vm_new_cstring(c, c->vm->prog->files[line->file].name, &c->results[1]) ? RT_OK : RT_FATAL;
}
