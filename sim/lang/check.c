/* Packages: files read, declarations collected, imports found in the library, everything checked in Go's order. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "checker.h"
#include "deep.h"

struct lang_package_state {
    bool loading;
};

static struct lang_decl_info *new_info(struct lang_checker *c, struct lang_scope *file) {
    struct lang_decl_info *d = MEM_NEW(&c->mem, struct lang_decl_info);
    d->pkg = c->env.pkg;
    d->file = file;
    d->order = ++c->next_order;
    if (c->mem.failed) return d;
    d->all_next = c->infos;
    c->infos = d;
    return d;
}

/* ---- collecting ---- */

struct method_decl {
    struct lang_object *obj;
    const char *base;
    bool ptr;
};

struct collecting {
    struct lang_package *pkg;
    struct lang_scope *file;
    VEC(struct lang_object *) vars;
    VEC(struct lang_func *) funcs;
    VEC(struct lang_func *) inits;
    VEC(struct lang_object *) objects; /* everything declared, in order */
    VEC(struct method_decl) methods;
    VEC(struct lang_package *) imports;
    VEC(struct lang_scope *) files;
};

#define PUSH(c, vec, x)                                \
    do {                                               \
        if (!VEC_PUSH(vec, x)) (c)->mem.failed = true; \
    } while (0)

static void declare_package(struct lang_checker *c, struct collecting *k, struct lang_expr *id, struct lang_object *obj,
                            struct lang_decl_info *d) {
    const char *name = id->u.ident.name;
    obj->info = d;
    PUSH(c, &k->objects, obj);
    if (name == c->init_name) {
        chk_error(c, id->pos, "cannot declare init - must be func");
        return;
    }
    if (name == c->main_name && strcmp(k->pkg->name, "main") == 0) {
        chk_error(c, id->pos, "cannot declare main - must be func");
        return;
    }
    chk_declare(c, k->pkg->scope, id, obj);
}

static void dot_import(struct lang_checker *c, struct collecting *k, struct lang_package *imp, lang_pos pos) {
    for (size_t i = 0; i < imp->scope->objects.len; i++) {
        struct lang_object *o = imp->scope->objects.data[i];
        if (!chk_exported(o->name)) continue;
        struct lang_object *other = chk_scope_insert(c, k->file, o);
        if (other)
            chk_error(c, pos, "%s redeclared in this block\n\t%s: other declaration of %s", o->name,
                      chk_posstr(c, other->pos), o->name);
    }
}

/* "bufio, bytes, ..."; packages within others are told by their first name alone. */
static const char *packages_that_are(struct lang_checker *c) {
    struct str s = {0};
    const struct lang_library *lib = c->out->lib;
    for (size_t i = 0; lib && i < lib->npackages; i++) {
        const char *path = lib->packages[i].path;
        if (strncmp(path, "internal/", 9) != 0) str_addf(&s, "%s%s", s.len ? ", " : "", path);
    }
    const char *text = chk_sprintf(c, "gosee has %s", str_cstr(&s));
    str_free(&s);
    return text;
}

static void missing_package(struct lang_checker *c, lang_pos pos, const char *path) {
    const struct lang_library *lib = c->out->lib;
    const char *slash = strchr(path, '/'), *dot = strchr(path, '.');
    if (lib && lib->known && lib->known(path)) {
        chk_error(c, pos, "package %s is in std, but gosee does not have it", path);
        chk_hint(c, packages_that_are(c));
    } else if (dot && (!slash || dot < slash)) {
        chk_error(c, pos, "no required module provides package %s: go.mod file not found in current directory or any "
                          "parent directory; see 'go help modules'", path);
        chk_hint(c, "gosee runs programs that need no modules");
    } else {
        chk_error(c, pos, "package %s is not in std", path);
        chk_hint(c, packages_that_are(c));
    }
}

