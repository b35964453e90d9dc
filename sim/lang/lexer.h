/* lexer.h - Go source to tokens, one at a time, with the semicolon rule of the specification.
 *
 * The lexer owns nothing; literal texts point into the source. Errors go to a callback and the token that comes of it
 * is usable all the same. */
#ifndef GOSEE_LANG_LEXER_H
#define GOSEE_LANG_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "token.h"

struct lang_line_comment {
    const char *text; /* behind "line " */
    size_t len;
    uint32_t line, col;       /* of text */
    uint32_t at_line, at_col; /* what follows the comment, or its line */
};

struct lang_lexer {
    const char *start, *p, *end;
    const char *line_start;
    uint32_t line;
    bool nlsemi; /* a newline here is a semicolon */
    void (*error)(void *ctx, uint32_t line, uint32_t col, const char *message);
    /* Told of a comment that may be a line directive; may be NULL. */
    void (*line_comment)(void *ctx, const struct lang_line_comment *comment);
    void *ctx;

    /* the current token */
    enum lang_token tok;
    enum lang_op op;    /* OPERATOR, ASSIGN_OP, INC_OP, STAR */
    int prec;           /* of op as a binary operator */
    enum lang_lit kind; /* LITERAL */
    bool bad;           /* LITERAL: was malformed, and reported */
    const char *text;   /* NAME, LITERAL: as written; SEMI: "semicolon", "newline" or "EOF" */
    size_t len;
    uint32_t tline, tcol;
};

/* Sets the lexer before the first token (call lang_lexer_next), and reports bytes that no source may hold. */
void lang_lexer_init(struct lang_lexer *x, const char *text, size_t len,
                     void (*error)(void *ctx, uint32_t line, uint32_t col, const char *message), void *ctx);
void lang_lexer_next(struct lang_lexer *x);

/* Reading a file in two goes: where the current token (of one line) starts, the way from it past the declaration that it
 * is in, to the newline outside of all brackets, and the way back to it. */
size_t lang_lexer_offset(const struct lang_lexer *x);
void lang_lexer_skip(struct lang_lexer *x);
void lang_lexer_resume(struct lang_lexer *x, size_t offset, uint32_t line, uint32_t col);

/* The bytes of a well-formed string literal, or the one rune of a rune literal, into out (room for len bytes), as
 * UTF-8. Gives the number of bytes. rune: gets the code point of a rune literal (a byte escape's value too). */
size_t lang_unquote(const char *text, size_t len, char *out, int32_t *rune);

/* Decodes one code point; invalid bytes give -1 and length 1. */
size_t lang_utf8_decode(const char *p, const char *end, int32_t *rune);
size_t lang_utf8_encode(int32_t rune, char *out); /* surrogates and what is out of range become U+FFFD */

#endif
