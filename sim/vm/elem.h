/* elem.h - elements of arrays and slices by their codes (enum lang_elem), from and to canonical slots. */
#ifndef GOSEE_VM_ELEM_H
#define GOSEE_VM_ELEM_H

#include <stdint.h>

#include "bytecode.h"
#include "rt.h"

unsigned vm_elem_bytes(uint16_t code);
void vm_elem_load(uint16_t code, const uint8_t *data, uint64_t i, rt_slot *out);
void vm_elem_store(uint16_t code, uint8_t *data, uint64_t i, const rt_slot *in);

/* A whole array of packed elements at an address that need not be a slot's (it may point into a slice's elements). */
void vm_elems_load(const struct lang_rtype *array, const uint8_t *at, rt_slot *slots);
void vm_elems_store(const struct lang_rtype *array, uint8_t *at, const rt_slot *slots);

#endif
