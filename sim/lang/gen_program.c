/* lang_compile: a checked program becomes one that runs. Functions are generated as they are met, from the entry on. */
#include <stdlib.h>
#include <string.h>

#include "deep.h"
#include "gen.h"

void gen_no_memory(struct gen *g) { g->failed = true; }

static const struct src_file *file_of(struct gen *g, lang_pos pos) {
    uint32_t i = lang_pos_file(pos);
    return pos && i < g->checked->nfiles ? g->checked->files[i] : NULL;
}

void gen_refuse(struct gen *g, lang_pos pos, const char *what) {
    diag_add(g->diags, file_of(g, pos), (int)lang_pos_line(pos), (int)lang_pos_col(pos),
             "gosee does not support %s yet", what);
}

/* ---- functions --------------------------------------------------------------------------------------------------- */

struct gfn *gen_fn_new(struct gen *g, enum gfn_kind kind) {
    struct gfn *fn = ARENA_NEW(&g->tmp, struct gfn);
    if (!fn) {
        gen_no_memory(g);
        g->no_fn.kind = GFN_NATIVE;
        return &g->no_fn;
    }
    fn->kind = kind;
    fn->index = (uint32_t)g->fns.len;
    if (!VEC_PUSH(&g->fns, fn)) gen_no_memory(g);
    return fn;
}

static char *func_name(struct gen *g, const struct lang_func *f) {
    struct str s = {0};
    lang_func_write_name(f, &s);
    char *name = s.failed ? NULL : arena_strdup(g->out, str_cstr(&s));
    str_free(&s);
    if (!name) gen_no_memory(g);
    return name;
}

struct lang_func *gen_method_func(struct gen *g, const struct lang_selection *sel) {
    struct lang_func *f = lang_method_func(g->checked, sel);
    if (f && !lang_func_prepare(g->checked, f)) f = NULL;
    if (!f && g->diags->items.len == 0 && !g->diags->failed) gen_no_memory(g);
    return f;
}

uint32_t gen_fn_index(struct gen *g, struct lang_func *f) {
    struct gfn *fn = f->cg;
    if (fn) return fn->index;
    if (!lang_func_prepare(g->checked, f)) {
        if (g->diags->items.len == 0) gen_no_memory(g);
        return 0;
    }
    fn = gen_fn_new(g, f->body || f->kind == LANG_FUNC_RANGE ? GFN_FUNC : GFN_NATIVE);
    f->cg = fn;
    fn->func = f;
    fn->name = func_name(g, f);
    if (fn->kind == GFN_NATIVE) gen_native(g, f, &fn->native);
    return fn->index;
}

static uint64_t *param_map(struct gen *g, const struct lang_func *f, uint32_t *params, uint32_t *results) {
    uint32_t np = (f->recv ? gen_type(g, f->recv->type)->slots : 0) + gen_sig_slots(g, f->params);
    uint32_t nr = gen_sig_slots(g, f->results), at = 0;
    uint64_t *bits = arena_array(g->out, (np + nr) / 64 + 1, sizeof *bits);
    *params = np;
    *results = nr;
    if (!bits) {
        gen_no_memory(g);
        return NULL;
    }
    size_t n = (f->recv ? 1 : 0) + f->params.len + f->results.len;
    for (size_t i = 0; i < n; i++) {
        size_t k = f->recv ? i - 1 : i;
        const struct lang_object *o = f->recv && i == 0 ? f->recv
                                      : k < f->params.len ? f->params.data[k] : f->results.data[k - f->params.len];
        struct gtype *t = gen_type(g, o->type);
        for (uint32_t s = 0; s < t->slots; s++, at++) {
            if (gen_type_ptr(t, s)) bits[at / 64] |= (uint64_t)1 << at % 64;
        }
    }
    return bits;
}

struct lang_native *gen_native(struct gen *g, struct lang_func *f, uint32_t *index) {
    struct lang_native n = {.fn = ((struct gfn *)f->cg)->index, .name = ((struct gfn *)f->cg)->name};
    n.number = n.name ? g->checked->lib->native(n.name) : -1;
    if (n.number < 0 && n.name) {
        diag_add(g->diags, file_of(g, f->pos), (int)lang_pos_line(f->pos), (int)lang_pos_col(f->pos),
                 "gosee lacks the native function %s", n.name);
    }
    n.param_map = param_map(g, f, &n.param_slots, &n.result_slots);
    *index = (uint32_t)g->natives.len;
    if (!VEC_PUSH(&g->natives, n)) {
        gen_no_memory(g);
        return NULL;
    }
    return &VEC_LAST(&g->natives);
}

