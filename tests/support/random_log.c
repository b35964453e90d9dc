#include "random_log.h"

#include <stdlib.h>
#include <string.h>

#include "sample_log.h"

enum { MAX_P = 6, MAX_M = 14, MAX_G = 20000, RING = 256, MAX_WAIT = 64, CHANS = 3, BUFFER = 4, MUTEX = 9, SYSMON = 1 };
enum mstate { M_NONE, M_STARTING, M_WORKING, M_SYSCALL, M_PARKED, M_POLLING };
enum wait { AWAKE, ASLEEP, RECEIVING, SENDING, SELECTING, LOCKING };

struct proc {
    int m;
    uint32_t g, next, ring[RING];
    unsigned n;
    bool idle;
};

struct thread {
    enum mstate state;
    int p;
    uint32_t g;
    bool spins;
};

struct gor {
    enum wait wait;
    bool wants_lock, holds_lock, was_selecting;
    uint64_t value, timer;
    int64_t until;
};

struct chan {
    unsigned cap, n, nwait;
    uint64_t buf[BUFFER];
    uint32_t wait[MAX_WAIT];
};

struct sim {
    struct log_builder b;
    uint64_t rng, target, next_timer;
    unsigned np, nm, nidle, nparked, nglobal;
    struct proc p[MAX_P];
    struct thread m[MAX_M];
    struct gor *g;
    uint32_t ng, live, *global;
    int idle[MAX_P], parked[MAX_M], poller;
    struct chan ch[CHANS];
    uint32_t owner, lockers[MAX_WAIT];
    unsigned nlockers;
};

static uint64_t draw(struct sim *s, uint64_t n) {
    s->rng ^= s->rng << 13;
    s->rng ^= s->rng >> 7;
    s->rng ^= s->rng << 17;
    return (s->rng >> 11) % n;
}

static void on(struct sim *s, int m) {
    lb_on(&s->b, m, s->m[m].p, s->m[m].g);
    lb_line(&s->b, s->m[m].g ? 10 + (int)(s->m[m].g % 50) : 0);
}

static void say(struct sim *s, enum rt_event_kind kind, enum rt_reason why, uint64_t a, uint64_t b, uint64_t c) {
    lb_event(&s->b, kind, why, a, b, c);
}

static void drop_first(uint32_t *list, unsigned *n, unsigned k) {
    memmove(list, list + k, (*n - k) * sizeof *list);
    *n -= k;
}

static bool spinning(const struct sim *s) {
    for (unsigned i = 0; i < s->nm; i++)
        if (s->m[i].spins) return true;
    return false;
}

/* A thread for P, which lies on top of the idle list: the last parked one, else a new one. */
static bool start_thread(struct sim *s, bool spin, enum rt_reason why) {
    if (!s->nidle || (!s->nparked && s->nm == MAX_M)) return false;
    int p = s->idle[--s->nidle];
    s->p[p].idle = false;
    int m = s->nparked ? s->parked[--s->nparked] : (int)s->nm;
    if (m < (int)s->nm) {
        say(s, RT_EV_MWake, why, (uint64_t)m, spin, (uint64_t)p);
    } else {
        say(s, RT_EV_MStart, why, (uint64_t)m, spin, (uint64_t)p);
        s->nm++;
    }
    enum mstate state = m == (int)s->nm - 1 && s->m[m].state == M_NONE ? M_STARTING : M_WORKING;
    s->m[m] = (struct thread){state, -1, 0, spin};
    s->p[p].m = m; /* claimed; taken when the thread comes to it */
    return true;
}

static void wakep(struct sim *s) {
    if (s->nidle && !spinning(s) && draw(s, 4)) start_thread(s, true, RT_WHY_Wakep);
}

static int claimed_for(const struct sim *s, int m) {
    for (unsigned i = 0; i < s->np; i++)
        if (s->p[i].m == m && s->m[m].p != (int)i) return (int)i;
    return -1;
}

static void take_p(struct sim *s, int m, int p, enum rt_reason why) {
    s->m[m].p = p;
    s->p[p].m = m;
    s->p[p].g = 0;
    on(s, m);
    say(s, RT_EV_ProcStart, why, 0, 0, 0);
}

