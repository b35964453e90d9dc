/* Types as the machine sees them: layout, where addresses lie, method tables; and their form in the program. */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static const uint8_t kind_of_basic[LANG_BASIC_COUNT] = {
    [LANG_BOOL] = LANG_K_BOOL,       [LANG_INT] = LANG_K_INT,         [LANG_INT8] = LANG_K_INT8,
    [LANG_INT16] = LANG_K_INT16,     [LANG_INT32] = LANG_K_INT32,     [LANG_INT64] = LANG_K_INT64,
    [LANG_UINT] = LANG_K_UINT,       [LANG_UINT8] = LANG_K_UINT8,     [LANG_UINT16] = LANG_K_UINT16,
    [LANG_UINT32] = LANG_K_UINT32,   [LANG_UINT64] = LANG_K_UINT64,   [LANG_UINTPTR] = LANG_K_UINTPTR,
    [LANG_FLOAT32] = LANG_K_FLOAT32, [LANG_FLOAT64] = LANG_K_FLOAT64, [LANG_STRING] = LANG_K_STRING,
    /* Untyped: values that are dropped, with their default types. */
    [LANG_UNTYPED_BOOL] = LANG_K_BOOL,     [LANG_UNTYPED_INT] = LANG_K_INT,       [LANG_UNTYPED_RUNE] = LANG_K_INT32,
    [LANG_UNTYPED_FLOAT] = LANG_K_FLOAT64, [LANG_UNTYPED_STRING] = LANG_K_STRING, [LANG_UNTYPED_NIL] = LANG_K_POINTER,
};

static const uint16_t packed_code[LANG_K_INTERFACE + 1] = {
    [LANG_K_BOOL] = LANG_EL_U8,    [LANG_K_INT8] = LANG_EL_I8,    [LANG_K_UINT8] = LANG_EL_U8,
    [LANG_K_INT16] = LANG_EL_I16,  [LANG_K_UINT16] = LANG_EL_U16, [LANG_K_INT32] = LANG_EL_I32,
    [LANG_K_UINT32] = LANG_EL_U32, [LANG_K_FLOAT32] = LANG_EL_U32,
};

static uint64_t elem_bytes(uint16_t code) {
    switch (code) {
    case LANG_EL_I8: case LANG_EL_U8: return 1;
    case LANG_EL_I16: case LANG_EL_U16: return 2;
    case LANG_EL_I32: case LANG_EL_U32: return 4;
    default: return (uint64_t)code * 8;
    }
}

bool gen_narrow(const struct gtype *t) { return t->slots == 1 && t->elem_code >= LANG_EL_FIRST; }
bool gen_is_float(const struct gtype *t) { return t->kind == LANG_K_FLOAT32 || t->kind == LANG_K_FLOAT64; }
bool gen_is_unsigned(const struct gtype *t) { return t->kind >= LANG_K_UINT && t->kind <= LANG_K_UINTPTR; }
bool gen_is_integer(const struct gtype *t) { return t->kind >= LANG_K_INT && t->kind <= LANG_K_UINTPTR; }

bool gen_type_ptr(const struct gtype *t, uint32_t slot) {
    if (!(t->flags & LANG_RT_POINTERS) || !t->map_slots) return false;
    return lang_bit(t->ptrmap, slot % t->map_slots);
}

struct gtype *gen_basic(struct gen *g, enum lang_basic b) { return gen_type(g, g->checked->basic[b]); }

static uint64_t *new_map(struct gen *g, uint32_t slots) {
    uint64_t *m = arena_array(g->out, slots / 64 + 1, sizeof *m);
    if (!m) gen_no_memory(g);
    return m;
}

/* Kinds of one slot: known before the types that they refer to are. */
static void one_slot(struct gen *g, struct gtype *t, uint8_t kind, bool pointer, unsigned flags) {
    t->kind = kind;
    t->slots = t->map_slots = 1;
    t->elem_code = packed_code[kind] ? packed_code[kind] : 1;
    t->flags |= (uint16_t)flags;
    t->ptrmap = new_map(g, 1);
    if (!pointer) return;
    t->flags |= LANG_RT_POINTERS;
    if (t->ptrmap) t->ptrmap[0] = 1;
}

