# The library: Go files of ours (packages in the order of their names, files of one package together) and its natives.
set(library_files
  bufio/bufio.go
  bufio/scan.go
  bufio/writer.go
  bytes/buffer.go
  bytes/bytes.go
  bytes/iter.go
  bytes/native.go
  cmp/cmp.go
  container/heap/heap.go
  container/list/list.go
  container/ring/ring.go
  context/context.go
  encoding/encoding.go
  errors/astype.go
  errors/errors.go
  flag/flag.go
  flag/kinds.go
  flag/text.go
  fmt/directive.go
  fmt/error.go
  fmt/float.go
  fmt/format.go
  fmt/order.go
  fmt/print.go
  fmt/scan.go
  fmt/scanvalue.go
  fmt/value.go
  internal/order/order.go
  internal/oserror/oserror.go
  internal/poll/fd.go
  internal/poll/native.go
  internal/value/native.go
  internal/value/value.go
  internal/ziggurat/ziggurat.go
  io/io.go
  io/pipe.go
  io/fs/fs.go
  iter/iter.go
  iter/pull.go
  log/log.go
  maps/maps.go
  math/math.go
  math/native.go
  math/bits/bits.go
  math/rand/native.go
  math/rand/normal.go
  math/rand/rand.go
  math/rand/zipf.go
  math/rand/v2/chacha8.go
  math/rand/v2/n.go
  math/rand/v2/native.go
  math/rand/v2/normal.go
  math/rand/v2/rand.go
  math/rand/v2/zipf.go
  os/error.go
  os/file.go
  os/native.go
  os/proc.go
  os/stat.go
  os/signal/native.go
  os/signal/signal.go
  runtime/memory.go
  runtime/native.go
  runtime/runtime.go
  runtime/stack.go
  slices/iter.go
  slices/slices.go
  slices/sort.go
  sort/sort.go
  strconv/float.go
  strconv/native.go
  strconv/number.go
  strconv/quote.go
  strings/builder.go
  strings/iter.go
  strings/native.go
  strings/replace.go
  strings/strings.go
  sync/map.go
  sync/native.go
  sync/oncefunc.go
  sync/pool.go
  sync/sync.go
  sync/atomic/atomic.go
  sync/atomic/native.go
  sync/atomic/pointer.go
  syscall/file.go
  syscall/native.go
  syscall/signal.go
  syscall/syscall.go
  text/tabwriter/tabwriter.go
  time/duration.go
  time/format.go
  time/marshal.go
  time/native.go
  time/parse.go
  time/text.go
  time/time.go
  time/timer.go
  time/timer_native.go
  time/zone.go
  time/zonefile.go
  time/zonerule.go
  unicode/letter.go
  unicode/native.go
  unicode/utf8/utf8.go)

set(library_root ${CMAKE_CURRENT_SOURCE_DIR}/lib)
set(library_table ${CMAKE_CURRENT_BINARY_DIR}/library_table.c)
list(TRANSFORM library_files PREPEND ${library_root}/ OUTPUT_VARIABLE library_paths)
add_custom_command(OUTPUT ${library_table}
  COMMAND ${CMAKE_COMMAND} -D ROOT=${library_root} "-DFILES=${library_files}" -D OUT=${library_table}
    -P ${CMAKE_CURRENT_SOURCE_DIR}/embed.cmake
  DEPENDS ${library_paths} ${CMAKE_CURRENT_SOURCE_DIR}/embed.cmake
  COMMENT "Embedding the library's Go files"
  VERBATIM)

pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
target_sources(gosee_vm PRIVATE
  floatfmt.c
  gomath_exp.c
  gomath_trig.c
  gorand.c
  library.c
  native_atomic.c
  native_file.c
  native_math.c
  native_os.c
  native_runtime.c
  native_signal.c
  native_strconv.c
  native_strings.c
  native_sync.c
  native_time.c
  native_timer.c
  native_unicode.c
  native_value.c
  ${library_table})
target_link_libraries(gosee_vm PRIVATE PkgConfig::UTF8PROC m)
