/* Fields and methods through embedding, method sets. The rules are subtle; they are those of go/types' lookup. */
#include <stdlib.h>
#include <string.h>

#include "checker.h"

struct embedded {
    struct lang_type *type; /* pointers taken off */
    struct lang_type *at;   /* as it is: T or *T */
    int parent;             /* index into all; -1: the start */
    uint32_t field;
    bool deref; /* before taking the field */
    bool indirect, multiples;
};

struct search {
    struct lang_checker *c;
    const struct lang_package *pkg;
    const char *name;
    bool fold;
    VEC(struct embedded) all; /* breadth first; the current depth is a range of it */
    struct lang_object *obj;
    int at;         /* entry of all in which it was found */
    uint32_t field; /* of a field */
    bool indirect;
    bool collision;
};

bool chk_is_interface_ptr(struct lang_type *t) {
    struct lang_type *u = lang_under(t);
    return u->kind == LANG_T_POINTER && lang_under(u->u.pointer.elem)->kind == LANG_T_INTERFACE;
}

static bool seen_before(const struct search *s, size_t end, const struct lang_type *t) {
    for (size_t i = 0; i < end; i++) {
        if (s->all.data[i].type == t) return true;
    }
    return false;
}

static void found(struct search *s, struct lang_object *o, size_t entry, uint32_t field) {
    const struct embedded *e = &s->all.data[entry];
    if (s->obj || e->multiples) {
        s->collision = true;
        return;
    }
    s->obj = o;
    s->at = (int)entry;
    s->field = field;
    s->indirect = e->indirect;
}

/* A declared method of the named type; an instance's has the instance's signature. */
static struct lang_object *declared_method(struct search *s, struct lang_type *named) {
    struct lang_type *origin = named->u.named.origin ? named->u.named.origin : named;
    for (size_t i = 0; i < origin->u.named.methods.len; i++) {
        struct lang_object *m = origin->u.named.methods.data[i];
        if (!chk_same_id(m, s->pkg, s->name, s->fold)) continue;
        return origin == named ? m : chk_instance_method(s->c, named, m);
    }
    return NULL;
}

static void search_struct(struct search *s, size_t entry, struct lang_type *u) {
    for (size_t i = 0; i < u->u.strct.fields.len; i++) {
        struct lang_object *f = u->u.strct.fields.data[i];
        if (chk_same_id(f, s->pkg, s->name, s->fold)) {
            found(s, f, entry, (uint32_t)i);
            if (s->collision) return;
            continue;
        }
        if (s->obj || !f->u.var.embedded || !f->type) continue;
        bool ptr;
        struct embedded next = {.type = chk_deref(f->type, &ptr), .at = f->type, .parent = (int)entry};
        bool at_ptr;
        chk_deref(s->all.data[entry].at, &at_ptr);
        next.field = (uint32_t)i;
        next.deref = at_ptr || lang_under(s->all.data[entry].at)->kind == LANG_T_POINTER;
        next.indirect = s->all.data[entry].indirect || ptr;
        next.multiples = s->all.data[entry].multiples;
        if (!VEC_PUSH(&s->all, next)) s->c->mem.failed = true;
    }
}

static void search_entry(struct search *s, size_t entry, size_t depth_start) {
    struct lang_type *t = s->all.data[entry].type;
    if (t->kind == LANG_T_NAMED) {
        if (seen_before(s, depth_start, t)) return;
        struct lang_object *m = declared_method(s, t);
        if (m) {
            found(s, m, entry, 0);
            return;
        }
    }
    struct lang_type *u = lang_under(t);
    if (u->kind == LANG_T_STRUCT) {
        search_struct(s, entry, u);
    } else if (u->kind == LANG_T_INTERFACE) {
        const struct lang_type_set *set = lang_type_set_of(u);
        for (size_t i = 0; i < set->methods.len; i++) {
            if (!chk_same_id(set->methods.data[i], s->pkg, s->name, s->fold)) continue;
            found(s, set->methods.data[i], entry, 0);
            return;
        }
    }
}

/* Types that occur several times at one depth are kept once and marked. */
static void consolidate(struct search *s, size_t start) {
    size_t n = start;
    for (size_t i = start; i < s->all.len; i++) {
        bool again = false;
        for (size_t j = start; j < n && !again; j++) {
            if (!lang_identical(s->all.data[j].type, s->all.data[i].type)) continue;
            s->all.data[j].multiples = true;
            again = true;
        }
        if (!again) s->all.data[n++] = s->all.data[i];
    }
    if (s->all.len > n) s->all.len = n;
}

