/* The predeclared functions. */
#include <string.h>

#include "checker.h"

static const struct {
    const char *name;
    size_t nargs;
    bool variadic;
} builtins[] = {
#define BUILTIN(name, text, nargs, variadic, stmt) {text, nargs, variadic},
#include "builtin.def"
};

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

struct call {
    struct lang_checker *c;
    struct operand *x; /* the first argument, then the result */
    struct lang_expr *e;
    enum lang_builtin id;
    struct operands args; /* not of make and new */
    size_t nargs;
};

/* ---- slices ---- */

struct slice_elem {
    struct lang_checker *c;
    const struct operand *x;
    struct lang_type *elem;
    const char *cause;
};

static bool slice_elem_one(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct slice_elem *s = ctx;
    (void)t;
    if (!u || u->kind != LANG_T_SLICE) {
        const char *have = s->x->mode == LANG_MODE_NIL ? "untyped nil" : chk_opstr(s->c, s->x);
        s->cause = chk_sprintf(s->c, "argument must be a slice; have %s", have);
        return false;
    }
    if (s->elem && !lang_identical(s->elem, u->u.slice.elem)) {
        s->cause = chk_sprintf(s->c, "mismatched slice element types %s and %s in %s", chk_typestr(s->c, s->elem),
                               chk_typestr(s->c, u->u.slice.elem), chk_opstr(s->c, s->x));
        return false;
    }
    s->elem = u->u.slice.elem;
    return true;
}

static struct lang_type *slice_elem(struct lang_checker *c, const struct operand *x, const char **cause) {
    struct slice_elem s = {c, x, NULL, ""};
    bool ok = chk_typeset(x->type, slice_elem_one, &s);
    *cause = s.cause;
    return ok ? s.elem : NULL;
}

struct bytes_or_string {
    bool string;
};

static bool bytes_or_string(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct bytes_or_string *b = ctx;
    (void)t;
    if (!u) return false;
    if (u->kind == LANG_T_SLICE && chk_is_bytes_or_runes(u) && lang_under(u->u.slice.elem)->u.basic.basic == LANG_UINT8)
        return true;
    if (u->kind != LANG_T_BASIC || !(u->u.basic.info & LANG_IS_STRING)) return false;
    b->string = true;
    return true;
}

/* append([]byte, string...) and copy([]byte, string) */
static bool byte_special(struct call *b, bool *string) {
    struct bytes_or_string k = {false};
    struct lang_type *bytes = chk_slice(b->c, b->c->byte_type);
    if (!chk_assignable(b->c, b->x, bytes, NULL)) return false;
    if (!chk_typeset(b->args.data[1].type, bytes_or_string, &k)) return false;
    *string = k.string;
    return true;
}

static bool append_(struct call *b) {
    struct lang_checker *c = b->c;
    const char *cause;
    struct lang_type *elem = slice_elem(c, b->x, &cause);
    if (!elem) {
        if (chk_valid(b->x->type)) chk_error(c, pos_of(b->x), "invalid append: %s", cause);
        return false;
    }
    bool string = false;
    if (b->nargs == 2 && b->e->u.call.dots && byte_special(b, &string) && string) {
        chk_update_type(c, b->args.data[1].expr, c->out->basic[LANG_STRING], true);
        b->x->mode = LANG_MODE_VALUE;
        return true;
    }
    struct lang_type *t = b->x->type, *sig = chk_new_type(c, LANG_T_SIGNATURE);
    struct lang_object **params = MEM_ARRAY(&c->mem, struct lang_object *, 2);
    params[0] = chk_new_var(c, LANG_VAR_PARAM, 0, c->empty_name, t);
    params[1] = chk_new_var(c, LANG_VAR_PARAM, 0, c->empty_name, chk_slice(c, elem));
    sig->u.sig.params = (struct lang_object_list){params, 2};
    sig->u.sig.variadic = true;
    bool spread = b->e->u.call.spread;
    chk_arguments(c, b->e, sig, (struct lang_type_list){0}, (struct lang_expr_list){0}, b->args);
    b->e->u.call.spread = spread;
    b->e->u.call.variadic = false; /* what is appended is not gathered into a slice first */
    b->x->mode = LANG_MODE_VALUE;
    b->x->type = t;
    return true;
}

