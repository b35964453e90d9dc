/* The switch for 64-bit ARM (AAPCS64): x19..x30 and d8..d15. It ends in br and not in ret, as for x86-64. */
#ifdef __APPLE__
#define SYMBOL(name) _##name
#else
#define SYMBOL(name) name
#endif

    .text
    .globl SYMBOL(gosee_fiber_swap)
#ifndef __APPLE__
    .type gosee_fiber_swap, %function
#endif
    .p2align 4
SYMBOL(gosee_fiber_swap):
    .cfi_startproc
    sub sp, sp, #160
    stp x19, x20, [sp, #0]
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov x9, sp
    str x9, [x0]
    mov sp, x1
    ldp x19, x20, [sp, #0]
    ldp x21, x22, [sp, #16]
    ldp x23, x24, [sp, #32]
    ldp x25, x26, [sp, #48]
    ldp x27, x28, [sp, #64]
    ldp x29, x30, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    add sp, sp, #160
    mov x9, x30
    br x9
    .cfi_endproc
#ifndef __APPLE__
    .size gosee_fiber_swap, . - gosee_fiber_swap
#endif

    .globl SYMBOL(gosee_fiber_start)
#ifndef __APPLE__
    .type gosee_fiber_start, %function
#endif
    .p2align 4
SYMBOL(gosee_fiber_start):
    .cfi_startproc
    .cfi_undefined x30
    mov x0, x19
    mov x29, xzr
    blr x20
    brk #1
    .cfi_endproc
#ifndef __APPLE__
    .size gosee_fiber_start, . - gosee_fiber_start
    .section .note.GNU-stack, "", %progbits
#endif