static bool valid_import_path(struct lang_checker *c, struct lang_expr *e, char **path) {
    char *buf = lang_mem_alloc(&c->mem, e->u.lit.len + 1);
    if (!buf) return false;
    size_t n = lang_unquote(e->u.lit.text, e->u.lit.len, buf, NULL);
    buf[n] = 0;
    *path = buf;
    if (!n) {
        chk_error(c, e->pos, "invalid import path (empty string)");
        return false;
    }
    for (const char *p = buf; p < buf + n;) {
        int32_t r;
        size_t w = lang_utf8_decode(p, buf + n, &r);
        if (r <= ' ' || r == 0x7f || r == 0xfffd || strchr("!\"#$%&'()*,:;<=>?[\\]^{|}`", r < 0x80 ? r : 1)) {
            if (r >= ' ' && r < 0x7f) {
                chk_error(c, e->pos, "invalid import path (invalid character U+%04X '%c')", (unsigned)r, (char)r);
            } else {
                chk_error(c, e->pos, "invalid import path (invalid character U+%04X)", (unsigned)(r < 0 ? 0xfffd : r));
            }
            return false;
        }
        p += w;
    }
    return true;
}

static bool is_internal(const char *path) { return strncmp(path, "internal/", 9) == 0 || strstr(path, "/internal/"); }

static struct lang_package *import_path(struct lang_checker *c, struct lang_expr *e, const char *path) {
    if (is_internal(path) && !c->env.pkg->library) {
        chk_error(c, e->pos, "use of internal package %s not allowed", path);
        return NULL;
    }
    if (strcmp(path, "C") == 0) {
        chk_error(c, e->pos, "gosee does not support cgo");
        return NULL;
    }
    if (strcmp(path, "unsafe") == 0) {
        chk_error(c, e->pos, "gosee does not support package unsafe");
        return NULL;
    }
    struct lang_package *p = chk_import(c, path);
    if (p) return p;
    missing_package(c, e->pos, path);
    return NULL;
}

static void collect_import(struct lang_checker *c, struct collecting *k, struct lang_decl *d) {
    struct lang_expr *pe = d->u.import.path;
    char *path;
    if (!pe || pe->u.lit.bad || !valid_import_path(c, pe, &path)) return;
    struct lang_package *imp = import_path(c, pe, path);
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *name = imp ? imp->name : lang_interns_get(&c->names, base, strlen(base));
    if (d->u.import.name) name = d->u.import.name->u.ident.name;
    if (!name) return;
    if (name == c->init_name) {
        chk_error(c, d->pos, "cannot import package as init - init must be a func");
        return;
    }
    bool known = !imp;
    for (size_t i = 0; i < k->imports.len && !known; i++)
        known = k->imports.data[i] == imp;
    if (!known) PUSH(c, &k->imports, imp);
    struct lang_object *o = chk_new_object(c, LANG_OBJ_PACKAGE, d->pos, name, c->invalid);
    o->u.package.imported = imp;
    o->u.package.used = !imp;
    PUSH(c, &c->imports, o);
    if (name == c->dot_name) {
        if (imp) dot_import(c, k, imp, d->u.import.name->pos);
    } else {
        chk_declare(c, k->file, d->u.import.name, o);
    }
}

static void collect_const(struct lang_checker *c, struct collecting *k, struct lang_decl *d, struct lang_decl *last,
                          bool inherited) {
    struct lang_expr_list names = d->u.value.names, values = last ? last->u.value.values : (struct lang_expr_list){0};
    for (size_t i = 0; i < names.len; i++) {
        struct lang_object *o =
            chk_new_object(c, LANG_OBJ_CONST, names.data[i]->pos, names.data[i]->u.ident.name, NULL);
        struct lang_decl_info *info = new_info(c, k->file);
        info->type = last ? last->u.value.type : NULL;
        info->init = i < values.len ? values.data[i] : NULL;
        info->inherited = inherited;
        info->iota = d->u.value.iota;
        declare_package(c, k, names.data[i], o, info);
    }
    chk_arity(c, d->pos, names, values, true, inherited);
}

