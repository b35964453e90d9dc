package os

import (
	"syscall"
	"time"
)

type fileStat struct {
	name string
	sys  syscall.Stat_t
}

func (s *fileStat) Name() string       { return s.name }
func (s *fileStat) Size() int64        { return s.sys.Size }
func (s *fileStat) IsDir() bool        { return s.Mode().IsDir() }
func (s *fileStat) ModTime() time.Time { return time.Unix(0, s.sys.Mtim.Nano()) }
func (s *fileStat) Sys() any           { return &s.sys }

func (s *fileStat) Mode() FileMode {
	m := FileMode(s.sys.Mode & 0777)
	switch s.sys.Mode & syscall.S_IFMT {
	case syscall.S_IFBLK:
		m |= ModeDevice
	case syscall.S_IFCHR:
		m |= ModeDevice | ModeCharDevice
	case syscall.S_IFDIR:
		m |= ModeDir
	case syscall.S_IFIFO:
		m |= ModeNamedPipe
	case syscall.S_IFLNK:
		m |= ModeSymlink
	case syscall.S_IFSOCK:
		m |= ModeSocket
	}
	if s.sys.Mode&syscall.S_ISGID != 0 {
		m |= ModeSetgid
	}
	if s.sys.Mode&syscall.S_ISUID != 0 {
		m |= ModeSetuid
	}
	if s.sys.Mode&syscall.S_ISVTX != 0 {
		m |= ModeSticky
	}
	return m
}

// basename is what stands behind the last slash, but for slashes at the end.
func basename(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	for i := len(name) - 2; i >= 0; i-- {
		if name[i] == '/' {
			return name[i+1:]
		}
	}
	return name
}

func Stat(name string) (FileInfo, error) {
	s := fileStat{name: basename(name)}
	if err := syscall.Stat(name, &s.sys); err != nil {
		return nil, &PathError{"stat", name, err}
	}
	return &s, nil
}

func (f *File) Stat() (FileInfo, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	s := fileStat{name: basename(f.name)}
	if err := f.pfd.Fstat(&s.sys); err != nil {
		return nil, f.wrap("stat", err)
	}
	return &s, nil
}

func SameFile(fi1, fi2 FileInfo) bool {
	a, ok1 := fi1.(*fileStat)
	b, ok2 := fi2.(*fileStat)
	return ok1 && ok2 && a.sys.Dev == b.sys.Dev && a.sys.Ino == b.sys.Ino
}
