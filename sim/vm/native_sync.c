/* native_sync.c - package sync: locks, wait groups and conditions are the scheduler's; an operation that waits is called
 * again when its goroutine runs, so each is one rt_ call. */
#include "library.h"

enum rt_status native_sync_Mutex_Lock(struct vm_call *c) {
    struct rt_sync_mutex *mu = library_pointer(c->args[0]);
    return mu ? rt_mutex_lock(c->mp, mu) : library_nil(c);
}

enum rt_status native_sync_Mutex_TryLock(struct vm_call *c) {
    struct rt_sync_mutex *mu = library_pointer(c->args[0]);
    if (!mu)
        return library_nil(c);
    c->results[0] = rt_mutex_trylock(c->mp, mu);
    return RT_OK;
}

enum rt_status native_sync_Mutex_Unlock(struct vm_call *c) {
    struct rt_sync_mutex *mu = library_pointer(c->args[0]);
    return mu ? rt_mutex_unlock(c->mp, mu) : library_nil(c);
}

enum rt_status native_sync_RWMutex_RLock(struct vm_call *c) {
    struct rt_sync_rwmutex *rw = library_pointer(c->args[0]);
    return rw ? rt_rwmutex_rlock(c->mp, rw) : library_nil(c);
}

enum rt_status native_sync_RWMutex_RUnlock(struct vm_call *c) {
    struct rt_sync_rwmutex *rw = library_pointer(c->args[0]);
    return rw ? rt_rwmutex_runlock(c->mp, rw) : library_nil(c);
}

enum rt_status native_sync_RWMutex_Lock(struct vm_call *c) {
    struct rt_sync_rwmutex *rw = library_pointer(c->args[0]);
    return rw ? rt_rwmutex_lock(c->mp, rw) : library_nil(c);
}

enum rt_status native_sync_RWMutex_Unlock(struct vm_call *c) {
    struct rt_sync_rwmutex *rw = library_pointer(c->args[0]);
    return rw ? rt_rwmutex_unlock(c->mp, rw) : library_nil(c);
}

enum rt_status native_sync_RWMutex_TryRLock(struct vm_call *c) {
    struct rt_sync_rwmutex *rw = library_pointer(c->args[0]);
    if (!rw)
        return library_nil(c);
    c->results[0] = rt_rwmutex_tryrlock(c->mp, rw);
    return RT_OK;
}

enum rt_status native_sync_RWMutex_TryLock(struct vm_call *c) {
    struct rt_sync_rwmutex *rw = library_pointer(c->args[0]);
    if (!rw)
        return library_nil(c);
    c->results[0] = rt_rwmutex_trylock(c->mp, rw);
    return RT_OK;
}

enum rt_status native_sync_WaitGroup_Add(struct vm_call *c) {
    struct rt_sync_waitgroup *wg = library_pointer(c->args[0]);
    return wg ? rt_waitgroup_add(c->mp, wg, (int64_t)c->args[1]) : library_nil(c);
}

enum rt_status native_sync_WaitGroup_Wait(struct vm_call *c) {
    struct rt_sync_waitgroup *wg = library_pointer(c->args[0]);
    return wg ? rt_waitgroup_wait(c->mp, wg) : library_nil(c);
}

enum rt_status native_sync_notifyList_add(struct vm_call *c) {
    c->results[0] = rt_notifylist_add(c->mp, library_pointer(c->args[0]));
    return RT_OK;
}

enum rt_status native_sync_notifyList_wait(struct vm_call *c) {
    return rt_notifylist_wait(c->mp, library_pointer(c->args[0]), c->args[1]);
}

enum rt_status native_sync_notifyList_notifyOne(struct vm_call *c) {
    struct rt_sync_cond *list = library_pointer(c->args[0]);
    if (!list)
        return library_nil(c);
    rt_notifylist_notify(c->mp, list, false);
    return RT_OK;
}

enum rt_status native_sync_notifyList_notifyAll(struct vm_call *c) {
    struct rt_sync_cond *list = library_pointer(c->args[0]);
    if (!list)
        return library_nil(c);
    rt_notifylist_notify(c->mp, list, true);
    return RT_OK;
}
