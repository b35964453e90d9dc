/* gorand.h - the seeding of math/rand's generator, so that a seed gives the numbers that it gives in Go. */
#ifndef GOSEE_VM_GORAND_H
#define GOSEE_VM_GORAND_H

#include <stdint.h>

#define GORAND_LENGTH 607
void gorand_seed(uint64_t state[GORAND_LENGTH], int64_t seed);

#endif
