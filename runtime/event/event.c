#include "event.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof *(a))

struct event_row {
    const char *name;
    enum rt_event_cat cat;
    bool decision;
    const char *arg[3];
};

static const struct event_row events[] = {
#define EVENT(name, cat, decision, a, b, c, doc) {#name, RT_CAT_##cat, decision, {a, b, c}},
#include "events.def"
#undef EVENT
};

static const struct {
    const char *name, *text;
} reasons[] = {
#define REASON(name, text) {#name, text},
#include "reasons.def"
#undef REASON
};

const char *rt_event_name(unsigned kind) { return kind < ARRAY_LEN(events) ? events[kind].name : "?"; }

const char *rt_event_arg(unsigned kind, int i) {
    return kind < ARRAY_LEN(events) && i >= 0 && i < 3 ? events[kind].arg[i] : "";
}

enum rt_event_cat rt_event_category(unsigned kind) {
    return kind < ARRAY_LEN(events) ? events[kind].cat : RT_CAT_RUN;
}

bool rt_event_is_decision(unsigned kind) { return kind < ARRAY_LEN(events) && events[kind].decision; }
const char *rt_reason_name(unsigned why) { return why < ARRAY_LEN(reasons) ? reasons[why].name : "?"; }
const char *rt_reason_text(unsigned why) { return why < ARRAY_LEN(reasons) ? reasons[why].text : "?"; }

const char *rt_runtime_fn_name(uint64_t fn) {
    static const char *const names[RT_FN_RUNTIME_COUNT] = {"runtime.forcegchelper", "runtime.bgsweep",
                                                           "runtime.bgscavenge", "runtime.updateMaxProcsGoroutine",
                                                           "runtime.runFinalizers"};
    uint64_t i = fn & ~RT_FN_RUNTIME;
    return (fn & RT_FN_RUNTIME) && i < ARRAY_LEN(names) ? names[i] : "?";
}
