/* render_sdl.c - the only file that turns draw commands into SDL calls. Everything is a box: plain ones, and ones that
 * show a coverage mask from an atlas in some colour. Masks are soft at their edges whatever the driver can do; boxes
 * are what the software renderer draws fastest. */
#include "render_sdl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"
#include "mask.h"

enum { SMALL_SIDE = 2048, LARGE_SIDE = 2048, SMALL_MASK = 96, TABLE = 1 << 14, MAX_QUADS = 4096, MAX_GLYPHS = 1024 };

struct tile {
    uint64_t key; /* 0: free */
    int16_t x, y, w, h, left, top;
};

/* Shelves from the top; when full, it starts over (what is on screen comes back at its next use). */
struct atlas {
    SDL_Texture *texture;
    int side, shelf_y, shelf_h, next_x;
    struct tile *tiles;
    size_t count;
};

struct ui_painter {
    SDL_Renderer *renderer;
    struct ui_fonts *fonts;
    struct atlas small, large;
    struct ui_mask mask;
    SDL_Vertex *vertices;
    int *indices;
    int nquads;
    SDL_Texture *texture; /* of the quads that wait */
    SDL_FRect *boxes;     /* plain boxes of one colour that wait; never together with quads */
    int nboxes;
    ui_color box_color;
    struct ui_rect clip; /* pixels */
    struct ui_rect within;
    uint32_t *pixels;
    size_t cap_pixels;
    struct ui_glyph glyphs[MAX_GLYPHS];
};

static bool atlas_open(struct atlas *a, SDL_Renderer *r, int side) {
    a->side = side;
    a->tiles = calloc(TABLE, sizeof *a->tiles);
    a->texture = SDL_CreateTexture(r, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, side, side);
    if (!a->tiles || !a->texture) return false;
    SDL_SetTextureBlendMode(a->texture, SDL_BLENDMODE_BLEND);
    SDL_SetTextureScaleMode(a->texture, SDL_ScaleModeNearest);
    return true;
}

static void atlas_close(struct atlas *a) {
    if (a->texture) SDL_DestroyTexture(a->texture);
    free(a->tiles);
}

struct ui_painter *ui_painter_new(SDL_Renderer *r, struct ui_fonts *fonts) {
    struct ui_painter *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->renderer = r;
    p->fonts = fonts;
    p->vertices = calloc(MAX_QUADS * 4, sizeof *p->vertices);
    p->indices = calloc(MAX_QUADS * 6, sizeof *p->indices);
    p->boxes = calloc(MAX_QUADS, sizeof *p->boxes);
    if (!p->vertices || !p->indices || !p->boxes || !atlas_open(&p->small, r, SMALL_SIDE) ||
        !atlas_open(&p->large, r, LARGE_SIDE)) {
        ui_painter_free(p);
        return NULL;
    }
    for (int i = 0; i < MAX_QUADS; i++) {
        static const int order[6] = {0, 1, 2, 0, 2, 3};
        for (int k = 0; k < 6; k++)
            p->indices[i * 6 + k] = i * 4 + order[k];
    }
    return p;
}

void ui_painter_free(struct ui_painter *p) {
    if (!p) return;
    atlas_close(&p->small);
    atlas_close(&p->large);
    ui_mask_free(&p->mask);
    free(p->vertices);
    free(p->indices);
    free(p->boxes);
    free(p->pixels);
    free(p);
}

