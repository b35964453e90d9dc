/* Errors have the words and places of Go's own scanner (cmd/compile/internal/syntax/scanner.go). */
#include "lexer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

static uint32_t col_of(const struct lang_lexer *x, const char *p) { return (uint32_t)(p - x->line_start) + 1; }

__attribute__((format(printf, 4, 5))) static void error_at(struct lang_lexer *x, uint32_t line, uint32_t col,
                                                           const char *fmt, ...) {
    char msg[160];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    x->error(x->ctx, line, col, msg);
}

#define ERROR_HERE(x, ...) error_at((x), (x)->line, col_of((x), (x)->p), __VA_ARGS__)
#define ERROR_TOKEN(x, off, ...) error_at((x), (x)->tline, (x)->tcol + (uint32_t)(off), __VA_ARGS__)

size_t lang_utf8_decode(const char *p, const char *end, int32_t *rune) {
    utf8proc_int32_t cp;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)p, end - p, &cp);
    if (n <= 0) {
        *rune = -1;
        return 1;
    }
    *rune = cp;
    return (size_t)n;
}

size_t lang_utf8_encode(int32_t rune, char *out) {
    if (rune < 0 || rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) rune = 0xfffd;
    return (size_t)utf8proc_encode_char(rune, (utf8proc_uint8_t *)out);
}

/* Nothing but ASCII without zeros, as nearly every file: there is nothing to tell. */
static bool plain_text(const char *p, const char *end) {
    const uint64_t ones = UINT64_MAX / 0xff, high = ones << 7;
    for (uint64_t word; end - p >= (ptrdiff_t)sizeof word; p += sizeof word) {
        memcpy(&word, p, sizeof word);
        if ((word | (word - ones)) & high) return false; /* a byte past ASCII or, it may be, a zero */
    }
    for (; p < end; p++)
        if ((unsigned char)(*p - 1) >= 0x7f) return false;
    return true;
}

/* Bytes that may stand nowhere: told here once, and skipped as white space afterwards. */
static void check_bytes(struct lang_lexer *x) {
    if (plain_text(x->start, x->end)) return;
    const char *p = x->start, *line_start = p;
    uint32_t line = 1;
    while (p < x->end) {
        unsigned char c = (unsigned char)*p;
        if (c == '\n') {
            line++;
            line_start = ++p;
            continue;
        }
        if (c && c < 0x80) {
            p++;
            continue;
        }
        uint32_t col = (uint32_t)(p - line_start) + 1;
        if (!c) {
            error_at(x, line, col, "invalid NUL character");
            p++;
            continue;
        }
        int32_t rune;
        size_t n = lang_utf8_decode(p, x->end, &rune);
        if (rune < 0) error_at(x, line, col, "invalid UTF-8 encoding");
        if (rune == 0xfeff && p != x->start) error_at(x, line, col, "invalid BOM in the middle of the file");
        p += n;
    }
}

void lang_lexer_init(struct lang_lexer *x, const char *text, size_t len,
                     void (*error)(void *ctx, uint32_t line, uint32_t col, const char *message), void *ctx) {
    *x = (struct lang_lexer){.start = text, .p = text, .end = text + len, .line_start = text, .line = 1};
    x->error = error;
    x->ctx = ctx;
    check_bytes(x);
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) x->p += 3;
}

