/* sync_waitgroup.c - sync.WaitGroup (Go: sync/waitgroup.go): the counter in the high half of one word, the waiters
 * in the low. */
#include "proc.h"

/* Adds, and tells it in the order of the additions. */
static uint64_t add_state(struct m *mp, struct rt_sync_waitgroup *wg, int64_t delta) {
    uint64_t d = (uint64_t)delta << 32;
    if (!tracing(mp)) return add_seq_cst(&wg->state, d) + d;
    uint32_t index;
    struct sema_root *root = semaroot(mp->rt, &wg->sema, &index);
    lock(mp, &root->lock);
    uint64_t state = add_seq_cst(&wg->state, d) + d;
    trace_object(mp, TRACE_SEMA, index, &root->trace_seq, false, RT_EV_WaitGroupAdd, lock_id(mp->rt, wg),
                 (uint64_t)delta, (uint64_t)(int64_t)(int32_t)(state >> 32));
    unlock(&root->lock);
    return state;
}

static enum rt_status panic_with(struct m *mp, enum rt_panic p) {
    mp->panic = p;
    return RT_PANIC;
}

enum rt_status rt_waitgroup_add(struct m *mp, struct rt_sync_waitgroup *wg, int64_t delta) {
    visible(mp);
    shared(mp, wg, RT_SHARED_WRITE);
    charge(mp, RT_COST_CHAN_OP, 1);
    if (delta < 0) race_order(mp, mp->curg, RT_ORDER_MERGE, wg);
    uint64_t state = add_state(mp, wg, delta);
    int32_t v = (int32_t)(state >> 32);
    uint32_t w = (uint32_t)state;
    /* The first addition must be ordered with Wait: as a read, since there can be several. */
    if (delta > 0 && v == (int32_t)delta) race_order(mp, mp->curg, RT_ORDER_READ, &wg->sema);
    if (v < 0) return panic_with(mp, RT_PANIC_WaitGroupNegative);
    if (w != 0 && delta > 0 && v == (int32_t)delta) return panic_with(mp, RT_PANIC_WaitGroupMisuse);
    if (v > 0 || w == 0) return RT_OK;
    /* The counter is 0 and goroutines wait: nobody may add now, nor does Wait add waiters. */
    if (load_seq_cst(&wg->state) != state) return panic_with(mp, RT_PANIC_WaitGroupMisuse);
    store_seq_cst(&wg->state, 0);
    for (; w != 0; w--)
        semrelease1(mp, &wg->sema, false);
    return RT_OK;
}

static enum rt_status after_wait(struct m *mp, struct rt_sync_waitgroup *wg) {
    race_order(mp, mp->curg, RT_ORDER_ACQUIRE, wg);
    return load_seq_cst(&wg->state) != 0 ? panic_with(mp, RT_PANIC_WaitGroupReused) : RT_OK;
}

enum rt_status rt_waitgroup_wait(struct m *mp, struct rt_sync_waitgroup *wg) {
    uint64_t obj = lock_id(mp->rt, wg);
    if (mp->curg->resume) {
        shared(mp, wg, RT_SHARED_WRITE);
    } else {
        visible(mp);
        shared(mp, wg, RT_SHARED_WRITE);
        charge(mp, RT_COST_CHAN_OP, 1);
        uint64_t state = load_seq_cst(&wg->state);
        do {
            if ((int32_t)(state >> 32) == 0) {
                race_order(mp, mp->curg, RT_ORDER_ACQUIRE, wg);
                return RT_OK;
            }
        } while (!cas_seq_cst(&wg->state, &state, state + 1));
        if ((uint32_t)state == 0) race_order(mp, mp->curg, RT_ORDER_WRITE, &wg->sema); /* the first to wait */
    }
    enum rt_status st = semacquire1(mp, &wg->sema, false, RT_WHY_SyncWaitGroupWait, obj);
    return st == RT_OK ? after_wait(mp, wg) : st;
}
