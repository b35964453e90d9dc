/* live_cpus.c - how many CPUs a run may count on: affinity, bounded by the cgroup's quota (Go since 1.25:
 * internal/runtime/cgroup; rounded up, but not below 2). */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live.h"

static bool read_line(const char *path, char *line, size_t size) {
    FILE *f = fopen(path, "re");
    if (!f) return false;
    bool ok = fgets(line, (int)size, f) != NULL;
    fclose(f);
    return ok;
}

/* Quota / period of one group's cpu.max; 0: none. */
static double quota_of(const char *dir) {
    char path[4096 + 32], line[128];
    if (snprintf(path, sizeof path, "%s/cpu.max", dir) >= (int)sizeof path) return 0;
    if (!read_line(path, line, sizeof line)) return 0;
    unsigned long long quota, period;
    if (sscanf(line, "%llu %llu", &quota, &period) != 2 || period == 0) return 0;
    return (double)quota / (double)period;
}

/* The least quota on the way from this process's group to the root (cgroup version 2). */
static double cgroup_quota(void) {
    char line[4096] = "", dir[4096 + 64];
    FILE *f = fopen("/proc/self/cgroup", "re");
    if (!f) return 0;
    bool found = false;
    while (!found && fgets(line, sizeof line, f))
        found = strncmp(line, "0::", 3) == 0;
    fclose(f);
    if (!found) return 0;
    line[strcspn(line, "\n")] = 0;
    snprintf(dir, sizeof dir, "/sys/fs/cgroup%s", line + 3);
    double least = 0;
    for (;;) {
        double q = quota_of(dir);
        if (q > 0 && (least == 0 || q < least)) least = q;
        char *slash = strrchr(dir, '/');
        if (!slash || strlen(dir) <= strlen("/sys/fs/cgroup")) return least;
        *slash = 0;
    }
}

unsigned live_affinity(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? (unsigned)CPU_COUNT(&set) : 1;
}

unsigned live_ncpu(void) {
    unsigned n = live_affinity();
    double quota = cgroup_quota();
    if (quota <= 0) return n;
    unsigned up = (unsigned)quota + (quota > (unsigned)quota);
    if (up < 2) up = 2;
    return up < n ? up : n;
}
