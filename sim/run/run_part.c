/* run_part.c - the choice at which two runs part.
 *
 * Two seeds draw different numbers from their first choice on, and most of those make no difference. What does: let r(k)
 * be the run that takes a's first k choices and goes on with b's seed. r(0) is b, r(all) is a. Somewhere between, one
 * choice more of a's turns the outcome into a's; halving finds such a place. There r(k) and r(k + 1) agree in all that
 * came before, and a and r(k) are a pair that differs first in choice k.
 */
#include <stdlib.h>
#include <string.h>

#include "run_int.h"

struct parting {
    const struct run_program *p;
    struct run_options b; /* with a's choices for decisions */
    struct diag_list *diags;
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

static struct run *executed(const struct parting *s, const struct run_options *o) {
    struct run_options with_log = *o;
    with_log.world = SCN_STEPPED;
    with_log.events = true;
    with_log.pass_output = false;
    if (!with_log.stdin_text) with_log.stdin_text = "";
    struct run *r = run_new(s->p, &with_log, s->diags);
    if (r) run_to_end(r);
    return r;
}

static struct run *prefixed(struct parting *s, size_t k) {
    struct run_options o = s->b;
    o.ndecisions = k;
    return executed(s, &o);
}

/* The second run, with *choice of a's choices; NULL: diags has why. */
static struct run *search(struct parting *s, const struct run *a, size_t all, size_t *choice) {
    size_t lo = 0, hi = all; /* r(lo) is not as a, r(hi) is */
    struct run *second = prefixed(s, 0);
    if (second && same_outcome(a, second)) {
        diag_add(s->diags, NULL, 0, 0, "both runs have the same outcome: there is nothing that parts them");
        run_free(second);
        return NULL;
    }
    while (second && hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        struct run *r = prefixed(s, mid);
        bool as_a = r && same_outcome(a, r);
        *(as_a ? &hi : &lo) = mid;
        run_free(as_a ? r : second);
        if (!as_a) second = r; /* NULL: no memory */
    }
    *choice = lo;
    return second;
}

bool run_part(const struct run_program *p, const struct run_options *a, const struct run_options *b,
              struct run_parting *out, struct diag_list *diags) {
    struct parting s = {.p = p, .b = *b, .diags = diags};
    struct run *first = executed(&s, a), *b_itself = first ? executed(&s, b) : NULL, *second = NULL;
    size_t n = first ? run_decisions(first, NULL, 0) : 0;
    uint64_t *decisions = calloc(n + 1, sizeof *decisions);
    *out = (struct run_parting){.decisions = decisions};
    if (!decisions) diags->failed = true;
    if (decisions && b_itself) {
        run_decisions(first, decisions, n);
        s.b.decisions = decisions;
        second = search(&s, first, n, &out->choice);
    }
    if (second) out->as_b = same_outcome(second, b_itself);
    run_free(b_itself);
    out->run[0] = first;
    out->run[1] = second;
    if (second) return true;
    run_parting_free(out);
    return false;
}

void run_parting_free(struct run_parting *p) {
    run_free(p->run[0]);
    run_free(p->run[1]);
    free(p->decisions);
    *p = (struct run_parting){0};
}
