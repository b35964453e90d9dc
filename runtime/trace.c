/* trace.c - writing events: what each says, and the keys by which the merger (trace_merge.c) orders it. */
#define RT_NO_YIELD 1 /* rt_atomic.h */
#include "trace.h"

#include "proc.h"
#include "trace_buf.h"

/* Time and place. Where reading the clock and walking a stack are work that nobody pays for by the model (the live world),
 * an event that follows at once on another of the same M, in one act, has that one's: no reading then is older than the
 * instruction. In the stepped world each has its own, to the nanosecond. */
static void stamp(struct m *mp, struct trace_ev *e, bool follows) {
    const struct rt *rt = mp->rt;
    struct g *gp = mp->curg;
    bool same = follows && !mp->modelled;
    if (!same) mp->told.time = nanotime(mp);
    if (!same || mp->told.g != gp)
        mp->told.pos = gp && !gp->sysrun && rt->exec->position ? rt->exec->position(rt->exec_ctx, gp) : 0;
    mp->told.g = gp;
    e->ev.time = mp->told.time;
    e->ev.pos = mp->told.pos;
}

static struct trace_ev *begin_after(struct m *mp, enum rt_event_kind kind, enum rt_reason why, bool follows) {
    struct trace_ev *e = trace_buf_next(mp);
    if (!e) return NULL;
    struct g *gp = mp->curg;
    e->nkeys = 0;
    e->glue = false;
    e->ev = (struct rt_event){.kind = (uint16_t)kind,
                              .why = (uint16_t)why,
                              .m = mp->id,
                              .p = mp->p ? mp->p->id : -1,
                              .g = gp ? (uint32_t)gp->goid : 0};
    stamp(mp, e, follows);
    return e;
}

static struct trace_ev *begin(struct m *mp, enum rt_event_kind kind, enum rt_reason why) {
    return begin_after(mp, kind, why, false);
}

/* The event follows on GoCreate, GoUnblock, GoStop (a put), on what ended the turn before (a get) or on a get. */
static struct trace_ev *begin_next(struct m *mp, enum rt_event_kind kind, enum rt_reason why) {
    return begin_after(mp, kind, why, true);
}

static void key(struct trace_ev *e, enum trace_domain d, uint32_t obj, uint32_t need, uint32_t set) {
    e->keys[e->nkeys++] = (struct trace_key){(uint8_t)d, false, obj, need, set};
}

static void key_at_least(struct trace_ev *e, enum trace_domain d, uint32_t obj, uint32_t need) {
    e->keys[e->nkeys++] = (struct trace_key){(uint8_t)d, true, obj, need, 0};
}

static void key_next(struct trace_ev *e, enum trace_domain d, uint32_t obj, uint32_t *seq) {
    key(e, d, obj, *seq, *seq + 1);
    ++*seq;
}

static void key_sched(struct trace_ev *e, struct m *mp) { key_next(e, TRACE_SCHED, 0, &mp->rt->sched.trace_seq); }
static void key_p(struct trace_ev *e, struct p *pp) { key_next(e, TRACE_P, (uint32_t)pp->id, &pp->trace_seq); }
static void key_m(struct trace_ev *e, struct m *of) { key_next(e, TRACE_M, (uint32_t)of->id, &of->trace_seq); }

static void args(struct trace_ev *e, uint64_t a, uint64_t b, uint64_t c) {
    e->ev.a = a;
    e->ev.b = b;
    e->ev.c = c;
}

void trace_plain(struct m *mp, enum rt_event_kind kind, enum rt_reason why, uint64_t a, uint64_t b, uint64_t c) {
    struct trace_ev *e = begin(mp, kind, why);
    if (!e) return;
    args(e, a, b, c);
    trace_buf_done(mp, e);
}

/* ---- threads and processors -------------------------------------------------------------------------------------- */

void trace_mbegin(struct m *mp) {
    struct trace_ev *e = begin(mp, RT_EV_MBegin, RT_WHY_None);
    if (!e) return;
    if (mp != mp->rt->m0) key_m(e, mp);
    trace_buf_done(mp, e);
}

void trace_mstart(struct m *mp, struct m *newm, int how, struct p *pp, enum rt_reason why) {
    struct trace_ev *e = begin(mp, RT_EV_MStart, why);
    if (!e) return;
    args(e, (uint64_t)newm->id, (uint64_t)how, pp ? (uint64_t)pp->id : (uint64_t)-1);
    key_sched(e, mp);
    key_m(e, newm);
    if (pp) key_p(e, pp);
    trace_buf_done(mp, e);
}

