/* fail_alloc.h - makes one allocation fail. Link with the flags that CMake's gosee_fail_alloc gives, so that the calls
 * of the libraries under test come here; those inside shared libraries do not. */
#ifndef GOSEE_TESTS_FAIL_ALLOC_H
#define GOSEE_TESTS_FAIL_ALLOC_H

#include <stdbool.h>

void fail_alloc_at(long n); /* the n-th from now on, from 0, fails once; -1: none */
bool fail_alloc_done(void); /* it has failed */

#endif
