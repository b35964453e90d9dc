#include "vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool vec_reserve(void **data, size_t len, size_t *cap, size_t more, size_t size) {
    if (*cap - len >= more) return true;
    if (more > SIZE_MAX / 2 - len) return false;
    size_t want = *cap ? *cap + *cap / 2 + 1 : 8;
    if (want < len + more) want = len + more;
    if (want > SIZE_MAX / 2 / size) return false;
    /* The macros pass &v->data as void **; memcpy keeps that free of aliasing trouble. */
    void *old;
    memcpy(&old, data, sizeof old);
    void *p = realloc(old, want * size);
    if (!p) return false;
    memcpy(data, &p, sizeof p);
    *cap = want;
    return true;
}

void vec_free_data(void **data) {
    void *old, *none = NULL;
    memcpy(&old, data, sizeof old);
    free(old);
    memcpy(data, &none, sizeof none);
}
