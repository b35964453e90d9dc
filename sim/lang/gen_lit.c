/* Composite literals, address-of, and the names of locks and channels made by them. */
#include <string.h>

#include "gen.h"

/* ---- names for the picture ---------------------------------------------------------------------------------------- */

static const char *type_text(struct fgen *fg, const struct gtype *t) {
    struct str s = {0};
    lang_type_write(t->type, NULL, &s);
    const char *copy = s.failed ? NULL : arena_strdup(&fg->g->tmp, str_cstr(&s));
    str_free(&s);
    if (!copy) gen_no_memory(fg->g);
    return copy ? copy : "";
}

static bool is_lock_itself(const struct gtype *t) {
    return (t->flags & LANG_RT_SYNC) && t->type->kind == LANG_T_NAMED && t->type->u.named.obj->pkg &&
           strcmp(t->type->u.named.obj->pkg->path, "sync") == 0;
}

void gen_objnames(struct fgen *fg, const struct gtype *t, uint32_t reg, uint32_t off, const char *name) {
    if (!(t->flags & LANG_RT_SYNC) || !name || off > UINT16_MAX) return;
    if (fg->f && fg->f->pkg && fg->f->pkg->library) return; /* the library's own locks are not the lesson */
    if (is_lock_itself(t)) {
        const char *text = type_text(fg, t);
        gen_emit(fg, OP_OBJNAME, reg, off, 0);
        gen_ext32(fg, 0, gen_string(fg->g, name, strlen(name)));
        gen_ext32(fg, 0, gen_string(fg->g, text, strlen(text)));
        return;
    }
    if (t->kind != LANG_K_STRUCT) return;
    struct lang_type *u = lang_under(t->type);
    for (size_t i = 0; i < t->nfields; i++) {
        if (!(t->fields[i].type->flags & LANG_RT_SYNC)) continue;
        const char *full = arena_printf(&fg->g->tmp, "%s.%s", name, u->u.strct.fields.data[i]->name);
        if (!full) gen_no_memory(fg->g);
        gen_objnames(fg, t->fields[i].type, reg, off + t->fields[i].slot, full);
    }
}

enum { LARGE_LITERAL = 64 }; /* slots from which an array is made where it will lie */

/* ---- literals ---------------------------------------------------------------------------------------------------- */

static struct lang_expr *value_of(struct lang_expr *e) { return e->kind == LANG_E_KEY_VALUE ? e->u.kv.value : e; }

static size_t field_index(const struct gtype *t, const struct lang_expr *elem, size_t position) {
    if (elem->kind != LANG_E_KEY_VALUE) return position;
    const struct lang_object *o = elem->u.kv.key->u.ident.obj;
    if (o && o->kind == LANG_OBJ_VAR && o->u.var.kind == LANG_VAR_FIELD) return o->u.var.index;
    struct lang_type *u = lang_under(t->type);
    for (size_t i = 0; i < t->nfields; i++) {
        if (u->u.strct.fields.data[i]->name == elem->u.kv.key->u.ident.name) return i;
    }
    return position;
}

/* A field's channel is called as the field. */
static const char *field_name(struct fgen *fg, const struct gtype *t, size_t i) {
    struct lang_type *u = lang_under(t->type);
    const char *f = u->u.strct.fields.data[i]->name;
    if (!fg->naming) return f;
    const char *full = arena_printf(&fg->g->tmp, "%s.%s", fg->naming, f);
    if (!full) gen_no_memory(fg->g);
    return full;
}

static void struct_literal(struct fgen *fg, struct lang_expr *e, const struct gtype *t, uint32_t dst) {
    size_t n = e->u.comp.elems.len;
    if (n < t->nfields) gen_zero(fg, dst, t);
    const char *outer = fg->naming;
    for (size_t i = 0; i < n; i++) {
        struct lang_expr *elem = e->u.comp.elems.data[i];
        size_t f = field_index(t, elem, i);
        if (f >= t->nfields) continue;
        fg->naming = field_name(fg, t, f);
        uint32_t mark = fg->top;
        gen_expr(fg, value_of(elem), dst + t->fields[f].slot);
        fg->top = mark;
        fg->naming = outer;
    }
    gen_mark(fg, dst, t);
}

/* Position of element i, given where the one before lay. */
static int64_t element_at(const struct lang_expr *elem, int64_t next) {
    int64_t v;
    if (elem->kind == LANG_E_KEY_VALUE && gen_is_const_int(elem->u.kv.key, &v)) return v;
    return next;
}

