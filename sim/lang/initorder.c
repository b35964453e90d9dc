/* The order in which package variables get their initial values: by dependency, then as declared (go/types'
 * initorder.go, which is followed so closely that cycles are told as Go tells them). Functions stand for what they use;
 * constants take part, since a cycle may go through them. */
#include <stdlib.h>
#include <string.h>

#include "checker.h"

struct node {
    struct lang_object *obj; /* a variable or constant */
    struct node **pred;      /* those that need this one */
    size_t npred, cap;
    size_t ndeps; /* how many it needs that are not done */
    bool done;
};

struct ordering {
    struct lang_checker *c;
    struct lang_package *pkg;
    uint32_t mark;
    VEC(struct lang_object *) work;
    struct node *nodes; /* in order of declaration */
    size_t n;
};

static void add_pred(struct ordering *o, struct node *n, struct node *pred) {
    if (n->npred == n->cap) {
        n->cap = n->cap ? n->cap * 2 : 4;
        struct node **data = MEM_ARRAY(&o->c->mem, struct node *, n->cap);
        if (n->npred) memcpy(data, n->pred, n->npred * sizeof *data);
        n->pred = data;
    }
    n->pred[n->npred++] = pred;
}

/* Everything that n uses, itself or through functions. An object's on_path, free by now, is 1 + its node's place. */
static void link_node(struct ordering *o, struct node *n) {
    o->mark++;
    struct lang_decl_info *d = n->obj->info;
    for (;;) {
        for (size_t i = 0; i < d->deps.len; i++) {
            struct lang_object *dep = d->deps.data[i];
            bool variable = dep->kind == LANG_OBJ_VAR || dep->kind == LANG_OBJ_CONST;
            if (dep->pkg != o->pkg || (!variable && dep->kind != LANG_OBJ_FUNC)) continue;
            if (variable) {
                if (!dep->on_path) continue; /* a constant that uses nothing */
                struct node *to = &o->nodes[dep->on_path - 1];
                if (to->npred && to->pred[to->npred - 1] == n) continue;
                add_pred(o, to, n);
                n->ndeps++;
                continue;
            }
            if (dep->info->seen == o->mark) continue;
            dep->info->seen = o->mark;
            chk_obj_decl(o->c, dep);
            if (o->pkg->library && dep->u.func.func) chk_check_body(o->c, dep->u.func.func);
            if (!VEC_PUSH(&o->work, dep)) o->c->mem.failed = true;
        }
        if (!o->work.len || o->c->mem.failed) return;
        d = o->work.data[--o->work.len]->info;
    }
}

/* ---- cycles ---- */

static int by_order(const void *a, const void *b) {
    const struct lang_object *x = *(struct lang_object *const *)a, *y = *(struct lang_object *const *)b;
    return x->pos < y->pos ? -1 : x->pos > y->pos;
}

struct trail {
    struct lang_object **data;
    size_t len, cap;
};

static bool find_path(struct ordering *o, struct lang_object *from, struct lang_object *to, struct trail *t,
                      int depth) {
    struct lang_decl_info *d = from->info;
    if (d->seen == o->mark || depth > LANG_DEPTH_LIMIT) return false;
    d->seen = o->mark;
    if (d->deps.len > 1) qsort(d->deps.data, d->deps.len, sizeof *d->deps.data, by_order);
    for (size_t i = 0; i < d->deps.len; i++) {
        struct lang_object *dep = d->deps.data[i];
        if (dep->pkg != o->pkg || (dep != to && !find_path(o, dep, to, t, depth + 1))) continue;
        if (t->len < t->cap) t->data[t->len++] = dep;
        return true;
    }
    return false;
}

