/* fdmutex.c - a file is read by one goroutine and written by one at a time, and closed when the last has left (Go:
 * internal/poll/fd_mutex.go).
 *
 * Who comes while another writes waits as a goroutine, on a semaphore, before it enters the system call: its thread and P
 * go on with others. So of goroutines that print, those that wait write in the order in which they came, even if sysmon took
 * the P of the one that is in the kernel.
 *
 * state: closed, a lock for each direction, the number of users (a lock's holder is one), and of waiters for each lock.
 */
#include "proc.h"

#define CLOSED UINT64_C(1)
#define USER (UINT64_C(1) << 3)
#define USERS (UINT64_C(0xfffff) << 3)

struct side {
    uint64_t lock, waiter, waiters;
};

static struct side side_of(bool write) {
    return write ? (struct side){UINT64_C(4), UINT64_C(1) << 43, UINT64_C(0xfffff) << 43}
                 : (struct side){UINT64_C(2), UINT64_C(1) << 23, UINT64_C(0xfffff) << 23};
}

bool rt_fdmutex_incref(struct m *mp, struct rt_fdmutex *mu) {
    visible(mp);
    rt_shares_output(mp);
    uint64_t old = load_acquire(&mu->state);
    do {
        if (old & CLOSED) return false;
    } while (!cas_acq_rel(&mu->state, &old, old + USER));
    return true;
}

bool rt_fdmutex_decref(struct m *mp, struct rt_fdmutex *mu) {
    visible(mp);
    rt_shares_output(mp);
    uint64_t old = load_acquire(&mu->state);
    while (!cas_acq_rel(&mu->state, &old, old - USER)) {
    }
    return ((old - USER) & (CLOSED | USERS)) == CLOSED;
}

/* Whoever waits for a lock is woken and finds the file closed. */
bool rt_fdmutex_close(struct m *mp, struct rt_fdmutex *mu) {
    visible(mp);
    rt_shares_output(mp);
    const struct side r = side_of(false), w = side_of(true);
    uint64_t old = load_acquire(&mu->state);
    do {
        if (old & CLOSED) return false;
    } while (!cas_acq_rel(&mu->state, &old, ((old | CLOSED) + USER) & ~(r.waiters | w.waiters)));
    for (; old & r.waiters; old -= r.waiter)
        rt_semrelease(mp, &mu->rsema);
    for (; old & w.waiters; old -= w.waiter)
        rt_semrelease(mp, &mu->wsema);
    return true;
}

enum rt_status rt_fdmutex_lock(struct m *mp, struct rt_fdmutex *mu, bool write, bool *closed) {
    const struct side s = side_of(write);
    bool woken = mp->curg->resume != 0;
    *closed = false;
    if (!woken) {
        visible(mp);
        rt_shares_output(mp); /* from here to the unlock nobody else goes on: files are met one operation at a time */
    }
    for (;;) {
        uint64_t old = load_acquire(&mu->state);
        if (!woken && (old & CLOSED)) {
            *closed = true;
            return RT_OK;
        }
        if (!woken && !(old & s.lock)) {
            if (cas_acq_rel(&mu->state, &old, (old | s.lock) + USER)) return RT_OK;
            continue;
        }
        if (!woken && !cas_acq_rel(&mu->state, &old, old + s.waiter)) continue;
        enum rt_status st = rt_semacquire(mp, write ? &mu->wsema : &mu->rsema, RT_WHY_Semacquire);
        if (st != RT_OK) return st;
        woken = false; /* who woke this goroutine took it off the count */
    }
}

bool rt_fdmutex_unlock(struct m *mp, struct rt_fdmutex *mu, bool write) {
    const struct side s = side_of(write);
    visible(mp);
    race_order(mp, mp->curg, RT_ORDER_MERGE, mu);
    uint64_t old = load_acquire(&mu->state), next;
    do {
        next = (old & ~s.lock) - USER;
        if (old & s.waiters) next -= s.waiter;
    } while (!cas_acq_rel(&mu->state, &old, next));
    if (old & s.waiters) rt_semrelease(mp, write ? &mu->wsema : &mu->rsema);
    return (next & (CLOSED | USERS)) == CLOSED;
}
