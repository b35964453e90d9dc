/* native_time.c - package time: the clock, sleeping, the machine's zone. Timers are in native_timer.c. */
#include <time.h>

#include "library.h"
#include "stepped.h"
#include "vmi.h"

enum rt_status native_time_Sleep(struct vm_call *c) { return rt_sleep(c->mp, (int64_t)c->args[0]); }

enum rt_status native_time_nanotime(struct vm_call *c) {
    vm_visible(c);
    c->results[0] = (rt_slot)rt_nanotime(c->mp);
    return RT_OK;
}

enum rt_status native_time_epoch(struct vm_call *c) {
    if (c->vm->stepped) {
        c->results[0] = (rt_slot)STEPPED_EPOCH;
        return RT_OK;
    }
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return vm_fatal(c, "clock_gettime failed");
    c->results[0] = (rt_slot)((int64_t)now.tv_sec * 1000000000 + now.tv_nsec - rt_nanotime(c->mp));
    return RT_OK;
}

enum rt_status native_time_localZone(struct vm_call *c) {
    time_t at = (time_t)(int64_t)c->args[0];
    struct tm tm;
    bool known = !c->vm->stepped && localtime_r(&at, &tm);
    c->results[0] = known ? (rt_slot)(int64_t)tm.tm_gmtoff : 0;
    c->results[2] = known && tm.tm_isdst > 0;
    return vm_new_cstring(c, known && tm.tm_zone ? tm.tm_zone : "UTC", &c->results[1]) ? RT_OK : RT_FATAL;
}
