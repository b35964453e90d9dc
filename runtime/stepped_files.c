/* stepped_files.c - the stepped world's table of descriptors and its file system in memory. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stepped_int.h"

enum { MAX_FDS = 1 << 16, MAX_PATH = 4096 };
#define MAX_BYTES ((size_t)256 << 20)

/* ---- descriptors ------------------------------------------------------------------------------------------------- */

struct model_fd *files_fd(struct stepped *w, int fd) {
    if (fd < 0 || (size_t)fd >= w->files.nfd || w->files.fd[fd].kind == END_FREE) return NULL;
    return &w->files.fd[fd];
}

int files_add_fd(struct stepped *w, struct model_fd f) {
    struct model_files *fs = &w->files;
    size_t i = 0;
    while (i < fs->nfd && fs->fd[i].kind != END_FREE)
        i++;
    if (i == MAX_FDS) return -EMFILE;
    if (i == fs->nfd) {
        size_t n = i ? i * 2 : 8;
        struct model_fd *more = realloc(fs->fd, n * sizeof *more);
        if (!more) return -ENOMEM;
        memset(more + i, 0, (n - i) * sizeof *more);
        fs->fd = more;
        fs->nfd = n;
    }
    fs->fd[i] = f;
    return (int)i;
}

bool files_init(struct stepped *w) {
    const struct model_fd in = {.kind = END_STDIN, .reads = true}, out = {.kind = END_OUTPUT, .writes = true};
    return files_add_fd(w, in) == 0 && files_add_fd(w, out) == 1 && files_add_fd(w, out) == 2;
}

static void file_drop(struct stepped *w, struct model_file *f) {
    if (!f || --f->uses) return;
    w->files.bytes -= f->cap;
    free(f->data);
    free(f);
}

void files_free(struct stepped *w) {
    struct model_files *fs = &w->files;
    for (size_t i = 0; i < fs->nfd; i++) {
        struct model_fd *f = &fs->fd[i];
        if (f->kind == END_FILE) file_drop(w, f->file);
        if (f->kind != END_PIPE) continue;
        f->pipe->blocked = NULL; /* its threads are gone */
        unsigned *ends = f->reads ? &f->pipe->readers : &f->pipe->writers;
        --*ends;
        if (f->pipe->readers + f->pipe->writers == 0) free(f->pipe);
    }
    for (struct model_name *n = fs->names, *next; n; n = next) {
        next = n->next;
        file_drop(w, n->file);
        free(n->path);
        free(n);
    }
    free(fs->fd);
    *fs = (struct model_files){0};
}