static void make_steps(struct search *s, struct lookup *out) {
    bool field = s->obj->kind == LANG_OBJ_VAR;
    size_t n = field ? 1 : 0;
    for (int e = s->at; s->all.data[e].parent >= 0; e = s->all.data[e].parent)
        n++;
    out->steps = MEM_ARRAY(&s->c->mem, struct lang_sel_step, n);
    out->nsteps = n;
    out->at = s->all.data[s->at].at;
    if (field) {
        bool ptr = lang_under(out->at)->kind == LANG_T_POINTER;
        out->steps[--n] = (struct lang_sel_step){ptr, s->field};
    }
    for (int e = s->at; s->all.data[e].parent >= 0; e = s->all.data[e].parent)
        out->steps[--n] = (struct lang_sel_step){s->all.data[e].deref, s->all.data[e].field};
}

static struct lookup search(struct search *s, struct lang_type *t, bool addressable) {
    struct lookup out = {0};
    bool ptr;
    struct lang_type *start = chk_deref(t, &ptr);
    if (ptr && lang_under(start)->kind == LANG_T_INTERFACE) return out;
    struct embedded first = {.type = start, .at = t, .parent = -1, .indirect = ptr};
    if (!VEC_PUSH(&s->all, first)) {
        s->c->mem.failed = true;
        return out;
    }
    for (size_t begin = 0; begin < s->all.len && !s->obj && !s->collision;) {
        size_t end = s->all.len;
        for (size_t i = begin; i < end && !s->collision; i++)
            search_entry(s, i, begin);
        if (s->obj) break;
        consolidate(s, end);
        begin = end;
    }
    if (s->collision) {
        out.ambiguous = true;
        return out;
    }
    if (!s->obj) return out;
    out.indirect = s->indirect;
    if (s->obj->kind == LANG_OBJ_FUNC && s->obj->u.func.ptr_recv && !s->indirect && !addressable) {
        out.indirect = true;
        return out;
    }
    out.obj = s->obj;
    make_steps(s, &out);
    return out;
}

struct lookup chk_lookup(struct lang_checker *c, struct lang_type *t, bool addressable, const struct lang_package *pkg,
                         const char *name, bool fold) {
    struct lookup out = {0};
    struct search s = {.c = c, .pkg = pkg, .name = name, .fold = fold};
    if (STR_BLANK(c, name)) return out;
    struct lang_type *u = t->kind == LANG_T_NAMED ? lang_under(t) : NULL;
    if (u && u->kind == LANG_T_POINTER) { /* a named pointer type has no methods, but its base's fields */
        out = search(&s, u, false);
        if (out.obj && out.obj->kind == LANG_OBJ_FUNC) out = (struct lookup){0};
    } else {
        out = search(&s, t, addressable);
    }
    VEC_FREE(&s.all);
    return out;
}

/* ---- methods that are missing ---- */

enum miss {
    MISS_NONE,
    MISS_NOT_FOUND,
    MISS_NAME,
    MISS_UNEXPORTED,
    MISS_SIGNATURE,
    MISS_AMBIGUOUS,
    MISS_POINTER,
    MISS_FIELD
};

static enum miss find_method(struct lang_checker *c, struct lang_type *v, struct lang_object *m, bool is_static,
                             struct lang_object **have) {
    *have = NULL;
    struct lang_type *u = lang_under(v);
    if (u->kind == LANG_T_INTERFACE) {
        const struct lang_type_set *s = lang_type_set_of(u);
        for (size_t i = 0; i < s->methods.len && !*have; i++) {
            if (chk_same_id(s->methods.data[i], m->pkg, m->name, false)) *have = s->methods.data[i];
        }
        if (!*have) return is_static ? MISS_NOT_FOUND : MISS_NONE;
        return lang_identical((*have)->type, m->type) ? MISS_NONE : MISS_SIGNATURE;
    }
    struct lookup l = chk_lookup(c, v, false, m->pkg, m->name, false);
    if (!l.obj) {
        if (l.ambiguous) return MISS_AMBIGUOUS;
        if (l.indirect) return MISS_POINTER;
        struct lookup alt = chk_lookup(c, v, false, m->pkg, m->name, true);
        if (!alt.obj || alt.obj->kind != LANG_OBJ_FUNC) return MISS_NOT_FOUND;
        *have = alt.obj;
        return alt.obj->name == m->name ? MISS_UNEXPORTED : MISS_NAME;
    }
    if (l.obj->kind != LANG_OBJ_FUNC) return MISS_FIELD;
    *have = l.obj;
    chk_obj_decl(c, l.obj);
    if (!l.obj->type) return MISS_NONE;
    return lang_identical(l.obj->type, m->type) ? MISS_NONE : MISS_SIGNATURE;
}

