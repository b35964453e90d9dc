#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checker.h"

const char *chk_sprintf(struct lang_checker *c, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    const char *s = c->mem.failed ? NULL : arena_vprintf(c->mem.arena, fmt, ap);
    va_end(ap);
    if (!s) c->mem.failed = true;
    return s ? s : "";
}

static const char *keep(struct lang_checker *c, struct str *s) {
    const char *out = c->mem.failed ? NULL : arena_strndup(c->mem.arena, str_cstr(s), s->len);
    if (!out || s->failed) c->mem.failed = true;
    str_free(s);
    return out ? out : "";
}

static bool contains_late(const char *s, const char *what) {
    const char *p = strstr(s, what);
    return p && p != s;
}

/* Go tells the same thing once a line (cmd/compile/internal/base/print.go). */
static bool said_on_this_line(const struct diag_list *diags, const struct src_file *src, int line, const char *msg) {
    if (diags->items.len == 0) return false;
    const struct diag *last = &VEC_LAST(&diags->items);
    return last->file == src && last->line == line && last->message && strcmp(last->message, msg) == 0;
}

void chk_error(struct lang_checker *c, lang_pos pos, const char *fmt, ...) {
    if (c->mem.failed) return;
    va_list ap;
    va_start(ap, fmt);
    char *msg = arena_vprintf(c->mem.arena, fmt, ap);
    va_end(ap);
    if (!msg) {
        c->mem.failed = true;
        return;
    }
    /* These follow from an error told before. */
    if (c->errors > 0 && (contains_late(msg, "invalid operand") || contains_late(msg, "invalid type"))) return;
    c->errors++;
    if (c->env.errpos) pos = c->env.errpos;
    /* Of equal ones in one line Go tells the first. */
    if (c->last_message && strcmp(c->last_message, msg) == 0 && c->last_pos >> 24 == pos >> 24) return;
    c->last_message = msg;
    c->last_pos = pos;
    uint32_t file = lang_pos_file(pos);
    const struct src_file *src = file < c->files.len ? c->files.data[file] : NULL;
    if (said_on_this_line(c->diags, src, (int)lang_pos_line(pos), msg)) return;
    diag_add(c->diags, src, (int)lang_pos_line(pos), (int)lang_pos_col(pos), "%s", msg);
}

void chk_hint(struct lang_checker *c, const char *text) { diag_hint(c->diags, "%s", text); }

const char *chk_typestr(struct lang_checker *c, const struct lang_type *t) {
    struct str s = {0};
    lang_type_write(t, c->env.pkg, &s);
    return keep(c, &s);
}

const char *chk_exprstr(struct lang_checker *c, const struct lang_expr *e) {
    struct str s = {0};
    lang_expr_write(e, &s);
    return keep(c, &s);
}

const char *chk_valstr(struct lang_checker *c, const struct lang_const *v) {
    struct str s = {0};
    lang_const_format(v, &s);
    return keep(c, &s);
}

const char *chk_posstr(struct lang_checker *c, lang_pos pos) {
    uint32_t file = lang_pos_file(pos);
    const char *name = file < c->files.len ? c->files.data[file]->name : "";
    uint32_t line = lang_pos_line(pos), col = lang_pos_col(pos);
    if (file < c->lines.len) lang_lines_map(c->lines.data[file], &name, &line, &col);
    return col ? chk_sprintf(c, "%s:%u:%u", name, line, col) : chk_sprintf(c, "%s:%u", name, line);
}

const char *chk_kindstr(struct lang_type *t) {
    switch (lang_under(t)->kind) {
    case LANG_T_ARRAY:
        return "array";
    case LANG_T_SLICE:
        return "slice";
    case LANG_T_STRUCT:
        return "struct";
    case LANG_T_POINTER:
        return "pointer";
    case LANG_T_SIGNATURE:
        return "func";
    case LANG_T_INTERFACE:
        return "interface";
    case LANG_T_MAP:
        return "map";
    case LANG_T_CHAN:
        return "chan";
    case LANG_T_TUPLE:
        return "tuple";
    case LANG_T_UNION:
        return "union";
    default:
        return "";
    }
}