static bool is_sync(const struct lang_type *t) {
    if (t->kind != LANG_T_NAMED) return false;
    const struct lang_object *o = t->u.named.obj;
    if (!o->pkg || strcmp(o->pkg->path, "sync") != 0) return false;
    static const char *const names[] = {"Mutex", "RWMutex", "WaitGroup", "Cond", "Once"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(o->name, names[i]) == 0) return true;
    }
    return false;
}

enum { MAX_SLOTS = 1u << 28 };

static void layout_array(struct gen *g, struct gtype *t, struct lang_type *u) {
    struct gtype *e = t->elem = gen_type(g, u->u.array.elem);
    t->kind = LANG_K_ARRAY;
    t->has_array = true;
    t->len = u->u.array.len > 0 ? (uint64_t)u->u.array.len : 0;
    uint64_t size = elem_bytes(e->elem_code), slots = 0;
    if (size && t->len > (uint64_t)MAX_SLOTS * 8 / size) {
        gen_refuse(g, 0, "arrays this large");
        t->len = 0;
    }
    slots = (t->len * size + 7) / 8;
    t->slots = (uint32_t)slots;
    t->elem_code = t->slots < LANG_EL_FIRST ? (uint16_t)t->slots : LANG_EL_FIRST - 1;
    t->flags |= e->flags & (LANG_RT_POINTERS | LANG_RT_SYNC);
    if ((e->flags & LANG_RT_PLAIN)) t->flags |= LANG_RT_PLAIN;
    t->map_slots = e->map_slots;
    t->ptrmap = e->ptrmap;
    if (t->slots == 0) t->flags &= (uint16_t)~LANG_RT_POINTERS;
}

static void layout_struct(struct gen *g, struct gtype *t, struct lang_type *u) {
    t->kind = LANG_K_STRUCT;
    t->nfields = u->u.strct.fields.len;
    t->fields = arena_array(&g->tmp, t->nfields + 1, sizeof *t->fields);
    if (!t->fields) {
        t->nfields = 0;
        gen_no_memory(g);
        return;
    }
    uint64_t slots = 0;
    unsigned all = LANG_RT_PLAIN, any = 0;
    for (size_t i = 0; i < t->nfields; i++) {
        struct gtype *f = gen_type(g, u->u.strct.fields.data[i]->type);
        t->fields[i] = (struct gfield){f, (uint32_t)slots};
        slots += f->slots;
        if (slots > MAX_SLOTS) {
            gen_refuse(g, u->u.strct.fields.data[i]->pos, "structs this large");
            slots = 0;
        }
        all &= gen_narrow(f) ? 0 : f->flags;
        any |= f->flags;
        if (f->has_array) t->has_array = true;
    }
    t->slots = t->map_slots = (uint32_t)slots;
    t->elem_code = t->slots < LANG_EL_FIRST ? (uint16_t)t->slots : LANG_EL_FIRST - 1;
    t->flags |= (uint16_t)((all & LANG_RT_PLAIN) | (any & (LANG_RT_POINTERS | LANG_RT_SYNC)));
    if (!(t->flags & LANG_RT_POINTERS)) {
        t->map_slots = 1;
        t->ptrmap = new_map(g, 1);
        return;
    }
    t->ptrmap = new_map(g, t->slots);
    for (size_t i = 0; t->ptrmap && i < t->nfields; i++) {
        for (uint32_t s = 0; s < t->fields[i].type->slots; s++) {
            uint32_t at = t->fields[i].slot + s;
            if (gen_type_ptr(t->fields[i].type, s)) t->ptrmap[at / 64] |= (uint64_t)1 << at % 64;
        }
    }
}

