/* stepped_files.h - the stepped world's files, pipes and streams, all of them models in memory. Seen by stepped_*.c only.
 *
 * The file system begins with the files beside the program, read when they are first named; what a run writes or removes
 * stays in the run. There are /tmp and /dev/null besides, and nothing else outside of that folder. Every call is a short
 * modelled system call, but a read or write of a pipe by a blocking descriptor, or a read of stdin, blocks the thread as
 * long as there is nothing to do.
 */
#ifndef GOSEE_RUNTIME_STEPPED_FILES_H
#define GOSEE_RUNTIME_STEPPED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stepped;
struct thread;

enum { PIPE_SIZE = 65536, PIPE_ATOMIC = 4096 }; /* Linux's capacity and PIPE_BUF */

struct model_pipe {
    size_t at, used;           /* of data, a ring */
    unsigned readers, writers; /* open descriptors */
    struct thread *blocked;    /* threads in a blocking read or write, by io_next, in the order of their coming */
    uint8_t data[PIPE_SIZE];
};

struct model_file { /* an inode */
    uint8_t *data;
    size_t len, cap;
    uint32_t mode; /* as st_mode */
    int64_t mtime; /* Unix time, ns */
    uint64_t ino;
    unsigned uses; /* open descriptors, and its name */
};

struct model_name {
    char *path;              /* clean */
    struct model_file *file; /* NULL: there is none of this name */
    struct model_name *next;
};

enum end_kind { END_FREE, END_STDIN, END_OUTPUT, END_NULL, END_FILE, END_PIPE };

struct model_fd {
    uint8_t kind; /* enum end_kind */
    bool nonblock, reads, writes, append;
    bool polled;         /* registered with the poller */
    bool told_r, told_w; /* waits to be told by the poller */
    uint64_t user;
    size_t offset;
    struct model_pipe *pipe;
    struct model_file *file;
};

struct model_files {
    struct model_fd *fd;
    size_t nfd;
    struct model_name *names;
    uint64_t next_ino;
    size_t bytes; /* of all files */
};

bool files_init(struct stepped *w);
void files_free(struct stepped *w); /* and ready for files_init */
struct model_fd *files_fd(struct stepped *w, int fd); /* NULL: EBADF */
/* The poller has something to tell of f: it wakes. */
void files_tell(struct stepped *w, struct model_fd *f, bool read, bool write);
int64_t files_write(struct stepped *w, struct model_fd *f, const uint8_t *buf, size_t n); /* of END_FILE */
int64_t files_read(struct model_fd *f, uint8_t *buf, size_t n);
int64_t files_open(struct stepped *w, const char *path, int flags, uint32_t mode);
int files_add_fd(struct stepped *w, struct model_fd f); /* the lowest free number; negative errno */

/* stepped_pipe.c */
int64_t pipe_make(struct stepped *w, int fds[2], bool nonblock);
void pipe_close(struct stepped *w, struct model_fd *f); /* f->pipe has one end less */
int64_t pipe_read(struct stepped *w, struct model_fd *f, uint8_t *buf, size_t n, bool nowait);
int64_t pipe_write(struct stepped *w, struct model_fd *f, const uint8_t *buf, size_t n);

#endif