static void collect_var(struct lang_checker *c, struct collecting *k, struct lang_decl *d) {
    struct lang_expr_list names = d->u.value.names, values = d->u.value.values;
    struct lang_object_list lhs = {MEM_ARRAY(&c->mem, struct lang_object *, names.len), names.len};
    struct lang_decl_info *shared = NULL;
    if (!lhs.data) return;
    if (values.len == 1 && names.len > 1) { /* var a, b = f() */
        shared = new_info(c, k->file);
        shared->lhs = lhs;
        shared->type = d->u.value.type;
        shared->init = values.data[0];
    }
    for (size_t i = 0; i < names.len; i++) {
        struct lang_object *o = chk_new_var(c, LANG_VAR_PACKAGE, names.data[i]->pos, names.data[i]->u.ident.name, NULL);
        lhs.data[i] = o;
        struct lang_decl_info *info = shared;
        if (!info) {
            info = new_info(c, k->file);
            info->type = d->u.value.type;
            info->init = i < values.len ? values.data[i] : NULL;
        }
        o->u.var.index = (uint32_t)k->vars.len;
        PUSH(c, &k->vars, o);
        declare_package(c, k, names.data[i], o, info);
    }
    if (!d->u.value.type || values.len) chk_arity(c, d->pos, names, values, false, false);
}

static void check_main_init(struct lang_checker *c, struct collecting *k, struct lang_decl *d, const char *name) {
    bool special = name == c->init_name || (name == c->main_name && strcmp(k->pkg->name, "main") == 0);
    if (!special) return;
    chk_read_func(c, d);
    if (d->u.func.tparams.len)
        chk_error(c, d->u.func.tparams.data[0].pos, "func %s must have no type parameters", name);
    struct lang_expr *t = d->u.func.type;
    if (t->u.func_type.params.len || t->u.func_type.results.len)
        chk_error(c, d->u.func.name->pos, "func %s must have no arguments and no return values", name);
}

static void collect_func(struct lang_checker *c, struct collecting *k, struct lang_decl *d) {
    struct lang_expr *id = d->u.func.name;
    const char *name = id->u.ident.name;
    struct lang_object *o = chk_new_object(c, LANG_OBJ_FUNC, id->pos, name, NULL);
    struct lang_decl_info *info = new_info(c, k->file);
    struct lang_func *f = chk_new_func(c, LANG_FUNC_DECL, id->pos);
    info->decl = d;
    info->func = f;
    f->obj = o;
    f->decl = d;
    f->outer = NULL;
    d->u.func.func = f;
    o->info = info;
    o->u.func.func = f;
    id->u.ident.obj = o;
    id->defines = true;
    PUSH(c, &k->funcs, f);
    PUSH(c, &k->objects, o);
    if (d->u.func.recv) {
        bool ptr;
        struct lang_expr *base = chk_unpack_recv(d->u.func.recv->type, &ptr, NULL);
        if (base->kind != LANG_E_IDENT || STR_BLANK(c, name)) return;
        struct method_decl m = {o, base->u.ident.name, ptr};
        PUSH(c, &k->methods, m);
        return;
    }
    check_main_init(c, k, d, name);
    if (name == c->init_name) {
        o->parent = k->pkg->scope;
        PUSH(c, &k->inits, f);
        if (!d->u.func.body) chk_error(c, o->pos, "func init must have a body");
        return;
    }
    chk_declare(c, k->pkg->scope, id, o);
}

static void collect_file(struct lang_checker *c, struct collecting *k, struct lang_file *file) {
    struct lang_decl *last = NULL;
    uint32_t group = 0;
    k->file = chk_scope_new(c, k->pkg->scope);
    PUSH(c, &k->files, k->file);
    for (size_t i = 0; i < file->ndecls && !c->mem.failed; i++) {
        struct lang_decl *d = file->decls[i];
        switch (d->kind) {
        case LANG_D_IMPORT:
            collect_import(c, k, d);
            break;
        case LANG_D_CONST: {
            if (!d->group || d->group != group) last = NULL;
            group = d->group;
            bool own = d->u.value.type || d->u.value.values.len;
            if (own) last = d;
            collect_const(c, k, d, last, !own && last);
            break;
        }
        case LANG_D_VAR:
            collect_var(c, k, d);
            break;
        case LANG_D_TYPE: {
            struct lang_expr *id = d->u.type.name;
            struct lang_object *o = chk_new_object(c, LANG_OBJ_TYPE, id->pos, id->u.ident.name, NULL);
            struct lang_decl_info *info = new_info(c, k->file);
            info->decl = d;
            o->u.type.alias = d->u.type.alias;
            declare_package(c, k, id, o, info);
            break;
        }
        case LANG_D_FUNC:
            collect_func(c, k, d);
            break;
        }
    }
}