/* One wrapper for each use of a method with a receiver of one type. */
struct gfn *gen_wrapper(struct gen *g, enum gfn_kind kind, struct gtype *recv, const struct lang_selection *sel) {
    char key[96];
    const void *what = sel->iface ? (const void *)sel->obj : (const void *)gen_method_func(g, sel);
    int n = snprintf(key, sizeof key, "%d:%u:%p:%u", (int)kind, recv->index, what,
                     sel->iface ? gen_type(g, sel->at)->index : 0);
    struct gfn *fn = map_get(&g->wrapper_index, key, (size_t)n);
    if (fn) return fn;
    fn = gen_fn_new(g, kind);
    fn->recv = recv;
    fn->sel = *sel;
    struct str s = {0};
    lang_type_write(recv->type, NULL, &s);
    fn->name = arena_printf(g->out, "%s.%s%s", str_cstr(&s), sel->obj->name, kind == GFN_BOUND ? "-fm" : "");
    str_free(&s);
    if (!fn->name || !map_set(&g->wrapper_index, key, (size_t)n, fn)) gen_no_memory(g);
    return fn;
}

/* ---- pools ------------------------------------------------------------------------------------------------------- */

uint32_t gen_string(struct gen *g, const char *s, size_t len) {
    uintptr_t known = (uintptr_t)map_get(&g->string_index, s, len);
    if (known) return (uint32_t)known - 1;
    const char *copy = arena_strndup(g->out, s, len);
    struct lang_string str = {.len = len, .data = (const uint8_t *)copy};
    if (!copy || !VEC_PUSH(&g->strings, str) || !map_set(&g->string_index, s, len, (void *)(uintptr_t)g->strings.len)) {
        gen_no_memory(g);
        return 0;
    }
    return (uint32_t)g->strings.len - 1;
}

uint32_t gen_constant(struct gen *g, uint64_t bits) {
    const char *key = (const char *)&bits;
    uintptr_t known = (uintptr_t)map_get(&g->const_index, key, sizeof bits);
    if (known) return (uint32_t)known - 1;
    if (!VEC_PUSH(&g->constants, bits) ||
        !map_set(&g->const_index, key, sizeof bits, (void *)(uintptr_t)g->constants.len)) {
        gen_no_memory(g);
        return 0;
    }
    return (uint32_t)g->constants.len - 1;
}

