/* Labels and jumps of one function body: which statement a break, continue or goto means, and what is wrong with them.
 * Told by the parser, as in Go, where these are not errors of types. */
#include <stdio.h>
#include <string.h>

#include "parser.h"

struct block {
    struct block *parent;
    uint32_t id; /* an address would be used again */
    lang_pos start;
    struct lang_stmt *labeled; /* the labeled statement whose block this is */
};

struct label {
    uint32_t block;
    lang_pos block_start;
    struct lang_stmt *stmt;
    bool used;
};

struct branches {
    struct parser *p;
    uint32_t blocks;
    VEC(struct label) labels;
    VEC(struct lang_stmt *) forward; /* gotos whose label was not seen yet; a block's own start at its mark */
};

struct targets {
    struct lang_stmt *breaks, *continues, *swtch;
    size_t case_index, ncases;
    bool in_case; /* directly in a case of swtch */
};

static void block_branches(struct branches *b, struct block *parent, struct targets t, struct lang_stmt *labeled,
                           lang_pos start, struct lang_stmt_list body);

static struct label *find(struct branches *b, const char *name) {
    for (size_t i = 0; i < b->labels.len; i++) {
        if (b->labels.data[i].stmt->u.labeled.label->u.ident.name == name) return &b->labels.data[i];
    }
    return NULL;
}

static void position(const struct branches *b, lang_pos pos, char *buf, size_t size) {
    snprintf(buf, size, "%s:%u:%u", b->p->src->name, lang_pos_line(pos), lang_pos_col(pos));
}

static void declare(struct branches *b, struct block *block, struct lang_stmt *s) {
    struct lang_expr *name = s->u.labeled.label;
    struct label *old = find(b, name->u.ident.name);
    if (old) {
        char at[300];
        position(b, old->stmt->u.labeled.label->pos, at, sizeof at);
        p_error_at(b->p, name->pos, "label %s already defined at %s", name->u.ident.name, at);
        return;
    }
    struct label l = {.block = block->id, .block_start = block->start, .stmt = s};
    if (!VEC_PUSH(&b->labels, l)) b->p->mem->failed = true;
}

/* What a goto must not jump over: the last variable declaration of the block. */
struct declared {
    lang_pos pos; /* 0: none yet */
    struct lang_expr_list names;
    bool all; /* := : all are named in the message */
};

static void jumps_over(struct branches *b, struct lang_expr *label, const struct declared *d) {
    char at[300];
    struct str names = {0};
    position(b, d->pos, at, sizeof at);
    for (size_t i = 0; i < d->names.len && (i == 0 || d->all); i++) {
        if (i) str_adds(&names, ", ");
        lang_expr_write(d->names.data[i], &names);
    }
    p_error_at(b->p, label->pos, "goto %s jumps over declaration of %s at %s", label->u.ident.name, str_cstr(&names),
               at);
    str_free(&names);
}

static void resolve_forward(struct branches *b, struct lang_stmt *s, size_t mark, const struct declared *d) {
    const char *name = s->u.labeled.label->u.ident.name;
    size_t n = mark;
    for (size_t i = mark; i < b->forward.len; i++) {
        struct lang_stmt *fwd = b->forward.data[i];
        if (fwd->u.branch.label->u.ident.name != name) {
            b->forward.data[n++] = fwd;
            continue;
        }
        fwd->u.branch.target = s;
        struct label *l = find(b, name);
        if (l) l->used = true;
        if (d->pos && fwd->pos < d->pos) jumps_over(b, fwd->u.branch.label, d);
    }
    if (b->forward.len > n) b->forward.len = n;
}

/* The innermost enclosing statement with this label. *defined: the label exists, be it elsewhere. */
static struct lang_stmt *enclosing(struct branches *b, struct block *block, const char *name, bool *defined) {
    struct label *l = find(b, name);
    *defined = l != NULL;
    if (!l) return NULL;
    l->used = true;
    for (; block; block = block->parent) {
        if (block->labeled == l->stmt) return l->stmt->u.labeled.stmt;
    }
    return NULL;
}

static void unlabeled(struct branches *b, struct lang_stmt *s, struct targets t, bool last) {
    struct parser *p = b->p;
    if (s->u.branch.tok == LANG_TOK_BREAK) {
        s->u.branch.target = t.breaks;
        if (!t.breaks) p_error_at(p, s->pos, "break is not in a loop, switch, or select");
    } else if (s->u.branch.tok == LANG_TOK_CONTINUE) {
        s->u.branch.target = t.continues;
        if (!t.continues) p_error_at(p, s->pos, "continue is not in a loop");
    } else if (t.breaks && t.breaks->kind == LANG_S_TYPE_SWITCH) {
        p_error_at(p, s->pos, "cannot fallthrough in type switch");
    } else if (!t.in_case || !last || t.breaks != t.swtch) {
        p_error_at(p, s->pos, "fallthrough statement out of place");
    } else if (t.case_index + 1 == t.ncases) {
        p_error_at(p, s->pos, "cannot fallthrough final case in switch");
    }
}

static bool breakable(const struct lang_stmt *s) {
    return s->kind == LANG_S_FOR || s->kind == LANG_S_RANGE || s->kind == LANG_S_SWITCH ||
           s->kind == LANG_S_TYPE_SWITCH || s->kind == LANG_S_SELECT;
}

