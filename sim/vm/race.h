/* race.h - the race detector, --race: FastTrack (Flanagan and Freund, PLDI 2009) on Go memory.
 *
 * Every goroutine has a vector clock; what it lets go of (unlock, send, go, an atomic store, ...) it leaves at the object
 * of that act, and who takes it up there (lock, receive, ...) knows from then on all that the first had done. Each slot of
 * Go memory has a race_var: the last write and the last reads, each an epoch, that is a goroutine's slot and its clock at
 * that time. An access races with an earlier one, of which one is a write, if the clock of the goroutine does not cover
 * that epoch. Which acts order what is Go's own detector's choice (runtime/race.go, sync), and so is what counts as an
 * access: package variables, what lies behind pointers, elements, maps as a whole, a channel's close against its sends.
 *
 * The loops for --race (interp.c) look at the slot first: a goroutine that has touched it since it last let go of
 * anything has nothing to add. All else is vm_race_access. Bytes that are touched one by one (packed elements) split
 * their slot's variable into eight. Memory that is handed out again begins anew (heap.h's recycled).
 *
 * A report is Go's text (runtime/race): both accesses with their stacks, and where their goroutines were created. Stacks
 * are nodes of a tree of calls (race_site.c), so an access keeps one number. As in Go a place in memory and a pair of
 * stacks are reported once.
 */
#ifndef GOSEE_VM_RACE_H
#define GOSEE_VM_RACE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "heap.h"
#include "rt.h"

struct vm;
struct vm_p;
struct vm_call;
struct vm_g;
struct lang_rtype;

/* An epoch: clock in the low bits, then the slot; RACE_ATOMIC if the access was one of sync/atomic. 0: none. */
#define RACE_CLOCK_BITS 42
#define RACE_SLOT_BITS 13
#define RACE_EPOCH ((UINT64_C(1) << (RACE_CLOCK_BITS + RACE_SLOT_BITS)) - 1)
#define RACE_ATOMIC (UINT64_C(1) << 55)
#define RACE_MASK_SHIFT 56 /* of r: the bytes of the slot that are meant */
#define RACE_LOCK (UINT64_C(1) << 63)   /* of w: somebody looks at the variable */
#define RACE_SPLIT (UINT64_C(1) << 62)  /* more is eight variables, one a byte */
#define RACE_SILENT (UINT64_C(1) << 61) /* reported: no more of it */

struct race_var { /* of a slot of Go memory, or of a byte of it */
    _Atomic uint64_t w; /* epoch of the last write, and marks */
    _Atomic uint64_t r; /* epoch of the last read, and the mask */
    uint32_t wsite, rsite;
    void *more; /* other reads that nothing orders (struct race_reads), or the eight of a split one */
};

struct race_clock { /* a vector clock; slots past len are 0 */
    uint64_t *at;
    uint32_t len, cap;
};

struct race_frame { uint32_t base, node; }; /* a frame, and the calls that led to it */
struct race_g {     /* a goroutine's */
    uint64_t epoch; /* its slot and its own clock */
    int64_t top;    /* base of the innermost frame in frames; -1: none */
    uint32_t slot;
    uint32_t nframes, cap;
    struct race_clock clock;
    struct race_frame *frames; /* outermost first; those that are left are dropped as they return */
    struct race_place { const void *pc; uint32_t node, site; } places[32]; /* the last ones, by instruction */
};

struct race {
    struct race_var *shadow; /* one a slot of the heap's reservation */
    size_t shadow_bytes;
    uintptr_t base; /* the heap's */
    size_t reserved;
    _Atomic uint64_t mores; /* allocated for variables' more */
    struct race_threads *threads; /* race_clock.c */
    struct race_orders *orders;
    struct race_sites *sites;     /* race_site.c */
    struct race_reports *reports; /* race_report.c */
    struct vm *vm;
};

struct race *race_new(struct vm *vm); /* NULL: no memory. The heap is there. */
void race_free(struct race *rc);
/* Objects in [at, at + bytes) are no more; whatever comes there is new. No goroutine can reach it. */
void race_recycled(void *rc, const void *at, size_t bytes);
/* World stopped, objects marked: forgets what was let go of at objects that are not. */
void race_collect(struct race *rc);

/* Goroutines. parent NULL: main's, or a timer's; then `at` is where the one who set it had let go. false: too many are
 * alive (Go's own limit, said in its words; the run ends), or no memory. site: of the go statement. */
bool race_go(struct race *rc, struct m *mp, struct vm_g *parent, const void *at, struct vm_g *child, uint32_t site);
void race_end(struct race *rc, struct vm_g *vg);
uint32_t race_site(struct race *rc, struct m *mp, struct vm_g *vg); /* where vg stands, its pc and base saved */

/* rt_exec_ops.order */
void vm_race_order(void *ctx, struct m *mp, struct g *gp, enum rt_order how, const void *at);
/* vg reads or writes `bytes` at p: at an instruction, pc and base saved. */
enum { RACE_READ = 0, RACE_WRITE = 1, RACE_BY_ATOMIC = 2 };
void vm_race_access(struct vm *vm, struct m *mp, struct vm_g *vg, const void *p, size_t bytes, unsigned how);
/* append(s, n elements): of an element type's code. The elements come from memory at `from`, or registers (NULL). */
void vm_race_append(struct vm_p *vp, struct vm_g *vg, rt_slot s, uint64_t n, const void *from, uint16_t code);
void vm_race_copy(struct vm_p *vp, struct vm_g *vg, rt_slot to, const void *from, uint64_t n, uint16_t code);

void vm_share_channel(struct vm *vm, struct m *mp, rt_slot ch); /* a search is on: len reads it */
/* The same for natives; nothing without --race. */
void vm_race_touch(struct vm_call *c, const void *p, size_t bytes, unsigned how);
void vm_race_tell(struct vm_call *c, enum rt_order how, const void *at);

/* The program ends well: says how many were found, and whether any was (then the status is 66). */
bool race_verdict(struct race *rc, struct m *mp);

/* ---- the interpreter's first look ----------------------------------------------------------------------------------- */

static inline unsigned race_mask(const void *p, size_t bytes) {
    return bytes >= 8 ? 0xffu : ((1u << bytes) - 1) << ((uintptr_t)p & 7);
}

/* Has rg accessed these bytes, all in one slot, in just this way since it last let go of anything? */
static inline bool race_known(const struct race *rc, const struct race_g *rg, const void *p, size_t bytes, bool write) {
    uintptr_t at = (uintptr_t)p - rc->base;
    if (__builtin_expect(at >= rc->reserved, 0))
        return true;
    const struct race_var *v = &rc->shadow[at >> 3];
    uint64_t mask = (uint64_t)race_mask(p, bytes) << RACE_MASK_SHIFT;
    uint64_t r = atomic_load_explicit(&v->r, memory_order_relaxed);
    bool all = !(mask & ~r);
    if (!write && all && (r & (RACE_EPOCH | RACE_ATOMIC)) == rg->epoch)
        return true;
    return all && atomic_load_explicit(&v->w, memory_order_relaxed) == rg->epoch;
}

void race_leave(struct race_g *rg, uint32_t base); /* frames at base and above are gone */
static inline void race_return(struct race_g *rg, uint32_t base) {
    if (__builtin_expect((int64_t)base <= rg->top, 0))
        race_leave(rg, base);
}

#endif
