package io.regulars.edge.pages;

import io.regulars.loyalty.program.Program;
import io.regulars.platform.templates.Palette;
import java.util.Locale;

/**
 * A shop's colour on its pages: a few variables over those of the common style sheet, legible on
 * light and dark ground whatever the colour is. It stands in a style element of its own, whose hash
 * the page's policy names.
 *
 * @param ground the colour itself
 */
public record BrandStyle(String css, String ground) {

    public static BrandStyle of(Program program) {
        Palette palette =
                Palette.of(program.brand() == null ? null : program.brand().primaryColor());
        String light =
                String.format(
                        Locale.ROOT,
                        ":root{--brand:%1$s;--accent:%3$s;--button:%1$s;--pressed:%1$s;--on-button:%2$s}",
                        palette.ground(),
                        palette.onGround(),
                        palette.ink());
        String dark =
                String.format(
                        Locale.ROOT,
                        "@media (prefers-color-scheme:dark){:root{--brand:%1$s;--accent:%1$s;--button:%1$s;--pressed:%1$s;--on-button:#111111}}",
                        palette.inkOnDark());
        return new BrandStyle(light + dark, palette.ground());
    }
}