static void put_ring(struct sim *s, int p, uint32_t g, enum rt_reason why) {
    struct proc *q = &s->p[p];
    if (q->n < RING) {
        lb_put_tail(&s->b, g, why);
        q->ring[q->n++] = g;
        return;
    }
    say(s, RT_EV_RunqOverflow, why, g, RING / 2 + 1, s->b.head[p]);
    s->b.head[p] += RING / 2;
    memcpy(s->global + s->nglobal, q->ring, RING / 2 * sizeof *q->ring);
    s->nglobal += RING / 2;
    s->global[s->nglobal++] = g;
    drop_first(q->ring, &q->n, RING / 2);
}

static void put_next(struct sim *s, int p, uint32_t g, enum rt_reason why) {
    uint32_t was = s->p[p].next;
    say(s, RT_EV_RunnextPut, why, g, was, 0);
    s->p[p].next = g;
    if (was) put_ring(s, p, was, RT_WHY_Displaced);
}

static void put_global(struct sim *s, uint32_t g, enum rt_reason why) {
    say(s, RT_EV_GlobPut, why, g, 0, 0);
    s->global[s->nglobal++] = g;
}

static void run(struct sim *s, int m, uint32_t g, enum rt_reason why, bool inherit) {
    if (s->m[m].spins) say(s, RT_EV_MSpinEnd, RT_WHY_WorkFound, 1, 0, 0);
    s->m[m].spins = false;
    s->m[m].g = s->p[s->m[m].p].g = g;
    on(s, m);
    lb_start(&s->b, g, why, RT_LOOK_TIMERS, inherit);
    if (s->g[g].was_selecting) say(s, RT_EV_SelectWin, RT_WHY_None, 0, 1, 0);
    s->g[g].was_selecting = false;
}

static void fire(struct sim *s, int m, uint32_t g) {
    say(s, RT_EV_TimerFire, RT_WHY_None, s->g[g].timer, 5, g);
    say(s, RT_EV_GoUnblock, RT_WHY_TimerDue, g, 0, 0);
    s->g[g].wait = AWAKE;
    put_next(s, s->m[m].p, g, RT_WHY_TimerDue);
    wakep(s);
}

static void fire_due(struct sim *s, int m) {
    for (uint32_t g = 1; g <= s->ng; g++)
        if (s->g[g].wait == ASLEEP && s->g[g].until <= s->b.time) fire(s, m, g);
}

static int64_t earliest(const struct sim *s) {
    int64_t t = INT64_MAX;
    for (uint32_t g = 1; g <= s->ng; g++)
        if (s->g[g].wait == ASLEEP && s->g[g].until < t) t = s->g[g].until;
    return t;
}

static void idle(struct sim *s, int m) {
    int p = s->m[m].p;
    if (!s->m[m].spins) {
        say(s, RT_EV_MSpin, RT_WHY_None, 0, 0, 0);
        s->m[m].spins = true;
        if (draw(s, 2)) return;
    }
    say(s, RT_EV_ProcStop, RT_WHY_NoWork, 0, 0, 0);
    s->p[p].m = -1;
    s->p[p].idle = true;
    s->idle[s->nidle++] = p;
    s->m[m].p = -1;
    on(s, m);
    say(s, RT_EV_MSpinEnd, RT_WHY_NoWork, 0, 0, 0);
    s->m[m].spins = false;
    bool poll = s->poller < 0 && earliest(s) != INT64_MAX;
    say(s, RT_EV_MPark, poll ? RT_WHY_TimerThread : RT_WHY_NoWork, 0, 0, 0);
    s->m[m].state = poll ? M_POLLING : M_PARKED;
    if (poll) s->poller = m;
    else s->parked[s->nparked++] = m;
}