static bool copy_(struct call *b) {
    struct lang_checker *c = b->c;
    struct operand *y = &b->args.data[1];
    bool string = false;
    if (!byte_special(b, &string)) {
        const char *cause;
        struct lang_type *dst = slice_elem(c, b->x, &cause);
        if (!dst) {
            if (chk_valid(b->x->type)) chk_error(c, pos_of(b->x), "invalid copy: %s", cause);
            return false;
        }
        struct lang_type *src = slice_elem(c, y, &cause);
        if (!src && !chk_all_basic(y->type, LANG_IS_STRING)) {
            if (chk_valid(y->type)) chk_error(c, pos_of(y), "invalid copy: %s", cause);
            return false;
        }
        if (!src) src = c->byte_type;
        if (!lang_identical(dst, src)) {
            chk_error(c, pos_of(b->x), "invalid copy: arguments %s and %s have different element types %s and %s",
                      chk_opstr(c, b->x), chk_opstr(c, y), chk_typestr(c, dst), chk_typestr(c, src));
            return false;
        }
    }
    chk_update_type(c, y->expr, chk_default(c, y->type), true);
    b->x->mode = LANG_MODE_VALUE;
    b->x->type = c->out->basic[LANG_INT];
    return true;
}

/* ---- lengths ---- */

static bool has_len(struct lang_type *u, bool len) {
    u = chk_array_deref(u);
    switch (u->kind) {
    case LANG_T_BASIC:
        return len && (u->u.basic.info & LANG_IS_STRING);
    case LANG_T_ARRAY:
    case LANG_T_SLICE:
    case LANG_T_CHAN:
        return true;
    case LANG_T_MAP:
        return len;
    default:
        return false;
    }
}

static bool each_has_len(void *ctx, struct lang_type *t, struct lang_type *u) {
    (void)t;
    return u && has_len(u, *(bool *)ctx);
}

static bool len_cap(struct call *b, bool outer_call) {
    struct lang_checker *c = b->c;
    struct operand *x = b->x;
    bool len = b->id == LANG_BUILTIN_LEN, seen = c->env.call_or_recv;
    c->env.call_or_recv = outer_call;
    struct lang_type *u = x->mode == LANG_MODE_NIL ? c->invalid : chk_array_deref(lang_under(x->type));
    bool ok = x->mode != LANG_MODE_NIL && chk_typeset(x->type, each_has_len, &len);
    if (!ok) {
        if (chk_valid(x->type))
            chk_error(c, pos_of(x), "invalid argument: %s for built-in %s", chk_opstr(c, x), builtins[b->id].name);
        return false;
    }
    const struct lang_const *val = NULL;
    enum lang_mode mode = LANG_MODE_VALUE;
    if (!chk_is_tparam(x->type) && u->kind == LANG_T_BASIC && x->mode == LANG_MODE_CONSTANT) {
        size_t n = 0;
        if (x->val) lang_const_string(x->val, &n);
        mode = LANG_MODE_CONSTANT;
        val = lang_const_make_int(c->mem.arena, (int64_t)n);
    } else if (!chk_is_tparam(x->type) && u->kind == LANG_T_ARRAY && !seen) {
        mode = LANG_MODE_CONSTANT;
        if (u->u.array.len >= 0) val = lang_const_make_int(c->mem.arena, u->u.array.len);
    }
    chk_update_type(c, x->expr, chk_default(c, x->type), true);
    x->mode = mode;
    x->type = c->out->basic[LANG_INT];
    x->val = val;
    return true;
}

/* ---- maps, channels ---- */

static bool clearable(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct call *b = ctx;
    (void)t;
    if (u && (u->kind == LANG_T_MAP || u->kind == LANG_T_SLICE)) return true;
    chk_error(b->c, pos_of(b->x),
              "invalid argument: cannot clear %s: argument must be (or constrained by) map or slice",
              chk_opstr(b->c, b->x));
    return false;
}

static bool closable(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct call *b = ctx;
    (void)t;
    if (!u || u->kind != LANG_T_CHAN) {
        chk_error(b->c, pos_of(b->x), "invalid operation: cannot close non-channel %s", chk_opstr(b->c, b->x));
        return false;
    }
    if (u->u.chan.dir != LANG_CHAN_RECV) return true;
    chk_error(b->c, pos_of(b->x), "invalid operation: cannot close receive-only channel %s", chk_opstr(b->c, b->x));
    return false;
}

struct map_keys {
    struct call *b;
    struct lang_type *key;
};

static bool same_key(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct map_keys *k = ctx;
    struct lang_checker *c = k->b->c;
    (void)t;
    if (!u || u->kind != LANG_T_MAP) {
        chk_error(c, pos_of(k->b->x), "invalid argument: %s is not a map", chk_opstr(c, k->b->x));
        return false;
    }
    if (k->key && !lang_identical(k->key, u->u.map.key)) {
        chk_error(c, pos_of(k->b->x), "invalid argument: maps of %s must have identical key types",
                  chk_opstr(c, k->b->x));
        return false;
    }
    k->key = u->u.map.key;
    return true;
}

