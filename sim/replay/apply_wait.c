/* apply_wait.c - channels, locks and their like: who waits where, and what is in the buffers. */
#include <string.h>

#include "apply.h"

static struct rp_slot_rec *slot_at(struct rp_apply *c, uint32_t ref) { return rp_write(c->st, RP_T_SLOT, ref - 1); }
static const struct rp_slot_rec *slot_see(const struct rp_apply *c, uint32_t ref) {
    return rp_read(c->st, RP_T_SLOT, ref - 1);
}

static uint32_t slot_new(struct rp_apply *c) {
    uint32_t ref = c->head->free_slot;
    if (ref) c->head->free_slot = slot_see(c, ref)->next;
    else ref = ++c->head->nslots;
    memset(slot_at(c, ref), 0, sizeof(struct rp_slot_rec));
    return ref;
}

static void slot_free(struct rp_apply *c, uint32_t ref) {
    struct rp_slot_rec *s = slot_at(c, ref);
    memset(s, 0, sizeof *s);
    s->next = c->head->free_slot;
    c->head->free_slot = ref;
}

static void sq_push(struct rp_apply *c, struct rp_queue *q, uint32_t ref, bool front) {
    struct rp_slot_rec *s = slot_at(c, ref);
    s->prev = front ? 0 : q->last;
    s->next = front ? q->first : 0;
    if (s->prev) slot_at(c, s->prev)->next = ref;
    else q->first = ref;
    if (s->next) slot_at(c, s->next)->prev = ref;
    else q->last = ref;
    q->len++;
}

static void sq_remove(struct rp_apply *c, struct rp_queue *q, uint32_t ref) {
    const struct rp_slot_rec s = *slot_see(c, ref);
    if (s.prev) slot_at(c, s.prev)->next = s.next;
    else q->first = s.next;
    if (s.next) slot_at(c, s.next)->prev = s.prev;
    else q->last = s.prev;
    q->len--;
}

void rp_wait_on(struct rp_apply *c, uint32_t g, uint32_t obj, struct rp_slot_rec what, bool front) {
    uint32_t ref = slot_new(c);
    struct rp_slot_rec *s = slot_at(c, ref);
    *s = what;
    s->g = g;
    s->obj = obj;
    struct rp_g_rec *rec = rp_wg(c, g);
    s->next_of_g = rec->slot;
    rec->slot = ref;
    sq_push(c, &rp_wo(c, obj)->waiters, ref, front);
}

void rp_leave_queues(struct rp_apply *c, uint32_t g) {
    struct rp_g_rec *rec = rp_wg(c, g);
    while (rec->slot) {
        uint32_t ref = rec->slot;
        const struct rp_slot_rec *s = slot_see(c, ref);
        uint32_t obj = s->obj;
        rec->slot = s->next_of_g;
        sq_remove(c, &rp_wo(c, obj)->waiters, ref);
        slot_free(c, ref);
    }
}

bool rp_waits_on(struct rp_apply *c, uint32_t g, uint32_t obj) {
    for (uint32_t ref = rp_rg(c, g)->slot; ref; ref = slot_see(c, ref)->next_of_g)
        if (slot_see(c, ref)->obj == obj) return true;
    return false;
}

uint32_t rp_use_obj(struct rp_apply *c, uint64_t id, enum rp_objkind kind) {
    uint32_t ref = id ? rp_map_get(&c->facts->obj_map, id) : 0;
    if (!ref) return 0;
    if (ref > c->head->nobj) c->head->nobj = ref;
    struct rp_obj_rec *o = rp_wo(c, ref);
    if (!o->known) {
        o->known = 1;
        o->kind = (uint8_t)kind;
    }
    o->last_event = c->n;
    return ref;
}

/* want: the goroutine that was served; 0: nobody. Where Ms overlap a select may have been won on another channel by
 * somebody who has not told yet: here it was passed over rightly. */