static void array_literal(struct fgen *fg, struct lang_expr *e, struct gtype *t, uint32_t dst) {
    gen_zero(fg, dst, t);
    int64_t at = 0;
    bool packed = t->elem->elem_code >= LANG_EL_FIRST;
    for (size_t i = 0; i < e->u.comp.elems.len; i++) {
        struct lang_expr *elem = e->u.comp.elems.data[i];
        uint32_t mark = fg->top;
        at = element_at(elem, at);
        if (packed) {
            uint32_t r = gen_expr(fg, value_of(elem), ANY), idx = gen_alloc_slots(fg, 1);
            gen_int(fg, idx, at);
            struct gplace p = {.kind = GPL_RARRAY, .type = t->elem, .container = t, .reg = dst, .idx = idx, .pos = e->pos};
            gen_place_store(fg, &p, r);
        } else {
            gen_expr(fg, value_of(elem), dst + (uint32_t)at * t->elem->slots);
        }
        fg->top = mark;
        at++;
    }
    gen_mark(fg, dst, t);
}

bool gen_large_literal(struct fgen *fg, const struct lang_expr *e) {
    if (e->kind != LANG_E_COMPOSITE_LIT || e->convert) return false;
    const struct gtype *t = gen_type(fg->g, e->type);
    return t->kind == LANG_K_ARRAY && t->slots > LARGE_LITERAL;
}

void gen_literal_in_memory(struct fgen *fg, struct lang_expr *e, uint32_t ptr) {
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t idx = gen_alloc_slots(fg, 1);
    int64_t at = 0;
    for (size_t i = 0; i < e->u.comp.elems.len; i++) {
        struct lang_expr *elem = e->u.comp.elems.data[i];
        uint32_t mark = fg->top, r = gen_expr(fg, value_of(elem), ANY);
        at = element_at(elem, at);
        gen_int(fg, idx, at++);
        struct gplace p = {.kind = GPL_ARRAY, .type = t->elem, .container = t, .reg = ptr, .idx = idx, .pos = e->pos};
        gen_place_store(fg, &p, r);
        fg->top = mark;
    }
}

static int64_t literal_length(const struct lang_expr *e) {
    int64_t at = 0, len = 0;
    for (size_t i = 0; i < e->u.comp.elems.len; i++) {
        at = element_at(e->u.comp.elems.data[i], at) + 1;
        if (at > len) len = at;
    }
    return len;
}

enum { SLICE_IN_REGISTERS = 128 }; /* slots of a literal that is gathered in registers first */

static bool in_order(const struct lang_expr *e) {
    for (size_t i = 0; i < e->u.comp.elems.len; i++) {
        if (e->u.comp.elems.data[i]->kind == LANG_E_KEY_VALUE) return false;
    }
    return true;
}

static void slice_literal(struct fgen *fg, struct lang_expr *e, struct gtype *t, uint32_t dst) {
    size_t n = e->u.comp.elems.len;
    uint32_t slots = t->elem->slots;
    if (in_order(e) && n * slots <= SLICE_IN_REGISTERS) {
        uint32_t base = gen_alloc_slots(fg, (uint32_t)n * slots);
        for (size_t i = 0; i < n; i++) {
            uint32_t mark = fg->top;
            gen_expr(fg, e->u.comp.elems.data[i], base + (uint32_t)i * slots);
            fg->top = mark;
        }
        fg->pos = e->pos;
        gen_emit(fg, OP_SLICE_OF, dst, base, (uint32_t)n);
        gen_ext(fg, t->index, 0, 0);
        gen_mark_ptr(fg, dst);
        return;
    }
    /* Elements may refer to the variable that the slice is assigned to: build apart. */
    uint32_t s = gen_alloc_slots(fg, 1), len = gen_alloc_slots(fg, 1), idx = gen_alloc_slots(fg, 1);
    fg->pos = e->pos;
    gen_int(fg, len, literal_length(e));
    gen_emit(fg, OP_MKSLICE, s, len, LANG_NONE);
    gen_ext(fg, t->index, 0, 0);
    gen_mark_ptr(fg, s);
    int64_t at = 0;
    for (size_t i = 0; i < n; i++) {
        struct lang_expr *elem = e->u.comp.elems.data[i];
        uint32_t mark = fg->top, r = gen_expr(fg, value_of(elem), ANY);
        at = element_at(elem, at);
        gen_int(fg, idx, at++);
        struct gplace p = {.kind = GPL_SLICE, .type = t->elem, .container = t, .reg = s, .idx = idx, .pos = e->pos};
        gen_place_store(fg, &p, r);
        fg->top = mark;
    }
    gen_emit(fg, OP_MOV, dst, s, 0);
    gen_mark_ptr(fg, dst);
}

