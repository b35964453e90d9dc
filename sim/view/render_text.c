/* render_text.c - the screen as text, in reading order: for Ctrl+C, for gosee shot -o x.txt, for screen readers. */
#include <stdio.h>
#include <string.h>

#include "parts.h"

static void add_label(struct ui_stage *s, struct str *o, uint32_t goid) {
    struct str label = {0};
    rp_label(s->st, goid, &label);
    str_adds(o, str_cstr(&label));
    str_free(&label);
}

/* Numbers in plain text keep an ordinary space between groups. */
static void add_plain(struct str *o, const char *text) {
    for (const char *p = text; *p; p++) {
        if (strncmp(p, "\xe2\x80\x89", 3) == 0) {
            str_addc(o, ' ');
            p += 2;
        } else {
            str_addc(o, *p);
        }
    }
}

static void add_ring(struct ui_stage *s, struct str *o, struct rp_ring q) {
    if (q.len == 0) str_adds(o, "empty");
    for (size_t i = 0; i < q.len; i++) {
        if (i == 32) {
            str_addf(o, ", and %zu more", q.len - i);
            return;
        }
        if (i) str_adds(o, ", ");
        add_label(s, o, q.goids[i]);
    }
}

static void add_narration(struct ui_stage *s, struct str *o) {
    char a[64], b[64];
    str_addf(o, "Event ");
    add_plain(o, ui_count_text(a, sizeof a, s->n));
    str_adds(o, " of ");
    add_plain(o, ui_count_text(b, sizeof b, s->total));
    str_adds(o, ", time ");
    add_plain(o, ui_clock_text(a, sizeof a, s->time));
    str_addc(o, '\n');
    if (!s->has_event) {
        str_adds(o, "The program has not begun.\n");
        return;
    }
    if (s->says.tag.len) str_addf(o, "[%s] ", str_cstr(&s->says.tag));
    str_addf(o, "%s\n", str_cstr(&s->says.sentence));
    if (s->says.why.len) str_addf(o, "Why: %s\n", str_cstr(&s->says.why));
    for (unsigned i = 0; i < s->says.ntrail; i++)
        str_addf(o, "%s%s %s%s", i ? ", " : "Looked in: ", str_cstr(&s->says.trail[i]),
                 s->says.trail_ok[i] ? "(found)" : "(nothing)", i + 1 == s->says.ntrail ? "\n" : "");
    const struct ui_lesson_step *step = ui_lesson_at(&s->lesson, s->n);
    if (step && step->step->say) str_addf(o, "Lesson: %s\n", step->step->say);
    if (!step || !step->step->ask) return;
    str_addf(o, "Predict: %s\n", step->step->ask->question);
    for (size_t i = 0; i < step->step->ask->nchoices; i++)
        str_addf(o, "  %zu %s\n", i + 1, step->step->ask->choices[i]);
}

static void add_machine(struct ui_stage *s, struct str *o) {
    struct rp_census c = rp_census(s->st);
    str_addf(o, "\n%llu running, %llu ready, %llu waiting, %llu in a system call\n\n", (unsigned long long)c.running,
             (unsigned long long)c.runnable, (unsigned long long)c.waiting, (unsigned long long)c.syscall);
    for (unsigned i = 0; i < rp_np(s->st); i++) {
        const struct rp_p *p = rp_p(s->st, i);
        str_addf(o, "P%u (tick %llu): ", i, (unsigned long long)p->tick);
        if (p->m >= 0) {
            const struct rp_m *m = rp_m(s->st, (unsigned)p->m);
            str_addf(o, "thread M%d%s", p->m, m->spinning ? ", spinning" : "");
            if (m->core >= 0) str_addf(o, " on core %d", m->core);
        } else {
            str_adds(o, p->state == RP_P_IDLE ? "idle" : "claimed");
        }
        const struct rp_g *g = p->g ? rp_g(s->st, p->g) : NULL;
        if (g) {
            str_adds(o, g->state == RP_G_SYSCALL ? "; in a system call " : "; running ");
            add_label(s, o, g->goid);
            if (g->pos) str_addf(o, " at line %u", RT_POS_LINE(ui_g_pos(s, g)));
        }
        str_adds(o, "; runnext ");
        if (p->runnext) add_label(s, o, p->runnext);
        else str_adds(o, "empty");
        str_adds(o, "; local queue ");
        add_ring(s, o, p->ring);
        str_addc(o, '\n');
    }
    uint32_t hands[16];
    size_t n = ui_hands(s, hands, 16);
    for (size_t i = 0; i < n; i++) {
        str_adds(o, "On its way: ");
        add_label(s, o, hands[i]);
        str_addf(o, ", in the hands of M%d\n", rp_g(s->st, hands[i])->m);
    }
    str_adds(o, rt_log_get_info(s->log)->foreign ? "Ready, in queues that the trace does not name: " : "Global queue: ");
    add_ring(s, o, rp_global(s->st));
    str_addc(o, '\n');
}

