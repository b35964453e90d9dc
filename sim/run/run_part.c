/* run_part.c - the choice at which two runs part.
 *
 * Two seeds draw different numbers from their first choice on, and most of those make no difference. What does is
 * looked for in two ways. First: a again with one other pick, b's own or one of the range's ends and middle, and a's
 * seed going on behind it, from the last choice backwards: the last at which a was still free to end as b does. If none
 * is found: let r(k) be the run that takes a's first k choices and goes on with b's seed. r(0) is b, r(all) is a;
 * halving finds a k where r(k) ends as b and r(k + 1) does not: a and r(k) differ first in choice k.
 */
#include <stdlib.h>
#include <string.h>

#include "run_int.h"

struct parting {
    const struct run_program *p;
    const struct run_options *a, *b;
    struct diag_list *diags;
    uint64_t *picks; /* a's choices, one of them changed */
    size_t n;
    struct run *trial; /* used again and again; keeps no log */
};

static bool same_outcome(const struct run *x, const struct run *y) {
    struct run_seen a = {0}, b = {0};
    run_see(x, &a);
    run_see(y, &b);
    bool same = a.status == b.status && a.nout == b.nout && (a.nout == 0 || memcmp(a.out, b.out, a.nout) == 0) &&
                strcmp(str_cstr(&a.error), str_cstr(&b.error)) == 0;
    str_free(&a.error);
    str_free(&b.error);
    return same;
}

static struct run_options quiet(const struct run_options *o, bool events) {
    struct run_options q = *o;
    q.world = SCN_STEPPED;
    q.events = events;
    q.pass_output = false;
    if (!q.stdin_text) q.stdin_text = "";
    return q;
}

static struct run *executed(const struct parting *s, const struct run_options *o) {
    struct run_options with_log = quiet(o, true);
    struct run *r = run_new(s->p, &with_log, s->diags);
    if (r) run_to_end(r);
    return r;
}

/* Executes o with the first n picks for decisions; NULL: no memory. */
static const struct run *tried(struct parting *s, const struct run_options *o, size_t n) {
    struct run_options q = quiet(o, false);
    q.decisions = s->picks;
    q.ndecisions = n;
    if (!s->trial) {
        s->trial = run_new(s->p, &q, s->diags);
    } else {
        run_finish(s->trial);
        if (!run_begin(s->trial, &q, s->diags)) return NULL;
    }
    if (s->trial) run_to_end(s->trial);
    return s->trial;
}

static bool refused(const struct run *r) {
    struct run_result res;
    run_get_result(r, &res);
    return res.refusal != NULL;
}

/* ---- one choice ---------------------------------------------------------------------------------------------------
 */

enum { PICKS = 4 };

/* What else could have been picked; a pick that is a's own is none. */
static void others(const struct parting *s, const struct run *b, size_t k, const struct run_choice *c,
                   uint64_t out[PICKS]) {
    struct run_choice of_b;
    bool asked = run_choices(b, k, &of_b, 1) > k && of_b.what == c->what && of_b.n == c->n;
    out[0] = asked ? of_b.picked : s->picks[k];
    out[1] = 0;
    out[2] = c->n - 1;
    out[3] = c->n / 2;
}

/* Does a with this pick in choice k end as b? */
static bool flips(struct parting *s, const struct run *b, size_t k, uint64_t pick) {
    uint64_t own = s->picks[k];
    s->picks[k] = pick;
    const struct run *r = pick == own ? NULL : tried(s, s->a, k + 1);
    s->picks[k] = own;
    return r && !refused(r) && same_outcome(b, r);
}

/* The last choice that is enough by itself. The mode and the probe's own dice are no choices of the machine. */
static bool one_choice(struct parting *s, const struct run *b, int64_t host_ns, struct run_parting *out) {
    int64_t until = run_host_now() + host_ns;
    for (size_t k = s->n; k-- > 1 && run_host_now() < until;) {
        struct run_choice c;
        uint64_t pick[PICKS];
        if (run_choices(out->run[0], k, &c, 1) <= k || strcmp(c.what, "probe") == 0) continue;
        others(s, b, k, &c, pick);
        for (int i = 0; i < PICKS; i++) {
            if (!flips(s, b, k, pick[i])) continue;
            out->choice = k;
            out->decisions[k] = pick[i];
            out->ndecisions = k + 1;
            return true;
        }
    }
    return false;
}

/* ---- halving --------------------------------------------------------------------------------------------------------
 */

static bool halve(struct parting *s, const struct run *b, struct run_parting *out) {
    size_t lo = 0, hi = s->n; /* r(lo) is as b, r(hi) is not */
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        const struct run *r = tried(s, s->b, mid);
        if (!r) return false;
        *(same_outcome(b, r) ? &lo : &hi) = mid;
    }
    out->choice = lo;
    out->ndecisions = lo;
    return true;
}

static bool find(struct parting *s, const struct run *b, int64_t host_ns, struct run_parting *out) {
    if (same_outcome(out->run[0], b)) {
        diag_add(s->diags, NULL, 0, 0, "both runs have the same outcome: there is nothing that parts them");
        return false;
    }
    out->single = one_choice(s, b, host_ns, out);
    if (!out->single && !halve(s, b, out)) return false;
    struct run_options o = out->single ? *s->a : *s->b;
    o.decisions = out->decisions;
    o.ndecisions = out->ndecisions;
    out->run[1] = executed(s, &o);
    return out->run[1] != NULL;
}

bool run_part(const struct run_program *p, const struct run_options *a, const struct run_options *b, int64_t host_ns,
              struct run_parting *out, struct diag_list *diags) {
    struct parting s = {.p = p, .a = a, .b = b, .diags = diags};
    *out = (struct run_parting){.run = {executed(&s, a), NULL}};
    struct run *of_b = out->run[0] ? executed(&s, b) : NULL;
    bool ok = of_b != NULL;
    if (ok) {
        s.n = run_decisions(out->run[0], NULL, 0);
        s.picks = calloc(s.n + 1, sizeof *s.picks);
        out->decisions = calloc(s.n + 1, sizeof *out->decisions);
        ok = s.picks && out->decisions;
        if (!ok) diags->failed = true;
    }
    if (ok) {
        run_decisions(out->run[0], s.picks, s.n);
        memcpy(out->decisions, s.picks, s.n * sizeof *s.picks);
        ok = find(&s, of_b, host_ns, out);
    }
    run_free(s.trial);
    run_free(of_b);
    free(s.picks);
    if (!ok) run_parting_free(out);
    return ok;
}

void run_parting_free(struct run_parting *p) {
    run_free(p->run[0]);
    run_free(p->run[1]);
    free(p->decisions);
    *p = (struct run_parting){0};
}
