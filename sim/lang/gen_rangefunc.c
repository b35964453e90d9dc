/* range over a function. The loop's body is a function of its own, a closure that the iterator calls as yield. Leaving
 * the loop otherwise than by its end is yield returning false, with a code that says what is to happen once the
 * iterator has returned:
 *
 *   0  nothing: the loop is over          1  return, values in variables made for it        2  return as results stand
 *   3 and more  a break, continue or goto beyond this loop; numbered in the function that the loop is in
 *
 * The code and the values belong to the real function around all the bodies, in boxes that every body captures. Besides,
 * each loop has a state, so that an iterator that calls yield when it must not is told (Go's range-over-func rewrite). */
#include <string.h>

#include "gen.h"

enum { GOES_ON, RETURNS_VALUES, RETURNS, FIRST_EXIT };
enum { STATE_DONE, STATE_READY, STATE_PANIC, STATE_EXHAUSTED, STATE_MISSING_PANIC }; /* internal/abi's, for RANGE_CHECK */

static struct lang_func *real_function(struct lang_func *f) {
    while (f->kind == LANG_FUNC_RANGE && f->outer) f = f->outer;
    return f;
}

static struct lang_object *new_variable(struct gen *g, struct lang_type *t, struct lang_func *in) {
    struct lang_object *o = ARENA_NEW(&g->tmp, struct lang_object);
    if (!o) {
        gen_no_memory(g);
        return NULL;
    }
    o->kind = LANG_OBJ_VAR;
    o->name = "";
    o->type = t;
    o->u.var.kind = LANG_VAR_LOCAL;
    o->u.var.in = in;
    o->u.var.captured = o->u.var.reassigned = true;
    return o;
}

bool gen_range_defers(const struct lang_func *f) {
    bool defers = f->has_defer;
    for (size_t i = 0; i < f->nlits && !defers; i++) {
        defers = f->lits[i]->kind == LANG_FUNC_RANGE && gen_range_defers(f->lits[i]);
    }
    return defers;
}

/* Makes the real function's code and value variables, if it has such loops; and last, if their bodies defer, the place
 * of its frame. */
void gen_range_state(struct fgen *fg, struct lang_func *f) {
    bool any = false;
    for (size_t i = 0; i < f->nlits; i++) any = any || f->lits[i]->kind == LANG_FUNC_RANGE;
    if (!any || f->kind == LANG_FUNC_RANGE) return;
    struct gfn *fn = fg->fn;
    size_t n = f->results.len + 1 + gen_range_defers(f);
    fn->range_vars.len = 0;
    fn->range_vars.data = ARENA_ARRAY(&fg->g->tmp, struct lang_object *, n);
    if (!fn->range_vars.data) {
        gen_no_memory(fg->g);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        bool value = i > 0 && i <= f->results.len;
        struct lang_type *t = value ? f->results.data[i - 1]->type : fg->g->checked->basic[LANG_INT];
        struct lang_object *o = new_variable(fg->g, t, f);
        if (!o) return;
        if (i > f->results.len) o->u.var.reassigned = false; /* the frame's place: a copy will do */
        fn->range_vars.data[i] = o;
        fn->range_vars.len = i + 1;
        gen_init_var(fg, o, NULL);
        if (i > f->results.len) gen_emit(fg, OP_FRAME, gen_var(fg, o)->reg, 0, 0);
    }
}

static const struct gfn *state_of(struct fgen *fg) {
    struct lang_func *real = real_function(fg->f);
    return real->cg ? real->cg : fg->fn;
}

void gen_range_defer(struct fgen *fg) {
    if (!fg->f || fg->f->kind != LANG_FUNC_RANGE) return;
    const struct lang_func *real = real_function(fg->f);
    const struct gfn *fn = state_of(fg);
    if (fn->range_vars.len < real->results.len + 2) return;
    gen_emit(fg, OP_DEFER_TO, gen_var(fg, fn->range_vars.data[real->results.len + 1])->reg, 0, 0);
}

