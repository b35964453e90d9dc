/* vec.h - a growing array of any type: VEC(int) v = {0}; VEC_PUSH(&v, 3); v.data[i], v.len; VEC_FREE(&v).
 * The vector owns its array; growing moves it. VEC_PUSH gives false when memory runs out, and leaves v as it was. */
#ifndef GOSEE_BASE_VEC_H
#define GOSEE_BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>

#define VEC(type)            \
    struct {                 \
        type *data;          \
        size_t len, cap;     \
    }

/* Makes room for `more` further elements of `size` bytes in *data. */
bool vec_reserve(void **data, size_t len, size_t *cap, size_t more, size_t size);
void vec_free_data(void **data);

#define VEC_RESERVE(v, more) \
    vec_reserve((void **)&(v)->data, (v)->len, &(v)->cap, (more), sizeof *(v)->data)
#define VEC_PUSH(v, x) (VEC_RESERVE(v, 1) ? ((v)->data[(v)->len++] = (x), true) : false)
#define VEC_FREE(v) (vec_free_data((void **)&(v)->data), (v)->len = 0, (v)->cap = 0)
#define VEC_LAST(v) ((v)->data[(v)->len - 1])

#endif