static void report_cycle(struct ordering *o, struct lang_object *start) {
    struct lang_checker *c = o->c;
    struct trail t = {.cap = o->n + o->pkg->nfuncs + 1};
    t.data = MEM_ARRAY(&c->mem, struct lang_object *, t.cap);
    o->mark++;
    if (!t.data || !find_path(o, start, start, &t, 0) || !t.len) return;
    struct lang_object *at = t.data[0];
    if (t.len == 1) {
        chk_error(c, at->pos, "initialization cycle: %s refers to itself", at->name);
        return;
    }
    struct str s = {0};
    for (size_t i = t.len; i-- > 0;) {
        str_addf(&s, "\n\t%s: %s refers to %s", chk_posstr(c, at->pos), at->name, t.data[i]->name);
        at = t.data[i];
    }
    chk_error(c, at->pos, "initialization cycle for %s%s", at->name, str_cstr(&s));
    str_free(&s);
}

/* ---- order ---- */

static void emit(struct ordering *o, const struct node *n) {
    struct lang_package *p = o->pkg;
    struct lang_decl_info *d = n->obj->info;
    if (n->obj->kind != LANG_OBJ_VAR || !d->init || d->emitted) return;
    d->emitted = true; /* it may be of several variables */
    struct lang_initializer *init = &p->init_order[p->ninit_order++];
    init->rhs = d->init;
    init->lhs = d->lhs;
    if (init->lhs.len) return;
    init->lhs = (struct lang_object_list){MEM_ARRAY(&o->c->mem, struct lang_object *, 1), 1};
    init->lhs.data[0] = n->obj;
}

/* Of one kind the one that needs least, then the one declared first. */
static struct node *next(struct ordering *o, enum lang_object_kind kind, size_t *first) {
    struct node *best = NULL;
    while (*first < o->n && (o->nodes[*first].done || o->nodes[*first].obj->kind != kind))
        ++*first;
    for (size_t i = *first; i < o->n; i++) {
        struct node *n = &o->nodes[i];
        if (n->done || n->obj->kind != kind) continue;
        if (!best || n->ndeps < best->ndeps) best = n;
        if (!best->ndeps) break;
    }
    return best;
}

static void order(struct ordering *o, enum lang_object_kind kind) {
    size_t first = 0;
    struct node *n;
    while (!o->c->mem.failed && (n = next(o, kind, &first))) {
        if (n->ndeps) report_cycle(o, n->obj);
        n->done = true;
        for (size_t i = 0; i < n->npred; i++)
            n->pred[i]->ndeps--;
        emit(o, n);
    }
}

static void make_nodes(struct ordering *o) {
    struct lang_scope *s = o->pkg->scope;
    size_t most = o->pkg->vars.len + s->objects.len;
    o->nodes = MEM_ARRAY(&o->c->mem, struct node, most);
    VEC(struct lang_object *) list = {0};
    for (size_t i = 0; i < s->objects.len; i++) {
        if (s->objects.data[i]->kind == LANG_OBJ_CONST && s->objects.data[i]->info->deps.len &&
            !VEC_PUSH(&list, s->objects.data[i]))
            o->c->mem.failed = true;
    }
    for (size_t i = 0; i < o->pkg->vars.len; i++) {
        if (!VEC_PUSH(&list, o->pkg->vars.data[i])) o->c->mem.failed = true;
    }
    if (list.len > 1) qsort(list.data, list.len, sizeof *list.data, by_order);
    for (size_t i = 0; i < list.len && i < most; i++) {
        o->nodes[o->n].obj = list.data[i];
        list.data[i]->on_path = (uint32_t)++o->n;
    }
    VEC_FREE(&list);
}

void chk_init_order(struct lang_checker *c, struct lang_package *p) {
    struct ordering o = {.c = c, .pkg = p, .mark = c->init_mark};
    p->init_order = MEM_ARRAY(&c->mem, struct lang_initializer, p->vars.len);
    make_nodes(&o);
    for (size_t i = 0; i < o.n && !c->mem.failed; i++)
        link_node(&o, &o.nodes[i]);
    order(&o, LANG_OBJ_CONST);
    order(&o, LANG_OBJ_VAR);
    for (size_t i = 0; i < o.n; i++)
        o.nodes[i].obj->on_path = 0;
    c->init_mark = o.mark;
    VEC_FREE(&o.work);
}
