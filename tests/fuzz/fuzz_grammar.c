/* fuzz_grammar.c - libFuzzer's entry for programs made by a grammar: the bytes are the choices.
 *
 * What it makes nearly always parses and is often well-typed, so that the checker, inference and code generation are
 * reached and not only the parser. Names come from a small pool and collide on purpose.
 *
 *     build/fuzz/tests/fuzz/fuzz_grammar CORPUS        GOSEE_FUZZ_PRINT=1 prints each program (to look at a finding)
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytecode.h"
#include "lang.h"
#include "vm.h"

enum { TEXT_MAX = 1 << 16, DEPTH_MAX = 5 };

struct maker {
    const uint8_t *data;
    size_t size, at, len;
    int depth;
    char text[TEXT_MAX];
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
static void type(struct maker *k);
static void expr(struct maker *k);
static void block(struct maker *k);

/* Out of choices: always the first, which ends every production. */
static unsigned pick(struct maker *k, unsigned n) {
    if (k->at >= k->size || k->depth > DEPTH_MAX)
        return 0;
    return k->data[k->at++] % n;
}

static void put(struct maker *k, const char *s) {
    size_t n = strlen(s);
    if (k->len + n < TEXT_MAX) {
        memcpy(k->text + k->len, s, n);
        k->len += n;
    }
}

#define PICK(k, list) put(k, (list)[pick(k, (unsigned)(sizeof(list) / sizeof(*(list))))])

/* Writes a template: lower-case words stay; $T a type, $E an expression, $B a block, $N a name, $F a field or method. */
static void fill(struct maker *k, const char *template);

static const char *const names[] = { "a", "b", "x", "f", "g", "T", "S", "I", "P", "_", "m", "ch", "i", "err" };
static const char *const fields[] = { "a", "b", "M", "N", "T", "Len", "x", "S" };
static const char *const types[] = {
    "int", "string", "bool", "float64", "uint8", "any", "error", "rune", "T", "S", "I", "P", "[]$T", "*$T", "[3]$T",
    "map[$T]$T", "chan $T", "<-chan $T", "func($T) $T", "func($T, ...$T) ($T, error)", "struct{ a $T; b $T }",
    "struct{ $T }", "interface{ M() $T }", "interface{ ~int | ~string }", "G[$T]", "G2[$T, $T]", "[...]$T", "func()",
    "interface{ comparable; M() }", "sync.Mutex", "fmt.Stringer", "iter.Seq[$T]", "atomic.Int64", "[N]$T" };
static const char *const exprs[] = {
    "1", "x", "a", "\"s\"", "nil", "true", "'c'", "1.5", "i", "f", "T", "$E + $E", "$E * $E", "$E << $E", "$E == $E",
    "$E < $E", "$E && $E", "-$E", "!$E", "^$E", "&$E", "*$E", "<-$E", "$E($E)", "$E()", "$E($E, $E...)", "$E[$E]",
    "$E[$E:$E]", "$E[:$E:$E]", "$E.$F", "$E.($T)", "$T($E)", "$T{$E, $E}", "$T{a: $E}", "$T{$E: $E}", "&$T{}",
    "func() $T $B", "func(x $T) { $B }", "f[$T]($E)", "G[$T]{}", "$T.$F", "(*$T).$F", "len($E)", "cap($E)",
    "make($T, $E)", "make($T)", "append($E, $E)", "append($E, $E...)", "new($T)", "copy($E, $E)", "min($E, $E)",
    "max($E, $E)", "recover()", "fmt.Sprint($E)", "strings.ToUpper($E)", "slices.Sorted($E)", "maps.Keys($E)", "($E)",
    "1 << $E", "0x7fffffffffffffff", "1e400", "iota", "slices.IndexFunc($E, $E)", "sort.Ints", "errors.As($E, &$E)",
    "func(yield func($T) bool) $B", "struct{}{}", "[]int{1, 2, 3}", "map[string]int{\"a\": $E}", "clear($E)" };