static bool steal(struct sim *s, int m) {
    int p = s->m[m].p, victim = (int)draw(s, s->np);
    struct proc *from = &s->p[victim], *to = &s->p[p];
    if (victim == p) return false;
    if (from->n) {
        unsigned k = from->n - from->n / 2;
        lb_steal(&s->b, (uint32_t)victim, k, RT_LOOK_LOCAL);
        memcpy(to->ring + to->n, from->ring, (k - 1) * sizeof *to->ring);
        to->n += k - 1;
        uint32_t last = from->ring[k - 1];
        drop_first(from->ring, &from->n, k);
        run(s, m, last, RT_WHY_FromSteal, false);
        return true;
    }
    if (!from->next) return false;
    uint32_t g = from->next;
    from->next = 0;
    say(s, RT_EV_RunnextSteal, RT_WHY_FromRunnextSteal, (uint64_t)victim, g, RT_LOOK_LOCAL);
    run(s, m, g, RT_WHY_FromRunnextSteal, false);
    return true;
}

static void schedule(struct sim *s, int m) {
    struct proc *q = &s->p[s->m[m].p];
    fire_due(s, m);
    if (s->nglobal && (draw(s, 30) == 0 || (!q->next && !q->n))) {
        unsigned k = q->next || q->n ? 1 : 1 + s->nglobal / s->np;
        if (k > s->nglobal) k = s->nglobal;
        if (k > 128) k = 128;
        uint32_t g = s->global[0];
        say(s, RT_EV_GlobGet, k == 1 ? RT_WHY_FromGlobalTick : RT_WHY_FromGlobal, g, k, RT_LOOK_LOCAL);
        for (unsigned i = 1; i < k; i++)
            q->ring[q->n++] = s->global[i];
        s->b.tail[s->m[m].p] += k - 1;
        drop_first(s->global, &s->nglobal, k);
        run(s, m, g, RT_WHY_FromGlobal, false);
        return;
    }
    if (q->next) {
        uint32_t g = q->next;
        q->next = 0;
        say(s, RT_EV_RunnextGet, RT_WHY_FromRunnext, g, 0, 0);
        run(s, m, g, RT_WHY_FromRunnext, true);
        return;
    }
    if (q->n) {
        uint32_t g = q->ring[0];
        say(s, RT_EV_RunqGet, RT_WHY_FromLocal, g, s->b.head[s->m[m].p]++, 0);
        drop_first(q->ring, &q->n, 1);
        run(s, m, g, RT_WHY_FromLocal, false);
        return;
    }
    if (!steal(s, m)) idle(s, m);
}

static void stopped_running(struct sim *s, int m) {
    s->p[s->m[m].p].g = 0;
    s->m[m].g = 0;
    on(s, m);
}

static void block(struct sim *s, int m, enum wait wait, enum rt_reason why, uint64_t obj, uint64_t value) {
    say(s, RT_EV_GoBlock, why, obj, value, 0);
    s->g[s->m[m].g].wait = wait;
    stopped_running(s, m);
}

static void ready(struct sim *s, int m, uint32_t g, uint64_t obj) {
    say(s, RT_EV_GoUnblock, RT_WHY_None, g, obj, 0);
    s->g[g].wait = AWAKE;
    put_next(s, s->m[m].p, g, RT_WHY_Readied);
    wakep(s);
}

static void leave_chans(struct sim *s, uint32_t g) {
    for (unsigned c = 0; c < CHANS; c++) {
        struct chan *ch = &s->ch[c];
        for (unsigned i = 0; i < ch->nwait;) {
            if (ch->wait[i] != g) i++;
            else drop_first(ch->wait + i, (unsigned[]){ch->nwait - i}, 1), ch->nwait--;
        }
    }
}

static int first_waiting(const struct sim *s, const struct chan *ch, bool sender) {
    for (unsigned i = 0; i < ch->nwait; i++)
        if ((s->g[ch->wait[i]].wait == SENDING) == sender) return (int)i;
    return -1;
}

static void send(struct sim *s, int m, unsigned c) {
    struct chan *ch = &s->ch[c];
    uint64_t value = draw(s, 1000);
    int w = first_waiting(s, ch, false);
    if (w >= 0) {
        uint32_t to = ch->wait[w];
        s->g[to].was_selecting = s->g[to].wait == SELECTING;
        say(s, RT_EV_ChanSend, RT_WHY_None, c + 1, to, value);
        leave_chans(s, to);
        ready(s, m, to, c + 1);
    } else if (ch->n < ch->cap) {
        say(s, RT_EV_ChanSend, RT_WHY_None, c + 1, 0, value);
        ch->buf[ch->n++] = value;
    } else if (ch->nwait < MAX_WAIT) {
        ch->wait[ch->nwait++] = s->m[m].g;
        s->g[s->m[m].g].value = value;
        block(s, m, SENDING, RT_WHY_ChanSend, c + 1, value);
    }
}

