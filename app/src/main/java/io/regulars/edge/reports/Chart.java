package io.regulars.edge.reports;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws a report's rows as SVG that a mail, a printer and a browser show alike: no script, no style
 * sheet, nothing fetched. Each bar and point has its figure as a title, and the whole a description
 * in words; the colours are Okabe and Ito's, which people who see colours differently tell apart,
 * and no meaning hangs on a colour alone.
 */
final class Chart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 56;
    private static final int BOTTOM = 56;
    private static final int STEPS = 4;
    private static final int MOST_LABELS = 13;
    private static final String FONT =
            " font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#333333\"";
    private static final List<String> COLORS =
            List.of("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00");

    private Chart() {}

    /**
     * What is drawn.
     *
     * @param label the column below the bars
     * @param series the columns that are drawn, side by side
     * @param percent whether they are shares from 0 to 1
     */
    record Spec(String title, String label, List<String> series, boolean percent) {}

    static String svg(Report report) {
        Spec spec = report.chart();
        List<Map<String, @Nullable Object>> rows = report.rows();
        double top = niceTop(rows, spec);
        StringBuilder out = new StringBuilder(8_192);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" width=\"")
                .append(WIDTH)
                .append("\" height=\"")
                .append(HEIGHT)
                .append("\" aria-labelledby=\"t d\"><title id=\"t\">")
                .append(escaped(spec.title()))
                .append("</title><desc id=\"d\">")
                .append(escaped(description(report)))
                .append("</desc><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        text(out, LEFT, 24, "start", 16, spec.title());
        legend(out, spec);
        grid(out, top, spec);
        bars(out, rows, spec, top);
        return out.append("</svg>").toString();
    }

    private static void legend(StringBuilder out, Spec spec) {
        double x = LEFT;
        for (int i = 0; i < spec.series().size(); i++) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"34\" width=\"10\" height=\"10\" fill=\"%s\"/>",
                            x,
                            COLORS.get(i % COLORS.size())));
            String name = words(spec.series().get(i));
            text(out, x + 14, 43, "start", 12, name);
            x += 30 + 7.0 * name.length();
        }
    }

    private static void grid(StringBuilder out, double top, Spec spec) {
        for (int i = 0; i <= STEPS; i++) {
            double y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * i / (double) STEPS;
            out.append(
                    String.format(
                            Locale.ROOT,
                            "<path d=\"M%d %.1fH%d\" stroke=\"#dddddd\"/>",
                            LEFT,
                            y,
                            WIDTH - RIGHT));
            text(out, LEFT - 8, y + 4, "end", 12, brief(top * i / STEPS, spec.percent()));
        }
    }

    private static void bars(
            StringBuilder out, List<Map<String, @Nullable Object>> rows, Spec spec, double top) {
        double place = (WIDTH - LEFT - RIGHT) / (double) Math.max(1, rows.size());
        double width = Math.min(48, place * 0.8 / Math.max(1, spec.series().size()));
        int every = Math.max(1, (rows.size() + MOST_LABELS - 1) / MOST_LABELS);
        for (int i = 0; i < rows.size(); i++) {
            double middle = LEFT + place * (i + 0.5);
            String label = String.valueOf(rows.get(i).get(spec.label()));
            double x = middle - width * spec.series().size() / 2;
            for (int s = 0; s < spec.series().size(); s++) {
                double value = number(rows.get(i).get(spec.series().get(s)));
                double height = top == 0 ? 0 : Math.max(0, value) / top * (HEIGHT - TOP - BOTTOM);
                out.append(
                        String.format(
                                Locale.ROOT,
                                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s</title></rect>",
                                x + s * width,
                                HEIGHT - BOTTOM - height,
                                Math.max(1, width - 1),
                                height,
                                COLORS.get(s % COLORS.size()),
                                escaped(
                                        label
                                                + ", "
                                                + words(spec.series().get(s))
                                                + ": "
                                                + exact(value, spec.percent()))));
            }
            if (i % every == 0) {
                text(out, middle, HEIGHT - BOTTOM + 18, "middle", 12, shortened(label));
            }
        }
    }

    /** The same in words, for those who do not see it. */
    private static String description(Report report) {
        Spec spec = report.chart();
        if (report.rows().isEmpty()) {
            return "There is nothing to show for this time.";
        }
        StringBuilder said = new StringBuilder();
        for (Map<String, @Nullable Object> row : report.rows()) {
            said.append(row.get(spec.label())).append(": ");
            for (String series : spec.series()) {
                said.append(words(series))
                        .append(' ')
                        .append(exact(number(row.get(series)), spec.percent()))
                        .append(", ");
            }
            said.setLength(said.length() - 2);
            said.append(". ");
        }
        return said.toString().strip();
    }

    private static double niceTop(List<Map<String, @Nullable Object>> rows, Spec spec) {
        double most = 0;
        for (Map<String, @Nullable Object> row : rows) {
            for (String series : spec.series()) {
                most = Math.max(most, number(row.get(series)));
            }
        }
        if (most <= 0) {
            return spec.percent() ? 1 : STEPS;
        }
        double step = Math.pow(10, Math.floor(Math.log10(most / STEPS)));
        double left = most / STEPS / step;
        double nice = left <= 1 ? 1 : left <= 2 ? 2 : left <= 2.5 ? 2.5 : left <= 5 ? 5 : 10;
        double topValue = nice * step * STEPS;
        return spec.percent() ? Math.min(1, topValue) : topValue;
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static String brief(double value, boolean percent) {
        if (percent) {
            return String.format(Locale.ROOT, "%.0f %%", value * 100);
        }
        if (value >= 1_000_000) {
            return String.format(Locale.ROOT, "%.1fM", value / 1_000_000).replace(".0M", "M");
        }
        if (value >= 10_000) {
            return String.format(Locale.ROOT, "%.0fk", value / 1_000);
        }
        return exact(value, false);
    }

    private static String exact(double value, boolean percent) {
        if (percent) {
            return String.format(Locale.ROOT, "%.1f %%", value * 100);
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static void text(
            StringBuilder out, double x, double y, String anchor, int size, String text) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>",
                        x,
                        y,
                        anchor,
                        size == 12 ? FONT : FONT.replace("\"12\"", "\"" + size + "\""),
                        escaped(text)));
    }

    private static String words(String column) {
        return column.replace('_', ' ');
    }

    private static String shortened(String label) {
        return label.length() > 14 ? label.substring(0, 13) + "…" : label;
    }

    private static String escaped(String text) {
        return Objects.requireNonNull(text)
                .replaceAll("[\\p{Cntrl}]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
