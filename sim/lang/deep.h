/* deep.h - deep recursion over hostile programs: 10,000 levels of nesting need more stack than a thread has. */
#ifndef GOSEE_LANG_DEEP_H
#define GOSEE_LANG_DEEP_H

#include <stdbool.h>

/* Calls f(arg) on a thread of its own with a large stack (of which only what is used costs anything) and waits for it.
 * false: no such thread could be made, and f was not called. */
bool lang_run_deep(void (*f)(void *arg), void *arg);

#endif
