/* token.h - kinds of token and operator (token.def), and their texts. */
#ifndef GOSEE_LANG_TOKEN_H
#define GOSEE_LANG_TOKEN_H

enum lang_token {
#define TOKEN(name, text) LANG_TOK_##name,
#define KEYWORD(name, text) LANG_TOK_##name,
#include "token.def"
    LANG_TOK_COUNT
};

enum lang_op {
#define OPERATOR(name, text, prec) LANG_OP_##name,
#include "token.def"
    LANG_OP_COUNT
};

enum lang_lit { LANG_LIT_INT, LANG_LIT_FLOAT, LANG_LIT_IMAG, LANG_LIT_RUNE, LANG_LIT_STRING };

const char *lang_token_text(enum lang_token tok);
const char *lang_op_text(enum lang_op op); /* "+" */
int lang_op_precedence(enum lang_op op);   /* 1..5 for binary operators, else 0 */

#endif
