/* apply.h - state(n+1) = apply(state(n), event n): the parts of it. Private to replay.
 *
 * An apply function checks its event's rules before it writes, as far as it can; a rule that breaks later leaves a
 * half-made state, which the caller takes back with the journal.
 */
#ifndef GOSEE_REPLAY_APPLY_H
#define GOSEE_REPLAY_APPLY_H

#include "facts.h"
#include "records.h"
#include "str.h"

enum rp_rule {
#define RULE(name, text) RP_RULE_##name,
#include "rules.def"
#undef RULE
    RP_RULE_COUNT
};
const char *rp_rule_name(unsigned rule);

struct rp_apply {
    struct rp_store *st;
    const struct rp_facts *facts;
    const struct rt_event *ev;
    uint64_t n; /* the event's number */
    struct rp_head_rec *head;
    bool strict;       /* the stepped world's rules too */
    bool one_to_one;   /* threads 1:1: no Ps, a thread for each goroutine */
    bool foreign;      /* a real Go program's trace: ready goroutines are in no known queue, kept as in the global one */
    unsigned ring_cap; /* 256 */
    unsigned rule;     /* broken */
    struct str *said;  /* what was seen; NULL: not wanted */
};

/* Applies one event. false: illegal, or out of memory (st->failed); the state is then half-made. */
bool rp_apply_event(struct rp_apply *c);

/* Notes the broken rule; always false, to be returned. */
bool rp_break(struct rp_apply *c, enum rp_rule rule, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Records by ref (index + 1). The ref must not be 0. */
static inline struct rp_g_rec *rp_wg(struct rp_apply *c, uint32_t ref) { return rp_write(c->st, RP_T_G, ref - 1); }
static inline const struct rp_g_rec *rp_rg(const struct rp_apply *c, uint32_t ref) {
    return rp_read(c->st, RP_T_G, ref - 1);
}
static inline struct rp_p_rec *rp_wp(struct rp_apply *c, int32_t p) { return rp_write(c->st, RP_T_P, (uint32_t)p); }
static inline const struct rp_p_rec *rp_rp(const struct rp_apply *c, int32_t p) {
    return rp_read(c->st, RP_T_P, (uint32_t)p);
}
static inline struct rp_m_rec *rp_wm(struct rp_apply *c, int32_t m) { return rp_write(c->st, RP_T_M, (uint32_t)m); }
static inline const struct rp_m_rec *rp_rm(const struct rp_apply *c, int32_t m) {
    return rp_read(c->st, RP_T_M, (uint32_t)m);
}
static inline struct rp_obj_rec *rp_wo(struct rp_apply *c, uint32_t ref) { return rp_write(c->st, RP_T_OBJ, ref - 1); }

/* The goroutine's ref; 0 and a broken rule if it is not there at this moment. */
uint32_t rp_need_g(struct rp_apply *c, uint64_t goid);
/* The object's ref, made if this is its first use; 0 for id 0. */
uint32_t rp_use_obj(struct rp_apply *c, uint64_t id, enum rp_objkind kind);

/* Moves a goroutine, if moves.def has a row for it, and counts the time in the state that ends. Links and the fields of
 * M and P are the caller's. */
bool rp_move(struct rp_apply *c, uint32_t ref, enum rp_gstate state, enum rp_place place);
bool rp_move_is_legal(unsigned kind, unsigned state, unsigned place, unsigned to_state, unsigned to_place);
bool rp_into_hand(struct rp_apply *c, uint32_t ref); /* of the event's M; after rp_move */
/* After its event the goroutine is ready: into the hand of the event's M, or, in a foreign trace, somewhere. */
bool rp_make_ready(struct rp_apply *c, uint32_t ref);
bool rp_from_hand(struct rp_apply *c, uint32_t ref); /* before rp_move */

/* Queues of goroutines; q lies in a record that is being written. */
void rp_gq_push(struct rp_apply *c, struct rp_queue *q, uint32_t ref);
void rp_gq_push_front(struct rp_apply *c, struct rp_queue *q, uint32_t ref);
void rp_gq_remove(struct rp_apply *c, struct rp_queue *q, uint32_t ref);
uint32_t rp_gq_pop(struct rp_apply *c, struct rp_queue *q);

/* Idle Ps and parked Ms. */
void rp_idle_push(struct rp_apply *c, int32_t p);
bool rp_idle_claim(struct rp_apply *c, int32_t p, int32_t m, bool any_order);
void rp_idle_rebuild(struct rp_apply *c);

/* One function a kind; NULL where an event changes nothing but the time. */
typedef bool rp_apply_fn(struct rp_apply *c);
rp_apply_fn rp_do_run_begin, rp_do_run_end, rp_do_procs_change, rp_do_lost, rp_do_proc_start, rp_do_proc_stop,
    rp_do_proc_steal, rp_do_m_start, rp_do_m_begin, rp_do_m_park, rp_do_m_wake, rp_do_m_spin, rp_do_m_spin_end,
    rp_do_m_exit, rp_do_core_take, rp_do_core_leave, rp_do_sysmon_nap, rp_do_stw_begin, rp_do_stw_end, rp_do_gc_begin,
    rp_do_gc_end;
rp_apply_fn rp_do_go_create, rp_do_go_status, rp_do_go_start, rp_do_go_stop, rp_do_go_block, rp_do_go_unblock, rp_do_go_destroy,
    rp_do_syscall_begin, rp_do_syscall_end, rp_do_syscall_end_blocked, rp_do_go_lock_thread, rp_do_stack;
rp_apply_fn rp_do_runnext_put, rp_do_runq_put, rp_do_runnext_get, rp_do_runq_get, rp_do_runq_overflow, rp_do_runq_steal,
    rp_do_runnext_steal, rp_do_glob_put, rp_do_glob_get, rp_do_queue_drain;
rp_apply_fn rp_do_chan_make, rp_do_chan_send, rp_do_chan_recv, rp_do_chan_recv_closed, rp_do_chan_close,
    rp_do_select_case, rp_do_select_win;
rp_apply_fn rp_do_lock_acquire, rp_do_lock_release, rp_do_lock_starving, rp_do_wg_add, rp_do_cond_signal, rp_do_once,
    rp_do_obj_name, rp_do_timer_set, rp_do_timer_fire, rp_do_timer_stop;

/* Waiting: puts the event's goroutine into an object's queue; takes one out of every queue; finds its slot on obj. */
void rp_wait_on(struct rp_apply *c, uint32_t g, uint32_t obj, struct rp_slot_rec what, bool front);
void rp_leave_queues(struct rp_apply *c, uint32_t g);
bool rp_waits_on(struct rp_apply *c, uint32_t g, uint32_t obj);
/* Rules for a goroutine that is about to wait on a channel. */
bool rp_may_block(struct rp_apply *c, uint32_t obj, bool send);

#endif
