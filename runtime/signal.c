/* signal.c - signals that the program takes (Go: runtime/sigqueue.go).
 *
 * Whoever gets a signal for the run (sim/run, or the program that sends one to itself) hands it to rt_signal. What the program
 * wants waits in a set of bits for the one goroutine of package os/signal, which sleeps in a system call of its own: it
 * holds a thread, but no P. What it does not want and does not ignore ends the run.
 */
#include "proc.h"

enum { NSIG_MAX = 63 }; /* one word of bits */

static uint64_t bit(int sig) { return sig > 0 && sig <= NSIG_MAX ? UINT64_C(1) << sig : 0; }

static void set_bit(_Atomic uint64_t *set, uint64_t b, bool on) {
    uint64_t old = load_relaxed(set);
    while (!cas_seq_cst(set, &old, on ? old | b : old & ~b)) {
    }
}

bool rt_signal(struct rt *rt, struct m *mp, int sig) {
    uint64_t b = bit(sig);
    if (!b) return false;
    if (load_seq_cst(&rt->sig.wanted) & b) {
        set_bit(&rt->sig.pending, b, true);
        rt->world->ops->note_wake(rt->world, mp, &rt->sig.note);
        return true;
    }
    if (load_seq_cst(&rt->sig.ignored) & b) return true;
    store_release(&rt->sig.killed, sig);
    rt_end(rt, mp, RT_END_STOPPED, 128 + sig);
    return false;
}

int rt_killed_by(const struct rt *rt) { return load_acquire(&rt->sig.killed); }

void rt_signal_want(struct m *mp, int sig, enum rt_signal_use use) {
    struct rt *rt = mp->rt;
    visible(mp);
    set_bit(&rt->sig.ignored, bit(sig), use == RT_SIGNAL_IGNORE);
    set_bit(&rt->sig.wanted, bit(sig), use == RT_SIGNAL_NOTIFY);
}

bool rt_signal_ignored(struct m *mp, int sig) { return (load_seq_cst(&mp->rt->sig.ignored) & bit(sig)) != 0; }

/* The lowest of those that are pending; 0: none. */
static int take(struct rt *rt) {
    uint64_t all = load_seq_cst(&rt->sig.pending);
    while (all) {
        uint64_t b = all & (~all + 1);
        if (cas_seq_cst(&rt->sig.pending, &all, all & ~b)) return __builtin_ctzll(b);
    }
    return 0;
}

enum rt_status rt_signal_recv(struct m *mp, int *sig) {
    struct rt *rt = mp->rt;
    visible(mp);
    if ((*sig = take(rt)) != 0) return RT_OK;
    entersyscallblock(mp, RT_SYS_OTHER);
    while (!ended(rt) && (*sig = take(rt)) == 0) {
        rt->world->ops->note_sleep(rt->world, mp, &rt->sig.note);
        if (note_signalled(&rt->sig.note)) note_clear(&rt->sig.note); /* and only then the look at what is pending */
    }
    bool has_p = exitsyscall(mp);
    if (ended(rt)) return RT_FATAL;
    return has_p ? RT_OK : RT_NO_P;
}
