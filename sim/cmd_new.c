/* cmd_new.c - gosee new DIR: a scene to begin with, which runs and passes its own check. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static const char program_text[] =
    "package main\n\n"
    "import (\n\t\"fmt\"\n\t\"sync\"\n)\n\n"
    "func main() {\n"
    "\tvar wg sync.WaitGroup\n"
    "\tfor _, name := range []string{\"A\", \"B\"} {\n"
    "\t\twg.Add(1)\n"
    "\t\tgo func() {\n"
    "\t\t\tdefer wg.Done()\n"
    "\t\t\tfmt.Println(name)\n"
    "\t\t}()\n"
    "\t}\n"
    "\twg.Wait()\n"
    "}\n";

/* After "title": TITLE. */
static const char scene_text[] =
    ",\n"
    "  \"summary\": \"main starts two goroutines and waits for both.\",\n"
    "  \"asks\": \"Which of the two prints first?\",\n"
    "  \"minutes\": 5,\n"
    "  \"program\": \"main.go\",\n"
    "  \"machine\": { \"procs\": 2, \"cores\": 2 },\n"
    "  \"seed\": 1,\n"
    "  \"lesson\": [\n"
    "    { \"at\": { \"event\": \"GoCreate\", \"goroutine\": \"main.func1\" },\n"
    "      \"say\": \"main starts a goroutine and goes on at once.\", \"pause\": true,\n"
    "      \"notes\": \"Ask who will print first, before you go on.\" }\n"
    "  ],\n"
    "  \"expect\": {\n"
    "    \"outcomes\": [ { \"stdout\": \"A\\nB\\n\", \"must\": \"occur\" },\n"
    "                  { \"stdout\": \"B\\nA\\n\", \"must\": \"occur\" } ]\n"
    "  }\n"
    "}\n";

/* "no-parents/" has 10 bytes of name, from the start of the last part. */
static const char *last_part(const char *path, size_t *n) {
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/') end--;
    size_t from = end;
    while (from > 0 && path[from - 1] != '/') from--;
    *n = end - from;
    return path + from;
}

/* A new file; one that is there already is never touched. */
static bool put(const char *folder, const char *name, const char *text, size_t n) {
    struct str path = {0};
    str_addf(&path, "%s/%s", folder, name);
    bool ok = !path.failed;
    if (!ok) {
        cli_say("out of memory");
    } else if (access(str_cstr(&path), F_OK) == 0) {
        cli_say("%s is there already", str_cstr(&path));
        ok = false;
    } else if (!file_write_whole(str_cstr(&path), text, n)) {
        cli_say("cannot write %s: %s", str_cstr(&path), strerror(errno));
        ok = false;
    }
    str_free(&path);
    return ok;
}

int cmd_new(const struct cli *c) {
    const char *folder = c->paths[0];
    if (mkdir(folder, 0777) != 0) {
        cli_say("cannot make %s: %s", folder, strerror(errno));
        return STATUS_REFUSED;
    }
    size_t n;
    const char *name = last_part(folder, &n);
    struct str scene = {0};
    str_adds(&scene, "{\n  \"format\": 1,\n  \"title\": ");
    str_add_json(&scene, name, n);
    str_adds(&scene, scene_text);
    bool ok = !scene.failed;
    if (!ok) cli_say("out of memory");
    ok = ok && put(folder, "main.go", program_text, sizeof program_text - 1) &&
         put(folder, "scene.json", str_cstr(&scene), scene.len);
    str_free(&scene);
    if (!ok) return STATUS_REFUSED;
    printf("%s/main.go is the program, %s/scene.json the scene.\n"
           "  gosee %s              look at it\n"
           "  gosee outcomes %s     what else it can do\n"
           "  gosee check %s        whether it does what scene.json expects; --watch: again at every save\n",
           folder, folder, folder, folder, folder);
    return 0;
}
