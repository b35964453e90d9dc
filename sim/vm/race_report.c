/* race_report.c - what the detector says, in Go's words (runtime/race, tsan's report for Go). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "race_int.h"

struct pair { uint32_t a, b; }; /* sites of a reported race */

struct race_reports {
    pthread_mutex_t lock;
    struct pair *pairs;
    size_t npairs, cap;
    uint64_t count;
};

bool race_reports_init(struct race *rc) {
    struct race_reports *r = calloc(1, sizeof *r);
    if (!r)
        return false;
    if (pthread_mutex_init(&r->lock, NULL) != 0) {
        free(r);
        return false;
    }
    rc->reports = r;
    return true;
}

void race_reports_free(struct race *rc) {
    if (!rc->reports)
        return;
    pthread_mutex_destroy(&rc->reports->lock);
    free(rc->reports->pairs);
    free(rc->reports);
}

/* The same two stacks, in either order, are reported once. lock held. */
static bool known_pair(struct race_reports *r, uint32_t a, uint32_t b) {
    for (size_t i = 0; i < r->npairs; i++) {
        const struct pair *p = &r->pairs[i];
        if ((p->a == a && p->b == b) || (p->a == b && p->b == a))
            return true;
    }
    if (r->npairs == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 16;
        struct pair *more = realloc(r->pairs, cap * sizeof *more);
        if (!more)
            return false; /* then it is said again */
        r->pairs = more;
        r->cap = cap;
    }
    r->pairs[r->npairs++] = (struct pair){ a, b };
    return false;
}

/* ---- stacks ------------------------------------------------------------------------------------------------------------ */

/* The function of Go's runtime that an instruction stands for, whose frame Go shows; NULL: none. */
static const char *runtime_frame(const struct lang_program *prog, const struct insn *i) {
    switch (i->op) {
    case OP_MAPGET: return "runtime.mapaccess";
    case OP_MAPSET: return "runtime.mapassign";
    case OP_MAPDEL: return "runtime.mapdelete";
    case OP_MAPCLEAR: return "runtime.mapclear";
    case OP_MAPITER:
    case OP_MAPNEXT: return "runtime.mapIterNext";
    case OP_SEND: return "runtime.chansend";
    case OP_CLOSE: return "runtime.closechan";
    case OP_COPY: return "runtime.slicecopy";
    case OP_APPEND_S: return "runtime.growslice";
    case OP_STR_BYTES: return "runtime.slicebytetostring";
    case OP_STR_RUNES: return "runtime.slicerunetostring";
    case OP_CALL_NATIVE: return prog->natives[insn_u32(*i)].name;
    default: return NULL;
    }
}

static void frame_line(const struct lang_program *prog, const struct race_node *n, struct str *out) {
    const struct lang_fn *fn = &prog->funcs[n->fn];
    const struct lang_line *l = lang_line_at(fn, n->pc);
    uint32_t file = l ? l->file : fn->file;
    str_addf(out, "  %s()\n      %s:%" PRIu32 " +0x%" PRIx32 "\n", fn->name,
             file < prog->nfiles ? prog->files[file].name : "?", l ? l->line : fn->line, n->pc * 8 + 8);
}

static void stack(const struct race *rc, uint32_t site, bool access, struct str *out) {
    const struct lang_program *prog = rc->vm->prog;
    if (!site) {
        str_adds(out, "  [failed to restore the stack]\n");
        return;
    }
    struct race_node n = race_node_at(rc, site);
    const char *top = access && n.pc < prog->funcs[n.fn].ncode ? runtime_frame(prog, &prog->funcs[n.fn].code[n.pc]) : NULL;
    if (top && !(prog->funcs[n.fn].flags & LANG_FN_NATIVE))
        str_addf(out, "  %s()\n      %s +0x1\n", top, top[0] == 'r' ? "runtime" : "native");
    for (uint32_t at = site; at; at = n.parent) {
        n = race_node_at(rc, at);
        if (n.fn != prog->entry && !(prog->funcs[n.fn].flags & LANG_FN_WRAPPER))
            frame_line(prog, &n, out);
    }
}

/* The innermost place in the program's own files. */
static rt_pos position(const struct race *rc, uint32_t site) {
    const struct lang_program *prog = rc->vm->prog;
    for (struct race_node n; site; site = n.parent) {
        n = race_node_at(rc, site);
        const struct lang_line *l = lang_line_at(&prog->funcs[n.fn], n.pc);
        if (l && l->file < prog->nfiles && !prog->files[l->file].library && l->line)
            return RT_POS(l->file, l->line);
    }
    return 0;
}

/* ---- a report ------------------------------------------------------------------------------------------------------------ */

static bool is_main(const struct race_life *l) { return l->goid <= 1; }

static void access(const struct race *rc, const char *what, uint64_t address, const struct race_life *who, uint32_t site,
                   struct str *out) {
    str_addf(out, "%s at 0x%012" PRIx64 " by ", what, address);
    if (is_main(who))
        str_adds(out, "main goroutine:\n");
    else
        str_addf(out, "goroutine %" PRIu64 ":\n", who->goid);
    stack(rc, site, true, out);
}

static void creation(const struct race *rc, const struct race_life *who, struct str *out) {
    if (is_main(who))
        return;
    str_addf(out, "\nGoroutine %" PRIu64 " (%s) created at:\n", who->goid, who->finished ? "finished" : "running");
    if (who->site)
        stack(rc, who->site, false, out);
    else
        str_adds(out, "  time.goFunc()\n      time/sleep.go +0x1\n");
}

void race_report(struct race *rc, struct m *mp, struct vm_g *vg, const struct race_hit *hit) {
    struct race_reports *r = rc->reports;
    struct race_life self = race_life_of(rc, vg->race->epoch), other = race_life_of(rc, hit->other);
    uint64_t address = heap_shown(&rc->vm->heap, (uintptr_t)hit->at);
    struct str out = { 0 };
    pthread_mutex_lock(&r->lock);
    bool known = known_pair(r, hit->site, hit->other_site);
    r->count += !known;
    pthread_mutex_unlock(&r->lock);
    if (known)
        return;
    str_adds(&out, "==================\nWARNING: DATA RACE\n");
    access(rc, hit->writes ? "Write" : "Read", address, &self, hit->site, &out);
    access(rc, hit->other_writes ? "\nPrevious write" : "\nPrevious read", address, &other, hit->other_site, &out);
    creation(rc, &self, &out);
    if (other.goid != self.goid)
        creation(rc, &other, &out);
    str_adds(&out, "==================\n");
    rt_emit(mp, RT_EV_Race, RT_WHY_None, (uintptr_t)hit->at - rc->base, other.goid, position(rc, hit->other_site));
    rt_raw_write(mp, 2, str_cstr(&out), out.len);
    str_free(&out);
}

bool race_verdict(struct race *rc, struct m *mp) {
    char text[64];
    pthread_mutex_lock(&rc->reports->lock);
    uint64_t n = rc->reports->count;
    pthread_mutex_unlock(&rc->reports->lock);
    if (!n)
        return false;
    int len = snprintf(text, sizeof text, "Found %" PRIu64 " data race(s)\n", n);
    rt_raw_write(mp, 2, text, (size_t)len);
    return true;
}
