/* lang.h - the compiler's face: Go source in, a program (bytecode.h) and diagnostics out.
 *
 * The compiler knows no library by name. Who calls it says which packages exist (struct lang_library): each is Go
 * source of ours; a function without a body in it is native, bound by its qualified name ("time.Sleep",
 * "sync.(*Mutex).Lock") to a number that the VM knows.
 */
#ifndef GOSEE_LANG_LANG_H
#define GOSEE_LANG_LANG_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"

struct lang_program; /* bytecode.h: immutable once made; shared by any number of runs */

struct lang_package_source {
    const char *path; /* "math/rand" */
    const struct src_file *files;
    size_t nfiles;
};

struct lang_library {
    const struct lang_package_source *packages;
    size_t npackages;
    /* Number of the native function of this qualified name; -1 if there is none (then it is a build error of ours). */
    int (*native)(const char *qualified_name);
    /* Whether Go's own library has this package: for the message when this one has not. NULL: no. */
    bool (*known)(const char *path);
};

/* Compiles one package main of one or more files. NULL when there were errors; diagnostics are sorted, in Go's words.
 * Also NULL when memory ran out (diags->failed). The program keeps no reference to files' text: it copies. */
struct lang_program *lang_compile(const struct src_file *files, size_t nfiles, const struct lang_library *lib,
                                  struct diag_list *diags);
/* Only checks (gosee vet): every diagnostic. true if there were none. */
bool lang_check(const struct src_file *files, size_t nfiles, const struct lang_library *lib, struct diag_list *diags);
void lang_program_free(struct lang_program *prog);
/* Bytecode beside source (gosee dis). */
void lang_disassemble(const struct lang_program *prog, struct str *out);

#endif
