#include "ast.h"

#include <string.h>

struct lang_expr *lang_unparen(struct lang_expr *e) {
    while (e && e->kind == LANG_E_PAREN)
        e = e->u.paren.x;
    return e;
}

lang_pos lang_start_pos(const struct lang_expr *e) {
    for (;;) {
        switch (e->kind) {
        case LANG_E_COMPOSITE_LIT:
            if (!e->u.comp.type) return e->pos;
            e = e->u.comp.type;
            break;
        case LANG_E_KEY_VALUE:
            e = e->u.kv.key;
            break;
        case LANG_E_SELECTOR:
            e = e->u.sel.x;
            break;
        case LANG_E_INDEX:
            if (!e->u.index.x) return e->pos;
            e = e->u.index.x;
            break;
        case LANG_E_TYPE_ASSERT:
            e = e->u.assert.x;
            break;
        case LANG_E_TYPE_SWITCH:
            e = e->u.guard.lhs ? e->u.guard.lhs : e->u.guard.x;
            break;
        case LANG_E_CALL:
            e = e->u.call.fun;
            break;
        case LANG_E_BINARY:
            e = e->u.binary.x;
            break;
        default:
            return e->pos;
        }
    }
}

static lang_pos plus(lang_pos p, size_t n) {
    return lang_pos_make(lang_pos_file(p), lang_pos_line(p), lang_pos_col(p) + (uint32_t)n);
}

lang_pos lang_end_pos(const struct lang_expr *e) {
    for (;;) {
        switch (e->kind) {
        case LANG_E_IDENT:
            return plus(e->pos, strlen(e->u.ident.name));
        case LANG_E_BASIC_LIT:
            return plus(e->pos, e->u.lit.len);
        case LANG_E_COMPOSITE_LIT:
            return e->u.comp.rbrace;
        case LANG_E_FUNC_LIT:
            return e->u.func_lit.body->u.block.rbrace;
        case LANG_E_KEY_VALUE:
            e = e->u.kv.value;
            break;
        case LANG_E_PAREN:
            e = e->u.paren.x;
            break;
        case LANG_E_SELECTOR:
            e = e->u.sel.sel;
            break;
        case LANG_E_CALL:
            return e->u.call.rparen;
        case LANG_E_TYPE_ASSERT:
            e = e->u.assert.type;
            break;
        case LANG_E_STAR:
            e = e->u.star.x;
            break;
        case LANG_E_UNARY:
            e = e->u.unary.x;
            break;
        case LANG_E_BINARY:
            e = e->u.binary.y;
            break;
        case LANG_E_INDEX:
            if (!e->u.index.indices.len) return e->pos;
            e = e->u.index.indices.data[e->u.index.indices.len - 1];
            break;
        case LANG_E_SLICE:
            e = e->u.slice.max ? e->u.slice.max : e->u.slice.hi ? e->u.slice.hi : e->u.slice.x;
            break;
        case LANG_E_ARRAY_TYPE:
            e = e->u.array.elem;
            break;
        case LANG_E_SLICE_TYPE:
            e = e->u.slice_type.elem;
            break;
        case LANG_E_MAP_TYPE:
            e = e->u.map.value;
            break;
        case LANG_E_CHAN_TYPE:
            e = e->u.chan.elem;
            break;
        default:
            return e->pos;
        }
    }
}

/* ---- expressions in messages ---- */

enum { WRITE_DEPTH = 200 };

static void write(const struct lang_expr *e, struct str *out, int depth);

static void write_list(struct lang_expr_list list, struct str *out, int depth) {
    for (size_t i = 0; i < list.len; i++) {
        if (i) str_adds(out, ", ");
        write(list.data[i], out, depth);
    }
}

