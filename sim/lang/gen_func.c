/* Functions: prologue, body, epilogue; wrappers; the entry. */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static bool has_name(const struct lang_object *o) { return o->name && o->name[0] && strcmp(o->name, "_") != 0; }

static void bind_captured(struct fgen *fg, struct lang_object *o, uint32_t reg, bool boxed) {
    struct gbind b = {o, {gen_type(fg->g, o->type), reg, boxed}};
    if (!VEC_PUSH(&fg->bound, b)) gen_no_memory(fg->g);
}

/* Captured variables come into registers at once; boxes as their addresses. */
void gen_captures(struct fgen *fg, struct lang_object_list list, bool boxes) {
    if (list.len == 0) return;
    uint32_t slots = 0, at;
    for (size_t i = 0; i < list.len; i++) {
        bool boxed = boxes && gen_boxed(fg->g, list.data[i]);
        slots += boxed ? 1 : gen_type(fg->g, list.data[i]->type)->slots;
    }
    uint64_t *map = arena_array(fg->g->out, slots / 64 + 1, sizeof *map);
    uint32_t base = at = gen_alloc_slots(fg, slots);
    if (!map) {
        gen_no_memory(fg->g);
        return;
    }
    if (slots) gen_emit(fg, OP_CAPTURED, base, 0, slots);
    for (size_t i = 0; i < list.len; i++) {
        struct lang_object *o = list.data[i];
        struct gtype *t = gen_type(fg->g, o->type);
        bool boxed = boxes && gen_boxed(fg->g, o);
        bind_captured(fg, o, at, boxed);
        if (boxed) gen_mark_ptr(fg, at++);
        else {
            gen_mark(fg, at, t);
            at += t->slots;
        }
        if (boxes && has_name(o)) gen_begin_local(fg, o);
    }
    for (uint32_t i = 0; i < slots; i++) map[i / 64] |= (uint64_t)fg->isptr.data[base + i] << i % 64;
    fg->fn->out.capture_slots = slots;
    fg->fn->out.capture_map = map;
    fg->fn->out.flags |= LANG_FN_CLOSURE;
}

/* A parameter lies where the caller put it; one that others may hold moves to a box. */
static void parameter(struct fgen *fg, struct lang_object *o, uint32_t at) {
    struct gvar *v = ARENA_NEW(&fg->g->tmp, struct gvar);
    if (!v) {
        gen_no_memory(fg->g);
        return;
    }
    v->type = gen_type(fg->g, o->type);
    v->boxed = has_name(o) && gen_boxed(fg->g, o);
    v->reg = at;
    o->cg = v;
    if (v->boxed) {
        v->reg = gen_alloc_slots(fg, 1);
        gen_emit(fg, OP_NEW, v->reg, v->type->index, 0);
        gen_mark_ptr(fg, v->reg);
        if (v->type->slots) gen_store(fg, v->type, v->reg, 0, at);
        gen_objnames(fg, v->type, v->reg, 0, o->name);
    }
    if (has_name(o)) gen_begin_local(fg, o);
}

static void results(struct fgen *fg, struct lang_func *f) {
    fg->nresults = f->results.len;
    fg->results = ARENA_ARRAY(&fg->g->tmp, struct gvar, f->results.len + 1);
    if (!fg->results) {
        gen_no_memory(fg->g);
        fg->nresults = 0;
        return;
    }
    uint32_t at = fg->result_base;
    for (size_t i = 0; i < f->results.len; i++) {
        struct lang_object *o = f->results.data[i];
        struct gvar *v = &fg->results[i];
        *v = (struct gvar){gen_type(fg->g, o->type), at, f->named_results && has_name(o) && gen_boxed(fg->g, o)};
        if (f->named_results || fg->epilogue) gen_zero(fg, at, v->type);
        if (v->boxed) {
            v->reg = gen_alloc_slots(fg, 1);
            gen_emit(fg, OP_NEW, v->reg, v->type->index, 0);
            gen_mark_ptr(fg, v->reg);
        }
        o->cg = v;
        at += v->type->slots;
        if (f->named_results && has_name(o)) gen_begin_local(fg, o);
    }
}

static void signature(struct fgen *fg, struct lang_func *f) {
    uint32_t recv = f->recv ? gen_type(fg->g, f->recv->type)->slots : 0;
    fg->param_slots = recv + gen_sig_slots(fg->g, f->params);
    fg->result_slots = gen_sig_slots(fg->g, f->results);
    fg->result_base = LANG_LINK + fg->param_slots;
    fg->top = 0;
    gen_alloc_slots(fg, LANG_LINK + fg->param_slots + fg->result_slots);
    uint32_t at = LANG_LINK;
    if (f->recv) {
        gen_mark(fg, at, gen_type(fg->g, f->recv->type));
        at += recv;
    }
    gen_mark_results(fg, at, f->params);
    gen_safepoint(fg); /* at pc 0 the frame was just entered */
}