static void flush(struct ui_painter *p) {
    if (p->nquads > 0)
        SDL_RenderGeometry(p->renderer, p->texture, p->vertices, p->nquads * 4, p->indices, p->nquads * 6);
    p->nquads = 0;
    if (p->nboxes > 0) {
        ui_color c = p->box_color;
        /* Opaque boxes are a plain fill, many times faster than blending in the software renderer. */
        SDL_SetRenderDrawBlendMode(p->renderer, (c & 0xff) == 0xff ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
        SDL_SetRenderDrawColor(p->renderer, (uint8_t)(c >> 24), (uint8_t)(c >> 16), (uint8_t)(c >> 8), (uint8_t)c);
        SDL_RenderFillRectsF(p->renderer, p->boxes, p->nboxes);
    }
    p->nboxes = 0;
}

static void atlas_clear(struct ui_painter *p, struct atlas *a) {
    flush(p);
    memset(a->tiles, 0, TABLE * sizeof *a->tiles);
    a->count = 0;
    a->shelf_y = a->shelf_h = a->next_x = 0;
}

void ui_painter_forget(struct ui_painter *p) {
    p->nquads = p->nboxes = 0;
    atlas_clear(p, &p->small);
    atlas_clear(p, &p->large);
}

static struct tile *find(struct atlas *a, uint64_t key) {
    size_t i = (size_t)(key % TABLE);
    while (a->tiles[i].key != 0 && a->tiles[i].key != key)
        i = (i + 1) % TABLE;
    return &a->tiles[i];
}

/* Puts coverage into the atlas. NULL if it is larger than the atlas, or memory runs out. */
static const struct tile *keep(struct ui_painter *p, struct atlas *a, uint64_t key, const uint8_t *bytes, int w, int h,
                               int left, int top) {
    if (w + 1 > a->side || h + 1 > a->side) return NULL;
    size_t need = (size_t)w * (size_t)h;
    if (need > p->cap_pixels) {
        uint32_t *px = realloc(p->pixels, need * sizeof *px);
        if (!px) return NULL;
        p->pixels = px;
        p->cap_pixels = need;
    }
    if (a->count > TABLE / 2) atlas_clear(p, a);
    if (a->next_x + w + 1 > a->side) {
        a->shelf_y += a->shelf_h;
        a->shelf_h = a->next_x = 0;
    }
    if (a->shelf_y + h + 1 > a->side) atlas_clear(p, a);
    for (size_t i = 0; i < need; i++)
        p->pixels[i] = (uint32_t)bytes[i] << 24 | 0xffffffu;
    SDL_Rect at = {a->next_x, a->shelf_y, w, h};
    if (SDL_UpdateTexture(a->texture, &at, p->pixels, w * 4) != 0) return NULL;
    struct tile *t = find(a, key);
    *t = (struct tile){key, (int16_t)at.x, (int16_t)at.y, (int16_t)w, (int16_t)h, (int16_t)left, (int16_t)top};
    a->count++;
    a->next_x += w + 1;
    if (h + 1 > a->shelf_h) a->shelf_h = h + 1;
    return t;
}

static struct atlas *atlas_for(struct ui_painter *p, int w, int h) {
    return w <= SMALL_MASK && h <= SMALL_MASK ? &p->small : &p->large;
}

/* ---- boxes -------------------------------------------------------------------------------------------------- */

static void plain(struct ui_painter *p, struct ui_rect d, ui_color c) {
    if (p->nquads > 0 || p->box_color != c || p->nboxes == MAX_QUADS) flush(p);
    p->box_color = c;
    p->boxes[p->nboxes++] = (SDL_FRect){(float)d.x, (float)d.y, (float)d.w, (float)d.h};
}

static void quad(struct ui_painter *p, SDL_Texture *tex, struct ui_rect d, double u, double v, ui_color c) {
    double x0 = d.x, y0 = d.y, x1 = d.x + d.w, y1 = d.y + d.h;
    const struct ui_rect *k = &p->clip;
    if (x0 < k->x) u += k->x - x0, x0 = k->x;
    if (y0 < k->y) v += k->y - y0, y0 = k->y;
    if (x1 > k->x + k->w) x1 = k->x + k->w;
    if (y1 > k->y + k->h) y1 = k->y + k->h;
    if (x1 <= x0 || y1 <= y0 || (c & 0xff) == 0) return;
    if (!tex) {
        plain(p, (struct ui_rect){x0, y0, x1 - x0, y1 - y0}, c);
        return;
    }
    if (p->nboxes > 0 || p->texture != tex || p->nquads == MAX_QUADS) {
        flush(p);
        p->texture = tex;
    }
    SDL_Color color = {(uint8_t)(c >> 24), (uint8_t)(c >> 16), (uint8_t)(c >> 8), (uint8_t)c};
    float side = (float)(tex == p->large.texture ? p->large.side : p->small.side);
    float u0 = (float)u / side, v0 = (float)v / side;
    float u1 = (float)(u + x1 - x0) / side, v1 = (float)(v + y1 - y0) / side;
    SDL_Vertex *q = p->vertices + p->nquads++ * 4;
    q[0] = (SDL_Vertex){{(float)x0, (float)y0}, color, {u0, v0}};
    q[1] = (SDL_Vertex){{(float)x1, (float)y0}, color, {u1, v0}};
    q[2] = (SDL_Vertex){{(float)x1, (float)y1}, color, {u1, v1}};
    q[3] = (SDL_Vertex){{(float)x0, (float)y1}, color, {u0, v1}};
}

static void box(struct ui_painter *p, double x, double y, double w, double h, ui_color c) {
    if (w > 0 && h > 0) quad(p, NULL, (struct ui_rect){x, y, w, h}, 0, 0, c);
}

/* Part (sx, sy, w, h) of a tile at (x, y). */
static void part(struct ui_painter *p, const struct atlas *a, const struct tile *t, double x, double y, double sx,
                 double sy, double w, double h, ui_color c) {
    quad(p, a->texture, (struct ui_rect){x, y, w, h}, t->x + sx, t->y + sy, c);
}

static uint64_t key_of(const void *data, size_t n) {
    uint64_t k = hash_bytes(data, n);
    return k ? k : 1;
}

/* Sixteenths of a pixel are the same picture. */
static double grid(double v) { return floor(v * 16 + 0.5) / 16; }

enum tile_kind { TILE_DISC = 1, TILE_RING, TILE_DASHED, TILE_HATCH, TILE_SHAPE, TILE_GLYPH };

struct shape_key {
    uint64_t kind;
    double v[7];
};

/* A disc (sw 0) or ring of radius r: the four corners of a rounded rectangle. */
static const struct tile *corner_tile(struct ui_painter *p, struct atlas **a, double r, double sw) {
    struct shape_key k = {sw > 0 ? TILE_RING : TILE_DISC, {grid(r), grid(sw)}};
    uint64_t key = key_of(&k, sizeof k);
    int side = 2 * (int)ceil(r);
    *a = atlas_for(p, side, side);
    struct tile *t = find(*a, key);
    if (t->key) return t;
    if (!ui_mask_reset(&p->mask, side, side)) return NULL;
    struct ui_rect b = {0, 0, side, side};
    if (sw > 0) ui_mask_ring(&p->mask, b, r, sw);
    else ui_mask_rrect(&p->mask, b, r);
    return keep(p, *a, key, p->mask.bytes, side, side, 0, 0);
}

static void corners(struct ui_painter *p, struct ui_rect b, double r, double sw, ui_color c) {
    struct atlas *a;
    const struct tile *t = corner_tile(p, &a, r, sw);
    if (!t) return;
    double k = ceil(r);
    part(p, a, t, b.x, b.y, 0, 0, k, k, c);
    part(p, a, t, b.x + b.w - k, b.y, k, 0, k, k, c);
    part(p, a, t, b.x, b.y + b.h - k, 0, k, k, k, c);
    part(p, a, t, b.x + b.w - k, b.y + b.h - k, k, k, k, k, c);
}

/* b has whole edges. A half pixel of radius is given up where two corners would overlap. */
static double corner_size(struct ui_rect b, double r) {
    double most = floor((b.w < b.h ? b.w : b.h) / 2);
    return r > most ? most : r;
}

static void fill_rrect(struct ui_painter *p, struct ui_rect b, double r, ui_color c) {
    r = corner_size(b, r);
    if (r < 0.5) {
        box(p, b.x, b.y, b.w, b.h, c);
        return;
    }
    double k = ceil(r);
    corners(p, b, r, 0, c);
    box(p, b.x + k, b.y, b.w - 2 * k, k, c);
    box(p, b.x, b.y + k, b.w, b.h - 2 * k, c);
    box(p, b.x + k, b.y + b.h - k, b.w - 2 * k, k, c);
}

/* A straight border; what is left over a whole pixel is paler. */
static void border_side(struct ui_painter *p, double x, double y, double w, double h, int side, double sw, ui_color c) {
    double whole = floor(sw), rest = sw - whole;
    for (int pass = 0; pass < 2; pass++) {
        double at = pass ? whole : 0, thick = pass ? 1 : whole;
        ui_color color = pass ? ui_fade(c, rest) : c;
        if (thick <= 0 || (pass && rest < 0.05)) continue;
        if (side == 0) box(p, x, y + at, w, thick, color);
        if (side == 1) box(p, x + w - at - thick, y, thick, h, color);
        if (side == 2) box(p, x, y + h - at - thick, w, thick, color);
        if (side == 3) box(p, x + at, y, thick, h, color);
    }
}

static void ring_rrect(struct ui_painter *p, struct ui_rect b, double r, double sw, ui_color c) {
    r = corner_size(b, r);
    double k = r < 0.5 ? 0 : ceil(r), up = k > 0 ? k : sw;
    if (k > 0) corners(p, b, r, sw, c);
    border_side(p, b.x + k, b.y, b.w - 2 * k, b.h, 0, sw, c);
    border_side(p, b.x + k, b.y, b.w - 2 * k, b.h, 2, sw, c);
    border_side(p, b.x, b.y + up, b.w, b.h - 2 * up, 1, sw, c);
    border_side(p, b.x, b.y + up, b.w, b.h - 2 * up, 3, sw, c);
}

static void dashed_box(struct ui_painter *p, struct ui_rect b, double sw, double on, double off, ui_color c) {
    double thick = floor(sw + 0.5) < 1 ? 1 : floor(sw + 0.5);
    on = floor(on + 0.5), off = floor(off + 0.5);
    if (on < 1) on = 1;
    if (off < 1) off = 1;
    for (double x = 0; x < b.w; x += on + off) {
        double w = x + on < b.w ? on : b.w - x;
        box(p, b.x + x, b.y, w, thick, c);
        box(p, b.x + x, b.y + b.h - thick, w, thick, c);
    }
    for (double y = thick; y < b.h - thick; y += on + off) {
        double h = y + on < b.h - thick ? on : b.h - thick - y;
        box(p, b.x, b.y + y, thick, h, c);
        box(p, b.x + b.w - thick, b.y + y, thick, h, c);
    }
}

static void dashed_rrect(struct ui_painter *p, struct ui_rect b, double r, const struct ui_cmd *c, double sw,
                         double scale) {
    double on = c->dash_on * scale, off = c->dash_off * scale;
    if (r < 4 * scale || b.w > 1200 || b.h > 1200) {
        dashed_box(p, b, sw, on, off, c->stroke);
        return;
    }
    struct shape_key k = {TILE_DASHED, {b.w, b.h, grid(r), grid(sw), grid(on), grid(off)}};
    uint64_t key = key_of(&k, sizeof k);
    struct atlas *a = atlas_for(p, (int)b.w, (int)b.h);
    const struct tile *t = find(a, key);
    if (!t->key) {
        if (!ui_mask_reset(&p->mask, (int)b.w, (int)b.h)) return;
        ui_mask_dashed_ring(&p->mask, (struct ui_rect){0, 0, b.w, b.h}, r, sw, on, off);
        t = keep(p, a, key, p->mask.bytes, (int)b.w, (int)b.h, 0, 0);
    }
    if (t) part(p, a, t, b.x, b.y, 0, 0, t->w, t->h, c->stroke);
}

static void draw_rrect(struct ui_painter *p, const struct ui_cmd *c, double scale) {
    struct ui_rect b = ui_snap((struct ui_rect){c->x, c->y, c->w, c->h}, scale);
    double r = c->r * scale, sw = ui_snap_border(c->sw, scale);
    bool edge = sw > 0 && (c->stroke & 0xff) != 0;
    if ((c->fill & 0xff) != 0) {
        double in = edge && c->dash_on <= 0 ? floor(sw / 2 + 0.25) : 0;
        fill_rrect(p, ui_inset(b, in), r > in ? r - in : 0, c->fill);
    }
    if (!edge) return;
    if (c->dash_on > 0) dashed_rrect(p, b, r, c, sw, scale);
    else ring_rrect(p, b, r, sw, c->stroke);
}

/* ---- masks -------------------------------------------------------------------------------------------------- */

static void draw_hatch(struct ui_painter *p, const struct ui_cmd *c, double scale) {
    struct ui_rect b = ui_snap((struct ui_rect){c->x, c->y, c->w, c->h}, scale);
    double period = floor(10 * scale + 0.5), r = c->r * scale;
    /* Nearly square corners: one strip of whole periods serves every width. */
    bool strip = c->r <= 3 || b.w > 1000;
    int w = strip ? (int)(period * ceil(120 / period)) : (int)b.w;
    struct shape_key k = {TILE_HATCH, {w, b.h, strip ? 0 : grid(r), period}};
    uint64_t key = key_of(&k, sizeof k);
    struct atlas *a = atlas_for(p, w, (int)b.h);
    const struct tile *t = find(a, key);
    if (!t->key) {
        if (!ui_mask_reset(&p->mask, w, (int)b.h)) return;
        ui_mask_rrect(&p->mask, (struct ui_rect){0, 0, w, b.h}, strip ? 0 : r);
        ui_mask_stripes(&p->mask, period);
        t = keep(p, a, key, p->mask.bytes, w, (int)b.h, 0, 0);
    }
    if (!t) return;
    for (double x = 0; x < b.w; x += w) {
        double take = x + w < b.w ? w : b.w - x;
        part(p, a, t, b.x + x, b.y, 0, 0, take, b.h, c->fill);
    }
}

/* A polygon, line or arc in pixels: drawn into a mask around it. */
static void draw_shape(struct ui_painter *p, struct ui_point *pt, size_t n, bool closed, double width, double on,
                       double off, ui_color color) {
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (size_t i = 0; i < n; i++) {
        if (pt[i].x < x0) x0 = pt[i].x;
        if (pt[i].x > x1) x1 = pt[i].x;
        if (pt[i].y < y0) y0 = pt[i].y;
        if (pt[i].y > y1) y1 = pt[i].y;
    }
    double pad = width / 2 + 1;
    double left = floor(x0 - pad), top = floor(y0 - pad);
    double wide = ceil(x1 + pad) - left, high = ceil(y1 + pad) - top;
    if (!(wide < 2000 && high < 2000)) return;
    int w = (int)wide, h = (int)high;
    for (size_t i = 0; i < n; i++)
        pt[i] = (struct ui_point){grid(pt[i].x - left), grid(pt[i].y - top)};
    struct shape_key k = {TILE_SHAPE, {w, h, grid(width), grid(on), grid(off), closed}};
    uint64_t key = key_of(&k, sizeof k) ^ (hash_bytes(pt, n * sizeof *pt) * 0x9e3779b97f4a7c15u);
    if (key == 0) key = 1;
    struct atlas *a = atlas_for(p, w, h);
    const struct tile *t = find(a, key);
    if (!t->key) {
        if (!ui_mask_reset(&p->mask, w, h)) return;
        if (width > 0) ui_mask_stroke(&p->mask, pt, n, closed, width, on, off);
        else ui_mask_poly(&p->mask, pt, n);
        t = keep(p, a, key, p->mask.bytes, w, h, 0, 0);
    }
    if (t) part(p, a, t, left, top, 0, 0, w, h, color);
}

enum { MAX_POINTS = 512 };

static void draw_points(struct ui_painter *p, const struct ui_list *l, const struct ui_cmd *c, double scale) {
    struct ui_point pt[MAX_POINTS];
    size_t n = c->n < MAX_POINTS ? c->n : MAX_POINTS;
    bool closed = c->kind == UI_POLY;
    for (int pass = closed ? 0 : 1; pass < 2; pass++) {
        ui_color color = pass ? c->stroke : c->fill;
        double width = pass ? c->sw * scale : 0;
        if ((color & 0xff) == 0 || (pass && width <= 0)) continue;
        for (size_t i = 0; i < n; i++)
            pt[i] = (struct ui_point){l->points[c->at + i].x * scale, l->points[c->at + i].y * scale};
        draw_shape(p, pt, n, closed, width, pass ? c->dash_on * scale : 0, c->dash_off * scale, color);
    }
}

static void draw_arc(struct ui_painter *p, const struct ui_cmd *c, double scale) {
    struct ui_point pt[49];
    size_t n = ui_arc_points(c->x * scale, c->y * scale, c->r * scale, c->w, c->h, pt, 49);
    draw_shape(p, pt, n, false, c->sw * scale, 0, 0, c->stroke);
}

static const struct tile *glyph_tile(struct ui_painter *p, struct atlas **a, const struct ui_glyph *g, double size,
                                     unsigned phase) {
    struct shape_key k = {TILE_GLYPH, {g->cp, g->font, size, phase}};
    uint64_t key = key_of(&k, sizeof k);
    *a = &p->small;
    const struct tile *t = find(*a, key);
    if (t->key) return t;
    struct ui_bitmap b;
    if (!ui_fonts_raster(p->fonts, g->font, g->cp, size, phase, &b) || b.w == 0) return NULL;
    t = keep(p, *a, key, b.bytes, b.w, b.h, b.left, b.top);
    free(b.bytes);
    return t;
}

static void draw_text(struct ui_painter *p, const struct ui_list *l, const struct ui_cmd *c, double scale) {
    double size = floor(c->r * scale * 4 + 0.5) / 4, baseline = floor(c->y * scale + 0.5);
    size_t n = ui_fonts_shape(p->fonts, c->face, l->text + c->at, c->n, p->glyphs, MAX_GLYPHS);
    for (size_t i = 0; i < n; i++) {
        double x = c->x * scale + p->glyphs[i].x * c->r * scale;
        double quarters = floor(x * 4 + 0.5), whole = floor(quarters / 4);
        struct atlas *a;
        const struct tile *t = glyph_tile(p, &a, &p->glyphs[i], size, (unsigned)(quarters - whole * 4));
        if (t) part(p, a, t, whole + t->left, baseline + t->top, 0, 0, t->w, t->h, c->fill);
    }
}

static struct ui_rect intersect(struct ui_rect a, struct ui_rect b) {
    double x0 = a.x > b.x ? a.x : b.x, y0 = a.y > b.y ? a.y : b.y;
    double x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w, y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct ui_rect){x0, y0, x1 > x0 ? x1 - x0 : 0, y1 > y0 ? y1 - y0 : 0};
}

void ui_painter_draw(struct ui_painter *p, const struct ui_list *l, double scale, const struct ui_rect *within) {
    const struct ui_rect everything = {-1e6, -1e6, 2e6, 2e6};
    p->within = within ? *within : everything;
    p->clip = p->within;
    for (size_t i = 0; i < l->ncmds; i++) {
        const struct ui_cmd *c = &l->cmds[i];
        switch (c->kind) {
        case UI_RRECT:
            draw_rrect(p, c, scale);
            break;
        case UI_POLY:
        case UI_LINE:
            draw_points(p, l, c, scale);
            break;
        case UI_ARC:
            draw_arc(p, c, scale);
            break;
        case UI_HATCH:
            draw_hatch(p, c, scale);
            break;
        case UI_TEXT:
            draw_text(p, l, c, scale);
            break;
        case UI_CLIP:
            p->clip =
                c->w < 0 ? p->within : intersect(p->within, ui_snap((struct ui_rect){c->x, c->y, c->w, c->h}, scale));
            break;
        }
    }
    flush(p);
}
