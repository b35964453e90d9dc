#!/usr/bin/env python3
"""Makes well-typed Go programs from seeds, runs them here and by compiled Go, and compares what they print.

    differential.py GOSEE [--seed N] [--count M] [--minutes T] [--keep DIR] [--print]

Every program ends: loops are bounded, functions count down a common fuel. Expressions may panic; a panic is recovered
and printed, so that its text is compared too. A program that Go refuses must be refused here with the same first
message. A program that differs is kept in DIR. The last line printed is `N alike, M differ`. Needs the Go toolchain.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time

INTS = ["int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float64", "float32"]
PRELUDE = """package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
)

var fuel = 3000

func id[T any](x T) T { return x }

func pick[T any](xs []T, i int) T { return xs[i] }

func conv[T, U ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64](x T) U { return U(x) }

func mapOf[K comparable, V any](k []K, v []V) map[K]V {
	m := make(map[K]V)
	for i := range k {
		if i < len(v) {
			m[k[i]] = v[i]
		}
	}
	return m
}

func fold[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}

func each[T any](xs []T) func(func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for i, x := range xs {
			if !yield(i, x) {
				return
			}
		}
	}
}

func guard(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				fmt.Println(name, "error:", e)
			} else {
				fmt.Println(name, "panic:", r)
			}
		}
	}()
	f()
}

type fault struct{ code int }

func (f *fault) Error() string { return fmt.Sprint("fault ", f.code) }

type Shape interface {
	Area() int
	Name() string
}

