/* clone.h - concrete copies of generic functions. */
#ifndef GOSEE_LANG_CLONE_H
#define GOSEE_LANG_CLONE_H

#include "checker.h"

/* Fills the instance f from its origin, whose body is checked: signature, variables, body, functions within. */
void chk_clone_func(struct lang_checker *c, struct lang_func *f);

#endif
