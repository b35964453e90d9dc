/* Places: variables, fields, elements, what pointers point to; reading, writing, taking their address. */
#include <string.h>

#include "gen.h"

enum { LARGEST_IN_REGISTERS = 64 };

bool gen_boxed(struct gen *g, struct lang_object *obj) {
    if (obj->u.var.kind == LANG_VAR_PACKAGE) return false;
    if (obj->u.var.addr_taken) return true;
    bool result = obj->u.var.kind == LANG_VAR_RESULT;
    if (obj->u.var.captured && (obj->u.var.reassigned || result)) return true;
    const struct gtype *t = gen_type(g, obj->type);
    return t->has_array || t->slots > LARGEST_IN_REGISTERS;
}

struct gvar *gen_var(struct fgen *fg, struct lang_object *obj) {
    if (obj->u.var.kind == LANG_VAR_PACKAGE) return NULL;
    for (size_t i = 0; i < fg->bound.len; i++) {
        if (fg->bound.data[i].obj == obj) return &fg->bound.data[i].var;
    }
    if (obj->u.var.in == fg->f && obj->cg) return obj->cg;
    if (!fg->g->failed && fg->g->diags->items.len == 0) gen_refuse(fg->g, fg->pos, "this use of a variable");
    fg->no_var.type = gen_type(fg->g, obj->type);
    fg->no_var.reg = LANG_LINK;
    fg->no_var.boxed = false;
    return &fg->no_var;
}

struct gplace gen_var_place(struct fgen *fg, struct lang_object *obj) {
    struct gvar *v = gen_var(fg, obj);
    if (!v) {
        struct gglobal *gl = gen_global(fg->g, obj);
        return (struct gplace){.kind = GPL_GLOBAL, .type = gl->type, .off = gl->slot, .pos = fg->pos};
    }
    return (struct gplace){.kind = v->boxed ? GPL_MEM : GPL_REG, .type = v->type, .reg = v->reg, .pos = fg->pos};
}

bool gen_addressable(const struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_PAREN: return gen_addressable(e->u.paren.x);
    case LANG_E_IDENT: return e->mode == LANG_MODE_VARIABLE;
    case LANG_E_STAR: return e->mode == LANG_MODE_VARIABLE;
    case LANG_E_SELECTOR:
        if (e->u.sel.selection.kind == LANG_SEL_PACKAGE) return e->mode == LANG_MODE_VARIABLE;
        if (e->u.sel.selection.kind != LANG_SEL_FIELD) return false;
        for (size_t i = 0; i < e->u.sel.selection.nsteps; i++) {
            if (e->u.sel.selection.steps[i].deref) return true;
        }
        return gen_addressable(e->u.sel.x);
    case LANG_E_INDEX: {
        struct lang_type *u = e->u.index.x->type ? lang_under(e->u.index.x->type) : NULL;
        if (!u) return false;
        if (u->kind == LANG_T_SLICE || u->kind == LANG_T_POINTER) return true;
        return u->kind == LANG_T_ARRAY && gen_addressable(e->u.index.x);
    }
    default: return false;
    }
}