static void body(struct fgen *fg, struct lang_func *f) {
    if (f->kind == LANG_FUNC_RANGE) {
        gen_range_body(fg, f);
        return;
    }
    signature(fg, f);
    fg->pos = f->pos;
    if (gen_range_defers(f)) fg->epilogue = gen_label(fg);
    gen_captures(fg, f->captures, true);
    uint32_t at = LANG_LINK;
    if (f->recv) {
        parameter(fg, f->recv, at);
        at += gen_type(fg->g, f->recv->type)->slots;
    }
    for (size_t i = 0; i < f->params.len; i++) {
        struct lang_object *o = f->params.data[i];
        parameter(fg, o, at);
        at += gen_type(fg->g, o->type)->slots;
    }
    results(fg, f);
    gen_range_state(fg, f);
    gen_block(fg, f->body->u.block.list);
    fg->pos = f->end;
    if (!fg->epilogue) {
        if (!gen_unreachable(fg)) gen_leave(fg);
        return;
    }
    gen_bind(fg, fg->epilogue, false);
    fg->fn->out.epilogue_pc = (uint32_t)fg->code.len;
    struct gwindow w = gen_window(fg, 0, 0);
    gen_emit(fg, OP_RUN_DEFERS, w.base, 0, 0);
    gen_load_results(fg);
    gen_emit(fg, OP_RET, 0, 0, 0);
}

/* ---- wrappers ------------------------------------------------------------------------------------------------------- */

static struct lang_type *target_sig(struct gen *g, const struct gfn *fn, struct lang_func **f) {
    *f = fn->sel.iface ? NULL : gen_method_func(g, &fn->sel);
    return *f ? (*f)->sig : lang_under(fn->sel.obj->type);
}

/* The receiver as it comes in, as a place; IFACE: one slot, the value itself or the address of its interface header. */
static struct gplace incoming(struct fgen *fg) {
    struct gfn *fn = fg->fn;
    struct gplace p = {.kind = GPL_REG, .type = fn->recv, .reg = LANG_LINK, .pos = fg->pos, .dirty = true};
    if (fn->kind == GFN_IFACE && fn->recv->slots != 1) {
        p.kind = GPL_MEM;
        p.off = 1;
    }
    return p;
}

/* A value method called through a nil pointer has a message of its own (runtime.panicwrap). */
static void nil_receiver(struct fgen *fg, uint32_t reg, const struct lang_selection *sel) {
    const struct gtype *t = fg->fn->recv->elem;
    if (!t || t->type->kind != LANG_T_NAMED) return;
    const struct lang_object *o = t->type->u.named.obj;
    const char *text = arena_printf(&fg->g->tmp, "value method %s.%s.%s called using nil *%s pointer",
                                    o->pkg ? o->pkg->name : "", o->name, sel->obj->name, o->name);
    if (!text) {
        gen_no_memory(fg->g);
        return;
    }
    gen_emit32(fg, OP_NILRECV, reg, gen_string(fg->g, text, strlen(text)));
}

static void pass_receiver(struct fgen *fg, struct gplace p, const struct lang_selection *sel, uint32_t at) {
    if (fg->fn->kind == GFN_BOUND) { /* captured when it was what the method takes */
        gen_place_load(fg, &p, at);
        return;
    }
    if (sel->recv_deref && sel->nsteps == 0) nil_receiver(fg, p.reg, sel);
    p = gen_field_place(fg, p, sel->steps, sel->nsteps, fg->pos);
    if (sel->recv_addr) gen_place_addr(fg, &p, at);
    else if (!sel->recv_deref) gen_place_load(fg, &p, at);
    else gen_load(fg, p.type->elem, at, gen_place_load(fg, &p, ANY), 0);
}

static void copy_slots(struct fgen *fg, uint32_t to, uint32_t from, struct lang_object_list l) {
    for (size_t i = 0; i < l.len; i++) {
        struct gtype *t = gen_type(fg->g, l.data[i]->type);
        gen_move(fg, to, from, t);
        to += t->slots;
        from += t->slots;
    }
}

