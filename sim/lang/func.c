/* Functions for code generation: made ready on demand, and named as Go's run time names them. */
#include <string.h>

#include "checker.h"
#include "clone.h"

bool lang_func_prepare(struct lang_checked *out, struct lang_func *f) {
    struct lang_checker *c = out->checker;
    if (f->prepared || c->mem.failed) return !c->mem.failed;
    int errors = c->errors;
    struct lang_func *decl = f->origin ? f->origin : f;
    if (decl->obj) chk_obj_decl(c, decl->obj);
    if (decl->body && !decl->prepared) chk_check_body(c, decl);
    if (f->origin && decl->sig) chk_clone_func(c, f);
    chk_process_delayed(c, 0);
    if (c->mem.failed) c->diags->failed = true;
    return !c->mem.failed && errors == c->errors;
}

struct lang_func *lang_method_func(struct lang_checked *out, const struct lang_selection *sel) {
    struct lang_checker *c = out->checker;
    struct lang_func *f = sel->obj->u.func.func;
    if (!f) return NULL;
    chk_obj_decl(c, f->obj);
    bool ptr;
    struct lang_type *at = sel->at ? chk_deref(sel->at, &ptr) : NULL;
    if (!at || at->kind != LANG_T_NAMED || !at->u.named.targs.len) return f;
    return chk_func_instance(c, f, at->u.named.targs);
}

/* ---- names ---- */

static size_t place_among_kind(const struct lang_func *f) {
    size_t n = 0;
    for (size_t i = 0; i < f->outer->nlits; i++) {
        if (f->outer->lits[i]->kind == f->kind) n++;
        if (f->outer->lits[i] == f) break;
    }
    return n;
}

static void write_decl_name(const struct lang_func *f, struct str *out) {
    const struct lang_decl *d = f->decl;
    bool generic = f->origin != NULL;
    if (d->u.func.recv) {
        bool ptr;
        const struct lang_expr *base = chk_unpack_recv(d->u.func.recv->type, &ptr, NULL);
        if (base->kind == LANG_E_IDENT)
            str_addf(out, ptr ? "(*%s%s)." : "%s%s.", base->u.ident.name, generic ? "[...]" : "");
        generic = false;
    }
    str_adds(out, f->obj->name);
    if (generic) str_adds(out, "[...]");
}

void lang_func_write_name(const struct lang_func *f, struct str *out) {
    if (f->outer && f->kind != LANG_FUNC_INIT) {
        lang_func_write_name(f->outer, out);
        bool nested = f->outer->kind == LANG_FUNC_LIT || f->outer->kind == LANG_FUNC_RANGE;
        const char *how = f->kind == LANG_FUNC_RANGE ? "-range" : nested ? "." : ".func";
        str_addf(out, "%s%zu", how, place_among_kind(f));
        return;
    }
    str_addf(out, "%s.", f->pkg->path);
    if (f->kind == LANG_FUNC_INIT) {
        str_adds(out, "init");
    } else if (f->obj) {
        write_decl_name(f, out);
    }
}
