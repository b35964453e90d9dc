/* atoms.h - the accesses of the VM to memory that goroutines share: words and bytes that may be raced for.
 *
 * Loads are relaxed; what is read through a loaded address was written before the address was published by a release
 * store, and every machine we run on orders a dependent load after the load of the address. The thread sanitizer does
 * not follow dependencies, so under it loads acquire (on x86-64 the same instruction).
 */
#ifndef GOSEE_VM_ATOMS_H
#define GOSEE_VM_ATOMS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_THREAD__)
#define VM_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define VM_TSAN 1
#endif
#endif
#ifdef VM_TSAN
#define VM_LOAD_ORDER __ATOMIC_ACQUIRE
#else
#define VM_LOAD_ORDER __ATOMIC_RELAXED
#endif

static inline uint64_t vm_load64(const void *p) { return __atomic_load_n((const uint64_t *)p, VM_LOAD_ORDER); }
static inline uint32_t vm_load32(const void *p) { return __atomic_load_n((const uint32_t *)p, VM_LOAD_ORDER); }
static inline uint16_t vm_load16(const void *p) { return __atomic_load_n((const uint16_t *)p, VM_LOAD_ORDER); }
static inline uint8_t vm_load8(const void *p) { return __atomic_load_n((const uint8_t *)p, VM_LOAD_ORDER); }
static inline void vm_store64(void *p, uint64_t v) { __atomic_store_n((uint64_t *)p, v, __ATOMIC_RELEASE); }
static inline void vm_store32(void *p, uint32_t v) { __atomic_store_n((uint32_t *)p, v, __ATOMIC_RELAXED); }
static inline void vm_store16(void *p, uint16_t v) { __atomic_store_n((uint16_t *)p, v, __ATOMIC_RELAXED); }
static inline void vm_store8(void *p, uint8_t v) { __atomic_store_n((uint8_t *)p, v, __ATOMIC_RELAXED); }

/* Slots that others may reach, one at a time; regions may overlap as in memmove. */
static inline void vm_copy_slots(uint64_t *to, const uint64_t *from, size_t n) {
    if ((uintptr_t)to <= (uintptr_t)from) {
        for (size_t i = 0; i < n; i++)
            vm_store64(to + i, vm_load64(from + i));
    } else {
        for (size_t i = n; i-- > 0;)
            vm_store64(to + i, vm_load64(from + i));
    }
}

/* Packed bytes that others may reach; regions may overlap. Scalars only, so any tearing is the program's own race. */
static inline void vm_copy_bytes(void *to, const void *from, size_t n) {
#ifdef VM_TSAN
    uint8_t *t = to;
    const uint8_t *f = from;
    if ((uintptr_t)t <= (uintptr_t)f) {
        for (size_t i = 0; i < n; i++)
            vm_store8(t + i, vm_load8(f + i));
    } else {
        for (size_t i = n; i-- > 0;)
            vm_store8(t + i, vm_load8(f + i));
    }
#else
    if (n)
        memmove(to, from, n);
#endif
}

#endif
