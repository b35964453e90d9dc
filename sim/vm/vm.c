/* vm.c - a run's VM: made, plugged into the runtime, taken apart. */
#include "vm.h"

#include <stdlib.h>
#include <string.h>

#include "vmi.h"

/* ---- what the program has of the library's run-time errors ---------------------------------------------------------- */

static const struct lang_rtype *find_basic(const struct lang_program *prog, unsigned kind) {
    for (uint32_t i = 1; i < prog->nrtypes; i++) {
        const struct lang_rtype *t = &prog->rtypes[i];
        if (t->kind == kind && (t->flags & LANG_RT_NAMED) && (!t->pkg || !t->pkg[0]))
            return t;
    }
    return NULL;
}

static void find_known(struct vm *vm) {
    const struct lang_program *prog = vm->prog;
    struct vm_well_known *k = &vm->known;
    k->bounds_error = lang_find_type(prog, "runtime.boundsError");
    k->error_string = lang_find_type(prog, "runtime.errorString");
    k->plain_error = lang_find_type(prog, "runtime.plainError");
    k->assertion = lang_find_type(prog, "*runtime.TypeAssertionError");
    k->panic_nil = lang_find_type(prog, "*runtime.PanicNilError");
    k->method_error = lang_find_method_name(prog, "Error");
    k->method_string = lang_find_method_name(prog, "String");
    for (unsigned i = LANG_K_BOOL; i <= LANG_K_STRING; i++)
        k->basic[i] = find_basic(prog, i);
    k->string = k->basic[LANG_K_STRING];
}

#define RACE_RESERVE ((size_t)1 << 36) /* the detector reserves four times as much again */

/* ---- life -------------------------------------------------------------------------------------------------------- */

static bool make_tables(struct vm *vm) {
    const struct lang_program *prog = vm->prog;
    vm->fns = calloc(prog->nfuncs ? prog->nfuncs : 1, sizeof *vm->fns);
    vm->func_words = calloc(prog->nfuncs ? prog->nfuncs : 1, sizeof *vm->func_words);
    vm->sizes = calloc(prog->nrtypes ? prog->nrtypes : 1, sizeof *vm->sizes);
    vm->quick = calloc(prog->nnatives ? prog->nnatives : 1, sizeof *vm->quick);
    if (!vm->fns || !vm->func_words || !vm->quick || !vm->sizes)
        return false;
    for (uint32_t i = 0; i < prog->nfuncs; i++) {
        vm->fns[i].code = prog->funcs[i].code;
        vm->fns[i].link = (uint64_t)i << 24;
        vm->fns[i].frame_slots = prog->funcs[i].frame_slots;
        vm->func_words[i] = i;
    }
    for (uint32_t i = 0; i < prog->nnatives; i++)
        vm->quick[i] = (uint8_t)vm_quick_of(prog->natives[i].number);
    go_sizes(prog, vm->sizes);
    find_known(vm);
    return true;
}

/* The dictionary of who reads the log: the program's own files come first, then the library's; functions by index. */
static bool fill_log(struct vm *vm) {
    const struct lang_program *prog = vm->prog;
    if (!vm->log)
        return true;
    for (uint32_t i = 0; i < prog->nfiles; i++)
        if (!prog->files[i].library &&
            !rt_log_add_file(vm->log, prog->files[i].name, prog->files[i].text, prog->files[i].length))
            return false;
    for (uint32_t i = 0; i < prog->nfuncs; i++) {
        const struct lang_fn *fn = &prog->funcs[i];
        bool own = fn->file < prog->nfiles && !prog->files[fn->file].library;
        if (!rt_log_add_func(vm->log, fn->name, own ? RT_POS(fn->file, fn->line) : 0))
            return false;
    }
    return true;
}

static void configure(struct vm *vm, const struct vm_config *config) {
    vm->prog = config->program;
    vm->args = config->args;
    vm->nargs = config->nargs;
    vm->program_name = config->program_name ? config->program_name : "";
    vm->stepped = config->stepped;
    vm->search = config->search;
    vm->log = config->log;
    atomic_init(&vm->printing, false);
}

