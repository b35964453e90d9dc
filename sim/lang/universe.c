/* The predeclared identifiers. */
#include <string.h>

#include "checker.h"

static const struct {
    const char *name;
    uint32_t info;
} basics[LANG_BASIC_COUNT] = {
    [LANG_BOOL] = {"bool", LANG_IS_BOOLEAN},
    [LANG_INT] = {"int", LANG_IS_INTEGER},
    [LANG_INT8] = {"int8", LANG_IS_INTEGER},
    [LANG_INT16] = {"int16", LANG_IS_INTEGER},
    [LANG_INT32] = {"int32", LANG_IS_INTEGER},
    [LANG_INT64] = {"int64", LANG_IS_INTEGER},
    [LANG_UINT] = {"uint", LANG_IS_INTEGER | LANG_IS_UNSIGNED},
    [LANG_UINT8] = {"uint8", LANG_IS_INTEGER | LANG_IS_UNSIGNED},
    [LANG_UINT16] = {"uint16", LANG_IS_INTEGER | LANG_IS_UNSIGNED},
    [LANG_UINT32] = {"uint32", LANG_IS_INTEGER | LANG_IS_UNSIGNED},
    [LANG_UINT64] = {"uint64", LANG_IS_INTEGER | LANG_IS_UNSIGNED},
    [LANG_UINTPTR] = {"uintptr", LANG_IS_INTEGER | LANG_IS_UNSIGNED},
    [LANG_FLOAT32] = {"float32", LANG_IS_FLOAT},
    [LANG_FLOAT64] = {"float64", LANG_IS_FLOAT},
    [LANG_COMPLEX64] = {"complex64", LANG_IS_COMPLEX},
    [LANG_COMPLEX128] = {"complex128", LANG_IS_COMPLEX},
    [LANG_STRING] = {"string", LANG_IS_STRING},
    [LANG_UNSAFE_POINTER] = {"Pointer", 0},
    [LANG_UNTYPED_BOOL] = {"untyped bool", LANG_IS_BOOLEAN | LANG_IS_UNTYPED},
    [LANG_UNTYPED_INT] = {"untyped int", LANG_IS_INTEGER | LANG_IS_UNTYPED},
    [LANG_UNTYPED_RUNE] = {"untyped rune", LANG_IS_INTEGER | LANG_IS_UNTYPED},
    [LANG_UNTYPED_FLOAT] = {"untyped float", LANG_IS_FLOAT | LANG_IS_UNTYPED},
    [LANG_UNTYPED_STRING] = {"untyped string", LANG_IS_STRING | LANG_IS_UNTYPED},
    [LANG_UNTYPED_NIL] = {"untyped nil", LANG_IS_UNTYPED},
};

static const char *intern(struct lang_checker *c, const char *s) {
    const char *name = lang_interns_get(&c->names, s, strlen(s));
    if (!name) c->mem.failed = true;
    return name ? name : "";
}

static struct lang_type *basic_type(struct lang_checker *c, const char *name, enum lang_basic b) {
    struct lang_type *t = chk_new_type(c, LANG_T_BASIC);
    t->u.basic.basic = b;
    t->u.basic.info = basics[b].info;
    t->u.basic.name = name;
    return t;
}

static struct lang_object *define(struct lang_checker *c, enum lang_object_kind kind, const char *name,
                                  struct lang_type *type) {
    struct lang_object *o = chk_new_object(c, kind, 0, intern(c, name), type);
    o->pkg = NULL;
    chk_scope_insert(c, c->universe, o);
    return o;
}

static void define_error(struct lang_checker *c) {
    struct lang_type *sig = chk_new_type(c, LANG_T_SIGNATURE), *iface = chk_new_type(c, LANG_T_INTERFACE);
    struct lang_type *named = chk_new_type(c, LANG_T_NAMED);
    struct lang_object *res = chk_new_var(c, LANG_VAR_RESULT, 0, c->empty_name, c->out->basic[LANG_STRING]);
    struct lang_object **list = MEM_ARRAY(&c->mem, struct lang_object *, 2);
    list[0] = res;
    sig->u.sig.results = (struct lang_object_list){list, 1};
    sig->u.sig.recv = chk_new_var(c, LANG_VAR_RECV, 0, c->empty_name, named);
    struct lang_object *m = chk_new_object(c, LANG_OBJ_FUNC, 0, intern(c, "Error"), sig);
    list[1] = m;
    iface->u.iface.methods = (struct lang_object_list){list + 1, 1};
    named->u.named.obj = define(c, LANG_OBJ_TYPE, "error", named);
    named->u.named.origin = named;
    named->u.named.underlying = iface;
    c->out->error_type = named;
}

static void define_interfaces(struct lang_checker *c) {
    c->any_empty = chk_new_type(c, LANG_T_INTERFACE);
    struct lang_type *any = chk_new_type(c, LANG_T_INTERFACE);
    any->u.iface.is_any = true;
    define(c, LANG_OBJ_TYPE, "any", any)->u.type.alias = true;
    c->out->any_type = any;
    struct lang_type *iface = chk_new_type(c, LANG_T_INTERFACE), *named = chk_new_type(c, LANG_T_NAMED);
    iface->u.iface.is_comparable = true;
    named->u.named.obj = define(c, LANG_OBJ_TYPE, "comparable", named);
    named->u.named.origin = named;
    named->u.named.underlying = iface;
    c->comparable_type = named;
    c->out->empty_struct = chk_new_type(c, LANG_T_STRUCT);
}

void chk_universe(struct lang_checker *c) {
    static const char *const functions[] = {
#define BUILTIN(name, text, nargs, variadic, stmt) text,
#include "builtin.def"
    };
    c->universe = chk_scope_new(c, NULL);
    c->empty_name = intern(c, "");
    c->blank = intern(c, "_");
    c->dot_name = intern(c, ".");
    c->init_name = intern(c, "init");
    c->main_name = intern(c, "main");
    c->invalid = chk_new_type(c, LANG_T_INVALID);
    for (int b = 0; b < LANG_BASIC_COUNT; b++) {
        c->out->basic[b] = basic_type(c, basics[b].name, (enum lang_basic)b);
        if (b < LANG_UNSAFE_POINTER) define(c, LANG_OBJ_TYPE, basics[b].name, c->out->basic[b]);
    }
    c->byte_type = basic_type(c, "byte", LANG_UINT8);
    c->rune_type = basic_type(c, "rune", LANG_INT32);
    define(c, LANG_OBJ_TYPE, "byte", c->byte_type)->u.type.alias = true;
    define(c, LANG_OBJ_TYPE, "rune", c->rune_type)->u.type.alias = true;
    define_interfaces(c);
    define_error(c);
    struct lang_type *ubool = c->out->basic[LANG_UNTYPED_BOOL];
    define(c, LANG_OBJ_CONST, "true", ubool)->u.constant.value = lang_const_make_bool(c->mem.arena, true);
    define(c, LANG_OBJ_CONST, "false", ubool)->u.constant.value = lang_const_make_bool(c->mem.arena, false);
    c->iota_obj = define(c, LANG_OBJ_CONST, "iota", c->out->basic[LANG_UNTYPED_INT]);
    define(c, LANG_OBJ_NIL, "nil", c->out->basic[LANG_UNTYPED_NIL]);
    for (int i = 0; i < LANG_BUILTIN_COUNT; i++)
        define(c, LANG_OBJ_BUILTIN, functions[i], c->invalid)->u.builtin.id = i;
}
