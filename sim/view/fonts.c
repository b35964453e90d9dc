#include "fonts.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

/* Measures are taken once at this size without hinting, so that they hold at every size. */
enum { MEASURE = 512, OVERSAMPLE = 4, MAX_RASTER = 1600, ADVANCES = 0x180, KERN_FIRST = 0x20, KERN_COUNT = 95 };

struct font {
    TTF_Font *measure, *raster;
    int raster_size;
    char *file;
    int index;
    float advance[ADVANCES]; /* em; < 0: not measured yet */
};

struct cache_entry {
    uint32_t cp;
    uint8_t font;
    float advance;
};

enum { CACHE = 4096 };

struct ui_fonts {
    struct font fonts[UI_FONTS_MAX];
    unsigned nfonts;
    float *kern[UI_MONO_400];     /* per sans face, KERN_COUNT squared; NaN: not measured */
    struct cache_entry *cache[2]; /* others than ADVANCES, by code point; sans and mono */
};

static const struct {
    const char *family, *fallback;
    int fc_weight, css;
} faces[UI_FACES] = {
    {"Inter", "DejaVu Sans", FC_WEIGHT_REGULAR, 400},
    {"Inter", "DejaVu Sans", FC_WEIGHT_MEDIUM, 500},
    {"Inter", "DejaVu Sans", FC_WEIGHT_DEMIBOLD, 600},
    {"Inter", "DejaVu Sans", FC_WEIGHT_BOLD, 700},
    {"JetBrains Mono", "DejaVu Sans Mono", FC_WEIGHT_REGULAR, 400},
    {"JetBrains Mono", "DejaVu Sans Mono", FC_WEIGHT_MEDIUM, 500},
    {"JetBrains Mono", "DejaVu Sans Mono", FC_WEIGHT_DEMIBOLD, 600},
    {"JetBrains Mono", "DejaVu Sans Mono", FC_WEIGHT_BOLD, 700},
};

size_t ui_utf8_next(const char *s, size_t n, uint32_t *cp) {
    const unsigned char *p = (const unsigned char *)s;
    *cp = 0xfffd;
    if (n == 0) return 0;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    size_t need = p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc2 ? 2 : 0;
    if (p[0] >= 0xf5 || need == 0 || need > n) return 1;
    uint32_t v = need == 4 ? p[0] & 0x07u : need == 3 ? p[0] & 0x0fu : p[0] & 0x1fu;
    for (size_t i = 1; i < need; i++) {
        if ((p[i] & 0xc0) != 0x80) return 1;
        v = v << 6 | (p[i] & 0x3fu);
    }
    bool bad = (need == 3 && v < 0x800) || (need == 4 && (v < 0x10000 || v > 0x10ffff)) || (v >= 0xd800 && v < 0xe000);
    if (!bad) *cp = v;
    return need;
}

/* ---- finding ------------------------------------------------------------------------------------------------ */

static bool take_match(FcPattern *match, const char *family, char **file, int *index) {
    FcChar8 *path = NULL, *name = NULL;
    bool ok = FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch;
    if (ok && family) {
        bool same = false;
        for (int i = 0; FcPatternGetString(match, FC_FAMILY, i, &name) == FcResultMatch; i++)
            if (FcStrCmpIgnoreCase(name, (const FcChar8 *)family) == 0) same = true;
        ok = same;
    }
    if (!ok) return false;
    if (FcPatternGetInteger(match, FC_INDEX, 0, index) != FcResultMatch) *index = 0;
    *index &= 0xffff; /* the high half names an instance of a variable font */
    *file = strdup((const char *)path);
    return *file != NULL;
}