static bool make_globals(struct vm *vm) {
    struct heap_cache cache = { 0 };
    vm->globals = heap_alloc(&vm->heap, &cache, (size_t)vm->prog->global_slots * 8, heap_head(HEAP_GLOBALS, NULL));
    heap_give_back(&vm->heap, &cache);
    return vm->globals != NULL;
}

struct vm *vm_new(const struct vm_config *config) {
    struct vm *vm = calloc(1, sizeof *vm);
    if (!vm)
        return NULL;
    configure(vm, config);
    if (pthread_mutex_init(&vm->lock, NULL) != 0) {
        free(vm);
        return NULL;
    }
    if (!heap_init(&vm->heap, config->heap_limit, config->race ? RACE_RESERVE : 0)) {
        pthread_mutex_destroy(&vm->lock);
        free(vm);
        return NULL;
    }
    if (config->race) {
        vm->race = race_new(vm);
        if (!vm->race) {
            vm_free(vm);
            return NULL;
        }
        vm->heap.recycled = race_recycled;
        vm->heap.recycled_ctx = vm->race;
    }
    if (!make_globals(vm) || !make_tables(vm) || !fill_log(vm)) {
        vm_free(vm);
        return NULL;
    }
    return vm;
}

bool vm_renew(struct vm *vm, const struct vm_config *config) {
    if (vm->race || vm->log || config->race || config->log || config->program != vm->prog ||
        config->stepped != vm->stepped)
        return false;
    for (struct vm_p *p; (p = vm->ps) != NULL; vm->spare = p) {
        heap_give_back(&vm->heap, &p->cache);
        vm->ps = p->all;
        p->all = vm->spare;
    }
    heap_reset(&vm->heap, config->heap_limit);
    vm->finals.len = 0;
    vm->finals.ids = 0;
    vm->collections = vm->freed = 0;
    vm->paused = 0;
    memset(vm->pause, 0, sizeof vm->pause);
    memset(vm->pause_end, 0, sizeof vm->pause_end);
    vm->hook = NULL;
    configure(vm, config);
    return make_globals(vm);
}

static void free_ps(struct vm_p *list) {
    for (struct vm_p *p = list, *next; p; p = next) {
        next = p->all;
        free(p->scases);
        free(p);
    }
}

void vm_free(struct vm *vm) {
    if (!vm)
        return;
    free_ps(vm->ps);
    free_ps(vm->spare);
    race_free(vm->race);
    heap_free(&vm->heap);
    pthread_mutex_destroy(&vm->lock);
    free(vm->finals.data);
    free(vm->fns);
    free(vm->func_words);
    free(vm->quick);
    free(vm->sizes);
    free(vm->string_ids);
    free(vm->type_ids);
    free(vm);
}

void vm_attach(struct vm *vm, struct rt *rt) {
    vm->rt = rt;
    vm->w = rt->world;
    vm->world = rt->world->ops;
    vm->trace_vars = rt->config.trace_vars || (vm->race && vm->stepped);
}

uintptr_t vm_mem_base(const struct vm *vm) { return (uintptr_t)vm->heap.base; }

void vm_set_step_hook(struct vm *vm, vm_step_hook hook, void *ctx) {
    vm->hook = hook;
    vm->hook_ctx = ctx;
}

/* ---- Ps ---------------------------------------------------------------------------------------------------------- */

static void map_midway(void *ctx) {
    struct vm_p *vp = ctx;
    vp->vm->world->visible(vp->vm->w, vp->mp);
}

/* From an earlier run, if there is one: what it knows of the program's methods and its room for selects stay good. */
static struct vm_p *spare_p(struct vm *vm) {
    struct vm_p *vp = vm->spare;
    if (!vp)
        return calloc(1, sizeof *vp + vm->prog->ncaches * sizeof vp->icaches[0]);
    vm->spare = vp->all;
    vp->cache = (struct heap_cache){ 0 };
    vp->maps = (struct map_env){ 0 };
    return vp;
}

