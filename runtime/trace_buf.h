/* trace_buf.h - between trace.c, which says what events say, and trace_merge.c, which keeps and orders them. */
#ifndef GOSEE_RUNTIME_TRACE_BUF_H
#define GOSEE_RUNTIME_TRACE_BUF_H

#include "trace.h"

struct trace_key {
    uint8_t domain;
    bool at_least; /* the count has reached need; nothing is set */
    uint32_t obj;
    uint32_t need, set;
};

struct trace_ev {
    struct rt_event ev;
    uint8_t nkeys;
    bool glue; /* the writer's next event goes with this one */
    struct trace_key keys[5];
};

/* Room for mp's next event, or NULL: nobody listens, the run is over, or there is no memory (it counts as lost). */
struct trace_ev *trace_buf_next(struct m *mp);
void trace_buf_done(struct m *mp, struct trace_ev *e);

#endif
