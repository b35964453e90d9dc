/* units.c - Go's durations and sizes. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

struct unit {
    const char *name;
    double factor;
};

static bool take_number(const char **at, double *out) {
    const char *p = *at;
    while ((*p >= '0' && *p <= '9') || *p == '.')
        p++;
    if (p == *at || p - *at > 30) return false;
    char text[32];
    memcpy(text, *at, (size_t)(p - *at));
    text[p - *at] = 0;
    char *end;
    *out = strtod(text, &end);
    if (*end || (end - text == 1 && text[0] == '.')) return false;
    *at = p;
    return true;
}

static bool take_unit(const char **at, const struct unit *units, size_t n, double *factor) {
    size_t len = strcspn(*at, "0123456789.");
    for (size_t i = 0; i < n; i++) {
        if (strlen(units[i].name) != len || memcmp(*at, units[i].name, len) != 0) continue;
        *factor = units[i].factor;
        *at += len;
        return true;
    }
    return false;
}

bool scn_parse_duration(const char *text, int64_t *ns) {
    static const struct unit units[] = {{"ns", 1},   {"us", 1e3}, {"\xc2\xb5s", 1e3}, {"\xce\xbcs", 1e3},
                                        {"ms", 1e6}, {"s", 1e9},  {"m", 60e9},        {"h", 3600e9}};
    double sum = 0, value, factor;
    if (!*text) return false;
    if (strspn(text, "0123456789") == strlen(text)) { /* plain: ns */
        errno = 0;
        long long v = strtoll(text, NULL, 10);
        *ns = v;
        return errno == 0;
    }
    while (*text) {
        if (!take_number(&text, &value) || !take_unit(&text, units, sizeof units / sizeof *units, &factor))
            return false;
        sum += value * factor;
    }
    if (sum > 9.2e18) return false;
    *ns = (int64_t)(sum + 0.5);
    return true;
}

bool scn_parse_size(const char *text, uint64_t *bytes) {
    static const struct unit units[] = {{"", 1},         {"B", 1},           {"KB", 1024},
                                        {"MB", 1048576}, {"GB", 1073741824}, {"TB", 1099511627776}};
    double value, factor;
    if (!*text) return false;
    if (strspn(text, "0123456789") == strlen(text)) {
        errno = 0;
        unsigned long long v = strtoull(text, NULL, 10);
        *bytes = v;
        return errno == 0;
    }
    if (!take_number(&text, &value) || !take_unit(&text, units, sizeof units / sizeof *units, &factor)) return false;
    if (*text || value * factor > 1.8e19) return false;
    *bytes = (uint64_t)(value * factor + 0.5);
    return true;
}
