/* library_table.h - the library's Go files as embed.cmake lays them out, with how natives are found. */
#ifndef GOSEE_VM_LIBRARY_TABLE_H
#define GOSEE_VM_LIBRARY_TABLE_H

#include "lang.h"

extern const struct lang_library library_table;
bool library_known(const char *path);           /* std.def */
int library_native(const char *qualified_name); /* number, or -1 */

#endif