void files_tell(struct stepped *w, struct model_fd *f, bool read, bool write) {
    if (!f->polled) return;
    f->told_r |= read;
    f->told_w |= write;
    if (w->poller && w->cur != w->poller) world_wake_call(w, w->poller);
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

/* The clean form, relative ones without a "."; false: too long, or above where they start (nothing is there). */
static bool clean(const char *path, char out[MAX_PATH]) {
    size_t n = 0;
    bool absolute = *path == '/';
    if (absolute) out[n++] = '/';
    while (*path) {
        size_t len = strcspn(path, "/");
        bool up = len == 2 && memcmp(path, "..", 2) == 0;
        if (up) {
            if (n <= (size_t)absolute) {
                if (!absolute) return false;
            } else {
                while (n > (size_t)absolute && out[n - 1] != '/')
                    n--;
                if (n > (size_t)absolute) n--;
            }
        } else if (len && !(len == 1 && *path == '.')) {
            if (n + len + 2 > MAX_PATH) return false;
            if (n > (size_t)absolute) out[n++] = '/';
            memcpy(out + n, path, len);
            n += len;
        }
        path += len;
        while (*path == '/')
            path++;
    }
    if (n == 0) out[n++] = '.';
    out[n] = '\0';
    return true;
}

static struct model_file *new_file(struct stepped *w, uint32_t mode) {
    struct model_file *f = calloc(1, sizeof *f);
    if (!f) return NULL;
    f->mode = mode;
    f->uses = 1;
    f->ino = ++w->files.next_ino;
    f->mtime = STEPPED_EPOCH;
    return f;
}

static bool reserve(struct stepped *w, struct model_file *f, size_t len) {
    if (len <= f->cap) return true;
    size_t cap = f->cap * 2 > len ? f->cap * 2 : len < 512 ? 512 : len;
    if (cap - f->cap > MAX_BYTES - w->files.bytes) return false;
    uint8_t *more = realloc(f->data, cap);
    if (!more) return false;
    memset(more + f->cap, 0, cap - f->cap);
    w->files.bytes += cap - f->cap;
    f->data = more;
    f->cap = cap;
    return true;
}

static bool read_all(struct stepped *w, int host, struct model_file *f) {
    struct stat st;
    if (fstat(host, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size < 0 || (uint64_t)st.st_size > MAX_BYTES) return false;
    if (st.st_mode & 0111) f->mode |= 0111;
    if (!reserve(w, f, (size_t)st.st_size)) return false;
    while (f->len < (size_t)st.st_size) {
        ssize_t n = read(host, f->data + f->len, (size_t)st.st_size - f->len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        f->len += (size_t)n;
    }
    return true;
}

/* What the real folder has of this name. */
static struct model_file *load(struct stepped *w, const char *path) {
    struct model_file *f = NULL;
    struct stat st = {0};
    const char *folder = w->config.folder && *w->config.folder ? w->config.folder : ".";
    int dir = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0) return NULL;
    if (fstatat(dir, path, &st, 0) == 0 && S_ISDIR(st.st_mode)) {
        f = new_file(w, S_IFDIR | 0755);
    } else if (S_ISREG(st.st_mode)) {
        int host = openat(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        f = host < 0 ? NULL : new_file(w, S_IFREG | 0644);
        if (f && !read_all(w, host, f)) {
            file_drop(w, f);
            f = NULL;
        }
        if (host >= 0) close(host);
    }
    close(dir);
    return f;
}

static bool is_dir(const struct model_file *f) { return f && S_ISDIR(f->mode); }

static const char *const folders[] = {"/", "/tmp", "/dev"};

/* The entry of a clean path, made if need be; NULL: no memory. */
static struct model_name *name_of(struct stepped *w, const char *path) {
    for (struct model_name *n = w->files.names; n; n = n->next) {
        if (strcmp(n->path, path) == 0) return n;
    }
    struct model_name *n = calloc(1, sizeof *n);
    if (!n || !(n->path = strdup(path))) {
        free(n);
        return NULL;
    }
    if (*path != '/') n->file = load(w, path);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (strcmp(path, folders[i]) == 0) n->file = new_file(w, S_IFDIR | 0755);
    }
    if (strcmp(path, "/dev/null") == 0) n->file = new_file(w, S_IFCHR | 0666);
    n->next = w->files.names;
    w->files.names = n;
    return n;
}

/* 0, or the errno of a path whose folder is not there. */
static int parent_missing(struct stepped *w, const char *path) {
    char dir[MAX_PATH];
    const char *slash = strrchr(path, '/');
    if (!slash) return 0;
    size_t n = slash == path ? 1 : (size_t)(slash - path);
    memcpy(dir, path, n);
    dir[n] = '\0';
    struct model_name *d = name_of(w, dir);
    if (!d) return ENOMEM;
    if (!d->file) return ENOENT;
    return is_dir(d->file) ? 0 : ENOTDIR;
}

/* The entry that path names; negative errno in *err without one (not: a name without a file). */
static struct model_name *look_up(struct stepped *w, const char *path, int64_t *err) {
    char c[MAX_PATH];
    *err = -ENOENT;
    if (!*path || !clean(path, c)) return NULL;
    int missing = parent_missing(w, c);
    struct model_name *n = missing ? NULL : name_of(w, c);
    *err = missing ? -missing : -ENOMEM;
    return n;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static int64_t unix_now(const struct stepped *w) { return STEPPED_EPOCH + world_clock(w); }

int64_t files_open(struct stepped *w, const char *path, int flags, uint32_t mode) {
    int64_t err;
    struct model_name *n = look_up(w, path, &err);
    int access = flags & O_ACCMODE;
    bool writes = access != O_RDONLY;
    if (!n) return err;
    if (!n->file && !(flags & O_CREAT)) return -ENOENT;
    if (n->file && (flags & O_CREAT) && (flags & O_EXCL)) return -EEXIST;
    if (is_dir(n->file) && (writes || (flags & O_CREAT))) return -EISDIR;
    if (n->file && S_ISREG(n->file->mode)) {
        if (writes && !(n->file->mode & 0200)) return -EACCES;
        if (access != O_WRONLY && !(n->file->mode & 0400)) return -EACCES;
    }
    if (!n->file && !(n->file = new_file(w, S_IFREG | (mode & 0777 & ~022u)))) return -ENOMEM;
    if (n->file->mtime == STEPPED_EPOCH && (flags & O_CREAT) && !n->file->len) n->file->mtime = unix_now(w);
    struct model_fd f = {.kind = S_ISCHR(n->file->mode) ? END_NULL : END_FILE, .reads = access != O_WRONLY, .writes = writes,
                         .append = (flags & O_APPEND) != 0, .nonblock = (flags & O_NONBLOCK) != 0, .file = n->file};
    int fd = files_add_fd(w, f);
    if (fd < 0) return fd;
    if (f.kind == END_FILE) n->file->uses++;
    if ((flags & O_TRUNC) && writes && f.kind == END_FILE) {
        n->file->len = 0;
        n->file->mtime = unix_now(w);
    }
    return fd;
}

static int64_t read_at(const struct model_file *f, uint8_t *buf, size_t n, size_t at) {
    if (is_dir(f)) return -EISDIR;
    if (at >= f->len) return 0;
    if (n > f->len - at) n = f->len - at;
    memcpy(buf, f->data + at, n);
    return (int64_t)n;
}

static int64_t write_at(struct stepped *w, struct model_file *f, const uint8_t *buf, size_t n, size_t at) {
    if (at > MAX_BYTES || n > MAX_BYTES - at) return -EFBIG;
    if (!reserve(w, f, at + n)) return -ENOSPC;
    if (at > f->len) memset(f->data + f->len, 0, at - f->len);
    memcpy(f->data + at, buf, n);
    if (at + n > f->len) f->len = at + n;
    f->mtime = unix_now(w);
    return (int64_t)n;
}

int64_t files_read(struct model_fd *f, uint8_t *buf, size_t n) {
    if (!f->reads) return -EBADF;
    int64_t got = read_at(f->file, buf, n, f->offset);
    if (got > 0) f->offset += (size_t)got;
    return got;
}

int64_t files_write(struct stepped *w, struct model_fd *f, const uint8_t *buf, size_t n) {
    if (!f->writes) return -EBADF;
    if (f->append) f->offset = f->file->len;
    int64_t put = write_at(w, f->file, buf, n, f->offset);
    if (put > 0) f->offset += (size_t)put;
    return put;
}

static int64_t seek(struct model_fd *f, int64_t offset, int whence) {
    if (f->kind == END_NULL) return 0;
    if (f->kind != END_FILE) return -ESPIPE;
    int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (int64_t)f->offset : (int64_t)f->file->len, to;
    if (whence < SEEK_SET || whence > SEEK_END) return -EINVAL;
    if (__builtin_add_overflow(from, offset, &to) || to < 0) return -EINVAL;
    f->offset = (size_t)to;
    return to;
}

static int64_t stat_of(const struct model_file *f, struct rt_file_stat *st) {
    *st = (struct rt_file_stat){.mode = f->mode, .size = is_dir(f) ? 4096 : (int64_t)f->len, .mtime = f->mtime,
                                .dev = 1, .ino = f->ino};
    return 0;
}

static int64_t stat_fd(const struct model_fd *f, struct rt_file_stat *st) {
    if (f->kind == END_FILE) return stat_of(f->file, st);
    uint32_t mode = f->kind == END_NULL ? S_IFCHR | 0666u : S_IFIFO | 0600u;
    *st = (struct rt_file_stat){.mode = mode, .mtime = STEPPED_EPOCH, .dev = 2};
    return 0;
}

static int64_t truncate_to(struct stepped *w, struct model_fd *f, int64_t size) {
    if (f->kind != END_FILE || !f->writes || size < 0) return -EINVAL;
    if ((uint64_t)size > MAX_BYTES) return -EFBIG;
    if (!reserve(w, f->file, (size_t)size)) return -ENOSPC;
    if ((size_t)size > f->file->len) memset(f->file->data + f->file->len, 0, (size_t)size - f->file->len);
    f->file->len = (size_t)size;
    return 0;
}

static int64_t remove_name(struct stepped *w, const char *path) {
    int64_t err;
    struct model_name *n = look_up(w, path, &err);
    if (!n) return err;
    if (!n->file) return -ENOENT;
    if (is_dir(n->file)) {
        size_t len = strlen(n->path);
        for (struct model_name *in = w->files.names; in; in = in->next) {
            if (in->file && strncmp(in->path, n->path, len) == 0 && in->path[len] == '/') return -ENOTEMPTY;
        }
    }
    file_drop(w, n->file);
    n->file = NULL;
    return 0;
}

static int64_t rename_to(struct stepped *w, const char *path, const char *to) {
    int64_t err;
    struct model_name *n = look_up(w, path, &err);
    if (!n) return err;
    if (!n->file) return -ENOENT;
    if (is_dir(n->file)) return -EXDEV; /* what lies in it would have to move along */
    struct model_name *t = look_up(w, to, &err);
    if (!t) return err;
    if (is_dir(t->file)) return -EEXIST;
    if (t == n) return 0;
    file_drop(w, t->file);
    t->file = n->file;
    n->file = NULL;
    return 0;
}

static int64_t make_folder(struct stepped *w, const char *path, uint32_t mode) {
    int64_t err;
    struct model_name *n = look_up(w, path, &err);
    if (!n) return err;
    if (n->file) return -EEXIST;
    n->file = new_file(w, S_IFDIR | (mode & 0777 & ~022u));
    return n->file ? 0 : -ENOMEM;
}

static int64_t close_fd(struct stepped *w, struct model_fd *f) {
    f->polled = false;
    if (f->kind == END_PIPE) {
        pipe_close(w, f);
        return 0;
    }
    if (f->kind == END_FILE) file_drop(w, f->file);
    f->kind = END_FREE;
    return 0;
}

static int64_t on_fd(struct stepped *w, struct rt_file_call *c, struct model_fd *f) {
    switch (c->op) {
    case RT_FILE_CLOSE: return close_fd(w, f);
    case RT_FILE_SEEK: return seek(f, c->offset, c->flags);
    case RT_FILE_PREAD:
    case RT_FILE_PWRITE: break;
    case RT_FILE_FSTAT: return stat_fd(f, &c->st);
    case RT_FILE_TRUNCATE: return truncate_to(w, f, c->offset);
    case RT_FILE_NONBLOCK: f->nonblock = c->flags != 0; return 0;
    case RT_FILE_SYNC: return f->kind == END_FILE ? 0 : -EINVAL;
    default: return -ENOSYS;
    }
    if (f->kind != END_FILE) return -ESPIPE;
    if (c->offset < 0) return -EINVAL;
    bool read = c->op == RT_FILE_PREAD;
    if (read ? !f->reads : !f->writes) return -EBADF;
    return read ? read_at(f->file, c->buf, c->n, (size_t)c->offset)
                : write_at(w, f->file, c->buf, c->n, (size_t)c->offset);
}

int64_t stepped_file(struct rt_world *rw, struct m *mp, struct rt_file_call *c) {
    struct stepped *w = stepped_of(rw);
    int64_t err;
    (void)mp;
    world_short_call(w);
    switch (c->op) {
    case RT_FILE_OPEN: return files_open(w, c->path, c->flags, c->mode);
    case RT_FILE_PIPE: return pipe_make(w, c->fds, (c->flags & O_NONBLOCK) != 0);
    case RT_FILE_REMOVE: return remove_name(w, c->path);
    case RT_FILE_RENAME: return rename_to(w, c->path, c->to);
    case RT_FILE_MKDIR: return make_folder(w, c->path, c->mode);
    case RT_FILE_STAT: {
        const struct model_name *n = look_up(w, c->path, &err);
        return !n ? err : !n->file ? -ENOENT : stat_of(n->file, &c->st);
    }
    default: break;
    }
    struct model_fd *f = files_fd(w, c->fd);
    return f ? on_fd(w, c, f) : -EBADF;
}
