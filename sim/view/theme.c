#include "theme.h"

#include <math.h>
#include <string.h>

#include "replay.h"

#define C(rgb) (((ui_color)0x##rgb << 8) | 0xffu)

_Static_assert(RP_G_DEAD + 1 == UI_GSTATES, "one colour a state");

/* A table is read by its columns. */
/* clang-format off */
static const struct ui_theme themes[UI_THEMES] = {
    [UI_LIGHT] = {
        .bg = C(EEF1F5), .card = C(FFFFFF), .well = C(F2F4F7),
        .ink = C(14202B), .on_ink = C(FFFFFF), .ink2 = C(465360), .ink3 = C(5C6976),
        .line = C(D3DAE2), .line2 = C(8793A1),
        .m = C(2B3745), .on_m = C(FFFFFF),
        .spot = C(FFC933), .spot_tint = C(FFF4CF), .spot_edge = C(A67A00), .spot_ink = C(5A4300), .on_spot = C(14202B),
        .err = C(B3261E), .err_tint = C(FDECEA), .ok = C(08794F),
        .keyword = C(6A1B84), .number = C(8A4B00), .string = C(08693F), .comment = C(5C6976),
        .site = {{C(46535F), C(E6EAEE), C(46535F), C(FFFFFF)},
                 {C(1F66C7), C(E1ECFB), C(1F66C7), C(FFFFFF)},
                 {C(B35900), C(FCEBD8), C(B35900), C(FFFFFF)},
                 {C(08845A), C(DDF3E9), C(08845A), C(FFFFFF)},
                 {C(6A1B84), C(F1E3F6), C(6A1B84), C(FFFFFF)},
                 {C(CF86B4), C(FAE9F3), C(9C4A7C), C(14202B)},
                 {C(2FB4E9), C(DDF3FD), C(12749E), C(14202B)},
                 {C(6B2A1E), C(F4E4E1), C(6B2A1E), C(FFFFFF)}},
        .state = {[RP_G_NONE] = C(D3DAE2), [RP_G_RUNNABLE] = C(E5813A), [RP_G_RUNNING] = C(08845A),
                  [RP_G_SYSCALL] = C(8E3A9D), [RP_G_WAITING] = C(A3B0BD), [RP_G_DEAD] = C(D3DAE2)},
        .gc = C(2FB4E9),
        .load = {C(E3EAF3), C(BCD0EA), C(8DB0E0), C(4F86D3), C(1F4F9E)},
        .panel_border = 1,
    },
    [UI_DARK] = {
        .bg = C(0D1218), .card = C(171E27), .well = C(10161D),
        .ink = C(EEF2F6), .on_ink = C(10161D), .ink2 = C(B7C2CE), .ink3 = C(9AA7B4),
        .line = C(2C3744), .line2 = C(66747F),
        .m = C(D5DDE6), .on_m = C(10161D),
        .spot = C(FFDD4A), .spot_tint = C(3A3010), .spot_edge = C(FFDD4A), .spot_ink = C(FFE7A0), .on_spot = C(10161D),
        .err = C(FF8A80), .err_tint = C(3A1614), .ok = C(58D6A4),
        .keyword = C(D9A8F0), .number = C(F0B070), .string = C(86D9A6), .comment = C(9AA7B4),
        .site = {{C(B0B4B9), C(2A333D), C(B0B4B9), C(0E131A)},
                 {C(3F8CF7), C(14304F), C(3F8CF7), C(0E131A)},
                 {C(F09A3E), C(41300F), C(F09A3E), C(0E131A)},
                 {C(BDF5C6), C(173B2B), C(BDF5C6), C(0E131A)},
                 {C(A871C4), C(352447), C(A871C4), C(0E131A)},
                 {C(F5417F), C(47182F), C(F5417F), C(0E131A)},
                 {C(2FD6F7), C(0E3A47), C(2FD6F7), C(0E131A)},
                 {C(C8653C), C(451F16), C(C8653C), C(0E131A)}},
        .state = {[RP_G_NONE] = C(2C3744), [RP_G_RUNNABLE] = C(F58A3C), [RP_G_RUNNING] = C(63E6A6),
                  [RP_G_SYSCALL] = C(F2A8E4), [RP_G_WAITING] = C(77797C), [RP_G_DEAD] = C(2C3744)},
        .gc = C(2F86EA),
        .load = {C(1F4F9E), C(4F86D3), C(8DB0E0), C(BCD0EA), C(E3EAF3)},
        .panel_border = 1,
    },
    [UI_CONTRAST] = {
        .bg = C(FFFFFF), .card = C(FFFFFF), .well = C(FFFFFF),
        .ink = C(000000), .on_ink = C(FFFFFF), .ink2 = C(000000), .ink3 = C(1A1A1A),
        .line = C(000000), .line2 = C(000000),
        .m = C(000000), .on_m = C(FFFFFF),
        .spot = C(FFC933), .spot_tint = C(FFFFFF), .spot_edge = C(7A5900), .spot_ink = C(000000), .on_spot = C(000000),
        .err = C(9B1C15), .err_tint = C(FFFFFF), .ok = C(055C3C),
        .keyword = C(000000), .number = C(000000), .string = C(000000), .comment = C(1A1A1A),
        .site = {{C(46535F), C(FFFFFF), C(000000), C(FFFFFF)},
                 {C(1F66C7), C(FFFFFF), C(1F66C7), C(FFFFFF)},
                 {C(B35900), C(FFFFFF), C(B35900), C(FFFFFF)},
                 {C(08845A), C(FFFFFF), C(08845A), C(FFFFFF)},
                 {C(6A1B84), C(FFFFFF), C(6A1B84), C(FFFFFF)},
                 {C(CF86B4), C(FFFFFF), C(9C4A7C), C(14202B)},
                 {C(2FB4E9), C(FFFFFF), C(12749E), C(14202B)},
                 {C(6B2A1E), C(FFFFFF), C(6B2A1E), C(FFFFFF)}},
        .state = {[RP_G_NONE] = C(D3DAE2), [RP_G_RUNNABLE] = C(E5813A), [RP_G_RUNNING] = C(08845A),
                  [RP_G_SYSCALL] = C(8E3A9D), [RP_G_WAITING] = C(A3B0BD), [RP_G_DEAD] = C(D3DAE2)},
        .gc = C(2FB4E9),
        .load = {C(E3EAF3), C(BCD0EA), C(8DB0E0), C(4F86D3), C(1F4F9E)},
        .panel_border = 2,
    },
};

/* clang-format on */

static const char *const names[UI_THEMES] = {"light", "dark", "contrast"};

const struct ui_theme *ui_theme(enum ui_theme_id id) { return &themes[id < UI_THEMES ? id : UI_LIGHT]; }
const char *ui_theme_name(enum ui_theme_id id) { return names[id < UI_THEMES ? id : UI_LIGHT]; }

bool ui_theme_by_name(const char *name, enum ui_theme_id *id) {
    for (int i = 0; i < UI_THEMES; i++) {
        if (strcmp(names[i], name) != 0) continue;
        *id = (enum ui_theme_id)i;
        return true;
    }
    return false;
}

const struct ui_site_color *ui_theme_site(const struct ui_theme *t, unsigned site) {
    return &t->site[site < UI_SITES ? site : 1 + (site - 1) % (UI_SITES - 1)];
}

static double luminance(ui_color c) {
    double v[3];
    for (int i = 0; i < 3; i++) {
        double s = (double)((c >> (24 - 8 * i)) & 0xff) / 255;
        v[i] = s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
}

double ui_contrast(ui_color a, ui_color b) {
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}