static const char *interface_ptr_error(struct lang_checker *c, struct lang_type *t) {
    struct lang_type *u = lang_under(t);
    if (chk_is_tparam(u->u.pointer.elem))
        return chk_sprintf(c, "type %s is pointer to type parameter, not type parameter", chk_typestr(c, t));
    return chk_sprintf(c, "type %s is pointer to interface, not interface", chk_typestr(c, t));
}

static const char *miss_text(struct lang_checker *c, enum miss state, struct lang_type *v, struct lang_type *t,
                             struct lang_object *m, struct lang_object *have) {
    if (have) chk_obj_decl(c, have);
    switch (state) {
    case MISS_NOT_FOUND:
        if (chk_is_interface_ptr(v)) return chk_sprintf(c, "(%s)", interface_ptr_error(c, v));
        if (chk_is_interface_ptr(t)) return chk_sprintf(c, "(%s)", interface_ptr_error(c, t));
        return chk_sprintf(c, "(missing method %s)", m->name);
    case MISS_NAME:
        return chk_sprintf(c, "(missing method %s)\n\t\thave %s\n\t\twant %s", m->name, chk_funcstr(c, have),
                           chk_funcstr(c, m));
    case MISS_UNEXPORTED:
        return chk_sprintf(c, "(unexported method %s)", m->name);
    case MISS_SIGNATURE:
        return chk_sprintf(c, "(wrong type for method %s)\n\t\thave %s\n\t\twant %s", m->name, chk_funcstr(c, have),
                           chk_funcstr(c, m));
    case MISS_AMBIGUOUS:
        return chk_sprintf(c, "(ambiguous selector %s.%s)", chk_typestr(c, v), m->name);
    case MISS_POINTER:
        return chk_sprintf(c, "(method %s has pointer receiver)", m->name);
    case MISS_FIELD:
        return chk_sprintf(c, "(%s.%s is a field, not a method)", chk_typestr(c, v), m->name);
    default:
        return "";
    }
}

static bool invalid_embedded(struct lang_type *t, int depth) {
    struct lang_type *u = lang_under(t);
    if (u->kind == LANG_T_POINTER) u = lang_under(u->u.pointer.elem);
    if (u->kind != LANG_T_STRUCT || depth > 20) return false;
    for (size_t i = 0; i < u->u.strct.fields.len; i++) {
        struct lang_object *f = u->u.strct.fields.data[i];
        if (f->u.var.embedded && (!chk_valid(f->type) || invalid_embedded(f->type, depth + 1))) return true;
    }
    return false;
}

struct lang_object *chk_missing_method(struct lang_checker *c, struct lang_type *v, struct lang_type *t, bool is_static,
                                       const char **cause) {
    if (!chk_valid(v)) return NULL;
    const struct lang_type_set *ts = lang_type_set_of(t);
    for (size_t i = 0; i < ts->methods.len; i++) {
        struct lang_object *m = ts->methods.data[i], *have;
        enum miss state = find_method(c, v, m, is_static, &have);
        if (state == MISS_NONE) continue;
        if (invalid_embedded(v, 0)) return NULL;
        if (cause) *cause = miss_text(c, state, v, t, m, have);
        return m;
    }
    return NULL;
}

bool chk_assertable(struct lang_checker *c, struct lang_type *v, struct lang_type *t, const char **cause) {
    if (lang_under(t)->kind == LANG_T_INTERFACE) return true;
    return chk_missing_method(c, t, v, false, cause) == NULL;
}

/* ---- for code generation ---- */

static void fill_selection(struct lang_type *t, const struct lookup *l, struct lang_selection *sel) {
    *sel = (struct lang_selection){.recv = t, .obj = l->obj, .steps = l->steps, .nsteps = l->nsteps};
    sel->indirect = l->indirect;
    if (l->obj->kind == LANG_OBJ_VAR) {
        sel->kind = LANG_SEL_FIELD;
        return;
    }
    sel->kind = LANG_SEL_METHOD;
    sel->at = l->at;
    bool ptr = l->at->kind == LANG_T_POINTER;
    sel->iface = lang_under(l->at)->kind == LANG_T_INTERFACE;
    if (sel->iface) return;
    sel->recv_addr = l->obj->u.func.ptr_recv && !ptr;
    sel->recv_deref = !l->obj->u.func.ptr_recv && ptr;
}

