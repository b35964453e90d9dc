/* race.c - FastTrack's rules on the variables of the shadow memory.
 *
 * A variable is looked at under its own lock, a bit of w, for a few dozen instructions in which nothing is called that
 * could switch threads. The epochs w and r are also read without it, by race_known: only the goroutine itself writes its
 * present epoch there, so what it finds is true.
 */
#include "atoms.h"
#include "race_int.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct race_read { uint64_t epoch; uint32_t site; };
struct race_reads { /* reads that are not ordered among each other nor with r, which is another */
    uint32_t n, cap;
    struct race_read at[];
};

struct job { /* one access of at most a slot */
    struct race *rc;
    struct race_g *rg;
    uint64_t epoch; /* with RACE_ATOMIC */
    uint32_t site;
    bool write, hit, failed; /* failed: no memory */
    uint64_t other;
    uint32_t other_site;
    bool other_writes;
};

/* ---- a variable's lock ----------------------------------------------------------------------------------------------- */

static uint64_t hold(struct race_var *v) {
    for (unsigned i = 1;; i++) {
        uint64_t w = atomic_load_explicit(&v->w, memory_order_relaxed) & ~RACE_LOCK;
        if (atomic_compare_exchange_weak_explicit(&v->w, &w, w | RACE_LOCK, memory_order_acquire, memory_order_relaxed))
            return w;
        if (i % 64 == 0)
            sched_yield();
    }
}

static void let_go(struct race_var *v, uint64_t w) { atomic_store_explicit(&v->w, w, memory_order_release); }
static uint64_t read_of(const struct race_var *v) { return atomic_load_explicit(&v->r, memory_order_relaxed); }
static void set_read(struct race_var *v, uint64_t r) { atomic_store_explicit(&v->r, r, memory_order_relaxed); }

static void count_more(struct race *rc, uint64_t n) { atomic_fetch_add_explicit(&rc->mores, n, memory_order_relaxed); }
static void free_more(struct race *rc, void *more) {
    if (more)
        count_more(rc, (uint64_t)-1);
    free(more);
}

/* ---- the rules ------------------------------------------------------------------------------------------------------- */

static void races(struct job *j, uint64_t epoch, uint32_t site, bool writes) {
    j->hit = true;
    j->other = epoch & RACE_EPOCH;
    j->other_site = site;
    j->other_writes = writes;
}

static bool conflicts(const struct job *j, uint64_t epoch) {
    if (!(epoch & RACE_EPOCH) || (epoch & j->epoch & RACE_ATOMIC))
        return false;
    return !race_after(j->rg, epoch);
}

/* Of several reads the newest write knows none; a read replaces those it comes after. */
static void add_read(struct race_var *v, struct job *j, uint64_t old, uint32_t old_site) {
    struct race_reads *m = v->more;
    uint32_t n = 0;
    for (uint32_t i = 0; m && i < m->n; i++) {
        if (!race_after(j->rg, m->at[i].epoch))
            m->at[n++] = m->at[i];
    }
    if (m)
        m->n = n;
    if (!old)
        return;
    if (!m || m->n == m->cap) {
        uint32_t cap = m ? m->cap * 2 : 4;
        struct race_reads *more = realloc(m, sizeof *m + cap * sizeof m->at[0]);
        if (!more) {
            j->failed = true;
            return;
        }
        if (!m) {
            more->n = 0;
            count_more(j->rc, 1);
        }
        more->cap = cap;
        v->more = m = more;
    }
    m->at[m->n++] = (struct race_read){ old, old_site };
}

static uint64_t on_write(struct race_var *v, struct job *j, uint64_t w) {
    uint64_t r = read_of(v);
    struct race_reads *m = v->more;
    if (conflicts(j, w)) {
        races(j, w, v->wsite, true);
        return w;
    }
    if (conflicts(j, r)) {
        races(j, r, v->rsite, false);
        return w;
    }
    for (uint32_t i = 0; m && i < m->n; i++) {
        if (conflicts(j, m->at[i].epoch)) {
            races(j, m->at[i].epoch, m->at[i].site, false);
            return w;
        }
    }
    if (!(j->epoch & RACE_ATOMIC)) { /* whoever races with those reads races with this write */
        free_more(j->rc, m);
        v->more = NULL;
        set_read(v, r & ~(RACE_EPOCH | RACE_ATOMIC));
    }
    v->wsite = j->site;
    return j->epoch;
}

