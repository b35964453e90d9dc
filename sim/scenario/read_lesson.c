/* read_lesson.c - lessons: when a card appears, what it says or asks. */
#include <string.h>

#include "read.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Keys that go with each kind of moment; the first names it. */
static const struct {
    const char *keys[4];
    enum scn_at_kind kind;
} moments[] = {{{"event", "goroutine", "nth"}, SCN_AT_EVENT},
               {{"line", "file", "goroutine", "nth"}, SCN_AT_LINE},
               {{"time"}, SCN_AT_TIME},
               {{"output", "nth"}, SCN_AT_OUTPUT},
               {{"diagnostic", "nth"}, SCN_AT_DIAGNOSTIC},
               {{"end"}, SCN_AT_END}};

static void check_at_keys(struct scn_reader *r, const struct json *j, size_t which) {
    const char *name = moments[which].keys[0];
    for (const struct json *m = j->first; m; m = m->next) {
        bool fits = strcmp(m->key, name) == 0;
        for (size_t i = 1; i < 4 && moments[which].keys[i]; i++)
            fits = fits || strcmp(m->key, moments[which].keys[i]) == 0;
        if (!fits) rd_bad_key(r, m, "does not go with \"%s\"", name);
    }
}

void rd_at(struct scn_reader *r, const struct json *j, struct scn_at *out) {
    static const char *const known[] = {"event", "goroutine", "nth",        "line", "file",
                                        "time",  "output",    "diagnostic", "end"};
    const struct json *m;
    out->nth = 1;
    if (!rd_keys(r, j, known, COUNT(known))) return;
    size_t which = 0;
    while (which < COUNT(moments) && !json_get(j, moments[which].keys[0]))
        which++;
    if (which == COUNT(moments)) {
        rd_bad(r, j, "no moment, expected \"event\", \"line\", \"time\", \"output\", \"diagnostic\" or \"end\"");
        return;
    }
    out->kind = moments[which].kind;
    check_at_keys(r, j, which);
    uint64_t n;
    bool yes;
    if ((m = json_get(j, "event"))) {
        int i = rd_choice(r, m, scn_event_names, scn_event_count);
        out->event = i < 0 ? NULL : scn_event_names[i];
    }
    if ((m = json_get(j, "goroutine"))) out->goroutine = rd_name(r, m);
    if ((m = json_get(j, "nth"))) rd_whole(r, m, 1, UINT64_C(1) << 40, &out->nth);
    if ((m = json_get(j, "line")) && rd_whole(r, m, 1, 1000000, &n)) out->line = (int)n;
    if ((m = json_get(j, "file"))) out->file = rd_name(r, m);
    if ((m = json_get(j, "time"))) rd_duration(r, m, INT64_MAX, &out->time_ns);
    if ((m = json_get(j, "output"))) out->text = rd_string(r, m);
    if ((m = json_get(j, "diagnostic"))) out->text = rd_string(r, m);
    if ((m = json_get(j, "end")) && rd_bool(r, m, &yes) && !yes) rd_bad(r, m, "false, expected true");
}

static bool among(const char *const *list, size_t n, const char *text) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], text) == 0) return true;
    return false;
}

static void read_replies(struct scn_reader *r, const struct json *j, struct scn_ask *a) {
    if (j->kind != JSON_OBJECT) {
        rd_wrong_kind(r, j, "an object: wrong answers and what to say to them");
        return;
    }
    a->replies = ARENA_ARRAY(r->arena, struct scn_reply, j->count + 1);
    for (const struct json *m = j->first; m && a->replies; m = m->next) {
        const char *text = rd_name(r, m);
        if (a->kind == SCN_ASK_CHOICE && a->nchoices && !among(a->choices, a->nchoices, m->key))
            rd_bad_key(r, m, "is none of the choices");
        else if (a->answer && strcmp(m->key, a->answer) == 0) rd_bad_key(r, m, "is the right answer");
        if (text) a->replies[a->nreplies++] = (struct scn_reply){m->key, text};
    }
}

