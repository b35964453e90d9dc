/* interp.c - the interpreter loop; CMake compiles it three times: for the live world, for that with --race (VM_RACING) and for
 * the stepped one (VM_STEPPED), with --race or without.
 *
 * The loop keeps pc, the frame R and the stack's limit in registers, and writes pc and frame back (SAVE) before
 * anything that may park, panic, end the run, grow the stack or be looked at. Operands are decoded once, by the code
 * generator: an instruction is a jump through a table of labels that opcodes.def generates.
 *
 * Live: the preempt flag is looked at at calls and back edges. Stepped: every instruction burns a unit of fuel; when
 * that is used up, and before each instruction that touches memory others can see (flag V), the work done is charged to
 * the model and another thread may go first; before those that ask the scheduler (V and C) it is charged, and the
 * scheduler lets others go first. That costs the other instructions nothing: the stepped loop's table sends those with
 * the flag through labels of their own, and all of them while a step hook is set.
 *
 * Go memory is accessed by atoms.h; registers belong to the goroutine and are plain words.
 */
#include <math.h>
#include <string.h>

#include "atoms.h"
#include "equal.h"
#include "interp_ops.h"
#include "vmi.h"

#ifdef VM_STEPPED
#define LOOP_NAME vm_run_stepped
#elif defined(VM_RACING)
#define LOOP_NAME vm_run_racing
#else
#define LOOP_NAME vm_run_live
#endif

#if !defined(VM_STEPPED) && !defined(VM_RACING)
#define VM_QUICK 1 /* the others see to it that an operation is told to the model, or to the detector */
#endif

#pragma GCC diagnostic ignored "-Wpedantic" /* computed goto */

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Operands of the instruction at pc. */
#define RA R[pc->a]
#define RB R[pc->b]
#define RC R[pc->c]
#define IB ((int64_t)(int16_t)pc->b)
#define IC ((int64_t)(int16_t)pc->c)
#define U32 insn_u32(*pc)
#define I32 insn_i32(*pc)
#define EXT pc[1]
#define TYPE(i) (&rtypes[i])
#define PTR(slot) ((uint8_t *)(uintptr_t)(slot))

#define LOAD_STATE() (pc = vg->pc, R = gp->stack + vg->base, limit = gp->stack + gp->stack_slots)

#ifdef VM_STEPPED
#define DISPATCH()                   \
    do {                             \
        if (UNLIKELY(fuel == 0))     \
            goto out_of_fuel;        \
        fuel--;                      \
        goto *table[pc->op];         \
    } while (0)
#define CHARGE() (world->charge(w, mp, RT_COST_INSTRUCTION, budget - fuel), budget = fuel)
/* Whatever is about to be called may tell an event: its time must not depend on how many instructions were charged
 * together, since a run that is executed again with a hook charges each by itself. */
#define SAVE() (vg->pc = pc, vg->base = (uint32_t)(R - gp->stack), CHARGE())
#else
#define DISPATCH() goto *plain[pc->op]
#define CHARGE() ((void)0)
#define SAVE() (vg->pc = pc, vg->base = (uint32_t)(R - gp->stack))
#endif
/* --race: what is about to be read or written, up to a slot of it, or more of it (race.h); R's frame returns. */
#if defined(VM_RACING) || defined(VM_STEPPED)
#define TOUCHES(p, bytes, write)                                                \
    do {                                                                        \
        if (searched || (rg && UNLIKELY(!race_known(vm->race, rg, (p), (bytes), (write))))) { \
            SAVE();                                                             \
            vm_race_access(vm, mp, vg, (p), (bytes), (write));                      \
        }                                                                       \
    } while (0)
#define IF_RACING(statement) \
    do {                     \
        if (rg || searched) { \
            SAVE();          \
            statement;       \
        }                    \
    } while (0)
#define RETURNS() (rg ? race_return(rg, (uint32_t)(R - gp->stack)) : (void)0)
#define RELOADS() (rg ? race_leave(rg, vg->base) : (void)0)
#else
#define TOUCHES(p, bytes, write) ((void)0)
#define IF_RACING(statement) ((void)0)
#define RETURNS() ((void)0)
#define RELOADS() ((void)0)
#endif
/* Seen by a search alone. */
#ifdef VM_STEPPED
#define SHARES(word) do { if (searched) { SAVE(); vm_share_channel(vm, mp, (word)); } } while (0)
#else
#define SHARES(word) ((void)0)
#endif
#define READS(p, bytes) TOUCHES(p, bytes, false)
#define WRITES(p, bytes) TOUCHES(p, bytes, true)
#define READS_ALL(p, bytes) IF_RACING(vm_race_access(vm, mp, vg, (p), (bytes), RACE_READ))
#define WRITES_ALL(p, bytes) IF_RACING(vm_race_access(vm, mp, vg, (p), (bytes), RACE_WRITE))
#define NEXT(n)     \
    do {            \
        pc += (n);  \
        DISPATCH(); \
    } while (0)
#define SAFEPOINT()                                                               \
    do {                                                                          \
        if (UNLIKELY(atomic_load_explicit(&gp->preempt, memory_order_relaxed)))   \
            goto preempted;                                                       \
    } while (0)
/* Goes on after a helper of n words said `result`. */
#define AFTER(n, result)         \
    do {                         \
        r = (result);            \
        if (LIKELY(r == VM_DONE)) \
            NEXT(n);             \
        goto other;              \
    } while (0)
#define NIL_CHECK(slot)         \
    do {                        \
        if (UNLIKELY(!(slot)))  \
            goto nil_pointer;   \
    } while (0)

#define BINARY(name, expression) \
    op_##name : RA = (uint64_t)(expression); NEXT(1);
#define FLOAT(name, expression) \
    op_##name : RA = vm_of_float(expression); NEXT(1);
#define FLOAT32(name, expression) \
    op_##name : RA = vm_of_float32(expression); NEXT(1);
#define BRANCH(name, condition, offset) \
    op_J_##name : pc += (condition) ? (offset) : 1; \
    DISPATCH();                         \
    op_L_##name : if (condition) {      \
        pc += (offset);                 \
        SAFEPOINT();                    \
        DISPATCH();                     \
    }                                   \
    NEXT(1);
/* Memory by width, at an address and an offset of slots. */
#define LOAD_NARROW(name, bytes, expression)   \
    op_##name : NIL_CHECK(RB);                 \
    {                                          \
        const uint8_t *p = PTR(RB) + 8u * pc->c; \
        READS(p, bytes);                       \
        RA = (uint64_t)(expression);           \
    }                                          \
    NEXT(1);