static void method_wrapper(struct fgen *fg) {
    struct gen *g = fg->g;
    struct gfn *fn = fg->fn;
    struct lang_func *f;
    struct lang_type *sig = target_sig(g, fn, &f);
    uint32_t in = fn->kind == GFN_BOUND ? 0 : fn->kind == GFN_IFACE ? 1 : fn->recv->slots;
    uint32_t np = gen_sig_slots(g, sig->u.sig.params), nr = gen_sig_slots(g, sig->u.sig.results);
    fn->out.flags |= LANG_FN_WRAPPER;
    fg->param_slots = in + np;
    fg->result_slots = nr;
    fg->result_base = LANG_LINK + in + np;
    fg->top = 0;
    gen_alloc_slots(fg, LANG_LINK + in + np + nr);
    if (fn->kind == GFN_EXPR || (fn->kind == GFN_IFACE && fn->recv->slots == 1)) gen_mark(fg, LANG_LINK, fn->recv);
    else if (fn->kind == GFN_IFACE) gen_mark_ptr(fg, LANG_LINK);
    gen_mark_results(fg, LANG_LINK + in, sig->u.sig.params);
    gen_safepoint(fg);
    struct gplace p = incoming(fg);
    if (fn->kind == GFN_BOUND) {
        uint64_t *map = arena_array(g->out, fn->recv->slots / 64 + 1, sizeof *map);
        p.reg = gen_alloc(fg, fn->recv);
        if (fn->recv->slots) gen_emit(fg, OP_CAPTURED, p.reg, 0, fn->recv->slots);
        gen_mark(fg, p.reg, fn->recv);
        for (uint32_t i = 0; map && i < fn->recv->slots; i++) {
            map[i / 64] |= (uint64_t)gen_type_ptr(fn->recv, i) << i % 64;
        }
        if (!map) gen_no_memory(g);
        fn->out.capture_slots = fn->recv->slots;
        fn->out.capture_map = map;
        fn->out.flags |= LANG_FN_CLOSURE;
    }
    uint32_t out = f ? gen_type(g, f->recv->type)->slots : 1;
    struct gwindow w = gen_window(fg, out + np, nr);
    pass_receiver(fg, p, &fn->sel, w.params);
    copy_slots(fg, w.params + out, LANG_LINK + in, sig->u.sig.params);
    fg->top = w.end;
    if (f) {
        uint32_t index = gen_fn_index(g, f);
        struct gfn *target = f->cg;
        bool native = target && target->kind == GFN_NATIVE;
        gen_call_emit(fg, &w, native ? OP_CALL_NATIVE : OP_CALL, native ? target->native : index);
    } else {
        gen_emit(fg, OP_CALL_IFACE, w.base, w.params, gen_method_call(g, fn->sel.obj));
        gen_ext32(fg, 0, g->ncaches++);
    }
    gen_mark_results(fg, w.results, sig->u.sig.results);
    copy_slots(fg, fg->result_base, w.results, sig->u.sig.results);
    gen_emit(fg, OP_RET, 0, 0, 0);
}

static void native_stub(struct fgen *fg) {
    struct lang_func *f = fg->fn->func;
    signature(fg, f);
    fg->fn->out.flags |= LANG_FN_NATIVE;
    fg->pos = f->pos;
    gen_emit32(fg, OP_CALL_NATIVE, 0, fg->fn->native);
    gen_mark_results(fg, fg->result_base, f->results);
    gen_emit(fg, OP_RET, 0, 0, 0);
}

static void builtin_wrapper(struct fgen *fg) {
    gen_alloc_slots(fg, LANG_LINK);
    gen_safepoint(fg);
    fg->result_base = LANG_LINK;
    fg->pos = fg->fn->call->pos;
    fg->fn->out.flags |= LANG_FN_WRAPPER;
    gen_captures(fg, fg->fn->captured, false);
    gen_expr_raw(fg, fg->fn->call, ANY);
    gen_emit(fg, OP_RET, 0, 0, 0);
}

/* ---- the entry ------------------------------------------------------------------------------------------------------ */

static void call_plain(struct fgen *fg, uint32_t index) {
    uint32_t mark = fg->top;
    struct gwindow w = gen_window(fg, 0, 0);
    gen_call_emit(fg, &w, OP_CALL, index);
    fg->top = mark;
}

static void name_global(struct fgen *fg, const struct gglobal *gl) {
    if (!(gl->type->flags & LANG_RT_SYNC)) return;
    uint32_t mark = fg->top, r = gen_alloc_slots(fg, 1);
    gen_emit32(fg, OP_ADDRG, r, gl->slot);
    gen_mark_ptr(fg, r);
    gen_objnames(fg, gl->type, r, 0, gl->obj->name);
    fg->top = mark;
}