/* Names of files' imports must not be those of the package's declarations. */
static void check_file_names(struct lang_checker *c, struct collecting *k) {
    for (size_t i = 0; i < k->files.len; i++) {
        struct lang_scope *s = k->files.data[i];
        for (size_t j = 0; j < s->objects.len; j++) {
            struct lang_object *o = s->objects.data[j], *alt = chk_scope_find(k->pkg->scope, o->name);
            if (!alt) continue;
            const char *how = o->kind == LANG_OBJ_PACKAGE ? "import" : "dot-import";
            struct lang_package *p = o->kind == LANG_OBJ_PACKAGE ? o->u.package.imported : o->pkg;
            chk_error(c, alt->pos,
                      "%s already declared through %s of package %s (\"%s\")\n\t%s: other declaration of %s", alt->name,
                      how, p ? p->name : "", p ? p->path : "", chk_posstr(c, o->pos), alt->name);
        }
    }
}

/* The type whose method this is, aliases followed. */
static struct lang_object *base_type(struct lang_checker *c, struct lang_package *pkg, const char *name, bool *ptr) {
    for (int n = 0; n < 100; n++) {
        struct lang_object *o = chk_scope_find(pkg->scope, name);
        if (!o || o->kind != LANG_OBJ_TYPE || !o->info) return NULL;
        struct lang_decl *d = o->info->decl;
        if (!d->u.type.alias) return o;
        struct lang_expr *e = lang_unparen(d->u.type.type);
        if (e->kind == LANG_E_STAR) {
            if (*ptr) return NULL;
            *ptr = true;
            e = lang_unparen(e->u.star.x);
        }
        if (e->kind != LANG_E_IDENT) return NULL;
        name = e->u.ident.name;
    }
    (void)c;
    return NULL;
}

static void attach_methods(struct lang_checker *c, struct collecting *k) {
    for (size_t i = 0; i < k->methods.len; i++) {
        struct method_decl *m = &k->methods.data[i];
        struct lang_object *base = base_type(c, k->pkg, m->base, &m->ptr);
        if (!base) continue;
        m->obj->u.func.ptr_recv = m->ptr;
        struct lang_object_list *l = &base->info->methods;
        if (!(l->len & (l->len - 1))) { /* full at powers of two */
            struct lang_object **data = MEM_ARRAY(&c->mem, struct lang_object *, l->len ? l->len * 2 : 1);
            if (!data || c->mem.failed) return;
            if (l->len) memcpy(data, l->data, l->len * sizeof *data);
            l->data = data;
        }
        l->data[l->len++] = m->obj;
    }
}

static void *keep(struct lang_checker *c, const void *data, size_t n, size_t size) {
    void *out = lang_mem_array(&c->mem, n, size);
    if (out && n) memcpy(out, data, n * size);
    return out;
}

/* Moves what was collected into the package. */
static void finish_collecting(struct lang_checker *c, struct collecting *k) {
    struct lang_package *p = k->pkg;
    p->vars = (struct lang_object_list){keep(c, k->vars.data, k->vars.len, sizeof *k->vars.data), k->vars.len};
    p->funcs = keep(c, k->funcs.data, k->funcs.len, sizeof *k->funcs.data);
    p->nfuncs = k->funcs.len;
    p->inits = keep(c, k->inits.data, k->inits.len, sizeof *k->inits.data);
    p->ninits = k->inits.len;
    p->imports = keep(c, k->imports.data, k->imports.len, sizeof *k->imports.data);
    p->nimports = k->imports.len;
    VEC_FREE(&k->vars);
    VEC_FREE(&k->funcs);
    VEC_FREE(&k->inits);
    VEC_FREE(&k->imports);
    VEC_FREE(&k->methods);
    VEC_FREE(&k->files);
}