void trace_mwake(struct m *mp, struct m *woken, bool spinning, struct p *pp, enum rt_reason why) {
    struct trace_ev *e = begin(mp, RT_EV_MWake, why);
    if (!e) return;
    args(e, (uint64_t)woken->id, spinning, pp ? (uint64_t)pp->id : (uint64_t)-1);
    key_sched(e, mp);
    key_m(e, woken);
    if (pp) key_p(e, pp);
    trace_buf_done(mp, e);
}

void trace_mpark(struct m *mp, enum rt_reason why) {
    struct trace_ev *e = begin(mp, RT_EV_MPark, why);
    if (!e) return;
    if (why != RT_WHY_TimerThread) key_sched(e, mp);
    key_m(e, mp);
    trace_buf_done(mp, e);
}

void trace_procstart(struct m *mp, struct p *pp, enum rt_reason why, bool from_idle) {
    struct trace_ev *e = begin(mp, RT_EV_ProcStart, why);
    if (!e) return;
    e->ev.p = pp->id;
    if (from_idle) key_sched(e, mp);
    key_m(e, mp);
    key_p(e, pp);
    trace_buf_done(mp, e);
}

void trace_procstop(struct m *mp, struct p *pp, bool glue) {
    struct trace_ev *e = begin(mp, pp->stop.steal ? RT_EV_ProcSteal : RT_EV_ProcStop, pp->stop.why);
    if (!e) return;
    e->ev.p = pp->id;
    e->glue = glue;
    key_sched(e, mp);
    key_p(e, pp);
    if (pp->stop.steal) {
        struct m *from = pp->stop.m;
        e->ev.a = (uint64_t)from->id;
        key(e, TRACE_M, (uint32_t)from->id, pp->stop.mseq, pp->stop.mseq + 1);
    }
    trace_buf_done(mp, e);
}

void trace_procs_change(struct m *mp, uint64_t procs) {
    struct trace_ev *e = begin(mp, RT_EV_ProcsChange, RT_WHY_None);
    if (!e) return;
    e->ev.a = procs;
    key_sched(e, mp);
    trace_buf_done(mp, e);
}

/* A P that goes away: its ring from head on (count of them), its runnext if all is one more. */
void trace_queue_drain(struct m *mp, struct p *pp, uint32_t head, uint32_t count, uint32_t all) {
    struct trace_ev *e = begin(mp, RT_EV_QueueDrain, RT_WHY_ProcResize);
    if (!e) return;
    args(e, (uint64_t)pp->id, count, 0);
    key_sched(e, mp);
    key(e, TRACE_HEAD, (uint32_t)pp->id, head, head + count);
    key_at_least(e, TRACE_TAIL, (uint32_t)pp->id, head + count);
    if (all > count) {
        key(e, TRACE_RUNNEXT, (uint32_t)pp->id, 2 * pp->runnext_puts - 1, 2 * pp->runnext_puts);
    }
    trace_buf_done(mp, e);
}

/* ---- goroutines ------------------------------------------------------------------------------------------------ */

static void key_g(struct trace_ev *e, struct g *gp) { key_next(e, TRACE_G, (uint32_t)gp->goid, &gp->trace_seq); }

void trace_gocreate(struct m *mp, struct g *newg) {
    struct trace_ev *e = begin(mp, RT_EV_GoCreate, RT_WHY_None);
    if (!e) return;
    if (newg->system) e->ev.g = 0;
    args(e, newg->goid, newg->fn, (uint64_t)newg->stack_slots * sizeof(rt_slot));
    trace_buf_done(mp, e);
}

void trace_gostart(struct m *mp, struct g *gp, enum rt_reason why, bool inherit) {
    struct trace_ev *e = begin_after(mp, RT_EV_GoStart, why, !one_to_one(mp->rt));
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    args(e, mp->trail, one_to_one(mp->rt) ? 0 : load_relaxed(&mp->p->schedtick), inherit);
    if (one_to_one(mp->rt)) { /* no queue stands between who readied it, who then woke its thread, and this */
        key_at_least(e, TRACE_G, (uint32_t)gp->goid, gp->trace_seq);
        key_at_least(e, TRACE_M, (uint32_t)mp->id, mp->trace_seq);
    }
    trace_buf_done(mp, e);
}

void trace_gostop(struct m *mp, struct g *gp, enum rt_reason why) {
    struct trace_ev *e = begin(mp, RT_EV_GoStop, why);
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    trace_buf_done(mp, e);
}

void trace_goblock(struct m *mp, struct g *gp, int64_t until, enum trace_domain d, uint32_t obj, uint32_t *seq) {
    struct trace_ev *e = begin(mp, RT_EV_GoBlock, gp->waitreason);
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    args(e, gp->wait_obj, (uint64_t)gp->wait_value, (uint64_t)until);
    key_g(e, gp);
    if (d < TRACE_DOMAINS) key_next(e, d, obj, seq);
    trace_buf_done(mp, e);
}

