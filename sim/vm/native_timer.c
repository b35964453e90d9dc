/* native_timer.c - package time: timers. The object is a Go struct (time/timer.go) that holds the scheduler's timer; the
 * scheduler points to it while the timer is in a heap, and a timer's channel points to it as long as the channel lives. */
#include "library.h"
#include "vmi.h"

struct timer_object { /* time.rtTimer */
    rt_slot ch;    /* chan Time; 0: f is called */
    rt_slot f;     /* func() */
    rt_slot loc;   /* *Location of the times sent */
    int64_t epoch; /* Unix time, in ns, when the run began */
    struct vm *vm;
    struct rt_timer timer;
};
#define TIMER_WORDS 24 /* time.rtTimer has so many words for the scheduler's timer */
_Static_assert(sizeof(struct rt_timer) <= TIMER_WORDS * sizeof(rt_slot), "time.rtTimer has room");
#define WALL_ZERO INT64_C(2682288000) /* seconds from 1885 to 1970 */
#define FROM_CLOCK (UINT64_C(1) << 63)
#define NANO_BITS 30

static void send_time(struct m *mp, void *arg, uint64_t seq, int64_t delay) {
    (void)seq;
    struct timer_object *o = arg;
    int64_t mono = rt_nanotime(mp) - delay, unix_ns = o->epoch + mono;
    int64_t sec = unix_ns / 1000000000, nsec = unix_ns % 1000000000;
    if (nsec < 0) {
        nsec += 1000000000;
        sec--;
    }
    /* time.Time's words (time/time.go) */
    rt_slot time[3] = {FROM_CLOCK | (rt_slot)(sec + WALL_ZERO) << NANO_BITS | (rt_slot)nsec, (rt_slot)(mono + 1), o->loc};
    (void)rt_chan_trysend(mp, library_pointer(o->ch), time); /* a slow reader loses ticks, as in Go */
}

/* f runs in a goroutine of its own. */
static void go_func(struct m *mp, void *arg, uint64_t seq, int64_t delay) {
    (void)seq;
    (void)delay;
    struct timer_object *o = arg;
    const struct vm_closure *f = library_pointer(o->f);
    if (!f) {
        rt_throw(mp, NULL, "go of nil func value", false);
        return;
    }
    uint32_t fn = (uint32_t)f->fn;
    struct g *gp = rt_newproc1(mp, fn, 0, o->vm->prog->funcs[fn].frame_slots);
    if (!gp)
        return; /* the run is ending */
    vm_g_start(o->vm, vm_g_of(gp), fn, o->f);
    if (o->vm->race && !race_go(o->vm->race, mp, NULL, &o->timer, vm_g_of(gp), 0))
        return;
    rt_newproc(mp, gp);
}

enum rt_status native_time_rtTimer_start(struct vm_call *c) {
    struct timer_object *o = library_pointer(c->args[0]);
    int64_t when = (int64_t)c->args[1], period = (int64_t)c->args[2];
    o->vm = c->vm;
    o->timer.f = o->ch ? send_time : go_func;
    o->timer.arg = o;
    rt_timer_init(c->mp, &o->timer, library_pointer(o->ch));
    vm_race_tell(c, RT_ORDER_MERGE, &o->timer);
    rt_timer_reset(c->mp, &o->timer, when, period);
    return RT_OK;
}

enum rt_status native_time_rtTimer_stop(struct vm_call *c) {
    struct timer_object *o = library_pointer(c->args[0]);
    bool pending = rt_timer_stop(c->mp, &o->timer);
    c->results[0] = pending;
    return RT_OK;
}

enum rt_status native_time_rtTimer_reset(struct vm_call *c) {
    struct timer_object *o = library_pointer(c->args[0]);
    vm_race_tell(c, RT_ORDER_MERGE, &o->timer);
    bool pending = rt_timer_reset(c->mp, &o->timer, (int64_t)c->args[1], (int64_t)c->args[2]);
    c->results[0] = pending;
    return RT_OK;
}
