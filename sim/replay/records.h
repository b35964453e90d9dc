/* records.h - what a state consists of. Private to replay. Indices are stored plus one, so that 0 means none.
 *
 * A goroutine is in one place at a time, so one pair of links serves every queue of goroutines (rings, global queue).
 * Waiters have slots of their own, since a select waits in several queues. What never changes once it is known (a
 * goroutine's function, its creation site) lies in the session's facts and not here.
 */
#ifndef GOSEE_REPLAY_RECORDS_H
#define GOSEE_REPLAY_RECORDS_H

#include "pages.h"
#include "replay.h"

struct rp_queue { /* of goroutines or of slots, by index + 1 */
    uint32_t first, last, len;
};

struct rp_head_rec { /* one; what belongs to the whole */
    int64_t time;
    uint32_t np, nm, ng, nobj;
    uint32_t idle, nidle;     /* top of the idle Ps */
    uint32_t parked, nparked; /* top of the parked Ms */
    struct rp_queue global;
    uint64_t census[6]; /* by enum rp_gstate, user goroutines */
    uint32_t free_slot, nslots, free_timer, ntimers;
    uint32_t sleepers, nsleepers; /* root of the heap */
    uint32_t other_timers;        /* list of timers on which nobody sleeps */
    uint32_t cores[8];            /* bits: core taken; the first 256 cores */
    uint64_t lost;
    int32_t status;
    uint8_t begun, ended, how, stw, gc;
};

struct rp_g_rec {
    uint32_t goid;
    uint32_t next, prev;
    int32_t m, p;
    uint8_t state, place, system, locked;
    uint8_t inherit, served, spare[2]; /* served: taken out of its queues, GoUnblock to come */
    uint32_t pos, starts, stack;
    uint32_t obj, slot, timer;
    uint16_t why, spare2;
    uint32_t lock_m, spare3; /* the M it is tied to, plus one */
    int64_t since, ran, waited, ready;
    uint64_t state_event, value;
    int64_t until;
};

struct rp_p_rec {
    uint8_t state; /* enum rp_pstate */
    uint8_t idle;  /* on the idle list */
    uint8_t spare[2];
    int32_t m;       /* -1 none */
    int32_t claimed; /* M for which it left the idle list, -1 none */
    uint32_t g, runnext;
    struct rp_queue ring;
    uint32_t head; /* running counter; the tail is head + ring.len */
    uint32_t next_idle;
    uint64_t tick;
    int64_t slice_from;
};

enum rp_mpark { RP_UNPARKED, RP_PARK_LIST, RP_PARK_POLLER, RP_PARK_TIED, RP_PARK_NAP };

struct rp_m_rec {
    uint8_t state, spinning, sysmon, park;
    int32_t p, core, claim; /* -1 none */
    uint32_t g, hand;
    uint32_t next_parked, tied;
    uint32_t syscall;
    int64_t since, nap, syscall_since;
};

struct rp_obj_rec {
    uint8_t kind, known, closed, starving;
    uint8_t value_kind, spare[3];
    uint32_t name, type; /* string ids */
    uint64_t cap;
    struct rp_queue buffer, waiters;
    uint32_t owner, readers;
    int64_t counter;
    uint64_t last_event;
};

struct rp_slot_rec { /* a waiter, or a value in a buffer; free ones are linked by next */
    uint32_t next, prev;
    uint32_t g, obj;
    uint32_t next_of_g; /* the next queue that the same goroutine waits in */
    uint8_t send, select, read, spare;
    uint64_t value;
};

struct rp_timer_rec {
    uint64_t id;
    int64_t when;
    uint32_t g;
    uint32_t left, right, up; /* skew heap; of the others: next, prev */
};

#endif
