/* subst.h - substitution with a memory of local types, for copies of generic functions (clone.c). */
#ifndef GOSEE_LANG_SUBST_H
#define GOSEE_LANG_SUBST_H

#include "checker.h"

struct subst_local {
    struct lang_type *from, *to; /* a type that the generic function declares, and the instance's own */
};

struct subst {
    struct lang_checker *c;
    struct lang_object_list tparams;
    struct lang_type_list targs;
    struct subst_local *local;
    size_t nlocal;
};

struct lang_type *chk_subst_with(struct subst *s, struct lang_type *t);

#endif
