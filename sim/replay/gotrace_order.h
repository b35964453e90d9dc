/* gotrace_order.h - the order of events in a trace of a real Go program, and what they are in ours. Private to replay.
 *
 * Each thread's events stand in its own order; between threads sequence numbers and what each holds decide, as in Go's
 * own parser (internal/trace/order.go). An event that may come now is taken in and told to the log. */
#ifndef GOSEE_REPLAY_GOTRACE_ORDER_H
#define GOSEE_REPLAY_GOTRACE_ORDER_H

#include "gotrace_int.h"

struct gotrace_stack_place { /* what a stack says, in our terms */
    rt_pos pos;       /* innermost in the program's own files */
    uint64_t fn;      /* outermost: what the goroutine began with */
};

/* Tables of the generation being read. */
struct gotrace_tables {
    void *ctx;
    struct gotrace_stack_place (*stack)(void *ctx, uint64_t id);
    const char *(*string)(void *ctx, uint64_t id); /* NULL: there is none */
};

struct gotrace_wire { /* an event as the file has it */
    uint8_t ev;
    uint64_t args[GO_MAX_ARGS - 1];
    int64_t time; /* ns since the trace began */
};

struct gotrace_seq {
    uint64_t generation, n;
};
struct gotrace_known_g {
    uint32_t goid;
    uint8_t status; /* 0: gone */
    struct gotrace_seq seq;
};
struct gotrace_known_p {
    uint8_t status;
    struct gotrace_seq seq;
    uint64_t tick;
};
struct gotrace_known_m {
    int32_t p;  /* -1 none */
    uint32_t g; /* ref; 0 none */
    bool told;  /* its MBegin */
};

struct gotrace_order {
    struct rt_log *log;
    struct gotrace_tables tables;
    VEC(struct gotrace_known_g) g;
    VEC(struct gotrace_known_p) p; /* by number */
    VEC(struct gotrace_known_m) m; /* by order of appearance, which is its number in our log */
    struct rp_id_map g_map, m_map;
    uint64_t first_generation, generation;
    unsigned procs; /* told so far */
    int64_t time;
    bool begun, failed;
    const char *wrong; /* what contradicts itself */
};

enum gotrace_step { GOTRACE_TAKEN, GOTRACE_NOT_YET, GOTRACE_WRONG };

/* The number of a thread, made if it is new; -1: no memory, or too many. */
int32_t gotrace_order_thread(struct gotrace_order *o, uint64_t thread);
/* m -1: no thread. */
enum gotrace_step gotrace_order_take(struct gotrace_order *o, int32_t m, const struct gotrace_wire *w);
void gotrace_order_end(struct gotrace_order *o);
void gotrace_order_free(struct gotrace_order *o);

#endif