static void on_read(struct race_var *v, struct job *j, uint64_t w) {
    uint64_t r = read_of(v), mask = r & ~(RACE_EPOCH | RACE_ATOMIC), old = r & (RACE_EPOCH | RACE_ATOMIC);
    if (conflicts(j, w)) {
        races(j, w, v->wsite, true);
        return;
    }
    bool mine = old && race_slot_of(old) == j->rg->slot;
    if (mine && (j->epoch & RACE_ATOMIC) && !(old & RACE_ATOMIC))
        return; /* a plain read says more than an atomic one */
    bool covered = !old || race_after(j->rg, old);
    if (!covered || v->more)
        add_read(v, j, covered ? 0 : old, v->rsite);
    v->rsite = j->site;
    set_read(v, j->epoch | mask);
}

static uint64_t on_access(struct race_var *v, struct job *j, uint64_t w) {
    if (j->write)
        return on_write(v, j, w);
    on_read(v, j, w);
    return w;
}

/* ---- slots and bytes -------------------------------------------------------------------------------------------------- */

static void drop_more(struct race *rc, struct race_var *v) {
    if (atomic_load_explicit(&v->w, memory_order_relaxed) & RACE_SPLIT) {
        struct race_var *bytes = v->more;
        for (int i = 0; i < 8; i++)
            free_more(rc, bytes[i].more);
    }
    free_more(rc, v->more);
    v->more = NULL;
}

/* The bytes that were meant keep what is known of the slot. */
static uint64_t split(struct race_var *v, struct job *j, uint64_t w) {
    struct race_var *bytes = calloc(8, sizeof *bytes);
    uint64_t r = read_of(v);
    if (!bytes) {
        j->failed = true;
        return w;
    }
    for (unsigned i = 0; i < 8; i++) {
        if (!(r >> RACE_MASK_SHIFT >> i & 1))
            continue;
        atomic_init(&bytes[i].w, w);
        atomic_init(&bytes[i].r, r & (RACE_EPOCH | RACE_ATOMIC));
        bytes[i].wsite = v->wsite;
        bytes[i].rsite = v->rsite;
        struct race_reads *m = v->more;
        if (!m || !m->n)
            continue;
        struct race_reads *copy = malloc(sizeof *m + m->n * sizeof m->at[0]);
        if (!copy) {
            j->failed = true;
            continue;
        }
        copy->n = copy->cap = m->n;
        memcpy(copy->at, m->at, m->n * sizeof m->at[0]);
        bytes[i].more = copy;
        count_more(j->rc, 1);
    }
    free_more(j->rc, v->more);
    v->more = bytes;
    count_more(j->rc, 1);
    set_read(v, 0);
    return RACE_SPLIT;
}

/* The same goroutine, since it last let go, goes on to other bytes of the slot: then they share a variable. */
static bool widens(const struct race_var *v, const struct job *j, uint64_t w) {
    uint64_t old = read_of(v) & (RACE_EPOCH | RACE_ATOMIC);
    if (v->more)
        return false;
    return j->write ? w == j->epoch && !old : !w && old == j->epoch;
}

static uint64_t of_slot(struct race_var *v, struct job *j, uint64_t w, unsigned mask) {
    if (!(w & RACE_SPLIT)) {
        unsigned have = (unsigned)(read_of(v) >> RACE_MASK_SHIFT);
        if (!have || (have != mask && widens(v, j, w)))
            set_read(v, read_of(v) | (uint64_t)mask << RACE_MASK_SHIFT);
        else if (have != mask)
            w = split(v, j, w);
    }
    if (!(w & RACE_SPLIT))
        return on_access(v, j, w);
    struct race_var *bytes = v->more;
    for (unsigned i = 0; i < 8 && !j->hit; i++) {
        if (mask >> i & 1)
            atomic_store_explicit(&bytes[i].w, on_access(&bytes[i], j, atomic_load_explicit(&bytes[i].w, memory_order_relaxed)),
                                  memory_order_relaxed);
    }
    return w;
}