#define STORE_NARROW(name, bytes, statement)   \
    op_##name : NIL_CHECK(RA);                 \
    {                                          \
        uint8_t *p = PTR(RA) + 8u * pc->c;     \
        WRITES(p, bytes);                      \
        statement;                             \
    }                                          \
    NEXT(1);
/* Element `index` of slice `slice`, its data in p. */
#define INDEX_SLICE(slice, index)                                              \
    const struct vm_slice *s = (const struct vm_slice *)(uintptr_t)(slice);    \
    uint64_t i = (index);                                                      \
    if (UNLIKELY(!s || i >= s->len)) {                                         \
        at = i;                                                                \
        len = s ? s->len : 0;                                                  \
        goto bad_index;                                                        \
    }                                                                          \
    uint8_t *p = s->data
#define LOAD_ELEMENT(name, bytes, expression) \
    op_##name : {                      \
        INDEX_SLICE(RB, RC);           \
        READS(p + (bytes) * i, bytes); \
        RA = (uint64_t)(expression);   \
    }                                  \
    NEXT(1);
#define STORE_ELEMENT(name, bytes, statement) \
    op_##name : {                      \
        INDEX_SLICE(RA, RB);           \
        WRITES(p + (bytes) * i, bytes); \
        statement;                     \
    }                                  \
    NEXT(1);
#define CHECK_INDEX(index, length) \
    do {                           \
        at = (index);              \
        len = (length);            \
        if (UNLIKELY(at >= len))   \
            goto bad_index;        \
    } while (0)
/* Compares by type; an uncomparable dynamic type panics. */
#define COMPARE(n, result)                  \
    do {                                    \
        enum equal_result same = (result);  \
        if (UNLIKELY(same > EQUAL_YES)) {   \
            SAVE();                         \
            AFTER(n, vm_op_uncomparable(vp, vg, same, culprit)); \
        }                                   \
        RA = same == EQUAL_YES;             \
        NEXT(n);                            \
    } while (0)
/* A call: the window at pc->a for function f, coming back after n words. */
#define ENTER(f, func, n)                                          \
    do {                                                           \
        rt_slot *W = R + pc->a;                                    \
        if (UNLIKELY((size_t)(limit - W) < (f)->frame_slots)) {    \
            need = (f)->frame_slots;                               \
            goto grow_stack;                                       \
        }                                                          \
        W[0] = (uintptr_t)(pc + (n));                              \
        W[1] = (f)->link + pc->a;                                  \
        W[2] = (func);                                             \
        R = W;                                                     \
        pc = (f)->code;                                            \
        SAFEPOINT();                                               \
        DISPATCH();                                                \
    } while (0)
/* The call's window from its parameters on, and what executes a native without a call (quick.def). */
#define WINDOW(i) R[pc->a + LANG_LINK + (i)]
#define WINDOW_POINTER ((void *)PTR(WINDOW(0)))
#define QUICK_CAS(at, was, new, order) __atomic_compare_exchange_n((at), &(was), (new), false, (order), __ATOMIC_RELAXED)
#define QUICK_ATOMIC(name, type, ...)  \
    quick_##name : {                   \
        type *word = WINDOW_POINTER;     \
        if (UNLIKELY(!word))             \
            goto quick_NONE;           \
        __VA_ARGS__;                   \
        NEXT(1);                       \
    }
/* Goes on after an operation of the runtime of n words. */
#define RUNTIME(n, result)                 \
    do {                                   \
        status = (result);                 \
        if (LIKELY(status == RT_OK))       \
            NEXT(n);                       \
        words = (n);                       \
        goto runtime_status;               \
    } while (0)

enum rt_exit LOOP_NAME(void *ctx, struct m *mp, struct g *gp) {
    static const void *const plain[OP_COUNT] = {
#define OP(name, operands, flags, doc) [OP_##name] = &&op_##name,
#define JOP(name, operands, flags, doc) [OP_J_##name] = &&op_J_##name, [OP_L_##name] = &&op_L_##name,
#include "opcodes.def"
#undef OP
#undef JOP
    };
#ifdef VM_QUICK
    static const void *const quick[VM_QUICK_COUNT] = {
        [VM_QUICK_NONE] = &&quick_NONE,
#define QUICK(name, function) [VM_QUICK_##name] = &&quick_##name,
#include "quick.def"
#undef QUICK
    };
#endif
#ifdef VM_STEPPED
#define V 1
#define A 0
#define P 0
#define C 2
#define E 0
#define SEES(flags) (((flags) & 3) == 1)
#define ASKS(flags) (((flags) & 3) == 3)
    static const bool visible[OP_COUNT] = {
#define OP(name, operands, flags, doc) [OP_##name] = SEES(flags),
#define JOP(name, operands, flags, doc) [OP_J_##name] = SEES(flags), [OP_L_##name] = SEES(flags),
#include "opcodes.def"
#undef OP
#undef JOP
    };
    static const void *const stepping[OP_COUNT] = {
#define OP(name, operands, flags, doc) [OP_##name] = \
    SEES(flags) ? &&visible_op : ASKS(flags) ? &&asking_op : &&op_##name,
#define JOP(name, operands, flags, doc) [OP_J_##name] = &&op_J_##name, [OP_L_##name] = &&op_L_##name,
#include "opcodes.def"
#undef OP
#undef JOP
    };
    static const void *const hooked[OP_COUNT] = {
#define OP(name, operands, flags, doc) [OP_##name] = &&hook_op,
#define JOP(name, operands, flags, doc) [OP_J_##name] = &&hook_op, [OP_L_##name] = &&hook_op,
#include "opcodes.def"
#undef OP
#undef JOP
    };
#undef V
#undef A
#undef P
#undef C
#undef E
#undef SEES
#undef ASKS
#endif
    struct vm *vm = ctx;
    struct vm_g *vg = vm_g_of(gp);
    struct vm_p *vp = vm_p_of(vm, mp);
    const struct vm_fn *const fns = vm->fns;
    const struct lang_rtype *const rtypes = vm->prog->rtypes;
    rt_slot *const globals = vm->globals;
    const struct insn *pc;
    rt_slot *R, *limit;
    enum vm_do r;
    enum rt_status status;
    uint64_t at, len;
    uint32_t need;
    unsigned words;
    const struct lang_rtype *culprit;