static void write_fields(const struct lang_field *f, size_t n, const char *sep, struct str *out, int depth) {
    for (size_t i = 0; i < n; i++) {
        if (i) str_adds(out, sep);
        bool shared = i + 1 < n && f[i].name && f[i + 1].name && f[i].type == f[i + 1].type;
        if (f[i].name) {
            str_adds(out, f[i].name->u.ident.name);
            if (shared) {
                str_adds(out, ", ");
                i++;
                for (;; i++) {
                    str_adds(out, f[i].name->u.ident.name);
                    if (i + 1 >= n || !f[i + 1].name || f[i].type != f[i + 1].type) break;
                    str_adds(out, ", ");
                }
            }
            str_addc(out, ' ');
        }
        if (f[i].type) write(f[i].type, out, depth);
        if (f[i].tag) {
            str_addc(out, ' ');
            write(f[i].tag, out, depth);
        }
    }
}

static void write_signature(const struct lang_expr *e, struct str *out, int depth) {
    struct lang_field_list params = e->u.func_type.params, results = e->u.func_type.results;
    str_addc(out, '(');
    write_fields(params.data, params.len, ", ", out, depth);
    str_addc(out, ')');
    if (!results.len) return;
    str_addc(out, ' ');
    if (results.len == 1 && !results.data[0].name) {
        write(results.data[0].type, out, depth);
        return;
    }
    str_addc(out, '(');
    write_fields(results.data, results.len, ", ", out, depth);
    str_addc(out, ')');
}

static void write_interface(const struct lang_expr *e, struct str *out, int depth) {
    struct lang_field_list m = e->u.iface.methods;
    str_adds(out, "interface{");
    for (size_t i = 0; i < m.len; i++) {
        if (i) str_adds(out, "; ");
        if (m.data[i].name) {
            str_adds(out, m.data[i].name->u.ident.name);
            write_signature(m.data[i].type, out, depth);
        } else {
            write(m.data[i].type, out, depth);
        }
    }
    str_addc(out, '}');
}

static void write_chan(const struct lang_expr *e, struct str *out, int depth) {
    const struct lang_expr *elem = e->u.chan.elem;
    str_adds(out, e->u.chan.dir == LANG_CHAN_RECV ? "<-chan " : e->u.chan.dir == LANG_CHAN_SEND ? "chan<- " : "chan ");
    bool paren =
        e->u.chan.dir == LANG_CHAN_BOTH && elem->kind == LANG_E_CHAN_TYPE && elem->u.chan.dir == LANG_CHAN_RECV;
    if (paren) str_addc(out, '(');
    write(elem, out, depth);
    if (paren) str_addc(out, ')');
}

static void write_type(const struct lang_expr *e, struct str *out, int depth) {
    switch (e->kind) {
    case LANG_E_ARRAY_TYPE:
        str_addc(out, '[');
        if (e->u.array.len) {
            write(e->u.array.len, out, depth);
        } else {
            str_adds(out, "...");
        }
        str_addc(out, ']');
        write(e->u.array.elem, out, depth);
        return;
    case LANG_E_SLICE_TYPE:
        str_adds(out, "[]");
        write(e->u.slice_type.elem, out, depth);
        return;
    case LANG_E_DOTS_TYPE:
        str_adds(out, "...");
        write(e->u.dots.elem, out, depth);
        return;
    case LANG_E_STRUCT_TYPE:
        str_adds(out, "struct{");
        write_fields(e->u.strct.fields.data, e->u.strct.fields.len, "; ", out, depth);
        str_addc(out, '}');
        return;
    case LANG_E_FUNC_TYPE:
        str_adds(out, "func");
        write_signature(e, out, depth);
        return;
    case LANG_E_INTERFACE_TYPE:
        write_interface(e, out, depth);
        return;
    case LANG_E_MAP_TYPE:
        str_adds(out, "map[");
        write(e->u.map.key, out, depth);
        str_addc(out, ']');
        write(e->u.map.value, out, depth);
        return;
    case LANG_E_CHAN_TYPE:
        write_chan(e, out, depth);
        return;
    default:
        str_adds(out, "<bad expr>");
    }
}

