#include "scan.h"

#include <string.h>

struct scan {
    const struct src_file *file;
    struct arena *arena;
    struct diag_list *diags;
    struct scn_marks *out;
    size_t at;
    unsigned depth;
};

struct key { /* of an object being read */
    const char *text;
    size_t len;
};

static bool value(struct scan *s, const char *path, size_t key);

void scn_line_col(const struct src_file *file, size_t offset, int *line, int *col) {
    size_t start = 0;
    *line = 1;
    for (size_t i = 0; i < offset && i < file->length; i++) {
        if (file->text[i] != '\n') continue;
        ++*line;
        start = i + 1;
    }
    *col = (int)(offset - start) + 1;
}

static bool refuse(struct scan *s, size_t at, const char *path, const char *what, const char *hint) {
    int line, col;
    scn_line_col(s->file, at, &line, &col);
    diag_add(s->diags, s->file, line, col, "%s: %s", path, what);
    if (hint) diag_hint(s->diags, "%s", hint);
    return false;
}

static int peek(const struct scan *s) { return s->at < s->file->length ? (unsigned char)s->file->text[s->at] : -1; }

static void skip_space(struct scan *s) {
    while (s->at < s->file->length && strchr(" \t\r\n", s->file->text[s->at]) && s->file->text[s->at])
        s->at++;
}

static bool expected(struct scan *s, const char *path, const char *what) {
    char text[160];
    int c = peek(s);
    const char *hint = c == '/' ? "JSON has no comments; put the text into notes." : NULL;
    if (c < 0) snprintf(text, sizeof text, "the file ends, expected %s", what);
    else if (c > ' ' && c < 0x7f) snprintf(text, sizeof text, "found '%c', expected %s", c, what);
    else snprintf(text, sizeof text, "found byte 0x%02x, expected %s", (unsigned)c, what);
    return refuse(s, s->at, path, text, hint);
}

static bool hex4(const struct scan *s, size_t at, unsigned *out) {
    *out = 0;
    if (at + 4 > s->file->length) return false;
    for (size_t i = at; i < at + 4; i++) {
        int c = (unsigned char)s->file->text[i], low = c | 0x20;
        int d = c >= '0' && c <= '9' ? c - '0' : (low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1);
        if (d < 0) return false;
        *out = *out << 4 | (unsigned)d;
    }
    return true;
}

static bool escape(struct scan *s, const char *path) {
    int c = s->at + 1 < s->file->length ? (unsigned char)s->file->text[s->at + 1] : -1;
    if (c > 0 && strchr("\"\\/bfnrt", c)) {
        s->at += 2;
        return true;
    }
    unsigned u, low;
    if (c != 'u' || !hex4(s, s->at + 2, &u)) return refuse(s, s->at, path, "a bad escape in a string", NULL);
    if (u == 0) return refuse(s, s->at, path, "a string may not hold \\u0000", NULL);
    bool high = u >= 0xd800 && u < 0xdc00;
    if (u >= 0xdc00 && u < 0xe000) return refuse(s, s->at, path, "half a surrogate pair in a string", NULL);
    if (!high) {
        s->at += 6;
        return true;
    }
    bool pair = s->at + 12 <= s->file->length && memcmp(s->file->text + s->at + 6, "\\u", 2) == 0 &&
                hex4(s, s->at + 8, &low) && low >= 0xdc00 && low < 0xe000;
    if (!pair) return refuse(s, s->at, path, "half a surrogate pair in a string", NULL);
    s->at += 12;
    return true;
}

/* The length of the UTF-8 sequence at the position, 0 if it is malformed. */
static size_t utf8(const struct scan *s) {
    const unsigned char *p = (const unsigned char *)s->file->text + s->at;
    size_t left = s->file->length - s->at;
    if (p[0] < 0x80) return 1;
    size_t n =
        p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] >= 0xe0 && p[0] < 0xf0 ? 3 : (p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0));
    if (n == 0 || n > left) return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool beyond = (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf4 && p[1] > 0x8f);
    return overlong || beyond ? 0 : n;
}

static bool string(struct scan *s, const char *path) {
    size_t start = s->at++;
    for (;;) {
        int c = peek(s);
        if (c < 0 || c == '\n') return refuse(s, start, path, "a string that does not end", NULL);
        if (s->at - start > SCN_MAX_STRING) return refuse(s, start, path, "a string of more than 64 KB", NULL);
        if (c == '"') break;
        if (c < 0x20)
            return refuse(s, s->at, path, "a control character in a string, expected an escape like \\t", NULL);
        if (c == '\\') {
            if (!escape(s, path)) return false;
            continue;
        }
        size_t n = utf8(s);
        if (n == 0) return refuse(s, s->at, path, "a string that is not UTF-8", NULL);
        s->at += n;
    }
    s->at++;
    return true;
}

static bool digits(struct scan *s) {
    size_t start = s->at;
    while (peek(s) >= '0' && peek(s) <= '9')
        s->at++;
    return s->at > start;
}

