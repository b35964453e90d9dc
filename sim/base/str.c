#include "str.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

void str_free(struct str *s) {
    free(s->data);
    memset(s, 0, sizeof *s);
}

void str_clear(struct str *s) {
    s->len = 0;
    s->failed = false;
    if (s->data) s->data[0] = 0;
}

static bool reserve(struct str *s, size_t more) {
    if (s->data && s->cap - s->len > more) return true;
    if (more > SIZE_MAX / 4 - s->len) goto failed;
    size_t want = s->cap ? s->cap * 2 : 64;
    while (want < s->len + more + 1) want *= 2;
    char *p = realloc(s->data, want);
    if (!p) goto failed;
    s->data = p;
    s->cap = want;
    return true;
failed:
    s->failed = true;
    return false;
}

void str_add(struct str *s, const char *bytes, size_t n) {
    if (!reserve(s, n)) return;
    if (n) memcpy(s->data + s->len, bytes, n);
    s->len += n;
    s->data[s->len] = 0;
}

void str_adds(struct str *s, const char *cstr) { str_add(s, cstr, strlen(cstr)); }
void str_addc(struct str *s, char c) { str_add(s, &c, 1); }

void str_vaddf(struct str *s, const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n >= 0 && reserve(s, (size_t)n)) {
        vsnprintf(s->data + s->len, (size_t)n + 1, fmt, again);
        s->len += (size_t)n;
    } else {
        s->failed = true;
    }
    va_end(again);
}

void str_addf(struct str *s, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    str_vaddf(s, fmt, ap);
    va_end(ap);
}

const char *str_cstr(const struct str *s) { return s->data ? s->data : ""; }

char *str_take(struct str *s) {
    char *p = s->failed ? NULL : s->data;
    if (!s->failed && !p) p = calloc(1, 1);
    if (s->failed) free(s->data);
    memset(s, 0, sizeof *s);
    return p;
}

bool str_read_file(struct str *s, const char *path, size_t max) {
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    int err = 0;
    char buf[16384];
    size_t n;
    errno = 0;
    while ((n = fread(buf, 1, sizeof buf, f)) > 0) {
        if (n > max - s->len) {
            err = EFBIG;
            break;
        }
        str_add(s, buf, n);
    }
    if (!err && ferror(f)) err = errno ? errno : EIO;
    if (!err && s->failed) err = ENOMEM;
    fclose(f);
    errno = err;
    return err == 0;
}

/* 0 or an errno value. */
static int write_all(int fd, const char *p, size_t n) {
    while (n > 0) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) return errno;
        p += k, n -= (size_t)k;
    }
    return 0;
}

/* What is there and is no regular file (a device, a pipe) must not be replaced by one. */
static bool write_in_place(const char *path, const void *bytes, size_t n) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    int err = write_all(fd, bytes, n);
    if (close(fd) != 0 && !err) err = errno;
    errno = err;
    return err == 0;
}

/* A new file beside `path`, with the permissions that any new file gets (mkstemp's would be the owner's alone). */
static int open_beside(const char *path, struct str *name) {
    for (unsigned i = 0; i < 100; i++) {
        str_clear(name);
        str_addf(name, "%s.%ld-%u.tmp", path, (long)getpid(), i);
        if (name->failed) {
            errno = ENOMEM;
            return -1;
        }
        int fd = open(name->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

bool file_write_whole(const char *path, const void *bytes, size_t n) {
    struct stat there;
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) return write_in_place(path, bytes, n);
    struct str tmp = {0};
    int fd = open_beside(path, &tmp);
    int err = fd < 0 ? errno : write_all(fd, bytes, n);
    if (fd >= 0) {
        if (!err && fsync(fd) != 0) err = errno;
        if (close(fd) != 0 && !err) err = errno;
        if (!err && rename(tmp.data, path) != 0) err = errno;
        if (err) unlink(tmp.data);
    }
    str_free(&tmp);
    errno = err;
    return err == 0;
}

/* The length of the well-formed UTF-8 sequence at s, 0 if there is none. */
static size_t utf8_length(const unsigned char *s, size_t n) {
    size_t k = s[0] < 0x80 ? 1 : (s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : (s[0] >= 0xe0 && s[0] < 0xf0 ? 3 : 4));
    if (k == 1) return 1;
    if (s[0] < 0xc2 || s[0] > 0xf4 || n < k) return 0;
    for (size_t i = 1; i < k; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)) return 0;
    if ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)) return 0;
    return k;
}

void str_add_json(struct str *out, const char *text, size_t n) {
    str_addc(out, '"');
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)text[i];
        size_t k = utf8_length((const unsigned char *)text + i, n - i);
        if (c == '"' || c == '\\') str_addf(out, "\\%c", c);
        else if (c == '\n') str_adds(out, "\\n");
        else if (c == '\t') str_adds(out, "\\t");
        else if (c < 0x20 || c == 0x7f) str_addf(out, "\\u%04x", c);
        else if (k == 0) str_adds(out, "\\ufffd");
        else str_add(out, text + i, k);
        i += k ? k : 1;
    }
    str_addc(out, '"');
}
