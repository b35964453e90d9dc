package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
)

func main() {
	dir := fmt.Sprintf("/tmp/gosee-files-%d", time.Now().UnixNano())
	name := dir + "/notes.txt"
	plain := func(err error) string { // without the folder's name
		return strings.ReplaceAll(fmt.Sprint(err), dir, "DIR")
	}
	_, err := os.Open(name)
	var pe *fs.PathError
	fmt.Println(plain(err), os.IsNotExist(err), errors.Is(err, fs.ErrNotExist), errors.As(err, &pe))
	fmt.Printf("%T %s %v\n", err, pe.Op, pe.Err)
	_, err = os.Create(name)
	fmt.Println(plain(err))
	fmt.Println(os.Mkdir(dir, 0755), plain(os.Mkdir(dir, 0755)))

	fmt.Println(os.WriteFile(name, []byte("one\ntwo\n"), 0644))
	data, err := os.ReadFile(name)
	fmt.Printf("%q %v\n", data, err)
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	fmt.Fprint(f, "three\n")
	_, err = f.Read(make([]byte, 1))
	fmt.Println(plain(err))
	_, err = f.WriteAt([]byte("x"), 0)
	fmt.Println(err)
	fmt.Println(f.Close(), plain(f.Close()))

	st, err := os.Stat(name)
	fmt.Println(st.Name(), st.Size(), st.Mode(), st.IsDir(), st.Mode().IsRegular(), err)
	st, _ = os.Stat(dir)
	fmt.Println(st.IsDir(), st.Mode())
	_, err = os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0600)
	fmt.Println(plain(err), os.IsExist(err))

	f, _ = os.OpenFile(name, os.O_RDWR, 0)
	at, err := f.Seek(4, io.SeekStart)
	fmt.Println(at, err)
	line, err := bufio.NewReader(f).ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	b := make([]byte, 4)
	n, err := f.ReadAt(b, 12)
	fmt.Printf("%d %v %q\n", n, err, b[:n])
	n, err = f.WriteAt([]byte("TWO"), 4)
	fmt.Println(n, err)
	_, err = f.ReadAt(b, -1)
	fmt.Println(plain(err))
	_, err = f.Seek(-1, io.SeekStart)
	fmt.Println(plain(err))
	fmt.Println(f.Truncate(8), f.Sync())
	st, _ = f.Stat()
	fmt.Println(st.Name(), st.Size())
	f.Seek(2, io.SeekEnd)
	f.WriteString("end")
	f.Close()
	_, err = f.Write(b)
	fmt.Println(plain(err), errors.Is(err, os.ErrClosed))
	data, _ = os.ReadFile(name)
	fmt.Printf("%q\n", data)

	fmt.Println(os.Rename(name, dir+"/b"), plain(os.Rename(name, dir+"/c")))
	fmt.Println(plain(os.Remove(dir)))
	f, _ = os.Open(dir + "/b")
	fmt.Println(os.Remove(dir+"/b"), plain(os.Remove(dir+"/b")))
	data, err = io.ReadAll(f) // still there for who has it open
	fmt.Println(len(data), err)
	f.Close()
	_, err = os.ReadFile(dir)
	fmt.Println(plain(err))
	_, err = os.Create(dir)
	fmt.Println(plain(err))
	fmt.Println(os.Remove(dir))
	_, err = os.Open("")
	fmt.Println(err)
	_, err = os.Stat("no\x00where")
	fmt.Printf("%q\n", err.Error())
	null, _ := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	fmt.Fprintln(null, "gone")
	n, err = null.Read(b)
	fmt.Println(n, err, null.Close())
	var none *os.File
	_, err = none.Read(nil)
	fmt.Println(err, none.Close())
}

// expect: open DIR/notes.txt: no such file or directory true true true
// expect: *fs.PathError open no such file or directory
// expect: open DIR/notes.txt: no such file or directory
// expect: <nil> mkdir DIR: file exists
// expect: <nil>
// expect: "one\ntwo\n" <nil>
// expect: read DIR/notes.txt: bad file descriptor
// expect: os: invalid use of WriteAt on file opened with O_APPEND
// expect: <nil> close DIR/notes.txt: file already closed
// expect: notes.txt 14 -rw-r--r-- false true <nil>
// expect: true drwxr-xr-x
// expect: open DIR/notes.txt: file exists true
// expect: 4 <nil>
// expect: "two\n" <nil>
// expect: 2 EOF "e\n"
// expect: 3 <nil>
// expect: readat DIR/notes.txt: negative offset
// expect: seek DIR/notes.txt: invalid argument
// expect: <nil> <nil>
// expect: notes.txt 8
// expect: write DIR/notes.txt: file already closed true
// expect: "one\nTWO\n\x00\x00end"
// expect: <nil> rename DIR/notes.txt DIR/c: no such file or directory
// expect: remove DIR: directory not empty
// expect: <nil> remove DIR/b: no such file or directory
// expect: 13 <nil>
// expect: read DIR: is a directory
// expect: open DIR: is a directory
// expect: <nil>
// expect: open : no such file or directory
// expect: "stat no\x00where: invalid argument"
// expect: 0 EOF <nil>
// expect: invalid argument invalid argument
