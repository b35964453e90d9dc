// Package tabwriter lays text out in columns: a cell ends at a tab, and the cells of one column that stand in lines
// without a gap between them are as wide as the widest.
package tabwriter

import (
	"io"
	"unicode/utf8"
)

const (
	FilterHTML uint = 1 << iota
	StripEscape
	AlignRight
	DiscardEmptyColumns
	TabIndent
	Debug
)

const Escape = '\xff'

type cell struct {
	text  []byte
	width int  // in characters
	hard  bool // ended by \t and not by \v
}

type line struct {
	cells []cell
	last  []byte // what stands behind the last tab
}

// Writer holds text back until its columns are known.
type Writer struct {
	out                         io.Writer
	minwidth, tabwidth, padding int
	pad                         byte
	flags                       uint
	lines                       []line
	text                        []byte // of the cell being written
	escaped                     bool
	html                        byte // what ends the tag or entity that is being written; 0: none is
	err                         error
}

func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	return new(Writer).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

func (b *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	if minwidth < 0 || tabwidth < 0 || padding < 0 {
		panic("negative minwidth, tabwidth, or padding")
	}
	if padchar == '\t' {
		flags &^= AlignRight // tabs cannot stand before a cell
	}
	*b = Writer{out: output, minwidth: minwidth, tabwidth: tabwidth, padding: padding, pad: padchar, flags: flags}
	b.lines = []line{{}}
	return b
}

func (b *Writer) Write(buf []byte) (n int, err error) {
	for i := 0; i < len(buf); i++ {
		b.put(buf[i])
		if b.err != nil {
			return i, b.err
		}
	}
	return len(buf), nil
}

func (b *Writer) put(c byte) {
	if b.escaped {
		if c == Escape {
			b.escaped = false
			if b.flags&StripEscape != 0 {
				return
			}
		}
		b.text = append(b.text, c)
		return
	}
	if b.html != 0 {
		b.text = append(b.text, c)
		if c == b.html {
			b.html = 0
		}
		return
	}
	switch c {
	case '\t', '\v':
		b.endCell(c == '\t')
	case '\n', '\f':
		b.endLine(c)
	case Escape:
		b.escaped = true
		if b.flags&StripEscape == 0 {
			b.text = append(b.text, c)
		}
	case '<', '&':
		b.text = append(b.text, c)
		if b.flags&FilterHTML == 0 {
			return
		}
		b.html = '>'
		if c == '&' {
			b.html = ';'
		}
	default:
		b.text = append(b.text, c)
	}
}

func (b *Writer) endCell(hard bool) {
	l := &b.lines[len(b.lines)-1]
	l.cells = append(l.cells, cell{b.text, b.cellWidth(), hard})
	b.text = nil
}

// cellWidth counts the characters of the cell, but not those of tags.
func (b *Writer) cellWidth() int {
	if b.flags&FilterHTML == 0 {
		return utf8.RuneCount(b.text)
	}
	n := 0
	end := byte(0)
	for _, r := range string(b.text) {
		switch {
		case end != 0:
			if r == rune(end) {
				if end == ';' {
					n++
				}
				end = 0
			}
		case r == '<':
			end = '>'
		case r == '&':
			end = ';'
		default:
			n++
		}
	}
	return n
}

func (b *Writer) endLine(c byte) {
	l := &b.lines[len(b.lines)-1]
	l.last = b.text
	b.text = nil
	single := len(l.cells) == 0
	b.lines = append(b.lines, line{})
	if c == '\f' || single {
		// The line has no tab, so that no column goes on through it.
		b.flushLines()
		if c == '\f' && b.flags&Debug != 0 {
			b.write([]byte("---\n"))
		}
	}
}

func (b *Writer) write(p []byte) {
	if b.err != nil || len(p) == 0 {
		return
	}
	n, err := b.out.Write(p)
	if n != len(p) && err == nil {
		err = io.ErrShortWrite
	}
	b.err = err
}

// Flush writes what was held back; an unfinished cell counts as the end of its line.
func (b *Writer) Flush() error {
	l := &b.lines[len(b.lines)-1]
	l.last = b.text
	b.text, b.escaped, b.html = nil, false, 0
	b.layout(true)
	err := b.err
	b.lines, b.err = []line{{}}, nil
	return err
}

func (b *Writer) flushLines() {
	b.layout(false)
	b.lines = []line{{}}
}

// layout finds the widths of all columns and writes the lines.
func (b *Writer) layout(final bool) {
	widths := make([][]int, len(b.lines))
	for i := range b.lines {
		widths[i] = make([]int, len(b.lines[i].cells))
	}
	b.columns(widths, 0, len(b.lines), 0)
	var out []byte
	for i := range b.lines {
		out = b.appendLine(out, &b.lines[i], widths[i])
		if i < len(b.lines)-1 {
			out = append(out, '\n')
		}
	}
	b.write(out)
}

// columns sets the width of column c in each run of lines that have it.
func (b *Writer) columns(widths [][]int, from, to, c int) {
	for from < to {
		if len(b.lines[from].cells) <= c {
			from++
			continue
		}
		end := from
		width, empty := b.minwidth, true
		for end < to && len(b.lines[end].cells) > c {
			x := &b.lines[end].cells[c]
			if w := x.width + b.padding; w > width {
				width = w
			}
			if x.width > 0 || x.hard {
				empty = false
			}
			end++
		}
		if empty && b.flags&DiscardEmptyColumns != 0 {
			width = 0
		}
		for i := from; i < end; i++ {
			widths[i][c] = width
		}
		b.columns(widths, from, end, c+1)
		from = end
	}
}

func (b *Writer) appendLine(out []byte, l *line, widths []int) []byte {
	tabs := b.flags&TabIndent != 0
	for j := range l.cells {
		c := &l.cells[j]
		if j > 0 && b.flags&Debug != 0 {
			out = append(out, '|')
		}
		switch {
		case len(c.text) == 0:
			out = b.appendPadding(out, c.width, widths[j], tabs)
		case b.flags&AlignRight == 0:
			tabs = false
			out = append(out, c.text...)
			out = b.appendPadding(out, c.width, widths[j], false)
		default:
			tabs = false
			out = b.appendPadding(out, c.width, widths[j], false)
			out = append(out, c.text...)
		}
	}
	if len(l.cells) > 0 && b.flags&Debug != 0 {
		out = append(out, '|')
	}
	return append(out, l.last...)
}

func (b *Writer) appendPadding(out []byte, text, width int, tabs bool) []byte {
	if b.pad == '\t' || tabs {
		if b.tabwidth == 0 {
			return out
		}
		width = (width + b.tabwidth - 1) / b.tabwidth * b.tabwidth
		for n := width - text; n > 0; n -= b.tabwidth {
			out = append(out, '\t')
		}
		return out
	}
	for n := width - text; n > 0; n-- {
		out = append(out, b.pad)
	}
	return out
}