static bool number(struct scan *s, const char *path) {
    size_t start = s->at;
    if (peek(s) == '-') s->at++;
    size_t first = s->at;
    bool ok = digits(s) && !(s->file->text[first] == '0' && s->at - first > 1);
    if (ok && peek(s) == '.') {
        s->at++;
        ok = digits(s);
    }
    if (ok && (peek(s) | 0x20) == 'e') {
        s->at++;
        if (peek(s) == '+' || peek(s) == '-') s->at++;
        ok = digits(s);
    }
    if (!ok) return refuse(s, start, path, "a malformed number", NULL);
    if (s->at - start > SCN_MAX_NUMBER) return refuse(s, start, path, "a number of more than 64 characters", NULL);
    return true;
}

static bool word(struct scan *s, const char *path) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(words[i]);
        if (s->file->length - s->at < n || memcmp(s->file->text + s->at, words[i], n) != 0) continue;
        s->at += n;
        return true;
    }
    return expected(s, path, "a value");
}

static const char *below(struct scan *s, const char *path, const char *key, size_t n) {
    const char *base = path[1] ? path : "";
    return arena_printf(s->arena, "%s/%.*s", base, (int)n, key);
}

static bool no_memory(struct scan *s) {
    s->diags->failed = true;
    return false;
}

static bool member(struct scan *s, const char *path, const struct key *keys, size_t nkeys, struct key *mine) {
    skip_space(s);
    if (peek(s) != '"') return expected(s, path, "a key in double quotes");
    size_t at = s->at;
    if (!string(s, path)) return false;
    *mine = (struct key){s->file->text + at + 1, s->at - at - 2};
    const char *inner = below(s, path, mine->text, mine->len);
    if (!inner) return no_memory(s);
    for (size_t i = 0; i < nkeys; i++)
        if (keys[i].len == mine->len && memcmp(keys[i].text, mine->text, mine->len) == 0)
            return refuse(s, at, inner, "this key stands here a second time", NULL);
    if (memchr(mine->text, '\\', mine->len)) return refuse(s, at, inner, "a key with an escape in it", NULL);
    skip_space(s);
    if (peek(s) != ':') return expected(s, inner, "':' after the key");
    s->at++;
    return value(s, inner, at);
}

static bool object(struct scan *s, const char *path) {
    VEC(struct key) keys = {0};
    bool ok = true;
    s->at++;
    skip_space(s);
    if (peek(s) == '}') {
        s->at++;
        return true;
    }
    for (;;) {
        struct key mine;
        ok = member(s, path, keys.data, keys.len, &mine);
        if (ok && !VEC_PUSH(&keys, mine)) ok = no_memory(s);
        if (!ok) break;
        skip_space(s);
        int c = peek(s);
        if (c == '}') break;
        if (c != ',') {
            ok = expected(s, path, "',' or '}'");
            break;
        }
        s->at++;
        skip_space(s);
        if (peek(s) == '}') {
            ok = refuse(s, s->at, path, "a comma before '}'", "JSON has no comma after the last member.");
            break;
        }
    }
    VEC_FREE(&keys);
    s->at += ok;
    return ok;
}

static bool array(struct scan *s, const char *path) {
    s->at++;
    skip_space(s);
    if (peek(s) == ']') {
        s->at++;
        return true;
    }
    for (unsigned i = 0;; i++) {
        char index[16];
        int n = snprintf(index, sizeof index, "%u", i);
        const char *inner = below(s, path, index, (size_t)n);
        if (!inner) return no_memory(s);
        if (!value(s, inner, 0)) return false;
        skip_space(s);
        int c = peek(s);
        s->at += c == ',' || c == ']';
        if (c == ']') return true;
        if (c != ',') return expected(s, path, "',' or ']'");
        skip_space(s);
        if (peek(s) == ']')
            return refuse(s, s->at, path, "a comma before ']'", "JSON has no comma after the last element.");
    }
}

static bool value(struct scan *s, const char *path, size_t key) {
    skip_space(s);
    if (s->depth >= SCN_MAX_DEPTH) return refuse(s, s->at, path, "nested deeper than 64", NULL);
    if (s->out->items.len >= SCN_MAX_VALUES) return refuse(s, s->at, path, "more than 100000 values", NULL);
    struct scn_mark mark = {s->at, 0, key, path};
    size_t mine = s->out->items.len;
    if (!VEC_PUSH(&s->out->items, mark)) return no_memory(s);
    s->depth++;
    bool ok;
    switch (peek(s)) {
    case '{':
        ok = object(s, path);
        break;
    case '[':
        ok = array(s, path);
        break;
    case '"':
        ok = string(s, path);
        break;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        ok = number(s, path);
        break;
    default:
        ok = word(s, path);
    }
    s->depth--;
    s->out->items.data[mine].to = s->at;
    return ok;
}

bool scn_scan(const struct src_file *file, struct arena *arena, struct diag_list *diags, struct scn_marks *out) {
    struct scan s = {.file = file, .arena = arena, .diags = diags, .out = out};
    if (file->length >= 3 && memcmp(file->text, "\xef\xbb\xbf", 3) == 0) s.at = 3;
    if (!value(&s, "/", 0)) return false;
    skip_space(&s);
    if (s.at == file->length) return true;
    return expected(&s, "/", "the end of the file");
}