static void initialize(struct fgen *fg, const struct lang_initializer *in) {
    uint32_t mark = fg->top;
    fg->pos = in->rhs->pos;
    fg->naming = in->lhs.len == 1 && in->lhs.data[0] ? in->lhs.data[0]->name : NULL;
    if (in->lhs.len == 1) {
        struct lang_object *o = in->lhs.data[0];
        if (o && has_name(o) && gen_large_literal(fg, gen_unparen(in->rhs))) {
            struct gplace p = gen_var_place(fg, o);
            gen_literal_in_memory(fg, gen_unparen(in->rhs), gen_place_addr(fg, &p, ANY));
            fg->top = mark;
            return;
        }
        size_t held = fg->held.len;
        gen_order_parts(fg, in->rhs);
        uint32_t r = gen_expr(fg, in->rhs, ANY);
        fg->held.len = held;
        if (o && has_name(o)) {
            struct gplace p = gen_var_place(fg, o);
            gen_place_store(fg, &p, r);
        }
        fg->top = mark;
        return;
    }
    struct lang_expr *e = gen_unparen(in->rhs);
    bool pair = e->comma_ok || e->kind != LANG_E_CALL;
    uint32_t at, ok = 0;
    if (pair) gen_comma_ok(fg, e, &at, &ok);
    else at = gen_expr(fg, e, ANY);
    for (size_t i = 0; i < in->lhs.len; i++) {
        struct gtype *t = pair ? gen_type(fg->g, i ? fg->g->checked->basic[LANG_BOOL] : e->type)
                               : gen_type(fg->g, e->type->u.tuple.types.data[i]);
        struct lang_object *o = in->lhs.data[i];
        if (o && has_name(o)) {
            struct gplace p = gen_var_place(fg, o);
            gen_place_store(fg, &p, gen_to_type(fg, pair && i ? ok : at, t, p.type, ANY));
        }
        at += t->slots;
    }
    fg->top = mark;
}

/* A package's variables, then its init functions. */
static void package_init(struct fgen *fg, struct lang_package *p) {
    gen_alloc_slots(fg, LANG_LINK);
    gen_safepoint(fg);
    fg->result_base = LANG_LINK;
    fg->f = p->init_func;
    if (p->library) fg->fn->out.flags |= LANG_FN_LIBRARY;
    for (size_t k = 0; !p->library && k < p->vars.len; k++) {
        struct lang_object *o = p->vars.data[k];
        fg->pos = o->pos;
        if (has_name(o)) name_global(fg, gen_global(fg->g, o));
    }
    for (size_t k = 0; k < p->ninit_order; k++) initialize(fg, &p->init_order[k]);
    for (size_t k = 0; k < p->ninits; k++) {
        fg->pos = p->inits[k]->pos;
        call_plain(fg, gen_fn_index(fg->g, p->inits[k]));
    }
    gen_emit(fg, OP_RET, 0, 0, 0);
}

/* Packages in order of import; then main. */
static void entry(struct fgen *fg) {
    struct lang_checked *c = fg->g->checked;
    fg->fn->out.flags |= LANG_FN_WRAPPER;
    fg->result_base = LANG_LINK;
    gen_alloc_slots(fg, LANG_LINK);
    gen_safepoint(fg);
    for (size_t i = 0; i < c->npackages; i++) {
        struct lang_package *p = c->packages[i];
        if (p->ninit_order == 0 && p->ninits == 0 && (p->library || p->vars.len == 0)) continue;
        struct gfn *fn = gen_fn_new(fg->g, GFN_INIT);
        fn->package = p;
        fn->name = arena_printf(fg->g->out, "%s.init", p->path);
        if (!fn->name) gen_no_memory(fg->g);
        call_plain(fg, fn->index);
    }
    fg->pos = c->main_func->pos;
    call_plain(fg, gen_fn_index(fg->g, c->main_func));
    gen_emit(fg, OP_MAIN_END, 0, 0, 0);
}

/* ---- putting it together ------------------------------------------------------------------------------------------- */

static void *keep(struct gen *g, const void *data, size_t len, size_t size) {
    void *p = arena_array(g->out, len + 1, size);
    if (!p) gen_no_memory(g);
    else if (len) memcpy(p, data, len * size);
    return p;
}

