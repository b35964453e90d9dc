#include "lock.h"

#include "proc.h"

void lock_slow(struct m *mp, struct rt_mutex *l) {
    struct rt_world *w = mp->rt->world;
    for (unsigned round = 0;; round++) {
        if (load_relaxed(&l->key) == 0 && trylock(l)) return;
        w->ops->lock_contended(w, mp, round);
    }
}

#ifdef GOSEE_YIELD
_Thread_local struct m *rt_yield_current;

void rt_yield_point(void) {
    struct m *mp = rt_yield_current;
    if (mp) visible(mp);
}
#endif
