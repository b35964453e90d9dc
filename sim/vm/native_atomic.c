/* native_atomic.c - package sync/atomic. Go's atomics are sequentially consistent, so every operation here is.
 *
 * A 32-bit word in Go memory is its low four bytes, at its address, wherever it lies (value.h). Signed ones come back
 * sign-extended. */
#include <stdatomic.h>
#include <string.h>

#include "library.h"
#include "race.h"

enum op { LOAD, STORE, SWAP, ADD, AND, OR };

static uint64_t apply64(enum op op, _Atomic uint64_t *at, uint64_t v) {
    switch (op) {
    case LOAD: return atomic_load_explicit(at, memory_order_seq_cst);
    case STORE: atomic_store_explicit(at, v, memory_order_seq_cst); return 0;
    case SWAP: return atomic_exchange_explicit(at, v, memory_order_seq_cst);
    case ADD: return atomic_fetch_add_explicit(at, v, memory_order_seq_cst) + v;
    case AND: return atomic_fetch_and_explicit(at, v, memory_order_seq_cst);
    case OR: return atomic_fetch_or_explicit(at, v, memory_order_seq_cst);
    }
    return 0;
}

static uint32_t apply32(enum op op, _Atomic uint32_t *at, uint32_t v) {
    switch (op) {
    case LOAD: return atomic_load_explicit(at, memory_order_seq_cst);
    case STORE: atomic_store_explicit(at, v, memory_order_seq_cst); return 0;
    case SWAP: return atomic_exchange_explicit(at, v, memory_order_seq_cst);
    case ADD: return atomic_fetch_add_explicit(at, v, memory_order_seq_cst) + v;
    case AND: return atomic_fetch_and_explicit(at, v, memory_order_seq_cst);
    case OR: return atomic_fetch_or_explicit(at, v, memory_order_seq_cst);
    }
    return 0;
}

/* --race: an operation is an access that races with plain ones alone, and orders: what it writes lets go, what it reads
 * takes up. */
static void before(struct vm_call *c, void *at, size_t bytes, enum op op) {
    vm_race_touch(c, at, bytes, RACE_BY_ATOMIC | (op == LOAD ? RACE_READ : RACE_WRITE));
    if (op != LOAD)
        vm_race_tell(c, RT_ORDER_MERGE, at);
}
static void after(struct vm_call *c, void *at, enum op op) {
    if (op != STORE)
        vm_race_tell(c, RT_ORDER_ACQUIRE, at);
}

static enum rt_status word64(struct vm_call *c, enum op op) {
    _Atomic uint64_t *at = library_pointer(c->args[0]);
    if (!at)
        return library_nil(c);
    uint64_t v = op == LOAD ? 0 : c->args[1];
    vm_visible(c);
    before(c, at, 8, op);
    uint64_t r = apply64(op, at, v);
    after(c, at, op);
    if (op != STORE)
        c->results[0] = r;
    return RT_OK;
}

static enum rt_status word32(struct vm_call *c, enum op op, bool is_signed) {
    _Atomic uint32_t *at = library_pointer(c->args[0]);
    if (!at)
        return library_nil(c);
    uint32_t v = op == LOAD ? 0 : (uint32_t)c->args[1];
    vm_visible(c);
    before(c, at, 4, op);
    uint32_t r = apply32(op, at, v);
    after(c, at, op);
    if (op != STORE)
        c->results[0] = is_signed ? (rt_slot)(int64_t)(int32_t)r : r;
    return RT_OK;
}

enum rt_status native_atomic_load64(struct vm_call *c) { return word64(c, LOAD); }
enum rt_status native_atomic_store64(struct vm_call *c) { return word64(c, STORE); }
enum rt_status native_atomic_swap64(struct vm_call *c) { return word64(c, SWAP); }
enum rt_status native_atomic_add64(struct vm_call *c) { return word64(c, ADD); }
enum rt_status native_atomic_and64(struct vm_call *c) { return word64(c, AND); }
enum rt_status native_atomic_or64(struct vm_call *c) { return word64(c, OR); }