static struct gplace code_place(struct fgen *fg) {
    const struct gfn *fn = state_of(fg);
    if (!fn->range_vars.len) return (struct gplace){.kind = GPL_BLANK, .type = gen_basic(fg->g, LANG_INT)};
    return gen_var_place(fg, fn->range_vars.data[0]);
}

static void set_int(struct fgen *fg, struct gplace p, int64_t v) {
    uint32_t mark = fg->top, r = gen_alloc_slots(fg, 1);
    gen_int(fg, r, v);
    gen_place_store(fg, &p, r);
    fg->top = mark;
}

static void set_code(struct fgen *fg, int64_t code) { set_int(fg, code_place(fg), code); }

static void set_state(struct fgen *fg, struct lang_object *state, int64_t v) {
    if (state) set_int(fg, gen_var_place(fg, state), v);
}

static void yield(struct fgen *fg, bool more) {
    set_state(fg, fg->fn->range_state, more ? STATE_READY : STATE_DONE);
    gen_int(fg, fg->result_base, more);
    gen_emit(fg, OP_RET, 0, 0, 0);
}

/* ---- inside a body ------------------------------------------------------------------------------------------------- */

void gen_range_return(struct fgen *fg, struct lang_stmt *s) {
    const struct gfn *fn = state_of(fg);
    struct lang_expr_list list = s->u.ret.results;
    size_t n = fn->range_vars.len ? real_function(fg->f)->results.len : 0;
    uint32_t mark = fg->top;
    uint32_t at = list.len == 1 && n > 1 ? gen_expr(fg, list.data[0], ANY) : LANG_NONE;
    for (size_t i = 0; i < n && list.len; i++) {
        struct gplace p = gen_var_place(fg, fn->range_vars.data[i + 1]);
        if (at == LANG_NONE) {
            uint32_t inner = fg->top;
            gen_place_store(fg, &p, gen_expr(fg, list.data[i], ANY));
            fg->top = inner;
            continue;
        }
        struct gtype *t = gen_type(fg->g, list.data[0]->type->u.tuple.types.data[i]);
        gen_place_store(fg, &p, gen_to_type(fg, at, t, p.type, ANY));
        at += t->slots;
    }
    fg->top = mark;
    fg->pos = s->pos;
    set_code(fg, list.len ? RETURNS_VALUES : RETURNS);
    yield(fg, false);
}

static size_t exit_number(struct fgen *fg, struct lang_stmt *s) {
    struct gfn *fn = fg->fn;
    for (size_t i = 0; i < fn->nexits; i++) {
        if (fn->exits[i]->u.branch.target == s->u.branch.target && fn->exits[i]->u.branch.tok == s->u.branch.tok) {
            return i;
        }
    }
    if (fn->nexits == GEN_RANGE_EXITS) {
        gen_refuse(fg->g, s->pos, "this many ways out of a loop over a function");
        return 0;
    }
    fn->exits[fn->nexits] = s;
    return fn->nexits++;
}

/* The code for leaving to where s goes: the same number whoever names it, since it is the position in the source. */
static int64_t code_of(const struct lang_stmt *s) {
    const struct lang_stmt *t = s->u.branch.target;
    int64_t where = (int64_t)(t->pos & (((uint64_t)1 << 48) - 1));
    return FIRST_EXIT + where * 4 + (s->u.branch.tok == LANG_TOK_BREAK ? 0 : s->u.branch.tok == LANG_TOK_CONTINUE ? 1 : 2);
}

bool gen_range_branch(struct fgen *fg, struct lang_stmt *s) {
    if (!fg->f || fg->f->kind != LANG_FUNC_RANGE) return false;
    if (s->u.branch.target == fg->fn->range_stmt && s->u.branch.tok != LANG_TOK_GOTO) {
        if (s->u.branch.tok == LANG_TOK_BREAK) set_code(fg, GOES_ON);
        yield(fg, s->u.branch.tok == LANG_TOK_CONTINUE);
        return true;
    }
    exit_number(fg, s);
    set_code(fg, code_of(s));
    yield(fg, false);
    return true;
}