    if (!vp) {
        rt_throw(mp, gp, "runtime: out of memory", false);
        return RT_EXIT_END;
    }
    vp->mp = mp;
    vg->yielded = false;
#if defined(VM_RACING) || defined(VM_STEPPED)
    struct race_g *const rg = vg->race;
#endif
#if defined(VM_STEPPED)
    const bool searched = vm->search;
#elif defined(VM_RACING)
    const bool searched = false;
#endif
    LOAD_STATE();
#ifdef VM_STEPPED
    struct rt_world *const w = vm->w;
    const struct rt_world_ops *const world = vm->world;
    uint64_t budget = world->fuel(w, mp), fuel = budget;
    const void *const *table = vm->hook ? hooked : stepping;
    if (gp->resume) /* the second half of an instruction that was told and charged before it parked */
        goto *plain[pc->op];
#endif
    DISPATCH();

    /* ---- moves and constants ---- */
    op_NOP: NEXT(1);
    op_MOV: RA = RB; NEXT(1);
    op_MOVN: memmove(&RA, &RB, 8u * pc->c); NEXT(1);
    op_ZERO: RA = 0; NEXT(1);
    op_ZERON: memset(&RA, 0, (size_t)U32 * 8); NEXT(1);
    op_LOADI: RA = (uint64_t)(int64_t)I32; NEXT(1);
    op_LOADK: RA = vm->prog->constants[U32]; NEXT(1);
    op_LOADS: RA = (uintptr_t)&vm->prog->strings[U32]; NEXT(1);
    op_LOADF: RA = (uintptr_t)&vm->func_words[U32]; NEXT(1);

    /* ---- integers ---- */
    BINARY(ADD_I64, RB + RC)
    BINARY(SUB_I64, RB - RC)
    BINARY(MUL_I64, RB * RC)
    BINARY(ADD_I32, (int32_t)(uint32_t)(RB + RC))
    BINARY(SUB_I32, (int32_t)(uint32_t)(RB - RC))
    BINARY(MUL_I32, (int32_t)(uint32_t)(RB * RC))
    BINARY(ADD_U32, (uint32_t)(RB + RC))
    BINARY(SUB_U32, (uint32_t)(RB - RC))
    BINARY(MUL_U32, (uint32_t)(RB * RC))
    BINARY(ADDI_I64, RB + (uint64_t)IC)
    BINARY(MULI_I64, RB * (uint64_t)IC)
    BINARY(ANDI_I64, RB & (uint64_t)IC)
    BINARY(DIVI_I64, vm_op_div((int64_t)RB, IC))
    BINARY(REMI_I64, vm_op_rem((int64_t)RB, IC))
    BINARY(DIVP_I64, (int64_t)(RB + ((uint64_t)((int64_t)RB >> 63) >> (64 - pc->c))) >> pc->c)
    op_REMP_I64: {
        uint64_t round = (uint64_t)((int64_t)RB >> 63) >> (64 - pc->c);
        RA = ((RB + round) & ((UINT64_C(1) << pc->c) - 1)) - round;
        NEXT(1);
    }
    op_DIV_I64:
        if (UNLIKELY(RC == 0))
            goto divide_by_zero;
        RA = RC == UINT64_MAX ? -RB : (uint64_t)vm_op_div((int64_t)RB, (int64_t)RC);
        NEXT(1);
    op_REM_I64:
        if (UNLIKELY(RC == 0))
            goto divide_by_zero;
        RA = RC == UINT64_MAX ? 0 : (uint64_t)vm_op_rem((int64_t)RB, (int64_t)RC);
        NEXT(1);
    op_DIV_U64:
        if (UNLIKELY(RC == 0))
            goto divide_by_zero;
        RA = RB / RC;
        NEXT(1);
    op_REM_U64:
        if (UNLIKELY(RC == 0))
            goto divide_by_zero;
        RA = RB % RC;
        NEXT(1);
    BINARY(AND, RB & RC)
    BINARY(OR, RB | RC)
    BINARY(XOR, RB ^ RC)
    BINARY(ANDNOT, RB & ~RC)
    BINARY(SHL, RC < 64 ? RB << RC : 0)
    BINARY(SHR_I64, (int64_t)RB >> (RC < 64 ? RC : 63))
    BINARY(SHR_U64, RC < 64 ? RB >> RC : 0)
    BINARY(SHLI, RB << pc->c)
    BINARY(SHRI_I64, (int64_t)RB >> pc->c)
    BINARY(SHRI_U64, RB >> pc->c)
    op_CHECK_SHIFT:
        if (LIKELY((int64_t)RA >= 0))
            NEXT(1);
        SAVE();
        AFTER(1, vm_err_runtime(vp, vg, "negative shift amount"));
    BINARY(NEG_I64, -RB)
    BINARY(NOT_I64, ~RB)
    BINARY(NOT_BOOL, !RB)
    BINARY(WRAP_I8, (int8_t)(uint8_t)RB)
    BINARY(WRAP_I16, (int16_t)(uint16_t)RB)
    BINARY(WRAP_I32, (int32_t)(uint32_t)RB)
    BINARY(WRAP_U8, (uint8_t)RB)
    BINARY(WRAP_U16, (uint16_t)RB)
    BINARY(WRAP_U32, (uint32_t)RB)

    /* ---- floats ---- */
    FLOAT(ADD_F64, vm_float(RB) + vm_float(RC))
    FLOAT(SUB_F64, vm_float(RB) - vm_float(RC))
    FLOAT(MUL_F64, vm_float(RB) * vm_float(RC))
    FLOAT(DIV_F64, vm_float(RB) / vm_float(RC))
    FLOAT(NEG_F64, -vm_float(RB))
    FLOAT32(ADD_F32, vm_float32(RB) + vm_float32(RC))
    FLOAT32(SUB_F32, vm_float32(RB) - vm_float32(RC))
    FLOAT32(MUL_F32, vm_float32(RB) * vm_float32(RC))
    FLOAT32(DIV_F32, vm_float32(RB) / vm_float32(RC))
    FLOAT32(NEG_F32, -vm_float32(RB))
    FLOAT(MIN_F64, vm_op_min(vm_float(RB), vm_float(RC)))
    FLOAT(MAX_F64, vm_op_max(vm_float(RB), vm_float(RC)))
    FLOAT(CVT_I64_F64, (double)(int64_t)RB)
    FLOAT(CVT_U64_F64, (double)RB)
    FLOAT32(CVT_I64_F32, (float)(int64_t)RB)
    FLOAT32(CVT_U64_F32, (float)RB)
    BINARY(CVT_F64_I64, vm_op_to_int(vm_float(RB)))
    BINARY(CVT_F64_U64, vm_op_to_uint(vm_float(RB)))
    FLOAT32(CVT_F64_F32, (float)vm_float(RB))
    FLOAT(CVT_F32_F64, (double)vm_float32(RB))

