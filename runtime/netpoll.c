/* netpoll.c - goroutines that wait for descriptors, and the M that waits for the next timer.
 *
 * At most one M is in the world's poller, marked by sched.lastpoll being 0. Whoever makes an earlier timer breaks it.
 */
#include "proc.h"

enum { BATCH = 64 };

/* Polls for at most delay ns (< 0: until broken) and readies what is ready; true if anything was. */
bool netpoll_and_inject(struct m *mp, int64_t delay) {
    struct rt *rt = mp->rt;
    void *ready_users[BATCH];
    int n = rt->world->ops->netpoll(rt->world, mp, delay, ready_users, BATCH);
    if (n <= 0 || ended(rt)) return false;
    struct gqueue q = {0};
    for (int i = 0; i < n; i++) {
        gq_pushBack(&q, ready_users[i]);
        sub_seq_cst(&rt->sched.netwaiters, 1);
    }
    injectglist(mp, &q, RT_WHY_FromPoller);
    return true;
}

/* A timer due at `when` is now the first of some P's: the poller must not sleep longer; without a poller an M is woken
 * that will become it. */
void wakeNetPoller(struct m *mp, int64_t when) {
    struct sched *s = &mp->rt->sched;
    if (one_to_one(mp->rt)) {
        one_wake_timers(mp);
        return;
    }
    if (load_seq_cst(&s->lastpoll) != 0) {
        wakep(mp);
        return;
    }
    int64_t polled = load_seq_cst(&s->poll_until);
    if (polled == 0 || polled > when) mp->rt->world->ops->netpoll_break(mp->rt->world, mp);
}
