/* The order in which package variables get their initial values: by dependency, then as declared (go/types'
 * initorder.go). Functions stand for what they use. */
#include <string.h>

#include "checker.h"

struct visit {
    struct lang_checker *c;
    struct lang_package *pkg;
    uint32_t mark;
    VEC(struct lang_object *) found; /* variables that a declaration reaches */
    VEC(struct lang_object *) work;
};

/* All variables and constants of the package that `from` uses, itself or through functions. */
static void reach(struct visit *v, struct lang_decl_info *from) {
    v->found.len = 0;
    v->work.len = 0;
    v->mark++;
    struct lang_decl_info *d = from;
    for (;;) {
        for (size_t i = 0; i < d->deps.len; i++) {
            struct lang_object *o = d->deps.data[i];
            if (o->info->seen == v->mark || o->pkg != v->pkg) continue;
            o->info->seen = v->mark;
            if (o->kind == LANG_OBJ_VAR) {
                if (!VEC_PUSH(&v->found, o)) v->c->mem.failed = true;
            } else if (o->kind == LANG_OBJ_FUNC) {
                chk_obj_decl(v->c, o);
                if (v->pkg->library && o->u.func.func) chk_check_body(v->c, o->u.func.func);
                if (!VEC_PUSH(&v->work, o)) v->c->mem.failed = true;
            }
        }
        if (!v->work.len || v->c->mem.failed) return;
        d = v->work.data[--v->work.len]->info;
    }
}

struct node {
    struct lang_object *obj; /* the first of its declaration */
    struct lang_decl_info *info;
    struct lang_object **deps;
    size_t ndeps;
    bool done;
};

static bool find_path(struct visit *v, struct lang_object *from, struct lang_object *to, struct lang_object **path,
                      size_t *n, int depth) {
    struct lang_decl_info *d = from->info;
    if (d->seen == v->mark || depth > LANG_DEPTH_LIMIT) return false;
    d->seen = v->mark;
    for (size_t i = 0; i < d->deps.len; i++) {
        struct lang_object *o = d->deps.data[i];
        if (o->pkg != v->pkg) continue;
        bool self = o == to || (o->info == to->info && o->kind == LANG_OBJ_VAR);
        if (self || find_path(v, o, to, path, n, depth + 1)) {
            if (self) o = to;
            path[(*n)++] = o;
            return true;
        }
    }
    return false;
}

static void report_cycle(struct visit *v, struct lang_object *start, size_t most) {
    struct lang_checker *c = v->c;
    struct lang_object **path = MEM_ARRAY(&c->mem, struct lang_object *, most + 1);
    size_t n = 0;
    v->mark++;
    if (!path || !find_path(v, start, start, path, &n, 0) || !n) return;
    if (n == 1) {
        chk_error(c, start->pos, "initialization cycle: %s refers to itself", start->name);
        return;
    }
    struct str s = {0};
    struct lang_object *o = path[0];
    for (size_t i = n; i-- > 0;) {
        str_addf(&s, "\n\t%s: %s refers to %s", chk_posstr(c, o->pos), o->name, path[i]->name);
        o = path[i];
    }
    chk_error(c, path[0]->pos, "initialization cycle for %s%s", path[0]->name, str_cstr(&s));
    str_free(&s);
}

static size_t node_of(const struct node *nodes, size_t n, const struct lang_decl_info *info) {
    for (size_t i = 0; i < n; i++) {
        if (nodes[i].info == info) return i;
    }
    return n;
}

static size_t open_deps(const struct node *nodes, size_t n, const struct node *x) {
    size_t open = 0;
    for (size_t i = 0; i < x->ndeps; i++) {
        size_t k = x->deps[i]->u.var.index; /* of its node, see make_nodes */
        if (k < n && !nodes[k].done) open++;
    }
    return open;
}

static void emit(struct lang_package *p, struct node *x) {
    x->done = true;
    if (!x->info->init) return;
    struct lang_initializer *init = &p->init_order[p->ninit_order++];
    init->rhs = x->info->init;
    init->lhs = x->info->lhs;
    if (!init->lhs.len) init->lhs = (struct lang_object_list){&x->obj, 1};
}

static size_t make_nodes(struct visit *v, struct node *nodes) {
    struct lang_package *p = v->pkg;
    size_t n = 0;
    for (size_t i = 0; i < p->vars.len; i++) {
        struct lang_object *o = p->vars.data[i];
        size_t k = o->info->lhs.len > 1 ? node_of(nodes, n, o->info) : n;
        if (k == n) {
            nodes[n].obj = o;
            nodes[n++].info = o->info;
        }
        o->u.var.index = (uint32_t)k;
    }
    for (size_t i = 0; i < n; i++) {
        if (!nodes[i].info->init) continue;
        reach(v, nodes[i].info);
        nodes[i].ndeps = v->found.len;
        nodes[i].deps = MEM_ARRAY(&v->c->mem, struct lang_object *, v->found.len);
        if (v->found.len) memcpy(nodes[i].deps, v->found.data, v->found.len * sizeof *nodes[i].deps);
    }
    return n;
}

/* Again and again the first declared one that has all it needs. */
static void order(struct visit *v, struct node *nodes, size_t n) {
    struct lang_package *p = v->pkg;
    size_t left = n, first = 0;
    while (left && !v->c->mem.failed) {
        while (first < n && nodes[first].done) first++;
        size_t pick = n;
        for (size_t i = first; i < n && pick == n; i++) {
            if (!nodes[i].done && !open_deps(nodes, n, &nodes[i])) pick = i;
        }
        if (pick == n) { /* a cycle: told at the first that is on one */
            for (size_t i = first; i < n && pick == n; i++) {
                if (nodes[i].done) continue;
                int errors = v->c->errors;
                report_cycle(v, nodes[i].obj, p->vars.len + p->nfuncs + 1);
                if (v->c->errors > errors) pick = i;
            }
            if (pick == n) pick = first;
            for (size_t i = first; i < n; i++) nodes[i].done = true;
            return;
        }
        struct node *x = &nodes[pick];
        emit(p, x);
        /* lhs of a single variable must outlive the nodes */
        if (p->ninit_order && p->init_order[p->ninit_order - 1].rhs == x->info->init && !x->info->lhs.len) {
            struct lang_object **one = MEM_ARRAY(&v->c->mem, struct lang_object *, 1);
            one[0] = x->obj;
            p->init_order[p->ninit_order - 1].lhs = (struct lang_object_list){one, 1};
        }
        left--;
    }
}

void chk_init_order(struct lang_checker *c, struct lang_package *p) {
    if (!p->vars.len) return;
    struct visit v = {.c = c, .pkg = p};
    struct node *nodes = MEM_ARRAY(&c->mem, struct node, p->vars.len);
    p->init_order = MEM_ARRAY(&c->mem, struct lang_initializer, p->vars.len);
    if (nodes && p->init_order && !c->mem.failed) {
        for (struct lang_decl_info *d = c->infos; d; d = d->all_next) d->seen = 0;
        size_t n = make_nodes(&v, nodes);
        order(&v, nodes, n);
    }
    for (size_t i = 0; i < p->vars.len; i++) p->vars.data[i]->u.var.index = (uint32_t)i;
    VEC_FREE(&v.found);
    VEC_FREE(&v.work);
}