void chk_fill_selection(struct lang_type *t, const struct lookup *l, struct lang_selection *sel) {
    fill_selection(t, l, sel);
}

bool lang_lookup(struct lang_checked *c, struct lang_type *t, bool addressable, const struct lang_package *pkg,
                 const char *name, struct lang_selection *sel) {
    struct lookup l = chk_lookup(c->checker, t, addressable, pkg, name, false);
    if (!l.obj) return false;
    chk_obj_decl(c->checker, l.obj);
    fill_selection(t, &l, sel);
    return true;
}

bool lang_implements(struct lang_checked *c, struct lang_type *t, struct lang_type *iface) {
    return chk_missing_method(c->checker, t, iface, true, NULL) == NULL;
}

/* Every method name that t may have, declared or promoted. */
struct names {
    struct lang_checker *c;
    VEC(struct lang_object *) list;
    VEC(struct lang_type *) seen;
};

static void add_name(struct names *n, struct lang_object *m) {
    for (size_t i = 0; i < n->list.len; i++) {
        if (chk_same_id(n->list.data[i], m->pkg, m->name, false)) return;
    }
    if (!VEC_PUSH(&n->list, m)) n->c->mem.failed = true;
}

static void collect_names(struct names *n, struct lang_type *t) {
    bool ptr;
    t = chk_deref(t, &ptr);
    for (size_t i = 0; i < n->seen.len; i++) {
        if (n->seen.data[i] == t) return;
    }
    if (!VEC_PUSH(&n->seen, t)) n->c->mem.failed = true;
    if (t->kind == LANG_T_NAMED) {
        struct lang_type *origin = t->u.named.origin ? t->u.named.origin : t;
        for (size_t i = 0; i < origin->u.named.methods.len; i++)
            add_name(n, origin->u.named.methods.data[i]);
    }
    struct lang_type *u = lang_under(t);
    if (u->kind == LANG_T_INTERFACE) {
        const struct lang_type_set *s = lang_type_set_of(u);
        for (size_t i = 0; i < s->methods.len; i++)
            add_name(n, s->methods.data[i]);
    }
    if (u->kind != LANG_T_STRUCT || n->seen.len > 1000) return;
    for (size_t i = 0; i < u->u.strct.fields.len; i++) {
        if (u->u.strct.fields.data[i]->u.var.embedded) collect_names(n, u->u.strct.fields.data[i]->type);
    }
}

static int by_name(const void *a, const void *b) {
    const struct lang_selection *x = a, *y = b;
    int d = strcmp(x->obj->name, y->obj->name);
    if (d || x->obj->pkg == y->obj->pkg) return d;
    return strcmp(x->obj->pkg ? x->obj->pkg->path : "", y->obj->pkg ? y->obj->pkg->path : "");
}

static const struct lang_method_set *make_method_set(struct lang_checked *c, struct lang_type *t) {
    struct lang_method_set *set = MEM_NEW(&c->checker->mem, struct lang_method_set);
    struct names n = {.c = c->checker};
    collect_names(&n, t);
    set->data = MEM_ARRAY(&c->checker->mem, struct lang_selection, n.list.len);
    for (size_t i = 0; set->data && i < n.list.len; i++) {
        struct lang_object *m = n.list.data[i];
        if (lang_lookup(c, t, false, m->pkg, m->name, &set->data[set->len]) &&
            set->data[set->len].kind == LANG_SEL_METHOD)
            set->len++;
    }
    if (set->len) qsort(set->data, set->len, sizeof *set->data, by_name);
    VEC_FREE(&n.list);
    VEC_FREE(&n.seen);
    return set;
}

const struct lang_method_set *lang_method_set_of(struct lang_checked *c, struct lang_type *t) {
    struct map *m = &c->checker->method_sets;
    const struct lang_method_set *set = map_get(m, (const char *)&t->id, sizeof t->id);
    if (set) return set;
    set = make_method_set(c, t);
    if (!map_set(m, (const char *)&t->id, sizeof t->id, (void *)(uintptr_t)set)) c->checker->mem.failed = true;
    return set;
}
