/* render_sdl.h - draw lists to SDL calls. One painter for each renderer: it owns the atlases (glyphs, corners, icons
 * and other small masks in one texture, larger masks in another). */
#ifndef GOSEE_VIEW_RENDER_SDL_H
#define GOSEE_VIEW_RENDER_SDL_H

#include <SDL.h>

#include "draw.h"

struct ui_painter;

struct ui_painter *ui_painter_new(SDL_Renderer *r, struct ui_fonts *fonts); /* NULL: SDL_GetError tells why */
void ui_painter_free(struct ui_painter *p);
/* Draws with `scale` pixels a point; `within` (pixels, may be NULL) cuts off what lies outside. */
void ui_painter_draw(struct ui_painter *p, const struct ui_list *l, double scale, const struct ui_rect *within);
/* The driver lost its textures: start over. */
void ui_painter_forget(struct ui_painter *p);

#endif
