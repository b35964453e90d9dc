/* Assignability, representability of constants, conversions. */
#include <string.h>

#include "checker.h"

static lang_pos pos_of(const struct operand *x) { return x->expr ? lang_start_pos(x->expr) : 0; }

/* ---- constants in types ---- */

static bool fits_int(const struct lang_const *v, enum lang_basic b) {
    int64_t i;
    unsigned bits = lang_basic_bits(b);
    bool is_unsigned = b >= LANG_UINT && b <= LANG_UINTPTR;
    if (b == LANG_UNTYPED_INT || b == LANG_UNTYPED_RUNE) return true;
    if (lang_const_int64(v, &i)) {
        if (is_unsigned) return i >= 0 && (bits == 64 || i < (int64_t)1 << bits);
        return bits == 64 || (i >= -((int64_t)1 << (bits - 1)) && i < (int64_t)1 << (bits - 1));
    }
    return is_unsigned && bits == 64 && lang_const_sign(v) >= 0 && lang_const_bitlen(v) <= 64;
}

bool chk_representable(struct lang_checker *c, const struct lang_const *v, enum lang_basic b,
                       const struct lang_const **rounded) {
    if (!v) return true;
    uint32_t info = c->out->basic[b]->u.basic.info;
    struct arena *a = c->mem.arena;
    enum lang_const_kind kind = lang_const_kind(v);
    if (info & LANG_IS_INTEGER) {
        const struct lang_const *i = kind <= LANG_CONST_STRING ? NULL : lang_const_to_int(a, v);
        if (!i) return false;
        if (rounded) *rounded = i;
        return fits_int(i, b);
    }
    if (info & LANG_IS_FLOAT) {
        const struct lang_const *f = kind <= LANG_CONST_STRING ? NULL : lang_const_to_float(a, v);
        if (!f) return false;
        if (b != LANG_UNTYPED_FLOAT) f = lang_const_round(a, f, lang_basic_bits(b));
        if (!f) return false;
        if (rounded) *rounded = f;
        return true;
    }
    if (info & LANG_IS_STRING) return kind == LANG_CONST_STRING;
    if (info & LANG_IS_BOOLEAN) return kind == LANG_CONST_BOOL;
    return false;
}

static enum conv_error representation(struct lang_checker *c, struct operand *x, struct lang_type *basic,
                                      const struct lang_const **val) {
    *val = x->val;
    if (chk_representable(c, x->val, basic->u.basic.basic, val)) return CONV_OK;
    if (lang_is_basic(x->type, LANG_IS_NUMERIC) && lang_is_basic(basic, LANG_IS_NUMERIC)) {
        bool truncated = !lang_is_basic(x->type, LANG_IS_INTEGER) && lang_is_basic(basic, LANG_IS_INTEGER);
        return truncated ? CONV_TRUNCATED : CONV_OVERFLOW;
    }
    return CONV_BAD;
}

static void invalid_conversion(struct lang_checker *c, enum conv_error why, struct operand *x, struct lang_type *t) {
    const char *xs = chk_opstr(c, x), *ts = chk_typestr(c, t);
    if (why == CONV_TRUNCATED) {
        chk_error(c, pos_of(x), "%s truncated to %s", xs, ts);
    } else if (why == CONV_OVERFLOW) {
        chk_error(c, pos_of(x), "%s overflows %s", xs, ts);
    } else {
        chk_error(c, pos_of(x), "cannot convert %s to type %s", xs, ts);
    }
    x->mode = LANG_MODE_INVALID;
}

/* In messages of constant arithmetic Go shows the value: "cannot use ... (overflows)" comes from assignments, and
 * "x (constant V of type T) overflows T" from here. */
void chk_represent(struct lang_checker *c, struct operand *x, struct lang_type *basic) {
    const struct lang_const *val;
    enum conv_error why = representation(c, x, basic, &val);
    if (why == CONV_OK) {
        x->val = val;
        return;
    }
    invalid_conversion(c, why, x, basic);
}

/* ---- untyped operands ---- */

static struct lang_type *max_type(struct lang_type *x, struct lang_type *y) {
    if (x == y) return x;
    if (!lang_is_basic(x, LANG_IS_NUMERIC) || !lang_is_basic(y, LANG_IS_NUMERIC)) return NULL;
    return x->u.basic.basic > y->u.basic.basic ? x : y;
}

struct implicit_all {
    struct lang_checker *c;
    struct operand *x;
};

static bool implicit_one(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct implicit_all *a = ctx;
    const struct lang_const *val;
    enum conv_error why;
    (void)t;
    return u && chk_implicit(a->c, a->x, u, &val, &why) != NULL;
}