static uint32_t first_waiter(const struct rp_apply *c, const struct rp_obj_rec *o, bool send, uint32_t want) {
    for (uint32_t ref = o->waiters.first; ref; ref = slot_see(c, ref)->next) {
        const struct rp_slot_rec *s = slot_see(c, ref);
        if (s->send != send) continue;
        if (c->strict || !s->select || s->g == want) return ref;
    }
    return 0;
}

/* The channel of the event, made before and, unless may_be_closed, open. NULL and a broken rule otherwise. */
static struct rp_obj_rec *need_chan(struct rp_apply *c, bool may_be_closed) {
    uint32_t ref = rp_map_get(&c->facts->obj_map, c->ev->a);
    if (!ref || ref > c->head->nobj || rp_wo(c, ref)->kind != RP_OBJ_CHAN) {
        rp_break(c, RP_RULE_Object, "channel %llu was not made", (unsigned long long)c->ev->a);
        return NULL;
    }
    struct rp_obj_rec *o = rp_wo(c, ref);
    if (o->closed && !may_be_closed) {
        rp_break(c, RP_RULE_Closed, "%s on channel %llu", rt_event_name(c->ev->kind), (unsigned long long)c->ev->a);
        return NULL;
    }
    o->last_event = c->n;
    return o;
}

bool rp_do_chan_make(struct rp_apply *c) {
    uint32_t ref = rp_map_get(&c->facts->obj_map, c->ev->a);
    if (!ref || ref <= c->head->nobj)
        return rp_break(c, RP_RULE_Object, "channel %llu is made a second time", (unsigned long long)c->ev->a);
    ref = rp_use_obj(c, c->ev->a, RP_OBJ_CHAN);
    struct rp_obj_rec *o = rp_wo(c, ref);
    o->cap = c->ev->b;
    o->value_kind = (uint8_t)c->ev->c;
    return true;
}

static void buffer_push(struct rp_apply *c, struct rp_obj_rec *o, uint64_t value) {
    uint32_t ref = slot_new(c);
    slot_at(c, ref)->value = value;
    sq_push(c, &o->buffer, ref, false);
}

static uint64_t buffer_pop(struct rp_apply *c, struct rp_obj_rec *o) {
    uint32_t ref = o->buffer.first;
    uint64_t value = slot_see(c, ref)->value;
    sq_remove(c, &o->buffer, ref);
    slot_free(c, ref);
    return value;
}

/* Texts lie at a place of their own for each event, so only plain values can be compared. */
static bool same_value(const struct rp_obj_rec *o, uint64_t x, uint64_t y) {
    return x == y || o->value_kind == RT_VAL_TEXT || o->value_kind == RT_VAL_OTHER || o->value_kind == RT_VAL_NONE;
}

/* Partner `goid` of a direct hand-over: the first in line on the other side. It leaves all its queues at once. */
static bool serve(struct rp_apply *c, const struct rp_obj_rec *o, uint64_t goid, bool sender, uint64_t *value) {
    uint32_t ref = rp_need_g(c, goid);
    if (!ref) return false;
    uint32_t first = first_waiter(c, o, sender, ref);
    if (!first)
        return rp_break(c, RP_RULE_Waiter, "nobody waits to %s, so not G%llu", sender ? "send" : "receive",
                        (unsigned long long)goid);
    if (slot_see(c, first)->g != ref)
        return rp_break(c, RP_RULE_Fifo, "G%llu is served, G%u came first", (unsigned long long)goid,
                        rp_rg(c, slot_see(c, first)->g)->goid);
    *value = slot_see(c, first)->value;
    rp_leave_queues(c, ref);
    rp_wg(c, ref)->served = 1;
    return true;
}

bool rp_do_chan_send(struct rp_apply *c) {
    struct rp_obj_rec *o = need_chan(c, false);
    if (!o) return false;
    uint64_t unused;
    if (c->ev->b) {
        if (o->buffer.len) return rp_break(c, RP_RULE_Buffer, "a direct send past %u buffered values", o->buffer.len);
        return serve(c, o, c->ev->b, false, &unused);
    }
    if (first_waiter(c, o, false, 0)) return rp_break(c, RP_RULE_Buffer, "a send into the buffer past a receiver");
    if (o->buffer.len >= o->cap)
        return rp_break(c, RP_RULE_Buffer, "a send into a full buffer of %llu", (unsigned long long)o->cap);
    buffer_push(c, o, c->ev->c);
    return true;
}

