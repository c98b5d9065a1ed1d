package io.regulars.platform.templates;

import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What mails and pages need of a brand's colour: the colour itself as a ground, what is legible on
 * it, and its nearest shades that are legible as text on the light and the dark ground of the
 * layout (WCAG 2 contrast of 4.5 at least).
 */
public record Palette(String ground, String onGround, String ink, String inkOnDark) {
    private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final String NEUTRAL = "#1f4e79";
    private static final int WHITE = 0xffffff;
    private static final int BLACK = 0x111111;
    // The tinted grounds of the layout's ticket, light and dark: what is legible there is so on the
    // card around it.
    private static final int LIGHT_TINT = 0xf8f7f4;
    private static final int DARK_TINT = 0x292b2f;
    private static final double LEGIBLE = 4.5;

    /** Light of a channel by its value; powers are dear, and each mail needs hundreds. */
    private static final double[] LINEAR =
            IntStream.range(0, 256).mapToDouble(Palette::linear).toArray();

    /**
     * Anything but {@code #rrggbb} is no colour, and would otherwise end up inside a style
     * attribute.
     */
    public static Palette of(@Nullable Object color) {
        String hex = color instanceof String text && COLOR.matcher(text).matches() ? text : NEUTRAL;
        int ground = Integer.parseInt(hex.substring(1), 16);
        int onGround = contrast(ground, WHITE) >= LEGIBLE ? WHITE : dark(ground);
        return new Palette(
                hex(ground),
                hex(onGround),
                hex(legible(ground, LIGHT_TINT, BLACK)),
                hex(legible(ground, DARK_TINT, WHITE)));
    }

    Map<String, Object> model() {
        return Map.of(
                "ground", ground, "on_ground", onGround, "ink", ink, "ink_on_dark", inkOnDark);
    }

    /** What white cannot be read on: the layout's black can, or else the blackest there is. */
    private static int dark(int ground) {
        return contrast(ground, BLACK) >= LEGIBLE ? BLACK : 0;
    }

    /** Moves the colour towards the end of the scale until it can be read on this ground. */
    private static int legible(int color, int ground, int end) {
        for (int step = 0; step < 20; step++) {
            int mixed = mixed(color, end, step / 20.0);
            if (contrast(mixed, ground) >= LEGIBLE) {
                return mixed;
            }
        }
        return end;
    }

    private static int mixed(int from, int to, double share) {
        int result = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double channel =
                    ((from >> shift) & 0xff) * (1 - share) + ((to >> shift) & 0xff) * share;
            result |= (int) Math.round(channel) << shift;
        }
        return result;
    }

    static double contrast(int one, int other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(int color) {
        return 0.2126 * LINEAR[(color >> 16) & 0xff]
                + 0.7152 * LINEAR[(color >> 8) & 0xff]
                + 0.0722 * LINEAR[color & 0xff];
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static String hex(int color) {
        return "#" + HexFormat.of().toHexDigits(color, 6);
    }
}