static void touch(struct race_var *v, struct job *j, unsigned mask) {
    uint64_t w = hold(v);
    if (w & RACE_SILENT) {
        let_go(v, w);
        return;
    }
    w = of_slot(v, j, w, mask);
    if (j->hit) {
        drop_more(j->rc, v);
        set_read(v, 0);
        w = RACE_SILENT;
    }
    let_go(v, w);
}

static void found(struct vm *vm, struct m *mp, struct vm_g *vg, const struct job *j, const uint8_t *at) {
    struct race_hit hit = { .other = j->other, .other_site = j->other_site, .other_writes = j->other_writes,
                            .site = j->site, .writes = j->write, .at = at };
    race_report(vm->race, mp, vg, &hit);
}

static bool in_library(const struct vm *vm, const struct vm_g *vg) {
    return vm->prog->funcs[vm_link_fn(vm_frame(vg)[1])].flags & LANG_FN_LIBRARY;
}

/* A live run tells the log of those of the program's own accesses that say something new. */
static void tell(struct vm *vm, struct m *mp, const uint8_t *at, bool write, unsigned bytes, bool library) {
    if (!rt_listening(mp) || vm->stepped || library)
        return;
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; i++) /* as it is now: others may be writing it, which is the point */
        value |= (uint64_t)vm_load8(at + i) << (8 * i);
    rt_emit(mp, write ? RT_EV_VarWrite : RT_EV_VarRead, RT_WHY_None, (uintptr_t)at - vm->race->base, vm_shown_word(vm, value),
            RT_VAL_INT);
}

/* For a search: what the library does to memory of its own is its locks' business, and what it does to the program's by
 * the way counts as the goroutine's own; sync/atomic is the program's. */
static void share(struct vm *vm, struct m *mp, struct vm_g *vg, const void *p, size_t bytes, unsigned how) {
    if (!bytes || !heap_contains(&vm->heap, p) || (!(how & RACE_BY_ATOMIC) && in_library(vm, vg)))
        return;
    uintptr_t end = (uintptr_t)p + bytes;
    for (uintptr_t at = (uintptr_t)p & ~(uintptr_t)7; at < end; at += 8)
        vm->world->shared(vm->w, mp, (const void *)at, how & RACE_WRITE ? RT_SHARED_WRITE : RT_SHARED_READ);
}

void vm_share_channel(struct vm *vm, struct m *mp, rt_slot ch) {
    if (!ch)
        return;
    vm->world->visible(vm->w, mp);
    vm->world->shared(vm->w, mp, (const void *)(uintptr_t)ch, RT_SHARED_READ);
}

void vm_race_access(struct vm *vm, struct m *mp, struct vm_g *vg, const void *p, size_t bytes, unsigned how) {
    if (vm->search) {
        share(vm, mp, vg, p, bytes, how);
        return;
    }
    struct race *rc = vm->race;
    const uint8_t *at = p, *end = at + bytes;
    uintptr_t offset = (uintptr_t)p - rc->base;
    bool write = how & RACE_WRITE;
    struct job j = { .rc = rc, .rg = vg->race, .write = write };
    if (!vg->race || !bytes || offset >= rc->reserved || bytes > rc->reserved - offset)
        return;
    j.epoch = vg->race->epoch | (how & RACE_BY_ATOMIC ? RACE_ATOMIC : 0);
    while (at < end) {
        size_t n = 8 - ((uintptr_t)at & 7);
        if (n > (size_t)(end - at))
            n = (size_t)(end - at);
        if (!race_known(rc, vg->race, at, n, write)) {
            if (!j.site)
                j.site = race_site(rc, mp, vg);
            touch(&rc->shadow[((uintptr_t)at - rc->base) >> 3], &j, race_mask(at, n));
            if (j.hit)
                found(vm, mp, vg, &j, at);
            tell(vm, mp, at, write, (unsigned)n, in_library(vm, vg));
            j.hit = false;
        }
        at += n;
    }
    if (j.failed)
        rt_throw(mp, &vg->g, "runtime: out of memory", false);
}

