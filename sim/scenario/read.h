/* read.h - JSON values to typed fields, with messages that say where and what was expected. Private to scenario.
 *
 * A reader notes every mistake and goes on, so that one load tells all of them; what a failed read gives is a default.
 */
#ifndef GOSEE_SCENARIO_READ_H
#define GOSEE_SCENARIO_READ_H

#include "json.h"
#include "map.h"
#include "scenario.h"

struct scn_reader {
    struct arena *arena; /* for what the scenario owns */
    const struct src_file *file;
    struct diag_list *diags;
    const char *folder; /* of the scenario */
};

/* Notes a mistake at the value (or, rd_bad_key, at its key); always false. */
bool rd_bad(struct scn_reader *r, const struct json *j, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
bool rd_bad_key(struct scn_reader *r, const struct json *j, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
bool rd_wrong_kind(struct scn_reader *r, const struct json *j, const char *expected);

/* Every key of the object must be known; unknown ones are told with the nearest known. false if it is no object. */
bool rd_keys(struct scn_reader *r, const struct json *j, const char *const *known, size_t n);

const char *rd_string(struct scn_reader *r, const struct json *j); /* NULL on a mistake */
const char *rd_name(struct scn_reader *r, const struct json *j);   /* the same, not empty */
bool rd_bool(struct scn_reader *r, const struct json *j, bool *out);
bool rd_whole(struct scn_reader *r, const struct json *j, uint64_t min, uint64_t max, uint64_t *out);
bool rd_number(struct scn_reader *r, const struct json *j, double min, double max, double *out);
bool rd_duration(struct scn_reader *r, const struct json *j, int64_t max, int64_t *ns);
bool rd_size(struct scn_reader *r, const struct json *j, uint64_t min, uint64_t max, uint64_t *bytes);
/* The index of a string among names; -1 on a mistake. `what` is told: "a world". */
int rd_choice(struct scn_reader *r, const struct json *j, const char *const *names, size_t n);
const char **rd_strings(struct scn_reader *r, const struct json *j, size_t *n);

/* A number, a duration or a size, as a number. */
bool rd_quantity(struct scn_reader *r, const struct json *j, double *out);
void rd_bounds(struct scn_reader *r, const struct json *object, struct scn_bounds *out, bool needed);

void rd_lesson(struct scn_reader *r, const struct json *j, struct scenario *s);
void rd_at(struct scn_reader *r, const struct json *j, struct scn_at *out);
void rd_expect(struct scn_reader *r, const struct json *j, struct scn_expect *out);
/* What an answer says: an expect without runs and refusals. */
struct scn_expect *rd_holds(struct scn_reader *r, const struct json *j);
bool rd_outcome(struct scn_reader *r, const struct json *j, struct scn_outcome *out, bool alone);
/* The whole scenario but its program's text and its variants. */
void rd_scenario(struct scn_reader *r, const struct json *j, struct scenario *s);

/* Names that JSON strings may be: those of runtime's tables of events and costs. */
extern const char *const scn_event_names[];
extern const char *const scn_event_args[][3]; /* "": none further */
extern const size_t scn_event_count;
extern const char *const scn_reason_names[]; /* as the table calls them, and as Go or the narration says them */
extern const size_t scn_reason_count;
extern const char *const scn_state_names[]; /* what `during` may be */
extern const size_t scn_state_count;
extern const char *const scn_cost_names[];
extern const size_t scn_cost_count;

#endif