static bool is_letter(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_decimal(int c) { return c >= '0' && c <= '9'; }
static bool is_hex(int c) { return is_decimal(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
static int lower(int c) { return c | ('a' - 'A'); }
static int peek(const struct lang_lexer *x) { return x->p < x->end ? (unsigned char)*x->p : -1; }

static void quote_rune(int32_t rune, char *out, size_t size) {
    char utf8[8];
    size_t n = lang_utf8_encode(rune, utf8);
    if (rune == '\'' || rune == '\\') {
        snprintf(out, size, "'\\%c'", (char)rune);
    } else if (rune == '\n') {
        snprintf(out, size, "'\\n'");
    } else if (rune == '\t') {
        snprintf(out, size, "'\\t'");
    } else if (rune == '\r') {
        snprintf(out, size, "'\\r'");
    } else if (rune < 0x20 || rune == 0x7f) {
        snprintf(out, size, "'\\x%02x'", (unsigned)rune);
    } else {
        snprintf(out, size, "'%.*s'", (int)n, utf8);
    }
}

static bool printable(int32_t rune) {
    switch (utf8proc_category(rune)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    case UTF8PROC_CATEGORY_ZS:
        return rune == ' ';
    default:
        return true;
    }
}

static void describe_rune(int32_t rune, char *out, size_t size) { /* Go's %#U */
    char utf8[8];
    size_t n = lang_utf8_encode(rune, utf8);
    if (printable(rune)) {
        snprintf(out, size, "U+%04X '%.*s'", (unsigned)rune, (int)n, utf8);
    } else {
        snprintf(out, size, "U+%04X", (unsigned)rune);
    }
}

/* A character past ASCII where an identifier may start or go on. */
static bool at_wide_ident(struct lang_lexer *x, bool first) {
    if (peek(x) < 0x80) return false;
    int32_t rune;
    size_t n = lang_utf8_decode(x->p, x->end, &rune);
    char text[40];
    if (rune < 0 || rune == 0xfeff) {
        if (first) return false;
        x->p += n;
        return true;
    }
    describe_rune(rune, text, sizeof text);
    utf8proc_category_t cat = utf8proc_category(rune);
    bool letter = cat == UTF8PROC_CATEGORY_LU || cat == UTF8PROC_CATEGORY_LL || cat == UTF8PROC_CATEGORY_LT ||
                  cat == UTF8PROC_CATEGORY_LM || cat == UTF8PROC_CATEGORY_LO;
    if (!letter && cat == UTF8PROC_CATEGORY_ND) {
        if (first) ERROR_HERE(x, "identifier cannot begin with digit %s", text);
    } else if (!letter) {
        ERROR_HERE(x, "invalid character %s in identifier", text);
    }
    x->p += n;
    return true;
}

static const struct {
    const char *text;
    enum lang_token tok;
} keywords[] = {
#define KEYWORD(name, word) {word, LANG_TOK_##name},
#include "token.def"
};

static enum lang_token keyword(const char *s, size_t len) {
    if (len < 2 || len > 11 || s[0] < 'b' || s[0] > 'v') return LANG_TOK_NAME;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        const char *k = keywords[i].text;
        if (k[0] == s[0] && k[1] == s[1] && strlen(k) == len && memcmp(k, s, len) == 0) return keywords[i].tok;
    }
    return LANG_TOK_NAME;
}

static void identifier(struct lang_lexer *x, const char *start) {
    for (;;) {
        while (is_letter(peek(x)) || is_decimal(peek(x)))
            x->p++;
        if (!at_wide_ident(x, false)) break;
    }
    x->text = start;
    x->len = (size_t)(x->p - start);
    x->tok = keyword(start, x->len);
    x->nlsemi = x->tok == LANG_TOK_NAME || x->tok == LANG_TOK_BREAK || x->tok == LANG_TOK_CONTINUE ||
                x->tok == LANG_TOK_FALLTHROUGH || x->tok == LANG_TOK_RETURN;
}

static void set_literal(struct lang_lexer *x, enum lang_lit kind, const char *start, bool ok) {
    x->nlsemi = true;
    x->tok = LANG_TOK_LITERAL;
    x->kind = kind;
    x->bad = !ok;
    x->text = start;
    x->len = (size_t)(x->p - start);
}

static const char *base_name(int base) {
    return base == 2 ? "binary" : base == 8 ? "octal" : base == 10 ? "decimal" : "hexadecimal";
}

/* Bit 0: there were digits; bit 1: there was a separator. */
static int digits(struct lang_lexer *x, int base, const char **invalid) {
    int seen = 0;
    for (;; x->p++) {
        int c = peek(x);
        if (c == '_') {
            seen |= 2;
        } else if (base <= 10 ? is_decimal(c) : is_hex(c)) {
            if (base <= 10 && c >= '0' + base && invalid && !*invalid) *invalid = x->p;
            seen |= 1;
        } else {
            return seen;
        }
    }
}

/* Where a '_' stands badly in a number's text; -1: nowhere. */
static int invalid_separator(const char *s, size_t len) {
    int prefix = ' ', d = '.';
    size_t i = 0;
    if (len >= 2 && s[0] == '0') {
        prefix = lower(s[1]);
        if (prefix == 'x' || prefix == 'o' || prefix == 'b') {
            d = '0';
            i = 2;
        }
    }
    for (; i < len; i++) {
        int before = d;
        d = (unsigned char)s[i];
        if (d == '_') {
            if (before != '0') return (int)i;
        } else if (is_decimal(d) || (prefix == 'x' && is_hex(d))) {
            d = '0';
        } else {
            if (before == '_') return (int)i - 1;
            d = '.';
        }
    }
    return d == '_' ? (int)len - 1 : -1;
}

struct number {
    const char *start, *invalid;
    int base, prefix, seen;
    enum lang_lit kind;
    bool ok;
};

static void number_mantissa(struct lang_lexer *x, struct number *n, bool point) {
    if (!point && peek(x) == '0') {
        x->p++;
        int c = lower(peek(x));
        if (c == 'x' || c == 'o' || c == 'b') {
            x->p++;
            n->prefix = c;
            n->base = c == 'x' ? 16 : c == 'o' ? 8 : 2;
        } else {
            n->prefix = '0';
            n->base = 8;
            n->seen = 1;
        }
    }
    if (!point) {
        n->seen |= digits(x, n->base, &n->invalid);
        if (peek(x) == '.') {
            if (n->prefix == 'o' || n->prefix == 'b') {
                ERROR_HERE(x, "invalid radix point in %s literal", base_name(n->base));
                n->ok = false;
            }
            x->p++;
            point = true;
        }
    }
    if (point) {
        n->kind = LANG_LIT_FLOAT;
        n->seen |= digits(x, n->base, &n->invalid);
    }
    if (!(n->seen & 1) && n->ok) {
        ERROR_HERE(x, "%s literal has no digits", base_name(n->base));
        n->ok = false;
    }
}

static void number_exponent(struct lang_lexer *x, struct number *n) {
    int e = peek(x) < 0 ? 0 : lower(peek(x));
    if (e != 'e' && e != 'p') {
        if (n->prefix == 'x' && n->kind == LANG_LIT_FLOAT && n->ok) {
            ERROR_HERE(x, "hexadecimal mantissa requires a 'p' exponent");
            n->ok = false;
        }
        return;
    }
    if (n->ok && e == 'e' && n->prefix && n->prefix != '0') {
        ERROR_HERE(x, "'%c' exponent requires decimal mantissa", peek(x));
        n->ok = false;
    } else if (n->ok && e == 'p' && n->prefix != 'x') {
        ERROR_HERE(x, "'%c' exponent requires hexadecimal mantissa", peek(x));
        n->ok = false;
    }
    x->p++;
    n->kind = LANG_LIT_FLOAT;
    if (peek(x) == '+' || peek(x) == '-') x->p++;
    n->seen = digits(x, 10, NULL) | (n->seen & 2);
    if (!(n->seen & 1) && n->ok) {
        ERROR_HERE(x, "exponent has no digits");
        n->ok = false;
    }
}

static void number(struct lang_lexer *x, const char *start, bool point) {
    struct number n = {.start = start, .base = 10, .kind = LANG_LIT_INT, .ok = true};
    number_mantissa(x, &n, point);
    number_exponent(x, &n);
    if (peek(x) == 'i') {
        n.kind = LANG_LIT_IMAG;
        x->p++;
    }
    size_t len = (size_t)(x->p - start);
    if (n.kind == LANG_LIT_INT && n.invalid && n.ok) {
        ERROR_TOKEN(x, n.invalid - start, "invalid digit '%c' in %s literal", *n.invalid, base_name(n.base));
        n.ok = false;
    }
    int bad = n.ok && (n.seen & 2) ? invalid_separator(start, len) : -1;
    if (bad >= 0) {
        ERROR_TOKEN(x, bad, "'_' must separate successive digits");
        n.ok = false;
    }
    set_literal(x, n.kind, start, n.ok);
}

static void newline(struct lang_lexer *x) { /* p stands after it */
    x->line++;
    x->line_start = x->p;
}

static bool escape_digits(struct lang_lexer *x, int n, unsigned base, unsigned max) {
    unsigned v = 0;
    for (; n > 0; n--) {
        int c = peek(x);
        if (c < 0) return true;
        unsigned d = base;
        if (is_decimal(c)) {
            d = (unsigned)c - '0';
        } else if (is_hex(c)) {
            d = (unsigned)lower(c) - 'a' + 10;
        }
        if (d >= base) {
            int32_t rune;
            char text[24];
            lang_utf8_decode(x->p, x->end, &rune);
            quote_rune(rune, text, sizeof text);
            ERROR_HERE(x, "invalid character %s in %s escape", text, base_name((int)base));
            return false;
        }
        v = v * base + d;
        x->p++;
    }
    if (v > max && base == 8) {
        ERROR_HERE(x, "octal escape value %u > 255", v);
        return false;
    }
    if (v > max || (v >= 0xd800 && v < 0xe000)) {
        char text[40];
        if (v > max) {
            snprintf(text, sizeof text, "U+%04X", v);
        } else {
            describe_rune((int32_t)v, text, sizeof text);
        }
        ERROR_HERE(x, "escape is invalid Unicode code point %s", text);
        return false;
    }
    return true;
}

static bool escape(struct lang_lexer *x, int quote) {
    int c = peek(x);
    if (c < 0) return true; /* the caller complains */
    if (c == quote || (c && strchr("abfnrtv\\", c))) {
        x->p++;
        return true;
    }
    if (c >= '0' && c <= '7') return escape_digits(x, 3, 8, 255);
    if (c == 'x' || c == 'u' || c == 'U') {
        x->p++;
        return c == 'x' ? escape_digits(x, 2, 16, 255) : escape_digits(x, c == 'u' ? 4 : 8, 16, 0x10ffff);
    }
    ERROR_HERE(x, "unknown escape");
    return false;
}

static void rune_literal(struct lang_lexer *x, const char *start) {
    bool ok = true;
    for (int n = 0;; n++) {
        int c = peek(x);
        if (c == '\'') {
            if (ok && n == 0) {
                ERROR_HERE(x, "empty rune literal or unescaped '");
                ok = false;
            } else if (ok && n != 1) {
                ERROR_TOKEN(x, 0, "more than one character in rune literal");
                ok = false;
            }
            x->p++;
            break;
        }
        if (c == '\\') {
            x->p++;
            if (!escape(x, '\'')) ok = false;
            continue;
        }
        if (c == '\n' || c < 0) {
            if (ok && c == '\n') ERROR_HERE(x, "newline in rune literal");
            if (ok && c < 0) ERROR_TOKEN(x, 0, "rune literal not terminated");
            ok = false;
            break;
        }
        int32_t rune;
        x->p += lang_utf8_decode(x->p, x->end, &rune);
        if (c == 0 || rune < 0) n--; /* told by check_bytes */
    }
    set_literal(x, LANG_LIT_RUNE, start, ok);
}

static void string_literal(struct lang_lexer *x, const char *start) {
    bool ok = true;
    for (;;) {
        int c = peek(x);
        if (c == '\n' || c < 0) {
            if (c == '\n') ERROR_HERE(x, "newline in string");
            if (c < 0) ERROR_TOKEN(x, 0, "string not terminated");
            ok = false;
            break;
        }
        x->p++;
        if (c == '"') break;
        if (c == '\\' && !escape(x, '"')) ok = false;
    }
    set_literal(x, LANG_LIT_STRING, start, ok);
}

static void raw_string(struct lang_lexer *x, const char *start) {
    bool ok = true;
    for (;;) {
        int c = peek(x);
        if (c < 0) {
            ERROR_TOKEN(x, 0, "string not terminated");
            ok = false;
            break;
        }
        x->p++;
        if (c == '`') break;
        if (c == '\n') newline(x);
    }
    set_literal(x, LANG_LIT_STRING, start, ok);
}

static void skip_block_comment(struct lang_lexer *x) {
    for (; x->p < x->end; x->p++) {
        if (*x->p == '*' && x->p + 1 < x->end && x->p[1] == '/') {
            x->p += 2;
            return;
        }
        if (*x->p == '\n') {
            x->line++;
            x->line_start = x->p + 1;
        }
    }
    ERROR_TOKEN(x, 0, "comment not terminated");
}

static void set_op(struct lang_lexer *x, enum lang_token tok, enum lang_op op) {
    x->tok = tok;
    x->op = op;
    x->prec = lang_op_precedence(op);
}

static void op_or_assign(struct lang_lexer *x, enum lang_op op) {
    if (peek(x) == '=') {
        x->p++;
        set_op(x, LANG_TOK_ASSIGN_OP, op);
        return;
    }
    set_op(x, op == LANG_OP_MUL ? LANG_TOK_STAR : LANG_TOK_OPERATOR, op);
}

static bool take(struct lang_lexer *x, int c) {
    if (peek(x) != c) return false;
    x->p++;
    return true;
}

static void plain(struct lang_lexer *x, enum lang_token tok, bool nlsemi) {
    x->tok = tok;
    x->nlsemi = nlsemi;
}

/* Operators that several characters make; c is the first, already taken. */
static void operators(struct lang_lexer *x, int c) {
    switch (c) {
    case '+':
    case '-':
        if (take(x, c)) {
            set_op(x, LANG_TOK_INC_OP, c == '+' ? LANG_OP_ADD : LANG_OP_SUB);
            x->nlsemi = true;
            return;
        }
        op_or_assign(x, c == '+' ? LANG_OP_ADD : LANG_OP_SUB);
        return;
    case '*':
        op_or_assign(x, LANG_OP_MUL);
        return;
    case '/':
        op_or_assign(x, LANG_OP_DIV);
        return;
    case '%':
        op_or_assign(x, LANG_OP_REM);
        return;
    case '^':
        op_or_assign(x, LANG_OP_XOR);
        return;
    case '~':
        set_op(x, LANG_TOK_OPERATOR, LANG_OP_TILDE);
        return;
    case '&':
        if (take(x, '&')) {
            set_op(x, LANG_TOK_OPERATOR, LANG_OP_ANDAND);
            return;
        }
        op_or_assign(x, take(x, '^') ? LANG_OP_ANDNOT : LANG_OP_AND);
        return;
    case '|':
        if (take(x, '|')) {
            set_op(x, LANG_TOK_OPERATOR, LANG_OP_OROR);
            return;
        }
        op_or_assign(x, LANG_OP_OR);
        return;
    case '<':
        if (take(x, '=')) {
            set_op(x, LANG_TOK_OPERATOR, LANG_OP_LEQ);
        } else if (take(x, '<')) {
            op_or_assign(x, LANG_OP_SHL);
        } else if (take(x, '-')) {
            set_op(x, LANG_TOK_ARROW, LANG_OP_RECV);
        } else {
            set_op(x, LANG_TOK_OPERATOR, LANG_OP_LSS);
        }
        return;
    case '>':
        if (take(x, '=')) {
            set_op(x, LANG_TOK_OPERATOR, LANG_OP_GEQ);
        } else if (take(x, '>')) {
            op_or_assign(x, LANG_OP_SHR);
        } else {
            set_op(x, LANG_TOK_OPERATOR, LANG_OP_GTR);
        }
        return;
    case '=':
        if (take(x, '=')) {
            set_op(x, LANG_TOK_OPERATOR, LANG_OP_EQL);
        } else {
            x->tok = LANG_TOK_ASSIGN;
        }
        return;
    default:
        set_op(x, LANG_TOK_OPERATOR, take(x, '=') ? LANG_OP_NEQ : LANG_OP_NOT);
        return;
    }
}

static void dots(struct lang_lexer *x, const char *start) {
    if (is_decimal(peek(x))) {
        number(x, start, true);
        return;
    }
    if (x->end - x->p >= 2 && x->p[0] == '.' && x->p[1] == '.') {
        x->p += 2;
        x->tok = LANG_TOK_DOTDOTDOT;
        return;
    }
    x->tok = LANG_TOK_DOT;
}

static void semicolon(struct lang_lexer *x, const char *word) {
    x->tok = LANG_TOK_SEMI;
    x->text = word;
    x->len = strlen(word);
}

static bool skip_space(struct lang_lexer *x, bool nlsemi) {
    for (; x->p < x->end; x->p++) {
        if (*x->p == '\n') {
            if (nlsemi) return true;
            x->line++;
            x->line_start = x->p + 1;
        } else if (*x->p != ' ' && *x->p != '\t' && *x->p != '\r' && *x->p != 0) {
            return true;
        }
    }
    return false;
}

static void line_directive(struct lang_lexer *x, const char *text, const char *end) {
    static const char word[] = "line ";
    enum { AT = 2, BEHIND = AT + sizeof word - 1 };
    if (end - text < BEHIND || memcmp(text + AT, word, sizeof word - 1) != 0) return;
    if (end[-1] == '\r') end--;
    bool block = text[1] == '*';
    struct lang_line_comment comment = { .text = text + BEHIND,
                                         .len = (size_t)(end - text - BEHIND),
                                         .line = x->tline,
                                         .col = x->tcol + BEHIND,
                                         .at_line = block ? x->line : x->line + 1,
                                         .at_col = block ? col_of(x, x->p) : 1 };
    x->line_comment(x->ctx, &comment);
}

/* Comments: true if one was skipped and the search for a token goes on; a newline within one may be the token. */
static bool comment(struct lang_lexer *x, bool nlsemi, bool *semi) {
    if (x->end - x->p < 2 || x->p[0] != '/') return false;
    if (x->p[1] == '/') {
        const char *nl = memchr(x->p, '\n', (size_t)(x->end - x->p)), *text = x->p;
        x->p = nl ? nl : x->end;
        if (text == x->line_start && x->line_comment) line_directive(x, text, x->p);
        return true;
    }
    if (x->p[1] != '*') return false;
    const char *text = x->p;
    x->p += 2;
    skip_block_comment(x);
    if (x->line_comment) line_directive(x, text, x->p - 2);
    *semi = nlsemi && x->line > x->tline;
    return true;
}

static bool invalid_character(struct lang_lexer *x) {
    int32_t rune;
    size_t n = lang_utf8_decode(x->p, x->end, &rune);
    char text[40];
    if (rune >= 0 && rune != 0xfeff) {
        describe_rune(rune, text, sizeof text);
        ERROR_HERE(x, "invalid character %s", text);
    }
    x->p += n;
    return true;
}

static bool punctuation(struct lang_lexer *x, int c, const char *start) {
    switch (c) {
    case '(':
        plain(x, LANG_TOK_LPAREN, false);
        return true;
    case '[':
        plain(x, LANG_TOK_LBRACK, false);
        return true;
    case '{':
        plain(x, LANG_TOK_LBRACE, false);
        return true;
    case ',':
        plain(x, LANG_TOK_COMMA, false);
        return true;
    case ')':
        plain(x, LANG_TOK_RPAREN, true);
        return true;
    case ']':
        plain(x, LANG_TOK_RBRACK, true);
        return true;
    case '}':
        plain(x, LANG_TOK_RBRACE, true);
        return true;
    case ';':
        semicolon(x, "semicolon");
        return true;
    case ':':
        x->tok = take(x, '=') ? LANG_TOK_DEFINE : LANG_TOK_COLON;
        return true;
    case '.':
        dots(x, start);
        return true;
    case '"':
        string_literal(x, start);
        return true;
    case '`':
        raw_string(x, start);
        return true;
    case '\'':
        rune_literal(x, start);
        return true;
    default:
        return false;
    }
}

void lang_lexer_next(struct lang_lexer *x) {
    bool nlsemi = x->nlsemi;
    x->nlsemi = false;
    for (;;) {
        bool more = skip_space(x, nlsemi);
        x->tline = x->line;
        x->tcol = col_of(x, x->p);
        if (!more) {
            if (nlsemi) {
                semicolon(x, "EOF");
            } else {
                x->tok = LANG_TOK_EOF;
            }
            return;
        }
        const char *start = x->p;
        int c = (unsigned char)*start;
        if (is_letter(c)) {
            identifier(x, start);
            return;
        }
        if (is_decimal(c)) {
            number(x, start, false);
            return;
        }
        bool semi = false;
        if (c == '/' && comment(x, nlsemi, &semi)) {
            if (!semi) continue;
            semicolon(x, "newline");
            return;
        }
        if (c >= 0x80) {
            if (at_wide_ident(x, true)) {
                identifier(x, start);
                return;
            }
            x->p++;
            continue;
        }
        if (c == '\n') {
            x->p++;
            newline(x);
            semicolon(x, "newline");
            return;
        }
        if (c < 0x20 || c == 0x7f || strchr("#$?@\\", c)) {
            invalid_character(x);
            continue;
        }
        x->p++;
        if (!punctuation(x, c, start)) operators(x, c);
        return;
    }
}

/* ---- reading in two goes ---- */

size_t lang_lexer_offset(const struct lang_lexer *x) { return (size_t)(x->line_start - x->start) + x->tcol - 1; }

void lang_lexer_resume(struct lang_lexer *x, size_t offset, uint32_t line, uint32_t col) {
    x->p = x->start + offset;
    x->line_start = x->p - (col - 1);
    x->line = line;
    x->nlsemi = false;
}

/* Behind a string or rune literal whose quote was just passed. */
static void skip_quoted(struct lang_lexer *x, char quote) {
    while (x->p < x->end) {
        char c = *x->p++;
        if (c == '\n') newline(x);
        if (c == quote) return;
        if (c == '\\' && quote != '`' && x->p < x->end) x->p++;
    }
}

void lang_lexer_skip(struct lang_lexer *x) {
    x->p = x->start + lang_lexer_offset(x);
    x->nlsemi = true;
    static const bool matters[256] = {['\n'] = true, ['('] = true, ['['] = true,  ['{'] = true, [')'] = true, [']'] = true,
                                      ['}'] = true,  ['"'] = true, ['\''] = true, ['`'] = true, ['/'] = true};
    for (int depth = 0;; x->p++) {
        while (x->p < x->end && !matters[(unsigned char)*x->p]) x->p++;
        if (x->p == x->end) return;
        switch (*x->p) {
        case '\n':
            if (!depth) return;
            x->line++;
            x->line_start = x->p + 1;
            break;
        case '(': case '[': case '{': depth++; break;
        case ')': case ']': case '}': depth--; break;
        case '"': case '`': case '\'': {
            char quote = *x->p++;
            skip_quoted(x, quote);
            x->p--;
            break;
        }
        case '/':
            if (x->p + 1 == x->end) break;
            if (x->p[1] == '/') {
                const char *nl = memchr(x->p, '\n', (size_t)(x->end - x->p));
                x->p = (nl ? nl : x->end) - 1;
            } else if (x->p[1] == '*') {
                x->p += 2;
                skip_block_comment(x);
                x->p--;
            }
            break;
        default: break;
        }
    }
}

static unsigned hex_value(char c) { return is_decimal(c) ? (unsigned)c - '0' : (unsigned)lower(c) - 'a' + 10; }

static size_t unquote_escape(const char **pp, const char *end, char *out, int32_t *rune) {
    static const char names[] = "abfnrtv\\'\"", values[] = "\a\b\f\n\r\t\v\\'\"";
    const char *p = *pp;
    char c = *p++;
    const char *simple = strchr(names, c);
    unsigned v = 0;
    int n = 0;
    if (simple && c) {
        v = (unsigned char)values[simple - names];
    } else if (c >= '0' && c <= '7') {
        v = (unsigned)c - '0';
        for (n = 0; n < 2 && p < end; n++)
            v = v * 8 + hex_value(*p++);
    } else {
        int count = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        for (n = 0; n < count && p < end; n++)
            v = v * 16 + hex_value(*p++);
    }
    *pp = p;
    *rune = (int32_t)v;
    if (c == 'u' || c == 'U') return lang_utf8_encode((int32_t)v, out);
    *out = (char)(unsigned char)v;
    return 1;
}

size_t lang_unquote(const char *text, size_t len, char *out, int32_t *rune) {
    if (len < 2) return 0;
    size_t n = 0;
    const char *p = text + 1, *end = text + len - 1;
    int32_t r = 0;
    while (p < end) {
        if (*text == '`') {
            if (*p != '\r') out[n++] = *p;
            p++;
        } else if (*p == '\\' && p + 1 < end) {
            p++;
            n += unquote_escape(&p, end, out + n, &r);
        } else if (*text == '\'') {
            size_t k = lang_utf8_decode(p, end, &r);
            memcpy(out + n, p, k);
            n += k;
            p += k;
        } else {
            out[n++] = *p++;
        }
    }
    if (rune) *rune = r;
    return n;
}