void trace_gounblock(struct m *mp, struct g *woken, enum trace_domain d, uint32_t obj, uint32_t *seq) {
    struct trace_ev *e = begin_after(mp, RT_EV_GoUnblock, RT_WHY_None, d == TRACE_CHAN);
    if (!e) return;
    args(e, woken->goid, woken->wait_obj, 0);
    key_g(e, woken);
    if (d < TRACE_DOMAINS) key_next(e, d, obj, seq);
    trace_buf_done(mp, e);
}

/* By the thread that collects: after all stops of Ps, before the world runs again. */
void trace_stackshrink(struct m *mp, struct g *gp, uint64_t from) {
    struct trace_ev *e = begin(mp, RT_EV_StackShrink, RT_WHY_None);
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    if (mp->rt->exec->position) e->ev.pos = mp->rt->exec->position(mp->rt->exec_ctx, gp);
    args(e, from, (uint64_t)gp->stack_slots * sizeof(rt_slot), 0);
    key_sched(e, mp);
    trace_buf_done(mp, e);
}

void trace_godestroy(struct m *mp, struct g *gp) {
    struct trace_ev *e = begin(mp, RT_EV_GoDestroy, RT_WHY_None);
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    trace_buf_done(mp, e);
}

void trace_syscall_begin(struct m *mp, struct g *gp, enum rt_syscall call) {
    struct trace_ev *e = begin(mp, RT_EV_GoSyscallBegin, RT_WHY_None);
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    e->ev.a = call;
    if (!one_to_one(mp->rt)) key_p(e, mp->p);
    trace_buf_done(mp, e);
}

void trace_syscall_end(struct m *mp, struct g *gp) {
    struct trace_ev *e = begin(mp, RT_EV_GoSyscallEnd, RT_WHY_None);
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    trace_buf_done(mp, e);
}

void trace_syscall_end_blocked(struct m *mp, struct g *gp) {
    struct trace_ev *e = begin(mp, RT_EV_GoSyscallEndBlocked, RT_WHY_None);
    if (!e) return;
    e->ev.g = (uint32_t)gp->goid;
    key_m(e, mp); /* after the ProcSteal that took its P */
    trace_buf_done(mp, e);
}

/* ---- queues ---------------------------------------------------------------------------------------------------- */

/* RUNNEXT's count: put n, counting from 0, makes it 2n+1 from 2n (empty) or 2n-1 (displacing), taking it away makes
 * it 2n+2. So the n-th occupant's fate is ordered without the thief and the owner sharing more than the occupant. */
void trace_runnextput(struct m *mp, struct p *pp, uint64_t put, uint32_t n, struct g *displaced, enum rt_reason why) {
    struct trace_ev *e = begin_next(mp, RT_EV_RunnextPut, why);
    if (!e) return;
    e->ev.p = pp->id;
    args(e, put, displaced ? displaced->goid : 0, 0);
    key(e, TRACE_RUNNEXT, (uint32_t)pp->id, displaced ? 2 * n - 1 : 2 * n, 2 * n + 1);
    trace_buf_done(mp, e);
}

static void key_runnext_taken(struct trace_ev *e, struct p *pp, struct g *got) {
    key(e, TRACE_RUNNEXT, (uint32_t)pp->id, 2 * got->runnext_put + 1, 2 * got->runnext_put + 2);
}

void trace_runnextget(struct m *mp, struct p *pp, struct g *got) {
    struct trace_ev *e = begin_next(mp, RT_EV_RunnextGet, RT_WHY_FromRunnext);
    if (!e) return;
    e->ev.a = got->goid;
    key_runnext_taken(e, pp, got);
    trace_buf_done(mp, e);
}

void trace_runnextsteal(struct m *mp, struct p *pp, struct p *victim, struct g *got) {
    struct trace_ev *e = begin(mp, RT_EV_RunnextSteal, RT_WHY_FromRunnextSteal);
    if (!e) return;
    e->ev.p = pp->id;
    args(e, (uint64_t)victim->id, got->goid, mp->trail);
    key_runnext_taken(e, victim, got);
    trace_buf_done(mp, e);
}

void trace_runqput(struct m *mp, struct p *pp, struct g *put, uint32_t head, uint32_t tail, enum rt_reason why) {
    struct trace_ev *e = begin_next(mp, RT_EV_RunqPut, why);
    if (!e) return;
    e->ev.p = pp->id;
    args(e, put->goid, tail, 0);
    key(e, TRACE_TAIL, (uint32_t)pp->id, tail, tail + 1);
    key_at_least(e, TRACE_HEAD, (uint32_t)pp->id, head); /* the room that was seen is there */
    trace_buf_done(mp, e);
}