static void receive(struct sim *s, int m, unsigned c) {
    struct chan *ch = &s->ch[c];
    int w = first_waiting(s, ch, true);
    uint64_t value = ch->n ? ch->buf[0] : (w >= 0 ? s->g[ch->wait[w]].value : 0);
    if (ch->n) memmove(ch->buf, ch->buf + 1, --ch->n * sizeof *ch->buf);
    else if (w < 0) {
        if (ch->nwait == MAX_WAIT) return;
        ch->wait[ch->nwait++] = s->m[m].g;
        block(s, m, RECEIVING, RT_WHY_ChanReceive, c + 1, 0);
        return;
    }
    uint32_t from = w >= 0 ? ch->wait[w] : 0;
    say(s, RT_EV_ChanRecv, RT_WHY_None, c + 1, from, value);
    if (!from) return;
    if (ch->cap) ch->buf[ch->n++] = s->g[from].value;
    leave_chans(s, from);
    ready(s, m, from, c + 1);
}

static void select_all(struct sim *s, int m) {
    for (unsigned c = 0; c < CHANS; c++)
        if (s->ch[c].n || first_waiting(s, &s->ch[c], true) >= 0 || s->ch[c].nwait == MAX_WAIT) return;
    say(s, RT_EV_SelectPoll, RT_WHY_None, CHANS, 0x210, 0);
    for (unsigned c = 0; c < CHANS; c++) {
        say(s, RT_EV_SelectCase, RT_WHY_None, c + 1, 0, 0);
        s->ch[c].wait[s->ch[c].nwait++] = s->m[m].g;
    }
    block(s, m, SELECTING, RT_WHY_Select, 0, 0);
}

static void lock(struct sim *s, int m) {
    uint32_t g = s->m[m].g;
    if (s->owner == 0) {
        s->owner = g;
        s->g[g].wants_lock = false;
        say(s, RT_EV_LockAcquire, RT_WHY_None, MUTEX | RT_OBJ_LOCK, 0, 0);
        return;
    }
    if (s->owner == g || s->nlockers == MAX_WAIT) return;
    bool front = s->g[g].wants_lock;
    if (front) memmove(s->lockers + 1, s->lockers, s->nlockers * sizeof *s->lockers);
    s->lockers[front ? 0 : s->nlockers] = g;
    s->nlockers++;
    s->g[g].wants_lock = true;
    block(s, m, LOCKING, RT_WHY_SyncMutexLock, MUTEX | RT_OBJ_LOCK, front);
}

static void unlock(struct sim *s, int m) {
    s->owner = 0;
    say(s, RT_EV_LockRelease, RT_WHY_None, MUTEX | RT_OBJ_LOCK, 0, 0);
    if (!s->nlockers) return;
    uint32_t g = s->lockers[0];
    drop_first(s->lockers, &s->nlockers, 1);
    ready(s, m, g, MUTEX | RT_OBJ_LOCK);
}

static void create(struct sim *s, int m, unsigned many) {
    for (; many && s->ng + 1 < MAX_G; many--) {
        uint32_t g = ++s->ng;
        s->live++;
        s->g[g] = (struct gor){AWAKE, false, false, false, 0, 0, 0};
        say(s, RT_EV_GoCreate, RT_WHY_None, g, draw(s, 3), 2048);
        put_next(s, s->m[m].p, g, RT_WHY_NewGoroutine);
        wakep(s);
    }
}

static void nap(struct sim *s, int m) {
    uint32_t g = s->m[m].g;
    s->g[g].timer = s->next_timer++;
    s->g[g].until = s->b.time + 1000 + (int64_t)draw(s, 100000);
    lb_sleep(&s->b, s->g[g].timer, s->g[g].until);
    s->g[g].wait = ASLEEP;
    stopped_running(s, m);
}

