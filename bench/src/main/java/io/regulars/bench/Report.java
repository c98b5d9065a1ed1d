package io.regulars.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/bench.md: a preface and one section a bench, of which a run replaces only its own. */
final class Report {

    private static final String PREFACE =
            """
            # Measured

            Written by `./regulars bench`; changes by hand are lost. Each section is one bench, says when and where it ran, and
            is replaced when that bench runs again (`./regulars bench NAME`). Figures of another machine are other figures; what
            travels is the ratio to a reference that was taken in the same run, on the same machine. Load generator, service and
            database share that machine. Medians of several repeats, with the least and the most beside them.
            """;

    private static final Pattern SECTION =
            Pattern.compile("(?ms)^## (?<name>[a-z-]+): .*?(?=^## |\\z)");

    private final List<String> order;
    private final Map<String, String> sections = new LinkedHashMap<>();

    /**
     * @param order the names of all benches
     */
    Report(List<String> order) {
        this.order = List.copyOf(order);
    }

    static Report read(Path file, List<String> order) throws IOException {
        Report report = new Report(order);
        if (Files.exists(file)) {
            Matcher section = SECTION.matcher(Files.readString(file));
            while (section.find()) {
                report.put(section.group("name"), section.group());
            }
        }
        return report;
    }

    void put(String name, String markdown) {
        sections.put(name, markdown.strip() + "\n");
    }

    /** Sections of benches that no longer exist are left out. */
    String markdown() {
        StringBuilder text = new StringBuilder(PREFACE);
        for (String name : order) {
            String section = sections.get(name);
            if (section != null) {
                text.append('\n').append(section);
            }
        }
        return text.toString();
    }

    void write(Path file) throws IOException {
        Files.writeString(file, markdown());
    }
}
