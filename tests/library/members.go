// Prints what packages of Go export: package, member, kind, type, with tabs between. Needs the toolchain's own source.
package main

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"os"
	"sort"
)

func main() {
	fset := token.NewFileSet()
	imp := importer.ForCompiler(fset, "source", nil)
	for _, path := range os.Args[1:] {
		p, err := imp.Import(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			continue
		}
		var lines []string
		for _, n := range p.Scope().Names() {
			o := p.Scope().Lookup(n)
			if !o.Exported() {
				continue
			}
			q := types.RelativeTo(p)
			kind := "func"
			switch o.(type) {
			case *types.Const:
				kind = "const"
			case *types.Var:
				kind = "var"
			case *types.TypeName:
				kind = "type"
			}
			ts := types.TypeString(o.Type(), q)
			if kind == "type" {
				ts = ""
			}
			lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s", path, n, kind, ts))
			if tn, ok := o.(*types.TypeName); ok {
				t := tn.Type()
				if named, ok := t.(*types.Named); ok {
					seen := map[string]bool{}
					ms := types.NewMethodSet(types.NewPointer(named))
					if types.IsInterface(named) {
						ms = types.NewMethodSet(named)
					}
					for i := 0; i < ms.Len(); i++ {
						m := ms.At(i).Obj()
						if m.Exported() {
							seen[m.Name()] = true
							lines = append(lines, fmt.Sprintf("%s\t%s.%s\tmethod\t%s", path, n, m.Name(), types.TypeString(m.Type(), q)))
						}
					}
					if st, ok := named.Underlying().(*types.Struct); ok {
						for i := 0; i < st.NumFields(); i++ {
							f := st.Field(i)
							if f.Exported() {
								lines = append(lines, fmt.Sprintf("%s\t%s.%s\tfield\t%s", path, n, f.Name(), types.TypeString(f.Type(), q)))
							}
						}
					}
				}
			}
		}
		sort.Strings(lines)
		for _, l := range lines {
			fmt.Println(l)
		}
	}
}
