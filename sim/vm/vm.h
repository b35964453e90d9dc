/* vm.h - the VM's face: a program put on a scheduler.
 *
 * A vm owns the heap and the library state of one run of one program; the program itself is immutable and shared.
 * Plugs into the runtime as its executor (rt.h).
 */
#ifndef GOSEE_VM_VM_H
#define GOSEE_VM_VM_H

#include <stdbool.h>
#include <stdint.h>

#include "rt.h"

struct vm;
struct lang_program;
struct lang_library;

const struct lang_library *vm_library(void); /* what a program may import: our own Go files and the natives' names */

struct vm_config {
    const struct lang_program *program;
    const char *const *args; /* os.Args[1:] */
    unsigned nargs;
    const char *program_name; /* os.Args[0], and the file of a main package's positions */
    uint64_t heap_limit;      /* bytes; 0: none */
    bool race;                /* look for data races (race.h) */
    bool search;              /* tell the world of what goroutines share (rt_config.search) */
    bool stepped;             /* the stepped interpreter loop: fuel, visible operations */
    struct rt_log *log;       /* gets files, functions and strings; NULL without events */
};

struct vm *vm_new(const struct vm_config *config); /* NULL: out of memory */
void vm_free(struct vm *vm);
/* As vm_free and vm_new, with the same memory. Only for the same program and for runs that nobody records and that look
 * for no races; false: it cannot be had, and vm can only be freed. */
bool vm_renew(struct vm *vm, const struct vm_config *config);
const struct rt_exec_ops *vm_exec_ops(void); /* with the vm as ctx */
uintptr_t vm_mem_base(const struct vm *vm); /* for rt_config.mem_base */
void vm_attach(struct vm *vm, struct rt *rt); /* after rt_new, before rt_start */

/* Fine steps (stepped world only): called before each instruction, at the M's turn; fn and pc as in the disassembly.
 * NULL ends it. Used when a run is executed again to show lines and instructions between two events. */
typedef void (*vm_step_hook)(void *ctx, struct m *mp, struct g *gp, uint64_t fn, uint32_t pc, rt_pos pos);
void vm_set_step_hook(struct vm *vm, vm_step_hook hook, void *ctx);

#endif
