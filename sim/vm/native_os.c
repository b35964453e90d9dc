/* native_os.c - packages os and syscall: arguments, environment, the end of the program, error texts. Files are in native_file.c. */
#include <stdlib.h>
#include <string.h>

#include "library.h"
#include "vmi.h"

enum rt_status native_os_nargs(struct vm_call *c) {
    c->results[0] = (rt_slot)vm_nargs(c->vm) + 1;
    return RT_OK;
}

enum rt_status native_os_arg(struct vm_call *c) {
    uint64_t i = c->args[0];
    if (i > vm_nargs(c->vm))
        return vm_panic_runtime(c, "index out of range [%llu]", (unsigned long long)i);
    return library_text(c, i == 0 ? vm_program_name(c->vm) : vm_arg(c->vm, (unsigned)i - 1));
}

/* The environment of the stepped world is empty. */
enum rt_status native_os_lookup(struct vm_call *c) {
    const char *value = NULL;
    char name[256];
    uint64_t n = vm_str_len(c->args[0]);
    if (!c->vm->stepped && n > 0 && n < sizeof name && !memchr(vm_str_data(c->args[0]), '=', n)) {
        memcpy(name, vm_str_data(c->args[0]), n);
        name[n] = 0;
        value = getenv(name);
    }
    c->results[0] = 0;
    c->results[1] = value != NULL;
    return value ? library_text(c, value) : RT_OK;
}

enum rt_status native_os_Exit(struct vm_call *c) {
    if (c->args[0] == 0)
        vm_end_well(c->vm, c->mp, RT_END_EXIT);
    else
        rt_exit(c->mp, RT_END_EXIT, (int)(c->args[0] & 0xff));
    return RT_FATAL;
}

/* The system's words, in the form that Go has them: without a capital. */
enum rt_status native_syscall_errorText(struct vm_call *c) {
    char text[256];
    const char *s = strerror_r((int)c->args[0], text, sizeof text);
    size_t n = strlen(s);
    if (n >= sizeof text)
        n = sizeof text - 1;
    memmove(text, s, n);
    text[n] = 0;
    if (text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z'))
        text[0] = (char)(text[0] - 'A' + 'a');
    return library_text(c, text);
}

enum rt_status native_syscall_nanosleep(struct vm_call *c) { return rt_nanosleep(c->mp, (int64_t)c->args[0]); }
