/* interp_ops.h - the larger instructions, as functions that both interpreter loops call. vg->pc and vg->base are saved. */
#ifndef GOSEE_VM_INTERP_OPS_H
#define GOSEE_VM_INTERP_OPS_H

#include <math.h>
#include <stdint.h>

#include "equal.h"
#include "vmi.h"

/* min and max of the language: NaN wins, and -0 is less than 0. */
static inline double vm_op_min(double x, double y) {
    if (isnan(x) || isnan(y))
        return isnan(y) ? y : x;
    return x == y ? (signbit(x) ? x : y) : x < y ? x : y;
}
static inline double vm_op_max(double x, double y) {
    if (isnan(x) || isnan(y))
        return isnan(y) ? y : x;
    return x == y ? (signbit(x) ? y : x) : x > y ? x : y;
}
/* Division by what is neither 0 nor -1: most numbers are small, and machines divide those several times as fast. */
static inline int64_t vm_op_div(int64_t x, int64_t y) {
    if (((uint64_t)x | (uint64_t)y) >> 32 == 0)
        return (int64_t)((uint32_t)x / (uint32_t)y);
    return x / y;
}
static inline int64_t vm_op_rem(int64_t x, int64_t y) {
    if (((uint64_t)x | (uint64_t)y) >> 32 == 0)
        return (int64_t)((uint32_t)x % (uint32_t)y);
    return x % y;
}

/* Conversions as Go makes them on amd64: what does not fit becomes the least int64. */
static inline int64_t vm_op_to_int(double d) {
    return d >= -9223372036854775808.0 && d < 9223372036854775808.0 ? (int64_t)d : INT64_MIN;
}
static inline uint64_t vm_op_to_uint(double d) {
    if (d < 9223372036854775808.0)
        return (uint64_t)vm_op_to_int(d);
    return d < 18446744073709551616.0 ? (uint64_t)d : UINT64_C(1) << 63;
}

enum vm_do vm_op_uncomparable(struct vm_p *vp, struct vm_g *vg, enum equal_result why, const struct lang_rtype *culprit);
enum vm_do vm_op_slice_ptr(struct vm_p *vp, struct vm_g *vg, rt_slot slice, uint32_t len, rt_slot *out);
void vm_op_assert_ok(rt_slot i, const struct lang_rtype *type, rt_slot *out, rt_slot *ok);

enum vm_do vm_op_make_map(struct vm_p *vp, struct vm_g *vg, const struct lang_rtype *type, int64_t hint, rt_slot *out);
enum vm_do vm_op_map_get(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R);
enum vm_do vm_op_map_set(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, const rt_slot *R);
enum vm_do vm_op_map_delete(struct vm_p *vp, struct vm_g *vg, rt_slot map, const rt_slot *key);
enum vm_do vm_op_map_clear(struct vm_p *vp, struct vm_g *vg, rt_slot map);
enum vm_do vm_op_map_iter(struct vm_p *vp, struct vm_g *vg, rt_slot map, rt_slot *out);
enum vm_do vm_op_map_next(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R, bool *more);

enum vm_do vm_op_make_chan(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R);
enum rt_status vm_op_select(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R);
void vm_op_objname(struct vm_p *vp, const struct insn *pc, const rt_slot *R);

enum rt_status vm_op_native(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R);
/* window: the call window, its parameters from LANG_LINK on. */
enum vm_do vm_op_go(struct vm_p *vp, struct vm_g *vg, uint32_t fn, uint64_t func, const rt_slot *window);
enum vm_do vm_op_go_iface(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R);
enum vm_do vm_op_defer(struct vm_p *vp, struct vm_g *vg, uint32_t fn, uint64_t func, const rt_slot *window);
enum vm_do vm_op_defer_func(struct vm_p *vp, struct vm_g *vg, rt_slot func, const rt_slot *window);
enum vm_do vm_op_defer_iface(struct vm_p *vp, struct vm_g *vg, const struct insn *pc, rt_slot *R);
enum vm_do vm_op_panic(struct vm_p *vp, struct vm_g *vg, rt_slot value);
uint32_t vm_op_pc_index(const struct vm *vm, const struct insn *pc, const rt_slot *R);

/* A loop over a function whose state is not "ready" (RANGE_CHECK): Go's panicrangestate. */
enum vm_do vm_op_range_state(struct vm_p *vp, struct vm_g *vg, uint64_t state);

#endif