static struct lang_type *implicit_basic(struct lang_checker *c, struct operand *x, struct lang_type *target,
                                        struct lang_type *u, const struct lang_const **val, enum conv_error *why) {
    if (x->mode == LANG_MODE_CONSTANT) {
        *why = representation(c, x, u, val);
        return *why == CONV_OK ? target : NULL;
    }
    uint32_t need = 0;
    switch (x->type->u.basic.basic) {
    case LANG_UNTYPED_BOOL:
        need = LANG_IS_BOOLEAN;
        break;
    case LANG_UNTYPED_INT:
    case LANG_UNTYPED_RUNE:
    case LANG_UNTYPED_FLOAT:
        need = LANG_IS_NUMERIC;
        break;
    case LANG_UNTYPED_STRING:
        need = LANG_IS_STRING;
        break;
    default:
        return NULL;
    }
    return lang_is_basic(target, need) ? target : NULL;
}

struct lang_type *chk_implicit(struct lang_checker *c, struct operand *x, struct lang_type *target,
                               const struct lang_const **val, enum conv_error *why) {
    *val = NULL;
    *why = CONV_BAD;
    if (x->mode == LANG_MODE_INVALID || !lang_is_untyped(x->type) || !chk_valid(target)) return x->type;
    if (lang_is_untyped(target)) return max_type(x->type, target);
    if (x->mode == LANG_MODE_NIL) return chk_has_nil(target) ? target : NULL;
    if (chk_is_tparam(target)) {
        struct implicit_all a = {c, x};
        return chk_typeset(target, implicit_one, &a) ? target : NULL;
    }
    struct lang_type *u = lang_under(target);
    if (u->kind == LANG_T_BASIC) return implicit_basic(c, x, target, u, val, why);
    if (u->kind != LANG_T_INTERFACE) return NULL;
    const struct lang_type_set *s = lang_type_set_of(u);
    if (s->methods.len || !s->all_types || s->comparable) return NULL;
    return chk_default(c, x->type);
}

void chk_convert_untyped(struct lang_checker *c, struct operand *x, struct lang_type *target) {
    const struct lang_const *val;
    enum conv_error why;
    struct lang_type *t = chk_implicit(c, x, target, &val, &why);
    if (!t) {
        invalid_conversion(c, why, x, chk_is_tparam(target) ? target : lang_under(target));
        return;
    }
    if (val) {
        x->val = val;
        if (x->expr && lang_is_untyped(x->type)) x->expr->constant = val;
    }
    if (t != x->type) {
        x->type = t;
        chk_update_type(c, x->expr, t, false);
    }
}

/* ---- assignability ---- */

struct assign_each {
    struct lang_checker *c;
    struct operand *x;
    struct lang_type *v, *t; /* the side that is a type parameter is walked */
    const char **cause;
    bool any;
};

static void chain_cause(struct lang_checker *c, const char **cause, const char *msg) {
    if (cause) *cause = *cause && **cause ? chk_sprintf(c, "%s\n\t%s", msg, *cause) : msg;
}

static bool assignable_to_each(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct assign_each *a = ctx;
    (void)u;
    if (!t) return false;
    a->any = true;
    if (chk_assignable(a->c, a->x, t, a->cause)) return true;
    chain_cause(a->c, a->cause,
                chk_sprintf(a->c, "cannot assign %s to %s (in %s)", chk_typestr(a->c, a->x->type), chk_typestr(a->c, t),
                            chk_typestr(a->c, a->t)));
    return false;
}

static bool each_assignable(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct assign_each *a = ctx;
    (void)u;
    if (!t) return false;
    a->any = true;
    struct operand x = *a->x;
    x.type = t;
    if (chk_assignable(a->c, &x, a->t, a->cause)) return true;
    chain_cause(a->c, a->cause,
                chk_sprintf(a->c, "cannot assign %s (in %s) to %s", chk_typestr(a->c, t), chk_typestr(a->c, a->v),
                            chk_typestr(a->c, a->t)));
    return false;
}

static bool assignable_tparams(struct lang_checker *c, struct operand *x, struct lang_type *t, const char **cause) {
    struct lang_type *v = x->type;
    struct assign_each a = {c, x, v, t, cause, false};
    if (!lang_is_named(v) && chk_is_tparam(t)) return chk_typeset(t, assignable_to_each, &a) && a.any;
    if (chk_is_tparam(v) && !lang_is_named(t)) return chk_typeset(v, each_assignable, &a) && a.any;
    return false;
}

static bool untyped_assignable(struct lang_checker *c, struct operand *x, struct lang_type *t) {
    const struct lang_const *val;
    enum conv_error why;
    return chk_implicit(c, x, t, &val, &why) != NULL;
}

