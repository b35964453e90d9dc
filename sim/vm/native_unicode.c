/* native_unicode.c - package unicode: classes and cases, from utf8proc's tables. */
#include "library.h"
#include "utf8proc.h"

enum rt_status native_unicode_category(struct vm_call *c) {
    int32_t r = (int32_t)c->args[0];
    c->results[0] = (rt_slot)utf8proc_category(r);
    return RT_OK;
}

static enum rt_status give_rune(struct vm_call *c, int32_t r) {
    c->results[0] = (rt_slot)(int64_t)r;
    return RT_OK;
}

/* Unicode's tables give sharp s no capital of its own; utf8proc has one. */
static int32_t capital(int32_t r, int32_t of) { return r == 0xdf ? r : of; }

enum rt_status native_unicode_upper(struct vm_call *c) {
    int32_t r = (int32_t)c->args[0];
    return give_rune(c, capital(r, utf8proc_toupper(r)));
}

enum rt_status native_unicode_title(struct vm_call *c) {
    int32_t r = (int32_t)c->args[0];
    return give_rune(c, capital(r, utf8proc_totitle(r)));
}

enum rt_status native_unicode_lower(struct vm_call *c) { return give_rune(c, utf8proc_tolower((int32_t)c->args[0])); }