static void labeled_branch(struct branches *b, struct block *block, struct lang_stmt *s) {
    struct lang_expr *label = s->u.branch.label;
    const char *name = label->u.ident.name;
    if (s->u.branch.tok == LANG_TOK_GOTO) {
        struct label *l = find(b, name);
        if (l) l->used = true;
        for (struct block *at = block; l && at; at = at->parent) {
            if (at->id != l->block) continue;
            s->u.branch.target = l->stmt;
            return;
        }
        if (!VEC_PUSH(&b->forward, s)) b->p->mem->failed = true;
        return;
    }
    bool cont = s->u.branch.tok == LANG_TOK_CONTINUE, defined;
    const char *word = cont ? "continue" : "break";
    struct lang_stmt *t = enclosing(b, block, name, &defined);
    if (t && (cont ? t->kind == LANG_S_FOR || t->kind == LANG_S_RANGE : breakable(t))) {
        s->u.branch.target = t;
    } else if (defined) {
        p_error_at(b->p, label->pos, "invalid %s label %s", word, name);
    } else {
        p_error_at(b->p, label->pos, "%s label not defined: %s", word, name);
    }
}

static void clauses(struct branches *b, struct block *block, struct lang_stmt *s, struct targets t,
                    struct lang_stmt *labeled) {
    bool sel = s->kind == LANG_S_SELECT;
    struct lang_clause *c = sel ? s->u.select.clauses : s->u.swtch.clauses;
    size_t n = sel ? s->u.select.nclauses : s->u.swtch.nclauses;
    t.breaks = s;
    t.swtch = s->kind == LANG_S_SWITCH ? s : NULL;
    t.in_case = !sel;
    t.ncases = n;
    for (size_t i = 0; i < n; i++) {
        t.case_index = i;
        block_branches(b, block, t, labeled, c[i].pos, c[i].body);
    }
}

/* What is inside of s. */
static void inner(struct branches *b, struct block *block, struct lang_stmt *s, struct targets t,
                  struct lang_stmt *labeled) {
    t.in_case = false;
    struct lang_stmt *body = NULL;
    switch (s->kind) {
    case LANG_S_BLOCK:
        block_branches(b, block, t, labeled, s->pos, s->u.block.list);
        return;
    case LANG_S_IF:
        body = s->u.if_.then;
        block_branches(b, block, t, labeled, body->pos, body->u.block.list);
        if (s->u.if_.els) {
            struct lang_stmt_list one = {&s->u.if_.els, 1};
            block_branches(b, block, t, labeled, s->u.if_.els->pos, one);
        }
        return;
    case LANG_S_FOR:
        body = s->u.for_.body;
        break;
    case LANG_S_RANGE:
        body = s->u.range.body;
        break;
    case LANG_S_SWITCH:
    case LANG_S_TYPE_SWITCH:
    case LANG_S_SELECT:
        clauses(b, block, s, t, labeled);
        return;
    default:
        return;
    }
    t.breaks = t.continues = s;
    block_branches(b, block, t, labeled, body->pos, body->u.block.list);
}

static bool declares(const struct lang_stmt *s, struct declared *d) {
    if (s->kind == LANG_S_ASSIGN && s->u.assign.define) {
        *d = (struct declared){s->pos, s->u.assign.lhs, true};
        return true;
    }
    if (s->kind != LANG_S_DECL) return false;
    for (size_t i = 0; i < s->u.decl.ndecls; i++) {
        const struct lang_decl *decl = s->u.decl.decls[i];
        if (decl->kind != LANG_D_VAR) continue;
        *d = (struct declared){decl->pos, decl->u.value.names, false};
        return true;
    }
    return true;
}

static void block_branches(struct branches *b, struct block *parent, struct targets t, struct lang_stmt *labeled,
                           lang_pos start, struct lang_stmt_list body) {
    struct block block = {parent, ++b->blocks, start, labeled};
    size_t mark = b->forward.len, len = body.len;
    struct declared declared = {0};
    while (len && body.data[len - 1]->kind == LANG_S_EMPTY)
        len--;
    for (size_t i = 0; i < len; i++) {
        struct lang_stmt *s = body.data[i], *label = NULL;
        while (s->kind == LANG_S_LABELED) {
            if (strcmp(s->u.labeled.label->u.ident.name, "_") != 0) {
                declare(b, &block, s);
                resolve_forward(b, s, mark, &declared);
                label = s;
            }
            s = s->u.labeled.stmt;
        }
        if (declares(s, &declared)) continue;
        if (s->kind == LANG_S_BRANCH && s->u.branch.label) {
            labeled_branch(b, &block, s);
        } else if (s->kind == LANG_S_BRANCH) {
            unlabeled(b, s, t, i + 1 == len);
        } else {
            inner(b, &block, s, t, label);
        }
    }
}

void p_check_branches(struct parser *p, struct lang_stmt *body) {
    struct branches b = {.p = p};
    struct targets t = {0};
    block_branches(&b, NULL, t, NULL, body->pos, body->u.block.list);
    for (size_t i = 0; i < b.forward.len; i++) {
        struct lang_expr *label = b.forward.data[i]->u.branch.label;
        struct label *l = find(&b, label->u.ident.name);
        if (l) {
            char at[300];
            l->used = true;
            position(&b, l->block_start, at, sizeof at);
            p_error_at(p, label->pos, "goto %s jumps into block starting at %s", label->u.ident.name, at);
        } else {
            p_error_at(p, label->pos, "label %s not defined", label->u.ident.name);
        }
    }
    for (size_t i = 0; i < b.labels.len; i++) {
        struct lang_expr *label = b.labels.data[i].stmt->u.labeled.label;
        if (!b.labels.data[i].used) p_error_at(p, label->pos, "label %s defined and not used", label->u.ident.name);
    }
    VEC_FREE(&b.labels);
    VEC_FREE(&b.forward);
}