struct vm_p *vm_p_new(struct vm *vm, struct m *mp) {
    pthread_mutex_lock(&vm->lock);
    struct vm_p *vp = spare_p(vm);
    pthread_mutex_unlock(&vm->lock);
    if (!vp)
        return NULL;
    vp->vm = vm;
    vp->maps.heap = &vm->heap;
    vp->maps.cache = &vp->cache;
    if (vm->stepped) { /* another thread may come in the middle of a write, and be caught */
        vp->maps.midway = map_midway;
        vp->maps.ctx = vp;
    }
    pthread_mutex_lock(&vm->lock);
    if (!vm->ps)
        vm->hash_seed = rt_choose(mp, RT_CHOOSE_HASH, UINT64_MAX);
    vp->maps.hash_seed = vm->hash_seed;
    vp->all = vm->ps;
    vm->ps = vp;
    pthread_mutex_unlock(&vm->lock);
    mp->p->exec = vp;
    return vp;
}

enum vm_do vm_out_of_memory(struct vm_p *vp, struct vm_g *vg) {
    if (atomic_load_explicit(&vp->vm->heap.limit_hit, memory_order_relaxed))
        rt_end_limit(vp->vm->rt, vp->mp, "heap", vp->vm->heap.limit);
    else
        rt_throw(vp->mp, &vg->g, "runtime: out of memory", false);
    return VM_END;
}

void vm_end_well(struct vm *vm, struct m *mp, enum rt_end how) {
    if (vm->race && race_verdict(vm->race, mp))
        rt_exit(mp, RT_END_RACE, 66);
    else
        rt_exit(mp, how, 0);
}

/* ---- goroutines -------------------------------------------------------------------------------------------------- */

void vm_g_start(struct vm *vm, struct vm_g *vg, uint32_t fn, uint64_t func) {
    rt_slot *R = vg->g.stack;
    R[0] = (uintptr_t)&vm_stubs[VM_STUB_EXIT];
    R[1] = vm_link(0, fn, 0);
    R[2] = func;
    vg->pc = vm->fns[fn].code;
    vg->base = 0;
}

enum vm_do vm_stack_room(struct vm_p *vp, struct vm_g *vg, uint64_t at, uint32_t slots) {
    uint64_t need = at + slots;
    if (need <= vg->g.stack_slots)
        return VM_DONE;
    return rt_morestack(vp->mp, &vg->g, need > UINT32_MAX ? UINT32_MAX : (uint32_t)need) == RT_OK ? VM_DONE : VM_END;
}

static void g_clear(void *ctx, struct g *gp) {
    struct vm *vm = ctx;
    struct vm_g *vg = vm_g_of(gp);
    if (vm->race)
        race_end(vm->race, vg);
    memset((char *)vg + sizeof vg->g, 0, sizeof *vg - sizeof vg->g);
}

static bool main_init(void *ctx, struct m *mp, struct g *gp) {
    struct vm *vm = ctx;
    const struct vm_fn *fn = &vm->fns[vm->prog->entry];
    if (fn->frame_slots > gp->stack_slots && rt_morestack(mp, gp, fn->frame_slots) != RT_OK)
        return false;
    gp->fn = vm->prog->main;
    vm_g_start(vm, vm_g_of(gp), vm->prog->entry, 0);
    return !vm->race || race_go(vm->race, mp, NULL, NULL, vm_g_of(gp), 0);
}

static enum rt_exit run(void *ctx, struct m *mp, struct g *gp) {
    struct vm *vm = ctx;
    if (vm->stepped)
        return vm_run_stepped(vm, mp, gp);
    return vm->race ? vm_run_racing(vm, mp, gp) : vm_run_live(vm, mp, gp);
}

const struct rt_exec_ops *vm_exec_ops(void) {
    static const struct rt_exec_ops ops = {
        .g_size = sizeof(struct vm_g),
        .run = run,
        .g_clear = g_clear,
        .main_init = main_init,
        .print_fatal = vm_print_fatal,
        .stack_moved = NULL, /* frames hold no addresses of the stack */
        .order = vm_race_order,
        .position = vm_position,
    };
    return &ops;
}