static void add_room(struct ui_stage *s, struct str *o, const struct rp_obj *r) {
    str_addf(o, "%s %s:", r->name[0] ? r->name : "unnamed", r->type);
    if (r->kind == RP_OBJ_CHAN) {
        str_addf(o, r->cap ? " %zu of %llu in the buffer" : " unbuffered", r->nbuffer, (unsigned long long)r->cap);
        for (size_t i = 0; i < r->nbuffer && i < 16; i++) {
            str_adds(o, i ? ", " : " (oldest first: ");
            rp_value(s->log, (enum rt_value_kind)r->value_kind, r->buffer[i], o);
            if (i + 1 == r->nbuffer || i == 15) str_addc(o, ')');
        }
        if (r->closed) str_adds(o, ", closed");
    } else if (r->kind == RP_OBJ_WAITGROUP) {
        str_addf(o, " counter %lld", (long long)r->counter);
    } else if (r->owner) {
        str_addf(o, " held by G%u", r->owner);
    } else if (r->readers) {
        str_addf(o, " %u readers", r->readers);
    } else if (r->kind == RP_OBJ_MUTEX || r->kind == RP_OBJ_RWMUTEX) {
        str_adds(o, " unlocked");
    }
    for (size_t i = 0; i < r->nwaiters && i < 32; i++) {
        str_adds(o, i ? ", " : "; waiting: ");
        add_label(s, o, r->waiters[i].g);
        if (r->kind == RP_OBJ_CHAN) str_adds(o, r->waiters[i].send ? " to send" : " to receive");
    }
    str_addc(o, '\n');
}

static void add_rooms(struct ui_stage *s, struct str *o) {
    uint32_t asleep[32];
    char d[32];
    str_addc(o, '\n');
    for (size_t i = 0; i < rp_nobj(s->st); i++)
        add_room(s, o, rp_obj_at(s->st, i));
    size_t n = rp_sleepers(s->st, asleep, 32);
    for (size_t i = 0; i < n && i < 32; i++) {
        const struct rp_g *g = rp_g(s->st, asleep[i]);
        str_adds(o, i ? ", " : "Sleeping: ");
        add_label(s, o, asleep[i]);
        if (g) str_addf(o, " (%s left)", ui_duration_text(d, sizeof d, g->until - s->time));
    }
    if (n > 32) str_addf(o, ", and %zu more", n - 32);
    if (n) str_addc(o, '\n');
}

static void add_trouble(struct ui_stage *s, struct str *o) {
    uint32_t ring[8];
    int status;
    enum rt_end how;
    if (!rp_ended(s->st, &status, &how) || how != RT_END_FATAL) return;
    size_t n = ui_wait_ring(s, ring, 8);
    if (n < 2) return;
    str_adds(o, "Deadlock: ");
    for (size_t i = 0; i < n; i++)
        str_addf(o, "G%u waits for what G%u holds%s", ring[i], ring[(i + 1) % n], i + 1 < n ? ", " : ".\n");
}

static void add_threads(struct ui_stage *s, struct str *o) {
    static const char *const states[] = {"", "starting", "running", "parked", "ended"};
    str_addc(o, '\n');
    for (unsigned i = 0; i < rp_nm(s->st); i++) {
        const struct rp_m *m = rp_m(s->st, i);
        if (m->p >= 0 || m->state == RP_M_NONE || m->state == RP_M_EXITED) continue;
        str_addf(o, "Thread M%u: ", i);
        const struct rp_g *g = m->g ? rp_g(s->st, m->g) : NULL;
        if (m->sysmon) {
            str_adds(o, "sysmon");
        } else if (g && g->place == RP_AT_SHELF) {
            str_adds(o, "in a system call with ");
            add_label(s, o, g->goid);
        } else {
            str_adds(o, states[m->state < 5 ? m->state : 0]);
        }
        str_addc(o, '\n');
    }
}

void ui_stage_text(struct ui_stage *s, struct str *o) {
    const struct rt_log_info *info = rt_log_get_info(s->log);
    if (s->scenario && s->scenario->title) str_addf(o, "%s\n", s->scenario->title);
    if (info && info->world)
        str_addf(o, "%s world, %s %llu\n", info->world, info->choice, (unsigned long long)info->number);
    add_narration(s, o);
    add_machine(s, o);
    add_trouble(s, o);
    add_rooms(s, o);
    add_threads(s, o);
    size_t n = rp_nlines(s->st);
    str_adds(o, n ? "\nOutput:\n" : "\nNo output yet.\n");
    for (size_t i = 0; i < n; i++) {
        struct rp_line line;
        if (!rp_line(s->st, i, &line)) break;
        str_addf(o, line.fd == 2 ? "  (stderr) %.*s\n" : "  %.*s\n", (int)line.length, line.text);
    }
}