/* type A B; type B A */
static void direct_cycles(struct lang_checker *c, struct collecting *k) {
    for (size_t i = 0; i < k->objects.len; i++) {
        VEC(struct lang_object *) path = {0};
        struct lang_object *o = k->objects.data[i];
        while (o && o->kind == LANG_OBJ_TYPE && o->info && !o->type) {
            size_t at = 0;
            while (at < path.len && path.data[at] != o)
                at++;
            if (at < path.len) {
                size_t n = path.len - at, first = 0;
                for (size_t j = 1; j < n; j++) {
                    if (path.data[at + j]->pos < path.data[at + first]->pos) first = j;
                }
                chk_cycle_error(c, path.data + at, n, first);
                for (size_t j = at; j < path.len; j++)
                    path.data[j]->type = c->invalid;
                break;
            }
            PUSH(c, &path, o);
            struct lang_expr *e = o->info->decl->u.type.type;
            o = e->kind == LANG_E_IDENT ? chk_scope_find(k->pkg->scope, e->u.ident.name) : NULL;
        }
        VEC_FREE(&path);
    }
}

static void package_objects(struct lang_checker *c, struct collecting *k) {
    for (int pass = 0; pass < 3; pass++) { /* types, aliases, the rest */
        for (size_t i = 0; i < k->objects.len && !c->mem.failed; i++) {
            struct lang_object *o = k->objects.data[i];
            int when = o->kind != LANG_OBJ_TYPE ? 2 : o->u.type.alias ? 1 : 0;
            if (when == pass) chk_obj_decl(c, o);
        }
        if (pass == 1) chk_process_delayed(c, 0); /* invalid types are known before values have them */
    }
}

static void unused_imports(struct lang_checker *c) {
    for (size_t i = 0; i < c->imports.len; i++) {
        struct lang_object *o = c->imports.data[i];
        if (o->u.package.used || STR_BLANK(c, o->name)) continue;
        const char *path = o->u.package.imported->path, *slash = strrchr(path, '/');
        const char *elem = slash ? slash + 1 : path;
        if (o->name == c->dot_name || strcmp(o->name, elem) == 0) {
            chk_error(c, o->pos, "\"%s\" imported and not used", path);
        } else {
            chk_error(c, o->pos, "\"%s\" imported as %s and not used", path, o->name);
        }
    }
}

/* ---- packages ---- */

static bool parse_files(struct lang_checker *c, struct lang_package *p, const struct src_file *files, size_t n) {
    bool ok = true;
    p->parsed = MEM_ARRAY(&c->mem, struct lang_file *, n);
    for (size_t i = 0; i < n && !c->mem.failed; i++) {
        if (c->files.len > UINT16_MAX || !VEC_PUSH(&c->files, &files[i])) {
            c->mem.failed = true;
            return false;
        }
        struct lang_parse_env env = {&c->mem, &c->names, c->diags, p->library};
        size_t before = c->diags->items.len;
        p->parsed[p->nfiles++] = lang_parse_file(&env, &files[i], (uint32_t)c->files.len - 1);
        if (!VEC_PUSH(&c->lines, &p->parsed[i]->lines)) c->mem.failed = true;
        if (c->diags->items.len > before) c->errors++;
        if (p->parsed[i]->failed) ok = false;
    }
    return ok && !c->mem.failed;
}

static bool name_package(struct lang_checker *c, struct lang_package *p) {
    for (size_t i = 0; i < p->nfiles; i++) {
        struct lang_expr *e = p->parsed[i]->package_name;
        const char *name = e->u.ident.name;
        if (STR_BLANK(c, name)) {
            chk_error(c, e->pos, "invalid package name _");
        }
        if (!p->name) p->name = name;
        if (p->name != name) {
            chk_error(c, p->parsed[i]->pos, "package %s; expected package %s", name, p->name);
            return false;
        }
    }
    return p->name != NULL;
}

static struct lang_package *new_package(struct lang_checker *c, const char *path, bool library) {
    struct lang_package *p = MEM_NEW(&c->mem, struct lang_package);
    p->path = lang_interns_get(&c->names, path, strlen(path));
    if (!p->path) {
        c->mem.failed = true;
        p->path = "";
    }
    p->library = library;
    p->state = MEM_NEW(&c->mem, struct lang_package_state);
    return p;
}

