/* pack.c - an event is its kind, a byte that says which of its fields follow, how much time has passed, and those fields,
 * each as a number of seven bits a byte, the low ones first (LEB128). A thread, P, goroutine or position that is the one of
 * the event before, a reason or an argument that is 0, takes no room. */
#include "pack.h"

enum { HAS_M = 1, HAS_P = 2, HAS_G = 4, HAS_POS = 8, HAS_WHY = 16, HAS_A = 32, HAS_B = 64, HAS_C = 128 };

static uint8_t *put(uint8_t *at, uint64_t x) {
    while (x >= 0x80) {
        *at++ = (uint8_t)(x | 0x80);
        x >>= 7;
    }
    *at++ = (uint8_t)x;
    return at;
}

static const uint8_t *get(const uint8_t *at, uint64_t *x) {
    uint64_t sum = *at & 0x7f;
    for (unsigned shift = 7; *at++ & 0x80; shift += 7) sum |= (uint64_t)(*at & 0x7f) << shift;
    *x = sum;
    return at;
}

/* Small numbers of either sign are short. */
static uint64_t fold(int64_t x) { return (uint64_t)x << 1 ^ (uint64_t)(x >> 63); }
static int64_t unfold(uint64_t x) { return (int64_t)(x >> 1 ^ -(x & 1)); }

/* An argument's top two bits are marks (RT_OBJ_LOCK, RT_FN_RUNTIME): they go to the low end. */
static uint64_t fold_arg(uint64_t x) { return fold((int64_t)(x << 2 | x >> 62)); }
static uint64_t unfold_arg(uint64_t x) {
    uint64_t y = (uint64_t)unfold(x);
    return y >> 2 | y << 62;
}

size_t pack_event(uint8_t *at, const struct rt_event *ev, const struct rt_event *before) {
    uint8_t *end = put(at, ev->kind), *has = end++;
    *has = (uint8_t)((ev->m != before->m ? HAS_M : 0) | (ev->p != before->p ? HAS_P : 0) | (ev->g != before->g ? HAS_G : 0) |
                     (ev->pos != before->pos ? HAS_POS : 0) | (ev->why ? HAS_WHY : 0) | (ev->a ? HAS_A : 0) |
                     (ev->b ? HAS_B : 0) | (ev->c ? HAS_C : 0));
    end = put(end, (uint64_t)ev->time - (uint64_t)before->time);
    if (*has & HAS_M) end = put(end, fold(ev->m));
    if (*has & HAS_P) end = put(end, fold(ev->p));
    if (*has & HAS_G) end = put(end, ev->g);
    if (*has & HAS_POS) end = put(end, fold((int64_t)ev->pos - before->pos));
    if (*has & HAS_WHY) end = put(end, ev->why);
    if (*has & HAS_A) end = put(end, fold_arg(ev->a));
    if (*has & HAS_B) end = put(end, fold_arg(ev->b));
    if (*has & HAS_C) end = put(end, fold_arg(ev->c));
    return (size_t)(end - at);
}

const uint8_t *unpack_event(const uint8_t *at, struct rt_event *ev) {
    uint64_t x;
    at = get(at, &x);
    ev->kind = (uint16_t)x;
    uint8_t has = *at++;
    at = get(at, &x);
    ev->time = (int64_t)((uint64_t)ev->time + x);
    if (has & HAS_M) {
        at = get(at, &x);
        ev->m = (int32_t)unfold(x);
    }
    if (has & HAS_P) {
        at = get(at, &x);
        ev->p = (int32_t)unfold(x);
    }
    if (has & HAS_G) {
        at = get(at, &x);
        ev->g = (uint32_t)x;
    }
    if (has & HAS_POS) {
        at = get(at, &x);
        ev->pos = (rt_pos)(ev->pos + unfold(x));
    }
    ev->why = 0;
    if (has & HAS_WHY) {
        at = get(at, &x);
        ev->why = (uint16_t)x;
    }
    uint64_t *const args[] = {&ev->a, &ev->b, &ev->c};
    for (unsigned i = 0; i < 3; i++) {
        *args[i] = 0;
        if (!(has & HAS_A << i)) continue;
        at = get(at, &x);
        *args[i] = unfold_arg(x);
    }
    return at;
}
