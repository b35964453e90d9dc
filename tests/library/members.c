/* members.c - prints what the library's packages export, as the compiler reads them: package, member, kind, type, with
 * tabs between, one a line, sorted. tests/library/library.py makes docs/library.md of it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checker.h"
#include "vm.h"

static struct str lines;
static size_t count, starts[8192];

static bool exported(const char *name) { return isupper((unsigned char)name[0]); }

static void line(struct lang_package *p, const char *outer, const char *name, const char *kind, struct lang_type *type) {
    if (count == sizeof starts / sizeof *starts) {
        fputs("members: too many\n", stderr);
        exit(1);
    }
    starts[count++] = lines.len;
    str_addf(&lines, "%s\t%s%s%s\t%s\t", p->path, outer, outer[0] ? "." : "", name, kind);
    if (type) lang_type_write(type, p, &lines);
    str_add(&lines, "\n", 2); /* with the terminator */
}

/* What is promoted through embedding in a generic type is not listed: there is none. */
static void methods(struct lang_checked *c, struct lang_package *p, struct lang_object *o) {
    struct lang_type *under = lang_under(o->type);
    if (under->kind == LANG_T_INTERFACE) {
        const struct lang_type_set *set = lang_type_set_of(o->type);
        for (size_t i = 0; i < set->methods.len; i++)
            if (exported(set->methods.data[i]->name))
                line(p, o->name, set->methods.data[i]->name, "method", set->methods.data[i]->type);
        return;
    }
    if (o->type->u.named.tparams.len) {
        for (size_t i = 0; i < o->type->u.named.methods.len; i++) {
            struct lang_object *m = o->type->u.named.methods.data[i];
            if (exported(m->name)) line(p, o->name, m->name, "method", m->type);
        }
        return;
    }
    const struct lang_method_set *set = lang_method_set_of(c, lang_type_pointer(c, o->type));
    for (size_t i = 0; i < set->len; i++)
        if (exported(set->data[i].obj->name))
            line(p, o->name, set->data[i].obj->name, "method", set->data[i].obj->type);
}

static void object(struct lang_checked *c, struct lang_package *p, struct lang_object *o) {
    static const char *const kinds[] = { "var", "const", "type", "func" };
    if (o->kind > LANG_OBJ_FUNC || !exported(o->name)) return;
    chk_obj_decl(c->checker, o);
    chk_process_delayed(c->checker, 0);
    line(p, "", o->name, kinds[o->kind], o->kind == LANG_OBJ_TYPE ? NULL : o->type);
    if (o->kind != LANG_OBJ_TYPE || o->u.type.alias || o->type->kind != LANG_T_NAMED) return;
    struct lang_type *under = lang_under(o->type);
    if (under->kind == LANG_T_STRUCT) {
        for (size_t i = 0; i < under->u.strct.fields.len; i++) {
            struct lang_object *f = under->u.strct.fields.data[i];
            if (exported(f->name)) line(p, o->name, f->name, "field", f->type);
        }
    }
    methods(c, p, o);
}

static int order(const void *a, const void *b) {
    return strcmp(lines.data + *(const size_t *)a, lines.data + *(const size_t *)b);
}

int main(void) {
    const struct lang_library *lib = vm_library();
    struct str text = { 0 };
    str_addf(&text, "package main\n\nimport (\n");
    for (size_t i = 0; i < lib->npackages; i++)
        if (strncmp(lib->packages[i].path, "internal/", 9) != 0) str_addf(&text, "\t_ \"%s\"\n", lib->packages[i].path);
    str_addf(&text, ")\n\nfunc main() {}\n");
    struct src_file file = { "members.go", text.data, text.len };
    struct diag_list diags;
    diag_init(&diags);
    struct lang_checked *c = lang_checked_new(&file, 1, lib, &diags);
    if (!c || diags.items.len) {
        fputs("members: the library does not compile\n", stderr);
        return 1;
    }
    for (size_t i = 0; i < c->npackages; i++) {
        struct lang_package *p = c->packages[i];
        for (size_t k = 0; p->library && strncmp(p->path, "internal/", 9) != 0 && k < p->scope->objects.len; k++)
            object(c, p, p->scope->objects.data[k]);
    }
    if (lines.failed || diags.items.len) return 1;
    qsort(starts, count, sizeof *starts, order);
    for (size_t i = 0; i < count; i++)
        fputs(lines.data + starts[i], stdout);
    lang_checked_free(c);
    diag_free(&diags);
    str_free(&text);
    str_free(&lines);
    return 0;
}