/* main never waits for long, so that there is always somebody who serves the others. */
static void serve(struct sim *s, int m) {
    for (unsigned i = 0; i < CHANS; i++) {
        unsigned c = (i + (unsigned)draw(s, CHANS)) % CHANS;
        const struct chan *ch = &s->ch[c];
        bool sender = first_waiting(s, ch, true) >= 0, receiver = first_waiting(s, ch, false) >= 0;
        if (sender || (ch->n && !receiver)) receive(s, m, c);
        else if (receiver) send(s, m, c);
        else continue;
        return;
    }
    create(s, m, s->live < 40);
}

static void act(struct sim *s, int m) {
    uint32_t g = s->m[m].g;
    if (s->g[g].wants_lock || (s->owner == g && draw(s, 3) == 0)) {
        if (s->owner == g) unlock(s, m);
        else lock(s, m);
        return;
    }
    uint64_t what = draw(s, 14);
    if (g == 1 && what >= 3 && what <= 10) {
        serve(s, m);
        return;
    }
    switch (what) {
    case 0:
        create(s, m, s->live < 40 ? 1 : (draw(s, 100) == 0 && s->live < 500 ? 400 : 0));
        break;
    case 1:
        nap(s, m);
        break;
    case 2:
        say(s, RT_EV_GoStop, draw(s, 2) ? RT_WHY_Gosched : RT_WHY_Preempted, 0, 0, 0);
        stopped_running(s, m);
        put_global(s, g, RT_WHY_Gosched);
        break;
    case 3:
    case 4:
    case 5:
        send(s, m, (unsigned)draw(s, CHANS));
        break;
    case 6:
    case 7:
    case 8:
        receive(s, m, (unsigned)draw(s, CHANS));
        break;
    case 9:
        select_all(s, m);
        break;
    case 10:
        lock(s, m);
        break;
    case 11:
        say(s, RT_EV_GoSyscallBegin, RT_WHY_None, RT_SYS_OTHER, 0, 0);
        s->m[m].state = M_SYSCALL;
        break;
    case 12:
        say(s, RT_EV_StackGrow, RT_WHY_None, 2048, 4096, 0);
        break;
    default:
        if (g == 1 || s->owner == g) break;
        s->live--;
        say(s, RT_EV_GoDestroy, RT_WHY_None, 0, 0, 0);
        stopped_running(s, m);
    }
}

static void in_syscall(struct sim *s, int m) {
    int p = s->m[m].p;
    if (p >= 0 && draw(s, 2)) { /* sysmon takes the P */
        lb_on(&s->b, SYSMON, p, 0);
        say(s, RT_EV_ProcSteal, RT_WHY_SyscallTaken, (uint64_t)m, 0, 0);
        lb_on(&s->b, SYSMON, -1, 0);
        s->m[m].p = -1;
        s->p[p].m = -1;
        s->p[p].g = 0;
        s->p[p].idle = true;
        s->idle[s->nidle++] = p;
        if (draw(s, 2)) start_thread(s, false, RT_WHY_Handoff);
        return;
    }
    uint32_t g = s->m[m].g;
    s->m[m].state = M_WORKING;
    if (p < 0 && s->nidle) {
        p = s->idle[--s->nidle];
        s->p[p].idle = false;
        take_p(s, m, p, RT_WHY_ExitSyscall);
        s->p[p].g = g;
    }
    on(s, m);
    if (p >= 0) {
        say(s, RT_EV_GoSyscallEnd, RT_WHY_None, 0, 0, 0);
        return;
    }
    say(s, RT_EV_GoSyscallEndBlocked, RT_WHY_None, 0, 0, 0);
    s->m[m].g = 0;
    on(s, m);
    put_global(s, g, RT_WHY_ExitSyscall);
    say(s, RT_EV_MPark, RT_WHY_NoWork, 0, 0, 0);
    s->m[m].state = M_PARKED;
    s->parked[s->nparked++] = m;
}

static void poller_returns(struct sim *s) {
    int m = s->poller;
    int64_t t = earliest(s);
    if (!s->nidle) return;
    if (t != INT64_MAX && t > s->b.time) s->b.time = t;
    s->poller = -1;
    int p = s->idle[--s->nidle];
    s->p[p].idle = false;
    s->m[m].state = M_WORKING;
    take_p(s, m, p, RT_WHY_TimerDue);
    fire_due(s, m);
}