static void layout(struct gen *g, struct gtype *t) {
    struct lang_type *u = lang_under(t->type);
    const unsigned cmp = LANG_RT_PLAIN;
    switch (u->kind) {
    case LANG_T_BASIC: {
        uint8_t k = kind_of_basic[u->u.basic.basic];
        if (k == LANG_K_INVALID) gen_refuse(g, 0, "this type");
        bool plain = k != LANG_K_FLOAT32 && k != LANG_K_FLOAT64 && k != LANG_K_STRING;
        one_slot(g, t, k, k == LANG_K_STRING || k == LANG_K_POINTER, plain ? cmp : 0);
        return;
    }
    case LANG_T_POINTER:
        one_slot(g, t, LANG_K_POINTER, true, cmp);
        t->elem = gen_type(g, u->u.pointer.elem);
        return;
    case LANG_T_SLICE:
        one_slot(g, t, LANG_K_SLICE, true, 0);
        t->elem = gen_type(g, u->u.slice.elem);
        return;
    case LANG_T_MAP:
        one_slot(g, t, LANG_K_MAP, true, 0);
        t->key = gen_type(g, u->u.map.key);
        t->elem = gen_type(g, u->u.map.elem);
        return;
    case LANG_T_CHAN:
        one_slot(g, t, LANG_K_CHAN, true, cmp);
        t->elem = gen_type(g, u->u.chan.elem);
        return;
    case LANG_T_SIGNATURE: one_slot(g, t, LANG_K_FUNC, true, 0); return;
    case LANG_T_INTERFACE: one_slot(g, t, LANG_K_INTERFACE, true, 0); return;
    case LANG_T_ARRAY: layout_array(g, t, u); return;
    case LANG_T_STRUCT: layout_struct(g, t, u); return;
    default:
        gen_refuse(g, 0, "this type");
        one_slot(g, t, LANG_K_INT, false, cmp);
        return;
    }
}

/* Stands in when memory ran out. */
static struct gtype *no_type(struct gen *g) {
    gen_no_memory(g);
    g->no_type = (struct gtype){.kind = LANG_K_INT, .slots = 1, .elem_code = 1, .map_slots = 1};
    return &g->no_type;
}

struct gtype *gen_type(struct gen *g, struct lang_type *type) {
    if (!type) return no_type(g);
    if (type->cg) return type->cg;
    size_t bucket = lang_type_hash(type) % (sizeof g->type_table / sizeof g->type_table[0]);
    for (struct gtype *t = g->type_table[bucket]; t; t = t->chain) {
        if (lang_identical(t->type, type)) {
            type->cg = t;
            return t;
        }
    }
    struct gtype *t = ARENA_NEW(&g->tmp, struct gtype);
    if (!t || !VEC_PUSH(&g->types, t)) return no_type(g);
    if (g->types.len > UINT16_MAX) gen_refuse(g, 0, "programs with this many types");
    t->type = type;
    t->index = (uint32_t)g->types.len; /* 0 is none */
    t->chain = g->type_table[bucket];
    g->type_table[bucket] = t;
    type->cg = t;
    if (type->kind == LANG_T_NAMED || type->kind == LANG_T_BASIC) t->flags |= LANG_RT_NAMED;
    if (is_sync(type)) t->flags |= LANG_RT_SYNC;
    layout(g, t);
    if (t->kind != LANG_K_FUNC && lang_comparable(type)) t->flags |= LANG_RT_COMPARABLE;
    return t;
}

/* ---- methods ----------------------------------------------------------------------------------------------------- */

/* Printing a panic calls these, whatever the program calls. */
static bool called_by_vm(const char *name) { return strcmp(name, "Error") == 0 || strcmp(name, "String") == 0; }

uint16_t gen_method_id(struct gen *g, const struct lang_object *m) {
    const char *name = m->name;
    bool exported = (name[0] >= 'A' && name[0] <= 'Z') || (unsigned char)name[0] >= 0x80;
    if (!exported && m->pkg) name = arena_printf(g->out, "%s.%s", m->pkg->path, m->name);
    else name = arena_strdup(g->out, name);
    if (!name) {
        gen_no_memory(g);
        return 0;
    }
    uintptr_t known = (uintptr_t)map_gets(&g->method_index, name);
    if (known) return (uint16_t)(known - 1);
    if (g->method_names.len >= UINT16_MAX) gen_refuse(g, m->pos, "programs with this many method names");
    if (!VEC_PUSH(&g->method_names, name) || !VEC_PUSH(&g->methods_called, called_by_vm(name)) ||
        !map_sets(&g->method_index, name, (void *)(uintptr_t)g->method_names.len)) {
        gen_no_memory(g);
        return 0;
    }
    return (uint16_t)(g->method_names.len - 1);
}

uint16_t gen_method_call(struct gen *g, const struct lang_object *m) {
    uint16_t id = gen_method_id(g, m);
    if (id < g->methods_called.len) g->methods_called.data[id] = true;
    return id;
}