static void map_literal(struct fgen *fg, struct lang_expr *e, struct gtype *t, uint32_t dst) {
    uint32_t m = gen_alloc_slots(fg, 1), hint = gen_alloc_slots(fg, 1);
    fg->pos = e->pos;
    gen_int(fg, hint, (int64_t)e->u.comp.elems.len);
    gen_emit(fg, OP_MKMAP, m, hint, t->index);
    gen_mark_ptr(fg, m);
    for (size_t i = 0; i < e->u.comp.elems.len; i++) {
        struct lang_expr *elem = e->u.comp.elems.data[i];
        if (elem->kind != LANG_E_KEY_VALUE) continue;
        uint32_t mark = fg->top;
        size_t held = fg->held.len;
        gen_order(fg, (struct lang_expr_list){(struct lang_expr *[]){elem->u.kv.key, elem->u.kv.value}, 2},
                  (struct lang_expr_list){0});
        uint32_t k = gen_expr(fg, elem->u.kv.key, ANY), v = gen_expr(fg, elem->u.kv.value, ANY);
        struct gplace p = {.kind = GPL_MAP, .type = t->elem, .container = t, .reg = m, .idx = k, .pos = elem->pos};
        gen_place_store(fg, &p, v);
        fg->top = mark;
        fg->held.len = held;
    }
    gen_emit(fg, OP_MOV, dst, m, 0);
    gen_mark_ptr(fg, dst);
}

/* The pointer that an elided &T{...} element is, or that & of a literal gives. */
static void pointer_literal(struct fgen *fg, struct lang_expr *e, struct gtype *t, uint32_t dst) {
    struct lang_type *pointer = e->type;
    e->type = t->type;
    if (gen_large_literal(fg, e)) {
        uint32_t p = gen_alloc_slots(fg, 1);
        fg->pos = e->pos;
        gen_emit(fg, OP_NEW, p, t->index, 0);
        gen_mark_ptr(fg, p);
        gen_literal_in_memory(fg, e, p);
        gen_emit(fg, OP_MOV, dst, p, 0);
        gen_mark_ptr(fg, dst);
        e->type = pointer;
        return;
    }
    uint32_t r = gen_alloc(fg, t), mark = fg->top;
    gen_composite(fg, e, r);
    e->type = pointer;
    fg->top = mark;
    fg->pos = e->pos;
    gen_emit(fg, OP_NEW, dst, t->index, 0); /* the elements are known: the destination may have been among them */
    gen_mark_ptr(fg, dst);
    if (t->slots) gen_store(fg, t, dst, 0, r);
    gen_objnames(fg, t, dst, 0, fg->naming);
}

uint32_t gen_composite(struct fgen *fg, struct lang_expr *e, uint32_t want) {
    struct gtype *t = gen_type(fg->g, e->type);
    uint32_t dst = gen_dst(fg, t, want), mark = fg->top;
    switch (t->kind) {
    case LANG_K_STRUCT: struct_literal(fg, e, t, dst); break;
    case LANG_K_ARRAY: array_literal(fg, e, t, dst); break;
    case LANG_K_SLICE: slice_literal(fg, e, t, dst); break;
    case LANG_K_MAP: map_literal(fg, e, t, dst); break;
    case LANG_K_POINTER: pointer_literal(fg, e, t->elem, dst); break;
    default: gen_refuse(fg->g, e->pos, "this literal"); break;
    }
    fg->top = mark;
    return dst;
}

uint32_t gen_address_of(struct fgen *fg, struct lang_expr *x, uint32_t want) {
    uint32_t dst = want == ANY ? gen_alloc_slots(fg, 1) : want, mark = fg->top;
    struct lang_expr *u = gen_unparen(x);
    if (u->kind == LANG_E_COMPOSITE_LIT) {
        pointer_literal(fg, u, gen_type(fg->g, u->type), dst);
    } else {
        struct gplace p = gen_place(fg, u, false);
        fg->pos = x->pos;
        gen_place_addr(fg, &p, dst);
    }
    fg->top = mark;
    gen_mark_ptr(fg, dst);
    return dst;
}
