package io.regulars.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one bench found, as it stands in the report.
 *
 * @param text what was done, in Markdown
 * @param notes findings that are no figure, in Markdown, one paragraph or list each
 */
public record Section(String title, String text, List<Figure> figures, List<String> notes) {

    public Section {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    public static Section of(String title, String text, List<Figure> figures) {
        return new Section(title, text, figures, List.of());
    }

    public Section with(String... more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(Arrays.asList(more));
        return new Section(title, text, figures, all);
    }

    /**
     * @param conditions where and when, in one line
     */
    String markdown(String name, String conditions) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + name + ": " + title);
        lines.add("");
        lines.add(text.strip());
        lines.add("");
        lines.add("| | median | least–most | reference | ratio | goal | reached |");
        lines.add("|---|---|---|---|---|---|---|");
        figures.forEach(figure -> lines.add(row(figure)));
        for (String note : notes) {
            lines.add("");
            lines.add(note.strip());
        }
        lines.add("");
        lines.add("*" + conditions + "*");
        return String.join("\n", lines) + "\n";
    }

    private static String row(Figure figure) {
        Series values = figure.values();
        String unit = figure.unit().isEmpty() ? "" : " " + figure.unit();
        return "| "
                + String.join(
                        " | ",
                        figure.what(),
                        Figure.number(values.median()) + unit,
                        spread(values),
                        figure.reference()
                                .map(other ->
                                        figure.referenceName()
                                                + " "
                                                + Figure.number(other.median())
                                                + unit
                                                + (other.values().size() > 1
                                                        ? " (" + spread(other) + ")"
                                                        : ""))
                                .orElse(""),
                        figure.ratio().isPresent()
                                ? Figure.number(figure.ratio().getAsDouble())
                                : "",
                        figure.goal().map(Goal::toString).orElse(""),
                        figure.verdict())
                + " |";
    }

    private static String spread(Series values) {
        return values.values().size() == 1
                ? ""
                : Figure.number(values.least()) + "–" + Figure.number(values.most());
    }
}