    /* ---- comparisons ---- */
    BINARY(EQ_I64, RB == RC)
    BINARY(NE_I64, RB != RC)
    BINARY(LT_I64, (int64_t)RB < (int64_t)RC)
    BINARY(LE_I64, (int64_t)RB <= (int64_t)RC)
    BINARY(LT_U64, RB < RC)
    BINARY(LE_U64, RB <= RC)
    BINARY(EQ_F64, vm_float(RB) == vm_float(RC))
    BINARY(NE_F64, vm_float(RB) != vm_float(RC))
    BINARY(LT_F64, vm_float(RB) < vm_float(RC))
    BINARY(LE_F64, vm_float(RB) <= vm_float(RC))
    BINARY(EQ_F32, vm_float32(RB) == vm_float32(RC))
    BINARY(NE_F32, vm_float32(RB) != vm_float32(RC))
    BINARY(LT_F32, vm_float32(RB) < vm_float32(RC))
    BINARY(LE_F32, vm_float32(RB) <= vm_float32(RC))
    BINARY(EQ_STR, vm_equal_string(RB, RC))
    BINARY(NE_STR, !vm_equal_string(RB, RC))
    BINARY(LT_STR, vm_compare_string(RB, RC) < 0)
    BINARY(LE_STR, vm_compare_string(RB, RC) <= 0)
    op_EQ_IFACE: COMPARE(1, vm_equal_iface(RB, RC, &culprit));
    op_EQ_TYPE: COMPARE(2, vm_equal(TYPE(EXT.a), &RB, &RC, &culprit));
    op_EQ_MEM:
        NIL_CHECK(RB);
        NIL_CHECK(RC);
        READS_ALL(PTR(RB), 8 * (size_t)TYPE(EXT.a)->slots);
        READS_ALL(PTR(RC), 8 * (size_t)TYPE(EXT.a)->slots);
        COMPARE(2, vm_equal(TYPE(EXT.a), (const rt_slot *)(const void *)PTR(RB), (const rt_slot *)(const void *)PTR(RC),
                            &culprit));

    /* ---- branches ---- */
    op_JMP: pc += I32; DISPATCH();
    op_LOOP: pc += I32; SAFEPOINT(); DISPATCH();
    BRANCH(T, RA != 0, I32)
    BRANCH(F, RA == 0, I32)
    BRANCH(EQ_I64, RA == RB, IC)
    BRANCH(NE_I64, RA != RB, IC)
    BRANCH(LT_I64, (int64_t)RA < (int64_t)RB, IC)
    BRANCH(LE_I64, (int64_t)RA <= (int64_t)RB, IC)
    BRANCH(LT_U64, RA < RB, IC)
    BRANCH(LE_U64, RA <= RB, IC)
    BRANCH(EQ_I64I, (int64_t)RA == IB, IC)
    BRANCH(NE_I64I, (int64_t)RA != IB, IC)
    BRANCH(LT_I64I, (int64_t)RA < IB, IC)
    BRANCH(LE_I64I, (int64_t)RA <= IB, IC)
    BRANCH(GT_I64I, (int64_t)RA > IB, IC)
    BRANCH(GE_I64I, (int64_t)RA >= IB, IC)
    BRANCH(EQ_F64, vm_float(RA) == vm_float(RB), IC)
    BRANCH(NE_F64, vm_float(RA) != vm_float(RB), IC)
    BRANCH(LT_F64, vm_float(RA) < vm_float(RB), IC)
    BRANCH(LE_F64, vm_float(RA) <= vm_float(RB), IC)
    BRANCH(NLT_F64, !(vm_float(RA) < vm_float(RB)), IC)
    BRANCH(NLE_F64, !(vm_float(RA) <= vm_float(RB)), IC)
    op_J_TYPE: pc += vm_iface_type(RA) == TYPE(pc->b) ? IC : 1; DISPATCH();
    op_J_IMPL: {
        const char *missing;
        bool yes = RA && vm_implements(vm->prog, vm_iface_type(RA), TYPE(pc->b), &missing);
        pc += yes ? IC : 1;
        DISPATCH();
    }

    /* ---- memory ---- */
    op_NEW: {
        const struct lang_rtype *t = TYPE(pc->b);
        bool pointers = t->flags & LANG_RT_POINTERS;
        void *p = vm_alloc(vp, (size_t)t->slots * 8, heap_head(pointers ? HEAP_OBJECT : HEAP_BYTES, pointers ? t : NULL));
        if (UNLIKELY(!p))
            goto no_memory;
        RA = (uintptr_t)p;
        NEXT(1);
    }
    LOAD_NARROW(LOAD, 8, vm_load64(p))
    LOAD_NARROW(LOAD_I8, 1, (int8_t)vm_load8(p))
    LOAD_NARROW(LOAD_U8, 1, vm_load8(p))
    LOAD_NARROW(LOAD_I16, 2, (int16_t)vm_load16(p))
    LOAD_NARROW(LOAD_U16, 2, vm_load16(p))
    LOAD_NARROW(LOAD_I32, 4, (int32_t)vm_load32(p))
    LOAD_NARROW(LOAD_U32, 4, vm_load32(p))
    STORE_NARROW(STORE, 8, vm_store64(p, RB))
    STORE_NARROW(STORE_8, 1, vm_store8(p, (uint8_t)RB))
    STORE_NARROW(STORE_16, 2, vm_store16(p, (uint16_t)RB))
    STORE_NARROW(STORE_32, 4, vm_store32(p, (uint32_t)RB))
    op_LOADN:
        NIL_CHECK(RB);
        {
            const uint8_t *p = PTR(RB) + 8u * pc->c;
            READS_ALL(p, 8u * EXT.a);
            for (unsigned k = 0; k < EXT.a; k++)
                R[pc->a + k] = vm_load64(p + 8u * k);
        }
        NEXT(2);
    op_STOREN:
        NIL_CHECK(RA);
        {
            uint8_t *p = PTR(RA) + 8u * pc->c;
            WRITES_ALL(p, 8u * EXT.a);
            for (unsigned k = 0; k < EXT.a; k++)
                vm_store64(p + 8u * k, R[pc->b + k]);
        }
        NEXT(2);
    op_ADDP:
        NIL_CHECK(RB);
        RA = RB + 8u * pc->c;
        NEXT(1);
    op_NILCHECK:
        NIL_CHECK(RA);
        NEXT(1);
    op_NILRECV:
        if (LIKELY(RA))
            NEXT(1);
        SAVE();
        AFTER(1, vm_err_plain(vp, vg, (const char *)vm->prog->strings[U32].data));
    op_LOAD_ARR:
        NIL_CHECK(RB);
        READS_ALL(PTR(RB), vm_elem_bytes(TYPE(pc->c)->elem->elem_code) * TYPE(pc->c)->len);
        vm_elems_load(TYPE(pc->c), PTR(RB), &RA);
        NEXT(1);
    op_STORE_ARR:
        NIL_CHECK(RA);
        WRITES_ALL(PTR(RA), vm_elem_bytes(TYPE(pc->c)->elem->elem_code) * TYPE(pc->c)->len);
        vm_elems_store(TYPE(pc->c), PTR(RA), &RB);
        NEXT(1);
    op_MEMCPY:
        NIL_CHECK(RA);
        NIL_CHECK(RB);
        READS_ALL(PTR(RB), 8 * (size_t)insn_u32(EXT));
        WRITES_ALL(PTR(RA), 8 * (size_t)insn_u32(EXT));
        vm_copy_slots((uint64_t *)(void *)PTR(RA), (const uint64_t *)(const void *)PTR(RB), insn_u32(EXT));
        NEXT(2);
    op_MEMZERO:
        NIL_CHECK(RA);
        {
            uint8_t *p = PTR(RA);
            WRITES_ALL(p, 8 * (size_t)U32);
            for (uint32_t k = 0, n = U32; k < n; k++)
                vm_store64(p + 8u * (size_t)k, 0);
        }
        NEXT(1);
    op_LOADG: READS(&globals[U32], 8); RA = vm_load64(&globals[U32]); NEXT(1);
    op_STOREG: WRITES(&globals[U32], 8); vm_store64(&globals[U32], RA); NEXT(1);
    op_LOADGN:
        READS_ALL(&globals[U32], 8u * EXT.a);
        for (unsigned k = 0; k < EXT.a; k++)
            R[pc->a + k] = vm_load64(&globals[U32 + k]);
        NEXT(2);
    op_STOREGN:
        WRITES_ALL(&globals[U32], 8u * EXT.a);
        for (unsigned k = 0; k < EXT.a; k++)
            vm_store64(&globals[U32 + k], R[pc->a + k]);
        NEXT(2);
    op_ADDRG: RA = (uintptr_t)&globals[U32]; NEXT(1);

