#include "token.h"

#include <stddef.h>

static const char *const texts[] = {
#define TOKEN(name, text) text,
#define KEYWORD(name, text) text,
#include "token.def"
};

static const char *const op_texts[] = {
#define OPERATOR(name, text, prec) text,
#include "token.def"
};

static const signed char precedences[] = {
#define OPERATOR(name, text, prec) prec,
#include "token.def"
};

const char *lang_token_text(enum lang_token tok) { return (size_t)tok < LANG_TOK_COUNT ? texts[tok] : ""; }
const char *lang_op_text(enum lang_op op) { return (size_t)op < LANG_OP_COUNT ? op_texts[op] : ""; }
int lang_op_precedence(enum lang_op op) { return (size_t)op < LANG_OP_COUNT ? precedences[op] : 0; }