void vm_race_append(struct vm_p *vp, struct vm_g *vg, rt_slot s, uint64_t n, const void *from, uint16_t code) {
    uint64_t size = vm_elem_bytes(code), len = vm_slice_len(s), cap = vm_slice_cap(s);
    if (!size || !n)
        return;
    if (from)
        vm_race_access(vp->vm, vp->mp, vg, from, n * size, RACE_READ);
    if (n <= cap - len)
        vm_race_access(vp->vm, vp->mp, vg, vm_slice_data(s) + len * size, n * size, RACE_WRITE);
    else
        vm_race_access(vp->vm, vp->mp, vg, vm_slice_data(s), len * size, RACE_READ);
}

void vm_race_copy(struct vm_p *vp, struct vm_g *vg, rt_slot to, const void *from, uint64_t n, uint16_t code) {
    uint64_t size = vm_elem_bytes(code), len = vm_slice_len(to);
    n = n < len ? n : len;
    if (!size || !n)
        return;
    vm_race_access(vp->vm, vp->mp, vg, from, n * size, RACE_READ);
    vm_race_access(vp->vm, vp->mp, vg, vm_slice_data(to), n * size, RACE_WRITE);
}

/* ---- natives --------------------------------------------------------------------------------------------------------------- */

void vm_race_touch(struct vm_call *c, const void *p, size_t bytes, unsigned how) {
    if (c->vm->race || c->vm->search)
        vm_race_access(c->vm, c->mp, vm_g_of(c->gp), p, bytes, how);
}

void vm_race_tell(struct vm_call *c, enum rt_order how, const void *at) {
    if (c->vm->race)
        vm_race_order(c->vm, c->mp, c->gp, how, at);
}

/* ---- life -------------------------------------------------------------------------------------------------------------- */

/* Variables of [v, end) give back what they have elsewhere. */
static void drop_all(struct race *rc, struct race_var *v, const struct race_var *end) {
    for (; v < end && atomic_load_explicit(&rc->mores, memory_order_relaxed); v++)
        if (v->more)
            drop_more(rc, v);
}

void race_recycled(void *ctx, const void *at, size_t bytes) {
    struct race *rc = ctx;
    struct race_var *v = &rc->shadow[((uintptr_t)at - rc->base) >> 3], *end = v + bytes / 8;
    size_t n = (size_t)(end - v) * sizeof *v;
    drop_all(rc, v, end);
    if (bytes < (size_t)64 << 10 || madvise(v, n, MADV_DONTNEED) != 0)
        memset(v, 0, n);
}

struct race *race_new(struct vm *vm) {
    struct race *rc = calloc(1, sizeof *rc);
    if (!rc)
        return NULL;
    rc->vm = vm;
    rc->base = (uintptr_t)vm->heap.base;
    rc->reserved = vm->heap.reserved;
    rc->shadow_bytes = rc->reserved / 8 * sizeof *rc->shadow;
    rc->shadow = mmap(NULL, rc->shadow_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (rc->shadow == MAP_FAILED)
        rc->shadow = NULL;
    if (rc->shadow && race_threads_init(rc) && race_sites_init(rc) && race_reports_init(rc))
        return rc;
    race_free(rc);
    return NULL;
}

void race_free(struct race *rc) {
    if (!rc)
        return;
    if (rc->shadow) {
        drop_all(rc, rc->shadow, rc->shadow + rc->reserved / 8);
        munmap(rc->shadow, rc->shadow_bytes);
    }
    race_threads_free(rc);
    race_sites_free(rc);
    race_reports_free(rc);
    free(rc);
}
