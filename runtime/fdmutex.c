/* fdmutex.c - a file is written by one goroutine at a time (Go: internal/poll/fd_mutex.go).
 *
 * Who comes while another writes waits as a goroutine, on a semaphore, before it enters the system call: its thread and P
 * go on with others. So of goroutines that print, those that wait write in the order in which they came, even if sysmon took
 * the P of the one that is in the kernel.
 */
#include "proc.h"

enum { HELD = 1, WAITER = 2 }; /* state: one bit, and a count of waiters above it */

enum rt_status rt_fdmutex_lock(struct m *mp, struct rt_fdmutex *mu) {
    bool woken = mp->curg->resume != 0;
    if (!woken) visible(mp);
    for (;;) {
        uint64_t old = load_acquire(&mu->state);
        if (!woken && !(old & HELD)) {
            if (cas_acq_rel(&mu->state, &old, old | HELD)) return RT_OK;
            continue;
        }
        if (!woken && !cas_acq_rel(&mu->state, &old, old + WAITER)) continue;
        enum rt_status st = rt_semacquire(mp, &mu->sema, RT_WHY_Semacquire);
        if (st != RT_OK) return st;
        woken = false; /* rt_fdmutex_unlock took this goroutine off the count */
    }
}

void rt_fdmutex_unlock(struct m *mp, struct rt_fdmutex *mu) {
    visible(mp);
    uint64_t old = load_acquire(&mu->state), next;
    do {
        next = old & ~(uint64_t)HELD;
        if (old >= WAITER) next -= WAITER;
    } while (!cas_acq_rel(&mu->state, &old, next));
    if (old >= WAITER) rt_semrelease(mp, &mu->sema);
}