static bool delete_(struct call *b) {
    struct map_keys k = {b, NULL};
    if (!chk_typeset(b->x->type, same_key, &k)) return false;
    *b->x = b->args.data[1];
    chk_assignment(b->c, b->x, k.key, "argument to delete");
    if (b->x->mode == LANG_MODE_INVALID) return false;
    b->x->mode = LANG_MODE_NOVALUE;
    return true;
}

/* ---- making ---- */

static const char *not_makable(struct lang_checker *c, struct lang_type *t, struct lang_type *u) {
    (void)c;
    (void)t;
    if (!u) return "no specific type";
    if (u->kind == LANG_T_SLICE || u->kind == LANG_T_MAP || u->kind == LANG_T_CHAN) return NULL;
    return "type must be slice, map, or channel";
}

static bool make_(struct call *b) {
    struct lang_checker *c = b->c;
    struct lang_expr_list args = b->e->u.call.args;
    struct lang_type *t = chk_var_type(c, args.data[0]);
    if (!chk_valid(t)) {
        for (size_t i = 1; i < args.len; i++)
            chk_use1(c, args.data[i], false);
        return false;
    }
    const char *cause = NULL;
    struct lang_type *u = chk_common_under(c, t, not_makable, &cause);
    if (!u) {
        if (lang_under(t)->kind != LANG_T_INVALID)
            chk_error(c, lang_start_pos(args.data[0]), "invalid argument: cannot make %s: %s",
                      chk_exprstr(c, args.data[0]), cause);
        return false;
    }
    size_t least = u->kind == LANG_T_SLICE ? 2 : 1;
    if (args.len < least || args.len > least + 1) {
        chk_error(c, lang_start_pos(b->e), "invalid operation: %s expects %zu or %zu arguments; found %zu",
                  chk_exprstr(c, b->e), least, least + 1, args.len);
        return false;
    }
    int64_t sizes[2] = {-1, -1};
    for (size_t i = 1; i < args.len; i++)
        chk_index(c, args.data[i], -1, &sizes[i - 1]);
    if (sizes[0] >= 0 && sizes[1] >= 0 && sizes[0] > sizes[1])
        chk_error(c, lang_start_pos(args.data[1]), "invalid argument: length and capacity swapped");
    b->x->mode = LANG_MODE_VALUE;
    b->x->type = t;
    return true;
}

static bool new_(struct call *b) {
    struct lang_checker *c = b->c;
    struct lang_expr *arg = b->e->u.call.args.data[0];
    chk_expr_or_type(c, b->x, arg, false);
    chk_exclude(c, b->x, 1u << LANG_MODE_NOVALUE | 1u << LANG_MODE_BUILTIN);
    if (b->x->mode == LANG_MODE_INVALID) return false;
    if (b->x->mode == LANG_MODE_TYPE) {
        chk_valid_var_type(c, arg, b->x->type);
    } else if (lang_is_untyped(b->x->type)) {
        chk_assignment(c, b->x, NULL, "argument to new");
        if (b->x->mode == LANG_MODE_INVALID) return false;
    }
    b->x->mode = LANG_MODE_VALUE;
    b->x->type = chk_pointer(c, b->x->type);
    return true;
}

/* ---- the others ---- */

static bool min_max(struct call *b) {
    struct lang_checker *c = b->c;
    struct operand *x = b->x;
    enum lang_op op = b->id == LANG_BUILTIN_MAX ? LANG_OP_GTR : LANG_OP_LSS;
    for (size_t i = 0; i < b->nargs; i++) {
        struct operand *a = &b->args.data[i];
        if (!chk_all_basic(a->type, LANG_IS_ORDERED)) {
            chk_error(c, pos_of(a), "invalid argument: %s cannot be ordered", chk_opstr(c, a));
            return false;
        }
        if (i == 0) continue;
        chk_match_types(c, x, a);
        if (x->mode == LANG_MODE_INVALID) return false;
        if (!lang_identical(x->type, a->type)) {
            chk_error(c, pos_of(a), "invalid argument: mismatched types %s (previous argument) and %s (type of %s)",
                      chk_typestr(c, x->type), chk_typestr(c, a->type), chk_exprstr(c, a->expr));
            return false;
        }
        if (x->mode == LANG_MODE_CONSTANT && a->mode == LANG_MODE_CONSTANT) {
            if (a->val && x->val && lang_const_compare(op, a->val, x->val)) *x = *a;
        } else {
            x->mode = LANG_MODE_VALUE;
        }
    }
    if (x->mode != LANG_MODE_CONSTANT) {
        x->mode = LANG_MODE_VALUE;
        struct lang_type *t = chk_default(c, x->type);
        x->type = t;
    }
    for (size_t i = 0; i < b->nargs; i++)
        chk_update_type(c, b->args.data[i].expr, x->type, true);
    return true;
}