void gen_want_methods(struct gen *g, struct gtype *t) {
    if (t->methods_wanted) return;
    t->methods_wanted = true;
    if (t->elem) gen_want_methods(g, t->elem);
    if (t->key) gen_want_methods(g, t->key);
    for (size_t i = 0; i < t->nfields; i++) gen_want_methods(g, t->fields[i].type);
}

static bool method_space(struct gen *g, struct gtype *t, size_t n) {
    t->methods = arena_array(g->out, n + 1, sizeof *t->methods);
    t->made_of = arena_array(&g->tmp, n + 1, sizeof *t->made_of);
    if (t->methods && t->made_of) return true;
    gen_no_memory(g);
    return false;
}

/* Keeps the table in order of id. */
static void add_method(struct gen *g, struct gtype *t, const struct lang_object *m, const struct lang_selection *sel) {
    struct lang_rmethod entry = {.id = gen_method_id(g, m)};
    struct gmethod made_of = {.type = gen_type(g, m->type), .sel = sel};
    uint32_t i = t->nmethods++;
    for (; i > 0 && t->methods[i - 1].id > entry.id; i--) {
        t->methods[i] = t->methods[i - 1];
        t->made_of[i] = t->made_of[i - 1];
    }
    t->methods[i] = entry;
    t->made_of[i] = made_of;
}

static void interface_methods(struct gen *g, struct gtype *t) {
    const struct lang_type_set *set = lang_type_set_of(lang_under(t->type));
    if (!set || !method_space(g, t, set->methods.len)) return;
    for (size_t i = 0; i < set->methods.len; i++) add_method(g, t, set->methods.data[i], NULL);
}

static void concrete_methods(struct gen *g, struct gtype *t) {
    const struct lang_method_set *set = lang_method_set_of(g->checked, t->type);
    if (!set || !method_space(g, t, set->len)) return;
    for (size_t i = 0; i < set->len; i++) {
        const struct lang_selection *sel = &set->data[i];
        if (sel->iface || lang_method_func(g->checked, sel)) add_method(g, t, sel->obj, sel);
    }
}

static void make_method(struct gen *g, struct gtype *t, uint32_t k) {
    const struct lang_selection *sel = t->made_of[k].sel;
    struct lang_func *f = sel->iface ? NULL : gen_method_func(g, sel);
    bool direct = f && t->slots == 1 && sel->nsteps == 0 && !sel->recv_addr && !sel->recv_deref;
    t->made_of[k].made = true;
    if (direct) t->methods[k].fn = gen_fn_index(g, f);
    else if (f || sel->iface) t->methods[k].fn = gen_wrapper(g, GFN_IFACE, t, sel)->index;
}

void gen_methods(struct gen *g) {
    for (size_t i = 0; i < g->types.len && !g->failed; i++) {
        struct gtype *t = g->types.data[i];
        if (!t->methods && t->kind == LANG_K_INTERFACE) interface_methods(g, t);
        else if (!t->methods && t->methods_wanted) concrete_methods(g, t);
        for (uint32_t k = 0; t->kind != LANG_K_INTERFACE && k < t->nmethods; k++)
            if (!t->made_of[k].made && g->methods_called.data[t->methods[k].id]) make_method(g, t, k);
    }
}

/* ---- into the program --------------------------------------------------------------------------------------------- */

static const char *type_name(struct gen *g, const struct lang_type *t) {
    struct str s = {0};
    lang_type_write(t, NULL, &s);
    const char *copy = s.failed ? NULL : arena_strdup(g->out, str_cstr(&s));
    str_free(&s);
    if (!copy) gen_no_memory(g);
    return copy ? copy : "";
}

static const char *copy_name(struct gen *g, const char *s) {
    const char *c = arena_strdup(g->out, s ? s : "");
    if (!c) gen_no_memory(g);
    return c ? c : "";
}