/* Declarations of p, whose files were parsed. */
static void collect(struct lang_checker *c, struct collecting *k) {
    struct lang_package *p = k->pkg;
    c->env = (struct env){.pkg = p};
    p->scope = chk_scope_new(c, c->universe);
    p->init_func = chk_new_func(c, LANG_FUNC_INIT, 0);
    p->init_func->prepared = true;
    for (size_t i = 0; i < p->nfiles; i++) {
        c->env.scope = p->scope;
        collect_file(c, k, p->parsed[i]);
    }
    check_file_names(c, k);
    attach_methods(c, k);
    direct_cycles(c, k);
    finish_collecting(c, k);
}

static struct lang_package *load_library(struct lang_checker *c, const struct lang_package_source *src) {
    struct lang_package *p = new_package(c, src->path, true);
    if (!map_sets(&c->packages, src->path, p)) c->mem.failed = true;
    p->state->loading = true;
    struct env env = c->env;
    c->env = (struct env){.pkg = p};
    struct collecting k = {.pkg = p};
    size_t imports = c->imports.len;
    if (parse_files(c, p, src->files, src->nfiles) && name_package(c, p)) collect(c, &k);
    if (!p->scope) p->scope = chk_scope_new(c, c->universe);
    if (c->imports.len > imports) c->imports.len = imports;
    VEC_FREE(&k.objects);
    c->env = env;
    p->state->loading = false;
    PUSH(c, &c->package_order, p);
    return p;
}

struct lang_package *chk_import(struct lang_checker *c, const char *path) {
    struct lang_package *p = map_gets(&c->packages, path);
    if (p) {
        if (p->state->loading) chk_error(c, 0, "import cycle through %s", path);
        return p;
    }
    const struct lang_library *lib = c->out->lib;
    for (size_t i = 0; lib && i < lib->npackages; i++) {
        if (strcmp(lib->packages[i].path, path) == 0) return load_library(c, &lib->packages[i]);
    }
    return NULL;
}

/* Library packages: only their variables, for the initial values; the rest when it is used. Of package runtime the
 * methods' signatures, too: run-time panics are values of its types, which the program need not mention. */
static void library_vars(struct lang_checker *c, struct lang_package *p) {
    for (size_t i = 0; strcmp(p->path, "runtime") == 0 && i < p->nfuncs; i++) {
        if (p->funcs[i]->obj) chk_obj_decl(c, p->funcs[i]->obj);
    }
    for (size_t i = 0; i < p->vars.len; i++)
        chk_obj_decl(c, p->vars.data[i]);
    chk_process_delayed(c, 0);
    chk_init_order(c, p);
}

/* As in Go told only when all else is right. */
static void missing_bodies(struct lang_checker *c, struct lang_package *p) {
    if (c->errors) return;
    for (size_t i = 0; i < p->nfuncs; i++) {
        if (!p->funcs[i]->decl->u.func.body) chk_error(c, p->funcs[i]->pos, "missing function body");
    }
}

static void check_program(struct lang_checker *c, const struct src_file *files, size_t nfiles) {
    struct lang_package *p = new_package(c, "main", false);
    c->out->main = p;
    bool ok = parse_files(c, p, files, nfiles);
    if (!ok || !name_package(c, p)) return;
    struct collecting k = {.pkg = p};
    collect(c, &k);
    chk_import(c, "runtime"); /* whether or not it is named: library_vars */
    c->env = (struct env){.pkg = p};
    package_objects(c, &k);
    chk_process_delayed(c, 0);
    if (!c->mem.failed) chk_init_order(c, p);
    unused_imports(c);
    if (!c->errors) chk_mono_check(c);
    for (size_t i = 0; i < c->package_order.len && !c->mem.failed; i++) {
        c->env = (struct env){.pkg = c->package_order.data[i]};
        library_vars(c, c->package_order.data[i]);
    }
    VEC_FREE(&k.objects);
    PUSH(c, &c->package_order, p);
    missing_bodies(c, p);
    struct lang_object *m = chk_scope_find(p->scope, c->main_name);
    if (m && m->kind == LANG_OBJ_FUNC) {
        c->out->main_func = m->u.func.func;
    } else if (strcmp(p->name, "main") == 0 && !c->errors) {
        chk_error(c, p->parsed[0]->package_name->pos,
                 "function main is undeclared in the main package");
    }
    c->env = (struct env){.pkg = p};
}