bool rp_do_chan_recv(struct rp_apply *c) {
    struct rp_obj_rec *o = need_chan(c, true);
    if (!o) return false;
    uint64_t value = 0;
    if (c->ev->b) {
        if (o->buffer.len != o->cap) return rp_break(c, RP_RULE_Buffer, "a sender waits and the buffer has room");
        if (!serve(c, o, c->ev->b, true, &value)) return false;
        if (o->cap) {
            buffer_push(c, o, value);
            value = buffer_pop(c, o);
        }
    } else {
        if (!o->buffer.len) return rp_break(c, RP_RULE_Buffer, "a receive from an empty buffer");
        value = buffer_pop(c, o);
    }
    if (same_value(o, value, c->ev->c)) return true;
    return rp_break(c, RP_RULE_Buffer, "%llu is received, %llu was next", (unsigned long long)c->ev->c,
                    (unsigned long long)value);
}

bool rp_do_chan_recv_closed(struct rp_apply *c) {
    struct rp_obj_rec *o = need_chan(c, true);
    if (!o) return false;
    if (o->closed && o->buffer.len == 0) return true;
    return rp_break(c, RP_RULE_Buffer, "the channel is %s and holds %u", o->closed ? "closed" : "open", o->buffer.len);
}

bool rp_do_chan_close(struct rp_apply *c) {
    struct rp_obj_rec *o = need_chan(c, false);
    if (!o) return false;
    if (c->ev->b != o->waiters.len)
        return rp_break(c, RP_RULE_Waiter, "%llu are woken by close, %u wait", (unsigned long long)c->ev->b,
                        o->waiters.len);
    o->closed = 1;
    while (o->waiters.first) {
        uint32_t g = slot_see(c, o->waiters.first)->g;
        rp_leave_queues(c, g);
        rp_wg(c, g)->served = 1;
    }
    return true;
}

bool rp_may_block(struct rp_apply *c, uint32_t obj, bool send) {
    const struct rp_obj_rec *o = rp_wo(c, obj);
    if (o->kind != RP_OBJ_CHAN) return rp_break(c, RP_RULE_Object, "a channel operation on something else");
    if (o->closed) return rp_break(c, RP_RULE_Blocks, "the channel is closed");
    if (send && o->buffer.len < o->cap) return rp_break(c, RP_RULE_Blocks, "the buffer has room");
    if (!send && o->buffer.len) return rp_break(c, RP_RULE_Blocks, "the buffer holds %u", o->buffer.len);
    return true;
}

bool rp_do_select_case(struct rp_apply *c) {
    struct rp_obj_rec *o = need_chan(c, false);
    if (!o) return false;
    const struct rp_m_rec *m = rp_rm(c, c->ev->m);
    if (!m->g) return rp_break(c, RP_RULE_HeaderG, "M%d runs no goroutine", c->ev->m);
    uint32_t ref = rp_map_get(&c->facts->obj_map, c->ev->a);
    bool send = c->ev->b != 0;
    if (!rp_may_block(c, ref, send)) return false;
    struct rp_slot_rec slot = {.send = send, .select = 1, .value = c->ev->c};
    rp_wait_on(c, m->g, ref, slot, false);
    return true;
}

bool rp_do_select_win(struct rp_apply *c) {
    const struct rp_m_rec *m = rp_rm(c, c->ev->m);
    if (!m->g || rp_rg(c, m->g)->slot) return rp_break(c, RP_RULE_Waiter, "a select goes on and still waits elsewhere");
    return true;
}