void trace_runqget(struct m *mp, struct p *pp, struct g *got, uint32_t head) {
    struct trace_ev *e = begin_next(mp, RT_EV_RunqGet, RT_WHY_FromLocal);
    if (!e) return;
    args(e, got->goid, head, 0);
    key(e, TRACE_HEAD, (uint32_t)pp->id, head, head + 1);
    trace_buf_done(mp, e);
}

void trace_overflow(struct m *mp, struct p *pp, struct g *put, uint32_t moved, uint32_t head, uint32_t tail,
                    enum rt_reason why) {
    struct trace_ev *e = begin_next(mp, RT_EV_RunqOverflow, why);
    if (!e) return;
    e->ev.p = pp->id;
    args(e, put->goid, moved, head);
    key(e, TRACE_HEAD, (uint32_t)pp->id, head, head + moved - 1);
    key_at_least(e, TRACE_TAIL, (uint32_t)pp->id, tail);
    key_sched(e, mp);
    trace_buf_done(mp, e);
}

void trace_runqsteal(struct m *mp, struct p *pp, struct p *victim, uint32_t count, uint32_t head, uint32_t tail) {
    struct trace_ev *e = begin(mp, RT_EV_RunqSteal, RT_WHY_FromSteal);
    if (!e) return;
    args(e, (uint64_t)victim->id, count, mp->trail);
    key(e, TRACE_HEAD, (uint32_t)victim->id, head, head + count);
    key_at_least(e, TRACE_TAIL, (uint32_t)victim->id, head + count);
    if (count > 1) key(e, TRACE_TAIL, (uint32_t)pp->id, tail, tail + count - 1);
    trace_buf_done(mp, e);
}

void trace_globput(struct m *mp, struct g *put, bool athead, enum rt_reason why) {
    struct trace_ev *e = begin_next(mp, RT_EV_GlobPut, why);
    if (!e) return;
    args(e, put->goid, athead, 0);
    key_sched(e, mp);
    trace_buf_done(mp, e);
}

void trace_globget(struct m *mp, struct p *pp, struct g *got, uint32_t count, uint32_t tail, enum rt_reason why) {
    struct trace_ev *e = begin(mp, RT_EV_GlobGet, why);
    if (!e) return;
    e->ev.p = pp->id;
    args(e, got->goid, count, mp->trail);
    key_sched(e, mp);
    if (count > 1) key(e, TRACE_TAIL, (uint32_t)pp->id, tail, tail + count - 1);
    trace_buf_done(mp, e);
}

/* ---- the rest -------------------------------------------------------------------------------------------------- */

void trace_object(struct m *mp, enum trace_domain d, uint32_t obj, uint32_t *seq, bool glue, enum rt_event_kind kind,
                  uint64_t a, uint64_t b, uint64_t c) {
    struct trace_ev *e = begin(mp, kind, RT_WHY_None);
    if (!e) return;
    e->glue = glue;
    args(e, a, b, c);
    key_next(e, d, obj, seq);
    trace_buf_done(mp, e);
}

void trace_timer(struct m *mp, uint32_t id, uint32_t *seq, bool glue, enum rt_event_kind kind, uint64_t b, uint64_t g) {
    struct trace_ev *e = begin(mp, kind, RT_WHY_None);
    if (!e) return;
    e->glue = glue;
    args(e, id, b, g);
    key_next(e, TRACE_TIMER, id, seq);
    trace_buf_done(mp, e);
}

/* A G in a system call pins itself meanwhile, as a thief would: so the P that the event names is the one that its M has
 * in the log, too. */
static struct g *pin_self(struct m *mp) {
    struct g *gp = mp->curg;
    if (!gp || readgstatus(gp) != Gsyscall) return NULL;
    for (unsigned round = 0;; round++) {
        uint32_t want = Gsyscall;
        if (cas_acq_rel(&gp->atomicstatus, &want, Gsyscall | Gscan)) return gp;
        mp->rt->world->ops->lock_contended(mp->rt->world, mp, round);
    }
}

void trace_io(struct m *mp, enum rt_event_kind kind, int fd, uint64_t text, uint64_t length) {
    struct g *pinned = pin_self(mp);
    struct trace_ev *e = begin(mp, kind, RT_WHY_None);
    if (e) {
        args(e, (uint64_t)fd, text, length);
        if (kind == RT_EV_Write) key_next(e, TRACE_OUT, 0, &mp->rt->outseq);
        if (pinned) key_m(e, mp);
        trace_buf_done(mp, e);
    }
    if (pinned) resumeSyscall(pinned);
}
