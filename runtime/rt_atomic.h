/* rt_atomic.h - every atomic operation of runtime/, each with its memory order in its name.
 *
 *   relaxed  a counter or a hint: nothing else is read through it.
 *   acquire  reads what the matching release published.
 *   release  publishes all writes before it to who acquires it.
 *   acq_rel  takes over and passes on: claims by compare-and-swap, exchanges.
 *   seq_cst  one order of all such operations: for store-then-load-another patterns (Dekker): put work, then look for a
 *            spinner; stop spinning, then look for work.
 *
 * No other file of runtime/ names memory_order_*. With GOSEE_YIELD (a test build) each operation is a point where the
 * stepped world may switch to another M, so that the scheduler's lock-free code can itself be searched: the world
 * tells rt_yield_current who runs, and rt_yield_point calls its visible(). A file that defines RT_NO_YIELD first is
 * left out: the trace's, which must be able to write while a switch is being told.
 */
#ifndef GOSEE_RUNTIME_RT_ATOMIC_H
#define GOSEE_RUNTIME_RT_ATOMIC_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef GOSEE_YIELD
struct m;
extern _Thread_local struct m *rt_yield_current; /* set by the stepped world at each switch; NULL: not on an M */
void rt_yield_point(void);
#endif
#if !defined(GOSEE_YIELD) || defined(RT_NO_YIELD)
#define rt_yield_here() ((void)0)
#else
#define rt_yield_here() rt_yield_point()
#endif

#define load_relaxed(p) (rt_yield_here(), atomic_load_explicit((p), memory_order_relaxed))
#define load_acquire(p) (rt_yield_here(), atomic_load_explicit((p), memory_order_acquire))
#define load_seq_cst(p) (rt_yield_here(), atomic_load_explicit((p), memory_order_seq_cst))
#define store_relaxed(p, v) (rt_yield_here(), atomic_store_explicit((p), (v), memory_order_relaxed))
#define store_release(p, v) (rt_yield_here(), atomic_store_explicit((p), (v), memory_order_release))
#define store_seq_cst(p, v) (rt_yield_here(), atomic_store_explicit((p), (v), memory_order_seq_cst))
#define exchange_acq_rel(p, v) (rt_yield_here(), atomic_exchange_explicit((p), (v), memory_order_acq_rel))
#define exchange_seq_cst(p, v) (rt_yield_here(), atomic_exchange_explicit((p), (v), memory_order_seq_cst))
#define add_relaxed(p, v) (rt_yield_here(), atomic_fetch_add_explicit((p), (v), memory_order_relaxed))
#define add_acq_rel(p, v) (rt_yield_here(), atomic_fetch_add_explicit((p), (v), memory_order_acq_rel))
#define add_seq_cst(p, v) (rt_yield_here(), atomic_fetch_add_explicit((p), (v), memory_order_seq_cst))
#define sub_seq_cst(p, v) (rt_yield_here(), atomic_fetch_sub_explicit((p), (v), memory_order_seq_cst))
/* On failure *old is what was there. */
#define cas_acquire(p, old, v) \
    (rt_yield_here(),          \
     atomic_compare_exchange_strong_explicit((p), (old), (v), memory_order_acquire, memory_order_relaxed))
#define cas_release(p, old, v) \
    (rt_yield_here(),          \
     atomic_compare_exchange_strong_explicit((p), (old), (v), memory_order_release, memory_order_relaxed))
#define cas_acq_rel(p, old, v) \
    (rt_yield_here(),          \
     atomic_compare_exchange_strong_explicit((p), (old), (v), memory_order_acq_rel, memory_order_acquire))
#define cas_seq_cst(p, old, v) \
    (rt_yield_here(),          \
     atomic_compare_exchange_strong_explicit((p), (old), (v), memory_order_seq_cst, memory_order_seq_cst))
#define fence_seq_cst() (rt_yield_here(), atomic_thread_fence(memory_order_seq_cst))

#endif
