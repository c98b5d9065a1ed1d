package io.regulars.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * What one fault has shown.
 *
 * @param text what was done, in Markdown
 * @param checks what must hold, whatever happens
 * @param figures what was seen beside it, one line each
 */
record Finding(String title, String text, List<Check> checks, List<String> figures) {

    /**
     * One promise.
     *
     * @param seen what was counted
     */
    record Check(String promise, boolean holds, String seen) {}

    Finding {
        checks = List.copyOf(checks);
        figures = List.copyOf(figures);
    }

    boolean holds() {
        return checks.stream().allMatch(Check::holds);
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
        if (!checks.isEmpty()) {
            lines.add("| promise | seen | |");
            lines.add("|---|---|---|");
            for (Check check : checks) {
                lines.add(
                        Words.of(
                                "| %s | %s | %s |",
                                check.promise(),
                                check.seen(),
                                check.holds() ? "holds" : "**broken**"));
            }
            lines.add("");
        }
        figures.forEach(figure -> lines.add("- " + figure));
        if (!figures.isEmpty()) {
            lines.add("");
        }
        lines.add("*" + conditions + "*");
        return String.join("\n", lines) + "\n";
    }
}