static void read_answer(struct scn_reader *r, const struct json *j, const struct json *m, struct scn_ask *a) {
    const struct json *choices = json_get(j, "choices"), *tolerance = json_get(j, "tolerance");
    if (choices) a->choices = rd_strings(r, choices, &a->nchoices);
    if (choices && a->kind != SCN_ASK_CHOICE) rd_bad_key(r, choices, "does not go with this kind of question");
    if (tolerance && a->kind != SCN_ASK_NUMBER) rd_bad_key(r, tolerance, "does not go with this kind of question");
    switch (a->kind) {
    case SCN_ASK_CHOICE:
        a->answer = rd_name(r, m);
        if (!choices) rd_bad(r, j, "no \"choices\"");
        else if (choices->kind == JSON_ARRAY && a->nchoices < 2)
            rd_bad(r, choices, "%zu, expected at least two", a->nchoices);
        else if (a->answer && a->nchoices && !among(a->choices, a->nchoices, a->answer))
            rd_bad(r, m, "\"%.40s\" is none of the choices", a->answer);
        return;
    case SCN_ASK_NUMBER:
        rd_number(r, m, -1e15, 1e15, &a->number);
        a->answer = m->kind == JSON_NUMBER ? m->raw : NULL;
        if (tolerance) rd_number(r, tolerance, 0, 1e15, &a->tolerance);
        return;
    case SCN_ASK_ORDER:
        a->order = rd_strings(r, m, &a->norder);
        if (m->kind == JSON_ARRAY && a->norder < 2) rd_bad(r, m, "%zu, expected at least two", a->norder);
        return;
    case SCN_ASK_POINT:
        a->answer = rd_name(r, m);
        return;
    }
}

static struct scn_ask *read_ask(struct scn_reader *r, const struct json *j) {
    static const char *const known[] = {"kind", "question", "about", "choices",
                                        "answer", "tolerance", "replies", "holds"};
    static const char *const kinds[] = {"choice", "number", "order", "point"};
    static const char *const abouts[] = {"this run", "all runs"};
    struct scn_ask *a = ARENA_NEW(r->arena, struct scn_ask);
    if (!a || !rd_keys(r, j, known, COUNT(known))) return a;
    const struct json *kind = json_get(j, "kind"), *question = json_get(j, "question"), *m;
    if (!kind) rd_bad(r, j, "no \"kind\"");
    int k = kind ? rd_choice(r, kind, kinds, COUNT(kinds)) : -1;
    if (k >= 0) a->kind = (enum scn_ask_kind)k;
    if (question) a->question = rd_name(r, question);
    else rd_bad(r, j, "no \"question\"");
    if (!a->question) a->question = "";
    if ((m = json_get(j, "about"))) a->all_runs = rd_choice(r, m, abouts, 2) == 1;
    if (!(m = json_get(j, "answer"))) rd_bad(r, j, "no \"answer\"");
    else if (k >= 0) read_answer(r, j, m, a);
    if ((m = json_get(j, "replies")) && k >= 0) read_replies(r, m, a);
    if ((m = json_get(j, "holds"))) a->holds = rd_holds(r, m);
    return a;
}

void rd_lesson(struct scn_reader *r, const struct json *j, struct scenario *s) {
    static const char *const known[] = {"at", "say", "ask", "pause", "notes", "choose"};
    if (j->kind != JSON_ARRAY) {
        rd_wrong_kind(r, j, "a list");
        return;
    }
    s->lesson = ARENA_ARRAY(r->arena, struct scn_step, j->count + 1);
    for (const struct json *e = j->first; e && s->lesson; e = e->next) {
        if (!rd_keys(r, e, known, COUNT(known))) continue;
        struct scn_step *step = &s->lesson[s->nlesson++];
        const struct json *at = json_get(e, "at"), *say = json_get(e, "say"), *ask = json_get(e, "ask"), *m;
        if (at) rd_at(r, at, &step->at);
        else rd_bad(r, e, "no \"at\"");
        if ((say != NULL) == (ask != NULL)) rd_bad(r, e, "expected either \"say\" or \"ask\"");
        if (say) step->say = rd_name(r, say);
        if (ask) step->ask = read_ask(r, ask);
        if ((m = json_get(e, "pause"))) rd_bool(r, m, &step->pause);
        if ((m = json_get(e, "choose"))) rd_bool(r, m, &step->choose);
        if ((m = json_get(e, "notes"))) step->notes = rd_string(r, m);
    }
}
