#include <stdint.h>
#include <string.h>

#include "checker.h"

enum { MANY = 12 };

struct lang_scope *chk_scope_new(struct lang_checker *c, struct lang_scope *parent) {
    struct lang_scope *s = MEM_NEW(&c->mem, struct lang_scope);
    s->parent = parent;
    if (c->mem.failed || !VEC_PUSH(&c->scopes, s)) c->mem.failed = true; /* scopes in the reserve are not kept */
    return s;
}

static size_t slot(const char *name, size_t size) {
    uint64_t h = (uint64_t)(uintptr_t)name * 0x9e3779b97f4a7c15u;
    return (size_t)(h >> 32) & (size - 1);
}

struct lang_object *chk_scope_find(const struct lang_scope *s, const char *name) {
    if (!s->table_size) {
        for (size_t i = 0; i < s->objects.len; i++) {
            if (s->objects.data[i]->name == name) return s->objects.data[i];
        }
        return NULL;
    }
    for (size_t i = slot(name, s->table_size); s->table[i]; i = (i + 1) & (s->table_size - 1)) {
        if (s->table[i]->name == name) return s->table[i];
    }
    return NULL;
}

static void add_to_table(struct lang_scope *s, struct lang_object *o) {
    size_t i = slot(o->name, s->table_size);
    while (s->table[i])
        i = (i + 1) & (s->table_size - 1);
    s->table[i] = o;
}

static void index_scope(struct lang_checker *c, struct lang_scope *s) {
    size_t size = s->table_size ? s->table_size * 2 : 64;
    struct lang_object **table = MEM_ARRAY(&c->mem, struct lang_object *, size);
    if (!table || c->mem.failed) return;
    s->table = table;
    s->table_size = size;
    for (size_t i = 0; i < s->objects.len; i++)
        add_to_table(s, s->objects.data[i]);
}

struct lang_object *chk_scope_insert(struct lang_checker *c, struct lang_scope *s, struct lang_object *o) {
    struct lang_object *other = chk_scope_find(s, o->name);
    if (other) return other;
    if (c->mem.failed || !VEC_PUSH(&s->objects, o)) {
        c->mem.failed = true;
        return NULL;
    }
    if (!o->parent) o->parent = s;
    if (s->table_size && s->objects.len * 2 <= s->table_size) {
        add_to_table(s, o);
    } else if (s->objects.len > MANY) {
        index_scope(c, s);
    }
    return NULL;
}

struct lang_object *chk_find(struct lang_checker *c, const char *name, struct lang_scope **where) {
    for (struct lang_scope *s = c->env.scope; s; s = s->parent) {
        struct lang_object *o = chk_scope_find(s, name);
        if (!o) continue;
        if (where) *where = s;
        return o;
    }
    return NULL;
}

void chk_open_scope(struct lang_checker *c) { c->env.scope = chk_scope_new(c, c->env.scope); }
void chk_close_scope(struct lang_checker *c) { c->env.scope = c->env.scope->parent; }

void chk_declare(struct lang_checker *c, struct lang_scope *s, struct lang_expr *id, struct lang_object *o) {
    if (!STR_BLANK(c, o->name)) {
        struct lang_object *other = chk_scope_insert(c, s, o);
        if (other) {
            if (other->pos) {
                chk_error(c, o->pos, "%s redeclared in this block\n\t%s: other declaration of %s", o->name,
                          chk_posstr(c, other->pos), other->name);
            } else {
                chk_error(c, o->pos, "%s redeclared in this block", o->name);
            }
            return;
        }
    } else if (!o->parent) {
        o->parent = s;
    }
    if (id) {
        id->u.ident.obj = o;
        id->defines = true;
    }
}

void chk_later(struct lang_checker *c, void (*f)(struct lang_checker *, void *, void *), void *a, void *b) {
    struct action action = {f, a, b, c->env.pkg};
    if (!VEC_PUSH(&c->delayed, action)) c->mem.failed = true;
}

void chk_process_delayed(struct lang_checker *c, size_t top) {
    for (size_t i = top; i < c->delayed.len; i++) {
        struct action a = c->delayed.data[i];
        struct lang_package *pkg = c->env.pkg;
        if (a.pkg) c->env.pkg = a.pkg;
        if (!c->mem.failed) a.f(c, a.a, a.b);
        c->env.pkg = pkg;
    }
    if (c->delayed.len > top) c->delayed.len = top;
}