/* ---- the whole ---- */

struct job {
    struct lang_checker *c;
    const struct src_file *files;
    size_t nfiles;
};

static void run(void *arg) {
    struct job *j = arg;
    chk_universe(j->c);
    check_program(j->c, j->files, j->nfiles);
}

static void export_lists(struct lang_checker *c) {
    struct lang_checked *out = c->out;
    out->files = c->files.data;
    out->nfiles = c->files.len;
    out->lines = c->lines.data;
    out->packages = c->package_order.data;
    out->npackages = c->package_order.len;
}

/* What //line directives make of the places of diagnostics. */
static void tell_by_directives(struct lang_checker *c) {
    size_t n = c->lines.len < c->files.len ? c->lines.len : c->files.len;
    for (size_t i = 0; i < c->diags->items.len; i++) {
        struct diag *d = &c->diags->items.data[i];
        for (size_t k = 0; k < n; k++) {
            if (c->files.data[k] != d->file || !c->lines.data[k]->len || d->line < 1) continue;
            uint32_t line = (uint32_t)d->line, col = (uint32_t)d->col;
            d->said_name = d->file->name;
            lang_lines_map(c->lines.data[k], &d->said_name, &line, &col);
            d->said_name = arena_strdup(&c->diags->arena, d->said_name); /* the directive's text goes with the checker */
            if (!d->said_name) c->diags->failed = true;
            d->said_line = (int)line;
            d->said_col = (int)col;
        }
    }
}

struct lang_checked *lang_checked_new(const struct src_file *files, size_t nfiles, const struct lang_library *lib,
                                      struct diag_list *diags) {
    struct lang_checked *out = calloc(1, sizeof *out);
    struct lang_checker *c = calloc(1, sizeof *c);
    if (!out || !c) {
        free(out);
        free(c);
        diags->failed = true;
        return NULL;
    }
    arena_init(&out->arena);
    out->lib = lib;
    out->diags = diags;
    out->checker = c;
    c->out = out;
    c->diags = diags;
    lang_interns_init(&c->names, &out->arena);
    struct job job = {c, files, nfiles};
    bool ok = lang_mem_init(&c->mem, &out->arena) && lang_run_deep(run, &job) && !c->mem.failed && !out->arena.failed &&
              !diags->failed;
    export_lists(c);
    tell_by_directives(c);
    diag_sort(diags);
    if (ok) return out;
    diags->failed = true;
    lang_checked_free(out);
    return NULL;
}

void lang_checked_free(struct lang_checked *out) {
    if (!out) return;
    struct lang_checker *c = out->checker;
    for (size_t i = 0; i < c->scopes.len; i++)
        VEC_FREE(&c->scopes.data[i]->objects);
    for (struct lang_decl_info *d = c->infos; d; d = d->all_next)
        VEC_FREE(&d->deps);
    VEC_FREE(&c->scopes);
    VEC_FREE(&c->delayed);
    VEC_FREE(&c->path);
    VEC_FREE(&c->package_order);
    VEC_FREE(&c->files);
    VEC_FREE(&c->lines);
    VEC_FREE(&c->imports);
    VEC_FREE(&c->mono.vertices);
    VEC_FREE(&c->mono.edges);
    map_free(&c->mono.by_type);
    map_free(&c->packages);
    map_free(&c->instance_map);
    map_free(&c->method_sets);
    lang_interns_free(&c->names);
    lang_mem_free(&c->mem);
    arena_free(&out->arena);
    free(c);
    free(out);
}

bool lang_check(const struct src_file *files, size_t nfiles, const struct lang_library *lib, struct diag_list *diags) {
    size_t before = diags->items.len;
    struct lang_checked *c = lang_checked_new(files, nfiles, lib, diags);
    bool ok = c && diags->items.len == before && !diags->failed;
    lang_checked_free(c);
    return ok;
}

const char *lang_intern(struct lang_checked *c, const char *s, size_t len) {
    return lang_interns_get(&c->checker->names, s, len);
}