static bool panic_(struct call *b) {
    chk_assignment(b->c, b->x, b->c->any_empty, "argument to panic");
    if (b->x->mode == LANG_MODE_INVALID) return false;
    b->x->mode = LANG_MODE_NOVALUE;
    return true;
}

static bool print_(struct call *b) {
    const char *context = chk_sprintf(b->c, "argument to built-in %s", builtins[b->id].name);
    for (size_t i = 0; i < b->nargs; i++) {
        chk_assignment(b->c, &b->args.data[i], NULL, context);
        if (b->args.data[i].mode == LANG_MODE_INVALID) return false;
    }
    b->x->mode = LANG_MODE_NOVALUE;
    return true;
}

static bool dispatch(struct call *b, bool outer_call) {
    switch (b->id) {
    case LANG_BUILTIN_APPEND:
        return append_(b);
    case LANG_BUILTIN_COPY:
        return copy_(b);
    case LANG_BUILTIN_LEN:
    case LANG_BUILTIN_CAP:
        return len_cap(b, outer_call);
    case LANG_BUILTIN_CLEAR:
        if (!chk_typeset(b->x->type, clearable, b)) return false;
        b->x->mode = LANG_MODE_NOVALUE;
        return true;
    case LANG_BUILTIN_CLOSE:
        if (!chk_typeset(b->x->type, closable, b)) return false;
        b->x->mode = LANG_MODE_NOVALUE;
        return true;
    case LANG_BUILTIN_DELETE:
        return delete_(b);
    case LANG_BUILTIN_MAKE:
        return make_(b);
    case LANG_BUILTIN_NEW:
        return new_(b);
    case LANG_BUILTIN_MIN:
    case LANG_BUILTIN_MAX:
        return min_max(b);
    case LANG_BUILTIN_PANIC:
        return panic_(b);
    case LANG_BUILTIN_PRINT:
    case LANG_BUILTIN_PRINTLN:
        return print_(b);
    case LANG_BUILTIN_RECOVER:
        if (b->c->env.func) b->c->env.func->has_recover = true;
        b->x->mode = LANG_MODE_VALUE;
        b->x->type = b->c->any_empty;
        return true;
    default:
        return false;
    }
}

bool chk_builtin(struct lang_checker *c, struct operand *x, struct lang_expr *call, enum lang_builtin id) {
    struct call b = {.c = c, .x = x, .e = call, .id = id, .nargs = call->u.call.args.len};
    const char *name = builtins[id].name;
    if (id == LANG_BUILTIN_COMPLEX || id == LANG_BUILTIN_REAL || id == LANG_BUILTIN_IMAG) {
        chk_error(c, lang_start_pos(call), "gosee does not support complex numbers");
        return false;
    }
    if (call->u.call.dots && id != LANG_BUILTIN_APPEND) {
        chk_error(c, lang_start_pos(call), "invalid operation: invalid use of ... with built-in %s", name);
        chk_use(c, call->u.call.args);
        return false;
    }
    bool outer_call = c->env.call_or_recv;
    if (id == LANG_BUILTIN_LEN || id == LANG_BUILTIN_CAP) c->env.call_or_recv = false;
    if (id != LANG_BUILTIN_MAKE && id != LANG_BUILTIN_NEW) {
        b.args = chk_expr_list(c, call->u.call.args);
        b.nargs = b.args.len;
        call->u.call.spread = call->u.call.args.len == 1 && b.nargs > 1;
        for (size_t i = 0; i < b.nargs; i++) {
            if (b.args.data[i].mode == LANG_MODE_INVALID) return false;
        }
        if (b.nargs) *x = b.args.data[0];
    }
    const char *wrong = b.nargs < builtins[id].nargs ? "not enough" : NULL;
    if (!builtins[id].variadic && b.nargs > builtins[id].nargs) wrong = "too many";
    if (wrong) {
        chk_error(c, lang_start_pos(call), "invalid operation: %s arguments for %s (expected %zu, found %zu)", wrong,
                  chk_exprstr(c, call), builtins[id].nargs, b.nargs);
        return false;
    }
    return dispatch(&b, outer_call);
}