static void finish_fields(struct gen *g, const struct gtype *t, struct lang_rtype *r, const struct lang_rtype *all) {
    struct lang_rfield *fields = arena_array(g->out, t->nfields + 1, sizeof *fields);
    if (!fields) {
        gen_no_memory(g);
        return;
    }
    struct lang_type *u = lang_under(t->type);
    for (size_t i = 0; i < t->nfields; i++) {
        const struct lang_object *o = u->u.strct.fields.data[i];
        bool exported = (o->name[0] >= 'A' && o->name[0] <= 'Z') || (unsigned char)o->name[0] >= 0x80;
        const char *tag = o->u.var.tag ? arena_strndup(g->out, o->u.var.tag, o->u.var.tag_len) : "";
        if (!tag) gen_no_memory(g);
        fields[i] = (struct lang_rfield){.name = copy_name(g, o->name),
                                         .pkg = exported || !o->pkg ? "" : copy_name(g, o->pkg->path),
                                         .type = &all[t->fields[i].type->index],
                                         .slot = t->fields[i].slot,
                                         .embedded = o->u.var.embedded,
                                         .tag = tag ? tag : ""};
    }
    r->fields = fields;
    r->nfields = (uint32_t)t->nfields;
}

static void finish_params(struct gen *g, const struct gtype *t, struct lang_rtype *r, const struct lang_rtype *all) {
    struct lang_type *u = lang_under(t->type);
    size_t np = u->u.sig.params.len, nr = u->u.sig.results.len;
    const struct lang_rtype **params = arena_array(g->out, np + nr + 1, sizeof *params);
    if (!params) {
        gen_no_memory(g);
        return;
    }
    for (size_t i = 0; i < np; i++) params[i] = &all[gen_type(g, u->u.sig.params.data[i]->type)->index];
    for (size_t i = 0; i < nr; i++) params[np + i] = &all[gen_type(g, u->u.sig.results.data[i]->type)->index];
    r->params = params;
    r->nparams = (uint32_t)np;
    r->nresults = (uint32_t)nr;
    if (u->u.sig.variadic) r->flags |= LANG_RT_VARIADIC;
}

/* Types that only appear in the descriptors of others must be known before the array of descriptors is made. */
void gen_close_types(struct gen *g) {
    for (size_t i = 0; i < g->types.len; i++) {
        struct lang_type *u = lang_under(g->types.data[i]->type);
        if (u->kind != LANG_T_SIGNATURE) continue;
        for (size_t k = 0; k < u->u.sig.params.len; k++) gen_type(g, u->u.sig.params.data[k]->type);
        for (size_t k = 0; k < u->u.sig.results.len; k++) gen_type(g, u->u.sig.results.data[k]->type);
    }
    gen_methods(g);
}

static void finish_type(struct gen *g, const struct gtype *t, struct lang_rtype *all) {
    struct lang_rtype *r = &all[t->index];
    r->index = t->index;
    r->kind = t->kind;
    r->flags = t->flags;
    r->elem_code = t->elem_code;
    r->slots = t->slots;
    r->len = t->len;
    r->map_slots = t->map_slots;
    r->ptrmap = t->ptrmap;
    r->name = type_name(g, t->type);
    r->type_name = r->pkg = "";
    if (t->type->kind == LANG_T_NAMED) {
        r->type_name = copy_name(g, t->type->u.named.obj->name);
        if (t->type->u.named.obj->pkg) r->pkg = copy_name(g, t->type->u.named.obj->pkg->path);
    } else if (t->type->kind == LANG_T_BASIC) {
        r->type_name = copy_name(g, t->type->u.basic.name);
    }
    if (t->elem) r->elem = &all[t->elem->index];
    if (t->key) r->key = &all[t->key->index];
    if (t->kind == LANG_K_CHAN) r->dir = (uint8_t)lang_under(t->type)->u.chan.dir;
    if (t->kind == LANG_K_STRUCT) finish_fields(g, t, r, all);
    if (t->kind == LANG_K_FUNC) finish_params(g, t, r, all);
    for (uint32_t k = 0; k < t->nmethods; k++) t->methods[k].type = &all[t->made_of[k].type->index];
    r->methods = t->methods;
    r->nmethods = t->nmethods;
}

void gen_finish_types(struct gen *g) {
    struct lang_rtype *all = arena_array(g->out, g->types.len + 1, sizeof *all);
    if (!all) {
        gen_no_memory(g);
        return;
    }
    all[0].name = all[0].type_name = all[0].pkg = "";
    for (size_t i = 0; i < g->types.len; i++) finish_type(g, g->types.data[i], all);
    g->prog->rtypes = all;
    g->prog->nrtypes = (uint32_t)g->types.len + 1;
}