struct gglobal *gen_global(struct gen *g, struct lang_object *obj) {
    uintptr_t known = (uintptr_t)obj->cg;
    if (known) return &g->globals.data[known - 1];
    struct gtype *t = gen_type(g, obj->type);
    struct gglobal gl = {.obj = obj, .type = t, .slot = g->global_slots};
    if ((uint64_t)g->global_slots + t->slots > INT32_MAX) gen_refuse(g, obj->pos, "globals this large");
    else g->global_slots += t->slots;
    if (!VEC_PUSH(&g->globals, gl)) {
        gen_no_memory(g);
        return &g->no_global;
    }
    obj->cg = (void *)(uintptr_t)g->globals.len;
    return &VEC_LAST(&g->globals);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void next_function(struct gen *g) {
    struct gfn *fn = g->fns.data[g->next_fn++];
    if (!fn->done) gen_function(g, fn);
}

static void all_functions(struct gen *g) {
    do {
        while (g->next_fn < g->fns.len && !g->failed) next_function(g);
        gen_methods(g);
    } while (g->next_fn < g->fns.len && !g->failed);
}

/* The VM raises run-time errors as values of types that the runtime package declares, whether or not the program
 * mentions them. */
static void want_runtime_types(struct gen *g) {
    for (size_t i = 0; i < g->checked->npackages; i++) {
        struct lang_package *p = g->checked->packages[i];
        if (!p->library || strcmp(p->path, "runtime") != 0) continue;
        for (size_t k = 0; k < p->nfuncs; k++) {
            const struct lang_func *f = p->funcs[k];
            if (!f->obj || !f->obj->type || f->obj->type->kind != LANG_T_SIGNATURE) continue;
            const struct lang_object *recv = f->obj->type->u.sig.recv;
            if (!recv || lang_is_generic(recv->type)) continue;
            struct lang_type *base = recv->type->kind == LANG_T_POINTER ? recv->type->u.pointer.elem : recv->type;
            gen_want_methods(g, gen_type(g, base));
            gen_want_methods(g, gen_type(g, lang_type_pointer(g->checked, base)));
        }
    }
    static const enum lang_basic basics[] = {LANG_BOOL,   LANG_INT,    LANG_INT8,   LANG_INT16,   LANG_INT32,
                                             LANG_INT64,  LANG_UINT,   LANG_UINT8,  LANG_UINT16,  LANG_UINT32,
                                             LANG_UINT64, LANG_UINTPTR, LANG_FLOAT32, LANG_FLOAT64, LANG_STRING};
    for (size_t i = 0; i < sizeof basics / sizeof basics[0]; i++) gen_want_methods(g, gen_basic(g, basics[i]));
    gen_type(g, g->checked->error_type);
    gen_type(g, g->checked->any_type);
    gen_type(g, lang_type_slice(g->checked, g->checked->any_type));
}

static void finish_functions(struct gen *g) {
    struct lang_fn *fns = arena_array(g->out, g->fns.len + 1, sizeof *fns);
    if (!fns) {
        gen_no_memory(g);
        return;
    }
    for (size_t i = 0; i < g->fns.len; i++) {
        struct gfn *fn = g->fns.data[i];
        fns[i] = fn->out;
        fns[i].name = fn->name ? fn->name : "";
        if (fn->type) fns[i].type = &g->prog->rtypes[fn->type->index];
        struct lang_local *locals = arena_array(g->out, fn->nlocals + 1, sizeof *locals);
        if (!locals) {
            gen_no_memory(g);
            return;
        }
        for (uint32_t k = 0; k < fn->nlocals; k++) {
            locals[k] = fn->locals[k].out;
            locals[k].type = &g->prog->rtypes[fn->locals[k].type->index];
        }
        fns[i].locals = locals;
        fns[i].nlocals = fn->nlocals;
    }
    g->prog->funcs = fns;
    g->prog->nfuncs = (uint32_t)g->fns.len;
}

static const char *global_name(struct gen *g, const struct lang_object *o) {
    const char *n = arena_printf(g->out, "%s.%s", o->pkg ? o->pkg->path : "", o->name);
    if (!n) gen_no_memory(g);
    return n ? n : "";
}

static void finish_globals(struct gen *g) {
    struct lang_global *out = arena_array(g->out, g->globals.len + 1, sizeof *out);
    uint64_t *map = arena_array(g->out, g->global_slots / 64 + 1, sizeof *map);
    if (!out || !map) {
        gen_no_memory(g);
        return;
    }
    for (size_t i = 0; i < g->globals.len; i++) {
        const struct gglobal *gl = &g->globals.data[i];
        out[i] = (struct lang_global){.name = global_name(g, gl->obj),
                                      .type = &g->prog->rtypes[gl->type->index],
                                      .slot = gl->slot,
                                      .file = (uint16_t)lang_pos_file(gl->obj->pos),
                                      .line = lang_pos_line(gl->obj->pos),
                                      .col = lang_pos_col(gl->obj->pos)};
        for (uint32_t s = 0; s < gl->type->slots; s++) {
            uint32_t at = gl->slot + s;
            if (gen_type_ptr(gl->type, s)) map[at / 64] |= (uint64_t)1 << at % 64;
        }
    }
    g->prog->globals = out;
    g->prog->nglobals = (uint32_t)g->globals.len;
    g->prog->global_slots = g->global_slots;
    g->prog->global_ptrmap = map;
}

static void keep_lines(struct gen *g, const struct lang_lines *from, struct lang_lines *to) {
    struct lang_line_base *data = arena_array(g->out, from->len + 1, sizeof *data);
    for (size_t i = 0; data && i < from->len; i++) {
        data[i] = from->data[i];
        data[i].name = arena_strdup(g->out, from->data[i].name);
        if (!data[i].name) gen_no_memory(g);
    }
    if (!data) gen_no_memory(g);
    *to = (struct lang_lines){ data, data ? from->len : 0 };
}

static void finish_files(struct gen *g) {
    struct lang_source *files = arena_array(g->out, g->checked->nfiles + 1, sizeof *files);
    if (!files) {
        gen_no_memory(g);
        return;
    }
    for (size_t i = 0; i < g->checked->nfiles; i++) {
        const struct src_file *f = g->checked->files[i];
        files[i].name = arena_strdup(g->out, f->name);
        files[i].text = arena_strndup(g->out, f->text, f->length);
        files[i].length = f->length;
        if (!files[i].name || !files[i].text) gen_no_memory(g);
        if (g->checked->lines[i]->len) keep_lines(g, g->checked->lines[i], &files[i].lines);
    }
    for (size_t i = 0; i < g->checked->npackages; i++) {
        const struct lang_package *p = g->checked->packages[i];
        for (size_t k = 0; p->library && k < p->nfiles; k++) {
            if (p->parsed[k] && p->parsed[k]->index < g->checked->nfiles) files[p->parsed[k]->index].library = true;
        }
    }
    g->prog->files = files;
    g->prog->nfiles = (uint32_t)g->checked->nfiles;
}

static void *keep(struct gen *g, const void *data, size_t len, size_t size) {
    void *p = arena_array(g->out, len + 1, size);
    if (!p) gen_no_memory(g);
    else if (len) memcpy(p, data, len * size);
    return p;
}

static void finish(struct gen *g) {
    struct lang_program *p = g->prog;
    size_t before;
    do {
        before = g->types.len;
        gen_close_types(g);
        all_functions(g);
    } while (before != g->types.len && !g->failed);
    if (g->failed || g->diags->items.len) return;
    gen_finish_types(g);
    if (g->failed) return;
    finish_functions(g);
    finish_globals(g);
    finish_files(g);
    p->constants = keep(g, g->constants.data, g->constants.len, sizeof *g->constants.data);
    p->nconstants = (uint32_t)g->constants.len;
    p->strings = keep(g, g->strings.data, g->strings.len, sizeof *g->strings.data);
    p->nstrings = (uint32_t)g->strings.len;
    p->method_names = keep(g, g->method_names.data, g->method_names.len, sizeof *g->method_names.data);
    p->nmethod_names = (uint32_t)g->method_names.len;
    p->natives = keep(g, g->natives.data, g->natives.len, sizeof *g->natives.data);
    p->nnatives = (uint32_t)g->natives.len;
    p->ncaches = g->ncaches;
}

static void generate(struct gen *g) {
    struct gfn *entry = gen_fn_new(g, GFN_ENTRY);
    entry->name = arena_strdup(g->out, "runtime.main");
    g->prog->entry = entry->index;
    g->prog->main = gen_fn_index(g, g->checked->main_func);
    want_runtime_types(g);
    all_functions(g);
    if (!g->failed && g->diags->items.len == 0) finish(g);
}

static void gen_free(struct gen *g) {
    VEC_FREE(&g->types);
    VEC_FREE(&g->fns);
    VEC_FREE(&g->constants);
    VEC_FREE(&g->strings);
    VEC_FREE(&g->method_names);
    VEC_FREE(&g->methods_called);
    VEC_FREE(&g->natives);
    VEC_FREE(&g->globals);
    map_free(&g->string_index);
    map_free(&g->method_index);
    map_free(&g->wrapper_index);
    map_free(&g->const_index);
    arena_free(&g->tmp);
}

static struct lang_program *program_of(struct lang_checked *checked, struct diag_list *diags) {
    struct lang_program *prog = calloc(1, sizeof *prog);
    struct gen *g = calloc(1, sizeof *g);
    if (!prog || !g) {
        free(prog);
        free(g);
        diags->failed = true;
        return NULL;
    }
    arena_init(&prog->arena);
    arena_init(&g->tmp);
    g->checked = checked;
    g->diags = diags;
    g->prog = prog;
    g->out = &prog->arena;
    generate(g);
    bool failed = g->failed || g->tmp.failed || prog->arena.failed;
    gen_free(g);
    free(g);
    if (failed) diags->failed = true;
    if (!failed && diags->items.len == 0 && !diags->failed) return prog;
    lang_program_free(prog);
    return NULL;
}

struct making {
    struct lang_checked *checked;
    struct diag_list *diags;
    struct lang_program *prog;
};

static void make(void *arg) {
    struct making *m = arg;
    m->prog = program_of(m->checked, m->diags);
}

struct lang_program *lang_compile(const struct src_file *files, size_t nfiles, const struct lang_library *lib,
                                  struct diag_list *diags) {
    struct lang_checked *checked = lang_checked_new(files, nfiles, lib, diags);
    if (!checked) return NULL;
    struct making making = {checked, diags, NULL};
    /* Such a package is right as it stands (gosee vet says nothing of it), but it cannot be run. */
    if (diags->items.len == 0 && !diags->failed && strcmp(checked->main->name, "main") != 0) {
        diag_add(diags, nfiles ? &files[0] : NULL, 0, 0, "package %s is not a main package", checked->main->name);
        diag_hint(diags, "a program begins with package main");
    }
    /* Expressions nest as deep as the checker lets them. */
    if (diags->items.len == 0 && !diags->failed && !lang_run_deep(make, &making)) diags->failed = true;
    lang_checked_free(checked);
    diag_sort(diags);
    return making.prog;
}

void lang_program_free(struct lang_program *prog) {
    if (!prog) return;
    arena_free(&prog->arena);
    free(prog);
}
