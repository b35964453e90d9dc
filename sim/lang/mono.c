/* Instances that need ever larger instances: func f[T any]() { f[[]T]() }. Type parameters are the vertices of a graph;
 * an argument that mentions a parameter gives an edge, of weight 1 if it is more than the parameter alone. A cycle of
 * positive weight never ends (go/types' mono.go). */
#include <string.h>

#include "checker.h"

static size_t vertex(struct lang_checker *c, struct lang_type *t) {
    struct mono *m = &c->mono;
    while (t->kind == LANG_T_TYPEPARAM && t->u.tparam.canon)
        t = t->u.tparam.canon;
    uint32_t id = t->id;
    struct mono_vertex *known = map_get(&m->by_type, (const char *)&id, sizeof id);
    if (known) return known->index;
    struct mono_vertex *v = MEM_NEW(&c->mem, struct mono_vertex);
    v->index = m->vertices.len;
    v->obj = t->kind == LANG_T_TYPEPARAM ? t->u.tparam.obj : t->u.named.obj;
    if (c->mem.failed || !VEC_PUSH(&m->vertices, v) || !map_set(&m->by_type, (const char *)&id, sizeof id, v))
        c->mem.failed = true;
    return v->index;
}

static void add_edge(struct lang_checker *c, struct mono_edge e) {
    if (c->mem.failed || !VEC_PUSH(&c->mono.edges, e)) c->mem.failed = true;
}

struct flow {
    struct lang_checker *c;
    lang_pos pos;
    struct lang_type *tparam, *targ;
};

static void visit(struct flow *f, struct lang_type *t);

static void visit_objects(struct flow *f, struct lang_object_list l) {
    for (size_t i = 0; i < l.len; i++)
        visit(f, l.data[i]->type);
}

static void from(struct flow *f, struct lang_type *t) {
    size_t dst = vertex(f->c, f->tparam), src = vertex(f->c, t);
    add_edge(f->c, (struct mono_edge){dst, src, t != f->targ, f->pos, f->targ, false});
}

/* A type that a generic function declares is another one for each of its arguments. */
static void local_type(struct flow *f, struct lang_type *t) {
    struct lang_type *origin = t->u.named.origin;
    struct lang_func *in = origin->u.named.in;
    while (in && in->outer && in->kind != LANG_FUNC_INIT)
        in = in->outer;
    struct lang_object_list own = {0};
    if (in && in->sig) own = in->sig->u.sig.recv_tparams.len ? in->sig->u.sig.recv_tparams : in->sig->u.sig.tparams;
    if (!own.len) return;
    uint32_t id = origin->id;
    bool known = map_get(&f->c->mono.by_type, (const char *)&id, sizeof id) != NULL;
    size_t v = vertex(f->c, origin);
    for (size_t i = 0; i < own.len && !known; i++) {
        struct lang_type *p = own.data[i]->type;
        add_edge(f->c, (struct mono_edge){v, vertex(f->c, p), 1, origin->u.named.obj->pos, p, true});
    }
    from(f, origin);
}

static void visit(struct flow *f, struct lang_type *t) {
    if (!t || !chk_enter(f->c, f->pos)) {
        if (t) chk_leave(f->c);
        return;
    }
    switch (t->kind) {
    case LANG_T_TYPEPARAM:
        from(f, t);
        break;
    case LANG_T_NAMED:
        local_type(f, t);
        for (size_t i = 0; i < t->u.named.targs.len; i++)
            visit(f, t->u.named.targs.data[i]);
        break;
    case LANG_T_POINTER:
        visit(f, t->u.pointer.elem);
        break;
    case LANG_T_SLICE:
        visit(f, t->u.slice.elem);
        break;
    case LANG_T_ARRAY:
        visit(f, t->u.array.elem);
        break;
    case LANG_T_CHAN:
        visit(f, t->u.chan.elem);
        break;
    case LANG_T_MAP:
        visit(f, t->u.map.key);
        visit(f, t->u.map.elem);
        break;
    case LANG_T_STRUCT:
        visit_objects(f, t->u.strct.fields);
        break;
    case LANG_T_SIGNATURE:
        visit_objects(f, t->u.sig.params);
        visit_objects(f, t->u.sig.results);
        break;
    case LANG_T_INTERFACE:
        visit_objects(f, lang_type_set_of(t)->methods);
        break;
    default:
        break;
    }
    chk_leave(f->c);
}

void chk_mono_record(struct lang_checker *c, lang_pos pos, struct lang_object_list tparams, struct lang_type_list targs,
                     struct lang_expr_list xlist) {
    for (size_t i = 0; i < tparams.len && i < targs.len; i++) {
        if (tparams.data[i]->pkg != c->env.pkg) continue;
        struct flow f = {c, i < xlist.len ? lang_start_pos(xlist.data[i]) : pos, tparams.data[i]->type, targs.data[i]};
        visit(&f, targs.data[i]);
    }
}

static void report(struct lang_checker *c, size_t v) {
    struct mono *m = &c->mono;
    size_t n = m->vertices.len, len = 0, first = 0;
    size_t *stack = MEM_ARRAY(&c->mem, size_t, n + 1);
    bool *seen = MEM_ARRAY(&c->mem, bool, n);
    if (!stack || !seen) return;
    while (!seen[v]) {
        stack[len++] = v;
        seen[v] = true;
        v = m->edges.data[m->vertices.data[v]->pre].src;
    }
    while (stack[first] != v)
        first++;
    struct str s = {0};
    for (size_t i = first; i < len; i++) {
        const struct mono_edge *e = &m->edges.data[m->vertices.data[stack[i]]->pre];
        str_addf(&s, "\n\t%s: %s %s %s", chk_posstr(c, e->pos), m->vertices.data[stack[i]]->obj->name,
                 e->implicit ? "implicitly parameterized by" : "instantiated as", chk_typestr(c, e->type));
    }
    chk_error(c, m->vertices.data[v]->obj->pos, "instantiation cycle:%s", str_cstr(&s));
    str_free(&s);
}

void chk_mono_check(struct lang_checker *c) {
    struct mono *m = &c->mono;
    for (bool again = true; again && !c->mem.failed;) {
        again = false;
        for (size_t i = 0; i < m->edges.len; i++) {
            const struct mono_edge *e = &m->edges.data[i];
            const struct mono_vertex *src = m->vertices.data[e->src];
            struct mono_vertex *dst = m->vertices.data[e->dst];
            int w = src->weight + e->weight;
            if (w <= dst->weight) continue;
            dst->pre = i;
            dst->len = src->len + 1;
            if (dst->len == m->vertices.len) {
                report(c, e->dst);
                return;
            }
            dst->weight = w;
            again = true;
        }
    }
}