/* Every P idle, nobody polling: a parked thread is woken as by sysmon. */
static bool unstick(struct sim *s) {
    if (s->poller >= 0) {
        poller_returns(s);
        return true;
    }
    lb_on(&s->b, SYSMON, -1, 0);
    return start_thread(s, true, RT_WHY_Inject);
}

static bool step(struct sim *s) {
    int can[MAX_M], n = 0;
    for (unsigned i = 0; i < s->nm; i++) {
        enum mstate st = s->m[i].state;
        if (i != SYSMON && (st == M_STARTING || st == M_WORKING || st == M_SYSCALL)) can[n++] = (int)i;
    }
    if (n == 0) return unstick(s);
    if (s->poller >= 0 && draw(s, 40) == 0 && s->nidle) {
        poller_returns(s);
        return true;
    }
    int m = can[draw(s, (uint64_t)n)];
    on(s, m);
    if (s->m[m].state == M_STARTING) {
        say(s, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
        s->m[m].state = M_WORKING;
    } else if (s->m[m].state == M_SYSCALL) {
        in_syscall(s, m);
    } else if (s->m[m].p < 0) {
        take_p(s, m, claimed_for(s, m), RT_WHY_Wakep);
    } else if (s->m[m].g == 0) {
        schedule(s, m);
    } else {
        act(s, m);
    }
    return true;
}

static void begin(struct sim *s) {
    s->poller = -1;
    say(s, RT_EV_RunBegin, RT_WHY_None, s->np, 2, 0);
    for (unsigned i = 1; i < s->np; i++) {
        s->idle[s->nidle++] = (int)i;
        s->p[i].idle = true;
        s->p[i].m = -1;
    }
    s->nm = 2;
    s->m[0] = (struct thread){M_WORKING, -1, 0, false};
    s->m[SYSMON] = (struct thread){M_WORKING, -1, 0, false};
    on(s, 0);
    say(s, RT_EV_MBegin, RT_WHY_Bootstrap, 0, 0, 0);
    take_p(s, 0, 0, RT_WHY_Bootstrap);
    say(s, RT_EV_MStart, RT_WHY_Bootstrap, SYSMON, 2, (uint64_t)-1);
    create(s, 0, 1);
    schedule(s, 0);
    for (unsigned c = 0; c < CHANS; c++) {
        s->ch[c].cap = c == 0 ? 0 : 2 * c;
        say(s, RT_EV_ChanMake, RT_WHY_None, c + 1, s->ch[c].cap, RT_VAL_INT);
    }
    lb_object(&s->b, MUTEX | RT_OBJ_LOCK, "mu", "sync.Mutex");
    on(s, SYSMON);
    say(s, RT_EV_MBegin, RT_WHY_None, 0, 0, 0);
}

struct rt_log *random_log(uint64_t seed, uint64_t events) {
    struct sim *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->g = calloc(MAX_G + 1, sizeof *s->g);
    s->global = calloc(MAX_G + RING, sizeof *s->global);
    s->rng = seed * 0x9e3779b97f4a7c15u + 0x1234567;
    s->np = 1 + (unsigned)draw(s, MAX_P);
    s->next_timer = 1;
    struct rt_log *log = NULL;
    if (s->g && s->global && lb_init(&s->b, NULL, NULL, s->np, 2) && rt_log_add_func(s->b.log, "main.main", 0) &&
        rt_log_add_func(s->b.log, "main.a", 0) && rt_log_add_func(s->b.log, "main.main.func1", 0)) {
        begin(s);
        while (rt_log_count(s->b.log) < events && step(s)) {
        }
        lb_on(&s->b, -1, -1, 0);
        lb_line(&s->b, 0);
        say(s, RT_EV_RunEnd, RT_WHY_None, 0, RT_END_STOPPED, 0);
        log = s->b.log;
        if (s->b.failed) {
            rt_log_free(log);
            log = NULL;
        }
    }
    free(s->g);
    free(s->global);
    free(s);
    return log;
}