static void bind_variable(struct fgen *fg, struct lang_stmt *s, struct lang_expr *e, uint32_t reg, struct gtype *t) {
    if (!e || (e->kind == LANG_E_IDENT && (!e->u.ident.obj || strcmp(e->u.ident.name, "_") == 0))) return;
    fg->pos = s->pos;
    if (s->u.range.define) {
        gen_init_var_reg(fg, e->u.ident.obj, reg, t);
        return;
    }
    uint32_t mark = fg->top;
    struct gplace p = gen_place(fg, e, false);
    if (p.type) gen_place_store(fg, &p, gen_to_type(fg, reg, t, p.type, ANY));
    fg->top = mark;
}

/* The body as a function: parameters are the iteration's values, the result is whether to go on. */
void gen_range_body(struct fgen *fg, struct lang_func *f) {
    struct lang_stmt *s = fg->fn->range_stmt;
    struct lang_type *iter = lang_under(s->u.range.x->type);
    struct lang_object_list params = lang_under(iter->u.sig.params.data[0]->type)->u.sig.params;
    fg->param_slots = gen_sig_slots(fg->g, params);
    fg->result_slots = 1;
    fg->result_base = LANG_LINK + fg->param_slots;
    gen_alloc_slots(fg, LANG_LINK + fg->param_slots + 1);
    gen_mark_results(fg, LANG_LINK, params);
    gen_safepoint(fg);
    fg->pos = s->pos;
    gen_captures(fg, f->captures, true);
    if (fg->fn->range_state) {
        uint32_t mark = fg->top;
        struct gplace p = gen_var_place(fg, fg->fn->range_state);
        gen_emit(fg, OP_RANGE_CHECK, gen_place_load(fg, &p, ANY), 0, 0);
        fg->top = mark;
        set_state(fg, fg->fn->range_state, STATE_PANIC);
    }
    uint32_t at = LANG_LINK;
    for (size_t i = 0; i < params.len; i++) {
        struct gtype *t = gen_type(fg->g, params.data[i]->type);
        bind_variable(fg, s, i ? s->u.range.value : s->u.range.key, at, t);
        at += t->slots;
    }
    gen_stmt(fg, s->u.range.body);
    fg->pos = s->pos;
    yield(fg, true);
}

/* ---- around it ------------------------------------------------------------------------------------------------------ */

static void leave_with_values(struct fgen *fg) {
    const struct gfn *fn = state_of(fg);
    for (size_t i = 0; i < fg->nresults && i + 1 < fn->range_vars.len; i++) {
        uint32_t mark = fg->top;
        struct gplace from = gen_var_place(fg, fn->range_vars.data[i + 1]);
        const struct gvar *r = &fg->results[i];
        struct gplace to = {.kind = r->boxed ? GPL_MEM : GPL_REG, .type = r->type, .reg = r->reg, .pos = fg->pos};
        gen_place_store(fg, &to, gen_place_load(fg, &from, ANY));
        fg->top = mark;
    }
    gen_leave(fg);
}

/* The iterator has returned: what the body asked for. */
static void dispatch(struct fgen *fg, const struct gfn *body, lang_pos pos) {
    struct glabel *done = gen_label(fg);
    uint32_t mark = fg->top;
    struct gplace p = code_place(fg);
    fg->pos = p.pos = pos;
    uint32_t code = gen_place_load(fg, &p, ANY);
    gen_branch(fg, OP_J_EQ_I64I, code, GOES_ON, done);
    if (fg->f->kind == LANG_FUNC_RANGE) {
        /* Ways out that end in this body are taken here; the others pass through it. */
        for (size_t i = 0; i < body->nexits; i++) gen_range_exit(fg, body->exits[i], code, code_of(body->exits[i]));
        yield(fg, false);
    } else {
        for (size_t i = 0; i < body->nexits; i++) gen_range_exit(fg, body->exits[i], code, code_of(body->exits[i]));
        struct glabel *bare = gen_label(fg);
        gen_branch(fg, OP_J_EQ_I64I, code, RETURNS, bare);
        leave_with_values(fg);
        gen_bind(fg, bare, false);
        gen_leave(fg);
    }
    gen_bind(fg, done, false);
    fg->top = mark;
}