static const char *mode_text(enum lang_mode m) {
    switch (m) {
    case LANG_MODE_INVALID:
        return "invalid operand";
    case LANG_MODE_NOVALUE:
        return "no value";
    case LANG_MODE_BUILTIN:
        return "built-in";
    case LANG_MODE_TYPE:
        return "type";
    case LANG_MODE_CONSTANT:
        return "constant";
    case LANG_MODE_VARIABLE:
        return "variable";
    case LANG_MODE_MAPINDEX:
        return "map index expression";
    case LANG_MODE_VALUE:
        return "value";
    case LANG_MODE_NIL:
        return "nil";
    case LANG_MODE_COMMAOK:
        return "comma, ok expression";
    }
    return "";
}

static void write_type_part(struct lang_checker *c, const struct operand *x, struct str *out) {
    if (!chk_valid(x->type)) {
        str_adds(out, " with invalid type");
        return;
    }
    str_adds(out, " of ");
    if (chk_generic_named(x->type)) str_adds(out, "generic ");
    if (x->type->kind == LANG_T_NAMED) {
        const char *kind = chk_kindstr(x->type);
        struct lang_type *u = lang_under(x->type);
        if (!*kind && u->kind == LANG_T_BASIC) kind = u->u.basic.name;
        str_addf(out, "%s ", kind);
    }
    if (x->type == c->out->any_type) str_adds(out, "interface "); /* any is an alias of it */
    str_adds(out, "type ");
    lang_type_write(x->type, c->env.pkg, out);
    if (chk_is_tparam(x->type) && x->type->u.tparam.bound) {
        str_adds(out, " constrained by ");
        lang_type_write(x->type->u.tparam.bound, c->env.pkg, out);
        const struct lang_type_set *s = lang_type_set_of(x->type);
        if (!s->all_types && !s->nterms) str_adds(out, " with empty type set");
    }
}

const char *chk_opstr(struct lang_checker *c, const struct operand *x) {
    struct str s = {0};
    if (x->mode == LANG_MODE_NIL) {
        if (!chk_valid(x->type)) return "nil (with invalid type)";
        if (lang_is_untyped(x->type)) return "nil";
        return chk_sprintf(c, "nil (of type %s)", chk_typestr(c, x->type));
    }
    const char *expr = "";
    if (x->expr) {
        expr = chk_exprstr(c, x->expr);
    } else if (x->mode == LANG_MODE_TYPE) {
        expr = chk_typestr(c, x->type);
    } else if (x->mode == LANG_MODE_CONSTANT) {
        expr = chk_valstr(c, x->val);
    }
    if (*expr) str_addf(&s, "%s (", expr);
    bool typed = false;
    if (x->mode != LANG_MODE_INVALID && x->mode != LANG_MODE_NOVALUE && x->mode != LANG_MODE_BUILTIN &&
        x->mode != LANG_MODE_TYPE && x->type) {
        if (lang_is_untyped(x->type)) {
            str_addf(&s, "%s ", x->type->u.basic.name);
        } else {
            typed = true;
        }
    }
    str_adds(&s, mode_text(x->mode));
    if (x->mode == LANG_MODE_CONSTANT) {
        const char *val = chk_valstr(c, x->val);
        if (strcmp(val, expr) != 0) str_addf(&s, " %s", val);
    }
    if (typed) write_type_part(c, x, &s);
    if (*expr) str_addc(&s, ')');
    return keep(c, &s);
}

bool chk_enter(struct lang_checker *c, lang_pos pos) {
    c->depth++;
    if (c->mem.failed) return false;
    if (c->depth <= LANG_DEPTH_LIMIT) return true;
    if (!c->told_depth) chk_error(c, pos, "nesting too deep");
    c->told_depth = true;
    return false;
}

void chk_leave(struct lang_checker *c) { c->depth--; }
