#include <math.h>

#include "mask.h"
#include "render_file.h"

/* Numbers as SVG wants them in every locale: at most three decimals, none that are zero. */
static void number(struct str *o, double v) {
    long long n = llround(v * 1000);
    if (n < 0) str_addc(o, '-');
    if (n < 0) n = -n;
    str_addf(o, "%lld", n / 1000);
    int rest = (int)(n % 1000);
    if (rest == 0) return;
    char d[4] = {(char)('0' + rest / 100), (char)('0' + rest / 10 % 10), (char)('0' + rest % 10), 0};
    for (int i = 2; d[i] == '0'; i--)
        d[i] = 0;
    str_addf(o, ".%s", d);
}

static void attr(struct str *o, const char *name, double v) {
    str_addf(o, " %s=\"", name);
    number(o, v);
    str_addc(o, '"');
}

static void paint(struct str *o, const char *name, ui_color c) {
    if ((c & 0xff) == 0) {
        str_addf(o, " %s=\"none\"", name);
        return;
    }
    str_addf(o, " %s=\"#%06X\"", name, (unsigned)(c >> 8));
    if ((c & 0xff) == 0xff) return;
    str_addf(o, " %s-opacity=\"", name);
    number(o, (double)(c & 0xff) / 255);
    str_addc(o, '"');
}

static void stroke(struct str *o, const struct ui_cmd *c, bool round) {
    paint(o, "stroke", c->stroke);
    attr(o, "stroke-width", c->sw);
    if (c->dash_on > 0) {
        str_adds(o, " stroke-dasharray=\"");
        number(o, c->dash_on);
        str_addc(o, ' ');
        number(o, c->dash_off);
        str_addc(o, '"');
    } else if (round) {
        str_adds(o, " stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    }
}

static void escaped(struct str *o, const char *s, size_t n) {
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t took = ui_utf8_next(s + i, n - i, &cp);
        if (cp == '<') str_adds(o, "&lt;");
        else if (cp == '&') str_adds(o, "&amp;");
        else if (cp == 0xfffd || (cp < 0x20 && cp != '\t')) str_adds(o, "\xef\xbf\xbd");
        else str_add(o, s + i, took);
        i += took;
    }
}

static void box(struct str *o, struct ui_rect r, double radius) {
    attr(o, "x", r.x);
    attr(o, "y", r.y);
    attr(o, "width", r.w > 0 ? r.w : 0);
    attr(o, "height", r.h > 0 ? r.h : 0);
    if (radius > 0) attr(o, "rx", radius);
}

static void draw_rrect(struct str *o, const struct ui_cmd *c) {
    bool edge = c->sw > 0 && (c->stroke & 0xff) != 0;
    double in = edge ? c->sw / 2 : 0;
    str_adds(o, "<rect");
    box(o, ui_inset((struct ui_rect){c->x, c->y, c->w, c->h}, in), c->r > in ? c->r - in : 0);
    paint(o, "fill", c->fill);
    if (edge) stroke(o, c, false);
    str_adds(o, "/>\n");
}

static void draw_path(struct str *o, const struct ui_point *p, size_t n, const struct ui_cmd *c, bool closed) {
    str_adds(o, "<path d=\"");
    for (size_t i = 0; i < n; i++) {
        str_addc(o, i ? 'L' : 'M');
        number(o, p[i].x);
        str_addc(o, ',');
        number(o, p[i].y);
    }
    str_adds(o, closed ? "Z\"" : "\"");
    paint(o, "fill", closed ? c->fill : 0);
    if (c->sw > 0) stroke(o, c, true);
    str_adds(o, "/>\n");
}

static void draw_hatch(struct str *o, const struct ui_cmd *c, unsigned id) {
    /* The corner's pattern moves with the shape, as in the other painters. */
    str_addf(o, "<pattern id=\"h%u\" patternUnits=\"userSpaceOnUse\" width=\"10\" height=\"10\"", id);
    attr(o, "x", c->x);
    attr(o, "y", c->y);
    str_adds(o, "><path d=\"M-2,7L7,-2M3,12L12,3\" fill=\"none\"");
    paint(o, "stroke", c->fill);
    str_adds(o, " stroke-width=\"3.536\"/></pattern><rect");
    box(o, (struct ui_rect){c->x, c->y, c->w, c->h}, c->r);
    str_addf(o, " fill=\"url(#h%u)\"/>\n", id);
}

static void draw_text(struct str *o, const struct ui_list *l, const struct ui_cmd *c) {
    int weight;
    const char *family = ui_fonts_css(c->face, &weight);
    str_adds(o, "<text");
    attr(o, "x", c->x);
    attr(o, "y", c->y);
    str_addf(o, " font-family=\"%s\"", family);
    attr(o, "font-size", c->r);
    str_addf(o, " font-weight=\"%d\"", weight);
    paint(o, "fill", c->fill);
    str_adds(o, " xml:space=\"preserve\">");
    escaped(o, l->text + c->at, c->n);
    str_adds(o, "</text>\n");
}

void ui_svg_write(const struct ui_picture *p, struct str *o) {
    unsigned ids = 0;
    str_adds(o, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    attr(o, "width", p->width * p->scale);
    attr(o, "height", p->height * p->scale);
    str_adds(o, " viewBox=\"0 0 ");
    number(o, p->width);
    str_addc(o, ' ');
    number(o, p->height);
    str_adds(o, "\">\n<style>text{font-variant-ligatures:none;font-kerning:normal}</style>\n<rect");
    box(o, (struct ui_rect){0, 0, p->width, p->height}, 0);
    paint(o, "fill", p->background);
    str_adds(o, "/>\n");
    for (size_t k = 0; k < p->nlists; k++) {
        const struct ui_list *l = p->lists[k];
        bool clipped = false;
        for (size_t i = 0; i < l->ncmds; i++) {
            const struct ui_cmd *c = &l->cmds[i];
            struct ui_point arc[49];
            switch (c->kind) {
            case UI_RRECT:
                draw_rrect(o, c);
                break;
            case UI_POLY:
                draw_path(o, l->points + c->at, c->n, c, true);
                break;
            case UI_LINE:
                draw_path(o, l->points + c->at, c->n, c, false);
                break;
            case UI_ARC:
                draw_path(o, arc, ui_arc_points(c->x, c->y, c->r, c->w, c->h, arc, 49), c, false);
                break;
            case UI_HATCH:
                draw_hatch(o, c, ids++);
                break;
            case UI_TEXT:
                draw_text(o, l, c);
                break;
            case UI_CLIP:
                if (clipped) str_adds(o, "</g>\n");
                clipped = c->w >= 0;
                if (!clipped) break;
                str_addf(o, "<clipPath id=\"c%u\"><rect", ids);
                box(o, (struct ui_rect){c->x, c->y, c->w, c->h}, 0);
                str_addf(o, "/></clipPath>\n<g clip-path=\"url(#c%u)\">\n", ids++);
                break;
            }
        }
        if (clipped) str_adds(o, "</g>\n");
    }
    str_adds(o, "</svg>\n");
}