    /* ---- arrays ---- */
    op_LDF:
        CHECK_INDEX(RC, insn_u32(EXT));
        vm_elem_load(EXT.a, (const uint8_t *)&RB, at, &RA);
        NEXT(2);
    op_STF:
        CHECK_INDEX(RB, insn_u32(EXT));
        vm_elem_store(EXT.a, (uint8_t *)&RA, at, &RC);
        NEXT(2);
    op_LDFN:
        CHECK_INDEX(RC, insn_u32(EXT));
        memmove(&RA, &RB + at * EXT.a, 8u * EXT.a);
        NEXT(2);
    op_STFN:
        CHECK_INDEX(RB, insn_u32(EXT));
        memmove(&RA + at * EXT.a, &RC, 8u * EXT.a);
        NEXT(2);
    op_LDA:
        NIL_CHECK(RB);
        CHECK_INDEX(RC, insn_u32(EXT));
        READS_ALL(PTR(RB) + at * vm_elem_bytes(EXT.a), vm_elem_bytes(EXT.a));
        vm_elem_load(EXT.a, PTR(RB), at, &RA);
        NEXT(2);
    op_STA:
        NIL_CHECK(RA);
        CHECK_INDEX(RB, insn_u32(EXT));
        WRITES_ALL(PTR(RA) + at * vm_elem_bytes(EXT.a), vm_elem_bytes(EXT.a));
        vm_elem_store(EXT.a, PTR(RA), at, &RC);
        NEXT(2);
    op_ADDRA:
        NIL_CHECK(RB);
        CHECK_INDEX(RC, insn_u32(EXT));
        RA = RB + at * vm_elem_bytes(EXT.a);
        NEXT(2);
    op_BOUNDS:
        CHECK_INDEX(RA, U32);
        NEXT(1);

    /* ---- slices ---- */
    LOAD_ELEMENT(LDX_64, 8, vm_load64(p + 8 * i))
    LOAD_ELEMENT(LDX_I8, 1, (int8_t)vm_load8(p + i))
    LOAD_ELEMENT(LDX_U8, 1, vm_load8(p + i))
    LOAD_ELEMENT(LDX_I16, 2, (int16_t)vm_load16(p + 2 * i))
    LOAD_ELEMENT(LDX_U16, 2, vm_load16(p + 2 * i))
    LOAD_ELEMENT(LDX_I32, 4, (int32_t)vm_load32(p + 4 * i))
    LOAD_ELEMENT(LDX_U32, 4, vm_load32(p + 4 * i))
    STORE_ELEMENT(STX_64, 8, vm_store64(p + 8 * i, RC))
    STORE_ELEMENT(STX_8, 1, vm_store8(p + i, (uint8_t)RC))
    STORE_ELEMENT(STX_16, 2, vm_store16(p + 2 * i, (uint16_t)RC))
    STORE_ELEMENT(STX_32, 4, vm_store32(p + 4 * i, (uint32_t)RC))
    op_LDX_N: {
        INDEX_SLICE(RB, RC);
        p += 8 * i * EXT.a;
        READS_ALL(p, 8u * EXT.a);
        for (unsigned k = 0; k < EXT.a; k++)
            R[pc->a + k] = vm_load64(p + 8u * k);
        NEXT(2);
    }
    op_STX_N: {
        INDEX_SLICE(RA, RB);
        p += 8 * i * EXT.a;
        WRITES_ALL(p, 8u * EXT.a);
        for (unsigned k = 0; k < EXT.a; k++)
            vm_store64(p + 8u * k, R[pc->c + k]);
        NEXT(2);
    }
    op_ADDRX: {
        INDEX_SLICE(RB, RC);
        RA = (uintptr_t)(p + i * vm_elem_bytes(EXT.a));
        NEXT(2);
    }
    op_LEN: RA = vm_slice_len(RB); NEXT(1);
    op_CAP: RA = vm_slice_cap(RB); NEXT(1);
    op_MKSLICE:
        SAVE();
        AFTER(2, vm_slice_make(vp, vg, TYPE(EXT.a), (int64_t)RB, (int64_t)(pc->c == LANG_NONE ? RB : RC), &RA));
    op_SLICE_OF: SAVE(); AFTER(2, vm_slice_of(vp, vg, &RB, pc->c, TYPE(EXT.a), &RA));
    op_SLICE: SAVE(); AFTER(2, vm_slice_slice(vp, vg, RB, TYPE(pc->c), &EXT, &RA));
    op_SLICE_ARR: SAVE(); AFTER(3, vm_slice_array(vp, vg, RB, TYPE(pc->c), &EXT, insn_u32(pc[2]), &RA));
    op_SLICE_STR: SAVE(); AFTER(2, vm_slice_string(vp, vg, RB, &EXT, &RA));
    op_APPEND:
        IF_RACING(vm_race_append(vp, vg, RB, EXT.a, NULL, TYPE(EXT.b)->elem->elem_code));
        SAVE(); AFTER(2, vm_append(vp, vg, RB, &RC, EXT.a, TYPE(EXT.b), &RA));
    op_APPEND_S:
        IF_RACING(vm_race_append(vp, vg, RB, vm_slice_len(RC), vm_slice_data(RC), TYPE(EXT.a)->elem->elem_code));
        SAVE(); AFTER(2, vm_append_slice(vp, vg, RB, RC, TYPE(EXT.a), &RA));
    op_APPEND_STR:
        IF_RACING(vm_race_append(vp, vg, RB, vm_str_len(RC), NULL, TYPE(EXT.a)->elem->elem_code));
        SAVE(); AFTER(2, vm_append_string(vp, vg, RB, RC, TYPE(EXT.a), &RA));
    op_COPY: {
        IF_RACING(vm_race_copy(vp, vg, RB, vm_slice_data(RC), vm_slice_len(RC), TYPE(EXT.a)->elem->elem_code));
        uint64_t n = vm_copy(RB, RC, TYPE(EXT.a)->elem->elem_code);
        if (pc->a != LANG_NONE)
            RA = n;
        NEXT(2);
    }
    op_COPY_STR: {
        IF_RACING(vm_race_copy(vp, vg, RB, NULL, vm_str_len(RC), LANG_EL_U8));
        uint64_t n = vm_copy_string(RB, RC);
        if (pc->a != LANG_NONE)
            RA = n;
        NEXT(1);
    }
    op_CLEAR_SLICE:
        WRITES_ALL(vm_slice_data(RA), vm_slice_len(RA) * vm_elem_bytes(TYPE(pc->b)->elem->elem_code));
        vm_clear_slice(RA, TYPE(pc->b)->elem->elem_code); NEXT(1);
    op_SLICE_PTR: SAVE(); AFTER(2, vm_op_slice_ptr(vp, vg, RB, insn_u32(EXT), &RA));