static uint64_t *param_map(struct fgen *fg, const struct lang_func *f) {
    uint32_t n = fg->param_slots + fg->result_slots;
    uint64_t *map = arena_array(fg->g->out, n / 64 + 1, sizeof *map);
    if (!map) {
        gen_no_memory(fg->g);
        return NULL;
    }
    /* The map of pc 0 has the parameters; results are added by type. */
    const struct gmap *entered = fg->maps.len ? &fg->maps.data[0] : NULL;
    for (uint32_t i = 0; entered && i < fg->param_slots && LANG_LINK + i < entered->nbits; i++) {
        map[i / 64] |= (uint64_t)lang_bit(entered->bits, LANG_LINK + i) << i % 64;
    }
    uint32_t at = fg->param_slots;
    for (size_t i = 0; f && i < f->results.len; i++) {
        struct gtype *t = gen_type(fg->g, f->results.data[i]->type);
        for (uint32_t s = 0; s < t->slots; s++, at++) map[at / 64] |= (uint64_t)gen_type_ptr(t, s) << at % 64;
    }
    return map;
}

static void finish_maps(struct fgen *fg, struct lang_fn *out) {
    struct lang_stackmap *maps = arena_array(fg->g->out, fg->maps.len + 1, sizeof *maps);
    if (!maps) {
        gen_no_memory(fg->g);
        return;
    }
    for (size_t i = 0; i < fg->maps.len; i++) {
        maps[i] = (struct lang_stackmap){fg->maps.data[i].pc, fg->maps.data[i].nbits, fg->maps.data[i].bits};
    }
    out->stackmaps = maps;
    out->nstackmaps = (uint32_t)fg->maps.len;
}

static void finish(struct fgen *fg) {
    struct gen *g = fg->g;
    struct gfn *fn = fg->fn;
    struct lang_fn *out = &fn->out;
    struct lang_func *f = fn->func;
    out->code = keep(g, fg->code.data, fg->code.len, sizeof *fg->code.data);
    out->ncode = (uint32_t)fg->code.len;
    out->lines = keep(g, fg->lines.data, fg->lines.len, sizeof *fg->lines.data);
    out->nlines = (uint32_t)fg->lines.len;
    out->param_slots = fg->param_slots;
    out->result_slots = fg->result_slots;
    out->frame_slots = fg->max;
    out->param_map = param_map(fg, f);
    finish_maps(fg, out);
    for (size_t i = 0; i < fg->locals.len; i++) {
        if (fg->locals.data[i].out.pc_to == UINT32_MAX) fg->locals.data[i].out.pc_to = out->ncode;
    }
    fn->locals = arena_array(&g->tmp, fg->locals.len + 1, sizeof *fn->locals);
    if (!fn->locals) gen_no_memory(g);
    else if (fg->locals.len) memcpy(fn->locals, fg->locals.data, fg->locals.len * sizeof *fn->locals);
    fn->nlocals = fn->locals ? (uint32_t)fg->locals.len : 0;
    if (!f) return;
    fn->type = gen_type(g, f->sig);
    out->file = (uint16_t)lang_pos_file(f->pos);
    out->line = lang_pos_line(f->pos);
    out->col = lang_pos_col(f->pos);
    if (fg->epilogue) out->flags |= LANG_FN_DEFER;
    if (f->has_recover) out->flags |= LANG_FN_RECOVERS;
    if (f->pkg && f->pkg->library) out->flags |= LANG_FN_LIBRARY;
}

static void release(struct fgen *fg) {
    for (size_t i = 0; i < fg->labels.len; i++) VEC_FREE(&fg->labels.data[i]->refs);
    VEC_FREE(&fg->no_label.refs);
    VEC_FREE(&fg->code);
    VEC_FREE(&fg->lines);
    VEC_FREE(&fg->maps);
    VEC_FREE(&fg->locals);
    VEC_FREE(&fg->isptr);
    VEC_FREE(&fg->bound);
    VEC_FREE(&fg->held);
    VEC_FREE(&fg->gotos);
    VEC_FREE(&fg->labels);
}

static void attempt(struct fgen *fg) {
    switch (fg->fn->kind) {
    case GFN_FUNC: body(fg, fg->fn->func); break;
    case GFN_NATIVE: native_stub(fg); break;
    case GFN_ENTRY: entry(fg); break;
    case GFN_INIT: package_init(fg, fg->fn->package); break;
    case GFN_CALL: builtin_wrapper(fg); break;
    default: method_wrapper(fg); break;
    }
}

void gen_function(struct gen *g, struct gfn *fn) {
    struct fgen fg = {.g = g, .fn = fn, .f = fn->func};
    attempt(&fg);
    if (fg.too_far && !g->failed) { /* again, with branches that reach */
        release(&fg);
        fn->out.flags = 0;
        fg = (struct fgen){.g = g, .fn = fn, .f = fn->func, .far = true};
        attempt(&fg);
    }
    if (!g->failed) finish(&fg);
    release(&fg);
}