bool chk_assignable(struct lang_checker *c, struct operand *x, struct lang_type *t, const char **cause) {
    struct lang_type *v = x->type;
    if (x->mode == LANG_MODE_INVALID || !chk_valid(t) || !chk_valid(v)) return true;
    if (lang_identical(v, t)) return true;
    if (lang_is_untyped(v)) return untyped_assignable(c, x, t);
    bool vp = chk_is_tparam(v), tp = chk_is_tparam(t);
    struct lang_type *vu = lang_under(v), *tu = lang_under(t);
    if (!vp && !tp && (!lang_is_named(v) || !lang_is_named(t)) && lang_identical(vu, tu)) return true;
    if ((tu->kind == LANG_T_INTERFACE && !tp) || chk_is_interface_ptr(tu)) {
        if (chk_implements(c, v, t, false, cause)) return true;
        if (!vp) return false;
        if (cause) *cause = "";
    }
    if (vu->kind == LANG_T_INTERFACE && !vp && chk_implements(c, t, v, false, NULL)) {
        if (cause) *cause = "need type assertion";
        return false;
    }
    if (vu->kind == LANG_T_CHAN && vu->u.chan.dir == LANG_CHAN_BOTH && tu->kind == LANG_T_CHAN &&
        lang_identical(vu->u.chan.elem, tu->u.chan.elem))
        return !lang_is_named(v) || !lang_is_named(t);
    return vp || tp ? assignable_tparams(c, x, t, cause) : false;
}

/* ---- conversions ---- */

static bool both(struct lang_type *a, struct lang_type *b, uint32_t info) {
    return lang_is_basic(a, info) && lang_is_basic(b, info);
}

static bool convertible_plain(struct lang_type *v, struct lang_type *t) {
    struct lang_type *vu = lang_under(v), *tu = lang_under(t);
    if (v->kind == LANG_T_POINTER && t->kind == LANG_T_POINTER && !chk_is_tparam(v->u.pointer.elem) &&
        !chk_is_tparam(t->u.pointer.elem) &&
        chk_identical_ignore_tags(lang_under(v->u.pointer.elem), lang_under(t->u.pointer.elem)))
        return true;
    if (both(vu, tu, LANG_IS_INTEGER | LANG_IS_FLOAT)) return true;
    if ((lang_is_basic(vu, LANG_IS_INTEGER) || chk_is_bytes_or_runes(vu)) && lang_is_basic(tu, LANG_IS_STRING))
        return true;
    if (lang_is_basic(vu, LANG_IS_STRING) && chk_is_bytes_or_runes(tu)) return true;
    if (vu->kind != LANG_T_SLICE) return false;
    struct lang_type *a = tu->kind == LANG_T_POINTER ? lang_under(tu->u.pointer.elem) : tu;
    return a->kind == LANG_T_ARRAY && lang_identical(vu->u.slice.elem, a->u.array.elem);
}

static bool convertible(struct lang_checker *c, struct operand *x, struct lang_type *t, const char **cause);

static bool convertible_to_each(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct assign_each *a = ctx;
    (void)u;
    if (!t) return false;
    if (convertible(a->c, a->x, t, a->cause)) return true;
    const char *xs = chk_typestr(a->c, a->x->type), *ts = chk_typestr(a->c, t);
    chain_cause(a->c, a->cause,
                a->v ? chk_sprintf(a->c, "cannot convert %s (in %s) to type %s (in %s)", xs, chk_typestr(a->c, a->v),
                                   ts, chk_typestr(a->c, a->t))
                     : chk_sprintf(a->c, "cannot convert %s to type %s (in %s)", xs, ts, chk_typestr(a->c, a->t)));
    return false;
}

static bool each_convertible(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct assign_each *a = ctx;
    (void)u;
    if (!t) return false;
    struct operand x = *a->x;
    x.type = t;
    if (chk_is_tparam(a->t)) {
        struct assign_each inner = {a->c, &x, a->v, a->t, a->cause, false};
        return chk_typeset(a->t, convertible_to_each, &inner);
    }
    if (convertible(a->c, &x, a->t, a->cause)) return true;
    chain_cause(a->c, a->cause,
                chk_sprintf(a->c, "cannot convert %s (in %s) to type %s", chk_typestr(a->c, t), chk_typestr(a->c, a->v),
                            chk_typestr(a->c, a->t)));
    return false;
}

static bool convertible(struct lang_checker *c, struct operand *x, struct lang_type *t, const char **cause) {
    if (chk_assignable(c, x, t, cause)) return true;
    struct lang_type *v = x->type;
    bool vp = chk_is_tparam(v), tp = chk_is_tparam(t);
    if (!vp && !tp) return chk_identical_ignore_tags(lang_under(v), lang_under(t)) || convertible_plain(v, t);
    struct assign_each a = {c, x, vp ? v : NULL, t, cause, false};
    return vp ? chk_typeset(v, each_convertible, &a) : chk_typeset(t, convertible_to_each, &a);
}