    /* ---- strings ---- */
    op_LEN_STR: RA = vm_str_len(RB); NEXT(1);
    op_INDEX_STR:
        CHECK_INDEX(RC, vm_str_len(RB));
        RA = vm_str_data(RB)[at];
        NEXT(1);
    op_CONCAT: SAVE(); AFTER(1, vm_str_concat(vp, vg, &RB, pc->c, &RA));
    op_STR_NEXT: {
        uint64_t n = vm_str_len(RB), i = RA;
        unsigned width;
        if (i >= n) {
            pc += insn_i32(EXT);
            DISPATCH();
        }
        uint32_t rune = vm_rune_at(vm_str_data(RB) + i, n - i, &width);
        RC = rune;
        R[EXT.a] = i + width;
        NEXT(2);
    }
    op_STR_RUNE: SAVE(); AFTER(1, vm_str_of_rune(vp, vg, (int64_t)RB, &RA));
    op_STR_BYTES:
        READS_ALL(vm_slice_data(RB), vm_slice_len(RB));
        SAVE(); AFTER(1, vm_str_new(vp, vg, vm_slice_data(RB), vm_slice_len(RB), &RA));
    op_STR_RUNES:
        READS_ALL(vm_slice_data(RB), 4 * vm_slice_len(RB));
        SAVE(); AFTER(1, vm_str_of_runes(vp, vg, RB, &RA));
    op_BYTES_STR: SAVE(); AFTER(1, vm_bytes_of_str(vp, vg, RB, TYPE(pc->c), &RA));
    op_RUNES_STR: SAVE(); AFTER(1, vm_runes_of_str(vp, vg, RB, TYPE(pc->c), &RA));

    /* ---- interfaces ---- */
    op_MKIFACE: SAVE(); AFTER(1, vm_iface_new(vp, vg, TYPE(pc->c), &RB, &RA));
    op_IFACE_DATA: {
        const rt_slot *v = vm_iface_value(RB);
        for (unsigned k = 0, n = TYPE(pc->c)->slots; k < n; k++)
            R[pc->a + k] = v[k];
        NEXT(1);
    }
    op_ASSERT: SAVE(); AFTER(2, vm_assert(vp, vg, RB, TYPE(pc->c), TYPE(EXT.a), &RA));
    op_ASSERT_OK: vm_op_assert_ok(RB, TYPE(pc->c), &RA, &R[EXT.a]); NEXT(2);
    op_ASSERT_I: SAVE(); AFTER(2, vm_assert_iface(vp, vg, RB, TYPE(pc->c), TYPE(EXT.a), &RA));
    op_ASSERT_I_OK: {
        const char *missing;
        rt_slot i = RB;
        bool yes = i && vm_implements(vm->prog, vm_iface_type(i), TYPE(pc->c), &missing);
        RA = yes ? i : 0;
        R[EXT.a] = yes;
        NEXT(2);
    }

    /* ---- maps ---- */
    op_MKMAP: SAVE(); AFTER(1, vm_op_make_map(vp, vg, TYPE(pc->c), pc->b == LANG_NONE ? 0 : (int64_t)RB, &RA));
    op_MAPGET: READS(PTR(RB), 8); SAVE(); AFTER(2, vm_op_map_get(vp, vg, pc, R));
    op_MAPSET: WRITES(PTR(RA), 8); SAVE(); AFTER(2, vm_op_map_set(vp, vg, pc, R));
    op_MAPDEL: WRITES(PTR(RA), 8); SAVE(); AFTER(2, vm_op_map_delete(vp, vg, RA, &RB));
    op_MAPLEN: READS(PTR(RB), 8); RA = vm_map_len((const struct vm_map *)(uintptr_t)RB); NEXT(1);
    op_MAPCLEAR: WRITES(PTR(RA), 8); SAVE(); AFTER(1, vm_op_map_clear(vp, vg, RA));
    op_MAPITER: READS(PTR(RB), 8); SAVE(); AFTER(1, vm_op_map_iter(vp, vg, RB, &RA));
    op_MAPNEXT: {
        bool more = false;
        READS(PTR(((const struct vm_map_iter *)(uintptr_t)RA)->map), 8);
        SAVE();
        r = vm_op_map_next(vp, vg, pc, R, &more);
        if (UNLIKELY(r != VM_DONE))
            goto other;
        pc += more ? 2 : insn_i32(EXT);
        DISPATCH();
    }