enum rt_status native_atomic_loadu32(struct vm_call *c) { return word32(c, LOAD, false); }
enum rt_status native_atomic_storeu32(struct vm_call *c) { return word32(c, STORE, false); }
enum rt_status native_atomic_swapu32(struct vm_call *c) { return word32(c, SWAP, false); }
enum rt_status native_atomic_addu32(struct vm_call *c) { return word32(c, ADD, false); }
enum rt_status native_atomic_andu32(struct vm_call *c) { return word32(c, AND, false); }
enum rt_status native_atomic_oru32(struct vm_call *c) { return word32(c, OR, false); }

enum rt_status native_atomic_loadi32(struct vm_call *c) { return word32(c, LOAD, true); }
enum rt_status native_atomic_storei32(struct vm_call *c) { return word32(c, STORE, true); }
enum rt_status native_atomic_swapi32(struct vm_call *c) { return word32(c, SWAP, true); }
enum rt_status native_atomic_addi32(struct vm_call *c) { return word32(c, ADD, true); }
enum rt_status native_atomic_andi32(struct vm_call *c) { return word32(c, AND, true); }
enum rt_status native_atomic_ori32(struct vm_call *c) { return word32(c, OR, true); }

enum rt_status native_atomic_cas64(struct vm_call *c) {
    _Atomic uint64_t *at = library_pointer(c->args[0]);
    if (!at)
        return library_nil(c);
    uint64_t old = c->args[1], new = c->args[2];
    vm_visible(c);
    before(c, at, 8, SWAP);
    c->results[0] =
        atomic_compare_exchange_strong_explicit(at, &old, new, memory_order_seq_cst, memory_order_seq_cst);
    after(c, at, SWAP);
    return RT_OK;
}

enum rt_status native_atomic_cas32(struct vm_call *c) {
    _Atomic uint32_t *at = library_pointer(c->args[0]);
    if (!at)
        return library_nil(c);
    uint32_t old = (uint32_t)c->args[1], new = (uint32_t)c->args[2];
    vm_visible(c);
    before(c, at, 4, SWAP);
    c->results[0] =
        atomic_compare_exchange_strong_explicit(at, &old, new, memory_order_seq_cst, memory_order_seq_cst);
    after(c, at, SWAP);
    return RT_OK;
}

/* Whether two interfaces hold the same: the type and its slots' bits. Value and Pointer ask it of pointers above all;
 * strings are compared by what they say, floats as numbers. Any other make-up is compared by its words. */
static bool same(rt_slot a, rt_slot b) {
    if (a == b)
        return true;
    const struct lang_rtype *t = vm_iface_type(a);
    if (!t || t != vm_iface_type(b))
        return false;
    const rt_slot *x = vm_iface_value(a), *y = vm_iface_value(b);
    switch (t->kind) {
    case LANG_K_STRING: return vm_str_len(*x) == vm_str_len(*y) && memcmp(vm_str_data(*x), vm_str_data(*y), vm_str_len(*x)) == 0;
    case LANG_K_FLOAT64: return vm_float(*x) == vm_float(*y);
    case LANG_K_FLOAT32: return vm_float32(*x) == vm_float32(*y);
    default: return memcmp(x, y, t->slots * sizeof *x) == 0;
    }
}

enum rt_status native_atomic_casAny(struct vm_call *c) {
    _Atomic uint64_t *at = library_pointer(c->args[0]);
    rt_slot old = c->args[1], new = c->args[2];
    const struct lang_rtype *t = vm_iface_type(old);
    if (t && !(t->flags & LANG_RT_COMPARABLE))
        return vm_panic_runtime(c, "comparing uncomparable type %s", t->name);
    vm_visible(c);
    before(c, at, 8, SWAP);
    uint64_t now = atomic_load_explicit(at, memory_order_seq_cst);
    bool done = false;
    while (!done && same(now, old))
        done = atomic_compare_exchange_strong_explicit(at, &now, new, memory_order_seq_cst, memory_order_seq_cst);
    c->results[0] = done;
    after(c, at, SWAP);
    return RT_OK;
}

enum rt_status native_atomic_sameType(struct vm_call *c) {
    c->results[0] = vm_iface_type(c->args[0]) == vm_iface_type(c->args[1]);
    return RT_OK;
}
