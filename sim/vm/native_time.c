/* native_time.c - package time: the clock, sleeping, the machine's zone. Timers are in native_timer.c. */
#include <stdio.h>
#include <time.h>

#include "library.h"
#include "stepped.h"
#include "str.h"
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

static bool read_zone(const char *folder, const char *name, struct str *out) {
    enum { MOST = 1 << 20 };
    struct str path = { 0 };
    str_addf(&path, "%s/%s", folder, name);
    FILE *file = path.failed ? NULL : fopen(str_cstr(&path), "rb");
    str_free(&path);
    if (!file)
        return false;
    char buffer[4096];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, file)) > 0 && out->len < MOST;)
        str_add(out, buffer, n);
    bool whole = feof(file);
    fclose(file);
    return whole && !out->failed;
}

/* The name was looked at: it leads nowhere else. */
enum rt_status native_time_zoneFile(struct vm_call *c) {
    static const char *const folders[] = { "/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo" };
    struct str name = { 0 }, data = { 0 };
    str_add(&name, (const char *)vm_str_data(c->args[0]), vm_str_len(c->args[0]));
    bool found = false;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0] && !found && !name.failed; i++) {
        data.len = 0;
        found = read_zone(folders[i], str_cstr(&name), &data);
    }
    bool ok = vm_new_string(c, found ? str_cstr(&data) : "", found ? data.len : 0, &c->results[0]);
    str_free(&name);
    str_free(&data);
    return ok ? RT_OK : RT_FATAL;
}