/* family NULL: whatever fontconfig names; cp 0: for any text. */
static bool find_file(const char *family, int weight, bool mono, uint32_t cp, char **file, int *index) {
    FcPattern *pat = FcPatternCreate();
    if (!pat) return false;
    if (family) FcPatternAddString(pat, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddInteger(pat, FC_WEIGHT, weight);
    FcPatternAddInteger(pat, FC_SLANT, FC_SLANT_ROMAN);
    FcPatternAddBool(pat, FC_SCALABLE, FcTrue);
    if (!family && mono) FcPatternAddInteger(pat, FC_SPACING, FC_MONO);
    FcCharSet *set = cp ? FcCharSetCreate() : NULL;
    if (set) {
        FcCharSetAddChar(set, cp);
        FcPatternAddCharSet(pat, FC_CHARSET, set);
    }
    FcConfigSubstitute(NULL, pat, FcMatchPattern);
    FcDefaultSubstitute(pat);
    FcResult result;
    FcPattern *match = FcFontMatch(NULL, pat, &result);
    bool found = match && take_match(match, family, file, index);
    if (match) FcPatternDestroy(match);
    if (set) FcCharSetDestroy(set);
    FcPatternDestroy(pat);
    return found;
}

static bool open_font(struct font *f, char *file, int index) {
    f->file = file;
    f->index = index;
    f->measure = TTF_OpenFontIndex(file, MEASURE, index);
    f->raster = TTF_OpenFontIndex(file, 16 * OVERSAMPLE, index);
    f->raster_size = 16 * OVERSAMPLE;
    if (!f->measure || !f->raster) return false;
    TTF_SetFontHinting(f->measure, TTF_HINTING_NONE);
    TTF_SetFontHinting(f->raster, TTF_HINTING_NONE);
    for (size_t i = 0; i < ADVANCES; i++)
        f->advance[i] = -1;
    return true;
}

static void close_font(struct font *f) {
    if (f->measure) TTF_CloseFont(f->measure);
    if (f->raster) TTF_CloseFont(f->raster);
    free(f->file);
    *f = (struct font){0};
}

static void no_fonts(struct diag_list *diags) {
    diag_add(diags, NULL, 0, 0, "no font can be found for the window");
    diag_hint(diags,
              "install fonts-inter and fonts-jetbrains-mono, or at least fonts-dejavu-core (on other systems: any "
              "font that fontconfig lists with fc-list)");
}

struct ui_fonts *ui_fonts_open(struct diag_list *diags) {
    struct ui_fonts *f = calloc(1, sizeof *f);
    if (!f) {
        diag_add(diags, NULL, 0, 0, "out of memory while opening fonts");
        return NULL;
    }
    if (TTF_Init() != 0 || !FcInit()) {
        diag_add(diags, NULL, 0, 0, "the font library does not start: %s", TTF_GetError());
        free(f);
        return NULL;
    }
    for (unsigned i = 0; i < UI_FACES; i++) {
        char *file = NULL;
        int index = 0;
        bool mono = i >= UI_MONO_400;
        bool ok = find_file(faces[i].family, faces[i].fc_weight, mono, 0, &file, &index) ||
                  find_file(faces[i].fallback, faces[i].fc_weight, mono, 0, &file, &index) ||
                  find_file(NULL, faces[i].fc_weight, mono, 0, &file, &index);
        f->nfonts = i + 1;
        if (ok && open_font(&f->fonts[i], file, index)) continue;
        no_fonts(diags);
        ui_fonts_close(f);
        return NULL;
    }
    return f;
}

void ui_fonts_close(struct ui_fonts *f) {
    if (!f) return;
    for (unsigned i = 0; i < f->nfonts; i++)
        close_font(&f->fonts[i]);
    for (unsigned i = 0; i < UI_MONO_400; i++)
        free(f->kern[i]);
    free(f->cache[0]);
    free(f->cache[1]);
    free(f);
    TTF_Quit();
}

/* ---- measures ----------------------------------------------------------------------------------------------- */

static float measure(const struct font *font, uint32_t cp) {
    int advance = 0;
    if (TTF_GlyphMetrics32(font->measure, cp, NULL, NULL, NULL, NULL, &advance) != 0) return 0.5f;
    return (float)advance / MEASURE;
}

static bool provides(const struct font *font, uint32_t cp) { return TTF_GlyphIsProvided32(font->measure, cp) != 0; }

static unsigned fallback_for(struct ui_fonts *f, enum ui_face face, uint32_t cp) {
    for (unsigned i = UI_FACES; i < f->nfonts; i++)
        if (provides(&f->fonts[i], cp)) return i;
    if (f->nfonts == UI_FONTS_MAX) return (unsigned)face;
    char *file = NULL;
    int index = 0;
    bool mono = face >= UI_MONO_400;
    bool found = find_file(faces[face].fallback, FC_WEIGHT_REGULAR, mono, cp, &file, &index) ||
                 find_file(NULL, FC_WEIGHT_REGULAR, false, cp, &file, &index);
    if (!found) return (unsigned)face;
    struct font *font = &f->fonts[f->nfonts];
    if (!open_font(font, file, index) || !provides(font, cp)) {
        close_font(font);
        return (unsigned)face;
    }
    return f->nfonts++;
}

static float advance_of(struct ui_fonts *f, enum ui_face face, uint32_t cp, unsigned *font) {
    *font = (unsigned)face;
    if (cp == 0x2009) return 0.28f; /* the gap in grouped digits: the same in every face */
    struct font *own = &f->fonts[face];
    if (cp < ADVANCES && own->advance[cp] >= 0) return own->advance[cp];
    if (cp < ADVANCES && (cp < 0x20 || provides(own, cp))) return own->advance[cp] = cp < 0x20 ? 0 : measure(own, cp);
    unsigned kind = face >= UI_MONO_400;
    if (!f->cache[kind]) f->cache[kind] = calloc(CACHE, sizeof *f->cache[kind]);
    struct cache_entry *e = f->cache[kind] ? &f->cache[kind][(cp * 2654435761u >> 12) % CACHE] : NULL;
    if (e && e->cp == cp) {
        if (e->font >= UI_FACES) *font = e->font;
        return e->advance;
    }
    if (!provides(own, cp)) *font = fallback_for(f, face, cp);
    float a = measure(&f->fonts[*font], cp);
    if (e) *e = (struct cache_entry){cp, (uint8_t)*font, a};
    return a;
}

/* The pair between two H, less what H does to each: shaping gives sums, not pairs. */
static float measure_kern(const struct font *font, char a, char b) {
    const char text[4][5] = {{'H', a, b, 'H', 0}, {'H', a, 'H', 0, 0}, {'H', b, 'H', 0, 0}, {'H', 'H', 0, 0, 0}};
    int w[4] = {0};
    for (int i = 0; i < 4; i++)
        if (TTF_SizeUTF8(font->measure, text[i], &w[i], NULL) != 0) return 0;
    return (float)(w[0] - w[1] - w[2] + w[3]) / MEASURE;
}

static bool kerns(uint32_t cp) {
    return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || cp == '.' || cp == ',';
}

static float kern_of(struct ui_fonts *f, enum ui_face face, uint32_t a, uint32_t b) {
    if (face >= UI_MONO_400 || !kerns(a) || !kerns(b)) return 0;
    if (!f->kern[face]) {
        f->kern[face] = malloc(sizeof(float) * KERN_COUNT * KERN_COUNT);
        if (!f->kern[face]) return 0;
        for (size_t i = 0; i < KERN_COUNT * KERN_COUNT; i++)
            f->kern[face][i] = NAN;
    }
    float *k = &f->kern[face][(a - KERN_FIRST) * KERN_COUNT + (b - KERN_FIRST)];
    if (isnan(*k)) *k = measure_kern(&f->fonts[face], (char)a, (char)b);
    return *k;
}

/* Walks s until `room` em are full; stores glyphs when out is given. */
struct walk {
    double width;
    size_t bytes, glyphs;
};

static struct walk walk_text(struct ui_fonts *f, enum ui_face face, const char *s, size_t n, double room,
                             struct ui_glyph *out, size_t max) {
    struct walk w = {0};
    uint32_t before = 0;
    while (w.bytes < n) {
        uint32_t cp;
        size_t took = ui_utf8_next(s + w.bytes, n - w.bytes, &cp);
        unsigned font;
        double adv = (double)advance_of(f, face, cp, &font);
        double x = w.width + (double)kern_of(f, face, before, cp);
        if (x + adv > room) break;
        bool blank = cp == ' ' || cp < 0x20 || cp == 0x2009 || cp == 0xa0;
        if (out && !blank) {
            if (w.glyphs == max) break;
            out[w.glyphs++] = (struct ui_glyph){cp, font, x};
        }
        w.width = x + adv;
        w.bytes += took;
        before = cp;
    }
    return w;
}

double ui_fonts_width(struct ui_fonts *f, enum ui_face face, double size, const char *s, size_t n) {
    if (n == SIZE_MAX) n = strlen(s);
    return walk_text(f, face, s, n, INFINITY, NULL, 0).width * size;
}

size_t ui_fonts_fit(struct ui_fonts *f, enum ui_face face, double size, const char *s, size_t n, double room) {
    return walk_text(f, face, s, n, room / size, NULL, 0).bytes;
}

size_t ui_fonts_shape(struct ui_fonts *f, enum ui_face face, const char *s, size_t n, struct ui_glyph *out,
                      size_t max) {
    return walk_text(f, face, s, n, INFINITY, out, max).glyphs;
}

/* ---- images ------------------------------------------------------------------------------------------------- */

/* Averages OVERSAMPLE x OVERSAMPLE blocks of the large image; (ox, oy) is where the image starts on the fine grid. */
static void shrink(const SDL_Surface *big, int ox, int oy, struct ui_bitmap *out) {
    const int k = OVERSAMPLE;
    for (int y = 0; y < out->h; y++) {
        for (int x = 0; x < out->w; x++) {
            unsigned sum = 0;
            for (int j = 0; j < k * k; j++) {
                int sx = x * k + j % k - ox, sy = y * k + j / k - oy;
                if (sx < 0 || sy < 0 || sx >= big->w || sy >= big->h) continue;
                const uint32_t *row = (const uint32_t *)(const void *)((const uint8_t *)big->pixels + sy * big->pitch);
                sum += row[sx] >> 24;
            }
            out->bytes[y * out->w + x] = (uint8_t)((sum + (unsigned)(k * k) / 2) / (unsigned)(k * k));
        }
    }
}

static int floor_div(int a, int b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

bool ui_fonts_raster(struct ui_fonts *f, unsigned font, uint32_t cp, double size, unsigned phase,
                     struct ui_bitmap *out) {
    *out = (struct ui_bitmap){0};
    if (font >= f->nfonts) return false;
    struct font *face = &f->fonts[font];
    int want = (int)(size * OVERSAMPLE + 0.5);
    if (want < 1) return true;
    if (want > MAX_RASTER) want = MAX_RASTER;
    if (face->raster_size != want) {
        if (TTF_SetFontSize(face->raster, want) != 0) return false;
        face->raster_size = want;
    }
    int minx = 0, maxx = 0, miny = 0, maxy = 0, advance = 0;
    if (TTF_GlyphMetrics32(face->raster, cp, &minx, &maxx, &miny, &maxy, &advance) != 0) return true;
    if (maxx <= minx || maxy <= miny) return true;
    SDL_Surface *big = TTF_RenderGlyph32_Blended(face->raster, cp, (SDL_Color){255, 255, 255, 255});
    if (!big) return false;
    /* SDL_ttf moves the pen right by what hangs out at the left, and down by what stands above the ascent. */
    int ascent = TTF_FontAscent(face->raster);
    int pen = minx < 0 ? -minx : 0, baseline = maxy > ascent ? maxy : ascent;
    int x0 = (int)phase - pen, y0 = -baseline; /* of the image, on the fine grid around pen and baseline */
    out->left = floor_div(x0 + pen + minx, OVERSAMPLE) - 1;
    out->top = floor_div(-maxy, OVERSAMPLE) - 1;
    out->w = floor_div(x0 + pen + maxx + OVERSAMPLE - 1, OVERSAMPLE) + 1 - out->left;
    out->h = floor_div(-miny + OVERSAMPLE - 1, OVERSAMPLE) + 1 - out->top;
    out->bytes = malloc((size_t)out->w * (size_t)out->h);
    if (out->bytes) shrink(big, x0 - out->left * OVERSAMPLE, y0 - out->top * OVERSAMPLE, out);
    SDL_FreeSurface(big);
    return out->bytes != NULL;
}

const char *ui_fonts_file(const struct ui_fonts *f, unsigned font, int *index) {
    if (font >= f->nfonts) return NULL;
    *index = f->fonts[font].index;
    return f->fonts[font].file;
}

const char *ui_fonts_css(enum ui_face face, int *weight) {
    *weight = faces[face].css;
    return face >= UI_MONO_400 ? "'JetBrains Mono', 'DejaVu Sans Mono', monospace" : "Inter, 'DejaVu Sans', sans-serif";
}