    /* ---- channels ---- */
    op_MKCHAN: SAVE(); AFTER(2, vm_op_make_chan(vp, vg, pc, R));
    op_SEND: SAVE(); RUNTIME(1, rt_chansend(mp, (struct hchan *)(uintptr_t)RA, vg->base + pc->b));
    op_RECV:
        SAVE();
        RUNTIME(1, rt_chanrecv(mp, (struct hchan *)(uintptr_t)RB, vg->base + pc->a,
                               pc->c == LANG_NONE ? -1 : (int32_t)(vg->base + pc->c)));
    op_CLOSE: SAVE(); RUNTIME(1, rt_chanclose(mp, (struct hchan *)(uintptr_t)RA));
    op_LEN_CHAN: SHARES(RB); RA = RB ? rt_chan_len((struct hchan *)(uintptr_t)RB) : 0; NEXT(1);
    op_CAP_CHAN: RA = RB ? rt_chan_cap((struct hchan *)(uintptr_t)RB) : 0; NEXT(1);
    op_SELECT: SAVE(); RUNTIME(1u + pc->b, vm_op_select(vp, vg, pc, R));

    /* ---- calls ---- */
    op_CALL: {
        const struct vm_fn *f = &fns[U32];
        ENTER(f, 0, 1);
    }
    op_CALL_FN: {
        rt_slot func = RB;
        NIL_CHECK(func);
        const struct vm_fn *f = &fns[((const struct vm_closure *)(uintptr_t)func)->fn];
        ENTER(f, func, 1);
    }
    op_CALL_IFACE: {
        rt_slot i = RB;
        NIL_CHECK(i);
        const struct lang_rtype *t = vm_iface_type(i);
        struct vm_icache *cache = &vp->icaches[insn_u32(EXT)];
        if (UNLIKELY(cache->type != t)) {
            const struct lang_rmethod *m = lang_method(t, pc->c);
            cache->type = t;
            cache->fn = m ? m->fn : 0; /* the type checker has seen that it is there */
        }
        const struct vm_fn *f = &fns[cache->fn];
        /* The receiver may go where the interface lies (b is a + LANG_LINK): not before it is certain that this
         * instruction need not be executed again on a larger stack. */
        need = f->frame_slots;
        if (UNLIKELY((size_t)(limit - (R + pc->a)) < need))
            goto grow_stack;
        R[pc->a + LANG_LINK] = t->slots == 1 ? vm_iface_value(i)[0] : i;
        ENTER(f, 0, 2);
    }
    op_CALL_NATIVE:
#ifdef VM_QUICK
        goto *quick[vm->quick[U32]];
    /* sync.Mutex, where nobody need wait or be woken. Where somebody listens, the operation tells its events in order. */
    quick_LOCK: {
        uint64_t *state = WINDOW_POINTER;
        if (UNLIKELY(!state || mp->trace || gp->resume)) /* woken, it goes the way on which it parked */
            goto quick_NONE;
        uint64_t was = __atomic_load_n(state, __ATOMIC_RELAXED);
        if (UNLIKELY(!rt_mutex_is_free(was)) || UNLIKELY(!QUICK_CAS(state, was, was | RT_MUTEX_LOCKED, __ATOMIC_ACQUIRE)))
            goto quick_NONE;
        NEXT(1);
    }
    quick_UNLOCK: {
        uint64_t *state = WINDOW_POINTER;
        if (UNLIKELY(!state || mp->trace))
            goto quick_NONE;
        uint64_t was = __atomic_load_n(state, __ATOMIC_RELAXED);
        if (UNLIKELY(!rt_mutex_wakes_none(was)) || UNLIKELY(!QUICK_CAS(state, was, was & ~RT_MUTEX_LOCKED, __ATOMIC_RELEASE)))
            goto quick_NONE;
        NEXT(1);
    }
    quick_GOSCHED: SAVE(); RUNTIME(1, rt_gosched(mp));
    quick_WG_ADD: {
        void *wg = WINDOW_POINTER;
        if (UNLIKELY(!wg))
            goto quick_NONE;
        SAVE();
        RUNTIME(1, rt_waitgroup_add(mp, wg, (int64_t)WINDOW(1)));
    }
    QUICK_ATOMIC(LOAD64, uint64_t, WINDOW(1) = __atomic_load_n(word, __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(STORE64, uint64_t, __atomic_store_n(word, WINDOW(1), __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(ADD64, uint64_t, WINDOW(2) = __atomic_add_fetch(word, WINDOW(1), __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(SWAP64, uint64_t, WINDOW(2) = __atomic_exchange_n(word, WINDOW(1), __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(CAS64, uint64_t, {
        uint64_t was = WINDOW(1);
        WINDOW(3) = QUICK_CAS(word, was, WINDOW(2), __ATOMIC_SEQ_CST);
    })
    QUICK_ATOMIC(LOADI32, int32_t, WINDOW(1) = (uint64_t)(int64_t)__atomic_load_n(word, __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(STOREI32, uint32_t, __atomic_store_n(word, (uint32_t)WINDOW(1), __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(ADDI32, uint32_t, WINDOW(2) =
        (uint64_t)(int64_t)(int32_t)__atomic_add_fetch(word, (uint32_t)WINDOW(1), __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(LOADU32, uint32_t, WINDOW(1) = __atomic_load_n(word, __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(STOREU32, uint32_t, __atomic_store_n(word, (uint32_t)WINDOW(1), __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(ADDU32, uint32_t, WINDOW(2) = __atomic_add_fetch(word, (uint32_t)WINDOW(1), __ATOMIC_SEQ_CST))
    QUICK_ATOMIC(CAS32, uint32_t, {
        uint32_t was = (uint32_t)WINDOW(1);
        WINDOW(3) = QUICK_CAS(word, was, (uint32_t)WINDOW(2), __ATOMIC_SEQ_CST);
    })
    quick_NONE:
#endif
        SAVE();
        status = vm_op_native(vp, vg, pc, R);
        if (LIKELY(status == RT_OK || status == RT_PANIC)) {
            vp = vm_p_of(vm, mp); /* a system call may have come back with another P */
            if (UNLIKELY(!vp))
                goto no_memory;
            vp->mp = mp;
            if (LIKELY(status == RT_OK))
                NEXT(1);
        }
        words = 1;
        goto runtime_status;
    op_GO: SAVE(); AFTER(1, vm_op_go(vp, vg, U32, 0, R + pc->a));
    op_GO_FN:
        SAVE();
        if (UNLIKELY(!RB)) {
            rt_throw(mp, gp, "go of nil func value", false);
            goto end;
        }
        AFTER(1, vm_op_go(vp, vg, (uint32_t)((const struct vm_closure *)(uintptr_t)RB)->fn, RB, R + pc->a));
    op_GO_IFACE: SAVE(); AFTER(1, vm_op_go_iface(vp, vg, pc, R));
    op_DEFER: SAVE(); AFTER(1, vm_op_defer(vp, vg, U32, 0, R + pc->a));
    op_DEFER_FN: SAVE(); AFTER(1, vm_op_defer_func(vp, vg, RB, R + pc->a));
    op_DEFER_IFACE: SAVE(); AFTER(1, vm_op_defer_iface(vp, vg, pc, R));
    op_FRAME: RA = (uint64_t)(R - gp->stack); NEXT(1);
    op_DEFER_TO: vm_defer_to(vg, (uint32_t)RA); NEXT(1);
    op_RUN_DEFERS: SAVE(); AFTER(1, vm_run_defers(vp, vg, pc->a));
    op_UNWIND:
        if (pc->a == VM_STUB_EXIT) { /* it ends where its function ends, whichever loop saved its pc last */
            const struct lang_fn *fn = &vm->prog->funcs[vm_link_fn(R[1])];
            pc = fn->code + (fn->ncode ? fn->ncode - 1 : 0);
            SAVE();
            return RT_EXIT_DEAD;
        }
        SAVE();
        AFTER(0, vm_unwind(vp, vg));
    op_RET:
        RETURNS();
        pc = (const struct insn *)(uintptr_t)R[0];
        R -= R[1] & VM_LINK_DELTA;
        DISPATCH();
    op_PANIC: SAVE(); AFTER(1, vm_op_panic(vp, vg, RA));
    op_RECOVER: SAVE(); RA = vm_recover(vp, vg); NEXT(1);
    op_CLOSURE: {
        struct vm_closure *f = vm_alloc(vp, sizeof *f + 8u * pc->c, heap_head(HEAP_CLOSURE, NULL));
        if (UNLIKELY(!f))
            goto no_memory;
        f->fn = insn_u32(EXT);
        for (unsigned k = 0; k < pc->c; k++)
            f->captured[k] = R[pc->b + k];
        RA = (uintptr_t)f;
        NEXT(2);
    }
    op_CAPTURED: {
        const struct vm_closure *f = (const struct vm_closure *)(uintptr_t)R[2];
        for (unsigned k = 0; k < pc->c; k++)
            R[pc->a + k] = f->captured[pc->b + k];
        NEXT(1);
    }
    op_MAIN_END:
        SAVE();
        vm_end_well(vm, mp, RT_END_MAIN);
        return RT_EXIT_END;

    /* ---- the rest ---- */
    op_RANGE_CHECK:
        if (LIKELY(RA == 1))
            NEXT(1);
        SAVE();
        AFTER(1, vm_op_range_state(vp, vg, RA));
    op_PRINT: SAVE(); vm_print_op(vp, pc, R); NEXT(1u + pc->b);
    op_OBJNAME: SAVE(); vm_op_objname(vp, pc, R); NEXT(3);
    op_EXT:
    op_CASE_SEND:
    op_CASE_RECV:
    op_PRINT_ARG: /* never reached: words of the instruction before */
        SAVE();
        rt_throw(mp, gp, "gosee: an extension word was executed", false);
        goto end;

    /* ---- ways out of the straight line ---- */
grow_stack:
    SAVE();
    r = vm_stack_room(vp, vg, (uint64_t)vg->base + pc->a, need);
    if (r != VM_DONE)
        goto end;
    LOAD_STATE();
    goto *plain[pc->op]; /* the call, once more */
nil_pointer:
    SAVE();
    r = vm_err_nil(vp, vg);
    goto other;
divide_by_zero:
    SAVE();
    r = vm_err_divide(vp, vg);
    goto other;
bad_index:
    SAVE();
    r = vm_err_index(vp, vg, at, len);
    goto other;
no_memory:
    SAVE();
    if (vp)
        vm_out_of_memory(vp, vg);
    else
        rt_throw(mp, gp, "runtime: out of memory", false);
    goto end;
other:
    if (r == VM_PANIC)
        r = vm_raise(vp, vg);
    while (r == VM_PANIC) /* a deferred nil func */
        r = vm_raise(vp, vg);
    if (r == VM_PARK) {
        CHARGE();
        return RT_EXIT_PARK;
    }
    if (r == VM_END)
        goto end;
    RELOADS();
    LOAD_STATE();
    DISPATCH();
runtime_status:
    switch (status) {
    case RT_PANIC: r = VM_PANIC; goto other;
    case RT_PARKED: CHARGE(); return RT_EXIT_PARK;
    case RT_YIELD: vg->pc += words; vg->yielded = true; CHARGE(); return RT_EXIT_YIELD;
    case RT_NO_P: vg->pc += words; CHARGE(); return RT_EXIT_NO_P;
    case RT_AGAIN: goto preempted;
    default: goto end;
    }
preempted:
    SAVE();
    if (!atomic_load_explicit(&vm->heap.wanted, memory_order_relaxed) || !vm_collect(vp))
        return RT_EXIT_PREEMPTED;
    atomic_store_explicit(&gp->preempt, false, memory_order_relaxed);
    vp = vm_p_of(vm, mp);
    if (UNLIKELY(!vp))
        goto no_memory;
    vp->mp = mp;
    LOAD_STATE();
    DISPATCH();
end:
    CHARGE();
    return RT_EXIT_END;

#ifdef VM_STEPPED
out_of_fuel:
    SAVE();
    world->visible(w, mp);
    budget = fuel = world->fuel(w, mp);
    table = vm->hook ? hooked : stepping;
    DISPATCH();
visible_op:
    SAVE();
    world->visible(w, mp);
    budget = fuel = world->fuel(w, mp);
    if (vm->trace_vars)
        vm_trace_access(vp, vg, pc, R);
    goto *plain[pc->op];
asking_op: /* the runtime's operation lets others go first itself */
    SAVE();
    goto *plain[pc->op];
hook_op:
    if (pc->op == OP_UNWIND) /* the VM's own: the goroutine's place stays where its function returned */
        goto *plain[pc->op];
    SAVE();
    if (visible[pc->op]) {
        world->visible(w, mp);
        if (vm->trace_vars)
            vm_trace_access(vp, vg, pc, R);
        budget = fuel = world->fuel(w, mp);
    }
    /* What fuel is left stays as it is without a hook: the run must be the same, and end its bursts at the same places. */
    vm->hook(vm->hook_ctx, mp, gp, vm_link_fn(R[1]), vm_op_pc_index(vm, pc, R), vm_position(vm, gp));
    if (!vm->hook)
        table = stepping;
    goto *plain[pc->op];
#endif
}