var (
	_ = errors.New
	_ = os.Exit
	_ = slices.Sort[[]int]
	_ = sort.Ints
	_ = strings.ToUpper
	_ sync.Mutex
)
"""


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.out = []
        self.names = 0
        self.structs = []  # (name, [(field, type)])
        self.funcs = []  # (name, [param types], result)
        self.scopes = [[]]  # lists of [name, type, assignable]
        self.indent = 0
        self.loops = 0
        self.labels = []
        self.result = None

    # ---- helpers

    def chance(self, p):
        return self.r.random() < p

    def fresh(self, prefix):
        self.names += 1
        return f"{prefix}{self.names}"

    def put(self, line):
        self.out.append("\t" * self.indent + line)

    def visible(self, t, assignable=False):
        return [n for scope in self.scopes for n, vt, a in scope if vt == t and (a or not assignable)]

    def declare(self, name, t, assignable=True):
        self.scopes[-1].append((name, t, assignable))

    # ---- types: strings of Go; composite ones are made of these

    def basic(self):
        return self.r.choice(INTS + INTS[:1] * 6 + FLOATS + ["string"] * 4 + ["bool"] * 2)

    def comparable(self, depth=1):
        k = self.r.randrange(8)
        if k < 5 or depth <= 0:
            return self.r.choice(["int", "string", "uint8", "int64", "bool", "float64"])
        if k == 5:
            return f"[{self.r.randrange(1, 4)}]{self.comparable(depth - 1)}"
        if k == 6:
            return "any"
        flat = [s for s, fields in self.structs if all(f[1] in INTS + ["string", "bool"] for f in fields)]
        return self.r.choice(flat) if flat else "int"

    def type(self, depth=2):
        if depth <= 0 or self.chance(0.5):
            return self.basic()
        k = self.r.randrange(9)
        if k == 0:
            return "[]" + self.type(depth - 1)
        if k == 1:
            return f"[{self.r.randrange(1, 5)}]" + self.type(depth - 1)
        if k == 2:
            return f"map[{self.comparable()}]" + self.type(depth - 1)
        if k == 3 and self.structs:
            return self.r.choice(self.structs)[0]
        if k == 4 and self.structs:
            return "*" + self.r.choice(self.structs)[0]
        if k == 5:
            return "any"
        if k == 6:
            return f"func({self.type(depth - 1)}) {self.type(depth - 1)}"
        if k == 7:
            return "[]" + self.basic()
        if k == 8:
            return "Shape" if self.structs else "string"
        return self.basic()

    @staticmethod
    def split(t):
        """('slice', elem), ('array', n, elem), ('map', key, elem), ('ptr', elem), ('func', arg, result) or None."""
        if t.startswith("[]"):
            return "slice", t[2:]
        if t.startswith("*"):
            return "ptr", t[1:]
        if t.startswith("["):
            n, _, elem = t[1:].partition("]")
            return "array", int(n), elem
        for word in ("map[", "func("):
            if t.startswith(word):
                depth, i = 1, len(word)
                while depth:
                    depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(t[i], 0)
                    i += 1
                inner, rest = t[len(word) : i - 1], t[i:].strip()
                return word[:-1], inner, rest
        return None

    # ---- expressions

    def literal(self, t):
        r = self.r
        if t == "bool":
            return f"id({r.choice(['true', 'false'])})"
        if t == "string":
            return r.choice(['""', '"a"', '"héllo"', '"x\\ny"', '"\\xff"', '"世界"', '"abc"', f'"s{r.randrange(100)}"'])
        if t in FLOATS:
            return f"id({t}({r.choice(['0', '1', '-1.5', '0.1', '1e10', '3.25', '1e-7', '123456.789', '2'])}))"
        if t in INTS:
            bits = int(re.sub(r"\D", "", t) or 64)
            low, high = (0, 2**bits - 1) if t[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
            value = r.choice([0, 1, 2, 3, 7, r.randrange(0, 100), low, high, r.randrange(low, high + 1)])
            return f"id({t}({value}))"
        return self.zero(t)

    def zero(self, t):
        if t in INTS + FLOATS:
            return f"{t}(0)"
        if t == "string":
            return '""'
        if t == "bool":
            return "false"
        if t in [s[0] for s in self.structs] or t.startswith("[") and not t.startswith("[]"):
            return t + "{}"
        return f"({t})(nil)"

    def expr(self, t, depth=3):
        options = [self.literal]
        names = self.visible(t)
        if names and (depth <= 0 or self.chance(0.45)):
            return self.r.choice(names)
        if depth <= 0:
            return self.leaf(t)
        if t in INTS:
            return self.int_expr(t, depth)
        if t in FLOATS:
            return self.float_expr(t, depth)
        if t == "string":
            return self.string_expr(depth)
        if t == "bool":
            return self.bool_expr(depth)
        del options
        return self.composite(t, depth)

    def leaf(self, t):
        names = self.visible(t)
        if names and self.chance(0.7):
            return self.r.choice(names)
        if t in INTS + FLOATS + ["string", "bool"]:
            return self.literal(t)
        return self.composite(t, 0)

    def from_parts(self, t, depth):
        """An expression of type t out of a container, call or field; None if there is none."""
        found = []
        for scope in self.scopes:
            for name, vt, _ in scope:
                shape = self.split(vt)
                if not shape:
                    fields = dict(self.structs).get(vt)
                    for f, ft in fields or []:
                        if ft == t:
                            found.append(("f", name, f))
                elif shape[0] in ("slice", "array") and shape[-1] == t:
                    found.append(("i", name, None))
                elif shape[0] == "map" and shape[2] == t:
                    found.append(("m", name, shape[1]))
                elif shape[0] == "ptr":
                    for f, ft in dict(self.structs).get(shape[1], []):
                        if ft == t:
                            found.append(("f", name, f))
                elif shape[0] == "func" and shape[2] == t:
                    found.append(("c", name, shape[1]))
        found += [("call", f, None) for f in self.funcs if f[2] == t]
        if not found:
            return None
        kind, name, extra = self.r.choice(found)
        if kind == "f":
            return f"{name}.{extra}"
        if kind == "i":
            return f"{name}[{self.index(name)}]"
        if kind == "m":
            return f"{name}[{self.expr(extra, depth - 1)}]"
        if kind == "c":
            return f"{name}({self.expr(extra, depth - 1)})"
        return f"{name[0]}({', '.join(self.expr(p, depth - 1) for p in name[1])})"

    def index(self, name):
        if self.chance(0.8):
            ints = self.visible("int")
            if ints and self.chance(0.5):
                return f"abs({self.r.choice(ints)}) % max(1, len({name}))"
            return f"id({self.r.randrange(0, 3)})"
        return self.expr("int", 1)

    def int_expr(self, t, depth):
        k = self.r.randrange(12)
        a = lambda: self.expr(t, depth - 1)
        if k < 4:
            return f"({a()} {self.r.choice(['+', '-', '*', '&', '|', '^', '&^'])} {a()})"
        if k == 4:
            return f"({a()} {self.r.choice(['/', '%'])} {a()})"
        if k == 5:
            return f"({a()} {self.r.choice(['<<', '>>'])} ({self.expr('uint', depth - 1)} % 70))"
        if k == 6:
            return f"{self.r.choice(['-', '^', '+'])}({a()})"
        if k == 7:
            other = self.r.choice(INTS)
            return f"{t}({self.expr(other, depth - 1)})"
        if k == 8:
            return f"{self.r.choice(['min', 'max'])}({a()}, {a()})"
        if k == 9 and t == "int":
            return self.r.choice([
                lambda: f"len({self.expr('string', depth - 1)})",
                lambda: f"len({self.expr('[]' + self.basic(), depth - 1)})",
                lambda: f"strings.Index({self.expr('string', depth - 1)}, {self.expr('string', depth - 1)})",
                lambda: f"fold({self.expr('[]int', depth - 1)}, {a()}, func(a, x int) int {{ return a*31 + x }})",
            ])()
        if k == 9:
            return f"conv[{self.r.choice(INTS)}, {t}]({self.literal(self.r.choice(INTS))})" if 0 else f"{t}({self.expr('int', depth - 1)})"
        return self.from_parts(t, depth) or self.literal(t)

    def float_expr(self, t, depth):
        k = self.r.randrange(6)
        a = lambda: self.expr(t, depth - 1)
        if k < 3:
            return f"({a()} {self.r.choice(['+', '-', '*', '/'])} {a()})"
        if k == 3:
            return f"{t}({self.expr(self.r.choice(INTS + FLOATS), depth - 1)})"
        if k == 4:
            return f"-({a()})"
        return self.from_parts(t, depth) or self.literal(t)

    def string_expr(self, depth):
        k = self.r.randrange(9)
        a = lambda: self.expr("string", depth - 1)
        if k < 3:
            return f"({a()} + {a()})"
        if k == 3:
            return f"fmt.Sprint({self.expr(self.printable(), depth - 1)})"
        if k == 4:
            verb, t = self.r.choice([("%d", "int"), ("%x", "uint8"), ("%q", "string"), ("%5.2f", "float64"), ("%v", "bool"), ("%t", "bool"), ("%08b", "int8"), ("%T", self.basic()), ("%+v", self.printable()), ("%c", "int32"), ("%U", "int32"), ("%6d|", "int16"), ("%-6s|", "string"), ("%x", "string")])
            return f'fmt.Sprintf("{verb}", {self.expr(t, depth - 1)})'
        if k == 5:
            return f"strings.{self.r.choice(['ToUpper', 'ToLower', 'TrimSpace'])}({a()})"
        if k == 6:
            return f"{a()}[:id({self.r.randrange(0, 3)})]"
        if k == 7:
            return f"string([]rune({a()}))" if self.chance(0.5) else f"string([]byte({a()}))"
        return self.from_parts("string", depth) or self.literal("string")

    def bool_expr(self, depth):
        k = self.r.randrange(7)
        if k < 2:
            t = self.r.choice(INTS + FLOATS + ["string"])
            return f"({self.expr(t, depth - 1)} {self.r.choice(['==', '!=', '<', '<=', '>', '>='])} {self.expr(t, depth - 1)})"
        if k == 2:
            return f"({self.expr('bool', depth - 1)} {self.r.choice(['&&', '||'])} {self.expr('bool', depth - 1)})"
        if k == 3:
            return f"!({self.expr('bool', depth - 1)})"
        if k == 4:
            t = self.comparable()
            return f"(id({self.expr(t, depth - 1)}) {self.r.choice(['==', '!='])} id({self.expr(t, depth - 1)}))"
        if k == 5:
            return f"strings.Contains({self.expr('string', depth - 1)}, {self.expr('string', depth - 1)})"
        return self.from_parts("bool", depth) or self.literal("bool")

    def printable(self, depth=2):
        """A type whose values print alike everywhere: without pointers, functions and interfaces that hold them."""
        if depth <= 0 or self.chance(0.6):
            return self.basic()
        k = self.r.randrange(4)
        if k == 0:
            return "[]" + self.printable(depth - 1)
        if k == 1:
            return f"[{self.r.randrange(1, 4)}]" + self.printable(depth - 1)
        if k == 2:
            return f"map[{self.r.choice(['int', 'string', 'uint8', 'bool'])}]" + self.printable(depth - 1)
        flat = [s for s, fields in self.structs if all(self.plain(f[1]) for f in fields)]
        return self.r.choice(flat) if flat else "string"

    def plain(self, t):
        shape = self.split(t)
        if not shape:
            fields = dict(self.structs).get(t)
            return t not in ("any", "Shape") if fields is None else all(self.plain(f[1]) for f in fields)
        if shape[0] in ("ptr", "func"):
            return False
        return all(self.plain(part) for part in shape[1:] if isinstance(part, str))

    def composite(self, t, depth):
        if depth > 0 and self.chance(0.4):
            found = self.from_parts(t, depth)
            if found:
                return found
        shape = self.split(t)
        if t == "any":
            inner = self.r.choice(["int", "string", "bool", "float64", "uint8"])
            return f"any({self.expr(inner, depth - 1)})"
        if t == "Shape":
            s = self.r.choice(self.structs)[0]
            return f"Shape(&{s}{{}})" if self.chance(0.9) else "Shape(nil)"
        if not shape:
            fields = dict(self.structs).get(t)
            if fields is None:
                return self.literal(t)
            if depth <= 0:
                return t + "{}"
            chosen = [f for f in fields if self.chance(0.7)]
            return t + "{" + ", ".join(f"{f}: {self.expr(ft, depth - 1)}" for f, ft in chosen) + "}"
        if shape[0] == "slice":
            if self.chance(0.1):
                return f"{t}(nil)"
            if depth > 0 and self.chance(0.3):
                base = self.expr(t, depth - 1)
                if self.chance(0.5):
                    return f"append({base}, {self.expr(shape[1], depth - 1)})"
                return f"append({base}, {self.expr(t, depth - 1)}...)"
            if depth > 0 and self.visible(t) and self.chance(0.3):
                v = self.r.choice(self.visible(t))
                return f"{v}[min(1, len({v})):]"
            n = self.r.randrange(0, 4) if depth > 0 else self.r.randrange(0, 2)
            return t + "{" + ", ".join(self.expr(shape[1], depth - 1) for _ in range(n)) + "}"
        if shape[0] == "array":
            n = shape[1] if depth > 0 else 0
            return t + "{" + ", ".join(self.expr(shape[2], depth - 1) for _ in range(n)) + "}"
        if shape[0] == "map":
            if self.chance(0.1):
                return f"{t}(nil)"
            if depth <= 0:
                return t + "{}"
            return f"mapOf({self.expr('[]' + shape[1], depth - 1)}, {self.expr('[]' + shape[2], depth - 1)})"
        if shape[0] == "ptr":
            return f"&{shape[1]}{{}}" if depth <= 0 or self.chance(0.8) else f"({t})(nil)"
        if depth <= 0:
            return f"func({shape[1]}) (r {shape[2]}) {{ return }}"
        name = self.fresh("a")
        self.scopes.append([(name, shape[1], True)])
        body = self.expr(shape[2], depth - 1)
        self.scopes.pop()
        return f"func({name} {shape[1]}) {shape[2]} {{ return {body} }}"

    # ---- statements

    def block(self, n, depth):
        self.scopes.append([])
        self.indent += 1
        for _ in range(n):
            self.statement(depth)
        self.use()
        self.indent -= 1
        self.scopes.pop()

    def use(self):
        for name, t, _ in self.scopes[-1]:
            if self.plain(t) and self.chance(0.5):
                self.put(f'fmt.Printf("{name}=%v\\n", {name})')
            else:
                self.put(f"_ = {name}")

    def statement(self, depth):
        kinds = [self.s_var, self.s_var, self.s_assign, self.s_assign, self.s_print]
        if depth > 0:
            kinds += [self.s_if, self.s_for, self.s_range, self.s_switch, self.s_closure, self.s_guard, self.s_chan,
                      self.s_typeswitch, self.s_defer, self.s_pointer, self.s_labelled, self.s_rangefunc, self.s_multi, self.s_go]
        self.r.choice(kinds)(depth)

    def s_var(self, depth):
        t, name = self.type(), self.fresh("v")
        if self.chance(0.15):
            self.put(f"var {name} {t}")
        elif self.chance(0.5):
            self.put(f"var {name} {t} = {self.expr(t)}")
        else:
            self.put(f"{name} := {t}({self.expr(t)})" if t in INTS + FLOATS else f"var {name} = id[{t}]({self.expr(t)})")
        self.declare(name, t)

    def place(self):
        """Something that can be assigned to, and its type."""
        names = [(n, t) for scope in self.scopes for n, t, a in scope if a]
        if not names:
            return None
        name, t = self.r.choice(names)
        shape = self.split(t)
        if shape and self.chance(0.6):
            if shape[0] in ("slice", "array"):
                return f"{name}[{self.index(name)}]", shape[-1]
            if shape[0] == "map":
                return f"{name}[{self.expr(shape[1], 1)}]", shape[2]
            if shape[0] == "ptr":
                fields = dict(self.structs).get(shape[1])
                if fields:
                    f, ft = self.r.choice(fields)
                    return f"{name}.{f}", ft
        fields = dict(self.structs).get(t)
        if fields and self.chance(0.7):
            f, ft = self.r.choice(fields)
            return f"{name}.{f}", ft
        return name, t

    def s_assign(self, depth):
        p = self.place()
        if not p:
            return self.s_var(depth)
        place, t = p
        if t in INTS and self.chance(0.4):
            if self.chance(0.3):
                return self.put(f"{place}{self.r.choice(['++', '--'])}")
            op = self.r.choice(["+", "-", "*", "&", "|", "^", "&^", "/", "%"])
            return self.put(f"{place} {op}= {self.expr(t, 2)}")
        if t == "string" and self.chance(0.3):
            return self.put(f"{place} += {self.expr(t, 1)}" if self.loops == 0 else f"{place} = {self.expr(t, 1)}")
        if self.chance(0.2):
            q = self.place()
            # leaves: which of two panics comes first is not specified
            return self.put(f"{place}, {q[0]} = {self.leaf(t)}, {self.leaf(q[1])}")
        if t == "any":
            return self.put(f"{place} = {self.expr('any', 2)}")
        self.put(f"{place} = {self.expr(t, 2)}")

    def s_print(self, depth):
        args = ", ".join(self.expr(self.printable(), 2) for _ in range(self.r.randrange(1, 4)))
        self.put(f"fmt.Println({args})")

    def s_if(self, depth):
        self.put(f"if {self.expr('bool', 2)} {{")
        self.block(self.r.randrange(1, 4), depth - 1)
        if self.chance(0.5):
            self.put(f"}} else if x := {self.expr('int', 1)}; x > 3 {{" if self.chance(0.3) else "} else {")
            self.block(self.r.randrange(1, 3), depth - 1)
        self.put("}")

    def s_for(self, depth):
        i = self.fresh("i")
        form = self.r.randrange(3)
        head = [f"for {i} := 0; {i} < {self.r.randrange(1, 6)}; {i}++", f"for {i} := range {self.r.randrange(1, 5)}",
                f"for {i} := {self.r.randrange(2, 6)}; {i} > 0; {i} -= 2"][form]
        self.put(head + " {")
        self.loops += 1
        self.scopes.append([(i, "int", False)])
        self.block(self.r.randrange(1, 4), depth - 1)
        if self.chance(0.3):
            self.put(f"\tif {self.expr('bool', 1)} {{ {self.r.choice(['break', 'continue'])} }}")
        self.scopes.pop()
        self.loops -= 1
        self.put("}")

    def s_labelled(self, depth):
        label, i, k = self.fresh("L"), self.fresh("i"), self.fresh("i")
        self.put(f"{label}:")
        self.put(f"for {i} := range 3 {{")
        self.put(f"\tfor {k} := range 3 {{")
        self.loops += 1
        self.indent += 1
        self.scopes.append([(i, "int", False), (k, "int", False)])
        self.block(self.r.randrange(1, 3), depth - 1)
        self.scopes.pop()
        self.indent -= 1
        self.loops -= 1
        self.put(f"\t\tif {i}+{k} == {self.r.randrange(0, 5)} {{ {self.r.choice(['break', 'continue'])} {label} }}")
        self.put("\t}")
        self.put("}")

    def s_range(self, depth):
        t = self.r.choice(["[]" + self.type(1), f"[3]{self.type(1)}", "string"])
        i, x = self.fresh("i"), self.fresh("x")
        elem = "int32" if t == "string" else self.split(t)[-1]
        self.put(f"for {i}, {x} := range {self.expr(t, 2) if t != 'string' else self.expr(t, 1)} {{")
        self.put(f"\tif {i} > 5 {{ break }}")
        self.loops += 1
        self.scopes.append([(i, "int", False), (x, elem, True)])
        self.block(self.r.randrange(1, 3), depth - 1)
        self.indent += 1
        self.put(f"_, _ = {i}, {x}")
        self.indent -= 1
        self.scopes.pop()
        self.loops -= 1
        self.put("}")

    def s_rangefunc(self, depth):
        t = self.type(1)
        i, x = self.fresh("i"), self.fresh("x")
        self.put(f"for {i}, {x} := range each({self.expr('[]' + t, 2)}) {{")
        self.loops += 1
        self.scopes.append([(i, "int", False), (x, t, True)])
        self.block(self.r.randrange(1, 3), depth - 1)
        self.indent += 1
        self.put(f"_ = {x}")
        self.put(f"if {i} >= {self.r.randrange(1, 4)} {{ {self.r.choice(['break', 'continue'])} }}")
        self.indent -= 1
        self.scopes.pop()
        self.loops -= 1
        self.put("}")

    def s_switch(self, depth):
        t = self.r.choice(["int", "string", "uint8", "bool", ""])
        self.put(f"switch {self.expr(t, 2) if t else ''} {{")
        for _ in range(self.r.randrange(1, 4)):
            if t == "bool" or not t:
                self.put(f"case {self.expr('bool', 2)}:" if not t else f"case {self.expr('bool', 1)}:")
            else:
                self.put(f"case id({self.expr(t, 1)}), id({self.expr(t, 1)}):")
            self.block(self.r.randrange(1, 3), depth - 1)
            if self.chance(0.2):
                self.put("\tfallthrough")
        if self.out[-1].strip() == "fallthrough" or self.chance(0.6):
            self.put("default:")
            self.block(1, depth - 1)
        self.put("}")

    def s_typeswitch(self, depth):
        x = self.fresh("t")
        self.put(f"switch {x} := {self.expr('any', 2)}.(type) {{")
        kinds = self.r.sample(["int", "string", "bool", "float64", "uint8", "[]int", "error", "nil"], 3)
        for t in kinds:
            self.put(f"case {t}:")
            self.scopes.append([(x, t, True)] if t not in ("nil", "error") else [])
            self.block(1, depth - 1)
            self.scopes.pop()
        self.put("default:")
        self.put(f'\tfmt.Printf("%T\\n", {x})')
        self.put("}")

    def s_closure(self, depth):
        t, r, name = self.type(1), self.type(1), self.fresh("f")
        p = self.fresh("p")
        self.put(f"{name} := func({p} {t}) {r} {{")
        loops, self.loops = self.loops, 0
        self.scopes.append([(p, t, True)])
        self.block(self.r.randrange(1, 3), depth - 1)
        self.put(f"\treturn {self.expr(r, 2)}")
        self.scopes.pop()
        self.loops = loops
        self.put("}")
        self.declare(name, f"func({t}) {r}", False)

    def s_guard(self, depth):
        self.put(f'guard("{self.fresh("g")}", func() {{')
        loops, self.loops = self.loops, 0
        self.block(self.r.randrange(1, 4), depth - 1)
        if self.chance(0.3):
            self.put("\t" + self.r.choice(['panic("p")', "panic(&fault{7})", 'panic(fmt.Sprint("x", 1))',
                                           "var np *fault; _ = np.code", "var nm map[string]int; nm[\"a\"] = 1",
                                           'panic(errors.New("e"))', 'var ni Shape; _ = ni.Area()']))
        self.loops = loops
        self.put("})")

    def s_defer(self, depth):
        if self.loops:
            return self.s_print(depth)
        self.put("func() {")
        self.scopes.append([])
        n = self.fresh("d")
        self.put(f"\t{n} := {self.expr('int', 1)}")
        self.scopes[-1].append((n, "int", True))
        self.put(f'\tdefer fmt.Println("deferred", {n})')
        self.put(f'\tdefer func() {{ {n}++; fmt.Println("closure", {n}, recover()) }}()')
        loops, self.loops = self.loops, 0
        self.block(self.r.randrange(1, 3), depth - 1)
        self.loops = loops
        self.scopes.pop()
        self.put("}()")

    def s_pointer(self, depth):
        t, v, p = self.type(1), self.fresh("v"), self.fresh("q")
        self.put(f"var {v} {t} = {self.expr(t, 2)}")
        self.put(f"{p} := &{v}")
        self.put(f"*{p} = {self.expr(t, 2)}")
        self.declare(v, t)
        self.put(f"_ = {p}")

    def s_multi(self, depth):
        a, b = self.fresh("m"), self.fresh("ok")
        k, e = self.comparable(), self.type(1)
        self.put(f"{a}, {b} := {self.expr(f'map[{k}]{e}', 2)}[{self.expr(k, 1)}]")
        self.declare(a, e)
        self.declare(b, "bool")

    def s_chan(self, depth):
        t, c = self.type(1), self.fresh("c")
        n = self.r.randrange(0, 3)
        self.put(f"{c} := make(chan {t}, {n})")
        v = self.fresh("w")
        self.put("go func() {")
        self.put(f"\tdefer close({c})")
        self.put(f'\tguard("{c}", func() {{')
        scopes, self.scopes = self.scopes, [[]]  # no variables: it runs beside the receiver
        self.indent += 2
        for _ in range(self.r.randrange(0, 4)):
            self.put(f"{c} <- {self.leaf(t)}")
        self.indent -= 2
        self.scopes = scopes
        self.put("\t})")
        self.put("}()")
        self.put(f"for {v} := range {c} {{")
        self.loops += 1
        self.scopes.append([(v, t, True)])
        self.block(1, 0)
        self.put(f"\t_ = {v}")
        self.scopes.pop()
        self.loops -= 1
        self.put("}")

    def s_go(self, depth):
        t, r = self.basic(), self.fresh("r")
        n = self.r.randrange(1, 5)
        self.put(f"var {r} [{n}]{t}")
        w = self.fresh("wg")
        self.put(f"var {w} sync.WaitGroup")
        i = self.fresh("i")
        self.put(f"for {i} := range {n} {{")
        self.put(f"\t{w}.Go(func() {{ guard(\"go\", func() {{ {r}[{i}] = {self.expr_pure(t)} }}) }})")
        self.put("}")
        self.put(f"{w}.Wait()")
        self.declare(r, f"[{n}]{t}")

    def expr_pure(self, t):
        """Without calls that print or count: goroutines run side by side."""
        saved, self.scopes, funcs, self.funcs = self.scopes, [[]], self.funcs, []
        text = self.expr(t, 2) if t in FLOATS + ["bool"] else self.literal(t)
        self.scopes, self.funcs = saved, funcs
        return text

    # ---- the program

    def program(self):
        self.out.append(PRELUDE)
        self.put("func abs(x int) int { if x < 0 { return -(x + 1) }; return x }")
        for _ in range(self.r.randrange(1, 5)):
            name = self.fresh("S")
            fields = [(self.fresh("F"), self.type(2)) for _ in range(self.r.randrange(1, 5))]
            self.put(f"type {name} struct {{")
            for f, t in fields:
                self.put(f"\t{f} {t}")
            self.put("}")
            self.put(f"func (s {name}) Name() string {{ return \"{name}\" }}")
            self.structs.append((name, fields))
            self.scopes.append([("s", "*" + name, False)])
            self.put(f"func (s *{name}) Area() int {{ fuel--; if fuel < 0 {{ return 0 }}; return {self.expr('int', 2)} }}")
            self.scopes.pop()
        for _ in range(self.r.randrange(1, 4)):
            name, t = self.fresh("G"), self.type(2)
            self.put(f"var {name} {t} = {self.expr(t, 1)}")
            self.scopes[0].append((name, t, True))
        for _ in range(self.r.randrange(2, 6)):
            self.function()
        self.put("func main() {")
        for _ in range(self.r.randrange(3, 7)):
            self.put(f'\tguard("{self.fresh("main")}", func() {{')
            self.indent += 1
            self.block(self.r.randrange(4, 10), 3)
            self.indent -= 1
            self.put("\t})")
        for f in self.funcs:
            self.put(f'\tguard("{f[0]}", func() {{ _ = {f[0]}({", ".join(self.expr(p, 1) for p in f[1])}) }})')
        self.put("}")
        return "\n".join(self.out) + "\n"

    def function(self):
        name = self.fresh("fn")
        params = [(self.fresh("p"), self.type(2)) for _ in range(self.r.randrange(0, 4))]
        result = self.type(2)
        self.put(f"func {name}({', '.join(f'{n} {t}' for n, t in params)}) (res {result}) {{")
        self.put("\tif fuel--; fuel < 0 { return }")
        self.scopes.append([(n, t, True) for n, t in params] + [("res", result, True)])
        self.funcs.append((name, [t for _, t in params], result))
        self.block(self.r.randrange(2, 7), 2)
        self.put(f"\treturn {self.expr(result, 2)}")
        self.scopes.pop()
        self.put("}")


def run(command, folder, timeout):
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=timeout)
    except subprocess.TimeoutExpired:
        return "", "timeout", ""
    return done.stdout, done.returncode, done.stderr


def first(text):
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return re.sub(r"^(\./)?x\.go", "x.go", lines[0]) if lines else ""


def compare(gosee, source, folder):
    """None if alike, else what differs."""
    with open(os.path.join(folder, "x.go"), "w", encoding="utf-8") as file:
        file.write(source)
    _, status, err = run(["go", "build", "-o", "x", "x.go"], folder, 120)
    if status:
        _, mine, told = run([gosee, "vet", "x.go"], folder, 60)
        if mine == 1 and first(told) == first(err):
            return None
        return f"refused by Go: {first(err)!r}; here ({mine}): {first(told)!r}"
    want = run(["./x"], folder, 20)
    if want[1] == "timeout" or len(want[0]) > 1 << 22:
        return None
    for world in ("stepped", "live"):
        got = run([gosee, "run", "--world", world, "x.go"], folder, 120)
        if got[:2] == want[:2] and first(got[2]) == first(want[2]):
            continue
        if got[1] == 1 and "gosee does not support" in got[2]:
            return f"refused here: {first(got[2])!r}"
        pairs = zip(want[0].split("\n") + [None], got[0].split("\n") + [None])
        place = next((f"line {n}: want {w!r} got {g!r}" for n, (w, g) in enumerate(pairs, 1) if w != g), "output alike")
        return f"{world}: status {want[1]} {got[1]}, {place[:400]}; stderr {first(want[2])!r} {first(got[2])!r}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gosee")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--minutes", type=float, help="instead of --count")
    parser.add_argument("--keep", default="differences")
    parser.add_argument("--print", action="store_true", help="only the program of the seed")
    args = parser.parse_args()
    if args.print:
        print(Maker(args.seed).program())
        return 0
    gosee, until = os.path.abspath(args.gosee), time.monotonic() + (args.minutes or 0) * 60
    alike = differ = 0
    seed = args.seed
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until if args.minutes else seed < args.seed + args.count:
            source = Maker(seed).program()
            why = compare(gosee, source, folder)
            if why:
                differ += 1
                os.makedirs(args.keep, exist_ok=True)
                with open(os.path.join(args.keep, f"{seed}.go"), "w", encoding="utf-8") as file:
                    file.write(source)
                print(f"seed {seed}: {why}", flush=True)
            else:
                alike += 1
            seed += 1
    print(f"{alike} alike, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
