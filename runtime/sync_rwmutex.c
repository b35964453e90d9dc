/* sync_rwmutex.c - sync.RWMutex (Go: sync/rwmutex.go).
 *
 * readers counts the readers, less RWMUTEX_MAX_READERS while a writer waits or holds: so a writer stops new readers at
 * once, and waits for reader_wait present ones. Unlock lets all waiting readers in, then other writers.
 */
#include "sync_mutex.h"

/* gp->param[3]: how far a writer's Lock or Unlock is; the mutex and the semaphore use the others. */
enum { P_STAGE = 3, AT_MUTEX = 0, AT_READERS = 1 };

static int64_t signed_add(_Atomic uint64_t *word, int64_t delta) {
    return (int64_t)(add_seq_cst(word, (uint64_t)delta) + (uint64_t)delta);
}

static void tell(struct m *mp, struct rt_sync_rwmutex *rw, enum rt_event_kind kind, uint64_t mode) {
    lock_event(mp, &rw->w.sema, kind, lock_id(mp->rt, rw), mode, 0);
}

/* A writer has it: it comes after the last writer and all readers since. */
static void write_locked(struct m *mp, struct rt_sync_rwmutex *rw) {
    race_order(mp, mp->curg, RT_ORDER_ACQUIRE, &rw->reader_sem);
    race_order(mp, mp->curg, RT_ORDER_ACQUIRE, &rw->writer_sem);
    tell(mp, rw, RT_EV_LockAcquire, 0);
}

static void enter(struct m *mp, const struct rt_sync_rwmutex *rw) {
    if (!mp->curg->resume) visible(mp);
    shared(mp, rw, RT_SHARED_WRITE);
    if (mp->curg->resume) return;
    charge(mp, RT_COST_CHAN_OP, 1);
}

enum rt_status rt_rwmutex_rlock(struct m *mp, struct rt_sync_rwmutex *rw) {
    enter(mp, rw);
    if (mp->curg->resume || signed_add(&rw->reader_count, 1) < 0) {
        enum rt_status st = semacquire1(mp, &rw->reader_sem, false, RT_WHY_SyncRWMutexRLock, lock_id(mp->rt, rw));
        if (st != RT_OK) return st;
    }
    race_order(mp, mp->curg, RT_ORDER_ACQUIRE, &rw->reader_sem);
    tell(mp, rw, RT_EV_LockAcquire, 1);
    return RT_OK;
}

bool rt_rwmutex_tryrlock(struct m *mp, struct rt_sync_rwmutex *rw) {
    enter(mp, rw);
    uint64_t c = load_relaxed(&rw->reader_count);
    while ((int64_t)c >= 0) {
        if (!cas_seq_cst(&rw->reader_count, &c, c + 1)) continue;
        race_order(mp, mp->curg, RT_ORDER_ACQUIRE, &rw->reader_sem);
        tell(mp, rw, RT_EV_LockAcquire, 1);
        return true;
    }
    return false;
}

enum rt_status rt_rwmutex_runlock(struct m *mp, struct rt_sync_rwmutex *rw) {
    enter(mp, rw);
    int64_t now = (int64_t)load_relaxed(&rw->reader_count);
    if (now == 0 || now == -(int64_t)RWMUTEX_MAX_READERS) {
        rt_throw(mp, mp->curg, "sync: RUnlock of unlocked RWMutex", false);
        return RT_FATAL;
    }
    race_order(mp, mp->curg, RT_ORDER_MERGE, &rw->writer_sem);
    tell(mp, rw, RT_EV_LockRelease, 1);
    if (signed_add(&rw->reader_count, -1) >= 0) return RT_OK;
    if (signed_add(&rw->reader_wait, -1) == 0) return semrelease1(mp, &rw->writer_sem, false); /* the last reader */
    return RT_OK;
}

enum rt_status rt_rwmutex_lock(struct m *mp, struct rt_sync_rwmutex *rw) {
    struct g *gp = mp->curg;
    enter(mp, rw);
    if (!gp->resume) gp->param[P_STAGE] = AT_MUTEX;
    if (gp->param[P_STAGE] == AT_MUTEX) {
        enum rt_status st = mutex_lock(mp, &rw->w, rw);
        if (st != RT_OK) return st;
        int64_t r = signed_add(&rw->reader_count, -(int64_t)RWMUTEX_MAX_READERS) + RWMUTEX_MAX_READERS;
        bool wait = r != 0 && signed_add(&rw->reader_wait, r) != 0;
        gp->param[P_STAGE] = AT_READERS;
        if (!wait) {
            write_locked(mp, rw);
            return RT_OK;
        }
    }
    enum rt_status st = semacquire1(mp, &rw->writer_sem, false, RT_WHY_SyncRWMutexLock, lock_id(mp->rt, rw));
    if (st == RT_OK) write_locked(mp, rw);
    return st;
}

bool rt_rwmutex_trylock(struct m *mp, struct rt_sync_rwmutex *rw) {
    enter(mp, rw);
    if (!mutex_trylock(mp, &rw->w, rw)) return false;
    uint64_t zero = 0;
    if (cas_seq_cst(&rw->reader_count, &zero, -(uint64_t)RWMUTEX_MAX_READERS)) {
        write_locked(mp, rw);
        return true;
    }
    mutex_unlock(mp, &rw->w, rw);
    return false;
}

enum rt_status rt_rwmutex_unlock(struct m *mp, struct rt_sync_rwmutex *rw) {
    enter(mp, rw);
    if ((int64_t)load_relaxed(&rw->reader_count) >= 0) {
        rt_throw(mp, mp->curg, "sync: Unlock of unlocked RWMutex", false);
        return RT_FATAL;
    }
    race_order(mp, mp->curg, RT_ORDER_RELEASE, &rw->reader_sem);
    tell(mp, rw, RT_EV_LockRelease, 0);
    int64_t waiting = signed_add(&rw->reader_count, RWMUTEX_MAX_READERS);
    for (int64_t i = 0; i < waiting; i++)
        semrelease1(mp, &rw->reader_sem, false);
    return mutex_unlock(mp, &rw->w, rw);
}