static const struct lang_const *rune_string(struct lang_checker *c, const struct lang_const *v) {
    char buf[8];
    uint64_t r;
    int32_t rune = lang_const_uint64(v, &r) && r <= 0x10ffff ? (int32_t)r : 0xfffd;
    return lang_const_make_string(c->mem.arena, buf, lang_utf8_encode(rune, buf));
}

static bool const_convertible(struct lang_checker *c, struct operand *x, struct lang_type *t,
                              const struct lang_const **val) {
    struct lang_type *u = lang_under(t);
    if (u->kind != LANG_T_BASIC) return false;
    const struct lang_const *v = x->val;
    if (chk_representable(c, x->val, u->u.basic.basic, &v)) {
        *val = v;
        return true;
    }
    if (!lang_is_basic(x->type, LANG_IS_INTEGER) || !lang_is_basic(u, LANG_IS_STRING)) return false;
    *val = rune_string(c, x->val);
    return true;
}

struct const_each {
    struct lang_checker *c;
    struct operand *x;
    struct lang_type *t;
    const char *cause;
};

static bool const_to_each(void *ctx, struct lang_type *t, struct lang_type *u) {
    struct const_each *a = ctx;
    const struct lang_const *val;
    (void)t;
    if (!u) {
        a->cause = chk_sprintf(a->c, "%s does not contain specific types", chk_typestr(a->c, a->t));
        return false;
    }
    if (lang_is_basic(a->x->type, LANG_IS_STRING) && chk_is_bytes_or_runes(u)) return true;
    if (const_convertible(a->c, a->x, u, &val)) return true;
    if (both(a->x->type, u, LANG_IS_INTEGER)) {
        a->cause = chk_sprintf(a->c, "constant %s overflows %s (in %s)", chk_valstr(a->c, a->x->val),
                               chk_typestr(a->c, u), chk_typestr(a->c, a->t));
    } else {
        a->cause = chk_sprintf(a->c, "cannot convert %s to type %s (in %s)", chk_opstr(a->c, a->x),
                               chk_typestr(a->c, u), chk_typestr(a->c, a->t));
    }
    return false;
}

static bool convert_operand(struct lang_checker *c, struct operand *x, struct lang_type *t, const char **cause) {
    bool constant = x->mode == LANG_MODE_CONSTANT;
    if (constant && lang_is_basic(t, LANG_IS_CONST_TYPE)) {
        const struct lang_const *val = x->val;
        if (!const_convertible(c, x, t, &val)) return false;
        x->val = val;
        return true;
    }
    if (constant && chk_is_tparam(t)) {
        struct const_each a = {c, x, t, ""};
        bool ok = chk_typeset(t, const_to_each, &a);
        *cause = a.cause;
        x->mode = LANG_MODE_VALUE;
        return ok;
    }
    if (!convertible(c, x, t, cause)) return false;
    x->mode = LANG_MODE_VALUE;
    return true;
}

void chk_conversion(struct lang_checker *c, struct operand *x, struct lang_type *t) {
    bool constant = x->mode == LANG_MODE_CONSTANT, nil = x->mode == LANG_MODE_NIL;
    const char *cause = "";
    struct operand before = *x;
    if (!convert_operand(c, x, t, &cause)) {
        if (constant && chk_is_tparam(t)) before.mode = LANG_MODE_VALUE; /* as Go shows it by then */
        if (constant && both(before.type, t, LANG_IS_INTEGER)) {
            chk_error(c, pos_of(x), "constant %s overflows %s", chk_valstr(c, before.val), chk_typestr(c, t));
        } else if (*cause) {
            chk_error(c, pos_of(x), "cannot convert %s to type %s: %s", chk_opstr(c, &before), chk_typestr(c, t),
                      cause);
        } else {
            chk_error(c, pos_of(x), "cannot convert %s to type %s", chk_opstr(c, &before), chk_typestr(c, t));
        }
        x->mode = LANG_MODE_INVALID;
        return;
    }
    if (lang_is_untyped(x->type)) {
        struct lang_type *final = t;
        if (nil) {
            x->expr->type = t;
        } else if (lang_is_interface(t) || (constant && !lang_is_basic(t, LANG_IS_CONST_TYPE))) {
            final = chk_default(c, x->type);
        } else if (x->mode == LANG_MODE_CONSTANT && lang_is_basic(x->type, LANG_IS_INTEGER) &&
                   chk_all_basic(t, LANG_IS_STRING)) {
            final = x->type; /* string(1 << 20): the operand need not fit an int */
        }
        if (!nil) chk_update_type(c, x->expr, final, true);
    }
    x->type = t;
}
