/* Constants in loops. One that no instruction takes as an immediate (a float, a large integer) is loaded once, before the
 * outermost loop that uses it, into a register that keeps it as long as the loop lasts. The loop's code is not there yet, so
 * its statements are looked through; a constant that turns out not to be needed costs one load.
 */
#include "gen.h"

static void expr(struct fgen *fg, const struct lang_expr *e);
static void stmt(struct fgen *fg, const struct lang_stmt *s);

bool gen_const_bits(const struct lang_expr *e, const struct gtype *t, int64_t *bits) {
    if (!e->constant) return false;
    switch (t->kind) {
    case LANG_K_FLOAT64: {
        union { double d; int64_t i; } v = {.d = lang_const_double(e->constant)};
        *bits = v.i;
        return true;
    }
    case LANG_K_FLOAT32: {
        union { float f; uint32_t u; } v = {.f = lang_const_float(e->constant)};
        *bits = v.u;
        return true;
    }
    default:
        *bits = gen_is_integer(t) ? (int64_t)lang_const_bits(e->constant) : 0;
        return gen_is_integer(t);
    }
}

uint32_t gen_hoisted(const struct fgen *fg, int64_t bits) {
    for (unsigned i = 0; i < fg->nhoisted; i++)
        if (fg->hoisted[i].bits == bits) return fg->hoisted[i].reg;
    return ANY;
}

static void constant(struct fgen *fg, const struct lang_expr *e) {
    struct gtype *t = e->type && !e->convert ? gen_type(fg->g, e->type) : NULL;
    int64_t bits;
    if (!t || fg->nhoisted == GEN_HOISTED || !gen_const_bits(e, t, &bits)) return;
    if (!gen_is_float(t) && bits >= INT16_MIN && bits <= INT16_MAX) return;
    if (gen_hoisted(fg, bits) != ANY) return;
    uint32_t reg = gen_alloc_slots(fg, 1);
    fg->pos = e->pos;
    gen_int(fg, reg, bits);
    gen_mark(fg, reg, t);
    fg->hoisted[fg->nhoisted++] = (struct ghoisted){.bits = bits, .reg = reg};
}

static void exprs(struct fgen *fg, struct lang_expr_list l) {
    for (size_t i = 0; i < l.len; i++) expr(fg, l.data[i]);
}

/* Operands that are computed where they are needed; arguments of calls go straight to their window. */
static void expr(struct fgen *fg, const struct lang_expr *e) {
    if (!e || e->mode == LANG_MODE_TYPE) return;
    if (e->mode == LANG_MODE_CONSTANT) {
        constant(fg, e);
        return;
    }
    switch (e->kind) {
    case LANG_E_PAREN: expr(fg, e->u.paren.x); return;
    case LANG_E_STAR: expr(fg, e->u.star.x); return;
    case LANG_E_SELECTOR: expr(fg, e->u.sel.x); return;
    case LANG_E_UNARY: expr(fg, e->u.unary.x); return;
    case LANG_E_BINARY:
        expr(fg, e->u.binary.x);
        expr(fg, e->u.binary.y);
        return;
    case LANG_E_INDEX:
        expr(fg, e->u.index.x);
        exprs(fg, e->u.index.indices);
        return;
    case LANG_E_CALL:
        for (size_t i = 0; i < e->u.call.args.len; i++)
            if (e->u.call.kind == LANG_CALL_CONVERSION || e->u.call.args.data[i]->mode != LANG_MODE_CONSTANT)
                expr(fg, e->u.call.args.data[i]);
        return;
    default: return;
    }
}

static void stmts(struct fgen *fg, struct lang_stmt_list l) {
    for (size_t i = 0; i < l.len; i++) stmt(fg, l.data[i]);
}

static void clauses(struct fgen *fg, const struct lang_clause *c, size_t n) {
    for (size_t i = 0; i < n; i++) stmts(fg, c[i].body);
}

/* A plain constant on the right of = goes straight to its variable. */
static void assign(struct fgen *fg, const struct lang_stmt *s) {
    exprs(fg, s->u.assign.lhs);
    for (size_t i = 0; i < s->u.assign.rhs.len; i++)
        if (s->u.assign.op != LANG_OP_NONE || s->u.assign.rhs.data[i]->mode != LANG_MODE_CONSTANT)
            expr(fg, s->u.assign.rhs.data[i]);
}

static void stmt(struct fgen *fg, const struct lang_stmt *s) {
    if (!s || fg->g->failed) return;
    switch (s->kind) {
    case LANG_S_LABELED: stmt(fg, s->u.labeled.stmt); return;
    case LANG_S_BLOCK: stmts(fg, s->u.block.list); return;
    case LANG_S_EXPR: expr(fg, s->u.expr.x); return;
    case LANG_S_ASSIGN: assign(fg, s); return;
    case LANG_S_IF:
        stmt(fg, s->u.if_.init);
        expr(fg, s->u.if_.cond);
        stmt(fg, s->u.if_.then);
        stmt(fg, s->u.if_.els);
        return;
    case LANG_S_SWITCH: clauses(fg, s->u.swtch.clauses, s->u.swtch.nclauses); return;
    case LANG_S_FOR:
        expr(fg, s->u.for_.cond);
        stmt(fg, s->u.for_.post);
        stmt(fg, s->u.for_.body);
        return;
    case LANG_S_RANGE:
        if (s->u.range.range != LANG_RANGE_FUNC) stmt(fg, s->u.range.body);
        return;
    default: return;
    }
}

void gen_loop_begins(struct fgen *fg, const struct lang_stmt *loop) {
    if (fg->loops++ == 0) stmt(fg, loop);
}

void gen_loop_ends(struct fgen *fg) {
    if (--fg->loops == 0) fg->nhoisted = 0;
}