bool rp_do_lock_acquire(struct rp_apply *c) {
    bool read = c->ev->b != 0;
    uint32_t ref = rp_use_obj(c, c->ev->a, read ? RP_OBJ_RWMUTEX : RP_OBJ_MUTEX);
    uint32_t g = rp_need_g(c, c->ev->g);
    if (!ref || !g) return ref ? false : rp_break(c, RP_RULE_Object, "a lock without a number");
    struct rp_obj_rec *o = rp_wo(c, ref);
    if (c->strict && o->owner)
        return rp_break(c, RP_RULE_Lock, "object %llu is G%u's", (unsigned long long)c->ev->a,
                        rp_rg(c, o->owner)->goid);
    if (c->strict && !read && o->readers)
        return rp_break(c, RP_RULE_Lock, "object %llu has %u readers", (unsigned long long)c->ev->a, o->readers);
    if (read) o->readers++;
    else o->owner = g;
    return true;
}

bool rp_do_lock_release(struct rp_apply *c) {
    bool read = c->ev->b != 0;
    uint32_t ref = rp_use_obj(c, c->ev->a, read ? RP_OBJ_RWMUTEX : RP_OBJ_MUTEX);
    if (!ref) return rp_break(c, RP_RULE_Object, "a lock without a number");
    struct rp_obj_rec *o = rp_wo(c, ref);
    if (c->strict && (read ? o->readers == 0 : o->owner == 0))
        return rp_break(c, RP_RULE_Lock, "object %llu is not held", (unsigned long long)c->ev->a);
    if (!read) o->owner = 0;
    else if (o->readers) o->readers--;
    return true;
}

bool rp_do_lock_starving(struct rp_apply *c) {
    uint32_t ref = rp_use_obj(c, c->ev->a, RP_OBJ_MUTEX);
    if (ref) rp_wo(c, ref)->starving = c->ev->b != 0;
    return true;
}

bool rp_do_wg_add(struct rp_apply *c) {
    uint32_t ref = rp_use_obj(c, c->ev->a, RP_OBJ_WAITGROUP);
    if (!ref) return rp_break(c, RP_RULE_Object, "a WaitGroup without a number");
    struct rp_obj_rec *o = rp_wo(c, ref);
    int64_t sum = (int64_t)((uint64_t)o->counter + c->ev->b);
    if (c->strict && sum != (int64_t)c->ev->c)
        return rp_break(c, RP_RULE_Counter, "%lld and %lld make %lld", (long long)o->counter, (long long)c->ev->b,
                        (long long)c->ev->c);
    o->counter = (int64_t)c->ev->c;
    return true;
}

bool rp_do_cond_signal(struct rp_apply *c) {
    rp_use_obj(c, c->ev->a, RP_OBJ_COND);
    return true;
}

bool rp_do_once(struct rp_apply *c) {
    uint32_t ref = rp_use_obj(c, c->ev->a, RP_OBJ_ONCE);
    if (ref) rp_wo(c, ref)->counter = (int64_t)c->ev->b;
    return true;
}

bool rp_do_obj_name(struct rp_apply *c) {
    static const struct {
        const char *type;
        enum rp_objkind kind;
    } types[] = {{"sync.Mutex", RP_OBJ_MUTEX},
                 {"sync.RWMutex", RP_OBJ_RWMUTEX},
                 {"sync.WaitGroup", RP_OBJ_WAITGROUP},
                 {"sync.Cond", RP_OBJ_COND},
                 {"sync.Once", RP_OBJ_ONCE}};
    const char *type = rt_log_string(c->facts->log, c->ev->c);
    enum rp_objkind kind = RP_OBJ_SEMA;
    while (*type == '*')
        type++;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i].type) == 0) kind = types[i].kind;
    uint32_t ref = rp_use_obj(c, c->ev->a, kind);
    if (!ref) return true;
    struct rp_obj_rec *o = rp_wo(c, ref);
    if (o->kind != RP_OBJ_CHAN && kind != RP_OBJ_SEMA) o->kind = (uint8_t)kind;
    o->name = (uint32_t)c->ev->b;
    o->type = (uint32_t)c->ev->c;
    return true;
}