bool gen_is_pure(const struct lang_expr *e) {
    switch (e->kind) {
    case LANG_E_PAREN: return gen_is_pure(e->u.paren.x);
    case LANG_E_IDENT: return true;
    case LANG_E_STAR: return gen_is_pure(e->u.star.x);
    case LANG_E_SELECTOR: return e->u.sel.selection.kind == LANG_SEL_PACKAGE || gen_is_pure(e->u.sel.x);
    case LANG_E_INDEX: return gen_is_pure(e->u.index.x) && gen_is_pure(e->u.index.indices.data[0]);
    case LANG_E_BINARY: return gen_is_pure(e->u.binary.x) && gen_is_pure(e->u.binary.y);
    default: return e->mode == LANG_MODE_CONSTANT;
    }
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static unsigned load_op(const struct gtype *t) {
    if (!gen_narrow(t)) return OP_LOAD;
    switch (t->elem_code) {
    case LANG_EL_I8: return OP_LOAD_I8;
    case LANG_EL_U8: return OP_LOAD_U8;
    case LANG_EL_I16: return OP_LOAD_I16;
    case LANG_EL_U16: return OP_LOAD_U16;
    case LANG_EL_I32: return OP_LOAD_I32;
    default: return OP_LOAD_U32;
    }
}

static unsigned store_op(const struct gtype *t) {
    if (!gen_narrow(t)) return OP_STORE;
    switch (t->elem_code) {
    case LANG_EL_I8: case LANG_EL_U8: return OP_STORE_8;
    case LANG_EL_I16: case LANG_EL_U16: return OP_STORE_16;
    default: return OP_STORE_32;
    }
}

/* An offset that fits an instruction, by way of a new address if need be. */
static uint32_t near(struct fgen *fg, uint32_t ptr, uint32_t *off) {
    while (*off > UINT16_MAX) {
        uint32_t p = gen_alloc_slots(fg, 1);
        gen_emit(fg, OP_ADDP, p, ptr, UINT16_MAX);
        gen_mark_ptr(fg, p);
        *off -= UINT16_MAX;
        ptr = p;
    }
    return ptr;
}

/* An array whose address may be that of an element in a slice: *(*[4]byte)(s). */
static bool packed_array(const struct gtype *t, uint32_t off) {
    return off == 0 && t->kind == LANG_K_ARRAY && t->slots && t->elem->elem_code >= LANG_EL_FIRST;
}

void gen_load(struct fgen *fg, const struct gtype *t, uint32_t dst, uint32_t ptr, uint32_t off) {
    ptr = near(fg, ptr, &off);
    if (packed_array(t, off)) gen_emit(fg, OP_LOAD_ARR, dst, ptr, t->index);
    else if (t->slots == 0) gen_emit(fg, OP_NILCHECK, ptr, 0, 0);
    else if (t->slots == 1) gen_emit(fg, load_op(t), dst, ptr, off);
    else {
        gen_emit(fg, OP_LOADN, dst, ptr, off);
        gen_ext(fg, t->slots, 0, 0);
    }
    gen_mark(fg, dst, t);
}

void gen_store(struct fgen *fg, const struct gtype *t, uint32_t ptr, uint32_t off, uint32_t src) {
    ptr = near(fg, ptr, &off);
    if (packed_array(t, off)) gen_emit(fg, OP_STORE_ARR, ptr, src, t->index);
    else if (t->slots == 0) gen_emit(fg, OP_NILCHECK, ptr, 0, 0);
    else if (t->slots == 1) gen_emit(fg, store_op(t), ptr, src, off);
    else {
        gen_emit(fg, OP_STOREN, ptr, src, off);
        gen_ext(fg, t->slots, 0, 0);
    }
}

/* ---- elements ---------------------------------------------------------------------------------------------------- */

static unsigned slice_load_op(const struct gtype *e) {
    switch (e->elem_code) {
    case 1: return OP_LDX_64;
    case LANG_EL_I8: return OP_LDX_I8;
    case LANG_EL_U8: return OP_LDX_U8;
    case LANG_EL_I16: return OP_LDX_I16;
    case LANG_EL_U16: return OP_LDX_U16;
    case LANG_EL_I32: return OP_LDX_I32;
    case LANG_EL_U32: return OP_LDX_U32;
    default: return OP_LDX_N;
    }
}

static unsigned slice_store_op(const struct gtype *e) {
    switch (e->elem_code) {
    case 1: return OP_STX_64;
    case LANG_EL_I8: case LANG_EL_U8: return OP_STX_8;
    case LANG_EL_I16: case LANG_EL_U16: return OP_STX_16;
    case LANG_EL_I32: case LANG_EL_U32: return OP_STX_32;
    default: return OP_STX_N;
    }
}

static bool one_word(const struct gtype *e) { return e->slots == 1; }

static void array_ext(struct fgen *fg, const struct gplace *p) {
    uint64_t len = p->container->len;
    gen_ext32(fg, p->container->elem->elem_code, len > UINT32_MAX ? UINT32_MAX : (uint32_t)len);
}

static void load_element(struct fgen *fg, const struct gplace *p, uint32_t dst) {
    const struct gtype *e = p->container->elem;
    if (p->kind == GPL_SLICE) {
        unsigned op = slice_load_op(e);
        gen_emit(fg, op, dst, p->reg, p->idx);
        if (op == OP_LDX_N) gen_ext(fg, e->slots, 0, 0);
        return;
    }
    if (p->kind == GPL_RARRAY) {
        gen_emit(fg, one_word(e) ? OP_LDF : OP_LDFN, dst, p->reg, p->idx);
        array_ext(fg, p);
        return;
    }
    if (one_word(e)) {
        gen_emit(fg, OP_LDA, dst, p->reg, p->idx);
        array_ext(fg, p);
        return;
    }
    uint32_t at = gen_place_addr(fg, p, ANY);
    gen_load(fg, e, dst, at, 0);
}

static void store_element(struct fgen *fg, const struct gplace *p, uint32_t src) {
    const struct gtype *e = p->container->elem;
    if (p->kind == GPL_SLICE) {
        unsigned op = slice_store_op(e);
        gen_emit(fg, op, p->reg, p->idx, src);
        if (op == OP_STX_N) gen_ext(fg, e->slots, 0, 0);
        return;
    }
    if (p->kind == GPL_RARRAY) {
        gen_emit(fg, one_word(e) ? OP_STF : OP_STFN, p->reg, p->idx, src);
        array_ext(fg, p);
        return;
    }
    if (one_word(e)) {
        gen_emit(fg, OP_STA, p->reg, p->idx, src);
        array_ext(fg, p);
        return;
    }
    gen_store(fg, e, gen_place_addr(fg, p, ANY), 0, src);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

static void load_global(struct fgen *fg, const struct gplace *p, uint32_t dst) {
    if (p->type->slots == 0) return;
    if (p->type->slots == 1) {
        gen_emit32(fg, OP_LOADG, dst, p->off);
        if (gen_narrow(p->type)) gen_wrap(fg, p->type, dst, dst);
        return;
    }
    gen_emit32(fg, OP_LOADGN, dst, p->off);
    gen_ext(fg, p->type->slots, 0, 0);
}

uint32_t gen_place_load(struct fgen *fg, const struct gplace *p, uint32_t want) {
    fg->pos = p->pos;
    if (p->kind == GPL_REG) {
        bool wrap = p->dirty && gen_narrow(p->type);
        if (want == ANY && !wrap) return p->reg;
        uint32_t dst = gen_dst(fg, p->type, want);
        if (wrap) gen_wrap(fg, p->type, dst, p->reg);
        else gen_move(fg, dst, p->reg, p->type);
        return dst;
    }
    uint32_t dst = gen_dst(fg, p->type, want), mark = fg->top;
    switch (p->kind) {
    case GPL_MEM: gen_load(fg, p->type, dst, p->reg, p->off); break;
    case GPL_GLOBAL: load_global(fg, p, dst); break;
    case GPL_MAP:
        gen_emit(fg, OP_MAPGET, dst, p->reg, p->idx);
        gen_ext(fg, p->container->index, LANG_NONE, 0);
        break;
    case GPL_BLANK: gen_zero(fg, dst, p->type); break;
    default: load_element(fg, p, dst); break;
    }
    fg->top = mark;
    gen_mark(fg, dst, p->type);
    return dst;
}

void gen_place_store(struct fgen *fg, const struct gplace *p, uint32_t src) {
    uint32_t mark = fg->top;
    fg->pos = p->pos;
    switch (p->kind) {
    case GPL_BLANK: break;
    case GPL_REG: gen_move(fg, p->reg, src, p->type); break;
    case GPL_MEM: gen_store(fg, p->type, p->reg, p->off, src); break;
    case GPL_GLOBAL:
        if (p->type->slots == 0) break;
        gen_emit32(fg, p->type->slots == 1 ? OP_STOREG : OP_STOREGN, src, p->off);
        if (p->type->slots != 1) gen_ext(fg, p->type->slots, 0, 0);
        break;
    case GPL_MAP:
        gen_emit(fg, OP_MAPSET, p->reg, p->idx, src);
        gen_ext(fg, p->container->index, 0, 0);
        break;
    default: store_element(fg, p, src); break;
    }
    fg->top = mark;
}

uint32_t gen_place_addr(struct fgen *fg, const struct gplace *p, uint32_t want) {
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top, off = p->off;
    fg->pos = p->pos;
    switch (p->kind) {
    case GPL_MEM: {
        uint32_t ptr = near(fg, p->reg, &off);
        gen_emit(fg, OP_ADDP, dst, ptr, off);  /* with off 0 too: the nil check is wanted */
        break;
    }
    case GPL_GLOBAL: gen_emit32(fg, OP_ADDRG, dst, p->off); break;
    case GPL_SLICE:
        gen_emit(fg, OP_ADDRX, dst, p->reg, p->idx);
        gen_ext(fg, p->container->elem->elem_code, 0, 0);
        break;
    case GPL_ARRAY:
        gen_emit(fg, OP_ADDRA, dst, p->reg, p->idx);
        array_ext(fg, p);
        break;
    default: /* a value in registers: a copy of it in memory */
        gen_emit(fg, OP_NEW, dst, p->type->index, 0);
        gen_mark_ptr(fg, dst);
        gen_store(fg, p->type, dst, 0, gen_place_load(fg, p, ANY));
        break;
    }
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}

/* Memory that an element lies in: so that its fields can be reached. */
static struct gplace in_memory(struct fgen *fg, struct gplace p) {
    switch (p.kind) {
    case GPL_SLICE: case GPL_ARRAY: {
        uint32_t at = gen_place_addr(fg, &p, ANY);
        return (struct gplace){.kind = GPL_MEM, .type = p.type, .reg = at, .pos = p.pos};
    }
    case GPL_RARRAY: case GPL_MAP: {
        uint32_t r = gen_place_load(fg, &p, ANY);
        return (struct gplace){.kind = GPL_REG, .type = p.type, .reg = r, .dirty = true, .pos = p.pos};
    }
    default: return p;
    }
}

static struct gplace deref(struct fgen *fg, struct gplace p, lang_pos pos) {
    uint32_t ptr = gen_place_load(fg, &p, ANY);
    return (struct gplace){.kind = GPL_MEM, .type = p.type->elem, .reg = ptr, .pos = pos};
}

struct gplace gen_field_place(struct fgen *fg, struct gplace p, const struct lang_sel_step *steps, size_t n,
                              lang_pos pos) {
    for (size_t i = 0; i < n; i++) {
        if (steps[i].deref) p = deref(fg, p, pos);
        p = in_memory(fg, p);
        if (steps[i].field >= p.type->nfields) break; /* only after an error */
        const struct gfield *f = &p.type->fields[steps[i].field];
        if (p.kind == GPL_REG) {
            p.reg += f->slot;
            p.dirty = true;
        } else {
            p.off += f->slot;
        }
        p.type = f->type;
        p.pos = pos;
    }
    return p;
}

/* A copy that later assignments do not touch. */
static uint32_t settle(struct fgen *fg, uint32_t reg, const struct gtype *t, const struct lang_expr *e) {
    if (e->mode == LANG_MODE_CONSTANT) return reg;
    uint32_t copy = gen_alloc(fg, t);
    gen_move(fg, copy, reg, t);
    return copy;
}

static uint32_t index_value(struct fgen *fg, struct lang_expr *i, bool stable) {
    struct gtype *t = gen_type(fg->g, i->type);
    uint32_t r = gen_expr(fg, i, ANY);
    return stable ? settle(fg, r, t, i) : r;
}

static struct gplace map_place(struct fgen *fg, struct lang_expr *e, struct gtype *m, bool stable) {
    struct gplace p = {.kind = GPL_MAP, .container = m, .type = m->elem, .pos = e->pos};
    p.reg = gen_expr(fg, e->u.index.x, ANY);
    if (stable) p.reg = settle(fg, p.reg, m, e->u.index.x);
    struct lang_expr *key = e->u.index.indices.data[0];
    p.idx = gen_expr(fg, key, ANY);
    if (stable) p.idx = settle(fg, p.idx, m->key, key);
    return p;
}

/* The array that x is, as a place whose elements can be reached. */
static struct gplace array_of(struct fgen *fg, struct lang_expr *x, bool stable) {
    if (!gen_addressable(x)) {
        struct gtype *t = gen_type(fg->g, x->type);
        return (struct gplace){.kind = GPL_REG, .type = t, .reg = gen_expr(fg, x, ANY), .pos = x->pos};
    }
    struct gplace p = gen_place(fg, x, stable);
    if (p.kind == GPL_REG || p.kind == GPL_RARRAY || p.kind == GPL_MAP) return in_memory(fg, p);
    if (p.kind == GPL_MEM && p.off == 0) return p;
    uint32_t at = gen_place_addr(fg, &p, ANY);
    return (struct gplace){.kind = GPL_MEM, .type = p.type, .reg = at, .pos = p.pos};
}

static struct gplace index_place(struct fgen *fg, struct lang_expr *e, bool stable) {
    struct lang_expr *x = e->u.index.x, *i = e->u.index.indices.data[0];
    struct gtype *t = gen_type(fg->g, x->type);
    if (t->kind == LANG_K_MAP) return map_place(fg, e, t, stable);
    struct gplace p = {.pos = e->pos, .container = t};
    if (t->kind == LANG_K_SLICE) {
        p.kind = GPL_SLICE;
        p.reg = gen_expr(fg, x, ANY);
        if (stable) p.reg = settle(fg, p.reg, t, x);
    } else if (t->kind == LANG_K_POINTER) {
        p.kind = GPL_ARRAY;
        p.container = t->elem;
        p.reg = gen_expr(fg, x, ANY);
        if (stable) p.reg = settle(fg, p.reg, t, x);
    } else {
        struct gplace a = array_of(fg, x, stable);
        p.kind = a.kind == GPL_REG ? GPL_RARRAY : GPL_ARRAY;
        p.reg = a.reg;
    }
    p.type = p.container->elem ? p.container->elem : t;
    p.idx = index_value(fg, i, stable);
    return p;
}

static struct gplace selector_place(struct fgen *fg, struct lang_expr *e, bool stable) {
    const struct lang_selection *sel = &e->u.sel.selection;
    if (sel->kind == LANG_SEL_PACKAGE) return gen_var_place(fg, sel->obj ? sel->obj : e->u.sel.sel->u.ident.obj);
    struct lang_expr *x = e->u.sel.x;
    struct gplace p;
    if (gen_addressable(x)) {
        p = gen_place(fg, x, stable);
    } else {
        struct gtype *t = gen_type(fg->g, x->type);
        p = (struct gplace){.kind = GPL_REG, .type = t, .reg = gen_expr(fg, x, ANY), .pos = x->pos};
        p.dirty = t->kind == LANG_K_STRUCT;
    }
    bool pointer = p.type->kind == LANG_K_POINTER;
    if (stable && pointer && p.kind == GPL_REG) p.reg = settle(fg, p.reg, p.type, x);
    return gen_field_place(fg, p, sel->steps, sel->nsteps, e->pos);
}

/* What is a value and no place: functions, constants, method values, nil. */
static bool is_value(const struct lang_expr *e) {
    if (e->mode == LANG_MODE_CONSTANT || e->mode == LANG_MODE_NIL || e->func) return true;
    if (e->kind != LANG_E_SELECTOR) return false;
    return e->u.sel.selection.kind != LANG_SEL_FIELD && e->u.sel.selection.kind != LANG_SEL_PACKAGE;
}

struct gplace gen_place(struct fgen *fg, struct lang_expr *e, bool stable) {
    fg->pos = e->pos;
    switch (is_value(e) ? LANG_E_CALL : e->kind) {
    case LANG_E_PAREN: return gen_place(fg, e->u.paren.x, stable);
    case LANG_E_IDENT:
        if (!e->u.ident.obj || strcmp(e->u.ident.name, "_") == 0) {
            struct gtype *t = e->type ? gen_type(fg->g, e->type) : NULL;
            return (struct gplace){.kind = GPL_BLANK, .type = t, .pos = e->pos};
        }
        return gen_var_place(fg, e->u.ident.obj);
    case LANG_E_SELECTOR: return selector_place(fg, e, stable);
    case LANG_E_INDEX: return index_place(fg, e, stable);
    case LANG_E_STAR: {
        struct gtype *pt = gen_type(fg->g, e->u.star.x->type);
        uint32_t r = gen_expr(fg, e->u.star.x, ANY);
        if (stable) r = settle(fg, r, pt, e->u.star.x);
        return (struct gplace){.kind = GPL_MEM, .type = pt->elem, .reg = r, .pos = e->pos};
    }
    default: {
        struct gtype *t = gen_type(fg->g, e->type);
        return (struct gplace){.kind = GPL_REG, .type = t, .reg = gen_expr(fg, e, ANY), .pos = e->pos};
    }
    }
}