static const char *const stmts[] = {
    ";", "$E", "$N := $E", "$N = $E", "$N, $N := $E", "$E = $E", "$E, $E = $E, $E", "$E += $E", "$E++", "var $N $T",
    "var $N $T = $E", "var $N, $N = $E, $E", "const $N = $E", "const ( $N = iota; $N; $N )", "type $N $T",
    "type $N = $T", "if $E $B", "if x := $E; $E $B else $B", "for $B", "for $E $B", "for i := 0; i < $E; i++ $B",
    "for $N := range $E $B", "for $N, $N := range $E $B", "for range $E $B", "switch $E { case $E: $S; case $E, $E: $S; default: $S }",
    "switch { case $E: $S; fallthrough; default: $S }", "switch x := $E.(type) { case $T: $S; case nil: $S; case $T, $T: $S }",
    "select { case x := <-$E: $S; case $E <- $E: $S; default: $S }", "select {}", "go $E()", "defer $E()", "go func() $B()",
    "return", "return $E", "return $E, $E", "break", "continue", "break L", "continue L", "goto L", "L: $S", "L: for $B",
    "$E <- $E", "$B", "fmt.Println($E, $E)", "_ = $E", "panic($E)", "delete($E, $E)", "close($E)", "print($E)",
    "fmt.Printf(\"%d %v\\n\", $E, $E)", "defer func() { recover(); $S }()" };
static const char *const decls[] = {
    "func $N() $B", "var $N $T", "var $N = $E", "var $N $T = $E", "const $N = $E", "type $N $T", "type $N = $T",
    "func $N(x $T) $T $B", "func $N(x ...$T) ($T, $T) $B", "func $N[T any](x T) T $B",
    "func $N[T interface{ ~int | ~string }, S ~[]T](x S, f func(T) $T) T $B", "func (x $N) $F() $T $B",
    "func (x *$N) $F($N $T) $B", "type $N[T any] struct { a T; b $T }", "func (x *$N[T]) $F(T) $T $B",
    "type $N interface { $F() $T; $T }", "type $N struct { $T; a $T; *$N }", "const ( $N $T = iota; $N; $N )",
    "var $N, $N = $E", "func init() $B", "type $N[T comparable, P interface{ *T; M() }] map[T]P",
    "func $N() (x $T, err error) $B", "type ( $N $T; $N []$N )" };

static void type(struct maker *k) {
    k->depth++;
    fill(k, types[pick(k, sizeof types / sizeof *types)]);
    k->depth--;
}

static void expr(struct maker *k) {
    k->depth++;
    fill(k, exprs[pick(k, sizeof exprs / sizeof *exprs)]);
    k->depth--;
}

static void stmt(struct maker *k) {
    k->depth++;
    fill(k, stmts[pick(k, sizeof stmts / sizeof *stmts)]);
    k->depth--;
}

static void block(struct maker *k) {
    put(k, "{\n");
    k->depth++;
    for (unsigned n = pick(k, 4); n; n--) {
        stmt(k);
        put(k, "\n");
    }
    k->depth--;
    put(k, "}");
}

static void fill(struct maker *k, const char *template) {
    for (const char *p = template; *p; p++) {
        if (*p != '$') {
            put(k, (char[]){ *p, 0 });
            continue;
        }
        switch (*++p) {
        case 'T': type(k); break;
        case 'E': expr(k); break;
        case 'S': stmt(k); break;
        case 'B': block(k); break;
        case 'N': PICK(k, names); break;
        case 'F': PICK(k, fields); break;
        default: abort();
        }
    }
}

static void program(struct maker *k) {
    put(k, "package main\nimport (\"fmt\"; \"strings\"; \"slices\"; \"maps\"; \"sync\"; \"sync/atomic\"; \"iter\"; \"sort\"; "
           "\"errors\")\nvar _ = fmt.Sprint\nvar _ = strings.ToUpper\nvar _ = slices.Sort[[]int]\n"
           "var _ = maps.Keys[map[int]int]\nvar _ sync.Mutex\nvar _ atomic.Int64\nvar _ iter.Seq[int]\nvar _ = sort.Ints\n"
           "var _ = errors.New\nconst N = 2\ntype G[T any] struct{ a T }\nfunc (g *G[T]) M() T { return g.a }\n"
           "type G2[T, S any] interface{ M(T) S }\n");
    for (unsigned n = 1 + pick(k, 6); n; n--) {
        fill(k, decls[pick(k, sizeof decls / sizeof *decls)]);
        put(k, "\n");
    }
    put(k, "func main() ");
    block(k);
    put(k, "\n");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct maker *k = calloc(1, sizeof *k);
    if (!k)
        return 0;
    k->data = data;
    k->size = size;
    program(k);
    if (getenv("GOSEE_FUZZ_PRINT"))
        fprintf(stderr, "%s", k->text);
    struct src_file file = { "x.go", k->text, k->len };
    struct diag_list diags;
    diag_init(&diags);
    struct lang_program *prog = lang_compile(&file, 1, vm_library(), &diags);
    if (!prog && !diags.items.len)
        abort(); /* refused without a word */
    if (prog)
        lang_program_free(prog);
    diag_free(&diags);
    free(k);
    return 0;
}
