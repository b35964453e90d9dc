/* lock.h - the runtime's lock: held for moments only, by an M, across no visible operation.
 *
 * Taken by one compare-and-swap, released by a plain store-release (a lock that counts sleepers would cost a second
 * locked instruction). Who finds it held asks the world to wait a while (live: PAUSE with exponential back-off, then
 * sched_yield). Order where two are held: channel locks by channel number, then sched.lock, then a P's timers,
 * then the trace's.
 */
#ifndef GOSEE_RUNTIME_LOCK_H
#define GOSEE_RUNTIME_LOCK_H

#include "rt_atomic.h"
#include "world.h"

void lock_slow(struct m *mp, struct rt_mutex *l); /* mp holds no lock that l's holder waits for */

static inline bool trylock(struct rt_mutex *l) {
    uint32_t was = 0;
    return cas_acquire(&l->key, &was, 1);
}

static inline void lock(struct m *mp, struct rt_mutex *l) {
    if (!trylock(l)) lock_slow(mp, l);
}

static inline void unlock(struct rt_mutex *l) { store_release(&l->key, 0); }

#endif