/* If R[code] is number, this function goes where s goes; a body that cannot reach it passes it on instead. */
void gen_range_exit(struct fgen *fg, struct lang_stmt *s, uint32_t code, int64_t number) {
    uint32_t mark = fg->top, r = gen_alloc_slots(fg, 1);
    struct glabel *other = gen_label(fg);
    gen_int(fg, r, number);
    gen_branch(fg, OP_J_NE_I64, code, r, other);
    fg->top = mark;
    bool own = fg->f->kind != LANG_FUNC_RANGE || gen_branch_reaches(fg, s);
    if (own || s->u.branch.target == fg->fn->range_stmt) set_code(fg, GOES_ON);
    gen_stmt(fg, s);
    gen_bind(fg, other, false);
}

/* Every body holds the code and the values, for itself and for those within, and the state of its own loop. */
static bool hold_state(struct fgen *fg, struct gfn *body, const struct gfn *real) {
    if (body->range_state) return true;
    struct lang_func *f = body->func;
    size_t n = f->captures.len, more = real->range_vars.len;
    struct lang_object **all = ARENA_ARRAY(&fg->g->tmp, struct lang_object *, n + more + 1);
    struct lang_object *state = new_variable(fg->g, fg->g->checked->basic[LANG_INT], fg->f);
    if (!all || !state) {
        gen_no_memory(fg->g);
        return false;
    }
    if (n) memcpy(all, f->captures.data, n * sizeof *all);
    memcpy(all + n, real->range_vars.data, more * sizeof *all);
    all[n + more] = body->range_state = state;
    f->captures = (struct lang_object_list){all, n + more + 1};
    return true;
}

/* An iterator that swallowed the body's panic is told so; later calls of yield are too late. */
static void iterator_returned(struct fgen *fg, struct lang_object *state) {
    uint32_t mark = fg->top, r = gen_alloc_slots(fg, 1);
    struct glabel *fine = gen_label(fg);
    struct gplace p = gen_var_place(fg, state);
    gen_place_load(fg, &p, r);
    gen_branch(fg, OP_J_NE_I64I, r, STATE_PANIC, fine);
    gen_int(fg, r, STATE_MISSING_PANIC);
    gen_emit(fg, OP_RANGE_CHECK, r, 0, 0);
    gen_bind(fg, fine, false);
    fg->top = mark;
    set_state(fg, state, STATE_EXHAUSTED);
}

void gen_range_func(struct fgen *fg, struct lang_stmt *s) {
    struct lang_func *f = s->u.range.func;
    uint32_t outer = fg->top, mark;
    if (!f || !fg->f) {
        gen_refuse(fg->g, s->pos, "range over a function here");
        return;
    }
    const struct gfn *state = state_of(fg);
    gen_fn_index(fg->g, f);
    struct gfn *body = f->cg;
    if (!body || !state->range_vars.len) return;
    if (!hold_state(fg, body, state)) return;
    body->range_stmt = s;
    body->done = true;
    gen_init_var(fg, body->range_state, NULL);
    mark = fg->top;
    set_state(fg, body->range_state, STATE_READY);
    gen_function(fg->g, body); /* now: its ways out are needed */
    struct gtype *xt = gen_type(fg->g, s->u.range.x->type);
    uint32_t iter = gen_alloc(fg, xt);
    gen_expr(fg, s->u.range.x, iter);
    fg->pos = s->pos;
    set_code(fg, GOES_ON);
    struct gwindow w = gen_window(fg, 1, 0);
    gen_func_value(fg, f, w.params);
    fg->top = w.end;
    gen_emit(fg, OP_CALL_FN, w.base, iter, 0);
    gen_unmark(fg, w.base, w.end - w.base);
    fg->top = mark;
    iterator_returned(fg, body->range_state);
    dispatch(fg, body, s->pos);
    fg->top = outer;
}
