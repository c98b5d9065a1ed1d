package io.regulars.edge.pages;

import io.regulars.loyalty.program.Program;
import io.regulars.loyalty.program.Programs;
import io.regulars.platform.db.TenantTx;
import io.regulars.platform.templates.Palette;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A shop's colour on its pages: a few variables over those of the common style sheet, legible on
 * light and dark ground whatever the colour is. It stands in a style element of its own, whose hash
 * the page's policy names.
 *
 * @param ground the colour itself
 */
public record BrandStyle(String css, String ground) {

    public static BrandStyle of(Program program) {
        return of(program.brand() == null ? null : program.brand().primaryColor());
    }

    /** The colours of the program in force; neutral ones where none was published yet. */
    static BrandStyle now(TenantTx tx, Programs programs) {
        return Programs.latestNumber(tx) == 0
                ? of((String) null)
                : of(programs.inForce(tx).program());
    }

    private static BrandStyle of(@Nullable String color) {
        Palette palette = Palette.of(color);
        String light =
                String.format(
                        Locale.ROOT,
                        ":root{--hero:%1$s;--on-hero:%2$s;--brand:%1$s;--accent:%3$s;--button:%1$s;--pressed:%1$s;--on-button:%2$s}",
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