static void write_slice(const struct lang_expr *e, struct str *out, int depth) {
    write(e->u.slice.x, out, depth);
    str_addc(out, '[');
    if (e->u.slice.lo) write(e->u.slice.lo, out, depth);
    str_addc(out, ':');
    if (e->u.slice.hi) write(e->u.slice.hi, out, depth);
    if (e->u.slice.max) {
        str_addc(out, ':');
        write(e->u.slice.max, out, depth);
    }
    str_addc(out, ']');
}

static void write_postfix(const struct lang_expr *e, struct str *out, int depth) {
    switch (e->kind) {
    case LANG_E_SELECTOR:
        write(e->u.sel.x, out, depth);
        str_addc(out, '.');
        str_adds(out, e->u.sel.sel->u.ident.name);
        return;
    case LANG_E_INDEX:
        write(e->u.index.x, out, depth);
        str_addc(out, '[');
        write_list(e->u.index.indices, out, depth);
        str_addc(out, ']');
        return;
    case LANG_E_SLICE:
        write_slice(e, out, depth);
        return;
    case LANG_E_TYPE_ASSERT:
        write(e->u.assert.x, out, depth);
        str_adds(out, ".(");
        write(e->u.assert.type, out, depth);
        str_addc(out, ')');
        return;
    case LANG_E_TYPE_SWITCH:
        if (e->u.guard.lhs) {
            str_adds(out, e->u.guard.lhs->u.ident.name);
            str_adds(out, " := ");
        }
        write(e->u.guard.x, out, depth);
        str_adds(out, ".(type)");
        return;
    default:
        write(e->u.call.fun, out, depth);
        str_addc(out, '(');
        write_list(e->u.call.args, out, depth);
        if (e->u.call.dots) str_adds(out, "...");
        str_addc(out, ')');
    }
}

static void write_literal(const struct lang_expr *e, struct str *out, int depth) {
    if (e->kind == LANG_E_FUNC_LIT) {
        write(e->u.func_lit.type, out, depth);
        str_adds(out, e->u.func_lit.body->u.block.list.len ? " {…}" : " {}");
        return;
    }
    if (e->u.comp.type) write(e->u.comp.type, out, depth);
    str_adds(out, e->u.comp.elems.len ? "{…}" : "{}");
}

static void write(const struct lang_expr *e, struct str *out, int depth) {
    if (!e) return;
    if (++depth > WRITE_DEPTH) {
        str_adds(out, "…");
        return;
    }
    switch (e->kind) {
    case LANG_E_BAD:
        str_adds(out, "<bad expr>");
        return;
    case LANG_E_IDENT:
        str_adds(out, e->u.ident.name);
        return;
    case LANG_E_BASIC_LIT:
        str_add(out, e->u.lit.text, e->u.lit.len);
        return;
    case LANG_E_FUNC_LIT:
    case LANG_E_COMPOSITE_LIT:
        write_literal(e, out, depth);
        return;
    case LANG_E_PAREN:
        str_addc(out, '(');
        write(e->u.paren.x, out, depth);
        str_addc(out, ')');
        return;
    case LANG_E_SELECTOR:
    case LANG_E_INDEX:
    case LANG_E_SLICE:
    case LANG_E_TYPE_ASSERT:
    case LANG_E_TYPE_SWITCH:
    case LANG_E_CALL:
        write_postfix(e, out, depth);
        return;
    case LANG_E_STAR:
        str_addc(out, '*');
        write(e->u.star.x, out, depth);
        return;
    case LANG_E_UNARY:
        str_adds(out, lang_op_text(e->u.unary.op));
        write(e->u.unary.x, out, depth);
        return;
    case LANG_E_BINARY:
        write(e->u.binary.x, out, depth);
        str_addf(out, " %s ", lang_op_text(e->u.binary.op));
        write(e->u.binary.y, out, depth);
        return;
    case LANG_E_KEY_VALUE:
        write(e->u.kv.key, out, depth);
        str_adds(out, ": ");
        write(e->u.kv.value, out, depth);
        return;
    default:
        write_type(e, out, depth);
    }
}

void lang_expr_write(const struct lang_expr *e, struct str *out) { write(e, out, 0); }
