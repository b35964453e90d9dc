/* run_table.h - outcomes by what was seen. For the files of sim/run that fill such a table. */
#ifndef GOSEE_RUN_RUN_TABLE_H
#define GOSEE_RUN_RUN_TABLE_H

#include "run.h"

struct run_outcomes *table_new(void); /* NULL: no memory; run_outcomes_free frees it */
/* The row with key's out, error and status, made if there is none. NULL: no memory. Valid until the table goes. */
struct run_outcome *table_row(struct run_outcomes *o, const struct run_outcome *key);
/* As often more; seed and probe: the first that show it, UINT64_MAX none. */
void table_count(struct run_outcome *row, uint64_t natural, uint64_t probing, uint64_t seed, uint64_t probe);
void table_sort(struct run_outcomes *o);

#endif
